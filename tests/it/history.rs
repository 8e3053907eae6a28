//! Who changed what: kept with each answer, printed by `history`.

use crate::support::Place;

#[test]
fn what_was_answered_is_told() {
    let place = Place::new();
    let outcome = place.run_with(&["answer", "acme", "4.1", "4.2"], "2\nn see wiki\n3\n");
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let outcome = place.run("history acme --format csv");
    let expected = "day,time,by,requirement,what,check,from,to\r\n\
        2026-11-21,,Ann,4.1,level,,,2\r\n2026-11-21,,Ann,4.2,level,,,3\r\n2026-11-21,,Ann,4.2,note,,,see wiki\r\n";
    assert_eq!((outcome.code, outcome.out.as_str(), outcome.err.as_str()), (0, expected, ""));
    let outcome = place.run("history acme 4.1");
    assert!(
        outcome.out.starts_with("Changes of 4.1 Understanding the organization and its context\n"),
        "{}",
        outcome.out
    );
    assert!(outcome.out.contains("\n2026-11-21  Ann  4.1          level  none  2\n"), "{}", outcome.out);
    assert!(!outcome.out.contains("4.2"), "{}", outcome.out);
}

#[test]
fn a_requirement_that_there_is_not_is_named() {
    let place = Place::new().with_save("tests/fixtures/save_v1_history.ron", "a.ron");
    let outcome = place.run("history a.ron 4.9");
    let sentence = "aimscope: 4.9 is not a requirement; `aimscope questionnaire list` prints all of them\n";
    assert_eq!((outcome.code, outcome.out.as_str(), outcome.err.as_str()), (1, "", sentence));
    let outcome = place.run("history a.ron nothing");
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
}

#[test]
fn the_time_of_day_is_kept_unless_a_day_is_given() {
    let place = Place::new();
    place.run_with(&["answer", "with-day", "4.1", "--saves", "saves"], "2\n");
    assert!(place.read("saves/with-day.ron").contains("(on: \"2026-11-21\", by: \"Ann\", what: Level, to: \"2\")"));
    place.run_today(&["answer", "today", "4.1", "--saves", "saves"], "2\n");
    let save = place.read("saves/today.ron");
    let entry = save.lines().find(|line| line.contains("what: Level")).expect("an entry");
    let at = entry.split_once(", at: \"").expect("a time of day").1;
    assert!(at.as_bytes()[2] == b':' && at[5..].starts_with("\", by: \"Ann\""), "{entry}");
}

#[test]
fn a_time_that_is_none_is_named_with_its_place() {
    let place = Place::new().with_save("tests/fixtures/save_v1_history.ron", "a.ron");
    place.write("a.ron", place.read("a.ron").replace("at: \"23:58\"", "at: \"25:58\""));
    let outcome = place.run("history a.ron");
    let expected = "aimscope: a.ron:12:40: this is not a time of day; it is written HH:MM, for instance 14:02\n";
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.starts_with(expected), "{}", outcome.err);
}

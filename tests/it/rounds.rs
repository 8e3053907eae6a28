//! Rounds and programmes by commands: what is written, what is printed, what is refused.

use crate::support::Place;

const EXAMPLE: &str = "saves/example.ron";

fn example() -> Place {
    Place::new().with_save(EXAMPLE, "acme.ron")
}

#[test]
fn a_round_after_a_round_is_a_save_of_its_own_and_keeps_the_figures_of_both() {
    let place = example();
    let before = place.read("acme.ron");
    let second = place.run_with(&["next-round", "acme.ron", "--name", "Second"], "");
    assert_eq!((second.code, second.out.as_str(), second.err.as_str()), (0, "second.ron\n", ""));
    assert_eq!(place.read("acme.ron"), before, "the older round stays as it is");
    let third = place.run("next-round second.ron");
    assert_eq!((third.code, third.out.as_str()), (0, "second-round-3.ron\n"));
    let again = place.run("next-round second.ron");
    assert_eq!(again.out, "second-round-3-2.ron\n", "nothing is overwritten");
    let text = place.read("second-round-3.ron");
    assert_eq!(text.matches("management_system: (").count(), 2);
    assert!(text.contains("to_confirm: true"));
    let score = place.run("score second-round-3.ron");
    assert!(score.out.contains("Trend over rounds"), "{}", score.out);
    assert!(score.out.contains("answers of an earlier round are to be re-confirmed"), "{}", score.out);
}

#[test]
fn line_by_line_a_key_keeps_what_the_round_before_said() {
    let place = example();
    place.run_with(&["next-round", "acme.ron", "--name", "Second"], "");
    let waiting = |place: &Place| place.read("second.ron").matches("to_confirm: true").count();
    let before = waiting(&place);
    let outcome = place.run_with(&["answer", "second.ron", "4.1", "4.2"], "k\n3\n");
    assert!(outcome.out.contains("k keeps it as it stands"), "{}", outcome.out);
    assert_eq!(waiting(&place), before - 2);
    let text = place.read("second.ron");
    assert!(text.contains("what: ToConfirm"), "the trail tells who confirmed");
}

#[test]
fn a_name_that_cannot_be_one_is_refused_and_nothing_is_written() {
    let place = example();
    let refused = place.run_with(&["next-round", "acme.ron", "--name", " "], "");
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("a name has 1 to 200 characters"), "{}", refused.err);
    let files = std::fs::read_dir(place.path("")).expect("the folder").count();
    assert_eq!(files, 1);
}

#[test]
fn a_save_does_not_differ_from_itself_and_files_that_do_not_fit_are_named() {
    let place = example();
    let same = place.run("compare acme.ron acme.ron");
    assert_eq!(same.code, 0);
    assert!(same.out.contains("Nothing differs."), "{}", same.out);

    place.write("other.ron", "(version: 1, catalog: \"2020.1\", name: \"Other\", created: \"2026-01-01\")");
    let other = place.run("compare acme.ron other.ron");
    for words in ["These seem to be different assessments", "the second with 2020.1", "The first was changed on 20"] {
        assert!(other.out.contains(words), "{words}: {}", other.out);
    }
    let late = place.run("compare acme.ron acme.ron --then 2027-01-01");
    assert_eq!(late.code, 1);
    assert!(late.err.contains("--then 2027-01-01 is after the day of the comparison"), "{}", late.err);
    let missing = place.run("compare acme.ron nowhere.ron");
    assert!(missing.code == 1 && missing.err.contains("nowhere.ron"), "{}", missing.err);
}

#[test]
fn every_format_is_valid_and_the_same_twice() {
    let place = example();
    place.run_with(&["next-round", "acme.ron", "--name", "Second"], "");
    for command in ["compare acme.ron second.ron", "programmes second.ron"] {
        for format in ["text", "md", "csv", "json"] {
            let print = || place.run(&format!("{command} --format {format}"));
            let outcome = print();
            assert_eq!(outcome.code, 0, "{}", outcome.err);
            assert!(!outcome.out.trim().is_empty());
            assert_eq!(outcome, print(), "{command} --format {format}");
        }
        let json = place.run(&format!("{command} --format json")).out;
        serde_json::from_str::<serde_json::Value>(&json).expect("JSON");
    }
}

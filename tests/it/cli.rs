//! Commands: exit code, standard output and standard error, and the files left behind.

use std::fs;

use crate::support::Place;

/// A save that holds these fields after the four that every save has.
fn save(fields: &str) -> String {
    format!(
        "(\n    version: 1,\n    catalog: \"2026.11\",\n    name: \"Acme\",\n    created: \"2026-01-01\",\n    {fields}\n)\n"
    )
}

#[test]
fn a_broken_save_is_named_with_its_place_and_stays_as_it_is() {
    let twice = "answers: [\n        (requirement: \"4.3\", level: Level(1)),\n        (requirement: \"4.3\", level: Level(2)),\n    ],";
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("broken", b"(version: 1,".to_vec(), "a.ron:1:12: the file ends before its last bracket is closed"),
        ("newer", b"(version: 2)".to_vec(), "a.ron:1:11: this file was written by a newer aimscope (version 2"),
        ("unknown requirement", save("answers: [(requirement: \"4.9\")],").into(), "a.ron:6:29: "),
        ("control that does not exist", save("answers: [(requirement: \"A.11.1\")],").into(), "a.ron:6:29: "),
        (
            "unknown check",
            save("answers: [(requirement: \"4.3\", checks: [(check: \"writen\", answer: Yes)])],").into(),
            "a.ron:6:53: ",
        ),
        ("twice", save(twice).into(), "a.ron:8:23: "),
        (
            "level 7",
            save("answers: [(requirement: \"4.3\", level: Level(7))],").into(),
            "a.ron:6:49: unknown level 7; a level is 0 to 5",
        ),
        (
            "no such day",
            save("profile: (target_date: \"2026-13-40\"),").into(),
            "a.ron:6:28: there is no such day; a date is written YYYY-MM-DD",
        ),
        ("not UTF-8", [save("").as_bytes(), b"\xff\xfe"].concat(), "a.ron:8:1: byte "),
        ("parentheses", vec![b'('; 1 << 20], "a.ron:1:"),
        ("conflict", format!("<<<<<<< ours\n{}", save("")).into(), "a.ron:1:1: unresolved git conflict"),
        ("empty", Vec::new(), "a.ron: it is empty"),
    ];
    for (what, bytes, expected) in cases {
        let place = Place::new();
        place.write("a.ron", &bytes);
        for command in ["score", "plan", "soa", "documents", "systems", "check", "lens", "answer"] {
            let outcome = place.run(&format!("{command} a.ron"));
            assert_eq!(outcome.code, 1, "{command} of {what}");
            assert_eq!(outcome.out, "", "{command} of {what}");
            let expected = format!("aimscope: {expected}");
            assert!(outcome.err.starts_with(&expected), "{command} of {what}: {}", outcome.err);
        }
        assert_eq!(fs::read(place.path("a.ron")).expect("still there"), bytes, "{what}");
    }
}

#[test]
fn an_unknown_system_is_answered_with_those_that_there_are() {
    let place = Place::new().with_save("tests/fixtures/systems.ron", "a.ron");
    place.write("b.ron", save(""));
    let case = |command: &str, code: i32, err: &str| {
        let outcome = place.run(command);
        assert_eq!((outcome.code, outcome.out.as_str(), outcome.err.as_str()), (code, "", err), "{command}");
    };
    let known = "aimscope: there is no system `bot`; there are credit-check, meeting-notes\n";
    case("impact a.ron --system bot", 1, known);
    case("impact b.ron --system bot", 1, "aimscope: there is no system `bot`; the register is empty\n");
    assert_eq!(place.run("impact a.ron").code, 2, "a system is named");
    assert_eq!(place.run("systems a.ron --format html").code, 2, "the register has no such format");
    assert_eq!(place.run("impact a.ron --system credit-check --format csv").code, 2, "nor has the assessment");
}

#[test]
fn what_cannot_be_a_save_is_said_so() {
    let place = Place::new();
    fs::create_dir(place.path("folder.ron")).expect("a folder");
    let outcome = place.run("score folder.ron");
    assert_eq!(outcome.code, 1);
    assert_eq!(outcome.err, "aimscope: folder.ron: this is a folder; name a save in it, which ends in .ron\n");

    let large = fs::File::create(place.path("large.ron")).expect("a file");
    large.set_len(300 * 1024 * 1024).expect("a sparse file");
    let outcome = place.run("score large.ron");
    assert_eq!(outcome.err, "aimscope: large.ron: it has 314572800 bytes; a save has at most 16777216\n");

    let outcome = place.run("score nowhere --saves here");
    assert_eq!(outcome.code, 1);
    assert_eq!(outcome.err, "aimscope: nowhere: there is no such file, and no save of that name in here\n");
}

#[test]
fn a_byte_order_mark_and_foreign_line_ends_are_no_problem() {
    let place = Place::new();
    let text = save("answers: [(requirement: \"4.3\", level: Level(3))],");
    place.write("a.ron", &text);
    place.write("b.ron", format!("\u{feff}{}", text.replace('\n', "\r\n")));
    let score = |name: &str| place.run(&format!("score {name}.ron --format json"));
    assert_eq!(score("a").code, 0);
    assert_eq!(score("a").out, score("b").out);
}

#[test]
fn an_excluded_clause_is_an_error_and_still_scored_as_applicable() {
    let place = Place::new();
    let excluded = "exclusion: (basis: Other, reason: \"we do not want it\")";
    place.write("a.ron", save(&format!("answers: [(requirement: \"4.3\", level: Level(3), {excluded})],")));
    let outcome = place.run("score a.ron --format json");
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("a.ron:6:"), "{}", outcome.err);
    assert!(outcome.err.contains("clause"), "{}", outcome.err);
    let json: serde_json::Value = serde_json::from_str(&outcome.out).expect("figures all the same");
    let requirement = &json["requirements"][2];
    assert_eq!((&requirement["id"], &requirement["claimed"]), (&"4.3".into(), &3.into()));
    assert_eq!(place.run("check a.ron").code, 1);
}

#[test]
fn check_fails_on_what_is_named() {
    let place = Place::new();
    place.write("a.ron", save("answers: [(requirement: \"4.3\", level: Level(0))],"));
    let case = |fail_on: &str| {
        let outcome = place.run(&format!("check a.ron {fail_on}"));
        (outcome.code, outcome.out)
    };
    assert_eq!(case(""), (0, "a.ron: sound, and within what was asked\n".into()));
    assert_eq!(case("--fail-on major"), (1, "major gaps: 4.3\n".into()));
    assert_eq!(case("--fail-on minor,coverage=0"), (1, "gaps: 4.3\n".into()));
    assert_eq!(case("--fail-on coverage=80"), (1, "coverage under 80 %: management system 4 %, controls 0 %\n".into()));
    assert_eq!(case("--fail-on undetermined").0, 1);
    assert_eq!(place.run("check a.ron --fail-on everything").code, 2);
    assert_eq!(place.run("check a.ron --fail-on coverage=101").code, 2);
}

#[test]
fn a_command_line_that_is_not_understood_ends_with_2() {
    let place = Place::new();
    for words in ["scor a.ron", "plan a.ron --capacity 0", "score a.ron --as-of 2026-13-40", "why a.ron B.2.2", "score"]
    {
        let outcome = place.run(words);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{words}");
        assert!(!outcome.err.is_empty(), "{words}");
    }
}

#[test]
fn help_completions_and_manual_are_printed() {
    let place = Place::new();
    for words in
        ["--help", "plan --help", "completions bash", "completions zsh", "completions fish", "man", "--version"]
    {
        let outcome = place.run(words);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{words}");
        assert!(outcome.out.contains("aimscope"), "{words}");
    }
}

#[test]
fn a_new_save_gets_a_name_of_its_own_and_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let new = |name: &str| place.run_with(&["new", name, "--saves", "store"], "").out;
    assert_eq!(new("Acme 2026"), "store/acme-2026.ron\n");
    assert_eq!(new("Acme 2026"), "store/acme-2026-2.ron\n");
    let mode = |name: &str| fs::metadata(place.path(name)).expect("it is there").permissions().mode() & 0o777;
    assert_eq!((mode("store"), mode("store/acme-2026.ron")), (0o700, 0o600));
    assert_eq!(place.run("score acme-2026 --saves store").code, 0, "the name is enough");
    assert_eq!(place.run_with(&["new", " \n "], "").code, 1);
}

#[test]
fn questions_are_answered_line_by_line_and_kept_at_once() {
    let place = Place::new();
    let lines = "3\nnonsense\nw\nu\nn a note\nb\n2\nq\n";
    let outcome = place.run_with(&["answer", "acme", "--saves", "."], lines);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{}", outcome.out);
    assert!(outcome.out.contains("Question 1 of 70. 4.1 Understanding the organization and its context"));
    assert!(outcome.out.contains("`nonsense` is not an answer here."));
    assert!(outcome.out.ends_with("saved: ./acme.ron\n"), "{}", outcome.out);
    let text = place.read("acme.ron");
    assert!(text.contains("level: Level(3),") && text.contains("level: Level(2),"), "{text}");
    assert!(text.contains("note: \"a note\","), "{text}");

    let lines = "x\nrole\n1\ntoo short\n\nx\n1\nno models are trained here\nR-7\ne docs/rule.pdf\n3\ny\np\nn\nu\n\n\n";
    let outcome = place.run_with(&["answer", "acme", "A.4.3", "--full", "--saves", "."], lines);
    assert_eq!(outcome.code, 0);
    assert!(outcome.out.contains("Not excluded: the reason of an exclusion needs at least 10 characters."));
    let text = place.read("acme.ron");
    assert!(text.contains("reason: \"no models are trained here\","), "{text}");
    assert!(text.contains("serves: [\"A.4.3\"],") && text.contains("title: \"rule\","), "{text}");
}

#[test]
fn the_built_in_questionnaires_have_no_problem_and_can_be_shown() {
    let place = Place::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/questionnaires");
    let outcome = place.run(&format!("questionnaire check {folder}"));
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{}", outcome.out);
    assert!(outcome.out.contains("no problem in 70 requirements"), "{}", outcome.out);
    let outcome = place.run("questionnaire show A.6.2.4");
    assert!(outcome.out.contains("0: Nothing is tested beyond the developer trying it."), "{}", outcome.out);
    assert_eq!(place.run("questionnaire list").out.lines().count(), 16 + 70);
    assert_eq!(place.run("questionnaire show A.11.1").code, 1);
}

#[test]
fn broken_questionnaires_are_reported_all_at_once_and_never_used() {
    let place = Place::new();
    copy_folder("questionnaires", &place.path("q"));
    let file = place.path("q/clauses/04_context.ron");
    let text = fs::read_to_string(&file).expect("a questionnaire");
    let broken = text.replacen("weight: 2", "weight: 4", 1).replacen("related: [\"4.2\"", "related: [\"4.9\"", 1);
    assert_ne!(broken, text);
    fs::write(&file, broken).expect("written");
    fs::write(place.path("q/glossary.ron"), "(terms: [").expect("written");
    let outcome = place.run("questionnaire check q");
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
    assert!(outcome.err.starts_with("aimscope: q/glossary.ron:1:9: "), "{}", outcome.err);
    fs::copy("questionnaires/glossary.ron", place.path("q/glossary.ron")).expect("copied");
    let outcome = place.run("questionnaire check q");
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.matches("q/clauses/04_context.ron:").count() >= 1, "{}", outcome.err);
    place.write("a.ron", save(""));
    assert_eq!(place.run("score a.ron --questionnaires q").code, 1);
}

fn copy_folder(from: &str, to: &std::path::Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a listing") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(path.to_str().expect("a plain path"), &target);
        } else {
            fs::copy(&path, &target).expect("copied");
        }
    }
}

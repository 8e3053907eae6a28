//! The save file: one RON file per assessment, always complete, read with care and never written over what it does not know.

pub mod backup;
mod clean;
pub mod disk;
pub mod file;
pub mod file_system;
pub mod finding;
pub mod folder;
pub mod layout;
pub mod limits;
pub mod lock;
pub mod read;
pub mod recover;
pub mod salvage;
pub mod saver;
mod validate;
pub mod write;

use std::path::Path;

use crate::{
    model::{assessment::Assessment, catalog::Catalog},
    ron_text::{self, Problem},
    store::{file::FileV1, finding::Finding},
};

/// A save that was read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What it says.
    pub assessment: Assessment,
    /// What is remarkable about it, in the order of the file. One of severity Error is to be put right.
    pub findings: Vec<Finding>,
    /// The file as it was, byte for byte: what a later write compares with before it replaces the file.
    pub text: String,
}

impl Loaded {
    /// Reads a save.
    ///
    /// # Errors
    /// All problems for which it cannot be used, or the first one when it does not even parse. The file stays as it is.
    pub fn from_path(path: &Path, catalog: &Catalog) -> Result<Loaded, Vec<Problem>> {
        let text = read::text(path).map_err(|problem| vec![*problem])?;
        Loaded::from_text(path, text, catalog)
    }

    /// Reads the text of a save; the path is for messages only.
    ///
    /// # Errors
    /// All problems for which the save cannot be used, or the first one when it does not even parse.
    pub fn from_text(path: &Path, text: String, catalog: &Catalog) -> Result<Loaded, Vec<Problem>> {
        let mut file = FileV1::parse(path, &text).map_err(|problem| vec![*problem])?;
        clean::clean(&mut file);
        let findings = validate::validate(path, ron_text::without_mark(&text), &file, catalog)?;
        Ok(Loaded { assessment: file.into_assessment(), findings, text })
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        content::builtin,
        model::{
            answer::Answer,
            arbitrary,
            edit::{Change, Edit},
        },
        store::finding::Severity,
    };

    /// What is said of a save with these fields after the four that every save has.
    fn complaint(fields: &str) -> String {
        let text =
            format!("(\n    version: 1, catalog: \"1\", name: \"Acme\", created: \"2026-01-01\",\n    {fields}\n)\n");
        match Loaded::from_text(Path::new("a.ron"), text, &builtin::catalog()) {
            Ok(_) => String::new(),
            Err(problems) => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        }
    }

    #[test]
    fn each_slip_of_the_pen_is_named_with_its_place_and_with_what_would_be_right() {
        let case = |fields: &str, place: &str, message: &str| {
            let line = fields.lines().next().unwrap_or_default();
            assert_eq!(complaint(fields), format!("a.ron:{place}: {message}\n    {line}"), "of {fields}");
        };
        // Values of the wrong kind.
        let word =
            "a word without quotes is expected here: the name of a field, or one such as Yes, Unknown or Level(3)";
        let quotes = "a text in double quotes is expected here";
        case("answers: [(requirement: \"A.6.2.4\", level: 3)],", "3:47", word);
        case("answers: [(requirement: \"A.6.2.4\", level: \"3\")],", "3:47", word);
        case("answers: [(requirement: A.6.2.4)],", "3:29", quotes);
        case("answers: [(requirement: 6.1)],", "3:29", quotes);
        case("answers: [(requirement: \"4.1\", flagged: yes)],", "3:45", "true or false is expected here");
        case("profile: (capacity: \"3\"),", "3:25", "a number is expected here, such as 3 or 2.5");
        let list = "a list in square brackets is expected here, such as [\"A.6\", \"A.7\"]";
        case("answers: (requirement: \"4.1\"),", "3:14", list);
        case("answers: {\"4.1\": ()},", "3:14", list);
        let record = "a record in round brackets is expected here, such as (name: \"Ann\")";
        case("answers: [\"4.1\"],", "3:15", record);
        case("profile: 3,", "3:14", record);
        // Values out of range.
        case("answers: [(requirement: \"4.1\", level: Level(7))],", "3:49", "unknown level 7; a level is 0 to 5");
        let range = "this number is out of range here; a level is 0 to 5, a step of a scale 1 to 5";
        case("answers: [(requirement: \"4.1\", level: Level(700))],", "3:49", range);
        case("answers: [(requirement: \"4.1\", level: Level(-1))],", "3:50", range);
        case("answers: [(requirement: \"4.1\", level: Level(2.5))],", "3:50", "a whole number is expected here");
        case(
            "answers: [(requirement: \"A.6.2.4x\")],",
            "3:29",
            "`A.6.2.4x` is not a clause or control number; write it like 6.1.2 or A.6.2.4",
        );
        case(
            "profile: (capacity: 0),",
            "3:25",
            "a capacity of 0 person-days a week is not possible; give 0.01 to 1000, for instance 3 or 2.5",
        );
        // Words that are not known.
        case(
            "answers: [(requirement: \"4.1\", checks: [(check: \"x\", answer: Maybe)])],",
            "3:66",
            "`Maybe` is not known here; write No, Partly, Unknown, NoOccasion or Yes",
        );
        case(
            "profile: (sector: Bank),",
            "3:23",
            "`Bank` is not known here; write Technology, Finance, Health, Public, Industry or Services",
        );
        case(
            "evidence: [(id: \"e\", titel: \"t\")],",
            "3:26",
            "there is no field `titel` here; the fields are id, title, kind, location, date, valid_until, owner and serves",
        );
        case("answers: [(level: Level(3))],", "3:31", "the field `requirement` is missing in this record");
        case("name: \"Twice\",", "3:5", "the field `name` stands twice in this record");
        // Days.
        let no_day = "there is no such day; a date is written YYYY-MM-DD, for instance 2026-03-31";
        let no_date = "this is not a date; a date is written YYYY-MM-DD, for instance 2026-03-31";
        case("profile: (start_date: \"2026-13-40\"),", "3:27", no_day);
        case("profile: (start_date: \"2026-02-30\"),", "3:27", no_day);
        case("profile: (start_date: \"31.12.2026\"),", "3:27", no_date);
        case("profile: (start_date: \"2026-02\"),", "3:27", no_date);
        case("profile: (start_date: \"2026-02-03T10:00\"),", "3:27", no_date);
        case("profile: (start_date: \"\"),", "3:27", no_date);
        case("profile: (start_date: 2026-02-03),", "3:27", quotes);
        // Signs that are missing or too many.
        let sign = "a comma or a closing bracket is missing before this";
        case("answers: [(requirement: \"4.1\" note: \"a\")],", "3:35", sign);
        case("answers: [(requirement: \"4.1\")]]", "3:36", sign);
        case(
            "answers: [(requirement \"4.1\")],",
            "3:28",
            "a colon is missing between the name of this field and its value",
        );
        case("answers: [(requirement: \"4.1\", note: \"a)],", "3:42", "the text that begins here has no closing quote");
        case("profile: () /* x", "3:19", "a comment is opened with /* and not closed with */");
        case("), (", "3:6", "nothing may follow the closing bracket of the file");
        case(
            "answers: [(requirement: \"4.1\", note: \"C:\\dir\")],",
            "3:43",
            "this use of \\ in a text is not known (Unknown escape character); write \\\\ for a single \\",
        );
    }

    #[test]
    fn a_bracket_that_is_left_open_is_noticed_at_the_end() {
        let expected = "a.ron:4:1: a value or another closing bracket is missing before this\n    )";
        assert_eq!(complaint("answers: [(requirement: \"4.1\"),"), expected);
        let expected = "a.ron:5:1: the file ends before its last bracket is closed; part of it may be missing";
        assert_eq!(complaint("profile: ("), expected);
    }

    #[test]
    fn only_this_version_is_read() {
        let case = |head: &str, expected: &str| {
            let problem = FileV1::parse(Path::new("a.ron"), head).expect_err("no save of version 1");
            assert_eq!(problem.to_string(), expected, "of {head}");
        };
        let newer = "this file was written by a newer aimscope (version 2; this one reads up to 1); update aimscope";
        case(
            "// c\n(\n    catalog: 3,\n    version: 2,\n    harms: {Some(1): [\"x\"]},\n)",
            &format!("a.ron:4:14: {newer}\n    version: 2,"),
        );
        case("\u{feff}(version: 2)", &format!("a.ron:1:11: {newer}\n    (version: 2)"));
        let zero = "there is no version 0 of a save; this aimscope reads version 1";
        case("(version: 0)", &format!("a.ron:1:11: {zero}\n    (version: 0)"));
        let none = "this is not a save of aimscope, which begins with `version: 1,`";
        case("(questions: [])", &format!("a.ron:1:1: {none}\n    (questions: [])"));
        case("()", &format!("a.ron:1:1: {none}\n    ()"));
        case("(version: \"1\")", "a.ron:1:11: a whole number is expected here\n    (version: \"1\")");
        case("(version: 1)", "a.ron:1:12: the field `catalog` is missing in this record\n    (version: 1)");
        case("hello", "a.ron:1:1: a record in round brackets is expected here, such as (name: \"Ann\")\n    hello");
    }

    #[test]
    fn brackets_nested_without_end_are_refused_and_cost_no_stack() {
        for bracket in ["(", "[", "{", "([{", "(a:", "[[],", "Some("] {
            let text = bracket.repeat(16 * 1024 * 1024 / bracket.len());
            let problem = FileV1::parse(Path::new("a.ron"), &text).expect_err("no save");
            assert!(problem.to_string().starts_with("a.ron:1:"), "{problem}");
            let nested = format!("(version: 1, answers: {text}");
            let problem = FileV1::parse(Path::new("a.ron"), &nested).expect_err("no save");
            assert!(problem.to_string().starts_with("a.ron:1:"), "{problem}");
        }
    }

    #[test]
    fn texts_are_cleaned_before_anything_else_sees_them() {
        let text = "(version: 1, catalog: \"1\", name: \"Ac\\u{202e}me\\n\", created: \"2026-01-01\", systems: [
            (id: \"bot\\u{200b}\", name: \"Bot\", in_scope: true), (id: \"bot\", name: \"Bot\", in_scope: true)],
            answers: [(requirement: \"4.1\", note: \"a\\r\\n\\u{1b}[31mb \")])";
        let problems = Loaded::from_text(Path::new("a.ron"), text.to_owned(), &builtin::catalog());
        let twice = problems.expect_err("the same id twice")[0].message.clone();
        assert_eq!(twice, "system `bot` stands here a second time; keep one of the two");
        let text = text.replace("(id: \"bot\", ", "(id: \"bot-2\", ");
        let assessment = Loaded::from_text(Path::new("a.ron"), text, &builtin::catalog()).expect("a save").assessment;
        assert_eq!(assessment.name, "Acme");
        assert_eq!(assessment.systems[0].id, "bot");
        assert_eq!(assessment.answers.values().next().expect("an answer").note, "a\n[31mb ");
    }

    #[test]
    fn a_history_is_cleaned_and_shortened_with_the_next_change() {
        let entry = |nth: usize| {
            format!(
                "(on: \"2026-01-01\", by: \"A\\u{{202e}}nn\", what: Check(\"a\\u{{200b}}\"), to: \"{nth}\\n\\u{{1b}}\"),"
            )
        };
        let entries: String = (0..25).map(entry).collect();
        let text = format!(
            "(version: 1, catalog: \"1\", name: \"Acme\", created: \"2026-01-01\",
            answers: [(requirement: \"4.1\", history: [{entries}])])"
        );
        let mut assessment =
            Loaded::from_text(Path::new("a.ron"), text, &builtin::catalog()).expect("a save").assessment;
        let told = |assessment: &Assessment| -> Vec<String> {
            let history = &assessment.answers.values().next().expect("an answer of which the history is left").history;
            history.iter().map(|past| format!("{}: {}", past.by, past.words())).collect()
        };
        let read = told(&assessment);
        assert_eq!(read.len(), 25, "a merge can leave more than 20");
        assert_eq!([&read[0], &read[24]], ["Ann: check a none -> 0", "Ann: check a none -> 24"]);
        let change = Change::SetNote { requirement: "4.1".parse().expect("an id"), note: "new".into() };
        assessment.apply(&Edit { by: "Ben".into(), on: NaiveDate::default(), at: None, change });
        let kept = told(&assessment);
        assert_eq!((kept.len(), kept[19].as_str()), (20, "Ben: note none -> \"new\""), "the oldest go");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_was_saved_is_loaded_as_it_was(assessment in arbitrary::assessment(&builtin::catalog())) {
            let text = layout::print(&assessment);
            let loaded = Loaded::from_text(Path::new("a.ron"), text.clone(), &builtin::catalog());
            let loaded = loaded.unwrap_or_else(|problems| panic!("{}", problems[0]));
            prop_assert_eq!(&loaded.assessment, &assessment);
            prop_assert_eq!(loaded.text, text);
            // The only errors that an assessment made with the program's own catalogue can hold.
            let excludes_clause = |answer: &Answer| answer.exclusion.is_some() && !answer.requirement.is_control();
            let has_error = loaded.findings.iter().any(|finding| finding.severity == Severity::Error);
            let falls = assessment.criteria.matrix.is_some_and(|matrix| matrix.falls_at().is_some());
            prop_assert_eq!(has_error, falls || assessment.answers.values().any(excludes_clause));
        }
    }

    #[test]
    fn words_that_collide_are_cleaned_as_the_place_that_they_are_for() {
        let text = r#"(version: 1, catalog: "1", name: "Acme", created: "2026-01-01", collisions: [
            (place: ["profile", "organization"], stated: [Words(" Ac\nme "), Words("B")]),
            (place: ["answers", "4.1", "note"], stated: [Words(" a\nb"), Words("c")]),
            (place: ["systems", "bot", "impact", "harms", "h1", "group"], stated: [Words(" x "), Words("y")])])"#;
        let loaded = Loaded::from_text(Path::new("a.ron"), text.to_owned(), &builtin::catalog()).expect("a save");
        let first = |nth: usize| loaded.assessment.collisions[nth].stated[0].clone();
        let words = |words: &str| crate::model::collision::Stated::Words(words.to_owned());
        assert_eq!([first(0), first(1), first(2)], [words(" a\nb"), words("Ac me"), words("x")]);
    }

    #[test]
    fn what_collides_is_read_cleaned_and_written_again() {
        let disputes = r##"
    answers: [
        (
            requirement: "A.10.3",
            exclusion: (
                basis: Role,
                reason: "We have no suppliers.",
                disputed: true,
                others: [
                    (basis: Other, reason: "Bought from nobody."),
                ],
            ),
        ), // A.10.3
    ],
    collisions: [
        (
            place: ["profile", "organization"],
            stated: [
                Words("Acme"),
                Words("Acme Ltd"),
            ],
        ), // organization of profile
        (
            place: ["systems", "bot", "impact", "answers", "p1", "reply"],
            stated: [
                Value(r#"{"List":["ab"]}"#),
                Value("3"),
            ],
        ), // p1 of system bot
    ],"##;
        let hidden = disputes.replace(r#"["ab"]"#, r#"["a\u202eb"]"#).replace("(\"3\")", r#"("3\u{202e}")"#);
        let text = format!("(version: 1, catalog: \"1\", name: \"Acme\", created: \"2026-01-01\",{hidden}\n)\n");
        let loaded = Loaded::from_text(Path::new("a.ron"), text, &builtin::catalog()).expect("a save");
        let printed = layout::print(&loaded.assessment);
        assert!(printed.contains(disputes), "{printed}");
        let twice = r#"collisions: [(place: ["name"], stated: []), (place: ["name"], stated: [])],"#;
        assert!(complaint(twice).contains("the dispute over `name` stands here a second time; keep one of the two"));
    }

    #[test]
    fn the_frozen_saves_of_version_1_are_read() {
        for text in [
            include_str!("../tests/fixtures/save_v1.ron"),
            include_str!("../tests/fixtures/save_v1_systems.ron"),
            include_str!("../tests/fixtures/save_v1_history.ron"),
            include_str!("../tests/fixtures/save_v1_statement.ron"),
        ] {
            let loaded = Loaded::from_text(Path::new("a.ron"), text.to_owned(), &builtin::catalog()).expect("a save");
            assert!(loaded.findings.iter().all(|finding| finding.severity < Severity::Error));
            assert_eq!(layout::print(&loaded.assessment), text);
        }
    }
}

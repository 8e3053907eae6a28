//! The reports of the bundled example, held word by word against files, so that a change of theirs is seen and meant.

use std::{env, fs, path::PathBuf};

use crate::support::Place;

/// Set to anything, it writes the files anew instead of comparing them.
const RENEW: &str = "AIMSCOPE_RENEW";

fn holds(report: &str) {
    for (format, extension) in [("text", "txt"), ("json", "json")] {
        let outcome = Place::new().with_example("a.ron").run(&format!("{report} a.ron --format {format}"));
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        let file = PathBuf::from(format!("tests/fixtures/golden/{report}.{extension}"));
        if env::var_os(RENEW).is_some() {
            fs::write(&file, &outcome.out).expect("a golden file can be written");
            continue;
        }
        let golden = fs::read_to_string(&file).unwrap_or_default();
        let difference = golden.lines().zip(outcome.out.lines()).enumerate().find(|(_, (old, new))| old != new);
        assert!(
            golden == outcome.out,
            "{} is no longer what `aimscope {report}` prints; first differing line: {difference:#?}\n\
             If the change is meant, renew the files with {RENEW}=1 cargo test --test it golden, and read the diff.",
            file.display()
        );
    }
}

#[test]
fn the_score_is_the_golden_one() {
    holds("score");
}

#[test]
fn the_plan_is_the_golden_one() {
    holds("plan");
}

#[test]
fn the_statement_of_applicability_is_the_golden_one() {
    holds("soa");
}

#[test]
fn the_documents_are_the_golden_ones() {
    holds("documents");
}

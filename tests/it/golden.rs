//! The reports of the bundled example and of a save with two AI systems, held word by word against files, so that a change of theirs is seen and meant.

use std::{env, fs, path::PathBuf};

use crate::support::Place;

/// Set to anything, it writes the files anew instead of comparing them.
const RENEW: &str = "AIMSCOPE_RENEW";

fn holds(report: &str) {
    holds_of("saves/example.ron", report, report, &[("text", "txt"), ("json", "json")]);
}

/// Holds what a command prints about a save, in each format, against the file of that name.
fn holds_of(save: &str, name: &str, command: &str, formats: &[(&str, &str)]) {
    for (format, extension) in formats {
        let outcome = Place::new().with_save(save, "a.ron").run(&format!("{command} a.ron --format {format}"));
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        let file = PathBuf::from(format!("tests/fixtures/golden/{name}.{extension}"));
        if env::var_os(RENEW).is_some() {
            fs::write(&file, &outcome.out).expect("a golden file can be written");
            continue;
        }
        let golden = fs::read_to_string(&file).unwrap_or_default();
        let difference = golden.lines().zip(outcome.out.lines()).enumerate().find(|(_, (old, new))| old != new);
        assert!(
            golden == outcome.out,
            "{} is no longer what `aimscope {command}` prints; first differing line: {difference:#?}\n\
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

#[test]
fn the_exchange_with_ciso_assistant_is_the_golden_one() {
    let audit = [("ciso-assistant-csv", "csv")];
    holds_of("saves/example.ron", "ciso-assistant", "export", &audit);
    let controls = [("ciso-assistant-controls", "csv")];
    holds_of("saves/example.ron", "ciso-assistant-controls", "export", &controls);
}

/// A save with one system that is assessed and one that is not.
const SYSTEMS: &str = "tests/fixtures/systems.ron";

#[test]
fn the_register_is_the_golden_one() {
    holds_of(SYSTEMS, "systems", "systems", &[("text", "txt"), ("md", "md"), ("csv", "csv"), ("json", "json")]);
}

#[test]
fn the_impact_assessments_are_the_golden_ones() {
    let formats = [("text", "txt"), ("md", "md"), ("html", "html"), ("json", "json")];
    holds_of(SYSTEMS, "impact", "impact --system credit-check", &formats);
    holds_of(SYSTEMS, "impact-empty", "impact --system meeting-notes", &formats[..1]);
}

//! The changes of a few answers in every format.

use chrono::NaiveTime;

use super::*;
use crate::{
    model::{
        answer::{CheckAnswer, CheckResponse},
        edit::{Change, Edit},
    },
    report::sample::{PLAIN, Sample, day, reference},
};

fn sample() -> Sample {
    let mut sample = Sample::empty().level("4.1", 1);
    let note = |words: &str| Change::SetNote { requirement: reference("4.1"), note: words.to_owned() };
    let no_level =
        Change::SetLevel { requirement: reference("4.1"), level: None, disputed: Vec::new(), by_proposal: false };
    let edits = [
        ("Ann", "2026-06-01", "09:05", note("=1+1 | see wiki")),
        ("Bea", "2026-06-02", "14:02", Change::check(reference("4.2"), CheckResponse::new("needs", CheckAnswer::No))),
        ("Bea", "2026-05-30", "10:00", no_level),
    ];
    for (by, on, at, change) in edits {
        let at = NaiveTime::parse_from_str(at, "%H:%M").ok();
        sample.assessment.apply(&Edit { by: by.into(), on: day(on), at, change });
    }
    sample
}

fn printed(requirement: Option<&str>, format: Format) -> String {
    sample().report(|subject| render(subject, requirement.map(reference), format, &PLAIN))
}

#[test]
fn the_newest_change_stands_first() {
    insta::assert_snapshot!(printed(None, Format::Text), @"");
}

#[test]
fn the_changes_of_one_requirement_can_be_had_alone() {
    insta::assert_snapshot!(printed(Some("4.1"), Format::Markdown), @"");
}

#[test]
fn machines_get_the_states_without_words_for_nothing() {
    insta::assert_snapshot!(printed(None, Format::Csv).replace("\r\n", "\n"), @"");
    insta::assert_snapshot!(printed(Some("4.2"), Format::Json), @"");
}

#[test]
fn without_changes_it_says_so() {
    let text = Sample::empty().report(|subject| render(subject, None, Format::Text, &PLAIN));
    assert!(text.contains("0 changes"), "{text}");
}

#[test]
fn an_answer_of_which_only_changes_are_left_counts_as_none() {
    let cleared = sample();
    let never = Sample::empty().change(Change::check(reference("4.2"), CheckResponse::new("needs", CheckAnswer::No)));
    let emptied = cleared.change(Change::SetNote { requirement: reference("4.1"), note: String::new() });
    assert!(emptied.assessment.answers.contains_key(&reference("4.1")));
    let reports = |sample: &Sample| {
        sample.report(|subject| {
            [
                crate::report::score::render(subject, &[], Format::Json, &PLAIN),
                crate::report::plan::render(subject, None, Format::Json, &PLAIN),
                crate::report::soa::render(subject, Format::Json, &PLAIN),
                crate::report::documents::render(subject, Format::Json, &PLAIN),
            ]
        })
    };
    assert_eq!(reports(&emptied), reports(&never));
}

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
    insta::assert_snapshot!(printed(None, Format::Text), @r#"
    Changes of Acme pilot
    =====================

    Organization  Acme Ltd
    As of         2026-06-01
    Changes       4 changes

    Newest first. Each answer keeps its last 20 changes. What one person changes
    within ten minutes is one change, and what is changed back within them is none.
    Of a long text the beginning is kept, with a fingerprint that tells it from
    others.

    When              Who  Requirement  What         From  To
    ----------------  ---  -----------  -----------  ----  -----------------
    2026-06-02 14:02  Bea  4.2          check needs  none  no
    2026-06-01 09:05  Ann  4.1          note         none  "=1+1 | see wiki"
    2026-06-01        Ann  4.1          level        none  1
    2026-05-30 10:00  Bea  4.1          level        1     none

    Notice
    ------

    This is a self-assessment in the tool's own words. Levels and grades are the
    tool's own; the standard has neither. It is not the text of the standard, not a
    certification, not an internal audit in the sense of 9.2, and not legal advice.
    Whether evidence suffices is an auditor's judgement.
    "#);
}

#[test]
fn the_changes_of_one_requirement_can_be_had_alone() {
    insta::assert_snapshot!(printed(Some("4.1"), Format::Markdown), @r#"
    # Changes of 4.1 Organization and context

    - **Organization:** Acme Ltd
    - **As of:** 2026-06-01
    - **Changes:** 3 changes

    Newest first. Each answer keeps its last 20 changes. What one person changes within ten minutes is one change, and what is changed back within them is none. Of a long text the beginning is kept, with a fingerprint that tells it from others.

    | When | Who | Requirement | What | From | To |
    | --- | --- | --- | --- | --- | --- |
    | 2026-06-01 09:05 | Ann | 4.1 | note | none | "=1+1 \| see wiki" |
    | 2026-06-01 | Ann | 4.1 | level | none | 1 |
    | 2026-05-30 10:00 | Bea | 4.1 | level | 1 | none |

    ## Notice

    This is a self-assessment in the tool's own words. Levels and grades are the tool's own; the standard has neither. It is not the text of the standard, not a certification, not an internal audit in the sense of 9.2, and not legal advice. Whether evidence suffices is an auditor's judgement.
    "#);
}

#[test]
fn machines_get_the_states_without_words_for_nothing() {
    insta::assert_snapshot!(printed(None, Format::Csv).replace("\r\n", "\n"), @"
    day,time,by,requirement,what,check,from,to
    2026-06-02,14:02,Bea,4.2,check,needs,,no
    2026-06-01,09:05,Ann,4.1,note,,,'=1+1 | see wiki
    2026-06-01,,Ann,4.1,level,,,1
    2026-05-30,10:00,Bea,4.1,level,,1,
    ");
    insta::assert_snapshot!(printed(Some("4.2"), Format::Json), @r#"
    {
      "schema": 1,
      "report": "history",
      "assessment": "Acme pilot",
      "organization": "Acme Ltd",
      "catalog": "test",
      "as_of": "2026-06-01",
      "requirement": "4.2",
      "changes": [
        {
          "day": "2026-06-02",
          "time": "14:02",
          "by": "Bea",
          "requirement": "4.2",
          "what": "check",
          "check": "needs",
          "from": null,
          "to": "no"
        }
      ],
      "notice": "This is a self-assessment in the tool's own words. Levels and grades are the tool's own; the standard has neither. It is not the text of the standard, not a certification, not an internal audit in the sense of 9.2, and not legal advice. Whether evidence suffices is an auditor's judgement."
    }
    "#);
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

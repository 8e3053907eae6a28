//! Comparisons in every format.

use super::*;
use crate::{
    compare::{compare, round::next_round},
    model::{answer::CheckAnswer, assessment::Assessment},
    report::sample::{PLAIN, Sample, day},
};

/// An older round and the next one, in which something was answered and a paper has grown old.
fn rounds() -> (Assessment, Sample) {
    let older = Sample::empty()
        .level("4.1", 3)
        .checks("4.1", &["issues", "climate"], CheckAnswer::Yes)
        .level("4.2", 2)
        .evidence("e1", "Context | paper <b>", "2025-04-01", &["4.1"]);
    let on = day("2025-06-01");
    let mut newer = Sample::empty();
    newer.assessment = next_round(&older.report(|subject| subject.catalog.clone()), &older.assessment, None, on);
    let newer = newer.level("4.2", 3).evidence("e2", "=Needs", "2026-05-01", &["4.2"]);
    (older.assessment, newer)
}

fn printed(format: Format) -> String {
    let (older, newer) = rounds();
    newer.report(|subject| {
        let comparison = compare(subject.catalog, &older, subject.assessment, subject.standing.as_of, None);
        render(subject, &comparison, format, &PLAIN)
    })
}

#[test]
fn the_text_says_what_differs_and_why() {
    insta::assert_snapshot!(printed(Format::Text), @"
    From Acme pilot to Acme pilot (round 2)
    =======================================

    Older           Acme pilot of Acme Ltd, as of 2025-06-01, last changed
                    2026-06-01
    Newer           Acme pilot (round 2) of Acme Ltd, as of 2026-06-01, last changed
                    2026-06-01
    Status          Incomplete (provisional)
    To re-confirm   2 answers of the newer round; they count meanwhile
    Questionnaires  test

    Verdicts
    --------

    How many requirements have each verdict. Weights change no verdict.

    Verdict       Older  Newer  By answers  By age
    ------------  -----  -----  ----------  ------
    minor gap         1      0          -1       0
    undetermined      4      4           0       0
    not shown         0      2          +1      +1
    conforming        1      0           0      -1

    Levels
    ------

    The older round is scored again in steps. Weights: what changes when today's AI
    systems weigh on it. Age: what changes when its evidence is as old as it is
    today. Answers: the rest, that is, what was answered, excluded or shown since.
    The three add up to the difference exactly; each is rounded once.

    Clauses 4-10
      Claimed: 2.6 -> 3.0; Credited: 2.6; Difference: 0.00; Answers: 0.00; Weights:
      0.00; Age: 0.00; Status: Incomplete (provisional)
    4 Context of the organization
      Claimed: 2.6 -> 3.0; Credited: 2.6; Difference: 0.00; Answers: 0.00; Weights:
      0.00; Age: 0.00; Status: Incomplete (provisional)

    Requirements
    ------------

    Id   Requirement      Claimed  Credited  Verdict         Evidence        By
    ---  ---------------  -------  --------  --------------  --------------  -------
    4.1  Organization     3        3         conforming ->   1 current -> 1  age
         and context                         not shown       stale
    4.2  Interested       2 -> 3   2         minor gap       none -> 1       answers
         parties                             (indicative)    current
                                             -> not shown
                                             (indicative)

    Evidence
    --------

    - Context | paper <b>: turned stale
    - =Needs: new

    Plan
    ----

    Work left  3 actions, 1.5 person-days -> 4 actions, 2 person-days
    Finish     2025-06-04 -> 2026-06-04

    New in the plan: 1

    - Collect current evidence for 4 Context of the organization

    Trend over rounds
    -----------------

    Credited levels, each as it was computed when the next round began; the last
    column is this round as of the day of the report.

    Category                             2025-06-01  2026-06-01
    -----------------------------------  ----------  ----------
    Clauses 4-10                                2.6         2.6
    Annex A                                       -           -
    4 Context of the organization               2.6         2.6
    A.2 Policies related to AI                    -           -
    A.5 Assessing impacts of AI systems           -           -
    Conforming requirements                  1 of 6      0 of 6

    Notice
    ------

    This is a self-assessment in the tool's own words. Levels and grades are the
    tool's own; the standard has neither. It is not the text of the standard, not a
    certification, not an internal audit in the sense of 9.2, and not legal advice.
    Whether evidence suffices is an auditor's judgement.
    ");
}

#[test]
fn other_formats_carry_the_same_figures() {
    let csv = printed(Format::Csv);
    insta::assert_snapshot!(csv.lines().take(4).collect::<Vec<_>>().join("\n"), @"
    kind,id,title,claimed_older,claimed_newer,credited_older,credited_newer,difference,by_answers,by_weights,by_age,verdict_or_status_older,verdict_or_status_newer,evidence_current_older,evidence_current_newer,changed
    group,management_system,Clauses 4-10,2.6,3.0,2.6,2.6,0.00,0.00,0.00,0.00,Incomplete,Incomplete,,,yes
    group,controls,Annex A,,,,,,,,,Incomplete,Incomplete,,,no
    category,4,4 Context of the organization,2.6,3.0,2.6,2.6,0.00,0.00,0.00,0.00,Incomplete,Incomplete,,,yes
    ");
    let json: serde_json::Value = serde_json::from_str(&printed(Format::Json)).expect("JSON");
    assert_eq!(json["older"]["as_of"], "2025-06-01");
    let credited = &json["scopes"][0]["credited"]["difference"];
    let sum = |part: &str| credited[part]["hundredths"].as_i64().expect("a number");
    assert_eq!(sum("total"), sum("answers") + sum("weights") + sum("age"));
    assert_eq!(json["trend"]["rounds"].as_array().map(Vec::len), Some(2));
    let markdown = printed(Format::Markdown);
    assert!(markdown.contains("Context \\| paper \\<b>: turned stale"), "{markdown}");
}

#[test]
fn nothing_is_said_of_what_is_the_same() {
    let (_, newer) = rounds();
    let text = newer.report(|subject| {
        let comparison = compare(subject.catalog, subject.assessment, subject.assessment, subject.standing.as_of, None);
        render(subject, &comparison, Format::Text, &PLAIN)
    });
    assert!(text.contains("- Both files hold the same answers.") && text.contains("Nothing differs."), "{text}");
    assert!(!text.contains("Levels\n"), "{text}");
}

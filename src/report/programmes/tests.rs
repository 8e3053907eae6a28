//! The matrix in every format.

use super::*;
use crate::{
    model::{edit::Change, evidence::EvidenceKind, exclusion::ExclusionBasis},
    report::sample::{PLAIN, Sample},
};

fn sample() -> Sample {
    let sample = Sample::empty()
        .evidence("p1", "=Red <teaming> |x", "2026-05-01", &["4.1", "A.2.2"])
        .evidence("d1", "Context paper", "2026-05-01", &["4.2"])
        .exclude("A.2.3", ExclusionBasis::Role, "We build no AI systems.", "");
    let programme = sample.assessment.evidence_item("p1").cloned().map(|mut item| {
        item.kind = EvidenceKind::Programme;
        item
    });
    sample.change(Change::SetEvidence { id: "p1".into(), evidence: programme })
}

fn printed(format: Format) -> String {
    sample().report(|subject| render(subject, format, &PLAIN))
}

#[test]
fn the_text_shows_who_covers_what_and_what_nothing_covers() {
    insta::assert_snapshot!(printed(Format::Text), @"
    Programmes of Acme pilot
    ========================

    Organization                 Acme Ltd
    As of                        2026-06-01
    Clause requirements covered  1 of 3
    Controls covered             1 of 2

    Programmes
    ----------

    Column  Programme                       Owner  Serves
    ------  ------------------------------  -----  ------
    P1      =Red <teaming> |x (2026-05-01)              2

    What each covers
    ----------------

    Id     Requirement                    P1  Programmes  Other evidence
    -----  -----------------------------  --  ----------  --------------
    4.1    Organization and context       x            1               0
    4.2    Interested parties                          0               1
    4.3    Determining the scope                       0               0
    A.2.2  AI policy                      x            1               0
    A.2.3  Alignment with other policies        excluded               0
    A.5.2  Process                                     0               0

    What nothing covers
    -------------------

    No programme (3): 4.2, 4.3, A.5.2.

    No evidence at all (2): 4.3, A.5.2.

    Notice
    ------

    This is a self-assessment in the tool's own words. Levels and grades are the
    tool's own; the standard has neither. It is not the text of the standard, not a
    certification, not an internal audit in the sense of 9.2, and not legal advice.
    Whether evidence suffices is an auditor's judgement.
    ");
}

#[test]
fn the_table_has_a_column_for_each_programme_and_starts_no_formula() {
    let csv = printed(Format::Csv);
    let lines: Vec<&str> = csv.split("\r\n").take(2).collect();
    assert_eq!(lines[0], "id,title,applies,'=Red <teaming> |x,programmes,other_evidence");
    assert!(lines[1].starts_with("4.1,") && lines[1].ends_with(",yes,yes,1,0"), "{}", lines[1]);
}

#[test]
fn markdown_shows_titles_as_they_are() {
    let text = printed(Format::Markdown);
    assert!(text.contains("=Red \\<teaming> \\|x"), "{text}");
}

#[test]
fn json_lists_both_ways() {
    let json: serde_json::Value = serde_json::from_str(&printed(Format::Json)).expect("JSON");
    assert_eq!(json["programmes"][0]["serves"], 2);
    assert_eq!(json["requirements"][0]["programmes"][0], "p1");
    let uncovered = json["covered_by_no_programme"].as_array().expect("a list");
    assert!(
        uncovered.contains(&"4.2".into()) && !uncovered.contains(&"4.1".into()) && !uncovered.contains(&"A.2.3".into())
    );
    assert!(!json["without_evidence"].as_array().expect("a list").contains(&"4.2".into()));
}

#[test]
fn without_a_programme_it_says_how_to_begin() {
    let text = Sample::empty().report(|subject| render(subject, Format::Text, &PLAIN));
    assert!(text.contains("No programme is registered yet."), "{text}");
}

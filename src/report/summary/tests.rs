//! Tests of the summary: what it says first, and that nothing typed is left in an anonymous one.

use super::*;
use crate::report::{
    sample::{PLAIN, Sample},
    tests::{HOSTILE, hostile},
};

const FORMATS: [PageFormat; 4] = [PageFormat::Text, PageFormat::Markdown, PageFormat::Html, PageFormat::Json];

fn printed(sample: &Sample, names: Names, format: PageFormat) -> String {
    sample.report(|subject| render(subject, names, "1.2.3", format, &PLAIN))
}

#[test]
fn it_says_first_that_it_is_a_self_assessment() {
    for sample in [Sample::empty(), Sample::worked(), hostile()] {
        for format in FORMATS {
            let text = printed(&sample, Names::Said, format).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(
                text.contains("This is a self-assessment: the organization answered the questions itself"),
                "{text}"
            );
        }
    }
}

#[test]
fn nothing_that_people_typed_is_in_an_anonymous_one() {
    let typed = HOSTILE.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() > 3);
    let typed: Vec<&str> = typed.chain(["Acme", "Context paper"]).collect();
    for sample in [Sample::worked(), hostile()] {
        for format in FORMATS {
            let text = printed(&sample, Names::LeftOut, format);
            // The catalogue of `hostile` is hostile too; what it says is not what people typed.
            let said = |word: &&&str| text.contains(**word) && !sample.catalog.categories[0].title.contains(**word);
            assert_eq!(typed.iter().find(said), None, "{text}");
        }
    }
}

#[test]
fn the_text_is_one_page() {
    insta::assert_snapshot!(printed(&Sample::worked(), Names::LeftOut, PageFormat::Text), @"
    Self-assessment summary
    =======================

    This is a self-assessment: the organization answered the questions itself, and
    no third party has checked the answers or the evidence.

    Organization          left out
    Assessed against      ISO/IEC 42001:2023, clauses 4 to 10 and Annex A
    Scope                 left out
    AI systems in scope   0
    Highest impact level  no AI system is in scope
    Assessed by           1 person
    Answered              on 2026-06-01, begun on 2026-01-01
    As of                 2026-06-01
    Method                aimscope 1.2.3, questionnaires test; levels 0 to 5 and
                          verdicts are the tool's own

    Result
    ------

    Status               Incomplete (provisional)
    Provisional because  checks are still open
    Verdicts             1 minor gap, 4 undetermined, 1 conforming; shown so far:
                         1 of 6
    Levels stated        2 of 6
    Checks answered      4 of 10
    Evidence             1 current of 1 item

    Group                   Claimed  Credited    Range  Coverage    Floor
    -----------------  ------------  --------  -------  --------  -------
    Management system           3.6       3.2  2.7-3.5      83 %  2 (4.2)
    Controls           not assessed

    Group              Status                    Verdicts                     Checks
                                                                            answered
    -----------------  ------------------------  -------------------------  --------
    Management system  Incomplete (provisional)  1 minor gap,                 4 of 6
                                                 1 undetermined,
                                                 1 conforming
    Controls           Incomplete (provisional)  3 undetermined               0 of 4

    Exclusions
    ----------

    None of the 3 controls of Annex A is excluded.

    Notice
    ------

    This is a self-assessment in the tool's own words. Levels and grades are the
    tool's own; the standard has neither. It is not the text of the standard, not a
    certification, not an internal audit in the sense of 9.2, and not legal advice.
    Whether evidence suffices is an auditor's judgement.
    ");
}

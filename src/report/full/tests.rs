//! Tests of the report: every part in every form, of assessments from empty to hostile.

use super::*;
use crate::{
    model::answer::CheckAnswer,
    report::{
        Layout, Style,
        line::Line,
        notice::NOTICE,
        sample::{PLAIN, Sample},
        tests::{HOSTILE, hostile, is_obeyed_by_terminals},
    },
};

const PARTS: [Part; 9] = [
    Part::Standing,
    Part::Categories,
    Part::Findings,
    Part::Plan,
    Part::Soa,
    Part::Documents,
    Part::Systems,
    Part::Method,
    Part::Brief,
];

/// Every level stated, every check yes, current evidence for everything.
fn complete() -> Sample {
    let ids = ["4.1", "4.2", "4.3", "A.2.2", "A.2.3", "A.5.2"];
    let checks = ["issues climate more", "parties needs", "boundaries written", "policy", "compared told", "process"];
    let answered = ids.into_iter().zip(checks).fold(Sample::empty(), |sample, (id, checks)| {
        let checks: Vec<&str> = checks.split(' ').collect();
        sample.level(id, 4).checks(id, &checks, CheckAnswer::Yes)
    });
    answered.evidence("all", "Everything", "2026-05-01", &ids)
}

fn samples() -> [Sample; 5] {
    [Sample::empty(), Sample::worked(), Sample::empty().level("4.1", 3), complete(), hostile()]
}

fn printed(sample: &Sample, parts: &[Part], format: PageFormat, layout: &Layout) -> String {
    let warnings = [HOSTILE.to_owned()];
    let request = Request { parts, warnings: &warnings, template: None };
    sample.report(|subject| render(subject, &request, format, layout).expect("the built-in template"))
}

/// Each part alone, and all of them.
fn for_all(check: impl Fn(&Sample, &[Part])) {
    for sample in samples() {
        PARTS.iter().for_each(|part| check(&sample, std::slice::from_ref(part)));
        check(&sample, &Part::FULL);
    }
}

#[test]
fn text_fits_the_page_and_is_not_obeyed_by_terminals() {
    for_all(|sample, parts| {
        for width in [30, 80, 120] {
            let text = printed(sample, parts, PageFormat::Text, &Layout { width, style: Style::Plain });
            assert!(!text.contains(is_obeyed_by_terminals), "{parts:?} is clean");
            let wide = text.lines().find(|line| Line::from(*line).columns() > width);
            assert_eq!(wide, None, "{parts:?} at {width}");
            assert!(!text.contains("\n\n\n") && text.ends_with('\n'), "{parts:?}");
            let notice: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(notice.join(" ").matches(NOTICE).count(), 1, "{parts:?} carries the notice once");
        }
    });
}

#[test]
fn markup_of_people_is_shown_and_never_obeyed() {
    for_all(|sample, parts| {
        let markdown = printed(sample, parts, PageFormat::Markdown, &PLAIN);
        assert!(!markdown.contains(is_obeyed_by_terminals) && !markdown.replace("\\<", "").contains("<script"));
        let html = printed(sample, parts, PageFormat::Html, &PLAIN);
        assert!(!html.contains("<script") && !html.contains(is_obeyed_by_terminals), "{parts:?}");
        assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"), "{parts:?}");
    });
}

#[test]
fn json_has_each_part_under_its_id() {
    for_all(|sample, parts| {
        let text = printed(sample, parts, PageFormat::Json, &PLAIN);
        let json: Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(json["report"], "report");
        assert!(parts.iter().all(|part| !json[part.id()].is_null()), "{parts:?}");
    });
}

#[test]
fn what_is_disputed_and_provisional_stands_on_page_one() {
    let sample = Sample::worked().checks("4.1", &["issues"], CheckAnswer::Yes);
    let mut sample = sample.level("A.2.2", 3);
    let answer = sample.assessment.answers.get_mut(&"A.2.2".parse().expect("a reference")).expect("it was answered");
    answer.disputed_levels.push(crate::model::answer::LevelAnswer::Unknown);
    let text = printed(&sample, &[Part::Standing], PageFormat::Text, &PLAIN);
    let disputed = text.split_once("Disputed\n--------\n").expect("a section").1;
    assert!(disputed.contains("- level of A.2.2"), "{text}");
    assert!(text.contains("- checks are still open: 6 of 10 wait for an answer\n- answers are disputed\n"), "{text}");
}

#[test]
fn the_method_works_a_figure_through_with_the_numbers_of_the_assessment() {
    let text = printed(&Sample::worked(), &[Part::Method], PageFormat::Text, &PLAIN);
    // The worked example of the scoring contract.
    assert!(text.contains("Credited 3.2 = 64 / 20, claimed 3.6 = 72 / 20"), "{text}");
    assert!(text.contains("- 4.2: credited 8 x 2 = 16, claimed 8 x 3 = 24"), "{text}");
    let empty = printed(&Sample::empty(), &[Part::Method], PageFormat::Text, &PLAIN);
    assert!(empty.contains("there is no figure to work through"), "{empty}");
}

#[test]
fn the_full_report_says_things_once() {
    let text = printed(&Sample::worked(), &Part::FULL, PageFormat::Text, &Layout { width: 120, style: Style::Plain });
    assert_eq!(text.matches("First 30 days").count(), 1);
    assert_eq!(text.matches("Acme Ltd").count(), 1, "{text}");
    for part in Part::FULL {
        let heading = format!("\n{}\n{}\n", part.name(), "-".repeat(part.name().len()));
        assert_eq!(text.matches(&heading).count(), 1, "{heading}");
    }
}

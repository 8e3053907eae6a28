//! The register, with the built-in catalogue.

use super::*;
use crate::{
    impact::sample::{catalog, decided, harm, with_evidence},
    model::{
        impact::sign_off::{Occasion, Outcome},
        system::System,
    },
    plan::{PlanOptions, plan},
    report::{
        Style,
        sample::{PLAIN, day},
    },
    score::score,
};

fn with<T>(systems: Vec<System>, report: impl FnOnce(&Subject) -> T) -> T {
    let assessment = Assessment { systems, ..with_evidence() };
    let standing = score(catalog(), &assessment, day("2026-06-01"));
    let plan = plan(catalog(), &assessment, &standing, PlanOptions::default());
    report(&Subject { catalog: catalog(), assessment: &assessment, standing: &standing, plan: &plan })
}

fn printed(systems: Vec<System>, format: Format) -> String {
    with(systems, |subject| render(subject, format, &PLAIN))
}

fn approved() -> System {
    let mut system = System { next_review: Some(day("2026-05-30")), ..System::named("a", "Approved") };
    system.impact.harms = vec![harm("h1", "22212", "", "")];
    system.impact.sign_offs = vec![decided(Outcome::Approved)];
    system
}

fn banned() -> System {
    System { banned_use: true, in_scope: false, ..System::named("b", "Banned") }
}

#[test]
fn the_totals_stand_at_the_top() {
    let page = printed(vec![approved(), banned(), System::named("c", "New")], Format::Markdown);
    assert!(
        page.contains(
            "- **Register:** 3 systems, 2 in scope, 1 assessed, 1 approved, 1 review overdue, 1 to look at again, 1 banned by law\n"
        ),
        "{page}"
    );
    assert!(
        page.contains("| Approved | yes | low | low | approved, by Cem on 2026-05-06 | 2026-05-30 (overdue) |"),
        "{page}"
    );
    assert!(page.contains("| Banned | no | banned by law | banned by law | banned by law | no date set |"), "{page}");
    assert!(
        page.contains("| New | yes | not assessed | not assessed | draft until approved | no date set |"),
        "{page}"
    );
    assert!(printed(Vec::new(), Format::Text).contains("No AI system is on the register yet."));
}

#[test]
fn one_row_a_system_and_no_cell_is_a_formula() {
    let system = System { owner: "=cmd|' /C calc'!A0".into(), purpose: "one\ntwo".into(), ..approved() };
    let csv = printed(vec![system, banned()], Format::Csv);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 2);
    let cell = |row: usize, heading: &str| {
        let column = headings.iter().position(|known| known == heading).expect("a heading");
        rows[row][column].to_owned()
    };
    assert_eq!(cell(0, "owner"), "'=cmd|' /C calc'!A0");
    assert_eq!(cell(0, "approved_by"), "Cem");
    assert_eq!(cell(0, "before_measures"), "low");
    assert_eq!(cell(0, "review_overdue"), "yes");
    assert_eq!(cell(1, "banned"), "yes");
    assert_eq!(cell(1, "before_measures"), "");
}

#[test]
fn json_has_the_same_keys_for_every_system() {
    let json: serde_json::Value =
        serde_json::from_str(&printed(vec![approved(), System::named("c", "New")], Format::Json)).expect("JSON");
    assert_eq!(json["schema"], 1);
    assert_eq!(json["totals"]["approved"], 1);
    let keys = |index: usize| {
        let system = json["systems"][index].as_object().expect("a system");
        system.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(keys(0), keys(1));
    assert_eq!(json["systems"][0]["approval"]["state"], "InForce");
    assert_eq!(json["systems"][0]["fired"][0]["cause"], "ReviewDate");
}

#[test]
fn only_what_cannot_wait_asks_for_attention() {
    let case = |systems: Vec<System>, expected: Option<&str>| {
        let found = with(systems, |subject| attention(subject.catalog, subject.assessment, subject.standing));
        assert_eq!(found.as_deref(), expected);
    };
    let mut changed = System { next_review: None, ..approved() };
    case(vec![changed.clone(), System::named("c", "New")], None);
    changed.impact.occasions = vec![Occasion { trigger: "TR-10".into(), on: day("2026-05-20"), what: String::new() }];
    case(vec![changed.clone(), approved()], Some("2 assessments to look at again"));
    case(vec![banned(), changed], Some("1 use banned by law, 1 assessment to look at again"));
}

#[test]
fn attention_is_one_line_of_the_standing_and_only_then() {
    let standing = |systems: Vec<System>| {
        with(systems, |subject| {
            crate::report::standing::render(subject, Format::Text, &Layout { width: 80, style: Style::Plain })
        })
    };
    assert!(
        standing(vec![banned()]).ends_with("AI systems         1 use banned by law\n"),
        "{}",
        standing(vec![banned()])
    );
    assert!(!standing(vec![System::named("c", "New")]).contains("AI systems"));
}

//! What fires, and when.

use super::*;
use crate::{
    bom::{Bill, PartKind},
    impact::sample::{catalog, decided, harm, measure, rated_under, reply, with_evidence},
    model::impact::{
        PromptReply,
        harm::MeasureKind,
        sign_off::{Occasion, Outcome},
    },
    score::sample::{as_of, day},
};

/// A system approved on the sixth of May with the facts of that day.
fn approved() -> System {
    let mut system = System {
        purpose: "Answers mail".into(),
        affected: vec!["AG-WRK".into()],
        version: "2".into(),
        ..System::named("bot", "Bot")
    };
    system.impact.harms = vec![harm("h", "31112", "11111", "m")];
    system.impact.measures = vec![measure("m", MeasureKind::Lower, "e1")];
    reply(&mut system, "IA-05-Q05", PromptReply::Choice(vec!["level-1".into()]));
    system.impact.sign_offs = vec![SignOff { facts: facts::facts(&system), ..decided(Outcome::Approved) }];
    system
}

fn fired_words(system: &System, as_of: NaiveDate) -> Vec<(String, String)> {
    let assessment = with_evidence();
    let rating = rated_under(catalog(), &assessment, system);
    let fired = fired(catalog(), &assessment, system, &rating, as_of);
    fired.into_iter().map(|fired| (fired.trigger.unwrap_or_default(), fired.words)).collect()
}

#[test]
fn each_changed_fact_fires_its_trigger() {
    let case = |expected: &[(&str, &str)], change: &dyn Fn(&mut System)| {
        let mut system = approved();
        change(&mut system);
        let found = fired_words(&system, as_of());
        let found: Vec<(&str, &str)> = found.iter().map(|(id, words)| (id.as_str(), words.as_str())).collect();
        assert_eq!(found, expected);
    };
    case(&[], &|_| ());
    case(&[], &|system| system.purpose = " Answers\nmail".into());
    case(
        &[("TR-05", "The purpose changed since the approval of 2026-05-06: from \"Answers mail\" to nothing.")],
        &|system| system.purpose.clear(),
    );
    case(
        &[(
            "TR-06",
            "The degree of automation changed since the approval of 2026-05-06: from \"a person decides; the system gives background\" to \"the system acts; nobody watches\".",
        )],
        &|system| reply(system, "IA-05-Q05", PromptReply::Choice(vec!["level-6".into()])),
    );
    case(
        &[(
            "TR-09",
            "Who is affected changed since the approval of 2026-05-06: from \"Workers and job applicants\" to \"Children; Workers and job applicants\".",
        )],
        &|system| system.affected.push("AG-CHI".into()),
    );
    case(
        &[
            ("TR-06", "The version changed since the approval of 2026-05-06: from \"2\" to \"3\"."),
            ("TR-08", "Who supplies it changed since the approval of 2026-05-06: from nothing to \"Acme\"."),
        ],
        &|system| (system.version, system.suppliers) = ("3".into(), vec!["Acme".into()]),
    );
    case(
        &[("TR-07", "The kind of data changed since the approval of 2026-05-06: from nothing to \"personal data\".")],
        &|system| reply(system, "IA-07-Q03", PromptReply::Choice(vec!["personal-data".into()])),
    );
    // A sign-off without facts has nothing that could differ.
    case(&[], &|system| {
        system.impact.sign_offs[0].facts.clear();
        system.purpose.clear();
    });
}

#[test]
fn another_model_in_the_bill_of_materials_fires() {
    let with = |model: &str| {
        let mut bill = Bill::default();
        bill.add_part(PartKind::Model, model);
        System { bill: bill.text(), ..approved() }
    };
    let mut system = with("small");
    system.impact.sign_offs[0].facts = facts::facts(&system);
    assert_eq!(fired_words(&system, as_of()), []);
    system.bill = with("large").bill;
    let changed =
        "What it is made of changed since the approval of 2026-05-06: from \"model small\" to \"model large\".";
    assert_eq!(fired_words(&system, as_of()), [("TR-08".to_owned(), changed.to_owned())]);
}

#[test]
fn occasions_count_after_the_approval_and_until_the_day_in_question() {
    let case = |on: &str, what: &str, expected: Option<&str>| {
        let mut system = approved();
        system.impact.occasions = vec![Occasion { trigger: "TR-10".into(), on: day(on), what: what.into() }];
        let found: Vec<String> = fired_words(&system, as_of()).into_iter().map(|(_, words)| words).collect();
        assert_eq!(found, Vec::from_iter(expected), "on {on}");
    };
    case("2026-05-06", "A complaint", None);
    case(
        "2026-05-07",
        "A complaint.",
        Some("There was an incident, a run of complaints or a reported concern: A complaint."),
    );
    case("2026-06-01", "", Some("There was an incident, a run of complaints or a reported concern."));
    case("2026-06-02", "A complaint", None);
}

#[test]
fn evidence_that_showed_a_measure_fires_when_it_turns_stale() {
    // Of the first of April 2026, so current until the first of May 2027.
    assert_eq!(fired_words(&approved(), day("2027-05-01")), []);
    let words = "The evidence of measure m is no longer current.";
    assert_eq!(fired_words(&approved(), day("2027-05-02")), [(String::new(), words.to_owned())]);
    let mut never_shown = approved();
    never_shown.impact.measures[0].evidence = vec!["e2".into()];
    assert_eq!(fired_words(&never_shown, day("2027-05-02")), []);
}

#[test]
fn before_an_approval_and_after_a_refusal_only_the_review_date_fires() {
    let due = |change: &dyn Fn(&mut System)| {
        let mut system = System { next_review: Some(day("2026-05-31")), purpose: String::new(), ..approved() };
        system.impact.occasions =
            vec![Occasion { trigger: "TR-04".into(), on: day("2026-05-20"), what: String::new() }];
        change(&mut system);
        fired_words(&system, as_of()).into_iter().map(|(id, _)| id).collect::<Vec<_>>()
    };
    assert_eq!(due(&|_| ()), ["TR-03", "TR-05", "TR-04"]);
    assert_eq!(due(&|system| system.next_review = Some(day("2026-06-01"))), ["TR-05", "TR-04"]);
    assert_eq!(due(&|system| system.impact.sign_offs.clear()), ["TR-03"]);
    assert_eq!(due(&|system| system.impact.sign_offs[0].outcome = None), ["TR-03"]);
    assert_eq!(due(&|system| system.impact.sign_offs[0].outcome = Some(Outcome::Returned)), ["TR-03"]);
    assert_eq!(due(&|system| system.impact.sign_offs[0].approved_on = Some(day("2026-06-02"))), ["TR-03"]);
    assert_eq!(due(&|system| system.banned_use = true), ["TR-03"]);
}

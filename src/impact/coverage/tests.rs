//! What the register shows, and what is proposed from it.

use super::*;
use crate::{
    impact::{
        rating::rate_systems,
        sample::{catalog, decided, harm, no_harm},
    },
    model::{
        answer::{Answer, LevelAnswer},
        impact::{criteria::OwnCriteria, sign_off::Outcome},
        level::ImpactLevel,
    },
    score::sample::{as_of, day, nothing_said, reference},
};

fn system(id: &str, level: Option<ImpactLevel>) -> System {
    System { level, ..System::named(id, id) }
}

fn sentence(assessment: &Assessment, requirement: &str) -> Option<String> {
    let systems = rate_systems(catalog(), assessment, as_of());
    coverage(catalog(), assessment, &systems, as_of(), reference(requirement))
}

/// One approved, one with an overdue review, one not begun; one out of scope does not count.
fn three_systems() -> Assessment {
    let mut approved = system("a", None);
    approved.impact.harms = vec![harm("h", "11111", "-----", "")];
    approved.impact.no_harm = vec![no_harm(Some("DM-SOC"), "It never leaves the team.")];
    approved.impact.sign_offs = vec![decided(Outcome::Approved)];
    let overdue = System { next_review: Some(day("2026-05-31")), ..system("b", Some(ImpactLevel::High)) };
    let out = System { in_scope: false, ..system("d", Some(ImpactLevel::High)) };
    Assessment { systems: vec![approved, overdue, system("c", None), out], ..nothing_said() }
}

#[test]
fn each_requirement_says_what_the_register_shows_for_it() {
    let mut assessment = three_systems();
    let case = |assessment: &Assessment, requirement: &str, expected: &str| {
        assert_eq!(sentence(assessment, requirement).as_deref(), Some(expected), "of {requirement}");
    };
    for id in ["6.1.4", "8.4"] {
        case(&assessment, id, "2 of 3 systems assessed; 1 approved; 1 review overdue");
    }
    case(&assessment, "A.5.2", "2 of 3 systems assessed; criteria of your own are not in force yet");
    case(&assessment, "A.5.3", "2 of 3 systems assessed; 0 with all essential prompts answered");
    case(
        &assessment,
        "A.5.4",
        "2 of 3 systems assessed; 1 with rated harms to people or groups, or the reason for none",
    );
    case(&assessment, "A.5.5", "2 of 3 systems assessed; 1 with a word on society");
    assessment.criteria =
        OwnCriteria { approved_by: "Ann".into(), approved_on: Some(as_of()), ..OwnCriteria::default() };
    case(&assessment, "A.5.2", "2 of 3 systems assessed; criteria of your own are in force");
    assert_eq!(sentence(&assessment, "A.6.2.4"), None);
    assert_eq!(sentence(&nothing_said(), "8.4"), None);
    let out_of_scope = System { in_scope: false, ..system("a", None) };
    assert_eq!(sentence(&Assessment { systems: vec![out_of_scope], ..nothing_said() }, "8.4"), None);
}

#[test]
fn a_level_is_proposed_only_where_no_system_is_assessed() {
    let proposed = |assessment: &Assessment| {
        let systems = rate_systems(catalog(), assessment, as_of());
        proposed_levels(catalog(), assessment, &systems, as_of())
    };
    assert!(proposed(&nothing_said()).is_empty(), "without a register");
    assert!(proposed(&three_systems()).is_empty(), "some are assessed: how well is for people to say");
    let mut assessment = Assessment { systems: vec![system("a", None), system("b", None)], ..nothing_said() };
    let found = proposed(&assessment);
    assert_eq!(found.keys().map(ToString::to_string).collect::<Vec<_>>(), COVERED);
    assert!(found.values().all(|proposal| proposal.level == Level::ALL[1]));
    let why = "the register says: 0 of 2 systems assessed; 0 approved; 0 reviews overdue";
    assert_eq!(found[&reference("8.4")].why, why);
    let answered = Answer { level: Some(LevelAnswer::Unknown), ..Answer::empty(reference("8.4")) };
    assessment.answers.insert(reference("8.4"), answered);
    assert!(!proposed(&assessment).contains_key(&reference("8.4")), "never over an answer");
    assessment.declared_absent.insert(reference("A.5"));
    assert_eq!(proposed(&assessment)[&reference("A.5.2")].level, Level::ABSENT, "the lowest stands");
}

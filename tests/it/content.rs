//! The built-in content as a whole: what a small company meets when it starts from nothing.

use aimscope::{
    content::{builtin, lint},
    model::{
        answer::{Answer, CheckAnswer, CheckResponse, LevelAnswer},
        assessment::Assessment,
        catalog::Catalog,
        level::Level,
        requirement::CheckKind,
        system::System,
    },
    plan::{self, PlanOptions, Workload},
    score,
};
use chrono::NaiveDate;

fn as_of() -> NaiveDate {
    crate::support::AS_OF.parse().expect("a day")
}

/// A company with one AI system in scope that says level 0 everywhere, and no to all checks where `checks` says so.
fn starting_from_nothing(catalog: &Catalog, checks: bool) -> Assessment {
    let mut assessment = Assessment::new("Small", catalog.version.clone(), as_of());
    assessment.systems.push(System {
        id: "assistant".into(),
        name: "Assistant".into(),
        in_scope: true,
        level: None,
        residual: None,
        sensitive_use: false,
        banned_use: false,
        next_review: None,
        ..System::default()
    });
    for requirement in catalog.requirements() {
        let said = requirement.checks.iter().filter(|_| checks);
        let answer = Answer {
            level: Some(LevelAnswer::Level(Level::ABSENT)),
            checks: said.map(|check| CheckResponse::new(&check.id, CheckAnswer::No)).collect(),
            ..Answer::empty(requirement.id)
        };
        assessment.answers.insert(requirement.id, answer);
    }
    assessment
}

#[test]
fn a_company_that_starts_from_nothing_gets_a_plan_that_it_can_carry() {
    let catalog = builtin::catalog();
    for checks in [false, true] {
        let assessment = starting_from_nothing(&catalog, checks);
        let standing = score::score(&catalog, &assessment, as_of());
        let plan = plan::plan(&catalog, &assessment, &standing, PlanOptions::default());
        let load = Workload::of(&plan.steps);
        assert!(load.actions <= 70, "{} actions", load.actions);
        assert!((120..=240).contains(&load.half_days), "{} person-days", load.person_days());
    }
}

#[test]
fn a_quick_pass_stays_readable() {
    let words = lint::quick_pass_words(&builtin::catalog());
    assert!(words <= 7_500, "{words} words");
}

#[test]
fn the_standard_is_asked_in_full() {
    let catalog = builtin::catalog();
    let (clauses, controls): (Vec<_>, Vec<_>) = catalog.requirements().partition(|r| !r.id.is_control());
    assert_eq!((clauses.len(), controls.len()), (32, 38));
    let mut covered: Vec<&str> =
        clauses.iter().flat_map(|r| &r.checks).flat_map(|check| &check.covers).map(|id| id.as_ref()).collect();
    let count = covered.len();
    covered.sort_unstable();
    covered.dedup();
    assert_eq!((count, covered.len()), (172, 172), "each obligation is covered by exactly one check");
    let permission = clauses.iter().flat_map(|r| &r.checks).find(|check| check.covers.iter().any(|id| id == "6.1.4-5"));
    assert_eq!(permission.expect("it is asked").kind, CheckKind::Guidance, "a permission is never a gap");
    assert!(catalog.actions.len() <= 90);
    assert_eq!(catalog.gateway.len(), 14);
    assert_eq!(catalog.documents.len(), 55);
}

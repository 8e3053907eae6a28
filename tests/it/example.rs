//! The bundled example: a save as the program writes it, and the facts about it that make it worth looking around in.

use std::{collections::BTreeSet, path::Path};

use aimscope::{
    content::builtin,
    impact::{
        progress::{Form, progress},
        sign_off,
    },
    model::{
        action::ActionStatus,
        answer::{CheckAnswer, LevelAnswer},
        assessment::Assessment,
        catalog::Catalog,
        evidence::Freshness,
        level::ImpactLevel,
        proposal,
        reference::Reference,
    },
    plan::{PlanOptions, plan},
    score::{self, ProvisionalReason, Standing, ratio::Ratio, verdict::Verdict},
    store::{Loaded, finding::Severity, layout},
};
use chrono::NaiveDate;

const EXAMPLE: &str = include_str!("../../saves/example.ron");

fn loaded(catalog: &Catalog) -> Loaded {
    let path = Path::new("saves/example.ron");
    Loaded::from_text(path, EXAMPLE.to_owned(), catalog).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// The day for which the example is written.
fn as_of() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day of the calendar")
}

fn example() -> (Catalog, Assessment, Standing) {
    let catalog = builtin::catalog();
    let assessment = loaded(&catalog).assessment;
    let standing = score::score(&catalog, &assessment, as_of());
    (catalog, assessment, standing)
}

/// The requirements with that verdict, in natural order.
fn with(standing: &Standing, verdict: Verdict) -> Vec<String> {
    let scores = standing.requirements.iter().filter(|score| score.judgement.verdict == verdict);
    scores.map(|score| score.id.to_string()).collect()
}

#[test]
fn it_is_a_clean_save_in_the_layout_of_the_program() {
    let catalog = builtin::catalog();
    let loaded = loaded(&catalog);
    let above_note = loaded.findings.iter().filter(|finding| finding.severity > Severity::Note);
    assert_eq!(above_note.map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    assert_eq!(loaded.assessment.catalog, catalog.version);
    assert_eq!(layout::print(&loaded.assessment), EXAMPLE);
}

#[test]
fn it_shows_every_verdict() {
    let (_, _, standing) = example();
    assert_eq!(with(&standing, Verdict::MajorGap), ["8.4", "9.2.1"]);
    let conforming = ["4.1", "4.3", "5.2", "A.2.2", "A.4.5", "A.6.1.3", "A.6.2.4", "A.6.2.5", "A.6.2.8"];
    assert_eq!(with(&standing, Verdict::Conforming), conforming);
    assert_eq!(with(&standing, Verdict::NotShown), ["7.5.2", "7.5.3", "A.3.2", "A.4.4", "A.6.2.3"]);
    assert_eq!(with(&standing, Verdict::NotApplicable), ["A.7.6"]);
    let undetermined = [
        "6.3", "7.4", "8.3", "9.3.2", "9.3.3", "A.4.6", "A.5.5", "A.7.2", "A.7.3", "A.7.5", "A.8.5", "A.9.3", "A.10.4",
    ];
    assert_eq!(with(&standing, Verdict::Undetermined), undetermined);
    assert_eq!(standing.whole.count_of(Verdict::MinorGap), 40);
    let majors = standing.requirements.iter().filter(|score| score.judgement.verdict == Verdict::MajorGap);
    assert!(majors.into_iter().all(|score| !score.judgement.indicative), "both rest on a critical no");
}

#[test]
fn four_in_five_requirements_have_a_level_and_half_have_checks() {
    let (catalog, assessment, _) = example();
    assert_eq!(catalog.requirements().count(), 70);
    let answers = || assessment.answers.values();
    assert_eq!(answers().filter(|answer| matches!(answer.level, Some(LevelAnswer::Level(_)))).count(), 56);
    assert_eq!(answers().filter(|answer| answer.level == Some(LevelAnswer::Unknown)).count(), 2);
    assert_eq!(answers().filter(|answer| !answer.checks.is_empty()).count(), 39);
    assert_eq!(answers().filter(|answer| answer.flagged).count(), 3);
    let unknown = answers().flat_map(|answer| &answer.checks).filter(|check| check.answer == CheckAnswer::Unknown);
    assert_eq!(unknown.count(), 5);
}

#[test]
fn levels_taken_over_are_those_that_the_gateway_proposes() {
    let (catalog, assessment, standing) = example();
    assert_eq!((catalog.gateway.len(), assessment.gateway.len()), (14, 13));
    assert_eq!(standing.by_proposal(), 21);
    let unanswered = Assessment { answers: Default::default(), ..assessment.clone() };
    let proposed = proposal::proposed_levels(&catalog, &unanswered);
    for answer in assessment.answers.values().filter(|answer| answer.by_proposal) {
        let level = proposed.get(&answer.requirement).map(|proposal| LevelAnswer::Level(proposal.level));
        assert_eq!(answer.level, level, "of {}", answer.requirement);
    }
}

#[test]
fn evidence_is_current_stale_undated_about_to_turn_and_missing() {
    let (_, assessment, standing) = example();
    let stale = assessment.evidence.iter().filter(|item| item.freshness(as_of()) == Freshness::Stale);
    assert_eq!(
        stale.map(|item| item.id.as_str()).collect::<Vec<_>>(),
        ["document-rule", "impact-sorter", "role-table"]
    );
    let undated = assessment.evidence.iter().filter(|item| item.date.is_none());
    assert_eq!(undated.map(|item| item.id.as_str()).collect::<Vec<_>>(), ["role-table"]);
    let expiring = assessment.evidence.iter().filter(|item| item.is_expiring(as_of()));
    assert_eq!(expiring.map(|item| item.id.as_str()).collect::<Vec<_>>(), ["risk-sheet"]);
    assert_eq!(assessment.evidence.len(), 16);
    let attached = |id: &str| assessment.evidence_for(reference(id)).count();
    assert_eq!(attached("7.5.2"), 0, "all checks yes and nothing to show");
    assert_eq!(
        standing.requirement(reference("7.5.2")).map(|score| (score.checks.answered, score.checks.total)),
        Some((3, 3))
    );
}

#[test]
fn figures_are_provisional_because_one_system_is_not_assessed() {
    let (_, assessment, standing) = example();
    assert_eq!(standing.provisional, [ProvisionalReason::OpenChecks, ProvisionalReason::SystemLevel]);
    let open = standing.systems_in_scope().filter(|system| system.inherent.is_none());
    assert_eq!(open.map(|system| system.id.as_str()).collect::<Vec<_>>(), ["fraud-hints"]);
    assert_eq!(assessment.targets.len(), 1);
}

/// Severity of h1 in Claim Sorter: gravity 4, and reach 4 and reversibility 3 add one each, at most 5; likelihood 3: high.
#[test]
fn one_system_is_high_one_low_and_both_are_approved() {
    let (catalog, assessment, standing) = example();
    let levels = standing.systems.iter().map(|system| (system.id.as_str(), system.inherent, system.residual));
    let expected = [
        ("claim-sorter", Some(ImpactLevel::High), Some(ImpactLevel::Medium)),
        ("fraud-hints", None, None),
        ("meeting-notes", Some(ImpactLevel::Low), Some(ImpactLevel::Low)),
    ];
    assert_eq!(levels.collect::<Vec<_>>(), expected);
    for (id, form) in [("claim-sorter", Form::Full), ("meeting-notes", Form::Short)] {
        let (system, rating) = (assessment.system(id).expect("a system"), standing.system(id).expect("a rating"));
        assert_eq!(Form::asked_for(rating), form, "{id}");
        assert!(progress(&catalog.impact, system, rating, form).is_complete(), "{id}");
        assert!(sign_off::in_force(system, rating, as_of()).is_some(), "{id}");
    }
    let planned = plan(&catalog, &assessment, &standing, PlanOptions::default());
    let of_systems = planned.steps.iter().filter(|step| step.id.starts_with("system:")).map(|step| step.id.as_str());
    let of_systems: BTreeSet<&str> = of_systems.collect();
    assert_eq!(of_systems, BTreeSet::from(["system:claim-sorter:unproven", "system:fraud-hints:not_started"]));
}

#[test]
fn one_level_contradicts_its_checks_and_the_note_says_so() {
    let (_, assessment, standing) = example();
    let contradictions = standing.requirements.iter().filter(|score| score.contradiction.is_some());
    assert_eq!(contradictions.map(|score| score.id.to_string()).collect::<Vec<_>>(), ["A.4.5"]);
    let note = assessment.answer(reference("A.4.5")).map(|answer| answer.note.as_str());
    assert!(note.is_some_and(|note| note.starts_with("Does not fit:")), "{note:?}");
}

#[test]
fn the_plan_has_work_done_work_under_way_and_work_given_up() {
    let (_, assessment, _) = example();
    let records = assessment.actions.iter().map(|record| (record.action.as_str(), record.status)).collect::<Vec<_>>();
    let expected = [
        ("compute-meter", ActionStatus::Dropped),
        ("context-and-parties", ActionStatus::InProgress),
        ("use-rules", ActionStatus::Done),
    ];
    assert_eq!(records, expected);
}

/// Worked out with pencil and paper from scoring rules 4 and 5.
#[test]
fn the_figures_of_a_clause_and_of_a_control_group_are_those_worked_out_by_hand() {
    let (_, _, standing) = example();
    let figures = |id: &str| {
        let figures = standing.category(reference(id)).expect("a category");
        (figures.claimed, figures.credited, figures.coverage())
    };
    let hand = |claimed, credited, with_level, weight| {
        (Ratio::new(claimed, with_level), Ratio::new(credited, with_level), Ratio::new(with_level, weight))
    };
    assert_eq!(figures("9"), hand(68, 60, 40, 52));
    assert_eq!(figures("A.4"), hand(60, 54, 36, 48));
}

fn reference(id: &str) -> Reference {
    id.parse().expect("a reference in a test")
}

//! Comparisons against figures computed by hand.

use super::*;
use crate::{
    compare::{plan_change::GoneWhy, requirement_change::EvidenceFate},
    model::{
        action::{ActionRecord, Effort},
        level::ImpactLevel,
    },
    score::sample::{action, add_system, as_of, catalog, day, facing, nothing_said, reference, requirement, say, show},
};

fn two_requirements() -> Catalog {
    catalog(
        [facing(requirement("4.1", 2, "a!")), requirement("4.2", 1, "a! b")],
        [action("close-b", Effort::S, "4.2/b", "", ""), action("close-a", Effort::S, "4.1/a", "", "")],
    )
}

/// The older round. 4.1: level 4, yes, with evidence of June 2025; 4.2: level 3, one check no, with the same evidence.
fn older() -> Assessment {
    let mut round = nothing_said();
    (round.created, round.name) = (day("2025-06-10"), "Acme".into());
    say(&mut round, "4.1", "4", "a=Y");
    say(&mut round, "4.2", "3", "a=Y b=N");
    show(&mut round, "4.1 4.2", "2025-06-01");
    round
}

/// A year later there is a system of a high level, the evidence is stale, and the second check is yes.
fn newer() -> Assessment {
    let mut round = older();
    (round.created, round.name) = (day("2026-08-01"), "Acme".into());
    say(&mut round, "4.2", "3", "a=Y b=Y");
    add_system(&mut round, "bot", Some(ImpactLevel::High));
    show(&mut round, "4.2", "2026-07-20");
    round
}

fn split_of(shift: Shift) -> [String; 4] {
    let split = shift.split.expect("figures in both");
    [split.total, split.weights, split.age, split.answers].map(|part| part.to_string())
}

/// By hand. Weights then 8 and 4, with the high level 12 and 4.
/// Then: credited 4 and 2 -> (8x4 + 4x2) / 12 = 40/12. With today's weights: (12x4 + 4x2) / 16 = 56/16.
/// With today's dates 4.1 is capped at 3 and 4.2 stays 2: (12x3 + 4x2) / 16 = 44/16. Newer: 3 and 3 -> 48/16.
/// Total 3 - 10/3 = -1/3; weights 7/2 - 10/3 = +1/6; age 11/4 - 7/2 = -3/4; answers 3 - 11/4 = +1/4.
#[test]
fn a_difference_is_split_as_computed_by_hand() {
    let comparison = compare(&two_requirements(), &older(), &newer(), day("2026-08-15"), None);
    assert_eq!((comparison.before.on, comparison.after.on), (day("2025-06-10"), day("2026-08-15")));
    let clause = &comparison.scopes[2];
    assert_eq!(clause.scope, Scope::Category(reference("4")));
    let print = |ratio: Option<Ratio>| ratio.map(|ratio| ratio.to_string());
    assert_eq!((print(clause.credited.before), print(clause.credited.after)), (Some("3.3".into()), Some("3.0".into())));
    assert_eq!(split_of(clause.credited), ["-0.33", "+0.17", "-0.75", "+0.25"]);
    // Claimed: 44/12, then 60/16 by weights alone.
    assert_eq!(split_of(clause.claimed), ["+0.08", "+0.08", "0.00", "0.00"]);
    assert_eq!(comparison.remarks, []);

    let requirement = |id: &str| {
        let change = comparison.requirements.iter().find(|change| change.id == reference(id)).expect("a requirement");
        let split = change.credited.expect("levels in both");
        let [before, after] = [&change.before, &change.after].map(|score| score.judgement.verdict.name());
        (before, change.aged.judgement.verdict.name(), after, split.total, split.age, split.answers)
    };
    assert_eq!(requirement("4.1"), ("conforming", "not shown", "not shown", -1, -1, 0));
    assert_eq!(requirement("4.2"), ("minor gap", "minor gap", "conforming", 1, 0, 1));

    let counts = |verdict: Verdict| {
        let change = comparison.whole.verdicts.iter().find(|change| change.verdict == verdict).expect("each verdict");
        (change.before, change.after, change.by_answers, change.by_age)
    };
    assert_eq!(counts(Verdict::Conforming), (1, 1, 1, -1), "parts may cancel out");
    assert_eq!(counts(Verdict::MinorGap), (1, 0, -1, 0));
    assert_eq!(counts(Verdict::NotShown), (0, 1, 0, 1));

    let fates: Vec<(&str, EvidenceFate)> =
        comparison.evidence.iter().map(|change| (change.title.as_str(), change.what)).collect();
    assert_eq!(fates, [("Paper 1", EvidenceFate::TurnedStale), ("Paper 2", EvidenceFate::Added)]);
    let gone: Vec<(&str, GoneWhy)> =
        comparison.plan.gone.iter().map(|gone| (gone.action.id.as_str(), gone.why)).collect();
    assert_eq!(gone, [("close-b", GoneWhy::NotNeeded)]);
}

#[test]
fn an_action_that_is_done_is_gone_as_done() {
    let mut after = newer();
    after
        .actions
        .push(ActionRecord { status: crate::model::action::ActionStatus::Done, ..ActionRecord::blank("close-b") });
    let comparison = compare(&two_requirements(), &older(), &after, as_of(), None);
    assert_eq!(comparison.plan.gone.iter().map(|gone| gone.why).collect::<Vec<_>>(), [GoneWhy::Done]);
}

#[test]
fn nothing_differs_from_itself() {
    let comparison = compare(&two_requirements(), &newer(), &newer(), day("2026-08-15"), None);
    assert!(comparison.is_empty());
    assert_eq!(comparison.remarks, [Remark::Same]);
}

#[test]
fn what_has_no_figure_has_no_difference() {
    let comparison = compare(&two_requirements(), &nothing_said(), &newer(), day("2026-08-15"), None);
    assert!(comparison.scopes.iter().all(|change| change.credited.split.is_none()));
    assert!(comparison.scopes[0].is_changed() && !comparison.scopes[1].is_changed());
}

#[test]
fn files_that_do_not_go_together_are_named() {
    let said = |change: fn(&mut Assessment)| {
        let mut after = newer();
        change(&mut after);
        let comparison = compare(&two_requirements(), &older(), &after, day("2026-08-15"), None);
        comparison.remarks.iter().map(Remark::id).collect::<Vec<_>>()
    };
    assert_eq!(said(|_| ()), Vec::<&str>::new());
    assert_eq!(said(|after| after.name = "Beta".into()), ["OtherAssessment"]);
    assert_eq!(said(|after| after.catalog = "older".into()), ["OtherEdition"]);
    assert_eq!(said(|after| after.created = day("2025-01-01")), ["Newer"]);
}

#[test]
fn the_day_of_a_round_is_the_one_that_the_next_round_keeps() {
    let catalog = two_requirements();
    let next = round::next_round(&catalog, &older(), None, day("2025-09-01"));
    let comparison = compare(&catalog, &older(), &next, day("2026-08-15"), None);
    assert_eq!(comparison.before.on, day("2025-09-01"));
    assert_eq!(comparison.after.to_confirm, 2);
    assert_eq!(comparison.remarks, []);
    let comparison = compare(&catalog, &older(), &next, day("2026-08-15"), Some(day("2025-06-02")));
    assert_eq!(comparison.before.on, day("2025-06-02"));
}

//! The properties that hold for every plan (scoring rule 10), over the built-in catalogue.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use proptest::{prelude::*, sample};

use crate::{
    model::{
        action::{Action, ActionRecord, ActionStatus},
        arbitrary,
        assessment::Assessment,
        level::Level,
        reference::Reference,
    },
    plan::{Goal, Plan, PlanOptions, Workload, plan, step::Step, step::Wave},
    score::{
        Standing,
        properties::{catalog, some_cases},
        ratio::Ratio,
        requirement_score::RequirementScore,
        score,
        verdict::Verdict,
    },
};

/// An assessment with its standing on some day.
fn standing() -> impl Strategy<Value = (Assessment, Standing)> {
    (arbitrary::assessment(catalog()), arbitrary::date()).prop_map(|(assessment, as_of)| {
        let standing = score(catalog(), &assessment, as_of);
        (assessment, standing)
    })
}

fn plan_for((assessment, standing): &(Assessment, Standing), goal: Goal) -> Plan {
    plan(catalog(), assessment, standing, PlanOptions { goal, ..PlanOptions::default() })
}

fn ids<'a>(steps: impl IntoIterator<Item = &'a Step>) -> Vec<&'a str> {
    steps.into_iter().map(|step| step.id.as_str()).collect()
}

/// The highest level to which an action of the catalogue leads.
fn highest_rung(id: Reference) -> Level {
    let lifts = catalog().actions.iter().flat_map(|action| &action.lifts).filter(|lift| lift.requirement == id);
    lifts.map(|lift| lift.to).max().unwrap_or(Level::ABSENT)
}

/// Whether a verdict or a shortfall asks for an action. What lies above the highest rung of a requirement does not, as
/// the catalogue leads no further.
fn asks_for_an_action(score: &RequirementScore) -> bool {
    let is_fine = matches!(score.judgement.verdict, Verdict::Conforming | Verdict::NotApplicable);
    let is_beyond = score.claimed() >= Some(highest_rung(score.id)) && score.credited == score.claimed();
    !is_fine || (score.shortfall() > 0 && !is_beyond)
}

fn wait_days(id: &str) -> u64 {
    catalog().action(id).map_or(0, |action| u64::from(action.wait_days))
}

/// Everything that comes before an action in the catalogue, directly or not.
fn all_before(id: &str) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&Action> = catalog().action(id).into_iter().collect();
    while let Some(action) = open.pop() {
        for before in &action.after {
            if found.insert(before.as_str()) {
                open.extend(catalog().action(before));
            }
        }
    }
    found
}

/// The number of working days from day 0 to a working day.
fn working_days(day_zero: NaiveDate, day: NaiveDate) -> u64 {
    day_zero.iter_days().take_while(|other| *other < day).filter(is_working_day).count() as u64
}

fn is_working_day(day: &NaiveDate) -> bool {
    day.weekday().number_from_monday() <= 5
}

proptest! {
    #![proptest_config(some_cases())]

    #[test]
    fn every_shortfall_and_every_open_verdict_has_an_action(case in standing()) {
        let plan = plan_for(&case, Goal::Targets);
        let of_steps = plan.steps.iter().flat_map(|step| &step.serves);
        let served: BTreeSet<Reference> =
            of_steps.chain(plan.passed.iter().flat_map(|passed| &passed.serves)).copied().collect();
        for score in &case.1.requirements {
            prop_assert!(!asks_for_an_action(score) || served.contains(&score.id), "nothing to do for {:?}", score);
            prop_assert!(score.is_applicable() || !served.contains(&score.id), "{} is excluded", score.id);
        }
    }

    #[test]
    fn what_comes_before_stands_before_and_is_due_before(case in standing()) {
        let plan = plan_for(&case, Goal::Targets);
        let places: BTreeMap<&str, usize> = ids(&plan.steps).into_iter().zip(0..).collect();
        for (place, step) in plan.steps.iter().enumerate() {
            for before in all_before(&step.id).into_iter().filter_map(|id| places.get(id)) {
                prop_assert!(*before < place, "{} stands before {}", step.id, plan.steps[*before].id);
            }
            for before in &step.after {
                let earliest = plan.steps[places[before.as_str()]].due + Days::new(wait_days(before));
                prop_assert!(step.start >= earliest, "{} starts before {} allows", step.id, before);
            }
        }
    }

    #[test]
    fn waves_rise_and_priority_never_lags_behind_what_is_unblocked(case in standing()) {
        let plan = plan_for(&case, Goal::Targets);
        let waves: Vec<Wave> = plan.steps.iter().map(|step| step.wave).collect();
        prop_assert!(waves.is_sorted(), "{:?}", waves);
        for step in &plan.steps {
            for before in step.after.iter().filter_map(|id| plan.step(id)) {
                prop_assert!(before.wave <= step.wave && before.priority >= step.priority);
            }
        }
    }

    #[test]
    fn dates_go_one_after_the_other_and_only_a_wait_lets_others_pass(case in standing()) {
        let plan = plan_for(&case, Goal::Targets);
        for step in &plan.steps {
            prop_assert!(plan.day_zero <= step.start && step.start <= step.due);
            prop_assert!([step.start, step.due].iter().all(is_working_day));
        }
        for (place, step) in plan.steps.iter().enumerate() {
            let is_earlier = |later: &&Step| (later.start, later.due) < (step.start, step.due);
            for later in plan.steps[place + 1..].iter().filter(is_earlier) {
                let holds = |before: &Step| before.due + Days::new(wait_days(&before.id)) >= later.start;
                let mut held_by = step.after.iter().filter_map(|id| plan.step(id));
                prop_assert!(held_by.any(holds), "{} overtakes {} for no reason", later.id, step.id);
            }
        }
        let mut by_date: Vec<&Step> = plan.steps.iter().collect();
        by_date.sort_by_key(|step| (step.start, step.due));
        prop_assert!(by_date.windows(2).all(|pair| pair[0].due <= pair[1].due), "two at the same time");
    }

    #[test]
    fn work_takes_the_time_that_capacity_asks_for(case in standing()) {
        let plan = plan_for(&case, Goal::Targets);
        let Some(finish) = plan.finish() else { return Ok(()) };
        // 5 working days x half-days / 2 at so many hundredths of a person-day a week, rounded up to whole days.
        let half_days = u64::from(Workload::of(&plan.steps).half_days);
        let needed = (250 * half_days).div_ceil(u64::from(plan.capacity.hundredths())) - 1;
        let taken = working_days(plan.day_zero, finish);
        let has_wait = plan.steps.iter().flat_map(|step| &step.after).any(|before| wait_days(before) > 0);
        prop_assert!(taken == needed || (has_wait && taken > needed), "{} working days for {}", taken, needed);
    }

    #[test]
    fn what_is_done_takes_no_effort(case in standing(), index in any::<sample::Index>(), is_done in any::<bool>()) {
        let before = plan_for(&case, Goal::Targets);
        prop_assume!(!before.steps.is_empty());
        let step = index.get(&before.steps);
        let (mut assessment, standing) = case;
        assessment.actions.retain(|record| record.action != step.id);
        assessment.actions.push(ActionRecord {
            action: step.id.clone(),
            status: if is_done { ActionStatus::Done } else { ActionStatus::Dropped },
            reason: "decided".into(),
            owner: String::new(),
            due: None,
        });
        let after = plan_for(&(assessment, standing), Goal::Targets);
        let rest: BTreeSet<&str> = ids(&before.steps).into_iter().filter(|id| *id != step.id).collect();
        prop_assert_eq!(ids(&after.steps).into_iter().collect::<BTreeSet<_>>(), rest);
        prop_assert!(after.passed.iter().any(|passed| passed.id == step.id));
        let (was, is) = (Workload::of(&before.steps), Workload::of(&after.steps));
        prop_assert_eq!(is.half_days + step.effort.half_days(), was.half_days);
    }

    #[test]
    fn conformity_is_the_same_plan_without_its_last_wave(case in standing()) {
        let targets = plan_for(&case, Goal::Targets);
        let conformity = plan_for(&case, Goal::Conformity);
        let kept = targets.steps.iter().filter(|step| step.wave != Wave::RaiseToTarget);
        prop_assert_eq!(ids(kept), ids(&conformity.steps));
    }

    #[test]
    fn done_work_never_lowers_a_figure(case in standing()) {
        let plan = plan_for(&case, Goal::Targets);
        let mut reached: BTreeMap<Reference, Option<Ratio>> = BTreeMap::new();
        for gain in plan.steps.iter().flat_map(|step| &step.gains) {
            prop_assert!(gain.alone >= gain.today);
            let before = reached.insert(gain.category, gain.in_order).unwrap_or(gain.today);
            prop_assert!(gain.in_order >= before && gain.in_order >= gain.alone, "{:?}", gain);
        }
    }
}

//! The remediation plan: turns gaps into ordered, dated work. Pure; the same answers give the same plan (scoring rule 10).

pub mod natural;
pub mod order;
pub mod projection;
#[cfg(test)]
mod properties;
pub mod schedule;
pub mod select;
pub mod step;
pub mod systems;
#[cfg(test)]
mod tests;
pub mod what_if;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::{
    model::{action::ActionRecord, assessment::Assessment, catalog::Catalog, profile::Capacity, reference::Reference},
    plan::{
        order::Ordered,
        projection::Projection,
        select::Candidate,
        step::{Step, Wave},
    },
    score::Standing,
};

/// Days from day 0 on that the headline of a plan looks at.
pub const FIRST_DAYS: Days = Days::new(30);

/// What a plan is to reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Goal {
    /// The target levels.
    #[default]
    Targets,
    /// No more gaps: leaves out what only raises levels beyond 3.
    Conformity,
}

/// What the caller may set; the rest comes from the assessment.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlanOptions {
    /// What to reach.
    pub goal: Goal,
    /// The work the team can put in, instead of the profile's.
    pub capacity: Option<Capacity>,
    /// The day on which work can start, instead of the profile's.
    pub start: Option<NaiveDate>,
}

/// Ordered and dated work.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The first working day.
    pub day_zero: NaiveDate,
    /// The work per week.
    pub capacity: Capacity,
    /// What is to be done, in order.
    pub steps: Vec<Step>,
    /// What was selected and is done or dropped.
    pub passed: Vec<PassedStep>,
    /// The date by which all is to be reached, where the profile names one.
    pub target_date: Option<NaiveDate>,
}

/// An action that would be in the plan, were it not done or dropped.
#[derive(Clone, Debug)]
pub struct PassedStep {
    /// The id of the action.
    pub id: String,
    /// The work in a few words.
    pub title: String,
    /// The record that says so.
    pub record: ActionRecord,
    /// The requirements that ask for a new look, or keep an accepted gap.
    pub serves: Vec<Reference>,
}

/// How many actions and how much work a part of a plan has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Workload {
    /// Actions.
    pub actions: usize,
    /// Work in half person-days.
    pub half_days: u32,
}

impl Workload {
    /// The work of some steps.
    pub fn of<'a>(steps: impl IntoIterator<Item = &'a Step>) -> Workload {
        steps.into_iter().fold(Workload::default(), |sum, step| Workload {
            actions: sum.actions + 1,
            half_days: sum.half_days + step.effort.half_days(),
        })
    }

    /// The work in person-days, with a half where there is one: `3` or `3.5`.
    pub fn person_days(self) -> String {
        person_days(self.half_days)
    }
}

/// Half-days as person-days: `3` or `3.5`.
pub fn person_days(half_days: u32) -> String {
    format!("{}{}", half_days / 2, if half_days % 2 == 1 { ".5" } else { "" })
}

impl Plan {
    /// The steps due within 30 calendar days of day 0.
    pub fn first_days(&self) -> impl Iterator<Item = &Step> {
        let limit = self.day_zero.checked_add_days(FIRST_DAYS).unwrap_or(NaiveDate::MAX);
        self.steps.iter().filter(move |step| step.due <= limit)
    }

    /// The steps of one wave, in order.
    pub fn wave(&self, wave: Wave) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(move |step| step.wave == wave)
    }

    /// The step of that id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The day on which the last step is due.
    pub fn finish(&self) -> Option<NaiveDate> {
        self.steps.iter().map(|step| step.due).max()
    }

    /// Working days between the first step and the finish on which nothing can be done, as all that is left waits for
    /// records to build up. Work is done one after the other, so each of them puts off the finish by a working day.
    pub fn waiting_days(&self) -> usize {
        let mut spans: Vec<(NaiveDate, NaiveDate)> = self.steps.iter().map(|step| (step.start, step.due)).collect();
        spans.sort_unstable();
        let idle = |pair: &[(NaiveDate, NaiveDate)]| schedule::working_days_between(pair[0].1, pair[1].0);
        spans.windows(2).map(idle).sum()
    }

    /// Calendar days from the finish to the target date: 0 or more when it is met, negative when it is missed.
    pub fn days_to_spare(&self) -> Option<i64> {
        Some((self.target_date? - self.finish()?).num_days())
    }
}

/// Makes the plan of an assessment from where it stands.
pub fn plan(catalog: &Catalog, assessment: &Assessment, standing: &Standing, options: PlanOptions) -> Plan {
    let (open, passed): (Vec<Candidate>, Vec<Candidate>) = select::candidates(catalog, assessment, standing)
        .into_iter()
        .partition(|candidate| !assessment.action_status(&candidate.id).is_passed());
    let ordered = order::order(catalog, standing, open, options.goal);
    let capacity = options.capacity.or(assessment.profile.capacity).unwrap_or(Capacity::DEFAULT);
    let start = options.start.or(assessment.profile.start_date).unwrap_or(standing.as_of).max(standing.as_of);
    let day_zero = schedule::first_working_day(start);
    let dates = schedule::schedule(&ordered, capacity, day_zero);
    let steps = steps(catalog, assessment, standing, ordered, &dates);
    let passed = passed.into_iter().filter_map(|candidate| passed_step(assessment, &candidate)).collect();
    Plan { day_zero, capacity, steps, passed, target_date: assessment.profile.target_date }
}

fn steps(
    catalog: &Catalog,
    assessment: &Assessment,
    standing: &Standing,
    ordered: Vec<Ordered>,
    dates: &BTreeMap<String, schedule::Dates>,
) -> Vec<Step> {
    let start = Projection::new(catalog, assessment, standing);
    let mut reached = start.clone();
    let step_of = |ordered: Ordered| {
        let gains = projection::gains(&start, &mut reached, &ordered.candidate);
        let record = assessment.action_record(&ordered.candidate.id);
        Step::new(ordered, dates, gains, record)
    };
    ordered.into_iter().map(step_of).collect()
}

fn passed_step(assessment: &Assessment, candidate: &Candidate) -> Option<PassedStep> {
    let record = assessment.action_record(&candidate.id)?.clone();
    Some(PassedStep {
        id: candidate.id.clone(),
        title: candidate.work.title(),
        record,
        serves: candidate.serves().collect(),
    })
}

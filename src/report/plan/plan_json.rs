//! The plan in JSON.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    model::{
        action::ActionStatus,
        reference::{CheckReference, Reference},
    },
    plan::{
        PassedStep, Plan, Workload,
        select::Cause,
        step::{Step, Wave},
    },
    report::{Subject, figures::RatioJson, plan::day_rate::DayRate},
};

#[derive(Serialize)]
pub(in crate::report) struct Body<'a> {
    day_zero: NaiveDate,
    /// Person-days a week.
    capacity: f64,
    day_rate: Option<f64>,
    target_date: Option<NaiveDate>,
    finish: Option<NaiveDate>,
    days_to_spare: Option<i64>,
    /// Working days on which all that is left waits for something.
    waiting_days: usize,
    steps: Vec<StepJson<'a>>,
    totals: TotalsJson,
    passed: Vec<PassedJson<'a>>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    order: usize,
    id: &'a str,
    title: &'a str,
    #[serde(rename = "do")]
    task: &'a str,
    deliverable: &'a str,
    owner: &'a str,
    effort: &'static str,
    person_days: f64,
    cost: Option<f64>,
    wave: u8,
    priority: u64,
    start: NaiveDate,
    due: NaiveDate,
    agreed_due: Option<NaiveDate>,
    status: ActionStatus,
    after: &'a [String],
    serves: &'a [Reference],
    closes: Vec<CheckReference>,
    lifts: Vec<LiftJson>,
    asks: Vec<AskJson<'a>>,
    gains: Vec<GainJson>,
}

/// A lift for which the action was selected.
#[derive(Serialize)]
struct LiftJson {
    requirement: Reference,
    from: u8,
    to: u8,
}

/// What is open of a requirement, for an action that finds out.
#[derive(Serialize)]
struct AskJson<'a> {
    requirement: Reference,
    level: bool,
    checks: &'a [String],
}

#[derive(Serialize)]
struct GainJson {
    category: Reference,
    today: Option<RatioJson>,
    alone: Option<RatioJson>,
    in_order: Option<RatioJson>,
}

#[derive(Serialize)]
struct TotalsJson {
    all: WorkloadJson,
    first_30_days: WorkloadJson,
    waves: Vec<WaveJson>,
}

#[derive(Serialize)]
struct WorkloadJson {
    actions: usize,
    person_days: f64,
    cost: Option<f64>,
}

#[derive(Serialize)]
struct WaveJson {
    wave: u8,
    name: &'static str,
    #[serde(flatten)]
    work: WorkloadJson,
}

#[derive(Serialize)]
struct PassedJson<'a> {
    id: &'a str,
    title: &'a str,
    status: ActionStatus,
    reason: &'a str,
    owner: &'a str,
    due: Option<NaiveDate>,
    serves: &'a [Reference],
}

pub(in crate::report) fn body<'a>(subject: &Subject<'a>, day_rate: Option<DayRate>) -> Body<'a> {
    let plan = subject.plan;
    let steps = plan.steps.iter().enumerate();
    Body {
        day_zero: plan.day_zero,
        capacity: plan.capacity.into(),
        day_rate: day_rate.map(|rate| rate.amount().as_number()),
        target_date: plan.target_date,
        finish: plan.finish(),
        days_to_spare: plan.days_to_spare(),
        waiting_days: plan.waiting_days(),
        steps: steps.map(|(index, step)| step_json(index + 1, step, day_rate)).collect(),
        totals: totals(plan, day_rate),
        passed: plan.passed.iter().map(passed).collect(),
    }
}

fn step_json(order: usize, step: &Step, day_rate: Option<DayRate>) -> StepJson<'_> {
    let half_days = step.effort.half_days();
    let closes = step.reasons.iter().filter_map(|reason| match &reason.cause {
        Cause::Closes(closed) => Some(CheckReference { requirement: reason.requirement, check: closed.check.clone() }),
        Cause::Lifts { .. } | Cause::Evidence | Cause::Ask { .. } | Cause::System => None,
    });
    let lifts = step.reasons.iter().filter_map(|reason| match &reason.cause {
        Cause::Lifts { from, to, .. } => {
            Some(LiftJson { requirement: reason.requirement, from: from.number(), to: to.number() })
        }
        Cause::Closes(_) | Cause::Evidence | Cause::Ask { .. } | Cause::System => None,
    });
    let asks = step.reasons.iter().filter_map(|reason| match &reason.cause {
        Cause::Ask { level, checks } => Some(AskJson { requirement: reason.requirement, level: *level, checks }),
        Cause::Closes(_) | Cause::Lifts { .. } | Cause::Evidence | Cause::System => None,
    });
    let gains = step.gains.iter().map(|gain| GainJson {
        category: gain.category,
        today: RatioJson::of(gain.today),
        alone: RatioJson::of(gain.alone),
        in_order: RatioJson::of(gain.in_order),
    });
    StepJson {
        order,
        id: &step.id,
        title: &step.title,
        task: &step.task,
        deliverable: &step.deliverable,
        owner: &step.owner,
        effort: step.effort.name(),
        person_days: person_days(half_days),
        cost: day_rate.map(|rate| rate.cost(half_days).as_number()),
        wave: step.wave.number(),
        priority: step.priority,
        start: step.start,
        due: step.due,
        agreed_due: step.agreed_due,
        status: step.status,
        after: &step.after,
        serves: &step.serves,
        closes: closes.collect(),
        lifts: lifts.collect(),
        asks: asks.collect(),
        gains: gains.collect(),
    }
}

/// Halves have an exact form as numbers.
fn person_days(half_days: u32) -> f64 {
    f64::from(half_days) / 2.0
}

fn totals(plan: &Plan, day_rate: Option<DayRate>) -> TotalsJson {
    let json = |work: Workload| WorkloadJson {
        actions: work.actions,
        person_days: person_days(work.half_days),
        cost: day_rate.map(|rate| rate.cost(work.half_days).as_number()),
    };
    let wave =
        |wave: Wave| WaveJson { wave: wave.number(), name: wave.name(), work: json(Workload::of(plan.wave(wave))) };
    TotalsJson {
        all: json(Workload::of(&plan.steps)),
        first_30_days: json(Workload::of(plan.first_days())),
        waves: Wave::ALL.map(wave).into_iter().collect(),
    }
}

fn passed(step: &PassedStep) -> PassedJson<'_> {
    PassedJson {
        id: &step.id,
        title: &step.title,
        status: step.record.status,
        reason: &step.record.reason,
        owner: &step.record.owner,
        due: step.record.due,
        serves: &step.serves,
    }
}

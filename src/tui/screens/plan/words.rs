//! The sentences of the plan.

use crate::{
    model::{action::ActionStatus, level::Level, reference::Reference},
    plan::{
        PassedStep, Plan, Workload, person_days,
        projection::Gain,
        select::Cause,
        step::{Step, Wave},
    },
    score::ratio::Ratio,
    tui::session::Session,
};

/// The cells before what is said about an open action.
pub(super) const INDENT: u16 = 8;

/// What fits into the first month.
pub(super) fn first_days(plan: &Plan) -> String {
    format!("First 30 days: {}", workload(Workload::of(plan.first_days())))
}

/// What stands above the list: what is disputed, as the plan rests on it, and the whole of the work.
pub(super) fn head(session: &Session) -> String {
    let disputed = match session.disputes().len() {
        0 => String::new(),
        1 => "One thing is disputed (d); the careful value counts until it is settled. ".to_owned(),
        count => format!("{count} things are disputed (d); the careful values count until they are settled. "),
    };
    format!("{disputed}{}", totals(session.plan()))
}

/// The whole of it, or what to make of an empty plan.
fn totals(plan: &Plan) -> String {
    let Some(finish) = plan.finish() else {
        return if plan.passed.is_empty() {
            "There is nothing to do: every requirement is answered, meets its target and is shown. Raise a target, or \
             come back when something changes."
                .to_owned()
        } else {
            "All that was planned is done or dropped. Look again at what it served: answers change only there."
                .to_owned()
        };
    };
    let per_week = plan.capacity;
    let all = workload(Workload::of(&plan.steps));
    let target = match (plan.target_date, plan.days_to_spare()) {
        (Some(day), Some(spare)) if spare >= 0 => format!("; target date {day} met with {} to spare", days(spare)),
        (Some(day), Some(spare)) => format!("; target date {day} missed by {}", days(-spare)),
        (_, _) => String::new(),
    };
    format!("In all {all}, at {per_week} a week until {finish}{target}.")
}

/// A wave with its number and its work.
pub(super) fn wave(plan: &Plan, wave: Wave) -> String {
    format!("Wave {} {}: {}", wave.number(), wave.name(), workload(Workload::of(plan.wave(wave))))
}

/// What to do, and what is there afterwards.
pub(super) fn before_reasons(step: &Step) -> Vec<String> {
    let half_days = step.effort.half_days();
    let unit = if half_days == 2 { "person-day" } else { "person-days" };
    let agreed = step.agreed_due.map(|day| format!(", agreed for {day}")).unwrap_or_default();
    let status = match step.status {
        ActionStatus::InProgress => ", in progress",
        ActionStatus::Open | ActionStatus::Done | ActionStatus::Dropped => "",
    };
    vec![
        format!("Do: {}", step.task),
        format!("Result: {}", step.deliverable),
        format!(
            "Work: {} {unit} from {} to {}{agreed}{status}, by: {}",
            person_days(half_days),
            step.start,
            step.due,
            step.owner
        ),
    ]
}

/// Why it is there for one requirement.
pub(super) fn reason(step: &Step, id: Reference, session: &Session) -> String {
    let causes = step.reasons.iter().filter(|reason| reason.requirement == id).map(|reason| &reason.cause);
    let (mut closed, mut others) = (Vec::new(), Vec::new());
    for cause in causes {
        match cause {
            Cause::Closes(check) => closed.push(check.check.as_str()),
            Cause::Lifts { from, to, .. } => others.push(format!("lifts it from {from} to {to}")),
            Cause::Evidence => others.push("shows it".to_owned()),
            Cause::Ask { level, checks } => others.push(asked(*level, checks)),
            Cause::System => others.push("is part of it".to_owned()),
        }
    }
    if !closed.is_empty() {
        others.insert(0, format!("closes {}", closed.join(", ")));
    }
    format!("Why: {}; {}", requirement(id, session), others.join(", "))
}

fn asked(level: bool, checks: &[String]) -> String {
    match (level, checks) {
        (true, []) => "asks for the level".to_owned(),
        (true, checks) => format!("asks for the level and {}", checks.join(", ")),
        (false, checks) => format!("asks for {}", checks.join(", ")),
    }
}

/// Where a requirement stands.
pub(super) fn requirement(id: Reference, session: &Session) -> String {
    let title = session.catalog.requirement(id).map_or("", |requirement| requirement.title.as_str());
    let Some(score) = session.standing().requirement(id) else { return format!("{id} {title}") };
    let level = |level: Option<Level>| level.map_or("none".to_owned(), |level| level.to_string());
    format!(
        "{id} {title}: {}, claimed {}, credited {}, target {}",
        score.judgement.verdict.name(),
        level(score.claimed()),
        level(score.credited),
        score.target
    )
}

/// What it gives, and what it waits for.
pub(super) fn after_reasons(step: &Step, session: &Session) -> Vec<String> {
    let gains = step.gains.iter().map(|gain| gain_in_words(gain, session));
    let gives = if step.gains.is_empty() { Some("Gives: no figure by itself.".to_owned()) } else { None };
    let waits: Vec<String> = step.after.iter().filter_map(|id| session.plan().step(id)).map(waited_for).collect();
    let waits = (!waits.is_empty()).then(|| format!("Waits for: {}", waits.join("; ")));
    gives.into_iter().chain(gains).chain(waits).collect()
}

fn waited_for(step: &Step) -> String {
    format!("{} (due {})", step.title, step.shown_due())
}

fn gain_in_words(gain: &Gain, session: &Session) -> String {
    let title = session.catalog.category(gain.category).map_or("", |category| category.title.as_str());
    let level = |level: Option<Ratio>| level.map_or("no level".to_owned(), |level| level.to_string());
    format!(
        "Gives: {} {title}: credited {} today, {} with this alone, {} with all up to this one",
        gain.category,
        level(gain.today),
        level(gain.alone),
        level(gain.in_order)
    )
}

/// What follows from an action that is done or dropped.
pub(super) fn after_passing(passed: &PassedStep) -> String {
    match passed.record.status {
        ActionStatus::Dropped => format!("accepted gap in {}: {}", list(&passed.serves), passed.record.reason),
        ActionStatus::Done | ActionStatus::Open | ActionStatus::InProgress => {
            format!("look again at: {}", list(&passed.serves))
        }
    }
}

/// References with commas between.
pub(super) fn list(ids: &[Reference]) -> String {
    ids.iter().map(Reference::to_string).collect::<Vec<_>>().join(", ")
}

fn workload(work: Workload) -> String {
    let actions = if work.actions == 1 { "action" } else { "actions" };
    let days = if work.half_days == 2 { "person-day" } else { "person-days" };
    format!("{} {actions}, {} {days}", work.actions, work.person_days())
}

fn days(count: i64) -> String {
    format!("{count} {}", if count == 1 { "day" } else { "days" })
}

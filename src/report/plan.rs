//! The plan: the first 30 days, the work per wave, then every action with why it is there and what it gives.

pub mod day_rate;
mod plan_json;

use crate::{
    model::{action::ActionStatus, reference::Reference},
    plan::{
        PassedStep, Plan, Workload,
        projection::Gain,
        select::Cause,
        step::{Step, Wave},
    },
    report::{
        Format, Layout, Subject, json,
        line::{Line, Tone},
        notice,
        page::Page,
        plan::day_rate::DayRate,
        table::{Column, Table},
        words,
    },
    score::ratio::Ratio,
};

/// The plan, with costs where a day rate is given.
pub fn render(subject: &Subject, day_rate: Option<DayRate>, format: Format, layout: &Layout) -> String {
    match format {
        Format::Text => page(subject, day_rate).text(layout),
        Format::Markdown => page(subject, day_rate).markdown(),
        Format::Csv => table(subject, day_rate).csv(),
        Format::Json => json::print(subject, "plan", plan_json::body(subject, day_rate)),
    }
}

fn page(subject: &Subject, day_rate: Option<DayRate>) -> Page {
    let plan = subject.plan;
    let mut page = Page::titled(format!("Plan of {}", subject.assessment.name));
    page.fields(vec![
        ("Organization", subject.assessment.profile.organization.as_str().into()),
        ("Disputed", words::disputed(subject.assessment).into()),
        ("As of", subject.standing.as_of.to_string().into()),
        ("Day 0", plan.day_zero.to_string().into()),
        ("Capacity", format!("{} person-days a week", plan.capacity).into()),
        ("Day rate", day_rate.map(|rate| rate.amount().to_string()).unwrap_or_default().into()),
        ("Finish", finish(plan).into()),
        ("Target date", target_date(plan)),
    ]);
    first_days(&mut page, plan, day_rate);
    if !plan.steps.is_empty() {
        page.section("Waves");
        page.table(wave_table(plan, day_rate));
        page.section("Actions in order");
        page.paragraph(GIVES_EXPLAINED);
    }
    for (index, step) in plan.steps.iter().enumerate() {
        action(&mut page, subject, index + 1, step);
    }
    passed(&mut page, subject);
    page.section("Notice");
    page.paragraph(notice::NOTICE);
    page
}

/// The day on which the last action is due, and how much of the way there is waiting.
fn finish(plan: &Plan) -> String {
    let Some(finish) = plan.finish() else { return String::new() };
    match plan.waiting_days() {
        0 => finish.to_string(),
        n => {
            let days = words::count(n, "working day of the plan is", "working days of the plan are");
            format!("{finish}; {days} waiting for records to build up")
        }
    }
}

fn target_date(plan: &Plan) -> Line {
    let days = |days: i64| words::count(days.unsigned_abs() as usize, "day", "days");
    match (plan.target_date, plan.days_to_spare()) {
        (None, _) => Line::default(),
        (Some(date), None) => format!("{date}, with nothing left to do").into(),
        (Some(date), Some(0)) => format!("{date}, met on the day").into(),
        (Some(date), Some(spare @ 1..)) => format!("{date}, met with {} to spare", days(spare)).into(),
        (Some(date), Some(late)) => {
            Line::from(format!("{date}, ")).and(format!("missed by {}", days(late)), Tone::Minor)
        }
    }
}

fn first_days(page: &mut Page, plan: &Plan, day_rate: Option<DayRate>) {
    let mut steps: Vec<&Step> = plan.first_days().collect();
    steps.sort_by_key(|step| step.shown_due());
    page.section(format!("First 30 days: {}", workload(Workload::of(steps.iter().copied()), day_rate)));
    if steps.is_empty() {
        let sentence =
            if plan.steps.is_empty() { "The plan has no open actions." } else { "No action is due in them." };
        page.paragraph(sentence);
        return;
    }
    let mut table = Table::new(vec![
        Column::words("Due").key(),
        Column::words("Action").key(),
        Column::words("Who").share(30),
        Column::figures("Person-days"),
    ]);
    for step in steps {
        table.push(vec![
            shown_due(step),
            step.title.as_str().into(),
            step.owner.as_str().into(),
            crate::plan::person_days(step.effort.half_days()).into(),
        ]);
    }
    page.table(table);
}

/// `5 actions, 6.5 person-days`, and what they cost.
fn workload(work: Workload, day_rate: Option<DayRate>) -> String {
    let actions = words::count(work.actions, "action", "actions");
    let cost = day_rate.map(|rate| format!(", cost {}", rate.cost(work.half_days))).unwrap_or_default();
    format!("{actions}, {}{cost}", words::person_days(work.half_days))
}

fn shown_due(step: &Step) -> Line {
    let mark = if step.agreed_due.is_some() { " (agreed)" } else { "" };
    format!("{}{mark}", step.shown_due()).into()
}

fn wave_table(plan: &Plan, day_rate: Option<DayRate>) -> Table {
    let mut columns = vec![Column::words("Wave").key(), Column::figures("Actions"), Column::figures("Person-days")];
    columns.extend(day_rate.map(|_| Column::figures("Cost")));
    let mut table = Table::new(columns);
    let mut push = |name: Line, work: Workload| {
        let mut row = vec![name, work.actions.to_string().into(), work.person_days().into()];
        row.extend(day_rate.map(|rate| Line::from(rate.cost(work.half_days).to_string())));
        table.push(row);
    };
    for wave in Wave::ALL {
        push(format!("{} {}", wave.number(), wave.name()).into(), Workload::of(plan.wave(wave)));
    }
    push("All".into(), Workload::of(&plan.steps));
    table
}

fn action(page: &mut Page, subject: &Subject, number: usize, step: &Step) {
    page.subsection(format!("{number}. {}", step.title));
    let wave = format!("{} {}", step.wave.number(), step.wave.name());
    let status = match step.status {
        ActionStatus::Open => Line::default(),
        ActionStatus::InProgress | ActionStatus::Done | ActionStatus::Dropped => step.status.name().into(),
    };
    page.fields(vec![
        ("Id", step.id.as_str().into()),
        ("Wave", wave.into()),
        ("Who", step.owner.as_str().into()),
        ("Effort", format!("{}, {}", step.effort.name(), words::person_days(step.effort.half_days())).into()),
        ("When", when(step).into()),
        ("Status", status),
        ("Do", step.task.as_str().into()),
        ("Deliverable", step.deliverable.as_str().into()),
        ("Why", why(subject, step).into()),
        ("Gives", gives(step).into()),
        ("Waits for", waits_for(subject.plan, step).into()),
    ]);
}

/// What the figures under *Gives* mean.
const GIVES_EXPLAINED: &str = "Gives says what the credited level of a category becomes: with this action alone, and in \
    order, with all actions up to it.";

fn when(step: &Step) -> String {
    match step.agreed_due {
        Some(agreed) => format!("{} to {}; agreed: {agreed}", step.start, step.due),
        None => format!("{} to {}", step.start, step.due),
    }
}

/// The requirements that it is for, with verdict, level, and what it does there.
fn why(subject: &Subject, step: &Step) -> String {
    let reason = |id: &Reference| {
        let Some(score) = subject.standing.requirement(*id) else { return id.to_string() };
        let level = match score.credited {
            Some(credited) => format!("claimed {}, credited {credited}", words::claimed(score)),
            None => "no level".to_owned(),
        };
        let contradiction = score.contradiction.map(|contradiction| contradiction.advice().to_owned());
        let parts = [Some(level), closes(step, *id), lifts(step, *id), contradiction];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        format!("{id} {} ({})", words::verdict(score).content(), parts.join(", "))
    };
    words::list(step.serves.iter().map(reason))
}

/// How many checks of a requirement there are for which an action was selected.
fn closes(step: &Step, id: Reference) -> Option<String> {
    let reasons = step.reasons.iter().filter(|reason| reason.requirement == id);
    match reasons.filter(|reason| matches!(reason.cause, Cause::Closes(_))).count() {
        0 => None,
        n => Some(format!("closes {}", words::count(n, "check", "checks"))),
    }
}

/// The levels between which an action lifts a requirement.
fn lifts(step: &Step, id: Reference) -> Option<String> {
    step.reasons.iter().filter(|reason| reason.requirement == id).find_map(|reason| match &reason.cause {
        Cause::Lifts { from, to, .. } => Some(format!("lifts {from} to {to}")),
        Cause::Closes(_) | Cause::Evidence | Cause::Ask { .. } | Cause::System => None,
    })
}

/// The credited figure of each category today, with this action alone, and with all actions up to it.
fn gives(step: &Step) -> String {
    if step.gains.is_empty() {
        return "no figure by itself".to_owned();
    }
    let gains: Vec<String> = step.gains.iter().filter_map(gain).collect();
    if gains.is_empty() { "no figure moves yet".to_owned() } else { words::list(gains) }
}

/// What an action gives to a category, as far as the printed figure moves.
fn gain(gain: &Gain) -> Option<String> {
    let figure = |ratio: Option<Ratio>| ratio.map_or("no level yet".to_owned(), |ratio| ratio.to_string());
    let [today, alone, in_order] = [gain.today, gain.alone, gain.in_order].map(figure);
    let category = gain.category;
    match (alone == today, in_order == today) {
        (true, true) => None,
        (true, false) => Some(format!("{category}: credited {today}, no change alone, -> {in_order} in order")),
        (false, _) => Some(format!("{category}: credited {today} -> {alone} alone, -> {in_order} in order")),
    }
}

/// The titles of the actions that come before, with their place in the order.
fn waits_for(plan: &Plan, step: &Step) -> String {
    let name = |id: &String| match plan.steps.iter().position(|step| step.id == *id) {
        Some(index) => format!("{}. {}", index + 1, plan.steps[index].title),
        None => id.clone(),
    };
    words::list(step.after.iter().map(name))
}

/// What is done and asks for a new look, and what was dropped with its gap accepted.
fn passed(page: &mut Page, subject: &Subject) {
    let of_status = |status: ActionStatus| subject.plan.passed.iter().filter(move |step| step.record.status == status);
    let serves = |step: &PassedStep| step.serves.iter().map(Reference::to_string).collect::<Vec<_>>().join(", ");
    let done = of_status(ActionStatus::Done)
        .map(|step| format!("{} ({}): look again at {}", step.title, step.id, serves(step)));
    let dropped = of_status(ActionStatus::Dropped).map(|step| {
        let reason = if step.record.reason.trim().is_empty() {
            "no reason given"
        } else {
            words::without_full_stop(&step.record.reason)
        };
        format!("{} ({}): {reason}; gap accepted at {}", step.title, step.id, serves(step))
    });
    let lists: [(&str, Vec<Line>); 2] =
        [("Done", done.map(Line::from).collect()), ("Dropped", dropped.map(Line::from).collect())];
    for (heading, items) in lists {
        if !items.is_empty() {
            page.section(heading);
            page.list(items);
        }
    }
}

/// One row an action, in order, for spreadsheets; what is done or dropped is left out.
pub(super) fn table(subject: &Subject, day_rate: Option<DayRate>) -> Table {
    let mut headings = vec![
        "order",
        "id",
        "title",
        "wave",
        "wave_name",
        "do",
        "deliverable",
        "owner",
        "effort",
        "person_days",
        "start",
        "due",
        "agreed_due",
        "status",
        "why",
        "gives",
        "after",
        "serves",
    ];
    headings.extend(day_rate.map(|_| "cost"));
    let mut table = Table::plain(&headings);
    for (index, step) in subject.plan.steps.iter().enumerate() {
        let mut row = vec![
            (index + 1).to_string(),
            step.id.clone(),
            step.title.clone(),
            step.wave.number().to_string(),
            step.wave.name().to_owned(),
            step.task.clone(),
            step.deliverable.clone(),
            step.owner.clone(),
            step.effort.name().to_owned(),
            crate::plan::person_days(step.effort.half_days()),
            step.start.to_string(),
            step.due.to_string(),
            step.agreed_due.map(|day| day.to_string()).unwrap_or_default(),
            step.status.name().to_owned(),
            why(subject, step),
            gives(step),
            words::list(&step.after),
            words::list(&step.serves),
        ];
        row.extend(day_rate.map(|rate| rate.cost(step.effort.half_days()).to_string()));
        table.push(row.into_iter().map(Line::from).collect());
    }
    table
}

#[cfg(test)]
mod tests;

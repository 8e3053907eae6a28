//! The plan as applied controls of CISO Assistant: one row per action, what is done or dropped included.

use crate::{
    clean_text::{clean_line, clean_text},
    exchange::sheet::Sheet,
    model::{action::ActionStatus, reference::Reference},
    plan::{PassedStep, step::Step},
    report::Subject,
};

/// The columns, of those that its import knows.
pub const COLUMNS: [&str; 10] =
    ["ref_id", "name", "description", "status", "priority", "effort", "start_date", "eta", "owner", "observation"];

/// The plan of an assessment.
pub fn sheet(subject: &Subject) -> Sheet {
    let mut sheet = Sheet::new(&COLUMNS);
    for step in &subject.plan.steps {
        sheet.push(open(step));
    }
    for passed in &subject.plan.passed {
        sheet.push(closed(passed));
    }
    sheet
}

fn open(step: &Step) -> Vec<String> {
    let waits = (!step.after.is_empty()).then(|| format!("After: {}", step.after.join(", ")));
    let cells = [
        clean_line(&step.id).into_owned(),
        clean_line(&step.title).into_owned(),
        clean_text(&format!("{}\nResult: {}", step.task, step.deliverable)).into_owned(),
        status(step.status).to_owned(),
        // The other program counts from 1, the most urgent.
        (step.wave.number() + 1).to_string(),
        step.effort.name().to_owned(),
        step.start.to_string(),
        step.shown_due().to_string(),
        clean_line(&step.owner).into_owned(),
        observation(&step.serves, waits),
    ];
    cells.into()
}

fn closed(passed: &PassedStep) -> Vec<String> {
    let record = &passed.record;
    let reason = (!record.reason.is_empty()).then(|| format!("Dropped: {}", record.reason));
    let blank = String::new;
    let cells = [
        clean_line(&passed.id).into_owned(),
        clean_line(&passed.title).into_owned(),
        blank(),
        status(record.status).to_owned(),
        blank(),
        blank(),
        blank(),
        record.due.map(|due| due.to_string()).unwrap_or_default(),
        clean_line(&record.owner).into_owned(),
        observation(&passed.serves, reason),
    ];
    cells.into()
}

/// The other program's word for where the work stands.
const fn status(status: ActionStatus) -> &'static str {
    match status {
        ActionStatus::Open => "to_do",
        ActionStatus::InProgress => "in_progress",
        ActionStatus::Done => "active",
        ActionStatus::Dropped => "deprecated",
    }
}

/// What it is for, and what else is to be said.
fn observation(serves: &[Reference], more: Option<String>) -> String {
    let ids: Vec<String> = serves.iter().map(Reference::to_string).collect();
    let serves = (!ids.is_empty()).then(|| format!("ISO/IEC 42001:2023 {}", ids.join(", ")));
    let lines: Vec<String> = serves.into_iter().chain(more).collect();
    clean_text(&lines.join("\n")).into_owned()
}

//! The sheet of the requirements: every verdict and level with what lies behind it, and what people wrote.

use crate::{
    model::{answer::Answer, requirement::Requirement},
    report::{Subject, words, workbook::YES_NO},
    score::requirement_score::RequirementScore,
    spreadsheet::book::{Cell, Column, Entry, Sheet, Value},
};

/// The sheet.
pub(super) fn sheet(subject: &Subject) -> Sheet {
    let mut sheet = Sheet { columns: columns(), frozen_columns: 2, ..Sheet::new("Requirements") };
    for requirement in subject.catalog.requirements() {
        if let Some(score) = subject.standing.requirement(requirement.id) {
            sheet.push(row(subject, requirement, score));
        }
    }
    sheet
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("Id", 9),
        Column::new("Requirement", 30),
        Column::new("Verdict", 24).verdicts(),
        Column::new("Claimed", 10),
        Column::new("Credited", 10),
        Column::new("Lowest possible", 10),
        Column::new("Highest possible", 10),
        Column::new("Target", 9),
        Column::new("Target raised", 9),
        Column::new("Short of target", 8),
        Column::new("Checks answered", 11),
        Column::new("Checks in all", 8),
        Column::new("Evidence current", 11),
        Column::new("Evidence stale", 11),
        Column::new("Improvement points", 13),
        Column::new("Disputed", 11),
        Column::new("By proposal", 11),
        Column::new("Excluded", 11),
        Column::new("Remarks", 36),
        Column::new("Owner", 18),
        Column::new("Note", 40),
        Column::new("To talk over", 8),
        Column::new("Changed by", 14),
        Column::new("Changed on", 12),
    ]
}

fn row(subject: &Subject, requirement: &Requirement, score: &RequirementScore) -> Vec<Cell> {
    let answer = subject.assessment.answer(requirement.id);
    let is_applicable = score.is_applicable();
    let counted = |cell: Cell| if is_applicable { cell } else { Cell::default() };
    let level = |level: u8| Cell::from(Value::Count(u64::from(level)));
    let yes_no = |value: bool| Cell::from(words::yes_no(value));
    let stamp = answer.and_then(|answer| answer.changed.as_ref());
    let text = |text: fn(&Answer) -> &String| answer.map(text).cloned().unwrap_or_default();
    vec![
        Cell::text(requirement.id.to_string()).strong(),
        Cell::text(requirement.full_title()).strong(),
        words::verdict(score).content().into(),
        claimed(score),
        score.credited.map(|credited| level(credited.number())).unwrap_or_default(),
        counted(level(score.low.number())),
        counted(level(score.high.number())),
        counted(level(score.target.number())),
        counted(yes_no(score.is_target_raised)),
        counted(level(score.shortfall())),
        counted(Cell::count(score.checks.answered)),
        counted(Cell::count(score.checks.total)),
        Cell::count(score.evidence.current),
        Cell::count(score.evidence.stale),
        counted(Cell::count(score.improvement_points)),
        yes_no(score.is_disputed),
        yes_no(score.by_proposal),
        yes_no(!is_applicable),
        words::remarks(score).into(),
        Cell::text(text(|answer| &answer.owner)).open(Entry::Text),
        Cell::text(text(|answer| &answer.note)).open(Entry::Text),
        yes_no(answer.is_some_and(|answer| answer.flagged)).open(Entry::List(YES_NO.to_vec())),
        stamp.map(|stamp| stamp.by.as_str()).unwrap_or_default().into(),
        Cell::date(stamp.map(|stamp| stamp.on)),
    ]
}

/// The level stated as a number, or the word `unknown`.
fn claimed(score: &RequirementScore) -> Cell {
    match (score.claimed(), score.stated) {
        (Some(level), _) => Cell::from(Value::Count(u64::from(level.number()))),
        (None, Some(_)) => words::claimed(score).into(),
        (None, None) => Cell::default(),
    }
}

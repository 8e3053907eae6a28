//! Who stands behind the assessment: who must approve at its level, who signed, and what asks for a new look.

use chrono::NaiveDate;

use crate::{
    model::{impact::sign_off::SignOff, level::ImpactLevel},
    report::{
        impact::case::Case,
        line::{Line, Tone},
        page::Page,
        table::{Column, Table},
        words::NOTHING,
    },
};

pub(super) fn add(page: &mut Page, case: &Case) {
    page.section("Sign-off and review");
    page.fields(fields(case));
    if let Some(sign_off) = case.impact().sign_off() {
        page.table(signed(sign_off));
        page.fields(decided(sign_off));
    }
    earlier(page, case);
    if !case.fired.is_empty() {
        page.subsection("What asks for a new look");
        page.list(case.fired.iter().map(|fired| fired.words.as_str().into()).collect());
    }
}

fn fields<'a>(case: &Case) -> Vec<(&'a str, Line)> {
    let nobody = match case.rating.is_banned {
        true => "nobody can: the use is banned by law",
        false => "nobody yet: there is no level",
    };
    let approver = case.approver().map(|(level, approver)| {
        let whose = if approver.is_own { "own criteria" } else { "proposed by aimscope" };
        format!("{}, at level {} ({whose})", approver.by, level.name())
    });
    let in_force = match case.in_force {
        Some(_) => Line::toned("yes", Tone::Good),
        None => Line::toned("no", Tone::Open),
    };
    let review = Line::toned(case.next_review(), if case.is_overdue() { Tone::Major } else { Tone::Plain });
    vec![
        ("Must approve", approver.unwrap_or_else(|| nobody.to_owned()).into()),
        ("In force", in_force),
        ("Sign-off", case.state.words().into()),
        ("Next review", review),
    ]
}

/// The three signatures of a sign-off.
fn signed(sign_off: &SignOff) -> Table {
    let mut table = Table::new(vec![Column::words("Step").key(), Column::words("By"), Column::words("On")]);
    let function = sign_off.approver_function.trim();
    let approver = match (sign_off.approved_by.trim(), function) {
        (by, "") => by.to_owned(),
        (by, function) => format!("{by}, {function}"),
    };
    let mut row = |step: &str, by: &str, on: Option<NaiveDate>| {
        let by = if by.trim().is_empty() { Line::toned("nobody yet", Tone::Open) } else { by.into() };
        table.push(vec![step.into(), by, on.map_or(NOTHING.to_owned(), |day| day.to_string()).into()]);
    };
    row("Prepared", &sign_off.prepared_by, sign_off.prepared_on);
    row("Reviewed", &sign_off.reviewed_by, sign_off.reviewed_on);
    row("Decided", &approver, sign_off.approved_on);
    table
}

fn decided<'a>(sign_off: &SignOff) -> Vec<(&'a str, Line)> {
    let level = |level: Option<ImpactLevel>| level.map_or(NOTHING, ImpactLevel::name);
    let levels = (sign_off.level.is_some() || sign_off.residual.is_some())
        .then(|| format!("{} before measures, {} after", level(sign_off.level), level(sign_off.residual)));
    vec![
        ("Outcome", sign_off.outcome.map(|outcome| outcome.name()).unwrap_or_default().into()),
        ("Conditions", sign_off.conditions.as_str().into()),
        ("Due", sign_off.conditions_due.map(|day| day.to_string()).unwrap_or_default().into()),
        ("Checked by", sign_off.conditions_checked_by.as_str().into()),
        ("Level that day", levels.unwrap_or_default().into()),
    ]
}

/// The sign-offs before the last one, as the record.
fn earlier(page: &mut Page, case: &Case) {
    let mut table =
        Table::new(["Prepared by", "Reviewed by", "Decided by", "On", "Outcome", "Level"].map(Column::words).to_vec());
    let sign_offs = &case.impact().sign_offs;
    for sign_off in sign_offs.iter().rev().skip(1) {
        let on = sign_off.approved_on.map(|day| day.to_string()).unwrap_or_default();
        let outcome = sign_off.outcome.map(|outcome| outcome.name()).unwrap_or_default();
        let level = sign_off.residual.or(sign_off.level).map(ImpactLevel::name).unwrap_or_default();
        let cells = [&sign_off.prepared_by, &sign_off.reviewed_by, &sign_off.approved_by].map(|by| by.as_str());
        table.push(cells.into_iter().chain([on.as_str(), outcome, level]).map(Line::from).collect());
    }
    if !table.is_empty() {
        page.subsection("Earlier sign-offs");
        page.table(table);
    }
}

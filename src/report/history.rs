//! The last changes of the answers, newest first: who changed what, when, from what, to what.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    model::{
        history::{AnswerPart, LONGEST_HISTORY, PastChange},
        reference::Reference,
    },
    report::{
        Format, Layout, Subject, json, notice,
        page::Page,
        table::{Column, Table},
        words,
    },
};

/// The changes of one requirement, or of all.
pub fn render(subject: &Subject, requirement: Option<Reference>, format: Format, layout: &Layout) -> String {
    let entries = entries(subject, requirement);
    match format {
        Format::Text => page(subject, requirement, &entries).text(layout),
        Format::Markdown => page(subject, requirement, &entries).markdown(),
        Format::Csv => csv(&entries),
        Format::Json => json::print(subject, "history", body(requirement, &entries)),
    }
}

/// A change and the requirement that it concerns.
type Entry<'a> = (Reference, &'a PastChange);

/// Newest first; what has the same time stands in the order of the requirements, the later of one first.
fn entries<'a>(subject: &Subject<'a>, requirement: Option<Reference>) -> Vec<Entry<'a>> {
    let answers = subject.assessment.answers.values();
    let wanted = answers.filter(|answer| requirement.is_none_or(|id| id == answer.requirement));
    let mut entries: Vec<Entry> =
        wanted.flat_map(|answer| answer.history.iter().rev().map(|change| (answer.requirement, change))).collect();
    entries.sort_by_key(|(_, change)| Reverse((change.on, change.at)));
    entries
}

fn page(subject: &Subject, requirement: Option<Reference>, entries: &[Entry]) -> Page {
    let title = |id: Reference| subject.catalog.requirement(id).map(|requirement| requirement.full_title());
    let mut page = Page::titled(match requirement {
        Some(id) => format!("Changes of {id} {}", title(id).unwrap_or_default()).trim_end().to_owned(),
        None => format!("Changes of {}", subject.assessment.name),
    });
    page.fields(vec![
        ("Organization", subject.assessment.profile.organization.as_str().into()),
        ("As of", subject.standing.as_of.to_string().into()),
        ("Changes", words::count(entries.len(), "change", "changes").into()),
    ]);
    page.paragraph(format!(
        "Newest first. Each answer keeps its last {LONGEST_HISTORY} changes. What one person changes within ten minutes is \
         one change, and what is changed back within them is none. Of a long text the beginning is kept, with a \
         fingerprint that tells it from others."
    ));
    page.table(table(entries));
    page.section("Notice");
    page.paragraph(notice::NOTICE);
    page
}

fn table(entries: &[Entry]) -> Table {
    let mut table = Table::new(vec![
        Column::words("When").key(),
        Column::words("Who").share(20).key(),
        Column::words("Requirement").key(),
        Column::words("What").share(25).key(),
        Column::words("From").share(40),
        Column::words("To").share(40),
    ]);
    for (id, change) in entries {
        table.push(vec![
            change.when().into(),
            change.by.as_str().into(),
            id.to_string().into(),
            change.what.to_string().into(),
            change.what.shown(&change.from).into(),
            change.what.shown(&change.to).into(),
        ]);
    }
    table
}

/// One row a change; an empty cell stands for nothing.
fn csv(entries: &[Entry]) -> String {
    let mut table = Table::plain(&["day", "time", "by", "requirement", "what", "check", "from", "to"]);
    for (id, change) in entries {
        table.push(vec![
            change.on.to_string().into(),
            change.at.map(|at| at.to_string()).unwrap_or_default().into(),
            change.by.as_str().into(),
            id.to_string().into(),
            change.what.name().into(),
            check(&change.what).unwrap_or_default().into(),
            change.from.as_str().into(),
            change.to.as_str().into(),
        ]);
    }
    table.csv()
}

fn check(what: &AnswerPart) -> Option<&str> {
    match what {
        AnswerPart::Check(id) => Some(id),
        AnswerPart::Level
        | AnswerPart::Exclusion
        | AnswerPart::Inclusion
        | AnswerPart::Owner
        | AnswerPart::Note
        | AnswerPart::Flag
        | AnswerPart::ToConfirm => None,
    }
}

#[derive(Serialize)]
struct Body<'a> {
    requirement: Option<Reference>,
    changes: Vec<ChangeJson<'a>>,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    day: NaiveDate,
    time: Option<String>,
    by: &'a str,
    requirement: Reference,
    what: &'static str,
    check: Option<&'a str>,
    from: Option<&'a str>,
    to: Option<&'a str>,
}

fn body<'a>(requirement: Option<Reference>, entries: &[Entry<'a>]) -> Body<'a> {
    let said = |words: &'a str| (!words.is_empty()).then_some(words);
    let changes = entries.iter().map(|(id, change)| ChangeJson {
        day: change.on,
        time: change.at.map(|at| at.to_string()),
        by: &change.by,
        requirement: *id,
        what: change.what.name(),
        check: check(&change.what),
        from: said(&change.from),
        to: said(&change.to),
    });
    Body { requirement, changes: changes.collect() }
}

#[cfg(test)]
mod tests;

//! The sheet of the evidence register: what could be put on the table, and how it counts on the day of the report.

use crate::{
    model::{
        evidence::{Evidence, EvidenceKind, Freshness},
        reference::Reference,
    },
    report::Subject,
    spreadsheet::book::{Cell, Column, Entry, Sheet},
};

/// The sheet.
pub(super) fn sheet(subject: &Subject) -> Sheet {
    let columns = vec![
        Column::new("Id", 14),
        Column::new("Title", 40),
        Column::new("Kind", 12),
        Column::new("Where", 44),
        Column::new("Date", 12),
        Column::new("Current until", 12),
        Column::new("Counts as", 16),
        Column::new("Owner", 18),
        Column::new("Requirements", 40),
    ];
    let mut sheet = Sheet { columns, frozen_columns: 2, ..Sheet::new("Evidence") };
    for item in &subject.assessment.evidence {
        sheet.push(row(subject, item));
    }
    sheet
}

fn row(subject: &Subject, item: &Evidence) -> Vec<Cell> {
    let counts_as = match (item.date, item.freshness(subject.standing.as_of)) {
        (None, _) => "stale: undated",
        (Some(_), Freshness::Current) => "current",
        (Some(_), Freshness::Stale) => "stale",
        (Some(_), Freshness::Future) => "not there yet",
    };
    let serves: Vec<String> = item.serves.iter().map(Reference::to_string).collect();
    vec![
        Cell::text(&item.id).strong(),
        Cell::text(&item.title).strong(),
        Cell::from(item.kind.name()).open(Entry::List(EvidenceKind::ALL.map(EvidenceKind::name).to_vec())),
        Cell::text(&item.location).open(Entry::Text),
        Cell::date(item.date).open(Entry::Date),
        Cell::date(item.last_current_day()).open(Entry::Date),
        counts_as.into(),
        Cell::text(&item.owner).open(Entry::Text),
        serves.join(", ").into(),
    ]
}

//! The plan as CSV for the importer of Jira: one row per open action, `Labels` repeated for each label.
//!
//! Jira reads `Summary` alone as required and asks for the form of dates, which is `yyyy-MM-dd` here; an estimate is in seconds.
//! Owners are names or roles rather than Jira accounts, so no column claims to be the assignee.

use crate::{
    exchange::{
        markup, table,
        ticket::{Ticket, tickets},
    },
    report::{Subject, line::Line, table::Table},
};

/// The columns before the labels. A heading must not hold punctuation.
const COLUMNS: [&str; 9] = [
    "Summary",
    "Issue Type",
    "Priority",
    "Start Date",
    "Due Date",
    "Original Estimate",
    "Owner",
    "Action Id",
    "Description",
];

/// The CSV.
pub fn export(subject: &Subject) -> String {
    let tickets = tickets(subject);
    let labels = tickets.iter().map(|ticket| ticket.labels().len()).max().unwrap_or(1);
    let headings: Vec<&str> = COLUMNS.into_iter().chain(std::iter::repeat_n("Labels", labels)).collect();
    let mut table = Table::plain(&headings);
    for ticket in &tickets {
        let mut row: Vec<Line> = cells(ticket).into_iter().chain(ticket.labels()).map(Line::from).collect();
        row.resize(headings.len(), Line::default());
        table.push(row);
    }
    table.csv()
}

/// Reads a written file again, and says what is wrong with it.
///
/// # Errors
/// It is no CSV with rows of one length, or the column is missing that Jira needs.
pub fn check(bytes: &[u8]) -> Result<(), String> {
    table::check(bytes, "Summary")
}

fn cells(ticket: &Ticket) -> [String; 9] {
    let seconds = ticket.hours() * 3_600;
    [
        ticket.title.clone(),
        "Task".to_owned(),
        ticket.priority.name().to_owned(),
        ticket.start.to_string(),
        ticket.due.to_string(),
        seconds.to_string(),
        ticket.owner.clone(),
        ticket.id.clone(),
        markup::jira(&ticket.sections),
    ]
}

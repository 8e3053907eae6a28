//! The plan as CSV for the importer of GitLab: one row per open action.
//!
//! GitLab reads `title`, `description` and `due_date`; what else a ticket has is set by quick actions at the end of the
//! description. A milestone is not named, since a file that names an unknown one is refused as a whole.

use crate::{
    exchange::{
        markup, table,
        ticket::{Ticket, tickets},
    },
    report::{Subject, table::Table},
};

/// The CSV.
pub fn export(subject: &Subject) -> String {
    let mut table = Table::plain(&["title", "description", "due_date"]);
    for ticket in tickets(subject) {
        table.push(vec![ticket.title.as_str().into(), description(&ticket).into(), ticket.due.to_string().into()]);
    }
    table.csv()
}

/// Reads a written file again, and says what is wrong with it.
///
/// # Errors
/// It is no CSV with rows of one length, or the column is missing that GitLab needs.
pub fn check(bytes: &[u8]) -> Result<(), String> {
    table::check(bytes, "title")
}

/// The description, and under it the estimate and the labels as quick actions; unknown labels are passed over.
fn description(ticket: &Ticket) -> String {
    let labels: Vec<String> = ticket.labels().iter().map(|label| format!("~\"{label}\"")).collect();
    let text = markup::markdown(&ticket.sections);
    format!("{text}\n/estimate {}h\n/label {}\n", ticket.hours(), labels.join(" "))
}

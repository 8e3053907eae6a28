//! The plan as Markdown files for GitHub, one per open action, with front matter that tools and people can read.
//!
//! A file is named after its action, so that a later export writes to the same name.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    exchange::{
        markup,
        ticket::{Ticket, tickets},
        wording::effort,
    },
    model::evidence::short_hash,
    report::{Subject, escape},
};

/// The longest name of a file without its ending, in characters.
const LONGEST_STEM: usize = 80;

/// The files: name and content.
pub fn export(subject: &Subject) -> Vec<(String, String)> {
    let mut taken = BTreeSet::new();
    let file = |ticket: &Ticket| {
        let stem = stem(&ticket.id);
        // Two ids that read the same as a name of a file are told apart by a hash of the id itself.
        let stem = if taken.insert(stem.clone()) { stem } else { format!("{stem}-{}", short_hash(&[&ticket.id])) };
        (format!("{stem}.md"), content(ticket))
    };
    tickets(subject).iter().map(file).collect()
}

/// Reads a written file again, and says what is wrong with it.
///
/// # Errors
/// It is no UTF-8, or has no front matter.
pub fn check(bytes: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let front = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    front.map(drop).ok_or_else(|| "there is no front matter in it".to_owned())
}

/// A name that every file system takes: lower case letters, digits and hyphens.
fn stem(id: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = id.chars().map(plain).take(LONGEST_STEM).collect();
    format!("action-{}", name.trim_matches('-'))
}

fn content(ticket: &Ticket) -> String {
    format!("---\n{}---\n\n{}", front_matter(ticket), markup::markdown(&ticket.sections))
}

/// The facts of a ticket as YAML; every value is written as JSON, which YAML reads too.
fn front_matter(ticket: &Ticket) -> String {
    let requirements: Vec<String> = ticket.requirements.iter().map(ToString::to_string).collect();
    let facts: [(&str, Value); 13] = [
        ("title", json!(ticket.title)),
        ("labels", json!(ticket.labels())),
        ("id", json!(ticket.id)),
        ("order", json!(ticket.order)),
        ("wave", json!(ticket.wave_name())),
        ("priority", json!(ticket.priority.name().to_lowercase())),
        ("owner", json!(ticket.owner)),
        ("status", json!(ticket.status.name())),
        ("start", json!(ticket.start.to_string())),
        ("due", json!(ticket.due.to_string())),
        ("effort", json!(effort(ticket.effort))),
        ("requirements", json!(requirements)),
        ("after", json!(ticket.after)),
    ];
    facts.iter().map(|(name, value)| format!("{name}: {}\n", escape::json(&value.to_string()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_fits_every_file_system() {
        let case = |id: &str, name: &str| assert_eq!(stem(id), name, "of {id:?}");
        case("write-policy", "action-write-policy");
        case("ask:A.6", "action-ask-a-6");
        case("../../etc/passwd", "action-etc-passwd");
        case("con", "action-con");
        assert!(stem(&"x".repeat(500)).len() <= LONGEST_STEM + 7);
    }
}

//! The tickets: CSV read back cell by cell, and the files for GitHub.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{as_of, cases, example, with};
use crate::{
    exchange::{github, gitlab, jira, markup, ticket::tickets},
    report::escape,
};

/// The rows of a CSV file, its headings first; they may differ in nothing but their cells.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row as long as the others"));
    rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
}

#[test]
fn jira_reads_the_cells_that_were_written() {
    for (name, assessment) in cases() {
        with(&assessment, as_of(), |subject| {
            let rows = rows(&jira::export(subject));
            assert!(rows[0].iter().all(|heading| heading.chars().all(|c| c.is_alphanumeric() || c == ' ')), "{name}");
            let column = |name: &str| rows[0].iter().position(|heading| heading == name).expect("a column");
            let tickets = tickets(subject);
            assert_eq!(rows.len(), tickets.len() + 1, "{name}");
            for (row, ticket) in rows[1..].iter().zip(&tickets) {
                assert_eq!(row[column("Summary")], escape::cell(&ticket.title));
                assert_eq!(row[column("Description")], escape::cell(&markup::jira(&ticket.sections)));
                assert_eq!(row[column("Due Date")], escape::cell(&ticket.due.to_string()));
                assert_eq!(row[column("Original Estimate")], (ticket.effort.half_days() * 14_400).to_string());
                assert_eq!(row[column("Owner")], escape::cell(&ticket.owner));
                let labels: Vec<&String> = row[column("Labels")..].iter().filter(|label| !label.is_empty()).collect();
                assert_eq!(labels, ticket.labels().iter().collect::<Vec<_>>());
                assert!(labels.iter().all(|label| !label.contains(' ') && label.len() <= 50));
                assert!(row[column("Summary")].chars().count() <= 255, "{name}");
                assert!(row[column("Description")].chars().count() <= 32_767, "{name}: {}", ticket.id);
                assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{name}");
            }
        });
    }
}

#[test]
fn gitlab_obeys_nothing_but_estimate_and_labels() {
    for (name, assessment) in cases() {
        with(&assessment, as_of(), |subject| {
            let rows = rows(&gitlab::export(subject));
            assert_eq!(rows[0], ["title", "description", "due_date"]);
            let tickets = tickets(subject);
            assert_eq!(rows.len(), tickets.len() + 1, "{name}");
            for (row, ticket) in rows[1..].iter().zip(&tickets) {
                assert_eq!((&row[0], &row[2]), (&escape::cell(&ticket.title), &escape::cell(&ticket.due.to_string())));
                let commands: Vec<&str> = row[1].lines().filter(|line| line.trim_start().starts_with('/')).collect();
                assert_eq!(commands.len(), 2, "{name}: {commands:?}");
                assert_eq!(commands[0], format!("/estimate {}h", ticket.effort.half_days() * 4));
                assert!(commands[1].starts_with("/label ~\"iso42001\" ~\"wave-"), "{name}");
                assert!(row[0].chars().count() <= 255);
            }
        });
    }
}

/// The facts above a text and the text itself.
fn parts(file: &str) -> (Vec<(String, Value)>, &str) {
    let (front, body) = file.strip_prefix("---\n").and_then(|rest| rest.split_once("---\n\n")).expect("front matter");
    let fact = |line: &str| {
        let (name, value) = line.split_once(": ").expect("a fact");
        (name.to_owned(), serde_json::from_str(value).expect("a value that JSON and YAML read"))
    };
    (front.lines().map(fact).collect(), body)
}

#[test]
fn github_gets_a_file_for_each_action() {
    for (name, assessment) in cases() {
        with(&assessment, as_of(), |subject| {
            let files = github::export(subject);
            let tickets = tickets(subject);
            assert_eq!(files.len(), tickets.len(), "{name}");
            let names: BTreeSet<&String> = files.iter().map(|(name, _)| name).collect();
            assert_eq!(names.len(), files.len(), "{name}");
            for ((file, text), ticket) in files.iter().zip(&tickets) {
                let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
                assert!(file.chars().all(plain) && file.ends_with(".md"), "{file}");
                let (facts, body) = parts(text);
                assert_eq!(facts[0], ("title".to_owned(), Value::from(ticket.title.clone())));
                assert_eq!(facts[1], ("labels".to_owned(), Value::from(ticket.labels())));
                assert!(body.starts_with("## ") && body.ends_with(".\n"), "{name}: {body}");
                assert!(text.chars().count() <= 65_536, "{file}");
                let is_call = |word: &str| word.contains('@') && !word.starts_with('`');
                assert!(!body.split_whitespace().any(is_call), "{name}: {file}");
            }
        });
    }
}

#[test]
fn a_file_reads_as_a_person_would_write_it() {
    let files = with(&example(), as_of(), github::export);
    insta::assert_snapshot!(files[0].0, @"action-context-and-parties.md");
    insta::assert_snapshot!(files[0].1, @r#"
    ---
    title: "Write the context paper and the list of parties"
    labels: ["iso42001","wave-0","priority-high","clause-4"]
    id: "context-and-parties"
    order: 1
    wave: "0 Unblock"
    priority: "high"
    owner: "Tomas"
    status: "in progress"
    start: "2026-12-01"
    due: "2026-12-11"
    effort: "S, 1 person-day"
    requirements: ["4.2"]
    after: []
    ---

    ## Why

    - 4.2: minor gap; claimed 2, credited 2, target 3. Job applicants ranked by your model have no contract with you, so they appear on no list. Their wish for an explanation then arrives in a regulator's letter, long after the design could have met it.

    ## What to do

    Hold two 90-minute sessions with a director, product and support. First: laws, bans, market, culture, skills, climate yes or no, your role per AI system. Second: parties, people judged by the AI too; what each requires, by which source, taken on or not. A director approves both.

    Result: Approved context paper and list of interested parties, three to four pages.

    ## Requirement

    - 4.2 Understanding the needs and expectations of interested parties: You know who has a stake in your AI, what they require, and what you take on.

    ## Done when

    - There is: Approved context paper and list of interested parties, three to four pages.
    - Yes to: Have you identified the interested parties that matter to the AI management system? (4.2/parties) To show: Customers, users, staff, suppliers and regulators are named, and so are the people your AI judges.
    - Yes to: Have you identified what the interested parties require that bears on your AI? (4.2/requirements) To show: A few lines per party with the source: law, contract clause, staff request; climate wishes were considered.
    - Yes to: Is it decided which requirements of interested parties the AI management system will deal with? (4.2/taken-on) To show: A mark per requirement: handled here and by which process, or handled elsewhere.
    - 4.2 is at level 3 Defined: Approved list: parties including affected people, sourced requirements, and which of them you take on.

    ## Evidence expected

    - List of interested parties with their requirements and where each comes from
    - Overview of laws and contract clauses that concern your AI
    - Mark per requirement: dealt with in the AI management system or not

    ## Planning

    - Owner: Tomas
    - Start: 2026-12-01
    - Due: 2026-12-11 (agreed)
    - Effort: S, 1 person-day
    - Wave: 0 Unblock
    - Priority: High; number 1 in the plan
    - Status: in progress
    - Action id: context-and-parties

    From the self-assessment Norrvik Claims, autumn 2026 as of 2026-11-21, planned with aimscope.

    All of this is provisional: checks are still open; an AI system in scope has no settled impact level.
    "#);
}

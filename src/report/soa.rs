//! The statement of applicability: for every control whether it applies, to what, why or why not, what asks for it, how it
//! is done and what shows it (scoring rule 6, ISO/IEC 42001 6.1.3). The organization's own controls stand beside Annex A.

mod entry;
mod rows;
mod soa_json;

pub(super) use soa_json::body;

pub use crate::{
    model::statement::DRAFT as FOOTER,
    report::soa::{
        entry::{Applicability, Entry, OwnEntry, entries, own_entries},
        rows::{COLUMNS, rows},
    },
};
use crate::{
    model::{evidence::Evidence, inclusion::Inclusion},
    report::{
        Format, Layout, Subject, json,
        line::{Line, Tone},
        notice,
        page::Page,
        table::{Column, Table},
        words,
    },
};

/// The statement of applicability.
pub fn render(subject: &Subject, format: Format, layout: &Layout) -> String {
    match format {
        Format::Text => page(subject).text(layout),
        Format::Markdown => page(subject).markdown(),
        Format::Csv => table(subject).csv(),
        Format::Json => json::print(subject, "soa", body(subject, &entries(subject), &own_entries(subject))),
    }
}

/// How many controls apply, are excluded and are undecided.
fn counts(entries: &[Entry]) -> [(Applicability, usize); 3] {
    Applicability::ALL.map(|state| (state, entries.iter().filter(|entry| entry.applicability == state).count()))
}

/// The warning when more than a quarter of the controls is excluded.
fn many_exclusions(entries: &[Entry]) -> Option<String> {
    let excluded = entries.iter().filter(|entry| entry.applicability == Applicability::Excluded).count();
    let all = entries.len();
    (excluded * 4 > all).then(|| {
        format!("{excluded} of {all} controls are excluded, more than a quarter: an auditor will look closely at the reasons.")
    })
}

/// The controls that apply and of which nobody has said why.
fn missing_reasons(entries: &[Entry], own: &[OwnEntry]) -> Vec<String> {
    let annex_a = entries.iter().filter(|entry| entry.lacks_inclusion_reason()).map(|entry| entry.id.to_string());
    let own = own.iter().map(|entry| entry.control).filter(|control| !control.inclusion.has_reason());
    annex_a.chain(own.map(|control| control.id.clone())).collect()
}

/// The statement as a page.
pub fn page(subject: &Subject) -> Page {
    let (entries, own) = (entries(subject), own_entries(subject));
    let footer = subject.assessment.statement_footer(subject.standing.as_of);
    let mut page = Page::titled(format!("Statement of applicability of {}", subject.assessment.name));
    page.paragraph(Line::toned(&footer, Tone::Strong));
    page.fields(fields(subject, &entries, &own));
    page.paragraph(many_exclusions(&entries).unwrap_or_default());
    overrides(&mut page, &entries);
    page.section("Controls");
    page.paragraph(STATES_EXPLAINED);
    page.paragraph(missing_sentence(&entries, &own));
    page.table(control_table(subject, &entries));
    if !own.is_empty() {
        page.section("Own controls");
        page.paragraph(OWN_EXPLAINED);
        page.table(own_table(subject, &own));
    }
    proposals(&mut page, &entries);
    page.section("Notice");
    page.paragraph(notice::NOTICE);
    page.paragraph(Line::toned(footer, Tone::Strong));
    page
}

/// What stands at the head of the statement.
pub(super) fn fields(subject: &Subject, entries: &[Entry], own: &[OwnEntry]) -> Vec<(&'static str, Line)> {
    let assessment = subject.assessment;
    let [(_, applies), (_, excluded), (_, undecided)] = counts(entries);
    let own_count = if own.is_empty() { String::new() } else { format!("; {} of your own", own.len()) };
    let counts = format!("{applies} included, {excluded} excluded, {undecided} undecided{own_count}");
    vec![
        ("Organization", assessment.profile.organization.as_str().into()),
        ("Scope", assessment.profile.scope.as_str().into()),
        ("Version", assessment.statement.version.as_str().into()),
        ("Disputed", words::disputed(assessment).into()),
        ("As of", subject.standing.as_of.to_string().into()),
        ("Controls", counts.into()),
    ]
}

/// What has to be said of the decisions as a whole, in sentences.
pub(super) fn warnings(entries: &[Entry], own: &[OwnEntry]) -> Vec<String> {
    let missing = Some(missing_sentence(entries, own)).filter(|words| !words.is_empty());
    many_exclusions(entries).into_iter().chain(missing).collect()
}

/// What the states mean, and what the standard wants to be said.
const STATES_EXPLAINED: &str = "Applies: something is answered or said about its inclusion, and no exclusion is in force. \
    Undecided: neither answered nor decided; scored as if it applied. Both need a reason, inclusion and exclusion (6.1.3); \
    that a clause asks for the same is one, that a control is in use is none.";

/// What own controls are.
const OWN_EXPLAINED: &str = "Controls of your own, beside those of Annex A. They count in no score and get no verdict.";

/// The controls whose reason for inclusion is not said; empty for none.
fn missing_sentence(entries: &[Entry], own: &[OwnEntry]) -> String {
    let missing = missing_reasons(entries, own);
    if missing.is_empty() {
        return String::new();
    }
    let [(_, applies), _, _] = counts(entries);
    let of = applies + own.len();
    format!("Reason for inclusion missing for {} of {of}: {}.", missing.len(), missing.join(", "))
}

/// The exclusions of controls that a clause mirrors; they stand on the first page.
fn overrides(page: &mut Page, entries: &[Entry]) {
    let overridden = entries.iter().filter(|entry| entry.is_override());
    let item = |entry: &Entry| {
        let exclusion = entry.exclusion?;
        let title = Line::toned(format!("{} {}", entry.id, entry.title), Tone::Strong);
        Some(title.and(
            format!(": {}; override: {}", words::without_full_stop(&exclusion.reason), exclusion.override_note),
            Tone::Plain,
        ))
    };
    let items: Vec<Line> = overridden.filter_map(item).collect();
    if !items.is_empty() {
        page.section("Excluded although a clause asks for the same");
        page.list(items);
    }
}

/// The drivers that answers elsewhere suggest, each with its controls; they are no part of the statement.
fn proposals(page: &mut Page, entries: &[Entry]) {
    let mut grouped: Vec<(String, Vec<String>)> = Vec::new();
    for entry in entries {
        for words in entry.proposed_drivers.iter().map(entry::proposal_words) {
            match grouped.iter_mut().find(|(known, _)| *known == words) {
                Some((_, ids)) => ids.push(entry.id.to_string()),
                None => grouped.push((words, vec![entry.id.to_string()])),
            }
        }
    }
    let item = |(words, ids): (String, Vec<String>)| {
        Line::toned(ids.join(", "), Tone::Strong).and(format!(": {words}"), Tone::Plain)
    };
    let items: Vec<Line> = grouped.into_iter().map(item).collect();
    if !items.is_empty() {
        page.section("Proposed drivers");
        page.paragraph("What your answers suggest as drivers. Nothing here is decided, or part of the statement.");
        page.list(items);
    }
}

fn control_table(subject: &Subject, entries: &[Entry]) -> Table {
    let mut table = Table::new(vec![
        Column::words("Id").key(),
        Column::words("Control").share(16).key(),
        Column::words("State"),
        Column::words("Applies to").share(12),
        Column::words("Justification").share(26),
        Column::words("How it is done").share(20),
        Column::words("Owner").share(10),
        Column::words("Evidence").share(20),
        Column::words("Verdict"),
    ]);
    for entry in entries {
        let is_excluded = entry.applicability == Applicability::Excluded;
        table.push(vec![
            Line::toned(entry.id.to_string(), Tone::Strong),
            entry.title.into(),
            entry.applicability.name().into(),
            entry.applies_to.as_str().into(),
            entry.justification().into(),
            entry.in_use().map(implementation).unwrap_or_default().into(),
            entry.owner.into(),
            evidence(subject, &entry.evidence).into(),
            if is_excluded { Line::default() } else { words::verdict(entry.score) },
        ]);
    }
    table
}

fn own_table(subject: &Subject, own: &[OwnEntry]) -> Table {
    let mut table = Table::new(vec![
        Column::words("Id").key(),
        Column::words("Control").share(16).key(),
        Column::words("Applies to").share(12),
        Column::words("Justification").share(26),
        Column::words("How it is done").share(20),
        Column::words("Owner").share(10),
        Column::words("Evidence").share(20),
    ]);
    for entry in own {
        table.push(vec![
            Line::toned(&entry.control.id, Tone::Strong),
            entry.control.title.as_str().into(),
            entry.applies_to.as_str().into(),
            entry.justification().into(),
            implementation(&entry.control.inclusion).into(),
            entry.control.owner.as_str().into(),
            evidence(subject, &entry.evidence).into(),
        ]);
    }
    table
}

/// How a control is done, to be continued in the paragraph that stands for a row.
fn implementation(inclusion: &Inclusion) -> &str {
    words::without_full_stop(&inclusion.implementation)
}

fn evidence(subject: &Subject, items: &[&Evidence]) -> String {
    words::list(items.iter().map(|item| words::evidence(item, subject.standing.as_of)))
}

/// One row a control, for spreadsheets.
pub(super) fn table(subject: &Subject) -> Table {
    let mut table = Table::plain(&COLUMNS);
    for row in rows(subject) {
        table.push(row.into_iter().map(Line::from).collect());
    }
    table
}

#[cfg(test)]
mod tests;

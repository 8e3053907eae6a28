//! The statement of applicability: for every control whether it applies, why not, and what shows it (scoring rule 6).

mod entry;

use serde::Serialize;

pub use crate::report::soa::entry::{Applicability, Entry, entries};
use crate::{
    model::{evidence::Freshness, exclusion::ExclusionBasis, reference::Reference},
    report::{
        Format, Layout, Subject, json,
        line::{Line, Tone},
        notice,
        page::Page,
        table::{Column, Table},
        words,
    },
};

/// What stands under every statement of applicability.
pub const FOOTER: &str = "Draft until approved by designated management.";

/// The statement of applicability.
pub fn render(subject: &Subject, format: Format, layout: &Layout) -> String {
    let entries = entries(subject);
    match format {
        Format::Text => page(subject, &entries).text(layout),
        Format::Markdown => page(subject, &entries).markdown(),
        Format::Csv => table(subject, &entries).csv(),
        Format::Json => json::print(subject, "soa", body(subject, &entries)),
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

fn page(subject: &Subject, entries: &[Entry]) -> Page {
    let mut page = Page::titled(format!("Statement of applicability of {}", subject.assessment.name));
    page.paragraph(Line::toned(FOOTER, Tone::Strong));
    page.fields(fields(subject, entries));
    page.paragraph(many_exclusions(entries).unwrap_or_default());
    overrides(&mut page, entries);
    page.section("Controls");
    page.paragraph(STATES_EXPLAINED);
    page.paragraph(missing_reasons(entries));
    page.table(control_table(subject, entries));
    page.section("Notice");
    page.paragraph(notice::NOTICE);
    page.paragraph(Line::toned(FOOTER, Tone::Strong));
    page
}

/// What stands at the head of the statement.
pub(super) fn fields(subject: &Subject, entries: &[Entry]) -> Vec<(&'static str, Line)> {
    let [(_, applies), (_, excluded), (_, undecided)] = counts(entries);
    let counts = format!("{applies} included, {excluded} excluded, {undecided} undecided");
    vec![
        ("Organization", subject.assessment.profile.organization.as_str().into()),
        ("Scope", subject.assessment.profile.scope.as_str().into()),
        ("Disputed", words::disputed(subject.assessment).into()),
        ("As of", subject.standing.as_of.to_string().into()),
        ("Controls", counts.into()),
    ]
}

/// What has to be said of the decisions as a whole, in sentences.
pub(super) fn warnings(entries: &[Entry]) -> Vec<String> {
    let missing = Some(missing_reasons(entries)).filter(|words| !words.is_empty());
    many_exclusions(entries).into_iter().chain(missing).collect()
}

/// What the states mean, and where the reasons for inclusion come from.
const STATES_EXPLAINED: &str = "Applies: something is answered, and no exclusion is in force. Undecided: neither answered \
    nor decided; scored as if it applied. Reasons for inclusion come from the answers: a clause asks for the same, or the \
    control is in use. Add the risk or duty that it treats before approval (6.1.3).";

/// The included controls whose reason is not known; empty for none.
fn missing_reasons(entries: &[Entry]) -> String {
    let missing = entries.iter().filter(|entry| entry.lacks_inclusion_reason()).map(|entry| entry.id.to_string());
    let missing: Vec<String> = missing.collect();
    if missing.is_empty() { String::new() } else { format!("Reason for inclusion missing: {}.", missing.join(", ")) }
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

fn control_table(subject: &Subject, entries: &[Entry]) -> Table {
    let mut table = Table::new(vec![
        Column::words("Id").key(),
        Column::words("Control").share(20).key(),
        Column::words("State"),
        Column::words("Justification").share(28),
        Column::words("Owner").share(12),
        Column::words("Evidence").share(20),
        Column::figures("Claimed"),
        Column::figures("Credited"),
        Column::words("Verdict"),
    ]);
    for entry in entries {
        let is_excluded = entry.applicability == Applicability::Excluded;
        let level = |text: String| if is_excluded { Line::default() } else { text.into() };
        table.push(vec![
            Line::toned(entry.id.to_string(), Tone::Strong),
            entry.title.into(),
            entry.applicability.name().into(),
            entry.justification().into(),
            entry.owner.into(),
            evidence(subject, entry).into(),
            level(words::claimed(entry.score)),
            level(words::level(entry.score.credited)),
            if is_excluded { Line::default() } else { words::verdict(entry.score) },
        ]);
    }
    table
}

fn evidence(subject: &Subject, entry: &Entry) -> String {
    words::list(entry.evidence.iter().map(|item| words::evidence(item, subject.standing.as_of)))
}

/// One row a control, for spreadsheets.
pub(super) fn table(subject: &Subject, entries: &[Entry]) -> Table {
    let mut table = Table::plain(&[
        "id",
        "title",
        "state",
        "basis",
        "reason",
        "reference",
        "override_note",
        "inclusion",
        "to_review",
        "remarks",
        "owner",
        "evidence",
        "claimed",
        "credited",
        "verdict",
        "indicative",
    ]);
    for entry in entries {
        let exclusion = entry.exclusion;
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        let row = vec![
            entry.id.to_string(),
            entry.title.to_owned(),
            entry.applicability.name().to_owned(),
            exclusion.and_then(|exclusion| exclusion.basis).map(ExclusionBasis::name).unwrap_or_default().to_owned(),
            text(exclusion.map(|exclusion| &exclusion.reason)),
            text(exclusion.map(|exclusion| &exclusion.reference)),
            text(exclusion.map(|exclusion| &exclusion.override_note)),
            entry.inclusion.clone().unwrap_or_default(),
            words::yes_no(entry.is_to_review).to_owned(),
            words::list(&entry.remarks),
            entry.owner.to_owned(),
            evidence(subject, entry),
            entry.score.stated.map(|_| words::claimed(entry.score)).unwrap_or_default(),
            entry.score.credited.map(|level| level.to_string()).unwrap_or_default(),
            entry.score.judgement.verdict.name().to_owned(),
            words::yes_no(entry.score.judgement.indicative).to_owned(),
        ];
        table.push(row.into_iter().map(Line::from).collect());
    }
    table
}

#[derive(Serialize)]
struct Body<'a> {
    state: &'static str,
    scope: &'a str,
    counts: CountsJson,
    warnings: Vec<String>,
    controls: Vec<ControlJson<'a>>,
}

#[derive(Serialize)]
struct CountsJson {
    applies: usize,
    excluded: usize,
    undecided: usize,
}

#[derive(Serialize)]
struct ControlJson<'a> {
    id: Reference,
    title: &'a str,
    state: &'static str,
    basis: Option<ExclusionBasis>,
    reason: Option<&'a str>,
    reference: Option<&'a str>,
    override_note: Option<&'a str>,
    inclusion: Option<&'a str>,
    to_review: bool,
    remarks: &'a [String],
    owner: &'a str,
    evidence: Vec<EvidenceJson<'a>>,
    claimed: Option<u8>,
    credited: Option<u8>,
    verdict: &'static str,
    indicative: bool,
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    id: &'a str,
    title: &'a str,
    location: &'a str,
    date: Option<chrono::NaiveDate>,
    last_current_day: Option<chrono::NaiveDate>,
    state: &'static str,
}

fn body<'a>(subject: &'a Subject, entries: &'a [Entry<'a>]) -> Body<'a> {
    let [(_, applies), (_, excluded), (_, undecided)] = counts(entries);
    Body {
        state: FOOTER,
        scope: &subject.assessment.profile.scope,
        counts: CountsJson { applies, excluded, undecided },
        warnings: many_exclusions(entries).into_iter().collect(),
        controls: entries.iter().map(|entry| control_json(subject, entry)).collect(),
    }
}

fn control_json<'a>(subject: &Subject, entry: &'a Entry<'a>) -> ControlJson<'a> {
    let evidence = entry.evidence.iter().map(|item| EvidenceJson {
        id: &item.id,
        title: &item.title,
        location: &item.location,
        date: item.date,
        last_current_day: item.last_current_day(),
        state: match item.freshness(subject.standing.as_of) {
            Freshness::Current => "Current",
            Freshness::Stale => "Stale",
            Freshness::Future => "Future",
        },
    });
    ControlJson {
        id: entry.id,
        title: entry.title,
        state: entry.applicability.id(),
        basis: entry.exclusion.and_then(|exclusion| exclusion.basis),
        reason: entry.exclusion.map(|exclusion| exclusion.reason.as_str()),
        reference: entry.exclusion.map(|exclusion| exclusion.reference.as_str()),
        override_note: entry.exclusion.map(|exclusion| exclusion.override_note.as_str()),
        inclusion: entry.inclusion.as_deref(),
        to_review: entry.is_to_review,
        remarks: &entry.remarks,
        owner: entry.owner,
        evidence: evidence.collect(),
        claimed: entry.score.claimed().map(|level| level.number()),
        credited: entry.score.credited.map(|level| level.number()),
        verdict: entry.score.judgement.verdict.id(),
        indicative: entry.score.judgement.indicative,
    }
}

#[cfg(test)]
mod tests;

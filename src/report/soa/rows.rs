//! The statement as rows of plain text, one a control: what CSV and spreadsheets hold.

use crate::{
    model::exclusion::ExclusionBasis,
    report::{
        Subject,
        soa::entry::{Applicability, Entry, OwnEntry, driver_names, entries, own_entries, proposal_words},
        words,
    },
};

/// The names of the columns.
pub const COLUMNS: [&str; 21] = [
    "id",
    "title",
    "origin",
    "state",
    "applies_to",
    "basis",
    "reason",
    "drivers",
    "reference",
    "override_note",
    "suggested_reason",
    "proposed_drivers",
    "implementation",
    "owner",
    "evidence",
    "verdict",
    "indicative",
    "claimed",
    "credited",
    "to_review",
    "remarks",
];

/// The controls of Annex A in natural order, then the organization's own; each row has one cell for each column.
///
/// Nothing is escaped: the format that holds the cells sees to that.
pub fn rows(subject: &Subject) -> Vec<[String; 21]> {
    let annex_a = entries(subject);
    let own = own_entries(subject);
    annex_a.iter().map(|entry| row(subject, entry)).chain(own.iter().map(|entry| own_row(subject, entry))).collect()
}

fn row(subject: &Subject, entry: &Entry) -> [String; 21] {
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    // While a control applies, an exclusion that is not in force is a remark and no decision.
    let exclusion = entry.exclusion.filter(|_| entry.applicability != Applicability::Applies);
    let in_use = entry.in_use();
    let is_counted = entry.applicability != Applicability::Excluded;
    let claimed = entry.score.stated.filter(|_| is_counted).map(|_| words::claimed(entry.score));
    [
        entry.id.to_string(),
        entry.title.to_owned(),
        "Annex A".to_owned(),
        entry.applicability.name().to_owned(),
        entry.applies_to.clone(),
        exclusion.and_then(|exclusion| exclusion.basis).map(ExclusionBasis::name).unwrap_or_default().to_owned(),
        text(exclusion.map(|exclusion| &exclusion.reason).or(entry.inclusion.as_ref())),
        in_use.map(|inclusion| driver_names(&inclusion.drivers)).unwrap_or_default(),
        text(exclusion.map(|exclusion| &exclusion.reference).or(in_use.map(|inclusion| &inclusion.reference))),
        text(exclusion.map(|exclusion| &exclusion.override_note)),
        entry.suggestion.clone().unwrap_or_default(),
        words::list(entry.proposed_drivers.iter().map(proposal_words)),
        text(in_use.map(|inclusion| &inclusion.implementation)),
        entry.owner.to_owned(),
        words::list(entry.evidence.iter().map(|item| words::evidence(item, subject.standing.as_of))),
        entry.score.judgement.verdict.name().to_owned(),
        words::yes_no(entry.score.judgement.indicative).to_owned(),
        claimed.unwrap_or_default(),
        entry.score.credited.map(|level| level.to_string()).unwrap_or_default(),
        words::yes_no(entry.is_to_review).to_owned(),
        words::list(missing_reason(entry).into_iter().chain(entry.remarks.iter().cloned())),
    ]
}

fn missing_reason(entry: &Entry) -> Option<String> {
    entry.lacks_inclusion_reason().then(|| MISSING_REASON.to_owned())
}

/// What is remarked where nobody has said why a control applies.
const MISSING_REASON: &str = "reason for inclusion missing";

fn own_row(subject: &Subject, entry: &OwnEntry) -> [String; 21] {
    let inclusion = &entry.control.inclusion;
    let missing = (!inclusion.has_reason()).then(|| MISSING_REASON.to_owned());
    [
        entry.control.id.clone(),
        entry.control.title.clone(),
        "own".to_owned(),
        Applicability::Applies.name().to_owned(),
        entry.applies_to.clone(),
        String::new(),
        inclusion.reason.clone(),
        driver_names(&inclusion.drivers),
        inclusion.reference.clone(),
        String::new(),
        String::new(),
        String::new(),
        inclusion.implementation.clone(),
        entry.control.owner.clone(),
        words::list(entry.evidence.iter().map(|item| words::evidence(item, subject.standing.as_of))),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        words::list(missing.into_iter().chain(entry.remarks.iter().cloned())),
    ]
}

//! The statement as other programs read it.

use serde::Serialize;

use crate::{
    impact::drivers::ProposedDriver,
    model::{
        evidence::{Evidence, Freshness},
        exclusion::ExclusionBasis,
        inclusion::{Driver, Inclusion},
        reference::Reference,
        statement::StatementState,
    },
    report::{
        Subject,
        soa::{
            counts,
            entry::{Entry, OwnEntry},
            many_exclusions, missing_reasons,
        },
    },
};

#[derive(Serialize)]
pub(in crate::report) struct Body<'a> {
    /// The sentence that stands under the statement.
    state: String,
    approval: Approval<'a>,
    scope: &'a str,
    counts: Counts,
    /// The controls that apply and of which nobody has said why.
    missing_reasons: Vec<String>,
    warnings: Vec<String>,
    controls: Vec<Control<'a>>,
    /// The organization's own controls; they count in no score.
    own_controls: Vec<OwnControl<'a>>,
}

#[derive(Serialize)]
struct Approval<'a> {
    state: &'static str,
    version: &'a str,
    approved_by: &'a str,
    approved_on: Option<chrono::NaiveDate>,
}

#[derive(Serialize)]
struct Counts {
    applies: usize,
    excluded: usize,
    undecided: usize,
    own: usize,
    reason_missing: usize,
}

#[derive(Serialize)]
struct Control<'a> {
    id: Reference,
    title: &'a str,
    state: &'static str,
    basis: Option<ExclusionBasis>,
    reason: Option<&'a str>,
    reference: Option<&'a str>,
    override_note: Option<&'a str>,
    inclusion: Option<&'a str>,
    suggested_reason: Option<&'a str>,
    #[serde(flatten)]
    said: Said<'a>,
    proposed_drivers: Vec<Proposed<'a>>,
    to_review: bool,
    remarks: &'a [String],
    owner: &'a str,
    evidence: Vec<EvidenceJson<'a>>,
    claimed: Option<u8>,
    credited: Option<u8>,
    verdict: &'static str,
    indicative: bool,
}

/// What is stated about an inclusion beside its reason.
#[derive(Serialize)]
struct Said<'a> {
    drivers: &'a [Driver],
    driver_reference: &'a str,
    /// The ids of the only systems that it applies to; none for all.
    only_systems: &'a [String],
    implementation: &'a str,
}

#[derive(Serialize)]
struct Proposed<'a> {
    driver: Driver,
    reference: &'a str,
    system: Option<&'a str>,
    why: &'a str,
}

#[derive(Serialize)]
struct OwnControl<'a> {
    id: &'a str,
    title: &'a str,
    inclusion: Option<&'a str>,
    #[serde(flatten)]
    said: Said<'a>,
    remarks: &'a [String],
    owner: &'a str,
    evidence: Vec<EvidenceJson<'a>>,
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

pub(in crate::report) fn body<'a>(subject: &'a Subject, entries: &'a [Entry<'a>], own: &'a [OwnEntry<'a>]) -> Body<'a> {
    let (assessment, as_of) = (subject.assessment, subject.standing.as_of);
    let [(_, applies), (_, excluded), (_, undecided)] = counts(entries);
    let missing_reasons = missing_reasons(entries, own);
    let state = match assessment.statement_state(as_of) {
        StatementState::Draft => "Draft",
        StatementState::Approved => "Approved",
        StatementState::Changed => "ChangedSinceApproval",
    };
    Body {
        state: assessment.statement_footer(as_of),
        approval: Approval {
            state,
            version: &assessment.statement.version,
            approved_by: &assessment.statement.approved_by,
            approved_on: assessment.statement.approved_on,
        },
        scope: &assessment.profile.scope,
        counts: Counts { applies, excluded, undecided, own: own.len(), reason_missing: missing_reasons.len() },
        missing_reasons,
        warnings: many_exclusions(entries).into_iter().collect(),
        controls: entries.iter().map(|entry| control(subject, entry)).collect(),
        own_controls: own.iter().map(|entry| own_control(subject, entry)).collect(),
    }
}

fn control<'a>(subject: &Subject, entry: &'a Entry<'a>) -> Control<'a> {
    Control {
        id: entry.id,
        title: entry.title,
        state: entry.applicability.id(),
        basis: entry.exclusion.and_then(|exclusion| exclusion.basis),
        reason: entry.exclusion.map(|exclusion| exclusion.reason.as_str()),
        reference: entry.exclusion.map(|exclusion| exclusion.reference.as_str()),
        override_note: entry.exclusion.map(|exclusion| exclusion.override_note.as_str()),
        inclusion: entry.inclusion.as_deref(),
        suggested_reason: entry.suggestion.as_deref(),
        said: said(entry.in_use()),
        proposed_drivers: entry.proposed_drivers.iter().map(proposed).collect(),
        to_review: entry.is_to_review,
        remarks: &entry.remarks,
        owner: entry.owner,
        evidence: entry.evidence.iter().map(|item| evidence(subject, item)).collect(),
        claimed: entry.score.claimed().map(|level| level.number()),
        credited: entry.score.credited.map(|level| level.number()),
        verdict: entry.score.judgement.verdict.id(),
        indicative: entry.score.judgement.indicative,
    }
}

fn own_control<'a>(subject: &Subject, entry: &'a OwnEntry<'a>) -> OwnControl<'a> {
    let inclusion = &entry.control.inclusion;
    OwnControl {
        id: &entry.control.id,
        title: &entry.control.title,
        inclusion: inclusion.has_reason().then_some(inclusion.reason.as_str()),
        said: said(Some(inclusion)),
        remarks: &entry.remarks,
        owner: &entry.control.owner,
        evidence: entry.evidence.iter().map(|item| evidence(subject, item)).collect(),
    }
}

fn said(inclusion: Option<&Inclusion>) -> Said<'_> {
    Said {
        drivers: inclusion.map(|inclusion| inclusion.drivers.as_slice()).unwrap_or_default(),
        driver_reference: inclusion.map(|inclusion| inclusion.reference.as_str()).unwrap_or_default(),
        only_systems: inclusion.map(Inclusion::only_systems).unwrap_or_default(),
        implementation: inclusion.map(|inclusion| inclusion.implementation.as_str()).unwrap_or_default(),
    }
}

fn proposed(proposal: &ProposedDriver) -> Proposed<'_> {
    let ProposedDriver { driver, reference, system, why } = proposal;
    Proposed { driver: *driver, reference, system: system.as_deref(), why }
}

fn evidence<'a>(subject: &Subject, item: &'a Evidence) -> EvidenceJson<'a> {
    EvidenceJson {
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
    }
}

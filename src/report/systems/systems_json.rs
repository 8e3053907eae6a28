//! The register in JSON: one object a system, and the totals.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    impact::{
        progress::Form,
        sign_off::SignOffState,
        triggers::{Fired, FiredBy},
    },
    model::{
        level::ImpactLevel,
        profile::AiRole,
        system::{Stage, System},
    },
    report::{
        impact::case::{self, Case},
        systems::Totals,
    },
};

#[derive(Serialize)]
pub(in crate::report) struct Body<'a> {
    totals: Totals,
    systems: Vec<EntryJson<'a>>,
}

pub(in crate::report) fn body<'a>(cases: &'a [Case<'a>]) -> Body<'a> {
    Body { totals: Totals::of(cases), systems: cases.iter().map(EntryJson::from).collect() }
}

#[derive(Serialize)]
struct EntryJson<'a> {
    #[serde(flatten)]
    system: SystemJson<'a>,
    result: ResultJson,
    eu_act: ClassesJson<'a>,
    approval: ApprovalJson<'a>,
    fired: Vec<FiredJson<'a>>,
}

impl<'a> From<&'a Case<'a>> for EntryJson<'a> {
    fn from(case: &'a Case<'a>) -> EntryJson<'a> {
        EntryJson {
            system: case.into(),
            result: case.into(),
            eu_act: case.into(),
            approval: case.into(),
            fired: case.fired.iter().map(FiredJson::from).collect(),
        }
    }
}

/// What the register says about a system.
#[derive(Serialize)]
pub(in crate::report) struct SystemJson<'a> {
    id: &'a str,
    name: &'a str,
    version: &'a str,
    owner: &'a str,
    purpose: &'a str,
    stage: Option<Stage>,
    roles: &'a [AiRole],
    suppliers: &'a [String],
    affected: Vec<NamedJson<'a>>,
    in_scope: bool,
    scope_reason: &'a str,
    next_review: Option<NaiveDate>,
    review_overdue: bool,
    evidence: &'a [String],
}

/// An id with the name that the catalogue has for it; the id again where it knows none.
#[derive(Serialize)]
pub(in crate::report) struct NamedJson<'a> {
    pub(in crate::report) id: &'a str,
    pub(in crate::report) name: &'a str,
}

impl<'a> From<&'a Case<'a>> for SystemJson<'a> {
    fn from(case: &'a Case<'a>) -> SystemJson<'a> {
        let System { id, name, version, owner, purpose, stage, roles, suppliers, affected, .. } = case.system;
        SystemJson {
            id,
            name,
            version,
            owner,
            purpose,
            stage: *stage,
            roles,
            suppliers,
            affected: affected.iter().map(|id| NamedJson { id, name: case.form().group_name(id) }).collect(),
            in_scope: case.system.in_scope,
            scope_reason: &case.system.scope_reason,
            next_review: case.system.next_review,
            review_overdue: case.is_overdue(),
            evidence: &case.system.evidence,
        }
    }
}

/// The levels and what they rest on.
#[derive(Serialize)]
pub(in crate::report) struct ResultJson {
    banned: bool,
    before_measures: Option<ImpactLevel>,
    after_measures: Option<ImpactLevel>,
    basis: &'static str,
    provisional: bool,
    weighs_as: ImpactLevel,
    form: &'static str,
    form_because: Vec<String>,
    prompts: usize,
    answered: usize,
}

impl From<&Case<'_>> for ResultJson {
    fn from(case: &Case) -> ResultJson {
        let rating = case.rating;
        ResultJson {
            banned: rating.is_banned,
            before_measures: rating.inherent,
            after_measures: rating.residual,
            basis: case::basis_id(rating.basis),
            provisional: rating.is_provisional(),
            weighs_as: rating.weighing_level(),
            form: match case.progress.form {
                Form::Short => "Short",
                Form::Full => "Full",
            },
            form_because: case.full_form(),
            prompts: case.progress.total(),
            answered: case.progress.answered(),
        }
    }
}

/// The classes under the EU AI Act.
#[derive(Serialize)]
pub(in crate::report) struct ClassesJson<'a> {
    complete: bool,
    waits_at: Vec<&'a str>,
    classes: Vec<ClassJson<'a>>,
}

#[derive(Serialize)]
struct ClassJson<'a> {
    id: String,
    name: &'a str,
    references: Vec<String>,
    from: Option<NaiveDate>,
    was: Option<NaiveDate>,
}

impl<'a> From<&'a Case<'a>> for ClassesJson<'a> {
    fn from(case: &'a Case<'a>) -> ClassesJson<'a> {
        let (path, found) = (case.path(), &case.rating.classes);
        let classes = found.found(path).into_iter().map(|found| ClassJson {
            name: path.class(&found.id).map_or("", |class| &class.name),
            id: found.id,
            references: found.references,
            from: found.from,
            was: found.was,
        });
        ClassesJson {
            complete: found.is_complete(),
            waits_at: found.open.iter().chain(&found.also_open).map(String::as_str).collect(),
            classes: classes.collect(),
        }
    }
}

/// Whether the assessment is approved, and who must do so.
#[derive(Serialize)]
pub(in crate::report) struct ApprovalJson<'a> {
    state: &'static str,
    words: String,
    in_force: bool,
    approved_by: Option<&'a str>,
    approved_on: Option<NaiveDate>,
    must_approve: Option<ApproverJson>,
}

#[derive(Serialize)]
struct ApproverJson {
    level: ImpactLevel,
    by: String,
    own: bool,
}

impl<'a> From<&'a Case<'a>> for ApprovalJson<'a> {
    fn from(case: &'a Case<'a>) -> ApprovalJson<'a> {
        ApprovalJson {
            state: match case.state {
                SignOffState::NotSigned => "NotSigned",
                SignOffState::InPreparation => "InPreparation",
                SignOffState::InForce => "InForce",
                SignOffState::NotInForce(_) => "NotInForce",
            },
            words: case.state.words(),
            in_force: case.in_force.is_some(),
            approved_by: case.in_force.map(|sign_off| sign_off.approved_by.as_str()),
            approved_on: case.in_force.and_then(|sign_off| sign_off.approved_on),
            must_approve: case.approver().map(|(level, approver)| ApproverJson {
                level,
                by: approver.by,
                own: approver.is_own,
            }),
        }
    }
}

/// What asks for a new look.
#[derive(Serialize)]
pub(in crate::report) struct FiredJson<'a> {
    trigger: Option<&'a str>,
    cause: &'static str,
    on: Option<NaiveDate>,
    words: &'a str,
}

impl<'a> From<&'a Fired> for FiredJson<'a> {
    fn from(fired: &'a Fired) -> FiredJson<'a> {
        FiredJson {
            trigger: fired.trigger.as_deref(),
            cause: match fired.cause {
                FiredBy::ReviewDate => "ReviewDate",
                FiredBy::Fact => "Fact",
                FiredBy::Occasion => "Occasion",
                FiredBy::StaleEvidence => "StaleEvidence",
            },
            on: fired.on,
            words: &fired.words,
        }
    }
}

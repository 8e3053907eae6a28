//! The report on one impact assessment in JSON: everything that the page says, with fixed keys.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    bom::{Bill, Part, PartField},
    impact::{
        open_points::{About, OpenPoint},
        progress::{PromptState, state_of},
        sign_off,
    },
    model::{
        impact::{
            PromptReply,
            form::{Prompt, PromptKind, Section},
            sign_off::{Outcome, SignOff},
        },
        level::ImpactLevel,
        reference::Reference,
        system::System,
    },
    report::{
        impact::{
            case::Case,
            criteria::PROPOSED,
            eu_act_json::{self, EuActJson},
            harms_json::{self, BenefitJson, HarmJson, MeasureJson, NoHarmJson},
            sections,
        },
        systems::systems_json::{ApprovalJson, FiredJson, NamedJson, ResultJson, SystemJson},
    },
};

#[derive(Serialize)]
pub(super) struct Body<'a> {
    system: SystemJson<'a>,
    result: ResultJson,
    approval: ApprovalJson<'a>,
    sign_offs: Vec<SignOffJson<'a>>,
    fired: Vec<FiredJson<'a>>,
    open_points: Vec<OpenPointJson<'a>>,
    screening: Option<ScreeningJson<'a>>,
    harms: Vec<HarmJson<'a>>,
    no_harm: Vec<NoHarmJson<'a>>,
    benefits: Vec<BenefitJson<'a>>,
    measures: Vec<MeasureJson<'a>>,
    sections: Vec<SectionJson<'a>>,
    eu_act: EuActJson<'a>,
    bill: Option<Vec<PartJson>>,
    criteria: CriteriaJson<'a>,
}

/// One part of the bill of materials.
#[derive(Serialize)]
struct PartJson {
    kind: &'static str,
    name: String,
    version: String,
    supplier: String,
    licence: String,
}

/// The parts of the bill of materials; nothing where there is none, or it cannot be read.
fn parts(system: &System) -> Option<Vec<PartJson>> {
    let bill = Bill::of(&system.bill).ok().filter(|_| !system.bill.is_empty())?;
    let part = |part: &Part| {
        let text = |field: PartField| part.text(field).to_owned();
        PartJson {
            kind: part.kind().name(),
            name: text(PartField::Name),
            version: text(PartField::Version),
            supplier: text(PartField::Supplier),
            licence: text(PartField::Licence),
        }
    };
    Some(bill.parts().iter().map(part).collect())
}

pub(super) fn body<'a>(case: &'a Case<'a>) -> Body<'a> {
    let impact = case.impact();
    let sections = case.form().sections.iter().map(|section| SectionJson::new(case, section));
    Body {
        system: case.into(),
        result: case.into(),
        approval: case.into(),
        sign_offs: impact.sign_offs.iter().map(SignOffJson::from).collect(),
        fired: case.fired.iter().map(FiredJson::from).collect(),
        open_points: case.open_points.iter().map(OpenPointJson::from).collect(),
        screening: ScreeningJson::of(case),
        harms: impact.harms.iter().map(|harm| harms_json::harm(case, harm)).collect(),
        no_harm: impact.no_harm.iter().map(|none| harms_json::no_harm(case, none)).collect(),
        benefits: impact.benefits.iter().map(|benefit| harms_json::benefit(case, benefit)).collect(),
        measures: impact.measures.iter().map(|measure| harms_json::measure(case, measure)).collect(),
        sections: sections.filter(|section| !section.prompts.is_empty()).collect(),
        eu_act: eu_act_json::eu_act(case),
        bill: parts(case.system),
        criteria: CriteriaJson::of(case),
    }
}

#[derive(Serialize)]
struct SignOffJson<'a> {
    prepared_by: &'a str,
    prepared_on: Option<NaiveDate>,
    reviewed_by: &'a str,
    reviewed_on: Option<NaiveDate>,
    approved_by: &'a str,
    approver_function: &'a str,
    approved_on: Option<NaiveDate>,
    outcome: Option<Outcome>,
    conditions: &'a str,
    conditions_due: Option<NaiveDate>,
    conditions_checked_by: &'a str,
    before_measures: Option<ImpactLevel>,
    after_measures: Option<ImpactLevel>,
}

impl<'a> From<&'a SignOff> for SignOffJson<'a> {
    fn from(sign_off: &'a SignOff) -> SignOffJson<'a> {
        SignOffJson {
            prepared_by: &sign_off.prepared_by,
            prepared_on: sign_off.prepared_on,
            reviewed_by: &sign_off.reviewed_by,
            reviewed_on: sign_off.reviewed_on,
            approved_by: &sign_off.approved_by,
            approver_function: &sign_off.approver_function,
            approved_on: sign_off.approved_on,
            outcome: sign_off.outcome,
            conditions: &sign_off.conditions,
            conditions_due: sign_off.conditions_due,
            conditions_checked_by: &sign_off.conditions_checked_by,
            before_measures: sign_off.level,
            after_measures: sign_off.residual,
        }
    }
}

#[derive(Serialize)]
struct OpenPointJson<'a> {
    about: &'static str,
    id: Option<&'a str>,
    words: &'a str,
}

impl<'a> From<&'a OpenPoint> for OpenPointJson<'a> {
    fn from(point: &'a OpenPoint) -> OpenPointJson<'a> {
        let (about, id) = match &point.about {
            About::Banned => ("Banned", None),
            About::Screening => ("Screening", None),
            About::RestrictedUse(id) => ("RestrictedUse", Some(id)),
            About::Assessment => ("Assessment", None),
            About::Harm(id) => ("Harm", Some(id)),
            About::Measure(id) => ("Measure", Some(id)),
            About::NoHarm => ("NoHarm", None),
            About::Section(id) => ("Section", Some(id)),
            About::Dimension(id) => ("Dimension", Some(id)),
            About::UnknownId => ("UnknownId", None),
            About::NextReview => ("NextReview", None),
            About::SignOff => ("SignOff", None),
        };
        OpenPointJson { about, id: id.map(String::as_str), words: &point.words }
    }
}

#[derive(Serialize)]
struct ScreeningJson<'a> {
    on: NaiveDate,
    by: &'a str,
    sensitive: Vec<NamedJson<'a>>,
    not_sure: Vec<NamedJson<'a>>,
    restricted: Vec<RestrictedJson<'a>>,
}

#[derive(Serialize)]
struct RestrictedJson<'a> {
    id: &'a str,
    name: &'a str,
    action: &'a str,
    banned: bool,
    settled: &'a str,
}

impl<'a> ScreeningJson<'a> {
    fn of(case: &Case<'a>) -> Option<ScreeningJson<'a>> {
        let (screening, form) = (case.system.screening.as_ref()?, case.form());
        let named = |ids: &'a [String]| {
            let name =
                |id: &str| form.sensitive_uses.iter().find(|known| known.id == id).map(|known| known.name.as_str());
            ids.iter().map(|id| NamedJson { id, name: name(id).unwrap_or(id) }).collect()
        };
        let restricted = screening.restricted.iter().map(|restricted| {
            let known = form.restricted_use(&restricted.id);
            RestrictedJson {
                id: &restricted.id,
                name: known.map_or("", |known| &known.name),
                action: known.map_or("", |known| &known.action),
                banned: known.is_some_and(|known| known.banned),
                settled: &restricted.settled,
            }
        });
        Some(ScreeningJson {
            on: screening.on,
            by: &screening.by,
            sensitive: named(&screening.sensitive),
            not_sure: named(&screening.unsure),
            restricted: restricted.collect(),
        })
    }
}

#[derive(Serialize)]
struct SectionJson<'a> {
    id: &'a str,
    title: &'a str,
    requirements: &'a [Reference],
    article_27: Vec<&'a str>,
    prompts: Vec<PromptJson<'a>>,
}

#[derive(Serialize)]
struct PromptJson<'a> {
    id: &'a str,
    text: &'a str,
    kind: &'static str,
    essential: bool,
    short_form: bool,
    state: &'static str,
    reply: Option<&'a PromptReply>,
}

impl<'a> SectionJson<'a> {
    fn new(case: &Case<'a>, section: &'a Section) -> SectionJson<'a> {
        SectionJson {
            id: &section.id,
            title: &section.title,
            requirements: &section.requirements,
            article_27: section.fria.iter().map(|element| element.as_str()).collect(),
            prompts: sections::asked(case, section).map(|prompt| PromptJson::new(case, prompt)).collect(),
        }
    }
}

impl<'a> PromptJson<'a> {
    fn new(case: &Case<'a>, prompt: &'a Prompt) -> PromptJson<'a> {
        PromptJson {
            id: &prompt.id,
            text: &prompt.text,
            kind: match &prompt.kind {
                PromptKind::Text => "Text",
                PromptKind::List => "List",
                PromptKind::Date => "Date",
                PromptKind::YesNo => "YesNo",
                PromptKind::One(_) => "One",
                PromptKind::Many(_) => "Many",
                PromptKind::Held(_) => "Held",
            },
            essential: prompt.essential,
            short_form: prompt.short,
            state: match state_of(prompt, case.system, case.rating) {
                PromptState::Open => "Open",
                PromptState::Unknown => "Unknown",
                PromptState::Answered => "Answered",
            },
            reply: case.impact().answer(&prompt.id),
        }
    }
}

#[derive(Serialize)]
struct CriteriaJson<'a> {
    in_force: bool,
    approved_by: &'a str,
    approved_on: Option<NaiveDate>,
    mark: Option<&'static str>,
    /// Severity 1 first, within it likelihood 1 first.
    matrix: [[ImpactLevel; 5]; 5],
    scales: Vec<ScaleJson<'a>>,
    approvals: Vec<LevelApprovalJson<'a>>,
}

#[derive(Serialize)]
struct ScaleJson<'a> {
    id: &'a str,
    title: &'a str,
    steps: Vec<StepJson<'a>>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    step: u8,
    name: &'a str,
    meaning: &'a str,
    own: bool,
}

#[derive(Serialize)]
struct LevelApprovalJson<'a> {
    level: ImpactLevel,
    by: String,
    own: bool,
    then: &'a str,
}

impl<'a> CriteriaJson<'a> {
    fn of(case: &Case<'a>) -> CriteriaJson<'a> {
        let subject = case.subject;
        let own = &subject.assessment.criteria;
        let in_force = case.has_own_criteria();
        let scales = case.form().scales.iter().map(|scale| ScaleJson {
            id: &scale.id,
            title: &scale.title,
            steps: case.steps(scale).map(|(step, name, meaning, own)| StepJson { step, name, meaning, own }).collect(),
        });
        let approvals = ImpactLevel::ALL.map(|level| {
            let approver = sign_off::approver(subject.catalog, subject.assessment, level, case.as_of());
            let then = case.form().approval(level).map_or("", |approval| &approval.then);
            LevelApprovalJson { level, by: approver.by, own: approver.is_own, then }
        });
        CriteriaJson {
            in_force,
            approved_by: &own.approved_by,
            approved_on: own.approved_on,
            mark: (!in_force).then_some(PROPOSED),
            matrix: own.matrix_in_force(case.as_of()).0,
            scales: scales.collect(),
            approvals: approvals.into_iter().collect(),
        }
    }
}

//! One AI system with all that follows from it, as every part of its report needs it; and the words the parts share.

use chrono::NaiveDate;

use crate::{
    impact::{
        duties::{BoundDuty, duties},
        fria::{Fria, fria},
        open_points::{OpenPoint, open_points},
        progress::{Form, Progress, progress},
        rating::{Basis, FullFormReason, SystemRating},
        sign_off::{self, Approver, SignOffState},
        triggers::{Fired, fired},
    },
    model::{
        decision_path::{DecisionPath, PathClass},
        evidence::{Evidence, Freshness},
        impact::{
            ImpactAssessment,
            criteria::OwnAnchor,
            form::{ImpactForm, ScaleText},
            sign_off::SignOff,
        },
        level::ImpactLevel,
        profile::AiRole,
        system::System,
    },
    report::{
        Subject,
        line::{Line, Tone},
        words,
    },
};

/// A system and what the rules say about it on the day of the report.
pub(in crate::report) struct Case<'a> {
    pub(in crate::report) subject: &'a Subject<'a>,
    pub(in crate::report) system: &'a System,
    pub(in crate::report) rating: &'a SystemRating,
    /// How far the form is answered that is asked for.
    pub(in crate::report) progress: Progress,
    /// Where the last sign-off stands.
    pub(in crate::report) state: SignOffState,
    /// The approval that counts; nothing while it is a draft.
    pub(in crate::report) in_force: Option<&'a SignOff>,
    /// What is still open.
    pub(in crate::report) open_points: Vec<OpenPoint>,
    /// What asks for a new look.
    pub(in crate::report) fired: Vec<Fired>,
    /// The duties under the EU AI Act.
    pub(in crate::report) duties: Vec<BoundDuty<'a>>,
    /// Whether Article 27 of it applies.
    pub(in crate::report) fria: Fria,
}

impl<'a> Case<'a> {
    /// A system of the assessment that the subject speaks of.
    pub(in crate::report) fn new(subject: &'a Subject<'a>, system: &'a System) -> Case<'a> {
        let (catalog, assessment, as_of) = (subject.catalog, subject.assessment, subject.standing.as_of);
        let rating = subject.standing.system(&system.id).expect("the standing rates every system of its assessment");
        Case {
            subject,
            system,
            rating,
            progress: progress(&catalog.impact, system, rating, Form::asked_for(rating)),
            state: sign_off::state(system, rating, as_of),
            in_force: sign_off::in_force(system, rating, as_of),
            open_points: open_points(catalog, assessment, system, rating, as_of),
            fired: fired(catalog, assessment, system, rating, as_of),
            duties: duties(&catalog.eu_act, &rating.classes),
            fria: fria(&catalog.eu_act, &rating.classes),
        }
    }

    pub(in crate::report) fn as_of(&self) -> NaiveDate {
        self.subject.standing.as_of
    }

    pub(in crate::report) fn impact(&self) -> &'a ImpactAssessment {
        &self.system.impact
    }

    pub(in crate::report) fn form(&self) -> &'a ImpactForm {
        &self.subject.catalog.impact
    }

    pub(in crate::report) fn path(&self) -> &'a DecisionPath {
        &self.subject.catalog.eu_act
    }

    /// Who must approve at the level after measures; nothing while there is none.
    pub(in crate::report) fn approver(&self) -> Option<(ImpactLevel, Approver)> {
        let level = self.rating.residual?;
        Some((level, sign_off::approver(self.subject.catalog, self.subject.assessment, level, self.as_of())))
    }

    /// Whether criteria of the organization count.
    pub(in crate::report) fn has_own_criteria(&self) -> bool {
        self.subject.assessment.criteria.is_in_force(self.as_of())
    }

    /// The steps of a scale as they count: number, name, meaning, and whether the meaning is the organization's own.
    pub(in crate::report) fn steps(&self, scale: &'a ScaleText) -> impl Iterator<Item = (u8, &'a str, &'a str, bool)> {
        let (own, counts) = (&self.subject.assessment.criteria, self.has_own_criteria());
        scale.steps.iter().zip(1_u8..).map(move |(step, number)| {
            let is_here = |anchor: &&OwnAnchor| counts && anchor.scale == scale.id && anchor.step == number;
            let anchor = own.anchors.iter().find(is_here);
            let meaning = anchor.map_or(step.anchor.as_str(), |anchor| anchor.anchor.as_str());
            (number, step.name.as_str(), meaning, anchor.is_some())
        })
    }

    /// "Approved, by ... on ...", or that it is a draft.
    pub(in crate::report) fn approval(&self) -> String {
        let Some(sign_off) = self.in_force else {
            return if self.rating.is_banned { "banned by law" } else { "draft until approved" }.to_owned();
        };
        let outcome = sign_off.outcome.map_or("approved", |outcome| outcome.name());
        let on = sign_off.approved_on.map(|day| format!(" on {day}")).unwrap_or_default();
        format!("{outcome}, by {}{on}", sign_off.approved_by)
    }

    /// The same, for a draft with where its sign-off stands.
    pub(in crate::report) fn approval_in_full(&self) -> String {
        let is_draft = self.in_force.is_none() && !self.rating.is_banned;
        if is_draft { format!("{} ({})", self.approval(), self.state.words()) } else { self.approval() }
    }

    /// Whether the day of the next review has passed.
    pub(in crate::report) fn is_overdue(&self) -> bool {
        self.system.next_review.is_some_and(|day| day < self.as_of())
    }

    /// The day of the next review, with a mark once it has passed.
    pub(in crate::report) fn next_review(&self) -> String {
        match self.system.next_review {
            Some(day) if self.is_overdue() => format!("{day} (overdue)"),
            Some(day) => day.to_string(),
            None => "no date set".to_owned(),
        }
    }

    /// Who is affected, by name.
    pub(in crate::report) fn affected(&self) -> Vec<&'a str> {
        self.system.affected.iter().map(|id| self.form().group_name(id)).collect()
    }

    /// The classes found under the EU AI Act.
    pub(in crate::report) fn classes(&self) -> Vec<&'a PathClass> {
        self.rating.classes.classes.iter().filter_map(|id| self.path().class(id)).collect()
    }

    /// What asks for the full form, by ids and names alone.
    pub(in crate::report) fn full_form_in_short(&self) -> String {
        words::list(self.rating.full_form.iter().map(|reason| match reason {
            FullFormReason::SensitiveUse(id) if id.is_empty() => "sensitive use".to_owned(),
            FullFormReason::SensitiveUse(id) => id.clone(),
            FullFormReason::Class(id) => self.path().class(id).map_or(id.as_str(), |class| &class.name).to_owned(),
            FullFormReason::GraveHarm(id) => format!("harm {id}"),
        }))
    }

    /// What asks for the full form, in words.
    pub(in crate::report) fn full_form(&self) -> Vec<String> {
        self.rating.full_form.iter().map(|reason| self.full_form_reason(reason)).collect()
    }

    fn full_form_reason(&self, reason: &FullFormReason) -> String {
        match reason {
            FullFormReason::SensitiveUse(id) if id.is_empty() => "marked as a sensitive use in the register".to_owned(),
            FullFormReason::SensitiveUse(id) => {
                let known = self.form().sensitive_uses.iter().find(|sensitive| sensitive.id == *id);
                format!("sensitive use {id}: {}", known.map_or("not in the catalogue", |sensitive| &sensitive.name))
            }
            FullFormReason::Class(id) => {
                format!("EU AI Act: {}", self.path().class(id).map_or(id.as_str(), |class| &class.name))
            }
            FullFormReason::GraveHarm(id) => format!("harm {id}: gravity 4, 5 or unknown"),
        }
    }

    /// The name of a dimension, or its id where the catalogue does not know it.
    pub(in crate::report) fn dimension<'b>(&self, id: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.form().dimension(id).map_or(id, |dimension| &dimension.name)
    }

    /// Evidence by its ids, with date and freshness; an id that leads nowhere says so.
    pub(in crate::report) fn evidence(&self, ids: &[String]) -> String {
        words::list(ids.iter().map(|id| match self.evidence_item(id) {
            Some(evidence) if evidence.freshness(self.as_of()) == Freshness::Current => {
                let date = evidence.date.map(|date| format!("{date}, ")).unwrap_or_default();
                format!("{} ({date}current)", evidence.title)
            }
            Some(evidence) => words::evidence(evidence, self.as_of()),
            None => format!("{id} (not in the save)"),
        }))
    }

    pub(in crate::report) fn evidence_item(&self, id: &str) -> Option<&'a Evidence> {
        self.subject.assessment.evidence_item(id)
    }
}

/// On what the level of a system rests.
pub(in crate::report) const fn basis(rating: &SystemRating) -> &'static str {
    match rating.basis {
        Basis::NotAssessed if rating.is_banned => "nothing: a banned use is not rated",
        Basis::NotAssessed => "nothing yet: not assessed",
        Basis::Stated => "a level stated in the register, from an assessment kept elsewhere",
        Basis::Harms => "the harms rated here, of which the highest decides",
        Basis::NoHarm => "\"no harm found\", with its reason",
    }
}

/// The id of a basis in JSON and CSV.
pub(in crate::report) const fn basis_id(basis: Basis) -> &'static str {
    match basis {
        Basis::NotAssessed => "NotAssessed",
        Basis::Stated => "Stated",
        Basis::Harms => "Harms",
        Basis::NoHarm => "NoHarm",
    }
}

/// A level in its tone, or that there is none.
pub(in crate::report) fn level(level: Option<ImpactLevel>) -> Line {
    match level {
        None => Line::toned("not assessed", Tone::Open),
        Some(level) => {
            let tone = match level {
                ImpactLevel::Low => Tone::Good,
                ImpactLevel::Medium => Tone::Minor,
                ImpactLevel::High | ImpactLevel::VeryHigh => Tone::Major,
            };
            Line::toned(level.name(), tone)
        }
    }
}

/// Roles by name.
pub(in crate::report) fn roles(roles: &[AiRole]) -> String {
    roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ")
}

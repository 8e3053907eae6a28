//! The impact level of a system: per harm from severity and likelihood, of the system the highest (scoring rule 7).

mod residual;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

pub use residual::ResidualRule;

use crate::{
    impact::{
        path::{self, Classification},
        rating::residual::Treatment,
    },
    model::{
        assessment::Assessment,
        catalog::Catalog,
        decision_path::PathClass,
        evidence::Freshness,
        impact::{
            ImpactAssessment,
            criteria::Matrix,
            harm::{Harm, Measure, Rated, Rating, Scale},
        },
        level::ImpactLevel,
        system::System,
    },
};

/// From this step on reach adds to severity.
const WIDE_REACH: u8 = 4;
/// From this step on reversibility adds to severity.
pub(crate) const HARD_TO_REVERSE: u8 = 3;
/// From this step on duration adds to severity.
pub(crate) const LASTING: u8 = 4;
/// The highest severity.
const HIGHEST_SEVERITY: u8 = 5;
/// From this gravity on a harm asks for the full form.
const GRAVE: u8 = 4;

/// How one set of ratings comes to its level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatedLevel {
    /// The level.
    pub level: ImpactLevel,
    /// Severity, 1 to 5.
    pub severity: u8,
    /// What was added to gravity, and why; in the order of the rule.
    pub additions: Vec<Addition>,
    /// Likelihood as it counts, 1 to 5.
    pub likelihood: u8,
    /// What the matrix gives.
    pub by_matrix: ImpactLevel,
    /// The floor rule that lifted the level above that, if one did.
    pub floor: Option<Floor>,
    /// The scales that nobody knows or that were not asked; each counts as its top.
    pub assumed: Vec<Scale>,
}

/// What adds one to severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addition {
    /// Reach is 4 or 5.
    Reach,
    /// Reversibility is 3 or 4, or duration is 4.
    Lasting,
}

/// A floor under the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Floor {
    /// FR-1: gravity 5 is at least high.
    Gravity5,
    /// FR-2: gravity 4 that cannot be undone is at least high.
    Gravity4Irreversible,
    /// FR-5: gravity 4 is at least medium.
    Gravity4,
}

impl Floor {
    /// The id of the rule in the data.
    pub const fn id(self) -> &'static str {
        match self {
            Floor::Gravity5 => "FR-1",
            Floor::Gravity4Irreversible => "FR-2",
            Floor::Gravity4 => "FR-5",
        }
    }

    /// The rule in words.
    pub const fn words(self) -> &'static str {
        match self {
            Floor::Gravity5 => "gravity 5 is at least high, however rare",
            Floor::Gravity4Irreversible => "gravity 4 that cannot be undone is at least high",
            Floor::Gravity4 => "gravity 4 is at least medium, however rare",
        }
    }
}

/// Rates one set of values; nothing while gravity or likelihood was never asked.
///
/// `Unknown` counts as the top of its scale, and so does another scale that was never asked: silence never counts better.
pub fn rate(rating: &Rating, matrix: &Matrix) -> Option<RatedLevel> {
    rating.gravity?;
    rating.likelihood?;
    let step = |scale: Scale| match rating.on(scale) {
        Some(Rated::At(step)) => step.clamp(1, scale.top()),
        Some(Rated::Unknown) | None => scale.top(),
    };
    let is_assumed = |scale: &Scale| !matches!(rating.on(*scale), Some(Rated::At(_)));
    let (gravity, reversibility) = (step(Scale::Gravity), step(Scale::Reversibility));
    let is_lasting = reversibility >= HARD_TO_REVERSE || step(Scale::Duration) >= LASTING;
    let additions: Vec<Addition> =
        [(step(Scale::Reach) >= WIDE_REACH, Addition::Reach), (is_lasting, Addition::Lasting)]
            .into_iter()
            .filter_map(|(applies, addition)| applies.then_some(addition))
            .collect();
    let severity = (gravity + additions.len() as u8).min(HIGHEST_SEVERITY);
    let likelihood = step(Scale::Likelihood);
    let by_matrix = matrix.level(severity, likelihood);
    let floors = [
        (gravity == 5, Floor::Gravity5, ImpactLevel::High),
        (gravity == 4 && reversibility == 4, Floor::Gravity4Irreversible, ImpactLevel::High),
        (gravity == 4, Floor::Gravity4, ImpactLevel::Medium),
    ];
    let lifting = floors.into_iter().find(|(applies, _, level)| *applies && *level > by_matrix);
    Some(RatedLevel {
        level: lifting.map_or(by_matrix, |(_, _, level)| level),
        severity,
        additions,
        likelihood,
        by_matrix,
        floor: lifting.map(|(_, floor, _)| floor),
        assumed: Scale::ALL.into_iter().filter(is_assumed).collect(),
    })
}

/// One harm with its levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HarmRating {
    /// The id of the harm.
    pub id: String,
    /// Before measures; nothing while it is not rated.
    pub inherent: Option<RatedLevel>,
    /// After measures, as rated; whether it counts says `residual`.
    pub after: Option<RatedLevel>,
    /// The level after measures that counts, and why not a lower one.
    pub residual: Option<(ImpactLevel, ResidualRule)>,
}

impl HarmRating {
    /// Whether a lower level than before measures is claimed, whether it counts or not.
    pub fn claims_lower(&self) -> bool {
        match (&self.inherent, &self.after) {
            (Some(inherent), Some(after)) => after.level < inherent.level,
            (None, _) | (_, None) => false,
        }
    }
}

/// On what the level of a system rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Nothing yet, or its use is banned and it is not rated.
    NotAssessed,
    /// The level stated in the register, of an assessment kept elsewhere.
    Stated,
    /// The harms rated here.
    Harms,
    /// "No harm found", with its reason.
    NoHarm,
}

/// What asks for the full form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FullFormReason {
    /// A sensitive use, by its id; empty for the mark in the register.
    SensitiveUse(String),
    /// A class under the EU AI Act, by its id.
    Class(String),
    /// A harm of gravity 4 or 5, or of unknown gravity, by its id.
    GraveHarm(String),
}

/// One system with its levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemRating {
    /// The id of the system.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Whether the management system covers it.
    pub in_scope: bool,
    /// On what its level rests.
    pub basis: Basis,
    /// The level before measures, the highest over its harms; nothing while it is not assessed, or its use is banned.
    pub inherent: Option<ImpactLevel>,
    /// The level after measures, the highest over its harms.
    pub residual: Option<ImpactLevel>,
    /// Whether the level can still change: a rating is unknown, or a harm is not rated yet.
    pub is_open: bool,
    /// Whether a sensitive use was found, or nobody is sure.
    pub is_sensitive: bool,
    /// Whether its use is banned by law.
    pub is_banned: bool,
    /// Its harms, in the order of the assessment.
    pub harms: Vec<HarmRating>,
    /// What asks for the full form; empty where the short form is enough.
    pub full_form: Vec<FullFormReason>,
    /// Its classes under the EU AI Act.
    pub classes: Classification,
}

impl SystemRating {
    /// The level that weighs: a banned use counts as very high, and a missing level as medium, or high for a sensitive use (scoring rule 5).
    pub fn weighing_level(&self) -> ImpactLevel {
        match (self.is_banned, self.inherent, self.is_sensitive) {
            (true, _, _) => ImpactLevel::VeryHigh,
            (false, Some(level), _) => level,
            (false, None, true) => ImpactLevel::High,
            (false, None, false) => ImpactLevel::Medium,
        }
    }

    /// Whether the level that weighs is a stand-in, or can still change.
    pub fn is_provisional(&self) -> bool {
        self.is_banned || self.inherent.is_none() || self.is_open
    }

    /// Whether the level after measures can still change: as the one before them, or a rating after them is unknown.
    pub fn is_residual_open(&self) -> bool {
        let is_assumed = |harm: &HarmRating| harm.after.as_ref().is_some_and(|after| !after.assumed.is_empty());
        self.is_open || (self.residual.is_some() && self.harms.iter().any(is_assumed))
    }

    /// What asks for the full form, each in a few words.
    pub fn full_form_words(&self, catalog: &Catalog) -> Vec<String> {
        let words = |reason: &FullFormReason| match reason {
            FullFormReason::SensitiveUse(id) if id.is_empty() => "a sensitive use".to_owned(),
            FullFormReason::SensitiveUse(id) => format!("sensitive use {id}"),
            FullFormReason::Class(id) => {
                let name = catalog.eu_act.class(id).map_or(id.as_str(), |class| &class.name);
                format!("the class \"{name}\"")
            }
            FullFormReason::GraveHarm(id) => format!("the gravity of harm {id}"),
        };
        self.full_form.iter().map(words).collect()
    }

    /// The rating of one harm.
    pub fn harm(&self, id: &str) -> Option<&HarmRating> {
        self.harms.iter().find(|harm| harm.id == id)
    }
}

/// Rates all systems of an assessment, in its order.
pub fn rate_systems(catalog: &Catalog, assessment: &Assessment, as_of: NaiveDate) -> Vec<SystemRating> {
    assessment.systems.iter().map(|system| rate_system(catalog, assessment, system, as_of)).collect()
}

/// Rates one system of an assessment.
pub fn rate_system(catalog: &Catalog, assessment: &Assessment, system: &System, as_of: NaiveDate) -> SystemRating {
    let matrix = assessment.criteria.matrix_in_force(as_of);
    let impact = &system.impact;
    let is_proven = |measure: &Measure| is_proven(measure, assessment, as_of);
    let harms: Vec<HarmRating> = impact.harms.iter().map(|harm| rate_harm(harm, impact, &matrix, is_proven)).collect();
    let classes = path::classify(&catalog.eu_act, &system.eu_act);
    let found: Vec<&PathClass> = classes.classes.iter().filter_map(|id| catalog.eu_act.class(id)).collect();
    let mut restricted = system.screening.iter().flat_map(|screening| &screening.restricted);
    let is_barred_by_law = |id: &str| catalog.impact.restricted_use(id).is_some_and(|restricted| restricted.banned);
    let is_banned = system.banned_use
        || restricted.any(|restricted| is_barred_by_law(&restricted.id))
        || found.iter().any(|class| class.banned);
    let (basis, inherent, residual) =
        if is_banned { (Basis::NotAssessed, None, None) } else { level_of(system, &harms) };
    let sensitive = sensitive_uses(system);
    let is_unsettled = |rating: &HarmRating| rating.inherent.as_ref().is_none_or(|level| !level.assumed.is_empty());
    let of_full_form = found.iter().filter(|class| class.full_form).map(|class| class.id.to_string());
    let full_form = sensitive
        .iter()
        .map(|id| FullFormReason::SensitiveUse(id.clone()))
        .chain(of_full_form.map(FullFormReason::Class))
        .chain(impact.harms.iter().filter(|harm| is_grave(harm)).map(|harm| FullFormReason::GraveHarm(harm.id.clone())))
        .collect();
    SystemRating {
        id: system.id.clone(),
        name: system.name.clone(),
        in_scope: system.in_scope,
        basis,
        inherent,
        residual,
        is_open: harms.iter().any(is_unsettled),
        is_sensitive: !sensitive.is_empty(),
        is_banned,
        harms,
        full_form,
        classes,
    }
}

/// The level of a system: the highest over its harms, never a sum; else "no harm found"; else the one stated.
fn level_of(system: &System, harms: &[HarmRating]) -> (Basis, Option<ImpactLevel>, Option<ImpactLevel>) {
    let inherent = harms.iter().filter_map(|harm| harm.inherent.as_ref()).map(|rated| rated.level).max();
    let residual = harms.iter().filter_map(|harm| harm.residual).map(|(level, _)| level).max();
    match (inherent, system.level) {
        (Some(_), _) => (Basis::Harms, inherent, residual),
        (None, _) if system.impact.says_no_harm() => (Basis::NoHarm, Some(ImpactLevel::Low), Some(ImpactLevel::Low)),
        (None, Some(stated)) => (Basis::Stated, Some(stated), Some(system.residual.unwrap_or(stated))),
        (None, None) => (Basis::NotAssessed, None, None),
    }
}

fn rate_harm(
    harm: &Harm,
    impact: &ImpactAssessment,
    matrix: &Matrix,
    is_proven: impl Fn(&Measure) -> bool,
) -> HarmRating {
    let inherent = rate(&harm.before, matrix);
    let after = rate(&harm.after, matrix);
    let claimed = after.as_ref().map(|after| after.level);
    let residual = inherent.as_ref().map(|inherent| {
        residual::of(inherent.level, claimed.unwrap_or(inherent.level), &Treatment::of(harm, impact, is_proven))
    });
    HarmRating { id: harm.id.clone(), inherent, after, residual }
}

/// Whether current evidence shows a measure at work.
pub fn is_proven(measure: &Measure, assessment: &Assessment, as_of: NaiveDate) -> bool {
    let items = measure.evidence.iter().filter_map(|id| assessment.evidence_item(id));
    items.into_iter().any(|evidence| evidence.freshness(as_of) == Freshness::Current)
}

/// Whether a harm could be grave: gravity 4 or 5, or not known.
fn is_grave(harm: &Harm) -> bool {
    match harm.before.gravity {
        Some(Rated::At(step)) => step >= GRAVE,
        Some(Rated::Unknown) => true,
        None => false,
    }
}

/// The sensitive uses that apply or of which nobody is sure; an empty id stands for the mark in the register.
fn sensitive_uses(system: &System) -> Vec<String> {
    let screened = system.screening.iter().flat_map(|screening| screening.sensitive.iter().chain(&screening.unsure));
    let marked = system.sensitive_use.then(String::new);
    screened.cloned().chain(marked).collect()
}

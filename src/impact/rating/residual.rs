//! The level of a harm after measures: what is claimed counts only as far as measures are shown at work (scoring rule 7).

use crate::model::{
    impact::{
        ImpactAssessment,
        harm::{Harm, Measure, MeasureKind},
    },
    level::ImpactLevel,
};

/// Why the residual level of a harm is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResidualRule {
    /// Nothing lower is claimed: not rated after measures, or not lower.
    NotLowered,
    /// Lower is claimed without any measure.
    NoMeasure,
    /// A measure that lowers it has no current evidence.
    Unproven,
    /// As rated: one step lower, shown by evidence.
    AsRated,
    /// One step lower; for more, a measure that avoids it with evidence and the approver's reason are missing.
    OneStep,
    /// As rated: further than one step, by a measure that avoids it and the approver's reason.
    Avoided,
}

impl ResidualRule {
    /// The rule in words, as the end of a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            ResidualRule::NotLowered => "nothing lower is claimed",
            ResidualRule::NoMeasure => "a lower level needs at least one measure",
            ResidualRule::Unproven => "a lower level needs current evidence of each measure that lowers it",
            ResidualRule::AsRated => "each measure that lowers it is shown by current evidence",
            ResidualRule::OneStep => {
                "one step lower; further down needs a measure that avoids the harm, with evidence, and the approver's reason"
            }
            ResidualRule::Avoided => "a measure avoids the harm, and the approver gave a reason",
        }
    }
}

/// What is done against one harm, as far as its residual level depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Treatment {
    /// Whether a measure is named.
    has_measure: bool,
    /// Whether each measure named is there and shown by current evidence.
    all_proven: bool,
    /// Whether one of them avoids the harm and is shown by current evidence.
    is_avoided: bool,
    /// Whether the approver says why more than one step is accepted.
    is_accepted: bool,
}

impl Treatment {
    pub(super) fn of(harm: &Harm, impact: &ImpactAssessment, is_proven: impl Fn(&Measure) -> bool) -> Treatment {
        let measures: Vec<&Measure> = harm.measures.iter().filter_map(|id| impact.measure(id)).collect();
        Treatment {
            has_measure: !harm.measures.is_empty(),
            all_proven: measures.len() == harm.measures.len() && measures.iter().all(|measure| is_proven(measure)),
            is_avoided: measures.iter().any(|measure| measure.kind == MeasureKind::Avoid && is_proven(measure)),
            is_accepted: !harm.approver_reason.trim().is_empty(),
        }
    }
}

/// The residual level of a harm of that inherent level for which another is claimed after measures.
pub(super) fn of(inherent: ImpactLevel, claimed: ImpactLevel, treatment: &Treatment) -> (ImpactLevel, ResidualRule) {
    match steps_down(inherent, claimed) {
        // A level that measures raise counts as raised.
        0 => (claimed, ResidualRule::NotLowered),
        _ if !treatment.has_measure => (inherent, ResidualRule::NoMeasure),
        _ if !treatment.all_proven => (inherent, ResidualRule::Unproven),
        1 => (claimed, ResidualRule::AsRated),
        _ if treatment.is_avoided && treatment.is_accepted => (claimed, ResidualRule::Avoided),
        _ => (one_lower(inherent), ResidualRule::OneStep),
    }
}

/// How many steps a level lies under another; 0 when it does not.
fn steps_down(from: ImpactLevel, to: ImpactLevel) -> usize {
    ImpactLevel::ALL.iter().filter(|level| to <= **level && **level < from).count()
}

/// The level one step lower; the lowest stays.
fn one_lower(level: ImpactLevel) -> ImpactLevel {
    ImpactLevel::ALL.into_iter().rfind(|lower| *lower < level).unwrap_or(level)
}

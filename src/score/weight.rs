//! Weights and targets: how the AI systems in scope raise what faces them (scoring rules 5 and 8).

use crate::model::{
    assessment::Assessment,
    level::{ImpactLevel, Level},
    requirement::Requirement,
};

/// The factor, in quarters, from which on the target of system-facing requirements is at least 4: one and a half.
const RAISING_FACTOR: u64 = 6;
/// The target that a high impact level asks for.
const RAISED_TARGET: Level = Level::ALL[4];
/// A factor of 1, in quarters.
const PLAIN_FACTOR: u64 = 4;

/// The weight factor of an assessment, the same for all its system-facing requirements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factor {
    quarters: u64,
}

impl Factor {
    /// The factor by the highest inherent impact level among the systems in scope; 1 when there is none.
    pub fn of(assessment: &Assessment) -> Factor {
        let highest = assessment.systems_in_scope().map(|system| system.weighing_level()).max();
        Factor { quarters: highest.map_or(PLAIN_FACTOR, ImpactLevel::factor_in_quarters) }
    }

    /// The factor of one requirement in quarters: 4, 5, 6 or 8; always 4 where no system is faced.
    pub fn quarters_for(self, requirement: &Requirement) -> u64 {
        if requirement.system_facing { self.quarters } else { PLAIN_FACTOR }
    }

    /// The weight of a requirement: base (1 to 3) times factor in quarters, 4 to 24.
    pub fn weight_of(self, requirement: &Requirement) -> u64 {
        u64::from(requirement.weight) * self.quarters_for(requirement)
    }

    /// Whether the impact level lifts the target of a requirement above that of its category.
    pub fn raises_target(self, requirement: &Requirement, category_target: Level) -> bool {
        self.quarters_for(requirement) >= RAISING_FACTOR && category_target < RAISED_TARGET
    }

    /// The target of a requirement.
    pub fn target_of(self, requirement: &Requirement, category_target: Level) -> Level {
        if self.raises_target(requirement, category_target) { RAISED_TARGET } else { category_target }
    }
}

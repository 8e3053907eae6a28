//! Weights and targets: how the AI systems in scope raise what faces them (scoring rules 5 and 8).

use crate::{
    impact::rating::SystemRating,
    model::{
        level::{ImpactLevel, Level},
        requirement::Requirement,
    },
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
    pub fn of(systems: &[SystemRating]) -> Factor {
        let in_scope = systems.iter().filter(|system| system.in_scope);
        let highest = in_scope.map(SystemRating::weighing_level).max();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        impact::rating,
        model::assessment::Assessment,
        score::sample::{add_system, as_of, catalog, facing, level, nothing_said, requirement},
    };

    fn rated(assessment: &Assessment) -> Vec<SystemRating> {
        rating::rate_systems(&catalog([], []), assessment, as_of())
    }

    /// Weight and target of a plain and of a system-facing requirement of base 3, under a category target.
    fn case(assessment: &Assessment, category_target: u8) -> [(u64, u8, bool); 2] {
        let factor = Factor::of(&rated(assessment));
        [requirement("4.1", 3, "a!"), facing(requirement("4.2", 3, "a!"))].map(|requirement| {
            let target = factor.target_of(&requirement, level(category_target)).number();
            (factor.weight_of(&requirement), target, factor.raises_target(&requirement, level(category_target)))
        })
    }

    #[test]
    fn the_highest_system_in_scope_weighs_on_what_faces_systems() {
        let with = |levels: &[Option<ImpactLevel>]| {
            let mut assessment = nothing_said();
            for (number, level) in levels.iter().enumerate() {
                add_system(&mut assessment, &format!("s{number}"), *level);
            }
            case(&assessment, 3)
        };
        let plain = (12, 3, false);
        assert_eq!(with(&[]), [plain, (12, 3, false)], "no system in scope");
        assert_eq!(with(&[Some(ImpactLevel::Low)]), [plain, (12, 3, false)]);
        assert_eq!(with(&[Some(ImpactLevel::Medium)]), [plain, (15, 3, false)]);
        assert_eq!(with(&[Some(ImpactLevel::High)]), [plain, (18, 4, true)]);
        assert_eq!(with(&[Some(ImpactLevel::VeryHigh)]), [plain, (24, 4, true)]);
        assert_eq!(with(&[None]), [plain, (15, 3, false)], "not yet assessed counts as medium");
        assert_eq!(with(&[Some(ImpactLevel::Low), None]), [plain, (15, 3, false)]);
        assert_eq!(with(&[Some(ImpactLevel::High), Some(ImpactLevel::Low), None]), [plain, (18, 4, true)]);
    }

    #[test]
    fn sensitive_and_banned_uses_stand_in_for_a_level() {
        type Set = fn(&mut crate::model::system::System);
        let with = |level: Option<ImpactLevel>, set: Set| {
            let mut assessment = nothing_said();
            set(add_system(&mut assessment, "bot", level));
            (case(&assessment, 3)[1].0, rated(&assessment)[0].is_provisional())
        };
        assert_eq!(with(None, |_| ()), (15, true));
        assert_eq!(with(None, |system| system.sensitive_use = true), (18, true));
        assert_eq!(with(Some(ImpactLevel::Low), |system| system.sensitive_use = true), (12, false));
        assert_eq!(with(Some(ImpactLevel::Low), |system| system.banned_use = true), (24, true));
        assert_eq!(with(None, |system| (system.banned_use, system.in_scope) = (true, false)).0, 12, "out of scope");
        assert_eq!(
            with(Some(ImpactLevel::High), |system| system.residual = Some(ImpactLevel::Low)),
            (18, false),
            "the inherent level weighs, whatever the measures"
        );
    }

    #[test]
    fn a_raised_target_is_four_and_a_higher_one_stays() {
        let mut assessment = nothing_said();
        add_system(&mut assessment, "bot", Some(ImpactLevel::High));
        let target = |category_target| {
            let [(_, plain, _), (_, facing, is_raised)] = case(&assessment, category_target);
            (plain, facing, is_raised)
        };
        assert_eq!(target(0), (0, 4, true));
        assert_eq!(target(3), (3, 4, true));
        assert_eq!(target(4), (4, 4, false));
        assert_eq!(target(5), (5, 5, false));
    }
}

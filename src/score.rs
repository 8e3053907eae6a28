//! Scoring: turns answers into verdicts, credited levels and figures. Pure; the same answers give the same standing.
//!
//! The rules are numbered as in the scoring contract: 1 vocabulary, 2 answer states, 3 verdict, 4 credited level,
//! 5 figures, 6 exclusions, 8 targets.

pub mod credit;
pub mod explain;
pub mod figures;
#[cfg(test)]
pub(crate) mod properties;
pub mod ratio;
pub mod requirement_score;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
pub mod verdict;
pub mod weight;

use chrono::NaiveDate;

use crate::{
    impact::rating::{self, SystemRating},
    model::{assessment::Assessment, catalog::Catalog, lens::LensGroup, reference::Reference},
    score::{
        figures::{Figures, ScopeState, Shares},
        ratio::Ratio,
        requirement_score::{RequirementScore, Scorer},
        verdict::Verdict,
        weight::Factor,
    },
};

/// Where an assessment stands on one day: every requirement, every category, both groups and the whole.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The day for which it is computed.
    pub as_of: NaiveDate,
    /// The AI systems with their levels, in the order of the assessment.
    pub systems: Vec<SystemRating>,
    /// The weight factor of what faces AI systems.
    pub factor: Factor,
    /// All requirements of the catalogue in natural order, excluded ones included.
    pub requirements: Vec<RequirementScore>,
    /// The 16 categories in natural order.
    pub categories: Vec<(Reference, Figures)>,
    /// Clauses 4 to 10, computed over their requirements directly.
    pub management_system: Figures,
    /// Annex A, computed over its requirements directly.
    pub controls: Figures,
    /// Everything: counts and status only; its levels are never shown as one number.
    pub whole: Figures,
    /// Why figures are provisional for the whole file; empty when nothing is.
    pub provisional: Vec<ProvisionalReason>,
}

/// Why every figure of a file is provisional (scoring rule 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProvisionalReason {
    /// A binding check of an applicable requirement waits for an answer.
    OpenChecks,
    /// People disagree on an answer.
    Disputed,
    /// A system in scope has no impact level yet, or its use is banned.
    SystemLevel,
    /// An exclusion was decided under other roles or systems.
    ExclusionToReview,
    /// An answer of an earlier round was not confirmed in this one.
    ToConfirm,
    /// Every control is excluded.
    AllControlsExcluded,
}

impl ProvisionalReason {
    /// The reason in words.
    pub const fn name(self) -> &'static str {
        match self {
            ProvisionalReason::OpenChecks => "checks are still open",
            ProvisionalReason::Disputed => "answers are disputed",
            ProvisionalReason::SystemLevel => "an AI system in scope has no settled impact level",
            ProvisionalReason::ExclusionToReview => "an exclusion is to be reviewed",
            ProvisionalReason::ToConfirm => "answers of an earlier round are to be re-confirmed",
            ProvisionalReason::AllControlsExcluded => "all controls are excluded",
        }
    }

    /// The reason as one word, as JSON carries it.
    pub const fn id(self) -> &'static str {
        match self {
            ProvisionalReason::OpenChecks => "OpenChecks",
            ProvisionalReason::Disputed => "Disputed",
            ProvisionalReason::SystemLevel => "SystemLevel",
            ProvisionalReason::ExclusionToReview => "ExclusionToReview",
            ProvisionalReason::ToConfirm => "ToConfirm",
            ProvisionalReason::AllControlsExcluded => "AllControlsExcluded",
        }
    }
}

impl Standing {
    /// The score of one requirement.
    pub fn requirement(&self, id: Reference) -> Option<&RequirementScore> {
        let index = self.requirements.binary_search_by_key(&id, |score| score.id).ok()?;
        Some(&self.requirements[index])
    }

    /// The rating of one AI system.
    pub fn system(&self, id: &str) -> Option<&SystemRating> {
        self.systems.iter().find(|system| system.id == id)
    }

    /// The AI systems in scope.
    pub fn systems_in_scope(&self) -> impl Iterator<Item = &SystemRating> {
        self.systems.iter().filter(|system| system.in_scope)
    }

    /// The figures of one category.
    pub fn category(&self, id: Reference) -> Option<&Figures> {
        self.categories.iter().find(|(category, _)| *category == id).map(|(_, figures)| figures)
    }

    /// The figures over the requirements of one group of a lens, by the same rules; those of low confidence are left out.
    pub fn lens_group(&self, group: &LensGroup) -> Figures {
        let counted = group.counted();
        if counted.is_empty() {
            return Figures { state: ScopeState::NotCovered, ..Figures::default() };
        }
        let scores = self.requirements.iter().filter(|score| counted.contains(&score.id));
        Figures::over(scores, !self.provisional.is_empty())
    }

    /// How many requirements are shown: all checks yes, with current evidence.
    pub fn shown(&self) -> usize {
        self.whole.count_of(Verdict::Conforming)
    }

    /// How many requirements have an answer of an earlier round that waits for somebody to confirm it.
    pub fn to_confirm(&self) -> usize {
        self.requirements.iter().filter(|score| score.is_to_confirm).count()
    }

    /// How many levels were taken over from proposals.
    pub fn by_proposal(&self) -> usize {
        self.requirements.iter().filter(|score| score.by_proposal).count()
    }

    /// The lower coverage of the two groups, by which the whole is judged; nothing where nothing is applicable.
    pub fn lower_coverage(&self) -> Option<Ratio> {
        [self.management_system.coverage(), self.controls.coverage()].into_iter().flatten().min()
    }
}

/// Scores an assessment against a catalogue for the day `as_of`.
pub fn score(catalog: &Catalog, assessment: &Assessment, as_of: NaiveDate) -> Standing {
    let systems = rating::rate_systems(catalog, assessment, as_of);
    score_under(catalog, assessment, systems, as_of)
}

/// Scores an assessment as if its AI systems were these, so that their weights are in force (scoring rule 11).
pub fn score_under(
    catalog: &Catalog,
    assessment: &Assessment,
    systems: Vec<SystemRating>,
    as_of: NaiveDate,
) -> Standing {
    let scorer = Scorer::new(assessment, Factor::of(&systems), as_of);
    let requirements: Vec<RequirementScore> = catalog.requirements().map(|r| scorer.score(r)).collect();
    let provisional = provisional_reasons(assessment, &systems, &requirements);
    let is_file_provisional = !provisional.is_empty();
    let over = |is_in: &dyn Fn(Reference) -> bool| {
        Figures::over(requirements.iter().filter(|score| is_in(score.id)), is_file_provisional)
    };
    let categories = catalog
        .categories
        .iter()
        .map(|category| (category.category, over(&|id| id.category() == category.category)))
        .collect();
    let mut standing = Standing {
        as_of,
        systems,
        factor: scorer.factor(),
        categories,
        management_system: over(&|id| !id.is_control()),
        controls: over(&|id| id.is_control()),
        whole: over(&|_| true),
        requirements,
        provisional,
    };
    standing.whole.judge_by(standing.lower_coverage(), is_file_provisional);
    standing
}

/// Whether people state differently what figures rest on: an answer, a target, evidence, or what is said of an AI system.
fn is_disputed(assessment: &Assessment) -> bool {
    let counts = |part: &str| matches!(part, "answers" | "targets" | "evidence" | "systems" | "criteria");
    let collisions = assessment.collisions.iter().filter_map(|collision| collision.place.0.first());
    assessment.answers.values().any(|answer| answer.is_disputed()) || collisions.into_iter().any(|part| counts(part))
}

fn provisional_reasons(
    assessment: &Assessment,
    systems: &[SystemRating],
    scores: &[RequirementScore],
) -> Vec<ProvisionalReason> {
    let in_force = || scores.iter().filter_map(|score| assessment.exclusion_in_force(score.id));
    let is_open = |score: &RequirementScore| score.checks.answered < score.checks.total;
    let mut controls = scores.iter().filter(|score| score.id.is_control()).peekable();
    let reasons = [
        (scores.iter().any(is_open), ProvisionalReason::OpenChecks),
        (is_disputed(assessment), ProvisionalReason::Disputed),
        (systems.iter().any(|system| system.in_scope && system.is_provisional()), ProvisionalReason::SystemLevel),
        (
            in_force().any(|exclusion| assessment.is_exclusion_to_review(exclusion)),
            ProvisionalReason::ExclusionToReview,
        ),
        (scores.iter().any(|score| score.is_to_confirm), ProvisionalReason::ToConfirm),
        (
            controls.peek().is_some() && controls.all(|score| !score.is_applicable()),
            ProvisionalReason::AllControlsExcluded,
        ),
    ];
    reasons.into_iter().filter_map(|(applies, reason)| applies.then_some(reason)).collect()
}

/// The credited shares over some requirements, without anything else: what the plan needs many times over.
pub fn credited_over<'a>(scores: impl IntoIterator<Item = &'a RequirementScore>) -> Option<Ratio> {
    scores.into_iter().fold(Shares::default(), Shares::with_credited).ratio()
}

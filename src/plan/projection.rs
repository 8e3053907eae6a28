//! Projection: the same scoring with actions done, for what each one gives and for what-if (scoring rule 10).

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{
        answer::{Answer, CheckAnswer, CheckResponse, LevelAnswer},
        assessment::Assessment,
        catalog::Catalog,
        reference::Reference,
    },
    plan::select::{Candidate, Work},
    score::{
        self, Standing,
        credit::EvidenceCount,
        ratio::Ratio,
        requirement_score::{RequirementScore, Scorer},
    },
};

/// What an action gives to one category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gain {
    /// The category.
    pub category: Reference,
    /// Its credited figure today.
    pub today: Option<Ratio>,
    /// The same when this action alone is done.
    pub alone: Option<Ratio>,
    /// The same when all actions up to this one are done, in order.
    pub in_order: Option<Ratio>,
}

/// An assessment as if some actions were done.
#[derive(Clone)]
pub struct Projection<'a> {
    catalog: &'a Catalog,
    scorer: Scorer<'a>,
    assessment: &'a Assessment,
    scores: Vec<RequirementScore>,
    changed: BTreeMap<Reference, (Answer, EvidenceCount)>,
}

impl<'a> Projection<'a> {
    /// The assessment as it is.
    pub fn new(catalog: &'a Catalog, assessment: &'a Assessment, standing: &Standing) -> Self {
        Projection {
            catalog,
            scorer: Scorer::new(assessment, standing.factor, standing.as_of),
            assessment,
            scores: standing.requirements.clone(),
            changed: BTreeMap::new(),
        }
    }

    /// Carries out an action: the checks it closes become yes, known levels rise, and what it serves gets evidence of
    /// that day. Find-out and system actions change nothing.
    pub fn carry_out(&mut self, candidate: &Candidate) {
        match candidate.work {
            Work::Ask(..) | Work::System(..) => return,
            Work::Catalogue(_) | Work::Evidence(..) => {}
        }
        for id in candidate.serves() {
            self.with(id, |_, evidence| evidence.current += 1);
        }
        let Some(action) = candidate.action() else { return };
        for closed in &action.closes {
            self.with(closed.requirement, |answer, _| {
                answer.checks.retain(|response| response.check != closed.check);
                answer.checks.push(CheckResponse::new(&closed.check, CheckAnswer::Yes));
            });
        }
        for lift in &action.lifts {
            self.with(lift.requirement, |answer, _| {
                if let Some(claimed) = answer.claimed() {
                    answer.level = Some(LevelAnswer::Level(claimed.max(lift.to)));
                    answer.disputed_levels.clear();
                }
            });
        }
    }

    /// The credited figure of a category in this projection.
    pub fn credited(&self, category: Reference) -> Option<Ratio> {
        score::credited_over(self.scores.iter().filter(|score| score.id.category() == category))
    }

    /// All requirements as they would score.
    pub fn scores(&self) -> &[RequirementScore] {
        &self.scores
    }

    /// Changes answer and evidence of one requirement, and scores it anew. Excluded controls stay as they are.
    fn with(&mut self, id: Reference, change: impl FnOnce(&mut Answer, &mut EvidenceCount)) {
        let (Some(requirement), true) = (self.catalog.requirement(id), self.assessment.is_applicable(id)) else {
            return;
        };
        let stored = || {
            let answer = self.assessment.answer(id).cloned().unwrap_or_else(|| Answer::empty(id));
            (answer, self.scorer.evidence(id))
        };
        let (answer, evidence) = self.changed.entry(id).or_insert_with(stored);
        change(answer, evidence);
        let score = self.scorer.score_as(requirement, Some(answer), *evidence);
        if let Ok(index) = self.scores.binary_search_by_key(&id, |score| score.id) {
            self.scores[index] = score;
        }
    }
}

/// What a candidate gives alone and on top of what was `reached` before it; carries it out in `reached`.
pub fn gains(start: &Projection, reached: &mut Projection, candidate: &Candidate) -> Vec<Gain> {
    let gives_something = match candidate.work {
        Work::Ask(..) | Work::System(..) => false,
        Work::Catalogue(_) | Work::Evidence(..) => true,
    };
    if !gives_something {
        return Vec::new();
    }
    let mut alone = start.clone();
    alone.carry_out(candidate);
    reached.carry_out(candidate);
    let categories: BTreeSet<Reference> = candidate.serves().map(Reference::category).collect();
    let gain = |category| Gain {
        category,
        today: start.credited(category),
        alone: alone.credited(category),
        in_order: reached.credited(category),
    };
    categories.into_iter().map(gain).collect()
}

//! Order: what each action waits for, its priority, its wave, and the sequence that follows (scoring rule 10).

use std::{
    cmp::{Ordering, Reverse},
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    model::{action::Effort, catalog::Catalog},
    plan::{
        Goal, natural,
        select::{Candidate, Cause, Work},
        step::Wave,
        systems::SystemWork,
    },
    score::{Standing, requirement_score::RequirementScore, verdict::Verdict},
};

/// A selected action with its place in the plan.
#[derive(Clone, Debug)]
pub struct Ordered<'a> {
    /// The action and why it was selected.
    pub candidate: Candidate<'a>,
    /// The ids of the actions of the plan that it waits for, in natural order.
    pub after: BTreeSet<String>,
    /// Its wave.
    pub wave: Wave,
    /// Its priority: its own, or the highest of all that it unblocks.
    pub priority: u64,
}

impl Ordered<'_> {
    fn is_banned_use(&self) -> bool {
        matches!(&self.candidate.work, Work::System(task) if task.work == SystemWork::Banned)
    }

    /// The action of the lowest wave first, then the highest priority per effort, then natural order of id.
    fn compare(&self, other: &Self) -> Ordering {
        let per_effort = |a: &Self, b: &Self| a.priority * u64::from(b.candidate.work.effort().half_days());
        (Reverse(self.is_banned_use()), self.wave)
            .cmp(&(Reverse(other.is_banned_use()), other.wave))
            .then_with(|| per_effort(other, self).cmp(&per_effort(self, other)))
            .then_with(|| natural::compare(&self.candidate.id, &other.candidate.id))
    }
}

/// Puts the open candidates in order. With [`Goal::Conformity`], wave 3 is left out.
pub fn order<'a>(
    catalog: &Catalog,
    standing: &Standing,
    candidates: Vec<Candidate<'a>>,
    goal: Goal,
) -> Vec<Ordered<'a>> {
    let waits = Waits::new(catalog, &candidates);
    let ordered = candidates.into_iter().map(|candidate| Ordered {
        after: waits.before(&candidate.id).cloned().unwrap_or_default(),
        wave: own_wave(standing, &candidate, &waits),
        priority: own_priority(standing, &candidate),
        candidate,
    });
    let mut by_id: BTreeMap<String, Ordered> = ordered.map(|item| (item.candidate.id.clone(), item)).collect();
    pull_forward(&mut by_id, &waits);
    by_id.retain(|_, item| goal == Goal::Targets || item.wave != Wave::RaiseToTarget);
    sequence(by_id)
}

/// Which action of the plan waits for which, with unselected and passed ones passed through.
pub(super) struct Waits {
    before: BTreeMap<String, BTreeSet<String>>,
    small: BTreeSet<String>,
}

impl Waits {
    pub(super) fn new(catalog: &Catalog, candidates: &[Candidate]) -> Waits {
        let planned: BTreeSet<&str> = candidates.iter().map(|candidate| candidate.id.as_str()).collect();
        let before = candidates
            .iter()
            .map(|candidate| {
                let mut found = BTreeSet::new();
                collect_planned(catalog, &candidate.id, &planned, &mut found, &mut BTreeSet::new());
                (candidate.id.clone(), found)
            })
            .collect();
        let is_small = |candidate: &&Candidate| candidate.work.effort() <= Effort::S;
        let small = candidates.iter().filter(is_small).map(|candidate| candidate.id.clone()).collect();
        Waits { before, small }
    }

    fn before(&self, id: &str) -> Option<&BTreeSet<String>> {
        self.before.get(id)
    }

    /// Everything that an action waits for, directly or not.
    pub(super) fn all_before<'w>(&'w self, id: &'w str) -> BTreeSet<&'w str> {
        let mut found = BTreeSet::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            let next = self.before(id).into_iter().flatten().map(String::as_str);
            open.extend(next.filter(|id| found.insert(*id)));
        }
        found
    }

    fn has_only_small_before(&self, id: &str) -> bool {
        self.all_before(id).iter().all(|before| self.small.contains(*before))
    }
}

/// Collects the planned actions that `id` comes after; one that is not planned is replaced by what it comes after.
fn collect_planned<'c>(
    catalog: &'c Catalog,
    id: &str,
    planned: &BTreeSet<&str>,
    found: &mut BTreeSet<String>,
    seen: &mut BTreeSet<&'c str>,
) {
    for before in catalog.action(id).into_iter().flat_map(|action| &action.after) {
        if planned.contains(before.as_str()) {
            found.insert(before.to_string());
        } else if seen.insert(before) {
            collect_planned(catalog, before, planned, found, seen);
        }
    }
}

/// The sum over the requirements served of weight x urgency x shortfall.
fn own_priority(standing: &Standing, candidate: &Candidate) -> u64 {
    let scores = candidate.serves().filter_map(|id| standing.requirement(id));
    scores.map(|score| score.weight * urgency(score) * u64::from(score.shortfall().max(1))).sum()
}

fn urgency(score: &RequirementScore) -> u64 {
    match score.judgement.verdict {
        Verdict::MajorGap => 6,
        Verdict::MinorGap => 3,
        Verdict::Undetermined => 2,
        Verdict::NotShown | Verdict::Conforming | Verdict::NotApplicable => 1,
    }
}

/// The first wave that fits, before prerequisites are pulled forward.
fn own_wave(standing: &Standing, candidate: &Candidate, waits: &Waits) -> Wave {
    let is_small = candidate.work.effort() <= Effort::S;
    if unblocks(standing, candidate) {
        Wave::Unblock
    } else if only_raises(candidate) {
        Wave::RaiseToTarget
    } else if is_small && waits.has_only_small_before(&candidate.id) {
        Wave::QuickWins
    } else {
        Wave::CloseGaps
    }
}

fn unblocks(standing: &Standing, candidate: &Candidate) -> bool {
    if let Work::System(task) = &candidate.work {
        return task.work.unblocks();
    }
    candidate.reasons.iter().any(|reason| match &reason.cause {
        Cause::Closes(closed) => closed.makes_major_gap || closed.supplies_document,
        Cause::Lifts { is_lowest, .. } => {
            let verdict = standing.requirement(reason.requirement).map(|score| score.judgement.verdict);
            *is_lowest && verdict == Some(Verdict::MajorGap)
        }
        Cause::Evidence | Cause::Ask { .. } | Cause::System => false,
    })
}

/// Whether it does nothing but lift beyond level 3.
fn only_raises(candidate: &Candidate) -> bool {
    candidate.reasons.iter().all(|reason| match reason.cause {
        Cause::Lifts { to, .. } => to.number() > 3,
        Cause::Closes(_) | Cause::Evidence | Cause::Ask { .. } | Cause::System => false,
    })
}

/// Gives every action the lowest wave and the highest priority of all that it unblocks.
fn pull_forward(by_id: &mut BTreeMap<String, Ordered>, waits: &Waits) {
    let own: Vec<(String, Wave, u64)> =
        by_id.values().map(|item| (item.candidate.id.clone(), item.wave, item.priority)).collect();
    for (id, wave, priority) in own {
        for before in waits.all_before(&id) {
            if let Some(item) = by_id.get_mut(before) {
                item.wave = item.wave.min(wave);
                item.priority = item.priority.max(priority);
            }
        }
    }
}

/// Repeatedly takes the best of the actions whose prerequisites all stand already.
fn sequence(mut waiting: BTreeMap<String, Ordered>) -> Vec<Ordered> {
    let mut standing = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let is_ready = |item: &&Ordered| !item.after.iter().any(|before| waiting.contains_key(before));
        let best = waiting.values().filter(is_ready).min_by(|a, b| a.compare(b));
        // The lint refuses cycles; should one slip in, the plan still ends, with its actions by rank.
        let Some(best) = best.or_else(|| waiting.values().min_by(|a, b| a.compare(b))) else { break };
        let id = best.candidate.id.clone();
        standing.extend(waiting.remove(&id));
    }
    standing
}

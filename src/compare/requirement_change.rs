//! What differs of single requirements, and in the evidence register.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    model::{
        answer::LevelAnswer,
        assessment::Assessment,
        evidence::{Evidence, Freshness},
        level::Level,
        reference::Reference,
    },
    score::{
        Standing,
        credit::EvidenceCount,
        requirement_score::{Counted, RequirementScore},
        verdict::Judgement,
    },
};

/// One requirement in both rounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementChange {
    /// The requirement.
    pub id: Reference,
    /// In the older round, as it was then.
    pub before: RequirementScore,
    /// In the newer round.
    pub after: RequirementScore,
    /// In the older round, with today's weights and dates.
    pub aged: RequirementScore,
    /// The difference of the credited level; nothing where one of the two has none.
    pub credited: Option<LevelSplit>,
}

/// A difference of levels in its parts, which add up to it. A weight changes no level of a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelSplit {
    /// All of it.
    pub total: i8,
    /// What answers changed.
    pub answers: i8,
    /// What the age of evidence changed.
    pub age: i8,
}

impl LevelSplit {
    fn between(then: Level, today: Level, now: Level) -> LevelSplit {
        let number = |level: Level| i8::try_from(level.number()).unwrap_or(i8::MAX);
        let [then, today, now] = [then, today, now].map(number);
        LevelSplit { total: now - then, answers: now - today, age: today - then }
    }
}

impl RequirementChange {
    /// Whether level, verdict or evidence differ.
    pub fn is_changed(&self) -> bool {
        shown(&self.before) != shown(&self.after)
    }

    /// Whether the age of evidence changed anything.
    pub fn is_aged(&self) -> bool {
        shown(&self.before) != shown(&self.aged)
    }

    /// Whether answers changed anything.
    pub fn is_answered(&self) -> bool {
        shown(&self.aged) != shown(&self.after)
    }
}

/// What is compared of a requirement; that an answer is to be confirmed again is no difference.
type Shown = (Judgement, Option<LevelAnswer>, Option<Level>, EvidenceCount, Counted, bool);

fn shown(score: &RequirementScore) -> Shown {
    (score.judgement, score.stated, score.credited, score.evidence, score.checks, score.is_disputed)
}

/// All requirements, in natural order.
pub(super) fn changes(then: &Standing, today: &Standing, now: &Standing) -> Vec<RequirementChange> {
    let pairs = then.requirements.iter().zip(&today.requirements).zip(&now.requirements);
    let change = |((before, aged), after): ((&RequirementScore, &RequirementScore), &RequirementScore)| {
        let credited = || Some(LevelSplit::between(before.credited?, aged.credited?, after.credited?));
        RequirementChange {
            id: before.id,
            aged: aged.clone(),
            credited: credited(),
            before: before.clone(),
            after: after.clone(),
        }
    };
    pairs.map(change).collect()
}

/// What became of an item of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceChange {
    /// Its title, as it is now, or was.
    pub title: String,
    /// What became of it.
    pub what: EvidenceFate,
}

/// What becomes of evidence between two rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceFate {
    /// It is new.
    Added,
    /// It is no longer in the register.
    Removed,
    /// Something about it was changed: its date, what it serves, where it lies.
    Changed,
    /// It was current then and is stale now, and nobody touched it.
    TurnedStale,
}

impl EvidenceFate {
    /// What became of it, in words.
    pub const fn name(self) -> &'static str {
        match self {
            EvidenceFate::Added => "new",
            EvidenceFate::Removed => "removed",
            EvidenceFate::Changed => "changed",
            EvidenceFate::TurnedStale => "turned stale",
        }
    }

    /// The same as one word, as JSON carries it.
    pub const fn id(self) -> &'static str {
        match self {
            EvidenceFate::Added => "Added",
            EvidenceFate::Removed => "Removed",
            EvidenceFate::Changed => "Changed",
            EvidenceFate::TurnedStale => "TurnedStale",
        }
    }
}

/// What changed in the evidence register, in the order of the ids.
pub(super) fn evidence_changes(
    before: &Assessment,
    after: &Assessment,
    then: NaiveDate,
    as_of: NaiveDate,
) -> Vec<EvidenceChange> {
    let mut pairs: BTreeMap<&str, (Option<&Evidence>, Option<&Evidence>)> = BTreeMap::new();
    for item in &before.evidence {
        pairs.entry(&item.id).or_default().0 = Some(item);
    }
    for item in &after.evidence {
        pairs.entry(&item.id).or_default().1 = Some(item);
    }
    let turned_stale =
        |item: &Evidence| item.freshness(then) == Freshness::Current && item.freshness(as_of) == Freshness::Stale;
    let change = |(old, new): (Option<&Evidence>, Option<&Evidence>)| {
        let what = match (old, new) {
            (None, Some(_)) => EvidenceFate::Added,
            (Some(_), None) => EvidenceFate::Removed,
            (Some(old), Some(new)) if old != new => EvidenceFate::Changed,
            (Some(_), Some(new)) if turned_stale(new) => EvidenceFate::TurnedStale,
            (Some(_) | None, Some(_) | None) => return None,
        };
        Some(EvidenceChange { title: new.or(old)?.title.clone(), what })
    };
    pairs.into_values().filter_map(change).collect()
}

//! What a round of an assessment keeps of the rounds before it: when they were and their figures, so that a trend can be
//! shown without the older files.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::{assessment::Assessment, level::Level, reference::Reference};

/// An earlier round. It is written once, when the next round begins, and never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastRound {
    /// The day for which its figures were computed.
    pub on: NaiveDate,
    /// What the assessment was called then.
    pub name: String,
    /// The edition of the catalogue by which the figures were computed.
    pub catalog: String,
    /// Clauses 4 to 10.
    pub management_system: PastFigures,
    /// Annex A.
    pub controls: PastFigures,
    /// The categories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<PastCategory>,
}

impl PastRound {
    /// The figures of one category.
    pub fn category(&self, id: Reference) -> Option<&PastFigures> {
        self.categories.iter().find(|past| past.category == id).map(|past| &past.figures)
    }
}

/// The figures of one category in an earlier round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastCategory {
    /// `4` to `10` or `A.2` to `A.10`.
    pub category: Reference,
    /// Its figures.
    pub figures: PastFigures,
}

/// The figures of a scope in an earlier round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastFigures {
    /// What the team said; nothing where nothing was assessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<MeanLevel>,
    /// What could be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credited: Option<MeanLevel>,
    /// How many requirements counted.
    #[serde(default)]
    pub applicable: u32,
    /// How many of them were shown to be met.
    #[serde(default)]
    pub conforming: u32,
    /// How many had a minor gap.
    #[serde(default)]
    pub minor_gaps: u32,
    /// How many had a major gap.
    #[serde(default)]
    pub major_gaps: u32,
}

/// A weighted mean of levels as an exact fraction, written `(64, 20)`: from 0 to 5, the second number above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(u64, u64)", into = "(u64, u64)")]
pub struct MeanLevel(u64, u64);

/// The highest sum of weights that a mean can have; far above what any catalogue adds up to.
const HIGHEST_WEIGHTS: u64 = 1_000_000;

/// Why two numbers are not a mean of levels.
#[derive(Debug, thiserror::Error)]
#[error("({0}, {1}) is no mean of levels: the second number is 1 to 1000000, the first at most five times as much")]
pub struct MeanLevelError(u64, u64);

impl TryFrom<(u64, u64)> for MeanLevel {
    type Error = MeanLevelError;

    fn try_from((levels, weights): (u64, u64)) -> Result<Self, Self::Error> {
        let is_mean =
            (1..=HIGHEST_WEIGHTS).contains(&weights) && levels <= weights * u64::from(Level::OPTIMIZING.number());
        if is_mean { Ok(MeanLevel(levels, weights)) } else { Err(MeanLevelError(levels, weights)) }
    }
}

impl From<MeanLevel> for (u64, u64) {
    fn from(MeanLevel(levels, weights): MeanLevel) -> (u64, u64) {
        (levels, weights)
    }
}

/// What stands behind the name of a round that was named by the program.
const ROUND: &str = " (round ";

impl Assessment {
    /// The number of this round, the first being 1.
    pub fn round_number(&self) -> usize {
        self.rounds.len() + 1
    }

    /// The name proposed for the next round: `Acme (round 2)` after `Acme`.
    pub fn next_round_name(&self) -> String {
        let stem = match self.name.rsplit_once(ROUND) {
            Some((stem, number)) if number.strip_suffix(')').is_some_and(|number| number.parse::<u32>().is_ok()) => {
                stem
            }
            Some(_) | None => &self.name,
        };
        format!("{stem}{ROUND}{})", self.round_number() + 1)
    }

    /// The next round, begun on the day `on`: the same answers, each to be confirmed again, and what is kept of this round.
    ///
    /// Who changed an answer last, and its changes, stay as they are: nobody has looked at it again yet.
    pub fn next_round(&self, name: String, past: PastRound, on: NaiveDate) -> Assessment {
        let mut next = Assessment { name, created: on, ..self.clone() };
        next.rounds.push(past);
        sort(&mut next.rounds);
        for answer in next.answers.values_mut() {
            answer.to_confirm = answer.can_be_confirmed();
        }
        next
    }
}

/// Rounds in order: by day, then by name.
pub(crate) fn sort(rounds: &mut [PastRound]) {
    rounds.sort_by(|a, b| (a.on, &a.name, &a.catalog).cmp(&(b.on, &b.name, &b.catalog)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::answer::{Answer, LevelAnswer};

    fn past(on: &str) -> PastRound {
        PastRound {
            on: on.parse().expect("a day in a test"),
            name: "Acme".into(),
            catalog: "1".into(),
            management_system: PastFigures::default(),
            controls: PastFigures::default(),
            categories: Vec::new(),
        }
    }

    #[test]
    fn names_of_rounds_are_counted_on() {
        let case = |name: &str, rounds: usize| {
            let rounds = vec![past("2026-01-01"); rounds];
            Assessment { rounds, ..Assessment::new(name, "1", NaiveDate::default()) }.next_round_name()
        };
        assert_eq!(case("Acme", 0), "Acme (round 2)");
        assert_eq!(case("Acme (round 2)", 1), "Acme (round 3)");
        assert_eq!(case("Acme (round two)", 0), "Acme (round two) (round 2)");
    }

    #[test]
    fn a_mean_is_from_zero_to_five() {
        let case = |levels, weights| MeanLevel::try_from((levels, weights)).is_ok();
        assert!(case(0, 1) && case(64, 20) && case(5, 1));
        assert!(!case(1, 0) && !case(6, 1) && !case(u64::MAX, u64::MAX));
    }

    #[test]
    fn the_next_round_asks_for_what_was_answered_and_keeps_the_rest_as_it_was() {
        let mut first = Assessment::new("Acme", "1", NaiveDate::default());
        let id = |text: &str| text.parse::<Reference>().expect("a reference in a test");
        let level = Answer { level: Some(LevelAnswer::Unknown), ..Answer::empty(id("4.1")) };
        let note = Answer { note: "see wiki".into(), ..Answer::empty(id("4.2")) };
        first.answers.extend([(id("4.1"), level), (id("4.2"), note)]);
        let second = first.next_round(first.next_round_name(), past("2026-01-01"), NaiveDate::default());
        assert!(second.answers[&id("4.1")].to_confirm);
        assert!(!second.answers[&id("4.2")].to_confirm, "a note alone is no answer");
        let third = second.next_round(second.next_round_name(), past("2027-01-01"), NaiveDate::default());
        assert_eq!(third.name, "Acme (round 3)");
        assert_eq!(
            third.rounds.iter().map(|round| round.on.to_string()).collect::<Vec<_>>(),
            ["2026-01-01", "2027-01-01"]
        );
        assert!(third.answers[&id("4.1")].to_confirm);
    }
}

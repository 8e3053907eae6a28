//! Harms, benefits and measures of an AI system, as rows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::reference::Reference;

/// One harm that could come to one group in one dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Harm {
    /// A short id, unique in the assessment of the system.
    pub id: String,
    /// What happens to whom.
    pub what: String,
    /// Who is affected: the id of one of the catalogue's groups, or own words.
    pub group: String,
    /// The id of the dimension.
    pub dimension: String,
    /// The ids of the causes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    /// How bad it is without measures.
    #[serde(default, skip_serializing_if = "Rating::is_empty")]
    pub before: Rating,
    /// How bad it is with the measures below.
    #[serde(default, skip_serializing_if = "Rating::is_empty")]
    pub after: Rating,
    /// The ids of the measures that lower it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<String>,
    /// Why the approver accepts a level more than one step lower (scoring rule 7).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub approver_reason: String,
}

/// How bad a harm is, on five scales. A scale left out was never asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rating {
    /// How bad for the one it hits, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gravity: Option<Rated>,
    /// How many it hits, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<Rated>,
    /// Whether it can be undone, 1 to 4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reversibility: Option<Rated>,
    /// How long it lasts, 1 to 4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<Rated>,
    /// How likely it is, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<Rated>,
}

/// One value of a scale, or that nobody knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rated {
    /// Asked, and nobody knows; counts as the top of its scale.
    Unknown,
    /// A step of the scale, from 1 on.
    At(u8),
}

/// The five scales on which a harm is rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// How bad for the one it hits.
    Gravity,
    /// How many it hits.
    Reach,
    /// Whether it can be undone.
    Reversibility,
    /// How long it lasts.
    Duration,
    /// How likely it is.
    Likelihood,
}

impl Scale {
    /// All scales, in the order in which they are asked.
    pub const ALL: [Scale; 5] =
        [Scale::Gravity, Scale::Reach, Scale::Reversibility, Scale::Duration, Scale::Likelihood];

    /// Its id in the catalogue.
    pub const fn id(self) -> &'static str {
        match self {
            Scale::Gravity => "SC-GRAVITY",
            Scale::Reach => "SC-REACH",
            Scale::Reversibility => "SC-REVERSIBILITY",
            Scale::Duration => "SC-DURATION",
            Scale::Likelihood => "SC-LIKELIHOOD",
        }
    }

    /// Its name as a word and as the field of a save.
    pub const fn name(self) -> &'static str {
        match self {
            Scale::Gravity => "gravity",
            Scale::Reach => "reach",
            Scale::Reversibility => "reversibility",
            Scale::Duration => "duration",
            Scale::Likelihood => "likelihood",
        }
    }

    /// Its highest step: 4 or 5.
    pub const fn top(self) -> u8 {
        match self {
            Scale::Gravity | Scale::Reach | Scale::Likelihood => 5,
            Scale::Reversibility | Scale::Duration => 4,
        }
    }
}

impl Rating {
    /// Whether nothing was asked.
    pub fn is_empty(&self) -> bool {
        *self == Rating::default()
    }

    /// What was said on one scale.
    pub fn on(&self, scale: Scale) -> Option<Rated> {
        match scale {
            Scale::Gravity => self.gravity,
            Scale::Reach => self.reach,
            Scale::Reversibility => self.reversibility,
            Scale::Duration => self.duration,
            Scale::Likelihood => self.likelihood,
        }
    }

    /// The same with another value on one scale.
    pub fn with(mut self, scale: Scale, value: Option<Rated>) -> Rating {
        match scale {
            Scale::Gravity => self.gravity = value,
            Scale::Reach => self.reach = value,
            Scale::Reversibility => self.reversibility = value,
            Scale::Duration => self.duration = value,
            Scale::Likelihood => self.likelihood = value,
        }
        self
    }
}

/// Where no harm was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoHarm {
    /// The id of a dimension; none at all when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimension: Option<String>,
    /// Why, at least 10 characters; a shorter one does not count.
    pub reason: String,
}

/// The shortest reason for "no harm found" that says something, in characters; the same as for an exclusion.
pub const SHORTEST_REASON: usize = 10;

impl NoHarm {
    /// Whether its reason says something.
    pub fn is_reasoned(&self) -> bool {
        self.reason.trim().chars().count() >= SHORTEST_REASON
    }
}

/// One benefit for one group in one dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Benefit {
    /// A short id, unique in the assessment of the system.
    pub id: String,
    /// What gets better for whom.
    pub what: String,
    /// Who gains: the id of one of the catalogue's groups, or own words.
    pub group: String,
    /// The id of the dimension.
    pub dimension: String,
    /// How big it is, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Rated>,
    /// How likely it is, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<Rated>,
    /// What supports it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub support: String,
}

/// Something done against harms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// A short id, unique in the assessment of the system.
    pub id: String,
    /// What is done.
    pub what: String,
    /// How it works against the harm.
    pub kind: MeasureKind,
    /// By which means.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub means: Vec<Means>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// The day by which it works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// The ids of the evidence that shows it at work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// The Annex A controls that carry it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<Reference>,
}

/// How a measure works against a harm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeasureKind {
    /// What could do the harm is left out.
    Avoid,
    /// It makes the harm smaller or rarer.
    #[default]
    Lower,
    /// It notices the harm in time.
    Detect,
    /// It puts the harm right.
    Repair,
    /// It makes up for the harm.
    Compensate,
}

impl MeasureKind {
    /// All kinds, the strongest first.
    pub const ALL: [MeasureKind; 5] =
        [MeasureKind::Avoid, MeasureKind::Lower, MeasureKind::Detect, MeasureKind::Repair, MeasureKind::Compensate];

    /// The kind in words.
    pub const fn name(self) -> &'static str {
        match self {
            MeasureKind::Avoid => "avoid",
            MeasureKind::Lower => "lower",
            MeasureKind::Detect => "detect",
            MeasureKind::Repair => "repair",
            MeasureKind::Compensate => "compensate",
        }
    }
}

/// By which means a measure works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Means {
    /// Built into the system.
    Technical,
    /// Done by people.
    Organizational,
    /// Agreed with somebody.
    Contract,
}

impl Means {
    /// All means.
    pub const ALL: [Means; 3] = [Means::Technical, Means::Organizational, Means::Contract];

    /// The means in words.
    pub const fn name(self) -> &'static str {
        match self {
            Means::Technical => "technical",
            Means::Organizational => "organizational",
            Means::Contract => "by contract",
        }
    }
}

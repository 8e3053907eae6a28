//! Who assesses itself: the organization's profile. Every field may stay empty; it proposes, it never decides.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Facts about the organization that shape proposals, schedule and reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The name of the organization.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organization: String,
    /// Its line of business.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// How many people work there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
    /// What it does with AI.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<AiRole>,
    /// Whether systems or their results reach people in the European Union.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eu_exposure: Option<bool>,
    /// What the management system covers, in a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scope: String,
    /// Who takes part in the assessment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub team: Vec<String>,
    /// The day on which the work of the plan can start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<NaiveDate>,
    /// The day by which the targets are to be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_date: Option<NaiveDate>,
    /// The work that the team can put in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
}

/// A line of business, as far as it changes what to look at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sector {
    /// Software and technology.
    Technology,
    /// Banking, insurance, payments.
    Finance,
    /// Health care and medical devices.
    Health,
    /// Public bodies and education.
    Public,
    /// Manufacturing, energy, transport.
    Industry,
    /// Consulting, legal, staffing, media and everything else.
    Services,
}

impl Sector {
    /// All sectors, in the order of the profile picks.
    pub const ALL: [Sector; 6] =
        [Sector::Technology, Sector::Finance, Sector::Health, Sector::Public, Sector::Industry, Sector::Services];

    /// The sector in words.
    pub const fn name(self) -> &'static str {
        match self {
            Sector::Technology => "software and technology",
            Sector::Finance => "banking, insurance, payments",
            Sector::Health => "health care and medical devices",
            Sector::Public => "public bodies and education",
            Sector::Industry => "manufacturing, energy, transport",
            Sector::Services => "services and everything else",
        }
    }
}

/// How many people work in the organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Size {
    /// Up to 10.
    Micro,
    /// 11 to 50.
    Small,
    /// 51 to 250.
    Medium,
    /// More than 250.
    Large,
}

impl Size {
    /// All sizes, smallest first.
    pub const ALL: [Size; 4] = [Size::Micro, Size::Small, Size::Medium, Size::Large];

    /// The size in words.
    pub const fn name(self) -> &'static str {
        match self {
            Size::Micro => "up to 10 people",
            Size::Small => "11 to 50 people",
            Size::Medium => "51 to 250 people",
            Size::Large => "more than 250 people",
        }
    }
}

/// A role towards AI systems, in the words of ISO/IEC 22989; an organization can hold several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AiRole {
    /// Designs, builds, tests or operates AI systems.
    Producer,
    /// Offers AI products or services to others.
    Provider,
    /// Uses AI systems, bought or its own.
    User,
    /// Works on others' AI: integrates, supplies data, evaluates, audits.
    Partner,
}

impl AiRole {
    /// All roles, in the order of the profile picks.
    pub const ALL: [AiRole; 4] = [AiRole::Producer, AiRole::Provider, AiRole::User, AiRole::Partner];

    /// The role in words.
    pub const fn name(self) -> &'static str {
        match self {
            AiRole::Producer => "AI producer",
            AiRole::Provider => "AI provider",
            AiRole::User => "AI user",
            AiRole::Partner => "AI partner",
        }
    }
}

/// Work per week in hundredths of a person-day; always above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Capacity(u32);

impl Capacity {
    /// Three person-days a week, when nobody says otherwise (scoring rule 10).
    pub const DEFAULT: Capacity = Capacity(300);

    /// Hundredths of a person-day a week, above 0.
    pub const fn hundredths(self) -> u32 {
        self.0
    }
}

/// Why a number is not a capacity.
#[derive(Debug, thiserror::Error)]
#[error("a capacity of {0} person-days a week is not possible; give 0.01 to 1000, for instance 3 or 2.5")]
pub struct CapacityError(f64);

impl TryFrom<f64> for Capacity {
    type Error = CapacityError;

    fn try_from(days: f64) -> Result<Self, Self::Error> {
        let hundredths = (days * 100.0).round();
        // The range check also refuses NaN and keeps the cast exact.
        if (1.0..=100_000.0).contains(&hundredths) { Ok(Capacity(hundredths as u32)) } else { Err(CapacityError(days)) }
    }
}

impl std::str::FromStr for Capacity {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let days: f64 =
            text.parse().map_err(|_| format!("`{text}` is not a number of person-days a week, such as 3 or 2.5"))?;
        Capacity::try_from(days).map_err(|error| error.to_string())
    }
}

impl From<Capacity> for f64 {
    fn from(capacity: Capacity) -> f64 {
        f64::from(capacity.0) / 100.0
    }
}

impl fmt::Display for Capacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", f64::from(*self))
    }
}

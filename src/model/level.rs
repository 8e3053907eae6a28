//! The two scales: maturity of a requirement (0 to 5) and impact of an AI system (low to very high).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A maturity level, 0 Absent to 5 Optimizing. The scale is this product's own; the standard has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Level(u8);

impl Level {
    /// Level 0, Absent.
    pub const ABSENT: Level = Level(0);
    /// Level 5, Optimizing.
    pub const OPTIMIZING: Level = Level(5);
    /// All six levels, lowest first.
    pub const ALL: [Level; 6] = [Level(0), Level(1), Level(2), Level(3), Level(4), Level(5)];

    /// The level of that number, or nothing above 5.
    pub const fn new(number: u8) -> Option<Level> {
        if number <= 5 { Some(Level(number)) } else { None }
    }

    /// The number, 0 to 5.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The position in a ladder, 0 to 5.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The name of the level, as it stands in every report.
    pub const fn name(self) -> &'static str {
        match self.0 {
            0 => "Absent",
            1 => "Ad hoc",
            2 => "Repeatable",
            3 => "Defined",
            4 => "Measured",
            _ => "Optimizing",
        }
    }
}

/// Why a number is not a level.
#[derive(Debug, thiserror::Error)]
#[error("unknown level {0}; a level is 0 to 5")]
pub struct LevelError(u8);

impl TryFrom<u8> for Level {
    type Error = LevelError;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Level::new(number).ok_or(LevelError(number))
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> u8 {
        level.0
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// How much an AI system can do to people and societies, by its impact assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ImpactLevel {
    /// Little can happen to anybody.
    Low,
    /// Harm is possible and can be put right.
    Medium,
    /// Grave harm is possible.
    High,
    /// Grave harm is likely, wide or cannot be undone.
    VeryHigh,
}

impl ImpactLevel {
    /// All levels, lowest first.
    pub const ALL: [ImpactLevel; 4] = [ImpactLevel::Low, ImpactLevel::Medium, ImpactLevel::High, ImpactLevel::VeryHigh];

    /// The weight factor of system-facing requirements in quarters: 4, 5, 6 or 8 (scoring rule 5).
    pub const fn factor_in_quarters(self) -> u64 {
        match self {
            ImpactLevel::Low => 4,
            ImpactLevel::Medium => 5,
            ImpactLevel::High => 6,
            ImpactLevel::VeryHigh => 8,
        }
    }

    /// The level in words.
    pub const fn name(self) -> &'static str {
        match self {
            ImpactLevel::Low => "low",
            ImpactLevel::Medium => "medium",
            ImpactLevel::High => "high",
            ImpactLevel::VeryHigh => "very high",
        }
    }
}

//! AI systems, as far as they change weights, targets and the plan.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::{answer::is_false, level::ImpactLevel};

/// One AI system that the organization builds, offers or uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// A short id, unique in the assessment; lower case letters, digits and hyphens.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Whether the management system covers it.
    pub in_scope: bool,
    /// The inherent impact level; nothing while it is not assessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<ImpactLevel>,
    /// The impact level after measures, where one was shown; the inherent one otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residual: Option<ImpactLevel>,
    /// Whether screening found that it decides on people or touches what is sensitive.
    #[serde(default, skip_serializing_if = "is_false")]
    pub sensitive_use: bool,
    /// Whether its use is banned by law.
    #[serde(default, skip_serializing_if = "is_false")]
    pub banned_use: bool,
    /// The day by which its assessment is to be looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_review: Option<NaiveDate>,
}

impl System {
    /// The level that weighs: a banned use counts as very high, and a missing level as medium, or high for a sensitive use (scoring rule 5).
    pub fn weighing_level(&self) -> ImpactLevel {
        match (self.banned_use, self.level, self.sensitive_use) {
            (true, _, _) => ImpactLevel::VeryHigh,
            (false, Some(level), _) => level,
            (false, None, true) => ImpactLevel::High,
            (false, None, false) => ImpactLevel::Medium,
        }
    }

    /// Whether the level that weighs is a stand-in for one not yet assessed.
    pub fn is_provisional(&self) -> bool {
        self.banned_use || self.level.is_none()
    }

    /// The level after measures; the inherent one where nothing shows a lower one.
    pub fn residual_level(&self) -> Option<ImpactLevel> {
        self.residual.or(self.level)
    }
}

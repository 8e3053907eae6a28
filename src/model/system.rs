//! AI systems: the register, and all that is said about one of them.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::{
    answer::is_false, decision_path::PathAnswer, impact::ImpactAssessment, level::ImpactLevel, profile::AiRole,
};

/// One AI system that the organization builds, offers or uses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// A short id, unique in the assessment; lower case letters, digits and hyphens.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Whether the management system covers it.
    pub in_scope: bool,
    /// Why it is in scope or out of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scope_reason: String,
    /// The inherent impact level of an assessment that is kept elsewhere; counts only while no harm is rated here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<ImpactLevel>,
    /// The level after measures of that assessment, where it shows a lower one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residual: Option<ImpactLevel>,
    /// Whether it is marked as deciding on people or touching what is sensitive, without a screening.
    #[serde(default, skip_serializing_if = "is_false")]
    pub sensitive_use: bool,
    /// Whether it is marked as banned by law, without a screening.
    #[serde(default, skip_serializing_if = "is_false")]
    pub banned_use: bool,
    /// The day by which its assessment is to be looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_review: Option<NaiveDate>,
    /// Its version or release.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub purpose: String,
    /// Where it stands in its life.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// The roles that the organization holds for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<AiRole>,
    /// Who supplies it or parts of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suppliers: Vec<String>,
    /// Who is affected: ids of the catalogue's affected groups, or own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub affected: Vec<String>,
    /// The ids of the evidence that concerns it as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// What the screening found; nothing while it was not screened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screening: Option<Screening>,
    /// Its impact assessment.
    #[serde(default, skip_serializing_if = "ImpactAssessment::is_empty")]
    pub impact: ImpactAssessment,
    /// The answers to the EU AI Act path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub eu_act: Vec<PathAnswer>,
    /// Its AI bill of materials, a CycloneDX document in JSON; empty while there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bill: String,
}

/// Where a system stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// An idea or a concept.
    Idea,
    /// Being designed and developed.
    Design,
    /// Being verified and validated.
    Verification,
    /// Being deployed.
    Deployment,
    /// In operation, and monitored.
    Operation,
    /// Being retired, or retired.
    Retirement,
}

impl Stage {
    /// All stages, in the order of life.
    pub const ALL: [Stage; 6] =
        [Stage::Idea, Stage::Design, Stage::Verification, Stage::Deployment, Stage::Operation, Stage::Retirement];

    /// The stage in words.
    pub const fn name(self) -> &'static str {
        match self {
            Stage::Idea => "idea or concept",
            Stage::Design => "design and development",
            Stage::Verification => "verification and validation",
            Stage::Deployment => "deployment",
            Stage::Operation => "operation and monitoring",
            Stage::Retirement => "retirement",
        }
    }
}

/// The first look at a system: what makes a full assessment necessary, and what forbids or restricts its use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Screening {
    /// The day.
    pub on: NaiveDate,
    /// Who looked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// The ids of the sensitive uses that apply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sensitive: Vec<String>,
    /// The ids of the sensitive uses of which nobody is sure; they count as if they applied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsure: Vec<String>,
    /// The restricted uses that apply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restricted: Vec<RestrictedUse>,
}

/// A use that law, policy, contract or testing bars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestrictedUse {
    /// The id in the catalogue.
    pub id: String,
    /// How it was settled; empty while it is not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub settled: String,
}

impl System {
    /// A system of which only the name is known.
    pub fn named(id: impl Into<String>, name: impl Into<String>) -> System {
        System { id: id.into(), name: name.into(), in_scope: true, ..System::default() }
    }

    /// The restricted uses that apply and are not settled.
    pub fn unsettled_uses(&self) -> impl Iterator<Item = &RestrictedUse> {
        let restricted = self.screening.iter().flat_map(|screening| &screening.restricted);
        restricted.filter(|restricted| restricted.settled.trim().is_empty())
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

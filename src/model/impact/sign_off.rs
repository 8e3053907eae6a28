//! Who stands behind an impact assessment, what was decided, and what has happened since.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::level::ImpactLevel;

/// One round of preparing, reviewing and approving. Empty fields are still open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// Who prepared it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prepared_by: String,
    /// On which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepared_on: Option<NaiveDate>,
    /// Who reviewed it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reviewed_by: String,
    /// On which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed_on: Option<NaiveDate>,
    /// Who approved it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub approved_by: String,
    /// In which function the approver acts; the level says who must.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub approver_function: String,
    /// On which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<NaiveDate>,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// What the outcome asks for: conditions, reasons, to whom it was escalated, what happens to a running system.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub conditions: String,
    /// The day by which the conditions are met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conditions_due: Option<NaiveDate>,
    /// Who checks that they are.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub conditions_checked_by: String,
    /// The inherent level on the day of approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<ImpactLevel>,
    /// The residual level on the day of approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residual: Option<ImpactLevel>,
    /// What was true of the system on the day of approval; a difference asks for a new look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<SignedFact>,
}

/// A fact about a system on which an approval rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedFact {
    /// What is told, such as `purpose`.
    pub fact: String,
    /// What was true.
    pub value: String,
}

/// What an approver decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Approved.
    Approved,
    /// Approved with conditions.
    ApprovedWithConditions,
    /// Returned for rework.
    Returned,
    /// Escalated.
    Escalated,
    /// Not approved, or stopped.
    Stopped,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Outcome; 5] =
        [Outcome::Approved, Outcome::ApprovedWithConditions, Outcome::Returned, Outcome::Escalated, Outcome::Stopped];

    /// The outcome in words.
    pub const fn name(self) -> &'static str {
        match self {
            Outcome::Approved => "approved",
            Outcome::ApprovedWithConditions => "approved with conditions",
            Outcome::Returned => "returned for rework",
            Outcome::Escalated => "escalated",
            Outcome::Stopped => "not approved, or stopped",
        }
    }

    /// Whether the system may be used on the strength of it.
    pub const fn is_approval(self) -> bool {
        match self {
            Outcome::Approved | Outcome::ApprovedWithConditions => true,
            Outcome::Returned | Outcome::Escalated | Outcome::Stopped => false,
        }
    }

    /// What it has to say beside itself; nothing where it speaks for itself.
    pub const fn asks_for(self) -> Option<&'static str> {
        match self {
            Outcome::Approved => None,
            Outcome::ApprovedWithConditions => Some("the conditions, a due date and who checks them"),
            Outcome::Returned => Some("the reasons"),
            Outcome::Escalated => Some("to whom"),
            Outcome::Stopped => Some("the reasons and what happens to a running system"),
        }
    }
}

/// Something that happened and may ask for a new look at the assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Occasion {
    /// The id of the review trigger in the catalogue.
    pub trigger: String,
    /// The day.
    pub on: NaiveDate,
    /// What happened.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
}

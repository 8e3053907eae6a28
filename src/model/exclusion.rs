//! Exclusions: controls declared not applicable, and when such a decision is in force (scoring rule 6).

use serde::{Deserialize, Serialize};

use crate::model::{answer::is_false, profile::AiRole, reference::Reference};

/// The shortest reason that says something, in characters.
pub const SHORTEST_REASON: usize = 10;

/// A control declared not applicable. A file can hold one that is not in force: see [`Exclusion::objection`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// On what the decision rests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<ExclusionBasis>,
    /// Why the control is not needed, at least 10 characters.
    #[serde(default)]
    pub reason: String,
    /// A risk or impact assessment id, a contract, a law.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// Why it stands although a clause asks for the same; needed for the controls of [`needs_override`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub override_note: String,
    /// The organization's roles on the day of the decision.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<AiRole>,
    /// The ids of the systems in scope on the day of the decision.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub systems: Vec<String>,
    /// Whether somebody else says that the control applies or excludes it for another reason, not yet settled.
    #[serde(default, skip_serializing_if = "is_false")]
    pub disputed: bool,
    /// The exclusions that others stated for the same control, not yet settled; empty where they say that it applies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Exclusion>,
}

/// On what an exclusion rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExclusionBasis {
    /// The risk assessment shows no need.
    RiskAssessment,
    /// Neither law nor contract asks for it.
    NoLegalOrContractNeed,
    /// The organization's role does not touch it; a thin reason on its own.
    Role,
    /// Something else, said in the reason.
    Other,
}

impl ExclusionBasis {
    /// All bases, in the order of the dialog.
    pub const ALL: [ExclusionBasis; 4] = [
        ExclusionBasis::RiskAssessment,
        ExclusionBasis::NoLegalOrContractNeed,
        ExclusionBasis::Role,
        ExclusionBasis::Other,
    ];

    /// The basis in words.
    pub const fn name(self) -> &'static str {
        match self {
            ExclusionBasis::RiskAssessment => "risk assessment",
            ExclusionBasis::NoLegalOrContractNeed => "no legal or contract need",
            ExclusionBasis::Role => "role",
            ExclusionBasis::Other => "other",
        }
    }
}

/// Why an exclusion is not in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Objection {
    /// Clauses 4 to 10 bind everybody.
    #[error("a clause can never be excluded; only Annex A controls can")]
    Clause,
    /// No basis is named.
    #[error("the exclusion names no basis (RiskAssessment, NoLegalOrContractNeed, Role or Other)")]
    NoBasis,
    /// The reason is too short.
    #[error("the reason of an exclusion needs at least 10 characters")]
    ShortReason,
    /// A clause asks for the same, and no note says why it stands.
    #[error("a clause asks for the same as this control; excluding it needs an override note")]
    NoOverrideNote,
    /// Somebody says that the control applies.
    #[error("the exclusion is disputed")]
    Disputed,
}

impl Exclusion {
    /// Whether people disagree on it.
    pub fn is_disputed(&self) -> bool {
        self.disputed || !self.others.is_empty()
    }

    /// Why the exclusion of that requirement is not in force, or nothing when it is.
    pub fn objection(&self, requirement: Reference) -> Option<Objection> {
        let is_short = self.reason.trim().chars().count() < SHORTEST_REASON;
        let lacks_note = needs_override(requirement) && self.override_note.trim().is_empty();
        [
            (!requirement.is_control(), Objection::Clause),
            (self.basis.is_none(), Objection::NoBasis),
            (is_short, Objection::ShortReason),
            (lacks_note, Objection::NoOverrideNote),
            (self.is_disputed(), Objection::Disputed),
        ]
        .into_iter()
        .find_map(|(applies, objection)| applies.then_some(objection))
    }
}

/// Whether a clause mirrors the control, so that leaving it out breaks that clause.
pub fn needs_override(control: Reference) -> bool {
    mirroring_clause(control).is_some()
}

/// The clause that asks for the same as a control, if there is one.
pub fn mirroring_clause(control: Reference) -> Option<&'static str> {
    match control.to_string().as_str() {
        "A.2.2" => Some("5.2"),
        "A.3.2" => Some("5.3"),
        "A.6.1.2" | "A.9.3" => Some("6.2"),
        id if id.starts_with("A.5.") => Some("6.1.4"),
        _ => None,
    }
}

//! Why a control is included in the statement of applicability, what it applies to, and how it is done (6.1.3).
//!
//! An inclusion is said beside level and checks and changes no score.

use serde::{Deserialize, Serialize};

use crate::model::{answer::is_false, reference::Reference};

/// What is said about a control that applies. Each part may be missing; a report lists what is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inclusion {
    /// Why the control is needed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What asks for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drivers: Vec<Driver>,
    /// The risk, the impact assessment, the law or the contract, by name or id.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// Whether it was said to apply to all systems, whatever is named beside it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub all_systems: bool,
    /// The ids of the only systems that it applies to; none for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub systems: Vec<String>,
    /// How it is done here.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub implementation: String,
}

impl Inclusion {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Inclusion::default()
    }

    /// Whether the reason is there.
    pub fn has_reason(&self) -> bool {
        !self.reason.trim().is_empty()
    }

    /// The ids of the only systems that it applies to; none where it applies to all.
    pub fn only_systems(&self) -> &[String] {
        if self.all_systems { &[] } else { &self.systems }
    }
}

/// What asks for a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Driver {
    /// It treats a risk.
    RiskAssessment,
    /// It is a measure of an impact assessment.
    ImpactAssessment,
    /// A law or a regulator asks for it.
    Law,
    /// A contract or a customer asks for it.
    Contract,
    /// The organization wants it.
    OwnDecision,
}

impl Driver {
    /// All drivers, in the order of the form.
    pub const ALL: [Driver; 5] =
        [Driver::RiskAssessment, Driver::ImpactAssessment, Driver::Law, Driver::Contract, Driver::OwnDecision];

    /// The driver in words.
    pub const fn name(self) -> &'static str {
        match self {
            Driver::RiskAssessment => "risk assessment",
            Driver::ImpactAssessment => "impact assessment",
            Driver::Law => "law",
            Driver::Contract => "contract",
            Driver::OwnDecision => "own decision",
        }
    }
}

/// A control that the organization has beside those of Annex A (6.1.3). It counts in no score.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnControl {
    /// `O.1`, unique in the assessment.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Why it is there, what it applies to, and how it is done.
    #[serde(default, skip_serializing_if = "Inclusion::is_empty")]
    pub inclusion: Inclusion,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// The ids of the evidence that shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}

/// With what the id of every own control begins.
const OWN: &str = "O.";

impl OwnControl {
    /// What is wrong with an id for an own control, as a sentence; nothing where it can be one.
    pub fn objection_to_id(id: &str) -> Option<String> {
        let shown: String = id.chars().take(40).collect();
        let is_plain = |rest: &str| {
            rest.starts_with(|c: char| c.is_ascii_alphanumeric())
                && rest.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        };
        if id.strip_prefix(OWN).is_some_and(is_plain) {
            return None;
        }
        let is_annex_a = id.to_ascii_uppercase().starts_with("A.");
        let what = if is_annex_a || id.parse::<Reference>().is_ok() {
            format!("`{shown}` reads like a number of the standard, and your own control is none of its controls")
        } else {
            format!("`{shown}` is no id of an own control")
        };
        Some(format!("{what}; write O.1, O.2 and so on"))
    }

    /// The next free id: `O.1`, `O.2` and so on.
    pub fn next_id(taken: &[OwnControl]) -> String {
        let numbers = taken.iter().filter_map(|control| control.number());
        format!("{OWN}{}", numbers.max().unwrap_or(0) + 1)
    }

    /// What puts own controls in the order that people expect: `O.2` before `O.10`.
    pub fn order(&self) -> (u32, &str) {
        (self.number().unwrap_or(u32::MAX), &self.id)
    }

    /// The number behind the letter, where nothing else stands there; so small that there is a next one.
    fn number(&self) -> Option<u32> {
        self.id.strip_prefix(OWN)?.parse().ok().filter(|number| *number < 1_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_an_own_control_is_never_one_of_the_standard() {
        for id in ["O.1", "O.12", "O.1.2", "O.3-4f6hk2mn", "O.b"] {
            assert_eq!(OwnControl::objection_to_id(id), None, "{id}");
        }
        for id in ["A.11.1", "a.2.2", "A.2.2", "6.1.3", "A.10.4.1", "A.x"] {
            let objection = OwnControl::objection_to_id(id).expect("an objection");
            assert!(objection.contains("reads like a number of the standard"), "{objection}");
        }
        for id in ["", "O.", "O", "o.1", "O. 1", "O..", "B.1", "O.1\n"] {
            let objection = OwnControl::objection_to_id(id).expect("an objection");
            assert!(objection.ends_with("is no id of an own control; write O.1, O.2 and so on"), "{objection}");
        }
    }

    #[test]
    fn own_controls_are_numbered_and_ordered_as_people_count() {
        let own = |id: &str| OwnControl { id: id.into(), ..OwnControl::default() };
        assert_eq!(OwnControl::next_id(&[]), "O.1");
        let mut controls = [own("O.10"), own("O.b"), own("O.9"), own("O.4294967295")];
        assert_eq!(OwnControl::next_id(&controls), "O.11");
        controls.sort_by(|a, b| a.order().cmp(&b.order()));
        assert_eq!(controls.map(|control| control.id), ["O.9", "O.10", "O.4294967295", "O.b"]);
    }
}

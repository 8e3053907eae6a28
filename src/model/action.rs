//! The remediation catalogue: pieces of work that close checks and lift levels, and what became of them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::{
    level::Level,
    reference::{CheckReference, Reference},
    text::Text,
};

/// One piece of work that a competent person could start on Monday.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Action {
    /// A short name, unique in the catalogue.
    pub id: Text,
    /// The work in a few words, for lists; at most 60 characters.
    pub title: Text,
    /// What to do, in the imperative.
    #[serde(rename = "do")]
    pub task: Text,
    /// What exists afterwards.
    pub deliverable: Text,
    /// Who usually does it.
    pub role: Text,
    /// How much work it is.
    pub effort: Effort,
    /// The checks that can be answered yes afterwards.
    #[serde(default)]
    pub closes: Vec<CheckReference>,
    /// The requirements that it lifts, and to which level.
    #[serde(default)]
    pub lifts: Vec<Lift>,
    /// The actions that come before it.
    #[serde(default)]
    pub after: Vec<Text>,
    /// Calendar days that must pass after it before what follows can start.
    #[serde(default)]
    pub wait_days: u32,
}

/// A requirement and the level to which an action leads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lift {
    /// The requirement that rises.
    pub requirement: Reference,
    /// The level that it reaches.
    pub to: Level,
}

/// The size of an action (scoring rule 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Effort {
    /// Half a person-day.
    XS,
    /// One person-day.
    S,
    /// Three person-days.
    M,
    /// Eight person-days.
    L,
    /// Fifteen person-days.
    XL,
}

impl Effort {
    /// The work in half person-days: 1, 2, 6, 16 or 30.
    pub const fn half_days(self) -> u32 {
        match self {
            Effort::XS => 1,
            Effort::S => 2,
            Effort::M => 6,
            Effort::L => 16,
            Effort::XL => 30,
        }
    }

    /// The size as it is printed.
    pub const fn name(self) -> &'static str {
        match self {
            Effort::XS => "XS",
            Effort::S => "S",
            Effort::M => "M",
            Effort::L => "L",
            Effort::XL => "XL",
        }
    }
}

/// What the team says about one action of its plan, kept under the action's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionRecord {
    /// The id of a catalogue action, or `evidence:4`, `ask:A.6`, `system:chatbot:not_started`.
    pub action: String,
    /// Where the work stands.
    #[serde(default, skip_serializing_if = "ActionStatus::is_open")]
    pub status: ActionStatus,
    /// Why it was dropped; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who does it, instead of the role in the catalogue.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// The date agreed, instead of the computed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
}

impl ActionRecord {
    /// A record of an action of which nothing is said yet.
    pub fn blank(action: &str) -> ActionRecord {
        ActionRecord {
            action: action.to_owned(),
            status: ActionStatus::Open,
            reason: String::new(),
            owner: String::new(),
            due: None,
        }
    }
}

/// Where the work on an action stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ActionStatus {
    /// Not begun.
    #[default]
    Open,
    /// Begun.
    InProgress,
    /// Finished; asks for a new look at its requirements.
    Done,
    /// Given up with a reason; its gap stays as accepted.
    Dropped,
}

impl ActionStatus {
    /// Whether nothing was said about it yet.
    pub fn is_open(&self) -> bool {
        *self == ActionStatus::Open
    }

    /// Whether it takes no more effort and counts as passed (scoring rule 10).
    pub fn is_passed(self) -> bool {
        matches!(self, ActionStatus::Done | ActionStatus::Dropped)
    }

    /// The status in words.
    pub const fn name(self) -> &'static str {
        match self {
            ActionStatus::Open => "open",
            ActionStatus::InProgress => "in progress",
            ActionStatus::Done => "done",
            ActionStatus::Dropped => "dropped",
        }
    }
}

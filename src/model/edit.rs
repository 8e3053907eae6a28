//! Every change to an assessment as a value: what autosave, undo, audit trail and merge are built on.

use chrono::{NaiveDate, NaiveTime};

use crate::model::{
    action::ActionRecord,
    answer::{CheckResponse, LevelAnswer},
    collision::{Place, Stated},
    evidence::Evidence,
    exclusion::Exclusion,
    impact::criteria::OwnCriteria,
    inclusion::{Inclusion, OwnControl},
    level::Level,
    profile::Profile,
    reference::Reference,
    statement::Statement,
    system::System,
};

/// Who changes what, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// The name of the person.
    pub by: String,
    /// The day.
    pub on: NaiveDate,
    /// The time of that day, where a clock was read.
    pub at: Option<NaiveTime>,
    /// What changes.
    pub change: Change,
}

/// One change. Each sets something to a value or, with nothing, clears it; so its reverse is a change too.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Names the assessment.
    Rename(String),
    /// Replaces the profile.
    SetProfile(Box<Profile>),
    /// Sets the target level of a category.
    SetTarget {
        /// `4` to `10` or `A.2` to `A.10`.
        category: Reference,
        /// The target; nothing returns to the default.
        level: Option<Level>,
    },
    /// Picks an option of a gateway question.
    SetGateway {
        /// The id of the question.
        question: String,
        /// The id of the option.
        option: Option<String>,
    },
    /// Says that nothing exists yet in a category, which proposes level 0 there.
    DeclareAbsent {
        /// `4` to `10` or `A.2` to `A.10`.
        category: Reference,
        /// Whether it is so.
        absent: bool,
    },
    /// States the level of a requirement.
    SetLevel {
        /// The requirement.
        requirement: Reference,
        /// The level, or `Unknown`.
        level: Option<LevelAnswer>,
        /// Other levels stated and not settled.
        disputed: Vec<LevelAnswer>,
        /// Whether it was taken over from a proposal.
        by_proposal: bool,
    },
    /// Answers a check.
    SetCheck {
        /// The requirement.
        requirement: Reference,
        /// The id of the check.
        check: String,
        /// The answer.
        response: Option<CheckResponse>,
    },
    /// Declares a control not applicable, or applicable again.
    SetExclusion {
        /// The control.
        requirement: Reference,
        /// Basis and reason.
        exclusion: Option<Exclusion>,
    },
    /// Says why a control is included, what it applies to, and how it is done.
    SetInclusion {
        /// The control.
        requirement: Reference,
        /// All that is said; empty for nothing.
        inclusion: Box<Inclusion>,
    },
    /// Names who answers for a requirement; empty for nobody.
    SetOwner {
        /// The requirement.
        requirement: Reference,
        /// The name.
        owner: String,
    },
    /// Writes the note of a requirement; empty for none.
    SetNote {
        /// The requirement.
        requirement: Reference,
        /// The text.
        note: String,
    },
    /// Flags a requirement to be talked over.
    SetFlag {
        /// The requirement.
        requirement: Reference,
        /// Whether it is flagged.
        flagged: bool,
    },
    /// Says whether what an earlier round said of a requirement is still to be confirmed.
    SetToConfirm {
        /// The requirement.
        requirement: Reference,
        /// Whether it is.
        to_confirm: bool,
    },
    /// Adds, replaces or removes an item of evidence.
    SetEvidence {
        /// The id of the item.
        id: String,
        /// The item.
        evidence: Option<Evidence>,
    },
    /// Adds, replaces or removes an AI system.
    SetSystem {
        /// The id of the system.
        id: String,
        /// The part of it that changes, in a word or two, for undo to name: `harm`, `sign-off`.
        part: &'static str,
        /// The system.
        system: Option<Box<System>>,
    },
    /// Replaces the organization's own criteria for rating impacts.
    SetCriteria(Box<OwnCriteria>),
    /// Adds, replaces or removes a control of the organization's own.
    SetOwnControl {
        /// The id of the control.
        id: String,
        /// The control.
        control: Option<Box<OwnControl>>,
    },
    /// Replaces version and approval of the statement of applicability.
    SetStatement(Box<Statement>),
    /// Says what became of an action of the plan.
    SetAction {
        /// The id of the action.
        id: String,
        /// Status, owner and date.
        record: Option<ActionRecord>,
    },
    /// Says which values people stated for a place and have not settled; none once they have.
    SetCollision {
        /// What the values are of.
        place: Place,
        /// The values.
        stated: Vec<Stated>,
    },
    /// Several changes in one step, undone together.
    Batch(Vec<Change>),
}

impl Change {
    /// What it changes, in a few words that name the place and not the value; so they fit its reverse too.
    pub fn words(&self) -> String {
        match self {
            Change::Rename(_) => "name of the assessment".to_owned(),
            Change::SetProfile(_) => "profile".to_owned(),
            Change::SetTarget { category, .. } => format!("target of {category}"),
            Change::SetGateway { .. } => "answer at the gateway".to_owned(),
            Change::DeclareAbsent { category, .. } => format!("nothing exists in {category}"),
            Change::SetLevel { requirement, .. } => format!("level of {requirement}"),
            Change::SetCheck { requirement, .. } => format!("check of {requirement}"),
            Change::SetExclusion { requirement, .. } => format!("exclusion of {requirement}"),
            Change::SetInclusion { requirement, .. } => format!("inclusion of {requirement}"),
            Change::SetOwner { requirement, .. } => format!("owner of {requirement}"),
            Change::SetNote { requirement, .. } => format!("note on {requirement}"),
            Change::SetFlag { requirement, .. } => format!("flag on {requirement}"),
            Change::SetToConfirm { requirement, .. } => format!("confirmation of {requirement}"),
            Change::SetEvidence { .. } => "item of evidence".to_owned(),
            Change::SetSystem { id, part, .. } => format!("{part} of {id}"),
            Change::SetCriteria(_) => "criteria for rating impacts".to_owned(),
            Change::SetOwnControl { id, .. } => format!("own control {id}"),
            Change::SetStatement(_) => "version and approval of the statement".to_owned(),
            Change::SetAction { .. } => "action of the plan".to_owned(),
            Change::SetCollision { place, .. } => format!("disputed {place}"),
            Change::Batch(changes) => match changes.as_slice() {
                [] => "nothing".to_owned(),
                [change] => change.words(),
                [first, others @ ..] => format!("{} and {} more", first.words(), others.len()),
            },
        }
    }
}

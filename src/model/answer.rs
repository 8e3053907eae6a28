//! What a team says about one requirement: level, checks, note. Unanswered, unknown and a value are three things.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::{
    exclusion::Exclusion, history::PastChange, inclusion::Inclusion, level::Level, reference::Reference,
    requirement::Check,
};

/// Everything said about one requirement. Kept even when it does not count at present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The requirement that it answers.
    pub requirement: Reference,
    /// The rung picked; nothing means that nobody was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<LevelAnswer>,
    /// Other levels stated for the same question and not yet settled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputed_levels: Vec<LevelAnswer>,
    /// Whether the level was taken over from a proposal.
    #[serde(default, skip_serializing_if = "is_false")]
    pub by_proposal: bool,
    /// The checks answered so far.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckResponse>,
    /// The decision that a control does not apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclusion: Option<Exclusion>,
    /// Why the control is included, and how it is done; empty where nothing is said.
    #[serde(default, skip_serializing_if = "Inclusion::is_empty")]
    pub inclusion: Inclusion,
    /// Who answers for the requirement in the organization.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Free words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Whether it is to be talked over.
    #[serde(default, skip_serializing_if = "is_false")]
    pub flagged: bool,
    /// Whether it was said in an earlier round and nobody has confirmed it in this one. It counts meanwhile.
    #[serde(default, skip_serializing_if = "is_false")]
    pub to_confirm: bool,
    /// Who changed it last, and on which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Stamp>,
    /// Its last changes, the latest last: at most as many as [`LONGEST_HISTORY`](crate::model::history::LONGEST_HISTORY).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<PastChange>,
}

impl Answer {
    /// An answer that says nothing yet.
    pub fn empty(requirement: Reference) -> Self {
        Answer {
            requirement,
            level: None,
            disputed_levels: Vec::new(),
            by_proposal: false,
            checks: Vec::new(),
            exclusion: None,
            inclusion: Inclusion::default(),
            owner: String::new(),
            note: String::new(),
            flagged: false,
            to_confirm: false,
            changed: None,
            history: Vec::new(),
        }
    }

    /// Whether nothing is said and nothing was, so that it need not be kept.
    ///
    /// One that was cleared still tells who cleared it. It says nothing else, and so counts everywhere like none.
    pub fn is_empty(&self) -> bool {
        *self == Answer { changed: self.changed.clone(), ..Answer::empty(self.requirement) }
    }

    /// Whether anything is said that a later round can confirm: a level, a check or an exclusion.
    pub fn can_be_confirmed(&self) -> bool {
        self.level.is_some() || !self.disputed_levels.is_empty() || !self.checks.is_empty() || self.exclusion.is_some()
    }

    /// The level that counts: of a dispute the lower, and a number before `Unknown` (scoring rule 2).
    pub fn effective_level(&self) -> Option<LevelAnswer> {
        self.level.into_iter().chain(self.disputed_levels.iter().copied()).min()
    }

    /// The level that counts, where it is a number.
    pub fn claimed(&self) -> Option<Level> {
        self.effective_level().and_then(LevelAnswer::known)
    }

    /// What was said to that check.
    pub fn check(&self, id: &str) -> Option<&CheckResponse> {
        self.checks.iter().find(|response| response.check == id)
    }

    /// The state of a check that counts: of a dispute the worse (scoring rule 2).
    ///
    /// `NoOccasion` takes away only a conditional check, and only with a reason; otherwise it says nothing.
    pub fn check_state(&self, check: &Check) -> CheckState {
        let Some(response) = self.check(&check.id) else { return CheckState::Unanswered };
        match response.effective() {
            CheckAnswer::No => CheckState::No,
            CheckAnswer::Partly => CheckState::Partly,
            CheckAnswer::Unknown => CheckState::Unknown,
            CheckAnswer::NoOccasion if check.conditional && !response.reason.trim().is_empty() => CheckState::Absent,
            CheckAnswer::NoOccasion => CheckState::Unanswered,
            CheckAnswer::Yes => CheckState::Yes,
        }
    }

    /// Whether people disagree on the level, a check or the exclusion.
    pub fn is_disputed(&self) -> bool {
        !self.disputed_levels.is_empty()
            || self.checks.iter().any(|response| !response.disputed.is_empty())
            || self.exclusion.as_ref().is_some_and(Exclusion::is_disputed)
    }
}

/// A stated level. A known one sorts before `Unknown`, and a lower before a higher: the first of a dispute counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LevelAnswer {
    /// The rung that describes today.
    Level(Level),
    /// Asked, and nobody knows.
    Unknown,
}

impl LevelAnswer {
    /// The level, unless nobody knows.
    pub fn known(self) -> Option<Level> {
        match self {
            LevelAnswer::Level(level) => Some(level),
            LevelAnswer::Unknown => None,
        }
    }
}

/// What was said to one check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckResponse {
    /// The id of the check within its requirement.
    pub check: String,
    /// The answer.
    pub answer: CheckAnswer,
    /// For `Partly`: which of the check's parts are still open, counted from 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open_parts: Vec<u8>,
    /// For `NoOccasion`: why there was none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Other answers stated for the same check and not yet settled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputed: Vec<CheckAnswer>,
}

impl CheckResponse {
    /// A plain answer.
    pub fn new(check: impl Into<String>, answer: CheckAnswer) -> Self {
        CheckResponse {
            check: check.into(),
            answer,
            open_parts: Vec::new(),
            reason: String::new(),
            disputed: Vec::new(),
        }
    }

    /// The answer that counts: the worst of those stated (scoring rule 2).
    pub fn effective(&self) -> CheckAnswer {
        self.disputed.iter().copied().fold(self.answer, CheckAnswer::min)
    }
}

/// The possible answers to a check, worst first: the order in which a dispute is scored (scoring rule 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CheckAnswer {
    /// It is not there.
    No,
    /// Some of it is there.
    Partly,
    /// Asked, and nobody knows.
    Unknown,
    /// The condition of the check has not occurred yet.
    NoOccasion,
    /// It is there.
    Yes,
}

impl CheckAnswer {
    /// The answer in words.
    pub const fn name(self) -> &'static str {
        match self {
            CheckAnswer::No => "no",
            CheckAnswer::Partly => "partly",
            CheckAnswer::Unknown => "unknown",
            CheckAnswer::NoOccasion => "no occasion",
            CheckAnswer::Yes => "yes",
        }
    }
}

/// How a check counts in scoring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckState {
    /// Answered no.
    No,
    /// Answered partly.
    Partly,
    /// Asked, and nobody knows: open.
    Unknown,
    /// Nobody was asked: open.
    Unanswered,
    /// No occasion so far: it counts as if it did not exist.
    Absent,
    /// Answered yes.
    Yes,
}

impl CheckState {
    /// The state of a check of a requirement that may have no answer at all.
    pub fn of(answer: Option<&Answer>, check: &Check) -> CheckState {
        answer.map_or(CheckState::Unanswered, |answer| answer.check_state(check))
    }

    /// The state in words.
    pub const fn name(self) -> &'static str {
        match self {
            CheckState::No => "no",
            CheckState::Partly => "partly",
            CheckState::Unknown => "unknown",
            CheckState::Unanswered => "not asked",
            CheckState::Absent => "no occasion",
            CheckState::Yes => "yes",
        }
    }

    /// Whether it still waits for an answer.
    pub fn is_open(self) -> bool {
        matches!(self, CheckState::Unknown | CheckState::Unanswered)
    }

    /// Whether it is answered with no or partly.
    pub fn is_gap(self) -> bool {
        matches!(self, CheckState::No | CheckState::Partly)
    }
}

/// Who did something, and on which day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// The name of the person.
    pub by: String,
    /// The day.
    pub on: NaiveDate,
}

/// For `skip_serializing_if`: files leave out what is not set.
pub(crate) fn is_false(value: &bool) -> bool {
    !value
}

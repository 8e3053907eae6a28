//! The statement of applicability as a document: its version, who approved it, and whether that still holds (6.1.3).
//!
//! An approval is of the decisions of its day. It keeps their fingerprint, so that a later change makes the statement a
//! draft again without a word being lost.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::{
    assessment::Assessment,
    evidence::short_hash,
    exclusion::{Exclusion, ExclusionBasis, mirroring_clause},
    inclusion::{Driver, Inclusion, OwnControl},
    reference::Reference,
};

/// What stands under every statement that nobody has approved.
pub const DRAFT: &str = "Draft until approved by designated management.";

/// Version and approval of the statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The version, in the words of the organization.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// Who of designated management approved it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub approved_by: String,
    /// On which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<NaiveDate>,
    /// The fingerprint of the decisions that were approved; empty where it was written by hand.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub decisions: String,
}

impl Statement {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Statement::default()
    }
}

/// Where the statement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementState {
    /// Nobody has approved it, or not yet on the day asked for, or people disagree on that.
    Draft,
    /// It is approved as it is.
    Approved,
    /// It was approved, and decisions have changed since.
    Changed,
}

/// What was decided on a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// It applies: something is answered or said about its inclusion, and no exclusion is in force.
    Applies,
    /// An exclusion is in force.
    Excluded,
    /// Neither answered nor decided; scored as applicable.
    Undecided,
}

impl Applicability {
    /// All states, in the order of reports.
    pub const ALL: [Applicability; 3] = [Applicability::Applies, Applicability::Excluded, Applicability::Undecided];

    /// The state in words.
    pub const fn name(self) -> &'static str {
        match self {
            Applicability::Applies => "applies",
            Applicability::Excluded => "excluded",
            Applicability::Undecided => "undecided",
        }
    }

    /// The state as one word, as JSON carries it.
    pub const fn id(self) -> &'static str {
        match self {
            Applicability::Applies => "Applies",
            Applicability::Excluded => "Excluded",
            Applicability::Undecided => "Undecided",
        }
    }
}

impl Assessment {
    /// What was decided on a control.
    pub fn applicability(&self, control: Reference) -> Applicability {
        let is_answered = self
            .answer(control)
            .is_some_and(|answer| answer.level.is_some() || !answer.checks.is_empty() || !answer.inclusion.is_empty());
        match (self.exclusion_in_force(control), is_answered) {
            (Some(_), _) => Applicability::Excluded,
            (None, true) => Applicability::Applies,
            (None, false) => Applicability::Undecided,
        }
    }

    /// Why a control that applies is included: the reason stated, or that a clause asks for the same. Nothing where nobody
    /// has said it, and for a control that does not apply.
    pub fn inclusion_reason(&self, control: Reference) -> Option<String> {
        let answer = self.answer(control).filter(|_| self.applicability(control) == Applicability::Applies)?;
        let stated = Some(&answer.inclusion).filter(|inclusion| inclusion.has_reason());
        let clause = || mirroring_clause(control).map(|clause| format!("clause {clause} asks for the same"));
        stated.map(|inclusion| inclusion.reason.trim().to_owned()).or_else(clause)
    }

    /// Whether a control applies and nobody has said why.
    pub fn lacks_inclusion_reason(&self, control: Reference) -> bool {
        self.applicability(control) == Applicability::Applies && self.inclusion_reason(control).is_none()
    }

    /// Where the statement of applicability stands on a day.
    pub fn statement_state(&self, as_of: NaiveDate) -> StatementState {
        let Statement { version: _, approved_by, approved_on, decisions } = &self.statement;
        let is_disputed =
            self.collisions.iter().any(|collision| collision.place.0.first().is_some_and(|part| part == "statement"));
        let is_approved = !approved_by.trim().is_empty() && approved_on.is_some_and(|day| day <= as_of);
        if !is_approved || is_disputed {
            StatementState::Draft
        } else if decisions.is_empty() || *decisions == self.decisions() {
            StatementState::Approved
        } else {
            StatementState::Changed
        }
    }

    /// What stands under the statement on a day: that it is a draft, or who approved it.
    pub fn statement_footer(&self, as_of: NaiveDate) -> String {
        let Statement { version, approved_by, approved_on, decisions: _ } = &self.statement;
        let day = approved_on.map(|day| format!(" on {day}")).unwrap_or_default();
        match self.statement_state(as_of) {
            StatementState::Draft => DRAFT.to_owned(),
            StatementState::Approved if version.is_empty() => format!("Approved by {approved_by}{day}."),
            StatementState::Approved => format!("Version {version}, approved by {approved_by}{day}."),
            StatementState::Changed => {
                let draft = DRAFT.trim_end_matches('.');
                let version = if version.is_empty() { "it".to_owned() } else { format!("version {version}") };
                format!("{draft}: decisions have changed since {approved_by} approved {version}{day}.")
            }
        }
    }

    /// The fingerprint of all decisions of the statement: what applies, why, and how. Levels and evidence are none of it.
    pub fn decisions(&self) -> String {
        let mut texts = Vec::new();
        for answer in self.answers.values().filter(|answer| answer.requirement.is_control()) {
            let state = self.applicability(answer.requirement);
            if state != Applicability::Undecided || answer.exclusion.is_some() {
                texts.extend([answer.requirement.to_string(), state.id().to_owned()]);
                answer.exclusion.iter().for_each(|exclusion| exclusion_texts(exclusion, &mut texts));
                inclusion_texts(&answer.inclusion, &mut texts);
            }
        }
        for OwnControl { id, title, inclusion, owner: _, evidence: _ } in &self.own_controls {
            texts.extend([id.clone(), title.clone()]);
            inclusion_texts(inclusion, &mut texts);
        }
        short_hash(&texts.iter().map(String::as_str).collect::<Vec<&str>>())
    }
}

/// An exclusion as texts, of which each place always says the same kind of thing.
fn exclusion_texts(exclusion: &Exclusion, texts: &mut Vec<String>) {
    // Written out in full here and below: a new field does not compile until somebody decides about it.
    let Exclusion { basis, reason, reference, override_note, roles: _, systems: _, disputed: _, others: _ } = exclusion;
    let basis = basis.map_or("", ExclusionBasis::name).to_owned();
    texts.extend([basis, reason.clone(), reference.clone(), override_note.clone()]);
}

fn inclusion_texts(inclusion: &Inclusion, texts: &mut Vec<String>) {
    let Inclusion { reason, drivers, reference, all_systems: _, systems: _, implementation } = inclusion;
    let drivers: Vec<&str> = drivers.iter().copied().map(Driver::name).collect();
    let systems = inclusion.only_systems().join(",");
    texts.extend([reason.clone(), drivers.join(","), reference.clone(), systems, implementation.clone()]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        answer::LevelAnswer,
        edit::{Change, Edit},
        level::Level,
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day in a test")
    }

    fn change(assessment: &mut Assessment, change: Change) -> Change {
        assessment.apply(&Edit { by: "Ann".into(), on: day("2026-06-01"), at: None, change })
    }

    fn approved() -> Assessment {
        let mut assessment = Assessment::new("Acme", "1", day("2026-01-01"));
        let requirement = "A.2.3".parse().expect("a control");
        let inclusion = Inclusion { reason: "Customers ask for it.".into(), ..Inclusion::default() };
        change(&mut assessment, Change::SetInclusion { requirement, inclusion: Box::new(inclusion) });
        let statement = Statement {
            version: "1.0".into(),
            approved_by: "Board".into(),
            approved_on: Some(day("2026-06-01")),
            decisions: assessment.decisions(),
        };
        change(&mut assessment, Change::SetStatement(Box::new(statement)));
        assessment
    }

    #[test]
    fn an_approval_holds_until_a_decision_changes() {
        let mut assessment = approved();
        let state = |assessment: &Assessment| assessment.statement_state(day("2026-06-02"));
        assert_eq!(state(&assessment), StatementState::Approved);
        assert_eq!(assessment.statement_state(day("2026-05-31")), StatementState::Draft, "not yet");
        let footer = |assessment: &Assessment| assessment.statement_footer(day("2026-06-02"));
        assert_eq!(footer(&assessment), "Version 1.0, approved by Board on 2026-06-01.");
        assert_eq!(assessment.statement_footer(day("2026-05-31")), DRAFT);
        let control = |id: &str| id.parse::<Reference>().expect("a control");
        let level = |id: &str| Change::level(control(id), LevelAnswer::Level(Level::ALL[3]));
        change(&mut assessment, level("A.2.3"));
        change(&mut assessment, level("5.2"));
        assert_eq!(state(&assessment), StatementState::Approved, "a level is no decision on a control that applies");
        let undo = change(&mut assessment, level("A.2.4"));
        assert_eq!(state(&assessment), StatementState::Changed, "one more control applies");
        change(&mut assessment, undo);
        assert_eq!(state(&assessment), StatementState::Approved);
        let own = OwnControl { id: "O.1".into(), title: "Red team".into(), ..OwnControl::default() };
        change(&mut assessment, Change::SetOwnControl { id: "O.1".into(), control: Some(Box::new(own)) });
        assert_eq!(state(&assessment), StatementState::Changed, "an own control more");
        assert_eq!(
            footer(&assessment),
            "Draft until approved by designated management: decisions have changed since Board approved version 1.0 on 2026-06-01."
        );
        assessment.statement.decisions.clear();
        assert_eq!(state(&assessment), StatementState::Approved, "written by hand, so that nothing can be compared");
        assessment.statement.approved_by = " ".into();
        assert_eq!(state(&assessment), StatementState::Draft);
    }

    #[test]
    fn what_is_said_about_an_inclusion_is_a_decision() {
        let mut assessment = approved();
        let control = "A.2.3".parse().expect("a control");
        assert_eq!(assessment.applicability(control), Applicability::Applies);
        change(&mut assessment, Change::SetInclusion { requirement: control, inclusion: Box::default() });
        assert_eq!(assessment.applicability(control), Applicability::Undecided);
    }
}

//! What the cells of an answer sheet say of one requirement or one check, as an export writes them.

use crate::{
    model::{
        answer::{Answer, CheckAnswer, CheckResponse, LevelAnswer},
        exclusion::ExclusionBasis,
        requirement::Check,
    },
    spreadsheet::{LONGEST_CELL, units},
};

/// The word for what nobody knows.
pub(super) const UNKNOWN: &str = "unknown";
/// The words for whether a control is excluded.
pub(super) const YES: &str = "yes";
/// The word for a control that applies.
pub(super) const NO: &str = "no";

/// The cells of a requirement that people fill in; an empty one says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RequirementCells {
    pub(super) level: String,
    pub(super) owner: String,
    pub(super) note: String,
    pub(super) exclusion: ExclusionCells,
}

/// The cells of an exclusion; all empty where none is recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ExclusionCells {
    pub(super) excluded: String,
    pub(super) basis: String,
    pub(super) reason: String,
    pub(super) reference: String,
    pub(super) override_note: String,
}

/// The cells of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CheckCells {
    pub(super) answer: String,
    pub(super) open_parts: String,
    pub(super) reason: String,
}

impl RequirementCells {
    /// What an export writes. Of a dispute it is the value that counts.
    pub(super) fn of(answer: Option<&Answer>) -> RequirementCells {
        let Some(answer) = answer else { return RequirementCells::default() };
        RequirementCells {
            level: answer.effective_level().map(level).unwrap_or_default(),
            owner: held(&answer.owner),
            note: held(&answer.note),
            // Clauses bind everybody; what a save holds against that is nothing to pass on.
            exclusion: if answer.requirement.is_control() {
                ExclusionCells::of(answer)
            } else {
                ExclusionCells::default()
            },
        }
    }
}

impl ExclusionCells {
    fn of(answer: &Answer) -> ExclusionCells {
        let Some(exclusion) = &answer.exclusion else { return ExclusionCells::default() };
        ExclusionCells {
            excluded: YES.to_owned(),
            basis: exclusion.basis.map(ExclusionBasis::name).unwrap_or_default().to_owned(),
            reason: held(&exclusion.reason),
            reference: held(&exclusion.reference),
            override_note: held(&exclusion.override_note),
        }
    }
}

impl CheckCells {
    /// What an export writes. Of a dispute it is the answer that counts; no occasion without a reason says nothing.
    pub(super) fn of(answer: Option<&Answer>, check: &Check) -> CheckCells {
        let response = answer.and_then(|answer| answer.check(&check.id));
        let Some(response) = response else { return CheckCells::default() };
        let effective = response.effective();
        let reason = held(&response.reason);
        let cells = CheckCells { answer: effective.name().to_owned(), ..CheckCells::default() };
        match effective {
            CheckAnswer::NoOccasion if !check.conditional || reason.is_empty() => CheckCells::default(),
            CheckAnswer::NoOccasion => CheckCells { reason, ..cells },
            CheckAnswer::Partly => CheckCells { open_parts: open_parts(response), ..cells },
            CheckAnswer::No | CheckAnswer::Unknown | CheckAnswer::Yes => cells,
        }
    }
}

/// The open parts of a check answered with partly: `1, 3`.
fn open_parts(response: &CheckResponse) -> String {
    response.open_parts.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")
}

/// A level as its cell says it.
pub(super) fn level(level: LevelAnswer) -> String {
    level.known().map_or_else(|| UNKNOWN.to_owned(), |level| level.to_string())
}

/// A text as its cell holds it: nothing for mere spaces, and for what is longer than a cell.
fn held(text: &str) -> String {
    if text.trim().is_empty() || is_too_long(text) { String::new() } else { text.to_owned() }
}

/// Whether a text is longer than a cell. It then stays where it is, and the sheet says so.
pub(super) fn is_too_long(text: &str) -> bool {
    units(text) > LONGEST_CELL
}

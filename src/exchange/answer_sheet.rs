//! The answer sheet: a workbook that people fill in who will not use a terminal, and what a filled one changes.
//!
//! Export and import share [`cells`]: an import changes only what differs from what an export would write now, and a blank cell
//! leaves alone what is there.

mod cells;
pub mod read;
#[cfg(test)]
mod tests;
mod write;

use crate::{exchange::import::Problem, report::Subject, spreadsheet::read::ReadBook};

/// The version of the sheet; a change that an older program would misread raises it.
const VERSION: &str = "1";

/// The names of its sheets.
const INSTRUCTIONS: &str = "Instructions";
const REQUIREMENTS: &str = "Requirements";
const CHECKS: &str = "Checks";

/// What the first sheet says of itself.
mod field {
    pub(super) const VERSION: &str = "Answer sheet";
    pub(super) const ASSESSMENT: &str = "Assessment";
    pub(super) const EDITION: &str = "Questionnaires";
    pub(super) const MADE_ON: &str = "Made on";
}

/// The headings of the columns that are read.
mod heading {
    pub(super) const ID: &str = "Id";
    pub(super) const LEVEL: &str = "Level";
    pub(super) const OWNER: &str = "Owner";
    pub(super) const NOTE: &str = "Note";
    pub(super) const EXCLUDED: &str = "Excluded";
    pub(super) const BASIS: &str = "Basis";
    pub(super) const REASON: &str = "Reason";
    pub(super) const REFERENCE: &str = "Reference";
    pub(super) const OVERRIDE: &str = "Why it stands";
    pub(super) const CHECK: &str = "Check";
    pub(super) const ANSWER: &str = "Answer";
    pub(super) const OPEN_PARTS: &str = "Open parts";
    pub(super) const NO_OCCASION: &str = "Why no occasion";
}

/// The file of the answer sheet of an assessment, filled in as far as it is answered.
pub fn workbook(subject: &Subject) -> Vec<u8> {
    write::book(subject).bytes()
}

/// Reads a file that may be an answer sheet.
///
/// # Errors
/// What it is instead of a workbook.
pub fn open(bytes: &[u8]) -> Result<ReadBook, Vec<Problem>> {
    ReadBook::read(bytes).map_err(|error| vec![Problem::with_file(error.to_string())])
}

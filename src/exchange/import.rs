//! What an import says: the changes per requirement and what a person has to look at, or all that does not fit.

use std::fmt;

use crate::model::{edit::Change, reference::Reference};

/// What a file would change in an assessment. Only what differs from the assessment is a change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// How many rows of the file were read.
    pub rows: usize,
    /// The changes, in the natural order of their requirements.
    pub changes: Vec<RequirementChange>,
    /// What the file says and an import does not take over, in sentences without an end mark.
    pub to_review: Vec<String>,
}

/// What changes of one requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct RequirementChange {
    /// The requirement.
    pub requirement: Reference,
    /// The change.
    pub change: Change,
    /// The change in words, such as `level 2 -> 3`.
    pub words: Vec<String>,
}

impl Import {
    /// All changes as one step, which is undone as one.
    pub fn change(&self) -> Change {
        Change::Batch(self.changes.iter().map(|change| change.change.clone()).collect())
    }
}

/// Why a file cannot be taken over, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The sheet of a workbook; empty where there is only one.
    pub sheet: &'static str,
    /// The row as a spreadsheet counts it, headings included; nothing where the file as a whole is meant.
    pub row: Option<usize>,
    /// The heading of the column; empty where the row as a whole is meant.
    pub column: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl Problem {
    /// A problem with the file as a whole.
    pub fn with_file(message: impl Into<String>) -> Problem {
        Problem { sheet: "", row: None, column: String::new(), message: message.into() }
    }

    /// A problem with a row as a whole.
    pub fn with_row(row: usize, message: impl Into<String>) -> Problem {
        Problem { sheet: "", row: Some(row), column: String::new(), message: message.into() }
    }

    /// A problem with a cell.
    pub fn with_cell(row: usize, column: impl Into<String>, message: impl Into<String>) -> Problem {
        Problem { sheet: "", row: Some(row), column: column.into(), message: message.into() }
    }

    /// The same problem on that sheet of a workbook.
    pub fn on_sheet(self, sheet: &'static str) -> Problem {
        Problem { sheet, ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.sheet.is_empty() {
            write!(f, "sheet {}", self.sheet)?;
            f.write_str(if self.row.is_some() { ", " } else { ": " })?;
        }
        if let Some(row) = self.row {
            write!(f, "row {row}")?;
            if !self.column.is_empty() {
                write!(f, ", column {}", self.column)?;
            }
            write!(f, ": ")?;
        }
        f.write_str(&self.message)
    }
}

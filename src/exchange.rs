//! Exchange with other programs: an assessment in their formats, and their files as changes to an assessment. Pure: bytes in,
//! bytes out; equal input, equal bytes.
//!
//! A format is one variant of [`ExportFormat`] and, where its files come back, of [`ImportFormat`]; the matches here lead to the
//! module that knows it. An import says what would change or, for all rows at once, what does not fit; it never applies anything.

pub mod answer_sheet;
pub mod calendar;
pub mod ciso_assistant;
pub mod github;
pub mod gitlab;
mod ids;
pub mod import;
pub mod jira;
mod markup;
pub mod oscal;
#[cfg(test)]
mod properties;
pub mod sheet;
mod table;
#[cfg(test)]
mod tests;
mod ticket;
mod wording;

use crate::{
    exchange::{
        import::Import,
        sheet::{ReadSheet, Sheet},
    },
    report::Subject,
};

/// The formats in which an assessment can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// An audit of CISO Assistant, as CSV.
    CisoAssistantCsv,
    /// An audit of CISO Assistant, as a workbook.
    CisoAssistantXlsx,
    /// The plan as applied controls of CISO Assistant, as CSV.
    CisoAssistantControls,
    /// The plan as issues for Jira, as CSV.
    Jira,
    /// The plan as issues for GitLab, as CSV.
    Gitlab,
    /// The plan as issues for GitHub, a Markdown file for each.
    Github,
    /// The due dates of the plan as iCalendar.
    Calendar,
    /// OSCAL assessment results, as JSON.
    OscalResults,
    /// An OSCAL plan of action and milestones, as JSON.
    OscalPlan,
    /// The answer sheet for people who will not use a terminal.
    AnswerSheet,
}

/// The formats that can be read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportFormat {
    /// An audit of CISO Assistant, as CSV.
    CisoAssistantCsv,
    /// An audit of CISO Assistant, as a workbook.
    CisoAssistantXlsx,
    /// A filled answer sheet.
    AnswerSheet,
}

/// What an export gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exported {
    /// One file.
    File(Vec<u8>),
    /// Several files that belong into one folder.
    Folder(Vec<ExportedFile>),
}

/// One file of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedFile {
    /// Its name in the folder, without any path.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl ExportFormat {
    /// Whether a person can read the bytes on a terminal.
    pub const fn is_text(self) -> bool {
        match self {
            ExportFormat::CisoAssistantCsv
            | ExportFormat::CisoAssistantControls
            | ExportFormat::Jira
            | ExportFormat::Gitlab
            | ExportFormat::Github
            | ExportFormat::Calendar
            | ExportFormat::OscalResults
            | ExportFormat::OscalPlan => true,
            ExportFormat::CisoAssistantXlsx | ExportFormat::AnswerSheet => false,
        }
    }

    /// Reads a written file as its reader will, and says what is wrong with it.
    pub const fn check(self) -> fn(&[u8]) -> Result<(), String> {
        match self {
            ExportFormat::CisoAssistantCsv | ExportFormat::CisoAssistantControls => {
                |bytes| said(whole(Sheet::read_csv(bytes)))
            }
            ExportFormat::CisoAssistantXlsx => |bytes| said(whole(Sheet::read_xlsx(bytes))),
            ExportFormat::AnswerSheet => |bytes| said(answer_sheet::open(bytes)),
            ExportFormat::Jira => jira::check,
            ExportFormat::Gitlab => gitlab::check,
            ExportFormat::Github => github::check,
            ExportFormat::Calendar => calendar::check,
            ExportFormat::OscalResults => |bytes| oscal::check(bytes, "assessment-results"),
            ExportFormat::OscalPlan => |bytes| oscal::check(bytes, "plan-of-action-and-milestones"),
        }
    }

    /// Why there is nothing to write, if so: what has an entry per open action needs one.
    pub fn objection(self, subject: &Subject) -> Option<&'static str> {
        let is_of_actions = match self {
            ExportFormat::Jira | ExportFormat::Gitlab | ExportFormat::Github | ExportFormat::Calendar => true,
            ExportFormat::CisoAssistantCsv
            | ExportFormat::CisoAssistantXlsx
            | ExportFormat::CisoAssistantControls
            | ExportFormat::OscalResults
            | ExportFormat::OscalPlan
            | ExportFormat::AnswerSheet => false,
        };
        let is_empty = is_of_actions && subject.plan.steps.is_empty();
        is_empty.then_some("the plan has no open action, so there is nothing to write in this format")
    }
}

/// A table that was read, where all of it fits.
fn whole(read: Result<ReadSheet, import::Problem>) -> Result<Sheet, Vec<import::Problem>> {
    read.map_err(|problem| vec![problem]).and_then(ReadSheet::whole)
}

/// What is wrong with a file that was read again.
fn said<T>(read: Result<T, Vec<import::Problem>>) -> Result<(), String> {
    let words =
        |problems: Vec<import::Problem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    read.map(drop).map_err(words)
}

/// Writes an assessment in a format.
pub fn export(format: ExportFormat, subject: &Subject) -> Exported {
    let bytes = match format {
        ExportFormat::CisoAssistantCsv => ciso_assistant::audit(subject).csv(),
        ExportFormat::CisoAssistantXlsx => ciso_assistant::workbook(subject),
        ExportFormat::CisoAssistantControls => ciso_assistant::controls::sheet(subject).csv(),
        ExportFormat::Jira => jira::export(subject).into_bytes(),
        ExportFormat::Gitlab => gitlab::export(subject).into_bytes(),
        ExportFormat::Github => {
            let file = |(name, text): (String, String)| ExportedFile { name, bytes: text.into_bytes() };
            return Exported::Folder(github::export(subject).into_iter().map(file).collect());
        }
        ExportFormat::Calendar => calendar::export(subject).into_bytes(),
        ExportFormat::OscalResults => oscal::assessment_results(subject).into_bytes(),
        ExportFormat::OscalPlan => oscal::action_plan(subject).into_bytes(),
        ExportFormat::AnswerSheet => answer_sheet::workbook(subject),
    };
    Exported::File(bytes)
}

/// Reads what a file would change in an assessment.
///
/// # Errors
/// All problems for which nothing of the file can be taken over.
pub fn import(format: ImportFormat, bytes: &[u8], subject: &Subject) -> Result<Import, Vec<import::Problem>> {
    let audit = |read: Result<ReadSheet, import::Problem>| {
        let sheet = read.map_err(|problem| vec![problem])?;
        sheet.read(|sheet| ciso_assistant::read::import(sheet, subject))
    };
    match format {
        ImportFormat::CisoAssistantCsv => audit(Sheet::read_csv(bytes)),
        ImportFormat::CisoAssistantXlsx => audit(Sheet::read_xlsx(bytes)),
        ImportFormat::AnswerSheet => answer_sheet::read::import(&answer_sheet::open(bytes)?, subject),
    }
}

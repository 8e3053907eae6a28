//! Reports: where an assessment stands and what to do next, as text. Pure: values in, text out, the same input the same bytes.
//!
//! Every report has one entry point of the same shape, `render(&Subject, <its own options>, Format, &Layout) -> String`,
//! and ends with a line break. Reports build a [`page::Page`] once, which prints as text or Markdown; CSV and JSON carry
//! the same figures for machines. Whatever people wrote is cleaned or escaped on the way out, never trusted.

pub mod bill;
pub mod compare;
pub mod documents;
pub mod draft;
pub mod escape;
pub mod figure;
pub mod figures;
pub mod full;
pub mod heat_map;
pub mod history;
pub mod impact;
mod json;
pub mod lens;
pub mod line;
pub mod notice;
pub mod page;
pub mod plan;
pub mod programmes;
#[cfg(test)]
mod sample;
pub mod score;
pub mod soa;
pub mod standing;
pub mod summary;
pub mod systems;
pub mod table;
#[cfg(test)]
mod tests;
mod trend;
mod words;
pub mod workbook;

use crate::{
    model::{assessment::Assessment, catalog::Catalog, level::Level},
    plan::Plan,
    score::Standing,
};

/// What every report speaks of. The parts belong together: the standing and the plan are those of the assessment.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What was asked.
    pub catalog: &'a Catalog,
    /// What was answered.
    pub assessment: &'a Assessment,
    /// Where that stands.
    pub standing: &'a Standing,
    /// What to do about it.
    pub plan: &'a Plan,
}

/// The forms in which a report can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a terminal or a plain text file; the only format that heeds the [`Layout`].
    Text,
    /// For a repository, a wiki, a ticket.
    Markdown,
    /// For a spreadsheet: one table after RFC 4180.
    Csv,
    /// For programs: schema 1, fixed order of keys.
    Json,
}

/// How text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Columns to fill; what is narrower than [`Layout::NARROWEST`] is treated as that.
    pub width: usize,
    /// Whether escape sequences may be used.
    pub style: Style,
}

/// Whether text carries escape sequences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// None: for pipes, files, and terminals that ask for no colour.
    Plain,
    /// Bold headings and coloured verdicts. Nothing is said by colour alone.
    Ansi,
}

impl Layout {
    /// The narrowest page that is laid out, in columns.
    pub const NARROWEST: usize = 30;

    /// The columns that are filled.
    pub fn columns(&self) -> usize {
        self.width.max(Layout::NARROWEST)
    }
}

/// The highest level that can be credited before checks are answered and evidence is attached (scoring rule 4).
const HIGHEST_UNSHOWN: Level = Level::ALL[2];

impl Subject<'_> {
    /// Whether this is a quick pass, in which the headline is *claimed*: fewer than 10 percent of the binding checks
    /// are answered, and so nothing is credited above 2 (scoring rule 4).
    pub fn is_quick_pass(&self) -> bool {
        let checks = self.standing.whole.checks;
        let mut credited = self.standing.requirements.iter().filter_map(|score| score.credited);
        checks.answered * 10 < checks.total && credited.all(|level| level <= HIGHEST_UNSHOWN)
    }
}

//! What is remarkable about a save that was read, collected with its place in the file.

use std::{cell::OnceCell, fmt, path::Path};

use crate::ron_text::{
    Problem,
    outline::{Outline, Step},
};

/// Something that a reader of the save should know; the save is usable all the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// What and where.
    pub problem: Problem,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, "{severity}: {}", self.problem)
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Kept as it is; counts for nothing today.
    Note,
    /// Does not count as its author may think.
    Warning,
    /// Wrong, and to be put right; figures are computed without it.
    Error,
}

/// Of more than this many of a kind the rest is only counted.
const MOST: usize = 50;

/// Collects findings and, apart from them, problems for which the save cannot be used.
pub(super) struct Findings<'a> {
    path: &'a Path,
    text: &'a str,
    outline: OnceCell<Outline<'a>>,
    findings: Vec<Finding>,
    refusals: Vec<Problem>,
    findings_left_out: usize,
    refusals_left_out: usize,
}

/// The line that stands for those that were only counted.
fn more(path: &Path, left_out: usize, what: &str) -> Option<Problem> {
    (left_out > 0).then(|| Problem::with_file(path, format!("and {left_out} more {what} this file")))
}

impl<'a> Findings<'a> {
    pub(super) fn new(path: &'a Path, text: &'a str) -> Self {
        Findings {
            path,
            text,
            outline: OnceCell::new(),
            findings: Vec::new(),
            refusals: Vec::new(),
            findings_left_out: 0,
            refusals_left_out: 0,
        }
    }

    /// Adds a finding about a value of the file. An error is never only counted.
    pub(super) fn add(&mut self, severity: Severity, place: &[Step], message: impl FnOnce() -> String) {
        if self.findings.len() < MOST || severity == Severity::Error {
            let problem = self.problem(place, message());
            self.findings.push(Finding { severity, problem });
        } else {
            self.findings_left_out += 1;
        }
    }

    /// Adds a problem for which the file cannot be used.
    pub(super) fn refuse(&mut self, place: &[Step], message: impl FnOnce() -> String) {
        if self.refusals.len() < MOST {
            let problem = self.problem(place, message());
            self.refusals.push(problem);
        } else {
            self.refusals_left_out += 1;
        }
    }

    /// All findings in the order of the file; or, when the file cannot be used, all that is wrong with it.
    pub(super) fn finish(mut self) -> Result<Vec<Finding>, Vec<Problem>> {
        self.findings.sort_by(|a, b| a.problem.cmp(&b.problem));
        if self.refusals.is_empty() {
            let rest = more(self.path, self.findings_left_out, "remarks on");
            self.findings.extend(rest.map(|problem| Finding { severity: Severity::Note, problem }));
            return Ok(self.findings);
        }
        let errors = self.findings.into_iter().filter(|finding| finding.severity == Severity::Error);
        self.refusals.extend(errors.map(|finding| finding.problem));
        self.refusals.sort();
        self.refusals.extend(more(self.path, self.refusals_left_out, "problems of"));
        Err(self.refusals)
    }

    fn problem(&self, place: &[Step], message: String) -> Problem {
        let outline = self.outline.get_or_init(|| Outline::of(self.text));
        Problem::at(self.path, self.text, outline.place(place), message)
    }
}

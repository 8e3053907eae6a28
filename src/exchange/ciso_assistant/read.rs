//! Reads an audit back: levels, notes and drafts of exclusions, never a check.
//!
//! A row changes what differs from what an export would write now; a blank cell leaves a field alone. What the other program
//! knows and an assessment takes from nobody (verdicts, the four requirements behind 6.1) is listed for a person to look at.

use std::collections::BTreeMap;

use crate::{
    clean_text::{clean_line, clean_text},
    exchange::{
        ciso_assistant::{
            COLUMNS, URN, review,
            row::{AuditRow, ComplianceResult, Status},
        },
        import::{Import, Problem, RequirementChange},
        sheet::{Row, Sheet},
    },
    model::{
        answer::LevelAnswer, catalog::Catalog, edit::Change, exclusion::Exclusion, level::Level, reference::Reference,
        text::LONGEST_TEXT,
    },
    report::Subject,
};

/// Reads what an audit would change in an assessment.
///
/// # Errors
/// Every cell that does not fit, with its row and column.
pub fn import(sheet: &Sheet, subject: &Subject) -> Result<Import, Vec<Problem>> {
    let columns = Columns::of(sheet)?;
    let audit_rows = AuditRow::all(subject.catalog);
    let mut problems = Vec::new();
    let mut said = Vec::new();
    let mut seen: BTreeMap<Reference, usize> = BTreeMap::new();
    for row in sheet.rows() {
        let Some(audit_row) = columns.audit_row(row, &audit_rows, subject.catalog, &mut problems) else { continue };
        if let Some(first) = seen.insert(audit_row.id, row.number) {
            let message = format!("{} stands in row {first} already; keep one of the two", audit_row.id);
            problems.push(Problem::with_row(row.number, message));
        }
        said.push((audit_row, columns.said(row, audit_row, &mut problems)));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    said.sort_by_key(|(row, _)| row.id);
    let changes: Vec<RequirementChange> = said.iter().filter_map(|(row, said)| change(row, said, subject)).collect();
    let mut import = Import { rows: said.len(), changes, to_review: Vec::new() };
    import.to_review = review::to_review(&said, &import.change(), subject);
    import.to_review.extend(columns.unread());
    Ok(import)
}

/// What a row says; nothing where a cell is blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) result: Option<ComplianceResult>,
    pub(super) score: Option<Level>,
    pub(super) observations: Option<String>,
}

/// What a row changes in an assessment, if anything.
fn change(row: &AuditRow, said: &Said, subject: &Subject) -> Option<RequirementChange> {
    if row.is_rolled_up() {
        return None;
    }
    let (id, assessment) = (row.id, subject.assessment);
    let answer = assessment.answer(id);
    let mut changes = Vec::new();
    let mut words = Vec::new();
    if let Some(level) = said.score.filter(|level| assessment.claimed(id) != Some(*level)) {
        let before = match answer.and_then(|answer| answer.effective_level()) {
            Some(LevelAnswer::Level(before)) => format!("{before} -> "),
            Some(LevelAnswer::Unknown) => "unknown -> ".to_owned(),
            None => String::new(),
        };
        words.push(format!("level {before}{level}"));
        changes.push(Change::level(id, LevelAnswer::Level(level)));
    }
    let here = row.values(subject).observations;
    if let Some(note) = said.observations.as_ref().filter(|text| **text != here) {
        let is_new = answer.is_none_or(|answer| answer.note.is_empty());
        words.push(if is_new { "note" } else { "another note" }.to_owned());
        changes.push(Change::SetNote { requirement: id, note: note.clone() });
    }
    let is_new_exclusion =
        said.result == Some(ComplianceResult::NotApplicable) && answer.is_none_or(|answer| answer.exclusion.is_none());
    if is_new_exclusion {
        words.push("draft of an exclusion".to_owned());
        let reason = said.observations.clone().unwrap_or_default();
        changes.push(Change::SetExclusion { requirement: id, exclusion: Some(draft(reason, subject)) });
    }
    (!changes.is_empty()).then_some(RequirementChange { requirement: id, change: Change::Batch(changes), words })
}

/// An exclusion that is not in force, since nobody has named a basis yet.
fn draft(reason: String, subject: &Subject) -> Exclusion {
    Exclusion {
        reason,
        roles: subject.assessment.profile.roles.clone(),
        systems: subject.assessment.systems_in_scope().map(|system| system.id.clone()).collect(),
        ..Exclusion::default()
    }
}

/// The columns of a file by their headings.
struct Columns<'a> {
    headings: &'a [String],
}

impl<'a> Columns<'a> {
    fn of(sheet: &'a Sheet) -> Result<Columns<'a>, Vec<Problem>> {
        let columns = Columns { headings: sheet.headings() };
        let has = |names: &[&str]| names.iter().any(|name| columns.headings.iter().any(|heading| heading == name));
        let mut problems = Vec::new();
        if !has(&["ref_id", "urn"]) {
            problems.push("there is neither a column ref_id nor a column urn to say what a row is about");
        }
        if !has(&["compliance_result", "score", "observations"]) {
            problems.push("there is no column compliance_result, score or observations, so nothing can be taken over");
        }
        let problems: Vec<Problem> = problems.into_iter().map(Problem::with_file).collect();
        if problems.is_empty() { Ok(columns) } else { Err(problems) }
    }

    /// The cell of a row under a heading, without space around it; blank where there is no such column.
    fn cell(&self, row: &'a Row, column: &str) -> &'a str {
        self.whole_cell(row, column).trim()
    }

    fn whole_cell(&self, row: &'a Row, column: &str) -> &'a str {
        let index = self.headings.iter().position(|heading| heading == column);
        index.map_or("", |index| row.cells[index].as_str())
    }

    /// The columns that no import reads, in a sentence.
    fn unread(&self) -> Option<String> {
        let others = self.headings.iter().filter(|heading| !COLUMNS.contains(&heading.as_str()));
        // They come from outside and are shown on a terminal.
        let unread: Vec<String> = others.map(|heading| short(&clean_line(heading))).collect();
        (!unread.is_empty()).then(|| format!("columns that are not read: {}", unread.join(", ")))
    }

    /// The row of the library that a row of the file is about; nothing for a heading or where it does not fit.
    fn audit_row<'r>(
        &self,
        row: &'a Row,
        audit_rows: &'r [AuditRow<'r>],
        catalog: &Catalog,
        problems: &mut Vec<Problem>,
    ) -> Option<&'r AuditRow<'r>> {
        let (ref_id, urn) = (self.cell(row, "ref_id"), self.cell(row, "urn"));
        let by_ref_id = audit_rows.iter().find(|one| one.id.to_string() == ref_id);
        let by_urn = audit_rows.iter().find(|one| one.urn() == urn);
        let mut refuse = |column: &str, message: String| {
            problems.push(Problem::with_cell(row.number, column, message));
            None
        };
        match (ref_id, by_ref_id, urn, by_urn) {
            ("", _, "", _) => refuse("ref_id", "there is no number, and no urn either".to_owned()),
            (_, Some(found), "", _) | ("", _, _, Some(found)) => Some(found),
            (_, Some(by_ref_id), _, Some(by_urn)) if by_ref_id.id == by_urn.id => Some(by_ref_id),
            (_, Some(by_ref_id), _, Some(_)) => {
                refuse("urn", format!("`{urn}` is not the urn of {}; that is {}", by_ref_id.id, by_ref_id.urn()))
            }
            (_, Some(by_ref_id), _, None) => refuse(
                "urn",
                format!(
                    "`{urn}` is not the urn of {}; write {} or leave the cell blank",
                    by_ref_id.id,
                    by_ref_id.urn()
                ),
            ),
            (_, None, _, _) => {
                let tail = urn.strip_prefix(URN).unwrap_or_default();
                let (column, id) =
                    if ref_id.is_empty() { ("urn", tail.to_uppercase()) } else { ("ref_id", ref_id.to_owned()) };
                if is_heading(&id, audit_rows) {
                    if let Some(filled) = self.filled(row) {
                        refuse(filled, format!("{id} is a heading, under which nothing is assessed; clear the cell"));
                    }
                    return None;
                }
                let shown = if ref_id.is_empty() { urn } else { ref_id };
                refuse(column, unknown(shown, audit_rows, catalog))
            }
        }
    }

    /// A column in which a row says something.
    fn filled(&self, row: &'a Row) -> Option<&'static str> {
        let says = |column: &&str| !["", ComplianceResult::NotAssessed.id()].contains(&self.cell(row, column));
        ["compliance_result", "score", "observations"].into_iter().find(says)
    }

    fn said(&self, row: &'a Row, audit_row: &AuditRow, problems: &mut Vec<Problem>) -> Said {
        let result = self.fixed(row, "compliance_result", &ComplianceResult::ALL, ComplianceResult::id, problems);
        self.fixed(row, "requirement_progress", &Status::ALL, Status::id, problems);
        if result == Some(ComplianceResult::NotApplicable) && !audit_row.id.is_control() {
            let message =
                format!("{} is a clause and binds everybody; only Annex A controls can be excluded", audit_row.id);
            problems.push(Problem::with_cell(row.number, "compliance_result", message));
        }
        let score = self.cell(row, "score");
        // A table that went through a program with floating-point numbers says 3.0.
        let number = score.strip_suffix(".0").unwrap_or(score);
        let level = Level::ALL.into_iter().find(|level| level.to_string() == number);
        if level.is_none() && !score.is_empty() {
            let message = format!("`{}` is no level; write a whole number from 0 to 5, or nothing", short(score));
            problems.push(Problem::with_cell(row.number, "score", message));
        }
        let observations = clean_text(self.whole_cell(row, "observations"));
        let length = observations.chars().count();
        if length > LONGEST_TEXT && !audit_row.is_rolled_up() {
            let message = format!("the text has {length} characters; a note has at most {LONGEST_TEXT}");
            problems.push(Problem::with_cell(row.number, "observations", message));
        }
        let observations = Some(observations.into_owned()).filter(|text| !text.trim().is_empty());
        Said { result, score: level, observations }
    }

    /// One of the fixed values of a column.
    fn fixed<T: Copy>(
        &self,
        row: &'a Row,
        column: &str,
        all: &[T],
        id: fn(T) -> &'static str,
        problems: &mut Vec<Problem>,
    ) -> Option<T> {
        let cell = self.cell(row, column);
        let found = all.iter().copied().find(|one| id(*one) == cell);
        if found.is_none() && !cell.is_empty() {
            let known: Vec<&str> = all.iter().map(|one| id(*one)).collect();
            let message = format!("`{}` is not known here; write {}, or nothing", short(cell), known.join(", "));
            problems.push(Problem::with_cell(row.number, column, message));
        }
        found
    }
}

/// Whether other rows stand under that number.
fn is_heading(id: &str, audit_rows: &[AuditRow]) -> bool {
    let start = format!("{id}.");
    !id.is_empty() && audit_rows.iter().any(|row| row.id.to_string().starts_with(&start))
}

/// Why a number is not taken, with what would be right.
fn unknown(id: &str, audit_rows: &[AuditRow], catalog: &Catalog) -> String {
    let id_shown = short(id);
    let same = |row: &&AuditRow| row.urn().eq_ignore_ascii_case(id) || row.id.to_string().eq_ignore_ascii_case(id);
    if let Some(row) = audit_rows.iter().find(same) {
        let right = if id.starts_with(|c: char| "uU".contains(c)) { row.urn() } else { row.id.to_string() };
        return format!("`{id_shown}` is written `{right}`");
    }
    let Ok(reference) = id.parse::<Reference>() else {
        return format!("`{id_shown}` is no number of a clause or control; write it like 6.2 or A.6.2.4");
    };
    if let Some(row) = audit_rows.iter().find(|row| row.members.iter().any(|member| member.id == reference)) {
        return format!("this format has one row {} for {reference} and its neighbours", row.id);
    }
    let kind = if reference.is_control() { "control" } else { "clause" };
    let siblings: Vec<String> = match catalog.category(reference.category()) {
        Some(category) => category.requirements.iter().map(|requirement| requirement.id.to_string()).collect(),
        None => {
            let categories = catalog.categories.iter().map(|category| category.category);
            let alike = categories.filter(|category| category.is_control() == reference.is_control());
            alike.map(|category| category.to_string()).collect()
        }
    };
    format!("ISO/IEC 42001:2023 has no {kind} {reference}; there are {}", siblings.join(", "))
}

/// The start of a cell, for a message.
fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    let start: String = text.chars().take(LONGEST).collect();
    if start.len() < text.len() { format!("{start}...") } else { start }
}

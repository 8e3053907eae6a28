//! The rows of requirements: level, owner, note, and of controls whether they are excluded.

use crate::{
    clean_text::{clean_line, clean_text},
    exchange::{
        answer_sheet::{
            cells::{self, ExclusionCells, NO, RequirementCells, UNKNOWN, YES},
            heading,
            read::{Said, table::Line},
        },
        import::Problem,
    },
    model::{
        answer::{Answer, LevelAnswer},
        edit::Change,
        exclusion::{Exclusion, ExclusionBasis},
        level::Level,
        reference::Reference,
        requirement::Requirement,
        text::LONGEST_TEXT,
    },
    report::Subject,
};

/// The headings of the columns that are read.
pub(super) const HEADINGS: [&str; 9] = [
    heading::ID,
    heading::LEVEL,
    heading::OWNER,
    heading::NOTE,
    heading::EXCLUDED,
    heading::BASIS,
    heading::REASON,
    heading::REFERENCE,
    heading::OVERRIDE,
];

/// A row with the requirement that it is about.
pub(super) struct RequirementRow<'a> {
    line: &'a Line<'a>,
    requirement: &'a Requirement,
    cells: RequirementCells,
}

/// The requirement that a row names.
pub(super) fn requirement<'a>(
    line: &Line,
    subject: &Subject<'a>,
    problems: &mut Vec<Problem>,
) -> Option<&'a Requirement> {
    let text = clean_line(line.text(heading::ID)).into_owned();
    let mut refuse = |message: String| problems.push(line.problem(heading::ID, message));
    if text.is_empty() {
        refuse("there is no id, so nobody can tell what this row is about; do not add rows or clear ids".to_owned());
        return None;
    }
    let id: Reference = match text.parse() {
        Ok(id) => id,
        Err(error) => {
            refuse(format!("{error}"));
            return None;
        }
    };
    let found = subject.catalog.requirement(id);
    if found.is_none() {
        refuse(format!("there is no requirement {id}; the ids are those of an exported sheet, 4.1 to A.10.4"));
    }
    found
}

impl<'a> RequirementRow<'a> {
    /// Reads a row; nothing where it names no requirement.
    pub(super) fn of(
        line: &'a Line<'a>,
        subject: &Subject<'a>,
        problems: &mut Vec<Problem>,
    ) -> Option<RequirementRow<'a>> {
        let requirement = requirement(line, subject, problems)?;
        let word = |heading| clean_line(line.text(heading)).to_lowercase();
        let mut text = |heading, text: String| checked(line, heading, text, problems);
        let exclusion = ExclusionCells {
            excluded: word(heading::EXCLUDED),
            basis: word(heading::BASIS),
            reason: text(heading::REASON, clean_text(line.text(heading::REASON)).into_owned()),
            reference: text(heading::REFERENCE, clean_line(line.text(heading::REFERENCE)).into_owned()),
            override_note: text(heading::OVERRIDE, clean_text(line.text(heading::OVERRIDE)).into_owned()),
        };
        let cells = RequirementCells {
            level: word(heading::LEVEL),
            owner: text(heading::OWNER, clean_line(line.text(heading::OWNER)).into_owned()),
            note: text(heading::NOTE, clean_text(line.text(heading::NOTE)).into_owned()),
            exclusion,
        };
        Some(RequirementRow { line, requirement, cells })
    }

    /// What the row is about.
    pub(super) fn name(&self) -> String {
        self.requirement.id.to_string()
    }

    /// What the row changes of what an export would write now.
    pub(super) fn said(&self, subject: &Subject, problems: &mut Vec<Problem>) -> (Reference, Said) {
        let id = self.requirement.id;
        let answer = subject.assessment.answer(id);
        let now = RequirementCells::of(answer);
        let mut said = Said::default();
        if is_new(&self.cells.level, &now.level) {
            match level(&self.cells.level) {
                Some(level) => {
                    said.change(Change::level(id, level), from_to("level", &now.level, &cells::level(level)));
                }
                None => problems.push(self.problem(
                    heading::LEVEL,
                    format!("{} is not a level; pick 0, 1, 2, 3, 4, 5 or {UNKNOWN}", quoted(&self.cells.level)),
                )),
            }
        }
        if is_new(&self.cells.owner, &now.owner) {
            let owner = self.cells.owner.clone();
            said.change(
                Change::SetOwner { requirement: id, owner: owner.clone() },
                from_to("owner", &now.owner, &owner),
            );
        }
        if is_new(&self.cells.note, &now.note) {
            let words = if now.note.is_empty() { "note written" } else { "note rewritten" };
            said.change(Change::SetNote { requirement: id, note: self.cells.note.clone() }, words.to_owned());
        }
        self.exclusion(&now.exclusion, answer, subject, &mut said, problems);
        (id, said)
    }

    fn exclusion(
        &self,
        now: &ExclusionCells,
        answer: Option<&Answer>,
        subject: &Subject,
        said: &mut Said,
        problems: &mut Vec<Problem>,
    ) {
        let (id, cells) = (self.requirement.id, &self.cells.exclusion);
        let rest = [
            (heading::BASIS, &cells.basis, &now.basis),
            (heading::REASON, &cells.reason, &now.reason),
            (heading::REFERENCE, &cells.reference, &now.reference),
            (heading::OVERRIDE, &cells.override_note, &now.override_note),
        ];
        let is_said = |text: &str| !text.trim().is_empty();
        if !id.is_control() {
            let excluded = Some((heading::EXCLUDED, &cells.excluded)).filter(|(_, text)| *text != NO);
            let others = rest.iter().map(|(heading, text, _)| (*heading, *text));
            let filled = excluded.into_iter().chain(others).filter(|(_, text)| is_said(text));
            let message = "clauses 4 to 10 bind everybody; only controls can be excluded, so clear this cell";
            problems.extend(filled.map(|(heading, _)| self.problem(heading, message)));
            return;
        }
        let new = rest.iter().find(|(_, text, now)| is_new(text, now));
        let current = answer.and_then(|answer| answer.exclusion.as_ref());
        match (cells.excluded.as_str(), new) {
            ("" | NO, Some((heading, ..))) => problems.push(self.problem(
                heading,
                format!("this belongs to an exclusion; pick {YES} in column {}, or clear this cell", heading::EXCLUDED),
            )),
            ("", None) => {}
            (NO, None) => {
                if current.is_some() {
                    let change = Change::SetExclusion { requirement: id, exclusion: None };
                    said.change(change, "applies again".to_owned());
                }
            }
            (YES, new) => {
                if new.is_some() || current.is_none() {
                    self.exclude(current, subject, said, problems);
                }
            }
            (other, _) => {
                problems.push(self.problem(heading::EXCLUDED, format!("{} is neither {YES} nor {NO}", quoted(other))))
            }
        }
    }

    /// A new or changed exclusion. What its cells leave blank stays; what it still lacks is said.
    fn exclude(&self, current: Option<&Exclusion>, subject: &Subject, said: &mut Said, problems: &mut Vec<Problem>) {
        let (id, cells) = (self.requirement.id, &self.cells.exclusion);
        let basis = ExclusionBasis::ALL.into_iter().find(|basis| basis.name() == cells.basis);
        if basis.is_none() && !cells.basis.is_empty() {
            let names = ExclusionBasis::ALL.map(ExclusionBasis::name).join(", ");
            problems.push(self.problem(heading::BASIS, format!("{} is none of: {names}", quoted(&cells.basis))));
            return;
        }
        let text = |said: &str, current: fn(&Exclusion) -> &String, before: Option<&Exclusion>| {
            let is_blank = said.trim().is_empty();
            if is_blank { before.map(current).cloned().unwrap_or_default() } else { said.to_owned() }
        };
        let exclusion = Exclusion {
            basis: basis.or_else(|| current.and_then(|current| current.basis)),
            reason: text(&cells.reason, |exclusion| &exclusion.reason, current),
            reference: text(&cells.reference, |exclusion| &exclusion.reference, current),
            override_note: text(&cells.override_note, |exclusion| &exclusion.override_note, current),
            roles: subject.assessment.profile.roles.clone(),
            systems: subject.assessment.systems_in_scope().map(|system| system.id.clone()).collect(),
            disputed: false,
            others: Vec::new(),
        };
        if let Some(objection) = exclusion.objection(id) {
            said.to_review.push(format!("{id}: the exclusion is a draft and not in force: {objection}"));
        }
        let words = if current.is_some() { "exclusion changed" } else { "excluded" };
        said.change(Change::SetExclusion { requirement: id, exclusion: Some(exclusion) }, words.to_owned());
    }

    fn problem(&self, heading: &str, message: impl Into<String>) -> Problem {
        self.line.problem(heading, message)
    }
}

/// Whether a cell says something else than an export would write now; a blank one says nothing.
pub(super) fn is_new(said: &str, now: &str) -> bool {
    !said.trim().is_empty() && said != now
}

fn level(text: &str) -> Option<LevelAnswer> {
    if text == UNKNOWN {
        return Some(LevelAnswer::Unknown);
    }
    text.parse().ok().and_then(Level::new).map(LevelAnswer::Level)
}

/// A text as it is, with a problem where it is longer than an assessment holds.
pub(super) fn checked(line: &Line, heading: &str, text: String, problems: &mut Vec<Problem>) -> String {
    let length = text.chars().count();
    if length > LONGEST_TEXT {
        problems.push(line.problem(heading, format!("this text has {length} characters; it may have {LONGEST_TEXT}")));
    }
    text
}

/// What somebody wrote, within a sentence: its beginning, in quotes.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = clean_line(text);
    let begin: String = line.chars().take(LONGEST).collect();
    let more = if begin.len() < line.len() { "..." } else { "" };
    format!("\"{begin}{more}\"")
}

/// `level 2 -> 3`, or `level 3` where there was none.
pub(super) fn from_to(name: &str, from: &str, to: &str) -> String {
    if from.is_empty() { format!("{name} {to}") } else { format!("{name} {from} -> {to}") }
}

//! Reads a filled answer sheet: what it changes, or everything in it that does not fit, with sheet, row and column.

mod checks;
mod requirements;
mod table;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    exchange::{
        answer_sheet::{
            CHECKS, INSTRUCTIONS, REQUIREMENTS, VERSION, field, heading,
            read::{
                checks::CheckRow,
                requirements::RequirementRow,
                table::{Line, Table},
            },
        },
        import::{Import, Problem, RequirementChange},
    },
    model::{edit::Change, reference::Reference},
    report::Subject,
    spreadsheet::read::{ReadBook, ReadSheet},
};

/// What a row says: the change with its words, and what a person has to look at.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    changes: Vec<Change>,
    words: Vec<String>,
    to_review: Vec<String>,
}

impl Said {
    fn change(&mut self, change: Change, words: String) {
        self.changes.push(change);
        self.words.push(words);
    }
}

/// Reads what a filled sheet would change.
///
/// # Errors
/// Every cell that does not fit; then nothing of the sheet is taken over.
pub fn import(book: &ReadBook, subject: &Subject) -> Result<Import, Vec<Problem>> {
    let head = Head::of(book)?;
    let mut problems = Vec::new();
    let mut said: BTreeMap<Reference, Said> = BTreeMap::new();
    let requirement_lines = lines(book, REQUIREMENTS, &requirements::HEADINGS, &mut problems);
    let mut seen = BTreeMap::new();
    for line in &requirement_lines {
        let Some(row) = RequirementRow::of(line, subject, &mut problems) else { continue };
        refuse_twice(&mut seen, line, row.name(), &mut problems);
        merge(&mut said, row.said(subject, &mut problems));
    }
    let check_lines = lines(book, CHECKS, &checks::HEADINGS, &mut problems);
    for line in &check_lines {
        let Some(row) = CheckRow::of(line, subject, &mut problems) else { continue };
        refuse_twice(&mut seen, line, row.name(), &mut problems);
        if let Some(found) = row.said(subject, &mut problems) {
            merge(&mut said, found);
        }
    }
    let rows = requirement_lines.len() + check_lines.len();
    let mut to_review = head.to_review(subject);
    if !problems.is_empty() {
        // What is strange about the sheet as a whole may explain them, so it comes first.
        return Err(to_review.into_iter().map(Problem::with_file).chain(problems).collect());
    }
    to_review.extend(said.values().flat_map(|said| said.to_review.iter().cloned()));
    to_review.extend(
        said.iter().filter(|(_, said)| !said.changes.is_empty()).filter_map(|(id, _)| head.is_older(*id, subject)),
    );
    let changed = said.into_iter().filter(|(_, said)| !said.changes.is_empty());
    let changes = changed.map(|(requirement, said)| RequirementChange {
        requirement,
        change: Change::Batch(said.changes),
        words: said.words,
    });
    Ok(Import { rows, changes: changes.collect(), to_review })
}

/// Notes where a name stands, and refuses it where it stands a second time.
fn refuse_twice(seen: &mut BTreeMap<String, usize>, line: &Line, name: String, problems: &mut Vec<Problem>) {
    let message = |first: &usize| format!("{name} stands in row {first} already; keep one of the two");
    match seen.get(&name) {
        Some(first) => problems.push(line.problem(heading::ID, message(first))),
        None => drop(seen.insert(name, line.number())),
    }
}

fn merge(said: &mut BTreeMap<Reference, Said>, (id, mut found): (Reference, Said)) {
    let of_requirement = said.entry(id).or_default();
    of_requirement.changes.append(&mut found.changes);
    of_requirement.words.append(&mut found.words);
    of_requirement.to_review.append(&mut found.to_review);
}

/// The rows of a sheet under its headings; none where it is not as an export makes it.
fn lines<'a>(
    book: &'a ReadBook,
    name: &'static str,
    headings: &[&'static str],
    problems: &mut Vec<Problem>,
) -> Vec<Line<'a>> {
    let Some(sheet) = book.sheet(name) else {
        problems.push(
            Problem::with_file("the sheet is missing; export a new one and copy the answers over").on_sheet(name),
        );
        return Vec::new();
    };
    match Table::of(sheet, name, heading::ID, headings) {
        Ok(table) => {
            let lines = table.lines();
            let error = |line: &Line, heading| line.problem(heading, "the cell holds an error; type a value instead");
            problems.extend(lines.iter().flat_map(|line| line.errors().map(move |heading| error(line, heading))));
            lines
        }
        Err(mut found) => {
            problems.append(&mut found);
            Vec::new()
        }
    }
}

/// What the first sheet says of the file.
struct Head {
    assessment: String,
    edition: String,
    made_on: Option<NaiveDate>,
}

impl Head {
    fn of(book: &ReadBook) -> Result<Head, Vec<Problem>> {
        let refused = |message: String| Err(vec![Problem::with_file(message)]);
        let Some(sheet) = book.sheet(INSTRUCTIONS) else { return refused(other_workbook(book)) };
        let value = |name: &str| sheet.row_of(name).map(|row| behind(sheet, row)).unwrap_or_default();
        match value(field::VERSION).as_str() {
            VERSION => {}
            "" => return refused(other_workbook(book)),
            other => {
                return refused(format!(
                    "it is an answer sheet of version {other}; this program reads version {VERSION}"
                ));
            }
        }
        let made_on = value(field::MADE_ON).parse().ok();
        Ok(Head { assessment: value(field::ASSESSMENT), edition: value(field::EDITION), made_on })
    }

    /// What is worth a look about the sheet as a whole.
    fn to_review(&self, subject: &Subject) -> Vec<String> {
        let edition = subject.catalog.version.as_str();
        let other_edition = (self.edition != edition).then(|| {
            format!(
                "the sheet was made with edition {} of the questionnaires, and this program asks by edition {edition}: compare \
                 what each level says, or export a new sheet",
                self.edition
            )
        });
        let name = &subject.assessment.name;
        let other_name = (self.assessment != *name)
            .then(|| format!("the sheet was made for the assessment {}, and this one is {name}", self.assessment));
        other_edition.into_iter().chain(other_name).collect()
    }

    /// That somebody changed a requirement in the assessment after the sheet was made, if so.
    fn is_older(&self, id: Reference, subject: &Subject) -> Option<String> {
        let stamp = subject.assessment.answer(id)?.changed.as_ref()?;
        let made_on = self.made_on.filter(|made_on| stamp.on > *made_on)?;
        Some(format!(
            "{id} was changed by {} on {}, after the sheet was made on {made_on}: see that the older answer does not win",
            stamp.by, stamp.on
        ))
    }
}

/// The first value behind the name of a field; the cells may be merged.
fn behind(sheet: &ReadSheet, row: u32) -> String {
    sheet.text(row, 1).trim().to_owned()
}

fn other_workbook(book: &ReadBook) -> String {
    let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    if names.contains(&"SoA") && names.contains(&"Summary") {
        return "it is the workbook of a report, which is not read back; `aimscope export FILE --format xlsx-questionnaire` makes \
                the sheet that is"
            .to_owned();
    }
    let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    format!(
        "it is not an answer sheet of aimscope: there is no sheet {INSTRUCTIONS} that says so (its sheets: {names})"
    )
}

//! Which programmes show which requirements, and what no programme shows.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    model::{
        evidence::Freshness,
        programme::{ProgrammeMatrix, ProgrammeRow, covered},
        reference::Reference,
    },
    report::{
        Format, Layout, Subject, json, notice,
        page::Page,
        table::{Column, Table},
        words,
    },
};

/// The matrix of programmes and requirements.
pub fn render(subject: &Subject, format: Format, layout: &Layout) -> String {
    let matrix = ProgrammeMatrix::of(subject.catalog, subject.assessment);
    match format {
        Format::Text => page(subject, &matrix).text(layout),
        Format::Markdown => page(subject, &matrix).markdown(),
        Format::Csv => csv(&matrix),
        Format::Json => json::print(subject, "programmes", body(subject, &matrix)),
    }
}

/// How to begin where there is no programme.
const NONE_YET: &str = "No programme is registered yet. In the screens, m on the map opens the matrix, and n there adds a \
    programme that you run anyway, such as model evaluation, red teaming or incident response.";

fn page(subject: &Subject, matrix: &ProgrammeMatrix) -> Page {
    let mut page = Page::titled(format!("Programmes of {}", subject.assessment.name));
    let share = |(served, all): (usize, usize)| format!("{served} of {all}");
    page.fields(vec![
        ("Organization", subject.assessment.profile.organization.as_str().into()),
        ("As of", subject.standing.as_of.to_string().into()),
        ("Clause requirements covered", share(covered(matrix, false)).into()),
        ("Controls covered", share(covered(matrix, true)).into()),
    ]);
    if matrix.programmes.is_empty() {
        page.paragraph(NONE_YET);
    } else {
        page.section("Programmes");
        page.table(programme_table(subject, matrix));
    }
    page.section("What each covers");
    page.table(matrix_table(matrix));
    page.section("What nothing covers");
    page.paragraph(uncovered("No programme", matrix.uncovered()));
    page.paragraph(uncovered("No evidence at all", matrix.bare()));
    page.section("Notice");
    page.paragraph(notice::NOTICE);
    page
}

fn uncovered<'a>(what: &str, rows: impl Iterator<Item = &'a ProgrammeRow<'a>>) -> String {
    let ids: Vec<String> = rows.map(|row| row.id().to_string()).collect();
    match ids.len() {
        0 => format!("{what}: none, every requirement that counts is covered."),
        count => format!("{what} ({count}): {}.", ids.join(", ")),
    }
}

/// The short name of a programme in the matrix.
fn letter(index: usize) -> String {
    format!("P{}", index + 1)
}

fn programme_table(subject: &Subject, matrix: &ProgrammeMatrix) -> Table {
    let mut table = Table::new(vec![
        Column::words("Column").key(),
        Column::words("Programme").share(40).key(),
        Column::words("Owner").share(20),
        Column::figures("Serves"),
    ]);
    for (index, programme) in matrix.programmes.iter().enumerate() {
        table.push(vec![
            letter(index).into(),
            words::evidence(programme, subject.standing.as_of).into(),
            programme.owner.as_str().into(),
            matrix.served_by(index).to_string().into(),
        ]);
    }
    table
}

fn matrix_table(matrix: &ProgrammeMatrix) -> Table {
    let columns = (0..matrix.programmes.len()).map(|index| Column::words(&letter(index)));
    let first = [Column::words("Id").key(), Column::words("Requirement").share(30).key()];
    let last = [Column::figures("Programmes"), Column::figures("Other evidence")];
    let mut table = Table::new(first.into_iter().chain(columns).chain(last).collect());
    for row in &matrix.rows {
        let ticks = row.ticks.iter().map(|tick| if *tick { "x" } else { "" }.into());
        let covering = if row.is_applicable { row.covering().to_string() } else { "excluded".to_owned() };
        let first = [row.id().to_string().into(), row.requirement.full_title().into_owned().into()];
        let last = [covering.into(), row.other_evidence.to_string().into()];
        table.push(first.into_iter().chain(ticks).chain(last).collect());
    }
    table
}

/// One row a requirement, one column a programme.
fn csv(matrix: &ProgrammeMatrix) -> String {
    let titles = matrix.programmes.iter().map(|programme| programme.title.as_str());
    let headings: Vec<&str> =
        ["id", "title", "applies"].into_iter().chain(titles).chain(["programmes", "other_evidence"]).collect();
    let mut table = Table::plain(&headings);
    for row in &matrix.rows {
        let first = [
            row.id().to_string().into(),
            row.requirement.full_title().into_owned().into(),
            words::yes_no(row.is_applicable).into(),
        ];
        let ticks = row.ticks.iter().map(|tick| words::yes_no(*tick).into());
        let last = [row.covering().to_string().into(), row.other_evidence.to_string().into()];
        table.push(first.into_iter().chain(ticks).chain(last).collect());
    }
    table.csv()
}

#[derive(Serialize)]
struct Body<'a> {
    programmes: Vec<ProgrammeJson<'a>>,
    requirements: Vec<RowJson<'a>>,
    covered_by_no_programme: Vec<Reference>,
    without_evidence: Vec<Reference>,
}

#[derive(Serialize)]
struct ProgrammeJson<'a> {
    id: &'a str,
    title: &'a str,
    owner: &'a str,
    date: Option<NaiveDate>,
    state: &'static str,
    serves: usize,
}

#[derive(Serialize)]
struct RowJson<'a> {
    id: Reference,
    title: String,
    applies: bool,
    programmes: Vec<&'a str>,
    other_evidence: usize,
}

fn body<'a>(subject: &Subject, matrix: &'a ProgrammeMatrix) -> Body<'a> {
    let programme = |(index, programme): (usize, &&'a crate::model::evidence::Evidence)| ProgrammeJson {
        id: &programme.id,
        title: &programme.title,
        owner: &programme.owner,
        date: programme.date,
        state: match programme.freshness(subject.standing.as_of) {
            Freshness::Current => "Current",
            Freshness::Stale => "Stale",
            Freshness::Future => "Future",
        },
        serves: matrix.served_by(index),
    };
    let row = |row: &'a ProgrammeRow| {
        let serving = matrix.programmes.iter().zip(&row.ticks).filter(|(_, tick)| **tick);
        RowJson {
            id: row.id(),
            title: row.requirement.full_title().into_owned(),
            applies: row.is_applicable,
            programmes: serving.map(|(programme, _)| programme.id.as_str()).collect(),
            other_evidence: row.other_evidence,
        }
    };
    Body {
        programmes: matrix.programmes.iter().enumerate().map(programme).collect(),
        requirements: matrix.rows.iter().map(row).collect(),
        covered_by_no_programme: matrix.uncovered().map(ProgrammeRow::id).collect(),
        without_evidence: matrix.bare().map(ProgrammeRow::id).collect(),
    }
}

#[cfg(test)]
mod tests;

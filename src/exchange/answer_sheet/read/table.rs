//! A table on a sheet: its columns by their headings, its rows as texts.

use crate::{
    exchange::import::Problem,
    spreadsheet::{
        column_name,
        read::{ReadSheet, Unclear},
    },
};

/// A sheet with the place of each heading that is read.
pub(super) struct Table<'a> {
    sheet: &'a ReadSheet,
    name: &'static str,
    heading_row: u32,
    columns: Vec<(&'static str, u32)>,
}

/// One row of it.
pub(super) struct Line<'a> {
    sheet: &'a ReadSheet,
    name: &'static str,
    row: u32,
    columns: Vec<(&'static str, u32)>,
}

impl<'a> Table<'a> {
    /// Finds the headings. The first of a row is `id`, and all the others stand on the same row.
    pub(super) fn of(
        sheet: &'a ReadSheet,
        name: &'static str,
        id: &'static str,
        headings: &[&'static str],
    ) -> Result<Table<'a>, Vec<Problem>> {
        let Some(heading_row) = sheet.row_of(id) else {
            let message = format!("no cell of column A says {id}, so there are no headings; do not change them");
            return Err(vec![Problem::with_file(message).on_sheet(name)]);
        };
        let mut columns = Vec::new();
        let mut problems = Vec::new();
        let texts = || sheet.cells.range((heading_row, 0)..(heading_row + 1, 0));
        for heading in headings {
            let mut found = texts().filter(|(_, text)| text.trim() == *heading).map(|((_, column), _)| *column);
            match (found.next(), found.next()) {
                (Some(column), None) => columns.push((*heading, column)),
                (Some(_), Some(_)) => problems.push(format!("the heading {heading} stands twice; keep one of them")),
                (None, _) => problems.push(format!("the heading {heading} is missing; do not change headings")),
            }
        }
        let row = heading_row as usize + 1;
        let problems: Vec<Problem> =
            problems.into_iter().map(|message| Problem::with_row(row, message).on_sheet(name)).collect();
        if problems.is_empty() { Ok(Table { sheet, name, heading_row, columns }) } else { Err(problems) }
    }

    /// The rows under the headings in which one of the columns says something.
    pub(super) fn lines(&self) -> Vec<Line<'a>> {
        let rows = self.sheet.rows().into_iter().filter(|row| *row > self.heading_row);
        let line = |row| Line { sheet: self.sheet, name: self.name, row, columns: self.columns.clone() };
        rows.map(line).filter(|line| !line.is_blank()).collect()
    }
}

impl Line<'_> {
    /// What stands under a heading, as it is.
    pub(super) fn text(&self, heading: &str) -> &str {
        self.column(heading).map(|column| self.sheet.text(self.row, column)).unwrap_or_default()
    }

    /// A problem with the cell under a heading.
    pub(super) fn problem(&self, heading: &str, message: impl Into<String>) -> Problem {
        let letter = self.column(heading).map(|column| column_name(column as usize)).unwrap_or_default();
        Problem::with_cell(self.number(), format!("{letter} ({heading})"), message).on_sheet(self.name)
    }

    /// The number of the row as a spreadsheet counts.
    pub(super) fn number(&self) -> usize {
        self.row as usize + 1
    }

    fn column(&self, heading: &str) -> Option<u32> {
        self.columns.iter().find(|(name, _)| *name == heading).map(|(_, column)| *column)
    }

    /// The headings over cells of which the spreadsheet made an error.
    pub(super) fn errors(&self) -> impl Iterator<Item = &'static str> {
        let is_error = |column: u32| self.sheet.unclear.get(&(self.row, column)) == Some(&Unclear::Error);
        self.columns.iter().filter(move |(_, column)| is_error(*column)).map(|(heading, _)| *heading)
    }

    fn is_blank(&self) -> bool {
        self.columns.iter().all(|(_, column)| self.sheet.text(self.row, *column).trim().is_empty())
    }
}

//! A table with headings as spreadsheets carry it: CSV after RFC 4180, written and read, and XLSX, read.
//!
//! In CSV nothing starts a formula: such a cell gets an apostrophe in front, which reading takes away again, so that every text
//! comes back as it was. In XLSX a text is a text by its type and needs none.

use crate::{
    exchange::import::Problem,
    report::escape::FORMULA_STARTS,
    spreadsheet::{
        column_name,
        read::{ReadBook, Unclear},
    },
};

/// Headings and rows. Every row has as many cells as there are headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    headings: Vec<String>,
    rows: Vec<Row>,
}

/// One row of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number as a spreadsheet counts, in which the headings are usually row 1.
    pub number: usize,
    /// Its cells, as plain text.
    pub cells: Vec<String>,
}

/// The most rows that are read; no format has nearly as many.
const MOST_ROWS: usize = 10_000;

impl Sheet {
    /// A table without rows.
    pub fn new(headings: &[&str]) -> Sheet {
        Sheet { headings: headings.iter().map(|heading| (*heading).to_owned()).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn push(&mut self, cells: Vec<String>) {
        assert_eq!(cells.len(), self.headings.len(), "a row has one cell for each heading");
        // The headings are row 1.
        self.rows.push(Row { number: self.rows.len() + 2, cells });
    }

    /// The headings.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// The rows under the headings, without those in which all cells are blank.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The table after RFC 4180. No cell starts a formula.
    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        for record in std::iter::once(&self.headings).chain(self.rows.iter().map(|row| &row.cells)) {
            let cells = record.iter().map(|cell| protected(cell));
            writer.write_record(cells).expect("writing to memory cannot fail, and all rows are as long");
        }
        writer.into_inner().expect("writing to memory cannot fail")
    }

    /// Reads CSV in UTF-8, with or without byte order mark, parted by commas or semicolons.
    ///
    /// # Errors
    /// Every row that does not fit under the headings.
    pub fn read_csv(bytes: &[u8]) -> Result<Sheet, Vec<Problem>> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if let Err(error) = std::str::from_utf8(bytes) {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            let message = format!("line {line} of the file is not UTF-8; save it as \"CSV UTF-8\"");
            return Err(vec![Problem::with_file(message)]);
        }
        let records = |delimiter| {
            let mut builder = csv::ReaderBuilder::new();
            builder.has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes).into_records()
        };
        let width = |delimiter| records(delimiter).next().and_then(Result::ok).map_or(0, |record| record.len());
        let delimiter = if width(b';') > width(b',') { b';' } else { b',' };
        let mut rows = Vec::new();
        let mut number = 0;
        for record in records(delimiter).take(MOST_ROWS + 2) {
            let record = record.map_err(|error| vec![Problem::with_file(format!("this is no CSV: {error}"))])?;
            let start = record.position().map_or(0, |position| position.byte() as usize);
            number += 1 + blank_lines(bytes, start);
            rows.push(Row { number, cells: record.iter().map(unprotected).collect() });
        }
        Sheet::of(rows)
    }

    /// Reads the first sheet of an XLSX workbook that holds anything.
    ///
    /// # Errors
    /// The bytes are no workbook, or every row that does not fit under the headings.
    pub fn read_xlsx(bytes: &[u8]) -> Result<Sheet, Vec<Problem>> {
        let book = ReadBook::read(bytes).map_err(|error| vec![Problem::with_file(error.to_string())])?;
        for sheet in book.sheets.iter().filter(|sheet| !sheet.cells.is_empty()) {
            let problems: Vec<Problem> =
                sheet.unclear.iter().map(|(place, unclear)| unclear_cell(*place, *unclear)).collect();
            let width = sheet.cells.keys().map(|(_, column)| *column + 1).max().unwrap_or_default();
            let row = |row: u32| Row {
                number: row as usize + 1,
                cells: (0..width).map(|column| sheet.text(row, column).to_owned()).collect(),
            };
            let rows = sheet.rows().into_iter().take(MOST_ROWS + 2).map(row).collect();
            return if problems.is_empty() { Sheet::of(rows) } else { Err(problems) };
        }
        Err(vec![Problem::with_file("the workbook is empty")])
    }

    /// The first row that is not blank heads the others.
    fn of(rows: Vec<Row>) -> Result<Sheet, Vec<Problem>> {
        let mut rows = rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
        let Some(head) = rows.next() else { return Err(vec![Problem::with_file("there is nothing in it")]) };
        let mut headings: Vec<String> = head.cells.iter().map(|cell| cell.trim().to_owned()).collect();
        while headings.last().is_some_and(String::is_empty) {
            headings.pop();
        }
        let mut problems = Vec::new();
        for (index, heading) in headings.iter().enumerate() {
            if heading.is_empty() {
                let message = format!("column {} has no heading", column_name(index));
                problems.push(Problem::with_row(head.number, message));
            } else if headings[..index].contains(heading) {
                problems.push(Problem::with_cell(head.number, heading, "this heading stands twice; keep one of them"));
            }
        }
        let mut fitting = Vec::new();
        for Row { number, mut cells } in rows {
            // Spreadsheets fill up short rows and long ones with blank cells.
            while cells.len() > headings.len() && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
                cells.pop();
            }
            if cells.len() > headings.len() {
                let message = format!(
                    "there are {} cells under {} headings; a cell with a comma or a line break needs quotes around it",
                    cells.len(),
                    headings.len()
                );
                problems.push(Problem::with_row(number, message));
            }
            cells.resize(headings.len(), String::new());
            fitting.push(Row { number, cells });
        }
        if fitting.len() > MOST_ROWS {
            problems.push(Problem::with_file(format!("there are more than {MOST_ROWS} rows")));
        }
        if problems.is_empty() { Ok(Sheet { headings, rows: fitting }) } else { Err(problems) }
    }
}

/// Empty lines before the record that starts there; the reader passes over them, a spreadsheet counts them.
fn blank_lines(bytes: &[u8], start: usize) -> usize {
    let is_second_half = start > 0 && bytes[start - 1] == b'\r' && bytes.get(start) == Some(&b'\n');
    let mut rest = &bytes[(start + usize::from(is_second_half)).min(bytes.len())..];
    let mut count = 0;
    while let Some(after) = [&b"\r\n"[..], b"\n", b"\r"].iter().find_map(|end| rest.strip_prefix(*end)) {
        (rest, count) = (after, count + 1);
    }
    count
}

/// Whether a spreadsheet would compute a text, were it not for the apostrophes in front of it.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches(|c: char| c == '\'' || c.is_whitespace()).starts_with(FORMULA_STARTS)
}

/// A text as a cell that a spreadsheet shows rather than computes.
fn protected(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text of which [`protected`] made a cell.
fn unprotected(cell: &str) -> String {
    let text = cell.strip_prefix('\'').filter(|text| is_formula(text));
    text.unwrap_or(cell).to_owned()
}

/// What is wrong with a cell of which the spreadsheet made something else than was typed.
fn unclear_cell((row, column): (u32, u32), unclear: Unclear) -> Problem {
    let message = match unclear {
        Unclear::Date => "the spreadsheet made a date of this cell; format the column as text and type it again",
        Unclear::Error => "the cell holds an error; type a value instead",
    };
    Problem::with_cell(row as usize + 1, column_name(column as usize), message)
}

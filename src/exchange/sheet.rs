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

/// A table that was read, and what does not fit into it; a table with problems is only good for finding more of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadSheet {
    /// The table.
    pub sheet: Sheet,
    /// What does not fit, in the order of the rows.
    pub problems: Vec<Problem>,
}

impl ReadSheet {
    /// The table, where all of it fits.
    ///
    /// # Errors
    /// All that does not fit.
    pub fn whole(self) -> Result<Sheet, Vec<Problem>> {
        if self.problems.is_empty() { Ok(self.sheet) } else { Err(self.problems) }
    }

    /// Reads the rows as a format has them.
    ///
    /// # Errors
    /// The problems of the table and of the format at once, in the order of the rows.
    pub fn read<T>(self, read: impl FnOnce(&Sheet) -> Result<T, Vec<Problem>>) -> Result<T, Vec<Problem>> {
        let ReadSheet { sheet, mut problems } = self;
        match read(&sheet) {
            Ok(value) if problems.is_empty() => return Ok(value),
            Ok(_) => {}
            Err(more) => problems.extend(more),
        }
        problems.sort_by_key(|problem| problem.row);
        Err(problems)
    }
}

/// One row of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number as a spreadsheet counts, in which the headings are usually row 1.
    pub number: usize,
    /// Its cells, as plain text.
    pub cells: Vec<String>,
}

/// The most rows that are read, blank ones aside; no format has nearly as many.
const MOST_ROWS: usize = 2_000;

/// The most columns that are read.
const MOST_COLUMNS: usize = 100;

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
    /// It is no table at all.
    pub fn read_csv(bytes: &[u8]) -> Result<ReadSheet, Problem> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if bytes.starts_with(b"PK\x03\x04") {
            return Err(Problem::with_file("this is a workbook rather than CSV"));
        }
        if let Err(error) = std::str::from_utf8(bytes) {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            let message = format!("line {line} of the file is not UTF-8; save it as \"CSV UTF-8\"");
            return Err(Problem::with_file(message));
        }
        let records = |delimiter| {
            let mut builder = csv::ReaderBuilder::new();
            builder.has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes).into_records()
        };
        let width = |delimiter| records(delimiter).next().and_then(Result::ok).map_or(0, |record| record.len());
        let delimiter = if width(b';') > width(b',') { b';' } else { b',' };
        let mut rows = Vec::new();
        let mut number = 0;
        for record in records(delimiter) {
            let record = record.map_err(|error| Problem::with_file(format!("this is no CSV: {error}")))?;
            let start = record.position().map_or(0, |position| position.byte() as usize);
            number += 1 + blank_lines(bytes, start);
            if record.len() > MOST_COLUMNS {
                return Err(too_wide(number));
            }
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            too_many_rows(rows.len() + 1)?;
            rows.push(Row { number, cells: record.iter().map(unprotected).collect() });
        }
        Sheet::of(rows, Vec::new())
    }

    /// Reads the first sheet of an XLSX workbook that holds anything.
    ///
    /// # Errors
    /// It is no workbook with a table in it.
    pub fn read_xlsx(bytes: &[u8]) -> Result<ReadSheet, Problem> {
        let book = ReadBook::read(bytes).map_err(|error| Problem::with_file(error.to_string()))?;
        let Some(sheet) = book.sheets.iter().find(|sheet| !sheet.cells.is_empty()) else {
            return Err(Problem::with_file("there is nothing in it"));
        };
        let problems = sheet.unclear.iter().map(|(place, unclear)| unclear_cell(*place, *unclear)).collect();
        let mut rows = Vec::new();
        for row in sheet.rows() {
            let number = row as usize + 1;
            let filled = sheet.cells.range((row, 0)..=(row, u32::MAX)).filter(|(_, text)| !text.trim().is_empty());
            let Some(last) = filled.map(|((_, column), _)| *column).next_back() else { continue };
            if last as usize >= MOST_COLUMNS {
                return Err(too_wide(number));
            }
            rows.push(Row { number, cells: (0..=last).map(|column| sheet.text(row, column).to_owned()).collect() });
            too_many_rows(rows.len())?;
        }
        Sheet::of(rows, problems)
    }

    /// The first of some rows, none of them blank, heads the others.
    fn of(rows: Vec<Row>, mut problems: Vec<Problem>) -> Result<ReadSheet, Problem> {
        let mut rows = rows.into_iter();
        let Some(head) = rows.next() else { return Err(Problem::with_file("there is nothing in it")) };
        let mut headings: Vec<String> = head.cells.iter().map(|cell| cell.trim().to_owned()).collect();
        while headings.last().is_some_and(String::is_empty) {
            headings.pop();
        }
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
        Ok(ReadSheet { sheet: Sheet { headings, rows: fitting }, problems })
    }
}

fn too_many_rows(count: usize) -> Result<(), Problem> {
    let message = || format!("there are more than {MOST_ROWS} rows; this is another kind of file");
    if count > MOST_ROWS { Err(Problem::with_file(message())) } else { Ok(()) }
}

fn too_wide(row: usize) -> Problem {
    Problem::with_row(row, format!("there are more than {MOST_COLUMNS} columns; this is another kind of file"))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(csv: &str) -> Result<Vec<(usize, String)>, String> {
        let words = |problems: Vec<Problem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        let read = Sheet::read_csv(csv.as_bytes()).map_err(|problem| problem.to_string())?;
        let sheet = read.whole().map_err(words)?;
        Ok(sheet.rows().iter().map(|row| (row.number, row.cells.join("|"))).collect())
    }

    fn rows(rows: &[(usize, &str)]) -> Result<Vec<(usize, String)>, String> {
        Ok(rows.iter().map(|(number, cells)| (*number, (*cells).to_owned())).collect())
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        assert_eq!(read("a,b\n1,2\n3,4\n"), rows(&[(2, "1|2"), (3, "3|4")]));
        assert_eq!(read("a,b\r\n1,\"x\r\ny\"\r\n3,4"), rows(&[(2, "1|x\r\ny"), (3, "3|4")]));
        assert_eq!(read("\n\na,b\n\n1,2\n\r\n\n3,4\n"), rows(&[(5, "1|2"), (8, "3|4")]));
        assert_eq!(read("a,b\r\n\r\n1,2\r\n,\r\n3,4\r\n"), rows(&[(3, "1|2"), (5, "3|4")]));
    }

    #[test]
    fn commas_and_semicolons_part_cells_and_a_mark_is_passed_over() {
        for text in ["a,b\n\"1;1\",2\n", "a;b\n\"1;1\";2\n"] {
            assert_eq!(read(text), rows(&[(2, "1;1|2")]));
            assert_eq!(read(&format!("\u{feff}{text}")), rows(&[(2, "1;1|2")]));
        }
        assert_eq!(read("a,b,,\n1,2,,\n3\n"), rows(&[(2, "1|2"), (3, "3|")]), "what spreadsheets fill up");
    }

    #[test]
    fn what_does_not_fit_is_said_for_all_rows_at_once() {
        assert_eq!(read(""), Err("there is nothing in it".into()));
        assert_eq!(
            read("a,,a\n1,2,3,4\n1,2,3\n1,2,3,4,5\n"),
            Err("row 1: column B has no heading\n\
                 row 1, column a: this heading stands twice; keep one of them\n\
                 row 2: there are 4 cells under 3 headings; a cell with a comma or a line break needs quotes around it\n\
                 row 4: there are 5 cells under 3 headings; a cell with a comma or a line break needs quotes around it"
                .into())
        );
        let latin = Sheet::read_csv(b"a,b\n1,Gr\xf6\xdfe\n").expect_err("not UTF-8");
        assert_eq!(latin.to_string(), "line 2 of the file is not UTF-8; save it as \"CSV UTF-8\"");
        assert!(Sheet::read_xlsx(b"a,b\n").is_err());
    }
}

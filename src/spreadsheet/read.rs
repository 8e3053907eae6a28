//! From the bytes of an XLSX file to the values of its cells, within bounds: how much it unpacks to is counted before anything
//! of it is taken apart, and of a formula only its last result is seen.

mod guard;

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, DataRef, Reader as _, Xlsx, XlsxError};

use crate::spreadsheet::column_name;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 8 * 1024 * 1024;
/// The most bytes that all parts of a file together may unpack to.
pub const LARGEST_UNPACKED: u64 = 64 * 1024 * 1024;
/// The most cells with a value that are read of one sheet.
pub const MOST_CELLS: usize = 100_000;

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is too large to be looked at.
    #[error("it has {0} bytes; a workbook that is read has at most {LARGEST_FILE}")]
    TooLarge(usize),
    /// It is of another kind.
    #[error("{0}")]
    OtherKind(&'static str),
    /// It is a broken or cut off file.
    #[error("it is broken or cut off, and cannot be unpacked: {0}")]
    Broken(String),
    /// It unpacks to more than any workbook that is meant here.
    #[error("it unpacks to more than {} MiB; a workbook that is read has less", LARGEST_UNPACKED / 1024 / 1024)]
    Bomb,
    /// A part of it is not what Excel writes.
    #[error("its part {0} is not as Excel writes it: {1}")]
    Part(String, &'static str),
    /// It can be unpacked, and is no workbook.
    #[error("it is not an Excel workbook: {0}")]
    NoWorkbook(String),
    /// One of its sheets has too much on it.
    #[error("its sheet {0} has more than {MOST_CELLS} cells")]
    TooManyCells(String),
}

/// The values of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadBook {
    /// The sheets with their names, in order.
    pub sheets: Vec<ReadSheet>,
}

/// The values of one sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadSheet {
    /// Its name.
    pub name: String,
    /// Per row and column, counted from 0, what stands there as text; empty cells are left out.
    pub cells: BTreeMap<(u32, u32), String>,
    /// The cells of which the spreadsheet may have made something else than was typed.
    pub unclear: BTreeMap<(u32, u32), Unclear>,
}

/// What a spreadsheet may make of what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// A day, as of 4.1 in some countries.
    Date,
    /// An error, as of a formula that leads nowhere.
    Error,
}

impl ReadBook {
    /// Reads a workbook.
    ///
    /// # Errors
    /// What the file is instead of a workbook of bearable size.
    pub fn read(bytes: &[u8]) -> Result<ReadBook, ReadError> {
        guard::check(bytes)?;
        let no_workbook = |error: XlsxError| ReadError::NoWorkbook(error.to_string());
        let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(no_workbook)?;
        let mut book = ReadBook::default();
        for name in workbook.sheet_names() {
            let sheet = match workbook.worksheet_cells_reader(&name) {
                Ok(mut reader) => {
                    let mut sheet = ReadSheet { name, ..ReadSheet::default() };
                    while let Some(cell) = reader.next_cell().map_err(no_workbook)? {
                        sheet.take(cell.get_position(), cell.get_value());
                        if sheet.cells.len() > MOST_CELLS {
                            return Err(ReadError::TooManyCells(sheet.name));
                        }
                    }
                    sheet
                }
                // A chart or a macro on a sheet of its own has no cells.
                Err(XlsxError::NotAWorksheet(_)) => continue,
                Err(error) => return Err(no_workbook(error)),
            };
            book.sheets.push(sheet);
        }
        Ok(book)
    }

    /// The sheet of that name.
    pub fn sheet(&self, name: &str) -> Option<&ReadSheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}

impl ReadSheet {
    fn take(&mut self, place: (u32, u32), value: &DataRef<'_>) {
        let text = text(value);
        if text.is_empty() {
            return;
        }
        self.cells.insert(place, text);
        let unclear = match value {
            DataRef::DateTime(_) | DataRef::DateTimeIso(_) => Unclear::Date,
            DataRef::Error(_) => Unclear::Error,
            DataRef::Empty
            | DataRef::String(_)
            | DataRef::SharedString(_)
            | DataRef::Int(_)
            | DataRef::Float(_)
            | DataRef::Bool(_)
            | DataRef::DurationIso(_) => return,
        };
        self.unclear.insert(place, unclear);
    }

    /// What stands at a row and a column, counted from 0; empty where nothing does.
    pub fn text(&self, row: u32, column: u32) -> &str {
        self.cells.get(&(row, column)).map(String::as_str).unwrap_or_default()
    }

    /// The numbers of the rows on which something stands, in order.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }

    /// The first row on which a cell of the first column says exactly this.
    pub fn row_of(&self, first_cell: &str) -> Option<u32> {
        self.cells.iter().find(|((_, column), text)| *column == 0 && *text == first_cell).map(|((row, _), _)| *row)
    }
}

/// A cell as people name it: `B3` for row 2 and column 1.
pub fn place(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column as usize), u64::from(row) + 1)
}

/// A value as a text: whole numbers without a point, days as 2026-11-21.
fn text(value: &DataRef<'_>) -> String {
    match Data::from(value.clone()) {
        Data::Empty => String::new(),
        Data::String(text) => text,
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(value) => if value { "yes" } else { "no" }.to_owned(),
        Data::DateTime(moment) => match moment.as_datetime() {
            Some(moment) => moment.format("%Y-%m-%d").to_string(),
            None => moment.as_f64().to_string(),
        },
        Data::DateTimeIso(text) | Data::DurationIso(text) => text,
        Data::Error(error) => error.to_string(),
    }
}

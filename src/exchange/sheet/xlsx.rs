//! Reads the cells of an XLSX workbook within bounds: a small file can claim gigabytes, or a cell in the last corner of a sheet.

use std::{
    collections::BTreeMap,
    io::{self, Cursor, Read},
};

use calamine::{Data, Reader, Xlsx, XlsxError};
use zip::ZipArchive;

use crate::exchange::{
    import::Problem,
    sheet::{MOST_COLUMNS, Row, column_name, too_many_rows, too_wide},
};

/// The most bytes that all parts of a workbook may have once unpacked.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The rows of the first sheet that holds anything, without blank rows, and the cells of it that hold no value.
pub(super) fn rows(bytes: &[u8]) -> Result<(Vec<Row>, Vec<Problem>), Problem> {
    check_size(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    for name in workbook.sheet_names() {
        let (rows, problems) = sheet_rows(&mut workbook, &name)?;
        if !rows.is_empty() {
            return Ok((rows, problems));
        }
    }
    Ok((Vec::new(), Vec::new()))
}

fn broken(error: &dyn std::error::Error) -> Problem {
    Problem::with_file(format!("this is no XLSX workbook that can be read: {error}"))
}

/// Unpacks every part without keeping it, for what a part says of its own size need not be true.
fn check_size(bytes: &[u8]) -> Result<(), Problem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut size = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| broken(&error))?;
        size += io::copy(&mut part.take(LARGEST + 1 - size), &mut io::sink()).map_err(|error| broken(&error))?;
        if size > LARGEST {
            let message =
                format!("unpacked, this workbook has more than {LARGEST} bytes; leave only the sheet to read in it");
            return Err(Problem::with_file(message));
        }
    }
    Ok(())
}

fn sheet_rows(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<(Vec<Row>, Vec<Problem>), Problem> {
    let stop = |error: XlsxError| broken(&error);
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A sheet of another kind, such as a chart.
        Err(XlsxError::NotAWorksheet(_)) => return Ok((Vec::new(), Vec::new())),
        Err(error) => return Err(stop(error)),
    };
    let mut rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut problems = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(stop)? {
        let (row, column) = cell.get_position();
        let (number, column) = (row as usize + 1, column as usize);
        let text = text_of(&Data::from(cell.get_value().clone())).unwrap_or_else(|message| {
            problems.push(Problem::with_cell(number, column_name(column), message));
            String::new()
        });
        if text.trim().is_empty() {
            continue;
        }
        if column >= MOST_COLUMNS {
            return Err(too_wide(number));
        }
        let cells = rows.entry(number).or_default();
        cells.resize(cells.len().max(column + 1), String::new());
        cells[column] = text;
        too_many_rows(rows.len())?;
    }
    Ok((rows.into_iter().map(|(number, cells)| Row { number, cells }).collect(), problems))
}

/// The text of a cell.
fn text_of(cell: &Data) -> Result<String, String> {
    match cell {
        Data::Empty => Ok(String::new()),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Ok(text.clone()),
        Data::Int(number) => Ok(number.to_string()),
        Data::Float(number) => Ok(number.to_string()),
        Data::Bool(is_true) => Ok(is_true.to_string()),
        Data::DateTime(_) => {
            Err("the spreadsheet made a date of this cell; format the column as text and type it again".to_owned())
        }
        Data::Error(error) => Err(format!("the cell holds an error, {error}; type a value instead")),
    }
}

//! An audit as an XLSX workbook of one sheet, with lists to pick from where the other program takes fixed values only.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet,
    XlsxError,
};

use crate::{
    exchange::{
        ciso_assistant::{
            self,
            row::{ComplianceResult, Progress},
        },
        sheet::Sheet,
    },
    report::Subject,
};

/// The widths of the columns, in characters.
const WIDTHS: [f64; 11] = [14.0, 10.0, 9.0, 30.0, 45.0, 40.0, 40.0, 20.0, 21.0, 8.0, 60.0];

/// The name of the sheet.
const SHEET: &str = "iso42001-2023";

/// An assessment as a workbook.
pub fn workbook(subject: &Subject) -> Vec<u8> {
    // Texts are as long as a cell can hold, and there are fewer rows and columns than a sheet has.
    write(&ciso_assistant::audit(subject), subject.standing.as_of).expect("an audit fits into a sheet")
}

fn write(audit: &Sheet, as_of: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(as_of)?);
    let sheet = workbook.add_worksheet().set_name(SHEET)?;
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (column, heading) in (0..).zip(audit.headings()) {
        sheet.write_string_with_format(0, column, heading, &bold)?;
        sheet.set_column_width(column, WIDTHS[usize::from(column)])?;
    }
    for (row, cells) in (1..).zip(audit.rows()) {
        for ((column, cell), heading) in (0..).zip(&cells.cells).zip(audit.headings()) {
            match cell.parse::<u8>() {
                Ok(level) if heading == "score" => sheet.write_number_with_format(row, column, level, &wrapped)?,
                Ok(_) | Err(_) => write_text(sheet, (row, column), cell, &wrapped)?,
            };
        }
    }
    let last_row = u32::try_from(audit.rows().len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(audit.headings().len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.set_freeze_panes(1, 3)?;
    sheet.autofilter(0, 0, last_row, last_column)?;
    for (column, heading) in (0..).zip(audit.headings()) {
        if let Some(rule) = validation(heading)? {
            sheet.add_data_validation(1, column, last_row.max(1), column, &rule)?;
        }
    }
    workbook.save_to_buffer()
}

/// Writes a text as a text, whatever it looks like.
fn write_text<'a>(
    sheet: &'a mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<&'a mut Worksheet, XlsxError> {
    let plain = Format::new();
    // The writer takes such a text for markup of its own and would not escape it; in two pieces it does.
    match text.strip_prefix('<') {
        Some(rest) if rest.starts_with("r>") && rest.ends_with("</r>") => {
            sheet.write_rich_string_with_format(row, column, &[(&plain, "<"), (&plain, rest)], format)
        }
        Some(_) | None => sheet.write_string_with_format(row, column, text, format),
    }
}

/// The properties of the document. It is made on the day that the figures are of, so that equal input gives equal bytes.
fn properties(as_of: NaiveDate) -> Result<DocProperties, XlsxError> {
    // A workbook knows no year outside this range.
    let year = as_of.year().clamp(1900, 9999) as u16;
    let (month, day) = if as_of.year() == i32::from(year) { (as_of.month(), as_of.day()) } else { (1, 1) };
    let made = ExcelDateTime::from_ymd(year, month as u8, day as u8)?;
    Ok(DocProperties::new().set_creation_datetime(&made))
}

/// What may be typed into a column, where that is limited.
fn validation(heading: &str) -> Result<Option<DataValidation>, XlsxError> {
    let rule = match heading {
        "compliance_result" => DataValidation::new().allow_list_strings(&ComplianceResult::ALL.map(|one| one.id()))?,
        "requirement_progress" => DataValidation::new().allow_list_strings(&Progress::ALL.map(|one| one.id()))?,
        "score" => DataValidation::new().allow_whole_number(DataValidationRule::Between(0, 5)),
        _ => return Ok(None),
    };
    Ok(Some(rule))
}

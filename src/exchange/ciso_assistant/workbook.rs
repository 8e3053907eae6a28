//! An audit as an XLSX workbook of one sheet, with lists to pick from where the other program takes fixed values only.

use crate::{
    exchange::ciso_assistant::{
        self,
        row::{ComplianceResult, Status},
    },
    report::Subject,
    spreadsheet::book::{Book, Cell, Column, Entry, Sheet},
};

/// The widths of the columns, in characters.
const WIDTHS: [u16; 11] = [14, 10, 9, 30, 45, 40, 40, 20, 21, 8, 60];

/// The name of the sheet, which is that of the library.
const SHEET: &str = "iso42001-2023";

/// An assessment as a workbook.
pub fn workbook(subject: &Subject) -> Vec<u8> {
    let columns = ciso_assistant::COLUMNS.iter().zip(WIDTHS).map(|(heading, width)| Column::new(*heading, width));
    let mut sheet = Sheet { columns: columns.collect(), frozen_columns: 3, ..Sheet::new(SHEET) };
    for row in ciso_assistant::audit(subject).rows() {
        let cells = row.cells.iter().zip(ciso_assistant::COLUMNS);
        sheet.push(cells.map(|(text, column)| cell(text, column)).collect());
    }
    let book = Book {
        title: subject.assessment.name.clone(),
        subject: "A self-assessment against ISO/IEC 42001:2023 as an audit of CISO Assistant".to_owned(),
        company: subject.assessment.profile.organization.clone(),
        comment: String::new(),
        made_on: subject.standing.as_of,
        sheets: vec![sheet],
    };
    book.bytes()
}

/// A cell under a heading, with what may be entered there.
fn cell(text: &str, column: &str) -> Cell {
    match column {
        "compliance_result" => Cell::text(text).open(Entry::List(ComplianceResult::ALL.map(|one| one.id()).to_vec())),
        "requirement_progress" => Cell::text(text).open(Entry::List(Status::ALL.map(|one| one.id()).to_vec())),
        "score" => {
            let level = text.parse().map_or_else(|_| Cell::default(), Cell::count);
            level.open(Entry::List(vec!["0", "1", "2", "3", "4", "5"]))
        }
        "observations" => Cell::text(text).open(Entry::Text),
        _ => Cell::text(text),
    }
}

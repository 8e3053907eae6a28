//! CISO Assistant: an audit of its library `iso42001-2023`, written and read, and the plan as its applied controls.
//!
//! That library has 67 rows to assess: one row 6.1 stands for 6.1.1 to 6.1.4. Names and descriptions are this program's own words.
//! Column names and fixed values are those of its import of data (`urn`, `compliance_result`, ...).

pub mod controls;
pub mod read;
mod review;
mod row;
pub mod workbook;

pub use workbook::workbook;

use crate::{
    exchange::{ciso_assistant::row::AuditRow, sheet::Sheet},
    report::Subject,
};

/// The columns of an audit.
pub const COLUMNS: [&str; 11] = [
    "urn",
    "assessable",
    "ref_id",
    "name",
    "description",
    "typical_evidence",
    "annotation",
    "compliance_result",
    "requirement_progress",
    "score",
    "observations",
];

/// The start of every URN of the library; the number in lower case follows.
const URN: &str = "urn:intuitem:risk:req_node:iso42001-2023:";

/// An assessment as an audit: its 67 rows in natural order.
pub fn audit(subject: &Subject) -> Sheet {
    let mut sheet = Sheet::new(&COLUMNS);
    for row in AuditRow::all(subject.catalog) {
        sheet.push(row.cells(subject));
    }
    sheet
}

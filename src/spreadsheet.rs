//! Excel workbooks (XLSX) as values: written from sheets of typed cells, and read back within bounds. Pure: bytes in, bytes out.
//!
//! A text is always written as a text, never as a formula, and what is read is values, never formulas.

pub mod book;
pub mod read;
#[cfg(test)]
pub(crate) mod tests;
mod write;

/// The most UTF-16 units that Excel holds in one cell.
pub const LONGEST_CELL: usize = 32_767;

/// How Excel counts the length of a text.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The name of a column as spreadsheets show it: `A` for 0, `AA` for 26.
pub fn column_name(column: usize) -> String {
    let letter = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => letter.to_string(),
        more => column_name(more - 1) + &letter.to_string(),
    }
}

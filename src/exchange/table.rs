//! CSV files for importers, read again after writing.

/// Whether a file is CSV with a column of that name and rows of one length.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(bytes: &[u8], column: &str) -> Result<(), String> {
    let mut reader = csv::Reader::from_reader(bytes);
    let headings = reader.headers().map_err(|error| error.to_string())?;
    if !headings.iter().any(|heading| heading == column) {
        return Err(format!("there is no column {column} in it"));
    }
    reader.records().try_for_each(|row| row.map(drop)).map_err(|error| error.to_string())
}

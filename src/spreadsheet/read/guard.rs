//! What a file must be before it is taken apart: a ZIP of bearable size whose parts are plain XML in UTF-8.
//!
//! Sizes in a ZIP are claims, so every part is unpacked once to nowhere and counted. A count inside the table of texts is a claim
//! too, for which the reader of workbooks would set memory aside.

use std::io::{Cursor, Read};

use quick_xml::events::Event;
use zip::ZipArchive;

use crate::spreadsheet::read::{LARGEST_FILE, LARGEST_UNPACKED, ReadError};

/// How the file of a ZIP begins.
const ZIP: &[u8] = b"PK\x03\x04";
/// How a file of older Office programs begins, and one that is encrypted.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// The most parts of a workbook.
const MOST_PARTS: usize = 1_000;
/// The most different texts that a table of texts may announce; each takes at least some bytes of the file.
const MOST_TEXTS: u64 = 1_000_000;

/// Checks a file before it is read.
pub(super) fn check(bytes: &[u8]) -> Result<(), ReadError> {
    if bytes.len() > LARGEST_FILE {
        return Err(ReadError::TooLarge(bytes.len()));
    }
    if bytes.starts_with(COMPOUND) {
        return Err(ReadError::OtherKind(
            "it is locked with a password, or in the format of old Excel (.xls); save it without a password as an Excel \
             workbook (.xlsx)",
        ));
    }
    if !bytes.starts_with(ZIP) {
        return Err(ReadError::OtherKind("it is not an Excel workbook (.xlsx)"));
    }
    let broken = |error: &dyn std::error::Error| ReadError::Broken(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > MOST_PARTS {
        return Err(ReadError::Bomb);
    }
    let mut left = LARGEST_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| broken(&error))?;
        let name = part.name().map_err(|error| broken(&error))?.into_owned();
        if name == "mimetype" {
            return Err(ReadError::OtherKind(
                "it is an OpenDocument spreadsheet; save it as an Excel workbook (.xlsx)",
            ));
        }
        let mut content = Vec::new();
        // One byte more than is left shows that there is more.
        let size = part.take(left + 1).read_to_end(&mut content).map_err(|error| broken(&error))? as u64;
        left = left.checked_sub(size).ok_or(ReadError::Bomb)?;
        check_part(&name, &content)?;
    }
    Ok(())
}

/// Checks one part. Pictures and the like are not looked at by anybody here.
fn check_part(name: &str, content: &[u8]) -> Result<(), ReadError> {
    let lower = name.to_ascii_lowercase();
    if !lower.ends_with(".xml") && !lower.ends_with(".rels") {
        return Ok(());
    }
    let wrong = |what| Err(ReadError::Part(name.to_owned(), what));
    let Ok(text) = std::str::from_utf8(content) else { return wrong("it is not UTF-8") };
    if text.contains('\0') {
        return wrong("it is not UTF-8");
    }
    let declaration = text.trim_start_matches('\u{feff}').split("?>").next().unwrap_or_default();
    if declaration.starts_with("<?xml") && declaration.contains("encoding") {
        let is_utf8 = declaration.to_ascii_lowercase().contains("utf-8");
        if !is_utf8 {
            return wrong("it is not UTF-8");
        }
    }
    if text.contains("<!DOCTYPE") {
        return wrong("it defines its own document type");
    }
    if lower.ends_with("sharedstrings.xml") && announced_texts(text).is_some_and(|count| count > MOST_TEXTS) {
        return wrong("it announces more texts than it can hold");
    }
    Ok(())
}

/// How many texts the table of texts says that it has; as many as can be where that is no number.
fn announced_texts(text: &str) -> Option<u64> {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(table)) if table.local_name().as_ref() == "sst" => {
                let mut attributes = table.attributes();
                let counts = attributes.with_checks(false).flatten();
                let counts = counts.filter(|attribute| attribute.key.local_name().as_ref() == "uniqueCount");
                return counts.map(|count| count.value.trim().parse().unwrap_or(u64::MAX)).max();
            }
            // What is broken is left to the reader, which says so.
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

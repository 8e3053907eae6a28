//! From a path to the text of a save. A file that cannot be one is refused before anything in it is read.

use std::{io, path::Path};

use crate::{
    ron_text::{self, Place, Problem},
    store::{
        disk::{Disk, Kind, RealDisk},
        limits::LARGEST_FILE,
    },
};

/// Reads the text of a save: a regular file of bearable size in UTF-8, without NUL and without an unresolved merge.
///
/// # Errors
/// What the file is or holds instead.
pub fn text(path: &Path) -> Result<String, Box<Problem>> {
    text_on(&RealDisk, path)
}

/// As [`text`], on any disk.
///
/// # Errors
/// What the file is or holds instead.
pub(super) fn text_on(disk: &dyn Disk, path: &Path) -> Result<String, Box<Problem>> {
    decode(path, bytes_on(disk, path)?)
}

/// Reads the bytes of a regular file of bearable size, whatever they are.
///
/// # Errors
/// What the file is instead.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Box<Problem>> {
    bytes_on(&RealDisk, path)
}

/// As [`bytes`], on any disk.
///
/// # Errors
/// What the file is instead.
fn bytes_on(disk: &dyn Disk, path: &Path) -> Result<Vec<u8>, Box<Problem>> {
    let problem = |message: String| Box::new(Problem::with_file(path, message));
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => problem("there is no such file".to_owned()),
        _ => problem(format!("it cannot be read: {error}")),
    };
    // Asked before opening: to open a pipe could wait for ever.
    let facts = disk.facts(path).map_err(unreadable)?;
    match facts.kind {
        Kind::File => {}
        Kind::Folder => return Err(problem("this is a folder; name a save in it, which ends in .ron".to_owned())),
        Kind::Other => return Err(problem("this is not a regular file, so it cannot be a save".to_owned())),
    }
    if facts.length > LARGEST_FILE {
        return Err(problem(too_large(facts.length)));
    }
    // One byte more than allowed shows that the file grew meanwhile.
    let bytes = disk.read(path, LARGEST_FILE + 1).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(problem(too_large(bytes.len() as u64)));
    }
    Ok(bytes)
}

fn too_large(size: u64) -> String {
    format!("it has {size} bytes; a save has at most {LARGEST_FILE}")
}

/// The bytes of a save as text.
fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, Box<Problem>> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..at]);
        let message = format!("byte {at} is not valid UTF-8; save the file as UTF-8");
        Box::new(Problem::at(path, &before, Place::of(&before, at), message))
    })?;
    let problem_at = |offset, message| Err(Box::new(Problem::at(path, &text, Place::of(&text, offset), message)));
    if text.trim().is_empty() {
        return Err(Box::new(Problem::with_file(path, "it is empty; a save begins with `(version: 1,`")));
    }
    if let Some(offset) = text.find('\0') {
        return problem_at(offset, "here is a NUL character; this is not a text file");
    }
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if ron_text::is_conflict_marker(line) {
            return problem_at(
                offset,
                "unresolved git conflict; keep one side and delete the lines with <<<<<<<, ======= and >>>>>>>",
            );
        }
        offset += line.len();
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};

    use super::*;

    /// What is said of a file with these bytes; it is the same afterwards.
    fn complaint(bytes: &[u8]) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.ron");
        fs::write(&path, bytes).expect("a file");
        let result = text(&path);
        assert_eq!(fs::read(&path).expect("the file"), bytes, "a file that is only read stays as it is");
        let problem = result.expect_err("not a save");
        Problem { path: "a.ron".into(), ..*problem }.to_string()
    }

    #[test]
    fn a_file_that_cannot_be_a_save_is_refused_with_a_reason() {
        let case = |bytes: &[u8], expected: &str| assert_eq!(complaint(bytes), expected);
        let empty = "a.ron: it is empty; a save begins with `(version: 1,`";
        case(b"", empty);
        case(b" \n\n", empty);
        let utf8 = "is not valid UTF-8; save the file as UTF-8";
        case(b"(name: \"Gr\xfc\xdfe\")", &format!("a.ron:1:11: byte 10 {utf8}\n    (name: \"Gr"));
        case("(\nö\u{6771}".as_bytes().split_last().expect("bytes").1, &format!("a.ron:2:2: byte 4 {utf8}\n    ö"));
        case(b"\xff\xfe(\0", &format!("a.ron:1:1: byte 0 {utf8}"));
        case(
            b"(version: 1,\n name: \"a\0b\")",
            "a.ron:2:10: here is a NUL character; this is not a text file\n    name: \"a b\")",
        );
        let conflict = "unresolved git conflict; keep one side and delete the lines with <<<<<<<, ======= and >>>>>>>";
        case(
            b"(\n    a: 1,\n<<<<<<< HEAD\n    b: 1,\n=======\n    b: 2,\n>>>>>>> theirs\n)",
            &format!("a.ron:3:1: {conflict}\n    <<<<<<< HEAD"),
        );
        case(b"(note: \"a\r\n>>>>>>> theirs\r\n\")", &format!("a.ron:2:1: {conflict}\n    >>>>>>> theirs"));
    }

    #[test]
    fn what_is_not_a_file_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let complaint = |path: &Path| text(path).expect_err("not a save").message;
        assert_eq!(complaint(folder.path()), "this is a folder; name a save in it, which ends in .ron");
        assert_eq!(complaint(&folder.path().join("none.ron")), "there is no such file");
        assert_eq!(complaint(&folder.path().join("a.ron/b.ron")), "there is no such file");
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_or_a_device_is_refused_without_waiting_for_it() {
        assert_eq!(
            text(Path::new("/dev/zero")).expect_err("not a save").to_string(),
            "/dev/zero: this is not a regular file, so it cannot be a save"
        );
    }

    #[test]
    fn a_file_of_300_mib_is_refused_by_its_size() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.ron");
        File::create(&path).and_then(|file| file.set_len(314_572_800)).expect("a sparse file");
        let problem = text(&path).expect_err("too large");
        assert_eq!(problem.message, "it has 314572800 bytes; a save has at most 16777216");
    }
}

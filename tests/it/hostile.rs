//! Files that are no saves, or pretend to be: each gives one clear error that names the place, and stays as it is.

use std::{fs, path::Path, process::Command};

use crate::support::Place;

/// The address space that the program may take while it reads a hostile file, in KiB; far less of it is ever used.
const MEMORY: u32 = 600_000;

/// Tries a file with the commands that read and with one that writes.
fn is_refused(place: &Place, name: &str, bytes: &[u8], has_place: bool) {
    place.write("a.ron", bytes);
    for words in ["score a.ron", "check a.ron", "answer a.ron", "restore a.ron"] {
        let script = format!("ulimit -v {MEMORY}; exec {} {words} --as-of 2026-11-21", env!("CARGO_BIN_EXE_aimscope"));
        let mut command = Command::new("/bin/sh");
        command.args(["-c", &script]).current_dir(place.path("")).env_clear().env("HOME", place.path(""));
        let output = command.output().expect("the shell starts");
        let error = String::from_utf8(output.stderr).expect("errors are UTF-8");
        assert_eq!(output.status.code(), Some(1), "{name}, {words}: {error}");
        assert_eq!(output.stdout, b"", "{name}, {words}");
        let start = if has_place && words != "restore a.ron" { "aimscope: a.ron:" } else { "aimscope: a.ron" };
        assert!(error.starts_with(start), "{name}, {words}: {error}");
        let rest = error[start.len()..].trim_start();
        let is_placed = !has_place || words == "restore a.ron" || rest.starts_with(|c: char| c.is_ascii_digit());
        assert!(is_placed, "{name}, {words} names no place: {error}");
        assert!(error.lines().count() <= 3 && error.len() < 2_000, "{name}, {words}: {error}");
        assert!(!error.contains("panicked") && !error.contains(['\u{1b}', '\u{202e}', '\0']), "{name}: {error:?}");
        assert_eq!(fs::read(place.path("a.ron")).expect("the file"), bytes, "{name}, {words}: the file has changed");
    }
}

#[test]
fn every_hostile_file_gives_one_error_with_its_place() {
    let place = Place::new();
    let mut count = 0;
    for entry in fs::read_dir(Path::new("tests/fixtures/hostile")).expect("the fixtures") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        // Of an empty file there is no place to name.
        is_refused(&place, &name, &fs::read(&path).expect("a fixture"), name != "empty.ron");
        count += 1;
    }
    assert!(count >= 20, "{count} fixtures");
}

#[test]
fn files_of_16_mib_are_refused_or_read_within_bounds() {
    let place = Place::new();
    let size = 16 * 1024 * 1024 - 200;
    let head = "(version: 1, catalog: \"1\", name: \"Acme\", created: \"2026-01-01\", ";
    let filled = |start: &str, unit: &str, end: &str| {
        format!("{head}{start}{}{end}", unit.repeat((size - head.len() - start.len()) / unit.len()))
    };
    let cases = [
        ("brackets", filled("answers: ", "[", "")),
        ("nested options", filled("profile: ", "Some(", "")),
        ("answers", filled("answers: [", "(requirement: \"4.1\"),", "])")),
        ("empty records", filled("answers: [", "(),", "])")),
        ("one long text", filled("answers: [(requirement: \"4.1\", note: \"", "x", "\")])")),
        ("escapes", filled("answers: [(requirement: \"4.1\", note: \"", "\\u{41}", "\")])")),
        ("fields", filled("", "a: 1, ", ")")),
        ("comments", filled("", "/*", "")),
        ("quotes", filled("", "\"\"", "")),
        ("raw quotes", filled("", "r#\"", "")),
        ("new lines", filled("", "\n", "")),
        ("conflict", filled("\n", "=======\n", "<<<<<<< a\n")),
    ];
    for (name, text) in cases {
        is_refused(&place, name, text.as_bytes(), true);
    }
    is_refused(&place, "one byte too many", &vec![b' '; 16 * 1024 * 1024 + 1], false);
    is_refused(&place, "zeros", &vec![0; 1024 * 1024], true);
    is_refused(
        &place,
        "noise",
        &(0..1_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>(),
        true,
    );
}

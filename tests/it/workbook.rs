//! Workbooks of the real program: the report in Excel, and the answer sheet out and back.

use std::{fs, io::Write as _, process::Command};

use aimscope::spreadsheet::read::ReadBook;

use crate::support::Place;

/// The address space that the program may take while it reads a hostile file, in KiB.
const MEMORY: u32 = 600_000;

fn book(place: &Place, name: &str) -> ReadBook {
    ReadBook::read(&fs::read(place.path(name)).expect("the file")).expect("a workbook")
}

fn example() -> Place {
    Place::new().with_save("saves/example.ron", "a.ron")
}

#[test]
fn a_report_becomes_a_workbook_with_all_its_sheets() {
    let place = example();
    let written = place.run("report a.ron --format xlsx --output a.xlsx");
    assert_eq!((written.code, written.out.as_str()), (0, "written: a.xlsx\n"), "{}", written.err);
    let names: Vec<String> = book(&place, "a.xlsx").sheets.into_iter().map(|sheet| sheet.name).collect();
    assert_eq!(names, ["Summary", "Requirements", "Plan", "SoA", "Evidence", "Systems"]);
    let first = fs::read(place.path("a.xlsx")).expect("the file");
    let again = place.run("report a.ron --format xlsx --output a.xlsx");
    assert_eq!(again.code, 1);
    assert!(again.err.contains("--force lets the new one take its place"), "{}", again.err);
    assert_eq!(place.run("report a.ron --format xlsx --output a.xlsx --force").code, 0);
    assert_eq!(fs::read(place.path("a.xlsx")).expect("the file"), first, "equal input, equal bytes");
    let part = place.run("report a.ron --format xlsx --part plan --output b.xlsx");
    assert_eq!(part.err, "aimscope: a workbook always has all its sheets; leave out --part\n");
}

#[test]
fn the_workbook_has_the_rows_of_the_other_reports() {
    let place = example();
    place.run("report a.ron --format xlsx --output a.xlsx");
    let book = book(&place, "a.xlsx");
    for (command, sheet, heading) in [("soa", "SoA", "Id"), ("plan", "Plan", "Order"), ("systems", "Systems", "Id")] {
        let printed = place.run(&format!("{command} a.ron --format csv")).out;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(printed.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a record")).collect();
        let sheet = book.sheet(sheet).expect("the sheet");
        let first = sheet.row_of(heading).expect("the headings") + 1;
        for (row, record) in (first..).zip(&records[1..]) {
            for (column, cell) in (0..).zip(record) {
                // In CSV an apostrophe keeps a text from being computed.
                let cell = cell.strip_prefix('\'').unwrap_or(cell);
                assert_eq!(sheet.text(row, column), cell, "{command}, row {row}, column {column}");
            }
        }
        let rows = sheet.rows().into_iter().filter(|row| *row >= first).count();
        assert_eq!(rows, records.len() - 1, "{command}");
    }
}

#[test]
fn an_answer_sheet_goes_out_and_comes_back() {
    let place = example();
    let before = place.read("a.ron");
    let out = place.run("export a.ron --format xlsx-questionnaire --output a.xlsx");
    assert_eq!((out.code, out.out.as_str()), (0, "written: a.xlsx\n"), "{}", out.err);
    let same = place.run("import a.ron a.xlsx --format xlsx-questionnaire");
    assert_eq!(same.code, 0, "{}", same.err);
    assert!(same.out.ends_with("rows read; nothing differs from the save\n"), "{}", same.out);
    assert_eq!(place.read("a.ron"), before);
    let made = place.run("new Empty --saves .");
    assert_eq!(made.code, 0, "{}", made.err);
    let empty = made.out.trim().to_owned();
    let dry = place.run(&format!("import {empty} a.xlsx --format xlsx-questionnaire --dry-run"));
    assert!(dry.out.contains("would change") && dry.out.contains("made for the assessment"), "{}", dry.out);
    let filled = place.run(&format!("import {empty} a.xlsx --format xlsx-questionnaire"));
    assert_eq!(filled.code, 0, "{}", filled.err);
    assert_eq!(place.run(&format!("export {empty} --format xlsx-questionnaire --output b.xlsx")).code, 0);
    let (one, other) = (book(&place, "a.xlsx"), book(&place, "b.xlsx"));
    for (name, fillable) in [("Requirements", 0..11), ("Checks", 0..8)] {
        let cells = |book: &ReadBook| {
            let cells = book.sheet(name).expect("the sheet").cells.clone();
            cells.into_iter().filter(|((_, column), _)| fillable.contains(column)).collect::<Vec<_>>()
        };
        assert_eq!(cells(&other), cells(&one), "of sheet {name}");
    }
}

#[test]
fn files_that_are_no_answer_sheet_are_refused_within_bounds() {
    let place = example();
    let before = place.read("a.ron");
    place.run("report a.ron --format xlsx --output report.xlsx");
    place.run("export a.ron --format xlsx-questionnaire --output sheet.xlsx");
    let sheet = fs::read(place.path("sheet.xlsx")).expect("the file");
    place.write("cut.xlsx", &sheet[..sheet.len() / 2]);
    place.write("text.xlsx", "id;level\n4.1;3\n");
    place.write("old.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on");
    let mut zip = zip::ZipWriter::new(fs::File::create(place.path("bomb.xlsx")).expect("a file"));
    for name in ["xl/workbook.xml", "xl/sharedStrings.xml"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        (0..40).for_each(|_| zip.write_all(&vec![b' '; 1024 * 1024]).expect("written"));
    }
    zip.finish().expect("a ZIP");
    for (name, words) in [
        ("report.xlsx", "it is the workbook of a report, which is not read back"),
        ("cut.xlsx", "it is broken or cut off"),
        ("text.xlsx", "it is not an Excel workbook (.xlsx)"),
        ("old.xlsx", "it is locked with a password, or in the format of old Excel"),
        ("bomb.xlsx", "it unpacks to more than 64 MiB"),
    ] {
        for format in ["xlsx-questionnaire", "ciso-assistant-xlsx"] {
            let script = format!(
                "ulimit -v {MEMORY}; exec {} import a.ron {name} --format {format} --as-of 2026-11-21 --as Ann",
                env!("CARGO_BIN_EXE_aimscope")
            );
            let mut command = Command::new("/bin/sh");
            command.args(["-c", &script]).current_dir(place.path("")).env_clear().env("HOME", place.path(""));
            let output = command.output().expect("the shell starts");
            let error = String::from_utf8(output.stderr).expect("errors are UTF-8");
            assert_eq!(output.status.code(), Some(1), "{name}, {format}: {error}");
            assert!(error.starts_with(&format!("aimscope: {name}: ")), "{name}, {format}: {error}");
            assert!(!error.contains("panicked"), "{name}, {format}: {error}");
            // Of a workbook that can be read, each format says what it misses in its own words.
            assert!(name == "report.xlsx" && format != "xlsx-questionnaire" || error.contains(words), "{error}");
        }
    }
    assert_eq!(place.read("a.ron"), before);
}

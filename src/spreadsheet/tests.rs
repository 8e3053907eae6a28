//! What is written is read back; what is hostile or broken is refused with a reason.

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::{
    clean_text::clean_text,
    spreadsheet::{
        LONGEST_CELL,
        book::{Book, Cell, Column, Entry, Sheet, TopLine, Value},
        read::{LARGEST_FILE, ReadBook, place},
        units,
    },
};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day in a test")
}

fn book(sheets: Vec<Sheet>) -> Book {
    Book {
        title: "Title & <more>".into(),
        subject: "Subject".into(),
        company: "Acme\u{1b} & Co".into(),
        comment: "x".repeat(400),
        made_on: day("2026-06-01"),
        sheets,
    }
}

/// A sheet with one column of texts.
fn texts(texts: &[&str]) -> Sheet {
    Sheet {
        columns: vec![Column::new("Text", 20)],
        rows: texts.iter().map(|text| vec![Cell::from(*text)]).collect(),
        ..Sheet::new("Texts")
    }
}

fn read(book: &Book) -> ReadBook {
    ReadBook::read(&book.bytes()).expect("what is written is read")
}

/// What a value reads as.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => clean_text(text).into_owned(),
        Value::Count(n) => n.to_string(),
        Value::Tenths(n) => (*n as f64 / 10.0).to_string(),
        Value::Percent(n) => (*n as f64 / 100.0).to_string(),
        Value::Date(day) => day.to_string(),
    }
}

/// Asserts that a book reads back cell by cell as it was written.
pub(crate) fn is_read_back(book: &Book) {
    let read = read(book);
    assert_eq!(
        read.sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(),
        book.sheets.iter().map(|sheet| sheet.name).collect::<Vec<_>>()
    );
    for (sheet, read) in book.sheets.iter().zip(&read.sheets) {
        let mut expected = std::collections::BTreeMap::new();
        let mut expect = |row: usize, column: usize, text: String| {
            if !text.is_empty() {
                expected.insert((row as u32, column as u32), text);
            }
        };
        for (row, line) in sheet.top.iter().enumerate() {
            match line {
                TopLine::Title(text) | TopLine::Heading(text) | TopLine::Text(text) => expect(row, 0, text.clone()),
                TopLine::Field(name, cell) => {
                    expect(row, 0, (*name).to_owned());
                    expect(row, 1, shown(&cell.value));
                }
            }
        }
        let heading = sheet.heading_row();
        for (index, column) in sheet.columns.iter().enumerate() {
            expect(heading, index, column.heading.to_string());
        }
        for (row, cells) in sheet.rows.iter().enumerate() {
            for (index, cell) in cells.iter().enumerate() {
                expect(heading + 1 + row, index, shown(&cell.value));
            }
        }
        assert_eq!(read.cells, expected, "of sheet {}", sheet.name);
    }
}

#[test]
fn each_kind_of_cell_reads_back_as_itself() {
    let values = [
        Value::Empty,
        Value::Text("1".into()),
        Value::Count(3),
        Value::Tenths(27),
        Value::Percent(83),
        Value::Date(day("2026-11-21")),
        Value::Date(day("1970-01-01")),
    ];
    let entries =
        [None, Some(Entry::Text), Some(Entry::List(vec!["0", "1", "unknown"])), None, None, Some(Entry::Date), None];
    let mut sheet = Sheet {
        top: vec![
            TopLine::Title("A title".into()),
            TopLine::Field("As of", Value::Date(day("2026-06-01")).into()),
            TopLine::Text("A long text. ".repeat(40)),
        ],
        columns: (0..values.len()).map(|n| Column::new(format!("Column {n}"), 12)).collect(),
        frozen_columns: 2,
        is_locked: true,
        ..Sheet::new("Kinds")
    };
    let cells = values.into_iter().zip(entries).map(|(value, entry)| Cell { entry, ..Cell::from(value) });
    sheet.push(cells.collect());
    is_read_back(&book(vec![sheet, texts(&[])]));
}

#[test]
fn hostile_texts_stay_texts() {
    let hostile = [
        "=HYPERLINK(\"http://a.example\",\"click\")",
        "+1",
        "-1+1",
        "@SUM(A1)",
        "<script>alert(1)</script> & ]]>",
        "_x0041_ and _x000D_ and _x",
        "'quoted",
        "12",
        "2026-01-01",
        "TRUE",
        " spaces around ",
        "lines\n\nof it\n",
        "\n",
        "https://example.org/?a=1&b=2",
        "mailto:a@example.org",
        "👩\u{200d}💻 東京 עברית",
    ];
    let book = book(vec![texts(&hostile)]);
    is_read_back(&book);
    let file = book.bytes();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&file)).expect("a ZIP");
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").expect("a sheet"), &mut sheet)
        .expect("text");
    assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink"), "no formula and no link");
    assert!(archive.by_name("xl/worksheets/_rels/sheet1.xml.rels").is_err(), "nothing leads out of the file");
}

#[test]
fn hidden_characters_are_left_out() {
    let book = book(vec![texts(&["a\u{1b}[31mb\u{202e}c\0d\u{fffe}e\u{ffff}f\tg\r\nh"])]);
    let read = read(&book);
    assert_eq!(read.sheets[0].text(1, 0), "a[31mbcdef g\nh");
}

#[test]
fn a_text_longer_than_a_cell_goes_on_elsewhere_and_nothing_is_lost() {
    let fits = "x".repeat(LONGEST_CELL);
    let long = "東京👍 ".repeat(20_000);
    let longer = format!("{}!", "y".repeat(LONGEST_CELL));
    let book = book(vec![texts(&[&fits, &long, &longer])]);
    let read = read(&book);
    let sheet = &read.sheets[0];
    assert_eq!(sheet.text(1, 0), fits);
    let continued = read.sheet("Continued").expect("a sheet with the rest");
    let rest = |place: &str| {
        let of_place = continued.rows().into_iter().filter(|row| continued.text(*row, 1) == place);
        of_place.map(|row| continued.text(row, 2).to_owned()).collect::<String>()
    };
    for (row, whole, place, from) in [(2, long, "A3", 2), (3, longer, "A4", 5)] {
        let cell = sheet.text(row, 0);
        let (begin, said) = cell.rsplit_once(" [continued on sheet Continued, row ").expect("it says so");
        assert_eq!(said, format!("{from}]"), "where {place} goes on");
        assert!(units(cell) <= LONGEST_CELL);
        assert_eq!(format!("{begin}{}", rest(place)), whole, "of {place}");
        assert_eq!((continued.text(from - 1, 0), continued.text(from - 1, 1)), ("Texts", place));
    }
}

#[test]
fn equal_books_give_equal_bytes() {
    let book = book(vec![texts(&["a", "b"]), Sheet { is_locked: true, ..Sheet::new("Other") }]);
    let bytes = book.bytes();
    assert_eq!(book.clone().bytes(), bytes);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("a ZIP");
    for index in 0..archive.len() {
        let part = archive.by_index(index).expect("a part");
        let time = part.last_modified().expect("a time");
        assert_eq!((time.year(), time.month(), time.day(), time.hour()), (1980, 1, 1, 0), "no clock is read");
    }
    let mut core = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("docProps/core.xml").expect("the properties"), &mut core)
        .expect("text");
    assert!(core.contains("2026-06-01T00:00:00Z</dcterms:created>"), "{core}");
    assert!(core.contains("2026-06-01T00:00:00Z</dcterms:modified>"), "{core}");
}

fn refusal(bytes: &[u8]) -> String {
    ReadBook::read(bytes).expect_err("no workbook").to_string()
}

/// A ZIP of these parts.
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        writer.write_all(content).expect("written");
    }
    writer.finish().expect("a ZIP").into_inner()
}

/// The parts of a written book, one of them changed.
fn with_part(name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let bytes = book(vec![texts(&["a", "b"])]).bytes();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP");
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let part_name = part.name().expect("a name").into_owned();
        let mut content = String::new();
        std::io::Read::read_to_string(&mut part, &mut content).expect("text");
        let content = if part_name == name { change(content) } else { content };
        parts.push((part_name, content));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (name.as_str(), content.as_bytes())).collect();
    zipped(&parts)
}

#[test]
fn what_is_no_workbook_is_refused_by_what_it_is() {
    assert_eq!(refusal(b""), "it is not an Excel workbook (.xlsx)");
    assert_eq!(refusal(b"id;level\n4.1;3\n"), "it is not an Excel workbook (.xlsx)");
    assert!(
        refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest").starts_with("it is locked with a password, or in the format")
    );
    assert!(
        refusal(&zipped(&[("mimetype", b"application/vnd.oasis")])).starts_with("it is an OpenDocument spreadsheet")
    );
    assert!(refusal(&zipped(&[("word/document.xml", b"<w/>")])).starts_with("it is not an Excel workbook: "));
    assert!(
        refusal(&vec![b'P'; LARGEST_FILE + 1]).starts_with("it has 8388609 bytes; a workbook that is read has at most")
    );
    let whole = book(vec![texts(&["a", "b"])]).bytes();
    for end in [4, 30, 200, whole.len() / 2, whole.len() - 1] {
        assert!(refusal(&whole[..end]).starts_with("it is broken or cut off"), "cut at {end}");
    }
}

#[test]
fn bombs_are_refused_before_they_are_taken_apart() {
    let parts = vec![b' '; 50 * 1024 * 1024];
    let bomb = zipped(&[("xl/worksheets/sheet1.xml", &parts), ("xl/sharedStrings.xml", &parts)]);
    assert!(bomb.len() < 200_000, "it is small: {}", bomb.len());
    assert_eq!(refusal(&bomb), "it unpacks to more than 64 MiB; a workbook that is read has less");
    let greedy = with_part("xl/sharedStrings.xml", |text| {
        assert!(text.contains("uniqueCount=\"3\""), "{text}");
        text.replace("uniqueCount=\"3\"", "uniqueCount=\"99999999999999\"")
    });
    assert_eq!(
        refusal(&greedy),
        "its part xl/sharedStrings.xml is not as Excel writes it: it announces more texts than it can hold"
    );
    let typed =
        with_part("xl/workbook.xml", |text| text.replace("<workbook", "<!DOCTYPE x [<!ENTITY a \"b\">]><workbook"));
    assert!(refusal(&typed).ends_with("it defines its own document type"));
    let other = with_part("xl/workbook.xml", |text| text.replace("UTF-8", "UTF-16"));
    assert!(refusal(&other).ends_with("it is not UTF-8"));
    // Far corners of a sheet cost nothing.
    let far = with_part("xl/worksheets/sheet1.xml", |text| text.replace("r=\"A2\"", "r=\"XFD1048576\""));
    let read = ReadBook::read(&far).expect("a workbook");
    assert_eq!(read.sheets[0].text(1_048_575, 16_383), "a");
    let many = with_part("xl/worksheets/sheet1.xml", |text| {
        let cells = (1..=100_001).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>"));
        let start = text.find("<sheetData>").expect("the cells") + "<sheetData>".len();
        let end = text.find("</sheetData>").expect("their end");
        format!("{}{}{}", &text[..start], cells.collect::<String>(), &text[end..])
    });
    assert_eq!(refusal(&many), "its sheet Texts has more than 100000 cells");
}

#[test]
fn formulas_are_read_as_their_results() {
    let computed = with_part("xl/worksheets/sheet1.xml", |text| {
        text.replace("<c r=\"A2\" s=\"2\" t=\"s\"><v>1</v></c>", "<c r=\"A2\"><f>HYPERLINK(\"x\")</f><v>5</v></c>")
    });
    let read = ReadBook::read(&computed).expect("a workbook");
    assert_eq!(read.sheets[0].text(1, 0), "5");
}

#[test]
fn places_are_named_as_people_do() {
    assert_eq!(
        (place(2, 1), place(0, 25), place(0, 26), place(9, 701)),
        ("B3".into(), "Z1".into(), "AA1".into(), "ZZ10".into())
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// A damaged file is read or refused, and nothing worse.
    #[test]
    fn a_damaged_file_is_read_or_refused(at in any::<prop::sample::Index>(), byte in any::<u8>(), part in 0_usize..4) {
        let name = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"][part];
        let damaged = with_part(name, |text| {
            let mut bytes = text.into_bytes();
            let place = at.index(bytes.len());
            bytes[place] = byte & 0x7f;
            String::from_utf8(bytes).expect("still ASCII")
        });
        drop(ReadBook::read(&damaged));
    }

    /// What people write comes back as it was.
    #[test]
    fn every_clean_text_comes_back(text in any::<String>()) {
        let clean = clean_text(&text).into_owned();
        let read = read(&book(vec![texts(&[&clean])]));
        let expected: String = clean.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
        prop_assert_eq!(read.sheets[0].text(1, 0), expected);
    }
}

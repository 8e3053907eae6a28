//! The properties that hold for every exchange: what goes out comes back, and nothing that comes in does harm.

use chrono::NaiveDate;
use proptest::{collection, prelude::*, sample};

use crate::{
    clean_text::clean_text,
    exchange::{
        ExportFormat, Exported, ImportFormat, ciso_assistant, export, import as read_back,
        import::{Import, Problem},
        sheet::Sheet,
    },
    model::{
        answer::Answer,
        arbitrary,
        assessment::Assessment,
        edit::{Change, Edit},
        reference::Reference,
    },
    plan::{PlanOptions, plan},
    report::Subject,
    score::{properties::catalog, score},
};

const TWO_WAY: [(ExportFormat, ImportFormat); 2] = [
    (ExportFormat::CisoAssistantCsv, ImportFormat::CisoAssistantCsv),
    (ExportFormat::CisoAssistantXlsx, ImportFormat::CisoAssistantXlsx),
];

fn with_subject<T>(assessment: &Assessment, day: NaiveDate, run: impl FnOnce(&Subject) -> T) -> T {
    let standing = score(catalog(), assessment, day);
    let plan = plan(catalog(), assessment, &standing, PlanOptions::default());
    run(&Subject { catalog: catalog(), assessment, standing: &standing, plan: &plan })
}

fn exported(format: ExportFormat, assessment: &Assessment, day: NaiveDate) -> Vec<u8> {
    match with_subject(assessment, day, |subject| export(format, subject)) {
        Exported::File(bytes) => bytes,
        Exported::Folder(files) => panic!("one file, not {}", files.len()),
    }
}

fn imported(
    format: ImportFormat,
    bytes: &[u8],
    assessment: &Assessment,
    day: NaiveDate,
) -> Result<Import, Vec<Problem>> {
    with_subject(assessment, day, |subject| read_back(format, bytes, subject))
}

fn changed(assessment: &Assessment, import: &Import, day: NaiveDate) -> Assessment {
    let mut assessment = assessment.clone();
    assessment.apply(&Edit { by: "Ann".into(), on: day, change: import.change() });
    assessment
}

/// The same CSV as a spreadsheet of a country with decimal commas saves it.
fn with_semicolons(bytes: &[u8]) -> Vec<u8> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(b"\xef\xbb\xbf".to_vec());
    for record in reader.records() {
        writer.write_record(&record.expect("a record")).expect("memory takes it");
    }
    writer.into_inner().expect("memory takes it")
}

/// Texts that other programs would obey, and others that look as if they had been made safe already.
fn hostile() -> impl Strategy<Value = String> {
    let hard = [
        "=HYPERLINK(\"http://x\",\"y\")",
        "'=1+1",
        "''@x",
        " =1",
        "\n-2",
        "+49 30 1",
        "＝1",
        "' '=1",
        "<script>alert(1)</script>",
        "<r><t>x</t></r>",
        "_x0041_ _x005F_",
        "\u{1b}[31mred",
        "\u{202e}txt.exe",
        "a;b,c\"d\"\r\ne",
        "\"",
        "x\u{a0}\u{ffff}",
        "\tt",
        "not_applicable",
        "3.0",
    ];
    prop_oneof![2 => sample::select(hard.to_vec()).prop_map(str::to_owned), 1 => any::<String>()]
}

/// An arbitrary assessment, some of whose notes are hostile; clean as everything that was loaded.
fn assessment() -> impl Strategy<Value = Assessment> {
    let ids: Vec<Reference> = catalog().requirements().map(|requirement| requirement.id).collect();
    let notes = collection::vec((sample::select(ids), hostile()), 0..6);
    (arbitrary::assessment(catalog()), notes).prop_map(|(mut assessment, notes)| {
        for (id, note) in notes {
            let note = clean_text(&note).into_owned();
            assessment.apply(&Edit {
                by: "Ann".into(),
                on: NaiveDate::default(),
                change: Change::SetNote { requirement: id, note },
            });
        }
        assessment
    })
}

fn read(format: ImportFormat, bytes: &[u8]) -> Sheet {
    match format {
        ImportFormat::CisoAssistantCsv => Sheet::read_csv(bytes),
        ImportFormat::CisoAssistantXlsx => Sheet::read_xlsx(bytes),
        ImportFormat::AnswerSheet => panic!("it has several sheets, and tests of its own"),
    }
    .expect("a table")
    .whole()
    .expect("what was written")
}

/// The cells that an import carries over: all but the verdict, and of 6.1 nothing.
fn carried(sheet: &Sheet) -> Vec<Vec<String>> {
    let kept = |column: &str| !["compliance_result", "requirement_progress"].contains(&column);
    let is_carried =
        |id: &str, column: &str| kept(column) && (id != "6.1" || !["score", "observations"].contains(&column));
    let row = |cells: &Vec<String>| {
        let cells = cells.iter().zip(ciso_assistant::COLUMNS);
        let id = cells.clone().nth(2).expect("ref_id").0;
        cells.filter(|(_, column)| is_carried(id, column)).map(|(cell, _)| cell.clone()).collect()
    };
    sheet.rows().iter().map(|found| row(&found.cells)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn into_the_same_assessment_nothing_changes(assessment in assessment(), day in arbitrary::date()) {
        for (out, back) in TWO_WAY {
            let bytes = exported(out, &assessment, day);
            let import = imported(back, &bytes, &assessment, day).expect("what was written fits");
            prop_assert_eq!(&import.changes, &[]);
            prop_assert_eq!(import.rows, 67);
            prop_assert_eq!(exported(out, &changed(&assessment, &import, day), day), bytes, "byte by byte");
        }
        let csv = exported(ExportFormat::CisoAssistantCsv, &assessment, day);
        let import = imported(ImportFormat::CisoAssistantCsv, &with_semicolons(&csv), &assessment, day);
        prop_assert_eq!(import.expect("the same with semicolons").changes, []);
    }

    #[test]
    fn into_an_empty_one_all_that_the_format_has_comes_back(assessment in assessment(), day in arbitrary::date()) {
        let empty = Assessment::new("Empty", assessment.catalog.clone(), day);
        let csv = exported(ExportFormat::CisoAssistantCsv, &assessment, day);
        let files = TWO_WAY.map(|(out, back)| (out, back, exported(out, &assessment, day)));
        let semicolons = (ExportFormat::CisoAssistantCsv, ImportFormat::CisoAssistantCsv, with_semicolons(&csv));
        for (out, back, bytes) in files.into_iter().chain([semicolons]) {
            let import = imported(back, &bytes, &empty, day).expect("what was written fits");
            let filled = changed(&empty, &import, day);
            let again = exported(out, &filled, day);
            prop_assert_eq!(carried(&read(back, &again)), carried(&read(back, &bytes)));
            prop_assert!(filled.answers.values().all(|answer| answer.checks.is_empty()), "no check is set");
            let in_force = filled.answers.keys().filter(|id| filled.exclusion_in_force(**id).is_some()).count();
            prop_assert_eq!(in_force, 0, "an exclusion comes as a draft");
            // Into what was filled, the same file brings nothing more.
            prop_assert_eq!(imported(back, &bytes, &filled, day).expect("it fits").changes, []);
        }
    }

    #[test]
    fn whatever_comes_in_is_refused_or_read(
        assessment in assessment(),
        day in arbitrary::date(),
        at in any::<sample::Index>(),
        junk in collection::vec(any::<u8>(), 0..40),
    ) {
        for (out, back) in TWO_WAY {
            let mut bytes = exported(out, &assessment, day);
            let start = at.index(bytes.len());
            let end = (start + junk.len()).min(bytes.len());
            bytes.splice(start..end, junk.iter().copied());
            drop(imported(back, &bytes, &assessment, day));
            drop(imported(back, &junk, &assessment, day));
        }
    }

    #[test]
    fn no_cell_starts_a_formula_and_every_text_comes_back(texts in collection::vec(hostile(), 1..20)) {
        let mut sheet = Sheet::new(&["id", "text"]);
        texts.iter().for_each(|text| sheet.push(vec!["x".into(), text.clone()]));
        let bytes = sheet.csv();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
        for record in reader.records() {
            let starts_one = record.expect("a record")[1].trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
            prop_assert!(!starts_one);
        }
        let read = Sheet::read_csv(&bytes).expect("a table").whole().expect("what was written");
        prop_assert_eq!(read.rows().iter().map(|row| row.cells[1].clone()).collect::<Vec<_>>(), texts);
    }
}

#[test]
fn a_note_longer_than_a_cell_goes_out_short_and_is_left_alone() {
    let id: Reference = "4.1".parse().expect("a reference");
    let day = NaiveDate::default();
    let mut assessment = Assessment::new("Acme", catalog().version.clone(), day);
    assessment.answers.insert(id, Answer { note: "👍".repeat(20_000), ..Answer::empty(id) });
    for (out, back) in TWO_WAY {
        let import = imported(back, &exported(out, &assessment, day), &assessment, day).expect("it fits");
        assert_eq!(import.changes, []);
    }
}

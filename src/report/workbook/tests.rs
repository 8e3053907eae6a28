//! The workbook of small assessments, as another program reads it.

use proptest::prelude::*;

use crate::{
    content::builtin,
    model::{
        answer::{CheckAnswer, LevelAnswer},
        arbitrary,
        edit::Change,
        exclusion::ExclusionBasis,
        level::Level,
    },
    report::{
        Subject,
        sample::{Sample, day, reference},
        workbook::book,
    },
    spreadsheet::{book::Book, read::ReadBook, tests::is_read_back},
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    /// Whatever a team says, every cell comes back, and the bytes depend on nothing else.
    #[test]
    fn every_assessment_becomes_a_workbook(assessment in arbitrary::assessment(&builtin::catalog())) {
        let catalog = builtin::catalog();
        let standing = crate::score::score(&catalog, &assessment, day("2026-06-01"));
        let plan = crate::plan::plan(&catalog, &assessment, &standing, Default::default());
        let subject = Subject { catalog: &catalog, assessment: &assessment, standing: &standing, plan: &plan };
        is_read_back(&book(&subject, &["a warning".to_owned()]));
    }
}

fn workbook(sample: &Sample) -> Book {
    sample.report(|subject: &Subject| book(subject, &[]))
}

/// Everything is answered with yes and shown.
fn complete() -> Sample {
    let empty = Sample::empty();
    let requirements: Vec<_> = empty.catalog.requirements().cloned().collect();
    requirements.iter().fold(empty, |sample, requirement| {
        let id = requirement.id.to_string();
        let checks: Vec<&str> = requirement.checks.iter().map(|check| check.id.as_str()).collect();
        let item = format!("shows-{id}");
        sample.level(&id, 5).checks(&id, &checks, CheckAnswer::Yes).evidence(&item, "Shows it", "2026-05-01", &[&id])
    })
}

#[test]
fn what_is_disputed_provisional_or_excluded_is_said() {
    let dispute = Change::SetLevel {
        requirement: reference("4.1"),
        level: Some(LevelAnswer::Level(Level::ALL[4])),
        disputed: vec![LevelAnswer::Level(Level::ALL[2])],
        by_proposal: false,
    };
    let sample =
        Sample::worked().change(dispute).exclude("A.2.3", ExclusionBasis::Role, "we have no other policies", "");
    let read = ReadBook::read(&workbook(&sample).bytes()).expect("a workbook");
    let summary = read.sheet("Summary").expect("the sheet");
    let field = |name: &str| summary.text(summary.row_of(name).expect("the field"), 1).to_owned();
    assert!(field("Status").contains("(provisional)"), "{}", field("Status"));
    assert!(
        field("Disputed").starts_with("1 to be settled, and the careful value counts meanwhile"),
        "{}",
        field("Disputed")
    );
    assert_eq!(field("Excluded"), "1 control: A.2.3");
    let requirements = read.sheet("Requirements").expect("the sheet");
    let row = |id: &str| requirements.row_of(id).expect("the row");
    assert!(requirements.text(row("4.1"), 2).contains("disputed"));
    assert_eq!((requirements.text(row("4.1"), 3), requirements.text(row("4.1"), 15)), ("2", "yes"));
    assert_eq!((requirements.text(row("A.2.3"), 2), requirements.text(row("A.2.3"), 17)), ("not applicable", "yes"));
}

#[test]
fn every_cell_of_every_sheet_is_read_back() {
    let decided = Sample::worked()
        .exclude("A.2.3", ExclusionBasis::Role, "we have no other policies", "")
        .owner("4.1", "=HYPERLINK(\"x\")")
        .change(Change::SetNote { requirement: reference("4.2"), note: "<script>\n\u{202e}=1+1".into() });
    for sample in [Sample::empty(), Sample::worked(), complete(), decided] {
        let book = workbook(&sample);
        assert_eq!(
            book.sheets.iter().map(|sheet| sheet.name).collect::<Vec<_>>(),
            ["Summary", "Requirements", "Plan", "SoA", "Evidence", "Systems"]
        );
        assert_eq!(book.bytes(), workbook(&sample).bytes(), "equal input, equal bytes");
        is_read_back(&book);
    }
}

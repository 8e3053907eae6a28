//! The workbook of small assessments, as another program reads it.

use crate::{
    model::exclusion::ExclusionBasis,
    report::{Subject, sample::Sample, workbook::book},
    spreadsheet::{book::Book, tests::is_read_back},
};

fn workbook(sample: &Sample) -> Book {
    sample.report(|subject: &Subject| book(subject, &[]))
}

#[test]
fn every_cell_of_every_sheet_is_read_back() {
    let decided = Sample::worked()
        .exclude("A.2.3", ExclusionBasis::Role, "we have no other policies", "")
        .owner("4.1", "=HYPERLINK(\"x\")")
        .change(crate::model::edit::Change::SetNote {
            requirement: crate::report::sample::reference("4.2"),
            note: "<script>\n\u{202e}=1+1".into(),
        });
    for sample in [Sample::empty(), Sample::worked(), decided] {
        let book = workbook(&sample);
        assert_eq!(
            book.sheets.iter().map(|sheet| sheet.name).collect::<Vec<_>>(),
            ["Summary", "Requirements", "Plan", "SoA", "Evidence", "Systems"]
        );
        assert_eq!(book.bytes(), workbook(&sample).bytes(), "equal input, equal bytes");
        is_read_back(&book);
    }
}

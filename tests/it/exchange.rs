//! Export and import: what goes out comes back, what does not fit is refused with its row and column, and nothing is changed
//! unless all of it is good.

use std::fs;

use crate::support::{Outcome, Place};

const CSV: &str = "--format ciso-assistant-csv";
const XLSX: &str = "--format ciso-assistant-xlsx";

fn place() -> Place {
    Place::new().with_save("saves/example.ron", "a.ron")
}

fn empty() -> Place {
    let place = Place::new();
    place.write("a.ron", "(version: 1, catalog: \"2026.11\", name: \"Acme\", created: \"2026-11-01\")");
    place
}

/// Imports CSV into an empty assessment.
fn import(place: &Place, csv: &str) -> Outcome {
    place.write("in.csv", csv);
    place.run(&format!("import a.ron in.csv {CSV}"))
}

fn done(out: &str) -> Outcome {
    Outcome { code: 0, out: out.into(), err: String::new() }
}

fn refused(err: &str) -> Outcome {
    Outcome { code: 1, out: String::new(), err: err.into() }
}

fn backups(place: &Place) -> Vec<String> {
    let Ok(entries) = fs::read_dir(place.path(".backup/a")) else { return Vec::new() };
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn an_audit_has_67_rows_and_comes_back_unchanged() {
    for (format, file) in [(CSV, "audit.csv"), (XLSX, "audit.xlsx")] {
        let place = place();
        let written = place.run(&format!("export a.ron {format} --output {file}"));
        assert_eq!(written, done(&format!("written: {file}\n")));
        let before = place.read("a.ron");
        let outcome = place.run(&format!("import a.ron {file} {format}"));
        assert_eq!(
            outcome,
            done(
                "67 rows read; nothing differs from the save\n\
                 to review:\n\
                 - 6.1 says partially_compliant, score 1, observations and stands for 6.1.1, 6.1.2, 6.1.3, 6.1.4; \
                 nothing of it is taken over\n"
            )
        );
        assert_eq!(place.read("a.ron"), before);
        assert_eq!(backups(&place), [""; 0], "nothing is written");
        let first = fs::read(place.path(file)).expect("the file");
        assert_eq!(
            place.run(&format!("export a.ron {format} --output again --as-of 2026-11-21")).code,
            2,
            "--as-of twice"
        );
        assert_eq!(place.run(&format!("export a.ron {format} --output again")).code, 0);
        assert_eq!(fs::read(place.path("again")).expect("the file"), first, "equal input, equal bytes");
    }
}

#[test]
fn a_file_that_is_there_stays_without_force() {
    let place = place();
    place.write("audit.csv", "mine");
    let outcome = place.run(&format!("export a.ron {CSV} --output audit.csv"));
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
    assert!(outcome.err.contains("audit.csv: there is a file already; --force"), "{}", outcome.err);
    assert_eq!(place.read("audit.csv"), "mine");
    assert_eq!(place.run(&format!("export a.ron {CSV} --output audit.csv --force")).code, 0);
    assert!(place.read("audit.csv").starts_with("urn,assessable,ref_id,"));
}

#[test]
fn an_import_sets_levels_notes_and_drafts_and_says_so() {
    let place = empty();
    let csv = "\u{feff}ref_id;compliance_result;score;observations;we\u{1b}[31might\r\n\
               A.10.4;not_applicable;;We have no customers at all.;1\r\n\
               4.1;compliant;3;'=HYPERLINK(1);1\r\n\
               4.2;;;;\r\n\
               6;not_assessed;;;\r\n\
               6.1;non_compliant;1;;\r\n";
    place.write("in.csv", csv);
    let said = |verb: &str, last: &str| {
        format!(
            "4.1       level 3, note\n\
             A.10.4    note, draft of an exclusion\n\
             4 rows read; 2 requirements {verb}\n\
             to review:\n\
             - 6.1 says non_compliant, score 1 and stands for 6.1.1, 6.1.2, 6.1.3, 6.1.4; nothing of it is taken over\n\
             - A.10.4 does not apply in the file; the exclusion is a draft here until somebody names a basis and a reason\n\
             - compliant in the file and not_assessed here, where checks and evidence decide, and an import sets neither: 4.1\n\
             - columns that are not read: we[31might\n\
             {last}\n"
        )
    };
    let before = place.read("a.ron");
    let tried = place.run(&format!("import a.ron in.csv {CSV} --dry-run"));
    assert_eq!(tried, done(&said("would change", "nothing is changed yet, as --dry-run asks")));
    assert_eq!((place.read("a.ron"), backups(&place)), (before.clone(), Vec::new()));
    assert_eq!(place.run(&format!("import a.ron in.csv {CSV}")), done(&said("changed", "saved: a.ron")));
    let save = place.read("a.ron");
    for part in
        ["level: Level(3)", "note: \"=HYPERLINK(1)\"", "reason: \"We have no customers at all.\"", "by: \"Ann\""]
    {
        assert!(save.contains(part), "{part} in {save}");
    }
    let sets = |field: &str| save.lines().any(|line| line.trim_start().starts_with(field));
    assert!(!sets("checks:") && !sets("basis:"), "{save}");
    let kept = backups(&place);
    assert!(kept.iter().any(|name| name.contains("before-import")), "{kept:?}");
    let again = place.run(&format!("import a.ron in.csv {CSV}"));
    assert!(again.out.starts_with("4 rows read; nothing differs from the save\n"), "{}", again.out);
    let out = place.run(&format!("export a.ron {CSV}")).out;
    assert!(out.contains(",not_assessed,in_progress,3,'=HYPERLINK(1)\r\n"), "{out}");
}

#[test]
fn what_does_not_fit_is_refused_all_at_once_and_nothing_is_changed() {
    let place = empty();
    let before = place.read("a.ron");
    let csv = "urn,ref_id,compliance_result,requirement_progress,score,observations\n\
               ,A.11.1,compliant,,3,x\n\
               ,A.5.1.1,,,,\n\
               ,A.10.4.1,,,,\n\
               ,a.2.2,,,,\n\
               urn:intuitem:risk:req_node:iso42001-2023:A.2.2,,,,,\n\
               urn:intuitem:risk:req_node:iso42001-2023:a.2.3,A.2.2,,,,\n\
               ,4.1,ok,todo,6,\n\
               ,4.2,Compliant,,3.5,\n\
               ,4.3,not_applicable,,-1,\n\
               ,4.3,,,two,\n\
               ,6.1.2,,,,\n\
               ,7.5,compliant,,,\n\
               ,04. Jan,,,,\n\
               urn:x,A.2.4,,,,\n\
               ,,compliant,,,\n\
               ,4.4,,,,a,b\n";
    let outcome = import(&place, csv);
    let shown: Vec<&str> =
        outcome.err.lines().map(|line| line.trim_start_matches("aimscope: ").trim_start_matches("in.csv: ")).collect();
    let results = "not_assessed, partially_compliant, non_compliant, compliant, not_applicable, or nothing";
    assert_eq!(
        shown,
        [
            "row 2, column ref_id: ISO/IEC 42001:2023 has no control A.11.1; there are A.2, A.3, A.4, A.5, A.6, A.7, A.8, A.9, A.10",
            "row 3, column ref_id: ISO/IEC 42001:2023 has no control A.5.1.1; there are A.5.2, A.5.3, A.5.4, A.5.5",
            "row 4, column ref_id: ISO/IEC 42001:2023 has no control A.10.4.1; there are A.10.2, A.10.3, A.10.4",
            "row 5, column ref_id: `a.2.2` is written `A.2.2`",
            "row 6, column urn: `urn:intuitem:risk:req_node:iso42001-2023:A.2.2` is written \
             `urn:intuitem:risk:req_node:iso42001-2023:a.2.2`",
            "row 7, column urn: `urn:intuitem:risk:req_node:iso42001-2023:a.2.3` is not the urn of A.2.2; that is \
             urn:intuitem:risk:req_node:iso42001-2023:a.2.2",
            &format!("row 8, column compliance_result: `ok` is not known here; write {results}"),
            "row 8, column requirement_progress: `todo` is not known here; write to_do, in_progress, in_review, done, or nothing",
            "row 8, column score: `6` is no level; write a whole number from 0 to 5, or nothing",
            &format!("row 9, column compliance_result: `Compliant` is not known here; write {results}"),
            "row 9, column score: `3.5` is no level; write a whole number from 0 to 5, or nothing",
            "row 10, column compliance_result: 4.3 is a clause and binds everybody; only Annex A controls can be excluded",
            "row 10, column score: `-1` is no level; write a whole number from 0 to 5, or nothing",
            "row 11: 4.3 stands in row 10 already; keep one of the two",
            "row 11, column score: `two` is no level; write a whole number from 0 to 5, or nothing",
            "row 12, column ref_id: this format has one row 6.1 for 6.1.2 and its neighbours",
            "row 13, column compliance_result: 7.5 is a heading, under which nothing is assessed; clear the cell",
            "row 14, column ref_id: `04. Jan` is no number of a clause or control; write it like 6.2 or A.6.2.4",
            "row 15, column urn: `urn:x` is not the urn of A.2.4; write urn:intuitem:risk:req_node:iso42001-2023:a.2.4 or leave \
             the cell blank",
            "row 16, column ref_id: there is no number, and no urn either",
            "row 17: there are 7 cells under 6 headings; a cell with a comma or a line break needs quotes around it",
        ]
    );
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
    assert_eq!((place.read("a.ron"), backups(&place)), (before, Vec::new()));
}

#[test]
fn a_file_that_cannot_be_meant_is_refused() {
    let place = empty();
    let case = |bytes: &[u8], format: &str, err: &str| {
        place.write("in.csv", bytes);
        let outcome = place.run(&format!("import a.ron in.csv {format}"));
        assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{bytes:?}");
        assert!(outcome.err.starts_with(&format!("aimscope: in.csv: {err}")), "{bytes:?}: {}", outcome.err);
    };
    case(b"", CSV, "there is nothing in it");
    case(b"name,score\nx,1\n", CSV, "there is neither a column ref_id nor a column urn to say what a row is about\n");
    case(b"ref_id,name\n4.1,x\n", CSV, "there is no column compliance_result, score or observations, so ");
    case(b"ref_id,score\n4.1,\xff\n", CSV, "line 2 of the file is not UTF-8");
    case(b"PK\x03\x04", CSV, "this is a workbook rather than CSV\n");
    case(b"ref_id,score\n4.1,3\n", XLSX, "it is not an Excel workbook (.xlsx)");
    case(&vec![b','; 300_000], CSV, "row 1: there are more than 100 columns; this is another kind of file");
    case("4.1,3\n".repeat(2_001).as_bytes(), CSV, "there are more than 2000 rows; this is another kind of file");
    let gone = place.run(&format!("import a.ron none.csv {CSV}"));
    assert_eq!(gone, refused("aimscope: none.csv: there is no such file\n"));
    let folder = place.run(&format!("import a.ron . {CSV}"));
    assert_eq!(folder, refused("aimscope: .: this is not a regular file\n"));
}

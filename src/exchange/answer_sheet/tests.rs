//! What is filled in comes back; what does not fit is named with its place.

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::{
    content::builtin,
    exchange::{
        answer_sheet::{
            self,
            cells::{CheckCells, RequirementCells},
            heading, read, write,
        },
        import::Import,
    },
    model::{
        answer::{CheckAnswer, CheckResponse, LevelAnswer},
        arbitrary,
        assessment::Assessment,
        catalog::Catalog,
        edit::{Change, Edit},
        exclusion::{Exclusion, ExclusionBasis},
        level::Level,
        profile::Capacity,
        reference::{CheckReference, Reference},
        requirement::Check,
    },
    plan::Plan,
    report::Subject,
    score,
    spreadsheet::{
        book::{Cell, Value},
        read::ReadBook,
        tests::is_read_back,
    },
};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day in a test")
}

fn reference(text: &str) -> Reference {
    text.parse().expect("a reference in a test")
}

/// Runs something with an assessment as of 2026-06-01; a sheet knows nothing of plans.
fn with<T>(catalog: &Catalog, assessment: &Assessment, run: impl FnOnce(&Subject) -> T) -> T {
    let standing = score::score(catalog, assessment, day("2026-06-01"));
    let capacity = Capacity::DEFAULT;
    let plan = Plan { day_zero: standing.as_of, capacity, steps: Vec::new(), passed: Vec::new(), target_date: None };
    run(&Subject { catalog, assessment, standing: &standing, plan: &plan })
}

/// An assessment and the sheet of it as somebody changes it.
struct Filled {
    catalog: Catalog,
    assessment: Assessment,
    book: ReadBook,
}

fn empty(catalog: &Catalog) -> Assessment {
    Assessment::new("Acme", catalog.version.as_str(), day("2026-01-01"))
}

impl Filled {
    /// The sheet of an assessment after these changes.
    fn of(changes: Vec<Change>) -> Filled {
        let catalog = builtin::catalog();
        let mut assessment = empty(&catalog);
        for change in changes {
            assessment.apply(&Edit { by: "Ann".into(), on: day("2026-05-01"), at: None, change });
        }
        let bytes = with(&catalog, &assessment, answer_sheet::workbook);
        let book = answer_sheet::open(&bytes).expect("what is written is read");
        Filled { catalog, assessment, book }
    }

    /// Types something into the row of a requirement (`4.1`) or a check (`4.1/issues`).
    fn fill(mut self, row: &str, heading: &str, text: &str) -> Filled {
        let (id, check) = row.split_once('/').map_or((row, None), |(id, check)| (id, Some(check)));
        let name = if check.is_some() { "Checks" } else { "Requirements" };
        let sheet = self.book.sheets.iter_mut().find(|sheet| sheet.name == name).expect("the sheet");
        let is_row = |row: &u32| sheet.text(*row, 0) == id && check.is_none_or(|check| sheet.text(*row, 1) == check);
        let row = sheet.rows().into_iter().find(is_row).expect("the row");
        let mut headings = sheet.cells.range((0, 0)..(1, 0));
        let column = headings.find(|(_, text)| *text == heading).map(|((_, column), _)| *column).expect("the column");
        sheet.cells.insert((row, column), text.to_owned());
        self
    }

    fn import(&self) -> Result<Import, Vec<String>> {
        let import = with(&self.catalog, &self.assessment, |subject| read::import(&self.book, subject));
        import.map_err(|problems| problems.iter().map(ToString::to_string).collect())
    }

    /// What an import says it changes.
    fn words(&self) -> Vec<String> {
        let import = self.import().expect("all of it fits");
        import.changes.iter().map(|change| format!("{}: {}", change.requirement, change.words.join(", "))).collect()
    }

    /// The assessment after the import.
    fn imported(&self) -> Assessment {
        let import = self.import().expect("all of it fits");
        let mut assessment = self.assessment.clone();
        assessment.apply(&Edit { by: "Ben".into(), on: day("2026-06-01"), at: None, change: import.change() });
        assessment
    }

    fn check(&self, wanted: impl Fn(&Check) -> bool) -> CheckReference {
        let mut all =
            self.catalog.requirements().flat_map(|found| found.checks.iter().map(move |check| (found, check)));
        all.find(|(_, check)| wanted(check)).map(|(found, check)| found.reference_of(check)).expect("such a check")
    }
}

fn level(id: &str, number: u8) -> Change {
    Change::level(reference(id), LevelAnswer::Level(Level::new(number).expect("0 to 5")))
}

fn exclude(id: &str, reason: &str) -> Change {
    let exclusion = Exclusion {
        basis: Some(ExclusionBasis::RiskAssessment),
        reason: reason.into(),
        reference: "R-7".into(),
        ..Exclusion::default()
    };
    Change::SetExclusion { requirement: reference(id), exclusion: Some(exclusion) }
}

#[test]
fn a_sheet_of_nothing_reads_back_and_changes_nothing() {
    let filled = Filled::of(Vec::new());
    assert_eq!(filled.words(), Vec::<String>::new());
    let import = filled.import().expect("it fits");
    assert_eq!(import.to_review, Vec::<String>::new());
    let checks = filled.catalog.requirements().map(|requirement| requirement.checks.len()).sum::<usize>();
    assert_eq!(import.rows, 70 + checks);
    with(&filled.catalog, &filled.assessment, |subject| is_read_back(&write::book(subject)));
}

#[test]
fn what_is_filled_in_becomes_changes() {
    let filled =
        Filled::of(vec![level("4.1", 2), exclude("A.7.2", "we hold no data"), exclude("A.7.3", "we hold no data")]);
    let with_parts = filled.check(|check| check.parts.len() > 2).to_string();
    let conditional = filled.check(|check| check.conditional).to_string();
    let filled = filled
        .fill("4.1", heading::LEVEL, "3")
        .fill("4.2", heading::LEVEL, "Unknown")
        .fill("4.2", heading::OWNER, "  Bea\nB. ")
        .fill("4.3", heading::NOTE, "=HYPERLINK(\"x\")\n<script>\u{202e}")
        .fill("A.10.4", heading::EXCLUDED, "Yes")
        .fill("A.10.4", heading::BASIS, "role")
        .fill("A.10.4", heading::REASON, "we have no customers")
        .fill("A.7.2", heading::EXCLUDED, "no")
        .fill("A.7.3", heading::REASON, "we hold no data at all")
        .fill(&with_parts, heading::ANSWER, "partly")
        .fill(&with_parts, heading::OPEN_PARTS, "3,1")
        .fill(&conditional, heading::ANSWER, "no occasion")
        .fill(&conditional, heading::NO_OCCASION, "nothing happened");
    let words = filled.words().join("\n");
    for line in [
        "4.1: level 2 -> 3",
        "4.2: level unknown, owner Bea B.",
        "4.3: note written",
        "A.7.2: applies again",
        "A.7.3: exclusion changed",
        "A.10.4: excluded",
    ] {
        assert!(words.contains(line), "{line} is not in\n{words}");
    }
    let after = filled.imported();
    assert_eq!(after.claimed(reference("4.1")), Level::new(3));
    assert_eq!(after.answers[&reference("4.2")].level, Some(LevelAnswer::Unknown));
    assert_eq!(after.answers[&reference("4.3")].note, "=HYPERLINK(\"x\")\n<script>");
    assert!(after.answer(reference("A.7.2")).is_none_or(|answer| answer.exclusion.is_none()), "it applies again");
    let changed = after.exclusion_in_force(reference("A.7.3")).expect("still excluded");
    assert_eq!((changed.reason.as_str(), changed.reference.as_str()), ("we hold no data at all", "R-7"));
    let excluded = after.exclusion_in_force(reference("A.10.4")).expect("excluded");
    assert_eq!((excluded.basis, excluded.reason.as_str()), (Some(ExclusionBasis::Role), "we have no customers"));
    let said = |name: &str| {
        let place: CheckReference = name.parse().expect("a check");
        after.answers[&place.requirement].check(&place.check).expect("an answer").clone()
    };
    assert_eq!((said(&with_parts).answer, said(&with_parts).open_parts), (CheckAnswer::Partly, vec![1, 3]));
    assert_eq!(
        (said(&conditional).answer, said(&conditional).reason.as_str()),
        (CheckAnswer::NoOccasion, "nothing happened")
    );
}

#[test]
fn blank_cells_leave_alone_and_so_does_a_dispute_that_nobody_touches() {
    let dispute = Change::SetLevel {
        requirement: reference("4.1"),
        level: Some(LevelAnswer::Level(Level::ALL[4])),
        disputed: vec![LevelAnswer::Level(Level::ALL[2])],
        by_proposal: true,
    };
    let note = Change::SetNote { requirement: reference("4.2"), note: "kept".into() };
    let filled = Filled::of(vec![dispute, note, exclude("A.7.2", "we hold no data")]);
    let cleared = filled
        .fill("4.1", heading::LEVEL, "")
        .fill("4.2", heading::NOTE, "  ")
        .fill("A.7.2", heading::EXCLUDED, "")
        .fill("A.7.2", heading::REASON, "");
    assert_eq!(cleared.words(), Vec::<String>::new());
    let kept = cleared.fill("4.1", heading::LEVEL, "2");
    assert!(kept.imported().answers[&reference("4.1")].is_disputed(), "the sheet said 2 already");
    let settled = kept.fill("4.1", heading::LEVEL, "4");
    assert_eq!(settled.words(), ["4.1: level 2 -> 4"]);
    assert!(!settled.imported().answers[&reference("4.1")].is_disputed());
}

#[test]
fn everything_that_does_not_fit_is_named_at_once_with_its_place() {
    let filled = Filled::of(vec![level("4.1", 2)]);
    let plain = filled.check(|check| check.parts.is_empty() && !check.conditional).to_string();
    let conditional = filled.check(|check| check.conditional).to_string();
    let mut filled = filled
        .fill("4.1", heading::LEVEL, "6")
        .fill("4.2", heading::LEVEL, "3.5")
        .fill("4.3", heading::EXCLUDED, "yes")
        .fill("A.2.2", heading::EXCLUDED, "perhaps")
        .fill("A.2.3", heading::REASON, "a reason alone")
        .fill("A.2.4", heading::EXCLUDED, "yes")
        .fill("A.2.4", heading::BASIS, "feeling")
        .fill("A.3.2", heading::ID, "A.11.1")
        .fill("A.3.3", heading::ID, "A.5.1.1")
        .fill("A.4.2", heading::ID, "A.10.4.1")
        .fill("A.4.3", heading::ID, "a.4.3")
        .fill("A.4.4", heading::LEVEL, "1")
        .fill("A.4.4", heading::ID, "")
        .fill("A.4.5", heading::ID, "4.1")
        .fill("4.4", heading::NOTE, &"x".repeat(20_001))
        .fill(&plain, heading::ANSWER, "no occasion")
        .fill(&plain, heading::OPEN_PARTS, "1")
        .fill(&conditional, heading::ANSWER, "no occasion");
    let before = filled.assessment.clone();
    let problems = filled.import().expect_err("much does not fit");
    let expected = [
        "sheet Requirements, row 2, column D (Level): \"6\" is not a level; pick 0, 1, 2, 3, 4, 5 or unknown",
        "sheet Requirements, row 3, column D (Level): \"3.5\" is not a level; pick 0, 1, 2, 3, 4, 5 or unknown",
        "sheet Requirements, row 4, column G (Excluded): clauses 4 to 10 bind everybody; only controls can be excluded, so \
         clear this cell",
        "sheet Requirements, row 5, column F (Note): this text has 20001 characters; it may have 20000",
        "column G (Excluded): \"perhaps\" is neither yes nor no",
        "column I (Reason): this belongs to an exclusion; pick yes in column Excluded, or clear this cell",
        "column H (Basis): \"feeling\" is none of: risk assessment, no legal or contract need, role, other",
        "column A (Id): there is no requirement A.11.1; the ids are those of an exported sheet, 4.1 to A.10.4",
        "column A (Id): there is no requirement A.5.1.1;",
        "column A (Id): there is no requirement A.10.4.1;",
        "column A (Id): `a.4.3` is not a clause or control number; write it like 6.1.2 or A.6.2.4",
        "column A (Id): there is no id, so nobody can tell what this row is about",
        "column A (Id): 4.1 stands in row 2 already; keep one of the two",
        "column F (Answer): this check can always be answered; pick yes, partly, no or unknown",
        "column H (Why no occasion): say why there was no occasion so far",
    ];
    let all = problems.join("\n");
    for words in expected {
        assert!(all.contains(words), "{words}\nis not in\n{all}");
    }
    assert_eq!(problems.len(), expected.len(), "{all}");
    assert_eq!(filled.assessment, before);
    filled.book.sheets.retain(|sheet| sheet.name != "Checks");
    let problems = filled.import().expect_err("a sheet is missing").join("\n");
    assert!(problems.contains("sheet Checks: the sheet is missing"), "{problems}");
}

#[test]
fn a_sheet_of_another_edition_or_assessment_is_named() {
    let mut filled = Filled::of(vec![level("4.1", 2)]).fill("4.1", heading::LEVEL, "3");
    let instructions = &mut filled.book.sheets[0];
    let row = |sheet: &crate::spreadsheet::read::ReadSheet, name: &str| sheet.row_of(name).expect("the field");
    let (edition, name, made_on) =
        (row(instructions, "Questionnaires"), row(instructions, "Assessment"), row(instructions, "Made on"));
    instructions.cells.insert((edition, 1), "1999.1".into());
    instructions.cells.insert((name, 1), "Other".into());
    instructions.cells.insert((made_on, 1), "2026-04-01".into());
    let import = filled.import().expect("it fits");
    let review = import.to_review.join("\n");
    let version = &filled.catalog.version;
    assert!(
        review.contains("made with edition 1999.1 of the questionnaires, and this program asks by edition"),
        "{review}"
    );
    assert!(review.contains(&version.to_string()), "{review}");
    assert!(review.contains("made for the assessment Other, and this one is Acme"), "{review}");
    assert!(
        review.contains("4.1 was changed by Ann on 2026-05-01, after the sheet was made on 2026-04-01"),
        "{review}"
    );
    let problems = filled.fill("4.2", heading::LEVEL, "9").import().expect_err("a level is wrong");
    assert!(problems[0].starts_with("the sheet was made with edition 1999.1"), "{problems:?}");
}

#[test]
fn an_exclusion_that_lacks_something_is_taken_as_a_draft_and_said() {
    let filled = Filled::of(Vec::new())
        .fill("A.2.2", heading::EXCLUDED, "yes")
        .fill("A.2.2", heading::BASIS, "other")
        .fill("A.2.2", heading::REASON, "we need no policy");
    let review = filled.import().expect("it fits").to_review;
    assert_eq!(review.len(), 1);
    assert!(
        review[0].starts_with("A.2.2: the exclusion is a draft and not in force: a clause asks for the same"),
        "{review:?}"
    );
    assert!(filled.imported().is_applicable(reference("A.2.2")));
}

#[test]
fn other_workbooks_are_refused_by_what_they_are() {
    let catalog = builtin::catalog();
    let assessment = empty(&catalog);
    let report = with(&catalog, &assessment, |subject| crate::report::workbook::book(subject, &[]).bytes());
    let refusal = |bytes: &[u8]| {
        let book = answer_sheet::open(bytes).expect("a workbook");
        let import = with(&catalog, &assessment, |subject| read::import(&book, subject));
        import.expect_err("no answer sheet").iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert!(refusal(&report).starts_with("it is the workbook of a report, which is not read back"));
    let mut book = with(&catalog, &assessment, write::book);
    book.sheets[0].top.retain(|line| !format!("{line:?}").contains("Field(\"Version of this sheet\""));
    assert!(refusal(&book.bytes()).starts_with("it is not an answer sheet of aimscope"));
    assert!(answer_sheet::open(b"PK").is_err());
}

#[test]
fn a_level_typed_as_a_number_is_the_same_level() {
    let catalog = builtin::catalog();
    let assessment = empty(&catalog);
    let mut book = with(&catalog, &assessment, write::book);
    book.sheets[1].rows[0][3] = Cell::from(Value::Count(4));
    let read_book = answer_sheet::open(&book.bytes()).expect("a workbook");
    let import = with(&catalog, &assessment, |subject| read::import(&read_book, subject)).expect("it fits");
    assert_eq!(import.changes[0].words, ["level 4"]);
}

#[test]
fn only_the_cells_to_fill_are_open() {
    let catalog = builtin::catalog();
    let assessment = empty(&catalog);
    let book = with(&catalog, &assessment, write::book);
    assert!(book.sheets.iter().all(|sheet| sheet.is_locked));
    let open = |row: &[Cell]| row.iter().map(|cell| if cell.entry.is_some() { 'x' } else { '-' }).collect::<String>();
    let requirements = &book.sheets[1].rows;
    assert_eq!(open(&requirements[0]), "---xxx------", "of a clause nothing can be excluded");
    assert_eq!(open(&requirements[69]), "---xxxxxxxx-");
    assert_eq!(with(&catalog, &assessment, answer_sheet::workbook), book.bytes(), "equal input, equal bytes");
}

/// All cells that people fill in.
fn cells(catalog: &Catalog, assessment: &Assessment) -> (Vec<RequirementCells>, Vec<CheckCells>) {
    let answer = |id| assessment.answer(id);
    let requirements = catalog.requirements().map(|requirement| RequirementCells::of(answer(requirement.id)));
    let checks = catalog.requirements().flat_map(|requirement| {
        requirement.checks.iter().map(move |check| CheckCells::of(answer(requirement.id), check))
    });
    (requirements.collect(), checks.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    /// Export and import change nothing in the same assessment, and give an empty one the same cells.
    #[test]
    fn what_is_exported_comes_back(assessment in arbitrary::assessment(&builtin::catalog())) {
        let catalog = builtin::catalog();
        let bytes = with(&catalog, &assessment, answer_sheet::workbook);
        let book = answer_sheet::open(&bytes).expect("what is written is read");
        let import = with(&catalog, &assessment, |subject| read::import(&book, subject)).expect("it fits");
        prop_assert_eq!(import.changes, vec![]);
        let mut other = Assessment { name: assessment.name.clone(), ..empty(&catalog) };
        let import = with(&catalog, &other, |subject| read::import(&book, subject)).expect("it fits");
        other.apply(&Edit { by: "Ben".into(), on: day("2026-06-01"), at: None, change: import.change() });
        prop_assert_eq!(cells(&catalog, &other), cells(&catalog, &assessment));
    }
}

#[test]
fn an_answer_of_one_part_keeps_the_parts_that_the_sheet_leaves_blank() {
    let filled = Filled::of(Vec::new());
    let place = filled.check(|check| check.parts.len() > 2);
    let response =
        CheckResponse { open_parts: vec![2], ..CheckResponse::new(place.check.as_str(), CheckAnswer::Partly) };
    let filled = Filled::of(vec![Change::check(place.requirement, response)]);
    let name = place.to_string();
    assert_eq!(filled.words(), Vec::<String>::new());
    let cleared = filled.fill(&name, heading::OPEN_PARTS, "");
    assert_eq!(cleared.words(), Vec::<String>::new());
    let answered = cleared.fill(&name, heading::OPEN_PARTS, "2").fill(&name, heading::ANSWER, "yes");
    assert_eq!(answered.words(), [format!("{}: {}: partly -> yes", place.requirement, place.check)]);
    assert_eq!(answered.imported().answers[&place.requirement].checks[0].open_parts, Vec::<u8>::new());
}

//! The answer sheet of an assessment: instructions, a row for each requirement, a row for each check.

use crate::{
    exchange::answer_sheet::{
        CHECKS, INSTRUCTIONS, REQUIREMENTS, VERSION,
        cells::{CheckCells, NO, RequirementCells, UNKNOWN, YES, is_too_long},
        field, heading,
    },
    model::{
        answer::{Answer, CheckAnswer},
        exclusion::{ExclusionBasis, mirroring_clause},
        requirement::{Check, CheckKind, Requirement},
    },
    report::{Subject, notice},
    spreadsheet::book::{Book, Cell, Column, Entry, Sheet, TopLine},
};

/// The workbook.
pub(super) fn book(subject: &Subject) -> Book {
    let name = &subject.assessment.name;
    let mut sheets = vec![instructions(subject), requirements(subject), checks(subject)];
    for sheet in &mut sheets {
        sheet.is_locked = true;
        sheet.footer = format!("Answer sheet of {name}, made on {}", subject.standing.as_of);
    }
    Book {
        title: format!("Answer sheet of {name}"),
        subject: "Questions of a self-assessment against ISO/IEC 42001:2023".to_owned(),
        company: subject.assessment.profile.organization.clone(),
        comment: "To be filled in and read back with `aimscope import`.".to_owned(),
        made_on: subject.standing.as_of,
        sheets,
    }
}

/// What people have to know, in the order in which they need it.
const HOW_TO: [&str; 8] = [
    "Fill in the yellow cells of the sheets Requirements and Checks, as far as you know. All other cells are locked, without a \
     password, so that nothing moves by mistake. What you leave blank stays as it is in the assessment.",
    "Level: read the six descriptions and pick the level whose words describe today, not what is planned. Between two, take \
     the lower one. Pick unknown when you asked and nobody knows: that is an answer too.",
    "Owner: who answers for this in your organization. Note: what should be remembered, such as where to find what shows it.",
    "Excluded: only controls (A.2.2 to A.10.4) can be excluded, because the controls of Annex A are chosen by need. Say yes, \
     pick on what that rests, and give the reason in at least 10 characters. Say no to include a control again.",
    "Why it stands: only for a control of which a clause asks the same; the last column says so.",
    "Checks: yes, partly, no or unknown. With partly you may name the numbers of the parts that are still open, such as \
     1, 3. A few checks only matter when something happens; they also know no occasion, with the reason why there was none.",
    "Do not add, copy or delete rows, and do not change ids. When you are done, save the file as an Excel workbook (.xlsx) and \
     give it back to whoever keeps the assessment.",
    "Reading it back: aimscope import FILE SHEET.xlsx --format xlsx-questionnaire --dry-run shows what would change.",
];

fn instructions(subject: &Subject) -> Sheet {
    let mut sheet = Sheet::new(INSTRUCTIONS);
    sheet.top.push(TopLine::Title(format!("Answer sheet of {}", subject.assessment.name)));
    let fields = [
        (field::ASSESSMENT, Cell::text(&subject.assessment.name)),
        (field::MADE_ON, Cell::date(Some(subject.standing.as_of))),
        (field::EDITION, Cell::text(subject.catalog.version.as_str())),
        (field::VERSION, Cell::text(VERSION)),
    ];
    sheet.top.extend(fields.map(|(name, cell)| TopLine::Field(name, cell)));
    sheet.top.push(TopLine::Heading("How to fill it in".to_owned()));
    sheet.top.extend(HOW_TO.map(|text| TopLine::Text(text.to_owned())));
    sheet.top.push(TopLine::Text(notice::NOTICE.to_owned()));
    sheet.columns = vec![Column::new("Answer", 18), Column::new("What it means", 100)];
    sheet.has_filter = false;
    for (answer, meaning) in MEANINGS {
        sheet.push(vec![Cell::from(answer).strong(), meaning.into()]);
    }
    sheet
}

/// The answers and what they mean.
const MEANINGS: [(&str, &str); 7] = [
    (
        "0 to 5",
        "Absent, ad hoc, repeatable, defined, measured, optimizing: each requirement says what that looks like there.",
    ),
    (UNKNOWN, "You asked, and nobody knows yet. The plan then says to find out."),
    (CheckAnswer::Yes.name(), "It is there, all of it."),
    (CheckAnswer::Partly.name(), "Some of it is there."),
    (CheckAnswer::No.name(), "It is not there."),
    (CheckAnswer::NoOccasion.name(), "What the check asks about has not happened yet; a reason belongs to it."),
    ("(blank)", "You say nothing here, and what the assessment holds stays."),
];

/// The levels that can be picked.
const LEVELS: [&str; 7] = ["0", "1", "2", "3", "4", "5", UNKNOWN];

fn requirements(subject: &Subject) -> Sheet {
    let columns = vec![
        Column::new(heading::ID, 9),
        Column::new("What is asked", 38),
        Column::new("What each level looks like", 72),
        Column::new(heading::LEVEL, 11),
        Column::new(heading::OWNER, 18),
        Column::new(heading::NOTE, 36),
        Column::new(heading::EXCLUDED, 11),
        Column::new(heading::BASIS, 22),
        Column::new(heading::REASON, 32),
        Column::new(heading::REFERENCE, 18),
        Column::new(heading::OVERRIDE, 26),
        Column::new("To know", 30),
    ];
    let mut sheet = Sheet { columns, frozen_columns: 2, ..Sheet::new(REQUIREMENTS) };
    for requirement in subject.catalog.requirements() {
        sheet.push(requirement_row(requirement, subject.assessment.answer(requirement.id)));
    }
    sheet
}

fn requirement_row(requirement: &Requirement, answer: Option<&Answer>) -> Vec<Cell> {
    let cells = RequirementCells::of(answer);
    let rungs: Vec<String> = requirement.ladder.rungs().map(|(level, rung)| format!("{level}: {rung}")).collect();
    let exclusion = cells.exclusion;
    let is_control = requirement.id.is_control();
    let control_only =
        |text: String, entry: Entry| if is_control { Cell::text(text).open(entry) } else { Cell::default() };
    vec![
        Cell::text(requirement.id.to_string()).strong(),
        Cell::text(format!("{}\n{}", requirement.full_title(), requirement.intent)),
        Cell::text(rungs.join("\n")),
        Cell::text(cells.level).open(Entry::List(LEVELS.to_vec())),
        Cell::text(cells.owner).open(Entry::Text),
        Cell::text(cells.note).open(Entry::Text),
        control_only(exclusion.excluded, Entry::List(vec![YES, NO])),
        control_only(exclusion.basis, Entry::List(ExclusionBasis::ALL.map(ExclusionBasis::name).to_vec())),
        control_only(exclusion.reason, Entry::Text),
        control_only(exclusion.reference, Entry::Text),
        control_only(exclusion.override_note, Entry::Text),
        Cell::text(to_know(requirement, answer)),
    ]
}

/// What is said of a text that no cell can hold.
const LEFT_OUT: &str = "A text here is longer than a cell; it stays in the assessment and is not shown.";

/// What somebody should know before changing a row.
fn to_know(requirement: &Requirement, answer: Option<&Answer>) -> String {
    let mirrored = mirroring_clause(requirement.id)
        .map(|clause| format!("Clause {clause} asks for the same: an exclusion needs a note on why it stands."));
    let Some(answer) = answer else { return mirrored.unwrap_or_default() };
    let disputed = answer
        .is_disputed()
        .then(|| "People disagree here, and the careful value counts meanwhile. A new value settles it.".to_owned());
    let proposed = answer.by_proposal.then(|| "The level was taken over from a proposal.".to_owned());
    let flagged = answer.flagged.then(|| "Marked to be talked over.".to_owned());
    let exclusion = answer.exclusion.as_ref();
    let objection =
        exclusion.filter(|_| requirement.id.is_control()).and_then(|exclusion| exclusion.objection(requirement.id));
    let draft = objection.map(|objection| format!("The exclusion is not in force: {objection}."));
    let of_exclusion = exclusion.map(|exclusion| [&exclusion.reason, &exclusion.reference, &exclusion.override_note]);
    let texts = [&answer.note, &answer.owner].into_iter().chain(of_exclusion.into_iter().flatten());
    let is_left_out = texts.into_iter().any(|text| is_too_long(text));
    let left_out = is_left_out.then(|| LEFT_OUT.to_owned());
    [mirrored, disputed, proposed, flagged, draft, left_out].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn checks(subject: &Subject) -> Sheet {
    let columns = vec![
        Column::new(heading::ID, 9),
        Column::new(heading::CHECK, 16),
        Column::new("Question", 60),
        Column::new("What shows it", 44),
        Column::new("Weight", 16),
        Column::new(heading::ANSWER, 14),
        Column::new(heading::OPEN_PARTS, 11),
        Column::new(heading::NO_OCCASION, 34),
        Column::new("To know", 30),
    ];
    let mut sheet = Sheet { columns, frozen_columns: 3, ..Sheet::new(CHECKS) };
    for requirement in subject.catalog.requirements() {
        let answer = subject.assessment.answer(requirement.id);
        requirement.checks.iter().for_each(|check| sheet.push(check_row(requirement, check, answer)));
    }
    sheet
}

fn check_row(requirement: &Requirement, check: &Check, answer: Option<&Answer>) -> Vec<Cell> {
    let cells = CheckCells::of(answer, check);
    let parts = (1..).zip(&check.parts).map(|(number, part): (u8, _)| format!("\n{number}. {part}"));
    let answers = [CheckAnswer::Yes, CheckAnswer::Partly, CheckAnswer::No, CheckAnswer::Unknown];
    let conditional = check.conditional.then_some(CheckAnswer::NoOccasion);
    let answers: Vec<&str> = answers.into_iter().chain(conditional).map(CheckAnswer::name).collect();
    let only_if =
        |is_open: bool, text: String| if is_open { Cell::text(text).open(Entry::Text) } else { Cell::default() };
    let said = answer.and_then(|answer| answer.check(&check.id));
    let to_know = match said {
        Some(said) if !said.disputed.is_empty() => "People disagree here; a new answer settles it.",
        Some(said) if is_too_long(&said.reason) => LEFT_OUT,
        Some(_) | None => "",
    };
    vec![
        Cell::text(requirement.id.to_string()).strong(),
        Cell::text(check.id.as_str()),
        Cell::text(format!("{}{}", check.text, parts.collect::<String>())),
        Cell::text(check.look_for.as_str()),
        weight(check).into(),
        Cell::text(cells.answer).open(Entry::List(answers)),
        only_if(!check.parts.is_empty(), cells.open_parts),
        only_if(check.conditional, cells.reason),
        to_know.into(),
    ]
}

/// How much hangs on a check.
const fn weight(check: &Check) -> &'static str {
    match (check.kind, check.critical) {
        (CheckKind::Guidance, _) => "good to have",
        (CheckKind::Requirement, true) => "needed, critical",
        (CheckKind::Requirement, false) => "needed",
    }
}

//! The first sheet: what the assessment is of, where it stands, and its categories in figures, bars and a net.

use crate::{
    model::reference::Reference,
    report::{
        Subject,
        figures::Scope,
        score::{raised_targets, scopes},
        standing, systems, words,
        workbook::notice_line,
    },
    score::{
        figures::{Figures, ScopeState},
        ratio::Ratio,
        verdict::Verdict,
    },
    spreadsheet::book::{Cell, Chart, ChartKind, Column, Sheet, TopLine, Value},
};

/// What the green headings mean.
const HOW_TO_USE: &str = "Columns with a green heading are meant to be kept up to date here. What is changed in this workbook \
    stays in it and computes nothing anew: answers come back into the assessment through the answer sheet.";

/// What the columns of the table mean.
const LEVELS_EXPLAINED: &str = "Levels run from 0 to 5. Claimed is what the team says, credited what could be shown to an \
    auditor today; lowest and highest say where credited can still move while answers are missing. Coverage is how much \
    weight has a level, the floor is the lowest credited level. The two groups are never blended into one figure.";

/// Lines above the table with which the sheet can still be read on one page.
const MOST_LINES_OF_ONE_PAGE: usize = 25;

/// The sheet.
pub(super) fn sheet(subject: &Subject, warnings: &[String]) -> Sheet {
    let mut sheet = Sheet { columns: columns(), ..Sheet::new("Summary") };
    sheet.top.push(TopLine::Title(format!("Self-assessment of {}", subject.assessment.name)));
    sheet.top.extend(fields(subject).into_iter().filter(|(_, cell)| cell.value != Value::Empty).map(field));
    if !warnings.is_empty() {
        sheet.top.push(TopLine::Heading("Warnings".to_owned()));
        sheet.top.extend(warnings.iter().map(|warning| TopLine::Text(warning.clone())));
    }
    sheet.top.extend([TopLine::Text(HOW_TO_USE.to_owned()), TopLine::Text(LEVELS_EXPLAINED.to_owned()), notice_line()]);
    let numbers: Vec<String> = subject.standing.categories.iter().map(|(category, _)| category.to_string()).collect();
    for scope in scopes(subject, &numbers) {
        sheet.push(row(subject, &scope));
    }
    sheet.charts = charts(&sheet);
    // With many warnings one page would be too small to read.
    sheet.is_one_page = sheet.top.len() <= MOST_LINES_OF_ONE_PAGE;
    sheet
}

fn field((name, cell): (&'static str, Cell)) -> TopLine {
    TopLine::Field(name, cell)
}

fn fields(subject: &Subject) -> Vec<(&'static str, Cell)> {
    let (assessment, standing) = (subject.assessment, subject.standing);
    let because: Vec<&str> = standing::provisional_because(standing).into_iter().map(|(_, words)| words).collect();
    let attention = systems::attention(subject.catalog, assessment, standing).unwrap_or_default();
    vec![
        ("Organization", assessment.profile.organization.as_str().into()),
        ("Scope", assessment.profile.scope.as_str().into()),
        ("As of", Cell::date(Some(standing.as_of))),
        ("Questionnaires", subject.catalog.version.as_str().into()),
        ("Status", words::status(&standing.whole).content().into()),
        ("Provisional because", because.join("; ").into()),
        ("Verdicts", standing::verdicts(standing).content().into()),
        ("Disputed", words::disputed(assessment).into()),
        ("Excluded", excluded(subject).into()),
        ("AI systems", attention.into()),
        ("Targets", raised_targets(subject).into()),
        ("Quick pass", standing::quick_pass(subject).into()),
        ("Plan", plan(subject).into()),
    ]
}

/// The controls with an exclusion in force; empty for none.
fn excluded(subject: &Subject) -> String {
    let excluded = subject.standing.requirements.iter().filter(|score| !score.is_applicable());
    let ids: Vec<String> = excluded.map(|score| score.id.to_string()).collect();
    match ids.len() {
        0 => String::new(),
        n => format!("{}: {}", words::count(n, "control", "controls"), ids.join(", ")),
    }
}

fn plan(subject: &Subject) -> String {
    let actions = words::count(subject.plan.steps.len(), "action", "actions");
    match subject.plan.finish() {
        Some(finish) => format!("{actions}, the last one due on {finish}"),
        None => "no open actions".to_owned(),
    }
}

/// Places of columns that charts draw on.
const ID: usize = 0;
const CATEGORY: usize = 1;
const CLAIMED: usize = 3;
const CREDITED: usize = 4;
const TARGET: usize = 7;

fn columns() -> Vec<Column> {
    vec![
        Column::new("Id", 20),
        Column::new("Category", 34),
        Column::new("Status", 28),
        Column::new("Claimed", 10),
        Column::new("Credited", 10),
        Column::new("Lowest possible", 10),
        Column::new("Highest possible", 10),
        Column::new("Target", 9),
        Column::new("Coverage", 11),
        Column::new("Floor", 8),
        Column::new("Floor at", 9),
        Column::new("Major gaps", 8),
        Column::new("Minor gaps", 8),
        Column::new("Undetermined", 14),
        Column::new("Not shown", 8),
        Column::new("Conforming", 12),
        Column::new("Not applicable", 13),
        Column::new("Checks answered", 11),
        Column::new("Checks in all", 8),
    ]
}

fn row(subject: &Subject, scope: &Scope) -> Vec<Cell> {
    let figures = scope.figures;
    let level = |ratio: Option<Ratio>| tenths(figures, ratio);
    let coverage =
        words::assessed(figures, figures.coverage()).map(|ratio| Cell::from(Value::Percent(ratio.percent())));
    let floor = figures.floor;
    let target = scope.number.parse::<Reference>().ok().map(|category| subject.assessment.category_target(category));
    let number = |n: u8| Cell::from(Value::Count(u64::from(n)));
    let mut row = vec![
        Cell::text(scope.number).strong(),
        Cell::text(scope.title).strong(),
        status(figures).into(),
        level(figures.claimed),
        level(figures.credited),
        level(figures.low),
        level(figures.high),
        target.map(|level| number(level.number())).unwrap_or_default(),
        coverage.unwrap_or_default(),
        floor.map(|(level, _)| number(level.number())).unwrap_or_default(),
        floor.map(|(_, requirement)| requirement.to_string()).unwrap_or_default().into(),
    ];
    row.extend(Verdict::ALL.map(|verdict| Cell::count(figures.count_of(verdict))));
    row.extend([figures.checks.answered, figures.checks.total].map(Cell::count));
    row
}

/// The status, and why there is no figure where there is none.
fn status(figures: &Figures) -> String {
    let status = words::status(figures).content();
    match figures.state {
        ScopeState::Assessed | ScopeState::NotApplicable => status,
        ScopeState::NotAssessed | ScopeState::NoLevelYet => {
            format!("{status}; {}", figures.state.instead_of_figure().unwrap_or_default())
        }
    }
}

/// A level with one decimal, as all reports print it; nothing where there is no figure.
fn tenths(figures: &Figures, ratio: Option<Ratio>) -> Cell {
    words::assessed(figures, ratio).map(|ratio| Cell::from(Value::Tenths(ratio.rounded(10)))).unwrap_or_default()
}

/// Bars and net of the categories, without the two groups above them.
fn charts(sheet: &Sheet) -> Vec<Chart> {
    let is_category = |row: &Vec<Cell>| row[ID].value != Value::Empty;
    let first = sheet.rows.iter().position(is_category).unwrap_or(sheet.rows.len());
    let rows = first..sheet.rows.len();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![
        Chart {
            kind: ChartKind::Bars,
            title: "Levels by category".to_owned(),
            description:
                "Bars of the claimed and the credited level of each category, 0 to 5; the figures stand in the \
                          table above."
                    .to_owned(),
            names: CATEGORY,
            series: vec![CREDITED, CLAIMED],
            rows: rows.clone(),
            highest: 5,
            at_column: 0,
            width: 690,
        },
        Chart {
            kind: ChartKind::Radar,
            title: "Credited levels and targets".to_owned(),
            description:
                "A net of the credited level and the target of each category, 0 to 5; the figures stand in the \
                          table above."
                    .to_owned(),
            names: ID,
            series: vec![CREDITED, TARGET],
            rows,
            highest: 5,
            at_column: 5,
            width: 620,
        },
    ]
}

//! Figures of scopes (groups, categories, groups of a lens) as tables, CSV cells and JSON, for all reports alike.

use serde::Serialize;

use crate::{
    report::{
        line::Line,
        table::{Column, Table},
        words,
    },
    score::{figures::Figures, ratio::Ratio, requirement_score::Counted, verdict::Verdict},
};

/// A scope with its figures.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// A short id: `management_system`, `controls`, `A.6`, or that of a lens's group.
    pub id: &'a str,
    /// The heading.
    pub title: &'a str,
    /// What to print in front: the number of a category; empty otherwise.
    pub number: &'a str,
    /// The figures.
    pub figures: &'a Figures,
}

impl Scope<'_> {
    /// Number and title.
    pub fn label(&self) -> String {
        format!("{} {}", self.number, self.title).trim_start().to_owned()
    }
}

/// The levels of some scopes: claimed, credited, range, coverage, floor.
pub fn level_table(heading: &str, scopes: &[Scope]) -> Table {
    let mut columns = vec![Column::words(heading).key(), Column::figures("Claimed"), Column::figures("Credited")];
    columns.extend(["Range", "Coverage", "Floor"].map(Column::figures));
    let mut table = Table::new(columns);
    for scope in scopes {
        let figures = scope.figures;
        let credited = words::assessed(figures, figures.credited);
        let mut row = vec![scope.label().into(), words::figure(figures, figures.claimed).into(), optional(credited)];
        row.extend([words::range(figures), words::coverage(figures), words::floor(figures)].map(optional));
        table.push(row);
    }
    table
}

/// The credited figures with all stored answers counted, for the scopes with exclusions; empty where there are none.
pub fn without_exclusions(scopes: &[Scope]) -> String {
    let figure = |scope: &Scope| Some(format!("{} {}", scope.label(), scope.figures.without_exclusions?));
    let figures: Vec<String> = scopes.iter().filter_map(figure).collect();
    if figures.is_empty() {
        return String::new();
    }
    format!("Credited without exclusions, with all stored answers counted: {}.", words::list(figures))
}

/// The verdicts of some scopes: status, counts, checks answered.
pub fn verdict_table(heading: &str, scopes: &[Scope]) -> Table {
    let mut table = Table::new(vec![
        Column::words(heading).key(),
        Column::words("Status"),
        Column::words("Verdicts"),
        Column::figures("Checks answered"),
    ]);
    for scope in scopes {
        let figures = scope.figures;
        let checks = (figures.applicable() > 0).then(|| words::of(figures.checks));
        table.push(vec![
            scope.label().into(),
            words::status(figures),
            words::verdict_counts(figures),
            optional(checks),
        ]);
    }
    table
}

fn optional(value: Option<impl ToString>) -> Line {
    value.map(|value| value.to_string()).unwrap_or_default().into()
}

/// The headings of [`csv_cells`].
pub const CSV_HEADINGS: [&str; 26] = [
    "id",
    "title",
    "state",
    "status",
    "provisional",
    "claimed",
    "credited",
    "low",
    "high",
    "without_exclusions",
    "coverage_percent",
    "floor_level",
    "floor_requirement",
    "major_gap",
    "minor_gap",
    "undetermined",
    "not_shown",
    "conforming",
    "not_applicable",
    "indicative",
    "improvement_points",
    "contradictions",
    "levels_answered",
    "levels_total",
    "checks_answered",
    "checks_total",
];

/// The figures of a scope as CSV cells. Levels have one decimal; what means nothing is empty.
pub fn csv_cells(scope: &Scope) -> Vec<Line> {
    let figures = scope.figures;
    let level = |ratio: Option<Ratio>| optional(words::assessed(figures, ratio));
    let number = |n: usize| Line::from(n.to_string());
    let mut cells = vec![
        scope.id.into(),
        scope.title.into(),
        figures.state.id().into(),
        figures.status.map(|status| status.name()).unwrap_or_default().into(),
        words::yes_no(figures.provisional).into(),
        level(figures.claimed),
        level(figures.credited),
        level(figures.low),
        level(figures.high),
        optional(figures.without_exclusions),
        optional(words::assessed(figures, figures.coverage()).map(Ratio::percent)),
        optional(figures.floor.map(|(level, _)| level)),
        optional(figures.floor.map(|(_, requirement)| requirement)),
    ];
    cells.extend(figures.verdicts.map(number));
    cells.extend(
        [
            figures.indicative,
            figures.improvement_points,
            figures.contradictions,
            figures.levels.answered,
            figures.levels.total,
            figures.checks.answered,
            figures.checks.total,
        ]
        .map(number),
    );
    cells
}

/// A fraction in JSON: as it was summed up, and in hundredths, rounded half up.
#[derive(Debug, Serialize)]
pub struct RatioJson {
    numerator: u64,
    denominator: u64,
    hundredths: u64,
}

impl RatioJson {
    /// The fraction of a figure, where there is one.
    pub fn of(ratio: Option<Ratio>) -> Option<RatioJson> {
        ratio.map(|ratio| RatioJson {
            numerator: ratio.numerator,
            denominator: ratio.denominator,
            hundredths: ratio.hundredths(),
        })
    }
}

/// So many of so many in JSON.
#[derive(Debug, Serialize)]
pub struct CountedJson {
    answered: usize,
    total: usize,
}

impl From<Counted> for CountedJson {
    fn from(counted: Counted) -> CountedJson {
        CountedJson { answered: counted.answered, total: counted.total }
    }
}

/// How many requirements have each verdict, in JSON.
#[derive(Debug, Serialize)]
pub struct CountsJson {
    major_gap: usize,
    minor_gap: usize,
    undetermined: usize,
    not_shown: usize,
    conforming: usize,
    not_applicable: usize,
}

impl From<&Figures> for CountsJson {
    fn from(figures: &Figures) -> CountsJson {
        CountsJson {
            major_gap: figures.count_of(Verdict::MajorGap),
            minor_gap: figures.count_of(Verdict::MinorGap),
            undetermined: figures.count_of(Verdict::Undetermined),
            not_shown: figures.count_of(Verdict::NotShown),
            conforming: figures.count_of(Verdict::Conforming),
            not_applicable: figures.count_of(Verdict::NotApplicable),
        }
    }
}

#[derive(Debug, Serialize)]
struct FloorJson {
    level: u8,
    requirement: String,
}

/// A scope in JSON. Levels of a scope that is not assessed are null; its low and high are what is still possible.
#[derive(Debug, Serialize)]
pub struct ScopeJson {
    id: String,
    title: String,
    state: &'static str,
    claimed: Option<RatioJson>,
    credited: Option<RatioJson>,
    low: Option<RatioJson>,
    high: Option<RatioJson>,
    without_exclusions: Option<RatioJson>,
    coverage: Option<RatioJson>,
    floor: Option<FloorJson>,
    counts: CountsJson,
    indicative: usize,
    improvement_points: usize,
    contradictions: usize,
    levels: CountedJson,
    checks: CountedJson,
    status: Option<&'static str>,
    provisional: bool,
}

impl From<&Scope<'_>> for ScopeJson {
    fn from(scope: &Scope) -> ScopeJson {
        let figures = scope.figures;
        ScopeJson {
            id: scope.id.to_owned(),
            title: scope.title.to_owned(),
            state: figures.state.id(),
            claimed: RatioJson::of(figures.claimed),
            credited: RatioJson::of(figures.credited),
            low: RatioJson::of(figures.low),
            high: RatioJson::of(figures.high),
            without_exclusions: RatioJson::of(figures.without_exclusions),
            coverage: RatioJson::of(figures.coverage()),
            floor: figures
                .floor
                .map(|(level, requirement)| FloorJson { level: level.number(), requirement: requirement.to_string() }),
            counts: figures.into(),
            indicative: figures.indicative,
            improvement_points: figures.improvement_points,
            contradictions: figures.contradictions,
            levels: figures.levels.into(),
            checks: figures.checks.into(),
            status: figures.status.map(|status| status.id()),
            provisional: figures.provisional,
        }
    }
}

//! The verdicts of some scopes as bars of equal length: which part of each has which verdict, with the numbers in the bars.

use serde::Serialize;

use crate::{
    report::{
        figure::{Drawing, Figure, Length, shortened},
        figures::Scope,
    },
    score::verdict::Verdict,
};

const WIDTH: i64 = 720;
/// Where the bars begin, and how long they are.
const FROM: i64 = 170;
const LONG: i64 = 540;
/// The height of the legend, and of a row.
const HEAD: i64 = 34;
const ROW: i64 = 34;
/// Columns of a title that there is room for.
const TITLE: usize = 22;
/// Columns of the legend, and what stands between two of its entries.
const LEGEND: i64 = 119;

/// Bars as they are drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Verdicts {
    legend: Vec<Entry>,
    rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Entry {
    class: &'static str,
    name: &'static str,
    x: Length,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Row {
    title: String,
    y: Length,
    segments: Vec<Segment>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Segment {
    class: &'static str,
    count: usize,
    x: Length,
    width: Length,
    middle: Length,
}

/// Draws the verdicts of some scopes.
pub fn draw(scopes: &[Scope]) -> Figure {
    let height = HEAD + ROW * scopes.len() as i64;
    let about = "One bar a group, divided by verdict; the numbers of requirements stand in the bars. The table of verdicts has \
                 the same numbers.";
    let entry = |(index, verdict): (usize, Verdict)| Entry {
        class: class(verdict),
        name: verdict.name(),
        x: Length::whole(2 + LEGEND * index as i64),
    };
    let verdicts = Verdicts {
        legend: Verdict::ALL.into_iter().enumerate().map(entry).collect(),
        rows: scopes.iter().enumerate().map(|(index, scope)| row(index, scope)).collect(),
    };
    Figure::new("Verdicts", about, (WIDTH, height), Drawing::Verdicts(verdicts))
}

fn row(index: usize, scope: &Scope) -> Row {
    let counts = scope.figures.verdicts;
    let all: usize = counts.iter().sum();
    let place = |before: usize| Length::whole(FROM).plus(Length::part(LONG, before as u64, all as u64));
    let mut before = 0;
    let mut segments = Vec::new();
    for (verdict, count) in Verdict::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0) {
        let (x, end) = (place(before), place(before + count));
        // The gap keeps neighbours apart where colours cannot be told from one another.
        let width = end.minus(x).minus(Length::whole(1));
        segments.push(Segment { class: class(verdict), count, x, width, middle: Length((x.0 + end.0) / 2) });
        before += count;
    }
    Row { title: shortened(&scope.label(), TITLE), y: Length::whole(HEAD + ROW * index as i64), segments }
}

/// The name of a verdict in the styles.
const fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::MajorGap => "major-gap",
        Verdict::MinorGap => "minor-gap",
        Verdict::Undetermined => "undetermined",
        Verdict::NotShown => "not-shown",
        Verdict::Conforming => "conforming",
        Verdict::NotApplicable => "not-applicable",
    }
}

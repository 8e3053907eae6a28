//! The figures of all rounds side by side, for every report that shows a trend.

use serde::Serialize;

use crate::{
    compare::round::{Trend, TrendLine, TrendPoint},
    model::catalog::Catalog,
    report::{
        figures::RatioJson,
        page::Page,
        table::{Column, Table},
        words,
    },
    score::ratio::Ratio,
};

/// The most rounds that have a column of their own; the first one and the latest are shown.
const MOST_COLUMNS: usize = 6;

/// Adds the trend as a section; without earlier rounds it adds nothing.
pub(super) fn section(page: &mut Page, catalog: &Catalog, trend: Option<&Trend>) {
    let Some(trend) = trend else { return };
    page.section("Trend over rounds");
    page.paragraph(
        "Credited levels, each as it was computed when the next round began; the last column is this round as of the day \
         of the report.",
    );
    if trend.has_other_editions() {
        page.paragraph("The rounds were scored by different editions of the questions.");
    }
    page.table(table(catalog, trend));
}

/// The rounds that are shown: all, or the first and the latest.
fn shown(count: usize) -> Vec<usize> {
    if count <= MOST_COLUMNS {
        return (0..count).collect();
    }
    [0].into_iter().chain(count + 1 - MOST_COLUMNS..count).collect()
}

fn table(catalog: &Catalog, trend: &Trend) -> Table {
    let shown = shown(trend.rounds.len());
    let days = shown.iter().map(|index| Column::figures(&trend.rounds[*index].on.to_string()));
    let mut table = Table::new([Column::words("Category").share(40).key()].into_iter().chain(days).collect());
    let credited =
        |point: &TrendPoint| point.credited.map_or(words::NOTHING.to_owned(), |level: Ratio| level.to_string());
    for TrendLine { scope, points } in &trend.lines {
        let levels = shown.iter().map(|index| credited(&points[*index]).into());
        table.push([scope.name(catalog).into()].into_iter().chain(levels).collect());
    }
    let conforming = |index: &usize| {
        let groups = trend.lines.iter().take(2).map(|line| line.points[*index]);
        let [shown, all] =
            groups.fold([0, 0], |[shown, all], point| [shown + point.conforming, all + point.applicable]);
        format!("{shown} of {all}")
    };
    let counts = shown.iter().map(|index| conforming(index).into());
    table.push(["Conforming requirements".into()].into_iter().chain(counts).collect());
    table
}

/// A trend in JSON.
#[derive(Serialize)]
pub(super) struct TrendJson {
    rounds: Vec<RoundJson>,
    scopes: Vec<LineJson>,
}

#[derive(Serialize)]
struct RoundJson {
    name: String,
    on: chrono::NaiveDate,
    catalog: String,
}

#[derive(Serialize)]
struct LineJson {
    id: String,
    points: Vec<PointJson>,
}

#[derive(Serialize)]
struct PointJson {
    claimed: Option<RatioJson>,
    credited: Option<RatioJson>,
    conforming: u32,
    applicable: u32,
}

impl From<&Trend> for TrendJson {
    fn from(trend: &Trend) -> TrendJson {
        let rounds = trend.rounds.iter();
        let round = |round: &crate::compare::round::TrendRound| RoundJson {
            name: round.name.clone(),
            on: round.on,
            catalog: round.catalog.clone(),
        };
        let point = |point: &TrendPoint| PointJson {
            claimed: RatioJson::of(point.claimed),
            credited: RatioJson::of(point.credited),
            conforming: point.conforming,
            applicable: point.applicable,
        };
        let line = |line: &TrendLine| LineJson { id: line.scope.id(), points: line.points.iter().map(point).collect() };
        TrendJson { rounds: rounds.map(round).collect(), scopes: trend.lines.iter().map(line).collect() }
    }
}

//! Bars of levels: per scope what is claimed, what is credited of it, and how far credited can still move.

use serde::Serialize;

use crate::{
    report::{
        figure::{Drawing, Figure, Length, shortened, so_many},
        figures::Scope,
        words,
    },
    score::{figures::ScopeState, ratio::Ratio},
};

const WIDTH: i64 = 720;
/// Where the scale begins, and how long it is.
const FROM: i64 = 300;
const LONG: i64 = 300;
/// The height of what stands above the first row, and of a row.
const HEAD: i64 = 50;
const ROW: i64 = 24;
/// The highest level.
const HIGHEST: u64 = 5;
/// Columns of a title that there is room for.
const TITLE: usize = 44;

/// Bars as they are drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Bars {
    from: Length,
    bottom: Length,
    marks: Vec<Mark>,
    rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Mark {
    level: u64,
    x: Length,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Row {
    title: String,
    y: Length,
    claimed: Option<Length>,
    credited: Option<Length>,
    low: Option<Length>,
    high: Option<Length>,
    words: String,
}

/// Draws the levels of some scopes.
pub fn draw(scopes: &[Scope]) -> Figure {
    let height = HEAD + ROW * scopes.len() as i64;
    let known = scopes.iter().filter(|scope| scope.figures.state == ScopeState::Assessed).count();
    let about = format!(
        "One bar a row on a scale from 0 to 5: a dark bar for the credited level in a light one for the claimed level, and a \
         line for the range in which credited can still move. {} have a level. The table of levels has the figures.",
        so_many(known, scopes.len(), "row")
    );
    let bars = Bars {
        from: Length::whole(FROM),
        bottom: Length::whole(height),
        marks: (0..=HIGHEST).map(|level| Mark { level, x: at(Ratio { numerator: level, denominator: 1 }) }).collect(),
        rows: scopes.iter().enumerate().map(|(index, scope)| row(index, scope)).collect(),
    };
    Figure::new("Credited and claimed levels", &about, (WIDTH, height + 10), Drawing::Bars(bars))
}

fn row(index: usize, scope: &Scope) -> Row {
    let figures = scope.figures;
    let level = |ratio: Option<Ratio>| words::assessed(figures, ratio);
    let (claimed, credited) = (level(figures.claimed), level(figures.credited));
    let words = match (credited, claimed) {
        (Some(credited), Some(claimed)) => format!("{credited} of {claimed}"),
        (_, _) => figures.state.instead_of_figure().unwrap_or_default().to_owned(),
    };
    let long = |ratio: Ratio| at(ratio).minus(Length::whole(FROM));
    Row {
        title: shortened(&scope.label(), TITLE),
        y: Length::whole(HEAD + ROW * index as i64),
        claimed: claimed.map(long),
        credited: credited.map(long),
        low: level(figures.low).map(at),
        high: level(figures.high).map(at),
        words,
    }
}

/// The place of a level on the scale.
fn at(level: Ratio) -> Length {
    Length::whole(FROM).plus(Length::part(LONG, level.numerator, level.denominator * HIGHEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_lie_on_the_scale() {
        let at = |numerator, denominator| at(Ratio { numerator, denominator }).to_string();
        assert_eq!((at(0, 4), at(10, 4), at(20, 4)), ("300.0".into(), "450.0".into(), "600.0".into()));
    }
}

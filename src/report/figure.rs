//! Figures: what a table says, drawn. Places and lengths are computed here, and the page's template draws them as plain SVG, so
//! that a figure needs no script and equal input gives equal bytes.

pub mod bars;
pub mod radar;
pub mod timeline;
pub mod verdicts;

use serde::Serialize;

use crate::report::{
    figure::{bars::Bars, radar::Radar, timeline::Timeline, verdicts::Verdicts},
    line::Line,
    words,
};

/// A figure. It is an image with a name and a description for people who do not see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Counts the figures of a page from 1; their ids rest on it.
    number: usize,
    title: String,
    about: String,
    width: Length,
    height: Length,
    drawing: Drawing,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "shape", content = "parts", rename_all = "lowercase")]
enum Drawing {
    Radar(Radar),
    Bars(Bars),
    Verdicts(Verdicts),
    Timeline(Timeline),
}

impl Figure {
    fn new(title: &str, about: &str, (width, height): (i64, i64), drawing: Drawing) -> Figure {
        let (width, height) = (Length::whole(width), Length::whole(height));
        Figure { number: 0, title: clean(title), about: clean(about), width, height, drawing }
    }

    /// The figure with its number on the page.
    pub(super) fn numbered(self, number: usize) -> Figure {
        Figure { number, ..self }
    }
}

/// A length or a place in tenths of a unit; printed with one decimal, alike on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Length(i64);

impl Length {
    const fn whole(units: i64) -> Length {
        Length(units * 10)
    }

    fn of(units: f64) -> Length {
        Length((units * 10.0).round() as i64)
    }

    /// That part of a whole length.
    fn part(whole: i64, numerator: u64, denominator: u64) -> Length {
        let tenths = u128::from(whole.unsigned_abs()) * 10 * u128::from(numerator) / u128::from(denominator.max(1));
        Length(i64::try_from(tenths).unwrap_or(i64::MAX))
    }

    fn plus(self, other: Length) -> Length {
        Length(self.0 + other.0)
    }

    fn minus(self, other: Length) -> Length {
        Length(self.0 - other.0)
    }
}

impl std::fmt::Display for Length {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{}", self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10)
    }
}

impl Serialize for Length {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Text as it may stand in an image: one line, nothing hidden.
fn clean(text: &str) -> String {
    Line::from(text).print(crate::report::Style::Plain)
}

/// The start of a text that has room for so many columns.
fn shortened(text: &str, columns: usize) -> String {
    let text = clean(text);
    if Line::from(text.as_str()).columns() <= columns {
        return text;
    }
    let start = Line::from(text.as_str()).wrap(columns.saturating_sub(1)).into_iter().next().unwrap_or_default();
    format!("{}\u{2026}", start.print(crate::report::Style::Plain))
}

/// `1 of 3 categories has`, for descriptions.
fn so_many(n: usize, all: usize, what: &str) -> String {
    format!("{n} of {}", words::count(all, what, &format!("{what}s")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_one_decimal() {
        let case = |length: Length, printed: &str| assert_eq!(length.to_string(), printed);
        case(Length::whole(12), "12.0");
        case(Length::of(0.04), "0.0");
        case(Length::of(-0.26), "-0.3");
        case(Length::part(300, 1, 3), "100.0");
        case(Length::part(300, 1, 0), "300.0");
    }

    #[test]
    fn long_texts_end_where_there_is_no_room() {
        assert_eq!(shortened("one two", 7), "one two");
        assert_eq!(shortened("one two three", 8), "one two\u{2026}");
        assert_eq!(shortened("a\u{202e}b\n<c>", 80), "ab <c>");
    }
}

//! A sheet from the table that is also the CSV of a report: the same cells, with numbers and days as what they are.
//!
//! A column for which no shape is given gets a plain one, so that a table can grow without being lost here.

use crate::{
    report::table::Table,
    spreadsheet::book::{Cell, Column, Entry, Sheet, Value},
};

/// How a column of a table becomes one of a sheet.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    heading: &'static str,
    title: Option<&'static str>,
    width: u16,
    kind: Kind,
}

/// What stands in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words that name the row.
    Key,
    /// Words.
    Words,
    /// Words that people change.
    OpenWords,
    /// Whole numbers, or such with one decimal; a word where there is none.
    Number,
    /// Days.
    Date,
    /// Days that people change.
    OpenDate,
    /// Verdicts.
    Verdict,
    /// One of these, which people change.
    Pick(Vec<&'static str>),
}

impl Shape {
    /// A column of the table, by its heading there, with its width in characters.
    pub(super) const fn new(heading: &'static str, width: u16, kind: Kind) -> Shape {
        Shape { heading, title: None, width, kind }
    }

    /// The same column under other words than its heading in the table.
    pub(super) fn titled(self, title: &'static str) -> Shape {
        Shape { title: Some(title), ..self }
    }
}

/// The sheet of a table.
pub(super) fn sheet(name: &'static str, table: &Table, shapes: &[Shape]) -> Sheet {
    let plain = |heading: &str| Shape::new("", if heading.len() > 14 { 20 } else { 16 }, Kind::Words);
    let shapes: Vec<Shape> = table
        .headings()
        .map(|heading| shapes.iter().find(|shape| shape.heading == heading).cloned().unwrap_or_else(|| plain(heading)))
        .collect();
    let mut sheet = Sheet::new(name);
    sheet.columns = table.headings().zip(&shapes).map(|(heading, shape)| column(heading, shape)).collect();
    for row in table.contents() {
        sheet.push(row.into_iter().zip(&shapes).map(|(text, shape)| cell(text, &shape.kind)).collect());
    }
    sheet
}

fn column(heading: &str, shape: &Shape) -> Column {
    let title = shape.title.map_or_else(|| words_of(heading), str::to_owned);
    let column = Column::new(title, shape.width);
    if shape.kind == Kind::Verdict { column.verdicts() } else { column }
}

/// A heading of CSV as words: `agreed_due` as `Agreed due`.
fn words_of(heading: &str) -> String {
    let spaced = heading.replace('_', " ");
    let mut letters = spaced.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn cell(text: String, kind: &Kind) -> Cell {
    match kind {
        Kind::Key => Cell::text(text).strong(),
        Kind::Words | Kind::Verdict => text.into(),
        Kind::OpenWords => Cell::text(text).open(Entry::Text),
        Kind::Number => number(&text).map_or_else(|| text.clone().into(), Cell::from),
        Kind::Date => day(text),
        Kind::OpenDate => day(text).open(Entry::Date),
        Kind::Pick(words) => Cell::text(text).open(Entry::List(words.clone())),
    }
}

/// A number as the reports print it: `3` or `6.5`.
fn number(text: &str) -> Option<Value> {
    match text.split_once('.') {
        None => text.parse().ok().map(Value::Count),
        Some((whole, tenths)) if tenths.len() == 1 => {
            let (whole, tenths): (u64, u64) = (whole.parse().ok()?, tenths.parse().ok()?);
            Some(Value::Tenths(whole * 10 + tenths))
        }
        Some(_) => None,
    }
}

fn day(text: String) -> Cell {
    match text.parse() {
        Ok(day) => Cell::date(Some(day)),
        Err(_) => text.into(),
    }
}

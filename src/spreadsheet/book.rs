//! A workbook before it is written: sheets with lines on top, one table, and charts of it.

use std::{borrow::Cow, ops::Range};

use chrono::NaiveDate;

use crate::spreadsheet::write;

/// A workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// The title in the properties of the file.
    pub title: String,
    /// What it is about, for the properties.
    pub subject: String,
    /// The organization, for the properties.
    pub company: String,
    /// What has to be said of the file as a whole, for the properties.
    pub comment: String,
    /// The day of its making, as the file says; the clock has no part in it.
    pub made_on: NaiveDate,
    /// The sheets, in order.
    pub sheets: Vec<Sheet>,
}

impl Book {
    /// The file. The same book gives the same bytes.
    pub fn bytes(&self) -> Vec<u8> {
        write::bytes(self)
    }
}

/// One sheet: lines on top, a table under them, charts under that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name, at most 31 characters.
    pub name: &'static str,
    /// What stands above the table.
    pub top: Vec<TopLine>,
    /// The columns of the table; none for a sheet without one.
    pub columns: Vec<Column>,
    /// The rows of the table, each with one cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// Columns that stay in sight when the rest is scrolled away.
    pub frozen_columns: u16,
    /// Whether all of it is printed on one page, charts included.
    pub is_one_page: bool,
    /// Whether the table can be filtered by its columns.
    pub has_filter: bool,
    /// Charts of the table.
    pub charts: Vec<Chart>,
    /// Whether only cells with an [`Entry`] can be changed. There is no password: it guards against slips.
    pub is_locked: bool,
    /// What is printed under every page.
    pub footer: String,
}

impl Sheet {
    /// A sheet on which nothing stands yet.
    pub fn new(name: &'static str) -> Sheet {
        Sheet {
            name,
            top: Vec::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            frozen_columns: 0,
            is_one_page: false,
            has_filter: true,
            charts: Vec::new(),
            is_locked: false,
            footer: String::new(),
        }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<Cell>) {
        assert_eq!(row.len(), self.columns.len(), "a row has one cell for each column");
        self.rows.push(row);
    }

    /// The row of the headings, counted from 0; one row is left free under the lines on top.
    pub fn heading_row(&self) -> usize {
        if self.top.is_empty() { 0 } else { self.top.len() + 1 }
    }
}

/// A line above a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TopLine {
    /// The title of the sheet.
    Title(String),
    /// The heading of what follows.
    Heading(String),
    /// A sentence or more.
    Text(String),
    /// A value with its name.
    Field(&'static str, Cell),
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub heading: Cow<'static, str>,
    /// Its width in characters.
    pub width: u16,
    /// Whether its cells are verdicts, which are coloured.
    pub has_verdicts: bool,
}

impl Column {
    /// A column of that width in characters.
    pub fn new(heading: impl Into<Cow<'static, str>>, width: u16) -> Column {
        Column { heading: heading.into(), width, has_verdicts: false }
    }

    /// Colours its cells by the verdict that they start with.
    pub fn verdicts(self) -> Column {
        Column { has_verdicts: true, ..self }
    }
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it.
    pub value: Value,
    /// What may be entered; nothing for a cell that is not for filling in.
    pub entry: Option<Entry>,
    /// Whether it stands out.
    pub is_strong: bool,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A number in tenths, shown with one decimal.
    Tenths(u64),
    /// A whole percentage, kept as a fraction of 1.
    Percent(u64),
    /// A day.
    Date(NaiveDate),
}

/// What may be entered into a cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// Any text.
    Text,
    /// A day.
    Date,
    /// One of these.
    List(Vec<&'static str>),
}

impl Cell {
    /// A text; none where it is empty.
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        Cell::from(if text.is_empty() { Value::Empty } else { Value::Text(text) })
    }

    /// A whole number.
    pub fn count(n: usize) -> Cell {
        Cell::from(Value::Count(n as u64))
    }

    /// A day, where there is one.
    pub fn date(day: Option<NaiveDate>) -> Cell {
        Cell::from(day.map_or(Value::Empty, Value::Date))
    }

    /// The same cell, to be filled in.
    pub fn open(self, entry: Entry) -> Cell {
        Cell { entry: Some(entry), ..self }
    }

    /// The same cell in bold.
    pub fn strong(self) -> Cell {
        Cell { is_strong: true, ..self }
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Cell {
        Cell { value, entry: None, is_strong: false }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::text(text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::text(text)
    }
}

/// A chart of some rows of the table on its sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// How it is drawn.
    pub kind: ChartKind,
    /// Its title.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// The column with the names of the values.
    pub names: usize,
    /// The columns with the values, each a series.
    pub series: Vec<usize>,
    /// The rows of the table, counted from 0.
    pub rows: Range<usize>,
    /// The highest value of the scale.
    pub highest: u8,
    /// The column of the sheet at which its left edge stands.
    pub at_column: u16,
    /// Its width in pixels.
    pub width: u32,
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// A bar for each value, from the left.
    Bars,
    /// A net with an axis for each value.
    Radar,
}

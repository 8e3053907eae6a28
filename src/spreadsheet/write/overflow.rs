//! Texts that are longer than a cell: the cell says where it goes on, and a sheet of its own holds the rest. Nothing is lost.

use std::borrow::Cow;

use crate::{
    clean_text::clean_text,
    spreadsheet::{
        LONGEST_CELL,
        book::{Cell, Column, Sheet},
        column_name, units,
    },
};

/// The sheet that takes what does not fit.
const NAME: &str = "Continued";
/// Units that are kept free for the words which say where a text goes on.
const ROOM: usize = 80;

/// What did not fit so far.
#[derive(Default)]
pub(super) struct Overflow {
    rows: Vec<Vec<Cell>>,
}

impl Overflow {
    /// The text for a cell, cleaned; of one that is too long the beginning, and the rest is kept.
    pub(super) fn fit<'a>(&mut self, text: &'a str, sheet: &str, row: usize, column: usize) -> Cow<'a, str> {
        let text = clean(text);
        if units(&text) <= LONGEST_CELL {
            return text;
        }
        let (begin, mut rest) = text.split_at(cut(&text));
        // Row 1 of the sheet holds its headings.
        let begin = format!("{begin} [continued on sheet {NAME}, row {}]", self.rows.len() + 2);
        while !rest.is_empty() {
            let (part, more) = rest.split_at(cut(rest));
            let place = format!("{}{}", column_name(column), row + 1);
            self.rows.push(vec![sheet.into(), place.into(), part.into()]);
            rest = more;
        }
        Cow::Owned(begin)
    }

    /// The sheet with what did not fit; none where everything did.
    pub(super) fn sheet(self) -> Option<Sheet> {
        let columns = vec![Column::new("Sheet", 16), Column::new("Cell", 10), Column::new("Text", 120)];
        (!self.rows.is_empty()).then(|| Sheet { columns, rows: self.rows, ..Sheet::new(NAME) })
    }
}

/// Where to cut a text so that its beginning fits into a cell with some words behind it.
fn cut(text: &str) -> usize {
    let mut length = 0;
    for (index, c) in text.char_indices() {
        length += c.len_utf16();
        if length > LONGEST_CELL - ROOM {
            return index;
        }
    }
    text.len()
}

/// A text of which all is seen. Two characters that no XML file can hold go too.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let text = clean_text(text);
    if text.contains(['\u{fffe}', '\u{ffff}']) { Cow::Owned(text.replace(['\u{fffe}', '\u{ffff}'], "")) } else { text }
}

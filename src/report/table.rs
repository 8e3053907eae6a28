//! A table: aligned text for a given width, Markdown, or CSV. Where the columns do not fit, each row becomes a short paragraph.

use serde::Serialize;

use crate::report::{
    Style, escape,
    line::{Line, Tone},
};

/// Rows of cells under headings. Every row has as many cells as there are columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Line>>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    heading: String,
    align: Align,
    share: usize,
    is_key: bool,
}

/// On which side of a column its cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// Spaces between columns.
const GAP: usize = 2;
/// A longer word than this may be broken to make a table fit, in columns.
const LONGEST_KEPT_WORD: usize = 24;

impl Column {
    /// A column of words.
    pub fn words(heading: &str) -> Column {
        Column { heading: heading.to_owned(), align: Align::Left, share: 100, is_key: false }
    }

    /// A column of figures.
    pub fn figures(heading: &str) -> Column {
        Column { align: Align::Right, ..Column::words(heading) }
    }

    /// The largest part of the page that it takes where a table is too wide, in percent.
    pub fn share(self, share: usize) -> Column {
        Column { share, ..self }
    }

    /// Marks a column that names the row: it heads the paragraph that stands for a row where columns do not fit.
    pub fn key(self) -> Column {
        Column { is_key: true, ..self }
    }
}

impl Table {
    /// A table without rows.
    pub fn new(columns: Vec<Column>) -> Table {
        Table { columns, rows: Vec::new() }
    }

    /// A table of words under these headings, for CSV.
    pub fn plain(headings: &[&str]) -> Table {
        Table::new(headings.iter().map(|heading| Column::words(heading)).collect())
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<Line>) {
        assert_eq!(row.len(), self.columns.len(), "a row has one cell for each column");
        self.rows.push(row);
    }

    /// The headings.
    pub(super) fn headings(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.heading.as_str())
    }

    /// The rows as plain texts, not escaped for any format.
    pub(super) fn contents(&self) -> impl Iterator<Item = Vec<String>> {
        self.rows.iter().map(|row| row.iter().map(Line::content).collect())
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The lines of the table in at most `width` columns; as paragraphs where it does not fit.
    pub fn text(&self, width: usize, style: Style) -> Vec<String> {
        match self.widths(width) {
            Some(widths) => self.grid(&widths, style),
            None => self.rows.iter().flat_map(|row| self.paragraph(row, width, style)).collect(),
        }
    }

    /// The table in Markdown, with a line break at the end.
    pub fn markdown(&self) -> String {
        let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let headings = self.columns.iter().map(|column| escape::markdown(&column.heading)).collect();
        let rules = self.columns.iter().map(|column| match column.align {
            Align::Left => "---".to_owned(),
            Align::Right => "---:".to_owned(),
        });
        let rows = self.rows.iter().map(|cells| row(cells.iter().map(Line::markdown).collect()));
        [row(headings), row(rules.collect())].into_iter().chain(rows).collect()
    }

    /// The table after RFC 4180, its headings first. No cell starts a formula.
    pub fn csv(&self) -> String {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let headings = self.columns.iter().map(|column| escape::cell(&column.heading)).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(|cell| escape::cell(&cell.content())).collect());
        for record in std::iter::once(headings).chain(rows) {
            let record: Vec<String> = record;
            writer.write_record(&record).expect("writing to memory cannot fail, and all rows are as long");
        }
        let bytes = writer.into_inner().expect("writing to memory cannot fail");
        String::from_utf8(bytes).expect("cells are UTF-8, and so are commas and quotes")
    }

    /// The widths of the columns, or nothing when they cannot be made to fit.
    pub(super) fn widths(&self, width: usize) -> Option<Vec<usize>> {
        let available = width.checked_sub(GAP * self.columns.len().saturating_sub(1))?;
        let wanted: Vec<usize> = self.columns_by(Line::columns);
        if wanted.iter().sum::<usize>() <= available {
            return Some(wanted);
        }
        let least: Vec<usize> = self.columns_by(|cell| cell.longest_word().min(LONGEST_KEPT_WORD));
        if least.iter().sum::<usize>() > available {
            return None;
        }
        // Figures give way at once, so that their headings wrap before words do.
        let limits = self.columns.iter().zip(&wanted).zip(&least).map(|((column, wanted), least)| match column.align {
            Align::Left => (*wanted).min((width * column.share / 100).max(*least)),
            Align::Right => *least,
        });
        let mut widths: Vec<usize> = limits.collect();
        while widths.iter().sum::<usize>() > available {
            // The widest column that can still give way; there is one, for the least widths fit.
            let can_give = (0..widths.len()).filter(|index| widths[*index] > least[*index]);
            let widest = can_give.max_by_key(|index| widths[*index])?;
            widths[widest] -= 1;
        }
        Some(widths)
    }

    /// The largest measure of the cells of each column, its heading included.
    fn columns_by(&self, measure: impl Fn(&Line) -> usize) -> Vec<usize> {
        let of_column = |(index, column): (usize, &Column)| {
            let cells = self.rows.iter().map(|row| measure(&row[index]));
            cells.chain([measure(&Line::from(column.heading.as_str()))]).max().unwrap_or_default()
        };
        self.columns.iter().enumerate().map(of_column).collect()
    }

    /// The lines of the table in columns of these widths; longer words are broken.
    pub(super) fn grid(&self, widths: &[usize], style: Style) -> Vec<String> {
        let headings: Vec<Line> =
            self.columns.iter().map(|column| Line::toned(&column.heading, Tone::Strong)).collect();
        let rules: Vec<Line> = widths.iter().map(|width| Line::from("-".repeat(*width))).collect();
        let rows = [&headings, &rules].into_iter().chain(&self.rows);
        rows.flat_map(|row| self.grid_row(row, widths, style)).collect()
    }

    /// One row, as many lines high as its highest cell.
    fn grid_row(&self, row: &[Line], widths: &[usize], style: Style) -> Vec<String> {
        let cells: Vec<Vec<Line>> = row.iter().zip(widths).map(|(cell, width)| cell.wrap(*width)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or_default();
        let empty = Line::default();
        let line = |at: usize| {
            let parts = cells.iter().zip(widths).zip(&self.columns);
            let parts = parts.map(|((cell, width), column)| {
                let part = cell.get(at).unwrap_or(&empty);
                let padding = " ".repeat(width.saturating_sub(part.columns()));
                match column.align {
                    Align::Left => format!("{}{padding}", part.print(style)),
                    Align::Right => format!("{padding}{}", part.print(style)),
                }
            });
            parts.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end().to_owned()
        };
        (0..height).map(line).collect()
    }

    /// A row as a paragraph: its key cells as the first line, the others with their headings under it.
    fn paragraph(&self, row: &[Line], width: usize, style: Style) -> Vec<String> {
        let mut head = Line::default();
        let mut body = Line::default();
        for (cell, column) in row.iter().zip(&self.columns).filter(|(cell, _)| !cell.is_empty()) {
            if column.is_key {
                head = if head.is_empty() { head } else { head.and(" ", Tone::Plain) }.join(cell.clone());
            } else {
                let separator = if body.is_empty() { "" } else { "; " };
                body = body.and(format!("{separator}{}: ", column.heading), Tone::Plain).join(cell.clone());
            }
        }
        let head = head.wrap(width).into_iter().map(|line| line.print(style));
        let body = body.wrap(width.saturating_sub(GAP)).into_iter().map(|line| format!("  {}", line.print(style)));
        head.chain(body).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table =
            Table::new(vec![Column::words("Id").key(), Column::words("Title").key(), Column::figures("Level")]);
        table.push(vec!["4.1".into(), "Knowing the world outside".into(), "3.0".into()]);
        table.push(vec!["A.10.2".into(), "漢字 | a".into(), "10.0".into()]);
        table
    }

    #[test]
    fn columns_are_aligned_and_cells_wrapped() {
        assert_eq!(
            table().text(80, Style::Plain),
            [
                "Id      Title                      Level",
                "------  -------------------------  -----",
                "4.1     Knowing the world outside    3.0",
                "A.10.2  漢字 | a                    10.0",
            ]
        );
        assert_eq!(
            table().text(28, Style::Plain),
            [
                "Id      Title          Level",
                "------  -------------  -----",
                "4.1     Knowing the      3.0",
                "        world outside",
                "A.10.2  漢字 | a        10.0",
            ]
        );
    }

    #[test]
    fn rows_become_paragraphs_where_columns_do_not_fit() {
        assert_eq!(
            table().text(20, Style::Plain),
            ["4.1 Knowing the", "world outside", "  Level: 3.0", "A.10.2 漢字 | a", "  Level: 10.0"]
        );
    }

    #[test]
    fn a_share_limits_a_column_of_a_table_that_is_too_wide() {
        let mut table = Table::new(vec![Column::words("A").share(25), Column::words("B")]);
        table.push(vec!["one two three four five".into(), "one two three four five six seven".into()]);
        assert_eq!(
            table.text(40, Style::Plain),
            [
                "A           B",
                "----------  ----------------------------",
                "one two     one two three four five six",
                "three four  seven",
                "five"
            ]
            .map(|line| line.replace("----------------------------", &"-".repeat(28)))
        );
        let wide: Vec<String> = table.text(80, Style::Plain);
        assert!(wide[2].starts_with("one two three four five  one two"), "there is room for all: {wide:?}");
    }

    #[test]
    fn markdown_cells_cannot_break_the_table() {
        assert_eq!(
            table().markdown(),
            "| Id | Title | Level |\n| --- | --- | ---: |\n| 4.1 | Knowing the world outside | 3.0 |\n\
             | A.10.2 | 漢字 \\| a | 10.0 |\n"
        );
        let mut table = Table::plain(&["A"]);
        table.push(vec!["one\n| two".into()]);
        assert_eq!(table.markdown(), "| A |\n| --- |\n| one \\| two |\n");
    }

    #[test]
    fn csv_quotes_what_needs_it_and_starts_no_formula() {
        let mut table = Table::plain(&["a", "b"]);
        table.push(vec!["x, \"y\"".into(), "=1+1".into()]);
        table.push(vec!["two\nlines".into(), Line::default()]);
        assert_eq!(table.csv(), "a,b\r\n\"x, \"\"y\"\"\",'=1+1\r\n\"two\nlines\",\r\n");
    }

    #[test]
    fn only_tones_differ_between_styles() {
        let mut table = Table::new(vec![Column::words("Verdict"), Column::figures("n")]);
        table.push(vec![Line::toned("major gap", Tone::Major), "1".into()]);
        assert_eq!(table.text(80, Style::Plain), ["Verdict    n", "---------  -", "major gap  1"]);
        assert_eq!(
            table.text(80, Style::Ansi),
            ["\x1b[1mVerdict\x1b[0m    \x1b[1mn\x1b[0m", "---------  -", "\x1b[1;31mmajor gap\x1b[0m  1"]
        );
    }
}

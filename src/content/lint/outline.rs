//! The outline of a questionnaire file: its records, their fields and texts, and where each of them stands.
//!
//! RON drops positions once a value is read. A problem found later is placed by walking the outline beside the value:
//! the third action of the catalogue is the third record of the field `actions`. Any text has an outline, well formed or not.

use std::path::Path;

use crate::ron_text::Place;

/// A questionnaire file with its outline.
pub(super) struct File<'a> {
    /// The path as it was read.
    pub(super) path: &'a Path,
    /// The text without a byte order mark, as the parser counts its columns.
    pub(super) text: &'a str,
    /// The file as a whole, then everything in round brackets, in the order of the text.
    records: Vec<Record>,
    /// All strings of the file.
    pub(super) strings: Vec<Text>,
}

/// What stands between two round brackets.
struct Record {
    offset: usize,
    fields: Vec<Field>,
}

/// A named field with the texts and records that stand directly in it.
struct Field {
    name: String,
    offset: usize,
    texts: Vec<usize>,
    records: Vec<usize>,
}

/// One string literal.
pub(super) struct Text {
    /// Where its quotation mark stands.
    pub(super) offset: usize,
    /// As it is written, with quotation marks and escapes.
    pub(super) literal: String,
    /// What it says.
    pub(super) value: String,
}

/// A record or a part of it, where a problem can be placed and its parts can be looked up.
///
/// A part that is not written falls back to the record that should have it.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    /// The file that it stands in.
    pub(super) file: &'a File<'a>,
    record: usize,
    offset: usize,
}

impl<'a> File<'a> {
    /// Reads the outline of a text.
    pub(super) fn new(path: &'a Path, text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut file =
            File { path, text, records: vec![Record { offset: 0, fields: Vec::new() }], strings: Vec::new() };
        let mut open = vec![0];
        let mut offset = 0;
        while offset < text.len() {
            let (token, length) = token(&text[offset..]);
            file.add(token, offset, &mut open);
            offset += length;
        }
        file
    }

    /// The outermost record.
    pub(super) fn root(&'a self) -> Spot<'a> {
        let record = self.records.len().min(2) - 1;
        Spot { file: self, record, offset: self.records[record].offset }
    }

    /// The place of one of its strings.
    pub(super) fn spot(&'a self, offset: usize) -> Spot<'a> {
        Spot { file: self, record: 0, offset }
    }

    /// Adds what was read at `offset` to the innermost of the records that are `open`.
    fn add(&mut self, token: Token<'_>, offset: usize, open: &mut Vec<usize>) {
        let new_record = self.records.len();
        let new_string = self.strings.len();
        let innermost = open.last().map(|record| &mut self.records[*record].fields);
        match token {
            Token::Open => {
                if let Some(field) = innermost.and_then(|fields| fields.last_mut()) {
                    field.records.push(new_record);
                }
                self.records.push(Record { offset, fields: Vec::new() });
                open.push(new_record);
            }
            Token::Close => drop(open.pop()),
            Token::Name(name) => {
                if let Some(fields) = innermost {
                    fields.push(Field { name: name.to_owned(), offset, texts: Vec::new(), records: Vec::new() });
                }
            }
            Token::Text(literal) => {
                if let Some(field) = innermost.and_then(|fields| fields.last_mut()) {
                    field.texts.push(new_string);
                }
                let value = ron::from_str(literal).unwrap_or_else(|_| literal.to_owned());
                self.strings.push(Text { offset, literal: literal.to_owned(), value });
            }
            Token::Other => {}
        }
    }
}

impl<'a> Spot<'a> {
    /// Line and column.
    pub(super) fn place(self) -> Place {
        Place::of(self.file.text, self.offset)
    }

    /// Where the name of a field stands.
    pub(super) fn field(self, name: &str) -> Spot<'a> {
        self.find(name).map_or(self, |field| Spot { offset: field.offset, ..self })
    }

    /// The text of a field, or one of the texts of a list, counted from 0.
    pub(super) fn text(self, name: &str, index: usize) -> Spot<'a> {
        let string = self.find(name).and_then(|field| field.texts.get(index));
        string.map_or(self.field(name), |string| Spot { offset: self.file.strings[*string].offset, ..self })
    }

    /// What the text of a field says.
    pub(super) fn value(self, name: &str) -> Option<&'a str> {
        let string = self.find(name)?.texts.first()?;
        Some(&self.file.strings[*string].value)
    }

    /// One of the records of a field, counted from 0.
    pub(super) fn record(self, name: &str, index: usize) -> Spot<'a> {
        let record = self.find(name).and_then(|field| field.records.get(index));
        record.map_or(self, |record| Spot { record: *record, offset: self.file.records[*record].offset, ..self })
    }

    /// All records of a field, in the order of the file.
    pub(super) fn records(self, name: &str) -> Vec<Spot<'a>> {
        let count = self.find(name).map_or(0, |field| field.records.len());
        (0..count).map(|index| self.record(name, index)).collect()
    }

    fn find(self, name: &str) -> Option<&'a Field> {
        self.file.records[self.record].fields.iter().find(|field| field.name == name)
    }
}

/// The parts of RON that make up an outline.
enum Token<'a> {
    Open,
    Close,
    Name(&'a str),
    Text(&'a str),
    /// Comments, numbers, white space and all else.
    Other,
}

/// The token at the start of a text that is not empty, and its length in bytes.
fn token(text: &str) -> (Token<'_>, usize) {
    if text.starts_with("//") {
        return (Token::Other, text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return (Token::Other, block_comment(text));
    }
    if let Some(length) = string(text) {
        return (Token::Text(&text[..length]), length);
    }
    let first = text.chars().next().map_or(1, char::len_utf8);
    let word = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    match text.as_bytes()[0] {
        b'(' => (Token::Open, 1),
        b')' => (Token::Close, 1),
        _ if word == 0 => (Token::Other, first),
        _ if text[word..].trim_start().starts_with(':') => (Token::Name(&text[..word]), word),
        _ => (Token::Other, word),
    }
}

/// The length of the string literal at the start of a text, plain or raw, if there is one.
fn string(text: &str) -> Option<usize> {
    if text.starts_with('"') {
        let mut escaped = false;
        let close = text.bytes().skip(1).position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        return Some(close.map_or(text.len(), |close| close + 2));
    }
    let hashes = text.strip_prefix('r')?.bytes().take_while(|byte| *byte == b'#').count();
    let opening = 1 + hashes + 1;
    if text.as_bytes().get(opening - 1) != Some(&b'"') {
        return None;
    }
    let closing = format!("\"{}", "#".repeat(hashes));
    Some(text[opening..].find(&closing).map_or(text.len(), |close| opening + close + closing.len()))
}

/// The length of the block comment at the start of a text; block comments nest.
fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while let Some(next) = text[at..].find(['/', '*']) {
        at += next;
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(spot: Spot<'_>) -> (usize, usize) {
        (spot.place().line, spot.place().column)
    }

    #[test]
    fn fields_texts_and_records_are_found_where_they_stand() {
        let text = concat!(
            "// (id: \"in a comment\") /*\n",
            "(\n",
            "    things: [ /* (x: 1) /* \" */ */\n",
            "        (titel: \"ä\", id: \"a \\\" (b: 2)\", list: [\"x\", r#\"y \"z\" (\"#]),\n",
            "        (to: 3, id: \"b\", inner: [(id: \"c\")], list: []),\n",
            "    ],\n",
            "    last: \"end\",\n",
            ")\n",
        );
        let file = File::new(Path::new("x.ron"), text);
        let things = file.root().records("things");
        assert_eq!(things.len(), 2);
        assert_eq!(place(things[0]), (4, 9));
        assert_eq!(things[0].value("id"), Some("a \" (b: 2)"));
        assert_eq!(place(things[0].text("id", 0)), (4, 26));
        assert_eq!(place(things[0].text("list", 1)), (4, 53));
        assert_eq!(place(things[1].field("to")), (5, 10));
        assert_eq!(things[1].value("id"), Some("b"));
        assert_eq!(things[1].record("inner", 0).value("id"), Some("c"));
        assert_eq!(place(file.root().text("last", 0)), (7, 11));
        assert_eq!(file.strings.iter().filter(|text| text.value == "y \"z\" (").count(), 1);
    }

    #[test]
    fn what_is_not_written_is_placed_at_its_record() {
        let file = File::new(Path::new("x.ron"), "\u{feff}(a: 1, list: [(b: 2)])");
        assert_eq!(place(file.root().field("c")), (1, 1));
        assert_eq!(place(file.root().text("a", 0)), (1, 2));
        assert_eq!(place(file.root().record("list", 7)), (1, 1));
        assert_eq!(file.root().value("a"), None);
    }

    #[test]
    fn broken_texts_have_an_outline_too() {
        for text in ["", ")", "((", "\"open", "r#\"open", "/* open /*", "//", "a:", "r", "r##", "ä:\"\\", "))(a:\"b\")"]
        {
            let file = File::new(Path::new("x.ron"), text);
            assert_eq!(file.root().place().line, 1, "{text:?}");
        }
    }
}

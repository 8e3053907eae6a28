//! RON as this program reads and writes it, and one readable error: `path:line:col`, what is wrong, what would be right.

pub mod outline;
pub mod tokens;
mod wording;

use std::{fmt, path::PathBuf};

use ron::{
    Options,
    error::{Position, SpannedError},
    extensions::Extensions,
    ser::PrettyConfig,
};
use serde::{Deserialize, Serialize};

use crate::{
    clean_text::hidden::is_hidden,
    ron_text::tokens::{TokenKind, tokens},
};

/// A place in a text file, both counted from 1; column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Place {
    /// The place of a byte offset in a text.
    pub fn of(text: &str, offset: usize) -> Place {
        let before = &text[..text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Place { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }

    /// Where `needle` first stands in `text`, searched from the first occurrence of `anchor` on; the start if nowhere.
    ///
    /// RON drops positions once a value is read; a problem found later is placed by looking for its words again.
    pub fn find(text: &str, anchor: &str, needle: &str) -> Place {
        let from = text.find(anchor).unwrap_or(0);
        Place::of(text, text[from..].find(needle).map_or(from, |at| from + at))
    }
}

/// A problem in a file that a person wrote or edited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// Where in the file; nothing when the file as a whole is meant.
    pub place: Option<Place>,
    /// What is wrong and what would be right.
    pub message: String,
    /// The line in question, shortened; empty when there is none.
    pub excerpt: String,
}

/// The longest message and excerpt that is printed, in characters.
const LONGEST: usize = 200;

impl Problem {
    /// A problem with a file as a whole.
    pub fn with_file(path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Problem { path: path.into(), place: None, message: shorten(&message.into()), excerpt: String::new() }
    }

    /// A problem at a place in a text.
    pub fn at(path: impl Into<PathBuf>, text: &str, place: Place, message: impl Into<String>) -> Self {
        let excerpt = shorten(text.lines().nth(place.line - 1).unwrap_or_default().trim());
        Problem { path: path.into(), place: Some(place), message: shorten(&message.into()), excerpt }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display().to_string().replace(|c| c == '\n' || is_hidden(c), "?"))?;
        if let Some(Place { line, column }) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.message)?;
        if self.excerpt.is_empty() { Ok(()) } else { write!(f, "\n    {}", self.excerpt) }
    }
}

impl std::error::Error for Problem {}

/// Keeps a text short and free of hidden characters, so that a hostile file cannot write on the terminal.
fn shorten(text: &str) -> String {
    let mut clean = text.chars().map(|c| if c == '\n' || is_hidden(c) { ' ' } else { c });
    let mut short: String = clean.by_ref().take(LONGEST).collect();
    if clean.next().is_some() {
        short.push_str("...");
    }
    short
}

fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// A text without the byte order mark that some editors put first.
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Reads a value; a leading byte order mark is passed over.
///
/// # Errors
/// The first problem, with its place in the text.
pub fn parse<'t, T: Deserialize<'t>>(path: impl Into<PathBuf>, text: &'t str) -> Result<T, Box<Problem>> {
    let body = without_mark(text);
    options().from_str(body).map_err(|error| {
        let offset = offset_of(body, &error);
        let message = wording::in_words(&error.code, &body[offset..]);
        Box::new(Problem::at(path, body, Place::of(body, offset), message))
    })
}

/// Where the value that an error is about begins. The parser may point before the space in front of it, or behind it.
fn offset_of(text: &str, error: &SpannedError) -> usize {
    // What is missing is missing where the parser stopped; what is wrong is wrong where it began.
    let Position { line, col } = if wording::is_missing_sign(&error.code) { error.span.end } else { error.span.start };
    let line_start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let in_line: usize = text[line_start..].chars().take(col.saturating_sub(1)).map(char::len_utf8).sum();
    let offset = line_start + in_line;
    let Some(token) = tokens(text).find(|token| token.offset + token.text.len() > offset) else { return offset };
    // A text that a type of the model refuses is refused after it was read.
    let is_refused_text = token.kind == TokenKind::Quoted && matches!(error.code, ron::Error::Message(_));
    if is_refused_text { token.offset } else { offset.max(token.offset) }
}

/// Whether a line of a file is one that git leaves where a merge failed.
pub fn is_conflict_marker(line: &str) -> bool {
    line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ")
}

/// Writes a value: fields one per line down to `depth`, deeper values on one line, multi-line texts as they read.
pub fn print<T: Serialize>(value: &T, depth: usize) -> String {
    let printed = print_with(value, depth, false);
    // What would not be read back from plain text (control characters, signs of a conflict) is written in escapes.
    let needs_escapes = |line: &str| is_conflict_marker(line) || line.contains(|c: char| c.is_control() && c != '\t');
    if printed.split('\n').any(needs_escapes) { print_with(value, depth, true) } else { printed }
}

fn print_with<T: Serialize>(value: &T, depth: usize, escape: bool) -> String {
    let config = PrettyConfig::new()
        .depth_limit(depth)
        .new_line("\n")
        .indentor("    ")
        .escape_strings(escape)
        .extensions(Extensions::IMPLICIT_SOME);
    options().to_string_pretty(value, config).expect("values of the model have a RON form")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> String {
        parse("test", text).expect("what was printed")
    }

    #[test]
    fn a_text_is_printed_as_it_reads_and_in_escapes_where_it_must() {
        let case = |text: &str, printed: &str| {
            assert_eq!(print(&text, 0), printed);
            assert_eq!(parsed(printed), text);
        };
        case("", r#""""#);
        case("two\nlines\tand 東京 👍🏽  ", "\"two\nlines\tand 東京 👍🏽  \"");
        case(r#"a "quoted" \ one"#, r###"r#"a "quoted" \ one"#"###);
        case(r###"a "# b "## c"###, r####"r###"a "# b "## c"###"####);
        case("a\r\nb\u{1b}", r#""a\r\nb\u{1b}""#);
        case("x\n<<<<<<< HEAD\ny", r#""x\n<<<<<<< HEAD\ny""#);
        case("<<<<<<< HEAD", "\"<<<<<<< HEAD\"");
    }

    proptest! {
        #[test]
        fn any_text_is_read_back_as_it_was(text in any::<String>(), nasty in "[\"#\\\\ra'\t\n\r \u{0}\u{85}\u{301}<]{0,20}") {
            prop_assert_eq!(parsed(&print(&text, 0)), text);
            prop_assert_eq!(parsed(&print(&nasty, 0)), nasty);
        }
    }
}

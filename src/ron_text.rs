//! RON as this program reads and writes it, and one readable error: `path:line:col`, what is wrong, what would be right.

use std::{fmt, path::PathBuf};

use ron::{Options, extensions::Extensions, ser::PrettyConfig};
use serde::{Serialize, de::DeserializeOwned};

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
        write!(f, "{}", self.path.display())?;
        if let Some(Place { line, column }) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.message)?;
        if self.excerpt.is_empty() { Ok(()) } else { write!(f, "\n    {}", self.excerpt) }
    }
}

impl std::error::Error for Problem {}

/// Keeps a text short and free of control characters, so that a hostile file cannot write on the terminal.
fn shorten(text: &str) -> String {
    let clean = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = clean.clone().take(LONGEST).collect();
    if clean.count() > LONGEST {
        short.push_str("...");
    }
    short
}

fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// Reads a value; a leading byte order mark is passed over.
///
/// # Errors
/// The first problem, with its place in the text.
pub fn parse<T: DeserializeOwned>(path: impl Into<PathBuf>, text: &str) -> Result<T, Box<Problem>> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    options().from_str(body).map_err(|error| {
        let place = Place { line: error.span.start.line.max(1), column: error.span.start.col.max(1) };
        Box::new(Problem::at(path, body, place, error.code.to_string()))
    })
}

/// Writes a value: fields one per line down to `depth`, deeper values on one line, multi-line strings as they read.
pub fn print<T: Serialize>(value: &T, depth: usize) -> String {
    let config = PrettyConfig::new()
        .depth_limit(depth)
        .new_line("\n")
        .indentor("    ")
        .escape_strings(false)
        .extensions(Extensions::IMPLICIT_SOME);
    options().to_string_pretty(value, config).expect("values of the model have a RON form")
}

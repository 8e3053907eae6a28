//! A line of text in several tones: clean by construction, wrapped by what a terminal shows rather than by bytes.

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::report::{Style, escape};

/// A space at which a line is not broken, as in `83 %`; it prints as a plain space.
pub const FIXED_SPACE: char = '\u{a0}';

/// What a piece of text is, which a terminal may show by weight or colour. Words always say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Running text.
    #[default]
    Plain,
    /// What catches the eye: headings, names of fields.
    Strong,
    /// What stands back: hints.
    Faint,
    /// A major gap.
    Major,
    /// A minor gap.
    Minor,
    /// Not known or not shown yet.
    Open,
    /// In order.
    Good,
}

impl Tone {
    /// The escape sequence that switches it on; nothing for running text.
    const fn escape_sequence(self) -> Option<&'static str> {
        match self {
            Tone::Plain => None,
            Tone::Strong => Some("\x1b[1m"),
            Tone::Faint => Some("\x1b[2m"),
            Tone::Major => Some("\x1b[1;31m"),
            Tone::Minor => Some("\x1b[33m"),
            Tone::Open => Some("\x1b[36m"),
            Tone::Good => Some("\x1b[32m"),
        }
    }

    /// The Markdown around it.
    const fn markdown(self) -> &'static str {
        match self {
            Tone::Strong => "**",
            Tone::Faint => "*",
            Tone::Plain | Tone::Major | Tone::Minor | Tone::Open | Tone::Good => "",
        }
    }
}

/// A line of text, of any length; every piece of it is clean.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    spans: Vec<(String, Tone)>,
}

impl From<String> for Line {
    fn from(text: String) -> Line {
        Line::toned(text, Tone::Plain)
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Line {
        Line::toned(text, Tone::Plain)
    }
}

impl Line {
    /// A line in one tone.
    pub fn toned(text: impl AsRef<str>, tone: Tone) -> Line {
        Line::default().and(text, tone)
    }

    /// The line with a piece more; an empty piece adds nothing.
    pub fn and(mut self, text: impl AsRef<str>, tone: Tone) -> Line {
        let text = escape::clean(text.as_ref());
        if !text.is_empty() {
            self.spans.push((text, tone));
        }
        self
    }

    /// The line with all pieces of another one behind it.
    pub fn join(mut self, other: Line) -> Line {
        self.spans.extend(other.spans);
        self
    }

    /// Whether it shows nothing.
    pub fn is_empty(&self) -> bool {
        self.spans.iter().all(|(text, _)| text.trim().is_empty())
    }

    /// The text alone, with its line breaks.
    pub fn content(&self) -> String {
        self.spans.iter().map(|(text, _)| text.replace(FIXED_SPACE, " ")).collect()
    }

    /// The columns that it takes on one line.
    pub fn columns(&self) -> usize {
        columns_of(&self.words())
    }

    /// The columns of its longest word, under which it cannot be wrapped well.
    pub fn longest_word(&self) -> usize {
        self.words().iter().map(|word| width_of(word)).max().unwrap_or_default()
    }

    /// The line broken between words into lines of at most `width` columns; a word that is longer is broken between
    /// characters as people count them. No line has a space at either end.
    pub fn wrap(&self, width: usize) -> Vec<Line> {
        let mut lines: Vec<Vec<Word>> = Vec::new();
        for word in self.words().into_iter().flat_map(|word| break_word(word, width)) {
            match lines.last_mut() {
                Some(line) if columns_of(line) + 1 + width_of(&word) <= width => line.push(word),
                Some(_) | None => lines.push(vec![word]),
            }
        }
        lines.into_iter().map(|words| line_of(&words)).collect()
    }

    /// The line as it goes to a terminal or a text file, white space drawn together.
    pub fn print(&self, style: Style) -> String {
        let line = line_of(&self.words());
        let print_span = |(text, tone): &(String, Tone)| match (style, tone.escape_sequence()) {
            (Style::Ansi, Some(on)) => format!("{on}{text}\x1b[0m"),
            (Style::Ansi, None) | (Style::Plain, _) => text.clone(),
        };
        line.spans.iter().map(print_span).collect()
    }

    /// The line as Markdown, white space drawn together.
    pub fn markdown(&self) -> String {
        let line = line_of(&self.words());
        let mut printed = String::new();
        for (text, tone) in &line.spans {
            let (mark, escaped) = (tone.markdown(), escape::markdown(text));
            // Emphasis does not open before a space or close behind one.
            let (body, trimmed) = (escaped.trim(), escaped.trim_start());
            let (before, after) = (escaped.len() - trimmed.len(), trimmed.len() - body.len());
            printed.push_str(&" ".repeat(before));
            printed.push_str(&if body.is_empty() { String::new() } else { format!("{mark}{body}{mark}") });
            printed.push_str(&" ".repeat(after));
        }
        printed
    }

    /// The characters between white space, each with its width and tone.
    fn words(&self) -> Vec<Word<'_>> {
        let mut words: Vec<Word> = vec![Word::new()];
        for (text, tone) in &self.spans {
            for character in text.graphemes(true) {
                if character.chars().all(|c| c.is_whitespace() && c != FIXED_SPACE) {
                    words.push(Word::new());
                } else if let Some(word) = words.last_mut() {
                    let text = if character.starts_with(FIXED_SPACE) { " " } else { character };
                    word.push(Glyph { text, width: text.width(), tone: *tone });
                }
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }
}

/// A character as people count them.
#[derive(Clone, Copy)]
struct Glyph<'a> {
    text: &'a str,
    width: usize,
    tone: Tone,
}

type Word<'a> = Vec<Glyph<'a>>;

fn width_of(word: &[Glyph]) -> usize {
    word.iter().map(|glyph| glyph.width).sum()
}

fn columns_of(words: &[Word]) -> usize {
    let widths: usize = words.iter().map(|word| width_of(word)).sum();
    widths + words.len().saturating_sub(1)
}

/// The word in pieces of at most `width` columns; a character that is wider stands alone.
fn break_word(word: Word, width: usize) -> Vec<Word> {
    let mut pieces: Vec<Word> = Vec::new();
    for glyph in word {
        match pieces.last_mut() {
            Some(piece) if width_of(piece) + glyph.width <= width => piece.push(glyph),
            Some(_) | None => pieces.push(vec![glyph]),
        }
    }
    pieces
}

/// Words with single spaces between them; a space between two words of one tone has that tone.
fn line_of(words: &[Word]) -> Line {
    let mut line = Line::default();
    let mut last = None;
    for word in words {
        for (index, glyph) in word.iter().enumerate() {
            if let (0, Some(before)) = (index, last) {
                line.append(" ", if before == glyph.tone { before } else { Tone::Plain });
            }
            line.append(glyph.text, glyph.tone);
        }
        last = word.last().map(|glyph| glyph.tone);
    }
    line
}

impl Line {
    /// Adds clean text, to the last piece where the tone is the same.
    fn append(&mut self, text: &str, tone: Tone) {
        match self.spans.last_mut() {
            Some((last, last_tone)) if *last_tone == tone => last.push_str(text),
            Some(_) | None => self.spans.push((text.to_owned(), tone)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: usize) -> Vec<String> {
        Line::from(text).wrap(width).iter().map(|line| line.print(Style::Plain)).collect()
    }

    #[test]
    fn lines_break_between_words_and_long_words_between_characters() {
        assert_eq!(wrapped("one two  three\nfour", 9), ["one two", "three", "four"]);
        assert_eq!(wrapped("coverage 83\u{a0}% now", 12), ["coverage", "83 % now"]);
        assert_eq!(wrapped("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrapped("漢字仮名交じり文", 5), ["漢字", "仮名", "交じ", "り文"], "each takes two columns");
        assert_eq!(wrapped("漢字", 1), ["漢", "字"], "what is wider than the page stands alone");
        assert_eq!(
            wrapped("e\u{301}e\u{301}e\u{301}", 2),
            ["e\u{301}e\u{301}", "e\u{301}"],
            "marks stay with their base"
        );
        assert_eq!(wrapped("👩\u{200d}💻👩\u{200d}💻", 2), ["👩\u{200d}💻", "👩\u{200d}💻"]);
        assert_eq!(wrapped("  ", 9), Vec::<String>::new());
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        let text =
            "A long sentence with 漢字 and donaudampfschifffahrtsgesellschaft, 👩\u{200d}💻 and 83\u{a0}% of it.";
        for width in 2..90 {
            for line in Line::from(text).wrap(width) {
                assert!(line.columns() <= width, "{line:?} at {width}");
            }
        }
    }

    #[test]
    fn tones_are_shown_only_where_they_may() {
        let line =
            Line::from("status ").and("major gap", Tone::Major).and(", see", Tone::Plain).and(" why", Tone::Strong);
        assert_eq!(line.print(Style::Plain), "status major gap, see why");
        assert_eq!(line.print(Style::Ansi), "status \x1b[1;31mmajor gap\x1b[0m, see \x1b[1mwhy\x1b[0m");
        assert_eq!(line.markdown(), "status major gap, see **why**");
        assert_eq!(Line::toned("a\x1b[2Jb \u{202e}c", Tone::Faint).print(Style::Plain), "a[2Jb c");
    }
}

//! Text in cells: wrapped and cut by display width, never by bytes.

use std::borrow::Cow;

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::clean_text::hidden::is_hidden;

/// The lines of a text at most `width` cells wide; at least one, possibly empty.
pub fn wrap(text: &str, width: u16) -> Vec<Cow<'_, str>> {
    // Line breaking by the rules of Unicode costs ten times as much, and says the same of plain ASCII.
    let separator = if text.is_ascii() { WordSeparator::AsciiSpace } else { WordSeparator::UnicodeBreakProperties };
    let options = || {
        Options::new(usize::from(width.max(1)))
            .word_splitter(WordSplitter::NoHyphenation)
            .word_separator(separator)
            .wrap_algorithm(WrapAlgorithm::FirstFit)
    };
    match visible(text, true) {
        Cow::Borrowed(text) => textwrap::wrap(text, options()),
        Cow::Owned(text) => {
            textwrap::wrap(&text, options()).into_iter().map(|line| Cow::Owned(line.into_owned())).collect()
        }
    }
}

/// A text on one line: line ends become spaces, and what steers or hides in a terminal is left out.
pub fn one_line(text: &str) -> Cow<'_, str> {
    visible(text, false)
}

/// Leaves out control characters and marks of the writing direction, which would shift or reorder a line.
fn visible(text: &str, keep_lines: bool) -> Cow<'_, str> {
    let stays = |c: char| match c {
        '\n' => keep_lines,
        '\u{2028}' | '\u{2029}' => false,
        other => !is_hidden(other),
    };
    if text.chars().all(stays) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().filter_map(|c| match c {
        c if stays(c) => Some(c),
        '\n' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ => None,
    });
    Cow::Owned(shown.collect())
}

/// How many cells a text takes on one line.
pub fn width(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

/// A text cut to at most `width` cells, with three dots where something is missing.
pub fn cut(text: &str, width: u16) -> Cow<'_, str> {
    let room = usize::from(width);
    let text = one_line(text);
    if text.width() <= room {
        return text;
    }
    let dots = &"..."[..room.min(3)];
    let mut used = dots.len();
    let mut end = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > room {
            break;
        }
        end = start + grapheme.len();
    }
    Cow::Owned(format!("{}{dots}", text[..end].trim_end()))
}

/// A text cut or filled with spaces to exactly `width` cells.
pub fn fit(text: &str, width: u16) -> String {
    let cut = cut(text, width);
    let missing = usize::from(width).saturating_sub(cut.width());
    format!("{cut}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_text_is_cut_by_cells() {
        assert_eq!(cut("scope", 5), "scope");
        assert_eq!(cut("scope statement", 8), "scope...");
        assert_eq!(cut("影響評価の記録", 8), "影響...");
        assert_eq!(cut("影響評価", 2), "..");
        assert_eq!(fit("影響", 6), "影響  ");
        assert_eq!(width("影響"), 4);
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}", 4), "e\u{301}...");
    }

    #[test]
    fn what_steers_a_terminal_is_left_out() {
        assert_eq!(cut("a\u{1b}[31mb\u{7}\tc\nd\u{202e}e\u{200f}\u{2066}", 20), "a[31mb c de");
        assert_eq!(fit("\u{202e}ab", 4), "ab  ");
        assert_eq!(wrap("one\r\ntwo \u{9b}2Jthree", 9), ["one", "two", "2Jthree"]);
    }

    #[test]
    fn wrapping_keeps_every_word_and_the_width() {
        let lines = wrap("Approved statement lists units, sites and systems.", 20);
        assert_eq!(lines, ["Approved statement", "lists units, sites", "and systems."]);
        assert!(wrap("影響評価の記録はありますか", 8).iter().all(|line| width(line) <= 8));
        assert_eq!(wrap("", 10).len(), 1);
    }
}

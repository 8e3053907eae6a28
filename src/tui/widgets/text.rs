//! Text in cells: wrapped and cut by display width, never by bytes.

use std::borrow::Cow;

use textwrap::{Options, WordSplitter};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The lines of a text at most `width` cells wide; at least one, possibly empty.
pub fn wrap(text: &str, width: u16) -> Vec<Cow<'_, str>> {
    let options = Options::new(usize::from(width.max(1))).word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(text, options)
}

/// How many cells a text takes on one line.
pub fn width(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

/// A text cut to at most `width` cells, with three dots where something is missing.
pub fn cut(text: &str, width: u16) -> Cow<'_, str> {
    let room = usize::from(width);
    if text.width() <= room {
        return Cow::Borrowed(text);
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
    fn wrapping_keeps_every_word_and_the_width() {
        let lines = wrap("Approved statement lists units, sites and systems.", 20);
        assert_eq!(lines, ["Approved statement", "lists units, sites", "and systems."]);
        assert!(wrap("影響評価の記録はありますか", 8).iter().all(|line| width(line) <= 8));
        assert_eq!(wrap("", 10).len(), 1);
    }
}

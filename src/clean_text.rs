//! Text from outside (typed, pasted, imported, loaded) made safe to store and to show: what is seen is all there is.
//!
//! Cleaning twice changes nothing more.

pub mod hidden;

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::clean_text::hidden::is_hidden;

/// Combining marks that a base may carry; more of them smear over the neighbouring lines of a terminal.
const MOST_MARKS: usize = 4;

/// Cleans a text that may have several lines.
///
/// Line ends become `\n` and tabs a space. [Hidden](is_hidden) characters go; joiners and variation selectors stay only
/// where they shape an emoji or a word. The rest is put into Unicode form NFC with at most four marks on a base.
pub fn clean_text(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return Cow::Borrowed(text);
    }
    let visible: Vec<char> = unify_spaces(text).chars().filter(|c| !is_hidden(*c)).collect();
    Cow::Owned(limit_marks(keep_needed_joiners(&visible).nfc()))
}

/// Cleans a text that has one line, such as a name: line ends become spaces, and no space is left at either end.
pub fn clean_line(text: &str) -> Cow<'_, str> {
    let clean = clean_text(text);
    if clean.contains('\n') || clean.trim().len() < clean.len() {
        Cow::Owned(clean.replace('\n', " ").trim().to_owned())
    } else {
        clean
    }
}

/// Writes every line end as `\n` and every tab as a space.
fn unify_spaces(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n")
        .replace('\t', " ")
}

/// Leaves out joiners and variation selectors that shape nothing.
fn keep_needed_joiners(text: &[char]) -> String {
    let mut kept = String::new();
    let mut before = None;
    for (index, &c) in text.iter().enumerate() {
        let after = text.get(index + 1).copied();
        let is_needed = match c {
            '\u{200c}' => before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic),
            '\u{200d}' => before.is_some_and(|b| is_emoji(b) || b == '\u{fe0f}') && after.is_some_and(is_emoji),
            // The last of the sixteen asks for the colourful form, the one before for the plain one.
            '\u{fe0e}' | '\u{fe0f}' => before.is_some_and(is_emoji) || is_keycap(before, after),
            '\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}' => false,
            _ => true,
        };
        if is_needed {
            kept.push(c);
            before = Some(c);
        }
    }
    kept
}

/// Whether a variation selector between the two makes a key cap such as the emoji `1`.
fn is_keycap(before: Option<char>, after: Option<char>) -> bool {
    matches!(before, Some('0'..='9' | '#' | '*')) && after == Some('\u{20e3}')
}

/// Whether a character is a pictograph (Unicode `Extended_Pictographic` in coarse ranges) or a skin tone.
fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{21aa}'
        | '\u{231a}'..='\u{23ff}' | '\u{24c2}' | '\u{25aa}'..='\u{25fe}' | '\u{2600}'..='\u{27bf}'
        | '\u{2934}' | '\u{2935}' | '\u{2b00}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
        | '\u{1f000}'..='\u{1faff}')
}

/// Leaves out the marks beyond the fourth on each base.
fn limit_marks(text: impl Iterator<Item = char>) -> String {
    let mut marks = 0;
    text.filter(|c| {
        marks = if is_combining_mark(*c) { marks + 1 } else { 0 };
        marks <= MOST_MARKS
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_class_of_characters_is_treated_as_the_table_says() {
        let case = |text: &str, clean: &str| assert_eq!(clean_text(text), clean, "of {text:?}");
        // What is left alone.
        case("", "");
        case(
            "Plain words, \"quoted\" \\ and `#`.\n  Second line  ",
            "Plain words, \"quoted\" \\ and `#`.\n  Second line  ",
        );
        case("Größe, naïve, 東京, Ελλάδα, עברית, हिन्दी, ไทย", "Größe, naïve, 東京, Ελλάδα, עברית, हिन्दी, ไทย");
        // Line ends and tabs.
        case("a\r\nb\rc\u{85}d\u{2028}e\u{2029}f\u{b}g\u{c}h", "a\nb\nc\nd\ne\nf\ng\nh");
        case("a\tb", "a b");
        // Control characters: C0, DEL, C1, and with them every escape sequence.
        case("a\0b\u{1b}[31mc\u{7f}d\u{9b}2Je\u{7}", "ab[31mcd2Je");
        // Direction: marks, embeddings, overrides, isolates, deprecated ones.
        case("a\u{202a}b\u{202b}c\u{202c}d\u{202d}e\u{202e}f", "abcdef");
        case("a\u{2066}b\u{2067}c\u{2068}d\u{2069}e\u{200e}f\u{200f}g\u{61c}h\u{206a}i", "abcdefghi");
        // Zero width, byte order mark, annotations.
        case("a\u{200b}b\u{2060}c\u{2061}d\u{2064}e\u{feff}f\u{fff9}g", "abcdefg");
        // Tags.
        case("a\u{e0001}\u{e0041}b\u{e007f}c", "abc");
        // Joiners: kept between emoji, between letters only the one that parts them.
        case("👩\u{200d}💻 👩🏽\u{200d}🚒 ❤\u{fe0f}\u{200d}🔥", "👩\u{200d}💻 👩🏽\u{200d}🚒 ❤\u{fe0f}\u{200d}🔥");
        case("a\u{200d}b 👩\u{200d}x \u{200d}", "ab 👩x ");
        case("می\u{200c}خواهم a\u{200c}\u{200c}b \u{200c}c", "می\u{200c}خواهم a\u{200c}b c");
        // Variation selectors: kept on emoji and key caps.
        case(
            "❤\u{fe0f} ☎\u{fe0e} 1\u{fe0f}\u{20e3} a\u{fe0f}b 葛\u{e0100}",
            "❤\u{fe0f} ☎\u{fe0e} 1\u{fe0f}\u{20e3} ab 葛",
        );
        // NFC, also where only something hidden kept two characters apart.
        case("e\u{301} e\u{200b}\u{301} e\u{200d}\u{301} \u{212b}", "é é é \u{c5}");
        // At most four marks on a base.
        case(&format!("x{}y", "\u{336}".repeat(9)), &format!("x{}y", "\u{336}".repeat(4)));
        case(&format!("e{}y", "\u{301}".repeat(9)), &format!("é{}y", "\u{301}".repeat(4)));
    }

    #[test]
    fn a_line_has_no_line_ends_and_no_spaces_around_it() {
        let case = |text: &str, clean: &str| assert_eq!(clean_line(text), clean, "of {text:?}");
        case("Acme", "Acme");
        case("  Acme\r\nGmbH\t", "Acme GmbH");
        case("\u{200b} \n", "");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing_more(text in any::<String>(), marks in "[a-e❤👩1#\u{200c}\u{200d}\u{fe0e}\u{fe0f}\u{20e3}\u{301}\u{308}\u{336}\r\n\u{200b}]{0,20}") {
            for text in [text, marks] {
                let clean = clean_text(&text).into_owned();
                prop_assert_eq!(&*clean_text(&clean), &clean);
                prop_assert!(!clean.chars().any(is_hidden));
                let line = clean_line(&text).into_owned();
                prop_assert_eq!(&*clean_line(&line), &line);
            }
        }
    }
}

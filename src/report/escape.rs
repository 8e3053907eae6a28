//! Makes texts safe for where they go: a terminal, Markdown, a spreadsheet, JSON that is shown on a terminal.

use crate::clean_text::hidden::is_hidden;

/// Takes away what a terminal would obey rather than show: control characters but the line break, direction overrides
/// and characters without width. Tabs become spaces; every kind of line end becomes a line break.
pub fn clean(text: &str) -> String {
    let one_kind_of_end = text.replace("\r\n", "\n");
    let visible = one_kind_of_end.chars().filter_map(|c| match c {
        '\t' => Some(' '),
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        c if is_hidden(c) => None,
        c => Some(c),
    });
    visible.collect()
}

/// Escapes what Markdown would take for markup within a line.
pub fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (index, c) in text.char_indices() {
        let rest = &text[index + c.len_utf8()..];
        let is_markup = match c {
            '\\' | '|' | '*' | '`' | '[' | '<' | '~' => true,
            '_' => !is_inside_word(&text[..index], rest),
            '&' => starts_entity(rest),
            _ => false,
        };
        if is_markup {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Escapes what Markdown would take for markup at the start of a block: a heading, a list, a quote.
pub fn markdown_start(line: String) -> String {
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = after_number.len() < line.len() && after_number.starts_with(['.', ')']);
    if line.starts_with(['#', '-', '+', '>', '=']) {
        format!("\\{line}")
    } else if is_numbered && (after_number.len() == 1 || after_number[1..].starts_with(' ')) {
        format!("{}\\{after_number}", &line[..line.len() - after_number.len()])
    } else {
        line
    }
}

fn is_inside_word(before: &str, after: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
}

/// Whether an ampersand with this behind it would be read as a character reference, such as `&lt;`.
fn starts_entity(after: &str) -> bool {
    let name = after.split(';').next().unwrap_or_default();
    name.len() < after.len() && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
}

/// The characters with which spreadsheets start a formula, full-width ones included.
pub const FORMULA_STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// A cell that a spreadsheet shows rather than computes: what looks like a formula gets an apostrophe in front.
pub fn cell(text: &str) -> String {
    let clean = clean(text);
    let is_formula = text.starts_with(FORMULA_STARTS) || clean.trim_start().starts_with(FORMULA_STARTS);
    if is_formula { format!("'{clean}") } else { clean }
}

/// JSON in which no string can act on a terminal: hidden and control characters are written as escapes.
pub fn json(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        // Line breaks stand between values only; inside strings they are escaped already.
        if is_hidden(c) {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().for_each(|unit| escaped.push_str(&format!("\\u{unit:04x}")));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_that_a_terminal_obeys() {
        let case = |text: &str, clean_text: &str| assert_eq!(clean(text), clean_text, "of {text:?}");
        case("Größe, 東京, עברית, 👩\u{200d}💻 ❤\u{fe0f}", "Größe, 東京, עברית, 👩\u{200d}💻 ❤\u{fe0f}");
        case("a\u{1b}[31mb\u{9b}2Jc\u{7}d\u{7f}e\0", "a[31mb2Jcde");
        case("a\r\nb\rc\u{2028}d\u{85}e\tf", "a\nb\nc\nd\ne f");
        case("a\u{202e}b\u{2066}c\u{200f}d\u{61c}e\u{feff}f\u{200b}g\u{e0041}h\u{ad}i", "abcdefghi");
    }

    #[test]
    fn markup_is_shown_rather_than_obeyed() {
        let case = |text: &str, escaped: &str| assert_eq!(markdown(text), escaped, "of {text:?}");
        case("Plain words, 3 of 4 (A.6.2.4): yes!", "Plain words, 3 of 4 (A.6.2.4): yes!");
        case("a|b \\ *c* `d` [e](f) <g> ~~h~~", "a\\|b \\\\ \\*c\\* \\`d\\` \\[e](f) \\<g> \\~\\~h\\~\\~");
        case("system:bot:not_started and _this_", "system:bot:not_started and \\_this\\_");
        case("R&D; &lt; &#x202e; A & B;", "R\\&D; \\&lt; \\&#x202e; A & B;");
    }

    #[test]
    fn no_text_starts_a_heading_or_a_list() {
        let case = |text: &str, escaped: &str| assert_eq!(markdown_start(text.into()), escaped, "of {text:?}");
        case("# no heading", "\\# no heading");
        case("- no list", "\\- no list");
        case("---", "\\---");
        case("12. no list", "12\\. no list");
        case("1)", "1\\)");
        case("4.3 is a clause", "4.3 is a clause");
        case("2026-06-01: due", "2026-06-01: due");
        case("", "");
    }

    #[test]
    fn no_cell_starts_a_formula() {
        let case = |text: &str, safe: &str| assert_eq!(cell(text), safe, "of {text:?}");
        for start in ["=", "+", "-", "@", "＝"] {
            case(&format!("{start}1+1"), &format!("'{start}1+1"));
            case(&format!(" \u{202e}{start}1"), &format!("' {start}1"));
        }
        case("\t=1", "' =1");
        case("\rx", "'\nx");
        case("1-1", "1-1");
        case("'=1", "'=1");
        case("", "");
    }
}

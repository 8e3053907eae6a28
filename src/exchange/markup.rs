//! The description of a ticket in the markup of a ticket system. Whatever people wrote is shown, never obeyed: no markup, no
//! mention that calls somebody, no command at the start of a line.

use crate::{
    exchange::ticket::{Block, Section},
    report::escape,
};

/// A description in Markdown, as GitHub and GitLab show it; it ends with a line break.
pub(super) fn markdown(sections: &[Section]) -> String {
    write(sections, "## ", "- ", markdown_line)
}

/// A description in the wiki markup of Jira; it ends with a line break.
pub(super) fn jira(sections: &[Section]) -> String {
    write(sections, "h2. ", "* ", jira_line)
}

/// A description without any markup; it ends with a line break.
pub(super) fn plain(sections: &[Section]) -> String {
    write(sections, "", "- ", str::to_owned)
}

fn write(sections: &[Section], heading: &str, bullet: &str, line: fn(&str) -> String) -> String {
    let mut text = String::new();
    for section in sections {
        let gap = if text.is_empty() { "" } else { "\n" };
        text.push_str(&format!("{gap}{heading}{}\n\n", section.heading));
        let mut is_after_point = false;
        for (index, block) in section.blocks.iter().enumerate() {
            match block {
                Block::Paragraph(words) => {
                    let gap = if index > 0 { "\n" } else { "" };
                    text.push_str(&format!("{gap}{}\n", line(words)));
                    is_after_point = false;
                }
                Block::Point(words) => {
                    let gap = if index > 0 && !is_after_point { "\n" } else { "" };
                    text.push_str(&format!("{gap}{bullet}{}\n", line(words)));
                    is_after_point = true;
                }
            }
        }
    }
    text
}

/// One line of Markdown. A word with `@` becomes code, so that nobody is called by it; a line that begins with `/` would be
/// a command to GitLab.
fn markdown_line(text: &str) -> String {
    let word = |word: &str| {
        if word.contains('@') { format!("`{}`", word.replace('`', "'")) } else { escape::markdown(word) }
    };
    let words: Vec<String> = text.split(' ').map(word).collect();
    let line = escape::markdown_start(words.join(" "));
    if line.starts_with('/') { format!("\\{line}") } else { line }
}

/// One line of wiki markup.
fn jira_line(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut escaped = String::with_capacity(text.len());
    for (index, &letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| letters[index]);
        let after = letters.get(index + 1);
        let is_markup = match letter {
            '\\' | '{' | '}' | '[' | ']' | '|' | '*' | '^' | '~' => true,
            // They mark a word only where they touch it from outside.
            '_' | '-' | '+' | '!' => {
                before.is_none_or(|c| !c.is_alphanumeric()) && after.is_some_and(|c| !c.is_whitespace())
            }
            '#' => index == 0,
            _ => false,
        };
        if is_markup {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_called_and_nothing_is_commanded() {
        let case = |text: &str, line: &str| assert_eq!(markdown_line(text), line, "of {text:?}");
        case("Plain words (A.6.2.4/method): yes; 3 of 4.", "Plain words (A.6.2.4/method): yes; 3 of 4.");
        case("/close /assign @all", "\\/close /assign `@all`");
        case("ann@acme.example and `@x`", "`ann@acme.example` and `'@x'`");
        case("# <b>x</b> | y", "\\# \\<b>x\\</b> \\| y");
        case("- x", "\\- x");
    }

    #[test]
    fn wiki_markup_is_shown() {
        let case = |text: &str, line: &str| assert_eq!(jira_line(text), line, "of {text:?}");
        case(
            "Plain words (A.6.2.4/method): yes! 2026-06-01, well-known",
            "Plain words (A.6.2.4/method): yes! 2026-06-01, well-known",
        );
        case("{html}x{html} [~ann] !x.png! |a|", "\\{html\\}x\\{html\\} \\[\\~ann\\] \\!x.png! \\|a\\|");
        case("# -x- _y_ a - b", "\\# \\-x- \\_y_ a - b");
    }

    #[test]
    fn sections_stand_apart() {
        let sections = [
            Section { heading: "Why", blocks: vec![Block::Point("a".into()), Block::Point("b".into())] },
            Section { heading: "What to do", blocks: vec![Block::Paragraph("c".into()), Block::Paragraph("d".into())] },
            Section { heading: "Planning", blocks: vec![Block::Point("e".into()), Block::Paragraph("f".into())] },
        ];
        assert_eq!(markdown(&sections), "## Why\n\n- a\n- b\n\n## What to do\n\nc\n\nd\n\n## Planning\n\n- e\n\nf\n");
        assert_eq!(jira(&sections[..1]), "h2. Why\n\n* a\n* b\n");
        assert_eq!(plain(&sections[..1]), "Why\n\n- a\n- b\n");
    }
}

//! Every text of every file: no word that promises what a self-assessment cannot, nothing that a screen cannot show.

use crate::content::lint::{
    Linter,
    outline::{File, Text},
};

/// What is said of no organization here, with what to say instead.
const FORBIDDEN: [(&str, &str); 4] = [
    ("compliant", "say what is met, or \"conforming\" of a requirement"),
    ("certified", "say \"holds a certificate\""),
    ("audit-ready", "say what can be shown"),
    ("audit ready", "say what can be shown"),
];

pub(super) fn check(linter: &mut Linter<'_>) {
    for file in linter.files {
        for text in &file.strings {
            check_words(linter, file, text);
            check_characters(linter, file, text);
        }
    }
}

fn check_words<'a>(linter: &mut Linter<'a>, file: &'a File<'a>, text: &Text) {
    let lower = text.literal.to_ascii_lowercase();
    for (word, instead) in FORBIDDEN {
        for (at, _) in lower.match_indices(word) {
            linter.report(file.spot(text.offset + at), format!("`{word}` is not said here; {instead}"));
        }
    }
}

fn check_characters<'a>(linter: &mut Linter<'a>, file: &'a File<'a>, text: &Text) {
    if let Some(character) = text.value.chars().find(|c| c.is_control() || is_bidi_override(*c)) {
        let at = text.literal.find(character).unwrap_or(0);
        let code = u32::from(character);
        let message = format!("the character U+{code:04X} does not show; leave it out, and write a text on one line");
        linter.report(file.spot(text.offset + at), message);
    }
}

/// Characters that turn the direction of what follows and can so disguise a text.
fn is_bidi_override(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use crate::content::lint::testing::Desk;

    const CONTEXT: &str = "clauses/04_context.ron";

    fn desk(intent: &str) -> Desk {
        Desk::new().line(CONTEXT, &["id: \"4.1\"", "intent:"], &format!("            intent: {intent}, // compliant"))
    }

    #[test]
    fn forbidden_words_are_reported_where_they_stand() {
        desk("\"Say \\\"x\\\": ¶Compliant, non-¶compliant or ¶CERTIFIED or ¶audit-ready or ¶audit ready\"").expect(&[
            "`compliant` is not said here; say what is met, or \"conforming\" of a requirement",
            "`compliant` is not said here; say what is met, or \"conforming\" of a requirement",
            "`certified` is not said here; say \"holds a certificate\"",
            "`audit-ready` is not said here; say what can be shown",
            "`audit ready` is not said here; say what can be shown",
        ]);
        desk("\"The certification body noted a nonconformity on the certificate.\"").expect(&[]);
    }

    #[test]
    fn every_file_is_read_for_forbidden_words() {
        Desk::new()
            .write("glossary.ron", "(terms: [(term: \"a\", meaning: \"Not ¶certified\")])")
            .expect(&["`certified` is not said here; say \"holds a certificate\""]);
    }

    #[test]
    fn characters_that_do_not_show_are_reported() {
        let message =
            |code: &str| format!("the character {code} does not show; leave it out, and write a text on one line");
        desk("\"So ¶\u{202e}on\"").expect(&[&message("U+202E")]);
        desk("\"So ¶\u{2066}on\"").expect(&[&message("U+2066")]);
        desk("\"So ¶\u{7}on\"").expect(&[&message("U+0007")]);
        desk("\"So ¶\ton\"").expect(&[&message("U+0009")]);
        desk("¶\"So \\u{202e}on\"").expect(&[&message("U+202E")]);
        desk("¶\"So\\non\"").expect(&[&message("U+000A")]);
        desk("\"Die Größe: 人工智能, \u{200f}\u{627}\u{628}\"").expect(&[]);
    }
}

//! How much a save may hold. Checked on the text, so that a hostile file costs no memory before it is refused.

use std::path::Path;

pub use crate::model::text::LONGEST_TEXT;
use crate::{
    bom,
    ron_text::{
        Place, Problem,
        tokens::{Token, TokenKind, tokens},
    },
};

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 16 * 1024 * 1024;
/// The most entries of one list: answers, evidence, systems and every list within them.
pub const LONGEST_LIST: usize = 5_000;
/// The most fields and entries in all; ten times what anybody will have, and a bound for the memory that reading takes.
pub const MOST_FIELDS: usize = 250_000;
/// The most characters of the one text that is a document of its own, a bill of materials.
pub const LONGEST_BILL: usize = bom::LARGEST;
/// The field that holds it.
const BILL: &str = "bill";
/// Brackets nested deeper than this are not followed; the parser refuses them.
const DEEPEST: usize = 200;

/// Checks the length of every list and every text, and of the whole.
///
/// # Errors
/// The first one that is too long.
pub(super) fn check(path: &Path, text: &str) -> Result<(), Box<Problem>> {
    if is_surely_within(text) {
        return Ok(());
    }
    let problem = |offset, message| Err(Box::new(Problem::at(path, text, Place::of(text, offset), message)));
    // Per open bracket: whether it is a list, and the commas that it has so far.
    let mut open: Vec<(bool, usize)> = Vec::new();
    let mut fields = 0;
    // The two tokens before this one: the name of a field and its colon.
    let mut before: [Option<Token>; 2] = [None, None];
    for token in tokens(text) {
        let longest = if is_field(&before, BILL) { LONGEST_BILL } else { LONGEST_TEXT };
        before = [before[1], Some(token)];
        if token.kind != TokenKind::Close && open.last() == Some(&(true, LONGEST_LIST)) {
            return problem(token.offset, format!("this list has more than {LONGEST_LIST} entries"));
        }
        match token.kind {
            TokenKind::Open if open.len() == DEEPEST => return Ok(()),
            TokenKind::Open => open.push((token.text == "[", 0)),
            TokenKind::Close => drop(open.pop()),
            TokenKind::Comma if fields == MOST_FIELDS => {
                return problem(token.offset, format!("this file has more than {MOST_FIELDS} fields and entries"));
            }
            TokenKind::Comma => {
                fields += 1;
                if let Some((_, commas)) = open.last_mut() {
                    *commas += 1;
                }
            }
            TokenKind::Quoted if token.text.len() > longest && token.quoted_length() > longest => {
                let length = token.quoted_length();
                return problem(token.offset, format!("this text has {length} characters; it may have {longest}"));
            }
            TokenKind::Quoted | TokenKind::Word | TokenKind::Colon | TokenKind::Other => {}
        }
    }
    Ok(())
}

/// Whether two tokens open a field of that name.
fn is_field([name, colon]: &[Option<Token>; 2], wanted: &str) -> bool {
    name.is_some_and(|name| name.kind == TokenKind::Word && name.text == wanted)
        && colon.is_some_and(|colon| colon.kind == TokenKind::Colon)
}

/// Whether no limit can be passed, told without reading token by token: what every save of a team comes to.
fn is_surely_within(text: &str) -> bool {
    let commas = text.bytes().filter(|byte| *byte == b',').count();
    // Where quotes can stand within a text, its pieces do not tell how long it is.
    let has_quotes_within = text.contains("r#") || text.contains("\\\"");
    commas < LONGEST_LIST && !has_quotes_within && text.split('"').all(|piece| piece.len() <= LONGEST_TEXT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(text: &str) -> Option<String> {
        check(Path::new("a.ron"), text).err().map(|problem| problem.message)
    }

    #[test]
    fn lists_and_texts_are_counted_exactly() {
        let list = |length: usize| format!("(a: [{}])", "(x: [1, 2], y: 3), ".repeat(length));
        assert_eq!(complaint(&list(LONGEST_LIST)), None);
        assert_eq!(complaint(list(LONGEST_LIST).trim_end_matches(", ])")), None);
        assert_eq!(complaint(&list(LONGEST_LIST + 1)).as_deref(), Some("this list has more than 5000 entries"));
        let text = |length: usize| format!("(a: \"{}\")", "東".repeat(length));
        assert_eq!(complaint(&text(LONGEST_TEXT)), None);
        assert_eq!(
            complaint(&text(LONGEST_TEXT + 1)).as_deref(),
            Some("this text has 20001 characters; it may have 20000")
        );
        assert_eq!(complaint(&format!("(a: \"{}\")", r"\u{41}".repeat(LONGEST_TEXT))), None);
        let quoted = |length: usize| format!("(a: \"{}\", b: r#\"{}\"#)", r#"\""#.repeat(20), "\"a".repeat(length / 2));
        assert_eq!(complaint(&quoted(LONGEST_TEXT)), None);
        assert_eq!(
            complaint(&quoted(LONGEST_TEXT + 2)).as_deref(),
            Some("this text has 20002 characters; it may have 20000")
        );
        let bill = |length: usize| format!("(bill : r#\"{}\"#, note: \"a\")", "\"東".repeat(length / 2));
        assert_eq!(complaint(&bill(LONGEST_BILL)), None);
        assert_eq!(
            complaint(&bill(LONGEST_BILL + 2)).as_deref(),
            Some("this text has 2097154 characters; it may have 2097152")
        );
        let beside = format!("(bill: \"a\", note: \"{0}\", bills: \"{0}\")", "a".repeat(LONGEST_TEXT + 1));
        assert_eq!(complaint(&beside).as_deref(), Some("this text has 20001 characters; it may have 20000"));
        let not_the_name = format!("(bills: [bill, \"{}\"])", "a".repeat(LONGEST_TEXT + 1));
        assert_eq!(complaint(&not_the_name).as_deref(), Some("this text has 20001 characters; it may have 20000"));
        let fields = |number: usize| format!("({}", "a: 1, ".repeat(number));
        assert_eq!(complaint(&fields(MOST_FIELDS)), None);
        assert_eq!(
            complaint(&fields(MOST_FIELDS + 1)).as_deref(),
            Some("this file has more than 250000 fields and entries")
        );
    }
}

//! The tokens of a RON text with their places: enough to count and to find things, where parsing gives values only.
//!
//! Any text has tokens; whether they make sense is for the parser to say.

/// One token. Space and comments lie between tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// Its first byte.
    pub offset: usize,
    /// What it is.
    pub kind: TokenKind,
    /// How it is written.
    pub text: &'a str,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// A text or a character in quotes, raw or not; to the end of the file when the closing quote is missing.
    Quoted,
    /// A name or a number.
    Word,
    /// Any other character.
    Other,
}

impl Token<'_> {
    /// The characters of the text in quotes, each escape counted as one; 0 for other tokens.
    pub fn quoted_length(&self) -> usize {
        let Some((prefix, inside)) = self.text.split_once(['"', '\'']) else { return 0 };
        if prefix.contains('r') {
            let hashes = prefix.matches('#').count();
            return inside.chars().count().saturating_sub(hashes + 1);
        }
        let mut length: usize = 0;
        let mut chars = inside.chars();
        while let Some(c) = chars.next() {
            length += 1;
            if c == '\\' {
                pass_escape(&mut chars);
            }
        }
        // The closing quote was counted too.
        length.saturating_sub(1)
    }
}

/// Passes over what follows the backslash of an escape: `n`, `x41`, `u{1F600}`.
fn pass_escape(chars: &mut std::str::Chars<'_>) {
    match chars.next() {
        Some('u') => drop(chars.find(|c| *c == '}')),
        Some('x') => drop(chars.nth(1)),
        Some(_) | None => {}
    }
}

/// The tokens of a text, in order.
pub fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += space_length(&text[at..]);
        let rest = &text[at..];
        let (kind, length) = classify(rest)?;
        let token = Token { offset: at, kind, text: &rest[..length] };
        at += length;
        Some(token)
    })
}

/// The kind and the length in bytes of the token at the start of a text, unless the text is at its end.
fn classify(rest: &str) -> Option<(TokenKind, usize)> {
    let first = rest.chars().next()?;
    Some(match first {
        '(' | '[' | '{' => (TokenKind::Open, 1),
        ')' | ']' | '}' => (TokenKind::Close, 1),
        ',' => (TokenKind::Comma, 1),
        ':' => (TokenKind::Colon, 1),
        other => match (quoted_length(rest), is_word(other)) {
            (Some(length), _) => (TokenKind::Quoted, length),
            (None, true) => (TokenKind::Word, rest.find(|c| !is_word(c)).unwrap_or(rest.len())),
            (None, false) => (TokenKind::Other, other.len_utf8()),
        },
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '+' | '-')
}

/// The length of the space and the comments at the start of a text.
fn space_length(text: &str) -> usize {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if rest.starts_with("/*") {
            rest = &rest[block_comment_length(rest)..];
        } else {
            return text.len() - rest.len();
        }
    }
}

/// The length of a `/* */` comment, which may hold others.
fn block_comment_length(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while let Some(next) = text[at..].find(['/', '*']) {
        at += next;
        let step = &text[at..];
        let is_pair = step.starts_with("/*") || step.starts_with("*/");
        if step.starts_with("/*") {
            depth += 1;
        } else if step.starts_with("*/") {
            depth -= 1;
        }
        at += if is_pair { 2 } else { 1 };
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The length of the text or character in quotes at the start of a text, with its prefix and its quotes.
fn quoted_length(text: &str) -> Option<usize> {
    let unprefixed = text.strip_prefix('b').unwrap_or(text);
    if let Some(raw) = unprefixed.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if let Some(inside) = raw[hashes..].strip_prefix('"') {
            let closing = format!("\"{}", &raw[..hashes]);
            let start = text.len() - inside.len();
            return Some(inside.find(&closing).map_or(text.len(), |end| start + end + closing.len()));
        }
    }
    let quote = unprefixed.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let start = text.len() - unprefixed.len() + 1;
    let mut at = start;
    while let Some(next) = text[at..].find(['\\', quote]) {
        if text[at + next..].starts_with(quote) {
            return Some(at + next + 1);
        }
        let escaped = text[at + next + 1..].chars().next().map_or(0, char::len_utf8);
        at += next + 1 + escaped;
    }
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_falls_into_its_tokens() {
        let case = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = tokens(text).map(|token| token.text).collect();
            assert_eq!(found, expected, "of {text:?}");
        };
        case("", &[]);
        case("( a:1, ) // end", &["(", "a", ":", "1", ",", ")"]);
        case("/* a /* b */ ( */ x /", &["x", "/"]);
        case("[-1.5e+3 Level(3) größe]", &["[", "-1.5e+3", "Level", "(", "3", ")", "größe", "]"]);
        case(r#" "a\"(" , "b" "#, &[r#""a\"(""#, ",", r#""b""#]);
        case(
            r###"r#"a"b("# r"\" br#"x"# b"y" r"###,
            &[r###"r#"a"b("#"###, r#"r"\""#, r###"br#"x"#"###, r#"b"y""#, "r"],
        );
        case("'(' '\\'' \"// no comment\"", &["'('", "'\\''", "\"// no comment\""]);
        case("\"open ( ", &["\"open ( "]);
    }

    #[test]
    fn the_length_of_a_quoted_text_is_counted_in_characters() {
        let case = |text: &str, length: usize| {
            assert_eq!(tokens(text).map(|token| token.quoted_length()).collect::<Vec<_>>(), [length], "of {text:?}");
        };
        case(r#""""#, 0);
        case("\"größe 東\"", 7);
        case(r#""a\"b\\c\u{1F600}d\x41""#, 8);
        case(r###"r#"a"b"#"###, 3);
        case(r#"r"\""#, 1);
        case("ab", 0);
        case("\"open", 3);
    }

    proptest! {
        #[test]
        fn any_text_has_tokens_and_they_do_not_overlap(text in "[()a-c0\"'\\\\#r/*: ,x\n東]{0,40}") {
            let mut end = 0;
            for token in tokens(&text) {
                prop_assert!(token.offset >= end && !token.text.is_empty());
                prop_assert!(token.quoted_length() <= token.text.len());
                end = token.offset + token.text.len();
            }
        }
    }
}

//! What the parser found wrong, said so that the person who edited the file can put it right.

use ron::Error;

/// The problem in our own words. `rest` is the text from the place of the problem on.
pub(super) fn in_words(error: &Error, rest: &str) -> String {
    match error {
        Error::Message(reason) => reason_in_words(reason),
        Error::ExpectedStringEnd => "the text that begins here has no closing quote".to_owned(),
        Error::UnclosedBlockComment => "a comment is opened with /* and not closed with */".to_owned(),
        Error::ExceededRecursionLimit => "brackets are nested too deeply here; no such file needs that".to_owned(),
        Error::Eof => "the file ends before its last bracket is closed; part of it may be missing".to_owned(),
        Error::TrailingCharacters => "nothing may follow the closing bracket of the file".to_owned(),
        Error::ExpectedArray
        | Error::ExpectedStructLike
        | Error::ExpectedNamedStructLike(_)
        | Error::ExpectedDifferentStructName { .. }
        | Error::ExpectedMap
        | Error::ExpectedBoolean
        | Error::ExpectedInteger
        | Error::ExpectedFloat
        | Error::ExpectedString
        | Error::ExpectedIdentifier
        | Error::SuggestRawIdentifier(_) => missing_value(error, rest).to_owned(),
        _ if is_missing_sign(error) => missing_sign(rest).to_owned(),
        Error::ExpectedMapColon => "a colon is missing between the name of this field and its value".to_owned(),
        Error::InvalidEscape(reason) => {
            format!("this use of \\ in a text is not known ({reason}); write \\\\ for a single \\")
        }
        Error::IntegerOutOfBounds => {
            "this number is out of range here; a level is 0 to 5, a step of a scale 1 to 5".to_owned()
        }
        Error::InvalidIntegerDigit { digit, .. } => format!("`{digit}` is not part of a whole number"),
        Error::UnexpectedChar(c) => format!("`{c}` is not expected here"),
        Error::InvalidValueForType { expected, found } => format!("{expected} is expected here, not {found}"),
        Error::NoSuchEnumVariant { expected, found, .. } => {
            format!("`{found}` is not known here; write {}", listed(expected, "or"))
        }
        Error::NoSuchStructField { expected, found, .. } => {
            format!("there is no field `{found}` here; the fields are {}", listed(expected, "and"))
        }
        Error::MissingStructField { field, .. } => format!("the field `{field}` is missing in this record"),
        Error::DuplicateStructField { field, .. } => format!("the field `{field}` stands twice in this record"),
        // The library may add kinds; its own words are better than none.
        other => other.to_string(),
    }
}

/// The words for a value of another kind than expected, or for none.
fn missing_value(error: &Error, rest: &str) -> &'static str {
    match error {
        _ if rest.starts_with([')', ']', '}']) => "a value or another closing bracket is missing before this",
        Error::ExpectedArray => "a list in square brackets is expected here, such as [\"A.6\", \"A.7\"]",
        Error::ExpectedMap => "a map in curly brackets is expected here",
        Error::ExpectedBoolean => "true or false is expected here",
        Error::ExpectedInteger => "a whole number is expected here",
        Error::ExpectedFloat => "a number is expected here, such as 3 or 2.5",
        Error::ExpectedString => "a text in double quotes is expected here",
        Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) => {
            "a word without quotes is expected here: the name of a field, or one such as Yes, Unknown or Level(3)"
        }
        _ => "a record in round brackets is expected here, such as (name: \"Ann\")",
    }
}

/// Whether a value does not end where it should.
pub(super) fn is_missing_sign(error: &Error) -> bool {
    matches!(
        error,
        Error::ExpectedComma
            | Error::ExpectedArrayEnd
            | Error::ExpectedStructLikeEnd
            | Error::ExpectedMapEnd
            | Error::ExpectedOptionEnd
    )
}

/// The words for that.
fn missing_sign(rest: &str) -> &'static str {
    if rest.trim().is_empty() {
        "the file ends before its last bracket is closed; part of it may be missing"
    } else if rest.starts_with('.') {
        "a whole number is expected here"
    } else {
        "a comma or a closing bracket is missing before this"
    }
}

/// Reasons given by the types of the model stand as they are; those of the date parser say nothing to a reader.
fn reason_in_words(reason: &str) -> String {
    match reason {
        "input is out of range" | "no possible date and time matching input" => {
            "there is no such day; a date is written YYYY-MM-DD, for instance 2026-03-31".to_owned()
        }
        "input contains invalid characters"
        | "premature end of input"
        | "trailing input"
        | "input is not enough for unique date and time" => {
            "this is not a date; a date is written YYYY-MM-DD, for instance 2026-03-31".to_owned()
        }
        other => other.to_owned(),
    }
}

fn listed(words: &[&str], last_word: &str) -> String {
    match words {
        [] => "nothing".to_owned(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} {last_word} {last}", first.join(", ")),
    }
}

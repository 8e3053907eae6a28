//! The small forms of OSCAL: markup, tokens, points in time, properties. Whatever people wrote fits them afterwards.

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use crate::{
    exchange::{oscal::NAMESPACE, wording::one_line},
    model::reference::Reference,
    report::escape,
};

/// The longest title, in characters.
const LONGEST_LINE: usize = 500;
/// The longest paragraph, in characters.
const LONGEST_PARAGRAPH: usize = 5_000;
/// The years for which OSCAL has a form.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2999;

/// One line of markup; it is never empty.
pub(super) fn line(text: &str) -> String {
    let line = escape::markdown(&one_line(text, LONGEST_LINE));
    if line.is_empty() { "-".to_owned() } else { line }
}

/// A paragraph of markup.
pub(super) fn paragraph(text: &str) -> String {
    escape::markdown_start(escape::markdown(&one_line(text, LONGEST_PARAGRAPH)))
}

/// Points of a list in markup.
pub(super) fn points<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    texts.into_iter().map(|text| format!("- {}", paragraph(text.as_ref()))).collect::<Vec<_>>().join("\n")
}

/// Paragraphs and lists under each other; those that say nothing are left out, and nothing is left when all do.
pub(super) fn blocks<const N: usize>(blocks: [String; N]) -> Value {
    let said: Vec<String> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
    if said.is_empty() { Value::Null } else { Value::String(said.join("\n\n")) }
}

/// A property of our own; nothing where it has no value.
pub(super) fn property(name: &str, value: &str) -> Value {
    let value = one_line(value, LONGEST_LINE);
    if value.is_empty() { Value::Null } else { json!({ "name": name, "ns": NAMESPACE, "value": value }) }
}

/// The beginning of a day; nothing for a year that OSCAL cannot write.
pub(super) fn instant(day: NaiveDate) -> Option<String> {
    YEARS.contains(&day.year()).then(|| format!("{day}T00:00:00Z"))
}

/// The beginning of a day where one has to be given: of a year that OSCAL cannot write, the nearest day that it can.
pub(super) fn nearest_instant(day: NaiveDate) -> String {
    let nearest = if day.year() < *YEARS.start() { "1900-01-01" } else { "2999-12-31" };
    instant(day).unwrap_or_else(|| format!("{nearest}T00:00:00Z"))
}

/// The id of a requirement as a control: `iso42001-6.1.2`, `iso42001-A.6.2.4`.
pub(super) fn control_id(id: Reference) -> String {
    format!("iso42001-{id}")
}

/// The id of what is to be shown for a requirement.
pub(super) fn objective_id(id: Reference) -> String {
    format!("{}_obj", control_id(id))
}

/// The id of one of its checks.
pub(super) fn check_id(id: Reference, check: &str) -> String {
    let token = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    format!("{}.{}", objective_id(id), check.chars().map(token).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_out_of_range_has_no_instant() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        assert_eq!(instant(day("2026-06-01")).as_deref(), Some("2026-06-01T00:00:00Z"));
        assert_eq!(instant(day("1899-12-31")), None);
        assert_eq!(instant(day("+12345-01-01")), None);
        assert_eq!(nearest_instant(day("0001-01-01")), "1900-01-01T00:00:00Z");
        assert_eq!(nearest_instant(NaiveDate::MAX), "2999-12-31T00:00:00Z");
    }

    #[test]
    fn texts_fit_their_fields() {
        assert_eq!(line(" \n "), "-");
        assert_eq!(line("<b>\nx"), "\\<b> x");
        assert_eq!(property("owner", "\u{202e} \n"), Value::Null);
        assert_eq!(property("owner", " Ann\nBea ")["value"], "Ann Bea");
        assert_eq!(points(["# a", "b"]), "- \\# a\n- b");
        assert_eq!(blocks([String::new(), "a".into(), "b".into()]), "a\n\nb");
    }
}

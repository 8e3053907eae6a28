//! Licences: an SPDX id where the text is one, an expression where it is one, otherwise a name.

use serde_json::{Value, json};

use crate::bom::part::{joined, values};

/// The entries of `licenses` in words.
pub(super) fn read(entries: &[Value]) -> String {
    joined(entries.iter().filter_map(words))
}

/// One entry in words.
fn words(entry: &Value) -> Option<&str> {
    let licence = entry.get("license");
    let named = licence.and_then(|licence| licence.get("id").or_else(|| licence.get("name")));
    named.or_else(|| entry.get("expression"))?.as_str()
}

/// The entries that a text stands for; those that said the same before stay as they are.
pub(super) fn write(text: &str, before: &[Value]) -> Vec<Value> {
    let entry = |name: &str| {
        let kept = before.iter().find(|entry| words(entry) == Some(name));
        kept.cloned().unwrap_or_else(|| new_entry(name))
    };
    values(text).map(entry).collect()
}

fn new_entry(name: &str) -> Value {
    match (id(name), is_expression(name)) {
        (Some(id), _) => json!({ "license": { "id": id } }),
        (None, true) => json!({ "expression": name }),
        (None, false) => json!({ "license": { "name": name } }),
    }
}

/// The SPDX id that a text means, in its own spelling.
fn id(text: &str) -> Option<&'static str> {
    let exact = spdx::license_id(text).map(|id| id.name);
    exact.or_else(|| {
        spdx::identifiers::LICENSES.iter().map(|licence| licence.name).find(|id| id.eq_ignore_ascii_case(text))
    })
}

/// Whether a text is an expression over several ids.
fn is_expression(text: &str) -> bool {
    text.contains(' ') && spdx::Expression::parse(text).is_ok()
}

/// What is wrong with a text of licences.
pub(super) fn problem(text: &str) -> Option<String> {
    let names: Vec<&str> = values(text).collect();
    let has_expression = names.iter().any(|name| id(name).is_none() && is_expression(name));
    (has_expression && names.len() > 1).then(|| {
        "An expression such as MIT OR Apache-2.0 stands alone; join all licences in it with AND or OR.".to_owned()
    })
}

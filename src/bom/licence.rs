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

/// Ids of SPDX that the licence list of CycloneDX does not have; they are written as names.
const UNKNOWN_TO_CYCLONEDX: [&str; 20] = [
    "BSD-2-Clause-pos-unchanged",
    "BSD-3-Clause-OpenWebUI",
    "BSD-Source-Code-no-disclaimer",
    "BSD-Source-alt-GPL",
    "BSD-ask-to-endorse",
    "Brian-Gladman-3-Clause-no-conversion",
    "Bugroff",
    "CC-BY-NC-3.0-IGO",
    "FDK-MPEG-H",
    "GFDL-1.1-invariants",
    "GFDL-1.1-no-invariants",
    "GFDL-1.2-invariants",
    "GFDL-1.2-no-invariants",
    "GFDL-1.3-invariants",
    "GFDL-1.3-no-invariants",
    "Hippocratic-3.0-core",
    "Informatica",
    "MVT-1.1",
    "NOASSERTION",
    "atc-game",
];

/// The SPDX id that a text means, in its own spelling.
fn id(text: &str) -> Option<&'static str> {
    let ids = || spdx::identifiers::LICENSES.iter().map(|licence| licence.name);
    let exact = ids().find(|id| *id == text);
    let found = exact.or_else(|| ids().find(|id| id.eq_ignore_ascii_case(text)));
    found.filter(|id| !UNKNOWN_TO_CYCLONEDX.contains(id))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_licence_that_is_written_as_an_id_is_one_of_the_schema() {
        let schema = include_str!("../../tests/fixtures/cyclonedx/spdx.schema.json");
        let schema: Value = serde_json::from_str(schema).expect("JSON");
        let known: Vec<&str> = schema["enum"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        for licence in spdx::identifiers::LICENSES {
            let entries = write(licence.name, &[]);
            let is_id = entries[0]["license"]["id"].is_string();
            assert_eq!(is_id, known.contains(&licence.name), "of {}", licence.name);
        }
    }
}

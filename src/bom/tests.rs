//! What is refused, what is kept, and what a change touches.

mod editing;
mod exporting;
mod reading;

use serde_json::Value;

use crate::bom::Bill;

/// An example of an AI bill of materials in CycloneDX 1.6.
const EXAMPLE: &str = include_str!("../../tests/fixtures/cyclonedx/example-aibom-1.6.json");

fn example() -> Bill {
    Bill::read(EXAMPLE).expect("the example reads")
}

/// A document of 1.6 with these fields.
fn document(fields: &str) -> String {
    let comma = if fields.is_empty() { "" } else { "," };
    format!("{{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\"{comma}\n{fields}}}")
}

/// Whether a value says everything that another says, at the same places.
fn says_all_of(outer: &Value, inner: &Value) -> bool {
    match (outer, inner) {
        (Value::Object(outer), Value::Object(inner)) => {
            inner.iter().all(|(key, value)| outer.get(key).is_some_and(|found| says_all_of(found, value)))
        }
        (Value::Array(outer), Value::Array(inner)) => {
            inner.len() <= outer.len() && inner.iter().zip(outer).all(|(value, found)| says_all_of(found, value))
        }
        (outer, inner) => outer == inner,
    }
}

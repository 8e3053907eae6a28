//! The official schemas of CycloneDX, kept with the tests: nothing is fetched, and formats are checked too.

use std::{fs, sync::OnceLock};

use jsonschema::{Draft, Registry, Validator};
use serde_json::Value;

/// The schemas by their file names; each is known under its `$id`.
const SCHEMAS: [&str; 5] = [
    "bom-1.6.schema.json",
    "bom-1.7.schema.json",
    "spdx.schema.json",
    "jsf-0.82.schema.json",
    "cryptography-defs.schema.json",
];

pub fn fixture(name: &str) -> String {
    fs::read_to_string(format!("tests/fixtures/cyclonedx/{name}")).expect("a fixture")
}

pub fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn validators() -> &'static [Validator; 2] {
    static VALIDATORS: OnceLock<[Validator; 2]> = OnceLock::new();
    VALIDATORS.get_or_init(|| {
        let schemas = SCHEMAS.map(|name| json(&fixture(name)));
        let resources = schemas.iter().map(|schema| {
            let id = schema["$id"].as_str().expect("a schema has its id").to_owned();
            (id, Draft::Draft7.create_resource(schema.clone()))
        });
        let registry = Registry::new().draft(Draft::Draft7).extend(resources).expect("schemas").prepare();
        let registry = registry.expect("schemas that only refer to each other");
        [0, 1].map(|index| {
            let options = jsonschema::options().with_draft(Draft::Draft7).should_validate_formats(true);
            options.with_registry(&registry).build(&schemas[index]).expect("a schema of draft 7")
        })
    })
}

/// What the schema of the document's own version says against it; nothing for a valid one.
pub fn errors(document: &Value) -> Vec<String> {
    let [six, seven] = validators();
    let validator = match document["specVersion"].as_str() {
        Some("1.6") => six,
        Some("1.7") => seven,
        other => panic!("there is no schema for {other:?}"),
    };
    validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_schemas_know_a_broken_document() {
    let example = json(&fixture("example-aibom-1.6.json"));
    assert_eq!(errors(&example), [""; 0]);
    let broken = |pointer: &str, value: Value| {
        let (holder, key) = pointer.rsplit_once('/').expect("a pointer");
        let mut document = example.clone();
        match document.pointer_mut(holder).expect("a place in the example") {
            Value::Array(items) => items[key.parse::<usize>().expect("an index")] = value,
            place => place[key] = value,
        }
        errors(&document)
    };
    assert!(!broken("/components/3/unknown", Value::from(1)).is_empty(), "an unknown key");
    let metric = "/components/0/modelCard/quantitativeAnalysis/performanceMetrics/0/value";
    assert!(!broken(metric, Value::from(0.81)).is_empty(), "a number where a text belongs");
    assert!(
        !broken("/components/0/licenses/0/license", json("{\"id\": \"No-Such-Licence\"}")).is_empty(),
        "an unknown id"
    );
    assert!(!broken("/components/0/externalReferences/0/url", Value::from("a b")).is_empty(), "a format");
    assert!(!broken("/metadata/timestamp", Value::from("yesterday")).is_empty(), "a date");
    let mut seven = example.clone();
    seven["specVersion"] = "1.7".into();
    seven["$schema"] = "http://cyclonedx.org/schema/bom-1.7.schema.json".into();
    assert_eq!(errors(&seven), [""; 0]);
    seven["components"][3]["unknown"] = 1.into();
    assert!(!errors(&seven).is_empty());
}

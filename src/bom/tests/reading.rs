//! Reading: each broken or hostile document gets one clear error, and nothing of a good one is lost.

use proptest::prelude::*;
use serde_json::Value;

use super::{EXAMPLE, document, example};
use crate::{
    bom::{Bill, LARGEST},
    clean_text::clean_text,
};

fn complaint(text: &str) -> String {
    Bill::read(text).map_or_else(|error| error.to_string(), |_| String::new())
}

#[test]
fn what_cannot_be_a_bill_is_refused_with_its_place_and_with_what_would_be_right() {
    let case = |text: &str, expected: &str| assert_eq!(complaint(text), expected, "of {text}");
    let fields = |fields: &str, expected: &str| case(&document(fields), expected);
    // No JSON.
    case("", "it is empty; a bill begins with { \"bomFormat\": \"CycloneDX\"");
    case(" \n ", "it is empty; a bill begins with { \"bomFormat\": \"CycloneDX\"");
    let cut = "the text ends here, before its last bracket or quote is closed; part of it may be missing";
    case("{\"bomFormat\": \"Cyc", &format!("1:18: {cut}"));
    case("{\"bomFormat\":\n  \"CycloneDX\",", &format!("2:14: {cut}"));
    case("{\n  \"é\": tru }", "2:11: this is not valid JSON: expected ident");
    case("{\"a\": 1,}", "1:9: this is not valid JSON: key must be a string");
    case("{\"a\": 01}", "1:8: this is not valid JSON: invalid number");
    case("{} {}", "1:4: this is not valid JSON: trailing characters");
    case("<bom/>", "1:1: this is not valid JSON: expected value");
    case(
        "{\"a\": \"x\ny\"}",
        "1:8: this is not valid JSON: control character (\\u0000-\\u001F) found while parsing a string",
    );
    fields("\"name\": \"\\ud800\"", "2:16: this is not valid JSON: unexpected end of hex escape");
    // No CycloneDX, or none of these versions.
    let no_bom = "bomFormat: this is not a CycloneDX document, which says \"bomFormat\": \"CycloneDX\"";
    case("[]", "the document: an object in curly brackets is expected here, and a list is written");
    case("3", "the document: an object in curly brackets is expected here, and a number is written");
    case("{}", no_bom);
    case("{\"bomFormat\": 3}", no_bom);
    case("{\"spdxVersion\": \"SPDX-2.3\"}", no_bom);
    let version = |version: &str| format!("{{\"bomFormat\": \"CycloneDX\", \"specVersion\": {version}}}");
    case(&version("\"1.3\""), "specVersion: CycloneDX 1.3 is not read; 1.6 and 1.7 are. Convert the file first");
    case(&version("1.6"), "specVersion: the version of CycloneDX is missing; 1.6 and 1.7 are read");
    // Keys and references that stand twice.
    fields(
        "\"components\": [{\"type\": \"library\", \"name\": \"a\", \"name\": \"b\"}]",
        "components[0].name: this key stands twice in its object, and one of the two would be lost; keep one",
    );
    fields(
        "\"components\": [{\"type\": \"library\", \"name\": \"a\", \"bom-ref\": \"x\"},
            {\"type\": \"library\", \"name\": \"b\", \"components\": [{\"type\": \"file\", \"name\": \"c\", \"bom-ref\": \"x\"}]}]",
        "components[1].components[0].bom-ref: `x` stands here a second time, after components[0].bom-ref; each bom-ref \
         is there once",
    );
    fields(
        "\"services\": [{\"name\": \"a\", \"bom-ref\": 3}]",
        "services[0].bom-ref: a text in double quotes is expected here",
    );
    // Characters that steer a terminal.
    let control = |code: &str| format!("holds the hidden control character {code}; take it out");
    let named = |name: &str| format!("\"components\": [{{\"type\": \"library\", \"name\": \"{name}\"}}]");
    fields(&named("a\\u001b[31m"), &format!("components[0].name: `a?[31m` {}", control("U+001B")));
    fields(&named("a\\u0085"), &format!("components[0].name: `a?` {}", control("U+0085")));
    fields(&named("a\u{202e}b"), &format!("components[0].name: `a?b` {}", control("U+202E")));
    fields("\"x\\u0000\": 1", &format!("the document: `x?` {}", control("U+0000")));
    // Shapes that are read.
    let text = "a text in double quotes is expected here";
    fields(
        "\"metadata\": {\"component\": {\"type\": \"application\", \"properties\": \"x\"}}",
        "metadata.component.properties: a list in square brackets is expected here, and a text is written",
    );
    fields("\"components\": {}", "components: a list in square brackets is expected here, and an object is written");
    fields(
        "\"components\": [3]",
        "components[0]: an object in curly brackets is expected here, and a number is written",
    );
    fields("\"components\": [{\"name\": \"a\"}]", "components[0]: the key `type` is missing here");
    fields("\"components\": [{\"type\": \"data\"}]", "components[0]: the key `name` is missing here");
    fields(
        "\"components\": [{\"type\": \"data\", \"name\": 3}]",
        &format!("components[0].name: {text}, and a number is written"),
    );
    let component = |rest: &str| format!("\"components\": [{{\"type\": \"data\", \"name\": \"a\", {rest}}}]");
    fields(&component("\"version\": 1.0"), &format!("components[0].version: {text}, and a number is written"));
    fields(
        &component("\"supplier\": \"Acme\""),
        "components[0].supplier: an object in curly brackets is expected here, and a text is written",
    );
    fields(
        &component(
            "\"data\": [{\"type\": \"dataset\", \"governance\": {\"owners\": [{\"contact\": {\"name\": null}}]}}]",
        ),
        &format!("components[0].data[0].governance.owners[0].contact.name: {text}, and null is written"),
    );
    fields(
        &component("\"licenses\": [{\"license\": {\"id\": true}}]"),
        &format!("components[0].licenses[0].license.id: {text}, and true or false is written"),
    );
    fields("\"dependencies\": [{\"dependsOn\": []}]", "dependencies[0]: the key `ref` is missing here");
    fields(
        "\"dependencies\": [{\"ref\": \"a\", \"dependsOn\": \"b\"}]",
        "dependencies[0].dependsOn: a list in square brackets is expected here, and a text is written",
    );
}

#[test]
fn what_is_too_large_too_deep_or_too_long_is_refused() {
    let padded = |size: usize| document(&format!("\"x\": \"{}\"", "a".repeat(size)));
    assert_eq!(complaint(&padded(1_000_000)), "");
    assert!(complaint(&padded(LARGEST)).contains("a bill has at most 2097152"));
    // Two bytes each as written, and a line each once printed.
    let flat = document(&format!("\"x\": [{}1]", "1,".repeat(900_000)));
    assert!(complaint(&flat).starts_with("with one line per field it has "), "{}", complaint(&flat));

    let nested = |depth: usize| document(&format!("\"x\": {}{}", "[".repeat(depth), "]".repeat(depth)));
    assert_eq!(complaint(&nested(63)), "");
    let deep = "2:69: lists and objects are nested deeper than 64 here; a bill is much flatter";
    assert_eq!(complaint(&nested(64)), deep);
    assert_eq!(complaint(&nested(500_000)), deep);
    let open = document(&format!("\"x\": {}", "{\"a\":".repeat(300_000)));
    assert!(complaint(&open).contains("this is not valid JSON"), "{}", complaint(&open));

    let number = |digits: &str| complaint(&document(&format!("\"x\": {digits}")));
    assert_eq!(number(&"9".repeat(100)), "");
    assert_eq!(number(&"9".repeat(101)), "x: this number has 101 characters; it may have 100");
}

#[test]
fn a_key_of_the_parser_itself_is_a_key_like_any_other() {
    let text = document(
        "\"x\": {\"$serde_json::private::Number\": \"1\"}, \"y\": {\"$serde_json::private::RawValue\": \"{\"}",
    );
    let bill = Bill::read(&text).expect("an odd bill");
    assert!(bill.document["x"].is_object() && bill.document["y"].is_object());
    assert_eq!(Bill::read(&bill.text()).expect("what was printed"), bill);
}

#[test]
fn numbers_and_order_stay_as_they_were() {
    let text = document("\"z\": [1.10, 1E400, -0, 12345678901234567890123, 0.1234567890123456789],\n\"a\": 1");
    let printed = Bill::read(&text).expect("a bill").text();
    let expected = "{
  \"bomFormat\": \"CycloneDX\",
  \"specVersion\": \"1.6\",
  \"z\": [
    1.10,
    1e+400,
    -0,
    12345678901234567890123,
    0.1234567890123456789
  ],
  \"a\": 1
}";
    assert_eq!(printed, expected);
}

#[test]
fn a_mark_at_the_beginning_is_passed_over() {
    assert_eq!(complaint(&format!("\u{feff}{EXAMPLE}")), "");
}

#[test]
fn what_is_wrong_and_kept_is_a_warning() {
    let case = |fields: &str, expected: &[&str]| {
        let bill = Bill::read(&document(fields)).expect("a bill");
        assert_eq!(bill.warnings(), expected, "of {fields}");
    };
    case("", &[]);
    case(
        "\"dependencies\": [{\"ref\": \"system\", \"dependsOn\": [\"urn:cdx:1/1#a\", \"nobody\"], \"provides\": [\"b\"]}]",
        &[
            "dependencies[0].dependsOn[1]: nothing in the document has the bom-ref `nobody`",
            "dependencies[0].provides[0]: nothing in the document has the bom-ref `b`",
        ],
    );
    case(
        "\"components\": [{\"type\": \"machine-learning-model\", \"name\": \"m\", \"bom-ref\": \"urn:cdx:1\",
            \"modelCard\": {\"modelParameters\": {\"datasets\": [{\"ref\": \"d\"}]}}}]",
        &[
            "components[0].bom-ref: a bom-ref should not begin with urn:cdx:",
            "components[0].modelCard.modelParameters.datasets[0].ref: nothing in the document has the bom-ref `d`",
        ],
    );
    case(
        "\"components\": [{\"type\": \"library\", \"name\": \"l\", \"modelCard\": {}, \"data\": []}, {\"type\": \"ml\", \"name\": \"m\"}]",
        &[
            "components[0].modelCard: a model card belongs to a machine-learning-model",
            "components[0].data: this belongs to a component of type data",
            "components[1].type: CycloneDX has no component type `ml`",
        ],
    );
    let seven =
        document("\"$schema\": \"http://cyclonedx.org/schema/bom-1.6.schema.json\"").replace("\"1.6\"", "\"1.7\"");
    let warnings = Bill::read(&seven).expect("a bill").warnings();
    assert_eq!(warnings, ["$schema: it names another schema than that of CycloneDX 1.7"]);
    assert_eq!(example().warnings(), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_survives_the_cleaning_of_a_save(text in any::<String>(), marks in "[a-eé❤👩1#\u{200b}-\u{200f}\u{fe0f}\u{301}\u{338}\"\\\\\n가\u{1100}\u{1161}]{0,20}") {
        for text in [text, marks] {
            let mut bill = Bill::default();
            bill.document["x"] = Value::from(text.as_str());
            bill.document["y"] = serde_json::json!({ &text: 1 });
            let printed = bill.text();
            prop_assert_eq!(&*clean_text(&printed), &printed);
            let again: Value = serde_json::from_str(&printed).expect("JSON");
            prop_assert_eq!(&again, &bill.document);
        }
    }

    #[test]
    fn broken_texts_are_refused_without_a_panic(cut in 0..EXAMPLE.len(), byte in "[\\[\\]{}\",:0-9a-z\\\\\u{1b}é]") {
        let cut = EXAMPLE.floor_char_boundary(cut);
        let truncated = Bill::read(&EXAMPLE[..cut]);
        prop_assert!(truncated.is_err());
        let changed = format!("{}{byte}{}", &EXAMPLE[..cut], &EXAMPLE[cut..]);
        if let Ok(bill) = Bill::read(&changed) {
            prop_assert_eq!(Bill::read(&bill.text()), Ok(bill));
        }
    }
}

//! Exporting: what is filled in, and that nothing of an imported document is changed or lost.

use proptest::{collection, prelude::*};
use serde_json::{Map, Number, Value, json};

use super::{document, example, says_all_of};
use crate::{
    bom::{
        Bill, PartKind, SpecVersion,
        export::{SystemFacts, export, impact_links},
    },
    model::{
        evidence::Evidence,
        profile::AiRole,
        system::{Stage, System},
    },
};

fn system() -> System {
    System {
        version: "2.3".into(),
        owner: "Head of HR".into(),
        purpose: "Ranks applications.".into(),
        stage: Some(Stage::Operation),
        roles: vec![AiRole::Provider, AiRole::User],
        suppliers: vec!["Example Ltd".into(), "Cloud Inc".into()],
        evidence: vec!["impact".into(), "other".into()],
        ..System::named("cv", "CV screening")
    }
}

fn exported(bill: &Bill) -> Value {
    let classes = ["high-risk".to_owned(), "transparency".to_owned()];
    let facts = SystemFacts {
        system: &system(),
        classes: &classes,
        impact_links: &["https://example.com/impact"],
        as_of: "2026-10-15".parse().expect("a day"),
        program_version: "0.1.0",
    };
    serde_json::from_str(&export(bill, &facts)).expect("JSON")
}

#[test]
fn an_empty_bill_says_all_that_the_register_knows() {
    let text = serde_json::to_string_pretty(&exported(&Bill::default())).expect("JSON");
    insta::assert_snapshot!(text, @r#"
    {
      "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
      "bomFormat": "CycloneDX",
      "specVersion": "1.6",
      "serialNumber": "urn:uuid:9c6b1b9e-0b69-55c8-ad97-2372021499fe",
      "version": 1,
      "metadata": {
        "timestamp": "2026-10-15T00:00:00Z",
        "lifecycles": [
          {
            "phase": "operations"
          }
        ],
        "tools": {
          "components": [
            {
              "type": "application",
              "name": "aimscope",
              "version": "0.1.0"
            }
          ]
        },
        "component": {
          "bom-ref": "system",
          "type": "application",
          "name": "CV screening",
          "version": "2.3",
          "description": "Ranks applications.",
          "supplier": {
            "name": "Example Ltd"
          },
          "externalReferences": [
            {
              "type": "risk-assessment",
              "url": "https://example.com/impact",
              "comment": "AI system impact assessment"
            }
          ],
          "properties": [
            {
              "name": "aims:system:owner",
              "value": "Head of HR"
            },
            {
              "name": "aims:system:role",
              "value": "provider"
            },
            {
              "name": "aims:system:role",
              "value": "user"
            },
            {
              "name": "aims:system:supplier",
              "value": "Cloud Inc"
            },
            {
              "name": "aims:eu-ai-act:risk-class",
              "value": "high-risk"
            },
            {
              "name": "aims:eu-ai-act:risk-class",
              "value": "transparency"
            }
          ]
        }
      }
    }
    "#);
}

#[test]
fn the_number_follows_from_the_content_and_not_from_the_day() {
    let number = |bill: &Bill, day: &str| {
        let facts = SystemFacts {
            system: &system(),
            classes: &[],
            impact_links: &[],
            as_of: day.parse().expect("a day"),
            program_version: "0.1.0",
        };
        let exported: Value = serde_json::from_str(&export(bill, &facts)).expect("JSON");
        exported["serialNumber"].as_str().expect("a text").to_owned()
    };
    let mut bill = Bill::default();
    let first = number(&bill, "2026-10-15");
    assert_eq!(first, number(&bill, "2026-10-16"));
    bill.add_part(PartKind::Model, "m");
    assert_ne!(first, number(&bill, "2026-10-15"));
    assert_eq!(number(&example(), "2026-10-15"), "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79");
}

#[test]
fn what_the_document_says_stays_as_it_is() {
    let bill = example();
    let exported = exported(&bill);
    assert!(says_all_of(&exported, &bill.document));
    let component = &exported["metadata"]["component"];
    assert_eq!(component["name"], "CV screening assistant");
    let properties: Vec<&Value> = component["properties"].as_array().expect("a list").iter().collect();
    let named = |name: &str| properties.iter().filter(|property| property["name"] == name).count();
    assert_eq!((named("aims:system:role"), named("aims:eu-ai-act:risk-class"), named("aims:system:owner")), (1, 1, 1));
}

#[test]
fn only_links_of_the_system_to_its_impact_assessment_count() {
    let item = |id: &str, location: &str, serves: &str| {
        let served = vec![serves.parse().expect("a requirement")];
        let day = "2026-10-15".parse().expect("a day");
        Evidence { id: id.into(), location: location.into(), ..Evidence::found_at(location, day, "Ann", served, &[]) }
    };
    let evidence = [
        item("impact", "https://example.com/impact", "A.5.3"),
        item("other", "https://example.com/policy", "5.2"),
        item("third", "https://example.com/third", "A.5.3"),
    ];
    assert_eq!(impact_links(&system(), &evidence), ["https://example.com/impact"]);
    assert_eq!(impact_links(&system(), &[item("impact", "docs/impact.pdf", "A.5.3")]), [""; 0]);
    assert_eq!(impact_links(&system(), &[item("impact", "https://example.com/a b", "A.5.3")]), [""; 0]);
}

#[test]
fn a_bill_of_1_7_becomes_one_of_1_6_only_where_nothing_is_lost() {
    let seven = |fields: &str| Bill::read(&document(fields).replacen("1.6", "1.7", 1)).expect("a bill");
    let plain = seven("\"$schema\": \"http://cyclonedx.org/schema/bom-1.7.schema.json\"");
    assert_eq!(plain.spec_version(), SpecVersion::V1_7);
    assert_eq!(exported(&plain)["specVersion"], "1.7");
    let older = plain.as_1_6().expect("nothing new in it");
    assert_eq!(older.document["$schema"], SpecVersion::V1_6.schema());
    assert_eq!(example().as_1_6(), Ok(example()));
    let case = |fields: &str, place: &str| {
        let error = seven(fields).as_1_6().expect_err("something new").to_string();
        assert_eq!(
            error,
            format!(
                "{place}: CycloneDX 1.6 does not know this; write the bill in the 1.7 in which it came, or take it out"
            )
        );
    };
    case("\"citations\": []", "citations");
    let component = |rest: &str| format!("\"components\": [{{\"type\": \"library\", \"name\": \"l\", {rest}}}]");
    case(&component("\"isExternal\": true"), "components[0].isExternal");
    case(
        &component("\"externalReferences\": [{\"type\": \"patent\", \"url\": \"https://example.com\"}]"),
        "components[0].externalReferences[0].type",
    );
    case(
        &component("\"externalReferences\": [{\"type\": \"vcs\", \"url\": \"a\", \"properties\": []}]"),
        "components[0].externalReferences[0].properties",
    );
    case(&component("\"licenses\": [{\"expression\": \"MIT\"}, {\"expression\": \"Zlib\"}]"), "components[0].licenses");
}

/// Any JSON, its numbers of any size.
fn json() -> impl Strategy<Value = Value> {
    let number = "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,4})?"
        .prop_map(|digits| Value::Number(digits.parse::<Number>().expect("a number")));
    let text = "[a-z \"\\\\é東\n\t\u{200b}\u{301}👩]{0,8}".prop_map(Value::from);
    let leaf = prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), number, text];
    leaf.prop_recursive(4, 24, 5, |inner| {
        let key = "[a-z$:\u{301} ]{0,6}";
        let object = collection::vec((key, inner.clone()), 0..5)
            .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<String, Value>>()));
        prop_oneof![collection::vec(inner, 0..5).prop_map(Value::from), object]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn import_then_export_is_lossless(unknown in json(), of_component in json(), of_model in json(), of_system in json(), is_newer in any::<bool>()) {
        let mut imported = example().document;
        if is_newer {
            imported["specVersion"] = json!("1.7");
            imported["citations"] = json!([{ "x": unknown.clone() }]);
        }
        imported["x-unknown"] = unknown;
        imported["components"][3]["x-unknown"] = of_component;
        imported["components"][0]["modelCard"]["considerations"]["x-unknown"] = of_model;
        imported["metadata"]["component"]["x-unknown"] = of_system;
        let text = serde_json::to_string(&imported).expect("JSON");
        let bill = Bill::read(&text).expect("a bill");
        prop_assert_eq!(&bill.document, &imported);
        let kept = Bill::read(&bill.text()).expect("what a save holds");
        prop_assert!(says_all_of(&exported(&kept), &imported));
        // A change elsewhere loses nothing either.
        let mut changed = kept;
        changed.add_part(PartKind::Prompt, "new");
        let last = changed.parts().into_iter().find(|part| part.name() == "new").expect("the new part");
        prop_assert!(says_all_of(&exported(&changed), &imported));
        changed.remove_part(last.key());
        prop_assert_eq!(&changed.document, &imported);
    }
}

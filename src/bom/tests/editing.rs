//! Changing parts: the keys of the field that changed, the dependencies, and nothing else.

use serde_json::{Value, json};

use super::{document, example};
use crate::bom::{Bill, Part, PartField, PartKind, components_fact};

fn part(bill: &Bill, name: &str) -> Part {
    bill.parts().into_iter().find(|part| part.name() == name).unwrap_or_else(|| panic!("no part {name}"))
}

/// The bill with a field of a part set.
fn with(bill: &Bill, name: &str, field: PartField, text: &str) -> Bill {
    let mut bill = bill.clone();
    let before = part(&bill, name);
    let after = before.clone().with(field, text);
    bill.set_part(&before, &after).unwrap_or_else(|problem| panic!("{name}: {problem}"));
    bill
}

#[test]
fn the_parts_of_a_document_are_read_with_their_fields() {
    let parts = example().parts();
    let lines = parts.iter().map(|part| {
        let texts = part.kind().fields().iter().filter(|field| !part.text(**field).is_empty());
        let texts = texts.map(|field| format!("{}: {}", field.label(part.kind()), part.text(*field)));
        format!("{} at {}\n  {}", part.kind().name(), part.key(), texts.collect::<Vec<_>>().join("\n  "))
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @"
    model at /components/0
      Name: cv-ranker
      Version: 2.3
      Licence: Proprietary
      Base model: base-encoder
      Data sets: applications-2019-2024
      Learning: supervised
      Task: ranking
      Architecture: transformer
      Users: Recruiters
      Use cases: First ordering of applications
      Limitations: Not tested for non-EU diplomas
      Model card: https://example.com/model-card
    data set at /components/1
      Name: applications-2019-2024
      Version: 3
      Use: training
      Owner: HR
      Classification: confidential
      Sensitive data: names; employment history
      Known bias: few applicants over 60
      Description: Past applications with outcome
    prompt at /components/2
      Name: explanation-prompt
      Version: 5
    library at /components/3
      Name: onnxruntime
      Version: 1.20.0
      Package URL: pkg:pypi/onnxruntime@1.20.0
    link to an evaluation at /components/0/externalReferences/1
      Location: https://example.com/aisia
      Description: AI system impact assessment
    ");
}

#[test]
fn kinds_follow_type_and_properties() {
    let data = |property: &str| {
        format!(
            "{{\"type\": \"data\", \"name\": \"d\", \"properties\": [{{\"name\": \"aims:artefact:kind\", \"value\": \"{property}\"}}]}}"
        )
    };
    let case = |component: &str, kind: PartKind| {
        let bill = Bill::read(&document(&format!("\"components\": [{component}]"))).expect("a bill");
        assert_eq!(bill.parts()[0].kind(), kind, "of {component}");
    };
    let typed = |of: &str| format!("{{\"type\": \"{of}\", \"name\": \"c\"}}");
    case(&typed("machine-learning-model"), PartKind::Model);
    case(&typed("framework"), PartKind::Library);
    case(&typed("operating-system"), PartKind::Platform);
    case(&typed("firmware"), PartKind::Device);
    case(&typed("application"), PartKind::Other);
    case(&typed("data"), PartKind::Dataset);
    case(&data("prompt"), PartKind::Prompt);
    case(&data("guardrail"), PartKind::Guardrail);
    case(&data("evaluation"), PartKind::Evaluation);
    case(&data("something"), PartKind::Dataset);
    let tuned = "{\"type\": \"data\", \"name\": \"d\", \"data\": [{\"type\": \"dataset\", \"contents\": {\"properties\": \
                 [{\"name\": \"aims:data:use\", \"value\": \"fine-tuning\"}]}}]}";
    case(tuned, PartKind::FineTuningData);
}

#[test]
fn every_field_can_be_set_and_taken_away_again_without_a_trace() {
    for kind in PartKind::NEW {
        let mut empty = Bill::default();
        empty.add_part(PartKind::Dataset, "rows");
        empty.add_part(kind, "it");
        for field in kind.fields().iter().filter(|field| **field != PartField::Name) {
            let text = match field {
                PartField::Hash => "SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                PartField::Use => "training; test",
                PartField::Datasets => "rows",
                other => other.choices().first().copied().unwrap_or("some/text"),
            };
            let before = part(&empty, "it").text(*field).to_owned();
            let set = with(&empty, "it", *field, text);
            assert_eq!(part(&set, "it").text(*field), text, "{kind:?} {field:?}");
            let back = with(&set, "it", *field, &before);
            assert_eq!(part(&back, "it"), part(&empty, "it"), "{kind:?} {field:?}");
            let is_empty_again = before.is_empty() && *field != PartField::Datasets;
            assert!(!is_empty_again || back == empty, "{kind:?} {field:?}: {}", back.text());
        }
    }
}

#[test]
fn a_change_leaves_everything_else_of_the_component_alone() {
    let bill = example();
    let changed = with(&bill, "cv-ranker", PartField::Supplier, "Example Ltd");
    let mut expected = bill.document.clone();
    expected["components"][0]["supplier"] = json!({ "name": "Example Ltd" });
    assert_eq!(changed.document, expected);

    let changed = with(&bill, "cv-ranker", PartField::BaseModel, "other-encoder");
    let ancestor = &changed.document["components"][0]["pedigree"]["ancestors"][0];
    assert_eq!((&ancestor["name"], &ancestor["version"]), (&json!("other-encoder"), &json!("1.0")));

    let changed = with(&bill, "applications-2019-2024", PartField::Bias, "");
    let contents = &changed.document["components"][1]["data"][0]["contents"]["properties"];
    assert_eq!(*contents, json!([{ "name": "aims:data:use", "value": "training" }]));

    let changed = with(&bill, "applications-2019-2024", PartField::Bias, "few over 60; few returners");
    let contents = &changed.document["components"][1]["data"][0]["contents"]["properties"];
    assert_eq!(contents[1], json!({ "name": "aims:data:known-bias", "value": "few over 60; few returners" }));

    let changed = with(&bill, "applications-2019-2024", PartField::Use, "training; test");
    let contents = &changed.document["components"][1]["data"][0]["contents"]["properties"];
    assert_eq!(contents[1], json!({ "name": "aims:data:use", "value": "test" }));

    let changed = with(&bill, "applications-2019-2024", PartField::Name, "applications");
    assert_eq!(changed.document["components"][1]["data"][0]["name"], "applications");
    assert_eq!(part(&changed, "cv-ranker").text(PartField::Datasets), "applications");
}

#[test]
fn what_a_field_cannot_say_changes_nothing() {
    let case = |name: &str, field: PartField, text: &str, message: &str| {
        let mut bill = example();
        let before = part(&bill, name);
        let problem = bill.set_part(&before, &before.clone().with(field, text)).expect_err("a problem");
        assert_eq!((problem.field, problem.to_string().as_str()), (field, message));
        assert_eq!(bill, example());
    };
    case("cv-ranker", PartField::Name, " ", "Give it a name.");
    case("cv-ranker", PartField::Origin, "ours", "Write own, fine-tuned, third-party-weights, third-party-service.");
    case(
        "cv-ranker",
        PartField::ModelCard,
        "https://example.com/a b",
        "`https://example.com/a b` is neither a path nor a link; write spaces as %20, as in files/my%20model.",
    );
    case(
        "cv-ranker",
        PartField::Hash,
        "SHA-256 12",
        "`SHA-256 12` is no hash; write an algorithm and 32 to 128 hexadecimal digits, such as SHA-256 9f86...",
    );
    case(
        "cv-ranker",
        PartField::Licence,
        "MIT OR Apache-2.0; Zlib",
        "An expression such as MIT OR Apache-2.0 stands alone; join all licences in it with AND or OR.",
    );
    case("risk assessment", PartField::Location, "", "A link needs its address.");
    case(
        "applications-2019-2024",
        PartField::Use,
        "training; fun",
        "`fun` is no use of data here; write training, fine-tuning, validation, test, production, retrieval.",
    );
    case("cv-ranker", PartField::Datasets, "rows", "There is no data set `rows` in this bill; add it first.");
    case("cv-ranker", PartField::BaseModel, "", "More is said of the base model than its name, so it needs one.");

    let mut bill = example();
    let (before, stale) = (part(&bill, "onnxruntime"), part(&bill, "cv-ranker"));
    bill.remove_part(before.key());
    let problem = bill.set_part(&before, &before.clone().with(PartField::Version, "2")).expect_err("it is gone");
    assert_eq!(problem.to_string(), "This part was changed meanwhile; go back and open it again.");
    bill.set_part(&stale, &stale.clone().with(PartField::Version, "3")).expect("this one is as it was");
}

#[test]
fn licences_are_ids_expressions_or_names() {
    let case = |text: &str, licences: Value| {
        let bill = with(&example(), "onnxruntime", PartField::Licence, text);
        assert_eq!(bill.document["components"][3]["licenses"], licences, "of {text}");
    };
    case("MIT", json!([{ "license": { "id": "MIT" } }]));
    case("apache-2.0", json!([{ "license": { "id": "Apache-2.0" } }]));
    case("MIT OR Apache-2.0", json!([{ "expression": "MIT OR Apache-2.0" }]));
    case(
        "GPL-2.0-only WITH Classpath-exception-2.0",
        json!([{ "expression": "GPL-2.0-only WITH Classpath-exception-2.0" }]),
    );
    case("Llama 3 Community", json!([{ "license": { "name": "Llama 3 Community" } }]));
    case("MIT; Our terms", json!([{ "license": { "id": "MIT" } }, { "license": { "name": "Our terms" } }]));
    let text = "\"components\": [{\"type\": \"library\", \"name\": \"l\",
        \"licenses\": [{\"license\": {\"id\": \"MIT\", \"url\": \"https://example.com\"}}]}]";
    let bill = with(&Bill::read(&document(text)).expect("a bill"), "l", PartField::Licence, "MIT; Zlib");
    assert_eq!(bill.document["components"][0]["licenses"][0]["license"]["url"], "https://example.com");
}

#[test]
fn the_system_depends_on_its_parts_and_models_on_their_data() {
    let mut bill = Bill::default();
    bill.add_part(PartKind::Dataset, "early");
    bill.add_part(PartKind::Model, "Ranker");
    bill.add_part(PartKind::Dataset, "rows");
    bill.add_part(PartKind::Prompt, "Explain it!");
    bill.add_part(PartKind::Service, "Chat");
    bill.add_part(PartKind::Library, "lib");
    bill.add_part(PartKind::Library, "lib");
    let expected = json!([
        { "ref": "system", "dependsOn": ["model-ranker", "prompt-explain-it", "service-chat", "lib-lib", "lib-lib-2"] },
        { "ref": "model-ranker", "dependsOn": ["data-rows"] }
    ]);
    assert_eq!(bill.document["dependencies"], expected);
    assert_eq!(part(&bill, "Ranker").text(PartField::Datasets), "rows");
    assert_eq!(bill.warnings(), [""; 0]);

    let named = with(&bill, "Ranker", PartField::Datasets, "early");
    assert_eq!(named.document["dependencies"][1], json!({ "ref": "model-ranker", "dependsOn": ["data-early"] }));

    let mut bill = named;
    bill.remove_part(part(&bill, "early").key());
    assert_eq!(part(&bill, "Ranker").text(PartField::Datasets), "");
    bill.remove_part(part(&bill, "Ranker").key());
    assert_eq!(
        bill.document["dependencies"],
        json!([{ "ref": "system", "dependsOn": ["prompt-explain-it", "service-chat", "lib-lib", "lib-lib-2"] }])
    );
    while let Some(part) = bill.parts().first() {
        bill.remove_part(part.key());
    }
    assert_eq!(bill.document["dependencies"], json!([{ "ref": "system" }]));
}

#[test]
fn removing_a_part_takes_out_what_led_to_it_and_nothing_else() {
    let mut bill = example();
    bill.remove_part(part(&bill, "cv-ranker").key());
    let mut expected = example().document;
    expected["components"].as_array_mut().expect("a list").remove(0);
    expected["dependencies"] = json!([{ "ref": "system-1", "dependsOn": ["prompt-1"] }]);
    assert_eq!(bill.document, expected);
    let unchanged = bill.clone();
    for key in ["", "/", "/components", "/components/9", "/nowhere/0"] {
        bill.remove_part(key);
        assert_eq!(bill, unchanged, "of {key}");
    }
}

#[test]
fn a_link_to_an_evaluation_is_a_part_too() {
    let mut bill = example();
    let link = part(&bill, "risk assessment");
    assert_eq!((link.kind(), link.text(PartField::Location)), (PartKind::EvaluationLink, "https://example.com/aisia"));
    bill.set_part(&link, &link.clone().with(PartField::Description, "of 2026")).expect("a comment");
    assert_eq!(bill.document["components"][0]["externalReferences"][1]["comment"], "of 2026");
    bill.remove_part(link.key());
    assert_eq!(bill.document["components"][0]["externalReferences"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_fact_names_models_and_services() {
    assert_eq!(components_fact(""), "");
    assert_eq!(components_fact("{"), "a bill of materials that cannot be read");
    assert_eq!(components_fact(&example().text()), "model cv-ranker 2.3");
    let mut bill = with(&example(), "cv-ranker", PartField::Supplier, "Example Ltd");
    bill.add_part(PartKind::Service, "Chat");
    bill.add_part(PartKind::Model, "e\u{301}\u{200b}");
    assert_eq!(components_fact(&bill.text()), "hosted service Chat; model cv-ranker 2.3 (Example Ltd); model \u{e9}");
    bill.remove_part("/components/4");
    assert_eq!(components_fact(&bill.text()), "hosted service Chat; model cv-ranker 2.3 (Example Ltd)");
}

#[test]
fn a_new_data_set_and_another_choice_of_them_leave_those_that_stand_without_a_name() {
    let datasets =
        r#"[{"contents": {"attachment": {"content": "a"}}}, {"ref": "rows"}, {"name": "a; b"}, {"name": "a"}]"#;
    let mut bill = Bill::read(&document(&format!(
        r#""components": [
            {{"type": "machine-learning-model", "name": "m", "modelCard": {{"modelParameters": {{"datasets": {datasets}}}}}}},
            {{"type": "data", "name": "rows", "bom-ref": "rows"}}
        ]"#
    )))
    .expect("a bill");
    let of_model = |bill: &Bill| {
        let list = &bill.document["components"][0]["modelCard"]["modelParameters"]["datasets"];
        list.as_array().expect("a list").clone()
    };
    let before = of_model(&bill);
    bill.add_part(PartKind::Dataset, "rows");
    assert_eq!(of_model(&bill), [before.clone(), vec![json!({ "ref": "data-rows" })]].concat());
    let chosen = with(&bill, "m", PartField::Datasets, "rows; a");
    assert_eq!(of_model(&chosen), [before[0].clone(), before[1].clone(), before[3].clone()]);
}

#[test]
fn the_parts_of_a_bill_with_thousands_of_models_are_listed_in_a_moment() {
    let list = |entry: fn(usize) -> String| (0..4000).map(entry).collect::<Vec<_>>().join(",");
    let models = list(|n| format!(r#"{{"type": "machine-learning-model", "name": "m{n}"}}"#));
    let data = list(|n| format!(r#"{{"type": "data", "name": "d{n}", "bom-ref": "d{n}"}}"#));
    let bill = Bill::read(&document(&format!("\"components\": [{models}, {data}]"))).expect("a bill");
    let begun = std::time::Instant::now();
    assert_eq!(bill.parts().len(), 8000);
    assert!(
        begun.elapsed().as_secs() < 10,
        "took {:?}; it is to grow with the bill, not with its square",
        begun.elapsed()
    );
}

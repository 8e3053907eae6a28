//! The bill of materials of a system: exported bills are valid, imported ones come out as they went in, and what is broken
//! changes nothing.

use std::fs;

use aimscope::{
    bom::{
        Bill, PartField, PartKind, SpecVersion,
        export::{SystemFacts, export},
    },
    model::{
        profile::AiRole,
        system::{Stage, System},
    },
};
use serde_json::Value;

use crate::{
    bill_schema::{errors, fixture, json},
    support::{Outcome, Place},
};

const EXAMPLE: &str = "example-aibom-1.6.json";

/// A save with two systems and nothing else.
fn save() -> String {
    "(version: 1, catalog: \"2026.11\", name: \"Acme\", created: \"2026-11-01\", systems: [
        (id: \"cv\", name: \"CV screening\", in_scope: true, version: \"2.3\", owner: \"Ann\", purpose: \"Ranks.\",
            stage: Operation, roles: [Provider], suppliers: [\"Example Ltd\"]),
        (id: \"bot\", name: \"Bot\", in_scope: true)])"
        .to_owned()
}

fn place() -> Place {
    let place = Place::new();
    place.write("a.ron", save());
    place.write("bom.json", fixture(EXAMPLE));
    place
}

fn cyclonedx(place: &Place, system: &str) -> Value {
    let outcome = place.run(&format!("aibom a.ron --system {system} --format cyclonedx"));
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    json(&outcome.out)
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

#[test]
fn a_system_without_a_bill_exports_what_the_register_knows() {
    let place = place();
    let document = cyclonedx(&place, "cv");
    assert_eq!(errors(&document), [""; 0]);
    let component = &document["metadata"]["component"];
    assert_eq!((&component["name"], &component["version"]), (&"CV screening".into(), &"2.3".into()));
    assert_eq!(document["metadata"]["timestamp"], "2026-11-21T00:00:00Z");
    assert_eq!(errors(&cyclonedx(&place, "bot")), [""; 0]);
    assert_eq!(place.read("a.ron"), save(), "an export changes nothing");
    let text = place.run("aibom a.ron --system bot");
    assert_eq!(
        text.out,
        "\
AI bill of materials of Bot
===========================

System    bot
Parts     no part
Document  CycloneDX 1.6

Nothing is listed yet. Add models, data sets and libraries on the screen of the system, or read a
CycloneDX file with --import.
"
    );
}

#[test]
fn import_then_export_gives_back_every_field() {
    let place = place();
    let outcome = place.run("aibom a.ron --system cv --import bom.json");
    let said = "read into CV screening (cv): 1 model, 1 data set, 1 prompt, 1 library, 1 link to an evaluation; CycloneDX 1.6\n\
                saved: a.ron\n";
    assert_eq!(outcome, Outcome { code: 0, out: said.into(), err: String::new() });
    let exported = cyclonedx(&place, "cv");
    assert!(says_all_of(&exported, &json(&fixture(EXAMPLE))));
    assert_eq!(errors(&exported), [""; 0]);
    assert_eq!(exported["metadata"]["component"]["properties"][2]["name"], "aims:system:owner");
    assert!(place.read("a.ron").contains("\n  \"bomFormat\": \"CycloneDX\",\n"), "the save shows it line by line");
}

#[test]
fn a_bill_of_1_7_stays_one_and_keeps_what_only_1_7_knows() {
    let place = place();
    let mut document = json(&fixture(EXAMPLE));
    document["specVersion"] = "1.7".into();
    document["$schema"] = "http://cyclonedx.org/schema/bom-1.7.schema.json".into();
    place.write("bom.json", document.to_string());
    assert_eq!(place.run("aibom a.ron --system cv --import bom.json").code, 0);
    let exported = cyclonedx(&place, "cv");
    assert_eq!((exported["specVersion"].as_str(), errors(&exported)), (Some("1.7"), Vec::new()));
    let older = json(&place.run("aibom a.ron --system cv --format cyclonedx --spec-version 1.6").out);
    assert_eq!((older["specVersion"].as_str(), errors(&older)), (Some("1.6"), Vec::new()));

    document["components"][3]["isExternal"] = true.into();
    document["metadata"]["distributionConstraints"] = json("{\"tlp\": \"AMBER\"}");
    assert_eq!(errors(&document), [""; 0]);
    place.write("bom.json", document.to_string());
    assert_eq!(place.run("aibom a.ron --system cv --import bom.json --replace").code, 0);
    assert!(says_all_of(&cyclonedx(&place, "cv"), &document));
    let outcome = place.run("aibom a.ron --system cv --format cyclonedx --spec-version 1.6");
    let refusal = "aimscope: metadata.distributionConstraints: CycloneDX 1.6 does not know this; write the bill in the 1.7 in \
                   which it came, or take it out\n";
    assert_eq!(outcome, Outcome { code: 1, out: String::new(), err: refusal.into() });
}

#[test]
fn a_bill_is_replaced_only_when_asked() {
    let place = place();
    place.write("small.json", "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\"}");
    assert_eq!(place.run("aibom a.ron --system cv --import bom.json").code, 0);
    let before = place.read("a.ron");
    let outcome = place.run("aibom a.ron --system cv --import small.json");
    let refusal = "aimscope: cv has a bill of materials already; --replace lets this file take its place, and nothing is \
                   changed without it\n";
    assert_eq!(outcome, Outcome { code: 1, out: String::new(), err: refusal.into() });
    assert_eq!(place.read("a.ron"), before);
    let outcome = place.run("aibom a.ron --system cv --import small.json --replace");
    assert_eq!(outcome.out, "read into CV screening (cv): no part; CycloneDX 1.6\nsaved: a.ron\n");
    assert_eq!(place.run("aibom a.ron --system cv --replace").code, 2, "without --import there is nothing to replace");
    assert_eq!(place.run("aibom a.ron --system cv --import bom.json --format csv").code, 2);
}

#[test]
fn a_system_that_is_not_there_is_told_with_those_that_are() {
    let place = place();
    let outcome = place.run("aibom a.ron --system vc");
    assert_eq!((outcome.code, outcome.err.as_str()), (1, "aimscope: there is no AI system `vc`; there are bot, cv\n"));
    let outcome = place.run("aibom a.ron --system vc --import bom.json");
    assert_eq!(outcome.err, "aimscope: there is no AI system `vc`; there are bot, cv\n");
    place.write("a.ron", "(version: 1, catalog: \"2026.11\", name: \"Acme\", created: \"2026-11-01\")");
    assert_eq!(
        place.run("aibom a.ron --system cv").err,
        "aimscope: there is no AI system `cv`; none is registered yet\n"
    );
}

#[test]
fn a_broken_or_hostile_document_is_one_clear_error_and_changes_nothing() {
    let place = place();
    let case = |bytes: &[u8], expected: &str| {
        place.write("bad.json", bytes);
        let outcome = place.run("aibom a.ron --system cv --import bad.json");
        let err = format!("aimscope: bad.json: {expected}\n");
        assert_eq!(outcome, Outcome { code: 1, out: String::new(), err });
        assert_eq!(place.read("a.ron"), save());
    };
    let example = fixture(EXAMPLE);
    let missing = "the text ends here, before its last bracket or quote is closed; part of it may be missing";
    case(&example.as_bytes()[..50], &format!("2:48: {missing}"));
    case(b"", "it is empty; a bill begins with { \"bomFormat\": \"CycloneDX\"");
    case(b"\xff\xfe{\0", "byte 0 is not valid UTF-8; save the file as UTF-8");
    case(b"[]", "the document: an object in curly brackets is expected here, and a list is written");
    case(
        example.replace("\"1.6\"", "\"1.3\"").as_bytes(),
        "specVersion: CycloneDX 1.3 is not read; 1.6 and 1.7 are. Convert the file first",
    );
    case(
        example.replace("\"data-1\",\n      \"type\"", "\"model-1\",\n      \"type\"").as_bytes(),
        "components[1].bom-ref: `model-1` stands here a second time, after components[0].bom-ref; each bom-ref is there once",
    );
    case(
        example.replace("\"name\": \"cv-ranker\"", "\"name\": \"a\", \"name\": \"b\"").as_bytes(),
        "components[0].name: this key stands twice in its object, and one of the two would be lost; keep one",
    );
    case(
        example.replace("cv-ranker", "cv\\u001b[2Jranker").as_bytes(),
        "components[0].name: `cv?[2Jranker` holds the hidden control character U+001B; take it out",
    );
    let deep = format!("{{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"x\": {}", "[".repeat(400_000));
    case(deep.as_bytes(), &format!("1:400054: {missing}"));
    let closed = format!("{deep}{}}}", "]".repeat(400_000));
    case(closed.as_bytes(), "1:118: lists and objects are nested deeper than 64 here; a bill is much flatter");
    let number = example.replace("\"value\": 120", &format!("\"value\": {}", "9".repeat(5_000)));
    let path =
        "components[0].modelCard.considerations.environmentalConsiderations.energyConsumptions[0].energyProvi...";
    case(number.as_bytes(), &format!("{path}: this number has 5000 characters; it may have 100"));

    let large = fs::File::create(place.path("large.json")).expect("a file");
    large.set_len(50 * 1024 * 1024).expect("a sparse file");
    let outcome = place.run("aibom a.ron --system cv --import large.json");
    assert_eq!(outcome.err, "aimscope: large.json: it has 52428800 bytes; a bill has at most 2097152\n");
    let outcome = place.run("aibom a.ron --system cv --import nowhere.json");
    assert_eq!(outcome.err, "aimscope: nowhere.json: there is no such file\n");
    let outcome = place.run("aibom a.ron --system cv --import .");
    assert_eq!(outcome.err, "aimscope: .: this is not a regular file; name a CycloneDX document in JSON\n");
    assert_eq!(place.read("a.ron"), save());
}

#[test]
fn what_leads_nowhere_is_told_and_kept() {
    let place = place();
    place.write("bom.json", fixture(EXAMPLE).replace("\"lib-1\"\n      ]", "\"lib-9\"\n      ]"));
    let outcome = place.run("aibom a.ron --system cv --import bom.json");
    assert_eq!(outcome.code, 0);
    let warning = "warning: bom.json: dependencies[1].dependsOn[1]: nothing in the document has the bom-ref `lib-9`\n";
    assert_eq!(outcome.err, warning);
    assert_eq!(cyclonedx(&place, "cv")["dependencies"][1]["dependsOn"][1], "lib-9");
}

#[test]
fn a_bill_in_a_save_that_cannot_be_read_is_an_error_of_the_save_and_not_of_the_rest() {
    let place = place();
    place.write("a.ron", save().replace("id: \"bot\",", "id: \"bot\", bill: \"{}\","));
    let outcome = place.run("score a.ron");
    assert_eq!(outcome.code, 1);
    let message =
        "error: a.ron:4:27: the bill of materials of `bot` cannot be read: bomFormat: this is not a CycloneDX document";
    assert!(outcome.err.contains(message) && outcome.out.contains("Acme"), "{}", outcome.err);
    let outcome = place.run("aibom a.ron --system bot");
    assert!(
        outcome.err.starts_with("aimscope: a.ron: the bill of materials of `bot` cannot be read"),
        "{}",
        outcome.err
    );
    assert_eq!(place.run("aibom a.ron --system bot --import bom.json --replace").code, 0);
    assert_eq!(place.run("score a.ron").code, 0);
}

#[test]
fn the_parts_can_be_read_as_text_markdown_and_csv() {
    let place = place();
    place.run("aibom a.ron --system cv --import bom.json");
    insta::assert_snapshot!(place.run("aibom a.ron --system cv").out, @"
    AI bill of materials of CV screening
    ====================================

    System    cv
    Version   2.3
    Parts     1 model, 1 data set, 1 prompt, 1 library, 1 link to an evaluation
    Document  CycloneDX 1.6

    Part                   Name                    Version  Supplier  Licence
    ---------------------  ----------------------  -------  --------  -----------
    model                  cv-ranker               2.3                Proprietary
    data set               applications-2019-2024  3
    prompt                 explanation-prompt      5
    library                onnxruntime             1.20.0
    link to an evaluation  risk assessment

    What is said of them
    --------------------

    cv-ranker               Base model: base-encoder. Data sets: applications-2019-2024. Learning:
                            supervised. Task: ranking. Architecture: transformer. Users: Recruiters. Use
                            cases: First ordering of applications. Limitations: Not tested for non-EU
                            diplomas. Model card: https://example.com/model-card
    applications-2019-2024  Use: training. Owner: HR. Classification: confidential. Sensitive data:
                            names; employment history. Known bias: few applicants over 60. Description:
                            Past applications with outcome
    onnxruntime             Package URL: pkg:pypi/onnxruntime@1.20.0
    risk assessment         Location: https://example.com/aisia. Description: AI system impact
                            assessment
    ");
    let markdown = place.run("aibom a.ron --system cv --format md").out;
    assert!(markdown.contains("| model | cv-ranker | 2.3 |  | Proprietary |\n"), "{markdown}");
    let csv = place.run("aibom a.ron --system cv --format csv").out;
    assert!(csv.starts_with("kind,name,version,supplier,licence,origin,base_model,"), "{csv}");
    assert_eq!(csv.lines().count(), 6);
}

/// Every part of every kind with every field filled.
fn full() -> Bill {
    let mut bill = Bill::default();
    for kind in PartKind::NEW {
        let name = format!("{} é \u{200b}東", kind.name());
        let key = bill.add_part(kind, &name);
        let before = bill.parts().into_iter().find(|part| part.key() == key).expect("the new part");
        let fields = kind.fields().iter().filter(|field| !matches!(field, PartField::Name | PartField::Datasets));
        let after = fields.fold(before.clone(), |part, field| {
            let text = match field {
                PartField::Licence => "apache-2.0; Our own terms",
                PartField::Hash => "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                PartField::Use => "fine-tuning; test",
                other => other.choices().last().copied().unwrap_or("https://example.com/Größe"),
            };
            part.with(*field, text)
        });
        bill.set_part(&before, &after).unwrap_or_else(|problem| panic!("{kind:?} {:?}: {problem}", problem.field));
    }
    bill
}

#[test]
fn exported_bills_of_many_kinds_are_valid() {
    let system = System {
        version: "1".into(),
        owner: "Ann".into(),
        purpose: "Chats.\nA lot.".into(),
        stage: Some(Stage::Verification),
        roles: AiRole::ALL.to_vec(),
        suppliers: vec!["A".into(), "B".into()],
        ..System::named("bot", "Bot")
    };
    let classes = ["high-risk", "gpai-systemic"].map(str::to_owned);
    let facts = SystemFacts {
        system: &system,
        classes: &classes,
        impact_links: &["https://example.com/impact"],
        as_of: "2026-11-21".parse().expect("a day"),
        program_version: "0.1.0",
    };
    let case = |bill: &Bill, what: &str| {
        let document = json(&export(bill, &facts));
        assert_eq!(errors(&document), [""; 0], "{what}: {document}");
    };
    case(&Bill::default(), "empty");
    case(&full(), "full");
    for stage in Stage::ALL {
        let system = System { stage: Some(stage), ..System::named("s", "S") };
        let facts = SystemFacts { system: &system, ..facts };
        assert_eq!(errors(&json(&export(&Bill::default(), &facts))), [""; 0], "{stage}");
    }
    let example = Bill::read(&fixture(EXAMPLE)).expect("the example");
    case(&example, "imported");
    let bare = Bill::read("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.7\"}").expect("a bill");
    assert_eq!(bare.spec_version(), SpecVersion::V1_7);
    case(&bare, "a bare bill of 1.7");
    let mut emptied = full();
    for part in full().parts() {
        let cleared = part.kind().fields().iter().filter(|field| **field != PartField::Name);
        let after = cleared.fold(part.clone(), |part, field| part.with(*field, ""));
        emptied.set_part(&part, &after).unwrap_or_else(|problem| panic!("{:?}: {problem}", problem.field));
    }
    case(&emptied, "every field taken away again");
    while let Some(part) = emptied.parts().first() {
        emptied.remove_part(part.key());
        case(&emptied, "one part less");
    }
}

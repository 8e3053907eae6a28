//! OSCAL: valid by the official schemas, whole in its references, the same ids from export to export, and honest.

use std::{collections::BTreeSet, fs, sync::OnceLock};

use jsonschema::{Draft, Validator};
use proptest::prelude::*;
use serde_json::Value;

use super::{as_of, cases, complete, day, empty, example, hostile, with};
use crate::{
    exchange::oscal::{action_plan, assessment_results},
    model::{
        action::{ActionRecord, ActionStatus},
        answer::{Answer, LevelAnswer},
        arbitrary,
        assessment::Assessment,
        exclusion::{Exclusion, ExclusionBasis},
        level::Level,
        profile::AiRole,
    },
    report::Subject,
    score::properties::catalog,
};

fn validator(name: &str) -> Validator {
    let text = fs::read_to_string(format!("tests/fixtures/oscal/oscal_{name}_schema.json")).expect("a fixture");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    let options = jsonschema::options().with_draft(Draft::Draft7).should_validate_formats(true);
    options.build(&schema).expect("a schema of draft 7")
}

/// What the official schema says against a document; nothing for a valid one.
fn errors(document: &Value) -> Vec<String> {
    static VALIDATORS: OnceLock<[Validator; 2]> = OnceLock::new();
    let [results, plan] = VALIDATORS.get_or_init(|| ["assessment-results", "poam"].map(validator));
    let validator = if document.get("assessment-results").is_some() { results } else { plan };
    validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Both documents.
fn documents(subject: &Subject) -> [Value; 2] {
    [parse(&assessment_results(subject)), parse(&action_plan(subject))]
}

#[test]
fn every_document_is_valid_by_the_official_schema() {
    for (name, assessment) in cases() {
        for document in with(&assessment, as_of(), documents) {
            assert_eq!(errors(&document), [""; 0], "{name}");
        }
    }
}

#[test]
fn markup_of_others_is_shown_rather_than_obeyed() {
    for document in with(&hostile(), as_of(), documents) {
        for key in ["title", "description", "remarks", "statement", "prose", "text"] {
            for text in under(&document, key) {
                for sign in ["<", "["] {
                    assert_eq!(text.matches(sign).count(), text.matches(&format!("\\{sign}")).count(), "{text}");
                }
            }
        }
    }
}

#[test]
fn the_schemas_know_a_broken_document() {
    let [results, plan] = with(&example(), as_of(), documents);
    let broken = |document: &Value, pointer: &str, value: Option<Value>| {
        let (holder, key) = pointer.rsplit_once('/').expect("a pointer");
        let mut document = document.clone();
        let holder = document.pointer_mut(holder).and_then(Value::as_object_mut).expect("a place in the document");
        match value {
            Some(value) => holder.insert(key.to_owned(), value),
            None => holder.remove(key),
        };
        errors(&document)
    };
    let case = |document: &Value, pointer: &str, value: Option<Value>| {
        assert!(!broken(document, pointer, value).is_empty(), "{pointer}");
    };
    let text = |text: &str| Some(Value::from(text));
    case(&results, "/assessment-results/import-ap", None);
    case(&results, "/assessment-results/uuid", text("not a uuid"));
    case(&results, "/assessment-results/unknown", text("x"));
    case(&results, "/assessment-results/metadata/last-modified", text("yesterday"));
    case(&results, "/assessment-results/metadata/title", text(""));
    case(&results, "/assessment-results/results/0/findings/0/target/status/state", text("conforming"));
    case(&results, "/assessment-results/results/0/observations/0/props/0/value", text(" with a space before"));
    case(&results, "/assessment-results/results/0/risks", Some(Value::Array(Vec::new())));
    case(&plan, "/plan-of-action-and-milestones/poam-items", None);
    case(&plan, "/plan-of-action-and-milestones/poam-items/0/title", None);
}

/// Every value under a key of that name, wherever it stands.
fn all_of<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str() {
                    Some(text) if name == key => found.push(text),
                    Some(_) | None => all_of(value, key, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| all_of(item, key, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn under<'v>(document: &'v Value, key: &str) -> Vec<&'v str> {
    let mut found = Vec::new();
    all_of(document, key, &mut found);
    found
}

/// All ids of the things in a document.
fn ids(document: &Value) -> BTreeSet<String> {
    under(document, "uuid").into_iter().map(str::to_owned).collect()
}

#[test]
fn every_id_is_unique_and_every_reference_leads_somewhere() {
    for (name, assessment) in cases() {
        for document in with(&assessment, as_of(), documents) {
            let ids = ids(&document);
            assert_eq!(ids.len(), under(&document, "uuid").len(), "{name}");
            for key in ["observation-uuid", "finding-uuid", "risk-uuid"] {
                for reference in under(&document, key) {
                    assert!(ids.contains(reference), "{key} {reference} in {name}");
                }
            }
            let link = document.pointer("/assessment-results/import-ap/href");
            let link = link.or_else(|| document.pointer("/plan-of-action-and-milestones/import-ssp/href"));
            let link = link.and_then(Value::as_str).and_then(|link| link.strip_prefix('#')).expect("a link");
            assert!(ids.contains(link), "{link} in {name}");
        }
    }
}

#[test]
fn what_both_documents_say_has_the_same_id() {
    let [results, plan] = with(&example(), as_of(), documents);
    let results = ids(&results);
    let of_plan = &plan["plan-of-action-and-milestones"];
    for list in ["observations", "risks", "findings"] {
        let items = of_plan[list].as_array().expect("a list");
        assert!(!items.is_empty());
        for item in items {
            assert!(results.contains(item["uuid"].as_str().expect("an id")), "{list}");
        }
    }
}

fn of_requirement<'v>(document: &'v Value, list: &str, id: &str) -> Option<&'v Value> {
    let items = document["assessment-results"]["results"][0][list].as_array()?;
    items.iter().find(|item| item["title"].as_str().is_some_and(|title| title.contains(&format!("{id} "))))
}

#[test]
fn each_verdict_has_its_finding() {
    let mut assessment = complete();
    // The exclusions below were decided when the organization had no role yet.
    assessment.profile.roles = vec![AiRole::User];
    let reference = |id: &str| id.parse().expect("a reference");
    let answer = |assessment: &mut Assessment, id: &str, change: &dyn Fn(&mut Answer)| {
        change(assessment.answers.get_mut(&reference(id)).expect("an answer"));
    };
    let exclusion =
        |reason: &str| Exclusion { basis: Some(ExclusionBasis::Other), reason: reason.into(), ..Exclusion::default() };
    // 4.1 stays conforming.
    answer(&mut assessment, "4.2", &|answer| answer.checks.clear());
    answer(&mut assessment, "4.2", &|answer| answer.level = Some(LevelAnswer::Level(Level::ABSENT)));
    answer(&mut assessment, "A.10.3", &|answer| answer.exclusion = Some(exclusion("we buy nothing from anybody")));
    answer(&mut assessment, "A.10.4", &|answer| {
        answer.exclusion = Some(Exclusion { disputed: true, ..exclusion("we have no customers at all") });
    });
    answer(&mut assessment, "5.1", &|answer| {
        answer.disputed_levels = vec![LevelAnswer::Level(Level::ABSENT)];
    });
    assessment.answers.remove(&reference("7.1"));
    assessment.evidence[0].serves.retain(|id| *id != reference("7.2"));
    let [results, _] = with(&assessment, as_of(), documents);
    let case = |id: &str| {
        let Some(finding) = of_requirement(&results, "findings", id) else { return "none".to_owned() };
        let status = &finding["target"]["status"];
        let word = |value: &Value| value.as_str().expect("a word").to_owned();
        let risk = if of_requirement(&results, "risks", id).is_some() { ", risk" } else { "" };
        format!("{} {}{risk}", word(&status["state"]), word(&status["reason"]))
    };
    assert_eq!(case("4.1"), "satisfied pass");
    assert_eq!(case("4.2"), "not-satisfied fail, risk");
    assert_eq!(case("7.1"), "not-satisfied other");
    assert_eq!(case("7.2"), "not-satisfied other");
    assert_eq!(case("A.10.3"), "none");
    let remarks = |id: &str| {
        let observation = of_requirement(&results, "observations", id).expect("one for every requirement");
        format!("{} {}", observation["description"], observation["remarks"])
    };
    assert!(remarks("A.10.3").contains("The control is excluded. Basis: other. Reason: we buy nothing from anybody."));
    assert!(remarks("A.10.3").contains("decided under other roles or AI systems and is to be reviewed"));
    assert!(remarks("A.10.4").contains("An exclusion is stated and not in force: the exclusion is disputed."));
    assert!(remarks("5.1").contains("People disagree on an answer"));
    assert!(remarks("7.1").contains("Nobody has said anything"));
    assert!(remarks("4.2").contains("Checks are still open and could change the verdict."));
    let selection = &results["assessment-results"]["results"][0]["reviewed-controls"]["control-selections"][0];
    assert_eq!(selection["exclude-controls"], parse(r#"[{"control-id": "iso42001-A.10.3"}]"#));
}

#[test]
fn a_plan_without_actions_says_so_and_passed_actions_stay() {
    let [_, plan] = with(&complete(), as_of(), documents);
    let items = &plan["plan-of-action-and-milestones"]["poam-items"];
    assert_eq!(items[0]["title"], "No action is open");
    assert_eq!(items.as_array().map(Vec::len), Some(1));

    let mut assessment = example();
    let first = with(&assessment, as_of(), |subject| subject.plan.steps[0].id.clone());
    let record =
        ActionRecord { status: ActionStatus::Dropped, reason: "too dear".into(), ..ActionRecord::blank(&first) };
    assessment.actions = vec![record];
    let [_, plan] = with(&assessment, as_of(), documents);
    let text = plan.to_string();
    assert!(text.contains("Given up; what it would have changed is accepted as it is. too dear."));
    assert!(text.contains("was given up. Reason: too dear."), "the risk of the gap says it too");
}

#[test]
fn ids_do_not_follow_from_order() {
    let assessment = example();
    let all = |subject: &Subject| documents(subject).map(|document| ids(&document));
    let in_order = with(&assessment, as_of(), all);
    let reversed = with(&assessment, as_of(), |subject| {
        let mut plan = subject.plan.clone();
        plan.steps.reverse();
        plan.passed.reverse();
        all(&Subject { plan: &plan, ..*subject })
    });
    assert_eq!(in_order, reversed);
    let mut shuffled = assessment.clone();
    shuffled.evidence.reverse();
    assert_eq!(in_order, with(&shuffled, as_of(), all));
    assert_eq!(in_order[0], with(&assessment, day("2027-01-31"), all)[0], "nor from the day");
}

proptest! {
    // Few, since the official schemas take a while in a program that is built for tests.
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// What has an id with one set of answers has the same with any other.
    #[test]
    fn any_assessment_gives_valid_documents_with_the_same_ids(
        mut assessment in arbitrary::assessment(catalog()),
        as_of in arbitrary::date(),
    ) {
        for document in with(&assessment, as_of, documents) {
            prop_assert_eq!(errors(&document), [""; 0]);
        }
        let nothing = empty();
        (assessment.name, assessment.created) = (nothing.name.clone(), nothing.created);
        let observations = |subject: &Subject| {
            let [results, _] = documents(subject);
            let list = results["assessment-results"]["results"][0]["observations"].as_array().expect("a list").clone();
            list.iter().map(|item| item["uuid"].as_str().expect("an id").to_owned()).collect::<Vec<String>>()
        };
        prop_assert_eq!(with(&assessment, as_of, observations), with(&nothing, as_of, observations));
    }
}

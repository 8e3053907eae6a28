//! The bill as a document for others: what the register knows of the system is filled in wherever the document says nothing.
//!
//! Nothing that the document says is changed, so that what was imported comes out as it went in.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{
    bom::{Bill, part::is_link, place::is_of_type, refs},
    model::{
        evidence::Evidence,
        profile::AiRole,
        reference::Reference,
        system::{Stage, System},
    },
};

/// What the export says about the system and about itself.
#[derive(Clone, Copy, Debug)]
pub struct SystemFacts<'a> {
    /// The system.
    pub system: &'a System,
    /// The ids of its classes under the EU AI Act, as far as they are known.
    pub classes: &'a [String],
    /// Links to its impact assessment; see [`impact_links`].
    pub impact_links: &'a [&'a str],
    /// The day of the export.
    pub as_of: NaiveDate,
    /// The version of this program.
    pub program_version: &'a str,
}

/// What a link to an impact assessment is called.
const IMPACT_ASSESSMENT: &str = "AI system impact assessment";

/// The requirements whose evidence is an impact assessment.
const IMPACT_REQUIREMENTS: [&str; 5] = ["6.1.4", "8.4", "A.5.2", "A.5.3", "A.5.4"];

/// The locations of a system's evidence for its impact assessment, as far as they are links.
pub fn impact_links<'e>(system: &System, evidence: &'e [Evidence]) -> Vec<&'e str> {
    let is_impact = |id: &Reference| IMPACT_REQUIREMENTS.contains(&id.to_string().as_str());
    let of_system = evidence.iter().filter(|item| system.evidence.contains(&item.id));
    let about = of_system.filter(|item| item.serves.iter().any(is_impact));
    let is_web = |link: &&str| link.starts_with("https://") || link.starts_with("http://");
    about.map(|item| item.location.as_str()).filter(|link| is_web(link) && is_link(link)).collect()
}

/// The CycloneDX document of a bill, in the version in which the bill is written. The same input gives the same bytes.
pub fn export(bill: &Bill, facts: &SystemFacts) -> String {
    let mut bill = bill.clone();
    let reference = refs::system(&bill.document);
    let top = bill.document.as_object_mut().expect("a document is an object");
    insert(top, "version", || json!(1), "specVersion");
    insert(top, "metadata", || json!({}), "version");
    if let Some(metadata) = top.get_mut("metadata").and_then(Value::as_object_mut) {
        fill_metadata(metadata, &reference, facts);
    }
    if !bill.document.as_object().is_some_and(|top| top.contains_key("serialNumber")) {
        // The day is filled in later, so that the same content has the same number on every day.
        let number = Uuid::new_v5(&Uuid::NAMESPACE_OID, bill.text().as_bytes());
        let top = bill.document.as_object_mut().expect("a document is an object");
        insert(top, "serialNumber", || json!(number.urn().to_string()), "specVersion");
    }
    if let Some(metadata) = bill.document.get_mut("metadata").and_then(Value::as_object_mut)
        && !metadata.contains_key("timestamp")
    {
        metadata.shift_insert(0, "timestamp".to_owned(), json!(format!("{}T00:00:00Z", facts.as_of)));
    }
    let mut text = bill.text();
    text.push('\n');
    text
}

/// Adds a key behind another one unless it is there.
fn insert(object: &mut Map<String, Value>, key: &str, value: impl FnOnce() -> Value, behind: &str) {
    if !object.contains_key(key) {
        let at = object.keys().position(|other| other == behind).map_or(object.len(), |at| at + 1);
        object.shift_insert(at, key.to_owned(), value());
    }
}

fn fill_metadata(metadata: &mut Map<String, Value>, reference: &str, facts: &SystemFacts) {
    if let Some(stage) = facts.system.stage
        && !metadata.contains_key("lifecycles")
    {
        metadata.insert("lifecycles".to_owned(), json!([{ "phase": phase(stage) }]));
    }
    if !metadata.contains_key("tools") {
        let tool = json!({ "type": "application", "name": "aimscope", "version": facts.program_version });
        metadata.insert("tools".to_owned(), json!({ "components": [tool] }));
    }
    let component = metadata.entry("component").or_insert_with(|| json!({}));
    if let Some(component) = component.as_object_mut() {
        fill_component(component, reference, facts);
    }
}

/// The phases of CycloneDX are those of software; verification is what follows its build.
const fn phase(stage: Stage) -> &'static str {
    match stage {
        Stage::Idea | Stage::Design => "design",
        Stage::Verification => "post-build",
        Stage::Deployment | Stage::Operation => "operations",
        Stage::Retirement => "decommission",
    }
}

fn fill_component(component: &mut Map<String, Value>, reference: &str, facts: &SystemFacts) {
    let system = facts.system;
    let mut fill = |key: &str, value: Value| {
        component.entry(key).or_insert(value);
    };
    fill("bom-ref", json!(reference));
    fill("type", json!("application"));
    fill("name", json!(system.name));
    if !system.version.is_empty() {
        fill("version", json!(system.version));
    }
    if !system.purpose.is_empty() {
        fill("description", json!(system.purpose));
    }
    if let Some(supplier) = system.suppliers.first() {
        fill("supplier", json!({ "name": supplier }));
    }
    fill_links(component, facts.impact_links);
    fill_properties(component, facts);
}

fn fill_links(component: &mut Map<String, Value>, links: &[&str]) {
    let before = component.get("externalReferences").and_then(Value::as_array).cloned().unwrap_or_default();
    let is_there =
        |link: &&&str| before.iter().any(|other| is_of_type(other, &["risk-assessment"]) && other["url"] == **link);
    let link = |link: &&str| json!({ "type": "risk-assessment", "url": link, "comment": IMPACT_ASSESSMENT });
    let new: Vec<Value> = links.iter().filter(|link| !is_there(link)).map(link).collect();
    if !new.is_empty() {
        component.insert("externalReferences".to_owned(), Value::Array([before, new].concat()));
    }
}

/// Adds the properties of this program; a name of which the document has one already is left to the document.
fn fill_properties(component: &mut Map<String, Value>, facts: &SystemFacts) {
    let system = facts.system;
    let owner = [system.owner.as_str()].into_iter().filter(|owner| !owner.is_empty());
    let roles = system.roles.iter().map(|role| role_id(*role));
    let suppliers = system.suppliers.iter().skip(1).map(String::as_str);
    let classes = facts.classes.iter().map(String::as_str);
    let all = owner
        .map(|value| ("aims:system:owner", value))
        .chain(roles.map(|value| ("aims:system:role", value)))
        .chain(suppliers.map(|value| ("aims:system:supplier", value)))
        .chain(classes.map(|value| ("aims:eu-ai-act:risk-class", value)));
    let before = component.get("properties").and_then(Value::as_array).cloned().unwrap_or_default();
    let is_there = |name: &str| before.iter().any(|property| property["name"] == name);
    let new: Vec<Value> =
        all.filter(|(name, _)| !is_there(name)).map(|(name, value)| json!({ "name": name, "value": value })).collect();
    if !new.is_empty() {
        component.insert("properties".to_owned(), Value::Array([before, new].concat()));
    }
}

const fn role_id(role: AiRole) -> &'static str {
    match role {
        AiRole::Producer => "producer",
        AiRole::Provider => "provider",
        AiRole::User => "user",
        AiRole::Partner => "partner",
    }
}

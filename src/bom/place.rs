//! Where a field of a part stands in its component, and how it is read and written there without touching anything else.

use serde_json::{Map, Value, json};

use crate::bom::{
    licence,
    part::{PartField, PartKind, hash, joined, values},
};

/// A step into a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The value under a key.
    Key(&'static str),
    /// The first entry of a list of data descriptions; a new one is of that type.
    FirstData(&'static str),
    /// The first entry of a list of components, here the models that a model was made from.
    FirstComponent,
    /// The first of those in charge: an organization, or the person who is there.
    FirstParty,
}

/// Where and in which form a field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// One text.
    Text {
        /// The way to it.
        path: &'static [Step],
        /// Whether it must be a path or a link.
        is_link: bool,
    },
    /// A list of texts.
    Texts {
        /// The way to it.
        path: &'static [Step],
        /// Whether each must be a path or a link.
        is_link: bool,
    },
    /// The properties of that name in a list of properties.
    Property {
        /// The way to the list.
        path: &'static [Step],
        /// The name.
        name: &'static str,
        /// Whether each value is a property of its own, so that the name repeats.
        is_list: bool,
    },
    /// The external references of these types; new ones are of the first.
    Links(&'static [&'static str]),
    /// The licences.
    Licences,
    /// The hashes.
    Hashes,
    /// The data sets of a model, by reference or inline.
    Datasets,
}

/// The types of external references that are evaluation artefacts.
pub(super) const EVALUATIONS: [&str; 5] =
    ["quality-metrics", "evidence", "risk-assessment", "pentest-report", "attestation"];

/// The way to the data sets of a model.
pub(super) const DATASETS: [&str; 3] = ["modelCard", "modelParameters", "datasets"];

impl Place {
    /// Where a field of a part of that kind stands.
    pub(super) const fn of(kind: PartKind, field: PartField) -> Place {
        use Step::{FirstComponent, FirstData, FirstParty, Key};
        const fn text(path: &'static [Step]) -> Place {
            Place::Text { path, is_link: false }
        }
        const fn texts(path: &'static [Step]) -> Place {
            Place::Texts { path, is_link: false }
        }
        const fn of_data(name: &'static str) -> Place {
            let path = &[Key("data"), FirstData("dataset"), Key("contents"), Key("properties")];
            Place::Property { path, name, is_list: false }
        }
        const fn of_part(name: &'static str) -> Place {
            Place::Property { path: &[Key("properties")], name, is_list: false }
        }
        let is_service = matches!(kind, PartKind::Service);
        let is_data = matches!(kind, PartKind::Dataset | PartKind::FineTuningData);
        let is_link = matches!(kind, PartKind::EvaluationLink);
        match field {
            PartField::Name => text(&[Key("name")]),
            PartField::Version => text(&[Key("version")]),
            PartField::Supplier if is_service => text(&[Key("provider"), Key("name")]),
            PartField::Supplier => text(&[Key("supplier"), Key("name")]),
            PartField::Licence => Place::Licences,
            PartField::Origin => of_part("aims:model:origin"),
            PartField::BaseModel => text(&[Key("pedigree"), Key("ancestors"), FirstComponent, Key("name")]),
            PartField::Datasets => Place::Datasets,
            PartField::Approach => text(&[Key("modelCard"), Key("modelParameters"), Key("approach"), Key("type")]),
            PartField::Task => text(&[Key("modelCard"), Key("modelParameters"), Key("task")]),
            PartField::Architecture => text(&[Key("modelCard"), Key("modelParameters"), Key("architectureFamily")]),
            PartField::Users => texts(&[Key("modelCard"), Key("considerations"), Key("users")]),
            PartField::UseCases => texts(&[Key("modelCard"), Key("considerations"), Key("useCases")]),
            PartField::Limitations => texts(&[Key("modelCard"), Key("considerations"), Key("technicalLimitations")]),
            PartField::PersonalData => of_part("aims:model:personal-data"),
            PartField::ModelCard => Place::Links(&["model-card"]),
            PartField::Use => {
                let path = &[Key("data"), FirstData("dataset"), Key("contents"), Key("properties")];
                Place::Property { path, name: "aims:data:use", is_list: true }
            }
            PartField::Location => match kind {
                PartKind::Service => Place::Texts { path: &[Key("endpoints")], is_link: true },
                PartKind::Evaluation => Place::Links(&EVALUATIONS),
                PartKind::EvaluationLink => Place::Text { path: &[Key("url")], is_link: true },
                PartKind::Prompt | PartKind::Guardrail => {
                    let path = &[Key("data"), FirstData("configuration"), Key("contents"), Key("url")];
                    Place::Text { path, is_link: true }
                }
                PartKind::Model
                | PartKind::Dataset
                | PartKind::FineTuningData
                | PartKind::Library
                | PartKind::Platform
                | PartKind::Device
                | PartKind::Other => {
                    let path = &[Key("data"), FirstData("dataset"), Key("contents"), Key("url")];
                    Place::Text { path, is_link: true }
                }
            },
            PartField::Owner => {
                text(&[Key("data"), FirstData("dataset"), Key("governance"), Key("owners"), FirstParty, Key("name")])
            }
            PartField::Classification => text(&[Key("data"), FirstData("dataset"), Key("classification")]),
            PartField::Sensitive => texts(&[Key("data"), FirstData("dataset"), Key("sensitiveData")]),
            PartField::Collection => of_data("aims:data:collection"),
            PartField::Preparation => of_data("aims:data:preparation"),
            PartField::Provenance => of_data("aims:data:provenance"),
            PartField::Quality => of_data("aims:data:quality"),
            PartField::Bias => of_data("aims:data:known-bias"),
            PartField::Retention => of_data("aims:data:retention"),
            PartField::PackageUrl => text(&[Key("purl")]),
            PartField::Hash => Place::Hashes,
            PartField::Description if is_data => text(&[Key("data"), FirstData("dataset"), Key("description")]),
            PartField::Description if is_link => text(&[Key("comment")]),
            PartField::Description => text(&[Key("description")]),
        }
    }

    /// What a component says there. Data sets need the whole document and are read apart.
    pub(super) fn read(self, component: &Value) -> String {
        let list = |key: &str| component.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        match self {
            Place::Text { path, .. } => found(component, path).and_then(Value::as_str).unwrap_or_default().to_owned(),
            Place::Texts { path, .. } => {
                let texts = found(component, path).and_then(Value::as_array).into_iter().flatten();
                joined(texts.filter_map(Value::as_str))
            }
            Place::Property { path, name, .. } => {
                let all = found(component, path).and_then(Value::as_array).into_iter().flatten();
                joined(
                    all.filter(|property| is_named(property, name))
                        .filter_map(|property| property.get("value")?.as_str()),
                )
            }
            Place::Links(types) => {
                let links = list("externalReferences").iter().filter(|link| is_of_type(link, types));
                joined(links.filter_map(|link| link.get("url")?.as_str()))
            }
            Place::Licences => licence::read(list("licenses")),
            Place::Hashes => {
                let hashes = list("hashes").iter().filter_map(hash_words).collect::<Vec<String>>();
                joined(hashes.iter().map(String::as_str))
            }
            Place::Datasets => String::new(),
        }
    }

    /// Writes a text there; an empty one takes away what was said, and the lists and objects that held only that.
    pub(super) fn write(self, component: &mut Value, text: &str) {
        match self {
            Place::Text { path, .. } => {
                set(component, path, Some(text).filter(|text| !text.is_empty()).map(Value::from))
            }
            Place::Texts { path, .. } => set(component, path, filled(values(text).map(Value::from).collect())),
            Place::Property { path, name, is_list } => {
                let said: Vec<&str> = if is_list { values(text).collect() } else { vec![text] };
                let said = said.into_iter().filter(|value| !value.is_empty());
                let before = found(component, path).and_then(Value::as_array).cloned().unwrap_or_default();
                let new = said.map(|value| json!({ "name": name, "value": value })).collect();
                let all = replaced(before, |property| is_named(property, name), new);
                set(component, path, filled(all));
            }
            Place::Links(types) => {
                let before = taken(component, "externalReferences");
                let link = |url: &str| {
                    let kept = before.iter().find(|link| is_of_type(link, types) && link["url"] == url);
                    kept.cloned().unwrap_or_else(|| json!({ "type": types[0], "url": url }))
                };
                let new = values(text).map(link).collect();
                let all = replaced(before.clone(), |link| is_of_type(link, types), new);
                set(component, &[Step::Key("externalReferences")], filled(all));
            }
            Place::Licences => {
                let entries = licence::write(text, &taken(component, "licenses"));
                set(component, &[Step::Key("licenses")], filled(entries));
            }
            Place::Hashes => {
                let before = taken(component, "hashes");
                let entry = |text: &str| {
                    let kept = before.iter().find(|entry| hash_words(entry).as_deref() == Some(text)).cloned();
                    kept.or_else(|| hash(text).map(|(alg, content)| json!({ "alg": alg, "content": content })))
                };
                set(component, &[Step::Key("hashes")], filled(values(text).filter_map(entry).collect()));
            }
            // References need the whole document and are written apart.
            Place::Datasets => {}
        }
    }
}

fn is_named(property: &Value, name: &str) -> bool {
    property.get("name").and_then(Value::as_str) == Some(name)
}

pub(super) fn is_of_type(link: &Value, types: &[&str]) -> bool {
    link.get("type").and_then(Value::as_str).is_some_and(|of| types.contains(&of))
}

fn hash_words(entry: &Value) -> Option<String> {
    Some(format!("{} {}", entry.get("alg")?.as_str()?, entry.get("content")?.as_str()?))
}

fn taken(component: &Value, key: &str) -> Vec<Value> {
    component.get(key).and_then(Value::as_array).cloned().unwrap_or_default()
}

/// A list, unless it is empty.
pub(super) fn filled(items: Vec<Value>) -> Option<Value> {
    (!items.is_empty()).then_some(Value::Array(items))
}

/// A list with other entries in place of some; the new ones stand where the first of those stood, or at the end.
fn replaced(list: Vec<Value>, is_meant: impl Fn(&Value) -> bool, new: Vec<Value>) -> Vec<Value> {
    let at = list.iter().position(&is_meant).unwrap_or(list.len());
    let mut rest: Vec<Value> = list.into_iter().filter(|entry| !is_meant(entry)).collect();
    let tail = rest.split_off(at);
    rest.into_iter().chain(new).chain(tail).collect()
}

/// The value at the end of a path.
pub(super) fn found<'v>(value: &'v Value, path: &[Step]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::FirstData(_) | Step::FirstComponent => value.get(0),
        Step::FirstParty => value.get(0).and_then(|party| party.get(party_key(party))),
    })
}

/// An entry of those in charge is an organization or a person.
fn party_key(party: &Value) -> &'static str {
    if party.get("contact").is_some() { "contact" } else { "organization" }
}

/// Puts a value at the end of a path, or takes away what is there.
pub(super) fn set(value: &mut Value, path: &[Step], new: Option<Value>) {
    match new {
        Some(new) => put(value, path, new),
        None => drop(clear(value, path)),
    }
}

fn put(value: &mut Value, path: &[Step], new: Value) {
    let Some((step, rest)) = path.split_first() else {
        *value = new;
        return;
    };
    match step {
        Step::Key(key) => put(object(value).entry(*key).or_insert(Value::Null), rest, new),
        Step::FirstData(of) => put(first(value, || json!({ "type": of })), rest, new),
        Step::FirstComponent => put(first(value, || json!({ "type": "machine-learning-model" })), rest, new),
        Step::FirstParty => {
            let party = first(value, || json!({ "organization": {} }));
            let key = party_key(party);
            put(object(party).entry(key).or_insert(Value::Null), rest, new);
        }
    }
}

/// The value as an object; where nothing was, an empty one.
fn object(value: &mut Value) -> &mut Map<String, Value> {
    if value.is_null() {
        *value = Value::Object(Map::new());
    }
    value.as_object_mut().expect("a bill has objects where the places say so")
}

/// The first entry of a list; where nothing was, a new one.
fn first(value: &mut Value, new: impl FnOnce() -> Value) -> &mut Value {
    if value.is_null() {
        *value = Value::Array(Vec::new());
    }
    let list = value.as_array_mut().expect("a bill has lists where the places say so");
    if list.is_empty() {
        list.push(new());
    }
    &mut list[0]
}

/// Takes away the value at the end of a path, with what held only that. Returns whether nothing is left.
fn clear(value: &mut Value, path: &[Step]) -> bool {
    let Some((step, rest)) = path.split_first() else { return true };
    match step {
        Step::Key(key) => clear_key(value, key, rest),
        // What a list of data describes is data all the same when nothing more is said.
        Step::FirstData(_) => {
            if let Some(first) = value.get_mut(0) {
                clear(first, rest);
            }
            false
        }
        Step::FirstComponent => clear_first(value, |first| {
            clear(first, rest);
            first.as_object().is_none_or(|component| component.keys().all(|key| key == "type" || key == "bom-ref"))
        }),
        Step::FirstParty => clear_first(value, |first| clear_key(first, party_key(first), rest)),
    }
}

fn clear_key(value: &mut Value, key: &str, rest: &[Step]) -> bool {
    let Some(object) = value.as_object_mut() else { return false };
    let Some(child) = object.get_mut(key) else { return false };
    if clear(child, rest) {
        object.shift_remove(key);
    }
    object.is_empty()
}

/// Lets the first entry be changed, and takes it out when that leaves nothing of it.
fn clear_first(value: &mut Value, is_done: impl FnOnce(&mut Value) -> bool) -> bool {
    let Some(list) = value.as_array_mut() else { return false };
    if list.first_mut().is_some_and(is_done) {
        list.remove(0);
    }
    list.is_empty()
}

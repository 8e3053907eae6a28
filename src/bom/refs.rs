//! The references of a document: every `bom-ref` once, who depends on whom, and the system itself.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::bom::{
    edit::walk,
    error::{BillError, Path, shown},
    place::DATASETS,
};

/// Every `bom-ref` with its place.
pub(super) fn all(document: &Value) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut collect = |reference: &str, path: &Path| {
        found.entry(reference.to_owned()).or_insert_with(|| path.to_string());
        Ok(())
    };
    // Only `unique` refuses, and a bill has passed it.
    drop(visit(document, &mut Path::default(), &mut collect));
    found
}

/// Refuses a `bom-ref` that is no text or stands twice.
pub(super) fn unique(document: &Value) -> Result<(), BillError> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut check = |reference: &str, path: &Path| match found.insert(reference.to_owned(), path.to_string()) {
        None => Ok(()),
        Some(first) => {
            let message =
                format!("`{}` stands here a second time, after {first}; each bom-ref is there once", shown(reference));
            Err(BillError::at(path, message))
        }
    };
    visit(document, &mut Path::default(), &mut check)
}

type Visitor<'v> = &'v mut dyn FnMut(&str, &Path) -> Result<(), BillError>;

fn visit(value: &Value, path: &mut Path, visitor: Visitor<'_>) -> Result<(), BillError> {
    match value {
        Value::Object(object) => object.iter().try_for_each(|(key, value)| {
            path.key(key, |path| match value {
                Value::String(reference) if key == "bom-ref" => visitor(reference, path),
                _ if key == "bom-ref" => Err(BillError::at(path, "a text in double quotes is expected here")),
                _ => visit(value, path, visitor),
            })
        }),
        Value::Array(items) => {
            items.iter().enumerate().try_for_each(|(index, item)| path.item(index, |path| visit(item, path, visitor)))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

/// The `bom-ref` of the system: what the document says, or the one that the export will give it.
pub(super) fn system(document: &Value) -> String {
    let said = document.pointer("/metadata/component/bom-ref").and_then(Value::as_str);
    said.map_or_else(|| free("system", document), str::to_owned)
}

/// A `bom-ref` that nothing has yet.
pub(super) fn free(wanted: &str, document: &Value) -> String {
    let taken = all(document);
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    let mut all = std::iter::once(wanted.to_owned()).chain(numbered);
    all.find(|reference| !taken.contains_key(reference)).expect("there are more numbers than references")
}

/// Every reference that is followed here, with its place: dependencies and the data sets of models.
pub(super) fn uses(document: &Value) -> Vec<(String, String)> {
    let mut uses = Vec::new();
    let mut add = |value: Option<&Value>, place: String| {
        uses.extend(value.and_then(Value::as_str).map(|reference| (reference.to_owned(), place)));
    };
    for (index, dependency) in items(document.get("dependencies")).enumerate() {
        let place = format!("dependencies[{index}]");
        add(dependency.get("ref"), format!("{place}.ref"));
        for key in ["dependsOn", "provides"] {
            for (nth, reference) in items(dependency.get(key)).enumerate() {
                add(Some(reference), format!("{place}.{key}[{nth}]"));
            }
        }
    }
    for (pointer, _) in walk(document) {
        let way = format!("{pointer}/{}", DATASETS.join("/"));
        for (index, dataset) in items(document.pointer(&way)).enumerate() {
            add(dataset.get("ref"), format!("{}[{index}].ref", Path::of_pointer(&way)));
        }
    }
    uses
}

fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// Lets one depend on another.
pub(super) fn link(document: &mut Value, from: &str, to: &str) {
    let list = document.as_object_mut().expect("a document is an object").entry("dependencies").or_insert(json!([]));
    let list = list.as_array_mut().expect("a bill has a list of dependencies");
    let at = list.iter().position(|dependency| dependency["ref"] == from).unwrap_or_else(|| {
        list.push(json!({ "ref": from }));
        list.len() - 1
    });
    let of = list[at].as_object_mut().expect("a dependency is an object").entry("dependsOn").or_insert(json!([]));
    let refs = of.as_array_mut().expect("what it depends on is a list");
    if !refs.iter().any(|reference| reference == to) {
        refs.push(to.into());
    }
}

/// Lets one no longer depend on another.
pub(super) fn unlink(document: &mut Value, from: &str, to: &str) {
    for dependency in document.get_mut("dependencies").and_then(Value::as_array_mut).into_iter().flatten() {
        if dependency["ref"] == from {
            forget_in(dependency, "dependsOn", to);
        }
    }
}

/// Takes a part out of everything that leads to it: dependencies, data sets of models, and what compositions hold.
pub(super) fn forget(document: &mut Value, reference: &str) {
    let pointers: Vec<String> = walk(document).into_iter().map(|(pointer, _)| pointer).collect();
    let top = document.as_object_mut().expect("a document is an object");
    if let Some(list) = top.get_mut("dependencies").and_then(Value::as_array_mut) {
        list.retain(|dependency| dependency["ref"] != reference);
        for dependency in list.iter_mut() {
            forget_in(dependency, "dependsOn", reference);
            forget_in(dependency, "provides", reference);
        }
        if list.is_empty() {
            top.shift_remove("dependencies");
        }
    }
    for composition in top.get_mut("compositions").and_then(Value::as_array_mut).into_iter().flatten() {
        forget_in(composition, "assemblies", reference);
        forget_in(composition, "dependencies", reference);
    }
    for pointer in pointers {
        let datasets = document.pointer_mut(&format!("{pointer}/{}", DATASETS.join("/"))).and_then(Value::as_array_mut);
        if let Some(datasets) = datasets {
            datasets.retain(|dataset| dataset.get("ref").and_then(Value::as_str) != Some(reference));
        }
    }
}

/// Takes a reference out of a list of them; one that becomes empty by that goes too.
fn forget_in(holder: &mut Value, key: &str, reference: &str) {
    let Some(holder) = holder.as_object_mut() else { return };
    let Some(list) = holder.get_mut(key).and_then(Value::as_array_mut) else { return };
    let before = list.len();
    list.retain(|entry| entry != reference);
    if list.is_empty() && before > 0 {
        holder.shift_remove(key);
    }
}

//! What a document must be so that it can be a bill, and what is wrong in it though it can.
//!
//! Refused is what CycloneDX forbids in the places that are read here, and what could not be kept. The rest of the document
//! is kept as it is; links that lead nowhere and the like are warnings.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::bom::{
    edit::walk,
    error::{BillError, Path, shown},
    part::PartKind,
    place::{DATASETS, Place, Step},
    refs,
    version::SpecVersion,
};

/// The types of components of CycloneDX 1.6 and 1.7.
const COMPONENT_TYPES: [&str; 13] = [
    "application",
    "framework",
    "library",
    "container",
    "platform",
    "operating-system",
    "device",
    "device-driver",
    "firmware",
    "file",
    "machine-learning-model",
    "data",
    "cryptographic-asset",
];

/// Checks that a document is CycloneDX of a version that is read, that every `bom-ref` is there once, and that everything
/// that is read has its shape.
pub(super) fn document(document: &Value) -> Result<(), BillError> {
    let path = &mut Path::default();
    let top = object(document, path)?;
    match top.get("bomFormat").map(Value::as_str) {
        Some(Some("CycloneDX")) => {}
        Some(_) | None => {
            let message = "this is not a CycloneDX document, which says \"bomFormat\": \"CycloneDX\"";
            return Err(BillError::at("bomFormat", message));
        }
    }
    if SpecVersion::of(document).is_none() {
        let versions = SpecVersion::ALL.map(SpecVersion::number).join(" and ");
        let message = match top.get("specVersion").and_then(Value::as_str) {
            Some(other) => format!("CycloneDX {} is not read; {versions} are. Convert the file first", shown(other)),
            None => format!("the version of CycloneDX is missing; {versions} are read"),
        };
        return Err(BillError::at("specVersion", message));
    }
    refs::unique(document)?;
    optional(top, "metadata", path, |metadata, path| {
        optional(object(metadata, path)?, "component", path, |component, path| {
            let component = object(component, path)?;
            optional(component, "name", path, text)?;
            optional(component, "externalReferences", path, links)?;
            optional(component, "properties", path, properties)
        })
    })?;
    optional(top, "externalReferences", path, links)?;
    optional(top, "components", path, components)?;
    optional(top, "services", path, services)?;
    optional(top, "dependencies", path, dependencies)?;
    optional(top, "compositions", path, |value, path| each(value, path, |item, path| object(item, path).map(drop)))?;
    shapes_of_parts(document)
}

fn components(value: &Value, path: &mut Path) -> Result<(), BillError> {
    each(value, path, |component, path| {
        let component = object(component, path)?;
        required(component, "type", path, text)?;
        required(component, "name", path, text)?;
        optional(component, "components", path, components)
    })
}

fn services(value: &Value, path: &mut Path) -> Result<(), BillError> {
    each(value, path, |service, path| {
        let service = object(service, path)?;
        required(service, "name", path, text)?;
        optional(service, "services", path, services)
    })
}

fn dependencies(value: &Value, path: &mut Path) -> Result<(), BillError> {
    each(value, path, |dependency, path| {
        let dependency = object(dependency, path)?;
        required(dependency, "ref", path, text)?;
        optional(dependency, "dependsOn", path, |refs, path| each(refs, path, text))?;
        optional(dependency, "provides", path, |refs, path| each(refs, path, text))
    })
}

fn links(value: &Value, path: &mut Path) -> Result<(), BillError> {
    each(value, path, |link, path| {
        let link = object(link, path)?;
        required(link, "type", path, text)?;
        required(link, "url", path, text)?;
        optional(link, "comment", path, text)?;
        optional(link, "hashes", path, hashes)
    })
}

fn hashes(value: &Value, path: &mut Path) -> Result<(), BillError> {
    each(value, path, |hash, path| {
        let hash = object(hash, path)?;
        required(hash, "alg", path, text)?;
        required(hash, "content", path, text)
    })
}

fn licences(value: &Value, path: &mut Path) -> Result<(), BillError> {
    each(value, path, |entry, path| {
        let entry = object(entry, path)?;
        optional(entry, "expression", path, text)?;
        optional(entry, "license", path, |licence, path| {
            let licence = object(licence, path)?;
            optional(licence, "id", path, text)?;
            optional(licence, "name", path, text)
        })
    })
}

fn properties(value: &Value, path: &mut Path) -> Result<(), BillError> {
    each(value, path, |property, path| {
        let property = object(property, path)?;
        optional(property, "name", path, text)?;
        optional(property, "value", path, text)
    })
}

fn datasets(value: &Value, path: &mut Path) -> Result<(), BillError> {
    each(value, path, |dataset, path| {
        let dataset = object(dataset, path)?;
        optional(dataset, "ref", path, text)?;
        optional(dataset, "name", path, text)
    })
}

/// Checks the shape of every value that a field of a part is read from.
fn shapes_of_parts(document: &Value) -> Result<(), BillError> {
    for (pointer, kind) in walk(document) {
        let part = document.pointer(&pointer).expect("a part was found there");
        let path = &mut Path::of_pointer(&pointer);
        for field in kind.fields() {
            shape(part, Place::of(kind, *field), path)?;
        }
        // The kind itself is read from these.
        along(part, &[Step::Key("properties")], path, properties)?;
        along(part, &[Step::Key("data")], path, |data, path| {
            each(data, path, |item, path| object(item, path).map(drop))
        })?;
        let items = part.get("data").and_then(Value::as_array).map_or(0, Vec::len);
        for index in 0..items {
            path.key("data", |path| {
                path.item(index, |path| {
                    along(&part["data"][index], &[Step::Key("contents"), Step::Key("properties")], path, properties)
                })
            })?;
        }
    }
    Ok(())
}

fn shape(part: &Value, place: Place, path: &mut Path) -> Result<(), BillError> {
    match place {
        Place::Text { path: way, .. } => along(part, way, path, text),
        Place::Texts { path: way, .. } => along(part, way, path, |texts, path| each(texts, path, text)),
        Place::Property { path: way, .. } => along(part, way, path, properties),
        Place::Links(_) => along(part, &[Step::Key("externalReferences")], path, links),
        Place::Licences => along(part, &[Step::Key("licenses")], path, licences),
        Place::Hashes => along(part, &[Step::Key("hashes")], path, hashes),
        Place::Datasets => along(part, &DATASETS.map(Step::Key), path, datasets),
    }
}

/// Follows a way as far as something is there, and checks what stands at its end.
fn along(
    value: &Value,
    way: &[Step],
    path: &mut Path,
    check: impl FnOnce(&Value, &mut Path) -> Result<(), BillError>,
) -> Result<(), BillError> {
    let Some((step, rest)) = way.split_first() else { return check(value, path) };
    match step {
        Step::Key(key) => optional(object(value, path)?, key, path, |value, path| along(value, rest, path, check)),
        Step::FirstData(_) | Step::FirstComponent => match list(value, path)?.first() {
            Some(first) => path.item(0, |path| along(first, rest, path, check)),
            None => Ok(()),
        },
        Step::FirstParty => match list(value, path)?.first() {
            Some(first) => path.item(0, |path| {
                let party = object(first, path)?;
                let key = if party.contains_key("contact") { "contact" } else { "organization" };
                optional(party, key, path, |value, path| along(value, rest, path, check))
            }),
            None => Ok(()),
        },
    }
}

fn required(
    object: &Map<String, Value>,
    key: &str,
    path: &mut Path,
    check: impl FnOnce(&Value, &mut Path) -> Result<(), BillError>,
) -> Result<(), BillError> {
    if !object.contains_key(key) {
        return Err(BillError::at(path, format!("the key `{key}` is missing here")));
    }
    optional(object, key, path, check)
}

fn optional(
    object: &Map<String, Value>,
    key: &str,
    path: &mut Path,
    check: impl FnOnce(&Value, &mut Path) -> Result<(), BillError>,
) -> Result<(), BillError> {
    object.get(key).map_or(Ok(()), |value| path.key(key, |path| check(value, path)))
}

fn each(
    value: &Value,
    path: &mut Path,
    check: impl Fn(&Value, &mut Path) -> Result<(), BillError>,
) -> Result<(), BillError> {
    let mut items = list(value, path)?.iter().enumerate();
    items.try_for_each(|(index, item)| path.item(index, |path| check(item, path)))
}

fn object<'v>(value: &'v Value, path: &Path) -> Result<&'v Map<String, Value>, BillError> {
    value.as_object().ok_or_else(|| wrong(value, "an object in curly brackets", path))
}

fn list<'v>(value: &'v Value, path: &Path) -> Result<&'v Vec<Value>, BillError> {
    value.as_array().ok_or_else(|| wrong(value, "a list in square brackets", path))
}

fn text(value: &Value, path: &mut Path) -> Result<(), BillError> {
    if value.is_string() { Ok(()) } else { Err(wrong(value, "a text in double quotes", path)) }
}

fn wrong(value: &Value, expected: &str, path: &Path) -> BillError {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    BillError::at(path, format!("{expected} is expected here, and {found} is written"))
}

/// What is wrong in a document that reads, in its order.
pub(super) fn warnings(document: &Value) -> Vec<String> {
    let mut warnings = Vec::new();
    let spec = SpecVersion::of(document).expect("a bill has a version that is read");
    let schema = document.get("$schema").and_then(Value::as_str).unwrap_or(spec.schema());
    if schema.trim_start_matches("https://") != spec.schema() && schema != spec.schema() {
        warnings.push(format!("$schema: it names another schema than that of CycloneDX {}", spec.number()));
    }
    for (pointer, _) in walk(document).into_iter().filter(|(_, kind)| *kind != PartKind::EvaluationLink) {
        let part = document.pointer(&pointer).expect("a part was found there");
        let path = Path::of_pointer(&pointer);
        let of = part.get("type").and_then(Value::as_str);
        if let Some(unknown) = of.filter(|of| !COMPONENT_TYPES.contains(of)) {
            warnings.push(format!("{path}.type: CycloneDX has no component type `{}`", shown(unknown)));
        }
        if part.get("modelCard").is_some() && of != Some("machine-learning-model") {
            warnings.push(format!("{path}.modelCard: a model card belongs to a machine-learning-model"));
        }
        if part.get("data").is_some() && of.is_some_and(|of| of != "data") {
            warnings.push(format!("{path}.data: this belongs to a component of type data"));
        }
    }
    let known = refs::all(document);
    for (reference, path) in &known {
        if reference.starts_with("urn:cdx:") {
            warnings.push(format!("{path}: a bom-ref should not begin with urn:cdx:"));
        }
    }
    warnings.extend(dangling(document, &known));
    warnings
}

/// The references to parts that are not there.
fn dangling(document: &Value, known: &BTreeMap<String, String>) -> Vec<String> {
    let system = refs::system(document);
    let is_known =
        |reference: &str| known.contains_key(reference) || reference == system || reference.starts_with("urn:cdx:");
    let mut uses = refs::uses(document);
    uses.retain(|(reference, _)| !is_known(reference));
    let sentence = |(reference, place): (String, String)| {
        format!("{place}: nothing in the document has the bom-ref `{}`", shown(&reference))
    };
    uses.into_iter().map(sentence).collect()
}

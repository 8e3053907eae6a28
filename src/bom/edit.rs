//! Finding the parts of a document, and changing them: only the keys of the fields that changed, and the dependencies.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::bom::{
    Bill,
    part::{Part, PartField, PartKind, PartProblem, joined, values},
    place::{DATASETS, EVALUATIONS, Place, Step, filled, is_of_type, set},
    refs,
};

/// The pointers of all parts of a document with their kinds, in the order of the document.
pub(super) fn walk(document: &Value) -> Vec<(String, PartKind)> {
    let mut found = Vec::new();
    links(document.pointer("/metadata/component"), "/metadata/component", &mut found);
    nested(document, "", "components", &mut found);
    nested(document, "", "services", &mut found);
    links(Some(document), "", &mut found);
    found
}

/// The entries of a list of components or services, with those within them.
fn nested(holder: &Value, pointer: &str, list: &str, found: &mut Vec<(String, PartKind)>) {
    for (index, entry) in holder.get(list).and_then(Value::as_array).into_iter().flatten().enumerate() {
        let pointer = format!("{pointer}/{list}/{index}");
        let kind = if list == "services" { PartKind::Service } else { kind_of(entry) };
        found.push((pointer.clone(), kind));
        if kind == PartKind::Model {
            links(Some(entry), &pointer, found);
        }
        nested(entry, &pointer, list, found);
    }
}

/// The links of a component to evaluation artefacts.
fn links(component: Option<&Value>, pointer: &str, found: &mut Vec<(String, PartKind)>) {
    let list = component.and_then(|component| component.get("externalReferences")).and_then(Value::as_array);
    let evaluations = list.into_iter().flatten().enumerate().filter(|(_, link)| is_of_type(link, &EVALUATIONS));
    found.extend(
        evaluations.map(|(index, _)| (format!("{pointer}/externalReferences/{index}"), PartKind::EvaluationLink)),
    );
}

fn kind_of(component: &Value) -> PartKind {
    match component.get("type").and_then(Value::as_str).unwrap_or_default() {
        "machine-learning-model" => PartKind::Model,
        "library" | "framework" => PartKind::Library,
        "container" | "platform" | "operating-system" => PartKind::Platform,
        "device" | "device-driver" | "firmware" => PartKind::Device,
        "data" => match artefact_kind(component) {
            "prompt" => PartKind::Prompt,
            "guardrail" => PartKind::Guardrail,
            "evaluation" => PartKind::Evaluation,
            _ if is_for_fine_tuning(component) => PartKind::FineTuningData,
            _ => PartKind::Dataset,
        },
        _ => PartKind::Other,
    }
}

fn artefact_kind(component: &Value) -> &str {
    let properties = component.get("properties").and_then(Value::as_array).into_iter().flatten();
    let kinds = properties.filter(|property| property["name"] == "aims:artefact:kind");
    kinds.filter_map(|property| property.get("value")?.as_str()).next().unwrap_or_default()
}

fn is_for_fine_tuning(component: &Value) -> bool {
    let data = component.get("data").and_then(Value::as_array).into_iter().flatten();
    let properties = data.filter_map(|data| data.pointer("/contents/properties")?.as_array()).flatten();
    properties.into_iter().any(|property| property["name"] == "aims:data:use" && property["value"] == "fine-tuning")
}

impl Bill {
    /// The parts, by kind and within a kind in the order of the document.
    pub fn parts(&self) -> Vec<Part> {
        // Looked up once: a bill may list thousands of models.
        let named = self.datasets();
        let mut parts: Vec<Part> =
            walk(&self.document).into_iter().map(|(pointer, kind)| self.part_at(pointer, kind, &named)).collect();
        parts.sort_by_key(|part| part.kind);
        parts
    }

    fn part_at(&self, pointer: String, kind: PartKind, named: &[(String, String)]) -> Part {
        let component = self.document.pointer(&pointer).expect("a part was found there");
        let text = |field: &PartField| match Place::of(kind, *field) {
            Place::Datasets => dataset_names(component, named),
            place @ (Place::Text { .. }
            | Place::Texts { .. }
            | Place::Property { .. }
            | Place::Links(_)
            | Place::Licences
            | Place::Hashes) => place.read(component),
        };
        let mut texts: BTreeMap<PartField, String> =
            kind.fields().iter().map(|field| (*field, text(field))).filter(|(_, text)| !text.is_empty()).collect();
        if kind == PartKind::EvaluationLink {
            let of = component.get("type").and_then(Value::as_str).unwrap_or_default();
            texts.insert(PartField::Name, of.replace('-', " "));
        }
        Part { pointer, kind, texts }
    }

    /// The references of the data sets of this bill with their names.
    fn datasets(&self) -> Vec<(String, String)> {
        let is_data = |kind: &PartKind| matches!(kind, PartKind::Dataset | PartKind::FineTuningData);
        let found = walk(&self.document).into_iter().filter(|(_, kind)| is_data(kind));
        let named = found.filter_map(|(pointer, _)| {
            let component = self.document.pointer(&pointer)?;
            Some((component.get("bom-ref")?.as_str()?.to_owned(), component.get("name")?.as_str()?.to_owned()))
        });
        named.collect()
    }

    /// Adds a part, lets the system depend on it, and gives its key. A data set belongs to a model: the only one there is,
    /// or those that name it.
    pub fn add_part(&mut self, kind: PartKind, name: &str) -> String {
        let list = if kind == PartKind::Service { "services" } else { "components" };
        let reference = refs::free(&reference_for(kind, name), &self.document);
        let mut component = new_component(kind, name);
        if let Some(component) = component.as_object_mut() {
            component.shift_insert(0, "bom-ref".to_owned(), reference.clone().into());
        }
        let models: Vec<Part> = self.parts().into_iter().filter(|part| part.kind == PartKind::Model).collect();
        let index = self.push(list, component);
        match (kind, models.as_slice()) {
            (PartKind::Dataset | PartKind::FineTuningData, [model]) => {
                let before = self.datasets_of(&model.pointer);
                let after = [before.clone(), vec![json!({ "ref": reference })]].concat();
                self.put_datasets(&model.pointer, &before, after);
            }
            (PartKind::Dataset | PartKind::FineTuningData | PartKind::Evaluation, _) => {}
            (
                PartKind::Model
                | PartKind::Service
                | PartKind::Prompt
                | PartKind::Guardrail
                | PartKind::Library
                | PartKind::Platform
                | PartKind::Device
                | PartKind::EvaluationLink
                | PartKind::Other,
                _,
            ) => {
                let system = refs::system(&self.document);
                refs::link(&mut self.document, &system, &reference);
            }
        }
        format!("/{list}/{index}")
    }

    /// Puts a component behind the others of its list, and gives its place.
    fn push(&mut self, list: &str, component: Value) -> usize {
        let top = self.document.as_object_mut().expect("a document is an object");
        let before_dependencies = top.keys().position(|key| key == "dependencies").unwrap_or(top.len());
        if !top.contains_key(list) {
            top.shift_insert(before_dependencies, list.to_owned(), json!([]));
        }
        let list = top.get_mut(list).and_then(Value::as_array_mut).expect("a bill has lists of parts");
        list.push(component);
        list.len() - 1
    }

    /// Writes the fields of a part that differ from what they were; everything else of it stays.
    ///
    /// # Errors
    /// What a field cannot say; then nothing is changed.
    pub fn set_part(&mut self, before: &Part, after: &Part) -> Result<(), PartProblem> {
        let is_there = self.parts().iter().any(|part| part == before);
        if !is_there {
            let message = "This part was changed meanwhile; go back and open it again.";
            return Err(PartProblem::new(PartField::Name, message));
        }
        if let Some(problem) = self.problems(before, after).into_iter().next() {
            return Err(problem);
        }
        for field in before.kind.fields().iter().filter(|field| before.text(**field) != after.text(**field)) {
            match Place::of(before.kind, *field) {
                Place::Datasets => self.write_datasets(&before.pointer, after.text(*field)),
                place @ (Place::Text { .. }
                | Place::Texts { .. }
                | Place::Property { .. }
                | Place::Links(_)
                | Place::Licences
                | Place::Hashes) => {
                    let component = self.document.pointer_mut(&before.pointer).expect("the part is there");
                    if *field == PartField::Name {
                        rename_data(component, before.name(), after.name());
                    }
                    place.write(component, after.text(*field));
                }
            }
        }
        Ok(())
    }

    /// Everything that the fields of a changed part cannot say in this bill.
    pub fn problems(&self, before: &Part, after: &Part) -> Vec<PartProblem> {
        let mut problems = after.problems(before);
        let known = self.datasets();
        let was = before.text(PartField::Datasets);
        let is_known =
            |name: &&str| known.iter().any(|(_, known)| known == name) || values(was).any(|old| old == *name);
        if let Some(unknown) = values(after.text(PartField::Datasets)).find(|name| !is_known(name)) {
            let message = format!("There is no data set `{unknown}` in this bill; add it first.");
            problems.push(PartProblem::new(PartField::Datasets, message));
        }
        if after.text(PartField::BaseModel).is_empty() && self.says_more_of_base(before) {
            let message = "More is said of the base model than its name, so it needs one.";
            problems.push(PartProblem::new(PartField::BaseModel, message));
        }
        problems
    }

    /// Whether the document says more about the model that a model was made from than its name.
    fn says_more_of_base(&self, part: &Part) -> bool {
        let base = self.document.pointer(&format!("{}/pedigree/ancestors/0", part.pointer));
        let keys = base.and_then(Value::as_object).into_iter().flat_map(|base| base.keys());
        keys.into_iter().any(|key| !["type", "name", "bom-ref"].contains(&key.as_str()))
    }

    /// Names the data sets of a model. What the document says of one that is still named stays as it is, and so does one
    /// without a name, as the text cannot speak of it.
    fn write_datasets(&mut self, pointer: &str, text: &str) {
        let named = self.datasets();
        let mut wanted: Vec<&str> = values(text).collect();
        let before = self.datasets_of(pointer);
        let mut after = before.clone();
        after.retain(|dataset| {
            let names: Vec<&str> = values(dataset_name(dataset, &named).unwrap_or_default()).collect();
            let is_wanted = names.iter().all(|name| wanted.contains(name));
            if is_wanted {
                for name in names {
                    wanted.iter().position(|other| *other == name).map(|at| wanted.remove(at));
                }
            }
            is_wanted
        });
        let entry = |name: &str| named.iter().find(|(_, known)| known == name).map(|(of, _)| json!({ "ref": of }));
        after.extend(wanted.into_iter().filter_map(entry));
        self.put_datasets(pointer, &before, after);
    }

    /// The data sets of a model, as the document has them.
    fn datasets_of(&self, pointer: &str) -> Vec<Value> {
        let way = format!("{pointer}/{}", DATASETS.join("/"));
        self.document.pointer(&way).and_then(Value::as_array).cloned().unwrap_or_default()
    }

    /// Gives a model other data sets, and lets it depend on those and no longer on the ones before.
    fn put_datasets(&mut self, pointer: &str, before: &[Value], after: Vec<Value>) {
        let model = self.document.pointer_mut(pointer).expect("the model is there");
        let reference = model.get("bom-ref").and_then(Value::as_str).map(str::to_owned);
        set(model, &DATASETS.map(Step::Key), filled(after.clone()));
        let Some(reference) = reference else { return };
        for gone in
            before.iter().filter(|dataset| !after.contains(dataset)).filter_map(|dataset| dataset["ref"].as_str())
        {
            refs::unlink(&mut self.document, &reference, gone);
        }
        for new in
            after.iter().filter(|dataset| !before.contains(dataset)).filter_map(|dataset| dataset["ref"].as_str())
        {
            refs::link(&mut self.document, &reference, new);
        }
    }

    /// Takes a part out, with everything that led to it.
    pub fn remove_part(&mut self, key: &str) {
        let Some((list, index)) = key.rsplit_once('/') else { return };
        let gone = self.document.pointer(key).map(refs::all).unwrap_or_default();
        let (holder, name) = list.rsplit_once('/').unwrap_or_default();
        let Some(holder) = self.document.pointer_mut(holder).and_then(Value::as_object_mut) else { return };
        let entries = holder.get_mut(name).and_then(Value::as_array_mut);
        let (Some(entries), Ok(index)) = (entries, index.parse::<usize>()) else { return };
        if index < entries.len() {
            entries.remove(index);
        }
        if entries.is_empty() {
            holder.shift_remove(name);
        }
        for reference in gone.keys() {
            refs::forget(&mut self.document, reference);
        }
    }
}

/// The names of the data sets of a model; of one without a name its reference.
fn dataset_names(component: &Value, named: &[(String, String)]) -> String {
    let datasets = component.pointer(&format!("/{}", DATASETS.join("/"))).and_then(Value::as_array);
    joined(datasets.into_iter().flatten().filter_map(|dataset| dataset_name(dataset, named)))
}

/// The name of a data set of a model: that of the part it leads to, its own, or its reference.
fn dataset_name<'a>(dataset: &'a Value, named: &'a [(String, String)]) -> Option<&'a str> {
    let reference = dataset.get("ref").and_then(Value::as_str);
    let of_part = named.iter().find(|(known, _)| Some(known.as_str()) == reference).map(|(_, name)| name.as_str());
    of_part.or(reference).or_else(|| dataset.get("name")?.as_str())
}

/// The name of a data part stands twice, and both change together while they are the same.
fn rename_data(component: &mut Value, before: &str, after: &str) {
    if let Some(name) = component.pointer_mut("/data/0/name").filter(|name| **name == before) {
        *name = after.into();
    }
}

fn reference_for(kind: PartKind, name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let kind = match kind {
        PartKind::Model => "model",
        PartKind::Service => "service",
        PartKind::Dataset | PartKind::FineTuningData => "data",
        PartKind::Prompt => "prompt",
        PartKind::Guardrail => "guardrail",
        PartKind::Library => "lib",
        PartKind::Platform => "platform",
        PartKind::Device => "device",
        PartKind::Evaluation | PartKind::EvaluationLink => "evaluation",
        PartKind::Other => "part",
    };
    let words = plain.split_whitespace().take(6);
    std::iter::once(kind).chain(words).collect::<Vec<_>>().join("-")
}

/// A component of which only the name is known.
fn new_component(kind: PartKind, name: &str) -> Value {
    let data = |of: &str| json!({ "type": "data", "name": name, "data": [{ "type": of, "name": name }] });
    let artefact = |of: &str, kind: &str| {
        let mut component = data(of);
        component["properties"] = json!([{ "name": "aims:artefact:kind", "value": kind }]);
        component
    };
    let plain = |of: &str| json!({ "type": of, "name": name });
    match kind {
        PartKind::Model => plain("machine-learning-model"),
        PartKind::Service => json!({ "name": name }),
        PartKind::Dataset => data("dataset"),
        PartKind::FineTuningData => {
            let mut component = data("dataset");
            component["data"][0]["contents"] =
                json!({ "properties": [{ "name": "aims:data:use", "value": "fine-tuning" }] });
            component
        }
        PartKind::Prompt => artefact("configuration", "prompt"),
        PartKind::Guardrail => artefact("configuration", "guardrail"),
        PartKind::Evaluation | PartKind::EvaluationLink => artefact("other", "evaluation"),
        PartKind::Library => plain("library"),
        PartKind::Platform => plain("platform"),
        PartKind::Device => plain("device"),
        PartKind::Other => plain("application"),
    }
}

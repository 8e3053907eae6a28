//! OSCAL 1.2.1 in JSON: assessment results, and the plan of action and milestones.
//!
//! OSCAL expects an assessment plan and a system security plan, which a self-assessment does not have: both imports point to a
//! resource within the same document that says what stands in their place. A control id is `iso42001-` and the number of the
//! clause or control. Every id follows from the assessment and the thing that it names, so that a later export speaks of the
//! same findings. Properties of our own carry the namespace [`NAMESPACE`].

mod fields;
mod metadata;
mod poam;
mod requirement;
mod results;

use serde_json::Value;

use crate::{
    exchange::{ids::Ids, oscal::requirement::Requirements},
    report::{Subject, escape},
};

/// The version of OSCAL that is written.
const OSCAL_VERSION: &str = "1.2.1";
/// The namespace of the properties that OSCAL does not know.
const NAMESPACE: &str = "urn:aimscope:oscal";

/// What every part of a document is made from.
#[derive(Clone, Copy)]
struct Source<'a> {
    subject: &'a Subject<'a>,
    ids: Ids,
}

impl<'a> Source<'a> {
    fn of(subject: &'a Subject<'a>) -> Source<'a> {
        Source { subject, ids: Ids::of(subject.assessment) }
    }

    fn requirements(self) -> Requirements<'a> {
        Requirements { subject: self.subject, ids: self.ids }
    }
}

/// The assessment results: what was looked at, what was said, and what follows from it.
pub fn assessment_results(subject: &Subject) -> String {
    print(results::document(Source::of(subject)))
}

/// The plan of action and milestones: every action of the plan with the gaps that it closes.
pub fn action_plan(subject: &Subject) -> String {
    print(poam::document(Source::of(subject)))
}

/// Reads a written document again, and says what is wrong with it.
///
/// # Errors
/// It is no JSON, or does not hold what its kind of document holds.
pub fn check(bytes: &[u8], kind: &str) -> Result<(), String> {
    let document: Value = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    if document.get(kind).is_some_and(Value::is_object) { Ok(()) } else { Err(format!("there is no {kind} in it")) }
}

fn print(document: Value) -> String {
    let text = serde_json::to_string_pretty(&without_empty(document)).expect("a document has a JSON form");
    escape::json(&text) + "\n"
}

/// Leaves out what says nothing: OSCAL allows neither null nor an empty list.
fn without_empty(value: Value) -> Value {
    let says_nothing = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, without_empty(value)));
            Value::Object(fields.filter(|(_, value)| !says_nothing(value)).collect())
        }
        Value::Array(items) => {
            Value::Array(items.into_iter().map(without_empty).filter(|value| !says_nothing(value)).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

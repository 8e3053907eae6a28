//! The assessment results: every requirement with its observation, a finding per verdict, a risk per gap.

use serde_json::{Value, json};

use crate::{
    exchange::{
        oscal::{
            Source,
            fields::{blocks, check_id, control_id, line, nearest_instant, objective_id, paragraph, property},
            metadata,
            requirement::Scored,
        },
        wording::count,
    },
    model::requirement::{Check, CheckKind, Requirement},
};

pub(super) fn document(source: Source) -> Value {
    let plan = metadata::assessment_plan(source);
    let objectives = source.subject.catalog.requirements().map(objective);
    json!({
        "assessment-results": {
            "uuid": source.ids.id("document", "assessment-results"),
            "metadata": metadata::metadata(source, "Self-assessment against ISO/IEC 42001:2023"),
            "import-ap": {
                "href": plan.href,
                "remarks": "There is no OSCAL assessment plan; the resource in this document says what was asked and how.",
            },
            "local-definitions": local_definitions(objectives.collect()),
            "results": [result(source)],
            "back-matter": plan.back_matter,
        }
    })
}

fn local_definitions(objectives: Vec<Value>) -> Value {
    if objectives.is_empty() { Value::Null } else { json!({ "objectives-and-methods": objectives }) }
}

/// What is to be shown for a requirement: its checks, in the words of the questionnaire.
fn objective(requirement: &Requirement) -> Value {
    let check = |check: &Check| {
        let kind = match check.kind {
            CheckKind::Requirement => "requirement",
            CheckKind::Guidance => "guidance",
        };
        json!({
            "id": check_id(requirement.id, &check.id),
            "name": "assessment-objective",
            "props": [property("kind", kind), property("critical", if check.critical { "yes" } else { "" })],
            "prose": paragraph(&check.text),
        })
    };
    json!({
        "control-id": control_id(requirement.id),
        "description": paragraph(&format!("{} {}", requirement.id, requirement.full_title())),
        "parts": [{
            "id": objective_id(requirement.id),
            "name": "assessment-objective",
            "prose": paragraph(&requirement.intent),
            "parts": requirement.checks.iter().map(check).collect::<Vec<Value>>(),
        }],
    })
}

fn result(source: Source) -> Value {
    let requirements = source.requirements();
    let (assessment, standing) = (source.subject.assessment, source.subject.standing);
    let start = assessment.created.min(standing.as_of);
    json!({
        "uuid": source.ids.id("result", "whole"),
        "title": line(&format!("Where it stands as of {}", standing.as_of)),
        "description": paragraph("Answers of the team itself, requirement by requirement, with the verdicts that follow."),
        "start": nearest_instant(start),
        "end": nearest_instant(standing.as_of),
        "reviewed-controls": reviewed_controls(source),
        "observations": requirements.all().map(|scored| requirements.observation(scored)).collect::<Vec<Value>>(),
        "risks": requirements.all().filter_map(|scored| requirements.risk(scored, false)).collect::<Vec<Value>>(),
        "findings": requirements.all().filter_map(|scored| requirements.finding(scored)).collect::<Vec<Value>>(),
    })
}

/// Which requirements count and which controls are excluded.
fn reviewed_controls(source: Source) -> Value {
    let (applicable, excluded): (Vec<Scored>, Vec<Scored>) =
        source.requirements().all().partition(|scored| scored.score.is_applicable());
    let ids = |scored: &[Scored]| {
        let id = |scored: &Scored| json!({ "control-id": control_id(scored.requirement.id) });
        scored.iter().map(id).collect::<Vec<Value>>()
    };
    let counts = format!(
        "{} of clauses 4 to 10 and Annex A; {} excluded, and the observation of each says why.",
        count(applicable.len(), "applicable requirement"),
        count(excluded.len(), "control")
    );
    json!({
        "description": blocks([paragraph(&counts)]),
        "control-selections": [{
            "description": paragraph("A control id is iso42001- and the number of the clause or control in ISO/IEC 42001:2023."),
            "include-controls": ids(&applicable),
            "exclude-controls": ids(&excluded),
        }],
    })
}

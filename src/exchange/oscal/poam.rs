//! The plan of action and milestones: an item per action, done and dropped ones included, and what it serves.

use serde_json::{Value, json};

use crate::{
    exchange::{
        markup,
        oscal::{
            Source,
            fields::{blocks, line, paragraph, property},
            metadata,
        },
        ticket::{Ticket, tickets},
        wording::sentence,
    },
    model::{action::ActionStatus, reference::Reference},
    plan::{PassedStep, person_days, step::Step},
};

pub(super) fn document(source: Source) -> Value {
    let requirements = source.requirements();
    let system = metadata::system_plan(source);
    json!({
        "plan-of-action-and-milestones": {
            "uuid": source.ids.id("document", "plan-of-action-and-milestones"),
            "metadata": metadata::metadata(source, "Plan of action for the AI management system"),
            "import-ssp": {
                "href": system.href,
                "remarks": "There is no OSCAL system security plan; the resource in this document says what is planned for.",
            },
            "observations": requirements.served().map(|scored| requirements.observation(scored)).collect::<Vec<Value>>(),
            "risks": requirements.served().filter_map(|scored| requirements.risk(scored, true)).collect::<Vec<Value>>(),
            "findings": requirements.served().filter_map(|scored| requirements.finding(scored)).collect::<Vec<Value>>(),
            "poam-items": items(source),
            "back-matter": system.back_matter,
        }
    })
}

/// An item per action. OSCAL allows no plan without items, so that an empty one says that it is empty.
fn items(source: Source) -> Vec<Value> {
    let plan = source.subject.plan;
    let tickets = tickets(source.subject);
    let open = plan.steps.iter().zip(&tickets).map(|(step, ticket)| item(source, step, ticket));
    let passed = plan.passed.iter().map(|step| passed_item(source, step));
    let items: Vec<Value> = open.chain(passed).collect();
    if items.is_empty() { vec![nothing_open(source)] } else { items }
}

fn item(source: Source, step: &Step, ticket: &Ticket) -> Value {
    let sections = ticket.parts(&["Done when", "Evidence expected"]);
    let facts = vec![
        property("action-id", &step.id),
        property("status", step.status.name()),
        property("owner", &step.owner),
        property("start", &step.start.to_string()),
        property("due", &ticket.due.to_string()),
        property("due-agreed", if step.agreed_due.is_some() { "yes" } else { "" }),
        property("effort", step.effort.name()),
        property("person-days", &person_days(step.effort.half_days())),
        property("wave", &ticket.wave_name()),
        property("priority", &ticket.priority.name().to_lowercase()),
    ];
    let result = paragraph(&format!("Result: {}", sentence(&step.deliverable)));
    related(
        source,
        &step.serves,
        json!({
            "uuid": poam_item_id(source, &step.id),
            "title": line(&step.title),
            "description": blocks([paragraph(&step.task), result]),
            "props": facts,
            "remarks": markup::markdown(&sections).trim_end(),
        }),
    )
}

fn passed_item(source: Source, step: &PassedStep) -> Value {
    let reason = if step.record.reason.trim().is_empty() { "No reason was given." } else { &step.record.reason };
    let text = match step.record.status {
        ActionStatus::Dropped => {
            format!("Given up; what it would have changed is accepted as it is. {}", sentence(reason))
        }
        ActionStatus::Done | ActionStatus::Open | ActionStatus::InProgress => {
            "Done; the answers to its requirements are to be looked at again.".to_owned()
        }
    };
    let facts = vec![
        property("action-id", &step.id),
        property("status", step.record.status.name()),
        property("owner", &step.record.owner),
        property("due", &step.record.due.map(|due| due.to_string()).unwrap_or_default()),
    ];
    related(
        source,
        &step.serves,
        json!({
            "uuid": poam_item_id(source, &step.id),
            "title": line(&step.title),
            "description": paragraph(&text),
            "props": facts,
        }),
    )
}

/// An item with what it serves.
fn related(source: Source, serves: &[Reference], mut item: Value) -> Value {
    let requirements = source.requirements();
    let list = |name: &str, ids: Vec<String>| ids.into_iter().map(|id| json!({ name: id })).collect::<Vec<Value>>();
    let findings = serves.iter().filter_map(|id| requirements.finding_id(*id)).collect();
    let observations = serves.iter().map(|id| requirements.observation_id(*id)).collect();
    let risks = serves.iter().filter_map(|id| requirements.risk_id(*id)).collect();
    item["related-findings"] = list("finding-uuid", findings).into();
    item["related-observations"] = list("observation-uuid", observations).into();
    item["related-risks"] = list("risk-uuid", risks).into();
    item
}

fn poam_item_id(source: Source, action: &str) -> String {
    source.ids.id("poam-item", action)
}

fn nothing_open(source: Source) -> Value {
    json!({
        "uuid": source.ids.id("poam-item", "nothing-open"),
        "title": "No action is open",
        "description": "The answers of the assessment ask for no action. OSCAL allows no plan without an item, hence this one.",
    })
}

//! Plans of small catalogues, against selections, sequences and dates worked out by hand from scoring rule 10.

mod dates;
mod gains;
mod selection;
mod sequence;
mod systems;

use crate::{
    model::{
        action::{Action, ActionRecord, ActionStatus, Effort},
        assessment::Assessment,
        catalog::Catalog,
    },
    plan::{Goal, Plan, PlanOptions, plan, step::Step},
    score::{
        sample::{action, as_of},
        score,
    },
};

/// The plan of an assessment for the day of the tests.
fn plan_of(catalog: &Catalog, assessment: &Assessment) -> Plan {
    plan_with(catalog, assessment, PlanOptions::default())
}

fn plan_with(catalog: &Catalog, assessment: &Assessment, options: PlanOptions) -> Plan {
    plan(catalog, assessment, &score(catalog, assessment, as_of()), options)
}

fn plan_for(catalog: &Catalog, assessment: &Assessment, goal: Goal) -> Plan {
    plan_with(catalog, assessment, PlanOptions { goal, ..PlanOptions::default() })
}

/// The ids of the steps, in order.
fn ids(plan: &Plan) -> Vec<&str> {
    plan.steps.iter().map(|step| step.id.as_str()).collect()
}

fn step<'a>(plan: &'a Plan, id: &str) -> &'a Step {
    plan.step(id).unwrap_or_else(|| panic!("{id} is in the plan"))
}

/// An action that closes one check and comes after others, for a day's work.
fn closing(id: &str, check: &str, after: &str) -> Action {
    action(id, Effort::S, check, "", after)
}

/// Says what became of an action.
fn record(assessment: &mut Assessment, id: &str, status: ActionStatus) {
    assessment.actions.push(ActionRecord {
        action: id.into(),
        status,
        reason: String::new(),
        owner: String::new(),
        due: None,
    });
}

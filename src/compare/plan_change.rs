//! What differs between the plans of two rounds: what is new, what is gone, and how much work is left.

use chrono::NaiveDate;

use crate::{
    model::{action::ActionStatus, assessment::Assessment},
    plan::{Plan, Workload, step::Step},
};

/// Two plans side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanChange {
    /// How much work the older plan had.
    pub before: Workload,
    /// How much the newer one has.
    pub after: Workload,
    /// When the older plan would have been done.
    pub finish_before: Option<NaiveDate>,
    /// When the newer one would be.
    pub finish_after: Option<NaiveDate>,
    /// What is in the newer plan only, in its order.
    pub new: Vec<PlannedAction>,
    /// What was in the older plan only, in its order.
    pub gone: Vec<GoneAction>,
}

/// An action of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedAction {
    /// Its id.
    pub id: String,
    /// The work in a few words.
    pub title: String,
}

/// An action that is in the plan no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoneAction {
    /// The action.
    pub action: PlannedAction,
    /// Why.
    pub why: GoneWhy,
}

/// Why an action is in the plan no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoneWhy {
    /// The team says that it is done.
    Done,
    /// The team dropped it.
    Dropped,
    /// The answers no longer ask for it.
    NotNeeded,
}

impl GoneWhy {
    /// The reason in words.
    pub const fn name(self) -> &'static str {
        match self {
            GoneWhy::Done => "done",
            GoneWhy::Dropped => "dropped",
            GoneWhy::NotNeeded => "no longer needed",
        }
    }

    /// The same as one word, as JSON carries it.
    pub const fn id(self) -> &'static str {
        match self {
            GoneWhy::Done => "Done",
            GoneWhy::Dropped => "Dropped",
            GoneWhy::NotNeeded => "NotNeeded",
        }
    }
}

impl PlanChange {
    /// What differs; `after` says what became of an action that is gone.
    pub(super) fn between(old: &Plan, new: &Plan, after: &Assessment) -> PlanChange {
        let is_in = |plan: &Plan, step: &Step| plan.step(&step.id).is_some();
        let planned = |step: &Step| PlannedAction { id: step.id.clone(), title: step.title.clone() };
        let gone = |step: &Step| GoneAction {
            action: planned(step),
            why: match after.action_status(&step.id) {
                ActionStatus::Done => GoneWhy::Done,
                ActionStatus::Dropped => GoneWhy::Dropped,
                ActionStatus::Open | ActionStatus::InProgress => GoneWhy::NotNeeded,
            },
        };
        PlanChange {
            before: Workload::of(&old.steps),
            after: Workload::of(&new.steps),
            finish_before: old.finish(),
            finish_after: new.finish(),
            new: new.steps.iter().filter(|step| !is_in(old, step)).map(planned).collect(),
            gone: old.steps.iter().filter(|step| !is_in(new, step)).map(gone).collect(),
        }
    }

    /// Whether the same is to be done; that the dates move with the day is no change of the plan.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty() && self.before == self.after
    }
}

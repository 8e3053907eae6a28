//! One step of a plan: an action with its place, its dates, why it is there and what it gives.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    model::{
        action::{ActionRecord, ActionStatus, Effort},
        reference::Reference,
    },
    plan::{
        order::Ordered,
        projection::Gain,
        schedule::Dates,
        select::{Candidate, Cause, Reason, Work},
    },
};

/// When an action is due to be taken up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wave {
    /// 0: removes what makes a major gap, or supplies a missing document.
    Unblock,
    /// 1: a day or less, and nothing larger before it.
    QuickWins,
    /// 2: the rest.
    CloseGaps,
    /// 3: only lifts beyond level 3.
    RaiseToTarget,
}

impl Wave {
    /// All waves, in order.
    pub const ALL: [Wave; 4] = [Wave::Unblock, Wave::QuickWins, Wave::CloseGaps, Wave::RaiseToTarget];

    /// The number of the wave, 0 to 3.
    pub const fn number(self) -> u8 {
        match self {
            Wave::Unblock => 0,
            Wave::QuickWins => 1,
            Wave::CloseGaps => 2,
            Wave::RaiseToTarget => 3,
        }
    }

    /// The wave in words.
    pub const fn name(self) -> &'static str {
        match self {
            Wave::Unblock => "Unblock",
            Wave::QuickWins => "Quick wins",
            Wave::CloseGaps => "Close gaps",
            Wave::RaiseToTarget => "Raise to target",
        }
    }
}

/// An action in its place.
#[derive(Clone, Debug)]
pub struct Step {
    /// The id under which the save keeps its status.
    pub id: String,
    /// The work in a few words.
    pub title: String,
    /// What to do.
    pub task: String,
    /// What exists afterwards.
    pub deliverable: String,
    /// Who does it: the owner named in the save, or the usual role.
    pub owner: String,
    /// How much work it is.
    pub effort: Effort,
    /// Its wave.
    pub wave: Wave,
    /// Its priority: its own, or the highest of all that it unblocks.
    pub priority: u64,
    /// The ids of the steps that it waits for.
    pub after: Vec<String>,
    /// The first day of work on it.
    pub start: NaiveDate,
    /// The last day of work on it, as computed.
    pub due: NaiveDate,
    /// The date agreed in the save, which is shown instead.
    pub agreed_due: Option<NaiveDate>,
    /// Where the work stands: open or in progress.
    pub status: ActionStatus,
    /// Why it is in the plan.
    pub reasons: Vec<Reason>,
    /// The requirements that it was selected for.
    pub serves: Vec<Reference>,
    /// What it gives to the categories that it serves.
    pub gains: Vec<Gain>,
}

impl Step {
    /// Puts together what is known of an action.
    pub fn new(
        ordered: Ordered,
        dates: &BTreeMap<String, Dates>,
        gains: Vec<Gain>,
        record: Option<&ActionRecord>,
    ) -> Step {
        let Ordered { candidate, after, wave, priority } = ordered;
        let Dates { start, due } = *dates.get(&candidate.id).expect("every ordered action was scheduled");
        let words = Words::of(&candidate);
        let owner = record.map(|record| record.owner.clone()).filter(|owner| !owner.is_empty());
        Step {
            title: candidate.work.title(),
            task: words.task,
            deliverable: words.deliverable,
            owner: owner.unwrap_or(words.role),
            effort: candidate.work.effort(),
            wave,
            priority,
            after: after.into_iter().collect(),
            start,
            due,
            agreed_due: record.and_then(|record| record.due),
            status: record.map_or(ActionStatus::Open, |record| record.status),
            serves: candidate.serves().collect(),
            gains,
            id: candidate.id,
            reasons: candidate.reasons,
        }
    }

    /// The date to show: the one agreed, or the computed one.
    pub fn shown_due(&self) -> NaiveDate {
        self.agreed_due.unwrap_or(self.due)
    }
}

/// The words of an action: authored for the catalogue's, composed for the others.
struct Words {
    task: String,
    deliverable: String,
    role: String,
}

impl Words {
    fn of(candidate: &Candidate) -> Words {
        let words = |task: String, deliverable: &str, role: &str| Words {
            task,
            deliverable: deliverable.to_owned(),
            role: role.to_owned(),
        };
        let lead = "AI management lead";
        match &candidate.work {
            Work::Catalogue(action) => words(action.task.to_string(), &action.deliverable, &action.role),
            Work::Evidence(..) => {
                let ids: Vec<String> = candidate.serves().map(|id| id.to_string()).collect();
                let task = format!(
                    "Attach, with date and place, one current item that shows each of these at work: {}.",
                    ids.join(", ")
                );
                words(task, "Dated entries in the evidence register", lead)
            }
            Work::Ask(..) => {
                let questions: Vec<String> = candidate.reasons.iter().map(open_question).collect();
                let task = format!("Ask the people who know, and answer what is open: {}.", questions.join(", "));
                words(task, "Answers in this assessment", lead)
            }
            Work::System(task) => words(task.task(), task.deliverable(), task.role()),
        }
    }
}

/// What is open of a requirement: `6.1.1 (level and 3 checks)`.
fn open_question(reason: &Reason) -> String {
    let id = reason.requirement;
    let count = |checks: &[String]| match checks.len() {
        1 => "1 check".to_owned(),
        n => format!("{n} checks"),
    };
    match &reason.cause {
        Cause::Ask { level: true, checks } if checks.is_empty() => format!("{id} (level)"),
        Cause::Ask { level: true, checks } => format!("{id} (level and {})", count(checks)),
        Cause::Ask { level: false, checks } => format!("{id} ({})", count(checks)),
        Cause::Closes(_) | Cause::Lifts { .. } | Cause::Evidence | Cause::System => id.to_string(),
    }
}

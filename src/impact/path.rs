//! Walks a decision path by the answers given and collects the classes it leads to; they add up.

use crate::model::decision_path::{DecisionPath, PathAnswer, PathOption, PathReply, PathStep};

/// Where the answers lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classification {
    /// The ids of the classes found, in the order of the steps; the class of the others only once the end is reached.
    pub classes: Vec<String>,
    /// The steps that were walked, in order.
    pub trail: Vec<TrailStep>,
    /// The step that waits for an answer; nothing once the end is reached.
    pub open: Option<String>,
}

/// One step that was walked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailStep {
    /// The id of the step.
    pub step: String,
    /// Whether it was answered yes.
    pub is_yes: bool,
    /// The ids of the options picked, those that mean no included.
    pub picks: Vec<String>,
    /// The ids of the classes that it added.
    pub adds: Vec<String>,
}

impl Classification {
    /// Whether the path was walked to its end.
    pub fn is_complete(&self) -> bool {
        self.open.is_none() && !self.trail.is_empty()
    }

    /// Whether a class was found.
    pub fn has(&self, class: &str) -> bool {
        self.classes.iter().any(|found| found == class)
    }

    /// Whether a step was answered yes on the way.
    pub fn is_yes(&self, step: &str) -> bool {
        self.trail.iter().any(|walked| walked.step == step && walked.is_yes)
    }

    /// Whether something is a class found or an option picked on the way.
    fn knows(&self, id: &str) -> bool {
        self.has(id) || self.trail.iter().any(|walked| walked.picks.iter().any(|pick| pick == id))
    }

    /// The options picked in a step on the way.
    pub fn picks(&self, step: &str) -> &[String] {
        self.trail.iter().find(|walked| walked.step == step).map_or(&[], |walked| &walked.picks)
    }
}

/// Walks the path. An unanswered or unknown step leaves the result open; it is never read as no.
pub fn classify(path: &DecisionPath, answers: &[PathAnswer]) -> Classification {
    let mut found = Classification::default();
    let mut next = path.steps.first();
    while let Some(step) = next {
        // A path that comes back to a step would never end; the lint refuses one, and it is not walked twice.
        if found.trail.iter().any(|walked| walked.step == step.id) {
            break;
        }
        if !step.only_if.iter().all(|needed| found.knows(needed)) {
            next = step.no.goto.as_ref().and_then(|id| path.step(id));
            continue;
        }
        let answer = answers.iter().find(|answer| answer.step == step.id);
        let Some(is_yes) = answer.and_then(|answer| is_yes(step, answer)) else {
            found.open = Some(step.id.to_string());
            return found;
        };
        let branch = if is_yes { &step.yes } else { &step.no };
        let adds: Vec<String> = branch.adds.iter().map(String::from).collect();
        for class in &adds {
            if !found.has(class) {
                found.classes.push(class.clone());
            }
        }
        let picks = answer.map_or(Vec::new(), |answer| answer.picks.clone());
        found.trail.push(TrailStep { step: step.id.to_string(), is_yes, picks, adds });
        next = branch.goto.as_ref().and_then(|id| path.step(id));
    }
    if found.classes.is_empty() && !found.trail.is_empty() {
        found.classes.extend(path.classes.iter().filter(|class| class.otherwise).map(|class| class.id.to_string()));
    }
    found
}

/// The answer as it counts; nothing where nobody knows.
fn is_yes(step: &PathStep, answer: &PathAnswer) -> Option<bool> {
    let picked: Vec<&PathOption> = answer.picks.iter().filter_map(|id| step.option(id)).collect();
    match answer.answer {
        PathReply::Unknown => None,
        // Who picks only what tells why it does not apply has said no.
        PathReply::Yes => Some(picked.is_empty() || picked.iter().any(|option| !option.means_no)),
        PathReply::No => Some(picked.iter().any(|option| !option.means_no)),
    }
}

//! Walks a decision path by the answers given and collects the classes it leads to; they add up.
//!
//! A step without an answer, or of which nobody knows, leaves the result open and is never read as no.

use chrono::NaiveDate;

use crate::model::decision_path::{Branch, DecisionPath, PathAnswer, PathOption, PathReply, PathStep, ROLE_STEP};

/// Where the answers lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classification {
    /// The ids of the classes found, in the order of the steps; the class of the others only once the end is reached.
    pub classes: Vec<String>,
    /// The steps that were walked, in order.
    pub trail: Vec<TrailStep>,
    /// The first step that waits for an answer; nothing once the end is reached with an answer to every step.
    pub open: Option<String>,
    /// Further steps that wait. A step of which nobody knows is passed where both answers lead to the same later step.
    pub also_open: Vec<String>,
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

/// A class that was found, with the grounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassFound {
    /// The id of the class.
    pub id: String,
    /// The articles and points by which it was found, such as `Annex III(5)(b)`; empty for the class of the others.
    pub references: Vec<String>,
    /// The day from which it applies, the earliest where there are several.
    pub from: Option<NaiveDate>,
    /// That day before the amendment, where that moved it.
    pub was: Option<NaiveDate>,
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
        self.walked(step).is_some_and(|walked| walked.is_yes)
    }

    /// The options picked in a step on the way.
    pub fn picks(&self, step: &str) -> &[String] {
        self.walked(step).map_or(&[], |walked| &walked.picks)
    }

    /// The step as it was walked.
    pub fn walked(&self, step: &str) -> Option<&TrailStep> {
        self.trail.iter().find(|walked| walked.step == step)
    }

    /// All steps that wait for an answer, in order.
    pub fn waiting(&self) -> impl Iterator<Item = &String> {
        self.open.iter().chain(&self.also_open)
    }

    /// Whether the law was found not to apply.
    pub fn is_outside(&self, path: &DecisionPath) -> bool {
        self.classes.iter().filter_map(|id| path.class(id)).any(|class| class.outside)
    }

    /// Whether the use was found to be banned.
    pub fn is_banned(&self, path: &DecisionPath) -> bool {
        self.classes.iter().filter_map(|id| path.class(id)).any(|class| class.banned)
    }

    /// The roles held, as picked and as they follow from other answers; nothing while no role was asked for or said.
    pub fn roles(&self, path: &DecisionPath) -> Option<Vec<String>> {
        let walked = self.walked(ROLE_STEP)?;
        if walked.is_yes && walked.picks.is_empty() {
            return None;
        }
        let brought = self.trail.iter().filter_map(|walked| branch(path, walked)).flat_map(|branch| &branch.roles);
        let mut roles = walked.picks.clone();
        for role in brought {
            if !roles.iter().any(|held| role == held) {
                roles.push(role.to_string());
            }
        }
        Some(roles)
    }

    /// The classes found, with the articles by which they were, in the order of the steps.
    pub fn found(&self, path: &DecisionPath) -> Vec<ClassFound> {
        self.classes.iter().map(|class| self.grounds(path, class)).collect()
    }

    fn grounds(&self, path: &DecisionPath, class: &str) -> ClassFound {
        let nothing = ClassFound { id: class.to_owned(), references: Vec::new(), from: None, was: None };
        let adding = self.trail.iter().find(|walked| walked.adds.iter().any(|added| added == class));
        let Some((walked, step, branch)) =
            adding.and_then(|walked| Some((walked, path.step(&walked.step)?, branch(path, walked)?)))
        else {
            return nothing;
        };
        let steps: Vec<&str> = match branch.by.as_slice() {
            [] => vec![walked.step.as_str()],
            by => by.iter().map(|id| id.as_str()).collect(),
        };
        let options: Vec<&PathOption> = steps.into_iter().flat_map(|id| self.grounds_in(path, id)).collect();
        let mut references: Vec<String> = Vec::new();
        for option in options.iter().filter(|option| !option.reference.is_empty()) {
            if !references.iter().any(|known| option.reference == *known) {
                references.push(option.reference.to_string());
            }
        }
        if references.is_empty() {
            references = step.refs.iter().map(ToString::to_string).collect();
        }
        let from = options.iter().filter_map(|option| option.from).min().or(branch.from);
        ClassFound { references, from, was: branch.was, ..nothing }
    }

    /// The options picked in a step that speak for the answer as it counted.
    fn grounds_in<'a>(&self, path: &'a DecisionPath, step: &str) -> Vec<&'a PathOption> {
        let Some((walked, step)) = self.walked(step).zip(path.step(step)) else { return Vec::new() };
        let picked = walked.picks.iter().filter_map(|id| step.option(id));
        picked.filter(|option| option.means_no != walked.is_yes).collect()
    }

    /// Whether something is a class found or an option picked on the way.
    fn knows(&self, id: &str) -> bool {
        self.has(id) || self.is_picked(id)
    }

    /// Whether an option was picked on the way.
    pub fn is_picked(&self, option: &str) -> bool {
        self.trail.iter().any(|walked| walked.picks.iter().any(|pick| pick == option))
    }

    fn wait_for(&mut self, step: &PathStep) {
        match self.open {
            None => self.open = Some(step.id.to_string()),
            Some(_) => self.also_open.push(step.id.to_string()),
        }
    }
}

/// Walks the path.
pub fn classify(path: &DecisionPath, answers: &[PathAnswer]) -> Classification {
    let mut found = Classification::default();
    let mut next = path.steps.first();
    while let Some(step) = next {
        // A path that comes back to a step would never end; the lint refuses one, and it is not walked twice.
        if found.walked(&step.id).is_some() || found.waiting().any(|waits| step.id == *waits) {
            break;
        }
        if !step.only_if.iter().all(|needed| found.knows(needed)) {
            next = next_step(path, &step.no);
            continue;
        }
        let Some(answer) = answers.iter().find(|answer| answer.step == step.id) else {
            found.wait_for(step);
            return found;
        };
        let Some(is_yes) = is_yes(step, answer) else {
            found.wait_for(step);
            next = step.unknown.as_ref().map_or_else(|| meeting(path, step), |id| path.step(id));
            continue;
        };
        let branch = if is_yes { &step.yes } else { &step.no };
        let adds: Vec<String> = branch.adds.iter().map(ToString::to_string).collect();
        for class in &adds {
            if !found.has(class) {
                found.classes.push(class.clone());
            }
        }
        let picks = answer.picks.iter().filter(|pick| step.option(pick).is_some()).cloned().collect();
        found.trail.push(TrailStep { step: step.id.to_string(), is_yes, picks, adds });
        next = next_step(path, branch);
    }
    if found.classes.is_empty() && found.is_complete() {
        found.classes.extend(path.classes.iter().filter(|class| class.otherwise).map(|class| class.id.to_string()));
    }
    found
}

/// Whether a class can still be found from a step on.
pub fn can_reach(path: &DecisionPath, from: &str, class: &str) -> bool {
    let mut steps: Vec<&PathStep> = path.step(from).into_iter().collect();
    let mut seen: Vec<&str> = Vec::new();
    while let Some(step) = steps.pop() {
        if seen.contains(&step.id.as_str()) {
            continue;
        }
        seen.push(&step.id);
        for branch in [&step.yes, &step.no] {
            if branch.adds.iter().any(|added| *added == class) {
                return true;
            }
            steps.extend(next_step(path, branch));
        }
    }
    false
}

/// What followed from a step as it was walked.
fn branch<'a>(path: &'a DecisionPath, walked: &TrailStep) -> Option<&'a Branch> {
    path.step(&walked.step).map(|step| if walked.is_yes { &step.yes } else { &step.no })
}

fn next_step<'a>(path: &'a DecisionPath, branch: &Branch) -> Option<&'a PathStep> {
    branch.goto.as_ref().and_then(|id| path.step(id))
}

/// The first step that follows whichever answer is given; nothing where an answer may end the path.
fn meeting<'a>(path: &'a DecisionPath, step: &PathStep) -> Option<&'a PathStep> {
    let depth = path.steps.len();
    let after_no = always_after(path, &step.no, depth);
    always_after(path, &step.yes, depth).into_iter().find(|after| after_no.iter().any(|other| other.id == after.id))
}

/// The steps that follow a branch whatever is answered in them, in order; `depth` bounds a path that the lint refuses.
fn always_after<'a>(path: &'a DecisionPath, branch: &Branch, depth: usize) -> Vec<&'a PathStep> {
    let Some((step, depth)) = next_step(path, branch).zip(depth.checked_sub(1)) else { return Vec::new() };
    let after_no = always_after(path, &step.no, depth);
    let both = always_after(path, &step.yes, depth).into_iter();
    let both = both.filter(|after| after_no.iter().any(|other| other.id == after.id));
    std::iter::once(step).chain(both).collect()
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

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

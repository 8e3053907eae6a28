//! What a save must satisfy beyond its form: every id once, every reference in the catalogue, exclusions that hold.
//!
//! References are judged by the edition of the catalogue. In a save of the same edition an unknown one is a slip of the
//! pen and is refused; in one of another edition the question has gone, and what was said is kept as an orphan.

mod bill;
mod statement;
mod systems;

use std::{collections::BTreeSet, path::Path};

use crate::{
    merge::dispute::misfits,
    model::{
        answer::{Answer, CheckAnswer, CheckResponse},
        catalog::Catalog,
        exclusion::Objection,
        reference::Reference,
        requirement::Check,
    },
    ron_text::{
        Problem,
        outline::Step::{self, Field, Item},
    },
    store::{
        file::FileV1,
        finding::{Finding, Findings, Severity},
    },
};

/// Checks a file against the catalogue.
///
/// # Errors
/// All problems for which it cannot be used.
pub(super) fn validate(
    path: &Path,
    text: &str,
    file: &FileV1,
    catalog: &Catalog,
) -> Result<Vec<Finding>, Vec<Problem>> {
    let is_same_edition = catalog.version == file.catalog;
    let evidence = file.evidence.iter().map(|evidence| evidence.id.as_str()).collect();
    let mut check = Validation { file, catalog, is_same_edition, evidence, found: Findings::new(path, text) };
    check.categories();
    check.gateway();
    check.registers();
    bill::check(&file.systems, &mut check.found);
    check.systems();
    check.criteria();
    check.answers();
    check.own_controls();
    check.actions();
    let places = file.collisions.iter().map(|collision| &collision.place);
    check.each_once("the dispute over", "collisions", "place", places);
    check.collisions();
    check.found.finish()
}

/// What the plan can ask for of an AI system (scoring rule 10).
const SYSTEM_TASKS: [&str; 8] =
    ["banned", "not_started", "very_high", "restricted", "full_form", "unproven", "review", "overdue"];

/// The most values that can be stated for one place.
const MOST_STATED: usize = 50;

struct Validation<'a> {
    file: &'a FileV1,
    catalog: &'a Catalog,
    is_same_edition: bool,
    /// The ids of the evidence register.
    evidence: BTreeSet<&'a str>,
    found: Findings<'a>,
}

impl Validation<'_> {
    fn categories(&mut self) {
        let file = self.file;
        self.each_once("the target of", "targets", "category", file.targets.iter().map(|target| target.category));
        for (index, target) in file.targets.iter().enumerate() {
            self.category(&[Field("targets"), Item(index), Field("category")], target.category);
        }
        for (index, category) in file.declared_absent.iter().enumerate() {
            self.category(&[Field("declared_absent"), Item(index)], *category);
        }
    }

    fn category(&mut self, place: &[Step], id: Reference) {
        if id.category() != id {
            let category = id.category();
            self.found.refuse(place, || format!("{id} is not a category; write the one that holds it, {category}"));
        } else if self.catalog.category(id).is_none() {
            let known = self.catalog.categories.iter().map(|category| category.category.to_string());
            self.unknown(place, "category", &id.to_string(), known);
        }
    }

    /// Refuses what is stated for a place that cannot have it.
    fn collisions(&mut self) {
        let file = self.file;
        if file.collisions.is_empty() {
            return;
        }
        let stated = |index: usize, nth: usize| [Field("collisions"), Item(index), Field("stated"), Item(nth)];
        let crowded = file.collisions.iter().position(|collision| collision.stated.len() > MOST_STATED);
        if let Some(index) = crowded {
            self.found.refuse(&stated(index, MOST_STATED), || {
                format!("more than {MOST_STATED} values are stated for one place; settle some")
            });
            return;
        }
        for (place, nth) in misfits(&file.clone().into_assessment()) {
            let Some(index) = file.collisions.iter().position(|collision| collision.place == place) else { continue };
            self.found.refuse(&stated(index, nth), || format!("this is no value for {place}; take it out"));
        }
    }

    fn gateway(&mut self) {
        let (file, catalog) = (self.file, self.catalog);
        self.each_once("gateway question", "gateway", "question", file.gateway.iter().map(|answer| &answer.question));
        for (index, answer) in file.gateway.iter().enumerate() {
            let place = [Field("gateway"), Item(index)];
            let Some(question) = catalog.gateway.iter().find(|question| question.id == answer.question) else {
                let known = catalog.gateway.iter().map(|question| question.id.to_string());
                self.unknown(&[place[0], place[1], Field("question")], "gateway question", &answer.question, known);
                continue;
            };
            if !question.options.iter().any(|option| option.id == answer.option) {
                let known = question.options.iter().map(|option| option.id.to_string());
                self.unknown(&[place[0], place[1], Field("option")], "option", &answer.option, known);
            }
        }
    }

    fn registers(&mut self) {
        let file = self.file;
        self.each_once("system", "systems", "id", file.systems.iter().map(|system| &system.id));
        self.each_once("evidence", "evidence", "id", file.evidence.iter().map(|evidence| &evidence.id));
        for (index, evidence) in file.evidence.iter().enumerate() {
            for (nth, requirement) in evidence.serves.iter().enumerate() {
                self.requirement(&[Field("evidence"), Item(index), Field("serves"), Item(nth)], *requirement);
            }
        }
        let systems = file.systems.iter().map(|system| ("systems", &system.id)).enumerate();
        let evidence = file.evidence.iter().map(|evidence| ("evidence", &evidence.id)).enumerate();
        for (index, (list, _)) in systems.chain(evidence).filter(|(_, (_, id))| id.is_empty()) {
            self.empty(&[Field(list), Item(index), Field("id")]);
        }
    }

    fn empty(&mut self, place: &[Step]) {
        self.found.refuse(place, || "this id is empty; give it a short name of its own".to_owned());
    }

    /// Whether a requirement is in the catalogue; says so when it is not.
    fn requirement(&mut self, place: &[Step], id: Reference) -> bool {
        let is_known = self.catalog.requirement(id).is_some();
        if !is_known {
            let known = self.catalog.requirements().map(|requirement| requirement.id.to_string());
            self.unknown(place, "requirement", &id.to_string(), known);
        }
        is_known
    }

    fn answers(&mut self) {
        let file = self.file;
        self.each_once("the answer to", "answers", "requirement", file.answers.iter().map(|answer| answer.requirement));
        for (index, answer) in file.answers.iter().enumerate() {
            let is_known = self.requirement(&[Field("answers"), Item(index), Field("requirement")], answer.requirement);
            self.checks(index, answer, is_known);
            if is_known {
                self.exclusion(index, answer);
                let place = [Field("answers"), Item(index), Field("inclusion")];
                self.inclusion(&place, answer.requirement, &answer.inclusion);
            }
        }
    }

    fn checks(&mut self, index: usize, answer: &Answer, is_known: bool) {
        let mut seen = BTreeSet::new();
        let requirement = self.catalog.requirement(answer.requirement).filter(|_| is_known);
        for (nth, response) in answer.checks.iter().enumerate() {
            let list = [Field("answers"), Item(index), Field("checks"), Item(nth)];
            let at = |field: &'static str| [list[0], list[1], list[2], list[3], Field(field)];
            if !seen.insert(&response.check) {
                self.twice(&at("check"), &format!("check of {}", answer.requirement), &response.check);
            }
            let Some(requirement) = requirement else { continue };
            match requirement.check(&response.check) {
                Some(check) => {
                    self.open_parts(&at("open_parts"), response, check);
                    self.no_occasion(&at("answer"), response, check);
                }
                None => {
                    let known = requirement.checks.iter().map(|check| check.id.to_string());
                    self.unknown(&at("check"), &format!("check of {}", requirement.id), &response.check, known);
                }
            }
        }
    }

    fn open_parts(&mut self, place: &[Step], response: &CheckResponse, check: &Check) {
        let parts = check.parts.len();
        let Some(part) = response.open_parts.iter().find(|part| !(1..=parts).contains(&usize::from(**part))) else {
            return;
        };
        let message = match parts {
            0 => format!("check `{}` has no parts; leave `open_parts` out", check.id),
            _ => format!("check `{}` has no part {part}; its parts are 1 to {parts}", check.id),
        };
        self.refuse_or_note(place, || message);
    }

    /// What is a slip of the pen in a save of this edition, and may have been right in one of another.
    fn refuse_or_note(&mut self, place: &[Step], message: impl FnOnce() -> String) {
        if self.is_same_edition {
            self.found.refuse(place, message);
        } else {
            self.found.add(Severity::Note, place, message);
        }
    }

    fn no_occasion(&mut self, place: &[Step], response: &CheckResponse, check: &Check) {
        let stated = [response.answer].into_iter().chain(response.disputed.iter().copied());
        if stated.into_iter().all(|answer| answer != CheckAnswer::NoOccasion) {
            return;
        }
        if !check.conditional {
            let message = || format!("check `{}` always applies, so that `NoOccasion` counts as open", check.id);
            self.found.add(Severity::Warning, place, message);
        } else if response.reason.trim().is_empty() {
            let message = || "`NoOccasion` needs a `reason`; without one it counts as open".to_owned();
            self.found.add(Severity::Warning, place, message);
        }
    }

    fn exclusion(&mut self, index: usize, answer: &Answer) {
        let Some(exclusion) = &answer.exclusion else { return };
        let Some(objection) = exclusion.objection(answer.requirement) else { return };
        let severity = match objection {
            Objection::Clause => Severity::Error,
            Objection::NoBasis | Objection::ShortReason | Objection::NoOverrideNote | Objection::Disputed => {
                Severity::Warning
            }
        };
        let message = || format!("{objection}; {} is scored as applicable", answer.requirement);
        self.found.add(severity, &[Field("answers"), Item(index), Field("exclusion")], message);
    }

    fn actions(&mut self) {
        let file = self.file;
        self.each_once("action", "actions", "action", file.actions.iter().map(|record| &record.action));
        for (index, record) in file.actions.iter().enumerate() {
            if !self.is_action(&record.action) {
                let known = self.catalog.actions.iter().map(|action| action.id.to_string());
                let message = || {
                    let nearest = suggestion(&record.action, known);
                    format!("the plan has no action `{}`, and what is said of it is only kept{nearest}", record.action)
                };
                self.found.add(Severity::Warning, &[Field("actions"), Item(index), Field("action")], message);
            }
        }
    }

    /// Whether the plan can have an action of that id (scoring rule 10).
    fn is_action(&self, id: &str) -> bool {
        let is_category = |id: &str| id.parse().is_ok_and(|category| self.catalog.category(category).is_some());
        let is_system_task = |task: &str| {
            let (system, what) = task.rsplit_once(':').unwrap_or_default();
            SYSTEM_TASKS.contains(&what) && self.file.systems.iter().any(|known| known.id == system)
        };
        match id.split_once(':') {
            Some(("evidence" | "ask", category)) => is_category(category),
            Some(("system", task)) => is_system_task(task),
            Some(_) | None => self.catalog.action(id).is_some(),
        }
    }

    /// Refuses the second and every further entry of the same id.
    fn each_once<T: Ord + ToString>(
        &mut self,
        what: &str,
        list: &'static str,
        field: &'static str,
        ids: impl Iterator<Item = T>,
    ) {
        let mut seen = BTreeSet::new();
        for (index, id) in ids.enumerate() {
            let shown = id.to_string();
            if !seen.insert(id) {
                self.twice(&[Field(list), Item(index), Field(field)], what, &shown);
            }
        }
    }

    fn twice(&mut self, place: &[Step], what: &str, id: &str) {
        self.found.refuse(place, || format!("{what} `{id}` stands here a second time; keep one of the two"));
    }

    /// Says that something is not in the catalogue, as the edition of the save demands.
    fn unknown(&mut self, place: &[Step], what: &str, id: &str, known: impl Iterator<Item = String>) {
        if self.is_same_edition {
            self.found.refuse(place, || format!("there is no {what} `{id}`{}", suggestion(id, known)));
        } else {
            let edition = &self.catalog.version;
            let message =
                || format!("edition {edition} of the questions has no {what} `{id}`; it is kept and not scored");
            self.found.add(Severity::Note, place, message);
        }
    }
}

/// The known id that is most like a mistaken one, as the end of a sentence; empty when none is known.
fn suggestion(mistaken: &str, known: impl Iterator<Item = String>) -> String {
    // An id has a few letters; a hostile one of thousands must not cost time.
    let mistaken: String = mistaken.chars().take(60).collect();
    let rated = known.map(|known| (strsim::jaro_winkler(&mistaken, &known), known));
    let nearest = rated.reduce(|best, next| if next.0 > best.0 { next } else { best });
    nearest.map_or(String::new(), |(_, nearest)| format!("; did you mean `{nearest}`?"))
}

#[cfg(test)]
mod tests;

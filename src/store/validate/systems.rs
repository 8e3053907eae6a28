//! What is said about AI systems: rows once, steps that their scales have, names that exist, days in order, criteria that hold.

use std::{cell::OnceCell, collections::BTreeSet};

use chrono::NaiveDate;

use crate::{
    impact::{open_points::out_of_order, rating, sign_off::is_by_preparer},
    model::{
        assessment::Assessment,
        decision_path::PathAnswer,
        impact::{
            ImpactAssessment, PromptAnswer, PromptReply,
            harm::{Benefit, Harm, Measure, NoHarm, Rated, Rating, SHORTEST_REASON, Scale},
            sign_off::{Outcome, SignOff},
        },
        level::ImpactLevel,
        system::{Screening, System},
    },
    ron_text::outline::Step::{self, Field, Item},
    store::{
        finding::{Findings, Severity},
        validate::{Validation, suggestion},
    },
};

/// The steps of a scale of benefits.
const TOP_OF_BENEFITS: u8 = 5;
/// From this level on a measure needs an owner, and an approval another person than the preparer.
const GRAVE: ImpactLevel = ImpactLevel::High;

impl Validation<'_> {
    pub(super) fn systems(&mut self) {
        let file = self.file;
        // Only for levels, which few files need; of two rows with the same id either will do.
        let assessment = OnceCell::new();
        for (index, system) in file.systems.iter().enumerate() {
            let place = [Field("systems"), Item(index)];
            self.evidence_ids(&at(&place, &[Field("evidence")]), &system.evidence);
            if let Some(screening) = &system.screening {
                self.screening(&at(&place, &[Field("screening")]), screening);
            }
            self.path(&at(&place, &[Field("eu_act")]), &system.eu_act);
            let impact = at(&place, &[Field("impact")]);
            self.rows(&impact, &system.impact);
            self.prompts(&at(&impact, &[Field("answers")]), &system.impact.answers);
            let assessment = || assessment.get_or_init(|| file.clone().into_assessment());
            self.owners(&at(&impact, &[Field("measures")]), system, assessment);
            self.sign_offs(&at(&impact, &[Field("sign_offs")]), system, assessment);
        }
    }

    fn screening(&mut self, place: &[Step], screening: &Screening) {
        let form = &self.catalog.impact;
        for (field, ids) in [("sensitive", &screening.sensitive), ("unsure", &screening.unsure)] {
            for (nth, id) in ids.iter().enumerate() {
                let known = || form.sensitive_uses.iter().map(|known| known.id.to_string());
                self.known(&at(place, &[Field(field), Item(nth)]), "sensitive use", id, known);
            }
        }
        let restricted = screening.restricted.iter().map(|restricted| restricted.id.clone());
        self.no_row_twice(&at(place, &[Field("restricted")]), "restricted use", restricted);
        for (nth, restricted) in screening.restricted.iter().enumerate() {
            let known = || form.restricted_uses.iter().map(|known| known.id.to_string());
            let place = at(place, &[Field("restricted"), Item(nth), Field("id")]);
            self.known(&place, "restricted use", &restricted.id, known);
        }
    }

    fn path(&mut self, place: &[Step], answers: &[PathAnswer]) {
        let path = &self.catalog.eu_act;
        self.rows_once(place, "the answer to step", "step", answers.iter().map(|answer| &answer.step));
        for (nth, answer) in answers.iter().enumerate() {
            let known = || path.steps.iter().map(|step| step.id.to_string());
            self.known(&at(place, &[Item(nth), Field("step")]), "step of the path", &answer.step, known);
            let Some(step) = path.step(&answer.step) else { continue };
            for (pick, id) in answer.picks.iter().enumerate() {
                let known = || step.options.iter().map(|option| option.id.to_string());
                self.known(&at(place, &[Item(nth), Field("picks"), Item(pick)]), "option of this step", id, known);
            }
        }
    }

    fn rows(&mut self, place: &[Step], impact: &ImpactAssessment) {
        let ImpactAssessment { answers: _, harms, no_harm, benefits, measures, occasions, sign_offs: _ } = impact;
        let list = |field: &'static str| at(place, &[Field(field)]);
        self.rows_once(&list("harms"), "harm", "id", harms.iter().map(|harm| &harm.id));
        self.rows_once(&list("benefits"), "benefit", "id", benefits.iter().map(|benefit| &benefit.id));
        self.rows_once(&list("measures"), "measure", "id", measures.iter().map(|measure| &measure.id));
        let known: BTreeSet<&str> = measures.iter().map(|measure| measure.id.as_str()).collect();
        for (nth, harm) in harms.iter().enumerate() {
            self.harm(&at(&list("harms"), &[Item(nth)]), harm, &known);
        }
        let dimension = |none: &NoHarm| none.dimension.clone().unwrap_or_else(|| "the system as a whole".to_owned());
        self.no_row_twice(&list("no_harm"), "\"no harm\" for", no_harm.iter().map(dimension));
        for (nth, none) in no_harm.iter().enumerate() {
            self.no_harm(&at(&list("no_harm"), &[Item(nth)]), none);
        }
        for (nth, benefit) in benefits.iter().enumerate() {
            self.benefit(&at(&list("benefits"), &[Item(nth)]), benefit);
        }
        for (nth, measure) in measures.iter().enumerate() {
            self.measure(&at(&list("measures"), &[Item(nth)]), measure);
        }
        for (nth, occasion) in occasions.iter().enumerate() {
            let catalog = self.catalog;
            let known = || catalog.impact.triggers.iter().map(|trigger| trigger.id.to_string());
            let place = at(&list("occasions"), &[Item(nth), Field("trigger")]);
            self.known(&place, "review trigger", &occasion.trigger, known);
        }
    }

    fn harm(&mut self, place: &[Step], harm: &Harm, measures: &BTreeSet<&str>) {
        let catalog = self.catalog;
        self.dimension(&at(place, &[Field("dimension")]), &harm.dimension);
        for (nth, id) in harm.causes.iter().enumerate() {
            let known = || catalog.impact.causes.iter().map(|cause| cause.id.to_string());
            self.known(&at(place, &[Field("causes"), Item(nth)]), "cause", id, known);
        }
        for (field, rating) in [("before", &harm.before), ("after", &harm.after)] {
            self.rating(&at(place, &[Field(field)]), rating);
        }
        for (nth, id) in harm.measures.iter().enumerate().filter(|(_, id)| !measures.contains(id.as_str())) {
            let known = measures.iter().map(|&known| known.to_owned());
            missing(&mut self.found, &at(place, &[Field("measures"), Item(nth)]), "measure", id, known);
        }
    }

    /// A dimension of the catalogue; one that was not chosen yet is only said.
    fn dimension(&mut self, place: &[Step], id: &str) {
        let catalog = self.catalog;
        if id.is_empty() {
            self.found.add(Severity::Warning, place, || "no dimension is chosen here yet".to_owned());
        } else {
            let known = || catalog.impact.dimensions.iter().map(|dimension| dimension.id.to_string());
            self.known(place, "dimension", id, known);
        }
    }

    fn rating(&mut self, place: &[Step], rating: &Rating) {
        for scale in Scale::ALL {
            self.step(&at(place, &[Field(scale.name())]), scale.name(), rating.on(scale), scale.top());
        }
    }

    /// Refuses a step that the scale does not have.
    fn step(&mut self, place: &[Step], scale: &str, value: Option<Rated>, top: u8) {
        if let Some(Rated::At(step)) = value
            && !(1..=top).contains(&step)
        {
            let message = || format!("{scale} has no step {step}; write At(1) to At({top}), or Unknown");
            self.found.refuse(place, message);
        }
    }

    fn no_harm(&mut self, place: &[Step], none: &NoHarm) {
        if let Some(dimension) = &none.dimension {
            self.dimension(&at(place, &[Field("dimension")]), dimension);
        }
        if !none.is_reasoned() {
            let message =
                || format!("\"no harm\" needs a reason of at least {SHORTEST_REASON} characters; it does not count");
            self.found.add(Severity::Warning, &at(place, &[Field("reason")]), message);
        }
    }

    fn benefit(&mut self, place: &[Step], benefit: &Benefit) {
        self.dimension(&at(place, &[Field("dimension")]), &benefit.dimension);
        self.step(&at(place, &[Field("size")]), "the size of a benefit", benefit.size, TOP_OF_BENEFITS);
        self.step(&at(place, &[Field("likelihood")]), "likelihood", benefit.likelihood, Scale::Likelihood.top());
    }

    fn measure(&mut self, place: &[Step], measure: &Measure) {
        self.evidence_ids(&at(place, &[Field("evidence")]), &measure.evidence);
        for (nth, control) in measure.controls.iter().enumerate() {
            self.requirement(&at(place, &[Field("controls"), Item(nth)]), *control);
        }
    }

    fn prompts(&mut self, place: &[Step], answers: &[PromptAnswer]) {
        let form = &self.catalog.impact;
        self.rows_once(place, "the answer to prompt", "prompt", answers.iter().map(|answer| &answer.prompt));
        for (nth, answer) in answers.iter().enumerate() {
            let known = || form.prompts().map(|(_, prompt)| prompt.id.to_string());
            self.known(&at(place, &[Item(nth), Field("prompt")]), "prompt", &answer.prompt, known);
            let Some(prompt) = form.prompt(&answer.prompt) else { continue };
            let place = at(place, &[Item(nth), Field("reply")]);
            if !prompt.kind.takes(&answer.reply) {
                let (id, asks_for) = (&prompt.id, prompt.kind.asks_for());
                self.refuse_or_note(&place, || {
                    format!("{id} is answered in another way: write {asks_for}, or Unknown")
                });
            } else if let PromptReply::Choice(picks) = &answer.reply {
                let known = || prompt.kind.options().iter().map(|option| option.id.to_string());
                for (pick, id) in picks.iter().enumerate() {
                    self.known(&at(&place, &[Item(0), Item(pick)]), &format!("option of {}", prompt.id), id, known);
                }
            }
        }
    }

    /// Says which measures against a grave harm nobody answers for.
    fn owners<'a>(&mut self, place: &[Step], system: &System, assessment: impl Fn() -> &'a Assessment) {
        let is_ownerless = |measure: &Measure| measure.owner.trim().is_empty();
        if !system.impact.measures.iter().any(is_ownerless) {
            return;
        }
        // The level before measures depends on no day but that of the criteria.
        let rating = rating::rate_system(self.catalog, assessment(), system, NaiveDate::MAX);
        for (nth, measure) in system.impact.measures.iter().enumerate().filter(|(_, measure)| is_ownerless(measure)) {
            let served = system.impact.harms.iter().filter(|harm| harm.measures.contains(&measure.id));
            let rated = served.filter_map(|harm| rating.harm(&harm.id)?.inherent.as_ref()).map(|rated| rated.level);
            if let Some(level) = rated.max().filter(|level| *level >= GRAVE) {
                let message =
                    || format!("measure `{}` serves a harm rated {} and has no owner", measure.id, level.name());
                self.found.add(Severity::Warning, &at(place, &[Item(nth)]), message);
            }
        }
    }

    fn sign_offs<'a>(&mut self, place: &[Step], system: &System, assessment: impl Fn() -> &'a Assessment) {
        let sign_offs = &system.impact.sign_offs;
        for (nth, sign_off) in sign_offs.iter().enumerate() {
            let is_last = nth + 1 == sign_offs.len();
            let place = at(place, &[Item(nth)]);
            let facts = sign_off.facts.iter().map(|fact| fact.fact.clone());
            self.no_row_twice(&at(&place, &[Field("facts")]), "fact", facts);
            for words in out_of_order(sign_off, system.next_review.filter(|_| is_last)) {
                self.found.add(Severity::Warning, &place, || format!("days out of order: {}", without_stop(&words)));
            }
            let before = nth.checked_sub(1).and_then(|before| sign_offs[before].approved_on);
            if let Some((before, day)) = before.zip(sign_off.approved_on).filter(|(before, day)| day < before) {
                let message =
                    || format!("this decision of {day} stands behind a later one of {before}; the last one counts");
                self.found.add(Severity::Warning, &at(&place, &[Field("approved_on")]), message);
            }
            let is_approval = sign_off.outcome.is_some_and(Outcome::is_approval);
            if !is_approval || !is_by_preparer(sign_off) {
                continue;
            }
            let level = self.level_of_decision(sign_off, system, is_last, &assessment);
            if let Some(level) = level.filter(|level| *level >= GRAVE) {
                let message = || {
                    let name = level.name();
                    format!("approved by the one who prepared it; at {name} somebody else must, so it is not in force")
                };
                self.found.add(Severity::Warning, &at(&place, &[Field("approved_by")]), message);
            }
        }
    }

    /// The residual level on which a decision was taken: as it was signed, and for the last one as it is rated.
    fn level_of_decision<'a>(
        &self,
        sign_off: &SignOff,
        system: &System,
        is_last: bool,
        assessment: impl Fn() -> &'a Assessment,
    ) -> Option<ImpactLevel> {
        let day = sign_off.approved_on.unwrap_or(NaiveDate::MAX);
        let rate = || rating::rate_system(self.catalog, assessment(), system, day).residual;
        sign_off.residual.max(is_last.then(rate).flatten())
    }

    pub(super) fn criteria(&mut self) {
        let criteria = &self.file.criteria;
        let place = [Field("criteria")];
        if let Some((severity, likelihood)) = criteria.matrix.and_then(|matrix| matrix.falls_at()) {
            let row = [Item(usize::from(severity) - 1), Item(usize::from(likelihood) - 1)];
            let message = || {
                format!(
                    "in row {severity} (severity), column {likelihood} (likelihood) the level is lower than before it; \
                     a matrix never falls, so these criteria are not in force"
                )
            };
            self.found.add(Severity::Error, &at(&at(&place, &[Field("matrix")]), &row), message);
        }
        if !criteria.is_empty() && (criteria.approved_by.trim().is_empty() || criteria.approved_on.is_none()) {
            let message = || "criteria of your own need `approved_by` and `approved_on` to be in force".to_owned();
            self.found.add(Severity::Warning, &place, message);
        }
        let anchors = criteria.anchors.iter().map(|anchor| format!("{} {}", anchor.scale, anchor.step));
        self.no_row_twice(&at(&place, &[Field("anchors")]), "the meaning of step", anchors);
        let approvals = criteria.approvals.iter().map(|approval| format!("{:?}", approval.level));
        self.no_row_twice(&at(&place, &[Field("approvals")]), "who approves at", approvals);
        for (nth, anchor) in criteria.anchors.iter().enumerate() {
            let place = at(&place, &[Field("anchors"), Item(nth)]);
            let scales = &self.catalog.impact.scales;
            let known = || scales.iter().map(|scale| scale.id.to_string());
            self.known(&at(&place, &[Field("scale")]), "scale", &anchor.scale, known);
            let Some(scale) = self.catalog.impact.scale(&anchor.scale) else { continue };
            let steps = scale.steps.len();
            if !(1..=steps).contains(&usize::from(anchor.step)) {
                let message = || format!("{} has no step {}; its steps are 1 to {steps}", scale.id, anchor.step);
                self.found.refuse(&at(&place, &[Field("step")]), message);
            }
        }
    }

    pub(super) fn evidence_ids(&mut self, place: &[Step], ids: &[String]) {
        let file = self.file;
        for (nth, id) in ids.iter().enumerate().filter(|(_, id)| !self.evidence.contains(id.as_str())) {
            let known = file.evidence.iter().map(|evidence| evidence.id.clone());
            missing(&mut self.found, &at(place, &[Item(nth)]), "evidence", id, known);
        }
    }

    /// Says that something of the catalogue is named that it does not hold.
    fn known<I: Iterator<Item = String>>(&mut self, place: &[Step], what: &str, id: &str, known: impl Fn() -> I) {
        if !known().any(|known| known == id) {
            self.unknown(place, what, id, known());
        }
    }

    /// Refuses an empty id, and the second and every further row of the same id.
    fn rows_once<'i>(
        &mut self,
        place: &[Step],
        what: &str,
        field: &'static str,
        ids: impl Iterator<Item = &'i String>,
    ) {
        let mut seen = BTreeSet::new();
        for (nth, id) in ids.enumerate() {
            let place = at(place, &[Item(nth), Field(field)]);
            if id.is_empty() {
                self.empty(&place);
            } else if !seen.insert(id) {
                self.twice(&place, what, id);
            }
        }
    }

    /// Refuses the second and every further row of the same key.
    fn no_row_twice(&mut self, place: &[Step], what: &str, keys: impl Iterator<Item = String>) {
        let mut seen = BTreeSet::new();
        for (nth, key) in keys.enumerate() {
            if seen.contains(&key) {
                self.twice(&at(place, &[Item(nth)]), what, &key);
            }
            seen.insert(key);
        }
    }
}

/// Says that something of this file is named that it does not hold, as when it was deleted.
pub(super) fn missing(found: &mut Findings, place: &[Step], what: &str, id: &str, known: impl Iterator<Item = String>) {
    let message = || format!("there is no {what} `{id}`, so it counts for nothing{}", suggestion(id, known));
    found.add(Severity::Warning, place, message);
}

/// A place within another.
pub(super) fn at(place: &[Step], further: &[Step]) -> Vec<Step> {
    [place, further].concat()
}

/// A sentence of the model as the end of one of ours.
fn without_stop(words: &str) -> &str {
    words.trim_end_matches('.')
}

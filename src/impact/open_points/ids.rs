//! What is named and not there: dangling references within the assessment, and ids that the catalogue does not know.

use crate::{
    impact::open_points::{About, Points},
    model::{decision_path::PathAnswer, impact::harm::Harm, reference::Reference},
};

impl Points<'_> {
    pub(super) fn unknown_ids(&mut self) {
        let unknown: Vec<String> = [self.of_system(), self.of_harms(), self.of_measures(), self.of_path()].concat();
        for what in unknown {
            self.add(About::UnknownId, format!("{what}, which is not known; it counts for nothing."));
        }
    }

    fn of_system(&self) -> Vec<String> {
        let (system, form) = (self.system, &self.catalog.impact);
        let is_use = |id: &str| form.sensitive_uses.iter().any(|known| known.id == id);
        let screening = || system.screening.iter();
        let sensitive = screening().flat_map(|screening| screening.sensitive.iter().chain(&screening.unsure));
        let restricted = screening().flat_map(|screening| &screening.restricted).map(|restricted| &restricted.id);
        let triggers = system.impact.occasions.iter().map(|occasion| &occasion.trigger);
        let prompts = system.impact.answers.iter().map(|answer| &answer.prompt);
        let evidence = system.evidence.iter().filter(|id| self.assessment.evidence_item(id).is_none());
        let named = |what: &str, id: &String| format!("The system names {what} {id}");
        [
            sensitive.filter(|id| !is_use(id)).map(|id| named("sensitive use", id)).collect::<Vec<_>>(),
            restricted.filter(|id| form.restricted_use(id).is_none()).map(|id| named("restricted use", id)).collect(),
            triggers.filter(|id| form.trigger(id).is_none()).map(|id| named("review trigger", id)).collect(),
            prompts.filter(|id| form.prompt(id).is_none()).map(|id| named("prompt", id)).collect(),
            evidence.map(|id| named("evidence", id)).collect(),
        ]
        .concat()
    }

    fn of_harms(&self) -> Vec<String> {
        let (impact, form) = (&self.system.impact, &self.catalog.impact);
        let is_cause = |id: &str| form.causes.iter().any(|known| known.id == id);
        let of_harm = |harm: &Harm| {
            let named = |what: &str, id: &str| format!("Harm {} names {what} {id}", harm.id);
            let dimension = Some(&harm.dimension).filter(|id| form.dimension(id).is_none());
            let causes = harm.causes.iter().filter(|id| !is_cause(id));
            let measures = harm.measures.iter().filter(|id| impact.measure(id).is_none());
            let named = dimension
                .map(|id| named("dimension", if id.is_empty() { "\"\"" } else { id }))
                .into_iter()
                .chain(causes.map(|id| named("cause", id)))
                .chain(measures.map(|id| named("measure", id)));
            named.collect::<Vec<_>>()
        };
        let dimensions = impact.no_harm.iter().filter_map(|none| none.dimension.as_ref());
        let dimensions = dimensions.chain(impact.benefits.iter().map(|benefit| &benefit.dimension));
        let unknown = dimensions.filter(|id| form.dimension(id).is_none());
        let others = unknown.map(|id| format!("The assessment names dimension {id}"));
        impact.harms.iter().flat_map(of_harm).chain(others).collect()
    }

    fn of_measures(&self) -> Vec<String> {
        let measures = self.system.impact.measures.iter();
        let unknown = measures.flat_map(|measure| {
            let named = |what: &str, id: String| format!("Measure {} names {what} {id}", measure.id);
            let evidence = measure.evidence.iter().filter(|id| self.assessment.evidence_item(id).is_none());
            let is_known = |id: &&Reference| self.catalog.requirement(**id).is_some();
            let controls = measure.controls.iter().filter(move |id| !is_known(id));
            let evidence = evidence.map(|id| named("evidence", id.clone()));
            evidence.chain(controls.map(|id| named("control", id.to_string()))).collect::<Vec<_>>()
        });
        unknown.collect()
    }

    fn of_path(&self) -> Vec<String> {
        let of_answer = |answer: &PathAnswer| match self.catalog.eu_act.step(&answer.step) {
            None => vec![format!("The path names step {}", answer.step)],
            Some(step) => {
                let unknown = answer.picks.iter().filter(|pick| step.option(pick).is_none());
                unknown.map(|pick| format!("Step {} of the path names option {pick}", answer.step)).collect()
            }
        };
        self.system.eu_act.iter().flat_map(of_answer).collect()
    }
}

//! What is said for the statement of applicability: own controls with ids of their own, and names that exist.

use crate::{
    model::{
        inclusion::{Inclusion, OwnControl},
        reference::Reference,
    },
    ron_text::outline::Step::{self, Field, Item},
    store::{
        finding::Severity,
        validate::{
            Validation,
            systems::{at, missing},
        },
    },
};

impl Validation<'_> {
    pub(super) fn own_controls(&mut self) {
        let file = self.file;
        self.each_once("own control", "own_controls", "id", file.own_controls.iter().map(|control| &control.id));
        for (index, control) in file.own_controls.iter().enumerate() {
            let place = [Field("own_controls"), Item(index)];
            if let Some(objection) = OwnControl::objection_to_id(&control.id) {
                self.found.refuse(&at(&place, &[Field("id")]), || objection);
            }
            self.inclusion_systems(&at(&place, &[Field("inclusion")]), &control.inclusion);
            self.evidence_ids(&at(&place, &[Field("evidence")]), &control.evidence);
        }
    }

    /// What is said about the inclusion of a requirement of the catalogue.
    pub(super) fn inclusion(&mut self, place: &[Step], requirement: Reference, inclusion: &Inclusion) {
        if !requirement.is_control() && !inclusion.is_empty() {
            let message = || {
                format!(
                    "{requirement} is a clause, and the statement of applicability holds controls only; this is shown nowhere"
                )
            };
            self.found.add(Severity::Warning, place, message);
        }
        self.inclusion_systems(place, inclusion);
    }

    fn inclusion_systems(&mut self, place: &[Step], inclusion: &Inclusion) {
        let file = self.file;
        let known = || file.systems.iter().map(|system| system.id.clone());
        for (nth, id) in inclusion.systems.iter().enumerate() {
            if !known().any(|known| known == *id) {
                missing(&mut self.found, &at(place, &[Field("systems"), Item(nth)]), "system", id, known());
            }
        }
    }
}

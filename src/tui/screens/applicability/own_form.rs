//! The form of a control of the organization's own.

use crate::{
    model::{edit::Change, inclusion::OwnControl},
    tui::{
        screens::{
            applicability::inclusion_form,
            form::{
                Form, Sheet,
                field::{Choice, Field, Values},
            },
        },
        session::Session,
    },
};

const ID: &str = "Id";
const TITLE: &str = "Control";
const OWNER: &str = "Owner";
const EVIDENCE: &str = "Evidence";

/// An own control as it was when the form was opened; a new one has no title yet.
#[derive(Debug)]
struct OwnSheet {
    before: OwnControl,
    is_new: bool,
}

/// The form of an own control; of a new one where there is none.
pub(super) fn form(control: Option<&OwnControl>, session: &Session) -> Form {
    let assessment = session.assessment();
    let new = || OwnControl { id: OwnControl::next_id(&assessment.own_controls), ..OwnControl::default() };
    let before = control.cloned().unwrap_or_else(new);
    let known = assessment.evidence.iter().map(|item| Choice::new(&item.id, &item.title));
    let unknown = before.evidence.iter().filter(|id| assessment.evidence_item(id).is_none());
    let unknown = unknown.map(|id| Choice::new(id, format!("{id} (not in the register)")));
    let head = [
        Field::line(ID, "O.1, O.2 and so on; never a number of the standard.", &before.id),
        Field::line(TITLE, "What it is called, such as attack tests before each release.", &before.title),
    ];
    let tail = [
        Field::line(OWNER, "Who answers for it.", &before.owner),
        Field::many(
            EVIDENCE,
            "Space ticks what shows it, from the evidence register (e on the map).",
            known.chain(unknown).collect(),
            &before.evidence,
        ),
    ];
    let inclusion = inclusion_form::fields(&before.inclusion, &[], session);
    let fields = head.into_iter().chain(inclusion).chain(tail).collect();
    Form::new(OwnSheet { before, is_new: control.is_none() }, fields).on(TITLE)
}

impl Sheet for OwnSheet {
    fn title(&self, _session: &Session) -> String {
        if self.is_new { "New own control".to_owned() } else { format!("Own control {}", self.before.id) }
    }

    fn read(&self, values: &Values<'_>, session: &Session) -> Result<Option<Change>, Vec<(&'static str, String)>> {
        let mut problems = Vec::new();
        let id = values.text(ID).to_owned();
        let is_taken = (self.is_new || id != self.before.id) && session.assessment().own_control(&id).is_some();
        if let Some(objection) = OwnControl::objection_to_id(&id) {
            problems.push((ID, format!("{objection}.")));
        } else if is_taken {
            let next = OwnControl::next_id(&session.assessment().own_controls);
            problems.push((ID, format!("{id} is taken; {next} is free.")));
        }
        if values.text(TITLE).is_empty() {
            problems.push((TITLE, "Say what it is called.".to_owned()));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let control = OwnControl {
            id,
            title: values.text(TITLE).to_owned(),
            inclusion: inclusion_form::read(values, &self.before.inclusion),
            owner: values.text(OWNER).to_owned(),
            evidence: values.ticked(EVIDENCE),
        };
        if control == self.before && !self.is_new {
            return Ok(None);
        }
        if self.is_new || control.id == self.before.id {
            return Ok(Some(Change::own_control(control)));
        }
        let remove = Change::SetOwnControl { id: self.before.id.clone(), control: None };
        Ok(Some(Change::Batch(vec![remove, Change::own_control(control)])))
    }

    fn foot(&self, _values: &Values<'_>, _session: &Session) -> String {
        "A control of your own stands in the statement beside Annex A and counts in no score.".to_owned()
    }
}

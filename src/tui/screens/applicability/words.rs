//! The sentences of the statement of applicability (scoring rule 6).

use crate::{
    model::{
        exclusion::{Exclusion, ExclusionBasis, needs_override},
        reference::Reference,
    },
    tui::session::Session,
};

/// What is decided about a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// It counts, and something was said about it.
    Applies,
    /// It is declared not applicable.
    Excluded,
    /// Nothing was said about it; it is scored as applicable.
    Undecided,
}

impl Decision {
    /// What is decided about that control.
    pub(super) fn of(id: Reference, session: &Session) -> Decision {
        let assessment = session.assessment();
        let has_answer =
            |id| assessment.answer(id).is_some_and(|answer| answer.level.is_some() || !answer.checks.is_empty());
        if assessment.exclusion_in_force(id).is_some() {
            Decision::Excluded
        } else if has_answer(id) {
            Decision::Applies
        } else {
            Decision::Undecided
        }
    }

    /// The decision in words.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Decision::Applies => "applies",
            Decision::Excluded => "excluded",
            Decision::Undecided => "undecided",
        }
    }
}

/// How many controls are decided in which way.
pub(super) fn counts(session: &Session) -> String {
    let count = |decision: Decision| controls(session).filter(|id| Decision::of(*id, session) == decision).count();
    let [applies, excluded, undecided] = [Decision::Applies, Decision::Excluded, Decision::Undecided].map(count);
    let undecided = match undecided {
        0 => String::new(),
        undecided => format!(", {undecided} undecided (scored as applicable)"),
    };
    format!("{} controls: {applies} apply, {excluded} excluded{undecided}.", controls(session).count())
}

/// What an auditor will ask about, the weightiest first.
pub(super) fn warnings(session: &Session) -> Vec<String> {
    let excluded: Vec<(Reference, &Exclusion)> =
        controls(session).filter_map(|id| Some((id, session.assessment().exclusion_in_force(id)?))).collect();
    let of = |is: &dyn Fn(Reference, &Exclusion) -> bool| -> Vec<Reference> {
        excluded.iter().filter(|(id, exclusion)| is(*id, exclusion)).map(|(id, _)| *id).collect()
    };
    let all = controls(session).count();
    let share = (excluded.len() * 4 > all).then(|| {
        format!("{} of {all} controls are excluded, more than a quarter: expect to defend each one.", excluded.len())
    });
    let mirrored = sentence(&of(&|id, _| needs_override(id)), |ids| {
        format!("Excluded although a clause asks for the same: {ids}; shown on the first page of the report.")
    });
    let by_role = sentence(&of(&|_, exclusion| exclusion.basis == Some(ExclusionBasis::Role)), |ids| {
        format!("Resting on the role: {ids}; an auditor expects a risk-assessment reference.")
    });
    let to_review = sentence(&of(&|_, exclusion| session.assessment().is_exclusion_to_review(exclusion)), |ids| {
        format!("To review, as roles or systems have changed since: {ids}.")
    });
    share.into_iter().chain(mirrored).chain(by_role).chain(to_review).collect()
}

/// On what an exclusion rests, or why it is not in force; empty for a control that was never excluded.
pub(super) fn about(id: Reference, session: &Session) -> String {
    let assessment = session.assessment();
    let Some(exclusion) = assessment.answer(id).and_then(|answer| answer.exclusion.as_ref()) else {
        return String::new();
    };
    if let Some(objection) = exclusion.objection(id) {
        return format!("exclusion not in force: {objection}");
    }
    let review = if assessment.is_exclusion_to_review(exclusion) { "to review; " } else { "" };
    let basis = exclusion.basis.map_or("", ExclusionBasis::name);
    let reference = if exclusion.reference.is_empty() { String::new() } else { format!(" ({})", exclusion.reference) };
    let note = if needs_override(id) { exclusion.override_note.as_str() } else { "" };
    let note = if note.is_empty() { String::new() } else { format!("; although a clause asks for it: {note}") };
    format!("{review}{basis}: {}{reference}{note}", exclusion.reason.trim_end_matches('.'))
}

fn controls(session: &Session) -> impl Iterator<Item = Reference> {
    session.catalog.requirements().map(|requirement| requirement.id).filter(|id| id.is_control())
}

/// A sentence about some controls; nothing when there are none.
fn sentence(ids: &[Reference], say: impl Fn(&str) -> String) -> Option<String> {
    let list = ids.iter().map(Reference::to_string).collect::<Vec<_>>().join(", ");
    (!ids.is_empty()).then(|| say(&list))
}

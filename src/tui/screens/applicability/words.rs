//! The sentences of the statement of applicability (scoring rule 6).

use crate::{
    model::{
        exclusion::{Exclusion, ExclusionBasis, needs_override},
        inclusion::Inclusion,
        reference::Reference,
        statement::{Applicability, DRAFT, Statement, StatementState},
    },
    tui::session::Session,
};

/// The most controls that a sentence names.
const NAMED: usize = 8;

/// How many controls are decided in which way, and how many own ones there are.
pub(super) fn counts(session: &Session) -> String {
    let assessment = session.assessment();
    let count = |state: Applicability| controls(session).filter(|id| assessment.applicability(*id) == state).count();
    let [applies, excluded, undecided] = Applicability::ALL.map(count);
    let undecided = match undecided {
        0 => String::new(),
        undecided => format!(", {undecided} undecided (scored as applicable)"),
    };
    let own = match assessment.own_controls.len() {
        0 => String::new(),
        own => format!("; {own} own"),
    };
    format!("{} controls: {applies} apply, {excluded} excluded{undecided}{own}.", controls(session).count())
}

/// The controls that apply and of which nobody has said why; nothing where there are none.
pub(super) fn missing(session: &Session) -> Option<String> {
    let assessment = session.assessment();
    let annex_a = controls(session).filter(|id| assessment.lacks_inclusion_reason(*id)).map(|id| id.to_string());
    let own = assessment.own_controls.iter().filter(|control| !control.inclusion.has_reason());
    let missing: Vec<String> = annex_a.chain(own.map(|control| control.id.clone())).collect();
    let more = match missing.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let named = missing.iter().take(NAMED).cloned().collect::<Vec<String>>().join(", ");
    (!missing.is_empty()).then(|| format!("Reason for inclusion missing for {}: {named}{more}.", missing.len()))
}

/// That decisions have changed since the approval.
fn changed_since_approval(session: &Session) -> Option<String> {
    let assessment = session.assessment();
    let is_changed = assessment.statement_state(session.as_of) == StatementState::Changed;
    let Statement { version, approved_by, approved_on, .. } = &assessment.statement;
    let day = approved_on.map(|day| format!(" on {day}")).unwrap_or_default();
    is_changed.then(|| format!("Changed since {approved_by} approved version {version}{day}; a approves it anew."))
}

/// What stands at the foot: who approved the statement, or that it is a draft.
pub(super) fn footer(session: &Session) -> String {
    match session.assessment().statement_state(session.as_of) {
        StatementState::Approved => session.assessment().statement_footer(session.as_of),
        StatementState::Draft | StatementState::Changed => DRAFT.to_owned(),
    }
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
    let changed = changed_since_approval(session);
    changed.into_iter().chain(share).chain(mirrored).chain(by_role).chain(to_review).chain(missing(session)).collect()
}

/// On what a decision rests; empty where nothing is said.
pub(super) fn about(id: Reference, session: &Session) -> String {
    let assessment = session.assessment();
    let Some(answer) = assessment.answer(id) else { return String::new() };
    let applies = assessment.applicability(id) == Applicability::Applies;
    let clause = assessment.inclusion_reason(id).filter(|_| !answer.inclusion.has_reason());
    let inclusion = Some(about_inclusion(&answer.inclusion, session)).filter(|_| applies);
    let exclusion = answer.exclusion.as_ref().map(|exclusion| about_exclusion(id, exclusion, session));
    let parts = [clause, inclusion, exclusion].into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("; ")
}

/// Reason, drivers, systems and the way it is done, as far as they are said.
pub(super) fn about_inclusion(inclusion: &Inclusion, session: &Session) -> String {
    let drivers = inclusion.drivers.iter().map(|driver| driver.name()).collect::<Vec<_>>().join(", ");
    let asked = match (drivers.as_str(), inclusion.reference.as_str()) {
        (drivers, "") => drivers.to_owned(),
        ("", reference) => reference.to_owned(),
        (drivers, reference) => format!("{drivers} ({reference})"),
    };
    let name = |id: &String| session.assessment().system(id).map_or(id.clone(), |system| system.name.clone());
    let systems = inclusion.only_systems().iter().map(name).collect::<Vec<_>>().join(", ");
    let parts = [
        ("", inclusion.reason.as_str()),
        ("driver: ", &asked),
        ("only ", &systems),
        ("how: ", &inclusion.implementation),
    ];
    let said = parts.into_iter().filter(|(_, words)| !words.is_empty());
    let line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned();
    said.map(|(name, words)| format!("{name}{}", line(words))).collect::<Vec<_>>().join("; ")
}

/// On what an exclusion rests, or why it is not in force.
fn about_exclusion(id: Reference, exclusion: &Exclusion, session: &Session) -> String {
    if let Some(objection) = exclusion.objection(id) {
        return format!("exclusion not in force: {objection}");
    }
    let review = if session.assessment().is_exclusion_to_review(exclusion) { "to review; " } else { "" };
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

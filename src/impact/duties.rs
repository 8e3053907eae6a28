//! The duties that follow from the classes and roles of a system, each with the dates that matter for it.
//!
//! A duty binds where its classes and its roles meet what was found. A class that only resembles another brings none of
//! its duties: a product under Annex I Section B owes nothing of Chapter III.

use crate::{
    impact::{
        fria::{Fria, fria},
        path::Classification,
        rating::SystemRating,
    },
    model::{
        decision_path::{ANY_CLASS, DecisionPath, Duty, DutyDate, ROLE_STEP},
        system::System,
        text::Text,
    },
};

/// A duty that binds somebody.
#[derive(Clone, Debug)]
pub struct BoundDuty<'a> {
    /// The duty.
    pub duty: &'a Duty,
    /// The ids of the roles by which it binds; while no role is known, all that it can bind.
    pub roles: Vec<&'a str>,
    /// The dates that matter: those of the route by which the class was found.
    pub dates: Vec<&'a DutyDate>,
}

/// The duties of a classification, in the order of the catalogue.
pub fn duties<'a>(path: &'a DecisionPath, classification: &Classification) -> Vec<BoundDuty<'a>> {
    let held = classification.roles(path);
    let fria_is_out = matches!(fria(path, classification), Fria::No(_));
    let bound = path.duties.iter().filter_map(|duty| {
        // The law's own impact assessment has conditions of its own, which `fria` knows.
        if fria_is_out && duty.article == path.fria.reference {
            return None;
        }
        let roles = bound_roles(path, classification, duty, held.as_deref());
        (!roles.is_empty()).then(|| BoundDuty { duty, roles, dates: dates(classification, duty) })
    });
    bound.collect()
}

/// The duties under each role by which they bind, in the order in which the roles are asked for.
pub fn by_role<'a, 'b>(path: &'a DecisionPath, duties: &'b [BoundDuty<'a>]) -> Vec<(&'a str, Vec<&'b BoundDuty<'a>>)> {
    let roles = path.step(ROLE_STEP).into_iter().flat_map(|step| &step.options).map(|option| option.id.as_str());
    let of_role = |role: &'a str| {
        let duties: Vec<&BoundDuty> = duties.iter().filter(|bound| bound.roles.contains(&role)).collect();
        (role, duties)
    };
    roles.map(of_role).filter(|(_, duties)| !duties.is_empty()).collect()
}

/// The systems for which the answers on the path indicate a duty, each with the roles by which it binds.
pub fn systems_bound<'a>(
    path: &'a DecisionPath,
    systems: &'a [System],
    ratings: &[SystemRating],
    duty: &Duty,
) -> Vec<(&'a System, Vec<&'a str>)> {
    let bound = systems.iter().filter_map(|system| {
        let rating = ratings.iter().find(|rating| rating.id == system.id)?;
        let bound = duties(path, &rating.classes).into_iter().find(|bound| bound.duty.id == duty.id)?;
        Some((system, bound.roles))
    });
    bound.collect()
}

/// The roles by which a duty binds; none where it does not.
fn bound_roles<'a>(
    path: &DecisionPath,
    classification: &Classification,
    duty: &'a Duty,
    held: Option<&[String]>,
) -> Vec<&'a str> {
    let is_held = |role: &&str| held.is_none_or(|held| held.iter().any(|other| other == role));
    let mut roles: Vec<&str> = Vec::new();
    if is_for_class(path, classification, duty) {
        let with_picks = |role: &&Text| is_for_role(path, classification, duty, role);
        roles.extend(duty.roles.iter().filter(with_picks).map(|role| role.as_str()));
    }
    for also in duty.also.iter().filter(|also| classification.has(&also.class)) {
        roles.extend(also.roles.iter().map(|role| role.as_str()));
    }
    roles.retain(is_held);
    roles.dedup();
    roles
}

fn is_for_class(path: &DecisionPath, classification: &Classification, duty: &Duty) -> bool {
    let is_inside = !classification.trail.is_empty() && !classification.is_outside(path);
    let meets =
        duty.classes.iter().any(|class| if *class == ANY_CLASS { is_inside } else { classification.has(class) });
    meets && is_for_picks(path, classification, duty)
}

/// Whether the options picked bring a duty that needs some, or leave out one that some do not bring.
fn is_for_picks(path: &DecisionPath, classification: &Classification, duty: &Duty) -> bool {
    let is_named = || {
        let options = path.steps.iter().flat_map(|step| &step.options);
        let naming = options.filter(|option| option.duties.contains(&duty.id));
        naming.into_iter().any(|option| classification.is_picked(&option.id))
    };
    (!duty.by_option || is_named()) && !is_only(path, classification, duty.except.iter().map(|option| option.as_str()))
}

/// Whether a duty binds a role by what was picked; an option whose step waits for an answer leaves it in.
fn is_for_role(path: &DecisionPath, classification: &Classification, duty: &Duty, role: &Text) -> bool {
    let may_be_picked = |option: &Text| {
        let step = path.step_of_option(option).and_then(|step| classification.walked(&step.id));
        step.is_none_or(|walked| walked.is_yes && walked.picks.is_empty()) || classification.is_picked(option)
    };
    let conditions = duty.only_with.iter().filter(|condition| condition.roles.contains(role));
    conditions.into_iter().all(|condition| condition.options.iter().any(may_be_picked))
}

/// Whether nothing but these options was picked in the step that offers them.
pub(super) fn is_only<'o>(
    path: &DecisionPath,
    classification: &Classification,
    options: impl Iterator<Item = &'o str>,
) -> bool {
    let options: Vec<&str> = options.collect();
    let step = options.first().and_then(|option| path.step_of_option(option));
    let picks = step.map_or(&[][..], |step| classification.picks(&step.id));
    !picks.is_empty() && picks.iter().all(|pick| options.contains(&pick.as_str()))
}

/// The dates that matter; all where none of them names a route that was taken.
fn dates<'a>(classification: &Classification, duty: &'a Duty) -> Vec<&'a DutyDate> {
    let is_met = |need: &str| classification.is_yes(need) || classification.is_picked(need);
    let matters = |date: &&DutyDate| date.needs.is_empty() || date.needs.iter().any(|need| is_met(need));
    let matching: Vec<&DutyDate> = duty.dates.iter().filter(matters).collect();
    if matching.is_empty() { duty.dates.iter().collect() } else { matching }
}

#[cfg(test)]
mod tests;

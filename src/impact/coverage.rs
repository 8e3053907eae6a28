//! What the register of AI systems shows for the requirements on impact assessment, and what that makes likely.
//!
//! It is shown beside the question. A level is proposed only where the register supports it; a proposal scores nothing
//! before somebody accepts it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    impact::{
        progress::{self, Form},
        rating::SystemRating,
        sign_off,
    },
    model::{
        assessment::Assessment,
        catalog::Catalog,
        level::Level,
        proposal::{self, ProposedLevel},
        reference::Reference,
        system::System,
    },
};

/// The requirements of which the register shows something.
const COVERED: [&str; 6] = ["6.1.4", "8.4", "A.5.2", "A.5.3", "A.5.4", "A.5.5"];
/// The dimension that looks past single persons and groups.
const SOCIETY: &str = "DM-SOC";
/// The level that is proposed where no system is assessed.
const NONE_ASSESSED: Level = Level::ALL[1];

/// The systems in scope, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    systems: usize,
    assessed: usize,
    approved: usize,
    overdue: usize,
    complete: usize,
    with_people: usize,
    with_society: usize,
}

/// What the register shows for a requirement, in a sentence; nothing for other requirements and while no system is in scope.
pub fn coverage(
    catalog: &Catalog,
    assessment: &Assessment,
    systems: &[SystemRating],
    as_of: NaiveDate,
    requirement: Reference,
) -> Option<String> {
    let id = COVERED.into_iter().find(|id| requirement.to_string() == *id)?;
    let counts = count(catalog, assessment, systems, as_of);
    let Counts { systems: all, assessed, approved, overdue, complete, with_people, with_society } = counts;
    let plural = if all == 1 { "system" } else { "systems" };
    let reviews = if overdue == 1 { "review" } else { "reviews" };
    let of_all = format!("{assessed} of {all} {plural} assessed");
    (all > 0).then(|| match id {
        "A.5.2" if assessment.criteria.is_in_force(as_of) => format!("{of_all}; criteria of your own are in force"),
        "A.5.2" => format!("{of_all}; criteria of your own are not in force yet"),
        "A.5.3" => format!("{of_all}; {complete} with all essential prompts answered"),
        "A.5.4" => format!("{of_all}; {with_people} with rated harms to people or groups, or the reason for none"),
        "A.5.5" => format!("{of_all}; {with_society} with a word on society"),
        _ => format!("{of_all}; {approved} approved; {overdue} {reviews} overdue"),
    })
}

/// The levels proposed for unanswered, applicable requirements, by the gateway, the profile and the register. Where
/// several speak, the lowest stands.
pub fn proposed_levels(
    catalog: &Catalog,
    assessment: &Assessment,
    systems: &[SystemRating],
    as_of: NaiveDate,
) -> BTreeMap<Reference, ProposedLevel> {
    let mut proposals = proposal::proposed_levels(catalog, assessment);
    let is_none_assessed = systems.iter().any(|system| system.in_scope)
        && systems.iter().filter(|system| system.in_scope).all(|system| system.inherent.is_none());
    if !is_none_assessed {
        return proposals;
    }
    for requirement in catalog.requirements().map(|requirement| requirement.id) {
        let is_answered = assessment.answer(requirement).is_some_and(|answer| answer.level.is_some());
        let is_lower = proposals.get(&requirement).is_none_or(|other| NONE_ASSESSED < other.level);
        if is_answered || !is_lower || !assessment.is_applicable(requirement) {
            continue;
        }
        if let Some(why) = coverage(catalog, assessment, systems, as_of, requirement) {
            let why = format!("the register says: {why}");
            proposals.insert(requirement, ProposedLevel { level: NONE_ASSESSED, why });
        }
    }
    proposals
}

fn count(catalog: &Catalog, assessment: &Assessment, systems: &[SystemRating], as_of: NaiveDate) -> Counts {
    let rated = assessment.systems_in_scope().filter_map(|system| {
        let rating = systems.iter().find(|rating| rating.id == system.id)?;
        Some((system, rating))
    });
    rated.fold(Counts::default(), |counts, (system, rating)| {
        let add = |count: usize, applies: bool| count + usize::from(applies);
        let is_assessed = rating.inherent.is_some();
        Counts {
            systems: counts.systems + 1,
            assessed: add(counts.assessed, is_assessed),
            approved: add(counts.approved, sign_off::in_force(system, rating, as_of).is_some()),
            overdue: add(counts.overdue, system.next_review.is_some_and(|day| day < as_of)),
            complete: add(counts.complete, is_complete(catalog, system, rating)),
            with_people: add(counts.with_people, is_assessed && looks_at_people(system)),
            with_society: add(counts.with_society, system.impact.speaks_of(SOCIETY)),
        }
    })
}

fn is_complete(catalog: &Catalog, system: &System, rating: &SystemRating) -> bool {
    let asked = Form::asked_for(rating);
    !system.impact.is_empty() && progress::progress(&catalog.impact, system, rating, asked).is_complete()
}

/// Whether harms to people or groups are entered, or it is said why there are none.
fn looks_at_people(system: &System) -> bool {
    system.impact.says_no_harm() || system.impact.harms.iter().any(|harm| harm.dimension != SOCIETY)
}

#[cfg(test)]
mod tests;

//! Proposals: levels and exclusions that the gateway, a blank declaration or the profile make likely.
//! A proposal is grey, says why, and scores nothing until somebody accepts it; it never overwrites an answer.

use std::collections::BTreeMap;

use crate::model::{
    assessment::Assessment,
    catalog::Catalog,
    exclusion::{ExclusionBasis, needs_override},
    lens::LensGroup,
    level::Level,
    profile::AiRole,
    reference::Reference,
    requirement::Requirement,
};

/// The highest level that anything but a person may propose.
pub const HIGHEST_PROPOSED: Level = Level::ALL[2];

/// A level proposed for a requirement that nobody has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedLevel {
    /// The level, at most 2.
    pub level: Level,
    /// Why, in a sentence.
    pub why: String,
}

/// An exclusion proposed for a control that nobody has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedExclusion {
    /// On what it would rest.
    pub basis: ExclusionBasis,
    /// The reason to start from.
    pub reason: String,
}

/// The levels proposed for unanswered, applicable requirements. Where several sources speak, the lowest stands.
pub fn proposed_levels(catalog: &Catalog, assessment: &Assessment) -> BTreeMap<Reference, ProposedLevel> {
    let mut proposals: BTreeMap<Reference, ProposedLevel> = BTreeMap::new();
    let mut propose = |requirement: Reference, proposal: ProposedLevel| {
        let is_open = assessment.answer(requirement).is_none_or(|answer| answer.level.is_none());
        let is_lowest = proposals.get(&requirement).is_none_or(|other| proposal.level < other.level);
        if is_open && is_lowest && assessment.is_applicable(requirement) {
            proposals.insert(requirement, proposal);
        }
    };
    for category in catalog.categories.iter().filter(|c| assessment.declared_absent.contains(&c.category)) {
        for requirement in &category.requirements {
            let why = format!("you said that nothing of {} exists yet", category.category);
            propose(requirement.id, ProposedLevel { level: Level::ABSENT, why });
        }
    }
    for question in &catalog.gateway {
        let picked = assessment.gateway_option(&question.id);
        let Some(option) = question.options.iter().find(|option| Some(&*option.id) == picked) else { continue };
        for proposal in &option.proposes {
            for requirement in &proposal.requirements {
                let why = format!("{} You said: {}", question.text, option.label);
                propose(*requirement, ProposedLevel { level: proposal.level.min(HIGHEST_PROPOSED), why });
            }
        }
    }
    proposals
}

/// The levels at which unanswered, applicable requirements of a group of a lens start by what is there already, such as
/// another certificate. Where `others` propose less, the lowest stands. A pairing of low confidence proposes nothing.
pub fn head_starts(
    group: &LensGroup,
    assessment: &Assessment,
    others: &BTreeMap<Reference, ProposedLevel>,
) -> BTreeMap<Reference, Level> {
    let mut starts: BTreeMap<Reference, Level> = BTreeMap::new();
    for (_, group) in group.walk() {
        let Some(start) = group.start else { continue };
        for id in group.rows.iter().filter(|row| row.confidence.counts()).map(|row| row.to) {
            let is_open = assessment.answer(id).is_none_or(|answer| answer.level.is_none());
            if is_open && assessment.is_applicable(id) {
                let others = starts.get(&id).copied().into_iter().chain(others.get(&id).map(|other| other.level));
                let lowest = others.fold(start.min(HIGHEST_PROPOSED), Level::min);
                starts.insert(id, lowest);
            }
        }
    }
    starts
}

/// The exclusion that the organization's roles suggest for an unanswered control, if any.
///
/// Controls on the use of AI (A.9) are never proposed while anybody uses AI, and neither are controls that a clause
/// mirrors (scoring rule 6).
pub fn proposed_exclusion(requirement: &Requirement, assessment: &Assessment) -> Option<ProposedExclusion> {
    let roles = &assessment.profile.roles;
    let is_touched = roles.iter().any(|role| requirement.roles.contains(role));
    let is_use = requirement.id.to_string().starts_with("A.9.");
    let is_answered = assessment
        .answer(requirement.id)
        .is_some_and(|answer| answer.level.is_some() || answer.exclusion.is_some() || !answer.checks.is_empty());
    if roles.is_empty() || is_touched || is_use || is_answered || !requirement.id.is_control() {
        return None;
    }
    if needs_override(requirement.id) {
        return None;
    }
    let role_names: Vec<&str> = roles.iter().copied().map(AiRole::name).collect();
    let reason = format!("Our role towards AI is {}; this control rarely concerns it.", role_names.join(" and "));
    Some(ProposedExclusion { basis: ExclusionBasis::Role, reason })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        answer::LevelAnswer,
        edit::{Change, Edit},
        exclusion::Exclusion,
    };

    fn reference(text: &str) -> Reference {
        text.parse().expect("a reference in a test")
    }

    fn group(start: Option<Level>, requirements: &[&str]) -> LensGroup {
        LensGroup { start, ..LensGroup::of("G", requirements.iter().map(|id| reference(id))) }
    }

    #[test]
    fn a_head_start_is_for_what_is_open_and_the_lowest_proposal_stands() {
        let mut assessment = Assessment::new("Acme", "1", chrono::NaiveDate::default());
        let excluded = Exclusion {
            basis: Some(ExclusionBasis::RiskAssessment),
            reason: "We prepare no data ourselves.".into(),
            override_note: "4.1 is kept".into(),
            ..Exclusion::default()
        };
        for change in [
            Change::level(reference("4.1"), LevelAnswer::Level(Level::ABSENT)),
            Change::SetExclusion { requirement: reference("A.7.6"), exclusion: Some(excluded) },
        ] {
            assessment.apply(&Edit { by: "Ann".into(), on: chrono::NaiveDate::default(), at: None, change });
        }
        let gateway = ProposedLevel { level: Level::ALL[1], why: "You said so".to_owned() };
        let others = BTreeMap::from([(reference("4.2"), gateway)]);
        let high = group(Some(Level::ALL[5]), &["4.1", "4.2", "4.3", "A.7.6", "A.2.3"]);
        let low = group(Some(Level::ALL[1]), &["A.2.3"]);
        let outer = LensGroup { groups: vec![high, low, group(None, &["9.1"])], ..LensGroup::default() };
        let starts = head_starts(&outer, &assessment, &others);
        let expected = [("4.2", 1), ("4.3", 2), ("A.2.3", 1)];
        assert_eq!(starts, expected.map(|(id, level)| (reference(id), Level::ALL[level])).into());
    }
}

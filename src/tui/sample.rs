//! Answers for screen tests, made by changes over the built-in catalogue.

use crate::{
    content::builtin,
    model::{
        answer::{CheckAnswer, CheckResponse, LevelAnswer},
        edit::Change,
        evidence::{Evidence, EvidenceKind},
        exclusion::{Exclusion, ExclusionBasis},
        level::Level,
        reference::Reference,
    },
};

pub(crate) fn reference(text: &str) -> Reference {
    text.parse().expect("a reference in a test")
}

/// States levels, such as `4.1=3 A.2.2=0`.
pub(crate) fn levels(text: &str) -> Vec<Change> {
    let level = |word: &str| {
        let (id, number) = word.split_once('=').expect("a level in a test");
        let level = number.parse().ok().and_then(Level::new).expect("a level in a test");
        Change::level(reference(id), LevelAnswer::Level(level))
    };
    text.split_whitespace().map(level).collect()
}

/// Answers every binding check of requirements.
pub(crate) fn all_checks(ids: &str, answer: CheckAnswer) -> Vec<Change> {
    let catalog = builtin::catalog();
    let of_requirement = |id: &str| {
        let requirement = catalog.requirement(reference(id)).expect("a requirement in a test");
        let checks = requirement.binding_checks();
        checks.map(|check| Change::check(requirement.id, CheckResponse::new(&check.id, answer))).collect::<Vec<_>>()
    };
    ids.split_whitespace().flat_map(of_requirement).collect()
}

/// Registers a document of that date that serves requirements.
pub(crate) fn evidence(title: &str, date: Option<&str>, serves: &str) -> Change {
    let id = title.to_lowercase().replace(' ', "-");
    let evidence = Evidence {
        id: id.clone(),
        title: title.into(),
        kind: EvidenceKind::Document,
        location: format!("docs/{id}.md"),
        date: date.map(|day| day.parse().expect("a date in a test")),
        valid_until: None,
        owner: "Ann".into(),
        serves: serves.split_whitespace().map(reference).collect(),
    };
    Change::SetEvidence { id, evidence: Some(evidence) }
}

/// Excludes a control on a basis, as the profile and the systems are without any.
pub(crate) fn exclude(id: &str, basis: ExclusionBasis) -> Change {
    let exclusion = Exclusion {
        basis: Some(basis),
        reason: "We build no AI systems ourselves.".into(),
        override_note: "The clause is met by the group's policy.".into(),
        ..Exclusion::default()
    };
    Change::SetExclusion { requirement: reference(id), exclusion: Some(exclusion) }
}

/// Levels for all requirements and no check: 0 to 4 in turn.
pub(crate) fn quick_pass() -> Vec<Change> {
    let catalog = builtin::catalog();
    let levels = (0_u8..5).cycle().filter_map(Level::new).map(LevelAnswer::Level);
    catalog.requirements().zip(levels).map(|(requirement, level)| Change::level(requirement.id, level)).collect()
}

/// Levels for all requirements, the checks of most with gaps here and there, and some evidence.
pub(crate) fn full_pass() -> Vec<Change> {
    let catalog = builtin::catalog();
    let mut changes = Vec::new();
    for (index, requirement) in catalog.requirements().enumerate() {
        let level = Level::new([2, 3, 4, 3, 1][index % 5]).expect("a level");
        changes.push(Change::level(requirement.id, LevelAnswer::Level(level)));
        for (place, check) in requirement.binding_checks().enumerate() {
            let answer = match (index * 3 + place) % 11 {
                3 => CheckAnswer::No,
                5 | 9 => CheckAnswer::Partly,
                _ => CheckAnswer::Yes,
            };
            changes.push(Change::check(requirement.id, CheckResponse::new(&check.id, answer)));
        }
    }
    changes.push(evidence("AI policy", Some("2026-03-01"), "5.2 A.2.2 4.1 4.2 A.2.3 A.3.2"));
    changes
}

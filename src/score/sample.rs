//! Small catalogues and assessments for tests, each part written in a line.

use chrono::{NaiveDate, Weekday};

use crate::model::{
    action::{Action, Effort, Lift},
    answer::{Answer, CheckAnswer, CheckResponse, LevelAnswer},
    assessment::Assessment,
    catalog::Catalog,
    decision_path::DecisionPath,
    evidence::{Evidence, EvidenceKind},
    exclusion::{Exclusion, ExclusionBasis},
    impact::form::ImpactForm,
    level::{ImpactLevel, Level},
    reference::Reference,
    requirement::{Category, Check, CheckKind, Ladder, Requirement},
    system::System,
    text::Text,
};

/// The day on which the tests take place: the Monday of the 23rd week of 2026, the first of June.
pub(crate) fn as_of() -> NaiveDate {
    NaiveDate::from_isoywd_opt(2026, 23, Weekday::Mon).expect("a Monday")
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date in a test")
}

pub(crate) fn reference(text: &str) -> Reference {
    text.parse().expect("a reference in a test")
}

pub(crate) fn level(number: u8) -> Level {
    Level::new(number).expect("a level in a test")
}

/// A requirement with checks such as `a! b c? d~`: `!` critical, `?` conditional, `~` guidance.
pub(crate) fn requirement(id: &str, weight: u8, checks: &str) -> Requirement {
    let rungs: Vec<Text> = Level::ALL.iter().map(|level| format!("what one sees at {level}").into()).collect();
    Requirement {
        id: reference(id),
        title: format!("Title of {id}").into(),
        intent: Text::default(),
        why_it_matters: Text::default(),
        weight,
        system_facing: false,
        roles: Vec::new(),
        asked_by_auditors: Vec::new(),
        checks: checks.split_whitespace().map(check).collect(),
        ladder: Ladder::try_from(rungs).expect("six rungs"),
        evidence: Vec::new(),
        related: Vec::new(),
    }
}

fn check(text: &str) -> Check {
    let id = text.trim_end_matches(['!', '?', '~']);
    Check {
        id: id.to_owned().into(),
        text: format!("Is {id} there?").into(),
        parts: Vec::new(),
        look_for: Text::default(),
        kind: if text.contains('~') { CheckKind::Guidance } else { CheckKind::Requirement },
        critical: text.contains('!'),
        conditional: text.contains('?'),
        covers: Vec::new(),
    }
}

/// The same requirement, facing AI systems.
pub(crate) fn facing(requirement: Requirement) -> Requirement {
    Requirement { system_facing: true, ..requirement }
}

/// A catalogue of requirements in natural order and of actions.
pub(crate) fn catalog(
    requirements: impl IntoIterator<Item = Requirement>,
    actions: impl IntoIterator<Item = Action>,
) -> Catalog {
    let mut categories: Vec<Category> = Vec::new();
    for requirement in requirements {
        let id = requirement.id.category();
        match categories.last_mut() {
            Some(last) if last.category == id => last.requirements.push(requirement),
            Some(_) | None => {
                categories.push(Category {
                    category: id,
                    title: format!("Part {id}").into(),
                    requirements: vec![requirement],
                });
            }
        }
    }
    Catalog {
        version: "test".into(),
        categories,
        actions: actions.into_iter().collect(),
        gateway: Vec::new(),
        glossary: Vec::new(),
        documents: Vec::new(),
        lenses: Vec::new(),
        impact: ImpactForm::default(),
        eu_act: DecisionPath::default(),
    }
}

/// An action that closes checks (`4.1/a 4.1/b`), lifts requirements (`4.1>3`) and comes after others (`x y`).
pub(crate) fn action(id: &str, effort: Effort, closes: &str, lifts: &str, after: &str) -> Action {
    let lift = |text: &str| {
        let (requirement, to) = text.split_once('>').expect("a lift in a test");
        Lift { requirement: reference(requirement), to: level(to.parse().expect("a number in a test")) }
    };
    Action {
        id: id.to_owned().into(),
        title: format!("Title of {id}").into(),
        task: Text::default(),
        deliverable: Text::default(),
        role: Text::default(),
        effort,
        closes: closes.split_whitespace().map(|text| text.parse().expect("a check in a test")).collect(),
        lifts: lifts.split_whitespace().map(lift).collect(),
        after: after.split_whitespace().map(|id| id.to_owned().into()).collect(),
        wait_days: 0,
    }
}

/// An assessment in which nothing is said yet.
pub(crate) fn nothing_said() -> Assessment {
    Assessment::new("Acme", "test", as_of())
}

/// States a level (`0` to `5`, `?` for unknown, nothing for unanswered) and answers checks (`a=Y b=P c=N d=? e=-`,
/// where `-` is no occasion, with a reason).
pub(crate) fn say(assessment: &mut Assessment, id: &str, level_text: &str, checks: &str) {
    let stated = match level_text {
        "" => None,
        "?" => Some(LevelAnswer::Unknown),
        number => Some(LevelAnswer::Level(level(number.parse().expect("a level in a test")))),
    };
    let answer = answer(assessment, id);
    answer.level = stated;
    answer.checks = checks.split_whitespace().map(response).collect();
}

fn response(text: &str) -> CheckResponse {
    let (check, answer) = text.split_once('=').expect("an answer in a test");
    let answer = match answer {
        "Y" => CheckAnswer::Yes,
        "P" => CheckAnswer::Partly,
        "N" => CheckAnswer::No,
        "?" => CheckAnswer::Unknown,
        "-" => CheckAnswer::NoOccasion,
        other => panic!("{other} is no answer"),
    };
    CheckResponse { reason: "it has not happened yet".into(), ..CheckResponse::new(check, answer) }
}

/// The answer to a requirement, to be changed.
pub(crate) fn answer<'a>(assessment: &'a mut Assessment, id: &str) -> &'a mut Answer {
    let id = reference(id);
    assessment.answers.entry(id).or_insert_with(|| Answer::empty(id))
}

/// Attaches an item of evidence of that date (nothing for undated) to requirements (`4.1 4.2`).
pub(crate) fn show(assessment: &mut Assessment, serves: &str, date: &str) {
    let number = assessment.evidence.len() + 1;
    assessment.evidence.push(Evidence {
        id: format!("e{number}"),
        title: format!("Paper {number}"),
        kind: EvidenceKind::Document,
        location: String::new(),
        date: (!date.is_empty()).then(|| day(date)),
        valid_until: None,
        owner: String::new(),
        serves: serves.split_whitespace().map(reference).collect(),
    });
}

/// Excludes a control with all that it needs.
pub(crate) fn exclude(assessment: &mut Assessment, id: &str) {
    answer(assessment, id).exclusion = Some(Exclusion {
        basis: Some(ExclusionBasis::RiskAssessment),
        reason: "the risk assessment shows no need".into(),
        override_note: "the clause is met in another way".into(),
        ..Exclusion::default()
    });
}

/// Adds a system in scope, assessed when it has a level.
pub(crate) fn add_system<'a>(
    assessment: &'a mut Assessment,
    id: &str,
    impact_level: Option<ImpactLevel>,
) -> &'a mut System {
    assessment.systems.push(System { level: impact_level, ..System::named(id, format!("the {id}")) });
    assessment.systems.last_mut().expect("just added")
}

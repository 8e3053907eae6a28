//! What the EU AI Act may ask, in JSON.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    impact::{
        duties::BoundDuty,
        fria::{SectionCover, elements},
        path::TrailStep,
        progress::{PromptState, state_of},
    },
    report::{
        impact::{case::Case, eu_act::needs_fria},
        systems::systems_json::ClassesJson,
    },
};

#[derive(Serialize)]
pub(super) struct EuActJson<'a> {
    #[serde(flatten)]
    classes: ClassesJson<'a>,
    roles: Option<Vec<String>>,
    path: Vec<StepJson<'a>>,
    article_27: Article27Json<'a>,
    duties: Vec<DutyJson<'a>>,
    disclaimer: &'a str,
    acknowledgement: &'a str,
}

#[derive(Serialize)]
struct StepJson<'a> {
    id: &'a str,
    question: &'a str,
    articles: Vec<&'a str>,
    yes: bool,
    picks: Vec<PickJson<'a>>,
    reason: &'a str,
    adds: &'a [String],
}

#[derive(Serialize)]
struct PickJson<'a> {
    id: &'a str,
    article: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Article27Json<'a> {
    applies: bool,
    finding: String,
    elements: Vec<ElementJson<'a>>,
}

#[derive(Serialize)]
struct ElementJson<'a> {
    id: &'a str,
    name: &'a str,
    answered: Vec<&'a str>,
    open: Vec<&'a str>,
}

#[derive(Serialize)]
struct DutyJson<'a> {
    id: &'a str,
    article: &'a str,
    title: &'a str,
    summary: &'a str,
    roles: Vec<&'a str>,
    voluntary: bool,
    uncertain: bool,
    dates: Vec<DateJson<'a>>,
    change: &'a str,
    evidence: Vec<&'a str>,
}

#[derive(Serialize)]
struct DateJson<'a> {
    day: NaiveDate,
    was: Option<NaiveDate>,
    scope: &'a str,
}

pub(super) fn eu_act<'a>(case: &'a Case<'a>) -> EuActJson<'a> {
    let (path, found) = (case.path(), &case.rating.classes);
    EuActJson {
        classes: case.into(),
        roles: found.roles(path),
        path: found.trail.iter().filter_map(|walked| step(case, walked)).collect(),
        article_27: article_27(case),
        duties: case.duties.iter().map(duty).collect(),
        disclaimer: &path.disclaimer,
        acknowledgement: &path.acknowledgement,
    }
}

fn step<'a>(case: &Case<'a>, walked: &'a TrailStep) -> Option<StepJson<'a>> {
    let step = case.path().step(&walked.step)?;
    let answer = case.system.eu_act.iter().find(|answer| answer.step == walked.step);
    let picks = walked.picks.iter().map(|id| {
        let option = step.option(id);
        PickJson {
            id,
            article: option.map_or("", |option| &option.reference),
            name: option.map_or("", |option| &option.name),
        }
    });
    Some(StepJson {
        id: &step.id,
        question: &step.question,
        articles: step.refs.iter().map(|article| article.as_str()).collect(),
        yes: walked.is_yes,
        picks: picks.collect(),
        reason: answer.map_or("", |answer| &answer.reason),
        adds: &walked.adds,
    })
}

fn article_27<'a>(case: &Case<'a>) -> Article27Json<'a> {
    let is_answered = |prompt: &_| state_of(prompt, case.system, case.rating) == PromptState::Answered;
    let applies = needs_fria(case);
    let covers = if applies { elements(case.path(), case.form(), is_answered) } else { Vec::new() };
    let covers = covers.into_iter().map(|cover| ElementJson {
        id: &cover.element.id,
        name: &cover.element.name,
        answered: cover
            .sections
            .iter()
            .flat_map(|section: &SectionCover| &section.answered)
            .map(|p| p.id.as_str())
            .collect(),
        open: cover.sections.iter().flat_map(|section: &SectionCover| &section.open).map(|p| p.id.as_str()).collect(),
    });
    Article27Json { applies, finding: case.fria.sentence(case.path()), elements: covers.collect() }
}

fn duty<'a>(bound: &BoundDuty<'a>) -> DutyJson<'a> {
    let duty = bound.duty;
    let dates = bound.dates.iter().map(|date| DateJson { day: date.day, was: date.was, scope: &date.scope });
    DutyJson {
        id: &duty.id,
        article: &duty.article,
        title: &duty.title,
        summary: &duty.summary,
        roles: bound.roles.clone(),
        voluntary: duty.voluntary,
        uncertain: duty.uncertain,
        dates: dates.collect(),
        change: &duty.change,
        evidence: duty.evidence.iter().map(|item| item.as_str()).collect(),
    }
}

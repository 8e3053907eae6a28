//! A lens in JSON: groups within groups, each with its figures and the rows behind it.

use serde::Serialize;

use crate::{
    model::{
        lens::{Lens, LensGroup, Mapping},
        reference::Reference,
        text::Text,
    },
    report::{
        Subject,
        figures::ScopeJson,
        lens::{Viewed, behind::Behind},
    },
};

#[derive(Serialize)]
pub(super) struct Body<'a> {
    title: String,
    lens: LensJson<'a>,
    groups: Vec<GroupJson<'a>>,
}

#[derive(Serialize)]
struct LensJson<'a> {
    id: &'a str,
    title: &'a str,
    about: &'a str,
    notes: &'a [Text],
}

#[derive(Serialize)]
struct GroupJson<'a> {
    #[serde(flatten)]
    figures: ScopeJson,
    number: &'a str,
    covered: bool,
    gap: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    duty: Option<DutyJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_level: Option<u8>,
    /// Those that count in the figures.
    requirements: Vec<Reference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows: Vec<RowJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<GroupJson<'a>>,
}

#[derive(Serialize)]
struct DutyJson<'a> {
    id: &'a str,
    roles: &'a [Text],
    voluntary: bool,
    uncertain_dates: bool,
    dates: Vec<DateJson<'a>>,
    indicated_for: Vec<String>,
}

#[derive(Serialize)]
struct DateJson<'a> {
    day: chrono::NaiveDate,
    was: Option<chrono::NaiveDate>,
    scope: &'a str,
}

#[derive(Serialize)]
struct RowJson<'a> {
    requirement: Reference,
    confidence: &'static str,
    counts: bool,
    relation: &'static str,
    claimed: Option<u8>,
    credited: Option<u8>,
    verdict: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed_level: Option<u8>,
    #[serde(skip_serializing_if = "<[Text]>::is_empty")]
    from: &'a [Text],
    note: &'a str,
}

pub(super) fn body<'a>(subject: &'a Subject<'a>, lens: &'a Lens) -> Body<'a> {
    let behind = Behind::new(subject, lens);
    Body {
        title: format!("{}: support from your answers", lens.title),
        lens: LensJson { id: &lens.id, title: &lens.title, about: &lens.about, notes: &lens.notes },
        groups: lens.groups.iter().map(|group| group_json(subject, group, &behind)).collect(),
    }
}

fn group_json<'a>(subject: &Subject<'a>, group: &'a LensGroup, behind: &Behind<'_>) -> GroupJson<'a> {
    let duty = group.duty.as_ref().and_then(|id| subject.catalog.eu_act.duty(id));
    GroupJson {
        figures: (&Viewed::of(subject, group).scope()).into(),
        number: &group.number,
        covered: group.is_covered(),
        gap: &group.gap,
        duty: duty.map(|duty| DutyJson {
            id: &duty.id,
            roles: &duty.roles,
            voluntary: duty.voluntary,
            uncertain_dates: duty.uncertain,
            dates: duty
                .dates
                .iter()
                .map(|date| DateJson { day: date.day, was: date.was, scope: &date.scope })
                .collect(),
            indicated_for: behind.bound_systems(duty),
        }),
        start_level: group.start.map(|start| start.number()),
        requirements: group.counted().into_iter().collect(),
        rows: group.rows.iter().map(|row| row_json(subject, row, behind)).collect(),
        groups: group.groups.iter().map(|group| group_json(subject, group, behind)).collect(),
    }
}

fn row_json<'a>(subject: &Subject, row: &'a Mapping, behind: &Behind<'_>) -> RowJson<'a> {
    let score = subject.standing.requirement(row.to);
    RowJson {
        requirement: row.to,
        confidence: row.confidence.name(),
        counts: row.confidence.counts(),
        relation: row.relation.name(),
        claimed: score.and_then(|score| score.claimed()).map(|level| level.number()),
        credited: score.and_then(|score| score.credited).map(|level| level.number()),
        verdict: score.map(|score| score.judgement.verdict.id()),
        proposed_level: behind.start(row.to).map(|level| level.number()),
        from: &row.from,
        note: &row.note,
    }
}

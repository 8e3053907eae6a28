//! Harms, benefits and measures in JSON, with how each level comes about.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::{
    impact::rating::{Addition, RatedLevel, ResidualRule},
    model::{
        evidence::Freshness,
        impact::harm::{Benefit, Harm, Means, Measure, MeasureKind, NoHarm, Rated, Rating},
        level::ImpactLevel,
        reference::Reference,
    },
    report::{
        impact::{case::Case, harms, measures, result},
        systems::systems_json::NamedJson,
    },
};

#[derive(Serialize)]
pub(super) struct HarmJson<'a> {
    id: &'a str,
    what: &'a str,
    group: NamedJson<'a>,
    dimension: NamedJson<'a>,
    causes: Vec<NamedJson<'a>>,
    before: RatingJson<'a>,
    after: RatingJson<'a>,
    after_counts: Option<ResidualJson>,
    measures: &'a [String],
    approver_reason: &'a str,
}

/// The values said, and the level they come to; no level while they are incomplete or the use is banned.
#[derive(Serialize)]
struct RatingJson<'a> {
    gravity: Value,
    reach: Value,
    reversibility: Value,
    duration: Value,
    likelihood: Value,
    level: Option<LevelJson<'a>>,
}

/// A step, `"Unknown"`, or null where it was not asked.
struct Value(Option<Rated>);

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            None => serializer.serialize_none(),
            Some(Rated::Unknown) => serializer.serialize_str("Unknown"),
            Some(Rated::At(step)) => serializer.serialize_u8(step),
        }
    }
}

#[derive(Serialize)]
struct LevelJson<'a> {
    level: ImpactLevel,
    severity: u8,
    additions: Vec<&'static str>,
    likelihood: u8,
    by_matrix: ImpactLevel,
    floor: Option<&'static str>,
    assumed: Vec<&'a str>,
}

#[derive(Serialize)]
struct ResidualJson {
    level: ImpactLevel,
    rule: &'static str,
    why: String,
}

pub(super) fn harm<'a>(case: &Case<'a>, harm: &'a Harm) -> HarmJson<'a> {
    let rated = case.rating.harm(&harm.id).filter(|_| !case.rating.is_banned);
    let residual = rated.and_then(|rated| Some((rated, rated.residual?)));
    HarmJson {
        id: &harm.id,
        what: &harm.what,
        group: NamedJson { id: &harm.group, name: case.form().group_name(&harm.group) },
        dimension: NamedJson { id: &harm.dimension, name: case.dimension(&harm.dimension) },
        causes: harm.causes.iter().map(|id| NamedJson { id, name: harms::cause(case, id) }).collect(),
        before: rating(&harm.before, rated.and_then(|rated| rated.inherent.as_ref())),
        after: rating(&harm.after, rated.and_then(|rated| rated.after.as_ref())),
        after_counts: residual.map(|(rated, (level, rule))| ResidualJson {
            level,
            rule: rule_id(rule),
            why: result::why_after(harm, rated),
        }),
        measures: &harm.measures,
        approver_reason: &harm.approver_reason,
    }
}

fn rating<'a>(said: &Rating, rated: Option<&'a RatedLevel>) -> RatingJson<'a> {
    RatingJson {
        gravity: Value(said.gravity),
        reach: Value(said.reach),
        reversibility: Value(said.reversibility),
        duration: Value(said.duration),
        likelihood: Value(said.likelihood),
        level: rated.map(|rated| LevelJson {
            level: rated.level,
            severity: rated.severity,
            additions: rated.additions.iter().map(|addition| addition_id(*addition)).collect(),
            likelihood: rated.likelihood,
            by_matrix: rated.by_matrix,
            floor: rated.floor.map(|floor| floor.id()),
            assumed: rated.assumed.iter().map(|scale| scale.name()).collect(),
        }),
    }
}

const fn addition_id(addition: Addition) -> &'static str {
    match addition {
        Addition::Reach => "Reach",
        Addition::Lasting => "Lasting",
    }
}

const fn rule_id(rule: ResidualRule) -> &'static str {
    match rule {
        ResidualRule::NotLowered => "NotLowered",
        ResidualRule::NoMeasure => "NoMeasure",
        ResidualRule::Unproven => "Unproven",
        ResidualRule::AsRated => "AsRated",
        ResidualRule::OneStep => "OneStep",
        ResidualRule::Avoided => "Avoided",
    }
}

#[derive(Serialize)]
pub(super) struct NoHarmJson<'a> {
    dimension: Option<NamedJson<'a>>,
    reason: &'a str,
    counts: bool,
}

pub(super) fn no_harm<'a>(case: &Case<'a>, none: &'a NoHarm) -> NoHarmJson<'a> {
    let dimension = none.dimension.as_deref().map(|id| NamedJson { id, name: case.dimension(id) });
    NoHarmJson { dimension, reason: &none.reason, counts: none.is_reasoned() }
}

#[derive(Serialize)]
pub(super) struct BenefitJson<'a> {
    id: &'a str,
    what: &'a str,
    group: NamedJson<'a>,
    dimension: NamedJson<'a>,
    size: Value,
    likelihood: Value,
    support: &'a str,
}

pub(super) fn benefit<'a>(case: &Case<'a>, benefit: &'a Benefit) -> BenefitJson<'a> {
    BenefitJson {
        id: &benefit.id,
        what: &benefit.what,
        group: NamedJson { id: &benefit.group, name: case.form().group_name(&benefit.group) },
        dimension: NamedJson { id: &benefit.dimension, name: case.dimension(&benefit.dimension) },
        size: Value(benefit.size),
        likelihood: Value(benefit.likelihood),
        support: &benefit.support,
    }
}

#[derive(Serialize)]
pub(super) struct MeasureJson<'a> {
    id: &'a str,
    what: &'a str,
    kind: MeasureKind,
    means: &'a [Means],
    owner: &'a str,
    due: Option<NaiveDate>,
    shown: bool,
    evidence: Vec<EvidenceJson<'a>>,
    controls: &'a [Reference],
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    id: &'a str,
    title: Option<&'a str>,
    date: Option<NaiveDate>,
    freshness: Option<&'static str>,
}

pub(super) fn measure<'a>(case: &Case<'a>, measure: &'a Measure) -> MeasureJson<'a> {
    let evidence = measure.evidence.iter().map(|id| {
        let item = case.evidence_item(id);
        EvidenceJson {
            id,
            title: item.map(|item| item.title.as_str()),
            date: item.and_then(|item| item.date),
            freshness: item.map(|item| match item.freshness(case.as_of()) {
                Freshness::Current => "Current",
                Freshness::Stale => "Stale",
                Freshness::Future => "Future",
            }),
        }
    });
    MeasureJson {
        id: &measure.id,
        what: &measure.what,
        kind: measure.kind,
        means: &measure.means,
        owner: &measure.owner,
        due: measure.due,
        shown: measures::is_shown(case, measure),
        evidence: evidence.collect(),
        controls: &measure.controls,
    }
}

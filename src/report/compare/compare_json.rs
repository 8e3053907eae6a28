//! A comparison as JSON: everything, those categories and requirements included in which nothing changed.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    compare::{Comparison, Round, ScopeChange, Shift, Split, difference::Difference, round::Trend},
    model::reference::Reference,
    plan::Workload,
    report::{
        figures::{CountsJson, RatioJson},
        trend::TrendJson,
    },
    score::requirement_score::RequirementScore,
};

#[derive(Serialize)]
pub(super) struct Body<'a> {
    older: RoundJson<'a>,
    newer: RoundJson<'a>,
    empty: bool,
    remarks: Vec<RemarkJson>,
    whole: WholeJson,
    scopes: Vec<ScopeJson>,
    requirements: Vec<RequirementJson>,
    evidence: Vec<EvidenceJson<'a>>,
    plan: PlanJson<'a>,
    trend: Option<TrendJson>,
}

#[derive(Serialize)]
struct RoundJson<'a> {
    assessment: &'a str,
    organization: &'a str,
    catalog: &'a str,
    as_of: NaiveDate,
    last_changed: NaiveDate,
    to_confirm: usize,
}

#[derive(Serialize)]
struct RemarkJson {
    id: &'static str,
    words: String,
}

#[derive(Serialize)]
struct WholeJson {
    status_older: Option<&'static str>,
    status_newer: Option<&'static str>,
    counts_older: CountsJson,
    counts_newer: CountsJson,
    counts_by: Vec<CountJson>,
}

#[derive(Serialize)]
struct CountJson {
    verdict: &'static str,
    answers: i64,
    age: i64,
}

#[derive(Serialize)]
struct ScopeJson {
    id: String,
    changed: bool,
    claimed: ShiftJson,
    credited: ShiftJson,
    status_older: Option<&'static str>,
    status_newer: Option<&'static str>,
}

#[derive(Serialize)]
struct ShiftJson {
    older: Option<RatioJson>,
    newer: Option<RatioJson>,
    difference: Option<SplitJson>,
}

#[derive(Serialize)]
struct SplitJson {
    total: DifferenceJson,
    answers: DifferenceJson,
    weights: DifferenceJson,
    age: DifferenceJson,
}

#[derive(Serialize)]
struct DifferenceJson {
    numerator: i128,
    denominator: i128,
    hundredths: i128,
}

#[derive(Serialize)]
struct RequirementJson {
    id: Reference,
    changed: bool,
    older: SideJson,
    newer: SideJson,
    difference: Option<LevelJson>,
}

#[derive(Serialize)]
struct SideJson {
    claimed: Option<u8>,
    credited: Option<u8>,
    verdict: &'static str,
    indicative: bool,
    weight: u64,
    evidence_current: usize,
    evidence_stale: usize,
}

#[derive(Serialize)]
struct LevelJson {
    total: i8,
    answers: i8,
    age: i8,
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    title: &'a str,
    what: &'static str,
}

#[derive(Serialize)]
struct PlanJson<'a> {
    older: WorkJson,
    newer: WorkJson,
    finish_older: Option<NaiveDate>,
    finish_newer: Option<NaiveDate>,
    new: Vec<ActionJson<'a>>,
    gone: Vec<ActionJson<'a>>,
}

#[derive(Serialize)]
struct WorkJson {
    actions: usize,
    half_days: u32,
}

#[derive(Serialize)]
struct ActionJson<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
}

pub(super) fn body<'a>(comparison: &'a Comparison, trend: Option<&Trend>) -> Body<'a> {
    let whole = &comparison.whole;
    let remark = |remark: &crate::compare::remark::Remark| RemarkJson { id: remark.id(), words: remark.words() };
    let counts = whole.verdicts.iter().map(|change| CountJson {
        verdict: change.verdict.id(),
        answers: change.by_answers,
        age: change.by_age,
    });
    let evidence =
        comparison.evidence.iter().map(|change| EvidenceJson { title: &change.title, what: change.what.id() });
    Body {
        older: round(&comparison.before),
        newer: round(&comparison.after),
        empty: comparison.is_empty(),
        remarks: comparison.remarks.iter().map(remark).collect(),
        whole: WholeJson {
            status_older: whole.before.status.map(|status| status.id()),
            status_newer: whole.after.status.map(|status| status.id()),
            counts_older: (&whole.before).into(),
            counts_newer: (&whole.after).into(),
            counts_by: counts.collect(),
        },
        scopes: comparison.scopes.iter().map(scope).collect(),
        requirements: comparison.requirements.iter().map(requirement).collect(),
        evidence: evidence.collect(),
        plan: plan(comparison),
        trend: trend.map(TrendJson::from),
    }
}

fn round(round: &Round) -> RoundJson<'_> {
    RoundJson {
        assessment: &round.name,
        organization: &round.organization,
        catalog: &round.catalog,
        as_of: round.on,
        last_changed: round.last_changed,
        to_confirm: round.to_confirm,
    }
}

fn scope(change: &ScopeChange) -> ScopeJson {
    ScopeJson {
        id: change.scope.id(),
        changed: change.is_changed(),
        claimed: shift(change.claimed),
        credited: shift(change.credited),
        status_older: change.before.status.map(|status| status.id()),
        status_newer: change.after.status.map(|status| status.id()),
    }
}

fn shift(shift: Shift) -> ShiftJson {
    let difference = |difference: Difference| DifferenceJson {
        numerator: difference.numerator(),
        denominator: difference.denominator(),
        hundredths: difference.hundredths(),
    };
    let split = |split: Split| SplitJson {
        total: difference(split.total),
        answers: difference(split.answers),
        weights: difference(split.weights),
        age: difference(split.age),
    };
    ShiftJson {
        older: RatioJson::of(shift.before),
        newer: RatioJson::of(shift.after),
        difference: shift.split.map(split),
    }
}

fn requirement(change: &crate::compare::requirement_change::RequirementChange) -> RequirementJson {
    let side = |score: &RequirementScore| SideJson {
        claimed: score.claimed().map(|level| level.number()),
        credited: score.credited.map(|level| level.number()),
        verdict: score.judgement.verdict.id(),
        indicative: score.judgement.indicative,
        weight: score.weight,
        evidence_current: score.evidence.current,
        evidence_stale: score.evidence.stale,
    };
    let difference =
        change.credited.map(|split| LevelJson { total: split.total, answers: split.answers, age: split.age });
    RequirementJson {
        id: change.id,
        changed: change.is_changed(),
        older: side(&change.before),
        newer: side(&change.after),
        difference,
    }
}

fn plan(comparison: &Comparison) -> PlanJson<'_> {
    let plan = &comparison.plan;
    let work = |load: Workload| WorkJson { actions: load.actions, half_days: load.half_days };
    let new = plan.new.iter().map(|action| ActionJson { id: &action.id, title: &action.title, why: None });
    let gone = plan.gone.iter().map(|gone| ActionJson {
        id: &gone.action.id,
        title: &gone.action.title,
        why: Some(gone.why.id()),
    });
    PlanJson {
        older: work(plan.before),
        newer: work(plan.after),
        finish_older: plan.finish_before,
        finish_newer: plan.finish_after,
        new: new.collect(),
        gone: gone.collect(),
    }
}

//! A requirement in the JSON of the score: everything that is known about its verdict and level.

use serde::Serialize;

use crate::{
    model::{
        answer::{CheckState, LevelAnswer},
        requirement::Requirement,
    },
    report::{Subject, figures::CountedJson},
    score::{
        credit::{Cap, EvidenceCount},
        requirement_score::RequirementScore,
        verdict::BindingCheck,
    },
};

/// A requirement with its score. Levels are numbers; what does not apply or is not known is null.
#[derive(Debug, Serialize)]
pub(super) struct RequirementJson<'a> {
    id: String,
    title: &'a str,
    category: String,
    applicable: bool,
    verdict: &'static str,
    indicative: bool,
    rule: u8,
    claimed: Option<ClaimedJson>,
    credited: Option<u8>,
    caps: Vec<CapJson<'a>>,
    low: Option<u8>,
    high: Option<u8>,
    weight: WeightJson,
    target: u8,
    target_raised: bool,
    shortfall: u8,
    checks: CountedJson,
    improvement_points: usize,
    contradiction: Option<&'static str>,
    evidence: EvidenceJson,
    disputed: bool,
    by_proposal: bool,
}

/// The claimed level: a number, or the word `Unknown`.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum ClaimedJson {
    Level(u8),
    Word(&'static str),
}

/// A cap that applies; it binds when it alone or with others decides the credited level.
#[derive(Debug, Serialize)]
struct CapJson<'a> {
    level: u8,
    reason: &'static str,
    binding: bool,
    /// The checks behind it; none where it rests on evidence.
    checks: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct WeightJson {
    base: u8,
    factor_quarters: u64,
    weight: u64,
}

#[derive(Debug, Serialize)]
struct EvidenceJson {
    current: usize,
    stale: usize,
}

impl From<EvidenceCount> for EvidenceJson {
    fn from(count: EvidenceCount) -> EvidenceJson {
        EvidenceJson { current: count.current, stale: count.stale }
    }
}

/// All requirements in natural order.
pub(super) fn all<'a>(subject: &'a Subject) -> Vec<RequirementJson<'a>> {
    let requirements = subject.catalog.requirements();
    let scored =
        requirements.filter_map(|requirement| Some((requirement, subject.standing.requirement(requirement.id)?)));
    scored.map(|(requirement, score)| requirement_json(subject, requirement, score)).collect()
}

fn requirement_json<'a>(
    subject: &Subject,
    requirement: &'a Requirement,
    score: &RequirementScore,
) -> RequirementJson<'a> {
    let is_applicable = score.is_applicable();
    RequirementJson {
        id: score.id.to_string(),
        title: &requirement.title,
        category: score.id.category().to_string(),
        applicable: is_applicable,
        verdict: score.judgement.verdict.id(),
        indicative: score.judgement.indicative,
        rule: score.judgement.rule.number(),
        claimed: score.stated.map(|stated| match stated {
            LevelAnswer::Level(level) => ClaimedJson::Level(level.number()),
            LevelAnswer::Unknown => ClaimedJson::Word("Unknown"),
        }),
        credited: score.credited.map(|level| level.number()),
        caps: caps(subject, requirement, score),
        low: is_applicable.then(|| score.low.number()),
        high: is_applicable.then(|| score.high.number()),
        weight: WeightJson {
            base: requirement.weight,
            factor_quarters: subject.standing.factor.quarters_for(requirement),
            weight: score.weight,
        },
        target: score.target.number(),
        target_raised: score.is_target_raised,
        shortfall: score.shortfall(),
        checks: score.checks.into(),
        improvement_points: score.improvement_points,
        contradiction: score.contradiction.map(|contradiction| contradiction.id()),
        evidence: score.evidence.into(),
        disputed: score.is_disputed,
        by_proposal: score.by_proposal,
    }
}

fn caps<'a>(subject: &Subject, requirement: &'a Requirement, score: &RequirementScore) -> Vec<CapJson<'a>> {
    let answer = subject.assessment.answer(requirement.id);
    let cap_of = |critical, state| Cap::of_check(BindingCheck { critical, state });
    let checks_behind = |cap: Cap| {
        let behind = requirement
            .binding_checks()
            .filter(|check| cap_of(check.critical, CheckState::of(answer, check)) == Some(cap));
        behind.map(|check| check.id.as_str()).collect()
    };
    let json = |cap: &Cap| CapJson {
        level: cap.level().number(),
        reason: cap.id(),
        binding: score.binding_caps().any(|binding| binding == *cap),
        checks: checks_behind(*cap),
    };
    score.caps.iter().map(json).collect()
}

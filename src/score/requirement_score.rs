//! The score of one requirement. It depends on nothing but its own answer, its evidence and the weight factor.

use chrono::NaiveDate;

use crate::{
    model::{
        answer::{Answer, CheckState, LevelAnswer},
        assessment::Assessment,
        evidence::Freshness,
        level::Level,
        reference::Reference,
        requirement::{CheckKind, Requirement},
    },
    score::{
        credit::{self, Cap, EvidenceCount},
        verdict::{self, BindingCheck, Facts, Judgement, Verdict},
        weight::Factor,
    },
};

/// What scoring says about one requirement. Of an excluded control only weight, judgement and what is stored are set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementScore {
    /// The requirement.
    pub id: Reference,
    /// Its weight: base times factor in quarters, 4 to 24.
    pub weight: u64,
    /// The verdict, with the rule that gave it.
    pub judgement: Judgement,
    /// The level stated that counts, `Unknown` included; nothing when excluded or unanswered.
    pub stated: Option<LevelAnswer>,
    /// The credited level; nothing without a claimed one.
    pub credited: Option<Level>,
    /// Every cap that applies, binding or not.
    pub caps: Vec<Cap>,
    /// The lowest credited level that open answers still allow; 0 without a level.
    pub low: Level,
    /// The highest credited level that open answers still allow; 5 without a level.
    pub high: Level,
    /// The target level.
    pub target: Level,
    /// Whether the impact level of a system lifted the target.
    pub is_target_raised: bool,
    /// Binding checks answered, of those that count.
    pub checks: Counted,
    /// Guidance checks that are neither yes nor without occasion.
    pub improvement_points: usize,
    /// Whether level and checks contradict each other.
    pub contradiction: Option<Contradiction>,
    /// The evidence attached, without items dated later.
    pub evidence: EvidenceCount,
    /// Whether people disagree on it.
    pub is_disputed: bool,
    /// Whether its level was taken over from a proposal.
    pub by_proposal: bool,
    /// The credited level as if nothing were excluded.
    pub credited_without_exclusion: Option<Level>,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Those answered.
    pub answered: usize,
    /// All that count.
    pub total: usize,
}

/// A level and checks that do not go together; it changes no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// Level 0 or 1 with all checks yes.
    LowLevelAllYes,
    /// Level 3 or more with a critical check no.
    HighLevelCriticalNo,
}

impl Contradiction {
    /// The contradiction in words.
    pub const fn name(self) -> &'static str {
        match self {
            Contradiction::LowLevelAllYes => "level 0 or 1, yet all checks are yes",
            Contradiction::HighLevelCriticalNo => "level 3 or more, yet a critical check is no",
        }
    }

    /// The contradiction as one word, as JSON carries it.
    pub const fn id(self) -> &'static str {
        match self {
            Contradiction::LowLevelAllYes => "LowLevelAllYes",
            Contradiction::HighLevelCriticalNo => "HighLevelCriticalNo",
        }
    }
}

impl RequirementScore {
    /// Whether it counts, that is, is not excluded.
    pub fn is_applicable(&self) -> bool {
        self.judgement.verdict != Verdict::NotApplicable
    }

    /// The claimed level, where it is a number.
    pub fn claimed(&self) -> Option<Level> {
        self.stated.and_then(LevelAnswer::known)
    }

    /// The distance from the credited level to the target; the target itself without a level (scoring rule 8).
    pub fn shortfall(&self) -> u8 {
        let credited = self.credited.unwrap_or(Level::ABSENT);
        if self.is_applicable() { self.target.number().saturating_sub(credited.number()) } else { 0 }
    }

    /// The caps that decide: those at the credited level, where it is below the claimed one.
    pub fn binding_caps(&self) -> impl Iterator<Item = Cap> {
        let credited = self.credited.filter(|credited| Some(*credited) < self.claimed());
        self.caps.iter().copied().filter(move |cap| Some(cap.level()) == credited)
    }
}

/// Scores requirements of one assessment on one day.
#[derive(Clone, Copy, Debug)]
pub struct Scorer<'a> {
    assessment: &'a Assessment,
    as_of: NaiveDate,
    factor: Factor,
}

impl<'a> Scorer<'a> {
    /// Prepares the scoring of an assessment for the day `as_of`.
    pub fn new(assessment: &'a Assessment, as_of: NaiveDate) -> Self {
        Scorer { assessment, as_of, factor: Factor::of(assessment) }
    }

    /// The weight factor in force.
    pub fn factor(&self) -> Factor {
        self.factor
    }

    /// The evidence of a requirement on that day.
    pub fn evidence(&self, requirement: Reference) -> EvidenceCount {
        let mut count = EvidenceCount::default();
        for evidence in self.assessment.evidence_for(requirement) {
            match evidence.freshness(self.as_of) {
                Freshness::Current => count.current += 1,
                Freshness::Stale => count.stale += 1,
                Freshness::Future => {}
            }
        }
        count
    }

    /// Scores one requirement.
    pub fn score(&self, requirement: &Requirement) -> RequirementScore {
        let answer = self.assessment.answer(requirement.id);
        let applicable = self.score_as(requirement, answer, self.evidence(requirement.id));
        if self.assessment.is_applicable(requirement.id) { applicable } else { excluded(applicable) }
    }

    /// Scores a requirement as applicable, with that answer and that evidence in place of what is stored.
    pub fn score_as(
        &self,
        requirement: &Requirement,
        answer: Option<&Answer>,
        evidence: EvidenceCount,
    ) -> RequirementScore {
        let checks = binding_checks(requirement, answer);
        let claimed = answer.and_then(Answer::claimed);
        let category_target = self.assessment.category_target(requirement.id.category());
        let has_current_evidence = evidence.current > 0;
        let caps = credit::caps(&checks, evidence);
        let credited = claimed.map(|claimed| credit::credited(claimed, caps.iter().copied()));
        RequirementScore {
            id: requirement.id,
            weight: self.factor.weight_of(requirement),
            judgement: verdict::judge(Facts { id: requirement.id, checks: &checks, claimed, has_current_evidence }),
            stated: answer.and_then(Answer::effective_level),
            credited,
            caps,
            low: claimed.map_or(Level::ABSENT, |level| completed(level, &checks, evidence, CheckState::No)),
            high: claimed.map_or(Level::OPTIMIZING, |level| completed(level, &checks, evidence, CheckState::Yes)),
            target: self.factor.target_of(requirement, category_target),
            is_target_raised: self.factor.raises_target(requirement, category_target),
            checks: Counted {
                answered: checks.iter().filter(|check| !check.state.is_open()).count(),
                total: checks.len(),
            },
            improvement_points: improvement_points(requirement, answer),
            contradiction: contradiction(claimed, &checks),
            evidence,
            is_disputed: answer.is_some_and(Answer::is_disputed),
            by_proposal: answer.is_some_and(|answer| answer.by_proposal),
            credited_without_exclusion: credited,
        }
    }
}

/// What is left of a score when the control is excluded: the rest scores nothing.
fn excluded(score: RequirementScore) -> RequirementScore {
    RequirementScore {
        judgement: verdict::EXCLUDED,
        stated: None,
        credited: None,
        caps: Vec::new(),
        low: Level::ABSENT,
        high: Level::ABSENT,
        checks: Counted::default(),
        improvement_points: 0,
        contradiction: None,
        by_proposal: false,
        ..score
    }
}

/// The binding checks of a requirement, without those that had no occasion.
fn binding_checks(requirement: &Requirement, answer: Option<&Answer>) -> Vec<BindingCheck> {
    requirement
        .binding_checks()
        .map(|check| BindingCheck { critical: check.critical, state: CheckState::of(answer, check) })
        .filter(|check| check.state != CheckState::Absent)
        .collect()
}

/// The credited level if every open check came out as `answer`.
fn completed(claimed: Level, checks: &[BindingCheck], evidence: EvidenceCount, answer: CheckState) -> Level {
    let answered = checks.iter().map(|check| BindingCheck {
        state: if check.state.is_open() { answer } else { check.state },
        critical: check.critical,
    });
    credit::credited(claimed, answered.filter_map(Cap::of_check).chain(Cap::of_evidence(evidence)))
}

fn improvement_points(requirement: &Requirement, answer: Option<&Answer>) -> usize {
    let guidance = requirement.checks.iter().filter(|check| check.kind == CheckKind::Guidance);
    guidance.filter(|check| !matches!(CheckState::of(answer, check), CheckState::Yes | CheckState::Absent)).count()
}

fn contradiction(claimed: Option<Level>, checks: &[BindingCheck]) -> Option<Contradiction> {
    let level = claimed?.number();
    let all_yes = !checks.is_empty() && checks.iter().all(|check| check.state == CheckState::Yes);
    let critical_no = checks.iter().any(|check| check.critical && check.state == CheckState::No);
    match (level, all_yes, critical_no) {
        (0 | 1, true, _) => Some(Contradiction::LowLevelAllYes),
        (3.., _, true) => Some(Contradiction::HighLevelCriticalNo),
        (_, _, _) => None,
    }
}

//! The score of one requirement. It depends on nothing but its own answer, its evidence and the weight factor.

use chrono::NaiveDate;

use crate::{
    model::{
        answer::{Answer, CheckState, LevelAnswer},
        assessment::Assessment,
        evidence::Freshness,
        level::Level,
        reference::Reference,
        requirement::{Check, CheckKind, Requirement},
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
    /// Whether any binding check has an answer other than `Unknown`, `NoOccasion` included.
    pub has_check_answers: bool,
    /// Guidance checks that are neither yes nor without occasion.
    pub improvement_points: usize,
    /// Whether level and checks contradict each other.
    pub contradiction: Option<Contradiction>,
    /// The evidence attached, without items dated later.
    pub evidence: EvidenceCount,
    /// Whether people disagree on it.
    pub is_disputed: bool,
    /// Whether its answer is one of an earlier round that nobody has confirmed yet.
    pub is_to_confirm: bool,
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

    /// The contradiction with what to do about it, without an end mark.
    pub const fn advice(self) -> &'static str {
        match self {
            Contradiction::LowLevelAllYes => "level and checks contradict each other: pick the rung again",
            Contradiction::HighLevelCriticalNo => "level and checks contradict each other: look at both again",
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
    /// Prepares the scoring of an assessment for the day `as_of`, with the factor of its AI systems.
    pub fn new(assessment: &'a Assessment, factor: Factor, as_of: NaiveDate) -> Self {
        Scorer { assessment, as_of, factor }
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
        let checks: Vec<BindingCheck> = binding_checks(requirement, answer)
            .map(|(check, state)| BindingCheck { critical: check.critical, state })
            .collect();
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
            has_check_answers: requirement.binding_checks().any(|check| !CheckState::of(answer, check).is_open()),
            improvement_points: improvement_points(requirement, answer).count(),
            contradiction: contradiction(claimed, &checks),
            evidence,
            is_disputed: answer.is_some_and(Answer::is_disputed),
            is_to_confirm: answer.is_some_and(|answer| answer.to_confirm),
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
        has_check_answers: false,
        improvement_points: 0,
        contradiction: None,
        by_proposal: false,
        ..score
    }
}

/// The binding checks of a requirement with their states, without those that had no occasion.
pub(super) fn binding_checks<'a>(
    requirement: &'a Requirement,
    answer: Option<&'a Answer>,
) -> impl Iterator<Item = (&'a Check, CheckState)> {
    let states = requirement.binding_checks().map(move |check| (check, CheckState::of(answer, check)));
    states.filter(|(_, state)| *state != CheckState::Absent)
}

/// The guidance checks of a requirement that are neither yes nor without occasion, with their states.
pub(super) fn improvement_points<'a>(
    requirement: &'a Requirement,
    answer: Option<&'a Answer>,
) -> impl Iterator<Item = (&'a Check, CheckState)> {
    let guidance = requirement.checks.iter().filter(|check| check.kind == CheckKind::Guidance);
    let states = guidance.map(move |check| (check, CheckState::of(answer, check)));
    states.filter(|(_, state)| !matches!(state, CheckState::Yes | CheckState::Absent))
}

/// The credited level if every open check came out as `answer`.
fn completed(claimed: Level, checks: &[BindingCheck], evidence: EvidenceCount, answer: CheckState) -> Level {
    let answered = checks.iter().map(|check| BindingCheck {
        state: if check.state.is_open() { answer } else { check.state },
        critical: check.critical,
    });
    credit::credited(claimed, answered.filter_map(Cap::of_check).chain(Cap::of_evidence(evidence)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::answer::CheckAnswer,
        score::sample::{answer, as_of, day, exclude, level, nothing_said, reference, requirement, say, show},
    };

    fn score(requirement: &Requirement, assessment: &Assessment) -> RequirementScore {
        Scorer::new(assessment, Factor::of(&[]), as_of()).score(requirement)
    }

    /// Claimed, credited, low and high of a control with the checks `a! b c? d~` and current evidence.
    fn levels(level: &str, checks: &str) -> (Option<u8>, Option<u8>, u8, u8) {
        let mut assessment = nothing_said();
        say(&mut assessment, "A.2.2", level, checks);
        show(&mut assessment, "A.2.2", "2026-06-01");
        let score = score(&requirement("A.2.2", 1, "a! b c? d~"), &assessment);
        let number = |level: Option<Level>| level.map(Level::number);
        (number(score.claimed()), number(score.credited), score.low.number(), score.high.number())
    }

    #[test]
    fn the_range_takes_open_checks_as_no_and_as_yes() {
        assert_eq!(levels("", "a=Y b=Y c=Y"), (None, None, 0, 5), "a missing level is anything");
        assert_eq!(levels("?", "a=N"), (None, None, 0, 5), "and no check caps it");
        assert_eq!(levels("5", ""), (Some(5), Some(2), 1, 5));
        assert_eq!(levels("5", "a=?"), (Some(5), Some(2), 1, 5), "unknown is open");
        assert_eq!(levels("5", "a=Y"), (Some(5), Some(3), 2, 5));
        assert_eq!(levels("5", "a=Y b=Y"), (Some(5), Some(3), 2, 5), "an open conditional check could be no");
        assert_eq!(levels("5", "a=Y b=Y c=-"), (Some(5), Some(5), 5, 5), "no occasion takes the check away");
        assert_eq!(levels("5", "a=Y b=P"), (Some(5), Some(3), 2, 3));
        assert_eq!(levels("5", "a=N b=Y c=Y"), (Some(5), Some(1), 1, 1));
        assert_eq!(levels("1", "b=?"), (Some(1), Some(1), 1, 1));
    }

    #[test]
    fn no_occasion_needs_a_conditional_check_and_a_reason() {
        let checks_counted = |checks: &str, reason: &str| {
            let mut assessment = nothing_said();
            say(&mut assessment, "4.1", "", checks);
            for response in &mut answer(&mut assessment, "4.1").checks {
                response.reason = reason.into();
            }
            let score = score(&requirement("4.1", 1, "a! b?"), &assessment);
            (score.checks.answered, score.checks.total)
        };
        assert_eq!(checks_counted("a=Y b=-", "nothing went wrong yet"), (1, 1));
        assert_eq!(checks_counted("a=Y b=-", " "), (1, 2), "without a reason it is open");
        assert_eq!(checks_counted("a=- b=Y", "nothing went wrong yet"), (1, 2), "an unconditional check stays");
        assert_eq!(checks_counted("a=? b=Y", ""), (1, 2), "unknown is not answered");
    }

    #[test]
    fn a_dispute_counts_as_the_worse_value() {
        use CheckAnswer::{No, NoOccasion, Partly, Unknown, Yes};
        let check = requirement("4.1", 1, "a?").checks.remove(0);
        let state = |stated, disputed: &[CheckAnswer]| {
            let mut assessment = nothing_said();
            say(&mut assessment, "4.1", "", "a=Y");
            let response = &mut answer(&mut assessment, "4.1").checks[0];
            (response.answer, response.disputed) = (stated, disputed.to_vec());
            CheckState::of(assessment.answer(reference("4.1")), &check)
        };
        assert_eq!(state(Yes, &[NoOccasion]), CheckState::Absent);
        assert_eq!(state(Unknown, &[NoOccasion, Yes]), CheckState::Unknown);
        assert_eq!(state(Yes, &[Unknown, Partly]), CheckState::Partly);
        assert_eq!(state(Partly, &[No]), CheckState::No);

        let claimed = |stated: Option<LevelAnswer>, disputed: &[LevelAnswer]| {
            let mut assessment = nothing_said();
            let answer = answer(&mut assessment, "4.1");
            (answer.level, answer.disputed_levels) = (stated, disputed.to_vec());
            assessment.claimed(reference("4.1")).map(Level::number)
        };
        let number = |n| LevelAnswer::Level(level(n));
        assert_eq!(claimed(Some(number(4)), &[number(2), number(3)]), Some(2));
        assert_eq!(claimed(Some(LevelAnswer::Unknown), &[number(3)]), Some(3), "the number before unknown");
        assert_eq!(claimed(Some(LevelAnswer::Unknown), &[LevelAnswer::Unknown]), None);
    }

    #[test]
    fn contradictions_are_marked() {
        let mark = |level: &str, checks: &str| {
            let mut assessment = nothing_said();
            say(&mut assessment, "4.1", level, checks);
            score(&requirement("4.1", 1, "a! b"), &assessment).contradiction
        };
        assert_eq!(mark("1", "a=Y b=Y"), Some(Contradiction::LowLevelAllYes));
        assert_eq!(mark("2", "a=Y b=Y"), None);
        assert_eq!(mark("0", "a=Y"), None);
        assert_eq!(mark("3", "a=N"), Some(Contradiction::HighLevelCriticalNo));
        assert_eq!(mark("2", "a=N"), None);
        assert_eq!(mark("3", "a=Y b=N"), None, "only a critical no contradicts");
        assert_eq!(mark("?", "a=N"), None);
    }

    #[test]
    fn evidence_counts_by_its_date() {
        let case = |date: &str| {
            let mut assessment = nothing_said();
            say(&mut assessment, "4.1", "5", "a=Y");
            show(&mut assessment, "4.1", date);
            let score = score(&requirement("4.1", 1, "a!"), &assessment);
            (score.judgement.verdict, score.credited.map(Level::number), score.low, score.high)
        };
        let same = |verdict, number| (verdict, Some(number), level(number), level(number));
        assert_eq!(case("2026-06-01"), same(Verdict::Conforming, 5));
        assert_eq!(case("2025-05-02"), same(Verdict::Conforming, 5), "395 days old");
        assert_eq!(case("2025-05-01"), same(Verdict::NotShown, 3), "396 days old: stale");
        assert_eq!(case(""), same(Verdict::NotShown, 3), "undated: stale");
        assert_eq!(case("2026-06-02"), same(Verdict::NotShown, 2), "dated later: not there");
    }

    #[test]
    fn an_excluded_control_scores_nothing_and_keeps_what_is_stored() {
        let mut assessment = nothing_said();
        say(&mut assessment, "A.2.2", "4", "a=N b=Y");
        show(&mut assessment, "A.2.2", "2026-01-01");
        exclude(&mut assessment, "A.2.2");
        let score = score(&requirement("A.2.2", 2, "a! b c~"), &assessment);
        assert_eq!((score.judgement, score.claimed(), score.credited), (verdict::EXCLUDED, None, None));
        assert_eq!((score.caps.as_slice(), score.checks, score.improvement_points), (&[][..], Counted::default(), 0));
        assert_eq!((score.contradiction, score.shortfall()), (None, 0));
        assert_eq!(score.credited_without_exclusion, Level::new(1));
    }

    #[test]
    fn an_exclusion_without_what_it_needs_is_not_in_force() {
        type Spoil = fn(&mut crate::model::exclusion::Exclusion);
        let is_applicable = |id: &str, spoil: Spoil| {
            let mut assessment = nothing_said();
            exclude(&mut assessment, id);
            spoil(answer(&mut assessment, id).exclusion.as_mut().expect("just set"));
            score(&requirement(id, 1, "a!"), &assessment).is_applicable()
        };
        assert!(!is_applicable("A.4.2", |_| ()));
        assert!(!is_applicable("A.4.2", |exclusion| exclusion.override_note.clear()));
        assert!(!is_applicable("A.4.2", |exclusion| exclusion.reason = "ten signs.".into()));
        assert!(is_applicable("A.4.2", |exclusion| exclusion.reason = "nine sign".into()));
        assert!(is_applicable("A.4.2", |exclusion| exclusion.basis = None));
        assert!(is_applicable("A.4.2", |exclusion| exclusion.disputed = true));
        assert!(is_applicable("4.1", |_| ()), "a clause can never be excluded");
        for mirrored in ["A.5.2", "A.5.5", "A.2.2", "A.3.2", "A.6.1.2", "A.9.3"] {
            assert!(!is_applicable(mirrored, |_| ()), "{mirrored} with its note");
            assert!(is_applicable(mirrored, |exclusion| exclusion.override_note = " ".into()), "{mirrored} without");
        }
        assert!(!is_applicable("A.6.1.3", |exclusion| exclusion.override_note.clear()));
    }

    #[test]
    fn the_shortfall_is_what_the_credited_level_lacks() {
        let shortfall = |level_text: &str, target: u8| {
            let mut assessment = nothing_said();
            say(&mut assessment, "4.1", level_text, "a=Y");
            show(&mut assessment, "4.1", "2026-06-01");
            assessment.targets.insert(reference("4"), level(target));
            score(&requirement("4.1", 1, "a!"), &assessment).shortfall()
        };
        assert_eq!(["", "?", "0", "2", "3", "5"].map(|text| shortfall(text, 3)), [3, 3, 3, 1, 0, 0]);
        assert_eq!(["", "4", "5"].map(|text| shortfall(text, 5)), [5, 1, 0]);
        assert_eq!(shortfall("", 0), 0);
    }

    #[test]
    fn dates_of_the_evidence_tests_are_as_old_as_they_say() {
        assert_eq!((as_of() - day("2025-05-02")).num_days(), 395);
    }
}

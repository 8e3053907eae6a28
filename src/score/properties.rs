//! The properties that hold for every assessment (scoring rules 3 to 6), over the built-in catalogue.

use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use proptest::{prelude::*, sample};

use crate::{
    content::builtin,
    model::{
        answer::{Answer, CheckAnswer, CheckResponse, CheckState, LevelAnswer},
        arbitrary,
        assessment::Assessment,
        catalog::Catalog,
        evidence::Evidence,
        exclusion::{Exclusion, ExclusionBasis},
        lens::LensGroup,
        level::Level,
        reference::Reference,
        requirement::{CheckKind, Requirement},
    },
    score::{
        Standing,
        explain::requirement_why::{LiftStep, RequirementWhy},
        figures::Figures,
        ratio::Ratio,
        requirement_score::RequirementScore,
        score,
        verdict::Verdict,
    },
};

static CATALOG: LazyLock<Catalog> = LazyLock::new(builtin::catalog);

/// The built-in catalogue, decoded once.
pub(crate) fn catalog() -> &'static Catalog {
    &CATALOG
}

/// An assessment and the day for which it is scored.
fn assessment_and_day() -> impl Strategy<Value = (Assessment, NaiveDate)> {
    (arbitrary::assessment(catalog()), arbitrary::date())
}

fn any_requirement() -> impl Strategy<Value = &'static Requirement> {
    sample::select(catalog().requirements().collect::<Vec<_>>())
}

fn any_control() -> impl Strategy<Value = &'static Requirement> {
    sample::select(catalog().requirements().filter(|requirement| requirement.id.is_control()).collect::<Vec<_>>())
}

fn answer_of(assessment: &mut Assessment, id: Reference) -> &mut Answer {
    assessment.answers.entry(id).or_insert_with(|| Answer::empty(id))
}

/// Answers a check anew, which settles a dispute.
fn set_check(answer: &mut Answer, check: &str, to: CheckAnswer) {
    answer.checks.retain(|response| response.check != check);
    answer.checks.push(CheckResponse { reason: "not so far".into(), ..CheckResponse::new(check, to) });
}

/// States a level anew, which settles a dispute.
fn set_level(answer: &mut Answer, level: Level) {
    answer.level = Some(LevelAnswer::Level(level));
    answer.disputed_levels.clear();
}

/// An item of evidence for one requirement.
fn evidence(id: &str, date: NaiveDate, serves: Reference) -> Evidence {
    Evidence {
        id: id.into(),
        title: "Paper".into(),
        kind: Default::default(),
        location: String::new(),
        date: Some(date),
        valid_until: None,
        owner: String::new(),
        serves: vec![serves],
    }
}

fn score_of(standing: &Standing, id: Reference) -> &RequirementScore {
    standing.requirement(id).expect("every requirement of the catalogue is scored")
}

/// All figures of a standing in which levels are shown: categories and groups.
fn figures(standing: &Standing) -> impl Iterator<Item = &Figures> {
    let categories = standing.categories.iter().map(|(_, figures)| figures);
    categories.chain([&standing.management_system, &standing.controls])
}

/// Verdict, level and the rest of every requirement, and the fractions and counts of every scope.
fn all_figures(standing: &Standing) -> String {
    format!("{:?} {:?} {:?}", standing.requirements, standing.categories, standing.whole)
}

/// What counts of a score when guidance is left aside.
fn without_guidance(standing: &Standing) -> Vec<RequirementScore> {
    let scores = standing.requirements.iter().cloned();
    scores.map(|score| RequirementScore { improvement_points: 0, is_disputed: false, ..score }).collect()
}

/// An answer for everything open: a level where none is known, and a check answer for each open check.
fn complete(assessment: &mut Assessment, choices: &[(Level, CheckAnswer)]) {
    let mut choices = choices.iter().copied().cycle();
    for requirement in catalog().requirements() {
        let answer = answer_of(assessment, requirement.id);
        for check in requirement.binding_checks() {
            if CheckState::of(Some(answer), check).is_open() {
                let (_, choice) = choices.next().expect("a cycle never ends");
                let is_accepted = choice != CheckAnswer::NoOccasion || check.conditional;
                set_check(answer, &check.id, if is_accepted { choice } else { CheckAnswer::Partly });
            }
        }
        if answer.claimed().is_none() {
            set_level(answer, choices.next().expect("a cycle never ends").0);
        }
    }
}

fn choices() -> impl Strategy<Value = Vec<(Level, CheckAnswer)>> {
    let answers = [CheckAnswer::No, CheckAnswer::Partly, CheckAnswer::NoOccasion, CheckAnswer::Yes];
    proptest::collection::vec((arbitrary::level(), sample::select(answers.to_vec())), 1..40)
}

/// The fraction of a figure without exclusions: the credited one where nothing is excluded.
fn without_exclusions(figures: &Figures) -> Option<Ratio> {
    if figures.count_of(Verdict::NotApplicable) > 0 { figures.without_exclusions } else { figures.credited }
}

/// An exclusion that is in force for every control.
fn exclusion_in_force() -> Exclusion {
    Exclusion {
        basis: Some(ExclusionBasis::RiskAssessment),
        reason: "the risk assessment shows no need".into(),
        override_note: "the clause is met in another way".into(),
        ..Exclusion::default()
    }
}

/// Few cases, as each goes over all 70 requirements; the variable `PROPTEST_CASES` asks for more.
pub(crate) fn some_cases() -> ProptestConfig {
    ProptestConfig::with_cases(24)
}

proptest! {
    #![proptest_config(some_cases())]

    #[test]
    fn excluding_a_control_changes_nothing_else(
        (assessment, as_of) in assessment_and_day(),
        control in any_control(),
    ) {
        let before = score(catalog(), &assessment, as_of);
        let mut excluding = assessment.clone();
        answer_of(&mut excluding, control.id).exclusion = Some(exclusion_in_force());
        let after = score(catalog(), &excluding, as_of);
        prop_assert_eq!(score_of(&after, control.id).judgement.verdict, Verdict::NotApplicable);
        for (was, is) in before.requirements.iter().zip(&after.requirements) {
            prop_assert!(was.id == control.id || was == is, "{} changed", was.id);
        }
        for (was, is) in figures(&before).zip(figures(&after)) {
            prop_assert_eq!(without_exclusions(was), without_exclusions(is));
        }
    }

    #[test]
    fn lifting_an_exclusion_brings_the_answers_back(
        (assessment, as_of) in assessment_and_day(),
        control in any_control(),
    ) {
        let mut applicable = assessment.clone();
        answer_of(&mut applicable, control.id).exclusion = None;
        let before = score(catalog(), &applicable, as_of);
        let mut again = applicable.clone();
        answer_of(&mut again, control.id).exclusion = Some(exclusion_in_force());
        answer_of(&mut again, control.id).exclusion = None;
        prop_assert_eq!(all_figures(&before), all_figures(&score(catalog(), &again, as_of)));
    }

    #[test]
    fn every_completion_lies_within_the_range(
        (assessment, as_of) in assessment_and_day(),
        choices in choices(),
    ) {
        let before = score(catalog(), &assessment, as_of);
        let mut completed = assessment.clone();
        complete(&mut completed, &choices);
        let after = score(catalog(), &completed, as_of);
        for (was, is) in figures(&before).zip(figures(&after)) {
            prop_assert_eq!((is.low, is.high), (is.credited, is.credited), "all is answered");
            prop_assert!(was.low <= is.credited && is.credited <= was.high, "{:?} then {:?}", was, is);
        }
        for (was, is) in before.requirements.iter().zip(&after.requirements) {
            let credited = is.credited.unwrap_or(was.low);
            prop_assert!(was.low <= credited && credited <= was.high, "{:?} then {:?}", was, is);
        }
    }

    #[test]
    fn answering_a_missing_level_only_narrows_the_range(
        (assessment, as_of) in assessment_and_day(),
        requirement in any_requirement(),
        level in arbitrary::level(),
    ) {
        let mut open = assessment;
        let answer = answer_of(&mut open, requirement.id);
        answer.level = None;
        answer.disputed_levels.clear();
        let before = score(catalog(), &open, as_of);
        let mut answered = open.clone();
        set_level(answer_of(&mut answered, requirement.id), level);
        let after = score(catalog(), &answered, as_of);
        for (was, is) in figures(&before).zip(figures(&after)) {
            prop_assert!(was.low <= is.low && is.high <= was.high, "{:?} then {:?}", was, is);
        }
    }

    #[test]
    fn answering_an_open_check_no_betters_nothing(
        (assessment, as_of) in assessment_and_day(),
        requirement in any_requirement(),
        index in any::<sample::Index>(),
    ) {
        let checks: Vec<_> = requirement.binding_checks().collect();
        let check = *index.get(&checks);
        let mut open = assessment;
        answer_of(&mut open, requirement.id).checks.retain(|response| response.check != check.id);
        let before = score(catalog(), &open, as_of);
        set_check(answer_of(&mut open, requirement.id), &check.id, CheckAnswer::No);
        let after = score(catalog(), &open, as_of);
        let (was, is) = (score_of(&before, requirement.id), score_of(&after, requirement.id));
        prop_assert!(is.judgement.verdict <= was.judgement.verdict, "{:?} then {:?}", was, is);
        prop_assert!(is.credited <= was.credited);
    }

    #[test]
    fn current_evidence_worsens_nothing(
        (mut assessment, as_of) in assessment_and_day(),
        requirement in any_requirement(),
    ) {
        let before = score(catalog(), &assessment, as_of);
        assessment.evidence.push(evidence("new", as_of, requirement.id));
        let after = score(catalog(), &assessment, as_of);
        for (was, is) in before.requirements.iter().zip(&after.requirements) {
            prop_assert!(was.judgement.verdict <= is.judgement.verdict, "{:?} then {:?}", was, is);
            prop_assert!(was.credited <= is.credited);
        }
    }

    #[test]
    fn future_evidence_changes_no_figure(
        (mut assessment, as_of) in assessment_and_day(),
        requirement in any_requirement(),
        days in 1..1000_u64,
    ) {
        let before = score(catalog(), &assessment, as_of);
        assessment.evidence.push(evidence("new", as_of + Days::new(days), requirement.id));
        prop_assert_eq!(all_figures(&before), all_figures(&score(catalog(), &assessment, as_of)));
    }

    #[test]
    fn guidance_changes_no_figure((assessment, as_of) in assessment_and_day(), answer in sample::select(vec![
        None, Some(CheckAnswer::No), Some(CheckAnswer::Partly), Some(CheckAnswer::Unknown), Some(CheckAnswer::Yes),
    ])) {
        let mut other = assessment.clone();
        for requirement in catalog().requirements() {
            for check in requirement.checks.iter().filter(|check| check.kind == CheckKind::Guidance) {
                let stored = answer_of(&mut other, requirement.id);
                stored.checks.retain(|response| response.check != check.id);
                if let Some(answer) = answer {
                    set_check(stored, &check.id, answer);
                }
            }
        }
        let (was, is) = (score(catalog(), &assessment, as_of), score(catalog(), &other, as_of));
        prop_assert_eq!(without_guidance(&was), without_guidance(&is));
        for (was, is) in figures(&was).zip(figures(&is)) {
            prop_assert_eq!((was.claimed, was.credited, was.low, was.high), (is.claimed, is.credited, is.low, is.high));
            prop_assert_eq!((was.status, was.verdicts, was.state), (is.status, is.verdicts, is.state));
        }
    }

    #[test]
    fn proposals_change_no_figure(
        (assessment, as_of) in assessment_and_day(),
        other in arbitrary::assessment(catalog()),
    ) {
        let before = score(catalog(), &assessment, as_of);
        let proposing =
            Assessment { gateway: other.gateway, declared_absent: other.declared_absent, ..assessment };
        prop_assert_eq!(all_figures(&before), all_figures(&score(catalog(), &proposing, as_of)));
    }

    #[test]
    fn a_requirement_depends_on_no_other(
        (assessment, as_of) in assessment_and_day(),
        other in arbitrary::assessment(catalog()),
        requirement in any_requirement(),
    ) {
        let mut mixed = assessment.clone();
        mixed.answers = other.answers;
        mixed.answers.remove(&requirement.id);
        mixed.answers.extend(assessment.answer(requirement.id).cloned().map(|answer| (requirement.id, answer)));
        let (was, is) = (score(catalog(), &assessment, as_of), score(catalog(), &mixed, as_of));
        prop_assert_eq!(score_of(&was, requirement.id), score_of(&is, requirement.id));
    }

    #[test]
    fn figures_agree_with_each_other((assessment, as_of) in assessment_and_day()) {
        let standing = score(catalog(), &assessment, as_of);
        for score in &standing.requirements {
            prop_assert!(score.credited <= score.claimed());
            prop_assert!(score.low <= score.high);
            prop_assert_eq!(score.credited.is_some(), score.claimed().is_some());
            let is_capped = score.credited < score.claimed();
            prop_assert_eq!(score.binding_caps().next().is_some(), is_capped, "a cap decides where one is needed");
        }
        for figures in figures(&standing) {
            prop_assert!(figures.low <= figures.credited.or(figures.low) && figures.credited <= figures.high);
            prop_assert!(figures.credited <= figures.claimed);
            prop_assert_eq!(figures.verdicts.iter().sum::<usize>(),
                figures.applicable() + figures.count_of(Verdict::NotApplicable));
            let floor = figures.floor.and_then(|(level, _)| Ratio::new(u64::from(level.number()), 1));
            prop_assert!(floor <= figures.credited);
        }
    }

    #[test]
    fn a_lens_over_a_category_gives_the_figures_of_the_category((assessment, as_of) in assessment_and_day()) {
        let standing = score(catalog(), &assessment, as_of);
        for (category, figures) in &standing.categories {
            let requirements = catalog().category(*category).expect("its category").requirements.iter();
            let group = LensGroup::of("g", requirements.map(|requirement| requirement.id));
            prop_assert_eq!(format!("{:?}", standing.lens_group(&group)), format!("{figures:?}"));
        }
    }

    #[test]
    fn what_an_explanation_promises_comes_true(
        (assessment, as_of) in assessment_and_day(),
        requirement in any_requirement(),
    ) {
        let standing = score(catalog(), &assessment, as_of);
        let why = RequirementWhy::new(catalog(), &assessment, &standing, requirement.id).expect("it is known");
        let Some(next) = why.next else {
            prop_assert!(!why.score.is_applicable() || why.score.credited == Some(Level::OPTIMIZING));
            return Ok(());
        };
        let mut done = assessment.clone();
        for step in &next.steps {
            let answer = answer_of(&mut done, requirement.id);
            match step {
                LiftStep::StateLevel => {}
                LiftStep::Close(check) | LiftStep::Answer(check) => set_check(answer, &check.id, CheckAnswer::Yes),
                LiftStep::Reach { level, .. } => set_level(answer, *level),
                LiftStep::Attach => done.evidence.push(evidence("new", as_of, requirement.id)),
            }
        }
        let credited = score_of(&score(catalog(), &done, as_of), requirement.id).credited;
        prop_assert_eq!(credited, next.to);
        prop_assert!(next.to.is_none() || next.to > why.score.credited, "it rises");
    }
}

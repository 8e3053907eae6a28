//! The rating rules as tables (scoring rule 7), and what holds for all ratings.

use proptest::{collection, option, prelude::*, sample};

use super::*;
use crate::{
    impact::sample::{catalog, harm, measure, no_harm, rated, rated_under, rating, screened, with_evidence},
    model::{
        decision_path::{PathAnswer, PathReply},
        impact::{criteria::OwnCriteria, harm::MeasureKind},
        level::ImpactLevel::{High, Low, Medium, VeryHigh},
    },
    score::sample::{as_of, day},
};

fn proposed(values: &str) -> RatedLevel {
    rate(&rating(values), &Matrix::PROPOSED).expect("rated")
}

fn system(harms: Vec<Harm>, measures: Vec<Measure>) -> System {
    let mut system = System::named("bot", "Bot");
    system.impact.harms = harms;
    system.impact.measures = measures;
    system
}

#[test]
fn the_matrix_gives_the_level_by_severity_and_likelihood() {
    let expected = [
        [Low, Low, Low, Low, Medium],
        [Low, Low, Medium, Medium, Medium],
        [Low, Medium, Medium, High, High],
        [Low, Medium, High, High, VeryHigh],
        [Medium, Medium, High, VeryHigh, VeryHigh],
    ];
    for (severity, row) in (1..).zip(expected) {
        for (likelihood, level) in (1..).zip(row) {
            assert_eq!(
                Matrix::PROPOSED.level(severity, likelihood),
                level,
                "severity {severity}, likelihood {likelihood}"
            );
            // Severity 1 to 3 is gravity alone, and no floor rule speaks below gravity 4.
            if severity <= 3 {
                let found = proposed(&format!("{severity}111{likelihood}"));
                assert_eq!((found.level, found.severity, found.floor), (level, severity, None));
            }
        }
    }
}

#[test]
fn reach_and_lasting_effect_add_one_each_to_severity_and_five_is_the_top() {
    use Addition::{Lasting, Reach};
    let case = |values: &str, severity: u8, additions: &[Addition]| {
        let found = proposed(values);
        assert_eq!((found.severity, found.additions.as_slice()), (severity, additions), "of {values}");
    };
    case("21111", 2, &[]);
    case("23231", 2, &[]);
    case("24111", 3, &[Reach]);
    case("25111", 3, &[Reach]);
    case("21311", 3, &[Lasting]);
    case("21411", 3, &[Lasting]);
    case("21141", 3, &[Lasting]);
    case("21441", 3, &[Lasting]);
    case("24311", 4, &[Reach, Lasting]);
    case("45441", 5, &[Reach, Lasting]);
    case("55441", 5, &[Reach, Lasting]);
}

#[test]
fn floors_lift_what_the_matrix_rates_lower() {
    let case = |values: &str, by_matrix: ImpactLevel, level: ImpactLevel, floor: Option<Floor>| {
        let found = proposed(values);
        assert_eq!((found.by_matrix, found.level, found.floor), (by_matrix, level, floor), "of {values}");
    };
    // FR-1: gravity 5 is at least high.
    case("51111", Medium, High, Some(Floor::Gravity5));
    case("51112", Medium, High, Some(Floor::Gravity5));
    case("51113", High, High, None);
    case("51114", VeryHigh, VeryHigh, None);
    // FR-2: gravity 4 that cannot be undone is at least high.
    case("41411", Medium, High, Some(Floor::Gravity4Irreversible));
    case("41413", High, High, None);
    case("31411", Low, Low, None);
    // FR-5: gravity 4 is at least medium.
    case("41111", Low, Medium, Some(Floor::Gravity4));
    case("41311", Medium, Medium, None);
    case("41112", Medium, Medium, None);
    case("31111", Low, Low, None);
    assert_eq!(
        [Floor::Gravity5, Floor::Gravity4Irreversible, Floor::Gravity4].map(Floor::id),
        ["FR-1", "FR-2", "FR-5"]
    );
    // FR-4: what nobody knows counts as the top, floors included.
    case("?1111", Medium, High, Some(Floor::Gravity5));
    case("41?11", Medium, High, Some(Floor::Gravity4Irreversible));
}

#[test]
fn what_nobody_knows_counts_as_the_top_of_its_scale() {
    use Scale::{Duration, Gravity, Likelihood, Reach, Reversibility};
    let case = |values: &str, as_top: &str, assumed: &[Scale]| {
        let (found, top) = (proposed(values), proposed(as_top));
        assert_eq!(
            (found.level, found.severity, found.likelihood),
            (top.level, top.severity, top.likelihood),
            "of {values}"
        );
        assert_eq!(found.assumed, assumed, "of {values}");
    };
    case("?1111", "51111", &[Gravity]);
    case("2?111", "25111", &[Reach]);
    case("21?11", "21411", &[Reversibility]);
    case("211?1", "21141", &[Duration]);
    case("2111?", "21115", &[Likelihood]);
    case("?????", "55445", &Scale::ALL);
    case("2---1", "25441", &[Reach, Reversibility, Duration]);
    // Not in a save that was loaded, and still no panic.
    assert_eq!(proposed("01111").severity, 1);
    assert_eq!(proposed("21991").level, proposed("21441").level);
}

#[test]
fn a_harm_whose_gravity_or_likelihood_was_never_asked_is_not_rated() {
    for values in ["-1111", "2111-", "-111-", "-----", "-4444", "?111-", "-111?"] {
        assert_eq!(rate(&rating(values), &Matrix::PROPOSED), None, "of {values}");
    }
}

#[test]
fn a_lower_level_after_measures_counts_as_far_as_it_is_shown() {
    let measures = vec![
        measure("shown", MeasureKind::Lower, "e1"),
        measure("avoids", MeasureKind::Avoid, "e2 e1"),
        measure("stale", MeasureKind::Lower, "e2"),
        measure("to-come", MeasureKind::Lower, "e3"),
        measure("avoids-unshown", MeasureKind::Avoid, ""),
        measure("bare", MeasureKind::Detect, ""),
    ];
    let case = |before: &str, after: &str, by: &str, reason: &str, expected: (ImpactLevel, ResidualRule)| {
        let harm = Harm { approver_reason: reason.to_owned(), ..harm("h", before, after, by) };
        let rated = rated(&system(vec![harm], measures.clone()));
        assert_eq!(rated.harms[0].residual, Some(expected), "from {before} to {after} by {by}");
        assert_eq!(rated.residual, Some(expected.0));
    };
    use ResidualRule::{AsRated, Avoided, NoMeasure, NotLowered, OneStep, Unproven};
    let (very_high, high, medium, low) = ("51114", "51111", "31112", "11111");
    assert_eq!([very_high, high, medium, low].map(|values| proposed(values).level), [VeryHigh, High, Medium, Low]);
    case(high, "-----", "shown", "", (High, NotLowered));
    case(high, "1111-", "shown", "", (High, NotLowered));
    case(high, high, "", "", (High, NotLowered));
    case(medium, high, "shown", "", (High, NotLowered));
    case(high, "3???3", "shown", "", (High, NotLowered));
    case(high, medium, "", "", (High, NoMeasure));
    case(high, medium, "gone", "", (High, Unproven));
    case(high, medium, "bare", "", (High, Unproven));
    case(high, medium, "stale", "", (High, Unproven));
    case(high, medium, "to-come", "", (High, Unproven));
    case(high, medium, "shown bare", "", (High, Unproven));
    case(high, medium, "shown", "", (Medium, AsRated));
    case(high, medium, "shown avoids", "", (Medium, AsRated));
    case(high, low, "shown", "It is small.", (Medium, OneStep));
    case(high, low, "avoids", "", (Medium, OneStep));
    case(high, low, "avoids", "  ", (Medium, OneStep));
    case(high, low, "shown avoids", "It cannot happen.", (Low, Avoided));
    case(high, low, "shown avoids-unshown", "It cannot happen.", (High, Unproven));
    case(very_high, low, "shown", "It is small.", (High, OneStep));
    case(very_high, low, "avoids", "It cannot happen.", (Low, Avoided));
    case(low, low, "shown", "", (Low, NotLowered));
}

#[test]
fn the_level_of_a_system_is_the_highest_over_its_harms() {
    let levels = |harms: &[(&str, &str)]| {
        let numbered = harms.iter().enumerate();
        let harms = numbered.map(|(number, (before, after))| harm(&format!("h{number}"), before, after, "m")).collect();
        let rated = rated(&system(harms, vec![measure("m", MeasureKind::Lower, "e1")]));
        (rated.basis, rated.inherent, rated.residual, rated.is_open)
    };
    let harms = Basis::Harms;
    assert_eq!(levels(&[]), (Basis::NotAssessed, None, None, false), "no harm entered is not low");
    assert_eq!(levels(&[("11111", "-----")]), (harms, Some(Low), Some(Low), false));
    assert_eq!(levels(&[("11111", "-----"); 40]), (harms, Some(Low), Some(Low), false), "never a sum");
    assert_eq!(levels(&[("11111", "-----"), ("51111", "-----")]), (harms, Some(High), Some(High), false));
    assert_eq!(levels(&[("51111", "31112"), ("31112", "-----")]), (harms, Some(High), Some(Medium), false));
    assert_eq!(levels(&[("-1111", "-----")]), (Basis::NotAssessed, None, None, true), "not rated");
    assert_eq!(levels(&[("-1111", "-----"), ("11111", "-----")]), (harms, Some(Low), Some(Low), true));
    assert_eq!(levels(&[("1?111", "-----")]), (harms, Some(Low), Some(Low), true), "unknown");
}

#[test]
fn no_harm_found_counts_with_a_reason_and_a_stated_level_only_while_no_harm_is_rated() {
    let reason = "It only sorts our own mail.";
    let case = |change: &dyn Fn(&mut System), expected: (Basis, Option<ImpactLevel>, Option<ImpactLevel>)| {
        let mut system = system(Vec::new(), Vec::new());
        change(&mut system);
        let rated = rated(&system);
        assert_eq!((rated.basis, rated.inherent, rated.residual), expected);
    };
    let low = (Basis::NoHarm, Some(Low), Some(Low));
    let nothing = (Basis::NotAssessed, None, None);
    case(&|system| system.impact.no_harm = vec![no_harm(None, reason)], low);
    case(&|system| system.impact.no_harm = vec![no_harm(None, "none here")], nothing);
    case(&|system| system.impact.no_harm = vec![no_harm(Some("DM-SOC"), reason)], nothing);
    case(&|system| system.level = Some(High), (Basis::Stated, Some(High), Some(High)));
    let lowered = |system: &mut System| (system.level, system.residual) = (Some(High), Some(Medium));
    case(&lowered, (Basis::Stated, Some(High), Some(Medium)));
    case(&|system| system.residual = Some(Medium), nothing);
    let beside = |system: &mut System| {
        system.level = Some(High);
        system.impact.harms = vec![harm("h", "11111", "-----", "")];
    };
    case(&beside, (Basis::Harms, Some(Low), Some(Low)));
    let unrated = |system: &mut System| {
        system.level = Some(High);
        system.impact.no_harm = vec![no_harm(None, reason)];
        system.impact.harms = vec![harm("h", "-----", "-----", "")];
    };
    case(&unrated, (Basis::Stated, Some(High), Some(High)));
}

#[test]
fn own_criteria_count_once_somebody_approved_them() {
    let all_low = Matrix([[Low; 5]; 5]);
    let mut falling = Matrix::PROPOSED;
    falling.0[2][3] = Low;
    let case = |matrix: Matrix, by: &str, on: Option<&str>, expected: ImpactLevel| {
        let mut assessment = with_evidence();
        assessment.criteria = OwnCriteria {
            approved_by: by.into(),
            approved_on: on.map(day),
            matrix: Some(matrix),
            ..OwnCriteria::default()
        };
        let system = system(vec![harm("h", "31114", "-----", "")], Vec::new());
        assert_eq!(rated_under(catalog(), &assessment, &system).inherent, Some(expected), "by {by:?} on {on:?}");
    };
    case(all_low, "The board", Some("2026-06-01"), Low);
    case(all_low, "The board", Some("2026-06-02"), High);
    case(all_low, "The board", None, High);
    case(all_low, " ", Some("2026-06-01"), High);
    case(falling, "The board", Some("2026-06-01"), High);
    // The floors stand under every matrix.
    assert_eq!(rate(&rating("51111"), &all_low).map(|rated| rated.level), Some(High));
}

/// The answers that lead to a class, shortest.
fn path(answers: &[(&str, PathReply, &[&str])]) -> Vec<PathAnswer> {
    let answer = |(step, answer, picks): &(&str, PathReply, &[&str])| PathAnswer {
        step: (*step).to_owned(),
        answer: *answer,
        picks: picks.iter().map(|&pick| pick.to_owned()).collect(),
        reason: String::new(),
    };
    answers.iter().map(answer).collect()
}

#[test]
fn a_banned_use_is_not_rated_and_weighs_as_very_high() {
    use PathReply::{No, Unknown, Yes};
    let case = |what: &str, is_banned: bool, change: &dyn Fn(&mut System)| {
        let mut system = System { level: Some(Low), ..system(vec![harm("h", "11111", "-----", "")], Vec::new()) };
        change(&mut system);
        let rated = rated(&system);
        let (level, weighing) = if is_banned { (None, VeryHigh) } else { (Some(Low), Low) };
        assert_eq!((rated.is_banned, rated.inherent, rated.residual), (is_banned, level, level), "{what}");
        assert_eq!((rated.weighing_level(), rated.is_provisional()), (weighing, is_banned), "{what}");
        assert_eq!(rated.harms.len(), 1, "what was entered stays");
    };
    case("nothing said", false, &|_| ());
    case("the mark", true, &|system| system.banned_use = true);
    case("RU-01", true, &|system| system.screening = Some(screened("", "", "RU-01")));
    case("RU-02", false, &|system| system.screening = Some(screened("", "", "RU-02")));
    case("settled in words", true, &|system| {
        let mut screening = screened("", "", "RU-01");
        screening.restricted[0].settled = "We see it otherwise.".to_owned();
        system.screening = Some(screening);
    });
    case("prohibited", true, &|system| system.eu_act = path(&[("scope", Yes, &[]), ("prohibited", Yes, &["P-f"])]));
    case("not prohibited", false, &|system| system.eu_act = path(&[("scope", Yes, &[]), ("prohibited", No, &[])]));
    case("not known", false, &|system| system.eu_act = path(&[("scope", Yes, &[]), ("prohibited", Unknown, &[])]));
}

#[test]
fn the_full_form_is_asked_for_by_sensitive_uses_classes_and_grave_harms() {
    use FullFormReason::{Class, GraveHarm, SensitiveUse};
    use PathReply::{No, Yes};
    let case = |expected: &[FullFormReason], change: &dyn Fn(&mut System)| {
        let mut system = system(Vec::new(), Vec::new());
        change(&mut system);
        let rated = rated(&system);
        assert_eq!(rated.full_form, expected);
        assert_eq!(rated.is_sensitive, expected.iter().any(|reason| matches!(reason, SensitiveUse(_))));
        assert_eq!(rated.full_form_words(catalog()).len(), expected.len());
    };
    case(&[], &|_| ());
    case(&[], &|system| system.screening = Some(screened("", "", "RU-02")));
    case(&[SensitiveUse("ST-01".into()), SensitiveUse("ST-06".into())], &|system| {
        system.screening = Some(screened("ST-01", "ST-06", ""));
    });
    case(&[SensitiveUse(String::new())], &|system| system.sensitive_use = true);
    case(&[Class("high-risk".into())], &|system| {
        let answers: [(&str, PathReply, &[&str]); 3] =
            [("scope", Yes, &[]), ("prohibited", No, &[]), ("annex-i", Yes, &["AI-11"])];
        system.eu_act = path(&answers);
    });
    for (values, is_grave) in [("31111", false), ("41111", true), ("5111-", true), ("?1111", true), ("-1111", false)] {
        let expected: Vec<FullFormReason> = is_grave.then(|| GraveHarm("h".into())).into_iter().collect();
        case(&expected, &|system| system.impact.harms = vec![harm("h", values, "-----", "")]);
    }
}

#[test]
fn a_system_without_a_level_weighs_as_medium_and_a_sensitive_one_as_high() {
    let case = |expected: ImpactLevel, change: &dyn Fn(&mut System)| {
        let mut system = system(Vec::new(), Vec::new());
        change(&mut system);
        assert_eq!((rated(&system).weighing_level(), rated(&system).is_provisional()), (expected, true));
    };
    case(Medium, &|_| ());
    case(High, &|system| system.sensitive_use = true);
    case(High, &|system| system.screening = Some(screened("", "ST-04", "")));
    case(Low, &|system| system.impact.harms = vec![harm("h", "1?111", "-----", "")]);
}

fn any_step(scale: Scale) -> impl Strategy<Value = Option<Rated>> {
    option::weighted(0.9, prop_oneof![6 => (1..=scale.top()).prop_map(Rated::At), 1 => Just(Rated::Unknown)])
}

fn any_rating() -> impl Strategy<Value = Rating> {
    Scale::ALL.map(any_step).prop_map(|values| {
        Scale::ALL.into_iter().zip(values).fold(Rating::default(), |rating, (scale, value)| rating.with(scale, value))
    })
}

/// A matrix that never falls: each place is at least the one above and the one to the left.
fn any_matrix() -> impl Strategy<Value = Matrix> {
    let row = || collection::vec(sample::select(ImpactLevel::ALL.to_vec()), 5);
    collection::vec(row(), 5).prop_map(|rows| {
        let mut matrix = Matrix([[Low; 5]; 5]);
        for (severity, row) in rows.into_iter().enumerate() {
            for (likelihood, level) in row.into_iter().enumerate() {
                let above = severity.checked_sub(1).map_or(Low, |above| matrix.0[above][likelihood]);
                let left = likelihood.checked_sub(1).map_or(Low, |left| matrix.0[severity][left]);
                // Mostly as above or to the left, so that the levels do not all gather at the top.
                let step = if (severity + likelihood) % 3 == 0 { level } else { Low };
                matrix.0[severity][likelihood] = step.max(above).max(left);
            }
        }
        matrix
    })
}

fn any_harm() -> impl Strategy<Value = Harm> {
    let measures = sample::subsequence(vec!["shown", "avoids", "stale", "bare"], 0..=3);
    (any_rating(), any_rating(), measures, any::<bool>()).prop_map(|(before, after, measures, is_accepted)| Harm {
        before,
        after,
        approver_reason: if is_accepted { "It cannot happen.".to_owned() } else { String::new() },
        ..harm("h", "-----", "-----", &measures.join(" "))
    })
}

fn all_measures() -> Vec<Measure> {
    vec![
        measure("shown", MeasureKind::Lower, "e1"),
        measure("avoids", MeasureKind::Avoid, "e1"),
        measure("stale", MeasureKind::Lower, "e2"),
        measure("bare", MeasureKind::Avoid, ""),
    ]
}

/// Some harms, and a matrix of the organization in force.
fn any_system() -> impl Strategy<Value = (Assessment, System)> {
    (collection::vec(any_harm(), 0..4), option::of(any_matrix())).prop_map(|(harms, matrix)| {
        let mut assessment = with_evidence();
        assessment.criteria =
            OwnCriteria { approved_by: "Ann".into(), approved_on: Some(as_of()), matrix, ..OwnCriteria::default() };
        let numbered = harms.into_iter().enumerate();
        let harms = numbered.map(|(number, harm)| Harm { id: format!("h{number}"), ..harm }).collect();
        (assessment, system(harms, all_measures()))
    })
}

/// The same or a worse value; that nobody knows is the worst.
fn raised(value: Option<Rated>, scale: Scale, by: u8) -> Option<Rated> {
    match value {
        None => Some(Rated::At(1 + by % scale.top())),
        Some(Rated::At(step)) if step + by <= scale.top() => Some(Rated::At(step + by)),
        Some(Rated::At(_) | Rated::Unknown) => Some(Rated::Unknown),
    }
}

proptest! {
    #[test]
    fn the_matrices_of_these_tests_never_fall(matrix in any_matrix()) {
        prop_assert_eq!(matrix.falls_at(), None);
    }

    #[test]
    fn raising_a_rating_never_lowers_the_level_of_its_harm(
        rating in any_rating(), scale in sample::select(Scale::ALL.to_vec()), by in 0..5_u8, matrix in any_matrix(),
    ) {
        // A scale that was never asked counts as its top already, unless it keeps the harm from being rated.
        prop_assume!(rating.on(scale).is_some() || rate(&rating, &matrix).is_none());
        let higher = rating.with(scale, raised(rating.on(scale), scale, by));
        let level = |rating: &Rating| rate(rating, &matrix).map(|rated| rated.level);
        prop_assert!(level(&higher) >= level(&rating));
    }

    #[test]
    fn raising_a_rating_never_lowers_the_level_of_the_system(
        (assessment, system) in any_system(), nth in 0..4_usize, scale in sample::select(Scale::ALL.to_vec()), by in 0..5_u8,
    ) {
        let mut higher = system.clone();
        let Some(harm) = higher.impact.harms.get_mut(nth) else { return Ok(()) };
        prop_assume!(harm.before.on(scale).is_some() || rate(&harm.before, &Matrix::PROPOSED).is_none());
        harm.before = harm.before.with(scale, raised(harm.before.on(scale), scale, by));
        let inherent = |system: &System| rated_under(catalog(), &assessment, system).inherent;
        prop_assert!(inherent(&higher) >= inherent(&system));
    }

    #[test]
    fn one_more_harm_never_lowers_a_level((assessment, system) in any_system(), added in any_harm()) {
        let mut more = system.clone();
        more.impact.harms.push(Harm { id: "more".into(), ..added });
        let (fewer, more) = (rated_under(catalog(), &assessment, &system), rated_under(catalog(), &assessment, &more));
        prop_assert!(more.inherent >= fewer.inherent);
        prop_assert!(more.residual >= fewer.residual);
    }

    #[test]
    fn a_measure_never_lifts_what_remains_above_both_ratings(
        (assessment, system) in any_system(), nth in 0..4_usize, added in sample::select(vec!["shown", "avoids", "stale"]),
    ) {
        let mut treated = system;
        let Some(harm) = treated.impact.harms.get_mut(nth) else { return Ok(()) };
        harm.measures.push(added.to_owned());
        let rated = rated_under(catalog(), &assessment, &treated);
        for harm in &rated.harms {
            let residual = harm.residual.map(|(level, _)| level);
            prop_assert_eq!(residual.is_some(), harm.inherent.is_some());
            prop_assert!(residual <= highest(harm));
        }
        prop_assert!(rated.residual <= rated.harms.iter().map(highest).max().flatten());
    }
}

/// The higher of the two levels of a harm as rated.
fn highest(harm: &HarmRating) -> Option<ImpactLevel> {
    [&harm.inherent, &harm.after].into_iter().flatten().map(|rated| rated.level).max()
}

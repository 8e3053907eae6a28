//! Figures, status and marks of whole assessments, against values computed by hand from the scoring contract.

use crate::{
    model::{
        answer::{CheckAnswer, LevelAnswer},
        assessment::Assessment,
        catalog::Catalog,
        lens::LensGroup,
        level::ImpactLevel,
        profile::AiRole,
    },
    score::{
        ProvisionalReason, Standing,
        credit::Cap,
        figures::{Figures, ScopeState, Status},
        ratio::Ratio,
        sample::{
            add_system, answer, as_of, catalog, exclude, facing, level, nothing_said, reference, requirement, say, show,
        },
        score,
        verdict::Verdict,
    },
};

/// Numerator and denominator.
fn fraction(ratio: Option<Ratio>) -> Option<(u64, u64)> {
    ratio.map(|ratio| (ratio.numerator, ratio.denominator))
}

/// A catalogue of one category with that many requirements of base 1 and one critical check `a`.
fn clause_4(count: usize) -> Catalog {
    catalog((1..=count).map(|number| requirement(&format!("4.{number}"), 1, "a!")), [])
}

/// Answers a requirement so that it has that verdict. All but `Undetermined` have a level.
fn give(assessment: &mut Assessment, id: &str, verdict: Verdict) {
    match verdict {
        Verdict::MajorGap => say(assessment, id, "3", "a=N"),
        Verdict::MinorGap => say(assessment, id, "3", "a=P"),
        Verdict::Undetermined => say(assessment, id, "3", "a=?"),
        Verdict::NotShown => say(assessment, id, "3", "a=Y"),
        Verdict::Conforming => {
            say(assessment, id, "3", "a=Y");
            show(assessment, id, "2026-06-01");
        }
        Verdict::NotApplicable => exclude(assessment, id),
    }
}

/// The standing of a category whose requirements have those verdicts.
fn category_of(verdicts: &[Verdict]) -> Figures {
    let mut assessment = nothing_said();
    for (index, verdict) in verdicts.iter().enumerate() {
        give(&mut assessment, &format!("4.{}", index + 1), *verdict);
    }
    score(&clause_4(verdicts.len()), &assessment, as_of()).categories[0].1.clone()
}

/// The worked example of the contract: R1 = 4.1, R2 = 4.2, R3 = 4.3.
fn worked_example() -> Standing {
    let catalog =
        catalog([requirement("4.1", 3, "a! b"), requirement("4.2", 2, "a! b c"), requirement("4.3", 1, "a! b")], []);
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "4", "a=Y b=Y");
    show(&mut assessment, "4.1", "2026-05-01");
    say(&mut assessment, "4.2", "3", "a=Y b=P c=Y");
    score(&catalog, &assessment, as_of())
}

#[test]
fn the_worked_example_holds_to_the_digit() {
    let standing = worked_example();
    let [r1, r2, r3] = standing.requirements.as_slice() else { panic!("three requirements") };
    assert_eq!((r1.judgement.verdict, r1.credited), (Verdict::Conforming, Some(level(4))));
    assert_eq!((r2.judgement.verdict, r2.credited), (Verdict::MinorGap, Some(level(2))));
    assert_eq!(r2.caps, [Cap::NoEvidence, Cap::PartlyOrOpen]);
    assert_eq!(r2.binding_caps().collect::<Vec<_>>(), [Cap::NoEvidence]);
    assert_eq!((r3.judgement.verdict, r3.credited), (Verdict::Undetermined, None));

    let figures = standing.category(reference("4")).expect("the category");
    let printed = |ratio: Option<Ratio>| ratio.map(|ratio| ratio.to_string()).unwrap_or_default();
    assert_eq!((fraction(figures.claimed), printed(figures.claimed)), (Some((72, 20)), "3.6".into()));
    assert_eq!((fraction(figures.credited), printed(figures.credited)), (Some((64, 20)), "3.2".into()));
    assert_eq!((fraction(figures.low), printed(figures.low)), (Some((64, 24)), "2.7".into()));
    assert_eq!((fraction(figures.high), printed(figures.high)), (Some((84, 24)), "3.5".into()));
    assert_eq!(fraction(figures.coverage()), Some((20, 24)));
    assert_eq!(figures.coverage().map(Ratio::percent), Some(83));
    assert_eq!((figures.checks.answered, figures.checks.total), (5, 7));
    assert_eq!((figures.levels.answered, figures.levels.total), (2, 3));
    assert_eq!(figures.floor, Some((level(2), reference("4.2"))));
    assert_eq!((figures.status, figures.provisional), (Some(Status::Incomplete), true));
    assert_eq!(fraction(standing.management_system.credited), Some((64, 20)), "the group is the category here");
    assert_eq!((standing.whole.status, standing.whole.provisional), (Some(Status::Incomplete), true));
    assert_eq!(standing.provisional, [ProvisionalReason::OpenChecks]);
}

#[test]
fn the_first_status_that_fits_stands() {
    use Verdict::{Conforming, MajorGap, MinorGap, NotShown, Undetermined};
    let case = |verdicts: &[Verdict]| category_of(verdicts).status.map(Status::name);
    assert_eq!(case(&[MajorGap, Undetermined, MinorGap, NotShown, Conforming]), Some("Major gaps"));
    assert_eq!(case(&[Undetermined, MinorGap, NotShown, Conforming]), Some("Incomplete"));
    assert_eq!(case(&[MinorGap, NotShown, Conforming]), Some("Minor gaps"));
    assert_eq!(case(&[NotShown, Conforming]), Some("Not yet shown"));
    assert_eq!(case(&[Conforming, Conforming]), Some("No known gap"));
}

/// Status and provisional mark of a category in which all checks are yes and shown, and some levels are missing.
fn with_levels(levels: usize, of: usize) -> (Option<Status>, bool) {
    let mut assessment = nothing_said();
    for number in 1..=of {
        say(&mut assessment, &format!("4.{number}"), if number <= levels { "3" } else { "?" }, "a=Y");
        show(&mut assessment, &format!("4.{number}"), "2026-06-01");
    }
    let standing = score(&clause_4(of), &assessment, as_of());
    let figures = &standing.categories[0].1;
    (figures.status, figures.provisional)
}

#[test]
fn coverage_decides_at_80_and_at_95_percent() {
    assert_eq!(with_levels(15, 19), (Some(Status::Incomplete), true), "78.9 percent");
    assert_eq!(with_levels(4, 5), (Some(Status::NoKnownGap), true), "80 percent is enough for a status");
    assert_eq!(with_levels(18, 19), (Some(Status::NoKnownGap), true), "94.7 percent");
    assert_eq!(with_levels(19, 20), (Some(Status::NoKnownGap), false), "95 percent is settled");
    assert_eq!(with_levels(1, 1), (Some(Status::NoKnownGap), false));
}

#[test]
fn the_whole_goes_by_the_lower_coverage_of_the_two_groups() {
    let catalog = catalog(
        (1..=9).map(|n| requirement(&format!("4.{n}"), 3, "a!")).chain([
            requirement("A.2.2", 1, "a!"),
            requirement("A.2.3", 1, "a!"),
            requirement("A.2.4", 1, "a!"),
        ]),
        [],
    );
    let mut assessment = nothing_said();
    let ids: Vec<String> = catalog.requirements().map(|requirement| requirement.id.to_string()).collect();
    for id in &ids {
        give(&mut assessment, id, Verdict::Conforming);
    }
    say(&mut assessment, "A.2.4", "", "a=Y");
    let standing = score(&catalog, &assessment, as_of());
    assert_eq!(fraction(standing.whole.coverage()), Some((9 * 12 + 2 * 4, 9 * 12 + 3 * 4)), "96 percent over all");
    assert_eq!(standing.management_system.status, Some(Status::NoKnownGap));
    assert_eq!(standing.controls.status, Some(Status::Incomplete), "67 percent");
    assert_eq!((standing.whole.status, standing.whole.provisional), (Some(Status::Incomplete), true));

    for id in ["A.2.2", "A.2.3", "A.2.4"] {
        exclude(&mut assessment, id);
    }
    let standing = score(&catalog, &assessment, as_of());
    assert_eq!(standing.controls.status, None, "nothing is applicable there");
    assert_eq!((standing.whole.status, standing.whole.provisional), (Some(Status::NoKnownGap), true));
    assert_eq!(standing.provisional, [ProvisionalReason::AllControlsExcluded]);
}

#[test]
fn a_scope_without_a_figure_says_why() {
    let said = |level: &str, checks: &str| {
        let mut assessment = nothing_said();
        say(&mut assessment, "A.4.2", level, checks);
        assessment
    };
    let words_of = |assessment: &Assessment| {
        let catalog = catalog([requirement("A.4.2", 1, "a! b? c~")], []);
        let figures = score(&catalog, assessment, as_of()).controls;
        assert_eq!(figures.credited.is_some(), figures.state == ScopeState::Assessed);
        figures.state.instead_of_figure()
    };
    let words = |level: &str, checks: &str| words_of(&said(level, checks));
    assert_eq!(words("", ""), Some("not assessed"));
    assert_eq!(words("?", "a=? b=?"), Some("not assessed"), "only unknown");
    assert_eq!(words("", "c=Y"), Some("not assessed"), "guidance changes no figure");
    assert_eq!(words("?", "a=N"), Some("no level yet"));
    assert_eq!(words("0", ""), None);
    let mut excluded = said("3", "a=Y");
    exclude(&mut excluded, "A.4.2");
    assert_eq!(words_of(&excluded), Some("not applicable"));
}

#[test]
fn weights_count_in_every_sum() {
    let catalog = catalog([requirement("4.1", 1, "a!"), facing(requirement("4.2", 3, "a!"))], []);
    let mut assessment = nothing_said();
    give(&mut assessment, "4.1", Verdict::Conforming);
    say(&mut assessment, "4.2", "1", "a=Y");
    let credited = |assessment: &Assessment| fraction(score(&catalog, assessment, as_of()).management_system.credited);
    assert_eq!(credited(&assessment), Some((4 * 3 + 12, 4 + 12)), "no system");
    add_system(&mut assessment, "bot", Some(ImpactLevel::VeryHigh));
    assert_eq!(credited(&assessment), Some((4 * 3 + 24, 4 + 24)), "a very high impact doubles what faces it");
}

#[test]
fn the_floor_is_the_lowest_and_the_first_of_those() {
    let catalog = catalog(["4.4", "9.1", "10.1"].map(|id| requirement(id, 1, "a!")), []);
    let mut assessment = nothing_said();
    say(&mut assessment, "4.4", "2", "a=Y");
    say(&mut assessment, "10.1", "1", "a=Y");
    say(&mut assessment, "9.1", "1", "a=Y");
    let floor = score(&catalog, &assessment, as_of()).management_system.floor;
    assert_eq!(floor, Some((level(1), reference("9.1"))));
}

#[test]
fn an_exclusion_takes_a_control_out_and_the_figure_beside_it_keeps_it() {
    let catalog = catalog(["A.4.2", "A.4.3"].map(|id| requirement(id, 1, "a! b~")), []);
    let mut assessment = nothing_said();
    give(&mut assessment, "A.4.2", Verdict::Conforming);
    say(&mut assessment, "A.4.3", "0", "a=N");
    let before = score(&catalog, &assessment, as_of()).controls;
    assert_eq!((fraction(before.credited), fraction(before.without_exclusions)), (Some((12, 8)), None));

    exclude(&mut assessment, "A.4.3");
    let standing = score(&catalog, &assessment, as_of());
    let after = &standing.controls;
    assert_eq!((fraction(after.credited), fraction(after.without_exclusions)), (Some((12, 4)), Some((12, 8))));
    assert_eq!((after.applicable(), after.count_of(Verdict::NotApplicable)), (1, 1));
    assert_eq!((fraction(after.coverage()), after.improvement_points), (Some((4, 4)), 1));
    assert_eq!((after.status, after.provisional), (Some(Status::NoKnownGap), false));
    assert_eq!(standing.shown(), 1);

    exclude(&mut assessment, "A.4.2");
    let figures = score(&catalog, &assessment, as_of()).controls;
    assert_eq!((figures.state, figures.status), (ScopeState::NotApplicable, None));
    assert_eq!((figures.credited, figures.low, figures.floor), (None, None, None));
    assert_eq!(fraction(figures.without_exclusions), Some((12, 8)));
}

#[test]
fn a_lens_group_counts_by_the_same_rules() {
    let catalog = catalog(["4.1", "5.1", "A.4.2"].map(|id| requirement(id, 2, "a!")), []);
    let mut assessment = nothing_said();
    give(&mut assessment, "4.1", Verdict::Conforming);
    give(&mut assessment, "A.4.2", Verdict::MajorGap);
    let group = LensGroup::of("g", ["A.4.2", "4.1", "4.1", "10.2"].map(reference));
    let figures = score(&catalog, &assessment, as_of()).lens_group(&group);
    assert_eq!(
        fraction(figures.credited),
        Some((8 * 3 + 8, 16)),
        "each once; what is not in the catalogue is left out"
    );
    assert_eq!((figures.status, figures.provisional), (Some(Status::MajorGaps), true));
}

#[test]
fn more_than_three_minor_gaps_of_one_category_are_announced() {
    use Verdict::{Conforming, MajorGap, MinorGap};
    let sentence = |verdicts: &[Verdict]| category_of(verdicts).many_minor_gaps(reference("4"));
    assert_eq!(sentence(&[MinorGap, MinorGap, MinorGap, MajorGap, MajorGap]), None);
    assert_eq!(
        sentence(&[MinorGap, MinorGap, MinorGap, MinorGap, Conforming]).as_deref(),
        Some("4 of 5 requirements of clause 4 have gaps: a certification body may raise one major")
    );
}

#[test]
fn indicative_verdicts_and_improvement_points_are_counted() {
    let catalog = catalog(["4.1", "4.2"].map(|id| requirement(id, 1, "a! b c~ d~ e?~")), []);
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "2", "a=Y c=Y e=-");
    say(&mut assessment, "4.2", "2", "a=N c=N e=P");
    let figures = score(&catalog, &assessment, as_of()).management_system;
    assert_eq!(figures.indicative, 1, "4.2 rests on a critical no");
    assert_eq!(figures.improvement_points, 4, "d of 4.1; c, d and e of 4.2");
}

/// The reasons for which a fully answered and shown assessment turns provisional after a change.
fn provisional_after(change: impl FnOnce(&mut Assessment)) -> Vec<ProvisionalReason> {
    let catalog = catalog(["4.1", "A.4.2", "A.4.3"].map(|id| requirement(id, 1, "a! b~")), []);
    let mut assessment = nothing_said();
    for id in ["4.1", "A.4.2", "A.4.3"] {
        give(&mut assessment, id, Verdict::Conforming);
    }
    change(&mut assessment);
    let standing = score(&catalog, &assessment, as_of());
    let is_marked = standing.categories.iter().any(|(_, figures)| figures.provisional);
    assert_eq!(is_marked, !standing.provisional.is_empty(), "every applicable scope carries the mark of the file");
    standing.provisional
}

#[test]
fn a_file_is_provisional_for_each_of_its_reasons() {
    assert_eq!(provisional_after(|_| ()), []);
    assert_eq!(provisional_after(|a| say(a, "4.1", "3", "a=?")), [ProvisionalReason::OpenChecks]);
    assert_eq!(
        provisional_after(|a| {
            say(a, "A.4.2", "", "");
            exclude(a, "A.4.2");
        }),
        [],
        "open checks of an excluded control do not count"
    );
    assert_eq!(
        provisional_after(|a| answer(a, "4.1").disputed_levels = vec![LevelAnswer::Unknown]),
        [ProvisionalReason::Disputed]
    );
    assert_eq!(
        provisional_after(|a| answer(a, "4.1").checks[0].disputed = vec![CheckAnswer::Yes]),
        [ProvisionalReason::Disputed]
    );
    assert_eq!(
        provisional_after(|a| {
            exclude(a, "A.4.2");
            answer(a, "A.4.2").exclusion.as_mut().expect("just set").disputed = true;
        }),
        [ProvisionalReason::Disputed]
    );
    assert_eq!(provisional_after(|a| add_system(a, "bot", None).in_scope = true), [ProvisionalReason::SystemLevel]);
    assert_eq!(provisional_after(|a| add_system(a, "bot", Some(ImpactLevel::Low)).in_scope = true), []);
    assert_eq!(provisional_after(|a| add_system(a, "bot", None).in_scope = false), []);
    assert_eq!(
        provisional_after(|a| {
            exclude(a, "A.4.2");
            exclude(a, "A.4.3");
        }),
        [ProvisionalReason::AllControlsExcluded]
    );
}

#[test]
fn an_exclusion_is_to_be_reviewed_when_roles_or_systems_changed() {
    let after = |roles: &[AiRole], systems: &[&str]| {
        provisional_after(|a| {
            a.profile.roles = vec![AiRole::User, AiRole::Producer];
            add_system(a, "bot", Some(ImpactLevel::Low));
            add_system(a, "crm", Some(ImpactLevel::Low));
            add_system(a, "old", Some(ImpactLevel::Low)).in_scope = false;
            exclude(a, "A.4.2");
            let exclusion = answer(a, "A.4.2").exclusion.as_mut().expect("just set");
            exclusion.roles = roles.to_vec();
            exclusion.systems = systems.iter().map(|id| (*id).to_owned()).collect();
        })
    };
    assert_eq!(after(&[AiRole::User, AiRole::Producer], &["bot", "crm"]), []);
    assert_eq!(after(&[AiRole::Producer, AiRole::User], &["crm", "bot"]), [], "another sequence is no change");
    assert_eq!(after(&[AiRole::User], &["bot", "crm"]), [ProvisionalReason::ExclusionToReview]);
    assert_eq!(after(&[AiRole::User, AiRole::Producer], &["bot"]), [ProvisionalReason::ExclusionToReview]);
    assert_eq!(
        after(&[AiRole::User, AiRole::Producer], &["bot", "crm", "old"]),
        [ProvisionalReason::ExclusionToReview]
    );
}

#[test]
fn an_exclusion_whose_control_left_the_catalogue_asks_for_no_review() {
    let of_orphan = provisional_after(|a| {
        a.profile.roles = vec![AiRole::User];
        exclude(a, "A.11.2");
    });
    assert_eq!(of_orphan, []);
}

//! The properties that hold for every merge.

use std::path::Path;

use chrono::NaiveDate;
use proptest::{collection, prelude::*, sample};

use crate::{
    merge::{
        dispute::disputes,
        merge,
        sample::{Act, acts, base, one_act, side},
    },
    model::{
        answer::{CheckAnswer, CheckResponse, LevelAnswer},
        arbitrary,
        assessment::Assessment,
        edit::{Change, Edit},
    },
    score::{properties::catalog, score},
    store::{Loaded, layout},
};

/// A base with disputes in it, and what two people made of it.
fn three() -> impl Strategy<Value = [Assessment; 3]> {
    (base(), acts(40), acts(40)).prop_map(|(base, ours, theirs)| {
        let [ours, theirs] = [("Ann", ours), ("Ben", theirs)].map(|(by, acts)| side(&base, by, &acts));
        [base, ours, theirs]
    })
}

/// Three assessments that have nothing to do with each other.
fn strangers() -> impl Strategy<Value = [Assessment; 3]> {
    let any = || arbitrary::assessment(catalog());
    (any(), any(), any()).prop_map(|(base, ours, theirs)| [base, ours, theirs])
}

/// What must hold for any three states.
fn check_laws([base, ours, theirs]: &[Assessment; 3]) -> Result<Assessment, TestCaseError> {
    let merged = |base, ours, theirs| merge(base, ours, theirs).assessment;
    prop_assert_eq!(&merged(base, ours, ours), ours);
    prop_assert_eq!(&merged(base, base, theirs), theirs);
    prop_assert_eq!(&merged(base, ours, base), ours);
    let both = merged(base, ours, theirs);
    check_same(&both, &merged(base, theirs, ours), "commutative")?;
    check_same(&merged(base, &both, ours), &both, "idempotent with the first side")?;
    check_same(&merged(base, &both, theirs), &both, "idempotent with the second side")?;
    check_same(&merged(base, ours, &both), &both, "idempotent the other way round")?;
    Ok(both)
}

/// That two assessments are the same; names the lines of the save in which they are not.
fn check_same(one: &Assessment, other: &Assessment, law: &str) -> Result<(), TestCaseError> {
    let [ours, theirs] = [one, other].map(layout::print);
    let differing = ours.lines().zip(theirs.lines()).enumerate().filter(|(_, (a, b))| a != b).take(8);
    let lines: Vec<String> = differing.map(|(number, (a, b))| format!("{number}:\n  {a}\n  {b}")).collect();
    prop_assert!(one == other, "{}:\n{}", law, lines.join("\n"));
    Ok(())
}

/// That a save holds it and gives it back.
fn check_save(assessment: &Assessment) -> Result<(), TestCaseError> {
    let text = layout::print(assessment);
    let loaded = Loaded::from_text(Path::new("a.ron"), text.clone(), catalog());
    let loaded = loaded.map_err(|problems| TestCaseError::fail(format!("{problems:?}")))?;
    prop_assert_eq!(&loaded.assessment, assessment);
    prop_assert_eq!(layout::print(&loaded.assessment), text);
    Ok(())
}

/// All that people wrote in words: paragraphs of notes.
fn has_paragraphs(assessment: &Assessment, note: &str) -> bool {
    let notes = || assessment.answers.values().map(|answer| answer.note.as_str());
    crate::merge::values::paragraphs(note).iter().all(|paragraph| notes().any(|note| note.contains(paragraph.as_str())))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn people_who_work_on_the_same_base_can_be_merged(three in three()) {
        let both = check_laws(&three)?;
        check_save(&both)?;
    }

    #[test]
    fn even_strangers_can_be_merged(three in strangers()) {
        let both = check_laws(&three)?;
        check_save(&both)?;
    }

    #[test]
    fn nothing_that_one_side_wrote_newly_is_lost([base, ours, theirs] in three()) {
        let both = merge(&base, &ours, &theirs).assessment;
        for side in [&ours, &theirs] {
            for (id, answer) in &side.answers {
                let before = base.answer(*id);
                let now = both.answer(*id);
                if before.is_none_or(|before| before.note != answer.note && before.note.is_empty()) {
                    prop_assert!(has_paragraphs(&both, &answer.note), "note of {}", id);
                }
                let level = answer.level.filter(|_| before.is_none_or(|before| before.level != answer.level));
                let stated = now.map(|now| [now.level.as_slice(), &now.disputed_levels].concat()).unwrap_or_default();
                prop_assert!(level.is_none_or(|level| stated.contains(&level)), "level of {}", id);
                for response in &answer.checks {
                    let is_new = before.and_then(|before| before.check(&response.check)).is_none_or(|b| b.answer != response.answer);
                    let now = now.and_then(|now| now.check(&response.check));
                    let is_kept = now.is_some_and(|now| now.answer == response.answer || now.disputed.contains(&response.answer));
                    prop_assert!(!is_new || is_kept, "check {} of {}", &response.check, id);
                }
            }
            for item in side.evidence.iter().filter(|item| base.evidence_item(&item.id).is_none()) {
                let is_kept = both.evidence.iter().any(|kept| kept.title == item.title && kept.serves == item.serves);
                prop_assert!(is_kept, "evidence {}", &item.id);
            }
        }
    }

    #[test]
    fn what_only_one_side_changed_is_as_it_made_it(base in base(), acts in acts(60)) {
        let ours = side(&base, "Ann", &acts);
        let mut theirs = base.clone();
        theirs.profile.organization.push_str(" Ltd");
        let mut expected = ours.clone();
        let is_untouched = ours.profile.organization == base.profile.organization
            && base.collisions.iter().all(|collision| collision.place.0 != ["profile", "organization"]);
        prop_assume!(is_untouched);
        expected.profile.organization = theirs.profile.organization.clone();
        check_same(&merge(&base, &ours, &theirs).assessment, &expected, "only one side")?;
    }

    #[test]
    fn every_dispute_can_be_settled_in_every_way_and_opened_again([base, ours, theirs] in three()) {
        let mut both = merge(&base, &ours, &theirs).assessment;
        let by = |change| Edit { by: "Cem".into(), on: NaiveDate::default(), at: None, change };
        let all = disputes(&both);
        prop_assert_eq!(all.iter().map(|dispute| dispute.place.clone()).collect::<Vec<_>>(), both.disputed_places());
        for dispute in &all {
            prop_assert!(!dispute.options.is_empty());
            for option in &dispute.options {
                let mut settled = both.clone();
                let undo = settled.apply(&by(option.change.clone()));
                prop_assert!(disputes(&settled).len() < all.len(), "{:?} settles it", option);
                settled.apply(&by(undo));
                prop_assert_eq!(disputes(&settled), all.clone());
            }
        }
        for _ in 0..all.len() {
            if let Some(dispute) = disputes(&both).first() {
                both.apply(&by(dispute.options[0].change.clone()));
            }
        }
        prop_assert_eq!(disputes(&both), vec![]);
    }

    #[test]
    fn no_disputed_answer_scores_better_than_either_side(
        base in arbitrary::assessment(catalog()),
        requirement in sample::select(catalog().requirements().collect::<Vec<_>>()),
        levels in (arbitrary::level_answer(), arbitrary::level_answer()),
        answers in (sample::select(CHECKS.to_vec()), sample::select(CHECKS.to_vec())),
        on_check in any::<bool>(),
        as_of in arbitrary::date(),
    ) {
        let check = &requirement.checks[0];
        let change = |level: LevelAnswer, answer: CheckAnswer| match on_check {
            true => Change::check(requirement.id, CheckResponse::new(check.id.to_string(), answer)),
            false => Change::level(requirement.id, level),
        };
        let stated = |change| {
            let mut side = base.clone();
            side.apply(&Edit { by: "Ann".into(), on: NaiveDate::default(), at: None, change });
            side
        };
        let (ours, theirs) = (stated(change(levels.0, answers.0)), stated(change(levels.1, answers.1)));
        let merged = merge(&base, &ours, &theirs);
        prop_assume!(merged.collided().next().is_some());
        let [both, ours, theirs] = [&merged.assessment, &ours, &theirs].map(|side| {
            score(catalog(), side, as_of).requirement(requirement.id).expect("a requirement of the catalogue").clone()
        });
        // `Unknown` is no level: of it and a number the number counts (scoring rule 2).
        for side in [ours, theirs].iter().filter(|side| side.claimed().is_some()) {
            prop_assert!(both.claimed() <= side.claimed(), "{:?} {:?}", both, side);
            prop_assert!(both.credited <= side.credited, "{:?} {:?}", both, side);
        }
    }
}

const CHECKS: [CheckAnswer; 5] =
    [CheckAnswer::No, CheckAnswer::Partly, CheckAnswer::Unknown, CheckAnswer::NoOccasion, CheckAnswer::Yes];

/// Five people, 200 edits each.
fn five() -> impl Strategy<Value = (Assessment, Vec<Vec<Act>>)> {
    (base(), collection::vec(collection::vec(one_act(), 200), 5))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn five_people_end_in_the_same_state_in_whatever_order_they_merge(
        (base, people) in five(),
        orders in collection::vec(Just(vec![0, 1, 2, 3, 4]).prop_shuffle(), 4),
    ) {
        let names = ["Ann", "Ben", "Cem", "Dee", "Eva"];
        let sides: Vec<Assessment> = names.iter().zip(&people).map(|(by, acts)| side(&base, by, acts)).collect();
        let fold = |order: &[usize]| {
            order.iter().map(|nth| &sides[*nth]).fold(base.clone(), |state, side| merge(&base, &state, side).assessment)
        };
        let expected = fold(&[0, 1, 2, 3, 4]);
        for order in orders {
            check_same(&fold(&order), &expected, "one after the other")?;
            let (first, rest) = order.split_at(2);
            check_same(&merge(&base, &fold(first), &fold(rest)).assessment, &expected, "in two groups")?;
        }
        check_save(&expected)?;
    }
}

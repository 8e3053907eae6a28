//! The properties that hold for every comparison.

use proptest::prelude::*;

use crate::{
    compare::{compare, round::next_round},
    model::arbitrary,
    score::properties::catalog,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_parts_of_a_difference_add_up_to_it(
        before in arbitrary::assessment(catalog()),
        after in arbitrary::assessment(catalog()),
        then in arbitrary::date(),
        as_of in arbitrary::date(),
    ) {
        let comparison = compare(catalog(), &before, &after, as_of, Some(then));
        let shifts = comparison.scopes.iter().flat_map(|change| [change.claimed, change.credited]);
        for shift in shifts {
            prop_assert_eq!(shift.split.is_some(), shift.before.is_some() && shift.after.is_some());
            if let Some(split) = shift.split {
                prop_assert_eq!(split.answers + split.weights + split.age, split.total);
            }
        }
        for split in comparison.requirements.iter().filter_map(|change| change.credited) {
            prop_assert_eq!(split.answers + split.age, split.total);
        }
        for change in &comparison.whole.verdicts {
            prop_assert_eq!(change.by_answers + change.by_age, change.after as i64 - change.before as i64);
        }
    }

    #[test]
    fn an_assessment_does_not_differ_from_itself(one in arbitrary::assessment(catalog()), as_of in arbitrary::date()) {
        prop_assert!(compare(catalog(), &one, &one, as_of, None).is_empty());
    }

    #[test]
    fn on_the_day_it_begins_a_next_round_differs_in_nothing(
        one in arbitrary::assessment(catalog()),
        as_of in arbitrary::date(),
    ) {
        let next = next_round(catalog(), &one, None, as_of);
        let comparison = compare(catalog(), &one, &next, as_of, None);
        prop_assert_eq!(comparison.before.on, as_of);
        prop_assert!(comparison.is_empty());
        prop_assert_eq!(next.rounds.len(), one.rounds.len() + 1);
    }
}

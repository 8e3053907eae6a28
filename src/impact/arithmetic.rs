//! How the ratings of a harm come to its level, in words: the same wherever it is shown.

use crate::{
    impact::rating::{Addition, HARD_TO_REVERSE, LASTING, RatedLevel, ResidualRule},
    model::{
        impact::harm::{Rated, Rating, Scale},
        level::ImpactLevel,
    },
};

/// The way from the ratings to their level, such as `gravity 4 + 1 for reach 4 -> severity 5, likelihood 3: high`.
pub fn arithmetic(rating: &Rating, rated: &RatedLevel) -> String {
    let additions = rated.additions.iter().map(|addition| format!(" + 1 for {}", cause(*addition, rating)));
    let gravity = said(rating, Scale::Gravity);
    let likelihood = said(rating, Scale::Likelihood);
    let severity = rated.severity;
    let floor = match rated.floor {
        Some(floor) => format!("{}, lifted to {} by {}", rated.by_matrix.name(), rated.level.name(), floor.id()),
        None => rated.level.name().to_owned(),
    };
    format!("{gravity}{} -> severity {severity}, {likelihood}: {floor}", additions.collect::<String>())
}

/// What follows from the ratings after measures, such as `after measures: medium, not counted (no current evidence)`.
pub fn after_measures(after: Option<&RatedLevel>, residual: Option<(ImpactLevel, ResidualRule)>) -> String {
    let Some(after) = after else { return "after measures: not rated".to_owned() };
    let level = after.level.name();
    let counted = match residual {
        None => return format!("after measures: {level}, not counted while the harm is not rated before them"),
        Some((_, ResidualRule::NotLowered)) => "not lower",
        Some((_, ResidualRule::AsRated)) => "shown by evidence",
        Some((_, ResidualRule::Avoided)) => "avoided, and accepted by the approver",
        Some((_, ResidualRule::NoMeasure)) => "not counted: no measure",
        Some((_, ResidualRule::Unproven)) => "not counted: no current evidence",
        Some((counted, ResidualRule::OneStep)) => {
            return format!(
                "after measures: {level}, counted as {}: only one step without avoiding it",
                counted.name()
            );
        }
    };
    format!("after measures: {level}, {counted}")
}

/// One value as it was said and as it counts.
fn said(rating: &Rating, scale: Scale) -> String {
    match rating.on(scale) {
        Some(Rated::At(step)) => format!("{} {step}", scale.name()),
        Some(Rated::Unknown) => format!("{} unknown, so {}", scale.name(), scale.top()),
        None => format!("{} not asked, so {}", scale.name(), scale.top()),
    }
}

/// What makes an addition.
fn cause(addition: Addition, rating: &Rating) -> String {
    let is_from = |scale: Scale, least: u8| match rating.on(scale) {
        Some(Rated::At(step)) => step >= least,
        Some(Rated::Unknown) | None => true,
    };
    match addition {
        Addition::Reach => said(rating, Scale::Reach),
        Addition::Lasting if is_from(Scale::Reversibility, HARD_TO_REVERSE) => said(rating, Scale::Reversibility),
        Addition::Lasting => {
            debug_assert!(is_from(Scale::Duration, LASTING), "one of the two made the addition");
            said(rating, Scale::Duration)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{impact::rating::rate, model::impact::criteria::Matrix};

    #[test]
    fn the_way_to_a_level_reads_like_this() {
        let case = |steps: [Option<Rated>; 5]| {
            let rating = Scale::ALL
                .into_iter()
                .zip(steps)
                .fold(Rating::default(), |rating, (scale, step)| rating.with(scale, step));
            rate(&rating, &Matrix::PROPOSED).map_or(String::new(), |rated| arithmetic(&rating, &rated))
        };
        let at = |step| Some(Rated::At(step));
        let unknown = Some(Rated::Unknown);
        assert_eq!(
            case([at(4), at(4), at(1), at(1), at(3)]),
            "gravity 4 + 1 for reach 4 -> severity 5, likelihood 3: high"
        );
        assert_eq!(case([at(2), at(1), at(1), at(1), at(2)]), "gravity 2 -> severity 2, likelihood 2: low");
        assert_eq!(
            case([at(4), at(1), at(4), at(1), at(1)]),
            "gravity 4 + 1 for reversibility 4 -> severity 5, likelihood 1: medium, lifted to high by FR-2"
        );
        assert_eq!(
            case([at(2), None, at(2), at(4), unknown]),
            "gravity 2 + 1 for reach not asked, so 5 + 1 for duration 4 -> severity 4, likelihood unknown, so 5: very high"
        );
        assert_eq!(case([at(2), at(2), at(2), at(2), None]), "", "not rated");
    }
}

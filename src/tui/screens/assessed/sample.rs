//! A system under test: a chatbot with two harms, a measure and evidence of it.

use crate::{
    model::{
        edit::Change,
        impact::{
            ImpactAssessment,
            harm::{Benefit, Harm, Measure, MeasureKind, Rated, Rating, Scale},
        },
        system::System,
    },
    tui::{
        sample::evidence,
        screens::View,
        testing::{Screen, assessment},
    },
};

/// Five digits as ratings in the order of the scales; `u` for unknown, `-` for not asked.
pub(crate) fn rating(steps: &str) -> Rating {
    let value = |step: char| match step {
        '-' => None,
        'u' => Some(Rated::Unknown),
        digit => Some(Rated::At(digit.to_digit(10).and_then(|d| u8::try_from(d).ok()).expect("a digit in a test"))),
    };
    Scale::ALL.into_iter().zip(steps.chars()).fold(Rating::default(), |rating, (scale, c)| rating.with(scale, value(c)))
}

/// A harm of the sample.
pub(crate) fn harm(id: &str, what: &str, before: &str, after: &str, measures: &[&str]) -> Harm {
    Harm {
        id: id.into(),
        what: what.into(),
        group: "AG-WRK".into(),
        dimension: "DM-PRI".into(),
        before: rating(before),
        after: rating(after),
        measures: measures.iter().map(|id| (*id).to_owned()).collect(),
        ..Harm::default()
    }
}

/// The system before anything is assessed.
pub(crate) fn bare() -> System {
    System { affected: vec!["AG-WRK".into()], ..System::named("bot", "Support bot") }
}

/// The system with harms, a measure and a benefit.
pub(crate) fn rated() -> System {
    let measure = Measure {
        id: "m01".into(),
        what: "Staff check each answer".into(),
        kind: MeasureKind::Lower,
        owner: "Ann".into(),
        due: Some("2026-12-01".parse().expect("a day")),
        evidence: vec!["check-log".into()],
        ..Measure::default()
    };
    let benefit = Benefit {
        id: "b01".into(),
        what: "Answers at night".into(),
        group: "night workers".into(),
        dimension: "DM-REL".into(),
        size: Some(Rated::At(3)),
        likelihood: Some(Rated::At(4)),
        support: "A pilot in May".into(),
    };
    let impact = ImpactAssessment {
        harms: vec![
            harm("h01", "Wrong advice costs somebody a right", "44213", "43212", &["m01"]),
            harm("h02", "Chats leak to colleagues", "22u12", "-----", &[]),
        ],
        measures: vec![measure],
        benefits: vec![benefit],
        ..ImpactAssessment::default()
    };
    System { impact, ..bare() }
}

/// A screen about a system of which the evidence register knows one check log.
pub(crate) fn screen(width: u16, height: u16, system: System, view: impl View + 'static) -> Screen {
    let changes = vec![evidence("Check log", Some("2026-09-01"), ""), Change::system("entry", system)];
    Screen::open(width, height, assessment(changes)).above(view)
}

/// The system as the assessment has it now.
pub(crate) fn system(screen: &Screen) -> System {
    screen.app.session.assessment().system("bot").expect("the system stays").clone()
}

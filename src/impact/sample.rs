//! Harms, measures and sign-offs for tests, each written in a line.

use crate::{
    impact::rating::{SystemRating, rate_system},
    model::{
        assessment::Assessment,
        catalog::Catalog,
        impact::{
            PromptAnswer, PromptReply,
            harm::{Harm, Measure, MeasureKind, NoHarm, Rated, Rating, Scale},
            sign_off::{Outcome, SignOff},
        },
        system::{RestrictedUse, Screening, System},
    },
    score::sample::{as_of, day, nothing_said, show},
};

pub(crate) use crate::score::properties::catalog;

/// A rating by its five values in the order of the scales: `4213?`, `?` unknown, `-` never asked.
pub(crate) fn rating(values: &str) -> Rating {
    let value = |value: char| match value {
        '-' => None,
        '?' => Some(Rated::Unknown),
        step => Some(Rated::At(step.to_digit(10).expect("a step in a test") as u8)),
    };
    Scale::ALL
        .into_iter()
        .zip(values.chars())
        .fold(Rating::default(), |rating, (scale, v)| rating.with(scale, value(v)))
}

/// A harm with its ratings before and after measures (`` for none) and the ids of its measures.
pub(crate) fn harm(id: &str, before: &str, after: &str, measures: &str) -> Harm {
    Harm {
        id: id.to_owned(),
        what: format!("What happens with {id}"),
        group: "AG-WRK".to_owned(),
        dimension: "DM-FAI".to_owned(),
        causes: vec!["design".to_owned()],
        before: rating(before),
        after: rating(after),
        measures: words(measures),
        approver_reason: String::new(),
    }
}

/// A measure of a kind with the ids of its evidence.
pub(crate) fn measure(id: &str, kind: MeasureKind, evidence: &str) -> Measure {
    Measure {
        id: id.to_owned(),
        what: format!("What {id} does"),
        kind,
        owner: "Ann".to_owned(),
        due: Some(day("2026-12-31")),
        evidence: words(evidence),
        ..Measure::default()
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// "No harm found", of a dimension or of the whole.
pub(crate) fn no_harm(dimension: Option<&str>, reason: &str) -> NoHarm {
    NoHarm { dimension: dimension.map(str::to_owned), reason: reason.to_owned() }
}

/// A screening that found these sensitive uses, is unsure of those, and found restricted ones that nobody settled.
pub(crate) fn screened(sensitive: &str, unsure: &str, restricted: &str) -> Screening {
    let restricted = words(restricted).into_iter().map(|id| RestrictedUse { id, settled: String::new() }).collect();
    Screening {
        on: day("2026-05-01"),
        by: "Ann".to_owned(),
        sensitive: words(sensitive),
        unsure: words(unsure),
        restricted,
    }
}

/// A sign-off prepared by Ann, reviewed by Bea and decided by Cem, on three days of May.
pub(crate) fn decided(outcome: Outcome) -> SignOff {
    SignOff {
        prepared_by: "Ann".to_owned(),
        prepared_on: Some(day("2026-05-04")),
        reviewed_by: "Bea".to_owned(),
        reviewed_on: Some(day("2026-05-05")),
        approved_by: "Cem".to_owned(),
        approved_on: Some(day("2026-05-06")),
        outcome: Some(outcome),
        ..SignOff::default()
    }
}

/// Answers a prompt of a system; the answers stay in order.
pub(crate) fn reply(system: &mut System, prompt: &str, reply: PromptReply) {
    system.impact.answers.retain(|answer| answer.prompt != prompt);
    system.impact.answers.push(PromptAnswer { prompt: prompt.to_owned(), reply });
    system.impact.answers.sort_by(|a, b| a.prompt.cmp(&b.prompt));
}

/// An assessment in which `e1` is current, `e2` stale and `e3` still to come on the day of the tests.
pub(crate) fn with_evidence() -> Assessment {
    let mut assessment = nothing_said();
    for date in ["2026-04-01", "2025-01-01", "2026-08-01"] {
        show(&mut assessment, "8.4", date);
    }
    assessment
}

/// The rating of a system beside [`with_evidence`], under the built-in catalogue.
pub(crate) fn rated(system: &System) -> SystemRating {
    rated_under(catalog(), &with_evidence(), system)
}

pub(crate) fn rated_under(catalog: &Catalog, assessment: &Assessment, system: &System) -> SystemRating {
    rate_system(catalog, assessment, system, as_of())
}

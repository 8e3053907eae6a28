//! What the place of a prompt holds now, and the screen that shows it.

use crate::{
    impact::arithmetic::{after_measures, arithmetic},
    model::{
        impact::{
            form::Place,
            harm::{Harm, Means, Measure},
            sign_off::{Outcome, SignOff},
        },
        reference::Reference,
    },
    tui::{
        effect::Effect,
        screens::{assessed::Assessed, benefits::Benefits, harms::Harms, measures::Measures, sign_offs::SignOffs},
        session::Session,
    },
};

/// What a place holds, line by line; empty for nothing yet.
pub(super) fn held(place: Place, assessed: Assessed<'_>, session: &Session) -> Vec<String> {
    let impact = assessed.impact();
    let harms = |detail: &dyn Fn(&Harm) -> String| -> Vec<String> {
        impact.harms.iter().zip(1..).map(|(harm, number)| format!("{number} {}{}", harm.what, detail(harm))).collect()
    };
    let measures = |detail: &dyn Fn(&Measure) -> String| -> Vec<String> {
        impact.measures.iter().map(|measure| format!("{}: {}", measure.what, detail(measure))).collect()
    };
    let form = &session.catalog.impact;
    match place {
        Place::Harms => {
            let found = harms(&|harm| format!(" ({})", form.group_name(&harm.group)));
            let none = impact.no_harm.iter().map(|none| {
                let dimension = none.dimension.as_ref().and_then(|id| form.dimension(id));
                format!("No harm found, {}: {}", dimension.map_or("overall", |found| &found.name), none.reason)
            });
            found.into_iter().chain(none).collect()
        }
        Place::Causes => harms(&|harm| {
            let names = harm
                .causes
                .iter()
                .map(|id| form.causes.iter().find(|cause| cause.id == *id).map_or(id.as_str(), |c| &c.name));
            listed(": ", &names.collect::<Vec<_>>())
        }),
        Place::RatingsBefore => harms(&|harm| {
            let rated = assessed.rating.harm(&harm.id).and_then(|rating| rating.inherent.as_ref());
            rated.map_or(": not rated yet".to_owned(), |rated| format!(": {}", arithmetic(&harm.before, rated)))
        }),
        Place::RatingsAfter => harms(&|harm| {
            let rating = assessed.rating.harm(&harm.id);
            rating
                .map_or(String::new(), |rating| format!(": {}", after_measures(rating.after.as_ref(), rating.residual)))
        }),
        Place::Benefits => {
            impact.benefits.iter().map(|b| format!("{} ({})", b.what, form.group_name(&b.group))).collect()
        }
        Place::BenefitRatings => impact
            .benefits
            .iter()
            .map(|benefit| {
                let is_rated = benefit.size.is_some() && benefit.likelihood.is_some();
                format!("{}: {}", benefit.what, if is_rated { "rated" } else { "not rated yet" })
            })
            .collect(),
        Place::BenefitSupport => impact
            .benefits
            .iter()
            .map(|benefit| {
                format!(
                    "{}: {}",
                    benefit.what,
                    if benefit.support.is_empty() { "nothing yet" } else { &benefit.support }
                )
            })
            .collect(),
        Place::Measures => measures(&|measure| measure.kind.name().to_owned()),
        Place::Means => {
            measures(&|measure| listed("", &measure.means.iter().copied().map(Means::name).collect::<Vec<_>>()))
        }
        Place::Owners => measures(&|measure| {
            let owner = if measure.owner.is_empty() { "no owner" } else { &measure.owner };
            format!("{owner}, {}", measure.due.map_or("no due date".to_owned(), |due| format!("due {due}")))
        }),
        Place::Controls => measures(&|measure| {
            let ids: Vec<String> = measure.controls.iter().map(Reference::to_string).collect();
            listed("", &ids.iter().map(String::as_str).collect::<Vec<_>>())
        }),
        Place::People => impact.sign_off().map(people).unwrap_or_default(),
        Place::Outcome => impact
            .sign_off()
            .and_then(|round| round.outcome)
            .map(Outcome::name)
            .map(str::to_owned)
            .into_iter()
            .collect(),
        // These are answered on the prompt itself.
        Place::Stage | Place::Roles | Place::NextReview => Vec::new(),
    }
}

fn listed(before: &str, names: &[&str]) -> String {
    if names.is_empty() { format!("{before}not said yet") } else { format!("{before}{}", names.join(", ")) }
}

fn people(round: &SignOff) -> Vec<String> {
    let people =
        [("Prepared by", &round.prepared_by), ("Reviewed by", &round.reviewed_by), ("Decided by", &round.approved_by)];
    let named = people.into_iter().map(|(what, name)| (what, if name.is_empty() { "nobody named yet" } else { name }));
    named.map(|(what, name)| format!("{what}: {name}")).collect()
}

/// What Enter opens, in a word or two.
pub(super) fn name(place: Place) -> &'static str {
    match place {
        Place::Harms | Place::Causes | Place::RatingsBefore | Place::RatingsAfter => "the harms",
        Place::Benefits | Place::BenefitRatings | Place::BenefitSupport => "the benefits",
        Place::Measures | Place::Means | Place::Owners | Place::Controls => "the measures",
        Place::People | Place::Outcome => "the sign-off",
        Place::Stage | Place::Roles | Place::NextReview => "the register",
    }
}

/// The screen of a place.
pub(super) fn open(place: Place, system: &str) -> Effect {
    match place {
        Place::Harms | Place::Causes | Place::RatingsBefore | Place::RatingsAfter => {
            Effect::Open(Box::new(Harms::new(system)))
        }
        Place::Benefits | Place::BenefitRatings | Place::BenefitSupport => {
            Effect::Open(Box::new(Benefits::new(system)))
        }
        Place::Measures | Place::Means | Place::Owners | Place::Controls => {
            Effect::Open(Box::new(Measures::new(system)))
        }
        Place::People | Place::Outcome => Effect::Open(Box::new(SignOffs::new(system))),
        Place::Stage | Place::Roles | Place::NextReview => Effect::None,
    }
}

//! One harm as a form: what happens to whom, how bad it is before and after measures. The level follows while one rates.

use crate::{
    impact::{
        arithmetic::{after_measures, arithmetic},
        rating::{self, HarmRating},
    },
    model::{
        edit::Change,
        impact::harm::{Harm, Rating, Scale},
    },
    tui::{
        screens::{
            assessed::{self, Assessed},
            form::{
                Form, Sheet,
                field::{Choice, Field, Values},
            },
        },
        session::Session,
    },
};

const WHAT: &str = "What happens";
const GROUP: &str = "To whom";
const OWN_GROUP: &str = "In own words";
const DIMENSION: &str = "In what respect";
const BEFORE: [&str; 5] = ["Gravity", "Reach", "Reversibility", "Duration", "Likelihood"];
const CAUSES: &str = "How it comes about";
const MEASURES: &str = "Measures that lower it";
const AFTER: [&str; 5] = ["Gravity after", "Reach after", "Reversibility after", "Duration after", "Likelihood after"];
const REASON: &str = "Approver's reason";

/// The form of a harm; a new one has no id yet.
pub fn form(system: &str, harm: Harm, session: &Session) -> Form {
    let fields = fields(system, &harm, session);
    Form::new(HarmSheet { system: system.to_owned(), harm }, fields)
}

/// A harm of a system, as it was when the form was opened.
#[derive(Debug)]
struct HarmSheet {
    system: String,
    harm: Harm,
}

fn fields(system: &str, harm: &Harm, session: &Session) -> Vec<Field> {
    let form = &session.catalog.impact;
    let assessed = Assessed::find(system, session);
    let groups = assessed.map(|assessed| assessed.group_choices(session)).unwrap_or_default();
    let own = if groups.iter().any(|group| group.id == harm.group) { "" } else { &harm.group };
    let dimensions = form.dimensions.iter().map(|dimension| Choice {
        detail: dimension.harm.to_string(),
        ..Choice::new(dimension.id.as_str(), dimension.name.as_str())
    });
    let causes = form.causes.iter().map(|cause| Choice::new(cause.id.as_str(), cause.name.as_str()));
    let measures = assessed.map_or(&[][..], |assessed| &assessed.impact().measures).iter();
    let measures = measures.map(|measure| Choice::new(&measure.id, &measure.what));
    let measures_hint = "Space ticks. Measures are added on their own screen: m in the list of harms.";
    let opening = [
        Field::line(WHAT, "The worst that can well happen, in a sentence: what happens to whom.", &harm.what),
        Field::one(
            GROUP,
            "Left and Right choose. Whoever is not listed goes into the line below.",
            groups,
            Some(&harm.group),
        ),
        Field::line(OWN_GROUP, "Who is affected, where no group above fits. Empty: the group above.", own),
        Field::one(DIMENSION, "Left and Right choose.", dimensions.collect(), Some(&harm.dimension)),
    ];
    let middle = [
        Field::many(CAUSES, "Space ticks.", causes.collect(), &harm.causes),
        Field::many(MEASURES, measures_hint, measures.collect(), &harm.measures),
    ];
    let reason = "Only where a level more than one step lower is to count, because a measure avoids the harm.";
    let closing = [Field::line(REASON, reason, &harm.approver_reason)];
    let before = scales(BEFORE, &harm.before, "", session);
    let after = scales(AFTER, &harm.after, "With the measures ticked above at work. ", session);
    opening.into_iter().chain(before).chain(middle).chain(after).chain(closing).collect()
}

/// The five ratings as fields.
fn scales(names: [&'static str; 5], rating: &Rating, when: &str, session: &Session) -> Vec<Field> {
    let field = |(name, scale): (&'static str, Scale)| {
        let hint = format!("{when}{}", assessed::scale_hint(scale.id(), session));
        let picked = assessed::picked(rating.on(scale));
        Field::one(name, hint, assessed::scale_choices(scale.id(), session), picked.as_deref())
    };
    names.into_iter().zip(Scale::ALL).map(field).collect()
}

/// The five ratings as the fields say.
fn rating(names: [&str; 5], values: &Values<'_>) -> Rating {
    let rate = |rating: Rating, (name, scale)| rating.with(scale, assessed::rated(values, name));
    names.into_iter().zip(Scale::ALL).fold(Rating::default(), rate)
}

impl HarmSheet {
    /// The harm as the form says; the id stays.
    fn harm(&self, values: &Values<'_>) -> Harm {
        let group = match values.text(OWN_GROUP) {
            "" => values.picked(GROUP).unwrap_or_default(),
            own => own,
        };
        let mut measures = values.ticked(MEASURES);
        measures.sort_unstable();
        Harm {
            id: self.harm.id.clone(),
            what: values.text(WHAT).to_owned(),
            group: group.to_owned(),
            dimension: values.picked(DIMENSION).unwrap_or_default().to_owned(),
            causes: values.ticked(CAUSES),
            before: rating(BEFORE, values),
            after: rating(AFTER, values),
            measures,
            approver_reason: values.text(REASON).to_owned(),
        }
    }

    /// How the harm as the form says would be rated in its system.
    fn rating(&self, harm: &Harm, session: &Session) -> Option<HarmRating> {
        let mut system = session.assessment().system(&self.system)?.clone();
        system.impact.harms = vec![harm.clone()];
        let rating = rating::rate_system(&session.catalog, session.assessment(), &system, session.as_of);
        rating.harms.into_iter().next()
    }
}

/// What is still missing for a harm that others understand.
fn problems(harm: &Harm) -> Vec<(&'static str, String)> {
    let missing = [
        (harm.what.is_empty(), WHAT, "Say in a sentence what happens."),
        (harm.group.is_empty(), GROUP, "Choose who is affected, or write it below."),
        (harm.dimension.is_empty(), DIMENSION, "Choose in what respect."),
    ];
    let missing = missing.into_iter().filter(|(is_missing, _, _)| *is_missing);
    missing.map(|(_, field, words)| (field, words.to_owned())).collect()
}

impl Sheet for HarmSheet {
    fn title(&self, session: &Session) -> String {
        assessed::title(if self.harm.id.is_empty() { "New harm" } else { "Harm" }, &self.system, session)
    }

    fn read(&self, values: &Values<'_>, session: &Session) -> Result<Option<Change>, Vec<(&'static str, String)>> {
        let Some(assessed) = Assessed::find(&self.system, session) else { return Ok(None) };
        let mut harm = self.harm(values);
        let problems = problems(&harm);
        if !problems.is_empty() {
            return Err(problems);
        }
        if harm.id.is_empty() {
            let taken = assessed.impact().harms.iter().map(|harm| harm.id.as_str());
            harm.id = assessed::row_id('h', &harm.what, taken, session);
        }
        Ok(assessed.change("harm", |impact| {
            // A reason why no harm was found does not outlive the harm.
            impact.no_harm.retain(|none| none.dimension.as_ref().is_some_and(|dimension| *dimension != harm.dimension));
            match impact.harms.iter_mut().find(|other| other.id == harm.id) {
                Some(place) => *place = harm,
                None => impact.harms.push(harm),
            }
            impact.harms.sort_by(|a, b| a.id.cmp(&b.id));
        }))
    }

    fn foot(&self, values: &Values<'_>, session: &Session) -> String {
        let harm = self.harm(values);
        let Some(rating) = self.rating(&harm, session) else { return String::new() };
        match &rating.inherent {
            None => {
                "Not rated yet: gravity and likelihood are the least; what is left out counts as the worst.".to_owned()
            }
            Some(before) => {
                format!(
                    "{}; {}",
                    arithmetic(&harm.before, before),
                    after_measures(rating.after.as_ref(), rating.residual)
                )
            }
        }
    }
}

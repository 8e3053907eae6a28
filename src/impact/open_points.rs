//! What is still open about one AI system and its impact assessment, each point in a sentence, the gravest first.

mod ids;
mod rows;

use chrono::NaiveDate;

use crate::{
    impact::{
        progress::{self, Form, Progress},
        rating::{Basis, SystemRating},
        sign_off::{self, Objection, SignOffState},
    },
    model::{assessment::Assessment, catalog::Catalog, impact::sign_off::SignOff, level::ImpactLevel, system::System},
};

/// Something that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenPoint {
    /// Where it is settled.
    pub about: About,
    /// What is open, in a sentence.
    pub words: String,
}

/// Where an open point is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The use itself, which is banned.
    Banned,
    /// The screening.
    Screening,
    /// A restricted use, by its id.
    RestrictedUse(String),
    /// The assessment as a whole.
    Assessment,
    /// A harm, by its id.
    Harm(String),
    /// A measure, by its id.
    Measure(String),
    /// Where "no harm" is said.
    NoHarm,
    /// The prompts of a section, by its id.
    Section(String),
    /// A dimension, by its id.
    Dimension(String),
    /// Something named that is not there.
    UnknownId,
    /// The day of the next review.
    NextReview,
    /// The sign-off.
    SignOff,
}

/// All that is open about a system on a day.
pub fn open_points(
    catalog: &Catalog,
    assessment: &Assessment,
    system: &System,
    rating: &SystemRating,
    as_of: NaiveDate,
) -> Vec<OpenPoint> {
    let mut points = Points { catalog, assessment, system, rating, as_of, found: Vec::new() };
    points.use_of_it();
    points.assessed();
    points.no_harm();
    points.harms();
    points.measures();
    points.unknown_ids();
    // Of an assessment that is kept elsewhere, or not begun, the prompts are not open points.
    if !system.impact.is_empty() {
        points.form();
        points.sign_off();
    }
    points.next_review();
    points.found
}

/// Collects the open points of one system.
struct Points<'a> {
    catalog: &'a Catalog,
    assessment: &'a Assessment,
    system: &'a System,
    rating: &'a SystemRating,
    as_of: NaiveDate,
    found: Vec<OpenPoint>,
}

impl Points<'_> {
    fn add(&mut self, about: About, words: impl Into<String>) {
        self.found.push(OpenPoint { about, words: words.into() });
    }

    fn use_of_it(&mut self) {
        if self.rating.is_banned {
            self.add(About::Banned, "Its use is banned by law: it must end; it is not rated and cannot be approved.");
        }
        if self.system.screening.is_none() && !self.system.sensitive_use && !self.system.banned_use {
            self.add(About::Screening, "It was not screened for sensitive and restricted uses.");
        }
        let unsettled: Vec<&str> = self.system.unsettled_uses().map(|restricted| restricted.id.as_str()).collect();
        for id in unsettled {
            // What the law bans is said above, and an unknown id below.
            let Some(known) = self.catalog.impact.restricted_use(id).filter(|known| !known.banned) else { continue };
            let words = format!("Restricted use {id} is not settled: {}. {}", known.name, known.action);
            self.add(About::RestrictedUse(id.to_owned()), words);
        }
    }

    fn assessed(&mut self) {
        let has_rows = !self.system.impact.harms.is_empty();
        match self.rating.basis {
            Basis::Stated => {
                self.add(
                    About::Assessment,
                    "Its level is stated for an assessment kept elsewhere; no harm is rated here.",
                );
            }
            Basis::NotAssessed if !has_rows && !self.rating.is_banned => {
                self.add(About::Assessment, "It is not assessed: no harm is entered, and none is said to be absent.");
            }
            Basis::NotAssessed | Basis::Harms | Basis::NoHarm => {}
        }
        if let (Basis::Harms | Basis::NoHarm, Some(stated)) = (self.rating.basis, self.system.level)
            && Some(stated) > self.rating.inherent
        {
            let words = format!("The register still states the level {}; what is found here counts.", stated.name());
            self.add(About::Assessment, words);
        }
    }

    fn form(&mut self) {
        let progress_in = |form| progress::progress(&self.catalog.impact, self.system, self.rating, form);
        let asked = Form::asked_for(self.rating);
        let progress = progress_in(asked);
        if asked == Form::Full && !progress.is_complete() && progress_in(Form::Short).is_complete() {
            let words = format!(
                "The full form is asked for, because of {}; only the short form is complete.",
                listed(&self.rating.full_form_words(self.catalog))
            );
            self.add(About::Assessment, words);
        }
        self.prompts(&progress);
        for id in &progress.silent_dimensions {
            let name = self.catalog.impact.dimension(id).map_or(id.as_str(), |dimension| &dimension.name);
            let words =
                format!("The harm list says nothing on \"{name}\": enter a harm, or that there is none and why.");
            self.add(About::Dimension(id.clone()), words);
        }
    }

    fn prompts(&mut self, progress: &Progress) {
        for section in &progress.sections {
            let title = self.catalog.impact.sections.iter().find(|known| section.section == known.id);
            let title = title.map_or(section.section.as_str(), |known| &known.title).to_owned();
            let about = || About::Section(section.section.clone());
            let of = |ids: Vec<&str>| listed(&ids.into_iter().map(str::to_owned).collect::<Vec<_>>());
            let is = |state, is_essential: bool| {
                let found = section.prompts.iter();
                found
                    .filter(move |prompt| prompt.state == state && (prompt.is_essential || !is_essential))
                    .map(|prompt| prompt.prompt.as_str())
                    .collect::<Vec<_>>()
            };
            let open = is(progress::PromptState::Open, true);
            if !open.is_empty() {
                self.add(about(), format!("{title}: still to be answered {} {}.", is_are(open.len()), of(open)));
            }
            let unknown = is(progress::PromptState::Unknown, false);
            if !unknown.is_empty() {
                self.add(about(), format!("{title}: nobody knows the answer to {}.", of(unknown)));
            }
        }
    }

    fn next_review(&mut self) {
        match (self.system.next_review, self.rating.is_banned) {
            (None, false) => self.add(About::NextReview, "No day is set for the next review."),
            (Some(day), false) if day < self.as_of => {
                self.add(About::NextReview, format!("The review was due on {day}."));
            }
            (Some(_), false) | (_, true) => {}
        }
    }

    fn sign_off(&mut self) {
        let words = match sign_off::state(self.system, self.rating, self.as_of) {
            SignOffState::InForce => None,
            SignOffState::NotSigned => Some("The assessment is not signed.".to_owned()),
            SignOffState::InPreparation => Some("The assessment is in preparation and not approved yet.".to_owned()),
            SignOffState::NotInForce(Objection::Declined(outcome)) => {
                Some(format!("The system is not approved: {}.", outcome.name()))
            }
            // Said below, with what is missing.
            SignOffState::NotInForce(Objection::OutcomeLacks) => None,
            SignOffState::NotInForce(objection) => {
                Some(format!("The approval is not in force: {}.", objection.words()))
            }
        };
        words.into_iter().for_each(|words| self.add(About::SignOff, words));
        let Some(sign_off) = self.system.impact.sign_off() else { return };
        let lacks: Vec<String> = sign_off::lacks(sign_off).into_iter().map(str::to_owned).collect();
        if let Some(outcome) = sign_off.outcome.filter(|_| !lacks.is_empty()) {
            self.add(About::SignOff, format!("The outcome \"{}\" still needs {}.", outcome.name(), listed(&lacks)));
        }
        for words in out_of_order(sign_off, self.system.next_review) {
            self.add(About::SignOff, words);
        }
        if let Some(words) = self.risen() {
            self.add(About::SignOff, words);
        }
    }

    /// Says where the level is higher today than on the day of the approval that counts.
    fn risen(&self) -> Option<String> {
        let approval = sign_off::last_approval(self.system, self.as_of)?;
        let is_higher =
            |then: Option<ImpactLevel>, now: Option<ImpactLevel>| Some((then?, now?)).filter(|(a, b)| a < b);
        let before = is_higher(approval.level, self.rating.inherent).map(|levels| ("before", levels));
        let after = is_higher(approval.residual, self.rating.residual).map(|levels| ("after", levels));
        let (which, (then, now)) = before.or(after)?;
        let (then, now) = (then.name(), now.name());
        Some(format!("The level {which} measures has risen from {then} to {now} since the approval."))
    }
}

/// The days of a sign-off that do not follow one another: prepared, reviewed, approved, next review.
pub fn out_of_order(sign_off: &SignOff, next_review: Option<NaiveDate>) -> Vec<String> {
    let (prepared, reviewed, approved) = (sign_off.prepared_on, sign_off.reviewed_on, sign_off.approved_on);
    let pairs = [
        ("reviewed", reviewed, "prepared", prepared),
        ("approved", approved, "reviewed", reviewed),
        // With a day of review between them, that one tells.
        ("approved", approved, "prepared", prepared.filter(|_| reviewed.is_none())),
    ];
    let earlier = pairs.into_iter().filter_map(|(what, day, before, day_before)| {
        let (day, day_before) = (day?, day_before?);
        (day < day_before).then(|| format!("It was {what} on {day}, before it was {before} on {day_before}."))
    });
    let review = next_review.zip(approved).filter(|(next, approved)| next <= approved);
    let review =
        review.map(|(next, approved)| format!("The next review on {next} is not after the approval on {approved}."));
    earlier.chain(review).collect()
}

/// Entries as a sentence lists them: `a, b and c`.
fn listed(entries: &[String]) -> String {
    match entries {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn is_are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

#[cfg(test)]
mod tests;

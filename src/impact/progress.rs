//! How far an impact assessment is: which prompts of the short or the full form are answered, and which are still open.
//!
//! A prompt whose answer has its own place (harms, measures, sign-off) is answered from there. That nobody knows is an
//! answer, and stays an open point.

use crate::{
    impact::rating::SystemRating,
    model::{
        impact::{
            PromptReply,
            form::{ImpactForm, Place, Prompt, PromptKind},
            harm::{Benefit, Harm, Measure, Rated, Rating, Scale},
        },
        level::ImpactLevel,
        system::System,
    },
};

/// The dimensions of which the short form must hear something, or that there is nothing: 6.1.4 asks for societies too.
const MUST_BE_HEARD: [&str; 2] = ["DM-SOC", "DM-ENV"];

/// Which form is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The prompts of the short form.
    Short,
    /// All sections.
    Full,
}

impl Form {
    /// The form that the system asks for.
    pub fn asked_for(rating: &SystemRating) -> Form {
        if rating.full_form.is_empty() { Form::Short } else { Form::Full }
    }

    /// The form in words.
    pub const fn name(self) -> &'static str {
        match self {
            Form::Short => "short form",
            Form::Full => "full form",
        }
    }

    const fn asks(self, prompt: &Prompt) -> bool {
        match self {
            Form::Short => prompt.short,
            Form::Full => true,
        }
    }
}

/// How far one prompt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PromptState {
    /// Not answered, or only in part.
    Open,
    /// Asked, and nobody knows.
    Unknown,
    /// Answered.
    Answered,
}

/// How far an assessment is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The form that is looked at.
    pub form: Form,
    /// The sections with a prompt in that form, in order.
    pub sections: Vec<SectionProgress>,
    /// The ids of dimensions of which the short form must still hear something, or that there is no harm.
    pub silent_dimensions: Vec<String>,
}

/// How far one section is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionProgress {
    /// The id of the section.
    pub section: String,
    /// Its prompts in that form, in order.
    pub prompts: Vec<PromptProgress>,
}

/// How far one prompt of a form is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromptProgress {
    /// The id of the prompt.
    pub prompt: String,
    /// Whether an assessment without it is incomplete.
    pub is_essential: bool,
    /// How far it is.
    pub state: PromptState,
}

impl PromptProgress {
    fn is_essential_open(&self) -> bool {
        self.is_essential && self.state == PromptState::Open
    }
}

impl SectionProgress {
    /// How many prompts are answered; that nobody knows is an answer.
    pub fn answered(&self) -> usize {
        self.prompts.iter().filter(|prompt| prompt.state > PromptState::Open).count()
    }

    /// How many prompts there are.
    pub fn total(&self) -> usize {
        self.prompts.len()
    }

    /// How many essential prompts are open.
    pub fn essential_open(&self) -> usize {
        self.prompts.iter().filter(|prompt| prompt.is_essential_open()).count()
    }
}

impl Progress {
    /// How many prompts are answered; that nobody knows is an answer.
    pub fn answered(&self) -> usize {
        self.sections.iter().map(SectionProgress::answered).sum()
    }

    /// How many prompts there are.
    pub fn total(&self) -> usize {
        self.sections.iter().map(SectionProgress::total).sum()
    }

    /// The section of that id.
    pub fn section(&self, id: &str) -> Option<&SectionProgress> {
        self.sections.iter().find(|section| section.section == id)
    }

    /// The essential prompts that are open, in order.
    pub fn essential_open(&self) -> impl Iterator<Item = &PromptProgress> {
        self.prompts().filter(|prompt| prompt.is_essential_open())
    }

    /// The prompts to which nobody knows the answer, in order.
    pub fn unknown(&self) -> impl Iterator<Item = &PromptProgress> {
        self.prompts().filter(|prompt| prompt.state == PromptState::Unknown)
    }

    /// Whether nothing essential is open.
    pub fn is_complete(&self) -> bool {
        self.essential_open().next().is_none() && self.silent_dimensions.is_empty()
    }

    fn prompts(&self) -> impl Iterator<Item = &PromptProgress> {
        self.sections.iter().flat_map(|section| &section.prompts)
    }
}

/// How far the assessment of a system is in that form.
pub fn progress(form: &ImpactForm, system: &System, rating: &SystemRating, wanted: Form) -> Progress {
    let sections = form.sections.iter().map(|section| {
        let asked = section.prompts.iter().filter(|prompt| wanted.asks(prompt));
        let prompts = asked.map(|prompt| PromptProgress {
            prompt: prompt.id.to_string(),
            is_essential: prompt.essential,
            state: state_of(prompt, system, rating),
        });
        SectionProgress { section: section.id.to_string(), prompts: prompts.collect() }
    });
    let silent_dimensions = match wanted {
        Form::Short => silent_dimensions(form, system),
        Form::Full => Vec::new(),
    };
    Progress { form: wanted, sections: sections.filter(|section| section.total() > 0).collect(), silent_dimensions }
}

/// The dimensions that must be heard, with neither a harm nor the word that there is none.
fn silent_dimensions(form: &ImpactForm, system: &System) -> Vec<String> {
    let must_be_heard = MUST_BE_HEARD.into_iter().filter(|id| form.dimension(id).is_some());
    must_be_heard.filter(|id| !system.impact.speaks_of(id)).map(str::to_owned).collect()
}

/// How far one prompt is.
pub fn state_of(prompt: &Prompt, system: &System, rating: &SystemRating) -> PromptState {
    if let PromptKind::Held(place) = &prompt.kind {
        return state_of_place(*place, system, rating);
    }
    match system.impact.answer(&prompt.id) {
        Some(PromptReply::Unknown) => PromptState::Unknown,
        Some(reply) => said(prompt.kind.takes(reply) && !reply.is_blank()),
        None => PromptState::Open,
    }
}

fn state_of_place(place: Place, system: &System, rating: &SystemRating) -> PromptState {
    let impact = &system.impact;
    let of_harms = |state: &dyn Fn(&Harm) -> PromptState| lowest(impact.harms.iter().map(state), impact.says_no_harm());
    let of_benefits = |state: &dyn Fn(&Benefit) -> PromptState| lowest(impact.benefits.iter().map(state), false);
    let is_said = |text: &String| !text.trim().is_empty();
    let measures = || of_harms(&|harm| said(is_answered_by_measure(harm, system, rating)));
    let of_measures = |is: &dyn Fn(&Measure) -> bool| {
        lowest(impact.measures.iter().map(|measure| said(is(measure))), measures() == PromptState::Answered)
    };
    match place {
        Place::Stage => said(system.stage.is_some()),
        Place::Roles => said(!system.roles.is_empty()),
        Place::NextReview => said(system.next_review.is_some()),
        Place::Harms => said(!impact.harms.is_empty() || impact.says_no_harm()),
        Place::Causes => of_harms(&|harm| said(!harm.causes.is_empty())),
        Place::RatingsBefore => of_harms(&|harm| rated(&harm.before)),
        Place::Benefits => said(!impact.benefits.is_empty()),
        Place::BenefitRatings => of_benefits(&|benefit| step(benefit.size).min(step(benefit.likelihood))),
        Place::BenefitSupport => of_benefits(&|benefit| said(is_said(&benefit.support))),
        Place::Measures => measures(),
        Place::Means => of_measures(&|measure| !measure.means.is_empty()),
        Place::Owners => of_measures(&|measure| is_said(&measure.owner) && measure.due.is_some()),
        Place::RatingsAfter => of_harms(&|harm| {
            let is_accepted_as_it_is = harm.measures.is_empty() && is_low(harm, rating);
            if is_accepted_as_it_is { PromptState::Answered } else { rated(&harm.after) }
        }),
        Place::Controls => of_measures(&|measure| !measure.controls.is_empty()),
        Place::People => said(impact.sign_off().is_some_and(|sign_off| {
            [&sign_off.prepared_by, &sign_off.reviewed_by, &sign_off.approved_by].into_iter().all(is_said)
        })),
        Place::Outcome => said(impact.sign_off().is_some_and(|sign_off| sign_off.outcome.is_some())),
    }
}

/// Whether a measure is named against a harm, or none is needed: what is low is accepted and watched.
fn is_answered_by_measure(harm: &Harm, system: &System, rating: &SystemRating) -> bool {
    is_low(harm, rating) || harm.measures.iter().any(|id| system.impact.measure(id).is_some())
}

fn is_low(harm: &Harm, rating: &SystemRating) -> bool {
    let rated = rating.harm(&harm.id).and_then(|rated| rated.inherent.as_ref());
    rated.is_some_and(|rated| rated.level == ImpactLevel::Low)
}

fn said(is_said: bool) -> PromptState {
    if is_said { PromptState::Answered } else { PromptState::Open }
}

/// The lowest of the states; where there is none, answered only when nothing had to be said.
fn lowest(states: impl Iterator<Item = PromptState>, may_be_empty: bool) -> PromptState {
    states.min().unwrap_or(said(may_be_empty))
}

fn rated(rating: &Rating) -> PromptState {
    lowest(Scale::ALL.into_iter().map(|scale| step(rating.on(scale))), false)
}

fn step(value: Option<Rated>) -> PromptState {
    match value {
        Some(Rated::At(_)) => PromptState::Answered,
        Some(Rated::Unknown) => PromptState::Unknown,
        None => PromptState::Open,
    }
}

#[cfg(test)]
mod tests;

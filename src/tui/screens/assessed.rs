//! One AI system as the screens of its impact assessment see it, and what their forms offer to choose from.

use crate::{
    impact::rating::SystemRating,
    model::{
        edit::Change,
        evidence::short_hash,
        impact::{ImpactAssessment, form::Section, harm::Rated},
        level::ImpactLevel,
        system::System,
    },
    tui::{
        screens::form::field::{Choice, Values},
        session::Session,
    },
};

/// What stands on a screen whose system was taken out of the register meanwhile.
pub const GONE: &str = "This system is no longer in the register; q goes back.";

/// The id of the choice that says that nobody knows.
const UNKNOWN: &str = "unknown";

/// A system with its rating.
#[derive(Clone, Copy, Debug)]
pub struct Assessed<'s> {
    /// What is said about it.
    pub system: &'s System,
    /// How it is rated.
    pub rating: &'s SystemRating,
}

impl<'s> Assessed<'s> {
    /// The system of that id, while the register has it.
    pub fn find(id: &str, session: &'s Session) -> Option<Assessed<'s>> {
        Some(Assessed { system: session.assessment().system(id)?, rating: session.standing().system(id)? })
    }

    /// Its impact assessment.
    pub fn impact(self) -> &'s ImpactAssessment {
        &self.system.impact
    }

    /// The change that edits its impact assessment; nothing where the edit changes nothing.
    pub fn change(self, part: &'static str, edit: impl FnOnce(&mut ImpactAssessment)) -> Option<Change> {
        let mut system = self.system.clone();
        edit(&mut system.impact);
        (system != *self.system).then(|| Change::system(part, system))
    }
    /// The place of a harm in the list, counted from 1; what a person calls it by.
    pub fn harm_number(self, id: &str) -> Option<usize> {
        self.impact().harms.iter().position(|harm| harm.id == id).map(|place| place + 1)
    }

    /// The groups to choose from: those that the register names for the system first, then the others of the catalogue.
    pub fn group_choices(self, session: &Session) -> Vec<Choice> {
        let form = &session.catalog.impact;
        let named = self.system.affected.iter().map(String::as_str);
        let others = form.groups.iter().map(|group| group.id.as_str());
        let others = others.filter(|id| !self.system.affected.iter().any(|named| named == id));
        named.chain(others).map(|id| Choice::new(id, form.group_name(id))).collect()
    }

    /// Its harms to tick.
    pub fn harm_choices(self) -> Vec<Choice> {
        self.impact().harms.iter().map(|harm| Choice::new(&harm.id, &harm.what)).collect()
    }
}

/// What the bar at the top says on a screen about a system.
pub fn title(what: &str, id: &str, session: &Session) -> String {
    match session.assessment().system(id) {
        Some(system) => format!("{what}: {}", system.name),
        None => what.to_owned(),
    }
}

/// An id for a new row of an assessment.
///
/// The number keeps rows in the order in which they came. What follows it from words, day and person keeps the rows apart
/// that two people add at the same time, and a new row apart from one that was removed.
pub fn row_id<'a>(letter: char, words: &str, taken: impl Iterator<Item = &'a str>, session: &Session) -> String {
    let number_of = |id: &str| id.strip_prefix(letter)?.split('-').next()?.parse::<u32>().ok();
    let next = taken.filter_map(number_of).max().map_or(1, |highest| highest.saturating_add(1));
    let hash = short_hash(&[words, &session.as_of.to_string(), &session.by]);
    format!("{letter}{next:02}-{}", &hash[..4])
}

/// The steps of a scale to choose from, with what they mean; the organization's own meaning goes first.
pub fn scale_choices(id: &str, session: &Session) -> Vec<Choice> {
    let steps = session.catalog.impact.scale(id).map_or(&[][..], |scale| &scale.steps);
    let choices = steps.iter().zip(1..).map(|(step, number)| Choice {
        id: number.to_string(),
        name: format!("{number} {}", step.name),
        detail: format!("{number}: {}.", own_anchor(id, number, session).unwrap_or(&step.anchor)),
    });
    let unknown = Choice { detail: "Counts as the highest step until it is known.".to_owned(), ..unknown() };
    choices.chain([unknown]).collect()
}

fn unknown() -> Choice {
    Choice::new(UNKNOWN, "nobody knows yet")
}

/// What a step means to the organization, where its own criteria are in force.
fn own_anchor<'s>(scale: &str, step: u8, session: &'s Session) -> Option<&'s str> {
    let criteria = &session.assessment().criteria;
    let anchors = criteria.is_in_force(session.as_of).then_some(&criteria.anchors)?;
    anchors.iter().find(|own| own.scale == scale && own.step == step).map(|own| own.anchor.as_str())
}

/// What to write beside a scale: the question that it answers, and how to rate.
pub fn scale_hint(id: &str, session: &Session) -> String {
    let Some(scale) = session.catalog.impact.scale(id) else { return String::new() };
    let stop = if scale.title.ends_with(['?', '.']) { "" } else { "." };
    // A digit alone says nothing: the steps have to be seen before one is picked.
    let steps = scale.steps.iter().zip(1..).map(|(step, number)| format!("{number} {}", step.name.to_lowercase()));
    let steps: Vec<String> = steps.chain(["u nobody knows".to_owned()]).collect();
    format!("{}{stop} Press {}. {}", scale.title, steps.join(", "), scale.note)
}

/// The choice that stands for a value.
pub fn picked(value: Option<Rated>) -> Option<String> {
    value.map(|value| match value {
        Rated::Unknown => UNKNOWN.to_owned(),
        Rated::At(step) => step.to_string(),
    })
}

/// The value that a field on a scale holds.
pub fn rated(values: &Values<'_>, name: &str) -> Option<Rated> {
    values.picked(name).map(|id| id.parse().map_or(Rated::Unknown, Rated::At))
}

/// The elements of a fundamental rights impact assessment (EU AI Act, Article 27) that a section answers.
pub fn fria(section: &Section) -> Option<String> {
    let elements: Vec<&str> = section.fria.iter().map(|element| element.as_str()).collect();
    (!elements.is_empty()).then(|| format!("the fundamental rights assessment (FRIA), {}", elements.join(", ")))
}

/// A level in words, or that there is none.
pub fn level_name(level: Option<ImpactLevel>) -> &'static str {
    level.map_or("not rated", ImpactLevel::name)
}

#[cfg(test)]
pub(crate) mod sample;

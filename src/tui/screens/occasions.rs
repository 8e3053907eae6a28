//! What happened since an assessment was approved and may ask for a new look, and what the program itself noticed.

use chrono::NaiveDate;
use ratatui::text::Line;

use crate::{
    impact::{sign_off::last_approval, triggers::fired},
    model::{edit::Change, impact::sign_off::Occasion},
    tui::{
        effect::Effect,
        keys::{Command, Context},
        screens::{
            assessed::{self, Assessed, GONE},
            form::{
                Form, Sheet,
                field::{Choice, Field, Values},
            },
            rows::{Place, Row, Rows, paragraph},
        },
        session::Session,
        widgets::text,
    },
};

/// What happened to one system.
#[derive(Debug)]
pub struct Occasions {
    system: String,
    place: Place,
}

impl Occasions {
    /// What happened to the system of that id.
    pub fn new(system: &str) -> Occasions {
        Occasions { system: system.to_owned(), place: Place::default() }
    }
}

impl Rows for Occasions {
    fn context(&self) -> Context {
        Context::ImpactRows
    }

    fn title(&self, session: &Session) -> String {
        assessed::title("What happened since", &self.system, session)
    }

    fn head(&self, width: u16, session: &Session) -> Vec<Line<'static>> {
        let theme = session.theme;
        let Some(Assessed { system, rating }) = Assessed::find(&self.system, session) else {
            return Vec::new();
        };
        let fired = fired(&session.catalog, session.assessment(), system, rating, session.as_of);
        if fired.is_empty() {
            let words = match last_approval(system, session.as_of) {
                Some(_) => "Nothing asks for a new look at the assessment. n writes down what happened.",
                None => "Not approved yet. n writes down what happened; after an approval it asks for a new look.",
            };
            return paragraph(words, width, theme.text());
        }
        let heading = paragraph("A new look at the assessment is asked for:", width, theme.heading());
        let reasons = fired.iter().flat_map(|fired| paragraph(&format!("- {}", fired.words), width, theme.warning()));
        heading.into_iter().chain(reasons).collect()
    }

    fn rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let Some(assessed) = Assessed::find(&self.system, session) else {
            return vec![Row::words("gone", GONE, width, session.theme.warning())];
        };
        let row = |(index, occasion): (usize, &Occasion)| {
            let name = trigger_name(&occasion.trigger, session);
            let room = width.saturating_sub(3);
            let lines = vec![
                Line::raw(text::cut(&format!("{} {name}", occasion.on), room).into_owned()),
                Line::styled(text::cut(&format!("  {}", occasion.what), room).into_owned(), session.theme.muted()),
            ];
            Row::new(index.to_string(), lines).removable(format!("what happened on {}", occasion.on))
        };
        assessed.impact().occasions.iter().enumerate().map(row).collect()
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.place
    }

    fn act(&mut self, command: Command, key: Option<&str>, session: &Session) -> Effect {
        let Some(assessed) = Assessed::find(&self.system, session) else { return Effect::None };
        let index = key.and_then(|key| key.parse::<usize>().ok());
        let occasion = index.and_then(|index| assessed.impact().occasions.get(index));
        match (command, occasion, index) {
            (Command::New, _, _) => Effect::Open(Box::new(form(&self.system, None, session))),
            (Command::Choose, Some(occasion), _) => {
                Effect::Open(Box::new(form(&self.system, Some(occasion.clone()), session)))
            }
            (Command::Remove, Some(_), Some(index)) => {
                let change = assessed.change("what happened", |impact| {
                    impact.occasions.remove(index);
                });
                change.map_or(Effect::None, Effect::Apply)
            }
            _ => Effect::None,
        }
    }
}

/// What a trigger is about; its id where the catalogue has it no longer.
fn trigger_name<'s>(id: &'s str, session: &'s Session) -> &'s str {
    session.catalog.impact.trigger(id).map_or(id, |trigger| &trigger.name)
}

const TRIGGER: &str = "What happened";
const ON: &str = "On";
const WORDS: &str = "In your words";

fn form(system: &str, occasion: Option<Occasion>, session: &Session) -> Form {
    let triggers = session.catalog.impact.triggers.iter().filter(|trigger| trigger.recorded);
    let triggers = triggers.map(|trigger| Choice::new(trigger.id.as_str(), trigger.name.as_str()));
    let picked = occasion.as_ref().map(|occasion| occasion.trigger.as_str());
    let on = occasion.as_ref().map_or(session.as_of, |occasion| occasion.on);
    let words = occasion.as_ref().map_or("", |occasion| &occasion.what);
    let fields = vec![
        Field::one(TRIGGER, "Left and Right choose.", triggers.collect(), picked),
        Field::day(ON, "The day, as YYYY-MM-DD.", Some(on)),
        Field::line(WORDS, "What exactly, in a sentence.", words),
    ];
    Form::new(OccasionSheet { system: system.to_owned(), before: occasion }, fields)
}

/// Something that happened to a system, as it was when the form was opened.
#[derive(Debug)]
struct OccasionSheet {
    system: String,
    before: Option<Occasion>,
}

fn read_day(values: &Values<'_>, as_of: NaiveDate) -> Result<NaiveDate, String> {
    match values.day(ON)? {
        None => Err("Give the day on which it happened.".to_owned()),
        Some(day) if day > as_of => Err("This day is still to come.".to_owned()),
        Some(day) => Ok(day),
    }
}

impl Sheet for OccasionSheet {
    fn title(&self, session: &Session) -> String {
        assessed::title("What happened", &self.system, session)
    }

    fn read(&self, values: &Values<'_>, session: &Session) -> Result<Option<Change>, Vec<(&'static str, String)>> {
        let Some(assessed) = Assessed::find(&self.system, session) else { return Ok(None) };
        let trigger = values.picked(TRIGGER).ok_or_else(|| vec![(TRIGGER, "Choose what happened.".to_owned())])?;
        let on = read_day(values, session.as_of).map_err(|problem| vec![(ON, problem)])?;
        let occasion = Occasion { trigger: trigger.to_owned(), on, what: values.text(WORDS).to_owned() };
        Ok(assessed.change("what happened", |impact| {
            if let Some(place) = impact.occasions.iter().position(|other| Some(other) == self.before.as_ref()) {
                impact.occasions.remove(place);
            }
            impact.occasions.push(occasion);
            impact.occasions.sort_by(|a, b| (a.on, &a.trigger, &a.what).cmp(&(b.on, &b.trigger, &b.what)));
        }))
    }
}

#[cfg(test)]
mod tests;

//! What people state differently, place by place with what each of them stated, and settled one by one.

use ratatui::text::Line;

use crate::{
    merge::dispute::{Dispute, Resolution},
    model::{assessment::Assessment, collision, reference::Reference},
    tui::{
        effect::Effect,
        keys::{Command, Context},
        screens::{
            question::Question,
            rows::{Place, Row, Rows, line_with_state, paragraph},
        },
        session::Session,
        widgets::text,
    },
};

/// The lines below the list that show an option in full.
const FULL_LINES: usize = 5;
/// The characters of it that are looked at for them.
const FULL_CHARACTERS: usize = 1_000;

/// The disputes of the open assessment.
#[derive(Debug, Default)]
pub struct Disputes {
    place: Place,
}

impl Disputes {
    /// All of them, with the cursor on the first about a requirement, if there is one.
    pub fn about(requirement: Reference, session: &Session) -> Disputes {
        let found = session.disputes().iter().find(|dispute| requirement_of(&dispute.place) == Some(requirement));
        found.map_or_else(Disputes::default, |dispute| Disputes { place: Place::on(&key(dispute, 0)) })
    }
}

/// That something waits to be settled, for the moment in which a save is opened or merged.
pub fn waiting(assessment: &Assessment) -> Option<String> {
    match assessment.disputed_places().as_slice() {
        [] => None,
        [place] => Some(format!("One thing is to be settled, {place}: d on the map shows it.")),
        places => Some(format!("{} things are to be settled: d on the map lists them.", places.len())),
    }
}

/// How many disputes there are, as screens mark them; nothing where there are none.
pub fn mark(session: &Session) -> Option<String> {
    match session.disputes().len() {
        0 => None,
        count => Some(format!("{count} disputed (d)")),
    }
}

fn key(dispute: &Dispute, option: usize) -> String {
    format!("{}#{option}", dispute.place.0.join("\n"))
}

/// The requirement whose answer holds a place.
fn requirement_of(place: &collision::Place) -> Option<Reference> {
    match place.0.as_slice() {
        [list, requirement, ..] if list == "answers" => requirement.parse().ok(),
        [..] => None,
    }
}

/// The dispute and the option of a row.
fn find<'s>(key_of_row: Option<&str>, session: &'s Session) -> Option<(&'s Dispute, &'s Resolution)> {
    let wanted = key_of_row?;
    session.disputes().iter().find_map(|dispute| {
        let option = (0..dispute.options.len()).find(|option| key(dispute, *option) == wanted)?;
        Some((dispute, &dispute.options[option]))
    })
}

/// What a dispute is about in the words of the questionnaires: the question and, for a check, its text.
fn asked(place: &collision::Place, session: &Session) -> Option<String> {
    let requirement = session.catalog.requirement(requirement_of(place)?)?;
    let check = match place.0.as_slice() {
        [_, _, list, check] if list == "checks" => requirement.check(check),
        [..] => None,
    };
    Some(check.map_or_else(|| requirement.full_title().into_owned(), |check| check.text.to_string()))
}

impl Rows for Disputes {
    fn context(&self) -> Context {
        Context::Disputes
    }

    fn title(&self, _session: &Session) -> String {
        "To be settled".to_owned()
    }

    fn head(&self, width: u16, session: &Session) -> Vec<Line<'static>> {
        let words = match session.disputes().len() {
            0 => "Nothing is to be settled: people agree on all that they stated.".to_owned(),
            1 => "People stated one thing differently. Until it is settled, the careful value counts.".to_owned(),
            count => {
                format!("People stated {count} things differently. Until they are settled, the careful value counts.")
            }
        };
        paragraph(&words, width, session.theme.text())
    }

    fn rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let theme = session.theme;
        let mut rows = Vec::new();
        for dispute in session.disputes() {
            let heading = text::cut(&dispute.place.to_string(), width.saturating_sub(4)).into_owned();
            rows.push(Row::words(dispute.place.0.join("\n"), &heading, width, theme.heading()));
            for (index, option) in dispute.options.iter().enumerate() {
                let words: String = option.words.chars().take(FULL_CHARACTERS).collect();
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                let shown = if words.is_empty() { "nothing" } else { &words };
                let state = if index == 0 { "counts meanwhile" } else { "" };
                let line = line_with_state(&format!("  {shown}"), state, theme.muted(), width);
                rows.push(Row::new(key(dispute, index), vec![line]));
            }
        }
        rows
    }

    fn foot(&self, key: Option<&str>, width: u16, session: &Session) -> Vec<Line<'static>> {
        let Some((dispute, option)) = find(key, session) else { return Vec::new() };
        let words: String = option.words.chars().take(FULL_CHARACTERS).collect();
        let mut full = paragraph(&format!("Enter settles it with: {words}"), width, session.theme.text());
        full.truncate(FULL_LINES);
        let asked = asked(&dispute.place, session).unwrap_or_default();
        [paragraph(&asked, width, session.theme.muted()), full].concat()
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.place
    }

    fn act(&mut self, command: Command, key: Option<&str>, session: &Session) -> Effect {
        let Some((dispute, option)) = find(key, session) else { return Effect::None };
        match command {
            Command::Choose => {
                let words = text::cut(&option.words, 40).into_owned();
                let said = Effect::Say(format!("Settled, {}: {words}; z takes it back.", dispute.place));
                Effect::All(vec![said, Effect::Apply(option.change.clone())])
            }
            Command::More => match requirement_of(&dispute.place) {
                Some(requirement) => Effect::Open(Box::new(Question::new(requirement))),
                None => Effect::Say("This is about no question.".to_owned()),
            },
            _ => Effect::None,
        }
    }
}

#[cfg(test)]
mod tests;

//! The fields of a form: a line of text, one of several options, or any number of them.

use chrono::NaiveDate;
use ratatui::{Frame, layout::Rect};

use crate::tui::{
    input::{Key, KeyCode},
    theme::Theme,
    widgets::{line_input::LineInput, text},
};

/// One field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name: what stands before it, and what asks for its value.
    pub name: &'static str,
    /// What to write there.
    pub hint: String,
    /// How it is filled, and with what.
    pub entry: Entry,
}

/// How a field is filled.
#[derive(Clone, Debug)]
pub enum Entry {
    /// With a line of text.
    Line(LineInput),
    /// With one of the options, or none.
    One {
        /// What to choose from.
        options: Vec<Choice>,
        /// The place of the one that is chosen.
        picked: Option<usize>,
    },
    /// With any number of the options.
    Many {
        /// What to choose from.
        options: Vec<Choice>,
        /// Per option whether it is ticked.
        ticked: Vec<bool>,
    },
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is kept when it is chosen.
    pub id: String,
    /// What is shown.
    pub name: String,
    /// What it means, shown while the cursor is on it; empty for nothing.
    pub detail: String,
}

impl Choice {
    /// An option that needs no more words.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Choice {
        Choice { id: id.into(), name: name.into(), detail: String::new() }
    }
}

impl Field {
    /// A line of text.
    pub fn line(name: &'static str, hint: impl Into<String>, value: &str) -> Field {
        Field { name, hint: hint.into(), entry: Entry::Line(LineInput::new(value)) }
    }

    /// A day, written as `YYYY-MM-DD`; empty for none.
    pub fn day(name: &'static str, hint: impl Into<String>, value: Option<NaiveDate>) -> Field {
        Field::line(name, hint, &value.map(|day| day.to_string()).unwrap_or_default())
    }

    /// Several short texts on one line, with semicolons between them.
    pub fn entries(name: &'static str, hint: impl Into<String>, value: &[String]) -> Field {
        Field::line(name, hint, &value.join("; "))
    }

    /// One of several options.
    pub fn one(name: &'static str, hint: impl Into<String>, options: Vec<Choice>, picked: Option<&str>) -> Field {
        let picked = picked.and_then(|id| options.iter().position(|option| option.id == id));
        Field { name, hint: hint.into(), entry: Entry::One { options, picked } }
    }

    /// Any number of several options.
    pub fn many(name: &'static str, hint: impl Into<String>, options: Vec<Choice>, ticked: &[String]) -> Field {
        let ticked = options.iter().map(|option| ticked.contains(&option.id)).collect();
        Field { name, hint: hint.into(), entry: Entry::Many { options, ticked } }
    }

    /// How many rows the cursor can stand on.
    pub(super) fn rows(&self) -> usize {
        match &self.entry {
            Entry::Many { options, .. } => options.len().max(1),
            Entry::Line(_) | Entry::One { .. } => 1,
        }
    }

    /// The hint, with what the option means that is chosen or that the cursor is on.
    pub(super) fn hint_at(&self, option: Option<usize>) -> String {
        let detail = match &self.entry {
            Entry::Line(_) => "",
            Entry::One { options, picked } => picked.map_or("", |picked| &options[picked].detail),
            Entry::Many { options, .. } => option.map_or("", |option| &options[option].detail),
        };
        [detail, &self.hint].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn says_the_same(&self, other: &Field) -> bool {
        match (&self.entry, &other.entry) {
            (Entry::Line(a), Entry::Line(b)) => a.text() == b.text(),
            (Entry::One { picked: a, .. }, Entry::One { picked: b, .. }) => a == b,
            (Entry::Many { ticked: a, .. }, Entry::Many { ticked: b, .. }) => a == b,
            (Entry::Line(_) | Entry::One { .. } | Entry::Many { .. }, _) => false,
        }
    }
}

impl Entry {
    pub(super) fn is_ticked(&self, option: usize) -> bool {
        match self {
            Entry::Many { ticked, .. } => ticked.get(option).copied().unwrap_or(false),
            Entry::Line(_) | Entry::One { .. } => false,
        }
    }

    pub(super) fn option_name(&self, option: usize) -> &str {
        match self {
            Entry::Many { options, .. } | Entry::One { options, .. } => options.get(option).map_or("", |o| &o.name),
            Entry::Line(_) => "",
        }
    }

    pub(super) fn tick(&mut self, option: usize) {
        match self {
            Entry::Many { ticked, .. } => {
                if let Some(is_ticked) = ticked.get_mut(option) {
                    *is_ticked = !*is_ticked;
                }
            }
            Entry::Line(_) | Entry::One { .. } => {}
        }
    }

    pub(super) fn clear(&mut self) {
        match self {
            Entry::Line(input) => input.clear(),
            Entry::One { picked, .. } => *picked = None,
            Entry::Many { ticked, .. } => ticked.fill(false),
        }
    }

    /// Text goes into a line; Left, Right, Space, a digit or the first letter of an option choose among options.
    pub(super) fn type_key(&mut self, key: Key) {
        match self {
            Entry::Line(input) => input.type_key(key),
            Entry::One { options, picked } => {
                let count = options.len();
                let turned = |steps: usize| (count > 0).then(|| picked.map_or(0, |picked| (picked + steps) % count));
                match key.code {
                    KeyCode::Left => *picked = turned(count.saturating_sub(1)),
                    KeyCode::Right | KeyCode::Char(' ') => *picked = turned(1),
                    KeyCode::Delete | KeyCode::Backspace => *picked = None,
                    KeyCode::Char(character) => *picked = typed(options, character).or(*picked),
                    KeyCode::Enter
                    | KeyCode::Esc
                    | KeyCode::Tab
                    | KeyCode::BackTab
                    | KeyCode::Up
                    | KeyCode::Down
                    | KeyCode::Home
                    | KeyCode::End
                    | KeyCode::PageUp
                    | KeyCode::PageDown => {}
                }
            }
            Entry::Many { .. } => {}
        }
    }

    pub(super) fn paste(&mut self, pasted: &str) {
        match self {
            Entry::Line(input) => input.insert(pasted),
            Entry::One { .. } | Entry::Many { .. } => {}
        }
    }

    /// Draws the value into one row.
    pub(super) fn draw(&self, frame: &mut Frame, area: Rect, is_here: bool, theme: Theme) {
        match self {
            Entry::Line(input) if is_here => input.draw(frame, area, theme),
            Entry::Line(input) => frame.render_widget(text::cut(input.text(), area.width).as_ref(), area),
            Entry::One { options, picked } => {
                let name = picked.map_or("not said", |picked| &options[picked].name);
                let shown = if is_here { format!("< {name} >") } else { name.to_owned() };
                frame.render_widget(text::cut(&shown, area.width).as_ref(), area);
            }
            Entry::Many { .. } => frame.render_widget("nothing to choose from", area),
        }
    }
}

/// The option of that digit, counted from 1, or else the first one whose id is `unknown` for `u`.
fn typed(options: &[Choice], character: char) -> Option<usize> {
    match character.to_digit(10) {
        Some(digit) => (digit as usize).checked_sub(1).filter(|place| *place < options.len()),
        None if character == 'u' => options.iter().position(|option| option.id == "unknown"),
        None => None,
    }
}

/// What was written and chosen, by the names of the fields.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a>(pub(super) &'a [Field]);

impl<'a> Values<'a> {
    /// The values of fields that are on no form.
    pub fn of(fields: &'a [Field]) -> Values<'a> {
        Values(fields)
    }

    fn entry(&self, name: &str) -> Option<&'a Entry> {
        self.0.iter().find(|field| field.name == name).map(|field| &field.entry)
    }

    /// The text of a line, without spaces around it.
    pub fn text(&self, name: &str) -> &'a str {
        match self.entry(name) {
            Some(Entry::Line(input)) => input.text().trim(),
            Some(Entry::One { .. } | Entry::Many { .. }) | None => "",
        }
    }

    /// The entries of a line, between semicolons.
    pub fn entries(&self, name: &str) -> Vec<String> {
        let parts = self.text(name).split(';').map(str::trim).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }

    /// The day written in a line; nothing where nothing is written.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence.
    pub fn day(&self, name: &str) -> Result<Option<NaiveDate>, String> {
        read_day(self.text(name))
    }

    /// The id of the option chosen.
    pub fn picked(&self, name: &str) -> Option<&'a str> {
        match self.entry(name) {
            Some(Entry::One { options, picked }) => picked.map(|picked| options[picked].id.as_str()),
            Some(Entry::Line(_) | Entry::Many { .. }) | None => None,
        }
    }

    /// The ids of the options ticked, in their order.
    pub fn ticked(&self, name: &str) -> Vec<String> {
        match self.entry(name) {
            Some(Entry::Many { options, ticked }) => {
                let chosen = options.iter().zip(ticked).filter(|(_, is_ticked)| **is_ticked);
                chosen.map(|(option, _)| option.id.clone()).collect()
            }
            Some(Entry::Line(_) | Entry::One { .. }) | None => Vec::new(),
        }
    }
}

/// A day written as `YYYY-MM-DD`; nothing where nothing is written.
///
/// # Errors
/// What is wrong with it, as a sentence.
pub fn read_day(text: &str) -> Result<Option<NaiveDate>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if shape != "0000-00-00" {
        return Err("Write the date as YYYY-MM-DD, such as 2026-03-31.".to_owned());
    }
    text.parse().map(Some).map_err(|_| format!("There is no {text} in the calendar; write an existing day."))
}

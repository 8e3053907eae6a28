//! The screens, one file each. A screen turns commands into effects and draws itself from the session.

pub mod applicability;
pub mod assessed;
pub mod benefits;
pub mod bill;
pub mod compare;
pub mod criteria;
pub mod dimensions;
pub mod disputes;
pub mod eu_act;
pub mod evidence;
pub mod evidence_item;
pub mod exclusion;
pub mod first_start;
pub mod form;
pub mod gateway;
pub mod glossary;
pub mod harm_form;
pub mod harms;
pub mod heat_map;
pub mod help;
pub mod home;
pub mod impact_prompt;
pub mod impact_sections;
pub mod lens;
pub mod lens_row;
pub mod lenses;
pub mod level_why;
pub mod map;
pub mod measures;
pub mod no_harm;
pub mod note;
pub mod occasions;
pub mod plan;
pub mod profile;
pub mod programmes;
pub mod prompt;
pub mod question;
pub mod quick_add;
pub mod results;
pub mod rows;
pub mod screening;
pub mod search;
pub mod sign_off_form;
pub mod sign_offs;
pub mod system_facts;
pub mod system_page;
pub mod systems;
pub mod trend;
pub mod what_if;
pub mod why;

use std::fmt::Debug;

use ratatui::{Frame, layout::Rect};

use crate::{
    model::{edit::Change, reference::Reference},
    tui::{
        effect::Effect,
        input::{Key, Mouse},
        keys::{Command, Context},
        session::Session,
    },
};

/// One screen. `draw` is pure: scrolling follows from selection and height, so one state fits any terminal.
pub trait View: Debug {
    /// Which keys work here.
    fn context(&self) -> Context;

    /// What the bar at the top says.
    fn title(&self, session: &Session) -> String;

    /// Answers a command of the key table.
    fn handle(&mut self, command: Command, session: &Session) -> Effect;

    /// Moves a screen on, or back for negative `pages`; `area` is the one given to `draw`.
    fn turn(&mut self, pages: isize, _area: Rect, session: &Session) -> Effect {
        self.handle(if pages > 0 { Command::PageDown } else { Command::PageUp }, session)
    }

    /// The texts in view of which the glossary shows the words first.
    fn texts<'s>(&self, _session: &'s Session) -> Vec<&'s str> {
        Vec::new()
    }

    /// Draws the screen into `area`, between the two bars.
    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session);

    /// Whether characters are text here rather than commands.
    fn takes_text(&self) -> bool {
        false
    }

    /// Takes a key as text; only asked where [`View::takes_text`] says so, for keys that no command claims.
    fn type_key(&mut self, _key: Key, _session: &Session) -> Effect {
        Effect::None
    }

    /// Takes pasted text, already cleaned.
    fn paste(&mut self, _text: &str, _session: &Session) -> Effect {
        Effect::None
    }

    /// Answers the mouse; `area` is the one given to `draw`.
    fn mouse(&mut self, _mouse: Mouse, _area: Rect, _session: &Session) -> Effect {
        Effect::None
    }

    /// What was typed and is not in the assessment yet; kept when the program is told to stop.
    fn pending(&self, _session: &Session) -> Option<Change> {
        None
    }

    /// The requirement that the screen is about, if it is about one.
    fn subject(&self) -> Option<Reference> {
        None
    }

    /// The screen above was left; `requirement` is what it was about last.
    fn returned_from(&mut self, _requirement: Option<Reference>) {}

    /// Takes the text that comes back from the person's own editor.
    fn edited(&mut self, _text: String, _session: &Session) -> Effect {
        Effect::None
    }
}

//! Placeholder while the screen is being built.

use ratatui::{Frame, layout::Rect};

use crate::tui::{
    effect::Effect,
    keys::{Command, Context},
    screens::View,
    session::Session,
};

/// Placeholder.
#[derive(Debug, Default)]
pub struct Search {}

impl View for Search {
    fn context(&self) -> Context {
        Context::Search
    }

    fn title(&self, _session: &Session) -> String {
        "Search".to_owned()
    }

    fn handle(&mut self, command: Command, _session: &Session) -> Effect {
        match command {
            Command::Back | Command::Keep => Effect::Back,
            _ => Effect::None,
        }
    }

    fn draw(&self, _frame: &mut Frame, _area: Rect, _session: &Session) {}
}

impl Search {
    /// A search with nothing typed yet.
    pub fn new(_session: &Session) -> Search {
        Search {}
    }
}

//! Placeholder while the screen is being built.

use ratatui::{Frame, layout::Rect};

use crate::{
    model::reference::Reference,
    tui::{
        effect::Effect,
        keys::{Command, Context},
        screens::View,
        session::Session,
    },
};

/// Placeholder.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum Purpose {
    Owner(Reference),
    NoOccasionReason { requirement: Reference, check: String },
}

/// Placeholder.
#[derive(Debug)]
pub struct Prompt {}

impl Prompt {
    /// Placeholder.
    pub fn new(_purpose: Purpose, _initial: String) -> Prompt {
        Prompt {}
    }
}

impl View for Prompt {
    fn context(&self) -> Context {
        Context::Prompt
    }

    fn title(&self, _session: &Session) -> String {
        "Prompt".to_owned()
    }

    fn handle(&mut self, command: Command, _session: &Session) -> Effect {
        match command {
            Command::Back | Command::Keep => Effect::Back,
            _ => Effect::None,
        }
    }

    fn draw(&self, _frame: &mut Frame, _area: Rect, _session: &Session) {}
}

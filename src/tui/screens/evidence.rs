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
pub struct EvidenceRegister {}

impl View for EvidenceRegister {
    fn context(&self) -> Context {
        Context::Evidence
    }

    fn title(&self, _session: &Session) -> String {
        "Evidence".to_owned()
    }

    fn handle(&mut self, command: Command, _session: &Session) -> Effect {
        match command {
            Command::Back | Command::Keep => Effect::Back,
            _ => Effect::None,
        }
    }

    fn draw(&self, _frame: &mut Frame, _area: Rect, _session: &Session) {}
}

impl EvidenceRegister {
    /// Placeholder.
    pub fn new(_for: Option<crate::model::reference::Reference>) -> EvidenceRegister {
        EvidenceRegister {}
    }
}

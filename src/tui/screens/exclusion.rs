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
pub struct ExclusionForm {}

impl View for ExclusionForm {
    fn context(&self) -> Context {
        Context::Exclusion
    }

    fn title(&self, _session: &Session) -> String {
        "Exclude".to_owned()
    }

    fn handle(&mut self, command: Command, _session: &Session) -> Effect {
        match command {
            Command::Back | Command::Keep => Effect::Back,
            _ => Effect::None,
        }
    }

    fn draw(&self, _frame: &mut Frame, _area: Rect, _session: &Session) {}
}

impl ExclusionForm {
    /// The form for these controls.
    pub fn new(_requirements: Vec<crate::model::reference::Reference>, _session: &Session) -> ExclusionForm {
        ExclusionForm {}
    }
}

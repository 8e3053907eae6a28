//! The lenses to choose from: other frameworks, a law, other certificates, subjects. All look at the same answers.

use std::collections::BTreeSet;

use ratatui::text::Line;

use crate::{
    model::{
        lens::{Lens, LensGroup},
        reference::Reference,
    },
    tui::{
        effect::Effect,
        keys::{Command, Context},
        screens::{
            lens::LensScreen,
            rows::{Place, Row, Rows, line_with_state, paragraph},
        },
        session::Session,
    },
};

/// The lenses.
#[derive(Debug, Default)]
pub struct Lenses {
    place: Place,
}

impl Rows for Lenses {
    fn context(&self) -> Context {
        Context::Lenses
    }

    fn title(&self, _session: &Session) -> String {
        "Lenses".to_owned()
    }

    fn head(&self, width: u16, session: &Session) -> Vec<Line<'static>> {
        let words = "The same answers by the same rules, in the order of something else. A lens shows support from your \
                     answers; it says of nothing that it is met.";
        paragraph(words, width, session.theme.text())
    }

    fn rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let theme = session.theme;
        let row = |lens: &Lens| {
            Row::new(lens.id.as_str(), vec![line_with_state(&lens.title, &extent(lens), theme.text(), width)])
        };
        let rows: Vec<Row> = session.catalog.lenses.iter().map(row).collect();
        if rows.is_empty() {
            return vec![Row::words("none", "These questionnaires have no lens.", width, theme.muted())];
        }
        rows
    }

    fn foot(&self, key: Option<&str>, width: u16, session: &Session) -> Vec<Line<'static>> {
        let Some(lens) = key.and_then(|id| session.catalog.lens(id)) else { return Vec::new() };
        let theme = session.theme;
        let notes = lens.notes.iter().flat_map(|note| paragraph(note, width, theme.muted()));
        paragraph(&lens.about, width, theme.text()).into_iter().chain(notes).collect()
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.place
    }

    fn act(&mut self, command: Command, key: Option<&str>, session: &Session) -> Effect {
        match (command, key.and_then(|id| session.catalog.lens(id))) {
            (Command::Choose, Some(lens)) => Effect::Open(Box::new(LensScreen::new(&lens.id))),
            _ => Effect::None,
        }
    }
}

/// How many rows it has, and how many of them the standard does not cover; of a head start, the requirements.
fn extent(lens: &Lens) -> String {
    if lens.is_head_start() {
        let requirements: BTreeSet<Reference> = lens.groups.iter().flat_map(LensGroup::counted).collect();
        return format!("{} requirements", requirements.len());
    }
    let groups = lens.walk().into_iter().map(|(_, group)| group);
    let rows: Vec<&LensGroup> = groups.filter(|group| group.groups.is_empty()).collect();
    let open = rows.iter().filter(|row| !row.is_covered()).count();
    let open = if open > 0 { format!(", {open} not covered") } else { String::new() };
    format!("{} rows{open}", rows.len())
}

//! The note of a requirement: a text area with soft wrap; Ctrl-E hands the text to the person's own editor.

use ratatui::{Frame, layout::Rect, widgets::Widget};
use tui_textarea::{CursorMove, TextArea, WrapMode};

use crate::{
    model::{edit::Change, reference::Reference},
    tui::{
        effect::{Effect, Request},
        input::{Key, KeyCode},
        keys::{Command, Context},
        screens::View,
        session::Session,
    },
};

/// The editor of one note.
#[derive(Debug)]
pub struct NoteEditor {
    requirement: Reference,
    before: String,
    area: TextArea<'static>,
    /// Whether the next cancel throws away what was written.
    is_warned: bool,
}

impl NoteEditor {
    /// An editor with the note as it is.
    pub fn new(requirement: Reference, session: &Session) -> NoteEditor {
        let before = session.assessment().answer(requirement).map(|answer| answer.note.clone()).unwrap_or_default();
        let area = text_area(&before, session);
        NoteEditor { requirement, before, area, is_warned: false }
    }

    fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// The change to the note, if its text is another than before.
    fn change(&self) -> Option<Change> {
        let note = self.text();
        (note != self.before).then_some(Change::SetNote { requirement: self.requirement, note })
    }
}

fn text_area(text: &str, session: &Session) -> TextArea<'static> {
    let mut area = TextArea::from(text.lines());
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.set_cursor_line_style(session.theme.text());
    area.set_cursor_style(session.theme.selected());
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}

/// A key as the text area names it.
pub fn text_input(key: Key) -> tui_textarea::Input {
    use tui_textarea::Key as Name;
    let name = match key.code {
        KeyCode::Char(character) => Name::Char(character),
        KeyCode::Enter => Name::Enter,
        KeyCode::Esc => Name::Esc,
        KeyCode::Tab | KeyCode::BackTab => Name::Tab,
        KeyCode::Backspace => Name::Backspace,
        KeyCode::Delete => Name::Delete,
        KeyCode::Up => Name::Up,
        KeyCode::Down => Name::Down,
        KeyCode::Left => Name::Left,
        KeyCode::Right => Name::Right,
        KeyCode::Home => Name::Home,
        KeyCode::End => Name::End,
        KeyCode::PageUp => Name::PageUp,
        KeyCode::PageDown => Name::PageDown,
    };
    tui_textarea::Input { key: name, ctrl: key.ctrl, alt: false, shift: false }
}

impl View for NoteEditor {
    fn context(&self) -> Context {
        Context::Editor
    }

    fn title(&self, _session: &Session) -> String {
        format!("Note on {}", self.requirement)
    }

    fn handle(&mut self, command: Command, _session: &Session) -> Effect {
        match command {
            Command::Keep => {
                let keep = self.change().map_or(Effect::None, Effect::Apply);
                Effect::All(vec![keep, Effect::Back])
            }
            Command::OwnEditor => Effect::Ask(Request::EditText(self.text())),
            Command::Back if self.change().is_some() && !self.is_warned => {
                self.is_warned = true;
                Effect::Say("Ctrl-C again throws the change away; Esc keeps it.".to_owned())
            }
            Command::Back => Effect::Back,
            _ => Effect::None,
        }
    }

    fn draw(&self, frame: &mut Frame, area: Rect, _session: &Session) {
        self.area.render(area, frame.buffer_mut());
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn type_key(&mut self, key: Key, _session: &Session) -> Effect {
        self.is_warned = false;
        self.area.input(text_input(key));
        Effect::None
    }

    fn paste(&mut self, text: &str, _session: &Session) -> Effect {
        self.is_warned = false;
        self.area.insert_str(text);
        Effect::None
    }

    fn pending(&self, _session: &Session) -> Option<Change> {
        self.change()
    }

    fn edited(&mut self, text: String, session: &Session) -> Effect {
        self.area = text_area(text.trim_end_matches('\n'), session);
        Effect::None
    }
}

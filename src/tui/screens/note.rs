//! The note of a requirement: a text area with soft wrap; Ctrl-E hands the text to the person's own editor.

use ratatui::{Frame, layout::Rect};

use crate::{
    model::{edit::Change, reference::Reference},
    tui::{
        effect::{Effect, Request},
        input::Key,
        keys::{Command, Context},
        screens::View,
        session::Session,
        widgets::text_editor::TextEditor,
    },
};

/// The editor of one note.
#[derive(Debug)]
pub struct NoteEditor {
    requirement: Reference,
    editor: TextEditor,
    /// Whether the next cancel throws away what was written.
    is_warned: bool,
}

impl NoteEditor {
    /// An editor with the note as it is.
    pub fn new(requirement: Reference, session: &Session) -> NoteEditor {
        let before = session.assessment().answer(requirement).map(|answer| answer.note.clone()).unwrap_or_default();
        NoteEditor { requirement, editor: TextEditor::new(&before, session.theme), is_warned: false }
    }

    /// The change to the note, if its text is another than before.
    fn change(&self) -> Option<Change> {
        let note = || Change::SetNote { requirement: self.requirement, note: self.editor.text() };
        self.editor.is_changed().then(note)
    }
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
            Command::OwnEditor => Effect::Ask(Request::EditText(self.editor.text())),
            Command::Back if self.change().is_some() && !self.is_warned => {
                self.is_warned = true;
                Effect::Say("Ctrl-C again throws the change away; Esc keeps it.".to_owned())
            }
            Command::Back => Effect::Back,
            _ => Effect::None,
        }
    }

    fn draw(&self, frame: &mut Frame, area: Rect, _session: &Session) {
        self.editor.draw(frame, area);
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn type_key(&mut self, key: Key, _session: &Session) -> Effect {
        self.is_warned = false;
        self.editor.type_key(key);
        Effect::None
    }

    fn paste(&mut self, text: &str, _session: &Session) -> Effect {
        self.is_warned = false;
        self.editor.insert(text);
        Effect::None
    }

    fn pending(&self, _session: &Session) -> Option<Change> {
        self.change()
    }

    fn edited(&mut self, text: String, session: &Session) -> Effect {
        self.editor.replace(text.trim_end_matches('\n'), session.theme);
        Effect::None
    }
}

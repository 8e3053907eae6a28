//! A longer text while it is written: lines with soft wrap. Whether it is kept is the screen's business.

use ratatui::{Frame, layout::Rect, widgets::Widget};
use tui_textarea::{CursorMove, TextArea, WrapMode};

use crate::tui::{
    input::{Key, KeyCode},
    theme::Theme,
};

/// A text with a cursor.
#[derive(Debug)]
pub struct TextEditor {
    before: String,
    area: TextArea<'static>,
}

impl TextEditor {
    /// An editor of a text as it is, with the cursor behind it.
    pub fn new(text: &str, theme: Theme) -> TextEditor {
        TextEditor { before: text.to_owned(), area: text_area(text, theme) }
    }

    /// The text as it is now.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether it is another one than at first.
    pub fn is_changed(&self) -> bool {
        self.text() != self.before
    }

    /// Whether nothing stands in the line that the cursor is on.
    pub fn is_on_empty_line(&self) -> bool {
        let line = self.area.cursor().0;
        self.area.lines().get(line).is_none_or(|line| line.trim().is_empty())
    }

    /// Takes a key.
    pub fn type_key(&mut self, key: Key) {
        self.area.input(text_input(key));
    }

    /// Puts a text in at the cursor.
    pub fn insert(&mut self, pasted: &str) {
        self.area.insert_str(pasted);
    }

    /// Puts another text in the place of this one; it counts as changed if it differs from the first.
    pub fn replace(&mut self, text: &str, theme: Theme) {
        self.area = text_area(text, theme);
    }

    /// Draws the part around the cursor.
    pub fn draw(&self, frame: &mut Frame, area: Rect) {
        (&self.area).render(area, frame.buffer_mut());
    }
}

fn text_area(text: &str, theme: Theme) -> TextArea<'static> {
    let mut area = TextArea::from(text.lines());
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.set_cursor_line_style(theme.text());
    area.set_cursor_style(theme.selected());
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

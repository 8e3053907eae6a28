//! One line of text with a cursor, edited by keys and paste. Which part is in view follows from cursor and width.

use std::ops::Range;

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};
use unicode_segmentation::UnicodeSegmentation;

use crate::tui::{
    input::{Key, KeyCode},
    theme::Theme,
    widgets::text,
};

/// The most bytes that a line takes; more is not typed but pasted by mistake.
const LONGEST: usize = 2000;

/// A line of text and the place where the next character goes.
#[derive(Clone, Debug, Default)]
pub struct LineInput {
    text: String,
    /// A byte offset on the border of a grapheme.
    cursor: usize,
}

impl LineInput {
    /// A line that holds a text already, with the cursor behind it.
    pub fn new(text: &str) -> LineInput {
        let mut line = LineInput::default();
        line.insert(text);
        line
    }

    /// What was typed so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Takes a key; keys that edit nothing are passed over.
    pub fn type_key(&mut self, key: Key) {
        if key.ctrl {
            return;
        }
        match key.code {
            KeyCode::Char(character) => self.insert(character.encode_utf8(&mut [0; 4])),
            KeyCode::Backspace => self.remove(self.before()..self.cursor),
            KeyCode::Delete => self.remove(self.cursor..self.after()),
            KeyCode::Left => self.cursor = self.before(),
            KeyCode::Right => self.cursor = self.after(),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = self.text.len(),
            KeyCode::Enter
            | KeyCode::Esc
            | KeyCode::Tab
            | KeyCode::BackTab
            | KeyCode::Up
            | KeyCode::Down
            | KeyCode::PageUp
            | KeyCode::PageDown => {}
        }
    }

    /// Puts a text in at the cursor, on one line and as far as there is room.
    pub fn insert(&mut self, pasted: &str) {
        let pasted = text::one_line(pasted);
        let room = LONGEST.saturating_sub(self.text.len());
        let fitting = &pasted[..pasted.floor_char_boundary(room)];
        self.text.insert_str(self.cursor, fitting);
        self.cursor += fitting.len();
        // A combining mark may have joined what stands around it.
        self.cursor = self.border_from(self.cursor);
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        *self = LineInput::default();
    }

    /// Draws the part around the cursor into the first row of `area`.
    pub fn draw(&self, frame: &mut Frame, area: Rect, theme: Theme) {
        let under = &self.text[self.cursor..self.after()];
        let under = if under.is_empty() { " " } else { under };
        let room = area.width.saturating_sub(text::width(under));
        let before = end_of(&self.text[..self.cursor], room);
        let line = Line::from_iter([
            Span::styled(before, theme.text()),
            Span::styled(under, theme.selected()),
            Span::styled(&self.text[self.after()..], theme.text()),
        ]);
        frame.render_widget(line, Rect { height: area.height.min(1), ..area });
    }

    fn remove(&mut self, range: Range<usize>) {
        self.cursor = range.start;
        self.text.replace_range(range, "");
        self.cursor = self.border_from(self.cursor);
    }

    /// The border before the cursor.
    fn before(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(start, _)| start)
    }

    /// The border after the cursor.
    fn after(&self) -> usize {
        self.cursor + self.text[self.cursor..].graphemes(true).next().map_or(0, str::len)
    }

    /// The first border at or after an offset.
    fn border_from(&self, offset: usize) -> usize {
        let mut borders = self.text.grapheme_indices(true).map(|(start, _)| start);
        borders.find(|start| *start >= offset).unwrap_or(self.text.len())
    }
}

/// The end of a text that takes at most `width` cells.
fn end_of(line: &str, width: u16) -> &str {
    let mut used = 0;
    let mut start = line.len();
    for (offset, grapheme) in line.grapheme_indices(true).rev() {
        used += text::width(grapheme);
        if used > width {
            break;
        }
        start = offset;
    }
    &line[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &mut LineInput, keys: &[KeyCode]) -> String {
        keys.iter().for_each(|code| line.type_key(Key::plain(*code)));
        let (before, after) = line.text.split_at(line.cursor);
        format!("{before}|{after}")
    }

    #[test]
    fn keys_edit_by_what_one_sees_as_a_character() {
        use KeyCode::{Backspace, Char, Delete, End, Home, Left, Right};
        let mut line = LineInput::new("影e\u{301}x");
        assert_eq!(typed(&mut line, &[]), "影e\u{301}x|");
        assert_eq!(typed(&mut line, &[Left, Left]), "影|e\u{301}x");
        assert_eq!(typed(&mut line, &[Delete, Char('響')]), "影響|x");
        assert_eq!(typed(&mut line, &[Home, Backspace, Left]), "|影響x");
        assert_eq!(typed(&mut line, &[End, Right, Backspace, Backspace]), "影|");
        assert_eq!(typed(&mut line, &[Char('e'), Char('\u{301}'), Backspace]), "影|");
        line.type_key(Key::ctrl('c'));
        assert_eq!(line.text(), "影", "control keys are no text");
    }

    #[test]
    fn pasted_text_stays_one_short_line() {
        let mut line = LineInput::new("ab");
        typed(&mut line, &[KeyCode::Left]);
        line.insert("1\r\n2\u{1b}\u{202e}3");
        assert_eq!(line.text(), "a1 23b");
        line.insert(&"影".repeat(LONGEST));
        assert!(line.text().len() <= LONGEST && line.text().ends_with('b'));
    }

    #[test]
    fn the_part_before_the_cursor_is_cut_by_cells() {
        assert_eq!(end_of("影響評価", 5), "評価");
        assert_eq!(end_of("abc", 5), "abc");
        assert_eq!(end_of("影", 1), "");
    }
}

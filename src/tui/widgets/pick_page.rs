//! A page with one question, what it is about, and numbered options of which one or several are picked.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    model::catalog::Term,
    tui::{
        theme::Theme,
        widgets::{terms, text},
    },
};

/// Longer lines are hard to read.
const WIDEST: u16 = 100;
/// The cells before the words of an option: marker, digit and pick mark.
const BEFORE_LABEL: u16 = 9;

/// One question to pick an answer to.
#[derive(Debug)]
pub struct PickPage<'a> {
    /// The words that are marked.
    pub glossary: &'a [Term],
    /// The question.
    pub question: &'a str,
    /// What is meant, or why it is asked; left out where there is no room.
    pub hint: &'a str,
    /// The options in words, and whether each is picked.
    pub options: Vec<(&'a str, bool)>,
    /// Whether several can be picked.
    pub is_several: bool,
    /// The option that the cursor is on, once it was moved.
    pub cursor: Option<usize>,
    /// What follows from the picks, in paragraphs; stands at the bottom, the last go first where there is little room.
    pub foot: Vec<String>,
}

/// One row, and the option that it belongs to.
type Row = (Line<'static>, Option<usize>);

impl PickPage<'_> {
    /// Draws the page.
    pub fn draw(&self, frame: &mut Frame, area: Rect, theme: Theme) {
        let foot = self.foot_lines(area);
        let rows = self.rows(area, foot.len(), theme);
        let blank = usize::from(area.height).saturating_sub(rows.len() + foot.len());
        let foot = foot.into_iter().map(|line| Line::styled(format!("  {line}"), theme.muted()));
        let between = std::iter::repeat_n(Line::default(), blank);
        let lines = rows.into_iter().map(|(line, _)| line).chain(between).chain(foot);
        for (row, line) in area.rows().zip(lines) {
            frame.render_widget(line, row);
        }
    }

    /// The option that is drawn in that row of the terminal.
    pub fn option_at(&self, area: Rect, row: u16, theme: Theme) -> Option<usize> {
        let rows = self.rows(area, self.foot_lines(area).len(), theme);
        rows.get(usize::from(row.checked_sub(area.y)?)).and_then(|(_, option)| *option)
    }

    /// The rows above the foot: blank lines go first where there is little room, then the hint.
    fn rows(&self, area: Rect, foot: usize, theme: Theme) -> Vec<Row> {
        let room = usize::from(area.height).saturating_sub(foot);
        let width = text_width(area);
        let question = self.paragraph(self.question, width, theme.heading(), theme);
        let mut hint = self.paragraph(self.hint, width, theme.muted(), theme);
        let options: Vec<Vec<Row>> = (0..self.options.len()).map(|option| self.option(option, width, theme)).collect();
        let fixed = question.len() + options.iter().map(Vec::len).sum::<usize>();
        if fixed + hint.len() > room {
            hint.clear();
        }
        let spare = room.saturating_sub(fixed + hint.len());
        let blank = |least: usize| (spare >= least).then(|| (Line::default(), None));
        let above = blank(2).into_iter().chain(question).chain(blank(3)).chain(hint).chain(blank(1));
        above.chain(options.into_iter().flatten()).collect()
    }

    fn paragraph(&self, words: &str, width: u16, style: Style, theme: Theme) -> Vec<Row> {
        let lines = self.marked(words, width, style, theme).into_iter();
        let indented = lines.map(|line| Line::from_iter([Span::raw("  ")].into_iter().chain(line.spans)));
        indented.map(|line| (line, None)).collect()
    }

    fn marked(&self, words: &str, width: u16, style: Style, theme: Theme) -> Vec<Line<'static>> {
        terms::marked_lines(words, width, self.glossary, style, style.patch(theme.term()))
    }

    fn option(&self, option: usize, width: u16, theme: Theme) -> Vec<Row> {
        let (label, is_picked) = self.options[option];
        let cursor = if self.cursor == Some(option) { theme.cursor() } else { " " };
        let mark = match (self.is_several, is_picked) {
            (false, false) => "( )",
            (false, true) => "(x)",
            (true, false) => "[ ]",
            (true, true) => "[x]",
        };
        let style = if is_picked { theme.chosen() } else { theme.text() };
        let lines = self.marked(label, label_width(width), style, theme);
        let rows = lines.into_iter().enumerate().map(|(index, line)| {
            let before = if index == 0 {
                let digit = format!(" {} ", option + 1);
                [
                    Span::raw(format!(" {cursor}")),
                    Span::styled(digit, theme.key()),
                    Span::styled(format!("{mark} "), style),
                ]
            } else {
                [Span::raw("  "), Span::raw("   "), Span::raw("    ")]
            };
            (Line::from_iter(before.into_iter().chain(line.spans)), Some(option))
        });
        rows.collect()
    }

    /// As many paragraphs as leave room for the rest, at least the first.
    fn foot_lines(&self, area: Rect) -> Vec<String> {
        let width = text_width(area);
        let lines_of = |words: &str| text::wrap(words, width).into_iter().map(|line| line.into_owned()).collect();
        let height_of = |words: &str, room: u16| text::wrap(words, room).len();
        let options = self.options.iter().map(|(label, _)| height_of(label, label_width(width)));
        let above = height_of(self.question, width) + height_of(self.hint, width) + options.sum::<usize>();
        let mut room = usize::from(area.height).saturating_sub(above);
        let mut paragraphs: Vec<Vec<String>> = self.foot.iter().map(|words| lines_of(words)).collect();
        let fitting = paragraphs.iter().take_while(|lines| {
            let fits = lines.len() <= room;
            room = room.saturating_sub(lines.len());
            fits
        });
        let fitting = fitting.count().max(1);
        paragraphs.truncate(fitting);
        paragraphs.concat()
    }
}

fn label_width(width: u16) -> u16 {
    width.saturating_sub(BEFORE_LABEL - 2)
}

fn text_width(area: Rect) -> u16 {
    area.width.min(WIDEST).saturating_sub(4)
}

//! One step of the path: question, articles, help, and the options as a tick list under their headings.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    style::Style,
    text::{Line, Span},
};

use crate::{
    model::{
        catalog::Term,
        decision_path::{PathAnswer, PathOption, PathReply, PathStep},
    },
    tui::{
        theme::Theme,
        widgets::{list::List, terms, text},
    },
};

/// Longer lines are hard to read.
const WIDEST: u16 = 100;
/// The cells before the words of an option: marker, digit and tick.
const BEFORE_NAME: u16 = 9;
/// With fewer rows for the options the help stands behind a key.
const ROWS_OF_OPTIONS: usize = 8;
/// The rows that the words on the answer take at most.
const ROWS_OF_STATUS: usize = 2;

/// One step to answer.
pub(super) struct StepPage<'a> {
    pub(super) step: &'a PathStep,
    pub(super) answer: Option<&'a PathAnswer>,
    /// The option that the cursor is on.
    pub(super) cursor: usize,
    /// Whether the help stands in place of the options.
    pub(super) is_explained: bool,
    pub(super) glossary: &'a [Term],
    pub(super) theme: Theme,
}

/// The parts of the page.
struct Places {
    head: Vec<Line<'static>>,
    foot: Vec<Line<'static>>,
    list: List,
    range: Rect,
}

impl StepPage<'_> {
    pub(super) fn draw(&self, frame: &mut Frame, area: Rect) {
        let Places { head, foot, list, range } = self.places(area);
        for (row, line) in area.rows().zip(head) {
            frame.render_widget(line, row);
        }
        if !self.is_explained {
            for (option, place) in list.places() {
                for (row, line) in place.rows().zip(self.option(option, place.width)) {
                    frame.render_widget(line, row);
                }
            }
            frame.render_widget(Line::styled(list.range(), self.theme.muted()).right_aligned(), range);
        }
        let below = area.rows().skip(usize::from(area.height).saturating_sub(foot.len()));
        for (row, line) in below.zip(foot) {
            frame.render_widget(line, row);
        }
    }

    /// The options as they are in view.
    pub(super) fn list(&self, area: Rect) -> List {
        self.places(area).list
    }

    fn places(&self, area: Rect) -> Places {
        let width = area.width.min(WIDEST).saturating_sub(3);
        let rows = |lines: &[Line]| u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let options = 0..self.step.options.len();
        let heights: Vec<u16> = options.map(|option| rows(&self.option(option, area.width))).collect();
        let needed = heights.iter().copied().map(usize::from).sum::<usize>();
        let room = usize::from(area.height).saturating_sub(ROWS_OF_STATUS);
        let (head, has_help) = self.head(width, room, needed);
        let help = match (self.is_explained, has_help || self.step.help.is_empty()) {
            (true, _) if self.step.options.is_empty() => "",
            (true, _) => " i: options.",
            (false, true) => "",
            (false, false) => " i: help.",
        };
        let foot: Vec<Line> = paragraph(&format!("{}{help}", self.status()), width, self.theme.muted());
        let parts = [rows(&head), 0, rows(&foot)].map(Constraint::Length);
        let [_, middle, _] = Layout::vertical([parts[0], Constraint::Fill(1), parts[2]]).areas(area);
        let (list, range) = List::with_range(heights, self.cursor, middle);
        Places { head, foot, list, range }
    }

    /// Question, articles and help, and whether the help is there; blank lines and then the help go first where there is
    /// little room.
    fn head(&self, width: u16, room: usize, options: usize) -> (Vec<Line<'static>>, bool) {
        let theme = self.theme;
        let question = theme.heading();
        let mut head = Vec::new();
        let marked =
            terms::marked_lines(&self.step.question, width, self.glossary, question, question.patch(theme.term()));
        head.extend(marked.into_iter().map(indented));
        let refs: Vec<&str> = self.step.refs.iter().map(|reference| reference.as_str()).collect();
        head.extend(paragraph(&refs.join(", "), width, theme.muted()));
        let help = match self.step.help.as_str() {
            "" => Vec::new(),
            help => paragraph(help, width, theme.text()),
        };
        let least = options.min(ROWS_OF_OPTIONS);
        let has_help = self.is_explained || head.len() + help.len() + least <= room;
        if has_help {
            let is_airy = head.len() + help.len() + least + 3 <= room;
            if is_airy {
                head.insert(0, Line::default());
                head.push(Line::default());
            }
            head.extend(help);
            if is_airy {
                head.push(Line::default());
            }
        }
        (head, has_help)
    }

    /// What is answered so far, or how to answer.
    fn status(&self) -> String {
        let is_tick_list = self.step.options.iter().any(|option| !option.means_no);
        let Some(answer) = self.answer else { return how_to_answer(self.step).to_owned() };
        match answer.answer {
            PathReply::Unknown => "Answer: nobody knows; the result stays open.".to_owned(),
            PathReply::Yes | PathReply::No if !answer.picks.is_empty() => match answer.picks.len() {
                1 => "Answer: what is ticked. Enter goes on.".to_owned(),
                many => format!("Answer: the {many} that are ticked. Enter goes on."),
            },
            PathReply::Yes => "Answer: yes. Enter goes on.".to_owned(),
            PathReply::No if is_tick_list => "Answer: none of these. Enter goes on.".to_owned(),
            PathReply::No => "Answer: no. Enter goes on.".to_owned(),
        }
    }

    /// The rows of an option, with its heading where it is the first under it.
    fn option(&self, index: usize, width: u16) -> Vec<Line<'static>> {
        let theme = self.theme;
        let option = &self.step.options[index];
        let width = width.min(WIDEST).saturating_sub(BEFORE_NAME + 1);
        let mut lines = self.area_heading(index);
        let is_ticked = self.answer.is_some_and(|answer| answer.picks.iter().any(|pick| option.id == *pick));
        let style = if is_ticked { theme.chosen() } else { theme.text() };
        let name = terms::marked_lines(&option.name, width, self.glossary, style, style.patch(theme.term()));
        let is_on_line = option.note.is_empty()
            && name.len() == 1
            && text::width(&option.name) + text::width(&option.reference) + 2 <= width;
        let before = self.before(index, is_ticked, style);
        for (row, line) in name.into_iter().enumerate() {
            let first = if row == 0 { before.clone() } else { vec![blank_before()] };
            lines.push(Line::from_iter(first.into_iter().chain(line.spans)));
        }
        match lines.last_mut() {
            Some(line) if is_on_line => line.push_span(Span::styled(format!("  {}", option.reference), theme.muted())),
            Some(_) | None => {
                let note = about(option, theme);
                let note = text::wrap(&note, width).into_iter().filter(|line| !line.is_empty());
                lines.extend(
                    note.map(|line| Line::from_iter([blank_before(), Span::styled(line.into_owned(), theme.muted())])),
                );
            }
        }
        lines
    }

    fn area_heading(&self, index: usize) -> Vec<Line<'static>> {
        let area = |index: usize| self.step.options.get(index).map(|option| option.area.as_str());
        let before = index.checked_sub(1).and_then(area);
        match area(index) {
            Some(heading) if !heading.is_empty() && before != Some(heading) => {
                vec![Line::styled(format!("  {heading}"), self.theme.heading())]
            }
            Some(_) | None => Vec::new(),
        }
    }

    /// Marker, digit and tick.
    fn before(&self, index: usize, is_ticked: bool, style: Style) -> Vec<Span<'static>> {
        let cursor = if self.cursor == index { self.theme.cursor() } else { " " };
        let digit = if index < 9 { format!(" {} ", index + 1) } else { "   ".to_owned() };
        let tick = if is_ticked { "[x] " } else { "[ ] " };
        vec![Span::raw(format!(" {cursor}")), Span::styled(digit, self.theme.key()), Span::styled(tick, style)]
    }
}

/// The keys that answer a step, in a sentence.
pub(super) fn how_to_answer(step: &PathStep) -> &'static str {
    if step.options.is_empty() {
        "Not answered yet: y yes, n no, u nobody knows."
    } else if step.options.iter().any(|option| !option.means_no) {
        "Not answered yet: Space ticks what is true, n none of these, u nobody knows."
    } else {
        "Not answered yet: y yes, or Space ticks why not; u nobody knows."
    }
}

/// Reference and note of an option.
fn about(option: &PathOption, theme: Theme) -> String {
    let parts = [option.reference.as_str(), option.note.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(theme.dot())
}

fn blank_before() -> Span<'static> {
    Span::raw(" ".repeat(usize::from(BEFORE_NAME)))
}

fn indented(line: Line<'static>) -> Line<'static> {
    Line::from_iter([Span::raw("  ")].into_iter().chain(line.spans))
}

fn paragraph(words: &str, width: u16, style: Style) -> Vec<Line<'static>> {
    text::wrap(words, width).into_iter().map(|line| Line::styled(format!("  {line}"), style)).collect()
}

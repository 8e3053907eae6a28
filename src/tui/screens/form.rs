//! A form: fields one below the other, kept together. What it is about and what becomes of it says its [`Sheet`].

pub mod field;

use std::fmt::Debug;

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    model::edit::Change,
    tui::{
        effect::Effect,
        input::{Key, KeyCode, Mouse, MouseKind},
        keys::{Command, Context},
        screens::{
            View,
            form::field::{Entry, Field, Values},
        },
        session::Session,
        theme::Theme,
        widgets::{list::List, text},
    },
};

/// The most cells of a field's name, with the marker before it.
const WIDEST_LABEL: u16 = 24;
/// The most rows of the words at the foot.
const FOOT: u16 = 3;
/// The most rows of the hint below the form.
const HINT: u16 = 3;

/// What a form is about. The fields are named; the same names ask for what was written.
pub trait Sheet: Debug {
    /// What the bar at the top says.
    fn title(&self, session: &Session) -> String;

    /// The change that keeps what was written; nothing where it changes nothing.
    ///
    /// # Errors
    /// Per field that cannot be kept so, its name and what would be right.
    fn read(&self, values: &Values<'_>, session: &Session) -> Result<Option<Change>, Vec<(&'static str, String)>>;

    /// A few lines below the form that follows from what is written, such as the level of a harm.
    fn foot(&self, _values: &Values<'_>, _session: &Session) -> String {
        String::new()
    }
}

/// A form on the screen.
#[derive(Debug)]
pub struct Form {
    sheet: Box<dyn Sheet>,
    fields: Vec<Field>,
    /// The fields as they were at first.
    before: Vec<Field>,
    /// The row that the cursor is on.
    row: usize,
    /// Whether keeping was tried, from which on problems are shown.
    is_checked: bool,
    /// Whether the next cancel throws away what was changed.
    is_warned: bool,
}

/// One row on which the cursor can stand: a field, or an option of a field with ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row {
    field: usize,
    option: Option<usize>,
}

/// The parts of the screen.
struct Places {
    list: List,
    range: Rect,
    hint: Vec<String>,
    hint_area: Rect,
    foot: Vec<String>,
    foot_area: Rect,
}

impl Form {
    /// A form with these fields.
    pub fn new(sheet: impl Sheet + 'static, fields: Vec<Field>) -> Form {
        let before = fields.clone();
        Form { sheet: Box::new(sheet), fields, before, row: 0, is_checked: false, is_warned: false }
    }

    /// The same with the cursor on a field.
    pub fn on(mut self, name: &str) -> Form {
        self.row = self.rows().iter().position(|row| self.fields[row.field].name == name).unwrap_or(0);
        self
    }

    fn values(&self) -> Values<'_> {
        Values(&self.fields)
    }

    /// All rows: a field with ticks has one per option.
    fn rows(&self) -> Vec<Row> {
        let of_field = |(field, entry): (usize, &Field)| match &entry.entry {
            Entry::Many { options, .. } if !options.is_empty() => {
                (0..options.len()).map(|option| Row { field, option: Some(option) }).collect::<Vec<Row>>()
            }
            Entry::Line(_) | Entry::One { .. } | Entry::Many { .. } => vec![Row { field, option: None }],
        };
        self.fields.iter().enumerate().flat_map(of_field).collect()
    }

    fn here(&self) -> Row {
        let rows = self.rows();
        rows.get(self.row).or(rows.last()).copied().unwrap_or(Row { field: 0, option: None })
    }

    fn move_by(&mut self, steps: isize) {
        let count = self.rows().len().max(1);
        self.row = (self.row.min(count - 1) + count).wrapping_add_signed(steps) % count;
    }

    /// To the first row of the next field, or of the one before.
    fn move_field(&mut self, steps: isize) {
        let count = self.fields.len().max(1);
        let field = (self.here().field + count).wrapping_add_signed(steps) % count;
        self.row = self.rows().iter().position(|row| row.field == field).unwrap_or(0);
    }

    fn problems(&self, session: &Session) -> Vec<(&'static str, String)> {
        if self.is_checked { self.sheet.read(&self.values(), session).err().unwrap_or_default() } else { Vec::new() }
    }

    fn keep(&mut self, session: &Session) -> Effect {
        self.is_checked = true;
        match self.sheet.read(&self.values(), session) {
            Ok(None) => Effect::Back,
            Ok(Some(change)) => Effect::All(vec![Effect::Apply(change), Effect::Back]),
            Err(problems) => {
                let is_wrong = |row: &Row| problems.iter().any(|(name, _)| *name == self.fields[row.field].name);
                self.row = self.rows().iter().position(is_wrong).unwrap_or(self.row);
                Effect::Say("Not kept yet: see what is marked with an exclamation mark.".to_owned())
            }
        }
    }

    fn is_changed(&self) -> bool {
        self.fields.iter().zip(&self.before).any(|(now, before)| !now.says_the_same(before))
    }

    /// The rows of the screen that a row of the form takes: a heading before the first option, and problems below.
    fn height(&self, row: Row, problems: &[(&'static str, String)], width: u16) -> u16 {
        let heading = u16::from(row.option == Some(0));
        let is_last = self.fields[row.field].rows() == row.option.map_or(1, |option| option + 1);
        let wrong = if is_last { problem_lines(self.fields[row.field].name, problems, width).len() } else { 0 };
        1 + heading + u16::try_from(wrong).unwrap_or(0)
    }

    fn label_width(&self) -> u16 {
        let widest = self.fields.iter().map(|field| text::width(field.name)).max().unwrap_or(0);
        (widest + 3).min(WIDEST_LABEL)
    }

    fn places(&self, area: Rect, session: &Session) -> Places {
        let problems = self.problems(session);
        let heights: Vec<u16> = self.rows().into_iter().map(|row| self.height(row, &problems, area.width)).collect();
        let width = area.width.saturating_sub(4);
        let here = self.here();
        let lines = |words: &str, most: usize| -> Vec<String> {
            let wrapped = text::wrap(words, width).into_iter().map(|line| line.into_owned());
            let mut lines: Vec<String> = if words.is_empty() { Vec::new() } else { wrapped.collect() };
            if lines.len() > most {
                // What is left out shows by its dots.
                let rest = lines.split_off(most - 1).join(" ");
                lines.push(text::cut(&rest, width).into_owned());
            }
            lines
        };
        let hint = self.fields.get(here.field).map_or(String::new(), |field| field.hint_at(here.option));
        let hint = lines(&hint, usize::from(HINT));
        let foot = lines(&self.sheet.foot(&self.values(), session), usize::from(FOOT));
        let length = |lines: &Vec<String>| Constraint::Length(u16::try_from(lines.len()).unwrap_or(0));
        let parts = [Constraint::Fill(1), Constraint::Length(1), length(&hint), length(&foot)];
        let [form, range, hint_area, foot_area] = Layout::vertical(parts).areas(area);
        let selected = self.row.min(heights.len().saturating_sub(1));
        Places { list: List { heights, selected, area: form }, range, hint, hint_area, foot, foot_area }
    }

    fn draw_row(&self, frame: &mut Frame, area: Rect, row: Row, problems: &[(&'static str, String)], theme: Theme) {
        let is_here = row == self.here();
        let field = &self.fields[row.field];
        let style = if is_here { theme.heading() } else { theme.muted() };
        let cursor = if is_here { theme.cursor() } else { " " };
        let mut lines = area.rows();
        if row.option == Some(0)
            && let Some(place) = lines.next()
        {
            frame.render_widget(Line::styled(format!("  {}", field.name), theme.muted()), place);
        }
        let Some(place) = lines.next() else { return };
        match row.option {
            Some(option) => {
                let ticked = field.entry.is_ticked(option);
                let line =
                    format!("{cursor}   {} {}", if ticked { "[x]" } else { "[ ]" }, field.entry.option_name(option));
                let style = if ticked || is_here { theme.text() } else { theme.muted() };
                frame.render_widget(Line::styled(text::cut(&line, place.width).into_owned(), style), place);
            }
            None => {
                let label = Constraint::Length(self.label_width());
                let [label, value, _] =
                    Layout::horizontal([label, Constraint::Fill(1), Constraint::Length(1)]).areas(place);
                let name = text::cut(field.name, label.width.saturating_sub(3)).into_owned();
                frame.render_widget(
                    Line::from_iter([Span::raw(format!("{cursor} ")), Span::styled(name, style)]),
                    label,
                );
                field.entry.draw(frame, value, is_here, theme);
            }
        }
        for (place, line) in lines.zip(problem_lines(field.name, problems, area.width)) {
            frame.render_widget(Line::styled(line, theme.warning()), place);
        }
    }
}

/// The problems of a field, line by line.
fn problem_lines(field: &str, problems: &[(&'static str, String)], width: u16) -> Vec<String> {
    let of_field = problems.iter().filter(|(name, _)| *name == field);
    let lines = |problem: &str| -> Vec<String> {
        let wrapped = text::wrap(problem, width.saturating_sub(5)).into_iter().enumerate();
        wrapped.map(|(index, line)| format!("  {} {line}", if index == 0 { "!" } else { " " })).collect()
    };
    of_field.flat_map(|(_, problem)| lines(problem)).collect()
}

impl View for Form {
    fn context(&self) -> Context {
        Context::Form
    }

    fn title(&self, session: &Session) -> String {
        self.sheet.title(session)
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let was_warned = std::mem::take(&mut self.is_warned);
        let here = self.here();
        match command {
            Command::Up => self.move_by(-1),
            Command::Down => self.move_by(1),
            Command::Switch => self.move_field(1),
            Command::SwitchBack => self.move_field(-1),
            Command::Clear => self.fields[here.field].entry.clear(),
            Command::Keep => return self.keep(session),
            Command::Back if self.is_changed() && !was_warned => {
                self.is_warned = true;
                return Effect::Say("Esc again throws the changes away; Enter keeps them.".to_owned());
            }
            Command::Back => return Effect::Back,
            _ => {}
        }
        Effect::None
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        self.row = self.places(area, session).list.turned(pages);
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let theme = session.theme;
        let (rows, problems) = (self.rows(), self.problems(session));
        let places = self.places(area, session);
        for (index, place) in places.list.places() {
            self.draw_row(frame, place, rows[index], &problems, theme);
        }
        frame.render_widget(Line::styled(places.list.range(), theme.muted()).right_aligned(), places.range);
        let below = [(places.hint_area, places.hint, theme.muted()), (places.foot_area, places.foot, theme.text())];
        for (area, lines, style) in below {
            for (place, line) in area.rows().zip(lines) {
                frame.render_widget(Line::styled(format!("  {line}"), style), place);
            }
        }
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn type_key(&mut self, key: Key, _session: &Session) -> Effect {
        self.is_warned = false;
        let here = self.here();
        match (here.option, key.code) {
            (Some(option), KeyCode::Char(' ')) => self.fields[here.field].entry.tick(option),
            (Some(_), _) => {}
            (None, _) => self.fields[here.field].entry.type_key(key),
        }
        Effect::None
    }

    fn paste(&mut self, pasted: &str, _session: &Session) -> Effect {
        self.is_warned = false;
        let here = self.here();
        self.fields[here.field].entry.paste(pasted);
        Effect::None
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match mouse.kind {
            MouseKind::WheelUp => self.move_by(-1),
            MouseKind::WheelDown => self.move_by(1),
            MouseKind::Click => {
                let places = self.places(area, session).list.places();
                let clicked = places.iter().find(|(_, place)| place.contains((mouse.column, mouse.row).into()));
                if let Some((row, _)) = clicked {
                    self.row = *row;
                    let here = self.here();
                    if let Some(option) = here.option {
                        self.fields[here.field].entry.tick(option);
                    }
                }
            }
        }
        Effect::None
    }

    fn pending(&self, session: &Session) -> Option<Change> {
        let change = || self.sheet.read(&self.values(), session).ok().flatten();
        if self.is_changed() { change() } else { None }
    }
}

#[cfg(test)]
mod tests;

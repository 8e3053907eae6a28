//! A screen that is a list: words above, rows with a cursor, words below about the row that the cursor is on.
//! What the rows are and what keys do with them says its [`Rows`]; moving, paging, mouse and the second press that
//! removes are the same for all.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    style::Style,
    text::{Line, Span},
};

use crate::tui::{
    effect::Effect,
    input::Mouse,
    keys::{Command, Context},
    screens::View,
    session::Session,
    theme::Theme,
    widgets::{
        list::{Cursor, List, Pointed},
        paging, text,
    },
};

/// The rows that a list keeps, whatever stands above and below it.
const FEWEST_ROWS: u16 = 4;

/// What a list screen shows and does.
pub trait Rows: std::fmt::Debug {
    /// Which keys work.
    fn context(&self) -> Context;

    /// What the bar at the top says.
    fn title(&self, session: &Session) -> String;

    /// The lines above the list.
    fn head(&self, width: u16, session: &Session) -> Vec<Line<'static>>;

    /// The rows, in order.
    fn rows(&self, width: u16, session: &Session) -> Vec<Row>;

    /// The lines below the list, about the row of that key.
    fn foot(&self, _key: Option<&str>, _width: u16, _session: &Session) -> Vec<Line<'static>> {
        Vec::new()
    }

    /// Where the cursor is.
    fn place(&self) -> &Place;

    /// Where the cursor is, to move it.
    fn place_mut(&mut self) -> &mut Place;

    /// Answers a command that is not about moving, with the key of the row that the cursor is on.
    fn act(&mut self, command: Command, key: Option<&str>, session: &Session) -> Effect;
}

/// One row of a list.
#[derive(Clone, Debug)]
pub struct Row {
    /// What tells it from the others while the list changes.
    pub key: String,
    /// What it says, line by line; the marker of the cursor stands before the first.
    pub lines: Vec<Line<'static>>,
    /// What a second press of the key removes, in words; nothing where it cannot be removed.
    pub removes: Option<String>,
    /// Whether the cursor stops at it.
    pub is_stop: bool,
}

impl Row {
    /// A row at which the cursor stops and that stays.
    pub fn new(key: impl Into<String>, lines: Vec<Line<'static>>) -> Row {
        Row { key: key.into(), lines, removes: None, is_stop: true }
    }

    /// Words that the cursor passes by, with their line breaks.
    pub fn words(key: impl Into<String>, words: &str, width: u16, style: Style) -> Row {
        let lines = text::wrap(words, width.saturating_sub(4)).into_iter();
        let lines = lines.map(|line| Line::styled(line.into_owned(), style)).collect();
        Row { is_stop: false, ..Row::new(key, lines) }
    }

    /// The same, removed by a second press.
    pub fn removable(self, words: impl Into<String>) -> Row {
        Row { removes: Some(words.into()), ..self }
    }
}

/// Where the cursor of a list is, and what a second press removes.
#[derive(Clone, Debug, Default)]
pub struct Place {
    cursor: Cursor,
    to_remove: Option<String>,
}

impl Place {
    /// On the row of that key, once it is there.
    pub fn on(key: &str) -> Place {
        Place { cursor: Cursor::on(key), to_remove: None }
    }

    /// On the row that will be added to these.
    pub fn go_to_new(&mut self, keys: &[String]) {
        self.cursor.go_to_new(keys);
    }

    fn selected(&self, rows: &[Row]) -> usize {
        let keys: Vec<&str> = rows.iter().map(|row| row.key.as_str()).collect();
        let at = self.cursor.index(&keys);
        let is_stop = |index: &usize| rows[*index].is_stop;
        let next = (at..rows.len()).find(is_stop);
        next.or_else(|| (0..at.min(rows.len())).rev().find(is_stop)).unwrap_or(at)
    }

    fn put(&mut self, index: usize, rows: &[Row]) {
        self.cursor.put(index, &rows.iter().map(|row| row.key.as_str()).collect::<Vec<&str>>());
    }
}

/// Words of the program, wrapped, with a space before.
pub fn paragraph(words: &str, width: u16, style: Style) -> Vec<Line<'static>> {
    if words.is_empty() {
        return Vec::new();
    }
    let lines = text::wrap(words, width.saturating_sub(2)).into_iter();
    lines.map(|line| Line::styled(format!(" {line}"), style)).collect()
}

/// A line with words on the left, cut where there is no room, and a state on the right.
pub fn line_with_state(words: &str, state: &str, style: Style, width: u16) -> Line<'static> {
    let state_width = text::width(state);
    // Two cells for the marker of the cursor, one between, one at the end.
    let room = width.saturating_sub(state_width + 4);
    Line::from_iter([Span::raw(format!("{} ", text::fit(words, room))), Span::styled(state.to_owned(), style)])
}

/// The parts of the screen.
struct Places {
    head: (Rect, Vec<Line<'static>>),
    foot: (Rect, Vec<Line<'static>>),
    range: Rect,
    rows: Vec<Row>,
    list: List,
}

fn places(screen: &impl Rows, area: Rect, session: &Session) -> Places {
    let rows = screen.rows(area.width, session);
    let selected = screen.place().selected(&rows);
    let key = rows.get(selected).map(|row| row.key.as_str());
    let mut head = screen.head(area.width, session);
    let mut foot = screen.foot(key, area.width, session);
    let needed: u16 = rows.iter().map(height).fold(0, u16::saturating_add).min(FEWEST_ROWS);
    let room = usize::from(area.height.saturating_sub(needed + 1));
    foot.truncate(room);
    head.truncate(room - foot.len());
    let length = |lines: &[Line<'static>]| Constraint::Length(u16::try_from(lines.len()).unwrap_or(u16::MAX));
    let parts = [length(&head), Constraint::Length(1), Constraint::Fill(1), length(&foot)];
    let [head_area, range, list, foot_area] = Layout::vertical(parts).areas(area);
    let list = List { heights: rows.iter().map(height).collect(), selected, area: list };
    Places { head: (head_area, head), foot: (foot_area, foot), range, rows, list }
}

fn height(row: &Row) -> u16 {
    u16::try_from(row.lines.len()).unwrap_or(u16::MAX)
}

fn draw_row(frame: &mut Frame, area: Rect, row: &Row, is_selected: bool, theme: Theme) {
    for (index, (place, line)) in area.rows().zip(&row.lines).enumerate() {
        let marker = if is_selected && row.is_stop && index == 0 { theme.cursor() } else { " " };
        let mut line = line.clone();
        line.spans.insert(0, Span::raw(format!("{marker} ")));
        frame.render_widget(line, place);
    }
}

/// The widest terminal that a key press thinks of; rows of any width have the same keys.
const ANY_WIDTH: u16 = 80;

impl<S: Rows> View for S {
    fn context(&self) -> Context {
        Rows::context(self)
    }

    fn title(&self, session: &Session) -> String {
        Rows::title(self, session)
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let rows = self.rows(ANY_WIDTH, session);
        let selected = self.place().selected(&rows);
        self.place_mut().put(selected, &rows);
        let to_remove = self.place_mut().to_remove.take();
        let mut stops = (0..rows.len()).filter(|index| rows[*index].is_stop);
        let next = match command {
            Command::Up => stops.rfind(|stop| *stop < selected),
            Command::Down => stops.find(|stop| *stop > selected),
            Command::First => stops.next(),
            Command::Last => stops.next_back(),
            Command::Back => return Effect::Back,
            Command::Remove => return remove(self, rows.get(selected), to_remove, session),
            other => return self.act(other, rows.get(selected).map(|row| row.key.as_str()), session),
        };
        self.place_mut().put(next.unwrap_or(selected), &rows);
        Effect::None
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        let places = places(self, area, session);
        let to = places.list.turned(pages);
        self.place_mut().put(to, &places.rows);
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let theme = session.theme;
        let places = places(self, area, session);
        for (area, lines) in [&places.head, &places.foot] {
            for (place, line) in area.rows().zip(lines) {
                frame.render_widget(line, place);
            }
        }
        frame.render_widget(Line::styled(places.list.range(), theme.muted()).right_aligned(), places.range);
        for (index, place) in places.list.places() {
            draw_row(frame, place, &places.rows[index], index == places.list.selected, theme);
        }
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        let places = places(self, area, session);
        match places.list.pointed(mouse) {
            Pointed::Nothing => {}
            Pointed::At(index) => {
                let index = paging::moved(index, 0, places.rows.len());
                self.place_mut().put(index, &places.rows);
            }
            Pointed::Choose => return self.handle(Command::Choose, session),
        }
        Effect::None
    }
}

/// The first press asks, the second removes.
fn remove(screen: &mut impl Rows, row: Option<&Row>, asked: Option<String>, session: &Session) -> Effect {
    let Some(Row { key, removes: Some(words), .. }) = row else { return Effect::None };
    if asked.as_ref() == Some(key) {
        let removed = Effect::Say(format!("Removed {words}; z takes it back."));
        return Effect::All(vec![removed, screen.act(Command::Remove, Some(key), session)]);
    }
    screen.place_mut().to_remove = Some(key.clone());
    Effect::Say(format!("Press D again to remove {words}."))
}

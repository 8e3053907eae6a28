//! The page of one AI system: where it stands, and all that is said about it, part by part.

pub mod part;

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    style::Style,
    text::{Line, Span},
};

use crate::{
    impact::{
        rating::{Basis, SystemRating},
        sign_off::{self, SignOffState},
    },
    model::system::System,
    tui::{
        effect::Effect,
        input::Mouse,
        keys::{Command, Context},
        screens::{View, level_why::LevelWhy, system_page::part::Part, systems::words},
        session::Session,
        theme::Theme,
        widgets::{
            list::{List, Pointed},
            paging, text,
        },
    },
};

/// The cells of the cursor and the name of a part.
const PART: u16 = 23;

/// The page of one system.
#[derive(Debug)]
pub struct SystemPage {
    id: String,
    row: usize,
}

/// The parts of the screen.
struct Places {
    head: Rect,
    lines: Vec<(String, Style)>,
    list: List,
    range: Rect,
}

impl SystemPage {
    /// The page of the system of that id.
    pub fn new(id: &str) -> SystemPage {
        SystemPage { id: id.to_owned(), row: 0 }
    }

    fn open(&self, session: &Session) -> Effect {
        let part = parts(&self.id, session).get(self.row).copied();
        part.and_then(|part| part.open(&self.id, session)).map_or(Effect::None, Effect::Open)
    }

    fn places(&self, area: Rect, session: &Session) -> Places {
        let lines = self.head(area.width.saturating_sub(2), session);
        // The list keeps a few rows, however much there is to say above it.
        let most = area.height.saturating_sub(6);
        let head = u16::try_from(lines.len()).unwrap_or(most).min(most);
        let rows = [Constraint::Length(head), Constraint::Length(1), Constraint::Fill(1)];
        let [head, range, list] = Layout::vertical(rows).areas(area);
        let count = parts(&self.id, session).len();
        let list = List { heights: vec![1; count], selected: self.row.min(count.saturating_sub(1)), area: list };
        Places { head, lines, list, range }
    }

    /// What stands above the parts, line by line.
    fn head(&self, width: u16, session: &Session) -> Vec<(String, Style)> {
        let theme = session.theme;
        let found = session.assessment().system(&self.id).zip(session.standing().system(&self.id));
        let sentences = match found {
            Some((system, rating)) => sentences(system, rating, session),
            None => vec![("It is not registered any more.".to_owned(), theme.warning())],
        };
        let wrapped = |(words, style): (String, Style)| {
            let lines: Vec<String> = text::wrap(&words, width).into_iter().map(|line| line.into_owned()).collect();
            lines.into_iter().map(move |line| (line, style))
        };
        sentences.into_iter().flat_map(wrapped).collect()
    }
}

/// The parts of a system; none of one that is not registered any more.
fn parts(id: &str, session: &Session) -> &'static [Part] {
    if session.assessment().system(id).is_some() { &Part::ALL } else { &[] }
}

/// Where a system stands: what stops it first, then level, approval, and what asks for a new look.
fn sentences(system: &System, rating: &SystemRating, session: &Session) -> Vec<(String, Style)> {
    let theme = session.theme;
    let mut sentences = Vec::new();
    if rating.is_banned {
        sentences.push((words::BANNED.to_owned(), theme.warning()));
    } else {
        sentences.push(level(system, rating, theme));
        sentences.extend(approval(system, rating, session));
    }
    if !rating.is_banned && !rating.full_form.is_empty() {
        sentences.push((words::form_asked_for(rating, system, session), theme.text()));
    }
    for fired in words::fired(system, rating, session) {
        sentences.push((fired.words, theme.warning()));
    }
    if let Some(next) = words::next(system, rating, session) {
        sentences.push((format!("Next: {}.", next.words), if next.is_urgent { theme.warning() } else { theme.text() }));
    }
    sentences
}

fn level(system: &System, rating: &SystemRating, theme: Theme) -> (String, Style) {
    let basis = match rating.basis {
        Basis::Stated => ", by an assessment kept elsewhere",
        Basis::NoHarm => ": no harm found",
        Basis::NotAssessed | Basis::Harms => "",
    };
    let scope = match (system.in_scope, system.scope_reason.as_str()) {
        (true, _) => "In scope".to_owned(),
        (false, "") => "Out of scope".to_owned(),
        (false, reason) => format!("Out of scope ({reason})"),
    };
    let why = match rating.is_open {
        true => " Provisional: what is unknown or not rated yet can still change it.",
        false => "",
    };
    let style = if rating.inherent.is_none() || rating.is_open { theme.warning() } else { theme.text() };
    (format!("{scope}; {}{basis}.{why}", words::level(rating)), style)
}

/// The state of the approval; nothing where there is nothing to approve yet.
fn approval(system: &System, rating: &SystemRating, session: &Session) -> Option<(String, Style)> {
    let theme = session.theme;
    let state = sign_off::state(system, rating, session.as_of);
    if state == SignOffState::NotSigned && rating.inherent.is_none() {
        return None;
    }
    let signed = sign_off::in_force(system, rating, session.as_of);
    let by = signed.and_then(|signed| Some(format!(" by {} on {}", signed.approved_by, signed.approved_on?)));
    let style = match state {
        SignOffState::InForce => theme.text(),
        SignOffState::NotSigned | SignOffState::InPreparation => theme.muted(),
        SignOffState::NotInForce(_) => theme.warning(),
    };
    let by = if state == SignOffState::InForce { by.unwrap_or_default() } else { String::new() };
    Some((format!("Assessment {}{by}.", state.words()), style))
}

impl View for SystemPage {
    fn context(&self) -> Context {
        Context::SystemPage
    }

    fn title(&self, session: &Session) -> String {
        session.assessment().system(&self.id).map_or(self.id.clone(), |system| system.name.clone())
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let count = parts(&self.id, session).len();
        match command {
            Command::Up => self.row = paging::moved(self.row, -1, count),
            Command::Down => self.row = paging::moved(self.row, 1, count),
            Command::First => self.row = 0,
            Command::Last => self.row = count.saturating_sub(1),
            Command::Choose => return self.open(session),
            Command::Why if count > 0 => return Effect::Open(Box::new(LevelWhy::new(&self.id))),
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
        let Places { head, lines, list, range } = self.places(area, session);
        for (row, (line, style)) in head.rows().zip(lines) {
            frame.render_widget(Line::styled(format!(" {line}"), style), row);
        }
        frame.render_widget(Line::styled(list.range(), theme.muted()).right_aligned(), range);
        let found = session.assessment().system(&self.id).zip(session.standing().system(&self.id));
        let Some((system, rating)) = found else { return };
        let parts = parts(&self.id, session);
        for (index, place) in list.places() {
            let part = parts[index];
            let is_here = index == list.selected;
            let cursor = if is_here { theme.cursor() } else { " " };
            let name = text::fit(&format!("{cursor} {}", part.name()), PART);
            let state = part.state(system, rating, session);
            let state = text::cut(&state, place.width.saturating_sub(PART + 1)).into_owned();
            let style = if is_here { theme.heading() } else { theme.text() };
            frame
                .render_widget(Line::from_iter([Span::styled(name, style), Span::styled(state, theme.muted())]), place);
        }
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match self.places(area, session).list.pointed(mouse) {
            Pointed::Nothing => {}
            Pointed::At(row) => self.row = row,
            Pointed::Choose => return self.open(session),
        }
        Effect::None
    }
}

#[cfg(test)]
mod tests;

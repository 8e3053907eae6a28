//! Why: what is behind a figure, as scoring explains it, line by line. Where requirements are named, the cursor goes
//! from one to the next; Enter opens its question.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use crate::{
    model::reference::Reference,
    score::explain::{
        self,
        requirement_why::RequirementWhy,
        scope_why::{Scope, ScopeWhy},
    },
    tui::{
        effect::Effect,
        input::Mouse,
        keys::{Command, Context},
        screens::{View, question::Question},
        session::Session,
        theme::Theme,
        widgets::{
            list::{List, Pointed},
            text,
        },
    },
};

/// What is explained.
#[derive(Clone, Debug)]
enum Subject {
    Requirement(Reference),
    Category(Reference),
    Group { controls: bool },
    Area { lens: String, group: String },
}

/// The explanation of one figure.
#[derive(Debug)]
pub struct Why {
    subject: Subject,
    /// The line that the cursor was moved to.
    selected: Option<usize>,
}

impl Why {
    /// Behind the verdict and the levels of a requirement.
    pub fn requirement(id: Reference) -> Why {
        Why::of(Subject::Requirement(id))
    }

    /// Behind the figures of a category.
    pub fn category(id: Reference) -> Why {
        Why::of(Subject::Category(id))
    }

    /// Behind the figures of the controls, or of the management system.
    pub fn group(controls: bool) -> Why {
        Why::of(Subject::Group { controls })
    }

    /// Behind the figures of one group of a lens.
    pub fn area(lens: &str, group: &str) -> Why {
        Why::of(Subject::Area { lens: lens.to_owned(), group: group.to_owned() })
    }

    fn of(subject: Subject) -> Why {
        Why { subject, selected: None }
    }

    /// The explanation; empty where the subject left the catalogue.
    fn lines(&self, session: &Session) -> Vec<explain::Line> {
        let (catalog, standing) = (&session.catalog, session.standing());
        let of_scope = |scope: Scope| ScopeWhy::new(catalog, standing, scope).map(|why| why.lines());
        let lines = match &self.subject {
            Subject::Requirement(id) => {
                RequirementWhy::new(catalog, session.assessment(), standing, *id).map(|why| why.lines())
            }
            Subject::Category(id) => of_scope(Scope::Category(*id)),
            Subject::Group { controls: true } => of_scope(Scope::Controls),
            Subject::Group { controls: false } => of_scope(Scope::ManagementSystem),
            Subject::Area { lens, group } => {
                let group = catalog.lens(lens).and_then(|lens| lens.group(group));
                group.and_then(|group| of_scope(Scope::LensGroup(group)))
            }
        };
        lines.unwrap_or_default()
    }

    /// The line that the cursor is on: at first the first that names a requirement.
    fn selected(&self, lines: &[explain::Line]) -> usize {
        let first = || self.stops(lines).first().copied().unwrap_or(0);
        self.selected.unwrap_or_else(first).min(lines.len().saturating_sub(1))
    }

    /// Where the cursor stops: where lines name requirements, at those and at the last line; otherwise everywhere.
    fn stops(&self, lines: &[explain::Line]) -> Vec<usize> {
        let last = lines.len().saturating_sub(1);
        let is_stop = |index: &usize| match self.subject {
            Subject::Requirement(_) => true,
            Subject::Category(_) | Subject::Group { .. } | Subject::Area { .. } => {
                *index == last || requirement_of(&lines[*index]).is_some()
            }
        };
        (0..lines.len()).filter(is_stop).collect()
    }

    fn places(&self, area: Rect, session: &Session) -> Places {
        let lines = self.lines(session);
        let selected = self.selected(&lines);
        let mut drawn = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            drawn.push(styled(line, index, index == selected, area.width, session.theme));
        }
        let heights = drawn.iter().map(|lines| u16::try_from(lines.len()).unwrap_or(u16::MAX)).collect();
        let (list, foot) = List::with_range(heights, selected, area);
        Places { list, foot, drawn }
    }

    /// The requirement whose question Enter opens.
    fn target(&self, session: &Session) -> Option<Reference> {
        match self.subject {
            Subject::Requirement(id) => Some(id),
            Subject::Category(_) | Subject::Group { .. } | Subject::Area { .. } => {
                let lines = self.lines(session);
                lines.get(self.selected(&lines)).and_then(requirement_of)
            }
        }
    }

    fn choose(&self, session: &Session) -> Effect {
        match (&self.subject, self.target(session)) {
            (Subject::Requirement(_), Some(id)) => Effect::GoTo(id),
            (_, Some(id)) => Effect::Open(Box::new(Question::new(id))),
            (_, None) => Effect::Say("Move to a line that names a requirement; Enter opens its question.".to_owned()),
        }
    }

    fn why(&self, session: &Session) -> Effect {
        match (&self.subject, self.target(session)) {
            (Subject::Requirement(_), _) | (_, None) => Effect::None,
            (_, Some(id)) => Effect::Open(Box::new(Why::requirement(id))),
        }
    }
}

/// The parts of the screen, with the rows of each line.
struct Places {
    list: List,
    foot: Rect,
    drawn: Vec<Vec<Line<'static>>>,
}

/// The requirement that an item starts with, as in `4.1: credited 4 x 3 = 12`.
fn requirement_of(line: &explain::Line) -> Option<Reference> {
    match line {
        explain::Line::Item(words) => words.split_once(':')?.0.parse().ok(),
        explain::Line::Heading(_) | explain::Line::Text(_) => None,
    }
}

/// A line as it is drawn: headings with a blank line above, items indented.
fn styled(line: &explain::Line, index: usize, is_selected: bool, width: u16, theme: Theme) -> Vec<Line<'static>> {
    let cursor = if is_selected { theme.cursor() } else { " " };
    let (before, style, blank) = match line {
        explain::Line::Heading(_) => ("", theme.heading(), index > 0),
        explain::Line::Text(_) => ("", theme.text(), false),
        explain::Line::Item(_) => ("  - ", theme.text(), false),
    };
    let wrapped = text::wrap(line.words(), width.saturating_sub(3 + text::width(before)));
    let drawn = wrapped.into_iter().enumerate().map(|(row, words)| {
        let (cursor, before) = if row == 0 { (cursor, before) } else { (" ", &"    "[..before.len()]) };
        Line::from_iter([Span::raw(format!("{cursor} {before}")), Span::styled(words.into_owned(), style)])
    });
    blank.then(Line::default).into_iter().chain(drawn).collect()
}

impl View for Why {
    fn context(&self) -> Context {
        Context::Why
    }

    fn title(&self, _session: &Session) -> String {
        match &self.subject {
            Subject::Requirement(id) | Subject::Category(id) => format!("Why {id} stands where it stands"),
            Subject::Group { controls: true } => "Why the controls stand where they stand".to_owned(),
            Subject::Group { controls: false } => "Why the management system stands where it stands".to_owned(),
            Subject::Area { .. } => "Why this area stands where it stands".to_owned(),
        }
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let lines = self.lines(session);
        let (selected, stops) = (self.selected(&lines), self.stops(&lines));
        match command {
            Command::Up => self.selected = Some(stops.into_iter().rfind(|stop| *stop < selected).unwrap_or(0)),
            Command::Down => self.selected = stops.into_iter().find(|stop| *stop > selected).or(Some(selected)),
            Command::First => self.selected = Some(0),
            Command::Last => self.selected = Some(lines.len().saturating_sub(1)),
            Command::Choose => return self.choose(session),
            Command::Why => return self.why(session),
            Command::Back => return Effect::Back,
            _ => {}
        }
        Effect::None
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        self.selected = Some(self.places(area, session).list.turned(pages));
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let Places { list, foot, drawn } = self.places(area, session);
        frame.render_widget(Line::styled(list.range(), session.theme.muted()).right_aligned(), foot);
        for (index, place) in list.places() {
            for (row, line) in place.rows().zip(&drawn[index]) {
                frame.render_widget(line, row);
            }
        }
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match self.places(area, session).list.pointed(mouse) {
            Pointed::Nothing => {}
            Pointed::At(line) => self.selected = Some(line),
            Pointed::Choose => return self.choose(session),
        }
        Effect::None
    }
}

#[cfg(test)]
mod tests;

//! The statement of applicability: for each of the 38 controls whether it applies, on what an exclusion rests, and what
//! an auditor will ask about.

mod words;

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    model::{edit::Change, reference::Reference, requirement::Requirement},
    tui::{
        effect::Effect,
        input::Mouse,
        keys::{Command, Context},
        screens::{View, applicability::words::Decision, exclusion::ExclusionForm, question::Question},
        session::Session,
        widgets::{
            list::{List, Pointed},
            paging, text,
        },
    },
};

/// The cells of number and title before the decision.
const NUMBER: u16 = 8;
/// The cells of the decision.
const DECISION: u16 = 10;
/// The cells of the verdict with its mark.
const VERDICT: u16 = 18;
/// The rows that are kept for the list, before warnings take room.
const LIST: usize = 6;
/// The most rows that an exclusion takes below its control.
const ABOUT: usize = 3;
/// What the statement is until somebody signs it.
const DRAFT: &str = "Draft until approved by designated management.";

/// The statement.
#[derive(Debug, Default)]
pub struct Applicability {
    selected: usize,
}

impl Applicability {
    fn places(&self, area: Rect, session: &Session) -> Places {
        let controls = controls(session);
        let width = area.width.saturating_sub(2);
        let counts = text::wrap(&words::counts(session), width).into_iter().map(|line| line.into_owned()).collect();
        let room = usize::from(area.height).saturating_sub(LIST + 2);
        let warnings: Vec<String> = words::warnings(session).iter().flat_map(|words| warning(words, width)).collect();
        let above: Vec<String> = [counts, warnings].concat().into_iter().take(room).collect();
        let rows =
            [Constraint::Length(u16::try_from(above.len()).unwrap_or(1)), Constraint::Fill(1), Constraint::Length(1)];
        let [head, list, foot] = Layout::vertical(rows).areas(area);
        let height = |index: usize| {
            let about = about_rows(controls[index].id, list.width, session).len();
            u16::from(is_first_of_group(&controls, index)) + 1 + u16::try_from(about).unwrap_or(0)
        };
        let selected = self.selected.min(controls.len().saturating_sub(1));
        let list = List { heights: (0..controls.len()).map(height).collect(), selected, area: list };
        Places { head: (head, above), list, foot }
    }

    /// Excludes a control, or lets it apply again.
    fn exclude_or_include(&self, id: Reference, session: &Session) -> Effect {
        let is_excluded = session.assessment().answer(id).is_some_and(|answer| answer.exclusion.is_some());
        if is_excluded {
            let said = Effect::Say(format!("{id} applies again, with the answers it had; z takes it back."));
            Effect::All(vec![said, Effect::Apply(Change::SetExclusion { requirement: id, exclusion: None })])
        } else {
            Effect::Open(Box::new(ExclusionForm::new(vec![id], session)))
        }
    }

    fn lines(
        &self,
        control: &Requirement,
        is_first: bool,
        is_selected: bool,
        width: u16,
        session: &Session,
    ) -> Vec<Line<'static>> {
        let theme = session.theme;
        let title = width.saturating_sub(2 + NUMBER + 1 + DECISION + VERDICT);
        let cursor = if is_selected { theme.cursor() } else { " " };
        let decision = Decision::of(control.id, session);
        let verdict = session.standing().requirement(control.id).map(|score| score.judgement);
        let verdict = verdict.filter(|_| decision != Decision::Excluded).map_or(Span::raw(""), |judgement| {
            let mark = if judgement.indicative { "*" } else { "" };
            let words = format!("{} {}{mark}", theme.verdict_mark(judgement.verdict), judgement.verdict.name());
            Span::styled(words, theme.verdict(judgement.verdict))
        });
        let group = session.catalog.category(control.id.category());
        let heading = group.filter(|_| is_first).map(|group| {
            Line::styled(text::fit(&format!(" {} {}", group.category, group.title), width), theme.heading())
        });
        let line = Line::from_iter([
            Span::raw(format!("{cursor} {:<8}{} ", control.id.to_string(), text::fit(&control.title, title))),
            Span::raw(text::fit(decision.name(), DECISION)),
            verdict,
        ]);
        let about = about_rows(control.id, width, session).into_iter();
        let about = about.map(|row| Line::styled(format!("          {row}"), theme.muted()));
        heading.into_iter().chain([line]).chain(about).collect()
    }
}

/// A warning with its mark, wrapped.
fn warning(words: &str, width: u16) -> Vec<String> {
    let rows = text::wrap(words, width.saturating_sub(2)).into_iter().enumerate();
    rows.map(|(row, line)| format!("{} {line}", if row == 0 { "!" } else { " " })).collect()
}

/// On what an exclusion rests, in at most three rows.
fn about_rows(id: Reference, width: u16, session: &Session) -> Vec<String> {
    let about = words::about(id, session);
    let width = width.saturating_sub(2 + NUMBER);
    let mut rows: Vec<String> = text::wrap(&about, width).into_iter().map(|row| row.into_owned()).collect();
    if rows.len() > ABOUT {
        let rest = rows.split_off(ABOUT - 1).join(" ");
        rows.push(text::cut(&rest, width).into_owned());
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// The parts of the screen.
struct Places {
    /// Counts and warnings.
    head: (Rect, Vec<String>),
    list: List,
    foot: Rect,
}

/// The controls of the catalogue, in natural order.
fn controls(session: &Session) -> Vec<&Requirement> {
    session.catalog.requirements().filter(|requirement| requirement.id.is_control()).collect()
}

fn is_first_of_group(controls: &[&Requirement], index: usize) -> bool {
    index == 0 || controls[index - 1].id.category() != controls[index].id.category()
}

impl View for Applicability {
    fn context(&self) -> Context {
        Context::Applicability
    }

    fn title(&self, _session: &Session) -> String {
        "Statement of applicability".to_owned()
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let controls = controls(session);
        let selected = self.selected.min(controls.len().saturating_sub(1));
        match (command, controls.get(selected)) {
            (Command::Up, _) => self.selected = paging::moved(selected, -1, controls.len()),
            (Command::Down, _) => self.selected = paging::moved(selected, 1, controls.len()),
            (Command::First, _) => self.selected = 0,
            (Command::Last, _) => self.selected = controls.len().saturating_sub(1),
            (Command::Choose, Some(control)) => return Effect::Open(Box::new(Question::new(control.id))),
            (Command::Exclude, Some(control)) => return self.exclude_or_include(control.id, session),
            (Command::Back, _) => return Effect::Back,
            _ => {}
        }
        Effect::None
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        self.selected = self.places(area, session).list.turned(pages);
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let theme = session.theme;
        let Places { head, list, foot } = self.places(area, session);
        for (row, words) in head.0.rows().zip(head.1) {
            frame.render_widget(Line::raw(format!(" {words}")), row);
        }
        let controls = controls(session);
        for (index, place) in list.places() {
            let is_first = is_first_of_group(&controls, index);
            let lines = self.lines(controls[index], is_first, index == list.selected, place.width, session);
            for (row, line) in place.rows().zip(lines) {
                frame.render_widget(line, row);
            }
        }
        let range = list.range();
        let [draft, range_area] =
            Layout::horizontal([Constraint::Fill(1), Constraint::Length(text::width(&range))]).areas(foot);
        let legend = if foot.width >= 72 { "  * indicative" } else { "" };
        let words = [Span::styled(format!(" {DRAFT}"), theme.heading()), Span::styled(legend, theme.muted())];
        frame.render_widget(Line::from_iter(words), draft);
        frame.render_widget(Line::styled(range, theme.muted()), range_area);
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match self.places(area, session).list.pointed(mouse) {
            Pointed::Nothing => {}
            Pointed::At(index) => self.selected = index,
            Pointed::Choose => return self.handle(Command::Choose, session),
        }
        Effect::None
    }
}

#[cfg(test)]
mod tests;

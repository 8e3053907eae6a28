//! The statement of applicability: for each of the 38 controls whether it applies, on what that rests, and what an auditor
//! will ask about; then the organization's own controls, which count in no score.

mod approval;
mod inclusion_form;
mod own_form;
mod words;

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    model::{
        edit::Change, inclusion::OwnControl, reference::Reference, requirement::Requirement,
        statement::Applicability as Decision,
    },
    tui::{
        effect::Effect,
        input::Mouse,
        keys::{Command, Context},
        screens::{View, exclusion::ExclusionForm, question::Question},
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
/// The most rows that a decision takes below its control.
const ABOUT: usize = 3;
/// What the mark behind a verdict means, with the space before.
const LEGEND: &str = "  * indicative";
/// What stands above the own controls.
const OWN: &str = "Own controls (in no score)";

/// The statement.
#[derive(Debug, Default)]
pub struct Applicability {
    selected: usize,
    /// The own control that a second press removes.
    to_remove: Option<String>,
}

/// One control in the list.
#[derive(Clone, Copy, Debug)]
enum Item<'s> {
    AnnexA(&'s Requirement),
    Own(&'s OwnControl),
}

impl Item<'_> {
    fn id(&self) -> String {
        match self {
            Item::AnnexA(control) => control.id.to_string(),
            Item::Own(control) => control.id.clone(),
        }
    }

    /// What stands above the first of a group.
    fn group(&self, session: &Session) -> String {
        match self {
            Item::AnnexA(control) => {
                let group = session.catalog.category(control.id.category());
                group.map_or(String::new(), |group| format!("{} {}", group.category, group.title))
            }
            Item::Own(_) => OWN.to_owned(),
        }
    }

    /// What is said below its line.
    fn about(&self, session: &Session) -> String {
        match self {
            Item::AnnexA(control) => words::about(control.id, session),
            Item::Own(control) => words::about_inclusion(&control.inclusion, session),
        }
    }
}

impl Applicability {
    fn places(&self, area: Rect, session: &Session) -> Places {
        let items = items(session);
        let width = area.width.saturating_sub(2);
        let counts = text::wrap(&words::counts(session), width).into_iter().map(|line| line.into_owned()).collect();
        let room = usize::from(area.height).saturating_sub(LIST + 2);
        let warnings: Vec<String> = words::warnings(session).iter().flat_map(|words| warning(words, width)).collect();
        let above: Vec<String> = [counts, warnings].concat().into_iter().take(room).collect();
        let rows =
            [Constraint::Length(u16::try_from(above.len()).unwrap_or(1)), Constraint::Fill(1), Constraint::Length(1)];
        let [head, list, foot] = Layout::vertical(rows).areas(area);
        let height = |index: usize| {
            let about = about_rows(&items[index].about(session), list.width).len();
            u16::from(is_first_of_group(&items, index)) + 1 + u16::try_from(about).unwrap_or(0)
        };
        let selected = self.selected.min(items.len().saturating_sub(1));
        let list = List { heights: (0..items.len()).map(height).collect(), selected, area: list };
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

    /// The first press asks, the second removes.
    fn remove(&mut self, control: &OwnControl, asked: Option<String>) -> Effect {
        let id = control.id.clone();
        if asked.as_ref() == Some(&id) {
            let removed = Effect::Say(format!("Removed {id}; z takes it back."));
            return Effect::All(vec![removed, Effect::Apply(Change::SetOwnControl { id, control: None })]);
        }
        let title = text::cut(&control.title, 30);
        let said = Effect::Say(format!("Press D again to remove {id} \"{title}\"."));
        self.to_remove = Some(id);
        said
    }
}

/// The lines of a control: its group where it is the first of it, itself, and what is said about it.
fn lines(item: Item<'_>, is_first: bool, is_selected: bool, width: u16, session: &Session) -> Vec<Line<'static>> {
    let theme = session.theme;
    let title_width = width.saturating_sub(2 + NUMBER + 1 + DECISION + VERDICT);
    let cursor = if is_selected { theme.cursor() } else { " " };
    let (title, decision, verdict) = match item {
        Item::AnnexA(control) => {
            let decision = session.assessment().applicability(control.id);
            (control.title.to_string(), decision, verdict(control.id, decision, session))
        }
        Item::Own(control) => (control.title.clone(), Decision::Applies, Span::styled("own", theme.muted())),
    };
    let heading =
        is_first.then(|| Line::styled(text::fit(&format!(" {}", item.group(session)), width), theme.heading()));
    let line = Line::from_iter([
        Span::raw(format!("{cursor} {} {} ", text::fit(&item.id(), NUMBER - 1), text::fit(&title, title_width))),
        Span::raw(text::fit(decision.name(), DECISION)),
        verdict,
    ]);
    let about = about_rows(&item.about(session), width).into_iter();
    let about = about.map(|row| Line::styled(format!("          {row}"), theme.muted()));
    heading.into_iter().chain([line]).chain(about).collect()
}

/// The verdict with its mark; nothing for what is excluded.
fn verdict(id: Reference, decision: Decision, session: &Session) -> Span<'static> {
    let judgement = session.standing().requirement(id).map(|score| score.judgement);
    judgement.filter(|_| decision != Decision::Excluded).map_or(Span::raw(""), |judgement| {
        let mark = if judgement.indicative { "*" } else { "" };
        let words = format!("{} {}{mark}", session.theme.verdict_mark(judgement.verdict), judgement.verdict.name());
        Span::styled(words, session.theme.verdict(judgement.verdict))
    })
}

/// A warning with its mark, wrapped.
fn warning(words: &str, width: u16) -> Vec<String> {
    let rows = text::wrap(words, width.saturating_sub(2)).into_iter().enumerate();
    rows.map(|(row, line)| format!("{} {line}", if row == 0 { "!" } else { " " })).collect()
}

/// What is said about a control, in at most three rows.
fn about_rows(about: &str, width: u16) -> Vec<String> {
    let width = width.saturating_sub(2 + NUMBER);
    let mut rows: Vec<String> = text::wrap(about, width).into_iter().map(|row| row.into_owned()).collect();
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

/// The controls of the catalogue in natural order, then the own ones.
fn items(session: &Session) -> Vec<Item<'_>> {
    let annex_a = session.catalog.requirements().filter(|requirement| requirement.id.is_control());
    let mut own: Vec<&OwnControl> = session.assessment().own_controls.iter().collect();
    own.sort_by(|a, b| a.order().cmp(&b.order()));
    annex_a.map(Item::AnnexA).chain(own.into_iter().map(Item::Own)).collect()
}

fn is_first_of_group(items: &[Item<'_>], index: usize) -> bool {
    let Some(before) = index.checked_sub(1).map(|before| items[before]) else { return true };
    match (before, items[index]) {
        (Item::AnnexA(before), Item::AnnexA(control)) => before.id.category() != control.id.category(),
        (Item::Own(_), Item::Own(_)) => false,
        (Item::AnnexA(_), Item::Own(_)) | (Item::Own(_), Item::AnnexA(_)) => true,
    }
}

impl View for Applicability {
    fn context(&self) -> Context {
        Context::Applicability
    }

    fn title(&self, _session: &Session) -> String {
        "Statement of applicability".to_owned()
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let items = items(session);
        let selected = self.selected.min(items.len().saturating_sub(1));
        let to_remove = self.to_remove.take();
        match (command, items.get(selected)) {
            (Command::Up, _) => self.selected = paging::moved(selected, -1, items.len()),
            (Command::Down, _) => self.selected = paging::moved(selected, 1, items.len()),
            (Command::First, _) => self.selected = 0,
            (Command::Last, _) => self.selected = items.len().saturating_sub(1),
            (Command::Choose, Some(Item::AnnexA(control))) => return Effect::Open(Box::new(Question::new(control.id))),
            (Command::More, Some(Item::AnnexA(control))) => {
                return Effect::Open(Box::new(inclusion_form::form(control.id, session)));
            }
            (Command::Choose | Command::More, Some(Item::Own(control))) => {
                return Effect::Open(Box::new(own_form::form(Some(control), session)));
            }
            (Command::Exclude, Some(Item::AnnexA(control))) => return self.exclude_or_include(control.id, session),
            (Command::Exclude, Some(Item::Own(_))) => {
                return Effect::Say("A control of your own is never excluded; D removes it.".to_owned());
            }
            (Command::New, _) => return Effect::Open(Box::new(own_form::form(None, session))),
            (Command::Approve, _) => return Effect::Open(Box::new(approval::form(session))),
            (Command::Remove, Some(Item::Own(control))) => return self.remove(control, to_remove),
            (Command::Remove, Some(Item::AnnexA(_))) => {
                return Effect::Say("Only controls of your own can be removed; x excludes this one.".to_owned());
            }
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
        let items = items(session);
        for (index, place) in list.places() {
            let is_first = is_first_of_group(&items, index);
            let lines = lines(items[index], is_first, index == list.selected, place.width, session);
            for (row, line) in place.rows().zip(lines) {
                frame.render_widget(line, row);
            }
        }
        let range = list.range();
        let [draft, range_area] =
            Layout::horizontal([Constraint::Fill(1), Constraint::Length(text::width(&range))]).areas(foot);
        let footer = text::cut(&words::footer(session), draft.width.saturating_sub(2)).into_owned();
        let has_room = draft.width >= text::width(&footer) + 1 + text::width(LEGEND);
        let legend = if has_room { LEGEND } else { "" };
        let words = [Span::styled(format!(" {footer}"), theme.heading()), Span::styled(legend, theme.muted())];
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

//! The remediation plan: what to do first, when, by whom, and what it gives; as a list that opens in place, or as bars
//! over the weeks.

mod items;
mod timeline;
mod words;

use std::collections::BTreeSet;

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    model::{
        action::{ActionRecord, ActionStatus},
        edit::Change,
    },
    plan::step::Step,
    tui::{
        effect::Effect,
        input::Mouse,
        keys::{Command, Context},
        screens::{
            View,
            disputes::Disputes,
            plan::{
                items::{Item, Kind},
                timeline::Timeline,
            },
            prompt::{Prompt, Purpose},
            question::Question,
            what_if::WhatIfScreen,
        },
        session::Session,
        theme::Theme,
        widgets::{
            list::{Cursor, List, Pointed},
            paging, text,
        },
    },
};

/// The marker and the mark before a title.
const BEFORE: u16 = 6;
/// The cells of a date with the space behind.
const DATE: u16 = 11;
/// The cells of the person-days with the space behind.
const DAYS: u16 = 5;

/// The plan.
#[derive(Debug, Default)]
pub struct PlanScreen {
    cursor: Cursor,
    /// The action that is open.
    opened: Option<String>,
    /// The actions marked for what-if.
    marked: BTreeSet<String>,
    /// Whether bars are shown rather than the list.
    is_timeline: bool,
}

impl PlanScreen {
    /// The plan, with one action open.
    pub fn on(action: &str) -> PlanScreen {
        PlanScreen { cursor: Cursor::on(action), opened: Some(action.to_owned()), ..PlanScreen::default() }
    }

    fn items<'s>(&self, session: &'s Session) -> Vec<Item<'s>> {
        if self.is_timeline { items::steps(session) } else { items::all(session, self.opened.as_deref()) }
    }

    fn selected(&self, items: &[Item]) -> usize {
        self.cursor.index(&keys(items))
    }

    fn put(&mut self, index: usize, items: &[Item]) {
        self.cursor.put(index, &keys(items));
    }

    /// Opens or closes an action in place; of what is opened, a requirement leads to its question.
    fn choose(&mut self, item: &Item) -> Effect {
        if self.is_timeline {
            self.is_timeline = false;
            self.opened = Some(item.action.to_owned());
            return Effect::None;
        }
        match &item.kind {
            Kind::Reason(requirement, _) => return Effect::Open(Box::new(Question::new(*requirement))),
            Kind::Step(_) | Kind::Passed(_) | Kind::Words(_) => {}
        }
        let is_open = self.opened.as_deref() == Some(item.action);
        self.opened = (!is_open).then(|| item.action.to_owned());
        // Closed, the cursor returns to the action itself.
        self.cursor.put_on(item.action, 0);
        Effect::None
    }

    fn mark(&mut self, item: &Item, session: &Session) -> Effect {
        if session.plan().step(item.action).is_none() {
            return Effect::Say("Only what is still to be done can be marked.".to_owned());
        }
        if !self.marked.remove(item.action) {
            self.marked.insert(item.action.to_owned());
        }
        Effect::None
    }

    /// What if the marked were done; without a mark, the one under the cursor.
    fn what_if(&self, item: &Item, session: &Session) -> Effect {
        let plan = session.plan();
        let marked: Vec<String> = self.marked.iter().filter(|id| plan.step(id).is_some()).cloned().collect();
        match (marked.is_empty(), plan.step(item.action)) {
            (false, _) => Effect::Open(Box::new(WhatIfScreen::new(marked))),
            (true, Some(step)) => Effect::Open(Box::new(WhatIfScreen::new(vec![step.id.clone()]))),
            (true, None) => Effect::Say("Space marks actions; w shows what they give together.".to_owned()),
        }
    }

    fn places(&self, area: Rect, session: &Session) -> Places {
        let items = self.items(session);
        let head = text::wrap(&words::head(session), area.width.saturating_sub(2)).len();
        let rows = [1, u16::try_from(head).unwrap_or(1), u16::from(!items.is_empty())].map(Constraint::Length);
        let [first, totals, columns, list] =
            Layout::vertical(rows.into_iter().chain([Constraint::Fill(1)])).areas(area);
        let width = list.width.saturating_sub(words::INDENT);
        let heights = items.iter().map(|item| item.height(width)).collect();
        let (list, foot) = List::with_range(heights, self.selected(&items), list);
        Places { first, totals, columns, list, foot }
    }

    fn draw_item(&self, item: &Item, is_selected: bool, place: Rect, session: &Session) -> Vec<Line<'static>> {
        let theme = session.theme;
        let cursor = if is_selected { theme.cursor() } else { " " };
        let mark = if self.marked.contains(item.action) { "[x] " } else { "    " };
        let heading = item.heading.clone().map(|heading| Line::styled(format!(" {heading}"), theme.heading()));
        let mut lines: Vec<Line> = heading.into_iter().collect();
        match &item.kind {
            // Once it is open, the columns stand below in words, and the title has the line to itself.
            Kind::Step(step) if self.opened.as_deref() == Some(item.action) => {
                let title = text::cut(&step.title, place.width.saturating_sub(BEFORE)).into_owned();
                lines.push(Line::from_iter([
                    Span::raw(format!("{cursor} {mark}")),
                    Span::styled(title, theme.heading()),
                ]));
            }
            Kind::Step(step) => lines.push(step_line(step, cursor, mark, place.width, theme)),
            Kind::Passed(passed) => {
                let title = format!("{}: {}", passed.record.status.name(), passed.title);
                let title = text::cut(&title, place.width.saturating_sub(BEFORE)).into_owned();
                lines.push(Line::styled(format!("{cursor}     {title}"), theme.muted()));
                let after = text::cut(&words::after_passing(passed), place.width.saturating_sub(BEFORE)).into_owned();
                lines.push(Line::raw(format!("      {after}")));
            }
            Kind::Words(words) | Kind::Reason(_, words) => {
                let wrapped = text::wrap(words, place.width.saturating_sub(words::INDENT)).into_iter();
                let indent = usize::from(words::INDENT) - 1;
                let line = |(row, words)| {
                    let cursor = if row == 0 { cursor } else { " " };
                    Line::raw(format!("{cursor}{}{words}", " ".repeat(indent)))
                };
                lines.extend(wrapped.enumerate().map(line));
            }
        }
        lines
    }
}

/// The parts of the screen.
struct Places {
    first: Rect,
    totals: Rect,
    columns: Rect,
    list: List,
    foot: Rect,
}

fn keys<'i>(items: &'i [Item]) -> Vec<&'i str> {
    items.iter().map(|item| item.key.as_str()).collect()
}

/// The widths of the start (nothing on narrow terminals) and the owner.
const fn extra_columns(width: u16) -> (u16, u16) {
    match width {
        ..70 => (0, 13),
        70..110 => (0, 14),
        110.. => (DATE, 30),
    }
}

fn title_width(width: u16) -> u16 {
    let (start, owner) = extra_columns(width);
    width.saturating_sub(BEFORE + 1 + start + DATE + DAYS + owner)
}

fn column_heads(width: u16, theme: Theme) -> Line<'static> {
    let (start, _) = extra_columns(width);
    let title = " ".repeat(usize::from(BEFORE + title_width(width) + 1));
    let start = if start > 0 { format!("{:<11}", "start") } else { String::new() };
    Line::styled(format!("{title}{start}{:<11}{:<5}owner", "due", "days"), theme.muted())
}

fn step_line(step: &Step, cursor: &str, mark: &str, width: u16, theme: Theme) -> Line<'static> {
    let (start, owner) = extra_columns(width);
    let title = match step.status {
        ActionStatus::InProgress => format!("in progress: {}", step.title),
        ActionStatus::Open | ActionStatus::Done | ActionStatus::Dropped => step.title.clone(),
    };
    let start = if start > 0 { format!("{} ", step.start) } else { String::new() };
    let days = crate::plan::person_days(step.effort.half_days());
    Line::from_iter([
        Span::raw(format!("{cursor} {mark}{} ", text::fit(&title, title_width(width)))),
        Span::styled(format!("{start}{} {days:<5}", step.shown_due()), theme.muted()),
        Span::styled(text::cut(&step.owner, owner).into_owned(), theme.muted()),
    ])
}

/// The next status of an action. Dropping asks for a reason first.
fn next_status(action: &str, session: &Session) -> Effect {
    let record = session.assessment().action_record_or_blank(action);
    let set = |status: ActionStatus| {
        let record = ActionRecord { status, reason: String::new(), ..record.clone() };
        Effect::Apply(Change::action(record))
    };
    match record.status {
        ActionStatus::Open => set(ActionStatus::InProgress),
        ActionStatus::InProgress => {
            let serves = session.plan().step(action).map(|step| step.serves.clone()).unwrap_or_default();
            let said = Effect::Say(format!("Done, and moved to the end. Look again at {}.", words::list(&serves)));
            Effect::All(vec![said, set(ActionStatus::Done)])
        }
        ActionStatus::Done => {
            Effect::Open(Box::new(Prompt::new(Purpose::DropReason(action.to_owned()), record.reason.clone())))
        }
        ActionStatus::Dropped => set(ActionStatus::Open),
    }
}

/// The action to be done that stands after the one of an item, or before it.
fn neighbour<'i>(items: &'i [Item], selected: usize) -> Option<&'i str> {
    let action = items[selected].action;
    let is_other = |item: &&Item| item.action != action && matches!(item.kind, Kind::Step(_));
    let (before, after) = items.split_at(selected);
    after.iter().find(is_other).or_else(|| before.iter().rev().find(is_other)).map(|item| item.action)
}

impl View for PlanScreen {
    fn context(&self) -> Context {
        Context::Plan
    }

    fn title(&self, _session: &Session) -> String {
        if self.is_timeline { "Plan: timeline" } else { "Plan" }.to_owned()
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let items = self.items(session);
        let selected = self.selected(&items);
        match (command, items.get(selected)) {
            (Command::Up, _) => self.put(paging::moved(selected, -1, items.len()), &items),
            (Command::Down, _) => self.put(paging::moved(selected, 1, items.len()), &items),
            (Command::First, _) => self.put(0, &items),
            (Command::Last, _) => self.put(items.len().saturating_sub(1), &items),
            (Command::OtherView, Some(item)) => {
                self.cursor.put_on(item.action, selected);
                self.is_timeline = !self.is_timeline;
            }
            (Command::Choose, Some(item)) => return self.choose(item),
            (Command::Mark, Some(item)) => return self.mark(item, session),
            (Command::WhatIf, Some(item)) => return self.what_if(item, session),
            (Command::Status, Some(item)) => {
                self.cursor.put_on(item.action, selected);
                let is_next_done =
                    session.assessment().action_record_or_blank(item.action).status == ActionStatus::InProgress;
                // What is done moves to the end of the list; the cursor stays and is on what is to be done next.
                if is_next_done && let Some(next) = neighbour(&items, selected) {
                    self.cursor.put_on(next, selected);
                }
                return next_status(item.action, session);
            }
            (Command::Owner, Some(item)) => {
                let owner = session.assessment().action_record_or_blank(item.action).owner;
                return Effect::Open(Box::new(Prompt::new(Purpose::ActionOwner(item.action.to_owned()), owner)));
            }
            (Command::Disputes, _) => return Effect::Open(Box::new(Disputes::default())),
            (Command::Back, _) => return Effect::Back,
            _ => {}
        }
        Effect::None
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        let to = self.places(area, session).list.turned(pages);
        self.put(to, &self.items(session));
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let theme = session.theme;
        let (plan, items) = (session.plan(), self.items(session));
        let Places { first, totals, columns, list, foot } = self.places(area, session);
        frame.render_widget(Line::styled(format!(" {}", words::first_days(plan)), theme.heading()), first);
        for (row, line) in totals.rows().zip(text::wrap(&words::head(session), area.width.saturating_sub(2))) {
            frame.render_widget(Line::raw(format!(" {line}")), row);
        }
        frame.render_widget(Line::styled(list.range(), theme.muted()).right_aligned(), foot);
        let timeline = self.is_timeline.then(|| Timeline::new(plan, list.area.width, theme));
        let heads = timeline.as_ref().map_or_else(|| column_heads(columns.width, theme), Timeline::head);
        frame.render_widget(heads, columns);
        for (index, place) in list.places() {
            let (item, is_selected) = (&items[index], index == list.selected);
            let lines = match (&timeline, &item.kind) {
                (Some(timeline), Kind::Step(step)) => vec![timeline.line(step, is_selected)],
                (_, _) => self.draw_item(item, is_selected, place, session),
            };
            for (row, line) in place.rows().zip(lines) {
                frame.render_widget(line, row);
            }
        }
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match self.places(area, session).list.pointed(mouse) {
            Pointed::Nothing => {}
            Pointed::At(index) => self.put(index, &self.items(session)),
            Pointed::Choose => return self.handle(Command::Choose, session),
        }
        Effect::None
    }
}

#[cfg(test)]
mod tests;

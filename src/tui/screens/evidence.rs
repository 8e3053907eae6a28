//! The evidence register: what could be put on the table, how fresh it is, and what it serves.
//!
//! Opened from a question it also says which items serve that requirement. Those stand first, in the order in which they
//! were found on opening, so that marking one does not move it away under the cursor.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    model::{
        edit::Change,
        evidence::{Evidence, Freshness, MANY_SERVED},
        reference::Reference,
    },
    tui::{
        effect::Effect,
        input::Mouse,
        keys::{Command, Context},
        screens::{
            View,
            evidence_item::EvidenceItem,
            programmes::Programmes,
            prompt::{Prompt, Purpose},
        },
        session::Session,
        theme::Theme,
        widgets::{
            list::{Cursor, List, Pointed},
            paging, text,
        },
    },
};

/// The cells of the words on freshness.
const FRESHNESS: u16 = 24;

/// The register, for one requirement or for all.
#[derive(Debug, Default)]
pub struct EvidenceRegister {
    requirement: Option<Reference>,
    cursor: Cursor,
    /// The items of which serving was changed here; they stay in their place.
    changed: BTreeSet<String>,
    /// The item that a second press removes.
    to_remove: Option<String>,
}

impl EvidenceRegister {
    /// The register as a requirement sees it, or as a whole.
    pub fn new(requirement: Option<Reference>) -> EvidenceRegister {
        EvidenceRegister { requirement, ..EvidenceRegister::default() }
    }

    /// The whole register, on one item.
    pub fn on(id: &str) -> EvidenceRegister {
        EvidenceRegister { cursor: Cursor::on(id), ..EvidenceRegister::default() }
    }

    /// What serves the requirement first, then by title.
    fn items<'s>(&self, session: &'s Session) -> Vec<&'s Evidence> {
        let mut items: Vec<&Evidence> = session.assessment().evidence.iter().collect();
        items.sort_by_cached_key(|item| (!self.stood_first(item), item.title.to_lowercase(), item.id.clone()));
        items
    }

    fn stood_first(&self, item: &Evidence) -> bool {
        self.serves(item) != self.changed.contains(&item.id)
    }

    fn serves(&self, item: &Evidence) -> bool {
        self.requirement.is_some_and(|requirement| item.serves.contains(&requirement))
    }

    fn put(&mut self, index: usize, items: &[&Evidence]) {
        self.cursor.put(index, &ids(items));
    }

    fn ask_location(&mut self, session: &Session, initial: String) -> Effect {
        self.cursor.go_to_new(&ids(&self.items(session)));
        Effect::Open(Box::new(Prompt::new(Purpose::EvidenceLocation(self.requirement), initial)))
    }

    fn toggle(&mut self, item: &Evidence) -> Effect {
        let Some(requirement) = self.requirement else {
            return Effect::Open(Box::new(EvidenceItem::on_serves(item)));
        };
        if !self.changed.remove(&item.id) {
            self.changed.insert(item.id.clone());
        }
        let mut item = item.clone();
        if self.serves(&item) {
            item.serves.retain(|served| *served != requirement);
        } else {
            item.serves.push(requirement);
            item.serves.sort_unstable();
        }
        Effect::Apply(Change::SetEvidence { id: item.id.clone(), evidence: Some(item) })
    }

    fn remove(&mut self, item: &Evidence) -> Effect {
        if self.to_remove.as_ref() == Some(&item.id) {
            self.to_remove = None;
            let removed = Effect::Say(format!("Removed \"{}\"; z takes it back.", item.title));
            let change = Change::SetEvidence { id: item.id.clone(), evidence: None };
            return Effect::All(vec![removed, Effect::Apply(change)]);
        }
        self.to_remove = Some(item.id.clone());
        let serves = match item.serves.len() {
            0 => "it serves nothing".to_owned(),
            1 => format!("it serves {}", item.serves[0]),
            many => format!("it serves {many} requirements"),
        };
        Effect::Say(format!("Press D again to remove \"{}\": {serves}.", item.title))
    }

    fn places(&self, area: Rect, session: &Session) -> Places {
        let items = self.items(session);
        let head = text::wrap(&self.head(&items, session), area.width.saturating_sub(2)).len();
        let rows = [Constraint::Length(u16::try_from(head).unwrap_or(1)), Constraint::Length(1), Constraint::Fill(1)];
        let [head, range, list] = Layout::vertical(rows).areas(area);
        let heights = items.iter().map(|item| if item.serves_many() { 3 } else { 2 }).collect();
        Places { head, range, list: List { heights, selected: self.cursor.index(&ids(&items)), area: list } }
    }

    /// How many items there are, and what that means here.
    fn head(&self, items: &[&Evidence], session: &Session) -> String {
        let Some(requirement) = self.requirement else { return whole_head(items, session.as_of) };
        let score = session.standing().requirement(requirement);
        let current = score.map_or(0, |score| score.evidence.current);
        match items.iter().filter(|item| self.serves(item)).count() {
            0 if items.is_empty() => {
                "Nothing is registered yet. n asks for a path or a link; pasting one works.".into()
            }
            0 => "Nothing serves it yet. Space lets an item serve it, n adds a new one.".to_owned(),
            1 if current == 1 => format!("1 of {} items serves it, and it is current.", items.len()),
            1 => format!("1 of {} items serves it, and it is not current.", items.len()),
            serving => format!("{serving} of {} items serve it, {current} of them current.", items.len()),
        }
    }

    fn item_lines(&self, item: &Evidence, is_selected: bool, width: u16, session: &Session) -> Vec<Line<'static>> {
        let theme = session.theme;
        let cursor = if is_selected { theme.cursor() } else { " " };
        let mark = match (self.requirement, self.serves(item)) {
            (None, _) => "",
            (Some(_), true) => "[x] ",
            (Some(_), false) => "[ ] ",
        };
        let before = format!("{cursor} {mark}");
        let indent = " ".repeat(usize::from(text::width(&before)));
        let room = width.saturating_sub(text::width(&before) + FRESHNESS + 2);
        let freshness = freshness(item, session.as_of);
        let style = match item.freshness(session.as_of) {
            Freshness::Current if item.is_expiring(session.as_of) => theme.warning(),
            Freshness::Current => theme.chosen(),
            Freshness::Stale | Freshness::Future => theme.warning(),
        };
        let mut lines = vec![
            Line::from_iter([
                Span::raw(before),
                Span::raw(format!("{} ", text::fit(&item.title, room))),
                Span::styled(text::fit(&freshness, FRESHNESS), style),
            ]),
            Line::styled(text::cut(&format!("{indent}{}", about(item, theme)), width).into_owned(), theme.muted()),
        ];
        if item.serves_many() {
            let warning = format!("{indent}Serves more than {MANY_SERVED}: check that it shows each of them.");
            lines.push(Line::styled(warning, theme.warning()));
        }
        lines
    }
}

/// The parts of the screen.
struct Places {
    head: Rect,
    range: Rect,
    list: List,
}

fn ids<'s>(items: &[&'s Evidence]) -> Vec<&'s str> {
    items.iter().map(|item| item.id.as_str()).collect()
}

fn whole_head(items: &[&Evidence], as_of: NaiveDate) -> String {
    if items.is_empty() {
        return "Nothing is registered yet. n asks for a path or a link; pasting one works. From a question, e does the \
                same and attaches it there."
            .to_owned();
    }
    let count = |freshness: Freshness| items.iter().filter(|item| item.freshness(as_of) == freshness).count();
    let undated = items.iter().filter(|item| item.date.is_none()).count();
    let unused = items.iter().filter(|item| item.serves.is_empty()).count();
    let parts = [
        (count(Freshness::Current), "current"),
        (count(Freshness::Stale) - undated, "stale"),
        (undated, "undated"),
        (count(Freshness::Future), "dated ahead"),
        (unused, "serving nothing"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}"));
    let noun = if items.len() == 1 { "item" } else { "items" };
    format!("{} {noun}: {}.", items.len(), parts.collect::<Vec<_>>().join(", "))
}

/// How an item counts today, in at most 24 cells.
pub(super) fn freshness(item: &Evidence, as_of: NaiveDate) -> String {
    match (item.date, item.last_current_day(), item.freshness(as_of)) {
        (Some(date), _, Freshness::Future) => format!("future: from {date}"),
        (Some(_), Some(last), Freshness::Stale) => format!("stale since {}", last.succ_opt().unwrap_or(last)),
        (Some(_), Some(last), Freshness::Current) if item.is_expiring(as_of) => match (last - as_of).num_days() {
            0 => "current, last day today".to_owned(),
            1 => "current, 1 day left".to_owned(),
            days => format!("current, {days} days left"),
        },
        (Some(_), Some(last), Freshness::Current) => format!("current until {last}"),
        (None, _, _) | (_, None, _) => "undated: counts as stale".to_owned(),
    }
}

/// Kind, keeper, what it serves, and where it lies.
fn about(item: &Evidence, theme: Theme) -> String {
    let serves = match item.serves.as_slice() {
        [] => "serves nothing yet".to_owned(),
        served if served.len() > MANY_SERVED => format!("serves {} requirements", served.len()),
        served => format!("serves {}", served.iter().map(Reference::to_string).collect::<Vec<_>>().join(", ")),
    };
    let parts = [item.kind.name(), &item.owner, &serves, &item.location];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(theme.dot())
}

impl View for EvidenceRegister {
    fn context(&self) -> Context {
        Context::Evidence
    }

    fn title(&self, session: &Session) -> String {
        let of = |id: Reference| match session.catalog.requirement(id) {
            Some(requirement) => format!("Evidence for {id} {}", requirement.title),
            None => format!("Evidence for {id}"),
        };
        self.requirement.map_or("Evidence".to_owned(), of)
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let items = self.items(session);
        let selected = self.cursor.index(&ids(&items));
        self.put(selected, &items);
        let item = items.get(selected).copied();
        if command != Command::Remove {
            self.to_remove = None;
        }
        match (command, item) {
            (Command::Up, _) => self.put(paging::moved(selected, -1, items.len()), &items),
            (Command::Down, _) => self.put(paging::moved(selected, 1, items.len()), &items),
            (Command::First, _) => self.put(0, &items),
            (Command::Last, _) => self.put(items.len().saturating_sub(1), &items),
            (Command::New | Command::Evidence, _) => return self.ask_location(session, String::new()),
            (Command::Choose, Some(item)) => return Effect::Open(Box::new(EvidenceItem::new(item))),
            (Command::Mark, Some(item)) => return self.toggle(item),
            (Command::Programmes, _) => return Effect::Open(Box::new(Programmes::default())),
            (Command::Remove, Some(item)) => return self.remove(item),
            (Command::Back, _) => return Effect::Back,
            _ => {}
        }
        Effect::None
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        let items = self.items(session);
        let to = self.places(area, session).list.turned(pages);
        self.put(to, &items);
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let theme = session.theme;
        let items = self.items(session);
        let Places { head, range, list } = self.places(area, session);
        let words = self.head(&items, session);
        for (row, line) in head.rows().zip(text::wrap(&words, area.width.saturating_sub(2))) {
            frame.render_widget(Line::raw(format!(" {line}")), row);
        }
        frame.render_widget(Line::styled(list.range(), theme.muted()).right_aligned(), range);
        for (index, place) in list.places() {
            let lines = self.item_lines(items[index], index == list.selected, place.width, session);
            for (row, line) in place.rows().zip(lines) {
                frame.render_widget(line, row);
            }
        }
    }

    fn paste(&mut self, pasted: &str, session: &Session) -> Effect {
        self.ask_location(session, pasted.to_owned())
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match self.places(area, session).list.pointed(mouse) {
            Pointed::Nothing => {}
            Pointed::At(index) => {
                let items = self.items(session);
                self.put(index, &items);
            }
            Pointed::Choose => return self.handle(Command::Choose, session),
        }
        Effect::None
    }
}

#[cfg(test)]
mod tests;

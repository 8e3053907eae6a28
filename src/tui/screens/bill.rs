//! The AI bill of materials of one system: its parts by kind, to be added, opened and removed.

mod part_form;

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    bom::{Bill, BillError, Part, PartField},
    clean_text::clean_line,
    model::{edit::Change, system::System},
    tui::{
        effect::Effect,
        input::Mouse,
        keys::{Command, Context},
        screens::{
            View,
            bill::part_form::{NewPart, PartSheet},
        },
        session::Session,
        theme::Theme,
        widgets::{
            list::{Cursor, List, Pointed},
            paging, text,
        },
    },
};

/// The cells of a version.
const VERSION: u16 = 16;

/// The bill of a system.
#[derive(Debug)]
pub struct BillScreen {
    system: String,
    cursor: Cursor,
    /// The key of the part that a second press removes.
    to_remove: Option<String>,
}

/// What there is to show: the parts, or why they cannot be read.
type Parts = Result<Vec<Part>, BillError>;

impl BillScreen {
    /// The bill of the system with that id.
    pub fn new(system: &str) -> BillScreen {
        BillScreen { system: system.to_owned(), cursor: Cursor::default(), to_remove: None }
    }

    fn parts(&self, session: &Session) -> Parts {
        let bill = session.assessment().system(&self.system).map_or("", |system| &system.bill);
        Bill::of(bill).map(|bill| bill.parts())
    }

    fn put(&mut self, index: usize, parts: &[Part]) {
        self.cursor.put(index, &keys(parts));
    }

    fn remove(&mut self, part: &Part, session: &Session) -> Effect {
        let name = clean_line(part.name()).into_owned();
        if self.to_remove.as_deref() != Some(part.key()) {
            self.to_remove = Some(part.key().to_owned());
            return Effect::Say(format!("Press D again to remove {name}."));
        }
        self.to_remove = None;
        let removed = changed(&self.system, session, |bill| bill.remove_part(part.key()));
        let said = Effect::Say(format!("Removed {name}; z takes it back."));
        removed.map_or(Effect::None, |change| Effect::All(vec![said, Effect::Apply(change)]))
    }

    fn places(&self, area: Rect, parts: &Parts) -> Places {
        let width = area.width.saturating_sub(2);
        let head: Vec<String> = text::wrap(&head(parts), width).into_iter().map(|line| line.into_owned()).collect();
        let height = u16::try_from(head.len()).unwrap_or(u16::MAX);
        let rows = [Constraint::Length(height), Constraint::Length(1), Constraint::Fill(1)];
        let [head_area, range, list] = Layout::vertical(rows).areas(area);
        let parts = parts.as_deref().unwrap_or_default();
        let heights = (0..parts.len()).map(|index| if begins_kind(parts, index) { 3 } else { 2 }).collect();
        let list = List { heights, selected: self.cursor.index(&keys(parts)), area: list };
        Places { head, head_area, range, list }
    }
}

/// The parts of the screen.
struct Places {
    head: Vec<String>,
    head_area: Rect,
    range: Rect,
    list: List,
}

fn keys(parts: &[Part]) -> Vec<&str> {
    parts.iter().map(Part::key).collect()
}

/// Whether a part is the first of its kind, so that a heading stands above it.
fn begins_kind(parts: &[Part], index: usize) -> bool {
    index == 0 || parts[index - 1].kind() != parts[index].kind()
}

/// The change that keeps what became of a system's bill; nothing where it cannot be read or nothing became of it.
fn changed(system: &str, session: &Session, edit: impl FnOnce(&mut Bill)) -> Option<Change> {
    let system = session.assessment().system(system)?;
    let before = Bill::of(&system.bill).ok()?;
    let mut bill = before.clone();
    edit(&mut bill);
    let kept = || Change::system("bill of materials", System { bill: bill.text(), ..system.clone() });
    (bill != before).then(kept)
}

/// What is there, in a sentence or three.
fn head(parts: &Parts) -> String {
    match parts {
        Err(error) => format!(
            "This bill cannot be read, and is kept as it is: {error}. Mend it in the save, or let an import take its place."
        ),
        Ok(parts) if parts.is_empty() => {
            "No part is listed yet. n adds the first: a model, a data set, a library, a prompt. A bill that you have in \
             CycloneDX is read on the command line: aimscope aibom FILE --system ID --import BOM.json"
                .to_owned()
        }
        Ok(parts) => {
            let without = |field: PartField| {
                parts.iter().filter(|part| part.kind().fields().contains(&field) && part.text(field).is_empty()).count()
            };
            let open = [
                (without(PartField::Version), "without a version"),
                (without(PartField::Supplier), "without a supplier"),
                (without(PartField::Licence), "without a licence"),
            ];
            let open: Vec<String> =
                open.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")).collect();
            let noun = if parts.len() == 1 { "part" } else { "parts" };
            let open = if open.is_empty() { String::new() } else { format!(": {}", open.join(", ")) };
            format!("{} {noun}{open}.", parts.len())
        }
    }
}

/// Supplier, licence and the first other things that are said of a part.
fn about(part: &Part, theme: Theme) -> String {
    let kind = part.kind();
    let first = [PartField::Supplier, PartField::Licence];
    let rest = kind.fields().iter().filter(|field| !first.contains(field));
    let rest = rest.filter(|field| !matches!(field, PartField::Name | PartField::Version));
    let said = first.iter().chain(rest).filter(|field| !part.text(**field).is_empty());
    let texts: Vec<String> = said.map(|field| clean_line(part.text(*field)).into_owned()).collect();
    if texts.is_empty() { "nothing more is said yet".to_owned() } else { texts.join(theme.dot()) }
}

fn part_lines(part: &Part, is_selected: bool, width: u16, theme: Theme) -> [Line<'static>; 2] {
    let cursor = if is_selected { theme.cursor() } else { " " };
    let name = text::fit(&clean_line(part.name()), width.saturating_sub(VERSION + 4));
    let version = text::cut(&clean_line(part.text(PartField::Version)), VERSION).into_owned();
    [
        Line::from_iter([Span::raw(format!("{cursor} {name} ")), Span::styled(version, theme.text())]),
        Line::styled(format!("  {}", text::cut(&about(part, theme), width.saturating_sub(2))), theme.muted()),
    ]
}

impl View for BillScreen {
    fn context(&self) -> Context {
        Context::Bill
    }

    fn title(&self, session: &Session) -> String {
        let name = session.assessment().system(&self.system).map_or(self.system.as_str(), |system| &system.name);
        format!("AI bill of materials: {name}")
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let read = self.parts(session);
        let parts = read.as_deref().unwrap_or_default();
        let selected = self.cursor.index(&keys(parts));
        self.put(selected, parts);
        if command != Command::Remove {
            self.to_remove = None;
        }
        match (command, parts.get(selected)) {
            (Command::Up, _) => self.put(paging::moved(selected, -1, parts.len()), parts),
            (Command::Down, _) => self.put(paging::moved(selected, 1, parts.len()), parts),
            (Command::First, _) => self.put(0, parts),
            (Command::Last, _) => self.put(parts.len().saturating_sub(1), parts),
            (Command::New, _) if read.is_ok() => {
                self.cursor.go_to_new(&keys(parts));
                let kind = parts.get(selected).map(Part::kind);
                return Effect::Open(Box::new(NewPart::form(&self.system, kind)));
            }
            (Command::Choose, Some(part)) => return Effect::Open(Box::new(PartSheet::form(&self.system, part))),
            (Command::Remove, Some(part)) => return self.remove(part, session),
            (Command::Back, _) => return Effect::Back,
            _ => {}
        }
        Effect::None
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        let read = self.parts(session);
        let to = self.places(area, &read).list.turned(pages);
        self.put(to, read.as_deref().unwrap_or_default());
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let theme = session.theme;
        let read = self.parts(session);
        let Places { head, head_area, range, list } = self.places(area, &read);
        let parts = read.as_deref().unwrap_or_default();
        let style = if read.is_err() { theme.warning() } else { theme.text() };
        for (row, line) in head_area.rows().zip(head) {
            frame.render_widget(Line::styled(format!(" {line}"), style), row);
        }
        frame.render_widget(Line::styled(list.range(), theme.muted()).right_aligned(), range);
        for (index, place) in list.places() {
            let part = &parts[index];
            let heading =
                begins_kind(parts, index).then(|| Line::styled(title_case(part.kind().plural()), theme.heading()));
            let lines = part_lines(part, index == list.selected, place.width, theme);
            for (row, line) in place.rows().zip(heading.into_iter().chain(lines)) {
                frame.render_widget(line, row);
            }
        }
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        let read = self.parts(session);
        match self.places(area, &read).list.pointed(mouse) {
            Pointed::Nothing => {}
            Pointed::At(index) => self.put(index, read.as_deref().unwrap_or_default()),
            Pointed::Choose => return self.handle(Command::Choose, session),
        }
        Effect::None
    }
}

/// A heading of the list, with a space before it as the names of the parts have.
fn title_case(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| format!(" {}{}", first.to_uppercase(), chars.as_str()))
}

#[cfg(test)]
mod tests;

//! One item of evidence as a form: what it is, where it lies, for how long it counts, and what it serves.

use chrono::NaiveDate;
use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    model::{
        edit::Change,
        evidence::{Evidence, EvidenceKind, MANY_SERVED},
        reference::Reference,
    },
    tui::{
        effect::Effect,
        input::{Key, KeyCode, Mouse, MouseKind},
        keys::{Command, Context},
        screens::{View, evidence, form::field::read_day},
        session::Session,
        theme::Theme,
        widgets::{line_input::LineInput, text},
    },
};

/// The cells of a field's name, with the marker before it.
const LABEL: u16 = 15;

/// The form of one item.
#[derive(Debug)]
pub struct EvidenceItem {
    /// The item as it is in the register.
    item: Evidence,
    kind: EvidenceKind,
    texts: [LineInput; 6],
    field: Field,
    /// Whether keeping was tried, from which on problems are shown.
    is_checked: bool,
    /// Whether the next cancel throws away what was changed.
    is_warned: bool,
}

/// The fields, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Kind,
    Location,
    Date,
    ValidUntil,
    Owner,
    Serves,
}

impl Field {
    const ALL: [Field; 7] =
        [Field::Title, Field::Kind, Field::Location, Field::Date, Field::ValidUntil, Field::Owner, Field::Serves];

    const fn name(self) -> &'static str {
        match self {
            Field::Title => "Title",
            Field::Kind => "Kind",
            Field::Location => "Location",
            Field::Date => "Date",
            Field::ValidUntil => "Valid until",
            Field::Owner => "Owner",
            Field::Serves => "Serves",
        }
    }

    /// What to write there.
    const fn hint(self) -> &'static str {
        match self {
            Field::Title => "What people call it.",
            Field::Kind => {
                "Left and Right change it. A document says how things are to be; a record shows that something \
                 happened; a system shows it live; an interview is somebody's word."
            }
            Field::Location => "A path, a link, or where the paper is kept.",
            Field::Date => "The day it speaks for, as YYYY-MM-DD. Without a date it counts as stale.",
            Field::ValidUntil => "The last day on which it counts. Left empty: 395 days after its date.",
            Field::Owner => "Who keeps it and can show it.",
            Field::Serves => "The numbers of the requirements that it shows, such as 5.2, A.2.2.",
        }
    }

    /// The place of its text; the kind has none.
    const fn text(self) -> Option<usize> {
        match self {
            Field::Title => Some(0),
            Field::Kind => None,
            Field::Location => Some(1),
            Field::Date => Some(2),
            Field::ValidUntil => Some(3),
            Field::Owner => Some(4),
            Field::Serves => Some(5),
        }
    }

    fn moved(self, steps: usize) -> Field {
        Field::ALL[(self as usize + steps) % Field::ALL.len()]
    }
}

impl EvidenceItem {
    /// The form of an item of the register.
    pub fn new(item: &Evidence) -> EvidenceItem {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let serves = item.serves.iter().map(Reference::to_string).collect::<Vec<_>>().join(", ");
        let texts = [&item.title, &item.location, &day(item.date), &day(item.valid_until), &item.owner, &serves]
            .map(|text: &String| LineInput::new(text));
        EvidenceItem {
            item: item.clone(),
            kind: item.kind,
            texts,
            field: Field::Title,
            is_checked: false,
            is_warned: false,
        }
    }

    /// The same, on what the item serves.
    pub fn on_serves(item: &Evidence) -> EvidenceItem {
        EvidenceItem { field: Field::Serves, ..EvidenceItem::new(item) }
    }

    fn text_of(&self, field: Field) -> &str {
        field.text().map_or("", |place| self.texts[place].text().trim())
    }

    fn input(&mut self) -> Option<&mut LineInput> {
        Some(&mut self.texts[self.field.text()?])
    }

    /// The item as the form says, with all that is wrong with it.
    fn read(&self, session: &Session) -> (Evidence, Vec<(Field, String)>) {
        let mut problems = Vec::new();
        let mut day = |field: Field| {
            read_day(self.text_of(field)).unwrap_or_else(|problem| {
                problems.push((field, problem));
                None
            })
        };
        let (date, valid_until) = (day(Field::Date), day(Field::ValidUntil));
        let serves = read_serves(self.text_of(Field::Serves), &self.item, session).unwrap_or_else(|problem| {
            problems.push((Field::Serves, problem));
            Vec::new()
        });
        if self.text_of(Field::Title).is_empty() {
            problems.push((Field::Title, "Give it a title, so that others know what to ask for.".to_owned()));
        }
        if let (Some(date), Some(last)) = (date, valid_until)
            && last < date
        {
            problems.push((Field::ValidUntil, format!("This is before its date, {date}; give a later day.")));
        }
        let text = |field: Field| self.text_of(field).to_owned();
        let item = Evidence {
            id: self.item.id.clone(),
            title: text(Field::Title),
            kind: self.kind,
            location: text(Field::Location),
            date,
            valid_until,
            owner: text(Field::Owner),
            serves,
        };
        (item, problems)
    }

    fn keep(&mut self, session: &Session) -> Effect {
        let (item, problems) = self.read(session);
        self.is_checked = true;
        let first = Field::ALL.into_iter().find(|field| problems.iter().any(|(other, _)| other == field));
        match first {
            Some(field) => {
                self.field = field;
                Effect::Say("Not kept yet: see what is marked with an exclamation mark.".to_owned())
            }
            None if item == self.item => Effect::Back,
            None => {
                let change = Change::SetEvidence { id: item.id.clone(), evidence: Some(item) };
                Effect::All(vec![Effect::Apply(change), Effect::Back])
            }
        }
    }

    /// Whether a field says something else than at first.
    fn is_changed(&self) -> bool {
        let before = EvidenceItem::new(&self.item);
        let is_other = |(now, before): (&LineInput, &LineInput)| now.text() != before.text();
        self.kind != before.kind || self.texts.iter().zip(&before.texts).any(is_other)
    }

    /// The kind after this one, or before it.
    fn turn_kind(&mut self, steps: usize) {
        let count = EvidenceKind::ALL.len();
        let place = EvidenceKind::ALL.iter().position(|kind| *kind == self.kind).unwrap_or(0);
        self.kind = EvidenceKind::ALL[(place + steps) % count];
    }

    /// The rows of the form: each field, with the problem under it.
    fn rows(&self, session: &Session) -> Vec<Row> {
        let problems = if self.is_checked { self.read(session).1 } else { Vec::new() };
        let of_field = |field: Field| {
            let of_this = problems.iter().filter(move |(other, _)| *other == field);
            let texts = of_this.map(|(_, problem)| Row::Problem(problem.clone()));
            std::iter::once(Row::Field(field)).chain(texts).collect::<Vec<Row>>()
        };
        Field::ALL.into_iter().flat_map(of_field).collect()
    }

    fn places(&self, area: Rect, session: &Session) -> Places {
        let hint = text::wrap(self.field.hint(), area.width.saturating_sub(4));
        let hint_height = u16::try_from(hint.len()).unwrap_or(1);
        let rows = self.rows(session);
        let form = u16::try_from(rows.len()).unwrap_or(u16::MAX);
        let rows_of =
            [Constraint::Max(1), Constraint::Length(form), Constraint::Max(1), Constraint::Length(hint_height)];
        let [_, form, _, hint, foot] = Layout::vertical(rows_of.into_iter().chain([Constraint::Fill(1)])).areas(area);
        Places { form: form.rows().zip(rows).collect(), hint, foot }
    }

    fn draw_field(&self, frame: &mut Frame, area: Rect, field: Field, theme: Theme) {
        let is_here = field == self.field;
        let [label, value, _] =
            Layout::horizontal([Constraint::Length(LABEL), Constraint::Fill(1), Constraint::Length(1)]).areas(area);
        let cursor = if is_here { theme.cursor() } else { " " };
        let style = if is_here { theme.heading() } else { theme.muted() };
        let name = Line::from_iter([Span::raw(format!("{cursor} ")), Span::styled(field.name(), style)]);
        frame.render_widget(name, label);
        match field.text() {
            None => frame.render_widget(format!("< {} >", self.kind.name()), value),
            Some(place) if is_here => self.texts[place].draw(frame, value, theme),
            Some(place) => frame.render_widget(text::cut(self.texts[place].text(), value.width).as_ref(), value),
        }
    }

    /// How the item would count, and a warning where it serves many.
    fn foot(&self, session: &Session) -> String {
        let (item, _) = self.read(session);
        let counts = format!("Today: {}.", evidence::freshness(&item, session.as_of));
        if item.serves_many() {
            let serves = item.serves.len();
            format!("{counts} It serves {serves}, more than {MANY_SERVED}: check that it shows each of them.")
        } else {
            counts
        }
    }
}

/// One row of the form.
enum Row {
    Field(Field),
    Problem(String),
}

/// The parts of the screen.
struct Places {
    form: Vec<(Rect, Row)>,
    hint: Rect,
    foot: Rect,
}

/// The requirements named; such as left the catalogue may stay.
fn read_serves(text: &str, item: &Evidence, session: &Session) -> Result<Vec<Reference>, String> {
    let mut serves = Vec::new();
    for name in text.split([',', ';', ' ']).filter(|name| !name.is_empty()) {
        let id = name.parse().ok().filter(|id| session.catalog.requirement(*id).is_some() || item.serves.contains(id));
        serves.push(id.ok_or_else(|| {
            let name: String = name.chars().take(20).collect();
            format!("`{name}` is no requirement; write numbers such as 5.2, A.2.2.")
        })?);
    }
    serves.sort_unstable();
    serves.dedup();
    Ok(serves)
}

impl View for EvidenceItem {
    fn context(&self) -> Context {
        Context::EvidenceItem
    }

    fn title(&self, _session: &Session) -> String {
        format!("Evidence: {}", self.item.title)
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let was_warned = std::mem::take(&mut self.is_warned);
        match command {
            Command::Switch => self.field = self.field.moved(1),
            Command::SwitchBack => self.field = self.field.moved(Field::ALL.len() - 1),
            Command::Clear => {
                if let Some(input) = self.input() {
                    input.clear();
                }
            }
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

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let theme = session.theme;
        let Places { form, hint, foot } = self.places(area, session);
        for (place, row) in form {
            match row {
                Row::Field(field) => self.draw_field(frame, place, field, theme),
                Row::Problem(problem) => {
                    let line = format!("  ! {problem}");
                    frame.render_widget(Line::styled(text::fit(&line, place.width), theme.warning()), place);
                }
            }
        }
        let below = [(hint, self.field.hint().to_owned()), (foot, self.foot(session))];
        for (place, words) in below {
            for (row, line) in place.rows().zip(text::wrap(&words, place.width.saturating_sub(4))) {
                frame.render_widget(Line::styled(format!("  {line}"), theme.muted()), row);
            }
        }
    }

    fn type_key(&mut self, key: Key, _session: &Session) -> Effect {
        self.is_warned = false;
        match (self.input(), key.code) {
            (Some(input), _) => input.type_key(key),
            (None, KeyCode::Left) => self.turn_kind(EvidenceKind::ALL.len() - 1),
            (None, KeyCode::Right | KeyCode::Char(' ')) => self.turn_kind(1),
            (None, _) => {}
        }
        Effect::None
    }

    fn paste(&mut self, pasted: &str, _session: &Session) -> Effect {
        self.is_warned = false;
        if let Some(input) = self.input() {
            input.insert(pasted);
        }
        Effect::None
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match mouse.kind {
            MouseKind::WheelUp => return self.handle(Command::SwitchBack, session),
            MouseKind::WheelDown => return self.handle(Command::Switch, session),
            MouseKind::Click => {
                let rows = self.places(area, session).form.into_iter();
                let clicked = rows.filter(|(place, _)| place.contains((mouse.column, mouse.row).into()));
                for (_, row) in clicked {
                    match row {
                        Row::Field(field) => self.field = field,
                        Row::Problem(_) => {}
                    }
                }
            }
        }
        Effect::None
    }
}

#[cfg(test)]
mod tests;

//! The screening of an AI system: two minutes that say whether the full form is needed and whether anything bars its use.
//!
//! What is picked stays here until it is kept; what was left open then counts as no.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    impact::rating::rate_system,
    model::{
        edit::Change,
        impact::form::ImpactForm,
        system::{RestrictedUse, Screening, System},
    },
    tui::{
        effect::Effect,
        input::{Key, Mouse},
        keys::{Command, Context},
        screens::{View, systems::words},
        session::Session,
        theme::Theme,
        widgets::{
            line_input::LineInput,
            list::{List, Pointed},
            paging, text,
        },
    },
};

/// The cells of the cursor and the answer.
const ANSWER: u16 = 13;

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pick {
    /// Not said; counts as no once the screening is kept.
    Open,
    Yes,
    No,
    Unsure,
}

impl Pick {
    const fn name(self) -> &'static str {
        match self {
            Pick::Open => "-",
            Pick::Yes => "yes",
            Pick::No => "no",
            Pick::Unsure => "not sure",
        }
    }
}

/// One use that is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Use {
    /// The id in the catalogue.
    id: String,
    kind: UseKind,
    pick: Pick,
    /// How a restricted use was settled.
    settled: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UseKind {
    /// A sensitive use; `first` marks those to look at first for a tool of this kind.
    Sensitive { first: bool },
    /// A use that something other than the law bars.
    Restricted,
    /// A use that the law bars.
    Banned,
}

/// The screening of one system.
#[derive(Debug)]
pub struct ScreeningScreen {
    id: String,
    uses: Vec<Use>,
    /// As they were when the screen was opened.
    before: Vec<Use>,
    row: usize,
    /// The line in which is written how a restricted use was settled, while it is open.
    settling: Option<LineInput>,
    /// Whether the next way back throws away what was picked.
    is_warned: bool,
}

/// The parts of the screen.
struct Places {
    head: Rect,
    head_words: String,
    list: List,
    range: Rect,
    foot: Rect,
    foot_words: String,
    is_warning: bool,
}

impl ScreeningScreen {
    /// The screening of a system as it was kept, or still open; nothing where the system is not registered.
    pub fn new(id: &str, session: &Session) -> Option<ScreeningScreen> {
        let system = session.assessment().system(id)?;
        let uses = uses_of(system, &session.catalog.impact);
        Some(ScreeningScreen {
            id: id.to_owned(),
            before: uses.clone(),
            uses,
            row: 0,
            settling: None,
            is_warned: false,
        })
    }

    /// The system as it would be when this were kept today; what is open counts as that.
    fn changed(&self, open: Pick, session: &Session) -> Option<System> {
        let system = session.assessment().system(&self.id)?;
        let picked = |pick: Pick| {
            let counts = move |asked: &&Use| if asked.pick == Pick::Open { open == pick } else { asked.pick == pick };
            let uses = self.uses.iter().filter(counts);
            uses.filter(|asked| matches!(asked.kind, UseKind::Sensitive { .. })).map(|asked| asked.id.clone())
        };
        let barred = self.uses.iter().filter(|asked| asked.pick == Pick::Yes);
        let barred = barred.filter(|asked| !matches!(asked.kind, UseKind::Sensitive { .. }));
        let mut screening = Screening {
            on: session.as_of,
            by: String::new(),
            sensitive: picked(Pick::Yes).collect(),
            unsure: picked(Pick::Unsure).collect(),
            restricted: barred
                .map(|asked| RestrictedUse { id: asked.id.clone(), settled: asked.settled.clone() })
                .collect(),
        };
        // The catalogue's order, whatever was shown first.
        screening.sensitive.sort();
        screening.unsure.sort();
        // The marks stood for a screening; now there is one.
        Some(System { screening: Some(screening), sensitive_use: false, banned_use: false, ..system.clone() })
    }

    fn kept(&self, open: Pick, session: &Session) -> Option<Change> {
        let mut system = self.changed(open, session)?;
        if let Some(screening) = &mut system.screening {
            screening.by = session.by.clone();
        }
        Some(Change::system("screening", system))
    }

    fn keep(&self, session: &Session) -> Effect {
        let Some(change) = self.kept(Pick::No, session) else { return Effect::Back };
        Effect::All(vec![
            Effect::Apply(change),
            Effect::Back,
            Effect::Say("Screening kept; z takes it back.".to_owned()),
        ])
    }

    fn pick(&mut self, pick: Pick) -> Effect {
        let count = self.uses.len();
        let Some(asked) = self.uses.get_mut(self.row) else { return Effect::None };
        if pick == Pick::Unsure && !matches!(asked.kind, UseKind::Sensitive { .. }) {
            return Effect::Say("Here it is yes or no; say yes until you know.".to_owned());
        }
        asked.pick = pick;
        // A yes to what is barred asks how it was settled, so the cursor stays.
        if pick != Pick::Yes || matches!(asked.kind, UseKind::Sensitive { .. }) {
            self.row = paging::moved(self.row, 1, count);
        }
        Effect::None
    }

    fn settle(&mut self) -> Effect {
        match self.uses.get(self.row) {
            Some(asked) if asked.kind == UseKind::Restricted && asked.pick == Pick::Yes => {
                self.settling = Some(LineInput::new(&asked.settled));
                Effect::None
            }
            Some(asked) if asked.kind == UseKind::Banned => {
                Effect::Say("A ban by law cannot be settled: stop it, or change the use.".to_owned())
            }
            Some(_) | None => Effect::Say("First say yes to a use that is barred.".to_owned()),
        }
    }

    /// Takes what was written on how it was settled.
    fn settled(&mut self) {
        if let (Some(line), Some(asked)) = (self.settling.take(), self.uses.get_mut(self.row)) {
            asked.settled = line.text().trim().to_owned();
        }
    }

    fn back(&mut self, was_warned: bool) -> Effect {
        if self.uses == self.before || was_warned {
            return Effect::Back;
        }
        self.is_warned = true;
        Effect::Say("Again throws away what was picked; Enter keeps it.".to_owned())
    }

    /// Who screened when, or what leaving open means.
    fn head(&self, session: &Session) -> String {
        let Some(system) = session.assessment().system(&self.id) else {
            return "This system is not registered any more.".to_owned();
        };
        let marked = if system.sensitive_use && system.screening.is_none() {
            " It is marked as sensitive without saying why; keeping this replaces the mark."
        } else {
            ""
        };
        match &system.screening {
            Some(screening) if screening.by.is_empty() => format!("Screened on {}.", screening.on),
            Some(screening) => format!("Screened on {} by {}.", screening.on, screening.by),
            None => format!("y yes, n no, u not sure. What stays open counts as no once you keep it.{marked}"),
        }
    }

    /// What follows from what is picked, and whether it is a warning.
    fn foot(&self, session: &Session) -> (String, bool) {
        let Some(system) = self.changed(Pick::No, session) else { return (String::new(), false) };
        let rating = rate_system(&session.catalog, session.assessment(), &system, session.as_of);
        if rating.is_banned {
            return (words::BANNED.to_owned(), true);
        }
        let is_open = |asked: &&Use| asked.pick == Pick::Yes && asked.settled.is_empty();
        let action = self.uses.get(self.row).filter(is_open);
        let action = action.and_then(|asked| session.catalog.impact.restricted_use(&asked.id));
        match action {
            Some(restricted) => {
                let until = "Until it is settled it stands in the plan; s writes down how it was.";
                (format!("{} {until}", restricted.action), true)
            }
            None => (words::form_asked_for(&rating, &system, session), false),
        }
    }

    fn line(&self, asked: &Use, form: &ImpactForm) -> String {
        let first = match asked.kind {
            UseKind::Sensitive { first: true } => " (look here first)",
            UseKind::Sensitive { first: false } | UseKind::Restricted | UseKind::Banned => "",
        };
        format!("{}{first}", name_of(asked, form))
    }

    fn heights(&self, width: u16, form: &ImpactForm) -> Vec<u16> {
        let room = width.saturating_sub(ANSWER + 1);
        let height = |(row, asked): (usize, &Use)| {
            let lines = text::wrap(&self.line(asked, form), room).len();
            let settled = usize::from(asked.pick == Pick::Yes && asked.kind == UseKind::Restricted);
            u16::try_from(lines + settled).unwrap_or(1) + u16::from(self.has_heading(row))
        };
        self.uses.iter().enumerate().map(height).collect()
    }

    /// Whether a heading stands above a row: at the first sensitive and the first barred use.
    fn has_heading(&self, row: usize) -> bool {
        let is_sensitive = |row: usize| matches!(self.uses[row].kind, UseKind::Sensitive { .. });
        row == 0 || is_sensitive(row) != is_sensitive(row - 1)
    }

    fn places(&self, area: Rect, session: &Session) -> Places {
        let width = area.width.saturating_sub(2);
        let (head_words, (foot_words, is_warning)) = (self.head(session), self.foot(session));
        let height = |words: &str| {
            let lines = if words.is_empty() { 0 } else { text::wrap(words, width).len() };
            Constraint::Length(u16::try_from(lines).unwrap_or(1))
        };
        let rows = [height(&head_words), Constraint::Fill(1), Constraint::Length(1), height(&foot_words)];
        let [head, list, range, foot] = Layout::vertical(rows).areas(area);
        let heights = self.heights(area.width, &session.catalog.impact);
        let list = List { heights, selected: self.row, area: list };
        Places { head, head_words, list, range, foot, foot_words, is_warning }
    }

    fn draw_use(&self, frame: &mut Frame, area: Rect, row: usize, session: &Session) {
        let theme = session.theme;
        let asked = &self.uses[row];
        let mut rows = area.rows();
        if self.has_heading(row)
            && let Some(place) = rows.next()
        {
            let heading = match asked.kind {
                UseKind::Sensitive { .. } => " Sensitive uses",
                UseKind::Restricted | UseKind::Banned => " What could bar its use",
            };
            frame.render_widget(Line::styled(heading, theme.heading()), place);
        }
        let is_here = row == self.row;
        let cursor = if is_here { theme.cursor() } else { " " };
        let line = self.line(asked, &session.catalog.impact);
        let lines = text::wrap(&line, area.width.saturating_sub(ANSWER + 1));
        for (index, (words, place)) in lines.into_iter().zip(rows.by_ref()).enumerate() {
            let left = match index {
                0 => text::fit(&format!("{cursor} {}", asked.pick.name()), ANSWER),
                _ => " ".repeat(usize::from(ANSWER)),
            };
            let style = if is_here { theme.text() } else { theme.muted() };
            let spans = [Span::styled(left, style_of(asked, theme)), Span::styled(words.into_owned(), style)];
            frame.render_widget(Line::from_iter(spans), place);
        }
        if let Some(place) = rows.next() {
            self.draw_settled(frame, place, asked, is_here, theme);
        }
    }

    fn draw_settled(&self, frame: &mut Frame, area: Rect, asked: &Use, is_here: bool, theme: Theme) {
        let columns = [Constraint::Length(ANSWER), Constraint::Length(9), Constraint::Fill(1), Constraint::Length(1)];
        let [_, label, value, _] = Layout::horizontal(columns).areas(area);
        frame.render_widget(Span::styled("settled: ", theme.muted()), label);
        match (&self.settling, is_here) {
            (Some(line), true) => line.draw(frame, value, theme),
            (Some(_) | None, _) if asked.settled.is_empty() => {
                frame.render_widget(Span::styled("not yet", theme.warning()), value);
            }
            (Some(_) | None, _) => frame.render_widget(text::cut(&asked.settled, value.width).as_ref(), value),
        }
    }
}

/// The uses to ask about: those usual for the kind of tool first, then the other sensitive ones, then what bars a use.
fn uses_of(system: &System, form: &ImpactForm) -> Vec<Use> {
    let tool = form.tools.iter().find(|tool| tool.purpose == system.purpose);
    let kept = system.screening.as_ref();
    let sensitive = form.sensitive_uses.iter().map(|sensitive| {
        let is_in = |ids: fn(&Screening) -> &Vec<String>| {
            kept.is_some_and(|screening| ids(screening).iter().any(|id| sensitive.id == *id))
        };
        let pick = match (is_in(|screening| &screening.sensitive), is_in(|screening| &screening.unsure), kept) {
            (true, _, _) => Pick::Yes,
            (false, true, _) => Pick::Unsure,
            (false, false, Some(_)) => Pick::No,
            (false, false, None) => Pick::Open,
        };
        let first = tool.is_some_and(|tool| tool.ask.contains(&sensitive.id));
        Use { id: sensitive.id.to_string(), kind: UseKind::Sensitive { first }, pick, settled: String::new() }
    });
    let mut uses: Vec<Use> = sensitive.collect();
    let place = |asked: &Use| tool.and_then(|tool| tool.ask.iter().position(|id| *id == asked.id));
    uses.sort_by_key(|asked| place(asked).unwrap_or(usize::MAX));
    let restricted = form.restricted_uses.iter().map(|restricted| {
        let found = kept.and_then(|screening| screening.restricted.iter().find(|found| restricted.id == found.id));
        let is_marked = restricted.banned && system.banned_use;
        let pick = match (found, kept) {
            (Some(_), _) => Pick::Yes,
            (None, _) if is_marked => Pick::Yes,
            (None, Some(_)) => Pick::No,
            (None, None) => Pick::Open,
        };
        let kind = if restricted.banned { UseKind::Banned } else { UseKind::Restricted };
        let settled = found.map_or(String::new(), |found| found.settled.clone());
        Use { id: restricted.id.to_string(), kind, pick, settled }
    });
    uses.extend(restricted);
    uses
}

fn name_of<'c>(asked: &Use, form: &'c ImpactForm) -> &'c str {
    match asked.kind {
        UseKind::Sensitive { .. } => {
            form.sensitive_uses.iter().find(|sensitive| sensitive.id == asked.id).map_or("", |found| &found.name)
        }
        UseKind::Restricted | UseKind::Banned => form.restricted_use(&asked.id).map_or("", |found| &found.name),
    }
}

fn style_of(asked: &Use, theme: Theme) -> ratatui::style::Style {
    match (asked.pick, asked.kind) {
        (Pick::Yes, UseKind::Banned | UseKind::Restricted) => theme.warning(),
        (Pick::Yes | Pick::Unsure, _) => theme.chosen(),
        (Pick::Open | Pick::No, _) => theme.muted(),
    }
}

impl View for ScreeningScreen {
    fn context(&self) -> Context {
        if self.settling.is_some() { Context::Prompt } else { Context::Screening }
    }

    fn title(&self, session: &Session) -> String {
        let name = session.assessment().system(&self.id).map_or(self.id.as_str(), |system| &system.name);
        format!("Screening: {name}")
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let was_warned = std::mem::take(&mut self.is_warned);
        if self.settling.is_some() {
            match command {
                Command::Choose => self.settled(),
                Command::Back => self.settling = None,
                Command::Clear => self.settling = Some(LineInput::default()),
                _ => {}
            }
            return Effect::None;
        }
        match command {
            Command::Up => self.row = paging::moved(self.row, -1, self.uses.len()),
            Command::Down => self.row = paging::moved(self.row, 1, self.uses.len()),
            Command::First => self.row = 0,
            Command::Last => self.row = self.uses.len().saturating_sub(1),
            Command::Yes => return self.pick(Pick::Yes),
            Command::No => return self.pick(Pick::No),
            Command::Unknown => return self.pick(Pick::Unsure),
            Command::Settled => return self.settle(),
            Command::Keep => return self.keep(session),
            Command::Back => return self.back(was_warned),
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
        let Places { head, head_words, list, range, foot, foot_words, is_warning } = self.places(area, session);
        let foot_style = if is_warning { theme.warning() } else { theme.text() };
        for (words, area, style) in [(head_words, head, theme.muted()), (foot_words, foot, foot_style)] {
            for (row, line) in area.rows().zip(text::wrap(&words, area.width.saturating_sub(2))) {
                frame.render_widget(Line::styled(format!(" {line}"), style), row);
            }
        }
        for (row, place) in list.places() {
            self.draw_use(frame, place, row, session);
        }
        frame.render_widget(Line::styled(list.range(), theme.muted()).right_aligned(), range);
    }

    fn takes_text(&self) -> bool {
        self.settling.is_some()
    }

    fn type_key(&mut self, key: Key, _session: &Session) -> Effect {
        if let Some(line) = &mut self.settling {
            line.type_key(key);
        }
        Effect::None
    }

    fn paste(&mut self, pasted: &str, _session: &Session) -> Effect {
        if let Some(line) = &mut self.settling {
            line.insert(pasted);
        }
        Effect::None
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match self.places(area, session).list.pointed(mouse) {
            Pointed::At(row) if self.settling.is_none() => self.row = row,
            Pointed::At(_) | Pointed::Nothing | Pointed::Choose => {}
        }
        Effect::None
    }

    fn texts<'s>(&self, session: &'s Session) -> Vec<&'s str> {
        let form = &session.catalog.impact;
        self.uses.get(self.row).map(|asked| name_of(asked, form)).into_iter().collect()
    }

    fn pending(&self, session: &Session) -> Option<Change> {
        // Nobody said no to what is open, so it is not sure, which asks for more rather than less.
        if self.uses == self.before { None } else { self.kept(Pick::Unsure, session) }
    }
}

#[cfg(test)]
mod tests;

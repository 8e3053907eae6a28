//! The register of AI systems: each with its level, its scope and what is next for it.

pub mod words;

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    impact::rating::{Basis, SystemRating},
    model::{edit::Change, level::ImpactLevel, system::System},
    tui::{
        effect::Effect,
        input::Mouse,
        keys::{Command, Context},
        screens::{
            View,
            criteria::CriteriaScreen,
            prompt::{Prompt, Purpose},
            quick_add::QuickAdd,
            system_page::SystemPage,
        },
        session::Session,
        widgets::{
            list::{Cursor, List, Pointed},
            paging, text,
        },
    },
};

/// The fewest cells of a name, with what stands around it.
const NAME: u16 = 21;

/// The register of AI systems.
#[derive(Debug, Default)]
pub struct Systems {
    cursor: Cursor,
    /// The system that a second press removes.
    to_remove: Option<String>,
}

impl Systems {
    fn put(&mut self, index: usize, systems: &[System]) {
        self.cursor.put(index, &ids(systems));
    }

    fn remove(&mut self, system: &System) -> Effect {
        if self.to_remove.as_ref() == Some(&system.id) {
            self.to_remove = None;
            let removed = Effect::Say(format!("Removed {}; z takes it back.", system.name));
            let change = Change::SetSystem { id: system.id.clone(), part: "entry", system: None };
            return Effect::All(vec![removed, Effect::Apply(change)]);
        }
        self.to_remove = Some(system.id.clone());
        Effect::Say(format!("Press D again to remove {}.", system.name))
    }

    fn places(&self, area: Rect, session: &Session) -> Places {
        let systems = &session.assessment().systems;
        let width = area.width.saturating_sub(2);
        let height = |words: &str| {
            let lines = if words.is_empty() { 0 } else { text::wrap(words, width).len() };
            Constraint::Length(u16::try_from(lines).unwrap_or(u16::MAX))
        };
        let (meaning, hint) = (meaning(session), hint(session));
        let rows = [height(&meaning), Constraint::Length(1), Constraint::Fill(1), height(&hint)];
        let [meaning_area, range, list, hint_area] = Layout::vertical(rows).areas(area);
        let list = List { heights: vec![2; systems.len()], selected: self.cursor.index(&ids(systems)), area: list };
        Places { words: [(meaning_area, meaning), (hint_area, hint)], range, list }
    }
}

/// The parts of the screen.
struct Places {
    words: [(Rect, String); 2],
    range: Rect,
    list: List,
}

fn ids(systems: &[System]) -> Vec<&str> {
    systems.iter().map(|system| system.id.as_str()).collect()
}

/// What the systems mean for weights and targets, in a sentence.
fn meaning(session: &Session) -> String {
    let assessment = session.assessment();
    if assessment.systems.is_empty() {
        return "No AI system is registered yet; n adds them, one in a line: bought tools too. The impact level of the \
                systems in scope decides how much the requirements weigh that face AI systems."
            .to_owned();
    }
    let Some(highest) = session.standing().systems_in_scope().map(SystemRating::weighing_level).max() else {
        return "No AI system is in scope: all requirements keep their plain weight and target.".to_owned();
    };
    let at_highest = session.standing().systems_in_scope().filter(|system| system.weighing_level() == highest);
    let names: Vec<&str> = at_highest.map(|system| system.name.as_str()).collect();
    let who = match names.as_slice() {
        [] | [_] => names.concat(),
        [first, others @ ..] => format!("{first} and {} more", others.len()),
    };
    let facing = session.catalog.requirements().filter(|requirement| requirement.system_facing).count();
    let raised = session.standing().requirements.iter().filter(|score| score.is_target_raised).count();
    let weight = match highest {
        ImpactLevel::Low => "keep their weight",
        ImpactLevel::Medium => "weigh 1.25 times as much",
        ImpactLevel::High => "weigh 1.5 times as much",
        ImpactLevel::VeryHigh => "weigh twice as much",
    };
    let target = match raised {
        0 => "their targets stay".to_owned(),
        raised => format!("the target of {raised} of them is raised to 4"),
    };
    let level = highest.name();
    format!(
        "Highest impact in scope: {level} ({who}), so the {facing} requirements that face AI systems {weight} and {target}."
    )
}

/// What a change of systems left to look at; empty where there is nothing.
fn hint(session: &Session) -> String {
    let assessment = session.assessment();
    let exclusions = assessment.answers.keys().filter_map(|id| assessment.exclusion_in_force(*id));
    match exclusions.filter(|exclusion| assessment.is_exclusion_to_review(exclusion)).count() {
        0 => String::new(),
        1 => "1 exclusion was decided under other systems or roles: review it.".to_owned(),
        many => format!("{many} exclusions were decided under other systems or roles: review them."),
    }
}

/// States the level of an assessment that is kept elsewhere, as far as nothing here says more.
fn state_level(system: &System, rating: &SystemRating, digit: u8) -> Effect {
    let level = digit.checked_sub(1).and_then(|index| ImpactLevel::ALL.get(usize::from(index))).copied();
    if rating.is_banned {
        return Effect::Say("A use banned by law is not rated.".to_owned());
    }
    match rating.basis {
        Basis::Harms => return Effect::Say("Its level follows from the harms rated here.".to_owned()),
        Basis::NoHarm => return Effect::Say("Its level follows from \"no harm found\" here.".to_owned()),
        Basis::NotAssessed | Basis::Stated => {}
    }
    if level == system.level {
        return Effect::None;
    }
    // A lower level after measures was shown for the level before; it has to be shown anew.
    let stated = System { level, residual: None, ..system.clone() };
    let said = match level {
        Some(level) => format!("{}: {}, by an assessment kept elsewhere.", system.name, level.name()),
        None => format!("{}: not assessed.", system.name),
    };
    Effect::All(vec![Effect::Say(said), Effect::Apply(Change::system("level", stated))])
}

/// Takes a system into the scope, or asks why it leaves it.
fn turn_scope(system: &System) -> Effect {
    if system.in_scope {
        return Effect::Open(Box::new(Prompt::new(Purpose::OutOfScope(system.id.clone()), String::new())));
    }
    let system = System { in_scope: true, scope_reason: String::new(), ..system.clone() };
    Effect::Apply(Change::system("scope", system))
}

/// What stands below the name, and whether it should not wait: scope, what is next, and the classes under the EU AI Act.
fn detail(system: &System, rating: &SystemRating, session: &Session) -> (String, bool) {
    let next = words::next(system, rating, session);
    let scope = match (system.in_scope, system.scope_reason.as_str()) {
        (true, _) => "in scope".to_owned(),
        (false, "") => "out of scope".to_owned(),
        (false, reason) => format!("out of scope: {reason}"),
    };
    let provisional = if rating.is_open && !rating.is_banned { "provisional" } else { "" };
    let step = next.as_ref().map_or(String::new(), |next| match next.why.as_str() {
        "" => format!("next: {}", next.words),
        why => format!("next: {}, {why}", next.words),
    });
    let classes = words::classes(rating, &session.catalog);
    let classes = if classes.is_empty() { classes } else { format!("EU: {classes}") };
    let parts = [scope, provisional.to_owned(), step, classes];
    let shown: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (shown.join(session.theme.dot()), next.is_some_and(|next| next.is_urgent))
}

/// The cells of the widest level, as far as names keep some room.
fn level_width(width: u16, session: &Session) -> u16 {
    let widths = session.standing().systems.iter().map(|rating| text::width(&words::level(rating)));
    widths.max().unwrap_or(0).min(width.saturating_sub(NAME))
}

impl View for Systems {
    fn context(&self) -> Context {
        Context::Systems
    }

    fn title(&self, _session: &Session) -> String {
        "AI systems".to_owned()
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let systems = &session.assessment().systems;
        let selected = self.cursor.index(&ids(systems));
        self.put(selected, systems);
        if command != Command::Remove {
            self.to_remove = None;
        }
        match (command, systems.get(selected)) {
            (Command::Up, _) => self.put(paging::moved(selected, -1, systems.len()), systems),
            (Command::Down, _) => self.put(paging::moved(selected, 1, systems.len()), systems),
            (Command::First, _) => self.put(0, systems),
            (Command::Last, _) => self.put(systems.len().saturating_sub(1), systems),
            (Command::New, _) => {
                self.cursor.go_to_new(&ids(systems));
                return Effect::Open(Box::new(QuickAdd::default()));
            }
            (Command::Choose, Some(system)) => return Effect::Open(Box::new(SystemPage::new(&system.id))),
            (Command::Criteria, _) => return Effect::Open(Box::new(CriteriaScreen::default())),
            (Command::Mark, Some(system)) => return turn_scope(system),
            (Command::Digit(digit), Some(system)) => {
                return state_level(system, &session.standing().systems[selected], digit);
            }
            (Command::Remove, Some(system)) => return self.remove(system),
            (Command::Back, _) => return Effect::Back,
            (_, Some(_) | None) => {}
        }
        Effect::None
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        let to = self.places(area, session).list.turned(pages);
        self.put(to, &session.assessment().systems);
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let theme = session.theme;
        let Places { words, range, list } = self.places(area, session);
        for (place, words) in words {
            for (row, line) in place.rows().zip(text::wrap(&words, area.width.saturating_sub(2))) {
                frame.render_widget(Line::raw(format!(" {line}")), row);
            }
        }
        frame.render_widget(Line::styled(list.range(), theme.muted()).right_aligned(), range);
        let level_width = level_width(area.width, session);
        for (index, place) in list.places() {
            let (system, rating) = (&session.assessment().systems[index], &session.standing().systems[index]);
            let cursor = if index == list.selected { theme.cursor() } else { " " };
            let name = text::fit(&system.name, place.width.saturating_sub(level_width + 4));
            let level = text::fit(&words::level(rating), level_width);
            let is_open = rating.inherent.is_none() || rating.is_open;
            let style = if is_open { theme.warning() } else { theme.text() };
            let (detail, is_urgent) = detail(system, rating, session);
            let detail = text::cut(&detail, place.width.saturating_sub(3)).into_owned();
            let lines = [
                Line::from_iter([Span::raw(format!("{cursor} {name} ")), Span::styled(level, style)]),
                Line::styled(format!("  {detail}"), if is_urgent { theme.warning() } else { theme.muted() }),
            ];
            for (row, line) in place.rows().zip(lines) {
                frame.render_widget(line, row);
            }
        }
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match self.places(area, session).list.pointed(mouse) {
            Pointed::Nothing => {}
            Pointed::At(index) => self.put(index, &session.assessment().systems),
            Pointed::Choose => return self.handle(Command::Choose, session),
        }
        Effect::None
    }
}

#[cfg(test)]
mod tests;

//! The AI systems, as far as they weigh: impact level, scope, and what screening found. One key each.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    impact::rating::SystemRating,
    model::{edit::Change, level::ImpactLevel, system::System},
    tui::{
        effect::Effect,
        input::Mouse,
        keys::{Command, Context},
        screens::{
            View,
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

/// The cells of level and scope.
const STATE: u16 = 30;

/// The register of AI systems.
#[derive(Debug, Default)]
pub struct Systems {
    cursor: Cursor,
    /// The system that a second press removes.
    to_remove: Option<String>,
}

impl Systems {
    /// The register, on one system.
    pub fn on(id: &str) -> Systems {
        Systems { cursor: Cursor::on(id), ..Systems::default() }
    }

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
        return "No AI system is registered yet; n adds the first. The impact level of the systems in scope decides how \
                much the requirements weigh that face AI systems."
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

/// How to rate, and what a change of systems left to look at.
fn hint(session: &Session) -> String {
    let assessment = session.assessment();
    if assessment.systems.is_empty() {
        return String::new();
    }
    let exclusions = assessment.answers.keys().filter_map(|id| assessment.exclusion_in_force(*id));
    let to_review = exclusions.filter(|exclusion| assessment.is_exclusion_to_review(exclusion)).count();
    let review = match to_review {
        0 => String::new(),
        1 => " 1 exclusion was decided under other systems or roles: review it.".to_owned(),
        many => format!(" {many} exclusions were decided under other systems or roles: review them."),
    };
    format!("Rate it with your own criteria: 1 low, 2 medium, 3 high, 4 very high, 0 not assessed.{review}")
}

/// Level and scope, in at most 30 cells.
fn state(system: &SystemRating) -> String {
    let level = system.inherent.map_or("not assessed".to_owned(), |level| format!("impact {}", level.name()));
    format!("{level}, {}", if system.in_scope { "in scope" } else { "out of scope" })
}

/// What screening found, and how it counts meanwhile.
fn about(system: &System, rating: &SystemRating, theme: Theme) -> String {
    let stand_in = match (rating.inherent, rating.is_banned, system.in_scope) {
        (None, false, true) => format!("counts as {} until it is rated", rating.weighing_level().name()),
        (Some(_) | None, true, true) => "counts as very high while it is in scope".to_owned(),
        (Some(_), false, _) | (None, _, false) | (Some(_), true, false) => String::new(),
    };
    let residual = match (rating.residual, rating.inherent) {
        (Some(residual), Some(level)) if residual != level => format!("{} after measures", residual.name()),
        (Some(_) | None, _) => String::new(),
    };
    let parts = [
        if rating.is_banned { "use banned by law: first line of the plan" } else { "" }.to_owned(),
        if rating.is_sensitive { "sensitive use" } else { "" }.to_owned(),
        stand_in,
        residual,
        system.next_review.map(|day| format!("next review {day}")).unwrap_or_default(),
        format!("id {}", system.id),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(theme.dot())
}

/// What a command changes in a system; nothing for other commands.
fn changed(system: &System, command: Command) -> Option<System> {
    let rated = |level: Option<ImpactLevel>| {
        // A lower level after measures was shown for the level before; it has to be shown anew.
        let residual = if level == system.level { system.residual } else { None };
        System { level, residual, ..system.clone() }
    };
    match command {
        Command::Digit(0) => Some(rated(None)),
        Command::Digit(digit) => Some(rated(Some(*ImpactLevel::ALL.get(usize::from(digit) - 1)?))),
        Command::Mark => Some(System { in_scope: !system.in_scope, ..system.clone() }),
        Command::Sensitive => Some(System { sensitive_use: !system.sensitive_use, ..system.clone() }),
        Command::Banned => Some(System { banned_use: !system.banned_use, ..system.clone() }),
        _ => None,
    }
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
                return Effect::Open(Box::new(Prompt::new(Purpose::NewSystem, String::new())));
            }
            (Command::Choose, Some(system)) => {
                let purpose = Purpose::SystemName(system.id.clone());
                return Effect::Open(Box::new(Prompt::new(purpose, system.name.clone())));
            }
            (Command::Remove, Some(system)) => return self.remove(system),
            (Command::Back, _) => return Effect::Back,
            (other, Some(system)) => {
                let change = |system: System| Change::system("entry", system);
                let different = changed(system, other).filter(|changed| changed != system);
                return different.map_or(Effect::None, |system| Effect::Apply(change(system)));
            }
            (_, None) => {}
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
        for (index, place) in list.places() {
            let (system, rating) = (&session.assessment().systems[index], &session.standing().systems[index]);
            let cursor = if index == list.selected { theme.cursor() } else { " " };
            let name = text::fit(&system.name, place.width.saturating_sub(STATE + 3));
            let style = if rating.inherent.is_some() { theme.text() } else { theme.warning() };
            let detail = if rating.is_banned { theme.warning() } else { theme.muted() };
            let lines = [
                Line::from_iter([Span::raw(format!("{cursor} {name} ")), Span::styled(state(rating), style)]),
                Line::styled(
                    format!("  {}", text::cut(&about(system, rating, theme), place.width.saturating_sub(2))),
                    detail,
                ),
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

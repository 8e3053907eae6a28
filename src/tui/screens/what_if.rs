//! What if: the figures with some actions of the plan done, beside those of today, and what the choice leaves out.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use crate::{
    plan::what_if::{self, BeforeAfter, WhatIf},
    score::{figures::Figures, ratio::Ratio, verdict::Verdict},
    tui::{
        effect::Effect,
        input::{Mouse, MouseKind},
        keys::{Command, Context},
        screens::View,
        session::Session,
        theme::Theme,
        widgets::{level_bar, list::List, text},
    },
};

/// The cells of the name of a scope.
const NAME: u16 = 34;

/// The figures with these actions done.
#[derive(Debug)]
pub struct WhatIfScreen {
    actions: Vec<String>,
    /// The line that the page in view holds.
    line: usize,
}

impl WhatIfScreen {
    /// For the actions of these ids.
    pub fn new(actions: Vec<String>) -> WhatIfScreen {
        WhatIfScreen { actions, line: 0 }
    }

    fn title_of<'s>(&'s self, id: &'s str, session: &'s Session) -> &'s str {
        session.plan().step(id).map_or(id, |step| step.title.as_str())
    }

    fn lines(&self, width: u16, session: &Session) -> Vec<Line<'static>> {
        let theme = session.theme;
        let ids = self.actions.iter().map(String::as_str);
        let what_if = what_if::what_if(&session.catalog, session.assessment(), session.standing(), ids);
        let mut lines = vec![self.heading(theme), Line::default()];
        lines.extend(groups(&what_if, width, theme));
        lines.extend(self.warnings(&what_if, width, session));
        lines.push(Line::default());
        lines.extend(categories(&what_if, width, session));
        lines.push(Line::default());
        lines.push(Line::styled(" The actions", theme.heading()));
        let titles = self.actions.iter().map(|id| self.title_of(id, session));
        lines.extend(titles.map(|title| Line::raw(format!("  - {}", text::cut(title, width.saturating_sub(5))))));
        lines
    }

    fn heading(&self, theme: Theme) -> Line<'static> {
        let words = match self.actions.len() {
            1 => " With this action done".to_owned(),
            count => format!(" With these {count} actions done"),
        };
        Line::styled(words, theme.heading())
    }

    /// What the choice leaves out although it comes before.
    fn warnings(&self, what_if: &WhatIf, width: u16, session: &Session) -> Vec<Line<'static>> {
        if what_if.left_out.is_empty() {
            return Vec::new();
        }
        let mut lines =
            vec![Line::default(), Line::styled(" Left out, although it comes first", session.theme.warning())];
        for left in &what_if.left_out {
            let needed_by: Vec<&str> = left.needed_by.iter().map(|id| self.title_of(id, session)).collect();
            let words = format!("{}: before {}", left.title, needed_by.join(", "));
            let wrapped = text::wrap(&words, width.saturating_sub(5)).into_iter().enumerate();
            lines
                .extend(wrapped.map(|(row, line)| Line::raw(format!("  {} {line}", if row == 0 { "!" } else { " " }))));
        }
        lines
    }

    fn list(&self, area: Rect, session: &Session) -> (List, Rect, Vec<Line<'static>>) {
        let lines = self.lines(area.width, session);
        let (list, foot) = List::with_range(vec![1; lines.len()], self.line.min(lines.len() - 1), area);
        (list, foot, lines)
    }
}

/// Both groups with their levels and their gaps.
fn groups(what_if: &WhatIf, width: u16, theme: Theme) -> Vec<Line<'static>> {
    let groups = [("Management system", &what_if.management_system), ("Controls of Annex A", &what_if.controls)];
    groups.into_iter().flat_map(|(name, figures)| [levels(name, figures, width, theme), gaps(figures)]).collect()
}

/// The categories that change; the others in one sentence.
fn categories(what_if: &WhatIf, width: u16, session: &Session) -> Vec<Line<'static>> {
    let changed: Vec<_> = what_if.categories.iter().filter(|(_, figures)| figures.is_change()).collect();
    let mut lines: Vec<Line> = changed
        .iter()
        .map(|(id, figures)| {
            let title = session.catalog.category(*id).map_or("", |category| category.title.as_str());
            levels(&format!("{id:<5}{title}"), figures, width, session.theme)
        })
        .collect();
    let rest = match (changed.len(), what_if.categories.len() - changed.len()) {
        (0, _) => {
            "No figure changes: finding out, and work on AI systems, change answers only when they are given.".into()
        }
        (_, 0) => String::new(),
        (_, 1) => "One other category stays as it is.".to_owned(),
        (_, others) => format!("The other {others} categories stay as they are."),
    };
    let rest = text::wrap(&rest, width.saturating_sub(2)).into_iter().map(|line| Line::raw(format!(" {line}")));
    lines.extend(rest);
    lines
}

/// The levels of a scope before and after, with a bar of those after.
fn levels(name: &str, figures: &BeforeAfter, width: u16, theme: Theme) -> Line<'static> {
    let name = text::fit(name, NAME.min(width / 3));
    let change = |of: fn(&Figures) -> Option<Ratio>| {
        let level = |figures: &Figures| of(figures).map_or("none".to_owned(), |level| level.to_string());
        format!("{} to {}", level(&figures.before), level(&figures.after))
    };
    let words = match figures.after.state.instead_of_figure() {
        Some(words) => words.to_owned(),
        None => {
            let bar = level_bar::bar(figures.after.claimed, figures.after.credited, theme);
            let credited = change(|figures| figures.credited);
            format!("{bar} credited {credited}, claimed {}", change(|figures| figures.claimed))
        }
    };
    Line::from_iter([Span::raw(format!(" {name} ")), Span::raw(words)])
}

/// The gaps of a scope before and after.
fn gaps(figures: &BeforeAfter) -> Line<'static> {
    let change = |verdict: Verdict| {
        let (before, after) = (figures.before.count_of(verdict), figures.after.count_of(verdict));
        let words = match verdict {
            Verdict::MajorGap => "major gaps",
            Verdict::MinorGap => "minor gaps",
            Verdict::Undetermined | Verdict::NotShown | Verdict::Conforming | Verdict::NotApplicable => verdict.name(),
        };
        (before + after > 0).then(|| format!("{words} {before} to {after}"))
    };
    let shown = [Verdict::MajorGap, Verdict::MinorGap, Verdict::Conforming];
    let changes: Vec<String> = shown.into_iter().filter_map(change).collect();
    Line::raw(format!("   {}", changes.join(", ")))
}

impl View for WhatIfScreen {
    fn context(&self) -> Context {
        Context::WhatIf
    }

    fn title(&self, _session: &Session) -> String {
        "What if".to_owned()
    }

    fn handle(&mut self, command: Command, _session: &Session) -> Effect {
        match command {
            Command::First => self.line = 0,
            Command::Last => self.line = usize::MAX,
            Command::Back => return Effect::Back,
            _ => {}
        }
        Effect::None
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        self.line = self.list(area, session).0.turned(pages);
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let (list, foot, lines) = self.list(area, session);
        for (index, place) in list.places() {
            frame.render_widget(&lines[index], place);
        }
        frame.render_widget(Line::styled(list.range(), session.theme.muted()).right_aligned(), foot);
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match mouse.kind {
            MouseKind::WheelUp => self.turn(-1, area, session),
            MouseKind::WheelDown => self.turn(1, area, session),
            MouseKind::Click => Effect::None,
        }
    }
}

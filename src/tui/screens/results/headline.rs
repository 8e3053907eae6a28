//! The headline of a group: one figure in view, what it may still become, and how much of it is known.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    score::{Standing, figures::Figures, ratio::Ratio, verdict::Verdict},
    tui::{screens::trend, session::Session, theme::Theme, widgets::text},
};

/// What credited means, said where it is below what is claimed.
const CREDITED: &str =
    "Credited is what you could show an auditor today: claimed, lowered by open checks and missing evidence.";
/// The share of answered checks, in percent, under which a pass is a quick one.
const QUICK_UNDER: u64 = 10;

/// The headline of one group.
#[derive(Debug)]
pub(super) struct Headline {
    /// The title, the figure, and what goes with it.
    pub(super) lines: Vec<String>,
}

impl Headline {
    /// The headline of a group in so many cells.
    pub(super) fn new(title: &str, figures: &Figures, standing: &Standing, width: u16) -> Headline {
        let room = width.saturating_sub(3);
        let (figure, facts) = match figures.state.instead_of_figure() {
            Some(words) => (words.to_owned(), Vec::new()),
            None if is_quick(standing) => {
                let facts = [level("credited", figures.credited), range(figures), coverage(figures)];
                (level("claimed", figures.claimed), [facts.to_vec(), floor(figures)].concat())
            }
            None => {
                let figure = [level("credited", figures.credited), level("claimed", figures.claimed)].join(", ");
                (figure, [vec![range(figures), coverage(figures)], floor(figures)].concat())
            }
        };
        let status = figures.status.map(|status| {
            let provisional = if figures.provisional { ", provisional" } else { "" };
            format!("{}{provisional}", status.name())
        });
        let lines = [title.to_owned(), figure].into_iter().chain(packed(&facts, room)).chain(status);
        Headline { lines: lines.collect() }
    }

    /// Draws it, the title with the cursor where it is there.
    pub(super) fn draw(&self, frame: &mut Frame, area: Rect, is_selected: bool, theme: Theme) {
        for (index, (row, words)) in area.rows().zip(&self.lines).enumerate() {
            let cursor = if is_selected && index == 0 { theme.cursor() } else { " " };
            let style = match index {
                0 | 1 => theme.heading(),
                _ => theme.text(),
            };
            frame.render_widget(Line::from_iter([Span::raw(format!("{cursor} ")), Span::styled(words, style)]), row);
        }
    }
}

/// The two columns of the headlines.
pub(super) fn columns(area: Rect) -> [Rect; 2] {
    Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).areas(area)
}

/// What is said above the table, the most important first.
pub(super) fn notes(session: &Session) -> Vec<String> {
    let standing = session.standing();
    let is_below = |figures: &Figures| figures.credited < figures.claimed;
    let whole = &standing.whole;
    let mut notes = Vec::new();
    if is_quick(standing) {
        let levels = if whole.levels.answered > 0 && whole.checks.answered == 0 { "Levels only so far. " } else { "" };
        notes.push(format!("{levels}Shown so far: {} of {}.", standing.shown(), whole.applicable()));
    }
    if is_below(&standing.management_system) || is_below(&standing.controls) {
        notes.push(CREDITED.to_owned());
    }
    notes.extend(trend::note(session));
    notes.push(verdicts(whole));
    if whole.provisional && !standing.provisional.is_empty() {
        let reasons: Vec<&str> = standing.provisional.iter().map(|reason| reason.name()).collect();
        notes.push(format!("* Provisional: {}.", reasons.join(", ")));
    }
    notes
}

/// The notes that fit into so many rows, wrapped; one that does not fit is left out, and so are those after it.
pub(super) fn fitting(notes: &[String], width: u16, rows: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for note in notes {
        let wrapped = text::wrap(note, width);
        if lines.len() + wrapped.len() > rows {
            break;
        }
        lines.extend(wrapped.into_iter().map(|line| line.into_owned()));
    }
    lines
}

/// Whether hardly any check is answered, so that the claimed level is the headline.
fn is_quick(standing: &Standing) -> bool {
    let checks = standing.whole.checks;
    let share = Ratio::new(checks.answered as u64, checks.total as u64);
    share.is_some_and(|share| share.is_under_percent(QUICK_UNDER))
}

fn level(name: &str, level: Option<Ratio>) -> String {
    level.map_or(String::new(), |level| format!("{name} {level}"))
}

/// What the credited level can still become; empty when nothing is open.
fn range(figures: &Figures) -> String {
    match (figures.low, figures.high) {
        (Some(low), Some(high)) if low != high => format!("range {low}-{high}"),
        (_, _) => String::new(),
    }
}

fn coverage(figures: &Figures) -> String {
    figures.coverage().map_or(String::new(), |coverage| format!("coverage {} %", coverage.percent()))
}

/// The lowest credited level, and beside it what the figure would be without exclusions.
fn floor(figures: &Figures) -> Vec<String> {
    let floor = figures.floor.map(|(level, id)| format!("floor {level} in {id}"));
    let without = figures.without_exclusions.map(|without| format!("{without} without exclusions"));
    floor.into_iter().chain(without).collect()
}

/// Facts on as few lines of so many cells as they take, with commas between; empty ones are left out.
fn packed(facts: &[String], width: u16) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for fact in facts.iter().filter(|fact| !fact.is_empty()) {
        match lines.last_mut() {
            Some(line) if text::width(line) + 2 + text::width(fact) <= width => *line = format!("{line}, {fact}"),
            Some(_) | None => lines.push(fact.clone()),
        }
    }
    lines
}

/// How many requirements have each verdict that occurs, and what else was counted.
fn verdicts(whole: &Figures) -> String {
    let plural = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let words = |verdict: Verdict, count: usize| match verdict {
        Verdict::MajorGap => plural(count, "major gap", "major gaps"),
        Verdict::MinorGap => plural(count, "minor gap", "minor gaps"),
        Verdict::Undetermined | Verdict::NotShown | Verdict::Conforming | Verdict::NotApplicable => {
            format!("{count} {}", verdict.name())
        }
    };
    let counted = Verdict::ALL.into_iter().map(|verdict| (verdict, whole.count_of(verdict)));
    let counts: Vec<String> =
        counted.filter(|(_, count)| *count > 0).map(|(verdict, count)| words(verdict, count)).collect();
    let others = [
        (whole.indicative, plural(whole.indicative, "verdict is indicative", "verdicts are indicative")),
        (whole.contradictions, plural(whole.contradictions, "contradiction", "contradictions")),
        (whole.improvement_points, plural(whole.improvement_points, "improvement point", "improvement points")),
    ];
    let others: Vec<String> = others.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    let others = if others.is_empty() { String::new() } else { format!(" {}.", others.join(", ")) };
    format!("{}.{others}", counts.join(", "))
}

//! A table of figures: one line per scope, with a bar, both levels, status and coverage. Where there is no figure, the
//! words for that stand in its place, never a 0.

use ratatui::text::{Line, Span};

use crate::{
    score::{figures::Figures, ratio::Ratio},
    tui::{
        theme::Theme,
        widgets::{level_bar, text},
    },
};

/// The cells of the two levels with the space behind each.
const LEVELS: u16 = 17;
/// The cells of the status, with the mark of what is provisional.
const STATUS: u16 = 15;
/// The cells of the coverage.
const COVERAGE: u16 = 8;
/// The marker before each line.
const MARKER: u16 = 2;

/// The columns of a table, by the room there is.
#[derive(Clone, Copy, Debug)]
pub struct FigureTable {
    /// The cells of the number before the title; 0 for none.
    pub number: u16,
    /// The cells of a line.
    pub width: u16,
    /// How it looks.
    pub theme: Theme,
}

impl FigureTable {
    /// What the columns are.
    pub fn head(self) -> Line<'static> {
        let before = " ".repeat(usize::from(MARKER + self.number + self.title() + self.bar() + 2));
        let coverage = if self.has_coverage() { "coverage" } else { "" };
        Line::styled(format!("{before}{:<9}{:<8}{:<15}{coverage}", "credited", "claimed", "status"), self.theme.muted())
    }

    /// The line of one scope.
    pub fn line(self, number: &str, title: &str, figures: &Figures, is_selected: bool) -> Line<'static> {
        let theme = self.theme;
        let cursor = if is_selected { theme.cursor() } else { " " };
        let number = text::fit(number, self.number);
        let title = text::fit(title, self.title());
        let levels = match figures.state.instead_of_figure() {
            Some(words) => Span::styled(text::fit(words, self.bar() + 1 + LEVELS), theme.muted()),
            None => Span::raw(self.levels(figures)),
        };
        let coverage = figures.coverage().filter(|_| self.has_coverage());
        let coverage = coverage.map(|coverage| format!("{:>5} %", coverage.percent())).unwrap_or_default();
        Line::from_iter([
            Span::raw(format!("{cursor} {number}{title} ")),
            levels,
            Span::raw(text::fit(&status(figures), STATUS)),
            Span::raw(coverage),
        ])
    }

    fn levels(self, figures: &Figures) -> String {
        let bar = level_bar::scaled(figures.claimed, figures.credited, u64::from(self.bar() / 5), self.theme);
        let level = |level: Option<Ratio>| level.map_or(String::new(), |level: Ratio| level.to_string());
        format!("{bar} {:<9}{:<8}", level(figures.credited), level(figures.claimed))
    }

    fn title(self) -> u16 {
        let coverage = if self.has_coverage() { COVERAGE } else { 0 };
        self.width.saturating_sub(MARKER + self.number + 1 + self.bar() + 1 + LEVELS + STATUS + coverage)
    }

    fn bar(self) -> u16 {
        match self.width {
            ..100 => 5,
            100..130 => 10,
            130.. => 20,
        }
    }

    fn has_coverage(self) -> bool {
        self.width >= 80
    }
}

/// The status in words, with a star where it is provisional; nothing where nothing is applicable.
fn status(figures: &Figures) -> String {
    let star = if figures.provisional { "*" } else { "" };
    figures.status.map_or(String::new(), |status| format!("{}{star}", status.name()))
}

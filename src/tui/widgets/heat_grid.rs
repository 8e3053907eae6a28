//! Harms by severity and likelihood on a grid. Each cell says its level by a letter and its harms by their numbers; colour
//! only repeats the letter.

use ratatui::text::{Line, Span};

use crate::{
    model::{impact::criteria::Matrix, level::ImpactLevel},
    tui::{theme::Theme, widgets::text},
};

/// The cells of one place of the grid.
const CELL: u16 = 8;
/// The cells of a grid with its axis.
pub const WIDTH: u16 = 5 * CELL + AXIS;
/// The cells of the axis.
const AXIS: u16 = 4;

/// One grid.
#[derive(Clone, Debug)]
pub struct HeatGrid {
    /// What stands above it.
    pub title: String,
    /// The levels of its places.
    pub matrix: Matrix,
    /// The harms: severity, likelihood, and the number by which the list calls it.
    pub harms: Vec<(u8, u8, usize)>,
}

impl HeatGrid {
    /// The lines of the grid, all of [`WIDTH`]: title, five rows with the highest severity first, axis.
    pub fn lines(&self, theme: Theme) -> Vec<Line<'static>> {
        let title = Line::styled(text::fit(&format!(" {}", self.title), WIDTH), theme.heading());
        let axis = (1..=5).map(|likelihood| text::fit(&likelihood.to_string(), CELL)).collect::<String>();
        let axis = Line::styled(format!("{}{axis}", " ".repeat(usize::from(AXIS))), theme.muted());
        let rows = (1..=5).rev().map(|severity| self.row(severity, theme));
        std::iter::once(title).chain(rows).chain([axis]).collect()
    }

    fn row(&self, severity: u8, theme: Theme) -> Line<'static> {
        let axis = Span::styled(text::fit(&format!("  {severity}"), AXIS), theme.muted());
        let cells = (1..=5).map(|likelihood| {
            let level = self.matrix.level(severity, likelihood);
            let words = format!("{}{}", letter(level), self.harms_at(severity, likelihood));
            Span::styled(text::fit(&words, CELL), theme.impact(level))
        });
        Line::from_iter(std::iter::once(axis).chain(cells))
    }

    /// The numbers of the harms at a place, or how many there are where the numbers have no room.
    fn harms_at(&self, severity: u8, likelihood: u8) -> String {
        let here = self.harms.iter().filter(|(s, l, _)| (*s, *l) == (severity, likelihood));
        let numbers: Vec<String> = here.map(|(_, _, number)| number.to_string()).collect();
        let listed = format!(" {}", numbers.join(","));
        match numbers.len() {
            0 => String::new(),
            _ if text::width(&listed) + 2 <= CELL => listed,
            many => format!(" x{many}"),
        }
    }
}

/// The letter of a level.
pub fn letter(level: ImpactLevel) -> &'static str {
    match level {
        ImpactLevel::Low => "L",
        ImpactLevel::Medium => "M",
        ImpactLevel::High => "H",
        ImpactLevel::VeryHigh => "V",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Palette;

    #[test]
    fn many_harms_at_one_place_are_counted() {
        let harms = vec![(5, 5, 1), (5, 5, 2), (5, 5, 3), (5, 5, 4), (2, 1, 5), (2, 1, 12)];
        let grid = HeatGrid { title: "Before".into(), matrix: Matrix::PROPOSED, harms };
        let lines = grid.lines(Theme { palette: Palette::Plain, ascii: true });
        let lines: Vec<String> = lines.iter().map(|line| line.to_string().trim_end().to_owned()).collect();
        insta::assert_snapshot!(lines.join("\n"), @"
        Before
         5 M       M       H       V       V x4
         4 L       M       H       H       V
         3 L       M       M       H       H
         2 L 5,12  L       M       M       M
         1 L       L       L       L       M
           1       2       3       4       5
        ");
    }
}

//! The harms of one system by severity and likelihood, before and after measures, with the list of them below.

use ratatui::text::{Line, Span};

use crate::{
    impact::rating::{HarmRating, RatedLevel},
    tui::{
        effect::Effect,
        keys::{Command, Context},
        screens::{
            assessed::{self, Assessed, GONE},
            harm_form,
            harms::levels,
            level_why::LevelWhy,
            rows::{Place, Row, Rows, line_with_state, paragraph},
        },
        session::Session,
        widgets::heat_grid::{self, HeatGrid},
    },
};

/// From this width on both grids stand side by side.
const BOTH: u16 = 100;

/// The heat map of a system.
#[derive(Debug)]
pub struct HeatMap {
    system: String,
    place: Place,
    /// Whether the grid after measures is shown where only one has room.
    is_after: bool,
}

impl HeatMap {
    /// The heat map of the system of that id.
    pub fn new(system: &str) -> HeatMap {
        HeatMap { system: system.to_owned(), place: Place::default(), is_after: false }
    }

    fn grid(&self, is_after: bool, assessed: Assessed<'_>, session: &Session) -> HeatGrid {
        let rated = |rating: &HarmRating| -> Option<RatedLevel> {
            // What is not rated after measures stays where it was.
            let after = rating.after.clone().filter(|_| is_after);
            after.or_else(|| rating.inherent.clone())
        };
        let harms = assessed.rating.harms.iter().zip(1..);
        let harms = harms.filter_map(|(rating, number)| rated(rating).map(|at| (at.severity, at.likelihood, number)));
        HeatGrid {
            title: if is_after { "After measures, as rated" } else { "Before measures" }.to_owned(),
            matrix: session.assessment().criteria.matrix_in_force(session.as_of),
            harms: harms.collect(),
        }
    }
}

impl Rows for HeatMap {
    fn context(&self) -> Context {
        Context::HeatMap
    }

    fn title(&self, session: &Session) -> String {
        assessed::title("Heat map", &self.system, session)
    }

    fn head(&self, width: u16, session: &Session) -> Vec<Line<'static>> {
        let theme = session.theme;
        let Some(assessed) = Assessed::find(&self.system, session) else { return Vec::new() };
        let grid = |is_after: bool| self.grid(is_after, assessed, session).lines(theme);
        let mut lines = if width >= BOTH {
            let both = grid(false).into_iter().zip(grid(true));
            both.map(|(before, after)| {
                Line::from_iter(before.spans.into_iter().chain([Span::raw("  ")]).chain(after.spans))
            })
            .collect()
        } else {
            grid(self.is_after)
        };
        let legend =
            "Severity goes up, likelihood to the right. L low, M medium, H high, V very high; digits: the harms below.";
        let legend = if width < heat_grid::WIDTH * 2 {
            "Severity goes up, likelihood to the right. Low, Medium, High, Very high; digits: the harms below."
        } else {
            legend
        };
        lines.extend(paragraph(legend, width, theme.muted()));
        lines
    }

    fn rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let theme = session.theme;
        let Some(assessed) = Assessed::find(&self.system, session) else {
            return vec![Row::words("gone", GONE, width, theme.warning())];
        };
        if assessed.impact().harms.is_empty() {
            return vec![Row::words("none", "No harm stands here yet.", width, theme.muted())];
        }
        let harms = assessed.impact().harms.iter().zip(1..);
        let row = |(harm, number): (&crate::model::impact::harm::Harm, usize)| {
            let rating = assessed.rating.harm(&harm.id);
            let style = rating
                .and_then(|rating| rating.inherent.as_ref())
                .map_or(theme.warning(), |rated| theme.impact(rated.level));
            Row::new(
                &harm.id,
                vec![line_with_state(&format!("{number:>2} {}", harm.what), &levels(rating), style, width)],
            )
        };
        harms.map(row).collect()
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.place
    }

    fn act(&mut self, command: Command, key: Option<&str>, session: &Session) -> Effect {
        let harm = Assessed::find(&self.system, session).and_then(|assessed| assessed.impact().harm(key?));
        match (command, harm) {
            (Command::OtherView, _) => self.is_after = !self.is_after,
            (Command::Why, _) => return Effect::Open(Box::new(LevelWhy::new(&self.system))),
            (Command::Choose, Some(harm)) => {
                return Effect::Open(Box::new(harm_form::form(&self.system, harm.clone(), session)));
            }
            _ => {}
        }
        Effect::None
    }
}

#[cfg(test)]
mod tests;

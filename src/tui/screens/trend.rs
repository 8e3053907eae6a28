//! The figures of all rounds: a line per group and category, this round as it stands today at its end.

use ratatui::text::Line;

use crate::{
    compare::round::{self, Trend, TrendLine, TrendPoint, sparkline},
    score::ratio::Ratio,
    tui::{
        effect::Effect,
        keys::{Command, Context},
        screens::rows::{Place, Row, Rows, line_with_state, paragraph},
        session::Session,
        widgets::text,
    },
};

/// The most rounds that are written out on a line; the first one and the latest are.
const MOST_WRITTEN: usize = 4;

/// The trend screen.
#[derive(Debug, Default)]
pub struct TrendScreen {
    place: Place,
}

/// Opens the trend, or says that there is none.
pub fn open(session: &Session) -> Effect {
    match of(session) {
        Some(_) => Effect::Open(Box::new(TrendScreen::default())),
        None => Effect::Say("No earlier round is kept here; r on Home begins the next one.".to_owned()),
    }
}

/// The two groups over the rounds in a sentence; nothing in a first round.
pub fn note(session: &Session) -> Option<String> {
    let trend = of(session)?;
    let ascii = session.theme.ascii;
    let words = |line: &TrendLine| {
        let name = line.scope.name(&session.catalog);
        format!("{name} {} {}", sparkline(credited(line), ascii), way(line))
    };
    let groups: Vec<String> = trend.lines.iter().take(2).map(words).collect();
    Some(format!("Trend: {}.", groups.join("; ")))
}

fn of(session: &Session) -> Option<Trend> {
    round::trend(&session.catalog, session.assessment(), session.standing())
}

fn credited(line: &TrendLine) -> impl Iterator<Item = Option<Ratio>> {
    line.points.iter().map(|point| point.credited)
}

/// The credited levels as words: `1.2 -> 2.0`.
fn way(line: &TrendLine) -> String {
    written(&line.points, |point| point.credited)
}

fn written(points: &[TrendPoint], figure: fn(&TrendPoint) -> Option<Ratio>) -> String {
    if points.iter().all(|point| figure(point).is_none()) {
        return "not assessed".to_owned();
    }
    let level = |point: &TrendPoint| figure(point).map_or("-".to_owned(), |level| level.to_string());
    match points {
        [first, .., _] if points.len() > MOST_WRITTEN => {
            let latest = &points[points.len() + 1 - MOST_WRITTEN..];
            let latest: Vec<String> = latest.iter().map(level).collect();
            format!("{} ... {}", level(first), latest.join(" -> "))
        }
        points => points.iter().map(level).collect::<Vec<_>>().join(" -> "),
    }
}

impl Rows for TrendScreen {
    fn context(&self) -> Context {
        Context::Trend
    }

    fn title(&self, _session: &Session) -> String {
        "Trend over rounds".to_owned()
    }

    fn head(&self, width: u16, session: &Session) -> Vec<Line<'static>> {
        let theme = session.theme;
        let Some(trend) = of(session) else { return Vec::new() };
        let days: Vec<String> = trend.rounds.iter().map(|round| round.on.to_string()).collect();
        let words = format!("Credited levels of {} rounds: {}.", days.len(), days.join(", "));
        let mut lines = paragraph(&words, width, theme.muted());
        if trend.has_other_editions() {
            lines.extend(paragraph(
                "The rounds were scored by different editions of the questions.",
                width,
                theme.warning(),
            ));
        }
        lines
    }

    fn rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let theme = session.theme;
        let Some(trend) = of(session) else {
            return vec![Row::words("none", "No earlier round is kept here.", width, theme.muted())];
        };
        let row = |line: &TrendLine| {
            let state = format!("{}  {}", sparkline(credited(line), theme.ascii), text::fit(&way(line), 24));
            let name = line.scope.name(&session.catalog);
            Row::new(line.scope.id(), vec![line_with_state(&name, &state, theme.text(), width)])
        };
        trend.lines.iter().map(row).collect()
    }

    fn foot(&self, key: Option<&str>, width: u16, session: &Session) -> Vec<Line<'static>> {
        let theme = session.theme;
        let Some(trend) = of(session) else { return Vec::new() };
        let line = trend.lines.iter().find(|line| Some(line.scope.id().as_str()) == key);
        let Some(TrendLine { scope, points }) = line else { return Vec::new() };
        let conforming = |point: &TrendPoint| format!("{} of {}", point.conforming, point.applicable);
        let shown: Vec<String> = points.iter().rev().take(MOST_WRITTEN).rev().map(conforming).collect();
        let claimed = written(points, |point| point.claimed);
        let words = format!(
            "{}: claimed {claimed}; conforming requirements {}.",
            scope.name(&session.catalog),
            shown.join(" -> ")
        );
        paragraph(&words, width, theme.text())
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.place
    }

    fn act(&mut self, _command: Command, _key: Option<&str>, _session: &Session) -> Effect {
        Effect::None
    }
}

#[cfg(test)]
mod tests;

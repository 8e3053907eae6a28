//! Who stands behind the impact assessment of one system: the round in preparation or in force, and the earlier ones.

use chrono::NaiveDate;
use ratatui::{style::Style, text::Line};

use crate::{
    impact::sign_off::{self, SignOffState},
    model::impact::sign_off::{Outcome, SignOff},
    tui::{
        effect::Effect,
        keys::{Command, Context},
        screens::{
            assessed::{self, Assessed, GONE, level_name},
            level_why::LevelWhy,
            rows::{Place, Row, Rows, paragraph},
            sign_off_form,
        },
        session::Session,
        theme::Theme,
        widgets::text,
    },
};

/// The key of the round that is not begun yet.
const FIRST: &str = "first";

/// The rounds of sign-off of a system.
#[derive(Debug)]
pub struct SignOffs {
    system: String,
    place: Place,
}

impl SignOffs {
    /// All rounds of the system of that id.
    pub fn new(system: &str) -> SignOffs {
        SignOffs { system: system.to_owned(), place: Place::default() }
    }
}

/// A name with its day, or what is open of the two.
fn person(name: &str, function: &str, on: Option<NaiveDate>) -> String {
    let function = if function.is_empty() { String::new() } else { format!(" ({function})") };
    match (name, on) {
        ("", None) => "still open".to_owned(),
        ("", Some(day)) => format!("on {day}, by nobody named"),
        (name, None) => format!("{name}{function}, day still open"),
        (name, Some(day)) => format!("{name}{function}, {day}"),
    }
}

/// The lines of the round that counts.
fn current(round: &SignOff, assessed: Assessed<'_>, width: u16, session: &Session) -> Vec<Line<'static>> {
    let theme = session.theme;
    let mut lines = vec![
        field("Prepared by", &person(&round.prepared_by, "", round.prepared_on), width, theme),
        field("Reviewed by", &person(&round.reviewed_by, "", round.reviewed_on), width, theme),
        field("Decided by", &person(&round.approved_by, &round.approver_function, round.approved_on), width, theme),
        field("Decision", round.outcome.map_or("still open", Outcome::name), width, theme),
    ];
    if !round.conditions.is_empty() {
        let due = round.conditions_due.map(|due| format!(", due {due}")).unwrap_or_default();
        let checked = &round.conditions_checked_by;
        let checked = if checked.is_empty() { String::new() } else { format!(", checked by {checked}") };
        lines.push(field("Says", &format!("{}{due}{checked}", round.conditions), width, theme));
    }
    let review = assessed.system.next_review.map_or("still open".to_owned(), |day| match day < session.as_of {
        true => format!("{day}, overdue"),
        false => day.to_string(),
    });
    lines.push(field("Next review", &review, width, theme));
    lines
}

fn field(name: &str, value: &str, width: u16, theme: Theme) -> Line<'static> {
    let value = text::cut(value, width.saturating_sub(17)).into_owned();
    Line::from_iter([ratatui::text::Span::styled(format!("{name:<13} "), theme.muted()), value.into()])
}

/// An earlier round in two lines.
fn earlier(round: &SignOff, width: u16, style: Style) -> Vec<Line<'static>> {
    let outcome = round.outcome.map_or("not decided", Outcome::name);
    let level = match (round.level, round.residual) {
        (Some(level), residual) => format!("; level {}, {} after measures", level.name(), level_name(residual)),
        (None, _) => String::new(),
    };
    let words = format!("Earlier: {outcome}, {}{level}", person(&round.approved_by, "", round.approved_on));
    vec![Line::styled(text::cut(&words, width.saturating_sub(3)).into_owned(), style)]
}

impl Rows for SignOffs {
    fn context(&self) -> Context {
        Context::SignOff
    }

    fn title(&self, session: &Session) -> String {
        assessed::title("Sign-off", &self.system, session)
    }

    fn head(&self, width: u16, session: &Session) -> Vec<Line<'static>> {
        let theme = session.theme;
        let Some(Assessed { system, rating }) = Assessed::find(&self.system, session) else { return Vec::new() };
        if rating.is_banned {
            let words = "The law bans this use. It cannot be approved: stop it, and write that down here.";
            return paragraph(words, width, theme.warning());
        }
        let state = sign_off::state(system, rating, session.as_of);
        let style = match state {
            SignOffState::InForce => theme.chosen(),
            SignOffState::NotSigned | SignOffState::InPreparation => theme.text(),
            SignOffState::NotInForce(_) => theme.warning(),
        };
        let mut lines = paragraph(&format!("State: {}.", state.words()), width, style);
        let who = match rating.residual {
            None => "Nothing is assessed yet: there is no level to approve.".to_owned(),
            Some(level) => {
                let approver = sign_off::approver(&session.catalog, session.assessment(), level, session.as_of);
                let whose = if approver.is_own { "" } else { " (proposed here)" };
                format!("Level {} after measures: to be approved by {}{whose}.", level.name(), approver.by)
            }
        };
        lines.extend(paragraph(&who, width, theme.text()));
        lines
    }

    fn rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let theme = session.theme;
        let Some(assessed) = Assessed::find(&self.system, session) else {
            return vec![Row::words("gone", GONE, width, theme.warning())];
        };
        let rounds = &assessed.impact().sign_offs;
        let empty = SignOff::default();
        let (key, last) = match rounds.len().checked_sub(1) {
            Some(last) => (last.to_string(), &rounds[last]),
            None => (FIRST.to_owned(), &empty),
        };
        let first = Row::new(key, current(last, assessed, width, session));
        let others = rounds.iter().enumerate().rev().skip(1);
        let others = others.map(|(index, round)| Row {
            is_stop: false,
            ..Row::new(index.to_string(), earlier(round, width, theme.muted()))
        });
        std::iter::once(first).chain(others).collect()
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.place
    }

    fn act(&mut self, command: Command, _key: Option<&str>, session: &Session) -> Effect {
        let Some(assessed) = Assessed::find(&self.system, session) else { return Effect::None };
        let rounds = &assessed.impact().sign_offs;
        match command {
            Command::Choose => {
                Effect::Open(Box::new(sign_off_form::form(&self.system, rounds.len().checked_sub(1), session)))
            }
            Command::New if rounds.last().is_some_and(|round| round.outcome.is_none()) => {
                Effect::Say("This round is not decided yet; Enter changes it.".to_owned())
            }
            Command::New => Effect::Open(Box::new(sign_off_form::form(&self.system, None, session))),
            Command::Why => Effect::Open(Box::new(LevelWhy::new(&self.system))),
            _ => Effect::None,
        }
    }
}

#[cfg(test)]
mod tests;

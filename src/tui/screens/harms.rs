//! The harms of one system: what could happen to whom, how bad it is before and after measures, and where none was found.

use ratatui::text::Line;

use crate::{
    impact::{
        arithmetic::after_measures,
        progress::{Form, progress},
        rating::{Basis, HarmRating, ResidualRule},
    },
    model::impact::harm::{Harm, NoHarm},
    tui::{
        effect::Effect,
        keys::{Command, Context},
        screens::{
            assessed::{self, Assessed, GONE, level_name},
            benefits::Benefits,
            dimensions::Dimensions,
            harm_form,
            heat_map::HeatMap,
            level_why::LevelWhy,
            measures::Measures,
            no_harm,
            rows::{Place, Row, Rows, line_with_state, paragraph},
        },
        session::Session,
        theme::Theme,
        widgets::text,
    },
};

/// What stands before the dimension in the key of a row that says where no harm was found.
const NONE: &str = "none:";

/// The harms of a system.
#[derive(Debug)]
pub struct Harms {
    system: String,
    place: Place,
}

impl Harms {
    /// All harms of the system of that id.
    pub fn new(system: &str) -> Harms {
        Harms { system: system.to_owned(), place: Place::default() }
    }
}

/// The level of a harm before and after measures, with a star where it can still fall.
pub(super) fn levels(rating: Option<&HarmRating>) -> String {
    let Some((before, (after, _))) = rating.and_then(|rating| rating.inherent.as_ref().zip(rating.residual)) else {
        return "not rated yet".to_owned();
    };
    let star = if before.assumed.is_empty() { "" } else { "*" };
    match before.level == after {
        true => format!("{}{star}", before.level.name()),
        false => format!("{}{star}, {} after", before.level.name(), after.name()),
    }
}

/// What is still open about it, whom it hits, and in what respect.
fn about(harm: &Harm, rating: Option<&HarmRating>, session: &Session) -> String {
    let form = &session.catalog.impact;
    let dimension = form.dimension(&harm.dimension).map_or(harm.dimension.as_str(), |dimension| &dimension.name);
    let assumed = rating.and_then(|rating| rating.inherent.as_ref()).map_or(&[][..], |rated| &rated.assumed);
    let assumed = assumed.iter().map(|scale| scale.name()).collect::<Vec<_>>().join(", ");
    // A level after measures that counts stands on the right already.
    let uncounted = rating.filter(|rating| rating.residual.is_some_and(|(_, rule)| is_uncounted(rule)));
    let parts = [
        if assumed.is_empty() { String::new() } else { format!("* unknown: {assumed}") },
        if harm.measures.is_empty() { "no measure yet".to_owned() } else { String::new() },
        uncounted.map_or(String::new(), |rating| after_measures(rating.after.as_ref(), rating.residual)),
        form.group_name(&harm.group).to_owned(),
        dimension.to_owned(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<String>>().join(session.theme.dot())
}

/// Whether measures are there and the level claimed for them does not count, or not all of it.
fn is_uncounted(rule: ResidualRule) -> bool {
    match rule {
        ResidualRule::Unproven | ResidualRule::OneStep => true,
        ResidualRule::NotLowered | ResidualRule::NoMeasure | ResidualRule::AsRated | ResidualRule::Avoided => false,
    }
}

fn harm_row(harm: &Harm, number: usize, assessed: Assessed<'_>, width: u16, session: &Session) -> Row {
    let theme = session.theme;
    let rating = assessed.rating.harm(&harm.id);
    let is_settled = rating.and_then(|rating| rating.inherent.as_ref()).is_some_and(|rated| rated.assumed.is_empty());
    let style = if is_settled { theme.text() } else { theme.warning() };
    let detail = format!("   {}", about(harm, rating, session));
    let lines = vec![
        line_with_state(&format!("{number:>2} {}", harm.what), &levels(rating), style, width),
        Line::styled(text::cut(&detail, width.saturating_sub(3)).into_owned(), theme.muted()),
    ];
    Row::new(&harm.id, lines).removable(format!("\"{}\"", text::cut(&harm.what, 30)))
}

fn none_row(none: &NoHarm, width: u16, session: &Session) -> Row {
    let id = none.dimension.as_deref().unwrap_or_default();
    let where_none = match session.catalog.impact.dimension(id) {
        Some(dimension) => &dimension.name,
        None if id.is_empty() => "in no dimension",
        None => id,
    };
    let words = format!("No harm found: {where_none}: {}", none.reason);
    let line = Line::styled(text::cut(&words, width.saturating_sub(3)).into_owned(), session.theme.muted());
    Row::new(format!("{NONE}{id}"), vec![line]).removable("that no harm was found there")
}

/// The level of the whole, in a sentence.
fn level_words(assessed: Assessed<'_>) -> String {
    let rating = assessed.rating;
    let is_unrated = rating.harms.iter().any(|harm| harm.inherent.is_none());
    let open = match (rating.is_open, is_unrated) {
        (false, _) => "",
        (true, false) => " It can still fall: a rating is unknown (*) or missing.",
        (true, true) => " It can still rise: a harm is not rated yet.",
    };
    match rating.basis {
        Basis::Harms => {
            let (before, after) = (level_name(rating.inherent), level_name(rating.residual));
            format!("The highest harm decides: {before} before measures, {after} after them.{open}")
        }
        Basis::NoHarm => "No harm found, with a reason: the level is low.".to_owned(),
        Basis::Stated => format!("Level {} as stated in the register; harms rated here take its place.", level_name(rating.inherent)),
        Basis::NotAssessed if rating.is_banned => "The law bans this use: it is not rated. Stop it.".to_owned(),
        Basis::NotAssessed if assessed.impact().harms.is_empty() => {
            "Not assessed: no harm stands here, which never means low. n looks for harms; 0 says, with a reason, that there \
             are none."
                .to_owned()
        }
        Basis::NotAssessed => "Not assessed yet: no harm is rated.".to_owned(),
    }
}

impl Rows for Harms {
    fn context(&self) -> Context {
        Context::Harms
    }

    fn title(&self, session: &Session) -> String {
        assessed::title("Harms", &self.system, session)
    }

    fn head(&self, width: u16, session: &Session) -> Vec<Line<'static>> {
        let theme: Theme = session.theme;
        let Some(assessed) = Assessed::find(&self.system, session) else { return Vec::new() };
        let form = &session.catalog.impact;
        let silent = progress(form, assessed.system, assessed.rating, Form::Short).silent_dimensions;
        let names: Vec<&str> = silent.iter().filter_map(|id| form.dimension(id)).map(|d| d.name.as_str()).collect();
        let mut lines = paragraph(&level_words(assessed), width, theme.text());
        if !names.is_empty() && !assessed.impact().harms.is_empty() {
            let words = format!("Still to say, with n: {}.", names.join("; "));
            lines.extend(paragraph(&words, width, theme.warning()));
        }
        lines
    }

    fn rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let Some(assessed) = Assessed::find(&self.system, session) else {
            return vec![Row::words("gone", GONE, width, session.theme.warning())];
        };
        let harms = assessed.impact().harms.iter().zip(1..);
        let harms = harms.map(|(harm, number)| harm_row(harm, number, assessed, width, session));
        harms.chain(assessed.impact().no_harm.iter().map(|none| none_row(none, width, session))).collect()
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.place
    }

    fn act(&mut self, command: Command, key: Option<&str>, session: &Session) -> Effect {
        let Some(assessed) = Assessed::find(&self.system, session) else { return Effect::None };
        let none = key.and_then(|key| key.strip_prefix(NONE)).map(|id| Some(id).filter(|id| !id.is_empty()));
        let harm = key.and_then(|id| assessed.impact().harm(id));
        match (command, none, harm) {
            (Command::New, _, _) => Effect::Open(Box::new(Dimensions::new(&self.system))),
            (Command::DeclareAbsent, _, _) if !assessed.impact().harms.is_empty() => {
                Effect::Say("Harms stand here; n and then 0 says it for one dimension.".to_owned())
            }
            (Command::DeclareAbsent, _, _) => Effect::Open(Box::new(no_harm::form(&self.system, None, session))),
            (Command::HeatMap, _, _) => Effect::Open(Box::new(HeatMap::new(&self.system))),
            (Command::Measures, _, _) => Effect::Open(Box::new(Measures::new(&self.system))),
            (Command::Benefits, _, _) => Effect::Open(Box::new(Benefits::new(&self.system))),
            (Command::Why, _, _) => Effect::Open(Box::new(LevelWhy::new(&self.system))),
            (Command::Choose, Some(dimension), _) => {
                Effect::Open(Box::new(no_harm::form(&self.system, dimension, session)))
            }
            (Command::Choose, None, Some(harm)) => {
                Effect::Open(Box::new(harm_form::form(&self.system, harm.clone(), session)))
            }
            (Command::Remove, Some(dimension), _) => {
                let change = assessed.change("no harm found", |impact| {
                    impact.no_harm.retain(|none| none.dimension.as_deref() != dimension);
                });
                change.map_or(Effect::None, Effect::Apply)
            }
            (Command::Remove, None, Some(harm)) => {
                let change = assessed.change("harm", |impact| impact.harms.retain(|other| other.id != harm.id));
                change.map_or(Effect::None, Effect::Apply)
            }
            _ => Effect::None,
        }
    }
}

#[cfg(test)]
mod tests;

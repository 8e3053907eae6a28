//! In what respect a harm is looked for: each dimension with its question and examples to take over, and what was found.

use ratatui::text::Line;

use crate::{
    impact::progress::{Form, progress},
    model::impact::{
        form::Dimension,
        harm::{Harm, NoHarm},
    },
    tui::{
        effect::Effect,
        keys::{Command, Context},
        screens::{
            assessed::{self, Assessed, GONE},
            harm_form, no_harm,
            rows::{Place, Row, Rows, line_with_state, paragraph},
        },
        session::Session,
    },
};

/// The dimensions of one system.
#[derive(Debug)]
pub struct Dimensions {
    system: String,
    place: Place,
}

impl Dimensions {
    /// All dimensions, to look for harms to a system's people.
    pub fn new(system: &str) -> Dimensions {
        Dimensions { system: system.to_owned(), place: Place::default() }
    }

    /// The same with the cursor on one of them.
    pub fn on(system: &str, dimension: &str) -> Dimensions {
        Dimensions { system: system.to_owned(), place: Place::on(dimension) }
    }

    /// A new harm in a dimension, in given words or in none yet.
    fn new_harm(&self, dimension: &str, what: &str, session: &Session) -> Effect {
        // Where the register names a single group, it is most likely the one.
        let affected = session.assessment().system(&self.system).map_or(&[][..], |system| &system.affected);
        let group = if let [only] = affected { only.clone() } else { String::new() };
        let harm = Harm { what: what.to_owned(), group, dimension: dimension.to_owned(), ..Harm::default() };
        Effect::Open(Box::new(harm_form::form(&self.system, harm, session)))
    }
}

/// What was found in a dimension, in a few words.
fn found(dimension: &Dimension, assessed: Assessed<'_>, is_asked: bool) -> String {
    let impact = assessed.impact();
    let harms = impact.harms.iter().filter(|harm| harm.dimension == dimension.id).count();
    let is_none = |none: &NoHarm| none.dimension.as_deref() == Some(dimension.id.as_str()) && none.is_reasoned();
    match harms {
        0 if impact.no_harm.iter().any(is_none) => "no harm found".to_owned(),
        0 if is_asked => "still to say".to_owned(),
        0 => String::new(),
        1 => "1 harm".to_owned(),
        many => format!("{many} harms"),
    }
}

impl Rows for Dimensions {
    fn context(&self) -> Context {
        Context::Dimensions
    }

    fn title(&self, session: &Session) -> String {
        assessed::title("Look for harms", &self.system, session)
    }

    fn head(&self, width: u16, session: &Session) -> Vec<Line<'static>> {
        let words =
            "Go through them with the people who know the system: Enter writes down a harm, 0 says that there is none.";
        paragraph(words, width, session.theme.muted())
    }

    fn rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let (form, theme) = (&session.catalog.impact, session.theme);
        let Some(assessed) = Assessed::find(&self.system, session) else {
            return vec![Row::words("gone", GONE, width, theme.warning())];
        };
        let silent = progress(form, assessed.system, assessed.rating, Form::Short).silent_dimensions;
        let row = |dimension: &Dimension| {
            let is_asked = silent.iter().any(|id| *id == dimension.id.as_str());
            let style = if is_asked { theme.warning() } else { theme.muted() };
            let state = found(dimension, assessed, is_asked);
            Row::new(dimension.id.as_str(), vec![line_with_state(&dimension.name, &state, style, width)])
        };
        form.dimensions.iter().map(row).collect()
    }

    fn foot(&self, key: Option<&str>, width: u16, session: &Session) -> Vec<Line<'static>> {
        let theme = session.theme;
        let Some(dimension) = key.and_then(|id| session.catalog.impact.dimension(id)) else { return Vec::new() };
        let examples = dimension.harms.iter().zip(1..).map(|(example, number)| format!("{number} {example}"));
        let examples = format!("For example: {}", examples.collect::<Vec<String>>().join(theme.dot()));
        let mut lines = paragraph(&dimension.harm, width, theme.heading());
        lines.extend(paragraph(&examples, width, theme.text()));
        lines
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.place
    }

    fn act(&mut self, command: Command, key: Option<&str>, session: &Session) -> Effect {
        let Some(dimension) = key.and_then(|id| session.catalog.impact.dimension(id)) else { return Effect::None };
        let Some(assessed) = Assessed::find(&self.system, session) else { return Effect::None };
        match command {
            Command::Choose => self.new_harm(&dimension.id, "", session),
            Command::Digit(digit) => match dimension.harms.get(usize::from(digit).wrapping_sub(1)) {
                Some(example) => self.new_harm(&dimension.id, example, session),
                None => Effect::None,
            },
            Command::DeclareAbsent if assessed.impact().harms.iter().any(|harm| harm.dimension == dimension.id) => {
                Effect::Say("A harm stands here already; remove it from the list of harms first.".to_owned())
            }
            Command::DeclareAbsent => Effect::Open(Box::new(no_harm::form(&self.system, Some(&dimension.id), session))),
            _ => Effect::None,
        }
    }
}

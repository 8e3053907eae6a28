//! "No harm found", overall or in one dimension: it counts only with a reason that says something.

use crate::{
    model::{
        edit::Change,
        impact::harm::{NoHarm, SHORTEST_REASON},
    },
    tui::{
        screens::{
            assessed::{self, Assessed},
            form::{
                Form, Sheet,
                field::{Field, Values},
            },
        },
        session::Session,
    },
};

const REASON: &str = "Why";

/// The form that says why no harm was found; `dimension` is nothing for none at all.
pub fn form(system: &str, dimension: Option<&str>, session: &Session) -> Form {
    let reason = Assessed::find(system, session).and_then(|assessed| {
        let none = assessed.impact().no_harm.iter().find(|none| none.dimension.as_deref() == dimension)?;
        Some(none.reason.as_str())
    });
    let question = match dimension.and_then(|id| session.catalog.impact.dimension(id)) {
        Some(dimension) => format!("{} Say why not, and how you looked.", dimension.harm),
        None => "Why nobody can come to harm through this system, in no dimension, and how you looked.".to_owned(),
    };
    let fields = vec![Field::line(REASON, question, reason.unwrap_or_default())];
    Form::new(NoHarmSheet { system: system.to_owned(), dimension: dimension.map(str::to_owned) }, fields)
}

/// Where no harm was found in a system.
#[derive(Debug)]
struct NoHarmSheet {
    system: String,
    dimension: Option<String>,
}

impl Sheet for NoHarmSheet {
    fn title(&self, session: &Session) -> String {
        let dimension = self.dimension.as_ref().and_then(|id| session.catalog.impact.dimension(id));
        match dimension {
            Some(dimension) => format!("No harm found: {}", dimension.name),
            None => assessed::title("No harm found", &self.system, session),
        }
    }

    fn read(&self, values: &Values<'_>, session: &Session) -> Result<Option<Change>, Vec<(&'static str, String)>> {
        let Some(assessed) = Assessed::find(&self.system, session) else { return Ok(None) };
        let none = NoHarm { dimension: self.dimension.clone(), reason: values.text(REASON).to_owned() };
        if !none.is_reasoned() {
            let words =
                format!("Give a reason of at least {SHORTEST_REASON} characters; without one it does not count.");
            return Err(vec![(REASON, words)]);
        }
        Ok(assessed.change("no harm found", |impact| {
            impact.no_harm.retain(|other| other.dimension != none.dimension);
            impact.no_harm.push(none);
            impact.no_harm.sort_by(|a, b| a.dimension.cmp(&b.dimension));
        }))
    }
}

//! The benefits of one system. They stand beside the harms and are never set off against them.

use ratatui::text::Line;

use crate::{
    model::{
        edit::Change,
        impact::harm::{Benefit, Rated, Scale},
    },
    tui::{
        effect::Effect,
        keys::{Command, Context},
        screens::{
            assessed::{self, Assessed, GONE},
            form::{
                Form, Sheet,
                field::{Choice, Field, Values},
            },
            rows::{Place, Row, Rows, line_with_state, paragraph},
        },
        session::Session,
        widgets::text,
    },
};

/// The scale for the size of a benefit.
const SIZE_SCALE: &str = "SC-BENEFIT";

/// The benefits of a system.
#[derive(Debug)]
pub struct Benefits {
    system: String,
    place: Place,
}

impl Benefits {
    /// All benefits of the system of that id.
    pub fn new(system: &str) -> Benefits {
        Benefits { system: system.to_owned(), place: Place::default() }
    }
}

/// How big and how likely a benefit is, in a few words.
fn size(benefit: &Benefit, session: &Session) -> String {
    let step_name = |scale: &str, value: Option<Rated>| match value {
        Some(Rated::At(step)) => {
            let steps = session.catalog.impact.scale(scale).map(|scale| &scale.steps);
            let step = steps.and_then(|steps| steps.get(usize::from(step).checked_sub(1)?));
            step.map_or("unknown".to_owned(), |step| step.name.to_lowercase())
        }
        Some(Rated::Unknown) => "unknown".to_owned(),
        None => "not rated".to_owned(),
    };
    let likelihood = step_name(Scale::Likelihood.id(), benefit.likelihood);
    format!("{}, {likelihood}", step_name(SIZE_SCALE, benefit.size))
}

impl Rows for Benefits {
    fn context(&self) -> Context {
        Context::ImpactRows
    }

    fn title(&self, session: &Session) -> String {
        assessed::title("Benefits", &self.system, session)
    }

    fn head(&self, width: u16, session: &Session) -> Vec<Line<'static>> {
        let words = "Benefits stand beside the harms; they are never set off against them. n adds one.";
        paragraph(words, width, session.theme.text())
    }

    fn rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let (theme, form) = (session.theme, &session.catalog.impact);
        let Some(assessed) = Assessed::find(&self.system, session) else {
            return vec![Row::words("gone", GONE, width, theme.warning())];
        };
        let row = |benefit: &Benefit| {
            let dimension = form.dimension(&benefit.dimension).map_or(benefit.dimension.as_str(), |found| &found.name);
            let support = if benefit.support.is_empty() { "nothing supports it yet" } else { &benefit.support };
            let about = [form.group_name(&benefit.group), dimension, support].join(theme.dot());
            let about = format!("  {about}");
            let lines = vec![
                line_with_state(&benefit.what, &size(benefit, session), theme.text(), width),
                Line::styled(text::cut(&about, width.saturating_sub(3)).into_owned(), theme.muted()),
            ];
            Row::new(&benefit.id, lines).removable(format!("\"{}\"", text::cut(&benefit.what, 30)))
        };
        assessed.impact().benefits.iter().map(row).collect()
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.place
    }

    fn act(&mut self, command: Command, key: Option<&str>, session: &Session) -> Effect {
        let Some(assessed) = Assessed::find(&self.system, session) else { return Effect::None };
        let benefits = &assessed.impact().benefits;
        let benefit = key.and_then(|id| benefits.iter().find(|benefit| benefit.id == id));
        match (command, benefit) {
            (Command::New, _) => {
                self.place.go_to_new(&benefits.iter().map(|benefit| benefit.id.clone()).collect::<Vec<String>>());
                Effect::Open(Box::new(form(&self.system, &Benefit::default(), session)))
            }
            (Command::Choose, Some(benefit)) => Effect::Open(Box::new(form(&self.system, benefit, session))),
            (Command::Remove, Some(benefit)) => {
                let change =
                    assessed.change("benefit", |impact| impact.benefits.retain(|other| other.id != benefit.id));
                change.map_or(Effect::None, Effect::Apply)
            }
            _ => Effect::None,
        }
    }
}

const WHAT: &str = "What gets better";
const GROUP: &str = "For whom";
const OWN_GROUP: &str = "In own words";
const DIMENSION: &str = "In what respect";
const SIZE: &str = "How big";
const LIKELIHOOD: &str = "How likely";
const SUPPORT: &str = "What supports it";

/// The form of a benefit; a new one has no id yet.
fn form(system: &str, benefit: &Benefit, session: &Session) -> Form {
    let groups = Assessed::find(system, session).map(|assessed| assessed.group_choices(session)).unwrap_or_default();
    let own = if groups.iter().any(|group| group.id == benefit.group) { "" } else { &benefit.group };
    let dimensions = session.catalog.impact.dimensions.iter().map(|dimension| Choice {
        detail: dimension.benefit.to_string(),
        ..Choice::new(dimension.id.as_str(), dimension.name.as_str())
    });
    let on_scale = |name: &'static str, scale: &str, value: Option<Rated>| {
        let choices = assessed::scale_choices(scale, session);
        Field::one(name, assessed::scale_hint(scale, session), choices, assessed::picked(value).as_deref())
    };
    let fields = vec![
        Field::line(WHAT, "In a sentence: what gets better for whom.", &benefit.what),
        Field::one(
            GROUP,
            "Left and Right choose. Whoever is not listed goes into the line below.",
            groups,
            Some(&benefit.group),
        ),
        Field::line(OWN_GROUP, "Who gains, where no group above fits. Empty: the group above.", own),
        Field::one(DIMENSION, "Left and Right choose.", dimensions.collect(), Some(&benefit.dimension)),
        on_scale(SIZE, SIZE_SCALE, benefit.size),
        on_scale(LIKELIHOOD, Scale::Likelihood.id(), benefit.likelihood),
        Field::line(SUPPORT, "A measurement, a study, experience: what it rests on.", &benefit.support),
    ];
    Form::new(BenefitSheet { system: system.to_owned(), id: benefit.id.clone() }, fields)
}

/// A benefit of a system.
#[derive(Debug)]
struct BenefitSheet {
    system: String,
    id: String,
}

impl Sheet for BenefitSheet {
    fn title(&self, session: &Session) -> String {
        assessed::title(if self.id.is_empty() { "New benefit" } else { "Benefit" }, &self.system, session)
    }

    fn read(&self, values: &Values<'_>, session: &Session) -> Result<Option<Change>, Vec<(&'static str, String)>> {
        let Some(assessed) = Assessed::find(&self.system, session) else { return Ok(None) };
        let own = values.text(OWN_GROUP);
        let group = if own.is_empty() { values.picked(GROUP).unwrap_or_default() } else { own };
        let mut benefit = Benefit {
            id: self.id.clone(),
            what: values.text(WHAT).to_owned(),
            group: group.to_owned(),
            dimension: values.picked(DIMENSION).unwrap_or_default().to_owned(),
            size: assessed::rated(values, SIZE),
            likelihood: assessed::rated(values, LIKELIHOOD),
            support: values.text(SUPPORT).to_owned(),
        };
        let missing = [
            (benefit.what.is_empty(), WHAT, "Say in a sentence what gets better."),
            (benefit.group.is_empty(), GROUP, "Choose who gains, or write it below."),
            (benefit.dimension.is_empty(), DIMENSION, "Choose in what respect."),
        ];
        let problems = missing.into_iter().filter(|(is_missing, _, _)| *is_missing);
        let problems: Vec<_> = problems.map(|(_, field, words)| (field, words.to_owned())).collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        if benefit.id.is_empty() {
            let taken = assessed.impact().benefits.iter().map(|benefit| benefit.id.as_str());
            benefit.id = assessed::row_id('b', &benefit.what, taken, session);
        }
        Ok(assessed.change("benefit", |impact| {
            match impact.benefits.iter_mut().find(|other| other.id == benefit.id) {
                Some(place) => *place = benefit,
                None => impact.benefits.push(benefit),
            }
            impact.benefits.sort_by(|a, b| a.id.cmp(&b.id));
        }))
    }
}

#[cfg(test)]
mod tests;

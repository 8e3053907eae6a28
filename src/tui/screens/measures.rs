//! The measures against the harms of one system: who does what by when, and what shows it at work.

use ratatui::text::Line;

use crate::{
    impact::rating::{self, Basis},
    model::{
        edit::Change,
        impact::harm::{Means, Measure, MeasureKind},
        level::ImpactLevel,
        reference::Reference,
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

/// The measures of a system.
#[derive(Debug)]
pub struct Measures {
    system: String,
    place: Place,
}

impl Measures {
    /// All measures of the system of that id.
    pub fn new(system: &str) -> Measures {
        Measures { system: system.to_owned(), place: Place::default() }
    }
}

/// Owner, due date, what shows it, and which harms it serves.
fn about(measure: &Measure, assessed: Assessed<'_>, session: &Session) -> String {
    let harms = assessed.impact().harms.iter().zip(1..);
    let served = harms.filter(|(harm, _)| harm.measures.contains(&measure.id)).map(|(_, number)| number.to_string());
    let served = served.collect::<Vec<String>>();
    let parts = [
        if measure.owner.is_empty() { "no owner".to_owned() } else { measure.owner.clone() },
        measure.due.map_or("no due date".to_owned(), |due| format!("due {due}")),
        match served.as_slice() {
            [] => "serves no harm yet".to_owned(),
            [one] => format!("serves harm {one}"),
            many => format!("serves harms {}", many.join(", ")),
        },
        measure.means.iter().map(|means| means.name()).collect::<Vec<_>>().join(", "),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<String>>().join(session.theme.dot())
}

impl Rows for Measures {
    fn context(&self) -> Context {
        Context::ImpactRows
    }

    fn title(&self, session: &Session) -> String {
        assessed::title("Measures", &self.system, session)
    }

    fn head(&self, width: u16, session: &Session) -> Vec<Line<'static>> {
        let Some(assessed) = Assessed::find(&self.system, session) else { return Vec::new() };
        let words = match (assessed.impact().measures.len(), assessed.rating.basis) {
            (0, Basis::Harms) => "No measure yet; n adds one. Without a measure no harm counts as lowered.",
            (0, Basis::NotAssessed | Basis::Stated | Basis::NoHarm) => {
                "No measure yet; n adds one. Rate the harms first."
            }
            _ => "A measure lowers a harm only while current evidence shows it at work.",
        };
        paragraph(words, width, session.theme.text())
    }

    fn rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let theme = session.theme;
        let Some(assessed) = Assessed::find(&self.system, session) else {
            return vec![Row::words("gone", GONE, width, theme.warning())];
        };
        let row = |measure: &Measure| {
            let (state, style) = match measure.evidence.is_empty() {
                true => ("no evidence", theme.warning()),
                false if rating::is_proven(measure, session.assessment(), session.as_of) => ("shown", theme.chosen()),
                false => ("evidence not current", theme.warning()),
            };
            let what = format!("{}: {}", measure.kind.name(), measure.what);
            let about = format!("  {}", about(measure, assessed, session));
            let lines = vec![
                line_with_state(&what, state, style, width),
                Line::styled(text::cut(&about, width.saturating_sub(3)).into_owned(), theme.muted()),
            ];
            Row::new(&measure.id, lines).removable(format!("\"{}\"", text::cut(&measure.what, 30)))
        };
        assessed.impact().measures.iter().map(row).collect()
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.place
    }

    fn act(&mut self, command: Command, key: Option<&str>, session: &Session) -> Effect {
        let Some(assessed) = Assessed::find(&self.system, session) else { return Effect::None };
        let measure = key.and_then(|id| assessed.impact().measure(id));
        match (command, measure) {
            (Command::New, _) => {
                let keys: Vec<String> = assessed.impact().measures.iter().map(|measure| measure.id.clone()).collect();
                self.place.go_to_new(&keys);
                Effect::Open(Box::new(form(&self.system, &Measure::default(), session)))
            }
            (Command::Choose, Some(measure)) => Effect::Open(Box::new(form(&self.system, measure, session))),
            (Command::Remove, Some(measure)) => {
                let change = assessed.change("measure", |impact| {
                    impact.measures.retain(|other| other.id != measure.id);
                    impact.harms.iter_mut().for_each(|harm| harm.measures.retain(|id| *id != measure.id));
                });
                change.map_or(Effect::None, Effect::Apply)
            }
            _ => Effect::None,
        }
    }
}

const WHAT: &str = "What is done";
const KIND: &str = "How it works";
const OWNER: &str = "Owner";
const DUE: &str = "Due";
const HARMS: &str = "Harms that it serves";
const MEANS: &str = "By which means";
const EVIDENCE: &str = "Evidence";
const CONTROLS: &str = "Controls";

/// The form of a measure; a new one has no id yet.
pub fn form(system: &str, measure: &Measure, session: &Session) -> Form {
    let assessed = Assessed::find(system, session);
    let harms = assessed.map_or(&[][..], |assessed| &assessed.impact().harms);
    let served: Vec<String> =
        harms.iter().filter(|harm| harm.measures.contains(&measure.id)).map(|harm| harm.id.clone()).collect();
    let kinds = MeasureKind::ALL
        .map(|kind| Choice { detail: meaning(kind).to_owned(), ..Choice::new(kind.name(), kind.name()) });
    let means = Means::ALL.map(|means| Choice::new(means.name(), means.name()));
    let used: Vec<String> = measure.means.iter().map(|means| means.name().to_owned()).collect();
    let evidence = session.assessment().evidence.iter().map(|item| Choice::new(&item.id, &item.title));
    let controls = measure.controls.iter().map(Reference::to_string).collect::<Vec<String>>().join(", ");
    let fields = vec![
        Field::line(WHAT, "In a sentence, so that somebody can check whether it is done.", &measure.what),
        Field::one(KIND, "Left and Right choose.", kinds.to_vec(), Some(measure.kind.name())),
        Field::line(
            OWNER,
            "Who answers for it; asked for where a harm that it serves is high or very high.",
            &measure.owner,
        ),
        Field::day(DUE, "The day by which it works, as YYYY-MM-DD.", measure.due),
        Field::many(
            HARMS,
            "Space ticks the harms that it lowers.",
            assessed.map(Assessed::harm_choices).unwrap_or_default(),
            &served,
        ),
        Field::many(MEANS, "Space ticks.", means.to_vec(), &used),
        Field::many(
            EVIDENCE,
            "What shows it at work, from the evidence register (e on the map).",
            evidence.collect(),
            &measure.evidence,
        ),
        Field::line(CONTROLS, "The Annex A controls that carry it, such as A.6.2.4, A.9.2.", &controls),
    ];
    Form::new(MeasureSheet { system: system.to_owned(), measure: measure.clone() }, fields)
}

/// What a kind of measure does.
const fn meaning(kind: MeasureKind) -> &'static str {
    match kind {
        MeasureKind::Avoid => "What could do the harm is left out. Only this lowers a harm by more than one step.",
        MeasureKind::Lower => "It makes the harm smaller or rarer.",
        MeasureKind::Detect => "It notices the harm in time.",
        MeasureKind::Repair => "It puts the harm right.",
        MeasureKind::Compensate => "It makes up for the harm.",
    }
}

/// A measure of a system, as it was when the form was opened.
#[derive(Debug)]
struct MeasureSheet {
    system: String,
    measure: Measure,
}

impl MeasureSheet {
    fn read_controls(&self, values: &Values<'_>, session: &Session) -> Result<Vec<Reference>, String> {
        let names = values.text(CONTROLS).split([',', ';', ' ']).filter(|name| !name.is_empty());
        let control = |name: &str| {
            let id = name.parse::<Reference>().ok();
            let known = |id: &Reference| {
                let is_control = id.is_control() && session.catalog.requirement(*id).is_some();
                is_control || self.measure.controls.contains(id)
            };
            id.filter(known).ok_or_else(|| {
                let name: String = name.chars().take(20).collect();
                format!("`{name}` is no control; write numbers such as A.6.2.4.")
            })
        };
        let mut controls = names.map(control).collect::<Result<Vec<Reference>, String>>()?;
        controls.sort_unstable();
        controls.dedup();
        Ok(controls)
    }

    /// The highest level before measures of the harms ticked.
    fn served_level(values: &Values<'_>, assessed: Assessed<'_>) -> Option<ImpactLevel> {
        let served = values.ticked(HARMS);
        let ratings = served.iter().filter_map(|id| assessed.rating.harm(id));
        ratings.filter_map(|rating| rating.inherent.as_ref()).map(|rated| rated.level).max()
    }
}

impl Sheet for MeasureSheet {
    fn title(&self, session: &Session) -> String {
        assessed::title(if self.measure.id.is_empty() { "New measure" } else { "Measure" }, &self.system, session)
    }

    fn read(&self, values: &Values<'_>, session: &Session) -> Result<Option<Change>, Vec<(&'static str, String)>> {
        let Some(assessed) = Assessed::find(&self.system, session) else { return Ok(None) };
        let mut problems = Vec::new();
        if values.text(WHAT).is_empty() {
            problems.push((WHAT, "Say what is done.".to_owned()));
        }
        if let Some(level @ (ImpactLevel::High | ImpactLevel::VeryHigh)) = Self::served_level(values, assessed)
            && values.text(OWNER).is_empty()
        {
            problems.push((OWNER, format!("A harm that it serves is {}: name an owner.", level.name())));
        }
        let due = values.day(DUE).unwrap_or_else(|problem| {
            problems.push((DUE, problem));
            None
        });
        let controls = self.read_controls(values, session).unwrap_or_else(|problem| {
            problems.push((CONTROLS, problem));
            Vec::new()
        });
        if !problems.is_empty() {
            return Err(problems);
        }
        let what = values.text(WHAT).to_owned();
        let id = match self.measure.id.as_str() {
            "" => {
                let taken = assessed.impact().measures.iter().map(|measure| measure.id.as_str());
                assessed::row_id('m', &what, taken, session)
            }
            id => id.to_owned(),
        };
        let kind = MeasureKind::ALL.into_iter().find(|kind| Some(kind.name()) == values.picked(KIND));
        let means = Means::ALL.into_iter().filter(|means| values.ticked(MEANS).iter().any(|name| name == means.name()));
        let measure = Measure {
            id,
            what,
            kind: kind.unwrap_or_default(),
            means: means.collect(),
            owner: values.text(OWNER).to_owned(),
            due,
            evidence: values.ticked(EVIDENCE),
            controls,
        };
        Ok(assessed.change("measure", |impact| {
            let served = values.ticked(HARMS);
            for harm in &mut impact.harms {
                harm.measures.retain(|id| *id != measure.id);
                if served.contains(&harm.id) {
                    harm.measures.push(measure.id.clone());
                    harm.measures.sort_unstable();
                }
            }
            match impact.measures.iter_mut().find(|other| other.id == measure.id) {
                Some(place) => *place = measure,
                None => impact.measures.push(measure),
            }
            impact.measures.sort_by(|a, b| a.id.cmp(&b.id));
        }))
    }
}

#[cfg(test)]
mod tests;

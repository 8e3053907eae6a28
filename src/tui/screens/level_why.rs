//! How the impact level of one system comes about: the harms that decide it with their arithmetic, what follows from the
//! level, and what is still open. Enter goes where a line is settled.

use ratatui::text::Line;

use crate::{
    impact::{
        arithmetic::{after_measures, arithmetic},
        open_points::{About, open_points},
        rating::{Basis, HarmRating, ResidualRule},
        sign_off,
    },
    model::{impact::harm::Harm, level::ImpactLevel},
    tui::{
        effect::Effect,
        keys::{Command, Context},
        screens::{
            assessed::{self, Assessed, GONE, level_name},
            dimensions::Dimensions,
            harm_form,
            harms::Harms,
            impact_sections::ImpactSections,
            measures,
            rows::{Place, Row, Rows},
            screening::ScreeningScreen,
            sign_offs::SignOffs,
        },
        session::Session,
        theme::Theme,
    },
};

/// The explanation of the impact level of a system.
#[derive(Debug)]
pub struct LevelWhy {
    system: String,
    place: Place,
}

impl LevelWhy {
    /// Behind the level of the system of that id.
    pub fn new(system: &str) -> LevelWhy {
        LevelWhy { system: system.to_owned(), place: Place::default() }
    }
}

/// One line of the explanation, and where Enter goes from it.
struct Entry {
    key: String,
    words: String,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Heading,
    Words,
    /// Something to go to.
    Item,
    /// What belongs to the item above.
    Detail,
}

/// The explanation as it grows.
#[derive(Default)]
struct Entries(Vec<Entry>);

impl Entries {
    fn add(&mut self, kind: Kind, words: impl Into<String>) {
        let key = format!("line {}", self.0.len());
        self.0.push(Entry { key, words: words.into(), kind });
    }

    fn item(&mut self, key: String, words: String) {
        self.0.push(Entry { key, words, kind: Kind::Item });
    }
}

fn entries(assessed: Assessed<'_>, session: &Session) -> Vec<Entry> {
    let mut entries = Entries::default();
    basis(&mut entries, assessed);
    let harms = assessed.impact().harms.iter().zip(&assessed.rating.harms).zip(1..);
    let (deciding, others): (Vec<_>, Vec<_>) = harms.partition(|((_, rating), _)| decides(rating, assessed));
    for (title, harms) in [("Harms that decide it", deciding), ("Other harms", others)] {
        if !harms.is_empty() {
            entries.add(Kind::Heading, title);
        }
        for ((harm, rating), number) in harms {
            one_harm(&mut entries, harm, rating, number);
        }
    }
    consequences(&mut entries, assessed, session);
    open(&mut entries, assessed, session);
    entries.0
}

/// Whether a harm has the level of the whole, before or after measures.
fn decides(harm: &HarmRating, assessed: Assessed<'_>) -> bool {
    let before = harm.inherent.as_ref().map(|rated| rated.level);
    let after = harm.residual.map(|(level, _)| level);
    before.is_some() && (before == assessed.rating.inherent || after == assessed.rating.residual)
}

fn basis(entries: &mut Entries, assessed: Assessed<'_>) {
    let rating = assessed.rating;
    let levels = match (rating.inherent, rating.residual) {
        (Some(before), Some(after)) if before != after => {
            format!("Level {} before measures, {} after them", before.name(), after.name())
        }
        (Some(before), _) => format!("Level {}", before.name()),
        (None, _) => "Not assessed".to_owned(),
    };
    entries.add(Kind::Heading, format!("{levels}{}", if rating.is_provisional() { " (provisional)" } else { "" }));
    let words = match rating.basis {
        _ if rating.is_banned => "The law bans this use: it is not rated and has to end.",
        Basis::Harms => {
            "It is the highest level over its harms; harms are never added up, and benefits take nothing off."
        }
        Basis::NoHarm => "No harm was found, with a reason: that makes it low.",
        Basis::Stated => {
            "It is stated in the register, of an assessment kept elsewhere. A harm rated here takes its place."
        }
        Basis::NotAssessed => "No harm is rated. That never means low.",
    };
    entries.add(Kind::Words, words);
    if rating.is_open {
        let is_unrated = rating.harms.iter().any(|harm| harm.inherent.is_none());
        let words = if is_unrated {
            "It can still rise: a harm is not rated yet."
        } else {
            "It can still fall: what nobody knows, or was not asked, counts as the worst."
        };
        entries.add(Kind::Words, words);
    }
}

fn one_harm(entries: &mut Entries, harm: &Harm, rating: &HarmRating, number: usize) {
    let level = rating.inherent.as_ref().map(|rated| rated.level);
    entries.item(format!("harm:{}", harm.id), format!("{number} {}: {}", harm.what, level_name(level)));
    let Some(rated) = &rating.inherent else {
        return entries.add(Kind::Detail, "Gravity and likelihood are the least that a rating needs.");
    };
    entries.add(Kind::Detail, arithmetic(&harm.before, rated));
    if let Some(floor) = rated.floor {
        entries.add(Kind::Detail, format!("{}: {}.", floor.id(), floor.words()));
    }
    if !rated.assumed.is_empty() {
        let names = rated.assumed.iter().map(|scale| scale.name()).collect::<Vec<_>>().join(", ");
        entries.add(Kind::Detail, format!("Provisional: nobody knows {names} yet, or it was not asked."));
    }
    entries.add(Kind::Detail, after_measures(rating.after.as_ref(), rating.residual));
    let Some((after, (counted, rule))) = rating.after.as_ref().zip(rating.residual) else { return };
    entries.add(Kind::Detail, arithmetic(&harm.after, after));
    if rule != ResidualRule::NotLowered {
        entries.add(Kind::Detail, format!("Counts as {} after measures: {}.", counted.name(), rule.words()));
    }
}

/// What the level asks for: weights, target, approval, form.
fn consequences(entries: &mut Entries, assessed: Assessed<'_>, session: &Session) {
    let rating = assessed.rating;
    entries.add(Kind::Heading, "What follows from it");
    let level = rating.weighing_level();
    let weight = match level {
        ImpactLevel::Low => "keep their weight, and their targets stay",
        ImpactLevel::Medium => "weigh at least 1.25 times as much, and their targets stay",
        ImpactLevel::High => "weigh at least 1.5 times as much, and their target is at least 4",
        ImpactLevel::VeryHigh => "weigh twice as much, and their target is at least 4",
    };
    let stand_in =
        if rating.inherent.is_none() { format!(" It counts as {} meanwhile.", level.name()) } else { String::new() };
    let scope = if rating.in_scope {
        format!(
            "In scope: the requirements that face AI systems {weight}. The level before measures counts here.{stand_in}"
        )
    } else {
        "Out of scope: it changes no weight and no target.".to_owned()
    };
    entries.add(Kind::Words, scope);
    if let Some(residual) = rating.residual {
        let approver = sign_off::approver(&session.catalog, session.assessment(), residual, session.as_of);
        let whose =
            if approver.is_own { "by your criteria" } else { "a proposal of this program until you approve your own" };
        entries.add(Kind::Words, format!("To be approved by: {} ({whose}).", approver.by));
    }
    let reasons = rating.full_form_words(&session.catalog);
    match reasons.as_slice() {
        [] => entries.add(Kind::Words, "The short form is enough."),
        reasons => entries.add(Kind::Words, format!("The full form is asked for: {}.", reasons.join("; "))),
    }
}

fn open(entries: &mut Entries, assessed: Assessed<'_>, session: &Session) {
    let points = open_points(&session.catalog, session.assessment(), assessed.system, assessed.rating, session.as_of);
    entries.add(Kind::Heading, if points.is_empty() { "Nothing is open" } else { "Still open" });
    for (index, point) in points.into_iter().enumerate() {
        entries.item(format!("point:{index}"), point.words);
    }
}

/// The screen on which an open point is settled.
fn settle(about: &About, id: &str, session: &Session) -> Effect {
    let harms = || Effect::Open(Box::new(Harms::new(id)));
    let Some(assessed) = Assessed::find(id, session) else { return Effect::None };
    match about {
        About::Banned | About::Screening | About::RestrictedUse(_) => {
            ScreeningScreen::new(id, session).map_or(Effect::None, |screening| Effect::Open(Box::new(screening)))
        }
        About::UnknownId => {
            Effect::Say("It names something that is not there; choose anew where it stands.".to_owned())
        }
        About::Assessment | About::NoHarm => harms(),
        About::Harm(harm) => match assessed.impact().harm(harm) {
            Some(harm) => Effect::Open(Box::new(harm_form::form(id, harm.clone(), session))),
            None => harms(),
        },
        About::Measure(measure) => match assessed.impact().measure(measure) {
            Some(measure) => Effect::Open(Box::new(measures::form(id, measure, session))),
            None => harms(),
        },
        About::Section(section) => Effect::Open(Box::new(ImpactSections::on(id, section))),
        About::Dimension(dimension) => Effect::Open(Box::new(Dimensions::on(id, dimension))),
        About::NextReview | About::SignOff => Effect::Open(Box::new(SignOffs::new(id))),
    }
}

fn row(entry: Entry, is_first: bool, width: u16, theme: Theme) -> Row {
    let (before, style) = match entry.kind {
        Kind::Heading => ("", theme.heading()),
        Kind::Words => ("", theme.text()),
        Kind::Item => ("", theme.text()),
        Kind::Detail => ("    ", theme.muted()),
    };
    let mut row = Row::words(entry.key, &entry.words, width - 4, style);
    row.is_stop = entry.kind == Kind::Item;
    for (index, line) in row.lines.iter_mut().enumerate() {
        let mark = if entry.kind == Kind::Item { if index == 0 { "- " } else { "  " } } else { before };
        line.spans.insert(0, mark.into());
    }
    if entry.kind == Kind::Heading && !is_first {
        row.lines.insert(0, Line::default());
    }
    row
}

impl Rows for LevelWhy {
    fn context(&self) -> Context {
        Context::ImpactLevel
    }

    fn title(&self, session: &Session) -> String {
        assessed::title("Why this level", &self.system, session)
    }

    fn head(&self, _width: u16, _session: &Session) -> Vec<Line<'static>> {
        Vec::new()
    }

    fn rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let Some(assessed) = Assessed::find(&self.system, session) else {
            return vec![Row::words("gone", GONE, width, session.theme.warning())];
        };
        let entries = entries(assessed, session).into_iter().enumerate();
        entries.map(|(index, entry)| row(entry, index == 0, width, session.theme)).collect()
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.place
    }

    fn act(&mut self, command: Command, key: Option<&str>, session: &Session) -> Effect {
        let Some(assessed) = Assessed::find(&self.system, session) else { return Effect::None };
        let target = key.and_then(|key| key.split_once(':')).filter(|_| command == Command::Choose);
        match target {
            Some(("harm", id)) => settle(&About::Harm(id.to_owned()), &self.system, session),
            Some((_, index)) => {
                let points = open_points(
                    &session.catalog,
                    session.assessment(),
                    assessed.system,
                    assessed.rating,
                    session.as_of,
                );
                let point = index.parse::<usize>().ok().and_then(|index| points.get(index));
                point.map_or(Effect::None, |point| settle(&point.about, &self.system, session))
            }
            None => Effect::None,
        }
    }
}

#[cfg(test)]
mod tests;

//! The parts of what is said about an AI system: what each is called, how far it is, and the screen that opens it.

use crate::{
    bom::Bill,
    impact::{path, rating::SystemRating, sign_off},
    model::{evidence::Freshness, impact::harm::Rated, system::System},
    tui::{
        screens::{
            View, benefits::Benefits, bill::BillScreen, eu_act::EuActScreen, harms::Harms,
            impact_sections::ImpactSections, measures::Measures, occasions::Occasions, screening::ScreeningScreen,
            sign_offs::SignOffs, system_facts, systems::words,
        },
        session::Session,
    },
};

/// One part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Name, owner, purpose, scope and the rest of the register.
    Facts,
    /// The first look.
    Screening,
    /// The sections of the form.
    Assessment,
    /// The harms with their ratings.
    Harms,
    /// What is done against the harms.
    Measures,
    /// The benefits.
    Benefits,
    /// Who prepared, reviewed and approved.
    SignOff,
    /// The path through the EU AI Act.
    EuAct,
    /// What the system is made of.
    Bill,
    /// What happened since the approval.
    Occasions,
    /// The evidence about the system as a whole.
    Evidence,
}

impl Part {
    /// All parts, in the order in which they are worked through.
    pub const ALL: [Part; 11] = [
        Part::Facts,
        Part::Screening,
        Part::Assessment,
        Part::Harms,
        Part::Measures,
        Part::Benefits,
        Part::SignOff,
        Part::EuAct,
        Part::Bill,
        Part::Occasions,
        Part::Evidence,
    ];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Part::Facts => "Facts",
            Part::Screening => "Screening",
            Part::Assessment => "Assessment",
            Part::Harms => "Harms",
            Part::Measures => "Measures",
            Part::Benefits => "Benefits",
            Part::SignOff => "Sign-off",
            Part::EuAct => "EU AI Act",
            Part::Bill => "Bill of materials",
            Part::Occasions => "What happened since",
            Part::Evidence => "Evidence",
        }
    }

    /// The screen of it; nothing where the system is no more.
    pub fn open(self, id: &str, session: &Session) -> Option<Box<dyn View>> {
        match self {
            Part::Facts => Some(Box::new(system_facts::form(id, session)?)),
            Part::Screening => Some(Box::new(ScreeningScreen::new(id, session)?)),
            Part::Evidence => Some(Box::new(system_facts::form(id, session)?.on(system_facts::EVIDENCE))),
            Part::Assessment => Some(Box::new(ImpactSections::new(id))),
            Part::Harms => Some(Box::new(Harms::new(id))),
            Part::Measures => Some(Box::new(Measures::new(id))),
            Part::Benefits => Some(Box::new(Benefits::new(id))),
            Part::SignOff => Some(Box::new(SignOffs::new(id))),
            Part::Occasions => Some(Box::new(Occasions::new(id))),
            Part::EuAct => Some(Box::new(EuActScreen::begun(id, session))),
            Part::Bill => Some(Box::new(BillScreen::new(id))),
        }
    }

    /// How far it is, in a few words.
    pub fn state(self, system: &System, rating: &SystemRating, session: &Session) -> String {
        match self {
            Part::Facts => facts(system),
            Part::Screening => screening(system, rating),
            Part::Assessment => {
                let progress = words::progress(system, rating, session);
                format!("{}: {} of {} answered", progress.form.name(), progress.answered(), progress.total())
            }
            Part::Harms => harms(system, rating),
            Part::Measures => measures(system),
            Part::Benefits => counted(system.impact.benefits.len(), "benefit", "none yet"),
            Part::SignOff => sign_off::state(system, rating, session.as_of).words(),
            Part::EuAct => eu_act(system, rating, session),
            Part::Bill if system.bill.is_empty() => "none yet".to_owned(),
            Part::Bill => bill(system),
            Part::Occasions => counted(system.impact.occasions.len(), "occasion", "nothing noted"),
            Part::Evidence => evidence(system, session),
        }
    }
}

/// `1 harm`, `3 harms`, or other words for none.
fn counted(count: usize, what: &str, none: &str) -> String {
    match count {
        0 => none.to_owned(),
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}

/// What is missing of the facts that an assessment rests on.
fn facts(system: &System) -> String {
    let facts = [
        ("owner", system.owner.is_empty()),
        ("purpose", system.purpose.is_empty()),
        ("stage", system.stage.is_none()),
        ("your roles", system.roles.is_empty()),
        ("who is affected", system.affected.is_empty()),
    ];
    let missing: Vec<&str> = facts.into_iter().filter(|(_, is_missing)| *is_missing).map(|(name, _)| name).collect();
    if missing.is_empty() { "complete".to_owned() } else { format!("missing: {}", missing.join(", ")) }
}

fn screening(system: &System, rating: &SystemRating) -> String {
    let Some(screening) = &system.screening else { return "not yet; it takes two minutes".to_owned() };
    if rating.is_banned {
        return format!("{}: banned by law", screening.on);
    }
    let sensitive = match (screening.sensitive.len(), screening.unsure.len()) {
        (0, 0) => "nothing sensitive".to_owned(),
        (yes, 0) => counted(yes, "sensitive use", ""),
        (0, unsure) => format!("{unsure} not sure"),
        (yes, unsure) => format!("{}, {unsure} not sure", counted(yes, "sensitive use", "")),
    };
    let barred = match system.unsettled_uses().count() {
        0 => String::new(),
        open => format!(", {open} barred and not settled"),
    };
    format!("{}: {sensitive}{barred}", screening.on)
}

fn harms(system: &System, rating: &SystemRating) -> String {
    let harms = &system.impact.harms;
    if harms.is_empty() {
        let is_said = system.impact.no_harm.iter().any(|none| none.dimension.is_none() && none.is_reasoned());
        return if is_said { "no harm found, with a reason" } else { "none entered, so not assessed" }.to_owned();
    }
    let unrated = rating.harms.iter().filter(|harm| harm.inherent.is_none()).count();
    let unknown = harms.iter().filter(|harm| harm.before.gravity == Some(Rated::Unknown)).count();
    let notes = [(unrated, "not rated yet"), (unknown, "of unknown gravity")];
    let notes: String =
        notes.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!(", {count} {words}")).collect();
    format!("{}{notes}", counted(harms.len(), "harm", ""))
}

fn measures(system: &System) -> String {
    let measures = &system.impact.measures;
    let unproven = measures.iter().filter(|measure| measure.evidence.is_empty()).count();
    let notes = if unproven > 0 { format!(", {unproven} without evidence") } else { String::new() };
    format!("{}{notes}", counted(measures.len(), "measure", "none yet"))
}

fn eu_act(system: &System, rating: &SystemRating, session: &Session) -> String {
    let is_complete = path::classify(&session.catalog.eu_act, &system.eu_act).is_complete();
    match (words::classes(rating, &session.catalog).as_str(), is_complete) {
        ("", _) if system.eu_act.is_empty() => "not asked yet".to_owned(),
        ("", _) => "not at its end yet".to_owned(),
        (classes, true) => format!("indicated: {classes}"),
        (classes, false) => format!("indicated so far: {classes}"),
    }
}

/// What the bill of materials lists.
fn bill(system: &System) -> String {
    match Bill::of(&system.bill) {
        Ok(bill) => counted(bill.parts().len(), "part", "nothing listed yet"),
        Err(_) => "it cannot be read".to_owned(),
    }
}

fn evidence(system: &System, session: &Session) -> String {
    let items = system.evidence.iter().filter_map(|id| session.assessment().evidence_item(id));
    let stale = items.filter(|item| item.freshness(session.as_of) != Freshness::Current).count();
    let notes = if stale > 0 { format!(", {stale} not current") } else { String::new() };
    format!("{}{notes}", counted(system.evidence.len(), "item", "none yet"))
}

//! What the plan lists: actions under the headings of their waves, what belongs to the one that is open, and what is
//! done or dropped.

use crate::{
    model::reference::Reference,
    plan::{
        PassedStep,
        step::{Step, Wave},
    },
    tui::{screens::plan::words, session::Session, widgets::text},
};

/// One line, or one paragraph.
pub(super) struct Item<'s> {
    /// What the cursor follows.
    pub(super) key: String,
    /// The heading above it, on the first of its wave.
    pub(super) heading: Option<String>,
    /// The action that it belongs to.
    pub(super) action: &'s str,
    /// What it shows.
    pub(super) kind: Kind<'s>,
}

/// What an item shows.
pub(super) enum Kind<'s> {
    /// An action to be done.
    Step(&'s Step),
    /// An action that is done or dropped.
    Passed(&'s PassedStep),
    /// Something about the action that is open.
    Words(String),
    /// Why it is there: a requirement that it serves.
    Reason(Reference, String),
}

impl Item<'_> {
    /// The rows that it takes where words have so many cells.
    pub(super) fn height(&self, width: u16) -> u16 {
        let rows = match &self.kind {
            Kind::Step(_) => 1,
            Kind::Passed(_) => 2,
            Kind::Words(words) | Kind::Reason(_, words) => text::wrap(words, width).len(),
        };
        u16::try_from(rows).unwrap_or(u16::MAX) + u16::from(self.heading.is_some())
    }
}

/// The actions to be done, without headings.
pub(super) fn steps(session: &Session) -> Vec<Item<'_>> {
    session.plan().steps.iter().map(|step| item(&step.id, None, Kind::Step(step))).collect()
}

/// All that is listed, with `opened` open.
pub(super) fn all<'s>(session: &'s Session, opened: Option<&str>) -> Vec<Item<'s>> {
    let plan = session.plan();
    let mut items = Vec::new();
    for wave in Wave::ALL {
        let mut heading = Some(words::wave(plan, wave));
        for step in plan.wave(wave) {
            items.push(item(&step.id, heading.take(), Kind::Step(step)));
            if opened == Some(step.id.as_str()) {
                items.extend(details(step, session));
            }
        }
    }
    let mut heading = Some(format!("Done and dropped: {}", plan.passed.len()));
    for passed in &plan.passed {
        items.push(item(&passed.id, heading.take(), Kind::Passed(passed)));
        if opened == Some(passed.id.as_str()) {
            let reasons = passed.serves.iter().map(|id| Kind::Reason(*id, words::requirement(*id, session)));
            items.extend(numbered(&passed.id, reasons));
        }
    }
    items
}

fn item<'s>(action: &'s str, heading: Option<String>, kind: Kind<'s>) -> Item<'s> {
    Item { key: action.to_owned(), heading, action, kind }
}

fn details<'s>(step: &'s Step, session: &'s Session) -> Vec<Item<'s>> {
    let reasons = step.serves.iter().map(|id| Kind::Reason(*id, words::reason(step, *id, session)));
    let before = words::before_reasons(step).into_iter().map(Kind::Words);
    let after = words::after_reasons(step, session).into_iter().map(Kind::Words);
    numbered(&step.id, before.chain(reasons).chain(after)).collect()
}

/// Items of one action, each with a key of its own.
fn numbered<'s>(action: &'s str, kinds: impl Iterator<Item = Kind<'s>>) -> impl Iterator<Item = Item<'s>> {
    kinds.enumerate().map(move |(index, kind)| Item { key: format!("{action} {index}"), heading: None, action, kind })
}

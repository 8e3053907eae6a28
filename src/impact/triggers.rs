//! What asks for a new look at an approved assessment: its review date, changed facts, occasions, evidence gone stale (8.4).

use chrono::NaiveDate;

use crate::{
    impact::{
        facts::{self, Fact},
        rating::{SystemRating, is_proven},
        sign_off::last_approval,
    },
    model::{
        assessment::Assessment,
        catalog::Catalog,
        evidence::Freshness,
        impact::{
            harm::Measure,
            sign_off::{SignOff, SignedFact},
        },
        system::System,
    },
};

/// The trigger of a planned review whose day has passed.
const REVIEW_DATE: &str = "TR-03";
/// The most characters of a value that a sentence shows.
const SHOWN: usize = 60;

/// A review trigger that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// The id of the trigger in the catalogue; nothing where it has none for that.
    pub trigger: Option<String>,
    /// By what it was noticed.
    pub cause: FiredBy,
    /// What happened, in a sentence.
    pub words: String,
    /// The day, where it is known.
    pub on: Option<NaiveDate>,
}

/// By what a trigger was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FiredBy {
    /// The day of the next review has passed.
    ReviewDate,
    /// A fact on which the approval rests is another one now.
    Fact,
    /// Somebody wrote down that it happened.
    Occasion,
    /// Evidence of a measure is no longer current.
    StaleEvidence,
}

/// The triggers that fired by that day. Before there is an approval, only the review date can.
pub fn fired(
    catalog: &Catalog,
    assessment: &Assessment,
    system: &System,
    rating: &SystemRating,
    as_of: NaiveDate,
) -> Vec<Fired> {
    let mut fired: Vec<Fired> = review_date(system, as_of).into_iter().collect();
    // A banned use is not looked at anew; it ends.
    let approval = last_approval(system, as_of).filter(|_| !rating.is_banned);
    if let Some((approval, day)) = approval.and_then(|approval| Some((approval, approval.approved_on?))) {
        fired.extend(changed_facts(catalog, system, approval, day));
        fired.extend(occasions(catalog, system, day, as_of));
        fired.extend(stale_evidence(assessment, system, day, as_of));
    }
    fired
}

fn review_date(system: &System, as_of: NaiveDate) -> Option<Fired> {
    let day = system.next_review.filter(|day| *day < as_of)?;
    Some(Fired {
        trigger: Some(REVIEW_DATE.to_owned()),
        cause: FiredBy::ReviewDate,
        words: format!("The review was due on {day}."),
        on: Some(day),
    })
}

/// The facts that are not as they were signed. A fact that was not signed has nothing to differ from.
fn changed_facts(catalog: &Catalog, system: &System, approval: &SignOff, day: NaiveDate) -> Vec<Fired> {
    let today = facts::facts(system);
    let changed = today.iter().filter_map(|now| {
        let signed = approval.facts.iter().find(|signed| signed.fact == now.fact)?;
        (signed.value != now.value).then(|| Fired {
            trigger: trigger_of_fact(catalog, &now.fact),
            cause: FiredBy::Fact,
            words: changed_words(catalog, signed, now, day),
            on: None,
        })
    });
    changed.collect()
}

fn trigger_of_fact(catalog: &Catalog, fact: &str) -> Option<String> {
    let trigger = catalog.impact.triggers.iter().find(|trigger| trigger.facts.iter().any(|known| *known == fact));
    trigger.map(|trigger| trigger.id.to_string())
}

fn changed_words(catalog: &Catalog, signed: &SignedFact, now: &SignedFact, day: NaiveDate) -> String {
    let name = Fact::of_id(&now.fact).map(Fact::name).unwrap_or(&now.fact);
    let shown = |fact: &SignedFact| match shown(catalog, fact) {
        value if value.is_empty() => "nothing".to_owned(),
        value => format!("\"{value}\""),
    };
    format!("{name} changed since the approval of {day}: from {} to {}.", shown(signed), shown(now))
}

/// A fact as people read it: options and groups by name, and not more than a glance.
fn shown(catalog: &Catalog, fact: &SignedFact) -> String {
    let kind = Fact::of_id(&fact.fact);
    let prompt = kind.and_then(Fact::prompt).and_then(|prompt| catalog.impact.prompt(prompt));
    let options = prompt.map_or(&[][..], |prompt| prompt.kind.options());
    let name = |part: &str| match options.iter().find(|option| option.id == part) {
        Some(option) => option.name.to_string(),
        None if kind == Some(Fact::Affected) => catalog.impact.group_name(part).to_owned(),
        None => part.to_owned(),
    };
    let words = fact.value.split(facts::SEPARATOR).map(name).collect::<Vec<_>>().join(facts::SEPARATOR);
    if words.chars().count() <= SHOWN {
        return words;
    }
    let beginning: String = words.chars().take(SHOWN).collect();
    format!("{}...", beginning.trim_end())
}

/// What was written down after the approval.
fn occasions(catalog: &Catalog, system: &System, approved: NaiveDate, as_of: NaiveDate) -> Vec<Fired> {
    let since = system.impact.occasions.iter().filter(|occasion| approved < occasion.on && occasion.on <= as_of);
    let fired = since.map(|occasion| {
        let name = catalog.impact.trigger(&occasion.trigger).map_or(occasion.trigger.as_str(), |trigger| &trigger.name);
        let what = occasion.what.trim();
        let colon = if what.is_empty() { "" } else { ": " };
        Fired {
            trigger: Some(occasion.trigger.clone()),
            cause: FiredBy::Occasion,
            words: format!("{name}{colon}{}.", what.trim_end_matches('.')),
            on: Some(occasion.on),
        }
    });
    fired.collect()
}

/// The measures that were shown at work on the day of approval and are not any more.
fn stale_evidence(assessment: &Assessment, system: &System, approved: NaiveDate, as_of: NaiveDate) -> Vec<Fired> {
    let was_shown = |measure: &&Measure| is_proven(measure, assessment, approved);
    let gone = system.impact.measures.iter().filter(was_shown).filter(|m| !is_proven(m, assessment, as_of));
    let fired = gone.map(|measure| {
        let items = measure.evidence.iter().filter_map(|id| assessment.evidence_item(id));
        let last = items.filter(|item| item.freshness(approved) == Freshness::Current);
        let on = last.filter_map(|item| item.last_current_day()).max();
        let words = format!("The evidence of measure {} is no longer current.", measure.id);
        Fired { trigger: None, cause: FiredBy::StaleEvidence, words, on }
    });
    fired.collect()
}

#[cfg(test)]
mod tests;

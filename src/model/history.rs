//! The last changes of an answer: who changed what, when, from what, to what. Kept by `Assessment::apply` alone.
//!
//! What somebody changes and changes back within ten minutes leaves no entry, so that undo leaves none.

use std::fmt;

use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};

use crate::model::{
    answer::{Answer, CheckResponse, LevelAnswer},
    exclusion::{Exclusion, ExclusionBasis},
    inclusion::{Driver, Inclusion},
    profile::AiRole,
};

/// The most changes that an answer keeps; the oldest go.
pub const LONGEST_HISTORY: usize = 20;

/// Within so many minutes the changes of one person to one thing are one change.
const MINUTES_OF_ONE_CHANGE: i64 = 10;

/// The most characters of a text that are kept of it; what is longer also gets a fingerprint.
const LONGEST_WORDS: usize = 80;

/// One change of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastChange {
    /// The day on which it began.
    pub on: NaiveDate,
    /// The time of that day, where a clock was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<TimeOfDay>,
    /// The name of the person.
    pub by: String,
    /// What changed.
    pub what: AnswerPart,
    /// What was there before, in short words; empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// What was there afterwards, in short words; empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
}

impl PastChange {
    /// When it began: `2026-11-21 14:02`, or the day alone.
    pub fn when(&self) -> String {
        match self.at {
            Some(at) => format!("{} {at}", self.on),
            None => self.on.to_string(),
        }
    }

    /// What changed, in words: `level 2 -> 3`.
    pub fn words(&self) -> String {
        format!("{} {} -> {}", self.what, self.what.shown(&self.from), self.what.shown(&self.to))
    }

    /// Whether the next change of the same thing is still the same change.
    fn is_continued_by(&self, next: &PastChange) -> bool {
        let is_soon = match (self.at, next.at) {
            (Some(TimeOfDay(from)), Some(TimeOfDay(to))) => {
                // A clock that was set back makes it no longer.
                let between = next.on.and_time(to) - self.on.and_time(from);
                between.abs() <= TimeDelta::minutes(MINUTES_OF_ONE_CHANGE)
            }
            (None, None) => self.on == next.on,
            (Some(_), None) | (None, Some(_)) => false,
        };
        is_soon && self.by == next.by && self.to == next.from
    }
}

/// Puts a change at the end of a history, or makes it part of the one before about the same thing.
pub(super) fn remember(history: &mut Vec<PastChange>, change: PastChange) {
    let latest = history.iter().rposition(|past| past.what == change.what);
    match latest.filter(|index| history[*index].is_continued_by(&change)) {
        Some(index) if history[index].from == change.to => drop(history.remove(index)),
        Some(index) => history[index].to = change.to,
        None if change.from == change.to => {}
        None => {
            history.push(change);
            keep_latest(history);
        }
    }
}

/// Drops the oldest changes of a history that is too long.
fn keep_latest(history: &mut Vec<PastChange>) {
    history.drain(..history.len().saturating_sub(LONGEST_HISTORY));
}

/// A part of an answer that changes as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AnswerPart {
    /// The level, with what is disputed about it.
    Level,
    /// The check of that id.
    Check(String),
    /// The decision that a control does not apply.
    Exclusion,
    /// Why the control is included, and how it is done.
    Inclusion,
    /// Who answers for the requirement.
    Owner,
    /// The free words.
    Note,
    /// Whether it is to be talked over.
    Flag,
    /// Whether it is still to be confirmed in this round.
    ToConfirm,
}

impl fmt::Display for AnswerPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AnswerPart::Check(id) => write!(f, "check {id}"),
            part => f.write_str(part.name()),
        }
    }
}

impl AnswerPart {
    /// The kind of part in a word.
    pub const fn name(&self) -> &'static str {
        match self {
            AnswerPart::Level => "level",
            AnswerPart::Check(_) => "check",
            AnswerPart::Exclusion => "exclusion",
            AnswerPart::Inclusion => "inclusion",
            AnswerPart::Owner => "owner",
            AnswerPart::Note => "note",
            AnswerPart::Flag => "flag",
            AnswerPart::ToConfirm => "to confirm",
        }
    }

    /// A state of it as it is shown: the words of people in quotes, and a word for nothing.
    pub fn shown(&self, words: &str) -> String {
        match self {
            AnswerPart::Owner if words.is_empty() => "nobody".to_owned(),
            AnswerPart::Flag | AnswerPart::ToConfirm if words.is_empty() => "off".to_owned(),
            AnswerPart::Level
            | AnswerPart::Check(_)
            | AnswerPart::Exclusion
            | AnswerPart::Inclusion
            | AnswerPart::Note
                if words.is_empty() =>
            {
                "none".to_owned()
            }
            AnswerPart::Owner | AnswerPart::Note => format!("\"{words}\""),
            AnswerPart::Level
            | AnswerPart::Check(_)
            | AnswerPart::Exclusion
            | AnswerPart::Inclusion
            | AnswerPart::Flag
            | AnswerPart::ToConfirm => words.to_owned(),
        }
    }

    /// Its state in an answer, in short words that differ wherever the states do; empty for nothing.
    pub(super) fn words_of(&self, answer: &Answer) -> String {
        match self {
            AnswerPart::Level => shortened(&level_words(answer)),
            AnswerPart::Check(id) => {
                answer.check(id).map(|response| shortened(&check_words(response))).unwrap_or_default()
            }
            AnswerPart::Exclusion => {
                answer.exclusion.as_ref().map(|exclusion| shortened(&exclusion_words(exclusion))).unwrap_or_default()
            }
            AnswerPart::Inclusion => shortened(&inclusion_words(&answer.inclusion)),
            AnswerPart::Owner => shortened(&answer.owner),
            AnswerPart::Note => shortened(&answer.note),
            AnswerPart::Flag if answer.flagged => "on".to_owned(),
            AnswerPart::ToConfirm if answer.to_confirm => "on".to_owned(),
            AnswerPart::Flag | AnswerPart::ToConfirm => String::new(),
        }
    }
}

fn level_words(answer: &Answer) -> String {
    let name = |level: LevelAnswer| level.known().map_or("unknown".to_owned(), |level| level.to_string());
    let disputed: Vec<String> = answer.disputed_levels.iter().copied().map(name).collect();
    let stated = match answer.level {
        Some(level) => name(level),
        None if disputed.is_empty() && !answer.by_proposal => return String::new(),
        None => "none".to_owned(),
    };
    let proposed = if answer.by_proposal { ", as proposed" } else { "" };
    format!("{stated}{proposed}{}", disputed_words(&disputed))
}

fn check_words(response: &CheckResponse) -> String {
    let CheckResponse { check: _, answer, open_parts, reason, disputed } = response;
    let mut words = answer.name().to_owned();
    if !open_parts.is_empty() {
        let parts: Vec<String> = open_parts.iter().map(u8::to_string).collect();
        words.push_str(&format!(", open parts {}", parts.join(", ")));
    }
    if !reason.is_empty() {
        words.push_str(&format!(": {reason}"));
    }
    let disputed: Vec<String> = disputed.iter().map(|answer| answer.name().to_owned()).collect();
    words + &disputed_words(&disputed)
}

fn exclusion_words(exclusion: &Exclusion) -> String {
    let Exclusion { basis, reason, reference, override_note, roles, systems, disputed, others } = exclusion;
    let words = format!("{}: {reason}", basis.map_or("no basis", ExclusionBasis::name));
    let roles: Vec<&str> = roles.iter().copied().map(AiRole::name).collect();
    let stated_elsewhere: Vec<String> = others.iter().map(exclusion_words).collect();
    let others = [
        ("reference: ", reference.clone()),
        ("it stands because: ", override_note.clone()),
        ("roles: ", roles.join(", ")),
        ("systems: ", systems.join(", ")),
        ("", if *disputed { "disputed".to_owned() } else { String::new() }),
        ("somebody else decided: ", stated_elsewhere.join(" | ")),
    ];
    let said = others.into_iter().filter(|(_, said)| !said.is_empty());
    let others: Vec<String> = said.map(|(name, said)| format!("{name}{said}")).collect();
    if others.is_empty() { words } else { format!("{words} ({})", others.join("; ")) }
}

/// Empty where nothing is said.
fn inclusion_words(inclusion: &Inclusion) -> String {
    let Inclusion { reason, drivers, reference, all_systems, systems, implementation } = inclusion;
    let drivers: Vec<&str> = drivers.iter().copied().map(Driver::name).collect();
    let parts = [
        ("", reason.clone()),
        ("drivers: ", drivers.join(", ")),
        ("reference: ", reference.clone()),
        ("", if *all_systems { "all systems".to_owned() } else { String::new() }),
        ("systems: ", systems.join(", ")),
        ("how: ", implementation.clone()),
    ];
    let said = parts.into_iter().filter(|(_, said)| !said.is_empty());
    said.map(|(name, said)| format!("{name}{said}")).collect::<Vec<_>>().join("; ")
}

fn disputed_words(others: &[String]) -> String {
    if others.is_empty() { String::new() } else { format!("; disputed: {}", others.join(", ")) }
}

/// A text on one line, cut after a word where it is long. The fingerprint tells long texts apart that begin alike.
fn shortened(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let line = lines.join(" / ");
    let length = line.chars().count();
    if length <= LONGEST_WORDS {
        return line;
    }
    let start: String = line.chars().take(LONGEST_WORDS).collect();
    // A joiner is nothing without what it joined.
    let whole_words = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    let words = whole_words.trim_end_matches([' ', '\u{200c}', '\u{200d}']);
    format!("{words}... ({length} characters, fingerprint {:06x})", fingerprint(text) & 0xff_ffff)
}

/// FNV-1a: small, and the same on every machine and in every version.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A time of day to the minute, written `14:02`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(NaiveTime);

impl From<NaiveTime> for TimeOfDay {
    fn from(time: NaiveTime) -> TimeOfDay {
        let minute = NaiveTime::from_hms_opt(time.hour(), time.minute(), 0);
        TimeOfDay(minute.expect("hour and minute of a time are those of a time"))
    }
}

/// Why a text is not a time of day.
#[derive(Debug, thiserror::Error)]
#[error("this is not a time of day; it is written HH:MM, for instance 14:02")]
pub struct TimeOfDayError;

impl TryFrom<String> for TimeOfDay {
    type Error = TimeOfDayError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let time = TimeOfDay(NaiveTime::parse_from_str(&text, "%H:%M").map_err(|_| TimeOfDayError)?);
        // The parser is more lenient than the format: it also takes `9:5`.
        if time.to_string() == text { Ok(time) } else { Err(TimeOfDayError) }
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> String {
        time.to_string()
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%H:%M"))
    }
}

#[cfg(test)]
mod tests;

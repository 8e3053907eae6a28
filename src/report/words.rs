//! Words that several reports share: what stands for a figure, a verdict, a level. A figure that would mean nothing is a word.

use chrono::NaiveDate;

use crate::{
    model::{
        answer::LevelAnswer,
        assessment::Assessment,
        collision::Place,
        evidence::{Evidence, Freshness},
        level::Level,
    },
    report::line::{FIXED_SPACE, Line, Tone},
    score::{
        credit::Cap,
        figures::{Figures, ScopeState, Status},
        ratio::Ratio,
        requirement_score::{Counted, RequirementScore},
        verdict::Verdict,
    },
};

/// What stands where there is nothing to say.
pub(super) const NOTHING: &str = "-";

/// A sentence of a user to be continued: without spaces and full stop at its end.
pub(super) fn without_full_stop(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

/// A number with its noun: `1 action`, `2 actions`.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Work in person-days: `0.5 person-days`, `1 person-day`.
pub(super) fn person_days(half_days: u32) -> String {
    let noun = if half_days == 2 { "person-day" } else { "person-days" };
    format!("{}{FIXED_SPACE}{noun}", crate::plan::person_days(half_days))
}

/// What people state differently, for the head of a report; empty where they agree.
pub(super) fn disputed(assessment: &Assessment) -> String {
    disputed_places(&assessment.disputed_places())
}

/// The same for what is said of one AI system.
pub(super) fn disputed_of_system(assessment: &Assessment, system: &str) -> String {
    let system = Place(vec!["systems".to_owned(), system.to_owned()]);
    let places = assessment.disputed_places().into_iter();
    disputed_places(&places.filter(|place| place.is_within(&system)).collect::<Vec<Place>>())
}

fn disputed_places(places: &[Place]) -> String {
    const NAMED: usize = 3;
    if places.is_empty() {
        return String::new();
    }
    let named: Vec<String> = places.iter().take(NAMED).map(ToString::to_string).collect();
    let more = places.len().saturating_sub(NAMED);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    format!("{} to be settled, and the careful value counts meanwhile: {}{more}", places.len(), named.join("; "))
}

/// How a verdict is toned.
pub(super) fn tone_of(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::MajorGap => Tone::Major,
        Verdict::MinorGap => Tone::Minor,
        Verdict::Undetermined | Verdict::NotShown => Tone::Open,
        Verdict::Conforming => Tone::Good,
        Verdict::NotApplicable => Tone::Plain,
    }
}

/// A verdict, marked while open checks could still change it or people disagree on it.
pub(super) fn verdict(score: &RequirementScore) -> Line {
    let verdict = score.judgement.verdict;
    let line = Line::toned(verdict.name(), tone_of(verdict));
    let marks = [
        (score.judgement.indicative, "indicative"),
        (score.is_disputed, "disputed"),
        (score.is_to_confirm, "to re-confirm"),
    ];
    let marks: Vec<&str> = marks.into_iter().filter_map(|(applies, mark)| applies.then_some(mark)).collect();
    if marks.is_empty() { line } else { line.and(format!(" ({})", marks.join(", ")), Tone::Plain) }
}

/// How many requirements have each verdict, those that none has left out.
pub(super) fn verdict_counts(figures: &Figures) -> Line {
    let mut line = Line::default();
    for (verdict, count) in Verdict::ALL.into_iter().zip(figures.verdicts).filter(|(_, count)| *count > 0) {
        let separator = if line.is_empty() { "" } else { ", " };
        line = line.and(separator, Tone::Plain).and(
            format!("{count} {}", counted_name(verdict, count)).replace(' ', &FIXED_SPACE.to_string()),
            tone_of(verdict),
        );
    }
    line
}

fn counted_name(verdict: Verdict, count: usize) -> &'static str {
    match (verdict, count) {
        (Verdict::MajorGap, 2..) => "major gaps",
        (Verdict::MinorGap, 2..) => "minor gaps",
        (_, _) => verdict.name(),
    }
}

/// The status of a scope, marked while its figures may still move; nothing where nothing is applicable.
pub(super) fn status(figures: &Figures) -> Line {
    let Some(status) = figures.status else {
        return figures.state.instead_of_figure().unwrap_or_default().into();
    };
    let tone = match status {
        Status::MajorGaps => Tone::Major,
        Status::MinorGaps => Tone::Minor,
        Status::Incomplete | Status::NotYetShown => Tone::Open,
        Status::NoKnownGap => Tone::Good,
    };
    let line = Line::toned(status.name(), tone);
    if figures.provisional { line.and(" (provisional)", Tone::Plain) } else { line }
}

/// A figure of a scope, or the words that stand for it.
pub(super) fn figure(figures: &Figures, figure: Option<Ratio>) -> String {
    match (figures.state.instead_of_figure(), figure) {
        (Some(words), _) => words.to_owned(),
        (None, Some(ratio)) => ratio.to_string(),
        (None, None) => NOTHING.to_owned(),
    }
}

/// A figure of an assessed scope, or nothing.
pub(super) fn assessed(figures: &Figures, figure: Option<Ratio>) -> Option<Ratio> {
    figure.filter(|_| figures.state == ScopeState::Assessed)
}

/// The range of the credited figure: `1.2-3.9`; nothing where there is no figure.
pub(super) fn range(figures: &Figures) -> Option<String> {
    Some(format!("{}-{}", assessed(figures, figures.low)?, assessed(figures, figures.high)?))
}

/// The coverage: `83 %`; nothing where there is no figure.
pub(super) fn coverage(figures: &Figures) -> Option<String> {
    Some(format!("{}{FIXED_SPACE}%", assessed(figures, figures.coverage())?.percent()))
}

/// The floor with its requirement: `2 (4.2)`; nothing where there is none.
pub(super) fn floor(figures: &Figures) -> Option<String> {
    figures.floor.map(|(level, requirement)| format!("{level}{FIXED_SPACE}({requirement})"))
}

/// So many of so many: `3 of 12`.
pub(super) fn of(counted: Counted) -> String {
    format!("{}{FIXED_SPACE}of{FIXED_SPACE}{}", counted.answered, counted.total)
}

/// A level stated, `unknown`, or nothing.
pub(super) fn claimed(score: &RequirementScore) -> String {
    match score.stated {
        Some(LevelAnswer::Level(level)) => level.to_string(),
        Some(LevelAnswer::Unknown) => "unknown".to_owned(),
        None => NOTHING.to_owned(),
    }
}

/// A level, or nothing.
pub(super) fn level(level: Option<Level>) -> String {
    level.map_or(NOTHING.to_owned(), |level| level.to_string())
}

/// What keeps the credited level below the claimed one.
pub(super) fn binding_caps(score: &RequirementScore) -> String {
    score.binding_caps().map(|cap| cap.name()).collect::<Vec<_>>().join("; ")
}

/// What is to be said of a requirement in a table: what keeps the credited level below the claimed one, evidence that
/// has turned stale, a contradiction.
pub(super) fn remarks(score: &RequirementScore) -> String {
    let capped = binding_caps(score);
    let is_stale_unsaid =
        score.caps.contains(&Cap::NoneCurrent) && !score.binding_caps().any(|cap| cap == Cap::NoneCurrent);
    let capped = (!capped.is_empty()).then(|| format!("capped: {capped}"));
    let stale = is_stale_unsaid.then(|| "stale evidence".to_owned());
    let contradiction = score.contradiction.map(|contradiction| contradiction.advice().to_owned());
    list(capped.into_iter().chain(stale).chain(contradiction))
}

/// An item of evidence with its date and, unless it is current, how it counts.
pub(super) fn evidence(evidence: &Evidence, as_of: NaiveDate) -> String {
    let Some(date) = evidence.date else { return format!("{} (undated, counts as stale)", evidence.title) };
    match evidence.freshness(as_of) {
        Freshness::Current => format!("{} ({date})", evidence.title),
        Freshness::Stale => format!("{} ({date}, stale)", evidence.title),
        Freshness::Future => format!("{} ({date}, not there yet)", evidence.title),
    }
}

/// Yes or no, for CSV.
pub(super) fn yes_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

/// Things in a row, parted by semicolons.
pub(super) fn list<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join("; ")
}

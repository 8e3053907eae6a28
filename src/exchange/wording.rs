//! What several exports say in the same words, and texts made fit for fields that hold one short line.

use crate::{
    clean_text::clean_line,
    model::{action::Effort, answer::LevelAnswer},
    plan::person_days,
    score::{Standing, requirement_score::RequirementScore},
};

/// A text as one line of at most so many characters: hidden characters go, every run of spaces becomes one, and what is cut
/// off is marked.
pub(super) fn one_line(text: &str, most: usize) -> String {
    let line = clean_line(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let kept: String = line.chars().take(most.saturating_sub(3)).collect();
    format!("{}...", kept.trim_end())
}

/// A verdict, marked while open checks could still change it or people disagree on it.
pub(super) fn verdict(score: &RequirementScore) -> String {
    let name = score.judgement.verdict.name();
    match (score.judgement.indicative, score.is_disputed) {
        (true, true) => format!("{name} (indicative, disputed)"),
        (true, false) => format!("{name} (indicative)"),
        (false, true) => format!("{name} (disputed)"),
        (false, false) => name.to_owned(),
    }
}

/// The levels of a requirement: `claimed 3, credited 2, target 3`.
pub(super) fn levels(score: &RequirementScore) -> String {
    let claimed = match score.stated {
        Some(LevelAnswer::Level(level)) => format!("claimed {level}"),
        Some(LevelAnswer::Unknown) => "level unknown".to_owned(),
        None => "no level stated".to_owned(),
    };
    let credited = score.credited.map(|level| format!(", credited {level}")).unwrap_or_default();
    format!("{claimed}{credited}, target {}", score.target)
}

/// Why all figures of the assessment may still move, in one sentence; nothing when they stand.
pub(super) fn provisional(standing: &Standing) -> Option<String> {
    let reasons: Vec<&str> = standing.provisional.iter().map(|reason| reason.name()).collect();
    (!reasons.is_empty()).then(|| format!("All of this is provisional: {}.", reasons.join("; ")))
}

/// A text with a capital at its start, as a title or a sentence has it.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// An effort with its size in person-days: `M, 3 person-days`.
pub(super) fn effort(effort: Effort) -> String {
    let half_days = effort.half_days();
    let noun = if half_days == 2 { "person-day" } else { "person-days" };
    format!("{}, {} {noun}", effort.name(), person_days(half_days))
}

/// A number with its noun: `1 control`, `2 controls`.
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A sentence of somebody with a full stop at its end, whatever stood there.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_and_short() {
        let case = |text: &str, line: &str| assert_eq!(one_line(text, 12), line, "of {text:?}");
        case("  two \r\n lines\t", "two lines");
        case("a\u{202e}b\u{1b}[31m", "ab[31m");
        case("twelve chars", "twelve chars");
        case("thirteen char", "thirteen...");
        case("東京東京東京東京東京東京東京", "東京東京東京東京東...");
        case("", "");
    }
}

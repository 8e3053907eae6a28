//! Fuzzy search: the words of a query in any order, case ignored, each as letters that stand close together.
//!
//! The skim matcher judges a word only within the tightest stretch that holds its letters. That keeps a key press far
//! under a millisecond, and letters scattered over a sentence from counting as a hit.

use std::{cmp::Reverse, ops::Range};

use fuzzy_matcher::{
    FuzzyMatcher,
    skim::{SkimMatcherV2, SkimScoreConfig},
};

use crate::{
    model::{assessment::Assessment, catalog::Catalog, reference::Reference, system::System},
    tui::widgets::{terms, text},
};

/// What can be found, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A requirement, by number or title.
    Requirement(Reference),
    /// A check of a requirement.
    Check(Reference),
    /// The note on a requirement.
    Note(Reference),
    /// An AI system, by its id.
    System(String),
    /// A harm of an AI system, by the id of the system.
    Harm(String),
    /// A measure against harms of an AI system, by the id of the system.
    Measure(String),
    /// An action of the remediation catalogue, by its id.
    Action(String),
    /// A word of the glossary.
    Term(String),
    /// An item of the evidence register, by its id.
    Evidence(String),
}

impl Target {
    /// What it is, in a word or two.
    pub const fn kind(&self) -> &'static str {
        match self {
            Target::Requirement(_) => "requirement",
            Target::Check(_) => "check",
            Target::Note(_) => "note",
            Target::System(_) => "AI system",
            Target::Harm(_) => "harm",
            Target::Measure(_) => "measure",
            Target::Action(_) => "action",
            Target::Term(_) => "word",
            Target::Evidence(_) => "evidence",
        }
    }

    /// The requirement that it belongs to, if it belongs to one.
    pub const fn requirement(&self) -> Option<Reference> {
        match self {
            Target::Requirement(id) | Target::Check(id) | Target::Note(id) => Some(*id),
            Target::System(_)
            | Target::Harm(_)
            | Target::Measure(_)
            | Target::Action(_)
            | Target::Term(_)
            | Target::Evidence(_) => None,
        }
    }
}

/// One thing that can be found.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is.
    pub target: Target,
    /// The number of the requirement where there is one; it is searched as well.
    pub label: String,
    /// The text, on one line.
    pub text: String,
    folded: Folded,
}

/// All that can be found in one session, made ready for searching.
#[derive(Clone, Debug)]
pub struct Index {
    entries: Vec<Entry>,
}

impl Index {
    /// What the catalogue and the assessment hold at this moment.
    pub fn of(catalog: &Catalog, assessment: &Assessment) -> Index {
        let requirements = catalog.requirements().map(|r| Entry::new(Target::Requirement(r.id), &r.full_title()));
        let checks = catalog
            .requirements()
            .flat_map(|r| r.checks.iter().map(|check| Entry::new(Target::Check(r.id), &check.text)));
        let noted = assessment.answers.values().filter(|answer| !answer.note.is_empty());
        let notes = noted.map(|answer| Entry::new(Target::Note(answer.requirement), &answer.note));
        let systems =
            assessment.systems.iter().map(|system| Entry::new(Target::System(system.id.clone()), &system.name));
        let of_system = |system: &System| {
            let harms = system.impact.harms.iter().map(|harm| Entry::new(Target::Harm(system.id.clone()), &harm.what));
            let measures = system.impact.measures.iter();
            let measures = measures.map(|measure| Entry::new(Target::Measure(system.id.clone()), &measure.what));
            harms.chain(measures).collect::<Vec<Entry>>()
        };
        let found = assessment.systems.iter().flat_map(of_system);
        let evidence =
            assessment.evidence.iter().map(|item| Entry::new(Target::Evidence(item.id.clone()), &item.title));
        let actions =
            catalog.actions.iter().map(|action| Entry::new(Target::Action(action.id.to_string()), &action.title));
        let words = catalog
            .glossary
            .iter()
            .map(|term| Entry::new(Target::Term(term.term.to_string()), &terms::forms(term).join(", ")));
        let entries = requirements
            .chain(words)
            .chain(systems)
            .chain(found)
            .chain(evidence)
            .chain(notes)
            .chain(actions)
            .chain(checks);
        Index { entries: entries.collect() }
    }

    /// What fits a query, best first; among equals requirements first, then the shorter text.
    pub fn hits(&self, query: &Query) -> Vec<usize> {
        let scored = self.entries.iter().enumerate().filter_map(|(index, entry)| {
            let score = query.score(&entry.folded)?;
            let length = if matches!(entry.target, Target::Requirement(_)) { 0 } else { entry.folded.letters.len() };
            Some(((Reverse(score), length), index))
        });
        let mut hits: Vec<_> = scored.collect();
        hits.sort();
        hits.into_iter().map(|(_, index)| index).collect()
    }

    /// The entry of that position.
    pub fn entry(&self, index: usize) -> Option<&Entry> {
        self.entries.get(index)
    }
}

impl Entry {
    fn new(target: Target, words: &str) -> Entry {
        let text = text::one_line(words).into_owned();
        let label = target.requirement().map(|id| id.to_string()).unwrap_or_default();
        Entry { folded: Folded::new(&format!("{label} {text}")), target, label, text }
    }

    /// Which characters the query is found in, counted over the label, a space and the text.
    pub fn matched(&self, query: &Query) -> Vec<usize> {
        query.matched(&self.folded)
    }
}

/// A text made ready for matching: letter by letter without case, so that positions are those of the text itself.
#[derive(Clone, Debug)]
pub struct Folded {
    letters: Vec<char>,
    /// One bit for each letter that occurs; tells most texts without a word apart from those with it.
    mask: u64,
}

impl Folded {
    /// Makes a text ready.
    pub fn new(text: &str) -> Folded {
        let letters: Vec<char> = text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect();
        let mask = letters.iter().fold(0, |mask, letter| mask | 1 << (u32::from(*letter) % u64::BITS));
        Folded { letters, mask }
    }
}

/// What somebody looks for.
pub struct Query {
    words: Vec<Folded>,
    matcher: SkimMatcherV2,
}

impl Query {
    /// The words of a text.
    pub fn new(text: &str) -> Query {
        // A word counts alike wherever it stands in a text: its number does not push the words behind it down.
        let alike = SkimScoreConfig { bonus_first_char_multiplier: 1, ..SkimScoreConfig::default() };
        // Both sides are folded, since the matcher ignores the case of ASCII letters only.
        let matcher = SkimMatcherV2::default().score_config(alike);
        Query { words: text.split_whitespace().map(Folded::new).collect(), matcher }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well a text fits: the sum over all words; nothing where a word is missing.
    pub fn score(&self, text: &Folded) -> Option<i64> {
        if self.words.iter().any(|word| word.mask & !text.mask != 0) {
            return None;
        }
        let score = |word: &Folded| {
            let (_, near, pattern) = stretch_of(word, text)?;
            self.matcher.fuzzy_match(&near, &pattern)
        };
        self.words.iter().map(score).sum()
    }

    /// The positions of the letters of all words in a text.
    fn matched(&self, text: &Folded) -> Vec<usize> {
        let matched = self.words.iter().filter_map(|word| {
            let (start, near, pattern) = stretch_of(word, text)?;
            let (_, positions) = self.matcher.fuzzy_indices(&near, &pattern)?;
            Some(positions.into_iter().map(move |position| start + position))
        });
        matched.flatten().collect()
    }
}

/// Where the stretch of a word begins in a text, the stretch itself, and the word, as the matcher takes them.
///
/// The stretch begins one letter early, so that the matcher sees whether a word of the text begins there.
fn stretch_of(word: &Folded, text: &Folded) -> Option<(usize, String, String)> {
    let stretch = tightest(&text.letters, &word.letters)?;
    let start = stretch.start.saturating_sub(1);
    let near = text.letters[start..stretch.end].iter().collect();
    Some((start, near, word.letters.iter().collect()))
}

/// The shortest stretch of a text that holds the letters of a word in order, at the beginning of a word if possible;
/// nothing where every stretch is over twice as long as the word.
fn tightest(text: &[char], word: &[char]) -> Option<Range<usize>> {
    let is_inside = |start: usize| start > 0 && text[start - 1].is_alphanumeric();
    let mut best: Option<(usize, bool, Range<usize>)> = None;
    let mut from = 0;
    while let Some(end) = end_of(text, word, from) {
        let start = start_of(text, word, end);
        let stretch = (end - start, is_inside(start), start..end);
        if best.as_ref().is_none_or(|best| (stretch.0, stretch.1) < (best.0, best.1)) {
            best = Some(stretch);
        }
        from = start + 1;
    }
    best.filter(|(length, _, _)| *length <= 2 * word.len() + 2).map(|(_, _, range)| range)
}

/// Where the letters of a word end, when taken as early as possible from `from` on.
fn end_of(text: &[char], word: &[char], from: usize) -> Option<usize> {
    let mut at = from;
    for letter in word {
        at += text[at..].iter().position(|other| other == letter)? + 1;
    }
    Some(at)
}

/// Where the letters of a word begin, when taken as late as possible before `end`, where they are known to end.
fn start_of(text: &[char], word: &[char], end: usize) -> usize {
    word.iter().rev().fold(end, |at, letter| text[..at].iter().rposition(|other| other == letter).unwrap_or(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        content::builtin,
        model::edit::{Change, Edit},
    };

    fn index() -> Index {
        let catalog = builtin::catalog();
        let mut assessment = Assessment::new("Acme", "1", chrono::NaiveDate::default());
        let note =
            |id: &str, note: &str| Change::SetNote { requirement: id.parse().expect("a number"), note: note.into() };
        let change = Change::Batch(vec![note("A.6.2.4", "Ask Zoë:\nthe model card"), note("4.1", "見直し 影響")]);
        assessment.apply(&Edit { by: String::new(), on: chrono::NaiveDate::default(), at: None, change });
        Index::of(&catalog, &assessment)
    }

    fn found(index: &Index, query: &str) -> Vec<String> {
        let hits = index.hits(&Query::new(query));
        hits.iter()
            .map(|hit| &index.entries[*hit])
            .map(|e| format!("{} {} {}", e.target.kind(), e.label, e.text))
            .collect()
    }

    #[test]
    fn the_best_hit_is_what_one_means() {
        let index = index();
        let case = |query: &str, first: &str| {
            assert_eq!(found(&index, query).first().map(String::as_str), Some(first), "of {query:?}");
        };
        case("6.1.2", "requirement 6.1.2 AI risk assessment");
        case("a624", "requirement A.6.2.4 AI system verification and validation");
        case("AI POLICY", "requirement 5.2 AI policy");
        case("policy ai a.2", "requirement A.2.2 AI policy");
        case("asessment risk", "requirement 6.1.2 AI risk assessment");
        case("risk criteria", "word  risk criteria, AI risk criteria");
        case("zoë card", "note A.6.2.4 Ask Zoë: the model card");
        case("ZOË", "note A.6.2.4 Ask Zoë: the model card");
        case("影響", "note 4.1 見直し 影響");
        case("list every system", "action  List every AI system, built or bought");
    }

    #[test]
    fn words_stand_in_any_order_and_each_must_be_there() {
        let index = index();
        assert_eq!(found(&index, "risk treatment"), found(&index, "treatment risk"));
        assert!(found(&index, "risk xylophone").is_empty());
        assert!(index.hits(&Query::new("  ")).len() == index.entries.len(), "nothing is asked, so everything fits");
    }

    #[test]
    fn scattered_letters_are_no_hit() {
        let range = |text: &str, word: &str| {
            let letters = |text: &str| text.chars().collect::<Vec<char>>();
            tightest(&letters(text), &letters(word))
        };
        assert_eq!(range("a part of an article", "art"), Some(13..16), "the beginning of a word goes first");
        assert_eq!(range("impact assessment", "impasm"), Some(0..14));
        assert_eq!(range("put on lists in city", "policy"), None);
        assert_eq!(range("aab", "ab"), Some(1..3));
        assert_eq!(range("", "a"), None);
    }

    #[test]
    fn matched_letters_are_positions_of_the_text() {
        let entry = Entry::new(Target::Check("4.1".parse().expect("a number")), "İstanbul 影響 Policy");
        let text: Vec<char> = format!("{} {}", entry.label, entry.text).chars().collect();
        let matched = |query: &str| entry.matched(&Query::new(query)).iter().map(|at| text[*at]).collect::<String>();
        assert_eq!(matched("policy 響"), "Policy響");
        assert_eq!(matched("4.1"), "4.1");
    }
}

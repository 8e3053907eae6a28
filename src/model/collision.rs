//! Single values that two people set differently at the same time: what each stated is kept until somebody settles it.
//!
//! Levels, checks and exclusions hold their disputes themselves; this is the place for everything else.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Where something stands in an assessment, from the outside in: `systems`, `bot`, `owner`. Entries are named by their id.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Place(pub Vec<String>);

/// A value as somebody stated it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stated {
    /// A text, a day, or the name of an option.
    Words(String),
    /// A bill of materials, which may be longer than any other text; under the name by which a save knows it.
    Bill {
        /// The document.
        bill: String,
    },
    /// Anything else, in JSON: `3`, `true`, `{"At":4}`.
    Value(String),
}

/// The values that people stated for one place and that are not yet settled. The first one of them counts meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collision {
    /// What the values are of.
    pub place: Place,
    /// All that was stated, the value that counts included.
    pub stated: Vec<Stated>,
}

impl Place {
    /// The place of that name within this one.
    pub fn within(&self, name: &str) -> Place {
        Place(self.0.iter().cloned().chain([name.to_owned()]).collect())
    }

    /// Whether it is that place or lies within it.
    pub fn is_within(&self, outer: &Place) -> bool {
        self.0.starts_with(&outer.0)
    }
}

impl fmt::Display for Place {
    /// In words, from the inside out: `owner of system bot`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = Vec::new();
        let mut rest = self.0.iter();
        while let Some(name) = rest.next() {
            match entry_word(name) {
                Some("") => words.extend(rest.next().cloned()),
                Some(word) => words.push(rest.next().map_or(name.clone(), |id| format!("{word} {id}"))),
                None if is_passed_over(name, words.len()) => {}
                None => words.push(field_words(name)),
            }
        }
        words.reverse();
        f.pad(&words.join(" of "))
    }
}

impl fmt::Display for Stated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stated::Words(words) | Stated::Bill { bill: words } => f.pad(words),
            Stated::Value(json) => f.pad(&plain(json)),
        }
    }
}

/// What one entry of a list is called; empty where its id says enough.
fn entry_word(list: &str) -> Option<&'static str> {
    Some(match list {
        "answers" => "",
        "checks" => "check",
        "systems" => "system",
        "evidence" => "item of evidence",
        "actions" => "action",
        "own_controls" => "own control",
        "targets" => "target of",
        "gateway" => "answer at the gateway to",
        "harms" => "harm",
        "benefits" => "benefit",
        "measures" => "measure",
        "sign_offs" => "sign-off",
        "no_harm" => "reason for no harm",
        "eu_act" => "step",
        "restricted" => "restricted use",
        "anchors" => "meaning of",
        "approvals" => "approval at level",
        "facts" => "signed fact",
        _ => return None,
    })
}

/// Names that tell people nothing beside what stands within them.
fn is_passed_over(name: &str, depth: usize) -> bool {
    (name == "impact" && depth > 0) || name == "reply"
}

fn field_words(field: &str) -> String {
    match field {
        "before" => "rating without measures".to_owned(),
        "after" => "rating with measures".to_owned(),
        "criteria" => "criteria for rating impacts".to_owned(),
        "statement" => "statement of applicability".to_owned(),
        "implementation" => "way it is done".to_owned(),
        "approved_by" => "approver".to_owned(),
        "approved_on" => "day of approval".to_owned(),
        "on" => "day".to_owned(),
        "by" => "person".to_owned(),
        "what" => "description".to_owned(),
        other => other.replace('_', " "),
    }
}

/// JSON without the signs that only machines need: `{"At":4}` as `4`.
fn plain(json: &str) -> String {
    match json {
        "true" => "yes".to_owned(),
        "false" => "no".to_owned(),
        other => {
            let inner = other.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            let value = inner.and_then(|inner| inner.split_once("\":")).map_or(other, |(_, value)| value);
            value.trim_matches(|sign| ['[', ']', '"'].contains(&sign)).replace("\",\"", ", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_from_the_inside_out() {
        let case = |place: &[&str], words: &str| {
            assert_eq!(Place(place.iter().map(|name| (*name).to_owned()).collect()).to_string(), words);
        };
        case(&["profile", "capacity"], "capacity of profile");
        case(&["answers", "A.6.2.4", "level"], "level of A.6.2.4");
        case(&["answers", "4.1", "checks", "issues"], "check issues of 4.1");
        case(&["systems", "bot", "owner"], "owner of system bot");
        case(
            &["systems", "bot", "impact", "harms", "h1", "before", "gravity"],
            "gravity of rating without measures of harm h1 of system bot",
        );
        case(&["targets", "A.6"], "target of A.6");
    }

    #[test]
    fn a_stated_value_reads_without_signs() {
        let case = |json: &str, words: &str| assert_eq!(Stated::Value(json.into()).to_string(), words);
        case("3", "3");
        case("true", "yes");
        case("{\"At\":4}", "4");
        case("{\"Choice\":[\"a\",\"b\"]}", "a, b");
        assert_eq!(Stated::Words("High".into()).to_string(), "High");
    }
}

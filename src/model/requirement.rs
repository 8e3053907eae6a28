//! What is assessed: a requirement of the standard in our own words, with its checks and its ladder.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::model::{
    level::Level,
    profile::AiRole,
    reference::{CheckReference, Reference},
    text::Text,
};

/// A clause (`6`) or a control group (`A.6`), the unit in which figures are shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Category {
    /// `4` to `10` or `A.2` to `A.10`.
    pub category: Reference,
    /// The title in the standard.
    pub title: Text,
    /// Its requirements, in natural order.
    pub requirements: Vec<Requirement>,
}

/// The smallest thing that is assessed: one of 32 clause requirements or 38 Annex A controls.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Requirement {
    /// Its number in the standard.
    pub id: Reference,
    /// Its title in the standard.
    pub title: Text,
    /// What it is about in plain language, at most 160 characters.
    pub intent: Text,
    /// What goes wrong without it.
    pub why_it_matters: Text,
    /// Base weight, 1 to 3 (scoring rule 5).
    pub weight: u8,
    /// Whether the impact level of the AI systems in scope raises its weight and target.
    pub system_facing: bool,
    /// The roles towards AI that it usually concerns.
    pub roles: Vec<AiRole>,
    /// Two or three questions that an auditor asks in an interview.
    pub asked_by_auditors: Vec<Text>,
    /// Two to ten questions with a plain answer.
    pub checks: Vec<Check>,
    /// What one sees at each level.
    pub ladder: Ladder,
    /// What an auditor asks to see.
    pub evidence: Vec<Text>,
    /// Requirements worth reading together with this one.
    pub related: Vec<Reference>,
}

/// The title that four requirements share, which says nothing without the heading above it.
const SHARED_TITLE: &str = "General";

/// The headings of the standard above requirements with the shared title.
const HEADINGS: [(&str, &str); 4] = [
    ("6.1.1", "Actions to address risks and opportunities"),
    ("7.5.1", "Documented information"),
    ("9.2.1", "Internal audit"),
    ("9.3.1", "Management review"),
];

impl Requirement {
    /// The title as people read it: `Internal audit: General` where the standard says only `General`.
    pub fn full_title(&self) -> Cow<'_, str> {
        let id = self.id.to_string();
        let heading = HEADINGS.iter().find(|(of, _)| *of == id && self.title == SHARED_TITLE);
        match heading {
            Some((_, heading)) => Cow::Owned(format!("{heading}: {}", self.title)),
            None => Cow::Borrowed(&self.title),
        }
    }

    /// The check of that id.
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == id)
    }

    /// The checks that decide verdict and caps.
    pub fn binding_checks(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| check.kind == CheckKind::Requirement)
    }

    /// The full reference of one of its checks.
    pub fn reference_of(&self, check: &Check) -> CheckReference {
        CheckReference { requirement: self.id, check: check.id.to_string() }
    }
}

/// One own-worded question under a requirement, answerable yes or no.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Check {
    /// A short name, unique within the requirement.
    pub id: Text,
    /// The question, at most 140 characters.
    pub text: Text,
    /// The obligations that it joins, so that *Partly* can name which are open.
    #[serde(default)]
    pub parts: Vec<Text>,
    /// What lies on the table when the answer is yes.
    pub look_for: Text,
    /// Whether an open answer can be a gap.
    pub kind: CheckKind,
    /// Whether a plain no is a major gap.
    #[serde(default)]
    pub critical: bool,
    /// Whether it only bites when something happens, so that "no occasion yet" is an answer.
    #[serde(default)]
    pub conditional: bool,
    /// For clauses: the obligations (`6.1.2-4`) that it covers; the numbering is this project's own.
    #[serde(default)]
    pub covers: Vec<Text>,
}

/// What an open check means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CheckKind {
    /// An obligation of a clause, or the control's own wording: open is a gap.
    Requirement,
    /// A guidance topic or a permission: open is an improvement point, never a gap.
    Guidance,
}

/// Six rungs, one per level: what is observably different there.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "Vec<Text>", into = "Vec<Text>")]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Ladder([Text; 6]);

impl Ladder {
    /// What one sees at that level.
    pub fn rung(&self, level: Level) -> &str {
        &self.0[level.index()]
    }

    /// All rungs, lowest first.
    pub fn rungs(&self) -> impl Iterator<Item = (Level, &str)> {
        Level::ALL.into_iter().zip(self.0.iter().map(|rung| &**rung))
    }
}

/// Why a list is not a ladder.
#[derive(Debug, thiserror::Error)]
#[error("a ladder has six rungs, for levels 0 to 5; this one has {0}")]
pub struct LadderError(usize);

impl TryFrom<Vec<Text>> for Ladder {
    type Error = LadderError;

    fn try_from(rungs: Vec<Text>) -> Result<Self, Self::Error> {
        rungs.try_into().map(Ladder).map_err(|rungs: Vec<Text>| LadderError(rungs.len()))
    }
}

impl From<Ladder> for Vec<Text> {
    fn from(ladder: Ladder) -> Self {
        ladder.0.into()
    }
}

#[cfg(test)]
mod tests {
    use crate::content::builtin;

    #[test]
    fn no_requirement_reads_general_alone() {
        let catalog = builtin::catalog();
        let title = |id: &str| catalog.requirement(id.parse().expect("an id")).map(|found| found.full_title());
        assert_eq!(title("9.2.1").as_deref(), Some("Internal audit: General"));
        assert_eq!(title("9.2.2").as_deref(), Some("Internal audit programme"));
        assert!(catalog.requirements().all(|requirement| requirement.full_title() != "General"));
    }
}

//! Lenses: the same requirements in the order of something else, such as another framework, a law, or a certificate
//! that an organization holds. A lens is data; it brings no rule of its own.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::{decision_path::DecisionPath, level::Level, reference::Reference, text::Text};

/// A grouping of requirements other than by clause, computed by the same rules.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lens {
    /// A short name, such as `coverage-areas`.
    pub id: Text,
    /// The heading.
    pub title: Text,
    /// What it says, in a few sentences.
    pub about: Text,
    /// What it does not say: limits, sources, what is not in it.
    #[serde(default)]
    pub notes: Vec<Text>,
    /// To what the entries of [`Mapping::from`] belong, such as `ISO/IEC 27001`; empty where none has any.
    #[serde(default)]
    pub from: Text,
    /// Its groups, in the order to show.
    pub groups: Vec<LensGroup>,
}

/// One group of a lens: a row of a framework, a duty, a subject, or groups of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct LensGroup {
    /// A short name, unique in the lens.
    pub id: Text,
    /// What the framework calls it, such as `GOVERN 1.1`; empty for none.
    #[serde(default)]
    pub number: Text,
    /// The heading.
    #[serde(default)]
    pub title: Text,
    /// The id of the duty of the EU AI Act that it stands for; number and title are taken from there.
    #[serde(default)]
    pub duty: Option<Text>,
    /// What the standard leaves open here; says why a group is empty.
    #[serde(default)]
    pub gap: Text,
    /// The level at which its requirements start by what is there already; a proposal.
    #[serde(default)]
    pub start: Option<Level>,
    /// The requirements that it draws on.
    #[serde(default)]
    pub rows: Vec<Mapping>,
    /// The groups within it; a group has these or rows.
    #[serde(default)]
    pub groups: Vec<LensGroup>,
}

/// One requirement behind a group.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Mapping {
    /// The requirement.
    pub to: Reference,
    /// How far the pairing is to be trusted.
    #[serde(default)]
    pub confidence: Confidence,
    /// What it has to do with the group.
    #[serde(default)]
    pub relation: Relation,
    /// What the organization has, in a head start: numbers and titles of another standard.
    #[serde(default)]
    pub from: Vec<Text>,
    /// What is to be known about it.
    #[serde(default)]
    pub note: Text,
}

/// How far a pairing is to be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Confidence {
    /// Doubtful: it is listed and does not count.
    Low,
    /// A judgement.
    Medium,
    /// Well founded.
    #[default]
    High,
}

impl Confidence {
    /// The confidence in a word.
    pub const fn name(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }

    /// Whether the requirement counts in the figures of the group.
    pub const fn counts(self) -> bool {
        match self {
            Confidence::Low => false,
            Confidence::Medium | Confidence::High => true,
        }
    }
}

/// What a requirement has to do with a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Relation {
    /// Answers to the requirement support the group; never more than that.
    #[default]
    Supports,
    /// What is there already can be used as it is and is widened to AI.
    Reuse,
    /// What is there already has the right frame, and content on AI is to be added.
    Extend,
    /// The way is known, and a document of its own is to be written.
    NewDocument,
    /// Only people and ways of working can be reused.
    Helps,
    /// Nothing there corresponds to it.
    New,
}

impl Relation {
    /// The relation in words.
    pub const fn name(self) -> &'static str {
        match self {
            Relation::Supports => "supports",
            Relation::Reuse => "reuse",
            Relation::Extend => "extend",
            Relation::NewDocument => "new document",
            Relation::Helps => "helps",
            Relation::New => "new",
        }
    }
}

impl Lens {
    /// The group of that id, at whatever depth.
    pub fn group(&self, id: &str) -> Option<&LensGroup> {
        self.walk().into_iter().find_map(|(_, group)| (group.id == id).then_some(group))
    }

    /// All groups with their depth, 0 for the outermost; each before the groups within it.
    pub fn walk(&self) -> Vec<(usize, &LensGroup)> {
        self.groups.iter().flat_map(LensGroup::walk).collect()
    }

    /// Whether it says at which level requirements start.
    pub fn is_head_start(&self) -> bool {
        self.walk().iter().any(|(_, group)| group.start.is_some())
    }

    /// Gives the groups that stand for duties the article and the heading of these.
    pub fn take_titles_of_duties(&mut self, law: &DecisionPath) {
        self.groups.iter_mut().for_each(|group| group.take_title_of_duty(law));
    }
}

impl LensGroup {
    /// The group and all groups within it, with their depth from here; each before the groups within it.
    pub fn walk(&self) -> Vec<(usize, &LensGroup)> {
        let mut all = Vec::new();
        self.walk_from(0, &mut all);
        all
    }

    /// A group of these requirements, all of high confidence.
    #[cfg(test)]
    pub(crate) fn of(title: &str, requirements: impl IntoIterator<Item = Reference>) -> LensGroup {
        let row = |to| Mapping {
            to,
            confidence: Confidence::High,
            relation: Relation::Supports,
            from: Vec::new(),
            note: Text::default(),
        };
        let rows = requirements.into_iter().map(row).collect();
        LensGroup { id: "g".into(), title: title.to_owned().into(), rows, ..LensGroup::default() }
    }

    fn walk_from<'a>(&'a self, depth: usize, all: &mut Vec<(usize, &'a LensGroup)>) {
        all.push((depth, self));
        self.groups.iter().for_each(|group| group.walk_from(depth + 1, all));
    }

    fn take_title_of_duty(&mut self, law: &DecisionPath) {
        if let Some(duty) = self.duty.as_ref().and_then(|id| law.duty(id)) {
            self.number = duty.article.clone();
            self.title = duty.title.clone();
        }
        self.groups.iter_mut().for_each(|group| group.take_title_of_duty(law));
    }

    /// Number and title.
    pub fn label(&self) -> String {
        format!("{} {}", self.number, self.title).trim_start().to_owned()
    }

    /// The rows of the group and of all groups within it.
    pub fn all_rows(&self) -> Vec<&Mapping> {
        self.walk().into_iter().flat_map(|(_, group)| &group.rows).collect()
    }

    /// The requirements that count in its figures, each once, in natural order.
    pub fn counted(&self) -> BTreeSet<Reference> {
        self.all_rows().into_iter().filter(|row| row.confidence.counts()).map(|row| row.to).collect()
    }

    /// Whether any requirement counts in its figures.
    pub fn is_covered(&self) -> bool {
        !self.counted().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(text: &str) -> Reference {
        text.parse().expect("a reference in a test")
    }

    fn lens(text: &'static str) -> Lens {
        ron::from_str(text).expect("a lens in a test")
    }

    const NESTED: &str = r#"(id: "l", title: "L", about: "A", groups: [
        (id: "a", title: "A", groups: [
            (id: "a-1", number: "A 1", title: "One", rows: [(to: "A.2.2"), (to: "4.1", confidence: Medium)]),
            (id: "a-2", title: "Two", rows: [(to: "4.1"), (to: "9.1", confidence: Low)]),
        ]),
        (id: "b", title: "B", gap: "Nothing."),
    ])"#;

    #[test]
    fn a_group_counts_what_the_groups_within_it_count_each_requirement_once() {
        let lens = lens(NESTED);
        let counted = |id: &str| lens.group(id).expect("a group").counted().into_iter().collect::<Vec<_>>();
        assert_eq!(counted("a"), ["4.1", "A.2.2"].map(reference));
        assert_eq!(counted("a-2"), [reference("4.1")], "low confidence is listed only");
        assert!(counted("b").is_empty() && lens.group("c").is_none());
    }

    #[test]
    fn groups_stand_before_those_within_them() {
        let lens = lens(NESTED);
        let walked: Vec<(usize, String)> = lens.walk().iter().map(|(depth, group)| (*depth, group.label())).collect();
        let expected = [(0, "A"), (1, "A 1 One"), (1, "Two"), (0, "B")];
        assert_eq!(walked, expected.map(|(depth, label)| (depth, label.to_owned())));
        assert!(!lens.is_head_start());
    }
}

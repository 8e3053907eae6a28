//! The catalogue: all that is asked, planned and explained, as the questionnaires hold it.

use serde::{Deserialize, Serialize};

use crate::model::{
    action::Action,
    decision_path::DecisionPath,
    gateway::GatewayQuestion,
    impact::form::ImpactForm,
    lens::Lens,
    reference::{CheckReference, Reference},
    requirement::{Category, Check, Requirement},
    text::Text,
};

/// All authored content. Categories, requirements within them, and nothing else are in natural order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Catalog {
    /// The edition of the content; a save names the one it was made with.
    pub version: Text,
    /// The 16 categories: clauses 4 to 10, then A.2 to A.10.
    pub categories: Vec<Category>,
    /// The remediation catalogue.
    pub actions: Vec<Action>,
    /// The first questions.
    pub gateway: Vec<GatewayQuestion>,
    /// Words that a newcomer does not know, alphabetically.
    pub glossary: Vec<Term>,
    /// What has to exist in writing.
    pub documents: Vec<Document>,
    /// Other groupings of the same requirements.
    pub lenses: Vec<Lens>,
    /// The form of the impact assessment of an AI system.
    pub impact: ImpactForm,
    /// The path through the EU AI Act.
    pub eu_act: DecisionPath,
}

impl Catalog {
    /// All requirements in natural order.
    pub fn requirements(&self) -> impl Iterator<Item = &Requirement> + Clone {
        self.categories.iter().flat_map(|category| &category.requirements)
    }

    /// The category of that number.
    pub fn category(&self, id: Reference) -> Option<&Category> {
        self.categories.iter().find(|category| category.category == id)
    }

    /// The requirement of that number.
    pub fn requirement(&self, id: Reference) -> Option<&Requirement> {
        let requirements = &self.category(id.category())?.requirements;
        requirements.iter().find(|requirement| requirement.id == id)
    }

    /// The check of that reference, with its requirement.
    pub fn check(&self, reference: &CheckReference) -> Option<(&Requirement, &Check)> {
        let requirement = self.requirement(reference.requirement)?;
        Some((requirement, requirement.check(&reference.check)?))
    }

    /// The action of that id.
    pub fn action(&self, id: &str) -> Option<&Action> {
        self.actions.iter().find(|action| action.id == id)
    }

    /// The lens of that id.
    pub fn lens(&self, id: &str) -> Option<&Lens> {
        self.lenses.iter().find(|lens| lens.id == id)
    }
}

/// A word that a newcomer does not know.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Term {
    /// The word as it occurs in texts.
    pub term: Text,
    /// Other spellings and forms that occur.
    #[serde(default)]
    pub also: Vec<Text>,
    /// What it means, in plain words.
    pub meaning: Text,
}

/// Something that has to exist in writing; the answer to one check says whether it does (scoring rule 9).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Document {
    /// A short name, unique in the list.
    pub id: Text,
    /// What it is.
    pub title: Text,
    /// The check that says whether it is there.
    pub check: CheckReference,
    /// Whether it is kept current or kept as a record.
    pub mode: DocumentMode,
    /// The usual forms that it takes.
    pub artefacts: Vec<Text>,
    /// The headings of a skeleton, with a sentence on what belongs there.
    #[serde(default)]
    pub outline: Vec<DraftSection>,
}

/// One heading of a document skeleton.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct DraftSection {
    /// The heading.
    pub heading: Text,
    /// What belongs under it.
    pub guidance: Text,
    /// What the assessment already knows and can fill in here.
    #[serde(default)]
    pub fill: Option<DraftFill>,
}

/// What an assessment can fill into a document skeleton.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftFill {
    /// Name, sector and size of the organization.
    Organization,
    /// The scope sentence.
    Scope,
    /// The roles towards AI.
    Roles,
    /// The AI systems with their levels.
    Systems,
    /// Requirements and their owners.
    Owners,
    /// The statement of applicability, control by control.
    Controls,
    /// Open checks of the requirement that the document belongs to.
    OpenPoints,
    /// The actions of the plan that concern it.
    Actions,
}

/// Whether a document lives or is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentMode {
    /// A living document, kept current.
    Maintain,
    /// A record of what happened, kept as evidence.
    Retain,
}

impl DocumentMode {
    /// The mode in words.
    pub const fn name(self) -> &'static str {
        match self {
            DocumentMode::Maintain => "keep current",
            DocumentMode::Retain => "keep as record",
        }
    }
}

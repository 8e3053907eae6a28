//! The impact assessment of one AI system (6.1.4, 8.4, A.5.2 to A.5.5): what was answered, found, planned and signed.

pub mod criteria;
pub mod form;
pub mod harm;
pub mod sign_off;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::impact::{
    harm::{Benefit, Harm, Measure, NoHarm},
    sign_off::{Occasion, SignOff},
};

/// All that a team says in the impact assessment of one system. Lists with ids are in plain string order of the id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImpactAssessment {
    /// The prompts answered in words; what has a place of its own (harms, measures, sign-off) is not among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<PromptAnswer>,
    /// The harms that were found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub harms: Vec<Harm>,
    /// Where no harm was found, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub no_harm: Vec<NoHarm>,
    /// The benefits that were found; they stand beside the harms and are never set off against them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub benefits: Vec<Benefit>,
    /// The measures against the harms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// What happened since and may ask for a new look, earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub occasions: Vec<Occasion>,
    /// Who prepared, reviewed and approved it. The last one is the one in preparation or in force; earlier ones are the record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sign_offs: Vec<SignOff>,
}

impl ImpactAssessment {
    /// Whether nothing is said at all.
    pub fn is_empty(&self) -> bool {
        *self == ImpactAssessment::default()
    }

    /// The answer to a prompt.
    pub fn answer(&self, prompt: &str) -> Option<&PromptReply> {
        self.answers.iter().find(|answer| answer.prompt == prompt).map(|answer| &answer.reply)
    }

    /// The harm of that id.
    pub fn harm(&self, id: &str) -> Option<&Harm> {
        self.harms.iter().find(|harm| harm.id == id)
    }

    /// The measure of that id.
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.id == id)
    }

    /// Whether it says of the system as a whole that no harm was found, with a reason that counts, and lists none.
    pub fn says_no_harm(&self) -> bool {
        self.harms.is_empty() && self.no_harm.iter().any(|none| none.dimension.is_none() && none.is_reasoned())
    }

    /// Whether it says something of a dimension: a harm, or that there is none, with a reason that counts.
    pub fn speaks_of(&self, dimension: &str) -> bool {
        let is_none = |none: &NoHarm| none.dimension.as_deref() == Some(dimension) && none.is_reasoned();
        self.says_no_harm()
            || self.harms.iter().any(|harm| harm.dimension == dimension)
            || self.no_harm.iter().any(is_none)
    }

    /// The sign-off in preparation or in force.
    pub fn sign_off(&self) -> Option<&SignOff> {
        self.sign_offs.last()
    }
}

/// The answer to one prompt of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromptAnswer {
    /// The id of the prompt.
    pub prompt: String,
    /// What was answered.
    pub reply: PromptReply,
}

/// What a prompt is answered with; which kinds it accepts is the form's business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PromptReply {
    /// Asked, and nobody knows.
    Unknown,
    /// Words.
    Text(String),
    /// Entries, in the order given.
    List(Vec<String>),
    /// The ids of the options that apply; one where the prompt takes only one.
    Choice(Vec<String>),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    YesNo(bool),
}

impl PromptReply {
    /// Whether nothing is said by it: words without a letter, a list without entries, a choice of nothing.
    pub fn is_blank(&self) -> bool {
        match self {
            PromptReply::Text(text) => text.trim().is_empty(),
            PromptReply::List(entries) => entries.iter().all(|entry| entry.trim().is_empty()),
            PromptReply::Choice(picks) => picks.is_empty(),
            PromptReply::Unknown | PromptReply::Date(_) | PromptReply::YesNo(_) => false,
        }
    }
}

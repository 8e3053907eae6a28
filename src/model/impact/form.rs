//! The form of the impact assessment as the catalogue holds it: sections, prompts, scales and lists to choose from.

use serde::{Deserialize, Serialize};

use crate::model::{impact::PromptReply, level::ImpactLevel, reference::Reference, text::Text};

/// Everything that an impact assessment asks and offers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ImpactForm {
    /// The 17 sections, in order.
    pub sections: Vec<Section>,
    /// In what respect people and societies can be harmed or helped.
    pub dimensions: Vec<Dimension>,
    /// Groups that need a look of their own.
    pub groups: Vec<Named>,
    /// How a harm comes about.
    pub causes: Vec<Named>,
    /// The scales: gravity, reach, reversibility, duration, likelihood and the size of a benefit.
    pub scales: Vec<ScaleText>,
    /// Who approves at which level, lowest first.
    pub approvals: Vec<ApprovalText>,
    /// Uses that ask for the full form.
    pub sensitive_uses: Vec<SensitiveUse>,
    /// Uses that something bars.
    pub restricted_uses: Vec<RestrictedUseText>,
    /// What asks for a new look.
    pub triggers: Vec<Trigger>,
    /// Kinds of bought tools, to register one in a line.
    pub tools: Vec<Tool>,
}

/// One section of the form.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Section {
    /// `IA-01` to `IA-17`.
    pub id: Text,
    /// The heading.
    pub title: Text,
    /// What it is for.
    pub purpose: Text,
    /// The requirements that it serves.
    #[serde(default)]
    pub requirements: Vec<Reference>,
    /// The elements of a fundamental rights impact assessment that it answers, such as `27(1)(c)`.
    #[serde(default)]
    pub fria: Vec<Text>,
    /// What usually shows it.
    #[serde(default)]
    pub evidence: Vec<Text>,
    /// Its prompts, in order.
    pub prompts: Vec<Prompt>,
}

/// One prompt of a section.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Prompt {
    /// `IA-05-Q03`.
    pub id: Text,
    /// The question.
    pub text: Text,
    /// What a useful answer looks like, in a sentence.
    #[serde(default)]
    pub hint: Text,
    /// How it is answered.
    pub kind: PromptKind,
    /// Whether an assessment without it is incomplete.
    #[serde(default)]
    pub essential: bool,
    /// Whether it belongs to the short form.
    #[serde(default)]
    pub short: bool,
}

/// How a prompt is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum PromptKind {
    /// In words.
    Text,
    /// With entries.
    List,
    /// With a day.
    Date,
    /// With yes or no.
    YesNo,
    /// With one of these.
    One(Vec<Named>),
    /// With any number of these.
    Many(Vec<Named>),
    /// Where the fact has its own place; nothing is typed here.
    Held(Place),
}

impl PromptKind {
    /// Whether a reply is of the kind that the prompt asks for. That nobody knows can be said wherever something is typed.
    pub fn takes(&self, reply: &PromptReply) -> bool {
        match (self, reply) {
            (PromptKind::Held(_), _) => false,
            (_, PromptReply::Unknown)
            | (PromptKind::Text, PromptReply::Text(_))
            | (PromptKind::List, PromptReply::List(_))
            | (PromptKind::Date, PromptReply::Date(_))
            | (PromptKind::YesNo, PromptReply::YesNo(_))
            | (PromptKind::Many(_), PromptReply::Choice(_)) => true,
            (PromptKind::One(_), PromptReply::Choice(picks)) => picks.len() <= 1,
            (
                PromptKind::Text
                | PromptKind::List
                | PromptKind::Date
                | PromptKind::YesNo
                | PromptKind::One(_)
                | PromptKind::Many(_),
                PromptReply::Text(_)
                | PromptReply::List(_)
                | PromptReply::Choice(_)
                | PromptReply::Date(_)
                | PromptReply::YesNo(_),
            ) => false,
        }
    }

    /// What to write, in words, for somebody who wrote something else.
    pub const fn asks_for(&self) -> &'static str {
        match self {
            PromptKind::Text => "words, as in Text(\"...\")",
            PromptKind::List => "entries, as in List([\"...\"])",
            PromptKind::Date => "a day, as in Date(\"2026-03-31\")",
            PromptKind::YesNo => "YesNo(true) or YesNo(false)",
            PromptKind::One(_) => "one option, as in Choice([\"...\"])",
            PromptKind::Many(_) => "options, as in Choice([\"...\"])",
            PromptKind::Held(_) => "nothing here; it has a place of its own",
        }
    }

    /// What there is to choose from; nothing where nothing is chosen.
    pub fn options(&self) -> &[Named] {
        match self {
            PromptKind::One(options) | PromptKind::Many(options) => options,
            PromptKind::Text | PromptKind::List | PromptKind::Date | PromptKind::YesNo | PromptKind::Held(_) => &[],
        }
    }
}

/// The place that holds the answer to a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// Life cycle stage, in the register.
    Stage,
    /// Roles of the organization, in the register.
    Roles,
    /// Next review date.
    NextReview,
    /// The harms and where none was found.
    Harms,
    /// The causes of the harms.
    Causes,
    /// The ratings of the harms before measures.
    RatingsBefore,
    /// The benefits.
    Benefits,
    /// Size and likelihood of the benefits.
    BenefitRatings,
    /// What supports the benefits.
    BenefitSupport,
    /// The measures.
    Measures,
    /// By which means the measures work.
    Means,
    /// Owners and due dates of the measures.
    Owners,
    /// The ratings of the harms after measures.
    RatingsAfter,
    /// The controls that carry the measures.
    Controls,
    /// Who prepared, reviewed and approved.
    People,
    /// What was decided.
    Outcome,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Named {
    /// A short id, unique in its list.
    pub id: Text,
    /// What it is.
    pub name: Text,
}

/// In what respect people and societies can be harmed or helped.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Dimension {
    /// `DM-FAI`.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// The question that finds harms.
    pub harm: Text,
    /// The question that finds benefits.
    pub benefit: Text,
    /// Harms that occur.
    pub harms: Vec<Text>,
    /// Benefits that occur.
    pub benefits: Vec<Text>,
}

/// One scale with the meaning of its steps.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ScaleText {
    /// `SC-GRAVITY`.
    pub id: Text,
    /// The question that it answers.
    pub title: Text,
    /// How to rate.
    #[serde(default)]
    pub note: Text,
    /// Its steps, from 1 on.
    pub steps: Vec<ScaleStep>,
}

/// One step of a scale.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ScaleStep {
    /// A word for it.
    pub name: Text,
    /// What it means.
    pub anchor: Text,
}

/// Who approves at one level, and what the level asks for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ApprovalText {
    /// The level.
    pub level: ImpactLevel,
    /// Who approves.
    pub by: Text,
    /// What follows from the level.
    pub then: Text,
}

/// A use that asks for the full form.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct SensitiveUse {
    /// `ST-01`.
    pub id: Text,
    /// The question whether the system does it, for yes or no.
    pub name: Text,
    /// The entries of the EU AI Act path to look at: one such as `P-f`, or all of a point such as `AIII-4`.
    #[serde(default)]
    pub see: Vec<Text>,
}

/// A use that something bars.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct RestrictedUseText {
    /// `RU-01`.
    pub id: Text,
    /// What bars it.
    pub name: Text,
    /// What has to be done.
    pub action: Text,
    /// Whether the law bars it, so that it is not rated and stops the assessment.
    #[serde(default)]
    pub banned: bool,
}

/// What asks for a new look at an assessment.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Trigger {
    /// `TR-04`.
    pub id: Text,
    /// What happened.
    pub name: Text,
    /// Whether a person records it; the others are noticed from dates and facts.
    #[serde(default)]
    pub recorded: bool,
    /// The facts of the register that show it when they change after the approval, such as `purpose`.
    #[serde(default)]
    pub facts: Vec<Text>,
    /// The requirements on which it rests.
    #[serde(default)]
    pub requirements: Vec<Reference>,
}

/// A kind of bought tool, with what is usually true of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Tool {
    /// One word, typed in front of a line: `copilot`.
    pub id: Text,
    /// What it is.
    pub name: Text,
    /// What it is for.
    pub purpose: Text,
    /// The ids of the groups that it usually touches.
    #[serde(default)]
    pub affected: Vec<Text>,
    /// The ids of the sensitive uses to look at first.
    #[serde(default)]
    pub ask: Vec<Text>,
}

impl ImpactForm {
    /// All prompts with their sections, in order.
    pub fn prompts(&self) -> impl Iterator<Item = (&Section, &Prompt)> {
        self.sections.iter().flat_map(|section| section.prompts.iter().map(move |prompt| (section, prompt)))
    }

    /// The prompt of that id.
    pub fn prompt(&self, id: &str) -> Option<&Prompt> {
        self.prompts().map(|(_, prompt)| prompt).find(|prompt| prompt.id == id)
    }

    /// The dimension of that id.
    pub fn dimension(&self, id: &str) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.id == id)
    }

    /// The name of an affected group: that of the catalogue, or the words that stand for its id.
    pub fn group_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.groups.iter().find(|group| group.id == id).map_or(id, |group| &group.name)
    }

    /// The scale of that id.
    pub fn scale(&self, id: &str) -> Option<&ScaleText> {
        self.scales.iter().find(|scale| scale.id == id)
    }

    /// Who approves at a level.
    pub fn approval(&self, level: ImpactLevel) -> Option<&ApprovalText> {
        self.approvals.iter().find(|approval| approval.level == level)
    }

    /// The restricted use of that id.
    pub fn restricted_use(&self, id: &str) -> Option<&RestrictedUseText> {
        self.restricted_uses.iter().find(|restricted| restricted.id == id)
    }

    /// The review trigger of that id.
    pub fn trigger(&self, id: &str) -> Option<&Trigger> {
        self.triggers.iter().find(|trigger| trigger.id == id)
    }
}

//! Gateway questions: fourteen plain ones that propose levels for a first picture.

use serde::{Deserialize, Serialize};

use crate::model::{level::Level, reference::Reference, text::Text};

/// One plain question with a few options, picked by a digit.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct GatewayQuestion {
    /// A short name, unique in the gateway.
    pub id: Text,
    /// The question.
    pub text: Text,
    /// What is meant, in a sentence.
    pub hint: Text,
    /// Two to five options, worst first.
    pub options: Vec<GatewayOption>,
}

/// One option of a gateway question and the levels that it makes likely.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct GatewayOption {
    /// A short name, unique in the question.
    pub id: Text,
    /// The option in words.
    pub label: Text,
    /// The levels that it proposes; never above 2.
    pub proposes: Vec<LevelProposal>,
}

/// A level proposed for some requirements.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelProposal {
    /// The level, 0 to 2.
    pub level: Level,
    /// The requirements for which it is proposed.
    pub requirements: Vec<Reference>,
}

/// What was picked for one gateway question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewayAnswer {
    /// The id of the question.
    pub question: String,
    /// The id of the option picked.
    pub option: String,
}

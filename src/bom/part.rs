//! The parts of a bill as a person sees them: kinds, fields, and what each field means.

use std::collections::BTreeMap;

use crate::bom::{
    licence,
    place::{Place, Step},
};

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// A model that the system runs itself.
    Model,
    /// A model or another service that somebody hosts.
    Service,
    /// Data for training, testing, or looking things up.
    Dataset,
    /// Data with which an existing model is trained further.
    FineTuningData,
    /// A prompt or another set of instructions.
    Prompt,
    /// What checks or filters inputs and outputs.
    Guardrail,
    /// A library or framework.
    Library,
    /// A container, a platform or an operating system.
    Platform,
    /// A device or other computing resource.
    Device,
    /// A test report, benchmark or red-team report.
    Evaluation,
    /// Such a report to which a document only links.
    EvaluationLink,
    /// Any other component.
    Other,
}

impl PartKind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [PartKind; 12] = [
        PartKind::Model,
        PartKind::Service,
        PartKind::Dataset,
        PartKind::FineTuningData,
        PartKind::Prompt,
        PartKind::Guardrail,
        PartKind::Library,
        PartKind::Platform,
        PartKind::Device,
        PartKind::Evaluation,
        PartKind::EvaluationLink,
        PartKind::Other,
    ];

    /// The kinds of which a person can add a part.
    pub const NEW: [PartKind; 10] = [
        PartKind::Model,
        PartKind::Service,
        PartKind::Dataset,
        PartKind::FineTuningData,
        PartKind::Prompt,
        PartKind::Guardrail,
        PartKind::Library,
        PartKind::Platform,
        PartKind::Device,
        PartKind::Evaluation,
    ];

    /// One part of that kind, in words.
    pub const fn name(self) -> &'static str {
        match self {
            PartKind::Model => "model",
            PartKind::Service => "hosted service",
            PartKind::Dataset => "data set",
            PartKind::FineTuningData => "fine-tuning data set",
            PartKind::Prompt => "prompt",
            PartKind::Guardrail => "guardrail",
            PartKind::Library => "library",
            PartKind::Platform => "platform",
            PartKind::Device => "device",
            PartKind::Evaluation => "evaluation artefact",
            PartKind::EvaluationLink => "link to an evaluation",
            PartKind::Other => "other component",
        }
    }

    /// Several parts of that kind, in words.
    pub const fn plural(self) -> &'static str {
        match self {
            PartKind::Model => "models",
            PartKind::Service => "hosted services",
            PartKind::Dataset => "data sets",
            PartKind::FineTuningData => "fine-tuning data sets",
            PartKind::Prompt => "prompts",
            PartKind::Guardrail => "guardrails",
            PartKind::Library => "libraries",
            PartKind::Platform => "platforms",
            PartKind::Device => "devices",
            PartKind::Evaluation => "evaluation artefacts",
            PartKind::EvaluationLink => "links to evaluations",
            PartKind::Other => "other components",
        }
    }

    /// What belongs to it.
    pub const fn hint(self) -> &'static str {
        match self {
            PartKind::Model => "A model that you run yourselves, trained by you or by others.",
            PartKind::Service => "A model or another service that somebody runs for you, reached over a network.",
            PartKind::Dataset => "Data for training, validation, test, or for looking things up in operation.",
            PartKind::FineTuningData => "Data with which a model of somebody else is trained further.",
            PartKind::Prompt => "A system prompt, a template, a set of instructions.",
            PartKind::Guardrail => "Rules or filters that check inputs or outputs.",
            PartKind::Library => "A library or framework that the system is built with.",
            PartKind::Platform => "A container, a platform, an operating system.",
            PartKind::Device => "A computer, an accelerator, a sensor.",
            PartKind::Evaluation => "A test report, a benchmark, a red-team report.",
            PartKind::EvaluationLink => "A report to which the document links.",
            PartKind::Other => "A component of another type.",
        }
    }

    /// The fields of such a part that a person fills in, in the order of the form.
    pub const fn fields(self) -> &'static [PartField] {
        use PartField as F;
        match self {
            PartKind::Model => &[
                F::Name,
                F::Version,
                F::Supplier,
                F::Licence,
                F::Origin,
                F::BaseModel,
                F::Datasets,
                F::Approach,
                F::Task,
                F::Architecture,
                F::Users,
                F::UseCases,
                F::Limitations,
                F::PersonalData,
                F::ModelCard,
                F::Hash,
                F::Description,
            ],
            PartKind::Service => &[F::Name, F::Version, F::Supplier, F::Licence, F::Location, F::Description],
            PartKind::Dataset | PartKind::FineTuningData => &[
                F::Name,
                F::Version,
                F::Supplier,
                F::Licence,
                F::Use,
                F::Location,
                F::Owner,
                F::Classification,
                F::Sensitive,
                F::Collection,
                F::Preparation,
                F::Provenance,
                F::Quality,
                F::Bias,
                F::Retention,
                F::Hash,
                F::Description,
            ],
            PartKind::Prompt | PartKind::Guardrail => {
                &[F::Name, F::Version, F::Supplier, F::Licence, F::Location, F::Hash, F::Description]
            }
            PartKind::Evaluation => &[F::Name, F::Version, F::Supplier, F::Location, F::Hash, F::Description],
            PartKind::EvaluationLink => &[F::Location, F::Hash, F::Description],
            PartKind::Library => {
                &[F::Name, F::Version, F::Supplier, F::Licence, F::PackageUrl, F::Hash, F::Description]
            }
            PartKind::Platform | PartKind::Device | PartKind::Other => {
                &[F::Name, F::Version, F::Supplier, F::Licence, F::Hash, F::Description]
            }
        }
    }
}

/// Something that is said about a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartField {
    /// What it is called.
    Name,
    /// Its version or release.
    Version,
    /// Who supplies it.
    Supplier,
    /// The licences, or one expression.
    Licence,
    /// Whether a model is the organization's own.
    Origin,
    /// The model that a model was made from.
    BaseModel,
    /// The data sets of a model.
    Datasets,
    /// How a model learns.
    Approach,
    /// What a model does.
    Task,
    /// How a model is built.
    Architecture,
    /// Who is meant to use a model.
    Users,
    /// What a model is used for.
    UseCases,
    /// What a model cannot do.
    Limitations,
    /// Whether a model uses sensitive personal data.
    PersonalData,
    /// Links to model cards.
    ModelCard,
    /// What data is used for.
    Use,
    /// Where it lies.
    Location,
    /// Who answers for data.
    Owner,
    /// How confidential data is.
    Classification,
    /// Kinds of sensitive data.
    Sensitive,
    /// How data was collected.
    Collection,
    /// How data was prepared.
    Preparation,
    /// Where data comes from and how it changed.
    Provenance,
    /// What is known of the quality of data.
    Quality,
    /// What is known of bias in data.
    Bias,
    /// How long data is kept.
    Retention,
    /// The package address of a library.
    PackageUrl,
    /// Hashes of its files.
    Hash,
    /// Anything else worth knowing.
    Description,
}

impl PartField {
    /// What the field is called on the form of a kind.
    pub const fn label(self, kind: PartKind) -> &'static str {
        match self {
            PartField::Name => "Name",
            PartField::Version => "Version",
            PartField::Supplier => "Supplier",
            PartField::Licence => "Licence",
            PartField::Origin => "Origin",
            PartField::BaseModel => "Base model",
            PartField::Datasets => "Data sets",
            PartField::Approach => "Learning",
            PartField::Task => "Task",
            PartField::Architecture => "Architecture",
            PartField::Users => "Users",
            PartField::UseCases => "Use cases",
            PartField::Limitations => "Limitations",
            PartField::PersonalData => "Personal data",
            PartField::ModelCard => "Model card",
            PartField::Use => "Use",
            PartField::Location if matches!(kind, PartKind::Service) => "Endpoints",
            PartField::Location => "Location",
            PartField::Owner => "Owner",
            PartField::Classification => "Classification",
            PartField::Sensitive => "Sensitive data",
            PartField::Collection => "Collection",
            PartField::Preparation => "Preparation",
            PartField::Provenance => "Provenance",
            PartField::Quality => "Quality",
            PartField::Bias => "Known bias",
            PartField::Retention => "Retention",
            PartField::PackageUrl => "Package URL",
            PartField::Hash => "Hash",
            PartField::Description => "Description",
        }
    }

    /// What to write there.
    pub const fn hint(self) -> &'static str {
        match self {
            PartField::Name => "What people call it.",
            PartField::Version => "Its version or release.",
            PartField::Supplier => "Who supplies it: a company, a project, a unit.",
            PartField::Licence => {
                "An SPDX id such as Apache-2.0, an expression such as MIT OR Apache-2.0, or the name of another licence. \
                 Several are parted by semicolons."
            }
            PartField::Origin => "Own, trained further from another model, or a model of others.",
            PartField::BaseModel => "The model that it was made from.",
            PartField::Datasets => "The names of data sets of this bill, parted by semicolons.",
            PartField::Approach => "How it learns.",
            PartField::Task => "What it does, such as ranking or text generation.",
            PartField::Architecture => "The family, such as transformer or decision tree.",
            PartField::Users => "Who is meant to use it, parted by semicolons.",
            PartField::UseCases => "What it is used for, parted by semicolons.",
            PartField::Limitations => "Where it fails or was not tested, parted by semicolons.",
            PartField::PersonalData => "Whether sensitive personal data went into it.",
            PartField::ModelCard => "A link to its model card.",
            PartField::Use => "Training, fine-tuning, validation, test, production, retrieval; parted by semicolons.",
            PartField::Location => "A path or a link.",
            PartField::Owner => "Who answers for the data.",
            PartField::Classification => "Your own class, such as internal or confidential.",
            PartField::Sensitive => "Kinds of sensitive data in it, parted by semicolons.",
            PartField::Collection => "How it was collected.",
            PartField::Preparation => "How it was cleaned, labelled, prepared.",
            PartField::Provenance => "Where it comes from, and what was changed.",
            PartField::Quality => "What is known of its quality.",
            PartField::Bias => "Known or suspected bias.",
            PartField::Retention => "How long it is kept.",
            PartField::PackageUrl => "Such as pkg:pypi/onnxruntime@1.20.0.",
            PartField::Hash => "Such as SHA-256 and the digits; the algorithm may be left out.",
            PartField::Description => "Anything else worth knowing.",
        }
    }

    /// The words from which one is chosen; empty where the text is free.
    pub const fn choices(self) -> &'static [&'static str] {
        match self {
            PartField::Origin => &["own", "fine-tuned", "third-party-weights", "third-party-service"],
            PartField::Approach => {
                &["supervised", "unsupervised", "reinforcement-learning", "semi-supervised", "self-supervised"]
            }
            PartField::PersonalData => &["yes", "no", "unknown"],
            PartField::Name
            | PartField::Version
            | PartField::Supplier
            | PartField::Licence
            | PartField::BaseModel
            | PartField::Datasets
            | PartField::Task
            | PartField::Architecture
            | PartField::Users
            | PartField::UseCases
            | PartField::Limitations
            | PartField::ModelCard
            | PartField::Use
            | PartField::Location
            | PartField::Owner
            | PartField::Classification
            | PartField::Sensitive
            | PartField::Collection
            | PartField::Preparation
            | PartField::Provenance
            | PartField::Quality
            | PartField::Bias
            | PartField::Retention
            | PartField::PackageUrl
            | PartField::Hash
            | PartField::Description => &[],
        }
    }
}

/// One part of a bill: its fields as texts, several values parted by semicolons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it stands in the document, as a JSON pointer.
    pub(super) pointer: String,
    pub(super) kind: PartKind,
    pub(super) texts: BTreeMap<PartField, String>,
}

/// What a field of a part cannot say.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PartProblem {
    /// The field.
    pub field: PartField,
    /// What is wrong and what would be right.
    pub message: String,
}

impl PartProblem {
    pub(super) fn new(field: PartField, message: impl Into<String>) -> PartProblem {
        PartProblem { field, message: message.into() }
    }
}

impl Part {
    /// What tells it from all others of the bill as it is now.
    pub fn key(&self) -> &str {
        &self.pointer
    }

    /// What it is.
    pub fn kind(&self) -> PartKind {
        self.kind
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        self.text(PartField::Name)
    }

    /// What a field says; empty where nothing is said.
    pub fn text(&self, field: PartField) -> &str {
        self.texts.get(&field).map_or("", String::as_str)
    }

    /// The same part with another text in a field.
    pub fn with(mut self, field: PartField, text: &str) -> Part {
        self.texts.insert(field, text.trim().to_owned());
        self
    }

    /// What the fields cannot say, whatever the rest of the bill holds. What stood there before is never complained about.
    pub fn problems(&self, before: &Part) -> Vec<PartProblem> {
        let fields = self.kind.fields().iter().filter(|field| self.text(**field) != before.text(**field));
        fields.filter_map(|field| self.problem(*field)).collect()
    }

    fn problem(&self, field: PartField) -> Option<PartProblem> {
        let text = self.text(field);
        let choices = field.choices();
        let message = match Place::of(self.kind, field) {
            _ if field == PartField::Name && text.is_empty() => "Give it a name.".to_owned(),
            Place::Text { path: [Step::Key("url")], .. } if text.is_empty() => "A link needs its address.".to_owned(),
            _ if text.is_empty() => return None,
            _ if !choices.is_empty() && !choices.contains(&text) => {
                format!("Write {}.", choices.join(", "))
            }
            Place::Property { name: "aims:data:use", .. } => {
                let wrong = values(text).find(|of| !DATA_USES.contains(of))?;
                format!("`{wrong}` is no use of data here; write {}.", DATA_USES.join(", "))
            }
            Place::Licences => return licence::problem(text).map(|message| PartProblem::new(field, message)),
            Place::Hashes => return hash_problem(text).map(|message| PartProblem::new(field, message)),
            Place::Links(_) | Place::Text { is_link: true, .. } | Place::Texts { is_link: true, .. } => {
                let wrong = values(text).find(|link| !is_link(link))?;
                format!("`{wrong}` is neither a path nor a link; write spaces as %20, as in files/my%20model.")
            }
            Place::Text { .. } | Place::Texts { .. } | Place::Property { .. } | Place::Datasets => return None,
        };
        Some(PartProblem::new(field, message))
    }
}

/// The values of a field that holds several.
pub(super) fn values(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|value| !value.is_empty())
}

/// Several values as one text.
pub(super) fn joined<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    values.into_iter().collect::<Vec<_>>().join("; ")
}

/// Whether a text is a path or a link as CycloneDX takes it (an IRI reference of RFC 3987).
pub(super) fn is_link(text: &str) -> bool {
    iri_string::validate::iri_reference::<iri_string::spec::IriSpec>(text).is_ok()
}

/// The algorithm and the digits of a hash; without an algorithm the length tells which is meant.
pub(super) fn hash(text: &str) -> Option<(&str, &str)> {
    let (algorithm, digits) = text.split_once([' ', ':']).unwrap_or(("", text));
    let digits = digits.trim();
    let algorithm = match (algorithm, digits.len()) {
        ("", 32) => "MD5",
        ("", 40) => "SHA-1",
        ("", 64) => "SHA-256",
        ("", 96) => "SHA-384",
        ("", 128) => "SHA-512",
        (named, 32 | 40 | 64 | 96 | 128) => *HASH_ALGORITHMS
            .iter()
            .find(|known| known.replace('-', "").eq_ignore_ascii_case(&named.replace('-', "")))?,
        (_, _) => return None,
    };
    digits.chars().all(|c| c.is_ascii_hexdigit()).then_some((algorithm, digits))
}

/// What data can be used for.
const DATA_USES: [&str; 6] = ["training", "fine-tuning", "validation", "test", "production", "retrieval"];

/// The hash algorithms of CycloneDX 1.6.
const HASH_ALGORITHMS: [&str; 12] = [
    "MD5",
    "SHA-1",
    "SHA-256",
    "SHA-384",
    "SHA-512",
    "SHA3-256",
    "SHA3-384",
    "SHA3-512",
    "BLAKE2b-256",
    "BLAKE2b-384",
    "BLAKE2b-512",
    "BLAKE3",
];

fn hash_problem(text: &str) -> Option<String> {
    let wrong = values(text).find(|value| hash(value).is_none())?;
    let wrong: String = wrong.chars().take(20).collect();
    Some(format!("`{wrong}` is no hash; write an algorithm and 32 to 128 hexadecimal digits, such as SHA-256 9f86..."))
}

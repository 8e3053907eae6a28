//! A decision path: questions that lead to classes, and the duties that follow. The EU AI Act is one, as data.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::text::Text;

/// A path through a law: its steps, the classes they lead to, and the duties of each class and role.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct DecisionPath {
    /// What it is called.
    pub title: Text,
    /// The line that names the source and its limits; stands in every report.
    pub acknowledgement: Text,
    /// That it is no legal advice, in a sentence.
    pub disclaimer: Text,
    /// What is meant by changed and by uncertain dates.
    pub date_note: Text,
    /// What holds for systems that were on the market before the dates.
    pub legacy: Text,
    /// The steps; the first one is where the path begins.
    pub steps: Vec<PathStep>,
    /// The classes that a system can be in; several at once.
    pub classes: Vec<PathClass>,
    /// The duties.
    pub duties: Vec<Duty>,
    /// The impact assessment that the law itself asks for.
    pub fria: FriaRule,
}

/// One question.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct PathStep {
    /// A short id, unique in the path.
    pub id: Text,
    /// The question.
    pub question: Text,
    /// The articles that it rests on.
    pub refs: Vec<Text>,
    /// What to know for answering.
    #[serde(default)]
    pub help: Text,
    /// What to pick from; the answer is yes when something that counts is picked. Empty for a plain yes or no.
    #[serde(default)]
    pub options: Vec<PathOption>,
    /// The ids of classes found and of options picked on the way that must all be there; else the step is passed as no.
    #[serde(default)]
    pub only_if: Vec<Text>,
    /// The id of the step to go on with where nobody knows, since the questions after a no hold all the same; else it is the
    /// first one that follows whichever answer is given.
    #[serde(default)]
    pub unknown: Option<Text>,
    /// What follows from yes.
    pub yes: Branch,
    /// What follows from no.
    pub no: Branch,
}

/// What follows from an answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Branch {
    /// The ids of the classes that it adds.
    #[serde(default)]
    pub adds: Vec<Text>,
    /// The steps whose picks are the grounds of these classes; the step itself where none is named.
    #[serde(default)]
    pub by: Vec<Text>,
    /// The day from which these classes apply, where the options do not say it.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// That day before the amendment, where that moved it.
    #[serde(default)]
    pub was: Option<NaiveDate>,
    /// The ids of the roles that it brings without being asked.
    #[serde(default)]
    pub roles: Vec<Text>,
    /// The id of the next step; the path ends where there is none.
    #[serde(default)]
    pub goto: Option<Text>,
}

/// Something to pick in a step.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct PathOption {
    /// A short id, unique among the steps and options of the path.
    pub id: Text,
    /// The article or point, such as `Annex III(5)(b)`; empty where there is none.
    #[serde(default)]
    pub reference: Text,
    /// What it is.
    pub name: Text,
    /// The heading under which it stands; empty for none.
    #[serde(default)]
    pub area: Text,
    /// Exceptions and limits.
    #[serde(default)]
    pub note: Text,
    /// The day from which it applies, where it is not that of its class.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// Whether picking it means no: it tells why the step does not apply.
    #[serde(default)]
    pub means_no: bool,
    /// The duties that follow from just this option, where its class has duties that need it.
    #[serde(default)]
    pub duties: Vec<Text>,
}

/// A class that a system can be in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct PathClass {
    /// A short id, unique in the path.
    pub id: Text,
    /// What it is.
    pub name: Text,
    /// What it means, in a sentence.
    #[serde(default)]
    pub means: Text,
    /// Whether the use is banned by law.
    #[serde(default)]
    pub banned: bool,
    /// Whether the law does not apply, so that not even the duties of `any` bind.
    #[serde(default)]
    pub outside: bool,
    /// Whether it asks for the full form of the impact assessment.
    #[serde(default)]
    pub full_form: bool,
    /// Whether it is the class of a system for which the path found no other.
    #[serde(default)]
    pub otherwise: bool,
}

/// A duty of those who hold certain roles for a system of certain classes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Duty {
    /// `AIA-26-1`.
    pub id: Text,
    /// The article.
    pub article: Text,
    /// The heading.
    pub title: Text,
    /// What is to be done, in our own words.
    pub summary: Text,
    /// The ids of the roles (options of the step `role`) that it binds.
    pub roles: Vec<Text>,
    /// The ids of the classes that it binds; `any` for every system inside the law.
    pub classes: Vec<Text>,
    /// From when it applies.
    pub dates: Vec<DutyDate>,
    /// Whether public sources disagree on the date, so that all are shown with a mark.
    #[serde(default)]
    pub uncertain: bool,
    /// Whether only an option that names it brings it ([`PathOption::duties`]).
    #[serde(default)]
    pub by_option: bool,
    /// Whether it permits or invites, so that nothing has to be done.
    #[serde(default)]
    pub voluntary: bool,
    /// Further classes that it binds, in fewer roles.
    #[serde(default)]
    pub also: Vec<AlsoBinds>,
    /// Roles that it binds only with some options.
    #[serde(default)]
    pub only_with: Vec<OnlyWith>,
    /// Options that do not bring it where nothing else was picked in their step.
    #[serde(default)]
    pub except: Vec<Text>,
    /// What the amending law changed; empty where it changed nothing.
    #[serde(default)]
    pub change: Text,
    /// What usually shows it.
    #[serde(default)]
    pub evidence: Vec<Text>,
}

/// A class that a duty binds in fewer roles than its others.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct AlsoBinds {
    /// The id of the class.
    pub class: Text,
    /// The ids of the roles.
    pub roles: Vec<Text>,
}

/// Roles that a duty binds only with one of some options; it stays while their step waits for an answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct OnlyWith {
    /// The ids of the roles.
    pub roles: Vec<Text>,
    /// The ids of the options.
    pub options: Vec<Text>,
}

/// A day from which a duty applies.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct DutyDate {
    /// The day.
    pub day: NaiveDate,
    /// The day before the amendment, where that moved it.
    #[serde(default)]
    pub was: Option<NaiveDate>,
    /// For what it holds.
    pub scope: Text,
    /// The ids of steps answered yes, or of options picked, of which one must be there for it to matter; empty for
    /// every system.
    #[serde(default)]
    pub needs: Vec<Text>,
}

/// When the law's own impact assessment (Article 27) is due.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct FriaRule {
    /// The article.
    pub reference: Text,
    /// When it is due, and when renewed.
    pub when: Text,
    /// The class that it needs.
    pub class: Text,
    /// The role that it needs.
    pub role: Text,
    /// Options of which one alone does not bring it (critical infrastructure).
    pub except: Vec<Text>,
    /// Options of which one brings it for everybody (credit, life and health insurance).
    pub always: Vec<Text>,
    /// The step that asks for public bodies and services.
    pub step: Text,
    /// Its elements: reference and what belongs there.
    pub elements: Vec<FriaElement>,
    /// How it goes together with a data protection impact assessment.
    pub data_protection: Text,
    /// How it differs from the assessment that the standard asks for.
    pub difference: Text,
}

/// One element of the law's own impact assessment.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct FriaElement {
    /// `27(1)(c)`.
    pub id: Text,
    /// What belongs there.
    pub name: Text,
}

/// What was answered in one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathAnswer {
    /// The id of the step.
    pub step: String,
    /// The answer.
    pub answer: PathReply,
    /// The ids of the options that were picked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub picks: Vec<String>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Yes, no, or that nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PathReply {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// Asked, and nobody knows; leaves the result open.
    Unknown,
}

/// The step that asks for the roles.
pub const ROLE_STEP: &str = "role";

/// Stands among the classes of a duty for every system inside the law.
pub const ANY_CLASS: &str = "any";

impl DecisionPath {
    /// The step of that id.
    pub fn step(&self, id: &str) -> Option<&PathStep> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The class of that id.
    pub fn class(&self, id: &str) -> Option<&PathClass> {
        self.classes.iter().find(|class| class.id == id)
    }

    /// The duty of that id.
    pub fn duty(&self, id: &str) -> Option<&Duty> {
        self.duties.iter().find(|duty| duty.id == id)
    }

    /// The step that offers the option of that id.
    pub fn step_of_option(&self, option: &str) -> Option<&PathStep> {
        self.steps.iter().find(|step| step.option(option).is_some())
    }

    /// The short name of a role: what stands before the colon in the options of the step that asks for it.
    pub fn role_name<'a>(&'a self, role: &'a str) -> &'a str {
        let option = self.step(ROLE_STEP).and_then(|step| step.option(role));
        option.and_then(|option| option.name.split(':').next()).unwrap_or(role)
    }
}

impl PathStep {
    /// The option of that id.
    pub fn option(&self, id: &str) -> Option<&PathOption> {
        self.options.iter().find(|option| option.id == id)
    }
}

//! The save format, version 1: the lists of a save as they stand in the file, before anything is checked against the
//! catalogue. A later version gets its own struct beside this one and a function that lifts the older to it.

use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    model::{
        action::ActionRecord,
        answer::Answer,
        assessment::Assessment,
        collision::Collision,
        evidence::Evidence,
        gateway::GatewayAnswer,
        impact::criteria::OwnCriteria,
        inclusion::OwnControl,
        level::Level,
        profile::Profile,
        reference::Reference,
        round::{self, PastRound},
        statement::Statement,
        system::System,
    },
    ron_text::{
        self, Problem,
        outline::{Outline, Step},
    },
    store::limits,
};

/// The version that is written, and the highest that is read.
pub const VERSION: u64 = 1;

/// A save of version 1. Lists hold what the file holds, duplicates included.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename = "Save")]
pub struct FileV1 {
    /// Always 1.
    pub version: u64,
    /// The edition of the catalogue with which it was last saved.
    pub catalog: String,
    /// What the team calls the assessment.
    pub name: String,
    /// The day on which it was begun.
    pub created: NaiveDate,
    /// Facts about the organization.
    #[serde(default)]
    pub profile: Profile,
    /// Target levels of categories.
    #[serde(default)]
    pub targets: Vec<Target>,
    /// What was picked at the gateway.
    #[serde(default)]
    pub gateway: Vec<GatewayAnswer>,
    /// Categories of which the team said that nothing exists.
    #[serde(default)]
    pub declared_absent: Vec<Reference>,
    /// The AI systems.
    #[serde(default)]
    pub systems: Vec<System>,
    /// The organization's own criteria for rating impacts.
    #[serde(default)]
    pub criteria: OwnCriteria,
    /// The evidence register.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// What was said per requirement.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// The organization's own controls.
    #[serde(default)]
    pub own_controls: Vec<OwnControl>,
    /// Version and approval of the statement of applicability.
    #[serde(default)]
    pub statement: Statement,
    /// What became of the actions of the plan.
    #[serde(default)]
    pub actions: Vec<ActionRecord>,
    /// Single values that were stated differently at the same time.
    #[serde(default)]
    pub collisions: Vec<Collision>,
    /// What is kept of earlier rounds.
    #[serde(default)]
    pub rounds: Vec<PastRound>,
}

/// The target level of one category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// `4` to `10` or `A.2` to `A.10`.
    pub category: Reference,
    /// The level to reach.
    pub level: Level,
}

/// What every version of the format begins with.
#[derive(Deserialize)]
struct Head {
    version: Option<u64>,
}

impl FileV1 {
    /// Reads the text of a save: its limits, its version, then everything in it.
    ///
    /// # Errors
    /// The first problem, with its place.
    pub fn parse(path: &Path, text: &str) -> Result<FileV1, Box<Problem>> {
        let text = ron_text::without_mark(text);
        limits::check(path, text)?;
        let file = ron_text::parse::<FileV1>(path, text);
        match file {
            Ok(file) if file.version == VERSION => Ok(file),
            // Another version may look quite different, so it is asked for first; without a readable head the first problem
            // of the whole tells more.
            Ok(_) | Err(_) => {
                if let Ok(Head { version }) = ron_text::parse(path, text) {
                    refuse_other_versions(path, text, version)?;
                }
                file
            }
        }
    }

    /// The file that holds an assessment, its lists in order.
    pub fn of(assessment: Assessment) -> FileV1 {
        let answers = assessment.answers.into_values().filter(|answer| !answer.is_empty());
        FileV1 {
            version: VERSION,
            catalog: assessment.catalog,
            name: assessment.name,
            created: assessment.created,
            profile: assessment.profile,
            targets: assessment.targets.into_iter().map(|(category, level)| Target { category, level }).collect(),
            gateway: sorted(assessment.gateway, |answer| &answer.question),
            declared_absent: assessment.declared_absent.into_iter().collect(),
            systems: sorted(assessment.systems, |system| &system.id).into_iter().map(with_sorted_rows).collect(),
            criteria: assessment.criteria,
            evidence: sorted(assessment.evidence, |evidence| &evidence.id),
            answers: answers.map(with_sorted_checks).collect(),
            own_controls: sorted(assessment.own_controls, |control| &control.id),
            statement: assessment.statement,
            actions: sorted(assessment.actions, |record| &record.action),
            collisions: by_place(assessment.collisions),
            rounds: by_day(assessment.rounds),
        }
    }

    /// The assessment that the file holds. Only for a file without duplicates: of two answers to the same one would be lost.
    pub fn into_assessment(self) -> Assessment {
        let answers = self.answers.into_iter().filter(|answer| !answer.is_empty()).map(with_sorted_checks);
        Assessment {
            catalog: self.catalog,
            name: self.name,
            created: self.created,
            profile: self.profile,
            targets: self.targets.into_iter().map(|target| (target.category, target.level)).collect(),
            gateway: sorted(self.gateway, |answer| &answer.question),
            declared_absent: self.declared_absent.into_iter().collect(),
            systems: sorted(self.systems, |system| &system.id).into_iter().map(with_sorted_rows).collect(),
            criteria: self.criteria,
            evidence: sorted(self.evidence, |evidence| &evidence.id),
            answers: answers.map(|answer| (answer.requirement, answer)).collect(),
            own_controls: sorted(self.own_controls, |control| &control.id),
            statement: self.statement,
            actions: sorted(self.actions, |record| &record.action),
            collisions: by_place(self.collisions),
            rounds: by_day(self.rounds),
        }
    }
}

/// A list in the order in which an assessment looks its entries up.
fn sorted<T>(mut list: Vec<T>, id: fn(&T) -> &String) -> Vec<T> {
    list.sort_by(|a, b| id(a).cmp(id(b)));
    list
}

/// Collisions in order; one of nothing is none.
fn by_place(mut collisions: Vec<Collision>) -> Vec<Collision> {
    collisions.retain(|collision| !collision.stated.is_empty());
    collisions.sort_by(|a, b| a.place.cmp(&b.place));
    collisions
}

/// Rounds in order, with their categories in order.
fn by_day(mut rounds: Vec<PastRound>) -> Vec<PastRound> {
    round::sort(&mut rounds);
    rounds
}

fn with_sorted_checks(mut answer: Answer) -> Answer {
    answer.checks = sorted(answer.checks, |response| &response.check);
    answer
}

/// The rows of an impact assessment in the order in which they are looked up.
fn with_sorted_rows(mut system: System) -> System {
    let impact = &mut system.impact;
    impact.answers.sort_by(|a, b| a.prompt.cmp(&b.prompt));
    impact.harms.sort_by(|a, b| a.id.cmp(&b.id));
    impact.benefits.sort_by(|a, b| a.id.cmp(&b.id));
    impact.measures.sort_by(|a, b| a.id.cmp(&b.id));
    system
}

/// The version of a save that only a newer aimscope can read; nothing for any other file.
pub fn newer_version(bytes: &[u8]) -> Option<u64> {
    let text = ron_text::without_mark(std::str::from_utf8(bytes).ok()?);
    limits::check(Path::new(""), text).ok()?;
    ron_text::parse::<Head>("", text).ok()?.version.filter(|version| *version > VERSION)
}

fn refuse_other_versions(path: &Path, text: &str, version: Option<u64>) -> Result<(), Box<Problem>> {
    let refusal = match version {
        Some(VERSION) => return Ok(()),
        Some(0) => format!("there is no version 0 of a save; this aimscope reads version {VERSION}"),
        Some(newer) => format!(
            "this file was written by a newer aimscope (version {newer}; this one reads up to {VERSION}); update aimscope"
        ),
        None => format!("this is not a save of aimscope, which begins with `version: {VERSION},`"),
    };
    let place = Outline::of(text).place(&[Step::Field("version")]);
    Err(Box::new(Problem::at(path, text, place, refusal)))
}

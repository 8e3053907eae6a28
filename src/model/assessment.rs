//! One assessment: everything a team has said. Only [`Assessment::apply`] changes it, one [`Edit`] at a time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::{
    action::{ActionRecord, ActionStatus},
    answer::{Answer, CheckResponse, LevelAnswer, Stamp},
    collision::{Collision, Place, Stated},
    edit::{Change, Edit},
    evidence::Evidence,
    exclusion::Exclusion,
    gateway::GatewayAnswer,
    history::{self, AnswerPart, PastChange},
    impact::criteria::OwnCriteria,
    inclusion::OwnControl,
    level::Level,
    profile::{AiRole, Profile},
    reference::Reference,
    round::PastRound,
    statement::Statement,
    system::System,
};

/// The target level where nothing else is said (scoring rule 8).
pub const DEFAULT_TARGET: Level = Level::ALL[3];

/// The answers of one team to one edition of the catalogue. Lists are in natural order of their ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// The edition of the catalogue with which it was begun.
    pub catalog: String,
    /// What the team calls it.
    pub name: String,
    /// The day on which it was begun.
    pub created: NaiveDate,
    /// Facts about the organization.
    pub profile: Profile,
    /// Target levels of categories, where they differ from [`DEFAULT_TARGET`].
    pub targets: BTreeMap<Reference, Level>,
    /// What was picked at the gateway.
    pub gateway: Vec<GatewayAnswer>,
    /// Categories of which the team said that nothing exists; proposes level 0 for what is unanswered there.
    pub declared_absent: BTreeSet<Reference>,
    /// The AI systems.
    pub systems: Vec<System>,
    /// The organization's own criteria for rating impacts.
    pub criteria: OwnCriteria,
    /// The evidence register.
    pub evidence: Vec<Evidence>,
    /// What was said per requirement; an entry is never empty.
    pub answers: BTreeMap<Reference, Answer>,
    /// The controls that the organization has beside those of Annex A; they count in no score.
    pub own_controls: Vec<OwnControl>,
    /// Version and approval of the statement of applicability.
    pub statement: Statement,
    /// What became of the actions of the plan.
    pub actions: Vec<ActionRecord>,
    /// Single values that were stated differently at the same time, in order of their places.
    pub collisions: Vec<Collision>,
    /// What is kept of the rounds before this one, the oldest first.
    #[serde(default)]
    pub rounds: Vec<PastRound>,
}

impl Assessment {
    /// An assessment in which nothing is said yet.
    pub fn new(name: impl Into<String>, catalog: impl Into<String>, created: NaiveDate) -> Self {
        Assessment {
            catalog: catalog.into(),
            name: name.into(),
            created,
            profile: Profile::default(),
            targets: BTreeMap::new(),
            gateway: Vec::new(),
            declared_absent: BTreeSet::new(),
            systems: Vec::new(),
            criteria: OwnCriteria::default(),
            evidence: Vec::new(),
            answers: BTreeMap::new(),
            own_controls: Vec::new(),
            statement: Statement::default(),
            actions: Vec::new(),
            collisions: Vec::new(),
            rounds: Vec::new(),
        }
    }

    /// What was said about a requirement.
    pub fn answer(&self, requirement: Reference) -> Option<&Answer> {
        self.answers.get(&requirement)
    }

    /// The claimed level of a requirement, where a number was stated.
    pub fn claimed(&self, requirement: Reference) -> Option<Level> {
        self.answer(requirement).and_then(Answer::claimed)
    }

    /// The exclusion of a requirement that is in force (scoring rule 6).
    pub fn exclusion_in_force(&self, requirement: Reference) -> Option<&Exclusion> {
        let exclusion = self.answer(requirement)?.exclusion.as_ref()?;
        exclusion.objection(requirement).is_none().then_some(exclusion)
    }

    /// Whether a requirement counts, that is, is not excluded.
    pub fn is_applicable(&self, requirement: Reference) -> bool {
        self.exclusion_in_force(requirement).is_none()
    }

    /// The evidence that serves a requirement.
    pub fn evidence_for(&self, requirement: Reference) -> impl Iterator<Item = &Evidence> {
        self.evidence.iter().filter(move |evidence| evidence.serves.contains(&requirement))
    }

    /// The systems that the management system covers.
    pub fn systems_in_scope(&self) -> impl Iterator<Item = &System> {
        self.systems.iter().filter(|system| system.in_scope)
    }

    /// The system of that id.
    pub fn system(&self, id: &str) -> Option<&System> {
        self.systems.iter().find(|system| system.id == id)
    }

    /// The item of evidence of that id.
    pub fn evidence_item(&self, id: &str) -> Option<&Evidence> {
        self.evidence.iter().find(|evidence| evidence.id == id)
    }

    /// The own control of that id.
    pub fn own_control(&self, id: &str) -> Option<&OwnControl> {
        self.own_controls.iter().find(|control| control.id == id)
    }

    /// The option picked for a gateway question.
    pub fn gateway_option(&self, question: &str) -> Option<&str> {
        self.gateway.iter().find(|answer| answer.question == question).map(|answer| answer.option.as_str())
    }

    /// What the team said about an action of the plan.
    pub fn action_record(&self, action: &str) -> Option<&ActionRecord> {
        self.actions.iter().find(|record| record.action == action)
    }

    /// The values stated for a place and not yet settled; none where nobody disagrees.
    pub fn stated_at(&self, place: &Place) -> &[Stated] {
        let collision = self.collisions.iter().find(|collision| collision.place == *place);
        collision.map_or(&[], |collision| &collision.stated)
    }

    /// All places on which people disagree: levels, checks and exclusions in order of their requirements, then single values.
    pub fn disputed_places(&self) -> Vec<Place> {
        let place = |answer: &Answer, names: &[&str]| {
            let requirement = answer.requirement.to_string();
            Place(["answers", &requirement].into_iter().chain(names.iter().copied()).map(str::to_owned).collect())
        };
        let mut places = Vec::new();
        for answer in self.answers.values().filter(|answer| answer.is_disputed()) {
            if !answer.disputed_levels.is_empty() {
                places.push(place(answer, &["level"]));
            }
            let checks = answer.checks.iter().filter(|response| !response.disputed.is_empty());
            places.extend(checks.map(|response| place(answer, &["checks", &response.check])));
            if answer.exclusion.as_ref().is_some_and(Exclusion::is_disputed) {
                places.push(place(answer, &["exclusion"]));
            }
        }
        places.extend(self.collisions.iter().map(|collision| collision.place.clone()));
        places
    }

    /// Where the work on an action stands.
    pub fn action_status(&self, action: &str) -> ActionStatus {
        self.action_record(action).map_or(ActionStatus::Open, |record| record.status)
    }

    /// The record of an action to start from; a blank one where nothing is said.
    pub fn action_record_or_blank(&self, action: &str) -> ActionRecord {
        self.action_record(action).cloned().unwrap_or_else(|| ActionRecord::blank(action))
    }

    /// The target level of a category before any raise by impact level.
    pub fn category_target(&self, category: Reference) -> Level {
        self.targets.get(&category).copied().unwrap_or(DEFAULT_TARGET)
    }

    /// Whether an exclusion was decided under other roles or systems than today's, in whatever sequence they stand.
    pub fn is_exclusion_to_review(&self, exclusion: &Exclusion) -> bool {
        let roles: BTreeSet<AiRole> = self.profile.roles.iter().copied().collect();
        let systems: BTreeSet<&String> = self.systems_in_scope().map(|system| &system.id).collect();
        roles != exclusion.roles.iter().copied().collect() || systems != exclusion.systems.iter().collect()
    }

    /// Carries out an edit and returns the change that takes it back.
    pub fn apply(&mut self, edit: &Edit) -> Change {
        self.change(&edit.change, edit)
    }

    /// Carries out one change of an edit.
    fn change(&mut self, change: &Change, edit: &Edit) -> Change {
        match change {
            Change::Rename(name) => Change::Rename(std::mem::replace(&mut self.name, name.clone())),
            Change::SetProfile(profile) => {
                Change::SetProfile(Box::new(std::mem::replace(&mut self.profile, (**profile).clone())))
            }
            Change::SetTarget { category, level } => {
                Change::SetTarget { category: *category, level: set_entry(&mut self.targets, *category, *level) }
            }
            Change::SetGateway { question, option } => {
                let answer = option.clone().map(|option| GatewayAnswer { question: question.clone(), option });
                let before = replace_by_id(&mut self.gateway, question, answer, |answer| &answer.question);
                Change::SetGateway { question: question.clone(), option: before.map(|answer| answer.option) }
            }
            Change::DeclareAbsent { category, absent } => {
                let before = self.declared_absent.contains(category);
                if *absent {
                    self.declared_absent.insert(*category);
                } else {
                    self.declared_absent.remove(category);
                }
                Change::DeclareAbsent { category: *category, absent: before }
            }
            Change::SetLevel { requirement, level, disputed, by_proposal } => {
                self.change_answer(*requirement, edit, AnswerPart::Level, |answer| Change::SetLevel {
                    requirement: *requirement,
                    level: std::mem::replace(&mut answer.level, *level),
                    disputed: std::mem::replace(&mut answer.disputed_levels, disputed.clone()),
                    by_proposal: std::mem::replace(&mut answer.by_proposal, *by_proposal),
                })
            }
            Change::SetCheck { requirement, check, response } => {
                self.change_answer(*requirement, edit, AnswerPart::Check(check.clone()), |answer| Change::SetCheck {
                    requirement: *requirement,
                    check: check.clone(),
                    response: replace_by_id(&mut answer.checks, check, response.clone(), |response| &response.check),
                })
            }
            Change::SetExclusion { requirement, exclusion } => {
                self.change_answer(*requirement, edit, AnswerPart::Exclusion, |answer| Change::SetExclusion {
                    requirement: *requirement,
                    exclusion: std::mem::replace(&mut answer.exclusion, exclusion.clone()),
                })
            }
            Change::SetInclusion { requirement, inclusion } => {
                self.change_answer(*requirement, edit, AnswerPart::Inclusion, |answer| Change::SetInclusion {
                    requirement: *requirement,
                    inclusion: Box::new(std::mem::replace(&mut answer.inclusion, (**inclusion).clone())),
                })
            }
            Change::SetOwner { requirement, owner } => {
                self.change_answer(*requirement, edit, AnswerPart::Owner, |answer| Change::SetOwner {
                    requirement: *requirement,
                    owner: std::mem::replace(&mut answer.owner, owner.clone()),
                })
            }
            Change::SetNote { requirement, note } => {
                self.change_answer(*requirement, edit, AnswerPart::Note, |answer| Change::SetNote {
                    requirement: *requirement,
                    note: std::mem::replace(&mut answer.note, note.clone()),
                })
            }
            Change::SetFlag { requirement, flagged } => {
                self.change_answer(*requirement, edit, AnswerPart::Flag, |answer| Change::SetFlag {
                    requirement: *requirement,
                    flagged: std::mem::replace(&mut answer.flagged, *flagged),
                })
            }
            Change::SetToConfirm { requirement, to_confirm } => {
                self.change_answer(*requirement, edit, AnswerPart::ToConfirm, |answer| Change::SetToConfirm {
                    requirement: *requirement,
                    to_confirm: std::mem::replace(&mut answer.to_confirm, *to_confirm),
                })
            }
            Change::SetEvidence { id, evidence } => {
                let before = replace_by_id(&mut self.evidence, id, evidence.clone(), |evidence| &evidence.id);
                Change::SetEvidence { id: id.clone(), evidence: before }
            }
            Change::SetSystem { id, part, system } => {
                let system = system.as_deref().cloned();
                let before = replace_by_id(&mut self.systems, id, system, |system| &system.id);
                Change::SetSystem { id: id.clone(), part, system: before.map(Box::new) }
            }
            Change::SetCriteria(criteria) => {
                Change::SetCriteria(Box::new(std::mem::replace(&mut self.criteria, (**criteria).clone())))
            }
            Change::SetOwnControl { id, control } => {
                let control = control.as_deref().cloned();
                let before = replace_by_id(&mut self.own_controls, id, control, |control| &control.id);
                Change::SetOwnControl { id: id.clone(), control: before.map(Box::new) }
            }
            Change::SetStatement(statement) => {
                Change::SetStatement(Box::new(std::mem::replace(&mut self.statement, (**statement).clone())))
            }
            Change::SetAction { id, record } => {
                let before = replace_by_id(&mut self.actions, id, record.clone(), |record| &record.action);
                Change::SetAction { id: id.clone(), record: before }
            }
            Change::SetCollision { place, stated } => {
                let index = self.collisions.partition_point(|collision| collision.place < *place);
                let is_there = self.collisions.get(index).is_some_and(|collision| collision.place == *place);
                let before = if is_there { self.collisions.remove(index).stated } else { Vec::new() };
                if !stated.is_empty() {
                    self.collisions.insert(index, Collision { place: place.clone(), stated: stated.clone() });
                }
                Change::SetCollision { place: place.clone(), stated: before }
            }
            Change::Batch(changes) => {
                let mut undo: Vec<Change> = changes.iter().map(|change| self.change(change, edit)).collect();
                undo.reverse();
                Change::Batch(undo)
            }
        }
    }

    /// Changes one part of an answer, stamps it, remembers the change, and drops an answer in which nothing is left.
    fn change_answer(
        &mut self,
        requirement: Reference,
        edit: &Edit,
        what: AnswerPart,
        change: impl FnOnce(&mut Answer) -> Change,
    ) -> Change {
        let answer = self.answers.entry(requirement).or_insert_with(|| Answer::empty(requirement));
        let from = what.words_of(answer);
        let undo = change(answer);
        let to = what.words_of(answer);
        let Edit { by, on, at, change: _ } = edit;
        answer.changed = Some(Stamp { by: by.clone(), on: *on });
        let past = PastChange { on: *on, at: at.map(Into::into), by: by.clone(), what, from, to };
        history::remember(&mut answer.history, past);
        if answer.is_empty() {
            self.answers.remove(&requirement);
        }
        undo
    }
}

/// Sets or clears one entry of a map and returns what stood there.
fn set_entry<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) -> Option<V> {
    match value {
        Some(value) => map.insert(key, value),
        None => map.remove(&key),
    }
}

/// Puts, replaces or removes the item of that id in a list ordered by id, and returns what stood there.
fn replace_by_id<T>(items: &mut Vec<T>, id: &str, item: Option<T>, id_of: fn(&T) -> &String) -> Option<T> {
    let place = items.binary_search_by(|other| id_of(other).as_str().cmp(id));
    match (place, item) {
        (Ok(index), Some(item)) => Some(std::mem::replace(&mut items[index], item)),
        (Ok(index), None) => Some(items.remove(index)),
        (Err(index), Some(item)) => {
            items.insert(index, item);
            None
        }
        (Err(_), None) => None,
    }
}

/// The changes that screens and commands make most often, in short.
impl Change {
    /// The team says what became of an action; a record in which nothing is said is not kept.
    pub fn action(record: ActionRecord) -> Change {
        let id = record.action.clone();
        let is_blank = record == ActionRecord::blank(&id);
        Change::SetAction { id, record: (!is_blank).then_some(record) }
    }

    /// A system as it is now, where that part of it changed.
    pub fn system(part: &'static str, system: System) -> Change {
        Change::SetSystem { id: system.id.clone(), part, system: Some(Box::new(system)) }
    }

    /// An own control as it is now.
    pub fn own_control(control: OwnControl) -> Change {
        Change::SetOwnControl { id: control.id.clone(), control: Some(Box::new(control)) }
    }

    /// The team states a level itself, which also settles a dispute.
    pub fn level(requirement: Reference, level: LevelAnswer) -> Change {
        Change::SetLevel { requirement, level: Some(level), disputed: Vec::new(), by_proposal: false }
    }

    /// The team takes over a proposed level.
    pub fn accepted_level(requirement: Reference, level: Level) -> Change {
        Change::SetLevel {
            requirement,
            level: Some(LevelAnswer::Level(level)),
            disputed: Vec::new(),
            by_proposal: true,
        }
    }

    /// The team answers a check.
    pub fn check(requirement: Reference, response: CheckResponse) -> Change {
        Change::SetCheck { requirement, check: response.check.clone(), response: Some(response) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{answer::CheckAnswer, inclusion::Inclusion};

    fn edit(change: Change) -> Edit {
        Edit { by: "Ann".into(), on: NaiveDate::default(), at: None, change }
    }

    fn reference(text: &str) -> Reference {
        text.parse().expect("a reference in a test")
    }

    #[test]
    fn every_change_can_be_taken_back() {
        let requirement = reference("A.6.2.4");
        let empty = Assessment::new("Acme", "1", NaiveDate::default());
        let exclusion = Exclusion { reason: "we build no models".into(), ..Exclusion::default() };
        let inclusion = Inclusion { reason: "customers ask for it".into(), ..Inclusion::default() };
        let changes = [
            Change::Rename("Other".into()),
            Change::SetProfile(Box::new(Profile { organization: "Acme".into(), ..Profile::default() })),
            Change::SetTarget { category: reference("A.6"), level: Some(Level::OPTIMIZING) },
            Change::SetGateway { question: "policy".into(), option: Some("none".into()) },
            Change::DeclareAbsent { category: reference("A.7"), absent: true },
            Change::level(requirement, LevelAnswer::Level(Level::ABSENT)),
            Change::accepted_level(requirement, Level::ABSENT),
            Change::check(requirement, CheckResponse::new("measures", CheckAnswer::Partly)),
            Change::SetExclusion { requirement, exclusion: Some(exclusion) },
            Change::SetInclusion { requirement, inclusion: Box::new(inclusion.clone()) },
            Change::SetOwner { requirement, owner: "Bea".into() },
            Change::SetNote { requirement, note: "see wiki".into() },
            Change::SetFlag { requirement, flagged: true },
            Change::SetToConfirm { requirement, to_confirm: true },
            Change::system("entry", System::named("bot", "Bot")),
            Change::SetCollision {
                place: Place(vec!["profile".into(), "organization".into()]),
                stated: vec![Stated::Words("Acme".into()), Stated::Words("Acme Ltd".into())],
            },
            Change::SetCriteria(Box::new(OwnCriteria { approved_by: "Ann".into(), ..OwnCriteria::default() })),
            Change::own_control(OwnControl { id: "O.1".into(), inclusion, ..OwnControl::default() }),
            Change::SetStatement(Box::new(Statement { version: "1.0".into(), ..Statement::default() })),
        ];
        for change in changes.iter().cloned().chain([Change::Batch(changes.to_vec())]) {
            let mut assessment = empty.clone();
            let undo = assessment.apply(&edit(change.clone()));
            assert_ne!(assessment, empty, "{change:?} changes something");
            let redo = assessment.apply(&edit(undo));
            assert_eq!(assessment, empty, "{change:?} is taken back");
            assessment.apply(&edit(redo));
            assert_ne!(assessment, empty, "{change:?} is done again");
        }
    }

    #[test]
    fn a_stated_level_settles_a_dispute_and_undo_brings_it_back() {
        let requirement = reference("4.3");
        let mut assessment = Assessment::new("Acme", "1", NaiveDate::default());
        let dispute = Change::SetLevel {
            requirement,
            level: Some(LevelAnswer::Level(Level::ALL[3])),
            disputed: vec![LevelAnswer::Unknown, LevelAnswer::Level(Level::ALL[2])],
            by_proposal: false,
        };
        assessment.apply(&edit(dispute));
        assert_eq!(assessment.claimed(requirement), Level::new(2), "of a dispute the lower counts");
        let undo = assessment.apply(&edit(Change::level(requirement, LevelAnswer::Level(Level::ALL[3]))));
        assert!(!assessment.answers[&requirement].is_disputed());
        assessment.apply(&edit(undo));
        assert!(assessment.answers[&requirement].is_disputed());
    }
}

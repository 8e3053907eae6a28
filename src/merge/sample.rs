//! People at work on one assessment, for the tests of merging: random edits of everything that an assessment holds.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::{collection, option, prelude::*, sample};

use crate::{
    merge::merge,
    model::{
        action::{ActionRecord, ActionStatus},
        arbitrary::{self, date, level, line, note, systems},
        assessment::Assessment,
        edit::{Change, Edit},
        impact::criteria::OwnCriteria,
        profile::Profile,
        reference::Reference,
        requirement::Requirement,
        system::System,
    },
    score::properties::catalog,
};

/// Something that a person does; what it changes can depend on what stands there.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// A plain change.
    Change(Change),
    /// One field of the profile becomes as in this one.
    Profile(u8, Profile),
    /// One field of a system becomes as in this one; a system that is not there is entered.
    System(u8, Box<System>),
    /// One field of the own criteria becomes as in these.
    Criteria(u8, Box<OwnCriteria>),
}

/// Carries out what a person does.
fn act(assessment: &mut Assessment, by: &str, acts: &[Act]) {
    for act in acts {
        let change = match act {
            Act::Change(change) => change.clone(),
            Act::Profile(field, from) => Change::SetProfile(Box::new(with_profile(&assessment.profile, *field, from))),
            Act::System(field, from) => match assessment.system(&from.id) {
                Some(system) => Change::system("field", with_field(system, *field, from)),
                None => Change::system("entry", (**from).clone()),
            },
            Act::Criteria(field, from) => {
                let mut criteria = assessment.criteria.clone();
                match field % 4 {
                    0 => criteria.approved_by.clone_from(&from.approved_by),
                    1 => criteria.matrix = from.matrix,
                    2 => criteria.anchors.clone_from(&from.anchors),
                    _ => criteria.approvals.clone_from(&from.approvals),
                }
                Change::SetCriteria(Box::new(criteria))
            }
        };
        assessment.apply(&Edit { by: by.to_owned(), on: NaiveDate::default(), at: None, change });
    }
}

fn with_profile(profile: &Profile, field: u8, from: &Profile) -> Profile {
    let mut changed = profile.clone();
    match field % 8 {
        0 => changed.organization.clone_from(&from.organization),
        1 => changed.sector = from.sector,
        2 => changed.roles.clone_from(&from.roles),
        3 => changed.eu_exposure = from.eu_exposure,
        4 => changed.scope.clone_from(&from.scope),
        5 => changed.team.clone_from(&from.team),
        6 => changed.target_date = from.target_date,
        _ => changed.capacity = from.capacity,
    }
    changed
}

fn with_field(system: &System, field: u8, from: &System) -> System {
    let mut changed = system.clone();
    let (impact, other) = (&mut changed.impact, &from.impact);
    match field % 24 {
        0 => changed.name.clone_from(&from.name),
        1 => changed.owner.clone_from(&from.owner),
        2 => changed.purpose.clone_from(&from.purpose),
        3 => changed.level = from.level,
        4 => changed.next_review = from.next_review,
        5 => changed.suppliers.clone_from(&from.suppliers),
        6 => changed.evidence.clone_from(&from.evidence),
        7 => changed.screening.clone_from(&from.screening),
        8 => changed.eu_act.clone_from(&from.eu_act),
        9 => impact.answers.clone_from(&other.answers),
        10 => impact.harms.clone_from(&other.harms),
        11 => impact.measures.clone_from(&other.measures),
        12 => impact.benefits.clone_from(&other.benefits),
        13 => impact.no_harm.clone_from(&other.no_harm),
        14 => impact.occasions.clone_from(&other.occasions),
        15 => impact.sign_offs.clone_from(&other.sign_offs),
        16 => changed.bill.clone_from(&from.bill),
        17 => changed.stage = from.stage,
        18 => changed.in_scope = from.in_scope,
        19 => changed.residual = from.residual,
        20 => changed.roles.clone_from(&from.roles),
        21 => changed.affected.clone_from(&from.affected),
        22 => (changed.sensitive_use, changed.banned_use) = (from.sensitive_use, from.banned_use),
        _ => (changed.version, changed.scope_reason) = (from.version.clone(), from.scope_reason.clone()),
    }
    changed
}

/// Takes out what points to nothing: nobody can tell which of two new things of that id it would mean.
fn tidy(assessment: &mut Assessment) {
    let evidence: BTreeSet<String> = assessment.evidence.iter().map(|item| item.id.clone()).collect();
    let systems: BTreeSet<String> = assessment.systems.iter().map(|system| system.id.clone()).collect();
    for system in &mut assessment.systems {
        system.evidence.retain(|id| evidence.contains(id));
        let measures: BTreeSet<String> = system.impact.measures.iter().map(|measure| measure.id.clone()).collect();
        system.impact.measures.iter_mut().for_each(|measure| measure.evidence.retain(|id| evidence.contains(id)));
        system.impact.harms.iter_mut().for_each(|harm| harm.measures.retain(|id| measures.contains(id)));
    }
    let inclusions = assessment.answers.values_mut().map(|answer| &mut answer.inclusion);
    let own = assessment.own_controls.iter_mut().map(|control| &mut control.inclusion);
    inclusions.chain(own).for_each(|inclusion| inclusion.systems.retain(|id| systems.contains(id)));
    assessment.own_controls.iter_mut().for_each(|control| control.evidence.retain(|id| evidence.contains(id)));
    for exclusion in assessment.answers.values_mut().filter_map(|answer| answer.exclusion.as_mut()) {
        exclusion.systems.retain(|id| systems.contains(id));
        exclusion.others.iter_mut().for_each(|other| other.systems.retain(|id| systems.contains(id)));
    }
    assessment.actions.retain(|record| record.action != "system:s0:overdue" || systems.contains("s0"));
}

/// Up to that many things that a person does.
pub(super) fn acts(most: usize) -> impl Strategy<Value = Vec<Act>> {
    collection::vec(one_act(), 0..=most)
}

/// An assessment that a few people worked on and merged: it holds disputes and collisions.
pub(super) fn base() -> impl Strategy<Value = Assessment> {
    (acts(40), acts(30), acts(30)).prop_map(|(first, ours, theirs)| {
        let mut start = Assessment::new("Acme", catalog().version.to_string(), NaiveDate::default());
        act(&mut start, "Ann", &first);
        let [ours, theirs] = [("Ann", ours), ("Ben", theirs)].map(|(by, acts)| side(&start, by, &acts));
        let mut base = merge(&start, &ours, &theirs).assessment;
        tidy(&mut base);
        base
    })
}

/// What a person makes of a base.
pub(super) fn side(base: &Assessment, by: &str, acts: &[Act]) -> Assessment {
    let mut side = base.clone();
    act(&mut side, by, acts);
    tidy(&mut side);
    side
}

/// One thing that a person does.
pub(super) fn one_act() -> impl Strategy<Value = Act> {
    let answers = (0..10_usize).prop_flat_map(|index| {
        let requirements: Vec<&Requirement> = catalog().requirements().collect();
        on_requirement(requirements[index * 7])
    });
    prop_oneof![
        12 => answers.prop_map(Act::Change),
        4 => on_lists().prop_map(Act::Change),
        3 => (any::<u8>(), arbitrary::profile()).prop_map(|(field, profile)| Act::Profile(field, profile)),
        5 => (any::<u8>(), system()).prop_map(|(field, system)| Act::System(field, Box::new(system))),
        1 => (any::<u8>(), systems::own_criteria(&catalog().impact)).prop_map(|(field, criteria)| Act::Criteria(field, Box::new(criteria))),
    ]
}

fn on_requirement(requirement: &Requirement) -> impl Strategy<Value = Change> + use<> {
    let id = requirement.id;
    let check = sample::select(requirement.checks.clone());
    let response = check.prop_flat_map(|check| {
        let name = check.id.to_string();
        option::weighted(0.9, arbitrary::check_response(&check)).prop_map(move |response| (name.clone(), response))
    });
    let level = (option::weighted(0.9, arbitrary::level_answer()), any::<bool>());
    prop_oneof![
        4 => level.prop_map(move |(level, by_proposal)| Change::SetLevel {
            requirement: id,
            level,
            disputed: Vec::new(),
            by_proposal,
        }),
        4 => response.prop_map(move |(check, response)| Change::SetCheck { requirement: id, check, response }),
        2 => option::of(arbitrary::exclusion())
            .prop_map(move |exclusion| Change::SetExclusion { requirement: id, exclusion }),
        2 => arbitrary::inclusion()
            .prop_map(move |inclusion| Change::SetInclusion { requirement: id, inclusion: Box::new(inclusion) }),
        1 => line().prop_map(move |owner| Change::SetOwner { requirement: id, owner }),
        2 => note().prop_map(move |note| Change::SetNote { requirement: id, note }),
        1 => any::<bool>().prop_map(move |flagged| Change::SetFlag { requirement: id, flagged }),
        1 => any::<bool>().prop_map(move |to_confirm| Change::SetToConfirm { requirement: id, to_confirm }),
    ]
}

fn on_lists() -> impl Strategy<Value = Change> {
    let category = sample::select(catalog().categories.iter().map(|category| category.category).collect::<Vec<_>>());
    let requirements: Vec<Reference> = catalog().requirements().map(|requirement| requirement.id).take(8).collect();
    let status = sample::select(vec![ActionStatus::InProgress, ActionStatus::Done, ActionStatus::Dropped]);
    let action =
        sample::select(catalog().actions.iter().take(5).map(|action| action.id.to_string()).collect::<Vec<_>>());
    let task = prop_oneof![action, Just("system:s0:overdue".to_owned())];
    prop_oneof![
        4 => (0..6_u8, arbitrary::evidence_items(&requirements)).prop_map(|(number, mut items)| {
            let id = format!("e{number}");
            let evidence = items.pop().map(|item| crate::model::evidence::Evidence { id: id.clone(), ..item });
            Change::SetEvidence { id, evidence }
        }),
        1 => (category.clone(), option::of(level())).prop_map(|(category, level)| Change::SetTarget { category, level }),
        1 => (category, any::<bool>()).prop_map(|(category, absent)| Change::DeclareAbsent { category, absent }),
        1 => (0..4_u8).prop_map(|number| Change::SetSystem { id: format!("s{number}"), part: "entry", system: None }),
        1 => line().prop_map(Change::Rename),
        2 => arbitrary::own_control().prop_map(Change::own_control),
        1 => (1..4_u8).prop_map(|number| Change::SetOwnControl { id: format!("O.{number}"), control: None }),
        1 => arbitrary::statement().prop_map(|statement| Change::SetStatement(Box::new(statement))),
        2 => (task, status, note(), line(), option::of(date())).prop_map(|(action, status, reason, owner, due)| {
            Change::action(ActionRecord { action, status, reason, owner, due })
        }),
    ]
}

/// A system `s0` to `s3` with something in every list of its impact assessment.
fn system() -> impl Strategy<Value = System> {
    (0..4_u8, systems::full_system(catalog()))
        .prop_map(|(number, system)| System { id: format!("s{number}"), ..system })
}

//! People at work on one assessment, for the tests of merging: random edits of everything that an assessment holds.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::{collection, option, prelude::*, sample};

use crate::{
    merge::merge,
    model::{
        action::{ActionRecord, ActionStatus},
        arbitrary::{self, date, level, line, note},
        assessment::Assessment,
        decision_path::{PathAnswer, PathReply},
        edit::{Change, Edit},
        impact::{
            ImpactAssessment, PromptAnswer, PromptReply,
            criteria::{Matrix, OwnAnchor, OwnApproval, OwnCriteria},
            harm::{Benefit, Harm, Measure, MeasureKind, NoHarm, Rated, Rating},
            sign_off::{Occasion, Outcome, SignOff, SignedFact},
        },
        level::ImpactLevel,
        profile::Profile,
        reference::Reference,
        requirement::Requirement,
        system::{RestrictedUse, Screening, Stage, System},
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
        assessment.apply(&Edit { by: by.to_owned(), on: NaiveDate::default(), change });
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
    match field % 16 {
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
        _ => impact.sign_offs.clone_from(&other.sign_offs),
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
        1 => (any::<u8>(), criteria()).prop_map(|(field, criteria)| Act::Criteria(field, Box::new(criteria))),
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
        1 => line().prop_map(move |owner| Change::SetOwner { requirement: id, owner }),
        2 => note().prop_map(move |note| Change::SetNote { requirement: id, note }),
        1 => any::<bool>().prop_map(move |flagged| Change::SetFlag { requirement: id, flagged }),
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
        2 => (task, status, note(), line(), option::of(date())).prop_map(|(action, status, reason, owner, due)| {
            Change::action(ActionRecord { action, status, reason, owner, due })
        }),
    ]
}

/// At most three of these, each once, in order.
fn some(items: &[&str]) -> impl Strategy<Value = Vec<String>> + use<> {
    let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
    let most = items.len().min(3);
    sample::subsequence(items, 0..=most)
}

fn rating() -> impl Strategy<Value = Rating> {
    let rated = || option::of(prop_oneof![4 => (1..=4_u8).prop_map(Rated::At), 1 => Just(Rated::Unknown)]);
    (rated(), rated(), rated()).prop_map(|(gravity, reach, likelihood)| Rating {
        gravity,
        reach,
        likelihood,
        ..Rating::default()
    })
}

/// A system `s0` to `s3` with something in every list of its impact assessment.
fn system() -> impl Strategy<Value = System> {
    let impact_level = || option::of(sample::select(ImpactLevel::ALL.to_vec()));
    let head = (0..4_u8, line(), any::<bool>(), line(), note(), impact_level(), option::of(date()));
    let lists = (some(&["x", "y", "z"]), some(&["e0", "e1", "e2"]), option::of(screening()), eu_act());
    (head, lists, impact()).prop_map(|(head, (suppliers, evidence, screening, eu_act), impact)| {
        let (number, name, in_scope, owner, purpose, level, next_review) = head;
        let stage = in_scope.then_some(Stage::Operation);
        let id = format!("s{number}");
        System {
            id,
            name,
            in_scope,
            owner,
            purpose,
            level,
            next_review,
            stage,
            suppliers,
            evidence,
            screening,
            eu_act,
            impact,
            ..System::default()
        }
    })
}

fn screening() -> impl Strategy<Value = Screening> {
    (date(), line(), some(&["a", "b", "c"]), some(&["u1", "u2"]), note()).prop_map(
        |(on, by, sensitive, uses, settled)| {
            let restricted = uses.into_iter().map(|id| RestrictedUse { id, settled: settled.clone() }).collect();
            Screening { on, by, sensitive, unsure: Vec::new(), restricted }
        },
    )
}

fn eu_act() -> impl Strategy<Value = Vec<PathAnswer>> {
    let reply = sample::select(vec![PathReply::Yes, PathReply::No, PathReply::Unknown]);
    (some(&["role", "scope", "banned"]), reply, some(&["p", "q"]), note()).prop_map(|(steps, answer, picks, reason)| {
        let answers = steps.into_iter();
        answers.map(|step| PathAnswer { step, answer, picks: picks.clone(), reason: reason.clone() }).collect()
    })
}

fn impact() -> impl Strategy<Value = ImpactAssessment> {
    let reply = prop_oneof![
        note().prop_map(PromptReply::Text),
        collection::vec(line(), 0..3).prop_map(PromptReply::List),
        some(&["a", "b"]).prop_map(PromptReply::Choice),
        any::<bool>().prop_map(PromptReply::YesNo),
        Just(PromptReply::Unknown),
    ];
    let answers = collection::btree_map(sample::select(vec!["p1".to_owned(), "p2".to_owned()]), reply, 0..3)
        .prop_map(|all| all.into_iter().map(|(prompt, reply)| PromptAnswer { prompt, reply }).collect());
    let harms = collection::btree_map(0..3_u8, (note(), line(), rating(), rating(), some(&["m0", "m1"])), 0..3);
    let harms = harms.prop_map(|harms| {
        let harms = harms.into_iter();
        let harm = harms.map(|(number, (what, group, before, after, measures))| Harm {
            id: format!("h{number}"),
            what,
            group,
            before,
            after,
            measures,
            ..Harm::default()
        });
        harm.collect()
    });
    let kind = sample::select(MeasureKind::ALL.to_vec());
    let measures = collection::btree_map(0..2_u8, (note(), kind, line(), some(&["e0", "e1"])), 0..3);
    let measures = measures.prop_map(|measures| {
        let measure = measures.into_iter().map(|(number, (what, kind, owner, evidence))| Measure {
            id: format!("m{number}"),
            what,
            kind,
            owner,
            evidence,
            ..Measure::default()
        });
        measure.collect()
    });
    let benefits = option::of((note(), line())).prop_map(|benefit| {
        let benefit = benefit.map(|(what, group)| Benefit { id: "b0".into(), what, group, ..Benefit::default() });
        benefit.into_iter().collect()
    });
    let no_harm = option::of((option::of(Just("D".to_owned())), note()))
        .prop_map(|no_harm| no_harm.map(|(dimension, reason)| NoHarm { dimension, reason }).into_iter().collect());
    let occasions = option::of((line(), date(), note()))
        .prop_map(|occasion| occasion.map(|(trigger, on, what)| Occasion { trigger, on, what }).into_iter().collect());
    let rest = (benefits, no_harm, occasions, collection::vec(sign_off(), 0..3));
    (answers, harms, measures, rest).prop_map(
        |(answers, harms, measures, (benefits, no_harm, occasions, sign_offs))| ImpactAssessment {
            answers,
            harms,
            no_harm,
            benefits,
            measures,
            occasions,
            sign_offs,
        },
    )
}

fn sign_off() -> impl Strategy<Value = SignOff> {
    let people = sample::select(vec!["Ann".to_owned(), "Ben".to_owned()]);
    let fact = line().prop_map(|value| SignedFact { fact: "purpose".into(), value });
    let outcome = option::of(sample::select(Outcome::ALL.to_vec()));
    (people, option::of(Just(NaiveDate::default())), line(), outcome, note(), fact).prop_map(
        |(prepared_by, prepared_on, reviewed_by, outcome, conditions, fact)| SignOff {
            prepared_by,
            prepared_on,
            reviewed_by,
            outcome,
            conditions,
            facts: vec![fact],
            ..SignOff::default()
        },
    )
}

fn criteria() -> impl Strategy<Value = OwnCriteria> {
    let lowest = Matrix([[ImpactLevel::Low; 5]; 5]);
    let matrix = option::of(sample::select(vec![Matrix::PROPOSED, lowest]));
    let anchor = (1..3_u8, note()).prop_map(|(step, anchor)| OwnAnchor { scale: "SC-REACH".into(), step, anchor });
    let approval =
        (sample::select(ImpactLevel::ALL.to_vec()), line()).prop_map(|(level, by)| OwnApproval { level, by });
    (line(), matrix, anchor, approval).prop_map(|(approved_by, matrix, anchor, approval)| OwnCriteria {
        approved_by,
        approved_on: None,
        matrix,
        anchors: vec![anchor],
        approvals: vec![approval],
    })
}

//! Arbitrary assessments for property tests: everything that a catalogue lets a team say, and what a file may hold
//! beside it (exclusions that are not in force, disputes, undated and future evidence).
//!
//! Ids are unique, lists in order and texts clean, as in every assessment that was loaded.

pub(crate) mod systems;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, NaiveTime};
use proptest::{collection, option, prelude::*, sample, string::string_regex};

use crate::model::{
    action::{ActionRecord, ActionStatus},
    answer::{Answer, CheckAnswer, CheckResponse, LevelAnswer, Stamp},
    assessment::Assessment,
    catalog::Catalog,
    collision::{Collision, Place, Stated},
    evidence::{Evidence, EvidenceKind},
    exclusion::{Exclusion, ExclusionBasis},
    gateway::GatewayAnswer,
    history::{AnswerPart, LONGEST_HISTORY, PastChange},
    inclusion::{Driver, Inclusion, OwnControl},
    level::Level,
    profile::{AiRole, Capacity, Profile, Sector, Size},
    reference::Reference,
    requirement::{Check, Requirement},
    round::{MeanLevel, PastCategory, PastFigures, PastRound},
    statement::Statement,
};

/// An assessment made with a catalogue: from one in which nothing is said to one in which almost everything is.
pub(crate) fn assessment(catalog: &Catalog) -> impl Strategy<Value = Assessment> + use<> {
    let edition = catalog.version.clone();
    let categories: Vec<Reference> = catalog.categories.iter().map(|category| category.category).collect();
    let references: Vec<Reference> = catalog.requirements().map(|requirement| requirement.id).collect();
    // Boxed, since the stack of a test has no room for so many parts side by side.
    let answers: Vec<_> = catalog.requirements().map(|requirement| option::of(answer(requirement)).boxed()).collect();
    let head = (line(), date(), profile());
    let picks = (targets(&categories), gateway(catalog), some_of(&categories, 3));
    let systems = (systems::systems(catalog), rarely(systems::own_criteria(&catalog.impact))).boxed();
    let soa = (rarely(own_controls()), rarely(statement())).boxed();
    let lists = (systems, evidence_items(&references).boxed(), answers, soa, actions(catalog), rarely(collisions()));
    let rounds = rarely(rounds(&categories)).boxed();
    (head, picks, lists, rounds)
        .prop_map(move |((name, created, profile), picks, lists, rounds)| {
            let (targets, gateway, declared_absent) = picks;
            let ((mut systems, criteria), evidence, answers, (own_controls, statement), actions, collisions) = lists;
            systems::keep_known_evidence(&mut systems, &evidence);
            let filled = answers.into_iter().flatten().filter(|answer| !answer.is_empty());
            Assessment {
                catalog: edition.to_string(),
                name,
                created,
                profile,
                targets,
                gateway,
                declared_absent: declared_absent.into_iter().collect(),
                systems,
                criteria,
                evidence,
                answers: filled.map(|answer| (answer.requirement, answer)).collect(),
                own_controls,
                statement,
                actions,
                collisions,
                rounds,
            }
        })
        .boxed()
}

/// Up to three earlier rounds, each on a day of its own.
fn rounds(categories: &[Reference]) -> impl Strategy<Value = Vec<PastRound>> + use<> {
    let category = (sample::select(categories.to_vec()), past_figures());
    let round = (line(), line(), past_figures(), past_figures(), collection::vec(category, 0..3));
    collection::btree_map(date(), round, 0..4).prop_map(|rounds| {
        let round = |(on, (name, catalog, management_system, controls, categories)): (_, (_, _, _, _, Vec<_>))| {
            let categories = categories.into_iter().map(|(category, figures)| PastCategory { category, figures });
            PastRound { on, name, catalog, management_system, controls, categories: categories.collect() }
        };
        rounds.into_iter().map(round).collect()
    })
}

fn past_figures() -> impl Strategy<Value = PastFigures> {
    let mean = || {
        option::of((0..=20_u64, 4..=200_u64).prop_map(|(levels, weights)| MeanLevel::try_from((levels, weights)).ok()))
    };
    (mean(), mean(), 0..70_u32, 0..70_u32).prop_map(|(claimed, credited, applicable, conforming)| PastFigures {
        claimed: claimed.flatten(),
        credited: credited.flatten(),
        applicable,
        conforming,
        minor_gaps: applicable / 2,
        major_gaps: conforming / 2,
    })
}

/// Up to three values that were stated differently; about a place that need not exist.
fn collisions() -> impl Strategy<Value = Vec<Collision>> {
    let place = collection::vec(line(), 1..4).prop_map(Place);
    let stated = prop_oneof![note().prop_map(Stated::Words), (0..9_u8).prop_map(|n| Stated::Value(n.to_string()))];
    collection::btree_map(place, collection::vec(stated, 1..4), 0..3)
        .prop_map(|places| places.into_iter().map(|(place, stated)| Collision { place, stated }).collect())
}

/// What a team may say about one requirement; possibly nothing at all.
pub(crate) fn answer(requirement: &Requirement) -> impl Strategy<Value = Answer> + use<> {
    let id = requirement.id;
    let checks: Vec<_> = requirement.checks.iter().map(|check| option::weighted(0.7, check_response(check))).collect();
    let level = (option::weighted(0.8, level_answer()), rarely(collection::vec(level_answer(), 1..3)), any::<bool>());
    let past = (option::of(stamp()), history());
    let decided = (rarely(exclusion().prop_map(Some)), rarely(inclusion()));
    let marks = (any::<bool>(), rarely(any::<bool>()));
    let rest = (decided, rarely(line()), rarely(note()), marks, past);
    (level, checks, rest).prop_map(move |((level, disputed_levels, by_proposal), checks, rest)| {
        let ((exclusion, inclusion), owner, note, (flagged, to_confirm), (changed, history)) = rest;
        let mut checks: Vec<CheckResponse> = checks.into_iter().flatten().collect();
        checks.sort_by(|a, b| a.check.cmp(&b.check));
        Answer {
            requirement: id,
            level,
            disputed_levels,
            by_proposal,
            checks,
            exclusion,
            inclusion,
            owner,
            note,
            flagged,
            to_confirm,
            changed,
            history,
        }
    })
}

/// What a team may say to one check. `NoOccasion` only where the check knows it, mostly with its reason.
pub(crate) fn check_response(check: &Check) -> impl Strategy<Value = CheckResponse> + use<> {
    let id = check.id.clone();
    let parts: Vec<u8> = (1..=check.parts.len() as u8).collect();
    let answer = check_answer(check.conditional);
    let disputed = rarely(collection::vec(check_answer(check.conditional), 1..3));
    (answer, disputed, some_of(&parts, parts.len()), line()).prop_map(move |(answer, disputed, open_parts, reason)| {
        let is_partly = answer == CheckAnswer::Partly;
        let is_reasoned = answer == CheckAnswer::NoOccasion && reason.len() > 2;
        CheckResponse {
            check: id.to_string(),
            answer,
            open_parts: if is_partly { open_parts } else { Vec::new() },
            reason: if is_reasoned { reason } else { String::new() },
            disputed,
        }
    })
}

fn check_answer(conditional: bool) -> impl Strategy<Value = CheckAnswer> {
    let mut answers = vec![CheckAnswer::Yes, CheckAnswer::Yes, CheckAnswer::Partly, CheckAnswer::No];
    answers.push(CheckAnswer::Unknown);
    if conditional {
        answers.push(CheckAnswer::NoOccasion);
    }
    sample::select(answers)
}

/// A level, or that nobody knows it.
pub(crate) fn level_answer() -> impl Strategy<Value = LevelAnswer> {
    prop_oneof![8 => level().prop_map(LevelAnswer::Level), 1 => Just(LevelAnswer::Unknown)]
}

/// A level from 0 to 5.
pub(crate) fn level() -> impl Strategy<Value = Level> {
    sample::select(Level::ALL.to_vec())
}

/// An exclusion; about half of them would be in force for a control.
pub(crate) fn exclusion() -> impl Strategy<Value = Exclusion> {
    let basis = option::weighted(0.8, sample::select(ExclusionBasis::ALL.to_vec()));
    let reason = prop_oneof![3 => Just("We build no AI systems of our own.".to_owned()), 1 => line()];
    let of_the_day = (some_of(&AiRole::ALL, 2), some_of(&["s0".to_owned(), "s1".to_owned()], 2));
    let other = line().prop_map(|reason| vec![Exclusion { reason, ..Exclusion::default() }]);
    let dispute =
        prop_oneof![8 => Just((false, vec![])), 1 => Just((true, vec![])), 1 => other.prop_map(|o| (true, o))];
    (basis, reason, rarely(line()), rarely(line()), of_the_day, dispute).prop_map(
        |(basis, reason, reference, override_note, (roles, systems), (disputed, others))| Exclusion {
            basis,
            reason,
            reference,
            override_note,
            roles,
            systems,
            disputed,
            others,
        },
    )
}

/// What is said about a control that applies; possibly nothing.
pub(crate) fn inclusion() -> impl Strategy<Value = Inclusion> {
    let systems = (any::<bool>(), some_of(&["s0".to_owned(), "s1".to_owned()], 2));
    let drivers = (some_of(&Driver::ALL, 3), rarely(line()));
    (rarely(note()), drivers, systems, rarely(note())).prop_map(
        |(reason, (drivers, reference), (all_systems, systems), implementation)| Inclusion {
            reason,
            drivers,
            reference,
            all_systems,
            systems,
            implementation,
        },
    )
}

/// An own control `O.1` to `O.3`.
pub(crate) fn own_control() -> impl Strategy<Value = OwnControl> {
    let evidence = some_of(&["e0".to_owned(), "e1".to_owned()], 2);
    (1..4_u8, line(), rarely(inclusion()), rarely(line()), evidence).prop_map(
        |(number, title, inclusion, owner, evidence)| OwnControl {
            id: format!("O.{number}"),
            title,
            inclusion,
            owner,
            evidence,
        },
    )
}

fn own_controls() -> impl Strategy<Value = Vec<OwnControl>> {
    collection::vec(own_control(), 0..3).prop_map(|controls| {
        let by_id: BTreeMap<String, OwnControl> =
            controls.into_iter().map(|control| (control.id.clone(), control)).collect();
        by_id.into_values().collect()
    })
}

/// Version and approval of the statement of applicability, in part or whole.
pub(crate) fn statement() -> impl Strategy<Value = Statement> {
    (rarely(line()), rarely(line()), option::of(date()), rarely(line())).prop_map(
        |(version, approved_by, approved_on, decisions)| Statement { version, approved_by, approved_on, decisions },
    )
}

/// Up to five items of evidence that serve some of these requirements, dated around [`date`].
pub(crate) fn evidence_items(requirements: &[Reference]) -> impl Strategy<Value = Vec<Evidence>> + use<> {
    let kind = sample::select(EvidenceKind::ALL.to_vec());
    let dates = (option::weighted(0.8, date()), rarely(date().prop_map(Some)));
    let item = (line(), kind, rarely(line()), dates, rarely(line()), some_of(requirements, 12));
    collection::vec(item, 0..6).prop_map(|items| {
        let numbered = items.into_iter().enumerate();
        numbered
            .map(|(number, (title, kind, location, (date, valid_until), owner, serves))| Evidence {
                id: format!("e{number}"),
                title,
                kind,
                location,
                date,
                valid_until,
                owner,
                serves,
            })
            .collect()
    })
}

/// A profile; possibly an empty one.
pub(crate) fn profile() -> impl Strategy<Value = Profile> {
    let facts = (
        rarely(line()),
        option::of(sample::select(Sector::ALL.to_vec())),
        option::of(sample::select(Size::ALL.to_vec())),
        some_of(&AiRole::ALL, 4),
        option::of(any::<bool>()),
        rarely(note()),
    );
    let capacity = (1..=100_000_u32).prop_map(|hundredths| Capacity::try_from(f64::from(hundredths) / 100.0).ok());
    let work = (collection::vec(line(), 0..3), option::of(date()), option::of(date()), rarely(capacity));
    (facts, work).prop_map(|((organization, sector, size, roles, eu_exposure, scope), work)| {
        let (team, start_date, target_date, capacity) = work;
        Profile { organization, sector, size, roles, eu_exposure, scope, team, start_date, target_date, capacity }
    })
}

fn targets(categories: &[Reference]) -> impl Strategy<Value = BTreeMap<Reference, Level>> + use<> {
    collection::btree_map(sample::select(categories.to_vec()), level(), 0..3)
}

fn gateway(catalog: &Catalog) -> impl Strategy<Value = Vec<GatewayAnswer>> + use<> {
    let questions = catalog.gateway.iter().map(|question| {
        let id = question.id.clone();
        let options: Vec<String> = question.options.iter().map(|option| option.id.to_string()).collect();
        let pick = sample::select(options);
        option::of(pick.prop_map(move |option| GatewayAnswer { question: id.to_string(), option }))
    });
    questions.collect::<Vec<_>>().prop_map(|picked| {
        let mut picked: Vec<GatewayAnswer> = picked.into_iter().flatten().collect();
        picked.sort_by(|a, b| a.question.cmp(&b.question));
        picked
    })
}

fn actions(catalog: &Catalog) -> impl Strategy<Value = Vec<ActionRecord>> + use<> {
    let by_category = |kind: &'static str| catalog.categories.iter().map(move |c| format!("{kind}:{}", c.category));
    let ids: BTreeSet<String> = catalog.actions.iter().map(|action| action.id.to_string()).collect();
    let ids: Vec<String> = ids.into_iter().chain(by_category("evidence")).chain(by_category("ask")).collect();
    let statuses = [ActionStatus::Open, ActionStatus::InProgress, ActionStatus::Done, ActionStatus::Dropped];
    let record = (sample::select(statuses.to_vec()), rarely(line()), option::of(date()));
    collection::btree_map(sample::select(ids), record, 0..6).prop_map(|records| {
        let records = records.into_iter();
        records
            .map(|(action, (status, owner, due))| {
                let reason = if status == ActionStatus::Dropped { "The risk is accepted." } else { "" };
                ActionRecord { action, status, reason: reason.to_owned(), owner, due }
            })
            .collect()
    })
}

fn stamp() -> impl Strategy<Value = Stamp> {
    (line(), date()).prop_map(|(by, on)| Stamp { by, on })
}

/// The last changes of an answer, in whatever order.
fn history() -> impl Strategy<Value = Vec<PastChange>> {
    let flat = [
        AnswerPart::Level,
        AnswerPart::Exclusion,
        AnswerPart::Inclusion,
        AnswerPart::Owner,
        AnswerPart::Note,
        AnswerPart::Flag,
        AnswerPart::ToConfirm,
    ];
    let what = prop_oneof![2 => sample::select(flat.to_vec()), 1 => line().prop_map(AnswerPart::Check)];
    let at = option::of((0..24_u32, 0..60_u32)).prop_map(|time| {
        let time = time.and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0));
        time.map(Into::into)
    });
    let change = (date(), at, line(), what, rarely(line()), rarely(line()));
    let change = change.prop_map(|(on, at, by, what, from, to)| PastChange { on, at, by, what, from, to });
    rarely(collection::vec(change, 1..=LONGEST_HISTORY))
}

/// A day from 2024 to 2028.
pub(crate) fn date() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day");
    (0..1_800_u64).prop_map(move |days| first + Days::new(days))
}

/// One line of text, never empty: with quotes, backslashes and writing of several scripts.
pub(crate) fn line() -> impl Strategy<Value = String> {
    // Parsed once per strategy; a bare pattern would be parsed for every text.
    string_regex("[a-z]([a-z \"#\\\\é東ж👍/:(),]{0,10}[a-z.])?").expect("a pattern")
}

/// Text of several lines, some of them hard to quote.
pub(crate) fn note() -> impl Strategy<Value = String> {
    let hard =
        ["\"#", "r#\"x\"#", "\\", "C:\\new", "<<<<<<< HEAD", "), // A.6.2.4", "  ", "", "// no comment", "👩‍💻 説明"];
    let one = prop_oneof![line(), sample::select(hard.to_vec()).prop_map(str::to_owned)];
    collection::vec(one, 1..5).prop_map(|lines| lines.join("\n"))
}

/// Some of these, in their order.
fn some_of<T: Clone + std::fmt::Debug + 'static>(items: &[T], most: usize) -> impl Strategy<Value = Vec<T>> + use<T> {
    sample::subsequence(items.to_vec(), 0..=most.min(items.len()))
}

/// Mostly nothing (the default), sometimes a value.
fn rarely<T: Clone + Default + std::fmt::Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = T> {
    prop_oneof![4 => Just(T::default()), 1 => value]
}

//! Merges told as stories: what people did, what comes out, and what is said about it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, de};

use crate::{
    merge::{
        dispute::{Dispute, disputes},
        merge,
        schema::{self, Field},
    },
    model::{
        action::ActionRecord,
        answer::{CheckAnswer, CheckResponse, LevelAnswer},
        assessment::Assessment,
        collision::Stated,
        decision_path::PathAnswer,
        edit::{Change, Edit},
        evidence::Evidence,
        exclusion::{Exclusion, ExclusionBasis},
        impact::{
            ImpactAssessment, PromptAnswer,
            criteria::{OwnAnchor, OwnCriteria},
            harm::{Benefit, Harm, Measure, NoHarm, Rated, Rating},
            sign_off::{SignOff, SignedFact},
        },
        inclusion::{Driver, Inclusion, OwnControl},
        level::Level,
        profile::{Capacity, Profile},
        reference::Reference,
        statement::{Statement, StatementState},
        system::{RestrictedUse, Screening, System},
    },
};

fn reference(text: &str) -> Reference {
    text.parse().expect("a reference in a test")
}

fn start() -> Assessment {
    Assessment::new("Acme", "2026.10", NaiveDate::default())
}

fn with(base: &Assessment, by: &str, changes: impl IntoIterator<Item = Change>) -> Assessment {
    let mut side = base.clone();
    for change in changes {
        side.apply(&Edit { by: by.into(), on: NaiveDate::default(), at: None, change });
    }
    side
}

fn level(requirement: &str, number: usize) -> Change {
    Change::level(reference(requirement), LevelAnswer::Level(Level::ALL[number]))
}

/// What two people make of a base, and the sentences about it.
fn told(base: &Assessment, ours: Vec<Change>, theirs: Vec<Change>) -> (Assessment, Vec<String>) {
    let merged = merge(base, &with(base, "Ann", ours), &with(base, "Ben", theirs));
    (merged.assessment, merged.report.iter().map(ToString::to_string).collect())
}

/// The place and the options of each dispute.
fn options(assessment: &Assessment) -> Vec<String> {
    let line = |dispute: &Dispute| {
        let words: Vec<&str> = dispute.options.iter().map(|option| option.words.as_str()).collect();
        format!("{}: {}", dispute.place, words.join(" | "))
    };
    disputes(assessment).iter().map(line).collect()
}

#[test]
fn a_level_stated_differently_is_disputed_and_can_be_settled() {
    let (merged, notes) =
        told(&start(), vec![level("A.6.2.4", 2), level("4.1", 1)], vec![level("A.6.2.4", 3), level("4.2", 1)]);
    assert_eq!(
        notes,
        [
            "level of 4.2: 1 taken over from there; it was nothing",
            "level of A.6.2.4: 2 here, 3 there; both are kept, to be settled"
        ]
    );
    assert_eq!(merged.claimed(reference("A.6.2.4")), Level::new(2), "the lower counts");
    assert_eq!(merged.claimed(reference("4.1")), Level::new(1));
    assert_eq!(options(&merged), ["level of A.6.2.4: 2 Repeatable | 3 Defined"]);
    let settled = with(&merged, "Cem", [disputes(&merged)[0].options[1].change.clone()]);
    assert_eq!(settled.claimed(reference("A.6.2.4")), Level::new(3));
    assert_eq!(options(&settled), Vec::<String>::new());
}

#[test]
fn a_check_answered_differently_is_disputed_with_all_reasons() {
    let id = reference("10.2");
    let check = |answer, reason: &str| {
        Change::check(id, CheckResponse { reason: reason.into(), ..CheckResponse::new("react", answer) })
    };
    let ours = vec![check(CheckAnswer::NoOccasion, "nothing went wrong")];
    let (merged, notes) = told(&start(), ours, vec![check(CheckAnswer::Partly, "no record")]);
    let response = merged.answer(id).and_then(|answer| answer.check("react")).expect("the check").clone();
    assert_eq!((response.answer, response.disputed), (CheckAnswer::Partly, vec![CheckAnswer::NoOccasion]));
    assert_eq!(response.reason, "no record\n\nnothing went wrong");
    assert_eq!(notes[0], "check react of 10.2: NoOccasion here, Partly there; both are kept, to be settled");
    assert_eq!(options(&merged), ["check react of 10.2: partly | no occasion"]);

    // Without a reason it counts as open, also beside somebody else's reason.
    let ours = vec![check(CheckAnswer::NoOccasion, "")];
    let (merged, _) = told(&start(), ours, vec![check(CheckAnswer::Yes, "all records are there")]);
    let response = merged.answer(id).and_then(|answer| answer.check("react")).expect("the check").clone();
    assert_eq!(response.effective(), CheckAnswer::Unknown);
}

#[test]
fn two_decisions_on_a_control_are_both_kept_and_none_is_in_force() {
    let id = reference("A.10.3");
    let exclude = |reason: &str| {
        let basis = Some(ExclusionBasis::Role);
        Change::SetExclusion {
            requirement: id,
            exclusion: Some(Exclusion { basis, reason: reason.into(), ..Exclusion::default() }),
        }
    };
    let (merged, notes) =
        told(&start(), vec![exclude("We have no suppliers.")], vec![exclude("We build all ourselves.")]);
    assert!(merged.is_applicable(id));
    assert!(merged.answers[&id].is_disputed());
    assert_eq!(
        options(&merged),
        [
            "exclusion of A.10.3: it applies | excluded (role): We build all ourselves. | excluded (role): We have no suppliers."
        ]
    );
    assert_eq!(
        notes,
        [
            "exclusion of A.10.3: \"We have no suppliers.\" here, \"We build all ourselves.\" there; both are kept, none is in force, to be settled"
        ]
    );
    let settled = with(&merged, "Cem", [disputes(&merged)[0].options[2].change.clone()]);
    assert!(!settled.is_applicable(id) && disputes(&settled).is_empty());

    // Lifted by one and reworded by the other: somebody says that it applies.
    let base = with(&start(), "Ann", [exclude("We have no suppliers.")]);
    let lift = Change::SetExclusion { requirement: id, exclusion: None };
    let (merged, _) = told(&base, vec![lift], vec![exclude("We have no suppliers yet.")]);
    assert!(merged.is_applicable(id));
    assert_eq!(options(&merged), ["exclusion of A.10.3: it applies | excluded (role): We have no suppliers yet."]);
}

#[test]
fn two_reasons_for_inclusion_stand_below_each_other_and_two_references_collide() {
    let include = |reason: &str, drivers: &[Driver], source: &str, systems: &[&str]| Change::SetInclusion {
        requirement: reference("A.6.2.4"),
        inclusion: Box::new(Inclusion {
            reason: reason.into(),
            drivers: drivers.to_vec(),
            reference: source.into(),
            systems: systems.iter().map(|id| (*id).to_owned()).collect(),
            ..Inclusion::default()
        }),
    };
    let ours = include("It lowers R-7.", &[Driver::RiskAssessment], "R-7", &["bot"]);
    let theirs = include("A customer asks for it.", &[Driver::Contract], "contract 12", &["app"]);
    let (merged, notes) = told(&start(), vec![ours], vec![theirs]);
    let inclusion = &merged.answers[&reference("A.6.2.4")].inclusion;
    assert_eq!(inclusion.reason, "A customer asks for it.\n\nIt lowers R-7.");
    assert_eq!(inclusion.drivers, [Driver::Contract, Driver::RiskAssessment]);
    assert_eq!(inclusion.systems, ["app", "bot"]);
    assert_eq!(
        notes,
        [
            "reason of inclusion of A.6.2.4: changed on both sides, merged",
            "drivers of inclusion of A.6.2.4: changed on both sides, merged",
            "reference of inclusion of A.6.2.4: R-7 here, contract 12 there; both are kept, to be settled",
            "systems of inclusion of A.6.2.4: changed on both sides, merged",
        ]
    );
    assert_eq!(options(&merged), ["reference of inclusion of A.6.2.4: R-7 | contract 12"]);
    let settled = with(&merged, "Cem", [disputes(&merged)[0].options[1].change.clone()]);
    assert_eq!(settled.answers[&reference("A.6.2.4")].inclusion.reference, "contract 12");
    assert!(disputes(&settled).is_empty());

    // One names a system more, the other says that it applies to all: all it is.
    let base = with(&start(), "Ann", [include("", &[], "", &["bot"])]);
    let everywhere = Change::SetInclusion {
        requirement: reference("A.6.2.4"),
        inclusion: Box::new(Inclusion { all_systems: true, ..Inclusion::default() }),
    };
    let (merged, _) = told(&base, vec![everywhere], vec![include("", &[], "", &["bot", "app"])]);
    assert_eq!(merged.answers[&reference("A.6.2.4")].inclusion.only_systems(), [""; 0]);
}

#[test]
fn two_new_own_controls_of_the_same_id_are_both_kept_and_an_approval_of_less_is_none() {
    let own = |title: &str| {
        Change::own_control(OwnControl { id: "O.1".into(), title: title.into(), ..OwnControl::default() })
    };
    let ours = with(&start(), "Ann", [own("Red team")]);
    let approval = Statement {
        version: "1.0".into(),
        approved_by: "Board".into(),
        approved_on: Some(NaiveDate::default()),
        decisions: ours.decisions(),
    };
    let ours = with(&ours, "Ann", [Change::SetStatement(Box::new(approval))]);
    assert_eq!(ours.statement_state(NaiveDate::default()), StatementState::Approved);
    let theirs = with(&start(), "Ben", [own("Second reader")]);
    let merged = merge(&start(), &ours, &theirs).assessment;
    let titles: Vec<&str> = merged.own_controls.iter().map(|control| control.title.as_str()).collect();
    assert_eq!(titles.len(), 2, "{titles:?}");
    assert!(merged.own_controls.iter().all(|control| OwnControl::objection_to_id(&control.id).is_none()));
    assert_eq!(merged.statement_state(NaiveDate::default()), StatementState::Changed);

    // Two people who name different approvers leave a draft.
    let approved = |by: &str| {
        let statement =
            Statement { approved_by: by.into(), approved_on: Some(NaiveDate::default()), ..Statement::default() };
        vec![Change::SetStatement(Box::new(statement))]
    };
    let (merged, _) = told(&start(), approved("Dee"), approved("Eva"));
    assert_eq!(options(&merged), ["approver of statement of applicability: Dee | Eva"]);
    assert_eq!(merged.statement_state(NaiveDate::default()), StatementState::Draft);
    let settled = with(&merged, "Cem", [disputes(&merged)[0].options[1].change.clone()]);
    assert_eq!(settled.statement.approved_by, "Eva");
    assert_eq!(settled.statement_state(NaiveDate::default()), StatementState::Approved);
}

#[test]
fn a_single_value_set_twice_collides_and_the_careful_one_counts() {
    let system = |change: fn(&mut System)| {
        let mut system = System { owner: "Cem".into(), ..System::named("bot", "Bot") };
        system.impact.harms.push(Harm { id: "h1".into(), what: "Wrong advice".into(), ..Harm::default() });
        change(&mut system);
        Change::system("field", system)
    };
    let base = with(&start(), "Ann", [system(|_| {})]);
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let ours = system(|system| {
        system.next_review = "2027-03-01".parse().ok();
        system.impact.harms[0].before.gravity = Some(Rated::At(2));
        system.owner = "Ann".into();
    });
    let theirs = system(|system| {
        system.next_review = "2027-02-01".parse().ok();
        system.impact.harms[0].before =
            Rating { gravity: Some(Rated::At(4)), reach: Some(Rated::At(1)), ..Rating::default() };
    });
    let profile = |hundredths: f64| Profile { capacity: Capacity::try_from(hundredths).ok(), ..Profile::default() };
    let capacity = |days| Change::SetProfile(Box::new(profile(days)));
    let (merged, notes) = told(&base, vec![ours, capacity(10.0)], vec![theirs, capacity(2.5)]);
    let bot = merged.system("bot").expect("the system");
    assert_eq!((bot.next_review, bot.owner.as_str()), (day("2027-02-01"), "Ann"));
    let rating = bot.impact.harms[0].before;
    assert_eq!((rating.gravity, rating.reach), (Some(Rated::At(4)), Some(Rated::At(1))));
    assert_eq!(merged.profile, profile(2.5));
    assert_eq!(
        options(&merged),
        [
            "capacity of profile: 2.5 | 10.0",
            "gravity of rating without measures of harm h1 of system bot: 4 | 2",
            "next review of system bot: 2027-02-01 | 2027-03-01",
        ]
    );
    assert_eq!(
        notes,
        [
            "capacity of profile: 10.0 here, 2.5 there; both are kept, to be settled",
            "next review of system bot: 2027-03-01 here, 2027-02-01 there; both are kept, to be settled",
            "gravity of rating without measures of harm h1 of system bot: 2 here, 4 there; both are kept, to be settled",
            "reach of rating without measures of harm h1 of system bot: 1 taken over from there; it was nothing",
        ]
    );
    let settled =
        with(&merged, "Cem", disputes(&merged).iter().map(|dispute| dispute.options[1].change.clone()).take(2));
    assert_eq!(settled.profile, profile(10.0));
    assert_eq!(settled.system("bot").and_then(|bot| bot.impact.harms[0].before.gravity), Some(Rated::At(2)));
    assert_eq!(options(&settled), ["next review of system bot: 2027-02-01 | 2027-03-01"]);
}

#[test]
fn a_value_changed_by_hand_meanwhile_can_stay_and_a_place_that_is_gone_can_be_put_away() {
    let name = |name: &str| Change::system("name", System::named("bot", name));
    let base = with(&start(), "Ann", [name("Bot")]);
    let (merged, _) = told(&base, vec![name("Chatbot")], vec![name("Helper")]);
    assert_eq!(options(&merged), ["name of system bot: Chatbot | Helper"]);
    let changed = with(&merged, "Cem", [name("Clara")]);
    assert_eq!(options(&changed), ["name of system bot: leave it as it is: Clara | Chatbot | Helper"]);
    let removed = with(&merged, "Cem", [Change::SetSystem { id: "bot".into(), part: "entry", system: None }]);
    assert_eq!(options(&removed), ["name of system bot: leave it as it is"]);
    let closed = with(&removed, "Cem", [disputes(&removed)[0].options[0].change.clone()]);
    assert!(disputes(&closed).is_empty());
}

#[test]
fn new_entries_of_the_same_id_are_both_kept_and_references_follow() {
    let evidence = |title: &str| {
        let evidence = Evidence::found_at(title, NaiveDate::default(), "x", vec![reference("5.2")], &[]);
        Change::SetEvidence { id: "e1".into(), evidence: Some(Evidence { id: "e1".into(), ..evidence }) }
    };
    let system = |id: &str| Change::system("entry", System { evidence: vec!["e1".into()], ..System::named(id, id) });
    let (merged, notes) =
        told(&start(), vec![evidence("policy"), system("bot")], vec![evidence("minutes"), system("crm")]);
    let ids: Vec<(&str, &str)> = merged.evidence.iter().map(|item| (item.id.as_str(), item.title.as_str())).collect();
    let renamed = ids[1].0.to_owned();
    assert_eq!(ids, [("e1", "minutes"), (renamed.as_str(), "policy")]);
    assert_eq!(merged.system("bot").map(|system| system.evidence.clone()), Some(vec![renamed.clone()]));
    assert_eq!(merged.system("crm").map(|system| system.evidence.clone()), Some(vec!["e1".to_owned()]));
    assert_eq!(notes[0], format!("item of evidence e1: two new entries had this id; one of them is now {renamed}"));
}

#[test]
fn what_one_removed_goes_unless_the_other_changed_it() {
    let evidence = |id: &str, title: &str| {
        let evidence = Evidence::found_at(title, NaiveDate::default(), "x", Vec::new(), &[]);
        Change::SetEvidence { id: id.into(), evidence: Some(Evidence { id: id.into(), ..evidence }) }
    };
    let remove = |id: &str| Change::SetEvidence { id: id.into(), evidence: None };
    let base = with(&start(), "Ann", [evidence("a", "one"), evidence("b", "two"), evidence("c", "three")]);
    let (merged, notes) = told(&base, vec![remove("a"), remove("b")], vec![evidence("b", "two new"), remove("c")]);
    let ids: Vec<&str> = merged.evidence.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["b"]);
    assert_eq!(
        notes,
        ["item of evidence b: removed here and changed there; it is kept", "item of evidence c: removed there"]
    );
}

#[test]
fn answers_of_both_editions_stay_and_the_higher_edition_counts() {
    let base = start();
    let mut ours = with(&base, "Ann", [level("4.1", 2)]);
    ours.catalog = "2026.12".into();
    let mut theirs = with(&base, "Ben", [level("A.99.1", 3)]);
    theirs.catalog = "2026.11".into();
    let merged = merge(&base, &ours, &theirs).assessment;
    assert_eq!(merged.catalog, "2026.12");
    assert_eq!(merged.claimed(reference("A.99.1")), Level::new(3), "the orphan is kept");
    assert_eq!(merged.claimed(reference("4.1")), Level::new(2));
}

#[test]
fn texts_too_long_for_one_file_are_kept_beside_each_other() {
    let note = |letter: &str| Change::SetNote { requirement: reference("4.1"), note: letter.repeat(12_000) };
    let (merged, _) = told(&start(), vec![note("a")], vec![note("b")]);
    assert_eq!(merged.answers[&reference("4.1")].note, "a".repeat(12_000));
    let settle = disputes(&merged)[0].options[1].change.clone();
    assert_eq!(with(&merged, "Cem", [settle]).answers[&reference("4.1")].note, "b".repeat(12_000));
}

#[test]
fn a_long_bill_of_materials_collides_under_its_own_name() {
    let bill =
        |letter: &str| Change::system("bill", System { bill: letter.repeat(30_000), ..System::named("bot", "Bot") });
    let base = with(&start(), "Ann", [Change::system("entry", System::named("bot", "Bot"))]);
    let (merged, _) = told(&base, vec![bill("b")], vec![bill("a")]);
    let stated = ["a", "b"].map(|letter| Stated::Bill { bill: letter.repeat(30_000) });
    assert_eq!(merged.collisions[0].stated, stated);
    let settled = with(&merged, "Cem", [disputes(&merged)[0].options[1].change.clone()]);
    assert!(settled.systems[0].bill.starts_with('b') && settled.collisions.is_empty());
}

/// Asks a type for the names of its fields.
struct Names(Vec<&'static str>);

impl<'de> de::Deserializer<'de> for &mut Names {
    type Error = de::value::Error;

    fn deserialize_any<V: de::Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(de::Error::custom("only names are asked for"))
    }

    fn deserialize_struct<V: de::Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0 = fields.to_vec();
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct
        seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[test]
fn every_field_has_a_rule() {
    fn case<T: for<'de> Deserialize<'de>>(rules: &[Field], beside: &[&str]) {
        let mut names = Names(Vec::new());
        drop(T::deserialize(&mut names));
        let ruled: BTreeSet<&str> = rules.iter().map(|(name, _)| *name).chain(beside.iter().copied()).collect();
        assert_eq!(ruled, names.0.into_iter().collect(), "{}", std::any::type_name::<T>());
    }
    case::<Assessment>(schema::ASSESSMENT, &["collisions"]);
    case::<Profile>(schema::PROFILE, &[]);
    case::<Evidence>(schema::EVIDENCE, &[]);
    case::<ActionRecord>(schema::ACTION, &[]);
    case::<System>(schema::SYSTEM, &[]);
    case::<Screening>(schema::SCREENING, &[]);
    case::<RestrictedUse>(schema::RESTRICTED, &[]);
    case::<PathAnswer>(schema::EU_ACT, &[]);
    case::<ImpactAssessment>(schema::IMPACT, &[]);
    case::<PromptAnswer>(schema::PROMPT, &[]);
    case::<Harm>(schema::HARM, &[]);
    case::<Rating>(schema::RATING, &[]);
    case::<NoHarm>(schema::NO_HARM, &[]);
    case::<Benefit>(schema::BENEFIT, &[]);
    case::<Measure>(schema::MEASURE, &[]);
    case::<SignOff>(schema::SIGN_OFF, &[]);
    case::<SignedFact>(schema::FACT, &[]);
    case::<OwnCriteria>(schema::CRITERIA, &[]);
    case::<OwnAnchor>(schema::ANCHOR, &[]);
    case::<Inclusion>(schema::INCLUSION, &[]);
    case::<OwnControl>(schema::OWN_CONTROL, &[]);
    case::<Statement>(schema::STATEMENT, &[]);
    // Level, checks and exclusion hold their disputes themselves; a history is a record of what was, not a claim.
    let own = ["requirement", "level", "disputed_levels", "by_proposal", "checks", "exclusion", "changed", "history"];
    case::<crate::model::answer::Answer>(schema::ANSWER, &own);
    case::<CheckResponse>(&[], &["check", "answer", "open_parts", "reason", "disputed"]);
}

#[test]
fn of_two_editions_one_is_stated_that_the_program_does_not_judge_by() {
    let side = |edition: &str| Assessment { catalog: edition.into(), ..start() };
    let case = |known: &str, ours: &str, theirs: &str, expected: &str| {
        let (ours, theirs) = (side(ours), side(theirs));
        let mut merged = merge(&ours, &ours, &theirs);
        merged.state_edition(known, &ours, &theirs);
        assert_eq!(merged.assessment.catalog, expected);
    };
    case("2026.11", "2026.11", "2026.11", "2026.11");
    case("2026.11", "2026.11", "2026.05", "2026.05");
    case("2026.11", "2026.05", "2026.11", "2026.05");
    case("2026.11", "2026.11", "2027.01", "2027.01");
    case("2026.11", "2026.05", "2026.08", "2026.08");
}

#[test]
fn both_histories_are_kept_in_whatever_order_they_meet() {
    let note = |text: &str| Change::SetNote { requirement: "4.1".parse().expect("an id"), note: text.into() };
    let base = with(&start(), "Ann", [note("a")]);
    let [ours, theirs] = ["Ben", "Cem"].map(|by| with(&base, by, [note(&format!("a, {by}"))]));
    let told = |ours: &Assessment, theirs: &Assessment| -> Vec<String> {
        let both = merge(&base, ours, theirs).assessment;
        let history = &both.answers.values().next().expect("the answer").history;
        history.iter().map(|past| format!("{}: {}", past.by, past.words())).collect()
    };
    let all = ["Ann: note none -> \"a\"", "Ben: note \"a\" -> \"a, Ben\"", "Cem: note \"a\" -> \"a, Cem\""];
    assert_eq!(told(&ours, &theirs), all);
    assert_eq!(told(&theirs, &ours), all);
    assert_eq!(told(&ours, &base), all[..2]);
    assert_eq!(told(&base, &theirs), [all[0], all[2]]);
}

#[test]
fn rows_of_the_same_key_are_each_there_or_not_however_often_they_are_merged() {
    let row = |reason: &str| NoHarm { dimension: Some("DM-SOC".into()), reason: reason.into() };
    let side = |reasons: &[&str], owner: &str| {
        let mut system = System { owner: owner.into(), ..System::named("bot", "Bot") };
        system.impact.no_harm = reasons.iter().map(|reason| row(reason)).collect();
        with(&start(), "Ann", [Change::system("field", system)])
    };
    let case = |base: &[&str], ours: &[&str], theirs: &[&str], expected: &[&str]| {
        let [base, ours, theirs] = [side(base, "Ann"), side(ours, "Ben"), side(theirs, "Cem")];
        let both = merge(&base, &ours, &theirs).assessment;
        assert_eq!(merge(&base, &theirs, &ours).assessment, both);
        for again in [&ours, &theirs] {
            assert_eq!(merge(&base, &both, again).assessment, both);
        }
        let rows = both.systems[0].impact.no_harm.iter();
        let reasons: Vec<&str> = rows.map(|row| row.reason.as_str()).collect();
        assert_eq!(reasons, expected);
    };
    case(&["a"], &["a", "a"], &[], &[]);
    case(&["a"], &["a", "b"], &[], &["b"]);
    case(&["a"], &["a", "b"], &["c"], &["b", "c"]);
    case(&["a"], &["a", "a"], &["c"], &["c"]);
    case(&[], &["b", "a"], &["c"], &["a", "b", "c"]);
    case(&["a", "b"], &["b"], &["a", "b", "c"], &["b", "c"]);
    case(&["a"], &["a", "a"], &["a"], &["a", "a"]);
    case(&["a"], &["b"], &["a"], &["b"]);
}

#[test]
fn what_one_confirms_is_confirmed_and_what_nobody_looked_at_still_waits() {
    let first = with(&start(), "Ann", [level("4.1", 2), level("4.2", 2), level("4.3", 2)]);
    let past = crate::model::round::PastRound {
        on: NaiveDate::default(),
        name: "Acme".into(),
        catalog: "1".into(),
        management_system: Default::default(),
        controls: Default::default(),
        categories: Vec::new(),
    };
    let base = first.next_round("Acme (round 2)".into(), past.clone(), NaiveDate::default());
    let confirm = |id: &str| Change::SetToConfirm { requirement: reference(id), to_confirm: false };
    let both = vec![confirm("4.2"), level("4.2", 3)];
    let (merged, notes) = told(&base, vec![confirm("4.1")], both);
    let waiting: Vec<String> = merged
        .answers
        .values()
        .filter(|answer| answer.to_confirm)
        .map(|answer| answer.requirement.to_string())
        .collect();
    assert_eq!(waiting, ["4.3"]);
    assert!(notes.iter().all(|note| !note.contains("to be settled")), "{notes:?}");
    assert_eq!(merged.rounds, [past], "a round of both stands once");
    assert!(disputes(&merged).is_empty());
}

//! Which prompts count as answered, form by form.

use chrono::NaiveDate;

use super::*;
use crate::{
    impact::sample::{catalog, decided, harm, measure, no_harm, rated, rating, reply},
    model::{
        impact::{
            harm::{Benefit, Means, MeasureKind},
            sign_off::Outcome,
        },
        profile::AiRole,
        system::Stage,
    },
    score::sample::reference,
};

fn of(system: &System, form: Form) -> Progress {
    progress(&catalog().impact, system, &rated(system), form)
}

fn state(system: &System, prompt: &str) -> PromptState {
    state_of(catalog().impact.prompt(prompt).expect("a prompt in a test"), system, &rated(system))
}

/// Answers every prompt that is typed.
fn type_all(system: &mut System) {
    for (_, prompt) in catalog().impact.prompts() {
        let option = prompt.kind.options().first().map(|option| vec![option.id.to_string()]);
        let typed = match &prompt.kind {
            PromptKind::Text => PromptReply::Text("said".into()),
            PromptKind::List => PromptReply::List(vec!["said".into()]),
            PromptKind::Date => PromptReply::Date(NaiveDate::default()),
            PromptKind::YesNo => PromptReply::YesNo(false),
            PromptKind::One(_) | PromptKind::Many(_) => PromptReply::Choice(option.expect("an option")),
            PromptKind::Held(_) => continue,
        };
        reply(system, &prompt.id, typed);
    }
}

/// A system of which everything is said.
fn complete() -> System {
    let mut system = System {
        stage: Some(Stage::Operation),
        roles: vec![AiRole::User],
        next_review: Some(NaiveDate::default()),
        ..System::named("bot", "Bot")
    };
    type_all(&mut system);
    let treated = Measure {
        means: vec![Means::Technical],
        controls: vec![reference("A.9.2")],
        ..measure("m", MeasureKind::Lower, "e1")
    };
    let impact = &mut system.impact;
    impact.harms = vec![harm("h", "31112", "11112", "m")];
    impact.no_harm =
        vec![no_harm(Some("DM-SOC"), "It never leaves the team."), no_harm(Some("DM-ENV"), "It runs for minutes.")];
    impact.measures = vec![treated];
    let support = "A trial in May".to_owned();
    let (size, likelihood) = (Some(Rated::At(3)), Some(Rated::At(4)));
    impact.benefits = vec![Benefit { id: "b".into(), size, likelihood, support, ..Benefit::default() }];
    impact.sign_offs = vec![decided(Outcome::Approved)];
    system
}

#[test]
fn the_forms_have_so_many_prompts_and_a_complete_one_leaves_none_open() {
    let empty = System::named("bot", "Bot");
    let counts = |system: &System, form| {
        let progress = of(system, form);
        (progress.sections.len(), progress.answered(), progress.total(), progress.essential_open().count())
    };
    assert_eq!(counts(&empty, Form::Short), (11, 0, 23, 23));
    assert_eq!(counts(&empty, Form::Full), (17, 0, 108, 100));
    assert_eq!(counts(&complete(), Form::Short), (11, 23, 23, 0));
    assert_eq!(counts(&complete(), Form::Full), (17, 108, 108, 0));
    assert!(of(&complete(), Form::Short).is_complete() && of(&complete(), Form::Full).is_complete());
    let section = of(&complete(), Form::Short);
    let section = section.section("IA-16").expect("a section");
    assert_eq!((section.answered(), section.total(), section.essential_open()), (2, 2, 0));
}

#[test]
fn unknown_is_an_answer_and_blank_or_of_the_wrong_kind_is_none() {
    use PromptState::{Answered, Open, Unknown};
    let case = |prompt: &str, said: PromptReply, expected: PromptState| {
        let mut system = System::named("bot", "Bot");
        reply(&mut system, prompt, said.clone());
        assert_eq!(state(&system, prompt), expected, "of {said:?}");
    };
    let text = |text: &str| PromptReply::Text(text.into());
    let list = |entries: &[&str]| PromptReply::List(entries.iter().map(|&entry| entry.into()).collect());
    let choice = |picks: &[&str]| PromptReply::Choice(picks.iter().map(|&pick| pick.into()).collect());
    case("IA-01-Q01", text("Bot 2"), Answered);
    case("IA-01-Q01", text(" \n"), Open);
    case("IA-01-Q01", PromptReply::Unknown, Unknown);
    case("IA-01-Q01", list(&["Bot 2"]), Open);
    case("IA-02-Q04", list(&["EU"]), Answered);
    case("IA-02-Q04", list(&[" "]), Open);
    case("IA-02-Q04", list(&[]), Open);
    case("IA-05-Q05", choice(&["level-1"]), Answered);
    case("IA-05-Q05", choice(&["level-1", "level-2"]), Open);
    case("IA-05-Q05", choice(&[]), Open);
    case("IA-07-Q03", choice(&["personal-data", "protected-by-rights-of"]), Answered);
    case("IA-04-Q06", PromptReply::YesNo(false), Answered);
    case("IA-16-Q05", PromptReply::Date(NaiveDate::default()), Answered);
    case("IA-12-Q01", text("typed where a place holds it"), Open);
    let mut system = complete();
    reply(&mut system, "IA-01-Q01", PromptReply::Unknown);
    let progress = of(&system, Form::Short);
    assert_eq!(progress.unknown().map(|prompt| prompt.prompt.as_str()).collect::<Vec<_>>(), ["IA-01-Q01"]);
    assert!(progress.is_complete(), "it stays an open point and nothing more");
}

#[test]
fn what_has_a_place_of_its_own_is_answered_from_there() {
    use PromptState::{Answered, Open, Unknown};
    let case = |prompt: &str, expected: PromptState, change: &dyn Fn(&mut System)| {
        let mut system = complete();
        assert_eq!(state(&system, prompt), Answered, "{prompt} before");
        change(&mut system);
        assert_eq!(state(&system, prompt), expected, "{prompt}");
    };
    case("IA-01-Q04", Open, &|system| system.stage = None);
    case("IA-01-Q05", Open, &|system| system.impact.sign_offs[0].reviewed_by.clear());
    case("IA-01-Q07", Open, &|system| system.next_review = None);
    case("IA-02-Q05", Open, &|system| system.roles.clear());
    case("IA-11-Q01", Open, &|system| system.impact.benefits.clear());
    case("IA-11-Q02", Unknown, &|system| system.impact.benefits[0].size = Some(Rated::Unknown));
    case("IA-11-Q02", Open, &|system| system.impact.benefits[0].likelihood = None);
    case("IA-11-Q03", Open, &|system| system.impact.benefits[0].support.clear());
    case("IA-12-Q01", Open, &|system| system.impact.harms.clear());
    case("IA-12-Q02", Open, &|system| system.impact.harms[0].causes.clear());
    case("IA-12-Q03", Unknown, &|system| system.impact.harms[0].before.reach = Some(Rated::Unknown));
    case("IA-12-Q03", Open, &|system| system.impact.harms[0].before.duration = None);
    case("IA-15-Q01", Open, &|system| system.impact.harms[0].measures.clear());
    case("IA-15-Q01", Open, &|system| system.impact.measures.clear());
    case("IA-15-Q02", Open, &|system| system.impact.measures[0].means.clear());
    case("IA-15-Q03", Open, &|system| system.impact.measures[0].owner.clear());
    case("IA-15-Q03", Open, &|system| system.impact.measures[0].due = None);
    case("IA-15-Q06", Open, &|system| system.impact.harms[0].after = Rating::default());
    case("IA-15-Q09", Open, &|system| system.impact.measures[0].controls.clear());
    case("IA-16-Q03", Open, &|system| system.impact.sign_offs[0].outcome = None);
}

#[test]
fn without_harm_or_with_low_harm_only_no_measure_is_asked_for() {
    let mut system = complete();
    system.impact.measures.clear();
    system.impact.harms = vec![harm("h", "11111", "-----", "")];
    assert!(of(&system, Form::Full).is_complete(), "what is low is accepted and watched");
    system.impact.harms[0].before = rating("31112");
    assert_eq!(of(&system, Form::Full).essential_open().count(), 5);
    system.impact.harms.clear();
    system.impact.no_harm.push(no_harm(None, "It only sorts our own mail."));
    assert!(of(&system, Form::Full).is_complete(), "no harm found");
}

#[test]
fn the_short_form_must_hear_something_on_society_and_environment() {
    let silent = |change: &dyn Fn(&mut System)| {
        let mut system = complete();
        system.impact.no_harm.clear();
        change(&mut system);
        assert!(of(&system, Form::Full).silent_dimensions.is_empty(), "the full form asks in section IA-14");
        of(&system, Form::Short).silent_dimensions
    };
    assert_eq!(silent(&|_| ()), ["DM-SOC", "DM-ENV"]);
    assert_eq!(silent(&|system| system.impact.harms[0].dimension = "DM-SOC".into()), ["DM-ENV"]);
    assert_eq!(silent(&|system| system.impact.no_harm = vec![no_harm(Some("DM-ENV"), "none")]), ["DM-SOC", "DM-ENV"]);
    let reason = "It runs for minutes.";
    assert_eq!(silent(&|system| system.impact.no_harm = vec![no_harm(Some("DM-ENV"), reason)]), ["DM-SOC"]);
    let whole = |system: &mut System| {
        system.impact.harms.clear();
        system.impact.no_harm = vec![no_harm(None, reason)];
    };
    assert!(silent(&whole).is_empty());
    let mut system = complete();
    system.impact.no_harm.clear();
    assert!(!of(&system, Form::Short).is_complete());
}

#[test]
fn the_full_form_is_asked_for_where_something_asks_for_it() {
    let mut system = System::named("bot", "Bot");
    assert_eq!(Form::asked_for(&rated(&system)), Form::Short);
    system.sensitive_use = true;
    assert_eq!(Form::asked_for(&rated(&system)), Form::Full);
}

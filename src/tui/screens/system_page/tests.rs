//! The page of one system, and what leads on from it.

use insta::assert_snapshot;

use super::*;
use crate::{
    bom::Bill,
    model::{
        edit::Change,
        impact::{
            ImpactAssessment,
            harm::{Harm, Rated, Rating, Scale},
            sign_off::{Outcome, SignOff},
        },
        level::ImpactLevel,
        system::{RestrictedUse, Screening},
    },
    tui::{
        input::MouseKind,
        testing::{Screen, as_of, assessment},
        theme::Palette,
    },
};

fn page(width: u16, height: u16, system: System) -> Screen {
    let id = system.id.clone();
    Screen::open(width, height, assessment(vec![Change::system("entry", system)])).above(SystemPage::new(&id))
}

fn plain() -> System {
    System::named("bot", "Chat helper")
}

fn screened(restricted: Vec<RestrictedUse>) -> System {
    let screening = Screening { on: as_of(), by: "Ann".into(), restricted, ..Screening::default() };
    System { screening: Some(screening), ..plain() }
}

fn harmful() -> System {
    let before = Scale::ALL.into_iter().fold(Rating::default(), |rating, scale| rating.with(scale, Some(Rated::At(3))));
    let harm =
        |id: &str, before: Rating| Harm { id: id.into(), what: "Wrong answer".into(), before, ..Harm::default() };
    let unknown = before.with(Scale::Likelihood, Some(Rated::Unknown));
    let harms = vec![harm("h1", before), harm("h2", unknown), harm("h3", Rating::default())];
    System { impact: ImpactAssessment { harms, ..ImpactAssessment::default() }, ..screened(Vec::new()) }
}

#[test]
fn a_page_lists_what_can_be_opened() {
    assert_snapshot!(page(60, 16, plain()).text(), @"
     Chat helper                                         Acme
     In scope; not assessed, counts as medium.
     Next: screen it, two minutes.

    ▸ Facts                missing: owner, purpose, stage, y...
      Screening            not yet; it takes two minutes
      Assessment           short form: 0 of 23 answered
      Harms                none entered, so not assessed
      Measures             none yet
      Benefits             none yet
      Sign-off             not signed
      EU AI Act            not asked yet
      Bill of materials    none yet
      What happened since  nothing noted
      Evidence             none yet
     Enter open  w why this level, what is open  ? help  q back
    ");
    assert_snapshot!(page(80, 24, harmful()).text(), @"
     Chat helper                                                             Acme
     In scope; impact very high. Provisional: what is unknown or not rated yet can
     still change it.
     Assessment not signed.
     Next: short form, 1 of 23 answered.

    ▸ Facts                missing: owner, purpose, stage, your roles, who is af...
      Screening            2026-10-15: nothing sensitive
      Assessment           short form: 1 of 23 answered
      Harms                3 harms, 1 not rated yet
      Measures             none yet
      Benefits             none yet
      Sign-off             not signed
      EU AI Act            not asked yet
      Bill of materials    none yet
      What happened since  nothing noted
      Evidence             none yet






     Enter open  w why this level, what is open  / search  ? help  q back
    ");
}

#[test]
fn a_banned_use_says_what_to_do() {
    let banned = screened(vec![RestrictedUse { id: "RU-01".into(), settled: String::new() }]);
    assert_snapshot!(page(60, 16, banned).looks(Palette::Plain, true).text(), @"
     Chat helper                                         Acme
     Banned by law: it is not rated. Stop it, or change what it
     is used for, and have a lawyer check the finding. Until
     then it stands first in the plan, even out of scope.
     Next: stop it, or change its use.
                                                      1-9 of 11
    > Facts                missing: owner, purpose, stage, y...
      Screening            2026-10-15: banned by law
      Assessment           short form: 0 of 23 answered
      Harms                none entered, so not assessed
      Measures             none yet
      Benefits             none yet
      Sign-off             not signed
      EU AI Act            not asked yet
      Bill of materials    none yet
     Enter open  w why this level, what is open  ? help  q back
    ");
}

#[test]
fn enter_opens_each_part() {
    let screen = page(80, 24, plain()).keys("enter");
    assert_eq!(screen.app.context(), Some(Context::Form));
    let screen = screen.keys("esc down enter y enter");
    assert!(screen.app.session.assessment().system("bot").expect("the system").screening.is_some());
    let mut screen = screen.keys("end enter");
    assert!(screen.text().contains("nothing to choose from"), "{}", screen.text());
}

#[test]
fn the_mouse_opens_a_part_too() {
    let screen = page(60, 16, plain()).mouse(MouseKind::Click, 3, 5);
    assert_eq!(screen.app.context(), Some(Context::SystemPage), "the first click only selects");
    assert_eq!(screen.mouse(MouseKind::Click, 3, 5).app.context(), Some(Context::Screening));
}

#[test]
fn a_page_outlives_its_system() {
    let screen = Screen::open(60, 16, assessment(Vec::new())).keys("y n").types("Bot").keys("enter esc enter");
    assert_eq!(screen.app.context(), Some(Context::SystemPage));
    let mut screen = screen.keys("z");
    assert!(screen.text().contains("It is not registered any more."), "{}", screen.text());
    assert_eq!(screen.keys("enter down enter").app.context(), Some(Context::SystemPage));
}

#[test]
fn the_states_say_how_far_a_part_is() {
    let state = |part: Part, system: System| {
        let screen = page(80, 24, system);
        let session = &screen.app.session;
        let system = session.assessment().system("bot").expect("the system");
        part.state(system, session.standing().system("bot").expect("a rating"), session)
    };
    let case = |part: Part, system: System, expected: &str| assert_eq!(state(part, system), expected, "{part:?}");
    case(Part::Facts, plain(), "missing: owner, purpose, stage, your roles, who is affected");
    case(Part::Screening, plain(), "not yet; it takes two minutes");
    case(Part::Screening, screened(Vec::new()), "2026-10-15: nothing sensitive");
    let barred = RestrictedUse { id: "RU-03".into(), settled: String::new() };
    case(Part::Screening, screened(vec![barred]), "2026-10-15: nothing sensitive, 1 barred and not settled");
    case(Part::Harms, plain(), "none entered, so not assessed");
    case(Part::Harms, harmful(), "3 harms, 1 not rated yet");
    case(Part::Measures, plain(), "none yet");
    case(Part::Benefits, plain(), "none yet");
    case(Part::SignOff, plain(), "not signed");
    case(Part::EuAct, plain(), "not asked yet");
    case(Part::Bill, plain(), "none yet");
    case(Part::Bill, System { bill: "{}".into(), ..plain() }, "it cannot be read");
    case(Part::Bill, System { bill: Bill::default().text(), ..plain() }, "nothing listed yet");
    case(Part::Occasions, plain(), "nothing noted");
    case(Part::Evidence, plain(), "none yet");
    assert!(state(Part::Assessment, plain()).starts_with("short form: "), "{}", state(Part::Assessment, plain()));
}

#[test]
fn a_stated_level_is_told_apart() {
    let stated = System { level: Some(ImpactLevel::High), ..screened(Vec::new()) };
    let mut screen = page(80, 24, stated);
    assert!(screen.text().contains("In scope; impact high, by an assessment kept elsewhere."), "{}", screen.text());
}

#[test]
fn it_fits_every_terminal() {
    Screen::fits_everywhere(|width, height| page(width, height, harmful()));
}

#[test]
fn the_full_form_is_asked_for_with_the_reason() {
    let screening = Screening { on: as_of(), sensitive: vec!["ST-01".into()], ..Screening::default() };
    let unsure = Screening { unsure: vec!["ST-06".into()], ..screening.clone() };
    let text = |screening: Screening| page(140, 40, System { screening: Some(screening), ..harmful() }).text();
    let all = page(80, 24, plain()).app.session.catalog.impact.prompts().count();
    let asked = format!("The full form ({all} questions) is asked for because of 1 sensitive use.");
    assert!(text(screening.clone()).contains(&asked), "{}", text(screening));
    let asked = "because of 2 sensitive uses (1 not sure).";
    assert!(text(unsure.clone()).contains(asked), "{}", text(unsure));
}

#[test]
fn an_approval_does_not_hide_that_the_full_form_is_open() {
    let next = |sensitive: &[&str]| {
        let mut system = harmful();
        system.impact.harms.truncate(1);
        system.next_review = Some("2027-03-01".parse().expect("a day"));
        let sensitive = sensitive.iter().map(|&id| id.to_owned()).collect();
        system.screening = system.screening.map(|screening| Screening { sensitive, ..screening });
        system.impact.sign_offs = vec![SignOff {
            prepared_by: "Ann".into(),
            approved_by: "Eva".into(),
            approved_on: Some(as_of()),
            outcome: Some(Outcome::Approved),
            ..SignOff::default()
        }];
        let text = page(80, 24, system).text();
        assert!(text.contains("Assessment approved by Eva on 2026-10-15."), "{text}");
        text.lines().find(|line| line.contains("Next: ")).expect("a next step").trim().to_owned()
    };
    assert_eq!(next(&[]), "Next: review on 2027-03-01.");
    let next = next(&["ST-01"]);
    assert!(next.starts_with("Next: full form, "), "{next}");
}

#[test]
fn a_review_that_was_due_asks_for_a_new_look() {
    let late = System { next_review: Some("2026-03-01".parse().expect("a day")), ..screened(Vec::new()) };
    let mut screen = page(80, 24, late);
    let text = screen.text();
    assert!(text.contains("The review was due on 2026-03-01.\n Next: look at it again."), "{text}");
}

#[test]
fn out_of_scope_says_why_and_asks_for_nothing() {
    let out = System { in_scope: false, scope_reason: "run by the parent".into(), ..plain() };
    let text = page(80, 24, out).text();
    assert!(text.contains("Out of scope (run by the parent); not assessed."), "{text}");
    assert!(!text.contains("Next:"), "{text}");
}

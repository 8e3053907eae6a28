//! The register of AI systems as a person sees it.

use insta::assert_snapshot;

use super::*;
use crate::{
    model::{
        decision_path::{PathAnswer, PathReply},
        impact::{
            ImpactAssessment,
            harm::{Harm, Measure, Rated, Rating, Scale},
        },
        system::{RestrictedUse, Screening},
    },
    tui::{
        sample::evidence,
        testing::{Screen, as_of, assessment},
        theme::Palette,
    },
};

fn empty(width: u16, height: u16) -> Screen {
    Screen::open(width, height, assessment(Vec::new())).above(Systems::default())
}

fn registered(width: u16, height: u16) -> Screen {
    let screen = empty(width, height).keys("n").types("Resume screening").keys("enter");
    screen.types("Chat helper").keys("enter").types("影響評価の記録").keys("enter esc")
}

/// Systems in every state that the register tells apart.
fn various(width: u16, height: u16) -> Screen {
    let screening = Screening { on: as_of(), by: "Ann".into(), ..Screening::default() };
    let screened = |id: &str, name: &str| System { screening: Some(screening.clone()), ..System::named(id, name) };
    let barred = |id: &str| {
        let restricted = vec![RestrictedUse { id: id.into(), settled: String::new() }];
        Some(Screening { restricted, ..screening.clone() })
    };
    let rated = |step: u8| Scale::ALL.iter().fold(Rating::default(), |r, scale| r.with(*scale, Some(Rated::At(step))));
    let harm = Harm {
        id: "h".into(),
        what: "Refuses a loan".into(),
        before: rated(4),
        after: rated(3),
        measures: vec!["m".into()],
        ..Harm::default()
    };
    let open = Harm { id: "i".into(), before: rated(3).with(Scale::Gravity, Some(Rated::Unknown)), ..Harm::default() };
    let measure =
        Measure { id: "m".into(), what: "Second look".into(), evidence: vec!["trial".into()], ..Measure::default() };
    let of_harms =
        |harms: Vec<Harm>| ImpactAssessment { harms, measures: vec![measure.clone()], ..ImpactAssessment::default() };
    let eu = PathAnswer { step: "scope".into(), answer: PathReply::No, picks: Vec::new(), reason: String::new() };
    let systems = [
        System { level: Some(ImpactLevel::High), next_review: Some(as_of()), ..screened("a", "Credit scoring") },
        System { screening: barred("RU-01"), ..System::named("b", "Mood watch") },
        System { screening: barred("RU-03"), ..System::named("c", "Picture maker") },
        System { impact: of_harms(vec![harm.clone()]), eu_act: vec![eu], ..screened("d", "Loans") },
        System { impact: of_harms(vec![harm, open]), ..screened("e", "Loans, new version") },
        System { next_review: Some("2026-03-01".parse().expect("a day")), ..screened("f", "Triage") },
        System { in_scope: false, scope_reason: "run by the parent company".into(), ..System::named("g", "Payroll") },
    ];
    let changes = systems.map(|system| Change::system("entry", system)).to_vec();
    let changes = [changes, vec![evidence("Trial", Some("2026-09-01"), "A.6.2.4")]].concat();
    Screen::open(width, height, assessment(changes)).above(Systems::default())
}

fn system<'s>(screen: &'s Screen, id: &str) -> &'s System {
    screen.app.session.assessment().system(id).expect("a system of that id")
}

#[test]
fn an_empty_register_says_what_it_is_for() {
    assert_snapshot!(empty(60, 16).text(), @"
    AI systems                                          Acme
    No AI system is registered yet; n adds them, one in a
    line: bought tools too. The impact level of the systems in
    scope decides how much the requirements weigh that face AI
    systems.










    Enter open  n add  s scope  c criteria  ? help  q back
    ");
}

#[test]
fn each_system_says_its_level_and_what_is_next() {
    assert_snapshot!(various(80, 24).text(), @"
     AI systems                                                              Acme
     Highest impact in scope: very high (Mood watch and 2 more), so the 29
     requirements that face AI systems weigh twice as much and the target of 29 of
     them is raised to 4.

    ▸ Credit scoring                          impact high
      in scope · next: review on 2026-10-15, assessment kept elsewhere
      Mood watch                              banned by law, not rated
      in scope · next: stop it, or change its use
      Picture maker                           not assessed, counts as medium
      in scope · next: settle what bars its use, the supplier's terms or the mod...
      Loans                                   impact very high, high after measures
      in scope · next: full form, 4 of 108 answered · EU: Outside the Act
      Loans, new version                      impact very high, high after measures
      in scope · provisional · next: full form, 2 of 108 answered
      Triage                                  not assessed, counts as medium
      in scope · next: look at it again, the review was due on 2026-03-01
      Payroll                                 not assessed
      out of scope: run by the parent company




     Enter open  n add  s scope  c criteria  0-4 stated level  ? help  q back
    ");
    assert_snapshot!(various(60, 16).looks(Palette::Plain, true).text(), @"
     AI systems                                          Acme
     Highest impact in scope: very high (Mood watch and 2
     more), so the 29 requirements that face AI systems weigh
     twice as much and the target of 29 of them is raised to 4.
                                                       1-5 of 7
    > Credit scoring      impact high
      in scope - next: review on 2026-10-15, assessment kept...
      Mood watch          banned by law, not rated
      in scope - next: stop it, or change its use
      Picture maker       not assessed, counts as medium
      in scope - next: settle what bars its use, the supplie...
      Loans               impact very high, high after measures
      in scope - next: full form, 4 of 108 answered - EU: Ou...
      Loans, new version  impact very high, high after measures
      in scope - provisional - next: full form, 2 of 108 ans...
     Enter open  n add  s scope  c criteria  ? help  q back
    ");
}

#[test]
fn new_systems_wait_for_their_screening() {
    assert_snapshot!(registered(60, 16).text(), @"
     AI systems                                    Acme  saving
     Highest impact in scope: medium (Chat helper and 2 more),
     so the 29 requirements that face AI systems weigh 1.25
     times as much and their targets stay.

    ▸ Chat helper                not assessed, counts as medium
      in scope · next: screen it, two minutes
      Resume screening           not assessed, counts as medium
      in scope · next: screen it, two minutes
      影響評価の記録             not assessed, counts as medium
      in scope · next: screen it, two minutes




     Enter open  n add  s scope  c criteria  ? help  q back
    ");
}

#[test]
fn levels_of_an_assessment_kept_elsewhere_can_be_stated() {
    let screen = registered(80, 24).keys("home 4");
    assert_eq!(system(&screen, "chat-helper").level, Some(ImpactLevel::VeryHigh));
    let screen = screen.keys("0");
    assert_eq!(system(&screen, "chat-helper").level, None);
}

#[test]
fn another_level_takes_the_one_after_measures_away() {
    let stated = System { level: Some(ImpactLevel::High), residual: Some(ImpactLevel::Low), ..System::named("a", "A") };
    let open =
        || Screen::open(80, 24, assessment(vec![Change::system("entry", stated.clone())])).above(Systems::default());
    assert_eq!(system(&open().keys("3"), "a").residual, Some(ImpactLevel::Low));
    assert_eq!(system(&open().keys("4"), "a").residual, None);
}

#[test]
fn a_level_is_not_stated_where_harms_say_it() {
    let mut screen = various(80, 24).keys("down down down 1");
    assert!(screen.text().contains("Its level follows from the harms rated here."), "{}", screen.text());
    assert_eq!(system(&screen, "d").level, None);
    let mut screen = various(80, 24).keys("down 1");
    assert!(screen.text().contains("A use banned by law is not rated."), "{}", screen.text());
}

#[test]
fn leaving_the_scope_asks_for_the_reason() {
    let screen = registered(80, 24).keys("home s enter");
    assert!(system(&screen, "chat-helper").in_scope, "no reason, no change");
    let screen = screen.types("Run by the parent company").keys("enter");
    let helper = system(&screen, "chat-helper");
    assert_eq!((helper.in_scope, helper.scope_reason.as_str()), (false, "Run by the parent company"));
    let screen = screen.keys("s");
    let helper = system(&screen, "chat-helper");
    assert_eq!((helper.in_scope, helper.scope_reason.as_str()), (true, ""));
    let mut screen =
        screen.keys("s").types("x").keys("enter down s").types("y").keys("enter down s").types("z").keys("enter");
    assert!(screen.text().contains("No AI system is in scope"), "{}", screen.text());
}

#[test]
fn enter_opens_the_page_and_c_the_criteria() {
    let screen = registered(80, 24).keys("home enter");
    assert_eq!(screen.app.context(), Some(Context::SystemPage));
    assert_eq!(screen.keys("q c").app.context(), Some(Context::Criteria));
}

#[test]
fn removing_asks_twice() {
    let mut screen = registered(80, 24).keys("home D");
    assert!(screen.text().contains("Press D again to remove Chat helper."), "{}", screen.text());
    let mut screen = screen.keys("D");
    assert_eq!(screen.app.session.assessment().systems.len(), 2);
    assert!(screen.text().contains("Removed Chat helper; z takes it back."), "{}", screen.text());
}

#[test]
fn it_fits_every_terminal() {
    Screen::fits_everywhere(various);
}

#[test]
fn search_lands_on_the_page_of_a_system() {
    let screen = registered(80, 24).keys("/").types("resume screening").keys("enter");
    assert_eq!(screen.app.context(), Some(Context::SystemPage));
}

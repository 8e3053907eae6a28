//! The register of AI systems as a person sees it.

use insta::assert_snapshot;

use super::*;
use crate::tui::{
    testing::{Screen, assessment},
    theme::Palette,
};

fn empty(width: u16, height: u16) -> Screen {
    Screen::open(width, height, assessment(Vec::new())).above(Systems::default())
}

fn registered(width: u16, height: u16) -> Screen {
    let screen = empty(width, height).keys("n").types("Resume screening").keys("enter");
    let screen = screen.keys("n").types("Chat helper").keys("enter");
    screen.keys("n").types("影響評価の記録").keys("enter")
}

fn system<'s>(screen: &'s Screen, id: &str) -> &'s System {
    let systems = &screen.app.session.assessment().systems;
    systems.iter().find(|system| system.id == id).expect("a system of that id")
}

#[test]
fn an_empty_register_says_what_it_is_for() {
    assert_snapshot!(empty(60, 16).text(), @"
    AI systems                                          Acme
    No AI system is registered yet; n adds the first. The
    impact level of the systems in scope decides how much the
    requirements weigh that face AI systems.











    n new  0-4 impact  D remove  Enter rename  ? help  q back
    ");
}

#[test]
fn one_key_each_says_what_a_system_is() {
    let mut screen = registered(80, 24);
    assert_snapshot!(screen.text(), @"
     AI systems                                                        Acme  saving
     Highest impact in scope: medium (Chat helper and 2 more), so the 29
     requirements that face AI systems weigh 1.25 times as much and their targets
     stay.

      Chat helper                                     not assessed, in scope
      counts as medium until it is rated · id chat-helper
      Resume screening                                not assessed, in scope
      counts as medium until it is rated · id resume-screening
    ▸ 影響評価の記録                                  not assessed, in scope
      counts as medium until it is rated · id system










     Rate it with your own criteria: 1 low, 2 medium, 3 high, 4 very high, 0 not
     assessed.
     n new  0-4 impact  D remove  Enter rename  b banned  s scope  ? help  q back
    ");
    let mut screen = screen.keys("3 v up s b");
    assert_snapshot!(screen.text(), @"
     AI systems                                                        Acme  saving
     Highest impact in scope: high (影響評価の記録), so the 29 requirements that
     face AI systems weigh 1.5 times as much and the target of 29 of them is raised
     to 4.

      Chat helper                                     not assessed, in scope
      counts as medium until it is rated · id chat-helper
    ▸ Resume screening                                not assessed, out of scope
      use banned by law: first line of the plan · id resume-screening
      影響評価の記録                                  impact high, in scope
      sensitive use · id system










     Rate it with your own criteria: 1 low, 2 medium, 3 high, 4 very high, 0 not
     assessed.
     n new  0-4 impact  D remove  Enter rename  b banned  s scope  ? help  q back
    ");
}

#[test]
fn a_small_plain_terminal_shows_the_same() {
    assert_snapshot!(registered(60, 16).looks(Palette::Plain, true).keys("4 s").text(), @"
     AI systems                                    Acme  saving
     Highest impact in scope: medium (Chat helper and 1 more),
     so the 29 requirements that face AI systems weigh 1.25
     times as much and their targets stay.

      Chat helper                 not assessed, in scope
      counts as medium until it is rated - id chat-helper
      Resume screening            not assessed, in scope
      counts as medium until it is rated - id resume-screening
    > 影響評価の記録              impact very high, out of scope
      id system


     Rate it with your own criteria: 1 low, 2 medium, 3 high, 4
     very high, 0 not assessed.
     n new  0-4 impact  D remove  Enter rename  ? help  q back
    ");
}

#[test]
fn levels_can_be_set_and_taken_away() {
    let screen = registered(80, 24).keys("home 4");
    assert_eq!(system(&screen, "chat-helper").level, Some(ImpactLevel::VeryHigh));
    let screen = screen.keys("0");
    assert_eq!(system(&screen, "chat-helper").level, None);
    let mut screen = screen.keys("s down s end s");
    assert!(screen.text().contains("No AI system is in scope"), "{}", screen.text());
}

#[test]
fn another_level_takes_the_one_after_measures_away() {
    let system = System {
        residual: Some(ImpactLevel::Medium),
        level: Some(ImpactLevel::High),
        ..system(&registered(80, 24), "chat-helper").clone()
    };
    let same = changed(&system, Command::Digit(3)).expect("a change");
    assert_eq!(same, system);
    assert_eq!(changed(&system, Command::Digit(1)).expect("a change").residual, None);
    assert_eq!(changed(&system, Command::Digit(7)), None);
}

#[test]
fn a_name_can_be_mended_and_the_id_stays() {
    let screen = registered(80, 24).keys("home enter ctrl-u").types("Chat assistant").keys("enter");
    assert_eq!(system(&screen, "chat-helper").name, "Chat assistant");
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
    let named = |screen: Screen, name: &str| screen.keys("n").types(name).keys("enter");
    Screen::fits_everywhere(|width, height| {
        (0..12).fold(empty(width, height), |screen, number| named(screen, &format!("System {number}"))).keys("home b v")
    });
}

#[test]
fn search_lands_on_a_system() {
    let mut screen = registered(80, 24).keys("/").types("resume screening").keys("enter");
    assert!(screen.text().contains("▸ Resume screening"), "{}", screen.text());
}

//! Measures from an empty list to one that lowers a harm.

use super::*;
use crate::model::system::System;
use crate::tui::{
    screens::assessed::sample::{harm, rated, screen, system},
    testing::Screen,
};

fn measures(width: u16, height: u16) -> Screen {
    screen(width, height, rated(), Measures::new("bot"))
}

fn without_measure() -> System {
    let mut system = rated();
    system.impact.measures.clear();
    system.impact.harms = vec![harm("h01", "Wrong advice", "44213", "43212", &[])];
    system
}

#[test]
fn list_and_form_look_like_this() {
    insta::assert_snapshot!(measures(60, 16).text(), @"
     Measures: Support bot                               Acme
     A measure lowers a harm only while current evidence shows
     it at work.

    ▸ lower: Staff check each answer                      shown
        Ann · due 2026-12-01 · serves harm 1









     n new  Enter change  D remove  / search  ? help  q back
    ");
    insta::assert_snapshot!(measures(80, 24).keys("enter").text(), @"
     Measure: Support bot                                                    Acme
    ▸ What is done         Staff check each answer
      How it works         lower
      Owner                Ann
      Due                  2026-12-01
      Harms that it serves
        [x] Wrong advice costs somebody a right
        [ ] Chats leak to colleagues
      By which means
        [ ] technical
        [ ] organizational
        [ ] by contract
      Evidence
        [x] Check log
      Controls







      In a sentence, so that somebody can check whether it is done.
     Enter keep  Tab next field  Down down  Up up  Esc cancel
    ");
}

#[test]
fn a_measure_lowers_a_harm_once_evidence_shows_it() {
    let screen = screen(80, 24, without_measure(), Measures::new("bot")).keys("n").types("Staff check");
    let screen = screen.keys("tab tab").types("Ann").keys("tab").types("2026-12-01");
    let screen = screen.keys("tab space tab down space tab").keys("enter");
    let impact = system(&screen).impact;
    assert!(impact.measures[0].id.starts_with("m01-"));
    assert_eq!(impact.harms[0].measures, [impact.measures[0].id.clone()]);
    assert_eq!(impact.measures[0].means, [Means::Organizational]);
    let residual = |screen: &Screen| screen.app.session.standing().system("bot").and_then(|rating| rating.residual);
    assert_eq!(residual(&screen), Some(ImpactLevel::High), "no evidence yet");
    let screen = screen.keys("enter tab tab tab tab tab tab space enter");
    assert_eq!(residual(&screen), Some(ImpactLevel::Medium));
    let screen = screen.keys("D D");
    let impact = system(&screen).impact;
    assert!(impact.measures.is_empty() && impact.harms[0].measures.is_empty(), "both ends are cut");
}

#[test]
fn a_grave_harm_asks_for_an_owner() {
    let mut screen = screen(80, 24, without_measure(), Measures::new("bot")).keys("n").types("Staff check");
    screen = screen.keys("tab tab tab tab space enter");
    assert!(screen.text().contains("! A harm that it serves is high: name an owner."), "{}", screen.text());
    assert!(system(&screen).impact.measures.is_empty());
    let screen = screen.keys("tab tab space enter");
    assert_eq!(system(&screen).impact.measures.len(), 1, "the cursor went to the owner; without the harm it is kept");
}

#[test]
fn what_cannot_be_read_is_said_beside_the_field() {
    let case = |field: usize, typed: &str, words: &str| {
        let tabs = "tab ".repeat(field);
        let mut screen = measures(80, 24).keys("enter").keys(&tabs).keys("ctrl-u").types(typed).keys("enter");
        assert!(screen.text().contains(words), "{}", screen.text());
    };
    case(0, "", "! Say what is done.");
    case(3, "soon", "! Write the date as YYYY-MM-DD");
    case(7, "A.6.2.4 B.1", "! `B.1` is no control");
    case(7, "4.1", "! `4.1` is no control");
}

#[test]
fn it_fits_everywhere() {
    Screen::fits_everywhere(measures);
    Screen::fits_everywhere(|width, height| measures(width, height).keys("enter"));
}

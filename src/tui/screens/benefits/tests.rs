//! Benefits as rows and as a form.

use super::*;
use crate::tui::{
    screens::assessed::sample::{bare, rated, screen, system},
    testing::Screen,
};

fn benefits(width: u16, height: u16) -> Screen {
    screen(width, height, rated(), Benefits::new("bot"))
}

#[test]
fn the_list_looks_like_this() {
    insta::assert_snapshot!(benefits(60, 16).text(), @"
     Benefits: Support bot                               Acme
     Benefits stand beside the harms; they are never set off
     against them. n adds one.

    ▸ Answers at night                         moderate, likely
        night workers · Reliability · A pilot in May









     n new  Enter change  D remove  / search  ? help  q back
    ");
}

#[test]
fn a_benefit_is_added_and_removed_by_keys() {
    let screen = screen(80, 24, bare(), Benefits::new("bot")).keys("n").types("Quicker help");
    let screen = screen.keys("tab right tab tab right tab 3 tab u enter");
    let found = system(&screen).impact.benefits;
    assert_eq!((found[0].what.as_str(), found[0].group.as_str()), ("Quicker help", "AG-WRK"));
    assert_eq!((found[0].size, found[0].likelihood), (Some(Rated::At(3)), Some(Rated::Unknown)));
    assert!(system(&screen.keys("D D")).impact.benefits.is_empty());
}

#[test]
fn what_is_missing_is_said() {
    let mut screen = screen(80, 24, bare(), Benefits::new("bot")).keys("n enter");
    assert!(screen.text().contains("! Say in a sentence what gets better."), "{}", screen.text());
}

#[test]
fn it_fits_everywhere() {
    Screen::fits_everywhere(benefits);
    Screen::fits_everywhere(|width, height| benefits(width, height).keys("enter"));
}

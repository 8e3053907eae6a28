//! What happened, written down and removed.

use super::*;
use crate::tui::{
    screens::assessed::sample::{bare, screen, system},
    testing::Screen,
};

fn occasions(width: u16, height: u16) -> Screen {
    screen(width, height, bare(), Occasions::new("bot"))
}

#[test]
fn what_happened_is_kept_in_the_order_of_days() {
    let screen =
        occasions(80, 24).keys("n right tab ctrl-u").types("2026-10-01").keys("tab").types("New model").keys("enter");
    let screen = screen.keys("n right right tab ctrl-u").types("2026-09-01").keys("enter");
    let found = system(&screen).impact.occasions;
    let days: Vec<String> = found.iter().map(|occasion| occasion.on.to_string()).collect();
    assert_eq!(days, ["2026-09-01", "2026-10-01"]);
    assert_eq!(found[1].what, "New model");
    let screen = screen.keys("home enter tab tab").types("Loud").keys("enter");
    assert_eq!(system(&screen).impact.occasions[0].what, "Loud");
    assert_eq!(system(&screen.keys("home D D")).impact.occasions.len(), 1);
}

#[test]
fn the_list_looks_like_this() {
    let screen = occasions(60, 16).keys("n right tab tab").types("The model was replaced").keys("enter");
    insta::assert_snapshot!({ let mut screen = screen; screen.text() }, @"
     What happened since: Support bot              Acme  saving
     Not approved yet. n writes down what happened; after an
     approval it asks for a new look.

    ▸ 2026-10-15 A significant change is planned
        The model was replaced









     n new  Enter change  D remove  / search  ? help  q back
    ");
}

#[test]
fn it_has_happened_and_is_named() {
    let mut screen = occasions(80, 24).keys("n enter");
    assert!(screen.text().contains("! Choose what happened."), "{}", screen.text());
    let mut screen = occasions(80, 24).keys("n right tab ctrl-u").types("2026-10-16").keys("enter");
    assert!(screen.text().contains("! This day is still to come."), "{}", screen.text());
}

#[test]
fn it_fits_everywhere() {
    Screen::fits_everywhere(occasions);
    Screen::fits_everywhere(|width, height| occasions(width, height).keys("n"));
}

//! Why a level is what it is.

use super::*;
use crate::tui::{
    screens::assessed::sample::{bare, harm, rated, screen},
    testing::Screen,
};

fn why(width: u16, height: u16) -> Screen {
    screen(width, height, rated(), LevelWhy::new("bot"))
}

#[test]
fn it_looks_like_this() {
    insta::assert_snapshot!(why(60, 16).text(), @"
     Why this level: Support bot                         Acme
                                                      1-8 of 40
      Level high before measures, medium after them
      (provisional)
      It is the highest level over its harms; harms are
      never added up, and benefits take nothing off.
      It can still fall: what nobody knows, or was not
      asked, counts as the worst.

      Harms that decide it
    ▸ - 1 Wrong advice costs somebody a right: high
          gravity 4 + 1 for reach 4 -> severity 5, likelihood
          3: high
          after measures: medium, shown by evidence
          gravity 4 -> severity 4, likelihood 2: medium
     Enter go there  / search  ? help  q back
    ");
    insta::assert_snapshot!(why(80, 24).text(), @"
     Why this level: Support bot                                             Acme
                                                                         1-14 of 40
      Level high before measures, medium after them (provisional)
      It is the highest level over its harms; harms are never added up, and
      benefits take nothing off.
      It can still fall: what nobody knows, or was not asked, counts as the
      worst.

      Harms that decide it
    ▸ - 1 Wrong advice costs somebody a right: high
          gravity 4 + 1 for reach 4 -> severity 5, likelihood 3: high
          after measures: medium, shown by evidence
          gravity 4 -> severity 4, likelihood 2: medium
          Counts as medium after measures: each measure that lowers it is shown by
          current evidence.
      - 2 Chats leak to colleagues: medium
          gravity 2 + 1 for reversibility unknown, so 4 -> severity 3, likelihood
          2: medium
          Provisional: nobody knows reversibility yet, or it was not asked.
          after measures: not rated

      What follows from it

     Enter go there  / search  ? help  q back
    ");
}

#[test]
fn a_floor_is_named_with_its_rule() {
    let mut system = bare();
    system.impact.harms = vec![harm("h01", "Fire", "51111", "", &[])];
    let mut screen = screen(120, 40, system, LevelWhy::new("bot"));
    assert!(screen.text().contains("FR-1: gravity 5 is at least high, however rare."), "{}", screen.text());
}

#[test]
fn enter_goes_where_a_line_is_settled() {
    let mut screen = why(80, 24).keys("enter");
    assert!(screen.text().starts_with(" Harm: Support bot"), "{}", screen.text());
    let screen = why(80, 24).keys("end enter");
    assert_ne!(screen.app.context(), Some(Context::ImpactLevel), "an open point leads somewhere");
}

#[test]
fn it_fits_everywhere() {
    Screen::fits_everywhere(why);
    Screen::fits_everywhere(|width, height| screen(width, height, bare(), LevelWhy::new("bot")));
}

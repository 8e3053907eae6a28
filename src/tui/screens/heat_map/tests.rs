//! The heat map at the sizes at which it changes.

use super::*;
use crate::tui::{
    screens::assessed::sample::{bare, rated, screen},
    testing::Screen,
};

fn map(width: u16, height: u16) -> Screen {
    screen(width, height, rated(), HeatMap::new("bot"))
}

#[test]
fn it_looks_like_this() {
    insta::assert_snapshot!(map(60, 16).text(), @"
     Heat map: Support bot                               Acme
     Before measures
      5 M       M       H 1     V       V
      4 L       M       H       H       V
      3 L       M 2     M       H       H
      2 L       L       M       M       M
      1 L       L       L       L       M
        1       2       3       4       5
     Severity goes up, likelihood to the right. Low, Medium,
     High, Very high; digits: the harms below.

    ▸  1 Wrong advice costs somebody a right high, medium after
       2 Chats leak to colleagues                       medium*


     Enter open harm  Tab before/after  w why  ? help  q back
    ");
    insta::assert_snapshot!(map(60, 16).keys("tab").text(), @"
     Heat map: Support bot                               Acme
     After measures, as rated
      5 M       M       H       V       V
      4 L       M 1     H       H       V
      3 L       M 2     M       H       H
      2 L       L       M       M       M
      1 L       L       L       L       M
        1       2       3       4       5
     Severity goes up, likelihood to the right. Low, Medium,
     High, Very high; digits: the harms below.

    ▸  1 Wrong advice costs somebody a right high, medium after
       2 Chats leak to colleagues                       medium*


     Enter open harm  Tab before/after  w why  ? help  q back
    ");
    insta::assert_snapshot!(map(110, 16).text(), @"
     Heat map: Support bot                                                                                 Acme
     Before measures                               After measures, as rated
      5 M       M       H 1     V       V           5 M       M       H       V       V
      4 L       M       H       H       V           4 L       M 1     H       H       V
      3 L       M 2     M       H       H           3 L       M 2     M       H       H
      2 L       L       M       M       M           2 L       L       M       M       M
      1 L       L       L       L       M           1 L       L       L       L       M
        1       2       3       4       5             1       2       3       4       5
     Severity goes up, likelihood to the right. L low, M medium, H high, V very high; digits: the harms below.

    ▸  1 Wrong advice costs somebody a right                                                   high, medium after
       2 Chats leak to colleagues                                                                         medium*



     Enter open harm  Tab before/after  w why  / search  ? help  q back
    ");
}

#[test]
fn enter_opens_the_harm() {
    let mut screen = map(80, 24).keys("down enter");
    assert!(screen.text().contains("Chats leak to colleagues"), "{}", screen.text());
    assert!(screen.text().starts_with(" Harm: Support bot"), "{}", screen.text());
}

#[test]
fn it_fits_everywhere() {
    Screen::fits_everywhere(map);
    Screen::fits_everywhere(|width, height| screen(width, height, bare(), HeatMap::new("bot")));
}

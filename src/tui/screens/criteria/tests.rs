//! The criteria, changed and approved by keys.

use insta::assert_snapshot;

use super::*;
use crate::tui::{
    testing::{Screen, as_of, assessment},
    theme::Palette,
};

fn criteria(width: u16, height: u16) -> Screen {
    Screen::open(width, height, assessment(Vec::new())).above(CriteriaScreen::default())
}

fn own(screen: &Screen) -> &OwnCriteria {
    &screen.app.session.assessment().criteria
}

#[test]
fn the_grid_stands_first() {
    assert_snapshot!(criteria(60, 16).looks(Palette::Plain, true).keys("right right 4").text(), @"
     Criteria for rating impacts                   Acme  saving
     In force: what aimscope proposes. What you changed, marked
     *, does not count yet. Your organization has to approve
     its own (6.1.1): a approves.
                                                      1-5 of 37
     likelihood   1        2        3        4        5
    > severity 5  M        M       [VH*]     VH       VH
      severity 4  L        M        H        H        VH
      severity 3  L        M        M        H        H
      severity 2  L        L        M        M        M
      severity 1  L        L        L        L        M
     Severity 5, likelihood 3 (possible): very high. 1 low, 2
     medium, 3 high, 4 very high. No level may fall as severity
     or likelihood rises. Severity is gravity, with 1 more for
     wide reach and 1 more for what lasts.
     1-4 level  Enter words  a approve  ? help  q back
    ");
    assert_snapshot!(criteria(80, 24).keys("pagedown").text(), @"
     Criteria for rating impacts                                             Acme
     In force: what aimscope proposes. Your organization has to approve its own
     (6.1.1): a approves.
                                                                        12-20 of 37
    ▸ 3 Moderate: real loss, stress or lost chance that can be made good: money
      weeks late, a wrong refusal put right
      4 Major: injury, large loss, loss of a right or of an important chance: a
      broken arm, a job or a home not given
      5 Critical: death, permanent injury, destroyed livelihood, serious breach
      of human rights, lasting damage to society or nature
     How many people does it hit?
      1 Single: 1 to 9 people: a person, a family
      2 Limited: 10 to 99 people: a team, a school class
      3 Considerable: 100 to 9,999 people: a village, all staff of a larger firm
      4 Large: 10,000 to 999,999 people: a city, a large customer base
      5 Society-wide: a million people or more, or a public institution such as
      an election or a court
     Can it be undone?
      1 Reversible: fully and within days, without cost to those hit: a blocked
      account is opened again
     How bad is it for the person, group or good that it hits? Enter writes your
     own words, marked *; left empty, the proposal is back.

     1-4 level  Enter words  a approve  / search  ? help  q back
    ");
}

#[test]
fn a_level_is_set_in_the_grid() {
    let mut screen = criteria(80, 24).keys("right right 4");
    let matrix = own(&screen).matrix.expect("an own grid");
    assert_eq!((matrix.level(5, 2), matrix.level(5, 3)), (ImpactLevel::Medium, ImpactLevel::VeryHigh));
    assert!(screen.text().contains("[very high*]"), "{}", screen.text());
    let mut screen = screen.keys("end 1");
    assert!(screen.text().contains("Digits set a level in the grid"), "{}", screen.text());
}

#[test]
fn a_falling_grid_is_refused_with_the_place() {
    let mut screen = criteria(80, 24).keys("down right right 4");
    assert!(screen.text().contains("Not set: the level would fall at severity 4, likelihood 4."), "{}", screen.text());
    assert!(own(&screen).is_empty());
}

#[test]
fn going_back_to_the_proposal_leaves_no_own_grid() {
    let screen = criteria(80, 24).keys("right right 4 3");
    assert!(own(&screen).is_empty());
}

#[test]
fn words_are_changed_and_taken_back() {
    let screen = criteria(80, 24).keys("down down down down down enter ctrl-u").types("Head of unit").keys("enter");
    assert_eq!(own(&screen).approvals, [OwnApproval { level: ImpactLevel::Low, by: "Head of unit".into() }]);
    let mut screen = screen.keys("down down down down enter ctrl-u").types("a day lost").keys("enter");
    assert_eq!(own(&screen).anchors, [OwnAnchor { scale: "SC-GRAVITY".into(), step: 1, anchor: "a day lost".into() }]);
    assert!(screen.text().contains("1 Negligible*: a day lost"), "{}", screen.text());
    let screen = screen.keys("enter ctrl-u enter up up up up enter ctrl-u enter");
    assert!(own(&screen).is_empty(), "empty words are the proposal");
}

#[test]
fn an_approval_brings_them_into_force_until_something_changes() {
    let mut screen = criteria(80, 24).keys("a enter");
    assert!(screen.text().contains("! Say who approved them."), "{}", screen.text());
    let mut screen = screen.types("The board").keys("enter");
    assert_eq!((own(&screen).approved_by.as_str(), own(&screen).approved_on), ("The board", Some(as_of())));
    assert!(screen.text().contains("In force: approved by The board on 2026-10-15."), "{}", screen.text());
    let mut screen = screen.keys("right right 4");
    assert!(screen.text().contains("Changed, so the approval is gone"), "{}", screen.text());
    assert!(own(&screen).approved_by.is_empty() && own(&screen).matrix.is_some());
    let screen = screen.keys("z");
    assert!(own(&screen).is_in_force(as_of()));
}

#[test]
fn nobody_approves_tomorrow() {
    let mut screen = criteria(80, 24).keys("a").types("The board").keys("tab ctrl-u").types("2026-10-16").keys("enter");
    assert!(screen.text().contains("! That day is still to come."), "{}", screen.text());
}

#[test]
fn it_fits_every_terminal() {
    Screen::fits_everywhere(|width, height| criteria(width, height).keys("down right end"));
}

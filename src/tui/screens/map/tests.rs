//! The map as the user sees it.

use insta::assert_snapshot;

use super::*;
use crate::{
    model::{answer::LevelAnswer, level::Level},
    tui::testing::{Screen, assessment},
};

fn id(text: &str) -> Reference {
    text.parse().expect("a reference in a test")
}

#[test]
fn all_groups_are_in_view_at_first() {
    assert_snapshot!(Screen::open(80, 24, assessment(Vec::new())).text(), @"
     Map                                                                     Acme
     Clauses 4-10 not assessed
     Annex A      not assessed
     0 of 70 answered · shown so far 0 · 0 major, 0 minor
    ▸ + 4 Context of the organization                  0/4    ·····
      + 5 Leadership                                   0/3    ·····
      + 6 Planning                                     0/6    ·····
      + 7 Support                                      0/7    ·····
      + 8 Operation                                    0/4    ·····
      + 9 Performance evaluation                       0/6    ·····
      + 10 Improvement                                 0/2    ·····
      + A.2 Policies related to AI                     0/3    ·····
      + A.3 Internal organization                      0/2    ·····
      + A.4 Resources for AI systems                   0/5    ·····
      + A.5 Assessing impacts of AI systems            0/4    ·····
      + A.6 AI system life cycle                       0/9    ·····
      + A.7 Data for AI systems                        0/5    ·····
      + A.8 Information for interested parties of...   0/4    ·····
      + A.9 Use of AI systems                          0/3    ·····
      + A.10 Third-party and customer relationships    0/3    ·····



     Enter open  a next open  r results  p plan  A accept proposals  ? help  q back
    ");
    assert_snapshot!(Screen::open(60, 16, assessment(Vec::new())).text(), @"
     Map                                                 Acme
     Clauses 4-10 not assessed
     Annex A      not assessed
     0 of 70 answered · shown so far 0 · 0 major, 0 minor
    ▸ + 4 Context of the orga...   0/4    ·····
      + 5 Leadership               0/3    ·····
      + 6 Planning                 0/6    ·····
      + 7 Support                  0/7    ·····
      + 8 Operation                0/4    ·····
      + 9 Performance evaluation   0/6    ·····
      + 10 Improvement             0/2    ·····
      + A.2 Policies related...    0/3    ·····
      + A.3 Internal organiza...   0/2    ·····
      + A.4 Resources for AI...    0/5    ·····
      + A.5 Assessing impacts...   0/4    ·····
     Enter open  a next open  r results  p plan  ? help  q back
    ");
}

#[test]
fn a_group_shows_levels_verdicts_and_marks() {
    let changes = vec![
        Change::level(id("4.1"), LevelAnswer::Level(Level::ALL[3])),
        Change::level(id("4.2"), LevelAnswer::Unknown),
        Change::level(id("4.3"), LevelAnswer::Level(Level::ABSENT)),
        Change::SetFlag { requirement: id("4.1"), flagged: true },
        Change::SetNote { requirement: id("4.1"), note: "see wiki".into() },
    ];
    assert_snapshot!(Screen::open(80, 24, assessment(changes)).keys("enter down").text(), @"
     Map                                                                     Acme
     Clauses 4-10 claimed 1.2 credited 0.8 · Major gaps, provisional · 6 % answered
     Annex A      not assessed
     2 of 70 answered · shown so far 0 · 1 major, 0 minor
      - 4 Context of the organization                  2/4    █···· 1.2 !!1
    ▸     4.1 Understanding the organization and...       3>2 ~  (not shown)    Fn
          4.2 Understanding the needs and expecta...  unknown ?  undetermined
          4.3 Determining the scope of the AI man...        0 !! (major gap)
          4.4 AI management system                          · ?  undetermined
      + 5 Leadership                                   0/3    ·····
      + 6 Planning                                     0/6    ·····
      + 7 Support                                      0/7    ·····
      + 8 Operation                                    0/4    ·····
      + 9 Performance evaluation                       0/6    ·····
      + 10 Improvement                                 0/2    ·····
      + A.2 Policies related to AI                     0/3    ·····
      + A.3 Internal organization                      0/2    ·····
      + A.4 Resources for AI systems                   0/5    ·····
      + A.5 Assessing impacts of AI systems            0/4    ·····
      + A.6 AI system life cycle                       0/9    ·····
      + A.7 Data for AI systems                        0/5    ·····
      + A.8 Information for interested parties of...   0/4    ·····
      + A.9 Use of AI systems                          0/3    ·····
     Enter open  a next open  r results  p plan  A accept proposals  ? help  q back
    ");
}

#[test]
fn nothing_of_a_group_is_proposed_taken_and_taken_back_in_one_step() {
    let mut screen = Screen::open(80, 24, assessment(Vec::new())).keys("down 0");
    assert!(screen.text().contains("Level 0 is proposed for what is unanswered in 5"));
    let mut screen = screen.keys("A");
    assert!(screen.text().contains("3 proposals of 5 accepted"));
    assert_eq!(screen.app.session.standing().by_proposal(), 3);
    let screen = screen.keys("z");
    assert_eq!(screen.app.session.standing().by_proposal(), 0, "one undo");
}

#[test]
fn a_whole_group_is_excluded_with_one_reason_and_one_undo() {
    let to_a7 = "end";
    let screen = Screen::open(80, 24, assessment(Vec::new())).keys(to_a7).keys("up up up x");
    let screen = screen.types("no data of our own is used").keys("enter");
    let excluded = |screen: &Screen| {
        let is_excluded = |n: u8| !screen.app.session.assessment().is_applicable(id(&format!("A.7.{n}")));
        (2..=6).filter(|n| is_excluded(*n)).count()
    };
    assert_eq!(excluded(&screen), 5);
    assert_eq!(excluded(&screen.keys("z")), 0);
}

#[test]
fn the_next_open_question_is_found_round_the_end() {
    let level = |id: &str| Change::level(id.parse().expect("a reference"), LevelAnswer::Level(Level::ALL[2]));
    let mut screen = Screen::open(80, 24, assessment(vec![level("4.1"), level("4.2")])).keys("a");
    assert!(screen.text().starts_with(" 4.3 "));
    let mut screen = Screen::open(80, 24, assessment(Vec::new())).keys("end enter end a");
    assert!(screen.text().starts_with(" 4.1 "), "after the last comes the first:\n{}", screen.text());
}

#[test]
fn taking_back_and_doing_again_say_what() {
    let mut screen = Screen::open(80, 24, assessment(Vec::new())).keys("enter down enter 3 u q z");
    assert!(screen.text().contains("Taken back: level of 4.2."), "{}", screen.text());
    let mut screen = screen.keys("z");
    assert!(screen.text().contains("Taken back: level of 4.1."));
    let mut screen = screen.keys("z");
    assert!(screen.text().contains("Nothing to take back."));
    let mut screen = screen.keys("Z");
    assert!(screen.text().contains("Done again: level of 4.1."));
    let mut screen = screen.keys("up 0 A z");
    assert!(screen.text().contains("Taken back: level of 4.2 and 2 more."), "{}", screen.text());
    let mut screen = screen.keys("Z Z");
    assert!(screen.text().contains("Nothing to do again."));
}

#[test]
fn the_cursor_stands_on_the_question_that_was_left() {
    let mut screen = Screen::open(80, 24, assessment(Vec::new())).keys("enter down enter 3 3 3 3 3 q");
    assert!(screen.text().contains("\u{25b8}     5.2 AI policy"), "{}", screen.text());
}

#[test]
fn the_last_page_is_full_and_waiting_proposals_are_counted() {
    let absent = |category: &str| Change::DeclareAbsent { category: id(category), absent: true };
    let changes = vec![absent("A.9"), absent("A.10"), Change::level(id("A.10.2"), LevelAnswer::Unknown)];
    let open = "enter down down down down down enter down down down down enter";
    assert_snapshot!(Screen::open(80, 24, assessment(changes)).keys(open).keys("end enter up A").keys("end").text(), @"
     Map                                                               Acme  saving
     Clauses 4-10 not assessed
     Annex A      claimed 0.0 credited 0.0 · Incomplete, provisional · 8 % answered
     3 of 70 answered (3 by proposal), 2 proposed · shown 0 · 0 major, 3 minor
          6.1.4 AI system impact assessment                 · ?  undetermined
          6.2 AI objectives and planning to achie...        · ?  undetermined
          6.3 Planning of changes                           · ?  undetermined
      + 7 Support                                      0/7    ·····
      + 8 Operation                                    0/4    ·····
      + 9 Performance evaluation                       0/6    ·····
      + 10 Improvement                                 0/2    ·····
      + A.2 Policies related to AI                     0/3    ·····
      + A.3 Internal organization                      0/2    ·····
      + A.4 Resources for AI systems                   0/5    ·····
      + A.5 Assessing impacts of AI systems            0/4    ·····
      + A.6 AI system life cycle                       0/9    ·····
      + A.7 Data for AI systems                        0/5    ·····
      + A.8 Information for interested parties of...   0/4    ·····
      + A.9 Use of AI systems                          3/3    ····· 0.0      !3
      - A.10 Third-party and customer relationships    0/3 +2 ·····
          A.10.2 Allocating responsibilities          unknown ?  undetermined
          A.10.3 Suppliers                                (0) ?  undetermined
    ▸     A.10.4 Customers                                (0) ?  undetermined
     Enter open  a next open  r results  p plan  A accept proposals  ? help  q back
    ");
}

#[test]
fn nothing_is_proposed_where_all_is_answered() {
    let level = |id: &str| Change::level(id.parse().expect("a reference"), LevelAnswer::Level(Level::ALL[2]));
    let mut screen = Screen::open(80, 24, assessment(vec![level("10.1"), level("10.2")])).keys(&"down ".repeat(6));
    screen = screen.keys("0");
    assert!(screen.text().contains("Everything in 10 is answered"), "{}", screen.text());
    assert!(screen.app.session.assessment().declared_absent.is_empty());
}

#[test]
fn it_fits_everywhere() {
    Screen::fits_everywhere(|width, height| Screen::open(width, height, assessment(Vec::new())).keys("enter down"));
}

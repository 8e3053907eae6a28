//! What is to be settled, listed, settled and opened again.

use super::*;
use crate::{
    model::{
        answer::{CheckAnswer, CheckResponse, LevelAnswer},
        collision::Stated,
        edit::Change,
        level::Level,
    },
    tui::testing::{Screen, assessment},
};

fn reference(text: &str) -> Reference {
    text.parse().expect("a reference in a test")
}

/// A level, a check and the name of the organization, each stated differently by two people.
fn disputed() -> Assessment {
    let requirement = reference("A.6.2.4");
    let check = CheckResponse { disputed: vec![CheckAnswer::Yes], ..CheckResponse::new("issues", CheckAnswer::No) };
    let stated = ["Acme", "Acme Ltd"].map(|name| Stated::Words(name.to_owned())).to_vec();
    let place = collision::Place(["profile", "organization"].map(str::to_owned).to_vec());
    let mut assessment = assessment(vec![
        Change::SetLevel {
            requirement,
            level: Some(LevelAnswer::Level(Level::ALL[2])),
            disputed: vec![LevelAnswer::Level(Level::ALL[3])],
            by_proposal: false,
        },
        Change::check(reference("4.1"), check),
        Change::SetCollision { place, stated },
    ]);
    assessment.profile.organization = "Acme".to_owned();
    assessment
}

fn map(width: u16, height: u16) -> Screen {
    Screen::open(width, height, disputed())
}

fn disputes(width: u16, height: u16) -> Screen {
    map(width, height).keys("d")
}

#[test]
fn the_map_says_how_many_there_are_and_where() {
    let mut screen = map(80, 24);
    let text = screen.text();
    assert!(text.contains("3 things are to be settled: d on the map lists them."), "{text}");
    assert!(text.contains(" 3 disputed (d)"), "{text}");
    let category = text.lines().find(|line| line.contains("+ 4 ")).unwrap_or_default();
    assert!(category.contains(" D "), "{category}");
    assert!(!Screen::open(80, 24, assessment(Vec::new())).text().contains("disputed"));
}

#[test]
fn the_list_looks_like_this() {
    insta::assert_snapshot!(disputes(80, 24).text(), @"
     To be settled                                                           Acme
     People stated 3 things differently. Until they are settled, the careful value
     counts.

      check issues of 4.1
    ▸   no                                                         counts meanwhile
        yes
      level of A.6.2.4
        2 Repeatable                                               counts meanwhile
        3 Defined
      organization of profile
        Acme                                                       counts meanwhile
        Acme Ltd







     Have you worked out which issues bear on your purpose and on what the AI
     management system should achieve?
     Enter settles it with: no
     Enter settle  i question  / search  ? help  q back
    ");
}

#[test]
fn each_is_settled_with_enter_and_opened_again() {
    let mut screen = disputes(80, 24).keys("down enter");
    let text = screen.text();
    assert!(text.contains("Settled, check issues of 4.1: yes; z takes it back."), "{text}");
    let answer = |screen: &Screen| screen.app.session.assessment().answers[&reference("4.1")].clone();
    let check = answer(&screen).check("issues").expect("the check").clone();
    assert_eq!((check.answer, check.disputed), (CheckAnswer::Yes, Vec::new()));
    let mut screen = screen.keys("z");
    assert_eq!(screen.app.session.disputes().len(), 3);
    assert!(screen.text().contains("check issues of 4.1"));
    // The cursor goes on to what is left.
    let mut screen = screen.keys("home enter enter enter");
    assert!(screen.text().contains("Nothing is to be settled: people agree on all that they stated."));
    let assessment = screen.app.session.assessment();
    assert_eq!(assessment.claimed(reference("A.6.2.4")), Some(Level::ALL[2]));
    assert_eq!(assessment.profile.organization, "Acme");
}

#[test]
fn the_question_shows_what_is_disputed_and_leads_to_it() {
    let mut screen = disputes(80, 24).keys("down down i");
    assert_eq!(screen.app.context(), Some(Context::Question));
    assert!(screen.text().contains("disputed (d): 2 or 3"), "{}", screen.text());
    let mut screen = screen.keys("d");
    assert!(screen.text().contains("Enter settles it with: 2 Repeatable"), "{}", screen.text());
    let mut screen = disputes(80, 24).keys("i tab");
    let text = screen.text();
    assert!(text.contains("Disputed (d): no or yes; until it is settled, no"), "{text}");
    let mut screen = disputes(80, 24).keys("end i");
    assert!(screen.text().contains("This is about no question."));
}

#[test]
fn the_plan_says_that_something_is_disputed() {
    let mut screen = map(80, 24).keys("p");
    let text = screen.text();
    let words: Vec<&str> = text.split_whitespace().collect();
    assert!(
        words.join(" ").contains("3 things are disputed (d); the careful values count until they are settled."),
        "{text}"
    );
    assert_eq!(screen.keys("d").app.context(), Some(Context::Disputes));
}

#[test]
fn it_fits_everywhere() {
    Screen::fits_everywhere(disputes);
    Screen::fits_everywhere(map);
}

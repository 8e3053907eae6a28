//! Harms from an empty list to rated rows.

use super::*;
use crate::{
    model::{impact::harm::Rated, level::ImpactLevel},
    tui::{
        screens::assessed::sample::{bare, rated, rating, screen, system},
        testing::Screen,
    },
};

fn harms(width: u16, height: u16) -> Screen {
    screen(width, height, rated(), Harms::new("bot"))
}

#[test]
fn the_list_looks_like_this() {
    insta::assert_snapshot!(harms(60, 16).text(), @"
     Harms: Support bot                                  Acme
     The highest harm decides: high before measures, medium
     after them. It can still fall: a rating is unknown (*) or
     missing.
     Still to say, with n: Society, democracy and the rule of
     law; Environmental impact.

    ▸  1 Wrong advice costs somebody a right high, medium after
         Workers and job applicants · Privacy
       2 Chats leak to colleagues                       medium*
         * unknown: reversibility · no measure yet · Workers...




     n new  Enter change  0 no harm  m measures  ? help  q back
    ");
    insta::assert_snapshot!(harms(80, 24).text(), @"
     Harms: Support bot                                                      Acme
     The highest harm decides: high before measures, medium after them. It can
     still fall: a rating is unknown (*) or missing.
     Still to say, with n: Society, democracy and the rule of law; Environmental
     impact.

    ▸  1 Wrong advice costs somebody a right                     high, medium after
         Workers and job applicants · Privacy
       2 Chats leak to colleagues                                           medium*
         * unknown: reversibility · no measure yet · Workers and job applicants...













     n new  Enter change  0 no harm  m measures  h map  w why  ? help  q back
    ");
}

#[test]
fn the_form_shows_the_level_while_one_rates() {
    insta::assert_snapshot!(harms(60, 16).keys("enter").text(), @"
     Harm: Support bot                                   Acme
    ▸ What happens          rong advice costs somebody a right
      To whom               Workers and job applicants
      In own words
      In what respect       Privacy
      Gravity               4 Major
      Reach                 4 Large
      Reversibility         2 Likely reversible
      Duration              1 Brief
      Likelihood            3 Possible
                                                      1-9 of 24
      The worst that can well happen, in a sentence: what
      happens to whom.
      gravity 4 + 1 for reach 4 -> severity 5, likelihood 3:
      high; after measures: medium, shown by evidence
     Enter keep  Tab next field  Down down  Up up  Esc cancel
    ");
    insta::assert_snapshot!(harms(80, 24).keys("enter tab tab tab tab").text(), @"
     Harm: Support bot                                                       Acme
      What happens          Wrong advice costs somebody a right
      To whom               Workers and job applicants
      In own words
      In what respect       Privacy
    ▸ Gravity               < 4 Major >
      Reach                 4 Large
      Reversibility         2 Likely reversible
      Duration              1 Brief
      Likelihood            3 Possible
      How it comes about
        [ ] design (it was built that way)
        [ ] data (wrong, missing or one-sided)
        [ ] the model gets it wrong
        [ ] the system around the model fails
        [ ] misuse on purpose
        [ ] wrong use that can be foreseen
                                                                         1-15 of 24
      4: injury, large loss, loss of a right or of an important chance: a broken
      arm, a job or a home not given. How bad is it for the person, group or good
      that it hits? Press 1 negligible, 2 minor, 3 moderate, 4 major, 5 critica...
      gravity 4 + 1 for reach 4 -> severity 5, likelihood 3: high; after measures:
      medium, shown by evidence
     Enter keep  Tab next field  Down down  Up up  Esc cancel
    ");
}

#[test]
fn an_empty_list_never_means_low() {
    let mut empty = screen(80, 24, bare(), Harms::new("bot"));
    assert!(empty.text().contains("never means low"), "{}", empty.text());
}

#[test]
fn a_harm_that_is_not_rated_can_still_raise_the_level() {
    let screen = screen(80, 24, bare(), Harms::new("bot")).keys("n down down 2");
    let screen = screen.keys("tab tab tab tab 4 tab 4 tab 2 tab 1 tab 3 enter");
    // The second one is taken over from an example as it stands.
    let mut screen = screen.keys("down 1 enter q");
    assert!(screen.text().contains("rise: a harm is not rated yet."), "{}", screen.text());
}

#[test]
fn a_harm_is_found_and_rated_by_keys() {
    let screen = screen(80, 24, bare(), Harms::new("bot")).keys("n down down 2");
    // The example and the only group of the register are taken over; four fields on comes gravity.
    let screen = screen.keys("tab tab tab tab 4 tab 4 tab 2 tab 1 tab u enter");
    let found = system(&screen).impact.harms;
    assert_eq!(found.len(), 1);
    assert!(found[0].id.starts_with("h01-"), "{}", found[0].id);
    assert_eq!((found[0].group.as_str(), found[0].dimension.as_str()), ("AG-WRK", "DM-FAI"));
    assert!(!found[0].what.is_empty());
    assert_eq!(found[0].before, rating("4421u"));
    let standing = screen.app.session.standing().system("bot").expect("it is rated");
    assert_eq!((standing.inherent, standing.is_open), (Some(ImpactLevel::VeryHigh), true));
    let mut screen = screen.keys("q");
    assert!(screen.text().contains("very high*"), "{}", screen.text());
    assert!(screen.text().contains("* unknown: likelihood"), "{}", screen.text());
    let screen = screen.keys("z");
    assert!(system(&screen).impact.harms.is_empty(), "one step back");
    assert_eq!(screen.app.session.message.as_deref(), Some("Taken back: harm of bot."));
}

#[test]
fn a_harm_says_what_happens_to_whom_and_in_what_respect() {
    let mut screen = screen(80, 24, bare(), Harms::new("bot")).keys("n enter backtab enter");
    assert!(screen.text().contains("! Say in a sentence what happens."), "{}", screen.text());
    assert!(system(&screen).impact.harms.is_empty());
}

#[test]
fn another_group_can_be_named_in_own_words() {
    let screen = harms(80, 24).keys("enter tab tab").types("night guards").keys("enter");
    assert_eq!(system(&screen).impact.harms[0].group, "night guards");
    let screen = screen.keys("enter tab tab ctrl-u enter");
    assert_eq!(system(&screen).impact.harms[0].group, "night guards", "somebody has to be named");
}

#[test]
fn no_harm_needs_a_reason_and_gives_way_to_a_harm() {
    let screen = screen(80, 24, bare(), Harms::new("bot")).keys("0").types("no").keys("enter");
    assert!(system(&screen).impact.no_harm.is_empty(), "too short");
    let screen = screen.types("body but staff reads it").keys("enter");
    assert_eq!(system(&screen).impact.no_harm[0].dimension, None);
    let level = |screen: &Screen| screen.app.session.standing().system("bot").and_then(|rating| rating.inherent);
    assert_eq!(level(&screen), Some(ImpactLevel::Low));
    let screen = screen.keys("n down 0").types("Nothing is hidden here.").keys("enter");
    assert_eq!(system(&screen).impact.no_harm.len(), 2);
    let screen = screen.keys("down 1 tab tab tab tab 3 tab tab tab tab 3 enter q");
    let found = system(&screen).impact;
    assert_eq!((found.harms.len(), found.no_harm.len()), (1, 1), "overall no longer; elsewhere it stays");
    let screen = screen.keys("0");
    assert!(screen.app.session.message.as_deref().is_some_and(|words| words.contains("Harms stand here")));
}

#[test]
fn a_second_press_removes() {
    let screen = harms(80, 24).keys("D");
    assert_eq!(system(&screen).impact.harms.len(), 2);
    assert_eq!(system(&screen.keys("down D")).impact.harms.len(), 2, "another row");
    let screen = harms(80, 24).keys("D D");
    assert_eq!(system(&screen).impact.harms[0].id, "h02");
}

#[test]
fn an_id_is_not_used_twice() {
    let add = |screen: Screen| screen.keys("n 1 tab tab tab tab 3 tab tab tab tab 3 enter q");
    let screen = add(harms(80, 24));
    let ids: Vec<String> = system(&screen).impact.harms.iter().map(|harm| harm.id.clone()).collect();
    assert_eq!((ids.len(), &ids[2][..4]), (3, "h03-"));
    assert_eq!(system(&screen).impact.harms[2].before.gravity, Some(Rated::At(3)));
}

#[test]
fn own_meanings_of_steps_go_first_once_they_are_approved() {
    use crate::model::{
        edit::Change,
        impact::criteria::{OwnAnchor, OwnCriteria},
    };
    let own = |approved_by: &str| {
        let anchor = OwnAnchor { scale: "SC-GRAVITY".into(), step: 4, anchor: "our own words".into() };
        let criteria = OwnCriteria {
            approved_by: approved_by.into(),
            approved_on: Some("2026-10-01".parse().expect("a day")),
            anchors: vec![anchor],
            ..OwnCriteria::default()
        };
        let changes = vec![Change::SetCriteria(Box::new(criteria)), Change::system("entry", rated())];
        let screen = Screen::open(80, 24, crate::tui::testing::assessment(changes));
        screen.above(Harms::new("bot")).keys("enter tab tab tab tab").text()
    };
    assert!(own("Ann").contains("our own words"));
    assert!(!own("").contains("our own words"));
}

#[test]
fn it_fits_everywhere() {
    Screen::fits_everywhere(harms);
    Screen::fits_everywhere(|width, height| harms(width, height).keys("n"));
    Screen::fits_everywhere(|width, height| harms(width, height).keys("enter"));
}

#[test]
fn looking_for_harms_looks_like_this() {
    insta::assert_snapshot!(harms(60, 16).keys("n down").text(), @"
     Look for harms: Support bot                         Acme
     Go through them with the people who know the system: Enter
     writes down a harm, 0 says that there is none.
                                                      1-6 of 15
      Accountability
    ▸ Transparency
      Fairness and discrimination
      Privacy                                           2 harms
      Reliability
      Safety
     Could people not know that AI is at work, or be misled
     about what it does?
     For example: 1 Callers believe that they talk with a
     person · 2 Readers take a generated picture for a photo ·
     3 Staff do not know that their messages are evaluated
     Enter new harm  digit take example  ? help  q back
    ");
}

#[test]
fn a_system_that_is_gone_is_said_to_be() {
    let mut gone = screen(60, 16, bare(), Harms::new("other")).keys("n 0 D enter w");
    assert!(gone.text().contains(GONE), "{}", gone.text());
}

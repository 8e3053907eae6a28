//! The sections of the short form, of the full one, and the way from there.

use super::*;
use crate::{
    model::system::System,
    tui::{
        screens::assessed::sample::{bare, rated, screen, system},
        testing::Screen,
    },
};

fn sections(width: u16, height: u16) -> Screen {
    screen(width, height, bare(), ImpactSections::new("bot"))
}

#[test]
fn the_short_form_looks_like_this() {
    insta::assert_snapshot!(sections(60, 16).text(), @"
     Impact assessment: Support bot                      Acme
     Short form: 0 of 23 answered, 23 essential open. t shows
     all sections.
     Harms (h) still to look for: Society, democracy and the
     rule of law; Environmental impact.
                                                      1-7 of 11
    ▸ Assessment record            0 of 3    3 essential open
      What this assessment covers  0 of 2    2 essential open
      Purpose and reasons          0 of 1    1 essential open
      Intended uses and users      0 of 3    3 essential open
      Wrong use and foreseeable... 0 of 2    2 essential open
      Setting of use               0 of 2    2 essential open
      People concerned             0 of 2    2 essential open
     Say which system was assessed, when, why and by whom, so
     that anyone finds it again.
     Enter open  a next open  h harms  ? help  q back
    ");
    insta::assert_snapshot!(sections(80, 24).text(), @"
     Impact assessment: Support bot                                          Acme
     Short form: 0 of 23 answered, 23 essential open. t shows all sections.
     Harms (h) still to look for: Society, democracy and the rule of law;
     Environmental impact.

    ▸ Assessment record                                0 of 3    3 essential open
      What this assessment covers                      0 of 2    2 essential open
      Purpose and reasons                              0 of 1    1 essential open
      Intended uses and users                          0 of 3    3 essential open
      Wrong use and foreseeable misuse                 0 of 2    2 essential open
      Setting of use                                   0 of 2    2 essential open
      People concerned                                 0 of 2    2 essential open
      Harms                                            0 of 2    2 essential open
      Effects on work, society and environment         0 of 1    1 essential open
      Measures                                         0 of 3    3 essential open
      Result, approval and communication               0 of 2    2 essential open





     Say which system was assessed, when, why and by whom, so that anyone finds it
     again.
     Enter open  a next open  h harms  m measures  s sign-off  ? help  q back
    ");
}

#[test]
fn all_sections_are_one_key_away() {
    let rows = |screen: &mut Screen| screen.text().matches("essential open").count();
    let (mut short, mut all) = (sections(80, 40), sections(80, 40).keys("t"));
    assert!(rows(&mut short) < rows(&mut all), "{}", all.text());
    assert!(all.text().contains("Full form, although the short one is enough"), "{}", all.text());
    let mut again = sections(80, 40).keys("t t");
    assert!(again.text().contains("Short form: "), "{}", again.text());
}

#[test]
fn a_grave_harm_asks_for_the_full_form_and_says_so() {
    let mut full = screen(80, 40, rated(), ImpactSections::new("bot")).keys("t");
    assert!(full.text().contains("Full form: ") && full.text().contains("Asked for by: "), "{}", full.text());
}

#[test]
fn a_banned_use_is_said_to_be_one() {
    let banned = System { banned_use: true, ..bare() };
    let mut screen = screen(60, 16, banned, ImpactSections::new("bot"));
    assert!(screen.text().contains("The law bans this use: stop it."), "{}", screen.text());
}

#[test]
fn keys_open_what_belongs_to_it() {
    let case = |key: &str, context: Context| {
        assert_eq!(sections(80, 24).keys(key).app.context(), Some(context), "{key}");
    };
    case("enter", Context::ImpactText);
    case("h", Context::Harms);
    case("h h", Context::HeatMap);
    case("m", Context::ImpactRows);
    case("b", Context::ImpactRows);
    case("o", Context::ImpactRows);
    case("w", Context::ImpactLevel);
    case("s", Context::SignOff);
}

#[test]
fn a_system_is_assessed_from_nothing_to_an_approval_by_keys() {
    use crate::model::{impact::sign_off::Outcome, level::ImpactLevel};
    // A harm: the first example of the first dimension, rated before and after measures.
    let screen = sections(80, 24).keys("h n 1 tab tab tab tab 4 tab 4 tab 1 tab 1 tab 3");
    let screen = screen.keys("tab tab tab 4 tab 2 tab 1 tab 1 tab 2 enter q q");
    // A measure with owner and evidence.
    let screen = screen.keys("m n").types("Staff check each answer").keys("tab tab").types("Ann").keys("tab tab space");
    let screen = screen.keys("tab tab space enter q");
    let rating = screen.app.session.standing().system("bot").expect("it is rated");
    assert_eq!((rating.inherent, rating.residual), (Some(ImpactLevel::High), Some(ImpactLevel::Medium)));
    // The sign-off.
    let screen = screen.keys("s enter").types("Ann").keys("tab").types("2026-10-01").keys("tab tab tab 1 tab");
    let screen = screen.types("Eva").keys("tab tab").types("2026-10-05").keys("enter");
    let impact = system(&screen).impact;
    let signed = impact.sign_off().expect("it is signed");
    assert_eq!((signed.outcome, signed.residual), (Some(Outcome::Approved), Some(ImpactLevel::Medium)));
    assert_eq!(impact.harms[0].measures, [impact.measures[0].id.clone()]);
}

#[test]
fn it_fits_everywhere() {
    Screen::fits_everywhere(sections);
    Screen::fits_everywhere(|width, height| screen(width, height, rated(), ImpactSections::new("bot")));
}

//! The screening, picked by keys.

use insta::assert_snapshot;

use super::*;
use crate::tui::{
    screens::quick_add::QuickAdd,
    testing::{Screen, as_of, assessment},
    theme::Palette,
};

/// The screening of a bought tool for hiring.
fn screening(width: u16, height: u16) -> Screen {
    let screen = Screen::open(width, height, assessment(Vec::new())).above(QuickAdd::default());
    open(screen.types("hiring: Talent, Acme HR").keys("enter"))
}

fn open(screen: Screen) -> Screen {
    let view = ScreeningScreen::new("talent", &screen.app.session).expect("a registered system");
    screen.above(view)
}

fn kept(screen: &Screen) -> &Screening {
    let system = screen.app.session.assessment().system("talent").expect("the system");
    system.screening.as_ref().expect("a screening")
}

#[test]
fn what_is_usual_for_the_kind_of_tool_stands_first() {
    assert_snapshot!(screening(60, 16).text(), @"
     Screening: Talent                                   Acme
     y yes, n no, u not sure. What stays open counts as no once
     you keep it.
     Does it do this?
    ▸ -          Decides or strongly sways legal position or
                 life chances (credit, work, education,
                 housing, insurance, health care, benefits,
                 justice) (look here first)
      -          Can limit, infringe or undermine human rights
                 (look here first)
      -          Can injure people, bodily or mentally
      -          Touches children or other groups that need
                 care
                                                      1-4 of 17
     So far the short form is enough: 23 questions.
     y yes  n no  u not sure  Enter keep  ? help  q back
    ");
    assert_snapshot!(screening(80, 24).keys("y u").text(), @"
     Screening: Talent                                                       Acme
     y yes, n no, u not sure. What stays open counts as no once you keep it.
     Does it do this?
      yes        Decides or strongly sways legal position or life chances (credit,
                 work, education, housing, insurance, health care, benefits,
                 justice) (look here first)
      not sure   Can limit, infringe or undermine human rights (look here first)
    ▸ -          Can injure people, bodily or mentally
      -          Touches children or other groups that need care
      -          Uses biometric data, recognises emotions or sorts people
      -          Uses sensitive personal data
      -          Acts without a human who can step in before effect
      -          Reaches very many people or society as a whole
      -          Effect cannot be undone
      -          New or little-proven technology, or a very complex setting
      -          Watches or manages workers
      -          Safety part of a product or of critical infrastructure
     Does anything bar its use?
      -          Practice banned by law
                                                                         1-13 of 17
     The full form (108 questions) is asked for because of: decides or strongly
     sways legal position or life chances; can limit, infringe or undermine human
     rights.
     y yes  n no  u not sure  Enter keep  s settled  / search  ? help  q back
    ");
}

#[test]
fn a_ban_by_law_says_so_at_once() {
    assert_snapshot!(screening(60, 16).looks(Palette::Plain, true).keys("end up up up up y").text(), @"
     Screening: Talent                                   Acme
     y yes, n no, u not sure. What stays open counts as no once
     you keep it.
      -          Effect cannot be undone
      -          New or little-proven technology, or a very
                 complex setting
      -          Watches or manages workers
      -          Safety part of a product or of critical
                 infrastructure
     Does anything bar its use?
    > yes        Practice banned by law
                                                     9-13 of 17
     Banned by law: it is not rated. Stop it, or change what it
     is used for. Until then it stands first in the plan, even
     out of scope.
     y yes  n no  u not sure  Enter keep  ? help  q back
    ");
}

#[test]
fn what_is_kept_has_day_and_person_and_the_open_is_no() {
    let screen = screening(80, 24).keys("y u n enter");
    let screening = kept(&screen);
    assert_eq!((screening.on, screening.by.as_str()), (as_of(), "Ann"));
    assert_eq!(
        (screening.sensitive.as_slice(), screening.unsure.as_slice()),
        (&["ST-01".to_owned()][..], &["ST-03".to_owned()][..])
    );
    assert!(screening.restricted.is_empty());
    let mut screen = open(screen);
    let text = screen.text();
    assert!(text.contains("Screened on 2026-10-15 by Ann."), "{text}");
    assert!(!text.contains("\n  - "), "nothing is open any more: {text}");
}

#[test]
fn a_barred_use_says_what_to_do_and_how_it_was_settled() {
    let mut screen = screening(80, 24).keys("end up up y");
    assert!(screen.text().contains("To do: stop or renegotiate."), "{}", screen.text());
    let screen = screen.keys("s").types("Contract amended on 1 May, yes").keys("enter enter");
    let restricted = &kept(&screen).restricted;
    assert_eq!(restricted.len(), 1);
    assert_eq!(
        (restricted[0].id.as_str(), restricted[0].settled.as_str()),
        ("RU-03", "Contract amended on 1 May, yes")
    );
    let mut screen = open(screen).keys("end u");
    assert!(screen.text().contains("Here it is yes or no"), "{}", screen.text());
    assert!(screen.keys("s").text().contains("First say yes to a use that is barred."));
}

#[test]
fn a_screening_replaces_the_marks_of_the_register() {
    let marked = System { banned_use: true, sensitive_use: true, ..System::named("talent", "Talent") };
    let screen = Screen::open(80, 24, assessment(vec![Change::system("entry", marked)]));
    let mut screen = open(screen);
    assert!(screen.text().contains("marked as sensitive without saying why"), "{}", screen.text());
    let screen = screen.keys("enter");
    assert_eq!(kept(&screen).restricted.len(), 1, "the mark of a ban is taken over");
    let system = screen.app.session.assessment().system("talent").expect("the system");
    assert!(!system.banned_use && !system.sensitive_use);
    assert!(screen.app.session.standing().system("talent").expect("a rating").is_banned);
}

#[test]
fn leaving_asks_twice_where_something_was_picked() {
    let mut screen = screening(80, 24).keys("y q");
    assert!(screen.text().contains("Again throws away what was picked; Enter keeps it."), "{}", screen.text());
    let screen = screen.keys("q");
    assert_eq!(screen.app.context(), Some(Context::Map));
    assert!(screen.app.session.assessment().system("talent").expect("the system").screening.is_none());
    assert_eq!(screening(80, 24).keys("q").app.context(), Some(Context::Map));
}

#[test]
fn a_stop_keeps_what_was_picked() {
    let mut screen = screening(80, 24).keys("y");
    screen.app.handle(crate::tui::input::Input::Stop);
    assert_eq!(kept(&screen).sensitive, ["ST-01"]);
}

#[test]
fn it_fits_every_terminal() {
    Screen::fits_everywhere(|width, height| screening(width, height).keys("y u n end y s"));
}

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
     Sensitive uses
    ▸ -          Does it decide, or strongly sway, who gets
                 work, credit, housing, schooling, insurance,
                 care, benefits or justice? (look here first)
      -          Does it use faces, voices or fingerprints to
                 recognize people, read emotions, or sort
                 people into groups? (look here first)
      -          Can it cut into human rights: police, borders,
                 asylum, watching public places, blocking what
                 people say? (look here first)
                                                      1-3 of 17
     So far the short form is enough: 23 questions.
     y yes  n no  u not sure  Enter keep  ? help  q back
    ");
    assert_snapshot!(screening(80, 24).keys("y u").text(), @"
     Screening: Talent                                                       Acme
     y yes, n no, u not sure. What stays open counts as no once you keep it.
     Sensitive uses
      yes        Does it decide, or strongly sway, who gets work, credit, housing,
                 schooling, insurance, care, benefits or justice? (look here first)
      not sure   Does it use faces, voices or fingerprints to recognize people,
                 read emotions, or sort people into groups? (look here first)
    ▸ -          Can it cut into human rights: police, borders, asylum, watching
                 public places, blocking what people say? (look here first)
      -          Can it injure people, in body or mind: a machine that moves,
                 advice on medicine, talks with people in crisis?
      -          Does it touch children, patients, older people in care or others
                 who need protection, even in passing?
      -          Does it handle sensitive personal data: health, belief, origin,
                 union membership, sex life, criminal records?
      -          Does it act with nobody who can step in first: sends, pays,
                 blocks, deletes or drives by itself?
      -          Does it reach very many people or public life: a whole city, all
                 customers of a large firm, voters?

                                                                          1-8 of 17
     The full form (108 questions) is asked for because of 2 sensitive uses (1 not
     sure).
     y yes  n no  u not sure  Enter keep  s settled  / search  ? help  q back
    ");
}

#[test]
fn a_ban_by_law_says_so_at_once() {
    assert_snapshot!(screening(60, 16).looks(Palette::Plain, true).keys("end up up up up y").text(), @"
     Screening: Talent                                   Acme
     y yes, n no, u not sure. What stays open counts as no once
     you keep it.
      -          Is it a safety part of a product or of power,
                 water, gas, heating, traffic or data networks?
     What could bar its use
    > yes        A law bans this use
      -          Your own AI policy bans this use
      -          The supplier's terms or the model licence bar
                 this use

                                                    12-15 of 17
     Banned by law: it is not rated. Stop it, or change what it
     is used for, and have a lawyer check the finding. Until
     then it stands first in the plan, even out of scope.
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
        (&["ST-01".to_owned()][..], &["ST-05".to_owned()][..])
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
    assert!(screen.text().contains("or agree on other terms"), "{}", screen.text());
    let mut screen = screen.keys("s").types("Contract amended on 1 May, yes").keys("enter");
    assert_snapshot!(screen.text(), @"
     Screening: Talent                                                       Acme
     y yes, n no, u not sure. What stays open counts as no once you keep it.
      -          Is the technology little proven, or the setting very complex: a
                 first pilot, AI agents, road traffic?
      -          Does it watch, rate or manage workers: shifts, tasks, calls,
                 keystrokes, break times?
      -          Is it a safety part of a product or of power, water, gas, heating,
                 traffic or data networks?
     What could bar its use
      -          A law bans this use
      -          Your own AI policy bans this use
    ▸ yes        The supplier's terms or the model licence bar this use
                 settled: Contract amended on 1 May, yes
      -          The use lies outside the stated intended purpose
      -          The system was not tested for this group or place






                                                                        10-17 of 17
     So far the short form is enough: 23 questions.
     y yes  n no  u not sure  Enter keep  s settled  / search  ? help  q back
    ");
    let screen = screen.keys("enter");
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
    let screening = kept(&screen);
    assert_eq!(screening.sensitive, ["ST-01"]);
    assert_eq!(screening.unsure.len(), 11, "nobody said no to what is open: {screening:?}");
}

#[test]
fn quitting_asks_twice_where_something_was_picked() {
    let mut screen = screening(80, 24).keys("y Q");
    assert!(!screen.app.is_done() && screen.text().contains("leaves without it."), "{}", screen.text());
    // Any other key takes the question back.
    let screen = screen.keys("n Q");
    assert!(!screen.app.is_done());
    assert!(screen.keys("Q").app.is_done());
    assert!(screening(80, 24).keys("Q").app.is_done());
    assert!(screening(80, 24).keys("y enter Q").app.is_done());
}

#[test]
fn it_fits_every_terminal() {
    Screen::fits_everywhere(|width, height| screening(width, height).keys("y u n end y s"));
}

//! Rounds of sign-off: what is kept, what is refused, and what an approval rests on.

use super::*;
use crate::{
    model::{level::ImpactLevel, system::System},
    tui::{
        screens::assessed::sample::{bare, harm, rated, screen, system},
        testing::Screen,
    },
};

/// Fills the form by field number; a field may be filled with keys or with a text in quotes.
fn filled(mut screen: Screen, fields: &[(usize, &str)]) -> Screen {
    let mut at = 0;
    for (field, typed) in fields {
        screen = screen.keys(&"tab ".repeat(field - at)).keys("ctrl-u");
        screen = match typed.strip_prefix('#') {
            Some(digit) => screen.keys(digit),
            None => screen.types(typed),
        };
        at = *field;
    }
    screen.keys("enter")
}

/// An approval as it should be: digits stand for the option of that number.
const APPROVAL: [(usize, &str); 7] =
    [(0, "Ann"), (1, "2026-10-01"), (2, "Ben"), (3, "2026-10-02"), (4, "#1"), (5, "Eva"), (7, "2026-10-05")];

fn with(changes: &[(usize, &'static str)]) -> Vec<(usize, &'static str)> {
    let mut fields: Vec<(usize, &str)> =
        APPROVAL.into_iter().filter(|(field, _)| changes.iter().all(|(other, _)| other != field)).collect();
    fields.extend(changes);
    fields.sort_unstable();
    fields
}

fn open(system: System) -> Screen {
    screen(80, 24, system, SignOffs::new("bot"))
}

/// The sample without what nobody knows, at a residual level.
fn settled(after: &str) -> System {
    let mut system = rated();
    system.impact.harms = vec![harm("h01", "Wrong advice", "44213", after, &["m01"])];
    system
}

#[test]
fn an_approval_keeps_what_it_rests_on() {
    let screen = filled(open(settled("43212")).keys("enter"), &with(&[(11, "2027-10-01")]));
    let signed = system(&screen);
    let round = signed.impact.sign_off().expect("it is signed").clone();
    assert_eq!((round.approved_by.as_str(), round.outcome), ("Eva", Some(Outcome::Approved)));
    assert_eq!((round.level, round.residual), (Some(ImpactLevel::High), Some(ImpactLevel::Medium)));
    assert!(round.facts.iter().any(|fact| fact.fact == "affected"), "{:?}", round.facts);
    assert_eq!(signed.next_review, Some("2027-10-01".parse().expect("a day")));
    let mut screen = screen;
    insta::assert_snapshot!(screen.text(), @"
     Sign-off: Support bot                                             Acme  saving
     State: approved.
     Level medium after measures: to be approved by the system owner together with
     the assessment lead (proposed here).

    ▸ Prepared by   Ann, 2026-10-01
      Reviewed by   Ben, 2026-10-02
      Decided by    Eva, 2026-10-05
      Decision      approved
      Next review   2027-10-01













     Enter change  n new round  w level  / search  ? help  q back
    ");
    // Another round leaves the first as it was.
    let screen = filled(screen.keys("n"), &[(0, "Ann")]);
    assert_eq!(system(&screen).impact.sign_offs[0], round);
    assert_eq!(system(&screen).impact.sign_offs.len(), 2);
    let screen = screen.keys("n");
    assert_eq!(screen.app.context(), Some(Context::SignOff), "one round at a time");
}

#[test]
fn rounds_look_like_this() {
    insta::assert_snapshot!(screen(60, 16, settled("43212"), SignOffs::new("bot")).text(), @"
     Sign-off: Support bot                               Acme
     State: not signed.
     Level medium after measures: to be approved by the system
     owner together with the assessment lead (proposed here).

    ▸ Prepared by   still open
      Reviewed by   still open
      Decided by    still open
      Decision      still open
      Next review   still open





     Enter change  n new round  w level  ? help  q back
    ");
    insta::assert_snapshot!(screen(60, 16, settled("43212"), SignOffs::new("bot")).keys("enter").text(), @"
     New round of sign-off: Support bot                  Acme
    ▸ Prepared by
      Prepared on
      Reviewed by
      Reviewed on
      Decision            not said
      Decided by
      In which function
      Decided on
      Conditions, reasons
      Conditions due
                                                     1-10 of 12
      Who led the assessment.
      Level medium after measures: to be approved by the
      system owner together with the assessment lead.
     Enter keep  Tab next field  Down down  Up up  Esc cancel
    ");
}

#[test]
fn an_approval_that_would_not_count_is_refused() {
    let case = |system_before: System, changes: &[(usize, &'static str)], words: &str| {
        let mut screen = filled(open(system_before).keys("enter"), &with(changes));
        let shown = screen.text();
        assert!(shown.contains(&format!("! {words}")), "{words}:\n{shown}");
        assert_eq!(system(&screen).impact.sign_off(), None);
    };
    let unassessed = || System { banned_use: false, ..bare() };
    case(unassessed(), &[], "Nothing is assessed yet");
    case(System { banned_use: true, ..settled("43212") }, &[], "The law bans this use");
    case(settled("44213"), &[(5, "ann")], "At high or very high somebody else than the preparer");
    case(settled("43212"), &[(3, "2026-09-01")], "It was prepared on 2026-10-01");
    case(settled("43212"), &[(7, "2026-10-01")], "It was reviewed on 2026-10-02");
    case(settled("43212"), &[(7, "2026-10-16")], "This day is still to come.");
    case(settled("43212"), &[(7, "soon")], "Write the date as YYYY-MM-DD");
    case(settled("43212"), &[(4, "#2")], "This decision also asks for the conditions");
    case(settled("43212"), &[(4, "#3")], "This decision also asks for the reasons");
    case(settled("43212"), &[(5, "")], "Name who decided.");
    case(settled("43212"), &[(7, "")], "Give the day of the decision.");
    case(settled("43212"), &[(4, "")], "Say what was decided.");
    case(settled("43212"), &[(11, "2026-10-01")], "This is before the decision");
    let mut grave = settled("");
    grave.impact.harms[0] = harm("h01", "Fire", "55445", "", &[]);
    case(grave, &[], "The level is very high: lower it by measures first");
}

#[test]
fn what_is_refused_is_said_to_its_end_in_a_narrow_window() {
    let narrow = screen(60, 16, settled("44213"), SignOffs::new("bot")).keys("enter");
    let text = filled(narrow, &with(&[(5, "ann")])).text();
    assert!(text.contains("! At high or very high somebody else than the preparer\n    must approve.\n"), "{text}");
}

#[test]
fn the_preparer_may_approve_what_is_not_grave() {
    let screen = filled(open(settled("43212")).keys("enter"), &with(&[(5, "Ann")]));
    assert!(system(&screen).impact.sign_off().is_some());
}

#[test]
fn declining_needs_no_level() {
    let screen = filled(open(bare()).keys("enter"), &with(&[(4, "#5"), (8, "No need for it; switched off.")]));
    let round = system(&screen).impact.sign_off().expect("it is decided").clone();
    assert_eq!((round.outcome, round.level), (Some(Outcome::Stopped), None));
}

#[test]
fn mending_a_word_does_not_move_what_an_approval_rests_on() {
    let screen = filled(open(settled("43212")).keys("enter"), &APPROVAL);
    let before = system(&screen).impact.sign_off().expect("it is signed").clone();
    let screen = filled(screen.keys("enter"), &[(6, "managing director")]);
    let after = system(&screen).impact.sign_off().expect("it is signed").clone();
    assert_eq!(after, SignOff { approver_function: "managing director".into(), ..before });
}

#[test]
fn it_fits_everywhere() {
    Screen::fits_everywhere(|width, height| screen(width, height, rated(), SignOffs::new("bot")));
    Screen::fits_everywhere(|width, height| screen(width, height, rated(), SignOffs::new("bot")).keys("enter"));
}

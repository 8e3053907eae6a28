//! The form of an item of evidence as a person sees it.

use insta::assert_snapshot;

use super::*;
use crate::tui::{
    screens::evidence::EvidenceRegister,
    session::SaveMark,
    testing::{Screen, assessment},
    theme::Palette,
};

fn form(width: u16, height: u16) -> Screen {
    let item = Evidence {
        id: "policy".into(),
        title: "AI policy".into(),
        kind: EvidenceKind::Document,
        location: "docs/policies/ai-policy.docx".into(),
        date: Some("2026-03-01".parse().expect("a date in a test")),
        valid_until: None,
        owner: String::new(),
        serves: vec!["5.2".parse().expect("a reference in a test")],
    };
    let change = Change::SetEvidence { id: item.id.clone(), evidence: Some(item) };
    Screen::open(width, height, assessment(vec![change])).above(EvidenceRegister::default()).keys("enter")
}

fn kept(screen: &Screen) -> &Evidence {
    &screen.app.session.assessment().evidence[0]
}

#[test]
fn the_form_explains_its_fields() {
    assert_snapshot!(form(80, 24).text(), @r"
     Evidence: AI policy                                                     Acme

    ▸ Title        AI policy
      Kind         < document >
      Location     docs/policies/ai-policy.docx
      Date         2026-03-01
      Valid until
      Owner
      Serves       5.2

      What people call it.
      Today: current until 2027-03-31.











     Enter keep  Tab next field  Shift-Tab field before  Esc cancel
    ");
    assert_snapshot!(form(60, 16).looks(Palette::Plain, true).keys("tab right").text(), @r"
     Evidence: AI policy                                 Acme

      Title        AI policy
    > Kind         < record >
      Location     docs/policies/ai-policy.docx
      Date         2026-03-01
      Valid until
      Owner
      Serves       5.2

      Left and Right change it. A document says how things are
      to be; a record shows that something happened; a system
      shows it live; an interview is somebody's word.
      Today: current until 2027-03-31.

     Enter keep  Tab next field  Esc cancel
    ");
}

#[test]
fn what_is_written_is_kept() {
    let screen = form(80, 24).types(" v4").keys("down right down down ctrl-u").types("2026-10-01").keys("down");
    let screen = screen.types("2027-03-31").keys("down").types("Ann").keys("down").types(" A.2.2;4.1").keys("enter");
    let item = kept(&screen);
    assert_eq!((item.title.as_str(), item.kind, item.owner.as_str()), ("AI policy v4", EvidenceKind::Record, "Ann"));
    assert_eq!(item.date.map(|day| day.to_string()).as_deref(), Some("2026-10-01"));
    assert_eq!(item.valid_until.map(|day| day.to_string()).as_deref(), Some("2027-03-31"));
    assert_eq!(item.serves.iter().map(Reference::to_string).collect::<Vec<_>>(), ["4.1", "5.2", "A.2.2"]);
}

#[test]
fn problems_are_said_in_words() {
    let screen = form(80, 24).keys("ctrl-u tab tab tab").types("x").keys("tab").types("2026-02-30").keys("tab tab");
    let mut screen = screen.types(" 4.9").keys("enter");
    assert_snapshot!(screen.text(), @r"
     Evidence: AI policy                                                     Acme

    ▸ Title
      ! Give it a title, so that others know what to ask for.
      Kind         < document >
      Location     docs/policies/ai-policy.docx
      Date         2026-03-01x
      ! Write the date as YYYY-MM-DD, such as 2026-03-31.
      Valid until  2026-02-30
      ! There is no 2026-02-30 in the calendar; write an existing day.
      Owner
      Serves       5.2 4.9
      ! `4.9` is no requirement; write numbers such as 5.2, A.2.2.

      What people call it.
      Today: undated: counts as stale.







     Not kept yet: see what is marked with an exclamation mark.
    ");
    assert_eq!(kept(&screen).title, "AI policy", "nothing is kept while something is wrong");
    let mut screen = screen.types("Policy").keys("down down down backspace down ctrl-u").types("2026-02-28");
    assert!(screen.text().contains("! This is before its date, 2026-03-01; give a later day."), "{}", screen.text());
}

#[test]
fn cancelling_changes_nothing() {
    let screen = form(80, 24).types("x").keys("esc");
    assert_eq!(kept(&screen).title, "AI policy");
    let screen = form(80, 24).keys("enter");
    assert_eq!(screen.app.session.save, SaveMark::Untouched, "keeping it as it was is no edit");
}

#[test]
fn it_fits_every_terminal() {
    for keys in ["tab", "ctrl-u tab tab tab ctrl-u x tab x tab tab x enter"] {
        Screen::fits_everywhere(|width, height| form(width, height).keys(keys));
    }
}

#[test]
fn a_change_is_not_thrown_away_by_one_key() {
    let mut screen = form(80, 24).types("!").keys("esc");
    assert!(screen.text().contains("Esc again throws the changes away; Enter keeps them."), "{}", screen.text());
    let screen = screen.keys("tab esc esc");
    assert_eq!((screen.app.context(), kept(&screen).title.as_str()), (Some(Context::Evidence), "AI policy"));
    assert_eq!(form(80, 24).keys("esc").app.context(), Some(Context::Evidence), "nothing was changed");
}

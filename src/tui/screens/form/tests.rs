//! A small form, filled by keys.

use super::*;
use crate::{
    model::assessment::Assessment,
    tui::{screens::form::field::Choice, testing::Screen},
};

/// Renames the assessment; the rest shows how fields look.
#[derive(Debug)]
struct Naming;

impl Sheet for Naming {
    fn title(&self, _session: &Session) -> String {
        "Naming".to_owned()
    }

    fn read(&self, values: &Values<'_>, _session: &Session) -> Result<Option<Change>, Vec<(&'static str, String)>> {
        let mut problems = Vec::new();
        if values.text("Name").is_empty() {
            problems.push(("Name", "Give it a name.".to_owned()));
        }
        if let Err(problem) = values.day("Day") {
            problems.push(("Day", problem));
        }
        let said = [values.text("Name"), values.picked("Size").unwrap_or("-"), &values.ticked("Roles").join("+")];
        if problems.is_empty() { Ok(Some(Change::Rename(said.join(" ")))) } else { Err(problems) }
    }

    fn foot(&self, values: &Values<'_>, _session: &Session) -> String {
        format!("{} letters", values.text("Name").len())
    }
}

fn form(width: u16, height: u16) -> Screen {
    let sizes = ["small", "large"].map(|id| Choice { detail: format!("It is {id}."), ..Choice::new(id, id) });
    let roles = ["user", "provider"].map(|id| Choice::new(id, format!("a {id}")));
    let fields = vec![
        Field::line("Name", "What people call it.", ""),
        Field::day("Day", "The day.", None),
        Field::one("Size", "Left and Right choose.", sizes.to_vec(), None),
        Field::many("Roles", "Space ticks.", roles.to_vec(), &["user".to_owned()]),
    ];
    let assessment = Assessment::new("Acme", "2026.11", "2026-10-15".parse().expect("a day"));
    Screen::open(width, height, assessment).above(Form::new(Naming, fields))
}

#[test]
fn a_form_looks_like_this() {
    insta::assert_snapshot!(form(60, 16).types("Bot").keys("down").types("2026-1").keys("enter").text(), @"
     Naming                                              Acme
      Name  Bot
    ▸ Day   2026-1
      ! Write the date as YYYY-MM-DD, such as 2026-03-31.
      Size  not said
      Roles
        [x] a user
        [ ] a provider





      The day.
      3 letters
     Not kept yet: see what is marked with an exclamation mark.
    ");
}

#[test]
fn what_is_wrong_is_kept_back_and_named() {
    let mut screen = form(80, 24).keys("enter");
    assert!(screen.text().contains("! Give it a name."), "{}", screen.text());
    assert_eq!(screen.app.session.assessment().name, "Acme");
    let mut screen = screen.types("Bot").keys("down").types("soon").keys("enter");
    assert!(screen.text().contains("! Write the date as YYYY-MM-DD"), "{}", screen.text());
}

#[test]
fn options_are_chosen_by_arrow_digit_and_space() {
    let name = |screen: Screen| screen.app.session.assessment().name.clone();
    assert_eq!(name(form(80, 24).types("Bot").keys("enter")), "Bot - user");
    assert_eq!(name(form(80, 24).types("Bot").keys("tab tab right right enter")), "Bot large user");
    assert_eq!(name(form(80, 24).types("Bot").keys("tab tab 2 tab space down space enter")), "Bot large provider");
    assert_eq!(name(form(80, 24).types("Bot").keys("up space up space enter")), "Bot - provider");
}

#[test]
fn changes_are_not_thrown_away_by_one_key() {
    let screen = form(80, 24).types("Bot").keys("esc");
    let mut screen = screen.keys("x");
    assert!(screen.text().contains("Naming"), "{}", screen.text());
    let mut screen = screen.keys("esc esc");
    assert!(!screen.text().contains("Naming"), "{}", screen.text());
}

#[test]
fn it_fits_everywhere() {
    Screen::fits_everywhere(form);
}

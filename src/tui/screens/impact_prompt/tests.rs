//! Prompts of every kind, answered by keys. The prompts are looked up by kind, so that their wording may change.

use super::*;
use crate::{
    content::builtin,
    model::{
        impact::form::{Place, PromptKind},
        profile::AiRole,
        system::Stage,
    },
    tui::{
        effect::Reply,
        input::Input,
        screens::assessed::sample::{bare, rated, screen, system},
        testing::Screen,
    },
};

/// The first prompt of the built-in form that is answered so; its id, and that of the prompt after it.
fn prompt_of(is_wanted: impl Fn(&PromptKind) -> bool) -> (String, String) {
    let catalog = builtin::catalog();
    let prompts: Vec<&Prompt> = catalog.impact.prompts().map(|(_, prompt)| prompt).collect();
    let at = prompts.iter().position(|prompt| is_wanted(&prompt.kind)).expect("the form has such a prompt");
    (prompts[at].id.to_string(), prompts[at + 1].id.to_string())
}

fn open(width: u16, height: u16, prompt: &str) -> Screen {
    let session = screen(width, height, bare(), crate::tui::screens::harms::Harms::new("bot"));
    let view = ImpactPrompt::new("bot", prompt, Form::Full, &session.app.session);
    screen(width, height, rated(), view)
}

fn reply(screen: &Screen, prompt: &str) -> Option<PromptReply> {
    system(screen).impact.answer(prompt).cloned()
}

/// What the bar at the top says, which tells one prompt from the next.
fn bar(screen: &mut Screen) -> String {
    let text = screen.text();
    text.split("Acme").next().unwrap_or_default().trim().to_owned()
}

#[test]
fn prompts_look_like_this() {
    let (words, _) = prompt_of(|kind| *kind == PromptKind::Text);
    insta::assert_snapshot!(open(60, 16, &words).types("The support bot").text(), @r#"
    1 of 108: Assessment record                         Acme
     Which AI system do you assess, and which version of it?
     Name and version as in the register, and the settings
     that matter. "Chat assistant, business plan, spring
     release, web search off."
     essential · short form

     In a few words; Enter goes on:
       The support bot






    Enter go on  Tab more keys  Esc done  Page down next
    "#);
    let (one, _) = prompt_of(|kind| matches!(kind, PromptKind::One(_)));
    insta::assert_snapshot!(open(60, 16, &one).text(), @"
    3 of 108: Assessment record                         Acme

     Why do you assess now?

     Pick what started it. If several fit, take the one that
     could not have waited.

      1 ( ) first assessment
      2 ( ) planned review
      3 ( ) a significant change is planned
      4 ( ) an incident, complaint or concern
      5 ( ) a law, guidance or contract changed
      6 ( ) the system will be switched off
     A digit answers and goes on; u: nobody knows.
     essential
    Enter go on  Right next  ? help  q back
    ");
    let (held, _) = prompt_of(|kind| *kind == PromptKind::Held(Place::RatingsBefore));
    insta::assert_snapshot!(open(80, 24, &held).text(), @"
    75 of 108: Harms                                                        Acme
     How bad and how likely is each harm before measures?
     Comes from the harms table: five ratings per row, as if no measure worked.
     Not known counts as the top step.
     essential · short form · also answers the fundamental rights assessment
     (FRIA), 27(1)(d)

     Enter opens the harms; Right goes on. There now:
       1 Wrong advice costs somebody a right: gravity 4 + 1 for reach 4 ->
       severity 5, likelihood 3: high
       2 Chats leak to colleagues: gravity 2 + 1 for reversibility unknown, so 4
       -> severity 3, likelihood 2: medium











    Enter go on  Right next  Backspace previous  a next open  ? help  q back
    ");
}

#[test]
fn words_are_kept_when_enter_goes_on() {
    let (id, _) = prompt_of(|kind| *kind == PromptKind::Text);
    let mut screen = open(80, 24, &id);
    let first = bar(&mut screen);
    let mut screen = screen.types("a q and a u are text").keys("enter");
    assert_eq!(reply(&screen, &id), Some(PromptReply::Text("a q and a u are text".into())));
    assert_ne!(bar(&mut screen), first);
    let mut screen = screen.keys("pageup");
    assert_eq!(bar(&mut screen), first);
    let screen = screen.keys("tab z");
    assert_eq!(reply(&screen, &id), None, "one step back");
}

#[test]
fn an_empty_answer_is_none_and_may_be_passed_over() {
    let (id, _) = prompt_of(|kind| *kind == PromptKind::Text);
    let screen = open(80, 24, &id).keys("enter");
    assert_eq!(reply(&screen, &id), None);
    let mut screen = open(80, 24, &id).keys("pageup");
    assert!(screen.text().contains("This is the first prompt.") || reply(&screen, &id).is_none());
}

#[test]
fn entries_stand_one_per_line() {
    let (id, _) = prompt_of(|kind| *kind == PromptKind::List);
    let screen = open(80, 24, &id).types("France").keys("enter").types(" Spain ").keys("enter enter");
    assert_eq!(reply(&screen, &id), Some(PromptReply::List(vec!["France".into(), "Spain".into()])));
    let screen = open(80, 24, &id).pastes("one\ntwo").keys("esc");
    assert_eq!(reply(&screen, &id), Some(PromptReply::List(vec!["one".into(), "two".into()])));
}

#[test]
fn one_digit_answers_and_goes_on() {
    let (id, _) = prompt_of(|kind| matches!(kind, PromptKind::One(_)));
    let mut screen = open(80, 24, &id);
    let first = bar(&mut screen);
    let mut screen = screen.keys("2");
    assert!(matches!(reply(&screen, &id), Some(PromptReply::Choice(ids)) if ids.len() == 1));
    assert_ne!(bar(&mut screen), first);
    let screen = open(80, 24, &id).keys("down down enter");
    assert_eq!(reply(&screen, &id), reply(&open(80, 24, &id).keys("2"), &id), "the cursor picks as well");
    let screen = open(80, 24, &id).keys("9");
    assert_eq!(reply(&screen, &id), None, "no such option");
}

#[test]
fn several_are_ticked_and_enter_goes_on() {
    let (id, _) = prompt_of(|kind| matches!(kind, PromptKind::Many(_)));
    let screen = open(80, 24, &id).keys("3 1");
    assert!(matches!(reply(&screen, &id), Some(PromptReply::Choice(ids)) if ids.len() == 2));
    let screen = screen.keys("3 1");
    assert_eq!(reply(&screen, &id), None, "nothing ticked is no answer");
}

#[test]
fn yes_and_no_are_letters() {
    let (id, _) = prompt_of(|kind| *kind == PromptKind::YesNo);
    assert_eq!(reply(&open(80, 24, &id).keys("y"), &id), Some(PromptReply::YesNo(true)));
    assert_eq!(reply(&open(80, 24, &id).keys("n"), &id), Some(PromptReply::YesNo(false)));
    assert_eq!(reply(&open(80, 24, &id).keys("u"), &id), Some(PromptReply::Unknown));
    let screen = open(80, 24, &id).keys("y pageup delete");
    assert_eq!(reply(&screen, &id), None);
}

#[test]
fn a_day_is_read_or_refused() {
    let (id, _) = prompt_of(|kind| *kind == PromptKind::Date);
    let mut screen = open(80, 24, &id).types("soon").keys("enter");
    assert!(screen.text().contains("Write the date as YYYY-MM-DD"), "{}", screen.text());
    assert_eq!(reply(&screen, &id), None);
    let screen = open(80, 24, &id).types("2030-01-31").keys("enter");
    assert_eq!(reply(&screen, &id), Some(PromptReply::Date("2030-01-31".parse().expect("a day"))));
}

#[test]
fn what_nobody_knows_is_an_answer() {
    let (id, _) = prompt_of(|kind| *kind == PromptKind::Text);
    let screen = open(80, 24, &id).keys("tab u");
    assert_eq!(reply(&screen, &id), Some(PromptReply::Unknown));
    let screen = screen.keys("pageup").types("Now we know").keys("enter");
    assert_eq!(reply(&screen, &id), Some(PromptReply::Text("Now we know".into())));
}

#[test]
fn the_register_is_answered_in_place() {
    let id = |place: Place| prompt_of(move |kind| *kind == PromptKind::Held(place)).0;
    let screen = open(80, 24, &id(Place::Stage)).keys("5");
    assert_eq!(system(&screen).stage, Some(Stage::Operation));
    let screen = open(80, 24, &id(Place::Roles)).keys("1 3");
    assert_eq!(system(&screen).roles, [AiRole::Producer, AiRole::User]);
    let screen = open(80, 24, &id(Place::NextReview)).types("2027-01-31").keys("enter");
    assert_eq!(system(&screen).next_review, Some("2027-01-31".parse().expect("a day")));
    let screen = open(80, 24, &id(Place::Stage)).keys("u");
    assert!(screen.app.session.message.is_some(), "the register has no place for it");
}

#[test]
fn what_has_its_own_place_is_opened() {
    let case = |place: Place, context: Context| {
        let (id, _) = prompt_of(|kind| *kind == PromptKind::Held(place));
        assert_eq!(open(80, 24, &id).keys("enter").app.context(), Some(context), "{place:?}");
    };
    case(Place::Harms, Context::Harms);
    case(Place::RatingsAfter, Context::Harms);
    case(Place::Measures, Context::ImpactRows);
    case(Place::Benefits, Context::ImpactRows);
    case(Place::People, Context::SignOff);
}

#[test]
fn the_end_of_the_form_leads_back() {
    let catalog = builtin::catalog();
    let last = catalog.impact.prompts().map(|(_, prompt)| prompt.id.to_string()).last().expect("a prompt");
    let screen = open(80, 24, &last).types("yearly").keys("pagedown");
    assert_eq!(screen.app.context(), Some(Context::Map));
    assert!(reply(&screen, &last).is_some());
}

#[test]
fn what_is_written_is_neither_lost_by_a_stop_nor_kept_by_a_cancel() {
    let (id, _) = prompt_of(|kind| *kind == PromptKind::Text);
    let mut screen = open(80, 24, &id).types("half a");
    screen.app.handle(Input::Stop);
    assert_eq!(reply(&screen, &id), Some(PromptReply::Text("half a".into())));
    let screen = open(80, 24, &id).types("half a").keys("ctrl-c ctrl-c");
    assert_eq!(reply(&screen, &id), None);
}

#[test]
fn the_own_editor_gives_the_text_back() {
    let (id, _) = prompt_of(|kind| *kind == PromptKind::Text);
    let screen = open(80, 24, &id).types("draft").keys("ctrl-e");
    assert!(matches!(&screen.requests[..], [Request::EditText(text)] if text == "draft"));
    let screen = screen.receives(Reply::Edited("better\n".into())).keys("enter");
    assert_eq!(reply(&screen, &id), Some(PromptReply::Text("better".into())));
}

#[test]
fn the_short_form_is_gone_through_by_enter_and_digits_alone() {
    let catalog = builtin::catalog();
    let short: Vec<&Prompt> =
        catalog.impact.prompts().map(|(_, prompt)| prompt).filter(|prompt| prompt.short).collect();
    let start = screen(80, 24, bare(), crate::tui::screens::harms::Harms::new("bot"));
    let view = ImpactPrompt::new("bot", &short[0].id, Form::Short, &start.app.session);
    let mut screen = screen(80, 24, bare(), view);
    for (index, prompt) in short.iter().enumerate() {
        assert!(bar(&mut screen).contains(&format!("{} of {}", index + 1, short.len())), "{}", screen.text());
        screen = match Way::of(prompt) {
            Way::Words => screen.types("said").keys("enter"),
            Way::Entries => screen.types("said").keys("enter enter"),
            Way::Day => screen.types("2027-01-31").keys("enter"),
            Way::YesNo | Way::Pick { is_several: false, .. } => screen.keys("1"),
            Way::Pick { is_several: true, .. } => screen.keys("1 enter"),
            Way::Place(_) => screen.keys("right"),
        };
    }
    assert_eq!(screen.app.context(), Some(Context::Map));
}

#[test]
fn it_fits_everywhere() {
    for kind in
        [PromptKind::Text, PromptKind::List, PromptKind::Date, PromptKind::YesNo, PromptKind::Held(Place::Harms)]
    {
        let (id, _) = prompt_of(|other| *other == kind);
        Screen::fits_everywhere(|width, height| open(width, height, &id));
    }
}

//! The plan as a person sees it.

use insta::assert_snapshot;

use super::*;
use crate::{
    model::{answer::CheckAnswer, edit::Change},
    tui::{
        input::MouseKind,
        sample::{all_checks, evidence, full_pass, levels, quick_pass},
        testing::{Screen, assessment},
        theme::Palette,
    },
};

fn plan(width: u16, height: u16, changes: Vec<Change>) -> Screen {
    Screen::open(width, height, assessment(changes)).above(PlanScreen::default())
}

/// Two requirements with gaps, the rest of nothing said.
fn small() -> Vec<Change> {
    let mut changes = levels("5.2=1 A.2.2=1");
    changes.extend(all_checks("5.2", CheckAnswer::No));
    changes.extend(all_checks("A.2.2", CheckAnswer::Partly));
    changes
}

fn status(screen: &Screen, id: &str) -> ActionStatus {
    screen.app.session.assessment().action_status(id)
}

#[test]
fn the_first_month_comes_first() {
    assert_snapshot!(plan(80, 24, quick_pass()).text(), @r"
     Plan                                                                    Acme
     First 30 days: 11 actions, 12.5 person-days
     In all 66 actions, 86.5 person-days, at 3 a week until 2027-06-01.
                                                      due        days owner
     Wave 0 Unblock: 30 actions, 60.5 person-days
    ▸     List every AI system, built or bought       2026-10-16 1    AI manageme...
          Write the context paper and the list of...  2026-10-20 1    AI manageme...
          Write and approve the scope statement       2026-10-21 1    AI manageme...
          Fill a sheet for each system: parts, too... 2026-10-23 1    Engineering...
          Decide, sign and present the AI policy      2026-10-30 3    Top management
          Put names, deputies and powers on every...  2026-11-03 1    Top management
          Draft the AI aims and log what threatens... 2026-11-04 1    AI manageme...
          Agree which AI risk is too much, and pla... 2026-11-06 1    Top management
          Write the impact procedure and screen ev... 2026-11-10 1    AI manageme...
          Set up the forms for changes, findings a... 2026-11-11 0.5  AI manageme...
          List who hears what about your AI, and b... 2026-11-12 1    Legal counsel
          Open a way in for worries and for people... 2026-11-16 1    Support lead
          Hold the AI sessions for staff and contr... 2026-11-18 1    HR lead
          Write a card for every data set             2026-11-25 3    Data lead
          Write the data procedure and start the d... 2026-12-02 3    Data lead
          Match everyone to the skills their AI ro... 2026-12-09 3    HR lead
          Assess the impact of each system and fil... 2026-12-28 8    System owner
                                                                         1-17 of 66
     Enter open  Space mark  w what if  s status  o owner  Tab bars  ? help  q back
    ");
    assert_snapshot!(plan(60, 16, quick_pass()).looks(Palette::Plain, true).keys("down down").text(), @r"
     Plan                                                Acme
     First 30 days: 11 actions, 12.5 person-days
     In all 66 actions, 86.5 person-days, at 3 a week until
     2027-06-01.
                                   due        days owner
     Wave 0 Unblock: 30 actions, 60.5 person-days
          List every AI system,... 2026-10-16 1    AI managem...
          Write the context pap... 2026-10-20 1    AI managem...
    >     Write and approve the... 2026-10-21 1    AI managem...
          Fill a sheet for each... 2026-10-23 1    Engineerin...
          Decide, sign and pres... 2026-10-30 3    Top manage...
          Put names, deputies a... 2026-11-03 1    Top manage...
          Draft the AI aims and... 2026-11-04 1    AI managem...
          Agree which AI risk i... 2026-11-06 1    Top manage...
                                                      1-8 of 66
     Enter open  Space mark  w what if  ? help  q back
    ");
}

#[test]
fn there_is_room_for_more_on_a_large_screen() {
    assert_snapshot!(plan(140, 40, full_pass()).text(), @"
     Plan                                                                                                                                Acme
     First 30 days: 10 actions, 11.5 person-days
     In all 58 actions, 94 person-days, at 3 a week until 2027-07-05.
                                                                                       start      due        days owner
     Wave 0 Unblock: 30 actions, 66 person-days
    ▸     List every AI system, built or bought                                        2026-10-15 2026-10-16 1    AI management lead
          Write the context paper and the list of parties                              2026-10-16 2026-10-20 1    AI management lead
          Write and approve the scope statement                                        2026-10-20 2026-10-21 1    AI management lead
          Fill a sheet for each system: parts, tools, machines                         2026-10-22 2026-10-23 1    Engineering lead
          Decide, sign and present the AI policy                                       2026-10-23 2026-10-30 3    Top management
          Put names, deputies and powers on every AI duty                              2026-10-30 2026-11-03 1    Top management
          Draft the AI aims and log what threatens or helps them                       2026-11-03 2026-11-04 1    AI management lead
          Agree which AI risk is too much, and plan actions                            2026-11-05 2026-11-06 1    Top management
          Write the impact procedure and screen every system                           2026-11-06 2026-11-10 1    AI management lead
          Grant hours, money and tools line by line                                    2026-11-10 2026-11-11 0.5  Top management
          Write the risk method and try it with two raters                             2026-11-11 2026-11-18 3    AI management lead
          Write a card for every data set                                              2026-11-18 2026-11-25 3    Data lead
          Write the data procedure and start the data trail                            2026-11-25 2026-12-02 3    Data lead
          Set the document rules and open the register                                 2026-12-02 2026-12-09 3    AI management lead
          Set up the forms for changes, findings and ideas                             2026-12-09 2026-12-09 0.5  AI management lead
          Match everyone to the skills their AI role takes                             2026-12-10 2026-12-16 3    HR lead
          Assess the impact of each system and file reports                            2026-12-17 2027-01-05 8    System owner
          Set limits for data and hold all data to them                                2027-01-05 2027-01-12 3    Data lead
          Assess the risks of each system, choose treatments                           2027-01-12 2027-01-19 3    AI management lead
          Approve statement of applicability and treatment plan                        2027-01-19 2027-01-26 3    AI management lead
          Approve the AI objectives, each with owner and budget                        2027-01-26 2027-01-27 1    Top management
          Write the path from idea to release, with gates                              2027-01-28 2027-02-03 3    Engineering lead
          Write the runbook and switch on the logs                                     2027-02-04 2027-02-10 3    Engineering lead
          Write test plans with pass marks and run them                                2027-02-11 2027-02-17 3    Engineering lead
          Tell users what the AI does, its limits, how to step in                      2027-02-18 2027-02-24 3    Product owner
          Start every selected control, with criteria and owner                        2027-02-25 2027-03-03 3    AI management lead
          Prove that the risk treatments worked                                        2027-04-02 2027-04-06 1    System owner
          Choose the figures, take them twice, judge them                              2027-04-06 2027-04-13 3    AI management lead
          Compare the AI policy with other rules and review it                         2027-05-13 2027-05-14 1    AI management lead
          Agree with outside parties who does what                                     2027-03-04 2027-03-05 1    System owner
     Wave 1 Quick wins: 15 actions, 9 person-days
          Collect current evidence for 6 Planning                                      2027-03-05 2027-03-08 0.5  AI management lead
          Collect current evidence for A.5 Assessing impacts of AI systems             2027-03-08 2027-03-09 0.5  AI management lead
                                                                                                                                     1-32 of 58
     Enter open  Space mark  w what if  s status  o owner  Tab bars  / search  ? help  q back
    ");
}

#[test]
fn an_action_opens_in_place() {
    assert_snapshot!(plan(80, 24, small()).keys("enter down").text(), @r"
     Plan                                                                    Acme
     First 30 days: 15 actions, 12.5 person-days
     In all 17 actions, 14 person-days, at 3 a week until 2026-11-17.
                                                      due        days owner
     Wave 0 Unblock: 1 action, 3 person-days
          Decide, sign and present the AI policy
    ▸       Do: Spend half a day with the directors on principles, aims, rules for
            building, buying and using AI, and exceptions. Write two pages with both
            commitments and links to other policies; sign. A director presents it to
            all staff and says why it matters; publish it, or set who gets a copy.
            Result: Signed AI policy, exception log, note of the all-hands meeting
            Work: 3 person-days from 2026-10-15 to 2026-10-21, by: Top management
            Why: 5.2 AI policy: major gap, claimed 1, credited 1, target 3; closes
            from-the-top, frame, commitments, in-writing, pointers, told-inside,
            open-outside, lifts it from 1 to 3
            Why: A.2.2 AI policy: minor gap, claimed 1, credited 1, target 3; closes
            written, lifts it from 1 to 3
            Gives: 5 Leadership: credited 1.0 today, 3.0 with this alone, 3.0 with
            all up to this one
            Gives: A.2 Policies related to AI: credited 1.0 today, 3.0 with this
            alone, 3.0 with all up to this one

                                                                          1-8 of 24
     Enter open  Space mark  w what if  s status  o owner  Tab bars  ? help  q back
    ");
    let mut screen = plan(80, 24, small()).keys("enter down enter");
    assert!(!screen.text().contains("Result: "), "closed again:\n{}", screen.text());
    let mut screen = plan(60, 16, small()).keys("enter pagedown");
    assert_snapshot!(screen.text(), @r"
     Plan                                                Acme
     First 30 days: 15 actions, 12.5 person-days
     In all 17 actions, 14 person-days, at 3 a week until
     2026-11-17.
                                   due        days owner
    ▸       Result: Signed AI policy, exception log, note of the
            all-hands meeting
            Work: 3 person-days from 2026-10-15 to 2026-10-21,
            by: Top management
            Why: 5.2 AI policy: major gap, claimed 1, credited
            1, target 3; closes from-the-top, frame,
            commitments, in-writing, pointers, told-inside,
            open-outside, lifts it from 1 to 3

                                                      3-5 of 24
     Enter open  Space mark  w what if  ? help  q back
    ");
}

#[test]
fn a_reason_leads_to_its_question() {
    let screen = plan(80, 24, small()).keys("enter down down down down enter");
    assert_eq!(screen.app.context(), Some(Context::Question));
    assert_eq!(screen.keys("q").app.context(), Some(Context::Plan));
}

#[test]
fn the_status_goes_round_and_the_cursor_stays() {
    let screen = plan(80, 24, small());
    let first = screen.app.session.plan().steps[0].id.clone();
    let mut screen = screen.keys("s");
    assert_eq!(status(&screen, &first), ActionStatus::InProgress);
    assert!(screen.text().contains("in progress: "), "{}", screen.text());
    let mut screen = screen.keys("s");
    assert_eq!(status(&screen, &first), ActionStatus::Done);
    assert_snapshot!(screen.text(), @"
     Plan                                                              Acme  saving
     First 30 days: 16 actions, 11 person-days
     In all 16 actions, 11 person-days, at 3 a week until 2026-11-10.
                                                      due        days owner
     Wave 1 Quick wins: 16 actions, 11 person-days
    ▸     Answer the open questions of 8 Operation    2026-10-15 0.5  AI manageme...
          Answer the open questions of A.5 Assessi... 2026-10-16 0.5  AI manageme...
          Answer the open questions of A.8 Informa... 2026-10-19 0.5  AI manageme...
          Answer the open questions of 4 Context o... 2026-10-20 0.5  AI manageme...
          Answer the open questions of A.6 AI syst... 2026-10-21 1    AI manageme...
          Answer the open questions of 6 Planning     2026-10-23 1    AI manageme...
          Answer the open questions of A.9 Use of...  2026-10-26 0.5  AI manageme...
          Answer the open questions of 7 Support      2026-10-28 1    AI manageme...
          Answer the open questions of 9 Performan... 2026-10-29 1    AI manageme...
          Answer the open questions of 5 Leadership   2026-10-30 0.5  AI manageme...
          Answer the open questions of A.10 Third-... 2026-11-02 0.5  AI manageme...
          Answer the open questions of A.3 Interna... 2026-11-03 0.5  AI manageme...
          Answer the open questions of A.7 Data fo... 2026-11-04 1    AI manageme...
          Answer the open questions of 10 Improvement 2026-11-05 0.5  AI manageme...
          Answer the open questions of A.4 Resourc... 2026-11-09 1    AI manageme...
          Answer the open questions of A.2 Policie... 2026-11-10 0.5  AI manageme...

                                                                         1-16 of 17
     Done, and moved to the end. Look again at 5.2, A.2.2.
    ");
    let mut screen = screen.keys("end s");
    assert!(screen.text().contains("Decide, sign and present the AI policy"), "{}", screen.text());
    let mut screen = screen.types("Covered by the group").keys("enter");
    assert_eq!(status(&screen, &first), ActionStatus::Dropped);
    assert!(screen.text().contains("Covered by the group"), "{}", screen.text());
    let screen = screen.keys("s");
    assert_eq!(status(&screen, &first), ActionStatus::Open);
    assert!(screen.app.session.assessment().actions.is_empty(), "nothing said is nothing kept");
}

#[test]
fn an_owner_is_named() {
    let mut screen = plan(80, 24, small()).keys("o").types("Kim").keys("enter");
    assert!(screen.text().contains("Kim"), "{}", screen.text());
}

#[test]
fn what_if_shows_the_marked_together() {
    assert_snapshot!(plan(80, 24, full_pass()).keys("space down down space").text(), @r"
     Plan                                                                    Acme
     First 30 days: 10 actions, 11.5 person-days
     In all 58 actions, 94 person-days, at 3 a week until 2027-07-05.
                                                      due        days owner
     Wave 0 Unblock: 30 actions, 66 person-days
      [x] List every AI system, built or bought       2026-10-16 1    AI manageme...
          Write the context paper and the list of...  2026-10-20 1    AI manageme...
    ▸ [x] Write and approve the scope statement       2026-10-21 1    AI manageme...
          Fill a sheet for each system: parts, too... 2026-10-23 1    Engineering...
          Decide, sign and present the AI policy      2026-10-30 3    Top management
          Put names, deputies and powers on every...  2026-11-03 1    Top management
          Draft the AI aims and log what threatens... 2026-11-04 1    AI manageme...
          Agree which AI risk is too much, and pla... 2026-11-06 1    Top management
          Write the impact procedure and screen ev... 2026-11-10 1    AI manageme...
          Grant hours, money and tools line by line   2026-11-11 0.5  Top management
          Write the risk method and try it with tw... 2026-11-18 3    AI manageme...
          Write a card for every data set             2026-11-25 3    Data lead
          Write the data procedure and start the d... 2026-12-02 3    Data lead
          Set the document rules and open the regi... 2026-12-09 3    AI manageme...
          Set up the forms for changes, findings a... 2026-12-09 0.5  AI manageme...
          Match everyone to the skills their AI ro... 2026-12-16 3    HR lead
          Assess the impact of each system and fil... 2027-01-05 8    System owner
                                                                         1-17 of 58
     Enter open  Space mark  w what if  s status  o owner  Tab bars  ? help  q back
    ");
    assert_snapshot!(plan(80, 24, full_pass()).keys("space down down space w").text(), @"
    What if                                                                 Acme
    With these 2 actions done

    Management system          ██▒·· credited 1.7 to 1.8, claimed 2.6 to 2.6
      major gaps 5 to 4, minor gaps 21 to 20, conforming 0 to 2
    Controls of Annex A        ██▒·· credited 1.9 to 1.9, claimed 2.8 to 2.8
      major gaps 1 to 1, minor gaps 14 to 14, conforming 3 to 3

    Left out, although it comes first
     ! Write the context paper and the list of parties: before Write and approve
       the scope statement

    4    Context of the org... ██▒·· credited 1.6 to 2.4, claimed 3.1 to 3.1
    The other 15 categories stay as they are.

    The actions
     - List every AI system, built or bought
     - Write and approve the scope statement





    Down next page  Up page before  / search  ? help  q back
    ");
}

#[test]
fn a_timeline_shows_when() {
    assert_snapshot!(plan(80, 24, small()).keys("s tab down").text(), @r"
     Plan: timeline                                                    Acme  saving
     First 30 days: 15 actions, 12.5 person-days
     In all 17 actions, 14 person-days, at 3 a week until 2026-11-17.
      a week is 6 cells          Oct              Nov                      Dec
      Decide, sign and presen...   ▒▒▒▒▒▒
    ▸ Answer the open questio...         █
      Answer the open questio...         ██
      Answer the open questio...          ████
      Answer the open questio...             █
      Answer the open questio...             ██
      Answer the open questio...               ██
      Answer the open questio...                ████
      Answer the open questio...                   ██
      Answer the open questio...                    ██
      Answer the open questio...                     ██
      Answer the open questio...                      ████
      Answer the open questio...                         █
      Answer the open questio...                         ██
      Answer the open questio...                           █
      Answer the open questio...                           █████
      Answer the open questio...                               █


     Enter open  Space mark  w what if  s status  o owner  Tab bars  ? help  q back
    ");
    assert_snapshot!(plan(60, 16, full_pass()).looks(Palette::Plain, true).keys("tab pagedown").text(), @r"
     Plan: timeline                                      Acme
     First 30 days: 10 actions, 11.5 person-days
     In all 58 actions, 94 person-days, at 3 a week until
     2027-07-05.
      a cell is 8 days     Oct   Dec Jan Feb    Apr May Jun
    > Grant hours, mone...    #
      Write the risk me...    ##
      Write a card for...      ##
      Write the data pr...      ##
      Set the document...        ##
      Set up the forms...         #
      Match everyone to...        ##
      Assess the impact...         ###
      Set limits for da...           ##
                                                    10-18 of 58
     Enter open  Space mark  w what if  ? help  q back
    ");
    let mut screen = plan(80, 24, small()).keys("tab down enter");
    assert!(screen.text().contains("Result: "), "{}", screen.text());
}

#[test]
fn an_empty_plan_says_so() {
    let mut changes = Vec::new();
    let catalog = crate::content::builtin::catalog();
    let ids: Vec<String> = catalog.requirements().map(|requirement| requirement.id.to_string()).collect();
    changes.extend(levels(&ids.iter().map(|id| format!("{id}=3 ")).collect::<String>()));
    changes.extend(all_checks(&ids.join(" "), CheckAnswer::Yes));
    changes.push(evidence("Handbook", Some("2026-10-01"), &ids.join(" ")));
    assert_snapshot!(plan(60, 16, changes).text(), @r"
    Plan                                                Acme
    First 30 days: 0 actions, 0 person-days
    There is nothing to do: every requirement is answered,
    meets its target and is shown. Raise a target, or come
    back when something changes.










    Enter open  Space mark  w what if  ? help  q back
    ");
}

#[test]
fn the_mouse_selects_and_opens() {
    let mut screen = plan(80, 24, small()).mouse(MouseKind::WheelDown, 0, 0).mouse(MouseKind::WheelUp, 0, 0);
    assert!(!screen.text().contains("Result: "));
    let mut screen = screen.mouse(MouseKind::Click, 10, 6).mouse(MouseKind::Click, 10, 6);
    assert!(screen.text().contains("Result: "), "{}", screen.text());
}

#[test]
fn it_fits_every_terminal() {
    for keys in ["", "enter", "tab", "space down space w", "s s"] {
        Screen::fits_everywhere(|width, height| plan(width, height, full_pass()).keys(keys));
    }
}

#[test]
fn search_opens_an_action_of_the_plan() {
    let mut screen = plan(80, 24, small()).keys("/").types("sign present policy").keys("enter");
    assert_eq!(screen.app.context(), Some(Context::Plan));
    assert!(screen.text().contains("▸     Decide, sign and present the AI policy"), "{}", screen.text());
    assert!(screen.text().contains("Result: "), "{}", screen.text());
    let mut screen = plan(80, 24, small()).keys("/").types("write a card for every data set").keys("enter");
    assert!(screen.text().contains("asks for this action at present"), "{}", screen.text());
}

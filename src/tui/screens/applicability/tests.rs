//! The statement of applicability as a person sees it.

use insta::assert_snapshot;

use super::*;
use crate::{
    model::{
        exclusion::{Exclusion, ExclusionBasis},
        impact::harm::Measure,
        inclusion::{Driver, Inclusion},
        profile::{AiRole, Profile},
        statement::{Statement, StatementState},
        system::System,
    },
    tui::{
        input::MouseKind,
        sample::{exclude, levels, reference},
        testing::{Screen, assessment},
        theme::Palette,
    },
};

fn statement(width: u16, height: u16, changes: Vec<Change>) -> Screen {
    Screen::open(width, height, assessment(changes)).above(Applicability::default())
}

fn some() -> Vec<Change> {
    let mut changes = levels("A.2.3=3 A.2.4=1 A.3.3=0");
    changes.push(exclude("A.2.2", ExclusionBasis::Other));
    changes.push(exclude("A.3.2", ExclusionBasis::Role));
    changes.push(exclude("A.4.2", ExclusionBasis::RiskAssessment));
    let short = Exclusion { basis: Some(ExclusionBasis::Role), reason: "no".into(), ..Exclusion::default() };
    changes.push(Change::SetExclusion { requirement: reference("A.4.3"), exclusion: Some(short) });
    changes
}

#[test]
fn nothing_is_decided_at_first() {
    assert_snapshot!(statement(80, 24, Vec::new()).text(), @"
     Statement of applicability                                              Acme
     38 controls: 0 apply, 0 excluded, 38 undecided (scored as applicable).
     A.2 Policies related to AI
    ▸ A.2.2   AI policy                                 undecided ?  undetermined
      A.2.3   Alignment with other organizational po... undecided ?  undetermined
      A.2.4   Review of the AI policy                   undecided ?  undetermined
     A.3 Internal organization
      A.3.2   AI roles and responsibilities             undecided ?  undetermined
      A.3.3   Reporting of concerns                     undecided ?  undetermined
     A.4 Resources for AI systems
      A.4.2   Resource documentation                    undecided ?  undetermined
      A.4.3   Data resources                            undecided ?  undetermined
      A.4.4   Tooling resources                         undecided ?  undetermined
      A.4.5   System and computing resources            undecided ?  undetermined
      A.4.6   Human resources                           undecided ?  undetermined
     A.5 Assessing impacts of AI systems
      A.5.2   AI system impact assessment process       undecided ?  undetermined
      A.5.3   Documentation of AI system impact asse... undecided ?  undetermined
      A.5.4   Assessing AI system impact on individu... undecided ?  undetermined
      A.5.5   Assessing societal impacts of AI systems  undecided ?  undetermined
     A.6 AI system life cycle
      A.6.1.2 Objectives for responsible development... undecided ?  undetermined
     Draft until approved by designated management.  * indicative        1-15 of 38
     Enter question  x exclude  i reason  n own control  a approve  ? help  q back
    ");
}

#[test]
fn exclusions_say_on_what_they_rest() {
    assert_snapshot!(statement(80, 24, some()).keys("down").text(), @"
     Statement of applicability                                              Acme
     38 controls: 3 apply, 3 excluded, 32 undecided (scored as applicable).
     ! Excluded although a clause asks for the same: A.2.2, A.3.2; shown on the
       first page of the report.
     ! Resting on the role: A.3.2; an auditor expects a risk-assessment reference.
     ! Reason for inclusion missing for 3: A.2.3, A.2.4, A.3.3.
     A.2 Policies related to AI
      A.2.2   AI policy                                 excluded
              other: We build no AI systems ourselves; although a clause asks for
              it: The clause is met by the group's policy.
    ▸ A.2.3   Alignment with other organizational po... applies   ~  not shown*
      A.2.4   Review of the AI policy                   applies   !  minor gap*
     A.3 Internal organization
      A.3.2   AI roles and responsibilities             excluded
              role: We build no AI systems ourselves; although a clause asks for it:
              The clause is met by the group's policy.
      A.3.3   Reporting of concerns                     applies   !  minor gap*
     A.4 Resources for AI systems
      A.4.2   Resource documentation                    excluded
              risk assessment: We build no AI systems ourselves


     Draft until approved by designated management.  * indicative         1-6 of 38
     Enter question  x exclude  i reason  n own control  a approve  ? help  q back
    ");
    assert_snapshot!(statement(60, 16, some()).looks(Palette::Plain, true).text(), @"
     Statement of applicability                          Acme
     38 controls: 3 apply, 3 excluded, 32 undecided (scored as
     applicable).
     ! Excluded although a clause asks for the same: A.2.2,
       A.3.2; shown on the first page of the report.
     ! Resting on the role: A.3.2; an auditor expects a
       risk-assessment reference.
     A.2 Policies related to AI
    > A.2.2   AI policy             excluded
              other: We build no AI systems ourselves; although
              a clause asks for it: The clause is met by the
              group's policy.
      A.2.3   Alignment with oth... applies   ~  not shown*
      A.2.4   Review of the AI p... applies   !  minor gap*
     Draft until approved by designated management.   1-3 of 38
     Enter question  x exclude  i reason  ? help  q back
    ");
}

#[test]
fn many_exclusions_are_a_warning_and_new_roles_ask_for_a_review() {
    let ids = ["A.6.2.2", "A.6.2.3", "A.6.2.4", "A.6.2.5", "A.7.2", "A.7.3", "A.7.4", "A.7.5", "A.10.3", "A.10.4"];
    let mut changes: Vec<Change> = ids.iter().map(|id| exclude(id, ExclusionBasis::NoLegalOrContractNeed)).collect();
    changes.push(Change::SetProfile(Box::new(Profile { roles: vec![AiRole::User], ..Profile::default() })));
    assert_snapshot!(statement(80, 24, changes).keys("end").text(), @"
     Statement of applicability                                              Acme
     38 controls: 0 apply, 10 excluded, 28 undecided (scored as applicable).
     ! 10 of 38 controls are excluded, more than a quarter: expect to defend each
       one.
     ! To review, as roles or systems have changed since: A.6.2.2, A.6.2.3,
       A.6.2.4, A.6.2.5, A.7.2, A.7.3, A.7.4, A.7.5, A.10.3, A.10.4.
     A.9 Use of AI systems
      A.9.2   Processes for responsible use of AI sy... undecided ?  undetermined
      A.9.3   Objectives for responsible use of AI s... undecided ?  undetermined
      A.9.4   Intended use of the AI system             undecided ?  undetermined
     A.10 Third-party and customer relationships
      A.10.2  Allocating responsibilities               undecided ?  undetermined
      A.10.3  Suppliers                                 excluded
              to review; no legal or contract need: We build no AI systems ourselves
    ▸ A.10.4  Customers                                 excluded
              to review; no legal or contract need: We build no AI systems ourselves






     Draft until approved by designated management.  * indicative       33-38 of 38
     Enter question  x exclude  i reason  n own control  a approve  ? help  q back
    ");
}

#[test]
fn one_key_includes_again() {
    let mut screen = statement(80, 24, some()).keys("x");
    assert!(screen.app.session.assessment().is_applicable(reference("A.2.2")));
    assert!(screen.text().contains("A.2.2 applies again"), "{}", screen.text());
    let screen = screen.keys("x");
    assert_eq!(screen.app.context(), Some(Context::Exclusion));
}

#[test]
fn enter_and_the_mouse_open_the_question() {
    let screen = statement(80, 24, some()).keys("end enter");
    assert_eq!(screen.app.context(), Some(Context::Question));
    let mut screen = screen.keys("q home").mouse(MouseKind::WheelDown, 0, 0).mouse(MouseKind::WheelUp, 0, 0);
    let row = screen.text().lines().position(|line| line.contains("A.2.4   ")).expect("a line of that control");
    let row = u16::try_from(row).expect("a row of the screen");
    let mut screen = screen.mouse(MouseKind::Click, 5, row);
    assert!(screen.text().contains("▸ A.2.4"), "{}", screen.text());
    let screen = screen.mouse(MouseKind::Click, 5, row);
    assert_eq!(screen.app.context(), Some(Context::Question));
}

/// A system whose measure names A.2.3, one reason, and two own controls.
fn stated() -> Vec<Change> {
    let mut bot = System::named("bot", "Bot");
    bot.impact.measures.push(Measure { id: "m".into(), controls: vec![reference("A.2.3")], ..Measure::default() });
    let inclusion = Inclusion {
        reason: "Customers ask for it.".into(),
        drivers: vec![Driver::Contract],
        reference: "contract 7".into(),
        systems: vec!["bot".into()],
        implementation: "It is read in each review.\nThe board signs.".into(),
        ..Inclusion::default()
    };
    let own = |id: &str, title: &str, inclusion: Inclusion| {
        Change::own_control(OwnControl { id: id.into(), title: title.into(), inclusion, ..OwnControl::default() })
    };
    let reason = Inclusion { reason: "We want to know how it breaks.".into(), ..Inclusion::default() };
    let mut changes = levels("A.2.2=3 A.2.3=2 A.2.4=1");
    changes.extend([
        Change::system("entry", bot),
        Change::system("entry", System::named("app", "App")),
        Change::SetInclusion { requirement: reference("A.2.4"), inclusion: Box::new(inclusion) },
        own("O.10", "Second reader", Inclusion::default()),
        own("O.2", "Attack tests", reason),
    ]);
    changes
}

#[test]
fn reasons_and_own_controls_are_shown_and_missing_ones_counted() {
    assert_snapshot!(statement(80, 24, stated()).text(), @"
     Statement of applicability                                              Acme
     38 controls: 3 apply, 0 excluded, 35 undecided (scored as applicable); 2 own.
     ! Reason for inclusion missing for 2: A.2.3, O.10.
     A.2 Policies related to AI
    ▸ A.2.2   AI policy                                 applies   ~  not shown*
              clause 5.2 asks for the same
      A.2.3   Alignment with other organizational po... applies   !  minor gap*
      A.2.4   Review of the AI policy                   applies   !  minor gap*
              Customers ask for it; driver: contract (contract 7); only Bot; how: It
              is read in each review. The board signs
     A.3 Internal organization
      A.3.2   AI roles and responsibilities             undecided ?  undetermined
      A.3.3   Reporting of concerns                     undecided ?  undetermined
     A.4 Resources for AI systems
      A.4.2   Resource documentation                    undecided ?  undetermined
      A.4.3   Data resources                            undecided ?  undetermined
      A.4.4   Tooling resources                         undecided ?  undetermined
      A.4.5   System and computing resources            undecided ?  undetermined
      A.4.6   Human resources                           undecided ?  undetermined
     A.5 Assessing impacts of AI systems
      A.5.2   AI system impact assessment process       undecided ?  undetermined
      A.5.3   Documentation of AI system impact asse... undecided ?  undetermined
     Draft until approved by designated management.  * indicative        1-12 of 40
     Enter question  x exclude  i reason  n own control  a approve  ? help  q back
    ");
    assert_snapshot!(statement(80, 24, stated()).keys("end").text(), @"
     Statement of applicability                                              Acme
     38 controls: 3 apply, 0 excluded, 35 undecided (scored as applicable); 2 own.
     ! Reason for inclusion missing for 2: A.2.3, O.10.
     A.8 Information for interested parties of AI systems
      A.8.2   System documentation and information f... undecided ?  undetermined
      A.8.3   External reporting                        undecided ?  undetermined
      A.8.4   Communication of incidents                undecided ?  undetermined
      A.8.5   Information for interested parties        undecided ?  undetermined
     A.9 Use of AI systems
      A.9.2   Processes for responsible use of AI sy... undecided ?  undetermined
      A.9.3   Objectives for responsible use of AI s... undecided ?  undetermined
      A.9.4   Intended use of the AI system             undecided ?  undetermined
     A.10 Third-party and customer relationships
      A.10.2  Allocating responsibilities               undecided ?  undetermined
      A.10.3  Suppliers                                 undecided ?  undetermined
      A.10.4  Customers                                 undecided ?  undetermined
     Own controls (in no score)
      O.2     Attack tests                              applies   own
              We want to know how it breaks
    ▸ O.10    Second reader                             applies   own


     Draft until approved by designated management.  * indicative       29-40 of 40
     Enter question  x exclude  i reason  n own control  a approve  ? help  q back
    ");
    assert_snapshot!(statement(60, 16, stated()).keys("end").looks(Palette::Plain, true).text(), @"
     Statement of applicability                          Acme
     38 controls: 3 apply, 0 excluded, 35 undecided (scored as
     applicable); 2 own.
     ! Reason for inclusion missing for 2: A.2.3, O.10.
      A.10.4  Customers             undecided ?  undetermined
     Own controls (in no score)
      O.2     Attack tests          applies   own
              We want to know how it breaks
    > O.10    Second reader         applies   own





     Draft until approved by designated management. 38-40 of 40
     Enter question  x exclude  i reason  ? help  q back
    ");
}

#[test]
fn a_reason_is_written_with_what_is_proposed_in_sight_and_undo_takes_it_back() {
    let mut screen = statement(80, 24, stated()).keys("down i");
    assert_snapshot!(screen.text(), @"
     Inclusion of A.2.3                                                      Acme
    ▸ Why it is needed
      What asks for it
        [ ] risk assessment
        [ ] impact assessment
        [ ] law
        [ ] contract
        [ ] own decision
      Reference
      Only for these systems
        [ ] App
        [ ] Bot
      How it is done








      The need behind it, in a sentence; 6.1.3 asks for it.
      Proposed, for you to decide: impact assessment (a measure for Bot names it).
     Enter keep  Tab next field  Down down  Up up  Esc cancel
    ");
    let mut screen = screen.keys("N e e d e d down down space enter");
    let inclusion = |screen: &Screen| {
        screen.app.session.assessment().answer(reference("A.2.3")).expect("answered").inclusion.clone()
    };
    let written = inclusion(&screen);
    assert_eq!((written.reason.as_str(), written.drivers), ("Needed", vec![Driver::ImpactAssessment]));
    screen = screen.keys("z");
    assert!(inclusion(&screen).is_empty());
    // What is kept without a change keeps its line breaks.
    let screen = screen.keys("down i enter");
    let kept = screen.app.session.assessment().answer(reference("A.2.4")).expect("answered").inclusion.clone();
    assert_eq!(kept.implementation, "It is read in each review.\nThe board signs.");
    // Whoever unticks the last system says that it is for all.
    let keys = ["i", &"down ".repeat(7), "space enter"].join(" ");
    let screen = screen.keys(&keys);
    let everywhere = screen.app.session.assessment().answer(reference("A.2.4")).expect("answered").inclusion.clone();
    assert_eq!((everywhere.all_systems, everywhere.systems), (false, vec!["app".to_owned(), "bot".to_owned()]));
    let screen = screen.keys(&["i", &"down ".repeat(7), "space down space enter"].join(" "));
    let everywhere = screen.app.session.assessment().answer(reference("A.2.4")).expect("answered").inclusion.clone();
    assert_eq!((everywhere.all_systems, everywhere.systems.len()), (true, 0));
}

#[test]
fn an_undecided_control_applies_once_something_is_said_about_it() {
    let mut screen = statement(80, 24, Vec::new()).keys("i");
    assert!(screen.text().contains("Undecided so far"), "{}", screen.text());
    let screen = screen.keys("x enter");
    assert_eq!(screen.app.session.assessment().applicability(reference("A.2.2")), Decision::Applies);
}

#[test]
fn an_own_control_is_added_with_an_id_of_its_own_changed_and_removed() {
    let mut screen = statement(60, 16, stated()).keys("n");
    assert_snapshot!(screen.text(), @"
     New own control                                     Acme
      Id                    O.11
    ▸ Control
      Why it is needed
      What asks for it
        [ ] risk assessment
        [ ] impact assessment
        [ ] law
        [ ] contract
        [ ] own decision
                                                      1-8 of 14
      What it is called, such as attack tests before each
      release.
      A control of your own stands in the statement beside
      Annex A and counts in no score.
     Enter keep  Tab next field  Down down  Up up  Esc cancel
    ");
    let mut screen = screen.keys("up ctrl-u A . 1 1 . 1 enter");
    assert_snapshot!(screen.text(), @"
     New own control                                     Acme
    ▸ Id                    A.11.1
      ! `A.11.1` reads like a number of the standard, and your
        own control is none of its controls; write O.1, O.2 and
        so on.
      Control
      ! Say what it is called.
      Why it is needed
      What asks for it
        [ ] risk assessment
        [ ] impact assessment
                                                      1-5 of 14
      O.1, O.2 and so on; never a number of the standard.
      A control of your own stands in the statement beside
      Annex A and counts in no score.
     Not kept yet: see what is marked with an exclamation mark.
    ");
    let mut screen = screen.keys("ctrl-u O . 2 tab T e s t enter");
    assert!(screen.text().contains("O.2 is taken; O.11 is free."), "{}", screen.text());
    let screen = screen.keys("ctrl-u O . 3 enter");
    let ids = |screen: &Screen| -> Vec<String> {
        screen.app.session.assessment().own_controls.iter().map(|control| control.id.clone()).collect()
    };
    assert_eq!(ids(&screen), ["O.10", "O.2", "O.3"]);
    // Another id moves it, and one undo brings it back.
    let screen = screen.keys("end enter up ctrl-u O . 1 enter");
    assert_eq!(ids(&screen), ["O.1", "O.2", "O.3"]);
    let mut screen = screen.keys("z end D");
    assert!(screen.text().contains("Press D again to remove O.10"), "{}", screen.text());
    let screen = screen.keys("up D D x");
    assert_eq!(ids(&screen), ["O.10", "O.2"]);
    let mut screen = screen.keys("home D");
    assert!(screen.text().contains("Only controls of your own can be removed"), "{}", screen.text());
}

#[test]
fn management_approves_it_and_a_later_decision_makes_it_a_draft() {
    let mut screen = statement(80, 24, stated()).keys("a");
    assert_snapshot!(screen.text(), @"
     Approve the statement                                                   Acme
    ▸ Version
      Approved by
      On          2026-10-15















      As your organization counts, such as 1.0.
      38 controls: 3 apply, 0 excluded, 35 undecided (scored as applicable); 2
      own. Reason for inclusion missing for 2: A.2.3, O.10. A later change makes
      it a draft again.
     Enter keep  Tab next field  Down down  Up up  Esc cancel
    ");
    let mut screen = screen.keys("down D e e enter");
    assert!(screen.text().contains("Name the version that is approved."), "{}", screen.text());
    let mut screen = screen.keys("ctrl-u 1 . 0 enter");
    let as_of = screen.app.session.as_of;
    let state = |screen: &Screen| screen.app.session.assessment().statement_state(as_of);
    assert_eq!(state(&screen), StatementState::Approved);
    let footer = format!("Version 1.0, approved by Dee on {as_of}.");
    assert!(screen.text().contains(&footer), "{}", screen.text());
    let mut screen = screen.keys("down down down i x enter");
    assert_eq!(state(&screen), StatementState::Changed);
    assert_snapshot!(screen.text(), @"
     Statement of applicability                                        Acme  saving
     38 controls: 4 apply, 0 excluded, 34 undecided (scored as applicable); 2 own.
     ! Changed since Dee approved version 1.0 on 2026-10-15; a approves it anew.
     ! Reason for inclusion missing for 2: A.2.3, O.10.
     A.2 Policies related to AI
      A.2.2   AI policy                                 applies   ~  not shown*
              clause 5.2 asks for the same
      A.2.3   Alignment with other organizational po... applies   !  minor gap*
      A.2.4   Review of the AI policy                   applies   !  minor gap*
              Customers ask for it; driver: contract (contract 7); only Bot; how: It
              is read in each review. The board signs
     A.3 Internal organization
    ▸ A.3.2   AI roles and responsibilities             applies   ?  undetermined
              x
      A.3.3   Reporting of concerns                     undecided ?  undetermined
     A.4 Resources for AI systems
      A.4.2   Resource documentation                    undecided ?  undetermined
      A.4.3   Data resources                            undecided ?  undetermined
      A.4.4   Tooling resources                         undecided ?  undetermined
      A.4.5   System and computing resources            undecided ?  undetermined
      A.4.6   Human resources                           undecided ?  undetermined

     Draft until approved by designated management.  * indicative        1-10 of 40
     Enter question  x exclude  i reason  n own control  a approve  ? help  q back
    ");
    let screen = screen.keys("z");
    assert_eq!(state(&screen), StatementState::Approved, "the decisions are those of the approval again");
    let screen = screen.keys("a down ctrl-u enter");
    assert_eq!(state(&screen), StatementState::Draft);
    let expected = Statement { version: "1.0".into(), ..Statement::default() };
    assert_eq!(screen.app.session.assessment().statement, expected);
}

#[test]
fn it_fits_every_terminal() {
    Screen::fits_everywhere(|width, height| statement(width, height, some()).keys("pagedown"));
    Screen::fits_everywhere(|width, height| statement(width, height, stated()).keys("end enter"));
    Screen::fits_everywhere(|width, height| statement(width, height, stated()).keys("a"));
}

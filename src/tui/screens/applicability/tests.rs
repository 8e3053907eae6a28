//! The statement of applicability as a person sees it.

use insta::assert_snapshot;

use super::*;
use crate::{
    model::{
        exclusion::{Exclusion, ExclusionBasis},
        profile::{AiRole, Profile},
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
    assert_snapshot!(statement(80, 24, Vec::new()).text(), @r"
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
     Enter question  x exclude/include  / search  ? help  q back
    ");
}

#[test]
fn exclusions_say_on_what_they_rest() {
    assert_snapshot!(statement(80, 24, some()).keys("down").text(), @r"
     Statement of applicability                                              Acme
     38 controls: 3 apply, 3 excluded, 32 undecided (scored as applicable).
     ! Excluded although a clause asks for the same: A.2.2, A.3.2; shown on the
       first page of the report.
     ! Resting on the role: A.3.2; an auditor expects a risk-assessment reference.
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
      A.4.3   Data resources                            undecided ?  undetermined
              exclusion not in force: the reason of an exclusion needs at least 10
              characters
     Draft until approved by designated management.  * indicative         1-7 of 38
     Enter question  x exclude/include  / search  ? help  q back
    ");
    assert_snapshot!(statement(60, 16, some()).looks(Palette::Plain, true).text(), @r"
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
     Enter question  x exclude/include  ? help  q back
    ");
}

#[test]
fn many_exclusions_are_a_warning_and_new_roles_ask_for_a_review() {
    let ids = ["A.6.2.2", "A.6.2.3", "A.6.2.4", "A.6.2.5", "A.7.2", "A.7.3", "A.7.4", "A.7.5", "A.10.3", "A.10.4"];
    let mut changes: Vec<Change> = ids.iter().map(|id| exclude(id, ExclusionBasis::NoLegalOrContractNeed)).collect();
    changes.push(Change::SetProfile(Box::new(Profile { roles: vec![AiRole::User], ..Profile::default() })));
    assert_snapshot!(statement(80, 24, changes).keys("end").text(), @r"
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
     Enter question  x exclude/include  / search  ? help  q back
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
    let row = screen.text().lines().position(|line| line.contains("A.2.4")).expect("a line of that control");
    let row = u16::try_from(row).expect("a row of the screen");
    let mut screen = screen.mouse(MouseKind::Click, 5, row);
    assert!(screen.text().contains("▸ A.2.4"), "{}", screen.text());
    let screen = screen.mouse(MouseKind::Click, 5, row);
    assert_eq!(screen.app.context(), Some(Context::Question));
}

#[test]
fn it_fits_every_terminal() {
    Screen::fits_everywhere(|width, height| statement(width, height, some()).keys("pagedown"));
}

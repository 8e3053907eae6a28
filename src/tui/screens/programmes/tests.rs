//! The matrix by keys, at the sizes at which it changes.

use super::*;
use crate::{
    model::evidence::EvidenceKind,
    tui::{
        sample::{evidence, exclude, reference},
        testing::{Screen, assessment},
    },
};

fn programme(title: &str, serves: &str) -> Change {
    match evidence(title, Some("2026-09-01"), serves) {
        Change::SetEvidence { id, evidence } => {
            let evidence = evidence.map(|item| Evidence { kind: EvidenceKind::Programme, ..item });
            Change::SetEvidence { id, evidence }
        }
        other => other,
    }
}

fn matrix(width: u16, height: u16) -> Screen {
    let changes = vec![
        programme("Red teaming", "A.6.2.4 8.1"),
        programme("Incident response", "A.8.4"),
        programme("Model evaluation", "4.1 A.6.2.4"),
        evidence("AI policy", Some("2026-03-01"), "4.2"),
        exclude("A.10.3", crate::model::exclusion::ExclusionBasis::Role),
    ];
    Screen::open(width, height, assessment(changes)).above(Programmes::default())
}

fn serves(screen: &Screen, id: &str) -> String {
    let item = screen.app.session.assessment().evidence_item(id).expect("an item in a test").clone();
    item.serves.iter().map(Reference::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn it_looks_like_this() {
    insta::assert_snapshot!(matrix(80, 24).text(), @"
     Programmes                                                              Acme
     Covered by a programme: 2 of 37 controls, 2 of 32 clause requirements.
     1 of 3: Incident response, 1 served
                                        Incide... Model...  Red te...    total other
    ▸ 4.1 Understanding the organiza... [ ]        x         ·               1     0
      4.2 Understanding the needs an...  ·         ·         ·            none     1
      4.3 Determining the scope of t...  ·         ·         ·            none     0
      4.4 AI management system           ·         ·         ·            none     0
      5.1 Leadership and commitment      ·         ·         ·            none     0
      5.2 AI policy                      ·         ·         ·            none     0
      5.3 Roles, responsibilities an...  ·         ·         ·            none     0
      6.1.1 Actions to address risks...  ·         ·         ·            none     0
      6.1.2 AI risk assessment           ·         ·         ·            none     0
      6.1.3 AI risk treatment            ·         ·         ·            none     0
      6.1.4 AI system impact assessment  ·         ·         ·            none     0
      6.2 AI objectives and planning...  ·         ·         ·            none     0
      6.3 Planning of changes            ·         ·         ·            none     0
      7.1 Resources                      ·         ·         ·            none     0
      7.2 Competence                     ·         ·         ·            none     0
      7.3 Awareness                      ·         ·         ·            none     0
      7.4 Communication                  ·         ·         ·            none     0
      7.5.1 Documented information:...   ·         ·         ·            none     0
      Served by each programme           1         2         2
     Space tick  n new programme  Tab uncovered  Enter question  ? help  q back
    ");
    insta::assert_snapshot!(matrix(60, 16).keys("right right end").text(), @"
     Programmes                                          Acme
     Covered by a programme: 2 of 37 controls, 2 of 32 clause...
     3 of 3: Red teaming, 2 served
                              Model...  Red te...    total other
      A.8.2 System documen...  ·         ·            none     0
      A.8.3 External repor...  ·         ·            none     0
      A.8.4 Communication...   ·         ·               1     0
      A.8.5 Information fo...  ·         ·            none     0
      A.9.2 Processes for...   ·         ·            none     0
      A.9.3 Objectives for...  ·         ·            none     0
      A.9.4 Intended use o...  ·         ·            none     0
      A.10.2 Allocating re...  ·         ·            none     0
      A.10.3 Suppliers         ·         ·        excluded     0
    ▸ A.10.4 Customers         ·        [ ]           none     0
      Served by each programme 2         2
     Space tick  n new programme  Tab uncovered  ? help  q back
    ");
}

#[test]
fn space_ticks_and_undo_takes_it_back() {
    let screen = matrix(80, 24).keys("right down space");
    assert_eq!(serves(&screen, "model-evaluation"), "4.1 4.2 A.6.2.4");
    let mut screen = screen.keys("up space");
    assert_eq!(serves(&screen, "model-evaluation"), "4.2 A.6.2.4");
    assert!(screen.text().contains("2 of 3: Model evaluation, 2 served"), "{}", screen.text());
    let screen = screen.keys("z z");
    assert_eq!(serves(&screen, "model-evaluation"), "4.1 A.6.2.4");
}

#[test]
fn a_new_programme_is_added_and_ticked() {
    let mut screen = matrix(80, 24).keys("n").types("Bug bounty").keys("enter end space");
    assert!(screen.text().contains("1 of 4: Bug bounty, 1 served"), "{}", screen.text());
    let items = &screen.app.session.assessment().evidence;
    let item = items.iter().find(|item| item.title == "Bug bounty").expect("the new programme");
    assert_eq!((item.kind, item.serves.as_slice()), (EvidenceKind::Programme, [reference("A.10.4")].as_slice()));
    assert_eq!(item.date, Some(crate::tui::testing::as_of()), "it counts from today on");
}

#[test]
fn what_nothing_covers_stays_in_place_while_it_is_ticked() {
    let mut screen = matrix(80, 24).keys("tab space");
    let text = screen.text();
    assert!(text.starts_with(" Programmes: not covered"), "{text}");
    assert!(!text.contains("4.1 Understanding"), "{text}");
    assert!(text.contains("4.2 Understanding"), "{text}");
    assert_eq!(serves(&screen, "incident-response"), "4.2 A.8.4");
    let mut screen = screen.keys("tab");
    assert!(screen.text().contains("4.1 Understanding"));
}

#[test]
fn enter_opens_the_question_and_without_programmes_space_says_what_to_do() {
    let mut screen = matrix(80, 24).keys("down down enter");
    assert!(screen.text().starts_with(" 4.3 "), "{}", screen.text());
    let mut screen = Screen::open(80, 24, assessment(Vec::new())).keys("m space");
    assert!(screen.text().contains("n adds one"), "{}", screen.text());
}

#[test]
fn it_fits_everywhere() {
    Screen::fits_everywhere(matrix);
    Screen::fits_everywhere(|width, height| {
        Screen::open(width, height, assessment(Vec::new())).above(Programmes::default())
    });
}

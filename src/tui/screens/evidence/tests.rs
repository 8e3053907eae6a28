//! The evidence register as a person sees it.

use insta::assert_snapshot;

use super::*;
use crate::{
    model::{assessment::Assessment, evidence::EvidenceKind},
    tui::{
        input::MouseKind,
        testing::{Screen, as_of, assessment},
        theme::Palette,
    },
};

fn reference(text: &str) -> Reference {
    text.parse().expect("a reference in a test")
}

fn item(id: &str, title: &str, date: Option<&str>, serves: &str) -> Change {
    let evidence = Evidence {
        id: id.into(),
        title: title.into(),
        kind: EvidenceKind::Document,
        location: format!("docs/{id}.md"),
        date: date.map(|day| day.parse().expect("a date in a test")),
        valid_until: None,
        owner: "Ann".into(),
        serves: serves.split_whitespace().map(reference).collect(),
    };
    Change::SetEvidence { id: id.into(), evidence: Some(evidence) }
}

/// One item of each freshness, and one that serves many.
fn acme() -> Assessment {
    assessment(vec![
        item("policy", "AI policy", Some("2026-03-01"), "5.2 A.2.2"),
        item("minutes", "Minutes of the management review", Some("2025-10-20"), "9.3.1 9.3.2 9.3.3"),
        item("audit", "Audit report 2024", Some("2024-05-02"), "9.2.1"),
        item("sketch", "Sketch of roles", None, "5.3"),
        item("training", "Training day", Some("2026-12-01"), ""),
        item("wiki", "Wiki 影響評価の記録", Some("2026-10-01"), "4.1 4.2 4.3 4.4 5.1 5.2 5.3 6.1.1 6.1.2 6.1.3 6.1.4"),
    ])
}

fn register(width: u16, height: u16, requirement: &str) -> Screen {
    let requirement = (!requirement.is_empty()).then(|| reference(requirement));
    Screen::open(width, height, acme()).above(EvidenceRegister::new(requirement))
}

#[test]
fn a_question_shows_what_serves_it_first() {
    assert_snapshot!(register(80, 24, "5.2").text(), @"
     Evidence for 5.2 AI policy                                              Acme
     2 of 6 items serve it, 2 of them current.

    ▸ [x] AI policy                                        current until 2027-03-31
          document · Ann · serves 5.2, A.2.2 · docs/policy.md
      [x] Wiki 影響評価の記録                              current until 2027-10-31
          document · Ann · serves 11 requirements · docs/wiki.md
          Serves more than 10: check that it shows each of them.
      [ ] Audit report 2024                                stale since 2025-06-02
          document · Ann · serves 9.2.1 · docs/audit.md
      [ ] Minutes of the management review                 current, 35 days left
          document · Ann · serves 9.3.1, 9.3.2, 9.3.3 · docs/minutes.md
      [ ] Sketch of roles                                  undated: counts as stale
          document · Ann · serves 5.3 · docs/sketch.md
      [ ] Training day                                     future: from 2026-12-01
          document · Ann · serves nothing yet · docs/training.md







     n new  Space serves  Enter change  D remove  m programmes  ? help  q back
    ");
}

#[test]
fn the_map_shows_all_of_it() {
    assert_snapshot!(register(80, 24, "").keys("down").text(), @"
     Evidence                                                                Acme
     6 items: 3 current, 1 stale, 1 undated, 1 dated ahead, 1 serving nothing.

      AI policy                                            current until 2027-03-31
      document · Ann · serves 5.2, A.2.2 · docs/policy.md
    ▸ Audit report 2024                                    stale since 2025-06-02
      document · Ann · serves 9.2.1 · docs/audit.md
      Minutes of the management review                     current, 35 days left
      document · Ann · serves 9.3.1, 9.3.2, 9.3.3 · docs/minutes.md
      Sketch of roles                                      undated: counts as stale
      document · Ann · serves 5.3 · docs/sketch.md
      Training day                                         future: from 2026-12-01
      document · Ann · serves nothing yet · docs/training.md
      Wiki 影響評価の記録                                  current until 2027-10-31
      document · Ann · serves 11 requirements · docs/wiki.md
      Serves more than 10: check that it shows each of them.







     n new  Space serves  Enter change  D remove  m programmes  ? help  q back
    ");
}

#[test]
fn a_small_plain_terminal_pages() {
    assert_snapshot!(register(60, 16, "5.2").looks(Palette::Plain, true).keys("pagedown").text(), @r"
     Evidence for 5.2 AI policy                          Acme
     2 of 6 items serve it, 2 of them current.
                                                         6 of 6
    > [ ] Training day                 future: from 2026-12-01
          document - Ann - serves nothing yet - docs/training.md










     n new  Space serves  Enter change  ? help  q back
    ");
}

#[test]
fn an_empty_register_says_how_to_begin() {
    let mut screen = Screen::open(60, 16, assessment(Vec::new())).above(EvidenceRegister::new(Some(reference("5.2"))));
    assert_snapshot!(screen.text(), @r"
    Evidence for 5.2 AI policy                          Acme
    Nothing is registered yet. n asks for a path or a link;
    pasting one works.












    n new  Space serves  Enter change  ? help  q back
    ");
}

#[test]
fn a_path_is_all_that_a_new_item_needs() {
    let mut screen = register(80, 24, "A.4.2").keys("n").pastes("https://wiki.acme.example/data-inventory.html\n");
    assert_snapshot!(screen.text(), @r"
    New evidence                                                            Acme

     Where does the evidence for A.4.2 Resource documentation lie?
     A path, a link, or where the paper is kept. It is dated today until you say
     otherwise.

     ▸ https://wiki.acme.example/data-inventory.html
















    Enter go on  Esc cancel
    ");
    let mut screen = screen.keys("enter");
    assert_snapshot!(screen.text(), @"
     Evidence for A.4.2 Resource documentation                         Acme  saving
     1 of 7 items serves it, and it is current.

    ▸ [x] data inventory                                   current until 2027-11-14
          document · serves A.4.2 · https://wiki.acme.example/data-inventory.html
      [ ] AI policy                                        current until 2027-03-31
          document · Ann · serves 5.2, A.2.2 · docs/policy.md
      [ ] Audit report 2024                                stale since 2025-06-02
          document · Ann · serves 9.2.1 · docs/audit.md
      [ ] Minutes of the management review                 current, 35 days left
          document · Ann · serves 9.3.1, 9.3.2, 9.3.3 · docs/minutes.md
      [ ] Sketch of roles                                  undated: counts as stale
          document · Ann · serves 5.3 · docs/sketch.md
      [ ] Training day                                     future: from 2026-12-01
          document · Ann · serves nothing yet · docs/training.md
      [ ] Wiki 影響評価の記録                              current until 2027-10-31
          document · Ann · serves 11 requirements · docs/wiki.md
          Serves more than 10: check that it shows each of them.





     n new  Space serves  Enter change  D remove  m programmes  ? help  q back
    ");
    let item = screen.app.session.assessment().evidence_for(reference("A.4.2")).next().expect("the new item");
    assert_eq!((item.title.as_str(), item.date), ("data inventory", Some(as_of())));
    assert!(item.id.starts_with("ev-") && item.id.len() == 11, "{}", item.id);
}

#[test]
fn pasting_into_the_list_asks_for_it_too() {
    let screen = register(80, 24, "").pastes("notes/eval.md").keys("enter");
    let titles: Vec<&str> = screen.app.session.assessment().evidence.iter().map(|item| item.title.as_str()).collect();
    assert!(titles.contains(&"eval"), "{titles:?}");
}

#[test]
fn space_lets_an_item_serve_and_it_stays_in_its_place() {
    let mut screen = register(80, 24, "5.2").keys("down down space down space");
    let serving: Vec<&str> =
        screen.app.session.assessment().evidence_for(reference("5.2")).map(|item| item.id.as_str()).collect();
    assert_eq!(serving, ["audit", "minutes", "policy", "wiki"]);
    let text = screen.text();
    let place = |words: &str| text.lines().position(|line| line.contains(words)).expect("a line with these words");
    assert!(place("Audit report") < place("Minutes") && place("Minutes") < place("Sketch"), "{text}");
    let screen = screen.keys("space");
    assert_eq!(screen.app.session.assessment().evidence_for(reference("5.2")).count(), 3);
}

#[test]
fn removing_asks_twice_and_can_be_taken_back() {
    let mut screen = register(80, 24, "5.2").keys("D");
    assert!(screen.text().contains("Press D again to remove \"AI policy\": it serves 2 requirements."));
    let screen = screen.keys("down up D");
    assert_eq!(screen.app.session.assessment().evidence.len(), 6, "another key in between calls it off");
    let screen = screen.keys("D");
    assert_eq!(screen.app.session.assessment().evidence.len(), 5);
    assert_eq!(screen.keys("z").app.session.assessment().evidence.len(), 6);
}

#[test]
fn the_mouse_selects_and_opens() {
    let mut screen = register(80, 24, "").mouse(MouseKind::Click, 10, 5).mouse(MouseKind::WheelDown, 0, 0);
    assert!(screen.text().contains("▸ Minutes"), "{}", screen.text());
    let mut screen = screen.mouse(MouseKind::Click, 3, 7);
    assert!(screen.text().contains("Evidence: Minutes"), "{}", screen.text());
}

#[test]
fn it_fits_every_terminal() {
    let items = || (0..30).map(|number| item(&format!("item-{number:02}"), "Paper", Some("2026-01-01"), "5.2"));
    for requirement in [None, Some(reference("5.2"))] {
        Screen::fits_everywhere(|width, height| {
            let view = EvidenceRegister::new(requirement);
            Screen::open(width, height, assessment(items().collect())).above(view).keys("pagedown")
        });
    }
}

#[test]
fn search_lands_on_an_item() {
    let mut screen = register(80, 24, "").keys("/").types("sketch roles").keys("enter");
    assert!(screen.text().contains("▸ Sketch of roles"), "{}", screen.text());
}

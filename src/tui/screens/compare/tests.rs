//! Two rounds as Home compares them.

use crate::{
    compare::{compare, round::next_round},
    content::builtin,
    model::{
        answer::CheckAnswer,
        assessment::Assessment,
        edit::{Change, Edit},
        level::ImpactLevel,
        system::System,
    },
    tui::{
        effect::{Reply, Request},
        sample::{all_checks, evidence, levels},
        session::SaveEntry,
        testing::{Screen, as_of, assessment},
    },
};

fn older() -> Assessment {
    let changes = [
        levels("4.1=3 4.2=2 A.2.2=3 A.6.2.4=1"),
        all_checks("4.1 A.2.2", CheckAnswer::Yes),
        vec![evidence("Context paper", Some("2025-06-01"), "4.1"), evidence("AI policy", Some("2026-03-01"), "A.2.2")],
    ];
    assessment(changes.concat())
}

fn newer() -> Assessment {
    let day = "2026-02-01".parse().expect("a day in a test");
    let mut round = next_round(&builtin::catalog(), &older(), None, day);
    let bot = System { level: Some(ImpactLevel::High), ..System::named("bot", "Bot") };
    let changes = [
        levels("4.2=3 A.6.2.4=2"),
        all_checks("A.6.2.4", CheckAnswer::Yes),
        vec![Change::system("entry", bot), evidence("Test report", Some("2026-09-01"), "A.6.2.4")],
    ];
    round.apply(&Edit { by: "Ann".into(), on: as_of(), at: None, change: Change::Batch(changes.concat()) });
    round
}

fn screen(width: u16, height: u16, older: &Assessment, newer: &Assessment) -> Screen {
    let comparison = compare(&builtin::catalog(), older, newer, as_of(), None);
    Screen::home(width, height, vec![entry("a.ron"), entry("b.ron")]).receives(Reply::Compared(Box::new(comparison)))
}

fn entry(path: &str) -> SaveEntry {
    SaveEntry {
        path: path.into(),
        name: path.into(),
        organization: String::new(),
        progress: Some((1, 70)),
        headline: String::new(),
        changed: String::new(),
        repair: None,
    }
}

#[test]
fn it_looks_like_this() {
    insta::assert_snapshot!(screen(80, 24, &older(), &newer()).text(), @"
     Compare                                                             aimscope
     From Acme, as of 2026-02-01
     to   Acme (round 2), as of 2026-10-15
     Whole: Incomplete; 4 answers of the newer round are to be re-confirmed.
                                                                         1-17 of 23
      Requirements per verdict
    ▸ minor gap                                                              2 -> 0
      not shown                                                              1 -> 2
      conforming                                                             1 -> 2
      Credited levels
      Clauses 4-10                                                       2.5   0.00
      Annex A                                                     1.5 -> 2.4  +0.90
      4 Context of the organization                                      2.5   0.00
      A.2 Policies related to AI                                  2.0 -> 3.0  +1.00
      A.6 AI system life cycle                                    1.0 -> 2.0  +1.00
      Requirements
      4.1 Understanding the organization and its context    conforming -> not shown
      4.2 Understanding the needs and expectations of int... minor gap -> not shown
      A.2.2 AI policy                                       not shown -> conforming
      A.6.2.4 AI system verification and validation         minor gap -> conforming
      Evidence
      Context paper                                                    turned stale
     By answers -2, by age of evidence 0; weights change no verdict.
     Down down  / search  ? help  q back
    ");
    insta::assert_snapshot!(screen(80, 24, &older(), &newer()).keys("pagedown").text(), @"
     Compare                                                             aimscope
     From Acme, as of 2026-02-01
     to   Acme (round 2), as of 2026-10-15
     Whole: Incomplete; 4 answers of the newer round are to be re-confirmed.
                                                                         1-18 of 23
      Requirements per verdict
      minor gap                                                              2 -> 0
      not shown                                                              1 -> 2
      conforming                                                             1 -> 2
      Credited levels
      Clauses 4-10                                                       2.5   0.00
      Annex A                                                     1.5 -> 2.4  +0.90
      4 Context of the organization                                      2.5   0.00
      A.2 Policies related to AI                                  2.0 -> 3.0  +1.00
      A.6 AI system life cycle                                    1.0 -> 2.0  +1.00
      Requirements
      4.1 Understanding the organization and its context    conforming -> not shown
      4.2 Understanding the needs and expectations of int... minor gap -> not shown
      A.2.2 AI policy                                       not shown -> conforming
      A.6.2.4 AI system verification and validation         minor gap -> conforming
      Evidence
      Context paper                                                    turned stale
    ▸ Test report                                                               new
     Down down  / search  ? help  q back
    ");
    insta::assert_snapshot!(screen(60, 16, &older(), &newer()).keys("down down down down down").text(), @"
     Compare                                         aimscope
     From Acme, as of 2026-02-01
     to   Acme (round 2), as of 2026-10-15
     Whole: Incomplete; 4 answers of the newer round are to be
     re-confirmed.
                                                     8-14 of 23
    ▸ 4 Context of the organization                  2.5   0.00
      A.2 Policies related to AI              2.0 -> 3.0  +1.00
      A.6 AI system life cycle                1.0 -> 2.0  +1.00
      Requirements
      4.1 Understanding the organiza... conforming -> not shown
      4.2 Understanding the needs and... minor gap -> not shown
      A.2.2 AI policy                   not shown -> conforming
     By answers 0.00, by weights 0.00, by age of evidence 0.00.
     Claimed 2.5 -> 3.0. Incomplete.
     Down down  / search  ? help  q back
    ");
}

#[test]
fn the_same_twice_differs_in_nothing() {
    let text = screen(80, 24, &newer(), &newer()).text();
    assert!(text.contains("Both files hold the same answers.") && text.contains("Nothing differs."), "{text}");
}

#[test]
fn home_asks_for_two_saves_and_leads_back() {
    let mut home = Screen::home(80, 24, vec![entry("a.ron"), entry("b.ron")]).keys("c");
    assert!(home.text().contains("\"a.ron\" is the older one; c on the newer one compares."), "{}", home.text());
    let home = home.keys("down c");
    assert!(matches!(&home.requests[..], [Request::Compare(a, b)] if a == "a.ron" && b == "b.ron"));
    let twice = Screen::home(80, 24, vec![entry("a.ron")]).keys("c c");
    assert!(twice.requests.is_empty(), "a save is not compared with itself by one key too many");
    let mut back = screen(80, 24, &older(), &newer()).keys("q");
    assert!(back.text().starts_with(" Home"), "{}", back.text());
}

#[test]
fn the_next_round_begins_at_the_second_press() {
    let mut home = Screen::home(80, 24, vec![entry("a.ron")]).keys("r");
    assert!(home.requests.is_empty() && home.text().contains("r again"), "{}", home.text());
    let home = home.keys("r");
    assert!(matches!(&home.requests[..], [Request::NextRound(path)] if path == "a.ron"));
    let other = Screen::home(80, 24, vec![entry("a.ron"), entry("b.ron")]).keys("r down r");
    assert!(other.requests.is_empty(), "each save is asked for anew");
}

#[test]
fn it_fits_everywhere() {
    Screen::fits_everywhere(|width, height| screen(width, height, &older(), &newer()));
}

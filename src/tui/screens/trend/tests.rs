//! The trend of three rounds.

use crate::{
    compare::round::next_round,
    content::builtin,
    model::{
        answer::CheckAnswer,
        assessment::Assessment,
        edit::{Change, Edit},
    },
    tui::{
        sample::{all_checks, evidence, levels},
        testing::{Screen, as_of, assessment},
    },
};

fn on(day: &str) -> chrono::NaiveDate {
    day.parse().expect("a day in a test")
}

fn with(mut round: Assessment, changes: Vec<Change>) -> Assessment {
    round.apply(&Edit { by: "Ann".into(), on: as_of(), at: None, change: Change::Batch(changes) });
    round
}

fn third_round() -> Assessment {
    let catalog = builtin::catalog();
    let first = assessment(levels("4.1=1 4.2=2 A.2.2=0"));
    let second = next_round(&catalog, &first, None, on("2024-10-01"));
    let second = with(second, [levels("4.1=3 4.2=3 A.2.2=2"), all_checks("4.1 4.2", CheckAnswer::Yes)].concat());
    let third = next_round(&catalog, &second, None, on("2025-10-01"));
    with(third, vec![evidence("Context", Some("2026-09-01"), "4.1 4.2")])
}

fn trend_screen(width: u16, height: u16) -> Screen {
    Screen::open(width, height, third_round()).keys("r t")
}

#[test]
fn it_looks_like_this() {
    insta::assert_snapshot!(trend_screen(80, 24).keys("down down").text(), @"
     Trend over rounds                                             Acme (round 3)
     Credited levels of 3 rounds: 2024-10-01, 2025-10-01, 2026-10-15.

      Clauses 4-10                                    ▃▄▅  1.5 -> 2.0 -> 3.0
      Annex A                                         ▁▄▄  0.0 -> 2.0 -> 2.0
    ▸ 4 Context of the organization                   ▃▄▅  1.5 -> 2.0 -> 3.0
      5 Leadership                                    ---  not assessed
      6 Planning                                      ---  not assessed
      7 Support                                       ---  not assessed
      8 Operation                                     ---  not assessed
      9 Performance evaluation                        ---  not assessed
      10 Improvement                                  ---  not assessed
      A.2 Policies related to AI                      ▁▄▄  0.0 -> 2.0 -> 2.0
      A.3 Internal organization                       ---  not assessed
      A.4 Resources for AI systems                    ---  not assessed
      A.5 Assessing impacts of AI systems             ---  not assessed
      A.6 AI system life cycle                        ---  not assessed
      A.7 Data for AI systems                         ---  not assessed
      A.8 Information for interested parties of AI... ---  not assessed
      A.9 Use of AI systems                           ---  not assessed
      A.10 Third-party and customer relationships     ---  not assessed
     4 Context of the organization: claimed 1.5 -> 3.0 -> 3.0; conforming
     requirements 0 of 4 -> 0 of 4 -> 2 of 4.
     Down down  / search  ? help  q back
    ");
    insta::assert_snapshot!(trend_screen(60, 16).text(), @"
     Trend over rounds                         Acme (round 3)
     Credited levels of 3 rounds: 2024-10-01, 2025-10-01,
     2026-10-15.
                                                      1-9 of 18
    ▸ Clauses 4-10                ▃▄▅  1.5 -> 2.0 -> 3.0
      Annex A                     ▁▄▄  0.0 -> 2.0 -> 2.0
      4 Context of the organiz... ▃▄▅  1.5 -> 2.0 -> 3.0
      5 Leadership                ---  not assessed
      6 Planning                  ---  not assessed
      7 Support                   ---  not assessed
      8 Operation                 ---  not assessed
      9 Performance evaluation    ---  not assessed
      10 Improvement              ---  not assessed
     Clauses 4-10: claimed 1.5 -> 3.0 -> 3.0; conforming
     requirements 0 of 32 -> 0 of 32 -> 2 of 32.
     Down down  / search  ? help  q back
    ");
}

#[test]
fn the_results_show_the_line_and_a_first_round_says_why_there_is_none() {
    let mut results = Screen::open(80, 24, third_round()).keys("r");
    assert!(results.text().contains("Trend: Clauses 4-10 ▃▄▅ 1.5 -> 2.0 -> 3.0; Annex A"), "{}", results.text());
    let mut first = Screen::open(80, 24, assessment(levels("4.1=1"))).keys("r t");
    assert!(first.text().contains("No earlier round is kept here"), "{}", first.text());
}

#[test]
fn it_fits_everywhere() {
    Screen::fits_everywhere(trend_screen);
}

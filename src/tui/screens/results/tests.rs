//! The results as a person sees them.

use insta::assert_snapshot;

use super::*;
use crate::{
    model::{edit::Change, exclusion::ExclusionBasis},
    tui::{
        sample::{exclude, full_pass, levels, quick_pass},
        testing::{Screen, assessment},
        theme::Palette,
    },
};

fn results(width: u16, height: u16, changes: Vec<Change>) -> Screen {
    Screen::open(width, height, assessment(changes)).above(Results::default())
}

#[test]
fn a_quick_pass_shows_claims() {
    assert_snapshot!(results(80, 24, quick_pass()).text(), @"
     Results                                                                 Acme
    ▸ Management system                       Controls of Annex A
      claimed 1.9                             claimed 1.9
      credited 1.3, range 0.8-1.3             credited 1.4, range 1.2-1.4
      coverage 100 %, floor 0 in 4.1          coverage 100 %, floor 0 in A.3.2
      Major gaps, provisional                 Major gaps, provisional
     Levels only so far. Shown so far: 0 of 70.
     Credited is what you could show an auditor today: claimed, lowered by open
     checks and missing evidence.
     10 major gaps, 32 minor gaps, 28 not shown. 70 verdicts are indicative, 112
     improvement points.
     * Provisional: checks are still open.
                                            credited claimed status         coverage
      4    Context of the organiza... █▒··· 1.3      1.6     Major gaps*      100 %
      5    Leadership                 █▒··· 1.0      1.7     Major gaps*      100 %
      6    Planning                   █▒··· 1.5      2.1     Major gaps*      100 %
      7    Support                    ██▒·· 1.6      2.6     Major gaps*      100 %
      8    Operation                  █▒··· 1.3      1.5     Major gaps*      100 %
      9    Performance evaluation     █▒··· 1.4      2.1     Major gaps*      100 %
      10   Improvement                █···· 0.8      0.8     Major gaps*      100 %
      A.2  Policies related to AI     ██▒·· 2.0      2.6     Minor gaps*      100 %
      A.3  Internal organization      ····· 0.4      0.4     Major gaps*      100 %
      A.4  Resources for AI systems   ██··· 1.5      2.0     Minor gaps*      100 %
     Enter why  Tab radar, areas  p plan  l lenses  t trend  ? help  q back
    ");
    assert_snapshot!(results(60, 16, quick_pass()).looks(Palette::Plain, true).text(), @"
     Results                                             Acme
    > Management system             Controls of Annex A
      claimed 1.9                   claimed 1.9
      credited 1.3, range 0.8-1.3   credited 1.4, range 1.2-1.4
      coverage 100 %                coverage 100 %
      floor 0 in 4.1                floor 0 in A.3.2
      Major gaps, provisional       Major gaps, provisional
     Levels only so far. Shown so far: 0 of 70.
                                credited claimed status
      4    Context of...  #+... 1.3      1.6     Major gaps*
      5    Leadership     #+... 1.0      1.7     Major gaps*
      6    Planning       #+... 1.5      2.1     Major gaps*
      7    Support        ##+.. 1.6      2.6     Major gaps*
      8    Operation      #+... 1.3      1.5     Major gaps*
      9    Performance... #+... 1.4      2.1     Major gaps*
     Enter why  Tab radar, areas  p plan  ? help  q back
    ");
}

#[test]
fn a_full_pass_shows_both_levels() {
    assert_snapshot!(results(80, 24, full_pass()).keys("down down down").text(), @"
     Results                                                                 Acme
      Management system                       Controls of Annex A
      credited 1.7, claimed 2.6               credited 1.9, claimed 2.8
      coverage 100 %, floor 1 in 4.1          coverage 100 %, floor 1 in A.2.4
      Major gaps                              Major gaps
     Credited is what you could show an auditor today: claimed, lowered by open
     checks and missing evidence.
     6 major gaps, 35 minor gaps, 26 not shown, 3 conforming. 7 contradictions, 112
     improvement points.
                                            credited claimed status         coverage
      4    Context of the organiza... ██▒·· 1.6      3.1     Major gaps       100 %
    ▸ 5    Leadership                 ██··· 1.7      2.0     Major gaps       100 %
      6    Planning                   ██▒·· 1.7      2.7     Major gaps       100 %
      5 of 6 requirements of clause 6 have gaps: a certification body may raise one
      major
      7    Support                    ██··· 1.6      2.2     Minor gaps       100 %
      4 of 7 requirements of clause 7 have gaps: a certification body may raise one
      major
      8    Operation                  ██▒·· 1.8      3.0     Major gaps       100 %
      9    Performance evaluation     ██··· 1.7      2.4     Minor gaps       100 %
      4 of 6 requirements of clause 9 have gaps: a certification body may raise one
      major
      10   Improvement                ██▒·· 2.0      2.8     Minor gaps       100 %
     Enter why  Tab radar, areas  p plan  l lenses  t trend  ? help  q back
    ");
    assert_snapshot!(results(60, 16, full_pass()).keys("down down").text(), @"
     Results                                             Acme
      Management system             Controls of Annex A
      credited 1.7, claimed 2.6     credited 1.9, claimed 2.8
      coverage 100 %                coverage 100 %
      floor 1 in 4.1                floor 1 in A.2.4
      Major gaps                    Major gaps
     Credited is what you could show an auditor today: claimed,
     lowered by open checks and missing evidence.
                                credited claimed status
    ▸ 4    Context of...  ██▒·· 1.6      3.1     Major gaps
      5    Leadership     ██··· 1.7      2.0     Major gaps
      6    Planning       ██▒·· 1.7      2.7     Major gaps
      5 of 6 requirements of clause 6 have gaps: a certification
      body may raise one major

     Enter why  Tab radar, areas  p plan  ? help  q back
    ");
    assert_snapshot!(results(140, 40, full_pass()).text(), @"
     Results                                                                                                                             Acme
    ▸ Management system                                                     Controls of Annex A
      credited 1.7, claimed 2.6                                             credited 1.9, claimed 2.8
      coverage 100 %, floor 1 in 4.1                                        coverage 100 %, floor 1 in A.2.4
      Major gaps                                                            Major gaps
     Credited is what you could show an auditor today: claimed, lowered by open checks and missing evidence.
     6 major gaps, 35 minor gaps, 26 not shown, 3 conforming. 7 contradictions, 112 improvement points.
                                                                                                        credited claimed status         coverage
      4    Context of the organization                                             ██████▒▒▒▒▒▒········ 1.6      3.1     Major gaps       100 %
      5    Leadership                                                              ███████▒············ 1.7      2.0     Major gaps       100 %
      6    Planning                                                                ███████▒▒▒▒········· 1.7      2.7     Major gaps       100 %
      5 of 6 requirements of clause 6 have gaps: a certification body may raise one major
      7    Support                                                                 ██████▒▒▒··········· 1.6      2.2     Minor gaps       100 %
      4 of 7 requirements of clause 7 have gaps: a certification body may raise one major
      8    Operation                                                               ███████▒▒▒▒▒········ 1.8      3.0     Major gaps       100 %
      9    Performance evaluation                                                  ███████▒▒▒·········· 1.7      2.4     Minor gaps       100 %
      4 of 6 requirements of clause 9 have gaps: a certification body may raise one major
      10   Improvement                                                             ████████▒▒▒········· 2.0      2.8     Minor gaps       100 %
      A.2  Policies related to AI                                                  █████████████······· 3.2      3.2     Minor gaps       100 %
      A.3  Internal organization                                                   ████████▒▒·········· 2.0      2.4     Minor gaps       100 %
      A.4  Resources for AI systems                                                ████████▒▒▒▒········ 1.9      2.9     Not yet shown    100 %
      A.5  Assessing impacts of AI systems                                         ██████▒▒▒▒·········· 1.5      2.5     Major gaps       100 %
      A.6  AI system life cycle                                                    ███████▒▒▒▒········· 1.8      2.8     Minor gaps       100 %
      4 of 9 requirements of A.6 have gaps: a certification body may raise one major
      A.7  Data for AI systems                                                     ████████▒▒▒▒········ 1.9      2.9     Minor gaps       100 %
      A.8  Information for interested parties of AI systems                        ████████▒▒▒▒········ 2.0      3.0     Minor gaps       100 %
      A.9  Use of AI systems                                                       ███████▒▒··········· 1.7      2.1     Minor gaps       100 %
      A.10 Third-party and customer relationships                                  ███████▒▒▒▒▒········ 1.8      3.0     Minor gaps       100 %











     Enter why  Tab radar, areas  p plan  l lenses  t trend  / search  ? help  q back
    ");
}

#[test]
fn a_radar_shows_the_shape() {
    assert_snapshot!(results(80, 24, full_pass()).keys("tab down down").text(), @"
    Results: radar, credited solid, claimed dotted                          Acme
                                                           credited   claimed
                 A.10     ▸4     5                   4-10  1.7        2.6
                          ⠠                          A     1.9        2.8
           A.9      ⠐            ⠂     6           ▸ 4     1.6        3.1
                                                     5     1.7        2.0
               ⠁        ⡀⠠⠠           ⠈              6     1.7        2.7
       A.8            ⡈    ⠈⢀               7        7     1.6        2.2
           ⢀         ⠠  ⣀⣀⣀⣀ ⠠ ⠠ ⠠        ⡀          8     1.8        3.0
                 ⡀⠠⠐ ⢁⠔⠊    ⠉⠉⠒⢤  ⠄                  9     1.7        2.4
                 ⠄  ⡔⠁          ⢣ ⠐⢀                 10    2.0        2.8
     A.7        ⠐  ⢠⠃           ⠈⢆  ⠐        8       A.2   3.2        3.2
          ⠁     ⠈⡀ ⠘⡄     ⠈      ⡸  ⠠⠈     ⠈         A.3   2.0        2.4
                 ⢀  ⠘⠤⡀         ⢀⠇ ⠌                 A.4   1.9        2.9
                   ⠄  ⠈⢆        ⡎ ⠄                  A.5   1.5        2.5
       A.6 ⠈        ⠈⢀ ⠈⠒⠢⠤⣀   ⢰⠁⠐        ⠁ 9        A.6   1.8        2.8
                       ⠄⠄⠐⠐ ⠕⢢⣀⡜⠄⠁                   A.7   1.9        2.9
               ⡀               ⠁      ⢀              A.8   2.0        3.0
           A.5                         10            A.9   1.7        2.1
                    ⠠            ⠄                   A.10  1.8        3.0
                 A.4     A.3     A.2


    Enter why  Tab radar, areas  p plan  l lenses  t trend  ? help  q back
    ");
    assert_snapshot!(results(60, 16, full_pass()).looks(Palette::Plain, true).keys("tab").text(), @"
     Results: radar, credited #, claimed +               Acme
                 4                      credited   claimed
          A.10        5         > 4-10  1.7        2.6
       A.9    .   .  .   6        A     1.9        2.8
          .     + +      .        4     1.6        3.1
    A.8        +  +++ +     7     5     1.7        2.0
        .  + ++###### +    .      6     1.7        2.7
           + ##      #++     8    7     1.6        2.2
       .   + ##   .  ##++   .     8     1.8        3.0
    A.6 .   +++###   #+    .9     9     1.7        2.4
              +++ ## #+           10    2.0        2.8
       A.5.         #    10       A.2   3.2        3.2
           A.4.   .  A.2          A.3   2.0        2.4
                A.3               A.4   1.9        2.9
                                  A.5   1.5        2.5
     Enter why  Tab radar, areas  p plan  ? help  q back
    ");
}

#[test]
fn areas_draw_on_the_same_answers() {
    assert_snapshot!(results(80, 24, full_pass()).keys("tab tab down down").text(), @"
     Results: coverage areas                                                 Acme
      Management system                       Controls of Annex A
      credited 1.7, claimed 2.6               credited 1.9, claimed 2.8
      coverage 100 %, floor 1 in 4.1          coverage 100 %, floor 1 in A.2.4
      Major gaps                              Major gaps
     The same answers and the same rules, grouped by the subjects that managers and
     customers ask about. A requirement may count in several areas; an area is a
     view, not a verdict.
     Credited is what you could show an auditor today: claimed, lowered by open
     checks and missing evidence.
     6 major gaps, 35 minor gaps, 26 not shown, 3 conforming. 7 contradictions, 112
     improvement points.
                                            credited claimed status         coverage
    ▸ AI impact assessment            ██▒·· 1.5      2.5     Major gaps       100 %
      Data quality and governance     ██▒·· 1.9      2.9     Minor gaps       100 %
      Model development and valida... ██▒·· 1.9      2.9     Minor gaps       100 %
      Transparency and explainability ██··· 1.8      2.4     Minor gaps       100 %
      Human oversight                 ██··· 2.0      2.5     Minor gaps       100 %
      Third-party AI                  ██▒·· 1.8      2.8     Minor gaps       100 %




     Enter why  Tab radar, areas  p plan  l lenses  t trend  ? help  q back
    ");
}

#[test]
fn what_has_no_figure_says_so() {
    let mut changes = levels("4.1=3 4.2=0");
    changes.extend(["A.8.2", "A.8.3", "A.8.4", "A.8.5"].map(|id| exclude(id, ExclusionBasis::RiskAssessment)));
    assert_snapshot!(results(80, 24, changes).keys("pagedown").text(), @"
     Results                                                                 Acme
      Management system                       Controls of Annex A
      claimed 1.5                             not assessed
      credited 1.0, range 0.0-4.8             Incomplete, provisional
      coverage 5 %, floor 0 in 4.2
      Major gaps, provisional
     Levels only so far. Shown so far: 0 of 66.
     Credited is what you could show an auditor today: claimed, lowered by open
     checks and missing evidence.
     1 major gap, 64 undetermined, 1 not shown, 4 not applicable. 2 verdicts are
     indicative, 100 improvement points.
     * Provisional: checks are still open.
                                            credited claimed status         coverage
    ▸ A.5  Assessing impacts of AI... not assessed           Incomplete*        0 %
      A.6  AI system life cycle       not assessed           Incomplete*        0 %
      A.7  Data for AI systems        not assessed           Incomplete*        0 %
      A.8  Information for interes... not applicable
      A.9  Use of AI systems          not assessed           Incomplete*        0 %
      A.10 Third-party and custome... not assessed           Incomplete*        0 %




     Enter why  Tab radar, areas  p plan  l lenses  t trend  ? help  q back
    ");
    assert_snapshot!(results(80, 24, Vec::new()).text(), @"
     Results                                                                 Acme
    ▸ Management system                       Controls of Annex A
      not assessed                            not assessed
      Incomplete, provisional                 Incomplete, provisional
     Shown so far: 0 of 70.
     70 undetermined. 112 improvement points.
     * Provisional: checks are still open.
                                            credited claimed status         coverage
      4    Context of the organiza... not assessed           Incomplete*        0 %
      5    Leadership                 not assessed           Incomplete*        0 %
      6    Planning                   not assessed           Incomplete*        0 %
      7    Support                    not assessed           Incomplete*        0 %
      8    Operation                  not assessed           Incomplete*        0 %
      9    Performance evaluation     not assessed           Incomplete*        0 %
      10   Improvement                not assessed           Incomplete*        0 %
      A.2  Policies related to AI     not assessed           Incomplete*        0 %
      A.3  Internal organization      not assessed           Incomplete*        0 %
      A.4  Resources for AI systems   not assessed           Incomplete*        0 %
      A.5  Assessing impacts of AI... not assessed           Incomplete*        0 %
      A.6  AI system life cycle       not assessed           Incomplete*        0 %
      A.7  Data for AI systems        not assessed           Incomplete*        0 %
      A.8  Information for interes... not assessed           Incomplete*        0 %
      A.9  Use of AI systems          not assessed           Incomplete*        0 %
     Enter why  Tab radar, areas  p plan  l lenses  t trend  ? help  q back
    ");
    assert_snapshot!(results(80, 24, levels("4.1=3 4.2=0 5.1=2")).keys("tab").text(), @"
    Results: radar, credited solid, claimed dotted                          Acme
                                                           credited   claimed
                 A.10     4      5                 ▸ 4-10  1.4        1.7
                          ⠠                          A     not assessed
           A.9      ⠐            ⠂     6             4     1.0        1.5
                                                     5     2.0        2.0
               ⠁                      ⠈              6     not assessed
       A.8                                  7        7     not assessed
           ⢀                ⡀⡠            ⡀          8     not assessed
                          ⢈⠔⠊                        9     not assessed
                                                     10    not assessed
     A.7                                     8       A.2   not assessed
          ⠁               ⠈                ⠈         A.3   not assessed
                                                     A.4   not assessed
                                                     A.5   not assessed
       A.6 ⠈                              ⠁ 9        A.6   not assessed
                                                     A.7   not assessed
               ⡀                      ⢀              A.8   not assessed
           A.5                         10            A.9   not assessed
                    ⠠            ⠄                   A.10  not assessed
                 A.4     A.3     A.2


    Enter why  Tab radar, areas  p plan  l lenses  t trend  ? help  q back
    ");
}

#[test]
fn a_line_tells_why() {
    let mut screen = results(80, 24, full_pass()).keys("enter");
    assert!(screen.text().contains("Why the management system"), "{}", screen.text());
    let mut screen = screen.keys("q down w");
    assert!(screen.text().contains("Why the controls"), "{}", screen.text());
    let mut screen = screen.keys("q down down w");
    assert!(screen.text().contains("Why 5 stands"), "{}", screen.text());
    let mut screen = screen.keys("q tab tab end w");
    assert!(screen.text().contains("Third-party AI"), "{}", screen.text());
}

#[test]
fn the_mouse_selects_headlines_and_lines() {
    let mut screen = results(80, 24, full_pass()).mouse(crate::tui::input::MouseKind::Click, 60, 2);
    assert!(screen.text().contains("▸ Controls of Annex A"), "{}", screen.text());
    let screen = screen.mouse(crate::tui::input::MouseKind::WheelDown, 0, 0);
    let mut screen = screen.mouse(crate::tui::input::MouseKind::Click, 60, 2);
    assert!(screen.text().contains("▸ Controls of Annex A"), "{}", screen.text());
    let mut screen = screen.mouse(crate::tui::input::MouseKind::Click, 60, 2);
    assert!(screen.text().contains("Why the controls"), "{}", screen.text());
}

#[test]
fn it_fits_every_terminal() {
    for face in ["", "tab", "tab tab"] {
        Screen::fits_everywhere(|width, height| results(width, height, full_pass()).keys(face));
    }
}

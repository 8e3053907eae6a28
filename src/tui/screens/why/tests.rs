//! Explanations as a person sees them.

use insta::assert_snapshot;

use super::*;
use crate::tui::{
    keys::Context,
    sample::{full_pass, quick_pass, reference},
    testing::{Screen, assessment},
    theme::Palette,
};

fn why(width: u16, height: u16, why: Why) -> Screen {
    Screen::open(width, height, assessment(full_pass())).above(why)
}

fn context(screen: &Screen) -> Context {
    screen.app.context().expect("a screen")
}

#[test]
fn a_requirement_explains_verdict_and_level() {
    assert_snapshot!(why(80, 24, Why::requirement(reference("4.3"))).text(), @"
     Why 4.3 stands where it stands                                          Acme
    ▸ 4.3 Determining the scope of the AI management system
      Minor gap by rule 4: a check is no or partly.
        - activities, partly: Does the scope say which of your activities the
          standard reaches, such as building, buying, running or using AI?

      Level
      Claimed 4, credited 2.
        - At most 2, which decides: no evidence is attached
        - At most 3: a check is partly or open (activities)
      Range 2 to 2: nothing is open.

      Weight and target
      Weight 12 = base 3 x 4 quarters: it does not face AI systems.
      Target 3: 1 short.

      What would lift it
        - Attach current evidence
      With that, level 3 is credited.




     Enter question  w why this one  / search  ? help  q back
    ");
}

#[test]
fn a_category_writes_its_sums_out() {
    assert_snapshot!(why(80, 24, Why::category(reference("6"))).keys("down down").text(), @r"
     Why 6 stands where it stands                                            Acme
      6 Planning
      Credited 1.7 = 104 / 60, claimed 2.7 = 160 / 60: sums of weight x level over
      the sum of the weights.
        - 6.1.1: credited 12 x 2 = 24, claimed 12 x 4 = 48
        - 6.1.2: credited 12 x 2 = 24, claimed 12 x 3 = 36
    ▸   - 6.1.3: credited 12 x 1 = 12, claimed 12 x 1 = 12
        - 6.1.4: credited 12 x 2 = 24, claimed 12 x 2 = 24
        - 6.2: credited 8 x 2 = 16, claimed 8 x 3 = 24
        - 6.3: credited 4 x 1 = 4, claimed 4 x 4 = 16
      Range 1.7 = 104 / 60 to 1.7 = 104 / 60: a missing level as 0 and as 5, an
      open check as no and as yes.
      Floor 1, in 6.1.3.
      Coverage 100 % = 60 / 60 by weight: 6 of 6 requirements have a level, 39 of
      39 checks are answered.

      What keeps it down most
        - 6.1.3: weight 12 x 2 short = 24
        - 6.1.1: weight 12 x 1 short = 12
        - 6.1.2: weight 12 x 1 short = 12

      Status: Major gaps
                                                                         1-16 of 18
     Enter question  w why this one  / search  ? help  q back
    ");
}

#[test]
fn a_group_pages_on_a_small_plain_terminal() {
    let mut screen = why(60, 16, Why::group(true)).looks(Palette::Plain, true).keys("pagedown pagedown");
    assert_snapshot!(screen.text(), @r"
     Why the controls stand where they stand             Acme
    >   - A.7.2: credited 8 x 2 = 16, claimed 8 x 2 = 16
        - A.7.3: credited 8 x 2 = 16, claimed 8 x 3 = 24
        - A.7.4: credited 12 x 2 = 24, claimed 12 x 4 = 48
        - A.7.5: credited 8 x 2 = 16, claimed 8 x 3 = 24
        - A.7.6: credited 4 x 1 = 4, claimed 4 x 1 = 4
        - A.8.2: credited 12 x 2 = 24, claimed 12 x 2 = 24
        - A.8.3: credited 8 x 2 = 16, claimed 8 x 3 = 24
        - A.8.4: credited 12 x 2 = 24, claimed 12 x 4 = 48
        - A.8.5: credited 8 x 2 = 16, claimed 8 x 3 = 24
        - A.9.2: credited 8 x 1 = 8, claimed 8 x 1 = 8
        - A.9.3: credited 8 x 2 = 16, claimed 8 x 2 = 16
        - A.9.4: credited 12 x 2 = 24, claimed 12 x 3 = 36
        - A.10.2: credited 8 x 2 = 16, claimed 8 x 4 = 32
                                                    26-38 of 50
     Enter question  w why this one  / search  ? help  q back
    ");
    assert!(screen.keys("end").text().contains("Status: "));
}

#[test]
fn an_area_is_explained_by_the_same_rules() {
    let text = why(80, 24, Why::area("coverage-areas", "data")).text();
    assert!(text.contains("Data quality and governance") && text.contains("A.7.6: credited"), "{text}");
}

#[test]
fn enter_opens_the_question_of_the_line() {
    let screen = why(80, 24, Why::category(reference("6"))).keys("down enter");
    assert_eq!(context(&screen), Context::Question);
    assert_eq!(context(&screen.keys("q")), Context::Why, "and back again");
    let screen = why(80, 24, Why::requirement(reference("6.1.2"))).keys("pagedown enter");
    assert_eq!(context(&screen), Context::Question);
    let mut screen = why(80, 24, Why::category(reference("6"))).keys("w");
    assert!(screen.text().contains("Why 6.1.1 stands"), "{}", screen.text());
}

#[test]
fn it_fits_every_terminal() {
    let open =
        |why: fn() -> Why| move |width, height| Screen::open(width, height, assessment(quick_pass())).above(why());
    Screen::fits_everywhere(open(|| Why::group(false)));
    Screen::fits_everywhere(open(|| Why::requirement(reference("A.6.2.4"))));
}

//! The path as people see it: ticking, going on and back, what stays open, and the result.

use super::*;
use crate::{
    impact::path::sample::answers,
    tui::{
        testing::{Screen, assessment},
        theme::Palette,
    },
};

const NO_PRODUCT: &str = "scope+ prohibited- annex-i- annex-i-b-";
const CREDIT: &str = "annex-iii:AIII-5b profiling+ transparency:TS-1 gpai- role:deployer fria-";

/// The path of a system with these answers.
fn screen(width: u16, height: u16, given: &str) -> Screen {
    let system = System { eu_act: answers(given), ..System::named("cv", "CV screening") };
    let open = assessment(vec![Change::system("entry", system)]);
    Screen::open(width, height, open).above(EuActScreen::new("cv"))
}

/// The same, at its result.
fn result(width: u16, height: u16, given: &str) -> Screen {
    let mut screen = screen(width, height, given);
    while screen.app.context() == Some(Context::EuAct) {
        screen = screen.keys("enter");
    }
    screen
}

/// The answers as they were saved: `step Yes picks`.
fn saved(screen: &Screen) -> Vec<String> {
    let system = screen.app.session.assessment().system("cv").expect("the system of these tests");
    let line = |answer: &PathAnswer| format!("{} {:?} {}", answer.step, answer.answer, answer.picks.join(","));
    system.eu_act.iter().map(|answer| line(answer).trim_end().to_owned()).collect()
}

#[test]
fn a_step_shows_question_articles_help_and_options() {
    insta::assert_snapshot!(screen(80, 24, "").text(), @"
    EU AI Act, step 1: CV screening                                         Acme

     Is it an AI system or a general-purpose AI model, and does it reach the EU?
     Art. 2(1), Art. 2(3)-(12), Art. 3(1), Art. 3(63)

     It reaches the EU when it is sold, started or used there, or when its results
     are used there, wherever you sit. Tests in real life count. Free and
     open-source systems are outside only while they are neither banned, high-risk
     nor under Article 50: say yes and go on.

     No, outside the Act:
    ▸ 1 [ ] made or used only for military, defence or national security
            Art. 2(3)
      2 [ ] made and used only for scientific research  Art. 2(6)
      3 [ ] still in research, development or tests, not sold or used yet
            Art. 2(8) · Tests in real life are inside.
      4 [ ] you only use it, as a private person for private ends
            Art. 2(10) · Whoever provides it stays inside the Act.
      5 [ ] neither it nor its results are sold, started or used in the EU
            Art. 2(1)
      6 [ ] neither an AI system nor a general-purpose AI model  Art. 3(1)

     Not answered yet: y yes, or Space ticks why not; u nobody knows.
    Enter go on  Space tick  y yes  n no, none  u unknown  i more  ? help  q back
    ");
    insta::assert_snapshot!(screen(60, 16, "").looks(Palette::Plain, true).text(), @"
    EU AI Act, step 1: CV screening                     Acme
     Is it an AI system or a general-purpose AI model, and
     does it reach the EU?
     Art. 2(1), Art. 2(3)-(12), Art. 3(1), Art. 3(63)
     No, outside the Act:
    > 1 [ ] made or used only for military, defence or
            national security
            Art. 2(3)
      2 [ ] made and used only for scientific research
            Art. 2(6)


                                                      1-2 of 6
     Not answered yet: y yes, or Space ticks why not; u nobody
     knows. i: help.
    Enter go on  Space tick  y yes  n no, none  ? help  q back
    ");
    insta::assert_snapshot!(screen(80, 24, NO_PRODUCT).keys("down down down space").text(), @"
    EU AI Act, step 5: CV screening                                   Acme  saving

     Is it meant for one of these uses?
     Art. 6(2), Annex III

     What counts is the purpose that its provider states: in instructions,
     contracts, advertising. A use that a note leaves out is not ticked: checking
     that people are who they say they are, finding fraud, checking travel
     documents, planning a campaign.

     Critical infrastructure
    ▸ 4 [x] a safety part of critical digital networks, road traffic, water, gas,
            heating or electricity
            Annex III(2)
     Education and training
      5 [ ] decides on access, admission or assignment to schools and training
            Annex III(3)(a)
      6 [ ] marks what was learned, also to steer the learning  Annex III(3)(b)
      7 [ ] decides which level of education fits a person  Annex III(3)(c)
      8 [ ] watches for cheating in tests  Annex III(3)(d)

                                                                         4-8 of 25
     Answer: what is ticked. Enter goes on.
    Enter go on  Space tick  y yes  n no, none  u unknown  i more  ? help  q back
    ");
    insta::assert_snapshot!(screen(80, 24, &format!("{NO_PRODUCT} annex-iii:AIII-4a")).text(), @"
    EU AI Act, step 6: CV screening                                         Acme

     Does it profile people: does it judge or predict something about a person
     from data about that person?
     Art. 6(3), last subparagraph

     Such as work, money, health, interests, reliability, behaviour or
     whereabouts. A system that rates or ranks people, applicants for instance,
     profiles them. It is then high-risk without exception.













     Not answered yet: y yes, n no, u nobody knows.
    Enter go on  Space tick  y yes  n no, none  u unknown  i more  ? help  q back
    ");
}

#[test]
fn where_there_is_little_room_the_help_stands_behind_a_key() {
    let mut shown = screen(60, 16, "scope+").keys("i");
    insta::assert_snapshot!(shown.text(), @"
    EU AI Act, step 2: CV screening                     Acme
     Is it made or used for one of these banned practices?
     Art. 5
     Banned since 2 February 2025, the two new ones (ba) and
     (bb) from 2 December 2026. Those two catch a provider
     when it is the purpose, or a foreseeable result that can
     be repeated and is not well guarded against; they catch a
     deployer who uses it for that.





     Not answered yet: Space ticks what is true, n none of
     these, u nobody knows. i: options.
    Enter go on  Space tick  y yes  n no, none  ? help  q back
    ");
    assert_eq!(shown.keys("i").text(), screen(60, 16, "scope+").text());
}

#[test]
fn the_result_shows_classes_roles_and_duties_with_dates() {
    insta::assert_snapshot!(result(80, 40, &format!("{NO_PRODUCT} {CREDIT}")).text(), @"
    EU AI Act, result: CV screening                                         Acme
    Indicated classes
      High-risk
        Annex III(5)(b) · from 2027-12-02 (before the amendment 2026-08-02)
        Allowed, with the full set of duties of Chapter III for those who provide,
        bring, pass on or use it.
      High-risk by a use of Annex III
        Annex III(5)(b) · from 2027-12-02 (before the amendment 2026-08-02)
        It stands among the listed uses, so that people are told, users register
        or assess basic rights, and decisions are explained.
      Transparency duties
        Art. 50(1) · from 2026-08-02
        People must learn that they deal with AI, or that content was made by it.

    Your roles
      deployer

    Fundamental rights impact assessment
      Art. 27 applies: Annex III(5)(b) (judges how creditworthy people are, or
      scores their credit) brings it for every deployer.
      Before the first use of a high-risk system of Annex III, critical
      infrastructure aside; renewed when something in it changes.
      It looks at basic rights in one deployer's use. The impact assessment of
      ISO/IEC 42001 is for every role and for individuals, groups and societies.
      One report can serve both if it holds all elements.
      Where a data protection impact assessment answers a part already, the two go
      together; since the amendment this one may refer to it or take parts of it
      in (27(4)).
      What the impact assessment answers of it:
        27(1)(a) your own processes in which the system is used, in line with its
        purpose
          IA-04 Purpose and reasons, IA-05 Intended uses and users, IA-09 Setting
          of use
        27(1)(b) for how long and how often it is used
          IA-05 Intended uses and users, IA-09 Setting of use
        27(1)(c) the kinds of persons and groups that it is likely to affect
          IA-10 People concerned
        27(1)(d) the risks of harm to them, with what the provider tells you
                                                                       1-37 of 148
    Down next page  Up page before  Backspace questions  / search  ? help  q back
    ");
    let screening =
        format!("{NO_PRODUCT} annex-iii:AIII-8a profiling- derogation:narrow transparency- gpai- role:provider");
    insta::assert_snapshot!(result(80, 40, &screening).keys("down").text(), @"
    EU AI Act, result: CV screening                                         Acme
        6(1c)); machinery moved to Annex I Section B. Annex III is unchanged.
      Art. 49  Register it in the EU database
        The provider registers itself and the system, also when it relies on
        Article 6(3); critical infrastructure in a national register. Public
        bodies that use it register the use.
        From 2026-08-02: by the letter: this part of Chapter III was not put off.
        From 2027-12-02 (before the amendment 2026-08-02): Annex III systems: when
        they become high-risk.
        ? Uncertain: public sources disagree on these dates.
        Changed 2026: Systems under Article 6(3) are still registered, with fewer
        data.

    To know
      Dates that Regulation (EU) 2026/1744 moved are shown with the one before.
      Where public sources disagree on a date, all are shown and marked as
      uncertain.
      What is indicated here follows from your answers alone; settle questions of
      law with somebody who knows it.
      Source: EUR-Lex, https://eur-lex.europa.eu, European Union. Only European
      Union legislation published in the Official Journal is authentic. Summaries
      are own words and not legal advice.
















                                                                       38-58 of 58
    Down next page  Up page before  Backspace questions  / search  ? help  q back
    ");
    let assistant = format!("{NO_PRODUCT} annex-iii- transparency- gpai~built-on role:deployer");
    insta::assert_snapshot!(result(60, 16, &assistant).keys("end").looks(Palette::Plain, true).text(), @"
    EU AI Act, result: CV screening                     Acme
      Dates that Regulation (EU) 2026/1744 moved are shown
      with the one before. Where public sources disagree on a
      date, all are shown and marked as uncertain.
      What is indicated here follows from your answers alone;
      settle questions of law with somebody who knows it.
      Source: EUR-Lex, https://eur-lex.europa.eu, European
      Union. Only European Union legislation published in the
      Official Journal is authentic. Summaries are own words
      and not legal advice.




                                                   40-48 of 48
    Down next page  Up page before  ? help  q back
    ");
}

#[test]
fn a_banned_practice_stops_with_a_plain_message() {
    let mut banned = screen(80, 24, "scope+").keys("8");
    assert!(banned.text().contains("A banned practice: the assessment of impact stops here."), "{}", banned.text());
    assert_eq!(saved(&banned), ["scope Yes", "prohibited Yes P-f"]);
    insta::assert_snapshot!(banned.keys("enter").text(), @"
    EU AI Act, result: CV screening                                   Acme  saving
    The law bans this use (Art. 5(1)(f)). The assessment of impact stops here: a
    banned use is not rated, and it is the first line of the plan.

    Indicated classes
      Prohibited practice
        Art. 5(1)(f) · from 2025-02-02
        The law bans this use. Stop it or change it; it is not rated, and no
        measure makes it lawful.

    Duties, whichever role you hold
      Art. 4  AI literacy
        Help the people who run or use AI for you to understand it: fitted to what
        they know, to the use, and to those it affects. No fixed level per person
        is asked.
        Binds: provider, deployer.
        From 2025-02-02: the duty.
        From 2026-07-27: the softer wording of today.
        Changed 2026: Softer than before: measures that support literacy, no
        longer a sufficient level as far as possible. Commission and Member States
        have to support it.
      Art. 4a  Sensitive personal data to find bias (may, not must)
                                                                        1-21 of 45
    Down next page  Up page before  Backspace questions  / search  ? help  q back
    ");
    let later = result(80, 24, "scope+ prohibited:P-ba").text();
    assert!(later.contains("The law bans this use from 2026-12-02 on (Art. 5(1)(ba))."), "{later}");
}

#[test]
fn what_nobody_knows_stays_open_and_the_rest_goes_on() {
    let mut open = screen(80, 24, NO_PRODUCT).keys("n n").keys("u 2 enter");
    assert_eq!(saved(&open)[4..], ["annex-iii No", "transparency No", "gpai Unknown", "role Yes deployer"]);
    insta::assert_snapshot!(open.text(), @"
    EU AI Act, result: CV screening                                   Acme  saving
    Indicated classes so far
      None yet.

    Still open; never read as no
      Do you place a general-purpose AI model on the EU market?

    Your roles
      deployer

    Fundamental rights impact assessment
      Art. 27 does not apply: the system is not high-risk by a use of Annex III.

    Duties as deployer
      Art. 4  AI literacy
        Help the people who run or use AI for you to understand it: fitted to what
        they know, to the use, and to those it affects. No fixed level per person
        is asked.
        From 2025-02-02: the duty.
        From 2026-07-27: the softer wording of today.
        Changed 2026: Softer than before: measures that support literacy, no
        longer a sufficient level as far as possible. Commission and Member States
                                                                        1-21 of 40
    Down next page  Up page before  Backspace questions  / search  ? help  q back
    ");
}

#[test]
fn every_answer_is_saved_at_once_and_can_be_changed_and_taken_back() {
    let screen = screen(80, 24, "").keys("y");
    assert_eq!(saved(&screen), ["scope Yes"]);
    let screen = screen.keys("n 1 9 down space space");
    assert_eq!(saved(&screen), ["scope Yes", "prohibited No", "annex-i Yes AI-2,AI-10"]);
    let screen = screen.keys("1 9");
    assert_eq!(saved(&screen), ["scope Yes", "prohibited No"], "the last tick takes the answer away");
    let screen = screen.keys("z z delete");
    assert_eq!(saved(&screen), ["scope Yes", "prohibited No"]);
    let screen = screen.keys("backspace backspace 4");
    assert_eq!(saved(&screen), ["scope No personal", "prohibited No"], "a reason against says no");
    let mut screen = screen.keys("enter");
    assert!(screen.text().contains("Outside the Act"), "{}", screen.text());
    assert_eq!(screen.app.context(), Some(Context::EuActResult));
    let mut screen = screen.keys("backspace y");
    assert!(screen.text().contains("step 2"), "{}", screen.text());
}

#[test]
fn nothing_goes_on_without_an_answer() {
    let mut unanswered = screen(80, 24, "").keys("enter right");
    assert!(unanswered.text().contains("step 1"));
    assert!(unanswered.text().contains("Not answered yet: y yes, or Space ticks why not"));
    let mut which = screen(80, 24, "scope+").keys("y");
    assert!(which.text().contains("Tick what is true with Space"), "{}", which.text());
    assert_eq!(saved(&which), ["scope Yes"]);
    let mut nothing = screen(80, 24, "").keys("delete");
    assert!(nothing.text().contains("This step has no answer yet."));
}

#[test]
fn the_reason_in_words_survives_another_answer() {
    let reason = "Legal said so.".to_owned();
    let answer = PathAnswer { reason: reason.clone(), ..answers("scope+").remove(0) };
    let system = System { eu_act: vec![answer], ..System::named("cv", "CV screening") };
    let open = assessment(vec![Change::system("entry", system)]);
    let screen = Screen::open(80, 24, open).above(EuActScreen::new("cv")).keys("backspace n");
    assert_eq!(saved(&screen), ["scope No"]);
    let system = screen.app.session.assessment().system("cv").expect("the system of these tests");
    assert_eq!(system.eu_act[0].reason, reason);
}

#[test]
fn it_begins_at_the_first_open_step_or_at_the_result() {
    assert!(screen(80, 24, "scope+ prohibited-").text().contains("step 3"));
    let whole = format!("{NO_PRODUCT} {CREDIT}");
    assert!(screen(80, 24, &whole).text().contains("step 1"));
    let begun = |given: &str| {
        let screen = screen(80, 24, given);
        EuActScreen::begun("cv", &screen.app.session).context()
    };
    assert_eq!(begun(&whole), Context::EuActResult);
    assert_eq!(begun("scope+"), Context::EuAct);
}

#[test]
fn a_system_that_is_gone_is_said_to_be_gone() {
    let change = Change::SetSystem { id: "cv".into(), part: "entry", system: None };
    let open = assessment(vec![change]);
    let mut gone = Screen::open(80, 24, open).above(EuActScreen::new("cv")).keys("y enter 1 backspace end");
    assert!(gone.text().contains("not in the register any more"));
    assert!(gone.keys("q").text().contains("Map"));
}

#[test]
fn a_click_ticks_what_the_cursor_is_on() {
    let mut before = screen(80, 24, "scope+");
    let row = before.text().lines().position(|row| row.contains(" 2 [ ]")).expect("the second option is in view");
    let row = u16::try_from(row).expect("a row of a terminal");
    let clicked = before.mouse(MouseKind::Click, 12, row);
    assert_eq!(saved(&clicked), ["scope Yes"]);
    let clicked = clicked.mouse(MouseKind::Click, 12, row);
    assert_eq!(saved(&clicked), ["scope Yes", "prohibited Yes P-b"]);
}

#[test]
fn every_step_fits_the_smallest_terminal() {
    let catalog = crate::content::builtin::catalog();
    let mut before: Vec<PathAnswer> = Vec::new();
    let whole = answers(&format!(
        "{NO_PRODUCT} annex-iii:AIII-4a profiling- derogation- transparency- gpai:own gpai-systemic- role:deployer fria-"
    ));
    for answer in whole {
        let step = catalog.eu_act.step(&answer.step).expect("a step of the path");
        let system = System { eu_act: before.clone(), ..System::named("cv", "CV screening") };
        let open = assessment(vec![Change::system("entry", system)]);
        let mut shown = Screen::open(60, 16, open).above(EuActScreen::new("cv"));
        let words = |text: String| text.split_whitespace().collect::<Vec<&str>>().join(" ");
        assert!(words(shown.text()).contains(step.question.as_str()), "{}", shown.text());
        for option in &step.options {
            let text = words(shown.text());
            assert!(text.contains(option.name.as_str()), "{} of {}:\n{}", option.id, step.id, shown.text());
            shown = shown.keys("down");
        }
        if !step.help.is_empty() {
            shown = shown.keys("i");
            assert!(words(shown.text()).contains(step.help.as_str()), "{}:\n{}", step.id, shown.text());
        }
        before.push(answer);
    }
}

#[test]
fn it_fits_every_terminal() {
    let whole = format!("{NO_PRODUCT} {CREDIT}");
    Screen::fits_everywhere(|width, height| screen(width, height, ""));
    Screen::fits_everywhere(|width, height| screen(width, height, NO_PRODUCT).keys("pagedown space i"));
    Screen::fits_everywhere(|width, height| result(width, height, &whole));
    Screen::fits_everywhere(|width, height| result(width, height, &whole).keys("pagedown end"));
}

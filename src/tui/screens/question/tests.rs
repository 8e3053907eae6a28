//! A requirement as the user sees and answers it.

use std::collections::BTreeSet;

use insta::assert_snapshot;

use super::*;
use crate::{
    model::{assessment::Assessment, edit::Edit, level::ImpactLevel, system::System},
    tui::{
        input::{Input, Key, KeyCode},
        testing::{Screen, assessment},
    },
};

fn id(text: &str) -> Reference {
    text.parse().expect("a reference in a test")
}

fn at(requirement: &str, width: u16, height: u16, assessment: Assessment) -> Screen {
    Screen::open(width, height, assessment).above(Question::new(id(requirement)))
}

fn level(screen: &Screen, requirement: &str) -> Option<LevelAnswer> {
    screen.app.session.assessment().answer(id(requirement)).and_then(|answer| answer.level)
}

#[test]
fn the_whole_ladder_is_in_view() {
    assert_snapshot!(at("A.6.2.4", 80, 24, assessment(Vec::new())).text(), @"
    A.6.2.4 AI system verification and validation                           Acme
    What is tested, how, on which data and what counts as good enough is written
    before release.
      0 Nothing is tested beyond the developer trying it.
      1 Someone tests before big releases; results live in chat.
      2 A usual test set is run each time; pass marks are not written.
      3 Approved plan per system: measures, data, pass marks per affected group; a
        missed mark stops the release.
      4 Results are compared per release and group, and held against errors met in
        live use.
      5 Incidents and staged attacks that the tests had missed became new tests
        and tighter pass marks.

    51 of 70 · checks 0/1 · no evidence · quick pass

    A model that looks right in a demo fails for the people missing from the test
    data; without pass marks set beforehand, any result is good enough on the day
    of the launch.





    0-5 level  u unknown  Enter take  Tab checks  Right next  ? help  q back
    ");
    assert_snapshot!(at("A.6.2.4", 60, 16, assessment(Vec::new())).text(), @"
    A.6.2.4 AI system verification and validation       Acme
    What is tested, how, on which data and what counts as good
    enough is written before release.
      0 Nothing is tested beyond the developer trying it.
      1 Someone tests before big releases; results live in
        chat.
      2 A usual test set is run each time; pass marks are not
        written.
      3 Approved plan per system: measures, data, pass marks
        per affected group; a missed mark stops the release.
      4 Results are compared per release and group, and held
        against errors met in live use.
      5 Incidents and staged attacks that the tests had missed
        became new tests and tighter pass marks.
    51 of 70 · checks 0/1 · no evidence · quick pass
    0-5 level  u unknown  Enter take  ? help  q back
    ");
}

#[test]
fn every_ladder_fits_at_80_by_24() {
    let catalog = crate::content::builtin::catalog();
    for requirement in catalog.requirements() {
        let text = at(&requirement.id.to_string(), 80, 24, assessment(Vec::new())).text();
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for (level, rung) in requirement.ladder.rungs() {
            let words = rung.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains(&words), "rung {level} of {} is cut:\n{text}", requirement.id);
        }
    }
}

#[test]
fn a_digit_is_the_answer_and_the_next_question() {
    let mut screen = at("4.1", 80, 24, assessment(Vec::new())).keys("3 u");
    assert!(screen.text().starts_with(" 4.3 "));
    assert_eq!(level(&screen, "4.1"), Some(LevelAnswer::Level(Level::ALL[3])));
    assert_eq!(level(&screen, "4.2"), Some(LevelAnswer::Unknown));
    let mut screen = screen.keys("backspace backspace z");
    assert!(screen.text().starts_with(" 4.1 "));
    assert_eq!(level(&screen, "4.2"), None, "the last answer is taken back");
    let mut screen = at("A.10.4", 80, 24, assessment(Vec::new())).keys("2");
    assert!(screen.text().contains("This is the last requirement."));
}

#[test]
fn arrows_and_enter_answer_too() {
    let screen = at("4.1", 80, 24, assessment(Vec::new())).keys("down down down enter");
    assert_eq!(level(&screen, "4.1"), Some(LevelAnswer::Level(Level::ALL[2])));
}

#[test]
fn a_proposal_is_taken_by_enter_and_never_overwrites() {
    let absent = Change::DeclareAbsent { category: id("4"), absent: true };
    let said = Change::level(id("4.2"), LevelAnswer::Level(Level::ALL[4]));
    let mut screen = at("4.1", 80, 24, assessment(vec![absent, said]));
    assert_snapshot!(screen.text(), @"
    4.1 Understanding the organization and its context                      Acme
    You know the outside and inside facts that shape your AI, and your role for
    each system.
    ○ 0 Asked which forces shape its AI, the company shrugs.
      1 The founder reads about AI law now and then and forwards a link.
      2 A SWOT from the last funding round touches AI; roles are open.
      3 Approved context paper: outside and inside issues, climate decision,
        purpose and role per AI system.
      4 New laws and market shifts are logged, with days until the paper reflects
        them.
      5 A ban noticed late led to new watch sources and corrected roles.

    Proposed 0, not scored; Enter takes it. Why: you said that nothing of 4 exists
    yet.
    1 of 70 · checks 0/4 · no evidence · quick pass

    A firm that sells a bought model under its own name thinks of itself as a mere
    user. It skips testing and user information, and first reads in a tender that
    its use case is banned.




    0-5 level  u unknown  Enter take  Tab checks  Right next  ? help  q back
    ");
    let screen = screen.keys("enter enter");
    let answer = screen.app.session.assessment().answer(id("4.1")).expect("taken");
    assert!(answer.by_proposal && answer.level == Some(LevelAnswer::Level(Level::ABSENT)));
    assert_eq!(level(&screen, "4.2"), Some(LevelAnswer::Level(Level::ALL[4])));
}

#[test]
fn checks_are_answered_below_the_level() {
    let mut screen = at("6.1.2", 80, 24, assessment(Vec::new())).keys("t 3 y y n");
    assert_snapshot!(screen.text(), @r#"
     6.1.2 AI risk assessment                                          Acme  saving
     ● 3 Approved method with described scales ranks each system's risks for
         organization, people, society.

     9 of 70 · checks 3/7 · no evidence · claimed 3, credited 2 · full pass
     [y] Is there a defined way to assess AI risks that follows from the AI policy
         and the AI objectives? (critical)
     [y] Would two people who assess the same system get consistent, valid and
         comparable results?
     [n] Does the risk method find what could help or hinder reaching the AI
         objectives?
    ▸[ ] Does the risk analysis say what would follow if a risk came true, for each
         of these? (critical)
         1      the organization
         2      individuals
         3      societies
         Look for: Three consequence columns, filled in; harm to people is not
         hidden in "reputation".
     [ ] Does every analysed risk get a level?
     [ ] Are assessed risks held against the AI risk criteria and ranked for
         treatment?
     [ ] Is the risk assessment method itself kept in writing?

     y yes  p partly  n no  u unknown  Enter next  Tab ladder  ? help  q back
    "#);
    // The fourth check has three parts; two of them are open.
    let mut screen = screen.keys("p 2 3 2 1");
    let response = screen.app.session.assessment().answer(id("6.1.2")).and_then(|a| a.check("consequences")).cloned();
    let response = response.expect("answered");
    assert_eq!((response.answer, response.open_parts.as_slice()), (CheckAnswer::Partly, &[1, 3][..]));
    assert!(screen.text().contains("1 open the organization"));
    let mut screen = screen.keys("o");
    assert!(screen.text().contains("This check needs no occasion"));
    let screen = screen.keys("delete");
    assert!(screen.app.session.assessment().answer(id("6.1.2")).is_some_and(|a| a.check("consequences").is_none()));
}

#[test]
fn a_conditional_check_can_have_had_no_occasion() {
    let screen =
        at("10.2", 80, 24, assessment(Vec::new())).keys("t tab down o").types("nothing went wrong").keys("enter");
    let answer = screen.app.session.assessment().answer(id("10.2")).expect("answered");
    assert_eq!(answer.checks[0].answer, CheckAnswer::NoOccasion);
    assert_eq!(answer.checks[0].reason, "nothing went wrong");
}

#[test]
fn more_shows_why_it_matters_and_what_auditors_ask() {
    assert_snapshot!(at("4.3", 80, 24, assessment(Vec::new())).keys("i").text(), @r#"
    4.3 Determining the scope of the AI management system                   Acme
    Why it matters
     Without a written boundary, the chatbot that marketing bought last month
     belongs to nobody, and an auditor can neither plan the audit nor trust the
     statement of applicability.
    An auditor asks
     - Which units, sites, AI systems and life cycle stages are in, which are out,
     and why?
     - A team started using a new AI tool last month: is it covered, and where
     would I read that?
     - Who approved this boundary, and when was it last changed?
    An auditor wants to see
     - Approved scope statement with date, owner and version
     - AI system list with a column "in scope" and the reason
    Read together with
     - 4.1 Understanding the organization and its context
     - 4.2 Understanding the needs and expectations of interested parties
     - 5.2 AI policy
     - 6.1.3 AI risk treatment




    0-5 level  u unknown  Enter take  Tab checks  Right next  ? help  q back
    "#);
}

#[test]
fn a_note_is_kept_when_left_and_not_when_cancelled() {
    let screen =
        at("4.1", 80, 24, assessment(Vec::new())).keys("n").types("see 影響 wiki").keys("enter").types("line 2");
    let screen = screen.keys("esc n").types(" lost");
    let mut screen = screen.keys("ctrl-c");
    assert!(screen.text().contains("Ctrl-C again throws the change away; Esc keeps it."));
    let mut screen = screen.types("!").keys("ctrl-c ctrl-c");
    assert!(screen.text().starts_with(" 4.1 "), "{}", screen.text());
    assert_eq!(screen.app.session.assessment().answer(id("4.1")).expect("a note").note, "see 影響 wiki\nline 2");
}

#[test]
fn a_control_is_excluded_with_a_reason_and_comes_back() {
    let mut screen = at("A.7.6", 80, 24, assessment(Vec::new())).keys("2 backspace x").types("short").keys("enter");
    assert_snapshot!(screen.text(), @"
     Exclude A.7.6                                                     Acme  saving
     An excluded control scores nothing and never counts as fulfilled. Its answers
    are kept.
      Basis: [risk assessment]  no legal or contract need   role   other
    ▸ Reason (at least 10 characters)
      short
      Reference (risk or impact id, contract, law; may stay empty)

     Not yet: the reason of an exclusion needs at least 10 characters.














     Enter exclude  Tab next field  Shift-Tab field before  Esc cancel
    ");
    let mut screen = screen.types(" no longer: we train nothing").keys("backtab right tab enter");
    assert!(screen.text().contains("A.7.6 excluded"));
    assert!(!screen.app.session.assessment().is_applicable(id("A.7.6")));
    let screen = screen.keys("x");
    assert!(screen.app.session.assessment().is_applicable(id("A.7.6")));
    assert_eq!(level(&screen, "A.7.6"), Some(LevelAnswer::Level(Level::ALL[2])), "its answer is back");
}

#[test]
fn a_clause_and_a_mirrored_control_are_not_excluded_lightly() {
    assert!(
        at("4.3", 80, 24, assessment(Vec::new())).keys("x").text().contains("only Annex A controls can be excluded")
    );
    let screen = at("A.5.2", 80, 24, assessment(Vec::new())).keys("x").types("we assess nothing at all").keys("enter");
    let mut screen = screen;
    assert!(screen.text().contains("override"));
    let screen = screen.types("our parent company does it").keys("enter");
    assert!(!screen.app.session.assessment().is_applicable(id("A.5.2")));
}

#[test]
fn pasted_line_ends_are_kept_in_a_note_and_spaces_in_a_line() {
    let screen = at("4.1", 80, 24, assessment(Vec::new())).keys("n").pastes("one\r\ntwo\rthree").keys("esc o");
    let screen = screen.pastes("Ann\rLee").keys("enter");
    let answer = screen.app.session.assessment().answer(id("4.1")).expect("answered");
    assert_eq!((answer.note.as_str(), answer.owner.as_str()), ("one\ntwo\nthree", "Ann Lee"));
}

#[test]
fn a_level_of_an_excluded_control_is_kept_and_said_to_score_nothing() {
    let mut screen = at("A.7.6", 80, 24, assessment(Vec::new())).keys("x").types("we train nothing").keys("enter 2");
    assert!(screen.text().contains("A.7.6 is excluded; the level is kept and scores nothing."), "{}", screen.text());
    assert_eq!(level(&screen, "A.7.6"), Some(LevelAnswer::Level(Level::ALL[2])));
}

#[test]
fn rungs_lose_lines_only_where_they_must() {
    let mut screen =
        at("A.6.2.4", 60, 16, assessment(vec![Change::DeclareAbsent { category: id("A.6"), absent: true }]));
    screen = screen.keys("down down down down");
    assert_snapshot!(screen.text(), @"
     A.6.2.4 AI system verification and validation       Acme
     What is tested, how, on which data and what counts as good
     enough is written before release.
     ○ 0 Nothing is tested beyond the developer trying it.
       1 Someone tests before big releases; results live in
         chat.
       2 A usual test set is run each time; pass marks are not
         written.
       3 Approved plan per system: measures, data, pass marks
         per affected group; a missed mark stops the release.
    ▸  4 Results are compared per release and group, and held
         against errors met in live use.
       5 Incidents and staged attacks that the tests had mis...
     Proposed 0, not scored. Why: you said that nothing of A...
     51 of 70 · checks 0/1 · no evidence · quick pass
     0-5 level  u unknown  Enter take  ? help  q back
    ");
}

#[test]
fn it_fits_everywhere() {
    for keys in ["", "t tab", "i", "x", "n"] {
        Screen::fits_everywhere(|width, height| at("A.5.2", width, height, assessment(Vec::new())).keys(keys));
    }
}

#[test]
fn what_the_register_of_systems_shows_stands_beside_the_question() {
    let system = |id: &str, level| Change::system("entry", System { level, ..System::named(id, id) });
    let some = vec![system("a", Some(ImpactLevel::High)), system("b", None)];
    assert_snapshot!(at("8.4", 80, 24, assessment(some)).text(), @"
    8.4 AI system impact assessment                                         Acme
    Effects on people and society are reassessed on planned dates or before big
    changes; results are kept.
      0 Not one finished impact report exists, although systems serve real users.
      1 The first product got a report at launch; later features and bought tools
        did not.
      2 Reports come before big launches; older live systems keep outdated ones.
      3 Every system in scope has a current report; a proposed significant change
        reopens it beforehand.
      4 Age of each report and changes that went live without one are plotted.
      5 Complaints that no report foresaw shortened intervals or ended a use.

    Register: 1 of 2 systems assessed; 0 approved; 0 reviews overdue
    24 of 70 · checks 0/2 · no evidence · quick pass

    A tool that ranked sales leads is turned towards tenants or patients. Code and
    vendor stay the same, so nobody asks again whom it can hurt, until a refused
    family wants to know why and no one can say.





    0-5 level  u unknown  Enter take  Tab checks  Right next  ? help  q back
    ");
    assert_snapshot!(at("8.4", 80, 24, assessment(vec![system("a", None), system("b", None)])).text(), @"
    8.4 AI system impact assessment                                         Acme
    Effects on people and society are reassessed on planned dates or before big
    changes; results are kept.
    ○ 0 Not one finished impact report exists, although systems serve real users.
      1 The first product got a report at launch; later features and bought tools
        did not.
      2 Reports come before big launches; older live systems keep outdated ones.
      3 Every system in scope has a current report; a proposed significant change
        reopens it beforehand.
      4 Age of each report and changes that went live without one are plotted.
      5 Complaints that no report foresaw shortened intervals or ended a use.

    Proposed 0, not scored; Enter takes it. Why: the register says: 0 of 2 systems
    assessed; 0 approved; 0 reviews overdue.
    24 of 70 · checks 0/2 · no evidence · quick pass

    A tool that ranked sales leads is turned towards tenants or patients. Code and
    vendor stay the same, so nobody asks again whom it can hurt, until a refused
    family wants to know why and no one can say.




    0-5 level  u unknown  Enter take  Tab checks  Right next  ? help  q back
    ");
}

/// Edits at 08:02, 08:32 and so on.
fn changed_through_the_day(changes: impl IntoIterator<Item = Change>) -> Assessment {
    let mut assessment = assessment(Vec::new());
    for (nth, change) in (0..).zip(changes) {
        let at = chrono::NaiveTime::from_num_seconds_from_midnight_opt((8 * 60 + 2 + 30 * nth) * 60, 0);
        let on = "2026-10-14".parse().expect("a day in a test");
        assessment.apply(&Edit { by: "Bea".into(), on, at, change });
    }
    assessment
}

#[test]
fn the_last_changes_stand_behind_i() {
    let level = |level: u8| Change::level(id("4.3"), LevelAnswer::Level(Level::ALL[usize::from(level)]));
    let check = Change::check(id("4.3"), CheckResponse::new("written", CheckAnswer::Partly));
    let note = Change::SetNote { requirement: id("4.3"), note: "see wiki".into() };
    let mut screen = at("4.3", 80, 24, changed_through_the_day([level(2), check, note])).keys("3 left i");
    assert_snapshot!(screen.text(), @r#"
    4.3 Determining the scope of the AI management system             Acme  saving
    Note
     see wiki
    Last changes (earlier ones at the end)
     - 2026-10-15 Ann: level 2 -> 3
     - 2026-10-14 09:02 Bea: note none -> "see wiki"
     - 2026-10-14 08:32 Bea: check written none -> partly
    Why it matters
     Without a written boundary, the chatbot that marketing bought last month
     belongs to nobody, and an auditor can neither plan the audit nor trust the
     statement of applicability.
    An auditor asks
     - Which units, sites, AI systems and life cycle stages are in, which are out,
     and why?
     - A team started using a new AI tool last month: is it covered, and where
     would I read that?
     - Who approved this boundary, and when was it last changed?
    An auditor wants to see
     - Approved scope statement with date, owner and version
     - AI system list with a column "in scope" and the reason
    Read together with
     - 4.1 Understanding the organization and its context
    lines 1 to 21 of 26; Page down and Page up turn
    0-5 level  u unknown  Enter take  Tab checks  Right next  ? help  q back
    "#);
}

#[test]
fn every_change_is_reached_by_turning_pages() {
    let level = |nth: usize| Change::level(id("4.3"), LevelAnswer::Level(Level::ALL[nth % 6]));
    let assessment = changed_through_the_day((0..24).map(level));
    for (width, height) in [(60, 16), (80, 24), (200, 60)] {
        let mut screen = at("4.3", width, height, assessment.clone()).keys("i");
        let first = screen.text();
        let mut shown = BTreeSet::new();
        for _ in 0..5 {
            shown.extend(screen.text().lines().filter(|line| line.contains(": level ")).map(str::to_owned));
            screen = screen.keys("pagedown");
        }
        let times: BTreeSet<String> = (4..24_u32)
            .map(|nth| 8 * 60 + 2 + 30 * nth)
            .map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60))
            .collect();
        let shown: BTreeSet<String> = shown.into_iter().map(|line| line.trim()[13..18].to_owned()).collect();
        assert_eq!(shown, times, "at {width} x {height}");
        let fits = height == 60;
        assert_eq!(screen.text() == first, fits, "only a large screen holds all at {width} x {height}");
        assert_eq!(screen.keys("pageup pageup pageup pageup pageup").text(), first);
    }
}

#[test]
fn a_change_carries_the_time_of_the_host_and_without_a_clock_the_day_of_the_session() {
    let moment = || chrono::NaiveDate::from_ymd_opt(2026, 10, 16)?.and_hms_opt(0, 5, 30);
    let mut screen = at("4.1", 80, 24, assessment(Vec::new()));
    screen.app.session.clock = moment;
    let screen = screen.keys("3 2");
    let when = |requirement: &str| screen.app.session.assessment().answers[&id(requirement)].history[0].when();
    assert_eq!(when("4.1"), "2026-10-16 00:05", "past midnight");
    let screen = at("4.1", 80, 24, assessment(Vec::new())).keys("3");
    assert_eq!(screen.app.session.assessment().answers[&id("4.1")].history[0].when(), "2026-10-15");
}

#[test]
fn undo_reaches_back_through_the_whole_work_period() {
    let before = assessment(Vec::new());
    let mut screen = at("4.1", 80, 24, before.clone());
    let mut press = |key: Key| {
        screen.app.handle(Input::Key(key));
    };
    // Levels, checks and flags of the requirements in turn: 300 edits.
    for nth in 0..100_u8 {
        press(Key::char(char::from(b'0' + nth % 6)));
        press(Key::char('f'));
        press(Key::plain(KeyCode::Tab));
        press(Key::char(if nth % 2 == 0 { 'y' } else { 'n' }));
        press(Key::plain(KeyCode::Tab));
        if nth == 60 {
            press(Key::char('/'));
            "4.1".chars().for_each(|letter| press(Key::char(letter)));
            press(Key::plain(KeyCode::Enter));
        }
    }
    let after = screen.app.session.assessment().clone();
    assert!(after.answers.len() > 60, "{}", after.answers.len());
    let times = |screen: &mut Screen, key: char, nothing_left: &str| {
        let mut times = 0;
        loop {
            screen.app.handle(Input::Key(Key::char(key)));
            if screen.app.session.message.as_deref() == Some(nothing_left) {
                return times;
            }
            times += 1;
        }
    };
    assert_eq!(times(&mut screen, 'z', "Nothing to take back."), 300);
    assert_eq!(*screen.app.session.assessment(), before);
    assert_eq!(times(&mut screen, 'Z', "Nothing to do again."), 300);
    assert_eq!(*screen.app.session.assessment(), after);
}

/// A round in which two answers of the one before wait.
fn next_round() -> crate::model::assessment::Assessment {
    let catalog = crate::content::builtin::catalog();
    let first = assessment(crate::tui::sample::levels("4.1=3 4.3=2"));
    crate::compare::round::next_round(&catalog, &first, None, crate::tui::testing::as_of())
}

fn waiting(screen: &Screen) -> Vec<String> {
    let answers = screen.app.session.assessment().answers.values();
    answers.filter(|answer| answer.to_confirm).map(|answer| answer.requirement.to_string()).collect()
}

#[test]
fn one_key_confirms_what_an_earlier_round_said_and_undo_asks_again() {
    let mut screen = Screen::open(80, 24, next_round());
    assert!(screen.text().contains("2 of 70 answered, 2 to re-confirm"), "{}", screen.text());
    let mut screen = screen.keys("c");
    assert!(screen.text().contains("to re-confirm: c"), "{}", screen.text());
    let mut screen = screen.keys("c");
    assert_eq!(waiting(&screen), ["4.3"]);
    assert!(screen.text().starts_with(" 4.3 "), "the next that waits: {}", screen.text());
    assert!(screen.text().contains("4.1 is confirmed as it stands, 1 left."), "{}", screen.text());
    let history = &screen.app.session.assessment().answers[&id("4.1")].history;
    assert_eq!(history.last().map(|change| change.words()), Some("to confirm on -> off".to_owned()));
    let screen = screen.keys("z");
    assert_eq!(waiting(&screen), ["4.1", "4.3"]);
    let mut screen = screen.keys("c q c c");
    assert!(waiting(&screen).is_empty());
    assert!(screen.text().contains("nothing is left to re-confirm"), "{}", screen.text());
}

#[test]
fn a_level_stated_again_confirms_in_one_step() {
    let screen = Screen::open(80, 24, next_round()).keys("c 4");
    assert_eq!(waiting(&screen), ["4.3"]);
    let screen = screen.keys("z");
    assert_eq!(waiting(&screen), ["4.1", "4.3"]);
    assert_eq!(screen.app.session.assessment().claimed(id("4.1")), Level::new(3));
}

//! The lens screens as people see them.

use crate::tui::{
    sample::{full_pass, levels, reference},
    screens::lenses::Lenses,
    testing::{Screen, assessment},
    theme::Palette,
};

fn lenses(width: u16, height: u16) -> Screen {
    Screen::open(width, height, assessment(full_pass())).above(Lenses::default())
}

fn empty(width: u16, height: u16) -> Screen {
    Screen::open(width, height, assessment(Vec::new())).above(Lenses::default())
}

#[test]
fn a_lens_is_chosen_and_its_rows_lead_to_the_requirements() {
    insta::assert_snapshot!(lenses(80, 24).text(), @"
     Lenses                                                                  Acme
     The same answers by the same rules, in the order of something else. A lens
     shows support from your answers; it says of nothing that it is met.

    ▸ Coverage areas                                                         6 rows
      EU AI Act duties                                       51 rows, 1 not covered
      Head start from ISO/IEC 27001:2022                            70 requirements
      Head start from ISO/IEC 27701:2025                            70 requirements
      NIST AI RMF 1.0                                                       72 rows











     The same answers and the same rules, grouped by the subjects that managers and
     customers ask about. A requirement may count in several areas; an area is a
     view, not a verdict.
     Enter open  / search  ? help  q back
    ");
    insta::assert_snapshot!(lenses(80, 24).keys("end enter down down").text(), @"
     NIST AI RMF 1.0: support from your answers                              Acme
     * provisional: it may still move                 credited claimed status
                                                                         1-18 of 95
      GOVERN Rules, roles and culture                 1.8      2.6     Major gaps
       GOVERN 1 Rules and processes for AI risk       1.9      2.9     Major gaps
    ▸   GOVERN 1.1 AI law is known, handled and re... 2.1      2.9     Major gaps
        GOVERN 1.2 Trustworthiness is built into c... 2.4      3.0     Minor gaps
        GOVERN 1.3 Effort follows from the risk th... 1.7      2.7     Minor gaps
        GOVERN 1.4 The risk process is open and ha... 1.8      3.0     Minor gaps
        GOVERN 1.5 The risk process is watched and... 1.7      3.1     Major gaps
        GOVERN 1.6 An inventory of AI systems is kept 1.9      2.9     Not yet shown
        GOVERN 1.7 AI systems are retired safely      2.0      3.0     Minor gaps
       GOVERN 2 People answer for AI risk and are...  1.6      2.0     Major gaps
        GOVERN 2.1 Roles and reporting lines for A... 1.7      2.1     Minor gaps
        GOVERN 2.2 Staff and partners are trained...  1.4      1.4     Minor gaps
        GOVERN 2.3 Top management owns decisions o... 1.5      1.9     Major gaps
       GOVERN 3 Mixed teams and human oversight roles 1.6      2.0     Minor gaps
        GOVERN 3.1 Decisions draw on people of man... 1.4      1.8     Not yet shown
        GOVERN 3.2 Who oversees AI, and how, is se... 1.7      2.2     Minor gaps
       GOVERN 4 A culture that speaks about AI risk   1.8      2.7     Major gaps
        GOVERN 4.1 Safety comes first, and doubts...  1.7      2.6     Minor gaps
     GOVERN 1.1 AI law is known, handled and recorded
     Behind it: 4.1, 4.2, 6.2, A.2.2, A.2.4, A.8.5.
     Enter open  w why  / search  ? help  q back
    ");
    insta::assert_snapshot!(lenses(80, 24).keys("end enter down down enter").text(), @"
     GOVERN 1.1 AI law is known, handled and recorded                        Acme
     Support from your answers: credited 2.1, claimed 2.9, 100 % answered.

    ▸ 4.1 Understanding the organization and its context              2>1 major gap
          supports · high confidence
      4.2 Understanding the needs and expectations of interested p... 3>1 major gap
          supports · medium confidence
      6.2 AI objectives and planning to achieve them                  3>2 minor gap
          supports · high confidence
      A.2.2 AI policy                                                  4 conforming
          supports · high confidence
      A.2.4 Review of the AI policy                                     1 minor gap
          supports · high confidence
      A.8.5 Information for interested parties                        3>2 not shown
          supports · medium confidence








     Enter question  w why this one  / search  ? help  q back
    ");
    insta::assert_snapshot!(lenses(60, 16).looks(Palette::Plain, true).keys("end enter down down down enter").text(), @"
     GOVERN 1.2 Trustworthiness is built into company... Acme
     Support from your answers: credited 2.4, claimed 3.0, 100
     % answered.
                                                       1-5 of 7
    > 4.4 AI management system                    3>2 minor gap
          supports - high confidence
      5.2 AI policy                                 2 minor gap
          supports - high confidence
      A.2.2 AI policy                              4 conforming
          supports - high confidence
      A.6.1.2 Objectives for responsible devel... 3>2 not shown
          supports - high confidence
      A.6.1.3 Processes for responsible AI sys... 4>2 minor gap
          supports - high confidence

     Enter question  w why this one  / search  ? help  q back
    ");
    let mut question = lenses(80, 24).keys("end enter down down enter enter");
    assert!(question.text().contains("0 Asked which forces shape its AI"), "{}", question.text());
}

#[test]
fn a_duty_shows_its_dates_and_what_nothing_covers_says_so() {
    insta::assert_snapshot!(lenses(80, 24).keys("down enter end up up up up up up up up up up up up up up").text(), @"
     EU AI Act duties: support from your answers                             Acme
     * provisional: it may still move                 credited claimed status
                                                                        35-51 of 61
       Art. 26(9) Data protection impact assessment   1.5      2.5     Major gaps
       Art. 26(10) Police: looking for a person in... 1.8      2.1     Minor gaps
       Art. 26(11) Tell the people affected           2.0      2.5     Minor gaps
       Art. 26(12) Work with authorities              2.0      3.0     Minor gaps
       Art. 27 Fundamental rights impact assessment   1.5      2.5     Major gaps
      Chapter III: declaration, marking, registration 1.7      2.2     Major gaps
       Art. 43 Conformity assessment                  2.0      2.0     Minor gaps
       Art. 47 EU declaration of conformity           1.0      1.0     Minor gaps
       Art. 48 CE marking                             not covered by ISO/IEC 42001
       Art. 49 Register it in the EU database         1.5      3.0     Major gaps
      Chapter IV: telling people that it is AI        1.8      2.2     Minor gaps
       Art. 50(1) Say that it is AI                   2.0      2.4     Minor gaps
    ▸  Art. 50(2) Mark made-up content                2.0      2.3     Minor gaps
       Art. 50(3) Tell those whose emotions or tra... 1.7      2.0     Minor gaps
       Art. 50(4) Disclose deep fakes and AI texts    1.6      1.6     Minor gaps
       Art. 50(5) How and when to tell                2.0      2.0     Minor gaps
      Chapter V: general-purpose AI models            1.7      2.8     Major gaps
     Art. 50(2) Mark made-up content
     The technology for marking lies outside the standard. Behind it: A.6.2.2,
     A.6.2.4, A.8.2.
     Enter open  w why  / search  ? help  q back
    ");
    let mut marking = lenses(80, 24).keys("down enter end up up up up up up up up up up up up up up up up up up enter");
    insta::assert_snapshot!(marking.text(), @"
    Art. 48 CE marking                                                      Acme
    Put the CE mark on it.
    Binds: provider.
    From 2026-08-02: by the letter: this part of Chapter III was not put off.
    From 2027-12-02 (before the amendment 2026-08-02): Annex III systems: when
    they become high-risk.
    From 2028-08-02 (before the amendment 2027-08-02): Annex I products: when they
    become high-risk.
    ? Uncertain: public sources disagree on these dates.
    Support from your answers: not covered by ISO/IEC 42001.
    The CE marking has no counterpart in the standard.












    Enter question  w why this one  / search  ? help  q back
    ");
}

#[test]
fn a_head_start_is_accepted_where_nothing_is_answered() {
    insta::assert_snapshot!(empty(80, 24).keys("down down enter down enter").text(), @"
     The same process: widen it to AI                                        Acme
     Support from your answers: not assessed.
     These requirements start at level 2: a proposal; A accepts it where nothing is
     answered yet.
                                                                          1-5 of 12
    ▸ 5.1 Leadership and commitment                                       start (2)
          reuse · high confidence · from ISO/IEC 27001: 5.1 Leadership and
          commitment
          Add evidence that AI is covered.
      6.3 Planning of changes                                             start (2)
          reuse · high confidence · from ISO/IEC 27001: 6.3 Planning of changes
          Nothing on AI has to be added.
      7.5.1 Documented information: General                               start (2)
          reuse · high confidence · from ISO/IEC 27001: 7.5.1 Documented
          information
          Add the AI documents to the register of documents.
      7.5.2 Creating and updating documented information                  start (2)
          reuse · high confidence · from ISO/IEC 27001: 7.5.2 Creating and updating
          Nothing on AI has to be added.
      7.5.3 Control of documented information                             start (2)
          reuse · high confidence · from ISO/IEC 27001: 7.5.3 Control of documented
          information
          Nothing on AI has to be added.
     Enter question  w why this one  / search  ? help  q back
    ");
    let answered = assessment(levels("7.5.3=0 5.1=4"));
    let mut screen = Screen::open(80, 24, answered).above(Lenses::default()).keys("down down enter down A");
    assert!(
        screen.text().contains("10 levels taken over from the head start; z takes them back."),
        "{}",
        screen.text()
    );
    let level =
        |screen: &Screen, id: &str| screen.app.session.assessment().claimed(reference(id)).map(|level| level.number());
    assert_eq!(["7.5.3", "5.1", "7.5.2", "6.1.4"].map(|id| level(&screen, id)), [Some(0), Some(4), Some(2), None]);
    assert_eq!(screen.app.session.standing().by_proposal(), 10);
    let mut screen = screen.keys("A");
    assert!(screen.text().contains("Nothing is proposed here that is not answered already."));
    let screen = screen.keys("z");
    assert_eq!(screen.app.session.standing().by_proposal(), 0, "one undo");
}

#[test]
fn an_empty_assessment_is_not_assessed_and_never_0() {
    for lens in ["enter", "down enter", "down down enter", "end enter"] {
        let text = empty(80, 60).keys(lens).text();
        assert!(text.contains("not assessed") && !text.contains("0.0") && !text.contains("0 %"), "{text}");
    }
    let mut other = empty(80, 24).keys("end enter A");
    assert!(other.text().contains("This lens proposes no levels"), "{}", other.text());
}

#[test]
fn they_fit_every_terminal() {
    for keys in ["", "end enter", "end enter down enter", "down enter down enter", "down down enter down enter"] {
        Screen::fits_everywhere(|width, height| lenses(width, height).keys(keys));
    }
}

//! The gateway: fourteen plain questions, one key each, that propose levels. A strip below shows what grows out of them.

mod picture;

use ratatui::{Frame, layout::Rect};

use crate::{
    model::{edit::Change, gateway::GatewayQuestion, level::Level},
    score::ratio::Ratio,
    tui::{
        effect::Effect,
        input::{Mouse, MouseKind},
        keys::{Command, Context},
        screens::{
            View,
            gateway::picture::{Extreme, Picture},
        },
        session::Session,
        widgets::{paging, pick_page::PickPage},
    },
};

/// The questions, and after the last one the first picture.
#[derive(Debug, Default)]
pub struct Gateway {
    /// The page; nothing before the first key, when it is the first question without an answer.
    page: Option<usize>,
    /// The option that the cursor is on, once an arrow moved it.
    cursor: Option<usize>,
    /// Whether the page is the picture, which has keys of its own.
    is_picture: bool,
}

impl Gateway {
    /// The first question without an answer; the picture where there is none.
    pub fn begun(session: &Session) -> Gateway {
        let mut gateway = Gateway::default();
        if gateway.question(session).is_none() {
            gateway.go_to(gateway.number(session), session);
        }
        gateway
    }

    /// The number of the page, counted from 0; the one after the last question is the picture.
    fn number(&self, session: &Session) -> usize {
        let questions = &session.catalog.gateway;
        let is_open = |question: &GatewayQuestion| session.assessment().gateway_option(&question.id).is_none();
        let first_open = || questions.iter().position(is_open).unwrap_or(questions.len());
        self.page.unwrap_or_else(first_open).min(questions.len())
    }

    fn question<'s>(&self, session: &'s Session) -> Option<&'s GatewayQuestion> {
        session.catalog.gateway.get(self.number(session))
    }

    fn go_to(&mut self, page: usize, session: &Session) -> Effect {
        self.page = Some(page);
        self.is_picture = page >= session.catalog.gateway.len();
        self.cursor = None;
        Effect::None
    }

    /// The next page; behind the picture lies the map.
    fn go_on(&mut self, session: &Session) -> Effect {
        match self.question(session) {
            Some(_) => self.go_to(self.number(session) + 1, session),
            None => Effect::Back,
        }
    }

    fn pick(&mut self, option: usize, session: &Session) -> Effect {
        let Some(question) = self.question(session) else { return Effect::None };
        let Some(option) = question.options.get(option) else { return Effect::None };
        let change = Change::SetGateway { question: question.id.to_string(), option: Some(option.id.to_string()) };
        let next = self.go_on(session);
        Effect::All(vec![Effect::Apply(change), next])
    }

    /// Takes the answer of the page away.
    fn clear(&mut self, session: &Session) -> Effect {
        let Some(question) = self.question(session) else { return Effect::None };
        if picked(question, session).is_none() {
            return Effect::Say("This question has no answer yet.".to_owned());
        }
        self.page = Some(self.number(session));
        Effect::Apply(Change::SetGateway { question: question.id.to_string(), option: None })
    }

    fn move_cursor(&mut self, steps: isize, session: &Session) -> Effect {
        let Some(question) = self.question(session) else { return Effect::None };
        let first = picked(question, session).unwrap_or(0);
        let count = question.options.len();
        self.page = Some(self.number(session));
        self.cursor = Some(self.cursor.map_or(first, |cursor| paging::moved(cursor, steps, count)));
        Effect::None
    }

    fn pick_page<'s>(&self, question: &'s GatewayQuestion, session: &'s Session) -> PickPage<'s> {
        let picked = picked(question, session);
        let options = question.options.iter().enumerate();
        PickPage {
            glossary: &session.catalog.glossary,
            question: &question.text,
            hint: &question.hint,
            options: options.map(|(index, option)| (option.label.as_str(), picked == Some(index))).collect(),
            is_several: false,
            cursor: self.cursor,
            foot: strip(&Picture::of(session)),
        }
    }
}

/// The option that was picked for a question.
fn picked(question: &GatewayQuestion, session: &Session) -> Option<usize> {
    let picked = session.assessment().gateway_option(&question.id)?;
    question.options.iter().position(|option| option.id == picked)
}

/// What the answers amount to so far, in up to three lines.
fn strip(picture: &Picture) -> Vec<String> {
    if picture.proposed == 0 {
        return vec!["Your answers propose levels; none counts before you accept it.".to_owned()];
    }
    let count = format!("{} of {} levels proposed; none counts yet.", picture.proposed, picture.all);
    let line =
        |name: &str, extreme: Extreme| format!("{name}: about {} in {}", level_name(extreme.mean), extreme.title);
    let extremes =
        picture.extremes().map(|(strongest, weakest)| [line("Strongest", strongest), line("Weakest", weakest)]);
    std::iter::once(count).chain(extremes.into_iter().flatten()).collect()
}

/// The level nearest to a mean.
fn level_name(mean: Ratio) -> &'static str {
    let nearest = u8::try_from(mean.rounded(1)).ok().and_then(Level::new);
    nearest.unwrap_or(Level::OPTIMIZING).name()
}

impl View for Gateway {
    fn context(&self) -> Context {
        if self.is_picture { Context::FirstPicture } else { Context::Gateway }
    }

    fn title(&self, session: &Session) -> String {
        match self.question(session) {
            Some(_) => format!("Gateway: question {} of {}", self.number(session) + 1, session.catalog.gateway.len()),
            None => "Gateway: first picture".to_owned(),
        }
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        match command {
            Command::Digit(digit) => usize::from(digit).checked_sub(1).map_or(Effect::None, |o| self.pick(o, session)),
            Command::Choose => match self.cursor {
                Some(option) => self.pick(option, session),
                None => self.go_on(session),
            },
            Command::Clear => self.clear(session),
            Command::Right => self.go_on(session),
            Command::Left => self.go_to(self.number(session).saturating_sub(1), session),
            Command::Up => self.move_cursor(-1, session),
            Command::Down => self.move_cursor(1, session),
            Command::First => self.go_to(0, session),
            Command::Last => self.go_to(session.catalog.gateway.len(), session),
            Command::Back => Effect::Back,
            _ => Effect::None,
        }
    }

    fn texts<'s>(&self, session: &'s Session) -> Vec<&'s str> {
        let Some(question) = self.question(session) else { return Vec::new() };
        let options = question.options.iter().map(|option| option.label.as_str());
        [question.text.as_str(), question.hint.as_str()].into_iter().chain(options).collect()
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        match self.question(session) {
            Some(question) => self.pick_page(question, session).draw(frame, area, session.theme),
            None => Picture::of(session).draw(frame, area, session.theme),
        }
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        let Some(question) = self.question(session) else { return Effect::None };
        match mouse.kind {
            MouseKind::WheelUp => self.move_cursor(-1, session),
            MouseKind::WheelDown => self.move_cursor(1, session),
            MouseKind::Click => match self.pick_page(question, session).option_at(area, mouse.row, session.theme) {
                Some(option) => self.pick(option, session),
                None => Effect::None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::{
        testing::{Screen, assessment},
        theme::Palette,
    };

    fn gateway(width: u16, height: u16) -> Screen {
        Screen::open(width, height, assessment(Vec::new())).above(Gateway::default())
    }

    const ALL_ANSWERS: &str = "1 2 3 4 1 2 3 4 1 2 3 4 1 2";

    #[test]
    fn a_question_shows_what_grows_out_of_the_answers() {
        insta::assert_snapshot!(gateway(80, 24).text(), @"
        Gateway: question 1 of 14                                               Acme

         Is anything about AI written down and approved by management?

         A policy, rules, principles: anything a new colleague could be handed. A
         draft counts as a draft.

          1 ( ) No, nothing
          2 ( ) A chat message, a line on the website, or an unapproved draft
          3 ( ) An approved policy; looked at again only when something happens
          4 ( ) An approved policy, reread most years, that fits the privacy policy











         Your answers propose levels; none counts before you accept it.
        digit pick  Enter go on  g words  Backspace back one  m map  ? help  q back
        ");
        insta::assert_snapshot!(gateway(80, 24).keys("4 1 backspace").text(), @"
        Gateway: question 2 of 14                                         Acme  saving

         Is one named person in charge of AI, with time and the right to say stop?

         Choosing, approving, watching and switching off AI; in a small firm it is
         often one of the founders.

          1 (x) No; questions go to whoever is near, and hours were never discussed
          2 ( ) Someone keen does it beside the day job; the boss approves in words
          3 ( ) Named by management; what that person may stop is unclear
          4 ( ) Named, with budget and a right to stop; each AI system has an owner









         7 of 70 levels proposed; none counts yet.
         Strongest: about Repeatable in Policies related to AI
         Weakest: about Absent in Support
        digit pick  Enter go on  g words  Backspace back one  m map  ? help  q back
        ");
        insta::assert_snapshot!(gateway(60, 16).looks(Palette::Plain, true).keys("4 1").text(), @"
        Gateway: question 3 of 14                     Acme  saving
         Could you hand over a list of all the AI you build, buy
         or use?
         Own products, chatbots, AI inside bought software; best
         with parts, machines and people behind each.
          1 ( ) No; which AI we have was never asked
          2 ( ) Not on paper; builders and admins carry it in
                their heads
          3 ( ) For the main products; bought tools and small
                helpers are missing
          4 ( ) For all, bought tools too, with software,
                machines and people noted
         7 of 70 levels proposed; none counts yet.
         Strongest: about Repeatable in Policies related to AI
         Weakest: about Absent in Support
        digit pick  Enter go on  g words  m map  ? help  q back
        ");
    }

    #[test]
    fn after_the_last_question_stands_the_first_picture() {
        insta::assert_snapshot!(gateway(80, 24).keys(ALL_ANSWERS).text(), @"
        Gateway: first picture                                            Acme  saving

         65 of 70 levels have a proposal.

         Management system                       Controls
         4    ▒▒··· 1.5  Context of the org...   A.2  ····· 0.0  Policies related t...
         5    ▒···· 0.7  Leadership              A.3  ▒···· 1.0  Internal organization
         6    ▒···· 1.3  Planning                A.4  ▒···· 0.8  Resources for AI s...
         7    ▒···· 1.3  Support                 A.5  ····· 0.0  Assessing impacts...
         8    ▒▒··· 1.5  Operation               A.6  ▒▒··· 1.6  AI system life cycle
         9    ····· 0.0  Performance evalua...   A.7  ····· 0.0  Data for AI systems
         10   ▒▒··· 1.5  Improvement             A.8  ▒···· 1.3  Information for in...
         ▒ proposed, not yet scored              A.9  ▒···· 1.3  Use of AI systems
                                                 A.10 ▒▒··· 2.0  Third-party and cu...

         Nothing of it counts yet. Enter opens the map: there A accepts the proposals
         of a group, or open a question and answer it yourself.






        Enter map  Backspace questions  / search  ? help  q back
        ");
        insta::assert_snapshot!(gateway(60, 16).looks(Palette::Plain, true).keys(ALL_ANSWERS).text(), @"
        Gateway: first picture                        Acme  saving
         65 of 70 levels have a proposal.
         Management system             Controls
         4    ++... 1.5  Context...    A.2  ..... 0.0  Policies...
         5    +.... 0.7  Leadership    A.3  +.... 1.0  Internal...
         6    +.... 1.3  Planning      A.4  +.... 0.8  Resource...
         7    +.... 1.3  Support       A.5  ..... 0.0  Assessin...
         8    ++... 1.5  Operation     A.6  ++... 1.6  AI syste...
         9    ..... 0.0  Performa...   A.7  ..... 0.0  Data for...
         10   ++... 1.5  Improvement   A.8  +.... 1.3  Informat...
         + proposed, not yet scored    A.9  +.... 1.3  Use of A...
                                       A.10 ++... 2.0  Third-pa...
         Nothing of it counts yet. Enter opens the map: there A
         accepts the proposals of a group, or open a question and
         answer it yourself.
        Enter map  Backspace questions  / search  ? help  q back
        ");
        insta::assert_snapshot!(gateway(80, 24).keys("end").text(), @"
        Gateway: first picture                                                  Acme

         0 of 70 levels have a proposal.

         Management system                       Controls
         4    ·····   -  Context of the org...   A.2  ·····   -  Policies related t...
         5    ·····   -  Leadership              A.3  ·····   -  Internal organization
         6    ·····   -  Planning                A.4  ·····   -  Resources for AI s...
         7    ·····   -  Support                 A.5  ·····   -  Assessing impacts...
         8    ·····   -  Operation               A.6  ·····   -  AI system life cycle
         9    ·····   -  Performance evalua...   A.7  ·····   -  Data for AI systems
         10   ·····   -  Improvement             A.8  ·····   -  Information for in...
         ▒ proposed, not yet scored              A.9  ·····   -  Use of AI systems
                                                 A.10 ·····   -  Third-party and cu...

         Nothing waits to be accepted. Enter opens the map, where every question can
         be answered.






        Enter map  Backspace questions  / search  ? help  q back
        ");
    }

    #[test]
    fn every_question_fits_the_smallest_terminal() {
        let mut screen = gateway(60, 16);
        let questions = screen.app.session.catalog.gateway.clone();
        for question in &questions {
            let text = screen.text();
            let words = text.split_whitespace().collect::<Vec<&str>>().join(" ");
            for part in [&question.text, &question.hint].into_iter().chain(question.options.iter().map(|o| &o.label)) {
                assert!(words.contains(part.as_str()), "`{part}` of {} is not in view:\n{text}", question.id);
            }
            screen = screen.keys("4");
        }
    }

    #[test]
    fn it_begins_where_it_was_left() {
        let screen = gateway(80, 24).keys("1 2 m");
        let mut screen = screen.above(Gateway::default());
        assert!(screen.text().contains("question 3 of 14"));
        assert!(screen.keys("enter left left left left").text().contains("question 1 of 14"));
    }

    #[test]
    fn an_answer_is_changed_and_taken_back() {
        let mut screen = gateway(80, 24).keys("1 backspace 3 z");
        assert_eq!(screen.app.session.assessment().gateway_option("policy"), Some("none"));
        screen = screen.keys("home down down down enter");
        assert_eq!(screen.app.session.assessment().gateway_option("policy"), Some("approved"));
        assert_eq!(screen.app.session.assessment().gateway.len(), 1, "{}", screen.text());
    }

    #[test]
    fn an_answer_can_be_taken_away() {
        let mut screen = gateway(80, 24).keys("1 backspace u");
        assert!(screen.text().contains("question 1 of 14"));
        assert!(screen.app.session.assessment().gateway.is_empty());
        let mut screen = screen.keys("delete");
        assert!(screen.text().contains("This question has no answer yet."));
        let mut screen = screen.keys("z");
        assert!(screen.text().contains("Taken back: answer at the gateway."));
    }

    #[test]
    fn what_is_accepted_counts_and_the_picture_says_so() {
        let screen = gateway(80, 24).keys(ALL_ANSWERS).keys("enter A w");
        let mut screen = screen;
        assert!(screen.text().contains("What waits counts once it is accepted."), "{}", screen.text());
        assert!(screen.text().contains("Enter map"));
    }

    #[test]
    fn it_fits_every_terminal() {
        Screen::fits_everywhere(|width, height| gateway(width, height).keys(ALL_ANSWERS));
        Screen::fits_everywhere(|width, height| gateway(width, height).keys("1 2 down"));
    }
}

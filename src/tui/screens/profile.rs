//! Five facts about the organization, one key each. Every one can be skipped; each says why it is asked and what follows.

use chrono::{Months, NaiveDate};
use ratatui::{Frame, layout::Rect};

use crate::{
    model::{
        edit::Change,
        profile::{AiRole, Capacity, Profile, Sector, Size},
    },
    tui::{
        effect::Effect,
        input::{Mouse, MouseKind},
        keys::{Command, Context},
        screens::View,
        session::Session,
        widgets::{paging, pick_page::PickPage},
    },
};

/// What is asked, one fact per page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Fact {
    #[default]
    Roles,
    Sector,
    Size,
    EuExposure,
    TargetDate,
}

const FACTS: [Fact; 5] = [Fact::Roles, Fact::Sector, Fact::Size, Fact::EuExposure, Fact::TargetDate];
/// The target dates on offer, in months from today.
const MONTHS: [u32; 3] = [3, 6, 12];

impl Fact {
    const fn question(self) -> &'static str {
        match self {
            Fact::Roles => "What do you do with AI? Pick all that is true.",
            Fact::Sector => "What is your line of business?",
            Fact::Size => "How many people work for you?",
            Fact::EuExposure => "Do your AI systems, or their results, reach people in the EU?",
            Fact::TargetDate => "By when do you want to be there?",
        }
    }

    const fn reason(self) -> &'static str {
        match self {
            Fact::Roles => "Some controls speak only to those who build AI, others only to its users.",
            Fact::Sector => "A reader weighs a clinic's answers differently from a shop's.",
            Fact::Size => "Ten people need other papers than a thousand.",
            Fact::EuExposure => "The EU AI Act reaches companies elsewhere too, when results are used in the EU.",
            Fact::TargetDate => "A customer's deadline or an audit: without a date a plan is only a list.",
        }
    }

    /// What a pick changes; only what the program really does.
    fn consequence(self, profile: &Profile) -> String {
        match self {
            Fact::Roles => "What follows: controls that rarely concern your roles are proposed for exclusion. \
                You decide on each; nothing is left out by itself."
                .to_owned(),
            Fact::Sector | Fact::Size => "What follows: it stands in reports and drafts. No figure changes.".to_owned(),
            Fact::EuExposure => "What follows: it stands in the reports. No figure changes.".to_owned(),
            Fact::TargetDate => {
                let capacity = profile.capacity.unwrap_or(Capacity::DEFAULT);
                let date = profile.target_date.map(|date| format!(" Set to {date}.")).unwrap_or_default();
                format!(
                    "What follows: the plan says by how many days it meets or misses the date. \
                    It reckons with {capacity} person-days of work a week.{date}"
                )
            }
        }
    }

    /// The options in words, and whether each is picked.
    fn options(self, profile: &Profile, today: NaiveDate) -> Vec<(&'static str, bool)> {
        match self {
            Fact::Roles => {
                AiRole::ALL.into_iter().map(|role| (role_words(role), profile.roles.contains(&role))).collect()
            }
            Fact::Sector => Sector::ALL.into_iter().map(|s| (s.name(), profile.sector == Some(s))).collect(),
            Fact::Size => Size::ALL.into_iter().map(|size| (size.name(), profile.size == Some(size))).collect(),
            Fact::EuExposure => {
                vec![("yes", profile.eu_exposure == Some(true)), ("no", profile.eu_exposure == Some(false))]
            }
            Fact::TargetDate => {
                let is_picked =
                    |months: u32| profile.target_date.is_some() && profile.target_date == after(today, months);
                let months = ["in three months", "in six months", "in a year"].into_iter().zip(MONTHS);
                let no_date = ("no date", profile.target_date.is_none());
                months.map(|(words, months)| (words, is_picked(months))).chain([no_date]).collect()
            }
        }
    }

    /// The profile after a pick; nothing where there is no such option.
    fn pick(self, option: usize, profile: &Profile, today: NaiveDate) -> Option<Profile> {
        let mut profile = profile.clone();
        match self {
            Fact::Roles => toggle(&mut profile.roles, *AiRole::ALL.get(option)?),
            Fact::Sector => profile.sector = Some(*Sector::ALL.get(option)?),
            Fact::Size => profile.size = Some(*Size::ALL.get(option)?),
            Fact::EuExposure => profile.eu_exposure = Some(*[true, false].get(option)?),
            Fact::TargetDate if option == MONTHS.len() => profile.target_date = None,
            Fact::TargetDate => profile.target_date = after(today, *MONTHS.get(option)?),
        }
        Some(profile)
    }

    const fn is_several(self) -> bool {
        matches!(self, Fact::Roles)
    }
}

const fn role_words(role: AiRole) -> &'static str {
    match role {
        AiRole::Producer => "we build, train or adapt AI ourselves (AI producer)",
        AiRole::Provider => "we offer AI to others as a product or a service (AI provider)",
        AiRole::User => "we use AI, bought or our own (AI user)",
        AiRole::Partner => "we help others with theirs: data, integration, tests (AI partner)",
    }
}

/// Adds or removes a role; the list stays in the order of the picks.
fn toggle(roles: &mut Vec<AiRole>, role: AiRole) {
    match roles.iter().position(|other| *other == role) {
        Some(index) => drop(roles.remove(index)),
        None => roles.push(role),
    }
    roles.sort();
}

fn after(today: NaiveDate, months: u32) -> Option<NaiveDate> {
    today.checked_add_months(Months::new(months))
}

/// The five picks.
#[derive(Debug, Default)]
pub struct ProfilePicks {
    fact: Fact,
    /// The option that the cursor is on, once an arrow moved it.
    cursor: Option<usize>,
}

impl ProfilePicks {
    fn page(&self, session: &Session) -> PickPage<'static> {
        let profile = &session.assessment().profile;
        PickPage {
            glossary: &[],
            question: self.fact.question(),
            hint: self.fact.reason(),
            options: self.fact.options(profile, session.as_of),
            is_several: self.fact.is_several(),
            cursor: self.cursor,
            foot: vec![self.fact.consequence(profile)],
        }
    }

    fn position(&self) -> usize {
        FACTS.iter().position(|fact| *fact == self.fact).unwrap_or(0)
    }

    fn go_on(&mut self) -> Effect {
        self.cursor = None;
        match FACTS.get(self.position() + 1) {
            Some(next) => {
                self.fact = *next;
                Effect::None
            }
            None => Effect::Back,
        }
    }

    fn go_back(&mut self) -> Effect {
        self.cursor = None;
        self.fact = FACTS[self.position().saturating_sub(1)];
        Effect::None
    }

    /// Picks an option at once; where only one can be picked, the next fact follows.
    fn pick(&mut self, option: usize, session: &Session) -> Effect {
        let Some(profile) = self.fact.pick(option, &session.assessment().profile, session.as_of) else {
            return Effect::None;
        };
        let apply = Effect::Apply(Change::SetProfile(Box::new(profile)));
        let next = if self.fact.is_several() { Effect::None } else { self.go_on() };
        self.cursor = None;
        Effect::All(vec![apply, next])
    }

    fn move_cursor(&mut self, steps: isize, session: &Session) -> Effect {
        let count = self.fact.options(&session.assessment().profile, session.as_of).len();
        self.cursor = Some(self.cursor.map_or(0, |cursor| paging::moved(cursor, steps, count)));
        Effect::None
    }
}

impl View for ProfilePicks {
    fn context(&self) -> Context {
        Context::Profile
    }

    fn title(&self, _session: &Session) -> String {
        format!("Profile: {} of {}", self.position() + 1, FACTS.len())
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        match command {
            Command::Digit(digit) => usize::from(digit).checked_sub(1).map_or(Effect::None, |o| self.pick(o, session)),
            Command::Choose => match self.cursor {
                Some(option) => self.pick(option, session),
                None => self.go_on(),
            },
            Command::Right => self.go_on(),
            Command::Left => self.go_back(),
            Command::Up => self.move_cursor(-1, session),
            Command::Down => self.move_cursor(1, session),
            Command::First => self.move_cursor(isize::MIN, session),
            Command::Last => self.move_cursor(isize::MAX, session),
            Command::Back => Effect::Back,
            _ => Effect::None,
        }
    }

    fn texts<'s>(&self, session: &'s Session) -> Vec<&'s str> {
        let page = self.page(session);
        [page.question, page.hint].into_iter().chain(page.options.into_iter().map(|(words, _)| words)).collect()
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        self.page(session).draw(frame, area, session.theme);
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match mouse.kind {
            MouseKind::WheelUp => self.move_cursor(-1, session),
            MouseKind::WheelDown => self.move_cursor(1, session),
            MouseKind::Click => match self.page(session).option_at(area, mouse.row, session.theme) {
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

    fn picks(width: u16, height: u16) -> Screen {
        Screen::open(width, height, assessment(Vec::new())).above(ProfilePicks::default())
    }

    #[test]
    fn each_fact_says_why_and_what_follows() {
        let mut screen = picks(80, 24).keys("1 3");
        insta::assert_snapshot!(screen.text(), @"
        Profile: 1 of 5                                                   Acme  saving

         What do you do with AI? Pick all that is true.

         Some controls speak only to those who build AI, others only to its users.

          1 [x] we build, train or adapt AI ourselves (AI producer)
          2 [ ] we offer AI to others as a product or a service (AI provider)
          3 [x] we use AI, bought or our own (AI user)
          4 [ ] we help others with theirs: data, integration, tests (AI partner)











         What follows: controls that rarely concern your roles are proposed for
         exclusion. You decide on each; nothing is left out by itself.
        digit pick  Enter go on  Backspace back one  / search  ? help  q back
        ");
        insta::assert_snapshot!(screen.keys("enter").text(), @"
        Profile: 2 of 5                                                   Acme  saving

         What is your line of business?

         A reader weighs a clinic's answers differently from a shop's.

          1 ( ) software and technology
          2 ( ) banking, insurance, payments
          3 ( ) health care and medical devices
          4 ( ) public bodies and education
          5 ( ) manufacturing, energy, transport
          6 ( ) services and everything else










         What follows: it stands in reports and drafts. No figure changes.
        digit pick  Enter go on  Backspace back one  / search  ? help  q back
        ");
        insta::assert_snapshot!(picks(60, 16).looks(Palette::Plain, true).keys("1 2 enter right down down").text(), @"
        Profile: 3 of 5                               Acme  saving

         How many people work for you?

         Ten people need other papers than a thousand.

          1 ( ) up to 10 people
        > 2 ( ) 11 to 50 people
          3 ( ) 51 to 250 people
          4 ( ) more than 250 people



         What follows: it stands in reports and drafts. No figure
         changes.
        digit pick  Enter go on  ? help  q back
        ");
        insta::assert_snapshot!(picks(60, 16).keys("right right right right down").text(), @"
        Profile: 5 of 5                                     Acme

         By when do you want to be there?

         A customer's deadline or an audit: without a date a plan
         is only a list.

        ▸ 1 ( ) in three months
          2 ( ) in six months
          3 ( ) in a year
          4 (x) no date

         What follows: the plan says by how many days it meets or
         misses the date. It reckons with 3 person-days of work a
         week.
        digit pick  Enter go on  ? help  q back
        ");
    }

    #[test]
    fn every_pick_is_applied_at_once_and_the_last_leads_back() {
        let mut screen = picks(80, 24).keys("4 1 4 enter 2 3 1 2");
        let profile = &screen.app.session.assessment().profile;
        assert_eq!(profile.roles, [AiRole::Producer]);
        assert_eq!((profile.sector, profile.size), (Some(Sector::Finance), Some(Size::Medium)));
        assert_eq!((profile.eu_exposure, profile.target_date), (Some(true), "2027-04-15".parse().ok()));
        assert!(!screen.text().contains("Profile"), "the screen below is back");
    }

    #[test]
    fn facts_can_be_skipped_and_gone_back_to() {
        let mut screen = picks(80, 24).keys("backspace 9 enter enter 4 backspace");
        assert!(screen.text().contains("(x) more than 250 people"));
        assert_eq!(screen.app.session.assessment().profile.sector, None);
        screen = screen.keys("enter enter");
        assert!(screen.text().contains("(x) no date"));
        assert_eq!(screen.keys("q").app.session.assessment().profile.roles, []);
    }

    #[test]
    fn arrows_and_mouse_pick_too() {
        let mut screen = picks(80, 24).keys("down down enter");
        assert_eq!(screen.app.session.assessment().profile.roles, [AiRole::Provider]);
        let row = screen.text().lines().position(|line| line.contains("we use AI")).expect("the option is shown");
        screen = screen.mouse(MouseKind::Click, 20, u16::try_from(row).expect("a row"));
        assert_eq!(screen.app.session.assessment().profile.roles, [AiRole::Provider, AiRole::User]);
    }

    #[test]
    fn every_fact_fits_the_smallest_terminal() {
        let mut screen = picks(60, 16);
        for fact in FACTS {
            let words = screen.text().split_whitespace().collect::<Vec<&str>>().join(" ");
            let options = fact.options(&Profile::default(), screen.app.session.as_of);
            let consequence = fact.consequence(&Profile::default());
            let texts = [fact.question(), fact.reason(), &consequence];
            for part in texts.into_iter().chain(options.iter().map(|(label, _)| *label)) {
                assert!(words.contains(part), "`{part}` is not in view:\n{}", screen.text());
            }
            screen = screen.keys("right");
        }
    }

    #[test]
    fn it_fits_every_terminal() {
        Screen::fits_everywhere(|width, height| picks(width, height).keys("down 1 right down"));
    }
}

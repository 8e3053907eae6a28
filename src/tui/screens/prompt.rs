//! One line of text is asked for: a name, a place, a reason. What becomes of it is its purpose.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::Line,
};

use crate::{
    model::{
        action::{ActionRecord, ActionStatus},
        answer::{CheckAnswer, CheckResponse},
        edit::Change,
        evidence::Evidence,
        level::ImpactLevel,
        reference::Reference,
        system::System,
    },
    tui::{
        effect::{Effect, Request},
        input::Key,
        keys::{Command, Context},
        screens::{View, criteria},
        session::{SaveMark, Session},
        widgets::{line_input::LineInput, text},
    },
};

/// What the text is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The name of a new assessment.
    NewAssessment,
    /// Another file for what cannot be saved where it belongs.
    SaveElsewhere,
    /// Who answers for a requirement; empty for nobody.
    Owner(Reference),
    /// Who carries out an action of the plan; empty for nobody.
    ActionOwner(String),
    /// Why an action of the plan is dropped.
    DropReason(String),
    /// Why an AI system is out of scope.
    OutOfScope(String),
    /// Who approves at an impact level; empty for what the catalogue proposes.
    ApprovalBy(ImpactLevel),
    /// What a step of a scale means; empty for what the catalogue proposes.
    Anchor {
        /// The id of the scale.
        scale: String,
        /// The step, from 1 on.
        step: u8,
    },
    /// Where a new item of evidence lies, and the requirement that it serves.
    EvidenceLocation(Option<Reference>),
    /// The name of a programme that the organization runs.
    NewProgramme,
    /// Why a check had no occasion so far.
    NoOccasionReason {
        /// The requirement.
        requirement: Reference,
        /// The id of the check.
        check: String,
    },
}

/// The line in which the text is written.
#[derive(Debug)]
pub struct Prompt {
    purpose: Purpose,
    input: LineInput,
}

impl Prompt {
    /// Asks for a text for that purpose, starting from one.
    pub fn new(purpose: Purpose, initial: String) -> Prompt {
        Prompt { purpose, input: LineInput::new(&initial) }
    }

    fn finish(&self, session: &Session) -> Effect {
        let written = self.input.text().trim();
        if written.is_empty() && !self.purpose.may_be_empty() {
            return Effect::Say("Nothing is written yet; Esc cancels.".to_owned());
        }
        self.purpose.effect(written, session)
    }
}

impl Purpose {
    const fn title(&self) -> &'static str {
        match self {
            Purpose::NewAssessment => "New assessment",
            Purpose::SaveElsewhere => "Not saved",
            Purpose::Owner(_) => "Owner",
            Purpose::ActionOwner(_) => "Owner of an action",
            Purpose::DropReason(_) => "Drop an action",
            Purpose::OutOfScope(_) => "Out of scope",
            Purpose::ApprovalBy(_) => "Who approves",
            Purpose::Anchor { .. } => "A step of a scale",
            Purpose::EvidenceLocation(_) => "New evidence",
            Purpose::NewProgramme => "New programme",
            Purpose::NoOccasionReason { .. } => "No occasion so far",
        }
    }

    fn question(&self, session: &Session) -> String {
        match self {
            Purpose::NewAssessment => "What is the assessment called?".to_owned(),
            Purpose::SaveElsewhere => match &session.save {
                SaveMark::Failed(reason) => format!("{reason}. In which other file should it be kept?"),
                SaveMark::Untouched | SaveMark::Saving | SaveMark::Saved(_) => {
                    "It is saved meanwhile. Esc goes back.".to_owned()
                }
            },
            Purpose::Owner(requirement) => {
                format!("Who answers for {requirement}{}?", requirement_title(*requirement, session))
            }
            Purpose::ActionOwner(action) => format!("Who does it: {}?", action_title(action, session)),
            Purpose::DropReason(action) => format!("Why is it dropped: {}?", action_title(action, session)),
            Purpose::OutOfScope(id) => {
                let name = session.assessment().system(id).map_or(id.as_str(), |system| &system.name);
                format!("Why does the management system not cover {name}?")
            }
            Purpose::ApprovalBy(level) => {
                format!("Who approves a system whose level after measures is {}?", level.name())
            }
            Purpose::Anchor { scale, step } => anchor_question(scale, *step, session),
            Purpose::EvidenceLocation(None) => "Where does the evidence lie?".to_owned(),
            Purpose::EvidenceLocation(Some(requirement)) => {
                format!("Where does the evidence for {requirement}{} lie?", requirement_title(*requirement, session))
            }
            Purpose::NewProgramme => "What is the programme called?".to_owned(),
            Purpose::NoOccasionReason { .. } => "Why was there no occasion so far?".to_owned(),
        }
    }

    fn hint(&self, session: &Session) -> String {
        match self {
            Purpose::NewAssessment => {
                "Usually the name of the organization, with the year. The file is named after it.".to_owned()
            }
            Purpose::SaveElsewhere => {
                "The path of a new file, best on another disk. Esc, then Q leaves: the answers are put into a file \
                 beside the others, or printed if that fails too."
                    .to_owned()
            }
            Purpose::Owner(_) => "A person or a post. Leave it empty for nobody.".to_owned(),
            Purpose::ActionOwner(action) => match session.catalog.action(action) {
                Some(action) => format!("Usually: {}. Leave it empty for nobody in particular.", action.role),
                None => "A person or a post. Leave it empty for nobody in particular.".to_owned(),
            },
            Purpose::DropReason(_) => "Its gap stays in the reports as accepted, with this reason.".to_owned(),
            Purpose::OutOfScope(_) => {
                "Then it no longer counts in the figures, and the plan asks nothing of it unless a law bans its use."
                    .to_owned()
            }
            Purpose::ApprovalBy(level) => {
                let proposed = session.catalog.impact.approval(*level).map_or("", |approval| &approval.by);
                format!("Left empty, it is what aimscope proposes: {proposed}.")
            }
            Purpose::Anchor { scale, step } => {
                let proposed = criteria::proposed_anchor(scale, *step, session);
                format!("Left empty, it is what aimscope proposes: {proposed}.")
            }
            Purpose::EvidenceLocation(_) => {
                "A path, a link, or where the paper is kept. It is dated today until you say otherwise.".to_owned()
            }
            Purpose::NewProgramme => "Something that you run anyway, such as model evaluation, red teaming or incident response. It becomes an item \
                 of evidence, dated today."
                .to_owned(),
            Purpose::NoOccasionReason { requirement, check } => {
                let check = session.catalog.requirement(*requirement).and_then(|requirement| requirement.check(check));
                check.map(|check| check.text.to_string()).unwrap_or_default()
            }
        }
    }

    const fn may_be_empty(&self) -> bool {
        match self {
            Purpose::Owner(_) | Purpose::ActionOwner(_) | Purpose::ApprovalBy(_) | Purpose::Anchor { .. } => true,
            Purpose::NewAssessment
            | Purpose::SaveElsewhere
            | Purpose::DropReason(_)
            | Purpose::OutOfScope(_)
            | Purpose::EvidenceLocation(_)
            | Purpose::NewProgramme
            | Purpose::NoOccasionReason { .. } => false,
        }
    }

    /// What becomes of the text.
    fn effect(&self, written: &str, session: &Session) -> Effect {
        let written = written.to_owned();
        let change = match self {
            // The prompt stays until the host has opened the new assessment, so that a refused name can be mended.
            Purpose::NewAssessment => return Effect::Ask(Request::Create(written)),
            Purpose::SaveElsewhere => return Effect::Ask(Request::SaveElsewhere(written)),
            Purpose::Owner(requirement) => Change::SetOwner { requirement: *requirement, owner: written },
            Purpose::ActionOwner(action) => {
                let record = session.assessment().action_record_or_blank(action);
                Change::action(ActionRecord { owner: written, ..record })
            }
            Purpose::DropReason(action) => {
                let record = session.assessment().action_record_or_blank(action);
                Change::action(ActionRecord { status: ActionStatus::Dropped, reason: written, ..record })
            }
            Purpose::OutOfScope(id) => match session.assessment().system(id) {
                Some(system) => {
                    Change::system("scope", System { in_scope: false, scope_reason: written, ..system.clone() })
                }
                None => return Effect::Back,
            },
            Purpose::ApprovalBy(level) => return kept(criteria::with_approval(*level, &written, session)),
            Purpose::Anchor { scale, step } => {
                return kept(criteria::with_anchor(scale, *step, &written, session));
            }
            Purpose::EvidenceLocation(requirement) => new_evidence(&written, *requirement, session),
            Purpose::NewProgramme => {
                let taken = &session.assessment().evidence;
                let programme = Evidence::programme(&written, session.as_of, &session.by, taken);
                Change::SetEvidence { id: programme.id.clone(), evidence: Some(programme) }
            }
            Purpose::NoOccasionReason { requirement, check } => {
                let response = CheckResponse::new(check, CheckAnswer::NoOccasion);
                Change::check(*requirement, CheckResponse { reason: written, ..response })
            }
        };
        Effect::All(vec![Effect::Apply(change), Effect::Back])
    }
}

impl View for Prompt {
    fn context(&self) -> Context {
        Context::Prompt
    }

    fn title(&self, _session: &Session) -> String {
        self.purpose.title().to_owned()
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        match command {
            Command::Choose => self.finish(session),
            Command::Clear => {
                self.input.clear();
                Effect::None
            }
            Command::Back => Effect::Back,
            _ => Effect::None,
        }
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let theme = session.theme;
        let width = area.width.saturating_sub(4);
        let question = self.purpose.question(session);
        let hint = self.purpose.hint(session);
        let styled = |words: &str, style| {
            let lines = text::wrap(words, width).into_iter();
            lines.map(|line| Line::styled(format!("  {line}"), style)).collect::<Vec<Line>>()
        };
        let above = [styled(&question, theme.heading()), styled(&hint, theme.muted()), vec![Line::default()]].concat();
        let height = u16::try_from(above.len()).unwrap_or(u16::MAX);
        let rows = [Constraint::Length(1), Constraint::Max(height), Constraint::Length(1), Constraint::Fill(1)];
        let [_, words, line, _] = Layout::vertical(rows).areas(area);
        let columns = [Constraint::Length(2), Constraint::Length(2), Constraint::Fill(1), Constraint::Length(2)];
        let [_, marker, input, _] = Layout::horizontal(columns).areas(line);
        for (row, line) in words.rows().zip(above) {
            frame.render_widget(line, row);
        }
        frame.render_widget(theme.cursor(), marker);
        self.input.draw(frame, input, theme);
    }

    fn type_key(&mut self, key: Key, _session: &Session) -> Effect {
        self.input.type_key(key);
        Effect::None
    }

    fn paste(&mut self, pasted: &str, _session: &Session) -> Effect {
        self.input.insert(pasted);
        Effect::None
    }
}

/// The title of a requirement behind its number.
fn requirement_title(requirement: Reference, session: &Session) -> String {
    session.catalog.requirement(requirement).map(|found| format!(" {}", found.full_title())).unwrap_or_default()
}

/// An action in words, be it still to be done or done and dropped.
fn action_title(action: &str, session: &Session) -> String {
    let plan = session.plan();
    let open = || plan.step(action).map(|step| step.title.clone());
    let passed = || plan.passed.iter().find(|passed| passed.id == action).map(|passed| passed.title.clone());
    let listed = || session.catalog.action(action).map(|action| action.title.to_string());
    open().or_else(passed).or_else(listed).unwrap_or_else(|| "an action that is not in the plan".to_owned())
}

/// The question for the meaning of a step of a scale.
fn anchor_question(scale: &str, step: u8, session: &Session) -> String {
    let text = session.catalog.impact.scale(scale);
    let name = text.and_then(|text| text.steps.get(usize::from(step).saturating_sub(1))).map_or("", |step| &step.name);
    let title = text.map_or(scale, |text| &text.title);
    format!("{title} What does \"{step} {name}\" mean in your organization?")
}

/// Leaves the prompt with what changes, if anything does.
fn kept(changed: Effect) -> Effect {
    Effect::All(vec![Effect::Back, changed])
}

fn new_evidence(location: &str, requirement: Option<Reference>, session: &Session) -> Change {
    let serves = requirement.into_iter().collect();
    let taken = &session.assessment().evidence;
    let evidence = Evidence::found_at(location, session.as_of, &session.by, serves, taken);
    Change::SetEvidence { id: evidence.id.clone(), evidence: Some(evidence) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{answer::CheckState, reference::CheckReference},
        tui::testing::{Screen, assessment},
    };

    fn id(text: &str) -> Reference {
        text.parse().expect("a number in a test")
    }

    fn prompt(purpose: Purpose, initial: &str) -> Screen {
        Screen::open(80, 24, assessment(Vec::new())).above(Prompt::new(purpose, initial.into()))
    }

    #[test]
    fn a_prompt_asks_one_thing() {
        let mut screen = prompt(Purpose::Owner(id("A.6.2.4")), "Zoë 東京");
        insta::assert_snapshot!(screen.text(), @r"
        Owner                                                                   Acme

         Who answers for A.6.2.4 AI system verification and validation?
         A person or a post. Leave it empty for nobody.

         ▸ Zoë 東京

















        Enter go on  Esc cancel
        ");
        insta::assert_snapshot!(Screen::home(60, 16, Vec::new()).keys("n").types("Acme").text(), @r"
        New assessment                                  aimscope

         What is the assessment called?
         Usually the name of the organization, with the year. The
         file is named after it.

         ▸ Acme








        Enter go on  Esc cancel
        ");
    }

    #[test]
    fn a_long_line_stays_around_its_cursor() {
        let mut screen = prompt(Purpose::NewAssessment, &"影響評価 impact ".repeat(20)).types("END");
        assert!(screen.text().contains("impact END"), "{}", screen.text());
        assert!(!screen.keys("home").text().contains("END"));
    }

    #[test]
    fn each_text_goes_where_it_belongs() {
        let check = CheckReference { requirement: id("10.2"), check: "causes".into() };
        let screen = prompt(Purpose::Owner(id("4.1")), "").types("Ann").keys("enter");
        assert_eq!(screen.app.session.assessment().answers[&id("4.1")].owner, "Ann");
        let screen = prompt(Purpose::Owner(id("4.1")), "Bob").keys("ctrl-u enter");
        assert!(screen.app.session.assessment().answers.is_empty(), "an empty line means nobody");

        let screen = prompt(Purpose::ActionOwner("ai-policy".into()), "").pastes("Bea\n").keys("enter");
        let screen = screen.above(Prompt::new(Purpose::DropReason("ai-policy".into()), "later".into())).keys("enter");
        let record = screen.app.session.assessment().action_record("ai-policy").expect("a record");
        assert_eq!(
            (record.owner.as_str(), record.status, record.reason.as_str()),
            ("Bea", ActionStatus::Dropped, "later")
        );
        let screen = prompt(Purpose::ActionOwner("ai-policy".into()), "").keys("enter");
        assert!(screen.app.session.assessment().actions.is_empty(), "nothing said, nothing kept");

        let location = "https://wiki.example/ai/Policy v2.pdf/";
        let screen = prompt(Purpose::EvidenceLocation(Some(id("5.2"))), location).keys("enter");
        let item = &screen.app.session.assessment().evidence[0];
        assert_eq!(item.title, "Policy v2");
        assert_eq!((item.location.as_str(), &item.serves[..]), (location, &[id("5.2")][..]));

        let purpose = Purpose::NoOccasionReason { requirement: check.requirement, check: check.check.clone() };
        let screen = prompt(purpose, "nothing went wrong yet").keys("enter");
        let session = &screen.app.session;
        let (_, found) = session.catalog.check(&check).expect("a check of the catalogue");
        assert_eq!(CheckState::of(session.assessment().answer(check.requirement), found), CheckState::Absent);
    }

    #[test]
    fn nothing_written_is_no_reason() {
        let mut screen = prompt(Purpose::DropReason("ai-policy".into()), "  ").keys("enter");
        assert!(screen.text().contains("Nothing is written yet; Esc cancels."));
        assert!(screen.keys("ctrl-c").app.session.assessment().actions.is_empty());
    }

    #[test]
    fn a_done_action_is_asked_about_by_its_title() {
        let done =
            ActionRecord { status: ActionStatus::Done, ..assessment(Vec::new()).action_record_or_blank("ai-policy") };
        let changes = vec![Change::action(done)];
        let mut screen = Screen::open(80, 24, assessment(changes))
            .above(Prompt::new(Purpose::DropReason("ai-policy".into()), String::new()));
        assert!(
            screen.text().contains("Why is it dropped: Decide, sign and present the AI policy?"),
            "{}",
            screen.text()
        );
    }

    #[test]
    fn it_fits_every_terminal() {
        Screen::fits_everywhere(|width, height| Screen::home(width, height, Vec::new()).keys("n").types("Acme"));
    }
}

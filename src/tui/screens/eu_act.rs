//! The path through the EU AI Act for one system: one step at a time, each answer saved at once, at the end what follows.

pub(super) mod result;
mod step_page;

use ratatui::{Frame, layout::Rect, text::Line};

use crate::{
    impact::path::{Classification, classify},
    model::{
        decision_path::{DecisionPath, PathAnswer, PathReply, PathStep},
        edit::Change,
        system::System,
    },
    tui::{
        effect::Effect,
        input::{Mouse, MouseKind},
        keys::{Command, Context},
        screens::{View, eu_act::step_page::StepPage},
        session::Session,
        widgets::{
            list::{List, Pointed},
            paging, text,
        },
    },
};

/// The steps for one system, and after the last one what follows.
#[derive(Debug)]
pub struct EuActScreen {
    system: String,
    page: Page,
    /// The option that the cursor is on.
    cursor: usize,
    /// Whether the help stands in place of the options.
    is_explained: bool,
    /// The line that the page in view of the result holds.
    line: usize,
}

/// What is in view.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Page {
    /// The first step that waits for an answer; the first of all where none does.
    Waiting,
    /// The step of that id.
    Step(String),
    /// What follows.
    Result,
}

impl EuActScreen {
    /// The path for the system of that id, at the first step that waits for an answer.
    pub fn new(system_id: &str) -> EuActScreen {
        EuActScreen { system: system_id.to_owned(), page: Page::Waiting, cursor: 0, is_explained: false, line: 0 }
    }

    /// The same, at the result where the path was walked to its end.
    pub fn begun(system_id: &str, session: &Session) -> EuActScreen {
        let mut screen = EuActScreen::new(system_id);
        let is_complete = screen.system(session).is_some_and(|system| found(system, session).is_complete());
        if is_complete {
            screen.page = Page::Result;
        }
        screen
    }

    fn system<'s>(&self, session: &'s Session) -> Option<&'s System> {
        session.assessment().system(&self.system)
    }

    /// The step in view, and how many were walked before; nothing on the result.
    fn step<'s>(&self, session: &'s Session) -> Option<(&'s PathStep, usize)> {
        let found = found(self.system(session)?, session);
        let walk = walk(path(session), &found);
        let of_id = |id: &String| walk.iter().position(|step| step.id == *id);
        let position = match &self.page {
            Page::Result => return None,
            Page::Step(id) => of_id(id),
            Page::Waiting => None,
        };
        // After an undo the step may lie on no way any more.
        let position = position.or_else(|| found.waiting().find_map(of_id)).unwrap_or(0);
        walk.get(position).map(|step| (*step, position))
    }

    fn go_to(&mut self, page: Page) {
        self.page = page;
        (self.cursor, self.is_explained, self.line) = (0, false, 0);
    }

    /// The page after a step, by what is answered then.
    fn go_on_from(&mut self, step: &PathStep, found: &Classification, path: &DecisionPath) {
        let walk = walk(path, found);
        let after = walk.iter().skip_while(|walked| walked.id != step.id).nth(1);
        self.go_to(after.map_or(Page::Result, |step| Page::Step(step.id.to_string())));
    }

    fn go_on(&mut self, step: &PathStep, system: &System, session: &Session) -> Effect {
        if answer_to(system, step).is_none() {
            return Effect::Say(step_page::how_to_answer(step).to_owned());
        }
        self.go_on_from(step, &found(system, session), path(session));
        Effect::None
    }

    fn go_back(&mut self, session: &Session) -> Effect {
        let Some(system) = self.system(session) else { return Effect::None };
        let found = found(system, session);
        let walk = walk(path(session), &found);
        let before = match self.step(session) {
            Some((_, position)) => position.checked_sub(1).and_then(|before| walk.get(before)),
            None => walk.last(),
        };
        if let Some(step) = before {
            self.go_to(Page::Step(step.id.to_string()));
        }
        Effect::None
    }

    /// Gives a step that answer, or none; goes on where the answer is whole.
    fn answer(&mut self, step: &PathStep, answer: Option<PathAnswer>, goes_on: bool, session: &Session) -> Effect {
        let Some(system) = self.system(session) else { return Effect::None };
        let was_banned = found(system, session).is_banned(path(session));
        let changed = with_answer(system, step, answer);
        let now = found(&changed, session);
        if goes_on {
            self.go_on_from(step, &now, path(session));
        } else {
            self.page = Page::Step(step.id.to_string());
        }
        let mut effects = Vec::new();
        if changed != *system {
            effects.push(Effect::Apply(Change::system("EU AI Act answer", changed)));
        }
        if now.is_banned(path(session)) && !was_banned {
            effects.push(Effect::Say(
                "A banned practice: the assessment of impact stops here. Enter shows why.".to_owned(),
            ));
        }
        Effect::All(effects)
    }

    /// A plain answer.
    fn reply(&mut self, reply: PathReply, session: &Session) -> Effect {
        let Some((step, _)) = self.step(session) else { return Effect::None };
        if reply == PathReply::Yes && step.options.iter().any(|option| !option.means_no) {
            return Effect::Say("Tick what is true with Space, then go on with Enter.".to_owned());
        }
        let answer = PathAnswer { step: step.id.to_string(), answer: reply, picks: Vec::new(), reason: String::new() };
        self.answer(step, Some(answer), true, session)
    }

    /// Ticks an option, or takes the tick away.
    fn tick(&mut self, option: usize, session: &Session) -> Effect {
        let Some(((step, _), system)) = self.step(session).zip(self.system(session)) else { return Effect::None };
        let Some(ticked) = step.options.get(option) else { return Effect::None };
        self.cursor = option;
        let before = answer_to(system, step).map_or(&[][..], |answer| &answer.picks);
        let is_ticked = |id: &str| before.iter().any(|pick| pick == id) != (ticked.id == id);
        let picked = step.options.iter().filter(|option| is_ticked(&option.id));
        let picked: Vec<_> = picked.collect();
        let reply = if picked.iter().all(|option| option.means_no) { PathReply::No } else { PathReply::Yes };
        let picks: Vec<String> = picked.iter().map(|option| option.id.to_string()).collect();
        let answer = PathAnswer { step: step.id.to_string(), answer: reply, picks, reason: String::new() };
        self.answer(step, (!answer.picks.is_empty()).then_some(answer), false, session)
    }

    fn clear(&mut self, session: &Session) -> Effect {
        let Some(((step, _), system)) = self.step(session).zip(self.system(session)) else { return Effect::None };
        if answer_to(system, step).is_none() {
            return Effect::Say("This step has no answer yet.".to_owned());
        }
        self.answer(step, None, false, session)
    }

    fn move_cursor(&mut self, steps: isize, session: &Session) -> Effect {
        if let Some((step, _)) = self.step(session) {
            self.cursor = paging::moved(self.cursor, steps, step.options.len());
        }
        Effect::None
    }

    fn step_page<'s>(&self, session: &'s Session) -> Option<StepPage<'s>> {
        let ((step, _), system) = self.step(session).zip(self.system(session))?;
        Some(StepPage {
            step,
            answer: answer_to(system, step),
            cursor: self.cursor,
            is_explained: self.is_explained,
            glossary: &session.catalog.glossary,
            theme: session.theme,
        })
    }

    fn result_list(&self, area: Rect, session: &Session) -> (List, Rect, Vec<Line<'static>>) {
        let lines = self.system(session).map_or(Vec::new(), |system| result::lines(system, area.width, session));
        let line = self.line.min(lines.len().saturating_sub(1));
        let (list, foot) = List::with_range(vec![1; lines.len()], line, area);
        (list, foot, lines)
    }
}

fn path(session: &Session) -> &DecisionPath {
    &session.catalog.eu_act
}

fn found(system: &System, session: &Session) -> Classification {
    classify(path(session), &system.eu_act)
}

/// The steps on the way that was taken so far, those that wait included.
fn walk<'a>(path: &'a DecisionPath, found: &Classification) -> Vec<&'a PathStep> {
    let is_on_way =
        |step: &&PathStep| found.walked(&step.id).is_some() || found.waiting().any(|waits| step.id == *waits);
    path.steps.iter().filter(is_on_way).collect()
}

fn answer_to<'s>(system: &'s System, step: &PathStep) -> Option<&'s PathAnswer> {
    system.eu_act.iter().find(|answer| step.id == answer.step)
}

/// The system with another answer to a step, or none; the reason in words stays.
fn with_answer(system: &System, step: &PathStep, answer: Option<PathAnswer>) -> System {
    let mut changed = system.clone();
    let place = changed.eu_act.iter().position(|answer| step.id == answer.step);
    match (place, answer) {
        (Some(place), Some(answer)) => {
            let reason = std::mem::take(&mut changed.eu_act[place].reason);
            changed.eu_act[place] = PathAnswer { reason, ..answer };
        }
        (Some(place), None) => drop(changed.eu_act.remove(place)),
        (None, Some(answer)) => changed.eu_act.push(answer),
        (None, None) => {}
    }
    changed
}

impl View for EuActScreen {
    fn context(&self) -> Context {
        match self.page {
            Page::Waiting | Page::Step(_) => Context::EuAct,
            Page::Result => Context::EuActResult,
        }
    }

    fn title(&self, session: &Session) -> String {
        let name = self.system(session).map_or(self.system.as_str(), |system| system.name.as_str());
        match self.step(session) {
            Some((_, position)) => format!("EU AI Act, step {}: {name}", position + 1),
            None => format!("EU AI Act, result: {name}"),
        }
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let Some(system) = self.system(session) else {
            return if command == Command::Back { Effect::Back } else { Effect::None };
        };
        match (command, self.step(session)) {
            (Command::Digit(digit), Some(_)) => self.tick(usize::from(digit).saturating_sub(1), session),
            (Command::Mark, Some(_)) => self.tick(self.cursor, session),
            (Command::Yes, Some(_)) => self.reply(PathReply::Yes, session),
            (Command::No, Some(_)) => self.reply(PathReply::No, session),
            (Command::Unknown, Some(_)) => self.reply(PathReply::Unknown, session),
            (Command::Clear, Some(_)) => self.clear(session),
            (Command::Choose | Command::Right, Some((step, _))) => self.go_on(step, system, session),
            (Command::Left, _) => self.go_back(session),
            (Command::Up, Some(_)) => self.move_cursor(-1, session),
            (Command::Down, Some(_)) => self.move_cursor(1, session),
            (Command::First, Some(_)) => self.move_cursor(isize::MIN, session),
            (Command::Last, Some(_)) => self.move_cursor(isize::MAX, session),
            (Command::More, Some(_)) => {
                self.is_explained = !self.is_explained;
                Effect::None
            }
            (Command::First, None) => {
                self.line = 0;
                Effect::None
            }
            (Command::Last, None) => {
                self.line = usize::MAX;
                Effect::None
            }
            (Command::Back, _) => Effect::Back,
            _ => Effect::None,
        }
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        match self.step_page(session) {
            Some(page) => self.cursor = page.list(area).turned(pages),
            None => self.line = self.result_list(area, session).0.turned(pages),
        }
        Effect::None
    }

    fn texts<'s>(&self, session: &'s Session) -> Vec<&'s str> {
        let Some((step, _)) = self.step(session) else { return Vec::new() };
        let options = step.options.iter().map(|option| option.name.as_str());
        [step.question.as_str(), step.help.as_str()].into_iter().chain(options).collect()
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        if self.system(session).is_none() {
            frame
                .render_widget(Line::raw(text::cut(" This system is not in the register any more.", area.width)), area);
        } else if let Some(page) = self.step_page(session) {
            page.draw(frame, area);
        } else {
            let (list, foot, lines) = self.result_list(area, session);
            for (index, place) in list.places() {
                frame.render_widget(&lines[index], place);
            }
            frame.render_widget(Line::styled(list.range(), session.theme.muted()).right_aligned(), foot);
        }
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match (self.step_page(session).map(|page| page.list(area).pointed(mouse)), mouse.kind) {
            (Some(Pointed::Nothing), _) => Effect::None,
            (Some(Pointed::At(option)), _) => {
                self.cursor = option;
                Effect::None
            }
            (Some(Pointed::Choose), _) => self.tick(self.cursor, session),
            (None, MouseKind::WheelUp) => self.turn(-1, area, session),
            (None, MouseKind::WheelDown) => self.turn(1, area, session),
            (None, MouseKind::Click) => Effect::None,
        }
    }
}

#[cfg(test)]
mod tests;

//! One requirement: what it is about, its ladder, its checks. In the quick pass a digit is the answer and the next question.

mod layout;

use ratatui::{Frame, layout::Rect};

use crate::{
    model::{
        answer::{CheckAnswer, CheckResponse, LevelAnswer},
        edit::Change,
        level::Level,
        reference::Reference,
        requirement::{Check, Requirement},
    },
    tui::{
        effect::Effect,
        input::{Mouse, MouseKind},
        keys::{Command, Context},
        screens::{
            View,
            disputes::Disputes,
            evidence::EvidenceRegister,
            exclusion::ExclusionForm,
            note::NoteEditor,
            prompt::{Prompt, Purpose},
            why::Why,
        },
        session::{Pass, Session},
        widgets::paging,
    },
};

/// The screen of one requirement.
#[derive(Clone, Debug)]
pub struct Question {
    id: Reference,
    focus: Focus,
    /// The rung that the cursor is on; nothing before an arrow key was used.
    rung: Option<Level>,
    check: usize,
    shows_more: bool,
    /// A line of the page behind `i` that is in view.
    line: usize,
}

/// Which part of the screen the keys are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    Ladder,
    Checks,
}

/// What a click can hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Rung(Level),
    Check(usize),
}

impl Question {
    /// The question of a requirement.
    pub fn new(id: Reference) -> Question {
        Question { id, focus: Focus::Ladder, rung: None, check: 0, shows_more: false, line: 0 }
    }

    fn requirement<'s>(&self, session: &'s Session) -> &'s Requirement {
        session.catalog.requirement(self.id).expect("a question is only opened for a requirement of the catalogue")
    }

    fn current_check<'s>(&self, session: &'s Session) -> &'s Check {
        let checks = &self.requirement(session).checks;
        checks.get(self.check).or(checks.first()).expect("every requirement has a check")
    }

    fn response<'s>(&self, check: &Check, session: &'s Session) -> Option<&'s CheckResponse> {
        session.assessment().answer(self.id)?.check(&check.id)
    }

    fn go_to(&mut self, id: Reference) {
        *self = Question { shows_more: self.shows_more, focus: self.focus, ..Question::new(id) };
    }

    /// States a level; in the quick pass the next question follows, in the full pass the checks.
    fn state_level(&mut self, level: LevelAnswer, session: &Session) -> Effect {
        self.changed_level(Change::level(self.id, level), session)
    }

    fn changed_level(&mut self, change: Change, session: &Session) -> Effect {
        let apply = Effect::Apply(self.confirming(change, session));
        let is_excluded = !session.assessment().is_applicable(self.id);
        let words = format!("{} is excluded; the level is kept and scores nothing.", self.id);
        let next = match session.pass {
            Pass::Quick => self.step(1, session),
            Pass::Full => {
                self.focus = Focus::Checks;
                self.rung = None;
                Effect::None
            }
        };
        let say = if is_excluded { Effect::Say(words) } else { Effect::None };
        Effect::All(vec![apply, next, say])
    }

    /// A change that also confirms what an earlier round said here: somebody has just looked at it.
    fn confirming(&self, change: Change, session: &Session) -> Change {
        match self.is_to_confirm(session) {
            true => Change::Batch(vec![change, Change::SetToConfirm { requirement: self.id, to_confirm: false }]),
            false => change,
        }
    }

    fn is_to_confirm(&self, session: &Session) -> bool {
        session.assessment().answer(self.id).is_some_and(|answer| answer.to_confirm)
    }

    /// Confirms what an earlier round said, as it stands, and goes on to the next such answer.
    fn confirm(&mut self, session: &Session) -> Effect {
        if !self.is_to_confirm(session) {
            return self.step_to(Wanted::ToConfirm, session);
        }
        let left = session.standing().to_confirm().saturating_sub(1);
        let words = match left {
            0 => format!("{} is confirmed; nothing is left to re-confirm.", self.id),
            left => format!("{} is confirmed as it stands, {left} left.", self.id),
        };
        let confirm = Change::SetToConfirm { requirement: self.id, to_confirm: false };
        if let Some(next) = next_after(self.id, Wanted::ToConfirm, session) {
            self.go_to(next);
        }
        Effect::All(vec![Effect::Apply(confirm), Effect::Say(words)])
    }

    /// Takes the rung under the cursor, or the proposal where the cursor was not moved.
    fn take(&mut self, session: &Session) -> Effect {
        let is_unanswered = session.assessment().answer(self.id).is_none_or(|answer| answer.level.is_none());
        match (self.rung, session.opened().proposals().get(&self.id)) {
            (Some(rung), _) => self.state_level(LevelAnswer::Level(rung), session),
            (None, Some(proposal)) if is_unanswered => {
                self.changed_level(Change::accepted_level(self.id, proposal.level), session)
            }
            (None, _) => self.step(1, session),
        }
    }

    fn step(&mut self, steps: isize, session: &Session) -> Effect {
        let ids: Vec<Reference> = session.catalog.requirements().map(|requirement| requirement.id).collect();
        let here = ids.iter().position(|id| *id == self.id).unwrap_or_default();
        let there = paging::moved(here, steps, ids.len());
        if there == here {
            let end = if steps > 0 { "last" } else { "first" };
            return Effect::Say(format!("This is the {end} requirement. a goes to the next open one, q to the map."));
        }
        self.go_to(ids[there]);
        Effect::None
    }

    /// What is disputed here; without that all that is.
    fn disputes(&self, session: &Session) -> Effect {
        Effect::Open(Box::new(Disputes::about(self.id, session)))
    }

    fn step_to(&mut self, wanted: Wanted, session: &Session) -> Effect {
        match next_after(self.id, wanted, session) {
            Some(id) => {
                self.go_to(id);
                Effect::None
            }
            None => Effect::Say(wanted.nothing_left().to_owned()),
        }
    }

    fn answer_check(&mut self, answer: CheckAnswer, session: &Session) -> Effect {
        let check = self.current_check(session);
        let apply = Effect::Apply(Change::check(self.id, CheckResponse::new(check.id.as_str(), answer)));
        let asks_for_parts = answer == CheckAnswer::Partly && !check.parts.is_empty();
        if asks_for_parts {
            let say = Effect::Say("Digits mark the parts that are still open.".to_owned());
            return Effect::All(vec![apply, say]);
        }
        self.check = paging::moved(self.check, 1, self.requirement(session).checks.len());
        apply
    }

    fn no_occasion(&self, session: &Session) -> Effect {
        let check = self.current_check(session);
        if !check.conditional {
            return Effect::Say("This check needs no occasion: it can always be answered.".to_owned());
        }
        let reason = self.response(check, session).map(|response| response.reason.clone()).unwrap_or_default();
        let purpose = Purpose::NoOccasionReason { requirement: self.id, check: check.id.to_string() };
        Effect::Open(Box::new(Prompt::new(purpose, reason)))
    }

    /// Marks or unmarks one part of a partly answered check as open.
    fn toggle_part(&self, part: u8, session: &Session) -> Effect {
        let check = self.current_check(session);
        if usize::from(part) > check.parts.len() {
            let parts = match check.parts.len() {
                0 => "no parts".to_owned(),
                1 => "1 part".to_owned(),
                many => format!("{many} parts"),
            };
            return Effect::Say(format!("This check has {parts}."));
        }
        let response = self.response(check, session).cloned();
        let mut response = response.unwrap_or_else(|| CheckResponse::new(check.id.as_str(), CheckAnswer::Partly));
        response.answer = CheckAnswer::Partly;
        match response.open_parts.iter().position(|open| *open == part) {
            Some(index) => drop(response.open_parts.remove(index)),
            None => response.open_parts.push(part),
        }
        response.open_parts.sort_unstable();
        Effect::Apply(Change::check(self.id, response))
    }

    fn clear(&self, session: &Session) -> Effect {
        let requirement = self.id;
        Effect::Apply(match self.focus {
            Focus::Ladder => {
                let clear = Change::SetLevel { requirement, level: None, disputed: Vec::new(), by_proposal: false };
                self.confirming(clear, session)
            }
            Focus::Checks => {
                Change::SetCheck { requirement, check: self.current_check(session).id.to_string(), response: None }
            }
        })
    }

    fn exclude(&self, session: &Session) -> Effect {
        toggle_exclusion(self.id, session)
    }

    fn move_cursor(&mut self, steps: isize, session: &Session) {
        match self.focus {
            Focus::Ladder => {
                let answer = session.assessment().claimed(self.id);
                let proposed = session.opened().proposals().get(&self.id).map(|proposal| proposal.level);
                let from = self.rung.or(answer).or(proposed);
                let moved = match from {
                    Some(level) => paging::moved(level.index(), steps, Level::ALL.len()),
                    None => 0,
                };
                self.rung = Some(Level::ALL[moved]);
            }
            Focus::Checks => {
                self.check = paging::moved(self.check, steps, self.requirement(session).checks.len());
            }
        }
    }

    fn switch(&mut self) {
        self.focus = match self.focus {
            Focus::Ladder => Focus::Checks,
            Focus::Checks => Focus::Ladder,
        };
        self.rung = None;
    }
}

/// Declares a control not applicable by a form, or applicable again at once; clauses bind everybody.
pub fn toggle_exclusion(id: Reference, session: &Session) -> Effect {
    let is_excluded = session.assessment().answer(id).is_some_and(|answer| answer.exclusion.is_some());
    if !id.is_control() {
        Effect::Say("Clauses 4 to 10 bind everybody; only Annex A controls can be excluded.".to_owned())
    } else if is_excluded {
        Effect::All(vec![
            Effect::Apply(Change::SetExclusion { requirement: id, exclusion: None }),
            Effect::Say(format!("{id} applies again; its answers are back. z undoes.")),
        ])
    } else {
        Effect::Open(Box::new(ExclusionForm::new(vec![id], session)))
    }
}

/// What to look for when jumping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A requirement without a level; in the full pass also one with open checks.
    Open,
    /// A flagged requirement.
    Flagged,
    /// One with an answer of an earlier round that nobody has confirmed.
    ToConfirm,
}

impl Wanted {
    fn nothing_left(self) -> &'static str {
        match self {
            Wanted::Open => "Nothing is open: every applicable requirement is answered.",
            Wanted::Flagged => "Nothing else is flagged.",
            Wanted::ToConfirm => "Nothing is left to re-confirm.",
        }
    }
}

/// The next requirement of that kind after `id`, round the end.
pub fn next_after(id: Reference, wanted: Wanted, session: &Session) -> Option<Reference> {
    let scores = &session.standing().requirements;
    let is_wanted = |id: Reference| match wanted {
        Wanted::Open => session.standing().requirement(id).is_some_and(|score| {
            let checks_open = session.pass == Pass::Full && score.checks.answered < score.checks.total;
            score.is_applicable() && (score.stated.is_none() || checks_open)
        }),
        Wanted::Flagged => session.assessment().answer(id).is_some_and(|answer| answer.flagged),
        Wanted::ToConfirm => session.standing().requirement(id).is_some_and(|score| score.is_to_confirm),
    };
    let start = scores.iter().position(|score| score.id > id).unwrap_or(0);
    let ids = scores[start..].iter().chain(&scores[..start]).map(|score| score.id);
    ids.filter(|other| *other != id).find(|id| is_wanted(*id))
}

impl View for Question {
    fn context(&self) -> Context {
        match self.focus {
            Focus::Ladder => Context::Question,
            Focus::Checks => Context::Checks,
        }
    }

    fn title(&self, session: &Session) -> String {
        let requirement = self.requirement(session);
        format!("{} {}", requirement.id, requirement.full_title())
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        match command {
            Command::Digit(digit) => match (self.focus, Level::new(digit)) {
                (Focus::Ladder, Some(level)) => self.state_level(LevelAnswer::Level(level), session),
                (Focus::Ladder, None) => Effect::None,
                (Focus::Checks, _) => self.toggle_part(digit, session),
            },
            Command::Unknown => match self.focus {
                Focus::Ladder => self.state_level(LevelAnswer::Unknown, session),
                Focus::Checks => self.answer_check(CheckAnswer::Unknown, session),
            },
            Command::Choose => self.take(session),
            Command::Yes => self.answer_check(CheckAnswer::Yes, session),
            Command::Partly => self.answer_check(CheckAnswer::Partly, session),
            Command::No => self.answer_check(CheckAnswer::No, session),
            Command::NoOccasion => self.no_occasion(session),
            Command::Clear => self.clear(session),
            Command::Up => {
                self.move_cursor(-1, session);
                Effect::None
            }
            Command::Down => {
                self.move_cursor(1, session);
                Effect::None
            }
            Command::Switch => {
                self.switch();
                Effect::None
            }
            Command::Left => self.step(-1, session),
            Command::Right => self.step(1, session),
            Command::NextOpen => self.step_to(Wanted::Open, session),
            Command::NextFlagged => self.step_to(Wanted::Flagged, session),
            Command::Confirm => self.confirm(session),
            Command::Exclude => self.exclude(session),
            Command::Evidence => Effect::Open(Box::new(EvidenceRegister::new(Some(self.id)))),
            Command::Note => Effect::Open(Box::new(NoteEditor::new(self.id, session))),
            Command::Owner => {
                let owner = session.assessment().answer(self.id).map(|answer| answer.owner.clone());
                Effect::Open(Box::new(Prompt::new(Purpose::Owner(self.id), owner.unwrap_or_default())))
            }
            Command::Flag => {
                let flagged = session.assessment().answer(self.id).is_some_and(|answer| answer.flagged);
                Effect::Apply(Change::SetFlag { requirement: self.id, flagged: !flagged })
            }
            Command::More => {
                self.shows_more = !self.shows_more;
                self.line = 0;
                Effect::None
            }
            Command::Disputes => self.disputes(session),
            Command::Why => Effect::Open(Box::new(Why::requirement(self.id))),
            Command::TogglePass => toggle_pass(session),
            Command::Back => Effect::Back,
            _ => Effect::None,
        }
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        if self.shows_more {
            self.line = layout::turned(self, pages, area, session);
        }
        Effect::None
    }

    fn subject(&self) -> Option<Reference> {
        Some(self.id)
    }

    fn texts<'s>(&self, session: &'s Session) -> Vec<&'s str> {
        let requirement = self.requirement(session);
        let rungs = requirement.ladder.rungs().map(|(_, rung)| rung);
        let checks = requirement.checks.iter().map(|check| &*check.text);
        [&*requirement.title, &*requirement.intent].into_iter().chain(rungs).chain(checks).collect()
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        layout::draw(self, frame, area, session);
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match mouse.kind {
            MouseKind::WheelUp => self.step(-1, session),
            MouseKind::WheelDown => self.step(1, session),
            MouseKind::Click => match layout::target_at(self, mouse.row, area, session) {
                Some(Target::Rung(level)) => self.state_level(LevelAnswer::Level(level), session),
                Some(Target::Check(index)) => {
                    self.focus = Focus::Checks;
                    self.check = index;
                    Effect::None
                }
                None => Effect::None,
            },
        }
    }
}

/// Switches between quick and full pass and says what that means.
pub fn toggle_pass(session: &Session) -> Effect {
    let (pass, words) = match session.pass {
        Pass::Quick => (Pass::Full, "Full pass: a digit sets the level and stays; the checks come next."),
        Pass::Full => (Pass::Quick, "Quick pass: a digit is the level and the next question."),
    };
    Effect::All(vec![Effect::SetPass(pass), Effect::Say(words.to_owned())])
}

#[cfg(test)]
mod tests;

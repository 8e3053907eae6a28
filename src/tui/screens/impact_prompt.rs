//! One prompt of an impact assessment at a time. Leaving it keeps its answer; a digit or Enter goes on to the next.

mod held;
mod reply;

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    style::Style,
    text::Line,
};

use crate::{
    impact::progress::{Form, PromptState, progress},
    model::{
        edit::Change,
        impact::{
            PromptReply,
            form::{Prompt, Section},
        },
    },
    tui::{
        effect::{Effect, Request},
        input::{Key, Mouse, MouseKind},
        keys::{Command, Context},
        screens::{
            View,
            assessed::{Assessed, GONE, fria},
            impact_prompt::reply::{Pick, Way, is_picked, reply_of, takes_unknown, with_reply, written},
        },
        session::Session,
        widgets::{paging, pick_page::PickPage, text, text_editor::TextEditor},
    },
};

/// Longer lines are hard to read.
const WIDEST: u16 = 100;

/// One prompt, on the way through a form.
#[derive(Debug)]
pub struct ImpactPrompt {
    system: String,
    prompt: String,
    form: Form,
    /// The answer while it is written; nothing while keys are commands.
    editor: Option<TextEditor>,
    /// The option that the cursor was moved to.
    cursor: Option<usize>,
    /// Whether the next cancel throws away what was written.
    is_warned: bool,
}

impl ImpactPrompt {
    /// A prompt of a form, about the system of that id. One that the short form leaves out is shown among all prompts.
    pub fn new(system: &str, prompt: &str, form: Form, session: &Session) -> ImpactPrompt {
        let is_short = session.catalog.impact.prompt(prompt).is_some_and(|prompt| prompt.short);
        let form = if is_short { form } else { Form::Full };
        let mut screen = ImpactPrompt {
            system: system.to_owned(),
            prompt: prompt.to_owned(),
            form,
            editor: None,
            cursor: None,
            is_warned: false,
        };
        screen.write(session);
        screen
    }

    /// The prompts of the form, in order.
    fn prompts<'s>(&self, session: &'s Session) -> Vec<(&'s Section, &'s Prompt)> {
        let is_asked = |prompt: &Prompt| match self.form {
            Form::Short => prompt.short,
            Form::Full => true,
        };
        session.catalog.impact.prompts().filter(|(_, prompt)| is_asked(prompt)).collect()
    }

    fn here<'s>(&self, session: &'s Session) -> Option<(&'s Section, &'s Prompt)> {
        session.catalog.impact.prompts().find(|(_, prompt)| prompt.id == self.prompt)
    }

    fn reply(&self, session: &Session) -> Option<PromptReply> {
        let (_, prompt) = self.here(session)?;
        reply_of(session.assessment().system(&self.system)?, prompt)
    }

    /// Begins writing, where the prompt is answered so.
    fn write(&mut self, session: &Session) {
        let is_written = self.here(session).is_some_and(|(_, prompt)| Way::of(prompt).is_written());
        let editor = || TextEditor::new(&written(self.reply(session).as_ref()), session.theme);
        self.editor = is_written.then(editor);
    }

    fn go_to(&mut self, prompt: &str, session: &Session) {
        prompt.clone_into(&mut self.prompt);
        (self.cursor, self.is_warned) = (None, false);
        self.write(session);
    }

    /// The prompt so many steps on, or back for less than 0; from the last one on the way leads back.
    fn step(&mut self, steps: isize, keep: Effect, session: &Session) -> Effect {
        let prompts = self.prompts(session);
        let at = prompts.iter().position(|(_, prompt)| prompt.id == self.prompt).unwrap_or(0);
        match at.checked_add_signed(steps) {
            Some(to) if to < prompts.len() => {
                self.go_to(&prompts[to].1.id, session);
                keep
            }
            Some(_) => {
                let end = format!("That was the last prompt of the {}.", self.form.name());
                Effect::All(vec![keep, Effect::Say(end), Effect::Back])
            }
            None => Effect::All(vec![keep, Effect::Say("This is the first prompt.".to_owned())]),
        }
    }

    /// The next prompt after this one that is not answered, around the end.
    fn next_open(&mut self, keep: Effect, session: &Session) -> Effect {
        let Some(Assessed { system, rating }) = Assessed::find(&self.system, session) else { return keep };
        let sections = progress(&session.catalog.impact, system, rating, self.form).sections;
        let prompts: Vec<_> = sections.iter().flat_map(|section| &section.prompts).collect();
        let at = prompts.iter().position(|prompt| prompt.prompt == self.prompt).unwrap_or(0);
        let mut others = prompts[at + 1..].iter().chain(&prompts[..at]);
        match others.find(|prompt| prompt.state == PromptState::Open) {
            Some(open) => {
                self.go_to(&open.prompt, session);
                keep
            }
            None => Effect::All(vec![keep, Effect::Say("No other prompt is open.".to_owned())]),
        }
    }

    /// The change to the answer that is written.
    ///
    /// # Errors
    /// Why it cannot be kept, as a sentence.
    fn written_change(&self, session: &Session) -> Result<Option<Change>, String> {
        let (Some(editor), Some((_, prompt))) = (&self.editor, self.here(session)) else { return Ok(None) };
        if !editor.is_changed() {
            return Ok(None);
        }
        Ok(self.change(prompt, Way::of(prompt).read(&editor.text())?, session))
    }

    fn change(&self, prompt: &Prompt, reply: Option<PromptReply>, session: &Session) -> Option<Change> {
        let system = session.assessment().system(&self.system)?;
        let changed = with_reply(system, prompt, reply);
        (changed != *system).then(|| Change::system("answer", changed))
    }

    /// Keeps what is written and goes on, or says why it cannot be kept.
    fn keep_and(&mut self, session: &Session, go: impl FnOnce(&mut Self, Effect) -> Effect) -> Effect {
        match self.written_change(session) {
            Ok(change) => go(self, change.map_or(Effect::None, Effect::Apply)),
            Err(problem) => Effect::Say(format!("{problem} Ctrl-C drops it.")),
        }
    }

    /// Answers with an option; where only one can be picked, the next prompt follows.
    fn pick(&mut self, option: usize, session: &Session) -> Effect {
        let Some((_, prompt)) = self.here(session) else { return Effect::None };
        let way = Way::of(prompt);
        let options = way.options();
        let Some(Pick { id, .. }) = options.get(option) else { return Effect::None };
        let reply = way.pick(id, self.reply(session).as_ref());
        let keep = self.change(prompt, Some(reply), session).map_or(Effect::None, Effect::Apply);
        match way {
            Way::Pick { is_several: true, .. } => {
                self.cursor = Some(option);
                keep
            }
            Way::Words | Way::Entries | Way::Day | Way::YesNo | Way::Pick { .. } | Way::Place(_) => {
                self.step(1, keep, session)
            }
        }
    }

    fn yes_or_no(&mut self, is_yes: bool, session: &Session) -> Effect {
        match self.here(session).map(|(_, prompt)| Way::of(prompt)) {
            Some(Way::YesNo) => self.pick(usize::from(!is_yes), session),
            Some(Way::Words | Way::Entries | Way::Day | Way::Pick { .. } | Way::Place(_)) | None => Effect::None,
        }
    }

    fn choose(&mut self, session: &Session) -> Effect {
        let way = self.here(session).map(|(_, prompt)| Way::of(prompt));
        match (way, self.cursor) {
            (Some(Way::Place(place)), _) => held::open(place, &self.system),
            (Some(Way::YesNo | Way::Pick { is_several: false, .. }), Some(option)) => self.pick(option, session),
            (_, _) => self.step(1, Effect::None, session),
        }
    }

    /// Sets or takes away the answer without typing.
    fn set(&mut self, reply: Option<PromptReply>, session: &Session) -> Effect {
        let Some((_, prompt)) = self.here(session) else { return Effect::None };
        if reply == Some(PromptReply::Unknown) && !takes_unknown(prompt) {
            return Effect::Say("This one is looked up rather than left unknown.".to_owned());
        }
        let is_unknown = reply.is_some();
        let keep = self.change(prompt, reply, session).map_or(Effect::None, Effect::Apply);
        if is_unknown { self.step(1, keep, session) } else { keep }
    }

    fn move_cursor(&mut self, steps: isize, session: &Session) {
        let options = self.here(session).map_or(0, |(_, prompt)| Way::of(prompt).options().len());
        if options > 0 {
            self.cursor = Some(self.cursor.map_or(0, |cursor| paging::moved(cursor, steps, options)));
        }
    }

    /// A command while keys are commands.
    fn command(&mut self, command: Command, session: &Session) -> Effect {
        match command {
            Command::Digit(digit) => self.pick(usize::from(digit).wrapping_sub(1), session),
            Command::Mark => self.cursor.map_or(Effect::None, |option| self.pick(option, session)),
            Command::Yes => self.yes_or_no(true, session),
            Command::No => self.yes_or_no(false, session),
            Command::Unknown => self.set(Some(PromptReply::Unknown), session),
            Command::Clear => self.set(None, session),
            Command::Choose => self.choose(session),
            Command::Right => self.step(1, Effect::None, session),
            Command::Left => self.step(-1, Effect::None, session),
            Command::NextOpen => self.next_open(Effect::None, session),
            Command::Switch => {
                self.write(session);
                Effect::None
            }
            Command::Up | Command::Down => {
                self.move_cursor(if command == Command::Up { -1 } else { 1 }, session);
                Effect::None
            }
            Command::Back => Effect::Back,
            _ => Effect::None,
        }
    }

    /// A command while the answer is written.
    fn editor_command(&mut self, command: Command, session: &Session) -> Effect {
        let was_warned = std::mem::take(&mut self.is_warned);
        match command {
            Command::Choose if self.takes_new_line(session) => {
                self.type_key(Key::plain(crate::tui::input::KeyCode::Enter), session)
            }
            Command::Choose | Command::Right => self.keep_and(session, |screen, keep| screen.step(1, keep, session)),
            Command::Left => self.keep_and(session, |screen, keep| screen.step(-1, keep, session)),
            Command::Switch => self.keep_and(session, |screen, keep| {
                screen.editor = None;
                keep
            }),
            Command::Keep => self.keep_and(session, |_, keep| Effect::All(vec![keep, Effect::Back])),
            Command::OwnEditor => {
                self.editor.as_ref().map_or(Effect::None, |editor| Effect::Ask(Request::EditText(editor.text())))
            }
            Command::Back if !was_warned && self.editor.as_ref().is_some_and(TextEditor::is_changed) => {
                self.is_warned = true;
                Effect::Say("Ctrl-C again throws the change away; Esc keeps it.".to_owned())
            }
            Command::Back => Effect::Back,
            _ => Effect::None,
        }
    }

    /// Whether Enter begins another entry rather than going on: in a list, behind an entry.
    fn takes_new_line(&self, session: &Session) -> bool {
        let is_list = self.here(session).is_some_and(|(_, prompt)| Way::of(prompt) == Way::Entries);
        is_list && self.editor.as_ref().is_some_and(|editor| !editor.is_on_empty_line())
    }

    /// What is said about a prompt beside its question.
    fn marks(&self, section: &Section, prompt: &Prompt, session: &Session) -> String {
        let fria = fria(section).map(|elements| format!("also answers {elements}")).unwrap_or_default();
        let is_short = prompt.short && self.form == Form::Full;
        let marks = [
            if prompt.essential { "essential" } else { "may stay open" }.to_owned(),
            if is_short { "short form" } else { "" }.to_owned(),
            fria,
        ];
        marks.into_iter().filter(|mark| !mark.is_empty()).collect::<Vec<String>>().join(session.theme.dot())
    }

    fn page<'p>(
        &self,
        prompt: &'p Prompt,
        way: &Way,
        options: &'p [Pick],
        marks: String,
        session: &'p Session,
    ) -> PickPage<'p> {
        let reply = self.reply(session);
        let is_several = matches!(way, Way::Pick { is_several: true, .. });
        let state = match reply {
            Some(PromptReply::Unknown) => "Said so far: nobody knows yet.",
            _ if is_several => "Digits tick, Enter goes on; u: nobody knows.",
            _ if *way == Way::YesNo => "y or n answers and goes on; u: nobody knows.",
            _ => "A digit answers and goes on; u: nobody knows.",
        };
        PickPage {
            glossary: &session.catalog.glossary,
            question: &prompt.text,
            hint: &prompt.hint,
            options: options.iter().map(|pick| (pick.name.as_str(), is_picked(reply.as_ref(), &pick.id))).collect(),
            is_several,
            cursor: self.cursor,
            foot: vec![state.to_owned(), marks],
        }
    }

    /// Question, hint and marks, and under them what is answered.
    fn draw_words(&self, frame: &mut Frame, area: Rect, way: &Way, marks: &str, prompt: &Prompt, session: &Session) {
        let theme = session.theme;
        let width = area.width.min(WIDEST).saturating_sub(4);
        let lines = |words: &str, style: Style| -> Vec<Line<'static>> {
            let wrapped = text::wrap(words, width).into_iter();
            if words.is_empty() {
                Vec::new()
            } else {
                wrapped.map(|line| Line::styled(format!("  {line}"), style)).collect()
            }
        };
        let mut above = lines(&prompt.text, theme.heading());
        above.extend(lines(&prompt.hint, theme.muted()));
        above.extend(lines(marks, theme.muted()));
        above.push(Line::default());
        above.extend(lines(&self.how(way, session), theme.text()));
        let height = u16::try_from(above.len()).unwrap_or(u16::MAX);
        let [head, answer] = Layout::vertical([Constraint::Length(height), Constraint::Fill(1)]).areas(area);
        for (row, line) in head.rows().zip(above) {
            frame.render_widget(line, row);
        }
        let answer = Rect { x: answer.x + 4, width: width.saturating_sub(2).max(1), ..answer };
        match &self.editor {
            Some(editor) => editor.draw(frame, answer),
            None => {
                let said = self.said(way, session);
                let rows = said.iter().flat_map(|line| text::wrap(line, answer.width));
                for (row, line) in answer.rows().zip(rows) {
                    frame.render_widget(Line::raw(line.into_owned()), row);
                }
            }
        }
    }

    /// How the prompt is answered, in a sentence.
    fn how(&self, way: &Way, session: &Session) -> String {
        let is_unknown = self.reply(session) == Some(PromptReply::Unknown);
        let how = match (way, self.editor.is_some()) {
            (Way::Place(place), _) => return format!("Enter opens {}; Right goes on. There now:", held::name(*place)),
            (_, false) => "Tab writes; u: nobody knows; Right goes on. Said so far:",
            (Way::Day, true) => "A day, as YYYY-MM-DD:",
            (Way::Entries, true) => "One entry per line; Enter on an empty line goes on:",
            (Way::Words | Way::YesNo | Way::Pick { .. }, true) => "In a few words; Enter goes on:",
        };
        if is_unknown && self.editor.is_some() { format!("Nobody knows, so far. {how}") } else { how.to_owned() }
    }

    /// What is answered, line by line.
    fn said(&self, way: &Way, session: &Session) -> Vec<String> {
        let lines = match (way, self.reply(session), Assessed::find(&self.system, session)) {
            (Way::Place(place), _, Some(assessed)) => held::held(*place, assessed, session),
            (_, Some(PromptReply::Unknown), _) => vec!["Nobody knows yet.".to_owned()],
            (_, reply, _) => written(reply.as_ref()).lines().map(str::to_owned).collect(),
        };
        if lines.is_empty() { vec!["Nothing yet.".to_owned()] } else { lines }
    }
}

impl View for ImpactPrompt {
    fn context(&self) -> Context {
        if self.editor.is_some() { Context::ImpactText } else { Context::ImpactPrompt }
    }

    fn title(&self, session: &Session) -> String {
        let prompts = self.prompts(session);
        let Some(at) = prompts.iter().position(|(_, prompt)| prompt.id == self.prompt) else {
            return "Impact assessment".to_owned();
        };
        format!("{} of {}: {}", at + 1, prompts.len(), prompts[at].0.title)
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        match &self.editor {
            Some(_) => self.editor_command(command, session),
            None => self.command(command, session),
        }
    }

    fn texts<'s>(&self, session: &'s Session) -> Vec<&'s str> {
        self.here(session).map_or(Vec::new(), |(_, prompt)| vec![prompt.text.as_str(), prompt.hint.as_str()])
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let found = self.here(session).filter(|_| Assessed::find(&self.system, session).is_some());
        let Some((section, prompt)) = found else {
            frame.render_widget(Line::styled(format!("  {GONE}"), session.theme.warning()), area);
            return;
        };
        let way = Way::of(prompt);
        let (options, marks) = (way.options(), self.marks(section, prompt, session));
        if options.is_empty() {
            self.draw_words(frame, area, &way, &marks, prompt, session);
        } else {
            self.page(prompt, &way, &options, marks, session).draw(frame, area, session.theme);
        }
    }

    fn takes_text(&self) -> bool {
        self.editor.is_some()
    }

    fn type_key(&mut self, key: Key, _session: &Session) -> Effect {
        self.is_warned = false;
        if let Some(editor) = &mut self.editor {
            editor.type_key(key);
        }
        Effect::None
    }

    fn paste(&mut self, pasted: &str, session: &Session) -> Effect {
        self.is_warned = false;
        if self.editor.is_none() {
            self.write(session);
        }
        if let Some(editor) = &mut self.editor {
            editor.insert(pasted);
        }
        Effect::None
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        let Some((section, prompt)) = self.here(session) else { return Effect::None };
        let way = Way::of(prompt);
        let (options, marks) = (way.options(), self.marks(section, prompt, session));
        match mouse.kind {
            MouseKind::WheelUp => self.move_cursor(-1, session),
            MouseKind::WheelDown => self.move_cursor(1, session),
            MouseKind::Click if options.is_empty() => {}
            MouseKind::Click => {
                let page = self.page(prompt, &way, &options, marks, session);
                let clicked = page.option_at(area, mouse.row, session.theme);
                return clicked.map_or(Effect::None, |option| self.pick(option, session));
            }
        }
        Effect::None
    }

    fn pending(&self, session: &Session) -> Option<Change> {
        self.written_change(session).ok().flatten()
    }

    fn edited(&mut self, text: String, session: &Session) -> Effect {
        if let Some(editor) = &mut self.editor {
            editor.replace(text.trim_end_matches('\n'), session.theme);
        }
        Effect::None
    }
}

#[cfg(test)]
mod tests;

//! One person's program: a stack of screens over a session. Takes inputs, performs what concerns the session,
//! and passes on what only the host can do.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::Line,
    widgets::{Paragraph, Wrap},
};

use crate::{
    clean_text::clean_text,
    model::edit::Change,
    tui::{
        effect::{Effect, Reply, Request},
        input::{Input, Merged},
        keys::{self, Command, Context},
        screens::{
            View,
            compare::Compare,
            disputes,
            glossary::Glossary,
            help::Help,
            home,
            map::Map,
            prompt::{Prompt, Purpose},
            question::Question,
            search::Search,
        },
        session::{Open, SaveEntry, SaveMark, Session},
        widgets::bars,
    },
};

/// The smallest terminal in which every screen works.
pub const SMALLEST: (u16, u16) = (60, 16);

/// A session with its screens.
#[derive(Debug)]
pub struct App {
    /// What all screens see.
    pub session: Session,
    screens: Vec<Box<dyn View>>,
    area: Rect,
    history: History,
    is_unsaved: bool,
    /// What stands in an entry and was saved as if it were kept, so that a crash does not take it.
    draft: Option<Change>,
    /// Whether the key before asked to leave, and was answered with a question.
    was_asked_back: bool,
    is_done: bool,
    /// Whether it was said on leaving that the latest answers are in no file.
    is_warned: bool,
}

/// What can be taken back and done again, in words; the same steps as those that the open assessment keeps.
#[derive(Debug, Default)]
struct History {
    done: Vec<String>,
    undone: Vec<String>,
}

impl App {
    /// A program that shows the saves.
    pub fn at_home(session: Session) -> App {
        let home = home::screen(&session.saves);
        App::with(session, vec![home])
    }

    /// A program that shows the open assessment of the session.
    pub fn at_map(session: Session) -> App {
        let mut app = App::with(session, vec![Box::new(Map::default())]);
        app.say_what_waits();
        app
    }

    fn with(session: Session, screens: Vec<Box<dyn View>>) -> App {
        App {
            session,
            screens,
            area: Rect::ZERO,
            history: History::default(),
            is_unsaved: false,
            draft: None,
            was_asked_back: false,
            is_done: false,
            is_warned: false,
        }
    }

    /// Whether the person has left.
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// Which screen is on top, by its keys.
    #[cfg(test)]
    pub(crate) fn context(&self) -> Option<Context> {
        self.screens.last().map(|screen| screen.context())
    }

    /// Takes one input and returns what the host is to do.
    pub fn handle(&mut self, input: Input) -> Vec<Request> {
        let mut requests = Vec::new();
        let effect = self.effect_of(input);
        self.perform(effect, &mut requests);
        requests
    }

    /// The request to keep the assessment, if it was edited since this was last asked. A draft is kept with it for as long
    /// as its entry is open, and taken out of the file when that was left without it.
    pub fn take_unsaved(&mut self) -> Option<Request> {
        if self.draft.is_some() && self.written().is_none() {
            self.draft = None;
            self.is_unsaved = true;
        }
        let open = self.session.open.as_ref()?;
        if !std::mem::take(&mut self.is_unsaved) {
            return None;
        }
        let mut assessment = open.assessment().clone();
        if let Some(draft) = &self.draft {
            assessment.apply(&self.session.edit(draft.clone()));
        }
        Some(Request::Save(Box::new(assessment), open.merges()))
    }

    /// Whether something stands in an entry that a pause would save.
    pub fn has_new_draft(&self) -> bool {
        let is_writable = self.session.open.as_ref().is_some_and(|open| !open.read_only);
        is_writable && self.written().is_some_and(|written| self.draft.as_ref() != Some(&written))
    }

    /// The change that an open entry would make if it were kept; the topmost where several are open.
    fn written(&self) -> Option<Change> {
        // Whoever leaves has kept it or thrown it away.
        if self.is_done {
            return None;
        }
        self.screens.iter().rev().find_map(|screen| screen.pending(&self.session))
    }

    fn save_draft(&mut self) {
        if self.has_new_draft() {
            self.draft = self.written();
            self.is_unsaved = true;
            self.session.save = SaveMark::Saving;
        }
    }

    /// Takes the host's answer to a request.
    pub fn receive(&mut self, reply: Reply) -> Vec<Request> {
        let mut requests = Vec::new();
        let effect = match reply {
            Reply::Done => Effect::None,
            Reply::Failed(reason) => Effect::Say(reason),
            Reply::Listed(saves) => {
                self.list(saves);
                Effect::None
            }
            Reply::Opened(opened, first) => {
                self.open(*opened);
                first.map_or(Effect::None, |screens| Effect::All(screens.into_iter().map(Effect::Open).collect()))
            }
            Reply::Compared(comparison) => Effect::Open(Box::new(Compare::new(*comparison))),
            Reply::Edited(text) => self.top_mut(|top, session| top.edited(text, session)),
        };
        self.perform(effect, &mut requests);
        requests
    }

    /// Draws the screen on top, between the two bars.
    pub fn draw(&mut self, frame: &mut Frame) {
        self.area = frame.area();
        if self.area.width < SMALLEST.0 || self.area.height < SMALLEST.1 {
            draw_too_small(frame);
            return;
        }
        let [top, body, bottom] = areas(self.area);
        let Some(screen) = self.screens.last() else { return };
        // Whatever lies above the map is about the open assessment; Home and what lies above it alone is not.
        let has_map = self.screens.iter().any(|screen| screen.context() == Context::Map);
        let open = self.session.open.as_ref().filter(|_| has_map);
        let name = open.map_or("aimscope", |open| open.assessment().name.as_str());
        bars::draw_top(frame, top, &screen.title(&self.session), name, &self.session);
        screen.draw(frame, body, &self.session);
        bars::draw_bottom(frame, bottom, screen.context(), &self.session);
    }

    fn effect_of(&mut self, input: Input) -> Effect {
        match input {
            Input::Key(key) => {
                self.session.message = None;
                let was_asked_back = std::mem::take(&mut self.was_asked_back);
                let Some(top) = self.screens.last() else { return Effect::Quit };
                let context = top.context();
                match keys::command(context, key) {
                    Some(command) => self.command(command, context, was_asked_back),
                    None if context.takes_text() => self.top_mut(|top, session| top.type_key(key, session)),
                    None => Effect::None,
                }
            }
            Input::Paste(text) => self.top_mut(|top, session| top.paste(&clean_text(&text), session)),
            Input::Mouse(mouse) => {
                let [_, body, _] = areas(self.area);
                self.top_mut(|top, session| top.mouse(mouse, body, session))
            }
            Input::Pause => {
                self.save_draft();
                Effect::None
            }
            // The terminal itself sees to the latter two.
            Input::Resize | Input::Suspend | Input::Resume => Effect::None,
            Input::Notice(line) => Effect::Say(line),
            Input::Merged(merged) => self.take_in(*merged),
            Input::Save(mark) => {
                // An older save may be reported while a newer one is under way.
                if !self.is_unsaved {
                    self.is_warned &= matches!(mark, SaveMark::Failed(_));
                    self.session.save = mark;
                }
                Effect::None
            }
            Input::Stop => {
                let pending = self.screens.last().and_then(|top| top.pending(&self.session));
                let keep = pending.map_or(Effect::None, Effect::Apply);
                Effect::All(vec![keep, Effect::Quit])
            }
        }
    }

    /// Goes on from the work of both; what was answered here since is brought together with it again, and saved.
    fn take_in(&mut self, merged: Merged) -> Effect {
        let words = merged.words.clone();
        let Some(open) = &mut self.session.open else { return Effect::None };
        if open.take_in(merged, &self.session.catalog) {
            self.is_unsaved = true;
            self.session.save = SaveMark::Saving;
        }
        Effect::Say(words)
    }

    /// Commands that mean the same on every screen; the rest is the screen's.
    fn command(&mut self, command: Command, context: Context, was_asked_back: bool) -> Effect {
        // From Home an assessment may still lie open behind; what concerns it waits until it is opened again.
        let has_map = self.screens.iter().any(|screen| screen.context() == Context::Map);
        let has_open = self.session.open.is_some() && has_map;
        match command {
            Command::Help if context != Context::Help => Effect::Open(Box::new(Help::of(context))),
            Command::Glossary if context != Context::Glossary => {
                self.top_mut(|top, session| Effect::Open(Box::new(Glossary::of(&top.texts(session), session))))
            }
            Command::Search if has_open && context != Context::Search => {
                Effect::Open(Box::new(Search::new(&self.session)))
            }
            Command::Undo if has_open => Effect::Undo,
            Command::Redo if has_open => Effect::Redo,
            Command::PageUp => self.turn(-1),
            Command::PageDown => self.turn(1),
            Command::Quit if self.has_pending() && !was_asked_back => {
                self.was_asked_back = true;
                Effect::Say("What stands here is not kept yet; the same key again leaves without it.".to_owned())
            }
            Command::Quit if self.has_unkept() => {
                self.is_warned = true;
                Effect::Open(Box::new(Prompt::new(Purpose::SaveElsewhere, String::new())))
            }
            Command::Quit => Effect::Quit,
            other => self.top_mut(|top, session| top.handle(other, session)),
        }
    }

    /// Whether the screen on top holds something that is not in the assessment yet.
    fn has_pending(&self) -> bool {
        self.screens.last().is_some_and(|top| top.pending(&self.session).is_some())
    }

    /// Whether the latest answers are in no file, and the person who leaves has not been told so.
    fn has_unkept(&self) -> bool {
        matches!(self.session.save, SaveMark::Failed(_)) && !self.is_warned
    }

    fn turn(&mut self, pages: isize) -> Effect {
        let [_, body, _] = areas(self.area);
        self.top_mut(|top, session| top.turn(pages, body, session))
    }

    fn top_mut(&mut self, act: impl FnOnce(&mut dyn View, &Session) -> Effect) -> Effect {
        match self.screens.last_mut() {
            Some(top) => act(top.as_mut(), &self.session),
            None => Effect::Quit,
        }
    }

    fn perform(&mut self, effect: Effect, requests: &mut Vec<Request>) {
        match effect {
            Effect::None => {}
            Effect::All(effects) => effects.into_iter().for_each(|effect| self.perform(effect, requests)),
            Effect::Apply(change) => {
                let words = change.words();
                let edit = self.session.edit(change);
                let apply = |open: &mut Open, session: &Session| {
                    open.apply(&edit, &session.catalog);
                    true
                };
                if self.edit(apply, "") {
                    self.history.done.push(words);
                    self.history.undone.clear();
                }
            }
            Effect::Undo => {
                let undo =
                    |open: &mut Open, session: &Session| open.undo(|change| session.edit(change), &session.catalog);
                if self.edit(undo, "Nothing to take back.") {
                    let words = self.history.done.pop().unwrap_or_default();
                    self.session.message = Some(format!("Taken back: {words}."));
                    self.history.undone.push(words);
                }
            }
            Effect::Redo => {
                let redo =
                    |open: &mut Open, session: &Session| open.redo(|change| session.edit(change), &session.catalog);
                if self.edit(redo, "Nothing to do again.") {
                    let words = self.history.undone.pop().unwrap_or_default();
                    self.session.message = Some(format!("Done again: {words}."));
                    self.history.done.push(words);
                }
            }
            Effect::Open(screen) => self.screens.push(screen),
            Effect::Replace(screen) => {
                self.screens.pop();
                self.screens.push(screen);
            }
            Effect::Back => self.back(requests),
            Effect::GoTo(requirement) => {
                while self.screens.len() > 1 && self.screens.last().is_some_and(|top| top.context() != Context::Map) {
                    self.screens.pop();
                }
                self.screens.push(Box::new(Question::new(requirement)));
            }
            Effect::SetPass(pass) => self.session.pass = pass,
            Effect::Say(message) => self.session.message = Some(message),
            Effect::Ask(request) => requests.push(request),
            Effect::Quit => self.is_done = true,
        }
    }

    /// Edits the open assessment, unless it is only for looking at. Returns whether it was edited.
    fn edit(&mut self, act: impl FnOnce(&mut Open, &Session) -> bool, otherwise: &str) -> bool {
        let Some(mut open) = self.session.open.take() else { return false };
        let is_edited = !open.read_only && act(&mut open, &self.session);
        if let Some(reason) = open.why_read_only() {
            self.session.message = Some(reason.to_owned());
        } else if is_edited {
            self.is_unsaved = true;
            self.session.save = SaveMark::Saving;
        } else {
            self.session.message = Some(otherwise.to_owned());
        }
        self.session.open = Some(open);
        is_edited
    }

    fn back(&mut self, requests: &mut Vec<Request>) {
        let seen = self.screens.pop().and_then(|left| left.subject());
        match self.screens.last_mut() {
            None => self.is_done = true,
            Some(top) if is_home(top.context()) => requests.push(Request::List),
            Some(top) => top.returned_from(seen),
        }
    }

    /// Takes over the list of saves; the first and the last of them change what Home is.
    fn list(&mut self, saves: Vec<SaveEntry>) {
        self.session.saves = saves;
        let home = home::screen(&self.session.saves);
        if let Some(bottom) = self.screens.first_mut()
            && is_home(bottom.context())
            && (bottom.context() == Context::FirstStart) != (home.context() == Context::FirstStart)
        {
            *bottom = home;
        }
    }

    /// Puts the map of a newly opened assessment above Home.
    fn open(&mut self, open: Open) {
        self.session.open = Some(open);
        self.session.save = SaveMark::Untouched;
        self.history = History::default();
        self.is_unsaved = false;
        self.draft = None;
        self.screens.truncate(1);
        self.screens.push(Box::new(Map::default()));
        self.say_what_waits();
    }

    /// Says that something is to be settled, unless something else is said already.
    fn say_what_waits(&mut self) {
        let waiting = self.session.open.as_ref().and_then(|open| disputes::waiting(open.assessment()));
        if self.session.message.is_none() {
            self.session.message = waiting;
        }
    }
}

/// Whether a context is that of the screen below all others.
fn is_home(context: Context) -> bool {
    matches!(context, Context::Home | Context::Filter | Context::FirstStart)
}

fn areas(area: Rect) -> [Rect; 3] {
    Layout::vertical([Constraint::Length(1), Constraint::Fill(1), Constraint::Length(1)]).areas(area)
}

fn draw_too_small(frame: &mut Frame) {
    let area = frame.area();
    let (width, height) = SMALLEST;
    let text = format!("Enlarge the window to {width} x {height}; it has {} x {}.", area.width, area.height);
    frame.render_widget(Paragraph::new(Line::from(text)).wrap(Wrap { trim: true }), area);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::reference::Reference,
        tui::{
            screens::note::NoteEditor,
            testing::{Screen, assessment},
        },
    };

    fn requirement() -> Reference {
        "4.1".parse().expect("an id")
    }

    fn editor() -> Screen {
        let screen =
            Screen::open(80, 24, assessment(vec![Change::SetNote { requirement: requirement(), note: "old".into() }]));
        let view = NoteEditor::new(requirement(), &screen.app.session);
        screen.above(view)
    }

    /// The note that is on its way to the file, if anything is.
    fn saved(screen: &mut Screen) -> Option<String> {
        match screen.app.take_unsaved()? {
            Request::Save(assessment, _) => assessment.answer(requirement()).map(|answer| answer.note.clone()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_being_written_is_saved_after_a_pause_and_again_when_it_grows() {
        let mut screen = editor();
        assert!(!screen.app.has_new_draft(), "nothing is written yet");
        screen = screen.types(" and");
        assert!(screen.app.has_new_draft());
        assert_eq!(saved(&mut screen), None, "not with every letter");
        screen.app.handle(Input::Pause);
        assert_eq!(saved(&mut screen).as_deref(), Some("old and"));
        assert!(!screen.app.has_new_draft(), "one pause is enough");
        screen = screen.types(" new");
        screen.app.handle(Input::Pause);
        assert_eq!(saved(&mut screen).as_deref(), Some("old and new"));
        screen = screen.keys("esc");
        assert_eq!(saved(&mut screen).as_deref(), Some("old and new"));
        screen = screen.keys("z");
        assert_eq!(saved(&mut screen).as_deref(), Some("old"), "one step takes it back");
    }

    #[test]
    fn what_is_thrown_away_leaves_the_file_too() {
        let mut cancelled = editor().types(" and");
        cancelled.app.handle(Input::Pause);
        assert_eq!(saved(&mut cancelled).as_deref(), Some("old and"));
        cancelled = cancelled.keys("ctrl-c ctrl-c");
        assert_eq!(saved(&mut cancelled).as_deref(), Some("old"));
        assert_eq!(saved(&mut cancelled), None);
        let mut help = editor().types(" and");
        help.app.handle(Input::Pause);
        saved(&mut help);
        help.app.handle(Input::Stop);
        assert_eq!(saved(&mut help).as_deref(), Some("old and"), "a stop keeps it");
    }
}

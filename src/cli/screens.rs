//! The screens on the local terminal: opens and keeps saves for them, and prints where it stands when they are left.

use std::{
    cell::LazyCell,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    rc::Rc,
    sync::mpsc::Sender,
};

use chrono::{DateTime, Local};

use crate::{
    clean_text::clean_text,
    cli::{answer::closing_text, context::Context, failure::Failure, output, saves},
    model::assessment::Assessment,
    report::systems,
    score,
    store::{
        Loaded,
        folder::SavesFolder,
        saver::{SaveState, Saver},
        write::{SaveFile, StoreError},
    },
    tui::{
        app::App,
        effect::{Reply, Request},
        input::Input,
        screens::{View, gateway::Gateway, profile::ProfilePicks},
        session::{Open, Pass, SaveEntry, SaveMark, Session},
        terminal::{self, Inputs},
    },
};

/// The bundled assessment to look around in.
const EXAMPLE: &str = include_str!("../../saves/example.ron");
/// Its name where a path is shown.
const EXAMPLE_PATH: &str = "(bundled example)";

/// Opens the screens on the list of saves.
pub(super) fn home(context: Context) -> Result<ExitCode, Failure> {
    run(context, None)
}

/// Opens the screens on one save.
pub(super) fn open(context: Context, file: &str) -> Result<ExitCode, Failure> {
    let opened = context.load(file)?;
    run(context, Some(opened))
}

fn run(context: Context, opened: Option<(PathBuf, Loaded)>) -> Result<ExitCode, Failure> {
    if !context.environment.has_screens() {
        return Err(Failure::NoTerminal);
    }
    let unusable = |error: std::io::Error| Failure::Sentence(format!("the terminal cannot be used: {error}"));
    let inputs = Inputs::start().map_err(unusable)?;
    let mut host = Host { folder: context.folder()?, context, saver: None, latest: None, reports: inputs.sender() };
    let mut session = host.session();
    let mut app = match opened {
        Some((path, loaded)) => {
            session.message = loaded.findings.first().map(ToString::to_string);
            session.open = Some(host.keep(path, loaded).map_err(Failure::Sentence)?);
            App::at_map(session)
        }
        None => {
            session.saves = host.list();
            App::at_home(session)
        }
    };
    let mut screen = terminal::Session::start(!host.context.options.no_mouse).map_err(unusable)?;
    let result = screen.run(&mut app, &inputs, &mut |request, screen| host.perform(request, screen));
    // The last answers are on the disk before the terminal is given back.
    let saved = host.close();
    drop(screen);
    farewell(&host.context, &app, saved)?;
    result.map(|()| ExitCode::SUCCESS).map_err(unusable)
}

/// Prints where the open assessment stands, so that the result is in the scrollback.
fn farewell(context: &Context, app: &App, saved: Result<(), String>) -> Result<(), Failure> {
    if let Some(open) = app.session.open.as_ref() {
        let is_kept = saved.is_ok() && !open.read_only;
        let path = is_kept.then(|| Path::new(&open.path));
        output::print(&closing_text(context, open.assessment(), path))?;
    }
    saved.map_err(Failure::Sentence)
}

/// Does for the screens what touches files and other programs.
struct Host {
    context: Context,
    folder: SavesFolder,
    saver: Option<Saver>,
    /// What was handed to the saver last; kept elsewhere when it cannot be written where it belongs.
    latest: Option<Assessment>,
    reports: Sender<Input>,
}

impl Host {
    fn session(&self) -> Session {
        Session {
            catalog: Rc::clone(&self.context.catalog),
            as_of: self.context.as_of,
            clock: self.context.clock(),
            by: LazyCell::new(self.context.person()),
            theme: self.context.theme(),
            saves: Vec::new(),
            folder: self.folder.path().display().to_string(),
            open: None,
            save: SaveMark::Untouched,
            message: None,
            pass: Pass::Quick,
        }
    }

    fn perform(&mut self, request: Request, screen: &mut terminal::Session) -> Reply {
        match request {
            Request::Save(assessment) => {
                if let Some(saver) = &self.saver {
                    saver.save((*assessment).clone());
                    self.latest = Some(*assessment);
                }
                Reply::Done
            }
            Request::Create(name) => self.create(&name),
            Request::Open(path) => self.open(Path::new(&path)),
            Request::Example => self.example(),
            Request::Duplicate(path) => self.duplicate(Path::new(&path)),
            Request::Archive(path) => self.changed_list(self.folder.archive(Path::new(&path))),
            Request::List => {
                let saved = self.close();
                saved.map_or_else(Reply::Failed, |()| Reply::Listed(self.list()))
            }
            Request::EditText(text) => match screen.lend(|| self.edit(&text)) {
                Ok(Ok(text)) => Reply::Edited(text),
                Ok(Err(reason)) => Reply::Failed(reason),
                Err(error) => Reply::Failed(format!("the terminal did not come back: {error}")),
            },
        }
    }

    fn create(&mut self, name: &str) -> Reply {
        match saves::make(&self.context, name) {
            Ok(path) => match self.open(&path) {
                // The first minutes: the profile, below it the gateway, below that the map.
                Reply::Opened(open, _) => {
                    let screens: Vec<Box<dyn View>> =
                        vec![Box::new(Gateway::default()), Box::new(ProfilePicks::default())];
                    Reply::Opened(open, Some(screens))
                }
                other => other,
            },
            Err(failure) => Reply::Failed(failure.to_string()),
        }
    }

    fn open(&mut self, path: &Path) -> Reply {
        if let Err(reason) = self.close() {
            return Reply::Failed(reason);
        }
        match Loaded::from_path(path, &self.context.catalog) {
            Ok(loaded) => match self.keep(path.to_owned(), loaded) {
                Ok(open) => Reply::Opened(Box::new(open), None),
                Err(reason) => Reply::Failed(reason),
            },
            Err(problems) => Reply::Failed(problems.first().map(ToString::to_string).unwrap_or_default()),
        }
    }

    fn example(&mut self) -> Reply {
        if let Err(reason) = self.close() {
            return Reply::Failed(reason);
        }
        match Loaded::from_text(Path::new(EXAMPLE_PATH), EXAMPLE.to_owned(), &self.context.catalog) {
            Ok(loaded) => Reply::Opened(Box::new(self.opened(EXAMPLE_PATH.to_owned(), true, loaded.assessment)), None),
            Err(problems) => Reply::Failed(problems.first().map(ToString::to_string).unwrap_or_default()),
        }
    }

    /// Opens a save and starts the thread that keeps it.
    fn keep(&mut self, path: PathBuf, loaded: Loaded) -> Result<Open, String> {
        let reports = self.reports.clone();
        let on_state = move |state: SaveState| {
            // Nobody listens any more once the screens are left.
            mark(state).and_then(|mark| reports.send(Input::Save(mark)).ok());
        };
        let shown = path.display().to_string();
        let saver = Saver::start(SaveFile::read(path, loaded.text), on_state).map_err(|error| error.to_string())?;
        self.saver = Some(saver);
        Ok(self.opened(shown, false, loaded.assessment))
    }

    fn opened(&self, path: String, read_only: bool, assessment: Assessment) -> Open {
        Open::new(path, read_only, assessment, &self.context.catalog, self.context.as_of)
    }

    /// Writes what is pending and stops the thread that keeps the save. What cannot be written there is kept beside it.
    fn close(&mut self) -> Result<(), String> {
        let latest = self.latest.take();
        let finished = self.saver.take().map_or(Ok(()), Saver::finish);
        finished.map_err(|error| match latest.map(|assessment| self.rescue(assessment)) {
            Some(Ok(path)) => format!(
                "{error}. They are kept in {}; compare the two with `aimscope score` and go on with the one that is right",
                path.display()
            ),
            Some(Err(second)) => format!("{error}. They could not be kept elsewhere either: {second}"),
            None => error.to_string(),
        })
    }

    /// Writes an assessment under a name of its own, next to the others.
    fn rescue(&self, assessment: Assessment) -> Result<PathBuf, StoreError> {
        let path = self.folder.free_path(&format!("{} unsaved", assessment.name));
        SaveFile::new(&path).write(&assessment).map(|()| path)
    }

    fn duplicate(&self, path: &Path) -> Reply {
        let name = Loaded::from_path(path, &self.context.catalog).map(|loaded| loaded.assessment.name);
        let name = format!("{} (copy)", name.unwrap_or_default());
        self.changed_list(self.folder.duplicate(path, &name, &self.context.catalog))
    }

    fn changed_list<T, E: std::fmt::Display>(&self, result: Result<T, E>) -> Reply {
        match result {
            Ok(_) => Reply::Listed(self.list()),
            Err(error) => Reply::Failed(error.to_string()),
        }
    }

    fn list(&self) -> Vec<SaveEntry> {
        let saves = self.folder.list().unwrap_or_default();
        saves.into_iter().map(|save| self.entry(&save.path, DateTime::from(save.modified))).collect()
    }

    fn entry(&self, path: &Path, modified: DateTime<Local>) -> SaveEntry {
        let changed = modified.format("%Y-%m-%d %H:%M").to_string();
        let file = path.display().to_string();
        match Loaded::from_path(path, &self.context.catalog) {
            Ok(loaded) => {
                let assessment = loaded.assessment;
                let standing = score::score(&self.context.catalog, &assessment, self.context.as_of);
                let levels = standing.whole.levels;
                let status = standing.whole.status.map(|status| status.name().to_owned());
                let attention = systems::attention(&self.context.catalog, &assessment, &standing);
                SaveEntry {
                    path: file,
                    headline: status.into_iter().chain(attention).collect::<Vec<_>>().join("; "),
                    name: assessment.name,
                    organization: assessment.profile.organization,
                    progress: Some((levels.answered, levels.total)),
                    changed,
                }
            }
            Err(problems) => SaveEntry {
                name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
                organization: String::new(),
                progress: None,
                headline: problems.first().map(ToString::to_string).unwrap_or_default(),
                changed,
                path: file,
            },
        }
    }

    /// Runs the person's own editor on a text.
    fn edit(&self, text: &str) -> Result<String, String> {
        let editor = self.context.environment.editor.clone().ok_or("set $VISUAL or $EDITOR to your editor first")?;
        let file = tempfile::Builder::new().prefix("aimscope-note-").suffix(".txt").tempfile();
        let file = file.map_err(|error| format!("no temporary file could be made: {error}"))?;
        fs::write(file.path(), text).map_err(|error| format!("the text could not be handed over: {error}"))?;
        // An editor may come with options, as in `code --wait`.
        let editor = editor.to_string_lossy();
        let mut words = editor.split_whitespace();
        let program = words.next().unwrap_or_default();
        let status = Command::new(program).args(words).arg(file.path()).status();
        match status {
            Ok(status) if status.success() => {
                let text =
                    fs::read_to_string(file.path()).map_err(|error| format!("the text did not come back: {error}"))?;
                Ok(clean_text(&text).into_owned())
            }
            Ok(status) => Err(format!("{program} ended with {status}; the note is as it was")),
            Err(error) => Err(format!("{program} could not be started: {error}")),
        }
    }
}

/// What the screens show of a state; that it is being written they know themselves.
fn mark(state: SaveState) -> Option<SaveMark> {
    match state {
        SaveState::Saved => Some(SaveMark::Saved(Local::now().format("%H:%M").to_string())),
        SaveState::Saving => None,
        SaveState::Failed(reason) => Some(SaveMark::Failed(reason)),
    }
}

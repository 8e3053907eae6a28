//! The screens on the local terminal: opens and keeps saves for them, and prints where it stands when they are left.

use std::{
    cell::LazyCell,
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command, ExitCode},
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::Sender,
    },
    thread,
    time::Duration,
};

use chrono::{DateTime, Local};

use crate::{
    clean_text::clean_text,
    cli::{answer::closing_text, context::Context, failure::Failure, output, rounds, saves},
    compare,
    model::assessment::Assessment,
    report::systems,
    score,
    store::{
        Loaded,
        file_system::network_file_system,
        folder::{Places, SavesFolder},
        layout,
        lock::{Lock, LockError},
        recover::{self, Kept, Replacement},
        saver::{SaveState, Saver, TakenIn},
        write::SaveFile,
    },
    tui::{
        app::App,
        effect::{Reply, Request},
        input::{Input, Merged},
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
    let path = context.find(file)?;
    run(context, Some(path))
}

fn run(context: Context, path: Option<PathBuf>) -> Result<ExitCode, Failure> {
    if !context.environment.has_screens() {
        return Err(Failure::NoTerminal);
    }
    let unusable = |error: std::io::Error| Failure::Sentence(format!("the terminal cannot be used: {error}"));
    let is_pending = Arc::new(AtomicBool::new(false));
    let pending = Arc::clone(&is_pending);
    let inputs = Inputs::start(move || give_up(&pending)).map_err(unusable)?;
    let mut host = Host {
        folder: context.folder()?,
        context,
        lock: None,
        saver: None,
        latest: None,
        is_pending,
        unsaved: None,
        reports: inputs.sender(),
    };
    let mut session = host.session();
    let mut app = match path {
        Some(path) => {
            session.open = Some(host.keep(path)?);
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
    if let Some(text) = host.unsaved.take() {
        output::print(&text)?;
    }
    farewell(&host.context, &app, saved)?;
    result.map(|()| ExitCode::SUCCESS).map_err(unusable)
}

/// How long is waited for the disk when the terminal takes nothing more and the program was told to end.
const LAST_WAIT: Duration = Duration::from_secs(10);

/// Ends the program from the side when its loop hangs in a terminal that takes nothing more. What was handed to the saver
/// is written first; it needs no terminal.
fn give_up(is_pending: &AtomicBool) {
    let step = Duration::from_millis(100);
    let mut left = LAST_WAIT;
    thread::sleep(step);
    while is_pending.load(Ordering::Acquire) && !left.is_zero() {
        thread::sleep(step);
        left = left.saturating_sub(step);
    }
    terminal::give_back_keyboard();
    process::exit(1);
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
    /// Keeps others from writing to the open save.
    lock: Option<Lock>,
    saver: Option<Saver>,
    /// What was handed to the saver last; kept elsewhere when it cannot be written where it belongs.
    latest: Option<Assessment>,
    /// Whether the saver has something to write.
    is_pending: Arc<AtomicBool>,
    /// The text of an assessment that could not be kept in any file; printed at the end.
    unsaved: Option<String>,
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
            Request::Save(assessment, knows) => {
                if let Some(saver) = &self.saver {
                    self.is_pending.store(true, Ordering::Release);
                    saver.save((*assessment).clone(), knows);
                    self.latest = Some(*assessment);
                }
                Reply::Done
            }
            Request::Create(name) => self.create(&name),
            Request::Open(path) => self.open(Path::new(&path)),
            Request::Example => self.example(),
            Request::Duplicate(path) => self.duplicate(Path::new(&path)),
            Request::NextRound(path) => self.next_round(Path::new(&path)),
            Request::Compare(older, newer) => self.compare(Path::new(&older), Path::new(&newer)),
            Request::Archive(path) => self.archive(Path::new(&path)),
            Request::Repair(path) => self.repair(Path::new(&path)),
            Request::SaveElsewhere(path) => self.save_elsewhere(Path::new(&path)),
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
        match self.keep(path.to_owned()) {
            Ok(open) => Reply::Opened(Box::new(open), None),
            Err(failure) => Reply::Failed(failure.to_string()),
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

    /// Opens a save: locks it, reads it, and starts the thread that keeps it. Read-only when somebody else has it open.
    fn keep(&mut self, path: PathBuf) -> Result<Open, Failure> {
        let lock = Lock::take(&path, &self.context.holder());
        let (path, loaded) = self.context.load(&path.to_string_lossy())?;
        let shown = path.display().to_string();
        let note = match lock {
            Ok(lock) => {
                self.lock = Some(lock);
                network_file_system(&path).map(|name| {
                    format!("This folder lies on {name}: another computer may not notice that you have the save open")
                })
            }
            Err(busy @ LockError::Busy { .. }) => {
                let reason = format!("{busy}. Only for looking at; d on Home makes a copy.");
                self.say(reason.clone());
                return Ok(self.opened(shown, true, loaded.assessment).read_only_because(reason));
            }
            Err(error @ (LockError::NotAFile { .. } | LockError::Io { .. })) => Some(error.to_string()),
        };
        if let Some(note) = note.or_else(|| loaded.findings.first().map(ToString::to_string)) {
            self.say(note);
        }
        let file = SaveFile::read(&path, loaded.text);
        if self.lock.is_some() {
            file.clear_leftovers();
        }
        let (reports, is_pending) = (self.reports.clone(), Arc::clone(&self.is_pending));
        let on_state = move |state: SaveState| {
            if state == SaveState::Saved {
                is_pending.store(false, Ordering::Release);
            }
            // Nobody listens any more once the screens are left.
            report_of(state).and_then(|report| reports.send(report).ok());
        };
        let saver = Saver::start(file, Some(self.context.backups(&path)), &self.context.catalog.version, on_state);
        self.saver = Some(saver.map_err(|error| Failure::Sentence(error.to_string()))?);
        Ok(self.opened(shown, false, loaded.assessment))
    }

    /// Shows a line once the screen that comes next is there.
    fn say(&self, line: String) {
        self.reports.send(Input::Notice(line)).ok();
    }

    fn opened(&self, path: String, read_only: bool, assessment: Assessment) -> Open {
        Open::new(path, read_only, assessment, &self.context.catalog, self.context.as_of)
    }

    /// Writes what is pending and stops the thread that keeps the save. What cannot be written there is kept elsewhere.
    fn close(&mut self) -> Result<(), String> {
        let latest = self.latest.take();
        let finished = self.saver.take().map_or(Ok(()), Saver::finish);
        self.lock = None;
        self.is_pending.store(false, Ordering::Release);
        finished.map_err(|error| match latest.map(|assessment| self.rescue(&assessment)) {
            Some(Some(path)) => format!(
                "{error}. They are kept in {}; compare the two with `aimscope score` and go on with the one that is right",
                path.display()
            ),
            Some(None) => {
                format!("{error}. No other file could be written either, so they are printed here; keep that text")
            }
            None => error.to_string(),
        })
    }

    /// Writes an assessment under a name of its own, next to the others or in the folder for temporary files. Where nothing
    /// can be written it is left to be printed.
    fn rescue(&mut self, assessment: &Assessment) -> Option<PathBuf> {
        let temporary = SavesFolder::locate(Places { given: Some(env::temp_dir()), ..Places::default() });
        let folders = [Some(&self.folder), temporary.as_ref().ok()];
        let paths =
            folders.into_iter().flatten().map(|folder| folder.free_path(&format!("{} unsaved", assessment.name)));
        let kept = paths.into_iter().find(|path| SaveFile::new(path).write(assessment).is_ok());
        if kept.is_none() {
            self.unsaved = Some(layout::print(assessment));
        }
        kept
    }

    /// Goes on with the open assessment in another file.
    fn save_elsewhere(&mut self, path: &Path) -> Reply {
        let Some(assessment) = self.latest.clone() else { return Reply::Done };
        if path.symlink_metadata().is_ok() {
            return Reply::Failed(format!("{} is there already; name another file", path.display()));
        }
        if let Err(error) = SaveFile::new(path).write(&assessment) {
            return Reply::Failed(error.to_string());
        }
        // It is safe now, so the old place may go on failing.
        self.latest = None;
        let _ = self.saver.take().map(Saver::finish);
        self.open(path)
    }

    /// Begins the next round of a save and opens it.
    fn next_round(&mut self, path: &Path) -> Reply {
        match rounds::begin(&self.context, path, None) {
            Ok(new) => {
                let reply = self.open(&new);
                self.say("This is the next round: each answer counts and waits for c, which confirms it.".to_owned());
                reply
            }
            Err(failure) => Reply::Failed(failure.to_string()),
        }
    }

    fn compare(&self, older: &Path, newer: &Path) -> Reply {
        let load = |path: &Path| self.context.load(&path.to_string_lossy()).map(|(_, loaded)| loaded.assessment);
        match (load(older), load(newer)) {
            (Ok(older), Ok(newer)) => {
                let (catalog, as_of) = (&self.context.catalog, self.context.as_of);
                Reply::Compared(Box::new(compare::compare(catalog, &older, &newer, as_of, None)))
            }
            (Err(failure), _) | (_, Err(failure)) => Reply::Failed(failure.to_string()),
        }
    }

    fn archive(&self, path: &Path) -> Reply {
        match Lock::take(path, &self.context.holder()) {
            Err(busy @ LockError::Busy { .. }) => Reply::Failed(busy.to_string()),
            Ok(_) | Err(_) => self.changed_list(self.folder.archive(path)),
        }
    }

    /// Puts the newest backup, or what can still be read, in the place of a broken save, and opens that.
    fn repair(&mut self, path: &Path) -> Reply {
        let lock = match Lock::take(path, &self.context.holder()) {
            Err(busy @ LockError::Busy { .. }) => return Reply::Failed(busy.to_string()),
            other => other.ok(),
        };
        let Some(replacement) = self.replacement(path) else {
            return Reply::Failed(format!("{}: there is nothing to put in its place", path.display()));
        };
        let mut backups = self.context.backups(path);
        let kept = recover::put_back(path, replacement.assessment(), &mut backups, &self.context.catalog);
        drop(lock);
        let kept = match kept {
            Ok(kept) => kept,
            Err(error) => return Reply::Failed(error.to_string()),
        };
        let reply = self.open(path);
        let lost = match &replacement {
            Replacement::Backup(..) => String::new(),
            Replacement::Salvage(salvage) => format!("{} parts could not be read. ", salvage.lost.len()),
        };
        if let Kept::Beside(file) = kept {
            self.say(format!("{lost}The broken file is kept as {}", file.display()));
        }
        reply
    }

    fn replacement(&self, path: &Path) -> Option<Replacement> {
        recover::replacement(path, &self.context.backups(path), &self.context.catalog, self.context.as_of)
    }

    /// What could take the place of a broken save, in words.
    fn repair_words(&self, path: &Path) -> Option<String> {
        Some(match self.replacement(path)? {
            Replacement::Backup(backup, _) => {
                let taken = backup.taken.with_timezone(&Local).format("%Y-%m-%d %H:%M");
                format!("take the backup of {taken}")
            }
            Replacement::Salvage(salvage) => {
                format!("take what can be read ({} answers; {} parts cannot)", salvage.answers, salvage.lost.len())
            }
        })
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
                    repair: None,
                }
            }
            Err(problems) => SaveEntry {
                name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
                organization: String::new(),
                progress: None,
                headline: problems.first().map(ToString::to_string).unwrap_or_default(),
                changed,
                repair: self.repair_words(path),
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

/// What the screens are told of a state; that it is being written they know themselves.
fn report_of(state: SaveState) -> Option<Input> {
    match state {
        SaveState::Saved => Some(Input::Save(SaveMark::Saved(Local::now().format("%H:%M").to_string()))),
        SaveState::Saving => None,
        SaveState::Failed(reason) => Some(Input::Save(SaveMark::Failed(reason))),
        SaveState::Notice(notice) => Some(Input::Notice(notice)),
        SaveState::TakenIn(taken_in) => {
            let TakenIn { number, ours, merged: both, words } = *taken_in;
            Some(Input::Merged(Box::new(Merged { number, ours, both, words })))
        }
    }
}

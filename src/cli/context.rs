//! What commands share: the catalogue, the day, the person, the folder of the saves. The only reader of environment and clock.

use std::{
    env,
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    process::Command,
    rc::Rc,
    thread,
};

use chrono::{Local, NaiveDate, NaiveDateTime, Utc};
use directories::BaseDirs;

#[cfg(feature = "terminal")]
use crate::tui::theme::{Palette, Theme};
use crate::{
    cli::{arguments::Options, failure::Failure},
    content::{builtin, lint},
    model::{
        catalog::Catalog,
        edit::{Change, Edit},
    },
    ron_text::Problem,
    store::{
        Loaded,
        backup::Backups,
        finding::Severity,
        folder::{Places, SavesFolder},
        lock::Holder,
    },
};

/// Everything that a command needs from outside.
pub(super) struct Context {
    /// The questionnaires.
    pub(super) catalog: Rc<Catalog>,
    /// The day for which everything is computed.
    pub(super) as_of: NaiveDate,
    /// What was said on the command line for every command.
    pub(super) options: Options,
    /// What the process was started with.
    pub(super) environment: Environment,
}

/// The environment variables that mean something here.
#[derive(Clone, Debug)]
pub(super) struct Environment {
    saves: Option<OsString>,
    no_color: bool,
    /// The name of the terminal; empty when none is said.
    pub(super) term: String,
    /// The locale for characters; empty when none is said.
    pub(super) locale: String,
    #[cfg(feature = "terminal")]
    background: String,
    /// The person's own editor.
    pub(super) editor: Option<OsString>,
    login: Option<String>,
    path: OsString,
}

impl Environment {
    fn read() -> Environment {
        let text = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let path = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
        Environment {
            saves: path("AIMSCOPE_SAVES"),
            no_color: path("NO_COLOR").is_some(),
            term: text("TERM").unwrap_or_default(),
            locale: ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(text).unwrap_or_default(),
            #[cfg(feature = "terminal")]
            background: text("COLORFGBG").unwrap_or_default(),
            editor: path("VISUAL").or_else(|| path("EDITOR")),
            login: text("USER").or_else(|| text("LOGNAME")).or_else(|| text("USERNAME")),
            path: path("PATH").unwrap_or_default(),
        }
    }

    /// Whether printed text may carry colour.
    pub(super) fn wants_color(&self) -> bool {
        !self.no_color && self.term != "dumb"
    }

    /// Whether the locale is one of UTF-8; where none is said, it is assumed.
    pub(super) fn has_utf8(&self) -> bool {
        let locale = self.locale.to_ascii_lowercase();
        locale.is_empty() || locale.contains("utf-8") || locale.contains("utf8")
    }

    /// The file of a program, as a shell would find it.
    pub(super) fn find_program(&self, name: &str) -> Option<PathBuf> {
        if name.contains(['/', '\\']) {
            return Some(PathBuf::from(name)).filter(|path| path.is_file());
        }
        let name = Some(name).filter(|name| !name.is_empty())?;
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        env::split_paths(&self.path).map(|folder| folder.join(&file)).find(|path| path.is_file())
    }
}

#[cfg(feature = "terminal")]
impl Environment {
    /// Whether the terminal can draw screens at all.
    pub(super) fn has_screens(&self) -> bool {
        use std::io::IsTerminal;

        self.term != "dumb" && std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
    }

    fn palette(&self) -> Palette {
        // COLORFGBG is `foreground;background`; 7 and 9 to 15 are light backgrounds.
        let background = self.background.rsplit(';').next().and_then(|number| number.parse::<u8>().ok());
        match background {
            _ if self.no_color => Palette::Plain,
            Some(7 | 9..=15) => Palette::Light,
            Some(_) | None => Palette::Dark,
        }
    }

    /// The Linux console lacks most signs, and without a UTF-8 locale the terminal shows bytes.
    fn needs_ascii(&self) -> bool {
        self.term == "linux" || !self.has_utf8()
    }
}

#[cfg(feature = "terminal")]
impl Context {
    /// How the screens look.
    pub(super) fn theme(&self) -> Theme {
        let palette = self.options.theme.map_or_else(|| self.environment.palette(), Palette::from);
        Theme { palette, ascii: self.options.ascii || self.environment.needs_ascii() }
    }
}

impl Context {
    /// Reads what every command needs.
    pub(super) fn new(options: Options) -> Result<Context, Failure> {
        let catalog = match &options.questionnaires {
            Some(folder) => lint::load(folder).map_err(Failure::Problems)?,
            None => builtin::catalog(),
        };
        let as_of = options.as_of.unwrap_or_else(|| Local::now().date_naive());
        Ok(Context { catalog: Rc::new(catalog), as_of, options, environment: Environment::read() })
    }

    /// What tells when a change is made. With `--as-of` nothing does, so that the same script gives the same save.
    pub(super) fn clock(&self) -> fn() -> Option<NaiveDateTime> {
        if self.options.as_of.is_some() { || None } else { || Some(Local::now().naive_local()) }
    }

    /// A change that somebody makes now.
    pub(super) fn edit(&self, by: String, change: Change) -> Edit {
        let now = (self.clock())();
        Edit { by, on: now.map_or(self.as_of, |now| now.date()), at: now.map(|now| now.time()), change }
    }

    /// The folder of the saves. It need not exist yet.
    pub(super) fn folder(&self) -> Result<SavesFolder, Failure> {
        let places = Places {
            given: self.options.saves.clone(),
            variable: self.environment.saves.clone().map(PathBuf::from),
            // Empty stands for the current folder, which keeps paths short.
            here: PathBuf::new(),
            data: BaseDirs::new().map(|folders| folders.data_dir().to_owned()),
        };
        SavesFolder::locate(places).map_err(|error| Failure::Sentence(error.to_string()))
    }

    /// Whether the person says where the saves are.
    pub(super) fn names_saves(&self) -> bool {
        self.options.saves.is_some() || self.environment.saves.is_some()
    }

    /// The path of a save that exists: the argument itself, or a save of that name in the folder.
    pub(super) fn find(&self, file: &str) -> Result<PathBuf, Failure> {
        let path = PathBuf::from(file);
        if path.exists() {
            return Ok(path);
        }
        let folder = self.folder()?;
        let named = folder.path().join(format!("{file}.ron"));
        if is_bare_name(file) && named.is_file() {
            return Ok(named);
        }
        let place = folder.path().display();
        Err(Failure::NotFound(format!("{file}: there is no such file, and no save of that name in {place}")))
    }

    /// Reads a save.
    pub(super) fn load(&self, file: &str) -> Result<(PathBuf, Loaded), Failure> {
        let path = self.find(file)?;
        match Loaded::from_path(&path, &self.catalog) {
            Ok(loaded) => Ok((path, loaded)),
            Err(mut problems) => {
                problems.extend(self.way_out(&path));
                Err(Failure::Problems(problems))
            }
        }
    }

    /// What can be done about a save that cannot be read, if there is something to go back to.
    fn way_out(&self, path: &Path) -> Option<Problem> {
        let count = self.backups(path).list().unwrap_or_default().len();
        let words = format!("`aimscope restore FILE --list` shows what there is to go back to ({count})");
        (count > 0).then(|| Problem::with_file(path, words))
    }

    /// The earlier states of a save.
    pub(super) fn backups(&self, path: &Path) -> Backups {
        Backups::of(path, Utc::now)
    }

    /// This process, as others are told who has a save open.
    pub(super) fn holder(&self) -> Holder {
        let login = self.environment.login.as_deref().unwrap_or("somebody");
        let user = self.options.by.as_deref().unwrap_or(login);
        Holder::of_this_process(user, &Local::now().format("%Y-%m-%d %H:%M").to_string())
    }

    /// Who answers: `--as`, else git's user name, else the login. Asking git runs beside what follows.
    pub(super) fn person(&self) -> Box<dyn FnOnce() -> String> {
        let login = self.environment.login.clone().unwrap_or_else(|| "somebody".to_owned());
        match self.options.by.clone() {
            Some(name) => Box::new(move || name),
            None => {
                let asked = thread::spawn(git_user_name);
                Box::new(move || asked.join().ok().flatten().unwrap_or(login))
            }
        }
    }
}

/// The file of this program, for others to call.
///
/// # Errors
/// The system does not tell.
pub(super) fn this_program() -> io::Result<PathBuf> {
    let program = env::current_exe()?;
    // What was replaced while it runs is gone; its successor stands under the same name.
    let shown = program.to_string_lossy();
    Ok(shown.strip_suffix(" (deleted)").map_or(program.clone(), PathBuf::from))
}

/// Whether an argument names a save rather than a path.
pub(super) fn is_bare_name(file: &str) -> bool {
    !file.is_empty() && !file.contains(['/', '\\']) && !file.starts_with('.')
}

fn git_user_name() -> Option<String> {
    let output = Command::new("git").args(["config", "user.name"]).output().ok()?;
    let name = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !name.is_empty()).then_some(name)
}

/// Whether a save has a finding that is to be put right, so that commands on it end with 1.
pub(super) fn has_errors(loaded: &Loaded) -> bool {
    loaded.findings.iter().any(|finding| finding.severity == Severity::Error)
}

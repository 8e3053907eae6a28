//! `aimscope doctor`: what the program finds around itself, line by line, and what to do where that is not right.

mod disk;

use std::{
    fmt, fs,
    io::{IsTerminal, stdin, stdout},
    path::Path,
    process::ExitCode,
};

use crate::cli::{
    context::Context,
    doctor::disk::{file_system, free_bytes, is_on_network},
    failure::Failure,
    git::{self, Driver},
    output,
};
use crate::tui::app::SMALLEST;

/// Below this much free space saves are in danger: a save, the new one beside it and its backups.
const LITTLE_SPACE: u64 = 100 * 1024 * 1024;

/// How a finding is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// All is well.
    Fine,
    /// Good to know; nothing needs to be done.
    Note,
    /// To be put right.
    Wrong,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Finding {
    kind: Kind,
    about: &'static str,
    words: String,
}

impl Finding {
    fn fine(about: &'static str, words: impl Into<String>) -> Finding {
        Finding { kind: Kind::Fine, about, words: words.into() }
    }

    fn note(about: &'static str, words: impl Into<String>) -> Finding {
        Finding { kind: Kind::Note, about, words: words.into() }
    }

    fn wrong(about: &'static str, words: impl Into<String>) -> Finding {
        Finding { kind: Kind::Wrong, about, words: words.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.kind {
            Kind::Fine => "ok  ",
            Kind::Note => "note",
            Kind::Wrong => "FIX ",
        };
        write!(f, "{sign}  {}: {}", self.about, self.words)
    }
}

/// Prints what is found. Exit code 0 when nothing needs to be put right, 1 otherwise.
pub(super) fn perform(context: &Context) -> Result<ExitCode, Failure> {
    let folder = context.folder()?.path().to_owned();
    let mut findings = terminal(context);
    findings.push(locale(context));
    findings.extend(saves(&folder));
    findings.push(driver(&folder));
    findings.push(editor(context));
    let wrong = findings.iter().filter(|finding| finding.kind == Kind::Wrong).count();
    let mut text: String = findings.iter().map(|finding| format!("{finding}\n")).collect();
    text.push_str(&match wrong {
        0 => "All is well.\n".to_owned(),
        1 => "One thing is to be put right, marked FIX.\n".to_owned(),
        many => format!("{many} things are to be put right, marked FIX.\n"),
    });
    output::print(&text)?;
    Ok(ExitCode::from(u8::from(wrong > 0)))
}

fn terminal(context: &Context) -> Vec<Finding> {
    const ABOUT: &str = "terminal";
    if !stdin().is_terminal() || !stdout().is_terminal() {
        return vec![Finding::note(ABOUT, "this does not run in one, so it is not judged; the screens need one")];
    }
    let mut findings = vec![match context.environment.term.as_str() {
        "" => Finding::wrong(ABOUT, "TERM is not set; try `export TERM=xterm-256color`"),
        "dumb" => Finding::wrong(
            ABOUT,
            "TERM is `dumb`, which cannot show screens; use another terminal, or `aimscope answer`",
        ),
        name if context.environment.wants_color() => Finding::fine(ABOUT, format!("{name}, with colours")),
        name => Finding::fine(ABOUT, format!("{name}, without colours, as NO_COLOR asks")),
    }];
    let (width, height) = SMALLEST;
    findings.push(match output::terminal_size() {
        None => Finding::note(ABOUT, "it does not say how large it is"),
        Some((columns, rows)) if columns < width || rows < height => {
            Finding::wrong(ABOUT, format!("{columns} x {rows} is too small; the screens need {width} x {height}"))
        }
        Some((columns, rows)) => Finding::fine(ABOUT, format!("{columns} x {rows}")),
    });
    findings
}

fn locale(context: &Context) -> Finding {
    const ABOUT: &str = "locale";
    let environment = &context.environment;
    match environment.locale.as_str() {
        "" => {
            Finding::note(ABOUT, "none is named (LANG); UTF-8 is assumed. With --ascii only plain characters are drawn")
        }
        name if environment.has_utf8() => Finding::fine(ABOUT, name),
        name => Finding::wrong(
            ABOUT,
            format!("{name} is not UTF-8, so only plain characters are drawn; try `export LANG=C.UTF-8`"),
        ),
    }
}

fn saves(folder: &Path) -> Vec<Finding> {
    const ABOUT: &str = "saves";
    let shown = folder.display();
    let metadata = match fs::metadata(folder) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return vec![Finding::note(ABOUT, format!("{shown} is not there yet; it is made with the first save"))];
        }
        Err(error) => return vec![Finding::wrong(ABOUT, format!("{shown} cannot be looked at: {error}"))],
    };
    if !metadata.is_dir() {
        return vec![Finding::wrong(ABOUT, format!("{shown} is no folder; name another with --saves DIR"))];
    }
    let writable = match tempfile::tempfile_in(folder) {
        Ok(_) => Finding::fine(ABOUT, format!("{shown} can be written to")),
        Err(error) => Finding::wrong(
            ABOUT,
            format!("{shown} cannot be written to ({error}); change its mode, or name another with --saves DIR"),
        ),
    };
    let mut findings = vec![writable];
    findings.extend(mode(&metadata).map(|words| Finding::note(ABOUT, words)));
    findings.push(match file_system(folder) {
        None => Finding::note(ABOUT, "the kind of the file system is not known"),
        Some(kind) if is_on_network(&kind) => Finding::note(
            ABOUT,
            format!(
                "{kind} lies on another machine or is synchronized: two people on two machines can open the same save"
            ),
        ),
        Some(kind) => Finding::fine(ABOUT, format!("on {kind}")),
    });
    findings.extend(free_bytes(folder).map(|free| {
        let words = format!("{} MB free", free / 1_000_000);
        match free < LITTLE_SPACE {
            true => Finding::wrong(ABOUT, format!("only {words}; make room, or a save may fail")),
            false => Finding::fine(ABOUT, words),
        }
    }));
    findings
}

/// Who else can read the saves, where the system knows modes.
#[cfg(unix)]
fn mode(metadata: &fs::Metadata) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode() & 0o777;
    let others = mode & 0o077;
    (others != 0)
        .then(|| format!("mode {mode:03o}: other users of this machine can look in; `chmod 700` keeps them out"))
}

#[cfg(not(unix))]
fn mode(_: &fs::Metadata) -> Option<String> {
    None
}

fn driver(folder: &Path) -> Finding {
    const ABOUT: &str = "git";
    let install = "call `aimscope git install`";
    match git::driver(folder) {
        Driver::NoGit => Finding::note(ABOUT, "not on this machine; it is only needed to share saves"),
        Driver::NoRepository => Finding::note(ABOUT, "the saves are in no repository; nothing needs to be set up"),
        Driver::NotInstalled => Finding::wrong(
            ABOUT,
            format!("the saves are in a repository, and git would merge them by lines; {install}"),
        ),
        Driver::NoAttribute => {
            Finding::wrong(ABOUT, format!("the merge driver is set, and no file is given to it; {install} again"))
        }
        Driver::Missing(program) => {
            let program = program.display();
            Finding::wrong(ABOUT, format!("the merge driver calls {program}, which is not there; {install} again"))
        }
        Driver::Other(_) => {
            Finding::wrong(ABOUT, format!("the merge driver is not the one of this version; {install} again"))
        }
        Driver::Ready(program) => Finding::fine(ABOUT, format!("saves are merged by {}", program.display())),
    }
}

fn editor(context: &Context) -> Finding {
    const ABOUT: &str = "editor";
    let Some(editor) = &context.environment.editor else {
        return Finding::note(ABOUT, "none is named; Ctrl-E in a note opens the one of $VISUAL or $EDITOR");
    };
    let words = editor.to_string_lossy();
    let program = words.split_whitespace().next().unwrap_or_default();
    match context.environment.find_program(program) {
        Some(path) => Finding::fine(ABOUT, path.display().to_string()),
        None => Finding::wrong(ABOUT, format!("`{program}` is not found; set $VISUAL or $EDITOR to one that is there")),
    }
}

//! `aimscope git install`: tells git to merge saves with `aimscope merge`, and how that stands for `aimscope doctor`.
//!
//! A merge driver whose program is missing makes git keep one side without a word. So the driver is a line of shell that
//! merges by lines, with git's own `merge-file`, whenever aimscope is not there or refuses.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

use crate::cli::{
    context::{Context, this_program},
    failure::Failure,
    output,
};

/// The setting that holds the driver, and the one that names it.
const DRIVER: &str = "merge.aimscope.driver";
const NAME: &str = "merge.aimscope.name";
const NAME_IN_WORDS: &str = "saves of aimscope, answer by answer";
/// The line that gives saves to the driver; it stands in the folder of the saves and so holds for no other file.
const ATTRIBUTE: &str = "*.ron merge=aimscope";
/// What stands beside the saves and is nobody else's: backups, locks, and files under way.
const IGNORED: [&str; 3] = [".backup/", ".*.lock", ".*.tmp"];
/// What stands before and behind the path of the program in the driver.
const BEFORE_PROGRAM: &str = "program='";
const BEHIND_PROGRAM: &str = "'; \"$program\" merge --path=%P %O %A %B; code=$?; \
    if [ \"$code\" -le 1 ]; then exit \"$code\"; fi; \
    echo 'aimscope did not merge this file; git merges it by lines' >&2; \
    exec git merge-file -L ours -L base -L theirs %A %O %B";

/// How git stands to the saves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Driver {
    /// There is no git.
    NoGit,
    /// The saves are in no repository.
    NoRepository,
    /// The repository that holds them does not name the driver.
    NotInstalled,
    /// The driver is set, and the saves are not given to it.
    NoAttribute,
    /// The driver runs a program that is not there.
    Missing(PathBuf),
    /// The driver is not the one that `install` sets.
    Other(String),
    /// Saves are merged by this program.
    Ready(PathBuf),
}

/// Sets git up and says what was done.
pub(super) fn install(context: &Context, global: bool) -> Result<ExitCode, Failure> {
    if !has_git() {
        return Err(Failure::Sentence("there is no git on this machine; install it first".to_owned()));
    }
    let folder = saves_in_repository(context);
    let mut said = String::new();
    match (&folder, global) {
        (Ok(_), _) | (Err(_), true) => said.push_str(&set_driver(folder.as_deref().ok(), global)?),
        (Err(_), false) => {}
    }
    match folder {
        Ok(folder) => said.push_str(&set_attribute(&folder)?),
        Err(_) if global => said.push_str(
            "Which files it is for, a repository says itself: call `aimscope git install` once in each that holds saves.\n",
        ),
        Err(reason) => return Err(Failure::Sentence(reason)),
    }
    output::print(&said)
}

/// How git stands to the saves in a folder.
pub(super) fn driver(folder: &Path) -> Driver {
    if !has_git() {
        return Driver::NoGit;
    }
    let folder = existing(folder);
    if top_of(&folder).is_none() {
        return Driver::NoRepository;
    }
    let Some(line) = git(&folder, &["config", "--get", DRIVER]) else { return Driver::NotInstalled };
    let Some(program) = program_of(&line) else { return Driver::Other(line) };
    match (program.is_file(), has_attribute(&folder)) {
        (false, _) => Driver::Missing(program),
        (true, false) => Driver::NoAttribute,
        (true, true) => Driver::Ready(program),
    }
}

/// The folder of the saves, which must be in a repository: the one of every command, else `saves` at the top of this one.
fn saves_in_repository(context: &Context) -> Result<PathBuf, String> {
    let folder = context.folder().map_err(|failure| failure.to_string())?.path().to_owned();
    if folder.is_dir() && top_of(&folder).is_some() {
        return Ok(folder);
    }
    let Some(top) = top_of(Path::new(".")) else {
        return Err(
            "this is no git repository; go to the one that holds your saves, or name their folder with --saves DIR"
                .to_owned(),
        );
    };
    let at_top = top.join("saves");
    if context.names_saves() || !at_top.is_dir() {
        return Err(format!(
            "{} is no folder of a git repository; make the folder of the saves in the repository, or name it with --saves DIR",
            folder.display()
        ));
    }
    Ok(at_top)
}

fn set_driver(folder: Option<&Path>, global: bool) -> Result<String, Failure> {
    let program = this_program().map_err(|error| Failure::Sentence(format!("aimscope cannot be found: {error}")))?;
    let line = driver_line(&program);
    let (scope, place) = if global { ("--global", "for all your repositories") } else { ("--local", "for this clone") };
    let folder = folder.unwrap_or(Path::new("."));
    if git(folder, &["config", scope, "--get", DRIVER]).as_deref() == Some(&line) {
        return Ok(format!("git calls {} to merge saves, {place}: as before.\n", program.display()));
    }
    for (name, value) in [(NAME, NAME_IN_WORDS), (DRIVER, &line)] {
        if git(folder, &["config", scope, name, value]).is_none() {
            return Err(Failure::Sentence(format!(
                "git did not take the setting {name}; try `git config {scope} {name} x`"
            )));
        }
    }
    Ok(format!("git now calls {} to merge saves, {place}.\n", program.display()))
}

fn set_attribute(folder: &Path) -> Result<String, Failure> {
    let ignored = append(&folder.join(".gitignore"), |before| {
        let is_missing = |line: &&str| !before.lines().any(|known| known.trim() == *line);
        IGNORED.into_iter().filter(is_missing).collect()
    })?;
    let ignored = if ignored {
        format!("{} leaves backups and locks out: commit it.\n", folder.join(".gitignore").display())
    } else {
        String::new()
    };
    if has_attribute(folder) {
        return Ok(format!("{} is merged so: as before.\n{ignored}", folder.join("*.ron").display()));
    }
    let file = folder.join(".gitattributes");
    append(&file, |_| vec![ATTRIBUTE])?;
    Ok(format!(
        "{} says `{ATTRIBUTE}`: commit it. Everybody else calls `aimscope git install` once in their clone.\n{ignored}",
        file.display()
    ))
}

/// Adds lines to a file of git's, and says whether there were any to add.
fn append(file: &Path, lines: impl FnOnce(&str) -> Vec<&'static str>) -> Result<bool, Failure> {
    let failed =
        |error: std::io::Error| Failure::Sentence(format!("{}: it cannot be written: {error}", file.display()));
    if fs::symlink_metadata(file).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(Failure::Sentence(format!("{}: git reads only a plain file there", file.display())));
    }
    let before = fs::read_to_string(file).unwrap_or_default();
    let lines = lines(&before);
    if lines.is_empty() {
        return Ok(false);
    }
    let line_break = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let mut written = OpenOptions::new().append(true).create(true).open(file).map_err(failed)?;
    written.write_all(format!("{line_break}{}\n", lines.join("\n")).as_bytes()).map_err(failed)?;
    Ok(true)
}

/// Whether git gives the saves of a folder to the driver.
fn has_attribute(folder: &Path) -> bool {
    git(folder, &["check-attr", "merge", "--", "any.ron"]).is_some_and(|said| said.ends_with(": merge: aimscope"))
}

fn driver_line(program: &Path) -> String {
    let path = program.to_string_lossy().replace('\'', r"'\''");
    format!("{BEFORE_PROGRAM}{path}{BEHIND_PROGRAM}")
}

/// The program that a driver runs, where `install` wrote it.
fn program_of(line: &str) -> Option<PathBuf> {
    let path = line.strip_prefix(BEFORE_PROGRAM)?.strip_suffix(BEHIND_PROGRAM)?;
    Some(PathBuf::from(path.replace(r"'\''", "'")))
}

/// The top of the repository that holds a folder.
fn top_of(folder: &Path) -> Option<PathBuf> {
    git(folder, &["rev-parse", "--show-toplevel"]).filter(|top| !top.is_empty()).map(PathBuf::from)
}

/// The folder, or the nearest above it that exists.
fn existing(folder: &Path) -> PathBuf {
    let exists = folder.ancestors().find(|folder| folder.is_dir());
    exists.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

fn has_git() -> bool {
    git(Path::new("."), &["version"]).is_some()
}

/// What git prints in a folder, without the last line break; nothing where it fails.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim_end_matches(['\n', '\r']).to_owned();
    output.status.success().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_of_a_driver_is_found_again() {
        for path in ["/usr/bin/aimscope", "/home/Ann O'Neil/bin/aimscope", "C:/Program Files/aimscope.exe"] {
            assert_eq!(program_of(&driver_line(Path::new(path))).as_deref(), Some(Path::new(path)));
        }
        assert_eq!(program_of("aimscope merge %O %A %B"), None);
    }
}

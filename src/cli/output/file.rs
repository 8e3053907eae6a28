//! The files that commands write beside the saves: reports and exports. One appears whole or not at all, takes the place of
//! another only with `--force`, and success is reported only after it was read back from the disk and found to be right.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use tempfile::{Builder, NamedTempFile};

use crate::{
    cli::{failure::Failure, output},
    ron_text::Problem,
};

/// Where a result goes: the arguments that every command has which can write a file.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Output {
    /// Write to this file instead of standard output
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Let --output take the place of a file that is there already
    #[arg(long, requires = "output")]
    pub(in crate::cli) force: bool,
}

/// What a file is to hold, and how to tell whether it is right.
pub(in crate::cli) struct Contents<'a> {
    /// The bytes.
    pub(in crate::cli) bytes: &'a [u8],
    /// Reads the file as its reader will, and says what is wrong with it; what comes back from the disk is the same bytes.
    pub(in crate::cli) check: fn(&[u8]) -> Result<(), String>,
}

impl<'a> Contents<'a> {
    /// Text for people, which nothing but its reader can check.
    pub(in crate::cli) fn text(text: &'a str) -> Contents<'a> {
        Contents { bytes: text.as_bytes(), check: |_| Ok(()) }
    }

    /// JSON, which has to be read again as JSON.
    pub(in crate::cli) fn json(text: &'a str) -> Contents<'a> {
        let check = |bytes: &[u8]| match serde_json::from_slice::<serde::de::IgnoredAny>(bytes) {
            Ok(_) => Ok(()),
            Err(error) => Err(error.to_string()),
        };
        Contents { bytes: text.as_bytes(), check }
    }
}

impl Output {
    /// Prints the contents, or writes them to the file that was asked for and says where it is. `save` is the save that they
    /// come from; nothing takes its place, whatever is forced.
    pub(in crate::cli) fn deliver(&self, contents: &Contents, save: &Path) -> Result<ExitCode, Failure> {
        let Some(path) = &self.output else { return output::print_bytes(contents.bytes) };
        write(&[(path.clone(), contents)], self.force, save)?;
        output::print(&format!("written: {}\n", path.display()))
    }
}

/// Writes some files, none of them if one of the names cannot be had. `save` is the save that they come from.
pub(in crate::cli) fn write(files: &[(PathBuf, &Contents)], force: bool, save: &Path) -> Result<(), Failure> {
    let problems: Vec<Problem> = files.iter().filter_map(|(path, _)| objection(path, force, save)).collect();
    if !problems.is_empty() {
        return Err(Failure::Problems(problems));
    }
    for (path, contents) in files {
        put(path, contents, force).map_err(|words| Failure::Problems(vec![Problem::with_file(path, words)]))?;
    }
    Ok(())
}

/// Why a file cannot have that name, if so.
fn objection(path: &Path, force: bool, save: &Path) -> Option<Problem> {
    let is_save = |path: &Path| matches!((path.canonicalize(), save.canonicalize()), (Ok(a), Ok(b)) if a == b);
    let words = match fs::metadata(path) {
        Ok(_) if is_save(path) => "this is the save itself; name another file".to_owned(),
        Ok(found) if found.is_dir() => "this is a folder; name a file in it".to_owned(),
        Ok(found) if !found.is_file() => {
            "this is not a regular file; leave out --output and redirect instead".to_owned()
        }
        Ok(_) if force => return None,
        Ok(_) => THERE_ALREADY.to_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match folder_of(path) {
            folder if folder.is_dir() => return None,
            folder => format!("there is no folder {}; make it first", folder.display()),
        },
        Err(error) => format!("nothing can be written there: {error}"),
    };
    Some(Problem::with_file(path, words))
}

const THERE_ALREADY: &str = "there is a file already; --force lets the new one take its place, and nothing is written \
    without it";

/// Writes a file under another name, reads it back, and only then gives it its own.
fn put(path: &Path, contents: &Contents, force: bool) -> Result<(), String> {
    // A link is followed, so that it still leads to the file afterwards.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = folder_of(&target);
    let refused = |error: io::Error| format!("nothing is written: {error}");
    let mut file = temporary(folder).map_err(refused)?;
    file.write_all(contents.bytes).and_then(|()| file.as_file().sync_all()).map_err(refused)?;
    if let Ok(found) = fs::metadata(&target) {
        file.as_file().set_permissions(found.permissions()).map_err(refused)?;
    }
    let held = fs::read(file.path()).map_err(refused)?;
    if held != contents.bytes {
        return Err("nothing is written: the disk did not give back what was written to it".to_owned());
    }
    (contents.check)(&held)
        .map_err(|problem| format!("nothing is written, since it could not be read again: {problem}"))?;
    if force {
        file.persist(&target).map_err(|error| refused(error.error))?;
    } else {
        file.persist_noclobber(&target).map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => THERE_ALREADY.to_owned(),
            _ => refused(error.error),
        })?;
    }
    flush_names(folder);
    Ok(())
}

/// A new file as any program would make it: readable as far as the umask lets others read.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.prefix(".aimscope-").tempfile_in(folder)
}

/// Asks the system to keep the new name through a power cut. A report can be made again, so a refusal is no failure.
fn flush_names(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        drop(folder.sync_all());
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new() -> Folder {
            let folder = Folder(tempfile::tempdir().expect("a folder for a test"));
            fs::write(folder.at("a.ron"), "the save").expect("a save");
            folder
        }

        fn at(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn write(&self, names: &[&str], contents: &Contents, force: bool) -> Result<(), String> {
            let files: Vec<(PathBuf, &Contents)> = names.iter().map(|name| (self.at(name), contents)).collect();
            let shown = self.0.path().display().to_string();
            write(&files, force, &self.at("a.ron")).map_err(|failure| failure.to_string().replace(&shown, ""))
        }

        fn names(&self) -> Vec<String> {
            let entries = fs::read_dir(self.0.path()).expect("the folder can be listed");
            let name =
                |entry: io::Result<fs::DirEntry>| entry.expect("an entry").file_name().into_string().expect("UTF-8");
            let mut names: Vec<String> = entries.map(name).collect();
            names.sort();
            names
        }
    }

    #[test]
    fn a_file_is_written_once_and_again_only_with_force() {
        let folder = Folder::new();
        folder.write(&["r.md"], &Contents::text("one"), false).expect("a new file");
        let refused = folder.write(&["r.md"], &Contents::text("two"), false).expect_err("a file that is there");
        assert_eq!(refused, format!("/r.md: {THERE_ALREADY}"));
        assert_eq!(fs::read_to_string(folder.at("r.md")).expect("the file"), "one");
        folder.write(&["r.md"], &Contents::text("two"), true).expect("with force");
        assert_eq!(fs::read_to_string(folder.at("r.md")).expect("the file"), "two");
        assert_eq!(folder.names(), ["a.ron", "r.md"], "nothing else is left behind");
    }

    #[test]
    fn of_several_files_none_is_written_when_one_is_there() {
        let folder = Folder::new();
        fs::write(folder.at("b.md"), "kept").expect("a file");
        let refused = folder.write(&["c.md", "b.md", "no/d.md"], &Contents::text("x"), false).expect_err("b.md");
        assert_eq!(refused, format!("/b.md: {THERE_ALREADY}\n/no/d.md: there is no folder /no; make it first"));
        assert_eq!(folder.names(), ["a.ron", "b.md"]);
    }

    #[test]
    fn the_save_and_what_is_no_file_never_give_way() {
        let folder = Folder::new();
        let refused = folder.write(&["a.ron"], &Contents::text("x"), true).expect_err("the save");
        assert_eq!(refused, "/a.ron: this is the save itself; name another file");
        let refused = folder.write(&["."], &Contents::text("x"), true).expect_err("a folder");
        assert!(refused.ends_with("this is a folder; name a file in it"), "{refused}");
        assert_eq!(fs::read_to_string(folder.at("a.ron")).expect("the save"), "the save");
    }

    #[test]
    fn what_does_not_read_back_right_is_not_written() {
        let folder = Folder::new();
        let refused = folder.write(&["r.json"], &Contents::json("{"), false).expect_err("half of JSON");
        assert!(refused.contains("could not be read again: EOF while parsing"), "{refused}");
        assert_eq!(folder.names(), ["a.ron"]);
        folder.write(&["r.json"], &Contents::json("{}"), false).expect("whole JSON");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_still_leads_to_its_file_and_modes_are_as_usual() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = Folder::new();
        folder.write(&["real.md"], &Contents::text("one"), false).expect("a new file");
        let mode = |name: &str| fs::metadata(folder.at(name)).expect("the file").permissions().mode() & 0o777;
        assert_eq!(mode("real.md") & 0o600, 0o600);
        fs::set_permissions(folder.at("real.md"), PermissionsExt::from_mode(0o640)).expect("a mode");
        symlink(folder.at("real.md"), folder.at("link.md")).expect("a link");
        folder.write(&["link.md"], &Contents::text("two"), true).expect("through the link");
        assert_eq!(fs::read_to_string(folder.at("real.md")).expect("the file"), "two");
        assert!(fs::symlink_metadata(folder.at("link.md")).expect("the link").is_symlink());
        assert_eq!(mode("real.md"), 0o640);
    }
}

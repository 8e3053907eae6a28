//! Replaces a save as a whole or not at all: a power cut at any moment leaves the old file or the new one.
//!
//! A file that is not as this program last saw it is never written over.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::{
    model::assessment::Assessment,
    ron_text::Problem,
    store::{file::FileV1, layout, read},
};

/// Why an assessment could not be saved. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system refused.
    #[error("{path} is not saved: {doing}: {source}", path = path.display())]
    Io {
        /// The save.
        path: PathBuf,
        /// What did not work.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The file does not hold what was read from it or written to it last.
    #[error("{path} was changed by another program; it is not overwritten, so your latest answers are not saved there", path = path.display())]
    Changed {
        /// The save.
        path: PathBuf,
    },
    /// The path leads to something that is no file.
    #[error("{path} is not saved: this is not a regular file", path = path.display())]
    NotAFile {
        /// The save.
        path: PathBuf,
    },
    /// Somebody made the file read-only.
    #[error("{path} is not saved: the file is write-protected", path = path.display())]
    WriteProtected {
        /// The save.
        path: PathBuf,
    },
    /// What was written does not come back from the disk.
    #[error("{path} is not saved: the disk did not give back what was written to it", path = path.display())]
    NotSame {
        /// The save.
        path: PathBuf,
    },
    /// The new text could not be read again.
    #[error("{path} is not saved, because it could not be read again: {problem}", path = path.display())]
    NotReadable {
        /// The save.
        path: PathBuf,
        /// What is wrong with the new text.
        problem: String,
    },
    /// The thread that saves is gone.
    #[error("{path} is not saved: the part of the program that saves has stopped", path = path.display())]
    Stopped {
        /// The save.
        path: PathBuf,
    },
}

/// A save on disk, and what this program last saw in it.
#[derive(Clone, Debug)]
pub struct SaveFile {
    path: PathBuf,
    known: Option<String>,
}

impl SaveFile {
    /// A save that does not exist yet.
    pub fn new(path: impl Into<PathBuf>) -> SaveFile {
        SaveFile { path: path.into(), known: None }
    }

    /// A save that was read; `text` is what it held.
    pub fn read(path: impl Into<PathBuf>, text: String) -> SaveFile {
        SaveFile { path: path.into(), known: Some(text) }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Replaces the file by an assessment, and returns when that is safe on the disk. Leaves a file alone that holds it.
    ///
    /// # Errors
    /// Why not; the file is then as it was, and nothing else is left behind.
    pub fn write(&mut self, assessment: &Assessment) -> Result<(), StoreError> {
        let text = layout::print(assessment);
        let target = resolve(&self.path).map_err(self.failed("its link cannot be followed"))?;
        if !self.holds(&target, Some(&text))? {
            self.refuse_foreign(&target)?;
            let temporary = self.prepare(&target, &text)?;
            // Once more, now that only a rename is left to do.
            self.refuse_foreign(&target)?;
            self.replace(temporary, &target)?;
        }
        self.known = Some(text);
        sync_folder(&target).map_err(self.failed("its folder cannot be flushed to the disk"))
    }

    /// Whether there is a file that holds this text; for no text, whether there is no file.
    fn holds(&self, target: &Path, text: Option<&String>) -> Result<bool, StoreError> {
        let metadata = match fs::metadata(target) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(text.is_none()),
            Err(error) => return Err(self.failed("it cannot be looked at")(error)),
        };
        if !metadata.is_file() {
            return Err(StoreError::NotAFile { path: self.path.clone() });
        }
        // The length first: what grew large meanwhile need not be read.
        let Some(text) = text.filter(|text| text.len() as u64 == metadata.len()) else { return Ok(false) };
        Ok(fs::read(target).map_err(self.failed("it cannot be read"))? == text.as_bytes())
    }

    /// Refuses to go on when the file is not as it was last seen. One that is gone is written anew: nothing is lost by that.
    fn refuse_foreign(&self, target: &Path) -> Result<(), StoreError> {
        if !self.holds(target, None)? && !self.holds(target, self.known.as_ref())? {
            return Err(StoreError::Changed { path: self.path.clone() });
        }
        let is_read_only = fs::metadata(target).is_ok_and(|metadata| metadata.permissions().readonly());
        if is_read_only { Err(StoreError::WriteProtected { path: self.path.clone() }) } else { Ok(()) }
    }

    /// Writes the text to a new file beside the old one, down to the disk, and reads it back.
    fn prepare(&self, target: &Path, text: &str) -> Result<NamedTempFile, StoreError> {
        let mut temporary = tempfile::Builder::new()
            .prefix(".aimscope-")
            .suffix(".tmp")
            .tempfile_in(folder_of(target))
            .map_err(self.failed("no new file can be made beside it"))?;
        set_mode(temporary.as_file(), target).map_err(self.failed("the mode of the new file cannot be set"))?;
        temporary.write_all(text.as_bytes()).map_err(self.failed("the new version cannot be written"))?;
        temporary.as_file().sync_all().map_err(self.failed("the new version cannot be flushed to the disk"))?;
        self.prove(temporary.path(), text)?;
        Ok(temporary)
    }

    /// Proves that the new file can be read and says what it should.
    fn prove(&self, written: &Path, text: &str) -> Result<(), StoreError> {
        let not_readable = |problem: Box<Problem>| StoreError::NotReadable {
            path: self.path.clone(),
            problem: Problem { path: self.path.clone(), ..*problem }.to_string(),
        };
        let reread = read::text(written).map_err(not_readable)?;
        let file = FileV1::parse(written, &reread).map_err(not_readable)?;
        let is_same = reread == text && layout::print(&file.into_assessment()) == text;
        if is_same { Ok(()) } else { Err(StoreError::NotSame { path: self.path.clone() }) }
    }

    fn replace(&self, temporary: NamedTempFile, target: &Path) -> Result<(), StoreError> {
        let temporary = match self.holds(target, None)? {
            false => temporary,
            // Never over a file that came into being just now.
            true => match temporary.persist_noclobber(target) {
                Ok(_) => return Ok(()),
                Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                    return Err(StoreError::Changed { path: self.path.clone() });
                }
                // Some network file systems cannot promise that.
                Err(error) => error.file,
            },
        };
        let replaced = temporary.persist(target).map_err(|error| error.error);
        replaced.map(drop).map_err(self.failed("the new version cannot be put in its place"))
    }

    fn failed(&self, doing: &'static str) -> impl Fn(io::Error) -> StoreError + use<> {
        let path = self.path.clone();
        move |source| StoreError::Io { path: path.clone(), doing, source: without_path(source) }
    }
}

/// An error without the name of the temporary file, which says nothing to anybody.
fn without_path(error: io::Error) -> io::Error {
    let words = error.to_string();
    let reason = words.split_once(" at path ").map_or(words.as_str(), |(reason, _)| reason);
    io::Error::new(error.kind(), reason)
}

/// Links that lead on to links are followed this far.
const LONGEST_CHAIN: usize = 40;

/// The file that a path stands for: a link is kept and what it points to is replaced, whether that exists or not.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..LONGEST_CHAIN {
        match fs::symlink_metadata(&target) {
            Ok(metadata) if metadata.is_symlink() => target = folder_of(&target).join(fs::read_link(&target)?),
            Ok(_) => return Ok(target),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(target),
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("too many links lead to one another"))
}

/// The folder that a file lies in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

/// Gives a new file the mode of the one that it replaces; one without predecessor is for its owner only.
#[cfg(unix)]
fn set_mode(file: &File, target: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let mode = fs::metadata(target).map_or(0o600, |metadata| metadata.permissions().mode() & 0o777);
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_file: &File, _target: &Path) -> io::Result<()> {
    Ok(())
}

/// Flushes the folder of a file to the disk: without that a rename may not survive a power cut.
#[cfg(unix)]
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    match File::open(folder_of(path)).and_then(|folder| folder.sync_all()) {
        // Some network file systems cannot flush a folder; they do it on their own.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use tempfile::TempDir;

    use super::*;

    fn assessment(name: &str) -> Assessment {
        Assessment::new(name, "2026.11", NaiveDate::default())
    }

    fn folder() -> TempDir {
        tempfile::tempdir().expect("a folder")
    }

    fn listing(folder: &TempDir) -> Vec<String> {
        let entries = fs::read_dir(folder.path()).expect("the folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// What is said, with the folder taken out.
    fn refusal(result: Result<(), StoreError>, folder: &TempDir) -> String {
        let error = result.expect_err("not saved").to_string();
        error.replace(&format!("{}/", folder.path().display()), "")
    }

    #[test]
    fn a_save_is_written_replaced_and_left_alone_when_nothing_changed() {
        let folder = folder();
        let path = folder.path().join("a.ron");
        let mut file = SaveFile::new(&path);
        file.write(&assessment("One")).expect("saved");
        assert_eq!(fs::read_to_string(&path).expect("the save"), layout::print(&assessment("One")));
        file.write(&assessment("Two")).expect("saved");
        let identity = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified()).expect("a time");
        let before = (identity(&path), listing(&folder));
        file.write(&assessment("Two")).expect("nothing to do");
        SaveFile::new(&path).write(&assessment("Two")).expect("nothing to do for one who never read it either");
        assert_eq!((identity(&path), listing(&folder)), before);
        assert_eq!(listing(&folder), ["a.ron"]);
    }

    #[test]
    fn a_file_changed_by_another_program_is_not_overwritten() {
        let folder = folder();
        let path = folder.path().join("a.ron");
        let mut file = SaveFile::new(&path);
        file.write(&assessment("One")).expect("saved");
        let foreign = layout::print(&assessment("One")).replace("One", "Two");
        fs::write(&path, &foreign).expect("an edit elsewhere");
        let changed =
            "a.ron was changed by another program; it is not overwritten, so your latest answers are not saved there";
        assert_eq!(refusal(file.write(&assessment("Three")), &folder), changed);
        assert_eq!(refusal(SaveFile::new(&path).write(&assessment("Three")), &folder), changed);
        assert_eq!(fs::read_to_string(&path).expect("the save"), foreign);
        assert_eq!(listing(&folder), ["a.ron"]);
        file.write(&assessment("Two")).expect("the other program wrote the same");
        file.write(&assessment("Three")).expect("so it is known again");
        fs::remove_file(&path).expect("removed elsewhere");
        file.write(&assessment("Four")).expect("nothing is overwritten by that");
    }

    #[test]
    fn what_could_not_be_read_again_is_not_written() {
        let folder = folder();
        let path = folder.path().join("a.ron");
        let mut file = SaveFile::new(&path);
        file.write(&assessment("One")).expect("saved");
        let too_long = assessment(&"x".repeat(20_001));
        assert_eq!(
            refusal(file.write(&too_long), &folder).lines().next().expect("a line"),
            "a.ron is not saved, because it could not be read again: a.ron:5:11: this text has 20001 characters; it may have 20000"
        );
        assert_eq!(fs::read_to_string(&path).expect("the save"), layout::print(&assessment("One")));
        assert_eq!(listing(&folder), ["a.ron"]);
    }

    #[test]
    fn a_place_where_nothing_can_be_written_is_named() {
        let folder = folder();
        fs::create_dir(folder.path().join("a.ron")).expect("a folder");
        let case = |path: &str, expected: &str| {
            let result = SaveFile::new(folder.path().join(path)).write(&assessment("One"));
            assert_eq!(refusal(result, &folder), expected);
        };
        case("a.ron", "a.ron is not saved: this is not a regular file");
        case(
            "none/b.ron",
            "none/b.ron is not saved: no new file can be made beside it: No such file or directory (os error 2)",
        );
        assert_eq!(listing(&folder), ["a.ron"]);
    }

    #[cfg(unix)]
    #[test]
    fn modes_are_kept_and_a_write_protected_save_is_left_alone() {
        use std::os::unix::fs::PermissionsExt;

        let folder = folder();
        let path = folder.path().join("a.ron");
        let mode = || fs::metadata(&path).expect("the save").permissions().mode() & 0o777;
        let set_mode = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a mode");
        let mut file = SaveFile::new(&path);
        file.write(&assessment("One")).expect("saved");
        assert_eq!(mode(), 0o600);
        set_mode(0o664);
        file.write(&assessment("Two")).expect("saved");
        assert_eq!(mode(), 0o664);
        set_mode(0o444);
        assert_eq!(
            refusal(file.write(&assessment("Three")), &folder),
            "a.ron is not saved: the file is write-protected"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_kept_and_what_it_points_to_is_replaced() {
        use std::os::unix::fs::symlink;

        let folder = folder();
        let path = |name: &str| folder.path().join(name);
        symlink("b.ron", path("a.ron")).expect("a link");
        fs::create_dir(path("deep")).expect("a folder");
        symlink("deep/c.ron", path("b.ron")).expect("a link to nothing yet");
        let mut file = SaveFile::new(path("a.ron"));
        for name in ["One", "Two"] {
            file.write(&assessment(name)).expect("saved");
            assert_eq!(fs::read_to_string(path("deep/c.ron")).expect("the save"), layout::print(&assessment(name)));
        }
        assert!(path("a.ron").is_symlink() && path("b.ron").is_symlink());
        symlink("loop.ron", path("loop.ron")).expect("a link to itself");
        assert_eq!(
            refusal(SaveFile::new(path("loop.ron")).write(&assessment("One")), &folder),
            "loop.ron is not saved: its link cannot be followed: too many links lead to one another"
        );
    }
}

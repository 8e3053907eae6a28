//! Replaces a save as a whole or not at all: a power cut at any moment leaves the old file or the new one.
//!
//! A file that is not as this program last saw it is never written over. After a failure the next attempt starts from a new file.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    model::assessment::Assessment,
    ron_text::Problem,
    store::{
        disk::{Disk, Facts, Kind, RealDisk, folder_of, leftovers, resolve, temporary_name},
        file::FileV1,
        layout, limits, read,
    },
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
    disk: Arc<dyn Disk>,
    path: PathBuf,
    /// What it held when it was last read or written.
    known: Option<Vec<u8>>,
    /// What was to be put in its place last: a step that failed may have been carried out all the same.
    attempted: Option<Vec<u8>>,
    /// What was replaced by a version that is not proven to be on the disk yet.
    replaced: Option<Vec<u8>>,
    /// Whether the last replacement may not have reached the disk, so that it has to be made again.
    is_doubtful: bool,
    /// Temporary files that could not be removed.
    litter: Vec<PathBuf>,
    /// The file as it was when it was last looked whether somebody changed it.
    seen: Option<Facts>,
}

/// What somebody else did to a save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interference {
    /// It holds something else now.
    Changed,
    /// It is gone.
    Removed,
}

impl SaveFile {
    /// A save that does not exist yet.
    pub fn new(path: impl Into<PathBuf>) -> SaveFile {
        SaveFile::on(Arc::new(RealDisk), path.into(), None)
    }

    /// A save that was read; `held` is what it held, byte for byte.
    pub fn read(path: impl Into<PathBuf>, held: impl Into<Vec<u8>>) -> SaveFile {
        SaveFile::on(Arc::new(RealDisk), path.into(), Some(held.into()))
    }

    /// A save on any disk, with what it held when it was read.
    pub(super) fn on(disk: Arc<dyn Disk>, path: PathBuf, known: Option<Vec<u8>>) -> SaveFile {
        SaveFile {
            disk,
            path,
            known,
            attempted: None,
            replaced: None,
            is_doubtful: false,
            litter: Vec::new(),
            seen: None,
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Replaces the file by an assessment, and returns when that is safe on the disk: what it held before, if it was
    /// replaced. Leaves a file alone that holds the assessment already.
    ///
    /// # Errors
    /// Why not; the file is then as it was, or whole and new when only the flushing failed, and nothing else is left behind
    /// as far as the system lets go of it.
    pub fn write(&mut self, assessment: &Assessment) -> Result<Option<Vec<u8>>, StoreError> {
        let text = layout::print(assessment).into_bytes();
        let disk = Arc::clone(&self.disk);
        let target = resolve(&*disk, &self.path).map_err(self.failed("its link cannot be followed"))?;
        self.litter.retain(|path| disk.remove(path).is_err_and(|error| error.kind() != io::ErrorKind::NotFound));
        if self.is_doubtful || !self.holds(&target, Some(&text))? {
            self.put(&target, &text)?;
            self.replaced = self.replaced.take().or(self.known.take());
        }
        self.known = Some(text);
        self.is_doubtful = true;
        disk.sync_folder(folder_of(&target)).map_err(self.failed("its folder cannot be flushed to the disk"))?;
        self.is_doubtful = false;
        Ok(self.replaced.take())
    }

    /// What it held when it was last read or written here; nothing for none.
    pub fn known(&self) -> Option<&[u8]> {
        self.known.as_deref()
    }

    /// Reads what somebody else wrote there, at most the largest save. It is known only once [`SaveFile::know`] says so.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn foreign(&self) -> Result<Vec<u8>, StoreError> {
        let target = resolve(&*self.disk, &self.path).map_err(self.failed("its link cannot be followed"))?;
        self.disk.read(&target, limits::LARGEST_FILE + 1).map_err(self.failed("it cannot be read"))
    }

    /// Goes on from these bytes, which somebody else wrote.
    pub(super) fn know(&mut self, bytes: Vec<u8>) {
        (self.known, self.attempted, self.is_doubtful) = (Some(bytes), None, false);
    }

    /// Whether somebody else changed the file since this was last asked. Costs one look at the file unless it was touched.
    pub fn interference(&mut self) -> Option<Interference> {
        let target = resolve(&*self.disk, &self.path).ok()?;
        let found = match self.disk.facts(&target) {
            Ok(facts) => facts,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let was_there = self.known.is_some() && self.seen.as_ref().is_none_or(|seen| seen.length != u64::MAX);
                // Said once: what is not there is remembered as a file of no possible length.
                let gone =
                    Facts { kind: Kind::Other, length: u64::MAX, modified: None, number: 0, mode: 0, owner: (0, 0) };
                self.seen = Some(gone);
                return was_there.then_some(Interference::Removed);
            }
            // Whatever is the matter, the next write says it.
            Err(_) => return None,
        };
        if self.seen.as_ref() == Some(&found) {
            return None;
        }
        self.seen = Some(found);
        let is_ours = self.is_as_last_seen(&target).unwrap_or(true);
        (!is_ours).then_some(Interference::Changed)
    }

    /// Removes the temporary files that a program left behind which was killed. Only for who holds the lock of the save.
    pub fn clear_leftovers(&self) {
        let Ok(target) = resolve(&*self.disk, &self.path) else { return };
        // What cannot be removed today may go another day; it is in nobody's way.
        for path in leftovers(&*self.disk, &target).unwrap_or_default() {
            self.disk.remove(&path).ok();
        }
    }

    /// Whether there is a file that holds these bytes; for none, whether there is no file.
    fn holds(&self, target: &Path, bytes: Option<&Vec<u8>>) -> Result<bool, StoreError> {
        let facts = match self.disk.facts(target) {
            Ok(facts) => facts,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(bytes.is_none()),
            Err(error) => return Err(self.failed("it cannot be looked at")(error)),
        };
        if facts.kind != Kind::File {
            return Err(StoreError::NotAFile { path: self.path.clone() });
        }
        // The length first: what grew large meanwhile need not be read.
        let Some(bytes) = bytes.filter(|bytes| bytes.len() as u64 == facts.length) else { return Ok(false) };
        let found = self.disk.read(target, facts.length + 1).map_err(self.failed("it cannot be read"))?;
        Ok(found == *bytes)
    }

    fn is_as_last_seen(&self, target: &Path) -> Result<bool, StoreError> {
        Ok(self.holds(target, self.known.as_ref())?
            || (self.attempted.is_some() && self.holds(target, self.attempted.as_ref())?))
    }

    /// Refuses to go on when the file is not as it was last seen. One that is gone is written anew: nothing is lost by that.
    fn refuse_foreign(&self, target: &Path) -> Result<(), StoreError> {
        if !self.holds(target, None)? && !self.is_as_last_seen(target)? {
            return Err(StoreError::Changed { path: self.path.clone() });
        }
        let is_read_only = self.disk.facts(target).is_ok_and(|facts| facts.is_read_only());
        if is_read_only { Err(StoreError::WriteProtected { path: self.path.clone() }) } else { Ok(()) }
    }

    /// Writes a new file and puts it in the place of the old one.
    fn put(&mut self, target: &Path, text: &[u8]) -> Result<(), StoreError> {
        self.refuse_foreign(target)?;
        let temporary = temporary_name(target);
        let prepared = self.prepare(target, &temporary, text);
        // Once more whether it is foreign, now that only a rename is left to do.
        let ready = prepared.and_then(|()| self.refuse_foreign(target));
        self.attempted = Some(text.to_vec());
        let replaced = ready.and_then(|()| self.replace(&temporary, target));
        // Renamed, it is gone; after a failure it is in the way. Its descriptor is not used again: a failed flush leaves
        // no trace on it, so that a second flush would succeed without having written anything.
        match self.disk.remove(&temporary) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => self.litter.push(temporary),
            Ok(()) | Err(_) => {}
        }
        replaced
    }

    /// Writes the text to a new file beside the old one, down to the disk, and reads it back.
    fn prepare(&self, target: &Path, temporary: &Path, text: &[u8]) -> Result<(), StoreError> {
        let mut file = self.disk.create(temporary).map_err(self.failed("no new file can be made beside it"))?;
        let old = self.disk.facts(target).ok();
        file.be_like(old.as_ref()).map_err(self.failed("the mode of the new file cannot be set"))?;
        file.write_all(text).map_err(self.failed("the new version cannot be written"))?;
        file.sync().map_err(self.failed("the new version cannot be flushed to the disk"))?;
        self.prove(temporary, text)
    }

    /// Proves that the new file can be read and says what it should.
    fn prove(&self, written: &Path, text: &[u8]) -> Result<(), StoreError> {
        let not_readable = |problem: Box<Problem>| StoreError::NotReadable {
            path: self.path.clone(),
            problem: Problem { path: self.path.clone(), ..*problem }.to_string(),
        };
        let reread = read::text_on(&*self.disk, written).map_err(not_readable)?;
        let file = FileV1::parse(written, &reread).map_err(not_readable)?;
        let is_same = reread.as_bytes() == text && layout::print(&file.into_assessment()).as_bytes() == text;
        if is_same { Ok(()) } else { Err(StoreError::NotSame { path: self.path.clone() }) }
    }

    fn replace(&self, temporary: &Path, target: &Path) -> Result<(), StoreError> {
        if self.holds(target, None)? {
            // Never over a file that came into being just now.
            match self.disk.link(temporary, target) {
                Ok(()) => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    return Err(StoreError::Changed { path: self.path.clone() });
                }
                // Some file systems have no second names.
                Err(_) => {}
            }
        }
        self.disk.rename(temporary, target).map_err(self.failed("the new version cannot be put in its place"))
    }

    fn failed(&self, doing: &'static str) -> impl Fn(io::Error) -> StoreError + use<> {
        let path = self.path.clone();
        move |source| StoreError::Io { path: path.clone(), doing, source }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

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
    fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>, folder: &TempDir) -> String {
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

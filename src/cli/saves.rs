//! `aimscope new`, and what commands share about making and writing saves.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::{
    clean_text::clean_line,
    cli::{
        context::Context,
        failure::{Failure, say},
        output,
    },
    model::assessment::Assessment,
    store::{
        Loaded,
        backup::{Backups, Before},
        lock::{Lock, LockError},
        write::SaveFile,
    },
};

/// The longest name of an assessment, in characters.
const LONGEST_NAME: usize = 200;

/// Makes a new save and prints its path.
pub(super) fn create(context: &Context, name: &str) -> Result<ExitCode, Failure> {
    let path = make(context, name)?;
    output::print(&format!("{}\n", path.display()))
}

/// Makes a new save in the folder; a name that is taken gets a number.
pub(super) fn make(context: &Context, name: &str) -> Result<PathBuf, Failure> {
    let name = checked_name(name)?;
    let folder = context.folder()?;
    folder.create().map_err(|error| Failure::Sentence(error.to_string()))?;
    let path = folder.free_path(&name);
    let assessment = Assessment::new(name, context.catalog.version.clone(), context.as_of);
    SaveFile::new(&path).write(&assessment).map_err(|error| Failure::Sentence(error.to_string()))?;
    Ok(path)
}

/// A name that an assessment can have.
pub(super) fn checked_name(name: &str) -> Result<String, Failure> {
    let name = clean_line(name);
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(Failure::Sentence(format!("a name has 1 to {LONGEST_NAME} characters")));
    }
    Ok(name.into_owned())
}

/// A save that a command writes to: locked, and with backups.
pub(super) struct Writable {
    file: SaveFile,
    backups: Backups,
    _lock: Option<Lock>,
}

impl Writable {
    /// Locks a save and reads it.
    pub(super) fn open(context: &Context, file: &str) -> Result<(Writable, Loaded), Failure> {
        let path = context.find(file)?;
        let lock = lock(context, &path)?;
        let (path, loaded) = context.load(file)?;
        let backups = context.backups(&path);
        let file = SaveFile::read(path, loaded.text.clone());
        if lock.is_some() {
            file.clear_leftovers();
        }
        Ok((Writable { file, backups, _lock: lock }, loaded))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.file.path()
    }

    /// Keeps a backup of what was read, before a command replaces much of it at once.
    pub(super) fn keep(&mut self, loaded: &Loaded, before: Before) -> Result<(), Failure> {
        let kept = self.backups.keep(loaded.text.as_bytes(), before);
        kept.map(drop)
            .map_err(|error| Failure::Sentence(format!("nothing is changed, since no backup can be made: {error}")))
    }

    /// Writes an assessment down to the disk; what it replaces may become a backup.
    pub(super) fn write(&mut self, assessment: &Assessment) -> Result<(), Failure> {
        let replaced = self.file.write(assessment).map_err(|error| Failure::Sentence(error.to_string()))?;
        if let Some(replaced) = replaced
            && let Err(error) = self.backups.offer(&replaced)
        {
            say(&format!("aimscope: saved, but without a backup: {error}"));
        }
        Ok(())
    }
}

/// Locks a save for this process. None where the system can have no lock, which is said; somebody else's lock is a failure.
pub(super) fn lock(context: &Context, path: &Path) -> Result<Option<Lock>, Failure> {
    match Lock::take(path, &context.holder()) {
        Ok(lock) => Ok(Some(lock)),
        Err(error @ LockError::Busy { .. }) => {
            Err(Failure::Sentence(format!("{error}. Wait until that is closed, or work on a copy")))
        }
        Err(error @ LockError::NotAFile { .. }) => Err(Failure::Sentence(error.to_string())),
        Err(error @ LockError::Io { .. }) => {
            say(&format!("aimscope: {error}; make sure that nobody else changes the save meanwhile"));
            Ok(None)
        }
    }
}

//! Takes a save back to an earlier state, or a broken one to what can still be read of it. What is there now is kept first:
//! as a backup when it can be read, else beside the save under a name of its own.

use std::{
    io,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;

use crate::{
    model::{assessment::Assessment, catalog::Catalog},
    ron_text::Problem,
    store::{
        Loaded,
        backup::{Backup, BackupError, Backups, Before},
        disk::{Disk, RealDisk, folder_of, put_new, resolve, stem_of},
        file,
        folder::SET_ASIDE,
        read,
        salvage::{Salvage, salvage},
        write::{SaveFile, StoreError},
    },
};

/// What can take the place of a save that cannot be read.
#[derive(Clone, Debug)]
pub enum Replacement {
    /// The newest backup that can be read.
    Backup(Backup, Box<Assessment>),
    /// What can be read of the file itself.
    Salvage(Box<Salvage>),
}

impl Replacement {
    /// The assessment.
    pub fn assessment(&self) -> &Assessment {
        match self {
            Replacement::Backup(_, assessment) => assessment,
            Replacement::Salvage(salvage) => &salvage.assessment,
        }
    }
}

/// Where that is which a save held before it was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// There was no file.
    Nothing,
    /// Among the backups.
    Backup(Backup),
    /// Beside the save.
    Beside(PathBuf),
}

/// Why a save was not taken back. It is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    /// What is there now cannot be read even as bytes, so it cannot be kept.
    #[error("{0}")]
    Unreadable(Box<Problem>),
    /// What is there now cannot be kept among the backups.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// What is there now cannot be kept beside the save.
    #[error("{path} cannot be kept under another name, so it is left alone: {source}", path = path.display())]
    Beside {
        /// The save.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The save cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Looks for what can take the place of a save that cannot be read: the newest backup that can, else what is left of it.
/// A file of a newer version is not broken, and nothing takes its place.
pub fn replacement(save: &Path, backups: &Backups, catalog: &Catalog, today: NaiveDate) -> Option<Replacement> {
    let bytes = read::bytes(save).unwrap_or_default();
    if file::newer_version(&bytes).is_some() {
        return None;
    }
    let readable = |backup: Backup| {
        let loaded = Loaded::from_path(&backup.path, catalog).ok()?;
        Some(Replacement::Backup(backup, Box::new(loaded.assessment)))
    };
    let newest = backups.list().unwrap_or_default().into_iter().find_map(readable);
    newest.or_else(|| salvaged(save, &bytes, catalog, today).map(|found| Replacement::Salvage(Box::new(found))))
}

/// What can be read of a broken save and would be read again.
pub fn salvaged(save: &Path, bytes: &[u8], catalog: &Catalog, today: NaiveDate) -> Option<Salvage> {
    let mut found = salvage(save, bytes, &catalog.version, today)?;
    if found.assessment.name.is_empty() {
        found.assessment.name = stem_of(save);
    }
    Some(found)
}

/// Puts an assessment in the place of what a save holds, which is kept. Only for who holds the lock of the save.
///
/// # Errors
/// What is there now cannot be kept, or the assessment not be written.
pub fn put_back(
    save: &Path,
    assessment: &Assessment,
    backups: &mut Backups,
    catalog: &Catalog,
) -> Result<Kept, RecoverError> {
    let target = resolve(&RealDisk, save).map_err(|source| RecoverError::Beside { path: save.to_owned(), source })?;
    if RealDisk.facts(&target).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        SaveFile::new(save).write(assessment)?;
        return Ok(Kept::Nothing);
    }
    let bytes = read::bytes(save).map_err(RecoverError::Unreadable)?;
    let is_readable = Loaded::from_path(save, catalog).is_ok() || file::newer_version(&bytes).is_some();
    let kept = match is_readable {
        true => Kept::Backup(backups.keep(&bytes, Before::Restore)?),
        false => Kept::Beside(set_aside(&target, &bytes, backups)?),
    };
    SaveFile::read(save, bytes).write(assessment)?;
    Ok(kept)
}

/// Keeps a broken file beside the save, under a name that nothing has yet.
fn set_aside(target: &Path, bytes: &[u8], backups: &Backups) -> Result<PathBuf, RecoverError> {
    let stem = format!("{}{SET_ASIDE}{}", stem_of(target), backups.now().format("%Y-%m-%dT%H-%M-%SZ"));
    let name = |number: u32| match number {
        1 => folder_of(target).join(format!("{stem}.ron")),
        more => folder_of(target).join(format!("{stem}-{more}.ron")),
    };
    let placed = put_new(&RealDisk, target, bytes, name);
    placed.map(|(path, _)| path).map_err(|source| RecoverError::Beside { path: target.to_owned(), source })
}

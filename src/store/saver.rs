//! Saves in the background, so that no key waits for the disk. While there is nothing to do it sleeps, but for one look at
//! the file every two seconds: what somebody else writes to it is noticed before the next answer.

mod others;

use std::{
    path::PathBuf,
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::Duration,
};

use crate::{
    model::assessment::Assessment,
    store::{
        backup::{Backups, Before},
        saver::others::Others,
        write::{Interference, SaveFile, StoreError},
    },
};

pub use others::TakenIn;

/// How long after a failure it is tried again.
const RETRY: Duration = Duration::from_secs(5);
/// How often it is looked whether somebody else changed the file.
const WATCH: Duration = Duration::from_secs(2);
/// How long nothing new may come in before "saved" is said: who answers quickly is not shown it between two keys.
/// The answer is on the disk before this begins to run.
const SETTLED: Duration = Duration::from_millis(60);

/// Whether the latest answers are safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// All that was handed over is on the disk.
    Saved,
    /// It is being written.
    Saving,
    /// It is not on the disk, with the reason; it is tried again every five seconds and with the next change.
    Failed(String),
    /// Something else to know; what was said of the latest answers still holds.
    Notice(String),
    /// Somebody else changed the file, and both were brought together; go on from that.
    TakenIn(Box<TakenIn>),
}

/// The thread that saves one assessment. Dropped without [`Saver::finish`] it still writes what is pending.
#[derive(Debug)]
pub struct Saver {
    path: PathBuf,
    /// Nothing once the end was announced.
    snapshots: Option<Sender<Snapshot>>,
    thread: Option<JoinHandle<Result<(), StoreError>>>,
}

impl Saver {
    /// Starts the thread. It reports every change of state from there, and hands what is replaced to the backups.
    ///
    /// # Errors
    /// The system cannot start a thread.
    pub fn start(
        file: SaveFile,
        backups: Option<Backups>,
        edition: &str,
        on_state: impl Fn(SaveState) + Send + 'static,
    ) -> Result<Saver, StoreError> {
        Saver::start_with(file, backups, edition, Pace { retry: RETRY, watch: WATCH }, on_state)
    }

    fn start_with(
        file: SaveFile,
        backups: Option<Backups>,
        edition: &str,
        pace: Pace,
        on_state: impl Fn(SaveState) + Send + 'static,
    ) -> Result<Saver, StoreError> {
        let (sender, snapshots) = mpsc::channel();
        let path = file.path().to_owned();
        let others = Others::of(edition);
        let mut work = Work { file, backups, replaced: None, snapshots, others, pace, on_state };
        let started = thread::Builder::new().name("saver".to_owned()).spawn(move || work.run());
        let thread = started.map_err(|source| StoreError::Io {
            path: path.clone(),
            doing: "the thread for it cannot start",
            source,
        })?;
        Ok(Saver { path, snapshots: Some(sender), thread: Some(thread) })
    }

    /// Hands over the assessment as it is now, with the number of the last [`TakenIn`] that it knows of, 0 for none. Returns
    /// at once; of several in a row only the last is written.
    pub fn save(&self, assessment: Assessment, knows: u64) {
        if let Some(snapshots) = &self.snapshots {
            // When the thread has died nobody receives this; `finish` says so.
            snapshots.send(Snapshot { assessment, knows }).ok();
        }
    }

    /// Writes what is pending and ends the thread.
    ///
    /// # Errors
    /// Why the latest answers are not on the disk.
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.end()
    }

    fn end(&mut self) -> Result<(), StoreError> {
        self.snapshots = None;
        let Some(thread) = self.thread.take() else { return Ok(()) };
        thread.join().unwrap_or_else(|_| Err(StoreError::Stopped { path: self.path.clone() }))
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        // Who wants to know the outcome calls `finish`.
        self.end().ok();
    }
}

/// A state to be written.
#[derive(Debug)]
struct Snapshot {
    assessment: Assessment,
    /// The number of the last work of others that is in it.
    knows: u64,
}

/// How often things are done again.
#[derive(Clone, Copy, Debug)]
struct Pace {
    /// After a failure.
    retry: Duration,
    /// While there is nothing to do.
    watch: Duration,
}

/// What the thread works with.
struct Work<F> {
    file: SaveFile,
    backups: Option<Backups>,
    /// What the file held before the latest writes, for the backups.
    replaced: Option<Vec<u8>>,
    snapshots: Receiver<Snapshot>,
    others: Others,
    pace: Pace,
    on_state: F,
}

impl<F: Fn(SaveState)> Work<F> {
    /// Writes snapshots until the other end is gone; then says whether the last one is safe. Looks once more at the end.
    fn run(&mut self) -> Result<(), StoreError> {
        if let Some(held) = self.file.known() {
            self.others.start(self.file.path(), held);
        }
        loop {
            match self.snapshots.recv_timeout(self.pace.watch) {
                Ok(first) => self.keep(first)?,
                Err(RecvTimeoutError::Timeout) => self.look()?,
                Err(RecvTimeoutError::Disconnected) => return self.look(),
            }
        }
    }

    /// Writes a snapshot and what comes in meanwhile, until the last of them is safe or nobody waits for it any more.
    fn keep(&mut self, first: Snapshot) -> Result<(), StoreError> {
        (self.on_state)(SaveState::Saving);
        let mut latest = self.newest(first);
        loop {
            match self.write(&mut latest) {
                Ok(()) => match self.snapshots.recv_timeout(SETTLED) {
                    Ok(newer) => latest = self.newest(newer),
                    Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
                },
                Err(error) => {
                    (self.on_state)(SaveState::Failed(error.to_string()));
                    match self.snapshots.recv_timeout(self.pace.retry) {
                        Ok(newer) => {
                            (self.on_state)(SaveState::Saving);
                            latest = self.newest(newer);
                        }
                        Err(RecvTimeoutError::Timeout) => {}
                        Err(RecvTimeoutError::Disconnected) => return self.write(&mut latest),
                    }
                }
            }
        }
        (self.on_state)(SaveState::Saved);
        self.back_up();
        Ok(())
    }

    /// Writes a state; it becomes the work of both where others changed the file, also when that cannot be written yet.
    fn write(&mut self, assessment: &mut Assessment) -> Result<(), StoreError> {
        let replaced = match self.file.write(assessment) {
            Err(StoreError::Changed { path }) => self.take_in(assessment, path),
            other => other,
        }?;
        self.others.remember(assessment);
        // Of several in a row the first is what somebody may want back.
        self.replaced = self.replaced.take().or(replaced);
        Ok(())
    }

    /// Writes the work of both where somebody else has changed the file meanwhile; it is left alone where it cannot be read or
    /// not be backed up, so that neither is lost.
    fn take_in(&mut self, assessment: &mut Assessment, path: PathBuf) -> Result<Option<Vec<u8>>, StoreError> {
        let theirs = self.file.foreign()?;
        let Ok(merged) = self.bring_together(Some(assessment), theirs) else {
            return Err(StoreError::Changed { path });
        };
        *assessment = merged;
        self.file.write(assessment)
    }

    /// Brings together what is known here with what somebody else wrote, backs that up, and says so.
    fn bring_together(&mut self, ours: Option<&Assessment>, theirs: Vec<u8>) -> Result<Assessment, String> {
        let base = self.file.known().ok_or("nothing is known of it")?.to_vec();
        let taken_in = self.others.take_in(self.file.path(), &base, ours, &theirs)?.clone();
        if let Some(backups) = &mut self.backups {
            backups.keep(&theirs, Before::Merge).map_err(|error| error.to_string())?;
        }
        self.file.know(theirs);
        let merged = taken_in.merged.clone();
        (self.on_state)(SaveState::TakenIn(Box::new(taken_in)));
        Ok(merged)
    }

    /// Takes in what somebody else has written, or says once why not. Where that started from an earlier state, the answers
    /// since then are put into the save again.
    fn look(&mut self) -> Result<(), StoreError> {
        let Some(interference) = self.file.interference() else { return Ok(()) };
        let path = self.file.path().display().to_string();
        let notice = match interference {
            Interference::Changed => {
                let theirs = self.file.foreign().map_err(|error| error.to_string());
                match theirs.and_then(|theirs| self.bring_together(None, theirs)) {
                    Ok(merged) if self.others.is_theirs() => {
                        self.others.remember(&merged);
                        return Ok(());
                    }
                    Ok(merged) => return self.keep(Snapshot { assessment: merged, knows: self.others.number() }),
                    Err(reason) => format!("{path} was changed by another program and is left alone: {reason}"),
                }
            }
            Interference::Removed => format!("{path} is gone; your next answer writes it anew"),
        };
        (self.on_state)(SaveState::Notice(notice));
        Ok(())
    }

    /// Keeps what was replaced, now that nobody waits for it.
    fn back_up(&mut self) {
        let (Some(backups), Some(replaced)) = (&mut self.backups, self.replaced.take()) else { return };
        if let Err(error) = backups.offer(&replaced) {
            (self.on_state)(SaveState::Notice(format!("saved, but without a backup: {error}")));
        }
    }

    /// The last of the snapshots that have come in.
    fn newest(&mut self, first: Snapshot) -> Assessment {
        let Snapshot { assessment, knows } = self.snapshots.try_iter().last().unwrap_or(first);
        let (assessment, taken_in) = self.others.caught_up(assessment, knows);
        if let Some(taken_in) = taken_in {
            (self.on_state)(SaveState::TakenIn(Box::new(taken_in)));
        }
        assessment
    }
}

#[cfg(test)]
mod tests;

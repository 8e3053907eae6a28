//! Saves in the background, so that no key waits for the disk. While there is nothing to do it sleeps, but for one look at
//! the file every two seconds: what somebody else writes to it is noticed before the next answer.

use std::{
    path::PathBuf,
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::Duration,
};

use crate::{
    model::assessment::Assessment,
    store::{
        backup::Backups,
        write::{Interference, SaveFile, StoreError},
    },
};

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
}

/// The thread that saves one assessment. Dropped without [`Saver::finish`] it still writes what is pending.
#[derive(Debug)]
pub struct Saver {
    path: PathBuf,
    /// Nothing once the end was announced.
    snapshots: Option<Sender<Assessment>>,
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
        on_state: impl Fn(SaveState) + Send + 'static,
    ) -> Result<Saver, StoreError> {
        Saver::start_with(file, backups, Pace { retry: RETRY, watch: WATCH }, on_state)
    }

    fn start_with(
        file: SaveFile,
        backups: Option<Backups>,
        pace: Pace,
        on_state: impl Fn(SaveState) + Send + 'static,
    ) -> Result<Saver, StoreError> {
        let (sender, snapshots) = mpsc::channel();
        let path = file.path().to_owned();
        let mut work = Work { file, backups, replaced: None, snapshots, pace, on_state };
        let started = thread::Builder::new().name("saver".to_owned()).spawn(move || work.run());
        let thread = started.map_err(|source| StoreError::Io {
            path: path.clone(),
            doing: "the thread for it cannot start",
            source,
        })?;
        Ok(Saver { path, snapshots: Some(sender), thread: Some(thread) })
    }

    /// Hands over the assessment as it is now. Returns at once; of several in a row only the last is written.
    pub fn save(&self, assessment: Assessment) {
        if let Some(snapshots) = &self.snapshots {
            // When the thread has died nobody receives this; `finish` says so.
            snapshots.send(assessment).ok();
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
    snapshots: Receiver<Assessment>,
    pace: Pace,
    on_state: F,
}

impl<F: Fn(SaveState)> Work<F> {
    /// Writes snapshots until the other end is gone; then says whether the last one is safe.
    fn run(&mut self) -> Result<(), StoreError> {
        loop {
            match self.snapshots.recv_timeout(self.pace.watch) {
                Ok(first) => self.keep(first)?,
                Err(RecvTimeoutError::Timeout) => self.look(),
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }

    /// Writes a snapshot and what comes in meanwhile, until the last of them is safe or nobody waits for it any more.
    fn keep(&mut self, first: Assessment) -> Result<(), StoreError> {
        (self.on_state)(SaveState::Saving);
        let mut latest = self.newest(first);
        loop {
            match self.write(&latest) {
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
                        Err(RecvTimeoutError::Disconnected) => return self.write(&latest),
                    }
                }
            }
        }
        (self.on_state)(SaveState::Saved);
        self.back_up();
        Ok(())
    }

    fn write(&mut self, assessment: &Assessment) -> Result<(), StoreError> {
        let replaced = match self.file.write(assessment) {
            Err(StoreError::Changed { path }) => self.take_in(assessment, path),
            other => other,
        }?;
        // Of several in a row the first is what somebody may want back.
        self.replaced = self.replaced.take().or(replaced);
        Ok(())
    }

    /// What becomes of an assessment whose file somebody else has changed meanwhile: it is not written, so that neither is lost.
    fn take_in(&mut self, _assessment: &Assessment, path: PathBuf) -> Result<Option<Vec<u8>>, StoreError> {
        Err(StoreError::Changed { path })
    }

    /// Says once that somebody else has changed the file.
    fn look(&mut self) {
        let Some(interference) = self.file.interference() else { return };
        let path = self.file.path().display();
        let notice = match interference {
            Interference::Changed => {
                format!("{path} was changed by another program; leave it with q and open it again to see that")
            }
            Interference::Removed => format!("{path} is gone; your next answer writes it anew"),
        };
        (self.on_state)(SaveState::Notice(notice));
    }

    /// Keeps what was replaced, now that nobody waits for it.
    fn back_up(&mut self) {
        let (Some(backups), Some(replaced)) = (&mut self.backups, self.replaced.take()) else { return };
        if let Err(error) = backups.offer(&replaced) {
            (self.on_state)(SaveState::Notice(format!("saved, but without a backup: {error}")));
        }
    }

    /// The last of the snapshots that have come in.
    fn newest(&self, first: Assessment) -> Assessment {
        self.snapshots.try_iter().last().unwrap_or(first)
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use chrono::NaiveDate;

    use super::*;
    use crate::store::layout;

    const LONG: Duration = Duration::from_secs(3600);

    fn pace(retry: Duration) -> Pace {
        Pace { retry, watch: LONG }
    }

    fn assessment(name: &str) -> Assessment {
        Assessment::new(name, "2026.11", NaiveDate::default())
    }

    fn saved_in(path: &Path) -> String {
        fs::read_to_string(path).expect("a save")
    }

    /// A saver whose states arrive at the receiver.
    fn start(file: SaveFile, retry: Duration) -> (Saver, Receiver<SaveState>) {
        let (sender, states) = mpsc::channel();
        let saver = Saver::start_with(file, None, pace(retry), move |state| sender.send(state).expect("a listener"));
        (saver.expect("a thread"), states)
    }

    /// Waits for the next state that is not `Saving`.
    fn outcome(states: &Receiver<SaveState>) -> SaveState {
        states.iter().find(|state| *state != SaveState::Saving).expect("an outcome")
    }

    fn reason(states: &Receiver<SaveState>) -> String {
        match outcome(states) {
            SaveState::Failed(reason) => reason,
            other @ (SaveState::Saved | SaveState::Saving | SaveState::Notice(_)) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_change_is_reported_as_saved_when_it_is_on_the_disk() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.ron");
        let (saver, states) = start(SaveFile::new(&path), LONG);
        for name in ["One", "Two"] {
            saver.save(assessment(name));
            assert_eq!(states.recv(), Ok(SaveState::Saving));
            assert_eq!(states.recv(), Ok(SaveState::Saved));
            assert_eq!(saved_in(&path), layout::print(&assessment(name)));
        }
        saver.finish().expect("nothing pending");
        assert!(states.recv().is_err(), "the thread has ended");
    }

    #[test]
    fn of_changes_that_come_while_it_writes_only_the_last_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.ron");
        let (open_gate, gate) = mpsc::channel::<()>();
        let (sender, states) = mpsc::channel();
        let saver = Saver::start_with(SaveFile::new(&path), None, pace(LONG), move |state| {
            if state == SaveState::Saving {
                gate.recv().expect("the gate opens");
            }
            sender.send(state).expect("a listener");
        });
        let saver = saver.expect("a thread");
        (0..=20).for_each(|number| saver.save(assessment(&format!("Nr {number}"))));
        open_gate.send(()).expect("a saver");
        saver.finish().expect("saved");
        assert_eq!(states.iter().collect::<Vec<_>>(), [SaveState::Saving, SaveState::Saved]);
        assert_eq!(saved_in(&path), layout::print(&assessment("Nr 20")));
    }

    #[test]
    fn a_failed_save_is_tried_again_by_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("later/a.ron");
        let (saver, states) = start(SaveFile::new(&path), Duration::from_millis(10));
        saver.save(assessment("One"));
        let expected = "no new file can be made beside it: No such file or directory (os error 2)";
        assert!(reason(&states).ends_with(expected));
        assert!(reason(&states).ends_with(expected), "the next attempt fails as well");
        fs::create_dir(folder.path().join("later")).expect("a folder");
        assert!(states.iter().any(|state| state == SaveState::Saved));
        assert_eq!(saved_in(&path), layout::print(&assessment("One")));
        saver.finish().expect("nothing pending");
    }

    #[test]
    fn a_failed_save_is_tried_again_with_the_next_change_and_at_the_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("later/a.ron");
        let (saver, states) = start(SaveFile::new(&path), LONG);
        saver.save(assessment("One"));
        reason(&states);
        saver.save(assessment("Two"));
        reason(&states);
        fs::create_dir(folder.path().join("later")).expect("a folder");
        saver.save(assessment("Three"));
        assert_eq!(outcome(&states), SaveState::Saved);
        assert_eq!(saved_in(&path), layout::print(&assessment("Three")));

        fs::remove_dir_all(folder.path().join("later")).expect("removed elsewhere");
        saver.save(assessment("Four"));
        reason(&states);
        fs::create_dir(folder.path().join("later")).expect("a folder");
        saver.finish().expect("saved at the end");
        assert_eq!(saved_in(&path), layout::print(&assessment("Four")));
    }

    #[test]
    fn a_file_changed_elsewhere_stays_and_the_end_says_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.ron");
        let (saver, states) = start(SaveFile::new(&path), LONG);
        saver.save(assessment("One"));
        assert_eq!(outcome(&states), SaveState::Saved);
        fs::write(&path, "(edited)").expect("an edit elsewhere");
        saver.save(assessment("Two"));
        let expected = format!(
            "{} was changed by another program; it is not overwritten, so your latest answers are not saved there",
            path.display()
        );
        assert_eq!(reason(&states), expected);
        assert_eq!(saver.finish().expect_err("still changed").to_string(), expected);
        assert_eq!(saved_in(&path), "(edited)");
    }

    #[test]
    fn what_somebody_else_does_to_the_file_is_said_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.ron");
        let (sender, states) = mpsc::channel();
        let pace = Pace { retry: LONG, watch: Duration::from_millis(5) };
        let on_state = move |state| sender.send(state).expect("a listener");
        let saver = Saver::start_with(SaveFile::new(&path), None, pace, on_state).expect("a thread");
        let notices = |word: &str| {
            let is_it = |state: SaveState| matches!(state, SaveState::Notice(notice) if notice.contains(word));
            assert!(states.iter().any(is_it), "{word}");
        };
        saver.save(assessment("One"));
        assert_eq!(outcome(&states), SaveState::Saved);
        for edit in ["(edited)", "(edited once more)"] {
            fs::write(&path, edit).expect("an edit elsewhere");
            notices("was changed by another program");
        }
        fs::remove_file(&path).expect("removed elsewhere");
        notices("is gone");
        saver.save(assessment("Two"));
        assert_eq!(outcome(&states), SaveState::Saved);
        saver.finish().expect("nothing pending");
        assert_eq!(states.iter().collect::<Vec<_>>(), [], "nothing is said of the program's own writing");
        assert_eq!(saved_in(&path), layout::print(&assessment("Two")));
    }

    #[test]
    fn what_is_replaced_goes_to_the_backups() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.ron");
        SaveFile::new(&path).write(&assessment("Before")).expect("saved");
        let before = saved_in(&path);
        let backups = Backups::of(&path, chrono::Utc::now);
        let file = SaveFile::read(&path, before.clone());
        let saver = Saver::start_with(file, Some(backups.clone()), pace(LONG), |_| {}).expect("a thread");
        saver.save(assessment("One"));
        saver.save(assessment("Two"));
        saver.finish().expect("saved");
        let kept = backups.list().expect("a listing");
        assert_eq!(kept.iter().map(|backup| saved_in(&backup.path)).collect::<Vec<_>>(), [before]);
    }

    #[test]
    fn a_saver_that_is_dropped_still_writes_what_is_pending() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.ron");
        let (saver, _states) = start(SaveFile::new(&path), LONG);
        saver.save(assessment("One"));
        drop(saver);
        assert_eq!(saved_in(&path), layout::print(&assessment("One")));
    }

    #[test]
    fn a_thread_that_died_is_reported_at_the_end() {
        let saver = Saver::start(SaveFile::new("a.ron"), None, |_| panic!("on purpose")).expect("a thread");
        saver.save(assessment("One"));
        let error = saver.finish().expect_err("nothing was saved").to_string();
        assert_eq!(error, "a.ron is not saved: the part of the program that saves has stopped");
    }
}

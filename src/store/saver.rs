//! Saves in the background, so that no key waits for the disk. It sleeps while there is nothing to do.

use std::{
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::Duration,
};

use crate::{
    model::assessment::Assessment,
    store::write::{SaveFile, StoreError},
};

/// How long after a failure it is tried again.
const RETRY: Duration = Duration::from_secs(5);
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
}

/// The thread that saves one assessment. Dropped without [`Saver::finish`] it still writes what is pending.
#[derive(Debug)]
pub struct Saver {
    file: SaveFile,
    /// Nothing once the end was announced.
    snapshots: Option<Sender<Assessment>>,
    thread: Option<JoinHandle<Result<(), StoreError>>>,
}

impl Saver {
    /// Starts the thread. It reports every change of state from there.
    ///
    /// # Errors
    /// The system cannot start a thread.
    pub fn start(file: SaveFile, on_state: impl Fn(SaveState) + Send + 'static) -> Result<Saver, StoreError> {
        Saver::start_with(file, RETRY, on_state)
    }

    fn start_with(
        file: SaveFile,
        retry: Duration,
        on_state: impl Fn(SaveState) + Send + 'static,
    ) -> Result<Saver, StoreError> {
        let (sender, snapshots) = mpsc::channel();
        let mut work = Work { file: file.clone(), snapshots, retry, on_state };
        let started = thread::Builder::new().name("saver".to_owned()).spawn(move || work.run());
        let path = file.path().to_owned();
        let thread =
            started.map_err(|source| StoreError::Io { path, doing: "the thread for it cannot start", source })?;
        Ok(Saver { file, snapshots: Some(sender), thread: Some(thread) })
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
        thread.join().unwrap_or_else(|_| Err(StoreError::Stopped { path: self.file.path().to_owned() }))
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        // Who wants to know the outcome calls `finish`.
        self.end().ok();
    }
}

/// What the thread works with.
struct Work<F> {
    file: SaveFile,
    snapshots: Receiver<Assessment>,
    retry: Duration,
    on_state: F,
}

impl<F: Fn(SaveState)> Work<F> {
    /// Writes snapshots until the other end is gone; then says whether the last one is safe.
    fn run(&mut self) -> Result<(), StoreError> {
        while let Ok(first) = self.snapshots.recv() {
            (self.on_state)(SaveState::Saving);
            let mut latest = self.newest(first);
            loop {
                match self.file.write(&latest) {
                    Ok(()) => match self.snapshots.recv_timeout(SETTLED) {
                        Ok(newer) => latest = self.newest(newer),
                        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
                    },
                    Err(error) => {
                        (self.on_state)(SaveState::Failed(error.to_string()));
                        match self.snapshots.recv_timeout(self.retry) {
                            Ok(newer) => {
                                (self.on_state)(SaveState::Saving);
                                latest = self.newest(newer);
                            }
                            Err(RecvTimeoutError::Timeout) => {}
                            Err(RecvTimeoutError::Disconnected) => return self.file.write(&latest),
                        }
                    }
                }
            }
            (self.on_state)(SaveState::Saved);
        }
        Ok(())
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

    fn assessment(name: &str) -> Assessment {
        Assessment::new(name, "2026.11", NaiveDate::default())
    }

    fn saved_in(path: &Path) -> String {
        fs::read_to_string(path).expect("a save")
    }

    /// A saver whose states arrive at the receiver.
    fn start(file: SaveFile, retry: Duration) -> (Saver, Receiver<SaveState>) {
        let (sender, states) = mpsc::channel();
        let saver = Saver::start_with(file, retry, move |state| sender.send(state).expect("a listener"));
        (saver.expect("a thread"), states)
    }

    /// Waits for the next state that is not `Saving`.
    fn outcome(states: &Receiver<SaveState>) -> SaveState {
        states.iter().find(|state| *state != SaveState::Saving).expect("an outcome")
    }

    fn reason(states: &Receiver<SaveState>) -> String {
        match outcome(states) {
            SaveState::Failed(reason) => reason,
            SaveState::Saved | SaveState::Saving => panic!("it was saved"),
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
        let saver = Saver::start_with(SaveFile::new(&path), LONG, move |state| {
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
        let saver = Saver::start(SaveFile::new("a.ron"), |_| panic!("on purpose")).expect("a thread");
        saver.save(assessment("One"));
        let error = saver.finish().expect_err("nothing was saved").to_string();
        assert_eq!(error, "a.ron is not saved: the part of the program that saves has stopped");
    }
}

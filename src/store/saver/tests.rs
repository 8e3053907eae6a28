//! The saver at its pace, and with others at the same file.

use std::{fs, path::Path};

use chrono::NaiveDate;

use super::*;
use crate::{
    model::{
        answer::LevelAnswer,
        edit::{Change, Edit},
        level::Level,
    },
    store::layout,
};

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
    let saver =
        Saver::start_with(file, None, "2026.11", pace(retry), move |state| sender.send(state).expect("a listener"));
    (saver.expect("a thread"), states)
}

/// Waits for the next state that is not `Saving`.
fn outcome(states: &Receiver<SaveState>) -> SaveState {
    states.iter().find(|state| *state != SaveState::Saving).expect("an outcome")
}

fn reason(states: &Receiver<SaveState>) -> String {
    match outcome(states) {
        SaveState::Failed(reason) => reason,
        other @ (SaveState::Saved | SaveState::Saving | SaveState::Notice(_) | SaveState::TakenIn(_)) => {
            panic!("{other:?}")
        }
    }
}

#[test]
fn a_change_is_reported_as_saved_when_it_is_on_the_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.ron");
    let (saver, states) = start(SaveFile::new(&path), LONG);
    for name in ["One", "Two"] {
        saver.save(assessment(name), 0);
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
    let saver = Saver::start_with(SaveFile::new(&path), None, "2026.11", pace(LONG), move |state| {
        if state == SaveState::Saving {
            gate.recv().expect("the gate opens");
        }
        sender.send(state).expect("a listener");
    });
    let saver = saver.expect("a thread");
    (0..=20).for_each(|number| saver.save(assessment(&format!("Nr {number}")), 0));
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
    saver.save(assessment("One"), 0);
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
    saver.save(assessment("One"), 0);
    reason(&states);
    saver.save(assessment("Two"), 0);
    reason(&states);
    fs::create_dir(folder.path().join("later")).expect("a folder");
    saver.save(assessment("Three"), 0);
    assert_eq!(outcome(&states), SaveState::Saved);
    assert_eq!(saved_in(&path), layout::print(&assessment("Three")));

    fs::remove_dir_all(folder.path().join("later")).expect("removed elsewhere");
    saver.save(assessment("Four"), 0);
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
    saver.save(assessment("One"), 0);
    assert_eq!(outcome(&states), SaveState::Saved);
    fs::write(&path, "(edited)").expect("an edit elsewhere");
    saver.save(assessment("Two"), 0);
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
    let saver = Saver::start_with(SaveFile::new(&path), None, "2026.11", pace, on_state).expect("a thread");
    let notices = |word: &str| {
        let is_it = |state: SaveState| matches!(state, SaveState::Notice(notice) if notice.contains(word));
        assert!(states.iter().any(is_it), "{word}");
    };
    saver.save(assessment("One"), 0);
    assert_eq!(outcome(&states), SaveState::Saved);
    for edit in ["(edited)", "(edited once more)"] {
        fs::write(&path, edit).expect("an edit elsewhere");
        notices("was changed by another program");
    }
    fs::remove_file(&path).expect("removed elsewhere");
    notices("is gone");
    saver.save(assessment("Two"), 0);
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
    let saver = Saver::start_with(file, Some(backups.clone()), "2026.11", pace(LONG), |_| {}).expect("a thread");
    saver.save(assessment("One"), 0);
    saver.save(assessment("Two"), 0);
    saver.finish().expect("saved");
    let kept = backups.list().expect("a listing");
    assert_eq!(kept.iter().map(|backup| saved_in(&backup.path)).collect::<Vec<_>>(), [before]);
}

#[test]
fn a_saver_that_is_dropped_still_writes_what_is_pending() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.ron");
    let (saver, _states) = start(SaveFile::new(&path), LONG);
    saver.save(assessment("One"), 0);
    drop(saver);
    assert_eq!(saved_in(&path), layout::print(&assessment("One")));
}

#[test]
fn a_thread_that_died_is_reported_at_the_end() {
    let saver = Saver::start(SaveFile::new("a.ron"), None, "2026.11", |_| panic!("on purpose")).expect("a thread");
    saver.save(assessment("One"), 0);
    let error = saver.finish().expect_err("nothing was saved").to_string();
    assert_eq!(error, "a.ron is not saved: the part of the program that saves has stopped");
}

/// A save with one level stated, and notes on two requirements.
fn noted(level: Option<u8>, notes: &[(&str, &str)]) -> Assessment {
    let mut noted = assessment("Acme");
    let requirement = |id: &str| id.parse().expect("a number");
    let levels = level.map(|level| {
        let level = LevelAnswer::Level(Level::new(level).expect("a level"));
        Change::level(requirement("A.6.2.4"), level)
    });
    let notes = notes.iter().map(|(id, note)| Change::SetNote { requirement: requirement(id), note: (*note).into() });
    for change in levels.into_iter().chain(notes) {
        noted.apply(&Edit { by: "Ann".into(), on: NaiveDate::default(), at: None, change });
    }
    noted
}

/// A saver of a save that holds a state, in a folder.
fn opened(held: &Assessment) -> (tempfile::TempDir, PathBuf, Saver, Receiver<SaveState>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.ron");
    fs::write(&path, layout::print(held)).expect("a save");
    let (saver, states) = start(SaveFile::read(&path, layout::print(held)), LONG);
    (folder, path, saver, states)
}

fn taken_in(states: &Receiver<SaveState>) -> TakenIn {
    match outcome(states) {
        SaveState::TakenIn(taken_in) => *taken_in,
        other @ (SaveState::Saved | SaveState::Saving | SaveState::Notice(_) | SaveState::Failed(_)) => {
            panic!("{other:?}")
        }
    }
}

#[test]
fn what_somebody_else_wrote_and_what_is_answered_here_are_both_kept() {
    let (_folder, path, saver, states) = opened(&noted(None, &[]));
    fs::write(&path, layout::print(&noted(None, &[("5.2", "theirs")]))).expect("another program");
    saver.save(noted(Some(2), &[]), 0);
    let taken_in = taken_in(&states);
    assert_eq!(taken_in.number, 1);
    assert!(taken_in.words.ends_with("a.ron was changed by another program: 1 taken over"), "{}", taken_in.words);
    let both = noted(Some(2), &[("5.2", "theirs")]);
    assert_eq!(taken_in.merged, both);
    assert_eq!(outcome(&states), SaveState::Saved);
    assert_eq!(saved_in(&path), layout::print(&both));
    // A state from before that was told does not undo it.
    saver.save(noted(Some(3), &[("4.1", "ours")]), 0);
    let again = self::taken_in(&states);
    assert_eq!((again.number, &again.merged), (2, &noted(Some(3), &[("4.1", "ours"), ("5.2", "theirs")])));
    assert_eq!(outcome(&states), SaveState::Saved);
    // One that knows of it is written as it is.
    saver.save(noted(Some(3), &[]), 2);
    assert_eq!(outcome(&states), SaveState::Saved);
    saver.finish().expect("nothing pending");
    assert_eq!(saved_in(&path), layout::print(&noted(Some(3), &[])));
}

#[test]
fn a_level_that_both_changed_becomes_disputed() {
    let (_folder, path, saver, states) = opened(&noted(Some(1), &[]));
    fs::write(&path, layout::print(&noted(Some(4), &[]))).expect("another program");
    saver.save(noted(Some(2), &[]), 0);
    let taken_in = taken_in(&states);
    assert!(taken_in.words.contains("1 disputed; d on the map settles them"), "{}", taken_in.words);
    let answer = taken_in.merged.answers.values().next().expect("an answer");
    assert!(answer.is_disputed());
    assert_eq!(outcome(&states), SaveState::Saved);
    saver.finish().expect("nothing pending");
}

#[test]
fn what_others_write_while_nothing_is_answered_is_taken_in_without_rewriting_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.ron");
    let held = layout::print(&noted(None, &[]));
    fs::write(&path, &held).expect("a save");
    let (sender, states) = mpsc::channel();
    let often = Pace { retry: LONG, watch: Duration::from_millis(10) };
    let report = move |state| drop(sender.send(state));
    let saver = Saver::start_with(SaveFile::read(&path, held), None, "2026.11", often, report).expect("a thread");
    let theirs = format!("// by hand\n{}", layout::print(&noted(Some(2), &[])));
    fs::write(&path, &theirs).expect("another program");
    assert_eq!(taken_in(&states).merged, noted(Some(2), &[]));
    assert_eq!(saved_in(&path), theirs);
    saver.finish().expect("nothing pending");
}

#[test]
fn what_was_answered_since_another_program_read_the_save_is_kept() {
    let (_folder, path, saver, states) = opened(&noted(None, &[]));
    saver.save(noted(Some(3), &[("4.1", "ours")]), 0);
    assert_eq!(outcome(&states), SaveState::Saved);
    // An editor that had the save open before that.
    fs::write(&path, layout::print(&noted(None, &[("5.2", "theirs")]))).expect("another program");
    saver.save(noted(Some(3), &[("4.1", "ours"), ("4.2", "more")]), 0);
    let both = noted(Some(3), &[("4.1", "ours"), ("4.2", "more"), ("5.2", "theirs")]);
    assert_eq!(taken_in(&states).merged, both);
    assert_eq!(outcome(&states), SaveState::Saved);
    assert_eq!(saved_in(&path), layout::print(&both));
    // What is taken away from the latest state is taken away.
    fs::write(&path, layout::print(&noted(Some(3), &[("4.2", "more"), ("5.2", "others")]))).expect("another program");
    saver.save(both, 1);
    assert_eq!(taken_in(&states).merged, noted(Some(3), &[("4.2", "more"), ("5.2", "others")]));
    saver.finish().expect("nothing pending");
}

#[test]
fn what_another_program_took_away_unknowingly_is_put_into_the_save_again_while_nobody_types() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.ron");
    let held = layout::print(&noted(None, &[]));
    fs::write(&path, &held).expect("a save");
    let (sender, states) = mpsc::channel();
    let often = Pace { retry: LONG, watch: Duration::from_millis(10) };
    let report = move |state| drop(sender.send(state));
    let saver = Saver::start_with(SaveFile::read(&path, held), None, "2026.11", often, report).expect("a thread");
    saver.save(noted(Some(3), &[]), 0);
    assert_eq!(outcome(&states), SaveState::Saved);
    fs::write(&path, layout::print(&noted(None, &[("5.2", "theirs")]))).expect("another program");
    let both = noted(Some(3), &[("5.2", "theirs")]);
    assert_eq!(taken_in(&states).merged, both);
    assert_eq!(outcome(&states), SaveState::Saved);
    assert_eq!(saved_in(&path), layout::print(&both));
    // At the very end nobody has looked since.
    let (_folder, path, saver, states) = opened(&noted(None, &[]));
    saver.save(noted(Some(3), &[]), 0);
    assert_eq!(outcome(&states), SaveState::Saved);
    fs::write(&path, layout::print(&noted(None, &[("5.2", "theirs")]))).expect("another program");
    saver.finish().expect("written again");
    assert_eq!(saved_in(&path), layout::print(&both));
}

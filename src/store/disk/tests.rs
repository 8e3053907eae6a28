//! One save, with every step of it going wrong in every way: the old file or the new one, whole, and "saved" only when it is.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;

use super::{
    put_new,
    testing::{Cut, Fault, TestDisk},
};
use crate::{
    model::assessment::Assessment,
    store::{
        backup::{Backups, Before},
        layout,
        write::SaveFile,
    },
};

const PATH: &str = "saves/a.ron";
/// ENOSPC, EDQUOT, EIO, EROFS, EACCES, EMFILE.
const REFUSALS: [i32; 6] = [28, 122, 5, 30, 13, 24];

fn assessment(name: &str) -> Assessment {
    Assessment::new(name, "1", NaiveDate::default())
}

fn text(name: &str) -> Vec<u8> {
    layout::print(&assessment(name)).into_bytes()
}

/// A disk on which "One" is saved, if anything, and the file as a program has it open.
fn start(has_save: bool) -> (TestDisk, SaveFile) {
    let disk = TestDisk::with_folder("saves");
    let mut file = SaveFile::on(Arc::new(disk.clone()), PathBuf::from(PATH), None);
    if has_save {
        file.write(&assessment("One")).expect("saved");
    }
    (disk, file)
}

fn is_whole(disk: &TestDisk, allowed: &[Option<Vec<u8>>]) -> bool {
    allowed.contains(&disk.content(PATH))
}

/// Counts, printed so that nobody takes a test for one that tried nothing.
#[derive(Debug, Default)]
struct Count {
    faults: usize,
    acknowledged: usize,
    lost: usize,
}

impl Count {
    fn print(&self, what: &str) {
        let Count { faults, acknowledged, lost } = self;
        writeln!(io::stdout(), "{what}: {faults} faults fired, {acknowledged} acknowledged, {lost} lost")
            .expect("the test's own output");
    }
}

/// Every kind of fault.
fn faults() -> Vec<Fault> {
    let refused = REFUSALS.into_iter().flat_map(|number| [Fault::Refused(number), Fault::Short(number)]);
    refused.chain([Fault::Reported(5), Fault::Dead]).collect()
}

#[test]
fn every_step_of_a_save_may_fail_in_every_way() {
    for has_save in [true, false] {
        let (disk, mut file) = start(has_save);
        disk.heal();
        file.write(&assessment("Two")).expect("saved");
        let steps = disk.log();
        assert!(steps.len() >= 12 && steps.contains(&"flush") && steps.contains(&"flush the folder"), "{steps:?}");
        let mut count = Count::default();
        for step in 0..steps.len() {
            for fault in faults() {
                fail_once(has_save, step, fault, &mut count);
            }
        }
        count.print("single faults");
        assert_eq!((count.faults, count.lost), (steps.len() * faults().len(), 0));
    }
}

#[test]
fn what_a_kill_leaves_of_a_new_file_is_swept_up_with_the_save_it_belongs_to() {
    let put = |disk: &TestDisk| put_new(disk, Path::new(PATH), b"broken", |_| "saves/a.corrupt-1.ron".into());
    let whole = TestDisk::with_folder("saves");
    put(&whole).expect("written");
    for step in 0..whole.log().len() {
        let disk = TestDisk::with_folder("saves");
        disk.plan(step, Fault::Dead);
        put(&disk).ok();
        let disk = disk.after_kill();
        SaveFile::on(Arc::new(disk.clone()), PathBuf::from(PATH), None).clear_leftovers();
        assert!(!disk.files().iter().any(|name| name.ends_with(".tmp")), "step {step}: {:?}", disk.files());
    }
}

/// One save with one fault, then the disk as a kill and as power cuts leave it, then the next attempt.
fn fail_once(has_save: bool, step: usize, fault: Fault, count: &mut Count) {
    let context = format!("{fault:?} at step {step}");
    let (disk, mut file) = start(has_save);
    let (old, new) = (has_save.then(|| text("One")), Some(text("Two")));
    disk.plan(step, fault);
    let result = file.write(&assessment("Two"));
    assert!(disk.has_fired(), "{context}");
    count.faults += 1;
    let both = [old.clone(), new.clone()];
    assert!(is_whole(&disk.after_kill(), &both), "{context}: neither old nor new");
    let cuts = [Cut::Flushed, Cut::AllNames].map(|cut| disk.after_power_cut(cut));
    assert!(cuts.iter().all(|disk| is_whole(disk, &both)), "{context}: neither old nor new after a power cut");
    if result.is_ok() {
        count.acknowledged += 1;
        let is_lost = cuts.iter().any(|disk| !is_whole(disk, std::slice::from_ref(&new)));
        count.lost += usize::from(is_lost);
        assert!(!is_lost, "{context}: acknowledged, and lost");
    }
    // The same program tries again, or another one finds what a dead one left.
    let disk = match fault {
        Fault::Dead => {
            let disk = disk.after_kill();
            let held = disk.content(PATH);
            file = SaveFile::on(Arc::new(disk.clone()), PathBuf::from(PATH), held);
            file.clear_leftovers();
            disk
        }
        Fault::Refused(_) | Fault::Reported(_) | Fault::Short(_) => {
            disk.heal();
            disk
        }
    };
    for name in ["Two", "Three"] {
        file.write(&assessment(name)).unwrap_or_else(|error| panic!("{context}: {error}"));
        let after = disk.after_power_cut(Cut::Flushed);
        assert!(is_whole(&after, &[Some(text(name))]), "{context}: {name} after recovery");
    }
    assert_eq!(disk.files(), [PATH], "{context}: litter");
}

#[test]
fn a_backup_may_fail_at_every_step_and_never_touches_the_save() {
    let clock = || -> DateTime<Utc> { DateTime::from_timestamp(1_795_000_000, 0).expect("a time") };
    let backups = |disk: &TestDisk| Backups::on(Arc::new(disk.clone()), &PathBuf::from(PATH), clock);
    let (disk, _) = start(true);
    let mut whole = backups(&disk);
    disk.heal();
    whole.keep(b"held", Before::Merge).expect("kept");
    let steps = disk.log().len();
    let mut count = Count::default();
    for step in 0..steps {
        for fault in faults() {
            let context = format!("{fault:?} at step {step}");
            let (disk, _) = start(true);
            let mut backups = backups(&disk);
            disk.plan(step, fault);
            let kept = backups.keep(b"held", Before::Merge);
            count.faults += usize::from(disk.has_fired());
            let cut = disk.after_power_cut(Cut::Flushed);
            assert!(is_whole(&cut, &[Some(text("One"))]), "{context}");
            if let Ok(backup) = kept {
                count.acknowledged += 1;
                let path = backup.path.display().to_string();
                let is_lost = cut.content(&path).as_deref() != Some(b"held");
                count.lost += usize::from(is_lost);
                assert!(!is_lost, "{context}: acknowledged, and lost");
            }
            let disk = disk.after_kill();
            let mut again = Backups::on(Arc::new(disk.clone()), &PathBuf::from(PATH), clock);
            again.keep(b"held", Before::Merge).unwrap_or_else(|error| panic!("{context}: {error}"));
            let listed = again.list().expect("a listing");
            assert!(listed.len() <= 2, "{context}");
            for backup in listed {
                let path = backup.path.display().to_string();
                assert_eq!(disk.content(&path).as_deref(), Some(&b"held"[..]), "{context}: half a backup");
            }
            let temporary = disk.files().into_iter().filter(|path| path.ends_with(".tmp")).count();
            assert_eq!(temporary, 0, "{context}: litter");
        }
    }
    count.print("faults in a backup");
    assert_eq!((count.faults, count.lost), (steps * faults().len(), 0));
}

#[test]
fn a_link_planted_beside_a_save_is_never_followed() {
    let (disk, mut file) = start(true);
    let mut precious = SaveFile::on(Arc::new(disk.clone()), PathBuf::from("saves/precious.ron"), None);
    precious.write(&assessment("Precious")).expect("saved");
    disk.plant_link("saves/.backup", "precious.ron");
    let clock = || -> DateTime<Utc> { DateTime::from_timestamp(1_795_000_000, 0).expect("a time") };
    let mut backups = Backups::on(Arc::new(disk.clone()), &PathBuf::from(PATH), clock);
    backups.keep(b"held", Before::Merge).expect_err("a link");
    file.write(&assessment("Two")).expect("saved");
    assert_eq!(disk.content("saves/precious.ron"), Some(text("Precious")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    /// An evening on a bad disk: a fault at a random step of each save, now and then a kill or a power cut.
    #[test]
    fn what_was_acknowledged_last_is_never_lost(
        evening in prop::collection::vec((0..40_usize, 0..14_usize, 0..6_u8), 1..40),
    ) {
        let (mut disk, mut file) = start(true);
        let (mut acknowledged, mut attempted) = (0, 0);
        for (number, (step, fault, end)) in evening.into_iter().enumerate() {
            attempted = number + 1;
            disk.plan(step, faults()[fault]);
            if file.write(&assessment(&format!("Nr {attempted}"))).is_ok() {
                acknowledged = attempted;
            }
            disk = match end {
                0 => disk.after_power_cut(Cut::Flushed),
                1 => disk.after_power_cut(Cut::AllNames),
                2 => disk.after_kill(),
                _ if fault == 13 => disk.after_kill(),
                _ => continue,
            };
            let held = disk.content(PATH);
            let may_hold = (acknowledged..=attempted).map(|number| match number {
                0 => text("One"),
                number => text(&format!("Nr {number}")),
            });
            let found: Vec<Vec<u8>> = may_hold.collect();
            prop_assert!(held.as_ref().is_some_and(|held| found.contains(held)), "after {attempted}");
            file = SaveFile::on(Arc::new(disk.clone()), PathBuf::from(PATH), held.clone());
            file.clear_leftovers();
            // What was found counts as acknowledged for the next round: it is what the person sees on opening.
            file.write(&assessment(&format!("Nr {attempted}"))).expect("a sound disk");
            acknowledged = attempted;
        }
        prop_assert!(acknowledged <= attempted);
    }
}

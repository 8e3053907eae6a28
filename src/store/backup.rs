//! Earlier states of a save, in `.backup/<name>/` beside it: the last ten, one for each of seven days, and one from before
//! each change that touched all of it. Written as durably as the save, and thinned out at once.

use std::{
    collections::BTreeSet,
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use crate::store::disk::{Disk, Kind, RealDisk, folder_of, put_new, resolve, stem_of};

/// The folder of all backups beside the saves.
const FOLDER: &str = ".backup";
/// So many of the newest are kept.
const NEWEST: usize = 10;
/// The last one of a day is kept for so many days on which there is one.
const DAYS: usize = 7;
/// So many are kept of those from before a change that touched all.
const LABELLED: usize = 10;
/// While somebody answers, so much time lies between one and the next.
const PAUSE: TimeDelta = TimeDelta::minutes(10);
/// How the time stands in the file name, in UTC: it sorts, and no clock change disturbs it.
const TIME: &str = "%Y-%m-%dT%H-%M-%SZ";
/// How the file name ends.
const ENDING: &str = ".ron";

/// Where the time comes from.
pub type Clock = fn() -> DateTime<Utc>;

/// What a backup was made before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Before {
    /// A save was lifted to a newer version of the format.
    Migration,
    /// What somebody else wrote was merged in.
    Merge,
    /// Something was taken over from another file.
    Import,
    /// An earlier state was taken back.
    Restore,
}

impl Before {
    const ALL: [Before; 4] = [Before::Migration, Before::Merge, Before::Import, Before::Restore];

    /// How it stands in the file name.
    const fn label(self) -> &'static str {
        match self {
            Before::Migration => "before-migration",
            Before::Merge => "before-merge",
            Before::Import => "before-import",
            Before::Restore => "before-restore",
        }
    }

    /// The same in words.
    pub const fn words(self) -> &'static str {
        match self {
            Before::Migration => "before a migration",
            Before::Merge => "before a merge",
            Before::Import => "before an import",
            Before::Restore => "before a restore",
        }
    }
}

/// One earlier state.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Backup {
    /// When it was put there.
    pub taken: DateTime<Utc>,
    /// Tells those of one second apart.
    pub number: u32,
    /// What it was made before, if it was not made in passing.
    pub before: Option<Before>,
    /// The file.
    pub path: PathBuf,
}

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The system refused.
    #[error("{path}: {doing}: {source}", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What did not work.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// A link or a file stands where the folder belongs.
    #[error("{path} is no folder, so no backup is put there; remove it", path = path.display())]
    NotAFolder {
        /// The path.
        path: PathBuf,
    },
}

fn failed(path: &Path, doing: &'static str) -> impl FnOnce(io::Error) -> BackupError + use<> {
    let path = path.to_owned();
    move |source| BackupError::Io { path, doing, source }
}

/// The backups of one save.
#[derive(Clone)]
pub struct Backups {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    clock: Clock,
    /// When this program offered something that was kept; before that the first offer is always taken.
    last: Option<DateTime<Utc>>,
}

impl fmt::Debug for Backups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Backups").field("folder", &self.folder).field("last", &self.last).finish_non_exhaustive()
    }
}

impl Backups {
    /// Those of a save; of a link, those of the file that it leads to.
    pub fn of(save: &Path, clock: Clock) -> Backups {
        Backups::on(Arc::new(RealDisk), save, clock)
    }

    pub(super) fn on(disk: Arc<dyn Disk>, save: &Path, clock: Clock) -> Backups {
        let target = resolve(&*disk, save).unwrap_or_else(|_| save.to_owned());
        let folder = folder_of(&target).join(FOLDER).join(stem_of(&target));
        Backups { disk, folder, clock, last: None }
    }

    /// The folder that they lie in. It need not exist.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What time it is for them.
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// All of them, the newest first.
    ///
    /// # Errors
    /// They cannot be listed.
    pub fn list(&self) -> Result<Vec<Backup>, BackupError> {
        let around = folder_of(&self.folder);
        if !self.is_folder(around)? || !self.is_folder(&self.folder)? {
            return Ok(Vec::new());
        }
        let names = self.disk.names(&self.folder).map_err(failed(&self.folder, "it cannot be listed"))?;
        let mut backups: Vec<Backup> = names
            .iter()
            .filter_map(|name| Backup::parse(&self.folder, &name.to_string_lossy()))
            // A link leads to something that was never put here.
            .filter(|backup| self.disk.link_target(&backup.path).is_ok_and(|target| target.is_none()))
            .collect();
        backups.sort_by(|a, b| b.cmp(a));
        Ok(backups)
    }

    /// Offers what the save held before it was replaced. It is kept when this is the first of this program, or when the last
    /// one is ten minutes old; and never twice the same.
    ///
    /// # Errors
    /// It was to be kept, and could not be.
    pub fn offer(&mut self, held: &[u8]) -> Result<Option<Backup>, BackupError> {
        let now = (self.clock)();
        if self.last.is_some_and(|last| last <= now && now - last < PAUSE) {
            return Ok(None);
        }
        self.last = Some(now);
        let newest = self.list()?.into_iter().next();
        let is_there = newest.is_some_and(|newest| self.holds(&newest, held));
        if is_there { Ok(None) } else { self.put(held, None).map(Some) }
    }

    /// Keeps what the save holds, before a change that touches all of it.
    ///
    /// # Errors
    /// It could not be kept; the change had better not be made.
    pub fn keep(&mut self, held: &[u8], before: Before) -> Result<Backup, BackupError> {
        self.put(held, Some(before))
    }

    fn holds(&self, backup: &Backup, bytes: &[u8]) -> bool {
        let is_as_long = |path: &Path| self.disk.facts(path).is_ok_and(|facts| facts.length == bytes.len() as u64);
        is_as_long(&backup.path)
            && self.disk.read(&backup.path, bytes.len() as u64 + 1).is_ok_and(|found| found == bytes)
    }

    fn put(&self, bytes: &[u8], before: Option<Before>) -> Result<Backup, BackupError> {
        self.make_folder(folder_of(&self.folder))?;
        self.make_folder(&self.folder)?;
        let taken = (self.clock)();
        // The name says nothing about fractions of a second.
        let taken = DateTime::from_timestamp(taken.timestamp(), 0).unwrap_or(taken);
        let mut backup = Backup { taken, number: 1, before, path: PathBuf::new() };
        let name = |number| self.folder.join(Backup { number, ..backup.clone() }.name());
        let placed = put_new(&*self.disk, &name(1), bytes, name);
        (backup.path, backup.number) = placed.map_err(failed(&self.folder, "no backup can be written there"))?;
        self.thin_out();
        Ok(backup)
    }

    /// Makes a folder unless it is there. A link is none, wherever it leads.
    fn make_folder(&self, path: &Path) -> Result<(), BackupError> {
        if self.is_folder(path)? {
            return Ok(());
        }
        self.disk.make_folder(path).map_err(failed(path, "the folder cannot be made"))?;
        let around = folder_of(path);
        self.disk.sync_folder(around).map_err(failed(around, "it cannot be flushed to the disk"))
    }

    /// Whether there is a folder; an error when something else is there.
    fn is_folder(&self, path: &Path) -> Result<bool, BackupError> {
        let unclear = |error| failed(path, "it cannot be looked at")(error);
        match self.disk.link_target(path) {
            Ok(Some(_)) => return Err(BackupError::NotAFolder { path: path.to_owned() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(unclear(error)),
            Ok(None) => {}
        }
        match self.disk.facts(path).map_err(unclear)?.kind {
            Kind::Folder => Ok(true),
            Kind::File | Kind::Other => Err(BackupError::NotAFolder { path: path.to_owned() }),
        }
    }

    /// Removes what is not to be kept, and what a program left behind that was killed.
    fn thin_out(&self) {
        let backups = self.list().unwrap_or_default();
        let names = self.disk.names(&self.folder).unwrap_or_default();
        let is_left_over = |name: &str| name.starts_with('.') && name.ends_with(".tmp");
        let left_over = names.iter().filter(|name| is_left_over(&name.to_string_lossy()));
        let left_over: Vec<PathBuf> = left_over.map(|name| self.folder.join(name)).collect();
        for path in superfluous(&backups).into_iter().map(|backup| &backup.path).chain(&left_over) {
            // One that cannot be removed today is tried again with the next one.
            self.disk.remove(path).ok();
        }
    }
}

impl Backup {
    /// The file name.
    pub fn name(&self) -> String {
        let number = if self.number > 1 { format!("-{}", self.number) } else { String::new() };
        let before = self.before.map(|before| format!("-{}", before.label())).unwrap_or_default();
        format!("{}{number}{before}{ENDING}", self.taken.format(TIME))
    }

    /// The backup of that file name; nothing for a file that is none.
    fn parse(folder: &Path, name: &str) -> Option<Backup> {
        let stem = name.strip_suffix(ENDING)?;
        let (time, rest) = stem.split_at_checked(stem.find('Z')? + 1)?;
        let taken = NaiveDateTime::parse_from_str(time, TIME).ok()?.and_utc();
        let before = Before::ALL.into_iter().find(|before| rest.ends_with(before.label()));
        let rest = before.map_or(Some(rest), |before| rest.strip_suffix(before.label())?.strip_suffix('-'))?;
        let number = if rest.is_empty() { 1 } else { rest.strip_prefix('-')?.parse().ok()? };
        let backup = Backup { taken, number, before, path: folder.join(name) };
        // What is written otherwise is not ours to remove.
        (backup.name() == name).then_some(backup)
    }
}

/// Those that need not be kept, of backups with the newest first.
fn superfluous(backups: &[Backup]) -> Vec<&Backup> {
    let mut days = BTreeSet::new();
    let mut labelled = 0;
    let is_kept = |(index, backup): (usize, &Backup)| {
        // The newest of a day is met first.
        let is_of_a_new_day = days.len() < DAYS && days.insert(backup.taken.date_naive());
        labelled += usize::from(backup.before.is_some());
        index < NEWEST || is_of_a_new_day || (backup.before.is_some() && labelled <= LABELLED)
    };
    let kept: Vec<bool> = backups.iter().enumerate().map(is_kept).collect();
    backups.iter().zip(kept).filter(|(_, is_kept)| !is_kept).map(|(backup, _)| backup).collect()
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        sync::atomic::{AtomicI64, Ordering},
    };

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time").and_utc()
    }

    /// A clock for one test at a time: each takes its own.
    macro_rules! clock {
        ($now:ident) => {
            static $now: AtomicI64 = AtomicI64::new(1_795_000_000);
        };
    }

    fn names(backups: &Backups) -> Vec<String> {
        backups.list().expect("a listing").iter().map(Backup::name).collect()
    }

    #[test]
    fn the_first_state_is_kept_and_then_one_every_ten_minutes() {
        clock!(NOW);
        let folder = tempfile::tempdir().expect("a folder");
        let save = folder.path().join("acme.ron");
        let clock: Clock = || DateTime::from_timestamp(NOW.load(Ordering::Relaxed), 0).expect("a time");
        let mut backups = Backups::of(&save, clock);
        assert_eq!(names(&backups), [""; 0]);
        let mut offer = |seconds: i64, held: &str| {
            NOW.fetch_add(seconds, Ordering::Relaxed);
            backups.offer(held.as_bytes()).expect("possible").map(|backup| backup.name())
        };
        let first = offer(0, "one").expect("kept");
        assert_eq!(offer(599, "two"), None);
        assert!(offer(1, "three").is_some_and(|name| name > first));
        assert_eq!(offer(600, "three"), None, "the same again");
        assert_eq!(names(&backups).len(), 2);
        let newest = backups.list().expect("a listing").remove(0);
        assert_eq!(fs::read_to_string(&newest.path).expect("a backup"), "three");
        let mut second = Backups::of(&save, clock);
        assert!(second.offer(b"four").expect("possible").is_some(), "the first of another program");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
            assert_eq!((mode(backups.folder()), mode(&newest.path)), (0o700, 0o600));
            assert_eq!(mode(&folder.path().join(".backup")), 0o700);
        }
    }

    #[test]
    fn those_of_one_second_get_a_number_and_what_is_not_ours_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let clock: Clock = || at("2026-11-21 14:03");
        let mut backups = Backups::of(&folder.path().join("acme.ron"), clock);
        for held in ["a", "b", "c"] {
            backups.keep(held.as_bytes(), Before::Merge).expect("kept");
        }
        backups.keep(b"d", Before::Restore).expect("kept");
        for foreign in
            ["notes.ron", "2026-11-21T14-03-00Z-x.ron", "2026-11-21T14-03-00Z-1.ron", "2026-13-21T14-03-00Z.ron"]
        {
            fs::write(backups.folder().join(foreign), "").expect("a file");
        }
        fs::write(backups.folder().join(".a.new-0123456789abcdef.tmp"), "").expect("a leftover");
        assert_eq!(
            names(&backups),
            [
                "2026-11-21T14-03-00Z-3-before-merge.ron",
                "2026-11-21T14-03-00Z-2-before-merge.ron",
                "2026-11-21T14-03-00Z-before-restore.ron",
                "2026-11-21T14-03-00Z-before-merge.ron",
            ]
        );
        for _ in 0..30 {
            backups.keep(b"e", Before::Import).expect("kept");
        }
        assert_eq!(names(&backups).len(), NEWEST);
        assert_eq!(fs::read_dir(backups.folder()).expect("the folder").count(), NEWEST + 4, "the leftover is gone");
    }

    #[test]
    fn ten_of_all_one_of_a_day_and_ten_labelled_are_kept() {
        let backup = |minutes: i64, before| Backup {
            taken: at("2026-11-30 12:00") - TimeDelta::minutes(minutes),
            number: 1,
            before,
            path: PathBuf::from(minutes.to_string()),
        };
        // Every ten minutes for 30 days.
        let many: Vec<Backup> = (0..30 * 144).map(|number| backup(number * 10, None)).collect();
        let superfluous_of = |backups: &[Backup]| superfluous(backups).len();
        assert_eq!(many.len() - superfluous_of(&many), 10 + 6);
        let kept: Vec<&Backup> = many.iter().filter(|backup| !superfluous(&many).contains(backup)).collect();
        assert!(kept[10..].iter().all(|backup| backup.taken.format("%H:%M").to_string() == "23:50"));
        // Rare ones are all kept for seven days on which there is one, however long ago.
        let rare: Vec<Backup> = (0..7).map(|number| backup(number * 60 * 24 * 40, None)).collect();
        assert_eq!(superfluous_of(&rare), 0);
        // A merge of long ago outlives many small ones.
        let mut mixed = many.clone();
        mixed.extend((0..12).map(|number| backup(100_000 + number, Some(Before::Merge))));
        assert_eq!(mixed.len() - superfluous_of(&mixed), 10 + 6 + 10);
        // And it never grows beyond that.
        let labelled: Vec<Backup> = (0..500).map(|number| backup(number * 700, Some(Before::Import))).collect();
        assert!(labelled.len() - superfluous_of(&labelled) <= NEWEST + DAYS + LABELLED);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_a_folder_is_never_followed() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("elsewhere")).expect("a folder");
        let mut backups = Backups::of(&path("acme.ron"), || at("2026-11-21 14:03"));
        for planted in [".backup", ".backup/acme"] {
            if planted != ".backup" {
                fs::create_dir(path(".backup")).expect("a folder");
            }
            symlink(path("elsewhere"), path(planted)).expect("a link");
            let expected = format!("{} is no folder, so no backup is put there; remove it", path(planted).display());
            assert_eq!(backups.keep(b"a", Before::Merge).expect_err("a link").to_string(), expected);
            assert_eq!(backups.list().expect_err("a link").to_string(), expected);
            fs::remove_file(path(planted)).expect("removed");
        }
        fs::create_dir(path(".backup/acme")).expect("a folder");
        fs::write(path("precious"), "precious").expect("a file");
        symlink("../../precious", path(".backup/acme/2026-11-21T14-03-00Z.ron")).expect("a link");
        backups.offer(b"a").expect("kept under another name");
        assert_eq!(fs::read_to_string(path("precious")).expect("the file"), "precious");
        assert_eq!(fs::read_dir(path("elsewhere")).expect("the folder").count(), 0);
    }
}

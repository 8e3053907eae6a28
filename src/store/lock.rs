//! Who has a save open for writing: a lock of the system on a hidden file beside it. It ends with the process that holds it,
//! however that ends. The file is never renamed or removed; what stands in it only tells others whom to ask.

use std::{
    fmt,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

use crate::{
    clean_text::clean_line,
    store::disk::{RealDisk, folder_of, resolve, stem_of},
};

/// Who holds a lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The process.
    pub process: u32,
    /// The machine that it runs on.
    pub host: String,
    /// The person, as the program calls them.
    pub user: String,
    /// Since when, as it is shown.
    pub since: String,
}

/// A save that nobody else writes to, until dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

/// Why a save is not locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Somebody else has it open.
    #[error("{save} is open elsewhere: {}", said_of(.holder.as_ref()), save = save.display())]
    Busy {
        /// The save.
        save: PathBuf,
        /// Who, if that can be read.
        holder: Option<Holder>,
    },
    /// Something else stands where the lock belongs.
    #[error("{path} is no plain file, so it cannot be the lock of the save; remove it", path = path.display())]
    NotAFile {
        /// The path of the lock.
        path: PathBuf,
    },
    /// The system refused. A save can be written without a lock; what somebody else writes is noticed all the same.
    #[error("{path}: no lock can be made: {source}", path = path.display())]
    Io {
        /// The path of the lock.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

fn said_of(holder: Option<&Holder>) -> String {
    holder.map_or_else(|| "another program has it".to_owned(), Holder::to_string)
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Holder { process, host, user, since } = self;
        write!(f, "{user} on {host} since {since}, process {process}")
    }
}

impl Holder {
    /// This process.
    pub fn of_this_process(user: &str, since: &str) -> Holder {
        Holder { process: std::process::id(), host: host(), user: user.to_owned(), since: since.to_owned() }
    }

    fn print(&self) -> String {
        let Holder { process, host, user, since } = self;
        format!("{process}\n{}\n{}\n{}\n", clean_line(host), clean_line(user), clean_line(since))
    }

    fn parse(text: &str) -> Option<Holder> {
        let mut lines = text.lines();
        let process = lines.next()?.parse().ok()?;
        let mut line = || lines.next().map(|line| clean_line(line).into_owned());
        Some(Holder { process, host: line()?, user: line()?, since: line()? })
    }

    /// Whether this process still runs, as far as this machine can tell; one on another machine may.
    fn may_run(&self) -> bool {
        self.host != host() || is_running(self.process)
    }
}

/// A lock file has a few words in it; more is not read.
const LONGEST_RECORD: u64 = 2_000;

impl Lock {
    /// Takes the lock of a save for as long as the value lives. Does not wait.
    ///
    /// # Errors
    /// Somebody else has it, or there can be none.
    pub fn take(save: &Path, me: &Holder) -> Result<Lock, LockError> {
        // Two links to one save have one lock.
        let target = resolve(&RealDisk, save).map_err(|source| LockError::Io { path: save.to_owned(), source })?;
        let path = folder_of(&target).join(format!(".{}.lock", stem_of(&target)));
        let failed = |source| LockError::Io { path: path.clone(), source };
        // Looked at first, so that a pipe or a device is not even opened; the flag below catches a link made just now.
        match fs::symlink_metadata(&path) {
            Ok(metadata) if !metadata.is_file() => return Err(LockError::NotAFile { path }),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            Ok(_) | Err(_) => {}
        }
        let mut file = open(&path).map_err(failed)?;
        let busy = |holder| LockError::Busy { save: save.to_owned(), holder };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy(read(&mut file))),
            // Where the system has no locks, what stands in the file has to do.
            Err(TryLockError::Error(_)) => {
                if let Some(holder) = read(&mut file).filter(|holder| holder != me && holder.may_run()) {
                    return Err(busy(Some(holder)));
                }
            }
        }
        let mut lock = Lock { file };
        lock.record(&me.print()).map_err(failed)?;
        Ok(lock)
    }

    fn record(&mut self, text: &str) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(text.as_bytes())
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The lock itself ends with the file; the record is only cleared to be tidy.
        self.record("").ok();
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.mode(0o600).custom_flags(i32::try_from(flags.bits()).unwrap_or_default());
    }
    options.open(path)
}

fn read(file: &mut File) -> Option<Holder> {
    let mut text = String::new();
    file.take(LONGEST_RECORD).read_to_string(&mut text).ok()?;
    Holder::parse(&text)
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    "this machine".to_owned()
}

#[cfg(unix)]
fn is_running(process: u32) -> bool {
    let id = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw);
    // One that belongs to somebody else refuses, and runs.
    id.is_some_and(|id| rustix::process::test_kill_process(id) != Err(rustix::io::Errno::SRCH))
}

#[cfg(not(unix))]
fn is_running(_process: u32) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(user: &str) -> Holder {
        Holder::of_this_process(user, "2026-11-21 14:03")
    }

    fn listing(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).expect("the folder");
        names.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn one_at_a_time_has_a_save_and_the_other_is_told_who() {
        let folder = tempfile::tempdir().expect("a folder");
        let save = folder.path().join("acme.ron");
        let lock = Lock::take(&save, &holder("Ann")).expect("nobody has it");
        let error = Lock::take(&save, &holder("Ben")).expect_err("Ann has it");
        let process = std::process::id();
        let expected = format!(
            "{} is open elsewhere: Ann on {} since 2026-11-21 14:03, process {process}",
            save.display(),
            host()
        );
        assert_eq!(error.to_string(), expected);
        drop(lock);
        let ben = Lock::take(&save, &holder("Ben\u{1b}[2J\n")).expect("nobody has it any more");
        match Lock::take(&save, &holder("Ann")) {
            Err(LockError::Busy { holder: Some(holder), .. }) => assert_eq!(holder.user, "Ben[2J"),
            other => panic!("{other:?}"),
        }
        drop(ben);
        assert_eq!(listing(folder.path()), [".acme.lock"], "it stays, empty");
        assert_eq!(fs::read(folder.path().join(".acme.lock")).expect("the lock"), b"");
    }

    #[test]
    fn what_a_process_left_behind_that_is_gone_stops_nobody() {
        let folder = tempfile::tempdir().expect("a folder");
        let save = folder.path().join("acme.ron");
        let record = Holder { process: 4_000_000, ..holder("Ann") };
        assert!(!record.may_run());
        assert!(Holder { host: "elsewhere".into(), ..record.clone() }.may_run(), "nobody here can tell");
        assert!(holder("Ann").may_run());
        for left in [record.print().as_str(), "nonsense", "12\nhalf a record", "\u{0}\u{ff}"] {
            fs::write(folder.path().join(".acme.lock"), left).expect("a lock left behind");
            drop(Lock::take(&save, &holder("Ben")).expect("taken over"));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_or_anything_else_in_its_place_is_not_touched() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().expect("a folder");
        let save = folder.path().join("acme.ron");
        let path = folder.path().join(".acme.lock");
        fs::write(folder.path().join("precious"), "precious").expect("a file");
        symlink("precious", &path).expect("a link");
        let refusal = || Lock::take(&save, &holder("Ann")).expect_err("no lock").to_string();
        let expected = format!("{} is no plain file, so it cannot be the lock of the save; remove it", path.display());
        assert_eq!(refusal(), expected);
        assert!(open(&path).is_err(), "not even when it came into being just now");
        assert_eq!(fs::read_to_string(folder.path().join("precious")).expect("the file"), "precious");
        fs::remove_file(&path).expect("removed");
        fs::create_dir(&path).expect("a folder");
        assert_eq!(refusal(), expected);
    }

    #[cfg(unix)]
    #[test]
    fn two_links_to_one_save_have_one_lock() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().expect("a folder");
        symlink("acme.ron", folder.path().join("link.ron")).expect("a link");
        let _lock = Lock::take(&folder.path().join("link.ron"), &holder("Ann")).expect("nobody has it");
        assert!(matches!(Lock::take(&folder.path().join("acme.ron"), &holder("Ben")), Err(LockError::Busy { .. })));
    }
}

//! The file system as saving needs it, one method per thing that can fail: a seam, behind which tests put one that
//! fails, runs full, dies or loses power at every single step.

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::{
    ffi::OsString,
    fmt,
    fs::{self, File, OpenOptions},
    hash::{BuildHasher, RandomState},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::SystemTime,
};

/// What can be done with files.
pub trait Disk: fmt::Debug + Send + Sync {
    /// Looks at what a path leads to, links followed.
    ///
    /// # Errors
    /// Nothing is there, or the system refuses.
    fn facts(&self, path: &Path) -> io::Result<Facts>;

    /// Where a link points to; nothing for what is no link.
    ///
    /// # Errors
    /// Nothing is there, or the system refuses.
    fn link_target(&self, path: &Path) -> io::Result<Option<PathBuf>>;

    /// Reads a file, at most so many bytes.
    ///
    /// # Errors
    /// The system refuses.
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>>;

    /// Makes a new file for its owner only; never one that is there already, not even as a link.
    ///
    /// # Errors
    /// Something is there, or the system refuses.
    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>>;

    /// Gives a file a second name, which nothing may have yet.
    ///
    /// # Errors
    /// The name is taken, or the system refuses.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Moves a file, over what is there.
    ///
    /// # Errors
    /// The system refuses.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Takes a name away.
    ///
    /// # Errors
    /// The system refuses.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Makes a folder for its owner only; the one around it has to exist.
    ///
    /// # Errors
    /// Something is there, or the system refuses.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// The names in a folder.
    ///
    /// # Errors
    /// It cannot be listed.
    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>>;

    /// Flushes the names of a folder to the disk: without that a rename may not survive a power cut.
    ///
    /// # Errors
    /// The system refuses.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// A file that was just made.
pub trait NewFile: Write {
    /// Gives it the owner and the mode of another as far as that is allowed; without one it stays its owner's alone.
    ///
    /// # Errors
    /// The mode cannot be set.
    fn be_like(&mut self, other: Option<&Facts>) -> io::Result<()>;

    /// Flushes what was written to the disk.
    ///
    /// # Errors
    /// It may not be on the disk; that cannot be made good with the same file.
    fn sync(&mut self) -> io::Result<()>;
}

/// What can be told of a file without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What it is.
    pub kind: Kind,
    /// How many bytes it has.
    pub length: u64,
    /// When it was last changed.
    pub modified: Option<SystemTime>,
    /// A number that another file does not have; 0 where the system has none.
    pub number: u64,
    /// The access mode.
    pub mode: u32,
    /// The user and the group that it belongs to.
    pub owner: (u32, u32),
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A pipe, a device, a socket.
    Other,
}

impl Facts {
    /// Whether nobody may write to it.
    pub fn is_read_only(&self) -> bool {
        self.mode & 0o222 == 0
    }
}

/// The file system of this machine.
#[derive(Clone, Copy, Debug)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn facts(&self, path: &Path) -> io::Result<Facts> {
        fs::metadata(path).map(|metadata| facts_of(&metadata))
    }

    fn link_target(&self, path: &Path) -> io::Result<Option<PathBuf>> {
        if fs::symlink_metadata(path)?.is_symlink() { fs::read_link(path).map(Some) } else { Ok(None) }
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(most).read_to_end(&mut bytes).map(|_| bytes)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let mut options = OpenOptions::new();
        // `create_new` is O_EXCL, which takes no link for an answer.
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path).map(|file| Box::new(file) as Box<dyn NewFile>)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)?;
        // Set apart from making it, because a strange umask could take the owner's own rights away.
        #[cfg(unix)]
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        Ok(())
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name())).collect()
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        match File::open(folder).and_then(|folder| folder.sync_all()) {
            // Some network file systems cannot flush a folder; they do it on their own.
            Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
            other => other,
        }
    }

    #[cfg(not(unix))]
    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }
}

impl NewFile for File {
    #[cfg(unix)]
    fn be_like(&mut self, other: Option<&Facts>) -> io::Result<()> {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

        let mode = match other {
            None => 0o600,
            Some(other) => {
                let own = self.metadata()?;
                let is_same = (own.uid(), own.gid()) == other.owner;
                // Only an administrator may give a file away; whoever is in the group may hand it to the group.
                let is_handed_over = is_same
                    || fchown(&*self, Some(other.owner.0), Some(other.owner.1)).is_ok()
                    || fchown(&*self, None, Some(other.owner.1)).is_ok();
                // What a group was allowed is not meant for another one.
                if is_handed_over { other.mode & 0o777 } else { other.mode & 0o707 }
            }
        };
        self.set_permissions(fs::Permissions::from_mode(mode))
    }

    #[cfg(not(unix))]
    fn be_like(&mut self, _other: Option<&Facts>) -> io::Result<()> {
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

#[cfg(unix)]
fn facts_of(metadata: &fs::Metadata) -> Facts {
    use std::os::unix::fs::MetadataExt;

    Facts {
        kind: kind_of(metadata),
        length: metadata.len(),
        modified: metadata.modified().ok(),
        number: metadata.ino(),
        mode: metadata.mode() & 0o7777,
        owner: (metadata.uid(), metadata.gid()),
    }
}

#[cfg(not(unix))]
fn facts_of(metadata: &fs::Metadata) -> Facts {
    Facts {
        kind: kind_of(metadata),
        length: metadata.len(),
        modified: metadata.modified().ok(),
        number: 0,
        mode: if metadata.permissions().readonly() { 0o400 } else { 0o600 },
        owner: (0, 0),
    }
}

fn kind_of(metadata: &fs::Metadata) -> Kind {
    if metadata.is_file() {
        Kind::File
    } else if metadata.is_dir() {
        Kind::Folder
    } else {
        Kind::Other
    }
}

/// The folder that a file lies in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

/// Links that lead on to links are followed this far.
const LONGEST_CHAIN: usize = 40;

/// The file that a path stands for: a link is kept and what it points to is meant, whether that exists or not.
///
/// # Errors
/// The links cannot be followed.
pub fn resolve(disk: &dyn Disk, path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..LONGEST_CHAIN {
        match disk.link_target(&target) {
            Ok(Some(next)) => target = folder_of(&target).join(next),
            Ok(None) => return Ok(target),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(target),
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("too many links lead to one another"))
}

/// The most bytes of a file's name that go into the names that belong to it, so that those are never too long.
const LONGEST_NAME: usize = 100;

/// The name of a file without `.ron`, for the names that belong to it.
pub fn stem_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(".ron").unwrap_or(&name);
    stem[..stem.floor_char_boundary(LONGEST_NAME)].to_owned()
}

/// How the name of a temporary file ends.
const TEMPORARY: &str = ".tmp";

/// A name in the folder of a file that nobody can guess, for a new version under way.
pub fn temporary_name(path: &Path) -> PathBuf {
    // The standard library seeds each of these anew from the system.
    let random = RandomState::new().hash_one(path);
    folder_of(path).join(format!("{}{random:016x}{TEMPORARY}", temporary_prefix(path)))
}

fn temporary_prefix(path: &Path) -> String {
    format!(".{}.new-", stem_of(path))
}

/// The temporary files that were left behind beside a file. Only who holds its lock may think so.
pub fn leftovers(disk: &dyn Disk, path: &Path) -> io::Result<Vec<PathBuf>> {
    let prefix = temporary_prefix(path);
    let is_leftover = |name: &OsString| {
        let name = name.to_string_lossy();
        let random = name.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix(TEMPORARY));
        random.is_some_and(|random| random.len() == 16 && random.chars().all(|c| c.is_ascii_hexdigit()))
    };
    let names = disk.names(folder_of(path))?;
    Ok(names.into_iter().filter(is_leftover).map(|name| folder_of(path).join(name)).collect())
}

/// Writes a new file, down to the disk, under the first of the names that is free; returns that name and its number, from 1.
/// Never over anything that is there. What a kill leaves of it is a leftover of `owner`, a file in the same folder.
///
/// # Errors
/// It cannot be written; nothing is left of it as far as the system lets go of it.
pub fn put_new(
    disk: &dyn Disk,
    owner: &Path,
    bytes: &[u8],
    name: impl Fn(u32) -> PathBuf,
) -> io::Result<(PathBuf, u32)> {
    let temporary = temporary_name(owner);
    let written = write_new(disk, &temporary, bytes);
    let placed = written.and_then(|()| place(disk, &temporary, name));
    // Its second name stays; what cannot be removed is swept up another day.
    disk.remove(&temporary).ok();
    let (path, number) = placed?;
    disk.sync_folder(folder_of(&path))?;
    Ok((path, number))
}

fn write_new(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = disk.create(path)?;
    file.be_like(None)?;
    file.write_all(bytes)?;
    file.sync()
}

fn place(disk: &dyn Disk, temporary: &Path, name: impl Fn(u32) -> PathBuf) -> io::Result<(PathBuf, u32)> {
    for number in 1.. {
        let path = name(number);
        match disk.link(temporary, &path) {
            Ok(()) => return Ok((path, number)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            // Some file systems have no second names.
            Err(_) if disk.link_target(&path).is_err() => {
                return disk.rename(temporary, &path).map(|()| (path, number));
            }
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("no name is free"))
}

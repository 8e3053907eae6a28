//! A disk in memory that does what it is told to at one step: refuse, write half, die, lose power. It keeps apart what
//! programs see and what would still be there after a power cut.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard},
    time::{Duration, SystemTime},
};

use super::{Disk, Facts, Kind, NewFile, folder_of};

/// What goes wrong at the step that a plan names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The step is refused with this number of the system.
    Refused(i32),
    /// The step is carried out, and reported as failed all the same.
    Reported(i32),
    /// Half of what is to be written is written, the rest is refused with this number.
    Short(i32),
    /// The program dies before the step: this and all later ones do nothing.
    Dead,
}

/// A disk in memory. Clones are the same disk.
#[derive(Clone, Debug, Default)]
pub(crate) struct TestDisk {
    state: Arc<Mutex<State>>,
}

#[derive(Clone, Debug, Default)]
struct State {
    files: BTreeMap<u64, Content>,
    names: BTreeMap<PathBuf, Entry>,
    /// The names that would be there after a power cut.
    durable_names: BTreeMap<PathBuf, Entry>,
    next: u64,
    plan: Option<(usize, Fault)>,
    /// Steps since the plan was made.
    steps: usize,
    /// What each of them was.
    log: Vec<&'static str>,
    has_fired: bool,
    is_dead: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    File(u64),
    Folder,
    Link(PathBuf),
}

#[derive(Clone, Debug, Default)]
struct Content {
    bytes: Vec<u8>,
    /// What of it would be there after a power cut; nothing as long as it was never flushed.
    durable: Vec<u8>,
    changed: u64,
    mode: u32,
}

/// What a power cut may leave of the names that were changed since they were flushed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cut {
    /// Only what was flushed.
    Flushed,
    /// All names, each with what was flushed of its content.
    AllNames,
}

impl TestDisk {
    /// A disk with one folder.
    pub(crate) fn with_folder(path: &str) -> TestDisk {
        let disk = TestDisk::default();
        let mut state = disk.state();
        state.names.insert(PathBuf::from(path), Entry::Folder);
        state.durable_names = state.names.clone();
        drop(state);
        disk
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no test thread panics while it holds the disk")
    }

    /// Puts a link there.
    pub(crate) fn plant_link(&self, path: &str, target: &str) {
        let mut state = self.state();
        state.names.insert(PathBuf::from(path), Entry::Link(PathBuf::from(target)));
        state.durable_names = state.names.clone();
    }

    /// From here on, the step of that index (from 0) goes wrong.
    pub(crate) fn plan(&self, step: usize, fault: Fault) {
        let mut state = self.state();
        (state.plan, state.steps, state.has_fired) = (Some((step, fault)), 0, false);
        state.log.clear();
    }

    /// From here on nothing goes wrong.
    pub(crate) fn heal(&self) {
        let mut state = self.state();
        (state.plan, state.steps, state.is_dead) = (None, 0, false);
        state.log.clear();
    }

    /// What the steps since the last plan were.
    pub(crate) fn log(&self) -> Vec<&'static str> {
        self.state().log.clone()
    }

    /// Whether the fault of the plan happened.
    pub(crate) fn has_fired(&self) -> bool {
        self.state().has_fired
    }

    /// The disk as another program finds it when this one was killed.
    pub(crate) fn after_kill(&self) -> TestDisk {
        let state = self.state().clone();
        let disk = TestDisk { state: Arc::new(Mutex::new(state)) };
        disk.heal();
        disk
    }

    /// The disk as it is found after a power cut.
    pub(crate) fn after_power_cut(&self, cut: Cut) -> TestDisk {
        let disk = self.after_kill();
        let mut state = disk.state();
        if let Cut::Flushed = cut {
            state.names = state.durable_names.clone();
        }
        state.files.values_mut().for_each(|file| file.bytes = file.durable.clone());
        drop(state);
        disk
    }

    /// What a file holds.
    pub(crate) fn content(&self, path: &str) -> Option<Vec<u8>> {
        let state = self.state();
        match state.names.get(Path::new(path))? {
            Entry::File(number) => Some(state.files[number].bytes.clone()),
            Entry::Folder | Entry::Link(_) => None,
        }
    }

    /// The names of all files.
    pub(crate) fn files(&self) -> Vec<String> {
        let state = self.state();
        let files = state.names.iter().filter(|(_, entry)| matches!(entry, Entry::File(_)));
        files.map(|(path, _)| path.display().to_string()).collect()
    }
}

fn error(number: i32) -> io::Error {
    io::Error::from_raw_os_error(number)
}

const ENOENT: i32 = 2;
const EIO: i32 = 5;
const EEXIST: i32 = 17;

impl State {
    /// Counts a step and carries it out, unless the plan has something else in mind.
    fn step<T>(&mut self, name: &'static str, act: impl FnOnce(&mut State) -> io::Result<T>) -> io::Result<T> {
        if self.is_dead {
            return Err(error(EIO));
        }
        let index = self.steps;
        self.steps += 1;
        self.log.push(name);
        match self.plan.filter(|(step, _)| *step == index) {
            None => act(self),
            Some((_, Fault::Refused(number) | Fault::Short(number))) => {
                self.has_fired = true;
                Err(error(number))
            }
            Some((_, Fault::Reported(number))) => {
                self.has_fired = true;
                act(self).and(Err(error(number)))
            }
            Some((_, Fault::Dead)) => {
                (self.has_fired, self.is_dead) = (true, true);
                Err(error(EIO))
            }
        }
    }

    fn entry(&self, path: &Path) -> io::Result<&Entry> {
        self.names.get(path).ok_or_else(|| error(ENOENT))
    }

    fn file(&self, path: &Path) -> io::Result<u64> {
        match self.entry(path)? {
            Entry::File(number) => Ok(*number),
            Entry::Link(target) => self.file(&folder_of(path).join(target)),
            Entry::Folder => Err(error(EIO)),
        }
    }

    fn insert_new(&mut self, path: &Path, entry: Entry) -> io::Result<()> {
        if self.names.contains_key(path) {
            return Err(error(EEXIST));
        }
        match self.names.get(folder_of(path)) {
            Some(Entry::Folder) => {}
            Some(Entry::File(_) | Entry::Link(_)) | None => return Err(error(ENOENT)),
        }
        self.names.insert(path.to_owned(), entry);
        Ok(())
    }
}

impl Disk for TestDisk {
    fn facts(&self, path: &Path) -> io::Result<Facts> {
        self.state().step("look", |state| {
            let (kind, content) = match state.entry(path)? {
                Entry::Folder => (Kind::Folder, Content::default()),
                Entry::File(_) | Entry::Link(_) => (Kind::File, state.files[&state.file(path)?].clone()),
            };
            let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(content.changed);
            let number = content.changed;
            let length = content.bytes.len() as u64;
            Ok(Facts { kind, length, modified: Some(modified), number, mode: content.mode, owner: (0, 0) })
        })
    }

    fn link_target(&self, path: &Path) -> io::Result<Option<PathBuf>> {
        self.state().step("look for a link", |state| match state.entry(path)? {
            Entry::Link(target) => Ok(Some(target.clone())),
            Entry::File(_) | Entry::Folder => Ok(None),
        })
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        self.state().step("read", |state| {
            let number = state.file(path)?;
            let bytes = &state.files[&number].bytes;
            Ok(bytes[..bytes.len().min(usize::try_from(most).unwrap_or(usize::MAX))].to_vec())
        })
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let number = self.state().step("create", |state| {
            state.next += 1;
            let number = state.next;
            state.insert_new(path, Entry::File(number))?;
            state.files.insert(number, Content { changed: number, mode: 0o600, ..Content::default() });
            Ok(number)
        })?;
        Ok(Box::new(OpenFile { disk: self.clone(), number }))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.state().step("link", |state| {
            let entry = state.entry(from)?.clone();
            state.insert_new(to, entry)
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.state().step("rename", |state| {
            let entry = state.names.remove(from).ok_or_else(|| error(ENOENT))?;
            state.names.insert(to.to_owned(), entry);
            Ok(())
        })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.state().step("remove", |state| state.names.remove(path).map(drop).ok_or_else(|| error(ENOENT)))
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.state().step("make a folder", |state| state.insert_new(path, Entry::Folder))
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.state().step("list", |state| {
            let inside = state.names.keys().filter(|path| folder_of(path) == folder);
            Ok(inside.filter_map(|path| path.file_name().map(OsString::from)).collect())
        })
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.state().step("flush the folder", |state| {
            let is_inside = |path: &Path| folder_of(path) == folder;
            let inside = state.names.iter().filter(|(path, _)| is_inside(path));
            let inside: Vec<(PathBuf, Entry)> = inside.map(|(path, entry)| (path.clone(), entry.clone())).collect();
            state.durable_names.retain(|path, _| !is_inside(path));
            state.durable_names.extend(inside);
            Ok(())
        })
    }
}

/// A file under way.
struct OpenFile {
    disk: TestDisk,
    number: u64,
}

impl OpenFile {
    fn append(state: &mut State, number: u64, bytes: &[u8]) {
        let file = state.files.entry(number).or_default();
        file.bytes.extend_from_slice(bytes);
    }
}

impl Write for OpenFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.disk.state();
        let planned = state.plan.filter(|(step, _)| *step == state.steps).map(|(_, fault)| fault);
        // Also a program that dies has written half.
        if matches!(planned, Some(Fault::Short(_) | Fault::Dead)) && !state.is_dead {
            OpenFile::append(&mut state, self.number, &bytes[..bytes.len() / 2]);
        }
        let number = self.number;
        state.step("write", |state| {
            OpenFile::append(state, number, bytes);
            Ok(bytes.len())
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl NewFile for OpenFile {
    fn be_like(&mut self, other: Option<&Facts>) -> io::Result<()> {
        let mode = other.map_or(0o600, |other| other.mode);
        let number = self.number;
        self.disk.state().step("set the mode", |state| {
            state.files.entry(number).or_default().mode = mode;
            Ok(())
        })
    }

    fn sync(&mut self) -> io::Result<()> {
        let number = self.number;
        self.disk.state().step("flush", |state| {
            let file = state.files.entry(number).or_default();
            file.durable = file.bytes.clone();
            Ok(())
        })
    }
}

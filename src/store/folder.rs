//! The folder that saves live in: where it is, what is in it, and how a save gets its file name.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::{
    model::catalog::Catalog,
    ron_text::Problem,
    store::{
        Loaded,
        disk::{Disk, RealDisk, folder_of},
        write::{SaveFile, StoreError},
    },
};

/// How the file name of a save ends.
const EXTENSION: &str = "ron";
/// The folder below it for saves that are put away.
const ARCHIVE: &str = "archive";
/// What stands in the name of a file that could not be read and was set aside.
pub(super) const SET_ASIDE: &str = ".corrupt-";
/// The longest file name without its ending, in bytes.
const LONGEST_STEM: usize = 60;

/// What decides where saves live. The environment is read by the caller, so that this module does not depend on it.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The folder given on the command line.
    pub given: Option<PathBuf>,
    /// `$AIMSCOPE_SAVES`; an empty one counts as none.
    pub variable: Option<PathBuf>,
    /// The current folder; empty stands for itself and keeps messages short.
    pub here: PathBuf,
    /// The platform's folder for data of programs (`directories::BaseDirs::data_dir`).
    pub data: Option<PathBuf>,
}

/// The folder that saves live in. It need not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavesFolder {
    path: PathBuf,
}

/// One save in the folder, not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveEntry {
    /// The file.
    pub path: PathBuf,
    /// When it last changed.
    pub modified: SystemTime,
}

/// Why something with the folder did not work.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// No place is known.
    #[error("no folder for saves is known; name one with --saves DIR")]
    NoPlace,
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
    /// Moving a link would leave it pointing nowhere.
    #[error("{path} is a link to a file elsewhere; archive that file where it lies", path = path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// The save to copy cannot be used.
    #[error("{}", all_lines(.0))]
    Unusable(Vec<Problem>),
    /// The copy cannot be written.
    #[error(transparent)]
    NotSaved(#[from] StoreError),
}

fn all_lines(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")
}

impl SavesFolder {
    /// The folder: the given one, else that of the variable, else `saves` here when it exists, else one for the program's data.
    ///
    /// # Errors
    /// None of them is known.
    pub fn locate(places: Places) -> Result<SavesFolder, FolderError> {
        let here = || Some(places.here.join("saves")).filter(|path| path.is_dir());
        let variable = places.variable.filter(|path| !path.as_os_str().is_empty());
        let chosen = places.given.or(variable).or_else(here);
        let path = chosen.or_else(|| Some(places.data?.join("aimscope").join("saves")));
        path.map(|path| SavesFolder { path }).ok_or(FolderError::NoPlace)
    }

    /// The path of the folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the folder if it is missing, open to its owner only.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn create(&self) -> Result<(), FolderError> {
        create(&self.path)
    }

    /// The saves in it, by file name: all `.ron` files but hidden ones. A folder that does not exist has none.
    ///
    /// # Errors
    /// It cannot be listed.
    pub fn list(&self) -> Result<Vec<SaveEntry>, FolderError> {
        let entries = match fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(failed(&self.path, "it cannot be listed")(source)),
        };
        let mut saves = Vec::new();
        for entry in entries {
            let path = entry.map_err(failed(&self.path, "it cannot be listed"))?.path();
            saves.extend(save_entry(path));
        }
        saves.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(saves)
    }

    /// A path for a new save of that name which no other file has.
    pub fn free_path(&self, name: &str) -> PathBuf {
        free_path(&self.path, &file_stem(name))
    }

    /// Puts a save away into `archive` below the folder; returns where it is now.
    ///
    /// # Errors
    /// It cannot be moved, and is where it was.
    pub fn archive(&self, save: &Path) -> Result<PathBuf, FolderError> {
        if save.is_symlink() {
            return Err(FolderError::Link { path: save.to_owned() });
        }
        let archive = self.path.join(ARCHIVE);
        create(&archive)?;
        let stem = save.file_stem().unwrap_or_default().to_string_lossy();
        let target = free_path(&archive, &stem);
        let moved = fs::rename(save, &target).and_then(|()| sync_folder(&target)).and_then(|()| sync_folder(save));
        moved.map_err(failed(save, "it cannot be moved to the archive"))?;
        Ok(target)
    }

    /// Copies a save under a new name, which the copy also bears inside; returns where the copy is.
    ///
    /// # Errors
    /// The save cannot be used, or the copy not written.
    pub fn duplicate(&self, save: &Path, name: &str, catalog: &Catalog) -> Result<PathBuf, FolderError> {
        let mut assessment = Loaded::from_path(save, catalog).map_err(FolderError::Unusable)?.assessment;
        assessment.name = name.to_owned();
        self.create()?;
        let path = self.free_path(name);
        SaveFile::new(&path).write(&assessment)?;
        Ok(path)
    }
}

fn sync_folder(path: &Path) -> io::Result<()> {
    RealDisk.sync_folder(folder_of(path))
}

/// The save at a path, if it can be one.
fn save_entry(path: PathBuf) -> Option<SaveEntry> {
    let is_hidden = path.file_name()?.to_string_lossy().starts_with('.');
    // Of a link the file that it points to counts; a broken one is none.
    let metadata = fs::metadata(&path).ok()?;
    // What was set aside because it could not be read is no save any more.
    let is_set_aside = path.file_stem()?.to_string_lossy().contains(SET_ASIDE);
    let is_save = !is_hidden && !is_set_aside && metadata.is_file() && path.extension()? == EXTENSION;
    is_save.then(|| SaveEntry { path, modified: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH) })
}

fn create(folder: &Path) -> Result<(), FolderError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(failed(folder, "the folder cannot be made"))
}

fn failed(path: &Path, doing: &'static str) -> impl FnOnce(io::Error) -> FolderError + use<> {
    let path = path.to_owned();
    move |source| FolderError::Io { path, doing, source }
}

/// The path of that stem in a folder, with `-2`, `-3` ... when others are taken.
fn free_path(folder: &Path, stem: &str) -> PathBuf {
    let numbered = (2..).map(|number: usize| {
        let suffix = format!("-{number}");
        format!("{}{suffix}", cut(stem, LONGEST_STEM - suffix.len()))
    });
    let mut paths =
        [stem.to_owned()].into_iter().chain(numbered).map(|stem| folder.join(format!("{stem}.{EXTENSION}")));
    // A link to nothing is taken too, which `exists` would not see.
    paths.find(|path| fs::symlink_metadata(path).is_err()).expect("the numbers do not end")
}

/// A file name for an assessment, without ending: letters and digits of any script, everything else a hyphen.
///
/// At most 60 bytes, never empty, and none of the names that Windows keeps for devices.
pub fn file_stem(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    match cut(&slug, LONGEST_STEM) {
        "" => "assessment".to_owned(),
        reserved if is_device(reserved) => format!("{reserved}-assessment"),
        stem => stem.to_owned(),
    }
}

/// A text cut to a number of bytes between characters, without hyphens at the end.
fn cut(text: &str, bytes: usize) -> &str {
    text[..text.floor_char_boundary(bytes)].trim_end_matches('-')
}

/// Whether Windows takes a file of that name for a device.
fn is_device(stem: &str) -> bool {
    let numbered = ["com", "lpt"].iter().filter_map(|device| stem.strip_prefix(device));
    let is_numbered = numbered.into_iter().any(|rest| rest.chars().count() == 1 && rest.contains(char::is_numeric));
    is_numbered || ["con", "prn", "aux", "nul"].contains(&stem)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use tempfile::TempDir;

    use super::*;
    use crate::{content::builtin, model::assessment::Assessment, store::layout};

    fn folder() -> (TempDir, SavesFolder) {
        let outer = tempfile::tempdir().expect("a folder");
        let path = outer.path().join("saves");
        (outer, SavesFolder { path })
    }

    fn save(path: &Path, name: &str) {
        SaveFile::new(path).write(&Assessment::new(name, "1", NaiveDate::default())).expect("saved");
    }

    fn names(folder: &SavesFolder) -> Vec<String> {
        let saves = folder.list().expect("a listing").into_iter();
        saves.map(|save| save.path.file_name().expect("a name").to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn the_folder_is_the_first_that_somebody_named() {
        let outer = tempfile::tempdir().expect("a folder");
        let some = |path: &str| Some(PathBuf::from(path));
        let case = |places: &Places, expected: &Path| {
            assert_eq!(SavesFolder::locate(places.clone()).expect("a folder").path(), expected);
        };
        let mut places =
            Places { given: some("g"), variable: some("v"), here: outer.path().to_owned(), data: some("d") };
        case(&places, Path::new("g"));
        places.given = None;
        case(&places, Path::new("v"));
        places.variable = some("");
        case(&places, Path::new("d/aimscope/saves"));
        fs::write(outer.path().join("saves"), "").expect("a file of that name");
        case(&places, Path::new("d/aimscope/saves"));
        fs::remove_file(outer.path().join("saves")).expect("removed");
        fs::create_dir(outer.path().join("saves")).expect("a folder");
        case(&places, &outer.path().join("saves"));
        let nowhere = Places { here: outer.path().join("nowhere"), ..Places::default() };
        let error = SavesFolder::locate(nowhere).expect_err("nothing is known").to_string();
        assert_eq!(error, "no folder for saves is known; name one with --saves DIR");
    }

    #[test]
    fn a_file_name_is_plain_short_and_never_a_device() {
        let case = |name: &str, expected: &str| assert_eq!(file_stem(name), expected, "of {name:?}");
        case("Acme GmbH 2026", "acme-gmbh-2026");
        case("  --Acme//..\\ & Söhne!  ", "acme-söhne");
        case("../../etc/passwd", "etc-passwd");
        case("東京 支社", "東京-支社");
        case("ÄRZTE Ελλάδα", "Ärzte-Ελλάδα");
        case("", "assessment");
        case("👍 !", "assessment");
        case("CON", "con-assessment");
        case("Lpt1", "lpt1-assessment");
        case("com²", "com²-assessment");
        case("com10 nul", "com10-nul");
        case(&"a".repeat(80), &"a".repeat(60));
        case(&"東".repeat(40), &"東".repeat(20));
        case(&format!("{} b", "é".repeat(29)), &format!("{}-b", "é".repeat(29)));
        case(&format!("{} bc", "é".repeat(29)), &format!("{}-b", "é".repeat(29)));
        case(&format!("{} b", "a".repeat(59)), &"a".repeat(59));
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let (_outer, folder) = folder();
        folder.create().expect("a folder");
        let stem = |name: &str| folder.free_path(name).file_stem().expect("a stem").to_string_lossy().into_owned();
        assert_eq!(stem("Acme"), "acme");
        save(&folder.free_path("Acme"), "Acme");
        assert_eq!(stem("Acme"), "acme-2");
        save(&folder.free_path("Acme"), "Acme");
        assert_eq!(stem("ACME!"), "acme-3");
        save(&folder.free_path(&"東".repeat(30)), "Long");
        assert_eq!(stem(&"東".repeat(30)), format!("{}-2", "東".repeat(19)));
    }

    #[test]
    fn only_saves_are_listed() {
        let (_outer, folder) = folder();
        assert_eq!(names(&folder), [""; 0], "a folder that does not exist is empty");
        folder.create().expect("a folder");
        folder.create().expect("it is there already");
        for name in ["b.ron", "a.ron", ".a.ron", ".hidden", "notes.txt", "c.RON.bak", "a.corrupt-2026.ron"] {
            fs::write(folder.path().join(name), "").expect("a file");
        }
        fs::create_dir(folder.path().join("folder.ron")).expect("a folder");
        assert_eq!(names(&folder), ["a.ron", "b.ron"]);
        let entry = &folder.list().expect("a listing")[0];
        let modified = fs::metadata(&entry.path).and_then(|metadata| metadata.modified()).expect("a time");
        assert_eq!(entry.modified, modified);
        let file = SavesFolder { path: folder.path().join("a.ron") };
        let error = file.list().expect_err("a file").to_string();
        assert_eq!(error, format!("{}: it cannot be listed: Not a directory (os error 20)", file.path().display()));
    }

    #[test]
    fn a_save_is_archived_beside_others_of_its_name() {
        let (_outer, folder) = folder();
        folder.create().expect("a folder");
        let path = folder.path().join("acme.ron");
        for (name, archived) in [("One", "archive/acme.ron"), ("Two", "archive/acme-2.ron")] {
            save(&path, name);
            assert_eq!(folder.archive(&path).expect("archived"), folder.path().join(archived));
            assert_eq!(names(&folder), [""; 0]);
        }
        let error = folder.archive(&path).expect_err("gone").to_string();
        let expected = "it cannot be moved to the archive: No such file or directory (os error 2)";
        assert_eq!(error, format!("{}: {expected}", path.display()));
    }

    #[test]
    fn a_copy_bears_its_new_name_and_a_broken_save_is_not_copied() {
        let (_outer, folder) = folder();
        folder.create().expect("a folder");
        let path = folder.path().join("acme.ron");
        save(&path, "Acme");
        let copy = folder.duplicate(&path, "Acme 2027", &builtin::catalog()).expect("a copy");
        assert_eq!(copy, folder.path().join("acme-2027.ron"));
        let expected = layout::print(&Assessment::new("Acme 2027", "1", NaiveDate::default()));
        assert_eq!(fs::read_to_string(&copy).expect("the copy"), expected);
        fs::write(&path, "(version: 1").expect("a broken file");
        let error = folder.duplicate(&path, "Acme 2028", &builtin::catalog()).expect_err("broken").to_string();
        assert!(error.contains("acme.ron:1:12: the file ends before its last bracket is closed"), "{error}");
        assert_eq!(names(&folder), ["acme-2027.ron", "acme.ron"]);
    }

    #[cfg(unix)]
    #[test]
    fn folders_are_for_their_owner_and_a_link_is_not_archived() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let (outer, folder) = folder();
        folder.create().expect("a folder");
        assert_eq!(fs::metadata(folder.path()).expect("a folder").permissions().mode() & 0o777, 0o700);
        save(&outer.path().join("elsewhere.ron"), "Acme");
        symlink("../elsewhere.ron", folder.path().join("acme.ron")).expect("a link");
        symlink("../nowhere.ron", folder.path().join("none.ron")).expect("a link");
        assert_eq!(names(&folder), ["acme.ron"]);
        let error = folder.archive(&folder.path().join("acme.ron")).expect_err("a link").to_string();
        assert!(error.ends_with("acme.ron is a link to a file elsewhere; archive that file where it lies"), "{error}");
        assert!(folder.free_path("none").ends_with("none-2.ron"));
    }
}

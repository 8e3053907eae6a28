//! Saves shared by git: the merge driver with real git for merge, rebase, cherry-pick and stash pop, and what happens when
//! it cannot be called.
//!
//! Git reads no setting but those made here.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use aimscope::{
    content::builtin,
    model::{
        answer::LevelAnswer,
        assessment::Assessment,
        edit::{Change, Edit},
        level::Level,
        reference::Reference,
    },
    store::{Loaded, layout},
};
use chrono::NaiveDate;
use tempfile::TempDir;

use crate::support::AS_OF;

/// The save that is shared.
const SAVE: &str = "saves/acme.ron";

/// A repository with a save in it, and nothing of the person who runs the tests.
struct Repository {
    folder: TempDir,
}

impl Repository {
    /// An empty repository; nothing where there is no git, which is said.
    fn new() -> Option<Repository> {
        if Command::new("git").arg("version").output().is_err() {
            #[allow(clippy::print_stdout, reason = "a skip is said, never silent")]
            {
                println!("skipped: no git");
            }
            return None;
        }
        let repository = Repository { folder: tempfile::tempdir().expect("a temporary folder") };
        repository.git("init --quiet --initial-branch=main");
        Some(repository)
    }

    /// A repository set up by the program, with a save committed on `main`.
    fn with_driver() -> Option<Repository> {
        let repository = Repository::new()?;
        repository.write(&start());
        repository.aimscope(&["git", "install"]);
        repository.commit("start");
        Some(repository)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn save(&self) -> String {
        fs::read_to_string(self.path(SAVE)).expect("the save")
    }

    /// What the save says; it must be a valid one.
    fn assessment(&self) -> Assessment {
        let loaded = Loaded::from_text(Path::new(SAVE), self.save(), &builtin::catalog());
        loaded.expect("a valid save").assessment
    }

    fn write(&self, assessment: &Assessment) {
        fs::create_dir_all(self.path("saves")).expect("the folder of the saves");
        fs::write(self.path(SAVE), layout::print(assessment)).expect("a file can be written");
    }

    fn commit(&self, message: &str) {
        self.git("add --all");
        self.git(&format!("commit --quiet -m {message}"));
    }

    /// Two branches that come from `main`: `theirs`, and `ours`, which is checked out.
    fn with_branches(self, ours: &[Change], theirs: &[Change]) -> Repository {
        for (branch, changes) in [("theirs", theirs), ("ours", ours)] {
            self.git(&format!("checkout --quiet -b {branch} main"));
            self.write(&changed(branch, changes));
            self.commit(branch);
        }
        self
    }

    /// Runs git, which must not fail.
    fn git(&self, words: &str) -> String {
        let output = self.try_git(words);
        assert!(output.status.success(), "git {words}: {}", text(&output));
        text(&output)
    }

    fn try_git(&self, words: &str) -> Output {
        self.command("git").args(words.split(' ')).output().expect("git runs")
    }

    fn aimscope(&self, arguments: &[&str]) -> (Option<i32>, String) {
        self.aimscope_in(".", arguments)
    }

    fn aimscope_in(&self, folder: &str, arguments: &[&str]) -> (Option<i32>, String) {
        let mut command = self.command(env!("CARGO_BIN_EXE_aimscope"));
        let output = command.current_dir(self.path(folder)).args(arguments).args(["--as-of", AS_OF]).output();
        let output = output.expect("the program runs");
        (output.status.code(), text(&output))
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.folder.path()).env_clear();
        command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        let settings = [("GIT_CONFIG_GLOBAL", self.path("settings")), ("HOME", self.path("."))];
        command.envs(settings).env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_EDITOR", "true").env("LC_ALL", "C.UTF-8");
        // Neither a repository around the temporary folder nor the tests' own one may be found.
        command.env("GIT_CEILING_DIRECTORIES", self.folder.path().parent().expect("a folder above"));
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "Ann").env(format!("GIT_{role}_EMAIL"), "ann@example.com");
            command.env(format!("GIT_{role}_DATE"), "2026-11-21T12:00:00Z");
        }
        command
    }
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn reference(text: &str) -> Reference {
    text.parse().expect("a reference in a test")
}

fn level(requirement: &str, number: usize) -> Change {
    Change::level(reference(requirement), LevelAnswer::Level(Level::ALL[number]))
}

fn note(requirement: &str, note: &str) -> Change {
    Change::SetNote { requirement: reference(requirement), note: note.to_owned() }
}

/// The save that everybody starts from.
fn start() -> Assessment {
    let mut start = Assessment::new("Acme", builtin::catalog().version, NaiveDate::default());
    for requirement in ["4.1", "4.2", "9.1", "A.6.2.4"] {
        start.apply(&Edit { by: "Ann".into(), on: NaiveDate::default(), at: None, change: level(requirement, 1) });
    }
    start
}

fn changed(by: &str, changes: &[Change]) -> Assessment {
    let mut assessment = start();
    for change in changes {
        assessment.apply(&Edit { by: by.to_owned(), on: NaiveDate::default(), at: None, change: change.clone() });
    }
    assessment
}

/// What brings the work of the branch `theirs` into `ours`.
#[derive(Clone, Copy, Debug)]
enum Way {
    Merge,
    Rebase,
    CherryPick,
    StashPop,
}

const WAYS: [Way; 4] = [Way::Merge, Way::Rebase, Way::CherryPick, Way::StashPop];

impl Way {
    /// Does it; says whether git found it clean.
    fn take(self, repository: &Repository) -> Output {
        match self {
            Way::Merge => repository.try_git("merge --no-edit theirs"),
            Way::Rebase => repository.try_git("rebase theirs"),
            Way::CherryPick => repository.try_git("cherry-pick theirs"),
            Way::StashPop => {
                // The work of this side, not committed yet, while the other's arrives.
                repository.git("reset --quiet --soft main");
                repository.git("stash push --quiet");
                repository.git("reset --quiet --hard theirs");
                repository.try_git("stash pop")
            }
        }
    }
}

#[test]
fn git_merges_saves_answer_by_answer() {
    for way in WAYS {
        // Within one answer, where a merge of lines would find a conflict.
        let (ours, theirs) = ([level("4.1", 3)], [note("4.1", "Ask Ben."), level("4.2", 2)]);
        let Some(repository) = Repository::with_driver() else { return };
        let repository = repository.with_branches(&ours, &theirs);
        let output = way.take(&repository);
        assert!(output.status.success(), "{way:?}: {}", text(&output));
        let merged = repository.assessment();
        assert_eq!(merged.claimed(reference("4.1")), Level::new(3), "{way:?}");
        assert_eq!(merged.claimed(reference("4.2")), Level::new(2), "{way:?}");
        assert_eq!(merged.answers[&reference("4.1")].note, "Ask Ben.", "{way:?}");
        assert!(merged.disputed_places().is_empty(), "{way:?}");
        assert_eq!(repository.git("diff --name-only --diff-filter=U"), "", "{way:?}");
    }
}

#[test]
fn what_people_state_differently_is_a_conflict_in_a_valid_save() {
    for way in WAYS {
        let Some(repository) = Repository::with_driver() else { return };
        let repository = repository.with_branches(&[level("4.1", 3)], &[level("4.1", 2), level("9.1", 4)]);
        let output = way.take(&repository);
        assert!(!output.status.success(), "{way:?}: {}", text(&output));
        assert!(text(&output).contains("saves/acme.ron: 1 to be settled"), "{way:?}: {}", text(&output));
        assert_eq!(repository.git("diff --name-only --diff-filter=U").trim(), SAVE, "{way:?}");
        let merged = repository.assessment();
        assert_eq!(merged.disputed_places().len(), 1, "{way:?}");
        assert_eq!(merged.claimed(reference("4.1")), Level::new(2), "{way:?}: the lower counts");
        let answer = &merged.answers[&reference("4.1")];
        assert_eq!(answer.disputed_levels, [LevelAnswer::Level(Level::ALL[3])], "{way:?}");
        assert_eq!(merged.claimed(reference("9.1")), Level::new(4), "{way:?}");
        // Settled as people do it, and committed.
        let mut settled = merged;
        settled.apply(&Edit { by: "Ann".into(), on: NaiveDate::default(), at: None, change: level("4.1", 3) });
        repository.write(&settled);
        repository.git("add --all");
        assert_eq!(repository.git("diff --name-only --diff-filter=U"), "", "{way:?}");
    }
}

/// The same repository, with a driver that calls a program which is not there.
fn without_program(repository: Repository) -> Repository {
    let driver = repository.git("config merge.aimscope.driver");
    let broken = driver.trim().replace(env!("CARGO_BIN_EXE_aimscope"), "/nowhere/aimscope");
    assert_ne!(broken, driver.trim());
    let set = repository.command("git").args(["config", "merge.aimscope.driver", &broken]).status();
    assert!(set.expect("git runs").success());
    repository
}

#[test]
fn without_the_program_git_merges_by_lines_and_drops_nobody_s_work() {
    for way in WAYS {
        let Some(repository) = Repository::with_driver() else { return };
        let repository = without_program(repository.with_branches(&[level("4.1", 3)], &[level("9.1", 4)]));
        let output = way.take(&repository);
        assert!(output.status.success(), "{way:?}: {}", text(&output));
        let merged = repository.assessment();
        let levels = ["4.1", "9.1"].map(|requirement| merged.claimed(reference(requirement)));
        assert_eq!(levels, [Level::new(3), Level::new(4)], "{way:?}");

        let Some(repository) = Repository::with_driver() else { return };
        let repository = without_program(repository.with_branches(&[level("4.1", 3)], &[level("4.1", 2)]));
        let output = way.take(&repository);
        assert!(!output.status.success(), "{way:?}: {}", text(&output));
        let save = repository.save();
        for words in ["<<<<<<< ours", "level: Level(3)", "level: Level(2)", ">>>>>>> theirs"] {
            assert!(save.contains(words), "{way:?}: no `{words}` in\n{save}");
        }
    }
}

#[test]
fn a_side_that_is_no_save_is_left_to_git() {
    let Some(repository) = Repository::with_driver() else { return };
    let repository = repository.with_branches(&[level("4.1", 3)], &[level("9.1", 4)]);
    repository.git("checkout --quiet -b broken main");
    fs::write(repository.path(SAVE), format!("<<<<<<< a\n=======\n>>>>>>> b\n{}", repository.save())).expect("written");
    repository.commit("broken");
    repository.git("checkout --quiet ours");
    let output = repository.try_git("merge --no-edit broken");
    let said = text(&output);
    assert!(said.contains("saves/acme.ron (theirs):1:1: unresolved git conflict"), "{said}");
    assert!(said.contains("git merges it by lines"), "{said}");
    assert!(repository.save().contains("<<<<<<< a") && repository.save().contains("level: Level(3)"));
}

#[test]
fn two_branches_that_made_the_save_each_for_itself_are_merged_too() {
    let Some(repository) = Repository::new() else { return };
    fs::create_dir(repository.path("saves")).expect("a folder");
    repository.aimscope(&["git", "install"]);
    repository.commit("start");
    let repository = repository.with_branches(&[level("4.1", 3)], &[note("4.2", "Ask Ben.")]);
    let output = repository.try_git("merge --no-edit theirs");
    assert!(!output.status.success(), "{}", text(&output));
    let merged = repository.assessment();
    assert_eq!(merged.disputed_places().len(), 1, "4.1 stands at 1 there");
    assert_eq!(merged.answers[&reference("4.2")].note, "Ask Ben.");
}

#[test]
fn install_says_what_it_does_and_can_be_repeated() {
    let Some(repository) = Repository::new() else { return };
    fs::create_dir_all(repository.path("docs/deep")).expect("a folder");
    let (code, said) = repository.aimscope(&["git", "install"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("is no folder of a git repository; make the folder of the saves"), "{said}");

    repository.write(&start());
    let program = env!("CARGO_BIN_EXE_aimscope");
    let attributes = repository.path("saves/.gitattributes");
    let (code, said) = repository.aimscope(&["git", "install"]);
    let expected = format!(
        "git now calls {program} to merge saves, for this clone.\nsaves/.gitattributes says `*.ron merge=aimscope`: commit \
         it. Everybody else calls `aimscope git install` once in their clone.\nsaves/.gitignore leaves backups and locks \
         out: commit it.\n"
    );
    assert_eq!((code, said), (Some(0), expected));
    assert_eq!(fs::read_to_string(&attributes).expect("written"), "*.ron merge=aimscope\n");
    let before = fs::read_to_string(repository.path(".git/config")).expect("the settings");
    for folder in [".", "docs/deep", "saves"] {
        let (code, said) = repository.aimscope_in(folder, &["git", "install"]);
        assert!(code == Some(0) && said.matches("as before").count() == 2, "in {folder}: {said}");
    }
    assert_eq!(fs::read_to_string(repository.path(".git/config")).expect("the settings"), before);
    assert_eq!(fs::read_to_string(&attributes).expect("still there"), "*.ron merge=aimscope\n");

    let ignored = repository.path("saves/.gitignore");
    assert_eq!(fs::read_to_string(&ignored).expect("written"), ".backup/\n.*.lock\n.*.tmp\n");
    // What others wrote there stays.
    fs::write(&ignored, "*.html\n.backup/").expect("written");
    fs::write(&attributes, "*.md text").expect("written");
    repository.aimscope(&["git", "install"]);
    assert_eq!(fs::read_to_string(&attributes).expect("written"), "*.md text\n*.ron merge=aimscope\n");
    assert_eq!(fs::read_to_string(&ignored).expect("written"), "*.html\n.backup/\n.*.lock\n.*.tmp\n");
    assert_eq!(
        repository.git("check-attr merge questionnaires/a.ron").trim(),
        "questionnaires/a.ron: merge: unspecified"
    );
}

#[test]
fn install_refuses_where_there_is_no_repository_unless_it_is_for_all() {
    let Some(repository) = Repository::new() else { return };
    fs::remove_dir_all(repository.path(".git")).expect("removed");
    let (code, said) = repository.aimscope(&["git", "install"]);
    assert_eq!(code, Some(1));
    assert_eq!(
        said,
        "aimscope: this is no git repository; go to the one that holds your saves, or name their folder with --saves DIR\n"
    );
    let (code, said) = repository.aimscope(&["git", "install", "--global"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("for all your repositories") && said.contains("once in each that holds saves"), "{said}");
    let settings = fs::read_to_string(repository.path("settings")).expect("the settings");
    assert!(settings.contains("[merge \"aimscope\"]"), "{settings}");
}

#[test]
fn the_doctor_says_how_git_stands() {
    let Some(repository) = Repository::new() else { return };
    repository.write(&start());
    let case = |code: i32, words: &str| {
        let (found, said) = repository.aimscope(&["doctor"]);
        assert!(found == Some(code) && said.contains(words), "{code} `{words}`: {found:?}\n{said}");
    };
    case(1, "FIX   git: the saves are in a repository, and git would merge them by lines; call `aimscope git install`");
    repository.aimscope(&["git", "install"]);
    case(0, "ok    git: saves are merged by ");
    case(0, "ok    saves: saves can be written to\n");
    case(0, "All is well.\n");
    fs::remove_file(repository.path("saves/.gitattributes")).expect("removed");
    case(1, "FIX   git: the merge driver is set, and no file is given to it; call `aimscope git install` again");
    let repository = without_program(repository);
    let (code, said) = repository.aimscope(&["doctor"]);
    assert!(code == Some(1) && said.contains("the merge driver calls /nowhere/aimscope, which is not there"), "{said}");
    fs::remove_dir_all(repository.path(".git")).expect("removed");
    let (code, said) = repository.aimscope(&["doctor"]);
    assert!(code == Some(0) && said.contains("note  git: the saves are in no repository"), "{said}");
}

/// Three saves in a folder, and what `merge` makes of them.
fn merge_of(base: &str, ours: &str, theirs: &str, more: &[&str]) -> Option<(Repository, Option<i32>, String)> {
    let repository = Repository::new()?;
    for (name, text) in [("base.ron", base), ("ours.ron", ours), ("theirs.ron", theirs)] {
        fs::write(repository.path(name), text).expect("a file can be written");
    }
    let arguments = [&["merge", "base.ron", "ours.ron", "theirs.ron"], more].concat();
    let (code, said) = repository.aimscope(&arguments);
    Some((repository, code, said))
}

#[test]
fn merge_ends_with_0_merged_1_disputed_and_2_refused() {
    let print = |changes: &[Change]| layout::print(&changed("Ann", changes));
    let (base, ours) = (print(&[]), print(&[level("4.1", 3)]));
    let read = |repository: &Repository, name: &str| fs::read_to_string(repository.path(name)).expect("a file");

    let Some((place, code, said)) = merge_of(&base, &ours, &print(&[level("9.1", 4)]), &[]) else { return };
    assert_eq!((code, said.as_str()), (Some(0), "ours.ron: 1 change of the other side taken over\n"));
    assert_eq!(read(&place, "ours.ron"), print(&[level("4.1", 3), level("9.1", 4)]));
    let backups =
        fs::read_dir(place.path(".backup/ours")).expect("a backup").map(|entry| entry.expect("a file").path());
    let backups: Vec<String> = backups.map(|path| fs::read_to_string(path).expect("a backup can be read")).collect();
    assert_eq!(backups, [ours.as_str()], "what was there before is kept");

    let disputed = print(&[level("4.1", 2)]);
    let Some((place, code, said)) = merge_of(&base, &ours, &disputed, &["-o", "new.ron", "--path", "saves/acme.ron"])
    else {
        return;
    };
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.starts_with("saves/acme.ron: level of 4.1: 3 here, 2 there; both are kept, to be settled\n"),
        "{said}"
    );
    assert_eq!(read(&place, "ours.ron"), ours, "with -o this side stays as it is");
    assert!(read(&place, "new.ron").contains("disputed_levels: [Level(3)],"));
    let (_, said) = place.aimscope(&["score", "new.ron", "--format", "json"]);
    assert!(said.contains("\"disputed\": [\n    \"level of 4.1\"\n  ],"), "{said}");

    for (base, theirs, words) in [
        (base.as_str(), "", "theirs.ron: it is empty; a save begins with `(version: 1,`"),
        (&base, "<<<<<<< a\n", "theirs.ron:1:1: unresolved git conflict"),
        (&base, "(version: 2)", "written by a newer aimscope"),
        ("(version: 1)", &disputed, "base.ron:"),
    ] {
        let Some((place, code, said)) = merge_of(base, &ours, theirs, &[]) else { return };
        assert!(code == Some(2) && said.contains(words), "{words}: {code:?} {said}");
        assert_eq!(read(&place, "ours.ron"), ours, "{words}");
    }
}

#[test]
fn saves_of_two_editions_are_merged_into_one_that_opens() {
    for edition in ["2001.01", "2099.12"] {
        let other = |changes: &[Change]| Assessment { catalog: edition.to_owned(), ..changed("Ben", changes) };
        let (here, there) = (changed("Ann", &[level("4.1", 3)]), other(&[level("A.99.1", 2)]));
        for (ours, theirs) in [(&here, &there), (&there, &here)] {
            let texts = [&start(), ours, theirs].map(layout::print);
            let Some((place, code, said)) = merge_of(&texts[0], &texts[1], &texts[2], &[]) else { return };
            assert_eq!(code, Some(0), "{edition}: {said}");
            let text = fs::read_to_string(place.path("ours.ron")).expect("the save");
            let loaded = Loaded::from_text(Path::new("ours.ron"), text, &builtin::catalog()).expect("a valid save");
            let levels = ["4.1", "A.99.1"].map(|requirement| loaded.assessment.claimed(reference(requirement)));
            assert_eq!(levels, [Level::new(3), Level::new(2)], "{edition}");
        }
    }
}

//! What happens to saves when things go wrong around the program: two at once, a broken file, kills, links, newer versions.

use std::{
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    os::unix::{fs::PermissionsExt, fs::symlink, process::ExitStatusExt},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use aimscope::{
    content::builtin,
    model::{answer::LevelAnswer, level::Level},
    store::Loaded,
};

use crate::support::{AS_OF, Place};

/// A line-by-line session that stays open.
struct Dialog {
    child: Child,
}

impl Dialog {
    /// Starts to answer a save and waits for the first question.
    fn start(place: &Place, arguments: &[&str]) -> (Dialog, BufReader<impl Read + Send + 'static>) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aimscope"));
        command.arg("answer").args(arguments).args(["--as-of", AS_OF, "--as", "Ann"]);
        command.current_dir(place.path("")).env_clear().env("HOME", place.path(""));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().expect("its output is piped"));
        wait_for_prompt(&mut out).expect("a first question");
        (Dialog { child }, out)
    }

    fn type_in(&mut self, text: &str) -> std::io::Result<()> {
        self.child.stdin.as_mut().expect("its input is piped").write_all(text.as_bytes())
    }
}

impl Drop for Dialog {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Reads up to the next prompt; nothing when the program is gone before.
fn wait_for_prompt(out: &mut impl BufRead) -> Option<()> {
    let mut text = Vec::new();
    while !text.ends_with(b"for help: ") {
        if out.read_until(b' ', &mut text).ok()? == 0 {
            return None;
        }
    }
    Some(())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn who_has_a_save_open_is_named_to_the_second() {
    let place = Place::new();
    place.run("new a --saves .");
    let (mut dialog, mut out) = Dialog::start(&place, &["a.ron"]);
    let before = place.read("a.ron");
    for words in ["answer a.ron", "restore a.ron --salvage"] {
        let outcome = place.run(words);
        let start = "aimscope: a.ron is open elsewhere: Ann on ";
        assert!(outcome.err.starts_with(start), "{words}: {}", outcome.err);
        assert!(outcome.err.contains(&format!("process {}", dialog.child.id())), "{}", outcome.err);
        assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{words}");
    }
    assert_eq!(place.run("score a.ron").code, 0, "reading disturbs nobody");
    assert_eq!(place.read("a.ron"), before);
    // On screen it is opened for looking at, and says so.
    let mut terminal = place.terminal(&["open", "a.ron"], (80, 24), &[]);
    terminal.wait_for("is open elsewhere: Ann on").expect("a", "4.1 Understanding").expect("3", "is open elsewhere");
    terminal.type_in("Q");
    assert_eq!(terminal.finish().0, 0);
    assert_eq!(place.read("a.ron"), before);
    // Killed, it stops nobody, and the next one goes on.
    dialog.type_in("3\n").expect("it listens");
    wait_for_prompt(&mut out).expect("the next question");
    drop(dialog);
    let outcome = place.run_with(&["answer", "a.ron"], "2\nq\n");
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    let text = place.read("a.ron");
    assert!(text.contains("level: Level(3),") && text.contains("level: Level(2),"), "{text}");
}

#[test]
fn a_change_by_another_program_is_said_while_nobody_types() {
    let place = Place::new();
    place.run("new a --saves .");
    let mut terminal = place.terminal(&["open", "a.ron"], (80, 24), &[]);
    terminal.wait_for("Clauses 4-10").expect("a", "4.1 Understanding").expect("3", "saved");
    place.write("a.ron", place.read("a.ron").replace("Level(3)", "Level(2)"));
    terminal.wait_for("was changed by another program").type_in("Q");
    assert_eq!(terminal.finish().0, 0, "nothing is unsaved");
    assert!(place.read("a.ron").contains("Level(2)"));
}

#[test]
fn an_earlier_state_is_listed_and_taken_back() {
    let place = Place::new().with_save("saves/example.ron", "a.ron");
    let example = place.read("a.ron");
    assert_eq!(place.run("restore a.ron --list").err, "aimscope: a.ron: there is no backup of it\n");
    assert_eq!(place.run_with(&["answer", "a.ron", "--again"], "5\n5\nq\n").code, 0);
    let changed = place.read("a.ron");
    assert_ne!(changed, example);
    let list = place.run("restore a.ron --list");
    assert_eq!((list.code, list.err.as_str()), (0, ""));
    assert!(list.out.starts_with("Earlier states of a.ron, the newest first:\n  1  20"), "{}", list.out);
    assert!(list.out.contains(" of 69 answered, "), "{}", list.out);
    let outcome = place.run("restore a.ron");
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert!(outcome.out.ends_with("What it held before is backup 1 now.\n"), "{}", outcome.out);
    assert_eq!(place.read("a.ron"), example);
    let list = place.run("restore a.ron --list").out;
    assert!(list.contains("; before a restore\n") && list.contains("  2  20"), "{list}");
    assert_eq!(place.run("restore a.ron --from 1").code, 0);
    assert_eq!(place.read("a.ron"), changed);
    assert_eq!(place.run("restore a.ron --from 99").code, 1);
    assert_eq!(place.run("restore a.ron --from 1 --list").code, 2);
    // A save that is gone comes back too.
    fs::remove_file(place.path("a.ron")).expect("removed");
    assert_eq!(place.run("restore a.ron --from 1").code, 0);
    assert_eq!(place.read("a.ron"), example);
    let mode = |name: &str| fs::metadata(place.path(name)).expect("it is there").permissions().mode() & 0o777;
    assert_eq!((mode(".backup"), mode(".backup/a")), (0o700, 0o700));
    assert!(names(&place.path(".backup/a")).iter().all(|name| mode(&format!(".backup/a/{name}")) == 0o600));
}

#[test]
fn a_broken_save_is_kept_and_replaced_when_asked() {
    let place = Place::new().with_save("saves/example.ron", "a.ron");
    let example = place.read("a.ron");
    let broken = example.replacen("level: Level(3)", "level: Level(7)", 1);
    assert_ne!(broken, example);
    place.write("a.ron", &broken);
    // Commands that read say what is wrong and touch nothing.
    for words in ["score a.ron", "check a.ron", "answer a.ron", "plan a.ron"] {
        let outcome = place.run(words);
        assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{words}");
        assert!(outcome.err.contains("unknown level 7; a level is 0 to 5"), "{}", outcome.err);
        assert_eq!(place.read("a.ron"), broken, "{words}");
    }
    assert_eq!(place.run("restore a.ron").err, "aimscope: a.ron: there is no backup of it\n");
    let outcome = place.run("restore a.ron --salvage");
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert!(outcome.out.contains("unknown level 7; a level is 0 to 5"), "{}", outcome.out);
    let set_aside = names(&place.path("")).into_iter().find(|name| name.starts_with("a.corrupt-")).expect("it is kept");
    assert_eq!(place.read(&set_aside), broken);
    let count = |text: &str| text.matches("            requirement: ").count();
    assert_eq!(count(&place.read("a.ron")), count(&example) - 1, "one answer is lost");
    assert_eq!(place.run("restore a.ron --salvage").code, 1, "now it can be read");
    assert!(!place.run("score a.ron").err.contains("corrupt"));

    // With a backup that is the way back, and it is pointed at.
    assert_eq!(place.run_with(&["answer", "a.ron", "--again"], "5\nq\n").code, 0);
    place.write("a.ron", "(version: 1,\n<<<<<<< HEAD\n");
    let outcome = place.run("score a.ron");
    assert!(outcome.err.starts_with("aimscope: a.ron:2:1: unresolved git conflict"), "{}", outcome.err);
    assert!(
        outcome.err.contains("`aimscope restore FILE --list` shows what there is to go back to (1)"),
        "{}",
        outcome.err
    );
    assert_eq!(place.run("restore a.ron").code, 0);
    assert_eq!(count(&place.read("a.ron")), count(&example) - 1);
    let kept = names(&place.path("")).into_iter().filter(|name| name.starts_with("a.corrupt-")).count();
    assert_eq!(kept, 2, "no file that was set aside is written over");
}

#[test]
fn what_a_kill_left_behind_is_swept_up_by_a_restore() {
    let place = Place::new().with_save("saves/example.ron", "a.ron");
    assert_eq!(place.run_with(&["answer", "a.ron", "--again"], "5\nq\n").code, 0);
    let broken = place.read("a.ron").replacen("level: Level(3)", "level: Level(7)", 1);
    for words in ["restore a.ron", "restore a.ron --salvage"] {
        place.write(".a.new-0123456789abcdef.tmp", "cut o");
        place.write("a.ron", &broken);
        let outcome = place.run(words);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{words}");
        assert!(!names(&place.path("")).iter().any(|name| name.ends_with(".tmp")), "{words}");
    }
}

#[test]
fn on_screen_a_broken_save_is_repaired_when_asked_twice() {
    let place = Place::new();
    fs::create_dir(place.path("s")).expect("a folder");
    let example = fs::read_to_string("saves/example.ron").expect("the example");
    place.write("s/a.ron", example.replacen("level: Level(3)", "level: Level(7)", 1));
    let mut terminal = place.terminal(&["--saves", "s"], (100, 30), &[]);
    terminal.wait_for("unknown level 7").expect("\r", "Enter again to take what can be read");
    assert_eq!(names(&place.path("s")), ["a.ron"], "nothing is touched before");
    terminal.expect("\r", "The broken file is kept as s/a.corrupt-");
    terminal.type_in("Q");
    assert_eq!(terminal.finish().0, 0);
    assert!(place.run("score s/a.ron").code == 0);
}

#[test]
fn a_save_of_a_newer_version_is_left_alone_everywhere() {
    let place = Place::new();
    fs::create_dir(place.path("s")).expect("a folder");
    let newer = "(\n    version: 2,\n    catalog: \"2030\",\n    tree: {},\n)\n";
    place.write("s/a.ron", newer);
    let message = "this file was written by a newer aimscope (version 2; this one reads up to 1); update aimscope";
    for words in ["score s/a.ron", "answer s/a.ron"] {
        assert!(place.run(words).err.contains(message), "{words}");
    }
    for words in ["restore s/a.ron", "restore s/a.ron --salvage"] {
        assert_eq!(place.run(words).code, 1, "{words}");
    }
    let mut terminal = place.terminal(&["--saves", "s"], (120, 30), &[]);
    terminal.wait_for("written by a newer aimscope").expect("\r", "It cannot be read: s/a.ron:2:14");
    terminal.type_in("\rQ");
    assert_eq!(terminal.finish().0, 0);
    assert_eq!(place.read("s/a.ron"), newer);
    assert!(names(&place.path("s")).iter().all(|name| name == "a.ron" || name == ".a.lock"));
}

#[test]
fn links_stay_and_links_in_the_way_are_not_followed() {
    let place = Place::new();
    place.run("new real --saves .");
    place.write("precious", "precious");
    symlink("real.ron", place.path("a.ron")).expect("a link");
    symlink("precious", place.path(".real.lock")).expect("a link");
    let outcome = place.run_with(&["answer", "a.ron"], "3\nq\n");
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains(".real.lock is no plain file, so it cannot be the lock"), "{}", outcome.err);
    fs::remove_file(place.path(".real.lock")).expect("removed");
    symlink("precious", place.path(".backup")).expect("a link");
    let outcome = place.run_with(&["answer", "a.ron"], "3\nq\n");
    assert_eq!(outcome.code, 0, "saving goes on without a backup");
    assert!(outcome.err.contains("saved, but without a backup: ./.backup is no folder"), "{}", outcome.err);
    assert_eq!(place.read("precious"), "precious");
    assert!(place.path("a.ron").is_symlink() && place.read("real.ron").contains("level: Level(3),"));
}

/// How often the program is killed: a few times in the suite, more often with a number in the environment.
fn kills() -> usize {
    env::var("AIMSCOPE_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(15)
}

/// Kills while answering. An answer counts as acknowledged when the program has asked the next question.
#[test]
fn no_acknowledged_answer_is_lost_when_killed() {
    let place = Place::new();
    place.run("new a --saves .");
    let catalog = builtin::catalog();
    let (mut acknowledged, mut lost, mut unreadable, mut killed) = (0, 0, 0, 0);
    // A simple generator: the moments differ from kill to kill and are the same in each run.
    let mut seed: u64 = 42;
    for round in 0..kills() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let level = u8::try_from(round % 6).expect("a digit");
        let moment = (1 + (seed >> 33) as usize % 20, Duration::from_micros((seed >> 40) % 5_000));
        let count = answer_until_killed(&place, level, moment, &mut killed);
        acknowledged += count;
        match Loaded::from_path(&place.path("a.ron"), &catalog) {
            Err(_) => unreadable += 1,
            Ok(loaded) => {
                let answers =
                    catalog.requirements().take(count).map(|requirement| loaded.assessment.answer(requirement.id));
                let expected = Some(LevelAnswer::Level(Level::new(level).expect("a level")));
                lost += answers.filter(|answer| answer.and_then(|answer| answer.level) != expected).count();
            }
        }
    }
    let line = format!(
        "\nkill while answering: {killed} fired, {acknowledged} acknowledged, {lost} lost, {unreadable} unreadable saves\n"
    );
    std::io::stdout().write_all(line.as_bytes()).expect("the test's own output");
    assert_eq!((killed, lost, unreadable), (kills(), 0, 0));
    assert!(acknowledged > kills(), "it was killed while it worked");
    place.run_with(&["answer", "a.ron"], "q\n");
    assert!(!names(&place.path("")).iter().any(|name| name.ends_with(".tmp")), "what was left behind is swept up");
}

/// Answers question after question with one level until the kill, which comes some time after so many were acknowledged;
/// returns how many were in the end.
fn answer_until_killed(place: &Place, level: u8, (answers, delay): (usize, Duration), killed: &mut usize) -> usize {
    let (mut dialog, mut out) = Dialog::start(place, &["a.ron", "--again"]);
    let (sender, prompts) = mpsc::channel();
    let reader = thread::spawn(move || {
        let mut count = 0;
        while wait_for_prompt(&mut out).is_some() {
            count += 1;
            sender.send(()).ok();
        }
        count
    });
    // All at once, so that it never waits for us.
    dialog.type_in(&format!("{level}\n").repeat(60)).ok();
    assert_eq!(prompts.iter().take(answers).count(), answers, "it asks that often");
    thread::sleep(delay);
    dialog.child.kill().expect("it can be killed");
    let status = dialog.child.wait().expect("it ends");
    *killed += usize::from(status.signal() == Some(9));
    reader.join().expect("the reader ends")
}

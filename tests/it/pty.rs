//! The program in a real terminal: leaving, being told to leave, pasting, resizing, colours.

use std::process::Command;

use crate::support::{Place, Terminal};

/// What restores a terminal: bracketed paste off, the main screen back, the cursor shown.
const RESTORED: [&str; 3] = ["\u{1b}[?2004l", "\u{1b}[?1049l", "\u{1b}[?25h"];

fn open(place: &Place, variables: &[(&str, &str)]) -> Terminal {
    let mut terminal = place.terminal(&["open", "a.ron"], (80, 24), variables);
    terminal.wait_for("Clauses 4-10");
    terminal
}

fn assert_restored(output: &str) {
    for sequence in RESTORED {
        assert!(output.contains(sequence), "{sequence:?} is missing in {output:?}");
    }
}

fn send_signal(name: &str, process: u32) {
    let status = Command::new("kill").args([&format!("-{name}"), &process.to_string()]).status();
    assert!(status.expect("kill runs").success());
}

fn new_save(place: &Place) {
    assert_eq!(place.run("new a --saves .").out, "./a.ron\n");
}

#[test]
fn leaving_restores_the_terminal_and_prints_where_it_stands() {
    let place = Place::new();
    new_save(&place);
    let mut terminal = open(&place, &[]);
    terminal.type_in("q");
    let (code, output) = terminal.finish();
    assert_eq!(code, 0);
    assert_restored(&output);
    let printed = output.rsplit("\u{1b}[?1049l").next().expect("a text behind the main screen");
    assert!(printed.contains("saved: a.ron"), "{printed}");
}

#[test]
fn home_and_leaving_say_that_a_system_asks_for_a_new_look() {
    let place = Place::new().with_save("tests/fixtures/systems.ron", "a.ron");
    let mut home = place.terminal(&["--saves", "."], (80, 24), &[]);
    home.wait_for("; 1 assessment to look at again").type_in("q");
    assert_eq!(home.finish().0, 0);
    let mut terminal = open(&place, &[]);
    terminal.type_in("q");
    let (_, output) = terminal.finish();
    let printed = output.rsplit("\u{1b}[?1049l").next().expect("a text behind the main screen");
    assert_eq!(printed.matches("AI systems ").count(), 1, "{printed}");
    assert!(printed.contains("1 assessment to look at again"), "{printed}");
}

#[test]
fn a_signal_saves_restores_and_ends() {
    for name in ["TERM", "HUP", "INT"] {
        let place = Place::new();
        new_save(&place);
        let mut terminal = open(&place, &[]);
        terminal.expect("a", "4.1 Understanding").expect("3", "4.2 Understanding");
        send_signal(name, terminal.process_id());
        let (code, output) = terminal.finish();
        assert_eq!(code, 0, "{name}");
        assert_restored(&output);
        assert!(place.read("a.ron").contains("level: Level(3),"), "the answer before {name} is kept");
    }
}

#[test]
fn text_that_was_being_written_is_kept_when_told_to_stop() {
    let place = Place::new();
    new_save(&place);
    let mut terminal = open(&place, &[]);
    terminal.expect("a", "4.1 Understanding").expect("n", "Note on 4.1").expect("half a sent", "half a sent");
    send_signal("TERM", terminal.process_id());
    assert_eq!(terminal.finish().0, 0);
    assert!(place.read("a.ron").contains("note: \"half a sent\","));
}

#[test]
fn text_that_was_being_written_is_in_the_file_after_a_second_even_when_killed() {
    let place = Place::new();
    new_save(&place);
    let mut terminal = open(&place, &[]);
    terminal.expect("a", "4.1 Understanding").expect("n", "Note on 4.1").expect("half a sent", "half a sent");
    let start = std::time::Instant::now();
    while !place.read("a.ron").contains("note: \"half a sent\",") {
        assert!(start.elapsed().as_secs() < 30, "{}", place.read("a.ron"));
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    send_signal("KILL", terminal.process_id());
    terminal.finish();
    assert_eq!(place.run("score a.ron").code, 0, "the save opens");
    assert!(place.read("a.ron").contains("note: \"half a sent\","));
}

#[test]
fn answers_that_cannot_be_saved_where_they_belong_are_kept_beside_it() {
    let place = Place::new();
    new_save(&place);
    let mut terminal = place.terminal(&["open", "a.ron", "--saves", "."], (80, 24), &[]);
    terminal.wait_for("Clauses 4-10").expect("a", "4.1 Understanding");
    // What can be read would be taken in; this can not.
    let foreign = "(edited".to_owned();
    place.write("a.ron", &foreign);
    terminal.expect("3", "NOT SAVED").expect("Q", "In which other file should it be kept?");
    // Going back and leaving again means it.
    terminal.expect("\u{1b}", "4.2 Understanding").type_in("Q");
    let (code, output) = terminal.finish();
    assert_eq!(code, 1);
    assert_restored(&output);
    assert_eq!(place.read("a.ron"), foreign, "what somebody else wrote is not written over");
    assert!(place.read("a-unsaved.ron").contains("level: Level(3),"), "{output}");
    assert!(output.contains("./a-unsaved.ron") && !output.contains("saved: a.ron"), "{output}");
}

#[test]
fn what_cannot_be_saved_where_it_belongs_goes_on_in_another_file() {
    let place = Place::new();
    new_save(&place);
    let mut terminal = open(&place, &[]);
    terminal.expect("a", "4.1 Understanding");
    // What can be read would be taken in; this can not.
    let foreign = "(edited".to_owned();
    place.write("a.ron", &foreign);
    terminal.expect("3", "NOT SAVED").expect("Q", "In which other file should it be kept?");
    terminal.expect("a.ron\r", "a.ron is there already; name another file").type_in("\u{15}");
    terminal.expect("other.ron\r", "Clauses 4-10").type_in("Q");
    let (code, output) = terminal.finish();
    assert_eq!(code, 0, "{output}");
    assert_eq!(place.read("a.ron"), foreign, "what somebody else wrote is not written over");
    assert!(place.read("other.ron").contains("level: Level(3),"));
}

#[test]
fn stopped_for_a_while_it_gives_the_terminal_back_and_takes_it_again() {
    let place = Place::new();
    new_save(&place);
    let mut terminal = open(&place, &[]);
    for by_key in [false, true] {
        let before = terminal.count("\u{1b}[?1049h");
        let restored = RESTORED.map(|sequence| (sequence, terminal.count(sequence)));
        if by_key {
            terminal.type_in("\u{1a}");
        } else {
            send_signal("TSTP", terminal.process_id());
        }
        wait_until_process("T", terminal.process_id());
        // What was sent before the stop may still be on its way to us.
        for (sequence, times) in restored {
            terminal.wait_for_more(sequence, times);
        }
        send_signal("CONT", terminal.process_id());
        terminal.wait_for_more("\u{1b}[?1049h", before).wait_for("Clauses 4-10");
    }
    terminal.expect("a", "4.1 Understanding").expect("3", "4.2 Understanding").type_in("Q");
    assert_eq!(terminal.finish().0, 0);
    assert!(place.read("a.ron").contains("level: Level(3),"));
}

/// Waits until the system says that a process is in a state.
fn wait_until_process(state: &str, process: u32) {
    let start = std::time::Instant::now();
    let is_there = || {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with(state))
    };
    while !is_there() {
        assert!(start.elapsed().as_secs() < 30, "the process never gets to {state}");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

#[test]
fn told_to_stop_it_ends_even_when_the_terminal_takes_nothing_more() {
    let place = Place::new();
    new_save(&place);
    let mut terminal = open(&place, &[]);
    terminal.expect("a", "4.1 Understanding").expect("3", "4.2 Understanding").wait_for("saved");
    let process = terminal.process_id();
    let gone = || !std::path::Path::new(&format!("/proc/{process}/stat")).exists() || is_zombie(process);
    terminal.while_nobody_reads(|terminal| {
        // Drawn one after the other, these fill whatever lies between the program and the reader.
        for _ in 0..200 {
            terminal.type_in("?\u{1b}[6~q");
        }
        terminal.type_in("2");
        std::thread::sleep(std::time::Duration::from_millis(300));
        send_signal("TERM", process);
        let start = std::time::Instant::now();
        while !gone() {
            assert!(start.elapsed().as_secs() < 30, "it still runs");
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    });
    assert!(place.read("a.ron").contains("level: Level(3),"));
}

#[test]
fn pasted_text_is_text_and_never_a_command() {
    let place = Place::new();
    new_save(&place);
    let before = place.read("a.ron");
    let mut terminal = open(&place, &[]);
    terminal.expect("a", "4.1 Understanding");
    // Digits, q, x and a line break: each would do something as a key.
    terminal.type_in("\u{1b}[200~5q\nx3\u{1b}[201~").expect("i", "Why it matters");
    terminal.type_in("Q");
    assert_eq!(terminal.finish().0, 0);
    assert_eq!(place.read("a.ron"), before);
}

#[test]
fn a_small_window_asks_for_more_room_and_a_larger_one_goes_on() {
    let place = Place::new();
    new_save(&place);
    let mut terminal = open(&place, &[]);
    terminal.expect("a", "4.1 Understanding");
    terminal.resize((59, 15)).wait_for("Enlarge the window to 60 x 16; it has 59 x 15.");
    terminal.resize((60, 16)).wait_for("4.1 Understanding");
    terminal.resize((1, 1)).expect("", "E").type_in("3");
    terminal.resize((140, 40)).wait_for("4.2 Understanding");
    terminal.type_in("Q");
    assert_eq!(terminal.finish().0, 0);
    assert!(place.read("a.ron").contains("level: Level(3),"));
}

#[test]
fn a_key_that_arrives_together_with_a_resize_counts_at_once() {
    let place = Place::new();
    new_save(&place);
    let mut terminal = open(&place, &[]);
    terminal.expect("a", "4.1 Understanding");
    for round in 0..60 {
        let size = if round % 2 == 0 { (80, 24) } else { (100, 30) };
        terminal.resize(size).expect("?", "Down next page").resize((90, 26)).type_in("q").wait_for("4.1 Understanding");
    }
    terminal.type_in("Q");
    assert_eq!(terminal.finish().0, 0);
}

#[test]
fn without_colour_no_colour_is_sent() {
    let place = Place::new();
    new_save(&place);
    let mut terminal = open(&place, &[("NO_COLOR", "1")]);
    terminal.expect("a", "4.1 Understanding").expect("3", "4.2 Understanding").type_in("Q");
    let (_, output) = terminal.finish();
    for code in (30..=37).chain(40..=47).chain(90..=97) {
        assert!(!output.contains(&format!("\u{1b}[{code}m")), "colour {code}");
    }
    assert!(!output.contains("\u{1b}[38;"), "no indexed colour");
}

#[test]
fn with_ascii_only_ascii_is_drawn() {
    for variables in [&[("TERM", "linux")], &[("LANG", "C")]] {
        let place = Place::new();
        new_save(&place);
        let mut terminal = open(&place, variables);
        terminal.expect("a", "4.1 Understanding").expect("3", "4.2 Understanding").type_in("Q");
        let (_, output) = terminal.finish();
        assert!(output.is_ascii(), "{variables:?}: {output}");
    }
}

#[test]
fn a_hung_up_terminal_ends_the_program() {
    let place = Place::new();
    new_save(&place);
    let mut terminal = open(&place, &[]);
    terminal.expect("a", "4.1 Understanding").expect("2", "4.2 Understanding");
    let process = terminal.process_id();
    drop(terminal);
    let gone = || !std::path::Path::new(&format!("/proc/{process}/stat")).exists() || is_zombie(process);
    let start = std::time::Instant::now();
    while !gone() {
        assert!(start.elapsed().as_secs() < 30, "the program still runs without its terminal");
        std::thread::yield_now();
    }
    assert!(place.read("a.ron").contains("level: Level(2),"));
}

fn is_zombie(process: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('Z'))
}

#[test]
fn without_a_terminal_the_other_way_is_named() {
    let place = Place::new();
    let outcome = place.run("");
    assert_eq!(outcome.code, 1);
    assert_eq!(outcome.out, "");
    assert!(outcome.err.contains("aimscope answer FILE"), "{}", outcome.err);
}

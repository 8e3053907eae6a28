//! The README is part of the program: its picture and its key table come from the code and are kept fresh here.
//!
//! After a change that is meant, `AIMSCOPE_RENEW=1 cargo test readme` writes both anew.

use std::{cell::LazyCell, env, fmt::Write as _, fs, path::Path, sync::Mutex};

use aimscope::{
    content::builtin,
    store::Loaded,
    tui::{
        app::App,
        input::{Input, Key, KeyCode},
        keys::{Context, TABLE},
        session::{Open, Pass, SaveMark, Session},
        theme::{Palette, Theme},
    },
};
use ratatui::{Terminal, backend::TestBackend};

use crate::support::AS_OF;

const README: &str = "README.md";

#[test]
fn the_picture_is_a_real_screen() {
    holds("picture", &format!("```text\n{}\n```\n", picture()));
}

#[test]
fn the_key_table_is_the_program_s() {
    holds("keys", &key_table());
}

#[test]
fn it_is_short_and_names_both_commands() {
    let text = fs::read_to_string(README).expect("the README");
    let lines = text.lines().count();
    assert!((60..=120).contains(&lines), "{lines} lines");
    for command in ["    cargo run --release\n", "    cargo test\n"] {
        assert!(text.contains(command), "{command}");
    }
    let ci = fs::read_to_string(".ci/run").expect("what decides");
    assert!(ci.contains("\ncargo test --locked\n"), ".ci/run uses the test command of the README");
}

/// Compares what stands between two marks with what should, or writes it there.
fn holds(name: &str, expected: &str) {
    // Two tests write the same file when it is renewed.
    static README_LOCK: Mutex<()> = Mutex::new(());
    let _guard = README_LOCK.lock();
    let text = fs::read_to_string(README).expect("the README");
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let from = text.find(&start).expect("the opening mark") + start.len();
    let to = text.find(&end).expect("the closing mark");
    if env::var_os("AIMSCOPE_RENEW").is_some() {
        fs::write(README, format!("{}{expected}{}", &text[..from], &text[to..])).expect("the README can be written");
    } else {
        assert_eq!(&text[from..to], expected, "AIMSCOPE_RENEW=1 cargo test readme writes it anew");
    }
}

/// The question of A.6.2.4 in the example, as a terminal of 80 x 24 shows it.
fn picture() -> String {
    let catalog = builtin::catalog();
    let text = fs::read_to_string("saves/example.ron").expect("the example");
    let loaded = Loaded::from_text(Path::new("example.ron"), text, &catalog).expect("a sound example");
    let as_of = AS_OF.parse().expect("a day");
    let open = Open::new("saves/example.ron".into(), false, loaded.assessment, &catalog, as_of);
    let mut app = App::at_map(Session {
        catalog: catalog.into(),
        as_of,
        clock: || None,
        by: LazyCell::new(Box::new(|| "Ann".into())),
        theme: Theme { palette: Palette::Dark, ascii: false },
        saves: Vec::new(),
        folder: "saves".into(),
        open: Some(open),
        save: SaveMark::Saved("14:02".into()),
        message: None,
        pass: Pass::Quick,
    });
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a terminal in memory");
    let mut press = |key: Key| {
        app.handle(Input::Key(key));
        terminal.draw(|frame| app.draw(frame)).expect("a frame");
    };
    press(Key::char('/'));
    "a.6.2.4".chars().for_each(|letter| press(Key::char(letter)));
    press(Key::plain(KeyCode::Enter));
    let buffer = terminal.backend().buffer();
    let row = |y: u16| (0..80).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    (0..24).map(row).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

/// The screens that a newcomer meets first; `?` shows the keys of all others where they work.
const SHOWN: [Context; 9] = [
    Context::Everywhere,
    Context::Home,
    Context::Map,
    Context::Question,
    Context::Checks,
    Context::Evidence,
    Context::Results,
    Context::Plan,
    Context::Applicability,
];

/// One row per screen.
fn key_table() -> String {
    let mut text = "| where | keys |\n|---|---|\n".to_owned();
    for context in SHOWN {
        let of_context = TABLE.iter().filter(|binding| binding.context == context);
        let keys: Vec<String> = of_context.map(|binding| format!("`{}` {}", binding.shown, binding.label)).collect();
        if !keys.is_empty() {
            writeln!(text, "| {} | {} |", context.name(), keys.join(", ")).expect("a string takes text");
        }
    }
    text
}

//! Screens under test: an app on a terminal in memory, driven by keys, read as text.

use chrono::NaiveDate;
use ratatui::{Terminal, backend::TestBackend, buffer::Cell};

use crate::{
    content::builtin,
    model::{
        assessment::Assessment,
        edit::{Change, Edit},
    },
    tui::{
        app::App,
        effect::{Reply, Request},
        input::{Input, Key, KeyCode, Mouse, MouseKind},
        screens::View,
        session::{Open, Pass, SaveEntry, SaveMark, Session},
        theme::{Palette, Theme},
        widgets::text,
    },
};

/// An app on a terminal in memory.
pub(crate) struct Screen {
    pub(crate) app: App,
    /// What the host was asked for so far.
    pub(crate) requests: Vec<Request>,
    terminal: Terminal<TestBackend>,
}

impl Screen {
    /// The map of an assessment.
    pub(crate) fn open(width: u16, height: u16, assessment: Assessment) -> Screen {
        let mut session = session();
        session.open = Some(Open::new("acme.ron".into(), false, assessment, &session.catalog, session.as_of));
        Screen::with(width, height, App::at_map(session))
    }

    /// Home with these saves.
    pub(crate) fn home(width: u16, height: u16, saves: Vec<SaveEntry>) -> Screen {
        Screen::with(width, height, App::at_home(Session { saves, ..session() }))
    }

    fn with(width: u16, height: u16, app: App) -> Screen {
        let terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal in memory");
        let mut screen = Screen { app, requests: Vec::new(), terminal };
        screen.draw();
        screen
    }

    /// Puts a screen above the map of the open assessment.
    pub(crate) fn above(mut self, view: impl View + 'static) -> Screen {
        let session = &mut self.app.session;
        let open = session.open.take().expect("a screen is shown above a map");
        self.app.receive(Reply::Opened(Box::new(open), Some(vec![Box::new(view)])));
        self.draw();
        self
    }

    /// Changes how everything looks.
    pub(crate) fn looks(mut self, palette: Palette, ascii: bool) -> Screen {
        self.app.session.theme = Theme { palette, ascii };
        self
    }

    /// Opens a screen at every size that matters and in every look, and checks that ASCII stays ASCII.
    pub(crate) fn fits_everywhere(open: impl Fn(u16, u16) -> Screen) {
        for (width, height) in [(60, 16), (80, 24), (140, 40), (200, 60)] {
            for palette in [Palette::Dark, Palette::Light, Palette::Plain] {
                let text = open(width, height).looks(palette, true).text();
                assert!(text.is_ascii(), "{width} x {height}:\n{text}");
                let lines: Vec<&str> = text.lines().collect();
                assert!(lines.iter().any(|line| !line.is_empty()) && lines.len() == usize::from(height));
            }
        }
    }

    /// Presses keys: characters and names, with spaces between, such as `3 down ctrl-c space`.
    pub(crate) fn keys(mut self, keys: &str) -> Screen {
        for name in keys.split_whitespace() {
            self.input(Input::Key(key(name)));
        }
        self
    }

    /// Types a text, letter by letter.
    pub(crate) fn types(mut self, text: &str) -> Screen {
        for character in text.chars() {
            self.input(Input::Key(Key::char(character)));
        }
        self
    }

    /// Pastes a text.
    pub(crate) fn pastes(mut self, text: &str) -> Screen {
        self.input(Input::Paste(text.to_owned()));
        self
    }

    /// Uses the mouse.
    pub(crate) fn mouse(mut self, kind: MouseKind, column: u16, row: u16) -> Screen {
        self.input(Input::Mouse(Mouse { kind, column, row }));
        self
    }

    /// Lets the host answer.
    pub(crate) fn receives(mut self, reply: Reply) -> Screen {
        let requests = self.app.receive(reply);
        self.requests.extend(requests);
        self.draw();
        self
    }

    /// What stands on the screen, without spaces at the ends of lines.
    pub(crate) fn text(&mut self) -> String {
        // Unlike a terminal, the backend keeps half of a wide character that was overwritten; so it starts afresh.
        self.terminal.clear().expect("clearing in memory does not fail");
        self.draw();
        let buffer = self.terminal.backend().buffer();
        let lines = buffer.content.chunks(usize::from(buffer.area.width)).map(line_of);
        lines.collect::<Vec<String>>().join("\n")
    }

    fn input(&mut self, input: Input) {
        let requests = self.app.handle(input);
        self.requests.extend(requests);
        self.draw();
    }

    fn draw(&mut self) {
        let app = &mut self.app;
        self.terminal.draw(|frame| app.draw(frame)).expect("drawing in memory does not fail");
    }
}

/// The text of one row; a wide character covers the cell behind it.
fn line_of(cells: &[Cell]) -> String {
    let mut line = String::new();
    let mut covered = 0;
    for cell in cells {
        if covered == 0 {
            line.push_str(cell.symbol());
            covered = text::width(cell.symbol()).max(1);
        }
        covered -= 1;
    }
    line.trim_end().to_owned()
}

fn key(name: &str) -> Key {
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "backtab" => KeyCode::BackTab,
        "backspace" => KeyCode::Backspace,
        "delete" => KeyCode::Delete,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "pageup" => KeyCode::PageUp,
        "pagedown" => KeyCode::PageDown,
        "space" => KeyCode::Char(' '),
        other => {
            let (ctrl, letter) = other.strip_prefix("ctrl-").map_or((false, other), |letter| (true, letter));
            let mut letters = letter.chars();
            let (Some(letter), None) = (letters.next(), letters.next()) else { panic!("no key is called `{name}`") };
            return Key { code: KeyCode::Char(letter), ctrl };
        }
    };
    Key::plain(code)
}

/// The day of all screen tests.
pub(crate) fn as_of() -> NaiveDate {
    "2026-10-15".parse().expect("a date in a test")
}

/// An assessment in which nothing is said yet, but for some changes.
pub(crate) fn assessment(changes: Vec<Change>) -> Assessment {
    let mut assessment = Assessment::new("Acme", builtin::catalog().version, as_of());
    assessment.apply(&Edit { by: "Ann".into(), on: as_of(), at: None, change: Change::Batch(changes) });
    assessment
}

fn session() -> Session {
    Session {
        catalog: builtin::catalog().into(),
        as_of: as_of(),
        clock: || None,
        by: std::cell::LazyCell::new(Box::new(|| "Ann".into())),
        theme: Theme { palette: Palette::Dark, ascii: false },
        saves: Vec::new(),
        folder: "~/saves".into(),
        open: None,
        save: SaveMark::Untouched,
        message: None,
        pass: Pass::Quick,
    }
}

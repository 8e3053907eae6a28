//! The real binary in a folder of its own: run to its end, or driven in a pseudo-terminal.

use std::{
    fs,
    io::{Read, Write},
    num::NonZero,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{Arc, Condvar, Mutex},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// The day of every test.
pub const AS_OF: &str = "2026-11-21";
/// How long anything may take before the test gives up; never a measure of speed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder with nothing in it, and the program to run there.
pub struct Place {
    folder: TempDir,
}

/// What a run left behind.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Place {
    pub fn new() -> Place {
        Place { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).expect("a file can be written");
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file can be read")
    }

    /// A save of the repository under that name.
    pub fn with_save(self, save: &str, name: &str) -> Place {
        fs::copy(save, self.path(name)).expect("the save can be copied");
        self
    }

    /// Runs the program with these words, separated by spaces, and with nothing to read.
    pub fn run(&self, words: &str) -> Outcome {
        self.run_with(&words.split_whitespace().collect::<Vec<_>>(), "")
    }

    /// Runs the program with these arguments and that input.
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Outcome {
        self.run_today(&[arguments, &["--as-of", AS_OF]].concat(), input)
    }

    /// Runs the program with these arguments and that input, on the day and at the time of the machine.
    pub fn run_today(&self, arguments: &[&str], input: &str) -> Outcome {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aimscope"));
        command.args(arguments).args(["--as", "Ann"]);
        command.current_dir(self.folder.path()).env_clear().env("HOME", self.folder.path());
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("its input is piped");
        // A program that ends early does not read everything.
        stdin.write_all(input.as_bytes()).ok();
        drop(stdin);
        let Output { status, stdout, stderr } = child.wait_with_output().expect("the program ends");
        Outcome {
            code: status.code().expect("it was not killed"),
            out: String::from_utf8(stdout).expect("output is UTF-8"),
            err: String::from_utf8(stderr).expect("errors are UTF-8"),
        }
    }

    /// Starts the program in a terminal of that size.
    pub fn terminal(&self, arguments: &[&str], size: (u16, u16), variables: &[(&str, &str)]) -> Terminal {
        Terminal::start(self.folder.path(), arguments, size, variables)
    }
}

/// What arrived from the program.
struct Screen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    is_closed: bool,
}

/// The program in a pseudo-terminal.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    screen: Arc<(Mutex<Screen>, Condvar)>,
}

impl Terminal {
    fn start(folder: &Path, arguments: &[&str], (width, height): (u16, u16), variables: &[(&str, &str)]) -> Terminal {
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_aimscope"));
        command.args(arguments);
        command.args(["--as-of", AS_OF, "--as", "Ann"]);
        command.cwd(folder);
        command.env_clear();
        command.env("HOME", folder);
        command.env("TERM", "xterm-256color");
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let parser = vt100::Parser::new(positive(height), positive(width), 0);
        let screen = Screen { parser, bytes: Vec::new(), is_closed: false };
        let screen = Arc::new((Mutex::new(screen), Condvar::new()));
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let shared = Arc::clone(&screen);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                // Linux answers EIO when the program has closed its end.
                let count = reader.read(&mut buffer).unwrap_or(0);
                let mut screen = shared.0.lock().expect("no reader panics");
                screen.parser.process(&buffer[..count]);
                screen.bytes.extend_from_slice(&buffer[..count]);
                screen.is_closed = count == 0;
                shared.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().expect("a writer");
        Terminal { master: pair.master, writer, child, screen }
    }

    /// Types text or control characters as they come from a keyboard.
    pub fn type_in(&mut self, text: &str) -> &mut Self {
        self.writer.write_all(text.as_bytes()).expect("the terminal takes input");
        self
    }

    /// Types and waits until the screen shows something.
    pub fn expect(&mut self, keys: &str, shown: &str) -> &mut Self {
        self.type_in(keys).wait_for(shown)
    }

    /// Waits until the screen shows a text.
    pub fn wait_for(&mut self, shown: &str) -> &mut Self {
        self.wait_until(&format!("`{shown}` on the screen"), |screen| screen.parser.screen().contents().contains(shown))
    }

    fn wait_until(&mut self, what: &str, is_there: impl Fn(&Screen) -> bool) -> &mut Self {
        let start = Instant::now();
        {
            let (screen, changed) = &*self.screen;
            let mut screen = screen.lock().expect("no reader panics");
            while !is_there(&screen) {
                let contents = screen.parser.screen().contents();
                assert!(!screen.is_closed, "the program ended before {what}; the screen:\n{contents}");
                assert!(start.elapsed() < PATIENCE, "no {what}; the screen:\n{contents}");
                screen = changed.wait_timeout(screen, PATIENCE).expect("no reader panics").0;
            }
        }
        self
    }

    /// Waits until something was sent more often than so many times.
    pub fn wait_for_more(&mut self, sequence: &str, times: usize) -> &mut Self {
        let count = |bytes: &[u8]| String::from_utf8_lossy(bytes).matches(sequence).count();
        self.wait_until(&format!("{sequence:?} more than {times} times"), |screen| count(&screen.bytes) > times)
    }

    /// How often something was sent.
    pub fn count(&self, sequence: &str) -> usize {
        self.output().matches(sequence).count()
    }

    /// Does something while nothing that the program sends is read.
    pub fn while_nobody_reads(&mut self, act: impl FnOnce(&mut Self)) {
        let screen = Arc::clone(&self.screen);
        // The reader needs the screen for what it has read, so it reads nothing more.
        let _held = screen.0.lock().expect("no reader panics");
        act(self);
    }

    /// Everything that the program has sent.
    pub fn output(&self) -> String {
        String::from_utf8_lossy(&self.screen.0.lock().expect("no reader panics").bytes).into_owned()
    }

    pub fn resize(&mut self, (width, height): (u16, u16)) -> &mut Self {
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).expect("the terminal can be resized");
        self.screen.0.lock().expect("no reader panics").parser.screen_mut().set_size(positive(height), positive(width));
        self
    }

    pub fn process_id(&self) -> u32 {
        self.child.process_id().expect("it runs")
    }

    /// Waits for the end and returns the exit code and all that was sent.
    pub fn finish(mut self) -> (u32, String) {
        let start = Instant::now();
        let status = loop {
            match self.child.try_wait().expect("its state can be asked") {
                Some(status) => break status,
                None => {
                    let shown = || self.screen.0.lock().expect("no reader panics").parser.screen().contents();
                    assert!(start.elapsed() < PATIENCE, "the program does not end; the screen:\n{}", shown());
                    thread::sleep(Duration::from_millis(5));
                }
            }
        };
        {
            let (screen, changed) = &*self.screen;
            let mut screen = screen.lock().expect("no reader panics");
            while !screen.is_closed {
                assert!(start.elapsed() < PATIENCE, "the terminal stays open");
                screen = changed.wait_timeout(screen, PATIENCE).expect("no reader panics").0;
            }
        }
        (status.exit_code(), self.output())
    }
}

fn positive(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).expect("a terminal has at least one cell")
}

//! The real terminal: raw mode, input and signals on threads of their own, one draw per batch, and always a way back.

use std::{
    io::{self, BufWriter, Stdout, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

use ratatui::{
    Terminal,
    backend::CrosstermBackend,
    crossterm::{
        cursor,
        event::{self, Event, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind},
        execute,
        terminal::{self, EnterAlternateScreen, LeaveAlternateScreen},
    },
};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP},
    iterator::Signals,
    low_level::emulate_default_handler,
};

use crate::{
    clean_text::clean_text,
    tui::{
        app::App,
        effect::{Reply, Request},
        input::{Input, Key, KeyCode, Mouse, MouseKind},
    },
};

/// What a terminal writes to; large enough that a frame is one `write`.
type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// A full screen of 200 x 60 cells with their escapes fits.
const FRAME_BYTES: usize = 128 * 1024;

/// A terminal in raw mode on its alternate screen, until dropped.
pub struct Session {
    screen: Screen,
    mouse: bool,
    is_lent: Arc<AtomicBool>,
}

impl Session {
    /// Takes over the terminal. A panic restores it before its message is printed.
    ///
    /// # Errors
    /// The terminal cannot be set up, for instance because there is none.
    pub fn start(mouse: bool) -> io::Result<Session> {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            leave(mouse);
            hook(panic);
        }));
        let screen = new_screen()?;
        enter(mouse)?;
        Ok(Session { screen, mouse, is_lent: Arc::default() })
    }

    /// Gives the terminal to another program for a while, such as the person's editor.
    ///
    /// # Errors
    /// The terminal cannot be taken over again.
    pub fn lend<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        leave(self.mouse);
        self.is_lent.store(true, Ordering::Release);
        let result = run();
        self.is_lent.store(false, Ordering::Release);
        self.take_back()?;
        Ok(result)
    }

    /// Takes the terminal over again, whatever others have done to it.
    fn take_back(&mut self) -> io::Result<()> {
        // Its modes may have been changed without this program's knowing; raw mode is only set where it is thought to be off.
        terminal::disable_raw_mode()?;
        // A new one draws everything. To clear the old one would ask the terminal where the cursor is, and the thread that
        // reads the keyboard would take the answer.
        self.screen = new_screen()?;
        enter(self.mouse)?;
        execute!(io::stdout(), terminal::Clear(terminal::ClearType::All))
    }

    /// Gives the terminal back and stops until somebody lets the program go on.
    fn suspend(&mut self) -> io::Result<()> {
        leave(self.mouse);
        emulate_default_handler(SIGTSTP)?;
        self.take_back()
    }

    /// Runs the program until the person leaves.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn run(
        &mut self,
        app: &mut App,
        inputs: &Inputs,
        host: &mut dyn FnMut(Request, &mut Session) -> Reply,
    ) -> io::Result<()> {
        self.is_lent = Arc::clone(&inputs.is_lent);
        self.draw(app)?;
        while !app.is_done() {
            let Some(first) = inputs.next(app.has_new_draft()) else { break };
            for input in std::iter::once(first).chain(inputs.receiver.try_iter()) {
                let pauses_reading = input == Input::Key(EDITOR_KEY);
                match input {
                    // Nobody waits for this any more when the listeners are gone.
                    Input::Stop => drop(inputs.stopping.send(())),
                    Input::Suspend => self.suspend()?,
                    Input::Resume => self.take_back()?,
                    Input::Key(_)
                    | Input::Paste(_)
                    | Input::Mouse(_)
                    | Input::Resize
                    | Input::Pause
                    | Input::Save(_)
                    | Input::Notice(_)
                    | Input::Merged(_) => {}
                }
                let requests = app.handle(input);
                self.perform(app, requests, host);
                if pauses_reading && inputs.resume.send(()).is_err() {
                    return Ok(());
                }
            }
            // On its way to the disk before it is drawn: a terminal that takes nothing more would hold it up for ever.
            if let Some(save) = app.take_unsaved() {
                host(save, self);
            }
            if !app.is_done() {
                self.draw(app)?;
            }
        }
        Ok(())
    }

    fn perform(&mut self, app: &mut App, requests: Vec<Request>, host: &mut dyn FnMut(Request, &mut Session) -> Reply) {
        for request in requests {
            // What is open is kept before another is opened.
            if let Some(save) = app.take_unsaved() {
                host(save, self);
            }
            let reply = host(request, self);
            let further = app.receive(reply);
            self.perform(app, further, host);
        }
    }

    fn draw(&mut self, app: &mut App) -> io::Result<()> {
        self.screen.draw(|frame| app.draw(frame)).map(drop)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        leave(self.mouse);
    }
}

fn new_screen() -> io::Result<Screen> {
    Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(FRAME_BYTES, io::stdout())))
}

fn enter(mouse: bool) -> io::Result<()> {
    terminal::enable_raw_mode()?;
    let mut out = io::stdout();
    execute!(out, EnterAlternateScreen, event::EnableBracketedPaste, cursor::Hide)?;
    if mouse {
        execute!(out, event::EnableMouseCapture)?;
    }
    Ok(())
}

/// Undoes everything, whatever fails: a hung-up terminal fails at each step.
fn leave(mouse: bool) {
    let mut out = io::stdout();
    if mouse {
        drop(execute!(out, event::DisableMouseCapture));
    }
    drop(execute!(out, event::DisableBracketedPaste, LeaveAlternateScreen, cursor::Show));
    drop(terminal::disable_raw_mode());
    drop(out.flush());
}

/// Gives back the keyboard without writing anything, for a terminal that takes nothing more.
pub fn give_back_keyboard() {
    drop(terminal::disable_raw_mode());
}

/// Everything that can happen, in one channel; the keyboard and the signals are read on threads of their own.
pub struct Inputs {
    receiver: Receiver<Input>,
    sender: Sender<Input>,
    resume: Sender<()>,
    /// Tells the thread of the signals that the loop has taken up a stop.
    stopping: Sender<()>,
    /// Whether another program has the terminal.
    is_lent: Arc<AtomicBool>,
}

/// How long the loop may take to take up a stop. A terminal that takes nothing more can hold it up for ever.
const STOP_PATIENCE: Duration = Duration::from_millis(1500);

/// How long a person who writes stops before what stands there is saved.
const PAUSE: Duration = Duration::from_secs(1);

/// The key that may start the person's own editor. Reading pauses after it, or the two would share the keyboard.
const EDITOR_KEY: Key = Key::ctrl('e');

impl Inputs {
    /// Starts to listen. `give_up` ends the program when it was told to end and its loop hangs.
    ///
    /// # Errors
    /// The signals cannot be registered.
    pub fn start(give_up: impl FnOnce() + Send + 'static) -> io::Result<Inputs> {
        let (sender, receiver) = mpsc::channel();
        let (resume, paused) = mpsc::channel();
        let (stopping, stops) = mpsc::channel();
        let is_lent = Arc::new(AtomicBool::new(false));
        let signals = Signals::new([SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGCONT])?;
        let (from_signals, lent) = (sender.clone(), Arc::clone(&is_lent));
        thread::spawn(move || pass_on_signals(signals, &from_signals, &lent, &stops, give_up));
        let from_keyboard = sender.clone();
        thread::spawn(move || read_events(&from_keyboard, &paused));
        Ok(Inputs { receiver, sender, resume, stopping, is_lent })
    }

    /// The next input; [`Input::Pause`] when somebody waits for one and a second passes without any. None at the end.
    fn next(&self, waits_for_pause: bool) -> Option<Input> {
        if !waits_for_pause {
            return self.receiver.recv().ok();
        }
        match self.receiver.recv_timeout(PAUSE) {
            Ok(input) => Some(input),
            Err(RecvTimeoutError::Timeout) => Some(Input::Pause),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Where others, such as the saver, report.
    pub fn sender(&self) -> Sender<Input> {
        self.sender.clone()
    }
}

/// Turns signals into inputs. A stop that the loop does not take up in time ends the program from here.
fn pass_on_signals(
    mut signals: Signals,
    sender: &Sender<Input>,
    is_lent: &AtomicBool,
    stops: &Receiver<()>,
    give_up: impl FnOnce(),
) {
    for signal in signals.forever() {
        let is_lent = is_lent.load(Ordering::Acquire);
        let input = match signal {
            // The other program was told too, and waits for the shell.
            SIGTSTP if is_lent => {
                drop(emulate_default_handler(SIGTSTP));
                continue;
            }
            // What interrupts the person's editor is meant for that.
            SIGINT if is_lent => continue,
            SIGTSTP => Input::Suspend,
            SIGCONT => Input::Resume,
            _ => Input::Stop,
        };
        let is_stop = input == Input::Stop;
        if sender.send(input).is_err() {
            return;
        }
        if is_stop && stops.recv_timeout(STOP_PATIENCE) == Err(RecvTimeoutError::Timeout) {
            return give_up();
        }
    }
}

/// Reads events until the terminal is gone, which counts as a stop.
fn read_events(sender: &Sender<Input>, paused: &Receiver<()>) {
    loop {
        let input = match event::read() {
            Ok(event) => translate(event),
            Err(_) => Some(Input::Stop),
        };
        let Some(input) = input else { continue };
        let (is_stop, pauses) = (input == Input::Stop, input == Input::Key(EDITOR_KEY));
        if sender.send(input).is_err() || is_stop || (pauses && paused.recv().is_err()) {
            return;
        }
    }
}

fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => {
            let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
            // In raw mode the terminal does not turn this into a signal.
            if ctrl && key.code == event::KeyCode::Char('z') {
                return Some(Input::Suspend);
            }
            translate_key(key.code, ctrl).map(Input::Key)
        }
        Event::Key(_) | Event::FocusGained | Event::FocusLost => None,
        // Terminals send CR for the line ends of what is pasted.
        Event::Paste(text) => Some(Input::Paste(clean_text(&text).into_owned())),
        Event::Mouse(mouse) => {
            let kind = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Click,
                MouseEventKind::ScrollUp => MouseKind::WheelUp,
                MouseEventKind::ScrollDown => MouseKind::WheelDown,
                _ => return None,
            };
            Some(Input::Mouse(Mouse { kind, column: mouse.column, row: mouse.row }))
        }
        Event::Resize(_, _) => Some(Input::Resize),
    }
}

fn translate_key(code: event::KeyCode, ctrl: bool) -> Option<Key> {
    let code = match code {
        // 0x08, which some terminals send for Backspace, arrives as Ctrl-H.
        event::KeyCode::Char('h') if ctrl => return Some(Key::plain(KeyCode::Backspace)),
        event::KeyCode::Char(character) => KeyCode::Char(character),
        event::KeyCode::Enter => KeyCode::Enter,
        event::KeyCode::Esc => KeyCode::Esc,
        event::KeyCode::Tab => KeyCode::Tab,
        event::KeyCode::BackTab => KeyCode::BackTab,
        event::KeyCode::Backspace => KeyCode::Backspace,
        event::KeyCode::Delete => KeyCode::Delete,
        event::KeyCode::Up => KeyCode::Up,
        event::KeyCode::Down => KeyCode::Down,
        event::KeyCode::Left => KeyCode::Left,
        event::KeyCode::Right => KeyCode::Right,
        event::KeyCode::Home => KeyCode::Home,
        event::KeyCode::End => KeyCode::End,
        event::KeyCode::PageUp => KeyCode::PageUp,
        event::KeyCode::PageDown => KeyCode::PageDown,
        _ => return None,
    };
    Some(Key { code, ctrl })
}

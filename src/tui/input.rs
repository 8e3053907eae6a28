//! What can come in: the program's own keys, so that a terminal, a test and a network channel feed the same loop.

use crate::tui::session::SaveMark;

use crate::model::assessment::Assessment;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted; it never fires key bindings.
    Paste(String),
    /// The mouse was used.
    Mouse(Mouse),
    /// The terminal has another size now.
    Resize,
    /// Nothing came in for a second.
    Pause,
    /// The saver has something to say.
    Save(SaveMark),
    /// A line to show until the next key.
    Notice(String),
    /// Somebody else changed the save, and their work was brought together with this.
    Merged(Box<Merged>),
    /// Stop for a while and give the terminal back, as with Ctrl-Z.
    Suspend,
    /// Go on after that, or after somebody else had the terminal.
    Resume,
    /// A signal or a hang-up: save, restore the terminal, go.
    Stop,
}

/// The work of somebody else, brought together with a state of the open assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// How many there were since the save was opened, this one included.
    pub number: u64,
    /// The state here with which it was brought together.
    pub ours: Assessment,
    /// The work of both.
    pub both: Assessment,
    /// What happened, in a sentence.
    pub words: String,
}

/// A key with its modifiers. Shift shows in the character itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: KeyCode,
    /// Whether Ctrl was held.
    pub ctrl: bool,
}

/// The keys that the program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyCode {
    /// A character.
    Char(char),
    /// Enter.
    Enter,
    /// Esc.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

impl Key {
    /// A character without Ctrl.
    pub const fn char(character: char) -> Key {
        Key { code: KeyCode::Char(character), ctrl: false }
    }

    /// A character with Ctrl.
    pub const fn ctrl(character: char) -> Key {
        Key { code: KeyCode::Char(character), ctrl: true }
    }

    /// A key that is no character.
    pub const fn plain(code: KeyCode) -> Key {
        Key { code, ctrl: false }
    }
}

/// A click or a turn of the wheel at a cell, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What was done.
    pub kind: MouseKind,
    /// The column.
    pub column: u16,
    /// The row.
    pub row: u16,
}

/// What was done with the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Click,
    /// The wheel turned away.
    WheelUp,
    /// The wheel turned near.
    WheelDown,
}

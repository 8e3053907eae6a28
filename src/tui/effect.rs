//! What a screen wants to happen. It performs nothing itself: the app does what concerns the session, the host the rest.

use crate::{
    compare::Comparison,
    model::{assessment::Assessment, edit::Change, reference::Reference},
    tui::{
        screens::View,
        session::{Open, Pass, SaveEntry},
    },
};

/// What follows from an input.
#[derive(Debug)]
pub enum Effect {
    /// Nothing, or only the screen itself changed.
    None,
    /// Change the assessment; undone as one step.
    Apply(Change),
    /// Several effects, in order.
    All(Vec<Effect>),
    /// Take back the last edit.
    Undo,
    /// Carry out again what was taken back.
    Redo,
    /// Put a screen on top of this one.
    Open(Box<dyn View>),
    /// Put a screen in place of this one.
    Replace(Box<dyn View>),
    /// Return to the screen below; on the last one, leave.
    Back,
    /// Jump to the question of a requirement, leaving what lies above the map.
    GoTo(Reference),
    /// Go through the questions the other way.
    SetPass(Pass),
    /// Show one line until the next key.
    Say(String),
    /// Ask the host for something.
    Ask(Request),
    /// Leave the program.
    Quit,
}

/// What only the host can do: files and other programs. Over a network it is an allow-list.
#[derive(Debug)]
pub enum Request {
    /// Keep this state of the open assessment, which knows of so many merges with the work of others.
    Save(Box<Assessment>, u64),
    /// Make a new assessment of that name and open it.
    Create(String),
    /// Open the save of that path.
    Open(String),
    /// Open the bundled example, read-only.
    Example,
    /// Copy the save of that path under a new name.
    Duplicate(String),
    /// Begin the next round of the save of that path, and open it.
    NextRound(String),
    /// Compare two saves, the older one first.
    Compare(String, String),
    /// Move the save of that path out of the list.
    Archive(String),
    /// Put what can be had in the place of the broken save of that path, which is kept, and open it.
    Repair(String),
    /// Go on with the open assessment in that file, which is not there yet.
    SaveElsewhere(String),
    /// List the saves anew.
    List,
    /// Let the person edit a text in their own editor.
    EditText(String),
}

/// What the host answers to a request.
#[derive(Debug)]
pub enum Reply {
    /// It is done, or on its way.
    Done,
    /// It could not be done; the sentence says why and what to do.
    Failed(String),
    /// The saves as they are now.
    Listed(Vec<SaveEntry>),
    /// An assessment is open now; the screens to show above its map.
    Opened(Box<Open>, Option<Vec<Box<dyn View>>>),
    /// Two saves were compared.
    Compared(Box<Comparison>),
    /// The text comes back from the person's own editor.
    Edited(String),
}

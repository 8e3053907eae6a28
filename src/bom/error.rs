//! Why a document is not taken as a bill, and how its places are named.

use std::fmt;

use crate::clean_text::hidden::is_hidden;

/// Why a text is not taken as a bill: the place and a sentence that says what is wrong and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillError {
    /// Line and column, or the path of the value; empty when the text as a whole is meant.
    place: String,
    message: String,
}

impl BillError {
    /// A problem with the text as a whole.
    pub(super) fn whole(message: impl Into<String>) -> BillError {
        BillError { place: String::new(), message: message.into() }
    }

    /// A problem at a place.
    pub(super) fn at(place: impl fmt::Display, message: impl Into<String>) -> BillError {
        BillError { place: shorten(&place.to_string(), 100), message: message.into() }
    }
}

impl fmt::Display for BillError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let separator = if self.place.is_empty() { "" } else { ": " };
        write!(f, "{}{separator}{}", self.place, self.message)
    }
}

impl std::error::Error for BillError {}

/// A text of the document as it can be shown in a message: short, and without anything hidden.
pub(super) fn shown(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c == '\n' || is_hidden(c) { '?' } else { c }).collect();
    shorten(&visible, 60)
}

fn shorten(text: &str, most: usize) -> String {
    let mut chars = text.chars();
    let mut short: String = chars.by_ref().take(most).collect();
    if chars.next().is_some() {
        short.push_str("...");
    }
    short
}

/// The path of a value in the document, such as `components[3].bom-ref`.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    steps: Vec<PathStep>,
}

#[derive(Clone, Debug)]
enum PathStep {
    Key(String),
    Item(usize),
}

impl Path {
    /// How many lists and objects it leads into.
    pub(super) fn depth(&self) -> usize {
        self.steps.len()
    }

    /// The key of the list or object in which the last key stands.
    pub(super) fn container(&self) -> Option<&str> {
        self.steps.iter().rev().skip(1).find_map(|step| match step {
            PathStep::Key(key) => Some(key.as_str()),
            PathStep::Item(_) => None,
        })
    }

    /// Visits the value under a key.
    pub(super) fn key<T>(&mut self, key: &str, visit: impl FnOnce(&mut Path) -> T) -> T {
        self.step(PathStep::Key(key.to_owned()), visit)
    }

    /// Visits an item of a list.
    pub(super) fn item<T>(&mut self, index: usize, visit: impl FnOnce(&mut Path) -> T) -> T {
        self.step(PathStep::Item(index), visit)
    }

    fn step<T>(&mut self, step: PathStep, visit: impl FnOnce(&mut Path) -> T) -> T {
        self.steps.push(step);
        let result = visit(self);
        self.steps.pop();
        result
    }

    /// The path that a JSON pointer of this program stands for.
    pub(super) fn of_pointer(pointer: &str) -> Path {
        let step = |step: &str| match step.parse() {
            Ok(index) => PathStep::Item(index),
            Err(_) => PathStep::Key(step.to_owned()),
        };
        Path { steps: pointer.split('/').filter(|step| !step.is_empty()).map(step).collect() }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.steps.is_empty() {
            return f.write_str("the document");
        }
        for (index, step) in self.steps.iter().enumerate() {
            match step {
                PathStep::Key(key) if index == 0 => f.write_str(&shown(key))?,
                PathStep::Key(key) => write!(f, ".{}", shown(key))?,
                PathStep::Item(item) => write!(f, "[{item}]")?,
            }
        }
        Ok(())
    }
}

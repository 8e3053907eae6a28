//! Where each value of a RON text stands. Parsing drops the places; a problem that shows later is placed with this.

use std::iter::Peekable;

use crate::ron_text::{
    Place,
    tokens::{Token, TokenKind, tokens},
};

/// The places of all values of a text that has parsed, as a tree.
#[derive(Debug)]
pub struct Outline<'a> {
    text: &'a str,
    root: Node<'a>,
}

/// One step from a value to a value inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The field of that name.
    Field(&'static str),
    /// The item at that position, counted from 0.
    Item(usize),
}

#[derive(Debug)]
struct Node<'a> {
    offset: usize,
    children: Vec<(Option<&'a str>, Node<'a>)>,
}

impl<'a> Outline<'a> {
    /// Reads the outline of a text. The text has parsed, which bounds how deep it goes.
    pub fn of(text: &'a str) -> Outline<'a> {
        Outline { text, root: value(&mut tokens(text).peekable()) }
    }

    /// The place of a value, or of the innermost value around it that the text has.
    pub fn place(&self, path: &[Step]) -> Place {
        let mut node = &self.root;
        for step in path {
            let child = match *step {
                Step::Field(wanted) => node.children.iter().find(|(name, _)| *name == Some(wanted)),
                Step::Item(index) => node.children.get(index),
            };
            match child {
                Some((_, child)) => node = child,
                None => break,
            }
        }
        Place::of(self.text, node.offset)
    }
}

fn value<'a>(tokens: &mut Peekable<impl Iterator<Item = Token<'a>>>) -> Node<'a> {
    let Some(first) = tokens.next() else { return Node { offset: 0, children: Vec::new() } };
    let is_open = |token: &Token<'_>| token.kind == TokenKind::Open;
    // `Some(...)`, `Level(3)`: a word right before a bracket belongs to it.
    let has_children = is_open(&first) || (first.kind == TokenKind::Word && tokens.next_if(is_open).is_some());
    Node { offset: first.offset, children: if has_children { children(tokens) } else { Vec::new() } }
}

fn children<'a>(tokens: &mut Peekable<impl Iterator<Item = Token<'a>>>) -> Vec<(Option<&'a str>, Node<'a>)> {
    let mut children = Vec::new();
    while let Some(next) = tokens.peek().copied() {
        match next.kind {
            TokenKind::Close => {
                tokens.next();
                break;
            }
            TokenKind::Comma | TokenKind::Colon => {
                tokens.next();
            }
            TokenKind::Open | TokenKind::Quoted | TokenKind::Word | TokenKind::Other => {
                let child = value(tokens);
                match tokens.next_if(|token| token.kind == TokenKind::Colon) {
                    Some(_) => children.push((Some(next.text), value(tokens))),
                    None => children.push((None, child)),
                }
            }
        }
    }
    children
}

#[cfg(test)]
mod tests {
    use super::{
        Step::{Field, Item},
        *,
    };

    #[test]
    fn a_value_is_found_by_its_path() {
        let text = "// head\n(\n  a: 1, // a\n  list: [\n    (id: \"x\", b: Level(3)),\n    (id: \"list: [\", c: [7, 8]),\n  ],\n  last: Some((id: \"y\")),\n)";
        let outline = Outline::of(text);
        let case = |path: &[Step], line: usize, column: usize| {
            assert_eq!(outline.place(path), Place { line, column }, "of {path:?}");
        };
        case(&[], 2, 1);
        case(&[Field("a")], 3, 6);
        case(&[Field("list"), Item(0), Field("b")], 5, 18);
        case(&[Field("list"), Item(1)], 6, 5);
        case(&[Field("list"), Item(1), Field("id")], 6, 10);
        case(&[Field("list"), Item(1), Field("c"), Item(1)], 6, 28);
        case(&[Field("last"), Item(0), Field("id")], 8, 19);
        // What is not there is placed at the innermost value around it.
        case(&[Field("none")], 2, 1);
        case(&[Field("list"), Item(0), Field("none"), Item(3)], 5, 5);
    }
}

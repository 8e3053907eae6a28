//! A page as one HTML file: the template escapes every text, and nothing in the file runs or is fetched.

use minijinja::{Environment, value::Serde};
use serde::Serialize;

use crate::report::{line::Line, page::Block};

/// The name ends in `.html`, which makes the engine escape.
const NAME: &str = "page.html";
const TEMPLATE: &str = include_str!("../templates/page.html");

/// What the template is given: everything before the first section, then the sections.
#[derive(Serialize)]
struct View<'a> {
    title: String,
    opening: Vec<&'a Block>,
    sections: Vec<Section<'a>>,
}

#[derive(Serialize)]
struct Section<'a> {
    heading: &'a Line,
    blocks: Vec<&'a Block>,
}

pub(super) fn print(blocks: &[Block]) -> String {
    let mut view = View { title: String::new(), opening: Vec::new(), sections: Vec::new() };
    for block in blocks {
        match (block, view.sections.last_mut()) {
            (Block::Heading(1, line), _) => view.title = line.content(),
            (Block::Heading(2, heading), _) => view.sections.push(Section { heading, blocks: Vec::new() }),
            (block, Some(section)) => section.blocks.push(block),
            (block, None) => view.opening.push(block),
        }
    }
    let mut engine = Environment::new();
    engine.add_template(NAME, TEMPLATE).expect("the template is part of the program and can be read");
    let template = engine.get_template(NAME).expect("it was added just now");
    template.render(Serde(&view)).expect("the template names only what the view has") + "\n"
}

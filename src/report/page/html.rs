//! A page as one HTML file: the template escapes every text, and nothing in the file runs or is fetched. People can bring a
//! template of their own, which is given the same values.

use minijinja::{Environment, Error, UndefinedBehavior, value::Serde};
use serde::Serialize;

use crate::report::{
    line::Line,
    page::{Block, palette::PALETTE},
    table::Table,
};

/// The name ends in `.html`, which makes the engine escape.
const NAME: &str = "page.html";
/// The built-in template, from which one's own can start; a comment in it says which values there are.
pub const TEMPLATE: &str = include_str!("../templates/page.html");
/// From so many columns on a table is printed across.
const WIDE: usize = 7;

/// A template of the user's.
#[derive(Clone, Copy, Debug)]
pub struct Template<'a> {
    /// What it says.
    pub text: &'a str,
    /// What is reported, as the JSON of the same report has it.
    pub facts: &'a serde_json::Map<String, serde_json::Value>,
}

/// Why a template of the user's cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct TemplateError {
    /// The line of the template, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong, in words.
    pub words: String,
}

/// What the template is given: everything before the first section, then the sections.
#[derive(Serialize)]
struct View<'a> {
    title: String,
    palette: &'a [(&'a str, &'a str)],
    opening: Vec<&'a Block>,
    sections: Vec<Section<'a>>,
    facts: Option<&'a serde_json::Map<String, serde_json::Value>>,
}

#[derive(Serialize)]
struct Section<'a> {
    id: String,
    heading: &'a Line,
    is_wide: bool,
    blocks: Vec<&'a Block>,
}

/// The page by the built-in template.
pub(super) fn print(blocks: &[Block]) -> String {
    render(&view(blocks), TEMPLATE).expect("the built-in template can be read and names only what the view has")
}

/// The page by a template of the user's.
pub(super) fn print_by(blocks: &[Block], template: &Template) -> Result<String, TemplateError> {
    let view = View { facts: Some(template.facts), ..view(blocks) };
    render(&view, template.text).map_err(|error| TemplateError {
        line: error.line(),
        words: match error.detail() {
            Some(detail) => format!("{}: {detail}", error.kind()),
            None => error.kind().to_string(),
        },
    })
}

fn render(view: &View, template: &str) -> Result<String, Error> {
    let mut engine = Environment::new();
    // A misspelt name is an error with its line rather than a hole in the report.
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.add_template(NAME, template)?;
    let text = engine.get_template(NAME)?.render(Serde(view))?;
    Ok(text.trim_end().to_owned() + "\n")
}

fn view(blocks: &[Block]) -> View<'_> {
    let mut view =
        View { title: String::new(), palette: &PALETTE, opening: Vec::new(), sections: Vec::new(), facts: None };
    for block in blocks {
        match (block, view.sections.last_mut()) {
            (Block::Heading(1, line), _) => view.title = line.content(),
            (Block::Heading(2, heading), _) => {
                let id = format!("part-{}", view.sections.len() + 1);
                view.sections.push(Section { id, heading, is_wide: false, blocks: Vec::new() });
            }
            (block, Some(section)) => {
                section.is_wide |= matches!(block, Block::Table(table) if Table::columns(table) >= WIDE);
                section.blocks.push(block);
            }
            (block, None) => view.opening.push(block),
        }
    }
    view
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page::Page;

    fn by(template: &str) -> Result<String, TemplateError> {
        let mut page = Page::titled("A <b> & c");
        page.section("One");
        page.paragraph("<script>");
        let facts = serde_json::json!({"plan": {"finish": "2026-06-01"}});
        page.html_by(&Template { text: template, facts: facts.as_object().expect("an object") })
    }

    #[test]
    fn a_template_of_ones_own_is_given_the_page_and_the_facts() {
        let template = "{{ title }} {{ facts.plan.finish }}{% for section in sections %} {{ section.id }}:\
            {% for block in section.blocks %} {{ block.kind }} {{ block.body.spans[0][0] }}{% endfor %}{% endfor %}";
        assert_eq!(
            by(template).as_deref(),
            Ok("A &lt;b&gt; &amp; c 2026-06-01 part-1: Paragraph &lt;script&gt;\n"),
            "everything is escaped"
        );
    }

    #[test]
    fn a_broken_template_names_its_line() {
        let error = |template: &str| by(template).expect_err("a broken template");
        let unclosed = error("<p>\n{{ title }}\n{% for x in sections %}\n");
        assert!(unclosed.line.is_some_and(|line| line >= 3), "{unclosed:?}");
        assert!(unclosed.words.starts_with("syntax error: "), "{unclosed}");
        let misspelt = error("<p>\n{{ titel }}\n");
        assert_eq!(misspelt.line, Some(2), "{misspelt}");
        assert!(misspelt.words.contains("undefined"), "{misspelt}");
        assert_eq!(error("\n\n{% include 'x' %}").line, Some(3));
    }

    #[test]
    fn the_built_in_template_can_be_ones_own() {
        let page = Page::titled("A");
        let facts = serde_json::Map::new();
        assert_eq!(page.html_by(&Template { text: TEMPLATE, facts: &facts }), Ok(page.html()));
    }
}

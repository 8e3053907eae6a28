//! A page: headings, paragraphs, lists, tables and figures, built once and printed as text, Markdown or HTML.

pub mod html;
mod palette;

use serde::Serialize;

use crate::{
    report::{
        Layout, Style, escape,
        figure::Figure,
        heat_map::{self, HeatMap},
        line::{Line, Tone},
        notice,
        page::html::{Template, TemplateError},
        table::Table,
    },
    score::explain,
};

/// The forms in which a page can be had, and JSON for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageFormat {
    /// For a terminal or a plain text file.
    Text,
    /// For a repository, a wiki, a ticket.
    Markdown,
    /// For reading and printing: one file that needs nothing else.
    Html,
    /// For programs: schema 1, fixed order of keys.
    Json,
}

/// A report to be read by people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "body")]
enum Block {
    Heading(u8, Line),
    Paragraph(Line),
    List(Vec<Line>),
    Fields(Vec<(String, Line)>),
    Entries(Vec<Entry>),
    Table(Table),
    HeatMaps(Box<[HeatMap; 2]>),
    Figure(Box<Figure>),
}

/// Something named, and what is said about it, such as a question with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// What it is about.
    pub name: Line,
    /// What is said; several lines become a list.
    pub said: Vec<Line>,
}

impl Page {
    /// A page with its title.
    pub fn titled(title: impl Into<Line>) -> Page {
        let mut page = Page::default();
        page.blocks.push(Block::Heading(1, title.into()));
        page
    }

    /// Starts a section.
    pub fn section(&mut self, heading: impl Into<Line>) {
        self.blocks.push(Block::Heading(2, heading.into()));
    }

    /// Starts a part of a section.
    pub fn subsection(&mut self, heading: impl Into<Line>) {
        self.blocks.push(Block::Heading(3, heading.into()));
    }

    /// Adds a paragraph; an empty one adds nothing.
    pub fn paragraph(&mut self, text: impl Into<Line>) {
        let text = text.into();
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(text));
        }
    }

    /// Adds a list; without items it adds nothing.
    pub fn list(&mut self, items: Vec<Line>) {
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }

    /// Adds names with what they stand for; those that stand for nothing are left out.
    pub fn fields(&mut self, fields: Vec<(&str, Line)>) {
        let filled = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let filled: Vec<(String, Line)> = filled.map(|(name, value)| (name.to_owned(), value)).collect();
        if !filled.is_empty() {
            self.blocks.push(Block::Fields(filled));
        }
    }

    /// Adds a table; without rows it adds nothing.
    pub fn table(&mut self, table: Table) {
        if !table.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    /// Adds entries; without any it adds nothing.
    pub fn entries(&mut self, entries: Vec<Entry>) {
        if !entries.is_empty() {
            self.blocks.push(Block::Entries(entries));
        }
    }

    /// Adds two heat maps that are to be compared.
    pub fn heat_maps(&mut self, maps: [HeatMap; 2]) {
        self.blocks.push(Block::HeatMaps(Box::new(maps)));
    }

    /// Adds a figure. Only HTML shows it: what it draws stands in a table too.
    pub fn figure(&mut self, figure: Figure) {
        let figures = self.blocks.iter().filter(|block| matches!(block, Block::Figure(_))).count();
        self.blocks.push(Block::Figure(Box::new(figure.numbered(figures + 1))));
    }

    /// Closes the page with the notice that every report carries, once.
    pub fn notice(&mut self) {
        let is_there = |block: &Block| matches!(block, Block::Paragraph(line) if *line == notice::NOTICE.into());
        if !self.blocks.iter().any(is_there) {
            self.section(NOTICE_HEADING);
            self.paragraph(notice::NOTICE);
        }
    }

    /// Adds the explanation of a figure, its headings at that depth.
    pub fn explain(&mut self, lines: &[explain::Line], depth: u8) {
        for group in lines.chunk_by(|a, b| matches!((a, b), (explain::Line::Item(_), explain::Line::Item(_)))) {
            match &group[0] {
                explain::Line::Heading(words) => self.blocks.push(Block::Heading(depth, words.as_str().into())),
                explain::Line::Text(words) => self.paragraph(words.as_str()),
                explain::Line::Item(_) => self.list(group.iter().map(|line| line.words().into()).collect()),
            }
        }
    }

    /// Takes over another page as a section under that heading; its own headings move down by one. What stands once for the
    /// whole is left out: the notice, fields that the opening of this page says in the same words, and repeated sections.
    pub fn absorb(&mut self, heading: &str, part: Page) {
        let opening = self.blocks.iter().take_while(|block| !matches!(block, Block::Heading(2, _)));
        let fields = opening.filter_map(|block| match block {
            Block::Fields(fields) => Some(fields),
            Block::Heading(..)
            | Block::Paragraph(_)
            | Block::List(_)
            | Block::Entries(_)
            | Block::Table(_)
            | Block::HeatMaps(_)
            | Block::Figure(_) => None,
        });
        let said: Vec<(String, Line)> = fields.flatten().cloned().collect();
        self.section(heading);
        let mut blocks: Vec<Block> = Vec::new();
        for block in part.blocks {
            match block {
                Block::Heading(1, _) => {}
                Block::Heading(2, line) if line.content() == NOTICE_HEADING => {}
                Block::Paragraph(line) if line == notice::NOTICE.into() => {}
                Block::Heading(depth, line) => blocks.push(Block::Heading(depth + 1, line)),
                Block::Fields(fields) => {
                    let new: Vec<(String, Line)> = fields.into_iter().filter(|field| !said.contains(field)).collect();
                    if !new.is_empty() {
                        blocks.push(Block::Fields(new));
                    }
                }
                other @ (Block::Paragraph(_)
                | Block::List(_)
                | Block::Entries(_)
                | Block::Table(_)
                | Block::HeatMaps(_)
                | Block::Figure(_)) => blocks.push(other),
            }
        }
        for section in blocks.chunk_by(|_, next| !matches!(next, Block::Heading(3, _))) {
            self.append(section);
        }
    }

    /// Adds a section of another page, unless it stands here word for word already.
    fn append(&mut self, section: &[Block]) {
        if self.blocks.windows(section.len()).any(|blocks| blocks == section) {
            return;
        }
        for block in section {
            match block {
                Block::Figure(figure) => self.figure((**figure).clone()),
                other @ (Block::Heading(..)
                | Block::Paragraph(_)
                | Block::List(_)
                | Block::Fields(_)
                | Block::Entries(_)
                | Block::Table(_)
                | Block::HeatMaps(_)) => self.blocks.push(other.clone()),
            }
        }
    }

    /// The page as text. No line is wider than the layout, but for a single character that is.
    pub fn text(&self, layout: &Layout) -> String {
        let blocks = self.blocks.iter().map(|block| block.text(layout.columns(), layout.style).join("\n"));
        let mut text = blocks.filter(|block| !block.is_empty()).collect::<Vec<_>>().join("\n\n");
        text.push('\n');
        text
    }

    /// The page as Markdown.
    pub fn markdown(&self) -> String {
        let blocks = self.blocks.iter().map(Block::markdown).filter(|block| !block.is_empty());
        blocks.collect::<Vec<_>>().join("\n")
    }

    /// The page as one HTML file that needs nothing else: no script, no network.
    pub fn html(&self) -> String {
        html::print(&self.blocks)
    }

    /// The page by a template of the user's.
    ///
    /// # Errors
    /// The template cannot be read, or asks for what there is not.
    pub fn html_by(&self, template: &Template) -> Result<String, TemplateError> {
        html::print_by(&self.blocks, template)
    }
}

/// The heading of the notice.
const NOTICE_HEADING: &str = "Notice";

impl Block {
    fn text(&self, width: usize, style: Style) -> Vec<String> {
        match self {
            Block::Heading(depth, line) => heading(*depth, line, width, style),
            Block::Paragraph(line) => hanging("", "", line, width, style),
            Block::List(items) => items.iter().flat_map(|item| hanging("- ", "  ", item, width, style)).collect(),
            Block::Fields(fields) => fields_text(fields, width, style),
            Block::Entries(entries) => entries.iter().flat_map(|entry| entry.text(width, style)).collect(),
            Block::Table(table) => table.text(width, style),
            Block::HeatMaps(maps) => heat_map::text(maps, width, style),
            Block::Figure(_) => Vec::new(),
        }
    }

    /// The block with a line break at its end.
    fn markdown(&self) -> String {
        match self {
            Block::Heading(depth, line) => format!("{} {}\n", "#".repeat(usize::from(*depth)), line.markdown()),
            Block::Paragraph(line) => format!("{}\n", escape::markdown_start(line.markdown())),
            Block::List(items) => {
                items.iter().map(|item| format!("- {}\n", escape::markdown_start(item.markdown()))).collect()
            }
            Block::Fields(fields) => {
                let field = |(name, value): &(String, Line)| {
                    let line = Line::toned(format!("{name}:"), Tone::Strong).and(" ", Tone::Plain).join(value.clone());
                    format!("- {}\n", line.markdown())
                };
                fields.iter().map(field).collect()
            }
            Block::Entries(entries) => entries.iter().map(Entry::markdown).collect(),
            Block::Table(table) => table.markdown(),
            Block::HeatMaps(maps) => heat_map::markdown(maps),
            Block::Figure(_) => String::new(),
        }
    }
}

impl Entry {
    fn text(&self, width: usize, style: Style) -> Vec<String> {
        let (first, rest) = if self.said.len() > 1 { ("  - ", "    ") } else { ("  ", "  ") };
        let name = hanging("", "", &self.name, width, style);
        name.into_iter().chain(self.said.iter().flat_map(|said| hanging(first, rest, said, width, style))).collect()
    }

    fn markdown(&self) -> String {
        let said = self.said.iter().map(|said| format!("  - {}\n", escape::markdown_start(said.markdown())));
        format!("- {}\n{}", escape::markdown_start(self.name.markdown()), said.collect::<String>())
    }
}

/// A heading, the first two depths underlined.
fn heading(depth: u8, line: &Line, width: usize, style: Style) -> Vec<String> {
    let wrapped = Line::toned(line.content(), Tone::Strong).wrap(width);
    let longest = wrapped.iter().map(Line::columns).max().unwrap_or_default();
    let rule = match depth {
        1 => Some("=".repeat(longest)),
        2 => Some("-".repeat(longest)),
        _ => None,
    };
    wrapped.iter().map(|line| line.print(style)).chain(rule).collect()
}

/// A wrapped line with one thing in front of its first line and another in front of the rest.
pub fn hanging(first: &str, rest: &str, line: &Line, width: usize, style: Style) -> Vec<String> {
    let wrapped = line.wrap(width.saturating_sub(first.len().max(rest.len())));
    let lines = wrapped.iter().enumerate();
    lines.map(|(index, line)| format!("{}{}", if index == 0 { first } else { rest }, line.print(style))).collect()
}

/// Names in one column, what they stand for beside it; under it where the names take more than half of the page.
fn fields_text(fields: &[(String, Line)], width: usize, style: Style) -> Vec<String> {
    let columns = |name: &str| Line::from(name).columns();
    let longest = fields.iter().map(|(name, _)| columns(name)).max().unwrap_or_default();
    let indent = " ".repeat(longest + 2);
    let beside = |name: &str, value: &Line| {
        let lines = value.wrap(width - indent.len());
        let names = [name.to_owned()].into_iter().chain(std::iter::repeat(String::new()));
        let line = |(line, name): (Line, String)| {
            let padding = " ".repeat(indent.len() - columns(&name));
            format!("{}{padding}{}", Line::toned(name, Tone::Strong).print(style), line.print(style))
        };
        lines.into_iter().zip(names).map(line).collect::<Vec<String>>()
    };
    let under = |name: &str, value: &Line| {
        let mut lines = hanging("", "", &Line::toned(name, Tone::Strong), width, style);
        lines.extend(hanging("  ", "  ", value, width, style));
        lines
    };
    let is_narrow = indent.len() > width / 2;
    fields.iter().flat_map(|(name, value)| if is_narrow { under(name, value) } else { beside(name, value) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::table::Column;

    fn page() -> Page {
        let mut page = Page::titled("Score of A|B\nLtd");
        page.paragraph("One sentence that does not fit into a single line.");
        page.paragraph("");
        page.section("List");
        page.list(vec!["an item that is longer than the page is wide".into(), "b".into()]);
        page.list(Vec::new());
        page.subsection("Fields");
        page.fields(vec![("Do", "write down who decides on what".into()), ("Why", "4.1".into()), ("Empty", "".into())]);
        let mut table = Table::new(vec![Column::words("A")]);
        page.table(table.clone());
        table.push(vec!["1".into()]);
        page.table(table);
        page
    }

    #[test]
    fn text_fills_the_width() {
        let text = page().text(&Layout { width: 30, style: Style::Plain });
        let expected = "\
Score of A|B Ltd
================

One sentence that does not fit
into a single line.

List
----

- an item that is longer than
  the page is wide
- b

Fields

Do   write down who decides on
     what
Why  4.1

A
-
1
";
        assert_eq!(text, expected);
        assert_eq!(page().text(&Layout { width: 3, style: Style::Plain }), expected, "narrower than the narrowest");
    }

    #[test]
    fn long_names_of_fields_stand_above_what_they_stand_for() {
        let mut page = Page::default();
        page.fields(vec![("Third-party AI", "8.1, A.4.2, A.4.4, A.7.3, A.10.2".into()), ("Data", "A.7.2".into())]);
        let layout = Layout { width: 30, style: Style::Plain };
        assert_eq!(page.text(&layout), "Third-party AI\n  8.1, A.4.2, A.4.4, A.7.3,\n  A.10.2\nData\n  A.7.2\n");
    }

    #[test]
    fn markdown_has_one_line_a_block() {
        let expected = "\
# Score of A\\|B Ltd

One sentence that does not fit into a single line.

## List

- an item that is longer than the page is wide
- b

### Fields

- **Do:** write down who decides on what
- **Why:** 4.1

| A |
| --- |
| 1 |
";
        assert_eq!(page().markdown(), expected);
    }
}

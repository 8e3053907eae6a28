//! Why: what went into every figure, which rule and which cap decided, and what would lift it. Pure; plain values, and
//! the lines that the screen and the command print.

pub mod requirement_why;
pub mod scope_why;
#[cfg(test)]
mod tests;

/// One line of an explanation, to be wrapped and styled where it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// What the lines below are about.
    Heading(String),
    /// A sentence or two.
    Text(String),
    /// One of several things, listed below a text.
    Item(String),
}

impl Line {
    /// The words of the line.
    pub fn words(&self) -> &str {
        match self {
            Line::Heading(words) | Line::Text(words) | Line::Item(words) => words,
        }
    }
}

fn heading(words: impl Into<String>) -> Line {
    Line::Heading(words.into())
}

fn text(words: impl Into<String>) -> Line {
    Line::Text(words.into())
}

fn item(words: impl Into<String>) -> Line {
    Line::Item(words.into())
}

/// Words with their first letter in upper case.
fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Lines in a form that a test can hold against a page: `# ` before headings, `- ` before items.
#[cfg(test)]
fn page(lines: &[Line]) -> String {
    let print = |line: &Line| match line {
        Line::Heading(words) => format!("# {words}\n"),
        Line::Text(words) => format!("{words}\n"),
        Line::Item(words) => format!("- {words}\n"),
    };
    lines.iter().map(print).collect()
}

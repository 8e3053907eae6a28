//! Standard output: how wide it is, whether it takes colour, and what happens when its reader goes away. Files that commands
//! write instead are in [`file`].

pub(super) mod file;

use std::{
    io::{self, ErrorKind, IsTerminal, Write},
    process::ExitCode,
};

use crate::{
    cli::{context::Environment, failure::Failure, output::file::Output},
    report::{Layout, Style},
};

/// Columns of text that goes into a pipe or a file.
const PIPE_WIDTH: usize = 100;
/// The widest text that is still read with pleasure.
const WIDEST: usize = 120;

/// The layout that standard output asks for: colour on a terminal, plain into a pipe.
pub(super) fn layout(environment: &Environment) -> Layout {
    let is_terminal = io::stdout().is_terminal();
    let style = if is_terminal && environment.wants_color() { Style::Ansi } else { Style::Plain };
    let width = if is_terminal { terminal_width().unwrap_or(80).min(WIDEST) } else { PIPE_WIDTH };
    Layout { width, style }
}

/// The layout of what goes to a file, or else to standard output.
pub(super) fn layout_of(environment: &Environment, output: &Output) -> Layout {
    match output.output {
        Some(_) => Layout { width: PIPE_WIDTH, style: Style::Plain },
        None => layout(environment),
    }
}

fn terminal_width() -> Option<usize> {
    terminal_size().map(|(width, _)| usize::from(width))
}

/// Columns and rows of the terminal, where it tells.
#[cfg(feature = "terminal")]
pub(super) fn terminal_size() -> Option<(u16, u16)> {
    ratatui::crossterm::terminal::size().ok()
}

#[cfg(not(feature = "terminal"))]
pub(super) fn terminal_size() -> Option<(u16, u16)> {
    None
}

/// Prints a text.
pub(super) fn print(text: &str) -> Result<ExitCode, Failure> {
    print_bytes(text.as_bytes())
}

/// Prints bytes as they are.
pub(super) fn print_bytes(bytes: &[u8]) -> Result<ExitCode, Failure> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(write_failure)?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn write_failure(error: io::Error) -> Failure {
    match error.kind() {
        ErrorKind::BrokenPipe => Failure::OutputClosed,
        _ => Failure::Sentence(format!("cannot write to standard output: {error}")),
    }
}

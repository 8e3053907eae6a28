//! Completions and the manual page, made from the command line itself.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::{arguments::Arguments, failure::Failure, output};

/// Prints the completions of a shell.
pub(super) fn completions(shell: Shell) -> Result<ExitCode, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "aimscope", &mut text);
    output::print(&String::from_utf8_lossy(&text))
}

/// Prints the manual page, with one section per command.
pub(super) fn man() -> Result<ExitCode, Failure> {
    let mut text = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut text).map_err(output::write_failure)?;
    output::print(&String::from_utf8_lossy(&text))
}

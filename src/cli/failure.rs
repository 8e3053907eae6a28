//! Failures: the only place that prints errors and picks exit codes.

use std::{fmt::Write as _, io::Write as _, process::ExitCode};

use crate::ron_text::Problem;

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// A file that people write has problems.
    #[error("{}", list(.0))]
    Problems(Vec<Problem>),
    /// There is no such save.
    #[error("{0}")]
    NotFound(String),
    /// A sentence for the person who can act.
    #[error("{0}")]
    Sentence(String),
    /// Standard input or output is no terminal.
    #[cfg_attr(not(feature = "terminal"), allow(dead_code))]
    #[error(
        "the screens need a terminal. Without one: `aimscope answer FILE` asks line by line, and \
             `aimscope score FILE`, `plan FILE` and `soa FILE` print results"
    )]
    NoTerminal,
    /// The program was built without screens.
    #[cfg_attr(feature = "terminal", allow(dead_code))]
    #[error(
        "this build has no screens. `aimscope answer FILE` asks line by line, and `aimscope score FILE`, \
             `plan FILE` and `soa FILE` print results"
    )]
    NoScreens,
    /// The output went away, as when a pipe is closed; there is nobody to tell.
    #[error("the output was closed")]
    OutputClosed,
}

fn list(problems: &[Problem]) -> String {
    problems.iter().fold(String::new(), |mut text, problem| {
        let newline = if text.is_empty() { "" } else { "\n" };
        // Writing to a string cannot fail.
        let _ = write!(text, "{newline}{problem}");
        text
    })
}

impl Failure {
    /// Tells the person and gives the exit code: 1 for what they can put right.
    pub(super) fn report(self) -> ExitCode {
        match self {
            // As for `cat file | head`: the reader has what it wanted.
            Failure::OutputClosed => ExitCode::SUCCESS,
            other => {
                say(&format!("aimscope: {other}"));
                ExitCode::from(1)
            }
        }
    }
}

/// Prints what the command line parser has to say: help and version to standard output with 0, errors with 2.
pub(super) fn report_usage(error: &clap::Error) -> ExitCode {
    drop(error.print());
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Writes a line to standard error; on a hung-up terminal nobody reads it, and that is no failure.
pub(super) fn say(line: &str) {
    drop(writeln!(std::io::stderr(), "{line}"));
}

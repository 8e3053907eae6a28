//! The `aimscope` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    aimscope::cli::run()
}

//! Parses the questionnaires at build time, so that the program starts without parsing anything.
//! A file that does not parse fails the build with its place; the finer rules are checked by `questionnaire check` and the tests.

// The program's own reader, compiled into the build script: there is one definition of the format.
#[allow(dead_code, unreachable_pub, clippy::print_stderr)]
#[path = "src"]
mod house {
    pub mod clean_text {
        pub mod hidden;
    }
    pub mod model;
    pub mod ron_text;
    #[path = "content/source.rs"]
    pub mod source;
}
use house::{clean_text, model, ron_text};

use std::{env, fs, path::Path, process::ExitCode};

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed=questionnaires");
    println!("cargo:rerun-if-changed=src/model");
    println!("cargo:rerun-if-changed=src/content/source.rs");
    println!("cargo:rerun-if-changed=src/ron_text.rs");
    println!("cargo:rerun-if-changed=src/ron_text");
    println!("cargo:rerun-if-changed=src/clean_text/hidden.rs");
    match house::source::Source::read(Path::new("questionnaires")).and_then(|source| source.parse()) {
        Ok(catalog) => {
            let folder = env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
            let bytes = postcard::to_allocvec(&catalog).expect("the catalogue has a binary form");
            fs::write(Path::new(&folder).join("catalog.bin"), bytes).expect("cargo made OUT_DIR writable");
            ExitCode::SUCCESS
        }
        Err(problems) => {
            for problem in problems {
                println!("cargo:error={}", problem.to_string().replace('\n', " "));
            }
            ExitCode::FAILURE
        }
    }
}

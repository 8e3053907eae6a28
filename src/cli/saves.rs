//! `aimscope new`, and what commands share about making and writing saves.

use std::{path::PathBuf, process::ExitCode};

use crate::{
    clean_text::clean_line,
    cli::{context::Context, failure::Failure, output},
    model::assessment::Assessment,
    store::write::SaveFile,
};

/// The longest name of an assessment, in characters.
const LONGEST_NAME: usize = 200;

/// Makes a new save and prints its path.
pub(super) fn create(context: &Context, name: &str) -> Result<ExitCode, Failure> {
    let path = make(context, name)?;
    output::print(&format!("{}\n", path.display()))
}

/// Makes a new save in the folder; a name that is taken gets a number.
pub(super) fn make(context: &Context, name: &str) -> Result<PathBuf, Failure> {
    let name = clean_line(name);
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(Failure::Sentence(format!("a name has 1 to {LONGEST_NAME} characters")));
    }
    let folder = context.folder()?;
    folder.create().map_err(|error| Failure::Sentence(error.to_string()))?;
    let path = folder.free_path(&name);
    let assessment = Assessment::new(name, context.catalog.version.clone(), context.as_of);
    SaveFile::new(&path).write(&assessment).map_err(|error| Failure::Sentence(error.to_string()))?;
    Ok(path)
}

//! `aimscope compare` and `aimscope next-round`: what differs between two rounds, and the next one begun.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::{
    cli::{
        arguments::Compare,
        context::{Context, has_errors},
        failure::{Failure, say},
        output, saves,
    },
    compare::{self, round},
    plan::{self, PlanOptions},
    report::{self, Subject},
    score,
    store::{
        folder::{Places, SavesFolder},
        write::SaveFile,
    },
};

/// Prints what differs between two saves.
pub(super) fn compare(context: &Context, request: &Compare) -> Result<ExitCode, Failure> {
    if let Some(then) = request.then.filter(|then| *then > context.as_of) {
        let as_of = context.as_of;
        return Err(Failure::Sentence(format!(
            "--then {then} is after the day of the comparison, {as_of}; give an earlier day"
        )));
    }
    let catalog = &context.catalog;
    let (_, before) = context.load(&request.older)?;
    let (_, after) = context.load(&request.newer)?;
    let comparison = compare::compare(catalog, &before.assessment, &after.assessment, context.as_of, request.then);
    let standing = score::score(catalog, &after.assessment, context.as_of);
    let plan = plan::plan(catalog, &after.assessment, &standing, PlanOptions::default());
    let subject = Subject { catalog, assessment: &after.assessment, standing: &standing, plan: &plan };
    let layout = output::layout(&context.environment);
    output::print(&report::compare::render(&subject, &comparison, request.format.into(), &layout))?;
    for finding in before.findings.iter().chain(&after.findings) {
        say(&finding.to_string());
    }
    Ok(if has_errors(&before) || has_errors(&after) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Begins the next round of a save and prints the path of the new one.
pub(super) fn next_round(context: &Context, file: &str, name: Option<&str>) -> Result<ExitCode, Failure> {
    let path = begin(context, &context.find(file)?, name)?;
    output::print(&format!("{}\n", path.display()))
}

/// Writes the next round of a save beside it; a name that is taken gets a number. The save itself stays as it is.
pub(super) fn begin(context: &Context, path: &Path, name: Option<&str>) -> Result<PathBuf, Failure> {
    let (path, loaded) = context.load(&path.to_string_lossy())?;
    let name = name.map(saves::checked_name).transpose()?;
    let next = round::next_round(&context.catalog, &loaded.assessment, name, context.as_of);
    let sentence = |error: &dyn std::fmt::Display| Failure::Sentence(error.to_string());
    // Empty stands for the current folder.
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
    let folder = SavesFolder::locate(Places { given: Some(folder), ..Places::default() });
    let new = folder.map_err(|error| sentence(&error))?.free_path(&next.name);
    let new = new.strip_prefix(".").map(Path::to_owned).unwrap_or(new);
    SaveFile::new(&new).write(&next).map_err(|error| sentence(&error))?;
    Ok(new)
}

//! `aimscope merge`: three saves in, one out, as git calls a merge driver. What cannot be merged leaves OURS untouched, and
//! its exit code lets git fall back to its own merge of lines.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::{
    cli::{
        arguments,
        context::Context,
        failure::{Failure, say},
    },
    merge::{self, Merged, NoteKind},
    model::assessment::Assessment,
    ron_text::Problem,
    store::{Loaded, backup::Before, layout, read, write::SaveFile},
};

/// Merged, and nothing is disputed.
const CLEAN: u8 = 0;
/// Merged into a valid save that holds disputes; git takes it for a conflict that people settle.
const DISPUTED: u8 = 1;
/// Nothing was written.
const REFUSED: u8 = 2;

/// The most changes of the other side that are told one by one.
const MOST_TOLD: usize = 20;

/// Merges three saves and gives the exit code that git understands.
pub(super) fn perform(context: &Context, request: &arguments::Merge) -> ExitCode {
    match merge_files(context, request) {
        Ok(merged) => {
            let written = request.output.as_deref().unwrap_or(&request.ours);
            tell(&merged, request.path.as_deref().unwrap_or(written));
            ExitCode::from(if merged.is_disputed() { DISPUTED } else { CLEAN })
        }
        Err(failure) => {
            say(&format!("aimscope: {failure}"));
            ExitCode::from(REFUSED)
        }
    }
}

fn merge_files(context: &Context, request: &arguments::Merge) -> Result<Merged, Failure> {
    let shown = |side: &str, file: &Path| match &request.path {
        Some(path) => PathBuf::from(format!("{} ({side})", path.display())),
        None => file.to_owned(),
    };
    let load = |side: &str, file: &Path| -> Result<Loaded, Failure> {
        let path = shown(side, file);
        let named = |problem: Box<Problem>| Failure::Problems(vec![Problem { path: path.clone(), ..*problem }]);
        let text = read::text(file).map_err(named)?;
        Loaded::from_text(&path, text, &context.catalog).map_err(Failure::Problems)
    };
    let ours = load("ours", &request.ours)?;
    let theirs = load("theirs", &request.theirs)?;
    let base = if is_empty(&request.base) {
        nothing_in_common(&ours.assessment, &theirs.assessment)
    } else {
        load("base", &request.base)?.assessment
    };
    let mut merged = merge::merge(&base, &ours.assessment, &theirs.assessment);
    merged.state_edition(&context.catalog.version, &ours.assessment, &theirs.assessment);
    refuse_what_cannot_be_read(context, &merged.assessment, &shown("merged", &request.ours))?;
    let mut file = match &request.output {
        None => SaveFile::read(&request.ours, ours.text),
        Some(output) => match fs::read_to_string(output) {
            Ok(text) => SaveFile::read(output, text),
            Err(_) => SaveFile::new(output),
        },
    };
    // Git keeps the states of its files itself, and lends this one under a passing name.
    if request.path.is_none()
        && let Some(held) = file.known()
    {
        let kept = context.backups(file.path()).keep(held, Before::Merge);
        kept.map_err(|error| Failure::Sentence(format!("nothing is merged, since no backup can be made: {error}")))?;
    }
    file.write(&merged.assessment).map_err(|error| Failure::Sentence(error.to_string()))?;
    // Git waits for this one alone; what a killed one left there is in nobody's hands.
    file.clear_leftovers();
    Ok(merged)
}

/// Git hands over an empty file where the two sides have no ancestor.
fn is_empty(base: &Path) -> bool {
    fs::metadata(base).is_ok_and(|metadata| metadata.is_file() && metadata.len() == 0)
}

fn nothing_in_common(ours: &Assessment, theirs: &Assessment) -> Assessment {
    Assessment::new(ours.name.clone(), ours.catalog.clone(), ours.created.min(theirs.created))
}

/// What was merged must be a save like any other.
fn refuse_what_cannot_be_read(context: &Context, merged: &Assessment, shown: &Path) -> Result<(), Failure> {
    let text = layout::print(merged);
    Loaded::from_text(shown, text, &context.catalog).map(|_| ()).map_err(Failure::Problems)
}

/// Says what came from the other side and what waits to be settled.
fn tell(merged: &Merged, path: &Path) {
    let told = merged.report.iter().filter(|note| note.kind != NoteKind::Taken);
    for note in told.clone().take(MOST_TOLD) {
        say(&format!("{}: {note}", path.display()));
    }
    let left_out = told.count().saturating_sub(MOST_TOLD);
    if left_out > 0 {
        say(&format!("{}: and {left_out} more", path.display()));
    }
    let taken = merged.report.iter().filter(|note| note.kind == NoteKind::Taken).count();
    if taken > 0 {
        let noun = if taken == 1 { "change" } else { "changes" };
        say(&format!("{}: {taken} {noun} of the other side taken over", path.display()));
    }
    let disputed = merged.assessment.disputed_places().len();
    if disputed > 0 {
        say(&format!(
            "{path}: {disputed} to be settled; `aimscope open {path}`, then d on the map lists them. The file is a valid \
             save meanwhile; `git add` it when you are done.",
            path = path.display()
        ));
    }
}

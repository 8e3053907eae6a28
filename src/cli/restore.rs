//! `aimscope restore`: lists the earlier states of a save and takes one back. What the save holds now is kept first.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use chrono::Local;

use crate::{
    cli::{
        arguments,
        context::{Context, is_bare_name},
        failure::Failure,
        output, saves,
    },
    model::assessment::Assessment,
    ron_text::Problem,
    score,
    store::{
        Loaded,
        backup::{Backup, Backups},
        file, read,
        recover::{self, Kept},
        write::SaveFile,
    },
};

/// Lists the backups of a save, or puts one of them, or what can still be read, in its place.
pub(super) fn perform(context: &Context, request: &arguments::Restore) -> Result<ExitCode, Failure> {
    let path = find(context, &request.file)?;
    let mut backups = context.backups(&path);
    if request.list {
        return output::print(&listing(context, &path, &list(&path, &backups)?));
    }
    // Held to the end, so that nobody writes between reading and replacing.
    let lock = saves::lock(context, &path)?;
    if lock.is_some() {
        SaveFile::new(&path).clear_leftovers();
    }
    if request.salvage {
        return salvage(context, &path, &mut backups);
    }
    let (chosen, assessment) = choose(context, &path, &backups, request.from.as_deref())?;
    let kept = put_back(context, &path, &assessment, &mut backups)?;
    output::print(&format!("{} is as it was on {}.\n{kept}", path.display(), taken(&chosen)))
}

/// The save that is meant. It need not exist as long as there are backups of it.
fn find(context: &Context, name: &str) -> Result<PathBuf, Failure> {
    let missing = match context.find(name) {
        Ok(path) => return Ok(path),
        Err(missing) => missing,
    };
    let named = is_bare_name(name).then(|| context.folder().ok()).flatten();
    let candidates = [Some(PathBuf::from(name)), named.map(|folder| folder.path().join(format!("{name}.ron")))];
    let has_backups = |path: &PathBuf| context.backups(path).list().is_ok_and(|backups| !backups.is_empty());
    candidates.into_iter().flatten().find(has_backups).ok_or(missing)
}

fn list(path: &Path, backups: &Backups) -> Result<Vec<Backup>, Failure> {
    let found = backups.list().map_err(|error| Failure::Sentence(error.to_string()))?;
    if found.is_empty() {
        return Err(Failure::Sentence(format!("{}: there is no backup of it", path.display())));
    }
    Ok(found)
}

/// One line for each backup, the newest first: number, day and time, size, standing, and what it was made before.
fn listing(context: &Context, path: &Path, backups: &[Backup]) -> String {
    let mut text = format!("Earlier states of {}, the newest first:\n", path.display());
    for (index, backup) in backups.iter().enumerate() {
        let standing = match Loaded::from_path(&backup.path, &context.catalog) {
            Ok(loaded) => standing(context, &loaded.assessment),
            Err(_) => "cannot be read".to_owned(),
        };
        let before = backup.before.map_or_else(String::new, |before| format!("; {}", before.words()));
        let bytes = fs::metadata(&backup.path).map_or(0, |metadata| metadata.len());
        let size = format!("{}.{} KiB", bytes / 1024, bytes % 1024 * 10 / 1024);
        text.push_str(&format!("{:>3}  {}  {size:>10}  {standing}{before}\n", index + 1, taken(backup)));
    }
    text.push_str("`aimscope restore FILE --from NUMBER` takes one back; what is there now is kept.\n");
    text
}

fn standing(context: &Context, assessment: &Assessment) -> String {
    let whole = score::score(&context.catalog, assessment, context.as_of).whole;
    let status = whole.status.map_or("not assessed", |status| status.name());
    format!("{} of {} answered, {status}", whole.levels.answered, whole.levels.total)
}

fn taken(backup: &Backup) -> String {
    backup.taken.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string()
}

/// The backup that was asked for; without a wish the newest that can be read and is not what the save holds.
fn choose(
    context: &Context,
    path: &Path,
    backups: &Backups,
    from: Option<&str>,
) -> Result<(Backup, Assessment), Failure> {
    let found = list(path, backups)?;
    if let Some(from) = from {
        let is_meant = |(index, backup): &(usize, &Backup)| {
            from == (index + 1).to_string() || from == backup.name() || Some(from) == backup.name().strip_suffix(".ron")
        };
        let meant = found.iter().enumerate().find(is_meant).map(|(_, backup)| backup.clone());
        let unknown = || Failure::Sentence(format!("there is no backup {from}; --list shows them with their numbers"));
        let backup = meant.ok_or_else(unknown)?;
        let loaded = Loaded::from_path(&backup.path, &context.catalog).map_err(Failure::Problems)?;
        return Ok((backup, loaded.assessment));
    }
    refuse_newer(path)?;
    let present = Loaded::from_path(path, &context.catalog).ok().map(|loaded| loaded.assessment);
    let usable = |backup: &Backup| {
        let assessment = Loaded::from_path(&backup.path, &context.catalog).ok()?.assessment;
        (present.as_ref() != Some(&assessment)).then(|| (backup.clone(), assessment))
    };
    found
        .iter()
        .find_map(usable)
        .ok_or_else(|| Failure::Sentence(format!("{}: no backup can be read that differs from it", path.display())))
}

/// A file of a newer version is not broken: nothing takes its place unless somebody names it.
fn refuse_newer(path: &Path) -> Result<(), Failure> {
    let version = read::bytes(path).ok().and_then(|bytes| file::newer_version(&bytes));
    version.map_or(Ok(()), |version| {
        let advice = "update aimscope, or name a backup with --from";
        Err(Failure::Sentence(format!("{}: a newer aimscope wrote it (version {version}); {advice}", path.display())))
    })
}

/// Replaces a broken save by what can be read of it, and says what could not.
fn salvage(context: &Context, path: &Path, backups: &mut Backups) -> Result<ExitCode, Failure> {
    refuse_newer(path)?;
    if Loaded::from_path(path, &context.catalog).is_ok() {
        return Err(Failure::Sentence(format!("{}: it can be read, so there is nothing to salvage", path.display())));
    }
    let bytes = read::bytes(path).map_err(|problem| Failure::Problems(vec![*problem]))?;
    let nothing = || vec![Problem::with_file(path, "no answer and no AI system in it can be read")];
    let found = recover::salvaged(path, &bytes, &context.catalog, context.as_of);
    let found = found.ok_or_else(|| Failure::Problems(nothing()))?;
    let kept = put_back(context, path, &found.assessment, backups)?;
    let mut text = format!("{}: {} answers could be read.\n{kept}", path.display(), found.answers);
    if !found.lost.is_empty() {
        text.push_str("Not taken over, with the places in the file as it was:\n");
    }
    for problem in &found.lost {
        text.push_str(&format!("{problem}\n"));
    }
    output::print(&text)
}

/// Puts an assessment in the place of what the save holds; returns where that is now, as a line.
fn put_back(context: &Context, path: &Path, assessment: &Assessment, backups: &mut Backups) -> Result<String, Failure> {
    let kept = recover::put_back(path, assessment, backups, &context.catalog);
    Ok(match kept.map_err(|error| Failure::Sentence(error.to_string()))? {
        Kept::Nothing => String::new(),
        Kept::Backup(_) => "What it held before is backup 1 now.\n".to_owned(),
        Kept::Beside(file) => format!("The broken file is kept as {}.\n", file.display()),
    })
}

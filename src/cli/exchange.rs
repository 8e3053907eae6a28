//! `aimscope export` and `aimscope import`: an assessment in the formats of other programs, and their files back into it.

use std::{
    fs::{self, File},
    io::{self, IsTerminal, Read},
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::{
    cli::{
        arguments,
        context::{Context, has_errors},
        failure::{Failure, say},
        output::{
            self,
            file::{self, Contents},
        },
        saves::Writable,
    },
    exchange::{
        self, ExportFormat, Exported, ExportedFile, ImportFormat,
        import::{Import, Problem},
    },
    model::assessment::Assessment,
    plan::{self, PlanOptions},
    report::Subject,
    ron_text, score,
    store::backup::Before,
};

/// The largest file that is read, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Runs something with all that follows from an assessment.
fn with_subject<T>(context: &Context, assessment: &Assessment, run: impl FnOnce(&Subject) -> T) -> T {
    let standing = score::score(&context.catalog, assessment, context.as_of);
    let plan = plan::plan(&context.catalog, assessment, &standing, PlanOptions::default());
    run(&Subject { catalog: &context.catalog, assessment, standing: &standing, plan: &plan })
}

/// `aimscope export`.
pub(super) fn export(context: &Context, request: &arguments::Export) -> Result<ExitCode, Failure> {
    let format = ExportFormat::from(request.format);
    let (path, loaded) = context.load(&request.file)?;
    let exported = with_subject(context, &loaded.assessment, |subject| match format.objection(subject) {
        Some(words) => Err(Failure::Sentence(words.to_owned())),
        None => Ok(exchange::export(format, subject)),
    });
    match exported? {
        Exported::File(bytes) => {
            if request.output.output.is_none() && !format.is_text() && io::stdout().is_terminal() {
                let words = "a workbook is nothing to read on a terminal; name a file with --output";
                return Err(Failure::Sentence(words.to_owned()));
            }
            request.output.deliver(&Contents { bytes: &bytes, check: format.check() }, &path)?;
        }
        Exported::Folder(files) => write_folder(request, format, &files, &path)?,
    }
    for finding in &loaded.findings {
        say(&finding.to_string());
    }
    Ok(if has_errors(&loaded) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Writes several files into the folder that was named, and makes it where it is not there yet.
fn write_folder(
    request: &arguments::Export,
    format: ExportFormat,
    files: &[ExportedFile],
    save: &Path,
) -> Result<(), Failure> {
    let Some(folder) = &request.output.output else {
        let words = "this format is one file for each action; name a folder for them with --output";
        return Err(Failure::Sentence(words.to_owned()));
    };
    let contents: Vec<Contents> =
        files.iter().map(|file| Contents { bytes: &file.bytes, check: format.check() }).collect();
    let named: Vec<(PathBuf, &Contents)> =
        files.iter().zip(&contents).map(|(file, contents)| (folder.join(&file.name), contents)).collect();
    let is_new = fs::create_dir(folder).is_ok();
    file::write(&named, request.output.force, save).inspect_err(|_| {
        if is_new {
            // Nothing is left behind; what does hold files is not removed.
            drop(fs::remove_dir(folder));
        }
    })?;
    output::print(&format!("written: {} files in {}\n", files.len(), folder.display()))?;
    let others = others(folder, files);
    if !others.is_empty() {
        say(&format!("warning: also in that folder, and not of this export: {}", others.join(", ")));
    }
    Ok(())
}

/// The other files of the same kind in a folder, such as those of actions that are done meanwhile.
fn others(folder: &Path, files: &[ExportedFile]) -> Vec<String> {
    let ending = |name: &str| Path::new(name).extension().map(|ending| ending.to_owned());
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let is_other = |name: &String| files.iter().all(|file| file.name != *name && ending(&file.name) == ending(name));
    let mut others: Vec<String> = names.filter(is_other).collect();
    others.sort();
    others
}

/// `aimscope import`.
pub(super) fn import(context: &Context, request: &arguments::Import) -> Result<ExitCode, Failure> {
    let format = ImportFormat::from(request.format);
    let source = &request.source;
    let bytes = read(source).map_err(|message| refused(source, vec![Problem::with_file(message)]))?;
    let read_into = |assessment: &Assessment| {
        let import = with_subject(context, assessment, |subject| exchange::import(format, &bytes, subject));
        import.map_err(|problems| refused(source, problems))
    };
    if request.dry_run {
        let (_, loaded) = context.load(&request.file)?;
        let import = read_into(&loaded.assessment)?;
        let last = if import.changes.is_empty() { "" } else { "nothing is changed yet, as --dry-run asks\n" };
        return output::print(&format!("{}{last}", account(&import, "would change")));
    }
    let (mut save, loaded) = Writable::open(context, &request.file)?;
    let import = read_into(&loaded.assessment)?;
    if import.changes.is_empty() {
        return output::print(&account(&import, "changed"));
    }
    let mut assessment = loaded.assessment.clone();
    assessment.apply(&context.edit(context.person()(), import.change()));
    save.keep(&loaded, Before::Import)?;
    save.write(&assessment)?;
    output::print(&format!("{}saved: {}\n", account(&import, "changed"), save.path().display()))
}

fn refused(source: &Path, problems: Vec<Problem>) -> Failure {
    let problem = |problem: Problem| ron_text::Problem::with_file(source, problem.to_string());
    Failure::Problems(problems.into_iter().map(problem).collect())
}

/// What an import does, a line per requirement, and what is left to look at.
fn account(import: &Import, verb: &str) -> String {
    let Import { rows, changes, to_review } = import;
    let mut text = String::new();
    for change in changes {
        text.push_str(&format!("{:<9} {}\n", change.requirement, change.words.join(", ")));
    }
    let count = match changes.len() {
        0 => "nothing differs from the save".to_owned(),
        1 => format!("1 requirement {verb}"),
        count => format!("{count} requirements {verb}"),
    };
    let rows = if *rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
    text.push_str(&format!("{rows} read; {count}\n"));
    if !to_review.is_empty() {
        text.push_str("to review:\n");
        to_review.iter().for_each(|sentence| text.push_str(&format!("- {sentence}\n")));
    }
    text
}

/// The bytes of a file. What cannot be meant is refused by its size and kind before anything in it is read.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => format!("it cannot be read: {error}"),
    };
    // Asked before opening: to open a pipe could wait for ever.
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err("this is not a regular file".to_owned());
    }
    let mut bytes = Vec::new();
    // One byte more than allowed shows that the file is too large, also where it grew meanwhile.
    File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("it has more than {LARGEST} bytes, which no file of this kind has"));
    }
    Ok(bytes)
}

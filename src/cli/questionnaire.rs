//! `aimscope questionnaire`: check, list and show what is asked.

use std::{path::Path, process::ExitCode};

use crate::{
    cli::{
        arguments::{Options, Questionnaire},
        failure::Failure,
        output,
    },
    content::{builtin, lint},
    model::{catalog::Catalog, reference::Reference, requirement::CheckKind},
    report::words::hanging,
};

/// Carries out a command on questionnaires.
pub(super) fn perform(command: Questionnaire, options: &Options) -> Result<ExitCode, Failure> {
    match command {
        Questionnaire::Check { folder } => check(folder.as_deref().or(options.questionnaires.as_deref())),
        Questionnaire::Show { id } => show(&catalog(options)?, id),
        Questionnaire::List => list(&catalog(options)?),
    }
}

fn catalog(options: &Options) -> Result<Catalog, Failure> {
    match &options.questionnaires {
        Some(folder) => lint::load(folder).map_err(Failure::Problems),
        None => Ok(builtin::catalog()),
    }
}

/// Without a folder, the questionnaires of the working directory are checked if there are any: what authors expect.
fn check(folder: Option<&Path>) -> Result<ExitCode, Failure> {
    let folder = folder.unwrap_or(Path::new("questionnaires"));
    if !folder.is_dir() {
        return Err(Failure::NotFound(format!(
            "{}: there is no such folder; name the folder of the questionnaires to check",
            folder.display()
        )));
    }
    let catalog = lint::load(folder).map_err(Failure::Problems)?;
    output::print(&format!(
        "{}: no problem in {} requirements, {} checks, {} actions, {} documents; a quick pass shows {} words\n",
        folder.display(),
        catalog.requirements().count(),
        catalog.requirements().map(|requirement| requirement.checks.len()).sum::<usize>(),
        catalog.actions.len(),
        catalog.documents.len(),
        lint::quick_pass_words(&catalog),
    ))
}

fn list(catalog: &Catalog) -> Result<ExitCode, Failure> {
    let mut text = String::new();
    for category in &catalog.categories {
        text.push_str(&format!("{} {}\n", category.category, category.title));
        for requirement in &category.requirements {
            text.push_str(&format!("  {:<8} {}\n", requirement.id, requirement.title));
        }
    }
    output::print(&text)
}

fn show(catalog: &Catalog, id: Reference) -> Result<ExitCode, Failure> {
    let Some(requirement) = catalog.requirement(id) else {
        return Err(Failure::Sentence(format!(
            "{id} is not a requirement; `aimscope questionnaire list` prints all of them"
        )));
    };
    let mut text = format!("{} {}\n\n", requirement.id, requirement.title);
    let mut add = |first: &str, words: &str| text.push_str(&hanging(first, words));
    add("", &requirement.intent);
    add("\nWhy it matters: ", &requirement.why_it_matters);
    add("\nLadder", "");
    for (level, rung) in requirement.ladder.rungs() {
        add(&format!("  {level} "), rung);
    }
    add("\nChecks", "");
    for check in &requirement.checks {
        let kind = match (check.kind, check.critical, check.conditional) {
            (CheckKind::Guidance, _, _) => "guidance",
            (CheckKind::Requirement, true, _) => "critical",
            (CheckKind::Requirement, false, true) => "when it happens",
            (CheckKind::Requirement, false, false) => "requirement",
        };
        add(&format!("  {} ({kind}): ", check.id), &check.text);
        for part in &check.parts {
            add("      - ", part);
        }
        add("      Look for: ", &check.look_for);
    }
    for (heading, items) in [
        ("\nAn auditor asks", &requirement.asked_by_auditors),
        ("\nAn auditor wants to see", &requirement.evidence),
    ] {
        add(heading, "");
        for item in items {
            add("  - ", item);
        }
    }
    let related: Vec<String> = requirement.related.iter().map(Reference::to_string).collect();
    add("\nRead together with: ", &related.join(", "));
    output::print(&text)
}

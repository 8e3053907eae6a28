//! `aimscope questionnaire`: check, list and show what is asked.

use std::{path::Path, process::ExitCode};

use crate::{
    cli::{
        arguments::{Options, Questionnaire},
        failure::Failure,
        output,
    },
    content::{builtin, lint},
    model::{
        catalog::Catalog,
        reference::Reference,
        requirement::{Check, CheckKind, Requirement},
    },
    report::{Layout, Style, page::Page},
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
            text.push_str(&format!("  {:<8} {}\n", requirement.id, requirement.full_title()));
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
    output::print(&page(requirement).text(&Layout { width: WIDTH, style: Style::Plain }))
}

/// Columns of the page of one requirement.
const WIDTH: usize = 80;

fn page(requirement: &Requirement) -> Page {
    let mut page = Page::titled(format!("{} {}", requirement.id, requirement.full_title()));
    page.paragraph(requirement.intent.as_str());
    page.paragraph(requirement.why_it_matters.as_str());
    page.section("Ladder");
    page.list(requirement.ladder.rungs().map(|(level, rung)| format!("{level}: {rung}").into()).collect());
    page.section("Checks");
    for check in &requirement.checks {
        page.paragraph(format!("{} ({}): {}", check.id, kind_words(check), check.text));
        let parts = check.parts.iter().map(|part| part.as_str().into());
        page.list(parts.chain([format!("Look for: {}", check.look_for).into()]).collect());
    }
    page.section("An auditor asks");
    page.list(requirement.asked_by_auditors.iter().map(|question| question.as_str().into()).collect());
    page.section("An auditor wants to see");
    page.list(requirement.evidence.iter().map(|item| item.as_str().into()).collect());
    let related: Vec<String> = requirement.related.iter().map(Reference::to_string).collect();
    page.paragraph(format!("Read together with: {}", related.join(", ")));
    page
}

fn kind_words(check: &Check) -> &'static str {
    match (check.kind, check.critical, check.conditional) {
        (CheckKind::Guidance, _, _) => "guidance",
        (CheckKind::Requirement, true, _) => "critical",
        (CheckKind::Requirement, false, true) => "when it happens",
        (CheckKind::Requirement, false, false) => "requirement",
    }
}

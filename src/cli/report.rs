//! `aimscope report` and `aimscope summary`: what the assessment says, for people who were not there.

use std::{fs, path::Path, process::ExitCode};

use crate::{
    cli::{
        arguments::{self, PartName},
        context::Context,
        failure::Failure,
        output,
        results::{Opened, contents},
    },
    plan::PlanOptions,
    report::{
        full::{self, Part, Request},
        page::{
            PageFormat,
            html::{TEMPLATE, TemplateError},
        },
        summary::{self, Names},
    },
    ron_text::{Place, Problem},
};

/// `aimscope report`.
pub(super) fn report(context: &Context, request: &arguments::FullReport) -> Result<ExitCode, Failure> {
    let Some(file) = &request.file else { return output::print(TEMPLATE) };
    let format = request.format.into();
    if request.template.is_some() && format != PageFormat::Html {
        return Err(Failure::Sentence("--template makes HTML; add --format html".to_owned()));
    }
    let template = request.template.as_deref().map(|path| Ok((path, read(path)?))).transpose()?;
    let opened = Opened::read(context, file, PlanOptions::default())?;
    let warnings = opened.warnings();
    let parts: Vec<Part> = request.part.iter().flat_map(|part| part.parts()).copied().collect();
    let asked =
        Request { parts: &parts, warnings: &warnings, template: template.as_ref().map(|(_, text)| text.as_str()) };
    let layout = output::layout_of(&context.environment, &request.output);
    let text = full::render(&opened.subject(context), &asked, format, &layout).map_err(|error| match &template {
        Some((path, text)) => Failure::Problems(vec![broken(path, text, &error)]),
        None => Failure::Sentence(error.to_string()),
    })?;
    opened.deliver(&request.output, &contents(&text, format))
}

/// `aimscope summary`.
pub(super) fn summary(context: &Context, request: &arguments::Summary) -> Result<ExitCode, Failure> {
    let opened = Opened::read(context, &request.file, PlanOptions::default())?;
    let names = if request.anonymise { Names::LeftOut } else { Names::Said };
    let format = request.format.into();
    let layout = output::layout_of(&context.environment, &request.output);
    let text = summary::render(&opened.subject(context), names, env!("CARGO_PKG_VERSION"), format, &layout);
    opened.deliver(&request.output, &contents(&text, format))
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| {
        Failure::Problems(vec![Problem::with_file(path, format!("this template cannot be read: {error}"))])
    })
}

/// What is wrong with a template, with its line.
fn broken(path: &Path, text: &str, error: &TemplateError) -> Problem {
    match error.line.filter(|line| *line <= text.lines().count()) {
        Some(line) => Problem::at(path, text, Place { line, column: 1 }, error.words.as_str()),
        None => Problem::with_file(path, error.words.as_str()),
    }
}

impl PartName {
    fn parts(&self) -> &'static [Part] {
        match self {
            PartName::Full => &Part::FULL,
            PartName::Brief => &[Part::Brief],
            PartName::Standing => &[Part::Standing],
            PartName::Categories => &[Part::Categories],
            PartName::Findings => &[Part::Findings],
            PartName::Plan => &[Part::Plan],
            PartName::Soa => &[Part::Soa],
            PartName::Documents => &[Part::Documents],
            PartName::Systems => &[Part::Systems],
            PartName::Method => &[Part::Method],
        }
    }
}

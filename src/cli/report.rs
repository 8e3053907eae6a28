//! `aimscope report` and `aimscope summary`: what the assessment says, for people who were not there.

use std::{
    fs,
    io::{self, IsTerminal},
    path::Path,
    process::ExitCode,
};

use crate::{
    cli::{
        arguments::{self, PartName, ReportFormatName},
        context::Context,
        failure::Failure,
        output::{self, file::Contents},
        results::{Opened, contents},
    },
    plan::PlanOptions,
    report::{
        self,
        full::{self, Part, Request},
        page::{
            PageFormat,
            html::{TEMPLATE, TemplateError},
        },
        summary::{self, Names},
    },
    ron_text::{Place, Problem},
    spreadsheet::read::ReadBook,
};

/// `aimscope report`.
pub(super) fn report(context: &Context, request: &arguments::FullReport) -> Result<ExitCode, Failure> {
    let Some(file) = &request.file else { return output::print(TEMPLATE) };
    if request.template.is_some() && request.format != ReportFormatName::Html {
        return Err(Failure::Sentence("--template makes HTML; add --format html".to_owned()));
    }
    let template = request.template.as_deref().map(|path| Ok((path, read(path)?))).transpose()?;
    let opened = Opened::read(context, file, PlanOptions::default())?;
    let warnings = opened.warnings();
    let Some(format) = request.format.page() else { return workbook(context, request, &opened, &warnings) };
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

/// The report as a workbook, which always has all its sheets.
fn workbook(
    context: &Context,
    request: &arguments::FullReport,
    opened: &Opened,
    warnings: &[String],
) -> Result<ExitCode, Failure> {
    if request.part != [PartName::Full] {
        let words = "a workbook always has all its sheets; leave out --part";
        return Err(Failure::Sentence(words.to_owned()));
    }
    if request.output.output.is_none() && io::stdout().is_terminal() {
        let words = "a workbook is nothing to read on a terminal; name a file with --output";
        return Err(Failure::Sentence(words.to_owned()));
    }
    let bytes = report::workbook::book(&opened.subject(context), warnings).bytes();
    let check = |bytes: &[u8]| ReadBook::read(bytes).map(drop).map_err(|error| error.to_string());
    opened.deliver(&request.output, &Contents { bytes: &bytes, check })
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

impl ReportFormatName {
    /// The format of a page, for those that are pages.
    fn page(self) -> Option<PageFormat> {
        match self {
            ReportFormatName::Text => Some(PageFormat::Text),
            ReportFormatName::Md => Some(PageFormat::Markdown),
            ReportFormatName::Html => Some(PageFormat::Html),
            ReportFormatName::Json => Some(PageFormat::Json),
            ReportFormatName::Xlsx => None,
        }
    }
}

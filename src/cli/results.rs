//! The commands that print what follows from a save. Figures go to standard output, findings about the file to standard error.

use std::{path::PathBuf, process::ExitCode};

use crate::{
    cli::{
        arguments::{self, PlanReport, Report},
        context::{Context, has_errors},
        failure::{Failure, say},
        output::{
            self,
            file::{Contents, Output},
        },
    },
    model::assessment::Assessment,
    plan::{self, Plan, PlanOptions},
    report::{
        self, Format, Layout, Subject,
        page::{Page, PageFormat},
    },
    score::{
        self, Standing,
        explain::{
            requirement_why::RequirementWhy,
            scope_why::{Scope, ScopeWhy},
        },
    },
    store::Loaded,
};

/// A save that was read, with all that follows from it.
pub(super) struct Opened {
    path: PathBuf,
    loaded: Loaded,
    standing: Standing,
    plan: Plan,
}

impl Opened {
    /// Reads a save and computes what follows from it.
    pub(super) fn read(context: &Context, file: &str, options: PlanOptions) -> Result<Opened, Failure> {
        let (path, loaded) = context.load(file)?;
        let standing = score::score(&context.catalog, &loaded.assessment, context.as_of);
        let plan = plan::plan(&context.catalog, &loaded.assessment, &standing, options);
        Ok(Opened { path, loaded, standing, plan })
    }

    fn assessment(&self) -> &Assessment {
        &self.loaded.assessment
    }

    /// What is remarkable about the file, in sentences.
    pub(super) fn warnings(&self) -> Vec<String> {
        self.loaded.findings.iter().map(|finding| finding.problem.to_string()).collect()
    }

    /// What reports speak of.
    pub(super) fn subject<'a>(&'a self, context: &'a Context) -> Subject<'a> {
        Subject { catalog: &context.catalog, assessment: self.assessment(), standing: &self.standing, plan: &self.plan }
    }

    /// Prints a report and what is remarkable about the file; what is to be put right there makes the exit code 1.
    fn print(&self, text: &str) -> Result<ExitCode, Failure> {
        output::print(text)?;
        self.tell_findings()
    }

    /// The same for a report that may go to a file.
    pub(super) fn deliver(&self, output: &Output, contents: &Contents) -> Result<ExitCode, Failure> {
        output.deliver(contents, &self.path)?;
        self.tell_findings()
    }

    fn tell_findings(&self) -> Result<ExitCode, Failure> {
        for finding in &self.loaded.findings {
            say(&finding.to_string());
        }
        Ok(if has_errors(&self.loaded) { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}

/// Prints one report of a save.
fn report(
    context: &Context,
    request: &Report,
    options: PlanOptions,
    render: impl FnOnce(&Subject, &Opened, Format, &Layout) -> String,
) -> Result<ExitCode, Failure> {
    let opened = Opened::read(context, &request.file, options)?;
    let layout = output::layout(&context.environment);
    let text = render(&opened.subject(context), &opened, request.format.into(), &layout);
    opened.print(&text)
}

/// Prints one report of a save that was looked at first.
pub(super) fn checked_report(
    context: &Context,
    request: &Report,
    check: impl FnOnce(&Assessment) -> Result<(), Failure>,
    render: impl FnOnce(&Subject, Format, &Layout) -> String,
) -> Result<ExitCode, Failure> {
    let opened = Opened::read(context, &request.file, PlanOptions::default())?;
    check(opened.assessment())?;
    let layout = output::layout(&context.environment);
    let text = render(&opened.subject(context), request.format.into(), &layout);
    opened.print(&text)
}

/// `aimscope score`.
pub(super) fn score(context: &Context, request: &Report) -> Result<ExitCode, Failure> {
    report(context, request, PlanOptions::default(), |subject, opened, format, layout| {
        report::score::render(subject, &opened.warnings(), format, layout)
    })
}

/// `aimscope plan`.
pub(super) fn plan(context: &Context, request: &PlanReport) -> Result<ExitCode, Failure> {
    let options = PlanOptions { goal: request.goal.into(), capacity: request.capacity, start: request.start };
    report(context, &request.report, options, |subject, _, format, layout| {
        report::plan::render(subject, request.day_rate, format, layout)
    })
}

/// `aimscope soa`.
pub(super) fn soa(context: &Context, request: &Report) -> Result<ExitCode, Failure> {
    report(context, request, PlanOptions::default(), |subject, _, format, layout| {
        report::soa::render(subject, format, layout)
    })
}

/// `aimscope documents`.
pub(super) fn documents(context: &Context, request: &Report) -> Result<ExitCode, Failure> {
    report(context, request, PlanOptions::default(), |subject, _, format, layout| {
        report::documents::render(subject, format, layout)
    })
}

/// `aimscope programmes`.
pub(super) fn programmes(context: &Context, request: &Report) -> Result<ExitCode, Failure> {
    report(context, request, PlanOptions::default(), |subject, _, format, layout| {
        report::programmes::render(subject, format, layout)
    })
}

/// `aimscope lens`.
pub(super) fn lens(context: &Context, request: &arguments::LensReport) -> Result<ExitCode, Failure> {
    let Some(lens) = context.catalog.lens(&request.lens) else {
        let known: Vec<&str> = context.catalog.lenses.iter().map(|lens| lens.id.as_str()).collect();
        return Err(Failure::Sentence(format!("there is no lens `{}`; there are {}", request.lens, known.join(", "))));
    };
    report(context, &request.report, PlanOptions::default(), |subject, _, format, layout| {
        report::lens::render(subject, lens, format, layout)
    })
}

/// `aimscope systems`.
pub(super) fn systems(context: &Context, request: &Report) -> Result<ExitCode, Failure> {
    report(context, request, PlanOptions::default(), |subject, _, format, layout| {
        report::systems::render(subject, format, layout)
    })
}

/// `aimscope impact`.
pub(super) fn impact(context: &Context, request: &arguments::Impact) -> Result<ExitCode, Failure> {
    let opened = Opened::read(context, &request.file, PlanOptions::default())?;
    let systems = &opened.assessment().systems;
    let Some(system) = systems.iter().find(|system| system.id == request.system) else {
        let known: Vec<&str> = systems.iter().map(|system| system.id.as_str()).collect();
        let known = if known.is_empty() {
            "the register is empty".to_owned()
        } else {
            format!("there are {}", known.join(", "))
        };
        return Err(Failure::Sentence(format!("there is no system `{}`; {known}", request.system)));
    };
    let layout = output::layout_of(&context.environment, &request.output);
    let format = request.format.into();
    let text = report::impact::render(&opened.subject(context), system, format, &layout);
    opened.deliver(&request.output, &contents(&text, format))
}

/// A page as a file holds it.
pub(super) fn contents(text: &str, format: PageFormat) -> Contents<'_> {
    match format {
        PageFormat::Json => Contents::json(text),
        PageFormat::Text | PageFormat::Markdown | PageFormat::Html => Contents::text(text),
    }
}

/// `aimscope why`.
pub(super) fn why(context: &Context, request: &arguments::Why) -> Result<ExitCode, Failure> {
    let opened = Opened::read(context, &request.file, PlanOptions::default())?;
    let (catalog, id) = (&context.catalog, request.reference);
    let requirement = || RequirementWhy::new(catalog, opened.assessment(), &opened.standing, id).map(|why| why.lines());
    let scope = || ScopeWhy::new(catalog, &opened.standing, Scope::Category(id)).map(|why| why.lines());
    match requirement().or_else(scope) {
        Some(lines) => {
            let mut page = Page::default();
            page.explain(&lines, 2);
            opened.print(&page.text(&output::layout(&context.environment)))
        }
        None => Err(Failure::Sentence(format!(
            "{id} is neither a requirement nor a clause or control group; `aimscope questionnaire list` prints all"
        ))),
    }
}

/// `aimscope draft`.
pub(super) fn draft(context: &Context, request: &arguments::Draft) -> Result<ExitCode, Failure> {
    let opened = Opened::read(context, &request.file, PlanOptions::default())?;
    let documents = &context.catalog.documents;
    let Some(id) = &request.document else {
        let list = documents.iter().map(|document| format!("{:<28} {}\n", document.id, document.title));
        return opened.print(&list.collect::<String>());
    };
    match documents.iter().find(|document| document.id == *id) {
        Some(document) => opened.print(&report::draft::markdown(&opened.subject(context), document)),
        None => {
            Err(Failure::Sentence(format!("there is no document `{id}`; `aimscope draft {}` lists all", request.file)))
        }
    }
}

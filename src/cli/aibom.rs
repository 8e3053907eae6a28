//! `aimscope aibom`: prints the AI bill of materials of a system, or reads one from a CycloneDX file into the save.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
    process::ExitCode,
};

use crate::{
    bom::{
        self, Bill,
        export::{self, SystemFacts},
    },
    cli::{
        arguments::{self, BillFormatName, SpecVersionName},
        context::{Context, has_errors},
        failure::{Failure, say},
        output,
        saves::Writable,
    },
    impact::path,
    model::{assessment::Assessment, edit::Change, system::System},
    report::bill::{self, BillFormat},
    ron_text::Problem,
    store::backup::Before,
};

/// Prints or imports, as asked.
pub(super) fn perform(context: &Context, request: &arguments::Aibom) -> Result<ExitCode, Failure> {
    match &request.import {
        Some(document) => import(context, request, document),
        None => print(context, request),
    }
}

fn print(context: &Context, request: &arguments::Aibom) -> Result<ExitCode, Failure> {
    let (path, loaded) = context.load(&request.file)?;
    let system = find(&loaded.assessment, &request.system)?;
    let broken = |error: bom::BillError| {
        let message = format!("the bill of materials of `{}` cannot be read: {error}", system.id);
        Failure::Problems(vec![Problem::with_file(&path, message)])
    };
    let bill = Bill::of(&system.bill).map_err(broken)?;
    let bill = match request.spec_version {
        Some(SpecVersionName::V1_6) => bill.as_1_6().map_err(|error| Failure::Sentence(error.to_string()))?,
        None => bill,
    };
    let render = |format| bill::render(system, &bill, format, &output::layout(&context.environment));
    let text = match request.format {
        BillFormatName::Text => render(BillFormat::Text),
        BillFormatName::Md => render(BillFormat::Markdown),
        BillFormatName::Csv => render(BillFormat::Csv),
        BillFormatName::Cyclonedx => cyclonedx(context, &loaded.assessment, system, &bill),
    };
    output::print(&text)?;
    for finding in &loaded.findings {
        say(&finding.to_string());
    }
    Ok(if has_errors(&loaded) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn cyclonedx(context: &Context, assessment: &Assessment, system: &System, bill: &Bill) -> String {
    let mut classes = path::classify(&context.catalog.eu_act, &system.eu_act).classes;
    if classes.is_empty() {
        classes.push("not-assessed".to_owned());
    }
    let facts = SystemFacts {
        system,
        classes: &classes,
        impact_links: &export::impact_links(system, &assessment.evidence),
        as_of: context.as_of,
        program_version: env!("CARGO_PKG_VERSION"),
    };
    export::export(bill, &facts)
}

fn import(context: &Context, request: &arguments::Aibom, document: &Path) -> Result<ExitCode, Failure> {
    let problem = |message: String| Failure::Problems(vec![Problem::with_file(document, message)]);
    let bill = Bill::read(&read(document).map_err(problem)?).map_err(|error| problem(error.to_string()))?;
    let (mut save, loaded) = Writable::open(context, &request.file)?;
    let system = find(&loaded.assessment, &request.system)?;
    if !system.bill.is_empty() && !request.replace {
        let message = format!(
            "{} has a bill of materials already; --replace lets this file take its place, and nothing is changed without it",
            system.id
        );
        return Err(Failure::Sentence(message));
    }
    let changed = System { bill: bill.text(), ..system.clone() };
    let said = format!(
        "read into {} ({}): {}; CycloneDX {}",
        system.name,
        system.id,
        bill::counts(&bill),
        bill.spec_version().number()
    );
    let mut assessment = loaded.assessment.clone();
    let change = Change::system("bill of materials", changed);
    assessment.apply(&context.edit(context.person()(), change));
    save.keep(&loaded, Before::Import)?;
    save.write(&assessment)?;
    for warning in bill.warnings() {
        say(&format!("warning: {}", Problem::with_file(document, warning)));
    }
    output::print(&format!("{said}\nsaved: {}\n", save.path().display()))
}

fn find<'a>(assessment: &'a Assessment, id: &str) -> Result<&'a System, Failure> {
    let known: Vec<&str> = assessment.systems.iter().map(|system| system.id.as_str()).collect();
    assessment.system(id).ok_or_else(|| {
        let known = if known.is_empty() {
            "none is registered yet".to_owned()
        } else {
            format!("there are {}", known.join(", "))
        };
        Failure::Sentence(format!("there is no AI system `{id}`; {known}"))
    })
}

/// The text of a document. What cannot be a bill is refused by its size and kind before anything in it is read.
fn read(path: &Path) -> Result<String, String> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => format!("it cannot be read: {error}"),
    };
    let too_large = |size: u64| format!("it has {size} bytes; a bill has at most {}", bom::LARGEST);
    // Asked before opening: to open a pipe could wait for ever.
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err("this is not a regular file; name a CycloneDX document in JSON".to_owned());
    }
    let most = bom::LARGEST as u64;
    if metadata.len() > most {
        return Err(too_large(metadata.len()));
    }
    let mut bytes = Vec::new();
    // One byte more than allowed shows that the file grew meanwhile.
    File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > most {
        return Err(too_large(bytes.len() as u64));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("byte {at} is not valid UTF-8; save the file as UTF-8")
    })
}

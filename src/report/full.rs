//! The report in full, and each of its parts alone: page one says where it stands and what may still move it, the other parts
//! carry that in detail, and the last one explains the scoring with this assessment's own numbers.
//!
//! A part is a page of its own; the full report takes them over as its sections.

mod brief;
mod categories;
mod findings;
mod method;
mod opening;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::report::{
    Layout, Subject, documents, json,
    page::{
        Page, PageFormat,
        html::{Template, TemplateError},
    },
    plan, score, soa, systems,
};

/// A part of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Page one: status, figures of the two groups, what is disputed or provisional, and the first 30 days.
    Standing,
    /// The clauses and control groups.
    Categories,
    /// The requirements by verdict, with what is missing.
    Findings,
    /// The remediation plan.
    Plan,
    /// The statement of applicability.
    Soa,
    /// The required documents.
    Documents,
    /// The AI systems.
    Systems,
    /// How it is scored.
    Method,
    /// Scope, gaps and questions, for a consultant's offer.
    Brief,
}

impl Part {
    /// The parts of the full report, in order.
    pub const FULL: [Part; 8] = [
        Part::Standing,
        Part::Categories,
        Part::Findings,
        Part::Plan,
        Part::Soa,
        Part::Documents,
        Part::Systems,
        Part::Method,
    ];

    /// The heading.
    pub const fn name(self) -> &'static str {
        match self {
            Part::Standing => "Standing",
            Part::Categories => "Clauses and control groups",
            Part::Findings => "Findings",
            Part::Plan => "Plan",
            Part::Soa => "Statement of applicability",
            Part::Documents => "Required documents",
            Part::Systems => "AI systems",
            Part::Method => "Method",
            Part::Brief => "Brief for an offer",
        }
    }

    /// The part as one word, as JSON and the command line carry it.
    pub const fn id(self) -> &'static str {
        match self {
            Part::Standing => "standing",
            Part::Categories => "categories",
            Part::Findings => "findings",
            Part::Plan => "plan",
            Part::Soa => "soa",
            Part::Documents => "documents",
            Part::Systems => "systems",
            Part::Method => "method",
            Part::Brief => "brief",
        }
    }
}

/// What is to be reported.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The parts in their order; at least one.
    pub parts: &'a [Part],
    /// Sentences of the caller about the file, such as an exclusion that is not in force.
    pub warnings: &'a [String],
    /// A template of the user's for HTML; the built-in one otherwise.
    pub template: Option<&'a str>,
}

/// The report.
///
/// # Errors
/// The template of the user cannot be used.
pub fn render(
    subject: &Subject,
    request: &Request,
    format: PageFormat,
    layout: &Layout,
) -> Result<String, TemplateError> {
    Ok(match (format, request.template) {
        (PageFormat::Text, _) => page(subject, request).text(layout),
        (PageFormat::Markdown, _) => page(subject, request).markdown(),
        (PageFormat::Html, None) => page(subject, request).html(),
        (PageFormat::Html, Some(text)) => {
            page(subject, request).html_by(&Template { text, facts: &facts(subject, request) })?
        }
        (PageFormat::Json, _) => json::print(subject, "report", facts(subject, request)),
    })
}

fn page(subject: &Subject, request: &Request) -> Page {
    let name = &subject.assessment.name;
    let mut page = match request.parts {
        [part] => part_page(subject, *part, request.warnings),
        parts => {
            let title = if parts == Part::FULL { "Report" } else { "Parts of the report" };
            let mut page = Page::titled(format!("{title} on {name}"));
            opening::head(&mut page, subject);
            for part in parts {
                page.absorb(part.name(), part_page(subject, *part, request.warnings));
            }
            page
        }
    };
    page.notice();
    page
}

/// A part as a page of its own.
fn part_page(subject: &Subject, part: Part, warnings: &[String]) -> Page {
    match part {
        Part::Standing => opening::page(subject, warnings),
        Part::Categories => categories::page(subject),
        Part::Findings => findings::page(subject),
        Part::Plan => plan::page(subject, None),
        Part::Soa => soa::page(subject),
        Part::Documents => documents::page(subject, &documents::states(subject)),
        Part::Systems => systems::page(subject, &systems::cases(subject)),
        Part::Method => method::page(subject),
        Part::Brief => brief::page(subject),
    }
}

/// The parts in JSON, each under its id, as the commands for them print it.
fn facts(subject: &Subject, request: &Request) -> Map<String, Value> {
    let value = |part: &Part| match part {
        Part::Standing => opening::json(subject, request.warnings),
        Part::Categories => categories::json(subject),
        Part::Findings => json_of(score::requirements_json(subject)),
        Part::Plan => json_of(plan::plan_json::body(subject, None)),
        Part::Soa => json_of(soa::body(subject, &soa::entries(subject), &soa::own_entries(subject))),
        Part::Documents => json_of(documents::body(&documents::states(subject))),
        Part::Systems => json_of(systems::systems_json::body(&systems::cases(subject))),
        Part::Method => method::json(subject),
        Part::Brief => brief::json(subject),
    };
    request.parts.iter().map(|part| (part.id().to_owned(), value(part))).collect()
}

fn json_of(body: impl Serialize) -> Value {
    serde_json::to_value(body).expect("report values have a JSON form")
}

#[cfg(test)]
mod tests;

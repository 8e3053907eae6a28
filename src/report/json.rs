//! What all JSON reports share: the envelope around a report, and how it is printed.

use chrono::NaiveDate;
use serde::Serialize;

use crate::report::{Subject, escape, notice};

/// The version of the JSON; it rises when a key changes its meaning or goes away.
const SCHEMA: u8 = 1;

#[derive(Serialize)]
struct Envelope<'a, T> {
    schema: u8,
    report: &'static str,
    assessment: &'a str,
    organization: &'a str,
    catalog: &'a str,
    as_of: NaiveDate,
    #[serde(flatten)]
    body: T,
    notice: &'static str,
}

/// A report as JSON: keys in the order of their structs, indented by two, with a line break at the end.
pub(super) fn print(subject: &Subject, report: &'static str, body: impl Serialize) -> String {
    let names = (subject.assessment.name.as_str(), subject.assessment.profile.organization.as_str());
    print_as(subject, names, report, body)
}

/// The same under other names of assessment and organization, for what is to say neither.
pub(super) fn print_as(
    subject: &Subject,
    (assessment, organization): (&str, &str),
    report: &'static str,
    body: impl Serialize,
) -> String {
    let envelope = Envelope {
        schema: SCHEMA,
        report,
        assessment,
        organization,
        catalog: &subject.catalog.version,
        as_of: subject.standing.as_of,
        body,
        notice: notice::NOTICE,
    };
    let text = serde_json::to_string_pretty(&envelope).expect("report values have a JSON form");
    escape::json(&text) + "\n"
}

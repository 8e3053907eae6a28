//! What both documents say of themselves, and the resources to which their imports point.

use serde_json::{Value, json};

use crate::{
    exchange::{
        oscal::{
            OSCAL_VERSION, Source,
            fields::{blocks, line, nearest_instant, paragraph, property},
        },
        wording::{one_line, provisional},
    },
    report::notice,
};

/// The head of a document with that title.
pub(super) fn metadata(source: Source, title: &str) -> Value {
    let Source { subject, ids } = source;
    let (assessment, standing) = (subject.assessment, subject.standing);
    let organization = one_line(&assessment.profile.organization, 200);
    let party = json!({ "uuid": ids.id("party", "organization"), "type": "organization", "name": organization });
    let disputed = assessment.disputed_places().len();
    let reasons = standing.provisional.iter().map(|reason| property("provisional", reason.id()));
    let facts = [
        property("assessment", &assessment.name),
        property("questionnaire-edition", &subject.catalog.version),
        property("program", concat!("aimscope ", env!("CARGO_PKG_VERSION"))),
        if disputed > 0 { property("disputed-answers", &disputed.to_string()) } else { Value::Null },
    ];
    json!({
        "title": line(&format!("{title}: {}", assessment.name)),
        "last-modified": nearest_instant(standing.as_of),
        "version": standing.as_of.to_string(),
        "oscal-version": OSCAL_VERSION,
        "props": facts.into_iter().chain(reasons).collect::<Vec<Value>>(),
        "parties": if organization.is_empty() { Value::Null } else { json!([party]) },
        "remarks": blocks([
            paragraph(notice::NOTICE),
            provisional(standing).map(|text| paragraph(&text)).unwrap_or_default(),
        ]),
    })
}

/// A resource within the document, and the link to it.
pub(super) struct Resource {
    /// The link: `#` and its id.
    pub(super) href: String,
    /// The list that holds it.
    pub(super) back_matter: Value,
}

/// What stands in place of an assessment plan: the questionnaire.
pub(super) fn assessment_plan(source: Source) -> Resource {
    let edition = &source.subject.catalog.version;
    let description = [
        paragraph(
            "There is no OSCAL assessment plan. The self-assessment follows the questionnaire of aimscope, which \
            asks the same of everybody: per requirement of ISO/IEC 42001:2023 a level from 0 to 5 and checks answered \
            with yes, partly, no, unknown or no occasion. The local definitions of this document hold the checks in the \
            questionnaire's own words.",
        ),
        paragraph(
            "Verdicts follow from the answers by fixed rules: a critical check answered no is a major gap, any other \
            no or partly a minor gap, and only current evidence lets a requirement count as conforming.",
        ),
    ];
    resource(source, "assessment-plan", &format!("Questionnaire of aimscope, edition {edition}"), blocks(description))
}

/// What stands in place of a system security plan: the AI management system and its scope.
pub(super) fn system_plan(source: Source) -> Resource {
    let profile = &source.subject.assessment.profile;
    let scope = match one_line(&profile.scope, 2_000) {
        scope if scope.is_empty() => "Its scope is not written down in the assessment yet.".to_owned(),
        scope => format!("Its scope in the words of the organization: {scope}"),
    };
    let description = [
        paragraph(
            "There is no OSCAL system security plan. The system is the AI management system of the organization, and \
            the plan says what is open in it.",
        ),
        paragraph(&scope),
    ];
    let whose = one_line(&profile.organization, 200);
    let whose = if whose.is_empty() { String::new() } else { format!(" of {whose}") };
    resource(source, "system", &format!("AI management system{whose}"), blocks(description))
}

fn resource(source: Source, name: &str, title: &str, description: Value) -> Resource {
    let uuid = source.ids.id("resource", name);
    let title = line(title);
    let resource = json!({
        "uuid": uuid,
        "title": title,
        "description": description,
        "citation": { "text": title },
    });
    Resource { href: format!("#{uuid}"), back_matter: json!({ "resources": [resource] }) }
}

//! The report on the impact assessment of one AI system: what an auditor reads, the result first (6.1.4, 8.4, A.5.2 to A.5.5).
//!
//! The parts stand in files of their own, in the order in which they are read. A banned use comes before everything.

mod approval;
pub(super) mod case;
mod criteria;
mod eu_act;
mod eu_act_json;
mod harms;
mod harms_json;
mod impact_json;
mod measures;
mod result;
mod screening;
mod sections;

use crate::{
    model::system::System,
    report::{
        Layout, Subject, bill,
        impact::case::Case,
        json,
        line::{Line, Tone},
        page::{Page, PageFormat},
        words,
    },
};

/// The report on a system of the assessment.
pub fn render(subject: &Subject, system: &System, format: PageFormat, layout: &Layout) -> String {
    let case = Case::new(subject, system);
    match format {
        PageFormat::Text => page(&case).text(layout),
        PageFormat::Markdown => page(&case).markdown(),
        PageFormat::Html => page(&case).html(),
        PageFormat::Json => json::print(subject, "impact", impact_json::body(&case)),
    }
}

/// What stands first where a use is banned by law.
const BANNED: &str = "This use is banned by law. It must not be placed on the market, put into service or used. It is not \
    rated: there is no level that would allow it.";

fn page(case: &Case) -> Page {
    let mut page = Page::titled(format!("Impact assessment of {}", case.system.name));
    if case.rating.is_banned {
        page.paragraph(Line::toned(BANNED, Tone::Major));
        page.list(banned_because(case));
    }
    page.paragraph(Line::toned(state(case), Tone::Strong));
    page.fields(head(case));
    result::add(&mut page, case);
    approval::add(&mut page, case);
    open_points(&mut page, case);
    screening::add(&mut page, case);
    harms::add(&mut page, case);
    measures::add(&mut page, case);
    sections::add(&mut page, case);
    eu_act::add(&mut page, case);
    bill::add(&mut page, case.system);
    criteria::add(&mut page, case);
    to_approve(&mut page, case);
    page.notice();
    page
}

/// What bans the use, with its articles and the day from which it does.
fn banned_because(case: &Case) -> Vec<Line> {
    let register = case.system.banned_use.then(|| "Marked in the register as banned by law.".to_owned());
    let screened = case.system.screening.iter().flat_map(|screening| &screening.restricted);
    let known = screened.filter_map(|restricted| case.form().restricted_use(&restricted.id));
    let screened = known
        .filter(|restricted| restricted.banned)
        .map(|restricted| format!("Found in the screening: {} {}.", restricted.id, restricted.name));
    let classes = case.rating.classes.found(case.path()).into_iter().filter_map(|found| {
        let class = case.path().class(&found.id).filter(|class| class.banned)?;
        let from = found.from.map(|day| format!(", from {day} on")).unwrap_or_default();
        Some(format!("{}: {}, {}{from}.", case.path().title, class.name, found.references.join(", ")))
    });
    register.into_iter().chain(screened).chain(classes).map(Line::from).collect()
}

/// Whether it is a draft, and whether something asks for a new look at it.
fn state(case: &Case) -> String {
    let look = if case.fired.is_empty() { "" } else { " Something asks for a new look, see sign-off and review." };
    format!("State: {}.{look}", case.approval_in_full())
}

fn head<'a>(case: &Case) -> Vec<(&'a str, Line)> {
    let system = case.system;
    let or_missing =
        |text: &str| if text.trim().is_empty() { Line::toned("not stated", Tone::Open) } else { text.into() };
    let scope = if system.in_scope { "yes" } else { "no" };
    let reason = if system.scope_reason.is_empty() { String::new() } else { format!(": {}", system.scope_reason) };
    vec![
        ("System", system.id.as_str().into()),
        ("Version", or_missing(&system.version)),
        ("Owner", or_missing(&system.owner)),
        ("Purpose", or_missing(&system.purpose)),
        ("Life cycle", or_missing(system.stage.map(|stage| stage.name()).unwrap_or_default())),
        ("Our roles", or_missing(&case::roles(&system.roles))),
        ("Suppliers", system.suppliers.join(", ").into()),
        ("Affected", or_missing(&case.affected().join(", "))),
        ("In scope", format!("{scope}{reason}").into()),
        ("Evidence", case.evidence(&system.evidence).into()),
        ("Organization", case.subject.assessment.profile.organization.as_str().into()),
        ("Disputed", words::disputed_of_system(case.subject.assessment, &system.id).into()),
        ("As of", case.as_of().to_string().into()),
    ]
}

fn open_points(page: &mut Page, case: &Case) {
    page.section("Open points");
    if case.open_points.is_empty() {
        page.paragraph("None known from the assessment.");
    }
    page.list(case.open_points.iter().map(|point| point.words.as_str().into()).collect());
}

/// What stands here as a proposal or a draft, and counts only once the organization says so.
fn to_approve(page: &mut Page, case: &Case) {
    page.section("What the organization must still approve itself");
    let mut items: Vec<Line> = Vec::new();
    if case.in_force.is_none() {
        items.push("This assessment: it is a draft until the person who must approve at its level has done so.".into());
    }
    if !case.has_own_criteria() {
        items.push(
            format!("The criteria (6.1.1): scales, matrix and approval levels are {}.", criteria::PROPOSED).into(),
        );
    }
    items.push("Which measures are enough, and what remains: the approver decides, not this report.".into());
    if !case.system.eu_act.is_empty() {
        items.push("The classes under the EU AI Act: they are indicated by the answers, not decided.".into());
    }
    page.list(items);
}

#[cfg(test)]
mod tests;

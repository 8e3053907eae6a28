//! Page one: where it stands, what keeps the figures from being settled, and what is done first.

use serde::Serialize;
use serde_json::Value;

use crate::{
    model::{assessment::Assessment, exclusion::Exclusion, requirement::Requirement},
    report::{
        Subject,
        figure::verdicts,
        figures::{level_table, without_exclusions},
        full::json_of,
        line::{Line, Tone},
        page::Page,
        plan, score, soa, standing, systems, words,
    },
    score::{ProvisionalReason, requirement_score::Counted},
};

/// What the parts of a report share, said once.
pub(super) fn head(page: &mut Page, subject: &Subject) {
    let assessment = subject.assessment;
    page.fields(vec![
        ("Organization", assessment.profile.organization.as_str().into()),
        ("Scope", assessment.profile.scope.as_str().into()),
        ("As of", subject.standing.as_of.to_string().into()),
        ("Questionnaires", subject.catalog.version.as_str().into()),
    ]);
}

pub(super) fn page(subject: &Subject, warnings: &[String]) -> Page {
    let standing = subject.standing;
    let groups = standing::groups(standing);
    let mut page = Page::titled(format!("Standing of {}", subject.assessment.name));
    score::summary(&mut page, subject, warnings);
    page.section("The two groups");
    page.table(level_table("Group", &groups));
    page.paragraph(without_exclusions(&groups));
    page.figure(verdicts::draw(&groups));
    unsettled(&mut page, subject);
    overrides(&mut page, subject);
    attention(&mut page, subject);
    plan::first_days(&mut page, subject.plan, None);
    page
}

/// What is disputed, and why figures are provisional.
fn unsettled(page: &mut Page, subject: &Subject) {
    let reasons: Vec<Line> = subject.standing.provisional.iter().map(|reason| provisional(subject, *reason)).collect();
    if !reasons.is_empty() {
        page.section("Why the figures are provisional");
        page.list(reasons);
    }
    let disputed = disputed(subject.assessment);
    if !disputed.is_empty() {
        page.section("Disputed");
        page.paragraph("People state these differently. Until they settle it, the careful value counts.");
        page.list(disputed.into_iter().map(Line::from).collect());
    }
}

fn disputed(assessment: &Assessment) -> Vec<String> {
    assessment.disputed_places().iter().map(ToString::to_string).collect()
}

/// A reason with what it rests on here.
fn provisional(subject: &Subject, reason: ProvisionalReason) -> Line {
    let (standing, assessment) = (subject.standing, subject.assessment);
    let line = Line::from(reason.name());
    let behind = match reason {
        ProvisionalReason::OpenChecks => {
            let Counted { answered, total } = standing.whole.checks;
            format!(": {} of {total} wait for an answer", total - answered)
        }
        ProvisionalReason::Disputed | ProvisionalReason::AllControlsExcluded => String::new(),
        ProvisionalReason::ToConfirm => {
            let waiting = standing.requirements.iter().filter(|score| score.is_to_confirm).count();
            format!(": {waiting} of {}", standing.requirements.len())
        }
        ProvisionalReason::SystemLevel => {
            let open = standing.systems_in_scope().filter(|system| system.is_provisional());
            format!(": {}", words::list(open.map(|system| &system.name)))
        }
        ProvisionalReason::ExclusionToReview => {
            let in_force = |requirement: &Requirement| assessment.exclusion_in_force(requirement.id);
            let is_to_review = |exclusion: &Exclusion| assessment.is_exclusion_to_review(exclusion);
            let to_review =
                subject.catalog.requirements().filter(|requirement| in_force(requirement).is_some_and(is_to_review));
            format!(": {}", words::list(to_review.map(|requirement| requirement.id)))
        }
    };
    line.and(behind, Tone::Plain)
}

/// Controls that are excluded although a clause asks for the same stand on page one (scoring rule 6).
fn overrides(page: &mut Page, subject: &Subject) {
    let entries = soa::entries(subject);
    let item = |entry: &soa::Entry| {
        let note = entry.exclusion.map(|exclusion| exclusion.override_note.as_str()).unwrap_or_default();
        Line::toned(format!("{} {}", entry.id, entry.title), Tone::Strong).and(format!(": {note}"), Tone::Plain)
    };
    let items: Vec<Line> = entries.iter().filter(|entry| entry.is_override()).map(item).collect();
    if !items.is_empty() {
        page.section("Excluded although a clause asks for the same");
        page.list(items);
    }
}

fn attention(page: &mut Page, subject: &Subject) {
    if let Some(sentence) = systems::attention(subject.catalog, subject.assessment, subject.standing) {
        page.section("AI systems that cannot wait");
        page.paragraph(format!("{sentence}."));
    }
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(flatten)]
    standing: standing::Body,
    disputed: Vec<String>,
    warnings: &'a [String],
}

pub(super) fn json(subject: &Subject, warnings: &[String]) -> Value {
    json_of(Body { standing: standing::body(subject), disputed: disputed(subject.assessment), warnings })
}

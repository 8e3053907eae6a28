//! A Markdown skeleton of a required document, filled in as far as the assessment knows. The rest is marked as to be written.

use crate::{
    model::{
        answer::{CheckAnswer, CheckState},
        catalog::{Document, DraftFill, DraftSection},
        level::ImpactLevel,
        profile::{AiRole, Sector, Size},
        requirement::{Check, Requirement},
    },
    report::{
        Subject,
        impact::case::Case,
        line::{Line, Tone},
        notice,
        page::Page,
        soa,
        table::{Column, Table},
        words,
    },
};

/// What stands where only people can go on.
const TO_BE_WRITTEN: &str = "To be written.";

/// The skeleton of a document.
pub fn markdown(subject: &Subject, document: &Document) -> String {
    let mut page = Page::titled(document.title.as_str());
    page.fields(head(subject, document));
    for section in sections(document) {
        page.section(section.heading.as_str());
        page.paragraph(Line::toned(&section.guidance, Tone::Faint));
        match section.fill {
            Some(fill) => fill_in(&mut page, subject, document, fill),
            None => page.paragraph(TO_BE_WRITTEN),
        }
    }
    page.section("Notice");
    page.paragraph(notice::LINE);
    page.markdown()
}

fn head(subject: &Subject, document: &Document) -> Vec<(&'static str, Line)> {
    let id = document.check.requirement;
    let requirement = subject.catalog.requirement(id).map(Requirement::full_title).unwrap_or_default();
    let owner = subject.assessment.answer(id).map(|answer| answer.owner.as_str()).unwrap_or_default();
    vec![
        ("Organization", subject.assessment.profile.organization.as_str().into()),
        ("Version", "draft".into()),
        ("Date", subject.standing.as_of.to_string().into()),
        ("Owner", owner.into()),
        ("Approved by", "nobody yet".into()),
        ("Requirement", format!("{id} {requirement}").into()),
        ("Upkeep", document.mode.name().into()),
    ]
}

/// The sections of the outline; three plain ones where there is none.
fn sections(document: &Document) -> Vec<DraftSection> {
    if !document.outline.is_empty() {
        return document.outline.clone();
    }
    let section = |heading: &'static str, guidance: String, fill| DraftSection {
        heading: heading.into(),
        guidance: guidance.into(),
        fill,
    };
    let forms = document.artefacts.iter().map(|form| form.as_str()).collect::<Vec<_>>().join(", ");
    vec![
        section("Purpose", "Why this exists, for whom, and what it covers.".to_owned(), Some(DraftFill::Scope)),
        section("Content", format!("Usual forms: {forms}."), None),
        section(
            "Open points",
            "What is still missing, with a name and a date for each.".to_owned(),
            Some(DraftFill::OpenPoints),
        ),
    ]
}

fn fill_in(page: &mut Page, subject: &Subject, document: &Document, fill: DraftFill) {
    match fill {
        DraftFill::Organization => page.fields(organization(subject)),
        DraftFill::Scope => page.paragraph(or_to_be_written(&subject.assessment.profile.scope)),
        DraftFill::Roles if subject.assessment.profile.roles.is_empty() => page.paragraph(TO_BE_WRITTEN),
        DraftFill::Roles => page.list(roles(subject)),
        DraftFill::Systems => systems(page, subject),
        DraftFill::Owners => owners(page, subject),
        DraftFill::Controls => page.table(controls(subject)),
        DraftFill::OpenPoints => page.list(open_points(subject, document)),
        DraftFill::Actions => page.list(actions(subject, document)),
    }
}

fn or_to_be_written(text: &str) -> Line {
    if text.trim().is_empty() { TO_BE_WRITTEN.into() } else { text.into() }
}

fn organization(subject: &Subject) -> Vec<(&'static str, Line)> {
    let profile = &subject.assessment.profile;
    vec![
        ("Name", or_to_be_written(&profile.organization)),
        ("Sector", or_to_be_written(profile.sector.map(Sector::name).unwrap_or_default())),
        ("Size", or_to_be_written(profile.size.map(Size::name).unwrap_or_default())),
    ]
}

fn roles(subject: &Subject) -> Vec<Line> {
    subject.assessment.profile.roles.iter().map(|role| AiRole::name(*role).into()).collect()
}

fn systems(page: &mut Page, subject: &Subject) {
    let systems = &subject.assessment.systems;
    if systems.is_empty() {
        page.paragraph("No AI system is on the register yet.");
        return;
    }
    let headings = ["System", "Owner", "Purpose", "In scope", "Impact level", "After measures", "Approval"];
    let mut table = Table::new(headings.map(Column::words).to_vec());
    for system in systems {
        let case = Case::new(subject, system);
        let level = |level: Option<ImpactLevel>| match case.rating.is_banned {
            true => "banned by law",
            false => level.map_or("not assessed", ImpactLevel::name),
        };
        table.push(vec![
            system.name.as_str().into(),
            system.owner.as_str().into(),
            system.purpose.as_str().into(),
            words::yes_no(system.in_scope).into(),
            level(case.rating.inherent).into(),
            level(case.rating.residual).into(),
            case.approval().into(),
        ]);
    }
    page.table(table);
}

fn owners(page: &mut Page, subject: &Subject) {
    let mut table = Table::new(["Id", "Requirement", "Owner"].map(Column::words).to_vec());
    let mut without = 0;
    for requirement in subject.catalog.requirements().filter(|r| subject.assessment.is_applicable(r.id)) {
        match subject.assessment.answer(requirement.id).map(|answer| answer.owner.trim()) {
            Some(owner) if !owner.is_empty() => {
                table.push(vec![
                    requirement.id.to_string().into(),
                    requirement.full_title().as_ref().into(),
                    owner.into(),
                ]);
            }
            Some(_) | None => without += 1,
        }
    }
    page.table(table);
    if without > 0 {
        page.paragraph(format!("Without an owner yet: {}.", words::count(without, "requirement", "requirements")));
    }
}

fn controls(subject: &Subject) -> Table {
    let mut table = Table::new(["Id", "Control", "State", "Justification"].map(Column::words).to_vec());
    for entry in soa::entries(subject) {
        table.push(vec![
            entry.id.to_string().into(),
            entry.title.into(),
            entry.applicability.name().into(),
            entry.justification().into(),
        ]);
    }
    for own in soa::own_entries(subject) {
        table.push(vec![
            own.control.id.as_str().into(),
            own.control.title.as_str().into(),
            soa::Applicability::Applies.name().into(),
            own.justification().into(),
        ]);
    }
    table
}

/// The binding checks of its requirement that are open or a gap, with what to look for.
fn open_points(subject: &Subject, document: &Document) -> Vec<Line> {
    let id = document.check.requirement;
    let answer = subject.assessment.answer(id);
    let checks = subject.catalog.requirement(id).into_iter().flat_map(|requirement| requirement.binding_checks());
    let point = |check: &Check| {
        let state = match CheckState::of(answer, check) {
            CheckState::No => CheckAnswer::No.name(),
            CheckState::Partly => CheckAnswer::Partly.name(),
            CheckState::Unknown => CheckAnswer::Unknown.name(),
            CheckState::Unanswered => "not asked",
            CheckState::Absent | CheckState::Yes => return None,
        };
        Some(Line::from(format!("{} ({state}) Look for: {}", check.text, check.look_for)))
    };
    let points: Vec<Line> = checks.filter_map(point).collect();
    if points.is_empty() { vec!["None known from the assessment.".into()] } else { points }
}

/// The actions of the plan that serve its requirement.
fn actions(subject: &Subject, document: &Document) -> Vec<Line> {
    let steps = subject.plan.steps.iter().filter(|step| step.serves.contains(&document.check.requirement));
    let action = |step: &crate::plan::step::Step| {
        Line::from(format!("{}: {} ({}, by {})", step.title, step.task, step.owner, step.shown_due()))
    };
    let actions: Vec<Line> = steps.map(action).collect();
    if actions.is_empty() { vec!["None in the plan.".into()] } else { actions }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{answer::CheckAnswer, edit::Change, exclusion::ExclusionBasis, system::System},
        report::sample::Sample,
    };

    fn draft(sample: &Sample, index: usize) -> String {
        sample.report(|subject| markdown(subject, &subject.catalog.documents[index]))
    }

    #[test]
    fn the_outline_is_filled_with_what_is_known() {
        let system = System {
            id: "bot".into(),
            name: "Chat|bot".into(),
            in_scope: true,
            level: Some(ImpactLevel::High),
            residual: None,
            sensitive_use: false,
            banned_use: false,
            next_review: None,
            owner: "Ann".into(),
            purpose: "Answers customers".into(),
            ..System::default()
        };
        let sample = Sample::empty()
            .checks("4.3", &["boundaries"], CheckAnswer::Partly)
            .owner("4.3", "Ann")
            .exclude("A.5.2", ExclusionBasis::RiskAssessment, "No system can harm anybody", "6.1.4 is kept")
            .change(Change::system("entry", system));
        let mut profile = sample.assessment.profile.clone();
        profile.scope = "# All of Acme,\nin both places".into();
        profile.sector = Some(Sector::Technology);
        profile.size = Some(Size::Micro);
        profile.roles = vec![AiRole::Provider, AiRole::User];
        let sample = sample.change(Change::SetProfile(Box::new(profile)));
        assert_eq!(
            draft(&sample, 0),
            r#"# Scope of the AI management system

- **Organization:** Acme Ltd
- **Version:** draft
- **Date:** 2026-06-01
- **Owner:** Ann
- **Approved by:** nobody yet
- **Requirement:** 4.3 Determining the scope
- **Upkeep:** keep current

## About us

*What belongs under About us.*

- **Name:** Acme Ltd
- **Sector:** software and technology
- **Size:** up to 10 people

## Scope

*What belongs under Scope.*

\# All of Acme, in both places

## Roles

*What belongs under Roles.*

- AI provider
- AI user

## Systems

*What belongs under Systems.*

| System | Owner | Purpose | In scope | Impact level | After measures | Approval |
| --- | --- | --- | --- | --- | --- | --- |
| Chat\|bot | Ann | Answers customers | yes | high | high | draft until approved |

## Owners

*What belongs under Owners.*

| Id | Requirement | Owner |
| --- | --- | --- |
| 4.3 | Determining the scope | Ann |

Without an owner yet: 4 requirements.

## Controls

*What belongs under Controls.*

| Id | Control | State | Justification |
| --- | --- | --- | --- |
| A.2.2 | AI policy | undecided |  |
| A.2.3 | Alignment with other policies | undecided |  |
| A.5.2 | Process | excluded | risk assessment: No system can harm anybody; to review: roles or systems have changed since |

## Own words

*What belongs under Own words.*

To be written.

## Open points

*What belongs under Open points.*

- Is there boundaries? (partly) Look for: A page on boundaries.
- Is there written? (not asked) Look for: A page on written.

## Actions

*What belongs under Actions.*

- Answer the open questions of 4 Context of the organization: Ask the people who know, and answer what is open: 4.1 (level and 2 checks), 4.2 (level and 2 checks), 4.3 (level and 1 check). (AI management lead, by 2026-06-01)

## Notice

Drafted from a self-assessment in the tool's own words and levels: not the text of the standard, not a certification, not an internal audit (9.2), not legal advice; whether evidence suffices is an auditor's judgement.
"#
        );
    }

    #[test]
    fn what_is_not_known_is_to_be_written() {
        let text = draft(&Sample::empty(), 0);
        assert_eq!(text.matches("To be written.").count(), 5, "sector, size, scope, roles, own words: {text}");
        assert!(text.contains("No AI system is on the register yet."));
        assert!(text.contains("Without an owner yet: 6 requirements."));
    }

    #[test]
    fn a_document_without_outline_gets_three_sections() {
        let sample = Sample::empty().checks("A.2.2", &["policy"], CheckAnswer::Yes);
        assert_eq!(draft(&sample, 1), "\
# AI policy

- **Organization:** Acme Ltd
- **Version:** draft
- **Date:** 2026-06-01
- **Approved by:** nobody yet
- **Requirement:** A.2.2 AI policy
- **Upkeep:** keep current

## Purpose

*Why this exists, for whom, and what it covers.*

To be written.

## Content

*Usual forms: Page, Wiki.*

To be written.

## Open points

*What is still missing, with a name and a date for each.*

- None known from the assessment.

## Notice

Drafted from a self-assessment in the tool's own words and levels: not the text of the standard, not a certification, not an internal audit (9.2), not legal advice; whether evidence suffices is an auditor's judgement.
");
    }
}

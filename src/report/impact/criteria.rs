//! The criteria that were used: the matrix, the scales and who approves; whose they are, and whether they are approved (6.1.1).

use crate::{
    impact::sign_off,
    model::{impact::form::ScaleText, level::ImpactLevel},
    report::{
        impact::case::{self, Case},
        line::{Line, Tone},
        page::{Entry, Page},
        table::{Column, Table},
    },
};

/// How criteria are marked that are not the organization's own.
pub(super) const PROPOSED: &str = "proposed by aimscope, not approved by your organization";

/// How the scales come together, in a paragraph.
const RULE: &str = "Severity is gravity, +1 where reach is 4 or 5, +1 where reversibility is 3 or 4 or duration is 4, at most \
    5. The matrix gives the level by severity and likelihood. Floors: gravity 5 is at least high; gravity 4 that cannot be \
    undone is at least high; any other gravity 4 is at least medium. The highest level over all harms is that of the system, \
    never a sum. What nobody knows counts as the top of its scale.";

pub(super) fn add(page: &mut Page, case: &Case) {
    page.section("Criteria used");
    page.paragraph(Line::toned(whose(case), Tone::Strong));
    page.paragraph(RULE);
    page.table(matrix(case));
    page.entries(case.form().scales.iter().map(|scale| scale_entry(case, scale)).collect());
    page.subsection("Who approves");
    page.table(approvals(case));
}

/// Whose criteria count: the organization's, or those proposed here.
fn whose(case: &Case) -> String {
    let own = &case.subject.assessment.criteria;
    if case.has_own_criteria() {
        let on = own.approved_on.map(|day| format!(" on {day}")).unwrap_or_default();
        let by = own.approved_by.as_str();
        return format!("Approved by {by}{on}. Where nothing of its own was set, that is what aimscope proposes.");
    }
    let draft = if own.is_empty() { "" } else { " Own criteria are entered, and count only once they are approved." };
    format!("Scales, matrix and approval levels: {PROPOSED}.{draft}")
}

fn matrix(case: &Case) -> Table {
    let matrix = case.subject.assessment.criteria.matrix_in_force(case.as_of());
    let steps = (1..=5).map(|step: u8| Column::words(&format!("Likelihood {step}")));
    let mut table = Table::new([Column::words("Severity").key()].into_iter().chain(steps).collect());
    for severity in (1..=5).rev() {
        let levels = (1..=5).map(|likelihood| case::level(Some(matrix.level(severity, likelihood))));
        table.push([Line::from(severity.to_string())].into_iter().chain(levels).collect());
    }
    table
}

fn scale_entry<'a>(case: &Case<'a>, scale: &'a ScaleText) -> Entry {
    let steps = case.steps(scale).map(|(number, name, meaning, is_own)| {
        Line::from(format!("{number} {name}: {meaning}{}", if is_own { " (own words)" } else { "" }))
    });
    Entry { name: Line::toned(&scale.title, Tone::Strong), said: steps.collect() }
}

fn approvals(case: &Case) -> Table {
    let mut table = Table::new(vec![
        Column::words("Level").key(),
        Column::words("Approved by").share(40),
        Column::words("What follows").share(35),
        Column::words("Set by").share(20),
    ]);
    for level in ImpactLevel::ALL {
        let approver = sign_off::approver(case.subject.catalog, case.subject.assessment, level, case.as_of());
        table.push(vec![
            case::level(Some(level)),
            approver.by.as_str().into(),
            case.form().approval(level).map_or("", |approval| &approval.then).into(),
            if approver.is_own { "the organization" } else { "as proposed" }.into(),
        ]);
    }
    table
}

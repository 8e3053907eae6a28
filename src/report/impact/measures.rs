//! The measures against the harms, with who answers for them and what shows them at work.

use crate::{
    impact::rating::is_proven,
    model::impact::harm::{Means, Measure},
    report::{
        impact::case::Case,
        line::{Line, Tone},
        page::Page,
        table::{Column, Table},
        words::NOTHING,
    },
};

pub(super) fn add(page: &mut Page, case: &Case) {
    page.section("Measures");
    if case.impact().measures.is_empty() {
        page.paragraph("No measure is entered.");
        return;
    }
    page.paragraph("A measure lowers a level only while current evidence shows it at work.");
    let mut table = Table::new(vec![
        Column::words("Id").key(),
        Column::words("Measure").key(),
        Column::words("Kind"),
        Column::words("Against"),
        Column::words("Owner").share(15),
        Column::words("Due"),
        Column::words("Evidence").share(25),
        Column::words("Controls").share(10),
    ]);
    for measure in &case.impact().measures {
        table.push(row(case, measure));
    }
    page.table(table);
}

fn row(case: &Case, measure: &Measure) -> Vec<Line> {
    let means: Vec<&str> = measure.means.iter().map(|means| Means::name(*means)).collect();
    let means = if means.is_empty() { String::new() } else { format!(" ({})", means.join(", ")) };
    let owner = match measure.owner.trim() {
        "" => Line::toned("nobody yet", Tone::Open),
        owner => owner.into(),
    };
    let due = match measure.due {
        Some(day) if day < case.as_of() && !is_shown(case, measure) => {
            Line::toned(format!("{day} (passed)"), Tone::Minor)
        }
        Some(day) => day.to_string().into(),
        None => NOTHING.into(),
    };
    let evidence = match measure.evidence.is_empty() {
        true => Line::toned("none", Tone::Open),
        false => case.evidence(&measure.evidence).into(),
    };
    let controls: Vec<String> = measure.controls.iter().map(ToString::to_string).collect();
    vec![
        Line::toned(&measure.id, Tone::Strong),
        measure.what.as_str().into(),
        format!("{}{means}", measure.kind.name()).into(),
        against(case, measure).into(),
        owner,
        due,
        evidence,
        if controls.is_empty() { NOTHING.into() } else { controls.join(", ").into() },
    ]
}

pub(super) fn is_shown(case: &Case, measure: &Measure) -> bool {
    is_proven(measure, case.subject.assessment, case.as_of())
}

/// The harms that name it.
fn against(case: &Case, measure: &Measure) -> String {
    let harms = case.impact().harms.iter().filter(|harm| harm.measures.contains(&measure.id));
    let ids: Vec<&str> = harms.map(|harm| harm.id.as_str()).collect();
    if ids.is_empty() { "no harm".to_owned() } else { ids.join(", ") }
}

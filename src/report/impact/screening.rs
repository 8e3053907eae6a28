//! The first look: which sensitive uses ask for the full form, and which uses something bars.

use crate::{
    model::system::{RestrictedUse, Screening},
    report::{
        impact::case::Case,
        line::{Line, Tone},
        page::Page,
        table::{Column, Table},
    },
};

pub(super) fn add(page: &mut Page, case: &Case) {
    page.section("Screening");
    let Some(screening) = &case.system.screening else {
        page.paragraph("Not screened yet.");
        page.paragraph(marks(case));
        return;
    };
    page.fields(vec![("On", screening.on.to_string().into()), ("By", screening.by.as_str().into())]);
    page.paragraph(marks(case));
    sensitive(page, case, screening);
    restricted(page, case, screening);
}

/// What the register marks without a screening.
fn marks(case: &Case) -> String {
    let marks = [(case.system.sensitive_use, "a sensitive use"), (case.system.banned_use, "banned by law")];
    let marked: Vec<&str> = marks.into_iter().filter_map(|(is_marked, mark)| is_marked.then_some(mark)).collect();
    if marked.is_empty() { String::new() } else { format!("Marked in the register as {}.", marked.join(" and ")) }
}

fn sensitive(page: &mut Page, case: &Case, screening: &Screening) {
    let mut table =
        Table::new(vec![Column::words("Id").key(), Column::words("Sensitive use").key(), Column::words("Applies")]);
    for (ids, applies) in [(&screening.sensitive, "yes"), (&screening.unsure, "not sure, counts as yes")] {
        for id in ids {
            let known = case.form().sensitive_uses.iter().find(|sensitive| sensitive.id == *id);
            let name = known.map_or("not in the catalogue", |sensitive| &sensitive.name);
            table.push(vec![Line::toned(id, Tone::Strong), name.into(), applies.into()]);
        }
    }
    if table.is_empty() {
        page.paragraph("No sensitive use was found.");
    }
    page.table(table);
}

fn restricted(page: &mut Page, case: &Case, screening: &Screening) {
    let mut table = Table::new(vec![
        Column::words("Id").key(),
        Column::words("Restricted use").key(),
        Column::words("To do"),
        Column::words("Settled"),
    ]);
    for RestrictedUse { id, settled } in &screening.restricted {
        let known = case.form().restricted_use(id);
        let settled = match settled.trim() {
            "" => Line::toned("not yet", Tone::Major),
            settled => settled.into(),
        };
        table.push(vec![
            Line::toned(id, Tone::Strong),
            known.map_or("not in the catalogue", |restricted| &restricted.name).into(),
            known.map_or("", |restricted| &restricted.action).into(),
            settled,
        ]);
    }
    if table.is_empty() {
        page.paragraph("No restricted use was found.");
    }
    page.table(table);
}

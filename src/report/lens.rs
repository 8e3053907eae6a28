//! A lens: the figures of another grouping of the same requirements, by the same rules (scoring rule 1), and what stands
//! behind each of its rows. It says how far the answers support the rows, and never that a framework or a law is met.

mod behind;
mod lens_json;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::{
    model::{
        lens::{Lens, LensGroup},
        level::Level,
        reference::Reference,
    },
    report::{
        Format, Layout, Subject,
        figures::{CSV_HEADINGS, Scope, csv_cells, level_table, verdict_table, without_exclusions},
        json,
        lens::behind::Behind,
        line::{Line, Tone},
        notice,
        page::Page,
        table::{Column, Table},
        words,
    },
    score::figures::Figures,
};

/// The figures of each group of a lens.
pub fn render(subject: &Subject, lens: &Lens, format: Format, layout: &Layout) -> String {
    match format {
        Format::Text => page(subject, lens).text(layout),
        Format::Markdown => page(subject, lens).markdown(),
        Format::Csv => csv(subject, lens),
        Format::Json => json::print(subject, "lens", lens_json::body(subject, lens)),
    }
}

/// A group with its figures.
struct Viewed<'a> {
    group: &'a LensGroup,
    figures: Figures,
}

impl<'a> Viewed<'a> {
    fn of(subject: &Subject, group: &'a LensGroup) -> Viewed<'a> {
        Viewed { group, figures: subject.standing.lens_group(group) }
    }

    fn scope(&self) -> Scope<'_> {
        Scope { id: &self.group.id, title: &self.group.title, number: &self.group.number, figures: &self.figures }
    }
}

/// The lens as a page, for text, Markdown and HTML.
pub fn page(subject: &Subject, lens: &Lens) -> Page {
    let mut page = Page::titled(format!("{}: support from your answers", lens.title));
    page.paragraph(lens.about.as_str());
    page.fields(vec![
        ("Assessment", subject.assessment.name.as_str().into()),
        ("Disputed", words::disputed(subject.assessment).into()),
        ("As of", subject.standing.as_of.to_string().into()),
    ]);
    page.list(lens.notes.iter().map(|note| note.as_str().into()).collect());
    let outer: Vec<Viewed> = lens.groups.iter().map(|group| Viewed::of(subject, group)).collect();
    let scopes: Vec<Scope> = outer.iter().map(Viewed::scope).collect();
    page.section("Levels");
    page.table(level_table("Group", &scopes));
    page.paragraph(without_exclusions(&scopes));
    page.section("Verdicts");
    page.table(verdict_table("Group", &scopes));
    let behind = Behind::new(subject, lens);
    if lens.is_head_start() {
        head_start(&mut page, lens, &behind);
    }
    if lens.groups.iter().all(|group| group.groups.is_empty()) {
        page.section("Requirements of each group");
        page.entries(lens.groups.iter().map(|group| behind.entry(group)).collect());
    } else {
        lens.groups.iter().for_each(|group| group_section(&mut page, subject, group, &behind));
    }
    page.section("Notice");
    if lens.walk().iter().any(|(_, group)| group.duty.is_some()) {
        let law = &subject.catalog.eu_act;
        for words in [&law.disclaimer, &law.date_note, &law.acknowledgement] {
            page.paragraph(words.as_str());
        }
    }
    page.paragraph(notice::NOTICE);
    page
}

/// An outer group with the figures of all groups within it, then what is behind each row.
fn group_section(page: &mut Page, subject: &Subject, outer: &LensGroup, behind: &Behind) {
    page.section(outer.label());
    let within: Vec<&LensGroup> = outer.walk().into_iter().skip(1).map(|(_, group)| group).collect();
    let mut table = Table::new(vec![
        Column::words("Row").key().share(45),
        Column::figures("Claimed"),
        Column::figures("Credited"),
        Column::figures("Coverage"),
        Column::words("Status"),
    ]);
    for viewed in within.iter().map(|group| Viewed::of(subject, group)) {
        let figures = &viewed.figures;
        let label = viewed.scope().label();
        let tone = if viewed.group.groups.is_empty() { Tone::Plain } else { Tone::Strong };
        let credited = words::assessed(figures, figures.credited).map(|credited| credited.to_string());
        table.push(vec![
            Line::toned(label, tone),
            // Where there is no status, the words for that stand in its column.
            figures.status.map(|_| words::figure(figures, figures.claimed)).unwrap_or_default().into(),
            credited.unwrap_or_default().into(),
            words::coverage(figures).unwrap_or_default().into(),
            words::status(figures),
        ]);
    }
    page.table(table);
    let leaves = outer.walk().into_iter().map(|(_, group)| group).filter(|group| group.groups.is_empty());
    page.entries(leaves.map(|group| behind.entry(group)).collect());
}

/// Which requirements start where, and how many of these levels are still only proposed.
fn head_start(page: &mut Page, lens: &Lens, behind: &Behind) {
    page.section("You have this, so these requirements start at");
    let of_start = |start: Option<Level>| {
        let groups = lens.walk().into_iter().map(|(_, group)| group).filter(|group| group.start == start);
        let rows = groups.flat_map(|group| &group.rows).filter(|row| row.confidence.counts());
        let ids: BTreeSet<Reference> = rows.map(|row| row.to).collect();
        ids.iter().map(Reference::to_string).collect::<Vec<_>>().join(", ")
    };
    let name = |level: Level| format!("Level {level} {}", level.name());
    let levels = Level::ALL.into_iter().rev().map(|level| (name(level), of_start(Some(level))));
    let fields: Vec<(String, String)> = levels.chain([("No level".to_owned(), of_start(None))]).collect();
    page.fields(fields.iter().map(|(name, ids)| (name.as_str(), ids.as_str().into())).collect());
    let open = words::count(behind.proposed(), "level", "levels");
    page.paragraph(format!(
        "A proposal: {open} of these would be taken over where nothing is answered yet. On the screen of this lens, A accepts \
         those of a group; an answer is never overwritten."
    ));
}

/// One row a group, each before the groups within it.
fn csv(subject: &Subject, lens: &Lens) -> String {
    let own = ["number", "depth", "requirements", "listed_only", "start_level"];
    let headings: Vec<&str> = CSV_HEADINGS.into_iter().chain(own).collect();
    let mut table = Table::plain(&headings);
    for (depth, group) in lens.walk() {
        let viewed = Viewed::of(subject, group);
        let counted = group.counted();
        let rows = group.all_rows().into_iter();
        let listed_only: BTreeSet<Reference> = rows.map(|row| row.to).filter(|id| !counted.contains(id)).collect();
        let own = [
            group.number.to_string(),
            depth.to_string(),
            words::list(counted),
            words::list(listed_only),
            group.start.map(|start| start.to_string()).unwrap_or_default(),
        ];
        table.push(csv_cells(&viewed.scope()).into_iter().chain(own.map(Line::from)).collect());
    }
    table.csv()
}

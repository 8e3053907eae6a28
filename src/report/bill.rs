//! The AI bill of materials of a system, to be read: its parts by kind, who supplies them, and what is wrong in the document.

use crate::{
    bom::{Bill, Part, PartField, PartKind},
    model::system::System,
    report::{
        Layout,
        line::Line,
        page::Page,
        table::{Column, Table},
        words,
    },
};

/// The forms in which the parts can be had; the document itself is CycloneDX.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BillFormat {
    /// For a terminal or a plain text file; the only format that heeds the [`Layout`].
    Text,
    /// For a repository, a wiki, a ticket.
    Markdown,
    /// For a spreadsheet: one row per part.
    Csv,
}

/// The parts of a system's bill.
pub fn render(system: &System, bill: &Bill, format: BillFormat, layout: &Layout) -> String {
    match format {
        BillFormat::Text => page(system, bill).text(layout),
        BillFormat::Markdown => page(system, bill).markdown(),
        BillFormat::Csv => csv(&bill.parts()),
    }
}

/// How many parts there are of each kind, such as `1 model, 2 libraries`.
pub fn counts(bill: &Bill) -> String {
    let parts = bill.parts();
    let of_kind = |kind: PartKind| (kind, parts.iter().filter(|part| part.kind() == kind).count());
    let counted = PartKind::ALL.into_iter().map(of_kind).filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counted.map(|(kind, count)| words::count(count, kind.name(), kind.plural())).collect();
    if counts.is_empty() { "no part".to_owned() } else { counts.join(", ") }
}

fn page(system: &System, bill: &Bill) -> Page {
    let parts = bill.parts();
    let mut page = Page::titled(format!("AI bill of materials of {}", system.name));
    page.fields(vec![
        ("System", system.id.as_str().into()),
        ("Version", system.version.as_str().into()),
        ("Parts", counts(bill).into()),
        ("Suppliers", bill.suppliers().join("; ").into()),
        ("Document", format!("CycloneDX {}", bill.spec_version().number()).into()),
    ]);
    if parts.is_empty() {
        page.paragraph(
            "Nothing is listed yet. Add models, data sets and libraries on the screen of the system, or read a CycloneDX file with --import.",
        );
    }
    page.table(part_table(&parts));
    let said: Vec<(&Part, Line)> = parts.iter().map(|part| (part, details(part))).collect();
    if said.iter().any(|(_, line)| !line.is_empty()) {
        page.section("What is said of them");
        page.fields(said.into_iter().map(|(part, line)| (part.name(), line)).collect());
    }
    let warnings = bill.warnings();
    if !warnings.is_empty() {
        page.section("To be put right in the document");
        page.list(warnings.into_iter().map(Line::from).collect());
    }
    page
}

fn part_table(parts: &[Part]) -> Table {
    let mut table = Table::new(vec![
        Column::words("Part").share(30).key(),
        Column::words("Name").share(40).key(),
        Column::words("Version"),
        Column::words("Supplier").share(30),
        Column::words("Licence").share(30),
    ]);
    for part in parts {
        let texts = [PartField::Name, PartField::Version, PartField::Supplier, PartField::Licence];
        let texts = texts.map(|field| part.text(field).into());
        table.push(std::iter::once(part.kind().name().into()).chain(texts).collect());
    }
    table
}

/// Every other field of a part that says something.
fn details(part: &Part) -> Line {
    let in_table = [PartField::Name, PartField::Version, PartField::Supplier, PartField::Licence];
    let fields = part.kind().fields().iter().filter(|field| !in_table.contains(field));
    let said = fields.filter(|field| !part.text(**field).is_empty());
    let texts: Vec<String> = said
        .map(|field| format!("{}: {}", field.label(part.kind()), words::without_full_stop(part.text(*field))))
        .collect();
    texts.join(". ").into()
}

/// The columns of CSV.
const COLUMNS: [(&str, PartField); 29] = [
    ("name", PartField::Name),
    ("version", PartField::Version),
    ("supplier", PartField::Supplier),
    ("licence", PartField::Licence),
    ("origin", PartField::Origin),
    ("base_model", PartField::BaseModel),
    ("data_sets", PartField::Datasets),
    ("learning", PartField::Approach),
    ("task", PartField::Task),
    ("architecture", PartField::Architecture),
    ("users", PartField::Users),
    ("use_cases", PartField::UseCases),
    ("limitations", PartField::Limitations),
    ("personal_data", PartField::PersonalData),
    ("model_card", PartField::ModelCard),
    ("use", PartField::Use),
    ("location", PartField::Location),
    ("owner", PartField::Owner),
    ("classification", PartField::Classification),
    ("sensitive_data", PartField::Sensitive),
    ("collection", PartField::Collection),
    ("preparation", PartField::Preparation),
    ("provenance", PartField::Provenance),
    ("quality", PartField::Quality),
    ("known_bias", PartField::Bias),
    ("retention", PartField::Retention),
    ("package_url", PartField::PackageUrl),
    ("hash", PartField::Hash),
    ("description", PartField::Description),
];

/// One row a part, with every field that a part of some kind has.
fn csv(parts: &[Part]) -> String {
    let fields = COLUMNS.map(|(_, field)| field);
    let headings: Vec<&str> = std::iter::once("kind").chain(COLUMNS.map(|(name, _)| name)).collect();
    let mut table = Table::plain(&headings);
    for part in parts {
        let texts = fields.iter().map(|field| part.text(*field).into());
        table.push(std::iter::once(part.kind().name().into()).chain(texts).collect());
    }
    table.csv()
}

//! What later changes are noticed by: the models and hosted services of a bill in one line.

use crate::{
    bom::{
        Bill,
        part::{Part, PartField, PartKind},
    },
    clean_text::clean_line,
};

/// The models and hosted services of a system's bill with versions and suppliers, in the order of their names: a short
/// text that changes when one of them does. Empty for no bill.
pub fn components_fact(bill: &str) -> String {
    let Ok(bill) = Bill::of(bill) else { return "a bill of materials that cannot be read".to_owned() };
    let parts = bill.parts();
    let named = parts.iter().filter(|part| matches!(part.kind(), PartKind::Model | PartKind::Service));
    let mut facts: Vec<String> = named.map(fact).collect();
    facts.sort();
    facts.join("; ")
}

fn fact(part: &Part) -> String {
    let version = part.text(PartField::Version);
    let supplier = part.text(PartField::Supplier);
    let version = if version.is_empty() { String::new() } else { format!(" {version}") };
    let supplier = if supplier.is_empty() { String::new() } else { format!(" ({supplier})") };
    // A fact is kept in a save, which cleans its texts, and compared with one that is made anew.
    clean_line(&format!("{} {}{version}{supplier}", part.kind().name(), part.name())).into_owned()
}

//! What ISO/IEC 42001:2023 holds: its clause requirements with the number of their obligations, and its controls.

use std::collections::BTreeSet;

use crate::model::reference::Reference;

/// The 32 clause requirements, each with the number of its obligations; the count within a clause is this project's own.
const CLAUSES: [(&str, usize); 32] = [
    ("4.1", 4),
    ("4.2", 3),
    ("4.3", 5),
    ("4.4", 3),
    ("5.1", 8),
    ("5.2", 8),
    ("5.3", 4),
    ("6.1.1", 15),
    ("6.1.2", 9),
    ("6.1.3", 13),
    ("6.1.4", 6),
    ("6.2", 13),
    ("6.3", 1),
    ("7.1", 2),
    ("7.2", 4),
    ("7.3", 3),
    ("7.4", 4),
    ("7.5.1", 2),
    ("7.5.2", 3),
    ("7.5.3", 7),
    ("8.1", 8),
    ("8.2", 2),
    ("8.3", 4),
    ("8.4", 2),
    ("9.1", 6),
    ("9.2.1", 4),
    ("9.2.2", 6),
    ("9.3.1", 1),
    ("9.3.2", 7),
    ("9.3.3", 3),
    ("10.1", 1),
    ("10.2", 11),
];

/// The 38 controls of Annex A.
#[rustfmt::skip]
const CONTROLS: [&str; 38] = [
    "A.2.2", "A.2.3", "A.2.4",
    "A.3.2", "A.3.3",
    "A.4.2", "A.4.3", "A.4.4", "A.4.5", "A.4.6",
    "A.5.2", "A.5.3", "A.5.4", "A.5.5",
    "A.6.1.2", "A.6.1.3", "A.6.2.2", "A.6.2.3", "A.6.2.4", "A.6.2.5", "A.6.2.6", "A.6.2.7", "A.6.2.8",
    "A.7.2", "A.7.3", "A.7.4", "A.7.5", "A.7.6",
    "A.8.2", "A.8.3", "A.8.4", "A.8.5",
    "A.9.2", "A.9.3", "A.9.4",
    "A.10.2", "A.10.3", "A.10.4",
];

/// The clauses that take ten checks; the others take seven.
const LONG_CLAUSES: [&str; 4] = ["6.1.1", "6.1.3", "6.2", "10.2"];

/// The controls of which a plain no is a major gap.
const CRITICAL_CONTROLS: [&str; 10] =
    ["A.2.2", "A.3.2", "A.5.2", "A.5.3", "A.5.4", "A.5.5", "A.6.2.4", "A.6.2.6", "A.8.4", "A.10.3"];

/// The one obligation that is a permission.
pub(super) const PERMISSION: &str = "6.1.4-5";

/// The 70 requirements in natural order.
pub(super) fn requirements() -> BTreeSet<Reference> {
    CLAUSES.into_iter().map(|(id, _)| id).chain(CONTROLS).map(reference).collect()
}

/// The 16 categories in natural order.
pub(super) fn categories() -> BTreeSet<Reference> {
    requirements().into_iter().map(Reference::category).collect()
}

/// The obligations of a clause requirement, `4.1-1` to `4.1-4`; none for a control.
pub(super) fn obligations(id: Reference) -> Vec<String> {
    let count = CLAUSES.into_iter().find(|(clause, _)| reference(clause) == id).map_or(0, |(_, count)| count);
    (1..=count).map(|number| format!("{id}-{number}")).collect()
}

/// The largest number of checks of a requirement.
pub(super) fn most_checks(id: Reference) -> usize {
    if id.is_control() {
        5
    } else if LONG_CLAUSES.map(reference).contains(&id) {
        10
    } else {
        7
    }
}

/// Whether a plain no to the first check of a control is a major gap.
pub(super) fn is_critical_control(id: Reference) -> bool {
    CRITICAL_CONTROLS.map(reference).contains(&id)
}

fn reference(id: &str) -> Reference {
    id.parse().expect("the numbers of the standard are references")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_has_70_requirements_in_16_categories_with_172_obligations() {
        assert_eq!(requirements().len(), 70);
        assert_eq!(categories().len(), 16);
        let obligations: Vec<String> = requirements().into_iter().flat_map(obligations).collect();
        assert_eq!(obligations.len(), 172);
        assert!(obligations.contains(&PERMISSION.to_owned()));
        assert!(CRITICAL_CONTROLS.map(reference).iter().all(|id| requirements().contains(id)));
    }
}

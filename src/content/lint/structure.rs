//! The set as a whole: all 16 categories and 70 requirements of the standard, each once, each in its file.

use std::collections::BTreeMap;

use crate::{
    content::lint::{Linter, outline::Spot, standard},
    model::{reference::Reference, requirement::Requirement},
    ron_text::Problem,
};

pub(super) fn check(linter: &mut Linter<'_>) {
    let edition = linter.file("catalog.ron");
    linter.present(edition.text("version", 0), "edition", &linter.catalog.version);
    check_categories(linter);
    check_requirements(linter);
}

/// All requirements of the catalogue, each with the record that it was read from.
pub(super) fn placed_requirements<'a>(linter: &Linter<'a>) -> Vec<(&'a Requirement, Spot<'a>)> {
    let mut placed = Vec::new();
    for (category, file) in linter.catalog.categories.iter().zip(category_files(linter)) {
        let records = in_natural_order(file.records("requirements"), "id");
        placed.extend(category.requirements.iter().zip(records));
    }
    placed
}

/// The files of the categories, in the order in which the catalogue has them.
fn category_files<'a>(linter: &Linter<'a>) -> Vec<Spot<'a>> {
    in_natural_order([linter.files_in("clauses"), linter.files_in("controls")].concat(), "category")
}

/// Sorts records by a reference as [`Source::parse`](crate::content::source::Source::parse) does: equal ones stay in the order of the files.
fn in_natural_order<'a>(mut records: Vec<Spot<'a>>, field: &str) -> Vec<Spot<'a>> {
    records.sort_by_key(|record| record.value(field).and_then(|id| id.parse::<Reference>().ok()));
    records
}

fn check_categories(linter: &mut Linter<'_>) {
    let mut files = BTreeMap::new();
    for (category, file) in linter.catalog.categories.iter().zip(category_files(linter)) {
        let id = category.category;
        let spot = file.text("category", 0);
        linter.present(file.text("title", 0), "title", &category.title);
        if !standard::categories().contains(&id) {
            linter.report(spot, format!("there is no category {id}; there are 4 to 10 and A.2 to A.10"));
            continue;
        }
        let folder = folder_of(id);
        if !file.file.path.parent().is_some_and(|parent| parent.ends_with(folder)) {
            linter.report(spot, format!("category {id} stands in the wrong folder; it belongs in {folder}"));
        }
        if let Some(first) = files.insert(id, spot) {
            let first = linter.name(first);
            linter.report(spot, format!("category {id} stands already at {first}; each has one file"));
        }
    }
    for id in standard::categories() {
        if !files.contains_key(&id) {
            let path = linter.folder.join(folder_of(id));
            let message = format!("category {id} is missing; add a file with category: \"{id}\" and its requirements");
            linter.problems.push(Problem::with_file(path, message));
        }
    }
}

fn check_requirements(linter: &mut Linter<'_>) {
    let mut seen: BTreeMap<Reference, Spot<'_>> = BTreeMap::new();
    for (requirement, record) in linter.requirements.clone() {
        let (id, spot) = (requirement.id, record.text("id", 0));
        let category = record.file.root().value("category").unwrap_or_default();
        if !standard::requirements().contains(&id) {
            linter.report(spot, format!("{id} is not one of the 70 requirements; take its number from the standard"));
        } else if id.category().to_string() != category {
            let right = id.category();
            linter
                .report(spot, format!("{id} stands in the file of category {category}; it belongs in that of {right}"));
        }
        if let Some(first) = seen.insert(id, spot) {
            let first = linter.name(first);
            linter.report(spot, format!("{id} stands already at {first}; each requirement stands once"));
        }
    }
    for file in category_files(linter) {
        let category = file.value("category").unwrap_or_default();
        for id in standard::requirements() {
            if id.category().to_string() == category && !seen.contains_key(&id) {
                linter.report(file.field("requirements"), format!("requirement {id} is missing; add it here"));
            }
        }
    }
}

/// The folder that the file of a category belongs in.
fn folder_of(category: Reference) -> &'static str {
    if category.is_control() { "controls" } else { "clauses" }
}

#[cfg(test)]
mod tests {
    use crate::content::lint::testing::Desk;

    const RESOURCES: &str = "controls/a04_resources.ron";
    const CUSTOMERS: &str = "controls/a10_third_parties.ron";

    #[test]
    fn a_missing_and_an_unknown_requirement_are_reported() {
        Desk::new()
            .line(RESOURCES, &["requirements: ["], "    ¶requirements: [")
            .line(RESOURCES, &["id: \"A.4.6\""], "            id: ¶\"A.4.9\",")
            .expect_among(&[
                "requirement A.4.6 is missing; add it here",
                "A.4.9 is not one of the 70 requirements; take its number from the standard",
            ]);
    }

    #[test]
    fn a_requirement_stands_once_and_in_the_file_of_its_category() {
        Desk::new()
            .line("controls/a07_data.ron", &["id: \"A.7.6\""], "            id: ¶§\"A.9.4\",")
            .line("controls/a09_use.ron", &["id: \"A.9.4\""], "            id: ¶\"A.9.4\",")
            .expect_among(&[
                "A.9.4 stands in the file of category A.7; it belongs in that of A.9",
                "A.9.4 stands already at {}; each requirement stands once",
            ]);
    }

    #[test]
    fn of_two_records_of_one_requirement_the_second_is_reported() {
        Desk::new()
            .line(RESOURCES, &["id: \"A.4.5\""], "            id: §\"A.4.5\",")
            .line(RESOURCES, &["id: \"A.4.6\""], "            id: ¶\"A.4.5\",")
            .line(RESOURCES, &["id: ¶\"A.4.5\"", "weight:"], "            ¶weight: 7,")
            .expect_among(&[
                "A.4.5 stands already at {}; each requirement stands once",
                "unknown weight 7; a weight is 1 to 3",
            ]);
    }

    #[test]
    fn a_missing_category_is_reported_with_its_folder() {
        let problems = Desk::new().remove(CUSTOMERS).problems();
        let missing = "controls: category A.10 is missing; add a file with category: \"A.10\" and its requirements";
        assert!(problems.contains(&missing.to_owned()), "{problems:?}");
    }

    #[test]
    fn an_unknown_category_is_reported() {
        Desk::new()
            .line(CUSTOMERS, &["category:"], "    category: ¶\"A.11\",")
            .expect_among(&["there is no category A.11; there are 4 to 10 and A.2 to A.10"]);
    }

    #[test]
    fn a_category_has_one_file() {
        Desk::new()
            .line(CUSTOMERS, &["category:"], "    category: §\"A.10\",")
            .write("controls/b10.ron", "(category: ¶\"A.10\", title: \"More\", requirements: [])")
            .expect_among(&["category A.10 stands already at {}; each has one file"]);
    }

    #[test]
    fn a_category_stands_in_its_folder() {
        let desk = Desk::new().line(CUSTOMERS, &["category:"], "    category: ¶\"A.10\",");
        let text = desk.text(CUSTOMERS);
        let moved = desk.remove(CUSTOMERS).write("clauses/a10.ron", &text);
        moved.expect(&["category A.10 stands in the wrong folder; it belongs in controls"]);
    }

    #[test]
    fn edition_and_titles_of_categories_are_not_empty() {
        Desk::new()
            .write("catalog.ron", "(version: ¶\" \")")
            .line(CUSTOMERS, &["title:"], "    title: ¶\"\",")
            .expect(&["the edition is empty; write it", "the title is empty; write it"]);
    }
}

//! The required documents: each carried by a check that can be a gap.

use crate::{
    content::lint::{Linter, outline::Spot},
    model::{catalog::Document, requirement::CheckKind},
};

pub(super) fn check(linter: &mut Linter<'_>) {
    let documents = &linter.catalog.documents;
    let records = linter.file("documents.ron").records("documents");
    let places = records.iter().map(|record| record.text("id", 0));
    linter.unique("document", documents.iter().map(|document| document.id.as_str()).zip(places));
    for (document, record) in documents.iter().zip(records) {
        check_document(linter, document, record);
    }
}

fn check_document<'a>(linter: &mut Linter<'a>, document: &Document, record: Spot<'a>) {
    linter.slug(record.text("id", 0), &document.id);
    linter.present(record.text("title", 0), "title", &document.title);
    let spot = record.text("check", 0);
    match linter.catalog.check(&document.check).map(|(_, check)| check.kind) {
        None => linter.report(spot, format!("there is no check {}; name one of kind Requirement", document.check)),
        Some(CheckKind::Guidance) => {
            linter.report(spot, format!("{} is Guidance; a required document hangs on a Requirement", document.check));
        }
        Some(CheckKind::Requirement) => {}
    }
    for (index, artefact) in document.artefacts.iter().enumerate() {
        linter.present(record.text("artefacts", index), "artefact", artefact);
    }
    for (section, record) in document.outline.iter().zip(record.records("outline")) {
        linter.present(record.text("heading", 0), "heading", &section.heading);
        linter.present(record.text("guidance", 0), "guidance", &section.guidance);
    }
}

#[cfg(test)]
mod tests {
    use crate::content::lint::testing::Desk;

    const CONTROL: &str = r#"checks: [
        (id: "own", text: "A?", look_for: "a", kind: Requirement),
        (id: "more", text: "B?", look_for: "b", kind: Guidance),
    ],"#;

    /// A list of documents, where A.2.3 has the checks `own` and `more`.
    #[track_caller]
    fn case(documents: &str, messages: &[&str]) {
        let text = format!("(documents: [\n{documents}\n])").replace("...", "mode: Retain, artefacts: []");
        let desk = Desk::new().list("controls/a02_policies.ron", &["id: \"A.2.3\"", "checks: ["], CONTROL);
        desk.write("documents.ron", &text).expect(messages);
    }

    #[test]
    fn a_document_hangs_on_a_check_that_can_be_a_gap() {
        case(r#"(id: "a", title: "A", check: "A.2.3/own", ...)"#, &[]);
        let message = "there is no check A.2.3/other; name one of kind Requirement";
        case(r#"(id: "a", title: "A", check: ¶"A.2.3/other", ...)"#, &[message]);
        let message = "A.2.3/more is Guidance; a required document hangs on a Requirement";
        case(r#"(id: "a", title: "A", check: ¶"A.2.3/more", ...)"#, &[message]);
    }

    #[test]
    fn documents_have_ids_of_their_own_and_texts() {
        let two = r#"(id: §"a", title: "A", check: "A.2.3/own", ...), (id: ¶"a", title: "A", check: "A.2.3/own", ...)"#;
        case(two, &["the document `a` stands already at {}; each stands once"]);
        let shape = "it starts with a letter and has lower-case letters, digits and hyphens only";
        let message = format!("`A` is not a short name; {shape}");
        case(r#"(id: ¶"A", title: "A", check: "A.2.3/own", ...)"#, &[&message]);
        let empty = r#"(id: "a", title: ¶"", check: "A.2.3/own", mode: Maintain, artefacts: ["x", ¶""],
            outline: [(heading: "H", guidance: "G", fill: Scope), (heading: ¶"", guidance: ¶"")])"#;
        case(
            empty,
            &[
                "the title is empty; write it",
                "the artefact is empty; write it",
                "the heading is empty; write it",
                "the guidance is empty; write it",
            ],
        );
    }
}

//! The required documents: which are there, which are missing, and which nobody was asked about (scoring rule 9).

use serde::Serialize;

use crate::{
    model::{
        answer::CheckState,
        catalog::{Document, DocumentMode},
        reference::{CheckReference, Reference},
        text::Text,
    },
    report::{
        Format, Layout, Subject, json,
        line::{Line, Tone},
        page::Page,
        table::{Column, Table},
        words,
    },
};

/// What is known of a required document; the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentState {
    /// The answer is no.
    Missing,
    /// The answer is partly.
    Incomplete,
    /// Nobody was asked.
    NotAsked,
    /// Asked, and nobody knows.
    NobodyKnows,
    /// What it records has not happened yet.
    NoOccasion,
    /// The answer is yes, and the requirement has no current evidence.
    PresentNotShown,
    /// The answer is yes, and the requirement has current evidence.
    Present,
    /// Its control is excluded.
    NotDue,
}

impl DocumentState {
    /// All states, most urgent first, which is the order of reports.
    pub const ALL: [DocumentState; 8] = [
        DocumentState::Missing,
        DocumentState::Incomplete,
        DocumentState::NotAsked,
        DocumentState::NobodyKnows,
        DocumentState::NoOccasion,
        DocumentState::PresentNotShown,
        DocumentState::Present,
        DocumentState::NotDue,
    ];

    /// The state of a document by the check that carries it.
    pub fn of(subject: &Subject, document: &Document) -> DocumentState {
        let id = document.check.requirement;
        let Some((_, check)) = subject.catalog.check(&document.check) else { return DocumentState::NotAsked };
        if !subject.assessment.is_applicable(id) {
            return DocumentState::NotDue;
        }
        let has_current = subject.standing.requirement(id).is_some_and(|score| score.evidence.current > 0);
        match CheckState::of(subject.assessment.answer(id), check) {
            CheckState::No => DocumentState::Missing,
            CheckState::Partly => DocumentState::Incomplete,
            CheckState::Unknown => DocumentState::NobodyKnows,
            CheckState::Unanswered => DocumentState::NotAsked,
            CheckState::Yes if has_current => DocumentState::Present,
            CheckState::Yes => DocumentState::PresentNotShown,
            CheckState::Absent => DocumentState::NoOccasion,
        }
    }

    /// The state in words.
    pub const fn name(self) -> &'static str {
        match self {
            DocumentState::Missing => "missing",
            DocumentState::Incomplete => "incomplete",
            DocumentState::NotAsked => "not asked",
            DocumentState::NobodyKnows => "asked, and nobody knows",
            DocumentState::PresentNotShown => "present, without current evidence",
            DocumentState::Present => "present, with current evidence",
            DocumentState::NoOccasion => "no occasion yet",
            DocumentState::NotDue => "not due",
        }
    }

    /// The state as one word, as JSON carries it; whether evidence is current and whether nobody knows stand
    /// beside it.
    pub const fn id(self) -> &'static str {
        match self {
            DocumentState::Missing => "Missing",
            DocumentState::Incomplete => "Incomplete",
            DocumentState::NotAsked | DocumentState::NobodyKnows => "NotAsked",
            DocumentState::PresentNotShown | DocumentState::Present => "Present",
            DocumentState::NoOccasion => "NoOccasion",
            DocumentState::NotDue => "NotDue",
        }
    }

    const fn tone(self) -> Tone {
        match self {
            DocumentState::Missing => Tone::Major,
            DocumentState::Incomplete => Tone::Minor,
            DocumentState::NotAsked | DocumentState::NobodyKnows | DocumentState::PresentNotShown => Tone::Open,
            DocumentState::Present => Tone::Good,
            DocumentState::NoOccasion | DocumentState::NotDue => Tone::Plain,
        }
    }
}

/// The required documents with their states.
pub fn render(subject: &Subject, format: Format, layout: &Layout) -> String {
    let documents = states(subject);
    match format {
        Format::Text => page(subject, &documents).text(layout),
        Format::Markdown => page(subject, &documents).markdown(),
        Format::Csv => csv(&documents),
        Format::Json => json::print(subject, "documents", body(&documents)),
    }
}

/// All required documents with their states, the most urgent first.
pub(super) fn states<'a>(subject: &Subject<'a>) -> Vec<(&'a Document, DocumentState)> {
    let documents = subject.catalog.documents.iter();
    let mut documents: Vec<_> = documents.map(|document| (document, DocumentState::of(subject, document))).collect();
    documents.sort_by_key(|(_, state)| *state);
    documents
}

pub(super) fn page(subject: &Subject, documents: &[(&Document, DocumentState)]) -> Page {
    let mut page = Page::titled(format!("Required documents of {}", subject.assessment.name));
    let counts = DocumentState::ALL.map(|state| (state, documents.iter().filter(|(_, other)| *other == state).count()));
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts.map(|(state, count)| format!("{count} {}", state.name())).collect();
    page.fields(vec![
        ("Disputed", words::disputed(subject.assessment).into()),
        ("As of", subject.standing.as_of.to_string().into()),
        ("Documents", documents.len().to_string().into()),
        ("States", counts.join("; ").into()),
    ]);
    page.table(document_table(documents));
    page.notice();
    page
}

fn document_table(documents: &[(&Document, DocumentState)]) -> Table {
    let mut table = Table::new(vec![
        Column::words("Document").share(40).key(),
        Column::words("State"),
        Column::words("Check"),
        Column::words("Upkeep"),
    ]);
    for (document, state) in documents {
        table.push(vec![
            document.title.as_str().into(),
            Line::toned(state.name(), state.tone()),
            document.check.to_string().into(),
            document.mode.name().into(),
        ]);
    }
    table
}

/// One row a document.
fn csv(documents: &[(&Document, DocumentState)]) -> String {
    let mut table = Table::plain(&["id", "title", "requirement", "check", "mode", "state", "usual_forms"]);
    for (document, state) in documents {
        let row = [
            document.id.to_string(),
            document.title.to_string(),
            document.check.requirement.to_string(),
            document.check.to_string(),
            document.mode.name().to_owned(),
            state.name().to_owned(),
            words::list(&document.artefacts),
        ];
        table.push(row.map(Line::from).to_vec());
    }
    table.csv()
}

#[derive(Serialize)]
pub(super) struct Body<'a> {
    documents: Vec<DocumentJson<'a>>,
}

#[derive(Serialize)]
struct DocumentJson<'a> {
    id: &'a str,
    title: &'a str,
    requirement: Reference,
    check: &'a CheckReference,
    mode: DocumentMode,
    state: &'static str,
    /// Whether a document that is present has current evidence; null for all others.
    current_evidence: Option<bool>,
    /// Whether a document that is `NotAsked` was asked about, and nobody knows.
    nobody_knows: bool,
    artefacts: &'a [Text],
}

pub(super) fn body<'a>(documents: &[(&'a Document, DocumentState)]) -> Body<'a> {
    let json = |(document, state): &(&'a Document, DocumentState)| DocumentJson {
        id: &document.id,
        title: &document.title,
        requirement: document.check.requirement,
        check: &document.check,
        mode: document.mode,
        state: state.id(),
        current_evidence: match state {
            DocumentState::Present => Some(true),
            DocumentState::PresentNotShown => Some(false),
            DocumentState::Missing
            | DocumentState::Incomplete
            | DocumentState::NotAsked
            | DocumentState::NobodyKnows
            | DocumentState::NoOccasion
            | DocumentState::NotDue => None,
        },
        nobody_knows: *state == DocumentState::NobodyKnows,
        artefacts: &document.artefacts,
    };
    Body { documents: documents.iter().map(json).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{
            answer::{CheckAnswer, CheckResponse},
            edit::Change,
            exclusion::ExclusionBasis,
        },
        report::sample::{PLAIN, Sample, reference},
    };

    #[test]
    fn the_check_says_whether_a_document_is_there() {
        let state = |sample: Sample| sample.report(|subject| DocumentState::of(subject, &subject.catalog.documents[1]));
        let answered = |answer| Sample::empty().checks("A.2.2", &["policy"], answer);
        assert_eq!(state(Sample::empty()), DocumentState::NotAsked);
        assert_eq!(state(answered(CheckAnswer::Unknown)), DocumentState::NobodyKnows);
        assert_eq!(state(answered(CheckAnswer::No)), DocumentState::Missing);
        assert_eq!(state(answered(CheckAnswer::Partly)), DocumentState::Incomplete);
        assert_eq!(state(answered(CheckAnswer::Yes)), DocumentState::PresentNotShown);
        let stale = answered(CheckAnswer::Yes).evidence("e", "Policy", "2020-01-01", &["A.2.2"]);
        assert_eq!(state(stale), DocumentState::PresentNotShown);
        let shown = answered(CheckAnswer::Yes).evidence("e", "Policy", "2026-01-01", &["A.2.2"]);
        assert_eq!(state(shown), DocumentState::Present);
        let excluded =
            answered(CheckAnswer::No).exclude("A.2.2", ExclusionBasis::Role, "not for us, ever", "5.2 has it");
        assert_eq!(state(excluded), DocumentState::NotDue);
        let mut conditional = Sample::empty();
        conditional.catalog.documents[1].check = "A.2.3/told".parse().expect("a check");
        let response =
            CheckResponse { reason: "nothing new".into(), ..CheckResponse::new("told", CheckAnswer::NoOccasion) };
        assert_eq!(state(conditional.change(Change::check(reference("A.2.3"), response))), DocumentState::NoOccasion);
    }

    #[test]
    fn the_most_urgent_stand_first_and_a_shrug_is_no_silence() {
        let sample = Sample::empty().checks("A.2.2", &["policy"], CheckAnswer::No).checks(
            "4.3",
            &["written"],
            CheckAnswer::Unknown,
        );
        let render = |format| sample.report(|subject| render(subject, format, &PLAIN));
        let text = render(Format::Markdown);
        let (policy, scope) =
            (text.find("| AI policy | missing |"), text.find("| asked, and nobody knows | 4.3/written"));
        assert!(policy.is_some() && policy < scope, "{text}");
        let json: serde_json::Value = serde_json::from_str(&render(Format::Json)).expect("it is JSON");
        assert_eq!(
            (&json["documents"][1]["state"], &json["documents"][1]["nobody_knows"]),
            (&"NotAsked".into(), &true.into())
        );
    }

    #[test]
    fn all_formats_list_them() {
        let sample = Sample::empty().checks("A.2.2", &["policy"], CheckAnswer::Yes);
        let render = |format| sample.report(|subject| render(subject, format, &PLAIN));
        let text = render(Format::Text);
        assert_eq!(
            text.split("\n\nNotice").next(),
            Some(
                "\
Required documents of Acme pilot
================================

As of      2026-06-01
Documents  2
States     1 not asked; 1 present, without current evidence

Document                   State                      Check         Upkeep
-------------------------  -------------------------  ------------  ------------
Scope of the AI            not asked                  4.3/written   keep current
management system
AI policy                  present, without current   A.2.2/policy  keep current
                           evidence"
            )
        );
        let markdown = render(Format::Markdown);
        assert_eq!(
            markdown.split("\n## Notice").next(),
            Some(
                "\
# Required documents of Acme pilot

- **As of:** 2026-06-01
- **Documents:** 2
- **States:** 1 not asked; 1 present, without current evidence

| Document | State | Check | Upkeep |
| --- | --- | --- | --- |
| Scope of the AI management system | not asked | 4.3/written | keep current |
| AI policy | present, without current evidence | A.2.2/policy | keep current |
"
            )
        );
        assert_eq!(
            render(Format::Csv).replace("\r\n", "\n"),
            r#"id,title,requirement,check,mode,state,usual_forms
scope,Scope of the AI management system,4.3,4.3/written,keep current,not asked,Page; Wiki
policy,AI policy,A.2.2,A.2.2/policy,keep current,"present, without current evidence",Page; Wiki
"#
        );
        let json = render(Format::Json);
        let (_, body) = json.split_once("\"as_of\": \"2026-06-01\",\n").expect("the head");
        assert_eq!(
            body.split("\n  \"notice\"").next(),
            Some(
                r#"  "documents": [
    {
      "id": "scope",
      "title": "Scope of the AI management system",
      "requirement": "4.3",
      "check": "4.3/written",
      "mode": "Maintain",
      "state": "NotAsked",
      "current_evidence": null,
      "nobody_knows": false,
      "artefacts": [
        "Page",
        "Wiki"
      ]
    },
    {
      "id": "policy",
      "title": "AI policy",
      "requirement": "A.2.2",
      "check": "A.2.2/policy",
      "mode": "Maintain",
      "state": "Present",
      "current_evidence": false,
      "nobody_knows": false,
      "artefacts": [
        "Page",
        "Wiki"
      ]
    }
  ],"#
            )
        );
    }
}

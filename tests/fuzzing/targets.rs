//! What must hold for any bytes at all: opened as a save, imported as a bill of materials, merged as three saves.

use std::path::Path;

use aimscope::{
    bom::{
        Bill, PartField, PartKind,
        export::{self, SystemFacts},
    },
    merge::{self, dispute::disputes},
    model::{
        assessment::Assessment,
        catalog::Catalog,
        edit::{Change, Edit},
        system::System,
    },
    plan::{self, Goal, PlanOptions},
    report::{
        self, Format, Layout, Style, Subject,
        bill::BillFormat,
        full::{Part, Request},
        page::PageFormat,
        summary::Names,
    },
    score::{
        self,
        explain::{
            requirement_why::RequirementWhy,
            scope_why::{Scope, ScopeWhy},
        },
    },
    store::{Loaded, layout, recover},
};
use chrono::NaiveDate;
use serde_json::Value;

/// Stands between the three saves of one input of `merge`.
pub const BETWEEN: &str = "\n//-- next save --\n";

/// What an input came to, in words without its own words: inputs that come to something new are worth changing further.
pub type Came = String;

const FORMATS: [Format; 4] = [Format::Text, Format::Markdown, Format::Csv, Format::Json];
const PLAIN: Layout = Layout { width: 80, style: Style::Plain };
const NARROW: Layout = Layout { width: 0, style: Style::Ansi };

fn file() -> &'static Path {
    Path::new("a.ron")
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day")
}

/// Words without figures and without what stands in back quotes or on further lines.
fn shape(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default();
    let kept = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
    kept.chars().filter(|c| !c.is_ascii_digit()).take(120).collect()
}

fn shapes(words: impl Iterator<Item = String>) -> Came {
    let mut shapes: Vec<String> = words.map(|words| shape(&words)).collect();
    shapes.sort();
    shapes.dedup();
    shapes.truncate(4);
    shapes.join("; ")
}

fn holds(condition: bool, law: impl FnOnce() -> String) -> Result<(), String> {
    if condition { Ok(()) } else { Err(law()) }
}

/// The first lines that differ.
fn difference(one: &str, other: &str) -> String {
    let differing = one.lines().zip(other.lines()).filter(|(a, b)| a != b).take(3);
    let lines: Vec<String> = differing.map(|(a, b)| format!("- {a}\n+ {b}")).collect();
    format!("{} and {} lines\n{}", one.lines().count(), other.lines().count(), lines.join("\n"))
}

/// That what is printed of an assessment opens again, equal and printing the same.
fn is_kept(catalog: &Catalog, assessment: &Assessment) -> Result<(), String> {
    let text = layout::print(assessment);
    let again = Loaded::from_text(file(), text.clone(), catalog)
        .map_err(|problems| format!("what is printed does not open: {}", problems[0]))?;
    let printed = layout::print(&again.assessment);
    holds(printed == text, || format!("it prints differently after reading: {}", difference(&text, &printed)))?;
    holds(again.assessment == *assessment, || "it is another assessment after reading".to_owned())
}

/// All that is computed and printed of a save.
fn use_all(catalog: &Catalog, assessment: &Assessment, warnings: &[String]) {
    let standing = score::score(catalog, assessment, day());
    for goal in [Goal::Targets, Goal::Conformity] {
        let plan = plan::plan(catalog, assessment, &standing, PlanOptions { goal, ..PlanOptions::default() });
        let subject = Subject { catalog, assessment, standing: &standing, plan: &plan };
        for format in FORMATS {
            report::plan::render(&subject, "900.50".parse().ok(), format, &PLAIN);
            if goal == Goal::Conformity {
                continue;
            }
            report::score::render(&subject, warnings, format, &NARROW);
            report::soa::render(&subject, format, &PLAIN);
            report::documents::render(&subject, format, &NARROW);
            report::systems::render(&subject, format, &PLAIN);
            for lens in &catalog.lenses {
                report::lens::render(&subject, lens, format, &NARROW);
            }
        }
        if goal == Goal::Conformity {
            continue;
        }
        for format in [PageFormat::Text, PageFormat::Markdown, PageFormat::Html, PageFormat::Json] {
            for system in &assessment.systems {
                report::impact::render(&subject, system, format, &NARROW);
            }
            let request = Request { parts: &Part::FULL, warnings, template: None };
            report::full::render(&subject, &request, format, &NARROW).expect("the built-in template");
            report::summary::render(&subject, Names::LeftOut, "1", format, &NARROW);
        }
        for document in &catalog.documents {
            report::draft::markdown(&subject, document);
        }
    }
    for requirement in catalog.requirements() {
        RequirementWhy::new(catalog, assessment, &standing, requirement.id).map(|why| why.lines());
    }
    for (category, _) in &standing.categories {
        ScopeWhy::new(catalog, &standing, Scope::Category(*category)).map(|why| why.lines());
    }
    disputes(assessment);
}

/// Opens bytes as a save, uses all of it, and reads back what it prints. What does not open is salvaged.
pub fn open(catalog: &Catalog, bytes: &[u8]) -> Result<Came, String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    match Loaded::from_text(file(), text, catalog) {
        Ok(loaded) => {
            is_kept(catalog, &loaded.assessment)?;
            let findings: Vec<String> = loaded.findings.iter().map(ToString::to_string).collect();
            use_all(catalog, &loaded.assessment, &findings);
            let came = shapes(loaded.findings.iter().map(|finding| finding.problem.message.clone()));
            Ok(format!("opened with {} systems: {came}", loaded.assessment.systems.len().min(4)))
        }
        Err(problems) => {
            let came = shapes(problems.iter().map(|problem| problem.message.clone()));
            problems.iter().for_each(|problem| drop(problem.to_string()));
            let salvage = recover::salvaged(file(), bytes, catalog, day());
            if let Some(salvage) = &salvage {
                salvage.lost.iter().for_each(|problem| drop(problem.to_string()));
                is_rewritten(&salvage.assessment)?;
            }
            Ok(format!("refused, {}: {came}", if salvage.is_some() { "salvaged" } else { "lost" }))
        }
    }
}

/// That what is salvaged can be written: its text parses and prints the same.
fn is_rewritten(assessment: &Assessment) -> Result<(), String> {
    let text = layout::print(assessment);
    let file = aimscope::store::file::FileV1::parse(file(), &text)
        .map_err(|problem| format!("what is salvaged does not parse: {problem}"))?;
    let printed = layout::print(&file.into_assessment());
    holds(printed == text, || format!("what is salvaged prints differently: {}", difference(&text, &printed)))
}

/// Whether one document says all that the other says, in the same order of lists.
fn says_all_of(outer: &Value, inner: &Value) -> bool {
    match (outer, inner) {
        (Value::Object(outer), Value::Object(inner)) => {
            inner.iter().all(|(key, value)| outer.get(key).is_some_and(|found| says_all_of(found, value)))
        }
        (Value::Array(outer), Value::Array(inner)) => {
            inner.len() <= outer.len() && inner.iter().zip(outer).all(|(value, found)| says_all_of(found, value))
        }
        (outer, inner) => outer == inner,
    }
}

/// A document without its empty lists, which say nothing.
fn without_empty(value: &Value) -> Value {
    let is_empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
    match value {
        Value::Object(object) => {
            let kept = object.iter().filter(|(_, value)| !is_empty(value));
            Value::Object(kept.map(|(key, value)| (key.clone(), without_empty(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_empty).collect()),
        other => other.clone(),
    }
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| format!("not JSON: {error}"))
}

/// Reads bytes as a bill of materials, prints, changes, exports and reads it again; nothing is lost on the way.
pub fn import(catalog: &Catalog, bytes: &[u8]) -> Result<Came, String> {
    let text = String::from_utf8_lossy(bytes);
    let bill = match Bill::read(&text) {
        Ok(bill) => bill,
        Err(error) => return Ok(format!("refused: {}", shape(&error.to_string()))),
    };
    let document = json(&text)?;
    let kept = bill.text();
    holds(json(&kept)? == document, || "the text of the bill says something else".to_owned())?;
    let again = Bill::read(&kept).map_err(|error| format!("its own text is not read: {error}"))?;
    holds(again == bill && again.text() == kept, || "its own text is read as another bill".to_owned())?;

    let mut assessment = sample(catalog);
    let system = System { bill: kept, ..assessment.systems[0].clone() };
    for format in [BillFormat::Text, BillFormat::Markdown, BillFormat::Csv] {
        report::bill::render(&system, &bill, format, &NARROW);
    }
    let warnings = bill.warnings();
    bill.suppliers();
    is_lossless(&bill, &system, &document, true)?;
    if let Ok(older) = bill.as_1_6() {
        is_lossless(&older, &system, &document, false)?;
    }
    is_edited(&bill, &document)?;
    assessment.apply(&Edit {
        by: "Ann".into(),
        on: day(),
        at: None,
        change: Change::system("bill of materials", system),
    });
    is_kept(catalog, &assessment)?;
    let parts = bill.parts();
    Ok(format!("read with {} parts: {}", parts.len().min(20), shapes(warnings.into_iter())))
}

/// An assessment with an AI system in it.
fn sample(catalog: &Catalog) -> Assessment {
    let text = include_str!("../fixtures/save_v1_systems.ron").to_owned();
    Loaded::from_text(file(), text, catalog).expect("the fixture is a save").assessment
}

/// That the export of a bill says all that the document says, and is itself a bill that is exported as it is.
fn is_lossless(bill: &Bill, system: &System, document: &Value, is_same_version: bool) -> Result<(), String> {
    let facts = SystemFacts {
        system,
        classes: &["not-assessed".to_owned()],
        impact_links: &["https://example.com/impact"],
        as_of: day(),
        program_version: "0.1.0",
    };
    let exported = export::export(bill, &facts);
    let outer = json(&exported)?;
    let mut inner = document.clone();
    if let Some(top) = inner.as_object_mut().filter(|_| !is_same_version) {
        top.shift_remove("specVersion");
        top.shift_remove("$schema");
    }
    holds(says_all_of(&outer, &inner), || "the export does not say all of the document".to_owned())?;
    let again = Bill::read(&exported).map_err(|error| format!("the export is not read: {error}"))?;
    let twice = export::export(&again, &facts);
    holds(twice == exported, || format!("a second export differs: {}", difference(&exported, &twice)))
}

/// That parts can be added, changed and taken out, and that nothing else is touched.
fn is_edited(bill: &Bill, document: &Value) -> Result<(), String> {
    for kind in PartKind::ALL {
        let mut changed = bill.clone();
        let key = changed.add_part(kind, "new part");
        let is_there = changed.parts().iter().any(|part| part.key() == key && part.name() == "new part");
        holds(is_there, || format!("a new {} is not among the parts", kind.name()))?;
        let text = changed.text();
        holds(says_all_of(&json(&text)?, document), || format!("adding a {} loses something", kind.name()))?;
        let again = Bill::read(&text).map_err(|error| format!("with a new {} it is not read: {error}", kind.name()))?;
        holds(again == changed, || format!("with a new {} it is read as another", kind.name()))?;
        changed.remove_part(&key);
        let taken_back = without_empty(&json(&changed.text())?);
        let is_all = says_all_of(&taken_back, &without_empty(document));
        holds(is_all, || format!("taking out the new {} loses something else", kind.name()))?;
    }
    for part in bill.parts().iter().take(4) {
        for field in part.kind().fields() {
            let mut changed = bill.clone();
            let words = part.kind().fields().iter().find_map(|_| field.choices().last().copied()).unwrap_or("x");
            let after = part.clone().with(*field, words);
            if changed.set_part(part, &after).is_ok() {
                is_read_back(&changed, *field)?;
            }
        }
        let mut without = bill.clone();
        without.remove_part(part.key());
        Bill::read(&without.text()).map_err(|error| format!("without a part it is not read: {error}"))?;
    }
    Ok(())
}

fn is_read_back(changed: &Bill, field: PartField) -> Result<(), String> {
    let again = Bill::read(&changed.text());
    let again = again.map_err(|error| format!("after a change of {field:?} it is not read: {error}"))?;
    holds(again == *changed, || format!("after a change of {field:?} it is read as another"))
}

/// Merges three saves by the laws of the merge; those that do not open are left to [`open`].
pub fn merge(catalog: &Catalog, bytes: &[u8]) -> Result<Came, String> {
    let text = String::from_utf8_lossy(bytes);
    let saves: Vec<Loaded> =
        text.split(BETWEEN).filter_map(|text| Loaded::from_text(file(), text.to_owned(), catalog).ok()).collect();
    let [base, ours, theirs] = saves.as_slice() else { return Ok(format!("{} of 3 open", saves.len())) };
    let [base, ours, theirs] = [base, ours, theirs].map(|loaded| &loaded.assessment);
    let merged = |base, ours, theirs| merge::merge(base, ours, theirs).assessment;
    let law = |one: &Assessment, other: &Assessment, law: &str| {
        holds(one == other, || format!("{law}: {}", difference(&layout::print(one), &layout::print(other))))
    };
    law(&merged(base, ours, ours), ours, "both sides are the same")?;
    law(&merged(base, base, theirs), theirs, "only the second side changed")?;
    law(&merged(base, ours, base), ours, "only the first side changed")?;
    let both = merge::merge(base, ours, theirs);
    let mut stated = both.clone();
    stated.state_edition(&catalog.version, ours, theirs);
    let notes: Vec<String> = both.report.iter().map(ToString::to_string).collect();
    let is_disputed = both.is_disputed();
    let both = both.assessment;
    law(&both, &merged(base, theirs, ours), "commutative")?;
    law(&merged(base, &both, ours), &both, "idempotent with the first side")?;
    law(&merged(base, &both, theirs), &both, "idempotent with the second side")?;
    law(&merged(base, ours, &both), &both, "idempotent the other way round")?;
    is_kept(catalog, &stated.assessment)?;
    are_settled(&both)?;
    score::score(catalog, &both, day());
    Ok(format!("merged, {}: {}", if is_disputed { "disputed" } else { "agreed" }, shapes(notes.into_iter())))
}

/// That each dispute can be settled in each way and opened again.
fn are_settled(both: &Assessment) -> Result<(), String> {
    let by = |change| Edit { by: "Cem".into(), on: day(), at: None, change };
    let all = disputes(both);
    for dispute in all.iter().take(20) {
        holds(!dispute.options.is_empty(), || format!("nothing settles {}", dispute.place))?;
        for option in &dispute.options {
            let mut settled = both.clone();
            let undo = settled.apply(&by(option.change.clone()));
            holds(disputes(&settled).len() < all.len(), || format!("{} is not settled", dispute.place))?;
            settled.apply(&by(undo));
            holds(disputes(&settled) == all, || format!("{} is not opened again", dispute.place))?;
        }
    }
    Ok(())
}

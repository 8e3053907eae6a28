//! What holds for every export, whatever people wrote: equal bytes from equal input, nothing that the program which reads it
//! would obey, and every cell, event and file readable by a reader of that format.

mod documents;
mod events;
mod tables;

use std::path::Path;

use chrono::NaiveDate;

use crate::{
    content::builtin,
    exchange::{calendar, github, gitlab, jira, oscal},
    model::{
        action::{ActionRecord, ActionStatus},
        answer::{Answer, CheckAnswer, CheckResponse, LevelAnswer},
        assessment::Assessment,
        catalog::Catalog,
        evidence::Evidence,
        level::Level,
        reference::Reference,
    },
    plan::{PlanOptions, plan},
    report::Subject,
    score::{properties::catalog, score},
    store::Loaded,
};

/// Escape sequences, a direction override, markup of every kind, a formula, commands and mentions.
const HOSTILE: &str = "=HYPERLINK(\"http://x\";\"y\")\r\n/close\n/assign @all\r\n# x\u{1b}[31m\u{9b}2J\u{202e}\u{2066}<script>alert(1)</script>\
    [x](http://y) {html}z{html} [~ann] !i.png! \u{feff}\u{0}\\n;,:\t---\nEND:VCALENDAR\n漢字👩\u{200d}💻";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date in a test")
}

/// The day for which the example is written.
fn as_of() -> NaiveDate {
    day("2026-11-21")
}

fn with<T>(assessment: &Assessment, as_of: NaiveDate, export: impl FnOnce(&Subject) -> T) -> T {
    let catalog: &Catalog = catalog();
    let standing = score(catalog, assessment, as_of);
    let plan = plan(catalog, assessment, &standing, PlanOptions::default());
    export(&Subject { catalog, assessment, standing: &standing, plan: &plan })
}

fn empty() -> Assessment {
    Assessment::new("Acme pilot", "test", day("2026-01-01"))
}

fn example() -> Assessment {
    let text = include_str!("../../saves/example.ron").to_owned();
    let loaded = Loaded::from_text(Path::new("saves/example.ron"), text, &builtin::catalog());
    loaded.unwrap_or_else(|problems| panic!("{problems:?}")).assessment
}

/// Everything at the highest level, all checks yes, current evidence for all.
fn complete() -> Assessment {
    let mut assessment = empty();
    let requirements = catalog().requirements();
    for requirement in requirements.clone() {
        let mut answer = Answer::empty(requirement.id);
        answer.level = Some(LevelAnswer::Level(Level::OPTIMIZING));
        answer.checks =
            requirement.checks.iter().map(|check| CheckResponse::new(&*check.id, CheckAnswer::Yes)).collect();
        assessment.answers.insert(requirement.id, answer);
    }
    let all: Vec<Reference> = requirements.map(|requirement| requirement.id).collect();
    assessment.evidence = vec![Evidence::found_at("docs/all.md", day("2026-11-01"), "Ann", all, &[])];
    assessment
}

/// The example, in which every free text is hostile.
fn hostile() -> Assessment {
    let mut assessment = example();
    let bad = || HOSTILE.to_owned();
    assessment.name = bad();
    assessment.profile.organization = bad();
    assessment.profile.scope = bad();
    for system in &mut assessment.systems {
        (system.name, system.owner, system.purpose) = (bad(), HOSTILE.repeat(90), bad());
    }
    for evidence in &mut assessment.evidence {
        (evidence.title, evidence.location, evidence.owner) = (bad(), bad(), bad());
    }
    for answer in assessment.answers.values_mut() {
        (answer.owner, answer.note) = (bad(), bad());
        if let Some(exclusion) = &mut answer.exclusion {
            (exclusion.reason, exclusion.reference) = (bad(), bad());
        }
        answer.checks.iter_mut().filter(|check| !check.reason.is_empty()).for_each(|check| check.reason = bad());
    }
    let ids = with(&example(), as_of(), |subject| {
        subject.plan.steps.iter().map(|step| step.id.clone()).collect::<Vec<String>>()
    });
    assessment.actions = ids
        .iter()
        .enumerate()
        .map(|(index, id)| ActionRecord {
            status: if index % 5 == 0 { ActionStatus::Dropped } else { ActionStatus::InProgress },
            reason: bad(),
            owner: bad(),
            due: (index % 3 == 0).then_some(NaiveDate::MAX),
            ..ActionRecord::blank(id)
        })
        .collect();
    assessment.actions.sort_by(|a, b| a.action.cmp(&b.action));
    assessment
}

/// The assessments on which everything is tried, by name.
fn cases() -> [(&'static str, Assessment); 4] {
    [("empty", empty()), ("example", example()), ("complete", complete()), ("hostile", hostile())]
}

/// Every export as one text, by name.
fn exports(subject: &Subject) -> Vec<(&'static str, String)> {
    let files = github::export(subject);
    vec![
        ("jira", jira::export(subject)),
        ("gitlab", gitlab::export(subject)),
        ("github", files.iter().map(|(name, text)| format!("{name}\n{text}")).collect()),
        ("calendar", calendar::export(subject)),
        ("oscal results", oscal::assessment_results(subject)),
        ("oscal plan", oscal::action_plan(subject)),
    ]
}

#[test]
fn equal_input_gives_equal_bytes() {
    for (name, assessment) in cases() {
        let [first, second] = [0, 1].map(|_| with(&assessment.clone(), as_of(), exports));
        assert!(first == second, "{name}");
    }
}

#[test]
fn nothing_hidden_goes_out() {
    for (name, text) in with(&hostile(), as_of(), exports) {
        let hidden = text.chars().find(|c| *c != '\r' && *c != '\n' && crate::clean_text::hidden::is_hidden(*c));
        assert_eq!(hidden, None, "{name}");
    }
}

#[test]
fn our_own_words_claim_nothing() {
    for (name, assessment) in [("empty", empty()), ("example", example()), ("complete", complete())] {
        for (format, text) in with(&assessment, as_of(), exports) {
            for word in ["compliant", "certified", "audit-ready"] {
                assert!(!text.to_lowercase().contains(word), "{word} in {format} of {name}");
            }
        }
    }
}

#[test]
fn what_is_written_passes_its_check_and_a_torn_file_does_not() {
    use crate::exchange::{ExportFormat, Exported, export};
    let formats = [
        (ExportFormat::Jira, "Summ"),
        (ExportFormat::Gitlab, "title,description\n\"x"),
        (ExportFormat::Github, "---\ntitle: \"x\"\n"),
        (ExportFormat::Calendar, "BEGIN:VCALENDAR\r\nVERSION"),
        (ExportFormat::OscalResults, "{\"assessment-results\": "),
        (ExportFormat::OscalPlan, "{}"),
    ];
    for (format, torn) in formats {
        let checked = |bytes: &[u8]| format.check()(bytes);
        match with(&hostile(), as_of(), |subject| export(format, subject)) {
            Exported::File(bytes) => assert_eq!(checked(&bytes), Ok(()), "{format:?}"),
            Exported::Folder(files) => files.iter().for_each(|file| assert_eq!(checked(&file.bytes), Ok(()))),
        }
        assert!(checked(torn.as_bytes()).is_err(), "{format:?}");
        let is_of_actions = !matches!(format, ExportFormat::OscalResults | ExportFormat::OscalPlan);
        assert_eq!(with(&complete(), as_of(), |subject| format.objection(subject).is_some()), is_of_actions);
        assert_eq!(with(&empty(), as_of(), |subject| format.objection(subject)), None);
    }
}

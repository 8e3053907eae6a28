//! The self-assessment summary for somebody's procurement: on one page what was assessed, when, by whom, how far, and with what
//! result. It says first that nobody outside has checked it. Made anonymous, it holds nothing that anybody typed.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    impact::rating::SystemRating,
    model::{answer::Stamp, evidence::Freshness, exclusion::ExclusionBasis, level::ImpactLevel, reference::Reference},
    report::{
        Layout, Subject,
        figures::{CountedJson, CountsJson, RatioJson, ScopeJson, level_table, verdict_table, without_exclusions},
        json,
        line::{Line, Tone},
        page::{Page, PageFormat},
        soa::{self, Applicability},
        standing,
        table::{Column, Table},
        words,
    },
};

/// Whether names and everything else that people typed are said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// They are.
    Said,
    /// They are left out: names of the organization, of people and systems, the scope, reasons, notes, places of evidence.
    LeftOut,
}

/// The summary; `version` is that of the program.
pub fn render(subject: &Subject, names: Names, version: &str, format: PageFormat, layout: &Layout) -> String {
    let page = || page(subject, names, version);
    match (format, names) {
        (PageFormat::Text, _) => page().text(layout),
        (PageFormat::Markdown, _) => page().markdown(),
        (PageFormat::Html, _) => page().html(),
        (PageFormat::Json, Names::Said) => json::print(subject, "summary", body(subject, names, version)),
        (PageFormat::Json, Names::LeftOut) => {
            json::print_as(subject, ("", ""), "summary", body(subject, names, version))
        }
    }
}

/// What it is, in the first sentence.
const SELF_ASSESSED: &str = "This is a self-assessment: the organization answered the questions itself, and no third party has \
    checked the answers or the evidence.";

/// What stands for what is left out.
const LEFT_OUT: &str = "left out";

fn page(subject: &Subject, names: Names, version: &str) -> Page {
    let groups = standing::groups(subject.standing);
    let mut page = Page::titled(match names {
        Names::Said => format!("Self-assessment summary: {}", subject.assessment.name),
        Names::LeftOut => "Self-assessment summary".to_owned(),
    });
    page.paragraph(Line::toned(SELF_ASSESSED, Tone::Strong));
    page.fields(facts(subject, names, version));
    page.section("Result");
    page.fields(result(subject));
    page.table(level_table("Group", &groups));
    page.paragraph(without_exclusions(&groups));
    page.table(verdict_table("Group", &groups));
    exclusions(&mut page, subject, names);
    page.notice();
    page
}

fn facts<'a>(subject: &Subject, names: Names, version: &str) -> Vec<(&'a str, Line)> {
    let assessment = subject.assessment;
    let typed = |text: &str| match names {
        Names::Said if text.trim().is_empty() => Line::toned("not stated", Tone::Open),
        Names::Said => text.into(),
        Names::LeftOut => Line::toned(LEFT_OUT, Tone::Faint),
    };
    let systems = assessment.systems_in_scope().map(|system| system.name.as_str());
    let systems = match names {
        Names::Said => words::list(systems),
        Names::LeftOut => systems.count().to_string(),
    };
    let people = people(subject);
    let by = match names {
        Names::Said if people.is_empty() => Line::toned("not stated", Tone::Open),
        Names::Said => people.into_iter().collect::<Vec<_>>().join(", ").into(),
        Names::LeftOut => words::count(people.len(), "person", "people").into(),
    };
    vec![
        ("Organization", typed(&assessment.profile.organization)),
        ("Assessed against", "ISO/IEC 42001:2023, clauses 4 to 10 and Annex A".into()),
        ("Scope", typed(&assessment.profile.scope)),
        ("AI systems in scope", systems.into()),
        ("Highest impact level", highest_level(subject).into()),
        ("Assessed by", by),
        ("Answered", answered(subject).into()),
        ("As of", subject.standing.as_of.to_string().into()),
        ("Method", method(subject, version).into()),
    ]
}

/// Who is named in the team or under an answer.
fn people<'a>(subject: &Subject<'a>) -> BTreeSet<&'a str> {
    let team = subject.assessment.profile.team.iter().map(String::as_str);
    let people = team.chain(stamps(subject).map(|stamp| stamp.by.as_str()));
    people.filter(|name| !name.trim().is_empty()).collect()
}

fn stamps<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a Stamp> {
    subject.assessment.answers.values().filter_map(|answer| answer.changed.as_ref())
}

fn days(subject: &Subject) -> Option<(NaiveDate, NaiveDate)> {
    let days = || stamps(subject).map(|stamp| stamp.on);
    Some((days().min()?, days().max()?))
}

fn answered(subject: &Subject) -> String {
    let begun = subject.assessment.created;
    match days(subject) {
        Some((first, last)) if first == last => format!("on {last}, begun on {begun}"),
        Some((first, last)) => format!("from {first} to {last}, begun on {begun}"),
        None => format!("nothing yet, begun on {begun}"),
    }
}

fn highest(subject: &Subject) -> Option<ImpactLevel> {
    subject.standing.systems_in_scope().map(SystemRating::weighing_level).max()
}

fn highest_level(subject: &Subject) -> &'static str {
    highest(subject).map_or("no AI system is in scope", ImpactLevel::name)
}

fn method(subject: &Subject, version: &str) -> String {
    let edition = &subject.catalog.version;
    format!("aimscope {version}, questionnaires {edition}; levels 0 to 5 and verdicts are the tool's own")
}

fn result<'a>(subject: &Subject) -> Vec<(&'a str, Line)> {
    let standing = subject.standing;
    let because = standing::provisional_because(standing).into_iter().map(|(_, words)| words);
    let (current, all) = evidence(subject);
    let disputed = subject.assessment.disputed_places().len();
    vec![
        ("Status", words::status(&standing.whole)),
        ("Provisional because", because.collect::<Vec<_>>().join("; ").into()),
        ("Verdicts", standing::verdicts(standing)),
        ("Levels stated", words::of(standing.whole.levels).into()),
        ("Checks answered", words::of(standing.whole.checks).into()),
        ("Evidence", format!("{current} current of {}", words::count(all, "item", "items")).into()),
        ("Disputed", if disputed == 0 { Line::default() } else { disputed.to_string().into() }),
    ]
}

/// How many items of evidence are current, of all.
fn evidence(subject: &Subject) -> (usize, usize) {
    let items = &subject.assessment.evidence;
    let current = items.iter().filter(|item| item.freshness(subject.standing.as_of) == Freshness::Current);
    (current.count(), items.len())
}

fn exclusions(page: &mut Page, subject: &Subject, names: Names) {
    page.section("Exclusions");
    let entries = soa::entries(subject);
    let excluded = || entries.iter().filter(|entry| entry.applicability == Applicability::Excluded);
    let sentence = match excluded().count() {
        0 => format!("None of the {} controls of Annex A is excluded.", entries.len()),
        1 => format!("1 of the {} controls of Annex A is excluded; clauses can never be.", entries.len()),
        n => format!("{n} of the {} controls of Annex A are excluded; clauses can never be.", entries.len()),
    };
    page.paragraph(sentence);
    let mut columns = vec![Column::words("Id").key(), Column::words("Control").share(30).key(), Column::words("Basis")];
    if names == Names::Said {
        columns.push(Column::words("Reason").share(45));
    }
    let mut table = Table::new(columns);
    for entry in excluded() {
        let basis = entry.exclusion.and_then(|exclusion| exclusion.basis).map(ExclusionBasis::name).unwrap_or_default();
        let mut row = vec![Line::toned(entry.id.to_string(), Tone::Strong), entry.title.into(), basis.into()];
        if names == Names::Said {
            row.push(entry.exclusion.map(|exclusion| exclusion.reason.as_str()).unwrap_or_default().into());
        }
        table.push(row);
    }
    page.table(table);
}

#[derive(Serialize)]
struct Body<'a> {
    self_assessment: &'static str,
    anonymised: bool,
    standard: &'static str,
    scope: Option<&'a str>,
    systems_in_scope: usize,
    systems: Option<Vec<&'a str>>,
    highest_impact_level: Option<&'static str>,
    people: usize,
    assessed_by: Option<Vec<&'a str>>,
    begun: NaiveDate,
    first_answer: Option<NaiveDate>,
    last_answer: Option<NaiveDate>,
    method: String,
    status: Option<&'static str>,
    provisional: bool,
    provisional_because: Vec<&'static str>,
    counts: CountsJson,
    coverage: Option<RatioJson>,
    levels: CountedJson,
    checks: CountedJson,
    evidence_current: usize,
    evidence_items: usize,
    disputed: usize,
    groups: Vec<ScopeJson>,
    exclusions: Vec<ExclusionJson<'a>>,
}

#[derive(Serialize)]
struct ExclusionJson<'a> {
    id: Reference,
    title: &'a str,
    basis: Option<ExclusionBasis>,
    reason: Option<&'a str>,
}

fn body<'a>(subject: &Subject<'a>, names: Names, version: &str) -> Body<'a> {
    let (assessment, standing) = (subject.assessment, subject.standing);
    let is_said = names == Names::Said;
    let systems: Vec<&str> = assessment.systems_in_scope().map(|system| system.name.as_str()).collect();
    let people: Vec<&str> = people(subject).into_iter().collect();
    let (evidence_current, evidence_items) = evidence(subject);
    let excluded = soa::entries(subject).into_iter().filter(|entry| entry.applicability == Applicability::Excluded);
    let exclusions = excluded.map(|entry| ExclusionJson {
        id: entry.id,
        title: entry.title,
        basis: entry.exclusion.and_then(|exclusion| exclusion.basis),
        reason: entry.exclusion.map(|exclusion| exclusion.reason.as_str()).filter(|_| is_said),
    });
    Body {
        self_assessment: SELF_ASSESSED,
        anonymised: !is_said,
        standard: "ISO/IEC 42001:2023",
        scope: is_said.then_some(assessment.profile.scope.as_str()),
        systems_in_scope: systems.len(),
        systems: is_said.then_some(systems),
        highest_impact_level: highest(subject).map(ImpactLevel::name),
        people: people.len(),
        assessed_by: is_said.then_some(people),
        begun: assessment.created,
        first_answer: days(subject).map(|(first, _)| first),
        last_answer: days(subject).map(|(_, last)| last),
        method: method(subject, version),
        status: standing.whole.status.map(|status| status.id()),
        provisional: standing.whole.provisional,
        provisional_because: standing::provisional_because(standing).into_iter().map(|(id, _)| id).collect(),
        counts: (&standing.whole).into(),
        coverage: RatioJson::of(standing.lower_coverage()),
        levels: standing.whole.levels.into(),
        checks: standing.whole.checks.into(),
        evidence_current,
        evidence_items,
        disputed: assessment.disputed_places().len(),
        groups: standing::groups(standing).iter().map(ScopeJson::from).collect(),
        exclusions: exclusions.collect(),
    }
}

#[cfg(test)]
mod tests;

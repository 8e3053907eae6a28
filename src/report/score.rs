//! The score: the two groups and the categories, then every requirement with its verdict and what caps it.
//!
//! The groups are never blended into one figure (scoring rule 5), and a level never stands without its coverage.

mod requirement_json;

use std::borrow::Cow;

use serde::Serialize;

use crate::{
    compare::round,
    impact::rating::SystemRating,
    model::{catalog::Catalog, requirement::Requirement},
    report::{
        Format, Layout, Subject,
        figures::{CSV_HEADINGS, Scope, ScopeJson, csv_cells, level_table, verdict_table, without_exclusions},
        json,
        line::{Line, Tone},
        page::Page,
        score::requirement_json::RequirementJson,
        standing::{self, WholeJson},
        table::{Column, Table},
        trend, words,
    },
    score::{Standing, explain::requirement_why::level_in_words, requirement_score::RequirementScore},
};

/// The score in full. `warnings` are sentences of the caller about the file, such as an exclusion that is not in force.
pub fn render(subject: &Subject, warnings: &[String], format: Format, layout: &Layout) -> String {
    match format {
        Format::Text => page(subject, warnings).text(layout),
        Format::Markdown => page(subject, warnings).markdown(),
        Format::Csv => csv(subject),
        Format::Json => json::print(subject, "score", body(subject, warnings)),
    }
}

fn page(subject: &Subject, warnings: &[String]) -> Page {
    let mut page = Page::titled(format!("Score of {}", subject.assessment.name));
    summary(&mut page, subject, warnings);
    let numbers = numbers(subject.standing);
    let scopes = scopes(subject, &numbers);
    figures(&mut page, &scopes);
    remarks(&mut page, subject, &scopes);
    trend::section(
        &mut page,
        subject.catalog,
        round::trend(subject.catalog, subject.assessment, subject.standing).as_ref(),
    );
    page.section("Requirements");
    page.table(requirement_table(subject));
    page.notice();
    page
}

/// The head of a report on the whole: status, why it may move, verdicts, and warnings about the file.
pub(super) fn summary(page: &mut Page, subject: &Subject, warnings: &[String]) {
    let standing = subject.standing;
    let because: Vec<&str> = standing::provisional_because(standing).into_iter().map(|(_, words)| words).collect();
    page.fields(vec![
        ("Organization", subject.assessment.profile.organization.as_str().into()),
        ("Status", words::status(&standing.whole)),
        ("Provisional because", because.join("; ").into()),
        ("Disputed", words::disputed(subject.assessment).into()),
        ("As of", standing.as_of.to_string().into()),
        ("Questionnaires", subject.catalog.version.as_str().into()),
        ("Verdicts", standing::verdicts(standing)),
        (
            "Improvement points",
            format!(
                "{} (guidance that is open or not a plain yes; it changes no verdict)",
                standing.whole.improvement_points
            )
            .into(),
        ),
        ("Targets", raised_targets(subject).into()),
        ("Quick pass", standing::quick_pass(subject).into()),
    ]);
    if !warnings.is_empty() {
        page.section("Warnings");
        page.list(warnings.iter().map(|warning| warning.as_str().into()).collect());
    }
}

/// How many targets the impact level of a system raised (scoring rule 8), and which system; empty for none.
pub(super) fn raised_targets(subject: &Subject) -> String {
    let highest = subject.standing.systems_in_scope().map(SystemRating::weighing_level).max();
    let systems = subject.standing.systems_in_scope().filter(|system| Some(system.weighing_level()) == highest);
    let because = words::list(systems.map(level_in_words));
    match subject.standing.requirements.iter().filter(|score| score.is_applicable() && score.is_target_raised).count() {
        0 => String::new(),
        n => format!("{} raised by impact level: {because}", words::count(n, "target", "targets")),
    }
}

/// The levels and the verdicts of some scopes.
pub(super) fn figures(page: &mut Page, scopes: &[Scope]) {
    page.section("Levels");
    page.paragraph(LEVELS_EXPLAINED);
    page.table(level_table("Category", scopes));
    page.paragraph(without_exclusions(scopes));
    page.section("Verdicts");
    page.table(verdict_table("Category", scopes));
}

/// What the columns of the level table mean.
const LEVELS_EXPLAINED: &str = "Levels run from 0 to 5. Claimed is what the team says, credited what could be shown to an \
    auditor today. The range says where credited can still move while answers are missing, coverage how much weight has \
    a level, and the floor is the lowest credited level.";

/// The numbers of the categories as text, for [`scopes`].
pub(super) fn numbers(standing: &Standing) -> Vec<String> {
    standing.categories.iter().map(|(category, _)| category.to_string()).collect()
}

/// The two groups, then the categories.
pub(super) fn scopes<'a>(subject: &Subject<'a>, numbers: &'a [String]) -> Vec<Scope<'a>> {
    let standing = subject.standing;
    let categories = standing.categories.iter().zip(numbers).map(|((category, figures), number)| Scope {
        id: number,
        title: subject.catalog.category(*category).map(|category| category.title.as_str()).unwrap_or_default(),
        number,
        figures,
    });
    standing::groups(standing).into_iter().chain(categories).collect()
}

/// Many small gaps in one place, and levels that contradict their checks.
pub(super) fn remarks(page: &mut Page, subject: &Subject, scopes: &[Scope]) {
    let categories = subject.standing.categories.iter().zip(scopes.iter().filter(|scope| !scope.number.is_empty()));
    let many_gaps = categories.filter_map(|((category, figures), scope)| {
        let sentence = figures.many_minor_gaps(*category)?;
        Some(Line::toned(scope.title, Tone::Strong).and(format!(": {sentence}."), Tone::Plain))
    });
    let contradictions = subject.standing.requirements.iter().filter_map(|score| {
        let id = Line::toned(score.id.to_string(), Tone::Strong);
        let contradiction = score.contradiction?;
        Some(id.and(format!(" ({}): {}.", contradiction.name(), contradiction.advice()), Tone::Plain))
    });
    let remarks: Vec<Line> = many_gaps.chain(contradictions).collect();
    if !remarks.is_empty() {
        page.section("Worth a second look");
        page.list(remarks);
    }
}

fn requirement_table(subject: &Subject) -> Table {
    let mut table = Table::new(vec![
        Column::words("Id").key(),
        Column::words("Requirement").share(30).key(),
        Column::words("Verdict"),
        Column::figures("Claimed"),
        Column::figures("Credited"),
        Column::words("Remarks"),
    ]);
    for score in &subject.standing.requirements {
        table.push(vec![
            Line::toned(score.id.to_string(), Tone::Strong),
            title_of(subject.catalog, score).as_ref().into(),
            words::verdict(score),
            words::claimed(score).into(),
            words::level(score.credited).into(),
            words::remarks(score).into(),
        ]);
    }
    table
}

/// The title of a requirement that was scored.
pub(super) fn title_of<'a>(catalog: &'a Catalog, score: &RequirementScore) -> Cow<'a, str> {
    catalog.requirement(score.id).map(Requirement::full_title).unwrap_or_default()
}

/// Headings of the cells that only requirements have, behind those of a scope.
const REQUIREMENT_HEADINGS: [&str; 9] = [
    "verdict",
    "target",
    "target_raised",
    "shortfall",
    "capped_by",
    "evidence_current",
    "evidence_stale",
    "disputed",
    "by_proposal",
];

/// One row a group, category and requirement; the first column says which.
fn csv(subject: &Subject) -> String {
    let headings: Vec<&str> = ["kind"].into_iter().chain(CSV_HEADINGS).chain(REQUIREMENT_HEADINGS).collect();
    let mut table = Table::plain(&headings);
    let numbers = numbers(subject.standing);
    for scope in scopes(subject, &numbers) {
        let kind = if scope.number.is_empty() { "group" } else { "category" };
        let empty = REQUIREMENT_HEADINGS.map(|_| Line::default());
        table.push([kind.into()].into_iter().chain(csv_cells(&scope)).chain(empty).collect());
    }
    for score in &subject.standing.requirements {
        let row = requirement_cells(subject.catalog, score);
        table.push(headings.iter().map(|heading| row_cell(&row, heading)).collect());
    }
    table.csv()
}

fn row_cell(row: &[(&str, String)], heading: &str) -> Line {
    row.iter().find(|(name, _)| *name == heading).map(|(_, cell)| cell.as_str()).unwrap_or_default().into()
}

/// The cells of a requirement under their headings; the other columns stay empty.
fn requirement_cells<'a>(catalog: &Catalog, score: &RequirementScore) -> Vec<(&'a str, String)> {
    let level = |level: Option<crate::model::level::Level>| level.map(|level| level.to_string()).unwrap_or_default();
    let applicable = |text: String| if score.is_applicable() { text } else { String::new() };
    vec![
        ("kind", "requirement".to_owned()),
        ("id", score.id.to_string()),
        ("title", title_of(catalog, score).into_owned()),
        ("claimed", score.stated.map(|_| words::claimed(score)).unwrap_or_default()),
        ("credited", level(score.credited)),
        ("low", applicable(score.low.to_string())),
        ("high", applicable(score.high.to_string())),
        ("indicative", words::yes_no(score.judgement.indicative).to_owned()),
        ("improvement_points", applicable(score.improvement_points.to_string())),
        ("contradictions", applicable(usize::from(score.contradiction.is_some()).to_string())),
        ("checks_answered", applicable(score.checks.answered.to_string())),
        ("checks_total", applicable(score.checks.total.to_string())),
        ("verdict", score.judgement.verdict.name().to_owned()),
        ("target", applicable(score.target.to_string())),
        ("target_raised", applicable(words::yes_no(score.is_target_raised).to_owned())),
        ("shortfall", applicable(score.shortfall().to_string())),
        ("capped_by", words::binding_caps(score)),
        ("evidence_current", score.evidence.current.to_string()),
        ("evidence_stale", score.evidence.stale.to_string()),
        ("disputed", words::yes_no(score.is_disputed).to_owned()),
        ("by_proposal", words::yes_no(score.by_proposal).to_owned()),
    ]
}

/// All requirements in JSON.
pub(super) fn requirements_json<'a>(subject: &'a Subject) -> impl Serialize + use<'a> {
    requirement_json::all(subject)
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(flatten)]
    whole: WholeJson,
    warnings: &'a [String],
    groups: Vec<ScopeJson>,
    categories: Vec<ScopeJson>,
    requirements: Vec<RequirementJson<'a>>,
}

fn body<'a>(subject: &'a Subject, warnings: &'a [String]) -> Body<'a> {
    let numbers = numbers(subject.standing);
    let scopes = scopes(subject, &numbers);
    let (groups, categories): (Vec<&Scope>, Vec<&Scope>) = scopes.iter().partition(|scope| scope.number.is_empty());
    Body {
        whole: subject.into(),
        warnings,
        groups: groups.into_iter().map(ScopeJson::from).collect(),
        categories: categories.into_iter().map(ScopeJson::from).collect(),
        requirements: requirement_json::all(subject),
    }
}

#[cfg(test)]
mod tests;

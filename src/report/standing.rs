//! The standing in four entries, and a fifth when a system asks for attention: what is printed when the screen is left, and
//! the first actions of the plan below it.

use serde::Serialize;

use crate::{
    report::{
        Format, Layout, Subject,
        figures::{CSV_HEADINGS, CountedJson, CountsJson, Scope, ScopeJson, csv_cells},
        json,
        line::{FIXED_SPACE, Line, Tone},
        page::{Page, hanging},
        systems,
        table::Table,
        words,
    },
    score::{
        Standing,
        figures::{Figures, ScopeState},
        requirement_score::Counted,
    },
};

/// The standing: name, status and day; the two groups; the verdicts. In a quick pass also why *credited* is low.
pub fn render(subject: &Subject, format: Format, layout: &Layout) -> String {
    match format {
        Format::Text => text(subject, layout),
        Format::Markdown => markdown(subject),
        Format::Csv => csv(subject),
        Format::Json => json::print(subject, "standing", body(subject)),
    }
}

/// Actions of the plan that are printed when the screen is left.
const FIRST_ACTIONS: usize = 5;

/// The first actions of the plan as text, and how to see all of it. `file` is the save as the user would type it.
pub fn first_actions(subject: &Subject, file: &str, layout: &Layout) -> String {
    let steps = &subject.plan.steps;
    let mut lines: Vec<(&str, &str, Line)> = Vec::new();
    if steps.is_empty() {
        lines.push(("", "", "The plan has no open actions.".into()));
    } else {
        lines.push(("", "", Line::toned("First actions of the plan:", Tone::Strong)));
    }
    for step in steps.iter().take(FIRST_ACTIONS) {
        let work = words::person_days(step.effort.half_days());
        let due = Line::from(format!("by{FIXED_SPACE}{}: {} ({}, {work})", step.shown_due(), step.title, step.owner));
        lines.push(("- ", "  ", due));
    }
    if !steps.is_empty() {
        let all = match steps.len() {
            1 => "it in full".to_owned(),
            n => format!("all {n} actions"),
        };
        lines.push(("", "", format!("aimscope plan {file} prints {all}.").into()));
    }
    let lines = lines.iter().flat_map(|(first, rest, line)| hanging(first, rest, line, layout.columns(), layout.style));
    lines.map(|line| line + "\n").collect()
}

/// The two groups as scopes.
pub(super) fn groups(standing: &Standing) -> [Scope<'_>; 2] {
    let group = |id, title, figures| Scope { id, title, number: "", figures };
    [
        group("management_system", "Management system", &standing.management_system),
        group("controls", "Controls", &standing.controls),
    ]
}

/// Why the figures of the whole file may still move, as one word and in words; empty when they are settled.
pub(super) fn provisional_because(standing: &Standing) -> Vec<(&'static str, &'static str)> {
    let mut reasons: Vec<_> = standing.provisional.iter().map(|reason| (reason.id(), reason.name())).collect();
    if standing.whole.provisional && reasons.is_empty() {
        // With every check answered, only missing levels make a file incomplete or its coverage low.
        reasons.push(("LevelsMissing", "levels are missing"));
    }
    reasons
}

/// Wider than any line of the standing: each entry is one line, so that it reads the same from every terminal.
const UNWRAPPED: usize = 1_000;

fn text(subject: &Subject, layout: &Layout) -> String {
    let headline = hanging("", "", &headline(subject), UNWRAPPED, layout.style).join("\n");
    let mut page = Page::default();
    page.fields(entries(subject));
    let entries = page.text(&Layout { width: UNWRAPPED, ..*layout });
    let explained = hanging("", "", &quick_pass(subject).into(), layout.columns(), layout.style);
    let explained = explained.into_iter().filter(|line| !line.is_empty()).map(|line| line + "\n");
    format!("{headline}\n{entries}{}", explained.collect::<String>())
}

fn markdown(subject: &Subject) -> String {
    let mut page = Page::default();
    page.paragraph(headline(subject));
    page.fields(entries(subject));
    page.paragraph(quick_pass(subject));
    page.markdown()
}

fn headline(subject: &Subject) -> Line {
    let standing = subject.standing;
    Line::toned(&subject.assessment.name, Tone::Strong)
        .and(": ", Tone::Plain)
        .join(words::status(&standing.whole))
        .and(format!(", as of {}", standing.as_of), Tone::Plain)
}

fn entries<'a>(subject: &Subject<'a>) -> Vec<(&'a str, Line)> {
    let is_quick = subject.is_quick_pass();
    let [management_system, controls] = groups(subject.standing);
    vec![
        (management_system.title, group_line(management_system.figures, is_quick)),
        (controls.title, group_line(controls.figures, is_quick)),
        ("Verdicts", verdicts(subject.standing)),
        ("Disputed", words::disputed(subject.assessment).into()),
        (
            "AI systems",
            systems::attention(subject.catalog, subject.assessment, subject.standing).unwrap_or_default().into(),
        ),
    ]
}

/// The figures of a group in a line. In a quick pass *credited* is left to its own sentence.
fn group_line(figures: &Figures, is_quick: bool) -> Line {
    let state = match figures.state {
        ScopeState::NotApplicable | ScopeState::NotAssessed => figures.state.instead_of_figure().map(str::to_owned),
        ScopeState::NoLevelYet => Some(format!("no level yet, checks answered: {}", words::of(figures.checks))),
        ScopeState::Assessed => None,
    };
    let figure = |name: &str, value: Option<String>| Some(format!("{name}{FIXED_SPACE}{}", value?));
    let credited = figures.credited.zip(words::range(figures));
    let parts = [
        figure("claimed", figures.claimed.map(|ratio| ratio.to_string())),
        figure("credited", credited.filter(|_| !is_quick).map(|(credited, range)| format!("{credited} ({range})"))),
        figure("coverage", words::coverage(figures)),
        figure("floor", figures.floor.filter(|_| !is_quick).map(|(level, _)| level.to_string())),
    ];
    state.unwrap_or_else(|| parts.into_iter().flatten().collect::<Vec<_>>().join(", ")).into()
}

pub(super) fn verdicts(standing: &Standing) -> Line {
    let mut line = words::verdict_counts(&standing.whole);
    let indicative = standing.whole.indicative;
    if indicative > 0 {
        let verdicts = words::count(indicative, "verdict is", "verdicts are");
        line = line.and(format!("; {verdicts} indicative: checks are still open"), Tone::Plain);
    }
    line = line.and(format!("; shown so far: {}", words::of(shown(standing))), Tone::Plain);
    match standing.by_proposal() {
        0 => line,
        n => line.and(format!("; levels by proposal:{FIXED_SPACE}{n}"), Tone::Plain),
    }
}

/// How many of all requirements are shown; an exclusion never counts as fulfilled.
fn shown(standing: &Standing) -> Counted {
    Counted { answered: standing.shown(), total: standing.requirements.len() }
}

/// In a quick pass, why *credited* is not the headline; empty otherwise, and where there is no level yet.
pub(super) fn quick_pass(subject: &Subject) -> String {
    let credited = groups(subject.standing).into_iter().filter_map(|group| {
        let figure = words::assessed(group.figures, group.figures.credited)?;
        Some(format!("{figure} for the {}", group.title.to_lowercase()))
    });
    let credited: Vec<String> = credited.collect();
    if credited.is_empty() || !subject.is_quick_pass() {
        return String::new();
    }
    format!(
        "Credited, what could be shown to an auditor today, is {}: it stays at 2 or below until checks are answered and \
         evidence is attached.",
        credited.join(" and ")
    )
}

/// The two groups and the whole, which has counts and a status but no level.
fn csv(subject: &Subject) -> String {
    let standing = subject.standing;
    let whole = Figures {
        claimed: None,
        credited: None,
        low: None,
        high: None,
        without_exclusions: None,
        weight: 0,
        floor: None,
        ..standing.whole.clone()
    };
    let whole = Scope { id: "whole", title: "Whole", number: "", figures: &whole };
    let mut table = Table::plain(&CSV_HEADINGS);
    for scope in groups(standing).iter().chain([&whole]) {
        table.push(csv_cells(scope));
    }
    table.csv()
}

#[derive(Serialize)]
pub(super) struct Body {
    #[serde(flatten)]
    whole: WholeJson,
    groups: Vec<ScopeJson>,
}

pub(super) fn body(subject: &Subject) -> Body {
    Body { whole: subject.into(), groups: groups(subject.standing).iter().map(ScopeJson::from).collect() }
}

/// The whole in JSON: counts and status, never a level.
#[derive(Serialize)]
pub(super) struct WholeJson {
    status: Option<&'static str>,
    provisional: bool,
    provisional_because: Vec<&'static str>,
    quick_pass: bool,
    counts: CountsJson,
    indicative: usize,
    improvement_points: usize,
    contradictions: usize,
    by_proposal: usize,
    shown: ShownJson,
    levels: CountedJson,
    checks: CountedJson,
}

/// How many requirements are shown, of all in the catalogue.
#[derive(Serialize)]
struct ShownJson {
    requirements: usize,
    of: usize,
}

impl From<&Subject<'_>> for WholeJson {
    fn from(subject: &Subject) -> WholeJson {
        let standing = subject.standing;
        let whole = &standing.whole;
        WholeJson {
            status: whole.status.map(|status| status.id()),
            provisional: whole.provisional,
            provisional_because: provisional_because(standing).into_iter().map(|(id, _)| id).collect(),
            quick_pass: subject.is_quick_pass(),
            counts: whole.into(),
            indicative: whole.indicative,
            improvement_points: whole.improvement_points,
            contradictions: whole.contradictions,
            by_proposal: standing.by_proposal(),
            shown: ShownJson { requirements: standing.shown(), of: standing.requirements.len() },
            levels: whole.levels.into(),
            checks: whole.checks.into(),
        }
    }
}

#[cfg(test)]
mod tests;

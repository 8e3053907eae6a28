//! What the EU AI Act may ask: the path that was walked, the classes indicated, the roles, Article 27, and the duties by role.

use chrono::NaiveDate;

use crate::{
    impact::{
        duties::{BoundDuty, by_role},
        fria::{Fria, elements},
        path::{ClassFound, TrailStep},
        progress::{PromptState, state_of},
    },
    model::decision_path::{DutyDate, PathReply, PathStep},
    report::{
        impact::case::Case,
        line::{Line, Tone},
        page::{Entry, Page},
        table::{Column, Table},
        words,
    },
};

/// Whether the law's own impact assessment is due.
pub(super) fn needs_fria(case: &Case) -> bool {
    matches!(case.fria, Fria::Applies(_))
}

pub(super) fn add(page: &mut Page, case: &Case) {
    let path = case.path();
    page.section(path.title.as_str());
    page.paragraph(path.disclaimer.as_str());
    if case.rating.classes.trail.is_empty() {
        page.paragraph("The path has not been begun, so nothing is indicated yet.");
        page.paragraph(Line::toned(&path.acknowledgement, Tone::Faint));
        return;
    }
    classes(page, case);
    page.subsection("The path and its answers");
    page.entries(case.rating.classes.trail.iter().filter_map(|walked| step(case, walked)).collect());
    fria(page, case);
    duties(page, case);
    page.paragraph(Line::toned(&path.acknowledgement, Tone::Faint));
}

fn classes(page: &mut Page, case: &Case) {
    let (path, found) = (case.path(), &case.rating.classes);
    page.subsection("Classes indicated");
    let waiting = found.open.iter().chain(&found.also_open).filter_map(|id| path.step(id));
    page.list(waiting.map(|step| Line::toned(format!("Still open: {}", step.question), Tone::Open)).collect());
    let classes = found.found(path);
    if classes.is_empty() {
        page.paragraph("None so far.");
    }
    page.entries(classes.iter().map(|class| class_entry(case, class)).collect());
    let roles = found.roles(path);
    let roles = roles.map(|roles| roles.iter().map(|id| path.role_name(id)).collect::<Vec<_>>().join(", "));
    page.fields(vec![("Our roles in the Act", roles.unwrap_or_else(|| "not said yet".to_owned()).into())]);
}

fn class_entry(case: &Case, found: &ClassFound) -> Entry {
    let class = case.path().class(&found.id);
    let references =
        if found.references.is_empty() { String::new() } else { format!(" ({})", found.references.join(", ")) };
    let tone = if class.is_some_and(|class| class.banned) { Tone::Major } else { Tone::Strong };
    let name = class.map_or(found.id.as_str(), |class| &class.name);
    let means = class.map(|class| class.means.as_str()).filter(|means| !means.is_empty()).map(Line::from);
    let from = found.from.map(|day| Line::from(format!("From {}.", moved(day, found.was))));
    Entry { name: Line::toned(format!("{name}{references}"), tone), said: means.into_iter().chain(from).collect() }
}

/// A day, with the one before the amendment where that moved it.
fn moved(day: NaiveDate, was: Option<NaiveDate>) -> String {
    was.map_or_else(|| day.to_string(), |was| format!("{day} (moved, before: {was})"))
}

fn step(case: &Case, walked: &TrailStep) -> Option<Entry> {
    let path = case.path();
    let step: &PathStep = path.step(&walked.step)?;
    let answer = case.system.eu_act.iter().find(|answer| answer.step == walked.step);
    // What was picked says more than a yes.
    let is_plain = walked.picks.is_empty() || !walked.is_yes;
    let reply = is_plain.then(|| reply(walked, answer.map(|answer| answer.answer)).into());
    let mut said: Vec<Line> = reply.into_iter().collect();
    let picks = walked.picks.iter().map(|id| match step.option(id) {
        None => Line::from(format!("{id} (not in the catalogue)")),
        Some(option) if option.reference.is_empty() => option.name.as_str().into(),
        Some(option) => format!("{}: {}", option.reference, option.name).into(),
    });
    said.extend(picks);
    let reason = answer.map(|answer| answer.reason.trim()).filter(|reason| !reason.is_empty());
    said.extend(reason.map(|reason| Line::from(format!("Reason: {reason}"))));
    let adds: Vec<&str> = walked.adds.iter().filter_map(|id| Some(path.class(id)?.name.as_str())).collect();
    if !adds.is_empty() {
        said.push(format!("Indicates: {}.", adds.join("; ")).into());
    }
    let refs = words::list(&step.refs);
    let refs = if refs.is_empty() { refs } else { format!(" ({refs})") };
    Some(Entry { name: Line::toned(&step.question, Tone::Strong).and(refs, Tone::Plain), said })
}

fn reply(walked: &TrailStep, answer: Option<PathReply>) -> &'static str {
    match (answer, walked.is_yes) {
        (Some(PathReply::Unknown), _) => "Nobody knows yet.",
        (Some(PathReply::Yes | PathReply::No) | None, true) => "Yes.",
        (Some(PathReply::Yes | PathReply::No) | None, false) => "No.",
    }
}

/// Whether Article 27 applies, and which sections of this assessment answer its elements already.
fn fria(page: &mut Page, case: &Case) {
    let (path, rule) = (case.path(), &case.path().fria);
    page.subsection("Fundamental rights impact assessment (Article 27)");
    page.paragraph(case.fria.sentence(path));
    if !needs_fria(case) {
        return;
    }
    page.paragraph(rule.when.as_str());
    let mut table = Table::new(vec![
        Column::words("Element").key(),
        Column::words("What belongs there").share(40),
        Column::words("Answered in").share(25),
        Column::words("Still open").share(25),
    ]);
    let is_answered = |prompt: &_| state_of(prompt, case.system, case.rating) == PromptState::Answered;
    for cover in elements(path, case.form(), is_answered) {
        let prompts = |of: fn(&crate::impact::fria::SectionCover<'_>) -> usize| {
            let sections = cover.sections.iter().filter(|section| of(section) > 0);
            words::list(sections.map(|section| format!("{} ({})", section.section.id, of(section))))
        };
        table.push(vec![
            cover.element.id.as_str().into(),
            cover.element.name.as_str().into(),
            prompts(|section| section.answered.len()).into(),
            Line::toned(prompts(|section| section.open.len()), Tone::Open),
        ]);
    }
    page.paragraph("Sections of this assessment that answer its elements, with the number of prompts:");
    page.table(table);
    page.paragraph(rule.data_protection.as_str());
    page.paragraph(rule.difference.as_str());
}

fn duties(page: &mut Page, case: &Case) {
    let path = case.path();
    for (role, bound) in by_role(path, &case.duties) {
        let (may, must): (Vec<_>, Vec<_>) = bound.into_iter().partition(|bound| bound.duty.voluntary);
        page.subsection(format!("Duties as {}", path.role_name(role)));
        page.entries(must.into_iter().map(duty).collect());
        if !may.is_empty() {
            page.subsection(format!("What you may do as {}", path.role_name(role)));
            page.entries(may.into_iter().map(duty).collect());
        }
    }
    if !case.duties.is_empty() {
        page.subsection("About the dates");
        page.paragraph(path.date_note.as_str());
        page.paragraph(path.legacy.as_str());
    }
}

fn duty(bound: &BoundDuty) -> Entry {
    let duty = bound.duty;
    let mut said: Vec<Line> = vec![duty.summary.as_str().into()];
    said.extend(bound.dates.iter().map(|date| date_line(date, duty.uncertain)));
    if !duty.change.is_empty() {
        said.push(format!("Changed in 2026: {}", duty.change).into());
    }
    if !duty.evidence.is_empty() {
        said.push(format!("Usually shown by: {}.", words::list(&duty.evidence)).into());
    }
    Entry { name: Line::toned(format!("{} {}", duty.article, duty.title), Tone::Strong), said }
}

/// "From 2027-12-02 (moved, before: 2026-08-02), uncertain: high-risk under Annex III."
pub(in crate::report) fn date_line(date: &DutyDate, is_uncertain: bool) -> Line {
    let line = Line::from(format!("From {}", moved(date.day, date.was)));
    let line = if is_uncertain { line.and(", uncertain", Tone::Open) } else { line };
    line.and(format!(": {}.", date.scope), Tone::Plain)
}

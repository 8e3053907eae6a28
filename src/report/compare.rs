//! Two rounds side by side: what differs, and how much of it comes from answers, from weights and from the age of evidence.

mod compare_json;
#[cfg(test)]
mod tests;

use crate::{
    compare::{
        Comparison, Round, ScopeChange, Shift,
        requirement_change::RequirementChange,
        round::{self, Trend},
    },
    model::level::Level,
    report::{
        Format, Layout, Subject, json,
        line::{Line, Tone},
        notice,
        page::Page,
        table::{Column, Table},
        trend, words,
    },
    score::{credit::EvidenceCount, figures::Figures, ratio::Ratio, requirement_score::RequirementScore},
};

/// The comparison of an older round with the newer one, which is the subject.
pub fn render(subject: &Subject, comparison: &Comparison, format: Format, layout: &Layout) -> String {
    let trend = round::trend(subject.catalog, subject.assessment, subject.standing);
    match format {
        Format::Text => page(subject, comparison, trend.as_ref()).text(layout),
        Format::Markdown => page(subject, comparison, trend.as_ref()).markdown(),
        Format::Csv => csv(subject, comparison),
        Format::Json => json::print(subject, "compare", compare_json::body(comparison, trend.as_ref())),
    }
}

/// What the columns of a difference mean.
const SPLIT_EXPLAINED: &str = "The older round is scored again in steps. Weights: what changes when today's AI systems weigh \
    on it. Age: what changes when its evidence is as old as it is today. Answers: the rest, that is, what was answered, \
    excluded or shown since. The three add up to the difference exactly; each is rounded once.";

fn page(subject: &Subject, comparison: &Comparison, trend: Option<&Trend>) -> Page {
    let Comparison { before, after, remarks, .. } = comparison;
    let mut page = Page::titled(format!("From {} to {}", before.name, after.name));
    let to_confirm = match after.to_confirm {
        0 => String::new(),
        count => format!("{count} answers of the newer round; they count meanwhile"),
    };
    page.fields(vec![
        ("Older", round_words(before).into()),
        ("Newer", round_words(after).into()),
        ("Status", changed_line(words::status(&comparison.whole.before), words::status(&comparison.whole.after))),
        ("To re-confirm", to_confirm.into()),
        ("Questionnaires", subject.catalog.version.as_str().into()),
    ]);
    page.list(remarks.iter().map(|remark| Line::toned(remark.words(), Tone::Minor)).collect());
    if comparison.is_empty() {
        page.paragraph("Nothing differs.");
    } else {
        verdicts(&mut page, comparison);
    }
    levels(&mut page, subject, comparison);
    requirements(&mut page, subject, comparison);
    evidence(&mut page, comparison);
    plan(&mut page, comparison);
    trend::section(&mut page, subject.catalog, trend);
    page.section("Notice");
    page.paragraph(notice::NOTICE);
    page
}

fn round_words(round: &Round) -> String {
    let organization = match round.organization.as_str() {
        "" => String::new(),
        name => format!(" of {name}"),
    };
    format!("{}{organization}, as of {}, last changed {}", round.name, round.on, round.last_changed)
}

/// A state then and now; once where they are the same.
fn changed(before: impl ToString, after: impl ToString) -> String {
    let (before, after) = (before.to_string(), after.to_string());
    if before == after { after } else { format!("{before} -> {after}") }
}

fn changed_line(before: Line, after: Line) -> Line {
    if before == after { after } else { before.and(" -> ", Tone::Plain).join(after) }
}

fn signed(number: i64) -> String {
    if number > 0 { format!("+{number}") } else { number.to_string() }
}

fn verdicts(page: &mut Page, comparison: &Comparison) {
    let mut table = Table::new(vec![
        Column::words("Verdict").key(),
        Column::figures("Older"),
        Column::figures("Newer"),
        Column::figures("By answers"),
        Column::figures("By age"),
    ]);
    for change in comparison.whole.verdicts.iter().filter(|change| change.before + change.after > 0) {
        table.push(vec![
            Line::toned(change.verdict.name(), words::tone_of(change.verdict)),
            change.before.to_string().into(),
            change.after.to_string().into(),
            signed(change.by_answers).into(),
            signed(change.by_age).into(),
        ]);
    }
    page.section("Verdicts");
    page.paragraph("How many requirements have each verdict. Weights change no verdict.");
    page.table(table);
}

fn levels(page: &mut Page, subject: &Subject, comparison: &Comparison) {
    if comparison.changed_scopes().next().is_none() {
        return;
    }
    page.section("Levels");
    page.paragraph(SPLIT_EXPLAINED);
    let mut table = Table::new(vec![
        Column::words("Category").share(26).key(),
        Column::words("Claimed"),
        Column::words("Credited"),
        Column::figures("Difference"),
        Column::figures("Answers"),
        Column::figures("Weights"),
        Column::figures("Age"),
        Column::words("Status").share(24),
    ]);
    for change in comparison.changed_scopes() {
        let ScopeChange { scope, before, after, claimed, credited } = change;
        let part = |part: fn(&crate::compare::Split) -> String| {
            credited.split.as_ref().map_or(words::NOTHING.to_owned(), part).into()
        };
        table.push(vec![
            scope.name(subject.catalog).into(),
            figure(before, after, *claimed).into(),
            figure(before, after, *credited).into(),
            part(|split| split.total.to_string()),
            part(|split| split.answers.to_string()),
            part(|split| split.weights.to_string()),
            part(|split| split.age.to_string()),
            changed_line(words::status(before), words::status(after)),
        ]);
    }
    page.table(table);
    let claimed = claimed_by_weights(subject, comparison);
    if !claimed.is_empty() {
        page.paragraph(format!("Claimed levels that weights alone moved: {claimed}."));
    }
}

/// The claimed figures that today's weights changed; evidence does not touch them.
fn claimed_by_weights(subject: &Subject, comparison: &Comparison) -> String {
    let moved = comparison.scopes.iter().filter_map(|change| {
        let split = change.claimed.split.filter(|split| !split.weights.is_none())?;
        Some(format!("{} {}", change.scope.name(subject.catalog), split.weights))
    });
    words::list(moved)
}

fn figure(before: &Figures, after: &Figures, shift: Shift) -> String {
    let one = |figures: &Figures, ratio: Option<Ratio>| words::figure(figures, ratio);
    changed(one(before, shift.before), one(after, shift.after))
}

fn requirements(page: &mut Page, subject: &Subject, comparison: &Comparison) {
    let mut table = Table::new(vec![
        Column::words("Id").key(),
        Column::words("Requirement").share(24).key(),
        Column::words("Claimed"),
        Column::words("Credited"),
        Column::words("Verdict").share(26),
        Column::words("Evidence").share(20),
        Column::words("By"),
    ]);
    for change in comparison.changed_requirements() {
        let title = subject.catalog.requirement(change.id).map(|requirement| requirement.full_title().to_string());
        let level = |level: Option<Level>| words::level(level);
        table.push(vec![
            Line::toned(change.id.to_string(), Tone::Strong),
            title.unwrap_or_default().into(),
            changed(words::claimed(&change.before), words::claimed(&change.after)).into(),
            changed(level(change.before.credited), level(change.after.credited)).into(),
            changed_line(verdict(&change.before), verdict(&change.after)),
            changed(evidence_words(change.before.evidence), evidence_words(change.after.evidence)).into(),
            why(change).into(),
        ]);
    }
    if !table.is_empty() {
        page.section("Requirements");
        page.table(table);
    }
}

fn evidence_words(count: EvidenceCount) -> String {
    match (count.current, count.stale) {
        (0, 0) => "none".to_owned(),
        (current, 0) => format!("{current} current"),
        (0, stale) => format!("{stale} stale"),
        (current, stale) => format!("{current} current, {stale} stale"),
    }
}

/// What a change of a requirement comes from.
fn why(change: &RequirementChange) -> &'static str {
    match (change.is_answered(), change.is_aged()) {
        (true, true) => "answers, age",
        (true, false) => "answers",
        (false, _) => "age",
    }
}

/// A verdict as it stands in a comparison, marked while open checks could still change it.
fn verdict(score: &RequirementScore) -> Line {
    let verdict = score.judgement.verdict;
    let mark = if score.judgement.indicative { " (indicative)" } else { "" };
    Line::toned(verdict.name(), words::tone_of(verdict)).and(mark, Tone::Plain)
}

fn evidence(page: &mut Page, comparison: &Comparison) {
    if comparison.evidence.is_empty() {
        return;
    }
    page.section("Evidence");
    let item = |change: &crate::compare::requirement_change::EvidenceChange| {
        Line::from(format!("{}: {}", change.title, change.what.name()))
    };
    page.list(comparison.evidence.iter().map(item).collect());
}

fn plan(page: &mut Page, comparison: &Comparison) {
    let plan = &comparison.plan;
    if plan.is_empty() {
        return;
    }
    page.section("Plan");
    let load = |load: crate::plan::Workload| {
        format!("{}, {}", words::count(load.actions, "action", "actions"), words::person_days(load.half_days))
    };
    let day = |day: Option<chrono::NaiveDate>| day.map_or("nothing to do".to_owned(), |day| day.to_string());
    page.fields(vec![
        ("Work left", changed(load(plan.before), load(plan.after)).into()),
        ("Finish", changed(day(plan.finish_before), day(plan.finish_after)).into()),
    ]);
    if !plan.gone.is_empty() {
        page.subsection(format!("No longer in the plan: {}", plan.gone.len()));
        page.list(plan.gone.iter().map(|gone| format!("{} ({})", gone.action.title, gone.why.name()).into()).collect());
    }
    if !plan.new.is_empty() {
        page.subsection(format!("New in the plan: {}", plan.new.len()));
        page.list(plan.new.iter().map(|action| action.title.as_str().into()).collect());
    }
}

/// One row for the whole, each group, category and requirement, those in which nothing changed included.
fn csv(subject: &Subject, comparison: &Comparison) -> String {
    let mut table = Table::plain(&[
        "kind",
        "id",
        "title",
        "claimed_older",
        "claimed_newer",
        "credited_older",
        "credited_newer",
        "difference",
        "by_answers",
        "by_weights",
        "by_age",
        "verdict_or_status_older",
        "verdict_or_status_newer",
        "evidence_current_older",
        "evidence_current_newer",
        "changed",
    ]);
    let text = |text: String| Line::from(text);
    for change in &comparison.scopes {
        let kind = match change.scope {
            crate::compare::Scope::ManagementSystem | crate::compare::Scope::Controls => "group",
            crate::compare::Scope::Category(_) => "category",
        };
        let ratio = |ratio: Option<Ratio>| Line::from(ratio.map(|ratio| ratio.to_string()).unwrap_or_default());
        let part = |part: fn(&crate::compare::Split) -> String| {
            Line::from(change.credited.split.as_ref().map(part).unwrap_or_default())
        };
        let status =
            |figures: &Figures| Line::from(figures.status.map(|status| status.name()).unwrap_or("not applicable"));
        table.push(vec![
            kind.into(),
            text(change.scope.id()),
            text(change.scope.name(subject.catalog)),
            ratio(change.claimed.before),
            ratio(change.claimed.after),
            ratio(change.credited.before),
            ratio(change.credited.after),
            part(|split| split.total.to_string()),
            part(|split| split.answers.to_string()),
            part(|split| split.weights.to_string()),
            part(|split| split.age.to_string()),
            status(&change.before),
            status(&change.after),
            Line::default(),
            Line::default(),
            words::yes_no(change.is_changed()).into(),
        ]);
    }
    for change in &comparison.requirements {
        let level = |level: Option<Level>| Line::from(level.map(|level| level.to_string()).unwrap_or_default());
        let stated =
            |score: &RequirementScore| Line::from(score.stated.map(|_| words::claimed(score)).unwrap_or_default());
        let part = |part: Option<i8>| Line::from(part.map(|part| signed(i64::from(part))).unwrap_or_default());
        let title = subject.catalog.requirement(change.id).map(|requirement| requirement.full_title().to_string());
        table.push(vec![
            "requirement".into(),
            text(change.id.to_string()),
            text(title.unwrap_or_default()),
            stated(&change.before),
            stated(&change.after),
            level(change.before.credited),
            level(change.after.credited),
            part(change.credited.map(|split| split.total)),
            part(change.credited.map(|split| split.answers)),
            part(change.credited.map(|_| 0)),
            part(change.credited.map(|split| split.age)),
            change.before.judgement.verdict.name().into(),
            change.after.judgement.verdict.name().into(),
            text(change.before.evidence.current.to_string()),
            text(change.after.evidence.current.to_string()),
            words::yes_no(change.is_changed()).into(),
        ]);
    }
    table.csv()
}

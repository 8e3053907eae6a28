//! The findings: every requirement under its verdict, with what is missing, what holds its level, and what the team noted.

use crate::{
    model::{answer::CheckState, exclusion::ExclusionBasis},
    report::{
        Subject,
        line::{Line, Tone},
        page::{Entry, Page},
        score, words,
    },
    score::{
        explain::requirement_why::{CheckWhy, RequirementWhy},
        requirement_score::RequirementScore,
        verdict::Verdict,
    },
};

pub(super) fn page(subject: &Subject) -> Page {
    let mut page = Page::titled(format!("Findings of {}", subject.assessment.name));
    page.fields(vec![
        ("As of", subject.standing.as_of.to_string().into()),
        ("Verdicts", words::verdict_counts(&subject.standing.whole)),
    ]);
    page.paragraph(INDICATIVE);
    for verdict in Verdict::ALL {
        let with_it = subject.standing.requirements.iter().filter(|score| score.judgement.verdict == verdict);
        let scores: Vec<&RequirementScore> = with_it.collect();
        if scores.is_empty() {
            continue;
        }
        page.section(format!("{} ({})", heading(verdict), scores.len()));
        page.paragraph(meaning(verdict));
        page.entries(scores.into_iter().filter_map(|score| entry(subject, score)).collect());
    }
    page
}

/// What the mark on a verdict means.
const INDICATIVE: &str = "A verdict is indicative while open checks can still change it.";

const fn heading(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::MajorGap => "Major gaps",
        Verdict::MinorGap => "Minor gaps",
        Verdict::Undetermined => "Undetermined",
        Verdict::NotShown => "Not shown",
        Verdict::Conforming => "Conforming",
        Verdict::NotApplicable => "Not applicable",
    }
}

/// What a verdict says.
const fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::MajorGap => "Something that the clause or control stands on is missing.",
        Verdict::MinorGap => "Part of what is asked for is missing.",
        Verdict::Undetermined => "Nobody can tell yet: answers are missing.",
        Verdict::NotShown => "It is said to be there, and nothing current shows it yet.",
        Verdict::Conforming => "All checks are yes, and current evidence is attached.",
        Verdict::NotApplicable => "Controls that the organization leaves out, with its reasons.",
    }
}

fn entry(subject: &Subject, score: &RequirementScore) -> Option<Entry> {
    let why = RequirementWhy::new(subject.catalog, subject.assessment, subject.standing, score.id)?;
    let answer = subject.assessment.answer(score.id);
    let mut said: Vec<Line> = Vec::new();
    match score.judgement.verdict {
        Verdict::NotApplicable => said.extend(why.exclusion.as_ref().map(|exclusion| {
            let basis = exclusion.basis.map(ExclusionBasis::name).unwrap_or_default();
            Line::from(format!("{basis}: {}", exclusion.reason))
        })),
        Verdict::Conforming => said.push(levels(score)),
        Verdict::MajorGap | Verdict::MinorGap | Verdict::Undetermined | Verdict::NotShown => {
            said.push(levels(score));
            said.push(format!("Because {}.", why.rule_in_words()).into());
            said.extend(missing(subject, &why));
        }
    }
    let caps = words::binding_caps(score);
    if !caps.is_empty() {
        said.push(format!("Held at {} because {caps}.", words::level(score.credited)).into());
    }
    said.extend(
        score.contradiction.map(|contradiction| Line::from(format!("To look at: {}.", contradiction.advice()))),
    );
    said.extend(evidence(subject, score));
    let of = |text: &str, name: &str| {
        (!text.trim().is_empty()).then(|| Line::toned(format!("{name}: "), Tone::Plain).and(text, Tone::Faint))
    };
    said.extend(answer.and_then(|answer| of(&answer.owner, "Owner")));
    said.extend(answer.and_then(|answer| of(&answer.note, "Note")));
    Some(Entry { name: name(subject, score), said })
}

fn name(subject: &Subject, score: &RequirementScore) -> Line {
    let title = score::title_of(subject.catalog, score);
    Line::toned(format!("{} {title}: ", score.id), Tone::Strong).join(words::verdict(score))
}

fn levels(score: &RequirementScore) -> Line {
    let target = format!("target {}", score.target);
    match score.credited {
        Some(credited) => format!("Claimed {}, credited {credited}, {target}.", words::claimed(score)).into(),
        None => format!("No level, {target}.").into(),
    }
}

/// The checks that are answered and stand in the way, in full; those that nobody answered yet are only counted.
fn missing(subject: &Subject, why: &RequirementWhy) -> Vec<Line> {
    let (not_asked, said): (Vec<&CheckWhy>, Vec<&CheckWhy>) =
        why.concerned.iter().partition(|check| check.state == CheckState::Unanswered);
    let mut lines: Vec<Line> = said.into_iter().map(|check| question(subject, why, check)).collect();
    if !not_asked.is_empty() {
        let checks = words::count(not_asked.len(), "check is", "checks are");
        lines.push(format!("{checks} not answered yet.").into());
    }
    lines
}

/// `no (critical): Have you ...? Still open: ...`
fn question(subject: &Subject, why: &RequirementWhy, check: &CheckWhy) -> Line {
    let tone = match (check.state, check.critical) {
        (CheckState::No, true) => Tone::Major,
        (CheckState::No | CheckState::Partly, _) => Tone::Minor,
        (CheckState::Unknown | CheckState::Unanswered, _) => Tone::Open,
        (CheckState::Absent | CheckState::Yes, _) => Tone::Plain,
    };
    let critical = if check.critical { " (critical)" } else { "" };
    let line = Line::toned(check.state.name(), tone).and(format!("{critical}: {}", check.text), Tone::Plain);
    let parts = open_parts(subject, why, check);
    if parts.is_empty() { line } else { line.and(format!(" Still open: {}.", words::list(parts)), Tone::Plain) }
}

/// The parts of a check of which somebody said that they are still open.
fn open_parts<'a>(subject: &Subject<'a>, why: &RequirementWhy, check: &CheckWhy) -> Vec<&'a str> {
    let asked = subject.catalog.requirement(why.score.id).and_then(|requirement| requirement.check(&check.id));
    let response = subject.assessment.answer(why.score.id).and_then(|answer| answer.check(&check.id));
    let (Some(asked), Some(response)) = (asked, response) else { return Vec::new() };
    let part = |number: &u8| asked.parts.get(usize::from(*number).checked_sub(1)?).map(|part| part.as_str());
    if check.state == CheckState::Partly { response.open_parts.iter().filter_map(part).collect() } else { Vec::new() }
}

fn evidence(subject: &Subject, score: &RequirementScore) -> Option<Line> {
    let items: Vec<String> =
        subject.assessment.evidence_for(score.id).map(|item| words::evidence(item, subject.standing.as_of)).collect();
    (!items.is_empty()).then(|| format!("Evidence: {}.", words::list(items)).into())
}

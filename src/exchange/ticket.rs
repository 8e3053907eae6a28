//! A ticket: one action of the plan in the words that the people who do it need. Ticket systems differ only in how it is written.

use chrono::NaiveDate;

use crate::{
    exchange::wording::{capital, effort, levels, one_line, provisional, sentence, verdict},
    model::{
        action::{ActionStatus, Effort},
        reference::Reference,
        requirement::Requirement,
    },
    plan::{
        select::{Cause, Reason},
        step::{Step, Wave},
    },
    report::Subject,
};

/// The longest title, in characters: one less than what Jira and GitLab take.
const LONGEST_TITLE: usize = 254;
/// The longest name of a person or role, in characters.
const LONGEST_NAME: usize = 200;
/// The longest paragraph, in characters; the texts of the catalogue are far below it.
const LONGEST_PARAGRAPH: usize = 2_000;

/// One action of the plan as a ticket.
#[derive(Clone, Debug)]
pub(super) struct Ticket {
    /// The id of the action, stable from export to export.
    pub(super) id: String,
    /// The work in a few words, on one line.
    pub(super) title: String,
    /// Its place in the plan, from 1.
    pub(super) order: usize,
    /// The wave.
    pub(super) wave: Wave,
    /// How urgent it is.
    pub(super) priority: Priority,
    /// The first day of work on it.
    pub(super) start: NaiveDate,
    /// The day by which it is due: the agreed one, or the computed one.
    pub(super) due: NaiveDate,
    /// How much work it is.
    pub(super) effort: Effort,
    /// Who does it: a name, or the usual role.
    pub(super) owner: String,
    /// Where the work stands.
    pub(super) status: ActionStatus,
    /// The requirements that it serves.
    pub(super) requirements: Vec<Reference>,
    /// The ids of the tickets that it waits for.
    pub(super) after: Vec<String>,
    /// What it is about, part by part.
    pub(super) sections: Vec<Section>,
}

/// How urgent a ticket is, in the three words that every ticket system knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Priority {
    /// It removes what makes a major gap, or supplies a missing document.
    High,
    /// It closes other gaps.
    Medium,
    /// It only lifts beyond level 3.
    Low,
}

impl Priority {
    fn of(wave: Wave) -> Priority {
        match wave {
            Wave::Unblock => Priority::High,
            Wave::QuickWins | Wave::CloseGaps => Priority::Medium,
            Wave::RaiseToTarget => Priority::Low,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Priority::High => "High",
            Priority::Medium => "Medium",
            Priority::Low => "Low",
        }
    }
}

/// A part of a description: a heading with paragraphs or points under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// The heading.
    pub(super) heading: &'static str,
    /// What stands under it.
    pub(super) blocks: Vec<Block>,
}

/// A piece of text on one line, not yet in any markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph.
    Paragraph(String),
    /// A point of a list.
    Point(String),
}

impl Block {
    fn paragraph(text: &str) -> Block {
        Block::Paragraph(one_line(text, LONGEST_PARAGRAPH))
    }

    fn point(text: &str) -> Block {
        Block::Point(one_line(text, LONGEST_PARAGRAPH))
    }
}

impl Ticket {
    /// Words to find it by: no spaces, at most 50 characters each.
    pub(super) fn labels(&self) -> Vec<String> {
        let mut categories: Vec<Reference> = self.requirements.iter().map(|id| id.category()).collect();
        categories.dedup();
        let group = |id: Reference| if id.is_control() { format!("annex-{id}") } else { format!("clause-{id}") };
        let fixed = [
            "iso42001".to_owned(),
            format!("wave-{}", self.wave.number()),
            format!("priority-{}", self.priority.name().to_lowercase()),
        ];
        fixed.into_iter().chain(categories.into_iter().map(group)).collect()
    }

    /// The parts under these headings.
    pub(super) fn parts(&self, headings: &[&str]) -> Vec<Section> {
        self.sections.iter().filter(|section| headings.contains(&section.heading)).cloned().collect()
    }

    /// The work in hours, eight to a person-day.
    pub(super) fn hours(&self) -> u32 {
        self.effort.half_days() * 4
    }

    /// The wave with its number: `0 Unblock`.
    pub(super) fn wave_name(&self) -> String {
        format!("{} {}", self.wave.number(), self.wave.name())
    }
}

/// The open actions of the plan as tickets, in its order.
pub(super) fn tickets(subject: &Subject) -> Vec<Ticket> {
    subject.plan.steps.iter().enumerate().map(|(index, step)| ticket(subject, index + 1, step)).collect()
}

fn ticket(subject: &Subject, order: usize, step: &Step) -> Ticket {
    let served: Vec<&Requirement> = step.serves.iter().filter_map(|id| subject.catalog.requirement(*id)).collect();
    let mut ticket = Ticket {
        id: step.id.clone(),
        title: one_line(&step.title, LONGEST_TITLE),
        order,
        wave: step.wave,
        priority: Priority::of(step.wave),
        start: step.start,
        due: step.shown_due(),
        effort: step.effort,
        owner: one_line(&step.owner, LONGEST_NAME),
        status: step.status,
        requirements: step.serves.clone(),
        after: step.after.clone(),
        sections: Vec::new(),
    };
    let section = |heading, blocks| Section { heading, blocks };
    ticket.sections = vec![
        section("Why", why(subject, &served)),
        section("What to do", what_to_do(step)),
        section("Requirement", served.iter().map(|requirement| about(requirement)).collect()),
        section("Done when", done_when(subject, step)),
        section("Evidence expected", evidence(&served)),
        section("Planning", planning(subject, step, &ticket)),
    ];
    ticket.sections.retain(|section| !section.blocks.is_empty());
    ticket
}

/// How the requirements stand that it serves, and what goes wrong without them.
fn why(subject: &Subject, served: &[&Requirement]) -> Vec<Block> {
    let stands = |requirement: &&Requirement| {
        let score = subject.standing.requirement(requirement.id)?;
        let contradiction =
            score.contradiction.map(|found| format!(" {}", sentence(&capital(found.advice())))).unwrap_or_default();
        let (verdict, levels) = (verdict(score), levels(score));
        let text = format!("{}: {verdict}; {levels}.{contradiction} {}", requirement.id, requirement.why_it_matters);
        Some(Block::point(&text))
    };
    served.iter().filter_map(stands).collect()
}

fn what_to_do(step: &Step) -> Vec<Block> {
    vec![Block::paragraph(&step.task), Block::paragraph(&format!("Result: {}", sentence(&step.deliverable)))]
}

fn about(requirement: &Requirement) -> Block {
    Block::point(&format!("{} {}: {}", requirement.id, requirement.full_title(), requirement.intent))
}

/// By what one sees that it is done, reason by reason.
fn done_when(subject: &Subject, step: &Step) -> Vec<Block> {
    let result = format!("There is: {}", sentence(&step.deliverable));
    let reasons = step.reasons.iter().flat_map(|reason| done(subject, reason));
    std::iter::once(result).chain(reasons).map(|text| Block::point(&text)).collect()
}

fn done(subject: &Subject, reason: &Reason) -> Vec<String> {
    let id = reason.requirement;
    let Some(requirement) = subject.catalog.requirement(id) else { return Vec::new() };
    let question = |check: &str| {
        let text = requirement.check(check).map_or(check, |check| &*check.text);
        format!("{text} ({id}/{check})")
    };
    match &reason.cause {
        Cause::Closes(closed) => {
            let look_for = requirement.check(&closed.check).map(|check| format!(" To show: {}", check.look_for));
            let open = open_parts(subject, requirement, &closed.check);
            vec![format!("Yes to: {}{open}{}", question(&closed.check), look_for.unwrap_or_default())]
        }
        Cause::Lifts { to, .. } => {
            vec![format!("{id} is at level {to} {}: {}", to.name(), requirement.ladder.rung(*to))]
        }
        Cause::Evidence => vec![format!("{id}: the evidence register has a dated, current item for it.")],
        Cause::Ask { level, checks } => {
            let level = level.then(|| format!("{id}: a level is picked."));
            let checks = checks.iter().map(|check| format!("Answered: {}", question(check)));
            level.into_iter().chain(checks).collect()
        }
        Cause::System => Vec::new(),
    }
}

/// Which parts of a check are open, where it was answered with partly.
fn open_parts(subject: &Subject, requirement: &Requirement, check: &str) -> String {
    let response = subject.assessment.answer(requirement.id).and_then(|answer| answer.check(check));
    let (Some(response), Some(check)) = (response, requirement.check(check)) else { return String::new() };
    let part = |number: &u8| check.parts.get(usize::from(*number).checked_sub(1)?).map(|part| part.to_string());
    let open: Vec<String> = response.open_parts.iter().filter_map(part).collect();
    if open.is_empty() { String::new() } else { format!(" Still open: {}.", open.join("; ")) }
}

/// What an auditor asks to see, each thing once.
fn evidence(served: &[&Requirement]) -> Vec<Block> {
    let mut points: Vec<Block> = Vec::new();
    for text in served.iter().flat_map(|requirement| &requirement.evidence) {
        let point = Block::point(text);
        if !points.contains(&point) {
            points.push(point);
        }
    }
    points
}

fn planning(subject: &Subject, step: &Step, ticket: &Ticket) -> Vec<Block> {
    let agreed = if step.agreed_due.is_some() { " (agreed)" } else { "" };
    let title = |id: &String| subject.plan.step(id).map_or(id.clone(), |step| format!("{} ({id})", step.title));
    let after: Vec<String> = step.after.iter().map(title).collect();
    let facts = [
        ("Owner", ticket.owner.clone()),
        ("Start", step.start.to_string()),
        ("Due", format!("{}{agreed}", ticket.due)),
        ("Effort", effort(step.effort)),
        ("Wave", ticket.wave_name()),
        ("Priority", format!("{}; number {} in the plan", ticket.priority.name(), ticket.order)),
        ("Status", step.status.name().to_owned()),
        ("Waits for", after.join("; ")),
        ("Action id", step.id.clone()),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let mut blocks: Vec<Block> = facts.map(|(name, value)| Block::point(&format!("{name}: {value}"))).collect();
    let from = format!(
        "From the self-assessment {} as of {}, planned with aimscope.",
        one_line(&subject.assessment.name, LONGEST_NAME),
        subject.standing.as_of
    );
    blocks.push(Block::paragraph(&from));
    blocks.extend(provisional(subject.standing).map(|text| Block::paragraph(&text)));
    blocks
}

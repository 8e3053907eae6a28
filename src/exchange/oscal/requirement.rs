//! What is said of one requirement: an observation for the answers, a finding for the verdict, a risk for a gap.

use std::collections::BTreeSet;

use iri_string::types::UriStr;
use serde_json::{Value, json};

use crate::{
    exchange::{
        ids::Ids,
        oscal::fields::{blocks, instant, line, nearest_instant, objective_id, paragraph, points, property},
        wording::{capital, levels, sentence, verdict},
    },
    model::{
        action::ActionStatus,
        answer::{Answer, CheckState},
        evidence::{Evidence, Freshness},
        exclusion::Exclusion,
        level::Level,
        reference::Reference,
        requirement::{Check, CheckKind, Requirement},
    },
    plan::{PassedStep, step::Step},
    report::Subject,
    score::{requirement_score::RequirementScore, verdict::Verdict},
};

/// What makes observations, findings and risks of requirements.
#[derive(Clone, Copy)]
pub(super) struct Requirements<'a> {
    pub(super) subject: &'a Subject<'a>,
    pub(super) ids: Ids,
}

/// A requirement with its score.
#[derive(Clone, Copy)]
pub(super) struct Scored<'a> {
    pub(super) requirement: &'a Requirement,
    pub(super) score: &'a RequirementScore,
}

impl Scored<'_> {
    fn title(&self) -> String {
        format!("{} {}", self.requirement.id, self.requirement.full_title())
    }

    fn is_gap(&self) -> bool {
        matches!(self.score.judgement.verdict, Verdict::MajorGap | Verdict::MinorGap)
    }
}

impl<'a> Requirements<'a> {
    /// All requirements in natural order, excluded ones included.
    pub(super) fn all(self) -> impl Iterator<Item = Scored<'a>> {
        let scored = move |requirement: &'a Requirement| {
            Some(Scored { requirement, score: self.subject.standing.requirement(requirement.id)? })
        };
        self.subject.catalog.requirements().filter_map(scored)
    }

    /// Those among them that actions of the plan serve.
    pub(super) fn served(self) -> impl Iterator<Item = Scored<'a>> {
        let plan = self.subject.plan;
        let steps = plan.steps.iter().flat_map(|step| &step.serves);
        let passed = plan.passed.iter().flat_map(|step| &step.serves);
        let served: BTreeSet<Reference> = steps.chain(passed).copied().collect();
        self.all().filter(move |scored| served.contains(&scored.requirement.id))
    }

    /// The id of the observation of a requirement.
    pub(super) fn observation_id(self, id: Reference) -> String {
        self.ids.id("observation", &id.to_string())
    }

    /// The id of its finding; excluded controls have none.
    pub(super) fn finding_id(self, id: Reference) -> Option<String> {
        let score = self.subject.standing.requirement(id)?;
        score.is_applicable().then(|| self.ids.id("finding", &id.to_string()))
    }

    /// The id of its risk; only gaps have one.
    pub(super) fn risk_id(self, id: Reference) -> Option<String> {
        let requirement = self.subject.catalog.requirement(id)?;
        let scored = Scored { requirement, score: self.subject.standing.requirement(id)? };
        scored.is_gap().then(|| self.ids.id("risk", &id.to_string()))
    }

    /// What was said about a requirement, and what lies on the table for it.
    pub(super) fn observation(self, scored: Scored) -> Value {
        let Scored { requirement, score } = scored;
        let (id, as_of) = (requirement.id, self.subject.standing.as_of);
        let answer = self.subject.assessment.answer(id);
        let exclusion = self.subject.assessment.exclusion_in_force(id);
        let evidence = self.subject.assessment.evidence_for(id);
        let changed = answer.and_then(|answer| answer.changed.as_ref()).map_or(as_of, |stamp| stamp.on);
        json!({
            "uuid": self.observation_id(id),
            "title": line(&scored.title()),
            "description": match exclusion {
                Some(exclusion) => Value::String(paragraph(&excluded(exclusion))),
                None => blocks([paragraph(&stands(score)), checks(requirement, answer)]),
            },
            "props": self.facts(scored),
            "methods": [if answer.is_some() { "INTERVIEW" } else { "UNKNOWN" }],
            "types": ["control-objective"],
            "relevant-evidence": evidence.map(|item| self.evidence(item)).collect::<Vec<Value>>(),
            "collected": nearest_instant(changed),
            "remarks": self.remarks(scored),
        })
    }

    /// The verdict and the levels as properties.
    fn facts(self, Scored { requirement, score }: Scored) -> Vec<Value> {
        let number = |level: Option<Level>| level.map(|level| level.to_string()).unwrap_or_default();
        let yes = |is: bool| if is { "yes" } else { "" };
        let exclusion = self.subject.assessment.exclusion_in_force(requirement.id);
        let is_to_review = exclusion.is_some_and(|found| self.subject.assessment.is_exclusion_to_review(found));
        vec![
            property("verdict", score.judgement.verdict.id()),
            property("indicative", yes(score.judgement.indicative)),
            property("disputed", yes(score.is_disputed)),
            property("excluded", yes(exclusion.is_some())),
            property("exclusion-to-review", yes(is_to_review)),
            property("level-by-proposal", yes(score.by_proposal)),
            property("claimed-level", &number(score.claimed())),
            property("credited-level", &number(score.credited)),
            property("target-level", &score.target.to_string()),
        ]
    }

    /// What a reader has to know before relying on it.
    fn remarks(self, Scored { requirement, score }: Scored) -> Value {
        let answer = self.subject.assessment.answer(requirement.id);
        let objection = answer
            .and_then(|answer| answer.exclusion.as_ref()?.objection(requirement.id))
            .map(|objection| format!("An exclusion is stated and not in force: {objection}."));
        let exclusion = self.subject.assessment.exclusion_in_force(requirement.id);
        let is_to_review = exclusion.is_some_and(|found| self.subject.assessment.is_exclusion_to_review(found));
        let said = |is: bool, text: &str| if is { paragraph(text) } else { String::new() };
        blocks([
            said(answer.is_some(), "The answers are statements of the team itself; nobody else examined the evidence."),
            said(answer.is_none(), "Nobody has said anything about this requirement yet."),
            said(score.is_disputed, "People disagree on an answer; the more careful value counts until it is settled."),
            said(score.judgement.indicative, "Checks are still open and could change the verdict."),
            said(score.by_proposal, "The level was taken over from a proposal of the program."),
            said(is_to_review, "The exclusion was decided under other roles or AI systems and is to be reviewed."),
            objection.map(|text| paragraph(&text)).unwrap_or_default(),
            score.contradiction.map(|found| paragraph(&sentence(&capital(found.advice())))).unwrap_or_default(),
        ])
    }

    fn evidence(self, item: &Evidence) -> Value {
        let freshness = match item.freshness(self.subject.standing.as_of) {
            Freshness::Current => "current",
            Freshness::Stale => "stale",
            Freshness::Future => "not there yet",
        };
        let link = web_link(&item.location);
        let date = item.date.map_or("undated".to_owned(), |date| date.to_string());
        json!({
            "href": link,
            "description": paragraph(&format!("{} ({date}, {freshness})", item.title)),
            "props": [
                property("evidence-id", &item.id),
                property("kind", item.kind.name()),
                property("freshness", freshness),
                property("location", if link.is_none() { &item.location } else { "" }),
            ],
        })
    }

    /// The verdict on an applicable requirement; nothing for an excluded control.
    pub(super) fn finding(self, scored: Scored) -> Option<Value> {
        let Scored { requirement, score } = scored;
        let id = requirement.id;
        let (state, reason, remark) = status(score.judgement.verdict)?;
        Some(json!({
            "uuid": self.finding_id(id)?,
            "title": line(&format!("{}: {}", scored.title(), verdict(score))),
            "description": paragraph(&stands(score)),
            "props": self.facts(scored),
            "target": {
                "type": "objective-id",
                "target-id": objective_id(id),
                "title": line(&scored.title()),
                "status": { "state": state, "reason": reason, "remarks": paragraph(remark) },
            },
            "related-observations": [{ "observation-uuid": self.observation_id(id) }],
            "related-risks": self.risk_id(id).map(|risk| json!([{ "risk-uuid": risk }])),
            "remarks": self.remarks(scored),
        }))
    }

    /// The risk of a gap, with the actions that remedy it where `with_actions`; nothing where there is no gap.
    pub(super) fn risk(self, scored: Scored, with_actions: bool) -> Option<Value> {
        let Scored { requirement, score } = scored;
        let id = requirement.id;
        let answer = self.subject.assessment.answer(id);
        let steps: Vec<&Step> = self.subject.plan.steps.iter().filter(|step| step.serves.contains(&id)).collect();
        let deadline = steps.iter().map(|step| step.shown_due()).max().and_then(instant);
        let remediations: Vec<Value> = steps.iter().map(|step| self.remediation(id, step)).collect();
        Some(json!({
            "uuid": self.risk_id(id)?,
            "title": line(&format!("{} in {}", capital(&verdict(score)), scored.title())),
            "description": blocks([paragraph(&stands(score)), points(self.accepted(id)), checks(requirement, answer)]),
            "statement": paragraph(&requirement.why_it_matters),
            "props": self.facts(scored),
            "status": "open",
            "deadline": deadline,
            "remediations": if with_actions { remediations } else { Vec::new() },
            "related-observations": [{ "observation-uuid": self.observation_id(id) }],
        }))
    }

    /// The actions that were given up: their gap stays, as accepted by the team.
    fn accepted(self, id: Reference) -> Vec<String> {
        let passed = self.subject.plan.passed.iter();
        let dropped = passed.filter(|step| step.record.status == ActionStatus::Dropped && step.serves.contains(&id));
        let words = |step: &PassedStep| {
            let reason = if step.record.reason.trim().is_empty() { "no reason given" } else { &step.record.reason };
            format!("Accepted by the team: the action {} was given up. Reason: {}", step.title, sentence(reason))
        };
        dropped.map(words).collect()
    }

    fn remediation(self, id: Reference, step: &Step) -> Value {
        let name = format!("{id}/{}", step.id);
        json!({
            "uuid": self.ids.id("remediation", &name),
            "lifecycle": "planned",
            "title": line(&step.title),
            "description": paragraph(&step.task),
            "props": [property("action-id", &step.id)],
            "tasks": [{
                "uuid": self.ids.id("task", &name),
                "type": "milestone",
                "title": line(&step.deliverable),
                "timing": instant(step.shown_due()).map(|due| json!({ "on-date": { "date": due } })),
            }],
        })
    }
}

/// State and reason of a verdict as OSCAL says them, and what that means here; nothing for an excluded control.
const fn status(verdict: Verdict) -> Option<(&'static str, &'static str, &'static str)> {
    match verdict {
        Verdict::Conforming => {
            Some(("satisfied", "pass", "All checks are answered with yes, and current evidence is attached."))
        }
        Verdict::MajorGap => Some(("not-satisfied", "fail", "Something that the requirement stands on is missing.")),
        Verdict::MinorGap => Some(("not-satisfied", "fail", "Part of what the requirement asks for is missing.")),
        Verdict::NotShown => {
            Some(("not-satisfied", "other", "It is said to be in place, and no current evidence shows it."))
        }
        Verdict::Undetermined => {
            Some(("not-satisfied", "other", "Not determined: too little is known to say whether anything is missing."))
        }
        Verdict::NotApplicable => None,
    }
}

/// Verdict and levels in a sentence.
fn stands(score: &RequirementScore) -> String {
    format!("Verdict of the self-assessment: {}; {}.", verdict(score), levels(score))
}

/// The exclusion of a control in sentences.
fn excluded(exclusion: &Exclusion) -> String {
    let basis = exclusion.basis.map_or("none", |basis| basis.name());
    let mut text = format!("The control is excluded. Basis: {basis}. Reason: {}", sentence(&exclusion.reason));
    for (name, words) in
        [("Reference", &exclusion.reference), ("Although a clause asks for it", &exclusion.override_note)]
    {
        if !words.trim().is_empty() {
            text.push_str(&format!(" {name}: {}", sentence(words)));
        }
    }
    text
}

/// Every check with its answer.
fn checks(requirement: &Requirement, answer: Option<&Answer>) -> String {
    let said = |check: &Check| {
        let kind = match check.kind {
            CheckKind::Requirement => "",
            CheckKind::Guidance => " (guidance, never a gap)",
        };
        format!("{} {}{kind}", check.text, CheckState::of(answer, check).name())
    };
    points(requirement.checks.iter().map(said))
}

/// A location that is a link to the web.
fn web_link(location: &str) -> Option<&str> {
    let link = UriStr::new(location).ok()?;
    matches!(link.scheme_str(), "http" | "https").then_some(location)
}

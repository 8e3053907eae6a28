//! One control in the statement of applicability: what was decided on it, and what has to be said about that.

use crate::{
    model::{
        answer::{Answer, CheckAnswer},
        evidence::{Evidence, Freshness},
        exclusion::{Exclusion, ExclusionBasis, mirroring_clause, needs_override},
        level::Level,
        reference::Reference,
        requirement::Requirement,
    },
    report::{Subject, words},
    score::requirement_score::RequirementScore,
};

/// A control in the statement.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The control.
    pub id: Reference,
    /// Its title.
    pub title: &'a str,
    /// What was decided.
    pub applicability: Applicability,
    /// Why it applies, as far as the assessment knows; nothing for controls that do not.
    pub inclusion: Option<String>,
    /// The exclusion recorded, in force or not.
    pub exclusion: Option<&'a Exclusion>,
    /// Whether roles or systems have changed since an exclusion in force was decided.
    pub is_to_review: bool,
    /// What has to be said about the decision, in sentences without an end mark.
    pub remarks: Vec<String>,
    /// Who answers for it; empty for nobody.
    pub owner: &'a str,
    /// The evidence attached, what is current first, items dated later included.
    pub evidence: Vec<&'a Evidence>,
    /// Its score.
    pub score: &'a RequirementScore,
}

/// What was decided on a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// It applies: something is answered, and no exclusion is in force.
    Applies,
    /// An exclusion is in force.
    Excluded,
    /// Neither answered nor decided; scored as applicable.
    Undecided,
}

impl Applicability {
    /// All states, in the order of reports.
    pub const ALL: [Applicability; 3] = [Applicability::Applies, Applicability::Excluded, Applicability::Undecided];

    /// The state in words.
    pub const fn name(self) -> &'static str {
        match self {
            Applicability::Applies => "applies",
            Applicability::Excluded => "excluded",
            Applicability::Undecided => "undecided",
        }
    }

    /// The state as one word, as JSON carries it.
    pub const fn id(self) -> &'static str {
        match self {
            Applicability::Applies => "Applies",
            Applicability::Excluded => "Excluded",
            Applicability::Undecided => "Undecided",
        }
    }
}

impl Entry<'_> {
    /// Whether it is excluded although a clause asks for the same.
    pub fn is_override(&self) -> bool {
        self.applicability == Applicability::Excluded && needs_override(self.id)
    }

    /// Whether it applies and nothing in the assessment says why.
    pub fn lacks_inclusion_reason(&self) -> bool {
        self.applicability == Applicability::Applies && self.inclusion.is_none()
    }

    /// Basis, reason and reference of an exclusion in force, or the reason for inclusion; then the remarks.
    pub fn justification(&self) -> String {
        let in_force = self.exclusion.filter(|_| self.applicability == Applicability::Excluded);
        let decision = in_force.map(|exclusion| {
            let basis = exclusion.basis.map(ExclusionBasis::name).unwrap_or_default();
            let reference = exclusion.reference.trim();
            let reference = if reference.is_empty() { String::new() } else { format!(" ({reference})") };
            format!("{basis}: {}{reference}", words::without_full_stop(&exclusion.reason))
        });
        let missing = self.lacks_inclusion_reason().then(|| "reason for inclusion missing".to_owned());
        decision
            .into_iter()
            .chain(self.inclusion.clone())
            .chain(missing)
            .chain(self.remarks.iter().cloned())
            .collect::<Vec<_>>()
            .join("; ")
    }
}

/// All controls of the catalogue, in natural order.
pub fn entries<'a>(subject: &Subject<'a>) -> Vec<Entry<'a>> {
    let (catalog, standing) = (subject.catalog, subject.standing);
    let controls = catalog.requirements().filter(|requirement| requirement.id.is_control());
    let scored = controls.filter_map(|control| Some((control, standing.requirement(control.id)?)));
    scored.map(|(control, score)| entry(subject, control, score)).collect()
}

fn entry<'a>(subject: &Subject<'a>, control: &'a Requirement, score: &'a RequirementScore) -> Entry<'a> {
    let assessment = subject.assessment;
    let answer = assessment.answer(control.id);
    let exclusion = answer.and_then(|answer| answer.exclusion.as_ref());
    let in_force = assessment.exclusion_in_force(control.id);
    let is_answered = answer.is_some_and(|answer| answer.level.is_some() || !answer.checks.is_empty());
    let applicability = match (in_force, is_answered) {
        (Some(_), _) => Applicability::Excluded,
        (None, true) => Applicability::Applies,
        (None, false) => Applicability::Undecided,
    };
    let mut evidence: Vec<&Evidence> = assessment.evidence_for(control.id).collect();
    evidence.sort_by_key(|item| item.freshness(subject.standing.as_of) != Freshness::Current);
    let is_to_review = in_force.is_some_and(|exclusion| assessment.is_exclusion_to_review(exclusion));
    Entry {
        id: control.id,
        title: &control.title,
        applicability,
        inclusion: answer.filter(|_| applicability == Applicability::Applies).and_then(inclusion),
        exclusion,
        is_to_review,
        remarks: exclusion.map(|exclusion| remarks(control.id, exclusion, is_to_review)).unwrap_or_default(),
        owner: answer.map(|answer| answer.owner.as_str()).unwrap_or_default(),
        evidence,
        score,
    }
}

/// Why a control applies: a clause asks for the same, or it is in use by its answers.
fn inclusion(answer: &Answer) -> Option<String> {
    if let Some(clause) = mirroring_clause(answer.requirement) {
        return Some(format!("clause {clause} asks for the same"));
    }
    let level = answer.claimed().filter(|level| *level > Level::ABSENT);
    let is_there = |answer: CheckAnswer| matches!(answer, CheckAnswer::Yes | CheckAnswer::Partly);
    let is_in_use = answer.checks.iter().any(|response| is_there(response.answer));
    match level {
        Some(level) => Some(format!("in use at level {level}")),
        None => is_in_use.then(|| "in use by its checks".to_owned()),
    }
}

fn remarks(id: Reference, exclusion: &Exclusion, is_to_review: bool) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some(objection) = exclusion.objection(id) {
        remarks.push(format!("an exclusion is recorded and not in force: {objection}"));
    }
    if exclusion.basis == Some(ExclusionBasis::Role) && exclusion.reference.trim().is_empty() {
        remarks.push("an auditor expects a risk-assessment reference".to_owned());
    }
    if is_to_review {
        remarks.push("to review: roles or systems have changed since".to_owned());
    }
    remarks
}

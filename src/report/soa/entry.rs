//! One control in the statement of applicability: what was decided on it, and what has to be said about that.

use crate::{
    impact::drivers::{ProposedDriver, proposed_drivers},
    model::{
        answer::{Answer, CheckAnswer},
        assessment::Assessment,
        evidence::{Evidence, Freshness},
        exclusion::{Exclusion, ExclusionBasis, needs_override},
        inclusion::{Driver, Inclusion, OwnControl},
        level::Level,
        reference::Reference,
        requirement::Requirement,
    },
    report::{Subject, words},
    score::requirement_score::RequirementScore,
};

pub use crate::model::statement::Applicability;

/// What stands where a control is for every system.
const ALL_SYSTEMS: &str = "all systems";

/// A control in the statement.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The control.
    pub id: Reference,
    /// Its title.
    pub title: &'a str,
    /// What was decided.
    pub applicability: Applicability,
    /// Why it applies: the reason stated, or that a clause asks for the same; nothing for controls that do not apply.
    pub inclusion: Option<String>,
    /// A reason that the answers suggest and nobody has stated.
    pub suggestion: Option<String>,
    /// All that is stated about its inclusion.
    pub said: Option<&'a Inclusion>,
    /// What it applies to, in words; empty for controls that do not apply.
    pub applies_to: String,
    /// The drivers that answers elsewhere suggest and nobody has stated.
    pub proposed_drivers: Vec<ProposedDriver>,
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

impl<'a> Entry<'a> {
    /// Whether it is excluded although a clause asks for the same.
    pub fn is_override(&self) -> bool {
        self.applicability == Applicability::Excluded && needs_override(self.id)
    }

    /// Whether it applies and nobody has said why.
    pub fn lacks_inclusion_reason(&self) -> bool {
        self.applicability == Applicability::Applies && self.inclusion.is_none()
    }

    /// What is stated about its inclusion, where it applies.
    pub fn in_use(&self) -> Option<&'a Inclusion> {
        self.said.filter(|_| self.applicability == Applicability::Applies)
    }

    /// Basis, reason and reference of an exclusion in force, or reason and driver of the inclusion; then the remarks.
    pub fn justification(&self) -> String {
        let in_force = self.exclusion.filter(|_| self.applicability == Applicability::Excluded);
        let decision = in_force.map(|exclusion| {
            let basis = exclusion.basis.map(ExclusionBasis::name).unwrap_or_default();
            format!("{basis}: {}{}", words::without_full_stop(&exclusion.reason), in_brackets(&exclusion.reference))
        });
        let missing = self.lacks_inclusion_reason().then(|| match &self.suggestion {
            Some(suggestion) => format!("reason for inclusion missing ({suggestion})"),
            None => "reason for inclusion missing".to_owned(),
        });
        decision
            .into_iter()
            .chain(self.inclusion.as_deref().map(|reason| words::without_full_stop(reason).to_owned()))
            .chain(missing)
            .chain(self.in_use().and_then(driver_words))
            .chain(self.remarks.iter().cloned())
            .collect::<Vec<_>>()
            .join("; ")
    }
}

/// A control of the organization's own in the statement. It counts in no score and has no verdict.
#[derive(Clone, Debug)]
pub struct OwnEntry<'a> {
    /// The control.
    pub control: &'a OwnControl,
    /// What it applies to, in words.
    pub applies_to: String,
    /// What has to be said about it, in sentences without an end mark.
    pub remarks: Vec<String>,
    /// The evidence attached, what is current first.
    pub evidence: Vec<&'a Evidence>,
}

impl OwnEntry<'_> {
    /// Reason and driver, then the remarks.
    pub fn justification(&self) -> String {
        let Inclusion { reason, .. } = &self.control.inclusion;
        let reason = match words::without_full_stop(reason) {
            "" => "reason for inclusion missing".to_owned(),
            reason => reason.to_owned(),
        };
        let driver = driver_words(&self.control.inclusion);
        [reason].into_iter().chain(driver).chain(self.remarks.iter().cloned()).collect::<Vec<_>>().join("; ")
    }
}

/// All controls of the catalogue, in natural order.
pub fn entries<'a>(subject: &Subject<'a>) -> Vec<Entry<'a>> {
    let (catalog, standing) = (subject.catalog, subject.standing);
    let controls = catalog.requirements().filter(|requirement| requirement.id.is_control());
    let scored = controls.filter_map(|control| Some((control, standing.requirement(control.id)?)));
    scored.map(|(control, score)| entry(subject, control, score)).collect()
}

/// All controls of the organization's own, `O.2` before `O.10`.
pub fn own_entries<'a>(subject: &Subject<'a>) -> Vec<OwnEntry<'a>> {
    let assessment = subject.assessment;
    let mut controls: Vec<&OwnControl> = assessment.own_controls.iter().collect();
    controls.sort_by(|a, b| a.order().cmp(&b.order()));
    let entry = |control: &'a OwnControl| {
        let mut evidence: Vec<&Evidence> =
            control.evidence.iter().filter_map(|id| assessment.evidence_item(id)).collect();
        evidence.sort_by_key(|item| item.freshness(subject.standing.as_of) != Freshness::Current);
        OwnEntry {
            control,
            applies_to: applies_to(&control.inclusion, assessment),
            remarks: unknown_systems(&control.inclusion, assessment).into_iter().collect(),
            evidence,
        }
    };
    controls.into_iter().map(entry).collect()
}

/// The drivers in words; empty where none is stated.
pub(super) fn driver_names(drivers: &[Driver]) -> String {
    drivers.iter().map(|driver| driver.name()).collect::<Vec<_>>().join(", ")
}

/// A proposed driver with what it refers to and why.
pub(super) fn proposal_words(proposal: &ProposedDriver) -> String {
    format!("{}{}: {}", proposal.driver.name(), in_brackets(&proposal.reference), proposal.why)
}

/// What asks for a control and what to refer to; nothing where neither is stated.
fn driver_words(inclusion: &Inclusion) -> Option<String> {
    let names = driver_names(&inclusion.drivers);
    match (names.as_str(), inclusion.reference.trim()) {
        ("", "") => None,
        ("", reference) => Some(format!("reference: {reference}")),
        (names, _) => Some(format!("driver: {names}{}", in_brackets(&inclusion.reference))),
    }
}

fn in_brackets(reference: &str) -> String {
    let reference = reference.trim();
    if reference.is_empty() { String::new() } else { format!(" ({reference})") }
}

/// The systems that a control is for, by their names.
fn applies_to(inclusion: &Inclusion, assessment: &Assessment) -> String {
    let name = |id: &String| assessment.system(id).map_or(id.clone(), |system| system.name.clone());
    match inclusion.only_systems() {
        [] => ALL_SYSTEMS.to_owned(),
        only => only.iter().map(name).collect::<Vec<_>>().join(", "),
    }
}

/// That systems are named that are not in the register.
fn unknown_systems(inclusion: &Inclusion, assessment: &Assessment) -> Option<String> {
    let only = inclusion.only_systems().iter();
    let unknown: Vec<&str> = only.filter(|id| assessment.system(id).is_none()).map(String::as_str).collect();
    (!unknown.is_empty()).then(|| format!("not in the register of systems: {}", unknown.join(", ")))
}

fn entry<'a>(subject: &Subject<'a>, control: &'a Requirement, score: &'a RequirementScore) -> Entry<'a> {
    let assessment = subject.assessment;
    let answer = assessment.answer(control.id);
    let exclusion = answer.and_then(|answer| answer.exclusion.as_ref());
    let applicability = assessment.applicability(control.id);
    let mut evidence: Vec<&Evidence> = assessment.evidence_for(control.id).collect();
    evidence.sort_by_key(|item| item.freshness(subject.standing.as_of) != Freshness::Current);
    let in_force = assessment.exclusion_in_force(control.id);
    let is_to_review = in_force.is_some_and(|exclusion| assessment.is_exclusion_to_review(exclusion));
    let said = answer.map(|answer| &answer.inclusion).filter(|inclusion| !inclusion.is_empty());
    let applying = answer.filter(|_| applicability == Applicability::Applies);
    let reason = assessment.inclusion_reason(control.id);
    let mut remarks = exclusion.map(|exclusion| remarks(control.id, exclusion, is_to_review)).unwrap_or_default();
    match said {
        Some(said) if applicability == Applicability::Applies => remarks.extend(unknown_systems(said, assessment)),
        Some(said) if said.has_reason() => remarks.push("a reason for inclusion is recorded too".to_owned()),
        Some(_) | None => {}
    }
    Entry {
        id: control.id,
        title: &control.title,
        applicability,
        suggestion: applying.filter(|_| reason.is_none()).and_then(suggestion),
        inclusion: reason,
        said,
        applies_to: applying.map(|answer| applies_to(&answer.inclusion, assessment)).unwrap_or_default(),
        proposed_drivers: proposed_drivers(assessment, control.id),
        exclusion,
        is_to_review,
        remarks,
        owner: answer.map(|answer| answer.owner.as_str()).unwrap_or_default(),
        evidence,
        score,
    }
}

/// That a control is in use by its answers, which is no reason by itself.
fn suggestion(answer: &Answer) -> Option<String> {
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

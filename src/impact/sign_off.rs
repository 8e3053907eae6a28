//! Whether the approval of an impact assessment counts, and who must give it. The residual level decides (scoring rule 7).

use chrono::NaiveDate;

use crate::{
    impact::rating::SystemRating,
    model::{
        assessment::Assessment,
        catalog::Catalog,
        impact::sign_off::{Outcome, SignOff},
        level::ImpactLevel,
        system::System,
    },
};

/// From this residual level on nobody approves what they prepared.
const NEEDS_ANOTHER: ImpactLevel = ImpactLevel::High;

/// Where the sign-off of an assessment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOffState {
    /// Nobody has put a name to it.
    NotSigned,
    /// Prepared or reviewed, and not decided or not signed by an approver with a day.
    InPreparation,
    /// Approved.
    InForce,
    /// Decided, and the decision lets nobody use the system.
    NotInForce(Objection),
}

/// Why a decision is no approval that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objection {
    /// The use is banned by law.
    Banned,
    /// There is no level to approve.
    NotAssessed,
    /// The decision is another one than to approve.
    Declined(Outcome),
    /// It is dated after the day in question.
    InFuture,
    /// A restricted use is not settled.
    RestrictedUse,
    /// The residual level is very high.
    VeryHigh,
    /// The approver prepared it, at a level where that is not enough.
    ByPreparer,
    /// The outcome asks for more than is written.
    OutcomeLacks,
}

impl Objection {
    /// The objection as the end of a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Objection::Banned => "the use is banned by law",
            Objection::NotAssessed => "the system is not assessed",
            Objection::Declined(outcome) => outcome.name(),
            Objection::InFuture => "its day is still to come",
            Objection::RestrictedUse => "a restricted use is not settled",
            Objection::VeryHigh => "the level is very high; measures must lower it first",
            Objection::ByPreparer => "the approver also prepared it, which is not enough at high or very high",
            Objection::OutcomeLacks => "the outcome does not say all that it asks for",
        }
    }
}

impl SignOffState {
    /// The state in words.
    pub fn words(self) -> String {
        match self {
            SignOffState::NotSigned => "not signed".to_owned(),
            SignOffState::InPreparation => "in preparation".to_owned(),
            SignOffState::InForce => "approved".to_owned(),
            SignOffState::NotInForce(Objection::Declined(outcome)) => outcome.name().to_owned(),
            SignOffState::NotInForce(objection) => format!("approval not in force: {}", objection.words()),
        }
    }
}

/// Who must approve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approver {
    /// The function or body.
    pub by: String,
    /// Whether the organization's own criteria say so, and not only the proposal.
    pub is_own: bool,
}

/// Who must approve at a residual level: as the organization's criteria in force say, else as proposed.
pub fn approver(catalog: &Catalog, assessment: &Assessment, level: ImpactLevel, as_of: NaiveDate) -> Approver {
    let criteria = Some(&assessment.criteria).filter(|criteria| criteria.is_in_force(as_of));
    let own = criteria.and_then(|criteria| criteria.approvals.iter().find(|approval| approval.level == level));
    match own {
        Some(own) => Approver { by: own.by.clone(), is_own: true },
        None => {
            let proposed = catalog.impact.approval(level).map(|approval| approval.by.to_string());
            Approver { by: proposed.unwrap_or_default(), is_own: false }
        }
    }
}

/// Where the last sign-off of a system stands.
pub fn state(system: &System, rating: &SystemRating, as_of: NaiveDate) -> SignOffState {
    system.impact.sign_off().map_or(SignOffState::NotSigned, |sign_off| judge(sign_off, system, rating, as_of))
}

/// The approval that counts on a day, also while a newer one is being prepared.
pub fn in_force<'a>(system: &'a System, rating: &SystemRating, as_of: NaiveDate) -> Option<&'a SignOff> {
    last_approval(system, as_of).filter(|approval| judge(approval, system, rating, as_of) == SignOffState::InForce)
}

/// The last approval given by that day, unless a later decision took it back; whether it counts is another question.
pub fn last_approval(system: &System, as_of: NaiveDate) -> Option<&SignOff> {
    let is_given = |sign_off: &&SignOff| sign_off.approved_on.is_none_or(|day| day <= as_of);
    let decided = system.impact.sign_offs.iter().rev().filter(is_given).find(|sign_off| match sign_off.outcome {
        Some(outcome) => !outcome.is_approval() || is_signed(sign_off),
        None => false,
    });
    decided.filter(|sign_off| sign_off.outcome.is_some_and(Outcome::is_approval))
}

fn judge(sign_off: &SignOff, system: &System, rating: &SystemRating, as_of: NaiveDate) -> SignOffState {
    match sign_off.outcome {
        None if *sign_off == SignOff::default() => SignOffState::NotSigned,
        None => SignOffState::InPreparation,
        Some(outcome) if !outcome.is_approval() => SignOffState::NotInForce(Objection::Declined(outcome)),
        Some(_) if !is_signed(sign_off) => SignOffState::InPreparation,
        Some(_) => match objection(sign_off, system, rating, as_of) {
            Some(objection) => SignOffState::NotInForce(objection),
            None => SignOffState::InForce,
        },
    }
}

fn is_signed(sign_off: &SignOff) -> bool {
    !sign_off.approved_by.trim().is_empty() && sign_off.approved_on.is_some()
}

/// The first objection against an approval that is signed.
fn objection(sign_off: &SignOff, system: &System, rating: &SystemRating, as_of: NaiveDate) -> Option<Objection> {
    let objections = [
        (rating.is_banned, Objection::Banned),
        (rating.residual.is_none(), Objection::NotAssessed),
        (sign_off.approved_on.is_some_and(|day| day > as_of), Objection::InFuture),
        (system.unsettled_uses().next().is_some(), Objection::RestrictedUse),
        (rating.residual == Some(ImpactLevel::VeryHigh), Objection::VeryHigh),
        (rating.residual >= Some(NEEDS_ANOTHER) && is_by_preparer(sign_off), Objection::ByPreparer),
        (!lacks(sign_off).is_empty(), Objection::OutcomeLacks),
    ];
    objections.into_iter().find_map(|(applies, objection)| applies.then_some(objection))
}

/// Whether the same person prepared and approved it; letter case and spaces make no other person.
pub fn is_by_preparer(sign_off: &SignOff) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<String>().to_lowercase();
    let approver = plain(&sign_off.approved_by);
    !approver.is_empty() && approver == plain(&sign_off.prepared_by)
}

/// What the outcome asks for and does not say.
pub fn lacks(sign_off: &SignOff) -> Vec<&'static str> {
    let has_words = !sign_off.conditions.trim().is_empty();
    let asked = match sign_off.outcome {
        None | Some(Outcome::Approved) => Vec::new(),
        Some(Outcome::ApprovedWithConditions) => vec![
            (has_words, "the conditions"),
            (sign_off.conditions_due.is_some(), "the day by which they are met"),
            (!sign_off.conditions_checked_by.trim().is_empty(), "who checks them"),
        ],
        Some(Outcome::Returned) => vec![(has_words, "the reasons")],
        Some(Outcome::Escalated) => vec![(has_words, "to whom")],
        Some(Outcome::Stopped) => vec![(has_words, "the reasons and what happens to a running system")],
    };
    asked.into_iter().filter_map(|(is_there, what)| (!is_there).then_some(what)).collect()
}

#[cfg(test)]
mod tests;

//! Selection: which actions an assessment asks for, and why (scoring rule 10, *Selected*).

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{
        action::{Action, Effort},
        answer::CheckState,
        assessment::Assessment,
        catalog::Catalog,
        level::Level,
        reference::{CheckReference, Reference},
        requirement::{Category, Check, Requirement},
    },
    plan::systems::{self, SystemTask},
    score::{
        Standing,
        requirement_score::RequirementScore,
        verdict::{Verdict, VerdictRule},
    },
};

/// From so many requirements on, an evidence or find-out action is a day's work rather than half of one.
const MANY_REQUIREMENTS: usize = 5;

/// An action that the answers ask for.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// Its id, under which the save keeps its status.
    pub id: String,
    /// What is to be done.
    pub work: Work<'a>,
    /// Why it was selected; at least one.
    pub reasons: Vec<Reason>,
}

/// Where a piece of work comes from.
#[derive(Clone, Debug)]
pub enum Work<'a> {
    /// The remediation catalogue.
    Catalogue(&'a Action),
    /// Evidence missing in a category, for so many requirements.
    Evidence(&'a Category, usize),
    /// Questions open in a category, for so many requirements.
    Ask(&'a Category, usize),
    /// An AI system.
    System(SystemTask),
}

/// Why an action was selected for one requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The requirement.
    pub requirement: Reference,
    /// What it does there.
    pub cause: Cause,
}

/// What an action does for a requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Closes a check answered no or partly.
    Closes(CheckClosed),
    /// Lifts it from the claimed level to a rung above.
    Lifts {
        /// The claimed level.
        from: Level,
        /// The rung.
        to: Level,
        /// Whether it is the lowest rung that leaves level 0.
        is_lowest: bool,
    },
    /// Brings evidence.
    Evidence,
    /// Finds out what is open.
    Ask {
        /// Whether the level is open.
        level: bool,
        /// The ids of the open binding checks.
        checks: Vec<String>,
    },
    /// Serves it through an AI system.
    System,
}

/// A check that an action closes, with what makes it urgent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckClosed {
    /// The id of the check within its requirement.
    pub check: String,
    /// Whether its no makes a major gap.
    pub makes_major_gap: bool,
    /// Whether a required document hangs on it and is missing.
    pub supplies_document: bool,
}

impl Candidate<'_> {
    /// The requirements that it was selected for, each once, in natural order.
    pub fn serves(&self) -> impl Iterator<Item = Reference> {
        self.reasons.iter().map(|reason| reason.requirement).collect::<BTreeSet<_>>().into_iter()
    }

    /// The catalogue action behind it, if there is one.
    pub fn action(&self) -> Option<&Action> {
        match &self.work {
            Work::Catalogue(action) => Some(action),
            Work::Evidence(..) | Work::Ask(..) | Work::System(..) => None,
        }
    }
}

impl Work<'_> {
    /// How much work it is.
    pub fn effort(&self) -> Effort {
        match self {
            Work::Catalogue(action) => action.effort,
            Work::Evidence(_, requirements) | Work::Ask(_, requirements) => {
                if *requirements >= MANY_REQUIREMENTS {
                    Effort::S
                } else {
                    Effort::XS
                }
            }
            Work::System(task) => task.work.effort(),
        }
    }

    /// The work in a few words.
    pub fn title(&self) -> String {
        match self {
            Work::Catalogue(action) => action.title.to_string(),
            Work::Evidence(category, _) => {
                format!("Collect current evidence for {} {}", category.category, category.title)
            }
            Work::Ask(category, _) => format!("Answer the open questions of {} {}", category.category, category.title),
            Work::System(task) => task.title(),
        }
    }
}

/// All actions that the answers ask for, done and dropped ones included, in no particular order.
pub fn candidates<'a>(catalog: &'a Catalog, assessment: &'a Assessment, standing: &'a Standing) -> Vec<Candidate<'a>> {
    let selection = Selection::new(catalog, assessment, standing);
    let of_catalogue = catalog.actions.iter().map(|action| Candidate {
        id: action.id.to_string(),
        work: Work::Catalogue(action),
        reasons: selection.reasons_for(action),
    });
    let of_categories = catalog.categories.iter().flat_map(|category| selection.of_category(category));
    let rated = assessment.systems.iter().zip(&standing.systems);
    let of_systems =
        rated.flat_map(|(system, rating)| systems::candidates(catalog, assessment, system, rating, standing.as_of));
    of_catalogue.chain(of_categories).chain(of_systems).filter(|candidate| !candidate.reasons.is_empty()).collect()
}

/// What selection looks up again and again.
struct Selection<'a> {
    catalog: &'a Catalog,
    assessment: &'a Assessment,
    standing: &'a Standing,
    /// Per requirement the rungs to which actions lead, lowest first.
    rungs: BTreeMap<Reference, Vec<Level>>,
    /// The checks on which a required document hangs.
    documents: BTreeSet<&'a CheckReference>,
}

impl<'a> Selection<'a> {
    fn new(catalog: &'a Catalog, assessment: &'a Assessment, standing: &'a Standing) -> Self {
        let mut rungs: BTreeMap<Reference, Vec<Level>> = BTreeMap::new();
        for lift in catalog.actions.iter().flat_map(|action| &action.lifts) {
            rungs.entry(lift.requirement).or_default().push(lift.to);
        }
        rungs.values_mut().for_each(|levels| levels.sort_unstable());
        let documents = catalog.documents.iter().map(|document| &document.check).collect();
        Selection { catalog, assessment, standing, rungs, documents }
    }

    /// A requirement that counts, with its score.
    fn applicable(&self, id: Reference) -> Option<(&'a Requirement, &'a RequirementScore)> {
        let score = self.standing.requirement(id).filter(|score| score.is_applicable())?;
        Some((self.catalog.requirement(id)?, score))
    }

    fn reasons_for(&self, action: &Action) -> Vec<Reason> {
        let closes = action.closes.iter().filter_map(|check| self.reason_to_close(check));
        let lifts = action.lifts.iter().filter_map(|lift| self.reason_to_lift(lift.requirement, lift.to));
        closes.chain(lifts).collect()
    }

    /// Guidance changes no plan, so only a binding check gives a reason.
    fn reason_to_close(&self, reference: &CheckReference) -> Option<Reason> {
        let (requirement, score) = self.applicable(reference.requirement)?;
        let check = requirement.binding_checks().find(|check| check.id == reference.check)?;
        let state = CheckState::of(self.assessment.answer(requirement.id), check);
        let is_no = state == CheckState::No;
        state.is_gap().then(|| Reason {
            requirement: requirement.id,
            cause: Cause::Closes(CheckClosed {
                check: reference.check.clone(),
                makes_major_gap: is_no && no_makes_major_gap(check, score),
                supplies_document: is_no && self.documents.contains(reference),
            }),
        })
    }

    fn reason_to_lift(&self, id: Reference, to: Level) -> Option<Reason> {
        let (_, score) = self.applicable(id)?;
        let from = score.claimed().filter(|claimed| *claimed < score.target)?;
        let is_beyond = self.rungs_above(id, from).take_while(|rung| *rung < to).any(|rung| rung >= score.target);
        let is_lowest = from == Level::ABSENT && self.rungs_above(id, from).next() == Some(to);
        (from < to && !is_beyond).then_some(Reason { requirement: id, cause: Cause::Lifts { from, to, is_lowest } })
    }

    /// The rungs of a requirement above a level, lowest first.
    fn rungs_above(&self, id: Reference, level: Level) -> impl Iterator<Item = Level> {
        self.rungs.get(&id).into_iter().flatten().copied().filter(move |rung| *rung > level)
    }

    fn of_category(&self, category: &'a Category) -> [Candidate<'a>; 2] {
        let id = category.category;
        let scores = self.standing.requirements.iter();
        let of_category: Vec<&RequirementScore> =
            scores.filter(|score| score.id.category() == id && score.is_applicable()).collect();
        let evidence: Vec<Reason> = of_category
            .iter()
            .filter(|score| needs_evidence(score))
            .map(|score| Reason { requirement: score.id, cause: Cause::Evidence })
            .collect();
        let ask: Vec<Reason> = of_category.iter().filter_map(|score| self.reason_to_ask(score)).collect();
        [
            Candidate {
                id: format!("evidence:{id}"),
                work: Work::Evidence(category, evidence.len()),
                reasons: evidence,
            },
            Candidate { id: format!("ask:{id}"), work: Work::Ask(category, ask.len()), reasons: ask },
        ]
    }

    fn reason_to_ask(&self, score: &RequirementScore) -> Option<Reason> {
        let requirement = self.catalog.requirement(score.id)?;
        let answer = self.assessment.answer(score.id);
        let is_open = |check: &&Check| CheckState::of(answer, check).is_open();
        let checks: Vec<String> =
            requirement.binding_checks().filter(is_open).map(|check| check.id.to_string()).collect();
        let level = score.claimed().is_none();
        let is_asked = level || !checks.is_empty();
        is_asked.then_some(Reason { requirement: score.id, cause: Cause::Ask { level, checks } })
    }
}

/// Whether a major gap rests on the no of that check: alone when it is critical, or on it among all of a clause.
fn no_makes_major_gap(check: &Check, score: &RequirementScore) -> bool {
    match score.judgement.rule {
        VerdictRule::CriticalNo => check.critical,
        // No check is yes or partly; when none is open either, all are no, and each yes would take the gap away.
        VerdictRule::NothingThere => score.checks.answered == score.checks.total,
        VerdictRule::Excluded
        | VerdictRule::AbsentAndOpen
        | VerdictRule::CheckGap
        | VerdictRule::AllYes
        | VerdictRule::LevelOnly
        | VerdictRule::NothingSaid => false,
    }
}

/// All checks yes and nothing current to show it, or evidence alone keeps the credited level below claim and target.
fn needs_evidence(score: &RequirementScore) -> bool {
    let is_unshown = score.judgement.rule == VerdictRule::AllYes && score.judgement.verdict == Verdict::NotShown;
    let is_capped = score.binding_caps().any(|cap| cap.is_of_evidence()) && score.credited < Some(score.target);
    is_unshown || is_capped
}

//! Comparing two rounds: what differs per requirement, category and whole, and why (scoring rule 11). Pure.
//!
//! The older round is scored four times over: as it was then, with today's weights, with today's weights and dates; and
//! the newer one today. Each step changes one thing, so that the parts add up exactly to the whole difference: first what
//! weights (AI systems) changed, then what the age of evidence changed, the rest is what answers changed.

pub mod difference;
pub mod plan_change;
#[cfg(test)]
mod properties;
pub mod remark;
pub mod requirement_change;
pub mod round;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::{
    compare::{
        difference::Difference,
        plan_change::PlanChange,
        remark::Remark,
        requirement_change::{EvidenceChange, RequirementChange},
    },
    impact::rating,
    model::{assessment::Assessment, catalog::Catalog, reference::Reference},
    plan::{self, PlanOptions},
    score::{self, Standing, figures::Figures, ratio::Ratio, verdict::Verdict},
};

/// What figures are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Clauses 4 to 10.
    ManagementSystem,
    /// Annex A.
    Controls,
    /// One category.
    Category(Reference),
}

impl Scope {
    /// The scope as one word, as JSON and CSV carry it.
    pub fn id(self) -> String {
        match self {
            Scope::ManagementSystem => "management_system".to_owned(),
            Scope::Controls => "controls".to_owned(),
            Scope::Category(id) => id.to_string(),
        }
    }

    /// The scope in words: `Clauses 4-10`, `A.6 AI system life cycle`.
    pub fn name(self, catalog: &Catalog) -> String {
        match self {
            Scope::ManagementSystem => "Clauses 4-10".to_owned(),
            Scope::Controls => "Annex A".to_owned(),
            Scope::Category(id) => {
                let title = catalog.category(id).map_or("", |category| &category.title);
                format!("{id} {title}").trim_end().to_owned()
            }
        }
    }

    fn figures(self, standing: &Standing) -> Figures {
        match self {
            Scope::ManagementSystem => standing.management_system.clone(),
            Scope::Controls => standing.controls.clone(),
            Scope::Category(id) => standing.category(id).cloned().unwrap_or_default(),
        }
    }
}

/// Two rounds side by side.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The older round.
    pub before: Round,
    /// The newer one.
    pub after: Round,
    /// What is to be known before the figures are read.
    pub remarks: Vec<Remark>,
    /// The verdicts and the status of the whole.
    pub whole: WholeChange,
    /// The two groups, then the categories; those in which nothing changed included.
    pub scopes: Vec<ScopeChange>,
    /// All requirements in natural order; those in which nothing changed included.
    pub requirements: Vec<RequirementChange>,
    /// What changed in the evidence register.
    pub evidence: Vec<EvidenceChange>,
    /// What changed in the plan.
    pub plan: PlanChange,
}

/// One of the two rounds.
#[derive(Clone, Debug)]
pub struct Round {
    /// What the assessment is called.
    pub name: String,
    /// The organization.
    pub organization: String,
    /// The edition of the questions with which it was begun.
    pub catalog: String,
    /// The day for which its figures are computed.
    pub on: NaiveDate,
    /// The last day on which it was begun or an answer changed.
    pub last_changed: NaiveDate,
    /// Answers of an earlier round that nobody has confirmed in it.
    pub to_confirm: usize,
}

/// The status and the verdict counts of everything.
#[derive(Clone, Debug)]
pub struct WholeChange {
    /// The figures of the older round.
    pub before: Figures,
    /// The figures of the newer one.
    pub after: Figures,
    /// One entry a verdict, in their order.
    pub verdicts: Vec<VerdictChange>,
}

/// How many requirements have a verdict. Weights change no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerdictChange {
    /// The verdict.
    pub verdict: Verdict,
    /// How many had it.
    pub before: usize,
    /// How many have it.
    pub after: usize,
    /// How many more or fewer by answers.
    pub by_answers: i64,
    /// How many more or fewer as evidence grew older.
    pub by_age: i64,
}

/// The figures of a scope in both rounds.
#[derive(Clone, Debug)]
pub struct ScopeChange {
    /// What they are of.
    pub scope: Scope,
    /// The older round.
    pub before: Figures,
    /// The newer one.
    pub after: Figures,
    /// What the team says.
    pub claimed: Shift,
    /// What could be shown.
    pub credited: Shift,
}

/// A figure in both rounds, and why it differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// In the older round.
    pub before: Option<Ratio>,
    /// In the newer one.
    pub after: Option<Ratio>,
    /// The difference; nothing where one of the two has no figure.
    pub split: Option<Split>,
}

/// A difference in its parts, which add up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// All of it.
    pub total: Difference,
    /// What answers changed: levels, checks, exclusions, and what evidence there is.
    pub answers: Difference,
    /// What the weights of AI systems changed.
    pub weights: Difference,
    /// What the age of evidence changed.
    pub age: Difference,
}

/// The older round as it was then, with today's weights, with today's weights and dates; and the newer one today.
struct Steps {
    then: Standing,
    weighed: Standing,
    today: Standing,
    now: Standing,
}

/// Compares two rounds on the day `as_of`. The older one is also scored as it stood on the day `then`; without one, on the
/// day that the newer round keeps of it, else on the last day on which it was changed.
pub fn compare(
    catalog: &Catalog,
    before: &Assessment,
    after: &Assessment,
    as_of: NaiveDate,
    then: Option<NaiveDate>,
) -> Comparison {
    let then = then.unwrap_or_else(|| day_of(before, after, as_of));
    let now = score::score(catalog, after, as_of);
    let systems = rating::rate_systems(catalog, after, as_of);
    let steps = Steps {
        then: score::score(catalog, before, then),
        weighed: score::score_under(catalog, before, systems.clone(), then),
        today: score::score_under(catalog, before, systems, as_of),
        now,
    };
    let categories = catalog.categories.iter().map(|category| Scope::Category(category.category));
    let scopes = [Scope::ManagementSystem, Scope::Controls].into_iter().chain(categories);
    let plans = [(before, &steps.then), (after, &steps.now)]
        .map(|(assessment, standing)| plan::plan(catalog, assessment, standing, PlanOptions::default()));
    Comparison {
        remarks: remark::remarks(catalog, before, after),
        whole: whole(&steps),
        scopes: scopes.map(|scope| steps.scope(scope)).collect(),
        requirements: requirement_change::changes(&steps.then, &steps.today, &steps.now),
        evidence: requirement_change::evidence_changes(before, after, then, as_of),
        plan: PlanChange::between(&plans[0], &plans[1], after),
        before: round_of(before, &steps.then),
        after: round_of(after, &steps.now),
    }
}

/// The day of the older round.
fn day_of(before: &Assessment, after: &Assessment, as_of: NaiveDate) -> NaiveDate {
    if before == after {
        return as_of;
    }
    let kept = after.rounds.iter().rev().find(|round| round.name == before.name);
    kept.map_or_else(|| last_changed(before), |round| round.on).min(as_of)
}

/// The last day on which an assessment was begun or an answer changed.
fn last_changed(assessment: &Assessment) -> NaiveDate {
    let stamps = assessment.answers.values().filter_map(|answer| answer.changed.as_ref()).map(|stamp| stamp.on);
    stamps.chain([assessment.created]).max().unwrap_or(assessment.created)
}

fn round_of(assessment: &Assessment, standing: &Standing) -> Round {
    Round {
        name: assessment.name.clone(),
        organization: assessment.profile.organization.clone(),
        catalog: assessment.catalog.clone(),
        on: standing.as_of,
        last_changed: last_changed(assessment),
        to_confirm: standing.to_confirm(),
    }
}

impl Steps {
    fn scope(&self, scope: Scope) -> ScopeChange {
        let [then, weighed, today, now] =
            [&self.then, &self.weighed, &self.today, &self.now].map(|standing| scope.figures(standing));
        let shift = |figure: fn(&Figures) -> Option<Ratio>| {
            Shift::through([figure(&then), figure(&weighed), figure(&today), figure(&now)])
        };
        ScopeChange {
            scope,
            claimed: shift(|figures| figures.claimed),
            credited: shift(|figures| figures.credited),
            before: then,
            after: now,
        }
    }
}

impl Shift {
    /// The way of a figure: then, with today's weights, with today's weights and dates, and in the newer round.
    fn through([then, weighed, today, now]: [Option<Ratio>; 4]) -> Shift {
        let split = || {
            Some(Split {
                total: Difference::between(then?, now?),
                weights: Difference::between(then?, weighed?),
                age: Difference::between(weighed?, today?),
                answers: Difference::between(today?, now?),
            })
        };
        Shift { before: then, after: now, split: split() }
    }

    /// Whether the figure differs, or is there in one round only.
    pub fn is_changed(&self) -> bool {
        self.before != self.after || self.split.is_some_and(|split| !split.is_empty())
    }
}

impl Split {
    /// Whether no part says anything; parts may also cancel out.
    pub fn is_empty(&self) -> bool {
        [self.total, self.answers, self.weights, self.age].iter().all(|part| part.is_none())
    }
}

impl ScopeChange {
    /// Whether anything that is shown of it differs.
    pub fn is_changed(&self) -> bool {
        let shown = |figures: &Figures| (figures.verdicts, figures.status, figures.levels, figures.checks);
        self.claimed.is_changed() || self.credited.is_changed() || shown(&self.before) != shown(&self.after)
    }
}

impl WholeChange {
    /// Whether status or a count differs.
    pub fn is_changed(&self) -> bool {
        self.before.status != self.after.status || self.verdicts.iter().any(VerdictChange::is_changed)
    }
}

impl VerdictChange {
    /// Whether the count differs, or its parts cancel out.
    pub fn is_changed(&self) -> bool {
        self.by_answers != 0 || self.by_age != 0
    }
}

impl Comparison {
    /// Whether nothing at all differs.
    pub fn is_empty(&self) -> bool {
        !self.whole.is_changed()
            && !self.scopes.iter().any(ScopeChange::is_changed)
            && self.changed_requirements().next().is_none()
            && self.evidence.is_empty()
            && self.plan.is_empty()
    }

    /// The requirements in which something changed.
    pub fn changed_requirements(&self) -> impl Iterator<Item = &RequirementChange> {
        self.requirements.iter().filter(|change| change.is_changed())
    }

    /// The categories in which something changed.
    pub fn changed_scopes(&self) -> impl Iterator<Item = &ScopeChange> {
        self.scopes.iter().filter(|change| change.is_changed())
    }
}

fn whole(steps: &Steps) -> WholeChange {
    let change = |verdict: Verdict| {
        let count = |standing: &Standing| i64::try_from(standing.whole.count_of(verdict)).unwrap_or(i64::MAX);
        VerdictChange {
            verdict,
            before: steps.then.whole.count_of(verdict),
            after: steps.now.whole.count_of(verdict),
            by_answers: count(&steps.now) - count(&steps.today),
            by_age: count(&steps.today) - count(&steps.then),
        }
    };
    WholeChange {
        before: steps.then.whole.clone(),
        after: steps.now.whole.clone(),
        verdicts: Verdict::ALL.map(change).to_vec(),
    }
}

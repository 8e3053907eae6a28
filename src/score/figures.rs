//! Figures over several requirements: a category, a group, or any lens, all by the same rules (scoring rule 5).

use crate::{
    model::{level::Level, reference::Reference},
    score::{
        ratio::Ratio,
        requirement_score::{Counted, RequirementScore},
        verdict::Verdict,
    },
};

/// Coverage under which a scope is incomplete, in percent.
pub(super) const COMPLETE_FROM: u64 = 80;
/// Coverage under which a scope is provisional, in percent.
pub(super) const SETTLED_FROM: u64 = 95;
/// With more minor gaps than this in one category, a certification body may raise one major.
const MINOR_GAPS_TOLERATED: usize = 3;

/// A weighted sum of levels over a sum of weights.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shares {
    levels: u64,
    weights: u64,
}

impl Shares {
    /// Adds a requirement with its credited level; one without a level adds nothing.
    pub fn with_credited(self, score: &RequirementScore) -> Shares {
        self.with(score.weight, score.credited)
    }

    /// Adds a level with its weight; no level adds nothing.
    pub fn with(self, weight: u64, level: Option<Level>) -> Shares {
        match level {
            Some(level) => {
                Shares { levels: self.levels + weight * u64::from(level.number()), weights: self.weights + weight }
            }
            None => self,
        }
    }

    /// The mean level, or nothing when no weight was added.
    pub fn ratio(self) -> Option<Ratio> {
        Ratio::new(self.levels, self.weights)
    }
}

/// The figures of a scope. Levels are means weighted by `base x factor`; each is absent where it would mean nothing.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Whether there is anything to show at all.
    pub state: ScopeState,
    /// What the team says, over the requirements that have a level.
    pub claimed: Option<Ratio>,
    /// What could be shown today, over the same.
    pub credited: Option<Ratio>,
    /// The lowest credited figure that open answers still allow, over all applicable requirements.
    pub low: Option<Ratio>,
    /// The highest one.
    pub high: Option<Ratio>,
    /// The credited figure as if nothing were excluded; only where something is.
    pub without_exclusions: Option<Ratio>,
    /// The weight of the requirements that have a level.
    pub weight_with_level: u64,
    /// The weight of all applicable requirements.
    pub weight: u64,
    /// Applicable requirements with a level, of all applicable ones.
    pub levels: Counted,
    /// Binding checks answered, of those that count.
    pub checks: Counted,
    /// Whether any binding check has an answer other than `Unknown`.
    pub has_check_answers: bool,
    /// The lowest credited level, with its requirement.
    pub floor: Option<(Level, Reference)>,
    /// How many requirements have each verdict, in the order of [`Verdict::ALL`].
    pub verdicts: [usize; 6],
    /// How many verdicts are indicative.
    pub indicative: usize,
    /// Guidance checks that are open or not yes.
    pub improvement_points: usize,
    /// Requirements whose level and checks contradict each other.
    pub contradictions: usize,
    /// The status; nothing where nothing is applicable.
    pub status: Option<Status>,
    /// Whether the figures may still move.
    pub provisional: bool,
}

/// Whether a scope has figures, and if not, why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScopeState {
    /// Everything in it is excluded.
    #[default]
    NotApplicable,
    /// No requirement of the standard belongs to it; only rows of a lens.
    NotCovered,
    /// Nothing is answered, or only `Unknown`.
    NotAssessed,
    /// Checks are answered, and no level.
    NoLevelYet,
    /// There is at least one level.
    Assessed,
}

impl ScopeState {
    /// What is printed instead of a figure; nothing when there is one.
    pub const fn instead_of_figure(self) -> Option<&'static str> {
        match self {
            ScopeState::NotApplicable => Some("not applicable"),
            ScopeState::NotCovered => Some("not covered by ISO/IEC 42001"),
            ScopeState::NotAssessed => Some("not assessed"),
            ScopeState::NoLevelYet => Some("no level yet"),
            ScopeState::Assessed => None,
        }
    }

    /// The state as one word, as JSON carries it.
    pub const fn id(self) -> &'static str {
        match self {
            ScopeState::NotApplicable => "NotApplicable",
            ScopeState::NotCovered => "NotCovered",
            ScopeState::NotAssessed => "NotAssessed",
            ScopeState::NoLevelYet => "NoLevelYet",
            ScopeState::Assessed => "Assessed",
        }
    }
}

/// Where a scope stands, first that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It has a major gap.
    MajorGaps,
    /// Something is undetermined, or coverage is under 80 percent.
    Incomplete,
    /// It has a minor gap.
    MinorGaps,
    /// Something is said and not shown.
    NotYetShown,
    /// None of these.
    NoKnownGap,
}

impl Status {
    /// The status in words.
    pub const fn name(self) -> &'static str {
        match self {
            Status::MajorGaps => "Major gaps",
            Status::Incomplete => "Incomplete",
            Status::MinorGaps => "Minor gaps",
            Status::NotYetShown => "Not yet shown",
            Status::NoKnownGap => "No known gap",
        }
    }

    /// The status as one word, as JSON carries it.
    pub const fn id(self) -> &'static str {
        match self {
            Status::MajorGaps => "MajorGaps",
            Status::Incomplete => "Incomplete",
            Status::MinorGaps => "MinorGaps",
            Status::NotYetShown => "NotYetShown",
            Status::NoKnownGap => "NoKnownGap",
        }
    }
}

impl Figures {
    /// The figures over some requirements; `is_file_provisional` says whether the whole file is provisional.
    pub fn over<'a>(
        scores: impl IntoIterator<Item = &'a RequirementScore> + Clone,
        is_file_provisional: bool,
    ) -> Figures {
        let all = || scores.clone().into_iter();
        let applicable = || all().filter(|score| score.is_applicable());
        let sum = |level: fn(&RequirementScore) -> Option<Level>| {
            applicable().fold(Shares::default(), |shares, score| shares.with(score.weight, level(score))).ratio()
        };
        let mut figures = Figures {
            claimed: sum(RequirementScore::claimed),
            credited: sum(|score| score.credited),
            low: sum(|score| Some(score.low)),
            high: sum(|score| Some(score.high)),
            floor: applicable().filter_map(|score| Some((score.credited?, score.id))).min(),
            ..Figures::default()
        };
        let mut without_exclusions = Shares::default();
        for score in all() {
            without_exclusions = without_exclusions.with(score.weight, score.credited_without_exclusion);
            figures.count(score);
        }
        if figures.count_of(Verdict::NotApplicable) > 0 {
            figures.without_exclusions = without_exclusions.ratio();
        }
        figures.state = figures.scope_state();
        figures.judge_by(figures.coverage(), is_file_provisional);
        figures
    }

    /// The weight of the requirements that have a level, of all applicable ones; nothing where nothing is applicable.
    pub fn coverage(&self) -> Option<Ratio> {
        Ratio::new(self.weight_with_level, self.weight)
    }

    /// How many requirements have that verdict.
    pub fn count_of(&self, verdict: Verdict) -> usize {
        Verdict::ALL.into_iter().zip(self.verdicts).find_map(|(v, n)| (v == verdict).then_some(n)).unwrap_or_default()
    }

    /// How many requirements are applicable.
    pub fn applicable(&self) -> usize {
        self.levels.total
    }

    /// Sets status and provisional mark by a coverage; nothing applicable has neither.
    pub fn judge_by(&mut self, coverage: Option<Ratio>, is_file_provisional: bool) {
        let Some(coverage) = coverage else {
            self.status = None;
            self.provisional = false;
            return;
        };
        let status = if self.count_of(Verdict::MajorGap) > 0 {
            Status::MajorGaps
        } else if self.count_of(Verdict::Undetermined) > 0 || coverage.is_under_percent(COMPLETE_FROM) {
            Status::Incomplete
        } else if self.count_of(Verdict::MinorGap) > 0 {
            Status::MinorGaps
        } else if self.count_of(Verdict::NotShown) > 0 {
            Status::NotYetShown
        } else {
            Status::NoKnownGap
        };
        self.status = Some(status);
        self.provisional =
            is_file_provisional || status == Status::Incomplete || coverage.is_under_percent(SETTLED_FROM);
    }

    /// The warning that many minor gaps of one category may be raised as one major, or nothing.
    pub fn many_minor_gaps(&self, category: Reference) -> Option<String> {
        let gaps = self.count_of(Verdict::MinorGap);
        let applicable = self.applicable();
        let clause = if category.is_control() { "" } else { "clause " };
        (gaps > MINOR_GAPS_TOLERATED).then(|| {
            format!(
                "{gaps} of {applicable} requirements of {clause}{category} have gaps: a certification body may raise one major"
            )
        })
    }

    fn count(&mut self, score: &RequirementScore) {
        for (verdict, count) in Verdict::ALL.into_iter().zip(&mut self.verdicts) {
            *count += usize::from(verdict == score.judgement.verdict);
        }
        if score.is_applicable() {
            self.weight += score.weight;
            self.levels.total += 1;
            if score.claimed().is_some() {
                self.weight_with_level += score.weight;
                self.levels.answered += 1;
            }
            self.checks.answered += score.checks.answered;
            self.checks.total += score.checks.total;
            self.has_check_answers |= score.has_check_answers;
            self.indicative += usize::from(score.judgement.indicative);
            self.improvement_points += score.improvement_points;
            self.contradictions += usize::from(score.contradiction.is_some());
        }
    }

    fn scope_state(&self) -> ScopeState {
        match (self.levels.total, self.levels.answered, self.has_check_answers) {
            (0, _, _) => ScopeState::NotApplicable,
            (_, 0, false) => ScopeState::NotAssessed,
            (_, 0, true) => ScopeState::NoLevelYet,
            (_, _, _) => ScopeState::Assessed,
        }
    }
}

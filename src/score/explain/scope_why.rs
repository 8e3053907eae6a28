//! Why a category, a group, a lens group or the whole stands where it stands: the sums written out, what keeps them
//! down, and the rule behind the status.

use crate::{
    model::{catalog::Catalog, lens::LensGroup, level::Level, reference::Reference},
    score::{
        ProvisionalReason, Standing,
        explain::{Line, capitalized, heading, item, text},
        figures::{COMPLETE_FROM, Figures, SETTLED_FROM, ScopeState, Status},
        ratio::Ratio,
        requirement_score::RequirementScore,
        verdict::Verdict,
    },
};

/// So many requirements are named as those that keep a figure down most.
const DRAGS_NAMED: usize = 3;

/// What is explained.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// A clause or a control group.
    Category(Reference),
    /// Clauses 4 to 10.
    ManagementSystem,
    /// Annex A.
    Controls,
    /// Everything; its status only, as the two groups are never blended into one figure.
    Whole,
    /// A group of a lens.
    LensGroup(&'a LensGroup),
}

/// Everything behind the figures of a scope.
#[derive(Clone, Debug)]
pub struct ScopeWhy {
    /// What is explained, in words.
    pub title: String,
    /// The figures that are explained.
    pub figures: Figures,
    /// Whether levels may be shown as one number; not for the whole.
    pub has_level: bool,
    /// The coverage by which it is judged; of the whole the lower of its two groups.
    pub coverage: Option<Ratio>,
    /// The applicable requirements with what each adds to the sums, in natural order.
    pub terms: Vec<Term>,
    /// The applicable requirements that keep it down most, at most three.
    pub drags: Vec<Drag>,
    /// Per reason for the status, the requirements concerned.
    pub reasons: Vec<StatusReason>,
    /// Why it is provisional.
    pub provisional: Vec<WhyProvisional>,
    /// For each category in it with many minor gaps, the sentence on a major one.
    pub many_minor_gaps: Vec<String>,
}

/// What one requirement adds to the sums of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The requirement.
    pub requirement: Reference,
    /// Its weight.
    pub weight: u64,
    /// Its claimed and its credited level; nothing without a level.
    pub levels: Option<(Level, Level)>,
}

/// What keeps a figure down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drag {
    /// The requirement.
    pub requirement: Reference,
    /// Its weight.
    pub weight: u64,
    /// What its credited level lacks to its target, above 0.
    pub shortfall: u8,
}

/// Why a scope has its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatusReason {
    /// Requirements have that verdict.
    Verdict(Verdict, Vec<Reference>),
    /// Too few requirements have a level.
    LowCoverage(Ratio),
    /// No requirement has a gap, is undetermined or not shown.
    NothingKnown,
}

/// Why a scope is provisional.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyProvisional {
    /// Its status is `Incomplete`.
    Incomplete,
    /// Its coverage is under 95 percent.
    LowCoverage(Ratio),
    /// Something makes the whole file provisional.
    File(ProvisionalReason),
}

impl ScopeWhy {
    /// Explains the figures of a scope; nothing when the catalogue does not know the category.
    pub fn new(catalog: &Catalog, standing: &Standing, scope: Scope) -> Option<ScopeWhy> {
        let figures = match scope {
            Scope::Category(id) => standing.category(id)?.clone(),
            Scope::ManagementSystem => standing.management_system.clone(),
            Scope::Controls => standing.controls.clone(),
            Scope::Whole => standing.whole.clone(),
            Scope::LensGroup(group) => standing.lens_group(group),
        };
        let coverage = match scope {
            Scope::Whole => standing.lower_coverage(),
            Scope::Category(_) | Scope::ManagementSystem | Scope::Controls | Scope::LensGroup(_) => figures.coverage(),
        };
        let is_applicable_here = |score: &&RequirementScore| score.is_applicable() && scope.holds(score.id);
        let scores: Vec<&RequirementScore> = standing.requirements.iter().filter(is_applicable_here).collect();
        Some(ScopeWhy {
            title: scope.title(catalog)?,
            has_level: !matches!(scope, Scope::Whole),
            terms: scores.iter().map(|score| Term::of(score)).collect(),
            drags: drags(&scores),
            reasons: status_reasons(&figures, coverage, &scores),
            provisional: why_provisional(&figures, coverage, standing),
            many_minor_gaps: many_minor_gaps(standing, scope),
            coverage,
            figures,
        })
    }

    /// The explanation as it is printed.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = vec![heading(self.title.as_str())];
        if self.has_level {
            self.sum_lines(&mut lines);
        } else {
            lines.push(text("The management system and the controls are never blended into one figure."));
        }
        self.extent_lines(&mut lines);
        if !self.terms.is_empty() {
            lines.push(heading("What keeps it down most"));
            lines.extend(self.drags.iter().map(|drag| item(drag.sentence())));
            if self.drags.is_empty() {
                lines.push(text("Nothing: every target is met."));
            }
        }
        self.status_lines(&mut lines);
        lines
    }

    fn sum_lines(&self, lines: &mut Vec<Line>) {
        let figures = &self.figures;
        match (figures.credited, figures.claimed) {
            (Some(credited), Some(claimed)) => {
                lines.push(text(format!(
                    "Credited {}, claimed {}: sums of weight x level over the sum of the weights.",
                    written_out(credited),
                    written_out(claimed)
                )));
            }
            (_, _) => lines.extend(figures.state.instead_of_figure().map(|words| text(capitalized(words) + "."))),
        }
        lines.extend(self.terms.iter().map(|term| item(term.sentence())));
        // Without any level the range would be 0 to 5, which says nothing.
        if let (ScopeState::Assessed, Some(low), Some(high)) = (figures.state, figures.low, figures.high) {
            lines.push(text(format!(
                "Range {} to {}: a missing level as 0 and as 5, an open check as no and as yes.",
                written_out(low),
                written_out(high)
            )));
        }
        if let Some((level, id)) = figures.floor {
            lines.push(text(format!("Floor {level}, in {id}.")));
        }
        if let Some(without) = figures.without_exclusions {
            lines.push(text(format!("Credited without exclusions {}.", written_out(without))));
        }
    }

    /// How much of it is answered.
    fn extent_lines(&self, lines: &mut Vec<Line>) {
        let Some(coverage) = self.coverage else { return };
        let of_what = if self.has_level { "by weight" } else { "by weight, the lower of the two groups" };
        let (levels, checks) = (self.figures.levels, self.figures.checks);
        lines.push(text(format!(
            "Coverage {} % = {} / {} {of_what}: {} of {} requirements have a level, {} of {} checks are answered.",
            coverage.percent(),
            coverage.numerator,
            coverage.denominator,
            levels.answered,
            levels.total,
            checks.answered,
            checks.total
        )));
    }

    fn status_lines(&self, lines: &mut Vec<Line>) {
        let Some(status) = self.figures.status else { return };
        lines.push(heading(format!("Status: {}", status.name())));
        lines.extend(self.reasons.iter().map(|reason| text(reason.sentence())));
        if !self.provisional.is_empty() {
            lines.push(text("Provisional, because:"));
            lines.extend(self.provisional.iter().map(|why| item(why.words())));
        }
        lines.extend(self.many_minor_gaps.iter().map(|sentence| text(format!("{sentence}."))));
    }
}

impl Scope<'_> {
    fn holds(self, id: Reference) -> bool {
        match self {
            Scope::Category(category) => id.category() == category,
            Scope::ManagementSystem => !id.is_control(),
            Scope::Controls => id.is_control(),
            Scope::Whole => true,
            Scope::LensGroup(group) => group.counted().contains(&id),
        }
    }

    fn title(self, catalog: &Catalog) -> Option<String> {
        Some(match self {
            Scope::Category(id) => format!("{id} {}", catalog.category(id)?.title),
            Scope::ManagementSystem => "Management system (clauses 4 to 10)".into(),
            Scope::Controls => "Controls (Annex A)".into(),
            Scope::Whole => "Whole assessment".into(),
            Scope::LensGroup(group) => group.label(),
        })
    }
}

impl Term {
    fn of(score: &RequirementScore) -> Term {
        let levels = score.claimed().zip(score.credited);
        Term { requirement: score.id, weight: score.weight, levels }
    }

    fn sentence(self) -> String {
        let Term { requirement, weight, levels } = self;
        let product = |level: Level| format!("{weight} x {level} = {}", weight * u64::from(level.number()));
        match levels {
            Some((claimed, credited)) => {
                format!("{requirement}: credited {}, claimed {}", product(credited), product(claimed))
            }
            None => format!("{requirement}: weight {weight}, no level yet"),
        }
    }
}

impl Drag {
    /// Weight times shortfall.
    pub fn points(self) -> u64 {
        self.weight * u64::from(self.shortfall)
    }

    fn sentence(self) -> String {
        format!("{}: weight {} x {} short = {}", self.requirement, self.weight, self.shortfall, self.points())
    }
}

impl StatusReason {
    fn sentence(&self) -> String {
        match self {
            StatusReason::Verdict(verdict, ids) => format!("{}: {}.", capitalized(verdict.name()), list(ids)),
            StatusReason::LowCoverage(coverage) => {
                format!("Coverage is {} %, under {COMPLETE_FROM} %.", coverage.percent())
            }
            StatusReason::NothingKnown => "No gap, nothing undetermined, and all is shown.".into(),
        }
    }
}

impl WhyProvisional {
    fn words(&self) -> String {
        match self {
            WhyProvisional::Incomplete => "the status is Incomplete".into(),
            WhyProvisional::LowCoverage(coverage) => {
                format!("coverage is {} %, under {SETTLED_FROM} %", coverage.percent())
            }
            WhyProvisional::File(reason) => format!("in the whole file, {}", reason.name()),
        }
    }
}

/// The requirements with the highest weight x shortfall, highest first, then in natural order.
fn drags(scores: &[&RequirementScore]) -> Vec<Drag> {
    let drag =
        |score: &&RequirementScore| Drag { requirement: score.id, weight: score.weight, shortfall: score.shortfall() };
    let mut drags: Vec<Drag> = scores.iter().map(drag).filter(|drag| drag.shortfall > 0).collect();
    drags.sort_by_key(|drag| (std::cmp::Reverse(drag.points()), drag.requirement));
    drags.truncate(DRAGS_NAMED);
    drags
}

fn status_reasons(figures: &Figures, coverage: Option<Ratio>, scores: &[&RequirementScore]) -> Vec<StatusReason> {
    let of_verdict = |verdict: Verdict| {
        let with_it = scores.iter().filter(|score| score.judgement.verdict == verdict).map(|score| score.id);
        let ids: Vec<Reference> = with_it.collect();
        (!ids.is_empty()).then_some(StatusReason::Verdict(verdict, ids))
    };
    let low_coverage = coverage.filter(|coverage| coverage.is_under_percent(COMPLETE_FROM));
    let reasons = match figures.status {
        None => [None, None],
        Some(Status::MajorGaps) => [of_verdict(Verdict::MajorGap), None],
        Some(Status::Incomplete) => [of_verdict(Verdict::Undetermined), low_coverage.map(StatusReason::LowCoverage)],
        Some(Status::MinorGaps) => [of_verdict(Verdict::MinorGap), None],
        Some(Status::NotYetShown) => [of_verdict(Verdict::NotShown), None],
        Some(Status::NoKnownGap) => [Some(StatusReason::NothingKnown), None],
    };
    reasons.into_iter().flatten().collect()
}

fn why_provisional(figures: &Figures, coverage: Option<Ratio>, standing: &Standing) -> Vec<WhyProvisional> {
    let Some(coverage) = coverage else { return Vec::new() };
    let incomplete = (figures.status == Some(Status::Incomplete)).then_some(WhyProvisional::Incomplete);
    let low = coverage.is_under_percent(SETTLED_FROM).then_some(WhyProvisional::LowCoverage(coverage));
    let of_file = standing.provisional.iter().copied().map(WhyProvisional::File);
    incomplete.into_iter().chain(low).chain(of_file).collect()
}

fn many_minor_gaps(standing: &Standing, scope: Scope) -> Vec<String> {
    let is_in = |category: Reference| match scope {
        Scope::Category(_) | Scope::ManagementSystem | Scope::Controls | Scope::Whole => scope.holds(category),
        Scope::LensGroup(_) => false,
    };
    let categories = standing.categories.iter().filter(|(category, _)| is_in(*category));
    categories.filter_map(|(category, figures)| figures.many_minor_gaps(*category)).collect()
}

/// A level as it is printed, with the fraction behind it: `3.2 = 64 / 20`.
fn written_out(ratio: Ratio) -> String {
    format!("{ratio} = {} / {}", ratio.numerator, ratio.denominator)
}

fn list(ids: &[Reference]) -> String {
    ids.iter().map(Reference::to_string).collect::<Vec<_>>().join(", ")
}

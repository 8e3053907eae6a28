//! Why one requirement has its verdict, its credited level, its weight and its target, and what would lift it.

use crate::{
    impact::rating::SystemRating,
    model::{
        answer::{CheckState, LevelAnswer, Stamp},
        assessment::Assessment,
        catalog::Catalog,
        evidence::Freshness,
        exclusion::{Exclusion, ExclusionBasis},
        level::Level,
        reference::Reference,
        requirement::{Check, Requirement},
    },
    score::{
        Standing,
        credit::{self, Cap},
        explain::{Line, capitalized, heading, item, text},
        requirement_score::{RequirementScore, binding_checks, improvement_points},
        verdict::{BindingCheck, Verdict, VerdictRule},
    },
};

/// Everything behind the figures of one requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementWhy {
    /// Its title, with the heading above it where that is needed.
    pub title: String,
    /// The figures that are explained.
    pub score: RequirementScore,
    /// The exclusion in force.
    pub exclusion: Option<Exclusion>,
    /// Who changed the answer last, the exclusion included, and when.
    pub changed: Option<Stamp>,
    /// The checks on which the verdict rests; none when it rests on all being yes.
    pub concerned: Vec<CheckWhy>,
    /// Every cap that applies, lowest first.
    pub caps: Vec<CapWhy>,
    /// Where the weight comes from.
    pub weight: WeightWhy,
    /// The target of the category, before any raise by impact level.
    pub category_target: Level,
    /// The guidance checks that are neither yes nor without occasion.
    pub improvement_points: Vec<CheckWhy>,
    /// What lifts the credited level to its next value; nothing when it cannot rise.
    pub next: Option<NextLevel>,
}

/// A check with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckWhy {
    /// Its id within the requirement.
    pub id: String,
    /// The question.
    pub text: String,
    /// Whether a plain no is a major gap.
    pub critical: bool,
    /// The answer that counts.
    pub state: CheckState,
}

/// A cap with what is behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapWhy {
    /// The cap.
    pub cap: Cap,
    /// Whether it decides: it is at the credited level, and that is below the claimed one.
    pub binds: bool,
    /// The checks that bring it.
    pub checks: Vec<CheckWhy>,
    /// The attached evidence that does not help.
    pub evidence: Vec<EvidenceWhy>,
}

/// An item of evidence with how it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceWhy {
    /// Its title.
    pub title: String,
    /// Whether it has a date; what has none counts as stale.
    pub is_dated: bool,
    /// Stale, or dated later than the day in question.
    pub freshness: Freshness,
}

/// Where a weight comes from: base times factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightWhy {
    /// From the questionnaire, 1 to 3.
    pub base: u8,
    /// The factor in quarters: 4, 5, 6 or 8.
    pub quarters: u64,
    /// Whether the factor of the AI systems applies to it.
    pub system_facing: bool,
    /// The systems in scope whose level is the highest, for a requirement that faces systems.
    pub systems: Vec<SystemRating>,
}

/// What lifts the credited level to its next value. All steps are needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextLevel {
    /// The level that is credited then; nothing while no level is stated.
    pub to: Option<Level>,
    /// What is to be done.
    pub steps: Vec<LiftStep>,
}

/// One thing that lifts a credited level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiftStep {
    /// State the level, which nobody did so far.
    StateLevel,
    /// Put into practice what a check answered no or partly asks for.
    Close(CheckWhy),
    /// Answer a check that is open, with yes.
    Answer(CheckWhy),
    /// Attach current evidence.
    Attach,
    /// Reach the next level of the ladder.
    Reach {
        /// The level.
        level: Level,
        /// What one sees there.
        rung: String,
    },
}

impl RequirementWhy {
    /// Explains the figures of a requirement; nothing when the catalogue does not know it.
    pub fn new(
        catalog: &Catalog,
        assessment: &Assessment,
        standing: &Standing,
        id: Reference,
    ) -> Option<RequirementWhy> {
        let requirement = catalog.requirement(id)?;
        let score = standing.requirement(id)?.clone();
        let answer = assessment.answer(id);
        let checks: Vec<CheckWhy> = binding_checks(requirement, answer).map(CheckWhy::from).collect();
        let evidence: Vec<EvidenceWhy> = assessment
            .evidence_for(id)
            .map(|item| EvidenceWhy {
                title: item.title.clone(),
                is_dated: item.date.is_some(),
                freshness: item.freshness(standing.as_of),
            })
            .collect();
        let caps: Vec<CapWhy> = score.caps.iter().map(|cap| CapWhy::new(*cap, &score, &checks, &evidence)).collect();
        let improvement_points = improvement_points(requirement, answer).filter(|_| score.is_applicable());
        Some(RequirementWhy {
            title: requirement.full_title().into_owned(),
            exclusion: assessment.exclusion_in_force(id).cloned(),
            changed: answer.and_then(|answer| answer.changed.clone()),
            concerned: concerned(&score, &checks),
            weight: WeightWhy::new(requirement, standing),
            category_target: assessment.category_target(id.category()),
            improvement_points: improvement_points.map(CheckWhy::from).collect(),
            next: NextLevel::new(requirement, &score, &caps),
            caps,
            score,
        })
    }

    /// The explanation as it is printed.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = vec![heading(format!("{} {}", self.score.id, self.title))];
        self.verdict_lines(&mut lines);
        if self.score.is_applicable() {
            self.level_lines(&mut lines);
        }
        lines.push(heading("Weight and target"));
        lines.push(text(self.weight.sentence(self.score.weight)));
        lines.push(text(self.target_sentence()));
        lines.push(heading("What would lift it"));
        self.next_lines(&mut lines);
        lines
    }

    fn verdict_lines(&self, lines: &mut Vec<Line>) {
        let judgement = self.score.judgement;
        let verdict = capitalized(judgement.verdict.name());
        let mut sentence = format!("{verdict} by rule {}: {}.", judgement.rule.number(), self.rule_in_words());
        if judgement.indicative {
            sentence.push_str(" Indicative: open checks can still change it.");
        }
        lines.push(text(sentence));
        lines.extend(self.concerned.iter().map(|check| item(check.question())));
        if let Some(exclusion) = &self.exclusion {
            self.exclusion_lines(exclusion, lines);
        }
        if let Some(contradiction) = self.score.contradiction {
            let (what, advice) = (capitalized(contradiction.name()), capitalized(contradiction.advice()));
            lines.push(text(format!("{what}. {advice}.")));
        }
        if self.score.is_disputed {
            lines.push(text("People disagree on it; the worse answer counts until they settle it."));
        }
        if !self.improvement_points.is_empty() {
            lines.push(text("Improvement points, which change no figure:"));
            lines.extend(self.improvement_points.iter().map(|check| item(check.question())));
        }
    }

    /// On what an exclusion in force rests, and who decided when.
    fn exclusion_lines(&self, exclusion: &Exclusion, lines: &mut Vec<Line>) {
        let basis = exclusion.basis.map(ExclusionBasis::name).unwrap_or_default();
        lines.push(text(format!("Basis: {basis}. Reason: {}", exclusion.reason)));
        let reference = exclusion.reference.trim();
        let reference = if reference.is_empty() { "none" } else { reference };
        let changed = self.changed.as_ref().map(|stamp| format!(" Last changed by {} on {}.", stamp.by, stamp.on));
        lines.push(text(format!("Reference: {reference}.{}", changed.unwrap_or_default())));
    }

    /// Why the rule that gave the verdict fits, without an end mark.
    pub fn rule_in_words(&self) -> String {
        let level = self.score.claimed().map_or(0, Level::number);
        let judgement = self.score.judgement;
        match (judgement.rule, judgement.verdict) {
            (VerdictRule::Excluded, _) => "the control is excluded".into(),
            (VerdictRule::CriticalNo, _) => "a critical check is no".into(),
            (VerdictRule::NothingThere, _) if judgement.indicative => {
                "the claimed level is 0, and no check of this clause is yes or partly".into()
            }
            (VerdictRule::NothingThere, _) => "all checks of this clause are no".into(),
            (VerdictRule::AbsentAndOpen, _) => "the claimed level is 0 while a critical check is open".into(),
            (VerdictRule::CheckGap, _) => "a check is no or partly".into(),
            (VerdictRule::AllYes, Verdict::Conforming) => "all checks are yes, and current evidence is attached".into(),
            (VerdictRule::AllYes, _) => "all checks are yes, and no current evidence is attached".into(),
            (VerdictRule::LevelOnly, Verdict::MinorGap) => {
                format!("checks are open, and a claimed level of {level} speaks for a gap")
            }
            (VerdictRule::LevelOnly, Verdict::Undetermined) => {
                format!("a critical check is unknown, so a claimed level of {level} does not tell")
            }
            (VerdictRule::LevelOnly, _) => {
                format!("checks are open, and a claimed level of {level} says that it is there")
            }
            (VerdictRule::NothingSaid, _) => "checks are open, and there is no level to go by".into(),
        }
    }

    fn level_lines(&self, lines: &mut Vec<Line>) {
        let score = &self.score;
        lines.push(heading("Level"));
        lines.push(text(match (score.claimed(), score.credited, score.stated) {
            (Some(claimed), Some(credited), _) => format!("Claimed {claimed}, credited {credited}."),
            (_, _, Some(LevelAnswer::Unknown)) => "No level: asked, and nobody knows.".into(),
            (_, _, _) => "No level: nobody has said one yet.".into(),
        }));
        if score.by_proposal {
            lines.push(text("The level was taken over from a proposal."));
        }
        if self.caps.is_empty() {
            lines.push(text("No cap applies."));
        }
        lines.extend(self.caps.iter().map(|cap| item(cap.sentence())));
        let has_open = score.checks.answered < score.checks.total;
        let how = match score.claimed() {
            None => "without a level anything is possible",
            Some(_) if has_open => "with every open check at no, and at yes",
            Some(_) => "nothing is open",
        };
        lines.push(text(format!("Range {} to {}: {how}.", score.low, score.high)));
    }

    fn target_sentence(&self) -> String {
        let target = self.score.target;
        let raised = if self.score.is_target_raised {
            format!(", raised by impact level from {}", self.category_target)
        } else {
            String::new()
        };
        match self.score.shortfall() {
            _ if !self.score.is_applicable() => format!("Target {target}{raised}; it does not count while excluded."),
            0 => format!("Target {target}{raised}: met."),
            shortfall => format!("Target {target}{raised}: {shortfall} short."),
        }
    }

    fn next_lines(&self, lines: &mut Vec<Line>) {
        let Some(next) = &self.next else {
            lines.push(text(if self.score.is_applicable() {
                "Nothing: it is at the top of the ladder."
            } else {
                "An exclusion that is lifted brings back the answers stored under it."
            }));
            return;
        };
        lines.extend(next.steps.iter().map(|step| item(step.sentence())));
        let has_to_be_answered = next.steps.iter().any(|step| matches!(step, LiftStep::Answer(_)));
        lines.push(text(match next.to {
            Some(to) if has_to_be_answered => format!("With that, and a yes to what is open, level {to} is credited."),
            Some(to) => format!("With that, level {to} is credited."),
            None => {
                let most = credit::credited(Level::OPTIMIZING, self.score.caps.iter().copied());
                format!("As things stand, up to level {most} would be credited.")
            }
        }));
        if self.score.judgement.rule == VerdictRule::AllYes && is_unshown(&self.score) {
            lines.push(text("Current evidence alone makes the verdict conforming."));
        }
    }
}

impl From<(&Check, CheckState)> for CheckWhy {
    fn from((check, state): (&Check, CheckState)) -> CheckWhy {
        CheckWhy { id: check.id.to_string(), text: check.text.to_string(), critical: check.critical, state }
    }
}

impl CheckWhy {
    /// The check with its answer: `method (critical), no: Have you ...?`
    fn question(&self) -> String {
        let mark = if self.critical { " (critical)" } else { "" };
        format!("{}{mark}, {}: {}", self.id, self.state.name(), self.text)
    }
}

impl CapWhy {
    fn new(cap: Cap, score: &RequirementScore, checks: &[CheckWhy], evidence: &[EvidenceWhy]) -> CapWhy {
        let brings_it = |check: &&CheckWhy| {
            Cap::of_check(BindingCheck { critical: check.critical, state: check.state }) == Some(cap)
        };
        let is_behind_it = |_: &&EvidenceWhy| cap.is_of_evidence();
        CapWhy {
            cap,
            binds: score.binding_caps().any(|binding| binding == cap),
            checks: checks.iter().filter(brings_it).cloned().collect(),
            evidence: evidence.iter().filter(is_behind_it).cloned().collect(),
        }
    }

    /// The cap in words: `At most 2, which decides: a check is no (method)`.
    fn sentence(&self) -> String {
        let decides = if self.binds { ", which decides" } else { "" };
        let checks = self.checks.iter().map(|check| check.id.clone());
        let behind: Vec<String> = checks.chain(self.evidence.iter().map(EvidenceWhy::words)).collect();
        let behind = if behind.is_empty() { String::new() } else { format!(" ({})", behind.join("; ")) };
        format!("At most {}{decides}: {}{behind}", self.cap.level(), self.cap.name())
    }
}

impl EvidenceWhy {
    fn words(&self) -> String {
        let how = match self.freshness {
            Freshness::Current => "current",
            Freshness::Stale if !self.is_dated => "undated, counts as stale",
            Freshness::Stale => "stale",
            Freshness::Future => "dated later",
        };
        format!("{}, {how}", self.title)
    }
}

impl WeightWhy {
    fn new(requirement: &Requirement, standing: &Standing) -> WeightWhy {
        let highest = standing.systems_in_scope().map(SystemRating::weighing_level).max();
        let decides = |system: &&SystemRating| requirement.system_facing && Some(system.weighing_level()) == highest;
        WeightWhy {
            base: requirement.weight,
            quarters: standing.factor.quarters_for(requirement),
            system_facing: requirement.system_facing,
            systems: standing.systems_in_scope().filter(decides).cloned().collect(),
        }
    }

    fn sentence(&self, weight: u64) -> String {
        let why = match (self.system_facing, self.systems.is_empty()) {
            (false, _) => "it does not face AI systems".to_owned(),
            (true, true) => "no AI system is in scope".to_owned(),
            (true, false) => self.systems.iter().map(level_in_words).collect::<Vec<_>>().join("; "),
        };
        format!("Weight {weight} = base {} x {} quarters: {why}.", self.base, self.quarters)
    }
}

impl NextLevel {
    /// The caps at the credited level have to go, and a claim that is no higher has to rise.
    fn new(requirement: &Requirement, score: &RequirementScore, caps: &[CapWhy]) -> Option<NextLevel> {
        if !score.is_applicable() || score.credited == Some(Level::OPTIMIZING) {
            return None;
        }
        let (Some(claimed), Some(credited)) = (score.claimed(), score.credited) else {
            let steps = [LiftStep::StateLevel].into_iter().chain(is_unshown(score).then_some(LiftStep::Attach));
            return Some(NextLevel { to: None, steps: steps.collect() });
        };
        let (holding, others): (Vec<&CapWhy>, Vec<&CapWhy>) = caps.iter().partition(|why| why.cap.level() == credited);
        let mut steps: Vec<LiftStep> = holding.into_iter().flat_map(LiftStep::against).collect();
        let mut reached = claimed;
        if claimed == credited {
            reached = Level::ALL[credited.index() + 1];
            steps.push(LiftStep::Reach { level: reached, rung: requirement.ladder.rung(reached).to_owned() });
        }
        if is_unshown(score) && !steps.contains(&LiftStep::Attach) {
            steps.push(LiftStep::Attach);
        }
        // Evidence attached for the verdict takes the caps of evidence away too, though they did not hold the level.
        let attaches = steps.contains(&LiftStep::Attach);
        let staying = others.into_iter().map(|why| why.cap).filter(|cap| !(attaches && cap.is_of_evidence()));
        Some(NextLevel { to: Some(credit::credited(reached, staying)), steps })
    }
}

impl LiftStep {
    /// What takes a cap away.
    fn against(why: &CapWhy) -> Vec<LiftStep> {
        if why.cap.is_of_evidence() {
            return vec![LiftStep::Attach];
        }
        let step = |check: CheckWhy| {
            if check.state.is_open() { LiftStep::Answer(check) } else { LiftStep::Close(check) }
        };
        why.checks.iter().cloned().map(step).collect()
    }

    fn sentence(&self) -> String {
        match self {
            LiftStep::StateLevel => "State the level that describes today".into(),
            LiftStep::Close(check) => format!("Close check {}: {}", check.id, check.text),
            LiftStep::Answer(check) => format!("Answer check {}: {}", check.id, check.text),
            LiftStep::Attach => "Attach current evidence".into(),
            LiftStep::Reach { level, rung } => format!("Reach level {level}: {rung}"),
        }
    }
}

/// Whether the verdict is *not shown* with nothing current attached, so that evidence is among what betters it.
fn is_unshown(score: &RequirementScore) -> bool {
    score.judgement.verdict == Verdict::NotShown && score.evidence.current == 0
}

/// The checks on which a verdict rests.
fn concerned(score: &RequirementScore, checks: &[CheckWhy]) -> Vec<CheckWhy> {
    let is_concerned = |check: &&CheckWhy| match score.judgement.rule {
        VerdictRule::Excluded | VerdictRule::AllYes => false,
        VerdictRule::CriticalNo => check.critical && check.state == CheckState::No,
        VerdictRule::NothingThere => true,
        VerdictRule::AbsentAndOpen => check.critical && check.state.is_open(),
        VerdictRule::CheckGap => check.state.is_gap(),
        VerdictRule::LevelOnly if score.judgement.verdict == Verdict::Undetermined => {
            check.critical && check.state == CheckState::Unknown
        }
        VerdictRule::LevelOnly | VerdictRule::NothingSaid => check.state.is_open(),
    };
    checks.iter().filter(is_concerned).cloned().collect()
}

/// Which impact level of a system counts, and why: `Chatbot counts as medium until it is assessed`.
pub fn level_in_words(system: &SystemRating) -> String {
    let name = &system.name;
    let level = system.weighing_level().name();
    match (system.is_banned, system.inherent, system.is_sensitive) {
        (true, _, _) => format!("{name} counts as {level}, as its use is banned"),
        (false, Some(_), _) => format!("the impact of {name} is {level}"),
        (false, None, true) => format!("{name} counts as {level}, for its sensitive use, until it is assessed"),
        (false, None, false) => format!("{name} counts as {level} until it is assessed"),
    }
}

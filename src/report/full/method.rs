//! The method: the rules of the scoring, each with what it did in this assessment, and one figure worked through from the
//! answers to the level that is printed.

use serde::Serialize;
use serde_json::Value;

use crate::{
    model::{
        evidence::{DEFAULT_VALIDITY, Freshness},
        level::Level,
        reference::Reference,
    },
    report::{
        Subject,
        figures::RatioJson,
        full::json_of,
        page::Page,
        table::{Column, Table},
        words,
    },
    score::{
        credit::Cap,
        explain::{
            requirement_why::{RequirementWhy, level_in_words},
            scope_why::{Scope, ScopeWhy, Term},
        },
        requirement_score::RequirementScore,
    },
};

pub(super) fn page(subject: &Subject) -> Page {
    let mut page = Page::titled(format!("Method of the figures of {}", subject.assessment.name));
    page.fields(vec![
        ("As of", subject.standing.as_of.to_string().into()),
        ("Questionnaires", subject.catalog.version.as_str().into()),
        ("Requirements", subject.standing.requirements.len().to_string().into()),
    ]);
    page.paragraph(ABOUT);
    page.section("Verdicts");
    page.paragraph(VERDICTS);
    page.table(rule_table(subject));
    page.section("Credited levels");
    page.paragraph(levels_in_words());
    page.paragraph(CREDITED);
    page.table(cap_table(subject));
    page.paragraph(evidence(subject));
    page.section("Weights and figures");
    page.paragraph(weights(subject));
    page.paragraph(FIGURES);
    worked(&mut page, subject);
    page.section("The plan");
    page.paragraph(plan(subject));
    page
}

const ABOUT: &str = "This page says how the figures of this report come about. Each rule stands beside what it did with the \
    answers of this assessment, so that every figure can be followed by hand. The command aimscope why does the same for any.";

const VERDICTS: &str = "Each requirement is judged by its own checks, by the first rule that fits, and never by an average. \
    A verdict is indicative while open checks can still change it. Guidance checks change no verdict and no level.";

const CREDITED: &str = "The claimed level is what the team picked. The credited level is what could be shown to an auditor \
    today: the claimed level, or the lowest of the limits below that apply. The last column counts the requirements whose \
    level a limit holds down here.";

const FIGURES: &str = "A figure of a clause, a control group or one of the two groups is the mean of its levels by weight, \
    over the requirements that have one; coverage says how much of the weight that is. The range puts a missing level at 0 \
    and at 5, and an open check at no and at yes. The two groups are never blended into one figure, and what is excluded \
    never counts as fulfilled.";

fn levels_in_words() -> String {
    let levels: Vec<String> =
        Level::ALL.iter().map(|level| format!("{level} {}", level.name().to_lowercase())).collect();
    format!("Levels are the tool's own: {}.", levels.join(", "))
}

/// Number of a verdict rule, when it fits, and the verdict that it gives.
const RULES: [(u8, &str, &str); 7] = [
    (1, "the control is excluded", "not applicable"),
    (2, "a critical check is no, or nothing of a clause is there", "major gap"),
    (3, "the claimed level is 0 while a critical check is open", "major gap"),
    (4, "a check is no or partly", "minor gap"),
    (5, "all checks are yes", "conforming with current evidence, else not shown"),
    (
        6,
        "checks are open, and there is a level",
        "minor gap up to level 2, not shown from 3 on, undetermined where a critical check is unknown",
    ),
    (7, "none of these", "undetermined"),
];

fn by_rule(subject: &Subject, number: u8) -> usize {
    subject.standing.requirements.iter().filter(|score| score.judgement.rule.number() == number).count()
}

fn rule_table(subject: &Subject) -> Table {
    let mut table = Table::new(vec![
        Column::words("Rule").key(),
        Column::words("When").share(40),
        Column::words("Verdict").share(40),
        Column::figures("Requirements here"),
    ]);
    for (number, when, verdict) in RULES {
        let count = by_rule(subject, number).to_string();
        table.push(vec![number.to_string().into(), when.into(), verdict.into(), count.into()]);
    }
    table
}

const CAPS: [Cap; 6] =
    [Cap::CriticalNo, Cap::No, Cap::CriticalPartlyOrOpen, Cap::NoEvidence, Cap::PartlyOrOpen, Cap::NoneCurrent];

/// How many requirements a limit holds below the claimed level.
fn held_by(subject: &Subject, cap: Cap) -> usize {
    let scores = subject.standing.requirements.iter();
    scores.filter(|score| score.binding_caps().any(|binding| binding == cap)).count()
}

fn cap_table(subject: &Subject) -> Table {
    let mut table =
        Table::new(vec![Column::words("Limit").key(), Column::figures("At most"), Column::figures("Held here")]);
    for cap in CAPS {
        let held = held_by(subject, cap).to_string();
        table.push(vec![cap.name().into(), cap.level().to_string().into(), held.into()]);
    }
    table
}

fn evidence(subject: &Subject) -> String {
    let items = &subject.assessment.evidence;
    let of = |freshness| items.iter().filter(|item| item.freshness(subject.standing.as_of) == freshness).count();
    let as_of = subject.standing.as_of;
    let validity = as_of.checked_add_days(DEFAULT_VALIDITY).map_or(0, |last| (last - as_of).num_days());
    format!(
        "Evidence is current from its date until its last day, {} days later unless another day is given. On {} the register \
         has {}: {} current, {} stale or undated, {} dated later, which count as not there.",
        validity,
        subject.standing.as_of,
        words::count(items.len(), "item", "items"),
        of(Freshness::Current),
        of(Freshness::Stale),
        of(Freshness::Future)
    )
}

fn weights(subject: &Subject) -> String {
    let standing = subject.standing;
    let highest = standing.systems_in_scope().map(|system| system.weighing_level()).max();
    let facing: Vec<_> = subject.catalog.requirements().filter(|requirement| requirement.system_facing).collect();
    let quarters = facing.first().map_or(4, |requirement| standing.factor.quarters_for(requirement));
    let deciding = standing.systems_in_scope().filter(|system| Some(system.weighing_level()) == highest);
    let because = match highest {
        Some(_) => words::list(deciding.map(level_in_words)),
        None => "no AI system is in scope".to_owned(),
    };
    let raised = standing.requirements.iter().filter(|score| score.is_applicable() && score.is_target_raised).count();
    format!(
        "A weight is the base of a requirement, 1 to 3, times 4. For those that face AI systems it is times 4, 5, 6 or 8, by \
         the highest impact level among the systems in scope. Here {} of {} face systems and are weighed times {quarters}: \
         {because}. {} raised by that.",
        facing.len(),
        words::count(standing.requirements.len(), "requirement", "requirements"),
        words::count(raised, "target is", "targets are")
    )
}

/// The category that shows most: one with a level that is held down, of the fewest requirements.
fn example<'a>(subject: &Subject<'a>) -> Option<(ScopeWhy, &'a RequirementScore)> {
    let standing = subject.standing;
    let of = |category: Reference| {
        let scores = standing.requirements.iter().filter(move |score| score.id.category() == category);
        scores.filter(|score| score.credited.is_some())
    };
    let (category, _) = standing.categories.iter().filter(|(category, _)| of(*category).next().is_some()).max_by_key(
        |(category, _)| {
            let held = of(*category).any(|score| score.binding_caps().next().is_some());
            (held, of(*category).count().min(2), std::cmp::Reverse(of(*category).count()), std::cmp::Reverse(*category))
        },
    )?;
    let score = of(*category)
        .max_by_key(|score| (score.binding_caps().next().is_some(), score.weight, std::cmp::Reverse(score.id)))?;
    Some((ScopeWhy::new(subject.catalog, standing, Scope::Category(*category))?, score))
}

fn worked(page: &mut Page, subject: &Subject) {
    let Some((scope, score)) = example(subject) else {
        page.paragraph("No requirement has a level yet, so that there is no figure to work through.");
        return;
    };
    page.section("One requirement worked through");
    let why = RequirementWhy::new(subject.catalog, subject.assessment, subject.standing, score.id);
    page.explain(&why.map(|why| why.lines()).unwrap_or_default(), 3);
    page.section("One figure worked through");
    page.explain(&scope.lines(), 3);
}

fn plan(subject: &Subject) -> String {
    let plan = subject.plan;
    format!(
        "Actions follow from the answers: they close checks that are no or partly, lift levels below their target, attach \
         evidence where only that is missing, and ask what nobody answered. They come in four waves, within a wave by what \
         they give per day of work, and never before what they wait for. Here {}, one after the other, at {} person-days \
         a week from {} on.",
        words::count(plan.steps.len(), "action is planned", "actions are planned"),
        plan.capacity,
        plan.day_zero
    )
}

#[derive(Serialize)]
struct Body {
    rules: Vec<RuleJson>,
    limits: Vec<LimitJson>,
    worked: Option<WorkedJson>,
}

#[derive(Serialize)]
struct RuleJson {
    number: u8,
    when: &'static str,
    verdict: &'static str,
    requirements: usize,
}

#[derive(Serialize)]
struct LimitJson {
    reason: &'static str,
    at_most: u8,
    held: usize,
}

#[derive(Serialize)]
struct WorkedJson {
    scope: String,
    claimed: Option<RatioJson>,
    credited: Option<RatioJson>,
    low: Option<RatioJson>,
    high: Option<RatioJson>,
    coverage: Option<RatioJson>,
    terms: Vec<TermJson>,
}

#[derive(Serialize)]
struct TermJson {
    requirement: Reference,
    weight: u64,
    claimed: Option<u8>,
    credited: Option<u8>,
}

impl From<&Term> for TermJson {
    fn from(term: &Term) -> TermJson {
        TermJson {
            requirement: term.requirement,
            weight: term.weight,
            claimed: term.levels.map(|(claimed, _)| claimed.number()),
            credited: term.levels.map(|(_, credited)| credited.number()),
        }
    }
}

pub(super) fn json(subject: &Subject) -> Value {
    let rule = |(number, when, verdict)| RuleJson { number, when, verdict, requirements: by_rule(subject, number) };
    let limit = |cap: Cap| LimitJson { reason: cap.id(), at_most: cap.level().number(), held: held_by(subject, cap) };
    let worked = example(subject).map(|(scope, _)| WorkedJson {
        claimed: RatioJson::of(scope.figures.claimed),
        credited: RatioJson::of(scope.figures.credited),
        low: RatioJson::of(scope.figures.low),
        high: RatioJson::of(scope.figures.high),
        coverage: RatioJson::of(scope.coverage),
        terms: scope.terms.iter().map(TermJson::from).collect(),
        scope: scope.title,
    });
    let (rules, limits) = (RULES.into_iter().map(rule).collect(), CAPS.into_iter().map(limit).collect());
    json_of(Body { rules, limits, worked })
}

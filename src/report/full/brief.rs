//! The brief: what a consultant needs to make an offer. Who we are and what is in scope, what is missing, how much work it
//! looks like, and the questions that every offer should answer, so that offers can be compared.

use serde::Serialize;
use serde_json::Value;

use crate::{
    model::{profile::Profile, reference::Reference},
    plan::Workload,
    report::{
        Subject,
        documents::{self, DocumentState},
        figures::level_table,
        full::json_of,
        impact::case,
        line::{Line, Tone},
        page::Page,
        plan, score, standing, systems,
        table::{Column, Table},
        words,
    },
    score::{requirement_score::RequirementScore, verdict::Verdict},
};

pub(super) fn page(subject: &Subject) -> Page {
    let mut page = Page::titled(format!("Brief for an offer: {}", subject.assessment.name));
    page.paragraph(ABOUT);
    page.fields(organization(subject));
    page.section("Scope");
    page.paragraph(scope(subject));
    page.table(system_table(subject));
    page.section("Where we stand");
    page.fields(vec![
        ("Status", words::status(&subject.standing.whole)),
        ("Verdicts", standing::verdicts(subject.standing)),
        ("Disputed", words::disputed(subject.assessment).into()),
    ]);
    page.table(level_table("Group", &standing::groups(subject.standing)));
    gaps(&mut page, subject);
    missing_documents(&mut page, subject);
    work(&mut page, subject);
    page.section("Questions to be answered in an offer");
    page.list(questions(subject).into_iter().map(Line::from).collect());
    page
}

const ABOUT: &str = "We ask for an offer to help us bring our AI management system in line with ISO/IEC 42001. What follows \
    comes from our self-assessment. Nobody outside has checked it; please say where you would look again.";

fn or_missing(text: &str) -> Line {
    if text.trim().is_empty() { Line::toned("not stated", Tone::Open) } else { text.into() }
}

fn organization<'a>(subject: &Subject) -> Vec<(&'a str, Line)> {
    let profile = &subject.assessment.profile;
    let capacity = format!("{} person-days a week", subject.plan.capacity);
    vec![
        ("Organization", or_missing(&profile.organization)),
        ("Sector", or_missing(profile.sector.map(|sector| sector.name()).unwrap_or_default())),
        ("Size", or_missing(profile.size.map(|size| size.name()).unwrap_or_default())),
        ("Our roles", or_missing(&case::roles(&profile.roles))),
        ("Reaches people in the EU", or_missing(profile.eu_exposure.map(words::yes_no).unwrap_or_default())),
        ("Other certificates", or_missing(certificates(subject).unwrap_or_default())),
        ("Our own work", capacity.into()),
        ("Start", subject.plan.day_zero.to_string().into()),
        ("Wanted by", or_missing(&profile.target_date.map(|day| day.to_string()).unwrap_or_default())),
        ("As of", subject.standing.as_of.to_string().into()),
    ]
}

/// What was picked at the gateway on certificates for information security and privacy.
fn certificates<'a>(subject: &Subject<'a>) -> Option<&'a str> {
    let picked = subject.assessment.gateway_option("certificates")?;
    let question = subject.catalog.gateway.iter().find(|question| question.id == "certificates")?;
    question.options.iter().find(|option| option.id == picked).map(|option| option.label.as_str())
}

fn scope(subject: &Subject) -> Line {
    let Profile { scope, .. } = &subject.assessment.profile;
    if scope.trim().is_empty() {
        Line::toned("The scope is not written down yet.", Tone::Open)
    } else {
        scope.as_str().into()
    }
}

fn system_table(subject: &Subject) -> Table {
    let mut table = Table::new(vec![
        Column::words("AI system in scope").key(),
        Column::words("Purpose").share(45),
        Column::words("Life cycle"),
        Column::words("Impact before measures"),
    ]);
    for case in systems::cases(subject).iter().filter(|case| case.system.in_scope) {
        table.push(vec![
            case.system.name.as_str().into(),
            or_missing(&case.system.purpose),
            or_missing(case.system.stage.map(|stage| stage.name()).unwrap_or_default()),
            systems::level(case, case.rating.inherent, case.rating.is_open),
        ]);
    }
    table
}

/// The requirements with a gap, major ones first, in natural order within.
fn with_gap<'a>(subject: &Subject<'a>) -> Vec<&'a RequirementScore> {
    let scores = &subject.standing.requirements;
    let of = |verdict: Verdict| scores.iter().filter(move |score| score.judgement.verdict == verdict);
    of(Verdict::MajorGap).chain(of(Verdict::MinorGap)).collect()
}

fn of_verdict(subject: &Subject, verdict: Verdict) -> Vec<Reference> {
    let scores = subject.standing.requirements.iter();
    scores.filter(|score| score.judgement.verdict == verdict).map(|score| score.id).collect()
}

fn gaps(page: &mut Page, subject: &Subject) {
    page.section("Gaps");
    let gaps = with_gap(subject);
    if gaps.is_empty() {
        page.paragraph("No gap is known so far.");
    }
    let mut table = Table::new(vec![
        Column::words("Id").key(),
        Column::words("Requirement").share(50).key(),
        Column::words("Verdict"),
        Column::figures("Credited"),
        Column::figures("Target"),
    ]);
    for score in gaps {
        table.push(vec![
            Line::toned(score.id.to_string(), Tone::Strong),
            score::title_of(subject.catalog, score).as_ref().into(),
            words::verdict(score),
            words::level(score.credited).into(),
            score.target.to_string().into(),
        ]);
    }
    page.table(table);
    for (verdict, sentence) in [
        (Verdict::Undetermined, "Nobody could tell yet"),
        (Verdict::NotShown, "Said to be there, and not shown yet"),
        (Verdict::NotApplicable, "Left out as not applicable"),
    ] {
        let ids = of_verdict(subject, verdict);
        if !ids.is_empty() {
            let ids: Vec<String> = ids.iter().map(Reference::to_string).collect();
            page.paragraph(format!("{sentence}: {}.", ids.join(", ")));
        }
    }
}

fn missing_documents(page: &mut Page, subject: &Subject) {
    let lacking = lacking_documents(subject);
    if !lacking.is_empty() {
        page.section("Required documents that are missing or incomplete");
        page.list(lacking.into_iter().map(Line::from).collect());
    }
}

fn lacking_documents(subject: &Subject) -> Vec<String> {
    let states = documents::states(subject).into_iter();
    let lacking = states.filter(|(_, state)| matches!(state, DocumentState::Missing | DocumentState::Incomplete));
    lacking
        .map(|(document, state)| format!("{} ({}, {})", document.title, document.check.requirement, state.name()))
        .collect()
}

fn work(page: &mut Page, subject: &Subject) {
    if subject.plan.steps.is_empty() {
        return;
    }
    page.section("The work as we see it");
    page.paragraph(
        "Our own estimate of all that is open, whoever does it. Your estimate may differ; please say where and why.",
    );
    page.table(plan::wave_table(subject.plan, None));
}

/// What every offer should say, with what is special here.
fn questions(subject: &Subject) -> Vec<String> {
    let standing = subject.standing;
    let majors = of_verdict(subject, Verdict::MajorGap).len();
    let unknown = of_verdict(subject, Verdict::Undetermined).len();
    let open = standing.whole.checks.total - standing.whole.checks.answered;
    let Workload { actions, half_days } = Workload::of(&subject.plan.steps);
    let mut questions = Vec::new();
    if majors > 0 {
        let gaps = words::count(majors, "major gap", "major gaps");
        questions.push(format!(
            "In which order would you close the {gaps}, and what of it can be done in the first 30 days?"
        ));
    }
    if unknown + open > 0 {
        let (requirements, checks) =
            (words::count(unknown, "requirement is", "requirements are"), words::count(open, "check is", "checks are"));
        questions.push(format!("{requirements} undetermined and {checks} open: how would you find out, whom would you ask, and how long does it take?"));
    }
    if actions > 0 {
        let work = words::person_days(half_days);
        questions.push(format!("We count {} and {work}: which of it would you do, which would we do, and what do you expect of our people per week?", words::count(actions, "action", "actions")));
    }
    if let Some(day) = subject.plan.target_date {
        questions.push(format!("Can it be done by {day}? If not, what would you leave for later?"));
    }
    let in_scope = standing.systems_in_scope().count();
    if in_scope > 0 {
        questions.push(format!(
            "We have {} in scope: what have you done with systems like ours, and who of you would do the impact assessments with us?",
            words::count(in_scope, "AI system", "AI systems")
        ));
    }
    if subject.assessment.profile.eu_exposure == Some(true) {
        questions.push("Our systems reach people in the European Union: which duties of the EU AI Act would you take care of together with this?".into());
    }
    questions.extend(ALWAYS.map(str::to_owned));
    questions
}

/// Questions that hold for everybody.
const ALWAYS: [&str; 6] = [
    "Which of our answers would you look at again first, and how?",
    "What will exist afterwards, in whose format, and who keeps it up when you are gone?",
    "Which evidence would you expect to see for each gap, and how long must records build up before an internal audit makes sense?",
    "Who would come, what have they done before, and whom can we ask about it?",
    "Are you tied to a certification body or a vendor? Who advises us must not audit us.",
    "What does it cost: by part or by day, with which upper limit, and what is not included?",
];

#[derive(Serialize)]
struct Body<'a> {
    profile: Profile,
    systems_in_scope: Vec<&'a str>,
    gaps: Vec<GapJson<'a>>,
    undetermined: Vec<Reference>,
    not_shown: Vec<Reference>,
    not_applicable: Vec<Reference>,
    documents_lacking: Vec<String>,
    person_days: f64,
    questions: Vec<String>,
}

#[derive(Serialize)]
struct GapJson<'a> {
    id: Reference,
    title: std::borrow::Cow<'a, str>,
    verdict: &'static str,
    indicative: bool,
    credited: Option<u8>,
    target: u8,
}

pub(super) fn json(subject: &Subject) -> Value {
    let gap = |score: &RequirementScore| GapJson {
        id: score.id,
        title: score::title_of(subject.catalog, score).into_owned().into(),
        verdict: score.judgement.verdict.id(),
        indicative: score.judgement.indicative,
        credited: score.credited.map(|level| level.number()),
        target: score.target.number(),
    };
    json_of(Body {
        // Who took part is nobody's business outside.
        profile: Profile { team: Vec::new(), ..subject.assessment.profile.clone() },
        systems_in_scope: subject.assessment.systems_in_scope().map(|system| system.name.as_str()).collect(),
        gaps: with_gap(subject).into_iter().map(gap).collect(),
        undetermined: of_verdict(subject, Verdict::Undetermined),
        not_shown: of_verdict(subject, Verdict::NotShown),
        not_applicable: of_verdict(subject, Verdict::NotApplicable),
        documents_lacking: lacking_documents(subject),
        person_days: f64::from(Workload::of(&subject.plan.steps).half_days) / 2.0,
        questions: questions(subject),
    })
}

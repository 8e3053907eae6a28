//! Every open point as a sentence.

use super::*;
use crate::{
    impact::sample::{catalog, decided, harm, measure, no_harm, rated_under, rating, reply, screened, with_evidence},
    model::{
        decision_path::{PathAnswer, PathReply},
        impact::{
            PromptReply,
            harm::{Harm, Measure, MeasureKind},
            sign_off::{Occasion, Outcome},
        },
    },
    score::sample::{as_of, day, reference},
};

/// A system with one treated harm, approved; of the form nothing is typed.
fn approved() -> System {
    let mut system = System {
        screening: Some(screened("", "", "")),
        next_review: Some(day("2027-05-06")),
        ..System::named("bot", "Bot")
    };
    system.impact.harms = vec![harm("h", "31112", "11112", "m")];
    system.impact.no_harm =
        vec![no_harm(Some("DM-SOC"), "It never leaves the team."), no_harm(Some("DM-ENV"), "It runs for minutes.")];
    system.impact.measures = vec![measure("m", MeasureKind::Lower, "e1")];
    system.impact.sign_offs = vec![decided(Outcome::Approved)];
    system
}

/// What is open, without the prompts of the form.
fn points(system: &System) -> Vec<String> {
    let assessment = with_evidence();
    let rating = rated_under(catalog(), &assessment, system);
    let found = open_points(catalog(), &assessment, system, &rating, as_of());
    let others = found.into_iter().filter(|point| !matches!(point.about, About::Section(_)));
    others.map(|point| point.words).collect()
}

fn case(expected: &[&str], change: impl Fn(&mut System)) {
    let mut system = approved();
    change(&mut system);
    assert_eq!(points(&system), expected);
}

#[test]
fn nothing_is_open_about_a_sound_one() {
    case(&[], |_| ());
}

#[test]
fn the_use_and_the_screening_come_first() {
    case(&["It was not screened for sensitive and restricted uses."], |system| system.screening = None);
    case(
        &[
            "Restricted use RU-04 is not settled: The use lies outside the stated intended purpose. Keep to the purpose, or make a new assessment for the new use first.",
            "The approval is not in force: a restricted use is not settled.",
        ],
        |system| system.screening = Some(screened("", "", "RU-04")),
    );
    case(
        &[
            "Its use is banned by law: it must end; it is not rated and cannot be approved.",
            "The approval is not in force: the use is banned by law.",
        ],
        |system| system.banned_use = true,
    );
}

#[test]
fn what_is_not_assessed_or_kept_elsewhere_is_said_once() {
    let bare = |change: &dyn Fn(&mut System)| {
        let mut system = System { impact: Default::default(), ..approved() };
        change(&mut system);
        points(&system)
    };
    assert_eq!(bare(&|_| ()), ["It is not assessed: no harm is entered, and none is said to be absent."]);
    let elsewhere = "Its level is stated for an assessment kept elsewhere; no harm is rated here.";
    assert_eq!(bare(&|system| system.level = Some(ImpactLevel::High)), [elsewhere]);
    assert_eq!(
        bare(&|system| (system.level, system.next_review) = (Some(ImpactLevel::High), None)),
        [elsewhere, "No day is set for the next review."]
    );
    case(&["The register still states the level high; what is found here counts."], |system| {
        system.level = Some(ImpactLevel::High);
    });
}

#[test]
fn ratings_that_are_missing_or_do_not_count_are_named() {
    let harm_is = |before: &'static str, after: &'static str, measures: &'static str| {
        move |system: &mut System| system.impact.harms = vec![harm("h", before, after, measures)]
    };
    case(
        &[
            "Harm h is not rated: gravity or likelihood is missing.",
            "The approval is not in force: the system is not assessed.",
        ],
        harm_is("-1112", "-----", "m"),
    );
    case(&["Harm h: reach before measures is unknown and rated at the top."], harm_is("1?111", "-----", "m"));
    case(
        &["Harm h: reach, reversibility and duration after measures are unknown and rated at the top."],
        harm_is("31112", "1---1", "m"),
    );
    case(
        &["Harm h is rated low after measures and counts as medium: a lower level needs at least one measure."],
        harm_is("31112", "11112", ""),
    );
    case(
        &[
            "Harm h is rated low after measures and counts as medium: one step lower; further down needs a measure that avoids the harm, with evidence, and the approver's reason.",
        ],
        harm_is("31114", "11112", "m"),
    );
    case(
        &[
            "Harm h is rated low after measures and counts as medium: a lower level needs current evidence of each measure that lowers it.",
            "Measure m is to lower a level, and no current evidence shows it at work.",
        ],
        |system| system.impact.measures[0].evidence = vec!["e2".into()],
    );
    case(&["\"No harm found\" is said of the whole beside harms, and does not count."], |system| {
        system.impact.no_harm.push(no_harm(None, "It only sorts our own mail."));
    });
    case(
        &[
            "\"No harm\" on \"Society, democracy and the rule of law\" needs a reason of at least 10 characters to count.",
            "The harm list says nothing on \"Society, democracy and the rule of law\": enter a harm, or that there is none and why.",
        ],
        |system| system.impact.no_harm[0].reason = "none".into(),
    );
}

#[test]
fn measures_need_an_owner_a_day_and_evidence() {
    let high = |system: &mut System| system.impact.harms = vec![harm("h", "31114", "31112", "m")];
    case(&["Measure m serves a harm rated high and has no owner and no due date."], |system| {
        high(system);
        system.impact.measures[0] = Measure { owner: " ".into(), due: None, ..system.impact.measures[0].clone() };
    });
    case(&[], |system| system.impact.measures[0].due = None);
    case(&["Measure m was due on 2026-05-31, and no current evidence shows it at work."], |system| {
        system.impact.harms = vec![harm("h", "31112", "-----", "m")];
        system.impact.measures[0] =
            Measure { due: Some(day("2026-05-31")), evidence: Vec::new(), ..system.impact.measures[0].clone() };
    });
    case(&[], |system| system.impact.measures[0].due = Some(day("2026-05-31")));
}

#[test]
fn what_is_named_and_not_there_is_named() {
    let unknown = |change: &dyn Fn(&mut System)| {
        let mut system = approved();
        change(&mut system);
        let is_unknown = |words: &String| words.ends_with(", which is not known; it counts for nothing.");
        let found = points(&system).into_iter().filter(is_unknown);
        found.map(|words| words.replace(", which is not known; it counts for nothing.", "")).collect::<Vec<_>>()
    };
    assert_eq!(
        unknown(&|system| {
            system.screening = Some(screened("ST-99", "ST-98", "RU-99"));
            system.evidence = vec!["e1".into(), "e9".into()];
            system.impact.occasions = vec![Occasion { trigger: "TR-99".into(), on: as_of(), what: String::new() }];
            reply(system, "IA-99-Q01", PromptReply::Unknown);
        }),
        [
            "The system names sensitive use ST-99",
            "The system names sensitive use ST-98",
            "The system names restricted use RU-99",
            "The system names review trigger TR-99",
            "The system names prompt IA-99-Q01",
            "The system names evidence e9",
        ]
    );
    assert_eq!(
        unknown(&|system| {
            system.impact.harms = vec![Harm {
                dimension: "DM-X".into(),
                causes: vec!["fate".into()],
                ..harm("h", "31112", "-----", "m gone")
            }];
            system.impact.no_harm.push(no_harm(Some("DM-Y"), "It never leaves the team."));
            system.impact.measures[0].evidence.push("e9".into());
            system.impact.measures[0].controls = vec![reference("A.9.2"), reference("A.99")];
        }),
        [
            "Harm h names dimension DM-X",
            "Harm h names cause fate",
            "Harm h names measure gone",
            "The assessment names dimension DM-Y",
            "Measure m names evidence e9",
            "Measure m names control A.99",
        ]
    );
    let answer = |step: &str, pick: &str| PathAnswer {
        step: step.into(),
        answer: PathReply::No,
        picks: vec![pick.into()],
        reason: String::new(),
    };
    assert_eq!(
        unknown(&|system| system.eu_act = vec![answer("scope", "luck"), answer("stars", "")]),
        ["Step scope of the path names option luck", "The path names step stars"]
    );
}

#[test]
fn the_sign_off_says_what_it_lacks() {
    fn last(system: &mut System) -> &mut SignOff {
        system.impact.sign_offs.last_mut().expect("a sign-off")
    }
    case(&["The assessment is not signed."], |system| system.impact.sign_offs.clear());
    case(&["The assessment is in preparation and not approved yet."], |system| last(system).outcome = None);
    case(
        &[
            "The system is not approved: returned for rework.",
            "The outcome \"returned for rework\" still needs the reasons.",
        ],
        |system| last(system).outcome = Some(Outcome::Returned),
    );
    case(
        &[
            "The outcome \"approved with conditions\" still needs the conditions, the day by which they are met and who checks them.",
        ],
        |system| last(system).outcome = Some(Outcome::ApprovedWithConditions),
    );
    case(&["The approval is not in force: its day is still to come."], |system| {
        last(system).approved_on = Some(day("2026-06-02"));
    });
    case(
        &["The approval is not in force: the approver also prepared it, which is not enough at high or very high."],
        |system| {
            system.impact.harms[0] = harm("h", "51111", "51111", "m");
            last(system).approved_by = "ann".into();
        },
    );
    case(&["The approval is not in force: the level is very high; measures must lower it first."], |system| {
        system.impact.harms[0] = harm("h", "51115", "51115", "m");
    });
    case(
        &[
            "It was reviewed on 2026-05-03, before it was prepared on 2026-05-04.",
            "The next review on 2026-05-06 is not after the approval on 2026-05-06.",
            "The review was due on 2026-05-06.",
        ],
        |system| {
            last(system).reviewed_on = Some(day("2026-05-03"));
            system.next_review = Some(day("2026-05-06"));
        },
    );
    case(&["It was approved on 2026-05-01, before it was prepared on 2026-05-04."], |system| {
        *last(system) = SignOff { reviewed_on: None, approved_on: Some(day("2026-05-01")), ..last(system).clone() };
    });
    case(&["The level before measures has risen from low to medium since the approval."], |system| {
        (last(system).level, last(system).residual) = (Some(ImpactLevel::Low), Some(ImpactLevel::Low));
    });
    case(&["The level after measures has risen from low to medium since the approval."], |system| {
        system.impact.harms[0].after = rating("31112");
        (last(system).level, last(system).residual) = (Some(ImpactLevel::Medium), Some(ImpactLevel::Low));
    });
}

#[test]
fn the_prompts_are_named_by_section_and_the_full_form_where_it_is_asked_for() {
    let assessment = with_evidence();
    let sections = |system: &System| {
        let rating = rated_under(catalog(), &assessment, system);
        let found = open_points(catalog(), &assessment, system, &rating, as_of());
        let found = found.into_iter().filter(|point| matches!(point.about, About::Section(_)));
        found.map(|point| point.words).collect::<Vec<_>>()
    };
    let short = sections(&approved());
    assert_eq!(short.len(), 9);
    assert_eq!(short[0], "Assessment record: still to be answered is IA-01-Q01.");
    assert_eq!(short[1], "What this assessment covers: still to be answered are IA-02-Q04 and IA-02-Q05.");
    let mut system = approved();
    reply(&mut system, "IA-01-Q01", PromptReply::Unknown);
    assert_eq!(sections(&system)[0], "Assessment record: nobody knows the answer to IA-01-Q01.");
    system.sensitive_use = true;
    assert_eq!(sections(&system).len(), 17 + 1);
}

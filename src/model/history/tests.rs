//! What an answer remembers of its changes, and what it forgets.

use proptest::prelude::*;

use super::*;
use crate::{
    content::builtin,
    model::{
        answer::{CheckAnswer, Stamp},
        arbitrary,
        assessment::Assessment,
        edit::{Change, Edit},
        inclusion::{Driver, Inclusion},
        level::Level,
        reference::Reference,
    },
};

fn id() -> Reference {
    "A.6.2.4".parse().expect("a reference in a test")
}

fn day() -> NaiveDate {
    "2026-11-21".parse().expect("a day in a test")
}

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M:%S").expect("a time in a test")
}

fn level(number: u8) -> Change {
    Change::level(id(), LevelAnswer::Level(Level::new(number).expect("a level in a test")))
}

fn no_level() -> Change {
    Change::SetLevel { requirement: id(), level: None, disputed: Vec::new(), by_proposal: false }
}

fn note(words: &str) -> Change {
    Change::SetNote { requirement: id(), note: words.to_owned() }
}

/// An assessment after these edits: who, when, what.
fn edited(edits: &[(&str, &str, Change)]) -> Assessment {
    let mut assessment = Assessment::new("Acme", "1", day());
    for (by, at, change) in edits {
        let at = (!at.is_empty()).then(|| time(at));
        assessment.apply(&Edit { by: (*by).to_owned(), on: day(), at, change: change.clone() });
    }
    assessment
}

/// What is remembered after these edits, one line each.
fn remembered(edits: &[(&str, &str, Change)]) -> Vec<String> {
    let assessment = edited(edits);
    let history = assessment.answer(id()).map(|answer| answer.history.clone()).unwrap_or_default();
    history.iter().map(|past| format!("{} {}: {}", past.when(), past.by, past.words())).collect()
}

#[test]
fn an_entry_says_who_when_from_and_to() {
    let check = |answer| Change::check(id(), CheckResponse::new("measures", answer));
    let exclusion = Exclusion {
        basis: Some(ExclusionBasis::Role),
        reason: "We build no models.".into(),
        roles: vec![AiRole::User],
        disputed: true,
        ..Exclusion::default()
    };
    let inclusion = Inclusion {
        reason: "It lowers R-7.".into(),
        drivers: vec![Driver::RiskAssessment, Driver::Law],
        systems: vec!["bot".into()],
        ..Inclusion::default()
    };
    let exclude = Change::SetExclusion { requirement: id(), exclusion: Some(exclusion) };
    let dispute = Change::SetLevel {
        requirement: id(),
        level: Some(LevelAnswer::Unknown),
        disputed: vec![LevelAnswer::Level(Level::ALL[2])],
        by_proposal: false,
    };
    let partly = CheckResponse {
        open_parts: vec![1, 3],
        disputed: vec![CheckAnswer::No],
        ..CheckResponse::new("measures", CheckAnswer::Partly)
    };
    let edits = [
        ("Ann", "", Change::accepted_level(id(), Level::ALL[2])),
        ("Bea", "", dispute),
        ("Ann", "14:02:59", check(CheckAnswer::NoOccasion)),
        ("Ann", "14:30:00", Change::check(id(), partly)),
        ("Ann", "", exclude),
        ("Ann", "", Change::SetInclusion { requirement: id(), inclusion: Box::new(inclusion) }),
        ("Ann", "", Change::SetOwner { requirement: id(), owner: "Bea".into() }),
        ("Ann", "", note("two\n\nlines")),
        ("Ann", "", Change::SetFlag { requirement: id(), flagged: true }),
    ];
    assert_eq!(
        remembered(&edits),
        [
            "2026-11-21 Ann: level none -> 2, as proposed",
            "2026-11-21 Bea: level 2, as proposed -> unknown; disputed: 2",
            "2026-11-21 14:02 Ann: check measures none -> no occasion",
            "2026-11-21 14:30 Ann: check measures no occasion -> partly, open parts 1, 3; disputed: no",
            "2026-11-21 Ann: exclusion none -> role: We build no models. (roles: AI user; disputed)",
            "2026-11-21 Ann: inclusion none -> It lowers R-7.; drivers: risk assessment, law; systems: bot",
            "2026-11-21 Ann: owner nobody -> \"Bea\"",
            "2026-11-21 Ann: note none -> \"two / lines\"",
            "2026-11-21 Ann: flag off -> on",
        ]
    );
}

#[test]
fn what_one_person_changes_within_ten_minutes_is_one_change() {
    let case = |edits: &[(&str, &str, Change)], expected: &[&str]| assert_eq!(remembered(edits), expected);
    case(
        &[("Ann", "14:00:00", level(2)), ("Ann", "14:05:00", note("a")), ("Ann", "14:10:59", level(3))],
        &["2026-11-21 14:00 Ann: level none -> 3", "2026-11-21 14:05 Ann: note none -> \"a\""],
    );
    case(
        &[("Ann", "14:00:00", level(2)), ("Ann", "14:11:00", level(3))],
        &["2026-11-21 14:00 Ann: level none -> 2", "2026-11-21 14:11 Ann: level 2 -> 3"],
    );
    case(
        &[("Ann", "14:00:00", level(2)), ("Bea", "14:01:00", level(3)), ("Ann", "14:02:00", level(2))],
        &[
            "2026-11-21 14:00 Ann: level none -> 2",
            "2026-11-21 14:01 Bea: level 2 -> 3",
            "2026-11-21 14:02 Ann: level 3 -> 2",
        ],
    );
    // Without a clock the day decides, and an entry with a time is never continued by one without.
    case(&[("Ann", "", level(2)), ("Ann", "", level(3))], &["2026-11-21 Ann: level none -> 3"]);
    case(
        &[("Ann", "14:00:00", level(2)), ("Ann", "", level(3))],
        &["2026-11-21 14:00 Ann: level none -> 2", "2026-11-21 Ann: level 2 -> 3"],
    );
    // What is said again is no change.
    case(&[("Ann", "14:00:00", level(2)), ("Bea", "15:00:00", level(2))], &["2026-11-21 14:00 Ann: level none -> 2"]);
}

#[test]
fn what_is_changed_back_at_once_leaves_nothing_and_later_both_changes() {
    let at_once = edited(&[("Ann", "14:00:00", level(2)), ("Ann", "14:09:00", no_level())]);
    assert!(at_once.answers.is_empty());
    let later = [("Ann", "14:00:00", level(2)), ("Ann", "14:59:00", no_level())];
    assert_eq!(
        remembered(&later),
        ["2026-11-21 14:00 Ann: level none -> 2", "2026-11-21 14:59 Ann: level 2 -> none"],
        "a cleared answer tells who cleared it"
    );
    let answer = &edited(&later).answers[&id()];
    assert!(!answer.is_empty() && answer.level.is_none());
}

#[test]
fn the_last_twenty_changes_are_kept() {
    let edits: Vec<(&str, &str, Change)> =
        (0..25).map(|nth| (if nth % 2 == 0 { "Ann" } else { "Bea" }, "14:00:00", level(nth % 2))).collect();
    let all = remembered(&edits);
    assert_eq!(all.len(), LONGEST_HISTORY);
    assert_eq!(all.last().expect("twenty"), "2026-11-21 14:00 Ann: level 1 -> 0");
    assert!(all.iter().all(|line| !line.contains("none")), "the oldest went");
}

#[test]
fn long_texts_are_cut_and_still_told_apart() {
    let long = |end: &str| format!("{}{end}", "The board looks at it in spring. ".repeat(10));
    let written = [("Ann", "14:00:00", note(&long("a"))), ("Bea", "14:01:00", note(&long("b")))];
    let lines = remembered(&written);
    let start = "The board looks at it in spring. The board looks at it in spring. The board...";
    assert_eq!(
        lines[0],
        format!("2026-11-21 14:00 Ann: note none -> \"{start} (331 characters, fingerprint e64a32)\"")
    );
    assert_eq!(lines.len(), 2, "only the end differs: {lines:?}");
    let words = shortened(&"\u{1f469}\u{200d}\u{1f4bb}".repeat(40));
    assert_eq!(crate::clean_text::clean_line(&words), words, "nothing is left for cleaning");
}

#[test]
fn a_time_is_written_with_two_digits_each() {
    let parsed = |text: &str| TimeOfDay::try_from(text.to_owned()).ok().map(|time| time.to_string());
    assert_eq!(parsed("09:05").as_deref(), Some("09:05"));
    for wrong in ["9:5", "24:00", "14:60", "14:02:30", "", "2pm", " 14:02", "+9:05"] {
        assert_eq!(parsed(wrong), None, "{wrong}");
    }
}

/// A change to one of two requirements.
fn change() -> impl Strategy<Value = Change> {
    let catalog = builtin::catalog();
    let requirements = catalog.requirements().filter(|requirement| requirement.id.is_control()).take(2);
    let said = requirements.map(arbitrary::answer).collect::<Vec<_>>();
    (said, 0..2_usize, 0..7_usize).prop_map(|(said, which, part)| {
        let Answer {
            requirement,
            level,
            disputed_levels,
            by_proposal,
            checks,
            exclusion,
            inclusion,
            owner,
            note,
            flagged,
            to_confirm,
            ..
        } = said[which].clone();
        match (part, checks.into_iter().next()) {
            (0, _) => Change::SetLevel { requirement, level, disputed: disputed_levels, by_proposal },
            (1, Some(response)) => Change::check(requirement, response),
            (1 | 2, _) => Change::SetExclusion { requirement, exclusion },
            (6, _) => Change::SetInclusion { requirement, inclusion: Box::new(inclusion) },
            (3, _) => Change::SetOwner { requirement, owner },
            (4, _) => Change::SetNote { requirement, note },
            (5, _) => Change::SetFlag { requirement, flagged },
            (_, _) => Change::SetToConfirm { requirement, to_confirm },
        }
    })
}

/// Everything but the stamps, which tell who touched an answer last.
fn without_stamps(assessment: &Assessment) -> Assessment {
    let mut assessment = assessment.clone();
    assessment.answers.values_mut().for_each(|answer| answer.changed = None);
    assessment
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_change_and_its_reverse_leave_an_equal_assessment(
        changes in prop::collection::vec(change(), 1..15),
        minutes in prop::collection::vec(0..30_u32, 15),
        undone in 1..15_usize,
    ) {
        let mut assessment = Assessment::new("Acme", "1", day());
        let mut states = vec![without_stamps(&assessment)];
        let mut undo = Vec::new();
        // The first of them some time ago and by another person, the others now.
        let first = changes.len().saturating_sub(undone);
        for (nth, change) in changes.iter().enumerate() {
            let at = NaiveTime::from_hms_opt(if nth < first { 9 } else { 14 }, if nth < first { minutes[nth] } else { 0 }, 0);
            let by = if nth < first { "Bea" } else { "Ann" };
            undo.push(assessment.apply(&Edit { by: by.into(), on: day(), at, change: change.clone() }));
            states.push(without_stamps(&assessment));
        }
        let at = NaiveTime::from_hms_opt(14, 9, 0);
        for change in undo.into_iter().skip(first).rev() {
            states.pop();
            assessment.apply(&Edit { by: "Ann".into(), on: day(), at, change });
            prop_assert_eq!(values(&assessment), values(states.last().expect("a state before")));
        }
        prop_assert_eq!(without_stamps(&assessment), states.pop().expect("a state before"));
    }
}

/// What is said, without stamps and history.
fn values(assessment: &Assessment) -> Vec<Answer> {
    let bare = |answer: &Answer| Answer { changed: None::<Stamp>, history: Vec::new(), ..answer.clone() };
    let answers = assessment.answers.values().map(bare);
    answers.filter(|answer| !answer.is_empty()).collect()
}

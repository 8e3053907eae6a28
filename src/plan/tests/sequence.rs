//! Waves, priorities and the sequence that follows.

use super::{closing, ids, plan_for, plan_of, record, step};
use crate::{
    model::{
        action::{ActionStatus, Effort},
        assessment::Assessment,
        catalog::{Catalog, Document, DocumentMode},
    },
    plan::{Goal, Plan},
    score::sample::{action, catalog, level, nothing_said, reference, requirement, say, show},
};

fn waves(plan: &Plan) -> Vec<(&str, u8)> {
    plan.steps.iter().map(|step| (step.id.as_str(), step.wave.number())).collect()
}

/// Weights are base x 4. 4.1: 12, major gap, credited 1, so 12 x 6 x 2 = 144 a reason to act on it.
/// 4.2: 8, minor gap, credited 2, so 8 x 3 x 1 = 24. 5.1: 4, conforming, credited 3 of 4, so 4 x 1 x 1 = 4.
pub(super) fn six_steps() -> (Catalog, Assessment) {
    let catalog = catalog(
        [requirement("4.1", 3, "a! b"), requirement("4.2", 2, "a! b"), requirement("5.1", 1, "a! b")],
        [
            action("measure", Effort::L, "", "5.1>4", "prepare"),
            action("prepare", Effort::XS, "5.1/a", "", "write"),
            action("found", Effort::M, "4.1/a", "", ""),
            action("write", Effort::S, "4.1/b 4.2/b", "", "found"),
            action("talk", Effort::XS, "", "4.1>2", ""),
            action("raise", Effort::M, "", "4.1>3", "talk"),
        ],
    );
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "1", "a=N b=P");
    say(&mut assessment, "4.2", "3", "a=Y b=P");
    say(&mut assessment, "5.1", "3", "a=Y b=Y");
    show(&mut assessment, "5.1", "2026-06-01");
    assessment.targets.insert(reference("5"), level(4));
    (catalog, assessment)
}

#[test]
fn the_sequence_is_wave_then_priority_per_effort() {
    let (catalog, assessment) = six_steps();
    let plan = plan_of(&catalog, &assessment);
    // Wave 0: found. Wave 1: talk 144 / 1, evidence:4 24 / 1 (half-days). Wave 2: write 168 / 2, raise 144 / 6.
    assert_eq!(
        waves(&plan),
        [("found", 0), ("talk", 1), ("evidence:4", 1), ("write", 2), ("raise", 2), ("measure", 3)]
    );
    let priorities: Vec<u64> = plan.steps.iter().map(|step| step.priority).collect();
    assert_eq!(priorities, [168, 144, 24, 168, 144, 4], "found has its own 144 raised to the 168 that it unblocks");
    assert_eq!(step(&plan, "measure").after, ["write"], "through `prepare`, which nothing asks for");
}

#[test]
fn conformity_leaves_out_the_last_wave() {
    let (catalog, assessment) = six_steps();
    let plan = plan_for(&catalog, &assessment, Goal::Conformity);
    assert_eq!(ids(&plan), ["found", "talk", "evidence:4", "write", "raise"]);
}

#[test]
fn ties_go_by_the_natural_order_of_ids() {
    let checks = ["a10", "a9", "b1"];
    let actions = checks.map(|id| closing(id, &format!("4.1/{id}"), ""));
    let catalog = catalog([requirement("4.1", 1, "x! a9 a10 b1")], actions);
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "2", "x=Y a9=P a10=P b1=P");
    assert_eq!(ids(&plan_of(&catalog, &assessment)), ["a9", "a10", "b1"]);
}

#[test]
fn passed_and_unselected_actions_are_passed_through() {
    let chain = [
        closing("1-c", "4.1/c", ""),
        closing("2-b", "4.1/b", "1-c"),
        closing("3-unasked", "4.1/x", "2-b"),
        closing("4-a", "4.1/a", "3-unasked"),
    ];
    let catalog = catalog([requirement("4.1", 1, "x! a b c")], chain);
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "2", "x=Y a=P b=P c=P");
    let after_of_a = |assessment: &Assessment| step(&plan_of(&catalog, assessment), "4-a").after.clone();
    assert_eq!(after_of_a(&assessment), ["2-b"]);
    record(&mut assessment, "2-b", ActionStatus::Done);
    assert_eq!(after_of_a(&assessment), ["1-c"]);
    record(&mut assessment, "1-c", ActionStatus::Dropped);
    assert_eq!(after_of_a(&assessment), [""; 0]);
}

#[test]
fn quick_wins_have_nothing_larger_before_them() {
    let wave_after = |effort: Effort| {
        let actions = [action("first", effort, "4.1/a", "", ""), closing("then", "4.1/b", "first")];
        let catalog = catalog([requirement("4.1", 1, "x! a b")], actions);
        let mut assessment = nothing_said();
        say(&mut assessment, "4.1", "2", "x=Y a=P b=P");
        waves(&plan_of(&catalog, &assessment)).into_iter().map(|(_, wave)| wave).collect::<Vec<u8>>()
    };
    assert_eq!(wave_after(Effort::XS), [1, 1]);
    assert_eq!(wave_after(Effort::S), [1, 1]);
    assert_eq!(wave_after(Effort::M), [2, 2]);
}

#[test]
fn a_prerequisite_takes_the_lowest_wave_and_the_highest_priority_of_what_it_unblocks() {
    // major: 5.1, base 3, level 0 by a critical no: 12 x 6 x 3 = 216. minor: 4.1, base 1, credited 2: 4 x 3 x 1 = 12.
    let catalog = catalog(
        [requirement("4.1", 1, "x! a b c"), requirement("5.1", 3, "a!")],
        [
            action("deep", Effort::XL, "4.1/a", "", ""),
            action("middle", Effort::L, "4.1/b", "", "deep"),
            action("aside", Effort::S, "4.1/c", "", ""),
            action("unblock", Effort::S, "5.1/a", "", "middle"),
        ],
    );
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "2", "x=Y a=P b=P c=P");
    say(&mut assessment, "5.1", "0", "a=N");
    let plan = plan_of(&catalog, &assessment);
    assert_eq!(waves(&plan), [("deep", 0), ("middle", 0), ("unblock", 0), ("aside", 1)]);
    let priorities: Vec<u64> = plan.steps.iter().map(|step| step.priority).collect();
    assert_eq!(priorities, [216, 216, 216, 12]);
}

/// The waves of a clause with the checks `a! b c`, each closed by a large action of its name, and with two rungs.
fn waves_of_clause(checks_asked: &str, level_text: &str, answers: &str, document: Option<&str>) -> String {
    let mut actions = ["a", "b", "c"].map(|check| action(check, Effort::M, &format!("4.1/{check}"), "", "")).to_vec();
    actions.push(action("rung1", Effort::M, "", "4.1>1", ""));
    actions.push(action("rung3", Effort::M, "", "4.1>3", "rung1"));
    actions.push(action("rung4", Effort::M, "", "4.1>4", "rung3"));
    let mut catalog = catalog([requirement("4.1", 1, checks_asked)], actions);
    catalog.documents.extend(document.map(|check| Document {
        id: "paper".into(),
        title: "Paper".into(),
        check: check.parse().expect("a check"),
        mode: DocumentMode::Maintain,
        artefacts: Vec::new(),
        outline: Vec::new(),
    }));
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", level_text, answers);
    show(&mut assessment, "4.1", "2026-06-01");
    assessment.targets.insert(reference("4"), level(4));
    let plan = plan_of(&catalog, &assessment);
    plan.steps.iter().map(|step| format!("{}:{} ", step.wave.number(), step.id)).collect::<String>().trim().to_owned()
}

#[test]
fn wave_0_takes_away_major_gaps_and_missing_documents() {
    let case = waves_of_clause;
    assert_eq!(case("a! b c", "5", "a=N b=N c=P", None), "0:a 2:b 2:c", "the critical no makes the major gap");
    assert_eq!(case("a! b c", "5", "a=Y b=N c=P", None), "2:b 2:c", "a minor gap");
    assert_eq!(case("a! b c", "5", "a=Y b=N c=P", Some("4.1/b")), "0:b 2:c", "b carries a missing document");
    assert_eq!(case("a! b c", "5", "a=Y b=P c=P", Some("4.1/b")), "2:b 2:c", "an incomplete one is not missing");
    assert_eq!(case("a b c", "5", "a=N b=N c=N", None), "0:a 0:b 0:c", "together they make the clause a major gap");
    assert_eq!(case("a b c", "5", "a=N b=N c=?", None), "1:ask:4 2:a 2:b", "here they do not");
    assert_eq!(
        case("a! b c", "0", "a=? b=? c=?", None),
        "0:rung1 1:ask:4 2:rung3 3:rung4",
        "the lowest rung leaves level 0"
    );
    assert_eq!(case("a! b c", "1", "a=N b=Y c=Y", None), "0:a 2:rung3 3:rung4", "level 1 has left it already");
    assert_eq!(
        case("a! b c", "0", "a=Y b=Y c=Y", None),
        "2:rung1 2:rung3 3:rung4",
        "level 0 without a major gap is no hurry"
    );
}

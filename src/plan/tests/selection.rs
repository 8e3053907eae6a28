//! Which actions an assessment asks for.

use super::{closing, ids, plan_of, record, step};
use crate::{
    model::{
        action::{ActionStatus, Effort},
        assessment::Assessment,
        catalog::Catalog,
    },
    plan::{
        select::{Cause, Reason},
        step::Wave,
    },
    score::sample::{action, catalog, exclude, level, nothing_said, reference, requirement, say, show},
};

/// One control with four checks, each closed by an action of its name.
fn one_control() -> Catalog {
    let actions = ["a", "b", "c", "d"].map(|check| closing(check, &format!("A.4.2/{check}"), ""));
    catalog([requirement("A.4.2", 1, "a! b c? d~")], actions)
}

/// The ids of the plan of a control with those checks, level 3 and current evidence.
fn selected(checks: &str) -> Vec<String> {
    let mut assessment = nothing_said();
    say(&mut assessment, "A.4.2", "3", checks);
    show(&mut assessment, "A.4.2", "2026-06-01");
    ids_of(&one_control(), &assessment)
}

fn ids_of(catalog: &Catalog, assessment: &Assessment) -> Vec<String> {
    ids(&plan_of(catalog, assessment)).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_check_answered_no_or_partly_is_closed() {
    assert_eq!(selected("a=N b=Y c=Y d=Y"), ["a"]);
    assert_eq!(selected("a=Y b=P c=N d=Y"), ["b", "c"]);
    assert_eq!(selected("a=Y b=Y c=- d=Y"), [""; 0], "no occasion asks for nothing");
    assert_eq!(selected("a=Y b=? d=Y"), ["ask:A.4"], "an open check is asked, not closed");
}

#[test]
fn guidance_changes_no_plan() {
    assert_eq!(selected("a=Y b=Y c=Y d=N"), [""; 0]);
    assert_eq!(selected("a=Y b=Y c=Y d=P"), [""; 0]);
}

#[test]
fn an_excluded_control_asks_for_nothing() {
    let mut assessment = nothing_said();
    say(&mut assessment, "A.4.2", "0", "a=N b=N");
    assert_eq!(ids_of(&one_control(), &assessment), ["a", "ask:A.4", "b"]);
    exclude(&mut assessment, "A.4.2");
    assert_eq!(ids_of(&one_control(), &assessment), [""; 0]);
}

#[test]
fn a_known_level_below_target_is_lifted_up_to_the_first_rung_that_reaches_it() {
    let selected = |claimed: &str, target: u8, rungs: &[u8]| {
        let actions = rungs.iter().map(|to| action(&format!("{to}"), Effort::S, "", &format!("A.4.2>{to}"), ""));
        let catalog = catalog([requirement("A.4.2", 1, "a!")], actions);
        let mut assessment = nothing_said();
        say(&mut assessment, "A.4.2", claimed, "a=Y");
        show(&mut assessment, "A.4.2", "2026-06-01");
        assessment.targets.insert(reference("A.4"), level(target));
        ids_of(&catalog, &assessment).join(" ")
    };
    assert_eq!(selected("0", 3, &[1, 2, 3, 4, 5]), "1 2 3");
    assert_eq!(selected("2", 3, &[1, 2, 3, 4, 5]), "3");
    assert_eq!(selected("1", 3, &[2, 4, 5]), "2 4", "4 is the lowest at or above 3");
    assert_eq!(selected("3", 3, &[1, 2, 3, 4, 5]), "");
    assert_eq!(selected("4", 5, &[3, 4, 5]), "5");
    assert_eq!(selected("3", 5, &[2, 3, 4]), "4", "as far as the rungs go");
    assert_eq!(selected("0", 0, &[1, 2]), "");
    assert_eq!(selected("", 3, &[2, 3]), "ask:A.4", "a level that nobody stated is asked for");
    assert_eq!(selected("?", 3, &[2, 3]), "ask:A.4");
}

/// Five controls, all with the same level and answers; the ids and efforts of what is selected for them.
fn five_controls(count: usize, level_text: &str, checks: &str, target: u8) -> Vec<(String, Effort)> {
    let ids = ["A.4.2", "A.4.3", "A.4.4", "A.4.5", "A.4.6"];
    let catalog = catalog(ids[..count].iter().map(|id| requirement(id, 1, "a! b")), []);
    let mut assessment = nothing_said();
    for id in &ids[..count] {
        say(&mut assessment, id, level_text, checks);
    }
    assessment.targets.insert(reference("A.4"), level(target));
    let plan = plan_of(&catalog, &assessment);
    assert!(plan.steps.iter().all(|step| step.serves.len() == count && step.wave == Wave::QuickWins));
    plan.steps.iter().map(|step| (step.id.clone(), step.effort)).collect()
}

#[test]
fn evidence_is_collected_per_category_where_it_alone_is_missing() {
    let evidence = |effort| vec![("evidence:A.4".to_owned(), effort)];
    assert_eq!(five_controls(1, "3", "a=Y b=Y", 3), evidence(Effort::XS));
    assert_eq!(five_controls(4, "3", "a=Y b=Y", 3), evidence(Effort::XS));
    assert_eq!(five_controls(5, "3", "a=Y b=Y", 3), evidence(Effort::S), "five and more are a day's work");
    assert_eq!(five_controls(1, "2", "a=Y b=Y", 2), evidence(Effort::XS), "all yes and not shown, though at target");
    assert_eq!(
        five_controls(1, "3", "a=Y b=P", 3),
        evidence(Effort::XS),
        "credited 2 by evidence, below claim and target"
    );
    assert_eq!(five_controls(1, "3", "a=Y b=P", 2), [], "credited 2 is the target");
    assert_eq!(five_controls(1, "2", "a=Y b=P", 3), [], "the claim itself is 2");
    assert_eq!(five_controls(1, "3", "a=N b=Y", 3), [], "the critical no caps at 1");
}

#[test]
fn what_is_open_is_asked_per_category_with_its_questions() {
    let ask = |effort| ("ask:A.4".to_owned(), effort);
    assert_eq!(five_controls(4, "", "", 3), [ask(Effort::XS)]);
    assert_eq!(five_controls(5, "?", "a=Y b=Y", 3), [ask(Effort::S), ("evidence:A.4".to_owned(), Effort::S)]);

    let catalog = catalog([requirement("4.1", 1, "a! b c~ d?"), requirement("4.2", 1, "a!")], []);
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "2", "a=? d=-");
    let plan = plan_of(&catalog, &assessment);
    let asked = |requirement: &str, level, checks: &[&str]| Reason {
        requirement: reference(requirement),
        cause: Cause::Ask { level, checks: checks.iter().map(|id| (*id).to_owned()).collect() },
    };
    let step = step(&plan, "ask:4");
    assert_eq!(step.reasons, [asked("4.1", false, &["a", "b"]), asked("4.2", true, &["a"])]);
    assert_eq!(step.task, "Ask the people who know, and answer what is open: 4.1 (2 checks), 4.2 (level and 1 check).");
}

#[test]
fn done_and_dropped_actions_are_listed_apart() {
    let mut assessment = nothing_said();
    say(&mut assessment, "A.4.2", "3", "a=N b=N c=N d=N");
    show(&mut assessment, "A.4.2", "2026-06-01");
    record(&mut assessment, "a", ActionStatus::InProgress);
    record(&mut assessment, "b", ActionStatus::Done);
    record(&mut assessment, "c", ActionStatus::Dropped);
    record(&mut assessment, "d", ActionStatus::Done);
    let plan = plan_of(&one_control(), &assessment);
    assert_eq!(ids(&plan), ["a"]);
    assert_eq!(step(&plan, "a").status, ActionStatus::InProgress);
    let passed: Vec<(&str, ActionStatus)> = plan.passed.iter().map(|p| (p.id.as_str(), p.record.status)).collect();
    assert_eq!(passed, [("b", ActionStatus::Done), ("c", ActionStatus::Dropped)]);
    assert_eq!(plan.passed[0].serves, [reference("A.4.2")]);
}

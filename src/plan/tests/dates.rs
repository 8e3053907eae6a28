//! Dates: capacity, weekends, waiting.

use chrono::NaiveDate;

use super::{closing, ids, plan_of, plan_with, sequence::six_steps, step};
use crate::{
    model::{
        action::{Action, ActionRecord, ActionStatus},
        assessment::Assessment,
        catalog::Catalog,
        profile::Capacity,
    },
    plan::{Plan, PlanOptions, Workload, plan, step::Wave},
    score::{
        sample::{catalog, day, nothing_said, requirement, say},
        score,
    },
};

/// Start and due day of the steps, in order, as month and day.
fn dates(plan: &Plan) -> Vec<String> {
    let text = |date: NaiveDate| date.format("%m-%d").to_string();
    plan.steps.iter().map(|step| format!("{} {} {}", step.id, text(step.start), text(step.due))).collect()
}

fn capacity(text: &str) -> PlanOptions {
    PlanOptions { capacity: Some(text.parse::<Capacity>().expect("a capacity")), ..PlanOptions::default() }
}

#[test]
fn work_fills_the_working_days_at_capacity() {
    let (catalog, assessment) = six_steps();
    let plan = plan_of(&catalog, &assessment);
    // Day 0 is Monday 1 June; 3 person-days a week, so s person-days are 5s/3 working days.
    // found      s = 0    e = 3    days floor(0)     to ceil(5) - 1
    // talk       s = 3    e = 0.5  days floor(5)     to ceil(5.83) - 1
    // evidence:4 s = 3.5  e = 0.5  days floor(5.83)  to ceil(6.67) - 1
    // write      s = 4    e = 1    days floor(6.67)  to ceil(8.33) - 1
    // raise      s = 5    e = 3    days floor(8.33)  to ceil(13.33) - 1
    // measure    s = 8    e = 8    days floor(13.33) to ceil(26.67) - 1
    assert_eq!(
        dates(&plan),
        [
            "found 06-01 06-05",
            "talk 06-08 06-08",
            "evidence:4 06-08 06-09",
            "write 06-09 06-11",
            "raise 06-11 06-18",
            "measure 06-18 07-07",
        ]
    );
    assert_eq!(plan.first_days().count(), 5, "what is due by 1 July");
    assert_eq!(plan.finish(), Some(day("2026-07-07")));
    assert_eq!(Workload::of(&plan.steps).person_days(), "16");
    assert_eq!(Workload::of(plan.wave(Wave::QuickWins)), Workload { actions: 2, half_days: 2 });
}

#[test]
fn a_higher_capacity_shortens_the_plan() {
    let (catalog, assessment) = six_steps();
    // 16 person-days at 5 a week are 16 working days; at 2.5 they are 32, and the last falls on the 32nd.
    assert_eq!(plan_with(&catalog, &assessment, capacity("5")).finish(), Some(day("2026-06-22")));
    assert_eq!(plan_with(&catalog, &assessment, capacity("2.5")).finish(), Some(day("2026-07-14")));
    assert_eq!(plan_with(&catalog, &assessment, capacity("1000")).finish(), Some(day("2026-06-01")));
    for refused in ["0", "-1", "NaN", "1001", "many"] {
        assert!(refused.parse::<Capacity>().is_err(), "{refused} is no capacity");
    }
}

#[test]
fn day_0_is_the_first_working_day_from_start_and_as_of() {
    let (catalog, mut assessment) = six_steps();
    let mut day_zero = |as_of: &str, profile_start: Option<&str>, start: Option<&str>| {
        assessment.profile.start_date = profile_start.map(day);
        let standing = score(&catalog, &assessment, day(as_of));
        let options = PlanOptions { start: start.map(day), ..PlanOptions::default() };
        plan(&catalog, &assessment, &standing, options).day_zero.to_string()
    };
    assert_eq!(day_zero("2026-06-05", None, None), "2026-06-05", "a Friday");
    assert_eq!(day_zero("2026-06-06", None, None), "2026-06-08", "a Saturday");
    assert_eq!(day_zero("2026-06-07", None, None), "2026-06-08", "a Sunday");
    assert_eq!(day_zero("2026-06-05", Some("2026-01-01"), None), "2026-06-05", "never before the as-of date");
    assert_eq!(day_zero("2026-06-05", Some("2026-07-04"), None), "2026-07-06");
    assert_eq!(day_zero("2026-06-05", Some("2026-07-04"), Some("2026-06-10")), "2026-06-10", "the caller's word");
}

#[test]
fn work_passes_over_weekends_whatever_day_it_starts_on() {
    let (catalog, mut assessment) = six_steps();
    assessment.profile.start_date = Some(day("2026-06-04"));
    // Day 0 is Thursday 4 June, day 2 Monday 8 June, day 5 Thursday 11 June, day 26 Friday 10 July.
    assert_eq!(
        dates(&plan_of(&catalog, &assessment)),
        [
            "found 06-04 06-10",
            "talk 06-11 06-11",
            "evidence:4 06-11 06-12",
            "write 06-12 06-16",
            "raise 06-16 06-23",
            "measure 06-23 07-10",
        ]
    );
}

/// Four days' work of equal rank, in this sequence: audit; review, after it; other; close, after review.
fn with_wait(wait_days: u32) -> (Catalog, Assessment) {
    let audit = closing("1-audit", "4.1/a", "");
    let actions = [
        Action { wait_days, ..audit },
        closing("2-review", "4.1/b", "1-audit"),
        closing("3-other", "4.1/c", ""),
        closing("4-close", "4.1/d", "2-review"),
    ];
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "2", "x=Y a=P b=P c=P d=P");
    (catalog([requirement("4.1", 1, "x! a b c d")], actions), assessment)
}

#[test]
fn what_waits_lets_the_next_ready_action_go_first() {
    // One person-day a working day; audit takes Monday 1 June.
    let starts = |wait_days: u32| {
        let (catalog, assessment) = with_wait(wait_days);
        let plan = plan_with(&catalog, &assessment, capacity("5"));
        assert_eq!(ids(&plan), ["1-audit", "2-review", "3-other", "4-close"], "the sequence does not change");
        plan.steps.iter().map(|step| step.start.format("%m-%d").to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(starts(0), "06-01 06-02 06-03 06-04");
    assert_eq!(starts(1), "06-01 06-02 06-03 06-04", "2 June is one calendar day later");
    assert_eq!(starts(2), "06-01 06-03 06-02 06-04", "review starts 3 June, other fills the gap");
    assert_eq!(starts(9), "06-01 06-10 06-02 06-11", "then nothing is ready until 10 June");
    assert_eq!(starts(5), "06-01 06-08 06-02 06-09", "6 June is a Saturday");
}

#[test]
fn waits_that_end_on_one_weekend_end_on_the_same_working_day() {
    let first = Action { wait_days: 6, ..closing("1-audit", "4.1/a", "") };
    let second = Action { wait_days: 4, ..closing("2-test", "4.1/b", "") };
    let actions = [first, second, closing("3-review", "4.1/c", "1-audit"), closing("4-close", "4.1/d", "2-test")];
    let catalog = catalog([requirement("4.1", 1, "x! a b c d")], actions);
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "2", "x=Y a=P b=P c=P d=P");
    let plan = plan_with(&catalog, &assessment, capacity("5"));
    // Review may start on Sunday 7 June, close on Saturday 6 June: both on Monday, so their sequence decides.
    assert_eq!(
        dates(&plan),
        ["1-audit 06-01 06-01", "2-test 06-02 06-02", "3-review 06-08 06-08", "4-close 06-09 06-09"]
    );
}

#[test]
fn a_wait_reaches_through_actions_that_are_passed() {
    let (catalog, mut assessment) = with_wait(9);
    say(&mut assessment, "4.1", "2", "x=Y a=P b=Y c=P d=P");
    let plan = plan_with(&catalog, &assessment, capacity("5"));
    assert_eq!(dates(&plan), ["1-audit 06-01 06-01", "3-other 06-02 06-02", "4-close 06-10 06-10"]);
}

#[test]
fn an_agreed_date_and_owner_are_shown_and_move_nothing() {
    let (catalog, mut assessment) = with_wait(0);
    let before = dates(&plan_of(&catalog, &assessment));
    assessment.actions.push(ActionRecord {
        action: "1-audit".into(),
        status: ActionStatus::Open,
        reason: String::new(),
        owner: "Bea".into(),
        due: Some(day("2026-12-24")),
    });
    let plan = plan_of(&catalog, &assessment);
    assert_eq!(dates(&plan), before);
    let audit = step(&plan, "1-audit");
    assert_eq!((audit.owner.as_str(), audit.shown_due()), ("Bea", day("2026-12-24")));
    assert_eq!(step(&plan, "2-review").shown_due(), step(&plan, "2-review").due);
}

#[test]
fn a_target_date_is_met_or_missed_by_calendar_days() {
    let (catalog, mut assessment) = six_steps();
    assert_eq!(plan_of(&catalog, &assessment).days_to_spare(), None);
    let mut to_spare = |date: &str| {
        assessment.profile.target_date = Some(day(date));
        plan_of(&catalog, &assessment).days_to_spare()
    };
    assert_eq!(to_spare("2026-07-07"), Some(0), "the last step is due that day");
    assert_eq!(to_spare("2026-07-31"), Some(24));
    assert_eq!(to_spare("2026-06-30"), Some(-7));
}

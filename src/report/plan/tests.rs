//! The plan, exactly as it is printed.

use super::*;
use crate::{
    model::{answer::CheckAnswer, edit::Change},
    report::sample::{PLAIN, Sample, day},
};

/// Five actions in three waves.
fn sample() -> Sample {
    Sample::worked().level("A.2.2", 0).checks("A.2.2", &["policy"], CheckAnswer::No).level("A.2.3", 2).checks(
        "A.2.3",
        &["compared", "told"],
        CheckAnswer::Yes,
    )
}

fn report(sample: &Sample, day_rate: Option<&str>, format: Format) -> String {
    let day_rate = day_rate.map(|rate| rate.parse().expect("a day rate"));
    sample.report(|subject| render(subject, day_rate, format, &PLAIN))
}

fn with_target(date: &str) -> Change {
    let mut profile = sample().assessment.profile;
    profile.target_date = Some(day(date));
    Change::SetProfile(Box::new(profile))
}

#[test]
fn the_text_has_the_first_month_the_waves_and_every_action() {
    assert_eq!(
        report(&sample(), Some("862.50"), Format::Text),
        "\
Plan of Acme pilot
==================

Organization  Acme Ltd
As of         2026-06-01
Day 0         2026-06-01
Capacity      3 person-days a week
Day rate      862.50
Finish        2026-07-02

First 30 days: 6 actions, 6 person-days, cost 5175
--------------------------------------------------

Due         Action                               Who                 Person-days
----------  -----------------------------------  ------------------  -----------
2026-06-02  List what interested parties need    AI lead                       1
2026-06-09  Write the AI policy                  AI lead                       3
2026-06-10  Answer the open questions of 4       AI management lead          0.5
            Context of the organization
2026-06-11  Answer the open questions of A.5     AI management lead          0.5
            Assessing impacts of AI systems
2026-06-12  Collect current evidence for 4       AI management lead          0.5
            Context of the organization
2026-06-12  Collect current evidence for A.2     AI management lead          0.5
            Policies related to AI

Waves
-----

Wave               Actions  Person-days   Cost
-----------------  -------  -----------  -----
0 Unblock                2            4   3450
1 Quick wins             4            2   1725
2 Close gaps             1            8   6900
3 Raise to target        0            0      0
All                      7           14  12075

Actions in order
----------------

Gives says what the credited level of a category becomes: with this action
alone, and in order, with all actions up to it.

1. List what interested parties need

Id           list-needs
Wave         0 Unblock
Who          AI lead
Effort       S, 1 person-day
When         2026-06-01 to 2026-06-02
Do           Do this: List what interested parties need.
Deliverable  Result of list-needs
Why          4.2 minor gap (claimed 3, credited 2, closes 1 check)
Gives        4: credited 3.2 -> 3.6 alone, -> 3.6 in order

2. Write the AI policy

Id           write-policy
Wave         0 Unblock
Who          AI lead
Effort       M, 3 person-days
When         2026-06-02 to 2026-06-09
Do           Do this: Write the AI policy.
Deliverable  Result of write-policy
Why          A.2.2 major gap (claimed 0, credited 0, closes 1 check, lifts 0 to
             3)
Gives        A.2: credited 1.0 -> 2.5 alone, -> 2.5 in order
Waits for    1. List what interested parties need

3. Answer the open questions of 4 Context of the organization

Id           ask:4
Wave         1 Quick wins
Who          AI management lead
Effort       XS, 0.5 person-days
When         2026-06-09 to 2026-06-10
Do           Ask the people who know, and answer what is open: 4.3 (level and 2
             checks).
Deliverable  Answers in this assessment
Why          4.3 undetermined (no level)
Gives        no figure by itself

4. Answer the open questions of A.5 Assessing impacts of AI systems

Id           ask:A.5
Wave         1 Quick wins
Who          AI management lead
Effort       XS, 0.5 person-days
When         2026-06-10 to 2026-06-11
Do           Ask the people who know, and answer what is open: A.5.2 (level and
             1 check).
Deliverable  Answers in this assessment
Why          A.5.2 undetermined (no level)
Gives        no figure by itself

5. Collect current evidence for 4 Context of the organization

Id           evidence:4
Wave         1 Quick wins
Who          AI management lead
Effort       XS, 0.5 person-days
When         2026-06-11 to 2026-06-12
Do           Attach, with date and place, one current item that shows each of
             these at work: 4.2.
Deliverable  Dated entries in the evidence register
Why          4.2 minor gap (claimed 3, credited 2)
Gives        4: credited 3.2 -> 3.6 alone, -> 3.6 in order

6. Collect current evidence for A.2 Policies related to AI

Id           evidence:A.2
Wave         1 Quick wins
Who          AI management lead
Effort       XS, 0.5 person-days
When         2026-06-12 to 2026-06-12
Do           Attach, with date and place, one current item that shows each of
             these at work: A.2.3.
Deliverable  Dated entries in the evidence register
Why          A.2.3 not shown (claimed 2, credited 2)
Gives        A.2: credited 1.0, no change alone, -> 2.5 in order

7. Compare the policies

Id           compare-policies
Wave         2 Close gaps
Who          AI lead
Effort       L, 8 person-days
When         2026-06-15 to 2026-07-02
Do           Do this: Compare the policies.
Deliverable  Result of compare-policies
Why          A.2.3 not shown (claimed 2, credited 2, lifts 2 to 3)
Gives        A.2: credited 1.0 -> 1.5 alone, -> 3.0 in order
Waits for    2. Write the AI policy

Notice
------

This is a self-assessment in the tool's own words. Levels and grades are the
tool's own; the standard has neither. It is not the text of the standard, not a
certification, not an internal audit in the sense of 9.2, and not legal advice.
Whether evidence suffices is an auditor's judgement.
"
    );
}

#[test]
fn agreed_dates_are_marked_and_what_is_passed_stands_apart() {
    let sample = sample()
        .action("list-needs", ActionStatus::InProgress, "", Some("2026-06-20"))
        .action("write-policy", ActionStatus::Done, "", None)
        .action("evidence:4", ActionStatus::Dropped, "no time", None);
    let text = report(&sample, None, Format::Markdown);
    assert!(text.contains("| 2026-06-20 (agreed) | List what interested parties need | AI lead | 1 |"), "{text}");
    let (_, action) = text.split_once("**Id:** list-needs\n").expect("the action");
    assert_eq!(
        action.split("- **Do:**").next(),
        Some(
            "\
- **Wave:** 1 Quick wins
- **Who:** AI lead
- **Effort:** S, 1 person-day
- **When:** 2026-06-02 to 2026-06-04; agreed: 2026-06-20
- **Status:** in progress
"
        )
    );
    let (_, passed) = text.split_once("\n## Done").expect("the section");
    assert_eq!(
        passed.split("\n## Notice").next(),
        Some(
            "

- Write the AI policy (write-policy): look again at A.2.2

## Dropped

- Collect current evidence for 4 Context of the organization (evidence:4): no time; gap accepted at 4.2
"
        )
    );
}

#[test]
fn an_agreed_date_before_the_start_stands_beside_it_and_sorts_the_first_month() {
    let sample = sample().action("write-policy", ActionStatus::Open, "", Some("2026-06-01"));
    let text = report(&sample, None, Format::Markdown);
    assert!(text.contains("- **When:** 2026-06-02 to 2026-06-09; agreed: 2026-06-01\n"), "{text}");
    let row = |title: &str| text.find(&format!("| {title} |")).expect("a row of the first month");
    assert!(row("Write the AI policy") < row("List what interested parties need"), "{text}");
}

#[test]
fn waiting_is_named_beside_the_finish() {
    let mut sample = Sample::empty().level("A.2.2", 0).checks("A.2.2", &["policy"], CheckAnswer::No);
    sample = sample.level("4.2", 2).checks("4.2", &["needs"], CheckAnswer::No);
    let open: Vec<String> = sample.report(|subject| subject.plan.steps.iter().map(|step| step.id.clone()).collect());
    for id in open.iter().filter(|id| id.contains(':')) {
        sample = sample.action(id, ActionStatus::Dropped, "No time.", None);
    }
    assert!(report(&sample, None, Format::Markdown).contains("- **Finish:** 2026-06-09\n"));
    sample.catalog.actions[0].wait_days = 14;
    // Done on Tuesday 2 June; Wednesday 3 to Monday 15 June are nine working days.
    let waiting = "- **Finish:** 2026-06-22; 9 working days of the plan are waiting for records to build up\n";
    let text = report(&sample, None, Format::Markdown);
    assert!(text.contains(waiting), "{text}");
    assert!(text.contains("): No time; gap accepted at "));
}

#[test]
fn a_target_date_is_met_or_missed() {
    let line = |sample: Sample| {
        let text = report(&sample, None, Format::Text);
        text.lines().find(|line| line.starts_with("Target date")).map(str::to_owned)
    };
    assert_eq!(line(sample()), None);
    let finish = sample().report(|subject| subject.plan.finish()).expect("a plan with steps");
    let target = |days: i64| sample().change(with_target(&(finish + chrono::Duration::days(days)).to_string()));
    assert_eq!(line(target(12)).as_deref(), Some("Target date   2026-07-14, met with 12 days to spare"));
    assert_eq!(line(target(0)).as_deref(), Some("Target date   2026-07-02, met on the day"));
    assert_eq!(line(target(-1)).as_deref(), Some("Target date   2026-07-01, missed by 1 day"));
    let mut nothing = target(5);
    nothing.catalog.categories.truncate(1);
    nothing.catalog.categories[0].requirements.truncate(1);
    assert_eq!(line(nothing).as_deref(), Some("Target date   2026-07-07, with nothing left to do"));
}

#[test]
fn an_empty_plan_says_so() {
    let mut sample = Sample::worked();
    sample.catalog.categories.truncate(1);
    sample.catalog.categories[0].requirements.truncate(1);
    let text = report(&sample, None, Format::Markdown);
    assert!(text.contains("## First 30 days: 0 actions, 0 person-days\n\nThe plan has no open actions.\n\n## Notice"));
}

#[test]
fn csv_has_a_row_for_each_action() {
    assert_eq!(
        report(&sample(), Some("900"), Format::Csv).replace("\r\n", "\n"),
        r#"order,id,title,wave,wave_name,do,deliverable,owner,effort,person_days,start,due,agreed_due,status,why,gives,after,serves,cost
1,list-needs,List what interested parties need,0,Unblock,Do this: List what interested parties need.,Result of list-needs,AI lead,S,1,2026-06-01,2026-06-02,,open,"4.2 minor gap (claimed 3, credited 2, closes 1 check)","4: credited 3.2 -> 3.6 alone, -> 3.6 in order",,4.2,900
2,write-policy,Write the AI policy,0,Unblock,Do this: Write the AI policy.,Result of write-policy,AI lead,M,3,2026-06-02,2026-06-09,,open,"A.2.2 major gap (claimed 0, credited 0, closes 1 check, lifts 0 to 3)","A.2: credited 1.0 -> 2.5 alone, -> 2.5 in order",list-needs,A.2.2,2700
3,ask:4,Answer the open questions of 4 Context of the organization,1,Quick wins,"Ask the people who know, and answer what is open: 4.3 (level and 2 checks).",Answers in this assessment,AI management lead,XS,0.5,2026-06-09,2026-06-10,,open,4.3 undetermined (no level),no figure by itself,,4.3,450
4,ask:A.5,Answer the open questions of A.5 Assessing impacts of AI systems,1,Quick wins,"Ask the people who know, and answer what is open: A.5.2 (level and 1 check).",Answers in this assessment,AI management lead,XS,0.5,2026-06-10,2026-06-11,,open,A.5.2 undetermined (no level),no figure by itself,,A.5.2,450
5,evidence:4,Collect current evidence for 4 Context of the organization,1,Quick wins,"Attach, with date and place, one current item that shows each of these at work: 4.2.",Dated entries in the evidence register,AI management lead,XS,0.5,2026-06-11,2026-06-12,,open,"4.2 minor gap (claimed 3, credited 2)","4: credited 3.2 -> 3.6 alone, -> 3.6 in order",,4.2,450
6,evidence:A.2,Collect current evidence for A.2 Policies related to AI,1,Quick wins,"Attach, with date and place, one current item that shows each of these at work: A.2.3.",Dated entries in the evidence register,AI management lead,XS,0.5,2026-06-12,2026-06-12,,open,"A.2.3 not shown (claimed 2, credited 2)","A.2: credited 1.0, no change alone, -> 2.5 in order",,A.2.3,450
7,compare-policies,Compare the policies,2,Close gaps,Do this: Compare the policies.,Result of compare-policies,AI lead,L,8,2026-06-15,2026-07-02,,open,"A.2.3 not shown (claimed 2, credited 2, lifts 2 to 3)","A.2: credited 1.0 -> 1.5 alone, -> 3.0 in order",write-policy,A.2.3,7200
"#
    );
}

#[test]
fn json_has_steps_totals_and_what_is_passed() {
    let dropped = sample().action("compare-policies", ActionStatus::Dropped, "not now", None);
    let text = report(&dropped, Some("900"), Format::Json);
    let (_, start) = text.split_once("  \"day_zero\"").expect("the first key of the plan");
    let (first, rest) = start.split_once("\n    },\n").expect("the end of the first step");
    assert_eq!(
        format!("  \"day_zero\"{first}"),
        r#"  "day_zero": "2026-06-01",
  "capacity": 3.0,
  "day_rate": 900.0,
  "target_date": null,
  "finish": "2026-06-12",
  "days_to_spare": null,
  "waiting_days": 0,
  "steps": [
    {
      "order": 1,
      "id": "list-needs",
      "title": "List what interested parties need",
      "do": "Do this: List what interested parties need.",
      "deliverable": "Result of list-needs",
      "owner": "AI lead",
      "effort": "S",
      "person_days": 1.0,
      "cost": 900.0,
      "wave": 0,
      "priority": 72,
      "start": "2026-06-01",
      "due": "2026-06-02",
      "agreed_due": null,
      "status": "Open",
      "after": [],
      "serves": [
        "4.2"
      ],
      "closes": [
        "4.2/needs"
      ],
      "lifts": [],
      "asks": [],
      "gains": [
        {
          "category": "4",
          "today": {
            "numerator": 64,
            "denominator": 20,
            "hundredths": 320
          },
          "alone": {
            "numerator": 72,
            "denominator": 20,
            "hundredths": 360
          },
          "in_order": {
            "numerator": 72,
            "denominator": 20,
            "hundredths": 360
          }
        }
      ]"#
    );
    let (_, totals) = rest.split_once("\n  \"totals\"").expect("the totals");
    let (totals, _) = totals.split_once("\n  \"notice\"").expect("the end");
    assert_eq!(
        totals,
        r#": {
    "all": {
      "actions": 6,
      "person_days": 6.0,
      "cost": 5400.0
    },
    "first_30_days": {
      "actions": 6,
      "person_days": 6.0,
      "cost": 5400.0
    },
    "waves": [
      {
        "wave": 0,
        "name": "Unblock",
        "actions": 2,
        "person_days": 4.0,
        "cost": 3600.0
      },
      {
        "wave": 1,
        "name": "Quick wins",
        "actions": 4,
        "person_days": 2.0,
        "cost": 1800.0
      },
      {
        "wave": 2,
        "name": "Close gaps",
        "actions": 0,
        "person_days": 0.0,
        "cost": 0.0
      },
      {
        "wave": 3,
        "name": "Raise to target",
        "actions": 0,
        "person_days": 0.0,
        "cost": 0.0
      }
    ]
  },
  "passed": [
    {
      "id": "compare-policies",
      "title": "Compare the policies",
      "status": "Dropped",
      "reason": "not now",
      "owner": "",
      "due": null,
      "serves": [
        "A.2.3"
      ]
    }
  ],"#
    );
}

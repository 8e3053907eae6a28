//! The statement of applicability, exactly as it is printed.

use super::*;
use crate::{
    model::{answer::CheckAnswer, edit::Change, profile::AiRole},
    report::{
        Style,
        sample::{PLAIN, Sample},
    },
};

/// One control answered, one excluded against a clause under other roles, one with an exclusion that is too short.
fn sample() -> Sample {
    let sample = Sample::empty()
        .checks("A.2.2", &["policy"], CheckAnswer::Yes)
        .level("A.2.2", 3)
        .owner("A.2.2", "Ann")
        .evidence("policy", "AI policy, signed", "2026-02-01", &["A.2.2"])
        .evidence("draft", "Old draft", "", &["A.2.2"])
        .evidence("next", "Next policy", "2027-02-01", &["A.2.2"])
        .exclude("A.2.3", ExclusionBasis::Other, "no", "")
        .exclude("A.5.2", ExclusionBasis::Role, "We only use bought tools", "6.1.4 is kept");
    let mut profile = sample.assessment.profile.clone();
    profile.roles = vec![AiRole::User];
    profile.scope = "All of Acme".into();
    sample.change(Change::SetProfile(Box::new(profile)))
}

fn report(format: Format, layout: &Layout) -> String {
    sample().report(|subject| render(subject, format, layout))
}

#[test]
fn every_control_stands_with_its_decision() {
    assert_eq!(
        report(Format::Text, &PLAIN),
        "\
Statement of applicability of Acme pilot
========================================

Draft until approved by designated management.

Organization  Acme Ltd
Scope         All of Acme
As of         2026-06-01
Controls      1 included, 1 excluded, 1 undecided

1 of 3 controls are excluded, more than a quarter: an auditor will look closely
at the reasons.

Excluded although a clause asks for the same
--------------------------------------------

- A.5.2 Process: We only use bought tools; override: 6.1.4 is kept

Controls
--------

Applies: something is answered, and no exclusion is in force. Undecided: neither
answered nor decided; scored as if it applied. Reasons for inclusion come from
the answers: a clause asks for the same, or the control is in use. Add the risk
or duty that it treats before approval (6.1.3).

A.2.2 AI policy
  State: applies; Justification: clause 5.2 asks for the same; Owner: Ann;
  Evidence: AI policy, signed (2026-02-01); Old draft (undated, counts as
  stale); Next policy (2027-02-01, not there yet); Claimed: 3; Credited: 3;
  Verdict: conforming
A.2.3 Alignment with other policies
  State: undecided; Justification: an exclusion is recorded and not in force:
  the reason of an exclusion needs at least 10 characters; Claimed: -; Credited:
  -; Verdict: undetermined
A.5.2 Process
  State: excluded; Justification: role: We only use bought tools; an auditor
  expects a risk-assessment reference; to review: roles or systems have changed
  since

Notice
------

This is a self-assessment in the tool's own words. Levels and grades are the
tool's own; the standard has neither. It is not the text of the standard, not a
certification, not an internal audit in the sense of 9.2, and not legal advice.
Whether evidence suffices is an auditor's judgement.

Draft until approved by designated management.
"
    );
    let wide = report(Format::Text, &Layout { width: 140, style: Style::Plain });
    let (_, table) = wide.split_once("Controls\n--------\n\n").expect("the section");
    assert_eq!(table.split("\n\n").next(), Some("\
Applies: something is answered, and no exclusion is in force. Undecided: neither answered nor decided; scored as if it applied. Reasons for
inclusion come from the answers: a clause asks for the same, or the control is in use. Add the risk or duty that it treats before approval
(6.1.3)."));
}

#[test]
fn a_reference_satisfies_the_auditor_and_few_exclusions_need_no_warning() {
    let mut sample = sample();
    let answer = sample.assessment.answers.get_mut(&crate::report::sample::reference("A.5.2")).expect("answered");
    answer.exclusion.as_mut().expect("excluded").reference = "R-12".into();
    let text = sample.report(|subject| render(subject, Format::Markdown, &PLAIN));
    assert!(!text.contains("an auditor expects"), "{text}");
    assert!(text.contains("| role: We only use bought tools (R-12); to review: roles or systems have changed since |"));
    assert!(text.contains("1 of 3 controls are excluded, more than a quarter"));
    let category = &mut sample.catalog.categories[2];
    let mut fourth = category.requirements[0].clone();
    fourth.id = crate::report::sample::reference("A.5.3");
    category.requirements.push(fourth);
    let text = sample.report(|subject| render(subject, Format::Markdown, &PLAIN));
    assert!(!text.contains("more than a quarter"), "one of four is a quarter");
}

#[test]
fn csv_and_json_carry_the_same() {
    assert_eq!(
        report(Format::Csv, &PLAIN).replace("\r\n", "\n"),
        r#"id,title,state,basis,reason,reference,override_note,inclusion,to_review,remarks,owner,evidence,claimed,credited,verdict,indicative
A.2.2,AI policy,applies,,,,,clause 5.2 asks for the same,no,,Ann,"AI policy, signed (2026-02-01); Old draft (undated, counts as stale); Next policy (2027-02-01, not there yet)",3,3,conforming,no
A.2.3,Alignment with other policies,undecided,other,no,,,,no,an exclusion is recorded and not in force: the reason of an exclusion needs at least 10 characters,,,,,undetermined,no
A.5.2,Process,excluded,role,We only use bought tools,,6.1.4 is kept,,yes,an auditor expects a risk-assessment reference; to review: roles or systems have changed since,,,,,not applicable,no
"#
    );
    let json = report(Format::Json, &PLAIN);
    let (_, body) = json.split_once("\"as_of\": \"2026-06-01\",\n").expect("the head");
    assert_eq!(
        body.split("\n  \"notice\"").next(),
        Some(
            r#"  "state": "Draft until approved by designated management.",
  "scope": "All of Acme",
  "counts": {
    "applies": 1,
    "excluded": 1,
    "undecided": 1
  },
  "warnings": [
    "1 of 3 controls are excluded, more than a quarter: an auditor will look closely at the reasons."
  ],
  "controls": [
    {
      "id": "A.2.2",
      "title": "AI policy",
      "state": "Applies",
      "basis": null,
      "reason": null,
      "reference": null,
      "override_note": null,
      "inclusion": "clause 5.2 asks for the same",
      "to_review": false,
      "remarks": [],
      "owner": "Ann",
      "evidence": [
        {
          "id": "policy",
          "title": "AI policy, signed",
          "location": "",
          "date": "2026-02-01",
          "last_current_day": "2027-03-03",
          "state": "Current"
        },
        {
          "id": "draft",
          "title": "Old draft",
          "location": "",
          "date": null,
          "last_current_day": null,
          "state": "Stale"
        },
        {
          "id": "next",
          "title": "Next policy",
          "location": "",
          "date": "2027-02-01",
          "last_current_day": "2028-03-02",
          "state": "Future"
        }
      ],
      "claimed": 3,
      "credited": 3,
      "verdict": "Conforming",
      "indicative": false
    },
    {
      "id": "A.2.3",
      "title": "Alignment with other policies",
      "state": "Undecided",
      "basis": "Other",
      "reason": "no",
      "reference": "",
      "override_note": "",
      "inclusion": null,
      "to_review": false,
      "remarks": [
        "an exclusion is recorded and not in force: the reason of an exclusion needs at least 10 characters"
      ],
      "owner": "",
      "evidence": [],
      "claimed": null,
      "credited": null,
      "verdict": "Undetermined",
      "indicative": false
    },
    {
      "id": "A.5.2",
      "title": "Process",
      "state": "Excluded",
      "basis": "Role",
      "reason": "We only use bought tools",
      "reference": "",
      "override_note": "6.1.4 is kept",
      "inclusion": null,
      "to_review": true,
      "remarks": [
        "an auditor expects a risk-assessment reference",
        "to review: roles or systems have changed since"
      ],
      "owner": "",
      "evidence": [],
      "claimed": null,
      "credited": null,
      "verdict": "NotApplicable",
      "indicative": false
    }
  ],"#
        )
    );
}

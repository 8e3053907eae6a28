//! The statement of applicability, exactly as it is printed.

use insta::assert_snapshot;

use super::*;
use crate::{
    model::{
        answer::CheckAnswer,
        edit::Change,
        exclusion::ExclusionBasis,
        impact::harm::Measure,
        inclusion::{Driver, Inclusion, OwnControl},
        profile::AiRole,
        statement::Statement,
        system::System,
    },
    report::{
        Style,
        sample::{PLAIN, Sample, day, reference},
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

/// Two controls that apply, one of them without a reason; two systems, an own control, and an approval.
fn stated() -> Sample {
    let mut bot = System::named("bot", "Bot");
    bot.impact.measures.push(Measure { id: "m".into(), controls: vec![reference("A.2.3")], ..Measure::default() });
    let inclusion = Inclusion {
        reason: "Customers ask for it.".into(),
        drivers: vec![Driver::Contract, Driver::Law],
        reference: "=HYPERLINK(\"x\") contract 7".into(),
        systems: vec!["bot".into(), "gone".into()],
        implementation: "The board signs it <script>.".into(),
        ..Inclusion::default()
    };
    let own = |id: &str, title: &str, inclusion: Inclusion| {
        Change::own_control(OwnControl {
            id: id.into(),
            title: title.into(),
            inclusion,
            owner: "Bea".into(),
            evidence: vec!["drill".into()],
        })
    };
    let reason = Inclusion { reason: "We want to know how it breaks.".into(), ..Inclusion::default() };
    let sample = Sample::empty()
        .level("A.2.2", 3)
        .level("A.2.3", 2)
        .evidence("drill", "Drill", "2026-05-01", &[])
        .change(Change::system("entry", bot))
        .change(Change::system("entry", System::named("app", "App")))
        .change(Change::SetInclusion { requirement: reference("A.2.2"), inclusion: Box::new(inclusion) })
        .change(own("O.10", "Second reader", Inclusion::default()))
        .change(own("O.2", "Attack tests", reason));
    let statement = Statement {
        version: "1.2".into(),
        approved_by: "Dee, managing director".into(),
        approved_on: Some(day("2026-05-30")),
        decisions: sample.assessment.decisions(),
    };
    sample.change(Change::SetStatement(Box::new(statement)))
}

#[test]
fn every_control_stands_with_its_decision() {
    assert_snapshot!(report(Format::Text, &PLAIN), @"
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

    Applies: something is answered or said about its inclusion, and no exclusion is
    in force. Undecided: neither answered nor decided; scored as if it applied. Both
    need a reason, inclusion and exclusion (6.1.3); that a clause asks for the same
    is one, that a control is in use is none.

    A.2.2 AI policy
      State: applies; Applies to: all systems; Justification: clause 5.2 asks for
      the same; Owner: Ann; Evidence: AI policy, signed (2026-02-01); Old draft
      (undated, counts as stale); Next policy (2027-02-01, not there yet); Verdict:
      conforming
    A.2.3 Alignment with other policies
      State: undecided; Justification: an exclusion is recorded and not in force:
      the reason of an exclusion needs at least 10 characters; Verdict: undetermined
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
    ");
    let wide = report(Format::Text, &Layout { width: 140, style: Style::Plain });
    assert!(wide.lines().all(|line| line.chars().count() <= 140), "{wide}");
}

#[test]
fn what_is_stated_about_inclusions_stands_beside_own_controls() {
    assert_snapshot!(stated().report(|subject| render(subject, Format::Text, &PLAIN)), @r#"
    Statement of applicability of Acme pilot
    ========================================

    Version 1.2, approved by Dee, managing director on 2026-05-30.

    Organization  Acme Ltd
    Version       1.2
    As of         2026-06-01
    Controls      2 included, 0 excluded, 1 undecided; 2 of your own

    Controls
    --------

    Applies: something is answered or said about its inclusion, and no exclusion is
    in force. Undecided: neither answered nor decided; scored as if it applied. Both
    need a reason, inclusion and exclusion (6.1.3); that a clause asks for the same
    is one, that a control is in use is none.

    Reason for inclusion missing for 2 of 4: A.2.3, O.10.

    A.2.2 AI policy
      State: applies; Applies to: Bot, gone; Justification: Customers ask for it;
      driver: contract, law (=HYPERLINK("x") contract 7); not in the register of
      systems: gone; How it is done: The board signs it <script>; Verdict: not shown
      (indicative)
    A.2.3 Alignment with other policies
      State: applies; Applies to: all systems; Justification: reason for inclusion
      missing (in use at level 2); Verdict: minor gap (indicative)
    A.5.2 Process
      State: undecided; Verdict: undetermined

    Own controls
    ------------

    Controls of your own, beside those of Annex A. They count in no score and get no
    verdict.

    Id    Control       Applies    Justification  How it is      Owner  Evidence
                        to                        done
    ----  ------------  ---------  -------------  -------------  -----  ------------
    O.2   Attack tests  all        We want to                    Bea    Drill
                        systems    know how it                          (2026-05-01)
                                   breaks
    O.10  Second        all        reason for                    Bea    Drill
          reader        systems    inclusion                            (2026-05-01)
                                   missing

    Proposed drivers
    ----------------

    What your answers suggest as drivers. Nothing here is decided, or part of the
    statement.

    - A.2.3: impact assessment (impact assessment of Bot): a measure for Bot names
      it

    Notice
    ------

    This is a self-assessment in the tool's own words. Levels and grades are the
    tool's own; the standard has neither. It is not the text of the standard, not a
    certification, not an internal audit in the sense of 9.2, and not legal advice.
    Whether evidence suffices is an auditor's judgement.

    Version 1.2, approved by Dee, managing director on 2026-05-30.
    "#);
}

#[test]
fn an_approved_statement_says_so_until_a_decision_changes() {
    let footer = |sample: &Sample| {
        let text = sample.report(|subject| render(subject, Format::Text, &Layout { width: 200, style: Style::Plain }));
        text.lines().last().map(str::to_owned)
    };
    let approved = stated();
    assert_eq!(footer(&approved).as_deref(), Some("Version 1.2, approved by Dee, managing director on 2026-05-30."));
    let answered = approved.level("A.5.2", 1);
    assert_eq!(
        footer(&answered).as_deref(),
        Some(
            "Draft until approved by designated management: decisions have changed since Dee, managing director approved \
             version 1.2 on 2026-05-30."
        )
    );
    assert_eq!(footer(&sample()).as_deref(), Some(FOOTER));
}

#[test]
fn missing_reasons_are_listed_and_counted() {
    let json = stated().report(|subject| render(subject, Format::Json, &PLAIN));
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["missing_reasons"], serde_json::json!(["A.2.3", "O.10"]));
    assert_eq!(json["counts"]["reason_missing"], 2);
    assert_eq!(json["approval"]["state"], "Approved");
    assert_eq!(json["controls"][0]["only_systems"], serde_json::json!(["bot", "gone"]));
    assert_eq!(json["controls"][1]["proposed_drivers"][0]["driver"], "ImpactAssessment");
    assert_eq!(json["own_controls"][0]["id"], "O.2");
}

#[test]
fn rows_have_a_cell_for_each_column_and_csv_starts_no_formula() {
    assert_snapshot!(stated().report(|subject| render(subject, Format::Csv, &PLAIN)).replace("\r\n", "\n"), @r#"
    id,title,origin,state,applies_to,basis,reason,drivers,reference,override_note,suggested_reason,proposed_drivers,implementation,owner,evidence,verdict,indicative,claimed,credited,to_review,remarks
    A.2.2,AI policy,Annex A,applies,"Bot, gone",,Customers ask for it.,"contract, law","'=HYPERLINK(""x"") contract 7",,,,The board signs it <script>.,,,not shown,yes,3,2,no,not in the register of systems: gone
    A.2.3,Alignment with other policies,Annex A,applies,all systems,,,,,,in use at level 2,impact assessment (impact assessment of Bot): a measure for Bot names it,,,,minor gap,yes,2,2,no,reason for inclusion missing
    A.5.2,Process,Annex A,undecided,,,,,,,,,,,,undetermined,no,,,no,
    O.2,Attack tests,own,applies,all systems,,We want to know how it breaks.,,,,,,,Bea,Drill (2026-05-01),,,,,,
    O.10,Second reader,own,applies,all systems,,,,,,,,,Bea,Drill (2026-05-01),,,,,,reason for inclusion missing
    "#);
}

#[test]
fn a_reference_satisfies_the_auditor_and_few_exclusions_need_no_warning() {
    let mut sample = sample();
    let answer = sample.assessment.answers.get_mut(&reference("A.5.2")).expect("answered");
    answer.exclusion.as_mut().expect("excluded").reference = "R-12".into();
    let text = sample.report(|subject| render(subject, Format::Markdown, &PLAIN));
    assert!(!text.contains("an auditor expects"), "{text}");
    assert!(text.contains("| role: We only use bought tools (R-12); to review: roles or systems have changed since |"));
    assert!(text.contains("1 of 3 controls are excluded, more than a quarter"));
    let category = &mut sample.catalog.categories[2];
    let mut fourth = category.requirements[0].clone();
    fourth.id = reference("A.5.3");
    category.requirements.push(fourth);
    let text = sample.report(|subject| render(subject, Format::Markdown, &PLAIN));
    assert!(!text.contains("more than a quarter"), "one of four is a quarter");
}

#[test]
fn csv_and_json_carry_the_same() {
    assert_snapshot!(report(Format::Csv, &PLAIN).replace("\r\n", "\n"), @r#"
    id,title,origin,state,applies_to,basis,reason,drivers,reference,override_note,suggested_reason,proposed_drivers,implementation,owner,evidence,verdict,indicative,claimed,credited,to_review,remarks
    A.2.2,AI policy,Annex A,applies,all systems,,clause 5.2 asks for the same,,,,,,,Ann,"AI policy, signed (2026-02-01); Old draft (undated, counts as stale); Next policy (2027-02-01, not there yet)",conforming,no,3,3,no,
    A.2.3,Alignment with other policies,Annex A,undecided,,other,no,,,,,,,,,undetermined,no,,,no,an exclusion is recorded and not in force: the reason of an exclusion needs at least 10 characters
    A.5.2,Process,Annex A,excluded,,role,We only use bought tools,,,6.1.4 is kept,,,,,,not applicable,no,,,yes,an auditor expects a risk-assessment reference; to review: roles or systems have changed since
    "#);
    let json = report(Format::Json, &PLAIN);
    let (_, body) = json.split_once("\"as_of\": \"2026-06-01\",\n").expect("the head");
    assert_snapshot!(body.split("\n  \"notice\"").next().expect("the body"), @r#"
    "state": "Draft until approved by designated management.",
    "approval": {
      "state": "Draft",
      "version": "",
      "approved_by": "",
      "approved_on": null
    },
    "scope": "All of Acme",
    "counts": {
      "applies": 1,
      "excluded": 1,
      "undecided": 1,
      "own": 0,
      "reason_missing": 0
    },
    "missing_reasons": [],
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
        "suggested_reason": null,
        "drivers": [],
        "driver_reference": "",
        "only_systems": [],
        "implementation": "",
        "proposed_drivers": [],
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
        "suggested_reason": null,
        "drivers": [],
        "driver_reference": "",
        "only_systems": [],
        "implementation": "",
        "proposed_drivers": [],
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
        "suggested_reason": null,
        "drivers": [],
        "driver_reference": "",
        "only_systems": [],
        "implementation": "",
        "proposed_drivers": [],
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
    ],
    "own_controls": [],
    "#);
}

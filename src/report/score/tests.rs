//! The score, exactly as it is printed.

use super::*;
use crate::{
    model::{answer::CheckAnswer, exclusion::ExclusionBasis},
    report::{
        Style,
        sample::{PLAIN, Sample},
    },
};

/// The worked example, a major gap with a contradiction, an exclusion, and a control never answered.
fn sample() -> Sample {
    Sample::worked().level("A.2.2", 3).checks("A.2.2", &["policy"], CheckAnswer::No).exclude(
        "A.5.2",
        ExclusionBasis::RiskAssessment,
        "No system can harm anybody",
        "6.1.4 is kept",
    )
}

fn report(format: Format, layout: &Layout) -> String {
    sample().report(|subject| render(subject, &["The exclusion of A.9.9 is not in force.".to_owned()], format, layout))
}

#[test]
fn the_text_has_figures_remarks_and_requirements() {
    assert_eq!(
        report(Format::Text, &PLAIN),
        "\
Score of Acme pilot
===================

Organization         Acme Ltd
Status               Major gaps (provisional)
Provisional because  checks are still open
As of                2026-06-01
Questionnaires       test
Verdicts             1 major gap, 1 minor gap, 2 undetermined, 1 conforming,
                     1 not applicable; shown so far: 1 of 6
Improvement points   1 (guidance that is open or not a plain yes; it changes no
                     verdict)

Warnings
--------

- The exclusion of A.9.9 is not in force.

Levels
------

Levels run from 0 to 5. Claimed is what the team says, credited what could be
shown to an auditor today. The range says where credited can still move while
answers are missing, coverage how much weight has a level, and the floor is the
lowest credited level.

Category                         Claimed  Credited    Range  Coverage      Floor
----------------------------  ----------  --------  -------  --------  ---------
Management system                    3.6       3.2  2.7-3.5      83 %    2 (4.2)
Controls                             3.0       1.0  0.5-3.0      50 %  1 (A.2.2)
4 Context of the                     3.6       3.2  2.7-3.5      83 %    2 (4.2)
organization
A.2 Policies related to AI           3.0       1.0  0.5-3.0      50 %  1 (A.2.2)
A.5 Assessing impacts of AI          not
systems                       applicable

Credited without exclusions, with all stored answers counted: Controls 1.0.

Verdicts
--------

Category                Status                  Verdicts                  Checks
                                                                        answered
----------------------  ----------------------  ----------------------  --------
Management system       Incomplete              1 minor gap,              4 of 6
                        (provisional)           1 undetermined,
                                                1 conforming
Controls                Major gaps              1 major gap,              1 of 3
                        (provisional)           1 undetermined,
                                                1 not applicable
4 Context of the        Incomplete              1 minor gap,              4 of 6
organization            (provisional)           1 undetermined,
                                                1 conforming
A.2 Policies related    Major gaps              1 major gap,              1 of 3
to AI                   (provisional)           1 undetermined
A.5 Assessing impacts   not applicable          1 not applicable
of AI systems

Worth a second look
-------------------

- A.2.2 (level 3 or more, yet a critical check is no): level and checks
  contradict each other: look at both again.

Requirements
------------

Id     Requirement         Verdict         Claimed  Credited  Remarks
-----  ------------------  --------------  -------  --------  ------------------
4.1    Organization and    conforming            4         4
       context
4.2    Interested parties  minor gap             3         2  capped: no
                                                              evidence is
                                                              attached
4.3    Determining the     undetermined          -         -
       scope
A.2.2  AI policy           major gap             3         1  capped: a critical
                                                              check is no; level
                                                              and checks
                                                              contradict each
                                                              other: look at
                                                              both again
A.2.3  Alignment with      undetermined          -         -
       other policies
A.5.2  Process             not applicable        -         -

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
fn narrow_text_has_a_paragraph_for_each_row() {
    let text = report(Format::Text, &Layout { width: 50, style: Style::Plain });
    let (_, table) = text.split_once("Requirements\n------------\n\n").expect("the section");
    let (table, _) = table.split_once("\n\nNotice").expect("the next section");
    assert_eq!(
        table,
        "\
4.1 Organization and context
  Verdict: conforming; Claimed: 4; Credited: 4
4.2 Interested parties
  Verdict: minor gap; Claimed: 3; Credited: 2;
  Remarks: capped: no evidence is attached
4.3 Determining the scope
  Verdict: undetermined; Claimed: -; Credited: -
A.2.2 AI policy
  Verdict: major gap; Claimed: 3; Credited: 1;
  Remarks: capped: a critical check is no; level
  and checks contradict each other: look at both
  again
A.2.3 Alignment with other policies
  Verdict: undetermined; Claimed: -; Credited: -
A.5.2 Process
  Verdict: not applicable; Claimed: -; Credited: -"
    );
}

#[test]
fn markdown_has_the_same_tables() {
    let text = report(Format::Markdown, &PLAIN);
    let (_, tables) = text.split_once("## Verdicts\n\n").expect("the section");
    let (tables, _) = tables.split_once("\n## Notice").expect("the last section");
    assert_eq!(
        tables,
        "\
| Category | Status | Verdicts | Checks answered |
| --- | --- | --- | ---: |
| Management system | Incomplete (provisional) | 1 minor gap, 1 undetermined, 1 conforming | 4 of 6 |
| Controls | Major gaps (provisional) | 1 major gap, 1 undetermined, 1 not applicable | 1 of 3 |
| 4 Context of the organization | Incomplete (provisional) | 1 minor gap, 1 undetermined, 1 conforming | 4 of 6 |
| A.2 Policies related to AI | Major gaps (provisional) | 1 major gap, 1 undetermined | 1 of 3 |
| A.5 Assessing impacts of AI systems | not applicable | 1 not applicable |  |

## Worth a second look

- **A.2.2** (level 3 or more, yet a critical check is no): level and checks contradict each other: look at both again.

## Requirements

| Id | Requirement | Verdict | Claimed | Credited | Remarks |
| --- | --- | --- | ---: | ---: | --- |
| **4.1** | Organization and context | conforming | 4 | 4 |  |
| **4.2** | Interested parties | minor gap | 3 | 2 | capped: no evidence is attached |
| **4.3** | Determining the scope | undetermined | - | - |  |
| **A.2.2** | AI policy | major gap | 3 | 1 | capped: a critical check is no; level and checks contradict each other: look at both again |
| **A.2.3** | Alignment with other policies | undetermined | - | - |  |
| **A.5.2** | Process | not applicable | - | - |  |
"
    );
}

#[test]
fn csv_has_a_row_for_each_group_category_and_requirement() {
    assert_eq!(report(Format::Csv, &PLAIN).replace("\r\n", "\n"), "\
kind,id,title,state,status,provisional,claimed,credited,low,high,without_exclusions,coverage_percent,floor_level,floor_requirement,major_gap,minor_gap,undetermined,not_shown,conforming,not_applicable,indicative,improvement_points,contradictions,levels_answered,levels_total,checks_answered,checks_total,verdict,target,target_raised,shortfall,capped_by,evidence_current,evidence_stale,disputed,by_proposal
group,management_system,Management system,Assessed,Incomplete,yes,3.6,3.2,2.7,3.5,,83,2,4.2,0,1,1,0,1,0,0,1,0,2,3,4,6,,,,,,,,,
group,controls,Controls,Assessed,Major gaps,yes,3.0,1.0,0.5,3.0,1.0,50,1,A.2.2,1,0,1,0,0,1,0,0,1,1,2,1,3,,,,,,,,,
category,4,Context of the organization,Assessed,Incomplete,yes,3.6,3.2,2.7,3.5,,83,2,4.2,0,1,1,0,1,0,0,1,0,2,3,4,6,,,,,,,,,
category,A.2,Policies related to AI,Assessed,Major gaps,yes,3.0,1.0,0.5,3.0,,50,1,A.2.2,1,0,1,0,0,0,0,0,1,1,2,1,3,,,,,,,,,
category,A.5,Assessing impacts of AI systems,NotApplicable,,no,,,,,,,,,0,0,0,0,0,1,0,0,0,0,0,0,0,,,,,,,,,
requirement,4.1,Organization and context,,,,4,4,4,4,,,,,,,,,,,no,1,0,,,2,2,conforming,3,no,0,,1,0,no,no
requirement,4.2,Interested parties,,,,3,2,2,2,,,,,,,,,,,no,0,0,,,2,2,minor gap,3,no,1,no evidence is attached,0,0,no,no
requirement,4.3,Determining the scope,,,,,,0,5,,,,,,,,,,,no,0,0,,,0,2,undetermined,3,no,3,,0,0,no,no
requirement,A.2.2,AI policy,,,,3,1,1,1,,,,,,,,,,,no,0,1,,,1,1,major gap,3,no,2,a critical check is no,0,0,no,no
requirement,A.2.3,Alignment with other policies,,,,,,0,5,,,,,,,,,,,no,0,0,,,0,2,undetermined,3,no,3,,0,0,no,no
requirement,A.5.2,Process,,,,,,,,,,,,,,,,,,no,,,,,,,not applicable,,,,,0,0,no,no
");
}

#[test]
fn json_says_everything_of_a_requirement() {
    let text = report(Format::Json, &PLAIN);
    let (_, requirements) = text.split_once("\n  \"requirements\": [\n").expect("the requirements");
    assert_eq!(text.matches("\n  \"requirements\":").count(), 1, "no key stands twice");
    let of = |id: &str| {
        let start = requirements.find(&format!("    {{\n      \"id\": \"{id}\"")).expect("the requirement");
        let end = requirements[start..].find("\n    }").expect("its end");
        requirements[start..start + end + 6].to_owned()
    };
    assert_eq!(
        of("4.2"),
        r#"    {
      "id": "4.2",
      "title": "Interested parties",
      "category": "4",
      "applicable": true,
      "verdict": "MinorGap",
      "indicative": false,
      "rule": 4,
      "claimed": 3,
      "credited": 2,
      "caps": [
        {
          "level": 2,
          "reason": "NoEvidence",
          "binding": true,
          "checks": []
        },
        {
          "level": 3,
          "reason": "PartlyOrOpen",
          "binding": false,
          "checks": [
            "needs"
          ]
        }
      ],
      "low": 2,
      "high": 2,
      "weight": {
        "base": 2,
        "factor_quarters": 4,
        "weight": 8
      },
      "target": 3,
      "target_raised": false,
      "shortfall": 1,
      "checks": {
        "answered": 2,
        "total": 2
      },
      "improvement_points": 0,
      "contradiction": null,
      "evidence": {
        "current": 0,
        "stale": 0
      },
      "disputed": false,
      "by_proposal": false
    }"#
    );
    assert_eq!(
        of("4.3"),
        r#"    {
      "id": "4.3",
      "title": "Determining the scope",
      "category": "4",
      "applicable": true,
      "verdict": "Undetermined",
      "indicative": false,
      "rule": 7,
      "claimed": null,
      "credited": null,
      "caps": [
        {
          "level": 2,
          "reason": "CriticalPartlyOrOpen",
          "binding": false,
          "checks": [
            "boundaries"
          ]
        },
        {
          "level": 2,
          "reason": "NoEvidence",
          "binding": false,
          "checks": []
        },
        {
          "level": 3,
          "reason": "PartlyOrOpen",
          "binding": false,
          "checks": [
            "written"
          ]
        }
      ],
      "low": 0,
      "high": 5,
      "weight": {
        "base": 1,
        "factor_quarters": 4,
        "weight": 4
      },
      "target": 3,
      "target_raised": false,
      "shortfall": 3,
      "checks": {
        "answered": 0,
        "total": 2
      },
      "improvement_points": 0,
      "contradiction": null,
      "evidence": {
        "current": 0,
        "stale": 0
      },
      "disputed": false,
      "by_proposal": false
    }"#
    );
    assert_eq!(
        of("A.2.2"),
        r#"    {
      "id": "A.2.2",
      "title": "AI policy",
      "category": "A.2",
      "applicable": true,
      "verdict": "MajorGap",
      "indicative": false,
      "rule": 2,
      "claimed": 3,
      "credited": 1,
      "caps": [
        {
          "level": 1,
          "reason": "CriticalNo",
          "binding": true,
          "checks": [
            "policy"
          ]
        },
        {
          "level": 2,
          "reason": "NoEvidence",
          "binding": false,
          "checks": []
        }
      ],
      "low": 1,
      "high": 1,
      "weight": {
        "base": 1,
        "factor_quarters": 4,
        "weight": 4
      },
      "target": 3,
      "target_raised": false,
      "shortfall": 2,
      "checks": {
        "answered": 1,
        "total": 1
      },
      "improvement_points": 0,
      "contradiction": "HighLevelCriticalNo",
      "evidence": {
        "current": 0,
        "stale": 0
      },
      "disputed": false,
      "by_proposal": false
    }"#
    );
    assert_eq!(
        of("A.5.2"),
        r#"    {
      "id": "A.5.2",
      "title": "Process",
      "category": "A.5",
      "applicable": false,
      "verdict": "NotApplicable",
      "indicative": false,
      "rule": 1,
      "claimed": null,
      "credited": null,
      "caps": [],
      "low": null,
      "high": null,
      "weight": {
        "base": 1,
        "factor_quarters": 4,
        "weight": 4
      },
      "target": 3,
      "target_raised": false,
      "shortfall": 0,
      "checks": {
        "answered": 0,
        "total": 0
      },
      "improvement_points": 0,
      "contradiction": null,
      "evidence": {
        "current": 0,
        "stale": 0
      },
      "disputed": false,
      "by_proposal": false
    }"#
    );
    let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(value["warnings"][0], "The exclusion of A.9.9 is not in force.");
    assert_eq!(value["categories"][0]["credited"]["numerator"], 64);
    assert_eq!(value["groups"][1]["without_exclusions"]["denominator"], 4);
    assert_eq!(value["categories"][2]["state"], "NotApplicable");
    assert!(value["categories"][2]["status"].is_null());
}

#[test]
fn an_unknown_level_is_a_word() {
    use crate::{
        model::{answer::LevelAnswer, edit::Change},
        report::sample::reference,
    };
    let sample = Sample::empty().change(Change::level(reference("4.1"), LevelAnswer::Unknown));
    let render = |format| sample.report(|subject| render(subject, &[], format, &PLAIN));
    let value: serde_json::Value = serde_json::from_str(&render(Format::Json)).expect("it is JSON");
    assert_eq!(value["requirements"][0]["claimed"], "Unknown");
    assert!(value["requirements"][1]["claimed"].is_null());
    assert!(render(Format::Markdown).contains("| **4.1** | Organization and context | undetermined | unknown | - |"));
    assert!(!render(Format::Text).contains("Warnings"), "no warnings, no section");
}

#[test]
fn many_minor_gaps_of_a_category_are_announced() {
    let mut sample = Sample::empty();
    let mut fourth = sample.catalog.categories[0].requirements[2].clone();
    fourth.id = crate::report::sample::reference("4.4");
    sample.catalog.categories[0].requirements.push(fourth);
    let sample = ["4.1", "4.2", "4.3", "4.4"].into_iter().fold(sample, |sample, id| sample.level(id, 2));
    let text = sample.report(|subject| render(subject, &[], Format::Markdown, &PLAIN));
    assert!(text.contains("## Worth a second look\n\n- **Context of the organization**: 4 of 4 requirements of clause 4 have gaps: a certification body may raise one major.\n"), "{text}");
}

#[test]
fn disputes_and_raised_targets_are_marked() {
    use crate::{
        model::{
            answer::{CheckResponse, LevelAnswer},
            edit::Change,
            level::{ImpactLevel, Level},
            system::System,
        },
        report::sample::reference,
    };
    let system = System {
        id: "bot".into(),
        name: "Bot".into(),
        in_scope: true,
        level: Some(ImpactLevel::High),
        residual: None,
        sensitive_use: false,
        banned_use: false,
        next_review: None,
        ..System::default()
    };
    let disputed = CheckResponse { disputed: vec![CheckAnswer::No], ..CheckResponse::new("needs", CheckAnswer::Yes) };
    let mut sample = Sample::worked()
        .change(Change::system("entry", system))
        .change(Change::check(reference("4.2"), disputed))
        .change(Change::SetLevel {
            requirement: reference("4.3"),
            level: Some(LevelAnswer::Level(Level::ALL[2])),
            disputed: vec![LevelAnswer::Unknown],
            by_proposal: false,
        });
    sample.catalog.categories[0].requirements[0].system_facing = true;
    let text = sample.report(|subject| render(subject, &[], Format::Markdown, &PLAIN));
    assert!(text.contains("- **Targets:** 1 target raised by impact level: the impact of Bot is high\n"), "{text}");
    assert!(text.contains("| minor gap (disputed) | 3 | 2 |"), "{text}");
    assert!(text.contains("| minor gap (indicative, disputed) | 2 | 2 |"), "{text}");
    let json = sample.report(|subject| render(subject, &[], Format::Json, &PLAIN));
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["requirements"][0]["target"], 4);
    assert_eq!(json["requirements"][0]["target_raised"], true);
    assert_eq!(json["requirements"][0]["weight"]["weight"], 18);
    assert_eq!(json["requirements"][1]["disputed"], true);
}

//! A lens by its reports: figures checked by hand, rows that nothing covers, and head starts.

use super::*;
use crate::{
    model::{answer::CheckAnswer, exclusion::ExclusionBasis},
    report::sample::{PLAIN, Sample},
};

#[test]
fn groups_have_figures_by_the_same_rules() {
    let sample = Sample::worked().checks("A.2.2", &["policy"], CheckAnswer::Yes).exclude(
        "A.5.2",
        ExclusionBasis::RiskAssessment,
        "No system can harm anybody",
        "6.1.4 is kept",
    );
    let render = |format| sample.report(|subject| render(subject, &subject.catalog.lenses[0], format, &PLAIN));
    let text = render(Format::Text);
    assert_eq!(
        text.split("\n\nNotice").next(),
        Some(
            "\
Areas: support from your answers
================================

The same answers by subject.

Assessment  Acme pilot
As of       2026-06-01

Levels
------

Group              Claimed  Credited    Range  Coverage    Floor
----------  --------------  --------  -------  --------  -------
Groundwork             3.6       3.2  2.7-3.5      83 %  2 (4.2)
Impact      not applicable

Verdicts
--------

Group       Status                    Verdicts                            Checks
                                                                        answered
----------  ------------------------  --------------------------------  --------
Groundwork  Minor gaps (provisional)  1 minor gap, 1 not shown,           5 of 5
                                      1 conforming
Impact      not applicable            1 not applicable

Requirements of each group
--------------------------

Groundwork
  - 4.1 Organization and context: claimed 4, credited 4, conforming; high
    confidence.
  - 4.2 Interested parties: claimed 3, credited 2, minor gap; high confidence.
  - A.2.2 AI policy: no level yet, not shown; high confidence.
Impact
  A.5.2 Process: not applicable; high confidence."
        )
    );
    assert!(
        render(Format::Markdown).starts_with("# Areas: support from your answers\n\nThe same answers by subject.\n")
    );
    assert_eq!(render(Format::Csv).replace("\r\n", "\n"), "\
id,title,state,status,provisional,claimed,credited,low,high,without_exclusions,coverage_percent,floor_level,floor_requirement,major_gap,minor_gap,undetermined,not_shown,conforming,not_applicable,indicative,improvement_points,contradictions,levels_answered,levels_total,checks_answered,checks_total,number,depth,requirements,listed_only,start_level
ground,Groundwork,Assessed,Minor gaps,yes,3.6,3.2,2.7,3.5,,83,2,4.2,0,1,0,1,1,0,0,1,0,2,3,5,5,,0,4.1; 4.2; A.2.2,,
impact,Impact,NotApplicable,,no,,,,,,,,,0,0,0,0,0,1,0,0,0,0,0,0,0,,0,A.5.2,,
");
    let json: serde_json::Value = serde_json::from_str(&render(Format::Json)).expect("it is JSON");
    assert_eq!(json["lens"]["id"], "areas");
    assert_eq!(json["groups"][0]["claimed"]["numerator"], 72);
    assert_eq!(json["groups"][0]["requirements"][2], "A.2.2");
    assert_eq!(json["groups"][1]["state"], "NotApplicable");
}

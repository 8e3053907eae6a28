//! The standing, exactly as it is printed.

use super::*;
use crate::{
    model::{answer::CheckAnswer, edit::Change, exclusion::ExclusionBasis, level::Level},
    report::sample::{PLAIN, Sample, reference},
};

fn text(sample: &Sample) -> String {
    sample.report(|subject| render(subject, Format::Text, &PLAIN))
}

#[test]
fn the_worked_example_stands_in_four_entries() {
    let sample = Sample::worked().level("A.2.2", 0).checks("A.2.2", &["policy"], CheckAnswer::No);
    assert_eq!(
        text(&sample),
        "\
Acme pilot: Major gaps (provisional), as of 2026-06-01
Management system  claimed 3.6, credited 3.2 (2.7-3.5), coverage 83 %, floor 2
Controls           claimed 0.0, credited 0.0 (0.0-3.3), coverage 33 %, floor 0
Verdicts           1 major gap, 1 minor gap, 3 undetermined, 1 conforming; shown so far: 1 of 6
"
    );
}

#[test]
fn in_a_quick_pass_the_headline_is_claimed() {
    let sample = Sample::empty()
        .level("4.1", 4)
        .level("4.2", 2)
        .level("A.2.3", 3)
        .change(Change::accepted_level(reference("A.5.2"), Level::ABSENT));
    assert_eq!(
        text(&sample),
        "\
Acme pilot: Major gaps (provisional), as of 2026-06-01
Management system  claimed 3.2, coverage 83 %
Controls           claimed 1.5, coverage 66 %
Verdicts           1 major gap, 1 minor gap, 2 undetermined, 2 not shown; 4 verdicts are indicative: checks are still open; shown so far: 0 of 6; levels by proposal: 1
Credited, what could be shown to an auditor today, is 2.0 for the management
system and 1.0 for the controls: it stays at 2 or below until checks are
answered and evidence is attached.
"
    );
    let all_answered = sample.checks("A.5.2", &["process"], CheckAnswer::Yes);
    assert_eq!(
        text(&all_answered).lines().nth(1),
        Some("Management system  claimed 3.2, credited 2.0 (0.8-2.5), coverage 83 %, floor 2"),
        "one check of nine is more than 10 percent"
    );
}

#[test]
fn words_stand_where_a_figure_would_mean_nothing() {
    assert_eq!(
        text(&Sample::empty()),
        "\
Acme pilot: Incomplete (provisional), as of 2026-06-01
Management system  not assessed
Controls           not assessed
Verdicts           6 undetermined; shown so far: 0 of 6
"
    );
    let exclude =
        |sample: Sample, id: &str| sample.exclude(id, ExclusionBasis::Role, "no AI at all", "a clause covers it");
    let sample = ["A.2.2", "A.2.3", "A.5.2"].into_iter().fold(Sample::empty(), exclude);
    let sample = sample.checks("4.1", &["issues"], CheckAnswer::Yes);
    assert_eq!(
        text(&sample),
        "\
Acme pilot: Incomplete (provisional), as of 2026-06-01
Management system  no level yet, checks answered: 1 of 6
Controls           not applicable
Verdicts           3 undetermined, 3 not applicable; shown so far: 0 of 6
"
    );
}

#[test]
fn missing_levels_are_named_when_nothing_else_is_provisional() {
    let checks = [("4.1", ["issues", "climate"]), ("4.2", ["parties", "needs"]), ("4.3", ["boundaries", "written"])];
    let answer = |sample: Sample, (id, checks): (&str, [&str; 2])| sample.checks(id, &checks, CheckAnswer::Yes);
    let sample = checks.into_iter().fold(Sample::empty(), answer);
    let sample = sample
        .checks("A.2.2", &["policy"], CheckAnswer::Yes)
        .checks("A.2.3", &["compared", "told"], CheckAnswer::Yes)
        .checks("A.5.2", &["process"], CheckAnswer::Yes);
    let because = sample.report(|subject| provisional_because(subject.standing));
    assert_eq!(because, [("LevelsMissing", "levels are missing")]);
    let because = Sample::empty().report(|subject| provisional_because(subject.standing));
    assert_eq!(because, [("OpenChecks", "checks are still open")]);
}

#[test]
fn other_formats_carry_the_same() {
    let sample = Sample::worked();
    let render = |format| sample.report(|subject| render(subject, format, &PLAIN));
    assert_eq!(
        render(Format::Markdown),
        "\
**Acme pilot**: Incomplete (provisional), as of 2026-06-01

- **Management system:** claimed 3.6, credited 3.2 (2.7-3.5), coverage 83 %, floor 2
- **Controls:** not assessed
- **Verdicts:** 1 minor gap, 4 undetermined, 1 conforming; shown so far: 1 of 6
"
    );
    assert_eq!(render(Format::Csv).replace("\r\n", "\n"), "\
id,title,state,status,provisional,claimed,credited,low,high,without_exclusions,coverage_percent,floor_level,floor_requirement,major_gap,minor_gap,undetermined,not_shown,conforming,not_applicable,indicative,improvement_points,contradictions,levels_answered,levels_total,checks_answered,checks_total
management_system,Management system,Assessed,Incomplete,yes,3.6,3.2,2.7,3.5,,83,2,4.2,0,1,1,0,1,0,0,1,0,2,3,4,6
controls,Controls,NotAssessed,Incomplete,yes,,,,,,,,,0,0,3,0,0,0,0,0,0,0,3,0,4
whole,Whole,Assessed,Incomplete,yes,,,,,,,,,0,1,4,0,1,0,0,1,0,2,6,4,10
");
    assert_eq!(
        render(Format::Json),
        r#"{
  "schema": 1,
  "report": "standing",
  "assessment": "Acme pilot",
  "organization": "Acme Ltd",
  "catalog": "test",
  "as_of": "2026-06-01",
  "status": "Incomplete",
  "provisional": true,
  "provisional_because": [
    "OpenChecks"
  ],
  "quick_pass": false,
  "counts": {
    "major_gap": 0,
    "minor_gap": 1,
    "undetermined": 4,
    "not_shown": 0,
    "conforming": 1,
    "not_applicable": 0
  },
  "indicative": 0,
  "improvement_points": 1,
  "contradictions": 0,
  "by_proposal": 0,
  "shown": {
    "requirements": 1,
    "of": 6
  },
  "levels": {
    "answered": 2,
    "total": 6
  },
  "checks": {
    "answered": 4,
    "total": 10
  },
  "groups": [
    {
      "id": "management_system",
      "title": "Management system",
      "state": "Assessed",
      "claimed": {
        "numerator": 72,
        "denominator": 20,
        "hundredths": 360
      },
      "credited": {
        "numerator": 64,
        "denominator": 20,
        "hundredths": 320
      },
      "low": {
        "numerator": 64,
        "denominator": 24,
        "hundredths": 267
      },
      "high": {
        "numerator": 84,
        "denominator": 24,
        "hundredths": 350
      },
      "without_exclusions": null,
      "coverage": {
        "numerator": 20,
        "denominator": 24,
        "hundredths": 83
      },
      "floor": {
        "level": 2,
        "requirement": "4.2"
      },
      "counts": {
        "major_gap": 0,
        "minor_gap": 1,
        "undetermined": 1,
        "not_shown": 0,
        "conforming": 1,
        "not_applicable": 0
      },
      "indicative": 0,
      "improvement_points": 1,
      "contradictions": 0,
      "levels": {
        "answered": 2,
        "total": 3
      },
      "checks": {
        "answered": 4,
        "total": 6
      },
      "status": "Incomplete",
      "provisional": true
    },
    {
      "id": "controls",
      "title": "Controls",
      "state": "NotAssessed",
      "claimed": null,
      "credited": null,
      "low": {
        "numerator": 0,
        "denominator": 12,
        "hundredths": 0
      },
      "high": {
        "numerator": 60,
        "denominator": 12,
        "hundredths": 500
      },
      "without_exclusions": null,
      "coverage": {
        "numerator": 0,
        "denominator": 12,
        "hundredths": 0
      },
      "floor": null,
      "counts": {
        "major_gap": 0,
        "minor_gap": 0,
        "undetermined": 3,
        "not_shown": 0,
        "conforming": 0,
        "not_applicable": 0
      },
      "indicative": 0,
      "improvement_points": 0,
      "contradictions": 0,
      "levels": {
        "answered": 0,
        "total": 3
      },
      "checks": {
        "answered": 0,
        "total": 4
      },
      "status": "Incomplete",
      "provisional": true
    }
  ],
  "notice": "This is a self-assessment in the tool's own words. Levels and grades are the tool's own; the standard has neither. It is not the text of the standard, not a certification, not an internal audit in the sense of 9.2, and not legal advice. Whether evidence suffices is an auditor's judgement."
}
"#
    );
}

#[test]
fn the_first_actions_stand_with_their_dates() {
    let first = |sample: &Sample| sample.report(|subject| first_actions(subject, "saves/acme.ron", &PLAIN));
    assert_eq!(
        first(&Sample::worked().checks("A.2.2", &["policy"], CheckAnswer::No)),
        "\
First actions of the plan:
- by 2026-06-02: List what interested parties need (AI lead, 1 person-day)
- by 2026-06-09: Write the AI policy (AI lead, 3 person-days)
- by 2026-06-10: Answer the open questions of A.2 Policies related to AI (AI
  management lead, 0.5 person-days)
- by 2026-06-11: Answer the open questions of 4 Context of the organization (AI
  management lead, 0.5 person-days)
- by 2026-06-12: Answer the open questions of A.5 Assessing impacts of AI
  systems (AI management lead, 0.5 person-days)
aimscope plan saves/acme.ron prints all 6 actions.
"
    );
    let mut sample = Sample::worked();
    sample.catalog.categories.truncate(1);
    sample.catalog.categories[0].requirements.truncate(1);
    assert_eq!(first(&sample), "The plan has no open actions.\n");
    let stale = sample.evidence("context", "Context paper", "2020-03-01", &["4.1"]);
    assert_eq!(
        first(&stale),
        "\
First actions of the plan:
- by 2026-06-01: Collect current evidence for 4 Context of the organization (AI
  management lead, 0.5 person-days)
aimscope plan saves/acme.ron prints it in full.
"
    );
}

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
    assert_snapshot!(report(Format::Text, &PLAIN), @"");
    let wide = report(Format::Text, &Layout { width: 140, style: Style::Plain });
    assert!(wide.lines().all(|line| line.chars().count() <= 140), "{wide}");
}

#[test]
fn what_is_stated_about_inclusions_stands_beside_own_controls() {
    assert_snapshot!(stated().report(|subject| render(subject, Format::Text, &PLAIN)), @"");
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
    assert_snapshot!(stated().report(|subject| render(subject, Format::Csv, &PLAIN)).replace("\r\n", "\n"), @"");
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
    assert_snapshot!(report(Format::Csv, &PLAIN).replace("\r\n", "\n"), @"");
    let json = report(Format::Json, &PLAIN);
    let (_, body) = json.split_once("\"as_of\": \"2026-06-01\",\n").expect("the head");
    assert_snapshot!(body.split("\n  \"notice\"").next().expect("the body"), @"");
}

//! The rules of validation as tables: what is refused, what is kept, what is only said.

use super::*;
use crate::{
    model::{
        action::Action, decision_path::DecisionPath, gateway::GatewayQuestion, impact::form::ImpactForm,
        requirement::Category,
    },
    ron_text,
};

/// Two categories, three requirements, one gateway question, one action.
fn catalog() -> Catalog {
    let requirement = |id: &str| {
        format!(
            r#"(id: "{id}", title: "", intent: "", why_it_matters: "", weight: 1, system_facing: false, roles: [],
            asked_by_auditors: [], ladder: ["", "", "", "", "", ""], evidence: [], related: [], checks: [
            (id: "written", text: "", look_for: "", kind: Requirement, parts: ["a", "b"]),
            (id: "reviewed", text: "", look_for: "", kind: Requirement, conditional: true)])"#
        )
    };
    let category = |id: &str, requirements: &[&str]| {
        let list: Vec<String> = requirements.iter().map(|id| requirement(id)).collect();
        let text = format!(r#"(category: "{id}", title: "", requirements: [{}])"#, list.join(","));
        ron_text::parse::<Category>("test", text.leak()).expect("a category")
    };
    let action = r#"(id: "write-policy", title: "", do: "", deliverable: "", role: "", effort: S)"#;
    let question = r#"(id: "policy", text: "", hint: "", options: [
        (id: "none", label: "", proposes: []), (id: "draft", label: "", proposes: [])])"#;
    Catalog {
        version: "2026.11".into(),
        categories: vec![category("5", &["5.2"]), category("A.2", &["A.2.2", "A.2.3"])],
        actions: vec![ron_text::parse::<Action>("test", action).expect("an action")],
        gateway: vec![ron_text::parse::<GatewayQuestion>("test", question).expect("a question")],
        glossary: Vec::new(),
        documents: Vec::new(),
        impact: ImpactForm::default(),
        eu_act: DecisionPath::default(),
        lenses: Vec::new(),
    }
}

fn validated(edition: &str, fields: &str) -> Result<Vec<Finding>, Vec<Problem>> {
    let text = format!("(version: 1, catalog: \"{edition}\", name: \"\", created: \"2026-01-01\",\n{fields}\n)");
    let path = Path::new("a.ron");
    let file = FileV1::parse(path, &text).unwrap_or_else(|problem| panic!("{problem}"));
    validate(path, &text, &file, &catalog())
}

/// All that is wrong with a save of today's edition, one line each.
fn refused(fields: &str) -> Vec<String> {
    shown(validated("2026.11", fields).expect_err("a save that cannot be used"))
}

/// The findings about a usable save, one line each.
fn found(edition: &str, fields: &str) -> Vec<(Severity, String)> {
    let findings = validated(edition, fields).expect("a usable save");
    let severities: Vec<Severity> = findings.iter().map(|finding| finding.severity).collect();
    severities.into_iter().zip(shown(findings.into_iter().map(|finding| finding.problem).collect())).collect()
}

fn shown(problems: Vec<Problem>) -> Vec<String> {
    problems.into_iter().map(|problem| Problem { excerpt: String::new(), ..problem }.to_string()).collect()
}

#[test]
fn every_id_stands_once_and_the_second_is_the_one_that_is_shown() {
    let case = |fields: &str, expected: &str| {
        assert_eq!(refused(fields), [format!("a.ron:{expected} stands here a second time; keep one of the two")]);
    };
    case(
        r#"answers: [(requirement: "A.2.2", note: "requirement: \"A.2.3\""), (requirement: "A.2.3"),
            (requirement: "A.2.3")]"#,
        "3:27: the answer to `A.2.3`",
    );
    case(
        r#"answers: [(requirement: "A.2.2", checks: [(check: "written", answer: Yes), (check:"written", answer: No)])]"#,
        "2:83: check of A.2.2 `written`",
    );
    case(r#"evidence: [(id: "e", title: "e"), (id: "f", title: ""), (id: "e", title: "")]"#, "2:62: evidence `e`");
    case(
        r#"systems: [(id: "s", name: "id: s", in_scope: true), (id: "s", name: "", in_scope: true)]"#,
        "2:58: system `s`",
    );
    case(r#"actions: [(action: "ask:5", status: Done), (action: "ask:5", status: Done)]"#, "2:53: action `ask:5`");
    case(
        r#"gateway: [(question: "policy", option: "none"), (question: "policy", option: "none")]"#,
        "2:60: gateway question `policy`",
    );
    case(r#"targets: [(category: "5", level: 4), (category: "5", level: 4)]"#, "2:49: the target of `5`");
}

#[test]
fn in_a_save_of_the_same_edition_what_the_catalogue_does_not_know_is_refused_with_the_nearest() {
    let case = |fields: &str, expected: &str| assert_eq!(refused(fields), [format!("a.ron:{expected}")]);
    case(r#"answers: [(requirement: "A.2.4")]"#, "2:25: there is no requirement `A.2.4`; did you mean `A.2.2`?");
    case(r#"answers: [(requirement: "A.2")]"#, "2:25: there is no requirement `A.2`; did you mean `A.2.2`?");
    case(
        r#"answers: [(requirement: "5.2", checks: [(check: "writen", answer: No)])]"#,
        "2:49: there is no check of 5.2 `writen`; did you mean `written`?",
    );
    case(
        r#"evidence: [(id: "e", title: "", serves: ["5.2", "5.3"])]"#,
        "2:49: there is no requirement `5.3`; did you mean `5.2`?",
    );
    case(
        r#"gateway: [(question: "polcy", option: "none")]"#,
        "2:22: there is no gateway question `polcy`; did you mean `policy`?",
    );
    case(
        r#"gateway: [(question: "policy", option: "Draft")]"#,
        "2:40: there is no option `Draft`; did you mean `draft`?",
    );
    case(r#"targets: [(category: "A.3", level: 4)]"#, "2:22: there is no category `A.3`; did you mean `A.2`?");
    case(
        r#"targets: [(category: "A.2.2", level: 4)]"#,
        "2:22: A.2.2 is not a category; write the one that holds it, A.2",
    );
    case(r#"declared_absent: ["5", "6"]"#, "2:24: there is no category `6`; did you mean `5`?");
    case(r#"declared_absent: ["5.2"]"#, "2:19: 5.2 is not a category; write the one that holds it, 5");
    case(
        r#"answers: [(requirement: "5.2", checks: [(check: "written", answer: Partly, open_parts: [2, 3])])]"#,
        "2:88: check `written` has no part 3; its parts are 1 to 2",
    );
    case(
        r#"answers: [(requirement: "5.2", checks: [(check: "reviewed", answer: Partly, open_parts: [0])])]"#,
        "2:89: check `reviewed` has no parts; leave `open_parts` out",
    );
    case(
        r#"systems: [(id: "", name: "Bot", in_scope: true)]"#,
        "2:16: this id is empty; give it a short name of its own",
    );
}

#[test]
fn in_a_save_of_another_edition_it_is_kept_as_an_orphan() {
    let fields = r#"answers: [(requirement: "A.2.4"), (requirement: "5.2", checks: [
        (check: "gone", answer: No), (check: "written", answer: Partly, open_parts: [7])])],
        evidence: [(id: "e", title: "", serves: ["5.3"])],
        gateway: [(question: "team", option: "none")], declared_absent: ["A.11"]"#;
    let orphan = |place: &str, what: &str| {
        (
            Severity::Note,
            format!("a.ron:{place}: edition 2026.11 of the questions has no {what}; it is kept and not scored"),
        )
    };
    assert_eq!(
        found("2025.1", fields),
        [
            orphan("2:25", "requirement `A.2.4`"),
            orphan("3:17", "check of 5.2 `gone`"),
            (Severity::Note, "a.ron:3:85: check `written` has no part 7; its parts are 1 to 2".to_owned()),
            orphan("4:50", "requirement `5.3`"),
            orphan("5:30", "gateway question `team`"),
            orphan("5:74", "category `A.11`"),
        ]
    );
}

#[test]
fn what_does_not_count_as_its_author_may_think_is_said() {
    let case = |fields: &str, severity: Severity, expected: &str| {
        assert_eq!(found("2026.11", fields), [(severity, format!("a.ron:{expected}"))]);
    };
    let warning = Severity::Warning;
    case(
        r#"answers: [(requirement: "5.2", exclusion: (basis: Role, reason: "We are very small."))]"#,
        Severity::Error,
        "2:43: a clause can never be excluded; only Annex A controls can; 5.2 is scored as applicable",
    );
    case(
        r#"answers: [(requirement: "A.2.3", exclusion: (basis: Role, reason: "no"))]"#,
        warning,
        "2:45: the reason of an exclusion needs at least 10 characters; A.2.3 is scored as applicable",
    );
    case(
        r#"answers: [(requirement: "A.2.2", exclusion: (basis: Role, reason: "We are very small."))]"#,
        warning,
        "2:45: a clause asks for the same as this control; excluding it needs an override note; A.2.2 is scored as applicable",
    );
    case(
        r#"answers: [(requirement: "5.2", checks: [(check: "written", answer: NoOccasion, reason: "none")])]"#,
        warning,
        "2:68: check `written` always applies, so that `NoOccasion` counts as open",
    );
    case(
        r#"answers: [(requirement: "5.2", checks: [(check: "reviewed", answer: Yes, disputed: [NoOccasion])])]"#,
        warning,
        "2:69: `NoOccasion` needs a `reason`; without one it counts as open",
    );
    case(
        r#"actions: [(action: "write-polcy", status: Done)]"#,
        warning,
        "2:20: the plan has no action `write-polcy`, and what is said of it is only kept; did you mean `write-policy`?",
    );
    for id in ["ask:A.3", "ask:", "system:bot:rated", "system:cat:banned", "system:bot", "evidence:A.2.2"] {
        let fields = format!(
            "systems: [(id: \"bot\", name: \"\", in_scope: true)], actions: [(action: \"{id}\", status: Done)]"
        );
        assert_eq!(found("2026.11", &fields).len(), 1, "of {id}");
    }
}

#[test]
fn an_own_control_has_an_id_of_its_own() {
    let case = |controls: &str, expected: &[&str]| {
        let expected: Vec<String> = expected.iter().map(|problem| format!("a.ron:{problem}")).collect();
        assert_eq!(refused(&format!("own_controls: [{controls}]")), expected);
    };
    case(
        r#"(id: "O.1", title: ""), (id: "O.2", title: ""), (id: "O.1", title: "")"#,
        &["2:69: own control `O.1` stands here a second time; keep one of the two"],
    );
    case(
        r#"(id: "A.11.1", title: "")"#,
        &[
            "2:21: `A.11.1` reads like a number of the standard, and your own control is none of its controls; write O.1, O.2 and so on",
        ],
    );
    case(r#"(id: "", title: "")"#, &["2:21: `` is no id of an own control; write O.1, O.2 and so on"]);
}

#[test]
fn what_an_inclusion_names_has_to_exist() {
    let case = |fields: &str, expected: &str| {
        let expected = (Severity::Warning, format!("a.ron:{expected}"));
        assert_eq!(
            found("2026.11", &format!(r#"systems: [(id: "bot", name: "", in_scope: true)], {fields}"#)),
            [expected]
        );
    };
    case(
        r#"answers: [(requirement: "A.2.3", inclusion: (systems: ["bot", "bto"]))]"#,
        "2:113: there is no system `bto`, so it counts for nothing; did you mean `bot`?",
    );
    case(
        r#"own_controls: [(id: "O.1", title: "", inclusion: (systems: ["x"]))]"#,
        "2:111: there is no system `x`, so it counts for nothing; did you mean `bot`?",
    );
    case(
        r#"own_controls: [(id: "O.1", title: "", evidence: ["gone"])]"#,
        "2:100: there is no evidence `gone`, so it counts for nothing",
    );
    case(
        r#"answers: [(requirement: "5.2", inclusion: (reason: "We want it."))]"#,
        "2:93: 5.2 is a clause, and the statement of applicability holds controls only; this is shown nowhere",
    );
}

#[test]
fn what_is_stated_for_a_place_has_to_fit_it() {
    let of = |collisions: &str| {
        refused(&format!(r#"systems: [(id: "bot", name: "Bot", in_scope: true)], collisions: [{collisions}]"#))
    };
    let named = r#"(place: ["name"], stated: [Words("a"), Words("b")])"#;
    let misfit = r#"(place: ["profile", "organization"], stated: [Words("a"), Value("3")])"#;
    let [problem] = of(&format!("{named}, {misfit}")).try_into().expect("one problem");
    assert!(problem.ends_with("this is no value for organization of profile; take it out"), "{problem}");
    let level = r#"(place: ["systems", "bot", "level"], stated: [Words("High"), Words("Grave")])"#;
    assert!(of(level)[0].contains("this is no value for"), "{:?}", of(level));
    let many: String = (0..60).map(|nth| format!("Words(\"{nth}\"), ")).collect();
    assert!(of(&format!(r#"(place: ["name"], stated: [{many}])"#))[0].ends_with("for one place; settle some"));
    // What is nowhere any more, or known nowhere, is kept until somebody puts it away.
    for gone in [r#"["systems", "cat", "level"]"#, r#"["systems", "bot", "screening", "by"]"#, r#"["what", "ever"]"#] {
        let fields = format!(
            r#"systems: [(id: "bot", name: "Bot", in_scope: true)], collisions: [(place: {gone}, stated: [Value("3"), Words("b")])]"#
        );
        assert_eq!(found("2026.11", &fields), []);
    }
}

#[test]
fn nothing_is_said_of_a_sound_save() {
    let fields = r#"targets: [(category: "A.2", level: 4)], gateway: [(question: "policy", option: "draft")],
        declared_absent: ["5"], systems: [(id: "bot", name: "Bot", in_scope: true)],
        evidence: [(id: "e", title: "", serves: ["5.2", "A.2.3"])],
        answers: [(requirement: "A.2.3", exclusion: (basis: Role, reason: "We only use AI."), checks: [
            (check: "reviewed", answer: NoOccasion, reason: "due in May"),
            (check: "written", answer: Partly, open_parts: [1, 2])])],
        actions: [(action: "write-policy", status: Done), (action: "ask:A.2", status: Done),
            (action: "evidence:5", status: Done), (action: "system:bot:not_started", status: Done)]"#;
    assert_eq!(found("2026.11", fields), []);
}

#[test]
fn all_problems_come_at_once_in_the_order_of_the_file_and_an_error_with_them() {
    let fields = r#"answers: [(requirement: "5.9"), (requirement: "5.2", exclusion: (reason: "")), (requirement: "A.9.9")],
        declared_absent: ["5.2"]"#;
    assert_eq!(
        refused(fields),
        [
            "a.ron:2:25: there is no requirement `5.9`; did you mean `5.2`?",
            "a.ron:2:65: a clause can never be excluded; only Annex A controls can; 5.2 is scored as applicable",
            "a.ron:2:94: there is no requirement `A.9.9`; did you mean `A.2.2`?",
            "a.ron:3:27: 5.2 is not a category; write the one that holds it, 5",
        ]
    );
    let many: Vec<String> = (1..=80).map(|number| format!("(requirement: \"9.{number}\")")).collect();
    let refused = refused(&format!("answers: [{}]", many.join(", ")));
    assert_eq!(refused.len(), 51);
    assert_eq!(refused[50], "a.ron: and 30 more problems of this file");
}

mod systems;

//! What is said about AI systems and own criteria, as tables, under the built-in catalogue.

use std::path::Path;

use crate::{
    content::builtin,
    ron_text::Problem,
    store::{file::FileV1, finding::Severity, validate::validate},
};

/// What is said of a save: the problems when it cannot be used, the findings otherwise.
type Judged = Result<Vec<(Severity, String)>, Vec<String>>;

/// A save of that edition: line 2 is one system, line 3 on its impact assessment, behind it other fields.
fn validated(edition: &str, of_system: &str, of_impact: &str, others: &str) -> Judged {
    let text = format!(
        "(version: 1, catalog: \"{edition}\", name: \"\", created: \"2026-01-01\",\n\
         systems: [(id: \"bot\", name: \"Bot\", in_scope: true, {of_system}\nimpact: ({of_impact}))],\n{others})"
    );
    let path = Path::new("a.ron");
    let file = FileV1::parse(path, &text).unwrap_or_else(|problem| panic!("{problem}"));
    match validate(path, &text, &file, &builtin::catalog()) {
        Ok(found) => Ok(found.into_iter().map(|finding| (finding.severity, shown(&text, finding.problem))).collect()),
        Err(problems) => Err(problems.into_iter().map(|problem| shown(&text, problem)).collect()),
    }
}

fn today(of_system: &str, of_impact: &str, others: &str) -> Judged {
    validated(&builtin::catalog().version, of_system, of_impact, others)
}

/// A problem with its line and what stands at its place: ``3 `At(6)`: gravity has no step 6``.
fn shown(text: &str, problem: Problem) -> String {
    let Some(place) = problem.place else { return problem.message };
    let line = text.lines().nth(place.line - 1).unwrap_or_default();
    let rest: String = line.chars().skip(place.column - 1).collect();
    format!("{} `{}`: {}", place.line, value(&rest), problem.message)
}

/// The value at the beginning of a text: a quoted one, a word with its bracket, or an opening bracket.
fn value(text: &str) -> &str {
    let word = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let end = match text.as_bytes().get(word) {
        Some(b'"') => text[1..].find('"').map_or(text.len(), |end| end + 2),
        Some(b'(') if word > 0 => text.find(')').map_or(text.len(), |end| end + 1),
        Some(b'(' | b'[') => 1,
        Some(_) | None => word,
    };
    &text[..end]
}

/// What makes the save unusable.
fn refused(judged: Judged) -> Vec<String> {
    judged.expect_err("a save that cannot be used")
}

/// What is said of a usable save.
fn said(judged: Judged) -> Vec<(Severity, String)> {
    judged.unwrap_or_else(|problems| panic!("{}", problems[0]))
}

const HARM: &str = r#"id: "h", what: "", group: "", dimension: "DM-FAI""#;
const MEASURE: &str = r#"id: "m", what: "", kind: Lower"#;

#[test]
fn a_step_that_the_scale_does_not_have_is_refused_with_those_it_has() {
    let case = |fields: &str, expected: &str| {
        assert_eq!(refused(today("", fields, "")), [format!("3 {expected}")], "of {fields}");
    };
    let of_harm = |field: &str, rating: &str| format!("harms: [({HARM}, {field}: ({rating}))]");
    let of_benefit =
        |field: &str| format!(r#"benefits: [(id: "b", what: "", group: "", dimension: "DM-FAI", {field})]"#);
    case(&of_harm("before", "gravity: At(0)"), "`At(0)`: gravity has no step 0; write At(1) to At(5), or Unknown");
    case(&of_harm("before", "gravity: At(6)"), "`At(6)`: gravity has no step 6; write At(1) to At(5), or Unknown");
    case(&of_harm("after", "likelihood: At(6)"), "`At(6)`: likelihood has no step 6; write At(1) to At(5), or Unknown");
    case(&of_harm("after", "reach: At(255)"), "`At(255)`: reach has no step 255; write At(1) to At(5), or Unknown");
    case(
        &of_harm("before", "reversibility: At(5)"),
        "`At(5)`: reversibility has no step 5; write At(1) to At(4), or Unknown",
    );
    case(&of_harm("before", "duration: At(5)"), "`At(5)`: duration has no step 5; write At(1) to At(4), or Unknown");
    case(&of_benefit("size: At(6)"), "`At(6)`: the size of a benefit has no step 6; write At(1) to At(5), or Unknown");
    case(&of_benefit("likelihood: At(0)"), "`At(0)`: likelihood has no step 0; write At(1) to At(5), or Unknown");
    let tops = "gravity: At(5), reach: Unknown, reversibility: At(4), duration: At(4), likelihood: At(5)";
    assert_eq!(said(today("", &of_harm("before", tops), "")), []);
}

#[test]
fn what_the_catalogue_does_not_know_is_refused_in_its_own_edition_and_kept_in_another() {
    let case = |of_system: &str, of_impact: &str, line: usize, what: &str, hint: &str| {
        let id = what.split('`').nth(1).expect("an id");
        let place = format!("{line} `\"{id}\"`");
        let expected = format!("{place}: there is no {what}; did you mean {hint}?");
        assert_eq!(refused(today(of_system, of_impact, "")), [expected]);
        let edition = builtin::catalog().version;
        let kept = format!("{place}: edition {edition} of the questions has no {what}; it is kept and not scored");
        assert_eq!(said(validated("2025.1", of_system, of_impact, "")), [(Severity::Note, kept)]);
    };
    let screening = |fields: &str| format!(r#"screening: (on: "2026-05-01", {fields}),"#);
    case(&screening(r#"sensitive: ["ST-01", "ST-1"]"#), "", 2, "sensitive use `ST-1`", "`ST-10`");
    case(&screening(r#"unsure: ["ST1"]"#), "", 2, "sensitive use `ST1`", "`ST-10`");
    case(&screening(r#"restricted: [(id: "RU-06")]"#), "", 2, "restricted use `RU-06`", "`RU-01`");
    case(r#"eu_act: [(step: "scop", answer: Yes)],"#, "", 2, "step of the path `scop`", "`scope`");
    case(
        r#"eu_act: [(step: "scope", answer: No, picks: ["science", "militry"])],"#,
        "",
        2,
        "option of this step `militry`",
        "`military`",
    );
    let harm = |fields: &str| format!(r#"harms: [(id: "h", what: "", group: "", {fields})]"#);
    case("", &harm(r#"dimension: "DM-FAR""#), 3, "dimension `DM-FAR`", "`DM-FAI`");
    case("", &harm(r#"dimension: "DM-FAI", causes: ["desing"]"#), 3, "cause `desing`", "`design`");
    case("", r#"no_harm: [(dimension: "DM-SO", reason: "Not seen here.")]"#, 3, "dimension `DM-SO`", "`DM-SOC`");
    case("", &format!(r#"measures: [({MEASURE}, controls: ["A.9.9"])]"#), 3, "requirement `A.9.9`", "`A.9.2`");
    case("", r#"occasions: [(trigger: "TR-99", on: "2026-05-01")]"#, 3, "review trigger `TR-99`", "`TR-09`");
    case("", r#"answers: [(prompt: "IA-01-Q99", reply: Unknown)]"#, 3, "prompt `IA-01-Q99`", "`IA-01-Q01`");
    case(
        "",
        r#"answers: [(prompt: "IA-05-Q05", reply: Choice(["level-9"]))]"#,
        3,
        "option of IA-05-Q05 `level-9`",
        "`level-1`",
    );
}

#[test]
fn a_reply_of_another_kind_is_refused_with_what_would_be_right() {
    let case = |prompt: &str, reply: &str, expected: &str| {
        let fields = format!(r#"answers: [(prompt: "{prompt}", reply: {reply})]"#);
        let expected = format!("{prompt} is answered in another way: write {expected}, or Unknown");
        assert_eq!(refused(today("", &fields, "")), [format!("3 `{reply}`: {expected}")], "of {reply}");
        let kept = [(Severity::Note, format!("3 `{reply}`: {expected}"))];
        assert_eq!(said(validated("2025.1", "", &fields, "")), kept);
    };
    case("IA-01-Q01", "List([\"a\"])", "words, as in Text(\"...\")");
    case("IA-02-Q04", "Text(\"a\")", "entries, as in List([\"...\"])");
    case("IA-16-Q05", "Text(\"soon\")", "a day, as in Date(\"2026-03-31\")");
    case("IA-04-Q06", "Choice([\"yes\"])", "YesNo(true) or YesNo(false)");
    case("IA-05-Q05", "Choice([\"level-1\", \"level-2\"])", "one option, as in Choice([\"...\"])");
    case("IA-07-Q03", "YesNo(true)", "options, as in Choice([\"...\"])");
    case("IA-12-Q01", "Unknown", "nothing here; it has a place of its own");
}

#[test]
fn each_row_stands_once_and_has_an_id() {
    let case = |of_system: &str, of_impact: &str, expected: &str| {
        assert_eq!(refused(today(of_system, of_impact, "")), [expected], "of {of_impact}");
    };
    let twice = |place: &str, what: &str| format!("{place}: {what} stands here a second time; keep one of the two");
    case("", &format!("harms: [({HARM}),\n({HARM})]"), &twice("4 `\"h\"`", "harm `h`"));
    case("", &format!("measures: [({MEASURE}),\n({MEASURE})]"), &twice("4 `\"m\"`", "measure `m`"));
    let benefit = r#"(id: "b", what: "", group: "", dimension: "DM-FAI")"#;
    case("", &format!("benefits: [{benefit},\n{benefit}]"), &twice("4 `\"b\"`", "benefit `b`"));
    let answer = r#"(prompt: "IA-01-Q01", reply: Unknown)"#;
    let expected = twice("4 `\"IA-01-Q01\"`", "the answer to prompt `IA-01-Q01`");
    case("", &format!("answers: [{answer},\n{answer}]"), &expected);
    let step = r#"(step: "scope", answer: Yes)"#;
    let expected = twice("3 `\"scope\"`", "the answer to step `scope`");
    case(&format!("eu_act: [{step},\n{step}],"), "", &expected);
    let empty = "3 `\"\"`: this id is empty; give it a short name of its own";
    case("", r#"harms: [(id: "", what: "", group: "", dimension: "DM-FAI")]"#, empty);
}

#[test]
fn what_does_not_count_as_its_author_may_think_is_said_with_its_place() {
    let case = |of_system: &str, of_impact: &str, expected: &[&str]| {
        let expected: Vec<_> = expected.iter().map(|words| (Severity::Warning, words.to_string())).collect();
        assert_eq!(said(today(of_system, of_impact, r#"evidence: [(id: "e1", title: "")]"#)), expected);
    };
    case(
        "",
        &format!(r#"harms: [({HARM}, measures: ["n"])], measures: [({MEASURE})]"#),
        &["3 `\"n\"`: there is no measure `n`, so it counts for nothing; did you mean `m`?"],
    );
    case(
        r#"evidence: ["e1", "e2"],"#,
        &format!(r#"measures: [({MEASURE}, evidence: ["e3"])]"#),
        &[
            "2 `\"e2\"`: there is no evidence `e2`, so it counts for nothing; did you mean `e1`?",
            "3 `\"e3\"`: there is no evidence `e3`, so it counts for nothing; did you mean `e1`?",
        ],
    );
    case(
        "",
        r#"harms: [(id: "h", what: "", group: "", dimension: "")]"#,
        &["3 `\"\"`: no dimension is chosen here yet"],
    );
    case(
        "",
        r#"no_harm: [(reason: "none")]"#,
        &["3 `\"none\"`: \"no harm\" needs a reason of at least 10 characters; it does not count"],
    );
    let treated = |gravity: u8, owner: &str| {
        let rating =
            format!("(gravity: At({gravity}), reach: At(1), reversibility: At(1), duration: At(1), likelihood: At(1))");
        format!(r#"measures: [({MEASURE}{owner})], harms: [({HARM}, measures: ["m"], before: {rating})]"#)
    };
    case("", &treated(5, ""), &["3 `(`: measure `m` serves a harm rated high and has no owner"]);
    case("", &treated(5, ", owner: \"Ann\""), &[]);
    case("", &treated(4, ""), &[]);
}

#[test]
fn sign_offs_follow_one_another_and_are_not_approved_by_who_prepared_them() {
    let case = |of_system: &str, gravity: u8, sign_offs: &str, expected: &[&str]| {
        let rating =
            format!("(gravity: At({gravity}), reach: At(1), reversibility: At(1), duration: At(1), likelihood: At(1))");
        let fields = format!("harms: [({HARM}, before: {rating})],\nsign_offs: [{sign_offs}]");
        let expected: Vec<_> = expected.iter().map(|words| (Severity::Warning, words.to_string())).collect();
        assert_eq!(said(today(of_system, &fields, "")), expected, "of {sign_offs}");
    };
    let days = |prepared: &str, reviewed: &str, approved: &str| {
        format!(
            r#"(prepared_on: "2026-05-{prepared}", reviewed_on: "2026-05-{reviewed}", approved_on: "2026-05-{approved}")"#
        )
    };
    case("", 1, &days("04", "05", "06"), &[]);
    case("", 1, &days("04", "04", "04"), &[]);
    case(
        "",
        1,
        &days("06", "05", "04"),
        &[
            "4 `(`: days out of order: It was approved on 2026-05-04, before it was reviewed on 2026-05-05",
            "4 `(`: days out of order: It was reviewed on 2026-05-05, before it was prepared on 2026-05-06",
        ],
    );
    case(
        r#"next_review: "2026-05-06","#,
        1,
        &days("04", "05", "06"),
        &["4 `(`: days out of order: The next review on 2026-05-06 is not after the approval on 2026-05-06"],
    );
    case(
        "",
        1,
        &format!("{}, {}", days("04", "05", "20"), days("07", "08", "09")),
        &[
            "4 `\"2026-05-09\"`: this decision of 2026-05-09 stands behind a later one of 2026-05-20; the last one counts",
        ],
    );
    let by = |approver: &str| {
        format!(r#"(prepared_by: "Ann", approved_by: "{approver}", approved_on: "2026-05-06", outcome: Approved)"#)
    };
    let not_in_force = |name: &str| {
        format!(
            "4 `\"{name}\"`: approved by the one who prepared it; at high somebody else must, so it is not in force"
        )
    };
    case("", 5, &by(" ANN"), &[&not_in_force(" ANN")]);
    case("", 5, &by("Bea"), &[]);
    case("", 4, &by("Ann"), &[]);
    // An earlier decision is judged by the level that it was given for.
    case("", 5, &format!("{}, {}", by("Ann"), by("Bea")), &[]);
    let signed = by("Ann").replace("outcome", "residual: High, outcome");
    case("", 1, &format!("{signed}, {}", by("Bea")), &[&not_in_force("Ann")]);
}

#[test]
fn own_criteria_must_not_fall_and_need_somebody_who_approved_them() {
    let case = |criteria: &str, severity: Severity, expected: &str| {
        let found = said(today("", "", &format!("criteria: ({criteria})")));
        assert_eq!(found, [(severity, format!("4 {expected}"))]);
    };
    let approved = r#"approved_by: "Ann", approved_on: "2026-05-01""#;
    let row = "(Low, Low, Low, Low, Medium)";
    let matrix = |third: &str| format!("matrix: ({row}, {row}, {third}, {row}, {row})");
    case(
        &format!("{approved}, {}", matrix("(Low, Low, Medium, Low, High)")),
        Severity::Error,
        "`Low`: in row 3 (severity), column 4 (likelihood) the level is lower than before it; a matrix never falls, so these criteria are not in force",
    );
    assert_eq!(said(today("", "", &format!("criteria: ({approved}, {})", matrix(row)))), []);
    let open = "`(`: criteria of your own need `approved_by` and `approved_on` to be in force";
    case(r#"approved_by: "Ann""#, Severity::Warning, open);
    case(r#"approved_on: "2026-05-01""#, Severity::Warning, open);
    let anchor = |scale: &str, step: u8| {
        let anchors = format!(r#"anchors: [(scale: "{scale}", step: {step}, anchor: "")]"#);
        today("", "", &format!("criteria: ({approved}, {anchors})"))
    };
    assert_eq!(said(anchor("SC-DURATION", 4)), []);
    assert_eq!(refused(anchor("SC-DURATION", 5)), ["4 `5`: SC-DURATION has no step 5; its steps are 1 to 4"]);
    assert_eq!(
        refused(anchor("SC-BENFIT", 1)),
        ["4 `\"SC-BENFIT\"`: there is no scale `SC-BENFIT`; did you mean `SC-BENEFIT`?"]
    );
}

#[test]
fn rows_that_mean_the_same_stand_once() {
    let case = |save, expected: &str| {
        let found = refused(save);
        let words: Vec<&str> =
            found.iter().filter_map(|words| words.split_once("`(`: ").map(|(_, words)| words)).collect();
        assert_eq!(words, [format!("{expected} stands here a second time; keep one of the two")], "{found:?}");
    };
    let none = |dimension: &str| format!(r#"({dimension}reason: "Nobody meets it, as we saw.")"#);
    let of = r#"dimension: "DM-PRI", "#;
    case(today("", &format!("no_harm: [{0}, {0}]", none(of)), ""), "\"no harm\" for `DM-PRI`");
    case(today("", &format!("no_harm: [{0}, {0}]", none("")), ""), "\"no harm\" for `the system as a whole`");
    assert_eq!(said(today("", &format!("no_harm: [{}, {}]", none(of), none("")), "")), []);
    let facts = r#"sign_offs: [(facts: [(fact: "purpose", value: "a"), (fact: "purpose", value: "b")])]"#;
    case(today("", facts, ""), "fact `purpose`");
    let screening = r#"screening: (on: "2026-05-01", restricted: [(id: "RU-1"), (id: "RU-1")]),"#;
    assert!(refused(today(screening, "", "")).iter().any(|words| words.contains("restricted use `RU-1` stands here")));
    let criteria =
        |list: &str| today("", "", &format!("criteria: (approved_by: \"A\", approved_on: \"2026-05-01\", {list})"));
    case(criteria(r#"approvals: [(level: Low, by: "A"), (level: Low, by: "B")]"#), "who approves at `Low`");
    let anchor = r#"(scale: "SC-DURATION", step: 1, anchor: "")"#;
    case(criteria(&format!("anchors: [{anchor}, {anchor}]")), "the meaning of step `SC-DURATION 1`");
}

#[test]
fn all_that_is_wrong_comes_at_once_and_in_order() {
    let fields = format!(r#"harms: [({HARM}, before: (gravity: At(9), reach: At(0)), causes: ["fate"])]"#);
    let found = refused(today("", &fields, ""));
    let values: Vec<&str> = found.iter().filter_map(|words| words.split('`').nth(1)).collect();
    assert_eq!(values, ["At(9)", "At(0)", "\"fate\""]);
    let many: Vec<String> = (0..80).map(|nth| format!(r#"(prompt: "X-{nth}", reply: Unknown)"#)).collect();
    let found = refused(today("", &format!("answers: [{}]", many.join(", ")), ""));
    assert_eq!((found.len(), found[50].as_str()), (51, "and 30 more problems of this file"));
}

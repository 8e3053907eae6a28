//! The checks of one requirement: their texts, what they cover, and which of them can be a major gap.

use crate::{
    content::lint::{Linter, outline::Spot, standard},
    model::requirement::{Check, CheckKind, Requirement},
};

pub(super) fn check<'a>(linter: &mut Linter<'a>, requirement: &'a Requirement, record: Spot<'a>) {
    let list = record.field("checks");
    linter.count(list, "checks", requirement.checks.len(), 2..=standard::most_checks(requirement.id));
    let checks: Vec<(&Check, Spot<'_>)> = requirement.checks.iter().zip(record.records("checks")).collect();
    linter.unique("check", checks.iter().map(|(check, spot)| (check.id.as_str(), spot.text("id", 0))));
    for (check, spot) in &checks {
        check_texts(linter, check, *spot);
        check_parts(linter, check, *spot);
    }
    if !requirement.binding_checks().any(|check| !check.conditional) {
        linter.report(list, "no check is a Requirement without a condition; one has to be open to everybody");
    }
    if requirement.id.is_control() {
        check_control(linter, requirement, &checks, list);
    } else {
        check_clause(linter, requirement, &checks, list);
    }
}

/// Whether a text ends as a question does, in Latin, Arabic or East Asian writing.
pub(super) fn is_question(text: &str) -> bool {
    text.trim_end().ends_with(['?', '\u{61f}', '\u{ff1f}'])
}

fn check_texts(linter: &mut Linter<'_>, check: &Check, record: Spot<'_>) {
    linter.slug(record.text("id", 0), &check.id);
    linter.text(record.text("text", 0), "check", &check.text, 140);
    linter.text(record.text("look_for", 0), "text of look_for", &check.look_for, 140);
    if !check.text.trim().is_empty() && !is_question(&check.text) {
        linter.report(record.text("text", 0), "a check is a question with a plain answer; end it with a question mark");
    }
}

fn check_parts(linter: &mut Linter<'_>, check: &Check, record: Spot<'_>) {
    for (index, part) in check.parts.iter().enumerate() {
        linter.text(record.text("parts", index), "part", part, 60);
        if check.parts[..index].contains(part) {
            linter.report(record.text("parts", index), "this part stands here twice; name it once");
        }
    }
    if check.parts.len() == 1 {
        linter
            .report(record.field("parts"), "a single part says no more than the check; name two or leave `parts` out");
    }
    if check.covers.len() > 1 && check.parts.is_empty() {
        let count = check.covers.len();
        let message =
            format!("it joins {count} obligations; list them as `parts`, so that Partly can name the open ones");
        linter.report(record.field("covers"), message);
    }
}

/// A control: its own wording first, then guidance, and critical only where a plain no is a major gap.
fn check_control(linter: &mut Linter<'_>, requirement: &Requirement, checks: &[(&Check, Spot<'_>)], list: Spot<'_>) {
    let id = requirement.id;
    let guidance = checks.iter().filter(|(check, _)| check.kind == CheckKind::Guidance).count();
    linter.count(list, "Guidance checks", guidance, 1..=3);
    for (index, (check, spot)) in checks.iter().enumerate() {
        let must_be_critical = index == 0 && standard::is_critical_control(id);
        if index == 0 && check.kind != CheckKind::Requirement {
            linter.report(spot.field("kind"), "the first check of a control is its own wording: kind: Requirement");
        }
        if check.critical && !must_be_critical {
            let message = format!("this check of {id} cannot be critical; a no to it is no major gap");
            linter.report(spot.field("critical"), message);
        }
        if !check.critical && must_be_critical {
            linter.report(spot.text("id", 0), format!("a plain no here is a major gap of {id}; add critical: true"));
        }
        if !check.covers.is_empty() {
            linter.report(spot.field("covers"), "a control has no obligations; leave `covers` out");
        }
    }
}

/// A clause: every obligation in exactly one check, all of them binding but the one permission.
fn check_clause<'a>(
    linter: &mut Linter<'a>,
    requirement: &Requirement,
    checks: &[(&'a Check, Spot<'a>)],
    list: Spot<'a>,
) {
    let id = requirement.id;
    let obligations = standard::obligations(id);
    let mut covered = Vec::new();
    for (check, spot) in checks {
        if check.covers.is_empty() && check.kind == CheckKind::Requirement {
            let message = format!("it covers no obligation of {id}; name them in `covers`, or make it Guidance");
            linter.report(spot.text("id", 0), message);
        }
        for (index, obligation) in check.covers.iter().enumerate() {
            let place = spot.text("covers", index);
            if !obligations.iter().any(|known| *obligation == *known) {
                let count = obligations.len();
                let message = format!("`{obligation}` is no obligation of {id}; they are {id}-1 to {id}-{count}");
                linter.report(place, message);
            }
            covered.push((obligation.as_str(), place));
        }
        check_kind(linter, check, *spot);
    }
    linter.unique("obligation", covered.iter().copied());
    for obligation in obligations.iter().filter(|id| !covered.iter().any(|(covered, _)| covered == id)) {
        linter.report(list, format!("no check covers the obligation {obligation}; name it in the `covers` of one"));
    }
    if !requirement.binding_checks().any(|check| check.critical) {
        linter.report(list, format!("no check of {id} is critical; mark the one whose plain no is a major gap"));
    }
}

fn check_kind(linter: &mut Linter<'_>, check: &Check, record: Spot<'_>) {
    let permits = check.covers.iter().any(|obligation| obligation == standard::PERMISSION);
    let binds = check.covers.iter().any(|obligation| obligation != standard::PERMISSION);
    let place = record.field("kind");
    match check.kind {
        CheckKind::Requirement if permits => {
            let message =
                format!("{} is a permission; it stands alone in a check of kind: Guidance", standard::PERMISSION);
            linter.report(place, message);
        }
        CheckKind::Guidance if binds => {
            linter.report(place, "this check covers an obligation; it is of kind: Requirement");
        }
        CheckKind::Guidance if check.critical => {
            linter.report(record.field("critical"), "a Guidance check is never a gap; leave `critical` out");
        }
        CheckKind::Requirement | CheckKind::Guidance => {}
    }
}

#[cfg(test)]
mod tests {
    use super::is_question;
    use crate::content::lint::testing::Desk;

    /// The checks of a requirement are written anew; marks stand for problems.
    #[track_caller]
    fn case(requirement: &str, list: &str, checks: &[&str], messages: &[&str]) {
        let file = match requirement {
            "4.2" => "clauses/04_context.ron",
            "6.1.4" => "clauses/06_planning.ron",
            _ => "controls/a02_policies.ron",
        };
        let new =
            format!("            {list}: [\n                {}\n            ],", checks.join("\n                "));
        Desk::new().list(file, &[&format!("id: \"{requirement}\""), "checks: ["], &new).expect(messages);
    }

    /// One field of the first of two checks of 4.2 is written anew.
    #[track_caller]
    fn field_case(field: &str, new: &str, message: &str) {
        let mut first = FIRST.to_owned();
        let at = first.find(field).expect("the check has that field");
        let end = at + first[at..].find(", ").expect("a field ends with a comma");
        first.replace_range(at..end, new);
        case("4.2", "checks", &[&first, SECOND], &[message]);
    }

    const FIRST: &str = r#"(id: "a", text: "A?", look_for: "a", kind: Requirement, critical: true, covers: ["4.2-1"], parts: ["x", "y"], ),"#;
    const SECOND: &str =
        r#"(id: "b", text: "B?", look_for: "b", kind: Requirement, covers: ["4.2-2", "4.2-3"], parts: ["x", "y"], ),"#;

    #[test]
    fn ids_are_short_names_and_unique() {
        let shape = "it starts with a letter and has lower-case letters, digits and hyphens only";
        for id in ["A", "1a", "-a", "a_b", "a b", "ä"] {
            field_case("id:", &format!("id: ¶\"{id}\""), &format!("`{id}` is not a short name; {shape}"));
        }
        let first = FIRST.replace("id: ", "id: §");
        let second = SECOND.replace("id: \"b\"", "id: ¶\"a\"");
        case("4.2", "checks", &[&first, &second], &["the check `a` stands already at {}; each stands once"]);
    }

    #[test]
    fn texts_are_questions_neither_empty_nor_too_long() {
        field_case("text:", "text: ¶\"\"", "the check is empty; write it");
        let long = format!("text: ¶\"{}?\"", "x".repeat(140));
        field_case("text:", &long, "the check has 141 characters; at most 140 fit");
        let question = "a check is a question with a plain answer; end it with a question mark";
        field_case("text:", "text: ¶\"Say so.\"", question);
        field_case("look_for:", "look_for: ¶\" \"", "the text of look_for is empty; write it");
        let long = format!("look_for: ¶\"{}\"", "x".repeat(141));
        field_case("look_for:", &long, "the text of look_for has 141 characters; at most 140 fit");
    }

    #[test]
    fn questions_of_other_languages_are_questions() {
        assert!(["So?", "\u{647}\u{644}\u{61f}", "\u{5417}\u{ff1f}", "Oui ? "].into_iter().all(is_question));
        assert!(!is_question("So? Yes."));
    }

    #[test]
    fn parts_are_two_or_more_different_short_texts() {
        let single = FIRST.replace(r#"parts: ["x", "y"]"#, r#"¶parts: ["x"]"#);
        let message = "a single part says no more than the check; name two or leave `parts` out";
        case("4.2", "checks", &[&single, SECOND], &[message]);
        let twice = FIRST.replace(r#""x", "y""#, r#""x", ¶"x""#);
        case("4.2", "checks", &[&twice, SECOND], &["this part stands here twice; name it once"]);
        let long = FIRST.replace("\"y\"", &format!("¶\"{}\"", "y".repeat(61)));
        case("4.2", "checks", &[&long, SECOND], &["the part has 61 characters; at most 60 fit"]);
        let joined = SECOND.replace("covers:", "¶covers:").replace(r#"parts: ["x", "y"], "#, "");
        let message = "it joins 2 obligations; list them as `parts`, so that Partly can name the open ones";
        case("4.2", "checks", &[FIRST, &joined], &[message]);
    }

    #[test]
    fn every_obligation_is_covered_by_one_check_of_its_clause() {
        let foreign = SECOND.replace("\"4.2-3\"", "\"4.2-3\", ¶\"4.3-1\"");
        let message = "`4.3-1` is no obligation of 4.2; they are 4.2-1 to 4.2-3";
        case("4.2", "checks", &[FIRST, &foreign], &[message]);
        let unknown = SECOND.replace("\"4.2-3\"", "\"4.2-3\", ¶\"4.2-4\"");
        let message = "`4.2-4` is no obligation of 4.2; they are 4.2-1 to 4.2-3";
        case("4.2", "checks", &[FIRST, &unknown], &[message]);
        let first = FIRST.replace("\"4.2-1\"", "§\"4.2-1\"");
        let again = SECOND.replace("\"4.2-3\"", "\"4.2-3\", ¶\"4.2-1\"");
        case("4.2", "checks", &[&first, &again], &["the obligation `4.2-1` stands already at {}; each stands once"]);
        let open = SECOND.replace("\"4.2-2\", ", "");
        let message = "no check covers the obligation 4.2-2; name it in the `covers` of one";
        case("4.2", "¶checks", &[FIRST, &open], &[message]);
    }

    #[test]
    fn a_binding_check_of_a_clause_covers_something_and_a_guidance_check_need_not() {
        let empty = r#"(id: ¶"c", text: "C?", look_for: "c", kind: Requirement),"#;
        let message = "it covers no obligation of 4.2; name them in `covers`, or make it Guidance";
        case("4.2", "checks", &[FIRST, SECOND, empty], &[message]);
        case("4.2", "checks", &[FIRST, SECOND, r#"(id: "c", text: "C?", look_for: "c", kind: Guidance),"#], &[]);
    }

    #[test]
    fn obligations_bind_and_the_permission_does_not() {
        let soft = SECOND.replace("kind: Requirement", "¶kind: Guidance");
        case("4.2", "checks", &[FIRST, &soft], &["this check covers an obligation; it is of kind: Requirement"]);
        let critical = r#"(id: "c", text: "C?", look_for: "c", kind: Guidance, ¶critical: true),"#;
        let message = "a Guidance check is never a gap; leave `critical` out";
        case("4.2", "checks", &[FIRST, SECOND, critical], &[message]);
        let binding = r#"(id: "a", text: "A?", look_for: "a", kind: Requirement, critical: true, parts: ["x", "y"],
                    covers: ["6.1.4-1", "6.1.4-2", "6.1.4-3", "6.1.4-4", "6.1.4-6"]),"#;
        let permission = r#"(id: "b", text: "B?", look_for: "b", ¶kind: Requirement, covers: ["6.1.4-5"]),"#;
        let message = "6.1.4-5 is a permission; it stands alone in a check of kind: Guidance";
        case("6.1.4", "checks", &[binding, permission], &[message]);
        let permission = r#"(id: "b", text: "B?", look_for: "b", kind: Guidance, covers: ["6.1.4-5"]),"#;
        case("6.1.4", "checks", &[binding, permission], &[]);
    }

    #[test]
    fn a_requirement_has_a_few_checks_that_concern_everybody() {
        let all = FIRST.replace("\"4.2-1\"", "\"4.2-1\", \"4.2-2\", \"4.2-3\"");
        case("4.2", "¶checks", &[&all], &["there should be 2 to 7 checks here, not 1"]);
        let more: Vec<String> =
            (1..=6).map(|n| format!("(id: \"c{n}\", text: \"C?\", look_for: \"c\", kind: Guidance),")).collect();
        let checks: Vec<&str> = [FIRST, SECOND].into_iter().chain(more.iter().map(String::as_str)).collect();
        case("4.2", "checks", &checks[..7], &[]);
        case("4.2", "¶checks", &checks, &["there should be 2 to 7 checks here, not 8"]);
        let conditional =
            [FIRST, SECOND].map(|check| check.replace("critical: true,", "").replace(" ),", " conditional: true),"));
        let conditional = [&conditional[0].replace("parts:", "critical: true, parts:"), &conditional[1]];
        let message = "no check is a Requirement without a condition; one has to be open to everybody";
        case("4.2", "¶checks", &conditional.map(String::as_str), &[message]);
        let tame = FIRST.replace("critical: true, ", "");
        let message = "no check of 4.2 is critical; mark the one whose plain no is a major gap";
        case("4.2", "¶checks", &[&tame, SECOND], &[message]);
    }

    const OWN: &str = r#"(id: "a", text: "A?", look_for: "a", kind: Requirement),"#;
    const MORE: &str = r#"(id: "b", text: "B?", look_for: "b", kind: Guidance),"#;

    #[test]
    fn a_control_has_its_own_wording_first_then_guidance() {
        case("A.2.3", "checks", &[OWN, MORE], &[]);
        let first = MORE.replace("kind:", "¶kind:");
        let message = "the first check of a control is its own wording: kind: Requirement";
        case("A.2.3", "checks", &[&first, OWN], &[message]);
        let second = OWN.replace("\"a\"", "\"b\"");
        case("A.2.3", "¶checks", &[OWN, &second], &["there should be 1 to 3 Guidance checks here, not 0"]);
        let guidance: Vec<String> = (1..=4).map(|n| MORE.replace("\"b\"", &format!("\"b{n}\""))).collect();
        let checks: Vec<&str> = std::iter::once(OWN).chain(guidance.iter().map(String::as_str)).collect();
        case("A.2.3", "¶checks", &checks, &["there should be 1 to 3 Guidance checks here, not 4"]);
        let six: Vec<String> = (1..=3).map(|n| OWN.replace("\"a\"", &format!("\"a{n}\""))).collect();
        let six: Vec<&str> = six.iter().map(String::as_str).chain(checks[1..4].iter().copied()).collect();
        case("A.2.3", "¶checks", &six, &["there should be 2 to 5 checks here, not 6"]);
    }

    #[test]
    fn a_control_covers_no_obligations() {
        let covers = OWN.replace("kind: Requirement", "kind: Requirement, ¶covers: [\"4.2-1\"]");
        case("A.2.3", "checks", &[&covers, MORE], &["a control has no obligations; leave `covers` out"]);
    }

    #[test]
    fn the_first_check_of_some_controls_is_critical_and_no_other() {
        let critical = OWN.replace("kind: Requirement", "kind: Requirement, critical: true");
        case("A.2.2", "checks", &[&critical, MORE], &[]);
        let tame = OWN.replace("\"a\",", "¶\"a\",").replacen("look_for: ¶", "look_for: ", 1);
        case("A.2.2", "checks", &[&tame, MORE], &["a plain no here is a major gap of A.2.2; add critical: true"]);
        let marked = critical.replace("critical:", "¶critical:");
        let message = "this check of A.2.3 cannot be critical; a no to it is no major gap";
        case("A.2.3", "checks", &[&marked, MORE], &[message]);
        let second = marked.replace("\"a\"", "\"c\"");
        let message = "this check of A.2.2 cannot be critical; a no to it is no major gap";
        case("A.2.2", "checks", &[&critical, &second, MORE], &[message]);
    }
}

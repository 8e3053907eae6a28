//! One requirement: its texts, its weight, its lists.

use crate::{
    content::lint::{Linter, checks, outline::Spot},
    model::requirement::Requirement,
};

pub(super) fn check(linter: &mut Linter<'_>) {
    for (requirement, record) in linter.requirements.clone() {
        check_texts(linter, requirement, record);
        check_numbers(linter, requirement, record);
        check_lists(linter, requirement, record);
        checks::check(linter, requirement, record);
    }
}

/// The most words of an intent: it is read in the quick pass.
const MOST_INTENT_WORDS: usize = 17;

fn check_texts(linter: &mut Linter<'_>, requirement: &Requirement, record: Spot<'_>) {
    let intent = record.text("intent", 0);
    linter.present(record.text("title", 0), "title", &requirement.title);
    linter.text(intent, "intent", &requirement.intent, 160);
    linter.text(record.text("why_it_matters", 0), "reason why it matters", &requirement.why_it_matters, 260);
    let words = requirement.intent.split_whitespace().count();
    if words > MOST_INTENT_WORDS {
        linter
            .report(intent, format!("the intent has {words} words; at most {MOST_INTENT_WORDS} are read at a glance"));
    }
}

fn check_numbers(linter: &mut Linter<'_>, requirement: &Requirement, record: Spot<'_>) {
    if !(1..=3).contains(&requirement.weight) {
        linter.report(record.field("weight"), format!("unknown weight {}; a weight is 1 to 3", requirement.weight));
    }
    let roles = &requirement.roles;
    if roles.is_empty() {
        linter.report(record.field("roles"), "no role; name at least one of Producer, Provider, User, Partner");
    }
    if roles.iter().enumerate().any(|(index, role)| roles[..index].contains(role)) {
        linter.report(record.field("roles"), "a role stands here twice; name it once");
    }
}

fn check_lists<'a>(linter: &mut Linter<'a>, requirement: &Requirement, record: Spot<'a>) {
    let asked = &requirement.asked_by_auditors;
    linter.count(record.field("asked_by_auditors"), "questions of auditors", asked.len(), 2..=3);
    for (index, question) in asked.iter().enumerate() {
        linter.text(record.text("asked_by_auditors", index), "auditor's question", question, 140);
    }
    linter.count(record.field("evidence"), "pieces of evidence", requirement.evidence.len(), 2..=4);
    for (index, item) in requirement.evidence.iter().enumerate() {
        linter.text(record.text("evidence", index), "piece of evidence", item, 90);
    }
    linter.count(record.field("related"), "related requirements", requirement.related.len(), 2..=5);
    linter.references(record, "related", &requirement.related);
    if let Some(index) = requirement.related.iter().position(|id| *id == requirement.id) {
        linter.report(record.text("related", index), format!("{} is related to itself; take it out", requirement.id));
    }
}

#[cfg(test)]
mod tests {
    use crate::content::lint::testing::Desk;

    const CONTEXT: &str = "clauses/04_context.ron";

    /// A field of 4.1 is written anew.
    #[track_caller]
    fn case(field: &str, new: &str, message: &str) {
        Desk::new().line(CONTEXT, &["id: \"4.1\"", field], new).expect(&[message]);
    }

    /// A list of 4.1 is written anew.
    #[track_caller]
    fn list_case(field: &str, new: &str, messages: &[&str]) {
        Desk::new().list(CONTEXT, &["id: \"4.1\"", field], new).expect(messages);
    }

    fn long(length: usize) -> String {
        "ä".repeat(length)
    }

    #[test]
    fn texts_are_neither_empty_nor_too_long() {
        case("title:", "title: ¶\"\",", "the title is empty; write it");
        case("intent:", "intent: ¶\" \",", "the intent is empty; write it");
        let intent = format!("intent: ¶\"{}\",", long(161));
        case("intent:", &intent, "the intent has 161 characters; at most 160 fit");
        let intent = format!("intent: ¶\"{}\",", "word ".repeat(18));
        case("intent:", &intent, "the intent has 18 words; at most 17 are read at a glance");
        case("why_it_matters:", "why_it_matters: ¶\"\",", "the reason why it matters is empty; write it");
        let why = format!("why_it_matters: ¶\"{}\",", long(261));
        case("why_it_matters:", &why, "the reason why it matters has 261 characters; at most 260 fit");
    }

    #[test]
    fn texts_of_exactly_the_longest_length_fit() {
        Desk::new()
            .line(CONTEXT, &["id: \"4.1\"", "intent:"], &format!("intent: \"{}\",", long(160)))
            .line(CONTEXT, &["id: \"4.1\"", "why_it_matters:"], &format!("why_it_matters: \"{}\",", long(260)))
            .line(CONTEXT, &["id: \"4.2\"", "intent:"], &format!("intent: \"{}\",", "word ".repeat(17)))
            .expect(&[]);
    }

    #[test]
    fn weight_and_roles_are_in_range() {
        case("weight:", "¶weight: 0,", "unknown weight 0; a weight is 1 to 3");
        case("weight:", "¶weight: 4,", "unknown weight 4; a weight is 1 to 3");
        case("roles:", "¶roles: [],", "no role; name at least one of Producer, Provider, User, Partner");
        case("roles:", "¶roles: [User, Partner, User],", "a role stands here twice; name it once");
    }

    #[test]
    fn lists_have_their_lengths() {
        list_case(
            "asked_by_auditors:",
            "¶asked_by_auditors: [\"Why?\"],",
            &["there should be 2 to 3 questions of auditors here, not 1"],
        );
        let question = format!("asked_by_auditors: [\"Why?\", ¶\"{}\"],", long(141));
        list_case("asked_by_auditors:", &question, &["the auditor's question has 141 characters; at most 140 fit"]);
        let five = "¶evidence: [\"A\", \"B\", \"C\", \"D\", ¶\"\"],";
        list_case(
            "evidence:",
            five,
            &["there should be 2 to 4 pieces of evidence here, not 5", "the piece of evidence is empty; write it"],
        );
        let item = format!("evidence: [\"A\", ¶\"{}\"],", long(91));
        list_case("evidence:", &item, &["the piece of evidence has 91 characters; at most 90 fit"]);
    }

    #[test]
    fn related_requirements_exist_once_and_are_others() {
        case("related:", "¶related: [\"4.2\"],", "there should be 2 to 5 related requirements here, not 1");
        case("related:", "related: [\"4.2\", ¶\"4.2\"],", "4.2 stands here twice; name it once");
        case("related:", "related: [\"4.2\", ¶\"4.1\"],", "4.1 is related to itself; take it out");
        let message = "there is no requirement 6.1; name one of the 70, such as 6.1.2 or A.6.2.4";
        case("related:", "related: [\"4.2\", ¶\"6.1\"],", message);
    }
}

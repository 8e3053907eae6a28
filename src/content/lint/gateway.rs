//! The gateway questions: a few options each, and proposals that stay low.

use crate::{
    content::lint::{Linter, checks::is_question, outline::Spot},
    model::{
        gateway::{GatewayOption, GatewayQuestion},
        proposal::HIGHEST_PROPOSED,
        reference::Reference,
    },
};

pub(super) fn check(linter: &mut Linter<'_>) {
    let questions = &linter.catalog.gateway;
    let records = linter.file("gateway.ron").records("questions");
    let places = records.iter().map(|record| record.text("id", 0));
    linter.unique("question", questions.iter().map(|question| question.id.as_str()).zip(places));
    for (question, record) in questions.iter().zip(records) {
        check_question(linter, question, record);
    }
}

fn check_question<'a>(linter: &mut Linter<'a>, question: &GatewayQuestion, record: Spot<'a>) {
    linter.slug(record.text("id", 0), &question.id);
    linter.present(record.text("text", 0), "question", &question.text);
    if !question.text.trim().is_empty() && !is_question(&question.text) {
        linter.report(record.text("text", 0), "this is no question; end it with a question mark");
    }
    let options = record.records("options");
    linter.count(record.field("options"), "options", question.options.len(), 2..=5);
    let places = options.iter().map(|option| option.text("id", 0));
    linter.unique("option", question.options.iter().map(|option| option.id.as_str()).zip(places));
    for (option, record) in question.options.iter().zip(options) {
        check_option(linter, option, record);
    }
}

fn check_option<'a>(linter: &mut Linter<'a>, option: &GatewayOption, record: Spot<'a>) {
    linter.slug(record.text("id", 0), &option.id);
    linter.present(record.text("label", 0), "label", &option.label);
    let mut proposed: Vec<Reference> = Vec::new();
    for (proposal, record) in option.proposes.iter().zip(record.records("proposes")) {
        if proposal.level > HIGHEST_PROPOSED {
            let message = format!("an option proposes level {}; at most {HIGHEST_PROPOSED}", proposal.level);
            linter.report(record.field("level"), message);
        }
        linter.references(record, "requirements", &proposal.requirements);
        for (index, id) in proposal.requirements.iter().enumerate() {
            if proposed.contains(id) {
                linter.report(
                    record.text("requirements", index),
                    format!("this option proposes two levels for {id}; keep one"),
                );
            }
        }
        proposed.extend(&proposal.requirements);
    }
}

#[cfg(test)]
mod tests {
    use crate::content::lint::testing::Desk;

    const YES: &str = r#"(id: "yes", label: "Yes", proposes: [(level: 2, requirements: ["4.1"]), (level: 0, requirements: ["4.2"])]),"#;
    const NO: &str = r#"(id: "no", label: "No", proposes: []),"#;

    /// A gateway of two questions, of which the first has these options.
    #[track_caller]
    fn case(question: &str, options: &[&str], messages: &[&str]) {
        let first = format!("({question}: [\n{}\n]),", options.join("\n"));
        let second = format!("(id: \"two\", text: \"And?\", hint: \"\", options: [{NO}{YES}]),");
        Desk::new().write("gateway.ron", &format!("(questions: [\n{first}\n{second}\n])")).expect(messages);
    }

    const ONE: &str = r#"id: "one", text: "Is it?", hint: "", options"#;

    #[test]
    fn questions_have_an_id_of_their_own_and_are_questions() {
        case(ONE, &[NO, YES], &[]);
        let shape = "it starts with a letter and has lower-case letters, digits and hyphens only";
        case(&ONE.replace("\"one\"", "¶\"One\""), &[NO, YES], &[&format!("`One` is not a short name; {shape}")]);
        case(&ONE.replace("\"Is it?\"", "¶\"\""), &[NO, YES], &["the question is empty; write it"]);
        case(
            &ONE.replace("\"Is it?\"", "¶\"Say.\""),
            &[NO, YES],
            &["this is no question; end it with a question mark"],
        );
        let same = r#"§"a", text: "Is it?", hint: "", options: [(id: "x", label: "X", proposes: []), (id: "y", label: "Y", proposes: [])]), (id: ¶"a", text: "So?", hint: "", options"#;
        let message = "the question `a` stands already at {}; each stands once";
        case(&format!("id: {same}"), &[NO, YES], &[message]);
    }

    #[test]
    fn a_question_has_two_to_five_different_options() {
        let options: Vec<String> = (1..=6).map(|n| NO.replace("no", &format!("no{n}"))).collect();
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let marked = ONE.replace("options", "¶options");
        case(&marked, &options[..1], &["there should be 2 to 5 options here, not 1"]);
        case(ONE, &options[..5], &[]);
        case(&marked, &options, &["there should be 2 to 5 options here, not 6"]);
        let (first, second) = (NO.replace("\"no\"", "§\"no\""), YES.replace("\"yes\"", "¶\"no\""));
        case(ONE, &[&first, &second], &["the option `no` stands already at {}; each stands once"]);
        let nameless = NO.replace("\"No\"", "¶\" \"");
        case(ONE, &[&nameless, YES], &["the label is empty; write it"]);
    }

    #[test]
    fn proposals_are_low_and_one_for_each_requirement() {
        let high = YES.replace("level: 2", "¶level: 3");
        case(ONE, &[NO, &high], &["an option proposes level 3; at most 2"]);
        let unknown = YES.replace("\"4.2\"", "¶\"4.9\"");
        let message = "there is no requirement 4.9; name one of the 70, such as 6.1.2 or A.6.2.4";
        case(ONE, &[NO, &unknown], &[message]);
        let twice = YES.replace("\"4.2\"", "\"4.2\", ¶\"4.1\"");
        case(ONE, &[NO, &twice], &["this option proposes two levels for 4.1; keep one"]);
        let twice = YES.replace("\"4.2\"", "\"4.2\", ¶\"4.2\"");
        case(ONE, &[NO, &twice], &["4.2 stands here twice; name it once"]);
    }
}

//! The glossary: every word once, in the order in which a person looks for it, with a short meaning.

use crate::content::lint::{Linter, outline::Spot};

pub(super) fn check(linter: &mut Linter<'_>) {
    let terms = &linter.catalog.glossary;
    let records = linter.file("glossary.ron").records("terms");
    let mut words: Vec<(String, Spot<'_>)> = Vec::new();
    let mut last = "";
    for (term, record) in terms.iter().zip(records) {
        let spot = record.text("term", 0);
        linter.text(record.text("meaning", 0), "meaning", &term.meaning, 300);
        if term.term.to_lowercase() < last.to_lowercase() {
            linter.report(spot, format!("`{}` stands after `{last}`; terms stand in alphabetical order", term.term));
        }
        last = &term.term;
        let forms = term.also.iter().enumerate().map(|(index, form)| (form, record.text("also", index)));
        for (word, spot) in std::iter::once((&term.term, spot)).chain(forms) {
            linter.present(spot, "term", word);
            words.push((word.to_lowercase(), spot));
        }
    }
    linter.unique("term", words.iter().map(|(word, spot)| (word.as_str(), *spot)));
}

#[cfg(test)]
mod tests {
    use crate::content::lint::testing::Desk;

    #[track_caller]
    fn case(terms: &str, messages: &[&str]) {
        Desk::new().write("glossary.ron", &format!("(terms: [\n{terms}\n])")).expect(messages);
    }

    #[test]
    fn terms_are_alphabetical_whatever_their_case() {
        case(r#"(term: "actor", meaning: "A"), (term: "AI", meaning: "B"), (term: "ban", meaning: "C")"#, &[]);
        let message = "`AI` stands after `ban`; terms stand in alphabetical order";
        case(r#"(term: "ban", meaning: "C"), (term: ¶"AI", meaning: "B")"#, &[message]);
    }

    #[test]
    fn a_word_stands_once_in_all_its_forms() {
        let message = "the term `ai` stands already at {}; each stands once";
        case(r#"(term: §"AI", meaning: "A"), (term: "ban", also: ["bans", ¶"ai"], meaning: "B")"#, &[message]);
        case(r#"(term: §"ai", meaning: "A"), (term: ¶"AI", meaning: "B")"#, &[message]);
        let message = "the term `bans` stands already at {}; each stands once";
        case(
            r#"(term: "AI", also: [§"bans"], meaning: "A"), (term: "ban", also: [¶"Bans"], meaning: "B")"#,
            &[message],
        );
    }

    #[test]
    fn words_and_meanings_are_neither_empty_nor_too_long() {
        case(
            r#"(term: ¶"", also: [¶" "], meaning: ¶"")"#,
            &["the term is empty; write it", "the term is empty; write it", "the meaning is empty; write it"],
        );
        case(&format!("(term: \"a\", meaning: \"{}\")", "x".repeat(300)), &[]);
        let long = format!("(term: \"a\", meaning: ¶\"{}\")", "x".repeat(301));
        case(&long, &["the meaning has 301 characters; at most 300 fit"]);
    }
}

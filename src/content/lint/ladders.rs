//! Ladders: short enough to be read in the quick pass, and each rung different from every other.

use std::{
    collections::{BTreeSet, HashSet},
    sync::LazyLock,
};

use crate::{
    content::lint::{Linter, outline::Spot},
    model::{catalog::Catalog, level::Level, reference::Reference, requirement::Requirement},
};

/// The most words that the quick pass shows: 70 questions in about 40 minutes.
pub const LONGEST_QUICK_PASS: usize = 7_500;

/// The most words of one ladder: it is in view as a whole at 80x24.
const LONGEST_LADDER: usize = 78;

/// Words without a content of their own.
static STOP_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "a about after against all also an and any are as at be because been before being between both but by can could did do does \
     down each ever every few for from had has have he here how i if in into is it its like many may might more most \
     much must never no nobody none not nothing of off on one only or other others out over own per said same s say says \
     shall she should so some still such t than that the their them then there these they this those to two under until \
     up us very was we were what when where which while who why will with would yet you your"
        .split_whitespace()
        .collect()
});

/// Words that name a level instead of saying what is seen there.
static SCALE_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "absent ad hoc repeatable repeated defined measured managed optimizing optimizes optimized optimising optimised \
     initial partial partially partly mostly mainly largely somewhat fully full complete completely incomplete exists \
     existing documented undocumented implemented established informal informally formal formally basic advanced mature \
     immature good bad low medium high level process processes started begun done undone yes place missing ok"
        .split_whitespace()
        .collect()
});

/// How many words a person reads in the quick pass: title, intent and ladder of every requirement.
pub fn quick_pass_words(catalog: &Catalog) -> usize {
    let words = |text: &str| text.split_whitespace().count();
    catalog.requirements().map(|r| words(&r.title) + words(&r.intent) + ladder_words(r)).sum()
}

fn ladder_words(requirement: &Requirement) -> usize {
    requirement.ladder.rungs().map(|(_, rung)| rung.split_whitespace().count()).sum()
}

pub(super) fn check(linter: &mut Linter<'_>) {
    for (requirement, record) in linter.requirements.clone() {
        check_ladder(linter, requirement, record);
    }
    for level in Level::ALL {
        compare(linter, level);
    }
    let words = quick_pass_words(linter.catalog);
    if words > LONGEST_QUICK_PASS {
        let texts = "titles, intents and ladders of all requirements";
        let edition = linter.file("catalog.ron");
        linter.report(edition, format!("the quick pass shows {words} words ({texts}); at most {LONGEST_QUICK_PASS}"));
    }
}

fn check_ladder(linter: &mut Linter<'_>, requirement: &Requirement, record: Spot<'_>) {
    let words = ladder_words(requirement);
    if words > LONGEST_LADDER {
        linter.report(record.field("ladder"), format!("the ladder has {words} words; at most {LONGEST_LADDER}"));
    }
    let mut lower: Vec<String> = Vec::new();
    for (level, rung) in requirement.ladder.rungs() {
        let spot = record.text("ladder", level.index());
        let words: Vec<String> = words_of(rung).collect();
        linter.text(spot, "rung", rung, 110);
        if !words.is_empty() && says_only_the_scale(rung) {
            linter.report(spot, "this rung says only how good it is; say what one sees at this level");
        }
        if !words.is_empty() && lower.contains(&words.join(" ")) {
            linter.report(spot, "this rung says the same as a lower one; say what is different here");
        }
        lower.push(words.join(" "));
    }
}

/// Two rungs of one level that share more than half of their words cannot be told apart in ten seconds.
fn compare(linter: &mut Linter<'_>, level: Level) {
    let rungs: Vec<(Reference, BTreeSet<String>, Spot<'_>)> = linter
        .requirements
        .iter()
        .map(|(r, record)| (r.id, content(r.ladder.rung(level)), record.text("ladder", level.index())))
        .collect();
    for (index, (id, words, spot)) in rungs.iter().enumerate() {
        for (other_id, other_words, other) in rungs[..index].iter().filter(|(other_id, ..)| other_id != id) {
            let shared: Vec<&str> = words.intersection(other_words).map(String::as_str).collect();
            if shared.len() * 2 > words.len().min(other_words.len()) {
                let (place, shared) = (linter.name(*other), shared.join(", "));
                let message =
                    format!("this rung shares most words with level {level} of {other_id} at {place}: {shared}");
                linter.report(*spot, message);
            }
        }
    }
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The words of a text that say something.
fn content(text: &str) -> BTreeSet<String> {
    words_of(text).filter(|word| !STOP_WORDS.contains(word.as_str())).collect()
}

fn says_only_the_scale(rung: &str) -> bool {
    content(rung).iter().all(|word| SCALE_WORDS.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::lint::testing::Desk;

    /// Words that stand in no rung of the questionnaires.
    const RUNGS: [&str; 6] = ["Zaza zebo.", "Zeci zedo.", "Zefa zega.", "Zeha zeja.", "Zeka zela.", "Zema zena."];

    /// A rung of the ladder of 4.1 is written anew, the others are as above.
    #[track_caller]
    fn case(level: usize, rung: &str, message: &str) {
        ladder("ladder", level, rung).expect(&[message]);
    }

    fn ladder(list: &str, level: usize, rung: &str) -> Desk {
        let rungs: Vec<String> = (0..6)
            .map(|index| if index == level { rung.to_owned() } else { format!("\"{}\"", RUNGS[index]) })
            .collect();
        let new =
            format!("            {list}: [\n                {},\n            ],", rungs.join(",\n                "));
        Desk::new().list("clauses/04_context.ron", &["id: \"4.1\"", "ladder: ["], &new)
    }

    #[test]
    fn rungs_are_neither_empty_nor_too_long() {
        case(2, "¶\"\"", "the rung is empty; write it");
        case(5, &format!("¶\"{}\"", "z".repeat(111)), "the rung has 111 characters; at most 110 fit");
        ladder("ladder", 5, &format!("\"{}\"", "z".repeat(110))).expect(&[]);
    }

    #[test]
    fn a_ladder_is_short_as_a_whole() {
        let rung = |name: &str, words: usize| format!("\"{}\",", name.repeat(words));
        let way = ["id: \"4.1\"", "ladder: ["];
        for (longest, mark, messages) in [(13, "", &[][..]), (14, "¶", &["the ladder has 79 words; at most 78"][..])] {
            let low = ["za ", "zb ", "zc ", "zd ", "ze "].map(|name| rung(name, 13)).concat();
            let new = format!("{mark}ladder: [{low}{}],", rung("zf ", longest));
            Desk::new().list("clauses/04_context.ron", &way, &new).expect(messages);
        }
    }

    #[test]
    fn a_rung_says_more_than_the_scale() {
        let message = "this rung says only how good it is; say what one sees at this level";
        for rung in ["Ad hoc.", "Fully documented and managed", "None of it is defined, or only partly.", "It is."] {
            case(3, &format!("¶\"{rung}\""), message);
        }
        ladder("ladder", 3, "\"Fully documented on blue paper.\"").expect(&[]);
    }

    #[test]
    fn the_rungs_of_a_ladder_differ() {
        case(4, "¶\"ZEHA - zeja\"", "this rung says the same as a lower one; say what is different here");
    }

    #[test]
    fn two_rungs_of_a_level_share_at_most_half_of_their_words() {
        let policies = "controls/a02_policies.ron";
        let way = ["id: \"A.2.2\"", "ladder: [", "\"", "\"", "\"", "\""];
        ladder("ladder", 3, "§\"The zeha zeja and the zeki zeko.\"")
            .line(policies, &way, "¶\"Zeki zeha: zeja or zebra, zulu, zombie.\",")
            .expect(&["this rung shares most words with level 3 of 4.1 at {}: zeha, zeja, zeki"]);
        ladder("ladder", 3, "\"The zeha zeja and the zeki zeko.\"")
            .line(policies, &way, "\"The zeha zeja and zebra, zulu, zombie.\",")
            .expect(&[]);
        let another_level = ["id: \"A.2.2\"", "ladder: [", "\"", "\"", "\"", "\"", "\""];
        ladder("ladder", 3, "\"The zeha zeja and the zeki zeko.\"")
            .line(policies, &another_level, "\"The zeha zeja and the zeki zeko.\",")
            .expect(&[]);
    }

    #[test]
    fn the_quick_pass_is_short_enough_for_40_minutes() {
        let catalog = |desk: &Desk| quick_pass_words(&desk.catalog());
        let title = |words: usize| format!("title: \"{}\",", "word ".repeat(words));
        let way = ["id: \"4.1\"", "title:"];
        let context = "clauses/04_context.ron";
        let rest = catalog(&Desk::new().line(context, &way, &title(1))) - 1;
        Desk::new().line(context, &way, &title(LONGEST_QUICK_PASS - rest)).expect(&[]);
        Desk::new()
            .line(context, &way, &title(LONGEST_QUICK_PASS - rest + 1))
            .write("catalog.ron", "\n ¶(version: \"1\")")
            .expect(&[
                "the quick pass shows 7501 words (titles, intents and ladders of all requirements); at most 7500",
            ]);
    }
}

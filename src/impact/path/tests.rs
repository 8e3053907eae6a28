//! Example systems on the built-in path, class by class with articles; and what an open answer leaves open.

use proptest::prelude::*;

use super::*;
use crate::{
    content::builtin,
    impact::{
        fria::{Fria, WhyFria, WhyNoFria, fria},
        path::sample::answers,
    },
};

fn path() -> DecisionPath {
    builtin::catalog().eu_act
}

/// The classes in one line: `high-risk [Annex III(5)(b)], transparency [Art. 50(1)]`.
fn line(path: &DecisionPath, found: &Classification) -> String {
    let class = |found: ClassFound| match found.references.as_slice() {
        [] => found.id,
        references => format!("{} [{}]", found.id, references.join("; ")),
    };
    found.found(path).into_iter().map(class).collect::<Vec<_>>().join(", ")
}

/// In the law, not banned.
const INSIDE: &str = "scope+ prohibited-";
/// No product of Annex I.
const NO_PRODUCT: &str = "scope+ prohibited- annex-i- annex-i-b-";

#[track_caller]
fn case(what: &str, text: &str, classes: &str, expected: Fria) {
    let path = path();
    let found = classify(&path, &answers(text));
    assert_eq!(line(&path, &found), classes, "{what}");
    assert!(found.is_complete(), "{what}: {:?} is open", found.open);
    assert_eq!(fria(&path, &found), expected, "{what}");
}

#[test]
fn fourteen_systems_come_out_class_by_class() {
    let inside = |rest: &str| format!("{INSIDE} {rest}");
    let listed = |rest: &str| format!("{NO_PRODUCT} {rest}");
    let not_listed = || Fria::No(WhyNoFria::NotThatClass);
    let high = |point: &str| format!("high-risk [{point}], high-risk-annex-iii [{point}]");
    case(
        "credit scoring of people, by a bank",
        &listed("annex-iii:AIII-5b profiling+ transparency- gpai- role:deployer fria-"),
        &high("Annex III(5)(b)"),
        Fria::Applies(WhyFria::Use("AIII-5b".into())),
    );
    case(
        "CV screening, bought by a private firm: it profiles, so no exception",
        &listed("annex-iii:AIII-4a profiling+ derogation:narrow transparency- gpai- role:deployer fria-"),
        &high("Annex III(4)(a)"),
        Fria::No(WhyNoFria::NotPublic),
    );
    case(
        "support chatbot with fixed answers",
        &listed("annex-iii- transparency:TS-1 gpai- role:provider,deployer"),
        "transparency [Art. 50(1)]",
        not_listed(),
    );
    case(
        "support chatbot with generated text",
        &listed("annex-iii- transparency:TS-1,TS-2 gpai~built-on role:provider,deployer"),
        "transparency [Art. 50(1); Art. 50(2)]",
        not_listed(),
    );
    case("spam filter", &listed("annex-iii- transparency- gpai- role:deployer"), "minimal", not_listed());
    case(
        "triage aid for emergencies, in a public hospital",
        &listed("annex-iii:AIII-5d profiling+ transparency- gpai- role:deployer fria:public-body"),
        &high("Annex III(5)(d)"),
        Fria::Applies(WhyFria::PublicDuty(vec!["public-body".into()])),
    );
    case(
        "triage aid outside emergencies, as a medical device",
        &inside("annex-i:AI-11 transparency- gpai- role:provider"),
        "high-risk [Annex I Section A, point 11]",
        not_listed(),
    );
    case(
        "emotion recognition at work",
        "scope+ prohibited:P-f",
        "prohibited [Art. 5(1)(f)]",
        Fria::No(WhyNoFria::Banned),
    );
    case(
        "emotion recognition at work for safety",
        &listed("annex-iii:AIII-1c profiling- derogation- transparency:TS-3 gpai- role:deployer fria-"),
        &format!("{}, transparency [Art. 50(3)]", high("Annex III(1)(c)")),
        Fria::No(WhyNoFria::NotPublic),
    );
    case(
        "deepfake tool",
        &listed("annex-iii- transparency:TS-2,TS-4 gpai- role:provider,deployer"),
        "transparency [Art. 50(2); Art. 50(4)]",
        not_listed(),
    );
    case(
        "provider of a general-purpose model",
        &listed("annex-iii- transparency- gpai:own gpai-systemic- role:gpai-provider"),
        "gpai [Art. 3(63)]",
        not_listed(),
    );
    case(
        "predictive maintenance of pumps in a factory",
        &listed("annex-iii- transparency- gpai- role:deployer"),
        "minimal",
        not_listed(),
    );
    case(
        "predictive maintenance as a safety component of a water supply",
        &listed("annex-iii:AIII-2-only profiling- derogation- transparency- gpai- role:deployer fria:public-body"),
        &high("Annex III(2)"),
        Fria::No(WhyNoFria::OnlyExcepted),
    );
    case(
        "remote biometric identification in recordings, by the police",
        &listed("annex-iii:AIII-1a profiling- derogation- transparency- gpai- role:deployer fria:public-body"),
        &high("Annex III(1)(a)"),
        Fria::Applies(WhyFria::PublicDuty(vec!["public-body".into()])),
    );
    case(
        "remote biometric identification, live in public places by the police",
        "scope+ prohibited:P-h",
        "prohibited [Art. 5(1)(h)]",
        Fria::No(WhyNoFria::Banned),
    );
    case(
        "robot arm",
        &inside("annex-i- annex-i-b:AI-21 annex-iii- transparency- gpai- role:provider"),
        "high-risk-section-b [Annex I Section B, point 21]",
        not_listed(),
    );
    case(
        "document sorter in a tribunal office",
        &listed("annex-iii:AIII-8a profiling- derogation:narrow transparency- gpai- role:provider"),
        "not-high-risk-documented [Annex III(8)(a); Art. 6(3)(a)]",
        not_listed(),
    );
    case(
        "open model, fine-tuned with less than a third of the computation, in an own tool",
        &listed("annex-iii- transparency- gpai~tuned role:provider,deployer"),
        "minimal",
        not_listed(),
    );
    case(
        "open model, changed with more than a third",
        &listed("annex-iii- transparency- gpai:modified gpai-systemic+ role:provider"),
        "gpai [Art. 3(63)], gpai-systemic [Art. 51; Art. 52; Annex XIII]",
        not_listed(),
    );
    case(
        "employees who use a chat assistant",
        &listed("annex-iii- transparency- gpai~built-on role:deployer"),
        "minimal",
        not_listed(),
    );
}

#[test]
fn outside_the_law_the_path_ends_at_once() {
    case("private use", "scope~personal prohibited:P-a", "out-of-scope [Art. 2(10)]", Fria::No(WhyNoFria::Outside));
    case("yes, but a reason against", "scope:military", "out-of-scope [Art. 2(3)]", Fria::No(WhyNoFria::Outside));
    let plain = "out-of-scope [Art. 2(1); Art. 2(3)-(12); Art. 3(1); Art. 3(63)]";
    case("no reason given", "scope-", plain, Fria::No(WhyNoFria::Outside));
}

#[test]
fn classes_add_up() {
    case(
        "a robot that hires by talking",
        &format!(
            "{INSIDE} annex-i- annex-i-b:AI-21 annex-iii:AIII-4a,AIII-4b profiling+ transparency:TS-1,TS-2 gpai:own gpai-systemic+ role:provider"
        ),
        "high-risk-section-b [Annex I Section B, point 21], high-risk [Annex III(4)(a); Annex III(4)(b)], \
         high-risk-annex-iii [Annex III(4)(a); Annex III(4)(b)], transparency [Art. 50(1); Art. 50(2)], \
         gpai [Art. 3(63)], gpai-systemic [Art. 51; Art. 52; Annex XIII]",
        Fria::No(WhyNoFria::NotDeployer),
    );
}

#[test]
fn each_class_says_from_which_day_it_applies() {
    let path = path();
    let day = |text: &str| Some(text.parse().expect("a date in a test"));
    let case = |text: &str, from: &str, was: Option<&str>| {
        let found = classify(&path, &answers(text)).found(&path);
        let days = found.first().map(|class| (class.from, class.was));
        assert_eq!(days, Some((day(from), was.and_then(day))), "{text}");
    };
    case("scope+ prohibited:P-f", "2025-02-02", None);
    case("scope+ prohibited:P-ba", "2026-12-02", None);
    case("scope+ prohibited:P-bb,P-f", "2025-02-02", None);
    case("scope+ prohibited- annex-i:AI-11", "2028-08-02", Some("2027-08-02"));
    case(&format!("{NO_PRODUCT} annex-iii:AIII-4a profiling+"), "2027-12-02", Some("2026-08-02"));
    case(&format!("{NO_PRODUCT} annex-iii- transparency:TS-1"), "2026-08-02", None);
    case(&format!("{NO_PRODUCT} annex-iii- transparency- gpai:own"), "2025-08-02", None);
}

#[test]
fn what_is_not_answered_stays_open_and_is_never_no() {
    let path = path();
    let case = |text: &str, open: &str, also: &[&str]| {
        let found = classify(&path, &answers(text));
        assert_eq!(found.open.as_deref(), Some(open), "{text}");
        assert_eq!(found.also_open, also, "{text}");
        assert!(!found.is_complete() && !found.has("minimal") && !found.has("out-of-scope"), "{text}");
    };
    case("", "scope", &[]);
    case("scope?", "scope", &[]);
    case("scope+", "prohibited", &[]);
    case("scope+ prohibited?", "prohibited", &[]);
    case("scope+ prohibited? annex-i- annex-i-b-", "prohibited", &[]);
    case(&format!("{NO_PRODUCT} annex-iii:AIII-4a"), "profiling", &[]);
    case(&format!("{NO_PRODUCT} annex-iii- transparency- gpai-"), "role", &[]);
    case("prohibited- annex-i-", "scope", &[]);
}

#[test]
fn a_step_that_nobody_knows_is_passed_where_both_answers_meet_again() {
    let path = path();
    let case = |text: &str, waiting: &[&str], classes: &str| {
        let found = classify(&path, &answers(text));
        assert_eq!(found.waiting().collect::<Vec<_>>(), waiting, "{text}");
        assert_eq!(line(&path, &found), classes, "{text}");
    };
    // Where nobody knows about a product, the questions on products of the second list and on uses hold all the same.
    case("scope+ prohibited- annex-i? transparency:TS-1", &["annex-i", "annex-i-b"], "");
    case(
        "scope+ prohibited- annex-i? annex-i-b- annex-iii:AIII-4a profiling+ transparency:TS-1",
        &["annex-i", "gpai"],
        "high-risk [Annex III(4)(a)], high-risk-annex-iii [Annex III(4)(a)], transparency [Art. 50(1)]",
    );
    case("scope+ prohibited- annex-i- annex-i-b? annex-iii-", &["annex-i-b", "transparency"], "");
    case(&format!("{NO_PRODUCT} annex-iii? transparency- gpai? role:deployer"), &["annex-iii", "gpai"], "");
    case(&format!("{NO_PRODUCT} annex-iii- transparency- gpai- role?"), &["role"], "");
}

#[test]
fn the_role_of_a_model_provider_follows_from_the_model() {
    let path = path();
    let roles =
        |rest: &str| classify(&path, &answers(&format!("{NO_PRODUCT} annex-iii- transparency- {rest}"))).roles(&path);
    assert_eq!(roles("gpai:own gpai-systemic- role-"), Some(vec!["gpai-provider".to_owned()]));
    assert_eq!(roles("gpai- role:deployer"), Some(vec!["deployer".to_owned()]));
    assert_eq!(roles("gpai- role+"), None, "yes without a pick leaves the role open");
    assert_eq!(roles("gpai-"), None);
}

/// Any answer to any step, sensible or not.
fn any_answers() -> impl Strategy<Value = Vec<PathAnswer>> {
    let reply = prop_oneof![3 => Just(PathReply::Yes), 4 => Just(PathReply::No), 1 => Just(PathReply::Unknown)];
    let path = path();
    let all: Vec<_> =
        path.steps
            .iter()
            .map(|step| {
                let ids: Vec<String> = step.options.iter().map(|option| option.id.to_string()).collect();
                let id = step.id.to_string();
                let most = ids.len().min(2);
                (reply.clone(), proptest::sample::subsequence(ids, 0..=most)).prop_map(move |(answer, picks)| {
                    PathAnswer { step: id.clone(), answer, picks, reason: String::new() }
                })
            })
            .collect();
    (all, any::<prop::sample::Index>()).prop_map(|(all, count)| {
        let count = count.index(all.len() + 1);
        all.into_iter().take(count).collect()
    })
}

proptest! {
    #[test]
    fn one_more_answer_takes_no_class_away(answers in any_answers()) {
        let path = path();
        for count in 0..answers.len() {
            let before = classify(&path, &answers[..count]);
            let after = classify(&path, &answers[..=count]);
            for class in &before.classes {
                prop_assert!(after.has(class), "{class} is gone after {:?}", answers[count]);
            }
            prop_assert!(after.trail.starts_with(&before.trail));
        }
    }

    #[test]
    fn who_knows_at_last_loses_no_class_either(answers in any_answers(), yes in any::<bool>()) {
        let path = path();
        let before = classify(&path, &answers);
        let known = answers.iter().cloned().map(|answer| match answer.answer {
            // A yes there ends the questions that were asked meanwhile, so that only a no keeps all that they found.
            PathReply::Unknown if path.step(&answer.step).is_some_and(|step| step.unknown.is_some()) => {
                PathAnswer { answer: PathReply::No, picks: Vec::new(), ..answer }
            }
            PathReply::Unknown => PathAnswer { answer: if yes { PathReply::Yes } else { PathReply::No }, ..answer },
            PathReply::Yes | PathReply::No => answer,
        });
        let after = classify(&path, &known.collect::<Vec<_>>());
        for class in &before.classes {
            prop_assert!(after.has(class));
        }
    }
}

//! When Article 27 is due, when it is not, when it is open, and what of it the form answers.

use super::*;
use crate::{
    content::builtin,
    impact::path::{classify, sample::answers},
};

const NO_PRODUCT: &str = "scope+ prohibited- annex-i- annex-i-b-";

fn path() -> DecisionPath {
    builtin::catalog().eu_act
}

#[test]
fn article_27_is_open_until_what_it_needs_is_answered() {
    let path = path();
    let case = |text: &str, expected: &str| {
        assert_eq!(fria(&path, &classify(&path, &answers(text))), Fria::Open(expected.to_owned()), "{text}");
    };
    let rest = |rest: &str| format!("{NO_PRODUCT} {rest}");
    case("", "scope");
    case("scope+", "prohibited");
    case(&rest("annex-iii?"), "annex-iii");
    case(&rest("annex-iii:AIII-4a"), "profiling");
    case(&rest("annex-iii:AIII-4a profiling+"), "role");
    case(&rest("annex-iii:AIII-4a profiling+ transparency- gpai- role?"), "role");
    case(&rest("annex-iii:AIII-4a profiling+ transparency- gpai- role:deployer"), "fria");
    case(&rest("annex-iii+ profiling+ transparency- gpai- role:deployer fria-"), "annex-iii");
}

#[test]
fn article_27_is_settled_once_nothing_can_change_it() {
    let path = path();
    let case = |text: &str, expected: &str| {
        assert_eq!(fria(&path, &classify(&path, &answers(text))).sentence(&path), expected, "{text}");
    };
    case(
        &format!("{NO_PRODUCT} annex-iii-"),
        "Art. 27 does not apply: the system is not high-risk by a use of Annex III.",
    );
    case(
        &format!("{NO_PRODUCT} annex-iii:AIII-5b profiling+ transparency- gpai- role:deployer"),
        "Art. 27 applies: Annex III(5)(b) (judges how creditworthy people are, or scores their credit) brings it for \
         every deployer.",
    );
    case(
        &format!(
            "{NO_PRODUCT} annex-iii:AIII-2-only,AIII-5d profiling+ transparency- gpai- role:deployer fria:public-body"
        ),
        "Art. 27 applies: you deploy it as a public body.",
    );
    case("scope+", "Art. 27 is open until this is answered: Is it made or used for one of these banned practices?");
}

#[test]
fn the_form_answers_every_element_of_article_27() {
    let catalog = builtin::catalog();
    let covers = elements(&catalog.eu_act, &catalog.impact, |prompt| prompt.id.ends_with("Q01"));
    assert_eq!(covers.len(), 8);
    for cover in &covers {
        assert!(!cover.sections.is_empty(), "{}", cover.element.id);
        for section in &cover.sections {
            assert_eq!(section.answered.len(), 1, "{}", section.section.id);
            assert_eq!(section.answered.len() + section.open.len(), section.section.prompts.len());
        }
    }
    let of = |id: &str| {
        let cover = covers.iter().find(|cover| cover.element.id == id);
        cover.map(|cover| cover.sections.iter().map(|section| section.section.id.to_string()).collect::<Vec<_>>())
    };
    assert_eq!(of("27(1)(e)"), Some(vec!["IA-15".to_owned()]));
}

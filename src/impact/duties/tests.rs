//! Which duties follow for example systems, by role and with dates.

use crate::{
    content::builtin,
    impact::{
        duties::{BoundDuty, by_role, duties},
        path::{classify, sample::answers},
    },
    model::decision_path::DecisionPath,
};

const NO_PRODUCT: &str = "scope+ prohibited- annex-i- annex-i-b-";

fn path() -> DecisionPath {
    builtin::catalog().eu_act
}

fn ids<'a>(duties: &[BoundDuty<'a>]) -> Vec<&'a str> {
    duties.iter().map(|bound| bound.duty.id.trim_start_matches("AIA-")).collect()
}

#[track_caller]
fn case(text: &str, expected: &str) {
    let path = path();
    let found = duties(&path, &classify(&path, &answers(text)));
    let binding: Vec<BoundDuty> = found.into_iter().filter(|bound| !bound.duty.voluntary).collect();
    assert_eq!(ids(&binding).join(" "), expected, "{text}");
}

#[test]
fn duties_follow_from_class_and_role() {
    let rest = |rest: &str| format!("{NO_PRODUCT} {rest}");
    // Employees who use a chat assistant.
    case(&rest("annex-iii- transparency- gpai~built-on role:deployer"), "4");
    // A support chatbot, without and with generated text; the situation alone does not bind the wrong role.
    case(&rest("annex-iii- transparency:TS-1 gpai- role:provider"), "4 50-1 50-5");
    case(&rest("annex-iii- transparency:TS-1,TS-2 gpai- role:provider"), "4 50-1 50-2 50-5");
    case(&rest("annex-iii- transparency:TS-2,TS-4 gpai- role:deployer"), "4 50-4 50-5");
    // A robot arm owes nothing of Chapter III.
    case("scope+ prohibited- annex-i- annex-i-b:AI-21 annex-iii- transparency- gpai- role:provider,deployer", "4");
    // CV screening at a private firm: no Article 27, no register for public bodies, nothing for the police.
    case(
        &rest("annex-iii:AIII-4a profiling+ transparency- gpai- role:deployer fria-"),
        "4 25 26-1 26-2 26-4 26-5 26-6 26-7 26-9 26-11 26-12 49 73 86",
    );
    case(
        &rest("annex-iii:AIII-1a profiling+ transparency- gpai- role:deployer fria:public-body"),
        "4 25 26-1 26-2 26-4 26-5 26-6 26-7 26-8 26-9 26-10 26-11 26-12 27 49 73 86",
    );
    // Critical infrastructure alone: neither Article 27 nor Article 86.
    case(
        &rest("annex-iii:AIII-2-only profiling+ transparency- gpai- role:deployer fria-"),
        "4 25 26-1 26-2 26-4 26-5 26-6 26-7 26-9 26-11 26-12 49 73",
    );
    // A provider of a medical device has no Annex III duties.
    case(
        "scope+ prohibited- annex-i:AI-11 transparency- gpai- role:provider",
        "4 6 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 25 43 47 48 72 73",
    );
    // The exception of Article 6(3): the provider keeps the reasons and registers; its users do not.
    case(&rest("annex-iii:AIII-8a profiling- derogation:narrow transparency- gpai- role:provider"), "4 6 49");
    case(&rest("annex-iii:AIII-8a profiling- derogation:narrow transparency- gpai- role:deployer"), "4");
    // A model and nothing else: no duty of a system's provider.
    case(&rest("annex-iii- transparency- gpai:own gpai-systemic- role-"), "53 54");
    case(&rest("annex-iii- transparency- gpai:own gpai-systemic+ role-"), "52 53 54 55");
    // Who says of himself to be a model provider and has no model.
    case(&rest("annex-iii- transparency- gpai- role:gpai-provider"), "");
}

#[test]
fn outside_the_law_nothing_binds_and_banned_uses_only_what_binds_any() {
    case("scope~military", "");
    case("", "");
    case("scope+ prohibited:P-f", "4 5");
    case("scope?", "");
}

#[test]
fn while_the_role_is_open_all_roles_of_a_duty_are_shown() {
    let path = path();
    let found = classify(&path, &answers(&format!("{NO_PRODUCT} annex-iii:AIII-5b profiling+ transparency:TS-1")));
    let all = duties(&path, &found);
    let of = |id: &str| all.iter().find(|bound| bound.duty.id == id).map(|bound| bound.roles.clone());
    assert_eq!(of("AIA-4"), Some(vec!["provider", "deployer"]));
    assert_eq!(of("AIA-23"), Some(vec!["importer"]));
    assert_eq!(of("AIA-27"), Some(vec!["deployer"]), "open is not no");
    assert_eq!(of("AIA-26-8"), Some(vec!["deployer"]), "open is not no");
    assert_eq!(of("AIA-50-2"), None, "not the situation picked");
}

#[test]
fn duties_stand_under_each_role_in_the_order_of_the_question() {
    let path = path();
    let text = format!("{NO_PRODUCT} annex-iii- transparency:TS-1,TS-3 gpai:own gpai-systemic- role:deployer,provider");
    let all = duties(&path, &classify(&path, &answers(&text)));
    let roles = by_role(&path, &all);
    let lines: Vec<String> = roles
        .iter()
        .map(|(role, duties)| {
            let ids: Vec<&str> = duties.iter().map(|bound| bound.duty.id.as_str()).collect();
            format!("{} ({role}): {}", path.role_name(role), ids.join(" "))
        })
        .collect();
    assert_eq!(
        lines,
        [
            "provider (provider): AIA-4 AIA-4a AIA-50-1 AIA-50-5",
            "deployer (deployer): AIA-4 AIA-4a AIA-50-3 AIA-50-5",
            "general-purpose model provider (gpai-provider): AIA-53 AIA-54",
        ]
    );
}

#[test]
fn dates_are_those_of_the_route_with_the_one_before_and_the_mark() {
    let path = path();
    let case = |text: &str, id: &str, expected: &[&str]| {
        let all = duties(&path, &classify(&path, &answers(text)));
        let bound = all.iter().find(|bound| bound.duty.id == id).unwrap_or_else(|| panic!("{id} binds"));
        let mark = if bound.duty.uncertain { " ?" } else { "" };
        let shown = bound.dates.iter().map(|date| {
            let was = date.was.map(|was| format!(" was {was}")).unwrap_or_default();
            format!("{}{was}{mark}", date.day)
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{id} of {text}");
    };
    let listed = format!("{NO_PRODUCT} annex-iii:AIII-4a profiling+ transparency- gpai- role:provider,deployer fria-");
    let device = "scope+ prohibited- annex-i:AI-11 transparency- gpai- role:provider";
    case(&listed, "AIA-9", &["2027-12-02 was 2026-08-02"]);
    case(device, "AIA-9", &["2028-08-02 was 2027-08-02"]);
    case(&listed, "AIA-43", &["2026-08-02 ?", "2027-12-02 was 2026-08-02 ?"]);
    case(device, "AIA-72", &["2026-08-02 ?", "2028-08-02 was 2027-08-02 ?"]);
    case("scope+ prohibited:P-f", "AIA-5", &["2025-02-02"]);
    case("scope+ prohibited:P-ba", "AIA-5", &["2026-12-02"]);
    case("scope+ prohibited+", "AIA-5", &["2025-02-02", "2026-12-02"]);
    let bot = format!("{NO_PRODUCT} annex-iii- transparency:TS-2 gpai- role:provider");
    case(&bot, "AIA-50-2", &["2026-08-02", "2026-12-02 was 2026-08-02"]);
}

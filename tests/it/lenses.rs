//! The lenses that come with the program: every row of the frameworks and the law has a figure or the words for none, and
//! the figures are those that a person gets with pencil and paper.

use std::{fs, path::Path};

use serde_json::Value;

use crate::support::Place;

/// A save with these answers.
fn save(answers: &str) -> String {
    format!("(version: 1, catalog: \"2026.11\", name: \"Acme\", created: \"2026-11-21\", answers: [{answers}])")
}

fn lens(place: &Place, file: &str, lens: &str) -> Value {
    let outcome = place.run(&format!("lens {file} {lens} --format json"));
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    serde_json::from_str(&outcome.out).expect("it is JSON")
}

/// All groups, each before those within it.
fn walk(value: &Value) -> Vec<&Value> {
    let groups = value["groups"].as_array().map(Vec::as_slice).unwrap_or_default();
    groups.iter().flat_map(|group| [group].into_iter().chain(walk(group))).collect()
}

fn leaves(value: &Value) -> Vec<&Value> {
    walk(value).into_iter().filter(|group| group["groups"].is_null()).collect()
}

fn group<'a>(value: &'a Value, number: &str) -> &'a Value {
    walk(value).into_iter().find(|group| group["number"] == number).unwrap_or_else(|| panic!("no group {number}"))
}

/// Saves with nothing, with something and with every level answered.
fn saves() -> (Place, [&'static str; 3]) {
    let place = Place::new().with_save("saves/example.ron", "some.ron");
    place.write("none.ron", save(""));
    let ids = place.run("questionnaire list").out;
    let is_requirement = |id: &&str| id.matches('.').count() > usize::from(id.starts_with("A."));
    let ids = ids.lines().filter_map(|line| line.split_whitespace().next()).filter(is_requirement);
    let answers = ids.map(|id| format!("(requirement: \"{id}\", level: Level(3)),"));
    place.write("all.ron", save(&answers.collect::<String>()));
    (place, ["none.ron", "some.ron", "all.ron"])
}

/// A row shows its figures, that nothing is assessed, or that the standard does not cover it; never a zero for nothing.
fn shows_something(row: &Value, file: &str) {
    let state = row["state"].as_str().expect("a state");
    let covered = !row["requirements"].as_array().expect("a list").is_empty();
    assert_eq!(row["covered"], covered, "{row:#}");
    assert_eq!(state == "NotCovered", !covered, "{row:#}");
    match state {
        "Assessed" => assert!(row["claimed"]["hundredths"].is_u64(), "{row:#}"),
        "NotAssessed" | "NotApplicable" | "NoLevelYet" => assert!(row["claimed"].is_null(), "{row:#}"),
        "NotCovered" => {
            let figures = ["claimed", "credited", "low", "high", "coverage", "status"];
            assert!(figures.iter().all(|figure| row[figure].is_null()), "{row:#}");
            assert!(!row["gap"].as_str().expect("a text").is_empty(), "{row:#}");
        }
        other => panic!("{other}"),
    }
    match file {
        "none.ron" => assert!(["NotAssessed", "NotCovered"].contains(&state), "{row:#}"),
        "all.ron" => assert!(["Assessed", "NotCovered"].contains(&state), "{row:#}"),
        _ => {}
    }
}

#[test]
fn all_72_subcategories_show_a_figure_or_that_they_are_not_covered() {
    let (place, files) = saves();
    for file in files {
        let lens = lens(&place, file, "nist-ai-rmf");
        assert_eq!(lens["title"], "NIST AI RMF 1.0: support from your answers");
        let counts = |words: usize| walk(&lens).iter().filter(|group| depth_of(group) == words).count();
        assert_eq!([counts(0), counts(1), counts(2)], [4, 19, 72], "functions, categories, subcategories");
        assert_eq!(leaves(&lens).len(), 72);
        for subcategory in leaves(&lens) {
            assert_eq!(depth_of(subcategory), 2, "{subcategory:#}");
            shows_something(subcategory, file);
        }
        let rows: usize = leaves(&lens).iter().map(|row| row["rows"].as_array().map_or(0, Vec::len)).sum();
        assert_eq!(rows, 348, "mapping rows");
    }
    let text = place.run("lens some.ron nist-ai-rmf").out;
    assert!(text.contains("The profile for generative AI (NIST AI 600-1) is not in it"), "{text}");
}

/// `GOVERN` 0, `GOVERN 1` 1, `GOVERN 1.1` 2.
fn depth_of(group: &Value) -> usize {
    let number = group["number"].as_str().expect("a number");
    number.matches([' ', '.']).count()
}

#[test]
fn every_duty_of_the_act_shows_a_figure_or_that_it_is_not_covered() {
    let law = fs::read_to_string(Path::new("questionnaires/eu_ai_act.ron")).expect("the law");
    let duties: Vec<&str> = law.split("id: \"").filter(|part| part.starts_with("AIA-")).collect();
    let duties: Vec<&str> = duties.iter().filter_map(|part| part.split('"').next()).collect();
    assert_eq!(duties.len(), 51);
    let (place, files) = saves();
    for file in files {
        let lens = lens(&place, file, "eu-ai-act");
        let shown: Vec<&str> = leaves(&lens).iter().filter_map(|duty| duty["duty"]["id"].as_str()).collect();
        for duty in &duties {
            assert_eq!(shown.iter().filter(|shown| *shown == duty).count(), 1, "{duty}");
        }
        assert_eq!(shown.len(), duties.len());
        leaves(&lens).into_iter().for_each(|duty| shows_something(duty, file));
        assert_eq!(group(&lens, "Art. 48")["state"], "NotCovered");
        let conformity = group(&lens, "Art. 43");
        assert_eq!(conformity["duty"]["uncertain_dates"], true);
        assert_eq!(conformity["duty"]["dates"].as_array().map(Vec::len), Some(3), "all dates stand");
    }
    let text = place.run("lens none.ron eu-ai-act").out;
    assert!(text.contains("not covered by ISO/IEC 42001") && text.contains(", uncertain: "), "{text}");
    assert!(!text.contains("0 %") && !text.contains("0.0") && !text.contains("Indicated for"), "{text}");
    let text = place.run("lens some.ron eu-ai-act").out;
    assert!(text.contains("Indicated for: Claim Sorter (provider, deployer); Meeting Notes (deployer).\n"), "{text}");
}

#[test]
fn a_figure_is_what_pencil_and_paper_say() {
    let place = Place::new();
    // 7.2 weighs 3 and counts, 7.3 weighs 2 and counts, A.4.6 is of low confidence and does not count.
    let answers = "(requirement: \"7.2\", level: Level(4)), (requirement: \"7.3\", level: Level(1)), \
                   (requirement: \"A.4.6\", level: Level(0)),";
    place.write("a.ron", save(answers));
    let nist = lens(&place, "a.ron", "nist-ai-rmf");
    let training = group(&nist, "GOVERN 2.2");
    assert_eq!(training["requirements"], serde_json::json!(["7.2", "7.3"]));
    // Claimed (3 x 4 + 2 x 1) / 5 = 2.8. Credited at most 2 while no check is answered: (3 x 2 + 2 x 1) / 5 = 1.6.
    // Sums are kept in quarters of a weight.
    assert_eq!(training["claimed"], serde_json::json!({ "numerator": 56, "denominator": 20, "hundredths": 280 }));
    assert_eq!(training["credited"], serde_json::json!({ "numerator": 32, "denominator": 20, "hundredths": 160 }));
    assert_eq!(training["coverage"]["hundredths"], 100);
    let low = training["rows"].as_array().expect("rows").last().expect("a row");
    assert_eq!(
        (&low["requirement"], &low["confidence"], &low["counts"]),
        (&"A.4.6".into(), &"low".into(), &false.into())
    );
    assert_eq!(low["relation"], "supports");
    // MEASURE 2.2 has A.6.2.4, which nobody answered.
    assert_eq!(group(&nist, "MEASURE 2.2")["state"], "NotAssessed");
    // A function counts each requirement once, and no row twice.
    let govern = &group(&nist, "GOVERN")["requirements"];
    let mut once: Vec<&Value> = govern.as_array().expect("a list").iter().collect();
    once.dedup();
    assert_eq!(once.len(), govern.as_array().map_or(0, Vec::len));
}

#[test]
fn a_head_start_proposes_levels_and_answers_nothing() {
    let place = Place::new();
    place.write("a.ron", save("(requirement: \"7.5.3\", level: Level(0)),"));
    let before = place.read("a.ron");
    let row = |lens: &Value, id: &str| {
        let rows = leaves(lens).into_iter().flat_map(|group| group["rows"].as_array().cloned().unwrap_or_default());
        rows.into_iter().find(|row| row["requirement"] == id).unwrap_or_else(|| panic!("no row {id}"))
    };
    let security = lens(&place, "a.ron", "iso-27001");
    let privacy = lens(&place, "a.ron", "iso-27701");
    for lens in [&security, &privacy] {
        let rows: usize = leaves(lens).iter().map(|group| group["rows"].as_array().map_or(0, Vec::len)).sum();
        assert_eq!(rows, 70, "each requirement stands once");
        assert!(row(lens, "7.5.3")["proposed_level"].is_null(), "it is answered");
        assert_eq!(row(lens, "7.5.2")["proposed_level"], 2);
        assert_eq!(row(lens, "6.1.2")["proposed_level"], 1);
        assert!(row(lens, "A.5.5")["proposed_level"].is_null(), "a new subject");
    }
    // The two certificates are kept apart.
    assert_eq!(
        (&row(&security, "6.1.4")["relation"], &row(&privacy, "6.1.4")["relation"]),
        (&"new".into(), &"extend".into())
    );
    assert_eq!(
        (&row(&security, "A.10.3")["proposed_level"], &row(&privacy, "A.10.3")["proposed_level"]),
        (&2.into(), &1.into())
    );
    let text = place.run("lens a.ron iso-27001").out;
    assert!(text.contains("You have this, so these requirements start at\n"), "{text}");
    assert_eq!(place.read("a.ron"), before, "a proposal changes nothing");
}

#[test]
fn a_wrong_name_is_answered_with_the_right_ones() {
    let place = Place::new().with_save("saves/example.ron", "a.ron");
    let outcome = place.run("lens a.ron nist");
    let known = "coverage-areas, eu-ai-act, iso-27001, iso-27701, nist-ai-rmf";
    assert_eq!((outcome.code, outcome.err), (1, format!("aimscope: there is no lens `nist`; there are {known}\n")));
}

#[test]
fn no_lens_says_score_or_compliance() {
    let place = Place::new().with_save("saves/example.ron", "a.ron");
    for lens in ["coverage-areas", "eu-ai-act", "iso-27001", "iso-27701", "nist-ai-rmf"] {
        for format in ["text", "md", "csv", "json"] {
            let outcome = place.run(&format!("lens a.ron {lens} --format {format}"));
            assert_eq!(outcome.code, 0, "{}", outcome.err);
            let lower = outcome.out.to_lowercase();
            assert!(format == "csv" || lower.contains("support from your answers"), "{lens} as {format}");
            for never in ["nist score", "eu compliance", "compliant", "% compliance"] {
                assert!(!lower.contains(never), "{lens} as {format}: {never}");
            }
        }
    }
}

/// A folder of questionnaires with a lens of one's own.
fn with_own_lens(text: &str) -> Place {
    let place = Place::new().with_save("saves/example.ron", "a.ron");
    copy(Path::new("questionnaires"), &place.path("q"));
    place.write("q/lenses/own.ron", text);
    place
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("it is there") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}

#[test]
fn a_lens_of_one_s_own_is_loaded_and_checked() {
    let good = "(id: \"own\", title: \"Our policy\", about: \"What we promised.\", groups: [\n    \
                (id: \"fair\", number: \"P1\", title: \"Fairness\", rows: [(to: \"A.5.4\"), (to: \"A.7.4\", confidence: Medium)]),\n    \
                (id: \"tax\", title: \"Taxes\", gap: \"The standard says nothing on taxes.\"),\n])\n";
    let place = with_own_lens(good);
    let text = place.run("lens a.ron own --questionnaires q").out;
    assert!(text.starts_with("Our policy: support from your answers\n") && text.contains("P1 Fairness"), "{text}");
    assert!(text.contains("not covered by ISO/IEC 42001"), "{text}");
    assert_eq!(place.run("questionnaire check q").code, 0);
    let bad =
        good.replace("A.5.4", "A.11.1").replace("\"tax\"", "\"fair\"").replace("gap: \"The standard", "rows: [], // ");
    let outcome = with_own_lens(&bad.replace("says nothing on taxes.\"),", "\n),")).run("questionnaire check q");
    assert_eq!(outcome.code, 1);
    for problem in [
        "own.ron:2:63: there is no requirement A.11.1; name one of the 70, such as 6.1.2 or A.6.2.4",
        "own.ron:3:10: the group `fair` stands already at lenses/own.ron:2:10; each stands once",
        "own.ron:3:5: this group has no requirements; name at least one in `rows`, or say in `gap` why there is none",
    ] {
        let all = format!("{}{}", outcome.out, outcome.err);
        assert!(all.contains(problem), "{problem}\nis not in\n{all}");
    }
}

//! The report and the summary as files: valid and accessible HTML of an empty, a partly answered and a complete assessment,
//! templates of one's own, and what `--output` replaces and what not.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use aimscope::{
    content::builtin,
    model::{
        answer::{CheckAnswer, CheckResponse, LevelAnswer},
        assessment::Assessment,
        edit::{Change, Edit},
        evidence::Evidence,
        level::Level,
        reference::Reference,
    },
    store::{Loaded, layout},
};
use scraper::{ElementRef, Html, Selector};

use crate::support::{AS_OF, Place};

const EXAMPLE: &str = "saves/example.ron";

/// A save in which every level is stated, every check answered and all of it shown.
fn complete() -> String {
    let catalog = builtin::catalog();
    let day = "2026-11-01".parse().expect("a day");
    let mut assessment = Assessment::new("All of it", catalog.version.to_string(), day);
    let mut apply = |change| drop(assessment.apply(&Edit { by: "Ann".into(), on: day, at: None, change }));
    for (number, requirement) in catalog.requirements().enumerate() {
        let level = Level::ALL[3 + number % 3];
        apply(Change::level(requirement.id, LevelAnswer::Level(level)));
        for check in &requirement.checks {
            apply(Change::check(requirement.id, CheckResponse::new(check.id.to_string(), CheckAnswer::Yes)));
        }
    }
    let ids: Vec<Reference> = catalog.requirements().map(|requirement| requirement.id).collect();
    for (number, serves) in ids.chunks(8).enumerate() {
        let item = Evidence::found_at(&format!("binder/{number}.pdf"), day, "Ann", serves.to_vec(), &[]);
        apply(Change::SetEvidence { id: item.id.clone(), evidence: Some(item) });
    }
    layout::print(&assessment)
}

/// An empty, a partly answered and a complete save: `a.ron`, `b.ron`, `c.ron`.
fn place() -> Place {
    let place = Place::new().with_save(EXAMPLE, "b.ron");
    assert_eq!(place.run("new a --saves .").code, 0);
    place.write("c.ron", complete());
    place
}

/// The commands for every save, and those for one of them.
const COMMANDS: [&str; 4] = ["report", "report --part brief", "summary", "summary --anonymise"];
const MORE_COMMANDS: [&str; 8] = [
    "report --part standing",
    "report --part categories",
    "report --part findings",
    "report --part plan",
    "report --part soa",
    "report --part documents",
    "report --part systems",
    "report --part method,plan",
];

/// Each save with the commands to try on it.
fn cases() -> Vec<(&'static str, &'static str)> {
    let everywhere = ["a.ron", "b.ron", "c.ron"].into_iter().flat_map(|file| COMMANDS.map(|command| (file, command)));
    everywhere.chain(MORE_COMMANDS.map(|command| ("b.ron", command))).collect()
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector")).collect()
}

/// What is wrong with a page: syntax, ids, landmarks, order of headings, images without names, anything that is fetched.
fn faults(text: &str) -> Vec<String> {
    let page = Html::parse_document(text);
    let mut faults: Vec<String> = page.errors.iter().map(ToString::to_string).collect();
    let mut ids = BTreeSet::new();
    for element in all(&page, "[id]") {
        let id = element.value().id().unwrap_or_default();
        if !ids.insert(id.to_owned()) {
            faults.push(format!("id {id} stands twice"));
        }
    }
    for (selector, count) in [("html[lang=en]", 1), ("h1", 1), ("main", 1), ("header", 1), ("head > title", 1)] {
        if all(&page, selector).len() != count {
            faults.push(format!("{selector}: {} instead of {count}", all(&page, selector).len()));
        }
    }
    for selector in ["script", "link", "img", "iframe", "object", "[src]", "[style]", "[onclick]", "base", "form"] {
        if !all(&page, selector).is_empty() {
            faults.push(format!("there is a {selector}"));
        }
    }
    let depth = |element: &ElementRef| element.value().name()[1..].parse::<u8>().expect("a heading");
    let depths: Vec<u8> = all(&page, "h1, h2, h3, h4, h5, h6").iter().map(depth).collect();
    faults.extend(depths.windows(2).filter(|pair| pair[1] > pair[0] + 1).map(|pair| format!("headings {pair:?}")));
    let is_there = |names: &str| names.split(' ').all(|name| ids.contains(name));
    for figure in all(&page, "svg") {
        let value = figure.value();
        let named = value.attr("aria-labelledby").is_some_and(is_there);
        let children: Vec<&str> = figure.child_elements().take(2).map(|child| child.value().name()).collect();
        if value.attr("role") != Some("img") || !named || children != ["title", "desc"] {
            faults.push("an image has no name".to_owned());
        }
    }
    let links = all(&page, "a[href]");
    let broken = links.iter().filter_map(|link| link.value().attr("href"));
    faults.extend(broken.filter(|to| !to.strip_prefix('#').is_some_and(&is_there)).map(|to| format!("link {to}")));
    let unscoped = all(&page, "th:not([scope])").len();
    faults.extend((unscoped > 0).then(|| format!("{unscoped} heads of tables without scope")));
    faults
}

#[test]
fn html_is_valid_accessible_and_needs_nothing_else() {
    let place = place();
    for (file, command) in cases() {
        let outcome = place.run(&format!("{command} {file} --format html"));
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{command} {file}");
        assert_eq!(faults(&outcome.out), Vec::<String>::new(), "{command} {file}");
    }
    let figures =
        |file: &str| all(&Html::parse_document(&place.run(&format!("report {file} --format html")).out), "svg").len();
    assert!(figures("b.ron") >= 5, "verdicts, radar, bars and a timeline in parts");
    let faulty = faults("<!DOCTYPE html><html lang=en><title>x</title><h1 id=a>x</h1><h3 id=a>y</h3><img src=b></p>");
    assert!(faulty.len() >= 6, "the check itself finds faults: {faulty:?}");
}

#[test]
fn every_form_of_every_part_says_something() {
    let place = place();
    for (file, command) in cases() {
        for format in ["text", "md", "json"] {
            let outcome = place.run(&format!("{command} {file} --format {format}"));
            assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{command} {file} {format}");
            assert!(outcome.out.lines().count() > 8, "{command} {file} {format}: {}", outcome.out);
        }
    }
}

#[test]
fn equal_input_gives_equal_bytes_in_every_locale() {
    let place = place();
    for format in ["text", "md", "html", "json"] {
        let words = ["report", "b.ron", "--format", format, "--as-of", AS_OF];
        let mut command = Command::new(env!("CARGO_BIN_EXE_aimscope"));
        command
            .args(words)
            .current_dir(place.path(""))
            .env_clear()
            .env("LC_ALL", "de_DE.UTF-8")
            .env("TZ", "Asia/Tokyo");
        let there = command.output().expect("the program starts").stdout;
        let here = place.run(&format!("report b.ron --format {format}")).out;
        assert!(here.as_bytes() == there, "{format}");
    }
}

#[test]
fn output_goes_to_a_new_file_and_to_one_that_is_there_only_by_force() {
    let place = place();
    let outcome = place.run("report b.ron --format html --output r.html");
    assert_eq!((outcome.code, outcome.out.as_str(), outcome.err.as_str()), (0, "written: r.html\n", ""));
    assert_eq!(place.read("r.html"), place.run("report b.ron --format html").out);
    let outcome = place.run("summary b.ron --output r.html");
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
    assert!(outcome.err.starts_with("aimscope: r.html: there is a file already; --force"), "{}", outcome.err);
    assert!(place.read("r.html").starts_with("<!DOCTYPE html>"), "it is as it was");
    assert_eq!(place.run("summary b.ron --output r.html --force").code, 0);
    assert!(place.read("r.html").starts_with("Self-assessment summary"));
    let outcome = place.run("summary b.ron --output b.ron --force");
    assert_eq!(outcome.err, "aimscope: b.ron: this is the save itself; name another file\n");
    assert_eq!(place.read("b.ron"), fs::read_to_string(EXAMPLE).expect("the example"));
    assert_eq!(place.run("summary b.ron --force").code, 2, "nothing to replace");
}

#[test]
fn a_template_of_ones_own_starts_from_the_built_in_one() {
    let place = place();
    place.write("own.html", place.run("report --print-template").out);
    let built_in = place.run("report b.ron --format html").out;
    assert_eq!(place.run("report b.ron --format html --template own.html").out, built_in);
    place.write("short.html", "<p>{{ facts.plan.finish }}: {{ title }}</p>\n");
    let outcome = place.run("report b.ron --format html --template short.html");
    assert_eq!(outcome.out, "<p>2027-07-02: Report on Norrvik Claims, autumn 2026</p>\n");
}

#[test]
fn a_broken_template_is_an_error_with_its_line() {
    let place = place();
    let error = |template: &str| {
        place.write("own.html", template);
        let outcome = place.run("report b.ron --format html --template own.html --output r.html");
        assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
        assert!(!place.path("r.html").exists(), "nothing is written");
        outcome.err
    };
    assert!(
        error("<p>\n{{ titel }}\n").starts_with("aimscope: own.html:2:1: undefined value"),
        "{}",
        error("{{ titel }}")
    );
    assert!(
        error("<p>\n\n{% if x %}\n").starts_with("aimscope: own.html:3:1: syntax error"),
        "{}",
        error("{% if x %}")
    );
    let outcome = place.run("report b.ron --format html --template none.html");
    assert!(outcome.err.starts_with("aimscope: none.html: this template cannot be read"), "{}", outcome.err);
    let outcome = place.run("report b.ron --template own.html");
    assert_eq!(outcome.err, "aimscope: --template makes HTML; add --format html\n");
}

/// Everything that somebody typed into an assessment and that has more than three letters.
fn typed(assessment: &Assessment) -> BTreeSet<String> {
    let mut typed: Vec<String> = vec![assessment.name.clone()];
    let profile = &assessment.profile;
    typed.extend([profile.organization.clone(), profile.scope.clone()]);
    typed.extend(profile.team.iter().cloned());
    for answer in assessment.answers.values() {
        typed.extend([answer.owner.clone(), answer.note.clone()]);
        typed.extend(answer.changed.iter().map(|stamp| stamp.by.clone()));
        typed.extend(answer.checks.iter().map(|response| response.reason.clone()));
        typed.extend(
            answer.exclusion.iter().flat_map(|exclusion| [exclusion.reason.clone(), exclusion.reference.clone()]),
        );
    }
    for item in &assessment.evidence {
        typed.extend([item.id.clone(), item.title.clone(), item.location.clone(), item.owner.clone()]);
    }
    for system in &assessment.systems {
        typed.extend([system.id.clone(), system.name.clone(), system.owner.clone(), system.purpose.clone()]);
        typed.extend(system.suppliers.iter().chain(&system.affected).cloned());
    }
    typed.extend(assessment.actions.iter().flat_map(|action| [action.owner.clone(), action.reason.clone()]));
    typed.into_iter().map(|text| text.trim().to_owned()).filter(|text| text.chars().count() > 3).collect()
}

#[test]
fn an_anonymous_summary_has_nothing_that_somebody_typed() {
    let catalog = builtin::catalog();
    let assessment = Loaded::from_path(Path::new(EXAMPLE), &catalog).expect("the example").assessment;
    let typed = typed(&assessment);
    assert!(typed.len() > 90 && ["Leila", "Norrvik Claims AB"].iter().all(|name| typed.contains(*name)), "{typed:#?}");
    let place = place();
    for format in ["text", "md", "html", "json"] {
        let text = |names: &str| {
            let out = place.run(&format!("summary b.ron --format {format} {names}")).out;
            out.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let anonymous = text("--anonymise");
        let said: Vec<&String> = typed.iter().filter(|words| anonymous.contains(*words)).collect();
        assert_eq!(said, Vec::<&String>::new(), "{format}");
        assert!(text("").contains("Norrvik Claims AB") && text("").contains("Leila"), "with names it says who");
        assert!(text("--anonymise").contains(AS_OF), "{format}");
    }
}

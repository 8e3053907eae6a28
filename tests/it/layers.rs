//! The arrows of ARCHITECTURE.md, read from the source: which part may name which, and who may touch the world.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Per part of the house the parts that it may name.
const MAY_IMPORT: [(&str, &[&str]); 16] = [
    ("model", &[]),
    ("merge", &["model"]),
    ("clean_text", &[]),
    ("ron_text", &["clean_text"]),
    ("bom", &["model", "clean_text"]),
    ("content", &["model", "ron_text"]),
    ("impact", &["model", "bom"]),
    ("score", &["model", "impact"]),
    ("plan", &["model", "impact", "score"]),
    ("compare", &["model", "impact", "score", "plan"]),
    ("spreadsheet", &["clean_text"]),
    ("report", &["model", "bom", "impact", "score", "plan", "compare", "clean_text", "spreadsheet"]),
    ("exchange", &["model", "bom", "impact", "score", "plan", "report", "clean_text", "spreadsheet"]),
    ("store", &["model", "bom", "impact", "merge", "ron_text", "clean_text"]),
    ("tui", &["model", "merge", "bom", "impact", "score", "plan", "compare", "clean_text"]),
    (
        "cli",
        &[
            "model",
            "merge",
            "clean_text",
            "ron_text",
            "bom",
            "content",
            "impact",
            "score",
            "plan",
            "compare",
            "report",
            "spreadsheet",
            "exchange",
            "store",
            "tui",
        ],
    ),
];

/// Parts that are pure values: no files, no environment, no processes, no clock.
const PURE: [&str; 13] = [
    "model",
    "merge",
    "bom",
    "clean_text",
    "ron_text",
    "impact",
    "score",
    "plan",
    "compare",
    "report",
    "exchange",
    "spreadsheet",
    "tui",
];

/// What touches the world. `std::path` is only a value.
const WORLD: [&str; 8] =
    ["std::fs", "std::env", "std::process", "std::net", "Local::now", "Utc::now", "SystemTime", "Instant::now"];

/// Test code at the end of a file, or in a file of its own, may name anything.
const TEST_FILES: [&str; 5] = ["tests.rs", "testing.rs", "sample.rs", "arbitrary.rs", "properties.rs"];

#[test]
fn no_part_names_one_above_it() {
    let mut broken = Vec::new();
    for (part, line) in code_lines() {
        let allowed = MAY_IMPORT.iter().find(|(name, _)| *name == part.name).map(|(_, allowed)| *allowed);
        let Some(allowed) = allowed else { panic!("{} is in no part that ARCHITECTURE.md names", part.path.display()) };
        for named in named_parts(&line) {
            if named != part.name && !allowed.contains(&named.as_str()) {
                let rule = format!("{} may name {}", part.name, allowed.join(", "));
                broken.push(format!("{}:{}: names {named}; {rule}", part.path.display(), line.number));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn pure_parts_do_not_touch_the_world() {
    let mut broken = Vec::new();
    for (part, line) in code_lines().into_iter().filter(|(part, _)| PURE.contains(&part.name.as_str())) {
        for word in WORLD.into_iter().filter(|word| line.text.contains(word)) {
            broken.push(format!("{}:{}: {word} in {}", part.path.display(), line.number, part.name));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn only_one_file_knows_the_terminal() {
    let lines = code_lines();
    let knows = lines.iter().filter(|(_, line)| line.text.contains("crossterm"));
    let files: BTreeMap<&Path, usize> = knows.map(|(part, line)| (part.path.as_path(), line.number)).collect();
    let expected = ["src/cli/output.rs", "src/tui/terminal.rs"].map(Path::new);
    assert_eq!(files.keys().copied().collect::<Vec<_>>(), expected, "output.rs asks for the width only");
}

#[test]
fn every_file_says_what_it_is_for() {
    for path in rust_files(Path::new("src")) {
        let text = fs::read_to_string(&path).expect("a source file");
        assert!(text.starts_with("//! "), "{} does not open with //!", path.display());
    }
}

struct Part {
    name: String,
    path: PathBuf,
}

struct Line {
    number: usize,
    text: String,
    /// Whether it stands inside `use crate::{` and `};`.
    is_grouped_import: bool,
}

/// All lines of code outside tests, with the part that they belong to.
fn code_lines() -> Vec<(Part, Line)> {
    let mut lines = Vec::new();
    for path in rust_files(Path::new("src")) {
        let file = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let name = part_of(&path);
        if TEST_FILES.contains(&file) || name.is_empty() || path.components().any(|part| part.as_os_str() == "tests") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file");
        let code = text.lines().enumerate().take_while(|(_, line)| !line.starts_with("mod tests"));
        let mut is_grouped_import = false;
        for (index, line) in code.filter(|(_, line)| !line.trim_start().starts_with("//")) {
            is_grouped_import = line.ends_with("use crate::{") || (is_grouped_import && line != "};");
            let part = Part { name: name.clone(), path: path.clone() };
            lines.push((part, Line { number: index + 1, text: line.to_owned(), is_grouped_import }));
        }
    }
    lines
}

/// `score` of `src/score.rs` and of `src/score/figures.rs`; nothing for the crate root.
fn part_of(path: &Path) -> String {
    let first = path.components().nth(1).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let name = first.unwrap_or_default().trim_end_matches(".rs").to_owned();
    if ["lib", "main"].contains(&name.as_str()) { String::new() } else { name }
}

/// The parts that a line names: `crate::score::...` anywhere, or `score::{...}` inside a `use crate::{` block.
fn named_parts(line: &Line) -> Vec<String> {
    let Line { text, is_grouped_import, .. } = line;
    let is_part = |word: &str| MAY_IMPORT.iter().any(|(name, _)| *name == word);
    let mut named: Vec<String> = text
        .match_indices("crate::")
        .map(|(at, prefix)| text[at + prefix.len()..].split(|c: char| !c.is_alphanumeric() && c != '_').next())
        .filter_map(|word| word.map(str::to_owned))
        .collect();
    // One entry of a grouped import stands at one level of indentation.
    if *is_grouped_import && text.starts_with("    ") && !text.starts_with("     ") {
        named.extend(text.trim_start().split_once("::").map(|(word, _)| word.to_owned()));
    }
    named.retain(|word| is_part(word));
    named
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the source folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

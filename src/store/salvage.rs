//! Reads what can still be read of a broken save, block by block: the canonical layout has one block per answer, item of
//! evidence, system and action, each with a last line of its own. Whatever is not taken over is listed.

use std::{collections::BTreeSet, path::Path};

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use crate::{
    model::assessment::Assessment,
    ron_text::{self, Place, Problem},
    store::{
        clean,
        file::{FileV1, VERSION},
        limits,
    },
};

/// What is left of a broken save.
#[derive(Clone, Debug)]
pub struct Salvage {
    /// What could be read.
    pub assessment: Assessment,
    /// How many answers are in it.
    pub answers: usize,
    /// What could not be read, with its place and the reason, in the order of the file.
    pub lost: Vec<Problem>,
}

/// Reads what can be read. Nothing when not even one answer or system is left.
pub fn salvage(path: &Path, bytes: &[u8], catalog: &str, today: NaiveDate) -> Option<Salvage> {
    let text = String::from_utf8_lossy(bytes);
    let mut reader =
        Reader { path, text: ron_text::without_mark(&text), file: blank(catalog, today), lost: Vec::new() };
    reader.read();
    let Reader { mut file, mut lost, .. } = reader;
    clean::clean(&mut file);
    keep_first(path, &mut file.answers, |answer| answer.requirement.to_string(), &mut lost);
    keep_first(path, &mut file.evidence, |item| item.id.clone(), &mut lost);
    keep_first(path, &mut file.systems, |system| system.id.clone(), &mut lost);
    keep_first(path, &mut file.own_controls, |control| control.id.clone(), &mut lost);
    keep_first(path, &mut file.actions, |record| record.action.clone(), &mut lost);
    keep_first(path, &mut file.gateway, |answer| answer.question.clone(), &mut lost);
    keep_first(path, &mut file.targets, |target| target.category.to_string(), &mut lost);
    let assessment = file.into_assessment();
    let answers = assessment.answers.len();
    let is_something = answers + assessment.systems.len() > 0;
    is_something.then_some(Salvage { assessment, answers, lost })
}

fn blank(catalog: &str, today: NaiveDate) -> FileV1 {
    FileV1 { version: VERSION, ..FileV1::of(Assessment::new("", catalog, today)) }
}

/// Of entries with the same key only the first is taken over; that is said of the others.
fn keep_first<T>(path: &Path, list: &mut Vec<T>, key: fn(&T) -> String, lost: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    list.retain(|entry| {
        let key = key(entry);
        let is_first = seen.insert(key.clone());
        if !is_first {
            lost.push(Problem::with_file(
                path,
                format!("`{key}` stands there a second time; the first one is taken over"),
            ));
        }
        is_first
    });
}

/// A line with its number, counted from 1, and where it begins.
#[derive(Clone, Copy)]
struct Line<'t> {
    number: usize,
    start: usize,
    text: &'t str,
}

struct Reader<'t> {
    path: &'t Path,
    text: &'t str,
    file: FileV1,
    lost: Vec<Problem>,
}

/// How a field of the save begins, and how what is inside a section does.
const FIELD: &str = "    ";
const INSIDE: &str = "        ";

impl Reader<'_> {
    fn read(&mut self) {
        let mut start = 0;
        let lines = self.text.split_inclusive('\n').enumerate().map(|(index, text)| {
            let line = Line { number: index + 1, start, text: text.trim_end_matches(['\n', '\r']) };
            start += text.len();
            line
        });
        let lines: Vec<Line<'_>> = lines.collect();
        let is_field = |line: &Line<'_>| field_of(line.text).is_some();
        let mut at = lines.iter().position(is_field).unwrap_or(lines.len());
        while let Some(first) = lines.get(at) {
            let length = 1 + lines[at + 1..].iter().take_while(|line| !is_field(line)).count();
            self.field(*first, &lines[at..at + length]);
            at += length;
        }
    }

    /// Reads one field of the save with all its lines.
    fn field(&mut self, first: Line<'_>, lines: &[Line<'_>]) {
        let Some((name, value)) = field_of(first.text) else { return };
        match name {
            "version" => {}
            "catalog" => self.file.catalog = self.value(first, lines, value).unwrap_or_default(),
            "name" => self.file.name = self.value(first, lines, value).unwrap_or_default(),
            "created" => {
                if let Some(created) = self.value(first, lines, value) {
                    self.file.created = created;
                }
            }
            "profile" => self.file.profile = self.value(first, lines, value).unwrap_or_default(),
            "criteria" => self.file.criteria = self.value(first, lines, value).unwrap_or_default(),
            "declared_absent" => self.file.declared_absent = self.value(first, lines, value).unwrap_or_default(),
            "targets" => self.file.targets = self.single_lines(lines),
            "gateway" => self.file.gateway = self.single_lines(lines),
            "systems" => self.file.systems = self.blocks(lines),
            "evidence" => self.file.evidence = self.blocks(lines),
            "answers" => self.file.answers = self.blocks(lines),
            "own_controls" => self.file.own_controls = self.blocks(lines),
            "statement" => self.file.statement = self.value(first, lines, value).unwrap_or_default(),
            "actions" => self.file.actions = self.blocks(lines),
            "rounds" => self.file.rounds = self.blocks(lines),
            other => self.lose(first, &format!("there is no field `{other}`")),
        }
    }

    /// The value of a field that is one, over all its lines.
    fn value<T: DeserializeOwned>(&mut self, first: Line<'_>, lines: &[Line<'_>], value: &str) -> Option<T> {
        let start = first.start + first.text.len() - value.len();
        let end = lines.last().map_or(start, |line| line.start + line.text.len());
        let text = self.text[start..end].trim_end();
        // The bracket that closes the save may follow its last field.
        let text = text.strip_suffix("\n)").unwrap_or(text).trim_end();
        self.parse(first, start, text.strip_suffix(',').unwrap_or(text))
    }

    /// The entries of a list that has one on each line.
    fn single_lines<T: DeserializeOwned>(&mut self, lines: &[Line<'_>]) -> Vec<T> {
        let entries = lines[1..].iter().filter(|line| line.text.starts_with(INSIDE));
        let read = entries.filter_map(|line| {
            let text = line.text.trim();
            self.parse(*line, line.start + line.text.len() - line.text.trim_start().len(), text.trim_end_matches(','))
        });
        read.collect()
    }

    /// The entries of a list that has one in each block.
    fn blocks<T: DeserializeOwned>(&mut self, lines: &[Line<'_>]) -> Vec<T> {
        let mut read = Vec::new();
        let mut open: Option<Line<'_>> = None;
        for line in &lines[1..] {
            let inside = line.text.strip_prefix(INSIDE).unwrap_or_default();
            if inside.trim_end() == "(" {
                if let Some(first) = open.replace(*line) {
                    self.lose(first, "the block that begins here does not end");
                }
            } else if let Some(rest) = inside.strip_prefix(')') {
                match open.take() {
                    Some(first) => {
                        let start = first.start + INSIDE.len();
                        let end = line.start + INSIDE.len() + 1;
                        read.extend(self.parse(first, start, &self.text[start..end]));
                    }
                    None => self.lose(*line, &format!("the block of {} has no beginning", label(rest))),
                }
            }
        }
        if let Some(first) = open {
            self.lose(first, "the block that begins here does not end");
        }
        read
    }

    fn parse<T: DeserializeOwned>(&mut self, line: Line<'_>, start: usize, text: &str) -> Option<T> {
        let parsed = limits::check(self.path, text).and_then(|()| ron_text::parse(self.path, text));
        let problem = match parsed {
            Ok(value) => return Some(value),
            Err(problem) => problem,
        };
        // Its place was counted from the block; the save is what the person will look at.
        let place = problem.place.unwrap_or(Place { line: 1, column: 1 });
        let before = Place::of(self.text, start);
        let column = if place.line == 1 { before.column + place.column - 1 } else { place.column };
        let place = Place { line: line.number + place.line - 1, column };
        self.lost.push(Problem { place: Some(place), ..*problem });
        None
    }

    fn lose(&mut self, line: Line<'_>, reason: &str) {
        let place = Place { line: line.number, column: 1 };
        self.lost.push(Problem::at(self.path, self.text, place, reason));
    }
}

/// The name of the field that begins on a line of the canonical layout, and what follows on that line.
fn field_of(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix(FIELD)?.split_once(": ")?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    is_name.then_some((name, value))
}

/// What the last line of a block says that it is.
fn label(rest: &str) -> &str {
    rest.split_once("// ").map_or("something", |(_, label)| label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::layout;

    const VERSION_1: &str = include_str!("../../tests/fixtures/save_v1.ron");

    fn salvaged(text: &[u8]) -> Option<Salvage> {
        salvage(Path::new("a.ron"), text, "2026.11", NaiveDate::default())
    }

    fn lost(salvage: &Salvage) -> Vec<String> {
        salvage.lost.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_save_that_is_whole_is_taken_over_whole() {
        let salvage = salvaged(VERSION_1.as_bytes()).expect("something");
        assert_eq!(lost(&salvage), [""; 0]);
        assert_eq!(layout::print(&salvage.assessment), VERSION_1);
        let statement = include_str!("../../tests/fixtures/save_v1_statement.ron");
        let salvage = salvaged(statement.as_bytes()).expect("something");
        assert_eq!((lost(&salvage), layout::print(&salvage.assessment)), (Vec::new(), statement.to_owned()));
        let crlf = format!("\u{feff}{}", VERSION_1.replace('\n', "\r\n"));
        let salvage = salvaged(crlf.as_bytes()).expect("something");
        assert_eq!(lost(&salvage), [""; 0]);
    }

    /// A save with these blocks of answers.
    fn save(answers: &str) -> String {
        format!(
            "(\n    version: 1,\n    catalog: \"1\",\n    name: \"Acme\",\n    created: \"2026-01-01\",\n    answers: [\n{answers}    ],\n)\n"
        )
    }

    fn block(requirement: &str, field: &str) -> String {
        format!(
            "        (\n            requirement: \"{requirement}\",\n            {field},\n        ), // {requirement}\n"
        )
    }

    #[test]
    fn only_the_broken_block_is_lost_and_named_with_its_place() {
        let case = |broken: &str, expected: &[&str]| {
            let text = save(&format!("{}{broken}{}", block("4.1", "level: Level(3)"), block("4.3", "level: Level(2)")));
            let salvage = salvaged(text.as_bytes()).expect("something");
            let kept: Vec<String> = salvage.assessment.answers.keys().map(ToString::to_string).collect();
            assert_eq!(kept, ["4.1", "4.3"], "of {broken}");
            assert_eq!(lost(&salvage), expected, "of {broken}");
            assert_eq!((salvage.answers, salvage.assessment.name.as_str()), (2, "Acme"));
        };
        case("", &[]);
        case(
            &block("4.2", "level: Level(7)"),
            &["a.ron:13:26: unknown level 7; a level is 0 to 5\n    level: Level(7),"],
        );
        case(
            &block("4.2", "note: \"no end"),
            &["a.ron:13:19: the text that begins here has no closing quote\n    note: \"no end,"],
        );
        case(
            "        (\n            requirement: \"4.2\",\n",
            &["a.ron:11:1: the block that begins here does not end\n    ("],
        );
        case("        ), // 4.2\n", &["a.ron:11:1: the block of 4.2 has no beginning\n    ), // 4.2"]);
        case(
            &block("4.1", "level: Level(1)"),
            &["a.ron: `4.1` stands there a second time; the first one is taken over"],
        );
        case("<<<<<<< HEAD\n=======\n>>>>>>> theirs\n", &[]);
    }

    #[test]
    fn a_file_that_ends_early_gives_what_stands_before() {
        for end in 0..VERSION_1.len() {
            let whole = salvaged(VERSION_1.as_bytes()).expect("something").assessment;
            let Some(part) = salvaged(&VERSION_1.as_bytes()[..end]) else { continue };
            for (requirement, answer) in part.assessment.answers {
                assert_eq!(whole.answers.get(&requirement), Some(&answer), "cut at {end}");
            }
        }
        let text = save(&block("4.1", "level: Level(3)"));
        let cut = text.find("    ],").expect("the end of the list");
        assert_eq!(salvaged(&text.as_bytes()[..cut]).expect("something").answers, 1);
    }

    #[test]
    fn of_what_is_no_save_nothing_is_left() {
        for bytes in [&b""[..], b"hello", &[0xff; 200], b"(version: 1, answers: [])", "(".repeat(5000).as_bytes()] {
            assert!(salvaged(bytes).is_none());
        }
    }
}

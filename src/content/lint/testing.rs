//! A desk for tests: the real questionnaires, broken in one place, and exactly what the lint then finds.

use std::{
    collections::BTreeSet,
    fmt::Write,
    path::{Path, PathBuf},
};

use crate::{
    content::{lint, source::Source},
    model::catalog::Catalog,
    ron_text::{Place, Problem},
};

/// The questionnaires of this repository with a small plan and no gateway, documents and lenses, so that an edit of a
/// requirement breaks nothing else.
pub(super) struct Desk {
    source: Source,
    has_own_plan: bool,
}

/// Stands in the text of a test where a problem is expected.
const MARK: char = '¶';

/// Stands where the second place is that the message of a problem names.
const SECOND_MARK: char = '§';

impl Desk {
    pub(super) fn new() -> Desk {
        let mut source = Source::read(&folder()).expect("the questionnaires of this repository are there");
        source.files.retain(|path, _| !path.parent().is_some_and(|parent| parent.ends_with("lenses")));
        let desk = Desk { source, has_own_plan: false };
        let desk = desk.write("gateway.ron", "(questions: [])").write("documents.ron", "(documents: [])");
        desk.write("actions.ron", "(actions: [])")
    }

    /// Writes a whole file.
    pub(super) fn write(mut self, name: &str, text: &str) -> Desk {
        self.source.files.insert(folder().join(name), text.to_owned());
        self
    }

    /// Takes a file away.
    pub(super) fn remove(mut self, name: &str) -> Desk {
        self.source.files.remove(&folder().join(name));
        self
    }

    /// The text of a file.
    pub(super) fn text(&self, name: &str) -> String {
        self.source.files[&folder().join(name)].clone()
    }

    /// Replaces a line that is found by going from line to line: each entry of `way` is how the next one begins.
    pub(super) fn line(self, name: &str, way: &[&str], new: &str) -> Desk {
        self.replace(name, way, new, |_, _| 1)
    }

    /// Replaces a list from the line on which it opens to the line on which it closes.
    pub(super) fn list(self, name: &str, way: &[&str], new: &str) -> Desk {
        self.replace(name, way, new, |lines, at| {
            let indent = lines[at].len() - lines[at].trim_start().len();
            let close = format!("{}],", " ".repeat(indent));
            1 + lines[at..].iter().position(|line| *line == close).unwrap_or_else(|| panic!("the list is not closed"))
        })
    }

    fn replace(mut self, name: &str, way: &[&str], new: &str, length: impl Fn(&[&str], usize) -> usize) -> Desk {
        if name == "actions.ron" && !self.has_own_plan {
            self.write_small_plan();
            self.has_own_plan = true;
        }
        let text = self.text(name);
        let mut lines: Vec<&str> = text.lines().collect();
        let mut next = 0;
        for start in way {
            let found = lines[next..].iter().position(|line| line.trim_start().starts_with(start));
            next += 1 + found.unwrap_or_else(|| panic!("no line of {name} begins with {start} after line {next}"));
        }
        let at = next - 1;
        let length = length(&lines, at);
        lines.splice(at..at + length, [new]);
        self.write(name, &lines.join("\n"))
    }

    /// Asserts that the lint finds one problem at each mark, in the order of the files, and nothing else.
    ///
    /// In a message, `{}` stands for the place of the second mark.
    #[track_caller]
    pub(super) fn expect(mut self, messages: &[&str]) {
        let expected = self.expected(messages);
        assert_eq!(self.problems(), expected);
    }

    /// Asserts that a problem at each mark is among those that the lint finds.
    #[track_caller]
    pub(super) fn expect_among(mut self, messages: &[&str]) {
        let expected = self.expected(messages);
        let problems = self.problems();
        for line in expected {
            assert!(problems.contains(&line), "{line}\nis not among\n{}", problems.join("\n"));
        }
    }

    #[track_caller]
    fn expected(&mut self, messages: &[&str]) -> Vec<String> {
        let second = take_marks(&mut self.source, SECOND_MARK).into_iter().next().unwrap_or_default();
        let places = take_marks(&mut self.source, MARK);
        assert_eq!(places.len(), messages.len(), "a message for each mark");
        let lines = places.iter().zip(messages);
        lines.map(|(place, message)| format!("{place}: {}", message.replace("{}", &second))).collect()
    }

    /// The catalogue as it is edited so far.
    #[track_caller]
    pub(super) fn catalog(&self) -> Catalog {
        self.source.parse().unwrap_or_else(|problems| panic!("{}", problems[0]))
    }

    /// The first problem of a set that cannot be read.
    #[track_caller]
    pub(super) fn parse_problem(&self) -> String {
        let problems = self.source.parse().err().unwrap_or_default();
        problems.into_iter().next().map(in_one_line).expect("a problem of reading")
    }

    /// What the lint finds: `clauses/04_context.ron:12:5: message`.
    #[track_caller]
    pub(super) fn problems(mut self) -> Vec<String> {
        if !self.has_own_plan {
            self.write_small_plan();
        }
        let catalog = self.catalog();
        lint::check(&self.source, &catalog).into_iter().map(in_one_line).collect()
    }

    /// Writes the small plan for the requirements as they are edited so far, marks left aside.
    fn write_small_plan(&mut self) {
        let mut unmarked = Source { files: self.source.files.clone() };
        take_marks(&mut unmarked, SECOND_MARK);
        take_marks(&mut unmarked, MARK);
        let catalog = unmarked.parse().unwrap_or_else(|problems| panic!("{}", problems[0]));
        self.source.files.insert(folder().join("actions.ron"), small_plan(&catalog));
    }
}

/// Takes a mark out of all files and says where it stood, other marks not counted.
fn take_marks(source: &mut Source, mark: char) -> Vec<String> {
    let mut places = Vec::new();
    for (path, text) in &mut source.files {
        while let Some(offset) = text.find(mark) {
            text.remove(offset);
            let line_start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
            let marks = text[line_start..offset].matches([MARK, SECOND_MARK]).count();
            let Place { line, column } = Place::of(text, offset);
            places.push(format!("{}:{line}:{}", name_of(path), column - marks));
        }
    }
    places
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("questionnaires")
}

fn name_of(path: &Path) -> String {
    path.strip_prefix(folder()).unwrap_or(path).display().to_string()
}

fn in_one_line(problem: Problem) -> String {
    let place = problem.place.map_or(String::new(), |place| format!(":{}:{}", place.line, place.column));
    format!("{}{place}: {}", name_of(&problem.path), problem.message)
}

/// Two actions per category: `close-4` closes all and lifts to 3, `raise-4` lifts to 4.
fn small_plan(catalog: &Catalog) -> String {
    let mut plan = String::from("(\n    actions: [\n");
    for category in &catalog.categories {
        let slug = category.category.to_string().to_lowercase().replace('.', "-");
        let ids: BTreeSet<_> = category.requirements.iter().map(|requirement| requirement.id).collect();
        let checks: BTreeSet<_> =
            category.requirements.iter().flat_map(|r| r.binding_checks().map(|check| r.reference_of(check))).collect();
        let closes: Vec<String> = checks.iter().map(|check| format!("\"{check}\"")).collect();
        for (id, closes, level, after) in [
            (format!("close-{slug}"), closes.join(", "), 3, String::new()),
            (format!("raise-{slug}"), String::new(), 4, format!("\"close-{slug}\"")),
        ] {
            let lifts: Vec<String> = ids.iter().map(|id| format!("(requirement: \"{id}\", to: {level})")).collect();
            let lines = [
                "(".to_owned(),
                format!("id: \"{id}\","),
                "title: \"Work\", do: \"Do it.\", deliverable: \"A page\", role: \"Lead\",".to_owned(),
                "effort: S,".to_owned(),
                format!("closes: [{closes}],"),
                format!("lifts: [{}],", lifts.join(", ")),
                format!("after: [{after}],"),
                "),".to_owned(),
            ];
            writeln!(plan, "        {}", lines.join("\n            ")).expect("a string takes all writes");
        }
    }
    plan.push_str("    ],\n)\n");
    plan
}

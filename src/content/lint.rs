//! The rules that a set of questionnaires keeps, checked as a whole: all problems at once, each with its place.
//!
//! The parser refuses what has the wrong shape; this refuses what has the right shape and would mislead a person, break
//! a score or leave a gap without an action. `standard` holds the numbers that the rules compare with; every other
//! module is one subject.

mod actions;
mod checks;
mod documents;
mod eu_act;
mod gateway;
mod glossary;
mod impact;
mod ladders;
mod lenses;
mod order;
mod outline;
mod requirements;
mod standard;
mod structure;
#[cfg(test)]
mod testing;
mod wording;

use std::{
    collections::BTreeMap,
    ops::RangeInclusive,
    path::{Path, PathBuf},
};

use crate::{
    content::{
        lint::outline::{File, Spot},
        source::Source,
    },
    model::{catalog::Catalog, reference::Reference, requirement::Requirement},
    ron_text::Problem,
};

pub use ladders::{LONGEST_QUICK_PASS, quick_pass_words};

/// Reads, parses and checks the questionnaires of a folder.
///
/// # Errors
/// All problems of the first of these steps that finds any, sorted by path and place.
pub fn load(folder: &Path) -> Result<Catalog, Vec<Problem>> {
    let source = Source::read(folder)?;
    let catalog = source.parse()?;
    let problems = check(&source, &catalog);
    if problems.is_empty() { Ok(catalog) } else { Err(problems) }
}

/// All problems of a set of questionnaires, sorted by path and place.
///
/// The catalogue is the one that [`Source::parse`] made of that source; any other has other places.
pub fn check(source: &Source, catalog: &Catalog) -> Vec<Problem> {
    let files: Vec<File<'_>> = source.files.iter().map(|(path, text)| File::new(path, text)).collect();
    let mut linter = Linter::new(&files, catalog);
    wording::check(&mut linter);
    structure::check(&mut linter);
    requirements::check(&mut linter);
    ladders::check(&mut linter);
    actions::check(&mut linter);
    gateway::check(&mut linter);
    glossary::check(&mut linter);
    impact::check(&mut linter);
    documents::check(&mut linter);
    eu_act::check(&mut linter);
    lenses::check(&mut linter);
    linter.problems.sort();
    linter.problems
}

/// What every subject needs: the values, where they stand, and a list to report to.
struct Linter<'a> {
    catalog: &'a Catalog,
    /// In the order of their paths.
    files: &'a [File<'a>],
    /// All requirements, each with the record that it was read from.
    requirements: Vec<(&'a Requirement, Spot<'a>)>,
    /// The folder that was read, left out where a problem names a second place.
    folder: PathBuf,
    problems: Vec<Problem>,
}

impl<'a> Linter<'a> {
    fn new(files: &'a [File<'a>], catalog: &'a Catalog) -> Self {
        let edition = files.iter().find(|file| file.path.ends_with("catalog.ron"));
        let folder = edition.and_then(|file| file.path.parent()).unwrap_or(Path::new("")).to_owned();
        let mut linter = Linter { catalog, files, requirements: Vec::new(), folder, problems: Vec::new() };
        linter.requirements = structure::placed_requirements(&linter);
        linter
    }

    /// The outermost record of the file of that name.
    fn file(&self, name: &str) -> Spot<'a> {
        let file = self.files.iter().find(|file| file.path.ends_with(name));
        file.expect("a source that was parsed has all single files").root()
    }

    /// The outermost records of all files directly in a subfolder, by path.
    fn files_in(&self, folder: &str) -> Vec<Spot<'a>> {
        let is_there = |path: &Path| path.parent().is_some_and(|parent| parent.ends_with(folder));
        self.files.iter().filter(|file| is_there(file.path)).map(File::root).collect()
    }

    /// Where a requirement stands, if it is in the set.
    fn requirement(&self, id: Reference) -> Option<Spot<'a>> {
        self.requirements.iter().find(|(requirement, _)| requirement.id == id).map(|(_, spot)| *spot)
    }

    /// Adds a problem.
    fn report(&mut self, spot: Spot<'_>, message: impl Into<String>) {
        self.problems.push(Problem::at(spot.file.path, spot.file.text, spot.place(), message));
    }

    /// Names a second place within a message: `clauses/04_context.ron:12:5`.
    fn name(&self, spot: Spot<'_>) -> String {
        let path = spot.file.path.strip_prefix(&self.folder).unwrap_or(spot.file.path);
        format!("{}:{}:{}", path.display(), spot.place().line, spot.place().column)
    }

    /// Reports a text of which nothing is to be seen.
    fn present(&mut self, spot: Spot<'_>, what: &str, text: &str) {
        if text.trim().is_empty() {
            self.report(spot, format!("the {what} is empty; write it"));
        }
    }

    /// Reports a text that is empty or has too many characters.
    fn text(&mut self, spot: Spot<'_>, what: &str, text: &str, longest: usize) {
        self.present(spot, what, text);
        let length = text.chars().count();
        if length > longest {
            self.report(spot, format!("the {what} has {length} characters; at most {longest} fit"));
        }
    }

    /// Reports a list with too few or too many entries.
    fn count(&mut self, spot: Spot<'_>, what: &str, count: usize, range: RangeInclusive<usize>) {
        if !range.contains(&count) {
            let (least, most) = (range.start(), range.end());
            self.report(spot, format!("there should be {least} to {most} {what} here, not {count}"));
        }
    }

    /// Reports every name that stands in the list a second time.
    fn unique<'n>(&mut self, what: &str, names: impl IntoIterator<Item = (&'n str, Spot<'a>)>) {
        let mut seen: BTreeMap<&str, Spot<'a>> = BTreeMap::new();
        for (name, spot) in names {
            match seen.get(name) {
                Some(first) => {
                    let first = self.name(*first);
                    self.report(spot, format!("the {what} `{name}` stands already at {first}; each stands once"));
                }
                None => drop(seen.insert(name, spot)),
            }
        }
    }

    /// Reports a short name that is not made of lower-case letters, digits and hyphens.
    fn slug(&mut self, spot: Spot<'_>, id: &str) {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !id.starts_with(|c: char| c.is_ascii_lowercase()) || !id.chars().all(fits) {
            let shape = "it starts with a letter and has lower-case letters, digits and hyphens only";
            self.report(spot, format!("`{id}` is not a short name; {shape}"));
        }
    }

    /// Reports a reference that leads nowhere, such as an invented control.
    fn known(&mut self, spot: Spot<'_>, id: Reference) {
        if self.requirement(id).is_none() {
            self.report(spot, format!("there is no requirement {id}; name one of the 70, such as 6.1.2 or A.6.2.4"));
        }
    }

    /// Reports the references of the field `name` of a record that lead nowhere or stand there twice.
    fn references(&mut self, record: Spot<'a>, name: &str, ids: &[Reference]) {
        for (index, id) in ids.iter().enumerate() {
            let spot = record.text(name, index);
            self.known(spot, *id);
            if ids[..index].contains(id) {
                self.report(spot, format!("{id} stands here twice; name it once"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::lint::testing::Desk;

    fn questionnaires() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("questionnaires")
    }

    #[test]
    fn the_questionnaires_of_this_repository_keep_all_rules() {
        let problems = load(&questionnaires()).err().unwrap_or_default();
        let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
        assert!(lines.is_empty(), "{} problems\n{}", lines.len(), lines.join("\n"));
    }

    #[test]
    fn the_quick_pass_of_this_repository_is_short_enough() {
        let catalog = Source::read(&questionnaires()).and_then(|source| source.parse()).expect("it parses");
        let words = quick_pass_words(&catalog);
        assert!((1..=LONGEST_QUICK_PASS).contains(&words), "{words} words");
    }

    #[test]
    fn the_desk_of_the_tests_starts_without_a_problem() {
        Desk::new().expect(&[]);
    }

    #[test]
    fn all_problems_come_at_once_sorted_by_path_and_place() {
        let controls = "controls/a02_policies.ron";
        Desk::new()
            .line(controls, &["id: \"A.2.3\"", "weight:"], "¶weight: 9,")
            .line(controls, &["id: \"A.2.2\"", "roles:"], "¶roles: [],")
            .line("clauses/04_context.ron", &["id: \"4.1\"", "weight:"], "¶weight: 0,")
            .expect(&[
                "unknown weight 0; a weight is 1 to 3",
                "no role; name at least one of Producer, Provider, User, Partner",
                "unknown weight 9; a weight is 1 to 3",
            ]);
    }

    #[test]
    fn a_folder_is_read_parsed_and_checked() {
        let nowhere = load(&questionnaires().join("nowhere")).err().unwrap_or_default();
        assert!(nowhere[0].to_string().contains("cannot list it"), "{}", nowhere[0]);

        let folder = tempfile::tempdir().expect("a folder");
        for part in ["clauses", "controls", "lenses"] {
            std::fs::create_dir(folder.path().join(part)).expect("a subfolder");
        }
        let broken = load(folder.path()).err().unwrap_or_default();
        assert_eq!(broken[0].to_string(), "catalog.ron: this questionnaire file is missing; every folder needs one");

        for (name, text) in [
            ("catalog.ron", "(version: \"1\")"),
            ("actions.ron", "(actions: [])"),
            ("gateway.ron", "(questions: [])"),
            ("glossary.ron", "(terms: [])"),
            ("documents.ron", "(documents: [])"),
        ] {
            std::fs::write(folder.path().join(name), text).expect("a file");
        }
        for name in ["impact_assessment.ron", "eu_ai_act.ron"] {
            std::fs::copy(questionnaires().join(name), folder.path().join(name)).expect("a copy");
        }
        let empty = load(folder.path()).err().unwrap_or_default();
        assert_eq!(empty.len(), 16, "one problem for each missing category");
        let last = "category A.9 is missing; add a file with category: \"A.9\" and its requirements";
        assert_eq!(empty[15].to_string(), format!("{}: {last}", folder.path().join("controls").display()));
    }
}

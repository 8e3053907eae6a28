//! The questionnaire files of a folder: which file holds what, and all of them read into one catalogue.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::{
    model::{
        action::Action,
        catalog::{Catalog, Document, Term},
        decision_path::DecisionPath,
        gateway::GatewayQuestion,
        impact::form::ImpactForm,
        lens::Lens,
        requirement::Category,
    },
    ron_text::{self, Problem},
};

/// The texts of all questionnaire files of a folder, kept so that a problem found later can be placed.
#[derive(Debug, Default)]
pub struct Source {
    /// Path (with the folder in front) and text, in the order of the paths.
    pub files: BTreeMap<PathBuf, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditionFile {
    version: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
struct ActionsFile {
    actions: Vec<Action>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
struct GatewayFile {
    questions: Vec<GatewayQuestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
struct GlossaryFile {
    terms: Vec<Term>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "'de: 'static"))]
struct DocumentsFile {
    documents: Vec<Document>,
}

/// The largest questionnaire file that is read, in bytes; the largest of ours has a hundredth of it.
const LARGEST_FILE: u64 = 4 * 1024 * 1024;

impl Source {
    /// Reads all `.ron` files of a folder and of its subfolders `clauses`, `controls` and `lenses`.
    ///
    /// # Errors
    /// All files that could not be read, with the reason.
    pub fn read(folder: &Path) -> Result<Source, Vec<Problem>> {
        let mut source = Source::default();
        let mut problems = Vec::new();
        for part in ["", "clauses", "controls", "lenses"] {
            match ron_files(&folder.join(part)) {
                Ok(paths) => {
                    for path in paths {
                        match read_text(&path) {
                            Ok(text) => drop(source.files.insert(path, text)),
                            Err(reason) => problems.push(Problem::with_file(path, reason)),
                        }
                    }
                }
                Err(error) => problems.push(Problem::with_file(folder.join(part), format!("cannot list it: {error}"))),
            }
        }
        if problems.is_empty() { Ok(source) } else { Err(problems) }
    }

    /// Parses all files into one catalogue.
    ///
    /// # Errors
    /// The first syntax problem of every file that has one, and every file that is missing.
    pub fn parse(&self) -> Result<Catalog, Vec<Problem>> {
        let mut problems = Vec::new();
        let edition: Option<EditionFile> = self.single("catalog.ron", &mut problems);
        let actions: Option<ActionsFile> = self.single("actions.ron", &mut problems);
        let gateway: Option<GatewayFile> = self.single("gateway.ron", &mut problems);
        let glossary: Option<GlossaryFile> = self.single("glossary.ron", &mut problems);
        let documents: Option<DocumentsFile> = self.single("documents.ron", &mut problems);
        let impact: Option<ImpactForm> = self.single("impact_assessment.ron", &mut problems);
        let eu_act: Option<DecisionPath> = self.single("eu_ai_act.ron", &mut problems);
        let clauses: Vec<Category> = self.all_of("clauses", &mut problems);
        let controls: Vec<Category> = self.all_of("controls", &mut problems);
        let mut lenses: Vec<Lens> = self.all_of("lenses", &mut problems);
        let systems = impact.zip(eu_act);
        match (edition, actions, gateway, glossary, documents, systems) {
            (Some(edition), Some(actions), Some(gateway), Some(glossary), Some(documents), Some((impact, eu_act)))
                if problems.is_empty() =>
            {
                let mut categories: Vec<Category> = clauses.into_iter().chain(controls).collect();
                categories.sort_by_key(|category| category.category);
                for category in &mut categories {
                    category.requirements.sort_by_key(|requirement| requirement.id);
                }
                lenses.iter_mut().for_each(|lens| lens.take_titles_of_duties(&eu_act));
                Ok(Catalog {
                    version: edition.version.into(),
                    categories,
                    actions: actions.actions,
                    gateway: gateway.questions,
                    glossary: glossary.terms,
                    documents: documents.documents,
                    lenses,
                    impact,
                    eu_act,
                })
            }
            _ => Err(problems),
        }
    }

    /// The file of that name, with its text.
    pub fn file(&self, name: &str) -> Option<(&Path, &str)> {
        self.files.iter().find(|(path, _)| path.ends_with(name)).map(|(path, text)| (path.as_path(), text.as_str()))
    }

    fn single<T: Deserialize<'static>>(&self, name: &str, problems: &mut Vec<Problem>) -> Option<T> {
        let Some((path, text)) = self.file(name) else {
            problems.push(Problem::with_file(name, "this questionnaire file is missing; every folder needs one"));
            return None;
        };
        keep(ron_text::parse(path, leaked(text)), problems)
    }

    fn all_of<T: Deserialize<'static>>(&self, folder: &str, problems: &mut Vec<Problem>) -> Vec<T> {
        let is_there = |path: &Path| path.parent().is_some_and(|parent| parent.ends_with(folder));
        let files = self.files.iter().filter(|(path, _)| is_there(path));
        files.filter_map(|(path, text)| keep(ron_text::parse(path, leaked(text)), problems)).collect()
    }
}

/// Authored text lives as long as the program: it is read once, and what is made from it points into it.
fn leaked(text: &str) -> &'static str {
    Box::leak(Box::from(text))
}

fn keep<T>(result: Result<T, Box<Problem>>, problems: &mut Vec<Problem>) -> Option<T> {
    result.map_err(|problem| problems.push(*problem)).ok()
}

/// The `.ron` files directly in a folder, by name.
fn ron_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "ron") && !path.is_dir() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn read_text(path: &Path) -> Result<String, String> {
    let size = fs::metadata(path).map_err(|error| format!("cannot read it: {error}"))?.len();
    if size > LARGEST_FILE {
        return Err(format!("it has {size} bytes; a questionnaire file has at most {LARGEST_FILE}"));
    }
    let bytes = fs::read(path).map_err(|error| format!("cannot read it: {error}"))?;
    String::from_utf8(bytes).map_err(|error| {
        format!("it is not valid UTF-8 from byte {} on; save it as UTF-8", error.utf8_error().valid_up_to())
    })
}

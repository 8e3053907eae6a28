//! Where the inputs come from: the good and the hostile files of the tests, and what was kept because it came to something new.

use std::path::Path;

use aimscope::{bom::Bill, model::catalog::Catalog, store::Loaded};

use super::{
    mutate::{self, Random},
    targets,
};

/// What an input is given to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Opening a save.
    Open,
    /// Importing a bill of materials.
    Import,
    /// Merging three saves.
    Merge,
}

impl Target {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Target::Open => "open",
            Target::Import => "import",
            Target::Merge => "merge",
        }
    }

    /// Gives it an input.
    ///
    /// # Errors
    /// The law that is broken.
    pub fn check(self, catalog: &Catalog, bytes: &[u8]) -> Result<targets::Came, String> {
        match self {
            Target::Open => targets::open(catalog, bytes),
            Target::Import => targets::import(catalog, bytes),
            Target::Merge => targets::merge(catalog, bytes),
        }
    }
}

/// The largest input that is changed further, in bytes; larger ones are tried once.
const LARGEST_KEPT: usize = 40_000;
/// How many are kept.
const MOST_KEPT: usize = 4_000;

const SAVES: [&str; 5] = [
    include_str!("../fixtures/save_v1.ron"),
    include_str!("../fixtures/save_v1_systems.ron"),
    include_str!("../fixtures/save_v1_statement.ron"),
    include_str!("../fixtures/systems.ron"),
    include_str!("../../saves/example.ron"),
];

const HOSTILE: [&str; 8] = [
    include_str!("../fixtures/hostile/answered_twice.ron"),
    include_str!("../fixtures/hostile/cut_off.ron"),
    include_str!("../fixtures/hostile/escapes.ron"),
    include_str!("../fixtures/hostile/huge_number.ron"),
    include_str!("../fixtures/hostile/open_comment.ron"),
    include_str!("../fixtures/hostile/open_quote.ron"),
    include_str!("../fixtures/hostile/twice.ron"),
    include_str!("../fixtures/hostile/unknown_field.ron"),
];

/// A save in which people disagree, in every way in which they can.
const DISPUTED: &str = r##"(
    version: 1, catalog: "1", name: "Acme", created: "2026-01-01",
    answers: [
        (requirement: "4.1", level: Level(1), disputed_levels: [Level(3)], note: "a\n\nb"),
        (
            requirement: "A.10.3",
            exclusion: (basis: Role, reason: "We have no suppliers.", disputed: true,
                others: [(basis: Other, reason: "Bought from nobody.")]),
        ),
    ],
    collisions: [
        (place: ["profile", "organization"], stated: [Words("Acme"), Words("Acme Ltd")]),
        (place: ["systems", "bot", "impact", "answers", "p1", "reply"], stated: [Value(r#"{"List":["ab"]}"#), Value("3")]),
    ],
)
"##;

const BILLS: [&str; 2] = [
    include_str!("../fixtures/cyclonedx/example-aibom-1.6.json"),
    r#"{"bomFormat": "CycloneDX", "specVersion": "1.7", "version": 1, "metadata": {"component": {"type": "application",
"name": "bot", "bom-ref": "bot"}}, "components": [{"type": "machine-learning-model", "name": "m", "bom-ref": "m",
"licenses": [{"expression": "MIT"}, {"license": {"id": "Zlib"}}], "pedigree": {"ancestors": [{"type":
"machine-learning-model", "name": "base"}]}, "modelCard": {"modelParameters": {"datasets": [{"ref": "d"}]}}},
{"type": "data", "name": "d", "bom-ref": "d", "data": [{"type": "dataset", "name": "d"}]}], "services": [{"name": "s",
"bom-ref": "s", "endpoints": ["https://example.com"]}], "dependencies": [{"ref": "bot", "dependsOn": ["m", "s"]}, {"ref":
"m", "dependsOn": ["d"]}], "citations": [{"x": 1e400}]}"#,
];

/// The inputs of one run.
pub struct Inputs {
    target: Target,
    random: Random,
    seeds: Vec<&'static str>,
    good: Vec<String>,
    refused: Vec<String>,
}

impl Inputs {
    /// Begins with the files of the tests.
    pub fn new(target: Target, random: Random) -> Inputs {
        let seeds = match target {
            Target::Open => [SAVES.as_slice(), &[DISPUTED]].concat(),
            Target::Import => BILLS.to_vec(),
            Target::Merge => [&SAVES[..3], &[DISPUTED]].concat(),
        };
        Inputs { target, random, seeds, good: Vec::new(), refused: Vec::new() }
    }

    /// How many were kept.
    pub fn kept(&self) -> usize {
        self.good.len() + self.refused.len()
    }

    /// Keeps an input that came to something new.
    pub fn keep(&mut self, bytes: Vec<u8>, came: &str) {
        let is_refused = came.starts_with("refused");
        let kept = if is_refused { &mut self.refused } else { &mut self.good };
        if bytes.len() <= LARGEST_KEPT && kept.len() < MOST_KEPT {
            kept.push(String::from_utf8_lossy(&bytes).into_owned());
        }
    }

    /// The next input.
    pub fn next(&mut self, catalog: &Catalog) -> Vec<u8> {
        if self.target == Target::Merge {
            return self.three(catalog).into_bytes();
        }
        let mut parent = self.parent();
        // Every second input goes deep: all but its last changes leave it readable.
        if self.random.one_in(2) {
            parent = self.walked(catalog, &parent, 12);
        }
        if self.random.one_in(3) { parent.into_bytes() } else { mutate::mutate(&mut self.random, &parent, &self.seeds) }
    }

    /// One of the files or one that was kept, mostly one that is read. The large example is slow, so it comes seldom.
    fn parent(&mut self) -> String {
        if self.random.one_in(8) {
            let hostile = if self.target == Target::Open { HOSTILE.as_slice() } else { &[] };
            let at = self.random.below(hostile.len() + self.refused.len());
            let refused = hostile.get(at).copied().or_else(|| self.refused.get(at - hostile.len()).map(String::as_str));
            if let Some(refused) = refused {
                return refused.to_owned();
            }
        }
        if !self.good.is_empty() && self.random.one_in(2) {
            return self.good[self.random.below(self.good.len())].clone();
        }
        let seed = self.seeds[self.random.below(self.seeds.len())];
        if seed.len() > LARGEST_KEPT && !self.random.one_in(4) { self.seeds[0].to_owned() } else { seed.to_owned() }
    }

    /// A base and two changed copies of it, each of which opens.
    fn three(&mut self, catalog: &Catalog) -> String {
        let kept = self.parent();
        let mut bases: Vec<&str> = kept.split(targets::BETWEEN).collect();
        bases.truncate(3);
        let base = self.walked(catalog, bases[0], 3);
        let sides = [1, 2].map(|side| {
            let from = if self.random.one_in(4) { bases.get(side).copied().unwrap_or(&base) } else { &base };
            self.walked(catalog, from, 6)
        });
        [base.as_str(), &sides[0], &sides[1]].join(targets::BETWEEN)
    }

    /// Up to that many changes after each of which the target still reads it.
    fn walked(&mut self, catalog: &Catalog, text: &str, most: usize) -> String {
        let mut text = text.to_owned();
        for _ in 0..self.random.below(most + 1) {
            let changed = mutate::gentle(&mut self.random, &text, &self.seeds);
            let is_read = match self.target {
                Target::Import => Bill::read(&changed).is_ok(),
                Target::Open | Target::Merge => {
                    changed.len() < LARGEST_KEPT
                        && Loaded::from_text(Path::new("a.ron"), changed.clone(), catalog).is_ok()
                }
            };
            if is_read {
                text = changed;
            }
        }
        text
    }
}

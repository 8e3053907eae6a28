//! What users wait for: `cargo bench`. Figures are stated, never asserted.

use std::{cell::LazyCell, hint::black_box, path::Path};

use aimscope::{
    content::builtin,
    merge,
    model::{
        answer::{Answer, CheckAnswer, CheckResponse, LevelAnswer},
        assessment::Assessment,
        catalog::Catalog,
        evidence::Evidence,
        level::Level,
    },
    plan::{self, PlanOptions},
    score,
    store::{Loaded, layout, write::SaveFile},
    tui::{
        app::App,
        input::{Input, Key, KeyCode},
        session::{Open, Pass, SaveMark, Session},
        theme::{Palette, Theme},
    },
};
use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use ratatui::{Terminal, backend::TestBackend};

const EXAMPLE: &str = include_str!("../saves/example.ron");

fn as_of() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day")
}

/// Every level, every check, a note on each requirement and evidence for all of them.
fn full_assessment(catalog: &Catalog) -> Assessment {
    let mut assessment = Assessment::new("Full", catalog.version.clone(), as_of());
    for (number, requirement) in (0..).zip(catalog.requirements()) {
        let answers = [CheckAnswer::Yes, CheckAnswer::Partly, CheckAnswer::No, CheckAnswer::Yes];
        let checks = requirement.checks.iter().zip(answers.into_iter().cycle().skip(number % 4));
        let answer = Answer {
            level: Some(LevelAnswer::Level(Level::ALL[number % 6])),
            checks: checks.map(|(check, answer)| CheckResponse::new(&check.id, answer)).collect(),
            owner: "Ann".into(),
            note: "Seen in the wiki; the second site still does it its own way, to be asked again in spring.".into(),
            ..Answer::empty(requirement.id)
        };
        assessment.answers.insert(requirement.id, answer);
        let place = format!("docs/{}.pdf", requirement.id);
        let evidence = Evidence::found_at(&place, as_of(), "Ann", vec![requirement.id], &assessment.evidence);
        assessment.evidence.push(evidence);
    }
    assessment.evidence.sort_by(|a, b| a.id.cmp(&b.id));
    assessment
}

fn app(catalog: Catalog, assessment: Assessment) -> App {
    let open = Open::new("full.ron".into(), false, assessment, &catalog, as_of());
    App::at_map(Session {
        catalog: catalog.into(),
        as_of: as_of(),
        clock: || None,
        by: LazyCell::new(Box::new(|| "Ann".into())),
        theme: Theme { palette: Palette::Dark, ascii: false },
        saves: Vec::new(),
        folder: "saves".into(),
        open: Some(open),
        save: SaveMark::Untouched,
        message: None,
        pass: Pass::Quick,
    })
}

fn terminal() -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(80, 24)).expect("a terminal in memory")
}

fn press(app: &mut App, terminal: &mut Terminal<TestBackend>, key: Key) {
    black_box(app.handle(Input::Key(key)));
    terminal.draw(|frame| app.draw(frame)).expect("a frame");
}

fn start(c: &mut Criterion) {
    c.bench_function("load the catalogue", |b| b.iter(builtin::catalog));
    c.bench_function("open the example and draw the first frame", |b| {
        b.iter(|| {
            let catalog = builtin::catalog();
            let loaded = Loaded::from_text(Path::new("a.ron"), EXAMPLE.to_owned(), &catalog).expect("the example");
            let mut app = app(catalog, loaded.assessment);
            let mut terminal = terminal();
            terminal.draw(|frame| app.draw(frame)).expect("a frame");
        });
    });
}

fn keys(c: &mut Criterion) {
    let catalog = builtin::catalog();
    let full = full_assessment(&catalog);
    let mut terminal = terminal();
    let mut on_question = app(catalog.clone(), full.clone());
    press(&mut on_question, &mut terminal, Key::char('F'));
    for key in [Key::plain(KeyCode::Right), Key::plain(KeyCode::Enter)] {
        press(&mut on_question, &mut terminal, key);
    }
    press(&mut on_question, &mut terminal, Key::plain(KeyCode::Down));
    press(&mut on_question, &mut terminal, Key::plain(KeyCode::Enter));
    let mut down = false;
    c.bench_function("question: move the cursor, key to frame", |b| {
        b.iter(|| {
            down = !down;
            let code = if down { KeyCode::Down } else { KeyCode::Up };
            press(&mut on_question, &mut terminal, Key::plain(code));
        });
    });
    let mut next = 0;
    c.bench_function("question: answer and go on, key to frame", |b| {
        b.iter(|| {
            next += 1;
            // Forward with an answer, then back, so that it never ends at the last question.
            let key = if next % 2 == 0 { Key::plain(KeyCode::Left) } else { Key::char('3') };
            press(&mut on_question, &mut terminal, key);
        });
    });
    let mut in_search = app(catalog, full);
    press(&mut in_search, &mut terminal, Key::char('/'));
    let mut letters = "risk method".chars().cycle();
    let mut typed = 0;
    c.bench_function("search: type a letter, key to frame", |b| {
        b.iter(|| {
            typed += 1;
            if typed % 11 == 0 {
                for _ in 0..10 {
                    in_search.handle(Input::Key(Key::plain(KeyCode::Backspace)));
                }
            }
            let letter = letters.next().expect("an endless text");
            press(&mut in_search, &mut terminal, Key::char(letter));
        });
    });
}

fn figures(c: &mut Criterion) {
    let catalog = builtin::catalog();
    let full = full_assessment(&catalog);
    c.bench_function("score a full assessment", |b| b.iter(|| score::score(&catalog, &full, as_of())));
    let standing = score::score(&catalog, &full, as_of());
    c.bench_function("plan a full assessment", |b| {
        b.iter(|| plan::plan(&catalog, &full, &standing, PlanOptions::default()));
    });
}

fn saves(c: &mut Criterion) {
    let catalog = builtin::catalog();
    let full = full_assessment(&catalog);
    let text = layout::print(&full);
    c.bench_function(&format!("print a full save of {} KB", text.len() / 1000), |b| b.iter(|| layout::print(&full)));
    c.bench_function("read a full save", |b| {
        b.iter(|| Loaded::from_text(Path::new("a.ron"), text.clone(), &catalog).expect("a save"));
    });
    let folder = tempfile::tempdir().expect("a folder");
    let mut file = SaveFile::new(folder.path().join("a.ron"));
    let mut number = 0;
    c.bench_function("write a full save, safe on the disk", |b| {
        b.iter(|| {
            number += 1;
            let renamed = Assessment { name: format!("Full {number}"), ..full.clone() };
            file.write(&renamed).expect("it can be written");
        });
    });
}

fn merging(c: &mut Criterion) {
    let catalog = builtin::catalog();
    let base = full_assessment(&catalog);
    // Two people who answered everything anew: a third of the levels the same way, the rest disputed.
    let side = |by: &str, step: usize| {
        let mut side = base.clone();
        for (number, answer) in side.answers.values_mut().enumerate() {
            answer.level = Some(LevelAnswer::Level(Level::ALL[(number * step) % 3]));
            answer.note = format!("{by} asked again, number {number}.");
        }
        side
    };
    let (ours, theirs) = (side("Ann", 1), side("Ben", 2));
    c.bench_function("merge two full assessments", |b| b.iter(|| merge::merge(&base, &ours, &theirs)));
    let merged = merge::merge(&base, &ours, &theirs).assessment;
    c.bench_function("list what is disputed in them", |b| b.iter(|| merge::dispute::disputes(&merged)));
}

criterion_group!(benches, start, keys, figures, saves, merging);
criterion_main!(benches);

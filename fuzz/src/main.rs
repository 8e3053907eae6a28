//! Feeds changed saves and bills of materials to the program for as long as asked, and keeps every input that breaks a law.
//!
//! Inputs that come to something new are changed further. A run is the same for the same seed and number of inputs.

#[path = "../../tests/fuzzing/mutate.rs"]
mod mutate;
#[path = "../../tests/fuzzing/seeds.rs"]
mod seeds;
#[path = "../../tests/fuzzing/targets.rs"]
mod targets;

use std::{
    collections::{BTreeMap, HashSet},
    env, fs,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use aimscope::{content::builtin, model::catalog::Catalog};
use mutate::Random;
use rustix::time::{ClockId, clock_gettime};
use seeds::{Inputs, Target};

/// The processor time that one input may take.
const LONGEST: Duration = Duration::from_secs(1);
/// How often a run says how far it is.
const EVERY: Duration = Duration::from_secs(60);

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<u64>().ok();
    let catalog = builtin::catalog();
    match words.as_slice() {
        [target, "--minutes", minutes, "--seed", seed] => match (of(target), number(minutes), number(seed)) {
            (Some(target), Some(minutes), Some(seed)) => run(&catalog, target, seed, Duration::from_secs(60 * minutes)),
            _ => usage(),
        },
        [target, path] => match (of(target), fs::read(path)) {
            (Some(target), Ok(bytes)) => {
                println!("{:?}", target.check(&catalog, &bytes));
                ExitCode::SUCCESS
            }
            _ => usage(),
        },
        _ => usage(),
    }
}

/// The target of that name.
fn of(name: &str) -> Option<Target> {
    [Target::Open, Target::Import, Target::Merge].into_iter().find(|target| target.name() == name)
}

fn usage() -> ExitCode {
    eprintln!("give open, import or merge, and then --minutes 30 --seed 1, or the path of a kept input");
    ExitCode::from(2)
}

/// The processor time of this program, of which nearly all goes into the inputs.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

fn run(catalog: &Catalog, target: Target, seed: u64, time: Duration) -> ExitCode {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("findings");
    fs::create_dir_all(&folder).expect("a folder for what is found");
    let current = folder.join(format!("{}.current", target.name()));
    let begun = Arc::new(AtomicU64::new(0));
    watch(&begun, current.clone());
    let said = Arc::new(Mutex::new(String::new()));
    let panicked = Arc::clone(&said);
    panic::set_hook(Box::new(move |info| *panicked.lock().expect("no panic here") = info.to_string()));

    let start = Instant::now();
    let (mut executed, mut next_word, mut slowest) = (0_u64, EVERY, Duration::ZERO);
    let mut inputs = Inputs::new(target, Random(seed));
    let mut came_to = HashSet::new();
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    let mut first_words: BTreeMap<String, u64> = BTreeMap::new();
    while start.elapsed() < time {
        let bytes = inputs.next(catalog);
        fs::write(&current, &bytes).expect("the input is kept");
        let before = processor_time();
        begun.store(u64::try_from(before.as_millis()).unwrap_or_default() + 1, Ordering::Relaxed);
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| target.check(catalog, &bytes)));
        begun.store(0, Ordering::Relaxed);
        slowest = slowest.max(processor_time() - before);
        executed += 1;
        let problem = match outcome {
            Ok(Ok(came)) => {
                let kind = came.split([',', ':']).next().unwrap_or_default();
                *first_words.entry(kind.to_owned()).or_default() += 1;
                if came_to.insert(came.clone()) {
                    inputs.keep(bytes, &came);
                }
                None
            }
            Ok(Err(law)) => Some(law),
            Err(_) => Some(said.lock().expect("no panic here").clone()),
        };
        if let Some(problem) = problem {
            let kind: String =
                problem.lines().take(2).flat_map(str::chars).filter(|c| c.is_alphabetic()).take(60).collect();
            let times = found.entry(kind).or_default();
            *times += 1;
            if *times <= 3 {
                let name = folder.join(format!("{}-{seed}-{executed}", target.name()));
                fs::copy(&current, &name).expect("the finding is kept");
                println!("FOUND after {} s: {problem}\n  {}", start.elapsed().as_secs(), name.display());
            }
        }
        if start.elapsed() >= next_word {
            next_word += EVERY;
            report(target, start, executed, slowest, &inputs, &first_words, &found);
        }
    }
    report(target, start, executed, slowest, &inputs, &first_words, &found);
    println!("{}: ended after {} minutes, {} findings", target.name(), start.elapsed().as_secs() / 60, found.len());
    drop(fs::remove_file(current));
    if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn report(
    target: Target,
    start: Instant,
    executed: u64,
    slowest: Duration,
    inputs: &Inputs,
    came: &BTreeMap<String, u64>,
    found: &BTreeMap<String, u64>,
) {
    println!(
        "{}: {} s, {executed} inputs, {} kept, slowest {} ms, {} findings; {came:?}",
        target.name(),
        start.elapsed().as_secs(),
        inputs.kept(),
        slowest.as_millis(),
        found.len()
    );
}

/// Ends the run when one input takes too long; the input is left where it is.
fn watch(begun: &Arc<AtomicU64>, current: PathBuf) {
    let begun = Arc::clone(begun);
    thread::spawn(move || {
        loop {
            thread::sleep(Duration::from_millis(50));
            let since = begun.load(Ordering::Relaxed);
            let is_late = since > 0 && processor_time().saturating_sub(Duration::from_millis(since)) > LONGEST;
            if is_late && begun.load(Ordering::Relaxed) == since {
                stop(&current);
            }
        }
    });
}

fn stop(current: &Path) {
    let kept = current.with_extension("slow");
    drop(fs::copy(current, &kept));
    println!("FOUND: an input takes more than {LONGEST:?}\n  {}", kept.display());
    std::process::exit(1);
}

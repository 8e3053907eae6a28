//! A short run of the fuzzer with a fixed seed: no input breaks a law or the program. The long runs are in `fuzz/`.

#[path = "../fuzzing/mutate.rs"]
mod mutate;
#[path = "../fuzzing/seeds.rs"]
mod seeds;
#[path = "../fuzzing/targets.rs"]
mod targets;

use std::collections::HashSet;

use aimscope::content::builtin;
use mutate::Random;
use seeds::{Inputs, Target};

/// Tries that many inputs and changes further what comes to something new.
fn holds(target: Target, count: usize) {
    let catalog = builtin::catalog();
    let mut inputs = Inputs::new(target, Random(4));
    let mut came_to = HashSet::new();
    for number in 0..count {
        let bytes = inputs.next(&catalog);
        match target.check(&catalog, &bytes) {
            Ok(came) => {
                if came_to.insert(came.clone()) {
                    inputs.keep(bytes, &came);
                }
            }
            Err(law) => panic!("{} {number}: {law}\n{}", target.name(), String::from_utf8_lossy(&bytes)),
        }
    }
    assert!(inputs.kept() > 5, "{} inputs came to something of their own", inputs.kept());
}

#[test]
fn changed_saves_open_and_print_or_are_refused() {
    holds(Target::Open, 25);
}

#[test]
fn changed_bills_are_imported_without_a_loss_or_refused() {
    holds(Target::Import, 35);
}

#[test]
fn changed_saves_merge_by_the_laws() {
    holds(Target::Merge, 40);
}

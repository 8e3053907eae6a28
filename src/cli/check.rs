//! `aimscope check`: is the save sound, and does it stay within the thresholds named? For continuous integration.

use std::process::ExitCode;

use crate::{
    cli::{
        arguments::{Check, FailOn},
        context::{Context, has_errors},
        failure::Failure,
        output,
    },
    score::{self, Standing, figures::Figures, ratio::Ratio, verdict::Verdict},
};

/// Checks a save. Exit code 0 when it is sound and no threshold is reached, 1 otherwise.
pub(super) fn perform(context: &Context, request: &Check) -> Result<ExitCode, Failure> {
    let (path, loaded) = context.load(&request.file)?;
    let standing = score::score(&context.catalog, &loaded.assessment, context.as_of);
    let mut text = String::new();
    for finding in &loaded.findings {
        text.push_str(&format!("{finding}\n"));
    }
    let reached: Vec<String> = request.fail_on.iter().filter_map(|limit| reached(*limit, &standing)).collect();
    for line in &reached {
        text.push_str(&format!("{line}\n"));
    }
    let is_sound = !has_errors(&loaded);
    if is_sound && reached.is_empty() {
        text.push_str(&format!("{}: sound, and within what was asked\n", path.display()));
    }
    output::print(&text)?;
    Ok(if is_sound && reached.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// What reaches a threshold, in a line; nothing when nothing does.
fn reached(limit: FailOn, standing: &Standing) -> Option<String> {
    let with = |verdicts: &[Verdict], words: &str| {
        let scores = standing.requirements.iter().filter(|score| verdicts.contains(&score.judgement.verdict));
        let ids: Vec<String> = scores.map(|score| score.id.to_string()).collect();
        (!ids.is_empty()).then(|| format!("{words}: {}", ids.join(", ")))
    };
    match limit {
        FailOn::Major => with(&[Verdict::MajorGap], "major gaps"),
        FailOn::Minor => with(&[Verdict::MajorGap, Verdict::MinorGap], "gaps"),
        FailOn::Undetermined => with(&[Verdict::Undetermined], "undetermined"),
        FailOn::Coverage(percent) => {
            let groups = [("management system", &standing.management_system), ("controls", &standing.controls)];
            let low = groups.into_iter().filter_map(|(name, figures)| too_low(name, figures, percent));
            let low: Vec<String> = low.collect();
            (!low.is_empty()).then(|| format!("coverage under {percent} %: {}", low.join(", ")))
        }
    }
}

fn too_low(name: &str, figures: &Figures, percent: u64) -> Option<String> {
    let coverage = figures.coverage().filter(|coverage| coverage.is_under_percent(percent))?;
    Some(format!("{name} {} %", Ratio::percent(coverage)))
}

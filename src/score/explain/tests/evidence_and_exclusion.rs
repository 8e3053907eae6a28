//! What an explanation says of evidence that does not count, and of who decided on an exclusion.

use super::{page_of, under, why};
use crate::{
    model::answer::Stamp,
    score::{
        explain::requirement_why::LiftStep,
        sample::{answer, as_of, catalog, exclude, level, nothing_said, requirement, say, show},
    },
};

#[test]
fn what_is_not_shown_asks_for_evidence_even_under_a_lower_claim() {
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "1", "a=Y");
    show(&mut assessment, "4.1", "2020-01-01");
    assessment.evidence[0].date = None;
    let page = page_of(requirement("4.1", 1, "a!"), &assessment);
    assert!(
        page.contains("- At most 3: none of the evidence is current (Paper 1, undated, counts as stale)\n"),
        "{page}"
    );
    let pick = "Level 0 or 1, yet all checks are yes. Level and checks contradict each other: pick the rung again.\n";
    assert!(page.contains(pick), "{page}");
    assert_eq!(
        under("What would lift it", &page),
        "- Reach level 2: what one sees at 2\n- Attach current evidence\nWith that, level 2 is credited.\n\
         Current evidence alone makes the verdict conforming.\n"
    );
}

#[test]
fn an_exclusion_shows_its_reference_and_who_changed_it_when() {
    let mut assessment = nothing_said();
    exclude(&mut assessment, "A.4.2");
    let of_control = answer(&mut assessment, "A.4.2");
    of_control.exclusion.as_mut().expect("excluded").reference = "R-07".into();
    of_control.changed = Some(Stamp { by: "Ann".into(), on: as_of() });
    let page = page_of(requirement("A.4.2", 1, "a!"), &assessment);
    assert!(page.contains(&format!("\nReference: R-07. Last changed by Ann on {}.\n", as_of())), "{page}");
}

#[test]
fn evidence_that_the_verdict_asks_for_takes_its_cap_away_too() {
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "5", "");
    show(&mut assessment, "4.1", "2024-01-01");
    let why = why(&catalog([requirement("4.1", 1, "a!")], []), &assessment, "4.1");
    assert_eq!(why.score.credited, Some(level(2)), "the critical check is open");
    let next = why.next.expect("it can rise");
    assert!(matches!(next.steps.as_slice(), [LiftStep::Answer(check), LiftStep::Attach] if check.id == "a"));
    assert_eq!(next.to, Some(level(5)), "the stale evidence would allow 3, and is replaced");
}

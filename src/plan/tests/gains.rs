//! What an action gives, alone and in order.

use super::{plan_of, step};
use crate::{
    model::action::Effort,
    plan::Plan,
    score::{
        ratio::Ratio,
        sample::{action, add_system, catalog, nothing_said, reference, requirement, say},
    },
};

/// The gains of a step as `category today > alone, in order`, each as a sum over weights.
fn gains(plan: &Plan, id: &str) -> Vec<String> {
    let text = |ratio: Option<Ratio>| ratio.map_or("-".into(), |r| format!("{}/{}", r.numerator, r.denominator));
    let gains = step(plan, id).gains.iter();
    gains.map(|g| format!("{} {} > {}, {}", g.category, text(g.today), text(g.alone), text(g.in_order))).collect()
}

#[test]
fn an_action_gives_what_scoring_gives_when_it_is_done() {
    // 4.1: base 1 (weight 4), claimed 3, a is no: credited 1. 4.2: base 1, claimed 2, credited 2.
    let catalog = catalog(
        [requirement("4.1", 1, "a! b"), requirement("4.2", 1, "a!"), requirement("5.1", 1, "a!")],
        [action("close", Effort::S, "4.1/a", "", ""), action("lift", Effort::S, "", "4.2>3 5.1>3", "close")],
    );
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "3", "a=N b=Y");
    say(&mut assessment, "4.2", "2", "a=Y");
    add_system(&mut assessment, "bot", None);
    let plan = plan_of(&catalog, &assessment);
    // close: 4.1 has a at yes and evidence, so its 3 is credited: 4 x 3 + 4 x 2 = 20.
    assert_eq!(gains(&plan, "close"), ["4 12/8 > 20/8, 20/8"]);
    // lift: serves 4.2 alone, as nobody stated a level of 5.1; 4.2 has level 3 and evidence.
    assert_eq!(step(&plan, "lift").serves, [reference("4.2")]);
    assert_eq!(gains(&plan, "lift"), ["4 12/8 > 16/8, 24/8"]);
    // evidence:4 over 4.2, whose 2 is the claim: nothing rises; it comes after close and before lift.
    assert_eq!(gains(&plan, "evidence:4"), ["4 12/8 > 12/8, 20/8"]);
    assert_eq!(gains(&plan, "ask:5"), [""; 0], "finding out gives nothing by itself");
    assert_eq!(gains(&plan, "system:bot:not_started"), [""; 0]);
}

#[test]
fn what_an_action_closes_and_lifts_beside_its_reasons_counts_too() {
    // The action is asked for by 4.1/a; it also closes the open b of 4.1 and lifts 4.2 from its known level.
    let catalog = catalog(
        [requirement("4.1", 1, "a! b"), requirement("4.2", 1, "a!")],
        [action("all", Effort::S, "4.1/a 4.1/b", "4.2>4", "")],
    );
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "5", "a=P b=?");
    say(&mut assessment, "4.2", "3", "a=?");
    let plan = plan_of(&catalog, &assessment);
    assert_eq!(step(&plan, "all").serves, [reference("4.1")]);
    // 4.1 rises from 2 to 5; 4.2 stays at 2, as its check is open and it gets no evidence.
    assert_eq!(gains(&plan, "all"), ["4 16/8 > 28/8, 28/8"]);
}

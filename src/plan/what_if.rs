//! What if: the figures with a set of actions done, beside those of today (scoring rule 10).

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{assessment::Assessment, catalog::Catalog, reference::Reference},
    plan::{natural, order::Waits, projection::Projection, select},
    score::{Standing, figures::Figures, requirement_score::RequirementScore},
};

/// The figures before and after a set of actions.
#[derive(Clone, Debug)]
pub struct WhatIf {
    /// The categories in natural order.
    pub categories: Vec<(Reference, BeforeAfter)>,
    /// Clauses 4 to 10.
    pub management_system: BeforeAfter,
    /// Annex A.
    pub controls: BeforeAfter,
    /// Actions that stand in the plan before those of the set, directly or not, and are not in it themselves.
    pub left_out: Vec<LeftOut>,
}

/// The figures of a scope today, and with the actions done.
#[derive(Clone, Debug)]
pub struct BeforeAfter {
    /// Today.
    pub before: Figures,
    /// With the actions done.
    pub after: Figures,
}

/// A prerequisite that is not in the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its id.
    pub id: String,
    /// The work in a few words.
    pub title: String,
    /// The ids of the actions of the set that wait for it.
    pub needed_by: Vec<String>,
}

impl BeforeAfter {
    /// Whether the claimed or the credited figure differs.
    pub fn is_change(&self) -> bool {
        (self.before.claimed, self.before.credited) != (self.after.claimed, self.after.credited)
    }
}

/// Projects the actions of these ids, those that are not in the plan left aside.
pub fn what_if<'i>(
    catalog: &Catalog,
    assessment: &Assessment,
    standing: &Standing,
    ids: impl IntoIterator<Item = &'i str>,
) -> WhatIf {
    let ids: BTreeSet<&str> = ids.into_iter().collect();
    let mut open = select::candidates(catalog, assessment, standing);
    open.retain(|candidate| !assessment.action_status(&candidate.id).is_passed());
    let mut projection = Projection::new(catalog, assessment, standing);
    for candidate in open.iter().filter(|candidate| ids.contains(candidate.id.as_str())) {
        projection.carry_out(candidate);
    }
    let is_provisional = !standing.provisional.is_empty();
    let after = |is_in: &dyn Fn(Reference) -> bool| {
        Figures::over(projection.scores().iter().filter(|score: &&RequirementScore| is_in(score.id)), is_provisional)
    };
    let category = |(id, before): &(Reference, Figures)| {
        let after = after(&|requirement| requirement.category() == *id);
        (*id, BeforeAfter { before: before.clone(), after })
    };
    let (management_system, controls) = (&standing.management_system, &standing.controls);
    WhatIf {
        categories: standing.categories.iter().map(category).collect(),
        management_system: BeforeAfter { before: management_system.clone(), after: after(&|id| !id.is_control()) },
        controls: BeforeAfter { before: controls.clone(), after: after(&|id| id.is_control()) },
        left_out: left_out(catalog, &open, &ids),
    }
}

fn left_out(catalog: &Catalog, open: &[select::Candidate], ids: &BTreeSet<&str>) -> Vec<LeftOut> {
    let waits = Waits::new(catalog, open);
    let mut needed_by: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for candidate in open.iter().filter(|candidate| ids.contains(candidate.id.as_str())) {
        for before in waits.all_before(&candidate.id).into_iter().filter(|before| !ids.contains(before)) {
            needed_by.entry(before).or_default().push(candidate.id.clone());
        }
    }
    let of_candidate = |candidate: &select::Candidate| {
        let mut needed_by = needed_by.get(candidate.id.as_str())?.clone();
        needed_by.sort_by(|a, b| natural::compare(a, b));
        Some(LeftOut { id: candidate.id.clone(), title: candidate.work.title(), needed_by })
    };
    let mut left_out: Vec<LeftOut> = open.iter().filter_map(of_candidate).collect();
    left_out.sort_by(|a, b| natural::compare(&a.id, &b.id));
    left_out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::action::{ActionRecord, ActionStatus, Effort},
        score::{
            sample::{action, as_of, catalog, exclude, nothing_said, requirement, say},
            score,
        },
    };

    /// The credited levels as sums over weights, `before > after`.
    fn credited(figures: &BeforeAfter) -> String {
        let text = |figures: &Figures| {
            figures.credited.map_or("-".into(), |ratio| format!("{}/{}", ratio.numerator, ratio.denominator))
        };
        format!("{} > {}", text(&figures.before), text(&figures.after))
    }

    fn left_out_of(what_if: &WhatIf) -> Vec<String> {
        what_if.left_out.iter().map(|left| format!("{} for {}", left.id, left.needed_by.join(" "))).collect()
    }

    fn sample() -> (Catalog, Assessment) {
        // write closes a of 4.1; train closes b after it; raise lifts 4.2 after train; A.2.2 stands alone.
        let catalog = catalog(
            [requirement("4.1", 1, "a! b"), requirement("4.2", 1, "a!"), requirement("A.2.2", 2, "a!")],
            [
                action("write", Effort::S, "4.1/a", "", ""),
                action("train", Effort::S, "4.1/b", "", "write"),
                action("raise", Effort::M, "", "4.2>3", "train"),
                action("policy", Effort::S, "A.2.2/a", "", ""),
            ],
        );
        let mut assessment = nothing_said();
        say(&mut assessment, "4.1", "4", "a=N b=N");
        say(&mut assessment, "4.2", "2", "a=Y");
        say(&mut assessment, "A.2.2", "3", "a=N");
        (catalog, assessment)
    }

    #[test]
    fn the_marked_actions_are_carried_out_together() {
        let (catalog, assessment) = sample();
        let standing = score(&catalog, &assessment, as_of());
        let what_if = what_if(&catalog, &assessment, &standing, ["write", "train", "raise"]);
        // 4.1 rises from 1 to 4, 4.2 from 2 to 3, each of weight 4; A.2.2 of weight 8 stays at 1.
        assert_eq!(credited(&what_if.management_system), "12/8 > 28/8");
        assert_eq!(credited(&what_if.categories[0].1), "12/8 > 28/8");
        assert!(what_if.management_system.is_change());
        assert_eq!(credited(&what_if.controls), "8/8 > 8/8");
        assert!(!what_if.controls.is_change());
        assert_eq!(left_out_of(&what_if), [""; 0]);
    }

    #[test]
    fn prerequisites_that_are_left_out_are_named() {
        let (catalog, mut assessment) = sample();
        let case = |assessment: &Assessment, ids: &[&str]| {
            let standing = score(&catalog, assessment, as_of());
            left_out_of(&what_if(&catalog, assessment, &standing, ids.iter().copied()))
        };
        assert_eq!(case(&assessment, &["raise"]), ["train for raise", "write for raise"]);
        assert_eq!(case(&assessment, &["raise", "train"]), ["write for raise train"]);
        assert_eq!(case(&assessment, &["write", "policy"]), [""; 0]);
        assert_eq!(case(&assessment, &["nonsense"]), [""; 0]);
        assessment.actions.push(ActionRecord {
            action: "train".into(),
            status: ActionStatus::Done,
            reason: String::new(),
            owner: String::new(),
            due: None,
        });
        assert_eq!(case(&assessment, &["raise"]), ["write for raise"], "what is done is passed through");
    }

    #[test]
    fn an_excluded_control_stays_out() {
        let (catalog, mut assessment) = sample();
        exclude(&mut assessment, "A.2.2");
        let standing = score(&catalog, &assessment, as_of());
        let what_if = what_if(&catalog, &assessment, &standing, ["policy"]);
        assert_eq!(credited(&what_if.controls), "- > -");
    }
}

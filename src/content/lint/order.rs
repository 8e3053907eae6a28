//! Which action waits for which: directly, through others, and in a circle.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::action::Action;

/// Which action comes directly after which; only those that exist, and none after itself.
pub(super) struct Order<'a> {
    /// In the order of the file.
    ids: Vec<&'a str>,
    before: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Order<'a> {
    pub(super) fn new(actions: &'a [Action]) -> Self {
        let ids: Vec<&str> = actions.iter().map(|action| action.id.as_str()).collect();
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        let direct = |action: &'a Action| {
            let after = action.after.iter().map(|text| text.as_str());
            after.filter(|before| **before != *action.id && known.contains(before)).collect()
        };
        Order { before: actions.iter().map(|action| (action.id.as_str(), direct(action))).collect(), ids }
    }

    /// Whether there is an action of that id.
    pub(super) fn has(&self, id: &str) -> bool {
        self.before.contains_key(id)
    }

    /// Whether `late` comes after `early`, directly or through others.
    pub(super) fn comes_after(&self, late: &str, early: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![late];
        while let Some(id) = open.pop() {
            for before in &self.before[id] {
                if *before == early {
                    return true;
                }
                if seen.insert(*before) {
                    open.push(before);
                }
            }
        }
        false
    }

    /// Cycles without a common action, each from its first action in the file back to it.
    pub(super) fn cycles(&self) -> Vec<Vec<&'a str>> {
        let mut waiting = self.ids.clone();
        let mut cycles = Vec::new();
        loop {
            waiting = self.never_ready(waiting);
            let Some(first) = waiting.first() else { return cycles };
            let cycle = self.cycle_from(first, &waiting);
            waiting.retain(|id| !cycle.contains(id));
            cycles.push(cycle);
        }
    }

    /// What is left when again and again everything is done that waits for nothing.
    fn never_ready(&self, mut waiting: Vec<&'a str>) -> Vec<&'a str> {
        loop {
            let blocked = |id: &&str| self.before[id].iter().any(|before| waiting.contains(before));
            let still: Vec<&str> = waiting.iter().copied().filter(|id| blocked(id)).collect();
            if still.len() == waiting.len() {
                return still;
            }
            waiting = still;
        }
    }

    /// Walks back from an action until one comes a second time; each of `waiting` waits for another of them.
    fn cycle_from(&self, first: &'a str, waiting: &[&'a str]) -> Vec<&'a str> {
        let mut path = vec![first];
        loop {
            let last = path[path.len() - 1];
            let before = self.before[last].iter().copied().find(|before| waiting.contains(before));
            let before = before.expect("what is never ready waits for something that is never ready");
            if let Some(start) = path.iter().position(|id| *id == before) {
                return in_file_order(path.split_off(start), waiting);
            }
            path.push(before);
        }
    }
}

/// Turns a cycle so that it begins with its first action in the file, and ends with that one again.
fn in_file_order<'a>(mut cycle: Vec<&'a str>, waiting: &[&'a str]) -> Vec<&'a str> {
    let position = |id: &&str| waiting.iter().position(|other| other == id);
    let first = (0..cycle.len()).min_by_key(|index| position(&cycle[*index])).unwrap_or_default();
    cycle.rotate_left(first);
    cycle.push(cycle[0]);
    cycle
}

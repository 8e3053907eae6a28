//! Two new things that happen to bear the same id: both are kept, and one of them gets an id that follows from its content.
//!
//! Whatever pointed to it on its side follows, so that no evidence, measure or system is mixed up with another.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    merge::{
        Note, NoteKind,
        tree::{Side, field, items},
        walk::answer::{all_exclusions, disputed_exclusion},
    },
    model::{collision::Place, evidence::short_hash},
};

/// The lists at the top whose ids people make up.
const REGISTERS: [&str; 3] = ["evidence", "systems", "own_controls"];
/// The lists within the impact assessment of a system whose ids people make up.
const ROWS: [&str; 3] = ["measures", "harms", "benefits"];

/// Gives new entries of the same id ids of their own, and says which.
pub(super) fn separate(base: &Side, ours: &mut Side, theirs: &mut Side) -> Vec<Note> {
    let mut notes = Vec::new();
    for register in REGISTERS {
        separate_in(base, ours, theirs, &[register], &mut notes);
    }
    for system in ids_at(&ours.tree, &["systems"]) {
        for row in ROWS {
            separate_in(base, ours, theirs, &["systems", &system, "impact", row], &mut notes);
        }
    }
    notes
}

/// The same in one list; what got a new id is looked at again, as that may be taken too.
fn separate_in(base: &Side, ours: &mut Side, theirs: &mut Side, list: &[&str], notes: &mut Vec<Note>) {
    let [known, here, there] = [base, &*ours, &*theirs].map(|side| BTreeSet::from_iter(ids_at(&side.tree, list)));
    let mut waiting: Vec<String> = here.intersection(&there).filter(|id| !known.contains(*id)).cloned().collect();
    while let Some(id) = waiting.pop() {
        let entry = |side: &Side| entry(&side.tree, list, &id).map(fingerprint);
        let (None, Some(our_print), Some(their_print)) = (entry(base), entry(ours), entry(theirs)) else { continue };
        if our_print == their_print {
            continue;
        }
        let (side, print) = if our_print > their_print { (&mut *ours, our_print) } else { (&mut *theirs, their_print) };
        let new = free_id(&side.tree, list, &id, &print);
        rename(side, list, &id, &new);
        let place = Place(list.iter().map(|name| (*name).to_owned()).chain([id]).collect());
        let words = format!("two new entries had this id; one of them is now {new}");
        notes.push(Note { kind: NoteKind::Renamed, place, words });
        waiting.push(new);
    }
}

/// An id that follows from the old one and the content, and that is free on that side.
fn free_id(tree: &Value, list: &[&str], id: &str, print: &str) -> String {
    let mut new = format!("{id}-{}", short_hash(&[print]));
    while entry(tree, list, &new).is_some() {
        new = format!("{new}-2");
    }
    new
}

/// The content of an entry without its id and without the ids of others, which can change by this very step.
fn fingerprint(entry: &Value) -> String {
    let mut content = entry.clone();
    if let Some(fields) = content.as_object_mut() {
        fields.remove("id");
    }
    strip(&mut content);
    content.to_string()
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let points_elsewhere = |name: &str, list: &Value| {
                ["evidence", "measures", "systems"].contains(&name) && items(Some(list)).iter().all(Value::is_string)
            };
            fields.retain(|name, list| !points_elsewhere(name, list));
            fields.values_mut().for_each(strip);
        }
        Value::Array(entries) => entries.iter_mut().for_each(strip),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The list at that place; entries on the way are named by their ids.
fn list_at<'a>(tree: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(tree, |value, name| match value {
        Value::Array(entries) => entries.iter().find(|entry| has_id(entry, name)),
        other => other.get(name),
    })
}

fn list_at_mut<'a>(tree: &'a mut Value, path: &[&str]) -> Option<&'a mut Vec<Value>> {
    let list = path.iter().try_fold(tree, |value, name| match value {
        Value::Array(entries) => entries.iter_mut().find(|entry| has_id(entry, name)),
        other => other.get_mut(name),
    });
    list.and_then(Value::as_array_mut)
}

fn has_id(entry: &Value, id: &str) -> bool {
    field(Some(entry), "id").and_then(Value::as_str) == Some(id)
}

fn entry<'a>(tree: &'a Value, list: &[&str], id: &str) -> Option<&'a Value> {
    items(list_at(tree, list)).iter().find(|entry| has_id(entry, id))
}

fn ids_at(tree: &Value, list: &[&str]) -> Vec<String> {
    let ids = items(list_at(tree, list)).iter().filter_map(|entry| entry.get("id")?.as_str());
    ids.map(str::to_owned).collect()
}

/// Renames an entry and all that points to it.
fn rename(side: &mut Side, list: &[&str], old: &str, new: &str) {
    for entry in list_at_mut(&mut side.tree, list).into_iter().flatten().filter(|entry| has_id(entry, old)) {
        entry["id"] = Value::from(new);
    }
    match list {
        ["evidence"] => rename_evidence(&mut side.tree, old, new),
        ["systems"] => rename_system(&mut side.tree, old, new),
        [_, system, _, "measures"] => {
            for harm in list_at_mut(&mut side.tree, &["systems", system, "impact", "harms"]).into_iter().flatten() {
                replace_in(harm.get_mut("measures"), old, new);
            }
        }
        // Nothing points to a harm, a benefit or an own control.
        [..] => {}
    }
    let place: Vec<String> = list.iter().copied().chain([old]).map(str::to_owned).collect();
    let moved = std::mem::take(&mut side.collisions).into_iter().map(|(mut at, stated)| {
        if at.0.starts_with(&place) {
            at.0[place.len() - 1] = new.to_owned();
        }
        (at, stated)
    });
    side.collisions = moved.collect();
}

fn rename_evidence(tree: &mut Value, old: &str, new: &str) {
    for control in list_at_mut(tree, &["own_controls"]).into_iter().flatten() {
        replace_in(control.get_mut("evidence"), old, new);
    }
    for system in list_at_mut(tree, &["systems"]).into_iter().flatten() {
        replace_in(system.get_mut("evidence"), old, new);
        for measure in list_at_mut(system, &["impact", "measures"]).into_iter().flatten() {
            replace_in(measure.get_mut("evidence"), old, new);
        }
    }
}

fn rename_system(tree: &mut Value, old: &str, new: &str) {
    let answers = tree.get_mut("answers").and_then(Value::as_object_mut);
    for answer in answers.into_iter().flat_map(|answers| answers.values_mut()) {
        rename_in_inclusion(answer, old, new);
        let Some(exclusion) = answer.get_mut("exclusion") else { continue };
        let mut is_changed = replace_in(exclusion.get_mut("systems"), old, new);
        for other in list_at_mut(exclusion, &["others"]).into_iter().flatten() {
            is_changed |= replace_in(other.get_mut("systems"), old, new);
        }
        if is_changed && !items(exclusion.get("others")).is_empty() {
            *exclusion = disputed_exclusion(all_exclusions(exclusion));
        }
    }
    for control in list_at_mut(tree, &["own_controls"]).into_iter().flatten() {
        rename_in_inclusion(control, old, new);
    }
    // The plan names its work on a system `system:<id>:<what>`.
    for record in list_at_mut(tree, &["actions"]).into_iter().flatten() {
        let what = record.get("action").and_then(Value::as_str).and_then(|action| {
            let (system, what) = action.strip_prefix("system:")?.rsplit_once(':')?;
            (system == old).then(|| format!("system:{new}:{what}"))
        });
        if let Some(action) = what {
            record["action"] = Value::from(action);
        }
    }
}

/// The systems that a control, of Annex A or an own one, is said to apply to.
fn rename_in_inclusion(control: &mut Value, old: &str, new: &str) {
    if let Some(inclusion) = control.get_mut("inclusion") {
        replace_in(inclusion.get_mut("systems"), old, new);
    }
}

/// Replaces an id in a list and puts the list in order, as if it had been merged under the new id. Says whether it was there.
fn replace_in(list: Option<&mut Value>, old: &str, new: &str) -> bool {
    let Some(list) = list.and_then(Value::as_array_mut) else { return false };
    let Some(id) = list.iter_mut().find(|id| id.as_str() == Some(old)) else { return false };
    *id = Value::from(new);
    list.sort_by_cached_key(Value::to_string);
    true
}

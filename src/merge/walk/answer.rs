//! Merging of what was said about one requirement: a level, a check and an exclusion hold their disputes themselves.

use serde_json::{Map, Value, json};

use crate::merge::{
    NoteKind,
    schema::{self, Key, Order, Rule},
    tree::{field, items},
    values::{self, Changed, Claim, Keeping, changed, union},
    walk::{Three, Walk},
};

/// Levels, the one that counts first: the lowest number, then `Unknown` (scoring rule 2).
const LEVELS: Order = Order::Rung;
/// Check answers, worst first (scoring rule 2).
const CHECK_ANSWERS: Order = Order::Listed(&["No", "Partly", "Unknown", "NoOccasion", "Yes"]);

impl Walk<'_> {
    /// An answer that is not there is one in which nothing is said.
    pub(super) fn answer(&mut self, three: Three) -> Option<Value> {
        let requirement = three.iter().flatten().find_map(|answer| answer.get("requirement")).cloned();
        let mut merged = Map::new();
        merged.extend(requirement.map(|id| ("requirement".to_owned(), id)));
        let level = self.inside("level", |walk| walk.level(three));
        put_claim(&mut merged, ("level", "disputed_levels"), level);
        let checks = three.map(|answer| field(answer, "checks"));
        let checks = self.inside("checks", |walk| walk.entries(Key::Field("check"), checks, Walk::check));
        merged.extend(checks.map(|checks| ("checks".to_owned(), checks)));
        let exclusion = self.inside("exclusion", |walk| walk.exclusion(three.map(|answer| field(answer, "exclusion"))));
        merged.extend(exclusion.map(|exclusion| ("exclusion".to_owned(), exclusion)));
        for (name, rule) in schema::ANSWER {
            let value = self.inside(name, |walk| walk.merge(*rule, three.map(|answer| field(answer, name))));
            merged.extend(value.map(|value| ((*name).to_owned(), value)));
        }
        merged.extend(history(three.map(|answer| field(answer, "history"))).map(|past| ("history".to_owned(), past)));
        merged.extend(stamp(three).map(|stamp| ("changed".to_owned(), stamp.clone())));
        Some(Value::Object(merged))
    }

    fn level(&mut self, three: Three) -> Claim {
        let claims = three.map(|answer| Claim {
            value: field(answer, "level").cloned(),
            others: items(field(answer, "disputed_levels")).to_vec(),
            by_proposal: field(answer, "by_proposal") == Some(&Value::Bool(true)),
        });
        self.claim(&claims, &claims, LEVELS)
    }

    /// The claim of the side that changed something, or both in one. Compared are the claims as they count.
    fn claim(&mut self, [base, ours, theirs]: &[Claim; 3], counting: &[Claim; 3], order: Order) -> Claim {
        match changed(&counting[0], &counting[1], &counting[2]) {
            // Two ways of writing the same claim.
            Changed::Nobody(claim) if ours != theirs => claim,
            Changed::Nobody(_) | Changed::Ours(_) => ours.clone(),
            Changed::Theirs(_) => {
                self.note_taken(base, theirs);
                theirs.clone()
            }
            Changed::Both => {
                let claim = union(base, (&counting[1], &counting[2]), order, Keeping::Others, |values| values);
                self.note_both(ours, theirs, !claim.others.is_empty());
                claim
            }
        }
    }

    fn check(&mut self, three: Three) -> Option<Value> {
        let mut merged = Map::new();
        let id = three.iter().flatten().find_map(|response| response.get("check")).cloned();
        merged.extend(id.map(|id| ("check".to_owned(), id)));
        let claims = three.map(|response| Claim {
            value: field(response, "answer").cloned(),
            others: items(field(response, "disputed")).to_vec(),
            by_proposal: false,
        });
        let counting = [0, 1, 2].map(|index| as_it_counts(&claims[index], three[index]));
        let claim = self.claim(&claims, &counting, CHECK_ANSWERS);
        put_claim(&mut merged, ("answer", "disputed"), claim);
        let parts = three.map(|response| items(field(response, "open_parts")));
        merged.insert("open_parts".to_owned(), Value::from(open_parts(parts)));
        let reason =
            self.inside("reason", |walk| walk.merge(Rule::Text, three.map(|response| field(response, "reason"))));
        merged.extend(reason.map(|reason| ("reason".to_owned(), reason)));
        Some(Value::Object(merged))
    }

    /// Two different decisions on whether a control applies, and why not, are both kept whole; none is in force.
    fn exclusion(&mut self, three: Three) -> Option<Value> {
        let merged = match changed(&three[0], &three[1], &three[2]) {
            Changed::Nobody(exclusion) | Changed::Ours(exclusion) => exclusion.cloned(),
            Changed::Theirs(exclusion) => {
                let words = if exclusion.is_some() { "decided there, taken over" } else { "lifted there, taken over" };
                self.note(NoteKind::Taken, words);
                exclusion.cloned()
            }
            Changed::Both => {
                let reason = |exclusion: Option<&Value>| {
                    let reason = field(exclusion, "reason").and_then(Value::as_str);
                    exclusion.map_or("it applies".to_owned(), |_| super::short(reason.unwrap_or_default()))
                };
                let (here, there) = (reason(three[1]), reason(three[2]));
                let words =
                    format!("\"{here}\" here, \"{there}\" there; both are kept, none is in force, to be settled");
                self.note(NoteKind::Disputed, words);
                both_exclusions(three)
            }
        };
        merged.filter(|exclusion| !exclusion.is_null())
    }
}

fn put_claim(record: &mut Map<String, Value>, (value, others): (&str, &str), claim: Claim) {
    record.extend(claim.value.map(|counts| (value.to_owned(), counts)));
    record.insert(others.to_owned(), Value::from(claim.others));
    if claim.by_proposal {
        record.insert("by_proposal".to_owned(), Value::Bool(true));
    }
}

/// `NoOccasion` without a reason counts as open; beside a reason from elsewhere it must not turn into one with it.
fn as_it_counts(claim: &Claim, response: Option<&Value>) -> Claim {
    let has_reason = field(response, "reason").and_then(Value::as_str).is_some_and(|reason| !reason.trim().is_empty());
    let mut claim = claim.clone();
    let (no_occasion, unknown) = (json!("NoOccasion"), json!("Unknown"));
    let stated = claim.stated();
    if !has_reason && stated.contains(&no_occasion) && !stated.contains(&unknown) {
        claim.others.push(unknown);
    }
    claim
}

/// The parts of a check that somebody still sees open, where both said something else.
fn open_parts([base, ours, theirs]: [&[Value]; 3]) -> Vec<Value> {
    match changed(&base, &ours, &theirs) {
        Changed::Nobody(parts) | Changed::Ours(parts) | Changed::Theirs(parts) => parts.to_vec(),
        Changed::Both => {
            let mut parts = [ours, theirs].concat();
            Order::Lower.sort(&mut parts);
            if parts == base {
                // As with values that were settled in two ways: not the same as what nobody touched.
                parts.reverse();
            }
            parts
        }
    }
}

fn both_exclusions([base, ours, theirs]: Three) -> Option<Value> {
    let mut all: Vec<Value> = [ours, theirs].into_iter().flatten().flat_map(all_exclusions).collect();
    Order::Plain.sort(&mut all);
    if all.is_empty() {
        return None;
    }
    let merged = disputed_exclusion(all.clone());
    if Some(&merged) != base {
        return Some(merged);
    }
    // Settled in two ways: open again, and not the same as what nobody touched.
    all.reverse();
    let first = all[0].clone();
    let others = if all.len() == 1 { all } else { all.split_off(1) };
    Some(disputed(first, others))
}

/// An exclusion and those that others stated, each as if it stood alone.
pub(in crate::merge) fn all_exclusions(exclusion: &Value) -> Vec<Value> {
    let all = [exclusion].into_iter().chain(items(exclusion.get("others"))).cloned();
    let single = all.map(|mut single| {
        if let Some(fields) = single.as_object_mut() {
            fields.remove("disputed");
            fields.remove("others");
        }
        single
    });
    single.collect()
}

/// A disputed exclusion that holds all of these, at least one, in order.
pub(in crate::merge) fn disputed_exclusion(mut all: Vec<Value>) -> Value {
    Order::Plain.sort(&mut all);
    let others = all.split_off(1);
    disputed(all.swap_remove(0), others)
}

fn disputed(mut exclusion: Value, others: Vec<Value>) -> Value {
    exclusion["disputed"] = Value::Bool(true);
    if !others.is_empty() {
        exclusion["others"] = Value::from(others);
    }
    exclusion
}

/// The changes that either side made, those of the base first. None is dropped here, or the order of merges would matter;
/// the next change of the answer keeps the latest.
fn history(three: Three) -> Option<Value> {
    let [base, ours, theirs] = three.map(items);
    let merged = match changed(&base, &ours, &theirs) {
        Changed::Nobody(past) | Changed::Ours(past) | Changed::Theirs(past) => past.to_vec(),
        Changed::Both => values::json_set(base, ours, theirs),
    };
    (!merged.is_empty()).then(|| Value::from(merged))
}

/// Who changed the answer last: of both sides that changed what it says the later one.
fn stamp(three: Three<'_>) -> Option<&Value> {
    let content = three.map(|answer| {
        let mut answer = answer.cloned();
        if let Some(fields) = answer.as_mut().and_then(Value::as_object_mut) {
            fields.remove("changed");
            fields.remove("history");
        }
        answer
    });
    let [base, ours, theirs] = three.map(|answer| field(answer, "changed"));
    let later = || {
        let key = |stamp: Option<&Value>| stamp.map(|stamp| (stamp["on"].to_string(), stamp["by"].to_string()));
        if key(ours) >= key(theirs) { ours } else { theirs }
    };
    match changed(&content[0], &content[1], &content[2]) {
        Changed::Ours(_) => ours,
        Changed::Theirs(_) => theirs,
        Changed::Nobody(now) if now == content[0] => match changed(&base, &ours, &theirs) {
            Changed::Nobody(stamp) | Changed::Ours(stamp) | Changed::Theirs(stamp) => stamp,
            Changed::Both => later(),
        },
        Changed::Nobody(_) | Changed::Both => later(),
    }
}

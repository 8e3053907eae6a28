//! Merging of single values, texts and sets. Each function is given what both sides made of the same base.
//!
//! Every one of them is commutative, associative and idempotent over the sides that changed something, and its result
//! differs from the base as long as one of the sides does. On that rests that people may merge in any order.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::merge::schema::Order;

/// A value and what else was stated for the same place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Claim {
    /// What counts, where anything is said.
    pub(super) value: Option<Value>,
    /// What else was stated, in the way in which the place keeps it.
    pub(super) others: Vec<Value>,
    /// Whether it was only taken over from a proposal.
    pub(super) by_proposal: bool,
}

/// How a place keeps what else was stated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeping {
    /// The value that counts is not among the others.
    Others,
    /// The value that counts is the first of them.
    All,
}

impl Claim {
    /// All that was stated, the value that counts first.
    pub(super) fn stated(&self) -> Vec<Value> {
        self.value.iter().chain(&self.others).cloned().collect()
    }
}

/// What one side made of the base, the other, or both.
pub(super) enum Changed<T> {
    /// Neither changed it, or both to the same.
    Nobody(T),
    /// Only the first side changed it.
    Ours(T),
    /// Only the second side changed it.
    Theirs(T),
    /// Both changed it, and differently.
    Both,
}

/// Who changed something.
pub(super) fn changed<T: PartialEq + Clone>(base: &T, ours: &T, theirs: &T) -> Changed<T> {
    if ours == theirs {
        Changed::Nobody(ours.clone())
    } else if base == ours {
        Changed::Theirs(theirs.clone())
    } else if base == theirs {
        Changed::Ours(ours.clone())
    } else {
        Changed::Both
    }
}

/// Both claims in one: all that was stated, in order. A side that only cleared the place adds nothing.
pub(super) fn union(
    base: &Claim,
    (ours, theirs): (&Claim, &Claim),
    order: Order,
    keeping: Keeping,
    join: impl FnOnce(Vec<Value>) -> Vec<Value>,
) -> Claim {
    let mut values = join([ours.stated(), theirs.stated()].concat());
    order.sort(&mut values);
    let speaking = [ours, theirs].into_iter().filter(|claim| !claim.stated().is_empty());
    let by_proposal = !values.is_empty() && speaking.into_iter().all(|claim| claim.by_proposal);
    let keep = |values: Vec<Value>, is_doubtful: bool| {
        let is_disputed = values.len() > 1 || is_doubtful;
        let first = values.first().cloned();
        let others = match keeping {
            Keeping::All if is_disputed => values,
            Keeping::Others if values.len() == 1 && is_disputed => values,
            Keeping::Others => values.into_iter().skip(1).collect(),
            Keeping::All => Vec::new(),
        };
        Claim { value: first, others, by_proposal }
    };
    let joined = keep(values.clone(), false);
    if joined != *base || values.is_empty() {
        return joined;
    }
    // Two settled the same dispute differently: it is open again. That must not look like a dispute that nobody touched,
    // or a third person's choice would pass for the only one. So it stands in the other order, which scores the same.
    let is_single = values.len() == 1;
    let first = values[0].clone();
    values.reverse();
    let mut reopened = keep(values, is_single);
    if keeping == Keeping::All {
        reopened.value = Some(first);
    }
    reopened
}

/// Three states of a set: what one side added or took away is added or taken away.
///
/// What the base has comes first, in its order, then the rest sorted.
pub(super) fn set<T: Ord + Clone>(base: &[T], ours: &[T], theirs: &[T]) -> Vec<T> {
    let [in_base, in_ours, in_theirs] = [base, ours, theirs].map(|items| items.iter().collect::<BTreeSet<&T>>());
    let stays = |item: &T| {
        let is_flipped =
            in_ours.contains(item) != in_base.contains(item) || in_theirs.contains(item) != in_base.contains(item);
        in_base.contains(item) != is_flipped
    };
    if in_ours == in_base && in_theirs == in_base {
        // Both only put it into another order.
        return ours.min(theirs).to_vec();
    }
    let mut seen = BTreeSet::new();
    let kept = base.iter().filter(|item| stays(item) && seen.insert(*item));
    let mut merged: Vec<T> = kept.cloned().collect();
    let added: BTreeSet<&T> = in_ours.union(&in_theirs).copied().filter(|item| !in_base.contains(item)).collect();
    merged.extend(added.into_iter().cloned());
    merged
}

/// Three states of a text, merged as a set of paragraphs, which blank lines part.
pub(super) fn text(base: &str, ours: &str, theirs: &str) -> String {
    let [base, ours_parts, theirs_parts] = [base, ours, theirs].map(paragraphs);
    let has_same = |parts: &[String]| parts.iter().collect::<BTreeSet<_>>() == base.iter().collect();
    if has_same(&ours_parts) && has_same(&theirs_parts) {
        return ours.min(theirs).to_owned();
    }
    set(&base, &ours_parts, &theirs_parts).join("\n\n")
}

/// The paragraphs of a text.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let mut parts: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines() {
        match parts.last_mut() {
            Some(part) if !line.trim().is_empty() => part.push(line),
            Some(part) if part.is_empty() => {}
            Some(_) | None => parts.push(Vec::new()),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.into_iter().map(|part| part.join("\n")).collect()
}

/// JSON values in an order: by their text.
pub(super) fn json_set(base: &[Value], ours: &[Value], theirs: &[Value]) -> Vec<Value> {
    let texts = |items: &[Value]| items.iter().map(Value::to_string).collect::<Vec<String>>();
    let merged = set(&texts(base), &texts(ours), &texts(theirs));
    let all = [base, ours, theirs].into_iter().flatten();
    let by_text: BTreeMap<String, &Value> = all.map(|value| (value.to_string(), value)).collect();
    merged.iter().filter_map(|text| by_text.get(text).copied().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(values: &[u8]) -> Claim {
        let mut values = values.iter().map(|value| Value::from(*value));
        Claim { value: values.next(), others: values.collect(), by_proposal: false }
    }

    #[test]
    fn a_dispute_holds_all_that_was_stated_the_first_by_the_order() {
        let case = |base: &[u8], ours: &[u8], theirs: &[u8], expected: &[u8]| {
            let (base, ours, theirs) = (number(base), number(ours), number(theirs));
            let both = [(&ours, &theirs), (&theirs, &ours)];
            for sides in both {
                assert_eq!(union(&base, sides, Order::Lower, Keeping::Others, |all| all), number(expected));
            }
        };
        case(&[], &[3], &[2], &[2, 3]);
        case(&[1], &[3, 4], &[2], &[2, 3, 4]);
        case(&[1], &[], &[2], &[2]);
        // Settled in two ways: open again, and not the same as the base.
        case(&[2, 3], &[2], &[3], &[3, 2]);
        case(&[3, 2], &[2], &[3], &[2, 3]);
    }

    #[test]
    fn texts_keep_the_paragraphs_of_both_once_and_in_order() {
        let case = |base: &str, ours: &str, theirs: &str, expected: &str| {
            assert_eq!(text(base, ours, theirs), expected);
            assert_eq!(text(base, theirs, ours), expected);
        };
        case("", "a", "b", "a\n\nb");
        case("a\n\nb", "a\n\nb\n\nours", "start\n\na\n\nb", "a\n\nb\n\nours\n\nstart");
        case("a\n\nb\n\nc", "a\n\nc", "a\n\nb\n\nc\n\nd\ne", "a\n\nc\n\nd\ne");
        case("a\n\nb", "a 1\n\nb", "a 2\n\nb", "b\n\na 1\n\na 2");
        case("a", "", "a\n\nb", "b");
        case("a\n\nb", "b\n\na", "a\n \n\nb", "a\n \n\nb");
    }

    #[test]
    fn sets_follow_both_sides() {
        let case = |base: &[u8], ours: &[u8], theirs: &[u8], expected: &[u8]| {
            assert_eq!(set(base, ours, theirs), expected);
            assert_eq!(set(base, theirs, ours), expected);
        };
        case(&[3, 1], &[3, 1, 5], &[4, 3], &[3, 4, 5]);
        case(&[1], &[], &[1, 2], &[2]);
        case(&[], &[2, 2], &[1], &[1, 2]);
    }
}

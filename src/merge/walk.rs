//! The walk through three trees at once, field by field, by the rules of the table.

pub(super) mod answer;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::{
    merge::{
        Note, NoteKind,
        schema::{self, Field, Key, Order, Rule},
        tree::{Side, field, items, stated, value},
        values::{self, Changed, Claim, Keeping, changed, union},
    },
    model::{
        collision::{Place, Stated},
        text::LONGEST_TEXT,
    },
};

/// The same place in base, ours and theirs.
type Three<'a> = [Option<&'a Value>; 3];

/// A walk under way: where it is, and what it found so far.
pub(super) struct Walk<'a> {
    sides: [&'a Side; 3],
    place: Place,
    collisions: BTreeMap<Place, Vec<Stated>>,
    visited: BTreeSet<Place>,
    notes: Vec<Note>,
}

impl<'a> Walk<'a> {
    /// Merges two sides of a base and says what happened.
    pub(super) fn through(base: &'a Side, ours: &'a Side, theirs: &'a Side) -> (Side, Vec<Note>) {
        let sides = [base, ours, theirs];
        let (place, collisions) = (Place::default(), BTreeMap::new());
        let mut walk = Walk { sides, place, collisions, visited: BTreeSet::new(), notes: Vec::new() };
        let tree = walk.record(schema::ASSESSMENT, sides.map(|side| Some(&side.tree)));
        walk.rest();
        let tree = tree.unwrap_or_else(|| Value::Object(Map::new()));
        (Side { tree, collisions: walk.collisions }, walk.notes)
    }

    /// Carries something out one step further inside.
    fn inside<T>(&mut self, name: &str, act: impl FnOnce(&mut Self) -> T) -> T {
        self.place.0.push(name.to_owned());
        let result = act(self);
        self.place.0.pop();
        result
    }

    fn note(&mut self, kind: NoteKind, words: impl Into<String>) {
        self.notes.push(Note { kind, place: self.place.clone(), words: words.into() });
    }

    fn record(&mut self, fields: &[Field], three: Three) -> Option<Value> {
        let unnamed: BTreeSet<&String> =
            three.iter().flatten().filter_map(|side| side.as_object()).flat_map(Map::keys).collect();
        let named = fields.iter().copied();
        let unnamed = unnamed.into_iter().filter(|name| fields.iter().all(|(known, _)| known != name));
        let all = named.chain(unnamed.map(|name| (name.as_str(), Rule::Single(Order::Plain))));
        let mut record = Map::new();
        for (name, rule) in all {
            let merged = self.inside(name, |walk| walk.merge(rule, three.map(|side| field(side, name))));
            record.extend(merged.map(|value| (name.to_owned(), value)));
        }
        let is_there = !record.is_empty() || three.iter().any(Option::is_some);
        is_there.then_some(Value::Object(record))
    }

    fn merge(&mut self, rule: Rule, three: Three) -> Option<Value> {
        match rule {
            Rule::Single(order) => self.single(order, three, |values| values),
            Rule::Whole => self.single(Order::Plain, three, |values| values),
            Rule::Reply => {
                let base = three[0].cloned();
                self.single(Order::Plain, three, |values| joined_replies(base.as_ref(), values))
            }
            Rule::Highest => self.extreme(three, |ours, theirs| ours > theirs),
            Rule::Lowest => self.extreme(three, |ours, theirs| ours < theirs),
            Rule::Text => self.text(three),
            Rule::Set => self.set(three, false),
            Rule::SortedSet => self.set(three, true),
            Rule::Record(fields) => self.record(fields, three),
            Rule::Part(fields) => self.entry(three, |walk, three| walk.record(fields, three)),
            Rule::Map(order) => {
                self.map(three, |walk, three| walk.single(order, three, |values| values)).map(Value::Object)
            }
            Rule::Entries(key, fields) => self.entries(key, three, |walk, three| walk.record(fields, three)),
            Rule::Answers => self.map(three, Walk::answer).map(Value::Object),
        }
    }

    fn claims(&self, three: Three) -> [Claim; 3] {
        let claim = |index: usize| {
            let stated = self.sides[index].collisions.get(&self.place);
            let others = stated.into_iter().flatten().filter_map(value).collect();
            Claim { value: three[index].cloned(), others, by_proposal: false }
        };
        [claim(0), claim(1), claim(2)]
    }

    fn single(&mut self, order: Order, three: Three, join: impl FnOnce(Vec<Value>) -> Vec<Value>) -> Option<Value> {
        self.visited.insert(self.place.clone());
        let [base, ours, theirs] = self.claims(three);
        let claim = match changed(&base, &ours, &theirs) {
            Changed::Nobody(claim) | Changed::Ours(claim) => claim,
            Changed::Theirs(claim) => {
                self.note_taken(&base, &claim);
                claim
            }
            Changed::Both => {
                let claim = union(&base, (&ours, &theirs), order, Keeping::All, join);
                self.note_both(&ours, &theirs, !claim.others.is_empty());
                claim
            }
        };
        if !claim.others.is_empty() {
            self.collisions.insert(self.place.clone(), claim.others.iter().map(stated).collect());
        }
        claim.value
    }

    fn note_taken(&mut self, base: &Claim, theirs: &Claim) {
        let (before, after) = (words(base), words(theirs));
        self.note(NoteKind::Taken, format!("{after} taken over from there; it was {before}"));
    }

    fn note_both(&mut self, ours: &Claim, theirs: &Claim, is_disputed: bool) {
        let (here, there) = (words(ours), words(theirs));
        if is_disputed {
            self.note(NoteKind::Disputed, format!("{here} here, {there} there; both are kept, to be settled"));
        } else {
            self.note(NoteKind::Merged, format!("{here} here, {there} there; what is stated is kept"));
        }
    }

    fn extreme(&mut self, three: Three, is_first: fn(&str, &str) -> bool) -> Option<Value> {
        let [_, ours, theirs] = three.map(|side| side.and_then(Value::as_str).unwrap_or_default());
        let picked = match changed(&three[0], &three[1], &three[2]) {
            Changed::Nobody(value) | Changed::Ours(value) | Changed::Theirs(value) => value,
            Changed::Both if is_first(ours, theirs) => three[1],
            Changed::Both => three[2],
        };
        picked.cloned()
    }

    fn text(&mut self, three: Three) -> Option<Value> {
        let [base, ours, theirs] = three.map(|side| side.and_then(Value::as_str).unwrap_or_default());
        let is_colliding = self.sides.iter().any(|side| side.collisions.contains_key(&self.place));
        let merged = match changed(&base, &ours, &theirs) {
            // What no file could hold is not put together.
            Changed::Both => Some(values::text(base, ours, theirs)).filter(|text| text.chars().count() <= LONGEST_TEXT),
            Changed::Nobody(text) | Changed::Ours(text) | Changed::Theirs(text) => Some(text.to_owned()),
        };
        let Some(merged) = merged.filter(|_| !is_colliding) else {
            return self.single(Order::Plain, three, |values| values);
        };
        self.note_list(&base, &ours, &theirs);
        three.iter().any(Option::is_some).then(|| Value::from(merged))
    }

    fn set(&mut self, three: Three, is_sorted: bool) -> Option<Value> {
        let [base, ours, theirs] = three.map(items);
        let merged = match changed(&base, &ours, &theirs) {
            Changed::Nobody(list) | Changed::Ours(list) | Changed::Theirs(list) => list.to_vec(),
            Changed::Both => {
                let mut merged = values::json_set(base, ours, theirs);
                if is_sorted {
                    merged.sort_by_cached_key(Value::to_string);
                }
                merged
            }
        };
        self.note_list(&base, &ours, &theirs);
        three.iter().any(Option::is_some).then(|| Value::from(merged))
    }

    fn note_list<T: PartialEq + Clone>(&mut self, base: &T, ours: &T, theirs: &T) {
        match changed(base, ours, theirs) {
            Changed::Nobody(_) | Changed::Ours(_) => {}
            Changed::Theirs(_) => self.note(NoteKind::Taken, "changed there, taken over"),
            Changed::Both => self.note(NoteKind::Merged, "changed on both sides, merged"),
        }
    }

    fn map(
        &mut self,
        three: Three,
        mut item: impl FnMut(&mut Self, Three) -> Option<Value>,
    ) -> Option<Map<String, Value>> {
        let keys: BTreeSet<&String> =
            three.iter().flatten().filter_map(|side| side.as_object()).flat_map(Map::keys).collect();
        let merged = keys.into_iter().filter_map(|key| {
            let value = self.inside(key, |walk| item(walk, three.map(|side| field(side, key))))?;
            Some((key.clone(), value))
        });
        let merged: Map<String, Value> = merged.collect();
        three.iter().any(Option::is_some).then_some(merged)
    }

    fn entries(
        &mut self,
        key: Key,
        three: Three,
        mut item: impl FnMut(&mut Self, Three) -> Option<Value>,
    ) -> Option<Value> {
        let lists = three.map(|side| key.keyed(side));
        let groups = three.map(|side| key.grouped(side));
        let added: BTreeSet<&String> = groups[1].keys().chain(groups[2].keys()).collect();
        let added = added.into_iter().filter(|key| !groups[0].contains_key(*key));
        let of_base = lists[0].iter().map(|(key, _)| key).filter(|key| groups[0].contains_key(*key));
        let mut merged = Vec::new();
        for key in of_base.chain(added) {
            let group = [0, 1, 2].map(|index| groups[index].get(key).map_or(&[] as &[&Value], Vec::as_slice));
            let entries = self.inside(key, |walk| {
                if group.iter().any(|entries| entries.len() > 1) {
                    walk.several(group)
                } else {
                    Vec::from_iter(walk.entry(group.map(|entries| entries.first().copied()), &mut item))
                }
            });
            merged.extend(entries.into_iter().zip(1..).map(|(entry, nth)| (schema::numbered(key, nth), entry)));
        }
        // A list that only one side touched keeps even its order.
        let side = match changed(&items(three[0]), &items(three[1]), &items(three[2])) {
            Changed::Nobody(_) | Changed::Ours(_) => Some(1),
            Changed::Theirs(_) => Some(2),
            Changed::Both => None,
        };
        if let Some(side) = side {
            let places: BTreeMap<&String, usize> = lists[side].iter().map(|(key, _)| key).zip(0..).collect();
            merged.sort_by_key(|(key, _)| places.get(&key).copied().unwrap_or(usize::MAX));
        }
        let merged = merged.into_iter().map(|(_, entry)| entry).collect();
        three.iter().any(Option::is_some).then_some(Value::Array(merged))
    }

    /// Several entries of the same key, of which nobody can tell which one became which: each is there or not as a whole.
    fn several(&mut self, three: [&[&Value]; 3]) -> Vec<Value> {
        let [base, ours, theirs] = three.map(|entries| entries.iter().copied().cloned().collect::<Vec<Value>>());
        self.note_list(&base, &ours, &theirs);
        match changed(&base, &ours, &theirs) {
            Changed::Nobody(list) | Changed::Ours(list) | Changed::Theirs(list) => list,
            Changed::Both => values::json_set(&base, &ours, &theirs),
        }
    }

    /// One entry: taken, removed, kept against a removal, or merged.
    fn entry(&mut self, three: Three, item: impl FnOnce(&mut Self, Three) -> Option<Value>) -> Option<Value> {
        match three {
            [_, Some(_), Some(_)] => item(self, three),
            [_, None, None] => self.leave(three, None),
            [None, Some(_), None] => self.leave(three, Some(1)),
            [None, None, Some(_)] => {
                self.note(NoteKind::Taken, "added there");
                self.leave(three, Some(2))
            }
            [Some(_), Some(_), None] if self.is_same(three, 1) => {
                self.note(NoteKind::Taken, "removed there");
                self.leave(three, None)
            }
            [Some(_), None, Some(_)] if self.is_same(three, 2) => self.leave(three, None),
            [Some(_), Some(_), None] => {
                self.note(NoteKind::Kept, "changed here and removed there; it is kept");
                self.leave(three, Some(1))
            }
            [Some(_), None, Some(_)] => {
                self.note(NoteKind::Kept, "removed here and changed there; it is kept");
                self.leave(three, Some(2))
            }
        }
    }

    /// Leaves an entry as one side has it, with what collides within it; or removes it.
    fn leave(&mut self, three: Three, side: Option<usize>) -> Option<Value> {
        // What collides within a removed entry is about a place that is gone, see [`Walk::rest`].
        let side = side?;
        for (index, other) in self.sides.into_iter().enumerate() {
            for (place, stated) in other.collisions_within(&self.place) {
                self.visited.insert(place.clone());
                if side == index {
                    self.collisions.insert(place.clone(), stated.clone());
                }
            }
        }
        three[side].cloned()
    }

    /// Whether a side left this place as the base has it.
    fn is_same(&self, three: Three, side: usize) -> bool {
        let collisions = |index: usize| self.sides[index].collisions_within(&self.place);
        three[0] == three[side] && collisions(0).eq(collisions(side))
    }

    /// The collisions about places that are nowhere any more; they stay until somebody puts them away.
    fn rest(&mut self) {
        let all: BTreeSet<Place> = self.sides.iter().flat_map(|side| side.collisions.keys().cloned()).collect();
        for place in all.difference(&self.visited) {
            let [base, ours, theirs] = self.sides.map(|side| side.collisions.get(place).cloned().unwrap_or_default());
            let left = match changed(&base, &ours, &theirs) {
                Changed::Nobody(stated) | Changed::Ours(stated) | Changed::Theirs(stated) => stated,
                Changed::Both => {
                    let all: BTreeSet<Stated> = ours.into_iter().chain(theirs).collect();
                    let mut all: Vec<Stated> = all.into_iter().collect();
                    if all == base {
                        all.reverse();
                    }
                    all
                }
            };
            if !left.is_empty() {
                self.collisions.insert(place.clone(), left);
            }
        }
    }
}

/// All words among these replies as one text, all lists as one, and every other reply as it is.
fn joined_replies(base: Option<&Value>, replies: Vec<Value>) -> Vec<Value> {
    let (texts, rest): (Vec<Value>, Vec<Value>) = replies.into_iter().partition(|reply| reply.get("Text").is_some());
    let (lists, mut joined): (Vec<Value>, Vec<Value>) = rest.into_iter().partition(|reply| reply.get("List").is_some());
    let base_text = field(base, "Text").and_then(Value::as_str).unwrap_or_default();
    let texts = texts.iter().filter_map(|reply| reply["Text"].as_str()).map(str::to_owned);
    let text = texts.reduce(|a, b| if a == b { a } else { values::text(base_text, &a, &b) });
    joined.extend(text.map(|text| serde_json::json!({ "Text": text })));
    let base_list = items(field(base, "List"));
    let lists = lists.iter().map(|reply| items(reply.get("List")).to_vec());
    let list = lists.reduce(|a, b| if a == b { a } else { values::json_set(base_list, &a, &b) });
    joined.extend(list.map(|list| serde_json::json!({ "List": list })));
    joined
}

/// A claim in a few words.
fn words(claim: &Claim) -> String {
    let mut all: Vec<String> = claim.stated().iter().map(|value| short(&stated(value).to_string())).collect();
    all.dedup();
    if all.is_empty() { "nothing".to_owned() } else { all.join(" or ") }
}

/// The first words of a text, on one line.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return "nothing".to_owned();
    }
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{} ...", &line[..end]),
        None => line,
    }
}

//! How each field of an assessment is merged. One table, read by the merge and by the settling of what collides.
//!
//! A field that is not named here is merged as a single value, so that nothing is lost before somebody names it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::merge::tree::items;

/// How a value is merged.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// One value; two different ones collide, and the first in this order counts.
    Single(Order),
    /// A text of several lines that is one value; two different ones collide.
    Whole,
    /// The higher of two.
    Highest,
    /// The lower of two.
    Lowest,
    /// Words in paragraphs, merged as a set.
    Text,
    /// Short texts, ids or small records, merged as a set.
    Set,
    /// The same, always in order: days, and ids of what can get another id while it is merged.
    SortedSet,
    /// The answer to a prompt: words and lists are merged, everything else collides.
    Reply,
    /// Fields; a record that is not there is one in which nothing is said.
    Record(&'static [Field]),
    /// Fields; that the record is there says something in itself.
    Part(&'static [Field]),
    /// A value per key.
    Map(Order),
    /// Records that are told apart by their key.
    Entries(Key, &'static [Field]),
    /// The answers per requirement.
    Answers,
}

/// A field and its rule.
pub(super) type Field = (&'static str, Rule);

/// Which of the values that collide counts until that is settled; ties and everything else by the smaller text.
#[derive(Clone, Copy)]
pub(super) enum Order {
    /// The smaller text; of days the earlier one.
    Plain,
    /// The lower number.
    Lower,
    /// The higher number.
    Higher,
    /// Yes before no.
    Yes,
    /// The one named first; others after them.
    Listed(&'static [&'static str]),
    /// The higher step of a scale, and before all that nobody knows.
    Rated,
    /// The lower rung of a ladder, and last that nobody knows.
    Rung,
}

/// What tells the entries of a list apart.
#[derive(Clone, Copy)]
pub(super) enum Key {
    /// An id that people make up: two new entries under the same one may be two things.
    Free,
    /// A field that points to something else; empty when it is missing.
    Field(&'static str),
    /// Two fields.
    Two(&'static str, &'static str),
}

const IMPACT_LEVEL: Order = Order::Listed(&["VeryHigh", "High", "Medium", "Low"]);
const LINE: Rule = Rule::Single(Order::Plain);
const RATED: Rule = Rule::Single(Order::Rated);
const LEVEL: Rule = Rule::Single(IMPACT_LEVEL);
const FLAG: Rule = Rule::Single(Order::Yes);

/// The whole of an assessment.
pub(super) const ASSESSMENT: &[Field] = &[
    ("catalog", Rule::Highest),
    ("name", LINE),
    ("created", Rule::Lowest),
    ("profile", Rule::Record(PROFILE)),
    ("targets", Rule::Map(Order::Higher)),
    ("gateway", Rule::Entries(Key::Field("question"), &[("question", LINE), ("option", LINE)])),
    ("declared_absent", Rule::SortedSet),
    ("systems", Rule::Entries(Key::Free, SYSTEM)),
    ("criteria", Rule::Record(CRITERIA)),
    ("evidence", Rule::Entries(Key::Free, EVIDENCE)),
    ("answers", Rule::Answers),
    ("own_controls", Rule::Entries(Key::Free, OWN_CONTROL)),
    ("statement", Rule::Record(STATEMENT)),
    ("actions", Rule::Entries(Key::Field("action"), ACTION)),
    // A round is written once and never changed.
    ("rounds", Rule::Set),
];

pub(super) const PROFILE: &[Field] = &[
    ("organization", LINE),
    ("sector", LINE),
    ("size", LINE),
    ("roles", Rule::Set),
    ("eu_exposure", FLAG),
    ("scope", Rule::Text),
    ("team", Rule::Set),
    ("start_date", LINE),
    ("target_date", LINE),
    ("capacity", Rule::Single(Order::Lower)),
];

pub(super) const EVIDENCE: &[Field] = &[
    ("id", LINE),
    ("title", LINE),
    ("kind", LINE),
    ("location", LINE),
    ("date", LINE),
    ("valid_until", LINE),
    ("owner", LINE),
    ("serves", Rule::Set),
];

pub(super) const ACTION: &[Field] = &[
    ("action", LINE),
    ("status", Rule::Single(Order::Listed(&["Open", "InProgress", "Dropped", "Done"]))),
    ("reason", Rule::Text),
    ("owner", LINE),
    ("due", LINE),
];

pub(super) const SYSTEM: &[Field] = &[
    ("id", LINE),
    ("name", LINE),
    ("in_scope", FLAG),
    ("scope_reason", Rule::Text),
    ("level", LEVEL),
    ("residual", LEVEL),
    ("sensitive_use", FLAG),
    ("banned_use", FLAG),
    ("next_review", LINE),
    ("version", LINE),
    ("owner", LINE),
    ("purpose", Rule::Text),
    ("stage", LINE),
    ("roles", Rule::Set),
    ("suppliers", Rule::Set),
    ("affected", Rule::Set),
    ("evidence", Rule::SortedSet),
    ("screening", Rule::Part(SCREENING)),
    ("impact", Rule::Record(IMPACT)),
    ("eu_act", Rule::Entries(Key::Field("step"), EU_ACT)),
    ("bill", Rule::Whole),
];

pub(super) const SCREENING: &[Field] = &[
    ("on", LINE),
    ("by", LINE),
    ("sensitive", Rule::Set),
    ("unsure", Rule::Set),
    ("restricted", Rule::Entries(Key::Field("id"), RESTRICTED)),
];

pub(super) const RESTRICTED: &[Field] = &[("id", LINE), ("settled", Rule::Text)];

pub(super) const EU_ACT: &[Field] = &[
    ("step", LINE),
    ("answer", Rule::Single(Order::Listed(&["Unknown", "Yes", "No"]))),
    ("picks", Rule::Set),
    ("reason", Rule::Text),
];

pub(super) const IMPACT: &[Field] = &[
    ("answers", Rule::Entries(Key::Field("prompt"), PROMPT)),
    ("harms", Rule::Entries(Key::Free, HARM)),
    ("no_harm", Rule::Entries(Key::Field("dimension"), NO_HARM)),
    ("benefits", Rule::Entries(Key::Free, BENEFIT)),
    ("measures", Rule::Entries(Key::Free, MEASURE)),
    ("occasions", Rule::SortedSet),
    ("sign_offs", Rule::Entries(Key::Two("prepared_on", "prepared_by"), SIGN_OFF)),
];

pub(super) const PROMPT: &[Field] = &[("prompt", LINE), ("reply", Rule::Reply)];

pub(super) const HARM: &[Field] = &[
    ("id", LINE),
    ("what", Rule::Text),
    ("group", LINE),
    ("dimension", LINE),
    ("causes", Rule::Set),
    ("before", Rule::Record(RATING)),
    ("after", Rule::Record(RATING)),
    ("measures", Rule::SortedSet),
    ("approver_reason", Rule::Text),
];

pub(super) const RATING: &[Field] =
    &[("gravity", RATED), ("reach", RATED), ("reversibility", RATED), ("duration", RATED), ("likelihood", RATED)];

pub(super) const NO_HARM: &[Field] = &[("dimension", LINE), ("reason", Rule::Text)];

/// The rating of a benefit counts against nothing, so that the smaller one is the careful one.
pub(super) const BENEFIT: &[Field] = &[
    ("id", LINE),
    ("what", Rule::Text),
    ("group", LINE),
    ("dimension", LINE),
    ("size", LINE),
    ("likelihood", LINE),
    ("support", Rule::Text),
];

/// Of two kinds of a measure the one that takes less away counts: only `Avoid` lowers a level by more than one step.
pub(super) const MEASURE: &[Field] = &[
    ("id", LINE),
    ("what", Rule::Text),
    ("kind", Rule::Single(Order::Listed(&["Compensate", "Repair", "Detect", "Lower", "Avoid"]))),
    ("means", Rule::Set),
    ("owner", LINE),
    ("due", LINE),
    ("evidence", Rule::SortedSet),
    ("controls", Rule::Set),
];

pub(super) const SIGN_OFF: &[Field] = &[
    ("prepared_by", LINE),
    ("prepared_on", LINE),
    ("reviewed_by", LINE),
    ("reviewed_on", LINE),
    ("approved_by", LINE),
    ("approver_function", LINE),
    ("approved_on", LINE),
    (
        "outcome",
        Rule::Single(Order::Listed(&["Stopped", "Escalated", "Returned", "ApprovedWithConditions", "Approved"])),
    ),
    ("conditions", Rule::Text),
    ("conditions_due", LINE),
    ("conditions_checked_by", LINE),
    ("level", LEVEL),
    ("residual", LEVEL),
    ("facts", Rule::Entries(Key::Field("fact"), FACT)),
];

pub(super) const FACT: &[Field] = &[("fact", LINE), ("value", Rule::Whole)];

pub(super) const CRITERIA: &[Field] = &[
    ("approved_by", LINE),
    ("approved_on", LINE),
    ("matrix", LINE),
    ("anchors", Rule::Entries(Key::Two("scale", "step"), ANCHOR)),
    ("approvals", Rule::Entries(Key::Field("level"), &[("level", LINE), ("by", LINE)])),
];

pub(super) const ANCHOR: &[Field] = &[("scale", LINE), ("step", LINE), ("anchor", Rule::Text)];

/// What stands in an answer beside level, checks and exclusion, which hold their disputes themselves.
pub(super) const ANSWER: &[Field] = &[
    ("inclusion", Rule::Record(INCLUSION)),
    ("owner", LINE),
    ("note", Rule::Text),
    ("flagged", FLAG),
    ("to_confirm", FLAG),
];

/// That a control applies to all systems is stated and wins over systems that somebody names at the same time.
pub(super) const INCLUSION: &[Field] = &[
    ("reason", Rule::Text),
    ("drivers", Rule::Set),
    ("reference", LINE),
    ("all_systems", FLAG),
    ("systems", Rule::SortedSet),
    ("implementation", Rule::Text),
];

pub(super) const OWN_CONTROL: &[Field] = &[
    ("id", LINE),
    ("title", LINE),
    ("inclusion", Rule::Record(INCLUSION)),
    ("owner", LINE),
    ("evidence", Rule::SortedSet),
];

/// Nobody can choose between two fingerprints; after a merge of decisions neither is that of the result.
pub(super) const STATEMENT: &[Field] =
    &[("version", LINE), ("approved_by", LINE), ("approved_on", LINE), ("decisions", Rule::Highest)];

/// Whether a place of an assessment holds one line, where it holds words.
pub(crate) fn is_line(place: &[String]) -> bool {
    matches!(rule_at(ASSESSMENT, place), Some(Rule::Single(_)))
}

/// The rule of a place within records of these fields; none for a place that no assessment has.
pub(super) fn rule_at(fields: &[Field], place: &[String]) -> Option<Rule> {
    let (name, rest) = place.split_first()?;
    let (_, rule) = fields.iter().find(|(known, _)| known == name)?;
    match rule {
        Rule::Record(fields) | Rule::Part(fields) => rule_at(fields, rest),
        Rule::Entries(_, fields) => rule_at(fields, rest.get(1..)?),
        Rule::Answers => match rest.get(1..)? {
            [list, _, field] if list == "checks" && field == "reason" => Some(Rule::Text),
            within => rule_at(ANSWER, within),
        },
        Rule::Map(order) => (rest.len() == 1).then_some(Rule::Single(*order)),
        Rule::Single(_)
        | Rule::Whole
        | Rule::Highest
        | Rule::Lowest
        | Rule::Text
        | Rule::Set
        | Rule::SortedSet
        | Rule::Reply => rest.is_empty().then_some(*rule),
    }
}

impl Key {
    /// The key of an entry.
    pub(super) fn of(self, entry: &Value) -> String {
        let field = |name: &str| match entry.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            // Sorts after every day: what is still in preparation stands last.
            None => "undated".to_owned(),
        };
        match self {
            Key::Free => field("id"),
            Key::Field(name) => field(name),
            Key::Two(first, second) => format!("{} {}", field(first), field(second)),
        }
    }

    /// The entries of a list with their keys; a second one of the same key gets a number behind it.
    pub(super) fn keyed(self, list: Option<&Value>) -> Vec<(String, &Value)> {
        let mut seen = BTreeMap::new();
        let keyed = items(list).iter().map(|entry| {
            let key = self.of(entry);
            let nth = seen.entry(key.clone()).and_modify(|nth| *nth += 1).or_insert(1);
            (numbered(&key, *nth), entry)
        });
        keyed.collect()
    }

    /// The entries of a list by their keys, those of the same key in their order.
    pub(super) fn grouped(self, list: Option<&Value>) -> BTreeMap<String, Vec<&Value>> {
        let mut groups: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
        for entry in items(list) {
            groups.entry(self.of(entry)).or_default().push(entry);
        }
        groups
    }
}

/// The name of the nth entry of a key.
pub(super) fn numbered(key: &str, nth: usize) -> String {
    if nth == 1 { key.to_owned() } else { format!("{key} #{nth}") }
}

impl Order {
    /// Sorts values so that the one that counts stands first, and each only once.
    pub(super) fn sort(self, values: &mut Vec<Value>) {
        values.sort_by_cached_key(|value| (self.rank(value), value.to_string()));
        values.dedup();
    }

    fn rank(self, value: &Value) -> i64 {
        let hundredths = || value.as_f64().map_or(0, |number| (number * 100.0).round() as i64);
        match self {
            Order::Plain => 0,
            Order::Lower => hundredths(),
            Order::Higher => -hundredths(),
            Order::Yes => i64::from(*value != Value::Bool(true)),
            Order::Listed(names) => {
                let place = names.iter().position(|name| value.as_str() == Some(name));
                place.unwrap_or(names.len()) as i64
            }
            Order::Rung => value.get("Level").and_then(Value::as_i64).unwrap_or(1000),
            Order::Rated => value.get("At").and_then(Value::as_i64).map_or(-1000, |step| -step),
        }
    }
}

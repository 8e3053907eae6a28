//! An assessment as a tree of names and values, which can be merged and set by place.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{
    assessment::Assessment,
    collision::{Collision, Place, Stated},
    round,
    text::LONGEST_TEXT,
};

/// One state of an assessment: its tree, and beside it what collides there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Side {
    /// All but the collisions.
    pub(super) tree: Value,
    /// The values stated per place.
    pub(super) collisions: BTreeMap<Place, Vec<Stated>>,
}

impl Side {
    /// The tree of an assessment.
    pub(super) fn of(assessment: &Assessment) -> Side {
        let collisions = assessment.collisions.iter().cloned();
        let collisions = collisions.map(|collision| (collision.place, collision.stated)).collect();
        let tree = Assessment { collisions: Vec::new(), ..assessment.clone() };
        let tree = serde_json::to_value(tree).expect("every field of an assessment has a JSON form");
        Side { tree, collisions }
    }

    /// The assessment of a tree that was put together from valid ones, its lists in order.
    pub(super) fn into_assessment(self) -> Assessment {
        self.try_into_assessment().expect("each value of the tree is one that a valid assessment has at that place")
    }

    /// The assessment of a tree, unless a value does not fit its place.
    pub(super) fn try_into_assessment(self) -> Option<Assessment> {
        let mut assessment: Assessment = serde_json::from_value(self.tree).ok()?;
        let collisions = self.collisions.into_iter().filter(|(_, stated)| !stated.is_empty());
        assessment.collisions = collisions.map(|(place, stated)| Collision { place, stated }).collect();
        put_in_order(&mut assessment);
        Some(assessment)
    }

    /// The collisions at a place and within it.
    pub(super) fn collisions_within<'a>(
        &'a self,
        place: &'a Place,
    ) -> impl Iterator<Item = (&'a Place, &'a Vec<Stated>)> + Clone {
        self.collisions.range(place.clone()..).take_while(move |(other, _)| other.is_within(place))
    }
}

/// The orders in which an assessment looks its entries up.
fn put_in_order(assessment: &mut Assessment) {
    assessment.answers.retain(|_, answer| !answer.is_empty());
    for answer in assessment.answers.values_mut() {
        answer.checks.sort_by(|a, b| a.check.cmp(&b.check));
    }
    assessment.gateway.sort_by(|a, b| a.question.cmp(&b.question));
    assessment.systems.sort_by(|a, b| a.id.cmp(&b.id));
    assessment.evidence.sort_by(|a, b| a.id.cmp(&b.id));
    assessment.own_controls.sort_by(|a, b| a.id.cmp(&b.id));
    assessment.actions.sort_by(|a, b| a.action.cmp(&b.action));
    round::sort(&mut assessment.rounds);
    for impact in assessment.systems.iter_mut().map(|system| &mut system.impact) {
        impact.answers.sort_by(|a, b| a.prompt.cmp(&b.prompt));
        impact.harms.sort_by(|a, b| a.id.cmp(&b.id));
        impact.benefits.sort_by(|a, b| a.id.cmp(&b.id));
        impact.measures.sort_by(|a, b| a.id.cmp(&b.id));
    }
}

/// A value of the tree as it stands in a collision.
pub(super) fn stated(value: &Value) -> Stated {
    match value {
        Value::String(words) if words.chars().count() > LONGEST_TEXT => Stated::Bill { bill: words.clone() },
        Value::String(words) => Stated::Words(words.clone()),
        other => Stated::Value(other.to_string()),
    }
}

/// A value of a collision as it stands in the tree; nothing where a file holds what is no value.
pub(super) fn value(stated: &Stated) -> Option<Value> {
    match stated {
        Stated::Words(words) | Stated::Bill { bill: words } => Some(Value::String(words.clone())),
        Stated::Value(json) => serde_json::from_str(json).ok(),
    }
}

/// The field of that name, where the value is a record that has it.
pub(super) fn field<'a>(record: Option<&'a Value>, name: &str) -> Option<&'a Value> {
    record.and_then(|record| record.get(name))
}

/// The entries of a list; none where it is missing.
pub(super) fn items(list: Option<&Value>) -> &[Value] {
    list.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

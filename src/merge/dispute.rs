//! What waits to be settled, and the changes that settle it: what a review screen lists, and what the git driver counts.

use serde_json::{Map, Value};

use crate::{
    merge::{
        schema::{ANSWER, ASSESSMENT, Field, Rule, rule_at},
        tree::{Side, stated, value},
    },
    model::{
        answer::{Answer, CheckAnswer, CheckResponse, LevelAnswer},
        assessment::Assessment,
        collision::{Collision, Place, Stated},
        edit::Change,
        exclusion::Exclusion,
        reference::Reference,
    },
};

/// Something on which people disagree.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispute {
    /// What it is about; prints as words.
    pub place: Place,
    /// What can be decided; the first one is what counts meanwhile.
    pub options: Vec<Resolution>,
}

/// One way to settle a dispute.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolution {
    /// What is decided, in the words of those who stated it.
    pub words: String,
    /// The change that does it; its reverse opens the dispute again.
    pub change: Change,
}

/// All that waits to be settled: levels, checks and exclusions in order of their requirements, then single values.
pub fn disputes(assessment: &Assessment) -> Vec<Dispute> {
    let answers = assessment.answers.values().flat_map(of_answer);
    answers.chain(assessment.collisions.iter().map(|collision| of_collision(assessment, collision))).collect()
}

fn of_answer(answer: &Answer) -> Vec<Dispute> {
    let place = |names: &[&str]| {
        let requirement = answer.requirement.to_string();
        let names = ["answers", &requirement].into_iter().chain(names.iter().copied());
        Place(names.map(str::to_owned).collect())
    };
    let mut disputes = Vec::new();
    if !answer.disputed_levels.is_empty() {
        disputes.push(Dispute { place: place(&["level"]), options: levels(answer) });
    }
    for response in answer.checks.iter().filter(|response| !response.disputed.is_empty()) {
        let options = check_answers(answer.requirement, response);
        disputes.push(Dispute { place: place(&["checks", &response.check]), options });
    }
    if let Some(exclusion) = answer.exclusion.as_ref().filter(|exclusion| exclusion.is_disputed()) {
        disputes.push(Dispute { place: place(&["exclusion"]), options: exclusions(answer.requirement, exclusion) });
    }
    disputes
}

fn levels(answer: &Answer) -> Vec<Resolution> {
    let mut levels: Vec<LevelAnswer> = answer.level.into_iter().chain(answer.disputed_levels.iter().copied()).collect();
    levels.sort();
    levels.dedup();
    let option = |level: LevelAnswer| {
        let words = level.known().map_or("unknown".to_owned(), |level| format!("{level} {}", level.name()));
        Resolution { words, change: Change::level(answer.requirement, level) }
    };
    levels.into_iter().map(option).collect()
}

fn check_answers(requirement: Reference, response: &CheckResponse) -> Vec<Resolution> {
    let mut answers = [&[response.answer], response.disputed.as_slice()].concat();
    answers.sort();
    answers.dedup();
    let option = |answer| {
        let settled = CheckResponse { answer, disputed: Vec::new(), ..response.clone() };
        Resolution { words: CheckAnswer::name(answer).to_owned(), change: Change::check(requirement, settled) }
    };
    answers.into_iter().map(option).collect()
}

/// That it applies stands first, as that is what counts while people disagree.
fn exclusions(requirement: Reference, exclusion: &Exclusion) -> Vec<Resolution> {
    let decide = |exclusion: Option<Exclusion>| Change::SetExclusion { requirement, exclusion };
    let applies = Resolution { words: "it applies".to_owned(), change: decide(None) };
    let stated = [exclusion].into_iter().chain(&exclusion.others).map(|stated| {
        let single = Exclusion { disputed: false, others: Vec::new(), ..stated.clone() };
        let basis = stated.basis.map_or("no basis", |basis| basis.name());
        Resolution { words: format!("excluded ({basis}): {}", stated.reason), change: decide(Some(single)) }
    });
    let mut options = vec![applies];
    for option in stated {
        if !options.contains(&option) {
            options.push(option);
        }
    }
    options
}

fn of_collision(assessment: &Assessment, collision: &Collision) -> Dispute {
    let Collision { place, stated } = collision;
    let close = Change::SetCollision { place: place.clone(), stated: Vec::new() };
    let mut values: Vec<&Stated> = Vec::new();
    for stated in stated {
        if !values.contains(&stated) {
            values.push(stated);
        }
    }
    let options = values.into_iter().filter_map(|stated| {
        let change = match set(assessment, place, stated)? {
            Some(change) => Change::Batch(vec![change, close.clone()]),
            None => close.clone(),
        };
        Some(Resolution { words: stated.to_string(), change })
    });
    let mut options: Vec<Resolution> = options.collect();
    // What was changed by hand meanwhile, or is nowhere any more, can stay as it is.
    if options.iter().all(|option| option.change != close) {
        let words = match current(assessment, place) {
            Some(words) => format!("leave it as it is: {words}"),
            None => "leave it as it is".to_owned(),
        };
        options.insert(0, Resolution { words, change: close });
    }
    let counts = options.iter().position(|option| matches!(option.change, Change::SetCollision { .. }));
    options.swap(0, counts.unwrap_or_default());
    Dispute { place: place.clone(), options }
}

/// A place with the number, from 0, of a value stated for it that it cannot have, such as a list for a name; the first of
/// each number. Only a change by hand leaves one. What is stated for a place that is gone fits.
pub fn misfits(assessment: &Assessment) -> Vec<(Place, usize)> {
    let tree = Side::of(assessment).tree;
    let most = assessment.collisions.iter().map(|collision| collision.stated.len()).max().unwrap_or_default();
    let misfit = |nth: usize| {
        let stated = assessment.collisions.iter().filter_map(|collision| Some((collision, collision.stated.get(nth)?)));
        let mut suspects: Vec<(&Place, &Stated)> =
            stated.map(|(collision, stated)| (&collision.place, stated)).collect();
        if fit(&tree, &suspects) {
            return None;
        }
        while suspects.len() > 1 {
            let rest = suspects.split_off(suspects.len() / 2);
            if fit(&tree, &suspects) {
                suspects = rest;
            }
        }
        suspects.first().map(|(place, _)| ((*place).clone(), nth))
    };
    (0..most).filter_map(misfit).collect()
}

/// Whether an assessment can have all of these values at once.
fn fit(tree: &Value, stated: &[(&Place, &Stated)]) -> bool {
    let mut tree = tree.clone();
    for (place, stated) in stated {
        let Some((name, outer)) = place.0.split_last() else { continue };
        let Some(value) = value(stated).filter(|_| rule_at(ASSESSMENT, &place.0).is_some()) else { continue };
        if let Some(record) = record_at(&mut tree, ASSESSMENT, outer) {
            record.insert(name.clone(), value);
        }
    }
    serde_json::from_value::<Assessment>(tree).is_ok()
}

/// The words of the value that a place has now.
fn current(assessment: &Assessment, place: &Place) -> Option<String> {
    let mut side = Side::of(assessment);
    let (name, outer) = place.0.split_last()?;
    let record = record_at(&mut side.tree, ASSESSMENT, outer)?;
    record.get(name).map(|value| stated(value).to_string())
}

/// The change that sets a value by its place. Nothing within where the place has that value already; nothing at all where
/// the place is gone or the value does not fit it.
fn set(assessment: &Assessment, place: &Place, to: &Stated) -> Option<Option<Change>> {
    let mut side = Side::of(assessment);
    let (name, outer) = place.0.split_last()?;
    record_at(&mut side.tree, ASSESSMENT, outer)?.insert(name.clone(), value(to)?);
    let changed = side.try_into_assessment()?;
    if changed == *assessment {
        return Some(None);
    }
    let names: Vec<&str> = place.0.iter().map(String::as_str).collect();
    change_of(&changed, &names).map(Some)
}

/// The change that brings one part of an assessment to the state that it has in this one.
fn change_of(changed: &Assessment, place: &[&str]) -> Option<Change> {
    let (part, within) = place.split_first()?;
    let id = within.first().copied().unwrap_or_default();
    match *part {
        "name" => Some(Change::Rename(changed.name.clone())),
        "profile" => Some(Change::SetProfile(Box::new(changed.profile.clone()))),
        "criteria" => Some(Change::SetCriteria(Box::new(changed.criteria.clone()))),
        "targets" => {
            let category: Reference = id.parse().ok()?;
            Some(Change::SetTarget { category, level: changed.targets.get(&category).copied() })
        }
        "gateway" => {
            let option = changed.gateway_option(id).map(str::to_owned);
            Some(Change::SetGateway { question: id.to_owned(), option })
        }
        "systems" => changed.system(id).map(|system| Change::system("disputed value", system.clone())),
        "evidence" => {
            let evidence = changed.evidence_item(id)?;
            Some(Change::SetEvidence { id: id.to_owned(), evidence: Some(evidence.clone()) })
        }
        "own_controls" => changed.own_control(id).map(|control| Change::own_control(control.clone())),
        "statement" => Some(Change::SetStatement(Box::new(changed.statement.clone()))),
        "actions" => changed.action_record(id).map(|record| Change::action(record.clone())),
        "answers" => {
            let requirement: Reference = id.parse().ok()?;
            let answer = changed.answer(requirement)?;
            match within.get(1..)? {
                ["checks", check, _] => Some(Change::check(requirement, answer.check(check)?.clone())),
                ["inclusion", _] => {
                    Some(Change::SetInclusion { requirement, inclusion: Box::new(answer.inclusion.clone()) })
                }
                ["owner"] => Some(Change::SetOwner { requirement, owner: answer.owner.clone() }),
                ["to_confirm"] => Some(Change::SetToConfirm { requirement, to_confirm: answer.to_confirm }),
                ["flagged"] => Some(Change::SetFlag { requirement, flagged: answer.flagged }),
                ["note"] => Some(Change::SetNote { requirement, note: answer.note.clone() }),
                [..] => None,
            }
        }
        _ => None,
    }
}

/// The record that holds the last name of a place; entries on the way are found by their keys.
fn record_at<'a>(tree: &'a mut Value, fields: &[Field], outer: &[String]) -> Option<&'a mut Map<String, Value>> {
    let Some((name, rest)) = outer.split_first() else { return tree.as_object_mut() };
    let (_, rule) = fields.iter().find(|(known, _)| known == name)?;
    match rule {
        // Where it is gone, whatever was said within it is about nothing.
        Rule::Part(fields) => record_at(tree.get_mut(name)?, fields, rest),
        Rule::Record(fields) => {
            let record = tree.as_object_mut()?;
            let missing = || Value::Object(Map::new());
            record_at(record.entry(name.clone()).or_insert_with(missing), fields, rest)
        }
        Rule::Entries(key, fields) => {
            let list = tree.get_mut(name)?;
            let (id, rest) = rest.split_first()?;
            let index = key.keyed(Some(list)).iter().position(|(key, _)| key == id)?;
            record_at(list.get_mut(index)?, fields, rest)
        }
        Rule::Map(_) => tree.get_mut(name)?.as_object_mut().filter(|_| rest.is_empty()),
        Rule::Answers => {
            let (requirement, rest) = rest.split_first()?;
            let answer = tree.get_mut(name)?.get_mut(requirement)?;
            match rest {
                [] => answer.as_object_mut(),
                [list, check] if list == "checks" => {
                    let responses = answer.get_mut(list)?.as_array_mut()?;
                    let is_it = |response: &&mut Value| response.get("check").and_then(Value::as_str) == Some(check);
                    responses.iter_mut().find(is_it)?.as_object_mut()
                }
                rest => record_at(answer, ANSWER, rest),
            }
        }
        Rule::Single(_)
        | Rule::Whole
        | Rule::Highest
        | Rule::Lowest
        | Rule::Text
        | Rule::Set
        | Rule::SortedSet
        | Rule::Reply => None,
    }
}

//! Cleans every text of a file that was read, so that nothing hidden gets further than this.

mod systems;

use std::borrow::Cow;

use serde_json::Value;

use crate::{
    clean_text::{clean_line, clean_text},
    merge::is_line,
    model::{
        action::ActionRecord,
        answer::{Answer, CheckResponse, Stamp},
        collision::{Collision, Stated},
        evidence::Evidence,
        exclusion::Exclusion,
        gateway::GatewayAnswer,
        history::{AnswerPart, PastChange},
        inclusion::{Inclusion, OwnControl},
        profile::Profile,
        round::PastRound,
        statement::Statement,
    },
    store::file::FileV1,
};

/// Cleans all texts of a file: [`clean_text`] for those with several lines, [`clean_line`] for the others.
pub(super) fn clean(file: &mut FileV1) {
    // Written out in full here and below: a new field does not compile until somebody decides about it.
    let FileV1 {
        version: _,
        catalog,
        name,
        created: _,
        profile,
        targets: _,
        gateway,
        declared_absent: _,
        systems,
        criteria,
        evidence,
        answers,
        own_controls,
        statement,
        actions,
        collisions,
        rounds,
    } = file;
    line(catalog);
    line(name);
    clean_profile(profile);
    for GatewayAnswer { question, option } in gateway {
        line(question);
        line(option);
    }
    systems.iter_mut().for_each(systems::clean_system);
    systems::clean_criteria(criteria);
    for Evidence { id, title, kind: _, location, date: _, valid_until: _, owner, serves: _ } in evidence {
        line(id);
        line(title);
        line(location);
        line(owner);
    }
    answers.iter_mut().for_each(clean_answer);
    for OwnControl { id, title, inclusion, owner, evidence } in own_controls {
        [id, title, owner].into_iter().for_each(line);
        clean_inclusion(inclusion);
        evidence.iter_mut().for_each(line);
    }
    let Statement { version, approved_by, approved_on: _, decisions } = statement;
    [version, approved_by, decisions].into_iter().for_each(line);
    for ActionRecord { action, status: _, reason, owner, due: _ } in actions {
        line(action);
        lines(reason);
        line(owner);
    }
    for Collision { place, stated } in collisions {
        place.0.iter_mut().for_each(line);
        let is_line = is_line(&place.0);
        stated.iter_mut().for_each(|stated| clean_stated(stated, is_line));
    }
    for PastRound { on: _, name, catalog, management_system: _, controls: _, categories: _ } in rounds {
        line(name);
        line(catalog);
    }
}

/// In JSON a text can hide behind its escapes, so that each is cleaned as it will be read.
fn clean_stated(stated: &mut Stated, is_line: bool) {
    match stated {
        Stated::Words(words) if is_line => line(words),
        Stated::Words(words) | Stated::Bill { bill: words } => lines(words),
        Stated::Value(json) => match serde_json::from_str(json) {
            Ok(mut value) => {
                clean_value(&mut value);
                *json = value.to_string();
            }
            Err(_) => line(json),
        },
    }
}

fn clean_value(value: &mut Value) {
    match value {
        Value::String(text) => lines(text),
        Value::Array(items) => items.iter_mut().for_each(clean_value),
        Value::Object(fields) => fields.values_mut().for_each(clean_value),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn clean_profile(profile: &mut Profile) {
    let Profile {
        organization,
        sector: _,
        size: _,
        roles: _,
        eu_exposure: _,
        scope,
        team,
        start_date: _,
        target_date: _,
        capacity: _,
    } = profile;
    line(organization);
    lines(scope);
    team.iter_mut().for_each(line);
}

fn clean_answer(answer: &mut Answer) {
    let Answer {
        requirement: _,
        level: _,
        disputed_levels: _,
        by_proposal: _,
        checks,
        exclusion,
        inclusion,
        owner,
        note,
        flagged: _,
        to_confirm: _,
        changed,
        history,
    } = answer;
    for CheckResponse { check, answer: _, open_parts: _, reason, disputed: _ } in checks {
        line(check);
        lines(reason);
    }
    exclusion.iter_mut().for_each(clean_exclusion);
    clean_inclusion(inclusion);
    line(owner);
    lines(note);
    if let Some(Stamp { by, on: _ }) = changed {
        line(by);
    }
    for PastChange { on: _, at: _, by, what, from, to } in history {
        [by, from, to].into_iter().for_each(line);
        match what {
            AnswerPart::Check(check) => line(check),
            AnswerPart::Level
            | AnswerPart::Exclusion
            | AnswerPart::Inclusion
            | AnswerPart::Owner
            | AnswerPart::Note
            | AnswerPart::Flag
            | AnswerPart::ToConfirm => {}
        }
    }
}

fn clean_exclusion(exclusion: &mut Exclusion) {
    let Exclusion { basis: _, reason, reference, override_note, roles: _, systems, disputed: _, others } = exclusion;
    lines(reason);
    line(reference);
    lines(override_note);
    systems.iter_mut().for_each(line);
    others.iter_mut().for_each(clean_exclusion);
}

fn clean_inclusion(inclusion: &mut Inclusion) {
    let Inclusion { reason, drivers: _, reference, all_systems: _, systems, implementation } = inclusion;
    [reason, implementation].into_iter().for_each(lines);
    line(reference);
    systems.iter_mut().for_each(line);
}

fn line(text: &mut String) {
    if let Cow::Owned(clean) = clean_line(text) {
        *text = clean;
    }
}

fn lines(text: &mut String) {
    if let Cow::Owned(clean) = clean_text(text) {
        *text = clean;
    }
}

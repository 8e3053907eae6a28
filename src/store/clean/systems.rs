//! Cleans the texts of AI systems and their impact assessments.

use crate::{
    model::{
        decision_path::PathAnswer,
        impact::{
            ImpactAssessment, PromptAnswer, PromptReply,
            criteria::{OwnAnchor, OwnApproval, OwnCriteria},
            harm::{Benefit, Harm, Measure, NoHarm},
            sign_off::{Occasion, SignOff, SignedFact},
        },
        system::{RestrictedUse, Screening, System},
    },
    store::clean::{line, lines},
};

pub(super) fn clean_system(system: &mut System) {
    let System {
        id,
        name,
        in_scope: _,
        scope_reason,
        level: _,
        residual: _,
        sensitive_use: _,
        banned_use: _,
        next_review: _,
        version,
        owner,
        purpose,
        stage: _,
        roles: _,
        suppliers,
        affected,
        evidence,
        screening,
        impact,
        eu_act,
        bill,
    } = system;
    [id, name, version, owner].into_iter().for_each(line);
    [scope_reason, purpose, bill].into_iter().for_each(lines);
    [suppliers, affected, evidence].into_iter().flatten().for_each(line);
    if let Some(Screening { on: _, by, sensitive, unsure, restricted }) = screening {
        line(by);
        sensitive.iter_mut().chain(unsure).for_each(line);
        for RestrictedUse { id, settled } in restricted {
            line(id);
            lines(settled);
        }
    }
    clean_impact(impact);
    for PathAnswer { step, answer: _, picks, reason } in eu_act {
        line(step);
        picks.iter_mut().for_each(line);
        lines(reason);
    }
}

fn clean_impact(impact: &mut ImpactAssessment) {
    let ImpactAssessment { answers, harms, no_harm, benefits, measures, occasions, sign_offs } = impact;
    for PromptAnswer { prompt, reply } in answers {
        line(prompt);
        match reply {
            PromptReply::Text(text) => lines(text),
            PromptReply::List(entries) => entries.iter_mut().for_each(lines),
            PromptReply::Choice(options) => options.iter_mut().for_each(line),
            PromptReply::Unknown | PromptReply::Date(_) | PromptReply::YesNo(_) => {}
        }
    }
    for Harm { id, what, group, dimension, causes, before: _, after: _, measures, approver_reason } in harms {
        [id, group, dimension].into_iter().for_each(line);
        [what, approver_reason].into_iter().for_each(lines);
        causes.iter_mut().chain(measures).for_each(line);
    }
    for NoHarm { dimension, reason } in no_harm {
        dimension.iter_mut().for_each(line);
        lines(reason);
    }
    for Benefit { id, what, group, dimension, size: _, likelihood: _, support } in benefits {
        [id, group, dimension].into_iter().for_each(line);
        [what, support].into_iter().for_each(lines);
    }
    for Measure { id, what, kind: _, means: _, owner, due: _, evidence, controls: _ } in measures {
        [id, owner].into_iter().for_each(line);
        lines(what);
        evidence.iter_mut().for_each(line);
    }
    for Occasion { trigger, on: _, what } in occasions {
        line(trigger);
        lines(what);
    }
    sign_offs.iter_mut().for_each(clean_sign_off);
}

fn clean_sign_off(sign_off: &mut SignOff) {
    let SignOff {
        prepared_by,
        prepared_on: _,
        reviewed_by,
        reviewed_on: _,
        approved_by,
        approver_function,
        approved_on: _,
        outcome: _,
        conditions,
        conditions_due: _,
        conditions_checked_by,
        level: _,
        residual: _,
        facts,
    } = sign_off;
    [prepared_by, reviewed_by, approved_by, approver_function, conditions_checked_by].into_iter().for_each(line);
    lines(conditions);
    for SignedFact { fact, value } in facts {
        line(fact);
        lines(value);
    }
}

pub(super) fn clean_criteria(criteria: &mut OwnCriteria) {
    let OwnCriteria { approved_by, approved_on: _, matrix: _, anchors, approvals } = criteria;
    line(approved_by);
    for OwnAnchor { scale, step: _, anchor } in anchors {
        line(scale);
        lines(anchor);
    }
    for OwnApproval { level: _, by } in approvals {
        line(by);
    }
}

//! How AI systems and their impact assessments stand in a save.

use crate::{
    model::{
        impact::{
            ImpactAssessment,
            criteria::OwnCriteria,
            harm::{Benefit, Harm, Measure},
            sign_off::SignOff,
        },
        system::{Screening, System},
    },
    store::layout::Layout,
};

pub(super) fn system(text: &mut Layout, system: &System) {
    let System {
        id,
        name,
        in_scope,
        scope_reason,
        level,
        residual,
        sensitive_use,
        banned_use,
        next_review,
        version,
        owner,
        purpose,
        stage,
        roles,
        suppliers,
        affected,
        evidence,
        screening,
        impact,
        eu_act,
        bill,
    } = system;
    text.value("id", id);
    text.value("name", name);
    text.value("in_scope", in_scope);
    text.words("scope_reason", scope_reason);
    text.option("level", level);
    text.option("residual", residual);
    text.flag("sensitive_use", *sensitive_use);
    text.flag("banned_use", *banned_use);
    text.option("next_review", next_review);
    text.words("version", version);
    text.words("owner", owner);
    text.words("purpose", purpose);
    text.option("stage", stage);
    text.list("roles", roles);
    text.list("suppliers", suppliers);
    text.list("affected", affected);
    text.list("evidence", evidence);
    if let Some(screening) = screening {
        text.record("screening", |text| screening_fields(text, screening));
    }
    if !impact.is_empty() {
        text.record("impact", |text| impact_fields(text, impact));
    }
    text.lines("eu_act", eu_act);
    text.words("bill", bill);
}

fn screening_fields(text: &mut Layout, screening: &Screening) {
    let Screening { on, by, sensitive, unsure, restricted } = screening;
    text.value("on", on);
    text.words("by", by);
    text.list("sensitive", sensitive);
    text.list("unsure", unsure);
    text.lines("restricted", restricted);
}

fn impact_fields(text: &mut Layout, impact: &ImpactAssessment) {
    let ImpactAssessment { answers, harms, no_harm, benefits, measures, occasions, sign_offs } = impact;
    text.lines("answers", answers);
    text.blocks("harms", harms, harm, |harm| format!("harm {}", harm.id));
    text.lines("no_harm", no_harm);
    text.blocks("benefits", benefits, benefit, |benefit| format!("benefit {}", benefit.id));
    text.blocks("measures", measures, measure, |measure| format!("measure {}", measure.id));
    text.lines("occasions", occasions);
    text.blocks("sign_offs", sign_offs, sign_off, |sign_off| format!("prepared by {}", sign_off.prepared_by));
}

fn harm(text: &mut Layout, harm: &Harm) {
    let Harm { id, what, group, dimension, causes, before, after, measures, approver_reason } = harm;
    text.value("id", id);
    text.value("what", what);
    text.value("group", group);
    text.value("dimension", dimension);
    text.list("causes", causes);
    if !before.is_empty() {
        text.value("before", before);
    }
    if !after.is_empty() {
        text.value("after", after);
    }
    text.list("measures", measures);
    text.words("approver_reason", approver_reason);
}

fn benefit(text: &mut Layout, benefit: &Benefit) {
    let Benefit { id, what, group, dimension, size, likelihood, support } = benefit;
    text.value("id", id);
    text.value("what", what);
    text.value("group", group);
    text.value("dimension", dimension);
    text.option("size", size);
    text.option("likelihood", likelihood);
    text.words("support", support);
}

fn measure(text: &mut Layout, measure: &Measure) {
    let Measure { id, what, kind, means, owner, due, evidence, controls } = measure;
    text.value("id", id);
    text.value("what", what);
    text.value("kind", kind);
    text.list("means", means);
    text.words("owner", owner);
    text.option("due", due);
    text.list("evidence", evidence);
    text.list("controls", controls);
}

fn sign_off(text: &mut Layout, sign_off: &SignOff) {
    let SignOff {
        prepared_by,
        prepared_on,
        reviewed_by,
        reviewed_on,
        approved_by,
        approver_function,
        approved_on,
        outcome,
        conditions,
        conditions_due,
        conditions_checked_by,
        level,
        residual,
        facts,
    } = sign_off;
    text.words("prepared_by", prepared_by);
    text.option("prepared_on", prepared_on);
    text.words("reviewed_by", reviewed_by);
    text.option("reviewed_on", reviewed_on);
    text.words("approved_by", approved_by);
    text.words("approver_function", approver_function);
    text.option("approved_on", approved_on);
    text.option("outcome", outcome);
    text.words("conditions", conditions);
    text.option("conditions_due", conditions_due);
    text.words("conditions_checked_by", conditions_checked_by);
    text.option("level", level);
    text.option("residual", residual);
    text.lines("facts", facts);
}

pub(super) fn criteria(text: &mut Layout, criteria: &OwnCriteria) {
    let OwnCriteria { approved_by, approved_on, matrix, anchors, approvals } = criteria;
    text.words("approved_by", approved_by);
    text.option("approved_on", approved_on);
    text.option("matrix", matrix);
    text.lines("anchors", anchors);
    text.lines("approvals", approvals);
}

//! Arbitrary AI systems with their screening, impact assessment and path answers, and arbitrary own criteria.

use std::collections::BTreeSet;

use proptest::{collection, option, prelude::*, sample};

use crate::model::{
    arbitrary::{date, line, note, rarely, some_of},
    catalog::Catalog,
    decision_path::{PathAnswer, PathReply},
    evidence::Evidence,
    impact::{
        ImpactAssessment, PromptAnswer, PromptReply,
        criteria::{Matrix, OwnAnchor, OwnApproval, OwnCriteria},
        form::{ImpactForm, Prompt, PromptKind},
        harm::{Benefit, Harm, Means, Measure, MeasureKind, NoHarm, Rated, Rating, Scale},
        sign_off::{Occasion, Outcome, SignOff, SignedFact},
    },
    level::ImpactLevel,
    profile::AiRole,
    reference::Reference,
    system::{RestrictedUse, Screening, Stage, System},
    text::Text,
};

/// The most harms, measures and benefits of one system.
const MOST_ROWS: usize = 3;

/// A bill of materials with one part.
fn bill() -> impl Strategy<Value = String> {
    line().prop_map(|name| {
        let name = name.replace('\\', "\\\\").replace('"', "\\\"");
        let part = format!("{{\n      \"type\": \"library\",\n      \"name\": \"{name}\"\n    }}");
        let head = "\"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.6\"";
        format!("{{\n  {head},\n  \"components\": [\n    {part}\n  ]\n}}")
    })
}

/// Up to three AI systems, `s0` to `s2`, under a catalogue. They name evidence `e0` to `e5`, see [`keep_known_evidence`].
pub(crate) fn systems(catalog: &Catalog) -> impl Strategy<Value = Vec<System>> + use<> {
    let parts =
        (rarely_some(screening(&catalog.impact)), rarely(impact(catalog)), rarely(path(catalog)), rarely(bill()));
    let numbered = |systems: Vec<System>| {
        systems.into_iter().zip(0..).map(|(system, number)| System { id: format!("s{number}"), ..system }).collect()
    };
    collection::vec(system(parts), 0..4).prop_map(numbered)
}

/// An AI system without an id, with something in each of its parts.
pub(crate) fn full_system(catalog: &Catalog) -> impl Strategy<Value = System> + use<> {
    system((option::of(screening(&catalog.impact)), impact(catalog), path(catalog), rarely(bill())))
}

/// An AI system without an id, with parts like these.
fn system(
    parts: impl Strategy<Value = (Option<Screening>, ImpactAssessment, Vec<PathAnswer>, String)>,
) -> impl Strategy<Value = System> {
    let entry =
        (line(), any::<bool>(), levels(), prop::bool::weighted(0.2), prop::bool::weighted(0.1), option::of(date()));
    let facts = (rarely(line()), rarely(line()), rarely(line()), rarely(note()), option::of(stage()));
    let people = (some_of(&AiRole::ALL, 3), rarely(lines()), rarely(lines()), rarely(evidence_ids()));
    (entry, facts, people, parts).prop_map(|(entry, facts, people, parts)| {
        let (name, in_scope, (level, residual), sensitive_use, banned_use, next_review) = entry;
        let (scope_reason, version, owner, purpose, stage) = facts;
        let (roles, suppliers, affected, evidence) = people;
        let (screening, impact, eu_act, bill) = parts;
        System {
            id: String::new(),
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
        }
    })
}

/// Takes out the evidence that the register does not hold.
pub(crate) fn keep_known_evidence(systems: &mut [System], register: &[Evidence]) {
    let is_known = |id: &String| register.iter().any(|evidence| evidence.id == *id);
    for system in systems {
        system.evidence.retain(is_known);
        system.impact.measures.iter_mut().for_each(|measure| measure.evidence.retain(is_known));
    }
}

/// Own criteria; their matrix never falls.
pub(crate) fn own_criteria(form: &ImpactForm) -> impl Strategy<Value = OwnCriteria> + use<> {
    let steps = form.scales.iter().flat_map(|scale| {
        let steps = u8::try_from(scale.steps.len()).expect("a scale has few steps");
        (1..=steps).map(move |step| (scale.id.to_string(), step))
    });
    let anchor = (sample::select(steps.collect::<Vec<_>>()), line());
    let anchor = anchor.prop_map(|((scale, step), anchor)| OwnAnchor { scale, step, anchor });
    let approval = (impact_level(), line()).prop_map(|(level, by)| OwnApproval { level, by });
    let lists = (collection::vec(anchor, 0..3), collection::vec(approval, 0..3));
    let criteria = (rarely(line()), option::of(date()), option::of(matrix()), lists);
    criteria.prop_map(|(approved_by, approved_on, matrix, (anchors, approvals))| OwnCriteria {
        approved_by,
        approved_on,
        matrix,
        anchors: one_per(anchors, |anchor| (anchor.scale.clone(), anchor.step)),
        approvals: one_per(approvals, |approval| approval.level),
    })
}

/// Only the first row of each key.
fn one_per<T, K: Ord>(rows: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut seen = BTreeSet::new();
    rows.into_iter().filter(|row| seen.insert(key(row))).collect()
}

/// A matrix that never falls: the proposed one with some places raised.
fn matrix() -> impl Strategy<Value = Matrix> {
    (1..=5_u8, 1..=5_u8, impact_level()).prop_map(|(from_severity, from_likelihood, at_least)| {
        let mut matrix = Matrix::PROPOSED;
        for row in matrix.0.iter_mut().skip(usize::from(from_severity) - 1) {
            for level in row.iter_mut().skip(usize::from(from_likelihood) - 1) {
                *level = at_least.max(*level);
            }
        }
        matrix
    })
}

fn impact_level() -> impl Strategy<Value = ImpactLevel> {
    sample::select(ImpactLevel::ALL.to_vec())
}

fn levels() -> impl Strategy<Value = (Option<ImpactLevel>, Option<ImpactLevel>)> {
    (option::of(impact_level()), rarely(impact_level().prop_map(Some)))
}

fn stage() -> impl Strategy<Value = Stage> {
    sample::select(Stage::ALL.to_vec())
}

fn lines() -> impl Strategy<Value = Vec<String>> {
    collection::vec(line(), 1..3)
}

fn evidence_ids() -> impl Strategy<Value = Vec<String>> {
    let ids: Vec<String> = (0..6).map(|number| format!("e{number}")).collect();
    some_of(&ids, 3)
}

/// Mostly nothing, sometimes a value.
fn rarely_some<T: Clone + std::fmt::Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    option::weighted(0.2, value)
}

fn ids<'a>(ids: impl Iterator<Item = &'a Text>) -> Vec<String> {
    ids.map(Text::to_string).collect()
}

fn screening(form: &ImpactForm) -> impl Strategy<Value = Screening> + use<> {
    let sensitive = ids(form.sensitive_uses.iter().map(|sensitive| &sensitive.id));
    let restricted = ids(form.restricted_uses.iter().map(|restricted| &restricted.id));
    let restricted = collection::vec((sample::select(restricted), rarely(note())), 0..2);
    let found = (some_of(&sensitive, 2), some_of(&sensitive, 1), restricted);
    (date(), rarely(line()), found).prop_map(|(on, by, (sensitive, unsure, restricted))| Screening {
        on,
        by,
        sensitive,
        unsure,
        restricted: one_per(restricted, |(id, _)| id.clone())
            .into_iter()
            .map(|(id, settled)| RestrictedUse { id, settled })
            .collect(),
    })
}

fn path(catalog: &Catalog) -> impl Strategy<Value = Vec<PathAnswer>> + use<> {
    let steps = catalog.eu_act.steps.iter().map(|step| {
        let id = step.id.to_string();
        let picks = some_of(&ids(step.options.iter().map(|option| &option.id)), 2);
        let answer = sample::select(vec![PathReply::Yes, PathReply::No, PathReply::Unknown]);
        let answer = (answer, picks, rarely(note()));
        option::of(answer.prop_map(move |(answer, picks, reason)| PathAnswer {
            step: id.clone(),
            answer,
            picks,
            reason,
        }))
    });
    steps.collect::<Vec<_>>().prop_map(|answers| answers.into_iter().flatten().collect())
}

fn impact(catalog: &Catalog) -> impl Strategy<Value = ImpactAssessment> + use<> {
    let form = &catalog.impact;
    let dimensions = ids(form.dimensions.iter().map(|dimension| &dimension.id));
    let rows = (
        collection::vec(harm(form, &dimensions), 0..=MOST_ROWS),
        collection::vec(no_harm(&dimensions), 0..2),
        collection::vec(benefit(form, &dimensions), 0..=MOST_ROWS),
        collection::vec(measure(catalog), 0..=MOST_ROWS),
    );
    let triggers = ids(form.triggers.iter().map(|trigger| &trigger.id));
    let occasion = (sample::select(triggers), date(), rarely(note()));
    let occasion = occasion.prop_map(|(trigger, on, what)| Occasion { trigger, on, what });
    let rest = (answers(form), rarely(collection::vec(occasion, 1..3)), rarely(collection::vec(sign_off(), 1..3)));
    (rows, rest).prop_map(|((mut harms, no_harm, mut benefits, mut measures), (answers, occasions, sign_offs))| {
        harms.iter_mut().zip(0..).for_each(|(harm, number)| harm.id = format!("h{number}"));
        benefits.iter_mut().zip(0..).for_each(|(benefit, number)| benefit.id = format!("b{number}"));
        measures.iter_mut().zip(0..).for_each(|(measure, number)| measure.id = format!("m{number}"));
        let no_harm = one_per(no_harm, |none| none.dimension.clone());
        // Two rounds that one person began on one day are merged as a set, which knows no order of the merges.
        let sign_offs = one_per(sign_offs, |sign_off| (sign_off.prepared_on, sign_off.prepared_by.clone()));
        ImpactAssessment { answers, harms, no_harm, benefits, measures, occasions, sign_offs }
    })
}

fn answers(form: &ImpactForm) -> impl Strategy<Value = Vec<PromptAnswer>> + use<> {
    let typed: Vec<Prompt> = form.prompts().map(|(_, prompt)| prompt.clone()).collect();
    let typed = typed.into_iter().filter(|prompt| !matches!(prompt.kind, PromptKind::Held(_)));
    // A few of the form; in plain order of id, as in every assessment.
    let some = sample::subsequence(typed.collect::<Vec<_>>(), 0..4);
    some.prop_flat_map(|prompts| prompts.into_iter().map(reply).collect::<Vec<_>>()).prop_map(|mut answers| {
        answers.sort_by(|a, b| a.prompt.cmp(&b.prompt));
        answers
    })
}

fn reply(prompt: Prompt) -> impl Strategy<Value = PromptAnswer> {
    let options = ids(prompt.kind.options().iter().map(|option| &option.id));
    let said = match prompt.kind {
        PromptKind::List => lines().prop_map(PromptReply::List).boxed(),
        PromptKind::Date => date().prop_map(PromptReply::Date).boxed(),
        PromptKind::YesNo => any::<bool>().prop_map(PromptReply::YesNo).boxed(),
        PromptKind::One(_) => some_of(&options, 1).prop_map(PromptReply::Choice).boxed(),
        PromptKind::Many(_) => some_of(&options, 3).prop_map(PromptReply::Choice).boxed(),
        PromptKind::Text | PromptKind::Held(_) => note().prop_map(PromptReply::Text).boxed(),
    };
    let prompt = prompt.id.to_string();
    let reply = prop_oneof![4 => said, 1 => Just(PromptReply::Unknown)];
    reply.prop_map(move |reply| PromptAnswer { prompt: prompt.clone(), reply })
}

fn value(scale: Scale) -> impl Strategy<Value = Option<Rated>> {
    step(scale.top())
}

fn step(top: u8) -> impl Strategy<Value = Option<Rated>> {
    option::weighted(0.9, prop_oneof![6 => (1..=top).prop_map(Rated::At), 1 => Just(Rated::Unknown)])
}

fn rating() -> impl Strategy<Value = Rating> {
    Scale::ALL.map(value).prop_map(|values| {
        Scale::ALL.into_iter().zip(values).fold(Rating::default(), |rating, (scale, value)| rating.with(scale, value))
    })
}

/// The id of an affected group, or own words.
fn group(form: &ImpactForm) -> impl Strategy<Value = String> + use<> {
    prop_oneof![sample::select(ids(form.groups.iter().map(|group| &group.id))), line()]
}

fn harm(form: &ImpactForm, dimensions: &[String]) -> impl Strategy<Value = Harm> + use<> {
    let causes = ids(form.causes.iter().map(|cause| &cause.id));
    let measures: Vec<String> = (0..MOST_ROWS).map(|number| format!("m{number}")).collect();
    let words = (note(), group(form), sample::select(dimensions.to_vec()), some_of(&causes, 2));
    let ratings = (rating(), rarely(rating()), some_of(&measures, 2), rarely(note()));
    (words, ratings).prop_map(|((what, group, dimension, causes), (before, after, measures, approver_reason))| Harm {
        id: String::new(),
        what,
        group,
        dimension,
        causes,
        before,
        after,
        measures,
        approver_reason,
    })
}

fn no_harm(dimensions: &[String]) -> impl Strategy<Value = NoHarm> + use<> {
    (option::of(sample::select(dimensions.to_vec())), note())
        .prop_map(|(dimension, reason)| NoHarm { dimension, reason })
}

fn benefit(form: &ImpactForm, dimensions: &[String]) -> impl Strategy<Value = Benefit> + use<> {
    let words = (note(), group(form), sample::select(dimensions.to_vec()), rarely(note()));
    (words, step(5), step(5)).prop_map(|((what, group, dimension, support), size, likelihood)| Benefit {
        id: String::new(),
        what,
        group,
        dimension,
        size,
        likelihood,
        support,
    })
}

fn measure(catalog: &Catalog) -> impl Strategy<Value = Measure> + use<> {
    let controls: Vec<Reference> = catalog.requirements().map(|r| r.id).filter(|id| id.is_control()).collect();
    let how = (note(), sample::select(MeasureKind::ALL.to_vec()), some_of(&Means::ALL, 2), some_of(&controls, 2));
    let plan = (rarely(line()), option::of(date()), evidence_ids());
    (how, plan).prop_map(|((what, kind, means, controls), (owner, due, evidence))| Measure {
        id: String::new(),
        what,
        kind,
        means,
        owner,
        due,
        evidence,
        controls,
    })
}

fn sign_off() -> impl Strategy<Value = SignOff> {
    let step = || (rarely(line()), option::of(date()));
    let outcome = option::of(sample::select(Outcome::ALL.to_vec()));
    let fact = (line(), rarely(note())).prop_map(|(fact, value)| SignedFact { fact, value });
    let conditions = (rarely(note()), option::of(date()), rarely(line()));
    let signed = (levels(), collection::vec(fact, 0..3), rarely(line()));
    let steps = (step(), step(), step());
    (steps, outcome, conditions, signed).prop_map(|(steps, outcome, conditions, (levels, facts, approver_function))| {
        let ((prepared_by, prepared_on), (reviewed_by, reviewed_on), (approved_by, approved_on)) = steps;
        let (conditions, conditions_due, conditions_checked_by) = conditions;
        SignOff {
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
            level: levels.0,
            residual: levels.1,
            facts: one_per(facts, |fact| fact.fact.clone()),
        }
    })
}

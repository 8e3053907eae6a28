//! What the register says about an AI system in a few words: its level, its classes, and what is next for it.

use crate::{
    impact::{
        progress::{self, Form, Progress},
        rating::{FullFormReason, SystemRating},
        sign_off::{self, SignOffState},
        triggers::{self, Fired},
    },
    model::{catalog::Catalog, system::System},
    tui::session::Session,
};

/// What a ban by law means.
pub const BANNED: &str = "Banned by law: it is not rated. Stop it, or change what it is used for, and have a lawyer \
    check the finding. Until then it stands first in the plan, even out of scope.";

/// What is next for a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// The words, as the end of "next: ...".
    pub words: String,
    /// What asks for it, where the page of the system says that anyway; empty for nothing.
    pub why: String,
    /// Whether it should not wait.
    pub is_urgent: bool,
}

/// The level in words: `impact high, medium after measures`.
pub fn level(rating: &SystemRating) -> String {
    let Some(level) = rating.inherent.filter(|_| !rating.is_banned) else {
        return match (rating.is_banned, rating.in_scope) {
            (true, _) => "banned by law, not rated".to_owned(),
            (false, true) => format!("not assessed, counts as {}", rating.weighing_level().name()),
            (false, false) => "not assessed".to_owned(),
        };
    };
    let residual = rating.residual.filter(|residual| *residual != level);
    let after = residual.map_or(String::new(), |residual| format!(", {} after measures", residual.name()));
    format!("impact {}{after}", level.name())
}

/// The classes under the EU AI Act, as far as the path has found some; empty where it has not.
pub fn classes(rating: &SystemRating, catalog: &Catalog) -> String {
    let found =
        rating.classes.classes.iter().map(|id| catalog.eu_act.class(id).map_or(id.as_str(), |class| &class.name));
    // What stands behind the colon explains the class.
    found.map(|name| name.split(':').next().unwrap_or(name)).collect::<Vec<&str>>().join(", ")
}

/// How far the form is that the system asks for.
pub fn progress(system: &System, rating: &SystemRating, session: &Session) -> Progress {
    progress::progress(&session.catalog.impact, system, rating, Form::asked_for(rating))
}

/// The form that the system asks for, with what asks for the full one.
pub fn form_asked_for(rating: &SystemRating, system: &System, session: &Session) -> String {
    if rating.full_form.is_empty() {
        let short = session.catalog.impact.prompts().filter(|(_, prompt)| prompt.short).count();
        return format!("So far the short form is enough: {short} questions.");
    }
    let all = session.catalog.impact.prompts().count();
    let is_sensitive = |reason: &&FullFormReason| matches!(reason, FullFormReason::SensitiveUse(_));
    let sensitive = match rating.full_form.iter().filter(is_sensitive).count() {
        0 => None,
        1 => Some("1 sensitive use".to_owned()),
        many => Some(format!("{many} sensitive uses")),
    };
    let unsure = system.screening.as_ref().map_or(0, |screening| screening.unsure.len());
    let sensitive = sensitive.map(|uses| if unsure > 0 { format!("{uses} ({unsure} not sure)") } else { uses });
    let others = rating.full_form.iter().filter_map(|reason| reason_words(reason, system, session));
    let reasons: Vec<String> = sensitive.into_iter().chain(others).collect();
    format!("The full form ({all} questions) is asked for because of {}.", reasons.join("; "))
}

/// What asks for the full form, where it is not a sensitive use; those are counted.
fn reason_words(reason: &FullFormReason, system: &System, session: &Session) -> Option<String> {
    match reason {
        FullFormReason::SensitiveUse(_) => None,
        FullFormReason::Class(id) => {
            let class = session.catalog.eu_act.class(id).map_or(id.as_str(), |class| &class.name);
            Some(format!("its class under the EU AI Act ({})", class.split(':').next().unwrap_or(class)))
        }
        FullFormReason::GraveHarm(id) => {
            let harm = system.impact.harm(id).map_or(id.as_str(), |harm| &harm.what);
            Some(format!("a harm that could be grave ({harm})"))
        }
    }
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

/// The review triggers that fired.
pub fn fired(system: &System, rating: &SystemRating, session: &Session) -> Vec<Fired> {
    triggers::fired(&session.catalog, session.assessment(), system, rating, session.as_of)
}

/// What is next for a system, the most pressing first; nothing where it is out of scope and says why.
pub fn next(system: &System, rating: &SystemRating, session: &Session) -> Option<Next> {
    if !system.in_scope && !rating.is_banned && !system.scope_reason.is_empty() {
        return None;
    }
    Some(next_step(system, rating, session))
}

fn next_step(system: &System, rating: &SystemRating, session: &Session) -> Next {
    let urgent = |words: String| Next { words, why: String::new(), is_urgent: true };
    let calm = |words: String| Next { words, why: String::new(), is_urgent: false };
    if rating.is_banned {
        return urgent("stop it, or change its use".to_owned());
    }
    if !system.in_scope {
        return calm("say why it is out of scope".to_owned());
    }
    if system.screening.is_none() {
        return calm("screen it, two minutes".to_owned());
    }
    if let Some(barred) = system.unsettled_uses().next() {
        let restricted = session.catalog.impact.restricted_use(&barred.id);
        let why = restricted.map_or(barred.id.clone(), |restricted| lower_first(&restricted.name));
        return Next { words: "settle what bars its use".to_owned(), why, is_urgent: true };
    }
    if let Some(fired) = fired(system, rating, session).first() {
        let why = lower_first(fired.words.trim_end_matches('.'));
        return Next { words: "look at it again".to_owned(), why, is_urgent: true };
    }
    let is_elsewhere = system.level.is_some() && system.impact.is_empty();
    let progress = progress(system, rating, session);
    match sign_off::state(system, rating, session.as_of) {
        // The plan asks for the full form, approved or not.
        SignOffState::InForce if progress.form == Form::Full && !progress.is_complete() && !is_elsewhere => {
            calm(form_words(&progress))
        }
        SignOffState::InForce => calm(review(system)),
        SignOffState::NotSigned | SignOffState::InPreparation | SignOffState::NotInForce(_) if is_elsewhere => {
            calm(format!("{}, assessment kept elsewhere", review(system)))
        }
        SignOffState::NotSigned | SignOffState::InPreparation | SignOffState::NotInForce(_)
            if !progress.is_complete() =>
        {
            calm(form_words(&progress))
        }
        SignOffState::NotSigned | SignOffState::InPreparation => calm("sign it".to_owned()),
        SignOffState::NotInForce(objection) => urgent(format!("sign it anew: {}", objection.words())),
    }
}

fn form_words(progress: &Progress) -> String {
    format!("{}, {} of {} answered", progress.form.name(), progress.answered(), progress.total())
}

fn review(system: &System) -> String {
    system.next_review.map_or("set a day for the next review".to_owned(), |day| format!("review on {day}"))
}

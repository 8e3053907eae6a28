//! What AI systems ask for in the plan (scoring rule 10): assess, decide, prove, settle and review. All of it serves 6.1.4 and 8.4.

use chrono::NaiveDate;

use crate::{
    impact::{
        progress::{self, Form},
        rating::{Basis, ResidualRule, SystemRating, is_proven},
        triggers::{self, FiredBy},
    },
    model::{
        action::Effort, assessment::Assessment, catalog::Catalog, level::ImpactLevel, reference::Reference,
        system::System,
    },
    plan::select::{Candidate, Cause, Reason, Work},
};

/// What one AI system asks for, with what is needed to say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemTask {
    /// What is to be done.
    pub work: SystemWork,
    /// What people call the system.
    pub name: String,
    /// What it is about: measures, restricted uses, triggers that fired; empty where the work says it all.
    pub details: Vec<String>,
}

/// What an AI system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemWork {
    /// Its use is banned by law.
    Banned,
    /// It has no impact assessment.
    NotStarted,
    /// Its residual impact level is very high.
    VeryHigh,
    /// A restricted use is not settled.
    Restricted,
    /// The full form is asked for and not complete.
    FullForm,
    /// A lower level is claimed with measures that no current evidence shows.
    Unproven,
    /// Something happened that asks for a new look.
    Review,
    /// The review of its assessment is overdue.
    Overdue,
}

impl SystemWork {
    /// The last part of the action's id.
    pub const fn id(self) -> &'static str {
        match self {
            SystemWork::Banned => "banned",
            SystemWork::NotStarted => "not_started",
            SystemWork::VeryHigh => "very_high",
            SystemWork::Restricted => "restricted",
            SystemWork::FullForm => "full_form",
            SystemWork::Unproven => "unproven",
            SystemWork::Review => "review",
            SystemWork::Overdue => "overdue",
        }
    }

    /// How much work it is.
    pub(super) const fn effort(self) -> Effort {
        match self {
            SystemWork::Banned | SystemWork::VeryHigh | SystemWork::Unproven => Effort::XS,
            SystemWork::NotStarted | SystemWork::FullForm => Effort::M,
            SystemWork::Overdue | SystemWork::Restricted | SystemWork::Review => Effort::S,
        }
    }

    /// Whether it stands in the first wave: nothing is known of the system, or what is known must not stay.
    pub(super) const fn unblocks(self) -> bool {
        match self {
            SystemWork::Banned | SystemWork::NotStarted | SystemWork::VeryHigh => true,
            SystemWork::Restricted
            | SystemWork::FullForm
            | SystemWork::Unproven
            | SystemWork::Review
            | SystemWork::Overdue => false,
        }
    }
}

impl SystemTask {
    /// The work in a few words.
    pub(super) fn title(&self) -> String {
        let name = &self.name;
        match self.work {
            SystemWork::Banned => format!("Stop the banned use of {name}"),
            SystemWork::NotStarted => format!("Assess the impact of {name}"),
            SystemWork::VeryHigh => format!("Decide on the very high impact of {name}"),
            SystemWork::Restricted => format!("Settle the restricted uses of {name}"),
            SystemWork::FullForm => format!("Complete the full impact assessment of {name}"),
            SystemWork::Unproven => format!("Show that the measures for {name} work"),
            SystemWork::Review => format!("Look again at the impact of {name}"),
            SystemWork::Overdue => format!("Review the impact assessment of {name}"),
        }
    }

    /// What to do.
    pub(super) fn task(&self) -> String {
        let name = &self.name;
        let details = self.details.join("; ");
        match self.work {
            SystemWork::Banned => format!(
                "Switch off {name} or take away the banned use today, tell top management, and write down when it ended."
            ),
            SystemWork::NotStarted => format!(
                "Sit down with the owner and two users of {name}; write down who is affected, what could go wrong for them, how bad and how likely, and rate it."
            ),
            SystemWork::VeryHigh => format!(
                "Put the residual very high impact of {name} before top management: stop it, avoid the use, or lower it and approve anew."
            ),
            SystemWork::Restricted => {
                format!("Settle for {name} what bars its use, and write down how. {}", self.details.join(" "))
            }
            SystemWork::FullForm => {
                format!("Go on from the short form of {name} to all sections; asked for because of {details}.")
            }
            SystemWork::Unproven => format!(
                "Attach, with date and place, one current item that shows each of these measures of {name} at work: {details}."
            ),
            SystemWork::Review => format!(
                "Go through the impact assessment of {name} in the light of what happened, rate anew where needed, and have it approved again. {}",
                self.details.join(" ")
            ),
            SystemWork::Overdue => format!(
                "Go through the impact assessment of {name} with its owner: what changed in use, data, model, people affected; rate anew and set the next date."
            ),
        }
    }

    /// What exists afterwards.
    pub(super) const fn deliverable(&self) -> &'static str {
        match self.work {
            SystemWork::Banned => "Dated note that the use has ended",
            SystemWork::NotStarted => "Impact assessment with a level",
            SystemWork::VeryHigh => "Signed decision on the system",
            SystemWork::Restricted => "Note how each restricted use was settled",
            SystemWork::FullForm => "Impact assessment with all essential answers",
            SystemWork::Unproven => "Dated entries in the evidence register, named by the measures",
            SystemWork::Review => "Impact assessment approved anew",
            SystemWork::Overdue => "Reviewed impact assessment with next review date",
        }
    }

    /// Who usually does it.
    pub(super) const fn role(&self) -> &'static str {
        match self.work {
            SystemWork::Banned | SystemWork::VeryHigh => "Top management",
            SystemWork::NotStarted
            | SystemWork::Restricted
            | SystemWork::FullForm
            | SystemWork::Unproven
            | SystemWork::Review
            | SystemWork::Overdue => "System owner",
        }
    }
}

/// What one AI system asks for. A banned use asks for nothing but its end, in scope or not.
pub(super) fn candidates<'a>(
    catalog: &Catalog,
    assessment: &Assessment,
    system: &System,
    rating: &SystemRating,
    as_of: NaiveDate,
) -> Vec<Candidate<'a>> {
    let tasks = if rating.is_banned {
        vec![(SystemWork::Banned, Vec::new())]
    } else if system.in_scope {
        in_scope(catalog, assessment, system, rating, as_of)
    } else {
        Vec::new()
    };
    let candidate = |(work, details): (SystemWork, Vec<String>)| Candidate {
        id: format!("system:{}:{}", system.id, work.id()),
        work: Work::System(SystemTask { work, name: system.name.clone(), details }),
        reasons: requirements().map(|requirement| Reason { requirement, cause: Cause::System }).to_vec(),
    };
    tasks.into_iter().map(candidate).collect()
}

fn in_scope(
    catalog: &Catalog,
    assessment: &Assessment,
    system: &System,
    rating: &SystemRating,
    as_of: NaiveDate,
) -> Vec<(SystemWork, Vec<String>)> {
    let restricted = restricted(catalog, system);
    let unproven = unproven(assessment, system, rating, as_of);
    let review = triggers::fired(catalog, assessment, system, rating, as_of);
    let review: Vec<String> =
        review.into_iter().filter(|fired| fired.cause != FiredBy::ReviewDate).map(|fired| fired.words).collect();
    let is_asked = [
        (rating.inherent.is_none(), SystemWork::NotStarted, Vec::new()),
        (rating.residual == Some(ImpactLevel::VeryHigh), SystemWork::VeryHigh, Vec::new()),
        (!restricted.is_empty(), SystemWork::Restricted, restricted),
        (needs_full_form(catalog, system, rating), SystemWork::FullForm, rating.full_form_words(catalog)),
        (!unproven.is_empty(), SystemWork::Unproven, unproven),
        (!review.is_empty(), SystemWork::Review, review),
        (system.next_review.is_some_and(|day| day < as_of), SystemWork::Overdue, Vec::new()),
    ];
    is_asked.into_iter().filter_map(|(is_asked, work, details)| is_asked.then_some((work, details))).collect()
}

/// The restricted uses that are not settled, with what to do.
fn restricted(catalog: &Catalog, system: &System) -> Vec<String> {
    let known = |id: &str| catalog.impact.restricted_use(id);
    let words = |id: &str| known(id).map_or(format!("{id}."), |known| format!("{}. {}", known.name, known.action));
    system.unsettled_uses().map(|restricted| words(&restricted.id)).collect()
}

/// Whether the full form is asked for and not complete, of an assessment that is kept here and has a level.
fn needs_full_form(catalog: &Catalog, system: &System, rating: &SystemRating) -> bool {
    let is_kept_here = match rating.basis {
        Basis::Harms | Basis::NoHarm => true,
        Basis::NotAssessed | Basis::Stated => false,
    };
    is_kept_here
        && Form::asked_for(rating) == Form::Full
        && !progress::progress(&catalog.impact, system, rating, Form::Full).is_complete()
}

/// The measures with which a lower level is claimed and which no current evidence shows, in their order.
fn unproven(assessment: &Assessment, system: &System, rating: &SystemRating, as_of: NaiveDate) -> Vec<String> {
    let impact = &system.impact;
    let is_held_back = |id: &str| {
        let residual = rating.harm(id).and_then(|harm| harm.residual);
        residual.is_some_and(|(_, rule)| rule == ResidualRule::Unproven)
    };
    let claiming = || impact.harms.iter().filter(|harm| is_held_back(&harm.id));
    let is_claimed = |id: &String| claiming().any(|harm| harm.measures.contains(id));
    let measures = impact.measures.iter().filter(|measure| is_claimed(&measure.id));
    let unproven = measures.filter(|measure| !is_proven(measure, assessment, as_of));
    unproven.map(|measure| format!("{} ({})", measure.id, measure.what)).collect()
}

/// The requirements that work on an AI system serves: impact assessment, planned (6.1.4) and run (8.4).
fn requirements() -> [Reference; 2] {
    ["6.1.4", "8.4"].map(|id| id.parse().expect("both are clause numbers"))
}

//! How a prompt is answered, and where its answer is kept: most with the assessment, some in the register.

use crate::{
    model::{
        impact::{
            PromptAnswer, PromptReply,
            form::{Named, Place, Prompt, PromptKind},
        },
        profile::AiRole,
        system::{Stage, System},
    },
    tui::screens::form::field::read_day,
};

/// How a prompt is answered on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// In words.
    Words,
    /// With entries, one per line.
    Entries,
    /// With a day.
    Day,
    /// With yes or no.
    YesNo,
    /// With one of these, or with any number.
    Pick { options: Vec<Pick>, is_several: bool },
    /// At its own place.
    Place(Place),
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pick {
    pub(super) id: String,
    pub(super) name: String,
}

impl Pick {
    fn new(id: &str, name: &str) -> Pick {
        Pick { id: id.to_owned(), name: name.to_owned() }
    }
}

impl Way {
    /// The way of a prompt. What the register holds in one value is answered in place.
    pub(super) fn of(prompt: &Prompt) -> Way {
        let named = |options: &[Named]| options.iter().map(|option| Pick::new(&option.id, &option.name)).collect();
        match &prompt.kind {
            PromptKind::Text => Way::Words,
            PromptKind::List => Way::Entries,
            PromptKind::Date | PromptKind::Held(Place::NextReview) => Way::Day,
            PromptKind::YesNo => Way::YesNo,
            PromptKind::One(options) => Way::Pick { options: named(options), is_several: false },
            PromptKind::Many(options) => Way::Pick { options: named(options), is_several: true },
            PromptKind::Held(Place::Stage) => {
                let options = Stage::ALL.map(|stage| Pick::new(stage.name(), stage.name()));
                Way::Pick { options: options.to_vec(), is_several: false }
            }
            PromptKind::Held(Place::Roles) => {
                let options = AiRole::ALL.map(|role| Pick::new(role.name(), role.name()));
                Way::Pick { options: options.to_vec(), is_several: true }
            }
            PromptKind::Held(place) => Way::Place(*place),
        }
    }

    /// Whether it is typed.
    pub(super) fn is_written(&self) -> bool {
        match self {
            Way::Words | Way::Entries | Way::Day => true,
            Way::YesNo | Way::Pick { .. } | Way::Place(_) => false,
        }
    }

    /// The options on the screen; none where it is typed or held elsewhere.
    pub(super) fn options(&self) -> Vec<Pick> {
        match self {
            Way::YesNo => vec![Pick::new("yes", "Yes"), Pick::new("no", "No")],
            Way::Pick { options, .. } => options.clone(),
            Way::Words | Way::Entries | Way::Day | Way::Place(_) => Vec::new(),
        }
    }

    /// What a typed text answers; nothing where nothing is typed.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence.
    pub(super) fn read(&self, written: &str) -> Result<Option<PromptReply>, String> {
        let written = written.trim();
        match self {
            _ if written.is_empty() => Ok(None),
            Way::Day => read_day(written).map(|day| day.map(PromptReply::Date)),
            Way::Entries => {
                let entries = written.lines().map(str::trim).filter(|entry| !entry.is_empty());
                Ok(Some(PromptReply::List(entries.map(str::to_owned).collect())))
            }
            Way::Words | Way::YesNo | Way::Pick { .. } | Way::Place(_) => {
                Ok(Some(PromptReply::Text(written.to_owned())))
            }
        }
    }

    /// What picking an option makes of an answer: the only one, or one more or less.
    pub(super) fn pick(&self, option: &str, before: Option<&PromptReply>) -> PromptReply {
        let chosen = match before {
            Some(PromptReply::Choice(chosen)) => chosen.clone(),
            _ => Vec::new(),
        };
        match self {
            Way::YesNo => PromptReply::YesNo(option == "yes"),
            Way::Pick { options, is_several: true } => {
                let is_chosen = |id: &str| chosen.iter().any(|other| other == id);
                let ids = options.iter().map(|pick| pick.id.as_str());
                PromptReply::Choice(ids.filter(|id| is_chosen(id) != (*id == option)).map(str::to_owned).collect())
            }
            Way::Pick { is_several: false, .. } | Way::Words | Way::Entries | Way::Day | Way::Place(_) => {
                PromptReply::Choice(vec![option.to_owned()])
            }
        }
    }
}

/// Whether an option is picked by a reply.
pub(super) fn is_picked(reply: Option<&PromptReply>, option: &str) -> bool {
    match reply {
        Some(PromptReply::Choice(chosen)) => chosen.iter().any(|id| id == option),
        Some(PromptReply::YesNo(is_yes)) => *is_yes == (option == "yes"),
        Some(PromptReply::Unknown | PromptReply::Text(_) | PromptReply::List(_) | PromptReply::Date(_)) | None => false,
    }
}

/// A reply as it is typed.
pub(super) fn written(reply: Option<&PromptReply>) -> String {
    match reply {
        Some(PromptReply::Text(text)) => text.clone(),
        Some(PromptReply::List(entries)) => entries.join("\n"),
        Some(PromptReply::Date(day)) => day.to_string(),
        Some(PromptReply::Unknown | PromptReply::Choice(_) | PromptReply::YesNo(_)) | None => String::new(),
    }
}

/// What a system says to a prompt, wherever it is kept.
pub(super) fn reply_of(system: &System, prompt: &Prompt) -> Option<PromptReply> {
    match prompt.kind {
        PromptKind::Held(Place::Stage) => system.stage.map(|stage| PromptReply::Choice(vec![stage.name().to_owned()])),
        PromptKind::Held(Place::Roles) => {
            let roles = system.roles.iter().map(|role| role.name().to_owned()).collect();
            (!system.roles.is_empty()).then_some(PromptReply::Choice(roles))
        }
        PromptKind::Held(Place::NextReview) => system.next_review.map(PromptReply::Date),
        _ => system.impact.answer(&prompt.id).cloned(),
    }
}

/// The system with another reply to a prompt; nothing takes the answer away.
pub(super) fn with_reply(system: &System, prompt: &Prompt, reply: Option<PromptReply>) -> System {
    let mut system = system.clone();
    let is_chosen = |name: &str| is_picked(reply.as_ref(), name);
    match prompt.kind {
        PromptKind::Held(Place::Stage) => system.stage = Stage::ALL.into_iter().find(|stage| is_chosen(stage.name())),
        PromptKind::Held(Place::Roles) => {
            system.roles = AiRole::ALL.into_iter().filter(|role| is_chosen(role.name())).collect();
        }
        PromptKind::Held(Place::NextReview) => {
            system.next_review = match reply {
                Some(PromptReply::Date(day)) => Some(day),
                _ => None,
            }
        }
        _ => {
            let answers = &mut system.impact.answers;
            answers.retain(|answer| answer.prompt != prompt.id.as_str());
            let is_said = |reply: &PromptReply| *reply != PromptReply::Choice(Vec::new());
            answers.extend(reply.filter(is_said).map(|reply| PromptAnswer { prompt: prompt.id.to_string(), reply }));
            answers.sort_by(|a, b| a.prompt.cmp(&b.prompt));
        }
    }
    system
}

/// Whether nobody can be said to know: only where the answer is kept with the assessment.
pub(super) fn takes_unknown(prompt: &Prompt) -> bool {
    !matches!(prompt.kind, PromptKind::Held(_))
}

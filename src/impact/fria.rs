//! Article 27 of the EU AI Act: whether a deployer owes a fundamental rights impact assessment, and what of it the form
//! of the impact assessment answers already.

use crate::{
    impact::{
        duties::is_only,
        path::{Classification, can_reach},
    },
    model::{
        decision_path::{DecisionPath, FriaElement, ROLE_STEP},
        impact::form::{ImpactForm, Prompt, Section},
    },
};

/// Whether the law's own impact assessment is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fria {
    /// It is due.
    Applies(WhyFria),
    /// It is not due.
    No(WhyNoFria),
    /// It cannot be said yet; the id of the step whose answer is missing.
    Open(String),
}

/// Why it is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyFria {
    /// A use that brings it for every deployer; the id of the option.
    Use(String),
    /// The deployer is a public body or provides public services; the ids of the options.
    PublicDuty(Vec<String>),
}

/// Why it is not due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNoFria {
    /// The law does not apply.
    Outside,
    /// The use is banned.
    Banned,
    /// The system is not of the class that needs it.
    NotThatClass,
    /// Only uses that are left out (critical infrastructure).
    OnlyExcepted,
    /// Deployers owe it, and that role is not held.
    NotDeployer,
    /// Neither public body nor public service, and no use that brings it for everybody.
    NotPublic,
}

/// Whether the law's own impact assessment is due.
pub fn fria(path: &DecisionPath, classification: &Classification) -> Fria {
    let rule = &path.fria;
    if classification.is_outside(path) {
        return Fria::No(WhyNoFria::Outside);
    }
    if classification.is_banned(path) {
        return Fria::No(WhyNoFria::Banned);
    }
    if !classification.has(&rule.class) {
        let missing = classification.waiting().find(|step| can_reach(path, step, &rule.class));
        return missing.map_or(Fria::No(WhyNoFria::NotThatClass), |step| Fria::Open(step.clone()));
    }
    if is_only(path, classification, rule.except.iter().map(|option| option.as_str())) {
        return Fria::No(WhyNoFria::OnlyExcepted);
    }
    match classification.roles(path) {
        None => return Fria::Open(ROLE_STEP.to_owned()),
        Some(roles) if !roles.iter().any(|role| rule.role == *role) => return Fria::No(WhyNoFria::NotDeployer),
        Some(_) => {}
    }
    if let Some(option) = rule.always.iter().find(|option| classification.is_picked(option)) {
        return Fria::Applies(WhyFria::Use(option.to_string()));
    }
    let use_step = rule.except.first().and_then(|option| path.step_of_option(option));
    match (use_step, classification.walked(&rule.step)) {
        (_, Some(asked)) if asked.is_yes => Fria::Applies(WhyFria::PublicDuty(asked.picks.clone())),
        (_, None) => Fria::Open(rule.step.to_string()),
        (Some(uses), Some(_)) if classification.picks(&uses.id).is_empty() => Fria::Open(uses.id.to_string()),
        (Some(_) | None, Some(_)) => Fria::No(WhyNoFria::NotPublic),
    }
}

impl Fria {
    /// The finding in a sentence or two.
    pub fn sentence(&self, path: &DecisionPath) -> String {
        let article = &path.fria.reference;
        match self {
            Fria::Applies(why) => format!("{article} applies: {}", why.sentence(path)),
            Fria::No(why) => format!("{article} does not apply: {}", why.sentence()),
            Fria::Open(step) => {
                let question = path.step(step).map_or("", |step| step.question.as_str());
                format!("{article} is open until this is answered: {question}")
            }
        }
    }
}

impl WhyFria {
    fn sentence(&self, path: &DecisionPath) -> String {
        let option = |id: &String| path.step_of_option(id).and_then(|step| step.option(id));
        match self {
            WhyFria::Use(id) => {
                let named = option(id).map(|option| format!("{} ({})", option.reference, option.name));
                format!("{} brings it for every deployer.", named.as_deref().unwrap_or(id))
            }
            WhyFria::PublicDuty(picks) => {
                let names: Vec<&str> = picks.iter().filter_map(option).map(|option| option.name.as_str()).collect();
                match names.as_slice() {
                    [] => "you are a public body or provide public services, and deploy it.".to_owned(),
                    names => format!("you deploy it as {}.", names.join(" and ")),
                }
            }
        }
    }
}

impl WhyNoFria {
    const fn sentence(self) -> &'static str {
        match self {
            WhyNoFria::Outside => "the Act does not apply.",
            WhyNoFria::Banned => "the use is banned, so there is nothing to assess.",
            WhyNoFria::NotThatClass => "the system is not high-risk by a use of Annex III.",
            WhyNoFria::OnlyExcepted => "its only listed use is critical infrastructure, which is left out.",
            WhyNoFria::NotDeployer => "only deployers owe it, and you are none.",
            WhyNoFria::NotPublic => {
                "you are no public body, provide no public services, and use it neither for credit nor for life or \
                 health insurance."
            }
        }
    }
}

/// One element of the law's own impact assessment, and what of the form answers it.
#[derive(Clone, Debug)]
pub struct ElementCover<'a> {
    /// The element.
    pub element: &'a FriaElement,
    /// The sections of the form that answer it, in order.
    pub sections: Vec<SectionCover<'a>>,
}

/// A section of the form that answers an element.
#[derive(Clone, Debug)]
pub struct SectionCover<'a> {
    /// The section.
    pub section: &'a Section,
    /// Its prompts that have an answer.
    pub answered: Vec<&'a Prompt>,
    /// Its prompts that have none yet.
    pub open: Vec<&'a Prompt>,
}

/// The elements of the law's own impact assessment with the sections and prompts of the form that answer them.
pub fn elements<'a>(
    path: &'a DecisionPath,
    form: &'a ImpactForm,
    is_answered: impl Fn(&Prompt) -> bool,
) -> Vec<ElementCover<'a>> {
    let cover = |section: &'a Section| {
        let (answered, open) = section.prompts.iter().partition(|prompt| is_answered(prompt));
        SectionCover { section, answered, open }
    };
    let of_element = |element: &'a FriaElement| {
        let sections = form.sections.iter().filter(|section| section.fria.contains(&element.id));
        ElementCover { element, sections: sections.map(cover).collect() }
    };
    path.fria.elements.iter().map(of_element).collect()
}

#[cfg(test)]
mod tests;

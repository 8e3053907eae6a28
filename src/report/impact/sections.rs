//! The form with its answers, section by section: unanswered essential prompts are marked, and so are the sections that
//! answer elements of Article 27 where that applies.

use crate::{
    impact::progress::{Form, PromptState, state_of},
    model::impact::{
        PromptReply,
        form::{Named, Place, Prompt, PromptKind, Section},
    },
    report::{
        impact::{
            case::{self, Case},
            eu_act, harms,
        },
        line::{Line, Tone},
        page::{Entry, Page},
        words,
    },
};

pub(super) fn add(page: &mut Page, case: &Case) {
    page.section("Questions and answers");
    page.paragraph(which(case));
    if eu_act::needs_fria(case) {
        page.paragraph("Article 27 of the EU AI Act applies; sections that answer elements of its assessment say so.");
    }
    for section in &case.form().sections {
        let entries: Vec<Entry> = asked(case, section).map(|prompt| entry(case, prompt)).collect();
        if entries.is_empty() {
            continue;
        }
        page.subsection(format!("{} {}", section.id, section.title));
        let requirements: Vec<String> = section.requirements.iter().map(ToString::to_string).collect();
        page.paragraph(Line::toned(format!("{} Serves {}.", section.purpose, requirements.join(", ")), Tone::Faint));
        page.paragraph(fria(case, section));
        page.entries(entries);
    }
}

/// Which prompts are shown.
fn which(case: &Case) -> String {
    match case.progress.form {
        Form::Full => format!("Full form: all {} sections.", case.form().sections.len()),
        Form::Short => {
            "Short form: only its prompts are shown, and others where they were answered. The full form is not asked for."
                .to_owned()
        }
    }
}

/// The prompts of a section that are asked for or were answered nevertheless.
pub(super) fn asked<'a>(case: &Case<'a>, section: &'a Section) -> impl Iterator<Item = &'a Prompt> {
    let (is_full, impact) = (case.progress.form == Form::Full, case.impact());
    section.prompts.iter().filter(move |prompt| is_full || prompt.short || impact.answer(&prompt.id).is_some())
}

/// The elements of Article 27 that a section answers; empty where the article does not apply.
fn fria(case: &Case, section: &Section) -> String {
    if section.fria.is_empty() || !eu_act::needs_fria(case) {
        return String::new();
    }
    let elements = case.path().fria.elements.iter().filter(|element| section.fria.contains(&element.id));
    format!("Article 27: {}.", words::list(elements.map(|element| format!("{} {}", element.id, element.name))))
}

fn entry(case: &Case, prompt: &Prompt) -> Entry {
    let state = state_of(prompt, case.system, case.rating);
    let mark = match (state, prompt.essential) {
        (PromptState::Open, true) => " (essential, still open)",
        (PromptState::Unknown, true) => " (essential, nobody knows yet)",
        (PromptState::Open | PromptState::Unknown, false) | (PromptState::Answered, _) => "",
    };
    let name = Line::toned(format!("{} {}", prompt.id, prompt.text), Tone::Strong).and(mark, Tone::Open);
    Entry { name, said: said(case, prompt, state) }
}

/// What is said to a prompt, line by line.
fn said(case: &Case, prompt: &Prompt, state: PromptState) -> Vec<Line> {
    let said = match (&prompt.kind, case.impact().answer(&prompt.id)) {
        (PromptKind::Held(place), _) => held(case, *place),
        (_, None) => Vec::new(),
        (kind, Some(reply)) => reply_lines(kind, reply),
    };
    if !said.is_empty() {
        return said;
    }
    match state {
        PromptState::Open => vec![Line::toned("Not answered.", Tone::Faint)],
        PromptState::Unknown => vec![Line::toned("Nobody knows yet.", Tone::Open)],
        PromptState::Answered => vec!["See its part of this report.".into()],
    }
}

/// A reply as lines: one for each entry, or for each line of a text.
pub(super) fn reply_lines(kind: &PromptKind, reply: &PromptReply) -> Vec<Line> {
    match reply {
        PromptReply::Unknown => Vec::new(),
        PromptReply::Text(text) => text.lines().filter(|line| !line.trim().is_empty()).map(Line::from).collect(),
        PromptReply::List(entries) => entries.iter().map(|entry| entry.as_str().into()).collect(),
        PromptReply::Choice(ids) => ids.iter().map(|id| option_name(kind, id).into()).collect(),
        PromptReply::Date(day) => vec![day.to_string().into()],
        PromptReply::YesNo(yes) => vec![if *yes { "Yes." } else { "No." }.into()],
    }
}

/// The name of an option, or its id where the catalogue does not know it.
fn option_name<'b>(kind: &'b PromptKind, id: &'b str) -> &'b str {
    let options: &[Named] = match kind {
        PromptKind::One(options) | PromptKind::Many(options) => options,
        PromptKind::Text | PromptKind::List | PromptKind::Date | PromptKind::YesNo | PromptKind::Held(_) => &[],
    };
    options.iter().find(|option| option.id == id).map_or(id, |option| &option.name)
}

/// What stands in the place that holds the answer.
fn held(case: &Case, place: Place) -> Vec<Line> {
    let (system, impact) = (case.system, case.impact());
    let ids = |ids: Vec<&str>, part: &str| match ids.is_empty() {
        true => Vec::new(),
        false => vec![Line::from(format!("{}: see {part}.", ids.join(", ")))],
    };
    let harms = || impact.harms.iter().map(|harm| harm.id.as_str()).collect();
    let benefits = || impact.benefits.iter().map(|benefit| benefit.id.as_str()).collect();
    let measures = || impact.measures.iter().map(|measure| measure.id.as_str()).collect();
    match place {
        Place::Stage => system.stage.map(|stage| stage.name().into()).into_iter().collect(),
        Place::Roles if system.roles.is_empty() => Vec::new(),
        Place::Roles => vec![case::roles(&system.roles).into()],
        Place::NextReview => system.next_review.map(|day| day.to_string().into()).into_iter().collect(),
        Place::Harms | Place::RatingsBefore | Place::RatingsAfter => ids(harms(), "harms before and after measures"),
        Place::Causes => causes(case),
        Place::Benefits | Place::BenefitRatings | Place::BenefitSupport => ids(benefits(), "benefits"),
        Place::Measures | Place::Means | Place::Owners | Place::Controls => ids(measures(), "measures"),
        Place::People | Place::Outcome if impact.sign_offs.is_empty() => Vec::new(),
        Place::People | Place::Outcome => vec!["See sign-off and review.".into()],
    }
}

/// The causes that occur among the harms, each with its harms.
fn causes(case: &Case) -> Vec<Line> {
    let with_harms = case.form().causes.iter().filter_map(|cause| {
        let harms = case.impact().harms.iter().filter(|harm| harm.causes.iter().any(|id| cause.id == *id));
        let ids: Vec<&str> = harms.map(|harm| harm.id.as_str()).collect();
        (!ids.is_empty()).then(|| Line::from(format!("{}: {}", harms::cause(case, &cause.id), ids.join(", "))))
    });
    with_harms.collect()
}

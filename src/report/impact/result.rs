//! The result: the levels before and after measures, which harms decide, and how their levels come about.

use crate::{
    impact::rating::{Addition, Basis, HarmRating, RatedLevel, ResidualRule},
    model::{
        impact::harm::{Harm, Rated, Rating, Scale},
        level::ImpactLevel,
    },
    report::{
        impact::case::{self, Case},
        line::{Line, Tone},
        page::Page,
        words,
    },
};

pub(super) fn add(page: &mut Page, case: &Case) {
    page.section("Result");
    page.fields(fields(case));
    let before = |harm: &HarmRating| harm.inherent.as_ref().map(|rated| rated.level);
    decisive(page, case, "before", case.rating.inherent, before, why_before);
    decisive(page, case, "after", case.rating.residual, |harm| harm.residual.map(|(level, _)| level), why_after);
    provisional(page, case);
    let reasons = case.full_form();
    if !reasons.is_empty() {
        page.subsection("Why the full form is asked for");
        page.list(reasons.into_iter().map(Line::from).collect());
    }
}

fn fields<'a>(case: &Case) -> Vec<(&'a str, Line)> {
    let rating = case.rating;
    let level = |level: Option<ImpactLevel>, is_open: bool| match rating.is_banned {
        true => Line::toned("not rated", Tone::Major),
        false => case::level(level).and(if is_open { " (provisional)" } else { "" }, Tone::Plain),
    };
    let then = case.approver().and_then(|(level, _)| case.form().approval(level)).map_or("", |approval| &approval.then);
    let progress = &case.progress;
    let form = format!("{}, {} of {} prompts answered", progress.form.name(), progress.answered(), progress.total());
    vec![
        ("Level before measures", level(rating.inherent, rating.is_open)),
        ("Level after measures", level(rating.residual, rating.is_residual_open())),
        ("Rests on", case::basis(rating).into()),
        ("What follows", then.into()),
        ("Form asked for", form.into()),
    ]
}

/// The harms whose level is that of the system, with how each comes to it.
fn decisive(
    page: &mut Page,
    case: &Case,
    when: &str,
    level: Option<ImpactLevel>,
    of: impl Fn(&HarmRating) -> Option<ImpactLevel>,
    why: impl Fn(&Harm, &HarmRating) -> String,
) {
    let (Some(level), Basis::Harms) = (level, case.rating.basis) else { return };
    let heading = format!("What makes it {} {when} measures", level.name());
    let harms = case.impact().harms.iter().filter_map(|harm| Some((harm, case.rating.harm(&harm.id)?)));
    let items = harms.filter(|(_, rating)| of(rating) == Some(level)).map(|(harm, rating)| {
        let what = words::without_full_stop(&harm.what);
        Line::toned(&harm.id, Tone::Strong).and(format!(" {what}: {}", why(harm, rating)), Tone::Plain)
    });
    page.subsection(heading);
    page.list(items.collect());
}

/// What is assumed, and what is not rated yet.
fn provisional(page: &mut Page, case: &Case) {
    let harms = case.impact().harms.iter().filter_map(|harm| Some((harm, case.rating.harm(&harm.id)?)));
    let assumed = |harm: &Harm, rated: Option<&RatedLevel>, when: &str| {
        let assumed = rated.map(|rated| rated.assumed.as_slice()).filter(|assumed| !assumed.is_empty())?;
        let scales: Vec<&str> = assumed.iter().map(|scale| scale.name()).collect();
        let counts =
            if scales.len() == 1 { "it counts as the top of its scale" } else { "each counts as the top of its scale" };
        Some(format!("{}: {}{when} not known; {counts}.", harm.id, scales.join(", ")))
    };
    let unrated =
        |harm: &Harm| format!("{}: gravity and likelihood are not both asked, so it has no level yet.", harm.id);
    let of_harm = |(harm, rating): (&Harm, &HarmRating)| match &rating.inherent {
        None => vec![unrated(harm)],
        Some(rated) => {
            let after = assumed(harm, rating.after.as_ref(), " after measures");
            assumed(harm, Some(rated), "").into_iter().chain(after).collect()
        }
    };
    let items: Vec<Line> = harms.flat_map(of_harm).map(Line::from).collect();
    if !items.is_empty() {
        page.subsection("What makes the level provisional");
        page.list(items);
    }
}

/// How the level before measures comes about, as a sentence.
pub(super) fn why_before(harm: &Harm, rating: &HarmRating) -> String {
    rating.inherent.as_ref().map_or_else(|| "not rated yet.".to_owned(), |rated| arithmetic(&harm.before, rated))
}

/// How the level after measures that counts comes about, as sentences.
pub(super) fn why_after(harm: &Harm, rating: &HarmRating) -> String {
    let Some((level, rule)) = rating.residual else { return "not rated yet.".to_owned() };
    let rated = match &rating.after {
        None => "There are no ratings after measures.".to_owned(),
        Some(rated) => format!("By its ratings: {}", arithmetic(&harm.after, rated)),
    };
    let reason = match (rule, harm.approver_reason.trim()) {
        (ResidualRule::Avoided, reason) if !reason.is_empty() => {
            format!(" The approver's reason: {}.", words::without_full_stop(reason))
        }
        (_, _) => String::new(),
    };
    format!("counts as {}: {}. {rated}{reason}", level.name(), rule.words())
}

/// "severity 5 (gravity 4, +1 for reach 4 or 5), likelihood 3: the matrix gives high."
fn arithmetic(rating: &Rating, rated: &RatedLevel) -> String {
    let added = rated.additions.iter().map(|addition| format!(", +1 for {}", addition_words(*addition)));
    let floor = rated.floor.map_or_else(String::new, |floor| {
        format!(", lifted to {} by floor rule {}: {}", rated.level.name(), floor.id(), floor.words())
    });
    format!(
        "severity {} ({}{}), likelihood {}: the matrix gives {}{floor}.",
        rated.severity,
        value(rating, Scale::Gravity),
        added.collect::<String>(),
        rated.likelihood,
        rated.by_matrix.name(),
    )
}

const fn addition_words(addition: Addition) -> &'static str {
    match addition {
        Addition::Reach => "reach 4 or 5",
        Addition::Lasting => "reversibility 3 or 4, or duration 4",
    }
}

/// What was said on one scale: "reach 4", "reach unknown, counts as 5".
pub(super) fn value(rating: &Rating, scale: Scale) -> String {
    let name = scale.name();
    match rating.on(scale) {
        Some(Rated::At(step)) => format!("{name} {step}"),
        Some(Rated::Unknown) => format!("{name} unknown, counts as {}", scale.top()),
        None if rating.gravity.is_none() || rating.likelihood.is_none() => format!("{name} not asked"),
        None => format!("{name} not asked, counts as {}", scale.top()),
    }
}

//! Harms before and after measures: the heat maps, the table, and how each level comes about; where no harm was found, and
//! the benefits beside them.

use crate::{
    impact::rating::{HarmRating, RatedLevel, ResidualRule},
    model::impact::harm::{Harm, Rated, Rating, Scale},
    report::{
        heat_map::{self, HeatMap},
        impact::{
            case::{self, Case},
            result,
        },
        line::{Line, Tone},
        page::{Entry, Page},
        table::{Column, Table},
        words::NOTHING,
    },
};

pub(super) fn add(page: &mut Page, case: &Case) {
    page.section("Harms before and after measures");
    if case.impact().harms.is_empty() {
        page.paragraph("No harm is entered. That alone never means that there is none.");
    } else {
        if !case.rating.is_banned {
            maps(page, case);
        }
        page.table(table(case));
        page.subsection("How the levels come about");
        page.entries(case.impact().harms.iter().map(|harm| explained(case, harm)).collect());
    }
    no_harm(page, case);
    benefits(page, case);
}

/// What the marks behind the ids mean.
const MARKS: [(&str, &str); 4] = [
    ("?", "provisional, a rating is unknown and counts as the top of its scale"),
    ("+", "a floor rule lifts it above the level of its place"),
    ("=", "not lower than before measures: a lower rating does not count, or there is none"),
    ("*", "counts as higher than its place: only one step down is shown"),
];

fn maps(page: &mut Page, case: &Case) {
    let matrix = case.subject.assessment.criteria.matrix_in_force(case.as_of());
    let mut before = HeatMap::new("Before measures", &matrix);
    let mut after = HeatMap::new("After measures", &matrix);
    let mut marks = String::new();
    let mut put = |map: &mut HeatMap, rated: &RatedLevel, id: &str, mark: Option<char>| {
        let own = [(!rated.assumed.is_empty(), '?'), (rated.floor.is_some(), '+')];
        let own = own.into_iter().filter_map(|(applies, mark)| applies.then_some(mark)).chain(mark);
        let own: String = own.collect();
        map.put(rated.severity, rated.likelihood, &format!("{id}{own}"));
        marks.push_str(&own);
    };
    for rating in &case.rating.harms {
        let (Some(inherent), Some((_, rule))) = (&rating.inherent, rating.residual) else { continue };
        put(&mut before, inherent, &rating.id, None);
        let (counts, mark) = match (rule, &rating.after) {
            (ResidualRule::NotLowered | ResidualRule::AsRated | ResidualRule::Avoided, Some(rated)) => (rated, None),
            (ResidualRule::OneStep, Some(rated)) => (rated, Some('*')),
            (ResidualRule::NoMeasure | ResidualRule::Unproven, _) | (_, None) => (inherent, Some('=')),
        };
        put(&mut after, counts, &rating.id, mark);
    }
    page.paragraph(heat_map::LEGEND);
    page.heat_maps([before, after]);
    let used = MARKS.into_iter().filter(|(mark, _)| marks.contains(*mark));
    page.fields(used.map(|(mark, words)| (mark, words.into())).collect());
    let unrated: Vec<&str> =
        case.rating.harms.iter().filter(|harm| harm.inherent.is_none()).map(|harm| harm.id.as_str()).collect();
    if !unrated.is_empty() {
        page.paragraph(format!("Not rated yet, so not on the map: {}.", unrated.join(", ")));
    }
}

fn table(case: &Case) -> Table {
    let mut table = Table::new(vec![
        Column::words("Id").key(),
        Column::words("Harm").key(),
        Column::words("Group").share(20),
        Column::words("Dimension").share(20),
        Column::words("Before"),
        Column::words("After"),
    ]);
    for harm in &case.impact().harms {
        let rating = case.rating.harm(&harm.id);
        table.push(vec![
            Line::toned(&harm.id, Tone::Strong),
            harm.what.as_str().into(),
            case.form().group_name(&harm.group).into(),
            case.dimension(&harm.dimension).into(),
            level(case, rating, rating.and_then(|rating| Some(rating.inherent.as_ref()?.level))),
            level(case, rating, rating.and_then(|rating| Some(rating.residual?.0))),
        ]);
    }
    table
}

fn level(case: &Case, rating: Option<&HarmRating>, level: Option<crate::model::level::ImpactLevel>) -> Line {
    if case.rating.is_banned {
        return Line::toned("not rated", Tone::Major);
    }
    let is_assumed = rating.and_then(|rating| rating.inherent.as_ref()).is_some_and(|rated| !rated.assumed.is_empty());
    match level {
        Some(_) => case::level(level).and(if is_assumed { " (provisional)" } else { "" }, Tone::Plain),
        None => Line::toned("not rated yet", Tone::Open),
    }
}

/// Causes, ratings, measures, and the two levels with their reasons.
fn explained(case: &Case, harm: &Harm) -> Entry {
    let mut said: Vec<Line> = Vec::new();
    let causes: Vec<&str> = harm.causes.iter().map(|id| cause(case, id)).collect();
    let causes = if causes.is_empty() { "not stated".to_owned() } else { causes.join(", ") };
    said.push(format!("Causes: {causes}.").into());
    said.push(format!("Ratings before measures: {}.", ratings(&harm.before)).into());
    if let (Some(rating), false) = (case.rating.harm(&harm.id), case.rating.is_banned) {
        said.push(format!("Level before measures: {}", result::why_before(harm, rating)).into());
        said.push(
            format!(
                "Measures: {}.",
                if harm.measures.is_empty() { "none".to_owned() } else { harm.measures.join(", ") }
            )
            .into(),
        );
        if !harm.after.is_empty() {
            said.push(format!("Ratings after measures: {}.", ratings(&harm.after)).into());
        }
        said.push(format!("Level after measures: {}", result::why_after(harm, rating)).into());
    }
    Entry { name: Line::toned(&harm.id, Tone::Strong).and(format!(" {}", harm.what), Tone::Strong), said }
}

pub(super) fn cause<'a>(case: &Case<'a>, id: &'a str) -> &'a str {
    case.form().causes.iter().find(|cause| cause.id == id).map_or(id, |cause| &cause.name)
}

fn ratings(rating: &Rating) -> String {
    Scale::ALL.map(|scale| result::value(rating, scale)).join("; ")
}

fn no_harm(page: &mut Page, case: &Case) {
    let mut table = Table::new(vec![Column::words("Dimension").key(), Column::words("Why")]);
    for none in &case.impact().no_harm {
        let place = none.dimension.as_deref().map_or("anywhere", |id| case.dimension(id));
        let mark = if none.is_reasoned() { "" } else { " (too short to count as a reason)" };
        table.push(vec![place.into(), Line::from(none.reason.as_str()).and(mark, Tone::Open)]);
    }
    if !table.is_empty() {
        page.subsection("Where no harm was found, and why");
        page.table(table);
    }
}

fn benefits(page: &mut Page, case: &Case) {
    page.subsection("Benefits");
    page.paragraph("Benefits stand beside the harms and are never set off against them.");
    if case.impact().benefits.is_empty() {
        page.paragraph("No benefit is entered.");
    }
    let mut table = Table::new(vec![
        Column::words("Id").key(),
        Column::words("Benefit").key(),
        Column::words("For whom").share(18),
        Column::words("Dimension").share(18),
        Column::words("Size"),
        Column::words("Likelihood"),
        Column::words("Shown by").share(20),
    ]);
    for benefit in &case.impact().benefits {
        table.push(vec![
            Line::toned(&benefit.id, Tone::Strong),
            benefit.what.as_str().into(),
            case.form().group_name(&benefit.group).into(),
            case.dimension(&benefit.dimension).into(),
            step(benefit.size).into(),
            step(benefit.likelihood).into(),
            benefit.support.as_str().into(),
        ]);
    }
    page.table(table);
}

fn step(rated: Option<Rated>) -> String {
    match rated {
        Some(Rated::At(step)) => format!("{step} of 5"),
        Some(Rated::Unknown) => "unknown".to_owned(),
        None => NOTHING.to_owned(),
    }
}

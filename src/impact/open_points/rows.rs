//! What is open about harms and measures.

use crate::{
    impact::{
        open_points::{About, Points, is_are, listed},
        rating::{HarmRating, RatedLevel, ResidualRule, is_proven},
    },
    model::{
        impact::harm::{Measure, SHORTEST_REASON, Scale},
        level::ImpactLevel,
    },
};

/// From this level on a measure without an owner or a day is an open point.
const NEEDS_OWNER: ImpactLevel = ImpactLevel::High;

impl Points<'_> {
    pub(super) fn no_harm(&mut self) {
        let impact = &self.system.impact;
        let short = impact.no_harm.iter().filter(|none| !none.is_reasoned());
        let on = short.map(|none| match &none.dimension {
            Some(id) => {
                let name = self.catalog.impact.dimension(id).map_or(id.as_str(), |dimension| &dimension.name);
                format!("\"No harm\" on \"{name}\"")
            }
            None => "\"No harm found\"".to_owned(),
        });
        let on: Vec<String> = on.collect();
        let harms = impact.harms.len();
        let is_overall = impact.no_harm.iter().any(|none| none.dimension.is_none());
        for said in on {
            let words = format!("{said} needs a reason of at least {SHORTEST_REASON} characters to count.");
            self.add(About::NoHarm, words);
        }
        if is_overall && harms > 0 {
            self.add(About::NoHarm, "\"No harm found\" is said of the whole beside harms, and does not count.");
        }
    }

    pub(super) fn harms(&mut self) {
        for rating in &self.rating.harms {
            let about = || About::Harm(rating.id.clone());
            let id = &rating.id;
            match &rating.inherent {
                None => self.add(about(), format!("Harm {id} is not rated: gravity or likelihood is missing.")),
                Some(inherent) => self.assumed(rating, inherent, "before"),
            }
            if let Some(after) = &rating.after {
                self.assumed(rating, after, "after");
            }
            if let Some(words) = not_counted(rating) {
                self.add(about(), words);
            }
        }
    }

    fn assumed(&mut self, rating: &HarmRating, rated: &RatedLevel, when: &str) {
        if rated.assumed.is_empty() {
            return;
        }
        let scales: Vec<String> = rated.assumed.iter().copied().map(Scale::name).map(str::to_owned).collect();
        let are = is_are(scales.len());
        let scales = listed(&scales);
        let words = format!("Harm {}: {scales} {when} measures {are} unknown and rated at the top.", rating.id);
        self.add(About::Harm(rating.id.clone()), words);
    }

    pub(super) fn measures(&mut self) {
        for measure in &self.system.impact.measures {
            let about = || About::Measure(measure.id.clone());
            let id = &measure.id;
            if let Some(level) = self.level_served(measure).filter(|level| *level >= NEEDS_OWNER) {
                let is_without = |is: bool, what: &str| is.then(|| what.to_owned());
                let missing = [
                    is_without(measure.owner.trim().is_empty(), "owner"),
                    is_without(measure.due.is_none(), "due date"),
                ];
                let missing: Vec<String> = missing.into_iter().flatten().collect();
                if !missing.is_empty() {
                    let words = format!(
                        "Measure {id} serves a harm rated {} and has no {}.",
                        level.name(),
                        missing.join(" and no ")
                    );
                    self.add(about(), words);
                }
            }
            if is_proven(measure, self.assessment, self.as_of) {
                continue;
            }
            if self.is_claimed(measure) {
                self.add(
                    about(),
                    format!("Measure {id} is to lower a level, and no current evidence shows it at work."),
                );
            }
            if let Some(due) = measure.due.filter(|due| *due < self.as_of) {
                self.add(about(), format!("Measure {id} was due on {due}, and no current evidence shows it at work."));
            }
        }
    }

    /// The highest level before measures among the harms that a measure serves.
    fn level_served(&self, measure: &Measure) -> Option<ImpactLevel> {
        let served = self.system.impact.harms.iter().filter(|harm| harm.measures.contains(&measure.id));
        let rated = served.filter_map(|harm| self.rating.harm(&harm.id)?.inherent.as_ref());
        rated.map(|rated| rated.level).max()
    }

    /// Whether a lower level is claimed with the measure.
    fn is_claimed(&self, measure: &Measure) -> bool {
        let served = self.system.impact.harms.iter().filter(|harm| harm.measures.contains(&measure.id));
        served.filter_map(|harm| self.rating.harm(&harm.id)).any(HarmRating::claims_lower)
    }
}

/// Says why a lower level after measures does not count, or not in full.
fn not_counted(rating: &HarmRating) -> Option<String> {
    let (claimed, (counts, rule)) = (rating.after.as_ref()?.level, rating.residual?);
    let id = &rating.id;
    match rule {
        ResidualRule::NoMeasure | ResidualRule::Unproven | ResidualRule::OneStep => Some(format!(
            "Harm {id} is rated {} after measures and counts as {}: {}.",
            claimed.name(),
            counts.name(),
            rule.words()
        )),
        ResidualRule::NotLowered | ResidualRule::AsRated | ResidualRule::Avoided => None,
    }
}

//! Rounds: the next one begun from an assessment, and the figures of all of them as a trend.

use chrono::NaiveDate;

use crate::{
    compare::Scope,
    model::{
        assessment::Assessment,
        catalog::Catalog,
        reference::Reference,
        round::{MeanLevel, PastCategory, PastFigures, PastRound},
    },
    score::{
        self, Standing,
        figures::{Figures, ScopeState},
        ratio::Ratio,
        verdict::Verdict,
    },
};

/// Begins the next round of an assessment on a day: all answers stand, and each is to be confirmed again.
pub fn next_round(catalog: &Catalog, assessment: &Assessment, name: Option<String>, as_of: NaiveDate) -> Assessment {
    let standing = score::score(catalog, assessment, as_of);
    let name = name.unwrap_or_else(|| assessment.next_round_name());
    assessment.next_round(name, past_round(catalog, assessment, &standing), as_of)
}

/// What is kept of a round.
fn past_round(catalog: &Catalog, assessment: &Assessment, standing: &Standing) -> PastRound {
    let category = |(category, figures): &(Reference, Figures)| PastCategory {
        category: *category,
        figures: past_figures(figures),
    };
    PastRound {
        on: standing.as_of,
        name: assessment.name.clone(),
        catalog: catalog.version.to_string(),
        management_system: past_figures(&standing.management_system),
        controls: past_figures(&standing.controls),
        categories: standing.categories.iter().map(category).collect(),
    }
}

fn past_figures(figures: &Figures) -> PastFigures {
    let mean = |ratio: Option<Ratio>| {
        let ratio = ratio.filter(|_| figures.state == ScopeState::Assessed)?;
        MeanLevel::try_from((ratio.numerator, ratio.denominator)).ok()
    };
    let count = |verdict| u32::try_from(figures.count_of(verdict)).unwrap_or(u32::MAX);
    PastFigures {
        claimed: mean(figures.claimed),
        credited: mean(figures.credited),
        applicable: u32::try_from(figures.applicable()).unwrap_or(u32::MAX),
        conforming: count(Verdict::Conforming),
        minor_gaps: count(Verdict::MinorGap),
        major_gaps: count(Verdict::MajorGap),
    }
}

/// The figures of all rounds, this one included as it stands today.
#[derive(Clone, Debug)]
pub struct Trend {
    /// The rounds, the oldest first.
    pub rounds: Vec<TrendRound>,
    /// The two groups, then the categories.
    pub lines: Vec<TrendLine>,
}

/// One round of a trend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrendRound {
    /// The day of its figures.
    pub on: NaiveDate,
    /// Its name.
    pub name: String,
    /// The edition of the catalogue by which it was scored.
    pub catalog: String,
}

/// The figures of one scope over all rounds.
#[derive(Clone, Debug)]
pub struct TrendLine {
    /// What the figures are of.
    pub scope: Scope,
    /// A point per round.
    pub points: Vec<TrendPoint>,
}

/// The figures of one scope in one round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrendPoint {
    /// What the team said; nothing where nothing was assessed.
    pub claimed: Option<Ratio>,
    /// What could be shown.
    pub credited: Option<Ratio>,
    /// Requirements that were shown to be met.
    pub conforming: u32,
    /// Requirements that counted.
    pub applicable: u32,
}

impl From<&PastFigures> for TrendPoint {
    fn from(past: &PastFigures) -> TrendPoint {
        let ratio = |mean: Option<MeanLevel>| {
            let (levels, weights) = mean?.into();
            Ratio::new(levels, weights)
        };
        let PastFigures { claimed, credited, applicable, conforming, minor_gaps: _, major_gaps: _ } = past;
        TrendPoint {
            claimed: ratio(*claimed),
            credited: ratio(*credited),
            conforming: *conforming,
            applicable: *applicable,
        }
    }
}

/// The trend of an assessment; nothing where it keeps no earlier round.
pub fn trend(catalog: &Catalog, assessment: &Assessment, standing: &Standing) -> Option<Trend> {
    let past = &assessment.rounds;
    if past.is_empty() {
        return None;
    }
    let now = past_round(catalog, assessment, standing);
    let all = || past.iter().chain([&now]);
    let categories = standing.categories.iter().map(|(id, _)| Scope::Category(*id));
    let scopes = [Scope::ManagementSystem, Scope::Controls].into_iter().chain(categories);
    let line = |scope: Scope| {
        let point = |round: &PastRound| figures_of(round, scope).map(TrendPoint::from).unwrap_or_default();
        TrendLine { scope, points: all().map(point).collect() }
    };
    let round =
        |round: &PastRound| TrendRound { on: round.on, name: round.name.clone(), catalog: round.catalog.clone() };
    Some(Trend { lines: scopes.map(line).collect(), rounds: all().map(round).collect() })
}

fn figures_of(round: &PastRound, scope: Scope) -> Option<&PastFigures> {
    match scope {
        Scope::ManagementSystem => Some(&round.management_system),
        Scope::Controls => Some(&round.controls),
        Scope::Category(id) => round.category(id),
    }
}

impl Trend {
    /// Whether the rounds were scored by different editions of the questions.
    pub fn has_other_editions(&self) -> bool {
        self.rounds.windows(2).any(|pair| pair[0].catalog != pair[1].catalog)
    }
}

/// The bars of a trend line, from level 0 to level 5.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Levels as one character each: a bar or, in ASCII, the rounded level; a dash where there is none.
pub fn sparkline(levels: impl IntoIterator<Item = Option<Ratio>>, ascii: bool) -> String {
    let character = |level: Option<Ratio>| match level {
        None => '-',
        Some(level) if ascii => char::from_digit(u32::try_from(level.rounded(1)).unwrap_or(9), 10).unwrap_or('9'),
        Some(level) => {
            let highest = BARS.len() - 1;
            let fifths = Ratio { denominator: level.denominator * 5, ..level };
            BARS[usize::try_from(fifths.rounded(highest as u64)).unwrap_or(highest).min(highest)]
        }
    };
    levels.into_iter().map(character).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::{as_of, catalog, nothing_said, requirement, say, show};

    #[test]
    fn a_round_after_a_round_keeps_the_figures_of_both() {
        let catalog = catalog([requirement("4.1", 3, "a!"), requirement("A.2.2", 1, "a!")], []);
        let mut first = nothing_said();
        say(&mut first, "4.1", "3", "a=Y");
        let mut second = next_round(&catalog, &first, None, as_of());
        assert_eq!((second.name.as_str(), second.rounds.len()), ("Acme (round 2)", 1));
        assert_eq!(score::score(&catalog, &second, as_of()).to_confirm(), 1);
        show(&mut second, "4.1", "2026-05-01");
        let later = as_of() + chrono::Days::new(300);
        let third = next_round(&catalog, &second, Some("Acme 2027".into()), later);
        assert_eq!((third.name.as_str(), third.created), ("Acme 2027", later));

        let trend = trend(&catalog, &third, &score::score(&catalog, &third, later)).expect("earlier rounds");
        let names: Vec<&str> = trend.rounds.iter().map(|round| round.name.as_str()).collect();
        assert_eq!(names, ["Acme", "Acme (round 2)", "Acme 2027"]);
        let credited = |scope: Scope| {
            let line = trend.lines.iter().find(|line| line.scope == scope).expect("a line per scope");
            let points = line.points.iter().map(|point| point.credited.map(|ratio| ratio.to_string()));
            points.map(|level| level.unwrap_or("-".into())).collect::<Vec<String>>().join(" ")
        };
        assert_eq!(credited(Scope::ManagementSystem), "2.0 3.0 3.0");
        assert_eq!(credited(Scope::Controls), "- - -");
        assert!(!trend.has_other_editions());
    }

    #[test]
    fn a_first_round_has_no_trend() {
        let catalog = catalog([requirement("4.1", 3, "a!")], []);
        assert!(trend(&catalog, &nothing_said(), &score::score(&catalog, &nothing_said(), as_of())).is_none());
    }

    #[test]
    fn a_trend_line_runs_from_zero_to_five() {
        let levels =
            || [Some((0, 1)), Some((5, 2)), None, Some((5, 1))].map(|pair| pair.and_then(|(a, b)| Ratio::new(a, b)));
        assert_eq!(sparkline(levels(), false), "▁▅-█");
        assert_eq!(sparkline(levels(), true), "03-5");
    }
}

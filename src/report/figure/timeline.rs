//! The plan as bars over the months: when each action is worked on, at the capacity of the team. A long plan comes in several
//! figures, so that each fits on a printed page.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

use crate::{
    model::action::ActionStatus,
    plan::{Plan, step::Step},
    report::figure::{Drawing, Figure, Length, shortened},
};

const WIDTH: i64 = 720;
/// Where the bars begin, and how much room they have.
const FROM: i64 = 300;
const LONG: i64 = 410;
/// The height of what stands above the first row, and of a row.
const HEAD: i64 = 44;
const ROW: i64 = 20;
/// The most actions in one figure.
const MOST: usize = 36;
/// Columns of a title that there is room for.
const TITLE: usize = 48;
/// The least room between two names of months.
const MONTH: i64 = 46;
/// The shortest bar that is still seen.
const SHORTEST: Length = Length::whole(3);
/// The names of the months as they stand above the bars.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Bars as they are drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Timeline {
    bottom: Length,
    months: Vec<Month>,
    target: Option<Length>,
    rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Month {
    name: String,
    x: Length,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Row {
    title: String,
    y: Length,
    x: Length,
    width: Length,
    is_begun: bool,
    agreed: Option<Length>,
}

/// Draws the actions of a plan in order; nothing where there are none.
pub fn draw(plan: &Plan) -> Vec<Figure> {
    let agreed = plan.steps.iter().filter_map(|step| step.agreed_due);
    let Some(last) = plan.finish().into_iter().chain(agreed).chain(plan.target_date).max() else { return Vec::new() };
    let span = Span { first: plan.day_zero.with_day(1).unwrap_or(plan.day_zero), last };
    let numbered: Vec<(usize, &Step)> = plan.steps.iter().enumerate().collect();
    numbered.chunks(MOST).map(|steps| figure(plan, &span, steps)).collect()
}

/// The days that a figure shows.
struct Span {
    first: NaiveDate,
    last: NaiveDate,
}

impl Span {
    /// Where a day lies; one before the first lies on it.
    fn at(&self, day: NaiveDate) -> Length {
        let days = |day: NaiveDate| u64::try_from((day - self.first).num_days()).unwrap_or_default();
        Length::whole(FROM).plus(Length::part(LONG, days(day), days(self.last) + 1))
    }

    /// The months, as many as can be named; each at its first day.
    fn months(&self) -> Vec<Month> {
        let months =
            (0..).map_while(|n| self.first.checked_add_months(Months::new(n))).take_while(|day| *day <= self.last);
        let mut named: Vec<Month> = Vec::new();
        for day in months {
            let x = self.at(day);
            let has_room = named.last().is_none_or(|last| x.minus(last.x) >= Length::whole(MONTH));
            if has_room {
                named.push(Month { name: format!("{} {}", MONTHS[day.month0() as usize], day.year()), x });
            }
        }
        // The name of the last month must not run out of the figure.
        named.retain(|month| month.x <= Length::whole(FROM + LONG - MONTH));
        named
    }
}

fn figure(plan: &Plan, span: &Span, steps: &[(usize, &Step)]) -> Figure {
    let (first, last) =
        (steps.first().map_or(0, |(index, _)| index + 1), steps.last().map_or(0, |(index, _)| index + 1));
    let title = format!("When: actions {first} to {last} of {}", plan.steps.len());
    let days = steps.iter().map(|(_, step)| (step.start, step.due));
    let (start, due) = days.fold((span.last, span.first), |(start, due), day| (start.min(day.0), due.max(day.1)));
    let about = format!(
        "One bar an action over the months, from {start} to {due}. A diamond is a date agreed in the team. The actions \
         below say the same in words."
    );
    let height = HEAD + ROW * steps.len() as i64;
    let timeline = Timeline {
        bottom: Length::whole(height),
        months: span.months(),
        target: plan.target_date.filter(|day| *day >= span.first).map(|day| span.at(day)),
        rows: steps.iter().enumerate().map(|(place, (index, step))| row(span, place, *index, step)).collect(),
    };
    Figure::new(&title, &about, (WIDTH, height + 10), Drawing::Timeline(timeline))
}

fn row(span: &Span, place: usize, index: usize, step: &Step) -> Row {
    let (x, end) = (span.at(step.start), span.at(step.due.checked_add_days(Days::new(1)).unwrap_or(step.due)));
    Row {
        title: shortened(&format!("{}. {}", index + 1, step.title), TITLE),
        y: Length::whole(HEAD + ROW * place as i64),
        x,
        width: end.minus(x).max(SHORTEST),
        is_begun: match step.status {
            ActionStatus::InProgress => true,
            ActionStatus::Open | ActionStatus::Done | ActionStatus::Dropped => false,
        },
        agreed: step.agreed_due.map(|day| span.at(day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::{Sample, day};

    #[test]
    fn days_lie_between_the_ends_and_months_have_room() {
        let span = Span { first: day("2026-01-01"), last: day("2026-12-31") };
        assert_eq!(span.at(day("2026-01-01")).to_string(), "300.0");
        assert_eq!(span.at(day("2025-01-01")).to_string(), "300.0", "what lies before stands at the start");
        let names: Vec<String> = span.months().into_iter().map(|month| month.name).collect();
        assert_eq!(names, ["Jan 2026", "Mar 2026", "May 2026", "Jul 2026", "Sep 2026", "Nov 2026"]);
    }

    #[test]
    fn an_empty_plan_has_no_figure() {
        assert!(
            Sample::empty()
                .report(|subject| draw(&crate::plan::Plan { steps: Vec::new(), ..subject.plan.clone() }))
                .is_empty()
        );
        assert_eq!(Sample::worked().report(|subject| draw(subject.plan).len()), 1);
    }
}

//! Dates: one action after the other at a capacity, over working days from Monday to Friday (scoring rule 10).

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::{model::profile::Capacity, plan::order::Ordered};

/// When an action starts and is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The first day of work on it.
    pub start: NaiveDate,
    /// The last.
    pub due: NaiveDate,
}

/// The day itself, or the Monday after it when it is a Saturday or Sunday.
pub fn first_working_day(day: NaiveDate) -> NaiveDate {
    let ahead = match day.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => 0,
    };
    later(day, ahead)
}

/// The working days after one day and before another.
pub fn working_days_between(after: NaiveDate, before: NaiveDate) -> usize {
    let days = after.iter_days().skip(1).take_while(|day| *day < before);
    days.filter(|day| first_working_day(*day) == *day).count()
}

/// Dates for all actions, by id. `day_zero` is a working day.
pub fn schedule(ordered: &[Ordered], capacity: Capacity, day_zero: NaiveDate) -> BTreeMap<String, Dates> {
    let mut calendar = Calendar { day_zero, hundredths: u64::from(capacity.hundredths()), done: 0 };
    let mut dates: BTreeMap<String, Dates> = BTreeMap::new();
    let mut waiting: Vec<&Ordered> = ordered.iter().collect();
    let waits: BTreeMap<&str, u64> = ordered.iter().map(|item| (item.candidate.id.as_str(), wait_days(item))).collect();
    while !waiting.is_empty() {
        // The earliest start of each action whose prerequisites are all dated, in the order of the plan.
        let ready: Vec<(usize, NaiveDate)> = waiting
            .iter()
            .enumerate()
            .filter_map(|(index, item)| Some((index, earliest(item, &dates, &waits, day_zero)?)))
            .collect();
        // When none of them may start today, time passes until one may.
        if let Some(first) = ready.iter().map(|(_, day)| *day).min() {
            calendar.wait_until(first);
        }
        let today = calendar.today();
        let next = ready.iter().find(|(_, day)| *day <= today);
        // Prerequisites stand before what waits for them, so there is one; the order decides otherwise.
        let item = waiting.remove(next.map_or(0, |(index, _)| *index));
        dates.insert(item.candidate.id.clone(), calendar.work(item.candidate.work.effort().half_days()));
    }
    dates
}

fn wait_days(item: &Ordered) -> u64 {
    item.candidate.action().map_or(0, |action| u64::from(action.wait_days))
}

/// The first day on which an action may start, or nothing while a prerequisite has no date yet.
fn earliest(
    item: &Ordered,
    dates: &BTreeMap<String, Dates>,
    waits: &BTreeMap<&str, u64>,
    day_zero: NaiveDate,
) -> Option<NaiveDate> {
    let mut earliest = day_zero;
    for before in &item.after {
        match waits.get(before.as_str()) {
            Some(0) => drop(dates.get(before)?),
            Some(days) => earliest = earliest.max(later(dates.get(before)?.due, *days)),
            // Left out of the plan by its goal.
            None => {}
        }
    }
    Some(earliest)
}

/// Working time from day 0 on. Work is counted in units of which a working day has as many as the capacity has
/// hundredths of a person-day a week; a half person-day is 250 of them, so all of it stays in integers.
struct Calendar {
    day_zero: NaiveDate,
    hundredths: u64,
    done: u64,
}

/// Units of work in half a person-day: 5 working days x 100 hundredths / 2.
const UNITS_PER_HALF_DAY: u64 = 250;

impl Calendar {
    /// The day on which the next action would start.
    fn today(&self) -> NaiveDate {
        self.date(self.done / self.hundredths)
    }

    /// Lets working days pass until one that is not before `day`.
    fn wait_until(&mut self, day: NaiveDate) {
        let mut working_day = self.done / self.hundredths;
        while self.date(working_day) < day {
            working_day += 1;
            self.done = working_day * self.hundredths;
        }
    }

    fn work(&mut self, half_days: u32) -> Dates {
        let start = self.done / self.hundredths;
        self.done += u64::from(half_days) * UNITS_PER_HALF_DAY;
        let due = self.done.div_ceil(self.hundredths) - 1;
        Dates { start: self.date(start), due: self.date(due) }
    }

    /// The date of a working day, counted from day 0.
    fn date(&self, working_day: u64) -> NaiveDate {
        let from_monday = u64::from(self.day_zero.weekday().num_days_from_monday()) + working_day;
        let weekends = from_monday / 5;
        later(self.day_zero, working_day + 2 * weekends)
    }
}

/// So many calendar days later; the last date there is, far beyond any plan.
fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

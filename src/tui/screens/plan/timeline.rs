//! The plan as bars over the weeks: when each action is worked on, at the capacity of the team.

use chrono::{Datelike, Days, NaiveDate};
use ratatui::text::{Line, Span};

use crate::{
    model::action::ActionStatus,
    plan::{Plan, step::Step},
    tui::{theme::Theme, widgets::text},
};

/// The most cells of a week.
const WIDEST_WEEK: u16 = 6;
/// The names of the months as they stand above the bars.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The scale of the bars.
pub(super) struct Timeline {
    /// The Monday of the first week.
    first: NaiveDate,
    /// The cells of the titles.
    title: u16,
    /// The cells of the bars.
    room: u16,
    /// So many days take so many cells.
    days: u64,
    cells: u64,
    theme: Theme,
}

impl Timeline {
    /// The scale that shows all of a plan in so many cells.
    pub(super) fn new(plan: &Plan, width: u16, theme: Theme) -> Timeline {
        let title = (width / 3).max(20);
        let room = width.saturating_sub(title + 4);
        let first = monday(plan.day_zero);
        let last = plan.finish().unwrap_or(plan.day_zero);
        let weeks = days_between(first, last) / 7 + 1;
        let (days, cells) = match u64::from(room.max(1)) / weeks {
            // Where there are more weeks than cells, a cell stands for more than a week.
            0 => ((7 * weeks).div_ceil(u64::from(room.max(1))), 1),
            cells => (7, cells.min(u64::from(WIDEST_WEEK))),
        };
        Timeline { first, title, room, days, cells, theme }
    }

    /// What a cell stands for, and the months.
    pub(super) fn head(&self) -> Line<'static> {
        let scale = match (self.cells, self.days) {
            (1, 7) => "a cell is a week".to_owned(),
            (1, days) => format!("a cell is {days} days"),
            (cells, _) => format!("a week is {cells} cells"),
        };
        let scale = text::fit(&scale, self.title);
        Line::styled(format!("  {scale} {}", self.months()), self.theme.muted())
    }

    /// The line of one action.
    pub(super) fn line(&self, step: &Step, is_selected: bool) -> Line<'static> {
        let theme = self.theme;
        let cursor = if is_selected { theme.cursor() } else { " " };
        let (from, to) = (self.cell(step.start), self.cell(step.due));
        let cell = match step.status {
            ActionStatus::InProgress => theme.symbol("\u{2592}", "+"),
            ActionStatus::Open | ActionStatus::Done | ActionStatus::Dropped => theme.symbol("\u{2588}", "#"),
        };
        let room = usize::from(self.room);
        let from = from.min(room.saturating_sub(1));
        let bar = cell.repeat((to.min(room.saturating_sub(1)) + 1).saturating_sub(from));
        Line::from_iter([
            Span::raw(format!("{cursor} {} ", text::fit(&step.title, self.title))),
            Span::raw(" ".repeat(from)),
            Span::styled(bar, theme.chosen()),
        ])
    }

    /// The cell of a day.
    fn cell(&self, day: NaiveDate) -> usize {
        usize::try_from(days_between(self.first, day) * self.cells / self.days).unwrap_or(usize::MAX)
    }

    /// The names of months where they begin, as far as they do not run into one another.
    fn months(&self) -> String {
        let mut line = String::new();
        let mut day = self.first;
        while self.cell(day) + 3 <= usize::from(self.room) {
            let place = self.cell(day);
            if line.is_empty() || place > line.len() {
                line.push_str(&" ".repeat(place - line.len()));
                line.push_str(MONTHS[day.month0() as usize]);
            }
            day = next_month(day);
        }
        line
    }
}

fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

fn days_between(from: NaiveDate, to: NaiveDate) -> u64 {
    u64::try_from((to - from).num_days()).unwrap_or(0)
}

fn next_month(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    first.checked_add_months(chrono::Months::new(1)).unwrap_or(NaiveDate::MAX)
}

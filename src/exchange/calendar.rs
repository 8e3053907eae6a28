//! The due dates of the plan as iCalendar (RFC 5545): one event of a day per open action.
//!
//! Events rather than to-dos: many calendars do not show to-dos. They do not make the day busy. An event keeps its id, and a
//! later export has a higher number in sequence, so that reading it again moves the event rather than doubling it.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use icalendar::{Calendar, Component, Event, EventLike, Property};

use crate::{
    exchange::{
        ids::Ids,
        markup,
        ticket::{Priority, Ticket, tickets},
        wording::one_line,
    },
    report::Subject,
};

/// The calendar.
pub fn export(subject: &Subject) -> String {
    let ids = Ids::of(subject.assessment);
    let as_of = subject.standing.as_of;
    let mut calendar = Calendar::empty();
    let name = format!("AI management plan: {}", one_line(&subject.assessment.name, 200));
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//aimscope//aimscope//EN"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("METHOD", "PUBLISH"))
        .append_property(text("NAME", &name))
        // Older readers know the name by this one alone.
        .append_property(text("X-WR-CALNAME", &name));
    calendar
        .extend(tickets(subject).iter().filter(|ticket| has_form(ticket.due)).map(|ticket| event(&ids, as_of, ticket)));
    folded(&calendar.to_string())
}

/// A property of the calendar whose value is text, so that it is escaped as such.
fn text(key: &str, value: &str) -> Property {
    Property::new(key, value).add_parameter("VALUE", "TEXT").done()
}

/// The most octets of a line without its end (RFC 5545 3.1).
const LONGEST_LINE: usize = 75;

/// Breaks the lines that are still too long: the crate does not count the space with which a folded line goes on, so that
/// the last of them can have one octet too many.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive("\r\n") {
        let content = line.trim_end_matches("\r\n");
        if content.len() <= LONGEST_LINE {
            folded.push_str(line);
        } else {
            let (kept, rest) = content.split_at(content.floor_char_boundary(LONGEST_LINE));
            folded.push_str(&format!("{kept}\r\n {rest}\r\n"));
        }
    }
    folded
}

/// Reads a written file again, and says what is wrong with it.
///
/// # Errors
/// It is no calendar.
pub fn check(bytes: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    text.parse::<Calendar>().map(drop)
}

/// Whether the format has a form for a day: its years have four digits.
fn has_form(day: NaiveDate) -> bool {
    (0..=9999).contains(&day.year())
}

fn event(ids: &Ids, as_of: NaiveDate, ticket: &Ticket) -> Event {
    let mut event = Event::new();
    event
        .uid(&format!("{}@aimscope", ids.id("action", &ticket.id)))
        .timestamp(DateTime::<Utc>::from_naive_utc_and_offset(as_of.and_time(NaiveTime::MIN), Utc))
        .sequence(sequence(as_of))
        .summary(&format!("Due: {}", ticket.title))
        .description(markup::plain(&ticket.parts(&["What to do", "Planning"])).trim_end())
        .priority(match ticket.priority {
            Priority::High => 1,
            Priority::Medium => 5,
            Priority::Low => 9,
        })
        .add_property("TRANSP", "TRANSPARENT");
    // Without an end it lasts the one day; an end on the same day is not allowed.
    event.starts(ticket.due).categories(ticket.labels());
    event.done()
}

/// A number that rises with the day of the export.
fn sequence(as_of: NaiveDate) -> u32 {
    u32::try_from(as_of.num_days_from_ce()).unwrap_or(0)
}

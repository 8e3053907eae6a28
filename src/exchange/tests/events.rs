//! The calendar, read back by a parser.

use icalendar::{Calendar, CalendarComponent, Component, Event, EventLike};
use proptest::prelude::*;

use super::{as_of, cases, day, example, hostile, with};
use crate::{
    exchange::{calendar, ticket::tickets},
    model::arbitrary,
    score::properties::{catalog, some_cases},
};

fn events(text: &str) -> Vec<Event> {
    let calendar: Calendar = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
    let event = |component: &CalendarComponent| component.as_event().cloned().expect("only events");
    calendar.components.iter().map(event).collect()
}

/// RFC 5545 3.1: lines end with CRLF and have at most 75 octets.
fn unfolded_line(text: &str) -> Option<&str> {
    text.split("\r\n").find(|line| line.len() > 75 || line.contains(['\r', '\n']))
}

#[test]
fn every_action_is_an_event_on_its_day() {
    for (name, assessment) in cases() {
        with(&assessment, as_of(), |subject| {
            let text = calendar::export(subject);
            assert_eq!(unfolded_line(&text), None, "{name}");
            let events = events(&text);
            let tickets: Vec<_> =
                tickets(subject).into_iter().filter(|ticket| ticket.due < day("9999-12-31")).collect();
            assert_eq!(events.len(), tickets.len(), "{name}");
            for (event, ticket) in events.iter().zip(&tickets) {
                let start = event.get_start().map(|start| start.date_naive());
                assert_eq!(start, Some(ticket.due), "{name}");
                assert_eq!(event.property_value("DTEND"), None, "an event of one day has no end");
                assert_eq!(event.get_summary(), Some(format!("Due: {}", ticket.title).as_str()), "{name}");
                assert_eq!(event.get_categories(), Some(ticket.labels()), "{name}");
                let stamp = event.get_timestamp().map(|stamp| stamp.to_rfc3339());
                assert_eq!(stamp.as_deref(), Some("2026-11-21T00:00:00+00:00"));
                let owner =
                    event.get_description().is_some_and(|text| text.contains(&format!("- Owner: {}", ticket.owner)));
                assert!(owner, "{name}");
            }
            let mut uids: Vec<&str> = events.iter().filter_map(|event| event.get_uid()).collect();
            uids.sort_unstable();
            uids.dedup();
            assert_eq!(uids.len(), tickets.len(), "{name}");
        });
    }
}

#[test]
fn an_event_keeps_its_id_and_a_later_one_comes_after_it() {
    let read = |as_of| with(&example(), as_of, |subject| events(&calendar::export(subject)));
    let (first, later) = (read(as_of()), read(day("2026-12-21")));
    let mut met = 0;
    for event in &first {
        if let Some(again) = later.iter().find(|other| other.get_uid() == event.get_uid()) {
            assert_eq!(again.get_summary(), event.get_summary());
            assert!(again.get_sequence() > event.get_sequence());
            met += 1;
        }
    }
    assert!(met > 10, "{met}");
}

#[test]
fn no_text_ends_the_calendar() {
    let text = with(&hostile(), as_of(), calendar::export);
    assert_eq!(text.lines().filter(|line| *line == "END:VCALENDAR").count(), 1);
}

proptest! {
    #![proptest_config(some_cases())]

    #[test]
    fn any_plan_is_read_back(assessment in arbitrary::assessment(catalog()), as_of in arbitrary::date()) {
        with(&assessment, as_of, |subject| {
            let text = calendar::export(subject);
            prop_assert_eq!(unfolded_line(&text), None);
            let titles: Vec<String> = events(&text).iter().filter_map(|event| event.get_summary().map(str::to_owned)).collect();
            let wanted: Vec<String> = tickets(subject).iter().map(|ticket| format!("Due: {}", ticket.title)).collect();
            prop_assert_eq!(titles, wanted);
            Ok(())
        })?;
    }
}

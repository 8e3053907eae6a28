//! The evidence register: what could be put on the table, and whether it is fresh on a given day (scoring rule 2).

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::model::reference::Reference;

/// Days for which evidence stays current when nothing else is said: a yearly review may be a month late.
pub const DEFAULT_VALIDITY: Days = Days::new(395);
/// Days before evidence turns stale from which on that is announced.
pub const NOTICE: Days = Days::new(60);
/// With more requirements than this an item is named in a warning: what shows everything seldom shows one thing well.
pub const MANY_SERVED: usize = 10;

/// One item of evidence; it may serve many requirements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// A short id, unique in the assessment.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What kind of thing it is.
    #[serde(default)]
    pub kind: EvidenceKind,
    /// A path, a link, or where the paper lies.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// The day it speaks for; undated evidence is stale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// The last day on which it counts as current; date + 395 days when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// Who keeps it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// The requirements that it serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub serves: Vec<Reference>,
}

/// What kind of thing an item of evidence is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum EvidenceKind {
    /// A document that says how things are to be: policy, procedure, plan.
    #[default]
    Document,
    /// A record of something that happened: minutes, log, test report.
    Record,
    /// Something seen on a system: dashboard, configuration, repository.
    System,
    /// What somebody said in an interview.
    Interview,
    /// Something that the organization does all the time anyway: model evaluation, red teaming, incident response.
    Programme,
}

impl EvidenceKind {
    /// All kinds, in the order of the dialog.
    pub const ALL: [EvidenceKind; 5] = [
        EvidenceKind::Document,
        EvidenceKind::Record,
        EvidenceKind::System,
        EvidenceKind::Interview,
        EvidenceKind::Programme,
    ];

    /// The kind in words.
    pub const fn name(self) -> &'static str {
        match self {
            EvidenceKind::Document => "document",
            EvidenceKind::Record => "record",
            EvidenceKind::System => "system",
            EvidenceKind::Interview => "interview",
            EvidenceKind::Programme => "programme",
        }
    }
}

/// How evidence counts on a given day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Dated, and not past its last day.
    Current,
    /// Undated, or past its last day.
    Stale,
    /// Dated after the day in question: it counts as not there.
    Future,
}

impl Evidence {
    /// Evidence at a path or link, dated `date`: its title is the last part of the place, read as words.
    ///
    /// The id follows from place, day and person, so that two people's items do not collide when their files are merged;
    /// one in `taken` gets a number behind it.
    pub fn found_at(location: &str, date: NaiveDate, by: &str, serves: Vec<Reference>, taken: &[Evidence]) -> Evidence {
        let location = location.trim();
        let stem = format!("ev-{}", short_hash(&[location, &date.to_string(), by]));
        let is_free = |id: &String| taken.iter().all(|evidence| evidence.id != *id);
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let id =
            std::iter::once(stem.clone()).chain(numbered).find(is_free).expect("there are more numbers than items");
        Evidence {
            id,
            title: title_of(location),
            kind: EvidenceKind::Document,
            location: location.to_owned(),
            date: Some(date),
            valid_until: None,
            owner: String::new(),
            serves,
        }
    }

    /// A programme of that name, dated `date`, that serves nothing yet; its id follows from name, day and person.
    pub fn programme(name: &str, date: NaiveDate, by: &str, taken: &[Evidence]) -> Evidence {
        let found = Evidence::found_at(name, date, by, Vec::new(), taken);
        Evidence { title: name.trim().to_owned(), kind: EvidenceKind::Programme, location: String::new(), ..found }
    }

    /// Whether it serves so many requirements that it deserves a warning.
    pub fn serves_many(&self) -> bool {
        self.serves.len() > MANY_SERVED
    }

    /// The last day on which it is current; nothing for undated evidence.
    pub fn last_current_day(&self) -> Option<NaiveDate> {
        let date = self.date?;
        Some(self.valid_until.unwrap_or_else(|| date.checked_add_days(DEFAULT_VALIDITY).unwrap_or(NaiveDate::MAX)))
    }

    /// How it counts on the day `as_of`.
    pub fn freshness(&self, as_of: NaiveDate) -> Freshness {
        match (self.date, self.last_current_day()) {
            (Some(date), _) if date > as_of => Freshness::Future,
            (Some(_), Some(last)) if as_of <= last => Freshness::Current,
            (Some(_) | None, _) => Freshness::Stale,
        }
    }

    /// Whether it is current on `as_of` and turns stale within 60 days.
    pub fn is_expiring(&self, as_of: NaiveDate) -> bool {
        let notice_day = self.last_current_day().and_then(|last| last.checked_sub_days(NOTICE));
        self.freshness(as_of) == Freshness::Current && notice_day.is_some_and(|day| as_of >= day)
    }
}

/// The title that a path or link proposes: its last part, without what marks the type of a file.
fn title_of(location: &str) -> String {
    let is_link = location.contains("://");
    let path = if is_link { location.split(['?', '#']).next().unwrap_or(location) } else { location };
    let mut parts = path.split(['/', '\\']).map(str::trim).filter(|part| !part.is_empty());
    // Of a link without any path the host stays as it is.
    let is_host = is_link && parts.clone().count() == 2;
    let last = parts.next_back().unwrap_or_default();
    let title = if is_host { last.to_owned() } else { spaced(without_extension(last)) };
    if title.is_empty() { location.trim().to_owned() } else { title }
}

/// A file name without its extension: up to five letters and digits behind the last dot, at least one a letter.
fn without_extension(name: &str) -> &str {
    let is_extension = |text: &str| {
        (1..=5).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && text.bytes().any(|byte| byte.is_ascii_alphabetic())
    };
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && is_extension(extension) => stem,
        Some(_) | None => name,
    }
}

/// Words with spaces between them instead of separators; a hyphen between two digits stays, as in dates.
fn spaced(name: &str) -> String {
    let name = name.replace("%20", " ");
    let letters: Vec<char> = name.chars().collect();
    let is_digit = |index: Option<usize>| index.and_then(|index| letters.get(index)).is_some_and(char::is_ascii_digit);
    let between_digits = |index: usize| is_digit(index.checked_sub(1)) && is_digit(index.checked_add(1));
    let space = |(index, letter): (usize, &char)| match letter {
        '_' | '+' => ' ',
        '-' if !between_digits(index) => ' ',
        other => *other,
    };
    let spaced: String = letters.iter().enumerate().map(space).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Eight characters that differ where the texts do: FNV-1a in 64 bits, its upper 40 in base 32 (Crockford).
pub fn short_hash(texts: &[&str]) -> String {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0]));
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let digit = |place: u32| char::from(b"0123456789abcdefghjkmnpqrstvwxyz"[(hash >> (24 + 5 * place)) as usize % 32]);
    (0..8).map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date in a test")
    }

    #[test]
    fn a_place_proposes_a_title() {
        let case = title_of;
        assert_eq!(case("docs/policies/ai-policy_v3.docx"), "ai policy v3");
        assert_eq!(case(r"S:\Quality\Minutes 2026-03-12.pdf"), "Minutes 2026-03-12");
        assert_eq!(case("https://wiki.acme.example/AI%20risk+register/?v=3#top"), "AI risk register");
        assert_eq!(case("https://wiki.acme.example/"), "wiki.acme.example");
        assert_eq!(case("https://git.acme.example/eval/-/blob/main/report.v1.2"), "report.v1.2");
        assert_eq!(case("Binder 4, shelf 2"), "Binder 4, shelf 2");
        assert_eq!(case("影響評価_記録.xlsx"), "影響評価 記録");
        assert_eq!(case(".gitlab-ci.yml"), ".gitlab ci");
        assert_eq!(case(".env"), ".env");
        assert_eq!(case("///"), "///");
        assert_eq!(case(""), "");
    }

    #[test]
    fn an_id_follows_from_place_day_and_person() {
        let found = |location: &str, on: &str, by: &str, taken: &[Evidence]| {
            Evidence::found_at(location, day(on), by, Vec::new(), taken)
        };
        let first = found("docs/policy.md", "2026-10-15", "Ann", &[]);
        assert_eq!(first.id, "ev-601aqv8b", "an id in a save stays what it was made of");
        assert_eq!(first.id, found(" docs/policy.md ", "2026-10-15", "Ann", &[]).id, "the same from the same");
        for other in [
            found("docs/policy2.md", "2026-10-15", "Ann", &[]),
            found("docs/policy.md", "2026-10-16", "Ann", &[]),
            found("docs/policy.md", "2026-10-15", "Ben", &[]),
        ] {
            assert_ne!(first.id, other.id);
        }
        let second = found("docs/policy.md", "2026-10-15", "Ann", std::slice::from_ref(&first));
        assert_eq!(second.id, format!("{}-2", first.id));
        let third = found("docs/policy.md", "2026-10-15", "Ann", &[first.clone(), second]);
        assert_eq!(third.id, format!("{}-3", first.id));
    }

    #[test]
    fn ids_of_many_items_differ() {
        let id = |number: u32| Evidence::found_at(&number.to_string(), day("2026-10-15"), "Ann", Vec::new(), &[]).id;
        let ids: std::collections::BTreeSet<String> = (0..10_000).map(id).collect();
        assert_eq!(ids.len(), 10_000);
    }

    #[test]
    fn freshness_follows_date_and_validity() {
        let case = |date: Option<&str>, valid_until: Option<&str>, as_of: &str| {
            let evidence = Evidence {
                id: "e".into(),
                title: "Policy".into(),
                kind: EvidenceKind::Document,
                location: String::new(),
                date: date.map(day),
                valid_until: valid_until.map(day),
                owner: String::new(),
                serves: Vec::new(),
            };
            (evidence.freshness(day(as_of)), evidence.is_expiring(day(as_of)))
        };
        assert_eq!(case(Some("2026-01-01"), None, "2026-01-01"), (Freshness::Current, false));
        assert_eq!(case(Some("2026-01-01"), None, "2025-12-31"), (Freshness::Future, false));
        assert_eq!(case(Some("2026-01-01"), None, "2026-12-01"), (Freshness::Current, false));
        assert_eq!(case(Some("2026-01-01"), None, "2026-12-02"), (Freshness::Current, true));
        assert_eq!(case(Some("2026-01-01"), None, "2027-01-31"), (Freshness::Current, true));
        assert_eq!(case(Some("2026-01-01"), None, "2027-02-01"), (Freshness::Stale, false));
        assert_eq!(case(Some("2026-01-01"), Some("2026-03-01"), "2026-03-02"), (Freshness::Stale, false));
        assert_eq!(case(None, Some("2027-01-01"), "2026-06-01"), (Freshness::Stale, false));
    }
}

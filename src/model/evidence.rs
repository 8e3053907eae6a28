//! The evidence register: what could be put on the table, and whether it is fresh on a given day (scoring rule 2).

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::model::reference::Reference;

/// Days for which evidence stays current when nothing else is said: a yearly review may be a month late.
pub const DEFAULT_VALIDITY: Days = Days::new(395);
/// Days before evidence turns stale from which on that is announced.
pub const NOTICE: Days = Days::new(60);

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
}

impl EvidenceKind {
    /// All kinds, in the order of the dialog.
    pub const ALL: [EvidenceKind; 4] =
        [EvidenceKind::Document, EvidenceKind::Record, EvidenceKind::System, EvidenceKind::Interview];

    /// The kind in words.
    pub const fn name(self) -> &'static str {
        match self {
            EvidenceKind::Document => "document",
            EvidenceKind::Record => "record",
            EvidenceKind::System => "system",
            EvidenceKind::Interview => "interview",
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

/// The last part of a path or link without its ending, with separators as spaces: `docs/AI_policy-v2.pdf` is `AI policy v2`.
fn title_of(location: &str) -> String {
    let place = location.split(['?', '#']).next().unwrap_or_default().trim_end_matches(['/', '\\']);
    let last = place.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = match last.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 5 => stem,
        Some(_) | None => last,
    };
    let words: Vec<&str> = stem.split(['_', '-', ' ', '+']).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { location.to_owned() } else { words.join(" ") }
}

/// Eight characters that differ where the texts do: FNV-1a in 64 bits, its upper 40 in base 32 (Crockford).
fn short_hash(texts: &[&str]) -> String {
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
    fn evidence_is_named_after_its_place() {
        let found = |location: &str, taken: &[Evidence]| {
            Evidence::found_at(location, day("2026-11-21"), "Ann", Vec::new(), taken)
        };
        let case = |location: &str| found(location, &[]).title;
        assert_eq!(case("docs/AI_policy-v2.pdf"), "AI policy v2");
        assert_eq!(case("https://wiki.example/pages/risk-method/?v=3#top"), "risk method");
        assert_eq!(case("C:\\docs\\Plan.docx"), "Plan");
        assert_eq!(case("binder in room 3"), "binder in room 3");
        assert_eq!(case(".gitlab-ci.yml"), ".gitlab ci");
        assert_eq!(case("///"), "///");
        let first = found("docs/a.pdf", &[]);
        assert_eq!(first.id.len(), 11);
        assert_eq!(first.id, found("docs/a.pdf", &[]).id, "the same from the same");
        assert_ne!(first.id, found("docs/b.pdf", &[]).id);
        assert_eq!(found("docs/a.pdf", std::slice::from_ref(&first)).id, format!("{}-2", first.id));
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

//! One row of an audit: a requirement, or the four of 6.1 rolled up, as the other program's fixed values say it.

use crate::{
    clean_text::clean_text,
    exchange::ciso_assistant::URN,
    model::{answer::Answer, catalog::Catalog, level::Level, reference::Reference, requirement::Requirement},
    report::Subject,
    score::{requirement_score::RequirementScore, verdict::Verdict},
    spreadsheet::{self, LONGEST_CELL},
};

/// A row of the library with the requirements of the catalogue that it stands for, one or more.
#[derive(Clone, Debug)]
pub(super) struct AuditRow<'a> {
    /// Its number in the library.
    pub(super) id: Reference,
    /// What it stands for.
    pub(super) members: Vec<&'a Requirement>,
}

/// What an assessment says in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Values {
    /// How far the requirement is met.
    pub(super) result: ComplianceResult,
    /// How far its assessment has come.
    pub(super) progress: Status,
    /// The level stated.
    pub(super) score: Option<Level>,
    /// The note.
    pub(super) observations: String,
}

/// The other program's words for a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ComplianceResult {
    NotAssessed,
    PartiallyCompliant,
    NonCompliant,
    Compliant,
    NotApplicable,
}

impl ComplianceResult {
    pub(super) const ALL: [ComplianceResult; 5] = [
        ComplianceResult::NotAssessed,
        ComplianceResult::PartiallyCompliant,
        ComplianceResult::NonCompliant,
        ComplianceResult::Compliant,
        ComplianceResult::NotApplicable,
    ];

    pub(super) const fn id(self) -> &'static str {
        match self {
            ComplianceResult::NotAssessed => "not_assessed",
            ComplianceResult::PartiallyCompliant => "partially_compliant",
            ComplianceResult::NonCompliant => "non_compliant",
            ComplianceResult::Compliant => "compliant",
            ComplianceResult::NotApplicable => "not_applicable",
        }
    }

    fn of(verdict: Verdict) -> ComplianceResult {
        match verdict {
            Verdict::Conforming => ComplianceResult::Compliant,
            Verdict::NotShown | Verdict::MinorGap => ComplianceResult::PartiallyCompliant,
            Verdict::MajorGap => ComplianceResult::NonCompliant,
            Verdict::Undetermined => ComplianceResult::NotAssessed,
            Verdict::NotApplicable => ComplianceResult::NotApplicable,
        }
    }
}

/// The other program's words for how far the assessment of a requirement has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status {
    ToDo,
    InProgress,
    InReview,
    Done,
}

impl Status {
    pub(super) const ALL: [Status; 4] = [Status::ToDo, Status::InProgress, Status::InReview, Status::Done];

    pub(super) const fn id(self) -> &'static str {
        match self {
            Status::ToDo => "to_do",
            Status::InProgress => "in_progress",
            Status::InReview => "in_review",
            Status::Done => "done",
        }
    }

    /// Nothing said, something open, disputed or flagged to be talked over, or all answered.
    fn of(answer: Option<&Answer>, score: &RequirementScore) -> Status {
        let Some(answer) = answer else { return Status::ToDo };
        if !score.is_applicable() {
            Status::Done
        } else if answer.level.is_none() && answer.checks.is_empty() {
            Status::ToDo
        } else if score.checks.answered < score.checks.total || score.stated.is_none() {
            Status::InProgress
        } else if score.is_disputed || answer.flagged {
            Status::InReview
        } else {
            Status::Done
        }
    }
}

/// The heading of 6.1 in the standard, which the catalogue splits.
const PLANNING: (&str, &str) = ("6.1", "Actions to address risks and opportunities");

impl<'a> AuditRow<'a> {
    /// All rows, in natural order.
    pub(super) fn all(catalog: &'a Catalog) -> Vec<AuditRow<'a>> {
        let requirements: Vec<&Requirement> = catalog.requirements().collect();
        let groups = requirements.chunk_by(|a, b| row_of(a.id) == row_of(b.id));
        groups.map(|group| AuditRow { id: row_of(group[0].id), members: group.to_vec() }).collect()
    }

    /// Whether it stands for more requirements than one, so that nothing of it can be taken over.
    pub(super) fn is_rolled_up(&self) -> bool {
        self.members.iter().any(|requirement| requirement.id != self.id)
    }

    /// Its URN in the library.
    pub(super) fn urn(&self) -> String {
        format!("{URN}{}", self.id.to_string().to_lowercase())
    }

    /// What an assessment says in it.
    pub(super) fn values(&self, subject: &Subject) -> Values {
        let scored: Vec<Member> = self.members.iter().filter_map(|member| Member::of(subject, member.id)).collect();
        // What open checks could still change counts as undetermined. Verdicts are in order, the worst first.
        let verdict = scored.iter().map(Member::verdict).min().unwrap_or(Verdict::Undetermined);
        let progress = match scored.iter().map(|member| Status::of(member.answer, member.score)) {
            all if all.clone().all(|progress| progress == Status::ToDo) => Status::ToDo,
            all => match all.min() {
                Some(Status::ToDo | Status::InProgress) | None => Status::InProgress,
                Some(progress) => progress,
            },
        };
        let level = |member: &Member| member.answer.filter(|_| member.score.is_applicable())?.claimed();
        Values {
            result: ComplianceResult::of(verdict),
            progress,
            score: scored.iter().filter_map(level).min(),
            observations: fitting(self.observations(&scored)),
        }
    }

    fn observations(&self, scored: &[Member]) -> String {
        let texts = scored.iter().filter_map(|member| {
            let text = member.observations()?;
            Some(if self.is_rolled_up() { format!("{}: {text}", member.score.id) } else { text })
        });
        texts.collect::<Vec<_>>().join("\n\n")
    }

    /// Its cells under [`super::COLUMNS`].
    pub(super) fn cells(&self, subject: &Subject) -> Vec<String> {
        let Values { result, progress, score, observations } = self.values(subject);
        let joined = |text: fn(&Requirement) -> String| match self.members.as_slice() {
            [one] => text(one),
            several => several.iter().map(|one| format!("{}: {}", one.id, text(one))).collect::<Vec<_>>().join("\n"),
        };
        let name = match self.members.as_slice() {
            [one] => one.full_title().into_owned(),
            _ => PLANNING.1.to_owned(),
        };
        let cells = [
            self.urn(),
            "x".to_owned(),
            self.id.to_string(),
            name,
            joined(|one| one.intent.to_string()),
            joined(|one| one.evidence.iter().map(|item| item.as_str()).collect::<Vec<_>>().join("\n")),
            joined(|one| one.why_it_matters.to_string()),
            result.id().to_owned(),
            progress.id().to_owned(),
            score.map(|level| level.to_string()).unwrap_or_default(),
            observations,
        ];
        cells.into()
    }
}

/// A requirement of a row with what is said of it.
struct Member<'a> {
    answer: Option<&'a Answer>,
    score: &'a RequirementScore,
}

impl<'a> Member<'a> {
    fn of(subject: &Subject<'a>, id: Reference) -> Option<Member<'a>> {
        Some(Member { answer: subject.assessment.answer(id), score: subject.standing.requirement(id)? })
    }

    fn verdict(&self) -> Verdict {
        let judgement = self.score.judgement;
        if judgement.indicative { Verdict::Undetermined } else { judgement.verdict }
    }

    /// The note; of an excluded control without one, the reason of the exclusion.
    fn observations(&self) -> Option<String> {
        let answer = self.answer?;
        let reason = answer.exclusion.as_ref().filter(|_| !self.score.is_applicable());
        let texts = [Some(answer.note.as_str()), reason.map(|exclusion| exclusion.reason.as_str())];
        let text = texts.into_iter().flatten().find(|text| !text.trim().is_empty())?;
        // Two characters that no XML file can hold go too.
        Some(clean_text(text).replace(['\u{fffe}', '\u{ffff}'], ""))
    }
}

/// The row of the library in which a requirement stands.
fn row_of(id: Reference) -> Reference {
    let planning: Reference = PLANNING.0.parse().expect("6.1 is a reference");
    if id.to_string().starts_with("6.1.") { planning } else { id }
}

/// A text as long as a cell can hold; a longer one ends in dots.
fn fitting(text: String) -> String {
    if spreadsheet::units(&text) <= LONGEST_CELL {
        return text;
    }
    let mut room = LONGEST_CELL - 3;
    let kept = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    });
    format!("{}...", kept.collect::<String>())
}

//! The credited level: what could be shown to an auditor today, the claimed level under its caps (scoring rule 4).

use crate::{
    model::{answer::CheckState, level::Level},
    score::verdict::BindingCheck,
};

/// The evidence of one requirement on the day in question; items dated later are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EvidenceCount {
    /// Items that are current.
    pub current: usize,
    /// Items that are stale or undated.
    pub stale: usize,
}

/// A situation that keeps the credited level down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cap {
    /// A critical check is no: at most 1.
    CriticalNo,
    /// Another check is no: at most 2.
    No,
    /// A critical check is partly or open: at most 2.
    CriticalPartlyOrOpen,
    /// No evidence is attached: at most 2.
    NoEvidence,
    /// Another check is partly or open: at most 3.
    PartlyOrOpen,
    /// Evidence is attached, and none of it is current: at most 3.
    NoneCurrent,
}

impl Cap {
    /// The highest level that it allows.
    pub fn level(self) -> Level {
        match self {
            Cap::CriticalNo => Level::ALL[1],
            Cap::No | Cap::CriticalPartlyOrOpen | Cap::NoEvidence => Level::ALL[2],
            Cap::PartlyOrOpen | Cap::NoneCurrent => Level::ALL[3],
        }
    }

    /// Whether it rests on evidence rather than on checks.
    pub fn is_of_evidence(self) -> bool {
        match self {
            Cap::NoEvidence | Cap::NoneCurrent => true,
            Cap::CriticalNo | Cap::No | Cap::CriticalPartlyOrOpen | Cap::PartlyOrOpen => false,
        }
    }

    /// The situation in words.
    pub const fn name(self) -> &'static str {
        match self {
            Cap::CriticalNo => "a critical check is no",
            Cap::No => "a check is no",
            Cap::CriticalPartlyOrOpen => "a critical check is partly or open",
            Cap::NoEvidence => "no evidence is attached",
            Cap::PartlyOrOpen => "a check is partly or open",
            Cap::NoneCurrent => "none of the evidence is current",
        }
    }

    /// The situation as one word, as JSON carries it.
    pub const fn id(self) -> &'static str {
        match self {
            Cap::CriticalNo => "CriticalNo",
            Cap::No => "No",
            Cap::CriticalPartlyOrOpen => "CriticalPartlyOrOpen",
            Cap::NoEvidence => "NoEvidence",
            Cap::PartlyOrOpen => "PartlyOrOpen",
            Cap::NoneCurrent => "NoneCurrent",
        }
    }

    /// The cap that one check brings, if any.
    pub fn of_check(check: BindingCheck) -> Option<Cap> {
        match (check.state, check.critical) {
            (CheckState::No, true) => Some(Cap::CriticalNo),
            (CheckState::No, false) => Some(Cap::No),
            (CheckState::Partly | CheckState::Unknown | CheckState::Unanswered, true) => {
                Some(Cap::CriticalPartlyOrOpen)
            }
            (CheckState::Partly | CheckState::Unknown | CheckState::Unanswered, false) => Some(Cap::PartlyOrOpen),
            (CheckState::Yes | CheckState::Absent, _) => None,
        }
    }

    /// The cap that the state of the evidence brings, if any.
    pub fn of_evidence(evidence: EvidenceCount) -> Option<Cap> {
        match (evidence.current, evidence.stale) {
            (0, 0) => Some(Cap::NoEvidence),
            (0, _) => Some(Cap::NoneCurrent),
            (_, _) => None,
        }
    }
}

/// Every cap that applies, binding or not, lowest first and each once.
pub fn caps(checks: &[BindingCheck], evidence: EvidenceCount) -> Vec<Cap> {
    let of_checks = checks.iter().copied().filter_map(Cap::of_check);
    let mut caps: Vec<Cap> = of_checks.chain(Cap::of_evidence(evidence)).collect();
    caps.sort_unstable();
    caps.dedup();
    caps
}

/// The claimed level, lowered to the lowest of the caps.
pub fn credited(claimed: Level, caps: impl IntoIterator<Item = Cap>) -> Level {
    caps.into_iter().map(Cap::level).fold(claimed, Level::min)
}

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

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY_STATE: [CheckState; 5] =
        [CheckState::No, CheckState::Partly, CheckState::Unknown, CheckState::Unanswered, CheckState::Yes];

    #[test]
    fn every_check_has_the_cap_of_the_table() {
        let levels = |critical: bool| {
            EVERY_STATE.map(|state| Cap::of_check(BindingCheck { critical, state }).map(|cap| cap.level().number()))
        };
        assert_eq!(levels(true), [Some(1), Some(2), Some(2), Some(2), None]);
        assert_eq!(levels(false), [Some(2), Some(3), Some(3), Some(3), None]);
    }

    #[test]
    fn evidence_has_the_cap_of_the_table() {
        let cap = |current, stale| Cap::of_evidence(EvidenceCount { current, stale }).map(|cap| cap.level().number());
        assert_eq!(cap(0, 0), Some(2), "none attached");
        assert_eq!(cap(0, 2), Some(3), "attached, none current");
        assert_eq!(cap(1, 0), None);
        assert_eq!(cap(1, 5), None, "one that is current is enough");
    }

    #[test]
    fn all_caps_are_listed_once_and_the_lowest_decides() {
        let check = |critical, state| BindingCheck { critical, state };
        let checks = [
            check(false, CheckState::Partly),
            check(false, CheckState::Unknown),
            check(true, CheckState::Unanswered),
            check(false, CheckState::No),
            check(true, CheckState::Yes),
        ];
        let caps = caps(&checks, EvidenceCount { current: 0, stale: 1 });
        assert_eq!(caps, [Cap::No, Cap::CriticalPartlyOrOpen, Cap::PartlyOrOpen, Cap::NoneCurrent]);
        let credited_from = |claimed| credited(Level::ALL[claimed], caps.iter().copied()).number();
        assert_eq!([0, 1, 2, 3, 4, 5].map(credited_from), [0, 1, 2, 2, 2, 2]);
        assert_eq!(credited(Level::OPTIMIZING, []), Level::OPTIMIZING, "without a cap the claim stands");
    }
}

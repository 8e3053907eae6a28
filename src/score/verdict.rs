//! The verdict on one requirement: conformity, by the first rule that fits, never averaged (scoring rule 3).

use crate::model::{answer::CheckState, level::Level, reference::Reference};

/// What an auditor would say about one requirement, worst first except for the last two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Something that the clause or control stands on is missing.
    MajorGap,
    /// Part of it is missing.
    MinorGap,
    /// Nobody can tell yet.
    Undetermined,
    /// Said to be there, and nothing current shows it.
    NotShown,
    /// All checks yes, with current evidence.
    Conforming,
    /// An excluded control.
    NotApplicable,
}

impl Verdict {
    /// All verdicts, in the order of reports.
    pub const ALL: [Verdict; 6] = [
        Verdict::MajorGap,
        Verdict::MinorGap,
        Verdict::Undetermined,
        Verdict::NotShown,
        Verdict::Conforming,
        Verdict::NotApplicable,
    ];

    /// The verdict in words.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::MajorGap => "major gap",
            Verdict::MinorGap => "minor gap",
            Verdict::Undetermined => "undetermined",
            Verdict::NotShown => "not shown",
            Verdict::Conforming => "conforming",
            Verdict::NotApplicable => "not applicable",
        }
    }

    /// The verdict as one word, as JSON carries it.
    pub const fn id(self) -> &'static str {
        match self {
            Verdict::MajorGap => "MajorGap",
            Verdict::MinorGap => "MinorGap",
            Verdict::Undetermined => "Undetermined",
            Verdict::NotShown => "NotShown",
            Verdict::Conforming => "Conforming",
            Verdict::NotApplicable => "NotApplicable",
        }
    }
}

/// Which rule gave the verdict; the numbers are those of scoring rule 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerdictRule {
    /// 1: excluded.
    Excluded,
    /// 2, first half: a critical check is no.
    CriticalNo,
    /// 2, second half: a clause of which nothing exists.
    NothingThere,
    /// 3: level 0 while a critical check is open.
    AbsentAndOpen,
    /// 4: a check is no or partly.
    CheckGap,
    /// 5: all checks are yes.
    AllYes,
    /// 6: some checks are open and the level speaks.
    LevelOnly,
    /// 7: nothing to go by.
    NothingSaid,
}

impl VerdictRule {
    /// The number of the rule, 1 to 7.
    pub const fn number(self) -> u8 {
        match self {
            VerdictRule::Excluded => 1,
            VerdictRule::CriticalNo | VerdictRule::NothingThere => 2,
            VerdictRule::AbsentAndOpen => 3,
            VerdictRule::CheckGap => 4,
            VerdictRule::AllYes => 5,
            VerdictRule::LevelOnly => 6,
            VerdictRule::NothingSaid => 7,
        }
    }

    /// Whether a verdict by this rule is indicative while checks are open.
    const fn can_be_indicative(self) -> bool {
        match self {
            VerdictRule::NothingThere | VerdictRule::AbsentAndOpen | VerdictRule::CheckGap | VerdictRule::LevelOnly => {
                true
            }
            VerdictRule::Excluded | VerdictRule::CriticalNo | VerdictRule::AllYes | VerdictRule::NothingSaid => false,
        }
    }
}

/// A verdict with the rule that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The first rule that fitted.
    pub rule: VerdictRule,
    /// Whether open checks could still change it.
    pub indicative: bool,
}

/// A binding check as scoring sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BindingCheck {
    /// Whether a plain no is a major gap.
    pub critical: bool,
    /// The answer, never `Absent`.
    pub state: CheckState,
}

/// What the verdict rests on.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The requirement.
    pub id: Reference,
    /// Its binding checks without those that had no occasion.
    pub checks: &'a [BindingCheck],
    /// The claimed level, where it is a number.
    pub claimed: Option<Level>,
    /// Whether current evidence is attached.
    pub has_current_evidence: bool,
}

/// Judges an applicable requirement by rules 2 to 7.
pub fn judge(facts: Facts) -> Judgement {
    let (verdict, rule) = first_rule(facts);
    let has_open = facts.checks.iter().any(|check| check.state.is_open());
    Judgement { verdict, rule, indicative: has_open && rule.can_be_indicative() }
}

/// The judgement on an excluded control, by rule 1.
pub const EXCLUDED: Judgement =
    Judgement { verdict: Verdict::NotApplicable, rule: VerdictRule::Excluded, indicative: false };

fn first_rule(Facts { id, checks, claimed, has_current_evidence }: Facts) -> (Verdict, VerdictRule) {
    let any = |is: fn(&BindingCheck) -> bool| checks.iter().any(is);
    let all_are = |state: CheckState| !checks.is_empty() && checks.iter().all(|check| check.state == state);
    let is_absent = claimed == Some(Level::ABSENT);
    let nothing_there = !any(|check| matches!(check.state, CheckState::Yes | CheckState::Partly));

    if any(|check| check.critical && check.state == CheckState::No) {
        (Verdict::MajorGap, VerdictRule::CriticalNo)
    } else if !id.is_control() && nothing_there && (all_are(CheckState::No) || is_absent) {
        (Verdict::MajorGap, VerdictRule::NothingThere)
    } else if is_absent && any(|check| check.critical && check.state.is_open()) {
        (Verdict::MajorGap, VerdictRule::AbsentAndOpen)
    } else if any(|check| check.state.is_gap()) {
        (Verdict::MinorGap, VerdictRule::CheckGap)
    } else if all_are(CheckState::Yes) {
        let verdict = if has_current_evidence { Verdict::Conforming } else { Verdict::NotShown };
        (verdict, VerdictRule::AllYes)
    } else if let Some(level) = claimed {
        let verdict = if level.number() <= 2 {
            Verdict::MinorGap
        } else if any(|check| check.critical && check.state == CheckState::Unknown) {
            Verdict::Undetermined
        } else {
            Verdict::NotShown
        };
        (verdict, VerdictRule::LevelOnly)
    } else {
        (Verdict::Undetermined, VerdictRule::NothingSaid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks as letters: Y yes, P partly, N no, U unknown, `.` unanswered; a `!` behind makes it critical.
    fn checks(text: &str) -> Vec<BindingCheck> {
        let mut checks: Vec<BindingCheck> = Vec::new();
        for letter in text.chars() {
            let state = match letter {
                'Y' => CheckState::Yes,
                'P' => CheckState::Partly,
                'N' => CheckState::No,
                'U' => CheckState::Unknown,
                '.' => CheckState::Unanswered,
                _ => {
                    checks.last_mut().expect("a check before `!`").critical = true;
                    continue;
                }
            };
            checks.push(BindingCheck { critical: false, state });
        }
        checks
    }

    #[test]
    fn the_first_rule_that_fits_decides() {
        let case = |id: &str, text: &str, claimed: Option<u8>, has_current_evidence: bool| {
            let judgement = judge(Facts {
                id: id.parse().expect("a reference"),
                checks: &checks(text),
                claimed: claimed.and_then(Level::new),
                has_current_evidence,
            });
            (judgement.verdict, judgement.rule.number(), judgement.indicative)
        };
        use Verdict::{Conforming, MajorGap, MinorGap, NotShown, Undetermined};
        // Rule 2, first half, with and without open checks.
        assert_eq!(case("4.3", "N!Y", Some(4), true), (MajorGap, 2, false));
        assert_eq!(case("4.3", "N!.", None, false), (MajorGap, 2, false));
        // Rule 2, second half: clauses only.
        assert_eq!(case("4.3", "NN", Some(3), false), (MajorGap, 2, false));
        assert_eq!(case("4.3", "..", Some(0), false), (MajorGap, 2, true));
        assert_eq!(case("4.3", "N.", Some(0), false), (MajorGap, 2, true));
        assert_eq!(case("A.4.2", "NN", Some(3), false), (MinorGap, 4, false));
        assert_eq!(case("A.4.2", "..", Some(0), false), (MinorGap, 6, true));
        // Rule 3.
        assert_eq!(case("A.2.2", ".!Y", Some(0), false), (MajorGap, 3, true));
        assert_eq!(case("4.3", "U!P", Some(0), false), (MajorGap, 3, true));
        // Rule 4.
        assert_eq!(case("4.3", "Y!P", Some(5), true), (MinorGap, 4, false));
        assert_eq!(case("4.3", "Y!N.", None, true), (MinorGap, 4, true));
        // Rule 5.
        assert_eq!(case("4.3", "Y!Y", Some(1), true), (Conforming, 5, false));
        assert_eq!(case("4.3", "Y!Y", None, false), (NotShown, 5, false));
        // Rule 6.
        assert_eq!(case("4.3", "Y!.", Some(2), true), (MinorGap, 6, true));
        assert_eq!(case("4.3", ".!.", Some(3), false), (NotShown, 6, true));
        assert_eq!(case("4.3", "U!.", Some(3), false), (Undetermined, 6, true));
        assert_eq!(case("4.3", "Y!U", Some(3), false), (NotShown, 6, true));
        // Rule 7.
        assert_eq!(case("4.3", ".!.", None, true), (Undetermined, 7, false));
        assert_eq!(case("4.3", "Y!U", None, true), (Undetermined, 7, false));
    }
}

//! When an approval counts, and who gives it.

use super::*;
use crate::{
    impact::sample::{catalog, decided, harm, measure, rated, screened, with_evidence},
    model::{
        impact::{
            criteria::{OwnApproval, OwnCriteria},
            harm::MeasureKind,
        },
        level::ImpactLevel::{High, Low, VeryHigh},
    },
    score::sample::{as_of, day},
};

/// A system with one harm of that rating, signed off.
fn signed(before: &str, sign_off: SignOff) -> System {
    let mut system = System::named("bot", "Bot");
    system.impact.harms = vec![harm("h", before, "-----", "")];
    system.impact.sign_offs = vec![sign_off];
    system
}

fn state_of(system: &System) -> SignOffState {
    state(system, &rated(system), as_of())
}

const LOW: &str = "11111";
const MEDIUM: &str = "31112";
const HIGH: &str = "51111";
const VERY_HIGH: &str = "51115";

#[test]
fn the_state_follows_from_outcome_names_and_days() {
    use SignOffState::{InForce, InPreparation, NotInForce, NotSigned};
    let case = |expected: SignOffState, change: &dyn Fn(&mut SignOff)| {
        let mut sign_off = decided(Outcome::Approved);
        change(&mut sign_off);
        assert_eq!(state_of(&signed(MEDIUM, sign_off)), expected);
    };
    case(InForce, &|_| ());
    case(NotSigned, &|sign_off| *sign_off = SignOff::default());
    case(InPreparation, &|sign_off| sign_off.outcome = None);
    case(InPreparation, &|sign_off| sign_off.approved_by = " ".into());
    case(InPreparation, &|sign_off| sign_off.approved_on = None);
    case(InForce, &|sign_off| sign_off.approved_on = Some(day("2026-06-01")));
    case(NotInForce(Objection::InFuture), &|sign_off| sign_off.approved_on = Some(day("2026-06-02")));
    case(NotInForce(Objection::OutcomeLacks), &|sign_off| sign_off.outcome = Some(Outcome::ApprovedWithConditions));
    for outcome in [Outcome::Returned, Outcome::Escalated, Outcome::Stopped] {
        case(NotInForce(Objection::Declined(outcome)), &|sign_off| sign_off.outcome = Some(outcome));
    }
    assert_eq!(state_of(&System::named("bot", "Bot")), NotSigned);
}

#[test]
fn at_high_nobody_approves_what_they_prepared_and_very_high_is_not_approved_at_all() {
    use SignOffState::{InForce, NotInForce};
    let case = |before: &str, approved_by: &str, expected: SignOffState| {
        let sign_off = SignOff { approved_by: approved_by.into(), ..decided(Outcome::Approved) };
        assert_eq!(state_of(&signed(before, sign_off)), expected, "{before} by {approved_by}");
    };
    let by_preparer = NotInForce(Objection::ByPreparer);
    case(LOW, "Ann", InForce);
    case(MEDIUM, "Ann", InForce);
    case(HIGH, "Cem", InForce);
    case(HIGH, "Ann", by_preparer);
    case(HIGH, " a nN ", by_preparer);
    case(VERY_HIGH, "Cem", NotInForce(Objection::VeryHigh));
    case("-----", "Cem", NotInForce(Objection::NotAssessed));
    // Measures lowered it, and the residual level decides.
    let mut lowered = signed(VERY_HIGH, SignOff { approved_by: "Ann".into(), ..decided(Outcome::Approved) });
    lowered.impact.harms[0] = harm("h", VERY_HIGH, HIGH, "m");
    lowered.impact.measures = vec![measure("m", MeasureKind::Lower, "e1")];
    assert_eq!(state_of(&lowered), by_preparer);
    lowered.impact.sign_offs[0].approved_by = "Cem".into();
    assert_eq!(state_of(&lowered), InForce);
}

#[test]
fn what_bars_the_use_bars_its_approval() {
    use SignOffState::{InForce, NotInForce};
    let mut system = signed(LOW, decided(Outcome::Approved));
    system.screening = Some(screened("", "", "RU-02"));
    assert_eq!(state_of(&system), NotInForce(Objection::RestrictedUse));
    system.screening.as_mut().expect("a screening").restricted[0].settled = "The board allowed it.".into();
    assert_eq!(state_of(&system), InForce);
    system.banned_use = true;
    assert_eq!(state_of(&system), NotInForce(Objection::Banned));
}

#[test]
fn each_outcome_says_what_it_needs() {
    let case = |outcome: Outcome, expected: &[&str]| {
        assert_eq!(lacks(&decided(outcome)), expected);
        let full = SignOff {
            conditions: "Because of this.".into(),
            conditions_due: Some(as_of()),
            conditions_checked_by: "Bea".into(),
            ..decided(outcome)
        };
        assert!(lacks(&full).is_empty());
    };
    case(Outcome::Approved, &[]);
    case(Outcome::ApprovedWithConditions, &["the conditions", "the day by which they are met", "who checks them"]);
    case(Outcome::Returned, &["the reasons"]);
    case(Outcome::Escalated, &["to whom"]);
    case(Outcome::Stopped, &["the reasons and what happens to a running system"]);
}

#[test]
fn an_approval_holds_while_the_next_one_is_prepared_and_ends_with_another_decision() {
    let later = |outcome: Option<Outcome>, on: &str| SignOff {
        outcome,
        approved_on: Some(day(on)),
        ..decided(Outcome::Approved)
    };
    let case = |next: SignOff, expected: Option<&str>| {
        let mut system = signed(LOW, decided(Outcome::Approved));
        system.impact.sign_offs.push(next);
        let found = in_force(&system, &rated(&system), as_of()).and_then(|approval| approval.approved_on);
        assert_eq!(found, expected.map(day));
    };
    case(SignOff::default(), Some("2026-05-06"));
    case(later(None, "2026-05-20"), Some("2026-05-06"));
    case(later(Some(Outcome::Approved), "2026-05-20"), Some("2026-05-20"));
    case(later(Some(Outcome::Approved), "2026-06-20"), Some("2026-05-06"));
    case(later(Some(Outcome::Stopped), "2026-05-20"), None);
    case(SignOff { approved_on: None, ..later(Some(Outcome::Returned), "2026-05-20") }, None);
    case(SignOff { approved_by: String::new(), ..later(Some(Outcome::Approved), "2026-05-20") }, Some("2026-05-06"));
}

#[test]
fn the_criteria_in_force_say_who_approves() {
    let by = |criteria: OwnCriteria, level: ImpactLevel| {
        let assessment = Assessment { criteria, ..with_evidence() };
        approver(catalog(), &assessment, level, as_of())
    };
    let own = OwnCriteria {
        approved_by: "The board".into(),
        approved_on: Some(as_of()),
        approvals: vec![OwnApproval { level: High, by: "AI council".into() }],
        ..OwnCriteria::default()
    };
    let proposed = |by: &str| Approver { by: by.into(), is_own: false };
    assert_eq!(by(OwnCriteria::default(), Low), proposed("the system owner"));
    assert_eq!(by(own.clone(), High), Approver { by: "AI council".into(), is_own: true });
    assert_eq!(by(own.clone(), Low), proposed("the system owner"));
    let not_in_force = by(OwnCriteria { approved_on: None, ..own }, High);
    assert_eq!(not_in_force, proposed("an approver independent of delivery, named by top management"));
    assert!(by(OwnCriteria::default(), VeryHigh).by.starts_with("top management or the AI governance body"));
}

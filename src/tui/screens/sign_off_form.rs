//! One round of sign-off as a form. An approval that would not count is refused, with what is missing beside the field.

use chrono::NaiveDate;

use crate::{
    impact::{
        facts::facts,
        sign_off::{self, Objection, SignOffState},
    },
    model::{
        edit::Change,
        impact::sign_off::{Outcome, SignOff},
        system::System,
    },
    tui::{
        screens::{
            assessed::{self, Assessed},
            form::{
                Form, Sheet,
                field::{Choice, Field, Values},
            },
        },
        session::Session,
    },
};

const PREPARED_BY: &str = "Prepared by";
const PREPARED_ON: &str = "Prepared on";
const REVIEWED_BY: &str = "Reviewed by";
const REVIEWED_ON: &str = "Reviewed on";
const OUTCOME: &str = "Decision";
const APPROVED_BY: &str = "Decided by";
const FUNCTION: &str = "In which function";
const APPROVED_ON: &str = "Decided on";
const CONDITIONS: &str = "Conditions, reasons";
const CONDITIONS_DUE: &str = "Conditions due";
const CHECKED_BY: &str = "Checked by";
const NEXT_REVIEW: &str = "Next review";

/// What is wrong, by field.
type Problems = Vec<(&'static str, String)>;

/// The form of a round by its place in the list; of a new one for nothing.
pub fn form(system: &str, round: Option<usize>, session: &Session) -> Form {
    let found = Assessed::find(system, session);
    let before = round.and_then(|round| found?.impact().sign_offs.get(round)).cloned().unwrap_or_default();
    let next_review = found.and_then(|assessed| assessed.system.next_review);
    let outcomes = Outcome::ALL.map(|outcome| {
        let detail = outcome.asks_for().map_or(String::new(), |asks| format!("Asks for {asks}."));
        Choice { detail, ..Choice::new(outcome.name(), outcome.name()) }
    });
    let day = "As YYYY-MM-DD.";
    let fields = vec![
        Field::line(PREPARED_BY, "Who led the assessment.", &before.prepared_by),
        Field::day(PREPARED_ON, day, before.prepared_on),
        Field::line(REVIEWED_BY, "Who read it with fresh eyes.", &before.reviewed_by),
        Field::day(REVIEWED_ON, day, before.reviewed_on),
        Field::one(
            OUTCOME,
            "Left and Right choose; Delete takes it away.",
            outcomes.to_vec(),
            before.outcome.map(Outcome::name),
        ),
        Field::line(APPROVED_BY, "Who decides; the level says who must.", &before.approved_by),
        Field::line(FUNCTION, "As what, such as: managing director.", &before.approver_function),
        Field::day(APPROVED_ON, day, before.approved_on),
        Field::line(
            CONDITIONS,
            "Conditions or reasons, to whom it was escalated, what happens to a running system.",
            &before.conditions,
        ),
        Field::day(CONDITIONS_DUE, "The day by which the conditions are met, as YYYY-MM-DD.", before.conditions_due),
        Field::line(CHECKED_BY, "Who checks that the conditions are met.", &before.conditions_checked_by),
        Field::day(NEXT_REVIEW, "The day by which the assessment is looked at again, as YYYY-MM-DD.", next_review),
    ];
    Form::new(SignOffSheet { system: system.to_owned(), round, before }, fields)
}

/// A round of a system, as it was when the form was opened.
#[derive(Debug)]
struct SignOffSheet {
    system: String,
    round: Option<usize>,
    before: SignOff,
}

impl SignOffSheet {
    /// The round as the form says, with the day of the next review; what rests on an approval stays as it was.
    fn round(&self, values: &Values<'_>, problems: &mut Problems) -> (SignOff, Option<NaiveDate>) {
        let mut day = |name: &'static str| {
            values.day(name).unwrap_or_else(|problem| {
                problems.push((name, problem));
                None
            })
        };
        let text = |name: &str| values.text(name).to_owned();
        let round = SignOff {
            prepared_by: text(PREPARED_BY),
            prepared_on: day(PREPARED_ON),
            reviewed_by: text(REVIEWED_BY),
            reviewed_on: day(REVIEWED_ON),
            approved_by: text(APPROVED_BY),
            approver_function: text(FUNCTION),
            approved_on: day(APPROVED_ON),
            outcome: Outcome::ALL.into_iter().find(|outcome| Some(outcome.name()) == values.picked(OUTCOME)),
            conditions: text(CONDITIONS),
            conditions_due: day(CONDITIONS_DUE),
            conditions_checked_by: text(CHECKED_BY),
            level: self.before.level,
            residual: self.before.residual,
            facts: self.before.facts.clone(),
        };
        (round, day(NEXT_REVIEW))
    }

    /// The system with the round in its place.
    fn with_round(&self, system: &System, round: SignOff, next_review: Option<NaiveDate>) -> System {
        let mut system = System { next_review, ..system.clone() };
        let rounds = &mut system.impact.sign_offs;
        match self.round.and_then(|place| rounds.get_mut(place)) {
            Some(place) => *place = round,
            None if round == SignOff::default() => {}
            None => rounds.push(round),
        }
        system
    }

    /// Whether the decision is another one than before, so that it rests on what is true now.
    fn is_new_decision(&self, round: &SignOff) -> bool {
        let decision = |round: &SignOff| (round.outcome, round.approved_by.clone(), round.approved_on);
        decision(round) != decision(&self.before)
    }
}

/// Days that lie ahead, or before one that must come first.
fn order_of_days(round: &SignOff, next_review: Option<NaiveDate>, as_of: NaiveDate) -> Problems {
    let steps = [
        (PREPARED_ON, "prepared", round.prepared_on),
        (REVIEWED_ON, "reviewed", round.reviewed_on),
        (APPROVED_ON, "decided", round.approved_on),
    ];
    let mut problems = Problems::new();
    let mut last: Option<(&str, NaiveDate)> = None;
    for (field, what, day) in steps {
        let Some(day) = day else { continue };
        if day > as_of {
            problems.push((field, "This day is still to come.".to_owned()));
        } else if let Some((earlier, before)) = last.filter(|(_, before)| day < *before) {
            problems.push((field, format!("It was {earlier} on {before}, so it cannot be {what} before that.")));
        }
        last = Some((what, day));
    }
    let ends = [(CONDITIONS_DUE, round.conditions_due), (NEXT_REVIEW, next_review)];
    if let Some(decided) = round.approved_on {
        let early = ends.into_iter().filter(|(_, day)| day.is_some_and(|day| day < decided));
        problems.extend(early.map(|(field, _)| (field, format!("This is before the decision, {decided}."))));
    }
    problems
}

/// What a decision lacks: a person, a day, what it asks for.
fn missing(round: &SignOff) -> Problems {
    let mut problems = Problems::new();
    if round.outcome.is_none() {
        if !round.approved_by.is_empty() || round.approved_on.is_some() {
            problems.push((OUTCOME, "Say what was decided.".to_owned()));
        }
        return problems;
    }
    if round.approved_by.is_empty() {
        problems.push((APPROVED_BY, "Name who decided.".to_owned()));
    }
    if round.approved_on.is_none() {
        problems.push((APPROVED_ON, "Give the day of the decision.".to_owned()));
    }
    let lacks = sign_off::lacks(round);
    if !lacks.is_empty() {
        problems.push((CONDITIONS, format!("This decision also asks for {}.", lacks.join(", "))));
    }
    problems
}

/// Why an approval would not count, beside the field that has to change.
fn objection(objection: Objection) -> Option<(&'static str, String)> {
    let problem = match objection {
        Objection::Banned => (OUTCOME, "The law bans this use: it cannot be approved."),
        Objection::NotAssessed => {
            (OUTCOME, "Nothing is assessed yet: rate its harms first, or say why there are none.")
        }
        Objection::VeryHigh => {
            (OUTCOME, "The level is very high: lower it by measures first, then have it approved anew.")
        }
        Objection::RestrictedUse => (OUTCOME, "A restricted use is not settled: settle it in the screening first."),
        Objection::ByPreparer => (APPROVED_BY, "At high or very high somebody else than the preparer must approve."),
        Objection::InFuture => (APPROVED_ON, "This day is still to come."),
        // What the outcome lacks is said in more detail by the fields themselves; declining is a decision like others.
        Objection::OutcomeLacks | Objection::Declined(_) => return None,
    };
    Some((problem.0, problem.1.to_owned()))
}

impl Sheet for SignOffSheet {
    fn title(&self, session: &Session) -> String {
        assessed::title(if self.round.is_some() { "Sign-off" } else { "New round of sign-off" }, &self.system, session)
    }

    fn read(&self, values: &Values<'_>, session: &Session) -> Result<Option<Change>, Problems> {
        let Some(Assessed { system, rating }) = Assessed::find(&self.system, session) else {
            return Ok(None);
        };
        let mut problems = Problems::new();
        let (mut round, next_review) = self.round(values, &mut problems);
        problems.extend(missing(&round));
        problems.extend(order_of_days(&round, next_review, session.as_of));
        let is_approval = round.outcome.is_some_and(Outcome::is_approval);
        let is_new = self.is_new_decision(&round);
        if is_approval && is_new {
            let signed = self.with_round(system, round.clone(), next_review);
            // An earlier round that is looked up again is not the one that is judged.
            if let SignOffState::NotInForce(reason) = sign_off::state(&signed, rating, session.as_of) {
                let found = objection(reason).filter(|(field, _)| problems.iter().all(|(other, _)| other != field));
                problems.extend(found);
            }
            (round.level, round.residual) = (rating.inherent, rating.residual);
            round.facts = facts(system);
        } else if !is_approval {
            (round.level, round.residual, round.facts) = (None, None, Vec::new());
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let signed = self.with_round(system, round, next_review);
        Ok((signed != *system).then(|| Change::system("sign-off", signed)))
    }

    fn foot(&self, _values: &Values<'_>, session: &Session) -> String {
        let Some(rating) = session.standing().system(&self.system) else { return String::new() };
        match (rating.is_banned, rating.residual) {
            (true, _) => "The law bans this use: it cannot be approved.".to_owned(),
            (false, None) => "Nothing is assessed yet, so nothing can be approved.".to_owned(),
            (false, Some(level)) => {
                let approver = sign_off::approver(&session.catalog, session.assessment(), level, session.as_of);
                format!("Level {} after measures: to be approved by {}.", level.name(), approver.by)
            }
        }
    }
}

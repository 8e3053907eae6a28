//! The form of an inclusion: why a control is needed, what asks for it, what it applies to, and how it is done.

use crate::{
    impact::drivers::{ProposedDriver, proposed_drivers},
    model::{
        edit::Change,
        exclusion::mirroring_clause,
        inclusion::{Driver, Inclusion},
        reference::Reference,
        statement::Applicability,
    },
    tui::{
        screens::form::{
            Form, Sheet,
            field::{Choice, Field, Values},
        },
        session::Session,
        widgets::line_input::LineInput,
    },
};

const REASON: &str = "Why it is needed";
const DRIVERS: &str = "What asks for it";
const REFERENCE: &str = "Reference";
const SYSTEMS: &str = "Only for these systems";
const HOW: &str = "How it is done";

/// The inclusion of one control of Annex A.
#[derive(Debug)]
struct InclusionSheet {
    control: Reference,
}

/// The form, filled with what is stated already.
pub(super) fn form(control: Reference, session: &Session) -> Form {
    let assessment = session.assessment();
    let inclusion = assessment.answer(control).map(|answer| answer.inclusion.clone()).unwrap_or_default();
    Form::new(InclusionSheet { control }, fields(&inclusion, &proposed_drivers(assessment, control), session))
}

/// The fields of an inclusion, for a control of Annex A and for an own one.
pub(super) fn fields(inclusion: &Inclusion, proposed: &[ProposedDriver], session: &Session) -> Vec<Field> {
    let driver = |driver: Driver| {
        let reasons =
            proposed.iter().filter(|proposal| proposal.driver == driver).map(|proposal| proposal.why.as_str());
        let why = reasons.collect::<Vec<&str>>().join("; ");
        let detail = if why.is_empty() { String::new() } else { format!("Proposed: {why}.") };
        Choice { detail, ..Choice::new(driver.name(), driver.name()) }
    };
    let drivers: Vec<String> = inclusion.drivers.iter().map(|driver| driver.name().to_owned()).collect();
    let systems = &session.assessment().systems;
    let known = systems.iter().map(|system| Choice::new(&system.id, &system.name));
    let unknown = inclusion.systems.iter().filter(|id| session.assessment().system(id).is_none());
    let unknown = unknown.map(|id| Choice::new(id, format!("{id} (not in the register)")));
    let references: Vec<&str> =
        proposed.iter().map(|proposal| proposal.reference.as_str()).filter(|reference| !reference.is_empty()).collect();
    let mut reference_hint = "The risk, the assessment, the law or the contract, by its name or number.".to_owned();
    if !references.is_empty() {
        reference_hint.push_str(&format!(" Proposed: {}.", references.join("; ")));
    }
    vec![
        Field::line(REASON, "The need behind it, in a sentence; 6.1.3 asks for it.", &inclusion.reason),
        Field::many(DRIVERS, "Space ticks.", Driver::ALL.map(driver).to_vec(), &drivers),
        Field::line(REFERENCE, reference_hint, &inclusion.reference),
        Field::many(
            SYSTEMS,
            "Space ticks. None ticked: it applies to all systems.",
            known.chain(unknown).collect(),
            inclusion.only_systems(),
        ),
        Field::line(HOW, "What is done, where, and by which document.", &inclusion.implementation),
    ]
}

/// What was written, over what was there before.
pub(super) fn read(values: &Values<'_>, before: &Inclusion) -> Inclusion {
    let systems = values.ticked(SYSTEMS);
    let ticked = values.ticked(DRIVERS);
    let drivers: Vec<Driver> =
        Driver::ALL.into_iter().filter(|driver| ticked.iter().any(|name| name == driver.name())).collect();
    let has_same_drivers = Driver::ALL.iter().all(|driver| drivers.contains(driver) == before.drivers.contains(driver));
    let (all_systems, systems) = match systems.as_slice() {
        // Whoever takes all names away says that it applies to all.
        [] if before.all_systems => (true, before.systems.clone()),
        [] => (!before.systems.is_empty(), Vec::new()),
        [..] => (false, systems),
    };
    Inclusion {
        reason: kept(values.text(REASON), &before.reason),
        drivers: if has_same_drivers { before.drivers.clone() } else { drivers },
        reference: values.text(REFERENCE).to_owned(),
        all_systems,
        systems,
        implementation: kept(values.text(HOW), &before.implementation),
    }
}

/// A text with its line breaks, where what is written is what stood there before.
fn kept(written: &str, before: &str) -> String {
    let is_same = LineInput::new(before).text().trim() == written;
    if is_same { before.to_owned() } else { written.to_owned() }
}

impl Sheet for InclusionSheet {
    fn title(&self, _session: &Session) -> String {
        format!("Inclusion of {}", self.control)
    }

    fn read(&self, values: &Values<'_>, session: &Session) -> Result<Option<Change>, Vec<(&'static str, String)>> {
        let answer = session.assessment().answer(self.control);
        let before = answer.map(|answer| answer.inclusion.clone()).unwrap_or_default();
        let inclusion = read(values, &before);
        let change = || Change::SetInclusion { requirement: self.control, inclusion: Box::new(inclusion.clone()) };
        Ok((inclusion != before).then(change))
    }

    fn foot(&self, _values: &Values<'_>, session: &Session) -> String {
        let state = match session.assessment().applicability(self.control) {
            Applicability::Applies => String::new(),
            Applicability::Excluded => "It is excluded; this counts once it applies again.".to_owned(),
            Applicability::Undecided => "Undecided so far; whatever you keep here says that it applies.".to_owned(),
        };
        let clause = mirroring_clause(self.control);
        let clause = clause.map(|clause| format!("Clause {clause} asks for the same, which is a reason by itself."));
        let proposed = proposed_drivers(session.assessment(), self.control);
        let proposed: Vec<String> =
            proposed.iter().map(|proposal| format!("{} ({})", proposal.driver.name(), proposal.why)).collect();
        let proposed = match proposed.as_slice() {
            [] => String::new(),
            all => format!("Proposed, for you to decide: {}.", all.join("; ")),
        };
        let parts = [state, clause.unwrap_or_default(), proposed];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

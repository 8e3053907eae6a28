//! What may ask for a control, as far as impact assessments and answers on risks suggest it.
//!
//! A proposal decides nothing: it is shown beside the statement of applicability until somebody states the driver.

use crate::model::{
    assessment::Assessment, inclusion::Driver, level::Level, reference::Reference, statement::Applicability,
};

/// A driver that is suggested for a control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedDriver {
    /// What may ask for it.
    pub driver: Driver,
    /// What to refer to; empty where that is for people to name.
    pub reference: String,
    /// The id of the system that it comes from.
    pub system: Option<String>,
    /// Why, as a part of a sentence.
    pub why: String,
}

/// The requirements whose evidence is about risks.
const RISKS: [&str; 4] = ["6.1.2", "6.1.3", "8.2", "8.3"];
/// The requirements whose evidence is about impacts.
const IMPACTS: [&str; 2] = ["6.1.4", "8.4"];
/// Where the controls that risks need are worked out.
const TREATMENT: &str = "6.1.3";
/// From this level on, risks are treated often enough that one of them may ask for a control.
const LEAST_TREATED: Level = Level::ALL[2];

/// The drivers suggested for a control that is not excluded, those apart that are stated already.
pub fn proposed_drivers(assessment: &Assessment, control: Reference) -> Vec<ProposedDriver> {
    if assessment.applicability(control) != Applicability::Applies {
        return Vec::new();
    }
    let stated = assessment.answer(control).map_or(&[][..], |answer| &answer.inclusion.drivers);
    let mut proposed = of_measures(assessment, control);
    proposed.extend(of_evidence(assessment, control));
    if proposed.iter().all(|proposal| proposal.driver != Driver::RiskAssessment) {
        proposed.extend(of_treatment(assessment));
    }
    proposed.retain(|proposal| !stated.contains(&proposal.driver));
    proposed
}

/// Measures of impact assessments that name the control.
fn of_measures(assessment: &Assessment, control: Reference) -> Vec<ProposedDriver> {
    let naming = assessment
        .systems_in_scope()
        .filter(|system| system.impact.measures.iter().any(|measure| measure.controls.contains(&control)));
    let proposal = |name: &str, id: &str| ProposedDriver {
        driver: Driver::ImpactAssessment,
        reference: format!("impact assessment of {name}"),
        system: Some(id.to_owned()),
        why: format!("a measure for {name} names it"),
    };
    naming.map(|system| proposal(&system.name, &system.id)).collect()
}

/// Evidence that serves the control and the assessment of risks or impacts.
fn of_evidence(assessment: &Assessment, control: Reference) -> Vec<ProposedDriver> {
    let of = |driver: Driver, requirements: &[&str]| -> Vec<ProposedDriver> {
        let proposal = |title: &str, served: Reference| ProposedDriver {
            driver,
            reference: title.to_owned(),
            system: None,
            why: format!("\"{title}\" serves it and {served}"),
        };
        let about = assessment.evidence_for(control).filter_map(|item| {
            let served = item.serves.iter().find(|served| requirements.contains(&served.to_string().as_str()))?;
            Some(proposal(&item.title, *served))
        });
        about.collect()
    };
    [of(Driver::RiskAssessment, &RISKS), of(Driver::ImpactAssessment, &IMPACTS)].concat()
}

/// That risks are treated by controls at all; which risk it is, is for people to say.
fn of_treatment(assessment: &Assessment) -> Option<ProposedDriver> {
    let level = assessment.claimed(TREATMENT.parse().ok()?).filter(|level| *level >= LEAST_TREATED)?;
    Some(ProposedDriver {
        driver: Driver::RiskAssessment,
        reference: String::new(),
        system: None,
        why: format!("{TREATMENT} is at level {level}; name the risk that it treats"),
    })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::model::{
        answer::LevelAnswer,
        edit::{Change, Edit},
        evidence::Evidence,
        impact::harm::Measure,
        inclusion::Inclusion,
        system::System,
    };

    fn reference(text: &str) -> Reference {
        text.parse().expect("a reference in a test")
    }

    fn level(id: &str, number: usize) -> Change {
        Change::level(reference(id), LevelAnswer::Level(Level::ALL[number]))
    }

    /// What is proposed for A.6.2.4, a control that applies, after these changes.
    fn proposed(changes: Vec<Change>) -> Vec<String> {
        let mut assessment = Assessment::new("Acme", "1", NaiveDate::default());
        for change in [vec![level("A.6.2.4", 3)], changes].concat() {
            assessment.apply(&Edit { by: "Ann".into(), on: NaiveDate::default(), at: None, change });
        }
        let proposals = proposed_drivers(&assessment, reference("A.6.2.4")).into_iter();
        proposals.map(|p| format!("{} ({}): {}", p.driver.name(), p.reference, p.why)).collect()
    }

    fn evidence(title: &str, serves: &[&str]) -> Change {
        let serves = serves.iter().map(|id| reference(id)).collect();
        let evidence = Evidence::found_at(title, NaiveDate::default(), "Ann", serves, &[]);
        Change::SetEvidence { id: title.into(), evidence: Some(Evidence { id: title.into(), ..evidence }) }
    }

    #[test]
    fn measures_evidence_and_the_treatment_of_risks_propose_drivers() {
        assert_eq!(proposed(Vec::new()), [""; 0]);
        let mut bot = System::named("bot", "Bot");
        let measure = Measure { id: "m1".into(), controls: vec![reference("A.6.2.4")], ..Measure::default() };
        bot.impact.measures.push(measure);
        assert_eq!(
            proposed(vec![Change::system("measure", bot.clone())]),
            ["impact assessment (impact assessment of Bot): a measure for Bot names it"]
        );
        let outside = System { in_scope: false, ..bot };
        assert_eq!(proposed(vec![Change::system("measure", outside)]), [""; 0]);
        assert_eq!(
            proposed(vec![level("6.1.3", 2)]),
            ["risk assessment (): 6.1.3 is at level 2; name the risk that it treats"]
        );
        assert_eq!(proposed(vec![level("6.1.3", 1)]), [""; 0]);
        assert_eq!(
            proposed(vec![level("6.1.3", 3), evidence("risks", &["A.6.2.4", "8.2"]), evidence("other", &["8.2"])]),
            ["risk assessment (risks): \"risks\" serves it and 8.2"]
        );
    }

    #[test]
    fn what_is_stated_is_not_proposed_any_more_and_nothing_for_what_does_not_apply() {
        let inclusion = Inclusion { drivers: vec![Driver::RiskAssessment], ..Inclusion::default() };
        let stated = Change::SetInclusion { requirement: reference("A.6.2.4"), inclusion: Box::new(inclusion) };
        assert_eq!(proposed(vec![level("6.1.3", 3), stated]), [""; 0]);
        let cleared = Change::SetLevel {
            requirement: reference("A.6.2.4"),
            level: None,
            disputed: Vec::new(),
            by_proposal: false,
        };
        assert_eq!(proposed(vec![level("6.1.3", 3), cleared]), [""; 0]);
    }
}

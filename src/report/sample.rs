//! A small catalogue and assessments for the tests of the reports. Clause 4 of [`Sample::worked`] is the worked example of
//! the scoring contract.

use chrono::NaiveDate;

use crate::{
    model::{
        action::{Action, ActionRecord, ActionStatus, Effort, Lift},
        answer::{CheckAnswer, CheckResponse, LevelAnswer},
        assessment::Assessment,
        catalog::{Catalog, Document, DocumentMode, DraftFill, DraftSection},
        decision_path::DecisionPath,
        edit::{Change, Edit},
        evidence::Evidence,
        exclusion::{Exclusion, ExclusionBasis},
        impact::form::ImpactForm,
        lens::{Lens, LensGroup},
        level::Level,
        reference::Reference,
        requirement::{Category, Check, CheckKind, Ladder, Requirement},
        text::Text,
    },
    plan::{PlanOptions, plan},
    report::{Layout, Style, Subject},
    score::score,
};

/// Eighty columns without escape sequences.
pub(super) const PLAIN: Layout = Layout { width: 80, style: Style::Plain };

/// An assessment with its catalogue, changed by a test and then reported on as of 2026-06-01, a Monday.
pub(super) struct Sample {
    pub(super) catalog: Catalog,
    pub(super) assessment: Assessment,
}

pub(super) fn reference(text: &str) -> Reference {
    text.parse().expect("a reference in a test")
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date in a test")
}

impl Sample {
    /// Nothing is answered.
    pub(super) fn empty() -> Sample {
        let mut assessment = Assessment::new("Acme pilot", "test", day("2026-01-01"));
        assessment.profile.organization = "Acme Ltd".into();
        Sample { catalog: catalog(), assessment }
    }

    /// Clause 4 as in the worked example: 4.1 conforming, 4.2 a minor gap without evidence, 4.3 not answered.
    pub(super) fn worked() -> Sample {
        Sample::empty()
            .level("4.1", 4)
            .checks("4.1", &["issues", "climate"], CheckAnswer::Yes)
            .evidence("context", "Context paper", "2026-03-01", &["4.1"])
            .level("4.2", 3)
            .checks("4.2", &["parties"], CheckAnswer::Yes)
            .checks("4.2", &["needs"], CheckAnswer::Partly)
    }

    pub(super) fn change(mut self, change: Change) -> Sample {
        self.assessment.apply(&Edit { by: "Ann".into(), on: day("2026-06-01"), at: None, change });
        self
    }

    pub(super) fn level(self, id: &str, level: u8) -> Sample {
        let level = LevelAnswer::Level(Level::new(level).expect("0 to 5"));
        self.change(Change::level(reference(id), level))
    }

    pub(super) fn checks(self, id: &str, checks: &[&str], answer: CheckAnswer) -> Sample {
        let set = |sample: Sample, check: &&str| {
            sample.change(Change::check(reference(id), CheckResponse::new(*check, answer)))
        };
        checks.iter().fold(self, set)
    }

    pub(super) fn evidence(self, id: &str, title: &str, date: &str, serves: &[&str]) -> Sample {
        let evidence = Evidence {
            id: id.into(),
            title: title.into(),
            kind: Default::default(),
            location: String::new(),
            date: (!date.is_empty()).then(|| day(date)),
            valid_until: None,
            owner: String::new(),
            serves: serves.iter().map(|id| reference(id)).collect(),
        };
        self.change(Change::SetEvidence { id: id.into(), evidence: Some(evidence) })
    }

    pub(super) fn exclude(self, id: &str, basis: ExclusionBasis, reason: &str, override_note: &str) -> Sample {
        let exclusion = Exclusion {
            basis: Some(basis),
            reason: reason.into(),
            override_note: override_note.into(),
            ..Exclusion::default()
        };
        self.change(Change::SetExclusion { requirement: reference(id), exclusion: Some(exclusion) })
    }

    pub(super) fn owner(self, id: &str, owner: &str) -> Sample {
        self.change(Change::SetOwner { requirement: reference(id), owner: owner.into() })
    }

    pub(super) fn action(self, id: &str, status: ActionStatus, reason: &str, due: Option<&str>) -> Sample {
        let record =
            ActionRecord { action: id.into(), status, reason: reason.into(), owner: String::new(), due: due.map(day) };
        self.change(Change::SetAction { id: id.into(), record: Some(record) })
    }

    /// Scores, plans, and hands all of it to a report.
    pub(super) fn report<T>(&self, report: impl FnOnce(&Subject) -> T) -> T {
        let standing = score(&self.catalog, &self.assessment, day("2026-06-01"));
        let plan = plan(&self.catalog, &self.assessment, &standing, PlanOptions::default());
        report(&Subject { catalog: &self.catalog, assessment: &self.assessment, standing: &standing, plan: &plan })
    }
}

fn catalog() -> Catalog {
    let category = |id: &str, title: &str, requirements: Vec<Requirement>| Category {
        category: reference(id),
        title: title.to_owned().into(),
        requirements,
    };
    Catalog {
        version: "test".into(),
        categories: vec![
            category(
                "4",
                "Context of the organization",
                vec![
                    requirement("4.1", "Organization and context", 3, "issues! climate more*"),
                    requirement("4.2", "Interested parties", 2, "parties! needs"),
                    requirement("4.3", "Determining the scope", 1, "boundaries! written"),
                ],
            ),
            category(
                "A.2",
                "Policies related to AI",
                vec![
                    requirement("A.2.2", "AI policy", 1, "policy!"),
                    requirement("A.2.3", "Alignment with other policies", 1, "compared told?"),
                ],
            ),
            category("A.5", "Assessing impacts of AI systems", vec![requirement("A.5.2", "Process", 1, "process!")]),
        ],
        actions: actions(),
        gateway: Vec::new(),
        glossary: Vec::new(),
        documents: vec![
            document("scope", "Scope of the AI management system", "4.3/written", true),
            document("policy", "AI policy", "A.2.2/policy", false),
        ],
        impact: ImpactForm::default(),
        eu_act: DecisionPath::default(),
        lenses: vec![Lens {
            id: "areas".into(),
            title: "Areas".into(),
            about: "The same answers by subject.".into(),
            notes: Vec::new(),
            from: Text::default(),
            groups: vec![
                group("ground", "Groundwork", &["4.1", "4.2", "A.2.2"]),
                group("impact", "Impact", &["A.5.2"]),
            ],
        }],
    }
}

fn group(id: &str, title: &str, requirements: &[&str]) -> LensGroup {
    LensGroup { id: id.to_owned().into(), ..LensGroup::of(title, requirements.iter().map(|id| reference(id))) }
}

/// `checks`: ids; `!` behind one makes it critical, `?` conditional, `*` guidance.
fn requirement(id: &str, title: &str, weight: u8, checks: &str) -> Requirement {
    let check = |word: &str| {
        let id = word.trim_end_matches(['!', '?', '*']);
        Check {
            id: id.to_owned().into(),
            text: format!("Is there {id}?").into(),
            parts: Vec::new(),
            look_for: format!("A page on {id}.").into(),
            kind: if word.ends_with('*') { CheckKind::Guidance } else { CheckKind::Requirement },
            critical: word.ends_with('!'),
            conditional: word.ends_with('?'),
            covers: Vec::new(),
        }
    };
    let rungs: Vec<Text> = ["none", "some", "often", "always", "measured", "better"].map(Text::from).to_vec();
    Requirement {
        id: reference(id),
        title: title.to_owned().into(),
        intent: Text::default(),
        why_it_matters: Text::default(),
        weight,
        system_facing: false,
        roles: Vec::new(),
        asked_by_auditors: Vec::new(),
        checks: checks.split(' ').map(check).collect(),
        ladder: Ladder::try_from(rungs).expect("six rungs"),
        evidence: Vec::new(),
        related: Vec::new(),
    }
}

fn actions() -> Vec<Action> {
    let action = |id: &str, title: &str, effort: Effort, closes: &str, lifts: &[(&str, u8)], after: &[&str]| Action {
        id: id.to_owned().into(),
        title: title.to_owned().into(),
        task: format!("Do this: {title}.").into(),
        deliverable: format!("Result of {id}").into(),
        role: "AI lead".into(),
        effort,
        closes: closes.split_whitespace().map(|check| check.parse().expect("a check")).collect(),
        lifts: lifts
            .iter()
            .map(|(id, to)| Lift { requirement: reference(id), to: Level::new(*to).expect("0 to 5") })
            .collect(),
        after: after.iter().map(|id| (*id).to_owned().into()).collect(),
        wait_days: 0,
    };
    vec![
        action("list-needs", "List what interested parties need", Effort::S, "4.2/needs", &[], &[]),
        action("write-policy", "Write the AI policy", Effort::M, "A.2.2/policy", &[("A.2.2", 3)], &["list-needs"]),
        action(
            "compare-policies",
            "Compare the policies",
            Effort::L,
            "A.2.3/compared",
            &[("A.2.3", 3)],
            &["write-policy"],
        ),
    ]
}

fn document(id: &str, title: &str, check: &str, has_outline: bool) -> Document {
    let section = |heading: &str, fill| DraftSection {
        heading: heading.to_owned().into(),
        guidance: format!("What belongs under {heading}.").into(),
        fill,
    };
    let fills = [
        ("About us", Some(DraftFill::Organization)),
        ("Scope", Some(DraftFill::Scope)),
        ("Roles", Some(DraftFill::Roles)),
        ("Systems", Some(DraftFill::Systems)),
        ("Owners", Some(DraftFill::Owners)),
        ("Controls", Some(DraftFill::Controls)),
        ("Own words", None),
        ("Open points", Some(DraftFill::OpenPoints)),
        ("Actions", Some(DraftFill::Actions)),
    ];
    Document {
        id: id.to_owned().into(),
        title: title.to_owned().into(),
        check: check.parse().expect("a check"),
        mode: DocumentMode::Maintain,
        artefacts: vec!["Page".into(), "Wiki".into()],
        outline: if has_outline { fills.map(|(heading, fill)| section(heading, fill)).to_vec() } else { Vec::new() },
    }
}

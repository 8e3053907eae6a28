//! What every screen sees: the catalogue, the open assessment with where it stands, and how the terminal looks.

use std::{
    cell::{LazyCell, OnceCell},
    collections::BTreeMap,
    rc::Rc,
};

use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    impact::coverage,
    merge::{
        dispute::{self, Dispute},
        merge,
    },
    model::{
        assessment::Assessment,
        catalog::Catalog,
        edit::{Change, Edit},
        proposal::ProposedLevel,
        reference::Reference,
    },
    plan::{self, Plan, PlanOptions},
    score::{self, Standing},
    tui::{input::Merged, theme::Theme},
};

/// One person at one terminal.
#[derive(Debug)]
pub struct Session {
    /// The questionnaires.
    pub catalog: Rc<Catalog>,
    /// The day for which everything is computed.
    pub as_of: NaiveDate,
    /// Tells when a change is made, where that is to be kept; the host reads the clock.
    pub clock: fn() -> Option<NaiveDateTime>,
    /// Who answers; asked for at the first edit, since finding out can take a moment.
    pub by: LazyCell<String, Box<dyn FnOnce() -> String>>,
    /// How it looks.
    pub theme: Theme,
    /// The saves that Home lists.
    pub saves: Vec<SaveEntry>,
    /// The folder that holds them, as it is shown.
    pub folder: String,
    /// The open assessment.
    pub open: Option<Open>,
    /// How the last edit is kept.
    pub save: SaveMark,
    /// One line to read, until the next key.
    pub message: Option<String>,
    /// Whether a digit goes on to the next question.
    pub pass: Pass,
}

/// How questions are gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pass {
    /// Levels only: a digit is the answer and the next question.
    #[default]
    Quick,
    /// Levels and checks: a digit is the answer, and the checks come next.
    Full,
}

/// How the last edit is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SaveMark {
    /// Nothing was edited yet.
    #[default]
    Untouched,
    /// It is on its way to the disk.
    Saving,
    /// It is on the disk since the time shown, such as `14:02`.
    Saved(String),
    /// It is not on the disk, for the reason given.
    Failed(String),
}

/// One save as Home lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveEntry {
    /// The file, as a request names it.
    pub path: String,
    /// The name of the assessment; the file name when it cannot be read.
    pub name: String,
    /// The organization.
    pub organization: String,
    /// Levels answered, of applicable requirements; nothing when it cannot be read.
    pub progress: Option<(usize, usize)>,
    /// Its standing in a few words, or why it cannot be read.
    pub headline: String,
    /// When it was last changed, as it is shown.
    pub changed: String,
    /// What can be done when it cannot be read, as in "Enter again to ...".
    pub repair: Option<String>,
}

/// An open assessment and what follows from it.
#[derive(Debug)]
pub struct Open {
    /// The file, as it is shown.
    pub path: String,
    /// Whether edits are refused, as for the bundled example.
    pub read_only: bool,
    why_read_only: String,
    assessment: Assessment,
    standing: Standing,
    proposals: BTreeMap<Reference, ProposedLevel>,
    plan: OnceCell<Plan>,
    disputes: OnceCell<Vec<Dispute>>,
    undo: Vec<Change>,
    redo: Vec<Change>,
    /// The number of the last work of others that is in it.
    merges: u64,
}

impl Open {
    /// Opens an assessment.
    pub fn new(path: String, read_only: bool, assessment: Assessment, catalog: &Catalog, as_of: NaiveDate) -> Open {
        let standing = score::score(catalog, &assessment, as_of);
        Open {
            path,
            read_only,
            why_read_only: "The example is only for looking at; on Home, n starts your own.".to_owned(),
            proposals: coverage::proposed_levels(catalog, &assessment, &standing.systems, as_of),
            standing,
            assessment,
            plan: OnceCell::new(),
            disputes: OnceCell::new(),
            undo: Vec::new(),
            redo: Vec::new(),
            merges: 0,
        }
    }

    /// The same, with another reason than that of the example for refusing edits.
    pub fn read_only_because(self, reason: String) -> Open {
        Open { read_only: true, why_read_only: reason, ..self }
    }

    /// Why edits are refused, if they are.
    pub fn why_read_only(&self) -> Option<&str> {
        self.read_only.then_some(self.why_read_only.as_str())
    }

    /// What the team has said.
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// Where it stands.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The levels proposed for what is unanswered.
    pub fn proposals(&self) -> &BTreeMap<Reference, ProposedLevel> {
        &self.proposals
    }

    /// The plan, computed when it is first asked for after an edit.
    pub fn plan(&self, catalog: &Catalog) -> &Plan {
        self.plan.get_or_init(|| plan::plan(catalog, &self.assessment, &self.standing, PlanOptions::default()))
    }

    /// What people state differently and is to be settled, looked for when it is first asked for after an edit.
    pub fn disputes(&self) -> &[Dispute] {
        self.disputes.get_or_init(|| dispute::disputes(&self.assessment))
    }

    /// Carries out an edit; it can be undone.
    pub fn apply(&mut self, edit: &Edit, catalog: &Catalog) {
        let undo = self.change(edit, catalog);
        self.undo.push(undo);
        self.redo.clear();
    }

    /// How many times the work of others was taken in.
    pub fn merges(&self) -> u64 {
        self.merges
    }

    /// Goes on from the work of both. Returns whether something was answered here since, so that it has to be saved again.
    pub fn take_in(&mut self, merged: Merged, catalog: &Catalog) -> bool {
        let is_further = self.assessment != merged.ours;
        self.assessment = match is_further {
            true => merge(&merged.ours, &self.assessment, &merged.both).assessment,
            false => merged.both,
        };
        self.merges = merged.number;
        self.compute(catalog);
        is_further
    }

    /// Takes back the last edit. Returns whether there was one.
    pub fn undo(&mut self, edit: impl FnOnce(Change) -> Edit, catalog: &Catalog) -> bool {
        let Some(change) = self.undo.pop() else { return false };
        let redo = self.change(&edit(change), catalog);
        self.redo.push(redo);
        true
    }

    /// Carries out again what was taken back last. Returns whether there was anything.
    pub fn redo(&mut self, edit: impl FnOnce(Change) -> Edit, catalog: &Catalog) -> bool {
        let Some(change) = self.redo.pop() else { return false };
        let undo = self.change(&edit(change), catalog);
        self.undo.push(undo);
        true
    }

    fn change(&mut self, edit: &Edit, catalog: &Catalog) -> Change {
        let undo = self.assessment.apply(edit);
        self.compute(catalog);
        undo
    }

    fn compute(&mut self, catalog: &Catalog) {
        self.standing = score::score(catalog, &self.assessment, self.standing.as_of);
        self.proposals =
            coverage::proposed_levels(catalog, &self.assessment, &self.standing.systems, self.standing.as_of);
        self.plan = OnceCell::new();
        self.disputes = OnceCell::new();
    }
}

impl Session {
    /// A change that the person makes now.
    pub fn edit(&self, change: Change) -> Edit {
        let now = (self.clock)();
        let (on, at) = (now.map_or(self.as_of, |now| now.date()), now.map(|now| now.time()));
        Edit { by: self.by.clone(), on, at, change }
    }

    /// The open assessment; screens that need one are only reached when there is one.
    pub fn assessment(&self) -> &Assessment {
        self.opened().assessment()
    }

    /// Where the open assessment stands.
    pub fn standing(&self) -> &Standing {
        self.opened().standing()
    }

    /// The open assessment with all that follows from it.
    pub fn opened(&self) -> &Open {
        self.open.as_ref().expect("screens about an assessment are only opened with one")
    }

    /// What is to be settled in the open assessment.
    pub fn disputes(&self) -> &[Dispute] {
        self.opened().disputes()
    }

    /// The plan of the open assessment.
    pub fn plan(&self) -> &Plan {
        self.opened().plan(&self.catalog)
    }
}

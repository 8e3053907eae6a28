//! Programmes that the organization runs anyway, such as red teaming, against what they show: who serves which requirement,
//! and what nothing serves. A programme is an item of evidence of that kind.

use crate::model::{
    assessment::Assessment,
    catalog::Catalog,
    evidence::{Evidence, EvidenceKind},
    reference::Reference,
    requirement::Requirement,
};

/// Programmes in columns, requirements in rows.
#[derive(Clone, Debug)]
pub struct ProgrammeMatrix<'a> {
    /// The programmes, by title.
    pub programmes: Vec<&'a Evidence>,
    /// All requirements of the catalogue, in natural order.
    pub rows: Vec<ProgrammeRow<'a>>,
}

/// One requirement and the programmes that serve it.
#[derive(Clone, Debug)]
pub struct ProgrammeRow<'a> {
    /// The requirement.
    pub requirement: &'a Requirement,
    /// Whether it counts, that is, is not excluded.
    pub is_applicable: bool,
    /// For each programme whether it serves the requirement.
    pub ticks: Vec<bool>,
    /// How many other items of evidence are attached.
    pub other_evidence: usize,
}

impl<'a> ProgrammeMatrix<'a> {
    /// The matrix of an assessment.
    pub fn of(catalog: &'a Catalog, assessment: &'a Assessment) -> ProgrammeMatrix<'a> {
        let is_programme = |item: &&Evidence| item.kind == EvidenceKind::Programme;
        let mut programmes: Vec<&Evidence> = assessment.evidence.iter().filter(is_programme).collect();
        programmes.sort_by(|a, b| (a.title.to_lowercase(), &a.id).cmp(&(b.title.to_lowercase(), &b.id)));
        let row = |requirement: &'a Requirement| ProgrammeRow {
            requirement,
            is_applicable: assessment.is_applicable(requirement.id),
            ticks: programmes.iter().map(|programme| programme.serves.contains(&requirement.id)).collect(),
            other_evidence: assessment.evidence_for(requirement.id).filter(|item| !is_programme(item)).count(),
        };
        let rows = catalog.requirements().map(row).collect();
        ProgrammeMatrix { programmes, rows }
    }

    /// How many requirements of the catalogue a programme serves.
    pub fn served_by(&self, programme: usize) -> usize {
        self.rows.iter().filter(|row| row.ticks.get(programme) == Some(&true)).count()
    }

    /// The applicable requirements that no programme serves.
    pub fn uncovered(&self) -> impl Iterator<Item = &ProgrammeRow<'a>> {
        self.rows.iter().filter(|row| row.is_applicable && row.covering() == 0)
    }

    /// The applicable requirements without any evidence.
    pub fn bare(&self) -> impl Iterator<Item = &ProgrammeRow<'a>> {
        self.uncovered().filter(|row| row.other_evidence == 0)
    }
}

impl ProgrammeRow<'_> {
    /// The number of the requirement.
    pub fn id(&self) -> Reference {
        self.requirement.id
    }

    /// How many programmes serve it.
    pub fn covering(&self) -> usize {
        self.ticks.iter().filter(|tick| **tick).count()
    }
}

/// How much of clauses or controls is covered: so many of so many.
pub fn covered(matrix: &ProgrammeMatrix, controls: bool) -> (usize, usize) {
    let rows = matrix.rows.iter().filter(|row| row.is_applicable && row.id().is_control() == controls);
    (rows.clone().filter(|row| row.covering() > 0).count(), rows.count())
}

//! The criteria for rating impacts: which level follows from severity and likelihood, and who approves it.
//!
//! 6.1.1 asks for the organization's own. Until it approves some, those proposed here and in the catalogue count.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::level::ImpactLevel::{self, High, Low, Medium, VeryHigh};

/// The level by severity (rows, 1 to 5) and likelihood (columns, 1 to 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Matrix(pub [[ImpactLevel; 5]; 5]);

impl Matrix {
    /// The matrix of scoring rule 7, a proposal of this project; no standard sets one.
    pub const PROPOSED: Matrix = Matrix([
        [Low, Low, Low, Low, Medium],
        [Low, Low, Medium, Medium, Medium],
        [Low, Medium, Medium, High, High],
        [Low, Medium, High, High, VeryHigh],
        [Medium, Medium, High, VeryHigh, VeryHigh],
    ]);

    /// The level; both are taken into 1 to 5 where they lie outside.
    pub fn level(&self, severity: u8, likelihood: u8) -> ImpactLevel {
        let index = |step: u8| usize::from(step.clamp(1, 5)) - 1;
        self.0[index(severity)][index(likelihood)]
    }

    /// A place, counted from 1, whose level is lower than one for less severity or less likelihood; no matrix may have any.
    pub fn falls_at(&self) -> Option<(u8, u8)> {
        let places = (1..=5).flat_map(|severity| (1..=5).map(move |likelihood| (severity, likelihood)));
        let is_lower = |severity: u8, likelihood: u8| {
            let here = self.level(severity, likelihood);
            here < self.level(severity - 1, likelihood) || here < self.level(severity, likelihood - 1)
        };
        // Step 0 is taken as step 1, so that the first row and column are compared with themselves.
        places.into_iter().find(|(severity, likelihood)| is_lower(*severity, *likelihood))
    }
}

/// What an organization decided about the criteria. Nothing in it counts before it is approved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnCriteria {
    /// Who approved them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub approved_by: String,
    /// On which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<NaiveDate>,
    /// The matrix, where it is not the proposed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matrix: Option<Matrix>,
    /// What the steps of the scales mean here, where that is not what the catalogue says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<OwnAnchor>,
    /// Who approves at which level, where that is not what the catalogue says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<OwnApproval>,
}

/// What one step of a scale means to the organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnAnchor {
    /// The id of the scale.
    pub scale: String,
    /// The step, from 1 on.
    pub step: u8,
    /// The meaning.
    pub anchor: String,
}

/// Who approves at one level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnApproval {
    /// The level.
    pub level: ImpactLevel,
    /// Who approves.
    pub by: String,
}

impl OwnCriteria {
    /// Whether nothing is decided.
    pub fn is_empty(&self) -> bool {
        *self == OwnCriteria::default()
    }

    /// Whether they are in force on a day: approved by somebody, not later, and with a matrix that never falls.
    pub fn is_in_force(&self, as_of: NaiveDate) -> bool {
        !self.approved_by.trim().is_empty()
            && self.approved_on.is_some_and(|day| day <= as_of)
            && self.matrix.is_none_or(|matrix| matrix.falls_at().is_none())
    }

    /// The matrix that counts on a day.
    pub fn matrix_in_force(&self, as_of: NaiveDate) -> Matrix {
        self.matrix.filter(|_| self.is_in_force(as_of)).unwrap_or(Matrix::PROPOSED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proposed_matrix_never_falls_and_a_falling_one_is_found() {
        assert_eq!(Matrix::PROPOSED.falls_at(), None);
        let mut rows = Matrix::PROPOSED.0;
        rows[2][3] = Low;
        assert_eq!(Matrix(rows).falls_at(), Some((3, 4)));
        let mut rows = Matrix::PROPOSED.0;
        rows[0][0] = High;
        assert_eq!(Matrix(rows).falls_at(), Some((1, 2)));
    }
}

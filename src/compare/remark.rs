//! What is to be known before the figures of a comparison are read: whether the two files go together at all.

use chrono::NaiveDate;

use crate::{
    compare::last_changed,
    model::{assessment::Assessment, catalog::Catalog},
};

/// Something about the two files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// They hold the same.
    Same,
    /// They seem to be of different assessments.
    OtherAssessment {
        /// Name and organization of the first.
        before: String,
        /// Name and organization of the second.
        after: String,
    },
    /// They were begun with different editions of the questions, or with another than the one in use.
    OtherEdition {
        /// The edition of the first.
        before: String,
        /// The edition of the second.
        after: String,
        /// The edition in use.
        in_use: String,
    },
    /// The first was changed after the second.
    Newer {
        /// When the first was changed last.
        before: NaiveDate,
        /// When the second was.
        after: NaiveDate,
    },
}

impl Remark {
    /// The remark as a sentence.
    pub fn words(&self) -> String {
        match self {
            Remark::Same => "Both files hold the same answers.".to_owned(),
            Remark::OtherAssessment { before, after } => format!(
                "These seem to be different assessments: {before} and {after}. The second keeps no round of the first; \
                 what differs need not be progress."
            ),
            Remark::OtherEdition { before, after, in_use } => format!(
                "The first was begun with edition {before} of the questions, the second with {after}; both are scored by \
                 edition {in_use} here, and what it does not ask counts in neither."
            ),
            Remark::Newer { before, after } => format!(
                "The first was changed on {before}, after the second ({after}): it may be the newer one, and then the \
                 two stand the wrong way round."
            ),
        }
    }

    /// The remark as one word, as JSON carries it.
    pub const fn id(&self) -> &'static str {
        match self {
            Remark::Same => "Same",
            Remark::OtherAssessment { .. } => "OtherAssessment",
            Remark::OtherEdition { .. } => "OtherEdition",
            Remark::Newer { .. } => "Newer",
        }
    }
}

/// What is to be said of two files.
pub(super) fn remarks(catalog: &Catalog, before: &Assessment, after: &Assessment) -> Vec<Remark> {
    if before == after {
        return vec![Remark::Same];
    }
    let name = |assessment: &Assessment| match assessment.profile.organization.trim() {
        "" => format!("\"{}\"", assessment.name),
        organization => format!("\"{}\" of {organization}", assessment.name),
    };
    let other_assessment =
        (!belong_together(before, after)).then(|| Remark::OtherAssessment { before: name(before), after: name(after) });
    let editions = [&before.catalog, &after.catalog];
    let other_edition = editions.iter().any(|edition| ***edition != *catalog.version).then(|| Remark::OtherEdition {
        before: before.catalog.clone(),
        after: after.catalog.clone(),
        in_use: catalog.version.to_string(),
    });
    let (first, second) = (last_changed(before), last_changed(after));
    let newer = (first > second).then_some(Remark::Newer { before: first, after: second });
    [other_assessment, other_edition, newer].into_iter().flatten().collect()
}

/// Whether two files are of one assessment: one keeps a round of the other, or name or day of beginning are the same, and
/// they do not name different organizations.
fn belong_together(before: &Assessment, after: &Assessment) -> bool {
    let keeps = |one: &Assessment, other: &Assessment| one.rounds.iter().any(|round| round.name == other.name);
    let organizations = [before, after].map(|assessment| assessment.profile.organization.trim().to_lowercase());
    let is_other_organization =
        organizations.iter().all(|name| !name.is_empty()) && organizations[0] != organizations[1];
    let is_one = keeps(after, before) || keeps(before, after) || before.name == after.name || is_copy(before, after);
    is_one && !is_other_organization
}

/// Whether one began as a copy of the other: begun on the same day, for the same organization.
fn is_copy(before: &Assessment, after: &Assessment) -> bool {
    before.created == after.created && before.profile.organization == after.profile.organization
}

//! What an audit says and an import does not take over, for a person to look at.

use std::collections::BTreeMap;

use crate::{
    exchange::ciso_assistant::{
        read::Said,
        row::{AuditRow, ComplianceResult},
    },
    model::{
        edit::{Change, Edit},
        reference::Reference,
    },
    report::Subject,
    score,
};

/// What is left to look at once a change is applied, in sentences without an end mark.
pub(super) fn to_review(said: &[(&AuditRow, Said)], change: &Change, subject: &Subject) -> Vec<String> {
    let mut assessment = subject.assessment.clone();
    // Only the verdicts are read of what comes out, and they do not depend on who answered.
    assessment.apply(&Edit { by: String::new(), on: subject.standing.as_of, at: None, change: change.clone() });
    let standing = score::score(subject.catalog, &assessment, subject.standing.as_of);
    let after = Subject { assessment: &assessment, standing: &standing, ..*subject };
    let mut sentences = Vec::new();
    let mut different: BTreeMap<(ComplianceResult, ComplianceResult), Vec<Reference>> = BTreeMap::new();
    for (row, said) in said {
        let Some(theirs) = said.result.filter(|result| *result != ComplianceResult::NotAssessed) else {
            sentences.extend(rolled_up(row, said));
            continue;
        };
        let ours = row.values(&after).result;
        if row.is_rolled_up() {
            sentences.extend(rolled_up(row, said));
        } else if theirs == ComplianceResult::NotApplicable && ours != theirs {
            let why = "the exclusion is a draft here until somebody names a basis and a reason";
            sentences.push(format!("{} does not apply in the file; {why}", row.id));
        } else if ours == ComplianceResult::NotApplicable && ours != theirs {
            sentences.push(format!("{} is {} in the file; it stays excluded here", row.id, theirs.id()));
        } else if ours != theirs {
            different.entry((theirs, ours)).or_default().push(row.id);
        }
    }
    sentences.extend(different.into_iter().map(|((theirs, ours), ids)| {
        let ids: Vec<String> = ids.iter().map(Reference::to_string).collect();
        let why = "checks and evidence decide, and an import sets neither";
        format!("{} in the file and {} here, where {why}: {}", theirs.id(), ours.id(), ids.join(", "))
    }));
    sentences
}

/// What a row says that stands for several requirements.
fn rolled_up(row: &AuditRow, said: &Said) -> Option<String> {
    let parts = [
        said.result.filter(|result| *result != ComplianceResult::NotAssessed).map(|result| result.id().to_owned()),
        said.score.map(|level| format!("score {level}")),
        said.observations.is_some().then(|| "observations".to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let members: Vec<String> = row.members.iter().map(|member| member.id.to_string()).collect();
    let is_silent = !row.is_rolled_up() || parts.is_empty();
    (!is_silent).then(|| {
        format!(
            "{} says {} and stands for {}; nothing of it is taken over",
            row.id,
            parts.join(", "),
            members.join(", ")
        )
    })
}

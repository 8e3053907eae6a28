//! `aimscope history`: who changed which answers, when, from what, to what.

use std::process::ExitCode;

use crate::{
    cli::{arguments::History, context::Context, failure::Failure, results},
    model::{assessment::Assessment, reference::Reference},
    report,
};

/// Prints the last changes of one requirement or of all.
pub(super) fn perform(context: &Context, request: &History) -> Result<ExitCode, Failure> {
    results::checked_report(
        context,
        &request.report,
        |assessment| request.requirement.map_or(Ok(()), |id| is_known(context, assessment, id)),
        |subject, format, layout| report::history::render(subject, request.requirement, format, layout),
    )
}

/// Whether there is such a requirement, be it only in the save.
fn is_known(context: &Context, assessment: &Assessment, id: Reference) -> Result<(), Failure> {
    if context.catalog.requirement(id).is_some() || assessment.answer(id).is_some() {
        return Ok(());
    }
    let hint = "`aimscope questionnaire list` prints all of them";
    Err(Failure::Sentence(format!("{id} is not a requirement; {hint}")))
}

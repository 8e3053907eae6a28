//! The form that gives the statement its version and says who approved it, and when.

use crate::{
    model::{
        edit::Change,
        statement::{Statement, StatementState},
    },
    tui::{
        screens::{
            applicability::words,
            form::{
                Form, Sheet,
                field::{Field, Values},
            },
        },
        session::Session,
    },
};

const VERSION: &str = "Version";
const BY: &str = "Approved by";
const ON: &str = "On";

/// Version and approval of the statement as it is.
#[derive(Debug)]
struct Approval;

/// The form; an approval that does not hold any more is dated today until somebody says otherwise.
pub(super) fn form(session: &Session) -> Form {
    let statement = &session.assessment().statement;
    let day = match session.assessment().statement_state(session.as_of) {
        StatementState::Approved => statement.approved_on,
        StatementState::Draft | StatementState::Changed => Some(session.as_of),
    };
    let fields = vec![
        Field::line(VERSION, "As your organization counts, such as 1.0.", &statement.version),
        Field::line(
            BY,
            "Name and function in designated management; empty while it is a draft.",
            &statement.approved_by,
        ),
        Field::day(ON, "The day of the approval, as YYYY-MM-DD.", day),
    ];
    Form::new(Approval, fields)
}

impl Sheet for Approval {
    fn title(&self, _session: &Session) -> String {
        "Approve the statement".to_owned()
    }

    fn read(&self, values: &Values<'_>, session: &Session) -> Result<Option<Change>, Vec<(&'static str, String)>> {
        let (version, by) = (values.text(VERSION).to_owned(), values.text(BY).to_owned());
        let before = &session.assessment().statement;
        let change = |statement: Statement| (statement != *before).then(|| Change::SetStatement(Box::new(statement)));
        if by.is_empty() {
            return Ok(change(Statement { version, ..Statement::default() }));
        }
        let mut problems = Vec::new();
        if version.is_empty() {
            problems.push((VERSION, "Name the version that is approved.".to_owned()));
        }
        match values.day(ON) {
            Ok(Some(day)) if day > session.as_of => problems.push((ON, "That day is still to come.".to_owned())),
            Ok(Some(day)) if problems.is_empty() => {
                let decisions = session.assessment().decisions();
                let unchanged = Statement {
                    version: version.clone(),
                    approved_by: by.clone(),
                    approved_on: Some(day),
                    ..before.clone()
                };
                if unchanged == *before && before.decisions.is_empty() {
                    return Ok(None);
                }
                return Ok(change(Statement { version, approved_by: by, approved_on: Some(day), decisions }));
            }
            Ok(Some(_)) => {}
            Ok(None) => problems.push((ON, "Write the day of the approval.".to_owned())),
            Err(problem) => problems.push((ON, problem)),
        }
        Err(problems)
    }

    fn foot(&self, _values: &Values<'_>, session: &Session) -> String {
        let missing = words::missing(session).map(|words| format!(" {words}")).unwrap_or_default();
        format!("{}{missing} A later change makes it a draft again.", words::counts(session))
    }
}

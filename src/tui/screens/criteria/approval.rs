//! The form that approves the criteria: by whom and on which day.

use crate::{
    model::{edit::Change, impact::criteria::OwnCriteria},
    tui::{
        screens::form::{
            Form, Sheet,
            field::{Field, Values},
        },
        session::Session,
    },
};

const BY: &str = "Approved by";
const ON: &str = "On";

/// The approval of the criteria as they are.
#[derive(Debug)]
struct Approval;

/// The form, dated today until somebody says otherwise.
pub(super) fn form(session: &Session) -> Form {
    let own = &session.assessment().criteria;
    let fields = vec![
        Field::line(BY, "The person or body that decided, such as top management.", &own.approved_by),
        Field::day(ON, "The day of the decision, as YYYY-MM-DD.", own.approved_on.or(Some(session.as_of))),
    ];
    Form::new(Approval, fields)
}

impl Sheet for Approval {
    fn title(&self, _session: &Session) -> String {
        "Approve the criteria".to_owned()
    }

    fn read(&self, values: &Values<'_>, session: &Session) -> Result<Option<Change>, Vec<(&'static str, String)>> {
        let mut problems = Vec::new();
        if values.text(BY).is_empty() {
            problems.push((BY, "Say who approved them.".to_owned()));
        }
        match values.day(ON) {
            Ok(Some(day)) if day > session.as_of => problems.push((ON, "That day is still to come.".to_owned())),
            Ok(Some(day)) if problems.is_empty() => {
                let own = session.assessment().criteria.clone();
                let approved = OwnCriteria { approved_by: values.text(BY).to_owned(), approved_on: Some(day), ..own };
                let is_new = approved != session.assessment().criteria;
                return Ok(is_new.then(|| Change::SetCriteria(Box::new(approved))));
            }
            Ok(Some(_)) => {}
            Ok(None) => problems.push((ON, "Write the day of the decision.".to_owned())),
            Err(problem) => problems.push((ON, problem)),
        }
        Err(problems)
    }

    fn foot(&self, _values: &Values<'_>, session: &Session) -> String {
        let own = &session.assessment().criteria;
        let grid = if own.matrix.is_some() { "your own grid" } else { "the proposed grid" };
        let words = match own.anchors.len() + own.approvals.len() {
            0 => "all proposed words".to_owned(),
            1 => "1 text of your own".to_owned(),
            many => format!("{many} texts of your own"),
        };
        format!("This approves {grid} and {words}. A later change takes it away.")
    }
}

//! The workbook: the same figures and tables as the other reports, as sheets for those who sort, filter and track in Excel.
//!
//! What is changed in it stays in it; the way back into a save is the answer sheet.

mod evidence;
mod from_table;
mod requirements;
mod summary;
#[cfg(test)]
mod tests;

use crate::{
    model::action::ActionStatus,
    report::{
        Subject, notice, plan, soa, systems,
        workbook::from_table::{Kind, Shape},
    },
    spreadsheet::book::{Book, Sheet, TopLine},
};

/// The workbook of an assessment. `warnings` are sentences of the caller about the file, such as an exclusion that is not in force.
pub fn book(subject: &Subject, warnings: &[String]) -> Book {
    let name = &subject.assessment.name;
    let footer = format!("{name}, as of {}: a self-assessment, no certification", subject.standing.as_of);
    let mut sheets = vec![
        summary::sheet(subject, warnings),
        requirements::sheet(subject),
        plan_sheet(subject),
        soa_sheet(subject),
        evidence::sheet(subject),
        systems_sheet(subject),
    ];
    for sheet in &mut sheets {
        sheet.footer.clone_from(&footer);
    }
    Book {
        title: format!("Assessment of {name}"),
        subject: "Self-assessment against ISO/IEC 42001:2023".to_owned(),
        company: subject.assessment.profile.organization.clone(),
        comment: "A self-assessment in the tool's own words and levels; see the notice on the first sheet.".to_owned(),
        made_on: subject.standing.as_of,
        sheets,
    }
}

/// Yes or no, as it can be picked.
const YES_NO: [&str; 2] = ["yes", "no"];

fn plan_sheet(subject: &Subject) -> Sheet {
    let statuses = [ActionStatus::Open, ActionStatus::InProgress, ActionStatus::Done, ActionStatus::Dropped];
    let shapes = [
        Shape::new("order", 7, Kind::Number),
        Shape::new("id", 18, Kind::Key),
        Shape::new("title", 30, Kind::Key),
        Shape::new("wave", 7, Kind::Number),
        Shape::new("wave_name", 13, Kind::Words),
        Shape::new("do", 44, Kind::Words),
        Shape::new("deliverable", 26, Kind::Words),
        Shape::new("owner", 18, Kind::OpenWords),
        Shape::new("effort", 8, Kind::Words),
        Shape::new("person_days", 8, Kind::Number),
        Shape::new("start", 12, Kind::Date),
        Shape::new("due", 12, Kind::Date),
        Shape::new("agreed_due", 12, Kind::OpenDate),
        Shape::new("status", 12, Kind::Pick(statuses.map(ActionStatus::name).to_vec())),
        Shape::new("why", 40, Kind::Words),
        Shape::new("gives", 30, Kind::Words),
        Shape::new("after", 18, Kind::Words),
        Shape::new("serves", 14, Kind::Words),
    ];
    Sheet { frozen_columns: 3, ..from_table::sheet("Plan", &plan::table(subject, None), &shapes) }
}

fn soa_sheet(subject: &Subject) -> Sheet {
    let (entries, own) = (soa::entries(subject), soa::own_entries(subject));
    let states = soa::Applicability::ALL.map(soa::Applicability::name).to_vec();
    let shapes = [
        Shape::new("id", 9, Kind::Key),
        Shape::new("title", 28, Kind::Key),
        Shape::new("origin", 10, Kind::Words),
        Shape::new("state", 11, Kind::Pick(states)),
        Shape::new("applies_to", 20, Kind::Words),
        Shape::new("basis", 16, Kind::Words),
        Shape::new("reason", 34, Kind::Words),
        Shape::new("drivers", 20, Kind::Words),
        Shape::new("suggested_reason", 28, Kind::Words),
        Shape::new("proposed_drivers", 28, Kind::Words),
        Shape::new("implementation", 34, Kind::OpenWords),
        Shape::new("to_review", 9, Kind::Pick(YES_NO.to_vec())),
        Shape::new("remarks", 28, Kind::Words),
        Shape::new("owner", 18, Kind::OpenWords),
        Shape::new("evidence", 34, Kind::Words),
        Shape::new("claimed", 10, Kind::Number),
        Shape::new("credited", 10, Kind::Number),
        Shape::new("verdict", 15, Kind::Verdict),
        Shape::new("indicative", 12, Kind::Words),
    ];
    let mut sheet = from_table::sheet("SoA", &soa::table(subject), &shapes);
    sheet.frozen_columns = 2;
    sheet.top.push(TopLine::Title(format!("Statement of applicability of {}", subject.assessment.name)));
    sheet.top.push(TopLine::Heading(subject.assessment.statement_footer(subject.standing.as_of)));
    let fields = soa::fields(subject, &entries, &own).into_iter().filter(|(_, value)| !value.is_empty());
    sheet.top.extend(fields.map(|(name, value)| TopLine::Field(name, value.content().into())));
    sheet.top.extend(soa::warnings(&entries, &own).into_iter().map(TopLine::Text));
    sheet
}

fn systems_sheet(subject: &Subject) -> Sheet {
    let shapes = [
        Shape::new("id", 14, Kind::Key),
        Shape::new("name", 24, Kind::Key),
        Shape::new("version", 9, Kind::Words),
        Shape::new("owner", 18, Kind::OpenWords),
        Shape::new("purpose", 34, Kind::Words),
        Shape::new("in_scope", 8, Kind::Pick(YES_NO.to_vec())),
        Shape::new("provisional", 11, Kind::Words),
        Shape::new("banned", 8, Kind::Words),
        Shape::new("approved_on", 12, Kind::OpenDate),
        Shape::new("next_review", 12, Kind::OpenDate),
        Shape::new("review_overdue", 9, Kind::Words),
        Shape::new("fired", 34, Kind::Words).titled("To look at again because"),
    ];
    Sheet { frozen_columns: 2, ..from_table::sheet("Systems", &systems::table(subject), &shapes) }
}

/// The notice, as the first sheet ends with it.
fn notice_line() -> TopLine {
    TopLine::Text(notice::NOTICE.to_owned())
}

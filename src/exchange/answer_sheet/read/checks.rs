//! The rows of checks: the answer, which parts are open, why there was no occasion.

use crate::{
    clean_text::{clean_line, clean_text},
    exchange::{
        answer_sheet::{
            cells::CheckCells,
            heading,
            read::{
                Said,
                requirements::{checked, from_to, is_new, quoted, requirement},
                table::Line,
            },
        },
        import::Problem,
    },
    model::{
        answer::{CheckAnswer, CheckResponse},
        edit::Change,
        reference::Reference,
        requirement::{Check, Requirement},
    },
    report::Subject,
};

/// The headings of the columns that are read.
pub(super) const HEADINGS: [&str; 5] =
    [heading::ID, heading::CHECK, heading::ANSWER, heading::OPEN_PARTS, heading::NO_OCCASION];

/// A row with the check that it is about.
pub(super) struct CheckRow<'a> {
    line: &'a Line<'a>,
    requirement: &'a Requirement,
    check: &'a Check,
    cells: CheckCells,
}

impl<'a> CheckRow<'a> {
    /// Reads a row; nothing where it names no check.
    pub(super) fn of(line: &'a Line<'a>, subject: &Subject<'a>, problems: &mut Vec<Problem>) -> Option<CheckRow<'a>> {
        let requirement = requirement(line, subject, problems)?;
        let name = clean_line(line.text(heading::CHECK)).into_owned();
        let Some(check) = requirement.check(&name) else {
            let known: Vec<&str> = requirement.checks.iter().map(|check| check.id.as_str()).collect();
            let message = format!("{} has no check {}; it has {}", requirement.id, quoted(&name), known.join(", "));
            problems.push(line.problem(heading::CHECK, message));
            return None;
        };
        let reason = clean_text(line.text(heading::NO_OCCASION)).into_owned();
        let cells = CheckCells {
            answer: clean_line(line.text(heading::ANSWER)).to_lowercase(),
            open_parts: clean_line(line.text(heading::OPEN_PARTS)).into_owned(),
            reason: checked(line, heading::NO_OCCASION, reason, problems),
        };
        Some(CheckRow { line, requirement, check, cells })
    }

    /// What the row is about.
    pub(super) fn name(&self) -> String {
        self.requirement.reference_of(self.check).to_string()
    }

    /// What the row changes of what an export would write now; nothing where it does not fit.
    pub(super) fn said(&self, subject: &Subject, problems: &mut Vec<Problem>) -> Option<(Reference, Said)> {
        let id = self.requirement.id;
        let answer = subject.assessment.answer(id);
        let now = CheckCells::of(answer, self.check);
        let current = answer.and_then(|answer| answer.check(&self.check.id));
        let is_as_now = [
            (&self.cells.answer, &now.answer),
            (&self.cells.open_parts, &now.open_parts),
            (&self.cells.reason, &now.reason),
        ];
        if is_as_now.into_iter().all(|(said, now)| !is_new(said, now)) {
            return None;
        }
        let answer = self.answer(problems)?;
        let open_parts = self.open_parts(answer, &now, current, problems)?;
        let reason = self.reason(answer, &now, problems)?;
        let response = CheckResponse { open_parts, reason, ..CheckResponse::new(self.check.id.as_str(), answer) };
        let mut said = Said::default();
        let name = format!("{}:", self.check.id);
        let words =
            if now.answer == answer.name() { name + " details" } else { from_to(&name, &now.answer, answer.name()) };
        said.change(Change::check(id, response), words);
        Some((id, said))
    }

    fn answer(&self, problems: &mut Vec<Problem>) -> Option<CheckAnswer> {
        use CheckAnswer::{No, NoOccasion, Partly, Unknown, Yes};
        let all = [Yes, Partly, No, Unknown, NoOccasion];
        let found = all.into_iter().find(|answer| answer.name() == self.cells.answer);
        let message = match found {
            Some(NoOccasion) if !self.check.conditional => {
                "this check can always be answered; pick yes, partly, no or unknown".to_owned()
            }
            Some(_) => return found,
            None if self.cells.answer.is_empty() => {
                "the cells behind say something, and there is no answer; pick one, or clear them".to_owned()
            }
            None => format!("{} is none of: {}", quoted(&self.cells.answer), all.map(CheckAnswer::name).join(", ")),
        };
        problems.push(self.line.problem(heading::ANSWER, message));
        None
    }

    /// The numbers of the parts that are open; of an answer that stays partly those of today where the cell is blank.
    fn open_parts(
        &self,
        answer: CheckAnswer,
        now: &CheckCells,
        current: Option<&CheckResponse>,
        problems: &mut Vec<Problem>,
    ) -> Option<Vec<u8>> {
        let text = &self.cells.open_parts;
        let is_new = is_new(text, &now.open_parts);
        let message = match (answer, is_new) {
            (CheckAnswer::Partly, true) => match self.parse_parts(text) {
                Ok(parts) => return Some(parts),
                Err(message) => message,
            },
            (CheckAnswer::Partly, false) => {
                let current = current.filter(|current| current.effective() == CheckAnswer::Partly);
                return Some(current.map(|current| current.open_parts.clone()).unwrap_or_default());
            }
            // What was left standing from a former answer means nothing any more.
            (CheckAnswer::No | CheckAnswer::Unknown | CheckAnswer::NoOccasion | CheckAnswer::Yes, false) => {
                return Some(Vec::new());
            }
            (CheckAnswer::No | CheckAnswer::Unknown | CheckAnswer::NoOccasion | CheckAnswer::Yes, true) => {
                "open parts belong to the answer partly; clear this cell or change the answer".to_owned()
            }
        };
        problems.push(self.line.problem(heading::OPEN_PARTS, message));
        None
    }

    fn parse_parts(&self, text: &str) -> Result<Vec<u8>, String> {
        let count = self.check.parts.len();
        if count == 0 {
            return Err("this check has no parts; clear this cell".to_owned());
        }
        let numbers = text.split([',', ';', ' ']).filter(|number| !number.is_empty());
        let parsed =
            numbers.map(|number| number.parse().ok().filter(|number| (1..=count).contains(&usize::from(*number))));
        let parts: Option<Vec<u8>> = parsed.collect();
        let mut parts =
            parts.ok_or_else(|| format!("{} is not a list of parts 1 to {count}, such as 1, 2", quoted(text)))?;
        parts.sort_unstable();
        parts.dedup();
        Ok(parts)
    }

    /// Why there was no occasion.
    fn reason(&self, answer: CheckAnswer, now: &CheckCells, problems: &mut Vec<Problem>) -> Option<String> {
        let text = &self.cells.reason;
        let is_new = is_new(text, &now.reason);
        let message = match answer {
            CheckAnswer::NoOccasion if is_new => return Some(text.clone()),
            CheckAnswer::NoOccasion if !now.reason.is_empty() => return Some(now.reason.clone()),
            CheckAnswer::NoOccasion => "say why there was no occasion so far",
            CheckAnswer::No | CheckAnswer::Partly | CheckAnswer::Unknown | CheckAnswer::Yes if !is_new => {
                return Some(String::new());
            }
            CheckAnswer::No | CheckAnswer::Partly | CheckAnswer::Unknown | CheckAnswer::Yes => {
                "this belongs to the answer no occasion; clear this cell or change the answer"
            }
        };
        problems.push(self.line.problem(heading::NO_OCCASION, message));
        None
    }
}

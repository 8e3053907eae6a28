//! The criteria for rating impacts: whose are in force, the grid of levels, who approves, and what the scales mean.
//!
//! 6.1.1 asks for the organization's own. A change takes an approval away: what was approved is not what is there now.

mod approval;

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    style::Style,
    text::{Line, Span},
};

use crate::{
    model::{
        edit::Change,
        impact::{
            criteria::{Matrix, OwnAnchor, OwnApproval, OwnCriteria},
            harm::Scale,
        },
        level::ImpactLevel,
    },
    tui::{
        effect::Effect,
        input::Mouse,
        keys::{Command, Context},
        screens::{
            View,
            prompt::{Prompt, Purpose},
        },
        session::Session,
        widgets::{
            list::{List, Pointed},
            paging, text,
        },
    },
};

/// The cells of the cursor and the name of a row of the grid.
const LABEL: u16 = 13;
/// From this many cells on, a cell of the grid holds its level as a word.
const CELL_OF_WORDS: u16 = 12;
/// How words are changed.
const OWN_WORDS: &str = "Enter writes your own words, marked *; left empty, the proposal is back.";
/// The number of columns of the grid.
const COLUMNS: u8 = 5;

/// One row on which the cursor can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    /// The levels for one severity.
    Severity(u8),
    /// Who approves at a level.
    Approval(ImpactLevel),
    /// What a step means: the place of its scale in the catalogue, and its number from 1 on.
    Step { scale: usize, step: u8 },
}

/// The criteria, with a cursor on one of them.
#[derive(Debug)]
pub struct CriteriaScreen {
    row: usize,
    /// The likelihood that the cursor is on in the grid, 1 to 5.
    likelihood: u8,
}

impl Default for CriteriaScreen {
    fn default() -> Self {
        CriteriaScreen { row: 0, likelihood: 1 }
    }
}

/// The parts of the screen.
struct Places {
    head: Rect,
    head_words: String,
    is_warning: bool,
    list: List,
    range: Rect,
    foot: Rect,
    foot_words: String,
}

impl CriteriaScreen {
    fn here(&self, session: &Session) -> Option<Row> {
        rows(session).get(self.row).copied()
    }

    fn set_level(&self, digit: u8, session: &Session) -> Effect {
        let level = digit.checked_sub(1).and_then(|index| ImpactLevel::ALL.get(usize::from(index)));
        let (Some(Row::Severity(severity)), Some(level)) = (self.here(session), level) else {
            return Effect::Say("Digits set a level in the grid; Enter changes words.".to_owned());
        };
        let own = &session.assessment().criteria;
        let mut matrix = own.matrix.unwrap_or(Matrix::PROPOSED);
        matrix.0[usize::from(severity) - 1][usize::from(self.likelihood) - 1] = *level;
        match matrix.falls_at() {
            Some((severity, likelihood)) => {
                Effect::Say(format!("Not set: the level would fall at severity {severity}, likelihood {likelihood}."))
            }
            None => {
                put(OwnCriteria { matrix: Some(matrix).filter(|own| *own != Matrix::PROPOSED), ..own.clone() }, session)
            }
        }
    }

    fn change_words(&self, session: &Session) -> Effect {
        let (purpose, now) = match self.here(session) {
            Some(Row::Approval(level)) => (Purpose::ApprovalBy(level), approver(level, session).0),
            Some(Row::Step { scale, step }) => {
                let scale = session.catalog.impact.scales[scale].id.to_string();
                let now = anchor(&scale, step, session).0;
                (Purpose::Anchor { scale, step }, now)
            }
            Some(Row::Severity(_)) | None => {
                return Effect::Say("1 low, 2 medium, 3 high, 4 very high set this level.".to_owned());
            }
        };
        Effect::Open(Box::new(Prompt::new(purpose, now)))
    }

    /// The words below, about what the cursor is on.
    fn foot(&self, session: &Session) -> String {
        match self.here(session) {
            Some(Row::Severity(severity)) => grid_foot(severity, self.likelihood, session),
            Some(Row::Approval(level)) => format!("Who approves at level {}? {OWN_WORDS}", level.name()),
            Some(Row::Step { scale, .. }) => format!("{} {OWN_WORDS}", session.catalog.impact.scales[scale].title),
            None => String::new(),
        }
    }

    fn places(&self, area: Rect, session: &Session) -> Places {
        let width = area.width.saturating_sub(2);
        let ((head_words, is_warning), foot_words) = (status(session), self.foot(session));
        let lines = |words: &str| u16::try_from(text::wrap(words, width).len()).unwrap_or(u16::MAX);
        // As high for every row, so that a page stays the same while the cursor moves.
        let foot_rows = (1..=COLUMNS).map(|likelihood| lines(&grid_foot(COLUMNS, likelihood, session))).max();
        let (head, foot) = (Constraint::Length(lines(&head_words)), Constraint::Length(foot_rows.unwrap_or(1)));
        let parts = [head, Constraint::Length(1), Constraint::Fill(1), foot];
        let [head, range, list, foot] = Layout::vertical(parts).areas(area);
        let height = |row: &Row| {
            let lines = words(*row, session).map_or(1, |words| text::wrap(&words, width.saturating_sub(3)).len());
            u16::try_from(lines + usize::from(heading(*row, width, session).is_some())).unwrap_or(1)
        };
        let heights = rows(session).iter().map(height).collect();
        let list = List { heights, selected: self.row, area: list };
        Places { head, head_words, is_warning, list, range, foot, foot_words }
    }

    fn draw_row(&self, frame: &mut Frame, area: Rect, row: Row, is_here: bool, session: &Session) {
        let theme = session.theme;
        let mut lines = area.rows();
        if let Some(heading) = heading(row, area.width, session)
            && let Some(place) = lines.next()
        {
            frame.render_widget(Line::styled(text::fit(&heading, place.width), theme.heading()), place);
        }
        let cursor = if is_here { theme.cursor() } else { " " };
        let style = if is_here { theme.text() } else { theme.muted() };
        match (row, words(row, session)) {
            (Row::Severity(severity), _) => {
                let Some(place) = lines.next() else { return };
                let label = Span::styled(text::fit(&format!("{cursor} severity {severity}"), LABEL), style);
                let cells = self.cells(severity, place.width, is_here, session);
                frame.render_widget(Line::from_iter([label].into_iter().chain(cells)), place);
            }
            (Row::Approval(_) | Row::Step { .. }, words) => {
                let words = words.unwrap_or_default();
                let wrapped = text::wrap(&words, area.width.saturating_sub(5)).into_iter();
                for (index, (place, line)) in lines.zip(wrapped).enumerate() {
                    let mark = if index == 0 { cursor } else { " " };
                    frame.render_widget(Line::styled(format!("{mark} {line}"), style), place);
                }
            }
        }
    }

    /// The levels of one row of the grid.
    fn cells(&self, severity: u8, width: u16, is_here: bool, session: &Session) -> Vec<Span<'static>> {
        let theme = session.theme;
        let cell = cell_width(width);
        let matrix = shown_matrix(session);
        let span = |likelihood: u8| {
            let level = matrix.level(severity, likelihood);
            let name = if cell >= CELL_OF_WORDS { level.name() } else { letter(level) };
            let own = if level == Matrix::PROPOSED.level(severity, likelihood) { "" } else { "*" };
            let is_at = is_here && likelihood == self.likelihood;
            let words = if is_at { format!("[{name}{own}]") } else { format!(" {name}{own}") };
            let style = if is_at { theme.chosen() } else { style_of(level, session) };
            Span::styled(text::fit(&words, cell), style)
        };
        (1..=COLUMNS).map(span).collect()
    }
}

/// The likelihoods above the grid.
fn columns(width: u16) -> String {
    let cell = usize::from(cell_width(width));
    let steps: String = (1..=COLUMNS).map(|step| format!(" {step:<0$}", cell - 1)).collect();
    format!("{:<1$}{steps}", " likelihood", usize::from(LABEL))
}

fn cell_width(width: u16) -> u16 {
    (width.saturating_sub(LABEL + 1) / u16::from(COLUMNS)).clamp(4, CELL_OF_WORDS + 2)
}

const fn letter(level: ImpactLevel) -> &'static str {
    match level {
        ImpactLevel::Low => "L",
        ImpactLevel::Medium => "M",
        ImpactLevel::High => "H",
        ImpactLevel::VeryHigh => "VH",
    }
}

fn style_of(level: ImpactLevel, session: &Session) -> Style {
    match level {
        ImpactLevel::Low => session.theme.muted(),
        ImpactLevel::Medium => session.theme.text(),
        ImpactLevel::High | ImpactLevel::VeryHigh => session.theme.warning(),
    }
}

/// What the words of a cell of the grid are, and how to change it.
fn grid_foot(severity: u8, likelihood: u8, session: &Session) -> String {
    let level = shown_matrix(session).level(severity, likelihood).name();
    let step = session.catalog.impact.scale(Scale::Likelihood.id());
    let step = step.and_then(|scale| scale.steps.get(usize::from(likelihood) - 1));
    let name = step.map_or(String::new(), |step| format!(" ({})", step.name.to_lowercase()));
    format!(
        "Severity {severity}, likelihood {likelihood}{name}: {level}. 1 low, 2 medium, 3 high, 4 very high. No level may \
         fall as severity or likelihood rises. Severity is gravity, with 1 more for wide reach and 1 more for what lasts."
    )
}

/// The grid, the approvals and the scales, from top to bottom.
fn rows(session: &Session) -> Vec<Row> {
    let severities = (1..=COLUMNS).rev().map(Row::Severity);
    let approvals = ImpactLevel::ALL.into_iter().map(Row::Approval);
    let scales = session.catalog.impact.scales.iter().enumerate();
    let steps =
        scales.flat_map(|(scale, text)| (1..).take(text.steps.len()).map(move |step| Row::Step { scale, step }));
    severities.chain(approvals).chain(steps).collect()
}

/// The heading above a row, where one stands there.
fn heading(row: Row, width: u16, session: &Session) -> Option<String> {
    match row {
        Row::Severity(COLUMNS) => Some(columns(width)),
        Row::Approval(ImpactLevel::Low) => Some(" Who approves a system of that level after measures".to_owned()),
        Row::Step { scale, step: 1 } => Some(format!(" {}", session.catalog.impact.scales[scale].title)),
        Row::Severity(_) | Row::Approval(_) | Row::Step { .. } => None,
    }
}

/// The words of a row; nothing for the grid.
fn words(row: Row, session: &Session) -> Option<String> {
    let mark = |is_own: bool| if is_own { "*" } else { "" };
    match row {
        Row::Severity(_) => None,
        Row::Approval(level) => {
            let (by, is_own) = approver(level, session);
            Some(format!("{}{}: {by}", level.name(), mark(is_own)))
        }
        Row::Step { scale, step } => {
            let scale = &session.catalog.impact.scales[scale];
            let (anchor, is_own) = anchor(&scale.id, step, session);
            let name = scale.steps.get(usize::from(step) - 1).map_or("", |step| &step.name);
            Some(format!("{step} {name}{}: {anchor}", mark(is_own)))
        }
    }
}

/// The grid as the organization has written it, be it approved or not.
fn shown_matrix(session: &Session) -> Matrix {
    session.assessment().criteria.matrix.unwrap_or(Matrix::PROPOSED)
}

/// Who approves at a level, and whether that is the organization's own word.
fn approver(level: ImpactLevel, session: &Session) -> (String, bool) {
    let own = session.assessment().criteria.approvals.iter().find(|approval| approval.level == level);
    let proposed = || session.catalog.impact.approval(level).map_or(String::new(), |approval| approval.by.to_string());
    own.map_or_else(|| (proposed(), false), |own| (own.by.clone(), true))
}

/// What a step means, and whether that is the organization's own word.
fn anchor(scale: &str, step: u8, session: &Session) -> (String, bool) {
    let own = session.assessment().criteria.anchors.iter().find(|own| own.scale == scale && own.step == step);
    own.map_or_else(|| (proposed_anchor(scale, step, session).to_owned(), false), |own| (own.anchor.clone(), true))
}

/// What the catalogue says that a step means.
pub fn proposed_anchor<'s>(scale: &str, step: u8, session: &'s Session) -> &'s str {
    let scale = session.catalog.impact.scale(scale);
    scale.and_then(|scale| scale.steps.get(usize::from(step).saturating_sub(1))).map_or("", |step| &step.anchor)
}

/// The criteria with other words on who approves at a level; the proposal where there are none.
pub fn with_approval(level: ImpactLevel, by: &str, session: &Session) -> Effect {
    let mut criteria = session.assessment().criteria.clone();
    criteria.approvals.retain(|approval| approval.level != level);
    let proposed = session.catalog.impact.approval(level).map_or("", |approval| &approval.by);
    if !by.is_empty() && by != proposed {
        criteria.approvals.push(OwnApproval { level, by: by.to_owned() });
        criteria.approvals.sort_by_key(|approval| approval.level);
    }
    put(criteria, session)
}

/// The criteria with other words on what a step means; the proposal where there are none.
pub fn with_anchor(scale: &str, step: u8, words: &str, session: &Session) -> Effect {
    let mut criteria = session.assessment().criteria.clone();
    criteria.anchors.retain(|own| !(own.scale == scale && own.step == step));
    if !words.is_empty() && words != proposed_anchor(scale, step, session) {
        criteria.anchors.push(OwnAnchor { scale: scale.to_owned(), step, anchor: words.to_owned() });
        let place = |id: &str| session.catalog.impact.scales.iter().position(|scale| scale.id == id);
        criteria.anchors.sort_by_key(|own| (place(&own.scale), own.step));
    }
    put(criteria, session)
}

/// Keeps changed criteria, without the approval of those before.
fn put(changed: OwnCriteria, session: &Session) -> Effect {
    let before = &session.assessment().criteria;
    if changed == *before {
        return Effect::None;
    }
    let was_approved = !before.approved_by.is_empty();
    let changed = OwnCriteria { approved_by: String::new(), approved_on: None, ..changed };
    let apply = Effect::Apply(Change::SetCriteria(Box::new(changed)));
    let said = "Changed, so the approval is gone; a approves anew, z takes it back.";
    if was_approved { Effect::All(vec![apply, Effect::Say(said.to_owned())]) } else { apply }
}

/// Whose criteria are in force, and whether that asks for something.
fn status(session: &Session) -> (String, bool) {
    let own = &session.assessment().criteria;
    let by = &own.approved_by;
    match own.approved_on {
        Some(day) if own.is_in_force(session.as_of) => (format!("In force: approved by {by} on {day}."), false),
        Some(day) if !by.is_empty() && day > session.as_of => {
            (format!("Approved by {by} from {day} on; until then what aimscope proposes is in force."), true)
        }
        Some(_) | None => {
            let ask = "Your organization has to approve its own (6.1.1): a approves.";
            let changes = if own.is_empty() { "" } else { " What you changed, marked *, does not count yet." };
            (format!("In force: what aimscope proposes.{changes} {ask}"), true)
        }
    }
}

impl View for CriteriaScreen {
    fn context(&self) -> Context {
        Context::Criteria
    }

    fn title(&self, _session: &Session) -> String {
        "Criteria for rating impacts".to_owned()
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let count = rows(session).len();
        match command {
            Command::Up => self.row = paging::moved(self.row, -1, count),
            Command::Down => self.row = paging::moved(self.row, 1, count),
            Command::Left => self.likelihood = self.likelihood.saturating_sub(1).max(1),
            Command::Right => self.likelihood = (self.likelihood + 1).min(COLUMNS),
            Command::First => self.row = 0,
            Command::Last => self.row = count.saturating_sub(1),
            Command::Digit(digit) => return self.set_level(digit, session),
            Command::Choose => return self.change_words(session),
            Command::Approve => return Effect::Open(Box::new(approval::form(session))),
            Command::Back => return Effect::Back,
            _ => {}
        }
        Effect::None
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        self.row = self.places(area, session).list.turned(pages);
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let theme = session.theme;
        let Places { head, head_words, is_warning, list, range, foot, foot_words } = self.places(area, session);
        let head_style = if is_warning { theme.warning() } else { theme.text() };
        for (words, area, style) in [(head_words, head, head_style), (foot_words, foot, theme.muted())] {
            for (row, line) in area.rows().zip(text::wrap(&words, area.width.saturating_sub(2))) {
                frame.render_widget(Line::styled(format!(" {line}"), style), row);
            }
        }
        frame.render_widget(Line::styled(list.range(), theme.muted()).right_aligned(), range);
        let rows = rows(session);
        for (index, place) in list.places() {
            self.draw_row(frame, place, rows[index], index == list.selected, session);
        }
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match self.places(area, session).list.pointed(mouse) {
            Pointed::Nothing => {}
            Pointed::At(row) => self.row = row,
            Pointed::Choose => return self.handle(Command::Choose, session),
        }
        Effect::None
    }
}

#[cfg(test)]
mod tests;

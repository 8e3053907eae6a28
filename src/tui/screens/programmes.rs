//! Programmes against requirements: a grid to tick, with counts per row and column, and what no programme covers.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    model::{
        edit::Change,
        evidence::Evidence,
        programme::{ProgrammeMatrix, ProgrammeRow, covered},
        reference::Reference,
    },
    tui::{
        effect::Effect,
        input::{Mouse, MouseKind},
        keys::{Command, Context},
        screens::{
            View,
            prompt::{Prompt, Purpose},
            question::Question,
        },
        session::Session,
        widgets::{list::Cursor, paging, text},
    },
};

/// The cells of a column.
const COLUMN: u16 = 10;
/// The cells of the counts at the end of a row.
const COUNTS: u16 = 14;
/// The fewest cells of number and title.
const TITLE: u16 = 22;
/// The rows above the grid, its heading included.
const HEAD: u16 = 3;

/// The matrix.
#[derive(Debug, Default)]
pub struct Programmes {
    /// The requirement that the cursor is on.
    row: Option<Reference>,
    column: Cursor,
    /// Only these are shown: what was covered by nothing when that was asked for, so that a tick moves nothing away.
    only: Option<Vec<Reference>>,
}

/// The columns of the programmes in view, and where everything stands.
struct Grid {
    title: u16,
    columns: std::ops::Range<usize>,
    head: Rect,
    names: Rect,
    body: Rect,
    totals: Rect,
}

impl Programmes {
    fn rows<'m, 'a>(&self, matrix: &'m ProgrammeMatrix<'a>) -> Vec<&'m ProgrammeRow<'a>> {
        let is_shown = |row: &&ProgrammeRow| self.only.as_ref().is_none_or(|only| only.contains(&row.id()));
        matrix.rows.iter().filter(is_shown).collect()
    }

    fn row_index(&self, rows: &[&ProgrammeRow]) -> usize {
        rows.iter().position(|row| Some(row.id()) == self.row).unwrap_or_default()
    }

    fn column_index(&self, matrix: &ProgrammeMatrix) -> usize {
        self.column.index(&ids(matrix))
    }

    fn move_row(&mut self, steps: isize, matrix: &ProgrammeMatrix) {
        let rows = self.rows(matrix);
        let to = paging::moved(self.row_index(&rows), steps, rows.len());
        self.row = rows.get(to).map(|row| row.id());
    }

    fn move_column(&mut self, steps: isize, matrix: &ProgrammeMatrix) {
        let ids = ids(matrix);
        let to = paging::moved(self.column_index(matrix), steps, ids.len());
        self.column.put(to, &ids);
    }

    fn toggle(&mut self, matrix: &ProgrammeMatrix) -> Effect {
        let rows = self.rows(matrix);
        let programme = matrix.programmes.get(self.column_index(matrix)).copied();
        let (Some(row), Some(programme)) = (rows.get(self.row_index(&rows)), programme) else {
            return Effect::Say("There is no programme to tick for yet; n adds one.".to_owned());
        };
        self.row = Some(row.id());
        Effect::Apply(ticked(programme, row.id()))
    }

    /// All requirements, or only what no programme covers now.
    fn switch(&mut self, matrix: &ProgrammeMatrix) -> Effect {
        let uncovered: Vec<Reference> = matrix.uncovered().map(ProgrammeRow::id).collect();
        self.only = match self.only {
            Some(_) => None,
            None if uncovered.is_empty() => {
                return Effect::Say("Every requirement that counts is covered by a programme.".to_owned());
            }
            None => Some(uncovered),
        };
        Effect::None
    }

    fn grid(&self, matrix: &ProgrammeMatrix, area: Rect) -> Grid {
        let parts = [Constraint::Length(HEAD - 1), Constraint::Length(1), Constraint::Fill(1), Constraint::Length(1)];
        let [head, names, body, totals] = Layout::vertical(parts).areas(area);
        let room = area.width.saturating_sub(2 + TITLE + COUNTS) / COLUMN;
        let count = matrix.programmes.len();
        let columns = paging::page_of_lines(count, self.column_index(matrix), room.max(1));
        let taken = u16::try_from(columns.len()).unwrap_or(u16::MAX).saturating_mul(COLUMN);
        let title = area.width.saturating_sub(2 + COUNTS).saturating_sub(taken);
        Grid { title, columns, head, names, body, totals }
    }

    fn draw_head(&self, frame: &mut Frame, grid: &Grid, matrix: &ProgrammeMatrix, session: &Session) {
        let theme = session.theme;
        let share = |controls: bool| {
            let (served, all) = covered(matrix, controls);
            format!("{served} of {all}")
        };
        let first = format!(" Covered by a programme: {} controls, {} clause requirements.", share(true), share(false));
        let column = self.column_index(matrix);
        let second = match matrix.programmes.get(column) {
            Some(programme) => format!(
                " {} of {}: {}, {} served{}",
                column + 1,
                matrix.programmes.len(),
                programme.title,
                matrix.served_by(column),
                if self.only.is_some() { "; only what nothing covered" } else { "" }
            ),
            None => " n adds a programme that you run anyway, such as red teaming.".to_owned(),
        };
        for (row, words) in grid.head.rows().zip([first, second]) {
            frame.render_widget(Line::styled(text::cut(&words, row.width).into_owned(), theme.text()), row);
        }
    }

    fn draw_names(&self, frame: &mut Frame, grid: &Grid, matrix: &ProgrammeMatrix, session: &Session) {
        let theme = session.theme;
        let selected = self.column_index(matrix);
        let mut spans = vec![Span::raw(" ".repeat(usize::from(grid.title + 2)))];
        for index in grid.columns.clone() {
            let style = if index == selected { theme.heading() } else { theme.muted() };
            let name = text::fit(&matrix.programmes[index].title, COLUMN - 1);
            spans.push(Span::styled(format!("{name} "), style));
        }
        spans.push(Span::styled("   total other", theme.muted()));
        frame.render_widget(Line::from(spans), grid.names);
    }

    fn line(
        &self,
        grid: &Grid,
        row: &ProgrammeRow,
        is_selected: bool,
        column: usize,
        session: &Session,
    ) -> Line<'static> {
        let theme = session.theme;
        let cursor = if is_selected { theme.cursor() } else { " " };
        let words = format!("{} {}", row.id(), row.requirement.full_title());
        let style = if row.is_applicable { theme.text() } else { theme.muted() };
        let mut spans = vec![
            Span::styled(format!("{cursor} "), theme.key()),
            Span::styled(text::fit(&words, grid.title.saturating_sub(1)) + " ", style),
        ];
        for index in grid.columns.clone() {
            let is_here = is_selected && index == column;
            let tick = if row.ticks[index] { "x" } else { " " };
            let cell = match (is_here, row.ticks[index]) {
                (true, _) => format!("[{tick}]"),
                (false, true) => " x ".to_owned(),
                (false, false) => format!(" {} ", theme.symbol("\u{b7}", ".")),
            };
            let style = if is_here { theme.key() } else { style };
            spans.push(Span::styled(text::fit(&cell, COLUMN), style));
        }
        let covering = match (row.is_applicable, row.covering()) {
            (false, _) => "excluded".to_owned(),
            (true, 0) => "none".to_owned(),
            (true, count) => count.to_string(),
        };
        let warning = row.is_applicable && row.covering() == 0 && row.other_evidence == 0;
        let style = if warning { theme.warning() } else { style };
        spans.push(Span::styled(format!("{covering:>8}{:>6}", row.other_evidence), style));
        Line::from(spans)
    }

    fn draw_totals(&self, frame: &mut Frame, grid: &Grid, matrix: &ProgrammeMatrix, session: &Session) {
        let theme = session.theme;
        let mut line = format!("  {}", text::fit("Served by each programme", grid.title));
        for index in grid.columns.clone() {
            line.push_str(&text::fit(&format!(" {}", matrix.served_by(index)), COLUMN));
        }
        frame.render_widget(Line::styled(line, theme.muted()), grid.totals);
    }
}

fn ids(matrix: &ProgrammeMatrix) -> Vec<String> {
    matrix.programmes.iter().map(|programme| programme.id.clone()).collect()
}

/// A programme that serves a requirement, or no longer does.
fn ticked(programme: &Evidence, id: Reference) -> Change {
    let mut programme = programme.clone();
    match programme.serves.iter().position(|served| *served == id) {
        Some(index) => drop(programme.serves.remove(index)),
        None => {
            programme.serves.push(id);
            programme.serves.sort();
        }
    }
    Change::SetEvidence { id: programme.id.clone(), evidence: Some(programme) }
}

impl View for Programmes {
    fn context(&self) -> Context {
        Context::Programmes
    }

    fn title(&self, _session: &Session) -> String {
        match self.only {
            Some(_) => "Programmes: not covered".to_owned(),
            None => "Programmes".to_owned(),
        }
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let matrix = ProgrammeMatrix::of(&session.catalog, session.assessment());
        match command {
            Command::Up => self.move_row(-1, &matrix),
            Command::Down => self.move_row(1, &matrix),
            Command::First => self.move_row(isize::MIN, &matrix),
            Command::Last => self.move_row(isize::MAX, &matrix),
            Command::Left => self.move_column(-1, &matrix),
            Command::Right => self.move_column(1, &matrix),
            Command::Mark => return self.toggle(&matrix),
            Command::OtherView => return self.switch(&matrix),
            Command::New => {
                self.column.go_to_new(&ids(&matrix));
                return Effect::Open(Box::new(Prompt::new(Purpose::NewProgramme, String::new())));
            }
            Command::Choose => {
                let rows = self.rows(&matrix);
                let row = rows.get(self.row_index(&rows)).map(|row| row.id());
                return row.map_or(Effect::None, |id| Effect::Open(Box::new(Question::new(id))));
            }
            Command::Back => return Effect::Back,
            _ => {}
        }
        Effect::None
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        let matrix = ProgrammeMatrix::of(&session.catalog, session.assessment());
        let height = isize::try_from(self.grid(&matrix, area).body.height).unwrap_or(1);
        self.move_row(pages.saturating_mul(height), &matrix);
        Effect::None
    }

    fn returned_from(&mut self, requirement: Option<Reference>) {
        self.row = requirement.or(self.row);
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let matrix = ProgrammeMatrix::of(&session.catalog, session.assessment());
        let grid = self.grid(&matrix, area);
        self.draw_head(frame, &grid, &matrix, session);
        self.draw_names(frame, &grid, &matrix, session);
        let rows = self.rows(&matrix);
        let selected = self.row_index(&rows);
        let column = self.column_index(&matrix);
        let page = paging::page_of_lines(rows.len(), selected, grid.body.height);
        for (place, index) in grid.body.rows().zip(page) {
            frame.render_widget(self.line(&grid, rows[index], index == selected, column, session), place);
        }
        self.draw_totals(frame, &grid, &matrix, session);
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        let matrix = ProgrammeMatrix::of(&session.catalog, session.assessment());
        match mouse.kind {
            MouseKind::WheelUp => self.move_row(-3, &matrix),
            MouseKind::WheelDown => self.move_row(3, &matrix),
            MouseKind::Click => {
                let grid = self.grid(&matrix, area);
                let rows = self.rows(&matrix);
                let page = paging::page_of_lines(rows.len(), self.row_index(&rows), grid.body.height);
                let offset = mouse.row.checked_sub(grid.body.y).map(usize::from);
                let row = offset.map(|offset| page.start + offset).filter(|index| page.contains(index));
                let Some(row) = row.map(|index| rows[index].id()) else { return Effect::None };
                let column = mouse.column.checked_sub(area.x + 2 + grid.title).map(|cells| usize::from(cells / COLUMN));
                let column = column.map(|offset| grid.columns.start + offset).filter(|at| grid.columns.contains(at));
                let was_here = self.row == Some(row) && column == Some(self.column_index(&matrix));
                self.row = Some(row);
                if let Some(column) = column {
                    self.column.put(column, &ids(&matrix));
                }
                if was_here {
                    return self.toggle(&matrix);
                }
            }
        }
        Effect::None
    }
}

#[cfg(test)]
mod tests;

//! The first picture: how many levels are proposed, and how high they lie per category. None of it counts yet.

use std::cmp::Reverse;

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    model::reference::Reference,
    score::ratio::Ratio,
    tui::{
        session::Session,
        theme::Theme,
        widgets::{level_bar, text},
    },
};

/// What is proposed at this moment.
#[derive(Debug)]
pub(super) struct Picture {
    /// How many levels are proposed.
    pub(super) proposed: usize,
    /// How many levels are answered.
    answered: usize,
    /// How many of those were taken over from a proposal.
    accepted: usize,
    /// How many levels there are.
    pub(super) all: usize,
    categories: Vec<CategoryPicture>,
}

/// What is proposed in one category.
#[derive(Debug)]
struct CategoryPicture {
    id: Reference,
    title: String,
    /// The mean of the levels proposed; nothing where none is.
    mean: Option<Ratio>,
}

/// A category with proposals.
#[derive(Debug)]
pub(super) struct Extreme<'a> {
    /// The title of the category.
    pub(super) title: &'a str,
    /// The mean of the levels proposed there.
    pub(super) mean: Ratio,
}

impl Picture {
    /// What is proposed in the open assessment.
    pub(super) fn of(session: &Session) -> Picture {
        let proposals = session.opened().proposals();
        let category = |id: Reference| {
            let levels: Vec<u64> = proposals
                .iter()
                .filter(|(requirement, _)| requirement.category() == id)
                .map(|(_, proposal)| u64::from(proposal.level.number()))
                .collect();
            Ratio::new(levels.iter().sum(), levels.len().try_into().unwrap_or(u64::MAX))
        };
        let categories = session.catalog.categories.iter().map(|found| CategoryPicture {
            id: found.category,
            title: found.title.to_string(),
            mean: category(found.category),
        });
        let is_answered = |id: Reference| session.assessment().answer(id).is_some_and(|answer| answer.level.is_some());
        Picture {
            proposed: proposals.len(),
            answered: session.catalog.requirements().filter(|requirement| is_answered(requirement.id)).count(),
            accepted: session.standing().by_proposal(),
            all: session.catalog.requirements().count(),
            categories: categories.collect(),
        }
    }

    /// The strongest and the weakest category, the first of equals; nothing while all are alike.
    pub(super) fn extremes(&self) -> Option<(Extreme<'_>, Extreme<'_>)> {
        let known = || self.categories.iter().filter_map(|c| Some(Extreme { title: &c.title, mean: c.mean? }));
        let strongest = known().min_by_key(|category| Reverse(category.mean))?;
        let weakest = known().min_by_key(|category| category.mean)?;
        (strongest.mean != weakest.mean).then_some((strongest, weakest))
    }

    /// Draws the counts, the bars in two columns, and what to do next.
    pub(super) fn draw(&self, frame: &mut Frame, area: Rect, theme: Theme) {
        let width = area.width.saturating_sub(4);
        let wrapped = |words: &str| -> Vec<String> {
            text::wrap(words, width).into_iter().map(|line| format!("  {line}")).collect()
        };
        let head = wrapped(&self.headline());
        let next = wrapped(self.next_step());
        let (clauses, controls): (Vec<_>, Vec<_>) = self.categories.iter().partition(|c| !c.id.is_control());
        // Above the bars stands a heading, below those of the clauses the legend.
        let bars = (clauses.len() + 2).max(controls.len() + 1);
        let spare = usize::from(area.height).saturating_sub(head.len() + bars + next.len());
        let length = |rows: usize| Constraint::Length(u16::try_from(rows).unwrap_or(u16::MAX));
        let blank = |least: usize| length(usize::from(spare >= least));
        let rows =
            [blank(3), length(head.len()), blank(2), length(bars), blank(1), length(next.len()), Constraint::Fill(1)];
        let [_, head_area, _, bars_area, _, next_area, _] = Layout::vertical(rows).areas(area);
        draw_lines(frame, head_area, head.into_iter().map(|line| Line::styled(line, theme.heading())));
        let half = Constraint::Length(area.width.min(110) / 2);
        let [left, right, _] = Layout::horizontal([half, half, Constraint::Fill(1)]).areas(bars_area);
        draw_column(frame, left, "Management system", &clauses, theme);
        draw_column(frame, right, "Controls", &controls, theme);
        draw_lines(frame, next_area, next.into_iter().map(Line::raw));
    }

    fn headline(&self) -> String {
        let answered = match self.answered {
            0 => String::new(),
            count => format!(" {count} are answered already."),
        };
        format!("{} of {} levels have a proposal.{answered}", self.proposed, self.all)
    }

    fn next_step(&self) -> &'static str {
        if self.proposed == 0 {
            "Nothing waits to be accepted. Enter opens the map, where every question can be answered."
        } else {
            match self.accepted {
                0 => {
                    "Nothing of it counts yet. Enter opens the map: there A accepts the proposals of a group, \
                      or open a question and answer it yourself."
                }
                _ => {
                    "What waits counts once it is accepted. Enter opens the map: there A accepts the proposals of a \
                      group, or open a question and answer it yourself."
                }
            }
        }
    }
}

fn draw_lines<'a>(frame: &mut Frame, area: Rect, lines: impl Iterator<Item = Line<'a>>) {
    for (row, line) in area.rows().zip(lines) {
        frame.render_widget(line, row);
    }
}

fn draw_column(frame: &mut Frame, area: Rect, heading: &str, categories: &[&CategoryPicture], theme: Theme) {
    let heading = Line::styled(format!("  {heading}"), theme.muted());
    let bars = categories.iter().map(|category| category.line(area.width, theme));
    let legend = Line::styled(format!("  {} proposed, not yet scored", theme.symbol("\u{2592}", "+")), theme.muted());
    let rows: Vec<Line> = std::iter::once(heading).chain(bars).collect();
    let is_left = categories.first().is_some_and(|category| !category.id.is_control());
    draw_lines(frame, area, rows.into_iter().chain(is_left.then_some(legend)));
}

impl CategoryPicture {
    /// The bar, the number and the title of a category.
    fn line(&self, width: u16, theme: Theme) -> Line<'static> {
        let mean = self.mean.map_or_else(|| "  -".to_owned(), |mean| mean.to_string());
        let words = format!("{:<4} {} {mean}  {}", self.id, level_bar::bar(self.mean, None, theme), self.title);
        Line::from_iter([
            Span::raw("  "),
            Span::styled(text::cut(&words, width.saturating_sub(3)).into_owned(), theme.proposal()),
        ])
    }
}

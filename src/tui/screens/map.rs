//! The map: clauses and control groups as a tree with levels, verdicts and flags; jump anywhere.

use std::collections::BTreeSet;

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    model::{edit::Change, reference::Reference, requirement::Requirement},
    score::{
        figures::{Figures, ScopeState},
        ratio::Ratio,
        requirement_score::RequirementScore,
        verdict::Verdict,
    },
    tui::{
        effect::Effect,
        input::{Mouse, MouseKind},
        keys::{Command, Context},
        screens::{
            View,
            applicability::Applicability,
            disputes::{self, Disputes},
            evidence::EvidenceRegister,
            exclusion::ExclusionForm,
            gateway::Gateway,
            lenses::Lenses,
            plan::PlanScreen,
            profile::ProfilePicks,
            programmes::Programmes,
            question::{Question, Wanted, next_after, toggle_exclusion, toggle_pass},
            results::Results,
            systems::Systems,
        },
        session::Session,
        widgets::{level_bar, paging, text},
    },
};

/// Rows at the top that say where the whole stands.
const HEAD_ROWS: u16 = 3;

/// The cells of the figures to the right of a title.
const FIGURES: u16 = 32;
/// A wider title would stand too far from its figures.
const WIDEST_TITLE: u16 = 60;

/// The tree of clauses and control groups.
#[derive(Debug, Default)]
pub struct Map {
    /// The row that the cursor is on: a category or a requirement; the first row before anything was selected.
    selected: Option<Reference>,
    open: BTreeSet<Reference>,
}

impl Map {
    /// The rows in order: categories, and below each open one its requirements.
    fn rows(&self, session: &Session) -> Vec<Reference> {
        let rows_of = |category: &crate::model::requirement::Category| {
            let is_open = self.open.contains(&category.category);
            let requirements = category.requirements.iter().filter(move |_| is_open).map(|requirement| requirement.id);
            std::iter::once(category.category).chain(requirements).collect::<Vec<_>>()
        };
        session.catalog.categories.iter().flat_map(rows_of).collect()
    }

    fn index(&self, rows: &[Reference]) -> usize {
        rows.iter().position(|row| Some(*row) == self.selected).unwrap_or_default()
    }

    fn row(&self, session: &Session) -> Reference {
        let rows = self.rows(session);
        rows[self.index(&rows)]
    }

    fn move_by(&mut self, steps: isize, session: &Session) {
        let rows = self.rows(session);
        self.selected = Some(rows[paging::moved(self.index(&rows), steps, rows.len())]);
    }

    fn toggle(&mut self, category: Reference) {
        if !self.open.remove(&category) {
            self.open.insert(category);
        }
    }

    /// Opens the question of a requirement, or opens and closes a category.
    fn choose(&mut self, session: &Session) -> Effect {
        let row = self.row(session);
        if is_category(row) {
            self.toggle(row);
            Effect::None
        } else {
            Effect::Open(Box::new(Question::new(row)))
        }
    }

    fn jump(&mut self, wanted: Wanted, session: &Session) -> Effect {
        let last = session.catalog.requirements().map(|requirement| requirement.id).max();
        let from = match (is_category(self.row(session)), last) {
            // From a category on, its first requirement counts as the next one.
            (true, Some(last)) => before_category(self.row(session), session).unwrap_or(last),
            (true, None) => return Effect::None,
            (false, _) => self.row(session),
        };
        // Of what is to be confirmed the row under the cursor may be the last one.
        let here = wanted == Wanted::ToConfirm
            && session.standing().requirement(from).is_some_and(|score| score.is_to_confirm);
        match next_after(from, wanted, session).or(here.then_some(from)) {
            Some(id) => {
                self.select(id);
                Effect::Open(Box::new(Question::new(id)))
            }
            None => Effect::Say("Nothing is left of that kind.".to_owned()),
        }
    }

    fn select(&mut self, id: Reference) {
        self.open.insert(id.category());
        self.selected = Some(id);
    }

    /// Takes over all proposed levels of the category of this row, in one step.
    fn accept_all(&self, session: &Session) -> Effect {
        let category = self.row(session).category();
        let proposals = session.opened().proposals().iter().filter(|(id, _)| id.category() == category);
        let changes: Vec<Change> =
            proposals.map(|(id, proposal)| Change::accepted_level(*id, proposal.level)).collect();
        match changes.len() {
            0 => Effect::Say(format!("Nothing is proposed in {category}; the gateway (w) proposes levels.")),
            count => Effect::All(vec![
                Effect::Apply(Change::Batch(changes)),
                Effect::Say(format!("{count} proposals of {category} accepted; z takes all of them back.")),
            ]),
        }
    }

    /// Says that nothing of a category exists, which proposes level 0 for what is unanswered there; or takes it back.
    fn declare_absent(&self, session: &Session) -> Effect {
        let category = self.row(session).category();
        let absent = !session.assessment().declared_absent.contains(&category);
        let mut scores = session.standing().requirements.iter().filter(|score| score.id.category() == category);
        if absent && !scores.any(|score| score.is_applicable() && score.stated.is_none()) {
            return Effect::Say(format!("Everything in {category} is answered; 0 proposes only for what is not."));
        }
        let words = if absent {
            format!("Level 0 is proposed for what is unanswered in {category}; A accepts it, 0 takes it back.")
        } else {
            format!("No longer proposed for {category}.")
        };
        Effect::All(vec![Effect::Apply(Change::DeclareAbsent { category, absent }), Effect::Say(words)])
    }

    /// Excludes one control or, on a group of controls, all that still apply, with one reason.
    fn exclude(&self, session: &Session) -> Effect {
        let row = self.row(session);
        if !is_category(row) {
            return toggle_exclusion(row, session);
        }
        if !row.is_control() {
            return Effect::Say("Clauses 4 to 10 bind everybody; only Annex A controls can be excluded.".to_owned());
        }
        let applies = |requirement: &&Requirement| session.assessment().is_applicable(requirement.id);
        let category = session.catalog.category(row);
        let controls = category.into_iter().flat_map(|category| &category.requirements).filter(applies);
        Effect::Open(Box::new(ExclusionForm::new(controls.map(|control| control.id).collect(), session)))
    }
}

/// Whether a row is a category rather than a requirement.
fn is_category(row: Reference) -> bool {
    row.category() == row
}

/// The requirement that stands before a category, if any.
fn before_category(category: Reference, session: &Session) -> Option<Reference> {
    session.catalog.requirements().map(|requirement| requirement.id).take_while(|id| *id < category).last()
}

impl View for Map {
    fn context(&self) -> Context {
        Context::Map
    }

    fn title(&self, _session: &Session) -> String {
        "Map".to_owned()
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        match command {
            Command::Up => self.move_by(-1, session),
            Command::Down => self.move_by(1, session),
            Command::PageUp => self.move_by(-10, session),
            Command::PageDown => self.move_by(10, session),
            Command::First => self.move_by(isize::MIN, session),
            Command::Last => self.move_by(isize::MAX, session),
            Command::Left => {
                let category = self.row(session).category();
                self.open.remove(&category);
                self.selected = Some(category);
            }
            Command::Right => {
                self.open.insert(self.row(session).category());
            }
            Command::Choose => return self.choose(session),
            Command::NextOpen => return self.jump(Wanted::Open, session),
            Command::NextFlagged => return self.jump(Wanted::Flagged, session),
            Command::Confirm => return self.jump(Wanted::ToConfirm, session),
            Command::Programmes => return Effect::Open(Box::new(Programmes::default())),
            Command::AcceptAll => return self.accept_all(session),
            Command::DeclareAbsent => return self.declare_absent(session),
            Command::Exclude => return self.exclude(session),
            Command::TogglePass => return toggle_pass(session),
            Command::Results => return Effect::Open(Box::new(Results::default())),
            Command::Lenses => return Effect::Open(Box::new(Lenses::default())),
            Command::Disputes => return Effect::Open(Box::new(Disputes::default())),
            Command::Plan => return Effect::Open(Box::new(PlanScreen::default())),
            Command::Applicability => return Effect::Open(Box::new(Applicability::default())),
            Command::Evidence => return Effect::Open(Box::new(EvidenceRegister::new(None))),
            Command::Systems => return Effect::Open(Box::new(Systems::default())),
            Command::Gateway => return Effect::Open(Box::new(Gateway::begun(session))),
            Command::Profile => return Effect::Open(Box::new(ProfilePicks::default())),
            Command::Back => return Effect::Back,
            _ => {}
        }
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let [head, body] = areas(area);
        draw_head(frame, head, session);
        let rows = self.rows(session);
        let selected = self.index(&rows);
        let page = paging::page_of_lines(rows.len(), selected, body.height);
        for (y, index) in (body.y..body.bottom()).zip(page) {
            let line = self.line(rows[index], index == selected, body.width, session);
            frame.render_widget(line, Rect { y, height: 1, ..body });
        }
    }

    fn returned_from(&mut self, requirement: Option<Reference>) {
        if let Some(seen) = requirement {
            self.select(seen);
        }
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match mouse.kind {
            MouseKind::WheelUp => self.move_by(-3, session),
            MouseKind::WheelDown => self.move_by(3, session),
            MouseKind::Click => {
                let [_, body] = areas(area);
                let rows = self.rows(session);
                let page = paging::page_of_lines(rows.len(), self.index(&rows), body.height);
                let index = mouse.row.checked_sub(body.y).map(|offset| page.start + usize::from(offset));
                if let Some(row) = index.filter(|index| page.contains(index)).map(|index| rows[index]) {
                    let is_second = self.row(session) == row;
                    self.selected = Some(row);
                    if is_second || is_category(row) {
                        return self.choose(session);
                    }
                }
            }
        }
        Effect::None
    }
}

fn areas(area: Rect) -> [Rect; 2] {
    Layout::vertical([Constraint::Length(HEAD_ROWS), Constraint::Fill(1)]).areas(area)
}

/// Both groups and the counts of the whole.
fn draw_head(frame: &mut Frame, area: Rect, session: &Session) {
    let theme = session.theme;
    let standing = session.standing();
    let group = |name: &str, figures: &Figures| {
        Line::from(vec![
            Span::styled(format!(" {name:<13}"), theme.heading()),
            Span::raw(text::cut(&group_words(figures, session), area.width.saturating_sub(14)).into_owned()),
        ])
    };
    let whole = &standing.whole;
    let by_proposal = match standing.by_proposal() {
        0 => String::new(),
        count => format!(" ({count} by proposal)"),
    };
    let proposed = match session.opened().proposals().len() {
        0 => String::new(),
        count => format!(", {count} proposed"),
    };
    let to_confirm = match standing.to_confirm() {
        0 => String::new(),
        count => format!(", {count} to re-confirm"),
    };
    let counts = |shown: &str| {
        // What waits for a second look is more urgent than where a level came from.
        let more = if to_confirm.is_empty() { format!("{by_proposal}{proposed}") } else { to_confirm.clone() };
        let answered = format!("{} of {} answered{more}", whole.levels.answered, whole.applicable());
        let gaps = format!("{} major, {} minor", whole.count_of(Verdict::MajorGap), whole.count_of(Verdict::MinorGap));
        format!(" {}", [answered, format!("{shown} {}", standing.shown()), gaps].join(theme.dot()))
    };
    let disputed = disputes::mark(session).map(|mark| format!(" {mark}{}", theme.dot().trim_end())).unwrap_or_default();
    let room = area.width.saturating_sub(text::width(&disputed));
    let full = counts("shown so far");
    let counts = if text::width(&full) <= room { full } else { counts("shown") };
    let lines = [
        group("Clauses 4-10", &standing.management_system),
        group("Annex A", &standing.controls),
        Line::from_iter([
            Span::styled(disputed, theme.warning()),
            Span::styled(text::cut(&counts, room).into_owned(), theme.muted()),
        ]),
    ];
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        frame.render_widget(line, Rect { y, height: 1, ..area });
    }
}

fn group_words(figures: &Figures, session: &Session) -> String {
    if let Some(words) = figures.state.instead_of_figure() {
        return words.to_owned();
    }
    let level = |ratio: Option<Ratio>| ratio.map_or("-".to_owned(), |ratio| ratio.to_string());
    let coverage = figures.coverage().map_or(0, Ratio::percent);
    let status = figures.status.map_or("", |status| status.name());
    let provisional = if figures.provisional { ", provisional" } else { "" };
    let dot = session.theme.dot();
    let (claimed, credited) = (level(figures.claimed), level(figures.credited));
    format!("claimed {claimed} credited {credited}{dot}{status}{provisional}{dot}{coverage} % answered")
}

impl Map {
    fn line(&self, row: Reference, is_selected: bool, width: u16, session: &Session) -> Line<'static> {
        let theme = session.theme;
        let cursor = if is_selected { theme.cursor() } else { " " };
        let mut spans = vec![Span::styled(format!("{cursor} "), theme.key())];
        if is_category(row) {
            spans.extend(self.category_spans(row, width.saturating_sub(2), session));
        } else {
            spans.extend(requirement_spans(row, width.saturating_sub(2), session));
        }
        Line::from(spans)
    }

    fn category_spans(&self, id: Reference, width: u16, session: &Session) -> Vec<Span<'static>> {
        let theme = session.theme;
        let (Some(category), Some(figures)) = (session.catalog.category(id), session.standing().category(id)) else {
            return Vec::new();
        };
        let sign = if self.open.contains(&id) { "-" } else { "+" };
        let is_disputed = |score: &RequirementScore| score.id.category() == id && score.is_disputed;
        let disputed = if session.standing().requirements.iter().any(is_disputed) { " D" } else { "" };
        let title_width = title_width(width).saturating_sub(text::width(disputed));
        let title = text::fit(&format!("{sign} {id} {}", category.title), title_width);
        let progress = match figures.state {
            ScopeState::NotApplicable | ScopeState::NotCovered => "excluded".to_owned(),
            ScopeState::NotAssessed | ScopeState::NoLevelYet | ScopeState::Assessed => {
                let waiting = session.opened().proposals().keys().filter(|proposed| proposed.category() == id).count();
                let waiting = if waiting > 0 { format!(" +{waiting}") } else { String::new() };
                format!("{:>5}{waiting:<3}", format!("{}/{}", figures.levels.answered, figures.levels.total))
            }
        };
        let gaps = |verdict: Verdict, mark: &str| match figures.count_of(verdict) {
            0 => String::new(),
            count => format!("{mark}{count}"),
        };
        let level = |ratio: Option<Ratio>| ratio.map_or("   ".to_owned(), |ratio| ratio.to_string());
        vec![
            Span::styled(title, theme.heading()),
            Span::styled(disputed, theme.key()),
            Span::raw(format!(" {progress:>8} ")),
            Span::raw(level_bar::bar(figures.claimed, figures.credited, theme)),
            Span::raw(format!(" {} ", level(figures.claimed))),
            Span::styled(format!("{:<5}", gaps(Verdict::MajorGap, "!!")), theme.verdict(Verdict::MajorGap)),
            Span::styled(format!("{:<5}", gaps(Verdict::MinorGap, "!")), theme.verdict(Verdict::MinorGap)),
        ]
    }
}

fn title_width(width: u16) -> u16 {
    width.saturating_sub(FIGURES).min(WIDEST_TITLE)
}

fn requirement_spans(id: Reference, width: u16, session: &Session) -> Vec<Span<'static>> {
    let theme = session.theme;
    let (Some(requirement), Some(score)) = (session.catalog.requirement(id), session.standing().requirement(id)) else {
        return Vec::new();
    };
    let title = text::fit(&format!("    {id} {}", requirement.full_title()), title_width(width));
    let (level, style) = level_words(score, session);
    let verdict = score.judgement.verdict;
    let flags = flags(id, score, session);
    let name = if score.judgement.indicative { format!("({})", verdict.name()) } else { verdict.name().to_owned() };
    vec![
        Span::raw(title),
        Span::styled(format!(" {level:>8} "), style),
        Span::styled(theme.verdict_mark(verdict), theme.verdict(verdict)),
        Span::styled(format!(" {name:<15}"), theme.verdict(verdict)),
        Span::styled(format!("{flags:<4}"), theme.key()),
    ]
}

/// The level of a requirement in at most eight cells: `3>2` claimed and credited, `(2)` proposed.
fn level_words(score: &RequirementScore, session: &Session) -> (String, ratatui::style::Style) {
    let theme = session.theme;
    if !score.is_applicable() {
        return ("excluded".to_owned(), theme.muted());
    }
    match (score.claimed(), score.credited, score.stated, session.opened().proposals().get(&score.id)) {
        (Some(claimed), Some(credited), _, _) if credited < claimed => (format!("{claimed}>{credited}"), theme.text()),
        (Some(claimed), _, _, _) => (claimed.to_string(), theme.text()),
        (None, _, Some(_), _) => ("unknown".to_owned(), theme.muted()),
        (None, _, None, Some(proposal)) => (format!("({})", proposal.level), theme.proposal()),
        (None, _, None, None) => (theme.symbol("\u{b7}", ".").to_owned(), theme.muted()),
    }
}

/// Marks in at most four cells: to re-confirm, flagged, note, disputed, contradiction.
fn flags(id: Reference, score: &RequirementScore, session: &Session) -> String {
    let answer = session.assessment().answer(id);
    let marks = [
        (score.is_to_confirm, "c"),
        (answer.is_some_and(|answer| answer.flagged), "F"),
        (answer.is_some_and(|answer| !answer.note.is_empty()), "n"),
        (score.is_disputed, "D"),
        (score.contradiction.is_some(), "C"),
    ];
    marks.into_iter().filter_map(|(applies, mark)| applies.then_some(mark)).take(4).collect()
}

#[cfg(test)]
mod tests;

//! How a question stands on the screen: parts from top to bottom, each a few lines and what a click on it means.
//! The whole ladder is in view at 80x24; on its checks it folds to the chosen rung.

mod more;

use std::cmp::Reverse;

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use unicode_segmentation::UnicodeSegmentation;

use crate::{
    impact::coverage,
    model::{
        answer::{Answer, CheckAnswer, CheckResponse, LevelAnswer},
        evidence::Freshness,
        level::Level,
        requirement::{Check, CheckKind, Requirement},
    },
    score::requirement_score::RequirementScore,
    tui::{
        screens::question::{Focus, Question, Target},
        session::{Pass, Session},
        widgets::{paging, terms, text},
    },
};

/// A few lines that belong together.
struct Part {
    lines: Vec<Line<'static>>,
    target: Option<Target>,
}

impl Part {
    fn height(&self) -> u16 {
        u16::try_from(self.lines.len()).unwrap_or(u16::MAX)
    }
}

/// Text that stands in front of a rung or check, in cells.
const INDENT: u16 = 5;
/// The rows that the facts beside the level take at most while the checks have the room.
const ROWS_OF_STATE: u16 = 4;

/// Draws the parts that fit, from the top.
pub(super) fn draw(question: &Question, frame: &mut Frame, area: Rect, session: &Session) {
    let mut y = area.y;
    for part in parts(question, area, session) {
        for line in part.lines {
            if y < area.bottom() {
                frame.render_widget(line, Rect { y, height: 1, ..area });
            }
            y = y.saturating_add(1);
        }
    }
}

/// What stands on a row of the screen.
pub(super) fn target_at(question: &Question, row: u16, area: Rect, session: &Session) -> Option<Target> {
    let mut y = area.y;
    for part in parts(question, area, session) {
        y += part.height();
        if row < y {
            return part.target;
        }
    }
    None
}

/// The line of the page behind `i` that comes into view when it is turned by so many pages.
pub(super) fn turned(question: &Question, pages: isize, area: Rect, session: &Session) -> usize {
    let page = Page { question, area, session, requirement: question.requirement(session) };
    page.turned_more(pages)
}

fn parts(question: &Question, area: Rect, session: &Session) -> Vec<Part> {
    let page = Page { question, area, session, requirement: question.requirement(session) };
    if question.shows_more {
        return page.shown_more();
    }
    match question.focus {
        Focus::Ladder => page.on_ladder(),
        Focus::Checks => page.on_checks(),
    }
}

struct Page<'a> {
    question: &'a Question,
    area: Rect,
    session: &'a Session,
    requirement: &'a Requirement,
}

impl Page<'_> {
    fn answer(&self) -> Option<&Answer> {
        self.session.assessment().answer(self.question.id)
    }

    fn score(&self) -> Option<&RequirementScore> {
        self.session.standing().requirement(self.question.id)
    }

    fn on_ladder(&self) -> Vec<Part> {
        let intent = self.marked(&self.requirement.intent, 1, self.session.theme.heading());
        let rungs: Vec<Part> = self.requirement.ladder.rungs().map(|(level, rung)| self.rung(level, rung)).collect();
        let room = self.area.height.saturating_sub(intent.height());
        let state = self.state(room.saturating_sub(height(&rungs)));
        let rungs = self.cut_rungs(rungs, room.saturating_sub(state.height()));
        let parts_so_far = std::iter::once(intent).chain(rungs).chain([state]);
        let mut parts: Vec<Part> = parts_so_far.collect();
        let room = self.area.height.saturating_sub(height(&parts));
        match self.session.pass {
            Pass::Quick => parts.extend(self.why_it_matters(room)),
            Pass::Full => parts.extend(self.checks(room)),
        }
        parts
    }

    fn on_checks(&self) -> Vec<Part> {
        let mut parts = vec![self.chosen_rung(), self.state(ROWS_OF_STATE)];
        parts.extend(self.checks(self.area.height.saturating_sub(height(&parts))));
        parts
    }

    /// The rungs in so many rows: the longest lose lines first, the chosen one and the one under the cursor last.
    fn cut_rungs(&self, mut rungs: Vec<Part>, room: u16) -> Vec<Part> {
        let claimed = self.answer().and_then(Answer::claimed).map(Target::Rung);
        let under_cursor = self.question.rung.map(Target::Rung);
        let importance = |rung: &Part| match rung.target {
            target if target == under_cursor => 2,
            target if target == claimed => 1,
            _ => 0,
        };
        let full: Vec<u16> = rungs.iter().map(Part::height).collect();
        while height(&rungs) > room {
            let can_lose = rungs.iter_mut().filter(|rung| rung.lines.len() > 1);
            let Some(longest) = can_lose.max_by_key(|rung| (Reverse(importance(rung)), rung.lines.len())) else {
                break;
            };
            longest.lines.pop();
        }
        for (rung, full) in rungs.iter_mut().zip(full) {
            if rung.height() < full
                && let Some(last) = rung.lines.last_mut()
            {
                end_in_dots(last, self.area.width.saturating_sub(1));
            }
        }
        rungs
    }

    fn rung(&self, level: Level, rung: &str) -> Part {
        let theme = self.session.theme;
        let claimed = self.answer().and_then(Answer::claimed);
        let proposed = self.session.opened().proposals().get(&self.question.id).map(|proposal| proposal.level);
        let (mark, style) = if claimed == Some(level) {
            (theme.symbol("\u{25cf}", "*"), theme.chosen())
        } else if claimed.is_none() && proposed == Some(level) {
            (theme.symbol("\u{25cb}", "o"), theme.proposal())
        } else {
            (" ", theme.text())
        };
        let cursor = if self.question.rung == Some(level) { theme.cursor() } else { " " };
        let lead = vec![
            Span::styled(cursor, theme.key()),
            Span::styled(mark, style),
            Span::styled(format!(" {level} "), theme.key()),
        ];
        self.indented(lead, rung, style, Some(Target::Rung(level)))
    }

    /// The chosen rung alone, with its level, while the checks have the room.
    fn chosen_rung(&self) -> Part {
        let theme = self.session.theme;
        match self.answer().and_then(Answer::effective_level) {
            Some(LevelAnswer::Level(level)) => self.rung(level, self.requirement.ladder.rung(level)),
            Some(LevelAnswer::Unknown) => self.wrapped("Level: asked, and nobody knows.", 1, theme.muted()),
            None => self.wrapped(&format!("No level yet. {}", self.requirement.intent), 1, theme.muted()),
        }
    }

    /// What is known beside the level: exclusion, proposal, credited level, and the small facts in one line.
    /// Without room for all of it, the blank line above goes first, then the end of the proposal.
    fn state(&self, room: u16) -> Part {
        let theme = self.session.theme;
        let mut lines = Vec::new();
        let answer = self.answer();
        let level = answer.and_then(Answer::effective_level);
        if let Some(exclusion) = answer.and_then(|answer| answer.exclusion.as_ref()) {
            let words = match exclusion.objection(self.question.id) {
                None => format!("Excluded: {}", exclusion.reason),
                Some(objection) => format!("Exclusion not in force: {objection}."),
            };
            lines.extend(self.wrapped(&words, 1, theme.warning()).lines);
        }
        match (level, self.session.opened().proposals().get(&self.question.id)) {
            (None, Some(proposal)) => {
                // With the cursor on a rung, Enter takes that one.
                let takes = if self.question.rung.is_none() && self.question.focus == Focus::Ladder {
                    "; Enter takes it"
                } else {
                    ""
                };
                let words = format!("Proposed {}, not scored{takes}. Why: {}.", proposal.level, proposal.why);
                let mut proposal = self.wrapped(&words, 1, theme.proposal()).lines;
                let fitting = usize::from(room).saturating_sub(lines.len() + 1).max(1);
                if fitting < proposal.len() {
                    proposal.truncate(fitting);
                    proposal.iter_mut().skip(fitting - 1).for_each(|last| end_in_dots(last, self.area.width - 1));
                }
                lines.extend(proposal);
            }
            (Some(LevelAnswer::Unknown), _) => {
                lines.extend(self.wrapped("Level: asked, and nobody knows.", 1, theme.muted()).lines);
            }
            (Some(LevelAnswer::Level(_)), _) | (None, None) => {}
        }
        let register = self.register().filter(|_| lines.len() + 2 <= usize::from(room));
        for words in register.into_iter().chain([self.facts()]) {
            lines.push(Line::styled(format!(" {}", text::cut(&words, self.area.width - 2)), theme.muted()));
        }
        if lines.len() < usize::from(room) {
            lines.insert(0, Line::default());
        }
        Part { lines, target: None }
    }

    /// What the register of AI systems shows for this requirement, unless the proposal says so already.
    fn register(&self) -> Option<String> {
        let (session, id) = (self.session, self.question.id);
        let (catalog, assessment) = (&session.catalog, session.assessment());
        let shown = coverage::coverage(catalog, assessment, &session.standing().systems, session.as_of, id)?;
        let proposal = session.opened().proposals().get(&id);
        let is_said = proposal.is_some_and(|proposal| proposal.why.contains(&shown));
        (!is_said).then(|| format!("Register: {shown}"))
    }

    fn facts(&self) -> String {
        let ids = self.session.catalog.requirements().map(|requirement| requirement.id);
        let place = ids.clone().position(|id| id == self.question.id).unwrap_or_default() + 1;
        let pass = match self.session.pass {
            Pass::Quick => "quick pass",
            Pass::Full => "full pass",
        };
        // First, so that it is seen in a narrow terminal too.
        let disputed = self.answer().filter(|answer| answer.is_disputed()).map(disputed_words);
        let mut facts: Vec<String> = disputed.into_iter().collect();
        if self.answer().is_some_and(|answer| answer.to_confirm) {
            facts.push("to re-confirm: c".to_owned());
        }
        facts.push(format!("{place} of {}", ids.count()));
        if let Some(score) = self.score() {
            facts.push(format!("checks {}/{}", score.checks.answered, score.checks.total));
            facts.push(evidence_words(self.question, self.session));
            if let (Some(claimed), Some(credited)) = (score.claimed(), score.credited) {
                facts.push(format!("claimed {claimed}, credited {credited}"));
            }
        }
        facts.push(pass.to_owned());
        if let Some(answer) = self.answer() {
            facts.extend(answer.flagged.then(|| "flagged".to_owned()));
            facts.extend((!answer.note.is_empty()).then(|| "note".to_owned()));
            facts.extend((!answer.owner.is_empty()).then(|| format!("owner {}", answer.owner)));
        }
        facts.join(self.session.theme.dot())
    }

    fn why_it_matters(&self, room: u16) -> Option<Part> {
        let theme = self.session.theme;
        let mut part = self.marked(&self.requirement.why_it_matters, 1, theme.muted());
        part.lines.insert(0, Line::default());
        (part.height() <= room).then_some(part)
    }

    /// The checks of the page that holds the current one.
    fn checks(&self, room: u16) -> Vec<Part> {
        let is_focused = self.question.focus == Focus::Checks;
        let selected = if is_focused { self.question.check } else { 0 };
        let checks = self.requirement.checks.iter().enumerate();
        let mut all: Vec<Part> = checks.map(|(index, check)| self.check(index, check, is_focused)).collect();
        // Every check must fit in the place that the selected one takes, so that turning a page depends on nothing else.
        let heights: Vec<u16> = all.iter().map(Part::height).collect();
        let shown = paging::page(&heights, selected, room);
        all.drain(shown).collect()
    }

    fn check(&self, index: usize, check: &Check, is_focused: bool) -> Part {
        let theme = self.session.theme;
        let is_selected = is_focused && index == self.question.check;
        let response = self.question.response(check, self.session);
        let (mark, style) = match response.map(|response| response.effective()) {
            Some(CheckAnswer::Yes) => ("[y]", theme.chosen()),
            Some(CheckAnswer::Partly) => ("[p]", theme.warning()),
            Some(CheckAnswer::No) => ("[n]", theme.warning()),
            Some(CheckAnswer::Unknown) => ("[u]", theme.muted()),
            Some(CheckAnswer::NoOccasion) => ("[o]", theme.muted()),
            None => ("[ ]", theme.muted()),
        };
        let cursor = if is_selected { theme.cursor() } else { " " };
        let lead = vec![Span::styled(cursor, theme.key()), Span::styled(format!("{mark} "), style)];
        let mut part = self.indented(lead, &check_words(check), theme.text(), Some(Target::Check(index)));
        let disputed = response.filter(|response| !response.disputed.is_empty());
        if let Some(words) = disputed.map(disputed_check_words) {
            part.lines.extend(self.wrapped(&words, INDENT, theme.warning()).lines);
        }
        if is_selected {
            let open = response.map(|response| response.open_parts.as_slice()).unwrap_or_default();
            for (number, words) in (1u8..).zip(&check.parts) {
                let state = if open.contains(&number) { "open" } else { "    " };
                let line = format!("     {number} {state} {words}");
                part.lines.push(Line::styled(text::cut(&line, self.area.width).into_owned(), theme.text()));
            }
            let look_for = format!("Look for: {}", check.look_for);
            part.lines.extend(self.wrapped(&look_for, INDENT, theme.muted()).lines);
            if let Some(reason) = response.map(|response| &response.reason).filter(|reason| !reason.is_empty()) {
                part.lines.extend(self.wrapped(&format!("No occasion: {reason}"), INDENT, theme.muted()).lines);
            }
        }
        part
    }

    /// Wrapped words in which those that the glossary explains are marked.
    fn marked(&self, words: &str, indent: u16, style: Style) -> Part {
        let lead = " ".repeat(usize::from(indent));
        let width = self.area.width.saturating_sub(indent + 1);
        let term = style.patch(self.session.theme.term());
        let lines = terms::marked_lines(words, width, &self.session.catalog.glossary, style, term);
        let indented = |mut line: Line<'static>| {
            line.spans.insert(0, Span::raw(lead.clone()));
            line
        };
        Part { lines: lines.into_iter().map(indented).collect(), target: None }
    }

    fn wrapped(&self, words: &str, indent: u16, style: Style) -> Part {
        let lead = " ".repeat(usize::from(indent));
        let lines = text::wrap(words, self.area.width.saturating_sub(indent + 1));
        let lines = lines.iter().map(|line| Line::styled(format!("{lead}{line}"), style)).collect();
        Part { lines, target: None }
    }

    /// Words behind a lead of [`INDENT`] cells, further lines under the words.
    fn indented(&self, lead: Vec<Span<'static>>, words: &str, style: Style, target: Option<Target>) -> Part {
        let lead_width: u16 = lead.iter().map(|span| text::width(&span.content)).sum();
        let fill = " ".repeat(usize::from(INDENT.saturating_sub(lead_width)));
        let mut lines = self.marked(words, INDENT, style).lines;
        if let Some(first) = lines.first_mut() {
            let words = first.spans.split_off(1);
            first.spans = lead.into_iter().chain([Span::styled(fill, style)]).chain(words).collect();
        }
        Part { lines, target }
    }
}

/// What of an answer is disputed: for the level what was stated.
fn disputed_words(answer: &Answer) -> String {
    let mut levels: Vec<LevelAnswer> = answer.level.into_iter().chain(answer.disputed_levels.iter().copied()).collect();
    levels.sort();
    levels.dedup();
    if answer.disputed_levels.is_empty() {
        return "disputed (d)".to_owned();
    }
    let level = |stated: LevelAnswer| stated.known().map_or("unknown".to_owned(), |level| level.to_string());
    format!("disputed (d): {}", levels.into_iter().map(level).collect::<Vec<_>>().join(" or "))
}

/// What was stated for a disputed check, and what counts meanwhile.
fn disputed_check_words(response: &CheckResponse) -> String {
    let mut answers = [&[response.answer], response.disputed.as_slice()].concat();
    answers.sort();
    answers.dedup();
    let names: Vec<&str> = answers.iter().map(|answer| CheckAnswer::name(*answer)).collect();
    format!("Disputed (d): {}; until it is settled, {} counts.", names.join(" or "), response.effective().name())
}

fn height(parts: &[Part]) -> u16 {
    parts.iter().map(Part::height).sum()
}

/// Puts three dots at the end of a line of which more was to come, within so many cells.
fn end_in_dots(line: &mut Line<'static>, width: u16) {
    while line.width() + 3 > usize::from(width)
        && let Some(last) = line.spans.last_mut()
    {
        let end = last.content.grapheme_indices(true).next_back().map_or(0, |(start, _)| start);
        last.content.to_mut().truncate(end);
        if end == 0 {
            line.spans.pop();
        }
    }
    if let Some(last) = line.spans.last_mut() {
        last.content = format!("{}...", last.content.trim_end()).into();
    }
}

/// A check's question, with what sets it apart.
fn check_words(check: &Check) -> String {
    match (check.kind, check.critical) {
        (CheckKind::Guidance, _) => format!("{} (guidance)", check.text),
        (CheckKind::Requirement, true) => format!("{} (critical)", check.text),
        (CheckKind::Requirement, false) => check.text.to_string(),
    }
}

fn evidence_words(question: &Question, session: &Session) -> String {
    let evidence = session.assessment().evidence_for(question.id);
    let fresh: Vec<Freshness> = evidence.map(|evidence| evidence.freshness(session.as_of)).collect();
    let current = fresh.iter().filter(|freshness| **freshness == Freshness::Current).count();
    match (fresh.len(), current) {
        (0, _) => "no evidence".to_owned(),
        (all, current) if all == current => format!("evidence {all}"),
        (all, current) => format!("evidence {all}, current {current}"),
    }
}

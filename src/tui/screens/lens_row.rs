//! What is behind a group of a lens: each requirement with its level and verdict, how sure the pairing is, what it means,
//! and, for a duty of the EU AI Act, whom it binds and from when. Enter opens the question.

use std::collections::BTreeMap;

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use crate::{
    impact::duties,
    model::{
        decision_path::Duty,
        lens::{Lens, LensGroup, Mapping},
        level::Level,
        proposal,
        reference::Reference,
    },
    score::{figures::Figures, ratio::Ratio, requirement_score::RequirementScore},
    tui::{
        effect::Effect,
        keys::{Command, Context},
        screens::{
            eu_act::result::day,
            lens::accept_head_start,
            question::Question,
            rows::{Place, Row, Rows, line_with_state, paragraph},
            why::Why,
        },
        session::Session,
        widgets::text,
    },
};

/// The requirements behind a group of a lens.
#[derive(Debug)]
pub struct LensRow {
    lens: String,
    group: String,
    place: Place,
}

impl LensRow {
    /// The group of that id in the lens of that id.
    pub fn new(lens: &str, group: &str) -> LensRow {
        LensRow { lens: lens.to_owned(), group: group.to_owned(), place: Place::default() }
    }

    fn group<'s>(&self, session: &'s Session) -> Option<(&'s Lens, &'s LensGroup)> {
        let lens = session.catalog.lens(&self.lens)?;
        Some((lens, lens.group(&self.group)?))
    }
}

impl Rows for LensRow {
    fn context(&self) -> Context {
        Context::LensRow
    }

    fn title(&self, session: &Session) -> String {
        self.group(session).map_or_else(|| self.group.clone(), |(_, group)| group.label())
    }

    fn head(&self, width: u16, session: &Session) -> Vec<Line<'static>> {
        let Some((_, group)) = self.group(session) else { return Vec::new() };
        let theme = session.theme;
        let mut lines = Vec::new();
        if let Some(duty) = group.duty.as_ref().and_then(|id| session.catalog.eu_act.duty(id)) {
            for (words, style) in duty_words(duty, session) {
                lines.extend(paragraph(&words, width, style));
            }
        }
        let style = if group.is_covered() { theme.heading() } else { theme.warning() };
        lines.extend(paragraph(&support(&session.standing().lens_group(group)), width, style));
        if let Some(start) = group.start {
            let words = format!(
                "These requirements start at level {start}: a proposal; A accepts it where nothing is answered yet."
            );
            lines.extend(paragraph(&words, width, theme.text()));
        }
        lines.extend(paragraph(&group.gap, width, theme.muted()));
        lines
    }

    fn rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let Some((lens, group)) = self.group(session) else {
            return vec![Row::words("gone", "This row is gone.", width, session.theme.warning())];
        };
        let starts = proposal::head_starts(group, session.assessment(), session.opened().proposals());
        let (counted, listed): (Vec<_>, Vec<_>) =
            behind(group).into_iter().partition(|(row, _)| row.confidence.counts());
        let row = |(mapping, within): (&Mapping, Vec<&LensGroup>)| {
            let start = starts.get(&mapping.to).copied();
            Row::new(mapping.to.to_string(), row_lines(lens, mapping, &within, start, width, session))
        };
        let mut rows: Vec<Row> = counted.into_iter().map(row).collect();
        if !listed.is_empty() {
            rows.push(Row::words("listed", "Listed only, not counted:", width, session.theme.muted()));
            rows.extend(listed.into_iter().map(row));
        }
        rows
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.place
    }

    fn act(&mut self, command: Command, key: Option<&str>, session: &Session) -> Effect {
        let Some((lens, group)) = self.group(session) else { return Effect::None };
        let requirement: Option<Reference> = key.and_then(|key| key.parse().ok());
        match (command, requirement) {
            (Command::Choose, Some(id)) => Effect::Open(Box::new(Question::new(id))),
            (Command::Why, Some(id)) => Effect::Open(Box::new(Why::requirement(id))),
            (Command::AcceptAll, _) => accept_head_start(lens, group, session),
            _ => Effect::None,
        }
    }
}

/// The figures of a group in a sentence, or the words that stand for them.
fn support(figures: &Figures) -> String {
    let words = figures.state.instead_of_figure().map(str::to_owned);
    let words = words.unwrap_or_else(|| {
        let level = |level: Option<Ratio>| level.map_or("-".to_owned(), |level| level.to_string());
        let coverage = figures.coverage().map_or(0, Ratio::percent);
        let provisional = if figures.provisional { ", provisional" } else { "" };
        format!(
            "credited {}, claimed {}, {coverage} % answered{provisional}",
            level(figures.credited),
            level(figures.claimed)
        )
    });
    format!("Support from your answers: {words}.")
}

/// The requirements behind a group, each once with its surest pairing, and the groups within it where each stands.
fn behind(group: &LensGroup) -> Vec<(&Mapping, Vec<&LensGroup>)> {
    let mut behind: BTreeMap<Reference, (&Mapping, Vec<&LensGroup>)> = BTreeMap::new();
    for (depth, within) in group.walk() {
        for row in &within.rows {
            let (surest, places) = behind.entry(row.to).or_insert((row, Vec::new()));
            if surest.confidence < row.confidence {
                *surest = row;
            }
            if depth > 0 {
                places.push(within);
            }
        }
    }
    behind.into_values().collect()
}

/// A requirement with what is answered, and below it what ties it to the group.
fn row_lines(
    lens: &Lens,
    row: &Mapping,
    within: &[&LensGroup],
    start: Option<Level>,
    width: u16,
    session: &Session,
) -> Vec<Line<'static>> {
    let theme = session.theme;
    let title = session.catalog.requirement(row.to).map(|requirement| requirement.full_title()).unwrap_or_default();
    let (answered, style) = match session.standing().requirement(row.to) {
        Some(score) => answered(score, start, session),
        None => (String::new(), theme.muted()),
    };
    let mut lines = vec![line_with_state(&format!("{} {title}", row.to), &answered, style, width)];
    let mut parts = vec![row.relation.name().to_owned(), format!("{} confidence", row.confidence.name())];
    if !row.from.is_empty() {
        let from: Vec<&str> = row.from.iter().map(|from| from.as_str()).collect();
        parts.push(format!("from {}: {}", lens.from, from.join("; ")));
    }
    if !within.is_empty() {
        let name = |group: &&LensGroup| {
            if group.number.is_empty() { group.title.to_string() } else { group.number.to_string() }
        };
        parts.push(format!("in {}", within.iter().map(name).collect::<Vec<_>>().join(", ")));
    }
    // What is known about one pairing holds for the group in which it stands.
    let note = if within.is_empty() { row.note.as_str() } else { "" };
    for words in [parts.join(theme.dot()).as_str(), note] {
        if !words.is_empty() {
            let wrapped = text::wrap(words, width.saturating_sub(7)).into_iter();
            lines.extend(wrapped.map(|line| Line::from(Span::styled(format!("    {line}"), theme.muted()))));
        }
    }
    lines
}

/// The level and the verdict of a requirement: `3>2 minor gap`; `start (2)` where a level is proposed.
fn answered(score: &RequirementScore, start: Option<Level>, session: &Session) -> (String, Style) {
    let theme = session.theme;
    let verdict = score.judgement.verdict;
    let name = if score.judgement.indicative { format!("({})", verdict.name()) } else { verdict.name().to_owned() };
    let style = theme.verdict(verdict);
    match (score.claimed(), score.credited, score.stated, start) {
        _ if !score.is_applicable() => (name, theme.muted()),
        (Some(claimed), Some(credited), _, _) if credited < claimed => (format!("{claimed}>{credited} {name}"), style),
        (Some(claimed), _, _, _) => (format!("{claimed} {name}"), style),
        (None, _, Some(_), _) => (format!("unknown {name}"), style),
        (None, _, None, Some(start)) => (format!("start ({start})"), theme.proposal()),
        (None, _, None, None) if score.has_check_answers => (format!("no level yet, {name}"), style),
        (None, _, None, None) => ("not assessed".to_owned(), theme.muted()),
    }
}

/// What a duty asks, whom it binds, of which systems the answers indicate it, and its dates with their marks.
fn duty_words(duty: &Duty, session: &Session) -> Vec<(String, Style)> {
    let theme = session.theme;
    let law = &session.catalog.eu_act;
    let roles: Vec<&str> = duty.roles.iter().map(|role| law.role_name(role)).collect();
    let may = if duty.voluntary { " It permits; nothing has to be done." } else { "" };
    let bound = duties::systems_bound(law, &session.assessment().systems, &session.standing().systems, duty);
    let bound: Vec<&str> = bound.into_iter().map(|(system, _)| system.name.as_str()).collect();
    let indicated = if bound.is_empty() { String::new() } else { format!(" Indicated for {}.", bound.join(", ")) };
    let mut words = vec![
        (duty.summary.to_string(), theme.text()),
        (format!("Binds: {}.{may}{indicated}", roles.join(", ")), theme.muted()),
    ];
    words.extend(duty.dates.iter().map(|date| (day(date), theme.muted())));
    if duty.uncertain {
        words.push(("? Uncertain: public sources disagree on these dates.".to_owned(), theme.warning()));
    }
    words
}

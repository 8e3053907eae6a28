//! Two rounds side by side: what differs, and below the list why the line under the cursor does.

use ratatui::text::Line;

use crate::{
    compare::{Comparison, Round, ScopeChange, plan_change::GoneAction, requirement_change::RequirementChange},
    model::level::Level,
    plan,
    score::{
        credit::EvidenceCount,
        figures::{Figures, Status},
        ratio::Ratio,
        verdict::Verdict,
    },
    tui::{
        effect::Effect,
        keys::{Command, Context},
        screens::rows::{Place, Row, Rows, line_with_state, paragraph},
        session::Session,
        widgets::text,
    },
};

/// The comparison, as the host made it.
#[derive(Debug)]
pub struct Compare {
    comparison: Comparison,
    place: Place,
}

impl Compare {
    /// Shows a comparison.
    pub fn new(comparison: Comparison) -> Compare {
        Compare { comparison, place: Place::default() }
    }

    fn verdict_rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let theme = session.theme;
        let row = |change: &crate::compare::VerdictChange| {
            let state = changed(change.before, change.after);
            let line = line_with_state(change.verdict.name(), &state, theme.verdict(change.verdict), width);
            Row::new(verdict_key(change.verdict), vec![line])
        };
        self.comparison.whole.verdicts.iter().filter(|change| change.is_changed()).map(row).collect()
    }

    fn scope_rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let row = |change: &ScopeChange| {
            let figure = |figures: &Figures, ratio: Option<Ratio>| figure_words(figures, ratio);
            let levels =
                changed(figure(&change.before, change.credited.before), figure(&change.after, change.credited.after));
            let total = change.credited.split.map_or(String::new(), |split| split.total.to_string());
            let state = format!("{levels}  {total:>5}");
            let name = change.scope.name(&session.catalog);
            Row::new(scope_key(change), vec![line_with_state(&name, &state, session.theme.text(), width)])
        };
        self.comparison.changed_scopes().map(row).collect()
    }

    fn requirement_rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let theme = session.theme;
        let row = |change: &RequirementChange| {
            let verdicts = changed(change.before.judgement.verdict.name(), change.after.judgement.verdict.name());
            let title = session.catalog.requirement(change.id).map(|requirement| requirement.full_title().into_owned());
            let words = format!("{} {}", change.id, title.unwrap_or_default());
            let line = line_with_state(&words, &verdicts, theme.verdict(change.after.judgement.verdict), width);
            Row::new(format!("requirement {}", change.id), vec![line])
        };
        self.comparison.changed_requirements().map(row).collect()
    }

    fn evidence_rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let row = |(index, change): (usize, &crate::compare::requirement_change::EvidenceChange)| {
            let line = line_with_state(&change.title, change.what.name(), session.theme.text(), width);
            Row::new(format!("evidence {index}"), vec![line])
        };
        self.comparison.evidence.iter().enumerate().map(row).collect()
    }

    fn plan_rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let (theme, plan) = (session.theme, &self.comparison.plan);
        let gone = plan.gone.iter().map(|GoneAction { action, why }| {
            Row::new(
                format!("gone {}", action.id),
                vec![line_with_state(&action.title, why.name(), theme.chosen(), width)],
            )
        });
        let new = plan.new.iter().map(|action| {
            Row::new(format!("new {}", action.id), vec![line_with_state(&action.title, "new", theme.warning(), width)])
        });
        gone.chain(new).collect()
    }
}

fn verdict_key(verdict: Verdict) -> String {
    format!("verdict {}", verdict.id())
}

fn scope_key(change: &ScopeChange) -> String {
    format!("scope {}", change.scope.id())
}

/// A state then and now; once where they are the same.
fn changed(before: impl ToString, after: impl ToString) -> String {
    let (before, after) = (before.to_string(), after.to_string());
    if before == after { after } else { format!("{before} -> {after}") }
}

fn figure_words(figures: &Figures, ratio: Option<Ratio>) -> String {
    match (figures.state.instead_of_figure(), ratio) {
        (Some(words), _) => words.to_owned(),
        (None, Some(ratio)) => ratio.to_string(),
        (None, None) => "-".to_owned(),
    }
}

fn status_words(status: Option<Status>) -> &'static str {
    status.map_or("not applicable", Status::name)
}

fn evidence_words(count: EvidenceCount) -> String {
    match (count.current, count.stale) {
        (0, 0) => "none".to_owned(),
        (current, 0) => format!("{current} current"),
        (0, stale) => format!("{stale} stale"),
        (current, stale) => format!("{current} current, {stale} stale"),
    }
}

fn signed(number: i64) -> String {
    if number > 0 { format!("+{number}") } else { number.to_string() }
}

/// Why a figure of a scope differs.
fn scope_words(change: &ScopeChange) -> String {
    let split = change.credited.split.map_or("Only one of the two rounds has a figure".to_owned(), |split| {
        format!("By answers {}, by weights {}, by age of evidence {}", split.answers, split.weights, split.age)
    });
    let claimed =
        changed(figure_words(&change.before, change.claimed.before), figure_words(&change.after, change.claimed.after));
    let status = changed(status_words(change.before.status), status_words(change.after.status));
    format!("{split}. Claimed {claimed}. {status}.")
}

/// Why a requirement differs.
fn requirement_words(change: &RequirementChange) -> String {
    let level = |level: Option<Level>| level.map_or("-".to_owned(), |level| level.to_string());
    let claimed = changed(level(change.before.claimed()), level(change.after.claimed()));
    let credited = changed(level(change.before.credited), level(change.after.credited));
    let evidence = changed(evidence_words(change.before.evidence), evidence_words(change.after.evidence));
    let by = match (change.is_answered(), change.is_aged()) {
        (true, true) => "answers and the age of evidence",
        (true, false) => "answers",
        (false, _) => "the age of evidence",
    };
    format!("Claimed {claimed}, credited {credited}, evidence {evidence}. Changed by {by}.")
}

fn round_words(lead: &str, round: &Round) -> String {
    format!("{lead} {}, as of {}", round.name, round.on)
}

impl Rows for Compare {
    fn context(&self) -> Context {
        Context::Compare
    }

    fn title(&self, _session: &Session) -> String {
        "Compare".to_owned()
    }

    fn head(&self, width: u16, session: &Session) -> Vec<Line<'static>> {
        let theme = session.theme;
        let Comparison { before, after, remarks, whole, .. } = &self.comparison;
        let cut = |words: String| Line::styled(text::cut(&words, width).into_owned(), theme.heading());
        let mut lines = vec![cut(round_words(" From", before)), cut(round_words(" to  ", after))];
        let status = changed(status_words(whole.before.status), status_words(whole.after.status));
        let to_confirm = match after.to_confirm {
            0 => String::new(),
            count => format!("; {count} answers of the newer round are to be re-confirmed"),
        };
        lines.extend(paragraph(&format!("Whole: {status}{to_confirm}."), width, theme.text()));
        lines.extend(remarks.iter().flat_map(|remark| paragraph(&remark.words(), width, theme.warning())));
        lines
    }

    fn rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let theme = session.theme;
        if self.comparison.is_empty() {
            return vec![Row::words("none", "Nothing differs.", width, theme.text())];
        }
        let plan = &self.comparison.plan;
        let days = |load: plan::Workload| load.person_days();
        let plan_title = format!(
            "Plan: {} actions, {} person-days",
            changed(plan.before.actions, plan.after.actions),
            changed(days(plan.before), days(plan.after))
        );
        let parts = [
            ("Requirements per verdict".to_owned(), self.verdict_rows(width, session)),
            ("Credited levels".to_owned(), self.scope_rows(width, session)),
            ("Requirements".to_owned(), self.requirement_rows(width, session)),
            ("Evidence".to_owned(), self.evidence_rows(width, session)),
            (plan_title, self.plan_rows(width, session)),
        ];
        let filled = parts.into_iter().filter(|(_, rows)| !rows.is_empty());
        filled
            .flat_map(|(title, rows)| {
                let heading = Row::words(format!("title {title}"), &title, width, theme.heading());
                std::iter::once(heading).chain(rows)
            })
            .collect()
    }

    fn foot(&self, key: Option<&str>, width: u16, session: &Session) -> Vec<Line<'static>> {
        let Some(key) = key else { return Vec::new() };
        let comparison = &self.comparison;
        let verdict = comparison.whole.verdicts.iter().find(|change| verdict_key(change.verdict) == key);
        let scope = comparison.scopes.iter().find(|change| scope_key(change) == key);
        let requirement = comparison.requirements.iter().find(|change| format!("requirement {}", change.id) == key);
        let words = match (verdict, scope, requirement) {
            (Some(change), _, _) => {
                let (answers, age) = (signed(change.by_answers), signed(change.by_age));
                format!("By answers {answers}, by age of evidence {age}; weights change no verdict.")
            }
            (_, Some(change), _) => scope_words(change),
            (_, _, Some(change)) => requirement_words(change),
            (None, None, None) => return Vec::new(),
        };
        paragraph(&words, width, session.theme.muted())
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.place
    }

    fn act(&mut self, _command: Command, _key: Option<&str>, _session: &Session) -> Effect {
        Effect::None
    }
}

#[cfg(test)]
mod tests;

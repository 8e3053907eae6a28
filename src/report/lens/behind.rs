//! What stands behind a row of a lens: its requirements with what is answered, how sure the pairing is, and what it means.

use std::collections::BTreeMap;

use crate::{
    impact::{coverage, duties},
    model::{
        decision_path::Duty,
        lens::{Lens, LensGroup, Mapping, Relation},
        level::Level,
        proposal,
        reference::Reference,
        system::System,
    },
    report::{
        Subject,
        impact::eu_act::date_line,
        line::{Line, Tone},
        page::Entry,
        words,
    },
    score::requirement_score::RequirementScore,
};

/// The answers, as the rows of one lens see them.
pub(super) struct Behind<'a> {
    subject: &'a Subject<'a>,
    lens: &'a Lens,
    /// The levels that its head starts propose.
    starts: BTreeMap<Reference, Level>,
}

impl<'a> Behind<'a> {
    pub(super) fn new(subject: &'a Subject<'a>, lens: &'a Lens) -> Behind<'a> {
        let Subject { catalog, assessment, standing, .. } = *subject;
        let others = coverage::proposed_levels(catalog, assessment, &standing.systems, standing.as_of);
        let starts = lens.groups.iter().flat_map(|group| proposal::head_starts(group, assessment, &others));
        Behind { subject, lens, starts: starts.collect() }
    }

    /// How many levels are proposed.
    pub(super) fn proposed(&self) -> usize {
        self.starts.len()
    }

    /// The level that is proposed for a requirement.
    pub(super) fn start(&self, id: Reference) -> Option<Level> {
        self.starts.get(&id).copied()
    }

    /// A row with all that stands behind it.
    pub(super) fn entry(&self, group: &LensGroup) -> Entry {
        let mut said = Vec::new();
        if let Some(duty) = group.duty.as_ref().and_then(|id| self.subject.catalog.eu_act.duty(id)) {
            said.extend(self.duty_lines(duty));
        }
        if !group.is_covered() {
            said.push(Line::toned("Not covered by ISO/IEC 42001.", Tone::Open));
        }
        if !group.gap.is_empty() {
            said.push(Line::toned(&group.gap, Tone::Faint));
        }
        said.extend(group.rows.iter().map(|row| self.row_line(row, group.start)));
        let start = group.start.map(|start| format!(" (start at level {start})")).unwrap_or_default();
        Entry { name: Line::toned(group.label(), Tone::Strong).and(start, Tone::Plain), said }
    }

    /// Whom a duty binds, of which systems the answers indicate it, and from when it applies.
    fn duty_lines(&self, duty: &Duty) -> Vec<Line> {
        let law = &self.subject.catalog.eu_act;
        let roles: Vec<&str> = duty.roles.iter().map(|role| law.role_name(role)).collect();
        let may = if duty.voluntary { " It permits; nothing has to be done." } else { "" };
        let mut lines = vec![Line::from(format!("Binds: {}.{may}", roles.join(", ")))];
        let systems = self.bound_systems(duty);
        if !systems.is_empty() {
            lines.push(format!("Indicated for: {}.", systems.join("; ")).into());
        }
        lines.extend(duty.dates.iter().map(|date| date_line(date, duty.uncertain)));
        lines
    }

    /// The systems of which the path through the Act indicates that a duty binds, with the roles.
    pub(super) fn bound_systems(&self, duty: &Duty) -> Vec<String> {
        let Subject { catalog, assessment, standing, .. } = *self.subject;
        let law = &catalog.eu_act;
        let bound = duties::systems_bound(law, &assessment.systems, &standing.systems, duty).into_iter();
        let words = |(system, roles): (&System, Vec<&str>)| {
            let roles: Vec<&str> = roles.into_iter().map(|role| law.role_name(role)).collect();
            format!("{} ({})", system.name, roles.join(", "))
        };
        bound.map(words).collect()
    }

    /// `4.1 Organization and context: claimed 3, credited 2, minor gap; high.`
    fn row_line(&self, row: &Mapping, group_start: Option<Level>) -> Line {
        let catalog = self.subject.catalog;
        let title = catalog.requirement(row.to).map(|requirement| requirement.full_title()).unwrap_or_default();
        let line = Line::toned(format!("{} {title}: ", row.to), Tone::Plain);
        let line = match self.subject.standing.requirement(row.to) {
            Some(score) => line.join(answered(score)),
            None => line,
        };
        let start = self.start(row.to).map(|level| {
            let lower = if Some(level) < group_start { ", as another proposal is lower" } else { "" };
            format!("; start at level {level} (proposed{lower})")
        });
        let relation = match row.relation {
            Relation::Supports => String::new(),
            other => format!("; {}", other.name()),
        };
        let counts = if row.confidence.counts() { "" } else { ", listed only" };
        let confidence = format!("; {} confidence{counts}.", row.confidence.name());
        let line = line.and(start.unwrap_or_default() + &relation + &confidence, Tone::Plain);
        let from = words::list(&row.from);
        let from = if from.is_empty() { from } else { format!(" From {}: {from}.", self.lens.from) };
        let note = if row.note.is_empty() { String::new() } else { format!(" {}", row.note) };
        line.and(from, Tone::Plain).and(note, Tone::Faint)
    }
}

/// What is answered of a requirement: `claimed 3, credited 2, minor gap`.
fn answered(score: &RequirementScore) -> Line {
    if !score.is_applicable() {
        return words::verdict(score);
    }
    match (score.claimed(), score.stated, score.has_check_answers) {
        (Some(claimed), _, _) => {
            let levels = format!("claimed {claimed}, credited {}, ", words::level(score.credited));
            Line::from(levels).join(words::verdict(score))
        }
        (None, Some(_), _) => Line::from("level unknown, ").join(words::verdict(score)),
        (None, None, true) => Line::from("no level yet, ").join(words::verdict(score)),
        (None, None, false) => Line::from("not assessed"),
    }
}

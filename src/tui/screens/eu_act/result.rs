//! What follows from the answers: classes with articles, what is open, roles, Article 27, and duties by role with dates.

use ratatui::{style::Style, text::Line};

use crate::{
    impact::{
        duties::{BoundDuty, by_role, duties},
        fria::{Fria, elements, fria},
        path::{ClassFound, Classification, classify},
    },
    model::{
        decision_path::{DecisionPath, DutyDate},
        impact::form::{ImpactForm, Section},
        system::System,
    },
    tui::{session::Session, theme::Theme, widgets::text},
};

/// Longer lines are hard to read.
const WIDEST: u16 = 100;

/// The page under construction.
struct Page<'a> {
    path: &'a DecisionPath,
    theme: Theme,
    width: u16,
    lines: Vec<Line<'static>>,
}

/// The result for a system, line by line.
pub(super) fn lines(system: &System, width: u16, session: &Session) -> Vec<Line<'static>> {
    let path = &session.catalog.eu_act;
    let found = classify(path, &system.eu_act);
    let duties = duties(path, &found);
    let mut page = Page { path, theme: session.theme, width: width.min(WIDEST), lines: Vec::new() };
    page.ban(&found, session);
    page.classes(&found);
    page.open(&found);
    page.roles(&found);
    if !found.is_outside(path) && !found.is_banned(path) {
        page.fria(&found, &session.catalog.impact);
    }
    page.duties(&found, &duties);
    page.small_print(&found, &duties);
    page.lines
}

impl Page<'_> {
    fn heading(&mut self, words: &str) {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        self.lines.push(Line::styled(format!(" {words}"), self.theme.heading()));
    }

    fn words(&mut self, words: &str, indent: u16, style: Style) {
        let before = " ".repeat(usize::from(indent));
        let wrapped = text::wrap(words, self.width.saturating_sub(indent + 1));
        self.lines.extend(wrapped.into_iter().map(|line| Line::styled(format!("{before}{line}"), style)));
    }

    fn ban(&mut self, found: &Classification, session: &Session) {
        let banned = found.found(self.path).into_iter();
        for class in banned.filter(|class| self.path.class(&class.id).is_some_and(|class| class.banned)) {
            let articles = class.references.join(", ");
            let later = class.from.filter(|from| *from > session.as_of);
            let law = match later {
                Some(from) => format!("The law bans this use from {from} on ({articles})."),
                None => format!("The law bans this use ({articles})."),
            };
            let then =
                "The assessment of impact stops here: a banned use is not rated, and it is the first line of the plan.";
            self.words(&format!("{law} {then}"), 1, self.theme.warning());
        }
    }

    fn classes(&mut self, found: &Classification) {
        self.heading(if found.is_complete() { "Indicated classes" } else { "Indicated classes so far" });
        if found.classes.is_empty() {
            self.words("None yet.", 3, self.theme.text());
        }
        for class in found.found(self.path) {
            let Some(text) = self.path.class(&class.id) else { continue };
            self.words(&text.name, 3, self.theme.chosen());
            let grounds = grounds(&class, self.theme);
            if !grounds.is_empty() {
                self.words(&grounds, 5, self.theme.text());
            }
            self.words(&text.means, 5, self.theme.muted());
        }
    }

    fn open(&mut self, found: &Classification) {
        if found.is_complete() {
            return;
        }
        self.heading("Still open; never read as no");
        for step in found.waiting().filter_map(|id| self.path.step(id)) {
            self.words(&step.question, 3, self.theme.warning());
        }
    }

    fn roles(&mut self, found: &Classification) {
        if found.is_outside(self.path) || found.is_banned(self.path) {
            return;
        }
        self.heading("Your roles");
        let words = match found.roles(self.path) {
            None => "Not said yet.".to_owned(),
            Some(roles) if roles.is_empty() => "None.".to_owned(),
            Some(roles) => roles.iter().map(|role| self.path.role_name(role)).collect::<Vec<_>>().join(", "),
        };
        self.words(&words, 3, self.theme.text());
    }

    fn fria(&mut self, found: &Classification, form: &ImpactForm) {
        self.heading("Fundamental rights impact assessment");
        let due = fria(self.path, found);
        self.words(&due.sentence(self.path), 3, self.theme.text());
        match due {
            Fria::No(_) | Fria::Open(_) => return,
            Fria::Applies(_) => {}
        }
        let rule = &self.path.fria;
        for words in [&rule.when, &rule.difference, &rule.data_protection] {
            self.words(words, 3, self.theme.muted());
        }
        self.words("What the impact assessment answers of it:", 3, self.theme.text());
        for cover in elements(self.path, form, |_| false) {
            self.words(&format!("{} {}", cover.element.id, cover.element.name), 5, self.theme.text());
            let section = |section: &Section| format!("{} {}", section.id, section.title);
            let sections: Vec<String> = cover.sections.iter().map(|cover| section(cover.section)).collect();
            self.words(&sections.join(", "), 7, self.theme.muted());
        }
    }

    fn duties(&mut self, found: &Classification, duties: &[BoundDuty<'_>]) {
        let is_role_open = found.roles(self.path).is_none();
        if is_role_open && !duties.is_empty() {
            let so_far = if found.is_complete() { "" } else { " so far" };
            self.heading(&format!("Duties{so_far}, whichever role you hold"));
            duties.iter().for_each(|bound| self.duty(bound, true));
            return;
        }
        for (role, duties) in by_role(self.path, duties) {
            self.heading(&format!("Duties as {}", self.path.role_name(role)));
            duties.into_iter().for_each(|bound| self.duty(bound, false));
        }
    }

    fn duty(&mut self, bound: &BoundDuty<'_>, names_roles: bool) {
        let duty = bound.duty;
        let may = if duty.voluntary { " (may, not must)" } else { "" };
        self.words(&format!("{}  {}{may}", duty.article, duty.title), 3, self.theme.chosen());
        self.words(&duty.summary, 5, self.theme.text());
        if names_roles {
            let roles: Vec<&str> = bound.roles.iter().map(|role| self.path.role_name(role)).collect();
            self.words(&format!("Binds: {}.", roles.join(", ")), 5, self.theme.muted());
        }
        for date in &bound.dates {
            self.words(&day(date), 5, self.theme.muted());
        }
        if duty.uncertain {
            let mark = match bound.dates.len() {
                0 | 1 => "? This date is uncertain.",
                _ => "? Uncertain: public sources disagree on these dates.",
            };
            self.words(mark, 5, self.theme.warning());
        }
        if !duty.change.is_empty() {
            self.words(&format!("Changed 2026: {}", duty.change), 5, self.theme.muted());
        }
    }

    fn small_print(&mut self, found: &Classification, duties: &[BoundDuty<'_>]) {
        self.heading("To know");
        let is_high = found.classes.iter().filter_map(|id| self.path.class(id)).any(|class| class.full_form);
        let has_dates = !duties.is_empty();
        let notes = [
            has_dates.then_some(&self.path.date_note),
            is_high.then_some(&self.path.legacy),
            Some(&self.path.disclaimer),
            Some(&self.path.acknowledgement),
        ];
        for note in notes.into_iter().flatten() {
            self.words(note, 3, self.theme.muted());
        }
    }
}

/// By what a class was found, and from when it applies.
fn grounds(class: &ClassFound, theme: Theme) -> String {
    let from = class.from.map(|from| format!("from {from}{}", before(class.was)));
    let parts = [(!class.references.is_empty()).then(|| class.references.join(", ")), from];
    parts.into_iter().flatten().collect::<Vec<_>>().join(theme.dot())
}

pub(in crate::tui::screens) fn day(date: &DutyDate) -> String {
    format!("From {}{}: {}.", date.day, before(date.was), date.scope)
}

fn before(was: Option<chrono::NaiveDate>) -> String {
    was.map(|was| format!(" (before the amendment {was})")).unwrap_or_default()
}

//! One lens: its groups, one within the other, each with the support from the answers. What nothing covers says so.

use ratatui::text::{Line, Span};

use crate::{
    model::{
        edit::Change,
        lens::{Lens, LensGroup},
        proposal,
        reference::Reference,
    },
    score::{figures::Figures, ratio::Ratio},
    tui::{
        effect::Effect,
        keys::{Command, Context},
        screens::{
            lens_row::LensRow,
            rows::{Place, Row, Rows, paragraph},
            why::Why,
        },
        session::Session,
        widgets::text,
    },
};

/// The cells of the figures to the right: both levels and the status.
const FIGURES: u16 = 30;

/// The groups of a lens.
#[derive(Debug)]
pub struct LensScreen {
    lens: String,
    place: Place,
}

impl LensScreen {
    /// The lens of that id.
    pub fn new(lens: &str) -> LensScreen {
        LensScreen { lens: lens.to_owned(), place: Place::default() }
    }

    fn lens<'s>(&self, session: &'s Session) -> Option<&'s Lens> {
        session.catalog.lens(&self.lens)
    }
}

impl Rows for LensScreen {
    fn context(&self) -> Context {
        Context::Lens
    }

    fn title(&self, session: &Session) -> String {
        let title = self.lens(session).map_or(self.lens.as_str(), |lens| &lens.title);
        format!("{title}: support from your answers")
    }

    fn head(&self, width: u16, session: &Session) -> Vec<Line<'static>> {
        let legend = text::fit(" * provisional: it may still move", width.saturating_sub(FIGURES));
        let words = format!("{:<9}{:<8}{:<13}", "credited", "claimed", "status");
        vec![Line::styled(legend + &words, session.theme.muted())]
    }

    fn rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let Some(lens) = self.lens(session) else {
            return vec![Row::words("gone", "This lens is gone.", width, session.theme.warning())];
        };
        let row = |(depth, group)| Row::new(group_id(group), vec![group_line(depth, group, width, session)]);
        lens.walk().into_iter().map(row).collect()
    }

    fn foot(&self, key: Option<&str>, width: u16, session: &Session) -> Vec<Line<'static>> {
        let group = self.lens(session).zip(key).and_then(|(lens, id)| lens.group(id));
        let Some(group) = group else { return Vec::new() };
        let theme = session.theme;
        let ids: Vec<String> = group.counted().iter().map(Reference::to_string).collect();
        let label = paragraph(&group.label(), width, theme.heading());
        let behind = match ids.len() {
            0 => String::new(),
            count if !group.groups.is_empty() => format!("{count} requirements are behind it."),
            _ => format!("Behind it: {}.", ids.join(", ")),
        };
        let start =
            group.start.map(|level| format!("These requirements start at level {level}: a proposal; A accepts it."));
        let parts = [start.as_deref().unwrap_or_default(), group.gap.as_str(), &behind];
        let words = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        label.into_iter().chain(paragraph(&words, width, theme.muted())).collect()
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.place
    }

    fn act(&mut self, command: Command, key: Option<&str>, session: &Session) -> Effect {
        let lens = self.lens(session);
        let Some((lens, group)) = lens.and_then(|lens| Some((lens, lens.group(key?)?))) else { return Effect::None };
        match command {
            Command::Choose => Effect::Open(Box::new(LensRow::new(&lens.id, &group.id))),
            Command::Why if group.is_covered() => Effect::Open(Box::new(Why::area(&lens.id, &group.id))),
            Command::Why => Effect::Say("No figure stands here: ISO/IEC 42001 does not cover it.".to_owned()),
            Command::AcceptAll => accept_head_start(lens, group, session),
            _ => Effect::None,
        }
    }
}

fn group_id(group: &LensGroup) -> &str {
    &group.id
}

/// A group, stepped in by its depth, with its figures or the words that stand for them.
fn group_line(depth: usize, group: &LensGroup, width: u16, session: &Session) -> Line<'static> {
    let theme = session.theme;
    let style = if depth == 0 { theme.heading() } else { theme.text() };
    // Two cells for the marker of the cursor, one before the figures.
    let room = width.saturating_sub(FIGURES + 3);
    let label = text::fit(&format!("{}{}", " ".repeat(depth), group.label()), room) + " ";
    let figures = session.standing().lens_group(group);
    let is_plain = figures.state.instead_of_figure().is_some();
    let figures_style = if is_plain { theme.muted() } else { theme.text() };
    Line::from_iter([Span::styled(label, style), Span::styled(figures_words(&figures), figures_style)])
}

fn figures_words(figures: &Figures) -> String {
    if let Some(words) = figures.state.instead_of_figure() {
        return words.to_owned();
    }
    let level = |level: Option<Ratio>| level.map_or(String::new(), |level| level.to_string());
    let star = if figures.provisional { "*" } else { "" };
    let status = figures.status.map_or("", |status| status.name());
    format!("{:<9}{:<8}{status}{star}", level(figures.credited), level(figures.claimed))
}

/// Takes over the levels at which open requirements of a group start, in one step.
pub(super) fn accept_head_start(lens: &Lens, group: &LensGroup, session: &Session) -> Effect {
    if !lens.is_head_start() {
        return Effect::Say("This lens proposes no levels; those on a head start do.".to_owned());
    }
    let starts = proposal::head_starts(group, session.assessment(), session.opened().proposals());
    let changes: Vec<Change> = starts.into_iter().map(|(id, level)| Change::accepted_level(id, level)).collect();
    match changes.len() {
        0 => Effect::Say("Nothing is proposed here that is not answered already.".to_owned()),
        count => {
            let levels = if count == 1 { "level" } else { "levels" };
            let said = format!("{count} {levels} taken over from the head start; z takes them back.");
            Effect::All(vec![Effect::Apply(Change::Batch(changes)), Effect::Say(said)])
        }
    }
}

#[cfg(test)]
mod tests;

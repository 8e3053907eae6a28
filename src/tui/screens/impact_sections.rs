//! The sections of the impact assessment of one system: how far each is, and the way to everything else about it.

use ratatui::text::{Line, Span};

use crate::{
    impact::progress::{Form, Progress, PromptState, SectionProgress, progress},
    tui::{
        effect::Effect,
        keys::{Command, Context},
        screens::{
            assessed::{self, Assessed, GONE, fria},
            benefits::Benefits,
            harms::Harms,
            impact_prompt::ImpactPrompt,
            level_why::LevelWhy,
            measures::Measures,
            occasions::Occasions,
            rows::{Place, Row, Rows, paragraph},
            sign_offs::SignOffs,
        },
        session::Session,
        widgets::text,
    },
};

/// The cells of how many prompts are answered.
const ANSWERED: u16 = 10;
/// The cells of how many essential ones are open.
const OPEN: u16 = 18;

/// The sections of the assessment of a system.
#[derive(Debug)]
pub struct ImpactSections {
    system: String,
    place: Place,
    /// Whether all sections are shown although the short form is enough.
    is_all: bool,
}

impl ImpactSections {
    /// The sections that the system of that id asks for.
    pub fn new(system: &str) -> ImpactSections {
        ImpactSections { system: system.to_owned(), place: Place::default(), is_all: false }
    }

    /// The same with the cursor on one section.
    pub fn on(system: &str, section: &str) -> ImpactSections {
        ImpactSections { system: system.to_owned(), place: Place::on(section), is_all: false }
    }

    fn form(&self, assessed: Assessed<'_>) -> Form {
        if self.is_all { Form::Full } else { Form::asked_for(assessed.rating) }
    }

    fn progress(&self, assessed: Assessed<'_>, session: &Session) -> Progress {
        progress(&session.catalog.impact, assessed.system, assessed.rating, self.form(assessed))
    }

    /// The prompts, from the first open one of a section on.
    fn open_section(&self, section: &SectionProgress, form: Form, session: &Session) -> Effect {
        let open = section.prompts.iter().find(|prompt| prompt.state == PromptState::Open);
        match open.or(section.prompts.first()) {
            Some(prompt) => Effect::Open(Box::new(ImpactPrompt::new(&self.system, &prompt.prompt, form, session))),
            None => Effect::None,
        }
    }

    fn next_open(&self, progress: &Progress, session: &Session) -> Effect {
        let is_open = |section: &&SectionProgress| section.answered() < section.total();
        match progress.sections.iter().find(is_open) {
            Some(section) => self.open_section(section, progress.form, session),
            None => Effect::Say(format!("All prompts of the {} are answered.", progress.form.name())),
        }
    }
}

/// Which form is asked for, how far it is, and why.
fn form_words(progress: &Progress, assessed: Assessed<'_>, session: &Session) -> String {
    let (answered, total) = (progress.answered(), progress.total());
    let essential = match progress.essential_open().count() {
        0 => String::new(),
        1 => ", 1 essential open".to_owned(),
        open => format!(", {open} essential open"),
    };
    let reasons = assessed.rating.full_form_words(&session.catalog);
    let (name, why) = match (progress.form, reasons.as_slice()) {
        (Form::Short, _) => ("Short form", "t shows all sections.".to_owned()),
        (Form::Full, []) => ("Full form, although the short one is enough", "t shows the short one.".to_owned()),
        (Form::Full, reasons) => ("Full form", format!("Asked for by: {}.", reasons.join("; "))),
    };
    format!("{name}: {answered} of {total} answered{essential}. {why}")
}

/// The dimensions of which something is still to be said, in a sentence; empty for none.
fn silent_words(progress: &Progress, session: &Session) -> String {
    let names = progress.silent_dimensions.iter().filter_map(|id| session.catalog.impact.dimension(id));
    let names: Vec<&str> = names.map(|dimension| dimension.name.as_str()).collect();
    if names.is_empty() { String::new() } else { format!("Harms (h) still to look for: {}.", names.join("; ")) }
}

impl Rows for ImpactSections {
    fn context(&self) -> Context {
        Context::ImpactSections
    }

    fn title(&self, session: &Session) -> String {
        assessed::title("Impact assessment", &self.system, session)
    }

    fn head(&self, width: u16, session: &Session) -> Vec<Line<'static>> {
        let theme = session.theme;
        let Some(assessed) = Assessed::find(&self.system, session) else { return Vec::new() };
        if assessed.rating.is_banned {
            let words =
                "The law bans this use: stop it. It is not rated and cannot be approved, whatever is answered here.";
            return paragraph(words, width, theme.warning());
        }
        let progress = self.progress(assessed, session);
        let mut lines = paragraph(&form_words(&progress, assessed, session), width, theme.text());
        lines.extend(paragraph(&silent_words(&progress, session), width, theme.warning()));
        lines
    }

    fn rows(&self, width: u16, session: &Session) -> Vec<Row> {
        let theme = session.theme;
        let Some(assessed) = Assessed::find(&self.system, session) else {
            return vec![Row::words("gone", GONE, width, theme.warning())];
        };
        let row = |section: SectionProgress| {
            let found = session.catalog.impact.sections.iter().find(|known| known.id == section.section);
            let title = found.map_or(section.section.as_str(), |found| &found.title);
            let title = text::fit(title, width.saturating_sub(ANSWERED + OPEN + 4));
            let answered = text::fit(&format!("{} of {}", section.answered(), section.total()), ANSWERED);
            let (open, style) = match (section.essential_open(), section.total() - section.answered()) {
                (0, 0) => ("done".to_owned(), theme.chosen()),
                (0, _) => (String::new(), theme.muted()),
                (open, _) => (format!("{open} essential open"), theme.warning()),
            };
            let spans = [Span::raw(format!("{title} ")), Span::raw(answered), Span::styled(open, style)];
            Row::new(section.section, vec![Line::from_iter(spans)])
        };
        self.progress(assessed, session).sections.into_iter().map(row).collect()
    }

    fn foot(&self, key: Option<&str>, width: u16, session: &Session) -> Vec<Line<'static>> {
        let section = session.catalog.impact.sections.iter().find(|section| Some(section.id.as_str()) == key);
        let Some(section) = section else { return Vec::new() };
        let fria = fria(section).map(|elements| format!(" Also answers {elements}.")).unwrap_or_default();
        paragraph(&format!("{}{fria}", section.purpose), width, session.theme.muted())
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.place
    }

    fn act(&mut self, command: Command, key: Option<&str>, session: &Session) -> Effect {
        let Some(assessed) = Assessed::find(&self.system, session) else { return Effect::None };
        let progress = self.progress(assessed, session);
        let id = &self.system;
        match command {
            Command::Choose => match key.and_then(|key| progress.section(key)) {
                Some(section) => self.open_section(section, progress.form, session),
                None => Effect::None,
            },
            Command::NextOpen => self.next_open(&progress, session),
            Command::TogglePass if Form::asked_for(assessed.rating) == Form::Full => {
                Effect::Say("This system asks for the full form; w says why.".to_owned())
            }
            Command::TogglePass => {
                self.is_all = !self.is_all;
                Effect::None
            }
            Command::Harms => Effect::Open(Box::new(Harms::new(id))),
            Command::Measures => Effect::Open(Box::new(Measures::new(id))),
            Command::Benefits => Effect::Open(Box::new(Benefits::new(id))),
            Command::SignOff => Effect::Open(Box::new(SignOffs::new(id))),
            Command::Occasions => Effect::Open(Box::new(Occasions::new(id))),
            Command::Why => Effect::Open(Box::new(LevelWhy::new(id))),
            _ => Effect::None,
        }
    }
}

#[cfg(test)]
mod tests;

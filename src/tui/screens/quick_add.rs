//! Quick add: AI systems are registered one in a line, and a known kind of bought tool fills in what is usually true of it.
//!
//! A line is `kind: name, supplier, owner`, or just a name. The screen stays open for the next line.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::Line,
};

use crate::{
    model::{
        assessment::Assessment,
        edit::Change,
        impact::form::{ImpactForm, Tool},
        profile::AiRole,
        system::{Stage, System},
    },
    tui::{
        effect::Effect,
        input::{Key, Mouse, MouseKind},
        keys::{Command, Context},
        screens::View,
        session::Session,
        widgets::{line_input::LineInput, list::List, paging, text},
    },
};

const ASK: &str = "Its name in a line, or \"copilot: GitHub Copilot, GitHub, Ann\" (kind: name, supplier, owner).";
/// The cells of the word for a kind, with the cursor before it.
const KIND: u16 = 16;

/// The line in which a system is written, and what was added so far.
#[derive(Debug, Default)]
pub struct QuickAdd {
    input: LineInput,
    /// The place of the kind that Tab takes, among those that fit.
    kind: usize,
    /// The ids added since the screen was opened.
    added: Vec<String>,
    /// Whether the next way back throws away what is written.
    is_warned: bool,
}

/// The parts of the screen.
struct Places {
    ask: Rect,
    input: Rect,
    said: Rect,
    list: List,
    range: Rect,
    foot: Rect,
    foot_words: String,
}

impl QuickAdd {
    /// The kinds that fit what stands before the colon so far.
    fn kinds<'c>(&self, form: &'c ImpactForm) -> Vec<&'c Tool> {
        let typed = self.input.text().split(':').next().unwrap_or_default().trim().to_lowercase();
        // A word of the name may be typed as well, from its beginning on.
        let begins = |tool: &&Tool| tool.name.to_lowercase().split(' ').any(|word| word.starts_with(&typed));
        let fits =
            |tool: &&Tool| tool.id.starts_with(&typed) || tool.name.to_lowercase().starts_with(&typed) || begins(tool);
        form.tools.iter().filter(fits).collect()
    }

    fn add(&mut self, session: &Session) -> Effect {
        let Some(system) = read(self.input.text(), &session.catalog.impact, session.assessment()) else {
            return Effect::Say("Nothing is written yet; Esc ends.".to_owned());
        };
        self.input.clear();
        self.kind = 0;
        self.added.push(system.id.clone());
        Effect::Apply(Change::system("entry", system))
    }

    /// Writes the kind into the line; what stands behind a colon stays.
    fn take(&mut self, session: &Session) {
        let kinds = self.kinds(&session.catalog.impact);
        if let Some(tool) = kinds.get(self.kind.min(kinds.len().saturating_sub(1))) {
            let rest = self.input.text().split_once(':').map_or("", |(_, rest)| rest.trim());
            self.input = LineInput::new(&format!("{}: {rest}", tool.id));
            self.kind = 0;
        }
    }

    /// Ends, but not over a half-written line without a word.
    fn leave(&mut self) -> Effect {
        if self.is_warned || self.input.text().trim().is_empty() {
            return Effect::Back;
        }
        self.is_warned = true;
        Effect::Say("Again throws this line away; Enter adds it.".to_owned())
    }

    /// What was added last, and how many in all.
    fn said(&self, session: &Session) -> String {
        let added: Vec<&System> = self.added.iter().filter_map(|id| session.assessment().system(id)).collect();
        let Some(last) = added.last() else { return String::new() };
        let with = [("supplier", last.suppliers.join(", ")), ("owner", last.owner.clone())];
        let with: String = with
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!(", {name} {value}"))
            .collect();
        let count = if added.len() > 1 { format!(" ({} so far)", added.len()) } else { String::new() };
        format!("Added {}{with}{count}.", last.name)
    }

    /// What the kind under the cursor fills in.
    fn foot(&self, form: &ImpactForm) -> String {
        let kinds = self.kinds(form);
        let kind = kinds.get(self.kind.min(kinds.len().saturating_sub(1)));
        kind.map_or("No kind begins like this: the whole line is the name.".to_owned(), |tool| fills_in(tool, form))
    }

    fn places(&self, area: Rect, session: &Session) -> Places {
        let form = &session.catalog.impact;
        let kinds = self.kinds(form).len();
        let foot_words = self.foot(form);
        let width = area.width.saturating_sub(2);
        let height = |words: &str| u16::try_from(text::wrap(words, width).len()).unwrap_or(1);
        // As high for every kind, so that the list stays the same while the cursor moves.
        let foot = form.tools.iter().map(|tool| height(&fills_in(tool, form))).max().unwrap_or(1);
        let (one, ask, foot) = (Constraint::Length(1), Constraint::Length(height(ASK)), Constraint::Length(foot));
        let rows = [ask, one, one, Constraint::Fill(1), one, foot];
        let [ask, input, said, list, range, foot] = Layout::vertical(rows).areas(area);
        let list = List { heights: vec![1; kinds], selected: self.kind.min(kinds.saturating_sub(1)), area: list };
        Places { ask, input, said, list, range, foot, foot_words }
    }
}

/// What a kind fills in, in words.
fn fills_in(tool: &Tool, form: &ImpactForm) -> String {
    let groups: Vec<&str> = tool.affected.iter().map(|id| form.group_name(id)).collect();
    let affects = if groups.is_empty() { "nobody yet".to_owned() } else { groups.join("; ") };
    format!("{}. Affects: {affects}. In scope, in operation, used by you.", tool.purpose)
}

/// The system that a line describes; nothing where nothing is written.
fn read(line: &str, form: &ImpactForm, assessment: &Assessment) -> Option<System> {
    let line = line.trim();
    // A kind alone is meant as one.
    let (kind, rest) = line.split_once(':').unwrap_or((line, ""));
    let tool = tool_of(kind, form);
    let parts: Vec<&str> = if tool.is_some() { rest.split(',').map(str::trim).collect() } else { vec![line] };
    let part = |place: usize| parts.get(place).copied().unwrap_or_default();
    let name = match (part(0), tool) {
        ("", None) => return None,
        ("", Some(tool)) => tool.name.as_str(),
        (name, _) => name,
    };
    let plain = System::named(free_id(name, assessment), name);
    Some(tool.map_or(plain.clone(), |tool| System {
        suppliers: [part(1)].into_iter().filter(|supplier| !supplier.is_empty()).map(str::to_owned).collect(),
        owner: part(2).to_owned(),
        purpose: tool.purpose.to_string(),
        affected: tool.affected.iter().map(|group| group.to_string()).collect(),
        roles: vec![AiRole::User],
        stage: Some(Stage::Operation),
        ..plain
    }))
}

/// The kind of that word or name.
fn tool_of<'c>(word: &str, form: &'c ImpactForm) -> Option<&'c Tool> {
    let word = word.trim().to_lowercase();
    form.tools.iter().find(|tool| tool.id == *word || tool.name.to_lowercase() == word)
}

/// An id out of a name: lower case letters, digits and hyphens, with a number behind it where it is taken.
fn free_id(name: &str, assessment: &Assessment) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let words: Vec<&str> = plain.split_whitespace().take(6).collect();
    let base = if words.is_empty() { "system".to_owned() } else { words.join("-") };
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let is_free = |id: &String| assessment.system(id).is_none();
    std::iter::once(base.clone()).chain(numbered).find(is_free).expect("there are more numbers than systems")
}

impl View for QuickAdd {
    fn context(&self) -> Context {
        Context::QuickAdd
    }

    fn title(&self, _session: &Session) -> String {
        "Add AI systems".to_owned()
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let count = self.kinds(&session.catalog.impact).len();
        match command {
            Command::Choose => {
                self.is_warned = false;
                return self.add(session);
            }
            Command::Switch => self.take(session),
            Command::Up => self.kind = paging::moved(self.kind, -1, count),
            Command::Down => self.kind = paging::moved(self.kind, 1, count),
            Command::Clear => self.input.clear(),
            Command::Back => return self.leave(),
            _ => {}
        }
        self.is_warned = false;
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let theme = session.theme;
        let Places { ask, input, said, list, range, foot, foot_words } = self.places(area, session);
        let width = area.width.saturating_sub(2);
        for (words, area, style) in [(ASK, ask, theme.text()), (foot_words.as_str(), foot, theme.muted())] {
            for (row, line) in area.rows().zip(text::wrap(words, width)) {
                frame.render_widget(Line::styled(format!(" {line}"), style), row);
            }
        }
        let columns = [Constraint::Length(1), Constraint::Length(2), Constraint::Fill(1), Constraint::Length(1)];
        let [_, marker, line, _] = Layout::horizontal(columns).areas(input);
        frame.render_widget(theme.cursor(), marker);
        self.input.draw(frame, line, theme);
        let words = self.said(session);
        frame.render_widget(Line::styled(text::fit(&format!(" {words}"), said.width), theme.chosen()), said);
        let kinds = self.kinds(&session.catalog.impact);
        for (index, place) in list.places() {
            let tool = kinds[index];
            let (mark, style) =
                if index == list.selected { (theme.cursor(), theme.text()) } else { (" ", theme.muted()) };
            let kind = text::fit(&format!(" {mark} {}:", tool.id), KIND + 2);
            let line = format!("{kind}{}", tool.name);
            frame.render_widget(Line::styled(text::fit(&line, place.width), style), place);
        }
        frame.render_widget(Line::styled(list.range(), theme.muted()).right_aligned(), range);
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn type_key(&mut self, key: Key, _session: &Session) -> Effect {
        self.kind = 0;
        self.is_warned = false;
        self.input.type_key(key);
        Effect::None
    }

    fn paste(&mut self, pasted: &str, _session: &Session) -> Effect {
        self.kind = 0;
        self.is_warned = false;
        self.input.insert(pasted);
        Effect::None
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        let list = self.places(area, session).list;
        match mouse.kind {
            MouseKind::WheelUp => self.handle(Command::Up, session),
            MouseKind::WheelDown => self.handle(Command::Down, session),
            MouseKind::Click => match list.item_at(mouse) {
                Some(kind) => {
                    self.kind = kind;
                    self.handle(Command::Switch, session)
                }
                None => Effect::None,
            },
        }
    }

    fn pending(&self, session: &Session) -> Option<Change> {
        read(self.input.text(), &session.catalog.impact, session.assessment())
            .map(|system| Change::system("entry", system))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::{Screen, assessment};

    fn quick_add(width: u16, height: u16) -> Screen {
        Screen::open(width, height, assessment(Vec::new())).above(QuickAdd::default())
    }

    fn system<'s>(screen: &'s Screen, id: &str) -> &'s System {
        screen.app.session.assessment().system(id).expect("a system of that id")
    }

    #[test]
    fn the_kinds_are_listed_and_typing_narrows_them() {
        insta::assert_snapshot!(quick_add(60, 16).text(), @r#"
        Add AI systems                                      Acme
        Its name in a line, or "copilot: GitHub Copilot, GitHub,
        Ann" (kind: name, supplier, owner).
        ▸

        ▸ assistant:     Chat assistant
          copilot:       Coding assistant
          meeting-notes: Meeting notes
          translation:   Translation
          search:        Search in own documents
                                                         1-5 of 14
        Drafts and summarizes texts and answers questions for
        staff. Affects: Workers and job applicants; People who do
        not use it but are recorded or affected. In scope, in
        operation, used by you.
        Enter add  Tab take the kind  Esc done
        "#);
        insta::assert_snapshot!(quick_add(80, 24).types("copilot: GitHub Copilot, GitHub").keys("enter").types("m").text(), @r#"
        Add AI systems                                                    Acme  saving
        Its name in a line, or "copilot: GitHub Copilot, GitHub, Ann" (kind: name,
        supplier, owner).
        ▸ m
        Added GitHub Copilot, supplier GitHub.
        ▸ meeting-notes: Meeting notes
          marketing:     Marketing texts













        Records, writes down and summarizes meetings. Affects: Workers and job
        applicants; People who do not use it but are recorded or affected. In scope,
        in operation, used by you.
        Enter add  Tab take the kind  Esc done
        "#);
    }

    #[test]
    fn five_tools_take_five_lines() {
        let lines = [
            "copilot: GitHub Copilot, GitHub, Bea",
            "assistant: Claude, Anthropic",
            "Meeting Notes: Minutes",
            "translation",
            "Shop: search and more, with commas",
        ];
        let screen = lines.iter().fold(quick_add(80, 24), |screen, line| screen.types(line).keys("enter"));
        let systems = &screen.app.session.assessment().systems;
        let ids: Vec<&str> = systems.iter().map(|system| system.id.as_str()).collect();
        assert_eq!(ids, ["claude", "github-copilot", "minutes", "shop-search-and-more-with-commas", "translation"]);
        let copilot = system(&screen, "github-copilot");
        assert_eq!((copilot.suppliers.as_slice(), copilot.owner.as_str()), (&["GitHub".to_owned()][..], "Bea"));
        assert_eq!((copilot.roles.as_slice(), copilot.stage), (&[AiRole::User][..], Some(Stage::Operation)));
        assert_eq!(copilot.purpose, "Suggests and reviews program code for developers");
        assert!(copilot.in_scope && copilot.affected == ["AG-WRK"]);
        assert_eq!(system(&screen, "minutes").affected, ["AG-WRK", "AG-NON"]);
        assert_eq!(system(&screen, "translation").name, "Translation", "a kind alone lends its name");
        let plain = system(&screen, "shop-search-and-more-with-commas");
        assert_eq!(plain.name, "Shop: search and more, with commas");
        assert!(plain.purpose.is_empty() && plain.roles.is_empty());
    }

    #[test]
    fn each_line_is_one_step_to_take_back() {
        let screen = quick_add(80, 24).types("Bot").keys("enter").types("Bot").keys("enter esc z");
        let ids: Vec<&str> = screen.app.session.assessment().systems.iter().map(|system| system.id.as_str()).collect();
        assert_eq!(ids, ["bot"]);
    }

    #[test]
    fn a_half_written_line_is_not_thrown_away_without_a_word() {
        let mut screen = quick_add(80, 24).types("Half a na").keys("esc");
        assert!(screen.text().contains("Again throws this line away; Enter adds it."), "{}", screen.text());
        let mut screen = screen.types("me").keys("esc");
        assert!(screen.text().contains("Half a name"), "{}", screen.text());
        let screen = screen.keys("esc");
        assert_eq!(screen.app.context(), Some(Context::Map));
        assert!(screen.app.session.assessment().systems.is_empty());
    }

    #[test]
    fn tab_takes_the_kind_and_nothing_written_adds_nothing() {
        let mut screen = quick_add(80, 24).types("hir").keys("tab").types("Talent, Acme HR").keys("enter enter");
        assert!(screen.text().contains("Nothing is written yet; Esc ends."), "{}", screen.text());
        assert_eq!(system(&screen, "talent").affected, ["AG-WRK", "AG-MIN", "AG-DIS"]);
        let screen = screen.mouse(MouseKind::Click, 5, 6).types("審査").keys("enter");
        assert_eq!(system(&screen, "system").purpose, "Suggests and reviews program code for developers");
        assert!(quick_add(60, 16).types("zzz").text().contains("the whole line is the name."));
    }

    #[test]
    fn it_fits_every_terminal() {
        Screen::fits_everywhere(|width, height| quick_add(width, height).types("hiring: Talent").keys("enter"));
    }
}

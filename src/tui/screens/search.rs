//! Search: finds requirements, checks, notes, AI systems, their harms and measures, actions, words and evidence while
//! one types.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    style::Style,
    text::{Line, Span},
};
use unicode_segmentation::UnicodeSegmentation;

use crate::tui::{
    effect::Effect,
    input::{Key, Mouse, MouseKind},
    keys::{Command, Context},
    screens::{View, evidence::EvidenceRegister, glossary::Glossary, plan::PlanScreen, system_page::SystemPage},
    search::{Entry, Index, Query, Target},
    session::Session,
    widgets::{line_input::LineInput, paging, text},
};

const HINT: &str = "Numbers and titles of requirements, their checks and your notes, AI systems with their harms and \
    measures, evidence, actions, and words of the glossary. Several words may stand in any order; letters may be left out.";
/// The cells of marker and kind.
const KIND: u16 = 15;

/// A line to type in, and what it finds.
#[derive(Debug)]
pub struct Search {
    index: Index,
    input: LineInput,
    /// Positions in the index, best first.
    hits: Vec<usize>,
    selected: usize,
}

impl Search {
    /// A search with nothing typed yet.
    pub fn new(session: &Session) -> Search {
        let index = Index::of(&session.catalog, session.assessment());
        Search { index, input: LineInput::default(), hits: Vec::new(), selected: 0 }
    }

    fn edit(&mut self, edit: impl FnOnce(&mut LineInput)) -> Effect {
        edit(&mut self.input);
        let query = Query::new(self.input.text());
        self.hits = if query.is_empty() { Vec::new() } else { self.index.hits(&query) };
        self.selected = 0;
        Effect::None
    }

    fn move_by(&mut self, steps: isize) -> Effect {
        self.selected = paging::moved(self.selected, steps, self.hits.len());
        Effect::None
    }

    /// Goes to what the cursor is on.
    fn go(&self, session: &Session) -> Effect {
        let Some(entry) = self.hits.get(self.selected).and_then(|hit| self.index.entry(*hit)) else {
            return Effect::None;
        };
        match &entry.target {
            Target::Requirement(id) | Target::Check(id) | Target::Note(id) => Effect::GoTo(*id),
            Target::System(id) | Target::Harm(id) | Target::Measure(id) => {
                Effect::Replace(Box::new(SystemPage::new(id)))
            }
            Target::Action(id) if session.plan().step(id).is_some() => Effect::Replace(Box::new(PlanScreen::on(id))),
            Target::Action(_) => Effect::All(vec![
                Effect::Replace(Box::new(PlanScreen::default())),
                Effect::Say("Nothing that was answered asks for this action at present.".to_owned()),
            ]),
            Target::Term(term) => Effect::Replace(Box::new(Glossary::at(term, session))),
            Target::Evidence(id) => Effect::Replace(Box::new(EvidenceRegister::on(id))),
        }
    }

    fn draw_hits(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let query = Query::new(self.input.text());
        let page = paging::page_of_lines(self.hits.len(), self.selected, area.height);
        for (row, position) in area.rows().zip(page) {
            if let Some(entry) = self.index.entry(self.hits[position]) {
                frame.render_widget(hit_line(entry, &query, position == self.selected, area.width, session), row);
            }
        }
    }
}

/// The line to type in, a blank one, and the hits.
fn areas(area: Rect) -> [Rect; 2] {
    let [input, _, hits] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    [input, hits]
}

fn hit_line(entry: &Entry, query: &Query, is_selected: bool, width: u16, session: &Session) -> Line<'static> {
    let theme = session.theme;
    let cursor = if is_selected { theme.cursor() } else { " " };
    let kind = Span::styled(text::fit(entry.target.kind(), KIND - 3), theme.muted());
    let found = entry.matched(query);
    let (label_width, behind) = (text::width(&entry.label), entry.label.chars().count() + 1);
    let gap = if entry.label.is_empty() { "" } else { " " };
    let room = width.saturating_sub(KIND + label_width + 2);
    let in_text: Vec<usize> = found.iter().filter_map(|letter| letter.checked_sub(behind)).collect();
    let label = marked(&entry.label, &found, label_width, theme.text(), theme.term());
    let text = marked(&entry.text, &in_text, room, theme.text(), theme.term());
    Line::from_iter(
        [Span::raw(format!(" {cursor} ")), kind].into_iter().chain(label).chain([Span::raw(gap)]).chain(text),
    )
}

/// The part of a text around what was found, at most `width` cells wide; dots stand for what is left out.
fn marked(words: &str, found: &[usize], width: u16, style: Style, found_style: Style) -> Vec<Span<'static>> {
    let cells = cells_of(words, found);
    if width_of(&cells) <= width {
        return spans(&cells, style, found_style);
    }
    let (before, rest) = cells.split_at(start_of(&cells, width));
    let dots = if before.is_empty() { "" } else { "..." };
    let room = width.saturating_sub(text::width(dots));
    let (shown, more) =
        if width_of(rest) <= room { (rest, "") } else { (fitting(rest, room.saturating_sub(3)), "...") };
    let shown = spans(shown, style, found_style).into_iter();
    [Span::styled(dots, style)].into_iter().chain(shown).chain([Span::styled(more, style)]).collect()
}

fn width_of(cells: &[Cell]) -> u16 {
    cells.iter().fold(0, |sum, cell| sum.saturating_add(cell.width))
}

/// As many cells from the first on as fit.
fn fitting<'c, 't>(cells: &'c [Cell<'t>], mut room: u16) -> &'c [Cell<'t>] {
    let fits = |cell: &&Cell| {
        let fits = cell.width <= room;
        room = room.saturating_sub(cell.width);
        fits
    };
    &cells[..cells.iter().take_while(fits).count()]
}

/// What one sees as a character, and whether the query was found there.
#[derive(Debug)]
struct Cell<'a> {
    symbol: &'a str,
    width: u16,
    is_found: bool,
}

fn cells_of<'a>(words: &'a str, found: &[usize]) -> Vec<Cell<'a>> {
    let mut position = 0;
    let cells = words.graphemes(true).map(|symbol| {
        let letters = position..position + symbol.chars().count();
        position = letters.end;
        Cell { symbol, width: text::width(symbol), is_found: found.iter().any(|letter| letters.contains(letter)) }
    });
    cells.collect()
}

/// The first cell to show: the first one, unless the first find would stand in the last third or beyond; never so far
/// that room is left at the end.
fn start_of(cells: &[Cell], width: u16) -> usize {
    let first_find = cells.iter().position(|cell| cell.is_found).unwrap_or(0);
    let before = width_of(&cells[..first_find]);
    if before <= width / 3 * 2 {
        return 0;
    }
    let fills_line = width_of(cells).saturating_sub(width.saturating_sub(3));
    let mut left_out = (before - width / 3).min(fills_line);
    let is_first = |cell: &Cell| {
        let is_first = left_out == 0;
        left_out = left_out.saturating_sub(cell.width);
        is_first
    };
    cells.iter().position(is_first).unwrap_or(0)
}

/// Neighbours of the same style as one span.
fn spans(cells: &[Cell], style: Style, found_style: Style) -> Vec<Span<'static>> {
    let runs = cells.chunk_by(|a, b| a.is_found == b.is_found);
    let span = |run: &[Cell]| {
        let words: String = run.iter().map(|cell| cell.symbol).collect();
        Span::styled(words, if run[0].is_found { found_style } else { style })
    };
    runs.map(span).collect()
}

impl View for Search {
    fn context(&self) -> Context {
        Context::Search
    }

    fn title(&self, _session: &Session) -> String {
        "Search".to_owned()
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        match command {
            Command::Up => self.move_by(-1),
            Command::Down => self.move_by(1),
            Command::Choose => self.go(session),
            Command::Clear => self.edit(LineInput::clear),
            Command::Back => Effect::Back,
            _ => Effect::None,
        }
    }

    fn turn(&mut self, pages: isize, area: Rect, _session: &Session) -> Effect {
        let [_, hits] = areas(area);
        self.selected = paging::turned(&vec![1; self.hits.len()], self.selected, hits.height, pages);
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let theme = session.theme;
        let [line, hits] = areas(area);
        let is_asked = !self.input.text().trim().is_empty();
        let count = match self.hits.len() {
            0 if is_asked => "nothing found ".to_owned(),
            0 => String::new(),
            count => format!("{} of {count} ", self.selected + 1),
        };
        let columns = [Constraint::Length(3), Constraint::Fill(1), Constraint::Length(text::width(&count) + 1)];
        let [slash, input, right] = Layout::horizontal(columns).areas(line);
        frame.render_widget(Span::styled(" / ", theme.key()), slash);
        self.input.draw(frame, input, theme);
        frame.render_widget(Line::styled(count, theme.muted()).right_aligned(), right);
        if is_asked {
            self.draw_hits(frame, hits, session);
            return;
        }
        for (row, words) in hits.rows().zip(text::wrap(HINT, hits.width.saturating_sub(6))) {
            frame.render_widget(Line::styled(format!("   {words}"), theme.muted()), row);
        }
    }

    fn type_key(&mut self, key: Key, _session: &Session) -> Effect {
        self.edit(|input| input.type_key(key))
    }

    fn paste(&mut self, pasted: &str, _session: &Session) -> Effect {
        self.edit(|input| input.insert(pasted))
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        let [_, hits] = areas(area);
        match mouse.kind {
            MouseKind::WheelUp => self.move_by(-1),
            MouseKind::WheelDown => self.move_by(1),
            MouseKind::Click => {
                let row = mouse.row.checked_sub(hits.y).map(usize::from);
                let page = paging::page_of_lines(self.hits.len(), self.selected, hits.height);
                match row.and_then(|row| page.clone().nth(row)) {
                    Some(hit) if hit == self.selected => self.go(session),
                    Some(hit) => {
                        self.selected = hit;
                        Effect::None
                    }
                    None => Effect::None,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{
            edit::Change,
            impact::{
                ImpactAssessment,
                harm::{Harm, Measure},
            },
            system::System,
        },
        tui::{
            testing::{Screen, assessment},
            theme::Palette,
        },
    };

    fn search(width: u16, height: u16) -> Screen {
        let note =
            |id: &str, note: &str| Change::SetNote { requirement: id.parse().expect("a number"), note: note.into() };
        let harm = Harm { id: "h".into(), what: "Refuses a loan to who could pay".into(), ..Harm::default() };
        let measure = Measure { id: "m".into(), what: "Second look by a person".into(), ..Measure::default() };
        let impact = ImpactAssessment { harms: vec![harm], measures: vec![measure], ..ImpactAssessment::default() };
        let system = System { impact, ..System::named("bot", "審査 Bot\u{1b}[2J\u{202e}") };
        let changes = vec![
            note(
                "A.6.2.4",
                &format!(
                    "{}影響評価 minutes of the board{}",
                    "what was said before ".repeat(20),
                    " and after".repeat(20)
                ),
            ),
            note("4.1", "Zoë\nasked"),
            Change::system("entry", system),
        ];
        let screen = Screen::open(width, height, assessment(changes));
        let view = Search::new(&screen.app.session);
        screen.above(view)
    }

    #[test]
    fn everything_is_found_while_one_types() {
        insta::assert_snapshot!(search(80, 24).text(), @"
        Search                                                                  Acme
        /

          Numbers and titles of requirements, their checks and your notes, AI
          systems with their harms and measures, evidence, actions, and words of the
          glossary. Several words may stand in any order; letters may be left out.

















        Enter go there  Up up  Down down  Esc cancel
        ");
        insta::assert_snapshot!(search(80, 24).types("risk asess").keys("down").text(), @"
        Search                                                                  Acme
        / risk asess                                                           2 of 12

          requirement 6.1.2 AI risk assessment
        ▸ requirement 8.2 AI risk assessment
          word        risk assessment, AI risk assessment
          action      Assess the risks of each system, choose treatments
          check       6.1.2 Is the risk assessment method itself kept in writing?
          check       8.2 Is the result of every AI risk assessment kept in writing?
          check       6.1.4 Are the results of impact assessments considered in the...
          check       6.1.2 Are assessed risks held against the AI risk criteria an...
          check       6.1.2 Is there a defined way to assess AI risks that follows ...
          check       6.1.3 Does a set process start from the risk assessment resul...
          check       8.3 When an assessment finds a new risk that needs treatment,...
          check       8.2 Are AI risk assessments carried out at planned intervals,...








        Enter go there  Up up  Down down  Esc cancel
        ");
        insta::assert_snapshot!(search(60, 16).looks(Palette::Plain, true).types("BOARD minute").text(), @r"
        Search                                              Acme
        / BOARD minute                                      1 of 1

        > note        A.6.2.4 ...re 影響評価 minutes of the boa...











        Enter go there  Up up  Down down  Esc cancel
        ");
        insta::assert_snapshot!(search(60, 16).types("bot").text(), @"
        Search                                              Acme
        / bot                                              1 of 33

        ▸ AI system   審査 Bot[2J
          check       5.2 ...e AI policy contain both commitments?
          check       6.1.3 ...ted for it agreed to both of these?
          check       A.7.2 ... documents for a chatbot to search?
          action      List every AI system, built or bought
          check       A.9.2 ...h AI inside bought software as w...
          check       A.9.3 ...to check it, in bought systems too?
          check       A.7.6 ...e data come before the choice of...
          check       A.6.2.4 Are pass marks set before testing...
          action      List who hears what about your AI, and b...
          check       7.4 ...communicate about the AI managemen...
          check       A.8.4 ...ich incidents users are told about?
        Enter go there  Up up  Down down  Esc cancel
        ");
        assert!(search(80, 24).types("xyzzyx").keys("enter").text().contains("nothing found"));
    }

    #[test]
    fn enter_goes_where_the_find_is() {
        let goes = |query: &str| {
            let session = search(80, 24).app.session;
            let mut search = Search::new(&session);
            search.paste(query, &session);
            search.handle(Command::Choose, &session)
        };
        assert!(matches!(goes("zoë"), Effect::GoTo(requirement) if requirement.to_string() == "4.1"));
        assert!(matches!(goes("A.6.2.4"), Effect::GoTo(requirement) if requirement.to_string() == "A.6.2.4"));
        let replaced = |query: &str| match goes(query) {
            Effect::Replace(view) => Some(view.context()),
            Effect::All(effects) => effects.into_iter().find_map(|effect| match effect {
                Effect::Replace(view) => Some(view.context()),
                _ => None,
            }),
            _ => None,
        };
        assert_eq!(replaced("審査"), Some(Context::SystemPage));
        assert_eq!(replaced("refuses a loan"), Some(Context::SystemPage));
        assert_eq!(replaced("second look by a person"), Some(Context::SystemPage));
        assert_eq!(replaced("list every ai system built"), Some(Context::Plan));
        assert_eq!(replaced("poisoning"), Some(Context::Glossary));
        assert!(matches!(goes("xyzzyx"), Effect::None));
    }

    #[test]
    fn the_part_around_the_find_is_shown() {
        let shown = |words: &str, query: &str, width: u16| {
            let words = text::one_line(words);
            let found: Vec<usize> = words.find(query).map(|at| words[..at].chars().count()).into_iter().collect();
            let spans = marked(&words, &found, width, Style::new(), Style::new());
            let shown: String = spans.iter().map(|span| span.content.as_ref()).collect();
            assert!(text::width(&shown) <= width, "{shown}");
            shown
        };
        assert_eq!(shown("short", "r", 10), "short");
        assert_eq!(shown("a text that is too long", "a", 12), "a text th...");
        assert_eq!(shown("a text that is too long for it", "o", 12), "...is too...");
        assert_eq!(shown("a text that is too long", "lo", 12), "... too long");
        assert_eq!(shown("影響評価影響評価終わるまで", "終", 11), "...価終...");
        assert_eq!(shown("", "x", 0), "");
    }

    #[test]
    fn pages_and_mouse_move_the_cursor() {
        let mut screen = search(60, 16).types("ai").keys("pagedown pagedown pageup");
        assert!(screen.text().contains("13 of "), "{}", screen.text());
        screen = screen.mouse(MouseKind::Click, 5, 4);
        assert!(screen.text().contains("14 of "), "{}", screen.text());
    }

    #[test]
    fn it_fits_every_terminal() {
        Screen::fits_everywhere(|width, height| search(width, height).types("policy"));
    }
}

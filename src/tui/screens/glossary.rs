//! The glossary: words that a newcomer does not know. Those of the text that one comes from stand first.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use crate::{
    model::catalog::Term,
    tui::{
        effect::Effect,
        input::{Mouse, MouseKind},
        keys::{Command, Context},
        screens::View,
        session::Session,
        widgets::{paging, terms, text},
    },
};

/// Longer lines are hard to read.
const WIDEST: u16 = 100;

/// The list of words.
#[derive(Debug, Default)]
pub struct Glossary {
    /// The words of the text that one comes from, as positions in the catalogue; they stand first.
    here: Vec<usize>,
    selected: usize,
}

impl Glossary {
    /// The words, with those that occur in some texts first.
    pub fn of(texts: &[&str], session: &Session) -> Glossary {
        Glossary { here: terms::terms_in(texts, &session.catalog.glossary), selected: 0 }
    }

    /// The words in the order of the alphabet, at that word.
    pub fn at(term: &str, session: &Session) -> Glossary {
        let selected = session.catalog.glossary.iter().position(|other| other.term == term);
        Glossary { here: Vec::new(), selected: selected.unwrap_or(0) }
    }

    /// The words in the order in which they are shown.
    fn ordered<'s>(&self, session: &'s Session) -> Vec<&'s Term> {
        let all = &session.catalog.glossary;
        let here = self.here.iter().filter_map(|index| all.get(*index));
        let others = all.iter().enumerate().filter(|(index, _)| !self.here.contains(index)).map(|(_, term)| term);
        here.chain(others).collect()
    }

    /// The heading above a word, where a part begins.
    fn heading(&self, position: usize) -> Option<&'static str> {
        match position {
            _ if self.here.is_empty() => None,
            0 => Some("In the text that you come from"),
            first_other if first_other == self.here.len() => Some("All other words"),
            _ => None,
        }
    }

    /// The rows of one word, a blank one last.
    fn rows(&self, position: usize, term: &Term, width: u16, session: &Session) -> Vec<Line<'static>> {
        let theme = session.theme;
        let cursor = if position == self.selected { theme.cursor() } else { " " };
        let heading = self.heading(position).map(|words| Line::styled(format!(" {words}"), theme.muted()));
        let others = terms::forms(term).split_off(1);
        let also = if others.is_empty() { String::new() } else { format!("  also: {}", others.join(", ")) };
        let room = width.saturating_sub(text::width(&term.term) + 4);
        let name = Line::from_iter([
            Span::raw(format!(" {cursor} ")),
            Span::styled(text::cut(&term.term, width.saturating_sub(4)).into_owned(), theme.heading()),
            Span::styled(text::cut(&also, room).into_owned(), theme.muted()),
        ]);
        let meaning = text::wrap(&term.meaning, width.saturating_sub(7)).into_iter();
        let meaning = meaning.map(|line| Line::raw(format!("     {line}")));
        heading.into_iter().chain([name]).chain(meaning).chain([Line::default()]).collect()
    }

    fn all_rows(&self, area: Rect, session: &Session) -> Vec<Vec<Line<'static>>> {
        let width = area.width.min(WIDEST);
        let terms = self.ordered(session).into_iter().enumerate();
        terms.map(|(position, term)| self.rows(position, term, width, session)).collect()
    }

    fn move_by(&mut self, steps: isize, session: &Session) -> Effect {
        self.selected = paging::moved(self.selected, steps, session.catalog.glossary.len());
        Effect::None
    }
}

fn heights(rows: &[Vec<Line>]) -> Vec<u16> {
    rows.iter().map(|rows| u16::try_from(rows.len()).unwrap_or(u16::MAX)).collect()
}

impl View for Glossary {
    fn context(&self) -> Context {
        Context::Glossary
    }

    fn title(&self, session: &Session) -> String {
        format!("Glossary: {} words", session.catalog.glossary.len())
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        match command {
            Command::Up => self.move_by(-1, session),
            Command::Down => self.move_by(1, session),
            Command::First => self.move_by(isize::MIN, session),
            Command::Last => self.move_by(isize::MAX, session),
            Command::Back | Command::Glossary => Effect::Back,
            _ => Effect::None,
        }
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        let heights = heights(&self.all_rows(area, session));
        self.selected = paging::turned(&heights, self.selected, area.height, pages);
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let rows = self.all_rows(area, session);
        let page = paging::page(&heights(&rows), self.selected, area.height);
        for (row, line) in area.rows().zip(rows.into_iter().skip(page.start).take(page.len()).flatten()) {
            frame.render_widget(line, row);
        }
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match mouse.kind {
            MouseKind::WheelUp => self.move_by(-1, session),
            MouseKind::WheelDown => self.move_by(1, session),
            MouseKind::Click => {
                let heights = heights(&self.all_rows(area, session));
                let row = mouse.row.saturating_sub(area.y);
                self.selected = paging::item_at(&heights, self.selected, area.height, row).unwrap_or(self.selected);
                Effect::None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::{
        screens::gateway::Gateway,
        testing::{Screen, assessment},
        theme::Palette,
    };

    #[test]
    fn the_words_of_the_text_in_view_stand_first() {
        let screen = || Screen::open(80, 24, assessment(Vec::new())).above(Gateway::default());
        insta::assert_snapshot!(screen().keys("right g").text(), @r#"
        Glossary: 83 words                                                      Acme
        In the text that you come from
        ▸ AI system
            A technical system that turns what it is given into texts, forecasts,
            advice or decisions, mostly by patterns learned from data. It may be
            built, bought, or a feature inside other software.

        All other words
          affected group
            People who feel what an AI system does, whether or not they use it:
            applicants, patients, drivers, children, staff, neighbours.

          AI agent
            An AI system that does things by itself in other programs, step after
            step: it sends, books, orders, deletes. What matters is which rights it
            has and who can stop it.

          AI customer  also: AI user
            A role: whoever uses an AI product or service, in its own work or for its
            own clients. A ten-person company that buys a chatbot holds it. The EU AI
            Act mostly says "deployer".


        / search  ? help  q back
        "#);
        assert!(screen().keys("g g").text().contains("question 1 of 14"), "the same key leads back");
    }

    #[test]
    fn all_words_are_paged_through() {
        let screen = |looks| {
            let screen = Screen::open(60, 16, assessment(Vec::new())).above(Glossary::default());
            if looks { screen.looks(Palette::Plain, true) } else { screen }
        };
        insta::assert_snapshot!(screen(true).keys("pagedown down").text(), @r#"
        Glossary: 83 words                                  Acme
          AI customer  also: AI user
            A role: whoever uses an AI product or service, in its
            own work or for its own clients. A ten-person company
            that buys a chatbot holds it. The EU AI Act mostly
            says "deployer".

        > AI governance body
            The people whom the top names to decide on AI
            together, for instance management, law, security and
            staff. In a small company the managing directors may
            be that body.



        / search  ? help  q back
        "#);
        let mut seen = String::new();
        let mut paged = screen(false);
        for _ in 0..40 {
            seen.push_str(&paged.text());
            paged = paged.keys("pagedown");
        }
        for term in &paged.app.session.catalog.glossary.clone() {
            assert!(
                seen.contains(&format!("   {}", term.term)) || seen.contains(&format!(" \u{25b8} {}", term.term)),
                "{}",
                term.term
            );
        }
        assert!(paged.keys("home").text().contains("affected group"));
    }

    #[test]
    fn it_fits_every_terminal() {
        Screen::fits_everywhere(|width, height| {
            Screen::open(width, height, assessment(Vec::new())).above(Glossary::default())
        });
    }
}

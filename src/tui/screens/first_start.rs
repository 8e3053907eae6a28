//! Home while there is no save: what this is, and two ways to begin.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::tui::{
    effect::{Effect, Request},
    input::{Mouse, MouseKind},
    keys::{Command, Context},
    screens::{
        View,
        prompt::{Prompt, Purpose},
    },
    session::Session,
    widgets::{paging, text},
};

const WHAT: &str = "A self-assessment against ISO/IEC 42001:2023: 14 plain questions for a first picture in about 12 \
    minutes, then 70 at your own pace, and a plan of what to do. Nothing leaves this computer.";
const NOTICE: &str = "In this tool's own words and levels: not the text of the standard, not a certification, \
    not an internal audit as in 9.2, not legal advice. Whether evidence suffices is an auditor's judgement.";
const WAYS: [(&str, &str); 2] =
    [("Start", "name it and answer plain questions"), ("Look at the example", "finished, only for looking at")];
/// Longer lines are hard to read.
const WIDEST: u16 = 90;

/// The first thing that anybody sees.
#[derive(Debug, Default)]
pub struct FirstStart {
    selected: usize,
}

impl FirstStart {
    fn choose(&self) -> Effect {
        match self.selected {
            0 => Effect::Open(Box::new(Prompt::new(Purpose::NewAssessment, String::new()))),
            _ => Effect::Ask(Request::Example),
        }
    }

    /// All rows, and the way that each stands for; blank rows go first where there is little room.
    fn rows(&self, area: Rect, session: &Session) -> Vec<(Line<'static>, Option<usize>)> {
        let theme = session.theme;
        let width = area.width.min(WIDEST).saturating_sub(4);
        let words = |words: &str, style: Style| -> Vec<(Line<'static>, Option<usize>)> {
            let lines = text::wrap(words, width).into_iter();
            lines.map(|line| (Line::styled(format!("  {line}"), style), None)).collect()
        };
        let ways = WAYS.iter().enumerate().map(|(index, (name, about))| {
            let cursor = if self.selected == index { theme.cursor() } else { " " };
            let name = Span::styled(format!("{name:<21}"), theme.chosen());
            let about = Span::styled((*about).to_owned(), theme.muted());
            (Line::from_iter([Span::raw(format!("  {cursor} ")), name, about]), Some(index))
        });
        let parts = [
            words("See where your AI management system stands.", theme.heading()),
            words(WHAT, theme.text()),
            ways.collect(),
            words(&format!("Assessments are kept in {}", session.folder), theme.text()),
            words(NOTICE, theme.muted()),
        ];
        let rows: usize = parts.iter().map(Vec::len).sum();
        let mut spare = usize::from(area.height).saturating_sub(rows);
        let mut all = Vec::new();
        for part in parts {
            if spare > 0 {
                spare -= 1;
                all.push((Line::default(), None));
            }
            all.extend(part);
        }
        all
    }
}

impl View for FirstStart {
    fn context(&self) -> Context {
        Context::FirstStart
    }

    fn title(&self, _session: &Session) -> String {
        "Welcome".to_owned()
    }

    fn handle(&mut self, command: Command, _session: &Session) -> Effect {
        match command {
            Command::Up | Command::First | Command::PageUp => self.selected = 0,
            Command::Down | Command::Last | Command::PageDown => self.selected = WAYS.len() - 1,
            Command::Choose => return self.choose(),
            Command::New => return FirstStart { selected: 0 }.choose(),
            Command::Example => return FirstStart { selected: 1 }.choose(),
            Command::Search => return Effect::Say("There is nothing to search yet.".to_owned()),
            Command::Back => return Effect::Back,
            _ => {}
        }
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        for (row, (line, _)) in area.rows().zip(self.rows(area, session)) {
            frame.render_widget(line, row);
        }
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match mouse.kind {
            MouseKind::WheelUp => self.selected = paging::moved(self.selected, -1, WAYS.len()),
            MouseKind::WheelDown => self.selected = paging::moved(self.selected, 1, WAYS.len()),
            MouseKind::Click => {
                let row = usize::from(mouse.row.saturating_sub(area.y));
                let way = self.rows(area, session).get(row).and_then(|(_, way)| *way);
                match way {
                    Some(way) if way == self.selected => return self.choose(),
                    Some(way) => self.selected = way,
                    None => {}
                }
            }
        }
        Effect::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::{effect::Reply, testing::Screen, theme::Palette};

    #[test]
    fn the_first_screen_says_what_it_is_and_offers_two_ways() {
        insta::assert_snapshot!(Screen::home(80, 24, Vec::new()).text(), @r"
        Welcome                                                             aimscope

         See where your AI management system stands.

         A self-assessment against ISO/IEC 42001:2023: 14 plain questions for a first
         picture in about 12 minutes, then 70 at your own pace, and a plan of what to
         do. Nothing leaves this computer.

         ▸ Start                name it and answer plain questions
           Look at the example  finished, only for looking at

         Assessments are kept in ~/saves

         In this tool's own words and levels: not the text of the standard, not a
         certification, not an internal audit as in 9.2, not legal advice. Whether
         evidence suffices is an auditor's judgement.







        Enter choose  n start  x example  q leave  ? help
        ");
        insta::assert_snapshot!(Screen::home(60, 16, Vec::new()).looks(Palette::Plain, true).text(), @r"
        Welcome                                         aimscope

         See where your AI management system stands.

         A self-assessment against ISO/IEC 42001:2023: 14 plain
         questions for a first picture in about 12 minutes, then
         70 at your own pace, and a plan of what to do. Nothing
         leaves this computer.
         > Start                name it and answer plain questions
           Look at the example  finished, only for looking at
         Assessments are kept in ~/saves
         In this tool's own words and levels: not the text of the
         standard, not a certification, not an internal audit as
         in 9.2, not legal advice. Whether evidence suffices is
         an auditor's judgement.
        Enter choose  n start  x example  q leave  ? help
        ");
    }

    #[test]
    fn both_ways_lead_on() {
        let mut screen = Screen::home(80, 24, Vec::new()).keys("down enter").keys("x");
        assert!(matches!(screen.requests[..], [Request::Example, Request::Example]));
        screen = screen.keys("up enter").types("Acme 2026").keys("enter");
        assert!(matches!(&screen.requests[2..], [Request::Create(name)] if name == "Acme 2026"));
        let mut screen = screen.keys("esc").mouse(MouseKind::Click, 10, 9).mouse(MouseKind::Click, 10, 9);
        assert!(matches!(screen.requests.last(), Some(Request::Example)), "{}", screen.text());
    }

    #[test]
    fn the_list_comes_with_the_first_save_and_goes_with_the_last() {
        let save = crate::tui::session::SaveEntry {
            path: "a.ron".into(),
            name: "Acme".into(),
            organization: String::new(),
            progress: Some((0, 70)),
            headline: String::new(),
            changed: String::new(),
            repair: None,
        };
        let mut screen = Screen::home(80, 24, Vec::new()).receives(Reply::Listed(vec![save]));
        assert!(screen.text().contains("Acme"));
        assert!(screen.receives(Reply::Listed(Vec::new())).text().contains("Look at the example"));
    }

    #[test]
    fn it_fits_every_terminal() {
        Screen::fits_everywhere(|width, height| Screen::home(width, height, Vec::new()));
    }
}

//! Home: the saves of the folder, with where each stands. `/` narrows the list; a save that cannot be read says why.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::tui::{
    effect::{Effect, Request},
    input::{Key, Mouse, MouseKind},
    keys::{Command, Context},
    screens::{
        View,
        first_start::FirstStart,
        prompt::{Prompt, Purpose},
    },
    search::{Folded, Query},
    session::{SaveEntry, Session},
    theme::Theme,
    widgets::{line_input::LineInput, paging, text},
};

/// The screen below all others: the saves, or how to begin while there is none.
pub fn screen(saves: &[SaveEntry]) -> Box<dyn View> {
    if saves.is_empty() { Box::new(FirstStart::default()) } else { Box::new(Home::default()) }
}

/// The list of saves.
#[derive(Debug, Default)]
pub struct Home {
    /// The path of the save that the cursor is on; the list may change its order meanwhile.
    selected: Option<String>,
    /// The path of the save that is archived when asked once more.
    archiving: Option<String>,
    /// The path of the broken save that is repaired when asked once more.
    repairing: Option<String>,
    /// The path of the save whose next round begins when asked once more.
    beginning: Option<String>,
    /// The path of the older save, while the newer one is looked for.
    comparing: Option<String>,
    /// What the list is narrowed by, while that is typed.
    filter: Option<LineInput>,
}

/// The most rows that the reason takes for which a save cannot be read.
const LONGEST_REASON: usize = 2;

impl Home {
    /// The saves that fit the filter, in the order of the host.
    fn shown<'s>(&self, session: &'s Session) -> Vec<&'s SaveEntry> {
        let query = Query::new(self.filter.as_ref().map_or("", LineInput::text));
        let fits = |save: &&SaveEntry| {
            let words = format!("{} {} {}", save.name, save.organization, save.path);
            query.is_empty() || query.score(&Folded::new(&words)).is_some()
        };
        session.saves.iter().filter(fits).collect()
    }

    fn index(&self, shown: &[&SaveEntry]) -> usize {
        shown.iter().position(|save| Some(&save.path) == self.selected.as_ref()).unwrap_or(0)
    }

    fn select(&mut self, shown: &[&SaveEntry], index: usize) -> Effect {
        self.selected = shown.get(index).map(|save| save.path.clone());
        Effect::None
    }

    fn move_by(&mut self, steps: isize, session: &Session) -> Effect {
        let shown = self.shown(session);
        self.select(&shown, paging::moved(self.index(&shown), steps, shown.len()))
    }

    /// Asks for something about the save that the cursor is on, if it can be read.
    fn ask(&mut self, request: fn(String) -> Request, session: &Session) -> Effect {
        let shown = self.shown(session);
        let Some(save) = shown.get(self.index(&shown)) else { return Effect::None };
        if save.progress.is_none() {
            return Effect::Say(format!("It cannot be read: {}", save.headline));
        }
        self.selected = Some(save.path.clone());
        self.filter = None;
        Effect::Ask(request(save.path.clone()))
    }

    /// Opens a save; a broken one is repaired at the second time of asking, if it can be.
    fn open(&mut self, asked_before: Option<String>, session: &Session) -> Effect {
        let shown = self.shown(session);
        let repairable = shown.get(self.index(&shown)).and_then(|save| Some((save, save.repair.as_ref()?)));
        let Some((save, repair)) = repairable else { return self.ask(Request::Open, session) };
        if asked_before.as_ref() == Some(&save.path) {
            return Effect::Ask(Request::Repair(save.path.clone()));
        }
        self.repairing = Some(save.path.clone());
        Effect::Say(format!("It cannot be read. Enter again to {repair}; the file is kept."))
    }

    /// Archives at the second time of asking; the cursor goes to the save below.
    fn archive(&mut self, asked_before: Option<String>, session: &Session) -> Effect {
        let shown = self.shown(session);
        let index = self.index(&shown);
        let Some(save) = shown.get(index) else { return Effect::None };
        if asked_before.as_ref() != Some(&save.path) {
            self.archiving = Some(save.path.clone());
            return Effect::Say(format!("Press D again to take \"{}\" out of the list; its file is kept.", save.name));
        }
        let neighbour = shown.get(index + 1).or_else(|| shown.get(index.checked_sub(1)?));
        self.selected = neighbour.map(|save| save.path.clone());
        Effect::Ask(Request::Archive(save.path.clone()))
    }

    /// Begins the next round at the second time of asking.
    fn next_round(&mut self, asked_before: Option<String>, session: &Session) -> Effect {
        let shown = self.shown(session);
        let Some(save) = shown.get(self.index(&shown)) else { return Effect::None };
        if asked_before.as_ref() == Some(&save.path) || save.progress.is_none() {
            return self.ask(Request::NextRound, session);
        }
        self.beginning = Some(save.path.clone());
        Effect::Say(format!("r again copies it for the next round, answers to be re-confirmed: \"{}\".", save.name))
    }

    /// Remembers the older save; on the second one compares.
    fn compare(&mut self, older: Option<String>, session: &Session) -> Effect {
        let shown = self.shown(session);
        let Some(save) = shown.get(self.index(&shown)) else { return Effect::None };
        match older.filter(|older| *older != save.path) {
            Some(older) => {
                let newer = save.path.clone();
                match self.ask(|_| Request::List, session) {
                    Effect::Ask(_) => Effect::Ask(Request::Compare(older, newer)),
                    refused => refused,
                }
            }
            None if save.progress.is_none() => Effect::Say(format!("It cannot be read: {}", save.headline)),
            None => {
                self.comparing = Some(save.path.clone());
                Effect::Say(format!("\"{}\" is the older one; c on the newer one compares.", save.name))
            }
        }
    }

    fn back(&mut self) -> Effect {
        match self.filter.take() {
            Some(_) => Effect::None,
            None => Effect::Back,
        }
    }

    fn edit_filter(&mut self, edit: impl FnOnce(&mut LineInput)) -> Effect {
        if let Some(filter) = &mut self.filter {
            edit(filter);
            self.selected = None;
        }
        Effect::None
    }

    /// Folder, list and filter.
    fn areas(&self, area: Rect) -> [Rect; 3] {
        let filter = Constraint::Length(if self.filter.is_some() { 1 } else { 0 });
        Layout::vertical([Constraint::Length(2), Constraint::Fill(1), filter]).areas(area)
    }

    fn draw_filter(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let Some(filter) = &self.filter else { return };
        let columns = [Constraint::Length(3), Constraint::Fill(1), Constraint::Length(1)];
        let [slash, input, _] = Layout::horizontal(columns).areas(area);
        frame.render_widget(Span::styled(" / ", session.theme.key()), slash);
        filter.draw(frame, input, session.theme);
    }
}

/// The folder, and at the right which save the cursor is on.
fn draw_folder(frame: &mut Frame, area: Rect, selected: usize, shown: &[&SaveEntry], session: &Session) {
    let place = if shown.is_empty() { String::new() } else { format!("{} of {} ", selected + 1, shown.len()) };
    let columns = [Constraint::Fill(1), Constraint::Length(text::width(&place) + 1)];
    let [left, right] = Layout::horizontal(columns).areas(Rect { height: area.height.min(1), ..area });
    let folder = text::cut(&session.folder, left.width.saturating_sub(16)).into_owned();
    frame.render_widget(Line::styled(format!(" Assessments in {folder}"), session.theme.muted()), left);
    frame.render_widget(Line::styled(place, session.theme.muted()).right_aligned(), right);
}

/// How many rows each save takes.
fn heights(shown: &[&SaveEntry], width: u16, theme: Theme) -> Vec<u16> {
    shown.iter().map(|save| 1 + u16::try_from(about(save, width, theme).len()).unwrap_or(u16::MAX)).collect()
}

/// The rows below the name.
fn about(save: &SaveEntry, width: u16, theme: Theme) -> Vec<String> {
    let width = width.saturating_sub(4);
    if save.progress.is_none() {
        let reason = format!("cannot be read: {}", save.headline);
        let mut lines: Vec<String> = text::wrap(&reason, width).into_iter().map(|line| line.into_owned()).collect();
        if lines.len() > LONGEST_REASON {
            let rest = lines.split_off(LONGEST_REASON - 1).join(" ");
            lines.push(text::cut(&rest, width).into_owned());
        }
        return lines;
    }
    let parts: Vec<&str> =
        [save.organization.as_str(), save.headline.as_str()].into_iter().filter(|p| !p.is_empty()).collect();
    vec![text::cut(&parts.join(theme.dot()), width).into_owned()]
}

/// The row with the name: how many levels are answered and when it was changed stand at the right.
fn name_line(save: &SaveEntry, is_selected: bool, changed_width: u16, width: u16, session: &Session) -> Line<'static> {
    let theme = session.theme;
    let cursor = if is_selected { theme.cursor() } else { " " };
    let progress = save.progress.map_or_else(|| "unreadable".to_owned(), |(done, all)| format!("{done}/{all}"));
    let name_width = width.saturating_sub(changed_width + 18);
    let changed = text::fit(&save.changed, changed_width);
    let style = if save.progress.is_some() { theme.heading() } else { theme.muted() };
    Line::from_iter([
        Span::raw(format!(" {cursor} ")),
        Span::styled(text::fit(&save.name, name_width), style),
        Span::styled(format!("{progress:>11}  "), theme.text()),
        Span::styled(changed, theme.muted()),
    ])
}

impl View for Home {
    fn context(&self) -> Context {
        if self.filter.is_some() { Context::Filter } else { Context::Home }
    }

    fn title(&self, _session: &Session) -> String {
        "Home".to_owned()
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let (archiving, repairing) = (self.archiving.take(), self.repairing.take());
        let beginning = self.beginning.take();
        match command {
            Command::Up => self.move_by(-1, session),
            Command::Down => self.move_by(1, session),
            Command::First => self.move_by(isize::MIN, session),
            Command::Last => self.move_by(isize::MAX, session),
            Command::Choose => self.open(repairing, session),
            Command::Duplicate => self.ask(Request::Duplicate, session),
            Command::Archive => self.archive(archiving, session),
            Command::NextRound => self.next_round(beginning, session),
            Command::Compare => {
                let older = self.comparing.take();
                self.compare(older, session)
            }
            Command::New => Effect::Open(Box::new(Prompt::new(Purpose::NewAssessment, String::new()))),
            Command::Example => Effect::Ask(Request::Example),
            Command::Search => {
                self.filter = Some(LineInput::default());
                Effect::None
            }
            Command::Clear => self.edit_filter(LineInput::clear),
            Command::Back => self.back(),
            _ => Effect::None,
        }
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        let [_, list, _] = self.areas(area);
        let shown = self.shown(session);
        let heights = heights(&shown, list.width, session.theme);
        self.select(&shown, paging::turned(&heights, self.index(&shown), list.height, pages))
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let [top, list, filter] = self.areas(area);
        let shown = self.shown(session);
        let selected = self.index(&shown);
        draw_folder(frame, top, selected, &shown, session);
        let changed_width = shown.iter().map(|save| text::width(&save.changed)).max().unwrap_or(0).min(20);
        let page = paging::page(&heights(&shown, list.width, session.theme), selected, list.height);
        let lines = page.flat_map(|index| {
            let save = shown[index];
            let name = name_line(save, index == selected, changed_width, list.width, session);
            let about = about(save, list.width, session.theme).into_iter();
            std::iter::once(name).chain(about.map(|line| Line::styled(format!("   {line}"), session.theme.muted())))
        });
        for (row, line) in list.rows().zip(lines) {
            frame.render_widget(line, row);
        }
        if shown.is_empty() {
            frame.render_widget(
                Line::styled("   No save has these letters; Esc shows all.", session.theme.muted()),
                list,
            );
        }
        self.draw_filter(frame, filter, session);
    }

    fn type_key(&mut self, key: Key, _session: &Session) -> Effect {
        self.edit_filter(|filter| filter.type_key(key))
    }

    fn paste(&mut self, pasted: &str, _session: &Session) -> Effect {
        self.edit_filter(|filter| filter.insert(pasted))
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        let [_, list, _] = self.areas(area);
        match mouse.kind {
            MouseKind::WheelUp => self.move_by(-1, session),
            MouseKind::WheelDown => self.move_by(1, session),
            MouseKind::Click => {
                let shown = self.shown(session);
                let selected = self.index(&shown);
                let row = mouse.row.checked_sub(list.y);
                let heights = heights(&shown, list.width, session.theme);
                match row.and_then(|row| paging::item_at(&heights, selected, list.height, row)) {
                    Some(item) if item == selected => {
                        let repairing = self.repairing.take();
                        self.open(repairing, session)
                    }
                    Some(item) => self.select(&shown, item),
                    None => Effect::None,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::{effect::Reply, testing::Screen, theme::Palette};

    fn save(name: &str, organization: &str, progress: Option<(usize, usize)>, headline: &str) -> SaveEntry {
        SaveEntry {
            path: format!("{name}.ron"),
            name: name.into(),
            organization: organization.into(),
            progress,
            headline: headline.into(),
            changed: "2026-10-14 14:02".into(),
            repair: None,
        }
    }

    fn saves() -> Vec<SaveEntry> {
        vec![
            save("Acme 2026", "Acme Ltd", Some((31, 70)), "incomplete, 3 major gaps"),
            save("Beta", "", Some((0, 70)), "not assessed"),
            save("東京影響評価株式会社の自己評価二〇二六年版そして続き長い名前", "東京", Some((70, 70)), "minor gaps"),
            save(
                "broken",
                "",
                None,
                &format!("saves/broken.ron:14:9: unknown level 7; {}", "a level is 0 to 5, ".repeat(9)),
            ),
            save("evil\u{1b}[2J\u{202e}name\n", "\u{9b}31mOrg\u{2067}", Some((5, 70)), "inc\u{7}omplete"),
            save(&"long name ".repeat(30), &"organization ".repeat(30), Some((1, 70)), "incomplete"),
        ]
    }

    #[test]
    fn every_save_shows_where_it_stands() {
        insta::assert_snapshot!(Screen::home(80, 24, saves()).text(), @r"
        Home                                                                aimscope
        Assessments in ~/saves                                                  1 of 6

        ▸ Acme 2026                                           31/70  2026-10-14 14:02
          Acme Ltd · incomplete, 3 major gaps
          Beta                                                 0/70  2026-10-14 14:02
          not assessed
          東京影響評価株式会社の自己評価二〇二六年版...       70/70  2026-10-14 14:02
          東京 · minor gaps
          broken                                         unreadable  2026-10-14 14:02
          cannot be read: saves/broken.ron:14:9: unknown level 7; a level is 0 to 5, a
          level is 0 to 5, a level is 0 to 5, a level is 0 to 5, a level is 0 to 5,...
          evil[2Jname                                          5/70  2026-10-14 14:02
          31mOrg · incomplete
          long name long name long name long name lon...       1/70  2026-10-14 14:02
          organization organization organization organization organization organiza...







        Enter open  n new  / find  x example  d duplicate  D archive  q leave  ? help
        ");
        insta::assert_snapshot!(Screen::home(60, 16, saves()).looks(Palette::Plain, true).keys("end").text(), @r"
        Home                                            aimscope
        Assessments in ~/saves                              6 of 6

        > long name long name lon...       1/70  2026-10-14 14:02
          organization organization organization organization o...










        Enter open  n new  / find  x example  q leave  ? help
        ");
    }

    #[test]
    fn a_save_is_opened_or_says_why_not() {
        let screen = Screen::home(80, 24, saves()).keys("down enter up d");
        assert!(
            matches!(&screen.requests[..], [Request::Open(a), Request::Duplicate(b)] if a == "Beta.ron" && b == "Acme 2026.ron")
        );
        let mut screen = Screen::home(80, 24, saves()).keys("down down down enter d");
        assert!(screen.requests.is_empty());
        assert!(screen.text().contains("It cannot be read: saves/broken.ron:14:9: unknown level 7"));
    }

    #[test]
    fn a_broken_save_is_repaired_when_asked_twice() {
        let broken = || {
            let mut save = save("broken", "", None, "saves/broken.ron:14:9: unknown level 7");
            save.repair = Some("take the backup of 2026-11-21 14:03".into());
            vec![save, saves().remove(0)]
        };
        let mut screen = Screen::home(80, 24, broken()).keys("enter");
        assert!(screen.text().contains("It cannot be read. Enter again to take the backup of 2026-11-21 14:03"));
        screen = screen.keys("down up enter");
        assert!(screen.requests.is_empty(), "another key in between starts anew");
        screen = screen.keys("enter");
        assert!(matches!(&screen.requests[..], [Request::Repair(path)] if path == "broken.ron"));
    }

    #[test]
    fn archiving_asks_once_more() {
        let mut screen = Screen::home(80, 24, saves()).keys("down D");
        assert!(screen.text().contains("Press D again to take \"Beta\" out of the list"));
        screen = screen.keys("up down D");
        assert!(screen.requests.is_empty(), "another key in between starts anew");
        screen = screen.keys("D");
        assert!(matches!(&screen.requests[..], [Request::Archive(path)] if path == "Beta.ron"));
    }

    #[test]
    fn letters_narrow_the_list_while_they_are_typed() {
        let mut screen = Screen::home(80, 24, saves()).keys("/").types("acm");
        insta::assert_snapshot!(screen.text(), @r"
        Home                                                                aimscope
        Assessments in ~/saves                                                  1 of 1

        ▸ Acme 2026                                           31/70  2026-10-14 14:02
          Acme Ltd · incomplete, 3 major gaps

















        / acm
        Enter open  Up up  Down down  Esc show all
        ");
        screen = screen.keys("enter");
        assert!(matches!(&screen.requests[..], [Request::Open(path)] if path == "Acme 2026.ron"));
        let mut screen = Screen::home(80, 24, saves()).keys("/").pastes("zzz");
        assert!(screen.text().contains("No save has these letters; Esc shows all."));
        assert!(screen.keys("esc").text().contains("Beta"));
    }

    #[test]
    fn an_assessment_behind_home_is_left_alone() {
        let assessment = crate::tui::testing::assessment(Vec::new());
        let mut screen = Screen::home(80, 24, saves());
        let session = &screen.app.session;
        let open = crate::tui::session::Open::new("a.ron".into(), false, assessment, &session.catalog, session.as_of);
        screen = screen.receives(Reply::Opened(Box::new(open), None)).keys("q z /").types("beta");
        let text = screen.text();
        assert!(text.lines().next().is_some_and(|bar| bar.contains("aimscope") && !bar.contains("Acme")), "{text}");
        assert!(text.contains("1 of 1") && !text.contains("Nothing to take back"), "{text}");
    }

    #[test]
    fn pages_and_mouse_move_the_cursor() {
        let marked = |screen: &mut Screen| {
            let text = screen.text();
            text.lines()
                .find(|line| line.starts_with(" \u{25b8}"))
                .map(|line| line.chars().skip(3).take(6).collect::<String>())
        };
        let many: Vec<SaveEntry> =
            (0..30).map(|n| save(&format!("save{n:02}"), "", Some((n, 70)), "incomplete")).collect();
        let mut screen = Screen::home(80, 24, many).keys("pagedown");
        assert_eq!(marked(&mut screen).as_deref(), Some("save10"));
        screen = screen.mouse(MouseKind::Click, 5, 5).mouse(MouseKind::WheelDown, 5, 5);
        assert_eq!(marked(&mut screen).as_deref(), Some("save12"));
        screen = screen.mouse(MouseKind::Click, 5, 7);
        assert!(matches!(&screen.requests[..], [Request::Open(path)] if path == "save12.ron"));
        assert_eq!(marked(&mut screen.keys("pageup")).as_deref(), Some("save00"));
    }

    #[test]
    fn it_fits_every_terminal() {
        Screen::fits_everywhere(|width, height| {
            Screen::home(width, height, saves()[..2].to_vec()).keys("down /").types("a")
        });
    }
}

//! Help: the key table as pages, that of the screen one comes from first; then the scale and the verdicts in words.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    model::level::Level,
    score::verdict::Verdict,
    tui::{
        effect::Effect,
        input::{Mouse, MouseKind},
        keys::{self, Command, Context},
        screens::View,
        session::Session,
        theme::Theme,
        widgets::text,
    },
};

/// The cells of what is explained.
const LEFT: u16 = 18;

/// All keys and the words of the scales.
#[derive(Debug)]
pub struct Help {
    context: Context,
    /// Counted from 0; beyond the last page it stands for the last.
    page: usize,
}

/// A heading with what it explains, row by row.
#[derive(Clone, Debug)]
struct Section {
    heading: &'static str,
    rows: Vec<(String, &'static str)>,
}

impl Help {
    /// All keys, those of that context first.
    pub fn of(context: Context) -> Help {
        Help { context, page: 0 }
    }

    fn sections(&self, theme: Theme) -> Vec<Section> {
        let first = [self.context, Context::Everywhere];
        let others = Context::ALL.into_iter().filter(|context| !first.contains(context));
        let mut contexts: Vec<Context> = first.to_vec();
        contexts.dedup();
        let words = [scale(), verdicts(theme), map_marks()];
        contexts.into_iter().map(keys_of).chain(words).chain(others.map(keys_of)).collect()
    }

    fn pages(&self, height: u16, theme: Theme) -> Vec<Vec<Section>> {
        pages(self.sections(theme), usize::from(height))
    }
}

fn keys_of(context: Context) -> Section {
    let rows = keys::own_bindings(context).map(|binding| (binding.shown.to_owned(), binding.label)).collect();
    Section { heading: context.name(), rows }
}

fn scale() -> Section {
    let rows = Level::ALL.map(|level| (format!("{level} {}", level.name()), level_meaning(level)));
    Section { heading: "The levels", rows: rows.to_vec() }
}

fn level_meaning(level: Level) -> &'static str {
    match level.number() {
        0 => "nothing of it exists",
        1 => "it hangs on single people",
        2 => "done in much the same way each time",
        3 => "written, approved, done everywhere",
        4 => "followed by figures",
        _ => "changed because of the figures",
    }
}

fn verdicts(theme: Theme) -> Section {
    let row =
        |verdict: Verdict| (format!("{} {}", theme.verdict_mark(verdict), verdict.name()), verdict_meaning(verdict));
    Section { heading: "The verdicts", rows: Verdict::ALL.map(row).to_vec() }
}

const fn verdict_meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::MajorGap => "what the rest stands on is missing",
        Verdict::MinorGap => "part of it is missing",
        Verdict::Undetermined => "nobody can tell yet",
        Verdict::NotShown => "claimed, but nothing current shows it",
        Verdict::Conforming => "every check yes, with current evidence",
        Verdict::NotApplicable => "a control excluded with a reason",
    }
}

/// What the map writes behind a title.
fn map_marks() -> Section {
    let rows = [
        ("3>2", "level 3 claimed, level 2 credited"),
        ("(1)", "level 1 proposed, not scored"),
        ("2/4 +2", "2 of 4 answered, 2 more proposed"),
        ("(major gap)", "indicative: checks are still open"),
        ("C", "contradiction: checks against level"),
        ("F n D", "flagged, with a note, disputed"),
    ];
    Section { heading: "The marks of the map", rows: rows.map(|(mark, words)| (mark.to_owned(), words)).to_vec() }
}

/// Puts as many whole sections on a page as fit; one that is taller than a page goes on under its heading again.
fn pages(sections: Vec<Section>, height: usize) -> Vec<Vec<Section>> {
    let rows_per_page = height.saturating_sub(1).max(1);
    let mut pages: Vec<Vec<Section>> = Vec::new();
    let mut room = 0;
    for section in sections {
        for rows in section.rows.chunks(rows_per_page) {
            let part = Section { heading: section.heading, rows: rows.to_vec() };
            let needed = rows.len() + 1;
            match pages.last_mut() {
                Some(page) if needed <= room => page.push(part),
                Some(_) | None => {
                    pages.push(vec![part]);
                    room = height;
                }
            }
            room = room.saturating_sub(needed);
        }
    }
    pages
}

impl Section {
    /// The heading and its rows.
    fn lines(self, width: u16, theme: Theme) -> Vec<Line<'static>> {
        let heading = Line::styled(format!(" {}", self.heading), theme.heading());
        let rows = self.rows.into_iter().map(|(left, right)| {
            let right = text::cut(right, width.saturating_sub(LEFT + 4)).into_owned();
            Line::from_iter([
                Span::styled(format!("   {}", text::fit(&left, LEFT)), theme.key()),
                Span::styled(right, theme.text()),
            ])
        });
        std::iter::once(heading).chain(rows).collect()
    }
}

impl View for Help {
    fn context(&self) -> Context {
        Context::Help
    }

    fn title(&self, _session: &Session) -> String {
        "Help".to_owned()
    }

    fn handle(&mut self, command: Command, _session: &Session) -> Effect {
        match command {
            Command::First => self.page = 0,
            Command::Last => self.page = usize::MAX,
            Command::Back | Command::Help => return Effect::Back,
            _ => {}
        }
        Effect::None
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        let last = self.pages(area.height, session.theme).len().saturating_sub(1);
        self.page = self.page.min(last).saturating_add_signed(pages).min(last);
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let theme = session.theme;
        let mut pages = self.pages(area.height, theme);
        let count = pages.len();
        let page = self.page.min(count.saturating_sub(1));
        let sections = pages.swap_remove(page);
        let lines: Vec<Vec<Line>> = sections.into_iter().map(|section| section.lines(area.width, theme)).collect();
        // Where there is room, a blank row parts two sections.
        let has_room = lines.iter().map(Vec::len).sum::<usize>() + lines.len() <= usize::from(area.height) + 1;
        let gap = if has_room { vec![Line::default()] } else { Vec::new() };
        for (row, line) in area.rows().zip(lines.join(gap.as_slice())) {
            frame.render_widget(line, row);
        }
        let number = format!("page {} of {count} ", page + 1);
        let columns = [Constraint::Fill(1), Constraint::Length(text::width(&number))];
        let [_, right] = Layout::horizontal(columns).areas(Rect { height: area.height.min(1), ..area });
        frame.render_widget(Line::styled(number, theme.muted()), right);
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        match mouse.kind {
            MouseKind::WheelUp => self.turn(-1, area, session),
            MouseKind::WheelDown | MouseKind::Click => self.turn(1, area, session),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::{
        testing::{Screen, assessment},
        theme::Palette,
    };

    fn help(width: u16, height: u16, context: Context) -> Screen {
        Screen::open(width, height, assessment(Vec::new())).above(Help::of(context))
    }

    #[test]
    fn the_keys_of_the_screen_below_stand_first() {
        insta::assert_snapshot!(help(80, 24, Context::Home).text(), @"
        Help                                                                    Acme
        Home                                                              page 1 of 19
          Enter             open
          n                 new
          /                 find
          x                 example
          d                 duplicate
          D                 archive
          c                 compare
          r                 next round
          q                 leave












        Down next page  Up page before  / search  ? help  q back
        ");
        insta::assert_snapshot!(help(60, 16, Context::Question).looks(Palette::Plain, true).text(), @"
        Help                                                Acme
        Question                                      page 1 of 32
          0-5               level
          u                 unknown
          Enter             take
          Tab               checks
          Right             next
          Backspace         previous
          n                 note
          e                 evidence
          x                 exclude
          f                 flag
          i                 more
          w                 why
          t                 quick/full
        Down next page  Up page before  / search  ? help  q back
        ");
        insta::assert_snapshot!(help(60, 16, Context::Everywhere).looks(Palette::Plain, true).keys("down").text(), @"
        Help                                                Acme
        The levels                                    page 2 of 32
          0 Absent          nothing of it exists
          1 Ad hoc          it hangs on single people
          2 Repeatable      done in much the same way each time
          3 Defined         written, approved, done everywhere
          4 Measured        followed by figures
          5 Optimizing      changed because of the figures
        The verdicts
          !! major gap      what the rest stands on is missing
          !  minor gap      part of it is missing
          ?  undetermined   nobody can tell yet
          ~  not shown      claimed, but nothing current shows it
          ok conforming     every check yes, with current evidence
          -  not applicable a control excluded with a reason
        Down next page  Up page before  / search  ? help  q back
        ");
    }

    #[test]
    fn turning_the_pages_shows_every_key_once() {
        for (width, height) in [(60, 16), (80, 24), (140, 40)] {
            let mut screen = help(width, height, Context::Map);
            let mut seen = Vec::new();
            loop {
                let text = screen.text();
                if seen.last() == Some(&text) {
                    break;
                }
                seen.push(text);
                screen = screen.keys("down");
            }
            let all = seen.join("\n");
            let theme = screen.app.session.theme;
            for (left, right) in Help::of(Context::Map).sections(theme).into_iter().flat_map(|section| section.rows) {
                let row = format!("   {}{right}", text::fit(&left, LEFT));
                assert!(all.contains(&row), "{row:?} at {width} x {height}");
            }
            assert!(screen.keys("home").text().contains(&format!("page 1 of {}", seen.len())));
        }
    }

    #[test]
    fn help_leads_back_where_it_was_asked() {
        let mut screen = Screen::home(80, 24, Vec::new()).keys("? end pageup q");
        assert!(screen.text().contains("Look at the example"));
    }

    #[test]
    fn it_fits_every_terminal() {
        Screen::fits_everywhere(|width, height| help(width, height, Context::Question).keys("down"));
    }
}

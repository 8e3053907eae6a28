//! Where it stands: the two group headlines, never blended, and below them the categories as bars, as a radar, or the
//! coverage areas. What has no figure says so in words.

mod headline;

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::Line,
};

use crate::{
    model::{lens::LensGroup, reference::Reference},
    score::{Standing, figures::Figures, ratio::Ratio},
    tui::{
        effect::Effect,
        input::{Mouse, MouseKind},
        keys::{Command, Context},
        screens::{View, lenses::Lenses, plan::PlanScreen, results::headline::Headline, trend, why::Why},
        session::Session,
        widgets::{
            figure_table::FigureTable,
            list::List,
            paging,
            radar::{self, Spoke},
            text,
        },
    },
};

/// The lens that groups the requirements by what managers and customers ask about.
const AREAS: &str = "coverage-areas";
/// The cells of a category's number in the table.
const NUMBER: u16 = 5;
/// The rows that are kept for the table, before notes take room.
const TABLE: usize = 5;
/// The cells of the list beside the radar.
const BESIDE_RADAR: u16 = 32;

/// The results.
#[derive(Debug, Default)]
pub struct Results {
    face: Face,
    /// The cursor: the two groups first, then what is listed.
    selected: usize,
}

/// What is shown below the headlines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Face {
    /// The categories as bars.
    #[default]
    Bars,
    /// The categories as a radar.
    Radar,
    /// The coverage areas as bars.
    Areas,
}

impl Face {
    const fn next(self) -> Face {
        match self {
            Face::Bars => Face::Radar,
            Face::Radar => Face::Areas,
            Face::Areas => Face::Bars,
        }
    }
}

/// One line of what is listed.
struct Scope<'s> {
    what: What<'s>,
    title: &'s str,
    figures: Figures,
    /// The sentence on many minor gaps, where it applies.
    warning: Option<String>,
}

/// What a line is about.
enum What<'s> {
    Group { controls: bool },
    Category(Reference),
    Area(&'s LensGroup),
}

impl Scope<'_> {
    fn number(&self) -> String {
        match self.what {
            What::Group { controls: false } => "4-10".to_owned(),
            What::Group { controls: true } => "A".to_owned(),
            What::Category(id) => id.to_string(),
            What::Area(_) => String::new(),
        }
    }

    fn why(&self) -> Why {
        match self.what {
            What::Group { controls } => Why::group(controls),
            What::Category(id) => Why::category(id),
            What::Area(area) => Why::area(AREAS, &area.id),
        }
    }
}

/// The two groups.
fn groups(standing: &Standing) -> [Scope<'static>; 2] {
    let group = |controls, title, figures: &Figures| Scope {
        what: What::Group { controls },
        title,
        figures: figures.clone(),
        warning: None,
    };
    [
        group(false, "Management system", &standing.management_system),
        group(true, "Controls of Annex A", &standing.controls),
    ]
}

impl Results {
    /// The groups, then the categories or areas.
    fn scopes<'s>(&self, session: &'s Session) -> Vec<Scope<'s>> {
        let standing = session.standing();
        let category = |(id, figures): &'s (Reference, Figures)| Scope {
            what: What::Category(*id),
            title: session.catalog.category(*id).map_or("", |category| &category.title),
            figures: figures.clone(),
            warning: figures.many_minor_gaps(*id),
        };
        let area = |area: &'s LensGroup| Scope {
            what: What::Area(area),
            title: &area.title,
            figures: standing.lens_group(area),
            warning: None,
        };
        let listed: Vec<Scope<'s>> = match self.face {
            Face::Bars | Face::Radar => standing.categories.iter().map(category).collect(),
            Face::Areas => session.catalog.lens(AREAS).into_iter().flat_map(|lens| &lens.groups).map(area).collect(),
        };
        groups(standing).into_iter().chain(listed).collect()
    }

    fn selected(&self, count: usize) -> usize {
        self.selected.min(count.saturating_sub(1))
    }

    fn places(&self, area: Rect, session: &Session) -> Places {
        match self.face {
            Face::Bars | Face::Areas => self.table_places(area, session),
            Face::Radar => self.radar_places(area, session),
        }
    }

    /// Headlines and notes at the top, the table below; notes give way where there is little room.
    fn table_places(&self, area: Rect, session: &Session) -> Places {
        let standing = session.standing();
        let column = headline::columns(area)[0];
        let heads = groups(standing).map(|group| Headline::new(group.title, &group.figures, standing, column.width));
        let head = heads.iter().map(|head| head.lines.len()).max().unwrap_or(0);
        let room = usize::from(area.height).saturating_sub(head + 1 + TABLE);
        let notes = headline::fitting(&self.notes(session), area.width.saturating_sub(2), room);
        let rows = [head, notes.len(), 1].map(|rows| Constraint::Length(u16::try_from(rows).unwrap_or(u16::MAX)));
        let [head, notes_area, table_head, table] =
            Layout::vertical(rows.into_iter().chain([Constraint::Fill(1)])).areas(area);
        let columns = headline::columns(head);
        let scopes = self.scopes(session);
        let width = table.width.saturating_sub(2);
        let heights = scopes[2..].iter().map(|scope| {
            let warning = scope.warning.as_ref().map_or(0, |words| text::wrap(words, width).len());
            1 + u16::try_from(warning).unwrap_or(0)
        });
        let selected = self.selected(scopes.len()).saturating_sub(2);
        let list = List { heights: heights.collect(), selected, area: table };
        Places { heads: heads.into_iter().zip(columns).collect(), notes: (notes_area, notes), table_head, list }
    }

    /// The drawing takes the height; beside it all lines with their two levels.
    fn radar_places(&self, area: Rect, session: &Session) -> Places {
        let [drawing, beside] = Layout::horizontal([Constraint::Fill(1), Constraint::Length(BESIDE_RADAR)]).areas(area);
        let [table_head, list] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(beside);
        let count = self.scopes(session).len();
        let list = List { heights: vec![1; count], selected: self.selected(count), area: list };
        Places { heads: Vec::new(), notes: (drawing, Vec::new()), table_head, list }
    }

    /// What is to be said above the table, the most important first.
    fn notes(&self, session: &Session) -> Vec<String> {
        let mut notes = headline::notes(session);
        match (self.face, session.catalog.lens(AREAS)) {
            (Face::Areas, Some(lens)) => notes.insert(0, lens.about.to_string()),
            (Face::Areas, None) => notes.insert(0, "These questionnaires name no coverage areas.".to_owned()),
            (Face::Bars | Face::Radar, _) => {}
        }
        notes
    }

    fn draw_table(&self, frame: &mut Frame, places: Places, session: &Session) {
        let theme = session.theme;
        let scopes = self.scopes(session);
        let selected = self.selected(scopes.len());
        for (index, (headline, place)) in places.heads.into_iter().enumerate() {
            headline.draw(frame, place, index == selected, theme);
        }
        let (area, notes) = places.notes;
        for (row, note) in area.rows().zip(notes) {
            frame.render_widget(Line::styled(format!(" {note}"), theme.muted()), row);
        }
        let number = if self.face == Face::Areas { 0 } else { NUMBER };
        let table = FigureTable { number, width: places.list.area.width, theme };
        frame.render_widget(table.head(), places.table_head);
        for (index, place) in places.list.places() {
            let scope = &scopes[index + 2];
            let line = table.line(&scope.number(), scope.title, &scope.figures, index + 2 == selected);
            let warning = scope.warning.as_deref().map(|words| text::wrap(words, place.width.saturating_sub(2)));
            let warning = warning.into_iter().flatten().map(|line| Line::styled(format!("  {line}"), theme.warning()));
            for (row, line) in place.rows().zip(std::iter::once(line).chain(warning)) {
                frame.render_widget(line, row);
            }
        }
    }

    fn draw_radar(&self, frame: &mut Frame, places: Places, session: &Session) {
        let theme = session.theme;
        let scopes = self.scopes(session);
        let spoke = |(index, scope): (usize, &Scope)| Spoke {
            label: scope.number(),
            claimed: scope.figures.claimed,
            credited: scope.figures.credited,
            is_selected: index == places.list.selected,
        };
        let spokes: Vec<Spoke> = scopes.iter().enumerate().skip(2).map(spoke).collect();
        radar::draw(frame, places.notes.0, &spokes, theme);
        let legend = format!("{:<8}{:<11}{}", "", "credited", "claimed");
        frame.render_widget(Line::styled(legend, theme.muted()), places.table_head);
        for (index, place) in places.list.places() {
            let scope = &scopes[index];
            let cursor = if index == places.list.selected { theme.cursor() } else { " " };
            let level = |level: Option<Ratio>| level.map_or(String::new(), |level: Ratio| level.to_string());
            let levels = match scope.figures.state.instead_of_figure() {
                Some(words) => words.to_owned(),
                None => format!("{:<11}{}", level(scope.figures.credited), level(scope.figures.claimed)),
            };
            frame.render_widget(format!("{cursor} {:<6}{levels}", scope.number()), place);
        }
    }
}

/// The parts of the screen. Beside the radar there are no headlines, and its drawing stands in place of the notes.
struct Places {
    heads: Vec<(Headline, Rect)>,
    notes: (Rect, Vec<String>),
    table_head: Rect,
    list: List,
}

impl Places {
    /// The line that the mouse is on, a headline included.
    fn item_at(&self, mouse: Mouse) -> Option<usize> {
        let is_at = |area: Rect| area.contains((mouse.column, mouse.row).into());
        let head = self.heads.iter().position(|(_, area)| is_at(*area));
        head.or_else(|| Some(self.list.item_at(mouse)? + self.heads.len()))
    }
}

impl View for Results {
    fn context(&self) -> Context {
        Context::Results
    }

    fn title(&self, session: &Session) -> String {
        match self.face {
            Face::Bars => "Results",
            Face::Radar if session.theme.ascii => "Results: radar, credited #, claimed +",
            Face::Radar => "Results: radar, credited solid, claimed dotted",
            Face::Areas => "Results: coverage areas",
        }
        .to_owned()
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let scopes = self.scopes(session);
        let selected = self.selected(scopes.len());
        match command {
            Command::Up => self.selected = paging::moved(selected, -1, scopes.len()),
            Command::Down => self.selected = paging::moved(selected, 1, scopes.len()),
            Command::First => self.selected = 0,
            Command::Last => self.selected = scopes.len().saturating_sub(1),
            Command::OtherView => self.face = self.face.next(),
            Command::Why | Command::Choose => {
                return scopes.get(selected).map_or(Effect::None, |scope| Effect::Open(Box::new(scope.why())));
            }
            Command::Plan => return Effect::Open(Box::new(PlanScreen::default())),
            Command::Lenses => return Effect::Open(Box::new(Lenses::default())),
            Command::Trend => return trend::open(session),
            Command::Back => return Effect::Back,
            _ => {}
        }
        Effect::None
    }

    fn turn(&mut self, pages: isize, area: Rect, session: &Session) -> Effect {
        let places = self.places(area, session);
        self.selected = places.list.turned(pages) + places.heads.len();
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let places = self.places(area, session);
        match self.face {
            Face::Bars | Face::Areas => self.draw_table(frame, places, session),
            Face::Radar => self.draw_radar(frame, places, session),
        }
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, session: &Session) -> Effect {
        let count = self.scopes(session).len();
        let selected = self.selected(count);
        match mouse.kind {
            MouseKind::WheelUp => self.selected = paging::moved(selected, -1, count),
            MouseKind::WheelDown => self.selected = paging::moved(selected, 1, count),
            MouseKind::Click => match self.places(area, session).item_at(mouse) {
                None => {}
                Some(item) if item == selected => return self.handle(Command::Why, session),
                Some(item) => self.selected = item,
            },
        }
        Effect::None
    }
}

#[cfg(test)]
mod tests;

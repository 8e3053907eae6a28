//! A radar of levels: one spoke per category, a solid line through the credited levels and a dotted one through the
//! claimed. A spoke without a level breaks both lines; it is never drawn as 0.

use std::f64::consts::TAU;

use ratatui::{
    Frame,
    layout::Rect,
    style::{Color, Style},
    symbols::Marker,
    text::Line,
    widgets::canvas::{Canvas, Context, Line as Stroke, Points},
};

use crate::{
    score::ratio::Ratio,
    tui::{theme::Theme, widgets::text},
};

/// The highest level, at the end of every spoke.
const HIGHEST: f64 = 5.0;
/// How far out the drawing reaches, the labels included, where the end of a spoke is at 1.
const REACH: f64 = 1.3;
/// Where labels stand.
const LABEL: f64 = 1.15;
/// The cells between the points of the dotted line.
const BETWEEN_DOTS: f64 = 2.0;

/// One category.
#[derive(Clone, Debug)]
pub struct Spoke {
    /// What stands at its end.
    pub label: String,
    /// The claimed level.
    pub claimed: Option<Ratio>,
    /// The credited level.
    pub credited: Option<Ratio>,
    /// Whether the cursor is on it.
    pub is_selected: bool,
}

/// Draws a radar, the first spoke upright, the others clockwise.
pub fn draw(frame: &mut Frame, area: Rect, spokes: &[Spoke], theme: Theme) {
    if area.is_empty() {
        return;
    }
    // A cell is about twice as high as it is wide; the shorter side has to hold the whole circle.
    let (width, height) = (f64::from(area.width), f64::from(area.height) * 2.0);
    let (x, y) = (REACH * (width / height).max(1.0), REACH * (height / width).max(1.0));
    let canvas = Canvas::default()
        .marker(if theme.ascii { Marker::Custom('.') } else { Marker::Braille })
        .x_bounds([-x, x])
        .y_bounds([-y, y])
        .paint(|context| paint(context, spokes, 2.0 * x / width, theme));
    frame.render_widget(canvas, area);
}

fn paint(context: &mut Context, spokes: &[Spoke], cell: f64, theme: Theme) {
    let color = |style: Style| style.fg.unwrap_or(Color::Reset);
    let sides = |level: fn(&Spoke) -> Option<Ratio>| {
        let corner = |index: usize| level(&spokes[index]).map(|level| place(index, spokes.len(), radius(level)));
        let side = move |index: usize| corner(index).zip(corner((index + 1) % spokes.len()));
        (0..spokes.len()).filter_map(side).collect::<Vec<_>>()
    };
    let ends: Vec<(f64, f64)> = (0..spokes.len()).map(|index| place(index, spokes.len(), 1.0)).collect();
    context.draw(&Points::new(&ends, color(theme.muted())));
    context.draw(&Points::new(&[(0.0, 0.0)], color(theme.muted())));
    mark(context, theme, '+');
    for (from, to) in sides(|spoke| spoke.claimed) {
        context.draw(&Points::new(&dots(from, to, BETWEEN_DOTS * cell), color(theme.proposal())));
    }
    mark(context, theme, '#');
    for ((x1, y1), (x2, y2)) in sides(|spoke| spoke.credited) {
        context.draw(&Stroke::new(x1, y1, x2, y2, color(theme.chosen())));
    }
    for (index, spoke) in spokes.iter().enumerate() {
        label(context, spoke, place(index, spokes.len(), LABEL), cell, theme);
    }
}

/// In ASCII the lines differ by their character, on layers of their own.
fn mark(context: &mut Context, theme: Theme, character: char) {
    if theme.ascii {
        context.layer();
        context.marker(Marker::Custom(character));
    }
}

fn label(context: &mut Context, spoke: &Spoke, (x, y): (f64, f64), cell: f64, theme: Theme) {
    let (words, style) = if spoke.is_selected {
        (format!("{}{}", theme.cursor(), spoke.label), theme.heading())
    } else {
        (spoke.label.clone(), theme.muted())
    };
    // Words start at their place on the right side, end there on the left, and are centred at top and bottom.
    let share = (1.0 - (x / LABEL)) / 2.0;
    context.print(x - share * cell * f64::from(text::width(&words).saturating_sub(1)), y, Line::styled(words, style));
}

/// A level as a distance from the middle; level 0 stays off it, so that it can be seen.
fn radius(level: Ratio) -> f64 {
    let level = level.numerator as f64 / level.denominator as f64;
    0.08 + 0.92 * level / HIGHEST
}

/// The place on a spoke at a distance from the middle.
fn place(index: usize, spokes: usize, distance: f64) -> (f64, f64) {
    let angle = TAU * index as f64 / spokes as f64;
    (distance * angle.sin(), distance * angle.cos())
}

/// Points so far apart between two places, the first included.
fn dots((x1, y1): (f64, f64), (x2, y2): (f64, f64), apart: f64) -> Vec<(f64, f64)> {
    let length = (x2 - x1).hypot(y2 - y1);
    let count = (length / apart).ceil().max(1.0);
    let places = std::iter::successors(Some(0.0), |part| Some(part + 1.0)).take_while(|part| *part < count);
    places.map(|part| (x1 + (x2 - x1) * part / count, y1 + (y2 - y1) * part / count)).collect()
}

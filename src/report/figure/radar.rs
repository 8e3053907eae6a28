//! A radar of levels: one spoke per category, a solid line through the credited levels and a dashed one through the claimed.
//! A spoke without a level breaks both lines; it is never drawn as 0.

use std::f64::consts::TAU;

use serde::Serialize;

use crate::{
    report::figure::{Drawing, Figure, Length, clean, so_many},
    score::ratio::Ratio,
};

const WIDTH: i64 = 520;
const HEIGHT: i64 = 420;
/// The middle of the drawing.
const MIDDLE: (f64, f64) = (260.0, 205.0);
/// Where level 5 lies.
const REACH: f64 = 170.0;
/// The highest level.
const HIGHEST: u8 = 5;

/// One category.
#[derive(Clone, Debug)]
pub struct Spoke {
    /// What stands at its end.
    pub label: String,
    /// The claimed level.
    pub claimed: Option<Ratio>,
    /// The credited level.
    pub credited: Option<Ratio>,
}

/// A radar as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Radar {
    middle: Point,
    rings: Vec<Ring>,
    ends: Vec<End>,
    claimed: Outline,
    credited: Outline,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Point {
    x: Length,
    y: Length,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Ring {
    level: u8,
    corners: String,
    label: Point,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct End {
    at: Point,
    label: String,
    label_at: Point,
    anchor: &'static str,
}

/// A line through levels: its corners, and its sides as far as both ends are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Outline {
    corners: Vec<Point>,
    path: String,
}

/// Draws a radar, the first spoke upright, the others clockwise; nothing where no spoke has a level.
pub fn draw(spokes: &[Spoke]) -> Option<Figure> {
    let known = spokes.iter().filter(|spoke| spoke.claimed.is_some()).count();
    if known == 0 || spokes.len() < 3 {
        return None;
    }
    let about = format!(
        "A radar with levels from 0 in the middle to 5 outside. A solid line joins the credited levels, a dashed one the \
         claimed. {} have a level. The table of levels has the figures.",
        so_many(known, spokes.len(), "spoke")
    );
    let radar = Radar {
        middle: place(0, 1, 0.0),
        rings: (1..=HIGHEST).map(|level| ring(level, spokes.len())).collect(),
        ends: spokes.iter().enumerate().map(|(index, spoke)| end(index, spokes.len(), spoke)).collect(),
        claimed: outline(spokes, |spoke| spoke.claimed),
        credited: outline(spokes, |spoke| spoke.credited),
    };
    Some(Figure::new("Levels per clause and control group", &about, (WIDTH, HEIGHT), Drawing::Radar(radar)))
}

fn place(index: usize, spokes: usize, distance: f64) -> Point {
    let angle = TAU * index as f64 / spokes as f64;
    Point { x: Length::of(MIDDLE.0 + distance * angle.sin()), y: Length::of(MIDDLE.1 - distance * angle.cos()) }
}

fn ring(level: u8, spokes: usize) -> Ring {
    let distance = REACH * f64::from(level) / f64::from(HIGHEST);
    let corners: Vec<String> = (0..spokes).map(|index| place(index, spokes, distance).to_string()).collect();
    let label = place(0, spokes, distance - 3.0);
    Ring { level, corners: corners.join(" "), label: Point { x: label.x.plus(Length::whole(4)), y: label.y } }
}

fn end(index: usize, spokes: usize, spoke: &Spoke) -> End {
    let label_at = place(index, spokes, REACH + 16.0);
    let middle = Length::of(MIDDLE.0);
    // Words start at their place on the right side, end there on the left, and are centred at top and bottom.
    let aside = label_at.x.minus(middle).0;
    let anchor = if aside.abs() < 200 {
        "middle"
    } else if aside > 0 {
        "start"
    } else {
        "end"
    };
    let label_at = Point { x: label_at.x, y: label_at.y.plus(Length::whole(4)) };
    End { at: place(index, spokes, REACH), label: clean(&spoke.label), label_at, anchor }
}

fn outline(spokes: &[Spoke], level: fn(&Spoke) -> Option<Ratio>) -> Outline {
    let corner = |index: usize| {
        let ratio = level(&spokes[index % spokes.len()])?;
        let share = ratio.numerator as f64 / ratio.denominator as f64 / f64::from(HIGHEST);
        Some(place(index % spokes.len(), spokes.len(), REACH * share))
    };
    let sides = (0..spokes.len()).filter_map(|index| corner(index).zip(corner(index + 1)));
    let path: Vec<String> = sides.map(|(from, to)| format!("M {} {} L {} {}", from.x, from.y, to.x, to.y)).collect();
    Outline { corners: (0..spokes.len()).filter_map(corner).collect(), path: path.join(" ") }
}

impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{},{}", self.x, self.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoke(level: Option<u64>) -> Spoke {
        let level = level.and_then(|level| Ratio::new(level, 1));
        Spoke { label: "4".into(), claimed: level, credited: level }
    }

    #[test]
    fn a_spoke_without_a_level_breaks_the_line() {
        let sides = |levels: &[Option<u64>]| {
            let spokes: Vec<Spoke> = levels.iter().map(|level| spoke(*level)).collect();
            let outline = outline(&spokes, |spoke| spoke.credited);
            (outline.corners.len(), outline.path.matches('M').count())
        };
        assert_eq!(sides(&[Some(1), Some(2), Some(3), Some(4)]), (4, 4));
        assert_eq!(sides(&[Some(1), None, Some(3), Some(4)]), (3, 2));
        assert_eq!(sides(&[Some(1), None, Some(3), None]), (2, 0));
    }

    #[test]
    fn levels_lie_between_the_middle_and_the_end() {
        assert_eq!(place(0, 4, REACH).to_string(), "260.0,35.0");
        assert_eq!(place(1, 4, REACH).to_string(), "430.0,205.0");
        assert_eq!(
            outline(&[spoke(Some(0)), spoke(Some(5)), spoke(None), spoke(None)], |s| s.claimed).path,
            "M 260.0 205.0 L 430.0 205.0"
        );
        assert!(draw(&[spoke(None), spoke(None), spoke(None)]).is_none(), "nothing is known");
    }
}

//! A heat map: where harms lie by severity and likelihood. Every place says its level in letters or words, never by colour alone.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::{
    model::{impact::criteria::Matrix, level::ImpactLevel},
    report::{
        Style,
        line::{Line, Tone},
        table::{Column, Table},
    },
};

/// Steps of severity and of likelihood.
const STEPS: u8 = 5;
/// Columns between two heat maps that stand beside one another.
const GAP: usize = 4;
/// How to read a heat map.
pub const LEGEND: &str = "Rows: severity, columns: likelihood, each 1 to 5. Each place shows its level and the harms that lie \
    there. Letters stand for levels: L low, M medium, H high, VH very high.";

/// Severity by likelihood: the level of every place, and the ids that lie there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeatMap {
    caption: String,
    /// Severity 5 first, likelihood 1 first.
    rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Row {
    severity: u8,
    places: Vec<Place>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Place {
    level: &'static str,
    letter: &'static str,
    ids: Vec<Line>,
}

impl HeatMap {
    /// A map without harms.
    pub fn new(caption: &str, matrix: &Matrix) -> HeatMap {
        let place = |severity: u8, likelihood: u8| {
            let level = matrix.level(severity, likelihood);
            Place { level: level.name(), letter: letter(level), ids: Vec::new() }
        };
        let row = |severity: u8| Row { severity, places: (1..=STEPS).map(|step| place(severity, step)).collect() };
        HeatMap { caption: caption.to_owned(), rows: (1..=STEPS).rev().map(row).collect() }
    }

    /// Puts an id at its place; severity and likelihood are 1 to 5.
    pub fn put(&mut self, severity: u8, likelihood: u8, id: &str) {
        let row = self.rows.iter_mut().find(|row| row.severity == severity.clamp(1, STEPS));
        let place = row.and_then(|row| row.places.get_mut(usize::from(likelihood.clamp(1, STEPS)) - 1));
        place.expect("every step from 1 to 5 has its place").ids.push(id.into());
    }

    fn table(&self, first_heading: &str, show: impl Fn(&Place) -> String) -> Table {
        let numbers = (1..=STEPS).map(|step| Column::words(&step.to_string()));
        let mut table = Table::new([Column::words(first_heading).key()].into_iter().chain(numbers).collect());
        for row in &self.rows {
            let severity = Line::from(row.severity.to_string());
            table.push([severity].into_iter().chain(row.places.iter().map(|place| show(place).into())).collect());
        }
        table
    }

    /// The lines of the map in columns of `width` at most.
    fn text(&self, width: usize, style: Style) -> Vec<String> {
        let table = self.table("sev", |place| with_ids(place.letter, place));
        let widths = table.widths(width).unwrap_or_else(|| forced_widths(width));
        let caption = Line::toned(&self.caption, Tone::Strong).wrap(width);
        let caption = caption.into_iter().map(|line| line.print(style));
        caption.chain(table.grid(&widths, style)).collect()
    }

    fn markdown(&self) -> String {
        let table = self.table("Severity \\ likelihood", |place| match place.ids.is_empty() {
            true => place.level.to_owned(),
            false => with_ids(&format!("{}:", place.level), place),
        });
        format!("{}\n\n{}", Line::toned(&self.caption, Tone::Strong).markdown(), table.markdown())
    }

    /// Whether it fits into so many columns without breaking a word.
    fn fits(&self, width: usize) -> bool {
        self.table("sev", |place| with_ids(place.letter, place)).widths(width).is_some()
    }
}

fn with_ids(level: &str, place: &Place) -> String {
    let ids = place.ids.iter().map(Line::content);
    [level.to_owned()].into_iter().chain(ids).collect::<Vec<_>>().join(" ")
}

/// The level in a letter or two.
const fn letter(level: ImpactLevel) -> &'static str {
    match level {
        ImpactLevel::Low => "L",
        ImpactLevel::Medium => "M",
        ImpactLevel::High => "H",
        ImpactLevel::VeryHigh => "VH",
    }
}

/// Five equal columns beside that of the severity, where long ids have to be broken.
fn forced_widths(width: usize) -> Vec<usize> {
    let (first, gaps) = (3, 2 * usize::from(STEPS));
    let each = (width.saturating_sub(first + gaps) / usize::from(STEPS)).max(2);
    [first].into_iter().chain(std::iter::repeat_n(each, usize::from(STEPS))).collect()
}

/// Two maps beside one another where there is room, else one under the other.
pub(super) fn text(maps: &[HeatMap; 2], width: usize, style: Style) -> Vec<String> {
    let half = width.saturating_sub(GAP) / 2;
    let [left, right] = maps;
    if !maps.iter().all(|map| map.fits(half)) {
        return [left.text(width, style), vec![String::new()], right.text(width, style)].concat();
    }
    let plain = left.text(half, Style::Plain);
    let (lines, beside) = (left.text(half, style), right.text(half, style));
    let height = lines.len().max(beside.len());
    let at = |lines: &[String], index: usize| lines.get(index).cloned().unwrap_or_default();
    let line = |index: usize| {
        // Escape sequences take no room, so that the plain lines say how far the next map is.
        let padding = " ".repeat((half + GAP).saturating_sub(at(&plain, index).width()));
        format!("{}{padding}{}", at(&lines, index), at(&beside, index)).trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

/// Two maps one after the other, with a line break at the end.
pub(super) fn markdown(maps: &[HeatMap; 2]) -> String {
    maps.iter().map(HeatMap::markdown).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn maps(id: &str) -> [HeatMap; 2] {
        let mut maps = ["Before measures", "After measures"].map(|caption| HeatMap::new(caption, &Matrix::PROPOSED));
        maps[0].put(4, 3, id);
        maps[0].put(4, 3, "h2");
        maps[1].put(2, 2, id);
        maps
    }

    #[test]
    fn two_maps_stand_beside_one_another_where_there_is_room() {
        let lines = text(&maps("h1"), 80, Style::Plain).join("\n");
        insta::assert_snapshot!(lines, @"
        Before measures                           After measures
        sev  1  2  3        4   5                 sev  1  2     3  4   5
        ---  -  -  -------  --  --                ---  -  ----  -  --  --
        5    M  M  H        VH  VH                5    M  M     H  VH  VH
        4    L  M  H h1 h2  H   VH                4    L  M     H  H   VH
        3    L  M  M        H   H                 3    L  M     M  H   H
        2    L  L  M        M   M                 2    L  L h1  M  M   M
        1    L  L  L        L   M                 1    L  L     L  L   M
        ");
    }

    #[test]
    fn two_maps_stand_one_under_the_other_where_there_is_none() {
        let lines = text(&maps("wrong-refusal"), 60, Style::Plain);
        assert_eq!(lines.len(), 17, "{lines:#?}");
        assert!(lines.iter().all(|line| line.width() <= 60), "{lines:#?}");
        assert!(text(&maps("h1"), 30, Style::Plain).iter().all(|line| line.width() <= 30));
    }

    #[test]
    fn markdown_says_the_level_in_words() {
        let text = markdown(&maps("h1"));
        assert!(text.contains("| 4 | low | medium | high: h1 h2 | high | very high |"), "{text}");
    }
}

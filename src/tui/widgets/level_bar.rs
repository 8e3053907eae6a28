//! A level as a bar of five cells: filled as far as it is credited, hatched as far as it is only claimed.

use crate::{score::ratio::Ratio, tui::theme::Theme};

/// The cells of a bar, one per level above 0.
const CELLS: u64 = 5;

/// The bar of two levels, five cells wide; empty where there is no claimed level.
pub fn bar(claimed: Option<Ratio>, credited: Option<Ratio>, theme: Theme) -> String {
    let cells = |level: Option<Ratio>| level.map_or(0, |level| level.rounded(1).min(CELLS));
    let (claimed, credited) = (cells(claimed), cells(credited));
    (0..CELLS)
        .map(|cell| {
            if cell < credited {
                theme.symbol("\u{2588}", "#")
            } else if cell < claimed {
                theme.symbol("\u{2592}", "+")
            } else {
                theme.symbol("\u{b7}", ".")
            }
        })
        .collect()
}

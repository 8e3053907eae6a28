//! A level as a bar: filled as far as it is credited, hatched as far as it is only claimed.

use crate::{score::ratio::Ratio, tui::theme::Theme};

/// The cells of the smallest bar, one per level above 0.
const LEVELS: u64 = 5;

/// The bar of two levels, five cells wide; empty where there is no claimed level.
pub fn bar(claimed: Option<Ratio>, credited: Option<Ratio>, theme: Theme) -> String {
    scaled(claimed, credited, 1, theme)
}

/// The same with so many cells for each level.
pub fn scaled(claimed: Option<Ratio>, credited: Option<Ratio>, cells_per_level: u64, theme: Theme) -> String {
    let most = LEVELS * cells_per_level;
    let cells = |level: Option<Ratio>| level.map_or(0, |level| level.rounded(cells_per_level).min(most));
    let (claimed, credited) = (cells(claimed), cells(credited));
    (0..most)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Palette;

    #[test]
    fn a_bar_shows_credited_within_claimed() {
        let level = |numerator, denominator| Ratio::new(numerator, denominator);
        let ascii = Theme { palette: Palette::Plain, ascii: true };
        assert_eq!(bar(level(36, 10), level(2, 1), ascii), "##++.");
        assert_eq!(scaled(level(36, 10), level(2, 1), 2, ascii), "####+++...");
        assert_eq!(bar(None, None, ascii), ".....");
        assert_eq!(bar(level(5, 1), level(5, 1), Theme { ascii: false, ..ascii }), "█████");
    }
}

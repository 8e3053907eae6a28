//! The colours of the HTML pages, the only place that names one. Every text has a contrast of at least 4.5 to what is behind it
//! and every shape at least 3 to the page (WCAG 2.2, 1.4.3 and 1.4.11), which the tests compute.

/// Names and colours; the template makes each a variable of its styles.
pub(super) const PALETTE: [(&str, &str); 24] = [
    ("paper", "#ffffff"),
    ("ink", "#1a1a1a"),
    ("faint", "#4a4a4a"),
    ("link", "#0b4f8a"),
    ("line", "#767676"),
    ("rule", "#444444"),
    ("head", "#ececec"),
    // Verdicts and states in words.
    ("major", "#9b1111"),
    ("minor", "#7a4a00"),
    ("open", "#0b4f6c"),
    ("good", "#1d5c1d"),
    // Impact levels behind words.
    ("low", "#e3f1e3"),
    ("medium", "#fff3c4"),
    ("high", "#ffd9b8"),
    ("very-high", "#f9c4c4"),
    // Shapes.
    ("credited", "#0b4f8a"),
    ("claimed", "#5b8fbf"),
    ("claimed-bar", "#c3d9ee"),
    ("range", "#1a1a1a"),
    ("work", "#33658a"),
    ("begun", "#8a4a00"),
    ("agreed", "#9b1111"),
    ("not-shown", "#4a4a8a"),
    ("not-applicable", "#5c5c5c"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::report::page::html::TEMPLATE;

    /// Every text colour with what may be behind it.
    const TEXTS: [(&str, &str); 21] = [
        ("ink", "paper"),
        ("ink", "head"),
        ("ink", "low"),
        ("ink", "medium"),
        ("ink", "high"),
        ("ink", "very-high"),
        ("faint", "paper"),
        ("link", "paper"),
        ("major", "paper"),
        ("minor", "paper"),
        ("open", "paper"),
        ("good", "paper"),
        ("major", "head"),
        ("minor", "head"),
        ("open", "head"),
        ("good", "head"),
        // The numbers within the bars of verdicts.
        ("paper", "major"),
        ("paper", "minor"),
        ("paper", "open"),
        ("paper", "not-shown"),
        ("paper", "good"),
    ];

    /// Shapes that say something, on the page.
    const SHAPES: [&str; 8] = ["line", "credited", "claimed", "range", "work", "begun", "agreed", "not-applicable"];

    fn colour(name: &str) -> [u8; 3] {
        let (_, hex) = PALETTE.iter().find(|(other, _)| *other == name).expect("a colour of the palette");
        [1, 3, 5].map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("two hexadecimal digits"))
    }

    /// The relative luminance after WCAG 2.2.
    fn luminance(name: &str) -> f64 {
        let channel = |value: u8| match f64::from(value) / 255.0 {
            share if share <= 0.04045 => share / 12.92,
            share => ((share + 0.055) / 1.055).powf(2.4),
        };
        let [red, green, blue] = colour(name).map(channel);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn the_contrast_is_computed_as_the_rule_says() {
        assert!((contrast("paper", "paper") - 1.0).abs() < 1e-9);
        assert!((contrast("line", "paper") - 4.54).abs() < 0.01, "a known pair: #767676 on white");
    }

    #[test]
    fn every_text_has_a_contrast_of_four_and_a_half() {
        for (text, behind) in TEXTS.into_iter().chain([("paper", "not-applicable")]) {
            let contrast = contrast(text, behind);
            assert!(contrast >= 4.5, "{text} on {behind}: {contrast:.2}");
        }
    }

    #[test]
    fn every_shape_has_a_contrast_of_three() {
        for shape in SHAPES {
            assert!(contrast(shape, "paper") >= 3.0, "{shape}: {:.2}", contrast(shape, "paper"));
        }
    }

    #[test]
    fn the_styles_use_the_colours_of_the_palette_and_only_pairs_that_are_tested() {
        let after = |property: &str| -> BTreeSet<&str> {
            let starts = TEMPLATE.match_indices(property).map(|(at, found)| &TEMPLATE[at + found.len()..]);
            starts.filter_map(|rest| rest.split(')').next()).collect()
        };
        let names: BTreeSet<&str> = PALETTE.iter().map(|(name, _)| *name).collect();
        let used = after("var(--");
        assert_eq!(used, names, "each colour is used, and no other");
        let texts: BTreeSet<&str> = TEXTS.iter().map(|(text, _)| *text).collect();
        assert!(after(" color: var(--").is_subset(&texts), "{:?}", after(" color: var(--"));
        let behind: BTreeSet<&str> = TEXTS.iter().map(|(_, behind)| *behind).collect();
        assert!(after("background: var(--").is_subset(&behind), "{:?}", after("background: var(--"));
        let styles = TEMPLATE.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).expect("styles");
        let is_literal = |word: &str| word.starts_with('#') && word[1..].starts_with(|c: char| c.is_ascii_hexdigit());
        let literal: Vec<&str> = styles.split([' ', ';', ':']).filter(|word| is_literal(word)).collect();
        assert!(literal.is_empty(), "{literal:?}");
    }
}

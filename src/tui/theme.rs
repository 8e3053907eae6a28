//! Styles and symbols: the only place that knows colours. Nothing is said by colour alone.

use ratatui::style::{Color, Modifier, Style};

use crate::{model::level::ImpactLevel, score::verdict::Verdict};

/// How a session looks. A value per session, since an SSH participant's terminal is not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The colours.
    pub palette: Palette,
    /// Whether only ASCII may be drawn.
    pub ascii: bool,
}

/// A set of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Palette {
    /// For dark backgrounds.
    #[default]
    Dark,
    /// For light backgrounds.
    Light,
    /// No colour at all: with NO_COLOR a colour change would wipe bold and reverse.
    Plain,
}

impl Theme {
    fn color(self, dark: Color, light: Color) -> Style {
        match self.palette {
            Palette::Dark => Style::new().fg(dark),
            Palette::Light => Style::new().fg(light),
            Palette::Plain => Style::new(),
        }
    }

    /// Plain text.
    pub fn text(self) -> Style {
        Style::new()
    }

    /// A heading.
    pub fn heading(self) -> Style {
        self.color(Color::Cyan, Color::Blue).add_modifier(Modifier::BOLD)
    }

    /// Text that stands back: hints, labels, what is not chosen.
    pub fn muted(self) -> Style {
        self.color(Color::Gray, Color::DarkGray)
    }

    /// A proposal: visibly not an answer.
    pub fn proposal(self) -> Style {
        self.muted().add_modifier(Modifier::ITALIC)
    }

    /// The line that the cursor is on; a marker stands beside it as well.
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// What was chosen.
    pub fn chosen(self) -> Style {
        self.color(Color::Green, Color::Green).add_modifier(Modifier::BOLD)
    }

    /// The bars at the top and bottom of the screen.
    pub fn bar(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// A key in the footer.
    pub fn key(self) -> Style {
        self.color(Color::Yellow, Color::Magenta).add_modifier(Modifier::BOLD)
    }

    /// Something to look at before going on.
    pub fn warning(self) -> Style {
        self.color(Color::Yellow, Color::Red).add_modifier(Modifier::BOLD)
    }

    /// A word that the glossary explains.
    pub fn term(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    /// The name of a verdict.
    pub fn verdict(self, verdict: Verdict) -> Style {
        match verdict {
            Verdict::MajorGap => self.color(Color::LightRed, Color::Red).add_modifier(Modifier::BOLD),
            Verdict::MinorGap => self.color(Color::Yellow, Color::Magenta),
            Verdict::Undetermined => self.muted(),
            Verdict::NotShown => self.color(Color::Cyan, Color::Blue),
            Verdict::Conforming => self.color(Color::Green, Color::Green),
            Verdict::NotApplicable => self.muted(),
        }
    }

    /// An impact level; its word or letter stands there as well.
    pub fn impact(self, level: ImpactLevel) -> Style {
        match level {
            ImpactLevel::Low => self.color(Color::Green, Color::Green),
            ImpactLevel::Medium => self.color(Color::Yellow, Color::Magenta),
            ImpactLevel::High => self.color(Color::LightRed, Color::Red),
            ImpactLevel::VeryHigh => self.color(Color::LightRed, Color::Red).add_modifier(Modifier::BOLD),
        }
    }

    /// The mark of a verdict: a letter or sign that differs for each.
    pub fn verdict_mark(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::MajorGap => "!!",
            Verdict::MinorGap => "! ",
            Verdict::Undetermined => "? ",
            Verdict::NotShown => "~ ",
            Verdict::Conforming => "ok",
            Verdict::NotApplicable => "- ",
        }
    }

    /// The first character if the terminal draws Unicode, the second if only ASCII.
    pub fn symbol(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        if self.ascii { ascii } else { unicode }
    }

    /// The marker beside the line that the cursor is on.
    pub fn cursor(self) -> &'static str {
        self.symbol("\u{25b8}", ">")
    }

    /// What stands between two pieces of text on one line.
    pub fn dot(self) -> &'static str {
        self.symbol(" \u{b7} ", " - ")
    }
}

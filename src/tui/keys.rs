//! The key table: one list drives dispatch, the footer, the help page and the table in the README.
//!
//! Nothing is bound to Ctrl-A, Ctrl-B or Ctrl-Space (tmux and screen take them), and nothing needs a lone Esc.

mod table;

pub use table::TABLE;

use crate::tui::input::{Key, KeyCode};

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// On every screen that does not take text.
    Everywhere,
    /// The list of saves.
    Home,
    /// The list of saves while it is filtered.
    Filter,
    /// Home while there is no save.
    FirstStart,
    /// A line of text is asked for.
    Prompt,
    /// One-key picks about the organization.
    Profile,
    /// The first, plain questions.
    Gateway,
    /// What the answers at the gateway propose.
    FirstPicture,
    /// The tree of clauses and controls.
    Map,
    /// One requirement, on its ladder.
    Question,
    /// One requirement, on its checks.
    Checks,
    /// A longer text is written.
    Editor,
    /// A control is excluded.
    Exclusion,
    /// Fuzzy search.
    Search,
    /// The evidence register.
    Evidence,
    /// One item of evidence, to be changed.
    EvidenceItem,
    /// The AI systems.
    Systems,
    /// AI systems are registered, one in a line.
    QuickAdd,
    /// One AI system with its parts.
    SystemPage,
    /// The screening of an AI system.
    Screening,
    /// The criteria for rating impacts.
    Criteria,
    /// Fields that are filled and kept together.
    Form,
    /// The sections of an impact assessment.
    ImpactSections,
    /// One prompt of an impact assessment.
    ImpactPrompt,
    /// The answer to a prompt, while it is written.
    ImpactText,
    /// The harms of an AI system.
    Harms,
    /// In what respect a harm is looked for.
    Dimensions,
    /// Measures, benefits, and what happened since.
    ImpactRows,
    /// The harms by severity and likelihood.
    HeatMap,
    /// How the impact level of an AI system comes about.
    ImpactLevel,
    /// Who prepared, reviewed and approved.
    SignOff,
    /// A step of the path through the EU AI Act.
    EuAct,
    /// What follows from that path.
    EuActResult,
    /// The bill of materials of an AI system.
    Bill,
    /// Figures per category.
    Results,
    /// The lenses, to choose one.
    Lenses,
    /// The groups of a lens with their figures.
    Lens,
    /// The requirements behind a group of a lens.
    LensRow,
    /// What a figure rests on.
    Why,
    /// What people state differently.
    Disputes,
    /// The remediation plan.
    Plan,
    /// The figures with some actions done.
    WhatIf,
    /// The statement of applicability.
    Applicability,
    /// Words explained.
    Glossary,
    /// Programmes against what they show.
    Programmes,
    /// Two rounds side by side.
    Compare,
    /// The figures of all rounds.
    Trend,
    /// All keys.
    Help,
}

impl Context {
    /// All contexts in the order of the help page.
    pub const ALL: [Context; 48] = [
        Context::Everywhere,
        Context::FirstStart,
        Context::Home,
        Context::Filter,
        Context::Prompt,
        Context::Profile,
        Context::Gateway,
        Context::FirstPicture,
        Context::Map,
        Context::Question,
        Context::Checks,
        Context::Editor,
        Context::Exclusion,
        Context::Search,
        Context::Evidence,
        Context::EvidenceItem,
        Context::Systems,
        Context::QuickAdd,
        Context::SystemPage,
        Context::Screening,
        Context::Criteria,
        Context::Bill,
        Context::Form,
        Context::ImpactSections,
        Context::ImpactPrompt,
        Context::ImpactText,
        Context::Harms,
        Context::Dimensions,
        Context::ImpactRows,
        Context::HeatMap,
        Context::ImpactLevel,
        Context::SignOff,
        Context::EuAct,
        Context::EuActResult,
        Context::Results,
        Context::Lenses,
        Context::Lens,
        Context::LensRow,
        Context::Why,
        Context::Disputes,
        Context::Plan,
        Context::WhatIf,
        Context::Applicability,
        Context::Programmes,
        Context::Compare,
        Context::Trend,
        Context::Glossary,
        Context::Help,
    ];

    /// The name of the context on the help page.
    pub const fn name(self) -> &'static str {
        match self {
            Context::Everywhere => "Everywhere",
            Context::Home => "Home",
            Context::Filter => "Home: find",
            Context::FirstStart => "First start",
            Context::Prompt => "A line of text",
            Context::Profile => "Profile",
            Context::Gateway => "Gateway",
            Context::FirstPicture => "Gateway: first picture",
            Context::Map => "Map",
            Context::Question => "Question",
            Context::Checks => "Question: checks",
            Context::Editor => "Note",
            Context::Exclusion => "Exclusion",
            Context::Search => "Search",
            Context::Evidence => "Evidence",
            Context::EvidenceItem => "An item of evidence",
            Context::Systems => "AI systems",
            Context::QuickAdd => "AI systems: quick add",
            Context::SystemPage => "An AI system",
            Context::Screening => "Screening",
            Context::Criteria => "Criteria for impacts",
            Context::Bill => "AI bill of materials",
            Context::Form => "A form",
            Context::ImpactSections => "Impact assessment",
            Context::ImpactPrompt => "Impact assessment: a prompt",
            Context::ImpactText => "Impact assessment: writing",
            Context::Harms => "Harms",
            Context::Dimensions => "Dimensions of harm",
            Context::ImpactRows => "Measures, benefits, events",
            Context::HeatMap => "Heat map",
            Context::ImpactLevel => "Impact level",
            Context::SignOff => "Sign-off",
            Context::EuAct => "EU AI Act",
            Context::EuActResult => "EU AI Act: result",
            Context::Results => "Results",
            Context::Lenses => "Lenses",
            Context::Lens => "A lens",
            Context::LensRow => "Behind a row of a lens",
            Context::Why => "Why",
            Context::Disputes => "To be settled",
            Context::Plan => "Plan",
            Context::WhatIf => "What if",
            Context::Applicability => "Statement of applicability",
            Context::Glossary => "Glossary",
            Context::Programmes => "Programmes",
            Context::Compare => "Compare",
            Context::Trend => "Trend",
            Context::Help => "Help",
        }
    }

    /// Whether characters are text there, so that only the keys of the context itself are commands.
    pub const fn takes_text(self) -> bool {
        matches!(
            self,
            Context::Prompt
                | Context::Filter
                | Context::Editor
                | Context::Search
                | Context::Exclusion
                | Context::EvidenceItem
                | Context::QuickAdd
                | Context::Form
                | Context::ImpactText
        )
    }
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Move up.
    Up,
    /// Move down.
    Down,
    /// Move left, or to what comes before.
    Left,
    /// Move right, or to what comes after.
    Right,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// Take or open what the cursor is on.
    Choose,
    /// A digit: a level, or an option.
    Digit(u8),
    /// The other part of the screen, or the next field.
    Switch,
    /// The part or field before.
    SwitchBack,
    /// Return to the screen before.
    Back,
    /// Leave the program.
    Quit,
    /// Take back the last edit.
    Undo,
    /// Carry out again what was taken back.
    Redo,
    /// All keys.
    Help,
    /// Find anything.
    Search,
    /// Words explained.
    Glossary,
    /// Nobody knows.
    Unknown,
    /// Yes.
    Yes,
    /// Partly.
    Partly,
    /// No.
    No,
    /// No occasion so far.
    NoOccasion,
    /// Take the answer away.
    Clear,
    /// Declare not applicable, or applicable again.
    Exclude,
    /// Evidence.
    Evidence,
    /// The note.
    Note,
    /// Who answers for it.
    Owner,
    /// Flag to talk over.
    Flag,
    /// The next that is not answered.
    NextOpen,
    /// The next that is flagged.
    NextFlagged,
    /// Quick or full pass.
    TogglePass,
    /// More about it.
    More,
    /// What a figure rests on.
    Why,
    /// Take all proposals of a group.
    AcceptAll,
    /// Say that nothing of a group exists.
    DeclareAbsent,
    /// The gateway questions.
    Gateway,
    /// Figures per category.
    Results,
    /// The lenses.
    Lenses,
    /// What people state differently.
    Disputes,
    /// The remediation plan.
    Plan,
    /// The statement of applicability.
    Applicability,
    /// The AI systems.
    Systems,
    /// The profile.
    Profile,
    /// Something new.
    New,
    /// The bundled example.
    Example,
    /// A copy.
    Duplicate,
    /// Out of the list.
    Archive,
    /// Remove.
    Remove,
    /// Keep what was written.
    Keep,
    /// The person's own editor.
    OwnEditor,
    /// Mark or unmark for what-if, or tick.
    Mark,
    /// What if the marked were done.
    WhatIf,
    /// The criteria for rating impacts.
    Criteria,
    /// Approve.
    Approve,
    /// How something was settled.
    Settled,
    /// The status of an action.
    Status,
    /// Another view of the same.
    OtherView,
    /// The harms of an AI system.
    Harms,
    /// The measures against its harms.
    Measures,
    /// Its benefits.
    Benefits,
    /// Its harms by severity and likelihood.
    HeatMap,
    /// Who prepared, reviewed and approved its assessment.
    SignOff,
    /// What happened since.
    Occasions,
    /// Confirm what an earlier round said, or go to the next such answer.
    Confirm,
    /// Programmes against what they show.
    Programmes,
    /// What differs from another round.
    Compare,
    /// Begin the next round.
    NextRound,
    /// The figures of all rounds.
    Trend,
}

/// The keys of a binding.
#[derive(Clone, Copy, Debug)]
pub enum Keys {
    /// Any of these.
    These(&'static [Key]),
    /// The digits from 0, or from 1, up to this one.
    Digits {
        /// The lowest.
        from: u8,
        /// The highest.
        to: u8,
    },
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it works.
    pub context: Context,
    /// Which keys.
    pub keys: Keys,
    /// The keys as they are shown.
    pub shown: &'static str,
    /// What they ask for; for digits the number is that of the key.
    pub command: Command,
    /// What that means here, in a word or three.
    pub label: &'static str,
    /// Whether the footer shows it, as far as there is room.
    pub in_footer: bool,
}

/// What a key asks for in a context, if anything.
pub fn command(context: Context, key: Key) -> Option<Command> {
    let fallback = (!context.takes_text()).then_some(Context::Everywhere);
    [Some(context), fallback].into_iter().flatten().find_map(|context| {
        TABLE.iter().filter(|binding| binding.context == context).find_map(|binding| binding.command_for(key))
    })
}

/// The bindings of one context alone, in the order of the footer.
pub fn own_bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    TABLE.iter().filter(move |binding| binding.context == context)
}

/// The bindings that work in a context: its own in the order of the footer, then those of everywhere that it leaves.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    let has_everywhere = !context.takes_text() && context != Context::Everywhere;
    let is_left = move |binding: &&Binding| match binding.keys {
        Keys::These(keys) => keys.iter().any(|key| !own_bindings(context).any(|own| own.command_for(*key).is_some())),
        Keys::Digits { .. } => true,
    };
    own_bindings(context).chain(own_bindings(Context::Everywhere).filter(move |_| has_everywhere).filter(is_left))
}

impl Binding {
    fn command_for(&self, key: Key) -> Option<Command> {
        match (self.keys, key.code) {
            (Keys::These(keys), _) => keys.contains(&key).then_some(self.command),
            (Keys::Digits { from, to }, KeyCode::Char(character)) if !key.ctrl => {
                let digit = u8::try_from(character.to_digit(10)?).ok()?;
                (from..=to).contains(&digit).then_some(Command::Digit(digit))
            }
            (Keys::Digits { .. }, _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_context_binds_a_key_twice() {
        for context in Context::ALL {
            let mut seen: Vec<Key> = Vec::new();
            for binding in TABLE.iter().filter(|binding| binding.context == context) {
                let keys: Vec<Key> = match binding.keys {
                    Keys::These(keys) => keys.to_vec(),
                    Keys::Digits { from, to } => (from..=to).map(|digit| Key::char(char::from(b'0' + digit))).collect(),
                };
                for key in keys {
                    assert!(!seen.contains(&key), "{context:?} binds {key:?} twice");
                    seen.push(key);
                }
            }
        }
    }

    #[test]
    fn keys_that_multiplexers_take_are_free() {
        for character in ['a', 'b', ' '] {
            for context in Context::ALL {
                assert_eq!(command(context, Key::ctrl(character)), None, "Ctrl-{character} in {context:?}");
            }
        }
    }

    #[test]
    fn every_screen_can_be_left_without_esc() {
        for context in Context::ALL {
            let leaves =
                |key: Key| matches!(command(context, key), Some(Command::Back | Command::Quit | Command::Keep));
            assert!(leaves(Key::char('q')) || leaves(Key::ctrl('c')) || leaves(Key::ctrl('s')), "{context:?}");
        }
    }

    #[test]
    fn what_a_screen_binds_anew_is_shown_once() {
        let shown: Vec<&str> = bindings(Context::Home).map(|binding| binding.shown).collect();
        assert_eq!(shown.iter().filter(|shown| **shown == "q").count(), 1);
        assert_eq!(shown.iter().filter(|shown| **shown == "/").count(), 1);
        assert!(shown.contains(&"?"));
        assert!(bindings(Context::Prompt).all(|binding| binding.context == Context::Prompt), "text is text");
    }

    #[test]
    fn a_key_of_the_screen_goes_before_one_of_everywhere() {
        assert_eq!(command(Context::Question, Key::char('3')), Some(Command::Digit(3)));
        assert_eq!(command(Context::Question, Key::char('6')), None);
        assert_eq!(command(Context::Checks, Key::char('n')), Some(Command::No));
        assert_eq!(command(Context::Question, Key::char('/')), Some(Command::Search));
        assert_eq!(command(Context::Prompt, Key::char('q')), None, "text is text");
    }
}

//! The key table: one list drives dispatch, the footer, the help page and the table in the README.
//!
//! Nothing is bound to Ctrl-A, Ctrl-B or Ctrl-Space (tmux and screen take them), and nothing needs a lone Esc.

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

const fn bind(
    context: Context,
    keys: &'static [Key],
    shown: &'static str,
    command: Command,
    label: &'static str,
) -> Binding {
    Binding { context, keys: Keys::These(keys), shown, command, label, in_footer: true }
}

/// A binding that the help page shows and the footer does not.
const fn quiet(
    context: Context,
    keys: &'static [Key],
    shown: &'static str,
    command: Command,
    label: &'static str,
) -> Binding {
    Binding { context, keys: Keys::These(keys), shown, command, label, in_footer: false }
}

const fn digits(context: Context, from: u8, to: u8, shown: &'static str, label: &'static str) -> Binding {
    Binding { context, keys: Keys::Digits { from, to }, shown, command: Command::Digit(0), label, in_footer: true }
}

const fn c(character: char) -> Key {
    Key::char(character)
}

const fn k(code: KeyCode) -> Key {
    Key::plain(code)
}

const ENTER: Key = k(KeyCode::Enter);
const ESC: Key = k(KeyCode::Esc);
const TAB: Key = k(KeyCode::Tab);
const BACK_TAB: Key = k(KeyCode::BackTab);
const BACKSPACE: Key = k(KeyCode::Backspace);
const DELETE: Key = k(KeyCode::Delete);
const UP: Key = k(KeyCode::Up);
const DOWN: Key = k(KeyCode::Down);
const LEFT: Key = k(KeyCode::Left);
const RIGHT: Key = k(KeyCode::Right);
const PAGE_UP: Key = k(KeyCode::PageUp);
const PAGE_DOWN: Key = k(KeyCode::PageDown);
const HOME: Key = k(KeyCode::Home);
const END: Key = k(KeyCode::End);

/// All bindings. Within a context the order is that of the footer.
pub const TABLE: &[Binding] = {
    use Command as Do;
    use Context as At;
    &[
        // First start and Home.
        bind(At::FirstStart, &[ENTER], "Enter", Do::Choose, "choose"),
        bind(At::FirstStart, &[c('n')], "n", Do::New, "start"),
        bind(At::FirstStart, &[c('x')], "x", Do::Example, "example"),
        quiet(At::FirstStart, &[c('/')], "/", Do::Search, "nothing to search yet"),
        bind(At::FirstStart, &[c('q'), ESC], "q", Do::Back, "leave"),
        bind(At::Home, &[ENTER], "Enter", Do::Choose, "open"),
        bind(At::Home, &[c('n')], "n", Do::New, "new"),
        bind(At::Home, &[c('/')], "/", Do::Search, "find"),
        bind(At::Home, &[c('x')], "x", Do::Example, "example"),
        bind(At::Home, &[c('d')], "d", Do::Duplicate, "duplicate"),
        bind(At::Home, &[DELETE, c('D')], "D", Do::Archive, "archive"),
        bind(At::Home, &[c('c')], "c", Do::Compare, "compare"),
        bind(At::Home, &[c('r')], "r", Do::NextRound, "next round"),
        bind(At::Home, &[c('q'), ESC], "q", Do::Back, "leave"),
        bind(At::Filter, &[ENTER], "Enter", Do::Choose, "open"),
        bind(At::Filter, &[UP], "Up", Do::Up, "up"),
        bind(At::Filter, &[DOWN], "Down", Do::Down, "down"),
        bind(At::Filter, &[ESC], "Esc", Do::Back, "show all"),
        quiet(At::Filter, &[Key::ctrl('c')], "Ctrl-C", Do::Back, "show all"),
        quiet(At::Filter, &[Key::ctrl('u')], "Ctrl-U", Do::Clear, "empty the line"),
        quiet(At::Filter, &[PAGE_UP], "Page up", Do::PageUp, "a screen up"),
        quiet(At::Filter, &[PAGE_DOWN], "Page down", Do::PageDown, "a screen down"),
        // Prompts and editor.
        bind(At::Prompt, &[ENTER], "Enter", Do::Choose, "go on"),
        bind(At::Prompt, &[ESC], "Esc", Do::Back, "cancel"),
        quiet(At::Prompt, &[Key::ctrl('c')], "Ctrl-C", Do::Back, "cancel"),
        quiet(At::Prompt, &[Key::ctrl('u')], "Ctrl-U", Do::Clear, "empty the line"),
        bind(At::Editor, &[Key::ctrl('s'), ESC], "Esc", Do::Keep, "done"),
        bind(At::Editor, &[Key::ctrl('e')], "Ctrl-E", Do::OwnEditor, "own editor"),
        bind(At::Editor, &[Key::ctrl('c')], "Ctrl-C", Do::Back, "without change"),
        // Profile and gateway.
        digits(At::Profile, 1, 6, "digit", "pick"),
        bind(At::Profile, &[ENTER], "Enter", Do::Choose, "go on"),
        bind(At::Profile, &[BACKSPACE, LEFT], "Backspace", Do::Left, "back one"),
        quiet(At::Profile, &[RIGHT], "Right", Do::Right, "go on"),
        digits(At::Gateway, 1, 5, "digit", "pick"),
        bind(At::Gateway, &[ENTER], "Enter", Do::Choose, "go on"),
        bind(At::Gateway, &[c('g')], "g", Do::Glossary, "words"),
        bind(At::Gateway, &[BACKSPACE, LEFT], "Backspace", Do::Left, "back one"),
        bind(At::Gateway, &[c('m')], "m", Do::Back, "map"),
        bind(At::Gateway, &[c('u'), DELETE], "u", Do::Clear, "no answer"),
        quiet(At::Gateway, &[RIGHT], "Right", Do::Right, "go on"),
        bind(At::FirstPicture, &[ENTER, RIGHT], "Enter", Do::Choose, "map"),
        bind(At::FirstPicture, &[BACKSPACE, LEFT], "Backspace", Do::Left, "questions"),
        quiet(At::FirstPicture, &[c('m')], "m", Do::Back, "map"),
        // Map.
        bind(At::Map, &[ENTER], "Enter", Do::Choose, "open"),
        bind(At::Map, &[c('a')], "a", Do::NextOpen, "next open"),
        bind(At::Map, &[c('r')], "r", Do::Results, "results"),
        bind(At::Map, &[c('p')], "p", Do::Plan, "plan"),
        bind(At::Map, &[c('A')], "A", Do::AcceptAll, "accept proposals"),
        bind(At::Map, &[c('0')], "0", Do::DeclareAbsent, "nothing exists"),
        bind(At::Map, &[c('s')], "s", Do::Applicability, "applicability"),
        bind(At::Map, &[c('e')], "e", Do::Evidence, "evidence"),
        bind(At::Map, &[c('y')], "y", Do::Systems, "AI systems"),
        bind(At::Map, &[c('w')], "w", Do::Gateway, "gateway"),
        bind(At::Map, &[c('o')], "o", Do::Profile, "profile"),
        bind(At::Map, &[c('F')], "F", Do::NextFlagged, "next flagged"),
        bind(At::Map, &[c('l')], "l", Do::Lenses, "lenses"),
        quiet(At::Map, &[c('x')], "x", Do::Exclude, "exclude the control, or the group"),
        quiet(At::Map, &[c('c')], "c", Do::Confirm, "next to re-confirm"),
        quiet(At::Map, &[c('m')], "m", Do::Programmes, "programmes"),
        quiet(At::Map, &[c('d')], "d", Do::Disputes, "what is disputed"),
        quiet(At::Map, &[c('t')], "t", Do::TogglePass, "quick or full pass"),
        quiet(At::Map, &[LEFT], "Left", Do::Left, "close the group"),
        quiet(At::Map, &[RIGHT], "Right", Do::Right, "open the group"),
        // Question.
        digits(At::Question, 0, 5, "0-5", "level"),
        bind(At::Question, &[c('u')], "u", Do::Unknown, "unknown"),
        bind(At::Question, &[ENTER], "Enter", Do::Choose, "take"),
        bind(At::Question, &[TAB], "Tab", Do::Switch, "checks"),
        bind(At::Question, &[RIGHT], "Right", Do::Right, "next"),
        bind(At::Question, &[BACKSPACE, LEFT], "Backspace", Do::Left, "previous"),
        bind(At::Question, &[c('n')], "n", Do::Note, "note"),
        bind(At::Question, &[c('e')], "e", Do::Evidence, "evidence"),
        bind(At::Question, &[c('x')], "x", Do::Exclude, "exclude"),
        bind(At::Question, &[c('f')], "f", Do::Flag, "flag"),
        bind(At::Question, &[c('i')], "i", Do::More, "more"),
        bind(At::Question, &[c('w')], "w", Do::Why, "why"),
        bind(At::Question, &[c('t')], "t", Do::TogglePass, "quick/full"),
        bind(At::Question, &[c('a')], "a", Do::NextOpen, "next open"),
        bind(At::Question, &[c('F')], "F", Do::NextFlagged, "next flagged"),
        quiet(At::Question, &[c('c')], "c", Do::Confirm, "re-confirm as it stands, next"),
        quiet(At::Question, &[c('d')], "d", Do::Disputes, "settle what is disputed"),
        quiet(At::Question, &[c('o')], "o", Do::Owner, "owner"),
        quiet(At::Question, &[DELETE], "Delete", Do::Clear, "take the level away"),
        bind(At::Checks, &[c('y')], "y", Do::Yes, "yes"),
        bind(At::Checks, &[c('p')], "p", Do::Partly, "partly"),
        bind(At::Checks, &[c('n')], "n", Do::No, "no"),
        bind(At::Checks, &[c('u')], "u", Do::Unknown, "unknown"),
        bind(At::Checks, &[RIGHT, ENTER], "Enter", Do::Right, "next"),
        bind(At::Checks, &[TAB, BACK_TAB], "Tab", Do::Switch, "ladder"),
        bind(At::Checks, &[c('e')], "e", Do::Evidence, "evidence"),
        bind(At::Checks, &[c('o')], "o", Do::NoOccasion, "no occasion"),
        digits(At::Checks, 1, 9, "1-9", "open part"),
        bind(At::Checks, &[BACKSPACE, LEFT], "Backspace", Do::Left, "previous"),
        bind(At::Checks, &[c('N')], "N", Do::Note, "note"),
        bind(At::Checks, &[c('f')], "f", Do::Flag, "flag"),
        bind(At::Checks, &[c('w')], "w", Do::Why, "why"),
        bind(At::Checks, &[c('t')], "t", Do::TogglePass, "quick/full"),
        bind(At::Checks, &[c('i')], "i", Do::More, "more"),
        quiet(At::Checks, &[c('c')], "c", Do::Confirm, "re-confirm as it stands, next"),
        quiet(At::Checks, &[c('d')], "d", Do::Disputes, "settle what is disputed"),
        quiet(At::Checks, &[DELETE], "Delete", Do::Clear, "take the answer away"),
        quiet(At::Checks, &[c('a')], "a", Do::NextOpen, "next open question"),
        // Exclusion.
        bind(At::Exclusion, &[ENTER], "Enter", Do::Keep, "exclude"),
        bind(At::Exclusion, &[TAB, DOWN], "Tab", Do::Switch, "next field"),
        bind(At::Exclusion, &[BACK_TAB, UP], "Shift-Tab", Do::SwitchBack, "field before"),
        bind(At::Exclusion, &[LEFT], "Left", Do::Left, "basis before"),
        bind(At::Exclusion, &[RIGHT], "Right", Do::Right, "next basis"),
        bind(At::Exclusion, &[ESC], "Esc", Do::Back, "cancel"),
        quiet(At::Exclusion, &[Key::ctrl('c')], "Ctrl-C", Do::Back, "cancel"),
        // Search.
        bind(At::Search, &[ENTER], "Enter", Do::Choose, "go there"),
        bind(At::Search, &[UP], "Up", Do::Up, "up"),
        bind(At::Search, &[DOWN], "Down", Do::Down, "down"),
        bind(At::Search, &[ESC], "Esc", Do::Back, "cancel"),
        quiet(At::Search, &[Key::ctrl('c')], "Ctrl-C", Do::Back, "cancel"),
        quiet(At::Search, &[Key::ctrl('u')], "Ctrl-U", Do::Clear, "empty the line"),
        quiet(At::Search, &[PAGE_UP], "Page up", Do::PageUp, "a screen up"),
        quiet(At::Search, &[PAGE_DOWN], "Page down", Do::PageDown, "a screen down"),
        // Evidence.
        bind(At::Evidence, &[c('n'), c('e')], "n", Do::New, "new"),
        bind(At::Evidence, &[c(' ')], "Space", Do::Mark, "serves"),
        bind(At::Evidence, &[ENTER], "Enter", Do::Choose, "change"),
        bind(At::Evidence, &[DELETE, c('D')], "D", Do::Remove, "remove"),
        bind(At::Evidence, &[c('m')], "m", Do::Programmes, "programmes"),
        bind(At::EvidenceItem, &[ENTER], "Enter", Do::Keep, "keep"),
        bind(At::EvidenceItem, &[TAB, DOWN], "Tab", Do::Switch, "next field"),
        bind(At::EvidenceItem, &[BACK_TAB, UP], "Shift-Tab", Do::SwitchBack, "field before"),
        bind(At::EvidenceItem, &[ESC], "Esc", Do::Back, "cancel"),
        quiet(At::EvidenceItem, &[Key::ctrl('c')], "Ctrl-C", Do::Back, "cancel"),
        quiet(At::EvidenceItem, &[Key::ctrl('u')], "Ctrl-U", Do::Clear, "empty the field"),
        // Systems.
        bind(At::Systems, &[ENTER], "Enter", Do::Choose, "open"),
        bind(At::Systems, &[c('n')], "n", Do::New, "add"),
        bind(At::Systems, &[c('s')], "s", Do::Mark, "scope"),
        bind(At::Systems, &[c('c')], "c", Do::Criteria, "criteria"),
        digits(At::Systems, 0, 4, "0-4", "stated level"),
        bind(At::Systems, &[DELETE, c('D')], "D", Do::Remove, "remove"),
        bind(At::QuickAdd, &[ENTER], "Enter", Do::Choose, "add"),
        bind(At::QuickAdd, &[TAB], "Tab", Do::Switch, "take the kind"),
        bind(At::QuickAdd, &[ESC], "Esc", Do::Back, "done"),
        quiet(At::QuickAdd, &[Key::ctrl('c')], "Ctrl-C", Do::Back, "done"),
        quiet(At::QuickAdd, &[Key::ctrl('u')], "Ctrl-U", Do::Clear, "empty the line"),
        quiet(At::QuickAdd, &[DOWN], "Down", Do::Down, "next kind"),
        quiet(At::QuickAdd, &[UP], "Up", Do::Up, "kind before"),
        bind(At::SystemPage, &[ENTER], "Enter", Do::Choose, "open"),
        bind(At::SystemPage, &[c('w')], "w", Do::Why, "why this level, what is open"),
        bind(At::Screening, &[c('y')], "y", Do::Yes, "yes"),
        bind(At::Screening, &[c('n')], "n", Do::No, "no"),
        bind(At::Screening, &[c('u')], "u", Do::Unknown, "not sure"),
        bind(At::Screening, &[ENTER, Key::ctrl('s')], "Enter", Do::Keep, "keep"),
        bind(At::Screening, &[c('s')], "s", Do::Settled, "settled"),
        digits(At::Criteria, 1, 4, "1-4", "level"),
        bind(At::Criteria, &[ENTER], "Enter", Do::Choose, "words"),
        bind(At::Criteria, &[c('a')], "a", Do::Approve, "approve"),
        quiet(At::Criteria, &[LEFT], "Left", Do::Left, "less likely"),
        quiet(At::Criteria, &[RIGHT], "Right", Do::Right, "more likely"),
        bind(At::Bill, &[ENTER], "Enter", Do::Choose, "open"),
        bind(At::Bill, &[c('n')], "n", Do::New, "new part"),
        bind(At::Bill, &[DELETE, c('D')], "D", Do::Remove, "remove"),
        bind(At::Form, &[ENTER, Key::ctrl('s')], "Enter", Do::Keep, "keep"),
        bind(At::Form, &[TAB], "Tab", Do::Switch, "next field"),
        bind(At::Form, &[DOWN], "Down", Do::Down, "down"),
        bind(At::Form, &[UP], "Up", Do::Up, "up"),
        quiet(At::Form, &[BACK_TAB], "Shift-Tab", Do::SwitchBack, "field before"),
        quiet(At::Form, &[PAGE_UP], "Page up", Do::PageUp, "a screen up"),
        quiet(At::Form, &[PAGE_DOWN], "Page down", Do::PageDown, "a screen down"),
        bind(At::Form, &[ESC], "Esc", Do::Back, "cancel"),
        quiet(At::Form, &[Key::ctrl('c')], "Ctrl-C", Do::Back, "cancel"),
        quiet(At::Form, &[Key::ctrl('u')], "Ctrl-U", Do::Clear, "empty the field"),
        // Impact assessment of a system.
        bind(At::ImpactSections, &[ENTER], "Enter", Do::Choose, "open"),
        bind(At::ImpactSections, &[c('a')], "a", Do::NextOpen, "next open"),
        bind(At::ImpactSections, &[c('h')], "h", Do::Harms, "harms"),
        bind(At::ImpactSections, &[c('m')], "m", Do::Measures, "measures"),
        bind(At::ImpactSections, &[c('s')], "s", Do::SignOff, "sign-off"),
        bind(At::ImpactSections, &[c('w')], "w", Do::Why, "level"),
        bind(At::ImpactSections, &[c('t')], "t", Do::TogglePass, "short/all"),
        bind(At::ImpactSections, &[c('b')], "b", Do::Benefits, "benefits"),
        bind(At::ImpactSections, &[c('o')], "o", Do::Occasions, "events"),
        bind(At::ImpactPrompt, &[ENTER], "Enter", Do::Choose, "go on"),
        bind(At::ImpactPrompt, &[RIGHT, PAGE_DOWN], "Right", Do::Right, "next"),
        bind(At::ImpactPrompt, &[BACKSPACE, LEFT, PAGE_UP], "Backspace", Do::Left, "previous"),
        bind(At::ImpactPrompt, &[c('a')], "a", Do::NextOpen, "next open"),
        bind(At::ImpactPrompt, &[c('u')], "u", Do::Unknown, "unknown"),
        bind(At::ImpactPrompt, &[TAB, BACK_TAB], "Tab", Do::Switch, "write"),
        digits(At::ImpactPrompt, 1, 9, "digit", "pick"),
        bind(At::ImpactPrompt, &[c(' ')], "Space", Do::Mark, "tick"),
        quiet(At::ImpactPrompt, &[c('y')], "y", Do::Yes, "yes"),
        quiet(At::ImpactPrompt, &[c('n')], "n", Do::No, "no"),
        quiet(At::ImpactPrompt, &[DELETE], "Delete", Do::Clear, "take the answer away"),
        bind(At::ImpactText, &[ENTER], "Enter", Do::Choose, "go on"),
        bind(At::ImpactText, &[TAB, BACK_TAB], "Tab", Do::Switch, "more keys"),
        bind(At::ImpactText, &[Key::ctrl('s'), ESC], "Esc", Do::Keep, "done"),
        bind(At::ImpactText, &[PAGE_DOWN], "Page down", Do::Right, "next"),
        bind(At::ImpactText, &[PAGE_UP], "Page up", Do::Left, "previous"),
        bind(At::ImpactText, &[Key::ctrl('e')], "Ctrl-E", Do::OwnEditor, "own editor"),
        quiet(At::ImpactText, &[Key::ctrl('c')], "Ctrl-C", Do::Back, "without change"),
        bind(At::Harms, &[c('n')], "n", Do::New, "new"),
        bind(At::Harms, &[ENTER], "Enter", Do::Choose, "change"),
        bind(At::Harms, &[c('0')], "0", Do::DeclareAbsent, "no harm"),
        bind(At::Harms, &[c('m')], "m", Do::Measures, "measures"),
        bind(At::Harms, &[c('h')], "h", Do::HeatMap, "map"),
        bind(At::Harms, &[c('w')], "w", Do::Why, "why"),
        bind(At::Harms, &[c('b')], "b", Do::Benefits, "benefits"),
        bind(At::Harms, &[DELETE, c('D')], "D", Do::Remove, "remove"),
        bind(At::Dimensions, &[ENTER], "Enter", Do::Choose, "new harm"),
        digits(At::Dimensions, 1, 9, "digit", "take example"),
        bind(At::Dimensions, &[c('0')], "0", Do::DeclareAbsent, "no harm here"),
        bind(At::ImpactRows, &[c('n')], "n", Do::New, "new"),
        bind(At::ImpactRows, &[ENTER], "Enter", Do::Choose, "change"),
        bind(At::ImpactRows, &[DELETE, c('D')], "D", Do::Remove, "remove"),
        bind(At::HeatMap, &[ENTER], "Enter", Do::Choose, "open harm"),
        bind(At::HeatMap, &[TAB, BACK_TAB], "Tab", Do::OtherView, "before/after"),
        bind(At::HeatMap, &[c('w')], "w", Do::Why, "why"),
        bind(At::ImpactLevel, &[ENTER], "Enter", Do::Choose, "go there"),
        bind(At::SignOff, &[ENTER], "Enter", Do::Choose, "change"),
        bind(At::SignOff, &[c('n')], "n", Do::New, "new round"),
        bind(At::SignOff, &[c('w')], "w", Do::Why, "level"),
        // EU AI Act.
        bind(At::EuAct, &[ENTER], "Enter", Do::Choose, "go on"),
        bind(At::EuAct, &[c(' ')], "Space", Do::Mark, "tick"),
        bind(At::EuAct, &[c('y')], "y", Do::Yes, "yes"),
        bind(At::EuAct, &[c('n')], "n", Do::No, "no, none"),
        bind(At::EuAct, &[c('u')], "u", Do::Unknown, "unknown"),
        bind(At::EuAct, &[c('i')], "i", Do::More, "more"),
        bind(At::EuAct, &[BACKSPACE, LEFT], "Backspace", Do::Left, "back one"),
        digits(At::EuAct, 1, 9, "1-9", "tick"),
        quiet(At::EuAct, &[RIGHT], "Right", Do::Right, "go on"),
        quiet(At::EuAct, &[DELETE], "Delete", Do::Clear, "take the answer away"),
        bind(At::EuActResult, &[DOWN, PAGE_DOWN, c(' '), c('j')], "Down", Do::PageDown, "next page"),
        bind(At::EuActResult, &[UP, PAGE_UP, c('k')], "Up", Do::PageUp, "page before"),
        bind(At::EuActResult, &[BACKSPACE, LEFT], "Backspace", Do::Left, "questions"),
        // Results, Why, Plan, Statement of applicability.
        bind(At::Results, &[ENTER, c('w')], "Enter", Do::Why, "why"),
        bind(At::Results, &[TAB], "Tab", Do::OtherView, "radar, areas"),
        bind(At::Results, &[c('p')], "p", Do::Plan, "plan"),
        bind(At::Results, &[c('l')], "l", Do::Lenses, "lenses"),
        bind(At::Results, &[c('t')], "t", Do::Trend, "trend"),
        bind(At::Lenses, &[ENTER], "Enter", Do::Choose, "open"),
        bind(At::Lens, &[ENTER], "Enter", Do::Choose, "open"),
        bind(At::Lens, &[c('w')], "w", Do::Why, "why"),
        quiet(At::Lens, &[c('A')], "A", Do::AcceptAll, "accept a head start"),
        bind(At::LensRow, &[ENTER], "Enter", Do::Choose, "question"),
        bind(At::LensRow, &[c('w')], "w", Do::Why, "why this one"),
        quiet(At::LensRow, &[c('A')], "A", Do::AcceptAll, "accept a head start"),
        bind(At::Why, &[ENTER], "Enter", Do::Choose, "question"),
        bind(At::Why, &[c('w')], "w", Do::Why, "why this one"),
        bind(At::Disputes, &[ENTER], "Enter", Do::Choose, "settle"),
        bind(At::Disputes, &[c('i')], "i", Do::More, "question"),
        bind(At::Plan, &[ENTER], "Enter", Do::Choose, "open"),
        bind(At::Plan, &[c(' ')], "Space", Do::Mark, "mark"),
        bind(At::Plan, &[c('w')], "w", Do::WhatIf, "what if"),
        bind(At::Plan, &[c('s')], "s", Do::Status, "status"),
        bind(At::Plan, &[c('o')], "o", Do::Owner, "owner"),
        bind(At::Plan, &[TAB, BACK_TAB], "Tab", Do::OtherView, "bars"),
        quiet(At::Plan, &[c('d')], "d", Do::Disputes, "what is disputed"),
        bind(At::WhatIf, &[DOWN, PAGE_DOWN, c(' '), c('j')], "Down", Do::PageDown, "next page"),
        bind(At::WhatIf, &[UP, PAGE_UP, c('k')], "Up", Do::PageUp, "page before"),
        bind(At::Applicability, &[ENTER], "Enter", Do::Choose, "question"),
        bind(At::Applicability, &[c('x')], "x", Do::Exclude, "exclude"),
        bind(At::Applicability, &[c('i')], "i", Do::More, "reason"),
        bind(At::Applicability, &[c('n')], "n", Do::New, "own control"),
        bind(At::Applicability, &[c('a')], "a", Do::Approve, "approve"),
        quiet(At::Applicability, &[DELETE, c('D')], "D", Do::Remove, "remove an own control"),
        // Programmes and rounds.
        bind(At::Programmes, &[c(' ')], "Space", Do::Mark, "tick"),
        quiet(At::Programmes, &[LEFT, BACKSPACE], "Left", Do::Left, "programme before"),
        quiet(At::Programmes, &[RIGHT], "Right", Do::Right, "next programme"),
        bind(At::Programmes, &[c('n')], "n", Do::New, "new programme"),
        bind(At::Programmes, &[TAB, BACK_TAB], "Tab", Do::OtherView, "uncovered"),
        bind(At::Programmes, &[ENTER], "Enter", Do::Choose, "question"),
        bind(At::Trend, &[DOWN], "Down", Do::Down, "down"),
        bind(At::Compare, &[DOWN], "Down", Do::Down, "down"),
        // Help: every key that goes on turns the page.
        bind(At::Help, &[DOWN, RIGHT, PAGE_DOWN, ENTER, c('j'), c(' ')], "Down", Do::PageDown, "next page"),
        bind(At::Help, &[UP, LEFT, PAGE_UP, BACKSPACE, c('k')], "Up", Do::PageUp, "page before"),
        // Everywhere.
        quiet(At::Everywhere, &[UP, c('k')], "Up, k", Do::Up, "up"),
        quiet(At::Everywhere, &[DOWN, c('j')], "Down, j", Do::Down, "down"),
        quiet(At::Everywhere, &[PAGE_UP], "Page up", Do::PageUp, "a screen up"),
        quiet(At::Everywhere, &[PAGE_DOWN], "Page down", Do::PageDown, "a screen down"),
        quiet(At::Everywhere, &[HOME], "Home", Do::First, "to the first"),
        quiet(At::Everywhere, &[END], "End", Do::Last, "to the last"),
        bind(At::Everywhere, &[c('/')], "/", Do::Search, "search"),
        bind(At::Everywhere, &[c('?')], "?", Do::Help, "help"),
        bind(At::Everywhere, &[c('q'), ESC], "q", Do::Back, "back"),
        quiet(At::Everywhere, &[c('g')], "g", Do::Glossary, "glossary"),
        quiet(At::Everywhere, &[c('z')], "z", Do::Undo, "undo"),
        quiet(At::Everywhere, &[c('Z'), Key::ctrl('r')], "Z", Do::Redo, "redo"),
        quiet(At::Everywhere, &[c('Q'), Key::ctrl('c'), Key::ctrl('d')], "Q, Ctrl-C", Do::Quit, "leave; all is saved"),
    ]
};

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

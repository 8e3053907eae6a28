//! What can be said on the command line.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::{
    cli::output::file::Output,
    exchange::{ExportFormat, ImportFormat},
    model::{profile::Capacity, reference::Reference},
    plan::Goal,
    report::{Format, page::PageFormat, plan::day_rate::DayRate},
    tui::theme::Palette,
};

/// See where your AI management system stands: a self-assessment against ISO/IEC 42001:2023.
///
/// Without a command the screens open. FILE is the path of a save, or the name of one in the saves folder.
#[derive(Debug, Parser)]
#[command(name = "aimscope", version, propagate_version = true, after_help = EXIT_CODES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) options: Options,
}

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 something that you can put right (a broken file, a threshold of check reached);
2 the command line was not understood; 3 a fault of aimscope itself.
A self-assessment in our own words: no certification, no internal audit, no legal advice.";

/// What holds for every command.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    /// Folder of the saves [default: $AIMSCOPE_SAVES, else ./saves if it exists, else your data folder]
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) saves: Option<PathBuf>,
    /// Folder of questionnaires to use instead of the built-in ones
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) questionnaires: Option<PathBuf>,
    /// Day for which everything is computed, YYYY-MM-DD [default: today]
    #[arg(long, global = true, value_name = "DATE", value_parser = parse_date)]
    pub(super) as_of: Option<NaiveDate>,
    /// Who answers [default: git's user.name, else the login]
    #[arg(long = "as", global = true, value_name = "NAME")]
    pub(super) by: Option<String>,
    /// Colours [default: dark; plain with NO_COLOR]
    #[arg(long, global = true, value_enum)]
    pub(super) theme: Option<ThemeName>,
    /// Draw with ASCII characters only
    #[arg(long, global = true)]
    pub(super) ascii: bool,
    /// Leave the mouse to the terminal
    #[arg(long, global = true)]
    pub(super) no_mouse: bool,
}

/// The palettes by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ThemeName {
    /// For a dark background
    Dark,
    /// For a light background
    Light,
    /// No colour at all
    Plain,
}

impl From<ThemeName> for Palette {
    fn from(name: ThemeName) -> Palette {
        match name {
            ThemeName::Dark => Palette::Dark,
            ThemeName::Light => Palette::Light,
            ThemeName::Plain => Palette::Plain,
        }
    }
}

#[derive(Clone, Debug, Subcommand)]
pub(super) enum Command {
    /// Open a save in the screens
    Open {
        /// Path or name of the save
        file: String,
    },
    /// Make a new, empty save and print its path
    New {
        /// Name of the assessment
        name: String,
    },
    /// Print maturity and verdicts per clause, control group and requirement
    Score(Report),
    /// Print the remediation plan
    Plan(PlanReport),
    /// Print the statement of applicability
    Soa(Report),
    /// Print which required documents are there
    Documents(Report),
    /// Print the whole report, for management, an auditor or a consultant; or parts of it
    Report(FullReport),
    /// Print the self-assessment on one page, for a customer's procurement
    Summary(Summary),
    /// Print how far the answers support another framework, a law, or subjects; and where a certificate gives a head start
    Lens(LensReport),
    /// Print the register of AI systems with their levels and approvals
    Systems(Report),
    /// Print the impact assessment of one AI system, as an auditor reads it
    Impact(Impact),
    /// Explain a figure: of a requirement, a clause, a control group
    Why(Why),
    /// Print who changed which answers, when, from what, to what; newest first
    History(History),
    /// Print which programmes (such as red teaming) show which requirements, and what nothing covers
    Programmes(Report),
    /// Print what differs between two rounds, and why: answers, weights of AI systems, age of evidence
    Compare(Compare),
    /// Begin the next round: a copy beside the save, in which each answer counts and is to be confirmed again
    NextRound(NextRound),
    /// Write a Markdown skeleton of a required document
    Draft(Draft),
    /// Print the AI bill of materials of a system, or read one from a CycloneDX file
    Aibom(Aibom),
    /// Write an assessment in the format of another program
    Export(Export),
    /// Read levels, notes and drafts of exclusions from the file of another program
    Import(Import),
    /// Check a save, and fail on what is named
    Check(Check),
    /// Answer line by line, without screens: for screen readers, simple terminals and pipes
    Answer(Answer),
    /// List the earlier states of a save, or take one back
    Restore(Restore),
    /// Merge what two people made of the same save, as git calls it: the result replaces OURS
    Merge(Merge),
    /// Let git merge saves answer by answer
    #[command(subcommand)]
    Git(Git),
    /// Look at the terminal, the saves folder and git, and say what to put right
    Doctor,
    /// Check and show the questionnaires
    #[command(subcommand)]
    Questionnaire(Questionnaire),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// A save and how to print what follows from it.
#[derive(Clone, Debug, Args)]
pub(super) struct Report {
    /// Path or name of the save
    pub(super) file: String,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: FormatName,
}

/// The formats by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FormatName {
    /// Aligned text
    Text,
    /// Markdown
    Md,
    /// Comma-separated values
    Csv,
    /// JSON with exact figures
    Json,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Format {
        match name {
            FormatName::Text => Format::Text,
            FormatName::Md => Format::Markdown,
            FormatName::Csv => Format::Csv,
            FormatName::Json => Format::Json,
        }
    }
}

#[derive(Clone, Debug, Args)]
pub(super) struct Impact {
    /// Path or name of the save
    pub(super) file: String,
    /// Id of the system; `aimscope systems FILE` lists all
    #[arg(long, value_name = "ID")]
    pub(super) system: String,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: PageFormatName,
    #[command(flatten)]
    pub(super) output: Output,
}

/// The formats of a report for people by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum PageFormatName {
    /// Aligned text
    Text,
    /// Markdown
    Md,
    /// One HTML file for reading and printing
    Html,
    /// JSON with everything
    Json,
}

impl From<PageFormatName> for PageFormat {
    fn from(name: PageFormatName) -> PageFormat {
        match name {
            PageFormatName::Text => PageFormat::Text,
            PageFormatName::Md => PageFormat::Markdown,
            PageFormatName::Html => PageFormat::Html,
            PageFormatName::Json => PageFormat::Json,
        }
    }
}

#[derive(Clone, Debug, Args)]
pub(super) struct FullReport {
    /// Path or name of the save
    #[arg(required_unless_present = "print_template")]
    pub(super) file: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: ReportFormatName,
    /// Which parts, separated by commas
    #[arg(long, value_enum, value_name = "PART", value_delimiter = ',', default_value = "full")]
    pub(super) part: Vec<PartName>,
    /// Make the HTML by a template of your own; --print-template gives one to start from
    #[arg(long, value_name = "FILE")]
    pub(super) template: Option<PathBuf>,
    /// Print the built-in template, which says what a template is given
    #[arg(long, conflicts_with_all = ["file", "format", "part", "template", "output"])]
    pub(super) print_template: bool,
    #[command(flatten)]
    pub(super) output: Output,
}

/// The formats of a whole report by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormatName {
    /// Aligned text
    Text,
    /// Markdown
    Md,
    /// One HTML file for reading and printing
    Html,
    /// JSON with everything
    Json,
    /// An Excel workbook with filters and charts; always all parts
    Xlsx,
}

/// The parts of a report by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PartName {
    /// All parts but the brief
    Full,
    /// Scope, gaps and questions, for a consultant's offer
    Brief,
    /// Page one: status, what is disputed or provisional, the first 30 days
    Standing,
    /// Levels and verdicts per clause and control group
    Categories,
    /// Requirements by verdict, with what is missing
    Findings,
    /// The remediation plan
    Plan,
    /// The statement of applicability
    Soa,
    /// The required documents
    Documents,
    /// The AI systems
    Systems,
    /// How it is scored, with this assessment's own numbers
    Method,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Summary {
    /// Path or name of the save
    pub(super) file: String,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: PageFormatName,
    /// Leave out everything that somebody typed: names, scope, reasons, notes, places of evidence
    #[arg(long)]
    pub(super) anonymise: bool,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Clone, Debug, Args)]
pub(super) struct PlanReport {
    #[command(flatten)]
    pub(super) report: Report,
    /// What to reach
    #[arg(long, value_enum, default_value = "targets")]
    pub(super) goal: GoalName,
    /// Person-days a week that the team can put in [default: the profile's, else 3]
    #[arg(long, value_name = "DAYS")]
    pub(super) capacity: Option<Capacity>,
    /// First day of work, YYYY-MM-DD [default: the profile's, else the day of --as-of]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(super) start: Option<NaiveDate>,
    /// Cost of a person-day, to print costs
    #[arg(long, value_name = "AMOUNT")]
    pub(super) day_rate: Option<DayRate>,
}

/// The goals by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum GoalName {
    /// The target levels
    Targets,
    /// No gaps: leaves out what only raises levels beyond 3
    Conformity,
}

impl From<GoalName> for Goal {
    fn from(name: GoalName) -> Goal {
        match name {
            GoalName::Targets => Goal::Targets,
            GoalName::Conformity => Goal::Conformity,
        }
    }
}

#[derive(Clone, Debug, Args)]
pub(super) struct LensReport {
    #[command(flatten)]
    pub(super) report: Report,
    /// nist-ai-rmf, eu-ai-act, iso-27001, iso-27701, coverage-areas, or one of your own from --questionnaires
    #[arg(default_value = "coverage-areas")]
    pub(super) lens: String,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Why {
    /// Path or name of the save
    pub(super) file: String,
    /// A requirement (6.1.2, A.6.2.4), a clause (6) or a control group (A.6)
    pub(super) reference: Reference,
}

#[derive(Clone, Debug, Args)]
pub(super) struct History {
    #[command(flatten)]
    pub(super) report: Report,
    /// Only the changes of this requirement, such as 6.1.2 or A.6.2.4
    pub(super) requirement: Option<Reference>,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Compare {
    /// Path or name of the older save
    pub(super) older: String,
    /// Path or name of the newer save
    pub(super) newer: String,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: FormatName,
    /// Day for which the older round is scored, YYYY-MM-DD [default: what the newer one keeps of it, else its last change]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(super) then: Option<NaiveDate>,
}

#[derive(Clone, Debug, Args)]
pub(super) struct NextRound {
    /// Path or name of the save
    pub(super) file: String,
    /// Name of the next round [default: the same with its number, as in "Acme (round 2)"]
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Draft {
    /// Path or name of the save
    pub(super) file: String,
    /// Id of the document; without one, all ids are listed
    pub(super) document: Option<String>,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Aibom {
    /// Path or name of the save
    pub(super) file: String,
    /// Id of the AI system
    #[arg(long, value_name = "ID")]
    pub(super) system: String,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: BillFormatName,
    /// Write CycloneDX of this version, also where the bill came in a newer one; refused where that would lose something
    #[arg(long, value_enum, value_name = "VERSION")]
    pub(super) spec_version: Option<SpecVersionName>,
    /// Read the bill from a CycloneDX file (JSON, 1.6 or 1.7) instead of printing it
    #[arg(long, value_name = "BOM.json", conflicts_with_all = ["format", "spec_version"])]
    pub(super) import: Option<PathBuf>,
    /// Let the import take the place of the bill that the system has
    #[arg(long, requires = "import")]
    pub(super) replace: bool,
}

/// The formats of a bill by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum BillFormatName {
    /// Aligned text
    Text,
    /// Markdown
    Md,
    /// Comma-separated values
    Csv,
    /// CycloneDX in JSON
    Cyclonedx,
}

/// The versions of CycloneDX that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SpecVersionName {
    /// CycloneDX 1.6
    #[value(name = "1.6")]
    V1_6,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Export {
    /// Path or name of the save
    pub(super) file: String,
    /// The format
    #[arg(long, value_enum, value_name = "NAME")]
    pub(super) format: ExportFormatName,
    #[command(flatten)]
    pub(super) output: Output,
}

/// The formats of exports by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ExportFormatName {
    /// An audit of CISO Assistant as CSV
    CisoAssistantCsv,
    /// An audit of CISO Assistant as a workbook
    CisoAssistantXlsx,
    /// The plan as applied controls of CISO Assistant, as CSV
    CisoAssistantControls,
    /// The plan as issues for Jira, as CSV
    Jira,
    /// The plan as issues for GitLab, as CSV
    Gitlab,
    /// The plan as issues for GitHub: a folder with a Markdown file for each
    Github,
    /// The due dates of the plan as iCalendar
    Ics,
    /// OSCAL 1.2.1 assessment results, as JSON
    OscalAr,
    /// OSCAL 1.2.1 plan of action and milestones, as JSON
    OscalPoam,
    /// The answer sheet: a workbook for people who will not use a terminal
    XlsxQuestionnaire,
}

impl From<ExportFormatName> for ExportFormat {
    fn from(name: ExportFormatName) -> ExportFormat {
        match name {
            ExportFormatName::CisoAssistantCsv => ExportFormat::CisoAssistantCsv,
            ExportFormatName::CisoAssistantXlsx => ExportFormat::CisoAssistantXlsx,
            ExportFormatName::CisoAssistantControls => ExportFormat::CisoAssistantControls,
            ExportFormatName::Jira => ExportFormat::Jira,
            ExportFormatName::Gitlab => ExportFormat::Gitlab,
            ExportFormatName::Github => ExportFormat::Github,
            ExportFormatName::Ics => ExportFormat::Calendar,
            ExportFormatName::OscalAr => ExportFormat::OscalResults,
            ExportFormatName::OscalPoam => ExportFormat::OscalPlan,
            ExportFormatName::XlsxQuestionnaire => ExportFormat::AnswerSheet,
        }
    }
}

#[derive(Clone, Debug, Args)]
pub(super) struct Import {
    /// Path or name of the save
    pub(super) file: String,
    /// The file to read
    pub(super) source: PathBuf,
    /// The format
    #[arg(long, value_enum, value_name = "NAME")]
    pub(super) format: ImportFormatName,
    /// Print what would change, per requirement, and change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// The formats of imports by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ImportFormatName {
    /// An audit of CISO Assistant as CSV
    CisoAssistantCsv,
    /// An audit of CISO Assistant as a workbook
    CisoAssistantXlsx,
    /// A filled answer sheet
    XlsxQuestionnaire,
}

impl From<ImportFormatName> for ImportFormat {
    fn from(name: ImportFormatName) -> ImportFormat {
        match name {
            ImportFormatName::CisoAssistantCsv => ImportFormat::CisoAssistantCsv,
            ImportFormatName::CisoAssistantXlsx => ImportFormat::CisoAssistantXlsx,
            ImportFormatName::XlsxQuestionnaire => ImportFormat::AnswerSheet,
        }
    }
}

#[derive(Clone, Debug, Args)]
pub(super) struct Check {
    /// Path or name of the save
    pub(super) file: String,
    /// Exit with 1 when there is a major, minor or undetermined verdict, or coverage is under a percentage (coverage=80)
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub(super) fail_on: Vec<FailOn>,
}

/// A threshold of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FailOn {
    /// Any major gap.
    Major,
    /// Any gap, major or minor.
    Minor,
    /// Any undetermined requirement.
    Undetermined,
    /// A group whose coverage is under so many percent.
    Coverage(u64),
}

impl std::str::FromStr for FailOn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || format!("`{text}` is not major, minor, undetermined or coverage=PERCENT (0 to 100)");
        match (text, text.strip_prefix("coverage=")) {
            ("major", _) => Ok(FailOn::Major),
            ("minor", _) => Ok(FailOn::Minor),
            ("undetermined", _) => Ok(FailOn::Undetermined),
            (_, Some(percent)) => {
                let percent: u64 = percent.trim_end_matches('%').parse().map_err(|_| error())?;
                if percent <= 100 { Ok(FailOn::Coverage(percent)) } else { Err(error()) }
            }
            (_, None) => Err(error()),
        }
    }
}

#[derive(Clone, Debug, Args)]
pub(super) struct Answer {
    /// Path or name of the save; it is made when there is none of that name
    pub(super) file: String,
    /// Only these requirements, clauses or control groups
    pub(super) only: Vec<Reference>,
    /// Ask for the checks too
    #[arg(long)]
    pub(super) full: bool,
    /// Ask again what is answered already
    #[arg(long)]
    pub(super) again: bool,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Restore {
    /// Path or name of the save; it may be gone
    pub(super) file: String,
    /// Print the earlier states and change nothing
    #[arg(long)]
    pub(super) list: bool,
    /// Number or name of the state to take back [default: the newest that can be read]
    #[arg(long, value_name = "NUMBER", conflicts_with = "list")]
    pub(super) from: Option<String>,
    /// Keep what can still be read of a broken file, answer by answer
    #[arg(long, conflicts_with_all = ["list", "from"])]
    pub(super) salvage: bool,
}

#[derive(Clone, Debug, Args)]
#[command(after_help = MERGE_CODES)]
pub(super) struct Merge {
    /// The save that both started from; an empty file where there is none
    pub(super) base: PathBuf,
    /// The save of this side; the result replaces it
    pub(super) ours: PathBuf,
    /// The save of the other side
    pub(super) theirs: PathBuf,
    /// Write the result here and leave OURS as it is
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// What the save is called in messages
    #[arg(long, value_name = "PATH")]
    pub(super) path: Option<PathBuf>,
}

const MERGE_CODES: &str = "\
Exit codes: 0 merged; 1 merged, and something waits to be settled; 2 nothing is written, as a side cannot be read.";

#[derive(Clone, Debug, Subcommand)]
pub(super) enum Git {
    /// Set git up to merge the saves of this repository with aimscope
    Install {
        /// Keep the setting for all repositories of this user rather than for this one
        #[arg(long)]
        global: bool,
    },
}

#[derive(Clone, Debug, Subcommand)]
pub(super) enum Questionnaire {
    /// Report every problem of a folder of questionnaires, or of the built-in ones
    Check {
        /// The folder
        folder: Option<PathBuf>,
    },
    /// Print one requirement with its checks and its ladder
    Show {
        /// Its number, such as 6.1.2 or A.6.2.4
        id: Reference,
    },
    /// Print the numbers and titles of all requirements
    List,
}

fn parse_date(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| format!("`{text}` is not a day; write it YYYY-MM-DD, such as 2026-11-21"))
}

//! The command line: the composition root. Arguments become a command, a command becomes output and an exit code.

mod aibom;
mod answer;
mod arguments;
mod check;
mod context;
mod doctor;
mod exchange;
mod failure;
mod git;
mod history;
mod manual;
mod merge;
mod output;
mod questionnaire;
mod report;
mod restore;
mod results;
mod rounds;
mod saves;
#[cfg(feature = "terminal")]
mod screens;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{
    arguments::{Arguments, Command, Git},
    context::Context,
    failure::Failure,
};

/// Runs the program with the arguments of this process.
pub fn run() -> ExitCode {
    match Arguments::try_parse() {
        Ok(arguments) => match perform(arguments) {
            Ok(code) => code,
            Err(failure) => failure.report(),
        },
        Err(error) => failure::report_usage(&error),
    }
}

/// Carries out one command. Nothing that a command does not need is read or made.
fn perform(arguments: Arguments) -> Result<ExitCode, Failure> {
    let Arguments { command, options } = arguments;
    match command {
        Some(Command::Completions { shell }) => return manual::completions(shell),
        Some(Command::Man) => return manual::man(),
        Some(Command::Questionnaire(command)) => return questionnaire::perform(command, &options),
        _ => {}
    }
    let context = Context::new(options)?;
    match command {
        None => home(context),
        Some(Command::Open { file }) => open(context, &file),
        Some(Command::New { name }) => saves::create(&context, &name),
        Some(Command::Score(report)) => results::score(&context, &report),
        Some(Command::Plan(report)) => results::plan(&context, &report),
        Some(Command::Soa(report)) => results::soa(&context, &report),
        Some(Command::Documents(report)) => results::documents(&context, &report),
        Some(Command::Report(request)) => report::report(&context, &request),
        Some(Command::Summary(request)) => report::summary(&context, &request),
        Some(Command::Lens(report)) => results::lens(&context, &report),
        Some(Command::Systems(report)) => results::systems(&context, &report),
        Some(Command::Impact(impact)) => results::impact(&context, &impact),
        Some(Command::Why(why)) => results::why(&context, &why),
        Some(Command::History(history)) => history::perform(&context, &history),
        Some(Command::Programmes(report)) => results::programmes(&context, &report),
        Some(Command::Compare(request)) => rounds::compare(&context, &request),
        Some(Command::NextRound(request)) => rounds::next_round(&context, &request.file, request.name.as_deref()),
        Some(Command::Draft(draft)) => results::draft(&context, &draft),
        Some(Command::Export(request)) => exchange::export(&context, &request),
        Some(Command::Import(request)) => exchange::import(&context, &request),
        Some(Command::Check(check)) => check::perform(&context, &check),
        Some(Command::Aibom(aibom)) => aibom::perform(&context, &aibom),
        Some(Command::Answer(answer)) => answer::perform(&context, &answer),
        Some(Command::Restore(request)) => restore::perform(&context, &request),
        Some(Command::Merge(request)) => Ok(merge::perform(&context, &request)),
        Some(Command::Git(Git::Install { global })) => git::install(&context, global),
        Some(Command::Doctor) => doctor::perform(&context),
        // Handled above, before anything else is made.
        Some(Command::Completions { .. } | Command::Man | Command::Questionnaire(_)) => Ok(ExitCode::SUCCESS),
    }
}

#[cfg(feature = "terminal")]
fn home(context: Context) -> Result<ExitCode, Failure> {
    screens::home(context)
}

#[cfg(feature = "terminal")]
fn open(context: Context, file: &str) -> Result<ExitCode, Failure> {
    screens::open(context, file)
}

#[cfg(not(feature = "terminal"))]
fn home(_context: Context) -> Result<ExitCode, Failure> {
    Err(Failure::NoScreens)
}

#[cfg(not(feature = "terminal"))]
fn open(_context: Context, _file: &str) -> Result<ExitCode, Failure> {
    Err(Failure::NoScreens)
}

//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::{info, open, output};
use crate::formats::documents_beside;

/// Events on a map, in step with a timeline, with the actors and sources
/// behind them. Without a command, opens the window.
#[derive(Debug, Parser)]
#[command(version, about, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    window: WindowArgs,
}

/// Options of the window.
#[derive(Debug, Args)]
pub struct WindowArgs {
    #[command(flatten)]
    pub data: DataArgs,

    /// Folder or file in which to look for the sources' documents
    #[arg(long, value_name = "FOLDER")]
    pub documents: Vec<PathBuf>,

    /// Colours: light, dark, or as the system is
    #[arg(long, value_enum)]
    pub theme: Option<ThemeArg>,

    /// Language (default: the system's)
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,

    /// Forget nothing and remember nothing: no saved state is read or written
    #[arg(long)]
    pub fresh: bool,
}

/// What every command that reads takes.
#[derive(Clone, Debug, Args)]
pub struct DataArgs {
    /// What to open: a dataset's folder, that folder zipped, or a file of events
    /// in any format that can be read; several are layers of one session
    /// (default: the bundled dataset)
    #[arg(value_name = "DATASET")]
    pub dataset: Vec<PathBuf>,

    /// What columns of a table mean, for example
    /// "Fecha=date,Lugar=place,dates=day-first"; the rest is guessed
    #[arg(long, value_name = "COLUMN=ROLE,…")]
    pub map: Option<String>,

    /// Only what may lie in this stretch of time, in EDTF: 2017-10, 2014/2016,
    /// 2022-11-30/..
    #[arg(long, value_name = "EDTF", allow_hyphen_values = true)]
    pub window: Option<String>,

    /// Only what passes: kind:, side:, actor:, source:, place:, flag:, bbox:
    /// with values between commas, and words, for example
    /// "kind:attack,raid actor:illiassou-djibo menaka"
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
    pub filter: Option<String>,

    /// With --window: only what certainly lies in it
    #[arg(long, requires = "window")]
    pub certainly: bool,

    /// So many made-up events instead of a dataset, to try how it is with many
    #[arg(long, value_name = "N", hide = true, conflicts_with = "dataset")]
    pub made_up: Option<u32>,
}

impl DataArgs {
    /// The folders `documents` that lie beside what is opened.
    pub fn documents_beside(&self) -> impl Iterator<Item = PathBuf> {
        self.dataset
            .iter()
            .filter_map(|path| documents_beside(path))
    }
}

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// English.
    En,
    /// French.
    Fr,
}

/// A choice of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ThemeArg {
    /// As the system is.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say what is in a dataset: events, places, dates, tolls, sources
    Info {
        #[command(flatten)]
        data: DataArgs,
        /// As one JSON object
        #[arg(long)]
        json: bool,
        /// Write the report of the import, as JSON, into a new file
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
    },
    /// Check a whole dataset, and that --window and --filter are well formed:
    /// one line a problem; exit status 1 if any is an error
    Check {
        #[command(flatten)]
        data: DataArgs,
        /// Also check every cited passage against the documents found here
        #[arg(long, value_name = "FOLDER")]
        documents: Vec<PathBuf>,
    },
    /// Write a dataset, or what passes --window and --filter, in another format:
    /// what was written and what that format cannot hold goes to standard error
    Convert(super::convert::ConvertArgs),
    /// Measure what whole frames cost with many events
    Bench(super::bench::BenchArgs),
    /// Draw what the window would show into a PNG; needs no display
    Render(Box<super::render::RenderArgs>),
}

/// Runs the command.
///
/// # Errors
/// When it cannot be carried out: one line that says what, where and what to do.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        None => super::window::run(cli.window),
        Some(Command::Info { data, json, report }) => {
            let opened = open::open(&data)?;
            if let Some(path) = report {
                info::write_report(&opened.report, &path)?;
            }
            for problem in &opened.report.problems {
                output::note(&problem.to_string());
            }
            output::print(&info::info(&opened, json)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Check { data, documents }) => check(&data, &documents),
        Some(Command::Convert(args)) => {
            super::convert::run(&args)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Bench(args)) => {
            output::print(&super::bench::run(&args)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Render(args)) => super::render::run(&args),
    }
}

fn check(data: &DataArgs, documents: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let mut opened = open::open(data)?;
    let beside: Vec<PathBuf> = data.documents_beside().collect();
    if !documents.is_empty() || !beside.is_empty() {
        let mut library = crate::formats::Documents::default();
        for path in documents.iter().chain(&beside) {
            library.add(path, &opened.dataset)?;
        }
        library.verify(&opened.dataset, &mut opened.report);
    }
    for problem in &opened.report.problems {
        output::print(&problem.to_string())?;
    }
    let errors = opened.report.errors();
    if opened.report.problems.is_empty() {
        output::print("no problems found")?;
    }
    Ok(if errors == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_dataset_and_a_command_are_told_apart() {
        let cli = Cli::try_parse_from(["chronotope", "folder"]).unwrap();
        assert!(cli.command.is_none());
        assert_eq!(cli.window.data.dataset, [PathBuf::from("folder")]);
        let cli = Cli::try_parse_from(["chronotope", "info", "folder", "--json"]).unwrap();
        assert!(matches!(
            cli.command,
            Some(Command::Info { json: true, .. })
        ));
    }

    #[test]
    fn a_window_before_the_year_zero_is_no_option() {
        let cli = Cli::try_parse_from(["chronotope", "info", "--window", "-0999"]).unwrap();
        assert!(matches!(
            cli.command,
            Some(Command::Info { data, .. }) if data.window.as_deref() == Some("-0999")
        ));
    }
}

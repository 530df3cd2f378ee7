//! `chronotope convert`: a dataset, or a set of its events, in another format.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use crate::formats::import::Watch;
use crate::formats::write::{Target, WriteOptions, write};

use super::cli::{DataArgs, LangArg};
use super::{open, output};

/// Options of `convert`.
#[derive(Debug, Args)]
// Of two names or more the last is where to write to.
#[command(allow_missing_positional = true)]
pub struct ConvertArgs {
    #[command(flatten)]
    data: DataArgs,

    /// Where to write to; its ending says the format: .geojson, .csv, .kml,
    /// .parquet, .ftm.json, .timemap.json, .zip, and a folder without one
    #[arg(value_name = "OUT", required = true, requires = "dataset")]
    out: PathBuf,

    /// The format, where the ending does not say it
    #[arg(long, value_name = "FORMAT", value_parser = target)]
    format: Option<Target>,

    /// Write over a file, or a dataset's folder, that is there already
    #[arg(long)]
    replace: bool,

    /// Language of titles and names, for formats that hold only one
    #[arg(long, value_enum, default_value = "en")]
    lang: LangArg,
}

fn target(id: &str) -> Result<Target, String> {
    Target::from_id(id).ok_or_else(|| {
        let all: Vec<_> = Target::ALL.iter().map(|t| t.id()).collect();
        format!("use one of {}", all.join(", "))
    })
}

/// Has an interrupt, and the wish that the program ends, cancel the writing, so
/// that nothing unfinished is left. The second one ends it where it stands.
fn cancel_on_signal(watch: &Watch) {
    let watch = watch.clone();
    let set = ctrlc::set_handler(move || {
        if watch.is_cancelled() {
            std::process::exit(130);
        }
        watch.cancel();
    });
    if let Err(error) = set {
        tracing::warn!("an interrupt will leave unfinished files: {error}");
    }
}

/// Writes the set asked for.
///
/// # Errors
/// When it cannot be read or written.
pub fn run(args: &ConvertArgs) -> anyhow::Result<()> {
    let out = args.out.as_path();
    let target = args
        .format
        .or_else(|| Target::of_path(out))
        .with_context(|| {
            format!(
                "{}: the ending says no format; use --format with one of {}",
                out.display(),
                Target::ALL
                    .iter()
                    .map(|t| t.id())
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        })?;
    let opened = open::open(&args.data)?;
    for problem in &opened.report.problems {
        output::note(&problem.to_string());
    }
    let options = WriteOptions {
        replace: args.replace,
        lang: match args.lang {
            LangArg::En => "en",
            LangArg::Fr => "fr",
        },
    };
    let rows = opened.rows();
    let watch = Watch::default();
    cancel_on_signal(&watch);
    let written = write(&opened.dataset, rows, target, out, &options, &watch)?;
    let events = if written.events == 1 {
        "event"
    } else {
        "events"
    };
    output::note(&format!(
        "{}: {} {events} written as {}",
        out.display(),
        written.events,
        target.name()
    ));
    for loss in &written.losses {
        output::note(loss);
    }
    Ok(())
}

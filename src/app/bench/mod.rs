//! `chronotope bench`: what whole frames cost with many events.
//!
//! A frame runs from "the window has changed" (a command is applied) to the
//! frame drawn and read back, through the same code as the window's, without a
//! window. Each case begins with a few frames that are not counted. What store
//! and view-models do without drawing is measured beside it, and both against
//! the naive way. `benches/README.md` says what each case does.

mod clock;
mod data;
mod frames;
mod growth;
mod import;
mod report;
mod script;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use clap::Args;
use serde::{Deserialize, Serialize};

use crate::dataset::{Dataset, synthetic};
use crate::formats::{self, delimited::plain};
use crate::render::{Driver, Offscreen, RenderError};

use super::output;
use clock::{Case, ms};
use frames::{First, Stage};

/// Steps of a case: of the window from one end of time to the other. Tests take
/// few: unoptimised frames are slow.
const STEPS: i64 = if cfg!(test) { 4 } else { 200 };
/// How often a kind is switched: each of sixteen twice on and off.
const TOGGLES: i64 = if cfg!(test) { 4 } else { 64 };
/// Frames at the beginning of a case that are not counted.
const WARM: i64 = if cfg!(test) { 1 } else { 5 };
/// Size of the window in pixels.
const SIZE: [u32; 2] = [1_280, 800];
/// Width of the timeline without a window.
const WIDTH: f64 = 1_280.0;

/// Options of `bench`.
#[derive(Clone, Debug, Args)]
pub struct BenchArgs {
    /// A dataset, or a CSV table of events with at least the columns id, lat,
    /// lon and `date_start` (default: made-up events)
    #[arg(value_name = "FILE", conflicts_with = "events")]
    file: Option<PathBuf>,

    /// How many made-up events
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    events: u32,

    /// As one JSON object
    #[arg(long)]
    json: bool,

    /// What growth costs, as a table in Markdown: one run each for so many
    /// made-up events
    #[arg(
        long,
        value_name = "N,N…",
        num_args = 0..=1,
        value_delimiter = ',',
        default_missing_value = "10000,100000,1000000,10000000,50000000",
        conflicts_with_all = ["file", "events", "json"]
    )]
    growth: Option<Vec<u32>>,

    /// Only these of the cases that draw, and the empty window
    #[arg(long, value_name = "CASE,CASE…", value_delimiter = ',', value_parser = [
        "scrub", "scrub_all", "pan", "zoom", "filter", "search", "pick",
    ])]
    only: Vec<String>,

    /// Only open this file, and say how long that took until the first frame
    #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "events"])]
    import: Option<PathBuf>,

    /// Only write the events into a CSV table
    #[arg(long, value_name = "FILE", hide = true)]
    write_csv: Option<PathBuf>,
}

/// What was measured; times are of the wall unless they say CPU.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Figures {
    events: usize,
    /// Where they were read from; `None` if they are made up.
    file: Option<PathBuf>,
    /// The driver that drew; "none" without one.
    adapter: String,
    cores: usize,
    load_s: f64,
    index_s: f64,
    /// From the dataset handed over to the first frame read back.
    first_frame_ms: Option<f64>,
    /// The same, until nothing was pending.
    settled_ms: Option<f64>,
    /// The first histogram, without drawing.
    first_histogram_s: f64,
    /// Greatest resident size of the run, with what it drew on.
    memory_mb: Option<f64>,
    cases: Vec<Case>,
    /// A sequential read of the columns that a naive scan reads.
    floor_ms: f64,
    /// A naive scan: every row against the window, counted by kind.
    naive_ms: f64,
}

impl Figures {
    fn case(&self, name: &str) -> Option<&Case> {
        self.cases.iter().find(|c| c.name == name)
    }
}

/// Runs the benchmark; the answer is a table or one JSON object.
///
/// # Errors
/// When the file cannot be read, or the driver gives up.
pub fn run(args: &BenchArgs) -> anyhow::Result<String> {
    if let Some(sizes) = &args.growth {
        return growth::run(sizes);
    }
    if let Some(path) = &args.import {
        return import::run(path);
    }
    let loaded = load(args)?;
    if let Some(path) = &args.write_csv {
        let file = std::fs::File::create(path)
            .with_context(|| format!("{}: it cannot be written", path.display()))?;
        plain::write(&loaded.dataset, std::io::BufWriter::new(file))?;
        return Ok(format!("{} events", loaded.dataset.len()));
    }
    let screen = match Offscreen::new(SIZE, 1.0, Driver::Any) {
        Ok(screen) => Some(screen),
        Err(e @ RenderError::NoDriver) => {
            output::note(&format!("nothing is drawn: {e}"));
            None
        }
        Err(e) => return Err(e.into()),
    };
    let figures = measure(loaded, args.file.clone(), screen, &args.only)?;
    if args.json {
        return Ok(serde_json::to_string(&figures)?);
    }
    Ok(report::text(&figures))
}

struct Loaded {
    dataset: Arc<Dataset>,
    load_s: f64,
    index_s: f64,
}

fn load(args: &BenchArgs) -> anyhow::Result<Loaded> {
    let progress =
        |stage, share| tracing::info!(?stage, share, peak = ?clock::peak_mb(), "building");
    let begin = Instant::now();
    let is_table = |path: &Path| path.is_file() && plain::is_table(path);
    let (parts, events, problems) = match &args.file {
        None => {
            let count = args.events as usize;
            output::note(&format!("making {count} events up"));
            (synthetic::parts(), synthetic::events(count, 1), 0)
        }
        Some(path) if is_table(path) => {
            output::note(&format!("reading {}", path.display()));
            let table = plain::read(path)?;
            (table.parts, table.events, table.report.problems.len())
        }
        Some(path) => {
            // Read and indexed in one: its records are few.
            let (dataset, _) = formats::open(path)?;
            return Ok(Loaded {
                dataset: Arc::new(dataset),
                load_s: ms(begin) / 1e3,
                index_s: 0.0,
            });
        }
    };
    if problems > 0 {
        output::note(&format!(
            "{problems} sorts of problems: chronotope check tells which"
        ));
    }
    let load_s = ms(begin) / 1e3;
    let begin = Instant::now();
    let dataset = Dataset::from_plain(parts, events, &progress);
    // In a window the map does not wait for it; here it is part of the price.
    dataset.prepare_search();
    Ok(Loaded {
        dataset: Arc::new(dataset),
        load_s,
        index_s: ms(begin) / 1e3,
    })
}

fn measure(
    loaded: Loaded,
    file: Option<PathBuf>,
    screen: Option<Offscreen>,
    only: &[String],
) -> anyhow::Result<Figures> {
    let dataset = loaded.dataset;
    let drawn = screen
        .map(|screen| draw(screen, &dataset, only))
        .transpose()?;
    output::note("measuring without drawing");
    let (first_histogram_s, data) = data::cases(&dataset);
    let (naive_ms, floor_ms) = data::baselines(&dataset);
    let first = drawn.as_ref().map(|d| &d.first);
    let mut figures = Figures {
        events: dataset.len(),
        file,
        adapter: drawn
            .as_ref()
            .map_or("none".to_owned(), |d| d.adapter.clone()),
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        load_s: loaded.load_s,
        index_s: loaded.index_s,
        first_frame_ms: first.map(|f| f.first_frame_ms),
        settled_ms: first.map(|f| f.settled_ms),
        first_histogram_s,
        floor_ms,
        naive_ms,
        memory_mb: drawn.as_ref().map_or_else(clock::peak_mb, |d| d.memory_mb),
        cases: drawn.map(|d| d.cases).unwrap_or_default(),
    };
    figures.cases.extend(data);
    figures.cases.sort_by_key(|c| {
        let named = CASES.iter().position(|name| *name == c.name);
        named.unwrap_or(CASES.len())
    });
    Ok(figures)
}

/// The cases that are always told, in their order; others follow.
const CASES: [&str; 9] = [
    "empty",
    "scrub",
    "scrub_all",
    "pan",
    "zoom",
    "filter",
    "histogram",
    "search",
    "pick",
];

struct Drawn {
    adapter: String,
    first: First,
    cases: Vec<Case>,
    memory_mb: Option<f64>,
}

/// Draws the dataset, and then the same with no event in it.
fn draw(screen: Offscreen, dataset: &Arc<Dataset>, only: &[String]) -> Result<Drawn, RenderError> {
    let adapter = screen.adapter();
    output::note(&format!("drawing with {adapter}"));
    let (mut stage, first) = Stage::open(screen, dataset)?;
    let home = stage.home();
    let mut cases = stage.cases(dataset, only)?;
    // The second window, on nothing, is the benchmark's and not the program's.
    let memory_mb = clock::peak_mb();
    drop(stage);
    let screen = Offscreen::new(SIZE, 1.0, Driver::Any)?;
    let empty = Stage::open_empty(screen, dataset, home)?.empty_cases(dataset)?;
    let floor = empty.first().map_or(0.0, |c| c.cpu_p50_ms);
    for case in &mut cases {
        case.above_empty_cpu_p99_ms = Some(case.cpu_p99_ms - floor);
    }
    cases.extend(empty);
    Ok(Drawn {
        adapter,
        first,
        cases,
        memory_mb,
    })
}

#[cfg(test)]
mod tests;

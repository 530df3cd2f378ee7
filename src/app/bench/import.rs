//! How long it takes to open a file, to the first frame.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use crate::formats;
use crate::render::{Driver, Offscreen, RenderError};

use super::clock::{self, ms};
use super::frames::Stage;
use super::{SIZE, output};

/// What opening a file took.
#[derive(Serialize)]
struct Opening {
    events: usize,
    rows_read: u64,
    rows_skipped: u64,
    problems: usize,
    /// Reading and indexing.
    read_s: f64,
    /// The same and everything up to the first frame read back; only reading
    /// where nothing can be drawn.
    first_frame_s: f64,
    /// Greatest resident size of the run.
    memory_mb: Option<f64>,
}

/// Opens the file and draws its first frame; the answer is one JSON object.
///
/// # Errors
/// When the file cannot be read, or the driver gives up.
pub fn run(path: &Path) -> anyhow::Result<String> {
    // The driver is there before a file is opened in a window, too.
    let screen = match Offscreen::new(SIZE, 1.0, Driver::Any) {
        Ok(screen) => Some(screen),
        Err(e @ RenderError::NoDriver) => {
            output::note(&format!("nothing is drawn: {e}"));
            None
        }
        Err(e) => return Err(e.into()),
    };
    let begin = Instant::now();
    let (dataset, report) = formats::open(path)?;
    let read_s = ms(begin) / 1e3;
    let dataset = Arc::new(dataset);
    let stage = screen
        .map(|screen| Stage::open(screen, &dataset))
        .transpose()?;
    let drawn_ms = stage.map_or(0.0, |(_, first)| first.first_frame_ms);
    let opening = Opening {
        events: dataset.len(),
        rows_read: report.rows.read,
        rows_skipped: report.rows.skipped,
        problems: report.problems.len(),
        read_s,
        first_frame_s: read_s + drawn_ms / 1e3,
        memory_mb: clock::peak_mb(),
    };
    Ok(serde_json::to_string(&opening)?)
}

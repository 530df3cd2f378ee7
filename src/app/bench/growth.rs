//! What growth costs: one run a size, each in a process of its own, so that
//! its memory is its own.

use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};

use super::{Figures, clock, report};
use crate::app::output;

/// Megabytes that a run takes at most for a million events.
const MB_A_MILLION: f64 = 160.0;

/// Runs the benchmark for each size; sizes for which there is no memory are
/// left out.
pub fn run(sizes: &[u32]) -> anyhow::Result<String> {
    let program = std::env::current_exe().context("the program does not find itself")?;
    let mut all = Vec::new();
    for size in sizes {
        let needed = f64::from(*size) / 1e6 * MB_A_MILLION;
        if clock::available_mb().is_some_and(|mb| mb < needed) {
            output::note(&format!("{size} events: left out, it takes {needed:.0} MB"));
            continue;
        }
        let child = Command::new(&program)
            .args(["bench", "--json", "--events", &size.to_string()])
            .stderr(Stdio::inherit())
            .output()
            .with_context(|| format!("{} does not start", program.display()))?;
        if !child.status.success() {
            bail!("the run for {size} events failed ({})", child.status);
        }
        let figures: Figures = serde_json::from_slice(&child.stdout)?;
        all.push(figures);
    }
    Ok(report::growth(&all))
}

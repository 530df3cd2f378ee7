//! `chronotope info`.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use serde::Serialize;

use crate::dataset::{Dataset, RowSet, Summary};
use crate::formats::Report;

use super::open::OpenedData;

/// What `info --json` prints.
#[derive(Debug, Serialize)]
pub struct Info {
    #[serde(flatten)]
    summary: Summary,
    /// Rows, features or records read from the file.
    rows_read: u64,
    /// Those that could not be kept.
    rows_skipped: u64,
}

/// What is in the set asked for, as text or as one JSON object.
///
/// # Errors
/// When the figures cannot be written as JSON.
pub fn info(opened: &OpenedData, json: bool) -> anyhow::Result<String> {
    let mut info = of(&opened.dataset, &opened.report, opened.rows());
    if opened.window.is_some() {
        info.summary.certainly = Some(opened.selected.certain.len());
        info.summary.possibly = Some(opened.selected.possible.len());
    }
    if json {
        return Ok(serde_json::to_string_pretty(&info)?);
    }
    let mut text = text(&info);
    let columns = opened.report.columns.iter();
    let told = columns.filter(|c| !["attribute", "ignore"].contains(&c.role));
    let told: Vec<_> = told.map(|c| format!("{} = {}", c.column, c.role)).collect();
    if !told.is_empty() {
        let _ = writeln!(text, "{:<12} {}", "columns", told.join(", "));
    }
    Ok(text.trim_end().to_owned())
}

/// The figures of some rows of a dataset, and what became of its file's rows.
#[must_use]
pub fn of(dataset: &Dataset, report: &Report, rows: &RowSet) -> Info {
    let mut summary = dataset.summary(rows, "en");
    summary.problems = report.problems.len();
    if !report.format.is_empty() {
        summary.format.clone_from(&report.format);
    }
    Info {
        summary,
        rows_read: report.rows.read,
        rows_skipped: report.rows.skipped,
    }
}

fn text(info: &Info) -> String {
    let s = &info.summary;
    let mut out = String::new();
    let mut line = |name: &str, value: String| {
        let _ = writeln!(out, "{name:<12} {value}");
    };
    line("title", s.title.clone());
    line("format", s.format.clone());
    line(
        "events",
        format!(
            "{} ({} on the map, {} without a place)",
            s.events, s.located, s.unlocated
        ),
    );
    if let (Some(c), Some(p)) = (s.certainly, s.possibly) {
        line("in window", format!("{c} certainly, {p} possibly"));
    }
    if let (Some(first), Some(last)) = (&s.first, &s.last) {
        line("dates", format!("{first} to {last}"));
    }
    if let Some([w, south, e, n]) = s.bbox {
        line(
            "box",
            format!("west {w}, south {south}, east {e}, north {n}"),
        );
    }
    let kinds: Vec<_> = s.kinds.iter().map(|(k, n)| format!("{k} {n}")).collect();
    line("kinds", kinds.join(", "));
    let figure = |v: Option<u64>| v.map_or_else(|| "?".to_owned(), |v| v.to_string());
    line(
        "killed",
        format!(
            "{} (low {}, high {})",
            figure(s.killed.best),
            figure(s.killed.low),
            figure(s.killed.high)
        ),
    );
    line("actors", format!("{}, {} relations", s.actors, s.relations));
    line(
        "sources",
        format!("{}, {} works of reference", s.sources, s.references),
    );
    line("claims", s.claims.to_string());
    line(
        "rows",
        format!("{} read, {} skipped", info.rows_read, info.rows_skipped),
    );
    line("problems", s.problems.to_string());
    out
}

/// Writes the report of an import as JSON. A file that is there already is left
/// alone.
///
/// # Errors
/// When the file is there already, or cannot be written.
pub fn write_report(report: &Report, path: &Path) -> anyhow::Result<()> {
    if path.exists() {
        anyhow::bail!(
            "{}: there is such a file already; choose another name, or delete it",
            path.display()
        );
    }
    let mut text = serde_json::to_string_pretty(report)?;
    text.push('\n');
    crate::formats::write_atomic(path, text.as_bytes())
        .with_context(|| format!("{}: the report cannot be written", path.display()))
}

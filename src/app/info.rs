//! `chronotope info`.

use std::fmt::Write as _;

use crate::dataset::Summary;

use super::open::OpenedData;

/// What is in the set asked for, as text or as one JSON object.
///
/// # Errors
/// When the figures cannot be written as JSON.
pub fn info(opened: &OpenedData, json: bool) -> anyhow::Result<String> {
    let mut summary = opened.dataset.summary(opened.rows(), "en");
    summary.problems = opened.report.problems.len();
    if opened.window.is_some() {
        summary.certainly = Some(opened.selected.certain.len());
        summary.possibly = Some(opened.selected.possible.len());
    }
    if json {
        return Ok(serde_json::to_string_pretty(&summary)?);
    }
    Ok(text(&summary).trim_end().to_owned())
}

fn text(s: &Summary) -> String {
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
    line("problems", s.problems.to_string());
    out
}

//! `chronotope bench`: what the store and the session cost with many events.
//!
//! So far the half without drawing: a frame here is the work between "the
//! window has changed" and "the painter can begin". Cases that draw (`empty`,
//! `pan`, `zoom`) and `first_frame_ms` are left out rather than guessed.

use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use crate::dataset::{Dataset, DensityGrid, GeoBox, synthetic};
use crate::formats::Report;
use crate::model::time::{Inclusion, Unit, Window};
use crate::model::{EventRow, Kind};
use crate::session::{ColourBy, Command, Prefs, Workbench};
use crate::view::axis::TimeAxis;
use crate::view::search::search;
use crate::view::timeline::{Scene, TimelineView};

/// Steps of the window from one end of time to the other.
const STEPS: i64 = 200;
/// Width of the map and the timeline in pixels.
const WIDTH: f64 = 1_280.0;

/// What was measured; times are of the wall unless they say CPU.
#[derive(Debug, Serialize)]
struct Figures {
    /// What a frame is: no drawing yet.
    measured: &'static str,
    events: usize,
    adapter: &'static str,
    cores: usize,
    load_s: f64,
    index_s: f64,
    /// The first histogram, for which all masses are summed up once.
    first_histogram_s: f64,
    /// Greatest resident size so far, this program and its made-up events.
    memory_mb: Option<f64>,
    cases: Vec<Case>,
    /// A sequential read of the columns that a naive scan reads.
    floor_ms: f64,
    /// A naive scan: every row against the window, counted by kind.
    naive_ms: f64,
}

/// The frames of one case.
#[derive(Debug, Serialize)]
struct Case {
    name: &'static str,
    frames: usize,
    p50_ms: f64,
    p95_ms: f64,
    p99_ms: f64,
    /// CPU time a frame, all threads, on average.
    cpu_ms: f64,
}

/// Runs the benchmark; the answer is a table or one JSON object.
///
/// # Errors
/// When the figures cannot be written as JSON.
pub fn run(events: usize, json: bool) -> anyhow::Result<String> {
    let begin = Instant::now();
    let plain = synthetic::events(events, 1);
    let load_s = begin.elapsed().as_secs_f64();
    let begin = Instant::now();
    let dataset = Dataset::from_plain(synthetic::parts(), plain, &|stage, share| {
        tracing::info!(?stage, share, resident = ?memory_mb("VmRSS:"), peak = ?memory_mb("VmHWM:"), "building");
    });
    let index_s = begin.elapsed().as_secs_f64();
    let dataset = Arc::new(dataset);
    let (first_histogram_s, cases) = cases(&dataset);
    let span = dataset.time_span().unwrap_or(Window::ALL);
    let window = tenth(span, STEPS / 2);
    let figures = Figures {
        measured: "store, session and view-models, without drawing",
        events,
        adapter: "none",
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        load_s,
        index_s,
        first_histogram_s,
        floor_ms: best_of(5, || read_columns(&dataset)),
        naive_ms: best_of(3, || naive(&dataset, window)),
        cases,
        memory_mb: peak_mb(),
    };
    if json {
        return Ok(serde_json::to_string(&figures)?);
    }
    Ok(table(&figures))
}

fn table(f: &Figures) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} events, {} cores; {}\nload {:.2} s, index {:.2} s, first histogram {:.2} s, peak memory {} MB",
        f.events,
        f.cores,
        f.measured,
        f.load_s,
        f.index_s,
        f.first_histogram_s,
        f.memory_mb.map_or("?".to_owned(), |m| format!("{m:.0}")),
    );
    let _ = writeln!(
        out,
        "naive scan {:.2} ms, sequential read of its columns {:.2} ms\n",
        f.naive_ms, f.floor_ms
    );
    let _ = writeln!(
        out,
        "{:<10} {:>6} {:>9} {:>9} {:>9} {:>9} {:>8} {:>8}",
        "case", "frames", "p50 ms", "p95 ms", "p99 ms", "cpu ms", "/naive", "/floor"
    );
    for c in &f.cases {
        let _ = writeln!(
            out,
            "{:<10} {:>6} {:>9.3} {:>9.3} {:>9.3} {:>9.3} {:>8.4} {:>8.4}",
            c.name,
            c.frames,
            c.p50_ms,
            c.p95_ms,
            c.p99_ms,
            c.cpu_ms,
            c.p50_ms / f.naive_ms,
            c.p50_ms / f.floor_ms,
        );
    }
    out.push_str("\ncpu ms from the kernel's clock of 10 ms ticks, over all frames of a case");
    out
}

/// A tenth of all time, at a step from its beginning to its end.
fn tenth(span: Window, step: i64) -> Window {
    let length = span.duration_ms() / 10;
    let start = span.start + (span.duration_ms() - length) / STEPS * step;
    Window::new(start, start + length)
}

fn cases(dataset: &Arc<Dataset>) -> (f64, Vec<Case>) {
    let span = dataset.time_span().unwrap_or(Window::ALL);
    let mut bench = Workbench::new(Arc::clone(dataset), Report::default(), Prefs::default());
    let mut timeline = TimelineView::default();
    let axis = TimeAxis::new(span, 0.0, WIDTH);
    let mut out = Vec::new();

    bench.apply(Command::SetWindow(tenth(span, 0)));
    let begin = Instant::now();
    timeline_frame(&bench, &mut timeline, &axis);
    while timeline.is_pending() {
        std::thread::sleep(std::time::Duration::from_millis(1));
        timeline_frame(&bench, &mut timeline, &axis);
    }
    let first_histogram_s = begin.elapsed().as_secs_f64();
    out.push(measure("scrub", STEPS, |n| {
        bench.apply(Command::DragWindow(tenth(span, n)));
        timeline_frame(&bench, &mut timeline, &axis);
    }));
    let step = span.duration_ms() / STEPS;
    out.push(measure("scrub_all", STEPS, |n| {
        let end = span.start + step * (n + 1);
        bench.apply(Command::DragWindow(Window::new(span.start, end)));
        timeline_frame(&bench, &mut timeline, &axis);
    }));
    bench.apply(Command::SetWindow(tenth(span, STEPS / 2)));
    let kinds = i64::try_from(Kind::ALL.len()).unwrap_or(1);
    let kind = |n: i64| Kind::ALL[usize::try_from(n % kinds).unwrap_or(0)];
    out.push(measure("filter", kinds * 2, |n| {
        bench.apply(Command::ToggleKind(kind(n)));
    }));
    out.push(measure("histogram", kinds, |n| {
        // The filter itself is the case before; here its histogram is made.
        let filter = crate::dataset::Filter {
            kinds: [kind(n)].into(),
            ..Default::default()
        };
        let filtered = dataset.filtered(&filter);
        let scene = Scene {
            dataset,
            filter: &filter,
            filtered: &filtered,
        };
        black_box(timeline.histograms(scene, &axis, Unit::Month, ColourBy::Side));
    }));
    let words = [
        "b", "ba", "bad", "bado", "group 7", "baba", "dogain", "zi", "123", "kok wa",
    ];
    let typed = i64::try_from(words.len()).unwrap_or(0);
    out.push(measure("search", typed, |n| {
        let word = words[usize::try_from(n).unwrap_or(0)];
        black_box(search(dataset, word, "en"));
    }));
    let mut random = synthetic::Random::new(5);
    out.push(measure("pick", STEPS, |_| {
        black_box(pick(&bench, &mut random));
    }));
    let world = GeoBox {
        west: -180.0,
        south: -80.0,
        east: 180.0,
        north: 80.0,
    };
    let grid = DensityGrid::covering(world, 512, 512);
    out.push(measure("density", STEPS, |n| {
        black_box(dataset.density(&grid, tenth(span, n), None));
    }));
    (first_histogram_s, out)
}

fn timeline_frame(bench: &Workbench, timeline: &mut TimelineView, axis: &TimeAxis) {
    let scene = Scene {
        dataset: bench.dataset(),
        filter: &bench.session().scope.filter,
        filtered: &bench.current().filtered,
    };
    black_box(timeline.histograms(scene, axis, Unit::Month, ColourBy::Side));
    black_box(bench.current().selected.certain.len());
    black_box(bench.current().shown().len());
}

/// The event of the current set nearest to some event, as a pointer near it
/// would ask: within 8 pixels at zoom 8.
fn pick(bench: &Workbench, random: &mut synthetic::Random) -> Option<EventRow> {
    let dataset = bench.dataset();
    let row = EventRow::new(random.below(dataset.len().max(1)));
    let (lon, lat) = dataset.table().lon_lat(row)?;
    let reach = 8.0 * 360.0 / (256.0 * 2_f64.powi(8));
    let mut rows = dataset.in_box(GeoBox {
        west: (lon - reach).max(-180.0),
        south: lat - reach,
        east: (lon + reach).min(180.0),
        north: lat + reach,
    });
    rows.intersect(bench.current().shown());
    let away = |r: &EventRow| {
        let (x, y) = dataset.table().lon_lat(*r).unwrap_or((0.0, 0.0));
        (x - lon).hypot(y - lat)
    };
    rows.iter().min_by(|a, b| away(a).total_cmp(&away(b)))
}

fn measure(name: &'static str, frames: i64, mut frame: impl FnMut(i64)) -> Case {
    let cpu = cpu_ms();
    let mut times: Vec<f64> = (0..frames)
        .map(|n| {
            let begin = Instant::now();
            frame(n);
            begin.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    let cpu = cpu_ms() - cpu;
    times.sort_by(f64::total_cmp);
    Case {
        name,
        frames: times.len(),
        p50_ms: quantile(&times, 50),
        p95_ms: quantile(&times, 95),
        p99_ms: quantile(&times, 99),
        cpu_ms: cpu / times.len().max(1) as f64,
    }
}

/// The smallest value that so many hundredths do not exceed.
fn quantile(sorted: &[f64], hundredths: usize) -> f64 {
    let rank = (sorted.len() * hundredths).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or(0.0)
}

fn best_of(times: usize, mut run: impl FnMut() -> u64) -> f64 {
    (0..times)
        .map(|_| {
            let begin = Instant::now();
            black_box(run());
            begin.elapsed().as_secs_f64() * 1e3
        })
        .fold(f64::INFINITY, f64::min)
}

/// Every row against the window on one core, counted by kind.
fn naive(dataset: &Dataset, window: Window) -> u64 {
    let table = dataset.table();
    let mut kinds = [0_u64; 64];
    let mut certain = 0;
    for row in dataset.rows() {
        let inclusion = table.inclusion(row, window);
        if inclusion >= Inclusion::Possibly {
            kinds[table.kind(row) as usize] += 1;
            certain += u64::from(inclusion == Inclusion::Certainly);
        }
    }
    black_box(kinds);
    certain
}

/// A sum over the columns that the naive scan reads.
fn read_columns(dataset: &Dataset) -> u64 {
    let table = dataset.table();
    let starts = table.starts().iter().fold(0, |a, b| a ^ b);
    let shapes = table.shapes().iter().fold(0, |a, b| a ^ b);
    let times = starts ^ i64::from(shapes);
    let kinds: u64 = dataset.rows().map(|r| table.kind(r) as u64).sum();
    times.unsigned_abs() ^ kinds
}

/// CPU time of this process, all threads, in milliseconds; 0 where the system
/// does not tell.
///
/// Source: proc(5), `/proc/[pid]/stat`, fields 14 and 15, in ticks of 1/100 s.
fn cpu_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field, in brackets, may hold blanks.
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = |n: usize| rest.split_whitespace().nth(n)?.parse::<f64>().ok();
    (ticks(11).unwrap_or(0.0) + ticks(12).unwrap_or(0.0)) * 10.0
}

/// Peak resident size in megabytes (10⁶ bytes), where the system tells.
///
/// Source: proc(5), `VmHWM`, in units of 1,024 bytes.
fn peak_mb() -> Option<f64> {
    memory_mb("VmHWM:")
}

fn memory_mb(key: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix(key))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_json_has_the_keys_and_cases_it_promises() {
        let value: serde_json::Value = serde_json::from_str(&run(2_000, true).unwrap()).unwrap();
        for key in [
            "events",
            "adapter",
            "cores",
            "load_s",
            "index_s",
            "memory_mb",
            "floor_ms",
        ] {
            assert!(value.get(key).is_some(), "{key}");
        }
        let names: Vec<_> = value["cases"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["name"].as_str().unwrap().to_owned())
            .collect();
        let wanted = [
            "scrub",
            "scrub_all",
            "filter",
            "histogram",
            "search",
            "pick",
            "density",
        ];
        assert_eq!(names, wanted);
        assert!(run(500, false).unwrap().contains("naive scan"));
    }

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let times: Vec<f64> = (1..=200).map(f64::from).collect();
        assert!((quantile(&times, 50) - 100.0).abs() < 1e-9);
        assert!((quantile(&times, 99) - 198.0).abs() < 1e-9);
        assert!((quantile(&[3.0], 99) - 3.0).abs() < 1e-9);
    }
}

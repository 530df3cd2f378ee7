//! The half without drawing: what store, session and view-models do between
//! "the window has changed" and "the painter can begin", and what it is held
//! against.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use crate::dataset::{Dataset, DensityGrid, GeoBox, synthetic};
use crate::formats::Report;
use crate::model::time::{Inclusion, Unit, Window};
use crate::model::{EventRow, Kind};
use crate::session::{ColourBy, Command, Prefs, Workbench};
use crate::view::axis::TimeAxis;
use crate::view::search::search;
use crate::view::timeline::{Scene, TimelineView};

use super::clock::{Case, Times, ms};
use super::script;
use super::{STEPS, TOGGLES, WARM, WIDTH};

/// The whole world, as far as the map goes.
pub const WORLD: GeoBox = GeoBox {
    west: -180.0,
    south: -80.0,
    east: 180.0,
    north: 80.0,
};

/// What is kept from frame to frame.
struct Half {
    bench: Workbench,
    timeline: TimelineView,
    axis: TimeAxis,
}

impl Half {
    fn histograms(&mut self) {
        let scene = Scene {
            dataset: self.bench.dataset(),
            filter: &self.bench.session().scope.filter,
            filtered: &self.bench.current().filtered,
        };
        let (axis, by) = (&self.axis, ColourBy::Side);
        black_box(self.timeline.histograms(scene, axis, Unit::Month, by));
        black_box(self.bench.current().selected.certain.len());
        black_box(self.bench.current().shown().len());
    }

    fn case(&mut self, name: &str, frames: i64, mut frame: impl FnMut(&mut Self, i64)) -> Case {
        let mut times = Times::default();
        for n in -WARM..frames {
            if n < 0 {
                frame(self, n + WARM);
            } else {
                times.take(|| frame(self, n));
            }
        }
        times.case(name)
    }
}

/// All cases, and the seconds that the first histogram took.
pub fn cases(dataset: &Arc<Dataset>) -> (f64, Vec<Case>) {
    let span = script::span(dataset);
    let mut half = Half {
        bench: Workbench::new(Arc::clone(dataset), Report::default(), Prefs::default()),
        timeline: TimelineView::default(),
        axis: TimeAxis::new(span, 0.0, WIDTH),
    };
    half.bench.apply(Command::SetWindow(script::tenth(span, 0)));
    let begin = Instant::now();
    half.histograms();
    while half.timeline.is_pending() {
        std::thread::sleep(std::time::Duration::from_millis(1));
        half.histograms();
    }
    let first_histogram_s = ms(begin) / 1e3;
    let mut out = Vec::new();
    out.push(half.case("scrub_data", STEPS, |half, n| {
        half.bench
            .apply(Command::DragWindow(script::tenth(span, n)));
        half.histograms();
    }));
    out.push(half.case("scrub_all_data", STEPS, |half, n| {
        half.bench
            .apply(Command::DragWindow(script::until(span, n)));
        half.histograms();
    }));
    half.bench
        .apply(Command::SetWindow(script::tenth(span, STEPS / 2)));
    out.push(half.case("filter_data", TOGGLES, |half, n| {
        half.bench.apply(Command::ToggleKind(script::kind(n)));
    }));
    half.bench.apply(Command::ClearFilter);
    out.push(half.case("histogram", TOGGLES, |half, n| {
        half.bench.apply(Command::ToggleKind(script::kind(n)));
        half.histograms();
    }));
    half.bench.apply(Command::ClearFilter);
    let letters: Vec<String> = script::words(dataset)
        .iter()
        .flat_map(|word| typed(word))
        .collect();
    let count = i64::try_from(letters.len()).unwrap_or(0);
    out.push(half.case("search_data", count, |half, n| {
        let text = usize::try_from(n).ok().and_then(|n| letters.get(n));
        black_box(search(half.bench.dataset(), text.map_or("", |t| t), "en"));
    }));
    let mut random = synthetic::Random::new(5);
    out.push(half.case("pick_data", STEPS, |half, _| {
        black_box(pick(&half.bench, &mut random));
    }));
    let grid = DensityGrid::covering(WORLD, 512, 512);
    out.push(half.case("density_data", STEPS, |half, n| {
        let window = script::tenth(span, n);
        black_box(half.bench.dataset().density(&grid, window, None));
    }));
    (first_histogram_s, out)
}

/// A word as it is typed, letter by letter.
fn typed(word: &str) -> impl Iterator<Item = String> + '_ {
    word.char_indices()
        .map(|(at, c)| word[..at + c.len_utf8()].to_owned())
}

/// The event of the current set nearest to some event, as a pointer near it
/// would ask: within 8 pixels at zoom 8.
fn pick(bench: &Workbench, random: &mut synthetic::Random) -> Option<EventRow> {
    let dataset = bench.dataset();
    if dataset.is_empty() {
        return None;
    }
    let row = EventRow::new(random.below(dataset.len()));
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

/// What the cases are held against, in milliseconds: a naive scan, and a
/// sequential read of the columns that it reads.
pub fn baselines(dataset: &Dataset) -> (f64, f64) {
    let window = script::tenth(script::span(dataset), STEPS / 2);
    let naive = best_of(3, || naive(dataset, window));
    (naive, best_of(5, || read_columns(dataset)))
}

fn best_of(times: usize, mut run: impl FnMut() -> u64) -> f64 {
    (0..times)
        .map(|_| {
            let begin = Instant::now();
            black_box(run());
            ms(begin)
        })
        .fold(f64::INFINITY, f64::min)
}

/// Every row against the window on one core, counted by kind.
fn naive(dataset: &Dataset, window: Window) -> u64 {
    let table = dataset.table();
    let mut kinds = [0_u64; Kind::ALL.len()];
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

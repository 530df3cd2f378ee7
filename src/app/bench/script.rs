//! What is done to the window in each case: always the same, and for any
//! dataset.

use crate::dataset::mercator::{lat_of, lon_of};
use crate::dataset::{Dataset, DensityGrid, GeoBox};
use crate::model::time::Window;
use crate::model::{EventRow, Kind, fold};
use crate::view::viewport::{lat_of as lat_of_unit, lon_of as lon_of_unit, unit_x, unit_y};

use super::STEPS;
use super::data::WORLD;

/// Words typed in the search, of each sort.
const WORDS: usize = if cfg!(test) { 1 } else { 6 };
/// Letters typed of a word.
const LETTERS: usize = 8;
/// How many levels the map is zoomed in.
const LEVELS: f64 = 8.0;

/// All time that the dataset tells of.
pub fn span(dataset: &Dataset) -> Window {
    let day = Window::new(0, crate::model::time::DAY_MS);
    dataset.time_span().unwrap_or(day)
}

/// A tenth of all time, at a step from its beginning to its end.
pub fn tenth(span: Window, step: i64) -> Window {
    let length = span.duration_ms() / 10;
    let start = span.start + (span.duration_ms() - length) / STEPS * step;
    Window::new(start, start + length)
}

/// All time until a step from its beginning to its end.
pub fn until(span: Window, step: i64) -> Window {
    let end = span.start + span.duration_ms() / STEPS * (step + 1);
    Window::new(span.start, end)
}

/// The kind that is switched at a step.
pub fn kind(step: i64) -> Kind {
    Kind::ALL[usize::try_from(step).unwrap_or(0) % Kind::ALL.len()]
}

/// Beginnings of words that are in the dataset: of titles and of actors' names.
pub fn words(dataset: &Dataset) -> Vec<String> {
    let spread = |n: usize| {
        (0..WORDS)
            .map(move |at| at * n / WORDS)
            .filter(move |_| n > 0)
    };
    let rows = spread(dataset.len()).map(|at| dataset.title(EventRow::new(at), "en"));
    let actors = dataset.actors();
    let names = spread(actors.len()).map(|at| actors[at].name("en"));
    let mut words: Vec<String> = rows
        .chain(names)
        .map(|text| fold(text).chars().take(LETTERS).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    words.dedup();
    words
}

/// Where most events lie, as longitude and latitude.
pub fn densest(dataset: &Dataset) -> (f64, f64) {
    let mut area = WORLD;
    for _ in 0..3 {
        let grid = DensityGrid::covering(area, 64, 64);
        let counts = dataset.density(&grid, Window::ALL, None);
        let most = (0..counts.len()).max_by_key(|at| (counts[*at], usize::MAX - at));
        let columns = grid.columns as usize;
        let at = most.map_or((0, 0), |at| (at % columns, at / columns));
        let edge = |first: u32, cells: usize| {
            let cells = u32::try_from(cells).unwrap_or(0);
            first.wrapping_add(cells << grid.cell_bits)
        };
        area = GeoBox {
            west: lon_of(edge(grid.left, at.0)),
            east: lon_of(edge(grid.left, at.0 + 1)),
            north: lat_of(edge(grid.top, at.1)),
            south: lat_of(edge(grid.top, at.1 + 1)),
        };
    }
    area.center()
}

/// A way of the map's: where it looks, as centre and zoom.
pub type View = ((f64, f64), f64);

/// The view at a step on the way from one view in to a place and out again,
/// the place coming nearer to the middle as the map comes nearer to it.
pub fn zoomed(from: View, place: (f64, f64), step: i64) -> View {
    let half = STEPS / 2;
    let share = (half - (step - half).abs()) as f64 / half as f64;
    let levels = LEVELS * share;
    let away = (-levels).exp2();
    let unit = |(lon, lat): (f64, f64)| (unit_x(lon), unit_y(lat));
    let (a, b) = (unit(from.0), unit(place));
    let dx = a.0 - b.0;
    let x = b.0 + (dx - dx.round()) * away;
    let y = b.1 + (a.1 - b.1) * away;
    ((lon_of_unit(x), lat_of_unit(y)), from.1 + levels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::synthetic;

    #[test]
    fn the_window_goes_from_one_end_to_the_other() {
        let span = Window::new(1_000, 401_000);
        assert_eq!(tenth(span, 0), Window::new(1_000, 41_000));
        assert_eq!(tenth(span, STEPS).end, span.end);
        assert_eq!(until(span, STEPS - 1), span);
    }

    #[test]
    fn the_densest_place_has_many_events_about_it() {
        let dataset = synthetic::dataset(2_000, 1, &|_, _| {});
        let (lon, lat) = densest(&dataset);
        let about = dataset.in_box(GeoBox {
            west: lon - 1.0,
            east: lon + 1.0,
            south: lat - 1.0,
            north: lat + 1.0,
        });
        assert!(about.len() > 50, "{}", about.len());
    }

    #[test]
    fn zooming_ends_where_it_began() {
        let from = ((10.0, 20.0), 2.0);
        let near = |a: View, b: View| {
            assert!((a.0.0 - b.0.0).abs() < 0.2 && (a.0.1 - b.0.1).abs() < 0.2);
            assert!((a.1 - b.1).abs() < 1e-9);
        };
        near(zoomed(from, (50.0, 30.0), 0), from);
        near(zoomed(from, (50.0, 30.0), STEPS), from);
        near(
            zoomed(from, (50.0, 30.0), STEPS / 2),
            ((50.0, 30.0), 2.0 + LEVELS),
        );
    }
}

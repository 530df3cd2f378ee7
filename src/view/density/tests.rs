use super::*;
use crate::dataset::{Filter, RowSet, synthetic};
use crate::model::Kind;
use crate::model::time::{DAY_MS, Window};
use crate::session::{ColourBy, Scope};
use proptest::prelude::*;
use std::sync::LazyLock;

static DATA: LazyLock<Arc<Dataset>> =
    LazyLock::new(|| Arc::new(synthetic::dataset(60_000, 7, &|_, _| {})));

fn any_view() -> impl Strategy<Value = Viewport> {
    (
        -180.0..180.0_f64,
        -75.0..75.0_f64,
        0.0..14.0_f64,
        100.0..900.0_f64,
        100.0..700.0_f64,
    )
        .prop_map(|(lon, lat, zoom, w, h)| Viewport::new((lon, lat), zoom, (w, h)))
}

fn by_kind() -> Slots {
    let categories = |k: Kind| Some((k as usize) % 5).filter(|c| *c < 4);
    Slots::new(&DATA, ColourBy::Kind, categories, 7)
}

/// Counts of a set as anyone would count them.
fn naive(grid: &DensityGrid, slots: &Slots, rows: &RowSet) -> Vec<u32> {
    let mut counts = vec![0; grid.cells() * slots.len()];
    for row in rows.iter() {
        if let Some(cell) = DATA.table().position(row).and_then(|at| grid.cell(at)) {
            counts[cell * slots.len() + slots.slot(&DATA, row)] += 1;
        }
    }
    counts
}

fn all_of(field: &Field) -> Vec<u32> {
    let grid = field.grid();
    let part = Part {
        columns: (0, grid.columns),
        rows: (0, grid.rows),
    };
    (0..grid.rows)
        .flat_map(|row| field.line(row, &part).to_vec())
        .collect()
}

fn set(scope: &Scope, revision: u64) -> CurrentSet {
    CurrentSet::new(&DATA, scope, revision)
}

fn window(from: i64, days: i64) -> Window {
    Window::new(from * DAY_MS, (from + days) * DAY_MS)
}

#[allow(clippy::cast_possible_truncation, reason = "a few points")]
fn px(v: f64) -> f32 {
    v as f32
}

/// Updates until nothing is being counted.
fn settle(density: &mut Density, current: &CurrentSet, slots: &Slots, view: &Viewport) {
    loop {
        density.update(&DATA, current, slots, view, 500, || {});
        if !density.is_pending() {
            return;
        }
        std::thread::yield_now();
    }
}

proptest! {
    #[test]
    fn a_grid_about_a_view_covers_it_and_every_mark_in_view_is_in_its_cell(
        view in any_view(), at in (0.0..1.0_f64, 0.0..1.0_f64),
    ) {
        let grid = grid_about(&view, ABOUT);
        prop_assert!(covers(&grid, &view));
        prop_assert!(grid.left >> grid.cell_bits & 1 == 0 && grid.top >> grid.cell_bits & 1 == 0);
        prop_assert!(grid.cells() < 1_400_000);
        let (w, h) = view.size();
        let screen = (at.0 * w, at.1 * h);
        // Beyond the poles and the one world nothing is.
        let Some((lon, lat)) = view.position_at(screen) else { return Ok(()) };
        prop_assume!(lat.abs() < 85.0);
        // At the seam of the world the grid may be off by two cells.
        let away = (screen.0 - w / 2.0).abs() / view.world();
        prop_assume!(away < 0.5 - 6.0 / view.world());
        let position = (crate::dataset::mercator::x_of(lon), crate::dataset::mercator::y_of(lat));
        let cell = grid.cell(position).unwrap();
        let ((left, top), side) = place(&grid, &view);
        let (column, row) = (cell % grid.columns as usize, cell / grid.columns as usize);
        prop_assert!((left + side * (column as f64 + 0.5) - screen.0).abs() < side);
        prop_assert!((top + side * (row as f64 + 0.5) - screen.1).abs() < side);
        let part = part_in_view(&grid, &view);
        prop_assert!((part.columns.0..part.columns.1).contains(&u32::try_from(column).unwrap()));
        prop_assert!((part.rows.0..part.rows.1).contains(&u32::try_from(row).unwrap()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn a_field_that_follows_counts_as_one_made_anew(
        views in proptest::collection::vec(any_view(), 1..4),
        starts in proptest::collection::vec((10_900_i64..19_000, 20_i64..4_000), 1..6),
        kinds in proptest::collection::btree_set(0..16_usize, 0..4),
        certainly: bool,
    ) {
        let slots = by_kind();
        let filter = Filter { kinds: kinds.into_iter().map(|k| Kind::ALL[k]).collect(), ..Filter::default() };
        let scope = |(from, days)| Scope { filter: filter.clone(), window: window(from, days), certainly };
        // Some counts within the frame, some in the background.
        let mut density = Density { at_once: 1_000, ..Density::default() };
        let mut current = set(&scope(starts[0]), 1);
        let mut before = starts[0];
        for (n, (start, view)) in starts.iter().zip(views.iter().cycle()).enumerate() {
            let revision = n as u64 + 2;
            let (from, to) = (scope(before).window, scope(*start).window);
            if !current.follow(&DATA, (from, to), usize::MAX, revision) {
                current = set(&scope(*start), revision);
            }
            before = *start;
            settle(&mut density, &current, &slots, view);
            let (field, _) = density.field().unwrap();
            let wanted = naive(field.grid(), &slots, current.shown());
            prop_assert_eq!(field.total(), wanted.iter().map(|n| u64::from(*n)).sum::<u64>());
            prop_assert_eq!(all_of(field), wanted);
            if let Some(rows) = field.rows() {
                prop_assert_eq!(rows.len(), field.total());
                prop_assert!(rows.iter().all(|r| current.shown().contains(r)));
            }
            prop_assert!(field.rows().is_some() || field.total() > 250);
        }
    }

    #[test]
    fn no_event_is_lost_between_cells_and_picture(view in any_view(), coarse: bool) {
        let slots = Slots::one();
        let everything = DATA.all();
        let grid = grid_about(&view, ABOUT);
        let field = Field::count(&DATA, grid, &slots, &everything, 0);
        let part = part_in_view(&grid, &view);
        let sum: u64 = field.sums(&part).iter().sum();
        let inside = naive(&grid, &slots, &everything);
        let wanted: u64 = inside.iter().enumerate().filter(|(cell, _)| {
            let (column, row) = (cell % grid.columns as usize, cell / grid.columns as usize);
            (part.columns.0 as usize..part.columns.1 as usize).contains(&column)
                && (part.rows.0 as usize..part.rows.1 as usize).contains(&row)
        }).map(|(_, n)| u64::from(*n)).sum();
        prop_assert_eq!(sum, wanted);
        let ((_, _), cell) = place(&grid, &view);
        let step = if coarse { 2 } else { 1 };
        let colours = Colours { dark: true, slots: None };
        let (drawn, scale) = picture(&field, &part, px(cell), step, &colours, None);
        prop_assert_eq!(drawn.pixels.len(), (drawn.size[0] * drawn.size[1]) as usize);
        let lit = drawn.pixels.iter().any(|p| p[3] > 0);
        prop_assert_eq!(lit, sum > 0);
        // All that is lit is drawn, with the pixels next to it.
        for (at, _) in drawn.pixels.iter().enumerate().filter(|(_, p)| p[3] > 0) {
            let at = u32::try_from(at).unwrap();
            let (x, y) = (at % drawn.size[0], at / drawn.size[0]);
            for (dx, dy) in [(0, 0), (0, 2), (2, 0), (2, 2), (1, 1)] {
                let [x, y] = [(x + dx).max(1) - 1, (y + dy).max(1) - 1];
                let block = [x.min(drawn.size[0] - 1) / BLOCK, y.min(drawn.size[1] - 1) / BLOCK];
                prop_assert!(drawn.blocks.contains(&block));
            }
        }
        let empty = |b: &[u32; 2]| {
            let near = |v: u32, b: u32| v + 1 >= b * BLOCK && v <= (b + 1) * BLOCK;
            !(0..drawn.size[1]).filter(|y| near(*y, b[1])).any(|y| {
                (0..drawn.size[0]).filter(|x| near(*x, b[0])).any(|x| drawn.pixels[(y * drawn.size[0] + x) as usize][3] > 0)
            })
        };
        prop_assert!(!drawn.blocks.iter().take(50).any(empty));
        prop_assert!(scale.top() >= 10.0);
    }
}

#[test]
fn a_grid_round_the_world_turns_with_the_view() {
    let slots = by_kind();
    let scope = Scope {
        filter: Filter::default(),
        window: Window::ALL,
        certainly: false,
    };
    let current = set(&scope, 1);
    let mut density = Density::default();
    for lon in [0.0, 1.0, 90.0, 179.5, -179.5, -20.0] {
        let view = Viewport::new((lon, 0.0), 0.8, (700.0, 200.0));
        settle(&mut density, &current, &slots, &view);
        let (field, _) = density.field().unwrap();
        assert_eq!(field.grid(), &grid_about(&view, ABOUT));
        assert_eq!(all_of(field), naive(field.grid(), &slots, current.shown()));
        // Nearly the same on either side of the centre.
        let ((left, _), cell) = place(field.grid(), &view);
        assert!((left - (350.0 - view.world() / 2.0)).abs() <= 2.0 * cell + 1e-6);
    }
    // Turned, and not counted anew.
    assert!(density.version() > 3);
}

#[test]
fn while_a_count_runs_the_picture_before_stays_and_catches_up() {
    let slots = Slots::one();
    let mut density = Density {
        at_once: 0,
        ..Density::default()
    };
    let scope = |n: i64| Scope {
        filter: Filter::default(),
        window: window(11_000 + n * 30, 3_000),
        certainly: false,
    };
    let mut current = set(&scope(0), 1);
    let view = Viewport::new((0.0, 10.0), 1.0, (800.0, 600.0));
    settle(&mut density, &current, &slots, &view);
    let first = density.version();
    for (n, revision) in (1..20_i64).zip(2..) {
        assert!(current.follow(
            &DATA,
            (scope(n - 1).window, scope(n).window),
            usize::MAX,
            revision
        ));
        // Zooming in asks for another grid each time.
        let near = Viewport::new((0.0, 10.0), 1.0 + n as f64 / 4.0, (800.0, 600.0));
        density.update(&DATA, &current, &slots, &near, 0, || {});
        assert!(density.field().is_some());
    }
    let near = Viewport::new((0.0, 10.0), 5.75, (800.0, 600.0));
    settle(&mut density, &current, &slots, &near);
    let (field, _) = density.field().unwrap();
    assert_eq!(all_of(field), naive(field.grid(), &slots, current.shown()));
    assert!(density.version() > first && density.in_view(&near).is_some());
}

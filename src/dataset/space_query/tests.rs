use super::*;
use crate::dataset::{GeoBox, PlainEvent, PlainEvents, PlainId, synthetic};
use crate::model::{Kind, Precision};
use proptest::prelude::*;

/// Heaps at the same point, near points, and both sides of the antimeridian.
fn any_place() -> impl Strategy<Value = Option<(f64, f64)>> {
    prop_oneof![
        4 => (0..3_u8).prop_map(|n| Some((f64::from(n) * 0.001, 10.0))),
        4 => (-0.1..0.1_f64, 9.9..10.1_f64).prop_map(Some),
        2 => (prop_oneof![-180.0..-179.9_f64, 179.9..180.0_f64], -1.0..1.0_f64).prop_map(Some),
        2 => (-180.0..180.0_f64, -90.0..90.0_f64).prop_map(Some),
        1 => Just(None),
    ]
}

fn build(places: &[Option<(f64, f64)>]) -> Dataset {
    let mut events = PlainEvents::default();
    for (number, lon_lat) in (0..).zip(places) {
        events.push(&PlainEvent {
            id: PlainId::Number(number),
            extent: None,
            lon_lat: *lon_lat,
            precision: Precision::Near,
            kind: Kind::ALL[0],
            side: None,
            actor: None,
            place: None,
            killed: None,
            title: "",
            notes: "",
        });
    }
    Dataset::from_plain(synthetic::parts(), events, &|_, _| {})
}

/// Every `step`th row from `first` on.
fn some(d: &Dataset, first: usize, step: usize) -> RowSet {
    d.rows().skip(first).step_by(step).collect()
}

fn visited(d: &Dataset, grid: &DensityGrid, rows: &RowSet) -> Vec<(EventRow, usize)> {
    let mut found = Vec::new();
    d.visit_in(grid, rows, &mut |row, cell| found.push((row, cell)));
    found.sort_unstable();
    found
}

fn in_grid(d: &Dataset, grid: &DensityGrid, rows: &RowSet) -> Vec<(EventRow, usize)> {
    rows.iter()
        .filter_map(|row| Some((row, grid.cell(d.table().position(row)?)?)))
        .collect()
}

proptest! {
    #[test]
    fn what_is_visited_and_what_is_nearest_are_what_a_naive_reading_finds(
        places in proptest::collection::vec(any_place(), 0..1_500),
        (first, step) in (0..50_usize, 1..40_usize),
        corner in any_place(), (columns, lines) in (1..50_u32, 1..50_u32), cell_bits in 0..31_u32,
        at in any_place(), reach in prop_oneof![0..100_u32, 0..100_000_000_u32, Just(u32::MAX)],
    ) {
        let d = build(&places);
        let rows = some(&d, first, step);
        let (lon, lat) = corner.unwrap_or((-180.0, 90.0));
        let grid = DensityGrid {
            left: mercator::x_of(lon) >> cell_bits << cell_bits,
            top: mercator::y_of(lat) >> cell_bits << cell_bits,
            cell_bits,
            columns: columns.min(u32::MAX >> cell_bits),
            rows: lines,
        };
        prop_assert_eq!(visited(&d, &grid, &rows), in_grid(&d, &grid, &rows));
        let all = d.all();
        prop_assert_eq!(visited(&d, &grid, &all), in_grid(&d, &grid, &all));
        // By place, whatever would be cheaper.
        let mut near = d.space.about(&d.table, &grid);
        prop_assert!(in_grid(&d, &grid, &all).iter().all(|(row, _)| near.contains(*row)));
        near.intersect(&rows);
        prop_assert_eq!(in_grid(&d, &grid, &near), in_grid(&d, &grid, &rows));
        let at = at.unwrap_or((0.0, 0.0));
        let (x, y) = (mercator::x_of(at.0), mercator::y_of(at.1));
        let far = |row: &EventRow| {
            let (px, py) = d.table().position(*row)?;
            let (dx, dy) = (px.wrapping_sub(x), py.abs_diff(y));
            let dx = u128::from(dx.min(dx.wrapping_neg()));
            let square = dx * dx + u128::from(dy) * u128::from(dy);
            let reach = u128::from(reach.min(1 << 31));
            (square <= reach * reach).then_some(square)
        };
        for rows in [&rows, &all] {
            let wanted = rows.iter().filter_map(|r| Some((far(&r)?, r))).min().map(|(_, r)| r);
            prop_assert_eq!(d.nearest(rows, at, reach), wanted);
            // Each way by itself.
            let (table, at, reach) = (&d.table, (x, y), reach.min(1 << 31));
            let by_boxes = d.space.nearest_box_first(table, rows, at, reach);
            prop_assert_eq!(by_boxes, Ok(wanted.map(|r| r.0)));
            let by_rings = d.space.nearest_ring_first(table, rows, at, reach);
            prop_assert_eq!(by_rings.map(EventRow), wanted);
        }
    }

    #[test]
    fn what_is_said_of_a_box_holds_for_what_is_in_it(
        (a, b, at) in (any::<(u32, u32)>(), any::<(u32, u32)>(), any::<(u32, u32)>()),
        (dx, dy) in (0.0..=1.0_f64, 0.0..=1.0_f64),
        (inner, outer) in (0..1_u32 << 31, 0..=1_u32 << 31),
        shrink in 0..20_u32,
    ) {
        let area = Area {
            left: a.0.min(b.0),
            right: a.0.min(b.0) + (a.0.abs_diff(b.0) >> shrink),
            top: a.1.min(b.1),
            bottom: a.1.min(b.1) + (a.1.abs_diff(b.1) >> shrink),
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of it")]
        let part = |whole: u32, share: f64| (f64::from(whole) * share) as u32;
        let point = Area::at((
            area.left + part(area.right - area.left, dx),
            area.top + part(area.bottom - area.top, dy),
        ));
        let inner = inner.min(outer);
        let there = away(&point, at, outer).is_some()
            && (inner == 0 || away(&point, at, inner).is_none());
        match ring(&area, at, (inner, outer)) {
            Meets::Not => prop_assert!(!there),
            Meets::Whole => prop_assert!(there),
            Meets::Partly => {}
        }
    }

    #[test]
    fn boxes_hold_what_a_naive_reading_finds(
        places in proptest::collection::vec(any_place(), 0..1_500),
        (west, width) in (-180.0..180.0_f64, 0.0..360.0_f64),
        (south, north) in (-90.0..90.0_f64, -90.0..90.0_f64),
        round: bool,
    ) {
        let d = build(&places);
        let points = d.rows().filter_map(|r| d.table().lon_lat(r));
        let around = GeoBox::around(points.map(|(x, y)| (x, y, x, y)));
        prop_assert_eq!(GeoBox::around(d.boxes()), around);
        // Half of the boxes end where the heaps are, or at the antimeridian.
        let [west, east] = [west, west + width].map(|x| if round { (x / 180.0).round() * 180.0 } else { x });
        let area = GeoBox {
            west,
            east: if east > 180.0 { east - 360.0 } else { east },
            south: south.min(north),
            north: south.max(north),
        };
        let marks = |r: &EventRow| {
            let lon_lat = d.table().lon_lat(*r);
            lon_lat.is_some_and(|(x, y)| {
                area.contains(x, y) || (x <= -180.0 && area.contains(180.0, y))
            })
        };
        // Marks beyond the square of the map stand at its edge.
        let reach = mercator::MAX_LATITUDE - 0.001;
        prop_assume!(area.south < reach && area.north > -reach);
        let wanted: RowSet = d.rows().filter(marks).collect();
        let edge = |r: &EventRow| d.table().lon_lat(*r).is_some_and(|(_, y)| y.abs() > reach);
        let inside = |rows: &RowSet| rows.iter().filter(|r| !edge(r)).collect::<RowSet>();
        prop_assert_eq!(inside(&d.in_box(area)), inside(&wanted));
    }
}

//! What lies in the cells of a grid, and what lies nearest.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::model::EventRow;

use super::space::{Area, Meets, SpaceIndex};
use super::{Dataset, DensityGrid, EventTable, RowSet, mercator};

/// A row met on the map has to be looked up in the set asked about, which takes
/// about as long as walking so many rows of the set.
const LOOK_UP: u64 = 3;
/// The set is walked rather than looked up where it is so small.
const FEW: u64 = 1 << 12;

/// How a box lies to a grid.
enum InGrid {
    Outside,
    Partly,
    /// In several cells of the grid.
    Cells,
    OneCell,
}

impl DensityGrid {
    fn meets(&self, area: &Area) -> InGrid {
        let (from, to) = (
            area.left.wrapping_sub(self.left),
            area.right.wrapping_sub(self.left),
        );
        if area.bottom < self.top {
            return InGrid::Outside;
        }
        let rows = (
            area.top.saturating_sub(self.top) >> self.cell_bits,
            (area.bottom - self.top) >> self.cell_bits,
        );
        // A box across the grid's western edge has its west at the far end.
        let wraps = from > to;
        let columns = (from >> self.cell_bits, to >> self.cell_bits);
        if rows.0 >= self.rows || (!wraps && columns.0 >= self.columns) {
            InGrid::Outside
        } else if wraps || area.top < self.top || columns.1 >= self.columns || rows.1 >= self.rows {
            InGrid::Partly
        } else if columns.0 == columns.1 && rows.0 == rows.1 {
            InGrid::OneCell
        } else {
            InGrid::Cells
        }
    }
}

/// A way to the nearest: how far away, squared, and the earliest row there.
type Away = (u64, u32);

/// The square of the distance in fixed point from a position to a box; `None`
/// beyond `reach`, which is at most half the world.
fn away(area: &Area, (x, y): (u32, u32), reach: u32) -> Option<u64> {
    let across = if (area.left..=area.right).contains(&x) {
        0
    } else {
        area.left.wrapping_sub(x).min(x.wrapping_sub(area.right))
    };
    let down = if y < area.top {
        area.top - y
    } else {
        y.saturating_sub(area.bottom)
    };
    let square = u64::from(across).pow(2) + u64::from(down.min(reach)).pow(2);
    (across <= reach && down <= reach && square <= u64::from(reach).pow(2)).then_some(square)
}

/// The same to a row.
fn row_away(table: &EventTable, row: u32, at: (u32, u32), reach: u32) -> Option<u64> {
    let (x, y) = table.position(EventRow(row))?;
    let area = Area {
        left: x,
        right: x,
        top: y,
        bottom: y,
    };
    away(&area, at, reach)
}

impl SpaceIndex {
    /// About how many rows lie in a grid; of boxes of a thousand rows on its
    /// edge a half.
    fn count_in(&self, grid: &DensityGrid) -> u64 {
        let meets = |area: &Area| match grid.meets(area) {
            InGrid::Outside => Meets::Not,
            InGrid::Partly => Meets::Partly,
            InGrid::Cells | InGrid::OneCell => Meets::Whole,
        };
        let mut count = 0;
        self.walk(1, &meets, &mut |_, rows, whole| {
            let rows = rows.len() as u64;
            count += if whole { rows } else { rows.div_ceil(2) };
        });
        count
    }

    /// The row of a set that is nearest, by going down the tree nearest box
    /// first.
    fn nearest(
        &self,
        table: &EventTable,
        rows: &RowSet,
        at: (u32, u32),
        reach: u32,
    ) -> Option<u32> {
        let mut heap: BinaryHeap<Reverse<(Away, usize, usize)>> = BinaryHeap::new();
        let put = |heap: &mut BinaryHeap<_>, level: usize, n: usize, best: Option<Away>| {
            let Some(node) = self.node(level, n) else {
                return;
            };
            let way = away(&node.area, at, reach).map(|away| (away, node.first));
            if let Some(way) = way.filter(|way| best.is_none_or(|best| *way < best)) {
                heap.push(Reverse((way, level, n)));
            }
        };
        put(&mut heap, self.root()?, 0, None);
        let mut best: Option<Away> = None;
        let mut looked = 0;
        while let Some(Reverse((way, level, n))) = heap.pop() {
            if best.is_some_and(|best| best <= way) {
                break;
            }
            if level > 0 {
                for child in self.children(level, n) {
                    put(&mut heap, level - 1, child, best);
                }
                continue;
            }
            for &row in self.rows_of(0, n) {
                let way = row_away(table, row, at, reach).map(|away| (away, row));
                if let Some(way) = way.filter(|way| best.is_none_or(|best| *way < best))
                    && rows.contains(EventRow(row))
                {
                    best = Some(way);
                }
            }
            looked += LOOK_UP * self.rows_of(0, n).len() as u64;
            // In the midst of many others, walking the set may be quicker.
            if best.is_none() && looked > rows.len() {
                return nearest_of(table, rows, at, reach);
            }
        }
        best.map(|(_, row)| row)
    }
}

/// The row of a set that is nearest, by looking at each.
fn nearest_of(table: &EventTable, rows: &RowSet, at: (u32, u32), reach: u32) -> Option<u32> {
    rows.iter()
        .filter_map(|row| Some((row_away(table, row.0, at, reach)?, row.0)))
        .min()
        .map(|(_, row)| row)
}

impl Dataset {
    /// Calls `visit` for each located row of `rows` that lies in a grid, with
    /// its [`DensityGrid::cell`], in no order. Costs as [`Dataset::visit_cost`]
    /// says.
    pub fn visit_in(
        &self,
        grid: &DensityGrid,
        rows: &RowSet,
        visit: &mut dyn FnMut(EventRow, usize),
    ) {
        let cell_of = |row: EventRow| grid.cell(self.table.position(row)?);
        if rows.len() <= LOOK_UP * self.space.count_in(grid) {
            for row in rows.iter() {
                if let Some(cell) = cell_of(row) {
                    visit(row, cell);
                }
            }
            return;
        }
        self.look_up_in(grid, rows, visit);
    }

    /// The same by way of the index.
    fn look_up_in(
        &self,
        grid: &DensityGrid,
        rows: &RowSet,
        visit: &mut dyn FnMut(EventRow, usize),
    ) {
        let cell_of = |row: EventRow| grid.cell(self.table.position(row)?);
        let meets = |area: &Area| match grid.meets(area) {
            InGrid::Outside => Meets::Not,
            InGrid::OneCell => Meets::Whole,
            InGrid::Partly | InGrid::Cells => Meets::Partly,
        };
        self.space.walk(0, &meets, &mut |area, found, whole| {
            let known = whole.then(|| grid.cell((area.left, area.top))).flatten();
            for row in found.iter().copied().map(EventRow) {
                if let Some(cell) = known.or_else(|| cell_of(row))
                    && rows.contains(row)
                {
                    visit(row, cell);
                }
            }
        });
    }

    /// About how many rows [`Dataset::visit_in`] would look at: those of the
    /// set, or those on the map in the grid, of which each counts as three as it
    /// has to be looked up in the set. Costs microseconds.
    #[must_use]
    pub fn visit_cost(&self, grid: &DensityGrid, rows: &RowSet) -> u64 {
        rows.len().min(LOOK_UP * self.space.count_in(grid))
    }

    /// Of the located rows in `rows` the one nearest to a longitude and
    /// latitude, and of equally near ones the earliest; `None` if none is
    /// within `reach_units` of fixed-point Mercator (at most half the world).
    #[must_use]
    pub fn nearest(&self, rows: &RowSet, at: (f64, f64), reach_units: u32) -> Option<EventRow> {
        let at = (mercator::x_of(at.0), mercator::y_of(at.1));
        let reach = reach_units.min(1 << 31);
        let nearest = if rows.len() <= FEW {
            nearest_of(&self.table, rows, at, reach)
        } else {
            self.space.nearest(&self.table, rows, at, reach)
        };
        nearest.map(EventRow)
    }
}

#[cfg(test)]
mod tests {
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
            // Looked up one by one, whatever would be cheaper.
            let mut found = Vec::new();
            d.look_up_in(&grid, &rows, &mut |row, cell| found.push((row, cell)));
            found.sort_unstable();
            prop_assert_eq!(found, in_grid(&d, &grid, &rows));
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
                let by_tree = d.space.nearest(&d.table, rows, (x, y), reach.min(1 << 31));
                prop_assert_eq!(by_tree.map(EventRow), wanted);
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
}

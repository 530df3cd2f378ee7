//! What lies in the cells of a grid, and what lies nearest.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::model::EventRow;

use super::space::{Area, BitRows, Meets, SpaceIndex};
use super::{Dataset, DensityGrid, EventTable, RowSet, mercator};

/// So many rows met on the map are brought into a set in the time that one row
/// of a set takes to be looked at.
const GATHERED: u64 = 4;
/// Rows looked up one by one at most; of more, sets are compared.
const LOOKED_UP: usize = 1 << 12;
/// Smaller sets are looked at row by row.
const FEW: u64 = 1 << 12;
/// How much farther is looked where nothing is near.
const FARTHER: u32 = 4;

/// How a box lies to a grid.
enum InGrid {
    Outside,
    Partly,
    /// In several cells of the grid.
    Cells,
    OneCell,
}

impl From<InGrid> for Meets {
    fn from(in_grid: InGrid) -> Self {
        match in_grid {
            InGrid::Outside => Self::Not,
            InGrid::Partly => Self::Partly,
            InGrid::Cells | InGrid::OneCell => Self::Whole,
        }
    }
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
    away(&Area::at(table.position(EventRow(row))?), at, reach)
}

impl SpaceIndex {
    /// About how many rows lie in a grid.
    fn count_in(&self, grid: &DensityGrid) -> u64 {
        self.count(&|area| grid.meets(area).into())
    }

    /// About how many rows are met: of boxes of a thousand rows that are met in
    /// part, half.
    fn count(&self, meets: &impl Fn(&Area) -> Meets) -> u64 {
        let mut count = 0;
        self.walk(1, meets, &mut |_, rows, whole| {
            let rows = rows.len() as u64;
            count += if whole { rows } else { rows.div_ceil(2) };
        });
        count
    }

    /// The rows in a grid, and some about its edge.
    fn about(&self, table: &EventTable, grid: &DensityGrid) -> RowSet {
        self.gather(table, &|area| grid.meets(area).into())
    }

    /// The rows of the boxes met, also of those that are met in part.
    fn gather(&self, table: &EventTable, meets: &impl Fn(&Area) -> Meets) -> RowSet {
        let mut found = BitRows::new(table.len());
        self.walk(0, meets, &mut |_, rows, _| {
            for row in rows {
                found.insert(*row);
            }
        });
        found.into_rows()
    }

    fn nearest(
        &self,
        table: &EventTable,
        rows: &RowSet,
        at: (u32, u32),
        reach: u32,
    ) -> Option<u32> {
        match self.nearest_box_first(table, rows, at, reach) {
            Ok(nearest) => nearest,
            // In the midst of many others.
            Err(near) if rows.len() < near / GATHERED => nearest_of(table, rows, at, reach),
            Err(_) => self.nearest_ring_first(table, rows, at, reach),
        }
    }

    /// The row of a set that is nearest, by going down the tree nearest box
    /// first. If many rows are near and none of the set, their number.
    fn nearest_box_first(
        &self,
        table: &EventTable,
        rows: &RowSet,
        at: (u32, u32),
        reach: u32,
    ) -> Result<Option<u32>, u64> {
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
        if let Some(root) = self.root() {
            put(&mut heap, root, 0, None);
        }
        let mut best: Option<Away> = None;
        let mut looked_up = 0;
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
            if looked_up > LOOKED_UP && best.is_none() {
                let near = |area: &Area| ring(area, at, (0, reach));
                return Err(self.count(&near));
            }
            for &row in self.rows_of(0, n) {
                let way = row_away(table, row, at, reach).map(|away| (away, row));
                if let Some(way) = way.filter(|way| best.is_none_or(|best| *way < best)) {
                    looked_up += 1;
                    if rows.contains(EventRow(row)) {
                        best = Some(way);
                    }
                }
            }
        }
        Ok(best.map(|(_, row)| row))
    }

    /// The row of a set that is nearest, by comparing the set with what lies in
    /// rings farther and farther away.
    fn nearest_ring_first(
        &self,
        table: &EventTable,
        rows: &RowSet,
        at: (u32, u32),
        reach: u32,
    ) -> Option<u32> {
        let (mut inner, mut outer) = (0, reach / FARTHER / FARTHER);
        loop {
            let near = |area: &Area| ring(area, at, (inner, outer));
            let mut found = self.gather(table, &near);
            found.intersect(rows);
            let nearest = nearest_of(table, &found, at, outer);
            if nearest.is_some() || outer == reach {
                return nearest;
            }
            inner = outer;
            outer = outer.saturating_mul(FARTHER).clamp(1, reach);
        }
    }
}

/// How a box lies to what is farther away than `inner` and within `outer`.
fn ring(area: &Area, at: (u32, u32), (inner, outer): (u32, u32)) -> Meets {
    let whole = |reach: u32| {
        let corners = [
            (area.left, area.top),
            (area.right, area.top),
            (area.left, area.bottom),
            (area.right, area.bottom),
        ];
        // A box far around the world may have its corners near and its middle not.
        let narrow = reach < 1 << 30 && area.right - area.left <= 2 * reach;
        let mut corners = corners.into_iter().map(Area::at);
        narrow && corners.all(|corner| away(&corner, at, reach).is_some())
    };
    if away(area, at, outer).is_none() || inner > 0 && whole(inner) {
        Meets::Not
    } else if whole(outer) && (inner == 0 || away(area, at, inner).is_none()) {
        Meets::Whole
    } else {
        Meets::Partly
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
        if rows.len() == self.len() as u64 {
            self.visit_all_in(grid, visit);
        } else if rows.len() <= self.cost_by_place(grid, rows) {
            self.visit_rows(grid, rows, visit);
        } else {
            let mut found = self.space.about(&self.table, grid);
            found.intersect(rows);
            self.visit_rows(grid, &found, visit);
        }
    }

    fn visit_rows(
        &self,
        grid: &DensityGrid,
        rows: &RowSet,
        visit: &mut dyn FnMut(EventRow, usize),
    ) {
        for row in rows.iter() {
            if let Some(cell) = self.table.position(row).and_then(|at| grid.cell(at)) {
                visit(row, cell);
            }
        }
    }

    /// Visits the rows in a grid whatever they are: box by box as long as those
    /// lie in one cell.
    fn visit_all_in(&self, grid: &DensityGrid, visit: &mut dyn FnMut(EventRow, usize)) {
        let cell_of = |row: EventRow| grid.cell(self.table.position(row)?);
        let meets = |area: &Area| match grid.meets(area) {
            InGrid::Outside => Meets::Not,
            InGrid::OneCell => Meets::Whole,
            InGrid::Partly | InGrid::Cells => Meets::Partly,
        };
        self.space.walk(0, &meets, &mut |area, found, whole| {
            let known = whole.then(|| grid.cell((area.left, area.top))).flatten();
            for row in found.iter().copied().map(EventRow) {
                if let Some(cell) = known.or_else(|| cell_of(row)) {
                    visit(row, cell);
                }
            }
        });
    }

    /// What it takes to bring the rows in a grid into a set, and then to look at
    /// those that are in `rows`, too.
    fn cost_by_place(&self, grid: &DensityGrid, rows: &RowSet) -> u64 {
        let there = self.space.count_in(grid);
        let both = there.saturating_mul(rows.len()) / (self.len() as u64).max(1);
        there / GATHERED + both
    }

    /// About how many rows of `rows` could be looked at in the time that
    /// [`Dataset::visit_in`] takes (some ten nanoseconds each): it goes through
    /// the set, or through what lies in the grid. Costs microseconds.
    #[must_use]
    pub fn visit_cost(&self, grid: &DensityGrid, rows: &RowSet) -> u64 {
        if rows.len() == self.len() as u64 {
            return self.space.count_in(grid);
        }
        rows.len().min(self.cost_by_place(grid, rows))
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
mod tests;

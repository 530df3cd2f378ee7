//! How many events lie in each cell of a grid over the map, for any window.
//!
//! A **cube** keeps, for a fixed grid around the data and some boundary moments
//! `t`, how many located rows had started before `t` and how many had ended
//! before `t`. As nothing that starts after a window ends before it, the rows
//! possibly in the window `[s, e)` are those that started before `e` less those
//! that ended before `s`: two layers of the cube, plus the few rows between the
//! boundaries and the edges of the window. That costs by cells, not by events.

use rayon::prelude::*;

use crate::model::EventRow;
use crate::model::time::{Inclusion, Millis, OPEN_FUTURE, Window};

use super::time_index::TimeIndex;
use super::{Dataset, EventTable, GeoBox, RowSet, mercator};

/// Cells a side of the cube at most: 2¹⁸ cells are a megabyte a layer.
const SIDE: u32 = 512;
/// Boundary moments. More cost memory (two layers each), fewer cost time: at
/// ten million events, 1/64 of them have to be looked at for an edge at worst.
const LAYERS: usize = 32;
/// With fewer rows than this nothing is gained by a cube.
const LEAST: usize = 200_000;
/// Rows counted by one task.
const PART: usize = 1 << 19;

/// A grid of square cells over the Mercator square, whose sides are powers of
/// two and whose edges are multiples of them, so that counts of four cells add
/// up to that of a coarser one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DensityGrid {
    /// Western edge, a multiple of the cell's side. A grid may go across the
    /// antimeridian.
    pub left: u32,
    /// Northern edge, a multiple of the cell's side.
    pub top: u32,
    /// A cell is 2 to this power units a side, below 32.
    pub cell_bits: u32,
    /// Cells from west to east.
    pub columns: u32,
    /// Cells from north to south.
    pub rows: u32,
}

impl DensityGrid {
    /// The finest grid over a box that has at most so many columns and rows,
    /// of which there are at least two each.
    #[must_use]
    pub fn covering(area: GeoBox, columns: u32, rows: u32) -> Self {
        let (columns, rows) = (columns.max(2), rows.max(2));
        let (top, bottom) = (mercator::y_of(area.north), mercator::y_of(area.south));
        let (left, right) = if area.width() >= 360.0 {
            (0, u32::MAX)
        } else {
            (mercator::x_of(area.west), mercator::x_of(area.east))
        };
        let mut cell_bits = 0;
        loop {
            let world = u32::MAX >> cell_bits;
            // From the western edge of the first cell to the box's eastern one;
            // a box nearly around the world ends in the cell it began in.
            let first = left >> cell_bits << cell_bits;
            let units = u64::from(left - first) + u64::from(right.wrapping_sub(left));
            let across = u32::try_from(units >> cell_bits).map_or(world, |a| a.min(world));
            let down = (bottom >> cell_bits) - (top >> cell_bits);
            if (across < columns && down < rows) || cell_bits == 31 {
                return Self {
                    left: left >> cell_bits << cell_bits,
                    top: top >> cell_bits << cell_bits,
                    cell_bits,
                    columns: across + 1,
                    rows: down + 1,
                };
            }
            cell_bits += 1;
        }
    }

    /// Number of cells.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.columns as usize * self.rows as usize
    }

    /// The cell of a position, line by line from the north-west.
    #[must_use]
    pub fn cell(&self, (x, y): (u32, u32)) -> Option<usize> {
        let column = x.wrapping_sub(self.left) >> self.cell_bits;
        let row = y.checked_sub(self.top)? >> self.cell_bits;
        (column < self.columns && row < self.rows)
            .then(|| row as usize * self.columns as usize + column as usize)
    }
}

/// Counts over a grid at boundary moments.
pub(super) struct Cube {
    grid: DensityGrid,
    /// Ascending; empty without a cube.
    moments: Vec<Millis>,
    /// Of each moment, the rows started before it, and ended before it, by cell.
    started: Vec<Vec<u32>>,
    ended: Vec<Vec<u32>>,
}

impl Cube {
    pub(super) fn build(table: &EventTable, time: &TimeIndex) -> Self {
        Self::with_least(table, time, LEAST)
    }

    #[cfg(test)]
    pub(super) fn whatever_the_size(table: &EventTable, time: &TimeIndex) -> Self {
        Self::with_least(table, time, 0)
    }

    fn with_least(table: &EventTable, time: &TimeIndex, least: usize) -> Self {
        let (xs, ys) = table.positions();
        let grid = grid_around(table, xs, ys);
        let dated = time.dated();
        let mut cube = Self {
            grid,
            moments: Vec::new(),
            started: Vec::new(),
            ended: Vec::new(),
        };
        if dated < least.max(1) {
            return cube;
        }
        cube.moments = (1..=LAYERS)
            .map(|n| table.starts()[(dated * n / LAYERS).min(dated - 1)])
            .collect();
        cube.moments.dedup();
        // Moments are cut into runs, each run of layers counted by a task.
        let moments = &cube.moments;
        let earlier = |n: usize| match n {
            0 => Millis::MIN,
            n => moments[n - 1],
        };
        let layers: Vec<(Vec<u32>, Vec<u32>)> = (0..moments.len())
            .into_par_iter()
            .map(|n| {
                let mut started = vec![0; grid.cells()];
                let mut ended = vec![0; grid.cells()];
                let from = time.rank(table, earlier(n));
                let to = time.rank(table, moments[n]);
                let rows = from..to;
                for row in rows.filter_map(|at| u32::try_from(at).ok()) {
                    put(table, &grid, row, &mut started, 1);
                }
                time.ended(table, earlier(n), moments[n])
                    .for_each(|row| put(table, &grid, row, &mut ended, 1));
                (started, ended)
            })
            .collect();
        for (started, ended) in layers {
            cube.started.push(started);
            cube.ended.push(ended);
        }
        for layers in [&mut cube.started, &mut cube.ended] {
            for n in 1..layers.len() {
                let (before, after) = layers.split_at_mut(n);
                for (count, earlier) in after[0].iter_mut().zip(&before[n - 1]) {
                    *count += earlier;
                }
            }
        }
        cube
    }

    /// Whether the cells of a grid are made up of cells of the cube.
    pub(super) fn serves(&self, grid: &DensityGrid) -> bool {
        !self.moments.is_empty() && grid.cell_bits >= self.grid.cell_bits
    }

    /// Adds `sign` times a layer to the counts of a coarser grid.
    fn add(&self, layer: &[u32], grid: &DensityGrid, counts: &mut [u32], sign: u32) {
        let width = self.grid.columns as usize;
        let side = self.grid.cell_bits;
        let columns: Vec<Option<usize>> = (0..self.grid.columns)
            .map(|c| {
                let x = self.grid.left.wrapping_add(c << side);
                grid.cell((x, grid.top))
            })
            .collect();
        for (line, y) in layer.chunks(width).zip(0_u32..) {
            let Some(first) = grid.cell((grid.left, self.grid.top.wrapping_add(y << side))) else {
                continue;
            };
            for (count, column) in line.iter().zip(&columns) {
                if let Some(column) = column {
                    let cell = &mut counts[first + column];
                    *cell = cell.wrapping_add(count.wrapping_mul(sign));
                }
            }
        }
    }

    /// How many rows possibly in the window, which has an end, lie in each cell
    /// of a grid that the cube serves.
    pub(super) fn density(
        &self,
        table: &EventTable,
        time: &TimeIndex,
        grid: &DensityGrid,
        window: Window,
    ) -> Vec<u32> {
        let mut counts = vec![0; grid.cells()];
        let minus = u32::MAX;
        // Rows are counted from the nearest boundary to the edge.
        let end = time.rank(table, window.end);
        let ranks = self.moments.iter().map(|m| time.rank(table, *m));
        let (mut near, mut layer) = (0_usize, None);
        for (n, rank) in ranks.enumerate() {
            if rank.abs_diff(end) < near.abs_diff(end) {
                (near, layer) = (rank, Some(n));
            }
        }
        if let Some(n) = layer {
            self.add(&self.started[n], grid, &mut counts, 1);
        }
        let by = if near <= end { 1 } else { minus };
        for at in near.min(end)..near.max(end) {
            put(
                table,
                grid,
                u32::try_from(at).unwrap_or(u32::MAX),
                &mut counts,
                by,
            );
        }
        let before = self.moments.partition_point(|m| *m <= window.start);
        let choices = [before.checked_sub(1), Some(before)]
            .into_iter()
            .flatten()
            .filter_map(|n| self.moments.get(n).map(|m| (Some(n), *m)))
            .chain(std::iter::once((None, Millis::MIN)));
        let cost = |m: Millis| {
            let (from, to) = (m.min(window.start), m.max(window.start));
            time.count_ended(table, from, to)
        };
        if let Some((layer, near)) = choices.min_by_key(|(_, m)| cost(*m)) {
            if let Some(n) = layer {
                self.add(&self.ended[n], grid, &mut counts, minus);
            }
            let (from, to) = (near.min(window.start), near.max(window.start));
            let by = if near <= window.start { minus } else { 1 };
            time.ended(table, from, to)
                .for_each(|row| put(table, grid, row, &mut counts, by));
        }
        // Sets were counted as started, with their hulls, and never as ended.
        for &row in time.sets() {
            let started = table.starts()[row as usize] < window.end || window.end == OPEN_FUTURE;
            let inside = table.inclusion(EventRow(row), window) >= Inclusion::Possibly;
            match (started, inside) {
                (true, false) => put(table, grid, row, &mut counts, minus),
                (false, true) => put(table, grid, row, &mut counts, 1),
                _ => {}
            }
        }
        counts
    }
}

fn grid_around(table: &EventTable, xs: &[u32], ys: &[u32]) -> DensityGrid {
    let range = |values: &[u32]| {
        values
            .par_iter()
            .enumerate()
            .filter(|(at, _)| table.position(EventRow::new(*at)).is_some())
            .map(|(_, v)| (*v, *v))
            .reduce(|| (u32::MAX, 0), |a, b| (a.0.min(b.0), a.1.max(b.1)))
    };
    let ((left, right), (top, bottom)) = (range(xs), range(ys));
    let (right, bottom) = (right.max(left), bottom.max(top));
    let mut cell_bits = 0;
    let apart = |from: u32, to: u32, bits: u32| (to >> bits) - (from >> bits);
    while cell_bits < 31
        && (apart(left, right, cell_bits) >= SIDE || apart(top, bottom, cell_bits) >= SIDE)
    {
        cell_bits += 1;
    }
    DensityGrid {
        left: left >> cell_bits << cell_bits,
        top: top >> cell_bits << cell_bits,
        cell_bits,
        columns: apart(left, right, cell_bits) + 1,
        rows: apart(top, bottom, cell_bits) + 1,
    }
}

/// Counts a row `by` 1, or by −1 as `u32::MAX`.
fn put(table: &EventTable, grid: &DensityGrid, row: u32, counts: &mut [u32], by: u32) {
    if let Some(cell) = table.position(EventRow(row)).and_then(|at| grid.cell(at)) {
        counts[cell] = counts[cell].wrapping_add(by);
    }
}

impl Dataset {
    /// How many located events possibly in a window lie in each cell of a
    /// grid, line by line from the north-west; of `rows` only if given.
    ///
    /// Without `rows` and for cells not much smaller than a five-hundredth of
    /// the data's extent this costs by cells; else by the rows counted.
    #[must_use]
    pub fn density(&self, grid: &DensityGrid, window: Window, rows: Option<&RowSet>) -> Vec<u32> {
        match rows {
            None if window == Window::ALL => self.density_of(grid, &self.all()),
            None if self.cube.serves(grid) => {
                self.cube.density(&self.table, &self.time, grid, window)
            }
            None => self.density_of(grid, &self.select(&self.all(), window).possible),
            Some(rows) => self.density_of(grid, &self.select(rows, window).possible),
        }
    }

    /// How many located rows of a set lie in each cell of a grid.
    #[must_use]
    pub fn density_of(&self, grid: &DensityGrid, rows: &RowSet) -> Vec<u32> {
        let add = |mut counts: Vec<u32>, part: usize| {
            let at = |n: usize| u32::try_from(n * PART).unwrap_or(u32::MAX);
            for row in rows.within(at(part)..at(part + 1)) {
                put(&self.table, grid, row.0, &mut counts, 1);
            }
            counts
        };
        let parts = self.len().div_ceil(PART);
        if rows.len() < PART as u64 {
            return (0..parts).fold(vec![0; grid.cells()], add);
        }
        (0..parts)
            .into_par_iter()
            .fold(|| vec![0; grid.cells()], add)
            .reduce_with(|mut a, b| {
                for (a, b) in a.iter_mut().zip(b) {
                    *a += b;
                }
                a
            })
            .unwrap_or_else(|| vec![0; grid.cells()])
    }

    /// Carries the changes of a selection over to the counts of a grid, made
    /// of [`Dataset::density`] before the window moved.
    pub fn move_density(
        &self,
        grid: &DensityGrid,
        counts: &mut [u32],
        added: &RowSet,
        removed: &RowSet,
    ) {
        for row in added.iter() {
            put(&self.table, grid, row.0, counts, 1);
        }
        for row in removed.iter() {
            put(&self.table, grid, row.0, counts, u32::MAX);
        }
    }
}

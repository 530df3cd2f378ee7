//! How many shown events lie in each cell of a grid about the view, by colour.
//!
//! Counted once, and after that kept in step with the current set at the cost
//! of what changes.

use crate::dataset::mercator::WORLD;
use crate::dataset::{Dataset, DensityGrid, RowSet};
use crate::view::viewport::Viewport;

use super::Slots;

/// Cells are at most so many points a side, and more than half of it, but for
/// very large views. Counts are told as of cells of this size.
pub const CELL: u8 = 3;
/// With cells of that size a grid has at most so many; else they are larger.
const MOST_CELLS: f64 = 800_000.0;

/// A part of a grid: columns and rows, the first and the one after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Columns.
    pub columns: (u32, u32),
    /// Rows.
    pub rows: (u32, u32),
}

/// Counts by cell and slot.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    grid: DensityGrid,
    slots: usize,
    /// By cell, line by line, then by slot.
    counts: Vec<u32>,
    /// The events in the grid, while they are few.
    rows: Option<RowSet>,
    total: u64,
    most_rows: u64,
}

/// A grid about a view and a share of its size to each side, fine enough for
/// its zoom. Its edges lie on even lines,
/// so that cells can be joined by fours.
#[must_use]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held to the square before"
)]
pub fn grid_about(view: &Viewport, about: f64) -> DensityGrid {
    let (width, height) = view.size();
    let wide = 1.0 + 2.0 * about;
    // By the view alone: moving and zooming never change it.
    let cell = f64::from(CELL).max((width * height / MOST_CELLS).sqrt() * 3.0);
    let unit = WORLD / view.world();
    let cell_bits = (unit * cell).log2().floor().clamp(0.0, 26.0) as u32;
    let even = |v: u32| v >> (cell_bits + 1) << (cell_bits + 1);
    let (x, y) = view.center_unit();
    let (x, y) = ((x * WORLD) as u64 as u32, y * WORLD);
    let across = width * wide * unit;
    let (left, columns) = if across >= WORLD {
        (even(x.wrapping_sub(1 << 31)), 1 << (32 - cell_bits))
    } else {
        let left = even(x.wrapping_sub((across / 2.0) as u32));
        let columns = (across as u32 >> cell_bits) + 4;
        (left, columns.min(1 << (32 - cell_bits)))
    };
    let half = height * wide * unit / 2.0;
    let top = even((y - half).max(0.0) as u32);
    let bottom = (y + half).min(WORLD - 1.0) as u32;
    DensityGrid {
        left,
        top,
        cell_bits,
        columns,
        rows: (bottom >> cell_bits) - (top >> cell_bits) + 1,
    }
}

/// Where the upper left corner of a grid is on the screen, and how large a
/// cell, in points. A grid around the world is shown about the centre, from
/// which it is off by two cells at most: see [`Field::turn`].
#[must_use]
pub fn place(grid: &DensityGrid, view: &Viewport) -> ((f64, f64), f64) {
    let side = (1_u64 << grid.cell_bits) as f64;
    let cell = side / WORLD * view.world();
    let width = f64::from(grid.columns) * side;
    let (x, y) = view.center_unit();
    // The middle of the grid is never half a world away.
    let middle = (f64::from(grid.left) + width / 2.0) / WORLD - x;
    let left = middle - middle.round() - width / 2.0 / WORLD;
    let top = f64::from(grid.top) / WORLD - y;
    (view.offset((left, top)), cell)
}

/// Whether a grid goes round the world.
fn is_round(grid: &DensityGrid) -> bool {
    u64::from(grid.columns) << grid.cell_bits >= 1 << 32
}

/// Whether a grid covers all of a view that there is in the world.
#[must_use]
pub fn covers(grid: &DensityGrid, view: &Viewport) -> bool {
    let ((left, top), cell) = place(grid, view);
    let (width, height) = view.size();
    let round = is_round(grid);
    let end_x = left + cell * f64::from(grid.columns);
    let end_y = top + cell * f64::from(grid.rows);
    let to_the_end = u64::from(grid.top) + (u64::from(grid.rows) << grid.cell_bits) >= 1 << 32;
    (round || (left <= 0.0 && end_x >= width))
        && (grid.top == 0 || top <= 0.0)
        && (to_the_end || end_y >= height)
}

/// The cells in view, and one or two more all around, whose counts are spread
/// into it. It begins on even lines, so that cells can be joined by fours.
#[must_use]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held to the grid"
)]
pub fn part_in_view(grid: &DensityGrid, view: &Viewport) -> Part {
    let ((left, top), cell) = place(grid, view);
    let (width, height) = view.size();
    let range = |from: f64, size: f64, most: u32| {
        let first = ((-from / cell).floor() - 1.0).clamp(0.0, f64::from(most)) as u32 & !1;
        let last = (((size - from) / cell).ceil() + 1.0).clamp(0.0, f64::from(most)) as u32;
        (first.min(last), last)
    };
    Part {
        columns: range(left, width, grid.columns),
        rows: range(top, height, grid.rows),
    }
}

impl Field {
    /// Counts the rows of a set, and lists those in the grid if they are at
    /// most `most_rows`.
    #[must_use]
    pub fn count(
        dataset: &Dataset,
        grid: DensityGrid,
        slots: &Slots,
        shown: &RowSet,
        most_rows: u64,
    ) -> Self {
        let n = slots.len();
        let mut counts = vec![0_u32; grid.cells() * n];
        let mut listed: Vec<u32> = Vec::new();
        let mut total = 0_u64;
        dataset.visit_in(&grid, shown, &mut |row, cell| {
            counts[cell * n + slots.slot(dataset, row)] += 1;
            if total < most_rows {
                listed.push(row.0);
            }
            total += 1;
        });
        let rows = (total <= most_rows).then(|| {
            listed.sort_unstable();
            listed.into_iter().map(crate::model::EventRow).collect()
        });
        Self {
            grid,
            slots: n,
            counts,
            rows,
            total,
            most_rows,
        }
    }

    /// Follows a change of the set.
    pub fn change(&mut self, dataset: &Dataset, slots: &Slots, added: &RowSet, removed: &RowSet) {
        for (rows, by) in [(added, 1_u32), (removed, u32::MAX)] {
            for row in rows.iter() {
                let position = dataset.table().position(row);
                let Some(cell) = position.and_then(|at| self.grid.cell(at)) else {
                    continue;
                };
                let count = &mut self.counts[cell * self.slots + slots.slot(dataset, row)];
                *count = count.wrapping_add(by);
                if by == 1 {
                    self.total += 1;
                } else {
                    self.total -= 1;
                }
                if let Some(listed) = &mut self.rows {
                    if by == 1 {
                        listed.insert(row.0);
                    } else {
                        listed.remove(row.0);
                    }
                }
            }
        }
        if self.total > self.most_rows {
            self.rows = None;
        }
    }

    /// Turns a grid that goes round the world so that it begins where another
    /// one of its sort does. `false` if it is of another sort.
    pub fn turn(&mut self, to: &DensityGrid) -> bool {
        let alike = is_round(&self.grid)
            && (to.columns, to.cell_bits) == (self.grid.columns, self.grid.cell_bits);
        if !alike || to.left == self.grid.left {
            return false;
        }
        let columns = to.left.wrapping_sub(self.grid.left) >> to.cell_bits;
        let cells = columns as usize % self.grid.columns as usize;
        for line in self
            .counts
            .chunks_exact_mut(self.grid.columns as usize * self.slots)
        {
            line.rotate_left(cells * self.slots);
        }
        self.grid.left = to.left;
        true
    }

    /// The grid.
    #[must_use]
    pub fn grid(&self) -> &DensityGrid {
        &self.grid
    }

    /// Number of slots.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.slots
    }

    /// Events in the grid.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The events in the grid, while they are few. Once they were too many,
    /// they are not listed again until they are counted anew.
    #[must_use]
    pub fn rows(&self) -> Option<&RowSet> {
        self.rows.as_ref()
    }

    /// Whether counting anew would list the rows again.
    #[must_use]
    pub fn could_list(&self) -> bool {
        self.rows.is_none() && self.total <= self.most_rows / 2
    }

    /// Counts of the cells of a line within a part, slot by slot.
    #[must_use]
    pub fn line(&self, row: u32, part: &Part) -> &[u32] {
        let at = |column: u32| {
            (row as usize * self.grid.columns as usize + column as usize) * self.slots
        };
        &self.counts[at(part.columns.0)..at(part.columns.1)]
    }

    /// Events in a part of the grid, by slot.
    #[must_use]
    pub fn sums(&self, part: &Part) -> Vec<u64> {
        let mut sums = vec![0_u64; self.slots];
        for row in part.rows.0..part.rows.1 {
            for cell in self.line(row, part).chunks_exact(self.slots) {
                for (sum, count) in sums.iter_mut().zip(cell) {
                    *sum += u64::from(*count);
                }
            }
        }
        sums
    }
}

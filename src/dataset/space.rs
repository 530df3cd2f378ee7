//! Which rows lie in a box, by a grid over fixed-point Mercator.

use roaring::RoaringBitmap;

use crate::model::EventRow;

use super::{EventTable, GeoBox, RowSet, mercator};

/// Grid lines a side as a power of two. 1,024 cells a side are about 40 km at
/// the equator: fine enough for a country, coarse enough to walk for the world.
const GRID_BITS: u32 = 10;

/// The located rows by grid cell.
pub(super) struct SpaceIndex {
    /// Where the rows of each cell begin, and where the last ends; a cell is
    /// `y << GRID_BITS | x`.
    starts: Vec<u32>,
    rows: Vec<u32>,
    located: RowSet,
}

fn cell(x: u32, y: u32) -> u32 {
    let shift = 32 - GRID_BITS;
    ((y >> shift) << GRID_BITS) | (x >> shift)
}

impl SpaceIndex {
    pub(super) fn build(table: &EventTable) -> Self {
        let cell_of = |row: u32| {
            table
                .position(EventRow(row))
                .map(|(x, y)| cell(x, y) as usize)
        };
        let all = || 0..u32::try_from(table.len()).unwrap_or(u32::MAX);
        let mut starts = vec![0_u32; (1 << (2 * GRID_BITS)) + 1];
        for cell in all().filter_map(cell_of) {
            starts[cell + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut rows = vec![0_u32; sum as usize];
        let mut located = BitRows::new(table.len());
        for row in all() {
            if let Some(cell) = cell_of(row) {
                rows[next[cell] as usize] = row;
                next[cell] += 1;
                located.insert(row);
            }
        }
        Self {
            starts,
            rows,
            located: located.into_rows(),
        }
    }

    pub(super) fn located(&self) -> &RowSet {
        &self.located
    }

    /// The rows in the cells from `left` to `right` of a line of the grid.
    fn in_line(&self, y: u32, left: u32, right: u32) -> &[u32] {
        let at = |x: u32| (y << GRID_BITS | x) as usize;
        &self.rows[self.starts[at(left)] as usize..self.starts[at(right) + 1] as usize]
    }

    pub(super) fn in_box(&self, table: &EventTable, area: GeoBox) -> RowSet {
        let mut found = BitRows::new(table.len());
        self.collect(table, area, &mut |row| found.insert(row));
        found.into_rows()
    }

    fn collect(&self, table: &EventTable, area: GeoBox, found: &mut impl FnMut(u32)) {
        // Marks beyond the square of the map stand at its edge.
        let edge = mercator::MAX_LATITUDE;
        let area = GeoBox {
            south: area.south.clamp(-edge, edge),
            north: area.north.clamp(-edge, edge),
            ..area
        };
        let shift = 32 - GRID_BITS;
        let (top, bottom) = (mercator::y_of(area.north), mercator::y_of(area.south));
        // Across the antimeridian a box is two boxes.
        let spans: &[(f64, f64)] = if area.width() >= 360.0 {
            &[(-180.0, 180.0)]
        } else if area.west <= area.east {
            &[(area.west, area.east)]
        } else {
            &[(area.west, 180.0), (-180.0, area.east)]
        };
        let mut inner = Vec::new();
        let limits = Limits::of(area);
        let mut test = |row: u32| {
            if table
                .position(EventRow(row))
                .is_some_and(|at| limits.hold(at))
            {
                found(row);
            }
        };
        for &(west, east) in spans {
            let left = mercator::x_of(west) >> shift;
            let right = if east >= 180.0 {
                (1 << GRID_BITS) - 1
            } else {
                mercator::x_of(east) >> shift
            };
            for y in top >> shift..=bottom >> shift {
                // What is not in a cell on the edge needs no closer look.
                if y > top >> shift && y < bottom >> shift && left + 1 < right {
                    self.in_line(y, left, left)
                        .iter()
                        .copied()
                        .for_each(&mut test);
                    self.in_line(y, right, right)
                        .iter()
                        .copied()
                        .for_each(&mut test);
                    inner.push((y, left + 1, right - 1));
                } else if left <= right {
                    self.in_line(y, left, right)
                        .iter()
                        .copied()
                        .for_each(&mut test);
                }
            }
        }
        for (y, left, right) in inner {
            self.in_line(y, left, right)
                .iter()
                .copied()
                .for_each(&mut *found);
        }
        // ±180° is stored at the western edge: also look there for an eastern one.
        if area.west <= area.east && area.east >= 180.0 && area.west > -180.0 {
            let edge = GeoBox {
                west: -180.0,
                east: -180.0,
                ..area
            };
            self.collect(table, edge, found);
        }
    }
}

/// A box in fixed point: `x` and `y` from the first to below the second.
///
/// Positions are stored with an error of up to one unit (about a centimetre);
/// an edge typed exactly on a mark still takes it in.
struct Limits {
    x: (u64, u64),
    y: (u64, u64),
    /// The box goes across the antimeridian: `x` outside of the two.
    across: bool,
}

impl Limits {
    fn of(area: GeoBox) -> Self {
        const SLACK: f64 = 2e-7;
        let x = (
            first(|x| mercator::lon_of(x) >= area.west - SLACK),
            first(|x| mercator::lon_of(x) > area.east + SLACK),
        );
        Self {
            across: area.west > area.east,
            x,
            y: (
                first(|y| mercator::lat_of(y) <= area.north + SLACK),
                first(|y| mercator::lat_of(y) < area.south - SLACK),
            ),
        }
    }

    fn hold(&self, (x, y): (u32, u32)) -> bool {
        let (x, y) = (u64::from(x), u64::from(y));
        let x_in = if self.across {
            x >= self.x.0 || x < self.x.1
        } else {
            (self.x.0..self.x.1).contains(&x)
        };
        x_in && (self.y.0..self.y.1).contains(&y)
    }
}

/// The first number for which something holds that holds for all after it;
/// 2³² if there is none.
fn first(holds: impl Fn(u32) -> bool) -> u64 {
    let (mut from, mut to) = (0_u64, 1 << 32);
    while from < to {
        let middle = u64::midpoint(from, to);
        if u32::try_from(middle).is_ok_and(&holds) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}

/// As long as so few rows are found they are kept in a list.
const FEW: usize = 1 << 14;

/// Rows as bits, while they are found in no order: a [`RowSet`] is slow to
/// fill that way.
pub(super) struct BitRows {
    few: Vec<u32>,
    bits: Vec<u8>,
    rows: usize,
}

impl BitRows {
    pub(super) fn new(rows: usize) -> Self {
        Self {
            few: Vec::new(),
            bits: Vec::new(),
            rows,
        }
    }

    pub(super) fn insert(&mut self, row: u32) {
        if self.bits.is_empty() {
            self.few.push(row);
            if self.few.len() < FEW {
                return;
            }
            self.bits = vec![0; self.rows.div_ceil(8)];
            for row in std::mem::take(&mut self.few) {
                self.set(row);
            }
        }
        self.set(row);
    }

    fn set(&mut self, row: u32) {
        if let Some(byte) = self.bits.get_mut(row as usize / 8) {
            *byte |= 1 << (row % 8);
        }
    }

    pub(super) fn into_rows(mut self) -> RowSet {
        if self.bits.is_empty() {
            self.few.sort_unstable();
            self.few.dedup();
            return RowSet::ascending(&self.few);
        }
        RowSet::from_bitmap(RoaringBitmap::from_lsb0_bytes(0, &self.bits))
    }
}

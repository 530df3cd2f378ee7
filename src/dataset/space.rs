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
        let mut test = |row: u32| {
            let inside = table
                .lon_lat(EventRow(row))
                .is_some_and(|(lon, lat)| contains(area, lon, lat));
            if inside {
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

/// Positions are stored with an error of up to one unit (about a centimetre);
/// an edge typed exactly on a mark still takes it in.
fn contains(area: GeoBox, lon: f64, lat: f64) -> bool {
    const SLACK: f64 = 2e-7;
    GeoBox {
        west: area.west - SLACK,
        south: area.south - SLACK,
        east: area.east + SLACK,
        north: area.north + SLACK,
    }
    .contains(lon, lat)
}

/// Rows as bits, while they are found in no order: a [`RowSet`] is slow to
/// fill that way.
pub(super) struct BitRows(Vec<u8>);

impl BitRows {
    pub(super) fn new(rows: usize) -> Self {
        Self(vec![0; rows.div_ceil(8)])
    }

    pub(super) fn insert(&mut self, row: u32) {
        if let Some(byte) = self.0.get_mut(row as usize / 8) {
            *byte |= 1 << (row % 8);
        }
    }

    pub(super) fn into_rows(self) -> RowSet {
        RowSet::from_bitmap(RoaringBitmap::from_lsb0_bytes(0, &self.0))
    }
}

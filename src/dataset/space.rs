//! Which rows lie in a box, by a grid over fixed-point Mercator.

use crate::model::EventRow;

use super::{EventTable, GeoBox, RowSet, mercator};

/// Grid lines a side as a power of two. 1,024 cells a side are about 40 km at
/// the equator: fine enough for a country, coarse enough to walk for the world.
const GRID_BITS: u32 = 10;

/// The located rows sorted by grid cell.
pub(super) struct SpaceIndex {
    /// `(cell, row)`, sorted; a cell is `y << GRID_BITS | x`.
    cells: Vec<(u32, u32)>,
    located: RowSet,
}

fn cell(x: u32, y: u32) -> u32 {
    let shift = 32 - GRID_BITS;
    ((y >> shift) << GRID_BITS) | (x >> shift)
}

impl SpaceIndex {
    pub(super) fn build(table: &EventTable) -> Self {
        let mut cells = Vec::new();
        let mut located = RowSet::default();
        for at in 0..table.len() {
            let row = EventRow::new(at);
            if let Some((x, y)) = table.position(row) {
                cells.push((cell(x, y), row.0));
                located.insert(row.0);
            }
        }
        cells.sort_unstable();
        Self { cells, located }
    }

    pub(super) fn located(&self) -> &RowSet {
        &self.located
    }

    pub(super) fn in_box(&self, table: &EventTable, area: GeoBox) -> RowSet {
        // Marks beyond the square of the map stand at its edge.
        let edge = mercator::MAX_LATITUDE;
        let area = GeoBox {
            south: area.south.clamp(-edge, edge),
            north: area.north.clamp(-edge, edge),
            ..area
        };
        let mut rows = RowSet::default();
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
        for &(west, east) in spans {
            let left = mercator::x_of(west) >> shift;
            let right = if east >= 180.0 {
                (1 << GRID_BITS) - 1
            } else {
                mercator::x_of(east) >> shift
            };
            for y in top >> shift..=bottom >> shift {
                let from = (y << GRID_BITS) | left;
                let to = (y << GRID_BITS) | right;
                let start = self.cells.partition_point(|c| c.0 < from);
                for &(_, row) in self.cells[start..].iter().take_while(|c| c.0 <= to) {
                    let inside = table
                        .lon_lat(EventRow(row))
                        .is_some_and(|(lon, lat)| contains(area, lon, lat));
                    if inside {
                        rows.insert(row);
                    }
                }
            }
        }
        // ±180° is stored at the western edge: also look there for an eastern one.
        if area.west <= area.east && area.east >= 180.0 && area.west > -180.0 {
            rows.unite(&self.in_box(
                table,
                GeoBox {
                    west: -180.0,
                    east: -180.0,
                    ..area
                },
            ));
        }
        rows
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

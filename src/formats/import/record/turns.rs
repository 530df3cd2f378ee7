//! Longitudes past 180 degrees: the same in every format.

use std::cell::Cell;

use geo::{Coord, Geometry, MapCoordsInPlace as _};

/// A longitude in degrees that is past 180 either way, but not by more than a
/// whole turn, without that turn; `None` where there is nothing to take off.
pub(crate) fn turned(lon: f64) -> Option<f64> {
    let past = lon.abs() > 180.0 && lon.abs() <= 360.0;
    past.then(|| lon - 360.0_f64.copysign(lon))
}

/// Takes a whole turn off the longitudes of a geometry that are past 180
/// degrees; answers with the first that was.
pub(crate) fn turn_back(geometry: &mut Geometry<f64>) -> Option<f64> {
    let first = Cell::new(None);
    geometry.map_coords_in_place(|Coord { x, y }| match turned(x) {
        Some(turned) if y.abs() <= 90.0 => {
            first.set(first.get().or(Some(x)));
            Coord { x: turned, y }
        }
        _ => Coord { x, y },
    });
    first.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_taken_off_lines_and_points() {
        let mut line: Geometry<f64> =
            geo::LineString::from(vec![(170.0, 1.0), (190.0, 2.0)]).into();
        assert_eq!(turn_back(&mut line), Some(190.0));
        assert_eq!(
            line,
            geo::LineString::from(vec![(170.0, 1.0), (-170.0, 2.0)]).into()
        );
        assert_eq!(turn_back(&mut line), None);
        assert_eq!(
            (turned(-181.0), turned(180.0), turned(361.0)),
            (Some(179.0), None, None)
        );
    }
}

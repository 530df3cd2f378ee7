//! Longitudes past 180 degrees: the same in every format.

mod cut;

use geo::{Coord, CoordsIter as _, Geometry, MapCoordsInPlace as _, Point};

use cut::{Written, cut};

/// A longitude in degrees that is past 180 either way, but not by more than a
/// whole turn, without that turn; `None` where there is nothing to take off.
pub(crate) fn turned(lon: f64) -> Option<f64> {
    let past = lon.abs() > 180.0 && lon.abs() <= 360.0;
    past.then(|| lon - 360.0_f64.copysign(lon))
}

/// Takes a whole turn off the longitudes of a geometry that are past 180
/// degrees, and cuts lines and areas there; answers with the first that was.
pub(crate) fn turn_back(geometry: &mut Geometry<f64>) -> Option<f64> {
    let past = |c: &Coord<f64>| turned(c.x).is_some() && c.y.abs() <= 90.0;
    let first = geometry.coords_iter().find(past)?.x;
    if geometry.coords_iter().all(|c| c.x.abs() <= 360.0) {
        let whole = std::mem::replace(geometry, Point::new(0.0, 0.0).into());
        *geometry = cut(whole, Written::On);
    }
    // Points, and what could not be cut.
    geometry.map_coords_in_place(|c| Coord {
        x: turned(c.x).filter(|_| past(&c)).unwrap_or(c.x),
        y: c.y,
    });
    Some(first)
}

/// Cuts lines and areas of which turns were taken off position by position.
pub(crate) fn cut_turned(geometry: Geometry<f64>) -> Geometry<f64> {
    cut(geometry, Written::TurnedBack)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_taken_off_lines_and_points() {
        let mut line: Geometry<f64> =
            geo::LineString::from(vec![(170.0, 1.0), (190.0, 3.0)]).into();
        assert_eq!(turn_back(&mut line), Some(190.0));
        let parts = geo::MultiLineString::new(vec![
            geo::LineString::from(vec![(170.0, 1.0), (180.0, 2.0)]),
            geo::LineString::from(vec![(-180.0, 2.0), (-170.0, 3.0)]),
        ]);
        assert_eq!(line, parts.into());
        let mut point: Geometry<f64> = Point::new(190.0, 2.0).into();
        assert_eq!(turn_back(&mut point), Some(190.0));
        assert_eq!(point, Point::new(-170.0, 2.0).into());
        assert_eq!(turn_back(&mut line), None);
        assert_eq!(
            (turned(-181.0), turned(180.0), turned(361.0)),
            (Some(179.0), None, None)
        );
    }
}

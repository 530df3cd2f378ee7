//! Positions in degrees, checked.

use geo::{Coord, Point};

use crate::formats::Severity;
use crate::formats::import::Wrong;
use crate::formats::import::record::{turns, wrong};

pub(in crate::formats) use crate::formats::import::record::wrong::NULL_ISLAND;

const SWAPPED: Wrong = Wrong {
    id: "swapped",
    severity: Severity::Error,
    what: "the latitude is beyond 90 degrees and would do as longitude: the two seem to be swapped; \
           the event was kept without place",
    remedy: "write longitude first, then latitude",
};

/// Longest text of a place that was refused that is kept as an attribute.
/// Trade-off: far longer than a point or a path that somebody corrects by hand.
const REFUSED: usize = 1 << 16;

/// A position, and whether a whole turn was taken off its longitude.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::formats) struct Position {
    pub at: Coord<f64>,
    pub turned: bool,
}

/// A position in degrees, or what is wrong with it. Longitudes to 360 degrees
/// either way are brought back by a whole turn; -0 becomes 0.
pub(in crate::formats) fn position(lon: f64, lat: f64) -> Result<Position, &'static Wrong> {
    let within = |value: f64, limit: f64| value.is_finite() && value.abs() <= limit;
    let turned = turns::turned(lon);
    let swapped = within(lon, 90.0) && within(lat, 180.0);
    if within(lat, 90.0) && (turned.is_some() || within(lon, 180.0)) {
        let at = Coord {
            x: turned.unwrap_or(lon) + 0.0,
            y: lat + 0.0,
        };
        let turned = turned.is_some();
        return Ok(Position { at, turned });
    }
    Err(if swapped {
        &SWAPPED
    } else if lon.is_finite() && lat.is_finite() && (lon.abs() > 1000.0 || lat.abs() > 1000.0) {
        &wrong::PROJECTED
    } else {
        &wrong::RANGE
    })
}

/// As [`position`], for formats that have points only.
pub(in crate::formats) fn checked_point(lon: f64, lat: f64) -> Result<Point<f64>, &'static Wrong> {
    position(lon, lat).map(|p| p.at.into())
}

/// The text of a place that was refused, to be kept as an attribute; `None`
/// where it is too long.
pub(in crate::formats) fn refused(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty() && text.len() <= REFUSED).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_taken_off_and_what_is_no_position_is_named() {
        let of = |x, y| {
            position(x, y)
                .map(|p| (p.at.x, p.at.y, p.turned))
                .map_err(|w| w.id)
        };
        assert_eq!(of(170.0, 10.0), Ok((170.0, 10.0, false)));
        assert_eq!(of(190.0, 10.0), Ok((-170.0, 10.0, true)));
        assert_eq!(of(-181.0, 10.0), Ok((179.0, 10.0, true)));
        assert_eq!(of(45.0, 120.0), Err("swapped"));
        assert_eq!(of(500_000.0, 4e6), Err("projected"));
        assert_eq!(of(f64::NAN, 1.0), Err("out-of-range"));
        assert_eq!(of(170.0, 95.0), Err("out-of-range"));
        let zero = position(-0.0, -0.0).unwrap().at;
        assert!(zero.x.is_sign_positive() && zero.y.is_sign_positive());
    }
}

//! Positions as fixed-point Web Mercator: the world as a square of 2³² units
//! a side, x to the east from 180° W, y to the south from about 85.05° N.
//!
//! Differences of such positions wrap by themselves at the antimeridian when
//! taken with `wrapping_sub`.

use std::f64::consts::PI;

/// Latitude in degrees at which the square ends.
///
/// Source: EPSG:3857, `atan(sinh(π))`.
pub const MAX_LATITUDE: f64 = 85.051_128_779_806_59;

/// Units a side.
pub const WORLD: f64 = 4_294_967_296.0;

/// Metres around the equator of the WGS 84 ellipsoid's sphere in EPSG:3857.
pub const EQUATOR_M: f64 = 40_075_016.685_578_49;

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is clamped to the range of u32 before"
)]
fn to_fixed(unit: f64) -> u32 {
    (unit * WORLD).floor().clamp(0.0, f64::from(u32::MAX)) as u32
}

/// Fixed-point x of a longitude in degrees; ±180° is 0.
#[must_use]
pub fn x_of(lon: f64) -> u32 {
    to_fixed(((lon + 180.0) / 360.0).rem_euclid(1.0))
}

/// Fixed-point y of a latitude in degrees, clamped to the square.
#[must_use]
pub fn y_of(lat: f64) -> u32 {
    let lat = lat.clamp(-MAX_LATITUDE, MAX_LATITUDE).to_radians();
    to_fixed(0.5 - lat.tan().asinh() / (2.0 * PI))
}

/// Longitude in degrees of a fixed-point x, −180 up to 180.
#[must_use]
pub fn lon_of(x: u32) -> f64 {
    f64::from(x) / WORLD * 360.0 - 180.0
}

/// Latitude in degrees of a fixed-point y.
#[must_use]
pub fn lat_of(y: u32) -> f64 {
    (PI * (1.0 - 2.0 * f64::from(y) / WORLD))
        .sinh()
        .atan()
        .to_degrees()
}

/// Longitude and latitude in degrees of the middle of a fixed-point unit, to
/// seven decimals: what was written with no more of them comes back exactly.
#[must_use]
pub fn degrees(x: u32, y: u32) -> (f64, f64) {
    let lon = (f64::from(x) + 0.5) / WORLD * 360.0 - 180.0;
    let lat = (PI * (1.0 - 2.0 * (f64::from(y) + 0.5) / WORLD)).sinh();
    // Adding nothing makes -0 a 0.
    let rounded = |degrees: f64| (degrees * 1e7).round() / 1e7 + 0.0;
    (rounded(lon), rounded(lat.atan().to_degrees()))
}

/// Fixed-point units that a distance in metres spans at a latitude.
#[must_use]
pub fn units_per_metre(lat: f64) -> f64 {
    WORLD / (EQUATOR_M * lat.to_radians().cos().max(1e-6))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn positions_round_trip_to_a_centimetre(lon in -180.0..180.0, lat in -85.0..85.0) {
            prop_assert!((lon_of(x_of(lon)) - lon).abs() < 1e-7);
            prop_assert!((lat_of(y_of(lat)) - lat).abs() < 1e-7);
        }

        #[test]
        fn seven_decimals_come_back(
            lon in -1_799_999_999_i32..1_799_999_999, lat in -850_000_000_i32..850_000_000,
        ) {
            let at = (f64::from(lon) / 1e7, f64::from(lat) / 1e7);
            prop_assert_eq!(degrees(x_of(at.0), y_of(at.1)), at);
        }

        #[test]
        fn north_is_up_and_east_is_right(a in -85.0..85.0, b in -85.0..85.0) {
            // Closer together, they may be one unit, either way round.
            prop_assume!(b - a > 1e-6);
            prop_assert!(y_of(a) > y_of(b));
        }
    }

    #[test]
    fn neighbours_across_the_antimeridian_are_near() {
        let gap = x_of(-179.9).wrapping_sub(x_of(179.9));
        assert!(f64::from(gap) / WORLD * 360.0 < 0.21);
    }

    #[test]
    fn a_metre_at_60_degrees_spans_twice_the_units() {
        let ratio = units_per_metre(60.0) / units_per_metre(0.0);
        assert!((ratio - 2.0).abs() < 1e-9);
    }
}

//! Where the map looks: a window of so many points onto the Mercator square.
//!
//! Positions in the square are `f64` from 0 to 1, x to the east from 180° W and
//! y to the south from about 85.05° N. Screen positions are in points from the
//! view's top left corner. East and west wrap: a position is shown where it is
//! nearest to the centre, so that nothing ends at the antimeridian.

use std::f64::consts::PI;

use crate::dataset::GeoBox;
use crate::dataset::mercator::{EQUATOR_M, MAX_LATITUDE};

/// Least zoom: the world is 256 points wide.
pub const MIN_ZOOM: f64 = 0.0;
/// Greatest zoom: about 0.3 m a point at the equator.
pub const MAX_ZOOM: f64 = 19.0;
/// Zoom at which fitting stops. Trade-off: a single village should be seen
/// with its surroundings, and the basemap has no more to show further in.
const MAX_FIT_ZOOM: f64 = 7.5;

/// x in the square of a longitude in degrees.
#[must_use]
pub fn unit_x(lon: f64) -> f64 {
    (lon / 360.0 + 0.5).rem_euclid(1.0)
}

/// y in the square of a latitude in degrees, clamped to the square.
#[must_use]
pub fn unit_y(lat: f64) -> f64 {
    let lat = lat.clamp(-MAX_LATITUDE, MAX_LATITUDE).to_radians();
    (0.5 - lat.tan().asinh() / (2.0 * PI)).clamp(0.0, 1.0)
}

/// Longitude in degrees of an x, −180 up to 180.
#[must_use]
pub fn lon_of(x: f64) -> f64 {
    x.rem_euclid(1.0) * 360.0 - 180.0
}

/// Latitude in degrees of a y.
#[must_use]
pub fn lat_of(y: f64) -> f64 {
    (PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees()
}

/// Points to leave free at the edges when a box is fitted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Padding {
    /// At the left.
    pub left: f64,
    /// At the top.
    pub top: f64,
    /// At the right.
    pub right: f64,
    /// At the bottom.
    pub bottom: f64,
}

/// A view of the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    x: f64,
    y: f64,
    zoom: f64,
    size: (f64, f64),
}

impl Viewport {
    /// A view about a centre (longitude and latitude in degrees) of a size in
    /// points.
    #[must_use]
    pub fn new(center: (f64, f64), zoom: f64, size: (f64, f64)) -> Self {
        let mut view = Self {
            x: unit_x(center.0),
            y: unit_y(center.1),
            zoom,
            size: (size.0.max(1.0), size.1.max(1.0)),
        };
        view.clamp();
        view
    }

    fn clamp(&mut self) {
        self.zoom = self.zoom.clamp(MIN_ZOOM, MAX_ZOOM);
        self.x = self.x.rem_euclid(1.0);
        // No further than the poles; a view higher than the world holds it
        // in the middle.
        let half = self.size.1 / 2.0 / self.world();
        self.y = if half >= 0.5 {
            0.5
        } else {
            self.y.clamp(half, 1.0 - half)
        };
    }

    /// The same view in a window of another size.
    #[must_use]
    pub fn resized(mut self, size: (f64, f64)) -> Self {
        self.size = (size.0.max(1.0), size.1.max(1.0));
        self.clamp();
        self
    }

    /// Centre as longitude and latitude in degrees.
    #[must_use]
    pub fn center(&self) -> (f64, f64) {
        (lon_of(self.x), lat_of(self.y))
    }

    /// Centre in the Mercator square.
    #[must_use]
    pub fn center_unit(&self) -> (f64, f64) {
        (self.x, self.y)
    }

    /// Zoom level.
    #[must_use]
    pub fn zoom(&self) -> f64 {
        self.zoom
    }

    /// Width and height in points.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        self.size
    }

    /// Width of the whole world in points.
    #[must_use]
    pub fn world(&self) -> f64 {
        256.0 * self.zoom.exp2()
    }

    /// Where on the screen a place in the square is, on the copy of the world
    /// nearest to the centre.
    #[must_use]
    pub fn screen(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let dx = x - self.x;
        self.offset((dx - dx.round(), y - self.y))
    }

    /// Where on the screen something is that lies so far from the centre, in
    /// units of the square.
    #[must_use]
    pub fn offset(&self, (dx, dy): (f64, f64)) -> (f64, f64) {
        let world = self.world();
        (
            dx * world + self.size.0 / 2.0,
            dy * world + self.size.1 / 2.0,
        )
    }

    /// The place in the square under a screen position; x may leave 0 to 1.
    #[must_use]
    pub fn unit_at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let world = self.world();
        (
            self.x + (x - self.size.0 / 2.0) / world,
            self.y + (y - self.size.1 / 2.0) / world,
        )
    }

    /// Where on the screen a position in degrees is.
    #[must_use]
    pub fn project(&self, lon: f64, lat: f64) -> (f64, f64) {
        self.screen((unit_x(lon), unit_y(lat)))
    }

    /// The longitude and latitude under a screen position; `None` beyond the
    /// poles and beyond the one world that is shown.
    #[must_use]
    pub fn position_at(&self, at: (f64, f64)) -> Option<(f64, f64)> {
        let (x, y) = self.unit_at(at);
        let inside = (0.0..=1.0).contains(&y) && (x - self.x).abs() <= 0.5;
        inside.then(|| (lon_of(x), lat_of(y)))
    }

    /// The view after its content was moved by so many points.
    #[must_use]
    pub fn panned(mut self, dx: f64, dy: f64) -> Self {
        let world = self.world();
        self.x -= dx / world;
        self.y -= dy / world;
        self.clamp();
        self
    }

    /// The view zoomed in by so many levels about a screen position.
    #[must_use]
    pub fn zoomed_at(mut self, at: (f64, f64), levels: f64) -> Self {
        let (x, y) = self.unit_at(at);
        self.zoom = (self.zoom + levels).clamp(MIN_ZOOM, MAX_ZOOM);
        let world = self.world();
        self.x = x - (at.0 - self.size.0 / 2.0) / world;
        self.y = y - (at.1 - self.size.1 / 2.0) / world;
        self.clamp();
        self
    }

    /// The view that shows a box as large as fits between the paddings.
    #[must_use]
    pub fn fitted(mut self, area: GeoBox, pad: Padding) -> Self {
        let west = unit_x(area.west);
        let width = area.width() / 360.0;
        let (top, bottom) = (unit_y(area.north), unit_y(area.south));
        let room = |whole: f64, a: f64, b: f64| (whole - a - b).max(whole * 0.25).max(16.0);
        let across = room(self.size.0, pad.left, pad.right) / 256.0 / width.max(1e-9);
        let down = room(self.size.1, pad.top, pad.bottom) / 256.0 / (bottom - top).max(1e-9);
        self.zoom = across.min(down).log2().clamp(MIN_ZOOM, MAX_FIT_ZOOM);
        let world = self.world();
        self.x = west + width / 2.0 + (pad.right - pad.left) / 2.0 / world;
        self.y = f64::midpoint(top, bottom) + (pad.bottom - pad.top) / 2.0 / world;
        self.clamp();
        self
    }

    /// The box of degrees around a rectangle of the screen.
    #[must_use]
    pub fn geo_box(&self, min: (f64, f64), max: (f64, f64)) -> GeoBox {
        let ((x0, y0), (x1, y1)) = (self.unit_at(min), self.unit_at(max));
        let (west, east) = if x1 - x0 >= 1.0 {
            (-180.0, 180.0)
        } else {
            // No further than the one world that is shown.
            let bound = |x: f64| x.clamp(self.x - 0.5, self.x + 0.5);
            (lon_of(bound(x0)), lon_of(bound(x1)))
        };
        GeoBox {
            west,
            south: lat_of(y1.clamp(0.0, 1.0)),
            east,
            north: lat_of(y0.clamp(0.0, 1.0)),
        }
    }

    /// The box of degrees in view, and `margin` points around it.
    #[must_use]
    pub fn bounds(&self, margin: f64) -> GeoBox {
        let (w, h) = self.size;
        self.geo_box((-margin, -margin), (w + margin, h + margin))
    }

    /// Metres that a point spans at a latitude.
    #[must_use]
    pub fn metres_per_point(&self, lat: f64) -> f64 {
        EQUATOR_M * lat.to_radians().cos() / self.world()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(a: (f64, f64), b: (f64, f64), by: f64) -> bool {
        (a.0 - b.0).abs() < by && (a.1 - b.1).abs() < by
    }

    #[test]
    fn a_box_across_the_antimeridian_is_fitted_across_it() {
        let fiji = GeoBox {
            west: 177.0,
            south: -19.0,
            east: -178.0,
            north: -16.0,
        };
        let view = Viewport::new((0.0, 0.0), 2.0, (800.0, 600.0)).fitted(fiji, Padding::default());
        assert!(
            (view.center().0 - 179.5).abs() < 1e-6,
            "{:?}",
            view.center()
        );
        let west = view.project(177.0, -17.0).0;
        let east = view.project(-178.0, -17.0).0;
        assert!(
            west >= -0.5 && west < east && east <= 800.5,
            "{west} {east}"
        );
        let seen = view.bounds(0.0);
        assert!(seen.west > seen.east, "{seen:?}");
        assert!(seen.contains(180.0, -17.0) && !seen.contains(0.0, -17.0));
    }

    #[test]
    fn a_view_wider_than_the_world_sees_all_longitudes() {
        let view = Viewport::new((150.0, 0.0), 0.0, (800.0, 600.0));
        let seen = view.bounds(0.0);
        assert_eq!((seen.west, seen.east), (-180.0, 180.0));
        assert!(view.position_at((1.0, 300.0)).is_none());
    }

    #[test]
    fn a_metre_is_a_metre_at_its_latitude() {
        let view = Viewport::new((0.0, 60.0), 10.0, (800.0, 600.0));
        let m = view.metres_per_point(60.0);
        // One degree of latitude is 111.2 km on the sphere of 6,371 km; on
        // that of the projection 111.32 km.
        let (_, a) = view.project(0.0, 60.005);
        let (_, b) = view.project(0.0, 59.995);
        assert!(((b - a) * m - 1113.2).abs() < 2.0, "{}", (b - a) * m);
    }

    fn views() -> impl Strategy<Value = Viewport> {
        (
            -180.0..180.0,
            -80.0..80.0,
            0.0..19.0,
            200.0..2000.0,
            200.0..2000.0,
        )
            .prop_map(|(lon, lat, zoom, w, h)| Viewport::new((lon, lat), zoom, (w, h)))
    }

    proptest! {
        #[test]
        fn screen_and_position_round_trip(v in views(), fx in 0.0..1.0, fy in 0.0..1.0) {
            let at = (v.size().0 * fx, v.size().1 * fy);
            if let Some((lon, lat)) = v.position_at(at) {
                prop_assert!(near(v.project(lon, lat), at, 1e-3));
            }
        }

        #[test]
        fn zooming_keeps_what_is_under_the_pointer(
            v in views(), fx in 0.0..1.0, fy in 0.0..1.0, by in -3.0..3.0
        ) {
            let at = (v.size().0 * fx, v.size().1 * fy);
            let zoomed = v.zoomed_at(at, by);
            // Unless the pole holds the view.
            let (_, free_y) = v.unit_at(at);
            let (_, y) = zoomed.unit_at(at);
            let held = (free_y - y).abs() * zoomed.world() > 1e-6;
            let half = zoomed.size().1 / 2.0 / zoomed.world();
            let at_pole = half >= 0.5
                || (zoomed.center_unit().1 - half).abs() < 1e-9
                || (zoomed.center_unit().1 + half - 1.0).abs() < 1e-9;
            prop_assert!(!held || at_pole);
            prop_assert!((MIN_ZOOM..=MAX_ZOOM).contains(&zoomed.zoom()));
        }

        #[test]
        fn panning_there_and_back_comes_home(v in views(), dx in -500.0..500.0) {
            let back = v.panned(dx, 0.0).panned(-dx, 0.0);
            prop_assert!(near(back.center(), v.center(), 1e-6)
                || (back.center().0 - v.center().0).abs() > 359.9);
        }

        #[test]
        fn the_view_never_leaves_the_world(v in views(), dy in -1e6..1e6) {
            let p = v.panned(0.0, dy);
            let (_, top) = p.unit_at((0.0, 0.0));
            let (_, bottom) = p.unit_at(p.size());
            prop_assert!(p.world() < p.size().1 || (top > -1e-9 && bottom < 1.0 + 1e-9));
        }

        #[test]
        fn a_fitted_box_is_in_view(
            v in views(), lon in -180.0..180.0, lat in -70.0..60.0, w in 0.0..170.0, h in 0.0..20.0
        ) {
            let east: f64 = lon + w;
            let area = GeoBox {
                west: lon,
                south: lat,
                east: if east > 180.0 { east - 360.0 } else { east },
                north: lat + h,
            };
            let pad = Padding { left: 20.0, top: 20.0, right: 20.0, bottom: 20.0 };
            let fit = v.fitted(area, pad);
            // At zoom 0 a box may be larger than the view.
            prop_assume!(fit.zoom() > 0.0);
            let (cx, cy) = area.center();
            let (x, y) = fit.project(cx, cy);
            prop_assert!(x > 0.0 && x < fit.size().0 && y > -1.0 && y < fit.size().1 + 1.0);
            let (x0, _) = fit.project(area.west + 1e-9, lat);
            prop_assert!(x0 > -1.0 && x0 < fit.size().0 + 1.0, "{x0}");
        }
    }
}

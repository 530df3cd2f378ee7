//! Boxes of longitude and latitude that may cross the antimeridian.

use geo::{BoundingRect as _, Geometry, Rect};

/// A box in degrees. When `west > east` it crosses the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GeoBox {
    /// Western edge, −180 to 180.
    pub west: f64,
    /// Southern edge, −90 to 90.
    pub south: f64,
    /// Eastern edge, −180 to 180.
    pub east: f64,
    /// Northern edge, −90 to 90.
    pub north: f64,
}

impl GeoBox {
    /// Whether the box holds a position; edges count as inside.
    #[must_use]
    pub fn contains(&self, lon: f64, lat: f64) -> bool {
        let lon_in = if self.west <= self.east {
            (self.west..=self.east).contains(&lon)
        } else {
            lon >= self.west || lon <= self.east
        };
        lon_in && (self.south..=self.north).contains(&lat)
    }

    /// Width in degrees of longitude.
    #[must_use]
    pub fn width(&self) -> f64 {
        if self.west <= self.east {
            self.east - self.west
        } else {
            self.east - self.west + 360.0
        }
    }

    /// Centre as longitude and latitude.
    #[must_use]
    pub fn center(&self) -> (f64, f64) {
        let lon = self.west + self.width() / 2.0;
        let lon = if lon > 180.0 { lon - 360.0 } else { lon };
        (lon, f64::midpoint(self.south, self.north))
    }

    /// The smallest box around spans of longitude and latitude: the widest gap
    /// between longitudes is left out, so that points on both sides of the
    /// antimeridian get a narrow box across it. Each item is
    /// `(west, south, east, north)` and may cross the antimeridian itself.
    #[must_use]
    pub fn around(spans: impl IntoIterator<Item = (f64, f64, f64, f64)>) -> Option<Self> {
        let mut lons: Vec<(f64, f64)> = Vec::new();
        let (mut south, mut north) = (f64::INFINITY, f64::NEG_INFINITY);
        for (w, s, e, n) in spans {
            south = south.min(s);
            north = north.max(n);
            lons.push((w, e));
        }
        // East unrolled, so that every span has west ≤ east.
        let unrolled = |&(w, e): &(f64, f64)| if e < w { e + 360.0 } else { e };
        lons.sort_by(|a, b| a.0.total_cmp(&b.0));
        let farthest = lons
            .iter()
            .max_by(|a, b| unrolled(a).total_cmp(&unrolled(b)))?;
        // The sweep begins where the spans reach farthest and goes once round:
        // what reaches past 180° is then known before the first gap.
        let (mut reach, mut reach_east) = (unrolled(farthest), farthest.1);
        let mut gap = 0.0;
        let (mut west, mut east) = (-180.0, 180.0);
        for span in &lons {
            if span.0 + 360.0 - reach > gap {
                gap = span.0 + 360.0 - reach;
                (west, east) = (span.0, reach_east);
            }
            let end = unrolled(span) + 360.0;
            if end > reach {
                (reach, reach_east) = (end, span.1);
            }
        }
        Some(Self {
            west,
            south,
            east,
            north,
        })
    }
}

/// The box around a geometry. Each of its parts counts by itself, so that an
/// area cut at the antimeridian, as RFC 7946 (section 3.1.9) asks, gets a box
/// across it.
#[must_use]
pub fn geometry_box(geometry: &Geometry<f64>) -> Option<GeoBox> {
    let mut spans = Vec::new();
    collect(geometry, &mut spans);
    GeoBox::around(spans)
}

fn collect(geometry: &Geometry<f64>, spans: &mut Vec<(f64, f64, f64, f64)>) {
    let mut put = |bounds: Option<Rect<f64>>| {
        spans.extend(bounds.map(|r| (r.min().x, r.min().y, r.max().x, r.max().y)));
    };
    match geometry {
        Geometry::MultiPoint(m) => m.iter().for_each(|p| put(p.bounding_rect().into())),
        Geometry::MultiLineString(m) => m.iter().for_each(|l| put(l.bounding_rect())),
        Geometry::MultiPolygon(m) => m.iter().for_each(|p| put(p.bounding_rect())),
        Geometry::GeometryCollection(c) => c.iter().for_each(|g| collect(g, spans)),
        other => put(other.bounding_rect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points(list: &[(f64, f64)]) -> Option<GeoBox> {
        GeoBox::around(list.iter().map(|&(x, y)| (x, y, x, y)))
    }

    #[test]
    fn points_about_the_antimeridian_get_a_narrow_box() {
        let b = points(&[(179.0, -17.0), (-178.0, -15.0)]).unwrap();
        assert_eq!((b.west, b.east), (179.0, -178.0));
        assert!((b.width() - 3.0).abs() < 1e-9);
        assert!(b.contains(180.0, -16.0) && !b.contains(0.0, -16.0));
        assert!((b.center().0 - -179.5).abs() < 1e-9);
    }

    #[test]
    fn spans_across_the_antimeridian_are_covered() {
        let spans = [(170.0, 0.0, -170.0, 1.0), (-175.0, 0.0, -172.0, 1.0)];
        let b = GeoBox::around(spans).unwrap();
        assert_eq!((b.west, b.east), (170.0, -170.0));
    }

    #[test]
    fn an_area_cut_at_the_antimeridian_gets_a_box_across_it() {
        let half = |west: f64, east: f64| Rect::new((west, -20.0), (east, -15.0)).to_polygon();
        let fiji = geo::MultiPolygon(vec![half(177.0, 180.0), half(-180.0, -178.0)]);
        let b = geometry_box(&fiji.into()).unwrap();
        assert_eq!((b.west, b.east), (177.0, -178.0));
    }

    #[test]
    fn one_point_and_none() {
        let b = points(&[(2.0, 3.0)]).unwrap();
        assert_eq!((b.west, b.south, b.east, b.north), (2.0, 3.0, 2.0, 3.0));
        assert!(points(&[]).is_none());
    }

    proptest! {
        #[test]
        fn the_box_holds_every_point_and_is_no_wider_than_half_the_naive_rest(
            list in proptest::collection::vec((-180.0..180.0_f64, -80.0..80.0_f64), 1..20)
        ) {
            let b = points(&list).unwrap();
            for &(x, y) in &list {
                prop_assert!(b.contains(x, y), "{b:?} lacks {x} {y}");
            }
            let min = list.iter().map(|p| p.0).fold(f64::INFINITY, f64::min);
            let max = list.iter().map(|p| p.0).fold(f64::NEG_INFINITY, f64::max);
            prop_assert!(b.width() <= max - min + 1e-9);
        }
    }
}

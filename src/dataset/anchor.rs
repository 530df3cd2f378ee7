//! Where the mark of a geometry stands.

use geo::{Centroid as _, Contains as _, Coord, Geometry, InteriorPoint as _, Polygon};

/// Where the mark of a geometry stands: on the point or the line, inside the
/// area. `None` for one without coordinates.
pub(super) fn anchor(geometry: &Geometry<f64>) -> Option<(f64, f64)> {
    let mut areas = Vec::new();
    areas_of(geometry, &mut areas);
    if !areas.is_empty() {
        // The centroid reads best, but may lie outside a concave area.
        let centroid = geometry.centroid();
        let inside = centroid.filter(|c| areas.iter().any(|area| area.contains(c)));
        return match inside {
            Some(centroid) => Some((centroid.x(), centroid.y())),
            None => inside_of(&areas).map(|c| c.x_y()),
        };
    }
    let point = match geometry {
        Geometry::LineString(_) | Geometry::Line(_) => geometry.centroid()?,
        Geometry::Point(point) => *point,
        _ => geometry.interior_point()?,
    };
    Some((point.x(), point.y()))
}

/// The areas of a geometry that have coordinates.
fn areas_of(geometry: &Geometry<f64>, out: &mut Vec<Polygon<f64>>) {
    let mut add = |area: Polygon<f64>| {
        if !area.exterior().0.is_empty() {
            out.push(area);
        }
    };
    match geometry {
        Geometry::Polygon(area) => add(area.clone()),
        Geometry::MultiPolygon(areas) => areas.iter().cloned().for_each(add),
        Geometry::Rect(area) => add(area.to_polygon()),
        Geometry::Triangle(area) => add(area.to_polygon()),
        Geometry::GeometryCollection(members) => {
            for member in members {
                areas_of(member, out);
            }
        }
        _ => {}
    }
}

/// The middle of the widest stretch of any area along the line through the
/// middle of its height; a corner where none has a width.
///
/// Not `geo`'s interior point: it takes for granted that no edges overlap, and
/// anything may stand in a file.
fn inside_of(areas: &[Polygon<f64>]) -> Option<Coord<f64>> {
    let widest = areas.iter().filter_map(widest_stretch).reduce(wider);
    let corner = || areas.first().and_then(|area| area.exterior().0.first());
    widest.map(|(_, middle)| middle).or(corner().copied())
}

/// How wide a stretch is, and its middle.
type Stretch = (f64, Coord<f64>);

fn widest_stretch(area: &Polygon<f64>) -> Option<Stretch> {
    let heights = || area.exterior().coords().map(|c| c.y);
    let (low, high) = (heights().reduce(f64::min)?, heights().reduce(f64::max)?);
    let y = f64::midpoint(low, high);
    let rings = std::iter::once(area.exterior()).chain(area.interiors());
    let mut crossings: Vec<f64> = rings
        .flat_map(geo::LineString::lines)
        // An end on the line counts as below it, so that each corner counts once.
        .filter(|edge| (edge.start.y <= y) != (edge.end.y <= y))
        .map(|edge| {
            let share = (y - edge.start.y) / (edge.end.y - edge.start.y);
            edge.start.x + share * (edge.end.x - edge.start.x)
        })
        .collect();
    crossings.sort_by(f64::total_cmp);
    let stretches = crossings.chunks_exact(2).map(|pair| {
        let x = f64::midpoint(pair[0], pair[1]);
        (pair[1] - pair[0], Coord { x, y })
    });
    stretches.filter(|(width, _)| *width > 0.0).reduce(wider)
}

/// The wider of two stretches, the first of two alike.
fn wider(one: Stretch, other: Stretch) -> Stretch {
    if other.0 > one.0 { other } else { one }
}

#[cfg(test)]
mod tests {
    use geo::{CoordsIter as _, LineString, MultiPolygon, coord, polygon};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_concave_area_is_marked_inside_and_a_hole_is_not() {
        let horseshoe: Geometry<f64> = polygon![
            (x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 9.0), (x: 7.0, y: 9.0),
            (x: 7.0, y: 2.0), (x: 3.0, y: 2.0), (x: 3.0, y: 9.0), (x: 0.0, y: 9.0),
        ]
        .into();
        assert_eq!(anchor(&horseshoe), Some((1.5, 4.5)));
        let square = |from: f64, to: f64| {
            LineString::from(vec![(from, from), (to, from), (to, to), (from, to)])
        };
        let ring = Polygon::new(square(0.0, 9.0), vec![square(1.0, 8.0)]);
        assert_eq!(anchor(&ring.into()), Some((0.5, 4.5)));
    }

    #[test]
    fn what_has_no_width_is_marked_at_a_corner() {
        let flat = Polygon::new(LineString::from(vec![(1.0, 2.0), (3.0, 2.0)]), Vec::new());
        let marked = anchor(&MultiPolygon::new(vec![flat]).into());
        assert!(marked.is_some_and(|(x, y)| (1.0..=3.0).contains(&x) && (2.0..=2.0).contains(&y)));
        let none = Polygon::new(LineString::new(Vec::new()), Vec::new());
        assert_eq!(anchor(&none.into()), None);
    }

    proptest! {
        /// Whatever is drawn, however it crosses itself: the mark is in its box.
        #[test]
        fn a_mark_lies_within_the_bounds(
            rings in prop::collection::vec(
                prop::collection::vec((-4_i8..4, -4_i8..4), 1..9), 1..4),
        ) {
            let mut rings = rings.into_iter().map(|ring| {
                let corners = ring.into_iter().map(|(x, y)| coord! { x: x.into(), y: y.into() });
                LineString::new(corners.collect())
            });
            let exterior = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
            let area: Geometry<f64> = Polygon::new(exterior, rings.collect()).into();
            let (x, y) = anchor(&area).unwrap_or((f64::NAN, f64::NAN));
            let corners: Vec<_> = area.coords_iter().collect();
            let reaches = |least: f64, most: f64, at: f64| least <= at + 1e-9 && at <= most + 1e-9;
            let least = |of: fn(&geo::Coord<f64>) -> f64| corners.iter().map(of).fold(f64::INFINITY, f64::min);
            let most = |of: fn(&geo::Coord<f64>) -> f64| corners.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
            prop_assert!(reaches(least(|c| c.x), most(|c| c.x), x), "{x}");
            prop_assert!(reaches(least(|c| c.y), most(|c| c.y), y), "{y}");
        }

        /// A star: the mark lies inside it.
        #[test]
        fn a_mark_lies_inside_a_simple_area(radii in prop::collection::vec(1_u8..100, 3..12)) {
            let corners = radii.iter().enumerate().map(|(n, radius)| {
                let angle = n as f64 / radii.len() as f64 * std::f64::consts::TAU;
                let (sin, cos) = angle.sin_cos();
                coord! { x: f64::from(*radius) * cos, y: f64::from(*radius) * sin }
            });
            let area = Polygon::new(LineString::new(corners.collect()), Vec::new());
            let (x, y) = anchor(&area.clone().into()).unwrap_or_default();
            prop_assert!(area.contains(&coord! { x: x, y: y }), "{x} {y}");
        }
    }
}

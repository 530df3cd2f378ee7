//! Lines and areas that go on past 180 degrees are cut there, as RFC 7946
//! (section 3.1.9) asks: each part lies on its side of the antimeridian.

use geo::{Coord, Geometry, LineString, MultiLineString, MultiPolygon, Polygon};

/// How the longitudes of a shape are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// On and on, past 180 degrees.
    On,
    /// With the turns taken off: a step of more than half a turn is one across
    /// the antimeridian.
    TurnedBack,
}

/// The same shape with its lines and areas cut at the antimeridian. Points are
/// left to others.
pub(super) fn cut(geometry: Geometry<f64>, written: Written) -> Geometry<f64> {
    match geometry {
        Geometry::LineString(line) => {
            lines(cut_line(&line, written)).unwrap_or(Geometry::LineString(line))
        }
        Geometry::MultiLineString(all) => {
            let parts = all.0.iter().flat_map(|line| cut_line(line, written));
            lines(parts.collect()).unwrap_or(Geometry::MultiLineString(all))
        }
        Geometry::Polygon(area) => {
            areas(cut_area(&area, written)).unwrap_or(Geometry::Polygon(area))
        }
        Geometry::MultiPolygon(all) => {
            let parts = all.0.iter().flat_map(|area| cut_area(area, written));
            areas(parts.collect()).unwrap_or(Geometry::MultiPolygon(all))
        }
        Geometry::GeometryCollection(mut members) => {
            for member in &mut members.0 {
                *member = cut(member.clone(), written);
            }
            Geometry::GeometryCollection(members)
        }
        other => other,
    }
}

fn lines(mut parts: Vec<LineString<f64>>) -> Option<Geometry<f64>> {
    match parts.len() {
        0 => None,
        1 => parts.pop().map(Geometry::LineString),
        _ => Some(MultiLineString::new(parts).into()),
    }
}

fn areas(mut parts: Vec<Polygon<f64>>) -> Option<Geometry<f64>> {
    match parts.len() {
        0 => None,
        1 => parts.pop().map(Geometry::Polygon),
        _ => Some(MultiPolygon::new(parts).into()),
    }
}

/// Coordinates that go on where the shape does.
fn unrolled(line: &LineString<f64>, written: Written) -> Vec<Coord<f64>> {
    let mut turns = 0.0;
    let mut last: Option<f64> = None;
    let each = line.coords().map(|c| {
        if let Some(last) = last.filter(|_| written == Written::TurnedBack) {
            let step = c.x - last;
            if step.abs() > 180.0 {
                turns -= 360.0_f64.copysign(step);
            }
        }
        last = Some(c.x);
        Coord {
            x: c.x + turns,
            y: c.y,
        }
    });
    each.collect()
}

/// Which turn a longitude is in: 0 from −180 to 180.
fn turn(x: f64) -> f64 {
    ((x + 180.0) / 360.0).floor()
}

fn cut_line(line: &LineString<f64>, written: Written) -> Vec<LineString<f64>> {
    let mut parts = Vec::new();
    let mut part: Vec<Coord<f64>> = Vec::new();
    let mut before: Option<Coord<f64>> = None;
    for at in unrolled(line, written) {
        if let Some(from) = before {
            let (a, b) = (turn(from.x), turn(at.x));
            // A step of a whole turn or more crosses more than once.
            let edges = (1..).map(|n| a.max(b) - f64::from(n) + 1.0);
            let mut edges: Vec<f64> = edges.take_while(|n| *n > a.min(b)).take(4).collect();
            if b > a {
                edges.reverse();
            }
            for edge in edges {
                let x = edge * 360.0 - 180.0;
                let share = (x - from.x) / (at.x - from.x);
                let y = from.y + share * (at.y - from.y);
                let (end, start) = if b > a {
                    (180.0, -180.0)
                } else {
                    (-180.0, 180.0)
                };
                part.push(Coord { x: end, y });
                parts.push(std::mem::take(&mut part));
                part.push(Coord { x: start, y });
            }
        }
        let x = at.x - turn(at.x) * 360.0;
        part.push(Coord { x, y: at.y });
        before = Some(at);
    }
    parts.push(part);
    for part in &mut parts {
        part.dedup();
    }
    parts.retain(|part| part.len() > 1);
    parts.into_iter().map(LineString::new).collect()
}

fn cut_area(area: &Polygon<f64>, written: Written) -> Vec<Polygon<f64>> {
    let outer = unrolled(area.exterior(), written);
    let xs = || outer.iter().map(|c| c.x);
    let (Some(least), Some(most)) = (xs().reduce(f64::min), xs().reduce(f64::max)) else {
        return vec![area.clone()];
    };
    // Around a pole, there is no inside and outside to cut.
    let closed = outer.first().map(|c| c.x) == outer.last().map(|c| c.x);
    let (from, to) = (turn(least), turn(most));
    if !closed || to - from > 3.0 {
        return vec![area.clone()];
    }
    let holes: Vec<Vec<Coord<f64>>> = area
        .interiors()
        .iter()
        .map(|hole| beside(unrolled(hole, written), least, most))
        .collect();
    let mut parts = Vec::new();
    let mut at = from;
    while at <= to {
        let clip = |ring: &[Coord<f64>]| clipped(ring, at);
        if let Some(outer) = clip(&outer) {
            let holes = holes.iter().filter_map(|hole| clip(hole)).collect();
            parts.push(Polygon::new(outer, holes));
        }
        at += 1.0;
    }
    parts
}

/// A hole in the turn in which its area is.
fn beside(mut hole: Vec<Coord<f64>>, least: f64, most: f64) -> Vec<Coord<f64>> {
    let x = hole.first().map_or(least, |c| c.x);
    let shift = [0.0, 360.0, -360.0]
        .into_iter()
        .find(|shift| (least..=most).contains(&(x + shift)));
    for at in &mut hole {
        at.x += shift.unwrap_or(0.0);
    }
    hole
}

/// What of a ring lies in a turn, brought back to −180 to 180.
///
/// Source: Sutherland & Hodgman (1974), "Reentrant polygon clipping".
fn clipped(ring: &[Coord<f64>], turn: f64) -> Option<LineString<f64>> {
    let ring: Vec<_> = ring
        .iter()
        .map(|c| Coord {
            x: c.x - turn * 360.0,
            y: c.y,
        })
        .collect();
    let east = half(&ring, 180.0, |x| x <= 180.0);
    let mut both = half(&east, -180.0, |x| x >= -180.0);
    both.dedup();
    let wide = both.iter().any(|c| c.x.to_bits() != both[0].x.to_bits());
    (both.len() > 3 && wide).then(|| LineString::new(both))
}

/// The part of a ring on one side of a meridian.
fn half(ring: &[Coord<f64>], edge: f64, inside: impl Fn(f64) -> bool) -> Vec<Coord<f64>> {
    let mut out = Vec::with_capacity(ring.len() + 4);
    for pair in ring.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if inside(a.x) {
            out.push(a);
        }
        if inside(a.x) != inside(b.x) {
            let share = (edge - a.x) / (b.x - a.x);
            let y = a.y + share * (b.y - a.y);
            out.push(Coord { x: edge, y });
        }
    }
    if let Some(first) = out.first().copied() {
        out.push(first);
    }
    out
}

#[cfg(test)]
mod tests {
    use geo::{Area as _, BoundingRect as _};
    use proptest::prelude::*;

    use super::*;

    fn ring(corners: &[(f64, f64)]) -> LineString<f64> {
        LineString::from(corners.to_vec())
    }

    #[test]
    fn lines_are_cut_where_they_cross() {
        let line = ring(&[(170.0, 0.0), (190.0, 10.0)]);
        let parts = MultiLineString::new(vec![
            ring(&[(170.0, 0.0), (180.0, 5.0)]),
            ring(&[(-180.0, 5.0), (-170.0, 10.0)]),
        ]);
        assert_eq!(cut(line.into(), Written::On), parts.clone().into());
        let turned = ring(&[(170.0, 0.0), (-170.0, 10.0)]);
        assert_eq!(cut(turned.into(), Written::TurnedBack), parts.into());
        // One that ends there is one.
        let touching = ring(&[(170.0, 0.0), (180.0, 5.0)]);
        assert_eq!(cut(touching.clone().into(), Written::On), touching.into());
    }

    #[test]
    fn areas_keep_their_holes() {
        let outer = ring(&[(170.0, 0.0), (190.0, 0.0), (190.0, 10.0), (170.0, 10.0)]);
        let hole = ring(&[(-178.0, 4.0), (-176.0, 4.0), (-176.0, 6.0), (-178.0, 6.0)]);
        let Geometry::MultiPolygon(parts) =
            cut(Polygon::new(outer, vec![hole]).into(), Written::On)
        else {
            panic!("it is one area");
        };
        let boxes: Vec<_> = parts
            .iter()
            .filter_map(|p| p.exterior().bounding_rect())
            .collect();
        assert_eq!((boxes[0].min().x, boxes[0].max().x), (170.0, 180.0));
        assert_eq!((boxes[1].min().x, boxes[1].max().x), (-180.0, -170.0));
        let holes: Vec<_> = parts.iter().map(|p| p.interiors().len()).collect();
        assert_eq!(holes, [0, 1]);
    }

    proptest! {
        /// However an area lies: its parts are as large together, and none is
        /// past 180 degrees.
        #[test]
        fn parts_are_as_large_as_the_whole(
            west in -350.0..300.0_f64, width in 1.0..150.0_f64, height in 1.0..60.0_f64,
        ) {
            let (east, north) = ((west + width).min(359.0), height);
            let area = Polygon::new(
                ring(&[(west, 0.0), (east, 0.0), (east, north), (west, north)]), Vec::new());
            let whole = area.unsigned_area();
            let parts = cut(area.into(), Written::On);
            prop_assert!((parts.unsigned_area() - whole).abs() < 1e-6 * whole);
            let bounds = parts.bounding_rect().map(|b| (b.min().x, b.max().x));
            prop_assert!(bounds.is_some_and(|(a, b)| a >= -180.0 && b <= 180.0));
        }
    }
}

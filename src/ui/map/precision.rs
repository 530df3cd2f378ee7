//! How well a place is known, drawn: a ring of its radius, its area, or the
//! line it lies on. Shapes are cut into triangles once and only moved after.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use egui::emath::TSTransform;
use egui::{Color32, Painter, Rect, Shape, Stroke, pos2, vec2};
use geo::{Coord, Geometry, LineString, MapCoords as _, Polygon};
use walkers::Drawables;

use crate::dataset::mercator::EQUATOR_M;
use crate::dataset::{Dataset, GeoBox, RowSet};
use crate::model::EventRow;
use crate::ui::Ctx;
use crate::view::PxRect;
use crate::view::dash::dashes;
use crate::view::viewport::{Viewport, lat_of, lon_of, unit_x, unit_y};

use super::many::Near;
use super::scene::{Scene, unit_of};

/// Corners of a ring: at 8,000 points across it is off by less than two.
const RING_CORNERS: u32 = 144;
/// Rings smaller than this are hidden by their mark.
const LEAST_RING: f64 = 10.0;
/// Rings about places so far out of view are still looked for, in points.
const REACH: f64 = 1500.0;
/// Outlines drawn, at most: among so many none can be told apart.
const MOST_DRAWN: usize = 400;
/// Outlines kept for events that may come into view again.
const MOST_KEPT: usize = 4_000;
/// Length of a dash and of the gap behind it.
const DASH: (f64, f64) = (5.0, 4.0);

/// Corners, relative to an origin in the square, and triangles of them.
type Triangles = (Vec<(f64, f64)>, Vec<u32>);

/// Where the outline of a place lies, relative to an origin in the square.
struct Outline {
    origin: (f64, f64),
    lines: Vec<Vec<(f64, f64)>>,
    inside: Option<Triangles>,
    /// Half of its greatest extent, in units of the square.
    half: f64,
    /// The inside in the colour in which it was drawn last.
    fill: RefCell<Option<(Color32, Drawables)>>,
}

/// An outline to be drawn, and how.
pub(super) struct Drawn {
    outline: Rc<Outline>,
    /// The event it belongs to, or the first of several.
    pub row: EventRow,
}

/// Outlines by event.
#[derive(Default)]
pub(super) struct Precision {
    dataset: u64,
    cache: HashMap<EventRow, Option<Rc<Outline>>>,
    key: Option<(u64, Viewport, u64)>,
    drawn: Vec<Drawn>,
}

impl Precision {
    /// The outlines of the current set that may be in view; of several events
    /// with one outline, one.
    pub fn update(&mut self, cx: &Ctx<'_>, view: &Viewport, scene: &Scene, near: Near<'_>) {
        let data = cx.dataset();
        if self.dataset != data.revision() || self.cache.len() > MOST_KEPT {
            self.cache.clear();
            self.key = None;
            self.dataset = data.revision();
        }
        // Where not all rows are at hand, those of the marks have to do.
        let of_marks = match near {
            Near::All => 0,
            Near::These(..) | Near::Before | Near::Picked => scene.revision,
        };
        let key = (cx.current().revision, *view, of_marks);
        if self.key == Some(key) {
            return;
        }
        let mut rows: RowSet = match near {
            Near::All => data.in_box(view.bounds(REACH.min(view.world() / 4.0))),
            Near::These(..) | Near::Before | Near::Picked => {
                scene.marks.iter().map(|m| m.row).collect()
            }
        };
        for (row, area) in data.table().extended() {
            if touches(view.bounds(0.0), *area) {
                rows.insert(row.0);
            }
        }
        rows.intersect(cx.current().shown());
        let mut seen = HashSet::new();
        self.drawn.clear();
        // In a crowd, what is picked or pointed at comes first: it is always drawn.
        let s = cx.session();
        let crowd = rows.len() > MOST_DRAWN as u64;
        let lit = s.selection.iter().take(MOST_DRAWN).chain(s.hover);
        let lit: RowSet = lit.filter(|row| crowd && rows.contains(*row)).collect();
        rows.subtract(&lit);
        for row in lit.iter().chain(rows.iter()) {
            if self.drawn.len() >= MOST_DRAWN {
                break;
            }
            if too_small(data, row, view) {
                continue;
            }
            let outline = self
                .cache
                .entry(row)
                .or_insert_with(|| outline_of(data, row).map(Rc::new));
            let Some(outline) = outline else { continue };
            if outline.half * view.world() < LEAST_RING || !seen.insert(identity(outline)) {
                continue;
            }
            self.drawn.push(Drawn {
                outline: Rc::clone(outline),
                row,
            });
        }
        self.key = Some(key);
    }

    /// What is drawn.
    pub fn drawn(&self) -> &[Drawn] {
        &self.drawn
    }
}

/// Whether the ring of an event in columns would be hidden by its mark: told
/// without making a record of it.
fn too_small(data: &Dataset, row: EventRow, view: &Viewport) -> bool {
    let Some((_, lat)) = data.table().lon_lat(row).filter(|_| !data.has_records()) else {
        return false;
    };
    if data.table().is_extended(row) {
        return false;
    }
    let precision = data.precision(row);
    let radius = data.radius_m(row);
    let radius = radius.unwrap_or_else(|| precision.default_radius_m());
    !precision.is_area() || radius / view.metres_per_point(lat) < LEAST_RING
}

/// Equal for outlines that would cover each other exactly.
fn identity(o: &Outline) -> (u64, u64, u64, usize) {
    (
        o.origin.0.to_bits(),
        o.origin.1.to_bits(),
        o.half.to_bits(),
        o.lines.len(),
    )
}

/// Whether two boxes share something; either may cross the antimeridian.
fn touches(a: GeoBox, b: GeoBox) -> bool {
    let lon = a.contains(b.west, a.south) || b.contains(a.west, b.south);
    lon && a.south <= b.north && b.south <= a.north
}

fn outline_of(data: &Dataset, row: EventRow) -> Option<Outline> {
    let event = data.event(row);
    let geometry = event.geometry.as_ref()?;
    let origin = unit_of(data, row)?;
    match geometry {
        Geometry::Point(_) | Geometry::MultiPoint(_) => {
            let radius = event
                .radius_m
                .unwrap_or_else(|| event.precision.default_radius_m());
            (radius > 0.0 && event.precision.is_area()).then(|| ring(origin, radius))
        }
        _ => shape(origin, geometry),
    }
}

/// A circle on the sphere.
///
/// Source: the direct problem on a sphere; see any textbook of navigation.
fn ring(origin: (f64, f64), radius_m: f64) -> Outline {
    let angle = radius_m / (EQUATOR_M / std::f64::consts::TAU);
    let (lon, lat) = (lon_of(origin.0), lat_of(origin.1).to_radians());
    let corner = |i: u32| {
        let bearing = std::f64::consts::TAU * f64::from(i) / f64::from(RING_CORNERS);
        let sin = lat.sin() * angle.cos() + lat.cos() * angle.sin() * bearing.cos();
        let to_lat = sin.clamp(-1.0, 1.0).asin();
        let to_lon = lon.to_radians()
            + (bearing.sin() * angle.sin() * lat.cos()).atan2(angle.cos() - lat.sin() * sin);
        relative(origin, (to_lon.to_degrees(), to_lat.to_degrees()))
    };
    let line: Vec<(f64, f64)> = (0..=RING_CORNERS).map(corner).collect();
    // Every corner of a ring can be seen from its centre: a fan of triangles.
    let mut corners = vec![(0.0, 0.0)];
    corners.extend(&line);
    let triangles = (1..=RING_CORNERS).flat_map(|i| [0, i, i + 1]).collect();
    Outline {
        origin,
        half: half_extent(&[&line]),
        lines: vec![line],
        inside: Some((corners, triangles)),
        fill: RefCell::default(),
    }
}

fn relative(origin: (f64, f64), (lon, lat): (f64, f64)) -> (f64, f64) {
    let dx = unit_x(lon) - origin.0;
    (dx - dx.round(), unit_y(lat) - origin.1)
}

fn half_extent(lines: &[&Vec<(f64, f64)>]) -> f64 {
    let (mut x0, mut x1, mut y0, mut y1) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
    for (x, y) in lines.iter().flat_map(|l| l.iter()) {
        x0 = x0.min(*x);
        x1 = x1.max(*x);
        y0 = y0.min(*y);
        y1 = y1.max(*y);
    }
    ((x1 - x0).max(y1 - y0) / 2.0).max(0.0)
}

fn shape(origin: (f64, f64), geometry: &Geometry<f64>) -> Option<Outline> {
    let rel = |line: &LineString<f64>| -> Vec<(f64, f64)> {
        line.coords()
            .map(|c| relative(origin, (c.x, c.y)))
            .collect()
    };
    let mut lines = Vec::new();
    let mut polygons: Vec<&Polygon<f64>> = Vec::new();
    collect(geometry, &mut |l| lines.push(rel(l)), &mut polygons);
    for p in &polygons {
        lines.push(rel(p.exterior()));
        lines.extend(p.interiors().iter().map(rel));
    }
    if lines.is_empty() {
        return None;
    }
    let half = half_extent(&lines.iter().collect::<Vec<_>>());
    Some(Outline {
        origin,
        inside: triangles(origin, half, &polygons),
        lines,
        half,
        fill: RefCell::default(),
    })
}

fn collect<'a>(
    geometry: &'a Geometry<f64>,
    line: &mut dyn FnMut(&LineString<f64>),
    polygons: &mut Vec<&'a Polygon<f64>>,
) {
    match geometry {
        Geometry::Line(l) => line(&LineString::from(*l)),
        Geometry::LineString(l) => line(l),
        Geometry::MultiLineString(m) => m.iter().for_each(line),
        Geometry::Polygon(p) => polygons.push(p),
        Geometry::MultiPolygon(m) => polygons.extend(m),
        Geometry::Rect(r) => line(r.to_polygon().exterior()),
        Geometry::Triangle(t) => line(t.to_polygon().exterior()),
        Geometry::GeometryCollection(list) => {
            for g in list {
                collect(g, line, polygons);
            }
        }
        Geometry::Point(_) | Geometry::MultiPoint(_) => {}
    }
}

/// Side of the square to which areas are scaled before they are cut into
/// triangles, whose algorithm thinks in points.
const TESSELLATED: f64 = 4096.0;

/// Cuts areas into triangles, holes left out.
fn triangles(origin: (f64, f64), half: f64, polygons: &[&Polygon<f64>]) -> Option<Triangles> {
    if polygons.is_empty() || half <= 0.0 {
        return None;
    }
    let scale = TESSELLATED / (2.0 * half);
    #[allow(clippy::cast_possible_truncation, reason = "scaled to a few thousand")]
    let scaled = |c: Coord<f64>| {
        let (x, y) = relative(origin, (c.x, c.y));
        Coord {
            x: (x * scale) as f32,
            y: (y * scale) as f32,
        }
    };
    let paint: walkers::Paint =
        serde_json::from_value(serde_json::json!({"fill-color": "#ffffff"})).ok()?;
    let context = walkers::Context::new("Polygon".to_owned(), HashMap::new(), 0);
    let mut drawn = Vec::new();
    for p in polygons {
        let geometry = Geometry::Polygon(p.map_coords(scaled));
        walkers::render_fill(&geometry, &context, &paint, &mut drawn).ok()?;
    }
    let mut corners = Vec::new();
    let mut list = Vec::new();
    for d in drawn {
        if let walkers::Drawable::Fill(mesh) = d {
            let first = u32::try_from(corners.len()).ok()?;
            corners.extend(mesh.vertices.iter().map(|v| {
                let p = v.position;
                (f64::from(p.x) / scale, f64::from(p.y) / scale)
            }));
            list.extend(mesh.indices.iter().map(|i| first + i));
        }
    }
    Some((corners, list))
}

impl Outline {
    /// The inside in one colour, as walkers draws it.
    fn fill(&self, colour: Color32) -> Option<Drawables> {
        let mut kept = self.fill.borrow_mut();
        if let Some((same, drawables)) = kept.as_ref()
            && *same == colour
        {
            return Some(drawables.clone());
        }
        let (corners, triangles) = self.inside.as_ref()?;
        let scale = TESSELLATED / (2.0 * self.half);
        #[allow(clippy::cast_possible_truncation, reason = "scaled to a few thousand")]
        let vertex = |p: &(f64, f64)| walkers::Vertex {
            position: pos2((p.0 * scale) as f32, (p.1 * scale) as f32),
            color: colour,
        };
        let mesh = walkers::Mesh {
            vertices: corners.iter().map(vertex).collect(),
            indices: triangles.clone(),
        };
        let drawables = Drawables::new(vec![walkers::Drawable::Fill(mesh)]);
        *kept = Some((colour, drawables.clone()));
        Some(drawables)
    }
}

impl Drawn {
    /// The faint inside, if it is to be drawn: where it covers the whole view
    /// many times over, a tint would say nothing. Walkers draws it, whose
    /// shader is much cheaper than that of egui where the CPU draws.
    pub fn inside(
        &self,
        view: &Viewport,
        rect: Rect,
        colour: Color32,
        alpha: f32,
    ) -> Option<Drawables> {
        let outline = &self.outline;
        let size = 2.0 * outline.half * view.world();
        if size > view.size().0.hypot(view.size().1) * 8.0 {
            return None;
        }
        let (x, y) = view.screen(outline.origin);
        #[allow(clippy::cast_possible_truncation, reason = "some views away at most")]
        let transform = TSTransform {
            scaling: (size / TESSELLATED) as f32,
            translation: rect.min.to_vec2() + vec2(x as f32, y as f32),
        };
        let fill = outline.fill(colour)?;
        Some(
            fill.with_transform(transform)
                .with_clip_rect(rect)
                .with_transparency(alpha),
        )
    }

    /// Paints the outline, dashed.
    pub fn paint(&self, painter: &Painter, view: &Viewport, rect: Rect, line: Stroke) {
        let world = view.world();
        let (ox, oy) = view.screen(self.outline.origin);
        let at = |(x, y): (f64, f64)| (ox + x * world, oy + y * world);
        let bounds = PxRect::at(-4.0, -4.0, rect.width() + 8.0, rect.height() + 8.0);
        for path in &self.outline.lines {
            let path: Vec<(f64, f64)> = path.iter().map(|p| at(*p)).collect();
            let on = |p: (f32, f32)| pos2(rect.min.x + p.0, rect.min.y + p.1);
            painter.extend(
                dashes(&path, DASH.0, DASH.1, bounds)
                    .into_iter()
                    .map(|[a, b]| Shape::line_segment([on(a), on(b)], line)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    #[test]
    fn a_ring_has_its_radius_at_its_latitude() {
        for lat in [0.0, 35.0, 60.0] {
            let origin = (unit_x(2.0), unit_y(lat));
            let o = ring(origin, 15_000.0);
            let view = Viewport::new((2.0, lat), 9.0, (800.0, 600.0));
            let metres = o.half * view.world() * view.metres_per_point(lat);
            assert!((metres - 15_000.0).abs() < 60.0, "{lat}: {metres}");
        }
    }

    #[test]
    fn a_hole_is_left_out_of_the_inside() {
        let area = polygon![
            exterior: [(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 4.0), (x: 0.0, y: 4.0)],
            interiors: [[(x: 1.0, y: 1.0), (x: 3.0, y: 1.0), (x: 3.0, y: 3.0), (x: 1.0, y: 3.0)]],
        ];
        let o = shape((unit_x(0.5), unit_y(0.5)), &Geometry::Polygon(area)).unwrap();
        assert_eq!(o.lines.len(), 2);
        let (corners, list) = o.inside.unwrap();
        let area: f64 = list
            .chunks(3)
            .map(|t| {
                let [a, b, c] = [0, 1, 2].map(|i| corners[t[i] as usize]);
                ((b.0 - a.0) * (c.1 - a.1) - (c.0 - a.0) * (b.1 - a.1)).abs() / 2.0
            })
            .sum();
        let degree = 1.0 / 360.0;
        assert!((area / (degree * degree) - 12.0).abs() < 0.1, "{area}");
    }

    #[test]
    fn boxes_touch_across_the_antimeridian() {
        let b = |west, east| GeoBox {
            west,
            south: 0.0,
            east,
            north: 1.0,
        };
        assert!(touches(b(170.0, -170.0), b(179.0, 180.0)));
        assert!(touches(b(-180.0, -175.0), b(170.0, -170.0)));
        assert!(!touches(b(170.0, -170.0), b(0.0, 10.0)));
    }
}

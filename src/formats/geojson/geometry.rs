//! Geometries of RFC 7946 as other programs write them: what is wrong with one
//! is said, and altitudes are kept apart.

use geo::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon,
    Point, Polygon,
};
use serde_json::Value;

use crate::formats::Severity;
use crate::formats::features::{NULL_ISLAND, position};
use crate::formats::import::record::{turns, wrong};
use crate::formats::import::{Findings, Wrong};

use super::crs::Crs;

/// Deepest nesting of geometry collections that is read.
const MAX_DEPTH: usize = 8;

macro_rules! wrong {
    ($name:ident, $id:literal, $what:literal, $remedy:literal) => {
        pub(super) const $name: Wrong = Wrong {
            id: $id,
            severity: Severity::Error,
            what: concat!($what, "; the event was kept without place"),
            remedy: $remedy,
        };
    };
}

wrong!(
    NO_TYPE,
    "geometry-type",
    "the geometry has no type that GeoJSON knows",
    "use Point, LineString, Polygon, their Multi forms or GeometryCollection"
);
wrong!(
    NO_COORDINATES,
    "geometry-coordinates",
    "the coordinates are not nested as the type asks",
    "correct the coordinates"
);
wrong!(
    NO_POSITION,
    "geometry-position",
    "a position is not [longitude, latitude] in numbers",
    "correct the coordinates"
);
wrong!(
    UNCLOSED,
    "unclosed-ring",
    "a ring of a polygon does not end where it begins",
    "repeat the first position at the end"
);
wrong!(
    FEW,
    "too-few-points",
    "a line has fewer than two positions, or a ring fewer than four",
    "correct the coordinates"
);
wrong!(
    EMPTY,
    "empty-geometry",
    "the geometry has no positions",
    "write null where there is no geometry"
);
wrong!(
    DEEP,
    "deep-geometry",
    "geometry collections are nested too deeply",
    "flatten them"
);

/// A geometry, and what was found on the way.
pub(in crate::formats) struct Read {
    pub geometry: Geometry<f64>,
    /// Third numbers of positions, in their order; empty where there are none.
    pub altitudes: Vec<f64>,
    /// A longitude beyond 180 degrees that was brought back by a whole turn.
    pub turned: Option<f64>,
}

impl Read {
    /// Notes what a reader should know of it.
    pub fn note(&self, name: &str, line: u64, findings: &mut Findings) {
        if let Some(lon) = self.turned {
            findings.note(&wrong::LON_360, name, line, &lon.to_string());
        }
        if let Geometry::Point(p) = &self.geometry
            && p.x() == 0.0
            && p.y() == 0.0
        {
            findings.note(&NULL_ISLAND, name, line, "0, 0");
        }
    }
}

/// Reads a geometry in degrees; what is wrong with it, with the value that is.
pub(in crate::formats) fn read(value: &Value) -> Result<Read, (&'static Wrong, String)> {
    read_in(value, Crs::Degrees)
}

/// As [`read`], in another system.
pub(super) fn read_in(value: &Value, crs: Crs) -> Result<Read, (&'static Wrong, String)> {
    let mut reader = Reader {
        crs,
        altitudes: Vec::new(),
        turned: None,
    };
    let mut geometry = reader.geometry(value, 0)?;
    if reader.turned.is_some() {
        geometry = turns::cut_turned(geometry);
    }
    Ok(Read {
        geometry,
        altitudes: reader.altitudes,
        turned: reader.turned,
    })
}

type Fallible<T> = Result<T, (&'static Wrong, String)>;

struct Reader {
    crs: Crs,
    altitudes: Vec<f64>,
    turned: Option<f64>,
}

fn list(value: &Value) -> Fallible<&Vec<Value>> {
    value
        .as_array()
        .ok_or_else(|| (&NO_COORDINATES, short(value)))
}

/// The beginning of a value, for messages: outlines are long.
fn short(value: &Value) -> String {
    match value {
        Value::Array(list) if list.len() > 3 => format!("[… {} values]", list.len()),
        Value::Array(list) if list.iter().any(Value::is_array) => "[[…]]".to_owned(),
        value => value.to_string(),
    }
}

impl Reader {
    fn geometry(&mut self, value: &Value, depth: usize) -> Fallible<Geometry<f64>> {
        if depth > MAX_DEPTH {
            return Err((&DEEP, String::new()));
        }
        let kind = value
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if kind == "GeometryCollection" {
            let members = list(value.get("geometries").unwrap_or(&Value::Null))?;
            let all = members
                .iter()
                .filter(|m| !m.is_null())
                .map(|g| self.geometry(g, depth + 1))
                .collect::<Fallible<Vec<_>>>()?;
            if all.is_empty() {
                return Err((&EMPTY, kind.to_owned()));
            }
            return Ok(Geometry::GeometryCollection(GeometryCollection::new_from(
                all,
            )));
        }
        let c = value.get("coordinates").unwrap_or(&Value::Null);
        let known = [
            "Point",
            "MultiPoint",
            "LineString",
            "MultiLineString",
            "Polygon",
            "MultiPolygon",
        ];
        if known.contains(&kind) && c.as_array().is_some_and(Vec::is_empty) {
            return Err((&EMPTY, kind.to_owned()));
        }
        Ok(match kind {
            "Point" => Geometry::Point(Point(self.position(c)?)),
            "MultiPoint" => Geometry::MultiPoint(MultiPoint(
                self.positions(c)?.into_iter().map(Point).collect(),
            )),
            "LineString" => Geometry::LineString(self.line(c)?),
            "MultiLineString" => Geometry::MultiLineString(MultiLineString(
                list(c)?
                    .iter()
                    .map(|l| self.line(l))
                    .collect::<Fallible<_>>()?,
            )),
            "Polygon" => Geometry::Polygon(self.polygon(c)?),
            "MultiPolygon" => Geometry::MultiPolygon(MultiPolygon(
                list(c)?
                    .iter()
                    .map(|p| self.polygon(p))
                    .collect::<Fallible<_>>()?,
            )),
            other => return Err((&NO_TYPE, other.to_owned())),
        })
    }

    fn position(&mut self, value: &Value) -> Fallible<Coord<f64>> {
        let numbers = list(value)?;
        let at = |i: usize| numbers.get(i).and_then(Value::as_f64);
        let (Some(x), Some(y)) = (at(0), at(1)) else {
            return Err((&NO_POSITION, short(value)));
        };
        if let Some(z) = at(2) {
            self.altitudes.push(z);
        }
        let (x, y) = self.crs.to_degrees(x, y);
        let found = position(x, y).map_err(|wrong| (wrong, value.to_string()))?;
        if found.turned {
            self.turned.get_or_insert(x);
        }
        Ok(found.at)
    }

    fn positions(&mut self, value: &Value) -> Fallible<Vec<Coord<f64>>> {
        list(value)?.iter().map(|p| self.position(p)).collect()
    }

    fn line(&mut self, value: &Value) -> Fallible<LineString<f64>> {
        let line = self.positions(value)?;
        if line.len() < 2 {
            return Err((&FEW, short(value)));
        }
        Ok(LineString(line))
    }

    fn polygon(&mut self, value: &Value) -> Fallible<Polygon<f64>> {
        let rings = list(value)?
            .iter()
            .map(|r| {
                let ring = self.positions(r)?;
                if ring.first() != ring.last() {
                    return Err((&UNCLOSED, short(r)));
                }
                if ring.len() < 4 {
                    return Err((&FEW, short(r)));
                }
                Ok(LineString(ring))
            })
            .collect::<Fallible<Vec<_>>>()?;
        let mut rings = rings.into_iter();
        let outer = rings.next().ok_or_else(|| (&EMPTY, String::new()))?;
        Ok(Polygon::new(outer, rings.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn wrong(value: &Value) -> &'static str {
        read(value).err().map_or("", |(w, _)| w.id)
    }

    #[test]
    fn what_is_wrong_with_a_geometry_is_named() {
        for (value, id) in [
            (json!({"type": "Point", "coordinates": [1, 2]}), ""),
            (
                json!({"type": "Point", "coordinates": []}),
                "empty-geometry",
            ),
            (
                json!({"type": "Point", "coordinates": ["1", "2"]}),
                "geometry-position",
            ),
            (
                json!({"type": "Point", "coordinates": [45, 120]}),
                "swapped",
            ),
            (
                json!({"type": "Point", "coordinates": [500_000, 4_000_000]}),
                "projected",
            ),
            (
                json!({"type": "Point", "coordinates": [170, 95]}),
                "out-of-range",
            ),
            (
                json!({"type": "Circle", "coordinates": [1, 2]}),
                "geometry-type",
            ),
            (
                json!({"type": "LineString", "coordinates": [[1, 2]]}),
                "too-few-points",
            ),
            (
                json!({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}),
                "unclosed-ring",
            ),
            (
                json!({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 0]]]}),
                "too-few-points",
            ),
            (
                json!({"type": "Polygon", "coordinates": [1, 2]}),
                "geometry-coordinates",
            ),
            (json!({"coordinates": [1, 2]}), "geometry-type"),
        ] {
            assert_eq!(wrong(&value), id, "{value}");
        }
    }

    #[test]
    fn beyond_the_antimeridian_a_turn_is_taken_off() {
        let line =
            json!({"type": "LineString", "coordinates": [[179, 1, 5], [-179.5, 2], [190, 3]]});
        let read = read(&line).ok().unwrap();
        let between = 1.0 + 1.0 / 1.5;
        let wanted: Geometry<f64> = MultiLineString::new(vec![
            LineString::from(vec![(179.0, 1.0), (180.0, between)]),
            LineString::from(vec![(-180.0, between), (-179.5, 2.0), (-170.0, 3.0)]),
        ])
        .into();
        assert_eq!(
            (read.geometry, read.turned, read.altitudes),
            (wanted, Some(190.0), vec![5.0])
        );
    }
}

//! `GeoJSON` geometries to and from `geo` types (RFC 7946, section 3.1).

use geo::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon,
    Point, Polygon,
};
use serde_json::{Value, json};

/// Deepest nesting of geometry collections that is read.
const MAX_DEPTH: usize = 8;

/// Reads a geometry; `Ok(None)` for JSON `null`.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn parse(value: &Value) -> Result<Option<Geometry<f64>>, String> {
    if value.is_null() {
        return Ok(None);
    }
    parse_at(value, 0).map(Some)
}

fn parse_at(value: &Value, depth: usize) -> Result<Geometry<f64>, String> {
    if depth > MAX_DEPTH {
        return Err("geometry collections are nested too deeply".to_owned());
    }
    let kind = value
        .get("type")
        .and_then(Value::as_str)
        .ok_or("the geometry has no type")?;
    if kind == "GeometryCollection" {
        return list(value.get("geometries").unwrap_or(&Value::Null))?
            .iter()
            .map(|g| parse_at(g, depth + 1))
            .collect::<Result<Vec<_>, _>>()
            .map(|g| Geometry::GeometryCollection(GeometryCollection::new_from(g)));
    }
    let c = value
        .get("coordinates")
        .ok_or("the geometry has no coordinates")?;
    Ok(match kind {
        "Point" => Geometry::Point(Point(coord(c)?)),
        "MultiPoint" => Geometry::MultiPoint(MultiPoint(
            coords(c)?.into_iter().map(Point).collect::<Vec<_>>(),
        )),
        "LineString" => Geometry::LineString(LineString(coords(c)?)),
        "MultiLineString" => Geometry::MultiLineString(MultiLineString(
            list(c)?
                .iter()
                .map(|l| coords(l).map(LineString))
                .collect::<Result<_, _>>()?,
        )),
        "Polygon" => Geometry::Polygon(polygon(c)?),
        "MultiPolygon" => Geometry::MultiPolygon(MultiPolygon(
            list(c)?.iter().map(polygon).collect::<Result<_, _>>()?,
        )),
        other => return Err(format!("\"{other}\" is no GeoJSON geometry type")),
    })
}

fn list(value: &Value) -> Result<&Vec<Value>, String> {
    value
        .as_array()
        .ok_or_else(|| "the coordinates are not nested as their type asks".to_owned())
}

fn coord(value: &Value) -> Result<Coord<f64>, String> {
    let numbers = list(value)?;
    let at = |i: usize| numbers.get(i).and_then(Value::as_f64);
    let (Some(x), Some(y)) = (at(0), at(1)) else {
        return Err("a position is not [longitude, latitude]".to_owned());
    };
    if !(-180.0..=180.0).contains(&x) || !(-90.0..=90.0).contains(&y) {
        return Err(format!(
            "the position [{x}, {y}] is not longitude -180 to 180, latitude -90 to 90"
        ));
    }
    Ok(Coord { x, y })
}

fn coords(value: &Value) -> Result<Vec<Coord<f64>>, String> {
    list(value)?.iter().map(coord).collect()
}

fn polygon(value: &Value) -> Result<Polygon<f64>, String> {
    let mut rings = list(value)?
        .iter()
        .map(|r| coords(r).map(LineString))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter();
    let outer = rings.next().ok_or("a polygon has no ring")?;
    Ok(Polygon::new(outer, rings.collect()))
}

/// Writes a geometry.
#[must_use]
pub fn write(geometry: &Geometry<f64>) -> Value {
    let c = |c: &Coord<f64>| json!([c.x, c.y]);
    let line = |l: &LineString<f64>| Value::Array(l.0.iter().map(c).collect());
    let poly = |p: &Polygon<f64>| {
        Value::Array(
            std::iter::once(p.exterior())
                .chain(p.interiors())
                .map(line)
                .collect(),
        )
    };
    let (kind, coordinates) = match geometry {
        Geometry::Point(p) => ("Point", c(&p.0)),
        Geometry::MultiPoint(m) => (
            "MultiPoint",
            Value::Array(m.0.iter().map(|p| c(&p.0)).collect()),
        ),
        Geometry::Line(l) => ("LineString", json!([c(&l.start), c(&l.end)])),
        Geometry::LineString(l) => ("LineString", line(l)),
        Geometry::MultiLineString(m) => (
            "MultiLineString",
            Value::Array(m.0.iter().map(line).collect()),
        ),
        Geometry::Polygon(p) => ("Polygon", poly(p)),
        Geometry::MultiPolygon(m) => ("MultiPolygon", Value::Array(m.0.iter().map(poly).collect())),
        Geometry::Rect(r) => ("Polygon", poly(&r.to_polygon())),
        Geometry::Triangle(t) => ("Polygon", poly(&t.to_polygon())),
        Geometry::GeometryCollection(g) => {
            return json!({
                "type": "GeometryCollection",
                "geometries": g.0.iter().map(write).collect::<Vec<_>>(),
            });
        }
    };
    json!({ "type": kind, "coordinates": coordinates })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_round_trips() {
        for text in [
            r#"{"type":"Point","coordinates":[1.5,-2.0]}"#,
            r#"{"type":"MultiPoint","coordinates":[[1.0,2.0],[3.0,4.0]]}"#,
            r#"{"type":"LineString","coordinates":[[1.0,2.0],[3.0,4.0]]}"#,
            r#"{"type":"MultiLineString","coordinates":[[[1.0,2.0],[3.0,4.0]]]}"#,
            r#"{"type":"Polygon","coordinates":[[[0.0,0.0],[4.0,0.0],[4.0,4.0],[0.0,0.0]]]}"#,
            r#"{"type":"MultiPolygon","coordinates":[[[[0.0,0.0],[4.0,0.0],[4.0,4.0],[0.0,0.0]]]]}"#,
            r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1.0,2.0]}]}"#,
        ] {
            let value: Value = serde_json::from_str(text).unwrap();
            let geometry = parse(&value).unwrap().unwrap();
            assert_eq!(write(&geometry), value);
        }
        assert_eq!(parse(&Value::Null), Ok(None));
    }

    #[test]
    fn wrong_positions_are_named() {
        for (text, needle) in [
            (r#"{"type":"Point","coordinates":[200,10]}"#, "[200, 10]"),
            (
                r#"{"type":"Point","coordinates":["1",10]}"#,
                "[longitude, latitude]",
            ),
            (r#"{"type":"Circle","coordinates":[1,10]}"#, "Circle"),
            (r#"{"type":"Polygon","coordinates":[1,10]}"#, "nested"),
            (r#"{"coordinates":[1,10]}"#, "no type"),
        ] {
            let error = parse(&serde_json::from_str(text).unwrap()).unwrap_err();
            assert!(error.contains(needle), "{error}");
        }
    }
}

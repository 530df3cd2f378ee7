//! Coordinate reference systems, as far as they are read: longitude and
//! latitude on WGS 84, systems that differ from it by less than any event is
//! known to, and Web Mercator, which is converted.

use geo::{Coord, Geometry, MapCoordsInPlace as _};
use serde_json::Value;

/// Radius of Web Mercator's sphere in metres.
///
/// Source: EPSG Guidance Note 7-2, method 1024.
const RADIUS: f64 = 6_378_137.0;

/// What the numbers of a position are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crs {
    /// Longitude and latitude in degrees, WGS 84.
    Degrees,
    /// The same on another datum, a metre or two apart.
    NearlyDegrees,
    /// Web Mercator, in metres.
    WebMercator,
    /// The file does not say.
    Unsaid,
}

impl Crs {
    /// By the number of the EPSG.
    #[must_use]
    pub fn of_epsg(code: i64) -> Option<Self> {
        match code {
            // WGS 84, also with height.
            4326 | 4979 => Some(Self::Degrees),
            // NAD83, ETRS89, GDA94, GDA2020, NZGD2000, JGD2011, SIRGAS 2000.
            4269 | 4258 | 4283 | 7844 | 4167 | 6668 | 4674 => Some(Self::NearlyDegrees),
            // The second and third are older numbers of the same.
            3857 | 900_913 | 102_100 | 102_113 | 3785 => Some(Self::WebMercator),
            _ => None,
        }
    }

    /// By authority and code, such as `OGC` and `CRS84`.
    #[must_use]
    pub fn of_code(authority: &str, code: &str) -> Option<Self> {
        let code = code.trim();
        match authority.trim().to_ascii_uppercase().as_str() {
            "OGC" if code.eq_ignore_ascii_case("CRS84") => Some(Self::Degrees),
            "OGC" if code.eq_ignore_ascii_case("CRS84h") => Some(Self::Degrees),
            "OGC" if code.eq_ignore_ascii_case("CRS83") => Some(Self::NearlyDegrees),
            "EPSG" | "ESRI" => Self::of_epsg(code.parse().ok()?),
            _ => None,
        }
    }

    /// By what a file says: `PROJJSON`, `AUTHORITY:CODE`, a URN, or WKT with an
    /// id at its end. A system that is not read answers with its name.
    ///
    /// # Errors
    /// The name of a system that is not read.
    pub fn of_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Null => Ok(Self::Unsaid),
            Value::String(text) => Self::of_text(text).ok_or_else(|| name_in(text)),
            Value::Number(n) => n
                .as_i64()
                .and_then(Self::of_epsg)
                .ok_or_else(|| format!("EPSG:{n}")),
            value => {
                let id = value.get("id").unwrap_or(&Value::Null);
                let authority = id.get("authority").and_then(Value::as_str).unwrap_or("");
                let code = match id.get("code") {
                    Some(Value::String(code)) => code.clone(),
                    Some(Value::Number(code)) => code.to_string(),
                    _ => String::new(),
                };
                let name = value.get("name").and_then(Value::as_str).unwrap_or("");
                Self::of_code(authority, &code)
                    .or_else(|| Self::of_name(name))
                    .ok_or_else(|| match (authority, name) {
                        ("", "") => "a system without a name".to_owned(),
                        ("", name) => name.to_owned(),
                        (authority, name) => format!("{authority}:{code} {name}"),
                    })
            }
        }
    }

    fn of_text(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Self::Unsaid);
        }
        if let Some(urn) = text.strip_prefix("urn:ogc:def:crs:") {
            let mut parts = urn.split(':');
            return Self::of_code(parts.next()?, parts.next_back()?);
        }
        if let Some((authority, code)) = text.split_once(':')
            && !text.contains('[')
            && !text.contains('{')
        {
            return Self::of_code(authority, code);
        }
        if text.starts_with('{') {
            let value: Value = serde_json::from_str(text).ok()?;
            return Self::of_value(&value).ok();
        }
        // WKT: the id of the whole is the last one in it.
        let upper = text.to_ascii_uppercase();
        let id = ["ID[\"EPSG\",", "AUTHORITY[\"EPSG\","]
            .into_iter()
            .filter_map(|mark| upper.rfind(mark).map(|at| at + mark.len()))
            .max();
        let digits: Option<String> = id.map(|at| {
            let rest = upper[at..].trim_start_matches(['"', ' ']);
            rest.chars().take_while(char::is_ascii_digit).collect()
        });
        match digits {
            Some(digits) => Self::of_epsg(digits.parse().ok()?),
            None => Self::of_name(&name_in(text)),
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        match name.trim() {
            "WGS 84" | "WGS84" | "GCS_WGS_1984" | "WGS 84 (CRS84)" => Some(Self::Degrees),
            "WGS 84 / Pseudo-Mercator" => Some(Self::WebMercator),
            _ => None,
        }
    }

    /// Brings a geometry into degrees.
    pub fn to_degrees(self, geometry: &mut Geometry<f64>) {
        if self == Self::WebMercator {
            geometry.map_coords_in_place(|c| Coord {
                x: (c.x / RADIUS).to_degrees(),
                y: (c.y / RADIUS).sinh().atan().to_degrees(),
            });
        }
    }
}

/// The name of a system in WKT, or the beginning of what is none.
fn name_in(text: &str) -> String {
    let name = text.split('"').nth(1).unwrap_or(text);
    name.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn systems_are_known_in_every_spelling() {
        let wkt = "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.25,\
                   AUTHORITY[\"EPSG\",\"7030\"]]],AUTHORITY[\"EPSG\",\"4326\"]]";
        for value in [
            json!("EPSG:4326"),
            json!("OGC:CRS84"),
            json!("urn:ogc:def:crs:OGC:1.3:CRS84"),
            json!("urn:ogc:def:crs:EPSG::4326"),
            json!({"id": {"authority": "EPSG", "code": 4326}}),
            json!({"id": {"authority": "OGC", "code": "CRS84"}, "name": "WGS 84"}),
            json!(wkt),
            json!("GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\"]]"),
        ] {
            assert_eq!(Crs::of_value(&value), Ok(Crs::Degrees), "{value}");
        }
        assert_eq!(Crs::of_value(&Value::Null), Ok(Crs::Unsaid));
        assert_eq!(Crs::of_value(&json!(3857)), Ok(Crs::WebMercator));
        let utm = json!({"id": {"authority": "EPSG", "code": 32631}, "name": "WGS 84 / UTM 31N"});
        assert_eq!(
            Crs::of_value(&utm),
            Err("EPSG:32631 WGS 84 / UTM 31N".to_owned())
        );
    }

    #[test]
    fn web_mercator_is_converted() {
        // Corner of the projection's square: 85.0511… degrees.
        let mut corner = Geometry::Point(geo::Point::new(
            20_037_508.342_789_244,
            20_037_508.342_789_244,
        ));
        Crs::WebMercator.to_degrees(&mut corner);
        let Geometry::Point(p) = corner else {
            panic!("{corner:?}")
        };
        assert!((p.x() - 180.0).abs() < 1e-9 && (p.y() - 85.051_128_779_806_6).abs() < 1e-9);
    }
}

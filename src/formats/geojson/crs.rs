//! The member `crs` of GeoJSON before RFC 7946 (the 2008 format, section 3).

use serde_json::Value;

/// Radius of the sphere of Web Mercator in metres (EPSG:3857).
const RADIUS: f64 = 6_378_137.0;

/// What the coordinates of a file are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Crs {
    /// Longitude and latitude in degrees, WGS 84.
    #[default]
    Degrees,
    /// Metres of Web Mercator, EPSG:3857.
    Mercator,
}

impl Crs {
    /// The system that a `crs` member names; the name, if it is not one of ours.
    pub fn read(value: &Value) -> Result<Self, String> {
        if value.is_null() {
            return Ok(Self::Degrees);
        }
        let properties = value.get("properties").unwrap_or(&Value::Null);
        let name = match (properties.get("name"), properties.get("code")) {
            (Some(Value::String(name)), _) => name.clone(),
            (_, Some(code)) => format!("EPSG:{}", code.to_string().trim_matches('"')),
            _ => return Err(value.to_string().chars().take(80).collect()),
        };
        let upper = name.to_uppercase();
        let last = upper.rsplit([':', '/', '#']).next().unwrap_or_default();
        let epsg = upper.contains("EPSG") || upper == last;
        match last {
            "CRS84" | "CRS84H" => Ok(Self::Degrees),
            "4326" | "4979" if epsg => Ok(Self::Degrees),
            "3857" | "900913" | "3785" | "102100" | "102113" => Ok(Self::Mercator),
            _ => Err(name),
        }
    }

    /// A position in degrees.
    pub fn to_degrees(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Degrees => (x, y),
            Self::Mercator => (
                (x / RADIUS).to_degrees(),
                (y / RADIUS).sinh().atan().to_degrees(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_of_systems_are_told_apart() {
        for (name, wanted) in [
            ("urn:ogc:def:crs:OGC:1.3:CRS84", Ok(Crs::Degrees)),
            ("urn:ogc:def:crs:EPSG::4326", Ok(Crs::Degrees)),
            ("EPSG:4326", Ok(Crs::Degrees)),
            (
                "http://www.opengis.net/def/crs/EPSG/0/3857",
                Ok(Crs::Mercator),
            ),
            (
                "urn:ogc:def:crs:EPSG::25832",
                Err("urn:ogc:def:crs:EPSG::25832".to_owned()),
            ),
        ] {
            let crs = json!({"type": "name", "properties": {"name": name}});
            assert_eq!(Crs::read(&crs), wanted);
        }
        assert!(Crs::read(&json!({"type": "link", "properties": {"href": "x"}})).is_err());
        assert_eq!(
            Crs::read(&json!({"type": "EPSG", "properties": {"code": 4326}})),
            Ok(Crs::Degrees)
        );
    }

    #[test]
    fn metres_become_degrees() {
        let (x, y) = Crs::Mercator.to_degrees(1_113_194.907_932_735_7, 6_446_275.841_017_158);
        assert!(
            (x - 10.0).abs() < 1e-9 && (y - 50.0).abs() < 1e-9,
            "{x} {y}"
        );
    }
}

//! Well-known binary: OGC's, ISO's with Z and M, and PostGIS' extended one.
//! Bytes are not trusted: counts are held against what is there, and nesting
//! has a limit.
//!
//! Source: OGC 06-103r4, section 8; ISO 13249-3; PostGIS' "EWKB".

use geo::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon,
    Point, Polygon,
};

/// Deepest nesting of collections that is read.
const MAX_DEPTH: usize = 8;
const EWKB_Z: u32 = 0x8000_0000;
const EWKB_M: u32 = 0x4000_0000;
const EWKB_SRID: u32 = 0x2000_0000;

/// Reads one geometry; `Ok(None)` for an empty point.
///
/// # Errors
/// What is wrong with it.
pub fn parse(bytes: &[u8]) -> Result<Option<Geometry<f64>>, &'static str> {
    let mut bytes = Bytes { rest: bytes };
    bytes.geometry(0)
}

struct Bytes<'a> {
    rest: &'a [u8],
}

/// How the numbers of one geometry are laid out.
#[derive(Clone, Copy)]
struct Layout {
    little: bool,
    /// Numbers a position.
    dimensions: usize,
}

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], &'static str> {
        let (found, rest) = self
            .rest
            .split_first_chunk::<N>()
            .ok_or("the WKB ends too early")?;
        self.rest = rest;
        Ok(*found)
    }

    fn u32(&mut self, little: bool) -> Result<u32, &'static str> {
        let bytes = self.take::<4>()?;
        Ok(match little {
            true => u32::from_le_bytes(bytes),
            false => u32::from_be_bytes(bytes),
        })
    }

    fn f64(&mut self, little: bool) -> Result<f64, &'static str> {
        let bytes = self.take::<8>()?;
        Ok(match little {
            true => f64::from_le_bytes(bytes),
            false => f64::from_be_bytes(bytes),
        })
    }

    /// A number of parts, each of at least so many bytes.
    fn count(&mut self, layout: Layout, bytes_each: usize) -> Result<usize, &'static str> {
        let count = self.u32(layout.little)? as usize;
        if count > self.rest.len() / bytes_each {
            return Err("the WKB says there is more of it than there is");
        }
        Ok(count)
    }

    fn geometry(&mut self, depth: usize) -> Result<Option<Geometry<f64>>, &'static str> {
        let little = match self.take::<1>()? {
            [0] => false,
            [1] => true,
            _ => return Err("the WKB has no byte order"),
        };
        let code = self.u32(little)?;
        if code & EWKB_SRID != 0 {
            self.u32(little)?;
        }
        let plain = code & !(EWKB_Z | EWKB_M | EWKB_SRID);
        let iso = plain / 1000;
        if iso > 3 {
            return Err("the WKB is of a type that is not known");
        }
        let z = code & EWKB_Z != 0 || iso == 1 || iso == 3;
        let m = code & EWKB_M != 0 || iso == 2 || iso == 3;
        let layout = Layout {
            little,
            dimensions: 2 + usize::from(z) + usize::from(m),
        };
        Ok(Some(match plain % 1000 {
            1 => {
                let c = self.coord(layout)?;
                if c.x.is_nan() && c.y.is_nan() {
                    return Ok(None);
                }
                Geometry::Point(Point(c))
            }
            2 => Geometry::LineString(LineString(self.coords(layout)?)),
            3 => Geometry::Polygon(self.polygon(layout)?),
            kind @ 4..=7 => self.parts(kind, layout, depth)?,
            8..=17 => return Err("curves and surfaces in WKB are not read"),
            _ => return Err("the WKB is of a type that is not known"),
        }))
    }

    fn coord(&mut self, layout: Layout) -> Result<Coord<f64>, &'static str> {
        let x = self.f64(layout.little)?;
        let y = self.f64(layout.little)?;
        for _ in 2..layout.dimensions {
            self.f64(layout.little)?;
        }
        Ok(Coord { x, y })
    }

    fn coords(&mut self, layout: Layout) -> Result<Vec<Coord<f64>>, &'static str> {
        let count = self.count(layout, 8 * layout.dimensions)?;
        (0..count).map(|_| self.coord(layout)).collect()
    }

    fn polygon(&mut self, layout: Layout) -> Result<Polygon<f64>, &'static str> {
        let count = self.count(layout, 4)?;
        let mut rings = Vec::new();
        for _ in 0..count {
            rings.push(LineString(self.coords(layout)?));
        }
        let mut rings = rings.into_iter();
        let outer = rings.next().unwrap_or_else(|| LineString(Vec::new()));
        Ok(Polygon::new(outer, rings.collect()))
    }

    /// The parts of a multi-geometry or collection.
    fn parts(
        &mut self,
        kind: u32,
        layout: Layout,
        depth: usize,
    ) -> Result<Geometry<f64>, &'static str> {
        if depth >= MAX_DEPTH {
            return Err("geometry collections are nested too deeply");
        }
        let count = self.count(layout, 5)?;
        let mut parts = Vec::new();
        for _ in 0..count {
            parts.extend(self.geometry(depth + 1)?);
        }
        assemble(kind, parts).ok_or("a part of the WKB is of another type than the whole")
    }
}

/// A multi-geometry (4 to 6) or a collection (7) of its parts.
fn assemble(kind: u32, parts: Vec<Geometry<f64>>) -> Option<Geometry<f64>> {
    fn all<T>(parts: Vec<Geometry<f64>>, one: fn(Geometry<f64>) -> Option<T>) -> Option<Vec<T>> {
        parts.into_iter().map(one).collect()
    }
    Some(match kind {
        4 => Geometry::MultiPoint(MultiPoint(all(parts, |g| g.try_into().ok())?)),
        5 => Geometry::MultiLineString(MultiLineString(all(parts, |g| g.try_into().ok())?)),
        6 => Geometry::MultiPolygon(MultiPolygon(all(parts, |g| g.try_into().ok())?)),
        _ => Geometry::GeometryCollection(GeometryCollection::new_from(parts)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hex(text: &str) -> Vec<u8> {
        (0..text.len() / 2)
            .map(|n| u8::from_str_radix(&text[2 * n..2 * n + 2], 16).unwrap())
            .collect()
    }

    #[test]
    fn dialects_are_read_and_damage_is_told() {
        let one_two = Ok(Some(Geometry::Point(Point::new(1.0, 2.0))));
        for text in [
            "0101000000000000000000f03f0000000000000040",
            "00000000013ff00000000000004000000000000000",
            // PostGIS, with SRID 4326; ISO with Z; PostGIS with M.
            "0101000020e6100000000000000000f03f0000000000000040",
            "01e9030000000000000000f03f00000000000000400000000000000840",
            "0101000040000000000000f03f00000000000000400000000000000840",
        ] {
            assert_eq!(parse(&hex(text)), one_two, "{text}");
        }
        let empty = "0101000000000000000000f87f000000000000f87f";
        assert_eq!(parse(&hex(empty)), Ok(None));
        for (text, needle) in [
            ("", "ends too early"),
            ("02", "byte order"),
            ("0102000000ffffffff", "more of it"),
            ("0108000000", "curves"),
            ("01ff0f0000", "not known"),
        ] {
            let error = parse(&hex(text)).unwrap_err();
            assert!(error.contains(needle), "{text}: {error}");
        }
        let nested = "010700000001000000".repeat(50_000);
        assert!(parse(&hex(&nested)).unwrap_err().contains("nested"));
    }

    proptest! {
        #[test]
        fn anything_is_answered(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = parse(&bytes);
        }
    }
}

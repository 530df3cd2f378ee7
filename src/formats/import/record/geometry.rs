//! Geometries as tables write them: well-known text, well-known binary in
//! hexadecimal, `GeoJSON`.

use geo::{Coord, CoordsIter as _, Geometry, MapCoords as _, Point};
use wkt::TryFromWkt as _;

use super::super::Findings;
use super::coords::{At, located};
use super::turns;
use super::wrong;
use crate::formats::columnar::wkb;
use crate::formats::native;

/// Deepest nesting of well-known text.
const DEEPEST: usize = 32;
/// Fewest letters of well-known binary: byte order, type and no position.
const SHORTEST: usize = 18;
/// The flag of an SRID in the type of `PostGIS`' binary.
const SRID: u32 = 0x2000_0000;

/// A geometry as text; `None` for one without positions.
pub(crate) fn read(text: &str) -> Result<Option<Geometry<f64>>, String> {
    if text.starts_with('{') {
        let value = serde_json::from_str(text).map_err(|e| format!("it is no JSON ({e})"))?;
        return native::geometry::parse(&value);
    }
    if is_wkb(text) {
        return binary(text);
    }
    well_known(text)
}

/// Whether a text begins like well-known text.
pub(crate) fn is_wkt(text: &str) -> bool {
    const WORDS: [&str; 7] = [
        "POINT",
        "LINESTRING",
        "POLYGON",
        "MULTIPOINT",
        "MULTILINESTRING",
        "MULTIPOLYGON",
        "GEOMETRYCOLLECTION",
    ];
    let text = text.split_once(';').map_or(text, |(_, rest)| rest).trim();
    let word = text.split(['(', ' ']).next().unwrap_or("");
    // `POINTZ`, as some write it.
    let bare = word.trim_end_matches(['Z', 'M', 'z', 'm']);
    let known = |word: &str| WORDS.iter().any(|w| word.eq_ignore_ascii_case(w));
    (text.contains('(') || is_empty(text)) && (known(word) || known(bare))
}

fn is_empty(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or("");
    last.eq_ignore_ascii_case("EMPTY")
}

/// Whether a text can be well-known binary in hexadecimal.
pub(crate) fn is_wkb(text: &str) -> bool {
    text.len() >= SHORTEST
        && text.len().is_multiple_of(2)
        && (text.starts_with("00") || text.starts_with("01"))
        && text.bytes().all(|b| b.is_ascii_hexdigit())
        // A type below 8 000: no long number is one by chance.
        && digits(text).is_some_and(|bytes| kind(&bytes).is_some())
}

/// The type of well-known binary, and its SRID.
fn kind(bytes: &[u8]) -> Option<(u32, Option<u32>)> {
    let number = |at: usize| {
        let four = bytes.get(at..at + 4)?.first_chunk::<4>()?;
        Some(match bytes.first()? {
            1 => u32::from_le_bytes(*four),
            _ => u32::from_be_bytes(*four),
        })
    };
    let code = number(1)?;
    let plain = code & 0x0fff_ffff;
    let known = matches!(plain % 1_000, 1..=7) && plain < 4_000;
    let srid = if code & SRID == 0 {
        None
    } else {
        Some(number(5)?)
    };
    known.then_some((plain, srid))
}

fn digits(text: &str) -> Option<Vec<u8>> {
    let digit = |b: u8| {
        char::from(b)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    let pairs = text.as_bytes().chunks_exact(2);
    pairs
        .map(|p| Some(digit(p[0])? << 4 | digit(p[1])?))
        .collect()
}

fn binary(text: &str) -> Result<Option<Geometry<f64>>, String> {
    let bytes = digits(text).ok_or("it is no hexadecimal")?;
    match kind(&bytes) {
        Some((_, Some(srid))) if !matches!(srid, 0 | 4326) => Err(format!(
            "SRID={srid} is not WGS 84; convert it to EPSG:4326"
        )),
        _ => wkb::parse(&bytes).map_err(str::to_owned),
    }
}

/// Whether the parentheses of a text are nested deeper than this: readers of
/// well-known text go down a level for each.
pub(crate) fn is_deeper(text: &str, deepest: usize) -> bool {
    let mut depth = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > deepest
    })
}

/// A geometry from well-known text, with or without `SRID=4326;` before it;
/// `None` for one without positions.
pub(crate) fn well_known(text: &str) -> Result<Option<Geometry<f64>>, String> {
    let text = text.trim();
    let text = match text.split_once(';') {
        Some((srid, rest))
            if srid
                .get(..5)
                .is_some_and(|name| name.eq_ignore_ascii_case("srid=")) =>
        {
            if srid.get(5..) != Some("4326") {
                return Err(format!("{srid} is not WGS 84; convert it to EPSG:4326"));
            }
            rest
        }
        _ => text,
    };
    if is_empty(text) && is_wkt(text) {
        return Ok(None);
    }
    if is_deeper(text, DEEPEST) {
        return Err("it is nested too deeply".to_owned());
    }
    if let Some(point) = plain_point(text) {
        return Ok(Some(point));
    }
    let read = Geometry::<f64>::try_from_wkt_str(text);
    let read = read.map_err(|e| format!("it is no well-known text ({e})"))?;
    Ok((read.coords_count() > 0).then_some(read))
}

/// `POINT (x y)`, which most are.
fn plain_point(text: &str) -> Option<Geometry<f64>> {
    let inner = text.strip_prefix("POINT")?.trim_start();
    let inner = inner.strip_prefix('(')?.strip_suffix(')')?;
    let mut numbers = inner.split_ascii_whitespace().map(str::parse::<f64>);
    let (x, y) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    let two = numbers.next().is_none() && x.is_finite() && y.is_finite();
    two.then_some(Geometry::Point(Point(Coord { x, y })))
}

/// A geometry that is degrees throughout; what is wrong with it is noted, once.
pub(crate) fn checked(
    geometry: &Geometry<f64>,
    at: &At<'_>,
    findings: &mut Findings,
) -> Option<Geometry<f64>> {
    if let Geometry::Point(p) = geometry {
        return located(p.y(), p.x(), at, findings);
    }
    let fits = |c: &Coord<f64>| c.x.abs() <= 360.0 && c.y.abs() <= 90.0;
    if let Some(c) = geometry.coords_iter().find(|c| !fits(c)) {
        if c.x.is_finite() && c.y.is_finite() {
            // Says which of the things that can be wrong it is.
            located(c.y, c.x, at, findings);
        } else {
            findings.note(&wrong::RANGE, at.lon, at.line, &format!("{}, {}", c.y, c.x));
        }
        return None;
    }
    if let Some(c) = geometry.coords_iter().find(|c| c.x.abs() > 180.0) {
        findings.note(
            &wrong::LON_360,
            at.lon,
            at.line,
            &format!("{}, {}", c.y, c.x),
        );
    }
    let mut geometry = geometry.clone();
    turns::turn_back(&mut geometry);
    Some(geometry.map_coords(|c| Coord {
        x: c.x + 0.0,
        y: c.y + 0.0,
    }))
}

#[cfg(test)]
mod tests {
    use super::super::coords::Letter;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn geometries_are_read_as_tables_write_them() {
        let point = Some(Geometry::from(Point::new(36.5, 35.75)));
        for text in [
            "POINT (36.5 35.75)",
            "point(36.5 35.75)",
            "POINT Z (36.5 35.75 2)",
            "SRID=4326;POINT (36.5 35.75)",
            "{\"type\":\"Point\",\"coordinates\":[36.5,35.75]}",
            // As PostGIS writes it, with an SRID of 4326, then without one, then
            // with the other order of bytes.
            "0101000020E610000000000000004042400000000000E04140",
            "010100000000000000004042400000000000E04140",
            "000000000140424000000000004041E00000000000",
        ] {
            assert_eq!(read(text), Ok(point.clone()), "{text}");
        }
        for text in ["POINT EMPTY", "LINESTRING EMPTY", "SRID=4326;POINT EMPTY"] {
            assert_eq!(read(text), Ok(None), "{text}");
            assert!(is_wkt(text), "{text}");
        }
        for text in [
            "SRID=3857;POINT (0 0)",
            "0101000020110F000000000000004042400000000000E04140",
            "POINT (1, 2)",
            "EMPTY",
            "0101",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(!is_wkb("0123456789012345678901234567890123456789"));
        assert!(!is_wkt("EMPTY") && !is_wkt("point of no return"));
        assert!(well_known(&"GEOMETRYCOLLECTION(".repeat(10_000)).is_err());
    }

    #[test]
    fn a_line_beyond_180_degrees_is_told_once() {
        let at = At {
            lat: "wkt",
            lon: "wkt",
            line: 2,
            letter: Letter::West,
        };
        for (text, wrong, kept) in [
            ("LINESTRING (170 0, 190 0)", &wrong::LON_360, true),
            ("LINESTRING (-170 0, -190 0)", &wrong::LON_360, true),
            ("LINESTRING (500000 4000000, 1 2)", &wrong::PROJECTED, false),
            ("LINESTRING (1 2, 400 2)", &wrong::RANGE, false),
        ] {
            let mut findings = Findings::default();
            let line = well_known(text).unwrap().unwrap();
            let got = checked(&line, &at, &mut findings);
            assert_eq!(got.is_some(), kept, "{text}");
            let all = [
                &wrong::LON_360,
                &wrong::PROJECTED,
                &wrong::RANGE,
                &wrong::SWAPPED,
            ];
            assert_eq!(findings.rows(wrong), 1, "{text}");
            assert_eq!(
                all.iter().map(|w| findings.rows(w)).sum::<u64>(),
                1,
                "{text}"
            );
            for c in got.iter().flat_map(Geometry::coords_iter) {
                assert!(c.x.abs() <= 180.0, "{text}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "(0[01][0-9a-f]{0,40}|\\PC{0,30})") {
            let _ = (read(&text), is_wkt(&text), is_wkb(&text));
        }
    }
}

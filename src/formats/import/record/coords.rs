//! Coordinates as tables write them.

use geo::{Coord, Geometry, Point};
use wkt::TryFromWkt as _;

use super::super::{Findings, Wrong};
use super::dates::western_digits;
use super::{turns, wrong};

/// Longest text that is looked at as a coordinate.
const LONGEST: usize = 80;
/// Deepest nesting of well-known text.
const DEEPEST: usize = 32;
/// Beyond it a number cannot be degrees, but can be metres.
const METRES: f64 = 1_000.0;

/// What a number of degrees is written as: `36.2`, `36,2`, `36°12'30"N`,
/// `N 36 12.5`, `36.2 S`.
pub(crate) fn degrees(text: &str) -> Option<f64> {
    let text = text.trim();
    // Most are plain numbers.
    if let Ok(number) = text.parse::<f64>() {
        return number.is_finite().then_some(number);
    }
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let western;
    let text = if text.is_ascii() {
        text
    } else {
        western = western_digits(text).replace(['−', '–'], "-");
        &western
    };
    let negative = sign(text)?;
    let mut numbers = [0.0_f64; 3];
    let mut many = 0;
    for part in text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')) {
        if part.is_empty() {
            continue;
        }
        *numbers.get_mut(many)? = part.replacen(',', ".", 1).parse().ok()?;
        many += 1;
    }
    let [whole, minutes, seconds] = numbers;
    if many == 0 || minutes >= 60.0 || seconds >= 60.0 || (many > 1 && whole.fract() != 0.0) {
        return None;
    }
    let size = whole + minutes / 60.0 + seconds / 3600.0;
    Some(if negative { -size } else { size })
}

/// Whether a coordinate is west or south; `None` if it says anything that is
/// no coordinate.
fn sign(text: &str) -> Option<bool> {
    let (mut letters, mut minus) = (None, false);
    for (at, c) in text.char_indices() {
        match c {
            'N' | 'E' | 'n' | 'e' | 'S' | 'W' | 's' | 'w' | 'O' | 'o' => {
                // In French and Spanish O is west, in German east: not known.
                if matches!(c, 'O' | 'o') {
                    return None;
                }
                if letters
                    .replace(matches!(c, 'S' | 'W' | 's' | 'w'))
                    .is_some()
                {
                    return None;
                }
            }
            '-' if at == 0 => minus = true,
            '+' if at == 0 => {}
            '0'..='9'
            | '.'
            | ','
            | ' '
            | '°'
            | 'º'
            | '\''
            | '"'
            | '′'
            | '″'
            | '’'
            | '”'
            | '‘'
            | '“'
            | ':'
            | '\u{a0}' => {}
            _ => return None,
        }
    }
    match letters {
        Some(_) if minus => None,
        Some(negative) => Some(negative),
        None => Some(minus),
    }
}

/// Two coordinates in one text, in the order they stand.
pub(crate) fn pair(text: &str) -> Option<(f64, f64)> {
    let text = text
        .trim()
        .trim_matches(['(', ')', '[', ']', '{', '}'])
        .trim();
    if text.len() > 2 * LONGEST {
        return None;
    }
    let both = |a: &str, b: &str| Some((degrees(a)?, degrees(b)?));
    for sign in [';', '|', '\t', '/'] {
        if let Some((a, b)) = text.split_once(sign) {
            return both(a, b);
        }
    }
    if let Some((a, b)) = text.split_once(", ") {
        return both(a, b);
    }
    if text.matches(',').count() == 1 {
        let (a, b) = text.split_once(',')?;
        return both(a, b);
    }
    // The first ends with the letter of its direction, or there is one blank.
    if let Some(at) = text.find(['N', 'S']).filter(|at| *at > 0) {
        let (a, b) = text.split_at(at + 1);
        return both(a, b.trim_start_matches([',', ' ']));
    }
    let (a, b) = text.split_once(char::is_whitespace)?;
    both(a, b)
}

/// Which columns a place stands in, for messages, and the line.
pub(crate) struct At<'a> {
    /// Column of the latitude.
    pub lat: &'a str,
    /// Column of the longitude.
    pub lon: &'a str,
    /// Line of the row.
    pub line: u64,
}

/// A point from a latitude and a longitude as texts; what is wrong with them
/// is noted. Both empty is no place.
pub(crate) fn point(
    lat: &str,
    lon: &str,
    at: &At<'_>,
    findings: &mut Findings,
) -> Option<Geometry<f64>> {
    match (lat.is_empty(), lon.is_empty()) {
        (true, true) => return None,
        (true, false) => {
            findings.note(&wrong::HALF_PLACE, at.lat, at.line, lon);
            return None;
        }
        (false, true) => {
            findings.note(&wrong::HALF_PLACE, at.lon, at.line, lat);
            return None;
        }
        (false, false) => {}
    }
    let (y, x) = (degrees(lat), degrees(lon));
    if y.is_none() {
        findings.note(&wrong::COORDINATE, at.lat, at.line, lat);
    }
    if x.is_none() {
        findings.note(&wrong::COORDINATE, at.lon, at.line, lon);
    }
    located(y?, x?, at, findings)
}

/// A point from numbers, if they are degrees.
pub(crate) fn located(
    lat: f64,
    lon: f64,
    at: &At<'_>,
    findings: &mut Findings,
) -> Option<Geometry<f64>> {
    let mut note = |wrong: &'static Wrong, column: &str| {
        findings.note(wrong, column, at.line, &format!("{lat}, {lon}"));
    };
    let mut x = lon;
    if lat.abs() > METRES || lon.abs() > METRES {
        note(&wrong::PROJECTED, at.lat);
        return None;
    }
    if lat.abs() > 90.0 {
        let swapped = lat.abs() <= 180.0 && lon.abs() <= 90.0;
        note(
            if swapped {
                &wrong::SWAPPED
            } else {
                &wrong::RANGE
            },
            at.lat,
        );
        return None;
    }
    if let Some(turned) = turns::turned(lon) {
        note(&wrong::LON_360, at.lon);
        x = turned;
    } else if lon.abs() > 180.0 {
        note(&wrong::RANGE, at.lon);
        return None;
    }
    if lat == 0.0 && lon == 0.0 {
        note(&wrong::NULL_ISLAND, at.lat);
    }
    Some(Geometry::Point(Point::new(x, lat)))
}

/// A geometry from well-known text, with or without `SRID=4326;` before it.
pub(crate) fn well_known(text: &str) -> Result<Geometry<f64>, String> {
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
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err("it is nested too deeply".to_owned());
        }
    }
    if let Some(point) = plain_point(text) {
        return Ok(point);
    }
    let read = Geometry::<f64>::try_from_wkt_str(text);
    read.map_err(|e| format!("it is no well-known text ({e})"))
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

/// A geometry that is degrees throughout; what is wrong with it is noted.
pub(crate) fn checked(
    mut geometry: Geometry<f64>,
    at: &At<'_>,
    findings: &mut Findings,
) -> Option<Geometry<f64>> {
    use geo::CoordsIter as _;
    if let Geometry::Point(p) = &geometry {
        return located(p.y(), p.x(), at, findings);
    }
    if geometry.coords_count() == 0 {
        findings.note_why(&wrong::GEOMETRY, at.lat, at.line, "", "it has no positions");
        return None;
    }
    if let Some(lon) = turns::turn_back(&mut geometry) {
        findings.note(&wrong::LON_360, at.lon, at.line, &lon.to_string());
    }
    let off = |c: &Coord<f64>| !(c.x.abs() <= 180.0 && c.y.abs() <= 90.0);
    let wrong = geometry.coords_iter().find(off);
    match wrong {
        None => Some(geometry),
        Some(c) => {
            // Says which of the things that can be wrong it is.
            located(c.y, c.x, at, findings);
            if !c.x.is_finite() || !c.y.is_finite() {
                findings.note(&wrong::RANGE, at.lon, at.line, &format!("{}, {}", c.y, c.x));
            }
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn degrees_are_read_in_many_spellings() {
        for (text, wanted) in [
            ("36.2", 36.2),
            ("-36,25", -36.25),
            ("36°12'N", 36.2),
            ("36° 12′ 0″ S", -36.2),
            ("N 36 12.0", 36.2),
            ("36.2 W", -36.2),
            ("−12.5", -12.5),
            ("٣٦٫٥", 36.5),
        ] {
            let got = degrees(text).unwrap_or(f64::NAN);
            assert!((got - wanted).abs() < 1e-9, "{text}: {got}");
        }
        for text in ["", "x", "36°72'N", "NaN", "inf", "1 2 3 4", "-3 S", "12 O"] {
            assert_eq!(degrees(text), None, "{text}");
        }
    }

    #[test]
    fn pairs_are_read_in_many_spellings() {
        for text in [
            "36.25, 37.5",
            "36.25,37.5",
            "(36.25 37.5)",
            "36,25; 37,5",
            "36,25, 37,5",
            "36°15'N 37°30'E",
            "36.25N, 37.5E",
        ] {
            assert_eq!(pair(text), Some((36.25, 37.5)), "{text}");
        }
        assert_eq!(pair("36.25"), None);
        assert_eq!(pair("Aleppo, Syria"), None);
    }

    #[test]
    fn what_is_no_position_says_why() {
        let mut findings = Findings::default();
        let at = At {
            lat: "lat",
            lon: "lon",
            line: 2,
        };
        let mut of = |lat: &str, lon: &str| point(lat, lon, &at, &mut findings).is_some();
        assert!(!of("120", "30") && !of("500000", "4000000") && !of("91", "200") && !of("x", "1"));
        assert!(!of("1", "") && !of("", "1") && !of("", ""));
        assert!(of("0", "0") && of("10", "200"));
        for (wrong, rows) in [
            (&wrong::SWAPPED, 1),
            (&wrong::PROJECTED, 1),
            (&wrong::RANGE, 1),
            (&wrong::COORDINATE, 1),
            (&wrong::HALF_PLACE, 2),
            (&wrong::NULL_ISLAND, 1),
            (&wrong::LON_360, 1),
        ] {
            assert_eq!(findings.rows(wrong), rows, "{}", wrong.id);
        }
    }

    #[test]
    fn well_known_text_is_bounded() {
        assert!(well_known("POINT (36.5 35.7)").is_ok());
        assert!(well_known("SRID=4326;POLYGON ((0 0, 1 0, 1 1, 0 0))").is_ok());
        assert!(well_known("SRID=3857;POINT (0 0)").is_err());
        assert!(well_known(&"GEOMETRYCOLLECTION(".repeat(10_000)).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "\\PC{0,30}") {
            let _ = (degrees(&text), pair(&text), well_known(&text));
        }
    }
}

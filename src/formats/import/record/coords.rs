//! Coordinates as tables write them.

use geo::{Geometry, Point};

use super::super::{Findings, Wrong};
use super::dates::western_digits;
use super::degrees::{Axis, axis};
use super::{blank, turns, wrong};

/// Longest text that is looked at as a coordinate.
const LONGEST: usize = 80;
/// Beyond it a number cannot be degrees, but can be metres.
const METRES: f64 = 1_000.0;

/// What the letter O means in a column of longitudes: in French, Spanish and
/// Italian it is west, in German east.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Letter {
    /// West, though nothing in the column says so: to be told.
    #[default]
    Presumed,
    /// West: east is written E.
    West,
    /// East: west is written W, or the column has a German name.
    East,
}

impl Letter {
    /// By the values of a column and its name.
    pub fn of<'v>(values: impl Iterator<Item = &'v str>, name: &str) -> Self {
        let (mut east, mut west) = (false, false);
        for value in values {
            east |= value.contains(['E', 'e']);
            west |= value.contains(['W', 'w']);
        }
        let name = crate::model::fold(name);
        let german = ["lange", "laenge", "koordinate", "ost"];
        match (east, west) {
            (true, false) => Self::West,
            (false, true) => Self::East,
            _ if german.iter().any(|g| name.contains(g)) => Self::East,
            _ => Self::Presumed,
        }
    }
}

/// Whether a coordinate is written with an O for its direction.
pub(crate) fn has_o(text: &str) -> bool {
    text.ends_with(['O', 'o']) || text.starts_with(['O', 'o'])
}

/// What a number of degrees is written as: `36.2`, `36,2`, `36°12'30"N`,
/// `N 36 12.5`, `36.2 S`.
pub(crate) fn degrees(text: &str) -> Option<f64> {
    degrees_with(text, Letter::Presumed)
}

/// As [`degrees`], with the meaning of O.
pub(crate) fn degrees_with(text: &str, letter: Letter) -> Option<f64> {
    let text = blank::trim(text);
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
    let negative = sign(text, letter)?;
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
fn sign(text: &str, letter: Letter) -> Option<bool> {
    let (mut letters, mut minus) = (None, false);
    for (at, c) in text.char_indices() {
        match c {
            'N' | 'E' | 'n' | 'e' | 'S' | 'W' | 's' | 'w' | 'O' | 'o' => {
                let negative = match c {
                    'O' | 'o' => letter != Letter::East,
                    c => matches!(c, 'S' | 'W' | 's' | 'w'),
                };
                if letters.replace(negative).is_some() {
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
    pair_with(text, Letter::Presumed)
}

/// As [`pair`], with the meaning of O.
pub(crate) fn pair_with(text: &str, letter: Letter) -> Option<(f64, f64)> {
    let text = blank::trim(text)
        .trim_matches(['(', ')', '[', ']', '{', '}'])
        .trim();
    if text.len() > 2 * LONGEST {
        return None;
    }
    let both = |a: &str, b: &str| Some((degrees_with(a, letter)?, degrees_with(b, letter)?));
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
    if let Some(at) = text.find(['N', 'S', 'E', 'W']).filter(|at| *at > 0) {
        let (a, b) = text.split_at(at + 1);
        if let Some(pair) = both(a, b.trim_start_matches([',', ' '])) {
            return Some(pair);
        }
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
    /// What an O means.
    pub letter: Letter,
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
    let (lat, lon) = match (axis(lat), axis(lon)) {
        (Some(Axis::Lon), Some(Axis::Lat)) => {
            findings.note(
                &wrong::EXCHANGED,
                at.lat,
                at.line,
                &[lat, ", ", lon].concat(),
            );
            (lon, lat)
        }
        (Some(Axis::Lon), _) => {
            findings.note(&wrong::COORDINATE, at.lat, at.line, lat);
            return None;
        }
        (_, Some(Axis::Lat)) => {
            findings.note(&wrong::COORDINATE, at.lon, at.line, lon);
            return None;
        }
        _ => (lat, lon),
    };
    let (y, x) = (degrees(lat), degrees_with(lon, at.letter));
    if at.letter == Letter::Presumed && has_o(lon) && x.is_some() {
        findings.note(&wrong::LETTER_O, at.lon, at.line, lon);
    }
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
    let mut x = lon;
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
    // No zero is negative.
    Some(Geometry::Point(Point::new(x + 0.0, lat + 0.0)))
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
        for text in ["", "x", "36°72'N", "NaN", "inf", "1 2 3 4", "-3 S", "12 OO"] {
            assert_eq!(degrees(text), None, "{text}");
        }
    }

    #[test]
    fn an_o_is_west_unless_the_column_is_german() {
        for (values, name, lon, letter) in [
            (&["2°21'O"][..], "longitude", -2.35, Letter::Presumed),
            (&["2°21'O", "3°E"], "longitude", -2.35, Letter::West),
            (&["2°21'O", "3°W"], "longitude", 2.35, Letter::East),
            (&["2°21'O"], "Längengrad", 2.35, Letter::East),
        ] {
            let told = Letter::of(values.iter().copied(), name);
            assert_eq!(told, letter, "{values:?} {name}");
            let got = degrees_with(values[0], told).unwrap();
            assert!((got - lon).abs() < 1e-9, "{values:?}: {got}");
        }
        assert_eq!(pair("48°30'N 2°30'O"), Some((48.5, -2.5)));
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
            "N36.25 E37.5",
        ] {
            assert_eq!(pair(text), Some((36.25, 37.5)), "{text}");
        }
        for text in ["37.5E, 36.25N", "37.5E 36.25N", "E37.5 N36.25"] {
            assert_eq!(pair(text), Some((37.5, 36.25)), "{text}");
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
            letter: Letter::West,
        };
        let mut of = |lat: &str, lon: &str| point(lat, lon, &at, &mut findings).is_some();
        assert!(!of("120", "30") && !of("500000", "4000000") && !of("91", "200") && !of("x", "1"));
        assert!(!of("1", "") && !of("", "1") && !of("", ""));
        assert!(of("0", "0") && of("10", "200") && of("10", "-190") && !of("10", "400"));
        for (wrong, rows) in [
            (&wrong::SWAPPED, 1),
            (&wrong::PROJECTED, 1),
            (&wrong::RANGE, 2),
            (&wrong::COORDINATE, 1),
            (&wrong::HALF_PLACE, 2),
            (&wrong::NULL_ISLAND, 1),
            (&wrong::LON_360, 2),
        ] {
            assert_eq!(findings.rows(wrong), rows, "{}", wrong.id);
        }
    }

    #[test]
    fn no_zero_is_negative() {
        let at = At {
            lat: "lat",
            lon: "lon",
            line: 2,
            letter: Letter::West,
        };
        let Some(Geometry::Point(p)) = point("-0.0", "-0", &at, &mut Findings::default()) else {
            panic!("no point");
        };
        assert!(p.x().is_sign_positive() && p.y().is_sign_positive());
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "\\PC{0,30}") {
            let _ = (degrees(&text), pair(&text));
        }
    }
}

//! Dates that formats of features define: ISO 8601, XML Schema and EDTF, on
//! top of what is understood anywhere; spans from one date to another.

use crate::model::time::{Extent, OPEN_FUTURE, OPEN_PAST};

use super::import::record::dates::{self, Told};
use super::import::{DateOrder, DraftTime};

/// What a text says of time, where the format says how dates are written; the
/// day comes first where that does not tell.
pub(super) fn read(text: &str) -> Option<Told> {
    read_in(text, DateOrder::DayFirst)
}

/// As [`read`], with the order of day and month.
pub(super) fn read_in(text: &str, order: DateOrder) -> Option<Told> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let day = without_shift(text);
    if let Ok(told) = dates::read(day, order) {
        return Some(told);
    }
    // Ends of spans with years of fewer than four digits. Two digits alone can
    // be a year or the end of a date that is cut short: they are not read.
    let (start, end) = text.split_once('/')?;
    if end.trim().len() < 3 {
        return None;
    }
    let (start, end) = (padded(start), padded(end));
    if let Ok(told) = dates::read(&format!("{start}/{end}"), order) {
        return Some(told);
    }
    let (start, end) = (iso(&start)?, iso(&end)?);
    let time = join(Some(start), Some(end), false).ok()?;
    Some(Told {
        time,
        either: false,
        short_year: false,
    })
}

/// One date that is told in full: no order of day and month is assumed.
fn iso(text: &str) -> Option<DraftTime> {
    let told = dates::read(without_shift(text), DateOrder::DayFirst).ok()?;
    (!told.either && !told.short_year).then_some(told.time)
}

/// A year of fewer than four digits as EDTF has it: `-323` is `-0323`.
pub(super) fn padded(text: &str) -> String {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let more = &rest[digits..];
    if !(1..4).contains(&digits) || !(more.is_empty() || more.starts_with(['-', '~', '?', '%'])) {
        return text.to_owned();
    }
    format!("{sign}{:0>4}{more}", &rest[..digits])
}

/// A day, month or year without the shift from UTC that XML Schema allows
/// behind it, `Z` or `+02:00`, which is dropped.
fn without_shift(text: &str) -> &str {
    if text.contains([':', ' ']) && !text.is_char_boundary(text.len().saturating_sub(6)) {
        return text;
    }
    let day = text.strip_suffix('Z').or_else(|| {
        let at = text.len().checked_sub(6)?;
        let (day, shift) = text.split_at_checked(at)?;
        let [b'+' | b'-', a, b, b':', c, d] = shift.as_bytes() else {
            return None;
        };
        let digits = [a, b, c, d].iter().all(|b| b.is_ascii_digit());
        digits.then_some(day)
    });
    let is_day = |day: &&str| {
        (4..=10).contains(&day.len()) && day.bytes().all(|b| b.is_ascii_digit() || b == b'-')
    };
    day.filter(is_day).unwrap_or(text)
}

/// A year that is a number, or a count of seconds or milliseconds since 1970 by
/// its size, where a single number has to tell by itself.
#[allow(clippy::cast_possible_truncation, reason = "the range is checked")]
pub(super) fn number(value: f64) -> Option<Extent> {
    /// A count below is of seconds: as milliseconds it would be before 1971.
    const SECONDS: f64 = 2e10;
    const MOST: f64 = 8e15;
    if !value.is_finite() || value.abs() > MOST {
        return None;
    }
    if value.fract() == 0.0 && value.abs() < 1e4 {
        return Some(dates::year(value as i64));
    }
    if value.fract() == 0.0
        && let Ok(told) = dates::read(&format!("{value}"), DateOrder::DayFirst)
    {
        return told.extent();
    }
    let ms = match value.abs() {
        size if size < 1e8 => return None,
        size if size < SECONDS => value * 1e3,
        _ => value,
    };
    Some(dates::moment(ms.floor() as i64))
}

/// The extent of a time, if it has one.
pub(super) fn extent(time: &DraftTime) -> Option<Extent> {
    match time {
        DraftTime::Unknown => None,
        DraftTime::Extent(extent) => Some(*extent),
        DraftTime::When(when) => Some(when.extent()),
    }
}

/// From a start to an end. With `open` an end that is not given is open; else
/// the other one stands alone. Fails, with the start, when the end is before it.
pub(super) fn join(
    start: Option<DraftTime>,
    end: Option<DraftTime>,
    open: bool,
) -> Result<DraftTime, DraftTime> {
    let either = (OPEN_PAST, OPEN_FUTURE);
    let bounds = |time: &Option<DraftTime>| time.as_ref().and_then(extent);
    let spanning = |a, b| Ok(DraftTime::Extent(Extent::spanning(a, b)));
    match (bounds(&start), bounds(&end)) {
        (None, None) => Ok(DraftTime::Unknown),
        (Some(s), Some(e)) if e.end_latest < s.start_earliest => Err(start.unwrap_or_default()),
        (Some(s), Some(e)) => spanning(
            (s.start_earliest, s.start_latest),
            (e.end_earliest, e.end_latest),
        ),
        (Some(s), None) if open => spanning((s.start_earliest, s.start_latest), either),
        (None, Some(e)) if open => spanning(either, (e.end_earliest, e.end_latest)),
        (Some(_), None) => Ok(start.unwrap_or_default()),
        (None, Some(_)) => Ok(end.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::When;
    use proptest::prelude::*;

    fn edtf(text: &str) -> Extent {
        When::parse(text).unwrap().extent()
    }

    #[test]
    fn what_formats_define_is_understood() {
        for (text, meaning) in [
            ("2014", "2014"),
            ("-0044-03", "-0044-03"),
            ("2014-05-01", "2014-05-01"),
            ("2014-05-01Z", "2014-05-01"),
            ("2014-05-01+02:00", "2014-05-01"),
            ("2014-05-01T12:30:00Z", "2014-05-01T12:30:00Z"),
            ("2014-05-01T14:30:00+02:00", "2014-05-01T12:30:00Z"),
            ("Thu, 03 Dec 2020 10:15:00 GMT", "2020-12-03T10:15:00Z"),
            ("2014-05/2014-06", "2014-05/2014-06"),
            (
                "2014-05-01T00:00:00/2014-05-03",
                "2014-05-01T00:00:00Z/2014-05-03",
            ),
            ("-323/-30", "-0323/-0030"),
        ] {
            let told = read(text).unwrap_or_else(|| panic!("{text}"));
            let extent = extent(&told.time).unwrap();
            let wanted = meaning.split_once('/').filter(|_| meaning.contains('T'));
            let wanted = wanted.map_or_else(
                || edtf(meaning),
                |(a, b)| {
                    let (a, b) = (edtf(a), edtf(b));
                    Extent::spanning(
                        (a.start_earliest, a.start_latest),
                        (b.end_earliest, b.end_latest),
                    )
                },
            );
            assert_eq!(extent, wanted, "{text}");
        }
        for text in [
            "",
            "soon",
            "2014-02-29",
            "2014-13-01",
            "12:30",
            "May",
            "Z",
            "-323-06/30",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_told_by_their_size() {
        for (value, meaning) in [
            (2014.0, "2014"),
            (20_140_501.0, "2014-05-01"),
            (1_517_966_773.0, "2018-02-07T01:26:13Z"),
            (1_517_966_773_840.0, "2018-02-07T01:26:13Z"),
        ] {
            assert_eq!(number(value), Some(edtf(meaning)), "{value}");
        }
        for none in [f64::NAN, 1e300, 123_456.0] {
            assert_eq!(number(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "\\PC{0,30}") {
            let _ = (read(&text), padded(&text));
        }
    }
}

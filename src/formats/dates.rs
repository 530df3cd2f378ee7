//! Dates as files of features and records write them: ISO 8601 and XML Schema,
//! EDTF, numbers with slashes, months by name, and counts since 1970.

use crate::model::time::{
    DAY_MS, Extent, HOUR_MS, MINUTE_MS, Millis, OPEN_FUTURE, OPEN_PAST, SECOND_MS, When,
    days_from_civil, days_in_month,
};

use super::import::{DateOrder, DraftTime};

/// Letters of a date at most: longer ones are no dates, and are not tried.
const LONGEST: usize = 400;

/// Why a text tells no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is no date.
    NoDate,
    /// Day and month can be read both ways.
    Ambiguous,
}

/// What a text says of time. `order` decides what can be read both ways.
pub(super) fn read(text: &str, order: Option<DateOrder>) -> Result<DraftTime, Unread> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return Err(Unread::NoDate);
    }
    if let Some(extent) = iso(text) {
        return Ok(DraftTime::Extent(extent));
    }
    if let Ok(when) = When::parse(text) {
        return Ok(DraftTime::When(when));
    }
    let written = written(text, order);
    if let (Err(Unread::NoDate), Some((start, end))) = (&written, text.split_once('/'))
        && let (Some(start), Some(end)) = (iso(start), iso(end))
    {
        let (start, end) = (DraftTime::Extent(start), DraftTime::Extent(end));
        return join(Some(start), Some(end), false).map_err(|_| Unread::NoDate);
    }
    written.map(DraftTime::Extent)
}

/// The only order of day and month in which a text is a date, if it tells.
pub(super) fn order_told(text: &str) -> Option<DateOrder> {
    let text = text.trim();
    if text.len() > LONGEST || written(text, None) == Err(Unread::Ambiguous) {
        return None;
    }
    let day = written(text, Some(DateOrder::DayFirst)).ok();
    let month = written(text, Some(DateOrder::MonthFirst)).ok();
    match (day, month) {
        (Some(_), None) => Some(DateOrder::DayFirst),
        (None, Some(_)) => Some(DateOrder::MonthFirst),
        _ => None,
    }
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

/// What a number says of time: a year, a day as eight digits, or a count of
/// seconds, milliseconds or microseconds since 1970 by its size.
#[allow(clippy::cast_possible_truncation, reason = "the range is checked")]
pub(super) fn number(value: f64) -> Option<Extent> {
    if !value.is_finite() || value.abs() >= 9e15 {
        return None;
    }
    let whole = value.trunc() as i64;
    if value.fract() == 0.0 && (-9999..=9999).contains(&whole) {
        return year(whole);
    }
    if value.fract() == 0.0
        && (10_000_000..100_000_000).contains(&whole)
        && let Some(day) = eight_digits(whole)
    {
        return Some(day);
    }
    // A count of seconds below 10¹¹ is before the year 5138; as milliseconds
    // it would be within three years of 1970.
    let ms = match value.abs() {
        size if size < 1e11 => (value * 1000.0).floor() as i64,
        size if size < 1e14 => value.floor() as i64,
        _ => whole.div_euclid(1000),
    };
    Some(second(ms))
}

/// The second that a moment lies in.
pub(super) fn second(ms: Millis) -> Extent {
    let first = ms.div_euclid(SECOND_MS) * SECOND_MS;
    Extent::within(first, first + SECOND_MS - 1)
}

fn eight_digits(whole: i64) -> Option<Extent> {
    let month = u8::try_from(whole / 100 % 100).ok()?;
    let of_month = u8::try_from(whole % 100).ok()?;
    day(whole / 10_000, month, of_month)
}

/// A year.
pub(super) fn year(year: i64) -> Option<Extent> {
    if !(-99_999_999..=99_999_999).contains(&year) {
        return None;
    }
    let first = days_from_civil(year, 1, 1) * DAY_MS;
    Some(Extent::within(
        first,
        days_from_civil(year + 1, 1, 1) * DAY_MS - 1,
    ))
}

/// A month.
pub(super) fn month(year: i64, month: u8) -> Option<Extent> {
    if !(1..=12).contains(&month) || !(-9999..=9999).contains(&year) {
        return None;
    }
    let first = days_from_civil(year, month, 1) * DAY_MS;
    let days = i64::from(days_in_month(year, month));
    Some(Extent::within(first, first + days * DAY_MS - 1))
}

/// A day.
pub(super) fn day(year: i64, month: u8, day: u8) -> Option<Extent> {
    if !(1..=12).contains(&month) || !(-9999..=9999).contains(&year) {
        return None;
    }
    if !(1..=days_in_month(year, month)).contains(&day) {
        return None;
    }
    let first = days_from_civil(year, month, day) * DAY_MS;
    Some(Extent::within(first, first + DAY_MS - 1))
}

/// A year, month, day or moment as ISO 8601 and XML Schema write them; a blank
/// may stand for the T, and days may carry a shift, which is dropped.
fn iso(text: &str) -> Option<Extent> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (y, rest) = digits(rest, 4)?;
    let y = sign * y;
    if without_shift(rest).is_empty() {
        return year(y);
    }
    let (m, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let m = u8::try_from(m).ok()?;
    if without_shift(rest).is_empty() {
        return month(y, m);
    }
    let (d, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let whole = day(y, m, u8::try_from(d).ok()?)?;
    if without_shift(rest).is_empty() {
        return Some(whole);
    }
    let clock = rest.strip_prefix(['T', 't', ' '])?;
    let (clock, length) = clock_of(clock)?;
    let first = whole.start_earliest + clock;
    Some(Extent::within(first, first + length - 1))
}

/// A text without the shift from UTC that it is, as after a date in XML Schema:
/// `Z` or `+02:00`. Shorter ones would be months.
fn without_shift(text: &str) -> &str {
    let is_shift = text == "Z" || text.len() == 6 && shift(text).is_some();
    if is_shift { "" } else { text }
}

fn digits(text: &str, count: usize) -> Option<(i64, &str)> {
    let (number, rest) = text.split_at_checked(count)?;
    let all = number.bytes().all(|b| b.is_ascii_digit());
    all.then(|| number.parse().ok())
        .flatten()
        .map(|n| (n, rest))
}

/// Milliseconds from midnight UTC to a time of day, and how long it lasts:
/// `12:30`, `12:30:15.25Z`, `14:30+02:00`, `2:30 PM`.
fn clock_of(text: &str) -> Option<(Millis, Millis)> {
    let text = text.trim();
    let (hour, rest) = match digits(text, 2) {
        Some(found) => found,
        None => digits(text, 1)?,
    };
    let (minute, mut rest) = digits(rest.strip_prefix(':')?, 2)?;
    let (mut seconds, mut length) = (0, MINUTE_MS);
    if let Some(after) = rest.strip_prefix(':') {
        (seconds, rest) = digits(after, 2)?;
        length = SECOND_MS;
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }
    let mut rest = rest.trim();
    let mut hour = hour;
    for (word, add) in [("am", 0), ("pm", 12)] {
        if rest.len() >= 2 && rest.is_char_boundary(2) && rest[..2].eq_ignore_ascii_case(word) {
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + add;
            rest = rest[2..].trim();
        }
    }
    if hour > 23 || minute > 59 || seconds > 60 {
        return None;
    }
    let seconds = seconds.min(59);
    let shift = if rest.is_empty() { 0 } else { shift(rest)? };
    let ms = hour * HOUR_MS + minute * MINUTE_MS + seconds * SECOND_MS - shift;
    Some((ms, length))
}

/// A shift from UTC in milliseconds; zero for an empty text.
fn shift(text: &str) -> Option<Millis> {
    if text.is_empty() || ["Z", "z", "UTC", "GMT"].contains(&text) {
        return Some(0);
    }
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let (hours, rest) = digits(&text[1..], 2)?;
    let (minutes, rest) = match rest.strip_prefix(':').unwrap_or(rest) {
        "" => (0, ""),
        rest => digits(rest, 2)?,
    };
    let fits = rest.is_empty() && hours < 15 && minutes < 60;
    fits.then_some(sign * (hours * HOUR_MS + minutes * MINUTE_MS))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A month by its English name or the beginning of it.
pub(super) fn month_named(word: &str) -> Option<u8> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS
        .iter()
        .position(|m| word.len() >= 3 && m.starts_with(&word))?;
    u8::try_from(at + 1).ok()
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let days = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    word.len() >= 3 && days.iter().any(|d| d.starts_with(&word))
}

/// Dates as people write them: `3/12/2020`, `2020/12/03`, `03.12.2020`,
/// `3 December 2020`, `Dec 3, 2020 10:15`, `Tue, 03 Dec 2020 10:15:00 GMT`.
fn written(text: &str, order: Option<DateOrder>) -> Result<Extent, Unread> {
    let (date, clock) = apart(text);
    let parts: Vec<&str> = date
        .split([' ', ',', '/', '-', '.'])
        .filter(|p| !p.is_empty() && !is_weekday(p))
        .collect();
    let number = |p: &str| {
        let all = p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit());
        all.then(|| p.parse::<i64>().ok()).flatten()
    };
    let small = |n: i64| u8::try_from(n).unwrap_or(0);
    let whole = match parts.as_slice() {
        [one] if one.len() == 8 => one.parse::<i64>().ok().and_then(eight_digits),
        [a, b] => match (month_named(a), number(b)) {
            (Some(m), Some(y)) if b.len() == 4 => month(y, m),
            _ => None,
        },
        [a, b, c] => match (number(a), number(b), number(c)) {
            (Some(y), Some(m), Some(d)) if a.len() == 4 => day(y, small(m), small(d)),
            (Some(first), Some(second), Some(y)) if c.len() == 4 => {
                let dots = date.contains('.').then_some(DateOrder::DayFirst);
                return both_ways(y, small(first), small(second), dots.or(order))
                    .and_then(|whole| at_clock(whole, clock));
            }
            (Some(d), None, Some(y)) if c.len() == 4 => {
                month_named(b).and_then(|m| day(y, m, small(d)))
            }
            (Some(y), None, Some(d)) if a.len() == 4 => {
                month_named(b).and_then(|m| day(y, m, small(d)))
            }
            (None, Some(d), Some(y)) if c.len() == 4 => {
                month_named(a).and_then(|m| day(y, m, small(d)))
            }
            _ => None,
        },
        _ => None,
    };
    whole
        .ok_or(Unread::NoDate)
        .and_then(|whole| at_clock(whole, clock))
}

/// The date of a text and the time of day behind it, if there is one.
fn apart(text: &str) -> (&str, Option<&str>) {
    let Some(colon) = text.find(':') else {
        return (text, None);
    };
    let begin = text[..colon].rfind([' ', 'T', ',']).map_or(0, |at| at + 1);
    (
        text[..begin].trim_end_matches([' ', 'T', ',']),
        Some(&text[begin..]),
    )
}

fn at_clock(whole: Extent, clock: Option<&str>) -> Result<Extent, Unread> {
    let Some(clock) = clock else {
        return Ok(whole);
    };
    let (ms, length) = clock_of(clock).ok_or(Unread::NoDate)?;
    let first = whole.start_earliest + ms;
    Ok(Extent::within(first, first + length - 1))
}

fn both_ways(y: i64, a: u8, b: u8, order: Option<DateOrder>) -> Result<Extent, Unread> {
    let (day_first, month_first) = (day(y, b, a), day(y, a, b));
    let read = match (day_first, month_first, order) {
        (None, None, _) => None,
        (only @ Some(_), None, Some(DateOrder::DayFirst) | None)
        | (None, only @ Some(_), Some(DateOrder::MonthFirst) | None) => only,
        (first, second, None) if first == second => first,
        (_, _, None) => return Err(Unread::Ambiguous),
        (first, _, Some(DateOrder::DayFirst)) => first,
        (_, second, Some(DateOrder::MonthFirst)) => second,
    };
    read.ok_or(Unread::NoDate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edtf(text: &str) -> Extent {
        When::parse(text).unwrap().extent()
    }

    fn of(text: &str) -> Extent {
        extent(&read(text, None).unwrap_or_else(|e| panic!("{text}: {e:?}"))).unwrap()
    }

    #[test]
    fn what_files_write_is_understood() {
        for (text, meaning) in [
            ("2014", "2014"),
            ("-0044-03", "-0044-03"),
            ("2014-05-01", "2014-05-01"),
            ("2014-05-01Z", "2014-05-01"),
            ("2014-05-01+02:00", "2014-05-01"),
            ("2014-05-01T12:30:00Z", "2014-05-01T12:30:00Z"),
            ("2014-05-01 12:30:00.250", "2014-05-01T12:30:00Z"),
            ("2014-05-01T14:30:00+02:00", "2014-05-01T12:30:00Z"),
            ("20140501", "2014-05-01"),
            ("2014/05/01", "2014-05-01"),
            ("01.05.2014", "2014-05-01"),
            ("25/5/2014", "2014-05-25"),
            ("5/25/2014", "2014-05-25"),
            ("5/5/2014", "2014-05-05"),
            ("03 December 2020", "2020-12-03"),
            ("Dec 3, 2020", "2020-12-03"),
            ("3-Dec-2020", "2020-12-03"),
            ("December 2020", "2020-12"),
            ("Thu, 03 Dec 2020 10:15:00 GMT", "2020-12-03T10:15:00Z"),
            ("5/25/2014 2:30:00 PM", "2014-05-25T14:30:00Z"),
            ("2014-05/2014-06", "2014-05/2014-06"),
            ("199X", "199X"),
        ] {
            assert_eq!(of(text), edtf(meaning), "{text}");
        }
        let minutes = of("2014-05-01 12:30");
        assert_eq!(minutes.end_latest - minutes.start_earliest, MINUTE_MS - 1);
    }

    #[test]
    fn what_is_no_date_or_can_be_read_both_ways_is_told_apart() {
        for text in [
            "",
            "soon",
            "2014-02-29",
            "2014-13-01",
            "32/13/2014",
            "12:30",
            "May",
        ] {
            assert_eq!(read(text, None), Err(Unread::NoDate), "{text}");
        }
        assert_eq!(read("3/4/2020", None), Err(Unread::Ambiguous));
        for (order, day) in [
            (DateOrder::DayFirst, "2020-04-03"),
            (DateOrder::MonthFirst, "2020-03-04"),
        ] {
            let time = read("3/4/2020", Some(order)).unwrap();
            assert_eq!(extent(&time), Some(edtf(day)));
        }
        assert_eq!(order_told("25/5/2014"), Some(DateOrder::DayFirst));
        assert_eq!(order_told("5/25/2014"), Some(DateOrder::MonthFirst));
        assert_eq!(order_told("3/4/2020"), None);
        assert_eq!(order_told("2020-04-03"), None);
    }

    #[test]
    fn numbers_are_told_by_their_size() {
        for (value, meaning) in [
            (2014.0, "2014"),
            (20_140_501.0, "2014-05-01"),
            (1_517_966_773.0, "2018-02-07T01:26:13Z"),
            (1_517_966_773_840.0, "2018-02-07T01:26:13Z"),
            (1_517_966_773_840_000.0, "2018-02-07T01:26:13Z"),
        ] {
            assert_eq!(number(value), Some(edtf(meaning)), "{value}");
        }
        assert_eq!(number(f64::NAN), None);
        assert_eq!(number(1e300), None);
    }
}

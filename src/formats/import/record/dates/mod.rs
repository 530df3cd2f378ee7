//! Dates as tables write them.

mod clock;
mod forms;
mod ranges;
mod words;

use crate::model::time::{
    DAY_MS, Extent, HOUR_MS, MINUTE_MS, SECOND_MS, When, civil_from_days, days_from_civil,
    days_in_month,
};

use super::super::DraftTime;
use super::super::mapping::DateOrder;
pub(crate) use clock::{at_midnight, clock, loose_clock};
use words::worded;

/// Longest text that is looked at as a date.
const LONGEST: usize = 200;

/// A date that was read, and what had to be assumed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Told {
    /// When.
    pub time: DraftTime,
    /// Day and month could be exchanged: the order decided.
    pub either: bool,
    /// The year has two digits.
    pub short_year: bool,
}

impl Told {
    fn sure(extent: Extent) -> Self {
        Self {
            time: DraftTime::Extent(extent),
            either: false,
            short_year: false,
        }
    }

    /// The extent, if there is one.
    pub fn extent(&self) -> Option<Extent> {
        match &self.time {
            DraftTime::Unknown => None,
            DraftTime::Extent(extent) => Some(*extent),
            DraftTime::When(when) => Some(when.extent()),
        }
    }
}

/// Reads a date: ISO 8601, numbers in the given order, with a month in words,
/// two of these from the one to the other, or EDTF.
pub(crate) fn read(text: &str, order: DateOrder) -> Result<Told, String> {
    if let Some(extent) = iso(text.as_bytes()) {
        return Ok(Told::sure(extent));
    }
    if text.len() > LONGEST {
        return Err("this is too long for a date".to_owned());
    }
    if let Some(told) = written(text, order) {
        return Ok(told);
    }
    if !text.is_ascii() {
        let western = western_digits(text);
        if western != text {
            return read(&western, order);
        }
    }
    let when = match When::parse(text) {
        Ok(when) => when,
        Err(e) => {
            let range = ranges::range(text, order);
            return range.ok_or_else(|| match forms::advice(text) {
                Some(advice) => advice,
                None => format!("{}; {}", e.what, e.remedy),
            });
        }
    };
    // A season, or a doubt, is more than the days that it bounds.
    let time = if When::of_extent(when.extent()).as_ref() == Some(&when) {
        DraftTime::Extent(when.extent())
    } else {
        DraftTime::When(when)
    };
    Ok(Told {
        time,
        either: false,
        short_year: false,
    })
}

/// One date, but for EDTF.
fn single(text: &str, order: DateOrder) -> Option<Told> {
    iso(text.as_bytes())
        .map(Told::sure)
        .or_else(|| written(text, order))
}

fn written(text: &str, order: DateOrder) -> Option<Told> {
    numeric(text, order)
        .or_else(|| compact(text))
        .or_else(|| worded(text))
        .or_else(|| forms::other(text))
}

/// The day from a year, month and day, if there is one.
pub(crate) fn day(year: i64, month: i64, day: i64) -> Option<Extent> {
    let month = u8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
    let day = u8::try_from(day).ok()?;
    if !(1..=days_in_month(year, month)).contains(&day) {
        return None;
    }
    let first = days_from_civil(year, month, day) * DAY_MS;
    Some(Extent::within(first, first + DAY_MS - 1))
}

/// A whole month.
pub(crate) fn month(year: i64, month: i64) -> Option<Extent> {
    let month = u8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
    let first = days_from_civil(year, month, 1) * DAY_MS;
    let days = i64::from(days_in_month(year, month));
    Some(Extent::within(first, first + days * DAY_MS - 1))
}

/// A whole year.
pub(crate) fn year(year: i64) -> Extent {
    let first = |y| days_from_civil(y, 1, 1) * DAY_MS;
    Extent::within(first(year), first(year + 1) - 1)
}

/// The month in which a moment lies.
pub(crate) fn month_around(ms: i64) -> Option<Extent> {
    let (y, m, _) = civil_from_days(ms.div_euclid(DAY_MS));
    month(y, i64::from(m))
}

/// A moment that a machine counted, in milliseconds; it lasts its second.
pub(crate) fn moment(ms: i64) -> Extent {
    let first = ms.div_euclid(SECOND_MS).saturating_mul(SECOND_MS);
    Extent::within(first, first.saturating_add(SECOND_MS - 1))
}

/// The commonest forms: `2014`, `2014-05`, `2014-05-01`, and a day with a time,
/// `2014-05-01T12:30:00Z`, with a blank for the T, without its seconds, with a
/// fraction (which is dropped), with a shift or without (UTC).
pub(crate) fn iso(text: &[u8]) -> Option<Extent> {
    let mut rest = text;
    let year_number = number(&mut rest, 4)?;
    if rest.is_empty() {
        return Some(year(year_number));
    }
    let month_number = part(&mut rest, b"-")?;
    if rest.is_empty() {
        return month(year_number, month_number);
    }
    let of_month = part(&mut rest, b"-")?;
    let whole = day(year_number, month_number, of_month)?;
    if rest.is_empty() {
        return Some(whole);
    }
    let (sign, after) = rest.split_first()?;
    if !b"T ".contains(sign) {
        return None;
    }
    Some(moment(whole.start_earliest + clock(after)?))
}

/// A number of two digits behind one of some signs.
fn part(rest: &mut &[u8], signs: &[u8]) -> Option<i64> {
    let (sign, after) = rest.split_first()?;
    if !signs.contains(sign) {
        return None;
    }
    *rest = after;
    number(rest, 2)
}

fn number(rest: &mut &[u8], digits: usize) -> Option<i64> {
    let (number, after) = rest.split_at_checked(digits)?;
    *rest = after;
    number.iter().try_fold(0, |n, digit| {
        let digit = digit.is_ascii_digit().then(|| digit - b'0')?;
        Some(n * 10 + i64::from(digit))
    })
}

/// The three numbers of a date such as `03/04/2020`, and what follows.
pub(crate) fn three(text: &str) -> Option<([&str; 3], char, &str)> {
    let end = text.find([' ', 'T', ',']).unwrap_or(text.len());
    let (date, rest) = text.split_at(end);
    let sign = date.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(sign, '/' | '.' | '-') {
        return None;
    }
    let mut parts = date.trim_end_matches('.').split(sign);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    let digits = |p: &&str| !p.is_empty() && p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit());
    (parts.next().is_none() && three.iter().all(digits)).then_some((three, sign, rest))
}

#[allow(
    clippy::many_single_char_names,
    reason = "three parts, as texts and numbers"
)]
fn numeric(text: &str, order: DateOrder) -> Option<Told> {
    let ([a, b, c], _, rest) = three(text)?;
    let of = |p: &str| p.parse::<i64>().ok();
    let (x, y, z) = (of(a)?, of(b)?, of(c)?);
    let (year, month, of_month, either, short_year) = if a.len() == 4 {
        (x, y, z, false, false)
    } else if a.len() <= 2 && b.len() <= 2 && matches!(c.len(), 2 | 4) {
        let year = if c.len() == 4 { z } else { full_year(z) };
        let either = x <= 12 && y <= 12 && x != y;
        let month_first = match order {
            DateOrder::MonthFirst => y > 12 || x <= 12,
            DateOrder::DayFirst => y > 12 && x <= 12,
        };
        let (month, day) = if month_first { (x, y) } else { (y, x) };
        (year, month, day, either, c.len() == 2)
    } else {
        return None;
    };
    let whole = day(year, month, of_month)?;
    let rest = rest.trim_start_matches(['T', ',', ' ']);
    let extent = if rest.is_empty() {
        whole
    } else {
        moment(whole.start_earliest + loose_clock(rest)?)
    };
    Some(Told {
        time: DraftTime::Extent(extent),
        either,
        short_year,
    })
}

/// A year of two digits as spreadsheets take it: 00 to 29 are 2000 to 2029.
pub(crate) fn full_year(short: i64) -> i64 {
    if short < 30 {
        2000 + short
    } else {
        1900 + short
    }
}

/// `20200403`, with or without a time `T141500Z` or `141500`.
pub(crate) fn compact(text: &str) -> Option<Told> {
    let bytes = text.as_bytes();
    if bytes.len() < 8 || !bytes[..8].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let mut rest = bytes;
    let (y, m, d) = (
        number(&mut rest, 4)?,
        number(&mut rest, 2)?,
        number(&mut rest, 2)?,
    );
    let whole = day(y, m, d)?;
    if rest.is_empty() {
        return Some(Told::sure(whole));
    }
    if rest[0] == b'T' {
        rest = &rest[1..];
    }
    let hour = number(&mut rest, 2).filter(|h| *h < 24)?;
    let minute = number(&mut rest, 2).filter(|m| *m < 60)?;
    let second = if rest.first().is_some_and(u8::is_ascii_digit) {
        number(&mut rest, 2).filter(|s| *s < 60)?
    } else {
        0
    };
    let at = hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS;
    matches!(rest, b"" | b"Z").then(|| Told::sure(moment(whole.start_earliest + at)))
}

/// Arabic and Persian digits as western ones.
pub(crate) fn western_digits(text: &str) -> String {
    let digit = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(c as u32 - 0x660, 10),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(c as u32 - 0x6f0, 10),
        '٫' => Some('.'),
        _ => None,
    };
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests;

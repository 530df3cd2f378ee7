//! Dates as tables write them.

use crate::model::fold;
use crate::model::time::{
    DAY_MS, Extent, HOUR_MS, MINUTE_MS, SECOND_MS, When, civil_from_days, days_from_civil,
    days_in_month,
};

use super::super::DraftTime;
use super::super::mapping::DateOrder;
use super::months::month_of;

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
/// or EDTF.
pub(crate) fn read(text: &str, order: DateOrder) -> Result<Told, String> {
    if let Some(extent) = iso(text.as_bytes()) {
        return Ok(Told::sure(extent));
    }
    if text.len() > LONGEST {
        return Err("this is too long for a date".to_owned());
    }
    if let Some(told) = numeric(text, order).or_else(|| compact(text)) {
        return Ok(told);
    }
    if let Some(told) = worded(text) {
        return Ok(told);
    }
    if !text.is_ascii() {
        let western = western_digits(text);
        if western != text {
            return read(&western, order);
        }
    }
    let when = When::parse(text).map_err(|e| format!("{}; {}", e.what, e.remedy))?;
    let time = if when.members().len() > 1 || when.is_uncertain() || when.is_approximate() {
        DraftTime::When(when)
    } else {
        DraftTime::Extent(when.extent())
    };
    Ok(Told {
        time,
        either: false,
        short_year: false,
    })
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

/// Milliseconds from midnight UTC to a time of day, `14:30`, `14:30:05.25+02:00`.
pub(crate) fn clock(mut rest: &[u8]) -> Option<i64> {
    let hour = number(&mut rest, 2).filter(|h| *h < 24)?;
    let minute = part(&mut rest, b":").filter(|m| *m < 60)?;
    let mut second = 0;
    if rest.first() == Some(&b':') {
        second = part(&mut rest, b":").filter(|s| *s < 60)?;
        if matches!(rest.first(), Some(b'.' | b',')) {
            let digits = rest[1..].iter().take_while(|b| b.is_ascii_digit()).count();
            rest = &rest[1 + digits..];
        }
    }
    let shift = match rest.trim_ascii_start() {
        b"" | b"Z" | b"UTC" | b"GMT" => 0,
        [sign @ (b'+' | b'-'), ..] => {
            rest = rest.trim_ascii_start();
            let hours = part(&mut rest, b"+-").filter(|h| *h < 15)?;
            let minutes = match rest {
                b"" => 0,
                [b':', ..] => part(&mut rest, b":")?,
                _ => number(&mut rest, 2)?,
            };
            if !rest.is_empty() || minutes > 59 {
                return None;
            }
            let size = hours * HOUR_MS + minutes * MINUTE_MS;
            if *sign == b'-' { -size } else { size }
        }
        _ => return None,
    };
    Some(hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS - shift)
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

/// A time of day as people write it: `9:05`, `2:30 pm`, `14:30:00`, `14h30`.
pub(crate) fn loose_clock(text: &str) -> Option<i64> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let (body, afternoon) = if let Some(body) = lower.strip_suffix("pm") {
        (body.trim_end(), Some(true))
    } else if let Some(body) = lower.strip_suffix("am") {
        (body.trim_end(), Some(false))
    } else {
        (text, None)
    };
    let body = body.replacen('h', ":", 1);
    let padded = match body.find(':') {
        Some(1) => format!("0{body}"),
        _ => body,
    };
    let ms = clock(padded.as_bytes())?;
    match afternoon {
        Some(_) if !(HOUR_MS..13 * HOUR_MS).contains(&ms) => None,
        Some(true) if ms < 12 * HOUR_MS => Some(ms + 12 * HOUR_MS),
        Some(false) if ms >= 12 * HOUR_MS => Some(ms - 12 * HOUR_MS),
        None | Some(_) => Some(ms),
    }
}

/// Whether the text is a date with a time of day, and that is midnight.
pub(crate) fn at_midnight(text: &str) -> Option<bool> {
    let (_, time) = text
        .split_once([' ', 'T'])
        .filter(|(_, t)| t.contains(':'))?;
    let time = time.trim_end_matches('Z');
    Some(time.bytes().all(|b| matches!(b, b'0' | b':' | b'.')))
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
fn full_year(short: i64) -> i64 {
    if short < 30 {
        2000 + short
    } else {
        1900 + short
    }
}

/// `20200403`, with or without a time `T141500Z` or `141500`.
fn compact(text: &str) -> Option<Told> {
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

/// `03 December 2020`, `Dec 3, 2020`, `décembre 2020`, with a weekday before or
/// a time behind it.
fn worded(text: &str) -> Option<Told> {
    if !text.chars().any(char::is_alphabetic) {
        return None;
    }
    // Words that several languages have for a month in two.
    let joined;
    let text = if text.is_ascii() {
        text
    } else {
        let western = western_digits(text);
        joined = match super::months::two_words(&fold(&western)) {
            Some((month, words)) => fold(&western).replacen(words, month, 1),
            None => western,
        };
        &joined
    };
    let (mut numbers, mut many) = ([(0_i64, 0_usize); 2], 0);
    let (mut month_number, mut time) = (None, None);
    let mut tokens = text.split([' ', ',', '-', '/', '\u{a0}', '،']).peekable();
    while let Some(token) = tokens.next() {
        let token = token.trim_end_matches('.');
        if token.is_empty() {
            continue;
        }
        if token.contains(':') {
            let half = tokens
                .peek()
                .filter(|t| t.eq_ignore_ascii_case("am") || t.eq_ignore_ascii_case("pm"));
            time = Some(match half {
                Some(half) => loose_clock(&format!("{token} {half}"))?,
                None => loose_clock(token)?,
            });
            if half.is_some() {
                tokens.next();
            }
            continue;
        }
        let digits = token.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let suffix = &token[digits..];
            let known = ["", "st", "nd", "rd", "th", "er", "º", "°", "ème", "e"];
            if many == 2 || digits > 4 || !known.contains(&suffix) {
                return None;
            }
            numbers[many] = (token[..digits].parse().ok()?, digits);
            many += 1;
        } else if let Some(month) = month_of(token) {
            if month_number.replace(month).is_some() {
                return None;
            }
        } else if !super::months::is_filler(token) {
            return None;
        }
    }
    let month_number = month_number?;
    let (year, of_month, short_year) = match (many, numbers) {
        (1, [(y, 4), _]) => (y, None, false),
        (2, [(d, 1 | 2), (y, 4)] | [(y, 4), (d, 1 | 2)]) => (y, Some(d), false),
        (2, [(d, 1 | 2), (y, 2)]) => (full_year(y), Some(d), true),
        _ => return None,
    };
    let extent = match (of_month, time) {
        (None, None) => month(year, month_number)?,
        (None, Some(_)) => return None,
        (Some(d), None) => day(year, month_number, d)?,
        (Some(d), Some(ms)) => moment(day(year, month_number, d)?.start_earliest + ms),
    };
    Some(Told {
        time: DraftTime::Extent(extent),
        either: false,
        short_year,
    })
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(text: &str) -> Option<String> {
        let told = read(text, DateOrder::DayFirst).ok()?;
        When::of_extent(told.extent()?).map(|w| w.edtf().to_owned())
    }

    #[test]
    fn dates_are_read_as_tables_write_them() {
        for (text, meaning) in [
            ("2014", "2014"),
            ("2014-05", "2014-05"),
            ("2014/05/01", "2014-05-01"),
            ("03 December 2020", "2020-12-03"),
            ("3-Dec-2020", "2020-12-03"),
            ("Thursday, December 3rd, 2020", "2020-12-03"),
            ("1er août 2021", "2021-08-01"),
            ("3. März 2020", "2020-03-03"),
            ("5 de mayo de 2019", "2019-05-05"),
            ("٣ أبريل ٢٠٢٠", "2020-04-03"),
            ("12 كانون الثاني 2015", "2015-01-12"),
            ("October 2017", "2017-10"),
            ("20200403", "2020-04-03"),
            ("13/04/2020", "2020-04-13"),
            ("04/13/2020", "2020-04-13"),
            ("3.4.2020", "2020-04-03"),
            ("3/4/20 2:05 pm", "2020-04-03T14:05:00Z"),
            ("2014-05-01 12:30", "2014-05-01T12:30:00Z"),
            ("2014-05-01T14:30:00+02:00", "2014-05-01T12:30:00Z"),
            ("20150512101506", "2015-05-12T10:15:06Z"),
            ("Dec 3, 2020 11:15 PM", "2020-12-03T23:15:00Z"),
            ("199X", "199X"),
        ] {
            let wanted = When::parse(meaning).unwrap().extent();
            let wanted = When::of_extent(wanted).unwrap().edtf().to_owned();
            assert_eq!(told(text), Some(wanted), "{text}");
        }
        for text in [
            "soon",
            "32/01/2020",
            "2014-02-29",
            "May",
            "3 4 5 May 2014",
            "1/2",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn the_order_decides_only_where_both_are_days() {
        let with = |text, order| read(text, order).unwrap();
        let of = |y, m, d| DraftTime::Extent(day(y, m, d).unwrap());
        let us = with("03/04/2020", DateOrder::MonthFirst);
        assert_eq!((us.time, us.either), (of(2020, 3, 4), true));
        let eu = with("03/04/2020", DateOrder::DayFirst);
        assert_eq!((eu.time, eu.either), (of(2020, 4, 3), true));
        let same = with("04/04/2020", DateOrder::MonthFirst);
        assert!(!same.either);
        let sure = with("13/04/2020", DateOrder::MonthFirst);
        assert_eq!((sure.time, sure.either), (of(2020, 4, 13), false));
    }

    proptest! {
        #[test]
        fn common_forms_mean_what_edtf_says(
            text in "[0-9]{4}(-[0-1][0-9](-[0-3][0-9](T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](Z|[+-][01][0-9]:[0-5][0-9])?)?)?)?",
        ) {
            if let (Some(extent), Ok(when)) = (iso(text.as_bytes()), When::parse(&text)) {
                prop_assert_eq!(extent, when.extent());
            }
        }

        #[test]
        fn any_text_is_answered(text in "\\PC{0,30}") {
            let _ = read(&text, DateOrder::DayFirst);
            let _ = at_midnight(&text);
        }
    }
}

//! The two date columns of a table, and what they come to.

use std::collections::HashMap;

use crate::model::time::{
    DAY_MS, Extent, HOUR_MS, MINUTE_MS, OPEN_FUTURE, OPEN_PAST, SECOND_MS, When, days_from_civil,
    days_in_month,
};

/// Expressions that are kept once read. Trade-off: a table has few different
/// ones, or so many that keeping them gains nothing.
const KEPT: usize = 1 << 14;

/// An open end.
const OPEN: &str = "..";

/// When something happened, as two columns tell.
pub(super) enum Dated {
    /// They are empty.
    Not,
    /// Within one extent.
    Extent(Extent),
    /// A set of several dates.
    Set(When),
}

/// Why two columns tell no date.
pub(super) enum Undated {
    /// The start is no date; why, and what to write.
    Start(String),
    /// The end is no date; the event is as its start says.
    End(String, Dated),
    /// The end is before the start; the event is as its start says.
    Order(Dated),
}

/// Reads dates, and remembers those that took long to read.
#[derive(Default)]
pub(super) struct Dates {
    known: HashMap<String, Result<When, String>>,
}

impl Dates {
    /// What the columns of start and end say. An end that is empty is the
    /// start; `..` is open.
    pub fn read(&mut self, start: &str, end: &str) -> Result<Dated, Undated> {
        if start.is_empty() || start == OPEN {
            if end.is_empty() && start.is_empty() {
                return Ok(Dated::Not);
            }
            let whole = format!("{start}/{end}");
            return match self.when(&whole) {
                Ok(when) => Ok(Dated::Extent(when.extent())),
                Err(why) => Err(Undated::End(why, Dated::Not)),
            };
        }
        let first = self.date(start).map_err(Undated::Start)?;
        if end.is_empty() || end == start {
            return Ok(first);
        }
        let from = extent(&first);
        match self.end(end) {
            Err(why) => Err(Undated::End(why, first)),
            Ok((_, latest)) if latest < from.start_earliest => Err(Undated::Order(first)),
            Ok(to) => Ok(Dated::Extent(Extent::spanning(
                (from.start_earliest, from.start_latest),
                to,
            ))),
        }
    }

    fn end(&mut self, text: &str) -> Result<(i64, i64), String> {
        if text == OPEN {
            return Ok((OPEN_PAST, OPEN_FUTURE));
        }
        let to = extent(&self.date(text)?);
        Ok((to.end_earliest, to.end_latest))
    }

    /// One expression.
    fn date(&mut self, text: &str) -> Result<Dated, String> {
        if let Some(extent) = common(text.as_bytes()) {
            return Ok(Dated::Extent(extent));
        }
        self.when(text).map(|when| {
            if when.members().len() > 1 {
                Dated::Set(when)
            } else {
                Dated::Extent(when.extent())
            }
        })
    }

    fn when(&mut self, text: &str) -> Result<When, String> {
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let read = When::parse(text).map_err(|e| format!("{}; {}", e.what, e.remedy));
        if self.known.len() < KEPT {
            self.known.insert(text.to_owned(), read.clone());
        }
        read
    }
}

fn extent(dated: &Dated) -> Extent {
    match dated {
        Dated::Extent(extent) => *extent,
        Dated::Set(when) => when.extent(),
        Dated::Not => Extent::within(OPEN_PAST, OPEN_FUTURE),
    }
}

/// The commonest forms: `2014`, `2014-05`, `2014-05-01`, and a day with a time,
/// `2014-05-01T12:30:00Z`, with a blank for the T, without its seconds, with a
/// fraction (which is dropped), with a shift or without (UTC).
fn common(text: &[u8]) -> Option<Extent> {
    let mut rest = text;
    let year = number(&mut rest, 4)?;
    let day = |year, month, day| days_from_civil(year, month, day) * DAY_MS;
    if rest.is_empty() {
        return Some(Extent::within(day(year, 1, 1), day(year + 1, 1, 1) - 1));
    }
    let month = u8::try_from(part(&mut rest, b"-")?).ok()?;
    if !(1..=12).contains(&month) {
        return None;
    }
    if rest.is_empty() {
        let first = day(year, month, 1);
        let last = first + i64::from(days_in_month(year, month)) * DAY_MS - 1;
        return Some(Extent::within(first, last));
    }
    let of_month = u8::try_from(part(&mut rest, b"-")?).ok()?;
    if !(1..=days_in_month(year, month)).contains(&of_month) {
        return None;
    }
    let midnight = day(year, month, of_month);
    if rest.is_empty() {
        return Some(Extent::within(midnight, midnight + DAY_MS - 1));
    }
    let first = midnight + clock(rest)?;
    Some(Extent::within(first, first + SECOND_MS - 1))
}

/// Milliseconds from midnight UTC to a time of day.
fn clock(mut rest: &[u8]) -> Option<i64> {
    let hour = part(&mut rest, b"T ").filter(|h| *h < 24)?;
    let minute = part(&mut rest, b":").filter(|m| *m < 60)?;
    let mut second = 0;
    if rest.first() == Some(&b':') {
        second = part(&mut rest, b":").filter(|s| *s < 60)?;
        if rest.first() == Some(&b'.') {
            let digits = rest[1..].iter().take_while(|b| b.is_ascii_digit()).count();
            rest = &rest[1 + digits..];
        }
    }
    let shift = match rest {
        b"" | b"Z" => 0,
        [sign @ (b'+' | b'-'), ..] => {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(start: &str, end: &str) -> Option<Extent> {
        match Dates::default().read(start, end) {
            Ok(Dated::Not) => None,
            Ok(dated) => Some(extent(&dated)),
            Err(Undated::Start(why) | Undated::End(why, _)) => panic!("{start}, {end}: {why}"),
            Err(Undated::Order(_)) => panic!("{start} is after {end}"),
        }
    }

    fn edtf(text: &str) -> Extent {
        When::parse(text).unwrap().extent()
    }

    #[test]
    fn two_columns_mean_what_one_interval_means() {
        for (start, end, meaning) in [
            ("2014-05-01", "", "2014-05-01"),
            ("2014-05-01", "2014-05-01", "2014-05-01"),
            ("2014", "2015-03", "2014/2015-03"),
            ("2014-05-01", "..", "2014-05-01/.."),
            ("..", "2014", "../2014"),
            ("", "2014", "/2014"),
            ("199X", "", "199X"),
            ("{2014-01,2014-05}", "", "{2014-01,2014-05}"),
            ("2014~", "2016", "2014/2016"),
        ] {
            assert_eq!(read(start, end), Some(edtf(meaning)), "{start} to {end}");
        }
        assert_eq!(read("", ""), None);
    }

    #[test]
    fn times_of_day_are_read_as_tables_write_them() {
        let wanted = Some(edtf("2014-05-01T12:30:00Z"));
        for text in [
            "2014-05-01T12:30:00Z",
            "2014-05-01 12:30",
            "2014-05-01 12:30:00.250",
            "2014-05-01T14:30:00+02:00",
            "2014-05-01T08:00-0430",
        ] {
            assert_eq!(read(text, ""), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_apart() {
        let mut dates = Dates::default();
        let mut read = |start, end| dates.read(start, end);
        assert!(matches!(read("May 2014", ""), Err(Undated::Start(_))));
        assert!(matches!(
            read("2014", "soon"),
            Err(Undated::End(_, Dated::Extent(_)))
        ));
        assert!(matches!(
            read("2014", "2013"),
            Err(Undated::Order(Dated::Extent(_)))
        ));
        assert!(matches!(read("2014-02-29", ""), Err(Undated::Start(_))));
    }

    proptest! {
        #[test]
        fn common_forms_mean_what_edtf_says(
            text in "[0-9]{4}(-[0-1][0-9](-[0-3][0-9](T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](Z|[+-][01][0-9]:[0-5][0-9])?)?)?)?",
        ) {
            if let (Some(extent), Ok(when)) = (common(text.as_bytes()), When::parse(&text)) {
                prop_assert_eq!(extent, when.extent());
            }
        }
    }
}
